//! Members, their groups, and the dues they have paid.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::event::dues::DuesReceipt;
use crate::event::member::{DuesBase, Enrolment, Group, Leaving, LeavingReason, Transfer};
use crate::ids::{GroupId, MemberId, Seq, Text};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    pub joined: Day,
    pub left: Option<(Day, LeavingReason)>,
    /// The groups that the member has been in, each from its day on.
    groups: BTreeMap<Day, GroupId>,
    bases: BTreeMap<Month, Money>,
    /// What was paid for each month, by the record that says so.
    paid: BTreeMap<Month, BTreeMap<Seq, Money>>,
}

impl Member {
    /// Whether the membership covers that month, so that dues are owed for it.
    #[must_use]
    pub fn owes_in(&self, month: Month) -> bool {
        let left = self.left.as_ref().map(|(day, _)| day.month());
        self.joined.month() <= month && left.is_none_or(|last| month <= last)
    }

    /// The group at the end of that month.
    #[must_use]
    pub fn group_in(&self, month: Month) -> Option<&GroupId> {
        let last = self.groups.range(..=month.last_day()).next_back();
        last.or_else(|| self.groups.iter().next()).map(|(_, group)| group)
    }

    /// The monthly base in force in that month.
    #[must_use]
    pub fn base_in(&self, month: Month) -> Option<Money> {
        self.bases.range(..=month).next_back().map(|(_, base)| *base)
    }

    /// What has been paid for that month.
    #[must_use]
    pub fn paid_for(&self, month: Month) -> Money {
        Money::sum(self.paid.get(&month).into_iter().flat_map(BTreeMap::values).copied())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Members {
    groups: BTreeMap<GroupId, Text>,
    members: BTreeMap<MemberId, Member>,
}

impl Members {
    pub(super) fn define_group(&mut self, group: &Group) {
        self.groups.insert(group.group.clone(), group.name.clone());
    }

    pub(super) fn enrol(&mut self, new: &Enrolment) {
        let member = Member {
            joined: new.on,
            left: None,
            groups: BTreeMap::from([(new.on, new.group.clone())]),
            bases: BTreeMap::new(),
            paid: BTreeMap::new(),
        };
        self.members.insert(new.member.clone(), member);
    }

    pub(super) fn set_base(&mut self, set: &DuesBase) {
        if let Some(member) = self.members.get_mut(&set.member) {
            member.bases.insert(set.from, set.base);
        }
    }

    pub(super) fn transfer(&mut self, moved: &Transfer) {
        if let Some(member) = self.members.get_mut(&moved.member) {
            member.groups.insert(moved.on, moved.group.clone());
        }
    }

    pub(super) fn leave(&mut self, leaving: &Leaving) {
        if let Some(member) = self.members.get_mut(&leaving.member) {
            member.left = Some((leaving.on, leaving.reason));
        }
    }

    pub(super) fn pay(&mut self, seq: Seq, receipt: &DuesReceipt) {
        for line in &receipt.lines {
            if let Some(member) = self.members.get_mut(&line.member) {
                let paid = member.paid.entry(line.month).or_default();
                let sum = paid.entry(seq).or_default();
                *sum = sum.plus(line.amount);
            }
        }
    }

    /// Takes back what that record said was paid.
    pub(super) fn unpay(&mut self, seq: Seq, receipt: &DuesReceipt) {
        for line in &receipt.lines {
            if let Some(member) = self.members.get_mut(&line.member)
                && let Some(paid) = member.paid.get_mut(&line.month)
            {
                paid.remove(&seq);
                if paid.is_empty() {
                    member.paid.remove(&line.month);
                }
            }
        }
    }

    #[must_use]
    pub fn member(&self, id: &MemberId) -> Option<&Member> {
        self.members.get(id)
    }

    pub fn members(&self) -> impl Iterator<Item = (&MemberId, &Member)> {
        self.members.iter()
    }

    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&Text> {
        self.groups.get(id)
    }

    pub fn groups(&self) -> impl Iterator<Item = (&GroupId, &Text)> {
        self.groups.iter()
    }
}
