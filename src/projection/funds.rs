//! The funds of the book, in the order in which they were established.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::fund::{FundTransferred, NewFund};
use crate::ids::{FundId, OfficerId, Seq};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Funds {
    by_id: BTreeMap<FundId, NewFund>,
    order: Vec<FundId>,
    /// What left a restricted fund for one that is not, and is not reversed.
    released: BTreeMap<Seq, Released>,
}

/// Money of a restricted fund 专项资金 that was moved to where it may be spent on anything.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Released {
    pub transfer: FundTransferred,
    pub by: OfficerId,
    /// Whether the chair had it done, which the rules ask for.
    pub chaired: bool,
}

impl Funds {
    pub(super) fn establish(&mut self, fund: &NewFund) {
        self.order.push(fund.fund.clone());
        self.by_id.insert(fund.fund.clone(), fund.clone());
    }

    pub(super) fn transfer(
        &mut self,
        seq: Seq,
        moved: &FundTransferred,
        by: &OfficerId,
        chaired: bool,
    ) {
        let restricted = |id: &FundId| self.fund(id).is_some_and(|fund| fund.restricted);
        if restricted(&moved.from) && !restricted(&moved.to) {
            let (transfer, by) = (moved.clone(), by.clone());
            self.released.insert(seq, Released { transfer, by, chaired });
        }
    }

    pub(super) fn undo(&mut self, seq: Seq) {
        self.released.remove(&seq);
    }

    /// What left a restricted fund for one that is not, in the order of its records.
    pub fn released(&self) -> impl Iterator<Item = (&Seq, &Released)> {
        self.released.iter()
    }

    #[must_use]
    pub fn fund(&self, id: &FundId) -> Option<&NewFund> {
        self.by_id.get(id)
    }

    /// In the order of their establishment.
    pub fn funds(&self) -> impl Iterator<Item = &NewFund> {
        self.order.iter().filter_map(|id| self.by_id.get(id))
    }
}
