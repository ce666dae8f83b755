//! The allocation 拨缴经费: what was declared, received and sent up.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::Month;
use crate::event::allocation::{AllocationReceived, Payroll, PayrollCorrection, Remittance};
use crate::ids::Seq;
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Allocation {
    payrolls: BTreeMap<Month, Payroll>,
    /// What was declared before it was corrected, the first one first.
    #[serde(default)]
    corrected: BTreeMap<Month, Vec<Payroll>>,
    received: BTreeMap<Seq, AllocationReceived>,
    remitted: BTreeMap<Seq, Remittance>,
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
        self.received.insert(seq, received.clone());
    }

    pub(super) fn remit(&mut self, seq: Seq, remittance: &Remittance) {
        self.remitted.insert(seq, remittance.clone());
    }

    /// Takes back what that record said.
    pub(super) fn undo(&mut self, seq: Seq) {
        self.received.remove(&seq);
        self.remitted.remove(&seq);
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

    /// Receipts that stand, reversed ones left out.
    pub fn received(&self) -> impl Iterator<Item = &AllocationReceived> {
        self.received.values()
    }

    pub fn remitted(&self) -> impl Iterator<Item = &Remittance> {
        self.remitted.values()
    }

    /// What came in for that month.
    #[must_use]
    pub fn received_for(&self, month: Month) -> Money {
        Money::sum(self.received().filter(|r| r.month == month).map(|r| r.amount))
    }
}
