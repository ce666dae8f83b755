//! What the facts add up to. A projection never refuses: what is on the chain has happened.

pub mod accounts;
pub mod officers;
pub mod members;
pub mod funds;
pub mod allocation;
pub mod disbursements;
pub mod periods;

use serde::{Deserialize, Serialize};

use crate::date::Month;
use crate::event::{Fact, Recorded};
use crate::ids::{MemberId, Seq};
use crate::money::Money;

/// All projections of one book, at one place of its chain.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    /// How many records it has seen, which is the place of the next one.
    next: Seq,
    pub offices: officers::Offices,
    pub accounts: accounts::Accounts,
    pub funds: funds::Funds,
    pub members: members::Members,
    pub allocation: allocation::Allocation,
    pub disbursements: disbursements::Disbursements,
    pub periods: periods::Periods,
}

impl State {
    /// Takes the next record in. `reversed` is the record that it reverses, if it reverses one.
    pub fn apply(&mut self, record: &Recorded, reversed: Option<&Recorded>) {
        self.offices.apply(record);
        self.accounts.apply(record, reversed);
        self.funds.apply(record);
        self.members.apply(record, reversed);
        self.allocation.apply(record, reversed);
        self.disbursements.apply(record, reversed);
        self.periods.apply(record);
        self.next = record.seq.next();
    }

    /// The place of the next record.
    #[must_use]
    pub fn next(&self) -> Seq {
        self.next
    }

    /// The dues of a member for a month by the rule then in force; `None` where the base or the
    /// rate is not set, nothing owed where the membership does not cover the month.
    #[must_use]
    pub fn dues_due(&self, member: &MemberId, month: Month) -> Option<Money> {
        let found = self.members.member(member)?;
        if !found.owes_in(month) {
            return Some(Money::ZERO);
        }
        let (basis_points, step) = self.offices.dues_rate(month.last_day())?;
        Some(found.base_in(month)?.floor_to(step).basis_points(basis_points))
    }
}

/// The record that this one reverses, by its place.
#[must_use]
pub fn reverses(fact: &Fact) -> Option<Seq> {
    if let Fact::EntryReversed(reversal) = fact { Some(reversal.reverses) } else { None }
}
