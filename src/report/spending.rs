//! 支出明细 Spending by account, nature, project and economic class (财会〔2021〕7号, 总说明二).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{AccountName, Heading, Period, Words};
use crate::chart::{Chart, Class};
use crate::event::spending::{Analysis, Nature};
use crate::ids::{AccountCode, EconomicClass, ProjectId};
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Spending {
    pub heading: Heading,
    /// By account, then nature, project, economic class; what nobody analysed is last of its account.
    pub lines: Vec<Line>,
    pub total: Money,
    /// What is not analysed 未分析.
    pub unanalysed: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub account: AccountName,
    /// None where it is not analysed.
    pub nature: Option<Nature>,
    pub project: Option<ProjectId>,
    /// 项目名称
    pub project_name: Option<String>,
    /// 款级
    pub economic: Option<EconomicClass>,
    pub amount: Money,
}

type Sums = BTreeMap<AccountCode, BTreeMap<Analysis, Money>>;

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Spending {
    let books = Books { state, chart };
    let mut accounts: BTreeMap<&AccountCode, Money> = BTreeMap::new();
    for posted in books.turnovers() {
        let spent = books.class(posted.account) == Some(Class::Expense)
            && books.is_result(&posted)
            && books.counted(period, &posted) == When::Within;
        if spent {
            let sum = accounts.entry(posted.account).or_default();
            *sum = sum.plus(posted.turnover.balance());
        }
    }
    let mut sums = analysed(state, period);
    let mut lines = Vec::new();
    for (code, spent) in &accounts {
        let parts = sums.remove(*code).unwrap_or_default();
        let rest = spent.minus(Money::sum(parts.values().copied()));
        let parts = parts.into_iter().map(|(analysis, amount)| (Some(analysis), amount));
        let all = parts.chain(std::iter::once((None, rest)));
        let some = all.filter(|(_, amount)| !amount.is_zero());
        lines.extend(some.map(|(analysis, amount)| line(books, code, analysis, amount)));
    }
    let not_analysed = lines.iter().filter(|line| line.nature.is_none());
    Spending {
        heading: books.heading(Words::new("支出明细", "Analysis of spending"), "", period),
        total: Money::sum(accounts.into_values()),
        unanalysed: Money::sum(not_analysed.map(|line| line.amount)),
        lines,
    }
}

/// Payments with the analysis of their disbursement, less what nobody claimed of them, and what
/// advances were spent on.
fn analysed(state: &State, period: Period) -> Sums {
    let mut sums = Sums::new();
    let mut add = |account: &AccountCode, analysis: &Analysis, amount: Money| {
        let sum = sums.entry(account.clone()).or_default().entry(analysis.clone()).or_default();
        *sum = sum.plus(amount);
    };
    for (_, payment) in state.disbursements.payments() {
        let paid = &payment.paid;
        if let Some(analysis) = state.spending.analysis(&paid.disbursement)
            && period.contains(paid.date.month())
        {
            add(&paid.account, analysis, paid.amount);
        }
    }
    for (id, list) in state.welfare.lists() {
        if let Some(returned) =
            list.returned.filter(|back| !back.corrects && period.contains(back.on.month()))
            && let Some(analysis) = state.spending.analysis(id)
            && let Some(found) = state.disbursements.disbursement(id)
        {
            add(&found.request.account, analysis, returned.amount.negated());
        }
    }
    for (_, settlement) in state.spending.settlements() {
        let settled = &settlement.settled;
        for bill in settled.spent.iter().filter(|_| period.contains(settled.date.month())) {
            if let Some(analysis) = &bill.analysis {
                add(&bill.account, analysis, bill.amount);
            }
        }
    }
    sums
}

fn line(books: Books<'_>, code: &AccountCode, of: Option<Analysis>, amount: Money) -> Line {
    let (nature, project, economic) = match of {
        Some(Analysis { nature, project, economic }) => (Some(nature), project, economic),
        None => (None, None, None),
    };
    let opened = project.as_ref().and_then(|id| books.state.spending.project(id));
    let project_name = opened.map(|project| project.name.as_str().to_owned());
    Line { account: books.name(code), nature, project, project_name, economic, amount }
}
