//! The audit committee: its adjustments, what it finds, and what it concludes.

use super::money::lies_in;
use super::period::over;
use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::{Day, Month};
use crate::event::audit::{
    Adjustment, Assignment, Clearing, Conclusion, Engagement, Finding, Opinion, Progress,
    Rectification,
};
use crate::event::book::Role;
use crate::event::{Fact, Line, Till};
use crate::ids::{FindingId, OfficerId, Seq};
use crate::money::Money;
use crate::projection::audit::{Engaged, Raised};

/// More records than this are said in words.
const RECORDS_MAX: usize = 20;
/// What one record holds.
const TEAM_MAX: u32 = 20;

/// What is counted, carded or kept for somebody changes by the command that says what of it does, and
/// never by a line alone: the till would hold what nobody brought, and the cards would differ.
const KEPT: &[(Use, &str)] = &[
    (Use::Cash, "income.receive"),
    (Use::Bank, "income.receive"),
    (Use::CustodialCash, "custodial.receive"),
    (Use::CustodialBank, "custodial.receive"),
    (Use::Custodial, "custodial.receive"),
    (Use::Supplies, "supplies.receive"),
    (Use::SuppliesFund, "supplies.receive"),
    (Use::Investments, "investment.recover"),
    (Use::InvestmentsFund, "investment.recover"),
    (Use::Construction, "asset.receive"),
    (Use::ConstructionFund, "asset.receive"),
    (Use::FixedAssets, "asset.receive"),
    (Use::FixedAssetsFund, "asset.receive"),
    (Use::Depreciation, "depreciation.record"),
    (Use::IntangibleAssets, "asset.receive"),
    (Use::IntangiblesFund, "asset.receive"),
    (Use::Amortisation, "depreciation.record"),
    (Use::Prepaid, "asset.receive"),
    (Use::PrepaidFund, "asset.receive"),
    (Use::Suspense, "stocktake_difference.record"),
];

pub(super) fn adjust(context: &Context<'_>, adjustment: &Adjustment) -> Result<Vec<Fact>, Refusal> {
    if adjustment.lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    let pays_out = |line: &&Line| {
        let credited = line.side.columns().1.is_some_and(|amount| !amount.is_zero());
        credited && Till::ALL.into_iter().any(|till| lies_in(context, &line.account, till))
    };
    if let Some(line) = adjustment.lines.iter().find(pays_out) {
        return Err(Refusal::AdjustmentPaysOut { account: line.account.clone() });
    }
    for line in &adjustment.lines {
        let is_kept = |(of, _): &&(Use, &str)| context.chart.is_for(&line.account, *of);
        if let Some((_, command)) = KEPT.iter().find(is_kept) {
            let (account, command) = (line.account.clone(), (*command).to_owned());
            return Err(Refusal::AdjustmentKeepsOff { account, command });
        }
        super::journal::of_its_fund(context, line)?;
    }
    Ok(vec![Fact::AdjustmentRecorded(adjustment.clone())])
}

pub(super) fn raise(context: &Context<'_>, new: &Finding) -> Result<Vec<Fact>, Refusal> {
    if let Some(found) = context.state.audit.finding(&new.finding) {
        return Err(Refusal::FindingExists { finding: new.finding.clone(), seq: found.seq });
    }
    let found = new.records.len();
    if !(1..=RECORDS_MAX).contains(&found) {
        let found = u32::try_from(found).unwrap_or(u32::MAX);
        return Err(Refusal::FindingRecords { found, most: 20 });
    }
    let next = context.state.next();
    if let Some(seq) = new.records.iter().find(|seq| **seq >= next) {
        return Err(Refusal::NoSuchRecord { seq: *seq, next });
    }
    if let Some(owner) = &new.owner {
        can_own(context, owner, new.date)?;
    }
    if let Some(due) = new.due {
        not_before(due, new.date)?;
    }
    Ok(vec![Fact::FindingRaised(new.clone())])
}

/// Who has put something right is not who is content with it, whatever office he holds since.
pub(super) fn clear(context: &Context<'_>, clearing: &Clearing) -> Result<Vec<Fact>, Refusal> {
    let found = open_finding(context, &clearing.finding, clearing.date)?;
    let reported = found.rectified.iter().map(|of| &of.by);
    if reported.chain(found.owner()).any(|by| context.is_same(by, context.by)) {
        let (officer, finding) = (context.by.clone(), clearing.finding.clone());
        return Err(Refusal::ClearedByOwner { officer, finding });
    }
    // What nobody was told to put right, the committee takes back by its own word.
    let is_asked = found.owner().is_some() || found.due().is_some();
    let done = found.rectified.last().map(|of| of.rectification.status) == Some(Progress::Done);
    if is_asked && !done {
        return Err(Refusal::NotRectified { finding: clearing.finding.clone() });
    }
    Ok(vec![Fact::FindingCleared(clearing.clone())])
}

/// A finding that is not cleared, for something of that day.
fn open_finding<'a>(
    context: &Context<'a>,
    finding: &FindingId,
    date: Day,
) -> Result<&'a Raised, Refusal> {
    let finding = finding.clone();
    let Some(found) = context.state.audit.finding(&finding) else {
        return Err(Refusal::FindingUnknown { finding });
    };
    if let Some((seq, _)) = &found.cleared {
        return Err(Refusal::FindingClearedAlready { finding, seq: *seq });
    }
    not_before(date, found.finding.date)?;
    Ok(found)
}

/// 整改责任人 Whoever looks for what is wrong does not put it right.
fn can_own(context: &Context<'_>, owner: &OfficerId, on: Day) -> Result<(), Refusal> {
    super::office::known(context, owner)?;
    if is_on_committee(context, owner, on) {
        return Err(Refusal::OwnerOnCommittee { officer: owner.clone() });
    }
    Ok(())
}

/// What the finding itself said stays: only what it left open is said here.
pub(super) fn assign(context: &Context<'_>, new: &Assignment) -> Result<Vec<Fact>, Refusal> {
    let found = open_finding(context, &new.finding, new.date)?;
    if new.owner.is_none() && new.due.is_none() {
        return Err(Refusal::NothingSaid { what: "owner".to_owned() });
    }
    let said_twice = |what: &str| {
        let (finding, what) = (new.finding.clone(), what.to_owned());
        Err(Refusal::AssignedAlready { finding, what })
    };
    if let Some(owner) = &new.owner {
        if found.owner().is_some() {
            return said_twice("owner");
        }
        can_own(context, owner, new.date)?;
    }
    if let Some(due) = new.due {
        if found.due().is_some() {
            return said_twice("due");
        }
        not_before(due, found.finding.date)?;
    }
    Ok(vec![Fact::FindingAssigned(new.clone())])
}

/// By whoever the finding names, the accountant or the chair.
pub(super) fn rectify(context: &Context<'_>, new: &Rectification) -> Result<Vec<Fact>, Refusal> {
    let found = open_finding(context, &new.finding, new.date)?;
    let roles = context.roles(context.by);
    let answers = found.owner().is_some_and(|owner| context.is_same(owner, context.by));
    if !answers && !roles.contains(&Role::Accountant) && !roles.contains(&Role::Chair) {
        let (officer, finding) = (context.by.clone(), new.finding.clone());
        return Err(Refusal::NotAnswerable { officer, finding });
    }
    let last = found.rectified.last().map(|of| of.rectification.date);
    if let Some(last) = last.filter(|last| new.date < *last) {
        return Err(Refusal::BeforeItsFinding { date: new.date, raised: last });
    }
    if new.status == Progress::Done && new.evidence.is_none() {
        return Err(Refusal::EvidenceMissing { finding: new.finding.clone() });
    }
    Ok(vec![Fact::RectificationReported(new.clone())])
}

pub(super) fn open(context: &Context<'_>, new: &Engagement) -> Result<Vec<Fact>, Refusal> {
    let Engagement { audit, first, last, .. } = new.clone();
    if let Some(found) = context.state.audit.engagement(&audit) {
        return Err(Refusal::AuditExists { audit, seq: found.seq });
    }
    of_the_book(context, first, last)?;
    for officer in new.team.iter().chain([&new.lead]) {
        if !is_on_committee(context, officer, new.on) {
            return Err(Refusal::NotOfTheCommittee { officer: officer.clone(), on: new.on });
        }
    }
    if !new.team.contains(&new.lead) {
        return Err(Refusal::LeadNotOfTheTeam { officer: new.lead.clone() });
    }
    let found = u32::try_from(new.team.len()).unwrap_or(u32::MAX);
    if found > TEAM_MAX {
        return Err(Refusal::TeamTooLarge { found, most: TEAM_MAX });
    }
    Ok(vec![Fact::AuditOpened(new.clone())])
}

fn is_on_committee(context: &Context<'_>, officer: &OfficerId, on: Day) -> bool {
    let found = context.state.offices.officer(officer);
    let roles = found.map(|found| found.roles_on(on)).unwrap_or_default();
    Role::AUDIT.iter().any(|role| roles.contains(role))
}

pub(super) fn check_thresholds(round: Money, first: u32, last: u32) -> Result<(), Refusal> {
    if !round.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: round });
    }
    if first < last && last <= 24 { Ok(()) } else { Err(Refusal::HoursWrong { first, last }) }
}

fn not_before(date: Day, raised: Day) -> Result<(), Refusal> {
    if date < raised { Err(Refusal::BeforeItsFinding { date, raised }) } else { Ok(()) }
}

pub(super) fn conclude(context: &Context<'_>, opinion: &Conclusion) -> Result<Vec<Fact>, Refusal> {
    let Conclusion { first, last, .. } = *opinion;
    of_the_book(context, first, last)?;
    over(context, last)?;
    let shares_months = |of: &&Engaged| of.months().0 <= last && first <= of.months().1;
    let mut open = context.state.audit.engagements().filter(shares_months);
    if let Some(open) = open.find(|of| of.reported.is_none()) {
        return Err(Refusal::AuditNotReported { audit: open.engagement.audit.clone() });
    }
    if opinion.opinion == Opinion::Unqualified {
        nothing_unsaid(context, first, last)?;
    }
    Ok(vec![Fact::AuditConcluded(opinion.clone())])
}

/// What was found in these months and is not cleared stands in a report, before somebody says that
/// everything is in order: a finding may have been raised where no audit was under way.
fn nothing_unsaid(context: &Context<'_>, first: Month, last: Month) -> Result<(), Refusal> {
    let is_of_months = |seq: &Seq| {
        let Some(record) = (context.look_up)(*seq) else { return false };
        let month = record.voucher.map_or_else(
            || context.state.local_day(record.at).month(),
            |voucher| voucher.date.month(),
        );
        first <= month && month <= last
    };
    let audit = &context.state.audit;
    let unsaid = audit.findings().find(|raised| {
        let open = raised.cleared.is_none();
        let unsaid = audit.reported_in(&raised.finding.finding).is_none();
        open && unsaid && raised.finding.records.iter().any(is_of_months)
    });
    let Some(unsaid) = unsaid else { return Ok(()) };
    let finding = unsaid.finding.finding.clone();
    Err(Refusal::FindingInNoReport { finding, first, last })
}

fn of_the_book(context: &Context<'_>, first: Month, last: Month) -> Result<(), Refusal> {
    if last < first {
        return Err(Refusal::MonthsBackwards { first, last });
    }
    if let Some(ledger) = context.state.offices.ledger()
        && first < ledger.starts.month()
    {
        let (date, starts) = (first.first_day(), ledger.starts);
        return Err(Refusal::DateBeforeBook { date, starts });
    }
    Ok(())
}
