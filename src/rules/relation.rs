//! Relatives and interests 回避: whoever is related to a payee neither requests, approves, pays nor
//! reviews, and relatives do not sit where one controls the other (会计基础工作规范 Art. 16).

use std::collections::BTreeSet;

use super::member::known_member;
use super::{Context, Refusal};
use crate::date::Day;
use crate::event::Fact;
use crate::event::VoucherNumber;
use crate::event::book::{Appointment, Role};
use crate::event::disbursement::{Payee, Request};
use crate::event::office::{Related, RelationDeclared, RelationEnded};
use crate::ids::OfficerId;
use crate::projection::officers::Officer;
use crate::projection::relations::Party;

/// Who leads the unit or its accounts, and which offices his relatives do not hold. The law names direct
/// relatives; a book that is told of a relative is not told how near he is, so that all of them count.
const BARRED: &[(Role, &[Role])] = &[
    (Role::Chair, &[Role::FinanceHead, Role::Accountant, Role::Cashier]),
    (Role::FinanceHead, &[Role::Accountant, Role::Cashier]),
];

/// Who speaks for another in this, and says that a relation has ended.
const SPEAKING: &[Role] = &[Role::Chair, Role::AuditChair, Role::AuditMember];

pub(super) fn declare(context: &Context<'_>, new: &RelationDeclared) -> Result<Vec<Fact>, Refusal> {
    let RelationDeclared { officer, to, kind, .. } = new;
    let found = super::office::known(context, officer)?;
    known(context, to)?;
    if !context.is_same(context.by, officer) {
        super::office::needs(context, SPEAKING)?;
    }
    let (one, other) = (context.state.officer_party(officer), context.state.party(to));
    if one == other {
        return Err(Refusal::RelationToOneself { officer: officer.clone() });
    }
    if let Some(before) = context.state.relations.open(officer, to, *kind) {
        let (officer, relation) = (officer.clone(), before.seq);
        return Err(Refusal::RelationDeclaredAlready { officer, relation });
    }
    let held = held(found, context.today);
    for (id, office) in others(context, officer, context.today) {
        if context.state.officer_party(id) == other {
            apart(officer, &held, id, &office)?;
        }
    }
    Ok(vec![Fact::RelationDeclared(new.clone())])
}

pub(super) fn end(context: &Context<'_>, ended: &RelationEnded) -> Result<Vec<Fact>, Refusal> {
    let RelationEnded { officer, to, kind, on, .. } = ended;
    let found = context.state.relations.open(officer, to, *kind);
    let Some(found) = found else {
        return Err(Refusal::RelationUnknown { officer: officer.clone() });
    };
    // Whoever could end his own relation would be free of it for as long as it takes to pay.
    let party = context.state.officer_party(context.by);
    if context.is_same(context.by, officer) || context.state.party(to) == party {
        return Err(Refusal::RelationEndedByItself { officer: context.by.clone() });
    }
    let from = found.declared.from;
    if *on < from {
        return Err(Refusal::RelationEndsBefore { from, on: *on });
    }
    Ok(vec![Fact::RelationEnded(ended.clone())])
}

fn known(context: &Context<'_>, to: &Related) -> Result<(), Refusal> {
    match to {
        Related::Officer(officer) => super::office::known(context, officer).map(|_| ()),
        Related::Member(member) => known_member(context, member).map(|_| ()),
        Related::Subject(subject) => match context.state.privacy.subject(subject) {
            Some(_) => Ok(()),
            None => Err(Refusal::SubjectUnknown { subject: subject.clone() }),
        },
        Related::Organisation(_) => Ok(()),
    }
}

/// Relatives do not take offices of which one controls the other.
pub(super) fn appointed(context: &Context<'_>, new: &Appointment) -> Result<(), Refusal> {
    let day = new.from.max(context.today);
    let member = new.member.clone().map(Party::Member);
    let own = context.state.officer_party(&new.officer);
    for (id, roles) in others(context, &new.officer, day) {
        let other = context.state.officer_party(id);
        let mut parties = member.iter().chain([&own]);
        if parties.any(|one| context.state.parties_related(one, &other, day).is_some()) {
            apart(&new.officer, &new.roles, id, &roles)?;
        }
    }
    Ok(())
}

/// Everybody else who holds an office then or later, with his offices.
fn others<'a>(
    context: &'a Context<'_>,
    officer: &'a OfficerId,
    day: Day,
) -> impl Iterator<Item = (&'a OfficerId, BTreeSet<Role>)> {
    let others = context.state.offices.officers().filter(move |(id, _)| *id != officer);
    others.map(move |(id, found)| (id, held(found, day)))
}

/// The offices that somebody holds then or is to hold later.
fn held(found: &Officer, day: Day) -> BTreeSet<Role> {
    let gone = found.removed.is_some_and(|removed| removed <= day);
    if gone { BTreeSet::new() } else { found.roles.clone() }
}

fn apart(
    officer: &OfficerId,
    roles: &BTreeSet<Role>,
    other: &OfficerId,
    others: &BTreeSet<Role>,
) -> Result<(), Refusal> {
    let bars = |leads: &BTreeSet<Role>, keeps: &BTreeSet<Role>| {
        BARRED.iter().find_map(|(lead, barred)| {
            let kept = barred.iter().find(|role| keeps.contains(role))?;
            leads.contains(lead).then_some((*lead, *kept))
        })
    };
    let pair = bars(roles, others).or(bars(others, roles).map(|(lead, kept)| (kept, lead)));
    let Some((role, other_role)) = pair else { return Ok(()) };
    let (officer, other) = (officer.clone(), other.clone());
    Err(Refusal::RelativesInOffice { officer, role, other, other_role })
}

/// Whoever is related to the payee, or to somebody who was chosen for the list behind the request, keeps
/// away from the payment.
pub(super) fn not_of_request(
    context: &Context<'_>,
    request: &Request,
    date: Day,
) -> Result<(), Refusal> {
    not_of_payee(context, &request.payee, date)?;
    let mut chosen = super::welfare::chosen(context, &request.disbursement);
    chosen.try_for_each(|to| not_of(context, &Related::on_list(to), date))
}

/// Whoever is related to the payee keeps away from the payment.
pub(super) fn not_of_payee(context: &Context<'_>, payee: &Payee, date: Day) -> Result<(), Refusal> {
    Related::of(payee).map_or(Ok(()), |to| not_of(context, &to, date))
}

/// Whoever is related to somebody keeps away from what reaches him, on its day as today.
pub(super) fn not_of(context: &Context<'_>, to: &Related, date: Day) -> Result<(), Refusal> {
    let officer = context.by;
    let related = |on| context.state.related(officer, to, on);
    match related(date).or(related(context.today)) {
        Some(relation) => {
            let (officer, relation) = (officer.clone(), relation.seq);
            Err(Refusal::RelatedToPayee { officer, relation })
        }
        None => Ok(()),
    }
}

/// Nobody approves what a relative has requested.
pub(super) fn not_of_requester(
    context: &Context<'_>,
    requester: &OfficerId,
    date: Day,
) -> Result<(), Refusal> {
    let to = Related::Officer(requester.clone());
    let related = |on| context.state.related(context.by, &to, on);
    match related(date).or(related(context.today)) {
        Some(relation) => {
            let (officer, requester) = (context.by.clone(), requester.clone());
            Err(Refusal::RelatedToRequester { officer, requester, relation: relation.seq })
        }
        None => Ok(()),
    }
}

/// 稽核 Nobody reviews a payment to somebody he is related to.
pub(super) fn not_reviewing(
    context: &Context<'_>,
    first: VoucherNumber,
    last: VoucherNumber,
) -> Result<(), Refusal> {
    for (_, payment) in context.state.disbursements.payments() {
        let within = payment.voucher.is_some_and(|voucher| (first..=last).contains(&voucher));
        if let Some(behind) = payment.behind.as_ref().filter(|_| within) {
            not_of_request(context, &behind.disbursement.request, payment.paid.date)?;
        }
    }
    Ok(())
}
