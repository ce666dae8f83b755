//! `SHA256SUMS`, which guards against damage on the way (docs/FORMAT.md, section 13.3).

use std::io;

use super::finding::Findings;
use super::form::is_hash;
use super::kind::FaultKind;

/// The SHA-256 in hex of the file with this path; `None` where there is no such file.
pub type HashOfFile = Box<dyn FnMut(&str) -> io::Result<Option<String>>>;

/// The list, and a way to hash the files that it names.
pub struct SumsFile {
    pub bytes: Vec<u8>,
    pub hash: HashOfFile,
}

pub(super) fn check(file: SumsFile, findings: &mut Findings) -> io::Result<()> {
    let SumsFile { bytes, mut hash } = file;
    for line in bytes.split_inclusive(|b| *b == b'\n') {
        let Some((expected, path)) = read(line) else {
            let found = String::from_utf8_lossy(line);
            findings.fault_of_book(FaultKind::SumsForm, "SHA-256, two spaces, path, LF", found);
            continue;
        };
        match hash(path)? {
            None => findings.fault_of_book(FaultKind::FileMissing, path, "-"),
            Some(found) if found != expected => {
                let found = format!("{path}: {found}");
                findings.fault_of_book(FaultKind::FileDiffers, expected, found);
            }
            Some(_) => {}
        }
    }
    Ok(())
}

/// Hash and path. No path leads out of the bundle.
fn read(line: &[u8]) -> Option<(&str, &str)> {
    let line = core::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let (hash, path) = line.split_once("  ")?;
    let stays = !path.is_empty() && !path.starts_with('/') && !path.split('/').any(|p| p == "..");
    (is_hash(hash) && stays).then_some((hash, path))
}
