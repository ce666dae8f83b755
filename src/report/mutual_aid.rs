//! 互助保障台账 Each scheme: whom it covers, what was paid in for them, what is claimed, granted and paid,
//! and what it holds.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::drives::held;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::mutual::{CoverPaid, SchemeKind};
use crate::event::welfare::Beneficiary;
use crate::ids::{ClaimId, DisbursementId, FundId, SchemeId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::disbursements::Standing;
use crate::projection::mutual::{Claim, Cover, Scheme};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MutualAid {
    pub heading: Heading,
    /// 截至 The day on which cover is counted; none in a book without vouchers.
    pub through: Option<Day>,
    /// By their ids.
    pub schemes: Vec<Line>,
    pub claims: Vec<ClaimLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub scheme: SchemeId,
    pub name: String,
    pub kind: SchemeKind,
    pub fund: FundId,
    /// 代管
    pub custodial: bool,
    /// 在保人数 on that day
    pub covered: u32,
    /// 个人缴费 Members' own contributions for terms of this period.
    pub contributed: Money,
    /// 工会补助 What the union paid for them.
    pub by_union: Money,
    /// 申请 of the period, by the day on which it befell them
    pub claims: u32,
    /// 核定
    pub granted: Money,
    /// 已付
    pub paid: Money,
    /// 结存 What lies in the cash and bank of its fund or project.
    pub held: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClaimLine {
    pub claim: ClaimId,
    pub scheme: SchemeId,
    /// By number.
    pub to: Beneficiary,
    pub on: Day,
    pub costs: Option<Money>,
    pub days: Option<u32>,
    /// None while it is not decided on.
    pub granted: Option<Money>,
    pub disbursement: Option<DisbursementId>,
    pub paid: Option<Day>,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> MutualAid {
    let books = Books { state, chart };
    let through = last_day(state, period);
    let wanted = |(_, claim): &(&ClaimId, &Claim)| period.contains(claim.opened.on.month());
    let claims: Vec<ClaimLine> =
        state.mutual.claims().filter(wanted).map(|(_, claim)| claim_line(state, claim)).collect();
    let schemes = state.mutual.schemes();
    let schemes = schemes.map(|(_, scheme)| line(books, period, through, scheme, &claims));
    let heading = Words::new("互助保障台账", "Mutual aid");
    MutualAid {
        heading: books.heading(heading, "", period),
        through,
        schemes: schemes.collect(),
        claims,
    }
}

/// The last day of the period, or of the month of the last voucher.
pub(super) fn last_day(state: &State, period: Period) -> Option<Day> {
    period.last().or_else(|| state.periods.last_month()).map(crate::date::Month::last_day)
}

fn line(
    books: Books<'_>,
    period: Period,
    through: Option<Day>,
    scheme: &Scheme,
    claims: &[ClaimLine],
) -> Line {
    let (state, opened) = (books.state, &scheme.opened);
    let on_day = |cover: &&Cover| {
        cover.covers() && through.is_some_and(|day| cover.first <= day && day <= cover.last)
    };
    let covered: BTreeSet<Beneficiary> = state
        .covered(scheme)
        .filter(|(_, covers)| covers.iter().copied().any(|cover| on_day(&cover)))
        .map(|(person, _)| state.person(person))
        .collect();
    let of_term = |own: bool| {
        let covers = state.covered(scheme).flat_map(|(_, covers)| covers);
        let covers = covers.filter(|cover| period.contains(cover.first.month()));
        let covers = covers.filter(|cover| matches!(cover.paid_by, CoverPaid::Members(_)) == own);
        Money::sum(covers.map(|cover| cover.each))
    };
    let of_scheme = || claims.iter().filter(|claim| claim.scheme == opened.scheme);
    let paid = of_scheme().filter(|claim| claim.paid.is_some());
    Line {
        scheme: opened.scheme.clone(),
        name: opened.name.as_str().to_owned(),
        kind: opened.kind,
        fund: opened.fund.clone(),
        custodial: state.custody.project(&opened.fund).is_some(),
        covered: u32::try_from(covered.len()).unwrap_or(u32::MAX),
        contributed: of_term(true),
        by_union: of_term(false),
        claims: u32::try_from(of_scheme().count()).unwrap_or(u32::MAX),
        granted: Money::sum(of_scheme().filter_map(|claim| claim.granted)),
        paid: Money::sum(paid.filter_map(|claim| claim.granted)),
        held: held(books, period, &opened.fund),
    }
}

fn claim_line(state: &State, claim: &Claim) -> ClaimLine {
    let opened = &claim.opened;
    let requested = claim.requested.as_ref().filter(|_| state.claim_is_requested(claim));
    let found = requested.and_then(|id| state.disbursements.disbursement(id));
    let paid = found.and_then(|found| match found.standing {
        Standing::Paid { on, .. } => Some(on),
        Standing::Open
        | Standing::Accrued { .. }
        | Standing::Refused { .. }
        | Standing::Cancelled { .. } => None,
    });
    ClaimLine {
        claim: opened.claim.clone(),
        scheme: opened.scheme.clone(),
        to: opened.to.clone(),
        on: opened.on,
        costs: opened.costs,
        days: opened.days,
        granted: claim.decided.as_ref().map(|(_, _, decided)| decided.amount),
        disbursement: requested.cloned(),
        paid,
    }
}
