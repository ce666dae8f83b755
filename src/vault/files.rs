//! Files that only their owner reads, and that are gone when they are destroyed.

use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, ErrorKind, Seek, SeekFrom, Write};
use std::path::Path;

use crate::store::files::{FileError, sync_folder};

/// A folder for its owner alone, whose name is durable. One that is there stays as it is.
pub(super) fn make_folder(path: &Path) -> Result<(), FileError> {
    let mut builder = DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    match builder.create(path) {
        Ok(()) => path.parent().map_or(Ok(()), sync_folder),
        Err(e) if e.kind() == ErrorKind::AlreadyExists => Ok(()),
        Err(e) => Err(FileError::new("create", path, &e)),
    }
}

/// A file's bytes; `None` where there is no such file.
pub(super) fn read(path: &Path) -> Result<Option<Vec<u8>>, FileError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(None),
        Err(e) => Err(FileError::new("read", path, &e)),
    }
}

/// The names in a folder; none where there is no folder.
pub(super) fn names(folder: &Path) -> Result<Vec<String>, FileError> {
    let wrong = |e: &io::Error| FileError::new("read", folder, e);
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(e) => return Err(wrong(&e)),
    };
    let mut names = Vec::new();
    for entry in entries {
        names.extend(entry.map_err(|e| wrong(&e))?.file_name().into_string().ok());
    }
    names.sort();
    Ok(names)
}

/// Writes a file so that after a crash it is there whole or not at all. What stood there before is
/// overwritten, once its name points to the new file.
pub(super) fn write_private(path: &Path, bytes: &[u8]) -> Result<(), FileError> {
    let draft = path.with_extension("new");
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let written = options.open(&draft).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|e| FileError::new("write", &draft, &e))?;
    let old = OpenOptions::new().write(true).open(path);
    fs::rename(&draft, path).map_err(|e| FileError::new("rename", &draft, &e))?;
    path.parent().map_or(Ok(()), sync_folder)?;
    if let Ok(old) = old {
        overwrite(old).map_err(|e| FileError::new("overwrite", path, &e))?;
    }
    Ok(())
}

/// Overwrites a file, takes it away, and makes that durable. One that is not there is destroyed.
pub(super) fn destroy(path: &Path) -> Result<(), FileError> {
    match OpenOptions::new().write(true).open(path) {
        Ok(file) => overwrite(file).map_err(|e| FileError::new("overwrite", path, &e))?,
        Err(e) if e.kind() == ErrorKind::NotFound => return Ok(()),
        Err(e) => return Err(FileError::new("overwrite", path, &e)),
    }
    fs::remove_file(path).map_err(|e| FileError::new("remove", path, &e))?;
    path.parent().map_or(Ok(()), sync_folder)
}

/// Best effort: many disks keep what was written over. That the key goes too is what counts.
fn overwrite(mut file: File) -> io::Result<()> {
    const ZEROS: [u8; 4096] = [0; 4096];
    let mut left = file.metadata()?.len();
    file.seek(SeekFrom::Start(0))?;
    while left > 0 {
        let part = usize::try_from(left).unwrap_or(usize::MAX).min(ZEROS.len());
        file.write_all(ZEROS.get(..part).unwrap_or(&ZEROS))?;
        left = left.saturating_sub(u64::try_from(part).unwrap_or(u64::MAX));
    }
    file.sync_all()
}
