//! Periods, voucher numbers, reversals and audit adjustments: what the order of a book rests on.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::accounts::Turnover;
use crate::date::{FiscalYear, Month};
use crate::event::audit::Adjustment;
use crate::event::correction::{Correction, Reversal};
use crate::event::period::{Reopening, VouchersReviewed};
use crate::event::{Voucher, VoucherNumber};
use crate::ids::{OfficerId, Seq, Text};

/// What a month's vouchers add up to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct MonthTotals {
    pub vouchers: u32,
    pub turnover: Turnover,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReversedEntry {
    /// The record that reverses.
    pub by: Seq,
    pub voucher: VoucherNumber,
    pub red: VoucherNumber,
    pub reason: Text,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjusted {
    pub voucher: VoucherNumber,
    pub adjustment: Adjustment,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Periods {
    months: BTreeMap<Month, MonthTotals>,
    /// Months that are closed, each with the record that says so.
    closed: BTreeMap<Month, Seq>,
    reopened: BTreeMap<Seq, Reopening>,
    years_closed: BTreeSet<FiscalYear>,
    reversed: BTreeMap<Seq, ReversedEntry>,
    adjustments: BTreeMap<Seq, Adjusted>,
    /// Which blue voucher stands for which red one, by the record that says so.
    corrections: BTreeMap<Seq, Correction>,
    /// Who prepared a month's vouchers: runs of one officer's, so that a long book stays small.
    prepared: BTreeMap<Month, Vec<Run>>,
    reviews: BTreeMap<Month, Vec<Review>>,
}

/// Vouchers of one month, from the end of the run before up to this number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Run {
    last: u32,
    by: OfficerId,
}

/// 稽核 Vouchers of a month that somebody has reviewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    pub first: u32,
    pub last: u32,
    pub by: OfficerId,
    /// The record that says so.
    pub seq: Seq,
}

impl Periods {
    pub(super) fn count(&mut self, voucher: &Voucher, by: &OfficerId) {
        let runs = self.prepared.entry(voucher.number.month).or_default();
        match runs.last_mut() {
            Some(run) if run.by == *by => run.last = voucher.number.number,
            Some(_) | None => runs.push(Run { last: voucher.number.number, by: by.clone() }),
        }
        let month = self.months.entry(voucher.number.month).or_default();
        month.vouchers = month.vouchers.max(voucher.number.number);
        voucher.entries.iter().for_each(|entry| month.turnover.add(entry.side));
    }

    pub(super) fn review(&mut self, seq: Seq, by: &OfficerId, reviewed: &VouchersReviewed) {
        let VouchersReviewed { month, first, last } = *reviewed;
        let review = Review { first, last, by: by.clone(), seq };
        self.reviews.entry(month).or_default().push(review);
    }

    /// 填制 Who prepared a voucher.
    #[must_use]
    pub fn preparer(&self, voucher: VoucherNumber) -> Option<&OfficerId> {
        let runs = self.prepared.get(&voucher.month)?;
        runs.iter().find(|run| voucher.number <= run.last).map(|run| &run.by)
    }

    /// 稽核 Who reviewed a voucher, if somebody did.
    #[must_use]
    pub fn reviewer(&self, voucher: VoucherNumber) -> Option<&OfficerId> {
        self.review_of(voucher).map(|review| &review.by)
    }

    #[must_use]
    pub fn review_of(&self, voucher: VoucherNumber) -> Option<&Review> {
        let within = |review: &&Review| (review.first..=review.last).contains(&voucher.number);
        self.reviews.get(&voucher.month)?.iter().find(within)
    }

    /// The reviews of a month, in the order of their records.
    #[must_use]
    pub fn reviews(&self, month: Month) -> &[Review] {
        self.reviews.get(&month).map_or(&[], Vec::as_slice)
    }

    /// The vouchers of a month that nobody has reviewed: how many, and the first of them.
    #[must_use]
    pub fn unreviewed(&self, month: Month) -> (u32, Option<VoucherNumber>) {
        let all = (1..=self.totals(month).vouchers).map(|number| VoucherNumber { month, number });
        let mut left = all.filter(|voucher| self.review_of(*voucher).is_none());
        let first = left.next();
        let others = u32::try_from(left.count()).unwrap_or(u32::MAX);
        (others.saturating_add(u32::from(first.is_some())), first)
    }

    pub(super) fn close(&mut self, seq: Seq, month: Month) {
        self.closed.insert(month, seq);
    }

    pub(super) fn reopen(&mut self, seq: Seq, reopening: &Reopening) {
        self.closed.remove(&reopening.month);
        self.reopened.insert(seq, reopening.clone());
    }

    pub(super) fn close_year(&mut self, year: FiscalYear) {
        self.years_closed.insert(year);
    }

    pub(super) fn reverse(&mut self, by: Seq, red: VoucherNumber, reversal: &Reversal) {
        let Reversal { reason, reverses, reverses_voucher: voucher, .. } = reversal.clone();
        self.reversed.insert(reverses, ReversedEntry { by, voucher, red, reason });
    }

    pub(super) fn adjust(&mut self, seq: Seq, voucher: VoucherNumber, adjustment: &Adjustment) {
        self.adjustments.insert(seq, Adjusted { voucher, adjustment: adjustment.clone() });
    }

    pub(super) fn correct(&mut self, seq: Seq, correction: &Correction) {
        self.corrections.insert(seq, correction.clone());
    }

    /// The number that the next voucher of this month gets.
    #[must_use]
    pub fn next_voucher(&self, month: Month) -> VoucherNumber {
        let used = self.totals(month).vouchers;
        VoucherNumber { month, number: used.saturating_add(1) }
    }

    #[must_use]
    pub fn totals(&self, month: Month) -> MonthTotals {
        self.months.get(&month).copied().unwrap_or_default()
    }

    /// Every month that has vouchers, with the number of its last one.
    pub fn vouchers(&self) -> impl Iterator<Item = (Month, u32)> {
        self.months.iter().map(|(month, totals)| (*month, totals.vouchers))
    }

    /// The last month that has a voucher.
    #[must_use]
    pub fn last_month(&self) -> Option<Month> {
        self.months.keys().next_back().copied()
    }

    /// The last month that is closed; those before it are closed as well.
    #[must_use]
    pub fn closed_through(&self) -> Option<Month> {
        self.closed.last_key_value().map(|(month, _)| *month)
    }

    #[must_use]
    pub fn is_closed(&self, month: Month) -> bool {
        self.closed_through().is_some_and(|last| month <= last)
    }

    /// The record that closed this month.
    #[must_use]
    pub fn closing(&self, month: Month) -> Option<Seq> {
        self.closed.get(&month).copied()
    }

    /// Months that were opened again, by the record that says so.
    pub fn reopened(&self) -> impl Iterator<Item = (&Seq, &Reopening)> {
        self.reopened.iter()
    }

    #[must_use]
    pub fn year_is_closed(&self, year: FiscalYear) -> bool {
        self.years_closed.contains(&year)
    }

    #[must_use]
    pub fn reversal_of(&self, seq: Seq) -> Option<&ReversedEntry> {
        self.reversed.get(&seq)
    }

    /// The red voucher by which this one is undone; none while it stands, be it in the form of the blue
    /// voucher that was made for it, or of the one that was made for that.
    #[must_use]
    pub fn undone_by(&self, seq: Seq) -> Option<Seq> {
        let (mut at, mut seen) = (seq, BTreeSet::new());
        while let Some(red) = self.reversed.get(&at) {
            let mut corrections = self.corrections.values();
            let blue = corrections.find(|correction| correction.replaces == red.by);
            match blue.filter(|_| seen.insert(at)) {
                Some(blue) => at = blue.by,
                None => return self.reversed.get(&seq).map(|red| red.by),
            }
        }
        None
    }

    pub fn reversed(&self) -> impl Iterator<Item = (&Seq, &ReversedEntry)> {
        self.reversed.iter()
    }

    /// Which blue voucher stands for which red one, by the record that says so.
    pub fn corrections(&self) -> impl Iterator<Item = (&Seq, &Correction)> {
        self.corrections.iter()
    }

    pub fn adjustments(&self) -> impl Iterator<Item = (&Seq, &Adjusted)> {
        self.adjustments.iter()
    }
}
