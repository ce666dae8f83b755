//! 预算执行情况表 What was planned for a year, and what became of it up to a month.
//!
//! A line stands for its account and for everything under it that has no line of its own: the more
//! specific line wins. What was posted and no line covers is listed apart, so that the actual figures
//! are always the trial balance's.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{AccountName, Heading, Period, Rate, Term, Words};
use crate::chart::{Chart, Class};
use crate::date::{Day, FiscalYear, Month};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::budgets::{self, Decision, Item};
use crate::rules::Execution;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Budget {
    pub heading: Heading,
    /// 下达预算的决议; none where the year has no budget.
    pub adopted: Option<Resolved>,
    /// 调整预算的决议, up to the month.
    pub adjusted: Vec<Resolved>,
    pub income: Side,
    pub spending: Side,
    /// Whether the actual figures are those of the accounts.
    pub agrees: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Resolved {
    pub date: Day,
    pub resolution: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Side {
    /// By fund and account; those without a budget last.
    pub lines: Vec<Line>,
    pub total: Amounts,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub account: AccountName,
    pub fund: FundId,
    /// Whether the budget has this line; what is posted without one is listed all the same.
    pub budgeted: bool,
    /// 项目 Where the line is made of several, or of one that is named.
    pub projects: Vec<Project>,
    #[serde(flatten)]
    pub amounts: Amounts,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Project {
    /// None of what is left of the line.
    pub project: Option<String>,
    pub adopted: Money,
    pub adjusted: Money,
    pub current: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Amounts {
    /// 年初预算
    pub adopted: Money,
    /// 调整数
    pub adjusted: Money,
    /// 现行预算
    pub current: Money,
    /// 执行数
    pub actual: Money,
    /// 已申请未付, of spending
    pub committed: Money,
    /// 结余 current - actual - committed
    pub left: Money,
    /// 完成率 actual of current
    pub rate: Option<Rate>,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, term: Term) -> Budget {
    let books = Books { state, chart };
    let through = term.last();
    let year = through.year();
    let found = state.budgets.of(year);
    let resolved = |decision: &Decision| Resolved {
        date: decision.date,
        resolution: decision.resolution.as_str().to_owned(),
    };
    let early = |decision: &&Decision| decision.date <= through.last_day();
    let adjusted = found.map(budgets::Budget::adjusted).unwrap_or_default();
    let of = |class: Class| Side::of(books, found, through, class);
    let (income, spending) = (of(Class::Income), of(Class::Expense));
    let agrees = [(&income, Class::Income), (&spending, Class::Expense)]
        .into_iter()
        .all(|(side, class)| side.total.actual == posted(books, year, through, class));
    let period = match term {
        Term::Year(year) => Period::Year(year),
        Term::Month(_) => term.year_to_date(),
    };
    Budget {
        heading: books.heading(Words::new("预算执行情况表", "Budget and execution"), "", period),
        adopted: found.and_then(budgets::Budget::adopted).map(resolved),
        adjusted: adjusted.iter().filter(early).map(resolved).collect(),
        income,
        spending,
        agrees,
    }
}

/// What the accounts of a class took in the year up to that month, on their own side.
fn posted(books: Books<'_>, year: FiscalYear, through: Month, class: Class) -> Money {
    let balance = books.sum(|posted| {
        let within = posted.month.year() == year && posted.month <= through;
        within && books.is_result(posted) && books.class(posted.account) == Some(class)
    });
    signed(class, balance.balance())
}

/// Income grows on the credit side.
fn signed(class: Class, balance: Money) -> Money {
    if class == Class::Income { balance.negated() } else { balance }
}

impl Side {
    fn of(
        books: Books<'_>,
        budget: Option<&budgets::Budget>,
        through: Month,
        class: Class,
    ) -> Side {
        let mut lines = Vec::new();
        for line in budget.into_iter().flat_map(budgets::Budget::lines) {
            if books.class(line.account) == Some(class)
                && let Some(budget) = budget
            {
                let executed = Execution::of(books.state, budget, through, line);
                lines.push(Line::of(books, line, executed, class, through));
            }
        }
        lines.extend(unplanned(books, budget, through, class));
        let sum = lines.iter().fold(Amounts::default(), |sum, line| sum.plus(line.amounts));
        Side { lines, total: sum.rated() }
    }
}

impl Line {
    fn of(
        books: Books<'_>,
        line: budgets::Line<'_>,
        executed: Execution,
        class: Class,
        through: Month,
    ) -> Line {
        let project = |item: &Item| {
            let early = item.changes.iter().filter(|(date, _)| *date <= through.last_day());
            let adjusted = Money::sum(early.map(|(_, by)| *by));
            let project = item.project.as_ref().map(ToString::to_string);
            let (adopted, current) = (item.adopted, item.adopted.plus(adjusted));
            Project { project, adopted, adjusted, current }
        };
        let projects: Vec<Project> = line.items.iter().map(project).collect();
        let amounts = Amounts {
            adopted: Money::sum(projects.iter().map(|p| p.adopted)),
            adjusted: Money::sum(projects.iter().map(|p| p.adjusted)),
            actual: signed(class, executed.actual),
            committed: if class == Class::Income { Money::ZERO } else { executed.committed },
            ..Amounts::default()
        };
        let unnamed = projects.iter().all(|project| project.project.is_none());
        Line {
            account: books.name(line.account),
            fund: line.fund.clone(),
            budgeted: true,
            projects: if unnamed { Vec::new() } else { projects },
            amounts: amounts.rated(),
        }
    }
}

/// 未列预算 What was posted or requested on accounts that no line covers.
fn unplanned(
    books: Books<'_>,
    budget: Option<&budgets::Budget>,
    through: Month,
    class: Class,
) -> Vec<Line> {
    let counts = |fund: &FundId, account: &AccountCode, month: Month| {
        let within = month.year() == through.year() && month <= through;
        let covered = budget.is_some_and(|budget| budget.covering(fund, account).is_some());
        within && !covered && books.class(account) == Some(class)
    };
    let mut found: BTreeMap<(&FundId, &AccountCode), Amounts> = BTreeMap::new();
    for posted in books.turnovers() {
        if books.is_result(&posted) && counts(posted.fund, posted.account, posted.month) {
            let sum = found.entry((posted.fund, posted.account)).or_default();
            sum.actual = sum.actual.plus(signed(class, posted.turnover.balance()));
        }
    }
    // What is asked to be given back of dues commits no income.
    let open = books.state.disbursements.open().filter(|_| class != Class::Income);
    for open in open {
        let request = &open.request;
        if counts(&request.fund, &request.account, request.date.month()) {
            let sum = found.entry((&request.fund, &request.account)).or_default();
            sum.committed = sum.committed.plus(request.amount);
        }
    }
    let some = |amounts: &Amounts| !amounts.actual.is_zero() || !amounts.committed.is_zero();
    let found = found.into_iter().filter(|(_, amounts)| some(amounts));
    found
        .map(|((fund, account), amounts)| Line {
            account: books.name(account),
            fund: fund.clone(),
            budgeted: false,
            projects: Vec::new(),
            amounts: amounts.rated(),
        })
        .collect()
}

impl Amounts {
    fn plus(self, other: Amounts) -> Amounts {
        Amounts {
            adopted: self.adopted.plus(other.adopted),
            adjusted: self.adjusted.plus(other.adjusted),
            actual: self.actual.plus(other.actual),
            committed: self.committed.plus(other.committed),
            ..Amounts::default()
        }
    }

    /// With what follows from the sums.
    fn rated(self) -> Amounts {
        let current = self.adopted.plus(self.adjusted);
        let left = current.minus(self.actual).minus(self.committed);
        Amounts { current, left, rate: Rate::of(self.actual, current), ..self }
    }
}
