//! Where the parts of a book lie on the disk.

use std::fs;
use std::path::{Path, PathBuf};

use crate::chain::checkpoint::Note;
use crate::store::files::{FileError, write_whole};

/// A book's folder, or a bundle's: their common parts have the same names.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

impl Folder {
    #[must_use]
    pub fn new(path: &Path) -> Folder {
        Folder(path.to_path_buf())
    }

    #[must_use]
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Whether it is where a book is kept, and not a bundle that was made from one. Somebody who
    /// makes a bundle must not get it taken for a book by laying a file or a link into it.
    #[must_use]
    pub fn is_book(&self) -> bool {
        let is_folder = |path: PathBuf| fs::symlink_metadata(path).is_ok_and(|meta| meta.is_dir());
        let is_there = |path: PathBuf| fs::symlink_metadata(path).is_ok();
        // A book may keep a chart of its own; the list of files and the format are a bundle's alone.
        let is_bundle = is_there(self.sums()) || is_there(self.format());
        !is_bundle && (is_folder(self.store()) || is_folder(self.keys()))
    }

    /// The log: canonical records, one a line.
    #[must_use]
    pub fn events(&self) -> PathBuf {
        self.0.join("events.ndjson")
    }

    /// The engine's index of the log; a bundle has none.
    #[must_use]
    pub fn store(&self) -> PathBuf {
        self.0.join("store")
    }

    #[must_use]
    pub fn snapshots(&self) -> PathBuf {
        self.0.join("snapshots")
    }

    /// The fork guard: the last checkpoint that this book has signed.
    #[must_use]
    pub fn last_signed(&self) -> PathBuf {
        self.0.join("last-signed")
    }

    /// The newest checkpoint, with all signatures that have come back.
    #[must_use]
    pub fn checkpoint(&self) -> PathBuf {
        self.0.join("checkpoint")
    }

    /// Every checkpoint, by its size.
    #[must_use]
    pub fn checkpoints(&self) -> PathBuf {
        self.0.join("checkpoints")
    }

    #[must_use]
    pub fn log_vkey(&self) -> PathBuf {
        self.0.join("log.vkey")
    }

    /// The witnesses' policy, to be handed to auditors; a bundle has none.
    #[must_use]
    pub fn policy(&self) -> PathBuf {
        self.0.join("policy")
    }

    /// The chart of accounts: in a bundle always, in a book if it does not come with the program.
    #[must_use]
    pub fn chart(&self) -> PathBuf {
        self.0.join("chart.json")
    }

    /// The list of a bundle's files; a book has none.
    #[must_use]
    pub fn sums(&self) -> PathBuf {
        self.0.join("SHA256SUMS")
    }

    #[must_use]
    pub fn format(&self) -> PathBuf {
        self.0.join("FORMAT.md")
    }

    /// The papers 附件 that belong to records, each under its SHA-256.
    #[must_use]
    pub fn attachments(&self) -> PathBuf {
        self.0.join("attachments")
    }

    /// Settings of the book: names and paths, and nothing that changes a figure.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.0.join("book.toml")
    }

    #[must_use]
    pub fn keys(&self) -> PathBuf {
        self.0.join("keys")
    }

    #[must_use]
    pub fn log_key(&self) -> PathBuf {
        self.keys().join("log.pem")
    }

    /// Whether any checkpoint lies here.
    #[must_use]
    pub fn has_signed(&self) -> bool {
        let kept = fs::read_dir(self.checkpoints()).is_ok_and(|mut all| all.next().is_some());
        kept || self.checkpoint().exists()
    }

    /// A file's text; `None` where there is no such file.
    pub fn read_optional(path: &Path) -> Result<Option<String>, FileError> {
        match fs::read_to_string(path) {
            Ok(text) => Ok(Some(text)),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(e) => Err(FileError::new("read", path, &e)),
        }
    }

    /// Keeps a checkpoint under its size and, if none is newer, as the newest one.
    pub fn keep_checkpoint(&self, note: &Note, size: u64) -> Result<(), FileError> {
        let all = self.checkpoints();
        fs::create_dir_all(&all).map_err(|e| FileError::new("create", &all, &e))?;
        write_whole(&all.join(size.to_string()), &note.to_string())?;
        let newest = Folder::read_optional(&self.checkpoint())?;
        let newest = newest.and_then(|text| Note::parse(&text).ok()?.checkpoint().ok());
        if newest.is_none_or(|newest| newest.size <= size) {
            write_whole(&self.checkpoint(), &note.to_string())?;
        }
        Ok(())
    }

    /// What a bundle has that continues another.
    #[must_use]
    pub fn since(&self) -> PathBuf {
        self.0.join("since")
    }

    /// The checkpoint of so many records, if there is one that can be read.
    pub fn checkpoint_of(&self, size: u64) -> Result<Option<Note>, FileError> {
        let text = Folder::read_optional(&self.checkpoints().join(size.to_string()))?;
        Ok(text.and_then(|text| Note::parse(&text).ok()))
    }

    /// The texts of all checkpoints, the newest one first, each with the name of its file.
    pub fn read_checkpoints(&self) -> Result<Vec<(String, String)>, FileError> {
        let mut found = Vec::new();
        if let Some(text) = Folder::read_optional(&self.checkpoint())? {
            found.push(("checkpoint".to_owned(), text));
        }
        let all = self.checkpoints();
        let Ok(entries) = fs::read_dir(&all) else { return Ok(found) };
        let mut sizes: Vec<u64> =
            entries.filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok()).collect();
        sizes.sort_unstable();
        for size in sizes {
            if let Some(text) = Folder::read_optional(&all.join(size.to_string()))? {
                found.push((format!("checkpoints/{size}"), text));
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_real_folders_without_a_bundle_s_files_make_a_book() {
        let path = std::env::temp_dir().join(format!("mingzhang-folder-{}", std::process::id()));
        let folder = Folder::new(&path);
        fs::create_dir_all(&path).unwrap();
        assert!(!folder.is_book());
        fs::write(folder.store(), "").unwrap();
        assert!(!folder.is_book(), "a file");
        fs::create_dir(folder.keys()).unwrap();
        assert!(folder.is_book());
        for of_a_bundle in [folder.sums(), folder.format()] {
            fs::write(&of_a_bundle, "").unwrap();
            assert!(!folder.is_book(), "{}", of_a_bundle.display());
            fs::remove_file(&of_a_bundle).unwrap();
        }
        assert!(folder.is_book());
        fs::remove_dir(folder.keys()).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink(&path, folder.keys()).unwrap();
        assert!(!folder.is_book(), "a link");
        fs::remove_dir_all(&path).unwrap();
    }
}
