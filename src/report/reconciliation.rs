//! 银行存款余额调节表 The bank's balance and the books', with every item that only one of them has, and
//! the one balance that both come to (财会〔2021〕7号, 102).

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::VoucherNumber;
use crate::event::statement::Statement;
use crate::ids::{Seq, StatementId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::bank::Held;
use crate::rules::{self, BankBook};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BankReconciliation {
    pub heading: Heading,
    /// None where the period has no bank statement.
    pub sheet: Option<Sheet>,
}

/// On the last day of a statement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sheet {
    pub statement: StatementId,
    pub day: Day,
    /// 银行对账单余额
    pub bank: Money,
    /// 单位已收、银行未收
    pub booked_in: Vec<Booked>,
    /// 单位已付、银行未付
    pub booked_out: Vec<Booked>,
    /// 期初差异, which is on the bank's side like what the books alone have.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opening_difference: Option<OpeningDifference>,
    /// 单位账面余额
    pub book: Money,
    /// 银行已收、单位未收
    pub unbooked_in: Vec<Unbooked>,
    /// 银行已付、单位未付
    pub unbooked_out: Vec<Unbooked>,
    /// 调节后余额 of the bank's side
    pub adjusted_bank: Money,
    /// 调节后余额 of the books' side
    pub adjusted_book: Money,
    pub agrees: bool,
    /// The record that says so, if it says what is so now.
    pub reconciled: Option<Seq>,
}

/// 期初差异 When the bank's first statement began, the books had another balance: by what was outstanding
/// then, or by a mistake.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpeningDifference {
    /// The first statement, and its first day.
    pub statement: StatementId,
    pub day: Day,
    /// 单位账面余额 before that day.
    pub book: Money,
    /// 对账单期初余额
    pub bank: Money,
    /// What the books have more than the bank; negative where they have less.
    pub amount: Money,
    /// The voucher that lines of the bank are matched with, if they are what was outstanding; none where
    /// the books had nothing before that day.
    pub voucher: Option<VoucherNumber>,
    pub seq: Option<Seq>,
}

impl OpeningDifference {
    pub(super) fn of(found: &rules::OpeningDifference<'_>) -> OpeningDifference {
        let Statement { statement, first, opening, .. } = found.statement.clone();
        OpeningDifference {
            statement,
            day: first,
            book: found.book,
            bank: opening,
            amount: found.amount(),
            voucher: found.slip.map(|slip| slip.number),
            seq: found.slip.map(|slip| slip.seq),
        }
    }
}

/// A voucher that the bank has no line of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Booked {
    pub seq: Seq,
    pub voucher: VoucherNumber,
    pub day: Day,
    /// Always more than nothing.
    pub amount: Money,
}

/// A line that no voucher is of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Unbooked {
    pub statement: StatementId,
    pub no: u32,
    pub day: Day,
    pub reference: Option<String>,
    /// Always more than nothing.
    pub amount: Money,
}

#[must_use]
pub fn report(
    state: &State,
    chart: &Chart,
    period: Period,
    of: Option<&str>,
) -> BankReconciliation {
    let title = Words::new("银行存款余额调节表", "Bank reconciliation statement");
    let held = last_statement(state, period, of);
    let sheet = held.map(|held| {
        let found = BankBook::of(state, chart).sheet(held);
        let (adjusted_bank, adjusted_book) = found.adjusted();
        let recorded = state.bank.reconciled(found.day);
        let recorded = recorded.filter(|recorded| {
            let of = &recorded.reconciliation;
            let same = (of.bank, of.book, of.adjusted) == (found.bank, found.book, adjusted_bank);
            same && of.items == found.items()
        });
        let booked = |positive: bool| {
            let of_side = found.vouchers.iter().filter(|v| v.amount.is_positive() == positive);
            of_side
                .map(|v| Booked {
                    seq: v.seq,
                    voucher: v.number,
                    day: v.day,
                    amount: v.amount.abs(),
                })
                .collect()
        };
        let unbooked = |positive: bool| {
            let of_side = found.lines.iter().filter(|(_, l)| l.amount.is_positive() == positive);
            of_side
                .map(|(statement, line)| Unbooked {
                    statement: statement.clone(),
                    no: line.no,
                    day: line.date,
                    reference: line.reference.as_ref().map(|text| text.as_str().to_owned()),
                    amount: line.amount.abs(),
                })
                .collect()
        };
        Sheet {
            statement: held.statement.statement.clone(),
            day: found.day,
            bank: found.bank,
            booked_in: booked(true),
            booked_out: booked(false),
            opening_difference: found.opening.as_ref().map(OpeningDifference::of),
            book: found.book,
            unbooked_in: unbooked(true),
            unbooked_out: unbooked(false),
            adjusted_bank,
            adjusted_book,
            agrees: adjusted_bank == adjusted_book,
            reconciled: recorded.map(|recorded| recorded.seq),
        }
    });
    BankReconciliation { heading: Books { state, chart }.heading(title, "", period), sheet }
}

/// The statement of this name, else the last one of the period's last month.
pub(super) fn last_statement<'a>(
    state: &'a State,
    period: Period,
    of: Option<&str>,
) -> Option<&'a Held> {
    let within = |held: &Held| period.last().is_none_or(|last| held.statement.last.month() == last);
    let mut statements = state.bank.statements().rev();
    statements.find(|held| match of {
        Some(of) => held.statement.statement.as_str() == of,
        None => within(held),
    })
}
