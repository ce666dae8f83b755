//! Disbursements 支出: who asked, who approved and who paid, and what still waits.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::date::Day;
use crate::ids::{DisbursementId, FundId, OfficerId, Seq};
use crate::money::Money;
use crate::projection::disbursements::{Disbursement, Standing};
use crate::report::books::Books;
use crate::report::{AccountName, Period};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Approved {
    pub disbursement: DisbursementId,
    /// The record of the payment.
    pub seq: Seq,
    pub date: Day,
    pub fund: FundId,
    pub account: AccountName,
    pub amount: Money,
    pub requested_by: OfficerId,
    pub approved_by: Vec<OfficerId>,
    pub paid_by: OfficerId,
    /// How many approvals there are, and how many the rule of the day of the request asks for;
    /// none where no rule was in force.
    pub approvals: u32,
    pub approvals_needed: Option<u32>,
    /// Whether whoever asked, approved and paid are all different people.
    pub distinct: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpenDisbursement {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub fund: FundId,
    pub account: AccountName,
    pub amount: Money,
    pub purpose: String,
    pub requested_by: OfficerId,
    pub approvals: u32,
}

pub(super) fn paid(books: Books<'_>, period: Period) -> Vec<Approved> {
    let mut found: Vec<Approved> =
        books.state.disbursements.disbursements().filter_map(|d| approved(books, d)).collect();
    found.retain(|payment| period.contains(payment.date.month()));
    found.sort_by_key(|payment| payment.seq);
    found
}

pub(super) fn open(books: Books<'_>, period: Period) -> Vec<OpenDisbursement> {
    let waiting = books.state.disbursements.open();
    let waiting = waiting.filter(|found| period.reaches(found.request.date.month()));
    waiting
        .map(|found| OpenDisbursement {
            disbursement: found.request.disbursement.clone(),
            date: found.request.date,
            fund: found.request.fund.clone(),
            account: books.name(&found.request.account),
            amount: found.request.amount,
            purpose: found.request.purpose.as_str().to_owned(),
            requested_by: found.requested_by.clone(),
            approvals: count(found.approvals.len()),
        })
        .collect()
}

fn approved(books: Books<'_>, found: &Disbursement) -> Option<Approved> {
    let (seq, by, on) = match &found.standing {
        Standing::Paid { seq, by, on } => (*seq, by.clone(), *on),
        Standing::Open | Standing::Refused { .. } | Standing::Cancelled { .. } => return None,
    };
    let request = &found.request;
    let needed = books.state.offices.approvers(request.amount, request.date);
    let people: BTreeSet<&OfficerId> =
        found.approvals.keys().chain([&found.requested_by, &by]).collect();
    Some(Approved {
        disbursement: request.disbursement.clone(),
        seq,
        date: on,
        fund: request.fund.clone(),
        account: books.name(&request.account),
        amount: request.amount,
        requested_by: found.requested_by.clone(),
        approved_by: found.approvals.keys().cloned().collect(),
        approvals: count(found.approvals.len()),
        approvals_needed: needed.map(|roles| count(roles.len())),
        distinct: people.len() == found.approvals.len().saturating_add(2),
        paid_by: by,
    })
}

fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}
