//! Visits 走访慰问: those that stand, and what each took of a list or of stock.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::event::visit::{TakenAlong, Visit, VisitWithdrawn};
use crate::event::welfare::Beneficiary;
use crate::ids::{DisbursementId, Seq, VisitId};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Visits {
    by_id: BTreeMap<VisitId, Visit>,
    of_disbursement: BTreeMap<DisbursementId, BTreeSet<VisitId>>,
    of_issue: BTreeMap<Seq, BTreeSet<VisitId>>,
}

impl Visits {
    pub(super) fn make(&mut self, visit: &Visit) {
        let id = &visit.visit;
        if let Some(disbursement) = &visit.disbursement {
            self.of_disbursement.entry(disbursement.clone()).or_default().insert(id.clone());
        }
        if let Some(goods) = visit.goods {
            self.of_issue.entry(goods.issue).or_default().insert(id.clone());
        }
        self.by_id.insert(id.clone(), visit.clone());
    }

    pub(super) fn withdraw(&mut self, withdrawn: &VisitWithdrawn) {
        let Some(visit) = self.by_id.remove(&withdrawn.visit) else { return };
        if let Some(visits) = visit.disbursement.and_then(|id| self.of_disbursement.get_mut(&id)) {
            visits.remove(&withdrawn.visit);
        }
        if let Some(visits) = visit.goods.and_then(|goods| self.of_issue.get_mut(&goods.issue)) {
            visits.remove(&withdrawn.visit);
        }
    }

    #[must_use]
    pub fn visit(&self, id: &VisitId) -> Option<&Visit> {
        self.by_id.get(id)
    }

    pub fn visits(&self) -> impl Iterator<Item = &Visit> {
        self.by_id.values()
    }

    /// Those to one person that brought goods out of stock.
    pub fn with_goods<'a>(
        &'a self,
        names: &'a BTreeSet<Beneficiary>,
    ) -> impl Iterator<Item = (&'a Visit, TakenAlong)> {
        let theirs = self.by_id.values().filter(|visit| names.contains(&visit.to));
        theirs.filter_map(|visit| Some((visit, visit.goods?)))
    }

    /// Those that brought a share of that payment.
    pub fn of_disbursement(&self, id: &DisbursementId) -> impl Iterator<Item = &Visit> {
        self.of_disbursement.get(id).into_iter().flatten().filter_map(|id| self.by_id.get(id))
    }

    /// Those that brought of what that record issued.
    pub fn of_issue(&self, issue: Seq) -> impl Iterator<Item = &Visit> {
        self.of_issue.get(&issue).into_iter().flatten().filter_map(|id| self.by_id.get(id))
    }
}
