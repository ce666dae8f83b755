//! What ties one record to those before it: number, chain, time, append and command
//! (docs/FORMAT.md, sections 4 and 5).

use std::collections::{BTreeMap, BTreeSet};

use super::super::hash::RecordHash;
use super::calendar::Moment;
use super::envelope::{Record, is_hex};
use super::finding::{Findings, Place};
use super::kind::FaultKind;

/// Half of a 256-bit hash: nobody finds two texts with the same one, and a million fit in 16 MB.
pub(super) type Digest = u128;

/// What has to be remembered of the records so far. A record leaves two digests behind.
#[derive(Default)]
pub(super) struct Order {
    /// The digest of the line whose `seq` is the index, as far as numbers came without gaps.
    counted: Vec<Digest>,
    /// Numbers that stand elsewhere, with their lines' digests.
    uncounted: BTreeSet<(u64, Digest)>,
    /// What the next line's `seq` should be.
    expected: u64,
    head: Option<RecordHash>,
    last: Last,
    /// Digests of the key parts of `idem`.
    keys: BTreeSet<Digest>,
    /// The origin that every record names: the name of the log key, where that is known.
    origin: Option<String>,
    /// What the first record names.
    first_ledger: Option<String>,
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

struct Gap {
    place: Option<Place>,
    found: u64,
}

impl Order {
    /// The chain hash of the last line.
    pub(super) fn head(&self) -> RecordHash {
        self.head.unwrap_or(RecordHash::NONE)
    }

    /// What the first record says its book is.
    pub(super) fn first_ledger(&self) -> Option<&str> {
        self.first_ledger.as_deref()
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

    /// Checks the next record, and tells the number that it counts as.
    pub(super) fn check(
        &mut self,
        record: &Record<'_>,
        chain_hash: RecordHash,
        findings: &mut Findings,
    ) -> u64 {
        self.check_prev(record, findings);
        self.head = Some(chain_hash);
        self.check_ledger(record, findings);
        self.check_at(record, findings);
        self.check_idem(record, findings);
        let seq = self.check_seq(record, digest_of(chain_hash.as_bytes()), findings);
        self.last.more = record.more;
        self.last.place = findings.here;
        seq
    }

    /// What only the end of the file shows.
    pub(super) fn finish(&mut self, findings: &mut Findings) {
        for (expected, gaps) in std::mem::take(&mut self.gaps) {
            for Gap { place, found } in gaps {
                let (expected, found) = (format!("seq {expected}"), format!("seq {found}"));
                findings.fault_at(place, FaultKind::RecordMissing, expected, found);
            }
        }
        if self.last.more == Some(true) {
            let kind = FaultKind::AppendUnfinished;
            findings.fault_at(self.last.place, kind, "more: false", "more: true");
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
        let Some(ledger) = record.ledger else { return };
        if self.last.place.is_none() {
            self.first_ledger = Some(ledger.to_owned());
        }
        let trusted = self.trusted.iter().any(|name| name == ledger);
        let origin = self.origin.get_or_insert_with(|| match &self.named {
            Some(named) if !trusted => named.clone(),
            Some(_) | None => ledger.to_owned(),
        });
        if origin != ledger {
            findings.fault(FaultKind::LedgerWrong, origin.as_str(), ledger);
        } else if !is_origin(ledger) {
            findings.fault(FaultKind::LedgerWrong, "[^+ ]+", ledger);
        }
    }

    fn check_at(&mut self, record: &Record<'_>, findings: &mut Findings) {
        let Some((text, at)) = record.at else { return };
        if self.last.at.is_some_and(|before| at < before) {
            let expected = format!("≥ {}", self.last.at_text);
            findings.fault(FaultKind::AtDecreases, expected, text);
        }
        self.last.at = Some(at);
        text.clone_into(&mut self.last.at_text);
    }

    fn check_idem(&mut self, record: &Record<'_>, findings: &mut Findings) {
        let Some(idem) = record.idem else {
            self.last.idem.clear();
            return;
        };
        let same_command = self.last.more == Some(true) && self.last.idem == idem;
        let key = digest_of(blake3::hash(key_part(idem).as_bytes()).as_bytes());
        let is_new = self.keys.insert(key);
        if !is_new && !same_command {
            findings.fault(FaultKind::IdemRepeated, "new key", idem);
        }
        idem.clone_into(&mut self.last.idem);
    }

    fn check_seq(&mut self, record: &Record<'_>, line: Digest, findings: &mut Findings) -> u64 {
        let expected = self.expected;
        let found = record.seq.unwrap_or(expected);
        if found != expected {
            self.out_of_count(expected, found, line, findings);
        }
        self.fill(found, findings);
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

/// The first half of a hash.
pub(super) fn digest_of(hash: &[u8; 32]) -> Digest {
    hash.first_chunk().map_or(0, |half| Digest::from_be_bytes(*half))
}

/// The client's own key: `idem` without `~` and 16 hex digits.
fn key_part(idem: &str) -> &str {
    match idem.rsplit_once('~') {
        Some((key, digits)) if digits.len() == 16 && digits.bytes().all(is_hex) => key,
        Some(_) | None => idem,
    }
}

/// A URL without scheme, as far as the format says: not empty, no Unicode spaces, no `+`.
pub(super) fn is_origin(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(|c| c.is_whitespace() || c == '+')
}
