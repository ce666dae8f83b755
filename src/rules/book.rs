//! The book: its beginning, its officers, its rules, its opening balances.

use std::collections::{BTreeMap, VecDeque};

use super::{Context, Refusal};
use crate::chart::{ASSET_FUNDS, Use};
use crate::event::allocation::Shares;
use crate::event::book::{
    Appointment, ApprovalBand, Dismissal, NewLedger, Opening, Role, Rule, RuleKind, RuleSetting,
};
use crate::event::{Fact, Line, Side};
use crate::ids::{FundId, OfficerId};
use crate::money::Money;
use crate::projection::accounts::{Kind, Turnover};

/// A longer opening becomes several records of one command, so that each stays under 4,096 bytes.
const OPENING_LINES_MAX: usize = 16;

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
    compatible(context, new)?;
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

/// Whether somebody can hold these offices together, and beside those that his relatives hold.
pub(super) fn compatible(context: &Context<'_>, new: &Appointment) -> Result<(), Refusal> {
    for (one, others) in INCOMPATIBLE {
        if let Some(other) = others.iter().find(|other| new.roles.contains(other))
            && new.roles.contains(one)
        {
            let officer = new.officer.clone();
            return Err(Refusal::OfficesIncompatible { officer, one: *one, other: *other });
        }
    }
    local_pairs(context, new)?;
    super::relation::appointed(context, new)
}

/// 不相容职务 What the union itself keeps apart, from the day of the appointment on.
fn local_pairs(context: &Context<'_>, new: &Appointment) -> Result<(), Refusal> {
    let setting = context.state.offices.rule(RuleKind::IncompatibleOffices, new.from);
    let Some(setting) = setting else { return Ok(()) };
    let Rule::IncompatibleOffices { pairs } = &setting.rule else { return Ok(()) };
    let held = |pair: &&[Role; 2]| pair.iter().all(|role| new.roles.contains(role));
    match pairs.iter().find(held) {
        Some([one, other]) => {
            let (officer, source) = (new.officer.clone(), setting.source.to_string());
            Err(Refusal::OfficesIncompatibleHere { officer, one: *one, other: *other, source })
        }
        None => Ok(()),
    }
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

#[allow(clippy::too_many_lines, reason = "a table: one line for each rule")]
pub(super) fn set_rule(context: &Context<'_>, setting: &RuleSetting) -> Result<Vec<Fact>, Refusal> {
    // What a closed month was counted and approved by stays as it was.
    let kind = setting.rule.kind();
    let dues = [RuleKind::DuesRate, RuleKind::DuesFlat];
    // The rate and the flat sum are two forms of one rule: each takes the other's place.
    let same: &[RuleKind] = if dues.contains(&kind) { &dues } else { &[kind] };
    if same.iter().any(|kind| context.state.offices.rule(*kind, setting.from).is_some()) {
        super::period::open_day(context, setting.from)?;
    }
    judged_by_earlier(context, setting)?;
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
        Rule::AllocationShares { shares } => super::allocation::check_all_shares(shares)?,
        Rule::PreparationShares {
            own_basis_points,
            up_basis_points,
            down_basis_points,
            remainder,
        } => super::allocation::check_shares(Shares {
            own_basis_points: *own_basis_points,
            up_basis_points: *up_basis_points,
            down_basis_points: *down_basis_points,
            remainder: *remainder,
        })?,
        Rule::SmallPayerRefund { year_due_max, .. } => {
            if year_due_max.is_negative() {
                return Err(Refusal::AmountNotPositive { amount: *year_due_max });
            }
        }
        Rule::LateFee { basis_points_per_day, cap_basis_points } => {
            within(*basis_points_per_day)?;
            within(*cap_basis_points)?;
        }
        Rule::RemittanceDue { day_of_month } => {
            if !(1..=28).contains(day_of_month) {
                return Err(Refusal::DayOfMonthWrong { found: *day_of_month });
            }
        }
        Rule::MonthlyNotice { by_day, .. } => {
            if !(1..=28).contains(by_day) {
                return Err(Refusal::NoticeDayWrong { found: *by_day });
            }
        }
        Rule::ApprovalBands { bands } => check_bands(bands)?,
        Rule::Attachments { required_above, bytes_max } => {
            super::paper::check_rule(*required_above, *bytes_max)?;
        }
        Rule::ActsSigned { .. }
        | Rule::SpendingAnalysis { .. }
        | Rule::Advances { .. }
        | Rule::ReceiptOrder { .. }
        | Rule::BudgetControl { .. }
        | Rule::BenefitDues { .. }
        | Rule::DriveHolding { .. }
        | Rule::AidNeedsCase { .. }
        | Rule::ClosingChecks { .. }
        | Rule::SplitWatch { .. }
        | Rule::ApprovalExpiry { .. } => {}
        Rule::IncompatibleOffices { pairs } => {
            if let Some([role, _]) = pairs.iter().find(|[one, other]| one == other) {
                return Err(Refusal::OfficePairWrong { role: *role });
            }
        }
        Rule::OfficeTerms { years } => {
            if !(1..=10).contains(years) {
                return Err(Refusal::TermNotGiven { years: *years });
            }
        }
        Rule::AssetThresholds { general, special } => {
            if let Some(amount) = [general, special].into_iter().find(|least| least.is_negative()) {
                return Err(Refusal::AmountNotPositive { amount: *amount });
            }
        }
        Rule::NoticeDays { working_days } => {
            if *working_days > 60 {
                return Err(Refusal::TooManyAtOnce { found: *working_days, most: 60 });
            }
        }
        Rule::Holidays { days_off, days_worked } => {
            let found = days_off.len().saturating_add(days_worked.len());
            let found = u32::try_from(found).unwrap_or(u32::MAX);
            if found > 120 {
                return Err(Refusal::TooManyAtOnce { found, most: 120 });
            }
        }
        Rule::PrivacyClasses { public, office } => super::privacy::check_classes(public, office)?,
        Rule::BenefitSchedule { lines } => super::welfare::check_schedule(context, lines)?,
        Rule::BenefitProof { items } => super::welfare::check_proof(context, items)?,
        Rule::MutualAidTerms { terms } => super::mutual::check_terms(context, terms)?,
        Rule::AssetLives { lives } => super::asset::check_lives(lives)?,
        Rule::BankMatching { days, outstanding_days } => {
            if let Some(found) = [*days, *outstanding_days].into_iter().find(|days| *days > 366) {
                return Err(Refusal::TooManyAtOnce { found, most: 366 });
            }
        }
        Rule::AuditThresholds { round_sum, hours_first, hours_last, .. } => {
            super::audit::check_thresholds(*round_sum, *hours_first, *hours_last)?;
        }
        Rule::CashLimits { settlement_from, till_max, .. } => {
            for amount in [*settlement_from, *till_max] {
                if !amount.is_positive() {
                    return Err(Refusal::AmountNotPositive { amount });
                }
            }
        }
    }
    Ok(vec![Fact::RuleSet(setting.clone())])
}

/// How spending is approved and months are closed is not changed for what is done already: another rule
/// of its kind begins before it is set only where nothing was requested and no month closed since.
fn judged_by_earlier(context: &Context<'_>, setting: &RuleSetting) -> Result<(), Refusal> {
    let (rule, from, today) = (setting.rule.kind(), setting.from, context.today);
    let offices = &context.state.offices;
    let set_before = offices.rules_set().any(|(_, set)| set.setting.rule.kind() == rule);
    let mut requests = context.state.disbursements.disbursements();
    let closed = context.state.periods.closed_through();
    let judged = requests.any(|request| request.judged_on >= from)
        || closed.is_some_and(|closed| closed >= from.month());
    if from < today && judges(rule) && set_before && judged {
        return Err(Refusal::RuleSetAfterwards { rule, from, today });
    }
    Ok(())
}

/// Rules about approving, paying and closing.
fn judges(rule: RuleKind) -> bool {
    match rule {
        RuleKind::ApprovalBands
        | RuleKind::ActsSigned
        | RuleKind::ClosingChecks
        | RuleKind::BudgetControl
        | RuleKind::CashLimits
        | RuleKind::Attachments
        | RuleKind::BenefitProof
        | RuleKind::SpendingAnalysis
        | RuleKind::Advances
        | RuleKind::AidNeedsCase
        | RuleKind::NoticeDays
        | RuleKind::SplitWatch
        | RuleKind::ApprovalExpiry
        | RuleKind::IncompatibleOffices
        | RuleKind::OfficeTerms => true,
        RuleKind::DuesRate
        | RuleKind::DuesFlat
        | RuleKind::AllocationSplit
        | RuleKind::AllocationShares
        | RuleKind::PreparationShares
        | RuleKind::SmallPayerRefund
        | RuleKind::LateFee
        | RuleKind::RemittanceDue
        | RuleKind::ReceiptOrder
        | RuleKind::MonthlyNotice
        | RuleKind::PrivacyClasses
        | RuleKind::AuditThresholds
        | RuleKind::BankMatching
        | RuleKind::BenefitSchedule
        | RuleKind::BenefitDues
        | RuleKind::Holidays
        | RuleKind::DriveHolding
        | RuleKind::MutualAidTerms
        | RuleKind::AssetThresholds
        | RuleKind::AssetLives => false,
    }
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
    Ok(parts(context, opening).into_iter().map(Fact::OpeningRecorded).collect())
}

/// As it is, if it is short; else each fund by itself in vouchers of so many lines at most, which
/// each balance. What does not balance stays whole, and is refused as such.
pub(super) fn parts(context: &Context<'_>, opening: &Opening) -> Vec<Opening> {
    if opening.lines.len() <= OPENING_LINES_MAX {
        return vec![opening.clone()];
    }
    let mut funds: BTreeMap<&FundId, Vec<&Line>> = BTreeMap::new();
    for line in &opening.lines {
        funds.entry(&line.fund).or_default().push(line);
    }
    let vouchers: Option<Vec<Vec<Vec<Line>>>> =
        funds.into_values().map(|lines| of_fund(context, &lines)).collect();
    let part = |lines| Opening { lines, ..opening.clone() };
    match vouchers {
        Some(vouchers) => vouchers.into_iter().flatten().map(part).collect(),
        None => vec![opening.clone()],
    }
}

/// What a union owns stands against 资产基金, so that these lines balance and make a voucher of their
/// own, which cards can refer to; then everything else.
fn of_fund(context: &Context<'_>, lines: &[&Line]) -> Option<Vec<Vec<Line>>> {
    let parts = ASSET_FUNDS.iter().flat_map(|(fund, assets)| std::iter::once(fund).chain(*assets));
    let is_owned = |line: &&Line| parts.clone().any(|of| context.chart.is_for(&line.account, *of));
    let (owned, mut rest): (Vec<&Line>, Vec<&Line>) = lines.iter().copied().partition(is_owned);
    // So that advances find the whole of it in one record.
    rest.sort_by_key(|line| !context.chart.is_for(&line.account, Use::Receivable));
    let sum = Money::sum(owned.iter().map(|line| line.side.balance()));
    if owned.is_empty() || owned.len() > OPENING_LINES_MAX || !sum.is_zero() {
        return balanced(lines);
    }
    let mut vouchers = vec![owned.into_iter().cloned().collect()];
    if !rest.is_empty() {
        vouchers.extend(balanced(&rest)?);
    }
    Some(vouchers)
}

/// The lines of one fund in vouchers that each balance: debits and credits are set against each other
/// in their order, so that at most one line of each voucher goes on in the next.
fn balanced(lines: &[&Line]) -> Option<Vec<Vec<Line>>> {
    let of_side = |wanted: fn(Side) -> Option<Money>| {
        let lines = lines.iter().filter_map(move |line| Some((wanted(line.side)?, *line)));
        lines.collect::<VecDeque<(Money, &Line)>>()
    };
    let mut debits = of_side(|side| side.columns().0);
    let mut credits = of_side(|side| side.columns().1);
    let (mut vouchers, mut voucher): (Vec<Vec<Line>>, Vec<Line>) = (Vec::new(), Vec::new());
    while let (Some((debit, debited)), Some((credit, credited))) =
        (debits.pop_front(), credits.pop_front())
    {
        let amount = debit.min(credit);
        if voucher.len().saturating_add(2) > OPENING_LINES_MAX {
            vouchers.push(core::mem::take(&mut voucher));
        }
        add(&mut voucher, debited, Side::Debit(amount));
        add(&mut voucher, credited, Side::Credit(amount));
        if debit > amount {
            debits.push_front((debit.minus(amount), debited));
        }
        if credit > amount {
            credits.push_front((credit.minus(amount), credited));
        }
    }
    vouchers.push(voucher);
    (debits.is_empty() && credits.is_empty()).then_some(vouchers)
}

/// Adds an amount to the voucher's line of that account and side.
fn add(voucher: &mut Vec<Line>, of: &Line, side: Side) {
    let same = |line: &&mut Line| {
        let of_side = matches!(
            (line.side, side),
            (Side::Debit(_), Side::Debit(_)) | (Side::Credit(_), Side::Credit(_))
        );
        of_side && line.account == of.account
    };
    match (voucher.iter_mut().find(same), side) {
        (Some(line), Side::Debit(more)) => {
            line.side = Side::Debit(line.side.balance().plus(more));
        }
        (Some(line), Side::Credit(more)) => {
            line.side = Side::Credit(line.side.balance().negated().plus(more));
        }
        (None, _) => voucher.push(Line { side, ..of.clone() }),
    }
}
