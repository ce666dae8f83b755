//! The funds of the book, in the order in which they were established.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::chart::Nature;
use crate::event::fund::{FundClosed, FundLimited, FundTransferred, NewFund};
use crate::ids::{FundId, OfficerId, Seq};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Funds {
    by_id: BTreeMap<FundId, NewFund>,
    order: Vec<FundId>,
    /// What left a restricted fund for one that is not, and is not reversed.
    released: BTreeMap<Seq, Released>,
    /// What each fund may be spent on, where it says so.
    limits: BTreeMap<FundId, FundLimited>,
    fiscal: BTreeSet<FundId>,
    closed: BTreeMap<FundId, FundClosed>,
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

    pub(super) fn limit(&mut self, limited: &FundLimited) {
        self.limits.insert(limited.fund.clone(), limited.clone());
    }

    pub(super) fn mark_fiscal(&mut self, fund: &FundId) {
        self.fiscal.insert(fund.clone());
    }

    pub(super) fn close(&mut self, closed: &FundClosed) {
        self.closed.insert(closed.fund.clone(), closed.clone());
    }

    /// 限定用途 What a fund may be spent on; `None` where nothing says.
    #[must_use]
    pub fn limit_of(&self, id: &FundId) -> Option<&FundLimited> {
        self.limits.get(id)
    }

    /// 专项完结 How a fund ended, if it did.
    #[must_use]
    pub fn closing_of(&self, id: &FundId) -> Option<&FundClosed> {
        self.closed.get(id)
    }

    /// A fund that nobody has established is as the general one.
    #[must_use]
    pub fn nature(&self, id: &FundId) -> Nature {
        if self.fiscal.contains(id) {
            Nature::Fiscal
        } else if self.fund(id).is_some_and(|fund| fund.restricted) {
            Nature::Restricted
        } else {
            Nature::General
        }
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
