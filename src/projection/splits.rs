//! Payments that were split 拆分付款: several to one payee within a few days, or several lists of one
//! item, each under a band of the approvals that their sum belongs to.

use std::collections::BTreeSet;

use super::State;
use super::disbursements::{Disbursement, Standing};
use super::relations::Party;
use crate::date::Day;
use crate::event::book::{ApprovalBand, Role, Rule, RuleKind, Strictness};
use crate::event::disbursement::Request;
use crate::event::office::Related;
use crate::event::welfare::{Beneficiary, BenefitListed};
use crate::ids::{DisbursementId, Seq, WelfareItemId};
use crate::money::Money;

/// Within how many days payments are held together where no rule says.
pub const SPLIT_DAYS: u32 = 7;

/// Payments that were held together, and what each and all of them take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// In the order of their days, then of their requests.
    pub parts: Vec<Part>,
    pub sum: Money,
    /// The offices that the sum would have taken.
    pub band: BTreeSet<Role>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub disbursement: DisbursementId,
    /// The record of the payment; of the request where it is not paid yet.
    pub seq: Seq,
    pub day: Day,
    pub amount: Money,
    /// The offices that this one took.
    pub band: BTreeSet<Role>,
}

/// One payment with what it is compared by.
struct Item<'a> {
    id: &'a DisbursementId,
    seq: Seq,
    day: Day,
    request: &'a Request,
    /// Who is paid; nobody yet, where it is a list.
    payee: Option<Party>,
    /// What a list gives, and whom; none where its people are on paper alone.
    given: Option<&'a WelfareItemId>,
    people: BTreeSet<Party>,
}

/// What was paid in these days, and before them within the rule's, in groups whose sum falls into a
/// higher band than any one of them. The same payee, and the same fund or the same account; of lists, the
/// same item, fund and account, and somebody who is on both, or the same purpose.
#[must_use]
pub fn splits(state: &State, first: Day, last: Day) -> Vec<Split> {
    let paid = |found: &'_ Disbursement| match found.standing {
        Standing::Paid { seq, on, .. } => Some((seq, on)),
        Standing::Open
        | Standing::Accrued { .. }
        | Standing::Refused { .. }
        | Standing::Cancelled { .. } => None,
    };
    let all = state.disbursements.disbursements();
    let mut items: Vec<Item<'_>> = all
        .filter_map(|found| {
            let (seq, day) = paid(found)?;
            (day <= last).then(|| item(state, found, seq, day))
        })
        .collect();
    items.sort_by_key(|item| (item.day, item.seq));
    let mut found: Vec<Split> = Vec::new();
    for (place, anchor) in items.iter().enumerate() {
        let (days, _) = watch(state, anchor.day);
        let group: Vec<&Item<'_>> = items
            .iter()
            .skip(place)
            .filter(|item| anchor.is_like(item) && anchor.day.days_to(item.day) <= days)
            .collect();
        let Some(split) = split(state, &group) else { continue };
        let within = split.parts.iter().any(|part| first <= part.day);
        let is_part_of = |other: &Split| split.parts.iter().all(|part| other.parts.contains(part));
        if within && !found.iter().any(is_part_of) {
            found.push(split);
        }
    }
    found
}

/// What a new request would be a part of, by the rule that watches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watched {
    pub split: Split,
    pub days: u32,
    pub refuse: Strictness,
}

/// The new request, with its list where it has one, and those before it that are open or paid; none
/// where no rule watches.
#[must_use]
pub fn split_with(
    state: &State,
    request: &Request,
    listed: &[&BenefitListed],
    seq: Seq,
) -> Option<Watched> {
    let (days, refuse) = watch(state, request.date);
    let refuse = refuse?;
    let new = Item {
        id: &request.disbursement,
        seq,
        day: request.date,
        request,
        payee: Related::of(&request.payee).map(|payee| state.party(&payee)),
        given: listed.first().map(|part| &part.item),
        people: listed
            .iter()
            .flat_map(|part| &part.lines)
            .map(|share| person(state, &share.to))
            .collect(),
    };
    let all = state.disbursements.disbursements().filter(|found| match found.standing {
        Standing::Open | Standing::Paid { .. } | Standing::Accrued { .. } => true,
        Standing::Refused { .. } | Standing::Cancelled { .. } => false,
    });
    let near = |day: Day| day.days_to(new.day).max(new.day.days_to(day)) <= days;
    let mut group: Vec<Item<'_>> = all
        .map(|found| item(state, found, found.seq, found.request.date))
        .filter(|item| new.is_like(item) && near(item.day))
        .collect();
    group.push(new);
    group.sort_by_key(|item| (item.day, item.seq));
    let split = split(state, &group.iter().collect::<Vec<_>>())?;
    // What others were split into before is not this one's doing.
    let of_it = split.parts.iter().any(|part| part.disbursement == request.disbursement);
    of_it.then_some(Watched { split, days, refuse })
}

fn item<'a>(state: &'a State, found: &'a Disbursement, seq: Seq, day: Day) -> Item<'a> {
    let request = &found.request;
    let list = state.welfare.list_of(&request.disbursement);
    let people = list.into_iter().flat_map(|list| list.shares.keys());
    Item {
        id: &request.disbursement,
        seq,
        day,
        request,
        payee: Related::of(&request.payee).map(|payee| state.party(&payee)),
        given: list.map(|list| &list.item),
        people: people.map(|to| person(state, to)).collect(),
    }
}

fn person(state: &State, to: &Beneficiary) -> Party {
    match state.person(to) {
        Beneficiary::Member(member) => Party::Member(member),
        Beneficiary::Subject(subject) => state.party(&Related::Subject(subject)),
    }
}

impl Item<'_> {
    fn is_like(&self, other: &Item<'_>) -> bool {
        let (one, two) = (self.request, other.request);
        let same_fund = one.fund == two.fund;
        let same_account = one.account == two.account;
        match (&self.payee, &other.payee) {
            (Some(payee), Some(of)) => payee == of && (same_fund || same_account),
            (None, None) => {
                let same_purpose = one.purpose.folded() == two.purpose.folded();
                let meet = same_purpose || !self.people.is_disjoint(&other.people);
                self.given == other.given && same_fund && same_account && meet
            }
            // One person's share of a list that was asked for alone.
            (Some(payee), None) => same_fund && same_account && other.gives(self.given, payee),
            (None, Some(payee)) => same_fund && same_account && self.gives(other.given, payee),
        }
    }

    fn gives(&self, item: Option<&WelfareItemId>, to: &Party) -> bool {
        item.is_some() && self.given == item && self.people.contains(to)
    }
}

/// The days of the rule in force on that day, and what it says of a request.
fn watch(state: &State, on: Day) -> (u32, Option<Strictness>) {
    let rule = state.offices.rule(RuleKind::SplitWatch, on).map(|setting| &setting.rule);
    if let Some(Rule::SplitWatch { days, refuse }) = rule {
        return (*days, Some(*refuse));
    }
    (SPLIT_DAYS, None)
}

/// The highest band into which the sum of those falls that are each below it, by the bands of the last
/// of their days.
fn split(state: &State, group: &[&Item<'_>]) -> Option<Split> {
    let last = group.iter().map(|item| item.day).max()?;
    let setting = state.offices.rule(RuleKind::ApprovalBands, last)?;
    let Rule::ApprovalBands { bands } = &setting.rule else { return None };
    let place = |amount: Money| bands.iter().position(|band| is_within(band, amount));
    let roles = |amount: Money| {
        bands.iter().find(|band| is_within(band, amount)).map(|band| band.roles.clone())
    };
    for height in (1..bands.len()).rev() {
        let below = |item: &&&Item<'_>| place(item.request.amount).is_some_and(|at| at < height);
        let parts: Vec<&Item<'_>> = group.iter().filter(below).copied().collect();
        let sum = Money::sum(parts.iter().map(|item| item.request.amount));
        if parts.len() > 1 && place(sum).is_some_and(|at| at >= height) {
            let part = |item: &Item<'_>| {
                let Request { disbursement: _, amount, .. } = item.request;
                let band = roles(*amount).unwrap_or_default();
                let (disbursement, seq, day) = (item.id.clone(), item.seq, item.day);
                Part { disbursement, seq, day, amount: *amount, band }
            };
            let band = roles(sum).unwrap_or_default();
            return Some(Split { parts: parts.into_iter().map(part).collect(), sum, band });
        }
    }
    None
}

fn is_within(band: &ApprovalBand, amount: Money) -> bool {
    band.up_to.is_none_or(|up_to| amount <= up_to)
}
