//! Periods, voucher numbers, reversals and audit adjustments: what the order of a book rests on.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::accounts::Turnover;
use crate::date::{FiscalYear, Month};
use crate::event::audit::Adjustment;
use crate::event::{Fact, Recorded, Side, Voucher, VoucherNumber};
use crate::ids::{Seq, Text};

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
    closed_through: Option<Month>,
    years_closed: BTreeSet<FiscalYear>,
    reversed: BTreeMap<Seq, ReversedEntry>,
    adjustments: BTreeMap<Seq, Adjusted>,
}

impl Periods {
    pub(super) fn apply(&mut self, record: &Recorded) {
        if let Some(voucher) = &record.voucher {
            self.count(voucher);
            if let Fact::EntryReversed(reversal) = &record.fact {
                let entry = ReversedEntry {
                    by: record.seq,
                    voucher: reversal.reverses_voucher,
                    red: voucher.number,
                    reason: reversal.reason.clone(),
                };
                self.reversed.insert(reversal.reverses, entry);
            }
            if let Fact::AdjustmentRecorded(adjustment) = &record.fact {
                let adjustment = adjustment.clone();
                self.adjustments
                    .insert(record.seq, Adjusted { voucher: voucher.number, adjustment });
            }
        }
        if let Fact::PeriodClosed(closed) = &record.fact {
            self.closed_through = Some(closed.month);
        }
        if let Fact::YearClosed(closed) = &record.fact {
            self.years_closed.insert(closed.year);
        }
    }

    fn count(&mut self, voucher: &Voucher) {
        let month = self.months.entry(voucher.number.month).or_default();
        month.vouchers = month.vouchers.max(voucher.number.number);
        for entry in &voucher.entries {
            let Turnover { debit, credit } = &mut month.turnover;
            match entry.side {
                Side::Debit(amount) => *debit = debit.plus(amount),
                Side::Credit(amount) => *credit = credit.plus(amount),
            }
        }
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

    /// The last month that is closed; those before it are closed as well.
    #[must_use]
    pub fn closed_through(&self) -> Option<Month> {
        self.closed_through
    }

    #[must_use]
    pub fn is_closed(&self, month: Month) -> bool {
        self.closed_through.is_some_and(|last| month <= last)
    }

    #[must_use]
    pub fn year_is_closed(&self, year: FiscalYear) -> bool {
        self.years_closed.contains(&year)
    }

    #[must_use]
    pub fn reversal_of(&self, seq: Seq) -> Option<&ReversedEntry> {
        self.reversed.get(&seq)
    }

    pub fn reversed(&self) -> impl Iterator<Item = (&Seq, &ReversedEntry)> {
        self.reversed.iter()
    }

    pub fn adjustments(&self) -> impl Iterator<Item = (&Seq, &Adjusted)> {
        self.adjustments.iter()
    }
}
