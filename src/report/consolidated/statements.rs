//! 汇总报表 Line by line, the sum of the books' own statements.

use schemars::JsonSchema;
use serde::Serialize;

use super::Asked;
use super::union::Figures;
use crate::chart::{Chart, STATUTORY};
use crate::money::Money;
use crate::projection::State;
use crate::report::Words;
use crate::report::balance_sheet::{self, Amounts, BalanceSheet};
use crate::report::income_statement::{self, IncomeStatement};

/// 年中启用 What books took over that began in mid-year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TakenOver {
    pub unions: u32,
    /// 年初至启用前的收支差额 of all of them
    pub result: Money,
}

pub(super) struct Summed {
    pub(super) balance_sheet: BalanceSheet,
    pub(super) income_statement: IncomeStatement,
    pub(super) taken_over: Option<TakenOver>,
    pub(super) without_last_year: u32,
}

/// All books have the lines of one law in one order, for the term is the same.
pub(super) fn sum<'a>(
    asked: &Asked,
    all: impl Iterator<Item = &'a Figures>,
    records: u64,
) -> Summed {
    let (nothing, chart) = (State::default(), Chart::built_in(STATUTORY));
    let chart = chart.unwrap_or_else(|| unreachable!("the statutory chart is built in"));
    let mut sheet = balance_sheet::report(&nothing, &chart, asked.term);
    let mut results = income_statement::report(&nothing, &chart, asked.term);
    sheet.heading.records = records;
    results.heading.records = records;
    sheet.heading.title = Words::new("资产负债表（汇总）", "Balance sheet, all unions");
    results.heading.title =
        Words::new("收入支出表（汇总）", "Statement of income and expenditure, all unions");
    let (mut taken_over, mut without_last_year) = (None, 0_u32);
    for figures in all {
        add_sheet(&mut sheet, &figures.balance_sheet);
        if let Some(found) = figures.balance_sheet.taken_over {
            let so_far = taken_over.unwrap_or(TakenOver { unions: 0, result: Money::ZERO });
            taken_over = Some(TakenOver {
                unions: so_far.unions.saturating_add(1),
                result: so_far.result.plus(found.result),
            });
        }
        add_results(&mut results, &figures.income_statement);
        let none = figures.income_statement.lines.iter().any(|line| line.other.is_none());
        without_last_year = without_last_year.saturating_add(u32::from(none));
    }
    sheet.balanced = sheet.difference == Amounts::default();
    Summed { balance_sheet: sheet, income_statement: results, taken_over, without_last_year }
}

fn add_sheet(sum: &mut BalanceSheet, one: &BalanceSheet) {
    for (line, own) in sum.lines.iter_mut().zip(&one.lines) {
        line.amounts = line.amounts.plus(own.amounts);
    }
    sum.difference = sum.difference.plus(one.difference);
}

fn add_results(sum: &mut IncomeStatement, one: &IncomeStatement) {
    for (line, own) in sum.lines.iter_mut().zip(&one.lines) {
        line.this = line.this.plus(own.this);
        line.other = line.other.map(|other| other.plus(own.other.unwrap_or_default()));
    }
    if let (Some(all), Some(own)) = (&mut sum.proof, &one.proof) {
        all.expected = all.expected.plus(own.expected);
        all.found = all.found.plus(own.found);
        all.difference = all.difference.plus(own.difference);
        all.holds = all.difference.is_zero();
        all.by_investments = all.by_investments.plus(own.by_investments);
        all.by_others.extend(own.by_others.iter().cloned());
    }
}
