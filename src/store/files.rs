//! Files and folders of a book: their errors told apart, their names made durable, the one lock.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

/// What the operating system refused. Each cause asks something else of the user.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    #[error("{path} is not there")]
    Missing { path: PathBuf },
    #[error("{path} is on a disk that may only be read")]
    ReadOnly { path: PathBuf },
    #[error("this user may not {doing} {path}")]
    Denied { doing: &'static str, path: PathBuf },
    #[error("the disk that holds {path} is full")]
    StorageFull { path: PathBuf },
    #[error("{path} is in use by {holder}")]
    InUse { path: PathBuf, holder: String },
    #[error("could not {doing} {path}: {reason}")]
    Io { doing: &'static str, path: PathBuf, reason: String },
}

impl FileError {
    #[must_use]
    pub fn new(doing: &'static str, path: &Path, error: &io::Error) -> FileError {
        let path = path.to_path_buf();
        let kind = error.kind();
        if kind == ErrorKind::NotFound {
            FileError::Missing { path }
        } else if kind == ErrorKind::ReadOnlyFilesystem {
            FileError::ReadOnly { path }
        } else if kind == ErrorKind::PermissionDenied {
            FileError::Denied { doing, path }
        } else if is_full(kind) {
            FileError::StorageFull { path }
        } else {
            FileError::Io { doing, path, reason: error.to_string() }
        }
    }
}

/// A quota and a limit on the size of files leave the user where a full disk does.
fn is_full(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge)
}

/// Makes the names in a folder durable. Windows has no such call and needs none.
pub(crate) fn sync_folder(folder: &Path) -> Result<(), FileError> {
    if cfg!(windows) {
        return Ok(());
    }
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|e| FileError::new("sync", folder, &e))
}

/// Writes a small file so that after a crash it is there whole or not at all.
pub fn write_whole(path: &Path, text: &str) -> Result<(), FileError> {
    let draft = path.with_extension("new");
    let written = File::create(&draft).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|e| FileError::new("write", &draft, &e))?;
    fs::rename(&draft, path).map_err(|e| FileError::new("rename", &draft, &e))?;
    // A bare name lies in the folder that the program runs in.
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    sync_folder(folder.unwrap_or(Path::new(".")))
}

/// What is in a folder; nothing, if there is none.
pub(super) fn entries(folder: &Path) -> Result<Vec<PathBuf>, FileError> {
    let wrong = |e: io::Error| FileError::new("read", folder, &e);
    match fs::read_dir(folder) {
        Ok(found) => found.map(|entry| entry.map(|entry| entry.path()).map_err(wrong)).collect(),
        Err(e) if e.kind() == ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(wrong(e)),
    }
}

/// A path beside others of its kind that is not taken: `stem`, then `stem-2`, `stem-3` …
pub(super) fn free_name(folder: &Path, stem: &str, extension: &str) -> PathBuf {
    let numbered = (2_u32..).map(|n| folder.join(format!("{stem}-{n}{extension}")));
    let mut names = std::iter::once(folder.join(format!("{stem}{extension}"))).chain(numbered);
    let free = |path: &PathBuf| matches!(path.try_exists(), Ok(false));
    names.find(free).unwrap_or_else(|| folder.join(stem))
}

/// The right to write to a book: held by one process, let go with it, however it ends.
#[derive(Debug)]
pub struct BookLock {
    file: File,
}

impl BookLock {
    /// `holder` is one line for whoever comes second: process, person, since when.
    pub(super) fn take(path: &Path, holder: &str) -> Result<BookLock, FileError> {
        let wrong = |doing| move |e: io::Error| FileError::new(doing, path, &e);
        let opened =
            OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path);
        let mut file = opened.map_err(wrong("open"))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(FileError::InUse { path: path.to_path_buf(), holder: said_in(&file) });
            }
            Err(TryLockError::Error(e)) => return Err(wrong("lock")(e)),
        }
        file.set_len(0).map_err(wrong("write"))?;
        file.write_all(holder.as_bytes()).map_err(wrong("write"))?;
        Ok(BookLock { file })
    }
}

impl Drop for BookLock {
    /// The text would outlive its truth. Unlocking is more than closing: a process that is just
    /// being started from this one may hold a copy of the open file for a moment.
    fn drop(&mut self) {
        self.file.set_len(0).ok();
        self.file.unlock().ok();
    }
}

fn said_in(mut file: &File) -> String {
    let mut text = String::new();
    match file.read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => text.trim().to_owned(),
        Ok(_) | Err(_) => "another process".to_owned(),
    }
}
