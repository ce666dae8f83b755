//! What every store asks of a batch before it touches anything: pure, so that all stores agree.

use core::num::NonZeroU32;
use std::collections::BTreeSet;

use super::log::says_more;
use super::{AppendError, AppendReceipt, Direction, Expected, StoredReceipt, StreamHead};
use crate::chain::hash::RecordHash;
use crate::chain::record::{RECORD_BYTES_MAX, Sealed};
use crate::ids::Seq;

/// Refuses a batch that could not stand behind `expected`, and gives the receipts of its commands.
pub(super) fn check(
    expected: Expected,
    batch: &[Sealed],
) -> Result<Vec<StoredReceipt>, AppendError> {
    let Some(last) = batch.last() else {
        return Err(AppendError::Empty);
    };
    let (mut seq, mut prev) = match expected {
        Expected::NoStream => (Seq(0), RecordHash::NONE),
        Expected::Exact { seq, hash } => (seq.next(), hash),
    };
    for record in batch {
        check_record(record)?;
        if record.seq != seq {
            return Err(AppendError::NotContiguous { expected: seq, found: record.seq });
        }
        if record.prev != prev {
            return Err(AppendError::WrongPrev { seq, expected: prev, found: record.prev });
        }
        if record.more == (record.seq == last.seq) {
            return Err(AppendError::WrongMore { seq, found: record.more });
        }
        (seq, prev) = (seq.next(), record.hash);
    }
    let receipts = receipts_of(batch);
    let mut keys = BTreeSet::new();
    for receipt in &receipts {
        if !keys.insert(receipt.idem.key()) {
            let key = receipt.idem.key().to_owned();
            return Err(AppendError::KeyTwice { key, seq: receipt.first });
        }
    }
    Ok(receipts)
}

/// A record that lied about itself would be found only when the log is read again.
fn check_record(record: &Sealed) -> Result<(), AppendError> {
    let Sealed { bytes, seq, more, hash, .. } = record;
    if bytes.len() > RECORD_BYTES_MAX {
        return Err(AppendError::TooLarge { seq: *seq, bytes: bytes.len() });
    }
    let one_line = !bytes.contains(&b'\n');
    if one_line && says_more(bytes) == *more && RecordHash::of(bytes) == *hash {
        Ok(())
    } else {
        Err(AppendError::NotSealed { seq: *seq })
    }
}

/// Neighbours with the same key and digest are one command.
pub(super) fn receipts_of(records: &[Sealed]) -> Vec<StoredReceipt> {
    let of_one = |records: &[Sealed]| {
        let (first, last) = (records.first()?, records.last()?);
        Some(StoredReceipt {
            idem: first.idem.clone(),
            first: first.seq,
            last: last.seq,
            hash: last.hash,
        })
    };
    records.chunk_by(|a, b| a.idem == b.idem).filter_map(of_one).collect()
}

/// The first receipt, if all commands are stored; a refusal, if some are or a key stands for
/// another command; `None` if all are new.
pub(super) fn repeated(
    receipts: &[StoredReceipt],
    mut stored: impl FnMut(&str) -> Result<Option<StoredReceipt>, AppendError>,
) -> Result<Option<AppendReceipt>, AppendError> {
    let mut found: Vec<StoredReceipt> = Vec::new();
    for receipt in receipts {
        let Some(earlier) = stored(receipt.idem.key())? else { continue };
        if earlier.idem != receipt.idem {
            let key = receipt.idem.key().to_owned();
            return Err(AppendError::IdempotencyConflict { key, first: earlier.first });
        }
        found.push(earlier);
    }
    let first = found.iter().map(|receipt| receipt.first).min();
    let last = found.iter().max_by_key(|receipt| receipt.last);
    let (Some(first), Some(last)) = (first, last) else {
        return Ok(None);
    };
    if found.len() < receipts.len() {
        let stored = found.iter().map(|one| (one.idem.key().to_owned(), one.first)).collect();
        return Err(AppendError::PartlyRepeated { stored, commands: receipts.len() });
    }
    Ok(Some(AppendReceipt { first, last: last.last, hash: last.hash, repeated: true }))
}

/// The receipt of a batch that stands right behind the stream's head, or the head that is there.
pub(super) fn follow(
    expected: Expected,
    actual: Option<StreamHead>,
    batch: &[Sealed],
) -> Result<AppendReceipt, AppendError> {
    if actual.as_ref().map_or(Expected::NoStream, StreamHead::expected) != expected {
        return Err(AppendError::WrongExpectedVersion { expected, actual });
    }
    let (Some(first), Some(last)) = (batch.first(), batch.last()) else {
        return Err(AppendError::Empty);
    };
    Ok(AppendReceipt { first: first.seq, last: last.seq, hash: last.hash, repeated: false })
}

/// Which records make a page, lowest and highest, and where the next page begins.
pub(super) struct Page {
    /// `None` for an empty page.
    pub(super) bounds: Option<(Seq, Seq)>,
    pub(super) direction: Direction,
    pub(super) next: Option<Seq>,
}

/// The page that begins at `from` in a stream whose last record is `head`.
pub(super) fn page(head: Seq, from: Seq, direction: Direction, limit: NonZeroU32) -> Page {
    let more = u64::from(limit.get()).saturating_sub(1);
    match direction {
        Direction::Forward => {
            let high = Seq(from.0.saturating_add(more).min(head.0));
            let bounds = (from <= head).then_some((from, high));
            let next = (bounds.is_some() && high < head).then(|| high.next());
            Page { bounds, direction, next }
        }
        Direction::Backward => {
            let high = from.min(head);
            let low = Seq(high.0.saturating_sub(more));
            let next = low.0.checked_sub(1).map(Seq);
            Page { bounds: Some((low, high)), direction, next }
        }
    }
}

impl Page {
    /// In the order asked for.
    pub(super) fn seqs(&self) -> Box<dyn Iterator<Item = Seq>> {
        match (self.bounds, self.direction) {
            (None, _) => Box::new(std::iter::empty()),
            (Some((low, high)), Direction::Forward) => Box::new((low.0..=high.0).map(Seq)),
            (Some((low, high)), Direction::Backward) => Box::new((low.0..=high.0).rev().map(Seq)),
        }
    }
}
