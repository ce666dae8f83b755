//! The allocation 拨缴经费: what was declared, received, divided, sent up, passed down, accrued.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::Month;
use crate::event::accrual::{AccrualKind, AccrualRecorded, AccrualSettled};
use crate::event::allocation::{
    AllocationCollected, AllocationReceived, Passdown, PassdownKind, Payroll, PreparationReceived,
    PreparationSettled, Remittance,
};
use crate::event::payer::PayrollCorrection;
use crate::ids::{FundId, PayerId, Seq};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Allocation {
    payrolls: BTreeMap<Month, Payroll>,
    /// What was declared before it was corrected, the first one first.
    corrected: BTreeMap<Month, Vec<Payroll>>,
    received: BTreeMap<Seq, AllocationReceived>,
    remitted: BTreeMap<Seq, Remittance>,
    collected: BTreeMap<Seq, AllocationCollected>,
    prepared: BTreeMap<Seq, PreparationReceived>,
    preparation_settled: BTreeMap<Seq, PreparationSettled>,
    passed_down: BTreeMap<Seq, Passdown>,
    accruals: BTreeMap<Seq, AccrualRecorded>,
    settlements: BTreeMap<Seq, AccrualSettled>,
    /// What came in for each month from the one employer.
    covered: BTreeMap<Month, Money>,
    /// The same of the others, and what stands between them and this union.
    with: BTreeMap<PayerId, Between>,
}

/// What stands between this union and a payer or a lower union; nothing that is nil stands here.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Between {
    covered: BTreeMap<Month, Money>,
    funds: BTreeMap<Owed, BTreeMap<FundId, Money>>,
}

/// What is owed, and on which account.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Owed {
    /// 建会筹备金 held for it, on 215
    Preparation,
    /// 应付下级转拨经费, on 21202
    Passdown,
    /// 应付下级补助, on 21201
    Subsidy,
    /// 应收下级经费: what it owes, on 132
    Claim,
}

impl Between {
    fn is_empty(&self) -> bool {
        self.covered.is_empty() && self.funds.is_empty()
    }

    /// All of it, whatever the fund.
    #[must_use]
    pub fn in_all(&self, of: Owed) -> Money {
        Money::sum(self.funds.get(&of).into_iter().flat_map(BTreeMap::values).copied())
    }
}

impl From<PassdownKind> for Owed {
    fn from(kind: PassdownKind) -> Owed {
        match kind {
            PassdownKind::Passdown => Owed::Passdown,
            PassdownKind::Subsidy => Owed::Subsidy,
        }
    }
}

impl Allocation {
    pub(super) fn declare(&mut self, payroll: &Payroll) {
        self.payrolls.insert(payroll.month, payroll.clone());
    }

    pub(super) fn correct(&mut self, right: &PayrollCorrection) {
        let PayrollCorrection { month, total, headcount, .. } = *right;
        let payroll = Payroll { month, total, headcount };
        if let Some(wrong) = self.payrolls.insert(month, payroll) {
            self.corrected.entry(month).or_default().push(wrong);
        }
    }

    pub(super) fn receive(&mut self, seq: Seq, received: &AllocationReceived) {
        self.cover(None, received.month, received.amount);
        self.received.insert(seq, received.clone());
    }

    pub(super) fn remit(&mut self, seq: Seq, remittance: &Remittance) {
        self.remitted.insert(seq, remittance.clone());
    }

    pub(super) fn collect(&mut self, seq: Seq, f: &AllocationCollected) {
        self.cover(f.payer.as_ref(), f.month, f.covers());
        self.owe(f.payer.as_ref(), Owed::Passdown, &f.fund, f.down);
        self.collected.insert(seq, f.clone());
    }

    pub(super) fn prepare(&mut self, seq: Seq, f: &PreparationReceived) {
        self.owe(Some(&f.payer), Owed::Preparation, &f.fund, f.amount);
        self.prepared.insert(seq, f.clone());
    }

    pub(super) fn settle_preparation(&mut self, seq: Seq, f: &PreparationSettled) {
        self.owe(Some(&f.payer), Owed::Preparation, &f.fund, f.amount.negated());
        self.owe(Some(&f.payer), Owed::Passdown, &f.fund, f.down);
        self.preparation_settled.insert(seq, f.clone());
    }

    pub(super) fn pass_down(&mut self, seq: Seq, f: &Passdown) {
        self.owe(Some(&f.to), f.kind.into(), &f.fund, f.amount.negated());
        self.passed_down.insert(seq, f.clone());
    }

    pub(super) fn accrue(&mut self, seq: Seq, f: &AccrualRecorded) {
        self.owe_accrued(f, f.amount, f.parts.map_or(Money::ZERO, |parts| parts.down));
        self.accruals.insert(seq, f.clone());
    }

    pub(super) fn settle(&mut self, seq: Seq, f: &AccrualSettled) {
        self.owe_settled(f, f.amount.negated());
        self.settlements.insert(seq, f.clone());
    }

    /// Takes back what that record said.
    pub(super) fn undo(&mut self, seq: Seq) {
        if let Some(f) = self.received.remove(&seq) {
            self.cover(None, f.month, f.amount.negated());
        }
        self.remitted.remove(&seq);
        if let Some(f) = self.collected.remove(&seq) {
            self.cover(f.payer.as_ref(), f.month, f.covers().negated());
            self.owe(f.payer.as_ref(), Owed::Passdown, &f.fund, f.down.negated());
        }
        if let Some(f) = self.prepared.remove(&seq) {
            self.owe(Some(&f.payer), Owed::Preparation, &f.fund, f.amount.negated());
        }
        if let Some(f) = self.preparation_settled.remove(&seq) {
            self.owe(Some(&f.payer), Owed::Preparation, &f.fund, f.amount);
            self.owe(Some(&f.payer), Owed::Passdown, &f.fund, f.down.negated());
        }
        if let Some(f) = self.passed_down.remove(&seq) {
            self.owe(Some(&f.to), f.kind.into(), &f.fund, f.amount);
        }
        if let Some(f) = self.accruals.remove(&seq) {
            let down = f.parts.map_or(Money::ZERO, |parts| parts.down);
            self.owe_accrued(&f, f.amount.negated(), down.negated());
        }
        if let Some(f) = self.settlements.remove(&seq) {
            self.owe_settled(&f, f.amount);
        }
    }

    fn cover(&mut self, payer: Option<&PayerId>, month: Month, amount: Money) {
        let Some(payer) = payer else { return add(&mut self.covered, month, amount) };
        let between = self.with.entry(payer.clone()).or_default();
        add(&mut between.covered, month, amount);
        self.forget_nil(payer);
    }

    fn owe(&mut self, to: Option<&PayerId>, of: Owed, fund: &FundId, amount: Money) {
        let Some(to) = to else { return };
        let between = self.with.entry(to.clone()).or_default();
        let funds = between.funds.entry(of).or_default();
        add(funds, fund.clone(), amount);
        if funds.is_empty() {
            between.funds.remove(&of);
        }
        self.forget_nil(to);
    }

    fn owe_accrued(&mut self, f: &AccrualRecorded, amount: Money, down: Money) {
        let other = f.counterparty.as_ref();
        match f.kind {
            AccrualKind::SuperiorSubsidyGeneral | AccrualKind::SuperiorSubsidyEarmarked => {}
            AccrualKind::SuperiorPassdown => self.owe(other, Owed::Passdown, &f.fund, down),
            AccrualKind::LowerAllocation => self.owe(other, Owed::Claim, &f.fund, amount),
            AccrualKind::LowerSubsidyGeneral | AccrualKind::LowerSubsidyEarmarked => {
                self.owe(other, Owed::Subsidy, &f.fund, amount);
            }
        }
    }

    fn owe_settled(&mut self, f: &AccrualSettled, amount: Money) {
        let other = self.accruals.get(&f.accrual).and_then(|accrual| accrual.counterparty.clone());
        let of = match f.kind {
            AccrualKind::SuperiorSubsidyGeneral
            | AccrualKind::SuperiorSubsidyEarmarked
            | AccrualKind::SuperiorPassdown => return,
            AccrualKind::LowerAllocation => Owed::Claim,
            AccrualKind::LowerSubsidyGeneral | AccrualKind::LowerSubsidyEarmarked => Owed::Subsidy,
        };
        self.owe(other.as_ref(), of, &f.fund, amount);
    }

    fn forget_nil(&mut self, payer: &PayerId) {
        if self.with.get(payer).is_some_and(Between::is_empty) {
            self.with.remove(payer);
        }
    }

    #[must_use]
    pub fn payroll(&self, month: Month) -> Option<&Payroll> {
        self.payrolls.get(&month)
    }

    pub fn payrolls(&self) -> impl Iterator<Item = &Payroll> {
        self.payrolls.values()
    }

    /// What was declared for that month before it was corrected, the first one first.
    #[must_use]
    pub fn corrected(&self, month: Month) -> &[Payroll] {
        self.corrected.get(&month).map_or(&[], Vec::as_slice)
    }

    /// Receipts from the one employer that stand, reversed ones left out.
    pub fn received(&self) -> impl Iterator<Item = &AllocationReceived> {
        self.received.values()
    }

    pub fn remitted(&self) -> impl Iterator<Item = &Remittance> {
        self.remitted.values()
    }

    /// What came in by every other way, reversed records left out.
    pub fn collected(&self) -> impl Iterator<Item = (Seq, &AllocationCollected)> {
        self.collected.iter().map(|(seq, f)| (*seq, f))
    }

    /// What was paid down to lower unions and payers, reversed records left out.
    pub fn passed_down(&self) -> impl Iterator<Item = &Passdown> {
        self.passed_down.values()
    }

    pub fn preparations_settled(&self) -> impl Iterator<Item = &PreparationSettled> {
        self.preparation_settled.values()
    }

    /// 建会筹备金 held in that fund, of all payers.
    #[must_use]
    pub fn preparation_held(&self, fund: &FundId) -> Money {
        let held = self.with.values().filter_map(|between| between.funds.get(&Owed::Preparation));
        Money::sum(held.filter_map(|funds| funds.get(fund)).copied())
    }

    pub fn accruals(&self) -> impl Iterator<Item = (Seq, &AccrualRecorded)> {
        self.accruals.iter().map(|(seq, f)| (*seq, f))
    }

    #[must_use]
    pub fn accrual(&self, seq: Seq) -> Option<&AccrualRecorded> {
        self.accruals.get(&seq)
    }

    /// Every settlement of what was accrued or opened that is not reversed, by its record.
    pub fn accrual_settlements(&self) -> impl Iterator<Item = (&Seq, &AccrualSettled)> {
        self.settlements.iter()
    }

    /// What of an accrual has not come in yet.
    #[must_use]
    pub fn accrual_left(&self, seq: Seq) -> Money {
        let settled = self.settlements.values().filter(|f| f.accrual == seq).map(|f| f.amount);
        let amount = self.accrual(seq).map_or(Money::ZERO, |accrual| accrual.amount);
        amount.minus(Money::sum(settled))
    }

    /// What came in for that month: of this payer, or of the one employer.
    #[must_use]
    pub fn received_for(&self, payer: Option<&PayerId>, month: Month) -> Money {
        let covered = match payer {
            None => Some(&self.covered),
            Some(payer) => self.with.get(payer).map(|between| &between.covered),
        };
        covered.and_then(|months| months.get(&month)).copied().unwrap_or_default()
    }

    /// The months for which something came in.
    pub fn months_received(&self, payer: Option<&PayerId>) -> impl Iterator<Item = Month> {
        let covered = match payer {
            None => Some(&self.covered),
            Some(payer) => self.with.get(payer).map(|between| &between.covered),
        };
        covered.into_iter().flat_map(|months| months.keys().copied())
    }

    /// What is held for or owed to a payer or lower union, in one fund.
    #[must_use]
    pub fn owed(&self, to: &PayerId, of: Owed, fund: &FundId) -> Money {
        let funds = self.with.get(to).and_then(|between| between.funds.get(&of));
        funds.and_then(|funds| funds.get(fund)).copied().unwrap_or_default()
    }

    /// Everybody with whom something stands open or from whom something came.
    pub fn between(&self) -> impl Iterator<Item = (&PayerId, &Between)> {
        self.with.iter()
    }

    /// What some of them were paid beyond what stood to their name, negative: it was paid out of
    /// balances of an earlier book, which name nobody.
    #[must_use]
    pub fn overpaid(&self, of: Owed, fund: &FundId) -> Money {
        Money::sum(self.with.keys().map(|to| self.owed(to, of, fund).min(Money::ZERO)))
    }

    /// What was divided up to the superior in a fund.
    #[must_use]
    pub fn up(&self, fund: &FundId) -> Money {
        let received = self.received.values().map(|f| (&f.fund, f.up));
        let collected = self.collected.values().map(|f| (&f.fund, f.up));
        let settled = self.preparation_settled.values().map(|f| (&f.fund, f.up));
        let accrued = self.accruals.values();
        let accrued = accrued.map(|f| (&f.fund, f.parts.unwrap_or_default().up));
        let all = received.chain(collected).chain(settled).chain(accrued);
        Money::sum(all.filter(|(of, _)| *of == fund).map(|(_, up)| up))
    }

    /// What was sent up out of a fund.
    #[must_use]
    pub fn remitted_of(&self, fund: &FundId) -> Money {
        Money::sum(self.remitted.values().filter(|f| f.fund == *fund).map(|f| f.amount))
    }
}

/// Adds to what stands under a key; what comes to nothing is not kept.
fn add<K: Ord>(amounts: &mut BTreeMap<K, Money>, key: K, amount: Money) {
    let sum = amounts.get(&key).copied().unwrap_or_default().plus(amount);
    if sum.is_zero() {
        amounts.remove(&key);
    } else {
        amounts.insert(key, sum);
    }
}
