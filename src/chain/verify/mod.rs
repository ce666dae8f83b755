//! Verification from bytes alone, as docs/FORMAT.md says: no projection, snapshot or index is asked.
//!
//! It streams. A record leaves behind at most a few small digests, so that a book of a million
//! records is checked in bounded memory, and every line is parsed once.

mod kind;
mod finding;
mod calendar;
mod json;
mod line;
mod envelope;
mod order;
mod accounts;
mod voucher;
mod opening;
mod period;
mod fact;
mod signed;
mod verdict;

use std::collections::BTreeMap;
use std::io::{self, BufRead};

pub use accounts::{Fen, TrialRow};
pub use finding::{FAULTS_KEPT_MAX, Fault, Note, Place};
pub use kind::{FaultKind, NoteKind};
pub use verdict::{Cosigner, Outcome, Verdict};

use super::key::{KeyKind, VKey};
use super::policy::{Policy, PolicyErrors};
use super::record::RECORD_BYTES_MAX;
use super::tree::{Tree, TreeHash};
use crate::chart::Chart;
use crate::date::Instant;
use accounts::{ChartFile, TrialBalance};
use calendar::Day;
use envelope::Record;
use finding::Findings;
use line::{Lines, RawLine};
use opening::Opening;
use order::Order;
use period::Periods;
use signed::{Against, Claimed};
use verdict::{Sums, Trust};
use voucher::Numbers;

/// Progress is told of every so many records.
const PROGRESS_RECORDS: u64 = 1024;

/// The types whose bodies docs/FORMAT.md describes, and the version that it describes.
const LEDGER_CREATED: &str = "ledger.created";
const PERIOD_CLOSED: &str = "period.closed";
const ENTRY_REVERSED: &str = "entry.reversed";
const DESCRIBED_TV: u64 = 1;

/// Everything that an auditor has: what came with the book, and what is held against it.
pub struct Evidence<R> {
    /// `events.ndjson`.
    pub events: R,
    /// The signed checkpoints of the bundle, by their paths in it: `checkpoint`, `checkpoints/5`.
    pub checkpoints: Vec<NamedBytes>,
    /// Older checkpoints that the auditor has kept.
    pub against: Vec<NamedBytes>,
    /// `log.vkey`.
    pub log_vkey: Option<Vec<u8>>,
    /// `chart.json`.
    pub chart: Option<Vec<u8>>,
    /// SHA-256 of the bundle's FORMAT.md in hex.
    pub format_sha256: Option<String>,
    /// The auditor's own trust file, never one from the bundle.
    pub policy: Option<String>,
    /// The time of verification.
    pub now: Instant,
    /// How old the newest cosignature may be.
    pub max_age_seconds: u64,
}

/// A small file and the name under which faults speak of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedBytes {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Why there is no verdict at all. Whatever is wrong with the book itself is a fault in one.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    #[error("the records could not be read: {0}")]
    Read(#[from] io::Error),
    #[error("the auditor's own policy cannot be used: {0}")]
    Policy(#[from] PolicyErrors),
}

impl<R> Evidence<R> {
    /// 35 days (docs/FORMAT.md, section 12).
    pub const MAX_AGE_SECONDS: u64 = 35 * 86_400;

    /// The records alone, with nothing to hold them against.
    pub fn of_records(events: R, now: Instant) -> Evidence<R> {
        Evidence {
            events,
            checkpoints: Vec::new(),
            against: Vec::new(),
            log_vkey: None,
            chart: None,
            format_sha256: None,
            policy: None,
            now,
            max_age_seconds: Self::MAX_AGE_SECONDS,
        }
    }
}

/// Checks everything that can be checked, and tells the number of records so far as it goes.
pub fn verify<R: BufRead>(
    evidence: Evidence<R>,
    progress: &mut dyn FnMut(u64),
) -> Result<Verdict, VerifyError> {
    let Evidence { events, checkpoints, against, log_vkey, chart, .. } = evidence;
    let policy = evidence.policy.as_deref().map(Policy::parse).transpose()?;
    let mut findings = Findings::default();
    let files = checkpoints.iter().chain(&against);
    let claimed: Vec<Claimed> =
        files.filter_map(|file| Claimed::read(file, &mut findings)).collect();
    let key_file = log_vkey.and_then(|bytes| signed::log_key_file(&bytes, &mut findings));

    let mut book = Reader::new(chart.as_deref(), findings);
    book.order.expect_origin(
        policy.iter().flat_map(Policy::logs).map(|log| log.key.name().as_str().to_owned()),
        key_file.as_ref().map(|key| key.name().as_str().to_owned()),
    );
    book.roots = claimed.iter().map(|one| (one.head.size, None)).collect();
    book.read(events, progress)?;

    let Reader { mut findings, order, opening, tree, roots, trial, .. } = book;
    let first = order.first();
    let key = signed::log_key(policy.as_ref(), key_file.as_ref(), &first, &opening, &mut findings);
    note_differences(
        &opening,
        evidence.policy.as_deref(),
        evidence.format_sha256.as_deref(),
        &mut findings,
    );
    let roots: BTreeMap<u64, TreeHash> =
        roots.into_iter().filter_map(|(size, root)| Some((size, root?))).collect();
    let against = Against {
        key: key.as_ref(),
        origin: first.ledger,
        roots: &roots,
        records: tree.size(),
        policy: policy.as_ref(),
        now: evidence.now,
    };
    let checked = signed::check_all(&claimed, &against, &mut findings);
    let sums = Sums {
        records: tree.size(),
        chain_head: order.head(),
        root: tree.root(),
        trial_balance: trial.rows(),
    };
    let Evidence { now, max_age_seconds, .. } = evidence;
    let trust = Trust { policy: policy.as_ref(), now, max_age_seconds };
    Ok(verdict::weigh(sums, &checked, &trust, findings))
}

fn note_differences(
    opening: &Opening,
    policy: Option<&str>,
    format_sha256: Option<&str>,
    findings: &mut Findings,
) {
    if let Some((agreed, held)) = opening.policy.as_deref().zip(policy)
        && agreed != held
    {
        let texts = [held, agreed].map(|text| accounts::sha256_hex(text.as_bytes()));
        let [expected, found] = texts;
        findings.note(None, NoteKind::PolicyDiffers, expected, found);
    }
    if let Some((named, found)) = opening.format_sha256.as_deref().zip(format_sha256)
        && named != found
    {
        findings.note(None, NoteKind::FormatDiffers, named, found);
    }
}

/// The reading of one book, record by record.
struct Reader {
    findings: Findings,
    order: Order,
    opening: Opening,
    numbers: Numbers,
    periods: Periods,
    trial: TrialBalance,
    tree: Tree,
    /// The sizes at which a root is asked for, and the roots as far as they are known.
    roots: BTreeMap<u64, Option<TreeHash>>,
    chart_file: Option<ChartFile>,
    /// The same chart, where this program can post by it.
    chart: Option<Chart>,
}

impl Reader {
    fn new(chart: Option<&[u8]>, mut findings: Findings) -> Reader {
        if chart.is_none() {
            findings.note(None, NoteKind::ChartMissing, "chart.json", "-");
        }
        let chart_file = chart.and_then(|bytes| ChartFile::read(bytes, &mut findings));
        let text = chart.and_then(|bytes| core::str::from_utf8(bytes).ok());
        let chart = match text.map(Chart::from_json) {
            Some(Ok(chart)) => Some(chart),
            Some(Err(error)) => {
                let found = error.to_string();
                findings.note(None, NoteKind::PostingNotChecked, "chart.json", found);
                None
            }
            None => None,
        };
        Reader {
            findings,
            order: Order::default(),
            opening: Opening::default(),
            numbers: Numbers::default(),
            periods: Periods::default(),
            trial: TrialBalance::default(),
            tree: Tree::default(),
            roots: BTreeMap::new(),
            chart_file,
            chart,
        }
    }

    fn read(
        &mut self,
        events: impl BufRead,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), io::Error> {
        let mut lines = Lines::new(events);
        self.keep_root();
        while let Some(line) = lines.next()? {
            self.line(&line);
            self.keep_root();
            let records = self.tree.size();
            if records.is_multiple_of(PROGRESS_RECORDS) {
                progress(records);
            }
        }
        progress(self.tree.size());
        self.findings.here = None;
        if self.tree.size() == 0 {
            self.findings.fault(FaultKind::LedgerCreatedMissing, LEDGER_CREATED, "-");
        }
        self.order.finish(&mut self.findings);
        Ok(())
    }

    fn keep_root(&mut self) {
        let tree = &self.tree;
        if let Some(root) = self.roots.get_mut(&tree.size()) {
            *root = Some(tree.root());
        }
    }

    fn line(&mut self, line: &RawLine<'_>) {
        let place = Place { record: self.tree.size(), byte: line.byte };
        self.tree.push(line.leaf);
        self.findings.here = Some(place);
        if line.torn {
            self.findings.fault(FaultKind::LineTorn, "LF", "EOF");
        }
        if line.length > u64::try_from(RECORD_BYTES_MAX).unwrap_or(u64::MAX) {
            let expected = format!("≤ {RECORD_BYTES_MAX}");
            self.findings.fault(FaultKind::RecordTooLong, expected, line.length.to_string());
        }
        let reading = line.bytes.map(json::read);
        let object = reading.as_ref().and_then(|reading| reading.object.as_ref());
        for blemish in reading.iter().flat_map(|reading| &reading.blemishes) {
            let at = u64::try_from(blemish.at).unwrap_or(u64::MAX);
            let within = Place { byte: place.byte.saturating_add(at), ..place };
            let json::Blemish { kind, expected, found, .. } = blemish;
            self.findings.fault_at(Some(within), *kind, *expected, found);
        }
        let record = object.map(|object| envelope::read(object, &mut self.findings));
        let record = record.unwrap_or_default();
        if reading.as_ref().is_some_and(|r| r.lines_in_policy)
            && record.kind != Some(LEDGER_CREATED)
        {
            self.findings.fault(FaultKind::ControlCharacter, "no control character", "U+000A");
        }
        let seq = self.order.check(&record, line.chain_hash, &mut self.findings);
        self.check_type(&record, place.record);
        if let Some(body) = record.body {
            self.body(&record, body, seq);
        }
    }

    /// Record 0 creates the ledger, and no other does.
    fn check_type(&mut self, record: &Record<'_>, at: u64) {
        let found = record.kind.unwrap_or("-");
        let creates = found == LEDGER_CREATED;
        if at == 0 && !creates {
            self.findings.fault(FaultKind::LedgerCreatedMissing, LEDGER_CREATED, found);
        } else if at > 0 && creates {
            self.findings.fault(FaultKind::LedgerCreatedAgain, "record 0", found);
        }
        let described = matches!(found, LEDGER_CREATED | PERIOD_CLOSED | ENTRY_REVERSED);
        if let Some(tv) = record.tv.filter(|tv| described && *tv != DESCRIBED_TV) {
            let found = format!("{found} tv {tv}");
            self.findings.note(Some(at), NoteKind::TypeVersionUnknown, "tv 1", found);
        }
    }

    fn body<'a>(&mut self, record: &Record<'a>, body: &'a json::Object<'a>, seq: u64) {
        let before = self.findings.count();
        // A version that cannot be read is taken for the one that is described.
        let kind = record.kind.filter(|_| record.tv.is_none_or(|tv| tv == DESCRIBED_TV));
        let is_first = self.tree.size() == 1;
        if kind == Some(LEDGER_CREATED) && is_first {
            let opening = opening::read(body, &mut self.findings);
            self.begin(opening);
        }
        let day = self.day(record, body);
        let is_reversal = record.kind == Some(ENTRY_REVERSED);
        let voucher =
            voucher::read(body, is_reversal, self.chart_file.as_ref(), &mut self.findings);
        if let Some(number) = voucher.as_ref().and_then(|voucher| voucher.number) {
            self.numbers.check(number, day, &mut self.findings);
        }
        if kind == Some(ENTRY_REVERSED) {
            self.periods.reverse(body, voucher.as_ref(), &mut self.findings);
        }
        if kind == Some(PERIOD_CLOSED) {
            self.periods.close(body, self.opening.starts, &mut self.findings);
        }
        if let Some(voucher) = &voucher {
            voucher.add_to(&mut self.trial);
            self.periods.add(seq, voucher, day, is_reversal, &mut self.findings);
        }
        // What could not be read has its fault already, and would only be said again.
        let again = record.kind == Some(LEDGER_CREATED) && !is_first;
        if self.findings.count() == before && !again {
            let entries = voucher.as_ref().and_then(|voucher| voucher.entries.as_deref());
            fact::check(
                record,
                entries.unwrap_or_default(),
                self.chart.as_ref(),
                &mut self.findings,
            );
        }
    }

    fn begin(&mut self, opening: Opening) {
        if let Some((file, (id, sha256))) = self.chart_file.as_ref().zip(opening.chart.as_ref()) {
            file.expect(id, sha256, &mut self.findings);
        }
        let key = opening.log.as_deref().and_then(|text| VKey::parse(text).ok());
        if let Some(key) = key.filter(|key| key.kind() == KeyKind::Log) {
            self.order.expect_key_of_book(key.name().as_str(), &mut self.findings);
        }
        self.opening = opening;
    }

    /// The business day of any body that has one.
    fn day(&mut self, record: &Record<'_>, body: &json::Object<'_>) -> Option<Day> {
        let date = body.get("date")?;
        let day = date.text().and_then(Day::parse);
        let Some(day) = day else {
            self.findings.fault(FaultKind::DateForm, "YYYY-MM-DD", date.shown());
            return None;
        };
        if let Some((at, moment)) = record.at
            && moment.is_before_day(day, self.opening.utc_offset)
        {
            let found = date.text().unwrap_or_default();
            self.findings.fault(FaultKind::DateLate, format!("≤ {at}"), found);
        }
        Some(day)
    }
}
