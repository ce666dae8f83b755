//! The book: its beginning, its officers, its rules, its opening balances.

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::book::{
    Appointment, ApprovalBand, Dismissal, NewLedger, Opening, Role, Rule, RuleKind, RuleSetting,
};
use crate::ids::OfficerId;
use crate::projection::accounts::{Kind, Turnover};

/// Pairs of offices that nobody may hold together.
const INCOMPATIBLE: &[(Role, &[Role])] = &[
    (Role::Cashier, &[Role::Accountant]),
    (Role::AuditChair, FINANCE),
    (Role::AuditMember, FINANCE),
];
/// The chair, the vice-chair and everybody who handles money stay off the audit committee.
const FINANCE: &[Role] =
    &[Role::Chair, Role::ViceChair, Role::FinanceHead, Role::Accountant, Role::Cashier];

pub(super) fn create(context: &Context<'_>, new: &NewLedger) -> Result<Vec<Fact>, Refusal> {
    let pinned = |field: &str, expected: &str, found: &str| {
        if expected == found {
            return Ok(());
        }
        let (field, expected, found) = (field.to_owned(), expected.to_owned(), found.to_owned());
        Err(Refusal::LedgerPinned { field, expected, found })
    };
    pinned("chart.id", context.chart.id().as_str(), &new.chart.id)?;
    pinned("chart.sha256", context.chart.sha256(), &new.chart.sha256)?;
    pinned("currency", context.chart.currency(), &new.currency)?;
    Ok(vec![Fact::LedgerCreated(new.clone())])
}

pub(super) fn appoint(context: &Context<'_>, new: &Appointment) -> Result<Vec<Fact>, Refusal> {
    for (one, others) in INCOMPATIBLE {
        if let Some(other) = others.iter().find(|other| new.roles.contains(other))
            && new.roles.contains(one)
        {
            let officer = new.officer.clone();
            return Err(Refusal::OfficesIncompatible { officer, one: *one, other: *other });
        }
    }
    // Who lost the link to his own number could approve payments to himself.
    let before = context.state.offices.officer(&new.officer).and_then(|o| o.member.as_ref());
    if let Some(member) = before.filter(|member| new.member.as_ref() != Some(*member)) {
        let (officer, member) = (new.officer.clone(), member.clone());
        return Err(Refusal::OfficerIsMember { officer, member });
    }
    // Two ids for one person would join offices that must stay apart, from whatever day on.
    let mut others = context.state.offices.officers().filter(|(id, _)| **id != new.officer);
    if let Some(member) = &new.member
        && let Some((other, _)) = others.find(|(_, officer)| {
            let gone = officer.removed.is_some_and(|removed| removed <= context.today);
            officer.member.as_ref() == Some(member) && !gone
        })
    {
        let (member, officer) = (member.clone(), other.clone());
        return Err(Refusal::MemberIsOfficer { member, officer });
    }
    Ok(vec![Fact::OfficerAppointed(new.clone())])
}

pub(super) fn remove(context: &Context<'_>, gone: &Dismissal) -> Result<Vec<Fact>, Refusal> {
    match context.state.offices.officer(&gone.officer) {
        Some(officer) if officer.in_office(context.today) => {
            let offices = &context.state.offices;
            let chairs = |id: &OfficerId| {
                let roles = offices.officer(id).map(|found| found.roles_on(context.today));
                roles.is_some_and(|roles| roles.contains(&Role::Chair))
            };
            let others = offices.officers().filter(|(id, _)| **id != gone.officer);
            if chairs(&gone.officer) && !others.into_iter().any(|(id, _)| chairs(id)) {
                return Err(Refusal::LastChair { officer: gone.officer.clone() });
            }
            Ok(vec![Fact::OfficerRemoved(gone.clone())])
        }
        Some(_) | None => Err(Refusal::OfficerUnknown { officer: gone.officer.clone() }),
    }
}

pub(super) fn set_rule(context: &Context<'_>, setting: &RuleSetting) -> Result<Vec<Fact>, Refusal> {
    // What a closed month was counted and approved by stays as it was.
    let kind = setting.rule.kind();
    let dues = [RuleKind::DuesRate, RuleKind::DuesFlat];
    // The rate and the flat sum are two forms of one rule: each takes the other's place.
    let same: &[RuleKind] = if dues.contains(&kind) { &dues } else { &[kind] };
    if same.iter().any(|kind| context.state.offices.rule(*kind, setting.from).is_some()) {
        super::period::open_day(context, setting.from)?;
    }
    let within = |found: u32| {
        if found <= 10_000 {
            return Ok(());
        }
        Err(Refusal::RuleOutOfRange { found, most: 10_000 })
    };
    match &setting.rule {
        Rule::DuesRate { basis_points, step } => {
            within(*basis_points)?;
            if step.is_negative() {
                return Err(Refusal::AmountNotPositive { amount: *step });
            }
        }
        Rule::DuesFlat { amount } => {
            if !amount.is_positive() {
                return Err(Refusal::AmountNotPositive { amount: *amount });
            }
        }
        Rule::AllocationSplit { payroll_basis_points, up_basis_points } => {
            within(*payroll_basis_points)?;
            within(*up_basis_points)?;
        }
        Rule::ApprovalBands { bands } => check_bands(bands)?,
        Rule::Attachments { required_above, bytes_max } => {
            super::paper::check_rule(*required_above, *bytes_max)?;
        }
        Rule::ActsSigned { .. } | Rule::ReceiptOrder { .. } => {}
    }
    Ok(vec![Fact::RuleSet(setting.clone())])
}

fn check_bands(bands: &[ApprovalBand]) -> Result<(), Refusal> {
    let rising = bands.is_sorted_by(|one, next| match (one.up_to, next.up_to) {
        (Some(one), Some(next)) => one < next,
        (Some(_), None) => true,
        (None, _) => false,
    });
    let approves = |role: &Role| super::office::APPROVERS.contains(role);
    let staffed =
        bands.iter().all(|band| !band.roles.is_empty() && band.roles.iter().all(approves));
    let open_ended = bands.last().is_some_and(|band| band.up_to.is_none());
    if rising && staffed && open_ended {
        return Ok(());
    }
    Err(Refusal::BandsIncomplete { bands: u32::try_from(bands.len()).unwrap_or(u32::MAX) })
}

pub(super) fn open(context: &Context<'_>, opening: &Opening) -> Result<Vec<Fact>, Refusal> {
    let starts = context.state.offices.ledger().map(|ledger| ledger.starts);
    if starts != Some(opening.date) {
        return Err(Refusal::OpeningNotFirst { date: opening.date });
    }
    if opening.lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    for line in &opening.lines {
        let brought_in = context.state.accounts.sum(|fund, account, _, kind| {
            *fund == line.fund && *account == line.account && kind == Kind::Opening
        });
        if brought_in != Turnover::default() {
            let (fund, account) = (line.fund.clone(), line.account.clone());
            return Err(Refusal::OpeningExists { fund, account });
        }
    }
    Ok(vec![Fact::OpeningRecorded(opening.clone())])
}
