//! Income or expenditure by account, each first-level account before its parts, beside what was
//! planned of it for the year.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::chart::Class;
use crate::date::Month;
use crate::ids::AccountCode;
use crate::money::Money;
use crate::projection::budgets::{Item, Line};
use crate::report::books::{Books, When};
use crate::report::{AccountName, Period, Rate};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Results {
    pub lines: Vec<ResultLine>,
    /// 预算数 of the year; none where there is no budget, or the period is not from its January on.
    pub budget: Option<Money>,
    pub total: Money,
    /// 完成率
    pub completion: Option<Rate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ResultLine {
    pub account: AccountName,
    /// Whether it is a first-level account, which includes those under it.
    pub first_level: bool,
    /// 预算数 of the whole year with its adjustments, of this account and all under it; none where the
    /// budget has no line there.
    pub budget: Option<Money>,
    /// 实际数
    pub actual: Money,
    /// 完成率 The actual figure as a part of the budget.
    pub completion: Option<Rate>,
    /// 占比, percent of the total.
    pub share: Option<Rate>,
}

pub(in crate::report) fn of(books: Books<'_>, period: Period, class: Class) -> Results {
    let plan = Plan::of(books, period, class);
    let mut found: BTreeMap<AccountCode, Money> = BTreeMap::new();
    let mut total = Money::ZERO;
    let mut add = |code: &AccountCode, amount: Money| {
        let above = AccountCode::literal(code.level_one());
        if above != *code {
            let sum = found.entry(above).or_default();
            *sum = sum.plus(amount);
        }
        let sum = found.entry(code.clone()).or_default();
        *sum = sum.plus(amount);
    };
    for posted in books.turnovers() {
        let of_class = books.class(posted.account) == Some(class);
        let within = books.counted(period, &posted) == When::Within;
        if !of_class || !within || !books.is_result(&posted) {
            continue;
        }
        let balance = posted.turnover.balance();
        let amount = if class == Class::Income { balance.negated() } else { balance };
        total = total.plus(amount);
        add(posted.account, amount);
    }
    // What was planned and came to nothing is a line as well.
    for (code, _) in plan.iter().flat_map(|plan| &plan.lines) {
        add(code, Money::ZERO);
    }
    let line = |(code, actual): (AccountCode, Money)| {
        let budget = plan.as_ref().and_then(|plan| plan.under(&code));
        ResultLine {
            account: books.name(&code),
            first_level: code.as_str() == code.level_one(),
            budget,
            actual,
            completion: budget.and_then(|budget| Rate::of(actual, budget)),
            share: Rate::of(actual, total),
        }
    };
    let budget = plan.as_ref().map(|plan| Money::sum(plan.lines.values().copied()));
    Results {
        lines: found.into_iter().map(line).collect(),
        completion: budget.and_then(|budget| Rate::of(total, budget)),
        budget,
        total,
    }
}

/// Whether the period has a budget to be held against.
pub(super) fn has_plan(books: Books<'_>, period: Period) -> bool {
    Plan::of(books, period, Class::Expense).is_some()
}

/// The budget of the period's year by account, of all funds, as it stood at the period's end.
struct Plan<'a> {
    lines: BTreeMap<&'a AccountCode, Money>,
}

impl<'a> Plan<'a> {
    /// Of a period that begins with its year and ends within it: a budget is of a year.
    fn of(books: Books<'a>, period: Period, class: Class) -> Option<Plan<'a>> {
        let (first, last) = (period.first()?, period.last()?);
        if first.number() != 1 || first.year() != last.year() {
            return None;
        }
        let budget = books.state.budgets.of(last.year())?;
        let mut lines: BTreeMap<&AccountCode, Money> = BTreeMap::new();
        for line in budget.lines().filter(|line| books.class(line.account) == Some(class)) {
            let Line { account, items, .. } = line;
            let sum = lines.entry(account).or_default();
            *sum = sum.plus(Money::sum(items.iter().map(|item| current(item, last))));
        }
        Some(Plan { lines })
    }

    fn under(&self, code: &AccountCode) -> Option<Money> {
        let mut under = self.lines.iter().filter(|(of, _)| of.as_str().starts_with(code.as_str()));
        let (_, first) = under.next()?;
        Some(under.fold(*first, |sum, (_, amount)| sum.plus(*amount)))
    }
}

fn current(item: &Item, last: Month) -> Money {
    let by = item.changes.iter().filter(|(day, _)| *day <= last.last_day()).map(|(_, by)| *by);
    Money::sum(by).plus(item.adopted)
}
