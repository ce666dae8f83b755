//! Cash that was counted, and the bank's statements with what they are matched with.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::event::cash::{CashCount, CashDifference, Ending};
use crate::event::statement::{BankLine, Match, Reconciliation, Statement, StatementLines};
use crate::event::{Fact, Till};
use crate::ids::{Seq, StatementId};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Bank {
    counts: BTreeMap<Seq, CashCount>,
    /// Differences of cash that are not reversed.
    differences: BTreeMap<Seq, Pending>,
    statements: BTreeMap<StatementId, Held>,
    /// In the order of their days.
    order: Vec<StatementId>,
    matches: BTreeMap<Seq, Match>,
    /// The matching of each voucher that has one.
    matched: BTreeMap<Seq, Seq>,
    reconciled: BTreeMap<Day, Reconciled>,
    /// Cash that came in and was not deposited 未送存的现金收入; below nothing where more was deposited.
    undeposited: Money,
}

/// A difference of cash, and the record that resolved it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub difference: CashDifference,
    pub resolved: Option<(Seq, Ending)>,
}

/// A statement with its lines, and the matching of each line that has one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    pub seq: Seq,
    pub statement: Statement,
    pub lines: Vec<BankLine>,
    pub matched: BTreeMap<u32, Seq>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reconciled {
    pub seq: Seq,
    pub reconciliation: Reconciliation,
}

impl Bank {
    pub(super) fn count(&mut self, seq: Seq, count: &CashCount) {
        self.counts.insert(seq, count.clone());
    }

    pub(super) fn differ(&mut self, seq: Seq, difference: &CashDifference) {
        let pending = Pending { difference: difference.clone(), resolved: None };
        self.differences.insert(seq, pending);
    }

    pub(super) fn agree(&mut self, seq: Seq) {
        self.differences.remove(&seq);
    }

    pub(super) fn resolve(&mut self, of: Seq, by: Option<(Seq, Ending)>) {
        if let Some(pending) = self.differences.get_mut(&of) {
            pending.resolved = by;
        }
    }

    pub(super) fn state(&mut self, seq: Seq, statement: &Statement) {
        let id = statement.statement.clone();
        let (lines, matched) = (Vec::new(), BTreeMap::new());
        self.statements
            .insert(id.clone(), Held { seq, statement: statement.clone(), lines, matched });
        self.order.push(id);
    }

    pub(super) fn add_lines(&mut self, part: &StatementLines) {
        if let Some(held) = self.statements.get_mut(&part.statement) {
            held.lines.extend(part.lines.iter().cloned());
        }
    }

    pub(super) fn withdraw(&mut self, id: &StatementId) {
        self.statements.remove(id);
        self.order.retain(|held| held != id);
        self.reconciled.retain(|_, by| by.reconciliation.statement != *id);
    }

    pub(super) fn pair(&mut self, seq: Seq, pairs: &Match) {
        self.matched.extend(pairs.seqs.iter().map(|voucher| (*voucher, seq)));
        if let Some(held) = self.statements.get_mut(&pairs.statement) {
            held.matched.extend(pairs.lines.iter().map(|line| (*line, seq)));
        }
        self.matches.insert(seq, pairs.clone());
    }

    pub(super) fn unpair(&mut self, of: Seq) {
        if let Some(pairs) = self.matches.remove(&of) {
            for voucher in &pairs.seqs {
                self.matched.remove(voucher);
            }
            if let Some(held) = self.statements.get_mut(&pairs.statement) {
                held.matched.retain(|_, by| *by != of);
            }
        }
    }

    pub(super) fn reconcile(&mut self, seq: Seq, reconciliation: &Reconciliation) {
        let reconciled = Reconciled { seq, reconciliation: reconciliation.clone() };
        self.reconciled.insert(reconciliation.day, reconciled);
    }

    /// Counts what a fact brought into the till, or took from there to the bank.
    pub(super) fn receive(&mut self, fact: &Fact, back: bool) {
        let amount = taken_in(fact);
        let amount = if back { amount.negated() } else { amount };
        self.undeposited = self.undeposited.plus(amount);
    }

    #[must_use]
    pub fn counted(&self, count: Seq) -> Option<&CashCount> {
        self.counts.get(&count)
    }

    /// Every count of cash, in the order of its record.
    pub fn counts(&self) -> impl Iterator<Item = (&Seq, &CashCount)> {
        self.counts.iter()
    }

    /// The last day of that month on which cash was counted.
    #[must_use]
    pub fn counted_on(&self, month: Month) -> Option<Day> {
        self.counts.values().map(|count| count.date).filter(|day| day.month() == month).max()
    }

    #[must_use]
    pub fn difference(&self, of: Seq) -> Option<&Pending> {
        self.differences.get(&of)
    }

    /// Every difference of cash that is not reversed.
    pub fn differences(&self) -> impl Iterator<Item = (&Seq, &Pending)> {
        self.differences.iter()
    }

    #[must_use]
    pub fn statement(&self, id: &StatementId) -> Option<&Held> {
        self.statements.get(id)
    }

    /// In the order of their days.
    #[must_use]
    pub fn statements(&self) -> impl DoubleEndedIterator<Item = &Held> {
        self.order.iter().filter_map(|id| self.statements.get(id))
    }

    #[must_use]
    pub fn matching(&self, of: Seq) -> Option<&Match> {
        self.matches.get(&of)
    }

    /// Every matching that stands.
    pub fn matchings(&self) -> impl Iterator<Item = (&Seq, &Match)> {
        self.matches.iter()
    }

    /// The matching of a voucher's record.
    #[must_use]
    pub fn matching_of(&self, voucher: Seq) -> Option<Seq> {
        self.matched.get(&voucher).copied()
    }

    /// The last day through which the bank was reconciled.
    #[must_use]
    pub fn reconciled_through(&self) -> Option<Day> {
        self.reconciled.keys().next_back().copied()
    }

    #[must_use]
    pub fn reconciled(&self, day: Day) -> Option<&Reconciled> {
        self.reconciled.get(&day)
    }

    /// Cash that came in and was not deposited.
    #[must_use]
    pub fn undeposited(&self) -> Money {
        if self.undeposited.is_negative() { Money::ZERO } else { self.undeposited }
    }
}

fn taken_in(fact: &Fact) -> Money {
    let into_cash = |till: Till, amount: Money| {
        if till == Till::Cash { amount } else { Money::ZERO }
    };
    if let Fact::DuesReceived(f) = fact {
        into_cash(f.into, f.total())
    } else if let Fact::DonationReceived(f) = fact {
        into_cash(f.into, f.amount)
    } else if let Fact::OtherIncomeReceived(f) = fact {
        into_cash(f.into, f.amount)
    } else if let Fact::IncomeReceived(f) = fact {
        into_cash(f.into, f.amount)
    } else if let Fact::CustodialReceived(f) = fact {
        into_cash(f.into, f.amount)
    } else if let Fact::CashDeposited(f) = fact {
        f.amount.negated()
    } else {
        Money::ZERO
    }
}
