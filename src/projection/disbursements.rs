//! Disbursements 支出 on their way from request to payment.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::event::disbursement::{Approval, Request};
use crate::ids::{DisbursementId, OfficerId, Seq};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disbursement {
    /// The record of the request, which its papers belong to.
    pub seq: Seq,
    pub request: Request,
    pub requested_by: OfficerId,
    /// Who approved, and for which day.
    pub approvals: BTreeMap<OfficerId, Day>,
    pub standing: Standing,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 待批 or 已批: open until it is paid.
    Open,
    /// 不批准
    Refused { by: OfficerId },
    /// 已付
    Paid { seq: Seq, by: OfficerId, on: Day },
    /// 撤销
    Cancelled { by: OfficerId },
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Disbursements {
    disbursements: BTreeMap<DisbursementId, Disbursement>,
    /// Those that are open, so that the list of what waits is short however long the book.
    open: BTreeSet<DisbursementId>,
}

impl Disbursements {
    pub(super) fn request(&mut self, seq: Seq, request: &Request, by: &OfficerId) {
        let id = request.disbursement.clone();
        let new = Disbursement {
            seq,
            request: request.clone(),
            requested_by: by.clone(),
            approvals: BTreeMap::new(),
            standing: Standing::Open,
        };
        self.open.insert(id.clone());
        self.disbursements.insert(id, new);
    }

    pub(super) fn approve(&mut self, approval: &Approval, by: &OfficerId) {
        if let Some(found) = self.disbursements.get_mut(&approval.disbursement) {
            found.approvals.insert(by.clone(), approval.date);
        }
    }

    pub(super) fn stand(&mut self, id: &DisbursementId, standing: Standing) {
        if let Some(found) = self.disbursements.get_mut(id) {
            if standing == Standing::Open {
                self.open.insert(id.clone());
            } else {
                self.open.remove(id);
            }
            found.standing = standing;
        }
    }

    #[must_use]
    pub fn disbursement(&self, id: &DisbursementId) -> Option<&Disbursement> {
        self.disbursements.get(id)
    }

    pub fn disbursements(&self) -> impl Iterator<Item = &Disbursement> {
        self.disbursements.values()
    }

    /// Requested and neither paid, refused nor withdrawn.
    pub fn open(&self) -> impl Iterator<Item = &Disbursement> {
        self.open.iter().filter_map(|id| self.disbursements.get(id))
    }
}
