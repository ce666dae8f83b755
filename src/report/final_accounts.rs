//! 决算表 The final accounts of a year, in the form of reports to the congress of members: income and
//! spending beside their budget, then 上年结转 + 本年 = 年末.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{AccountName, Heading, Period, Rate, Term, Words, budget, funds};
use crate::chart::{Chart, Class};
use crate::date::FiscalYear;
use crate::ids::AccountCode;
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FinalAccounts {
    pub heading: Heading,
    /// Whether the year has a budget to compare with.
    pub budgeted: bool,
    /// 年末结账 Whether the year is closed, so that nothing changes any more.
    pub closed: bool,
    /// 一、收入
    pub income: Section,
    /// 二、支出
    pub spending: Section,
    /// 本年收支差额
    pub net: Money,
    /// 三、结余, in all and by fund.
    pub balance: funds::Funds,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Section {
    /// First-level accounts, by code.
    pub lines: Vec<Line>,
    pub total: Figure,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub account: AccountName,
    #[serde(flatten)]
    pub figure: Figure,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    /// 预算数
    pub budget: Money,
    /// 决算数
    pub actual: Money,
    /// 完成率 actual of budget
    pub rate: Option<Rate>,
    /// 占比 of the section's actual
    pub share: Option<Rate>,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, term: Term) -> FinalAccounts {
    let books = Books { state, chart };
    let year = term.last().year();
    let executed = budget::report(state, chart, Term::Year(year));
    let income = section(books, year, &executed.income, Class::Income);
    let spending = section(books, year, &executed.spending, Class::Expense);
    FinalAccounts {
        heading: books.heading(Words::new("决算表", "Final accounts"), "", Period::Year(year)),
        budgeted: executed.adopted.is_some(),
        closed: state.periods.year_is_closed(year),
        net: income.total.actual.minus(spending.total.actual),
        income,
        spending,
        balance: funds::report(state, chart, Period::Year(year)),
    }
}

fn section(books: Books<'_>, year: FiscalYear, side: &budget::Side, class: Class) -> Section {
    let mut sums: BTreeMap<AccountCode, (Money, Money)> = BTreeMap::new();
    for line in &side.lines {
        let account = AccountCode::literal(line.account.code.level_one());
        let (planned, _) = sums.entry(account).or_default();
        *planned = planned.plus(line.amounts.current);
    }
    let mut whole = Money::ZERO;
    for posted in books.turnovers() {
        let within = books.counted(Period::Year(year), &posted) == When::Within;
        if !within || !books.is_result(&posted) || books.class(posted.account) != Some(class) {
            continue;
        }
        let balance = posted.turnover.balance();
        let amount = if class == Class::Income { balance.negated() } else { balance };
        whole = whole.plus(amount);
        let account = AccountCode::literal(posted.account.level_one());
        let (_, actual) = sums.entry(account).or_default();
        *actual = actual.plus(amount);
    }
    let figure = |planned, actual| Figure {
        budget: planned,
        actual,
        rate: Rate::of(actual, planned),
        share: Rate::of(actual, whole),
    };
    let some = sums.into_iter().filter(|(_, (p, a))| !p.is_zero() || !a.is_zero());
    let line = |(account, (planned, actual))| {
        let account: AccountCode = account;
        Line { account: books.name(&account), figure: figure(planned, actual) }
    };
    let lines = some.map(line).collect();
    Section { lines, total: figure(side.total.current, whole) }
}
