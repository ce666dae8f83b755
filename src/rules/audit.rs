//! The audit committee: its adjustments, what it finds, and what it concludes.

use super::money::lies_in;
use super::period::over;
use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::Day;
use crate::event::audit::{Adjustment, Clearing, Conclusion, Finding};
use crate::event::{Fact, Line, Till};

/// More records than this are said in words.
const RECORDS_MAX: usize = 20;

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
        super::office::known(context, owner)?;
    }
    if let Some(due) = new.due {
        not_before(due, new.date)?;
    }
    Ok(vec![Fact::FindingRaised(new.clone())])
}

pub(super) fn clear(context: &Context<'_>, clearing: &Clearing) -> Result<Vec<Fact>, Refusal> {
    let finding = clearing.finding.clone();
    let Some(found) = context.state.audit.finding(&finding) else {
        return Err(Refusal::FindingUnknown { finding });
    };
    if let Some((seq, _)) = &found.cleared {
        return Err(Refusal::FindingClearedAlready { finding, seq: *seq });
    }
    not_before(clearing.date, found.finding.date)?;
    Ok(vec![Fact::FindingCleared(clearing.clone())])
}

fn not_before(date: Day, raised: Day) -> Result<(), Refusal> {
    if date < raised { Err(Refusal::BeforeItsFinding { date, raised }) } else { Ok(()) }
}

pub(super) fn conclude(context: &Context<'_>, opinion: &Conclusion) -> Result<Vec<Fact>, Refusal> {
    let Conclusion { first, last, .. } = *opinion;
    if last < first {
        return Err(Refusal::MonthsBackwards { first, last });
    }
    if let Some(ledger) = context.state.offices.ledger()
        && first < ledger.starts.month()
    {
        let (date, starts) = (first.first_day(), ledger.starts);
        return Err(Refusal::DateBeforeBook { date, starts });
    }
    over(context, last)?;
    Ok(vec![Fact::AuditConcluded(opinion.clone())])
}
