//! The funds of the book, in the order in which they were established.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::fund::NewFund;
use crate::ids::FundId;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Funds {
    funds: BTreeMap<FundId, NewFund>,
    order: Vec<FundId>,
}

impl Funds {
    pub(super) fn establish(&mut self, fund: &NewFund) {
        self.order.push(fund.fund.clone());
        self.funds.insert(fund.fund.clone(), fund.clone());
    }

    #[must_use]
    pub fn fund(&self, id: &FundId) -> Option<&NewFund> {
        self.funds.get(id)
    }

    /// In the order of their establishment.
    pub fn funds(&self) -> impl Iterator<Item = &NewFund> {
        self.order.iter().filter_map(|id| self.funds.get(id))
    }
}
