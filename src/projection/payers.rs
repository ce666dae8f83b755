//! Payers 缴费单位: who they are, what they declared, the tax bureau's lists, demands of arrears.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::State;
use crate::date::{Day, Month};
use crate::event::allocation::Channel;
use crate::event::payer::{
    Demand, DemandAdvance, NewPayer, PayerKind, PayerPayroll, PayrollCorrection, Stage, TaxList,
    UnionFounded,
};
use crate::ids::{DemandId, PayerId, TaxListId, Text};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payer {
    pub name: Text,
    pub kind: PayerKind,
    pub union_since: Option<Day>,
    payrolls: BTreeMap<Month, Money>,
}

/// A list as its records make it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    pub channel: Channel,
    pub month: Month,
    pub total: Money,
    pub lines: BTreeMap<PayerId, Money>,
}

/// A demand and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub demand: Demand,
    /// What had come in for its months when it was issued.
    pub received_before: Money,
    pub steps: Vec<DemandAdvance>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Payers {
    by_id: BTreeMap<PayerId, Payer>,
    lists: BTreeMap<TaxListId, List>,
    demands: BTreeMap<DemandId, Case>,
}

impl Payer {
    /// What it declared for a month.
    #[must_use]
    pub fn payroll(&self, month: Month) -> Option<Money> {
        self.payrolls.get(&month).copied()
    }

    pub fn months_declared(&self) -> impl Iterator<Item = Month> {
        self.payrolls.keys().copied()
    }

    /// Whether it has a union in that month; until then it pays 建会筹备金.
    #[must_use]
    pub fn has_union_in(&self, month: Month) -> bool {
        self.union_since.is_some_and(|since| since.month() <= month)
    }
}

impl Case {
    /// How far it has come; none where only the demand was issued.
    #[must_use]
    pub fn stage(&self) -> Option<Stage> {
        self.steps.last().map(|step| step.stage)
    }

    #[must_use]
    pub fn has_ended(&self) -> bool {
        matches!(self.stage(), Some(Stage::Settled | Stage::Withdrawn))
    }

    /// The late fee that was asked for last.
    #[must_use]
    pub fn fee(&self) -> Option<Money> {
        self.steps.iter().rev().find_map(|step| step.fee)
    }

    /// The day of the last thing that happened to it.
    #[must_use]
    pub fn last_day(&self) -> Day {
        self.steps.last().map_or(self.demand.date, |step| step.date)
    }

    /// Whether it asks for this payer's month.
    #[must_use]
    pub fn is_for(&self, payer: Option<&PayerId>, month: Month) -> bool {
        let Demand { first, last, .. } = self.demand;
        self.demand.payer.as_ref() == payer && first <= month && month <= last
    }
}

impl Payers {
    pub(super) fn register(&mut self, new: &NewPayer) {
        let NewPayer { payer, name, kind, union_since } = new.clone();
        let payrolls = BTreeMap::new();
        self.by_id.insert(payer, Payer { name, kind, union_since, payrolls });
    }

    pub(super) fn found(&mut self, founded: &UnionFounded) {
        if let Some(payer) = self.by_id.get_mut(&founded.payer) {
            payer.union_since = Some(founded.on);
        }
    }

    pub(super) fn declare(&mut self, declared: &PayerPayroll) {
        self.put(&declared.payer, declared.month, declared.total);
    }

    pub(super) fn correct(&mut self, payer: &PayerId, found: &PayrollCorrection) {
        self.put(payer, found.month, found.total);
    }

    fn put(&mut self, payer: &PayerId, month: Month, total: Money) {
        if let Some(payer) = self.by_id.get_mut(payer) {
            payer.payrolls.insert(month, total);
        }
    }

    pub(super) fn list(&mut self, part: &TaxList) {
        let TaxList { list, channel, month, total, .. } = part.clone();
        let empty = List { channel, month, total, lines: BTreeMap::new() };
        let list = self.lists.entry(list).or_insert(empty);
        list.lines.extend(part.lines.iter().map(|line| (line.payer.clone(), line.amount)));
    }

    pub(super) fn demand(&mut self, demand: &Demand, received_before: Money) {
        let case = Case { demand: demand.clone(), received_before, steps: Vec::new() };
        self.demands.insert(demand.demand.clone(), case);
    }

    pub(super) fn advance(&mut self, step: &DemandAdvance) {
        if let Some(case) = self.demands.get_mut(&step.demand) {
            case.steps.push(step.clone());
        }
    }

    #[must_use]
    pub fn payer(&self, id: &PayerId) -> Option<&Payer> {
        self.by_id.get(id)
    }

    pub fn payers(&self) -> impl Iterator<Item = (&PayerId, &Payer)> {
        self.by_id.iter()
    }

    #[must_use]
    pub fn tax_list(&self, id: &TaxListId) -> Option<&List> {
        self.lists.get(id)
    }

    pub fn tax_lists(&self) -> impl Iterator<Item = (&TaxListId, &List)> {
        self.lists.iter()
    }

    #[must_use]
    pub fn case(&self, id: &DemandId) -> Option<&Case> {
        self.demands.get(id)
    }

    pub fn cases(&self) -> impl Iterator<Item = (&DemandId, &Case)> {
        self.demands.iter()
    }
}

impl State {
    /// What a payer, or the one employer, owes for a month by the rule then in force; none where the
    /// payroll or the rate is not known, or where there is no union yet.
    #[must_use]
    pub fn allocation_due(&self, payer: Option<&PayerId>, month: Month) -> Option<Money> {
        let payroll = match payer {
            None => self.allocation.payroll(month)?.total,
            Some(payer) => {
                let found = self.payers.payer(payer)?;
                found.payroll(month).filter(|_| found.has_union_in(month))?
            }
        };
        let (rate, _) = self.offices.allocation_split(month.last_day())?;
        Some(payroll.basis_points(rate))
    }

    /// 欠缴 What is in arrears for these months, month by month: what came in too much for one does
    /// not cover another.
    #[must_use]
    pub fn allocation_arrears(&self, payer: Option<&PayerId>, first: Month, last: Month) -> Money {
        let of_month = |month: Month| {
            let due = self.allocation_due(payer, month).unwrap_or_default();
            due.minus(self.allocation.received_for(payer, month)).max(Money::ZERO)
        };
        Money::sum(first.through(last).map(of_month))
    }

    /// What came in for these months.
    #[must_use]
    pub fn allocation_received(&self, payer: Option<&PayerId>, first: Month, last: Month) -> Money {
        Money::sum(first.through(last).map(|month| self.allocation.received_for(payer, month)))
    }
}
