//! 结账检查 What stands between a month and its closing: every check, passed or with its figure and
//! the command that helps, before anybody closes.

use schemars::JsonSchema;
use serde::Serialize;

use super::audit::{Reopened, opinions};
use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::{FiscalYear, Month};
use crate::event::book::ClosingCheck;
use crate::ids::{OfficerId, Seq};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::projection::periods::Review;
use crate::rules::{BankBook, CLOSING_CHECKS, ClosingFault, Ground};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Closing {
    pub heading: Heading,
    /// 应结月份 The month that is closed next: those before it are closed.
    pub expected: Option<Month>,
    /// 已结账 The record that closed it.
    pub closed: Option<Seq>,
    /// 控制总数
    pub vouchers: u32,
    pub debit: Money,
    pub credit: Money,
    /// In the order in which they are looked at.
    pub checks: Vec<Check>,
    /// 稽核
    pub reviews: Vec<Reviewed>,
    /// 重新开账 of this month, who and why.
    pub reopened: Vec<Reopened>,
    /// Whether nothing that the rule asks for is out of order.
    pub ready: bool,
    /// 下一步
    pub next: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Check {
    pub check: ClosingCheck,
    pub title: Words,
    /// Whether the rule of the month asks for it.
    pub asked: bool,
    /// Whether it is looked at in this month; some are at the end of the year alone.
    pub due: bool,
    /// None where nothing is out of order.
    pub faults: Vec<Fault>,
    /// What is in order by the check and asks for a look all the same.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Words>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fault {
    pub says: Words,
    /// One command that helps.
    pub next: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reviewed {
    pub first: u32,
    pub last: u32,
    pub by: OfficerId,
    pub seq: Seq,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, asked: Option<Month>) -> Closing {
    let books = Books { state, chart };
    let starts = state.offices.ledger().map(|ledger| ledger.starts.month());
    let expected = state.periods.closed_through().map(Month::next).or(starts);
    // The month that was asked for, else the one that is closed next.
    let month = asked.or(expected).unwrap_or_else(|| FiscalYear(2022).first_month());
    let ground = Ground { state, chart, month };
    let asked = ground.asked();
    let checks: Vec<Check> = CLOSING_CHECKS
        .iter()
        .map(|(check, when, look)| {
            let due = ground.is_time(*when);
            let faults = if due { look(ground) } else { Vec::new() };
            Check {
                check: *check,
                title: Words::new(check.title(Lang::Zh), check.title(Lang::En)),
                asked: asked.contains(check),
                due,
                faults: faults.iter().map(fault).collect(),
                remark: remark(*check, state, chart, month).filter(|_| due),
            }
        })
        .collect();
    let totals = state.periods.totals(month);
    let closed = state.periods.closing(month);
    let failing = || checks.iter().filter(|check| check.asked).flat_map(|check| &check.faults);
    let next = match failing().next() {
        _ if closed.is_some() => format!("mingzhang report income-statement --month {month}"),
        _ if expected != Some(month) => expected.map_or_else(
            || "mingzhang init --help".to_owned(),
            |expected| format!("mingzhang report closing --month {expected}"),
        ),
        Some(fault) => fault.next.clone(),
        None if month.is_last_of_year() => {
            format!("mingzhang record year.close --year {}", month.year())
        }
        None => format!("mingzhang record period.close --month {month}"),
    };
    let title = Words::new("结账检查", "Closing checks");
    Closing {
        heading: books.heading(title, "", Period::Month(month)),
        expected,
        closed,
        vouchers: totals.vouchers,
        debit: totals.turnover.debit,
        credit: totals.turnover.credit,
        ready: failing().next().is_none(),
        reviews: state.periods.reviews(month).iter().map(reviewed).collect(),
        reopened: opinions::reopened(books, Period::Month(month)),
        next,
        checks,
    }
}

/// 期初差异 Both sides of a reconciliation agree whatever the bank's first statement opened with.
fn remark(check: ClosingCheck, state: &State, chart: &Chart, month: Month) -> Option<Words> {
    if check != ClosingCheck::BankReconciled {
        return None;
    }
    let day = month.last_day();
    let held = state.bank.statements().rfind(|held| held.statement.last <= day)?;
    let amount = BankBook::of(state, chart).sheet(held).opening?.amount();
    let zh = format!("期初差异 {amount} 尚未查清");
    let en = format!("an opening difference of {amount} is not explained");
    Some(Words::new(&zh, &en))
}

fn fault(fault: &ClosingFault) -> Fault {
    Fault { says: Words::new(&fault.said(Lang::Zh), &fault.said(Lang::En)), next: fault.next() }
}

fn reviewed(review: &Review) -> Reviewed {
    let Review { first, last, by, seq } = review.clone();
    Reviewed { first, last, by, seq }
}
