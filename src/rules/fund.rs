//! Funds: established once, and money moves between them only by resolution.

use super::{Context, Refusal};
use crate::chart::Class;
use crate::chart::Nature;
use crate::date::Day;
use crate::event::book::{Level, Role};
use crate::event::fund::{
    CloseFund, FiscalFund, FundClosed, FundLimited, FundReleased, FundTransferred, NewFund,
    TransferFunds,
};
use crate::event::{Entry, Fact, Till};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;

pub(super) fn establish(context: &Context<'_>, new: &NewFund) -> Result<Vec<Fact>, Refusal> {
    let custodial = context.state.custody.project(&new.fund).is_some();
    if custodial || context.state.funds.fund(&new.fund).is_some() {
        return Err(Refusal::FundExists { fund: new.fund.clone() });
    }
    Ok(vec![Fact::FundEstablished(new.clone())])
}

pub(super) fn transfer(context: &Context<'_>, asked: &TransferFunds) -> Result<Vec<Fact>, Refusal> {
    let TransferFunds { date, from, to, amount, resolution } = asked.clone();
    if from == to {
        return Err(Refusal::SameFund { fund: from });
    }
    let from_restricted = known(context, &from)?.restricted;
    let to_restricted = known(context, &to)?.restricted;
    not_fiscal(context, &from)?;
    not_fiscal(context, &to)?;
    super::drive::decided_on(context, &from)?;
    // 结转转入, which is no reallocation and takes the chair.
    if from_restricted && !to_restricted {
        return Err(Refusal::RestrictedIsReleased { from, to });
    }
    // What was given for one purpose goes to another.
    if from_restricted && to_restricted {
        super::office::needs(context, &[Role::Chair])?;
    }
    let moved =
        FundTransferred { date, from, from_restricted, to, to_restricted, amount, resolution };
    Ok(vec![Fact::FundTransferred(moved)])
}

pub(super) fn known<'a>(context: &Context<'a>, fund: &FundId) -> Result<&'a NewFund, Refusal> {
    let fund_known = context.state.funds.fund(fund);
    fund_known.ok_or_else(|| Refusal::FundUnknown { fund: fund.clone() })
}

/// 专款专用: only what the fund allows, and only so long as it does.
pub(super) fn allows(
    context: &Context<'_>,
    date: Day,
    fund: &FundId,
    account: &AccountCode,
) -> Result<(), Refusal> {
    open(context, fund)?;
    let Some(limited) = context.state.funds.limit_of(fund) else { return Ok(()) };
    if let Some(until) = limited.until.filter(|until| date > *until) {
        return Err(Refusal::FundPastItsDay { fund: fund.clone(), until, date });
    }
    if limited.accounts.iter().any(|allowed| account.as_str().starts_with(allowed.as_str())) {
        return Ok(());
    }
    let allowed: Vec<&str> = limited.accounts.iter().map(AccountCode::as_str).collect();
    let (fund, account, allowed) = (fund.clone(), account.clone(), allowed.join(", "));
    Err(Refusal::AccountNotOfFund { fund, account, allowed })
}

/// Not finished.
pub(super) fn open(context: &Context<'_>, fund: &FundId) -> Result<(), Refusal> {
    match context.state.funds.closing_of(fund) {
        None => Ok(()),
        Some(closed) => Err(Refusal::FundIsClosed { fund: fund.clone(), on: closed.date }),
    }
}

/// A fund that is finished takes no money and gives none; what it owns may still be written off.
pub(super) fn check_open(context: &Context<'_>, entries: &[Entry]) -> Result<(), Refusal> {
    let of_till =
        |entry: &&Entry| Till::ALL.iter().any(|t| context.chart.is_for(&entry.account, t.of()));
    entries.iter().filter(of_till).try_for_each(|entry| open(context, &entry.fund))
}

pub(super) fn limit(context: &Context<'_>, limited: &FundLimited) -> Result<Vec<Fact>, Refusal> {
    let fund = limited.fund.clone();
    if !known(context, &fund)?.restricted {
        return Err(Refusal::FundNotRestricted { fund });
    }
    if limited.accounts.is_empty() {
        return Err(Refusal::NothingSaid { what: "accounts".to_owned() });
    }
    for account in &limited.accounts {
        super::disbursement::is_spending(context, account)?;
    }
    // The first limit is part of receiving the money; to change it is to change its purpose.
    if context.state.funds.limit_of(&fund).is_some() {
        super::office::needs(context, &[Role::Chair])?;
    }
    Ok(vec![Fact::FundLimited(limited.clone())])
}

pub(super) fn mark_fiscal(
    context: &Context<'_>,
    marked: &FiscalFund,
) -> Result<Vec<Fact>, Refusal> {
    let fund = marked.fund.clone();
    known(context, &fund)?;
    let level = context.state.offices.ledger().map(|ledger| ledger.level);
    if level != Some(Level::County) {
        return Err(Refusal::FiscalIsOfCounties { fund });
    }
    // What was carried to 321 or 322 would stay there.
    if context.state.accounts.posted().any(|(posted, _)| *posted == fund) {
        return Err(Refusal::FundInUse { fund });
    }
    Ok(vec![Fact::FiscalFundMarked(marked.clone())])
}

/// Money of the treasury moves between 331 and 332 only, and not by these facts.
fn not_fiscal(context: &Context<'_>, fund: &FundId) -> Result<(), Refusal> {
    match context.state.funds.nature(fund) {
        Nature::Fiscal => Err(Refusal::FundIsFiscal { fund: fund.clone() }),
        Nature::General | Nature::Restricted => Ok(()),
    }
}

pub(super) fn release(context: &Context<'_>, asked: &FundReleased) -> Result<Vec<Fact>, Refusal> {
    releasable(context, &asked.from, &asked.to)?;
    super::drive::decided_on(context, &asked.from)?;
    let (fund, left, asked_for) = (asked.from.clone(), net(context, &asked.from), asked.amount);
    if asked_for > left {
        return Err(Refusal::ReleaseTooLarge { fund, left, asked: asked_for });
    }
    Ok(vec![Fact::FundReleased(asked.clone())])
}

fn releasable(context: &Context<'_>, from: &FundId, to: &FundId) -> Result<(), Refusal> {
    not_fiscal(context, from)?;
    not_fiscal(context, to)?;
    if !known(context, from)?.restricted {
        return Err(Refusal::FundNotRestricted { fund: from.clone() });
    }
    if known(context, to)?.restricted {
        return Err(Refusal::ReleaseIntoRestricted { fund: to.clone() });
    }
    open(context, from)
}

pub(super) fn close(context: &Context<'_>, asked: &CloseFund) -> Result<Vec<Fact>, Refusal> {
    super::drive::decided_on(context, &asked.fund)?;
    settle(context, asked)
}

/// Everything is in its bank account and belongs to nobody else.
pub(super) fn settle(context: &Context<'_>, asked: &CloseFund) -> Result<Vec<Fact>, Refusal> {
    let CloseFund { date, fund, to, resolution } = asked.clone();
    releasable(context, &fund, &to)?;
    let mut waiting = context.state.disbursements.open().map(|open| &open.request);
    if let Some(request) = waiting.find(|request| request.fund == fund) {
        let disbursement = request.disbursement.clone();
        return Err(Refusal::FundAwaits { fund, disbursement });
    }
    let bank = context.chart.at(Till::Bank.of());
    let held = bank.map_or(Money::ZERO, |code| context.state.accounts.balance(&fund, code));
    let left = net(context, &fund);
    let cash = context.chart.at(Till::Cash.of());
    let cash = cash.map_or(Money::ZERO, |code| context.state.accounts.balance(&fund, code));
    if held != left || !cash.is_zero() {
        return Err(Refusal::FundNotSettled { fund, left, held, cash });
    }
    let mut facts = Vec::new();
    if !left.is_zero() {
        let (from, resolution) = (fund.clone(), resolution.clone());
        facts.push(Fact::FundReleased(FundReleased { date, from, to, amount: left, resolution }));
    }
    facts.push(Fact::FundClosed(FundClosed { fund, date, resolution }));
    Ok(facts)
}

/// 结转结余 of one fund, with what the year has brought so far.
pub(super) fn net(context: &Context<'_>, fund: &FundId) -> Money {
    let counts = |account: &AccountCode| {
        let class = context.chart.account(account).map(|found| found.class);
        let result = matches!(class, Some(Class::Income | Class::Expense));
        result || context.chart.is_of_net_funds(account)
    };
    let of_fund = context.state.accounts.sum(|f, account, _, _| f == fund && counts(account));
    of_fund.balance().negated()
}
