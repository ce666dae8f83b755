//! Payments: requests, approvals, payees, sums.

use super::{Exception, Ground, Looked};
use crate::date::Day;
use crate::event::book::{Rule, RuleKind};
use crate::event::disbursement::Payee;
use crate::event::office::{Related, RelationKind};
use crate::event::welfare::Beneficiary;
use crate::ids::{DisbursementId, OfficerId, Seq};
use crate::money::Money;
use crate::projection::disbursements::Payment;
use crate::projection::splits::splits;
use crate::report::Words;
use crate::report::audit::Concern;

/// Every payment of the months, reversed ones left out.
fn payments<'a>(ground: &'a Ground<'_>) -> impl Iterator<Item = (Seq, &'a Payment)> {
    let all = ground.books.state.disbursements.payments();
    let within = |payment: &Payment| ground.months.contains(&payment.paid.date.month());
    all.map(|(seq, payment)| (*seq, payment)).filter(move |(_, payment)| within(payment))
}

/// What was looked at where every payment is.
fn every(ground: &Ground<'_>, found: Vec<Exception>) -> Result<Looked, Words> {
    let amount = Money::sum(payments(ground).map(|(_, payment)| payment.paid.amount));
    Ok(Looked::sum(payments(ground).count(), amount, found))
}

pub(super) fn special_funds(ground: &Ground<'_>) -> Result<Looked, Words> {
    let restricted = ground.books.state.funds.funds().filter(|fund| fund.restricted);
    let (mut limited, mut any) = (false, false);
    for fund in restricted {
        any = true;
        limited |= ground.books.state.funds.limit_of(&fund.fund).is_some();
    }
    if any && !limited {
        return Err(Words::new(
            "专项资金均未限定用途 (fund.limit)",
            "no restricted fund says what it may be spent on (fund.limit)",
        ));
    }
    let (looked_at, amount) = ground.seen.restricted;
    Ok(Looked::sum(looked_at, amount, ground.seen.outside_limits.clone()))
}

pub(super) fn requested(ground: &Ground<'_>) -> Result<Looked, Words> {
    let of = [Concern::PaymentNotRequested, Concern::PaymentNotOpen, Concern::PaymentDiffers];
    every(ground, ground.concerns(&of))
}

pub(super) fn separate(ground: &Ground<'_>) -> Result<Looked, Words> {
    every(ground, ground.concerns(&[Concern::DutiesNotSeparate]))
}

pub(super) fn approved(ground: &Ground<'_>) -> Result<Looked, Words> {
    let of = [Concern::ApprovalsTooFew, Concern::RestrictedWithoutChair];
    every(ground, ground.concerns(&of))
}

pub(super) fn in_time(ground: &Ground<'_>) -> Result<Looked, Words> {
    let offices = &ground.books.state.offices;
    let (mut timed, mut found) = (0_usize, Vec::new());
    for (seq, payment) in payments(ground) {
        let (date, amount) = (payment.paid.date, payment.paid.amount);
        let rule = offices.rule(RuleKind::ApprovalExpiry, date).map(|setting| &setting.rule);
        let Some(Rule::ApprovalExpiry { days }) = rule else { continue };
        timed = timed.saturating_add(1);
        let approvals = payment.behind.as_ref().map(|behind| &behind.disbursement.approvals);
        let last = approvals.and_then(|approvals| approvals.values().max());
        if let Some(last) = last.filter(|last| last.days_to(date) > *days) {
            let id = &payment.paid.disbursement;
            let zh = format!("{id} {last} 批准，{date} 付款，超过 {days} 天");
            let en = format!("{id} approved on {last} and paid on {date}, more than {days} days");
            found.push(Exception::new([seq], &zh, &en).of(amount));
        }
    }
    let none = timed == 0 && payments(ground).next().is_some();
    let why = Words::new(
        "没有审批有效期的规定 (approval_expiry)",
        "no rule says how long an approval lasts (approval_expiry)",
    );
    if none { Err(why) } else { Ok(Looked::at(timed, found)) }
}

pub(super) fn ended(ground: &Ground<'_>) -> Result<Looked, Words> {
    let found = ground.concerns(&[Concern::DisbursementOpen]);
    let all = ground.books.state.disbursements.disbursements();
    let within = all.filter(|found| ground.months.contains(&found.request.date.month()));
    Ok(Looked::at(within.count(), found))
}

/// By every relation that is declared up to now: one that was declared late covers its own days.
pub(super) fn related(ground: &Ground<'_>) -> Result<Looked, Words> {
    let mut found = Vec::new();
    for (seq, payment) in payments(ground) {
        let Some(behind) = &payment.behind else { continue };
        let request = &behind.disbursement.request;
        let asked = (&behind.disbursement.requested_by, request.date, Did::Requested);
        let approvals = behind.disbursement.approvals.iter();
        let approved = approvals.map(|(by, day)| (by, *day, Did::Approved));
        let paid = (&payment.by, payment.paid.date, Did::Paid);
        for (officer, day, did) in std::iter::once(asked).chain(approved).chain([paid]) {
            for payee in payees(ground, &request.disbursement, &request.payee) {
                found.extend(relation(ground, (officer, day, did), &payee, seq, payment));
            }
        }
    }
    every(ground, found)
}

/// Who is paid; of a list, each on it, unless it is of a benefit for all 普惠, where everybody has a
/// relative.
fn payees(ground: &Ground<'_>, id: &DisbursementId, payee: &Payee) -> Vec<Related> {
    let welfare = &ground.books.state.welfare;
    let mut payees: Vec<Related> = Related::of(payee).into_iter().collect();
    let Some(list) = welfare.list_of(id) else { return payees };
    if welfare.item(&list.item).is_some_and(|item| item.kind.is_for_all()) {
        return payees;
    }
    payees.extend(list.shares.keys().map(|to| match ground.books.state.person(to) {
        Beneficiary::Member(member) => Related::Member(member),
        Beneficiary::Subject(subject) => Related::Subject(subject),
    }));
    payees.sort();
    payees.dedup();
    payees
}

#[derive(Clone, Copy)]
enum Did {
    Requested,
    Approved,
    Paid,
}

fn relation(
    ground: &Ground<'_>,
    (officer, day, did): (&OfficerId, Day, Did),
    payee: &Related,
    seq: Seq,
    payment: &Payment,
) -> Option<Exception> {
    let relation = ground.books.state.related(officer, payee, day)?;
    let id = &payment.paid.disbursement;
    let (zh_kind, en_kind) = match relation.declared.kind {
        RelationKind::Relative => ("亲属", "a relative of"),
        RelationKind::Interest => ("利害关系方", "interested in"),
    };
    let (zh_did, en_did) = match did {
        Did::Requested => ("申请", "requested"),
        Did::Approved => ("批准", "approved"),
        Did::Paid => ("支付", "paid"),
    };
    let zh = format!("{officer} {zh_did} {id}，是收款人的{zh_kind}");
    let en = format!("{officer} {en_did} {id} and is {en_kind} the payee");
    Some(Exception::new([seq, relation.seq], &zh, &en).of(payment.paid.amount))
}

pub(super) fn split(ground: &Ground<'_>) -> Result<Looked, Words> {
    let (Some(first), Some(last)) = (ground.months.first(), ground.months.last()) else {
        return Ok(Looked::nothing());
    };
    let found = splits(ground.books.state, first.first_day(), last.last_day());
    let found = found.into_iter().map(|split| {
        let ids: Vec<String> = split.parts.iter().map(|p| p.disbursement.to_string()).collect();
        let (ids, count) = (ids.join(", "), split.parts.len());
        let zh = format!("{ids} 共 {count} 笔付给同一收款人或同一名册事项，合计属更高审批权限");
        let en = format!(
            "{ids}: {count} to one payee or of one list, which together take a higher band"
        );
        Exception::new(split.parts.iter().map(|part| part.seq), &zh, &en).of(split.sum)
    });
    every(ground, found.collect())
}

pub(super) fn round(ground: &Ground<'_>) -> Result<Looked, Words> {
    let step = ground.thresholds.round_sum;
    let is_round = |amount: Money| amount.is_positive() && amount.floor_to(step) == amount;
    let found = payments(ground).filter(|(_, payment)| is_round(payment.paid.amount));
    let found = found.map(|(seq, payment)| {
        let (id, amount) = (&payment.paid.disbursement, payment.paid.amount);
        let zh = format!("{id} 金额是 {step} 的整数倍");
        let en = format!("{id} is a whole multiple of {step}");
        Exception::new([seq], &zh, &en).of(amount)
    });
    every(ground, found.collect())
}
