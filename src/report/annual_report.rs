//! 年度报告 The year in figures for the members, with last year's beside: members, dues, income, spending
//! and funds, what the audit committee said, and the notices that were posted.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::audit::opinions::{self, OpinionLine};
use super::audit::results;
use super::books::Books;
use super::disclosures::{self, Standing};
use super::public_notice::Moved;
use super::reached::{self, Reached, Total as ReachedTotal};
use super::{AccountName, Heading, Period, Rate, Term, Words, budget, dues, funds, membership};
use crate::chart::{Chart, Class};
use crate::date::{FiscalYear, Month};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AnnualReport {
    pub heading: Heading,
    pub year: FiscalYear,
    /// Whether the year is closed, so that its figures stay as they are.
    pub closed: bool,
    /// 上年 None where the book had not begun.
    pub last_year: Option<FiscalYear>,
    pub members: Beside<membership::Counts>,
    pub dues: Beside<dues::Collected>,
    /// 会费截至 The last month of the year whose dues are counted.
    pub dues_through: Option<Month>,
    pub income: Side,
    pub spending: Side,
    /// 各月收支 Of the months of the year that the book has.
    pub months: Vec<MonthLine>,
    /// 各项资金 of the year
    pub funds: Vec<FundLine>,
    pub funds_total: Beside<Moved>,
    /// 支出预算 None without a budget.
    pub budget: Option<Executed>,
    /// 惠及职工 Whom spending reached, by item, in numbers alone.
    pub reached: Reached,
    /// Of the year before: people and sum.
    pub reached_last: Option<ReachedTotal>,
    /// 审计意见 on months of the year.
    pub opinions: Vec<OpinionLine>,
    pub findings: Findings,
    pub notices: Notices,
}

/// A figure of the year and of the one before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Beside<T> {
    pub this: T,
    pub last: Option<T>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Side {
    /// By first-level account.
    pub lines: Vec<Line>,
    pub total: Beside<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub account: AccountName,
    pub this: Money,
    /// 占比, percent of the total.
    pub share: Option<Rate>,
    pub last: Option<Money>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthLine {
    pub month: Month,
    pub income: Money,
    pub spending: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FundLine {
    pub fund: FundId,
    pub name: String,
    /// 专项
    pub restricted: bool,
    #[serde(flatten)]
    pub moved: Moved,
}

/// What of the year's budget for spending was carried out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Executed {
    pub planned: Money,
    pub actual: Money,
    /// 完成率
    pub rate: Option<Rate>,
}

/// 审计发现 that the year knew: raised by its end, and still open when it began.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Findings {
    pub found: u32,
    /// 已销号, by now
    pub cleared: u32,
    /// 未销号
    pub open: u32,
}

/// 收支公示 of the months of the year that the book has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Notices {
    pub months: u32,
    /// 已公示, the late ones too
    pub posted: u32,
    /// 其中逾期
    pub late: u32,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> AnnualReport {
    let books = Books { state, chart };
    let month = period.last().or_else(|| books.last_month());
    let year = month.map_or(FiscalYear(2022), Month::year);
    let starts = state.offices.ledger().map(|ledger| ledger.starts.year());
    let last_year = starts.filter(|starts| *starts < year).map(|_| year.previous());
    let this = Period::Year(year);
    let of_last = last_year.map(Period::Year);
    let counts = |period| membership::report(state, chart, period).total;
    let collected = |period| dues::report(state, chart, so_far(books, period)).total;
    let moved = |period| Moved::of(&funds::report(state, chart, period).total);
    AnnualReport {
        heading: books.heading(
            Words::new("工会年度报告", "The year's report to the members"),
            "",
            this,
        ),
        year,
        closed: state.periods.year_is_closed(year),
        last_year,
        members: Beside { this: counts(this), last: of_last.map(counts) },
        dues: Beside { this: collected(this), last: of_last.map(collected) },
        dues_through: so_far(books, this).last(),
        income: side(books, this, of_last, Class::Income),
        spending: side(books, this, of_last, Class::Expense),
        months: kept(books, this).map(|month| month_line(books, month)).collect(),
        funds: funds::report(state, chart, this).lines.iter().map(fund).collect(),
        funds_total: Beside { this: moved(this), last: of_last.map(moved) },
        budget: executed(books, year),
        reached: reached::of(books, this),
        reached_last: of_last.map(|last| reached::of(books, last).total),
        opinions: opinions::opinions(books, this),
        findings: findings(books, this),
        notices: notices(books, this),
    }
}

/// 已过月份 Of months that have begun: dues of those to come are owed by nobody yet.
pub(super) fn so_far(books: Books<'_>, period: Period) -> Period {
    let (first, last) = (period.first(), period.last());
    match (first, last, books.last_month()) {
        (Some(first), Some(last), Some(now)) if first <= now && now < last => {
            Period::Months { first, last: now }
        }
        (Some(_) | None, Some(_) | None, Some(_) | None) => period,
    }
}

fn side(books: Books<'_>, this: Period, last: Option<Period>, class: Class) -> Side {
    let this = results::of(books, this, class);
    let last = last.map(|last| results::of(books, last, class));
    let mut lines: BTreeMap<AccountCode, Line> = BTreeMap::new();
    for found in this.lines.iter().filter(|line| line.first_level) {
        let last = last.as_ref().map(|_| Money::ZERO);
        let (account, share) = (found.account.clone(), found.share);
        lines.insert(account.code.clone(), Line { account, this: found.actual, share, last });
    }
    for found in last.iter().flat_map(|last| &last.lines).filter(|line| line.first_level) {
        let account = found.account.clone();
        let none = Line { account, this: Money::ZERO, share: None, last: None };
        lines.entry(found.account.code.clone()).or_insert(none).last = Some(found.actual);
    }
    let total = Beside { this: this.total, last: last.map(|last| last.total) };
    Side { lines: lines.into_values().collect(), total }
}

fn fund(line: &funds::Line) -> FundLine {
    let (fund, name) = (line.fund.clone(), line.name.clone());
    FundLine { fund, name, restricted: line.restricted, moved: Moved::of(&line.movement) }
}

fn executed(books: Books<'_>, year: FiscalYear) -> Option<Executed> {
    books.state.budgets.of(year)?;
    let total = budget::report(books.state, books.chart, Term::Year(year)).spending.total;
    Some(Executed { planned: total.current, actual: total.actual, rate: total.rate })
}

fn findings(books: Books<'_>, year: Period) -> Findings {
    let found = opinions::findings(books, year);
    let count = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    let cleared = count(found.iter().filter(|line| line.cleared.is_some()).count());
    let found = count(found.len());
    Findings { found, cleared, open: found.saturating_sub(cleared) }
}

/// The months of the year in which the book was kept.
fn kept(books: Books<'_>, year: Period) -> impl Iterator<Item = Month> {
    let starts = books.state.offices.ledger().map(|ledger| ledger.starts.month());
    let last = books.last_month();
    let months = books.months(year).into_iter();
    months.filter(move |month| starts.is_none_or(|s| s <= *month) && last >= Some(*month))
}

fn month_line(books: Books<'_>, month: Month) -> MonthLine {
    let total = |class| results::of(books, Period::Month(month), class).total;
    MonthLine { month, income: total(Class::Income), spending: total(Class::Expense) }
}

fn notices(books: Books<'_>, year: Period) -> Notices {
    let mut sum = Notices::default();
    for month in kept(books, year) {
        let one_more = |count: &mut u32| *count = count.saturating_add(1);
        one_more(&mut sum.months);
        match disclosures::month(books.state, month).standing {
            Standing::Posted => one_more(&mut sum.posted),
            Standing::Late => {
                one_more(&mut sum.posted);
                one_more(&mut sum.late);
            }
            Standing::Missing | Standing::NotAsked => {}
        }
    }
    sum
}
