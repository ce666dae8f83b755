//! What spending is analysed by, and what of advances 借款 is settled.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::VoucherNumber;
use crate::event::spending::{AdvanceOpened, AdvanceSettled, Analysed, Analysis, Project};
use crate::ids::{DisbursementId, ProjectId, Seq};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Spending {
    projects: BTreeMap<ProjectId, Project>,
    analyses: BTreeMap<DisbursementId, Analysis>,
    /// Every settlement that is not reversed, by its record.
    settlements: BTreeMap<Seq, Settlement>,
    /// What of each advance is settled.
    settled: BTreeMap<DisbursementId, Money>,
    /// 期初借款 Those that an old book handed over.
    opened: BTreeMap<DisbursementId, AdvanceOpened>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    pub voucher: VoucherNumber,
    pub settled: AdvanceSettled,
}

impl Spending {
    pub(super) fn open(&mut self, project: &Project) {
        self.projects.insert(project.project.clone(), project.clone());
    }

    pub(super) fn analyse(&mut self, analysed: &Analysed) {
        self.analyses.insert(analysed.disbursement.clone(), analysed.analysis());
    }

    pub(super) fn open_advance(&mut self, opened: &AdvanceOpened) {
        self.opened.insert(opened.advance.clone(), opened.clone());
    }

    /// What an opening brought in is not there without it.
    pub(super) fn close_advances(&mut self, opening: Seq) {
        self.opened.retain(|_, opened| opened.from != opening);
    }

    pub(super) fn settle(&mut self, seq: Seq, voucher: VoucherNumber, settled: &AdvanceSettled) {
        self.count(settled, settled.total());
        self.settlements.insert(seq, Settlement { voucher, settled: settled.clone() });
    }

    pub(super) fn unsettle(&mut self, seq: Seq) {
        if let Some(Settlement { settled, .. }) = self.settlements.remove(&seq) {
            self.count(&settled, settled.total().negated());
        }
    }

    fn count(&mut self, settled: &AdvanceSettled, amount: Money) {
        let sum = self.settled.entry(settled.disbursement.clone()).or_default();
        *sum = sum.plus(amount);
        if sum.is_zero() {
            self.settled.remove(&settled.disbursement);
        }
    }

    #[must_use]
    pub fn project(&self, id: &ProjectId) -> Option<&Project> {
        self.projects.get(id)
    }

    pub fn projects(&self) -> impl Iterator<Item = &Project> {
        self.projects.values()
    }

    #[must_use]
    pub fn analysis(&self, disbursement: &DisbursementId) -> Option<&Analysis> {
        self.analyses.get(disbursement)
    }

    /// An advance that an old book handed over.
    #[must_use]
    pub fn opened(&self, advance: &DisbursementId) -> Option<&AdvanceOpened> {
        self.opened.get(advance)
    }

    pub fn all_opened(&self) -> impl Iterator<Item = &AdvanceOpened> {
        self.opened.values()
    }

    /// How much of an advance is settled.
    #[must_use]
    pub fn settled(&self, advance: &DisbursementId) -> Money {
        self.settled.get(advance).copied().unwrap_or_default()
    }

    /// Every settlement that is not reversed, in the order of its record.
    pub fn settlements(&self) -> impl Iterator<Item = (&Seq, &Settlement)> {
        self.settlements.iter()
    }
}
