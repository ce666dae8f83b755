//! Investments 投资, one by one.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::assets::{ByMonth, add, through};
use crate::date::{Day, Month};
use crate::event::investment::{Acquired, Recovered};
use crate::ids::{FundId, InvestmentId, Seq};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Investment {
    pub seq: Seq,
    pub acquired: Acquired,
    moves: ByMonth,
    /// Records of what came back of it.
    recovered: BTreeMap<Seq, Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Investments {
    by_id: BTreeMap<InvestmentId, Investment>,
}

impl Investment {
    /// 账面余额 at the end of that month; of all months without one.
    #[must_use]
    pub fn held(&self, last: Option<Month>) -> Money {
        through(&self.moves, last)
    }

    /// Whether anything was recorded of it since.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        self.recovered.is_empty()
    }
}

impl Investments {
    pub(super) fn acquire(&mut self, seq: Seq, f: &Acquired) {
        let mut moves = ByMonth::new();
        add(&mut moves, f.date.month(), f.amount);
        let new = Investment { seq, acquired: f.clone(), moves, recovered: BTreeMap::new() };
        self.by_id.insert(f.investment.clone(), new);
    }

    pub(super) fn unacquire(&mut self, f: &Acquired) {
        self.by_id.remove(&f.investment);
    }

    pub(super) fn recover(&mut self, seq: Seq, f: &Recovered) {
        if let Some(found) = self.by_id.get_mut(&f.investment) {
            found.recovered.insert(seq, f.principal);
            add(&mut found.moves, f.date.month(), f.principal.negated());
        }
    }

    pub(super) fn unrecover(&mut self, seq: Seq, f: &Recovered, on: Day) {
        if let Some(found) = self.by_id.get_mut(&f.investment) {
            found.recovered.remove(&seq);
            add(&mut found.moves, on.month(), f.principal);
        }
    }

    #[must_use]
    pub fn investment(&self, id: &InvestmentId) -> Option<&Investment> {
        self.by_id.get(id)
    }

    /// What is held of one fund at the end of that month.
    #[must_use]
    pub fn held(&self, fund: &FundId, last: Option<Month>) -> Money {
        let of = self.by_id.values().filter(|found| found.acquired.fund == *fund);
        Money::sum(of.map(|found| found.held(last)))
    }
}
