//! What ties one record to those before it: number, chain, time, append and command
//! (docs/FORMAT.md, sections 4 and 5).

use std::collections::{BTreeMap, BTreeSet};

use super::super::hash::RecordHash;
use super::calendar::Moment;
use super::envelope::Record;
use super::finding::{Findings, Place};
use super::form::{Digest, digest_of, is_hex};
use super::kind::FaultKind;

/// What the first record is known to say.
pub(super) struct First<'a> {
    pub(super) is_read: bool,
    pub(super) ledger: Option<&'a str>,
}

/// What has to be remembered of the records so far. A record leaves two digests behind.
#[derive(Default)]
pub(super) struct Order {
    /// The digest of the line whose `seq` is the index, as far as numbers came without gaps.
    counted: Vec<Digest>,
    /// Numbers that stand elsewhere, with their lines' digests.
    uncounted: BTreeSet<(u64, Digest)>,
    /// What the next line's `seq` should be.
    expected: u64,
    /// The number of the last line, and whether it stood above it too.
    newest: Option<(u64, bool)>,
    head: Option<RecordHash>,
    last: Last,
    /// The key part of each command's `idem`, compared when all are there: to look each one up
    /// among a million would take longer than to sort them once.
    keys: Vec<Key>,
    /// The origin that every record names: the name of the log key, where that is known.
    origin: Option<String>,
    /// What the first record names.
    first_ledger: Option<String>,
    first_is_read: bool,
    /// The names of the log keys that the auditor trusts.
    trusted: Vec<String>,
    /// The name in `log.vkey`.
    named: Option<String>,
    /// Gaps, by the number that was left out: it may yet stand further down.
    gaps: BTreeMap<u64, Vec<Gap>>,
}

/// What the record before said.
#[derive(Default)]
struct Last {
    at: Option<Moment>,
    at_text: String,
    idem: String,
    more: Option<bool>,
    place: Option<Place>,
}

/// A digest, and where the command begins.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    digest: Digest,
    place: Place,
}

struct Gap {
    place: Option<Place>,
    found: u64,
}

/// Where a record stands among the others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Standing {
    /// The number that it counts as.
    pub(super) seq: u64,
    /// Whether it belongs to the command of the record before.
    pub(super) is_continued: bool,
}

impl Order {
    /// The chain hash of the last line.
    pub(super) fn head(&self) -> RecordHash {
        self.head.unwrap_or(RecordHash::NONE)
    }

    /// What the first record says its book is.
    pub(super) fn first(&self) -> First<'_> {
        First { is_read: self.first_is_read, ledger: self.first_ledger.as_deref() }
    }

    /// The names of the keys that may be the book's: those of the auditor's policy, and the one
    /// that came with the book.
    pub(super) fn expect_origin(
        &mut self,
        trusted: impl Iterator<Item = String>,
        named: Option<String>,
    ) {
        self.trusted = trusted.collect();
        self.named = named;
    }

    /// Whether a line above the last one has this number, or counts as having it.
    pub(super) fn stood_before(&self, seq: u64) -> bool {
        match self.newest {
            Some((newest, stood)) if newest == seq => stood,
            Some(_) | None => self.stands(seq),
        }
    }

    /// Checks the next record, and tells where it stands.
    pub(super) fn check(
        &mut self,
        record: &Record<'_>,
        chain_hash: RecordHash,
        findings: &mut Findings,
    ) -> Standing {
        self.check_prev(record, findings);
        self.head = Some(chain_hash);
        self.check_ledger(record, findings);
        self.check_at(record, findings);
        let is_continued = self.check_idem(record, findings.here);
        let seq = self.check_seq(record, digest_of(chain_hash.as_bytes()), findings);
        self.last.more = record.more;
        self.last.place = findings.here;
        Standing { seq, is_continued }
    }

    /// What only the end of the file shows.
    pub(super) fn finish(&mut self, findings: &mut Findings) {
        for (expected, gaps) in std::mem::take(&mut self.gaps) {
            for Gap { place, found } in gaps {
                let (expected, found) = (format!("seq {expected}"), format!("seq {found}"));
                findings.fault_at(place, FaultKind::RecordMissing, expected, found);
            }
        }
        self.finish_keys(findings);
        if self.last.more == Some(true) {
            let kind = FaultKind::AppendUnfinished;
            findings.fault_at(self.last.place, kind, "more: false", "more: true");
        }
    }

    /// Of commands with the same key all but the first are faults.
    fn finish_keys(&mut self, findings: &mut Findings) {
        self.keys.sort_unstable();
        for pair in self.keys.windows(2) {
            if let [first, again] = pair
                && first.digest == again.digest
            {
                let found = format!("record {}", first.place.record);
                findings.fault_at(Some(again.place), FaultKind::IdemRepeated, "new key", found);
            }
        }
    }

    fn check_prev(&self, record: &Record<'_>, findings: &mut Findings) {
        let head = self.head();
        if let Some(prev) = record.prev
            && blake3::Hash::from_bytes(*head.as_bytes()).to_hex().as_str() != prev
        {
            findings.fault(FaultKind::PrevWrong, head.to_string(), prev);
        }
    }

    fn check_ledger(&mut self, record: &Record<'_>, findings: &mut Findings) {
        if self.last.place.is_none() {
            self.first_ledger = record.ledger.map(ToOwned::to_owned);
            self.first_is_read = record.is_read;
            let trusted = self.trusted.iter().any(|name| Some(name.as_str()) == record.ledger);
            let named = self.named.clone().filter(|_| !trusted);
            self.origin = named.or(record.ledger.map(ToOwned::to_owned));
        }
        if let Some(origin) = self.origin.as_deref()
            && record.is_read
            && record.ledger != Some(origin)
        {
            findings.fault(FaultKind::LedgerWrong, origin, record.ledger.unwrap_or("-"));
        }
    }

    /// Record 0 names the log key, and nothing else does.
    pub(super) fn expect_key_of_book(&mut self, name: &str, findings: &mut Findings) {
        let trusted = self.origin.as_ref().is_some_and(|origin| self.trusted.contains(origin));
        if self.named.is_none() && !trusted && self.origin.as_deref() != Some(name) {
            let found = self.first_ledger.as_deref().unwrap_or("-");
            findings.fault(FaultKind::LedgerWrong, name, found);
            self.origin = Some(name.to_owned());
        }
    }

    fn check_at(&mut self, record: &Record<'_>, findings: &mut Findings) {
        if let Some(((text, at), before)) = record.at.zip(self.last.at)
            && at < before
        {
            let expected = format!("≥ {}", self.last.at_text);
            findings.fault(FaultKind::AtDecreases, expected, text);
        }
        self.last.at = record.at.map(|(_, at)| at);
        record.at.map_or("", |(text, _)| text).clone_into(&mut self.last.at_text);
    }

    fn check_idem(&mut self, record: &Record<'_>, here: Option<Place>) -> bool {
        let Some(idem) = record.idem else {
            self.last.idem.clear();
            return false;
        };
        let same_command = self.last.more == Some(true) && self.last.idem == idem;
        if let Some(place) = here.filter(|_| !same_command) {
            let digest = digest_of(blake3::hash(key_part(idem).as_bytes()).as_bytes());
            self.keys.push(Key { digest, place });
        }
        idem.clone_into(&mut self.last.idem);
        same_command
    }

    fn check_seq(&mut self, record: &Record<'_>, line: Digest, findings: &mut Findings) -> u64 {
        let expected = self.expected;
        let found = record.seq.unwrap_or(expected);
        if found != expected {
            self.out_of_count(expected, found, line, findings);
        }
        self.fill(found, findings);
        self.newest = Some((found, self.stands(found)));
        if u64::try_from(self.counted.len()) == Ok(found) {
            self.counted.push(line);
        } else {
            self.uncounted.insert((found, line));
        }
        self.expected = found.saturating_add(1);
        found
    }

    fn out_of_count(&mut self, expected: u64, found: u64, line: Digest, findings: &mut Findings) {
        let texts = (format!("seq {expected}"), format!("seq {found}"));
        if found > expected {
            if !self.stands(expected) {
                let gap = Gap { place: findings.here, found };
                self.gaps.entry(expected).or_default().push(gap);
            }
        } else if !self.stands(found) {
            findings.fault(FaultKind::RecordOutOfOrder, texts.0, texts.1);
        } else if self.stands_as(found, line) {
            findings.fault(FaultKind::RecordDuplicated, texts.0, texts.1);
        } else {
            findings.fault(FaultKind::RecordInserted, texts.0, texts.1);
        }
    }

    /// A number that was left out above stands here.
    fn fill(&mut self, found: u64, findings: &mut Findings) {
        if self.gaps.is_empty() {
            return;
        }
        for gap in self.gaps.remove(&found).unwrap_or_default() {
            let texts = (format!("seq {found}"), format!("seq {}", gap.found));
            findings.fault_at(gap.place, FaultKind::RecordOutOfOrder, texts.0, texts.1);
        }
    }

    fn stands(&self, seq: u64) -> bool {
        self.counted_line(seq).is_some() || {
            let mut same = self.uncounted.range((seq, Digest::MIN)..=(seq, Digest::MAX));
            same.next().is_some()
        }
    }

    fn stands_as(&self, seq: u64, line: Digest) -> bool {
        self.counted_line(seq) == Some(line) || self.uncounted.contains(&(seq, line))
    }

    fn counted_line(&self, seq: u64) -> Option<Digest> {
        self.counted.get(usize::try_from(seq).ok()?).copied()
    }
}

/// The client's own key: `idem` without `~` and 16 hex digits.
fn key_part(idem: &str) -> &str {
    match idem.rsplit_once('~') {
        Some((key, digits)) if digits.len() == 16 && digits.bytes().all(is_hex) => key,
        Some(_) | None => idem,
    }
}
