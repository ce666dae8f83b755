//! A book as it is read: projections, tree and head, without a lock, beside a writer.

use std::io::{Seek, SeekFrom};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::folder::Folder;
use super::lookup::record_at;
use super::{BookError, snapshot};
use crate::chain::checkpoint::{Checkpoint, Note};
use crate::chain::hash::RecordHash;
use crate::chain::record::{Envelope, Origin};
use crate::chain::tree::{Tree, TreeHead, leaf_hash};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::book::ChartPin;
use crate::event::{Fact, Recorded};
use crate::ids::Seq;
use crate::projection::{State, reverses};
use crate::store::log::{LogError, LogReader};

/// What the records of a book add up to, up to one place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reading {
    pub state: State,
    pub tree: Tree,
    /// The book's name; `None` before record 0.
    pub origin: Option<Origin>,
    /// Of the last record; what `prev` of the next one will say.
    pub head: RecordHash,
    /// When the last record was made; the next one is not earlier.
    pub last_at: Option<crate::date::Instant>,
    /// Where in the log the next line begins, bytes.
    pub(super) offset: u64,
}

impl Default for Reading {
    fn default() -> Reading {
        let (state, tree, head) = (State::default(), Tree::default(), RecordHash::NONE);
        Reading { state, tree, origin: None, head, last_at: None, offset: 0 }
    }
}

/// Where a replay stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Until {
    /// Only records before this place: the book as it was known then.
    pub size: Option<u64>,
    /// Only facts of this business day and before.
    pub day: Option<Day>,
}

impl Until {
    /// Whether a record counts for nothing because its business day comes later.
    #[must_use]
    pub fn leaves_out(self, record: &Recorded) -> bool {
        let late = |day: Day| record.fact.date().is_some_and(|date| date > day);
        self.day.is_some_and(late)
    }
}

impl Reading {
    /// Reads a book: the newest snapshot and what was recorded since. Refuses a log that is shorter
    /// than what the book has signed, or another one.
    pub fn open(folder: &Folder, each: &mut dyn FnMut(u64)) -> Result<Reading, BookError> {
        Reading::open_from(folder, each).map(|(reading, _)| reading)
    }

    /// The same, and how many records the snapshot had seen.
    pub(super) fn open_from(
        folder: &Folder,
        each: &mut dyn FnMut(u64),
    ) -> Result<(Reading, u64), BookError> {
        whole(folder)?;
        let signed = last_signed(folder)?;
        let known = signed.as_ref().map(|s| (s.size, s.root.to_string()));
        // A bundle is somebody else's word, and only its records count.
        let kept = if folder.is_book() { snapshot::newest(folder) } else { None };
        if let Some((mut reading, checked)) = kept {
            let checked = known.is_none() || checked == known;
            let ahead = signed.as_ref().is_some_and(|s| s.size >= reading.tree.size());
            if checked || ahead {
                let seen = reading.tree.size();
                reading.catch_up(folder, signed.as_ref(), each)?;
                return Ok((reading, seen));
            }
        }
        let mut reading = Reading::default();
        reading.catch_up(folder, signed.as_ref(), each)?;
        Ok((reading, 0))
    }

    /// Replays a book from its first record, believing no snapshot.
    pub fn replay(
        folder: &Folder,
        until: Until,
        each: &mut dyn FnMut(u64, &Recorded),
    ) -> Result<Reading, BookError> {
        whole(folder)?;
        let mut reading = Reading::default();
        let signed = last_signed(folder)?;
        for line in LogReader::open(&folder.events())? {
            if until.size.is_some_and(|size| reading.tree.size() >= size) {
                break;
            }
            let line = line?;
            let step = reading.read_line(folder, &line.bytes)?;
            reading.advance(&step, line.end, !until.leaves_out(&step.record));
            reading.guard(signed.as_ref())?;
            each(reading.tree.size(), &step.record);
        }
        let all = until.size.is_none_or(|size| size > reading.tree.size());
        reading.guard_end(signed.filter(|_| all).as_ref())?;
        Ok(reading)
    }

    fn catch_up(
        &mut self,
        folder: &Folder,
        signed: Option<&Checkpoint>,
        each: &mut dyn FnMut(u64),
    ) -> Result<(), BookError> {
        self.guard(signed)?;
        for line in LogReader::open_at(&folder.events(), self.offset)? {
            let line = line?;
            let step = self.read_line(folder, &line.bytes)?;
            self.advance(&step, line.end, true);
            self.guard(signed)?;
            each(self.tree.size());
        }
        self.guard_end(signed)
    }

    /// The whole log is not shorter than what was signed.
    pub(super) fn guard_end(&self, signed: Option<&Checkpoint>) -> Result<(), BookError> {
        match signed {
            Some(signed) if signed.size > self.tree.size() => {
                let (signed, found) = (signed.size, self.tree.size());
                Err(BookError::ShorterThanSigned { signed, found })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// At the size of the last signed checkpoint, the root must be the one that was signed.
    pub(super) fn guard(&self, signed: Option<&Checkpoint>) -> Result<(), BookError> {
        match signed {
            Some(signed) if signed.size == self.tree.size() && signed.root != self.tree.root() => {
                let TreeHead { size, root } = self.tree.head();
                Err(BookError::OtherThanSigned { size, signed: signed.root, found: root })
            }
            Some(_) | None => Ok(()),
        }
    }

    pub(super) fn read_line(&self, folder: &Folder, line: &[u8]) -> Result<Step, BookError> {
        let seq = Seq(self.tree.size());
        let broken = |why: String| BookError::Broken { seq, why };
        let envelope = Envelope::read(line).map_err(|e| broken(e.to_string()))?;
        if envelope.seq != seq || envelope.prev != self.head {
            return Err(broken(format!("it says seq {} after {}", envelope.seq, envelope.prev)));
        }
        let origin = envelope.ledger.clone();
        let record = recorded(envelope).map_err(|e| broken(e.to_string()))?;
        let reversed = match reverses(&record.fact) {
            Some(original) => Some(record_at(folder, original)?),
            None => None,
        };
        let (head, leaf) = (RecordHash::of(line), leaf_hash(line));
        Ok(Step { record, reversed, origin, head, leaf })
    }

    pub(super) fn advance(&mut self, step: &Step, end: u64, counts: bool) {
        if counts {
            self.state.apply(&step.record, step.reversed.as_ref());
        }
        self.tree.push(step.leaf);
        self.head = step.head;
        self.last_at = Some(step.record.at);
        self.origin = Some(step.origin.clone());
        self.offset = end;
    }

    /// Takes in records that this process has just appended.
    pub(super) fn append(&mut self, bytes: &[u8], origin: &Origin, at: crate::date::Instant) {
        self.tree.push(leaf_hash(bytes));
        self.head = RecordHash::of(bytes);
        self.last_at = Some(at);
        self.origin = Some(origin.clone());
        let line = u64::try_from(bytes.len()).unwrap_or(u64::MAX).saturating_add(1);
        self.offset = self.offset.saturating_add(line);
    }

    /// Whether the log has the record that this was made after, at the place that it says.
    pub(super) fn agrees_with(&self, log: &Path) -> bool {
        let last = || {
            let mut file = std::fs::File::open(log).ok()?;
            let from = self.offset.saturating_sub(2 * 4097);
            file.seek(SeekFrom::Start(from)).ok()?;
            let length = usize::try_from(self.offset.saturating_sub(from)).ok()?;
            let mut bytes = vec![0; length];
            std::io::Read::read_exact(&mut file, &mut bytes).ok()?;
            let line = bytes.strip_suffix(b"\n")?;
            let last = line.rsplit(|b| *b == b'\n').next()?;
            Some(RecordHash::of(last))
        };
        last() == Some(self.head)
    }

    /// The chart that record 0 names.
    pub fn chart(&self, folder: &Folder) -> Result<Chart, BookError> {
        let ledger = self.state.offices.ledger().ok_or(BookError::Empty)?;
        pinned(folder, &ledger.chart)
    }
}

pub(super) struct Step {
    pub(super) record: Recorded,
    reversed: Option<Recorded>,
    origin: Origin,
    head: RecordHash,
    leaf: crate::chain::tree::TreeHash,
}

/// The records of a book or bundle in their order, each with the one that it reverses; no further
/// than `until`. What is left out by its business day does not come.
pub fn records(
    folder: &Folder,
    until: Until,
) -> Result<impl Iterator<Item = Result<(Recorded, Option<Recorded>), BookError>>, BookError> {
    let folder = folder.clone();
    let lines = (0..until.size.unwrap_or(u64::MAX)).zip(LogReader::open(&folder.events())?);
    Ok(lines.filter_map(move |(place, line)| {
        let read = || {
            let seq = Seq(place);
            let broken = |why: String| BookError::Broken { seq, why };
            let envelope = Envelope::read(&line?.bytes).map_err(|e| broken(e.to_string()))?;
            let record = recorded(envelope).map_err(|e| broken(e.to_string()))?;
            if until.leaves_out(&record) {
                return Ok(None);
            }
            let reversed = reverses(&record.fact).map(|original| record_at(&folder, original));
            Ok(Some((record, reversed.transpose()?)))
        };
        read().transpose()
    }))
}

/// The chart that is pinned: one that comes with the program, else the one that lies in the folder,
/// if it is that very text.
pub fn pinned(folder: &Folder, pin: &ChartPin) -> Result<Chart, BookError> {
    let is_pinned = |chart: &Chart| chart.sha256() == pin.sha256 && chart.id().as_str() == pin.id;
    if let Some(chart) = Chart::built_in(&pin.id).filter(is_pinned) {
        return Ok(chart);
    }
    let text = Folder::read_optional(&folder.chart())?;
    let found = text.and_then(|text| Chart::from_json(&text).ok());
    let unknown = || BookError::ChartUnknown { id: pin.id.clone(), sha256: pin.sha256.clone() };
    found.filter(is_pinned).ok_or_else(unknown)
}

/// The facts of an envelope.
pub fn recorded(envelope: Envelope) -> Result<Recorded, crate::event::FactError> {
    let Envelope { seq, at, actor, idem, kind, tv, body, .. } = envelope;
    let (fact, voucher) = Fact::from_body(&kind, tv, body)?;
    let key = Some(idem.key().to_owned());
    Ok(Recorded { seq, at, actor, fact, voucher, key })
}

/// A bundle that continues another does not begin with record 0, and adds up to nothing by itself.
pub(super) fn whole(folder: &Folder) -> Result<(), BookError> {
    if folder.is_book() || !folder.since().exists() {
        return Ok(());
    }
    Err(BookError::Continues { path: folder.path().to_path_buf() })
}

/// The checkpoint that the fork guard holds.
pub(super) fn last_signed(folder: &Folder) -> Result<Option<Checkpoint>, BookError> {
    let path = folder.last_signed();
    let Some(text) = Folder::read_optional(&path)? else {
        // A book that has signed has a guard; a bundle is held against the auditor's own copies.
        let lost = folder.is_book() && folder.has_signed();
        return if lost { Err(BookError::GuardMissing { path }) } else { Ok(None) };
    };
    let note = Note::parse(&text).and_then(|note| note.checkpoint());
    note.map(Some).map_err(|e| BookError::GuardDamaged { path, why: e.to_string() })
}

impl From<LogError> for BookError {
    fn from(error: LogError) -> BookError {
        if let LogError::File(error) = error {
            BookError::File(error)
        } else {
            BookError::Log(error)
        }
    }
}
