//! Months that close, and red vouchers (docs/FORMAT.md, sections 10 and 11).

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroU64;

use super::accounts::Sums;
use super::body;
use super::calendar::{Day, Month};
use super::finding::Findings;
use super::form::is_amount;
use super::json::{Json, Object};
use super::kind::FaultKind;
use super::voucher::{Number, Voucher, digest};

/// What the months add up to, and what is remembered of each voucher.
#[derive(Default)]
pub(super) struct Periods {
    months: BTreeMap<Month, MonthSums>,
    /// The month that was closed last.
    closed: Option<Month>,
    /// The earliest month that was ever closed.
    first_closed: Option<Month>,
    /// What closes next, where a month has been closed.
    next: Option<Month>,
    years_closed: BTreeSet<u32>,
    /// Where the last closing of each month stands.
    closed_at: BTreeMap<Month, u64>,
    /// By the voucher record's `seq`.
    vouchers: BTreeMap<u64, Remembered>,
    reversed: BTreeSet<u64>,
}

#[derive(Default)]
struct MonthSums {
    vouchers: u64,
    sums: Sums,
}

/// A voucher, as far as a later reversal needs it: 32 bytes.
struct Remembered {
    /// [`Number::short`]; `None` where there is no number.
    number: Option<NonZeroU64>,
    /// The digest of its entries in red; `None` where they could not be read.
    red: Option<[u8; 16]>,
    is_reversal: bool,
}

impl Periods {
    /// A voucher of a record with this `seq`.
    pub(super) fn add(
        &mut self,
        seq: u64,
        voucher: &Voucher<'_>,
        day: Option<Day>,
        is_reversal: bool,
        starts: Option<Day>,
        findings: &mut Findings,
    ) {
        if let Some(day) = day {
            self.add_to_month(voucher, day, starts, findings);
        }
        let red = voucher.entries.as_deref().map(|entries| digest(entries, true).to_be_bytes());
        let number = voucher.number.map(Number::short);
        // Where two records have one number, the first is the one that was always there.
        self.vouchers.entry(seq).or_insert(Remembered { number, red, is_reversal });
    }

    fn add_to_month(
        &mut self,
        voucher: &Voucher<'_>,
        day: Day,
        starts: Option<Day>,
        findings: &mut Findings,
    ) {
        let month = self.months.entry(day.month()).or_default();
        let (debit, credit) = voucher.turnover();
        month.vouchers = month.vouchers.saturating_add(1);
        month.sums.add(debit, credit);
        if let Some(closed) = self.closed.filter(|closed| day.month() <= *closed) {
            let found = day.month().to_string();
            findings.fault(FaultKind::PostingInClosedPeriod, format!("> {closed}"), found);
        } else if let Some(starts) = starts.filter(|starts| day < *starts) {
            let (expected, found) = (format!("≥ {starts}"), day.to_string());
            findings.fault(FaultKind::PostingInClosedPeriod, expected, found);
        }
    }

    /// `period.closed`.
    pub(super) fn close(
        &mut self,
        body: &Object<'_>,
        place: u64,
        starts: Option<Day>,
        findings: &mut Findings,
    ) {
        let fields = ["month", "vouchers", "debit", "credit"];
        let month = body.text("month").and_then(Month::parse);
        let vouchers = body.get("vouchers").and_then(Json::number);
        let amount = |side: &str| body.text(side).filter(|text| is_amount(text));
        let read = month.zip(vouchers).zip(amount("debit").zip(amount("credit")));
        let Some(((month, vouchers), (debit, credit))) = read.filter(|_| body.has_exactly(&fields))
        else {
            let found = Json::Object(body.clone()).shown();
            return findings.fault(FaultKind::BodyForm, "{month, vouchers, debit, credit}", found);
        };
        let expected = self.next.or(starts.map(Day::month));
        if let Some(expected) = expected.filter(|expected| *expected != month) {
            findings.fault(FaultKind::PeriodOrder, expected.to_string(), month.to_string());
        }
        self.closed_at.insert(month, place);
        self.closed = self.closed.max(Some(month));
        self.next = self.closed.map(Month::next);
        self.first_closed = self.first_closed.map_or(Some(month), |first| Some(first.min(month)));
        let none = MonthSums::default();
        let MonthSums { vouchers: count, sums } = self.months.get(&month).unwrap_or(&none);
        for (name, expected, found) in [
            ("vouchers", count.to_string(), vouchers.to_string()),
            ("debit", sums.debit.to_string(), debit.to_owned()),
            ("credit", sums.credit.to_string(), credit.to_owned()),
        ] {
            if expected != found {
                let expected = format!("{month} {name}: {expected}");
                findings.fault(FaultKind::PeriodTotalsWrong, expected, found);
            }
        }
    }

    /// Where the month that such a body reopens was closed last.
    pub(super) fn closed_at(&self, body: &Object<'_>) -> Option<u64> {
        self.closed_at.get(&Month::parse(body.text("month")?)?).copied()
    }

    /// `period.reopened`. `None` where it is not of its form.
    pub(super) fn reopen(
        &mut self,
        body: &Object<'_>,
        day: Option<Day>,
        findings: &mut Findings,
    ) -> Option<()> {
        let exact = body::exactly(body, &["month", "date", "reason"], &[]);
        let month = exact.and(body::text(body, "reason")).and(body.text("month"));
        let Some(month) = month.and_then(Month::parse) else {
            body::wrong(body, "{month, date, reason}", findings);
            return None;
        };
        day?;
        let is_last = self.closed == Some(month);
        if is_last && !self.years_closed.contains(&month.year()) {
            let before = Some(month.before());
            self.closed = before.filter(|_| self.first_closed < Some(month));
            self.next = Some(month);
        } else {
            let last = self.closed.map_or("-".to_owned(), |last| last.to_string());
            let found = if is_last { format!("{month}: year.closed") } else { month.to_string() };
            findings.fault(FaultKind::PeriodOrder, last, found);
        }
        Some(())
    }

    /// `year.closed`.
    pub(super) fn close_year(&mut self, body: &Object<'_>, findings: &mut Findings) {
        match body::number(body, "year") {
            Some(year) => self.years_closed.extend(u32::try_from(year).ok()),
            None => body::wrong(body, "{year, …}", findings),
        }
    }

    /// `entry.reversed`. Called before the reversal itself is added; gives the record that is
    /// reversed, where it is one.
    pub(super) fn reverse(
        &mut self,
        body: &Object<'_>,
        voucher: Option<&Voucher<'_>>,
        findings: &mut Findings,
    ) -> Option<u64> {
        let fields = ["date", "reason", "reverses", "reverses_voucher", "voucher", "entries"];
        let reason = body.text("reason").filter(|reason| !reason.is_empty());
        let reverses = body.get("reverses").and_then(Json::number);
        let number = body.text("reverses_voucher");
        let read = reverses.zip(number).filter(|_| reason.is_some() && body.has_exactly(&fields));
        let Some((reverses, number)) = read else {
            let found = Json::Object(body.clone()).shown();
            let expected = format!("{{{}}}", fields.join(", "));
            findings.fault(FaultKind::BodyForm, expected, found);
            return None;
        };
        let found = format!("seq {reverses} {number}");
        let original = self.vouchers.get(&reverses);
        let named = original.filter(|one| one.number == Some(Number::short_of(number)));
        let Some(original) = named else {
            let expected = original.map_or("seq < N", |_| "记-…");
            findings.fault(FaultKind::ReversalTargetWrong, expected, found);
            return None;
        };
        if original.is_reversal {
            let found = format!("seq {reverses}: entry.reversed");
            findings.fault(FaultKind::ReversalOfReversal, "≠ entry.reversed", found);
        }
        if !self.reversed.insert(reverses) {
            findings.fault(FaultKind::ReversalRepeated, "1", format!("seq {reverses}: 2"));
        }
        // Where the original's cannot be read, nothing can be said of these.
        let entries = voucher.and_then(|voucher| voucher.entries.as_deref());
        let own = entries.map(|entries| digest(entries, false).to_be_bytes());
        if original.red.is_some() && own != original.red {
            let found = body.get("entries").map(Json::shown).unwrap_or_default();
            let expected = format!("-1 × seq {reverses}");
            findings.fault(FaultKind::ReversalEntriesWrong, expected, found);
        }
        Some(reverses)
    }
}
