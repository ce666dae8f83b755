//! Members, their groups, and the dues they have paid.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::event::dues::{DuesReceipt, DuesStanding};
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
    /// What was paid for each month, by the record that says so. One map: of a member's hundreds
    /// of months, hardly one has a second record.
    #[serde(with = "as_list")]
    paid: BTreeMap<(Month, Seq), Money>,
    /// How the member stood when the book began, where an old book says so.
    standing: Option<DuesStanding>,
}

impl Member {
    /// Whether the membership covers that month, so that dues are owed for it.
    #[must_use]
    pub fn owes_in(&self, month: Month) -> bool {
        let left = self.left.as_ref().map(|(day, _)| day.month());
        self.joined.month() <= month && left.is_none_or(|last| month <= last)
    }

    /// What is owed for a month that the old book has settled: nothing up to the month through which
    /// it was paid, and its arrears in the last month before the book `starts`.
    #[must_use]
    pub fn settled_before(&self, month: Month, starts: Option<Month>) -> Option<Money> {
        let DuesStanding { paid_through, owed, .. } = self.standing.as_ref()?;
        if month <= *paid_through {
            return Some(Money::ZERO);
        }
        let (owed, starts) = ((*owed)?, starts.filter(|starts| month < *starts)?);
        Some(if month.next() == starts { owed } else { Money::ZERO })
    }

    /// How the member stood when the book began.
    #[must_use]
    pub fn standing(&self) -> Option<&DuesStanding> {
        self.standing.as_ref()
    }

    /// The first month for which dues were paid in this book.
    #[must_use]
    pub fn first_paid(&self) -> Option<Month> {
        self.paid.keys().map(|(month, _)| *month).next()
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
        let of_month = (month, Seq(0))..=(month, Seq(u64::MAX));
        Money::sum(self.paid.range(of_month).map(|(_, amount)| *amount))
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Members {
    groups: BTreeMap<GroupId, Text>,
    /// Shared with copies of the state until it changes: a draft that copies the state to decide on
    /// several records copies only the members that they concern.
    members: BTreeMap<MemberId, Arc<Member>>,
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
            standing: None,
        };
        self.members.insert(new.member.clone(), Arc::new(member));
    }

    pub(super) fn set_base(&mut self, set: &DuesBase) {
        if let Some(member) = self.known(&set.member) {
            member.bases.insert(set.from, set.base);
        }
    }

    pub(super) fn transfer(&mut self, moved: &Transfer) {
        if let Some(member) = self.known(&moved.member) {
            member.groups.insert(moved.on, moved.group.clone());
        }
    }

    pub(super) fn leave(&mut self, leaving: &Leaving) {
        if let Some(member) = self.known(&leaving.member) {
            member.left = Some((leaving.on, leaving.reason));
        }
    }

    pub(super) fn open_standing(&mut self, standing: &DuesStanding) {
        if let Some(member) = self.known(&standing.member) {
            member.standing = Some(standing.clone());
        }
    }

    pub(super) fn pay(&mut self, seq: Seq, receipt: &DuesReceipt) {
        for line in &receipt.lines {
            if let Some(member) = self.known(&line.member) {
                let sum = member.paid.entry((line.month, seq)).or_default();
                *sum = sum.plus(line.amount);
            }
        }
    }

    /// Takes back what that record said was paid.
    pub(super) fn unpay(&mut self, seq: Seq, receipt: &DuesReceipt) {
        for line in &receipt.lines {
            if let Some(member) = self.known(&line.member) {
                member.paid.remove(&(line.month, seq));
            }
        }
    }

    fn known(&mut self, id: &MemberId) -> Option<&mut Member> {
        self.members.get_mut(id).map(Arc::make_mut)
    }

    #[must_use]
    pub fn member(&self, id: &MemberId) -> Option<&Member> {
        self.members.get(id).map(Arc::as_ref)
    }

    pub fn members(&self) -> impl Iterator<Item = (&MemberId, &Member)> {
        self.members.iter().map(|(id, member)| (id, member.as_ref()))
    }

    #[must_use]
    pub fn group(&self, id: &GroupId) -> Option<&Text> {
        self.groups.get(id)
    }

    pub fn groups(&self) -> impl Iterator<Item = (&GroupId, &Text)> {
        self.groups.iter()
    }
}

/// A map whose keys are no texts, as JSON can hold it: its entries in their order.
mod as_list {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub(super) fn serialize<K: Serialize, V: Serialize, S: Serializer>(
        map: &BTreeMap<K, V>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(map)
    }

    pub(super) fn deserialize<'de, K, V, D>(deserializer: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'de> + Ord,
        V: Deserialize<'de>,
        D: Deserializer<'de>,
    {
        Ok(Vec::<(K, V)>::deserialize(deserializer)?.into_iter().collect())
    }
}
