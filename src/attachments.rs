//! Papers 附件 on the disk: each once, under its SHA-256, in `attachments/` of the book.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::ids::{Digest, Seq};
use crate::lang::Lang;
use crate::projection::papers::{Paper, Papers};
use crate::store::files::{FileError, sync_folder};

/// How much of a paper is in memory at once, bytes.
const PART: usize = 1 << 16;

/// Why a paper was not stored.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    #[error("{path} was changed while it was read")]
    Changed { path: PathBuf },
    #[error("{path} is not the paper that its name says")]
    Damaged { path: PathBuf },
    #[error(transparent)]
    File(#[from] FileError),
}

/// What a paper's bytes say of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measure {
    pub sha256: Digest,
    pub bytes: u64,
}

/// Reads a paper once, part by part, however long it is.
pub fn measure(path: &Path) -> Result<Measure, FileError> {
    let mut file = File::open(path).map_err(|e| FileError::new("open", path, &e))?;
    stream(&mut file, &mut io::sink()).map_err(|e| FileError::new("read", path, &e))
}

/// Where the papers of a book or bundle lie.
#[must_use]
pub fn folder(book: &Path) -> PathBuf {
    book.join("attachments")
}

/// Where a paper lies.
#[must_use]
pub fn place(book: &Path, sha256: &Digest) -> PathBuf {
    folder(book).join(sha256.as_str())
}

/// Stores a paper that was measured before. It is on the disk when this returns, and only then is
/// the record made that names it; one that no record names is harmless. A paper that is there is
/// never written over: it is compared.
pub fn store(book: &Path, from: &Path, said: &Measure) -> Result<(), PaperError> {
    let all = folder(book);
    match fs::create_dir(&all) {
        Ok(()) => sync_folder(book)?,
        Err(e) if e.kind() == ErrorKind::AlreadyExists => {}
        Err(e) => return Err(FileError::new("create", &all, &e).into()),
    }
    let path = place(book, &said.sha256);
    if path.exists() {
        let same = measure(&path)? == *said;
        return if same { Ok(()) } else { Err(PaperError::Damaged { path }) };
    }
    let draft = path.with_extension("new");
    let copied = copy(from, &draft);
    match copied {
        Ok(found) if found == *said => {}
        Ok(_) => {
            fs::remove_file(&draft).ok();
            return Err(PaperError::Changed { path: from.to_path_buf() });
        }
        Err(error) => {
            fs::remove_file(&draft).ok();
            return Err(error.into());
        }
    }
    fs::rename(&draft, &path).map_err(|e| FileError::new("rename", &draft, &e))?;
    Ok(sync_folder(&all)?)
}

fn copy(from: &Path, to: &Path) -> Result<Measure, FileError> {
    let mut source = File::open(from).map_err(|e| FileError::new("open", from, &e))?;
    let mut target = File::create(to).map_err(|e| FileError::new("write", to, &e))?;
    let copied = stream(&mut source, &mut target).and_then(|found| {
        target.sync_all()?;
        Ok(found)
    });
    copied.map_err(|e| FileError::new("write", to, &e))
}

fn stream(from: &mut impl Read, to: &mut impl Write) -> io::Result<Measure> {
    let (mut hasher, mut bytes) = (Sha256::new(), 0_u64);
    let mut part = vec![0; PART];
    loop {
        let read = match from.read(&mut part) {
            Ok(0) => break,
            Ok(read) => part.get(..read).unwrap_or_default(),
            Err(e) if e.kind() == ErrorKind::Interrupted => continue,
            Err(e) => return Err(e),
        };
        hasher.update(read);
        to.write_all(read)?;
        bytes = bytes.saturating_add(u64::try_from(read.len()).unwrap_or(u64::MAX));
    }
    let hex = blake3::Hash::from_bytes(hasher.finalize().into()).to_hex();
    let sha256 = Digest::parse(hex.as_str()).map_err(io::Error::other)?;
    Ok(Measure { sha256, bytes })
}

/// A paper that is not as its record says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The record that the paper belongs to.
    pub to: Seq,
    pub sha256: Digest,
    pub code: FindingCode,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FindingCode {
    AttachmentMissing,
    AttachmentDiffers,
}

impl FindingCode {
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            FindingCode::AttachmentMissing => "attachment_missing",
            FindingCode::AttachmentDiffers => "attachment_differs",
        }
    }
}

impl Finding {
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let (to, sha256) = (self.to, &self.sha256);
        match (self.code, lang) {
            (FindingCode::AttachmentMissing, Lang::Zh) => {
                format!("记录 {to} 的附件 {sha256} 不见了")
            }
            (FindingCode::AttachmentMissing, Lang::En) => {
                format!("the paper {sha256} of record {to} is not there")
            }
            (FindingCode::AttachmentDiffers, Lang::Zh) => {
                format!("记录 {to} 的附件 {sha256} 内容或长度不符")
            }
            (FindingCode::AttachmentDiffers, Lang::En) => {
                format!("the paper {sha256} of record {to} has other bytes")
            }
        }
    }
}

/// Holds every paper of the records against its bytes; each is read once.
pub fn check(book: &Path, papers: &Papers) -> Result<Vec<Finding>, FileError> {
    let mut measured = std::collections::BTreeMap::new();
    let mut found = Vec::new();
    for (to, Paper { sha256, bytes, .. }) in papers.papers() {
        if !measured.contains_key(sha256) {
            let read = match measure(&place(book, sha256)) {
                Ok(read) => Some(read),
                Err(FileError::Missing { .. }) => None,
                Err(error) => return Err(error),
            };
            measured.insert(sha256, read);
        }
        let code = match measured.get(sha256).and_then(Option::as_ref) {
            None => FindingCode::AttachmentMissing,
            Some(read) if read.sha256 != *sha256 || read.bytes != *bytes => {
                FindingCode::AttachmentDiffers
            }
            Some(_) => continue,
        };
        found.push(Finding { to, sha256: sha256.clone(), code });
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_paper_that_is_changed_while_it_is_stored_is_not_stored() {
        let book = tempfile::tempdir().unwrap();
        let paper = book.path().join("paper");
        fs::write(&paper, b"abc").unwrap();
        let measured = measure(&paper).unwrap();
        // FIPS 180-4, the example of one block.
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!((measured.sha256.as_str(), measured.bytes), (abc, 3));
        fs::write(&paper, b"abd").unwrap();
        let path = paper.clone();
        assert_eq!(store(book.path(), &paper, &measured), Err(PaperError::Changed { path }));
        assert_eq!(fs::read_dir(folder(book.path())).unwrap().count(), 0);
        fs::write(&paper, b"abc").unwrap();
        store(book.path(), &paper, &measured).unwrap();
        assert_eq!(fs::read(place(book.path(), &measured.sha256)).unwrap(), b"abc");
    }

    #[test]
    fn a_long_paper_is_read_in_parts() {
        let book = tempfile::tempdir().unwrap();
        let paper = book.path().join("paper");
        let bytes = vec![b'x'; 3 * PART + 1];
        fs::write(&paper, &bytes).unwrap();
        let measured = measure(&paper).unwrap();
        let whole = blake3::Hash::from_bytes(Sha256::digest(&bytes).into()).to_hex();
        assert_eq!(measured.sha256.as_str(), whole.as_str());
        assert_eq!(measured.bytes, u64::try_from(bytes.len()).unwrap());
    }
}
