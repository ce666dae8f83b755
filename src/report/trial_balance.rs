//! 科目余额表 The trial balance: opening, turnover and closing of every account.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{AccountName, Columns, Heading, Period, Term, Words};
use crate::chart::Chart;
use crate::ids::{AccountCode, FundId};
use crate::projection::State;
use crate::projection::accounts::Turnover;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TrialBalance {
    pub heading: Heading,
    /// By code; where it is asked for by fund, by fund and code.
    pub lines: Vec<Line>,
    pub total: Amounts,
    /// Whether debit equals credit in each pair of columns, and in each fund where they are listed.
    pub agrees: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundId>,
    pub account: AccountName,
    #[serde(flatten)]
    pub amounts: Amounts,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Amounts {
    /// 期初余额, on the side on which it stands.
    pub opening: Columns,
    /// 本期发生额, red entries with their sign.
    pub period: Columns,
    /// 期末余额
    pub closing: Columns,
    /// 本年累计发生额 From the year's first month to the end of the period; none where the period is a
    /// year or everything.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub year_to_date: Option<Columns>,
}

/// Which lines are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    Account,
    /// 按资金 Each fund's accounts for themselves.
    Fund,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period, by: By) -> TrialBalance {
    let books = Books { state, chart };
    let so_far = match period {
        Period::All | Period::Year(_) => None,
        Period::Month(last) | Period::Months { last, .. } => Some(Term::Month(last).year_to_date()),
    };
    let mut sums: BTreeMap<(Option<&FundId>, &AccountCode), [Turnover; 3]> = BTreeMap::new();
    for posted in books.turnovers() {
        let fund = match by {
            By::Account => None,
            By::Fund => Some(posted.fund),
        };
        let [opening, moved, year] = sums.entry((fund, posted.account)).or_default();
        if so_far.is_some_and(|period| books.when(period, &posted) == When::Within) {
            *year = year.plus(posted.turnover);
        }
        match books.when(period, &posted) {
            When::Before => *opening = opening.plus(posted.turnover),
            When::Within => *moved = moved.plus(posted.turnover),
            When::After => {}
        }
    }
    let mut lines = Vec::new();
    let mut totals: BTreeMap<Option<&FundId>, Amounts> = BTreeMap::new();
    for ((fund, account), [opening, moved, year]) in sums {
        let amounts = Amounts {
            opening: Columns::of_balance(opening.balance()),
            period: Columns { debit: moved.debit, credit: moved.credit },
            closing: Columns::of_balance(opening.plus(moved).balance()),
            year_to_date: so_far.map(|_| Columns { debit: year.debit, credit: year.credit }),
        };
        if amounts.is_zero() {
            continue;
        }
        let total = totals.entry(fund).or_default();
        *total = total.plus(amounts);
        lines.push(Line { fund: fund.cloned(), account: books.name(account), amounts });
    }
    let title = Words::new("科目余额表", "Trial balance");
    TrialBalance {
        heading: books.heading(title, "", period),
        lines,
        total: totals.values().fold(Amounts::default(), |sum, fund| sum.plus(*fund)),
        agrees: totals.values().all(|fund| fund.agree()),
    }
}

impl Amounts {
    fn plus(self, other: Amounts) -> Amounts {
        Amounts {
            opening: self.opening.plus(other.opening),
            period: self.period.plus(other.period),
            closing: self.closing.plus(other.closing),
            year_to_date: match (self.year_to_date, other.year_to_date) {
                (Some(one), Some(two)) => Some(one.plus(two)),
                (one, two) => one.or(two),
            },
        }
    }

    fn agree(self) -> bool {
        let year = self.year_to_date.is_none_or(Columns::agree);
        self.opening.agree() && self.period.agree() && self.closing.agree() && year
    }

    fn is_zero(self) -> bool {
        let year = self.year_to_date.is_none_or(Columns::is_zero);
        self.opening.is_zero() && self.period.is_zero() && self.closing.is_zero() && year
    }
}
