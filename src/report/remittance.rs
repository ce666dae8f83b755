//! 上解情况表 What is owed to the union above for each month, when it was paid, and what is overdue.
//!
//! Owed is what was credited to 211, whatever fact did it, so that the report agrees with the books.
//! What is paid is for the oldest month first. A month is due on the day that the rule
//! `remittance_due` names, of the month after; without the rule nothing is overdue. Days are counted
//! up to the end of the period, for a report knows no today.

use std::collections::{BTreeMap, VecDeque};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::{Chart, Use};
use crate::date::{Day, Month};
use crate::event::book::{Rule, RuleKind};
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::Turnover;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Remittance {
    pub heading: Heading,
    /// Up to this day it is counted.
    pub by: Option<Day>,
    /// Months of the period, and earlier ones that were not paid when it began.
    pub lines: Vec<Line>,
    pub total: Total,
    /// 应付上级经费 211 at the end of the period.
    pub balance: Money,
    /// Whether what is owed less what is paid is that balance.
    pub agrees: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub month: Month,
    /// 应上解; less than nothing where more was taken back than came.
    pub owed: Money,
    /// 已上解
    pub paid: Money,
    /// 未上解
    pub unpaid: Money,
    /// 上解期限
    pub due_on: Option<Day>,
    /// The day on which the last of it was paid.
    pub paid_on: Option<Day>,
    /// 逾期未解
    pub overdue: Money,
    /// 逾期天数, of what was paid late or is not paid.
    pub days_late: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Total {
    pub owed: Money,
    pub paid: Money,
    pub unpaid: Money,
    pub overdue: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Remittance {
    let last = period.last().or_else(|| state.periods.last_month());
    let by = last.map(Month::last_day);
    let months = credited(state, chart, last);
    let mut paid = payments(state, &months, by);
    let mut lines = Vec::new();
    for (month, turnover) in &months {
        if turnover.credit.is_zero() {
            continue;
        }
        lines.push(line(state, *month, turnover.credit, &mut paid, by));
    }
    let all = Total::of(&lines);
    let begins = period.first().map(Month::first_day);
    lines.retain(|line| {
        period.contains(line.month)
            || !line.unpaid.is_zero()
            || line.paid_on.zip(begins).is_some_and(|(paid, begins)| paid >= begins)
    });
    let over = Money::sum(paid.iter().map(|(_, amount)| *amount));
    let balance = Money::sum(months.iter().map(|(_, turnover)| turnover.balance())).negated();
    Remittance {
        heading: Books { state, chart }.heading(
            Words::new("上解情况表", "Remittance to the union above"),
            "",
            period,
        ),
        by,
        total: Total::of(&lines),
        lines,
        balance,
        agrees: all.unpaid.minus(over) == balance,
    }
}

/// What stands on 211 by month, up to the last one.
fn credited(state: &State, chart: &Chart, last: Option<Month>) -> Vec<(Month, Turnover)> {
    let mut months: BTreeMap<Month, Turnover> = BTreeMap::new();
    for posted in state.accounts.turnovers() {
        if chart.is_for(posted.account, Use::OwedUp) && last.is_none_or(|l| posted.month <= l) {
            let sum = months.entry(posted.month).or_default();
            *sum = sum.plus(posted.turnover);
        }
    }
    months.into_iter().collect()
}

/// What was paid, by day: remittances, what an adjustment debited, and what a reversal took back.
fn payments(
    state: &State,
    months: &[(Month, Turnover)],
    by: Option<Day>,
) -> VecDeque<(Day, Money)> {
    let remitted = || state.allocation.remitted().filter(|f| by.is_none_or(|by| f.date <= by));
    let mut paid: Vec<(Day, Money)> = remitted().map(|f| (f.date, f.amount)).collect();
    // A remittance that was reversed is debited in one month and taken back in a later one, oldest
    // first.
    let (mut others, mut back) = (Vec::new(), Money::ZERO);
    for (month, turnover) in months {
        let own = Money::sum(remitted().filter(|f| f.date.month() == *month).map(|f| f.amount));
        let other = turnover.debit.minus(own);
        if other.is_negative() {
            back = back.plus(other.negated());
        } else {
            others.push((month.last_day(), other));
        }
        if turnover.credit.is_negative() {
            paid.push((month.first_day(), turnover.credit.negated()));
        }
    }
    for (day, amount) in others {
        let less = back.min(amount);
        back = back.minus(less);
        paid.push((day, amount.minus(less)));
    }
    paid.sort_by_key(|(day, _)| *day);
    paid.into_iter().filter(|(_, amount)| !amount.is_zero()).collect()
}

/// A month with what is left of the payments for it.
fn line(
    state: &State,
    month: Month,
    owed: Money,
    payments: &mut VecDeque<(Day, Money)>,
    by: Option<Day>,
) -> Line {
    let due_on = due_on(state, month);
    let mut line = Line {
        month,
        owed,
        paid: Money::ZERO,
        unpaid: owed,
        due_on,
        paid_on: None,
        overdue: Money::ZERO,
        days_late: 0,
    };
    if owed.is_negative() {
        // It is counted among the payments of the months that it takes from.
        return Line { paid: owed, unpaid: Money::ZERO, ..line };
    }
    while line.unpaid.is_positive()
        && let Some((day, amount)) = payments.pop_front()
    {
        let part = amount.min(line.unpaid);
        line.paid = line.paid.plus(part);
        line.unpaid = line.unpaid.minus(part);
        line.paid_on = Some(day);
        if amount > part {
            payments.push_front((day, amount.minus(part)));
        }
    }
    if let (Some(due), Some(by)) = (due_on, by) {
        if line.unpaid.is_zero() {
            line.days_late = line.paid_on.map_or(0, |paid| paid.days_after(due));
        } else if by > due {
            line.overdue = line.unpaid;
            line.days_late = by.days_after(due);
        }
    }
    line
}

/// By the rule of the month's last day, so many days into the month after.
fn due_on(state: &State, month: Month) -> Option<Day> {
    let rule = state.offices.rule(RuleKind::RemittanceDue, month.last_day())?;
    let Rule::RemittanceDue { day_of_month } = rule.rule else { return None };
    let first = month.next().first_day();
    Some((1..day_of_month).fold(first, |day, _| day.next()))
}

impl Total {
    fn of(lines: &[Line]) -> Total {
        let sum = |of: fn(&Line) -> Money| Money::sum(lines.iter().map(of));
        Total {
            owed: sum(|line| line.owed),
            paid: sum(|line| line.paid),
            unpaid: sum(|line| line.unpaid),
            overdue: sum(|line| line.overdue),
        }
    }
}
