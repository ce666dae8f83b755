//! As much of a book as verifies: what an export is made of. A damaged book is read as far as its
//! records follow one another and are those that were signed; why no further is said beside it.

use super::folder::Folder;
use super::reading::{last_signed, recorded, whole};
use super::{BookError, Reading, Until};
use crate::chain::checkpoint::{Checkpoint, Note};
use crate::chain::hash::RecordHash;
use crate::chain::record::Envelope;
use crate::chain::tree::{Tree, TreeHash, leaf_hash};
use crate::event::Recorded;
use crate::ids::Seq;
use crate::store::log::{LogError, LogReader};

/// A book, or what is sound of it.
#[derive(Debug)]
pub struct Sound {
    pub reading: Reading,
    /// The records that count, each with its hash.
    pub records: Vec<(Recorded, RecordHash)>,
    /// What is wrong with the book; the records are those before it.
    pub fault: Option<BookError>,
}

impl Sound {
    /// Reads every record and believes no snapshot. Fails only where there is no book to read.
    pub fn read(
        folder: &Folder,
        until: Until,
        each: &mut dyn FnMut(u64),
    ) -> Result<Sound, BookError> {
        whole(folder)?;
        let (signed, lost) = match last_signed(folder) {
            Ok(signed) => (signed, None),
            Err(fault) if is_damage(&fault) => (None, Some(fault)),
            Err(error) => return Err(error),
        };
        let fault = match through(folder, until, signed.as_ref(), each) {
            // The chain is whole; what it would be held against is not.
            Ok(sound) => return Ok(Sound { fault: lost, ..sound }),
            Err(fault) if is_damage(&fault) => fault,
            Err(error) => return Err(error),
        };
        let size = verified(folder, signed.as_ref())?;
        let size = until.size.map_or(size, |asked| asked.min(size));
        let sound = through(folder, Until { size: Some(size), ..until }, None, each)?;
        Ok(Sound { fault: Some(fault), ..sound })
    }
}

/// Reads up to a place, and stops with an error at the first thing that is wrong.
fn through(
    folder: &Folder,
    until: Until,
    signed: Option<&Checkpoint>,
    each: &mut dyn FnMut(u64),
) -> Result<Sound, BookError> {
    let (mut reading, mut records) = (Reading::default(), Vec::new());
    for line in LogReader::open(&folder.events())? {
        if until.size.is_some_and(|size| reading.tree.size() >= size) {
            break;
        }
        let line = line?;
        let step = reading.read_line(folder, &line.bytes)?;
        let counts = !until.leaves_out(&step.record);
        reading.advance(&step, line.end, counts);
        reading.guard(signed)?;
        if counts {
            records.push((step.record, reading.head));
        }
        each(reading.tree.size());
    }
    let all = until.size.is_none_or(|size| size > reading.tree.size());
    reading.guard_end(signed.filter(|_| all))?;
    Ok(Sound { reading, records, fault: None })
}

/// So many of the first records follow one another and are those that were signed; whole appends.
fn verified(folder: &Folder, signed: Option<&Checkpoint>) -> Result<u64, BookError> {
    let mut head = RecordHash::NONE;
    let (mut leaves, mut ends): (Vec<TreeHash>, Vec<bool>) = (Vec::new(), Vec::new());
    for (place, line) in (0..).zip(LogReader::open(&folder.events())?) {
        let Ok(line) = line else { break };
        let Ok(envelope) = Envelope::read(&line.bytes) else { break };
        if envelope.seq != Seq(place) {
            break;
        }
        if envelope.prev != head {
            // One of the two was changed, and nothing here says which: neither counts.
            leaves.pop();
            ends.pop();
            break;
        }
        let ends_append = !envelope.more;
        if recorded(envelope).is_err() {
            break;
        }
        head = RecordHash::of(&line.bytes);
        leaves.push(leaf_hash(&line.bytes));
        ends.push(ends_append);
    }
    while ends.last() == Some(&false) {
        ends.pop();
        leaves.pop();
    }
    let is_there = |size: u64, root: TreeHash| root_of(&leaves, size) == Some(root);
    let size = u64::try_from(leaves.len()).unwrap_or(u64::MAX);
    match signed {
        Some(signed) if signed.size <= size && !is_there(signed.size, signed.root) => {
            let notes = folder.read_checkpoints()?;
            let kept =
                notes.iter().filter_map(|(_, text)| Note::parse(text).ok()?.checkpoint().ok());
            let agreeing = kept.filter(|kept| is_there(kept.size, kept.root));
            Ok(agreeing.map(|kept| kept.size).max().unwrap_or(0))
        }
        Some(_) | None => Ok(size),
    }
}

fn root_of(leaves: &[TreeHash], size: u64) -> Option<TreeHash> {
    let first = leaves.get(..usize::try_from(size).ok()?)?;
    Some(Tree::of(first).root())
}

/// Whether it is the book that is damaged, and not the way to it.
fn is_damage(error: &BookError) -> bool {
    matches!(
        error,
        BookError::Broken { .. }
            | BookError::NoRecord { .. }
            | BookError::ShorterThanSigned { .. }
            | BookError::OtherThanSigned { .. }
            | BookError::GuardDamaged { .. }
            | BookError::GuardMissing { .. }
            | BookError::Log(
                LogError::Damaged { .. } | LogError::LastLine { .. } | LogError::Shorter { .. }
            )
    )
}
