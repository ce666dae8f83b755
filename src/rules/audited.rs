//! 审计报告 The report of an audit: all its findings, and the figures that it looked at as the books
//! have them.

use std::collections::BTreeSet;

use super::sampling::under_way;
use super::{Context, Refusal};
use crate::chart::{Chart, Class};
use crate::date::Month;
use crate::event::Fact;
use crate::event::audit::{AuditReported, ReportAudit};
use crate::event::book::Role;
use crate::ids::{FindingId, Seq};
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::{Kind, Posted};
use crate::projection::audit::Engaged;

/// More findings become several records of one command, so that each stays under 4,096 bytes.
const FINDINGS_MAX: usize = 20;
const ADVICE_MAX: u32 = 3;

pub(super) fn report(context: &Context<'_>, asked: &ReportAudit) -> Result<Vec<Fact>, Refusal> {
    let ReportAudit { audit, date, findings, income, spending, closing, advice } = asked.clone();
    let engaged = under_way(context, &audit, date)?;
    let leads = context.is_same(&engaged.engagement.lead, context.by)
        || context.roles(context.by).contains(&Role::AuditChair);
    if !leads {
        let (officer, lead) = (context.by.clone(), engaged.engagement.lead.clone());
        return Err(Refusal::NotTheLead { officer, lead });
    }
    super::period::over(context, engaged.engagement.last)?;
    check_findings(context, engaged, &findings)?;
    let (first, last) = engaged.months();
    let books = audited_figures(context.state, context.chart, first, last);
    for (what, said, books) in [
        ("income", income, books.income),
        ("spending", spending, books.spending),
        ("closing", closing, books.closing),
    ] {
        if said != books {
            return Err(Refusal::AuditFiguresDiffer { what: what.to_owned(), said, books });
        }
    }
    let found = u32::try_from(advice.len()).unwrap_or(u32::MAX);
    if found > ADVICE_MAX {
        return Err(Refusal::TooMuchAdvice { found, most: ADVICE_MAX });
    }
    let part = |(part, findings): (u32, &[FindingId])| {
        let advice = if part == 1 { advice.clone() } else { Vec::new() };
        let (audit, findings) = (audit.clone(), findings.to_vec());
        Fact::AuditReported(AuditReported {
            audit,
            date,
            part,
            findings,
            income,
            spending,
            closing,
            advice,
        })
    };
    if findings.is_empty() {
        return Ok(vec![part((1, &[]))]);
    }
    Ok((1..).zip(findings.chunks(FINDINGS_MAX)).map(part).collect())
}

/// A finding belongs to the audits that were under way when it was raised, and is listed by one of
/// them: by this one, where no other is left that may still do it.
fn check_findings(
    context: &Context<'_>,
    engaged: &Engaged,
    listed: &[FindingId],
) -> Result<(), Refusal> {
    let audit = &context.state.audit;
    let mut seen = BTreeSet::new();
    for finding in listed {
        let found = audit.finding(finding);
        let found = found.ok_or_else(|| Refusal::FindingUnknown { finding: finding.clone() })?;
        let free = audit.reported_in(finding).is_none();
        if !engaged.was_open_at(found.seq) || !free || !seen.insert(finding) {
            let (audit, finding) = (engaged.engagement.audit.clone(), finding.clone());
            return Err(Refusal::FindingOfOtherAudit { audit, finding });
        }
    }
    let others = |seq: Seq| {
        let unreported = |other: &&Engaged| other.seq != engaged.seq && other.reported.is_none();
        let mut others = audit.engagements().filter(unreported);
        others.any(|other| other.was_open_at(seq))
    };
    let left_out = audit.findings().find(|raised| {
        let id = &raised.finding.finding;
        let own = engaged.was_open_at(raised.seq) && !others(raised.seq);
        own && audit.reported_in(id).is_none() && !seen.contains(id)
    });
    let Some(left_out) = left_out else { return Ok(()) };
    let (audit, finding) = (engaged.engagement.audit.clone(), left_out.finding.finding.clone());
    Err(Refusal::FindingLeftOut { audit, finding })
}

/// What the report `audit` has for these months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Figures {
    pub(crate) income: Money,
    pub(crate) spending: Money,
    pub(crate) closing: Money,
}

pub(crate) fn audited_figures(state: &State, chart: &Chart, first: Month, last: Month) -> Figures {
    let mut sums = Figures { income: Money::ZERO, spending: Money::ZERO, closing: Money::ZERO };
    for posted in state.accounts.turnovers().filter(|posted| posted.month <= last) {
        let balance = posted.turnover.balance();
        let class = chart.account(posted.account).map(|found| found.class);
        if counts(state, &posted, first) && class == Some(Class::Income) {
            sums.income = sums.income.minus(balance);
        } else if counts(state, &posted, first) && class == Some(Class::Expense) {
            sums.spending = sums.spending.plus(balance);
        }
        if is_of_net_funds(state, chart, &posted) {
            sums.closing = sums.closing.minus(balance);
        }
    }
    sums
}

/// Income and spending of the months; what a book that begins in mid-year took over is of its year.
fn counts(state: &State, posted: &Posted<'_>, first: Month) -> bool {
    match posted.kind {
        Kind::Ordinary => first <= posted.month,
        Kind::Carried => false,
        Kind::Opening => {
            let starts = state.offices.ledger().map(|ledger| ledger.starts.month());
            let taken_over = starts.is_some_and(|starts| {
                starts != starts.year().first_month() && starts.year() == posted.month.year()
            });
            taken_over && first.number() == 1 && starts.is_some_and(|starts| first <= starts)
        }
    }
}

fn is_of_net_funds(state: &State, chart: &Chart, posted: &Posted<'_>) -> bool {
    let own = state.custody.project(posted.fund).is_none();
    let nature = state.funds.nature(posted.fund);
    let class = chart.account(posted.account).map(|found| found.class);
    let stands_at = match class {
        Some(Class::Income | Class::Expense) => {
            chart.result_account(posted.account, nature).unwrap_or(posted.account)
        }
        Some(Class::Asset | Class::Liability | Class::NetAsset) | None => posted.account,
    };
    own && chart.is_of_net_funds(stands_at)
}
