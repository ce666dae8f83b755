//! Any report by its name: what was asked for, and the value that answers. One place makes reports,
//! whoever wants them: to print them, to check one that was printed, to explain a figure.

use core::fmt;
use std::str::FromStr;

use serde::Serialize;

use super::audit::Audit;
use super::balance_sheet::BalanceSheet;
use super::budget::Budget;
use super::chart::ChartList;
use super::closing::Closing;
use super::dues::Dues;
use super::earmarked::Earmarked;
use super::final_accounts::FinalAccounts;
use super::funds::Funds;
use super::income_statement::IncomeStatement;
use super::trial_balance::{By, TrialBalance};
use super::{Period, Term};
use super::{audit, balance_sheet, chart, dues, funds, income_statement, trial_balance};
use super::{budget, closing, earmarked, final_accounts};
use crate::chart::Chart;
use crate::date::FiscalYear;
use crate::event::Recorded;
use crate::projection::State;

macro_rules! reports {
    (($d:tt) $($(#[doc = $doc:literal])* $report:ident($value:ty) = $name:literal;)*) => {
        /// The name of a report.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Name {
            $($(#[doc = $doc])* $report,)*
        }

        /// The value of any report.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(untagged)]
        pub enum Made {
            $($report($value),)*
        }

        impl Name {
            pub const ALL: &'static [Name] = &[$(Name::$report),*];

            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Name::$report => $name,)* }
            }

            /// What the report is called, in Chinese and English.
            #[must_use]
            pub fn about(self) -> &'static str {
                match self { $(Name::$report => concat!($($doc),*).trim(),)* }
            }

            /// JSON Schema of the report's value.
            #[must_use]
            pub fn schema(self) -> schemars::Schema {
                match self { $(Name::$report => schemars::schema_for!($value),)* }
            }
        }

        /// One expression for the value of whatever report it is.
        macro_rules! each_report {
            ($d made:expr, $d report:ident => $d done:expr) => {
                match $d made {
                    $($crate::report::asked::Made::$report($d report) => $d done,)*
                }
            };
        }
        pub(crate) use each_report;
    };
}

reports! {
    ($)
    /// 科目余额表 Trial balance
    TrialBalance(TrialBalance) = "trial-balance";
    /// 资产负债表 工会01表 Balance sheet
    BalanceSheet(BalanceSheet) = "balance-sheet";
    /// 收入支出表 工会02表 Income statement
    IncomeStatement(IncomeStatement) = "income-statement";
    /// 会费收缴情况 Dues
    Dues(Dues) = "dues";
    /// 经费审查报告 The audit committee's report
    Audit(Box<Audit>) = "audit";
    /// 资金结存 Funds
    Funds(Funds) = "funds";
    /// 预算执行情况表 The budget and its execution
    Budget(Budget) = "budget";
    /// 决算表 Final accounts
    FinalAccounts(Box<FinalAccounts>) = "final-accounts";
    /// 专项资金收支表 Earmarked money
    Earmarked(Earmarked) = "earmarked";
    /// 结账检查 What stands between a month and its closing
    Closing(Closing) = "closing";
    /// 科目表 The chart of accounts
    Chart(ChartList) = "chart";
}

/// What of a report was asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    pub name: Name,
    pub period: Option<Period>,
    pub by_fund: bool,
    /// Of what: an account, a voucher, a member, as the report needs.
    pub of: Option<String>,
}

/// The same, where nothing is left to the state of the book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settled {
    pub name: Name,
    pub period: Period,
    /// Of statements.
    pub term: Term,
    pub by: By,
    pub of: Option<String>,
}

/// What reports are made of.
#[derive(Clone, Copy)]
pub struct Ledger<'a> {
    pub state: &'a State,
    pub chart: &'a Chart,
    /// The records themselves, for the books that show them line by line.
    pub records: &'a dyn Records,
}

impl<'a> Ledger<'a> {
    /// Without the records, for reports that are made of the state alone.
    #[must_use]
    pub fn of(state: &'a State, chart: &'a Chart) -> Ledger<'a> {
        Ledger { state, chart, records: &NoRecords }
    }
}

/// The records of a book in their order, as far as the report goes.
pub trait Records {
    fn each(&self, take: &mut dyn FnMut(&Recorded));
}

impl Records for [Recorded] {
    fn each(&self, take: &mut dyn FnMut(&Recorded)) {
        self.iter().for_each(take);
    }
}

struct NoRecords;

impl Records for NoRecords {
    fn each(&self, _: &mut dyn FnMut(&Recorded)) {}
}

impl Asked {
    #[must_use]
    pub fn settle(self, state: &State) -> Settled {
        let Asked { name, period, by_fund, of } = self;
        let by = if by_fund { By::Fund } else { By::Account };
        Settled { name, period: period.unwrap_or(Period::All), term: term(period, state), by, of }
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
pub fn make(of: &Settled, ledger: Ledger<'_>) -> Made {
    let Settled { name, period, term, by, .. } = *of;
    let Ledger { state, chart, .. } = ledger;
    match name {
        Name::Chart => Made::Chart(chart::report(chart)),
        Name::TrialBalance => Made::TrialBalance(trial_balance::report(state, chart, period, by)),
        Name::BalanceSheet => Made::BalanceSheet(balance_sheet::report(state, chart, term)),
        Name::IncomeStatement => {
            Made::IncomeStatement(income_statement::report(state, chart, term))
        }
        Name::Funds => Made::Funds(funds::report(state, chart, period)),
        Name::Budget => Made::Budget(budget::report(state, chart, term)),
        Name::FinalAccounts => {
            Made::FinalAccounts(Box::new(final_accounts::report(state, chart, term)))
        }
        Name::Earmarked => {
            Made::Earmarked(earmarked::report(state, chart, period, of.of.as_deref()))
        }
        Name::Closing => Made::Closing(closing::report(state, chart, period.last())),
        Name::Dues => Made::Dues(dues::report(state, chart, period)),
        Name::Audit => Made::Audit(Box::new(audit::report(state, chart, period))),
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
        let named = Name::ALL.iter().copied().find(|name| name.as_str() == text);
        named.ok_or_else(|| NameError(text.to_owned()))
    }
}
