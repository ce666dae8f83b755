//! Any report by its name: what was asked for, and the value that answers. One place makes reports,
//! whoever wants them: to print them, to check one that was printed, to explain a figure.

use core::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::audit::Audit;
use super::balance_sheet::BalanceSheet;
use super::chart::ChartList;
use super::dues::Dues;
use super::funds::Funds;
use super::income_statement::IncomeStatement;
use super::trial_balance::{By, TrialBalance};
use super::{Period, Term};
use super::{audit, balance_sheet, chart, dues, funds, income_statement, trial_balance};
use crate::chart::Chart;
use crate::date::FiscalYear;
use crate::projection::State;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Name {
    Chart,
    TrialBalance,
    BalanceSheet,
    IncomeStatement,
    Funds,
    Dues,
    Audit,
}

/// What of a report was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Asked {
    pub name: Name,
    pub period: Option<Period>,
    pub by_fund: bool,
}

/// The same, where nothing is left to the state of the book.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settled {
    pub name: Name,
    pub period: Period,
    /// Of statements.
    pub term: Term,
    pub by: By,
}

/// The value of any report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Made {
    Chart(ChartList),
    TrialBalance(TrialBalance),
    BalanceSheet(BalanceSheet),
    IncomeStatement(IncomeStatement),
    Funds(Funds),
    Dues(Dues),
    Audit(Box<Audit>),
}

impl Asked {
    #[must_use]
    pub fn settle(self, state: &State) -> Settled {
        let Asked { name, period, by_fund } = self;
        let by = if by_fund { By::Fund } else { By::Account };
        Settled { name, period: period.unwrap_or(Period::All), term: term(period, state), by }
    }
}

/// A statement is for a month or a year: the one asked for, else the last year that is closed,
/// else the last month that has a voucher.
fn term(asked: Option<Period>, state: &State) -> Term {
    let last = state.periods.last_month();
    let last = last.or_else(|| state.offices.ledger().map(|ledger| ledger.starts.month()));
    match (asked, last) {
        (Some(Period::Year(year)), _) => Term::Year(year),
        (Some(Period::Month(last) | Period::Months { last, .. }), _) => Term::Month(last),
        (Some(Period::All) | None, Some(month)) if state.periods.year_is_closed(month.year()) => {
            Term::Year(month.year())
        }
        (Some(Period::All) | None, month) => {
            month.map_or(Term::Year(FiscalYear(2022)), Term::Month)
        }
    }
}

#[must_use]
pub fn make(of: Settled, state: &State, by_chart: &Chart) -> Made {
    let Settled { name, period, term, by } = of;
    match name {
        Name::Chart => Made::Chart(chart::report(by_chart)),
        Name::TrialBalance => {
            Made::TrialBalance(trial_balance::report(state, by_chart, period, by))
        }
        Name::BalanceSheet => Made::BalanceSheet(balance_sheet::report(state, by_chart, term)),
        Name::IncomeStatement => {
            Made::IncomeStatement(income_statement::report(state, by_chart, term))
        }
        Name::Funds => Made::Funds(funds::report(state, by_chart, period)),
        Name::Dues => Made::Dues(dues::report(state, by_chart, period)),
        Name::Audit => Made::Audit(Box::new(audit::report(state, by_chart, period))),
    }
}

impl Name {
    pub const ALL: [Name; 7] = [
        Name::Chart,
        Name::TrialBalance,
        Name::BalanceSheet,
        Name::IncomeStatement,
        Name::Funds,
        Name::Dues,
        Name::Audit,
    ];

    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Name::Chart => "chart",
            Name::TrialBalance => "trial-balance",
            Name::BalanceSheet => "balance-sheet",
            Name::IncomeStatement => "income-statement",
            Name::Funds => "funds",
            Name::Dues => "dues",
            Name::Audit => "audit",
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// Why a text is no report's name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("no report is called {0:?}")]
pub struct NameError(String);

impl FromStr for Name {
    type Err = NameError;
    fn from_str(text: &str) -> Result<Name, NameError> {
        let named = Name::ALL.into_iter().find(|name| name.as_str() == text);
        named.ok_or_else(|| NameError(text.to_owned()))
    }
}
