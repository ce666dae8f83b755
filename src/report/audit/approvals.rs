//! Disbursements 支出: who asked, who approved and who paid, payment by payment, and what still waits.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::payments;
use crate::date::Day;
use crate::ids::{DisbursementId, FundId, OfficerId, Seq};
use crate::money::Money;
use crate::projection::disbursements::Payment;
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
    /// None where nobody did.
    pub requested_by: Option<OfficerId>,
    /// Before the payment, and the amount that was requested.
    pub approved_by: Vec<OfficerId>,
    /// 代理 Who of them approved for somebody else, and for whom.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub by_substitute: Vec<StoodIn>,
    pub paid_by: OfficerId,
    /// How many of the offices have approved that the rule of the day of the request asks for, one
    /// officer for one office, and how many it asks for; none where no rule was in force.
    pub approvals: u32,
    pub approvals_needed: Option<u32>,
    /// Whether whoever asked, approved and paid are all different people, and none is the payee.
    pub distinct: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StoodIn {
    pub by: OfficerId,
    pub absent: OfficerId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpenDisbursement {
    pub disbursement: DisbursementId,
    /// The record of the request. What it is for stays there: people write names into it, and this report
    /// is read out to all.
    pub seq: Seq,
    pub date: Day,
    pub fund: FundId,
    pub account: AccountName,
    pub amount: Money,
    pub requested_by: OfficerId,
    pub approvals: u32,
}

/// Every payment of the period that is not reversed, in the order of its record.
pub(super) fn paid(books: Books<'_>, period: Period) -> Vec<Approved> {
    let payments = books.state.disbursements.payments();
    let within = payments.filter(|(_, payment)| period.contains(payment.paid.date.month()));
    within.map(|(seq, payment)| approved(books, *seq, payment)).collect()
}

pub(super) fn open(books: Books<'_>, period: Period) -> Vec<OpenDisbursement> {
    let waiting = books.state.disbursements.open();
    let waiting = waiting.filter(|found| period.reaches(found.request.date.month()));
    waiting
        .map(|found| OpenDisbursement {
            disbursement: found.request.disbursement.clone(),
            seq: found.seq,
            date: found.request.date,
            fund: found.request.fund.clone(),
            account: books.name(&found.request.account),
            amount: found.request.amount,
            requested_by: found.requested_by.clone(),
            approvals: count(found.approvals.len()),
        })
        .collect()
}

fn approved(books: Books<'_>, seq: Seq, payment: &Payment) -> Approved {
    let Payment { paid, by, behind, .. } = payment;
    let needed = behind.as_ref().and_then(|behind| behind.disbursement.band.as_ref());
    let needed = needed.map(BTreeSet::len);
    let missing = behind.as_ref().and_then(payments::missing).map(|missing| missing.len());
    let approved_by: Vec<OfficerId> =
        behind.iter().flat_map(|behind| behind.approvers.keys().cloned()).collect();
    let filled = needed.zip(missing).map(|(needed, missing)| needed.saturating_sub(missing));
    Approved {
        disbursement: paid.disbursement.clone(),
        seq,
        date: paid.date,
        fund: paid.fund.clone(),
        account: books.name(&paid.account),
        amount: paid.amount,
        requested_by: behind.as_ref().map(|behind| behind.disbursement.requested_by.clone()),
        approvals: count(filled.unwrap_or(approved_by.len())),
        approvals_needed: needed.map(count),
        distinct: payments::are_separate(books, payment),
        approved_by,
        by_substitute: by_substitute(payment),
        paid_by: by.clone(),
    }
}

/// Who approved for somebody else an office that the band asks for.
fn by_substitute(payment: &Payment) -> Vec<StoodIn> {
    let Some(disbursement) = payment.behind.as_ref().map(|behind| &behind.disbursement) else {
        return Vec::new();
    };
    let needed = disbursement.band.as_ref();
    let all = disbursement.stood_in.iter().flat_map(|(by, absent)| {
        let for_band = absent
            .iter()
            .filter(|(_, roles)| needed.is_none_or(|needed| !needed.is_disjoint(roles)));
        for_band.map(|(absent, _)| StoodIn { by: by.clone(), absent: absent.clone() })
    });
    all.collect()
}

fn count(things: usize) -> u32 {
    u32::try_from(things).unwrap_or(u32::MAX)
}
