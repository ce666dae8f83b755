//! Members, their groups, and their dues: what they were asked for, paid, and were let off.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::as_list;
use crate::date::{Day, Month};
use crate::event::dues::{
    DuesLine, DuesReceipt, DuesStanding, DuesTerms, Refund, Terms, Waiver, WaiverCancellation,
};
use crate::event::member::{
    Arrival, Departure, DuesBase, Enrolment, Group, Leaving, LeavingReason, Transfer,
};
use crate::ids::{GroupId, MemberId, Seq, Text};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Of the present membership, or the last one.
    pub joined: Day,
    pub left: Option<(Day, LeavingReason)>,
    owes_from: Month,
    paid_before: Option<Month>,
    from_union: Option<Text>,
    to_union: Option<Text>,
    /// Memberships that ended before this one began.
    earlier: Vec<Spell>,
    /// The groups that the member has been in, each from its day on.
    groups: BTreeMap<Day, GroupId>,
    bases: BTreeMap<Month, Money>,
    /// Terms of the member's own, each from its month on.
    terms: BTreeMap<Month, (Option<Month>, Terms)>,
    /// What was paid for each month, by the record that says so; a refund counts below nothing. One
    /// map: of a member's hundreds of months, hardly one has a second record.
    #[serde(with = "as_list")]
    paid: BTreeMap<(Month, Seq), Money>,
    /// What was waived of each month, by the record that says so.
    #[serde(with = "as_list")]
    waived: BTreeMap<(Month, Seq), Money>,
    /// How the member stood when the book began, where an old book says so.
    standing: Option<DuesStanding>,
}

/// One membership, from its first day to its end. Somebody who left may come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spell {
    pub joined: Day,
    pub left: Option<(Day, LeavingReason)>,
    /// The first month for which dues are owed.
    pub owes_from: Month,
    /// 会费缴至 The last month that was paid for at the union before this one.
    pub paid_before: Option<Month>,
    /// 转出工会 Where the member came over from.
    pub from_union: Option<Text>,
    /// 转入工会 Where the member went over to.
    pub to_union: Option<Text>,
}

impl Spell {
    fn owes_in(&self, month: Month) -> bool {
        let left = self.left.as_ref().map(|(day, _)| day.month());
        self.owes_from <= month && left.is_none_or(|last| month <= last)
    }
}

impl Member {
    fn new(joined: Day, owes_from: Month, from_union: Option<Text>, group: &GroupId) -> Member {
        Member {
            joined,
            left: None,
            owes_from,
            paid_before: None,
            from_union,
            to_union: None,
            earlier: Vec::new(),
            groups: BTreeMap::from([(joined, group.clone())]),
            bases: BTreeMap::new(),
            terms: BTreeMap::new(),
            paid: BTreeMap::new(),
            waived: BTreeMap::new(),
            standing: None,
        }
    }

    /// The same member again: what was there before stays.
    fn come_back(&mut self, again: Member) {
        self.earlier.push(self.spell());
        self.joined = again.joined;
        self.left = None;
        self.owes_from = again.owes_from;
        self.paid_before = again.paid_before;
        self.from_union = again.from_union;
        self.to_union = None;
        self.groups.extend(again.groups);
    }

    /// The present membership, or the last one.
    #[must_use]
    pub fn spell(&self) -> Spell {
        Spell {
            joined: self.joined,
            left: self.left,
            owes_from: self.owes_from,
            paid_before: self.paid_before,
            from_union: self.from_union.clone(),
            to_union: self.to_union.clone(),
        }
    }

    /// Every membership, the first one first.
    pub fn spells(&self) -> impl Iterator<Item = Spell> {
        self.earlier.iter().cloned().chain(std::iter::once(self.spell()))
    }

    /// 会员 Whether somebody is a member on that day: whoever retires stays one (中国工会章程).
    #[must_use]
    pub fn belongs_on(&self, day: Day) -> bool {
        self.spells().any(|spell| match spell.left {
            Some((_, LeavingReason::Retired)) | None => spell.joined <= day,
            Some((left, _)) => spell.joined <= day && day <= left,
        })
    }

    /// 在职会员 Whether somebody is a member on that day and has not retired.
    #[must_use]
    pub fn works_on(&self, day: Day) -> bool {
        let ended = |left: &(Day, LeavingReason)| left.0 < day;
        self.spells().any(|spell| spell.joined <= day && !spell.left.as_ref().is_some_and(ended))
    }

    /// Whether a membership covers that month, so that dues are owed for it.
    #[must_use]
    pub fn owes_in(&self, month: Month) -> bool {
        let left = self.left.as_ref().map(|(day, _)| day.month());
        (self.owes_from <= month && left.is_none_or(|last| month <= last))
            || self.earlier.iter().any(|spell| spell.owes_in(month))
    }

    /// The first month for which dues are owed at all.
    #[must_use]
    pub fn first_month(&self) -> Month {
        let earlier = self.earlier.iter().map(|spell| spell.owes_from);
        earlier.fold(self.owes_from, Month::min)
    }

    /// The days on which the member came into another group, with that group.
    pub fn groups(&self) -> impl Iterator<Item = (Day, &GroupId)> {
        self.groups.iter().map(|(day, group)| (*day, group))
    }

    /// The group on that day.
    #[must_use]
    pub fn group_on(&self, day: Day) -> Option<&GroupId> {
        let last = self.groups.range(..=day).next_back();
        last.or_else(|| self.groups.iter().next()).map(|(_, group)| group)
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
        self.group_on(month.last_day())
    }

    /// The terms of the member's own in force in that month: those that began last and still last.
    #[must_use]
    pub fn terms_in(&self, month: Month) -> Option<&Terms> {
        let begun = self.terms.range(..=month).rev().map(|(_, terms)| terms);
        let mut lasting = begun.filter(|(until, _)| until.is_none_or(|until| month <= until));
        lasting.next().map(|(_, terms)| terms)
    }

    /// The monthly base in force in that month.
    #[must_use]
    pub fn base_in(&self, month: Month) -> Option<Money> {
        self.bases.range(..=month).next_back().map(|(_, base)| *base)
    }

    /// What has been paid for that month, less what was given back of it.
    #[must_use]
    pub fn paid_for(&self, month: Month) -> Money {
        in_month(&self.paid, month)
    }

    /// What each record paid for that month, or gave back of it.
    pub fn paid_by(&self, month: Month) -> impl Iterator<Item = (Seq, Money)> {
        let of_month = (month, Seq(0))..=(month, Seq(u64::MAX));
        self.paid.range(of_month).map(|((_, seq), amount)| (*seq, *amount))
    }

    /// What has been waived of that month.
    #[must_use]
    pub fn waived_for(&self, month: Month) -> Money {
        in_month(&self.waived, month)
    }

    /// What that record waived, month by month; nothing where it waived nothing or was cancelled.
    pub fn waived_by(&self, record: Seq) -> impl Iterator<Item = (Month, Money)> {
        let of_record = self.waived.iter().filter(move |((_, seq), _)| *seq == record);
        of_record.map(|((month, _), amount)| (*month, *amount))
    }

    /// The last month that anything was paid for or waived.
    #[must_use]
    pub fn last_settled(&self) -> Option<Month> {
        self.paid.keys().chain(self.waived.keys()).map(|(month, _)| *month).max()
    }
}

fn in_month(of: &BTreeMap<(Month, Seq), Money>, month: Month) -> Money {
    let of_month = (month, Seq(0))..=(month, Seq(u64::MAX));
    Money::sum(of.range(of_month).map(|(_, amount)| *amount))
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
        self.come(&new.member, Member::new(new.on, new.on.month(), None, &new.group));
    }

    pub(super) fn arrive(&mut self, new: &Arrival) {
        let owes_from = new.dues_paid_through.map_or_else(|| new.on.month(), Month::next);
        let from = Some(new.from_union.clone());
        let mut member = Member::new(new.on, owes_from, from, &new.group);
        member.paid_before = new.dues_paid_through;
        self.come(&new.member, member);
    }

    fn come(&mut self, id: &MemberId, new: Member) {
        match self.known(id) {
            Some(known) => known.come_back(new),
            None => {
                self.members.insert(id.clone(), Arc::new(new));
            }
        }
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

    pub(super) fn depart(&mut self, gone: &Departure) {
        if let Some(member) = self.known(&gone.member) {
            member.left = Some((gone.on, LeavingReason::TransferredOut));
            member.to_union = Some(gone.to_union.clone());
        }
    }

    pub(super) fn set_terms(&mut self, set: &DuesTerms) {
        if let Some(member) = self.known(&set.member) {
            member.terms.insert(set.from, (set.until, set.terms.clone()));
        }
    }

    pub(super) fn waive(&mut self, seq: Seq, waiver: &Waiver) {
        if let Some(member) = self.known(&waiver.member) {
            for line in &waiver.lines {
                let sum = member.waived.entry((line.month, seq)).or_default();
                *sum = sum.plus(line.amount);
            }
        }
    }

    pub(super) fn cancel_waiver(&mut self, cancelled: &WaiverCancellation) {
        if let Some(member) = self.known(&cancelled.member) {
            member.waived.retain(|(_, seq), _| *seq != cancelled.waiver);
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

    pub(super) fn refund(&mut self, seq: Seq, refund: &Refund) {
        for line in &refund.lines {
            if let Some(member) = self.known(&line.member) {
                let sum = member.paid.entry((line.month, seq)).or_default();
                *sum = sum.minus(line.amount);
            }
        }
    }

    /// Takes back what that record said was paid, or given back.
    pub(super) fn unpay(&mut self, seq: Seq, lines: &[DuesLine]) {
        for line in lines {
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
