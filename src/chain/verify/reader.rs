//! The reading of one book, record by record: each goes to every room that has to look at it.

use std::collections::BTreeMap;
use std::io::{self, BufRead};

use super::super::key::VKey;
use super::super::record::RECORD_BYTES_MAX;
use super::super::tree::{Tree, TreeHash, TreeHead};
use super::accounts::{ChartFile, TrialBalance};
use super::acts::{Acts, Need, Settled};
use super::audit::Audit;
use super::bylaws::Bylaws;
use super::calendar::{Day, Moment};
use super::envelope::{self, Record};
use super::fact;
use super::finding::{Findings, Place};
use super::json;
use super::keys::{self, Keys};
use super::kind::{FaultKind, NoteKind};
use super::line::{Lines, RawLine};
use super::offices::Offices;
use super::opening::{self, Opening};
use super::order::Order;
use super::papers::Papers;
use super::period::Periods;
use super::private::Private;
use super::receipts::Receipts;
use super::signed;
use super::since::{self, Misfit, Part};
use super::spending::{Spending, Step};
use super::types::{
    ACT_SIGNED, DESCRIBED_EXACTLY, DESCRIBED_IN_PART, DESCRIBED_TV, ENTRY_REVERSED, LEDGER_CREATED,
    OFFICER_APPOINTED, OFFICER_REMOVED, PERIOD_CLOSED, POSTED, POSTED_2, RULE_SET,
    SUBSTITUTE_NAMED, WITNESS_CHANGED,
};
use super::voucher::{self, Numbers, Voucher};
use crate::chart::Chart;
use crate::date::Instant;

/// Progress is told of every so many records.
const PROGRESS_RECORDS: u64 = 1024;

/// A record that is made so much after the verification is said to be of the future.
const FUTURE_SECONDS_MAX: i64 = 86_400;

/// Everything that is known of the records so far.
pub(super) struct Reader {
    pub(super) findings: Findings,
    pub(super) order: Order,
    pub(super) opening: Opening,
    numbers: Numbers,
    periods: Periods,
    pub(super) trial: TrialBalance,
    pub(super) tree: Tree,
    /// 32 bytes a record: what officers sign names leaves, and tiles are made of them.
    pub(super) leaves: Vec<TreeHash>,
    /// The sizes at which a root is asked for, and the roots as far as they are known.
    pub(super) roots: BTreeMap<u64, Option<TreeHash>>,
    pub(super) keys: Keys,
    /// The policy that was agreed last.
    pub(super) policy: Option<String>,
    offices: Offices,
    bylaws: Bylaws,
    pub(super) acts: Acts,
    audit: Audit,
    spending: Spending,
    pub(super) private: Private,
    pub(super) papers: Papers,
    receipts: Receipts,
    chart_file: Option<ChartFile>,
    /// The same chart, where this program can post by it.
    chart: Option<Chart>,
    now: Instant,
    /// The first record of the future, and how many there are.
    future: Option<(u64, String, u64)>,
}

/// One record with what is known of it besides its bytes.
struct Here<'a> {
    record: &'a Record<'a>,
    seq: u64,
    place: u64,
    /// The local day on which it was recorded.
    today: Option<Day>,
    /// The body's own `date`, where that is a day.
    day: Option<Day>,
}

impl Reader {
    pub(super) fn new(chart: Option<&[u8]>, now: Instant, mut findings: Findings) -> Reader {
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
            leaves: Vec::new(),
            roots: BTreeMap::new(),
            keys: Keys::default(),
            policy: None,
            offices: Offices::default(),
            bylaws: Bylaws::default(),
            acts: Acts::default(),
            audit: Audit::default(),
            spending: Spending::paying_from(ChartFile::tills_of(chart_file.as_ref())),
            private: Private::default(),
            papers: Papers::default(),
            receipts: Receipts::default(),
            chart_file,
            chart,
            now,
            future: None,
        }
    }

    /// Reads all parts as one book, unless one does not begin where the last one ended.
    pub(super) fn read<R: BufRead>(
        &mut self,
        parts: Vec<Part<R>>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Result<(), Misfit>, io::Error> {
        self.keep_root();
        for Part { events, until } in parts {
            self.read_part(events, until.as_ref(), progress)?;
            if let Some(until) = until {
                let found = TreeHead { size: self.tree.size(), root: self.tree.root() };
                if let Err(misfit) = since::expect(&until, &found) {
                    return Ok(Err(misfit));
                }
            }
        }
        progress(self.tree.size());
        self.settle();
        self.findings.here = None;
        if self.tree.size() == 0 {
            self.findings.fault(FaultKind::LedgerCreatedMissing, LEDGER_CREATED, "-");
        }
        self.order.finish(&mut self.findings);
        if let Some((first, at, count)) = self.future.take() {
            let expected = format!("≤ {} + 1 d", self.now);
            let found = format!("{at} ({count})");
            self.findings.note(Some(first), NoteKind::AtInFuture, expected, found);
        }
        Ok(Ok(()))
    }

    fn read_part(
        &mut self,
        events: impl BufRead,
        until: Option<&TreeHead>,
        progress: &mut dyn FnMut(u64),
    ) -> Result<(), io::Error> {
        let mut lines = Lines::new(events);
        while until.is_none_or(|until| self.tree.size() < until.size)
            && let Some(line) = lines.next()?
        {
            self.line(&line);
            self.keep_root();
            let records = self.tree.size();
            if records.is_multiple_of(PROGRESS_RECORDS) {
                progress(records);
            }
        }
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
            && !matches!(record.kind, Some(LEDGER_CREATED | WITNESS_CHANGED))
        {
            self.findings.fault(FaultKind::ControlCharacter, "no control character", "U+000A");
        }
        let standing = self.order.check(&record, line.chain_hash, &mut self.findings);
        self.check_type(&record, place.record);
        if record.kind == Some(ACT_SIGNED) {
            let Reader { acts, offices, leaves, findings, .. } = self;
            acts.sign(&record, standing, leaves, offices, findings);
        } else {
            self.settle();
            self.acts.begin(place, standing, line.bytes, record.more);
        }
        if place.record == 0 {
            self.offices.founder = record.actor.map(ToOwned::to_owned);
        }
        if let Some(body) = record.body {
            self.body(&record, body, standing.seq);
        }
        if let Some((text, at)) = record.at {
            self.note_future(place.record, text, at);
        }
        self.leaves.push(line.leaf);
    }

    /// No signature of the record before can follow any more.
    fn settle(&mut self) {
        for settled in self.acts.settle(&self.offices) {
            let kind = match settled {
                Settled::Nothing => continue,
                Settled::Rotated(rotation) => {
                    self.keys.accept(*rotation);
                    continue;
                }
                Settled::Unsigned(place) => (place, FaultKind::ActUnsigned),
                Settled::NotRotated(place) => (place, FaultKind::KeyRotationWrong),
            };
            self.findings.fault_at(Some(kind.0), kind.1, ACT_SIGNED, "-");
        }
    }

    fn note_future(&mut self, record: u64, text: &str, at: Moment) {
        if at.unix() > self.now.unix().saturating_add(FUTURE_SECONDS_MAX) {
            let (_, _, count) = self.future.get_or_insert_with(|| (record, text.to_owned(), 0));
            *count = count.saturating_add(1);
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
        let is_other = record.tv.filter(|tv| *tv != DESCRIBED_TV);
        let is_described =
            || DESCRIBED_EXACTLY.contains(&found) || DESCRIBED_IN_PART.contains(&found);
        if let Some(tv) = is_other.filter(|_| is_described()) {
            let found = format!("{found} tv {tv}");
            self.findings.note(Some(at), NoteKind::TypeVersionUnknown, "tv 1", found);
        }
    }

    fn body<'a>(&mut self, record: &'a Record<'a>, body: &'a json::Object<'a>, seq: u64) {
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
        let is_read = self.findings.count() == before;
        let forms = self.findings.count_of(FaultKind::BodyForm);
        if let Some(kind) = kind {
            let offset = self.opening.utc_offset;
            let today = record.at.and_then(|(_, at)| at.day(offset));
            let place = self.tree.size().saturating_sub(1);
            let here = Here { record, seq, place, today, day };
            self.described(kind, &here, body, voucher.as_ref());
        }
        if let Some(voucher) = &voucher {
            voucher.add_to(&mut self.trial);
            let starts = self.opening.starts;
            self.periods.add(seq, voucher, day, is_reversal, starts, &mut self.findings);
            let again = record.tv == Some(2) && record.kind.is_some_and(|k| POSTED_2.contains(&k));
            if !again && !kind.is_some_and(|kind| POSTED.contains(&kind)) {
                self.note_unknown_voucher(record);
            }
        }
        // What could not be read has its fault already, and would only be said again.
        let again = record.kind == Some(LEDGER_CREATED) && !is_first;
        let is_whole = match kind {
            // What an officer may not do can still be posted, rightly or wrongly.
            Some(kind) if is_done_by_officers(kind) => {
                is_read && self.findings.count_of(FaultKind::BodyForm) == forms
            }
            Some(_) | None => self.findings.count() == before,
        };
        if is_whole && !again {
            let entries = voucher.as_ref().and_then(|voucher| voucher.entries.as_deref());
            fact::check(
                record,
                entries.unwrap_or_default(),
                self.chart.as_ref(),
                &mut self.findings,
            );
        }
    }

    /// A voucher of which nothing but its balance is known.
    fn note_unknown_voucher(&mut self, record: &Record<'_>) {
        let at = self.findings.here.map(|here| here.record);
        let tv = record.tv.map_or("-".to_owned(), |tv| tv.to_string());
        let found = format!("{} tv {tv}", record.kind.unwrap_or("-"));
        self.findings.note(at, NoteKind::VoucherTypeUnknown, "FORMAT.md 7", found);
    }

    /// What docs/FORMAT.md says of this type: of periods, reversals, keys and dues here, of all
    /// that officers do below.
    fn described<'a>(
        &mut self,
        kind: &str,
        here: &Here<'a>,
        body: &'a json::Object<'a>,
        voucher: Option<&Voucher<'_>>,
    ) {
        let Here { seq, place, day, .. } = *here;
        let findings = &mut self.findings;
        match kind {
            ENTRY_REVERSED => {
                if let Some(reversed) = self.periods.reverse(body, voucher, findings) {
                    self.spending.reversed(reversed);
                    self.receipts.reversed(reversed);
                }
            }
            PERIOD_CLOSED => self.periods.close(body, place, self.opening.starts, findings),
            "year.closed" => self.periods.close_year(body, findings),
            "dues.received" => self.receipts.dues(seq, body, voucher),
            "receipt.issued" => self.receipts.issue(body, day, findings),
            "attachment.added" => self.papers.add(body, &self.order, findings),
            "privacy.committed" => self.private.commit(body, findings),
            "privacy.opened" => Private::open(body, findings),
            "privacy.erased" => self.private.erase(body, place, findings),
            "officer_key.registered" | WITNESS_CHANGED | RULE_SET | "key.rotated" => {
                self.of_trust(kind, here, body);
            }
            _ => self.done_by_officers(kind, here, body, voucher),
        }
    }

    /// Keys, witnesses and rules: on these it rests who can be believed.
    fn of_trust<'a>(&mut self, kind: &str, here: &Here<'a>, body: &'a json::Object<'a>) {
        let Here { record, seq, place, today, .. } = *here;
        // By the rules before this one, which may be a rule itself.
        let is_signed = today.is_some_and(|day| self.bylaws.must_be_signed(kind, body, day));
        let findings = &mut self.findings;
        let forms = findings.count_of(FaultKind::BodyForm);
        let mut counts = true;
        match kind {
            "officer_key.registered" => {
                counts = self.acts.register(body, today, findings).is_some();
            }
            WITNESS_CHANGED => {
                let agreed = keys::change_witnesses(body, findings);
                self.policy = agreed.or(self.policy.take());
            }
            RULE_SET => self.bylaws.set(body, findings),
            _ => {
                if let Some(rotation) = self.keys.rotate(record, seq, place, body, findings) {
                    if rotation.is_proved() {
                        self.keys.accept(rotation);
                    } else {
                        self.acts.need(Need::Rotation(Box::new(rotation), today));
                    }
                }
            }
        }
        if findings.count_of(FaultKind::BodyForm) != forms {
            return;
        }
        self.offices.check(record, today, body, findings);
        if let Some(actor) = record.actor.filter(|_| is_signed && counts) {
            self.acts.need(Need::Actor(actor.to_owned()));
        }
    }

    /// Types for which an office is needed, or which are steps of a disbursement. Whoever does them
    /// signs them where a rule says so.
    fn done_by_officers<'a>(
        &mut self,
        kind: &str,
        here: &Here<'a>,
        body: &'a json::Object<'a>,
        voucher: Option<&Voucher<'_>>,
    ) {
        let Here { record, seq, place, today, day } = *here;
        let about = match kind {
            "approval.given" | "approval.refused" => self.spending.requested_at(body),
            "finding.cleared" => self.audit.raised_at(body),
            "period.reopened" => self.periods.closed_at(body),
            _ => None,
        };
        // A signature passes here too, and must not change what the next one is held against.
        if about.is_some() {
            self.acts.expect_on(about);
        }
        let Reader { findings, offices, bylaws, papers, spending, audit, .. } = self;
        let entries = voucher.and_then(|voucher| voucher.entries.as_deref());
        let actor = record.actor;
        let step = Step { body, seq, place, actor, day, today, offices, bylaws, papers, entries };
        let formed = match kind {
            "disbursement.requested" => spending.request(&step, findings),
            "approval.given" => spending.approve(&step, findings),
            "approval.refused" => spending.refuse(&step, findings),
            "disbursement.cancelled" => spending.cancel(&step, findings),
            "disbursement.paid" => spending.pay(&step, findings),
            OFFICER_APPOINTED => offices.appoint(record, today, body, findings),
            OFFICER_REMOVED => offices.remove(record, today, body, findings),
            SUBSTITUTE_NAMED => offices.substitute(body, findings),
            "finding.raised" => audit.raise(body, day, place, &self.order, findings),
            "finding.cleared" => audit.clear(body, day, findings),
            "audit.concluded" => Audit::conclude(body, day, findings),
            "period.reopened" => self.periods.reopen(body, day, findings),
            "adjustment.recorded" => Some(()),
            _ => None,
        };
        if formed.is_none() {
            return;
        }
        // An appointment has looked at the offices before it changed them.
        if !matches!(kind, OFFICER_APPOINTED | OFFICER_REMOVED) {
            self.offices.check(record, today, body, &mut self.findings);
        }
        let Some(today) = today else { return };
        if kind == "period.reopened" {
            self.acts.need(Need::ChairAndAuditor(today));
        }
        if let Some(actor) = record.actor
            && self.bylaws.must_be_signed(kind, body, today)
        {
            self.acts.need(Need::Actor(actor.to_owned()));
        }
    }

    fn begin(&mut self, opening: Opening) {
        if let Some((file, (id, sha256))) = self.chart_file.as_ref().zip(opening.chart.as_ref()) {
            file.expect(id, sha256, &mut self.findings);
        }
        let log = opening.log.as_deref();
        let key: Option<VKey> =
            log.and_then(|text| signed::log_key_of_book(text, &mut self.findings));
        if let Some(key) = &key {
            self.order.expect_key_of_book(key.name().as_str(), &mut self.findings);
        }
        self.keys.begin(key);
        self.policy.clone_from(&opening.policy);
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

fn is_done_by_officers(kind: &str) -> bool {
    let noun = kind.split_once('.').map(|(noun, _)| noun);
    matches!(noun, Some("disbursement" | "approval" | "adjustment" | "rule"))
}
