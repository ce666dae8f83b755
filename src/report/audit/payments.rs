//! What is out of order with payments, record by record. A record can be well chained and still pay
//! what nobody asked for: each is held against what stood behind it when it was made.

use super::exceptions::{Concern, Exception};
use crate::event::book::Role;
use crate::event::disbursement::{Paid, Payee};
use crate::ids::{MemberId, OfficerId, Seq};
use crate::projection::disbursements::{Behind, Payment, Standing};
use crate::report::Period;
use crate::report::books::Books;
use crate::rules::unfilled;

pub(super) fn found(books: Books<'_>, period: Period) -> Vec<Exception> {
    let mut found = Vec::new();
    let payments = books.state.disbursements.payments();
    for (seq, payment) in payments.filter(|(_, p)| period.contains(p.paid.date.month())) {
        for code in concerns(books, payment) {
            found.push(Exception { record: Some(*seq), ..about(books, &payment.paid, code) });
        }
    }
    found.extend(released(books, period));
    found
}

fn about(books: Books<'_>, paid: &Paid, code: Concern) -> Exception {
    Exception {
        month: Some(paid.date.month()),
        fund: Some(paid.fund.clone()),
        account: Some(books.name(&paid.account)),
        disbursement: Some(paid.disbursement.clone()),
        amount: Some(paid.amount),
        ..Exception::of(code)
    }
}

fn concerns(books: Books<'_>, payment: &Payment) -> Vec<Concern> {
    let Some(behind) = &payment.behind else { return vec![Concern::PaymentNotRequested] };
    let mut found = Vec::new();
    if behind.disbursement.standing != Standing::Open {
        found.push(Concern::PaymentNotOpen);
    }
    let (request, paid) = (&behind.disbursement.request, &payment.paid);
    let same = request.fund == paid.fund
        && request.account == paid.account
        && request.amount == paid.amount;
    if !same {
        found.push(Concern::PaymentDiffers);
    }
    if !are_separate(books, payment) {
        found.push(Concern::DutiesNotSeparate);
    }
    if missing(behind).is_none_or(|missing| !missing.is_empty()) {
        found.push(Concern::ApprovalsTooFew);
    }
    let restricted = books.fund(&paid.fund).is_some_and(|fund| fund.restricted);
    let chaired = behind.approvers.values().any(|roles| roles.contains(&Role::Chair));
    if restricted && !chaired {
        found.push(Concern::RestrictedWithoutChair);
    }
    found
}

/// The offices whose approval is missing, one officer filling one office; `None` where no rule said
/// which are needed.
pub(super) fn missing(behind: &Behind) -> Option<Vec<Role>> {
    let needed: Vec<Role> = behind.disbursement.band.as_ref()?.iter().copied().collect();
    let approvers: Vec<_> = behind.approvers.values().cloned().collect();
    Some(unfilled(&needed, &approvers))
}

/// Whether request, approvals and payment are of different persons, and none of them is the payee.
pub(super) fn are_separate(books: Books<'_>, payment: &Payment) -> bool {
    let Some(behind) = &payment.behind else { return false };
    let mut people = vec![&behind.disbursement.requested_by, &payment.by];
    people.extend(behind.approvers.keys());
    let payee = &behind.disbursement.request.payee;
    let twice = people.iter().enumerate().any(|(place, one)| {
        people.iter().skip(place.saturating_add(1)).any(|other| is_same(books, one, other))
    });
    !twice && !people.iter().any(|one| is_payee(books, one, payee))
}

/// Whether two ids are one person.
fn is_same(books: Books<'_>, one: &OfficerId, other: &OfficerId) -> bool {
    let member = member(books, one);
    one == other || (member.is_some() && member == self::member(books, other))
}

fn is_payee(books: Books<'_>, officer: &OfficerId, payee: &Payee) -> bool {
    match payee {
        Payee::Officer(paid) => is_same(books, paid, officer),
        Payee::Member(paid) => member(books, officer) == Some(paid),
        Payee::Organisation(_) | Payee::Roster(_) => false,
    }
}

fn member<'a>(books: Books<'a>, officer: &OfficerId) -> Option<&'a MemberId> {
    books.state.offices.officer(officer)?.member.as_ref()
}

/// What left a restricted fund without the chair, by a transfer instead of a payment.
fn released(books: Books<'_>, period: Period) -> Vec<Exception> {
    let released = books.state.funds.released().filter(|(_, moved)| !moved.chaired);
    let released = released.filter(|(_, moved)| period.contains(moved.transfer.date.month()));
    let exception = |(seq, moved): (&Seq, &crate::projection::funds::Released)| Exception {
        month: Some(moved.transfer.date.month()),
        fund: Some(moved.transfer.from.clone()),
        amount: Some(moved.transfer.amount),
        record: Some(*seq),
        ..Exception::of(Concern::RestrictedWithoutChair)
    };
    released.map(exception).collect()
}
