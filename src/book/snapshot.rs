//! Snapshots: what the facts add up to at one place of the chain, kept so that a long book opens
//! quickly. Only ever a cache: bound to the record before it, deletable at any time, never believed
//! by `verify`.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::reading::Reading;
use crate::chain::tree::TreeHead;
use crate::store::files::{FileError, write_whole};

/// A snapshot of another form is passed over, and a new one is made.
const FORM: u32 = 8;

/// There is no snapshot after fewer records than these.
const RECORDS_MIN: u64 = 1_000;

/// Opening a long book replays one part of so many.
const BOOK_PARTS: u64 = 50;

/// So many are kept: the newest, and one to fall back on.
const KEPT: usize = 2;

/// `R` is a reading, or a borrowed one when a snapshot is written.
#[derive(Serialize, Deserialize)]
struct Snapshot<R> {
    form: u32,
    reading: R,
    /// The checkpoint that the book is known to agree with, if it has signed one.
    signed: Option<(u64, String)>,
}

/// Whether a book of `size` records is due for a new snapshot, its last one being of `last`.
///
/// A snapshot costs as much as the book is long, so the longer the book, the rarer they are: each
/// record pays for 50 of the book's at most, and opening a book replays a fiftieth of it.
pub(super) fn is_due(size: u64, last: u64) -> bool {
    size.saturating_sub(last) >= RECORDS_MIN.max(size / BOOK_PARTS)
}

/// Writes a snapshot, whole or not at all, and removes the oldest.
pub(super) fn write(
    folder: &Folder,
    reading: &Reading,
    signed: Option<TreeHead>,
) -> Result<(), FileError> {
    let all = folder.snapshots();
    fs::create_dir_all(&all).map_err(|e| FileError::new("create", &all, &e))?;
    let signed = signed.map(|head| (head.size, head.root.to_string()));
    let snapshot = Snapshot { form: FORM, reading, signed };
    let text = serde_json::to_string(&snapshot).unwrap_or_default();
    let check = blake3::hash(text.as_bytes()).to_hex();
    let path = all.join(format!("{:012}", reading.tree.size()));
    write_whole(&path, &format!("{check}\n{text}"))?;
    let mut names = names(&all);
    while names.len() > KEPT {
        fs::remove_file(all.join(names.remove(0))).ok();
    }
    Ok(())
}

/// The newest snapshot that is whole and of today's form, and that the log agrees with.
pub(super) fn newest(folder: &Folder) -> Option<(Reading, Option<(u64, String)>)> {
    let all = folder.snapshots();
    let read = |name: String| {
        let text = fs::read_to_string(all.join(name)).ok()?;
        let (check, text) = text.split_once('\n')?;
        (blake3::hash(text.as_bytes()).to_hex().as_str() == check).then_some(())?;
        let snapshot: Snapshot<Reading> = serde_json::from_str(text).ok()?;
        let Snapshot { form, reading, signed } = snapshot;
        (form == FORM && reading.agrees_with(&folder.events())).then_some((reading, signed))
    };
    names(&all).into_iter().rev().find_map(read)
}

/// Oldest first.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten();
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.bytes().all(|b| b.is_ascii_digit()))
        .collect();
    names.sort();
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longer_the_book_the_rarer_its_snapshots() {
        for (size, last, due) in [
            (999, 0, false),
            (1_000, 0, true),
            (1_999, 1_000, false),
            (2_000, 1_000, true),
            (1_019_999, 1_000_000, false),
            (1_020_409, 1_000_000, true),
            (5, 7, false),
        ] {
            assert_eq!(is_due(size, last), due, "{size} records, {last} seen");
        }
    }
}
