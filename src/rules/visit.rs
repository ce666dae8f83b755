//! Visits: what is said to have been brought is what a list or the stock gave, and no more than once.

use std::collections::BTreeSet;

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::book::Per;
use crate::event::office::Related;
use crate::event::supply::SuppliesIssued;
use crate::event::visit::{MakeVisit, Occasion, TakenAlong, Visit, VisitWithdrawn};
use crate::event::welfare::Beneficiary;
use crate::ids::{DisbursementId, Seq, VisitId, WelfareItemId};
use crate::money::Money;
use crate::projection::disbursements::Standing;
use crate::projection::welfare::{Claim, List};

/// So that the record stays under 4,096 bytes.
const WENT_MAX: u32 = 20;

pub(super) fn make(context: &Context<'_>, asked: &MakeVisit) -> Result<Vec<Fact>, Refusal> {
    let MakeVisit { visit, date, occasion, to, people, went, disbursement, goods, value } =
        asked.clone();
    if context.state.visits.visit(&visit).is_some() {
        return Err(Refusal::VisitExists { visit });
    }
    super::welfare::known_person(context, &to)?;
    if people == 0 {
        return Err(Refusal::VisitToNobody { visit, people });
    }
    check_went(context, &went)?;
    let share = match &disbursement {
        Some(id) => {
            fits(context, &visit, occasion, id)?;
            share(context, id, &to)?
        }
        None => Money::ZERO,
    };
    let cost = goods.map_or(Ok(Money::ZERO), |goods| cost(context, goods))?;
    if let Some(id) = disbursement.as_ref().filter(|_| cost.is_positive()) {
        goods_within(context, id, &to, cost)?;
    }
    let found = share.plus(cost);
    if found != value {
        let (declared, apart) = (value, found.minus(value).abs());
        return Err(Refusal::VisitValueDiffers { visit, declared, found, apart });
    }
    if value.is_positive() {
        super::relation::not_of(context, &Related::on_list(&to), date)?;
    }
    Ok(vec![Fact::VisitMade(Visit {
        visit,
        date,
        occasion,
        to,
        people,
        went,
        disbursement,
        goods,
        share,
        cost,
    })])
}

/// What is given for one thing is not brought for another.
fn fits(
    context: &Context<'_>,
    visit: &VisitId,
    occasion: Occasion,
    id: &DisbursementId,
) -> Result<(), Refusal> {
    let list = super::welfare::list_of(context, id)?;
    let item = super::welfare::known(context, &list.item)?;
    if occasion.fits(item.kind) {
        return Ok(());
    }
    let (visit, item, kind) = (visit.clone(), item.item.clone(), item.kind);
    Err(Refusal::OccasionOfOther { visit, occasion, item, kind })
}

fn check_went(context: &Context<'_>, went: &[crate::ids::OfficerId]) -> Result<(), Refusal> {
    if went.is_empty() {
        return Err(Refusal::NothingSaid { what: "went".to_owned() });
    }
    let found = u32::try_from(went.len()).unwrap_or(u32::MAX);
    if found > WENT_MAX {
        return Err(Refusal::TooManyAtOnce { found, most: WENT_MAX });
    }
    let mut seen = BTreeSet::new();
    for officer in went {
        super::office::known(context, officer)?;
        if !seen.insert(officer) {
            return Err(Refusal::WentTwice { officer: officer.clone() });
        }
    }
    Ok(())
}

/// What the list of a payment gives them, which no other visit brought.
fn share(context: &Context<'_>, id: &DisbursementId, to: &Beneficiary) -> Result<Money, Refusal> {
    let disbursement = id.clone();
    let found = super::disbursement::known(context, id)?;
    let list = super::welfare::list_of(context, id)?;
    let Standing::Paid { .. } = found.standing else {
        return Err(Refusal::NotPaidYet { disbursement });
    };
    let person = context.state.person(to);
    let is_theirs = |other: &Beneficiary| context.state.person(other) == person;
    let mut shares = list.shares.iter().filter(|(other, _)| is_theirs(other));
    let share = shares.next().filter(|(_, got)| !matches!(got.claim, Claim::Unclaimed(_)));
    let Some((_, got)) = share else {
        return Err(Refusal::NotOnTheList { disbursement, to: to.clone() });
    };
    let visits = &context.state.visits;
    match visits.of_disbursement(id).find(|visit| is_theirs(&visit.to)) {
        None => Ok(got.amount),
        Some(other) => {
            let (to, visit) = (to.clone(), other.visit.clone());
            Err(Refusal::ShareVisited { disbursement, to, visit })
        }
    }
}

/// What so many of the issued goods cost; the last ones take what is left of it.
fn cost(context: &Context<'_>, goods: TakenAlong) -> Result<Money, Refusal> {
    let TakenAlong { issue: seq, quantity: asked } = goods;
    let stands = context.state.periods.reversal_of(seq).is_none();
    let Some(Fact::SuppliesIssued(SuppliesIssued { quantity: issued, amount, .. })) =
        (context.look_up)(seq).filter(|_| stands).map(|record| record.fact)
    else {
        return Err(Refusal::NoIssueThere { seq });
    };
    if asked == 0 {
        return Err(Refusal::NoneCounted { quantity: asked });
    }
    let (mut given, mut spent) = (0_u32, Money::ZERO);
    for visit in context.state.visits.of_issue(seq) {
        given = given.saturating_add(visit.goods.map_or(0, |goods| goods.quantity));
        spent = spent.plus(visit.cost);
    }
    let after = given.saturating_add(asked);
    if after > issued {
        return Err(Refusal::IssueSpent { seq, issued, given, asked });
    }
    Ok(if after == issued { amount.minus(spent) } else { amount.parts_of(asked, issued) })
}

/// 慰问品 Whether goods out of stock, beside his share of a list, leave somebody within the schedule of that
/// list's day.
fn goods_within(
    context: &Context<'_>,
    id: &DisbursementId,
    to: &Beneficiary,
    asked: Money,
) -> Result<(), Refusal> {
    let list = super::welfare::list_of(context, id)?;
    let schedule = context.state.offices.benefit_schedule(list.on);
    for line in schedule.iter().filter(|line| line.item == list.item) {
        let together = |of: &WelfareItemId, other: &List| {
            let same = line.per == Per::Time && std::ptr::eq(other, list);
            *of == list.item && (same || super::welfare::counts(line.per, other, list.on))
        };
        let given = context.state.given(to).filter(|of| together(&of.list.item, of.list));
        let mut times = 1;
        let mut before = context.state.goods_beside(to, together);
        for given in given {
            before = before.plus(given.got.amount);
            times = given.got.times;
        }
        let most = match line.per {
            Per::Time => line.amount.times(times),
            Per::PersonYear | Per::PersonDay => line.amount,
        };
        let sum = before.plus(asked);
        if sum > most {
            let (item, to, over) = (list.item.clone(), to.clone(), sum.minus(most));
            return Err(Refusal::AboveCap { item, to, per: line.per, most, before, asked, over });
        }
    }
    Ok(())
}

pub(super) fn withdraw(
    context: &Context<'_>,
    withdrawn: &VisitWithdrawn,
) -> Result<Vec<Fact>, Refusal> {
    if context.state.visits.visit(&withdrawn.visit).is_none() {
        return Err(Refusal::VisitUnknown { visit: withdrawn.visit.clone() });
    }
    Ok(vec![Fact::VisitWithdrawn(withdrawn.clone())])
}

/// What a visit is said to have brought is not taken back under it.
pub(super) fn reversible(context: &Context<'_>, seq: Seq, fact: &Fact) -> Result<(), Refusal> {
    let visits = &context.state.visits;
    let paid = super::welfare::paid(fact).and_then(|id| visits.of_disbursement(id).next());
    let resting: Option<VisitId> =
        paid.or_else(|| visits.of_issue(seq).next()).map(|visit| visit.visit.clone());
    resting.map_or(Ok(()), |visit| Err(Refusal::VisitRests { seq, visit }))
}
