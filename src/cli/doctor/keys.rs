//! Keys: each is its owner's alone.

use std::path::{Path, PathBuf};

use super::{Findings, Looked};
use crate::cli::failure::Failure;

impl Findings {
    /// Every key in the book's folder is its owner's alone.
    pub(super) fn keys(&mut self) {
        let entries = std::fs::read_dir(self.folder.keys());
        let paths = entries.into_iter().flatten().flatten().map(|entry| entry.path());
        let mut keys: Vec<PathBuf> = paths.filter(|path| is_key(path)).collect();
        keys.sort();
        if keys.is_empty() {
            self.note(
                Looked::Keys,
                "账套文件夹中没有密钥：签检查点时用 --key 给出",
                "there is no key in the book's folder: give it by --key when a checkpoint is signed",
            );
        }
        for key in keys {
            self.key(&key);
        }
    }

    fn key(&mut self, path: &Path) {
        let shown = path.display();
        if let Some(mode) = mode_for_others(path) {
            self.attention(
                Looked::Keys,
                format!("{shown} 的权限是 {mode:o}，别人也能读取"),
                format!("{shown} has the mode {mode:o}: others may read it"),
                format!("chmod 600 {shown}"),
            );
            return;
        }
        match std::fs::read(path) {
            Ok(bytes) if is_encrypted(&bytes) => self.ok(
                Looked::Keys,
                format!("{shown} 只有所有者可读，已加密"),
                format!("{shown} is its owner's alone, and encrypted"),
            ),
            Ok(_) => self.note(
                Looked::Keys,
                format!("{shown} 只有所有者可读，没有加密"),
                format!("{shown} is its owner's alone, and not encrypted"),
            ),
            Err(error) => self.problems(Looked::Keys, Failure::file(path, &error).errors),
        }
    }
}

/// The permission bits of a file that anybody but its owner may use.
#[cfg(unix)]
fn mode_for_others(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Elsewhere a file is its owner's by where it lies.
#[cfg(not(unix))]
fn mode_for_others(_: &Path) -> Option<u32> {
    None
}

/// The keys of a book: of its log, and of its vault.
fn is_key(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "pem" || e == "age-key")
}

/// Under a passphrase: a PEM of openssl's kind, or a file of the tool age.
fn is_encrypted(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.starts_with("age-encryption.org/v1")
}
