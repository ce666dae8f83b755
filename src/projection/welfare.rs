//! Welfare 福利、慰问和帮扶: what may be given, and who got what.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::disbursements::Standing;
use super::{State, as_list};
use crate::date::Day;
use crate::event::privacy::Person;
use crate::event::welfare::{
    Beneficiary, BenefitDistributed, BenefitListed, Form, MemberTraits, RemainderReturned,
    WelfareItem,
};
use crate::ids::{DisbursementId, MemberId, Seq, WelfareItemId};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Welfare {
    items: BTreeMap<WelfareItemId, WelfareItem>,
    traits: BTreeMap<MemberId, MemberTraits>,
    lists: BTreeMap<DisbursementId, List>,
    /// The lists that somebody stands on, so that one person's year is looked up and not searched.
    #[serde(with = "as_list")]
    of_person: BTreeMap<Beneficiary, BTreeSet<DisbursementId>>,
}

/// 名册 The list behind a disbursement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct List {
    pub item: WelfareItemId,
    pub on: Day,
    pub form: Form,
    /// The records that it is written in.
    pub records: Vec<Seq>,
    #[serde(with = "as_list")]
    pub shares: BTreeMap<Beneficiary, Got>,
    /// 已退回 What was unclaimed and came back.
    pub returned: Option<Returned>,
}

/// The record by which it came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Returned {
    pub by: Seq,
    pub on: Day,
    pub amount: Money,
    /// 年初余额调整 It came back after its year was closed, as a correction of it, and takes nothing off the
    /// spending of the year in which it came.
    pub corrects: bool,
}

/// One person's share of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Got {
    pub amount: Money,
    pub times: u32,
    pub claim: Claim,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    /// 待签收
    Listed,
    /// 已签收
    Signed(Day),
    /// 未领
    Unclaimed(Day),
}

impl List {
    /// What nobody came for.
    #[must_use]
    pub fn unclaimed(&self) -> Money {
        let gone = self.shares.values().filter(|got| matches!(got.claim, Claim::Unclaimed(_)));
        Money::sum(gone.map(|got| got.amount))
    }

    /// How many have neither signed nor been said not to have come.
    #[must_use]
    pub fn waiting(&self) -> u32 {
        let waiting = self.shares.values().filter(|got| got.claim == Claim::Listed);
        u32::try_from(waiting.count()).unwrap_or(u32::MAX)
    }

    /// Whether everybody has signed or was said not to have come, and what nobody came for is back.
    #[must_use]
    pub fn is_settled(&self) -> bool {
        let unclaimed = self.unclaimed();
        let back = self.returned.map(|returned| returned.amount).unwrap_or_default();
        self.waiting() == 0 && unclaimed == back
    }

    #[must_use]
    pub fn total(&self) -> Money {
        Money::sum(self.shares.values().map(|got| got.amount))
    }
}

impl Welfare {
    pub(super) fn define(&mut self, item: &WelfareItem) {
        self.items.insert(item.item.clone(), item.clone());
    }

    pub(super) fn know(&mut self, traits: &MemberTraits) {
        self.traits.insert(traits.member.clone(), traits.clone());
    }

    pub(super) fn list(&mut self, seq: Seq, listed: &BenefitListed) {
        let list = self.lists.entry(listed.disbursement.clone()).or_insert_with(|| List {
            item: listed.item.clone(),
            on: listed.on,
            form: listed.form,
            records: Vec::new(),
            shares: BTreeMap::new(),
            returned: None,
        });
        list.records.push(seq);
        for share in &listed.lines {
            let got = Got { amount: share.amount, times: share.times, claim: Claim::Listed };
            list.shares.insert(share.to.clone(), got);
            let of_person = self.of_person.entry(share.to.clone()).or_default();
            of_person.insert(listed.disbursement.clone());
        }
    }

    pub(super) fn distribute(&mut self, distributed: &BenefitDistributed) {
        let Some(list) = self.lists.get_mut(&distributed.disbursement) else { return };
        let signed = distributed.signed.iter().map(|to| (to, Claim::Signed(distributed.date)));
        let gone = distributed.unclaimed.iter().map(|to| (to, Claim::Unclaimed(distributed.date)));
        for (to, claim) in signed.chain(gone) {
            if let Some(got) = list.shares.get_mut(to) {
                got.claim = claim;
            }
        }
    }

    pub(super) fn take_back(&mut self, seq: Seq, returned: &RemainderReturned) {
        if let Some(list) = self.lists.get_mut(&returned.disbursement) {
            let RemainderReturned { date, amount, .. } = *returned;
            list.returned = Some(Returned { by: seq, on: date, amount, corrects: false });
        }
    }

    /// What nobody came for, taken in as a correction of the payment after its year was closed.
    pub(super) fn correct(&mut self, id: &DisbursementId, by: Seq, on: Day, amount: Money) {
        let list = self.lists.get_mut(id);
        let unclaimed = |list: &&mut List| amount.is_positive() && list.unclaimed() == amount;
        if let Some(list) = list.filter(unclaimed) {
            list.returned = list.returned.or(Some(Returned { by, on, amount, corrects: true }));
        }
    }

    /// The record that took it in was reversed.
    pub(super) fn uncorrect(&mut self, id: &DisbursementId, by: Seq) {
        if let Some(list) = self.lists.get_mut(id) {
            list.returned = list.returned.filter(|returned| returned.by != by);
        }
    }

    pub(super) fn give_back(&mut self, disbursement: &DisbursementId) {
        if let Some(list) = self.lists.get_mut(disbursement) {
            list.returned = None;
        }
    }

    /// Nobody has signed for what is not paid. Whoever never came stays out of the list, for what he
    /// leaves of a year's cap may be somebody's other request by now.
    pub(super) fn unpay(&mut self, disbursement: &DisbursementId) {
        if let Some(list) = self.lists.get_mut(disbursement) {
            for got in list.shares.values_mut() {
                if matches!(got.claim, Claim::Signed(_)) {
                    got.claim = Claim::Listed;
                }
            }
        }
    }

    #[must_use]
    pub fn item(&self, id: &WelfareItemId) -> Option<&WelfareItem> {
        self.items.get(id)
    }

    /// Whether anybody was ever to get it, also by what was refused or withdrawn since.
    #[must_use]
    pub fn is_used(&self, item: &WelfareItemId) -> bool {
        self.lists.values().any(|list| list.item == *item)
    }

    pub fn items(&self) -> impl Iterator<Item = &WelfareItem> {
        self.items.values()
    }

    #[must_use]
    pub fn traits(&self, member: &MemberId) -> Option<&MemberTraits> {
        self.traits.get(member)
    }

    #[must_use]
    pub fn list_of(&self, disbursement: &DisbursementId) -> Option<&List> {
        self.lists.get(disbursement)
    }

    /// Whoever stands on a list, under each of his numbers.
    pub fn people(&self) -> impl Iterator<Item = &Beneficiary> {
        self.of_person.keys()
    }

    pub fn lists(&self) -> impl Iterator<Item = (&DisbursementId, &List)> {
        self.lists.iter()
    }
}

/// One person's share of one list, as far as it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Given<'a> {
    pub disbursement: &'a DisbursementId,
    pub list: &'a List,
    /// Under which of the person's names it stands on that list.
    pub name: &'a Beneficiary,
    pub got: &'a Got,
    /// 已付 The record of its payment; none while it is only asked for.
    pub paid: Option<Seq>,
}

impl State {
    /// Who somebody is: a subject that the book knows as a member, or as an officer who is one, is that
    /// member.
    #[must_use]
    pub fn person(&self, to: &Beneficiary) -> Beneficiary {
        let Beneficiary::Subject(id) = to else { return to.clone() };
        let of = self.privacy.subject(id).and_then(|subject| subject.of.as_ref());
        let member = match of {
            Some(Person::Member(member)) => Some(member),
            Some(Person::Officer(officer)) => {
                self.offices.officer(officer).and_then(|officer| officer.member.as_ref())
            }
            Some(Person::Disbursement(_)) | None => None,
        };
        member.map_or_else(|| to.clone(), |member| Beneficiary::Member(member.clone()))
    }

    /// What somebody was given, or is to be given: whatever was asked for and neither refused nor
    /// withdrawn, nor left unclaimed; in the order of the requests' ids.
    pub fn given<'a>(&'a self, to: &Beneficiary) -> impl Iterator<Item = Given<'a>> {
        self.names_of(to).into_iter().flat_map(move |name| {
            let lists = self.welfare.of_person.get(&name).into_iter().flatten();
            lists.filter_map(move |id| self.given_by(id, &name))
        })
    }

    /// 慰问品 What goods out of stock are worth that visits brought somebody beside his share of a list: they
    /// are given under the item of that list, as the share is.
    #[must_use]
    pub fn goods_beside(
        &self,
        to: &Beneficiary,
        counts: impl Fn(&WelfareItemId, &List) -> bool,
    ) -> Money {
        let names = self.names_of(to);
        let worth = self.visits.with_goods(&names).filter_map(|(visit, _)| {
            let list = self.welfare.list_of(visit.disbursement.as_ref()?)?;
            counts(&list.item, list).then_some(visit.cost)
        });
        Money::sum(worth.collect::<Vec<_>>())
    }

    /// 已付名册 The lists that were paid, each with the record and the day of its payment.
    pub fn paid_lists(&self) -> impl Iterator<Item = (&DisbursementId, &List, Seq, Day)> {
        self.welfare.lists().filter_map(|(id, list)| {
            match self.disbursements.disbursement(id)?.standing {
                Standing::Paid { seq, on, .. } => Some((id, list, seq, on)),
                Standing::Open
                | Standing::Refused { .. }
                | Standing::Cancelled { .. }
                | Standing::Accrued { .. } => None,
            }
        })
    }

    fn given_by<'a>(&'a self, id: &'a DisbursementId, to: &Beneficiary) -> Option<Given<'a>> {
        let list = self.welfare.lists.get(id)?;
        let (name, got) = list.shares.get_key_value(to)?;
        let paid = match self.disbursements.disbursement(id)?.standing {
            Standing::Open => None,
            Standing::Paid { seq, .. } => Some(seq),
            Standing::Refused { .. } | Standing::Cancelled { .. } | Standing::Accrued { .. } => {
                return None;
            }
        };
        let counts = !matches!(got.claim, Claim::Unclaimed(_));
        counts.then_some(Given { disbursement: id, list, name, got, paid })
    }

    /// The names under which lists may hold one person.
    pub(crate) fn names_of(&self, to: &Beneficiary) -> BTreeSet<Beneficiary> {
        let person = self.person(to);
        let mut names = BTreeSet::from([person.clone()]);
        if let Beneficiary::Member(member) = person {
            let offices = self.offices.officers();
            let own = offices.filter(|(_, officer)| officer.member.as_ref() == Some(&member));
            let officers = own.map(|(id, _)| Person::Officer(id.clone()));
            for person in officers.chain([Person::Member(member.clone())]) {
                let subjects = self.privacy.of(&person).map(|(id, _)| id.clone());
                names.extend(subjects.map(Beneficiary::Subject));
            }
        }
        names
    }
}
