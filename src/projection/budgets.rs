//! The budget 预算 of each year: what was adopted, what was adjusted since, and by which resolutions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::{Day, FiscalYear};
use crate::event::budget::{BudgetAdjusted, BudgetAdopted};
use crate::ids::{AccountCode, FundId, ProjectId, Source};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Budgets {
    years: BTreeMap<FiscalYear, Budget>,
}

/// The budget of one year.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Budget {
    adopted: Option<Decision>,
    adjusted: Vec<Decision>,
    lines: BTreeMap<FundId, BTreeMap<AccountCode, Vec<Item>>>,
}

/// 决议 By which something was adopted or adjusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Decision {
    pub date: Day,
    pub resolution: Source,
}

/// What one account of one fund has for one project, or for none that is named.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub project: Option<ProjectId>,
    pub adopted: Money,
    /// 调整, each with its day.
    pub changes: Vec<(Day, Money)>,
}

/// The budget of one account of one fund.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    pub fund: &'a FundId,
    pub account: &'a AccountCode,
    pub items: &'a [Item],
}

impl Budgets {
    pub(super) fn adopt(&mut self, part: &BudgetAdopted) {
        let budget = self.years.entry(part.budget).or_default();
        let (date, resolution) = (part.date, part.resolution.clone());
        budget.adopted = Some(Decision { date, resolution });
        for line in &part.lines {
            budget.change(&line.fund, &line.account, line.project.as_ref(), |item| {
                item.adopted = item.adopted.plus(line.amount);
            });
        }
    }

    pub(super) fn adjust(&mut self, part: &BudgetAdjusted) {
        let budget = self.years.entry(part.budget).or_default();
        if part.part <= 1 {
            let (date, resolution) = (part.date, part.resolution.clone());
            budget.adjusted.push(Decision { date, resolution });
        }
        for line in &part.lines {
            budget.change(&line.fund, &line.account, line.project.as_ref(), |item| {
                item.changes.push((part.date, line.by));
            });
        }
    }

    #[must_use]
    pub fn of(&self, year: FiscalYear) -> Option<&Budget> {
        self.years.get(&year)
    }
}

impl Budget {
    /// Changes the item of a project, which begins with nothing where it was not there.
    fn change(
        &mut self,
        fund: &FundId,
        account: &AccountCode,
        project: Option<&ProjectId>,
        change: impl FnOnce(&mut Item),
    ) {
        let accounts = self.lines.entry(fund.clone()).or_default();
        let items = accounts.entry(account.clone()).or_default();
        if let Some(item) = items.iter_mut().find(|item| item.project.as_ref() == project) {
            return change(item);
        }
        let project = project.cloned();
        let mut item = Item { project, adopted: Money::ZERO, changes: Vec::new() };
        change(&mut item);
        items.push(item);
    }

    #[must_use]
    pub fn adopted(&self) -> Option<&Decision> {
        self.adopted.as_ref()
    }

    /// Every adjustment, in the order of its record.
    #[must_use]
    pub fn adjusted(&self) -> &[Decision] {
        &self.adjusted
    }

    /// In the order of fund and account.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        self.lines.iter().flat_map(|(fund, accounts)| {
            accounts.iter().map(move |(account, items)| Line { fund, account, items })
        })
    }

    /// The line that an account of a fund counts against: its own, else the nearest one above it.
    /// The more specific line wins, and what it covers does not count against the others.
    #[must_use]
    pub fn covering(&self, fund: &FundId, account: &AccountCode) -> Option<Line<'_>> {
        let (fund, accounts) = self.lines.get_key_value(fund)?;
        let above = accounts.iter().filter(|(of, _)| account.as_str().starts_with(of.as_str()));
        let (account, items) = above.max_by_key(|(of, _)| of.as_str().len())?;
        Some(Line { fund, account, items })
    }

    /// What that project of the account has, with its adjustments.
    #[must_use]
    pub fn of_project(
        &self,
        fund: &FundId,
        account: &AccountCode,
        project: Option<&ProjectId>,
    ) -> Option<Money> {
        let items = self.lines.get(fund)?.get(account)?;
        items.iter().find(|item| item.project.as_ref() == project).map(Item::current)
    }
}

impl Item {
    #[must_use]
    pub fn current(&self) -> Money {
        Money::sum(self.changes.iter().map(|(_, by)| *by)).plus(self.adopted)
    }
}

impl Line<'_> {
    /// 现行预算 What was adopted, with all adjustments.
    #[must_use]
    pub fn current(self) -> Money {
        Money::sum(self.items.iter().map(Item::current))
    }

    #[must_use]
    pub fn is(self, fund: &FundId, account: &AccountCode) -> bool {
        self.fund == fund && self.account == account
    }
}
