//! What was put right: red vouchers 红字凭证, and adjustments that the audit committee had made.

use schemars::JsonSchema;
use serde::Serialize;

use crate::date::Day;
use crate::event::VoucherNumber;
use crate::ids::{FundId, Seq};
use crate::report::books::Books;
use crate::report::{AccountName, Columns, Period};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reversed {
    /// The voucher that was wrong, and its record.
    pub voucher: VoucherNumber,
    pub seq: Seq,
    /// The red voucher that takes it back, and its record.
    pub red: VoucherNumber,
    pub red_seq: Seq,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Adjusted {
    pub voucher: VoucherNumber,
    pub seq: Seq,
    pub date: Day,
    pub lines: Vec<AdjustedLine>,
    pub reason: String,
    /// 依据
    pub basis: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AdjustedLine {
    pub account: AccountName,
    pub fund: FundId,
    #[serde(flatten)]
    pub amount: Columns,
}

/// Red vouchers of the period, in the order in which they were recorded.
pub(super) fn reversed(books: Books<'_>, period: Period) -> Vec<Reversed> {
    let reversed = books.state.periods.reversed();
    let mut found: Vec<Reversed> = reversed
        .filter(|(_, entry)| period.contains(entry.red.month))
        .map(|(seq, entry)| Reversed {
            voucher: entry.voucher,
            seq: *seq,
            red: entry.red,
            red_seq: entry.by,
            reason: entry.reason.as_str().to_owned(),
        })
        .collect();
    found.sort_by_key(|entry| entry.red_seq);
    found
}

pub(super) fn adjusted(books: Books<'_>, period: Period) -> Vec<Adjusted> {
    let line = |line: &crate::event::Line| {
        let (debit, credit) = line.side.columns();
        let amount =
            Columns { debit: debit.unwrap_or_default(), credit: credit.unwrap_or_default() };
        AdjustedLine { account: books.name(&line.account), fund: line.fund.clone(), amount }
    };
    let adjustments = books.state.periods.adjustments();
    adjustments
        .filter(|(_, adjusted)| period.contains(adjusted.adjustment.date.month()))
        .map(|(seq, adjusted)| Adjusted {
            voucher: adjusted.voucher,
            seq: *seq,
            date: adjusted.adjustment.date,
            lines: adjusted.adjustment.lines.iter().map(line).collect(),
            reason: adjusted.adjustment.reason.as_str().to_owned(),
            basis: adjusted.adjustment.basis.as_str().to_owned(),
        })
        .collect()
}
