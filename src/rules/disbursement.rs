//! Spending: requested by one, approved by the quorum of its band, paid by the cashier; the payee
//! is none of them.

use std::collections::BTreeSet;

use super::member::known_member;
use super::{Context, Refusal};
use crate::chart::{Class, Use};
use crate::date::Day;
use crate::event::book::{Role, Rule, RuleKind};
use crate::event::disbursement::{
    Acquisition, Approval, Cancellation, Paid, Pay, Payee, Rejection, Request,
};
use crate::event::spending::{Analysed, RequestAnalysed};
use crate::event::{Fact, Till};
use crate::ids::{AccountCode, DisbursementId, FundId, OfficerId};
use crate::money::Money;
use crate::projection::disbursements::{Disbursement, Standing};

/// Money that no list, application or claim stands behind.
pub(super) fn request_plain(
    context: &Context<'_>,
    asked: &RequestAnalysed,
) -> Result<Vec<Fact>, Refusal> {
    super::welfare::not_by_list(context, &asked.account, &asked.payee, asked.date)?;
    request(context, asked)
}

pub(super) fn request(
    context: &Context<'_>,
    asked: &RequestAnalysed,
) -> Result<Vec<Fact>, Refusal> {
    let request = &asked.request();
    is_new(context, &request.disbursement)?;
    let account = request.account.clone();
    let spends = purpose(context, request)?;
    super::money::check_account(context, &account)?;
    let of = Kept::of(context, &account);
    match of {
        Kept::Own | Kept::Dues => super::fund::known(context, &request.fund).map(|_| ())?,
        Kept::Investment => super::investment::free(context, &request.fund)?,
        Kept::Custodial => super::custody::known(context, &request.fund)?,
    }
    let capital = match request.acquires {
        Some(
            Acquisition::FixedAsset
            | Acquisition::Construction
            | Acquisition::IntangibleAsset
            | Acquisition::Prepaid,
        ) => true,
        Some(Acquisition::Supplies) | None => false,
    };
    if spends {
        super::analysis::required(context, &account, asked.analysis.as_ref(), request.date)?;
    }
    if capital && !context.chart.is_within(&account, Use::Capital) {
        return Err(Refusal::AcquisitionMismatch { account });
    }
    if !request.amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: request.amount });
    }
    known_payee(context, &request.payee)?;
    if is_payee(context, context.by, &request.payee) {
        return Err(Refusal::PayeeIsRequester { officer: context.by.clone() });
    }
    super::relation::not_of_payee(context, &request.payee, request.date)?;
    let id = request.disbursement.clone();
    let analysed = asked.analysis.as_ref().filter(|_| spends);
    let analysed = analysed.map(|analysis| Fact::DisbursementAnalysed(Analysed::of(id, analysis)));
    Ok(std::iter::once(Fact::DisbursementRequested(request.clone())).chain(analysed).collect())
}

/// What a request pays out, and so which command pays it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    /// Spending, advances, and what is given back.
    Own,
    /// 投资
    Investment,
    /// 代管经费
    Custodial,
    /// 会费
    Dues,
}

impl Kept {
    fn of(context: &Context<'_>, account: &AccountCode) -> Kept {
        if context.chart.is_for(account, Use::Investments) {
            Kept::Investment
        } else if context.chart.is_for(account, Use::Custodial) {
            Kept::Custodial
        } else if context.chart.is_for(account, Use::Dues) {
            Kept::Dues
        } else {
            Kept::Own
        }
    }

    fn command(self) -> &'static str {
        match self {
            Kept::Own => "disbursement.pay",
            Kept::Investment => "investment.acquire",
            Kept::Custodial => "custodial.pay",
            Kept::Dues => "dues.refund",
        }
    }
}

/// Whether it is spending; else it is an advance to a person, or gives back what was only kept.
fn purpose(context: &Context<'_>, request: &Request) -> Result<bool, Refusal> {
    let account = &request.account;
    if context.chart.is_for(account, Use::Receivable) {
        return match &request.payee {
            Payee::Member(_) | Payee::Officer(_) => Ok(false),
            Payee::Organisation(_) | Payee::Roster(_) => {
                Err(Refusal::AdvanceToPersons { account: account.clone() })
            }
        };
    }
    if Kept::of(context, account) == Kept::Dues {
        return match &request.payee {
            Payee::Member(_) | Payee::Roster(_) => Ok(false),
            Payee::Officer(_) | Payee::Organisation(_) => {
                Err(Refusal::DuesBackToMembers { account: account.clone() })
            }
        };
    }
    if Kept::of(context, account) != Kept::Own {
        return Ok(false);
    }
    if context.chart.is_for(account, Use::Payable) {
        return owed(context, request).map(|()| false);
    }
    is_paid_out(context, account).map(|()| true)
}

/// An account of spending that money leaves by: 安排预算稳定调节基金 stands against 341 and takes none.
pub(super) fn is_paid_out(context: &Context<'_>, account: &AccountCode) -> Result<(), Refusal> {
    is_spending(context, account)?;
    if context.chart.is_for(account, Use::StabilisationProvision) {
        let (account, command) = (account.clone(), "journal.record".to_owned());
        return Err(Refusal::NotPaidOut { account, command });
    }
    Ok(())
}

pub(super) fn is_spending(context: &Context<'_>, code: &AccountCode) -> Result<(), Refusal> {
    let account = code.clone();
    match context.chart.account(code).map(|found| found.class) {
        None => Err(Refusal::AccountUnknown { account }),
        Some(Class::Expense) => Ok(()),
        Some(Class::Asset | Class::Liability | Class::NetAsset | Class::Income) => {
            Err(Refusal::NotAnExpense { account })
        }
    }
}

/// No more is given back than other payables owe.
fn owed(context: &Context<'_>, request: &Request) -> Result<(), Refusal> {
    let Request { account, fund, amount: asked, .. } = request.clone();
    if !context.chart.is_for(&account, Use::Payable) {
        return Ok(());
    }
    let owed = context.state.accounts.balance(&fund, &account).negated();
    if asked > owed {
        return Err(Refusal::PayableTooSmall { fund, owed, asked });
    }
    super::allocation::leaves_preparation(context, &fund, asked)
}

pub(super) fn approve(context: &Context<'_>, approval: &Approval) -> Result<Vec<Fact>, Refusal> {
    let found = open(context, &approval.disbursement)?;
    not_before(approval.date, found.request.date)?;
    let officer = context.by.clone();
    impartial(context, found, approval.date)?;
    if found.approvals.keys().any(|approver| context.is_same(approver, &officer)) {
        return Err(Refusal::ApprovedTwice { officer });
    }
    let requested = found.request.amount;
    if approval.amount != requested {
        return Err(Refusal::ApprovalOfOtherAmount { requested, approved: approval.amount });
    }
    let needed = needed(found)?;
    if !needed.is_disjoint(&context.roles(&officer)) {
        return Ok(vec![Fact::ApprovalGiven(approval.clone())]);
    }
    let standing = context.state.offices.standing_in(&officer, context.today);
    let mut standing = standing.iter().filter(|(_, roles)| !needed.is_disjoint(roles)).peekable();
    let Some((absent, _)) = standing.peek() else {
        super::substitute::not_today(context, |role| needed.contains(role))?;
        let needed = needed.iter().copied().collect();
        return Err(Refusal::ApprovalNotNeeded { officer, needed });
    };
    let (by, absent) = (officer, (*absent).clone());
    if !standing.any(|(absent, _)| impartial(&context.as_if(absent), found, approval.date).is_ok())
    {
        let disbursement = approval.disbursement.clone();
        return Err(Refusal::SubstituteForPartial { by, officer: absent, disbursement });
    }
    Ok(vec![Fact::ApprovalGiven(approval.clone())])
}

/// Whoever requested it, is paid, or is related to either of them does not decide on it.
fn impartial(context: &Context<'_>, found: &Disbursement, date: Day) -> Result<(), Refusal> {
    let officer = context.by.clone();
    if context.is_same(&found.requested_by, &officer) {
        return Err(Refusal::ApproverIsRequester { officer });
    }
    if is_paid(context, &officer, &found.request) {
        return Err(Refusal::ApproverIsPayee { officer });
    }
    super::relation::not_of_request(context, &found.request, date)?;
    super::relation::not_of_requester(context, &found.requested_by, date)
}

pub(super) fn refuse(context: &Context<'_>, refusal: &Rejection) -> Result<Vec<Fact>, Refusal> {
    let found = open(context, &refusal.disbursement)?;
    not_before(refusal.date, found.request.date)?;
    let needed = needed(found)?;
    if needed.is_disjoint(&context.approving(context.by)) {
        super::substitute::not_today(context, |role| needed.contains(role))?;
        let (officer, needed) = (context.by.clone(), needed.iter().copied().collect());
        return Err(Refusal::ApprovalNotNeeded { officer, needed });
    }
    Ok(vec![Fact::ApprovalRefused(refusal.clone())])
}

pub(super) fn pay(context: &Context<'_>, pay: &Pay) -> Result<Vec<Fact>, Refusal> {
    let found = payable(context, &pay.disbursement, pay.date, pay.from, Kept::Own)?;
    owed(context, &found.request)?;
    let Request { disbursement, fund, account, amount, acquires, .. } = found.request.clone();
    let (date, from) = (pay.date, pay.from);
    Ok(vec![Fact::DisbursementPaid(Paid {
        disbursement,
        date,
        from,
        fund,
        account,
        amount,
        acquires,
    })])
}

/// What is requested as of this kind and approved, and may be paid by whoever asks on that day:
/// whatever leaves the till by approval leaves it through here.
pub(super) fn payable<'a>(
    context: &Context<'a>,
    id: &DisbursementId,
    date: Day,
    from: Till,
    kept: Kept,
) -> Result<&'a Disbursement, Refusal> {
    let found = open(context, id)?;
    let account = &found.request.account;
    let of = Kept::of(context, account);
    if of != kept {
        let (disbursement, account) = (id.clone(), account.clone());
        let command = of.command().to_owned();
        return Err(Refusal::PaidByItsCommand { disbursement, account, command });
    }
    is_approved(context, found, date)?;
    let officer = context.by.clone();
    if is_paid(context, &officer, &found.request) {
        return Err(Refusal::PayerIsPayee { officer });
    }
    super::relation::not_of_request(context, &found.request, date)?;
    is_another(context, found)?;
    super::paper::of_payment(context, found, date)?;
    super::welfare::proved(context, found, date)?;
    super::hardship::is_true(context, id)?;
    let to_organisation = matches!(found.request.payee, Payee::Organisation(_));
    super::cash::check_payment(context, from, found.request.amount, to_organisation, date)?;
    Ok(found)
}

/// Whoever pays has neither requested nor approved it.
pub(super) fn is_another(context: &Context<'_>, found: &Disbursement) -> Result<(), Refusal> {
    let officer = context.by.clone();
    if context.is_same(&found.requested_by, &officer) {
        return Err(Refusal::PayerIsRequester { officer });
    }
    if found.approvals.keys().any(|approver| context.is_same(approver, &officer)) {
        return Err(Refusal::ApproverIsPayer { officer });
    }
    Ok(())
}

/// By its whole band, and no later than that day.
fn is_approved(context: &Context<'_>, found: &Disbursement, date: Day) -> Result<(), Refusal> {
    let missing = missing(context, found)?;
    if !missing.is_empty() {
        let disbursement = found.request.disbursement.clone();
        return Err(Refusal::NotYetApproved { disbursement, missing });
    }
    let last = found.approvals.values().max().copied();
    not_before(date, last.unwrap_or(found.request.date).max(found.request.date))?;
    in_time(context, &found.request.disbursement, last, date)
}

/// What is requested and approved, and promised now: the promise uses the approval up, and is paid as what
/// it is.
pub(super) fn promised<'a>(
    context: &Context<'a>,
    id: &DisbursementId,
    date: Day,
) -> Result<&'a Request, Refusal> {
    let found = open(context, id)?;
    is_approved(context, found, date)?;
    super::paper::of_payment(context, found, date)?;
    Ok(&found.request)
}

/// Whether what is asked is what was requested and approved; the payee apart, whom each command knows in
/// its own way.
pub(super) fn is_as_requested(
    request: &Request,
    fund: &FundId,
    account: &AccountCode,
    amount: Money,
) -> Result<(), Refusal> {
    let differs = |requested: &dyn ToString, asked: &dyn ToString| {
        let disbursement = request.disbursement.clone();
        let (requested, asked) = (requested.to_string(), asked.to_string());
        Err(Refusal::NotAsRequested { disbursement, requested, asked })
    };
    if request.fund != *fund {
        return differs(&request.fund, fund);
    }
    if request.account != *account {
        return differs(&request.account, account);
    }
    if request.amount != amount {
        return differs(&request.amount, &amount);
    }
    Ok(())
}

/// 审批有效期 An approval does not last for ever where a rule says how long it does.
fn in_time(
    context: &Context<'_>,
    id: &DisbursementId,
    approved: Option<Day>,
    date: Day,
) -> Result<(), Refusal> {
    let rule = context.state.offices.rule(RuleKind::ApprovalExpiry, date);
    let (Some(Rule::ApprovalExpiry { days }), Some(approved)) =
        (rule.map(|setting| &setting.rule), approved)
    else {
        return Ok(());
    };
    let (disbursement, days) = (id.clone(), *days);
    if approved.days_to(date) > days {
        return Err(Refusal::ApprovalExpired { disbursement, approved, date, days });
    }
    Ok(())
}

pub(super) fn cancel(
    context: &Context<'_>,
    cancelled: &Cancellation,
) -> Result<Vec<Fact>, Refusal> {
    let found = open(context, &cancelled.disbursement)?;
    not_before(cancelled.date, found.request.date)?;
    Ok(vec![Fact::DisbursementCancelled(cancelled.clone())])
}

/// The offices whose approval is still missing. One officer fills one office: two offices in one
/// hand are one approval, so the quorum is a matching of officers to offices. Whoever could not
/// decide himself is stood in for by nobody, also where his substitute approved by his own office.
fn missing(context: &Context<'_>, found: &Disbursement) -> Result<Vec<Role>, Refusal> {
    let needed: Vec<Role> = needed(found)?.iter().copied().collect();
    let approvers = found.approvals.iter().map(|(officer, date)| {
        let mut held = context.roles(officer);
        let stood_in = found.stood_in.get(officer).into_iter().flatten();
        for (_, roles) in
            stood_in.filter(|(absent, _)| impartial(&context.as_if(absent), found, *date).is_ok())
        {
            held.extend(roles);
        }
        held
    });
    Ok(unfilled(&needed, &approvers.collect::<Vec<BTreeSet<Role>>>()))
}

/// The fewest offices left over when each approver fills at most one. Bands name a handful of
/// offices, so that trying all ways is cheap.
pub(crate) fn unfilled(needed: &[Role], approvers: &[BTreeSet<Role>]) -> Vec<Role> {
    let Some((role, rest)) = needed.split_first() else { return Vec::new() };
    let mut best = unfilled(rest, approvers);
    best.insert(0, *role);
    for (place, approver) in approvers.iter().enumerate() {
        if approver.contains(role) {
            let mut others = approvers.to_vec();
            others.remove(place);
            let left = unfilled(rest, &others);
            if left.len() < best.len() {
                best = left;
            }
        }
    }
    best
}

/// The offices that the band of the request names.
fn needed(found: &Disbursement) -> Result<&BTreeSet<Role>, Refusal> {
    let missing = Refusal::RuleMissing { rule: RuleKind::ApprovalBands, on: found.judged_on };
    found.band.as_ref().ok_or(missing)
}

/// Whether an officer is the payee, or was chosen for the list behind the request.
fn is_paid(context: &Context<'_>, officer: &OfficerId, request: &Request) -> bool {
    let mut chosen = super::welfare::chosen(context, &request.disbursement);
    is_payee(context, officer, &request.payee)
        || chosen.any(|to| super::welfare::is_person(context, officer, to))
}

pub(super) fn is_payee(context: &Context<'_>, officer: &OfficerId, payee: &Payee) -> bool {
    match payee {
        Payee::Officer(paid) => context.is_same(paid, officer),
        Payee::Member(paid) => context.own_member(officer) == Some(paid),
        Payee::Organisation(_) | Payee::Roster(_) => false,
    }
}

/// Advances of an old book are settled by the same ids.
pub(super) fn is_new(context: &Context<'_>, id: &DisbursementId) -> Result<(), Refusal> {
    let state = context.state;
    if state.disbursements.disbursement(id).is_some() || state.spending.opened(id).is_some() {
        return Err(Refusal::DisbursementExists { disbursement: id.clone() });
    }
    Ok(())
}

pub(super) fn known_payee(context: &Context<'_>, payee: &Payee) -> Result<(), Refusal> {
    match payee {
        Payee::Member(member) => known_member(context, member).map(|_| ()),
        // Whoever has held an office can be paid, also afterwards.
        Payee::Officer(officer) => super::office::known(context, officer).map(|_| ()),
        Payee::Organisation(_) | Payee::Roster(_) => Ok(()),
    }
}

pub(super) fn known<'a>(
    context: &Context<'a>,
    id: &DisbursementId,
) -> Result<&'a Disbursement, Refusal> {
    let found = context.state.disbursements.disbursement(id);
    found.ok_or_else(|| Refusal::DisbursementUnknown { disbursement: id.clone() })
}

fn open<'a>(context: &Context<'a>, id: &DisbursementId) -> Result<&'a Disbursement, Refusal> {
    let disbursement = id.clone();
    let found = known(context, id)?;
    let standing = match &found.standing {
        Standing::Open => return Ok(found),
        Standing::Refused { by } => format!("不批准 refused ({by})"),
        Standing::Paid { seq, on, .. } => format!("已付 paid ({on}, #{seq})"),
        Standing::Accrued { seq, on } => format!("已计提 accrued ({on}, #{seq})"),
        Standing::Cancelled { by } => format!("撤销 withdrawn ({by})"),
    };
    Err(Refusal::DisbursementEnded { disbursement, standing })
}

fn not_before(date: Day, requested: Day) -> Result<(), Refusal> {
    if date < requested { Err(Refusal::BeforeItsRequest { date, requested }) } else { Ok(()) }
}
