//! The two per cent: declared, received in four ways, divided by the dated shares, sent up, passed
//! down; and the preparation fund of units that have no union yet.

use std::collections::BTreeMap;

use super::payer::known_payer;
use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::{Day, Month};
use crate::event::allocation::{
    AllocationCollected, AllocationReceived, Channel, ChannelShares, CollectAllocation, Part,
    Parts, Passdown, PassdownKind, Payroll, PreparationReceived, PreparationSettled,
    ReceiveAllocation, Remittance, SettlePreparation, Shares,
};
use crate::event::book::{Rule, RuleKind};
use crate::event::{Entry, Fact, Recorded};
use crate::ids::{FundId, PayerId};
use crate::money::Money;
use crate::projection::accounts::Kind;
use crate::projection::allocation::Owed;

pub(super) fn declare(context: &Context<'_>, payroll: &Payroll) -> Result<Vec<Fact>, Refusal> {
    if payroll.total.is_negative() {
        return Err(Refusal::AmountNotPositive { amount: payroll.total });
    }
    begun(context, payroll.month)?;
    if let Some(found) = context.state.allocation.payroll(payroll.month) {
        return Err(Refusal::PayrollDeclared { month: payroll.month, total: found.total });
    }
    Ok(vec![Fact::PayrollDeclared(payroll.clone())])
}

/// Nobody declares a month that has not begun.
pub(super) fn begun(context: &Context<'_>, month: Month) -> Result<(), Refusal> {
    let (date, today) = (month.first_day(), context.today);
    if date > today { Err(Refusal::DateInFuture { date, today }) } else { Ok(()) }
}

pub(super) fn receive(
    context: &Context<'_>,
    asked: &ReceiveAllocation,
) -> Result<Vec<Fact>, Refusal> {
    let ReceiveAllocation { date, month, fund, amount } = asked.clone();
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount });
    }
    let rule = RuleKind::AllocationSplit;
    let split = context.state.offices.allocation_split(month.last_day());
    let (rate, up_share) = split.ok_or(Refusal::RuleMissing { rule, on: month.last_day() })?;
    let payroll =
        context.state.allocation.payroll(month).ok_or(Refusal::PayrollMissing { month })?;
    let due = payroll.total.basis_points(rate);
    let received = context.state.allocation.received_for(None, month);
    if received.plus(amount) > due {
        return Err(Refusal::AllocationTooLarge { month, due, received, asked: amount });
    }
    // The share that goes up is rounded to whole fen; what stays takes the remainder.
    let up = amount.basis_points(up_share);
    let own = amount.minus(up);
    Ok(vec![Fact::AllocationReceived(AllocationReceived { date, month, fund, amount, own, up })])
}

pub(super) fn remit(context: &Context<'_>, paid: &Remittance) -> Result<Vec<Fact>, Refusal> {
    if context.chart.at(Use::OwedUp).is_none() {
        return Err(Refusal::NoAccountFor { of: Use::OwedUp.to_string() });
    }
    let owed = owed_up(context, &paid.fund);
    if paid.amount > owed {
        let over = paid.amount.minus(owed);
        return Err(Refusal::RemittanceTooLarge { owed, asked: paid.amount, over });
    }
    Ok(vec![Fact::RemittancePaid(paid.clone())])
}

/// What was divided up to the superior or brought in from an earlier book, less what was sent: an entry
/// on the account alone makes nothing due.
fn owed_up(context: &Context<'_>, fund: &FundId) -> Money {
    let allocation = &context.state.allocation;
    let divided = opened(context, Use::OwedUp, fund).plus(allocation.up(fund));
    divided.minus(allocation.remitted_of(fund)).min(standing(context, Use::OwedUp, fund).negated())
}

/// What an earlier book brought in on the account of that use, on its credit side.
fn opened(context: &Context<'_>, of: Use, fund: &FundId) -> Money {
    let Some(code) = context.chart.at(of) else { return Money::ZERO };
    let opening = context
        .state
        .accounts
        .sum(|found, account, _, kind| kind == Kind::Opening && found == fund && account == code);
    opening.balance().negated()
}

pub(super) fn collect(
    context: &Context<'_>,
    asked: &CollectAllocation,
) -> Result<Vec<Fact>, Refusal> {
    let CollectAllocation { date, month, fund, channel, payer, amount, gross } = asked.clone();
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount });
    }
    begun(context, month)?;
    if let Some(payer) = &payer {
        known_payer(context, payer)?;
    }
    if let Some(gross) = gross.filter(|gross| *gross < amount) {
        return Err(Refusal::GrossTooSmall { gross, amount });
    }
    if channel == Channel::SmallPayerRefund {
        small_payer(context, payer.as_ref(), month)?;
    }
    // What the superior passes down is first what was accrued as due from it.
    let settles = match channel {
        Channel::PassedDown => due_from_superior(context, &fund).min(amount),
        Channel::TaxBureau
        | Channel::Treasury
        | Channel::SmallPayerRefund
        | Channel::LowerRemittance => Money::ZERO,
    };
    let Parts { own, up, down } =
        divide(amount.minus(settles), shares_of(context, channel, month.last_day())?);
    if payer.is_none() && !down.is_zero() {
        return Err(Refusal::PayerNeeded { amount: down });
    }
    Ok(vec![Fact::AllocationCollected(AllocationCollected {
        date,
        month,
        fund,
        channel,
        payer,
        amount,
        gross,
        own,
        up,
        down,
        settles,
    })])
}

/// 小额缴费返还: only to those who owe and paid little in the year, and while the rule lasts.
fn small_payer(
    context: &Context<'_>,
    payer: Option<&PayerId>,
    month: Month,
) -> Result<(), Refusal> {
    let rule = context.state.offices.rule(RuleKind::SmallPayerRefund, month.last_day());
    let Some(Rule::SmallPayerRefund { year_due_max: most, through }) = rule.map(|set| &set.rule)
    else {
        return Ok(());
    };
    let (most, through) = (*most, *through);
    if month > through {
        return Err(Refusal::RefundOver { month, through });
    }
    let (year, state) = (month.year(), context.state);
    let (first, last) = (year.first_month(), year.last_month());
    let due = first.through(last).filter_map(|month| state.allocation_due(payer, month));
    let found = Money::sum(due).max(state.allocation_received(payer, first, last));
    if found > most {
        return Err(Refusal::NotSmallPayer { year, most, found });
    }
    Ok(())
}

/// How money of this way is divided on that day. What the superior passes down and what comes back
/// to small payers is the union's own where no rule says otherwise; of the rest a rule must say.
pub(super) fn shares_of(
    context: &Context<'_>,
    channel: Channel,
    on: Day,
) -> Result<Shares, Refusal> {
    let rule = context.state.offices.rule(RuleKind::AllocationShares, on).map(|set| &set.rule);
    let found = if let Some(Rule::AllocationShares { shares }) = rule {
        shares.iter().find(|shares| shares.channel == channel)
    } else {
        None
    };
    match (found, channel) {
        (Some(found), _) => Ok(found.shares()),
        (None, Channel::PassedDown | Channel::SmallPayerRefund) => Ok(Shares {
            own_basis_points: WHOLE,
            up_basis_points: 0,
            down_basis_points: 0,
            remainder: Part::Own,
        }),
        (None, Channel::TaxBureau | Channel::Treasury | Channel::LowerRemittance) => {
            Err(Refusal::RuleMissing { rule: RuleKind::AllocationShares, on })
        }
    }
}

/// All of it, in basis points.
pub(super) const WHOLE: u32 = 10_000;

/// Each part is rounded to whole fen, and one of them takes what is left, so that they add up; none
/// takes more than there is.
pub(super) fn divide(amount: Money, shares: Shares) -> Parts {
    let Shares { own_basis_points, up_basis_points, down_basis_points, remainder } = shares;
    let mut left = amount;
    let mut part = |points: u32, which: Part| {
        let part = if which == remainder { Money::ZERO } else { amount.basis_points(points) };
        let part = part.min(left);
        left = left.minus(part);
        part
    };
    let (own, up, down) = (
        part(own_basis_points, Part::Own),
        part(up_basis_points, Part::Up),
        part(down_basis_points, Part::Down),
    );
    match remainder {
        Part::Own => Parts { own: left, up, down },
        Part::Up => Parts { own, up: left, down },
        Part::Down => Parts { own, up, down: left },
    }
}

/// Three shares that are the whole, the remainder with one that has a share at all.
pub(super) fn check_shares(shares: Shares) -> Result<(), Refusal> {
    let Shares { own_basis_points, up_basis_points, down_basis_points, remainder } = shares;
    let rest = match remainder {
        Part::Own => own_basis_points,
        Part::Up => up_basis_points,
        Part::Down => down_basis_points,
    };
    let sum = own_basis_points.saturating_add(up_basis_points).saturating_add(down_basis_points);
    if sum == WHOLE && rest > 0 {
        return Ok(());
    }
    Err(Refusal::SharesIncomplete { sum, rest })
}

/// Each way once, and each of them whole.
pub(super) fn check_all_shares(all: &[ChannelShares]) -> Result<(), Refusal> {
    for (place, shares) in all.iter().enumerate() {
        let channel = shares.channel;
        check_shares(shares.shares())?;
        if all.iter().take(place).any(|earlier| earlier.channel == channel) {
            return Err(Refusal::ChannelTwice { channel });
        }
    }
    Ok(())
}

pub(super) fn prepare(
    context: &Context<'_>,
    received: &PreparationReceived,
) -> Result<Vec<Fact>, Refusal> {
    let payer = received.payer.clone();
    let since = known_payer(context, &payer)?.union_since;
    if let Some(since) = since.filter(|since| *since <= received.date) {
        return Err(Refusal::PreparationTooLate { payer, since, date: received.date });
    }
    Ok(vec![Fact::PreparationFundReceived(received.clone())])
}

/// What a voucher takes from other payables is what they owe beside the preparation funds, but for what
/// settles those and what takes a record back.
pub(super) fn check_preparation(
    context: &Context<'_>,
    fact: &Fact,
    entries: &[Entry],
) -> Result<(), Refusal> {
    if matches!(fact, Fact::PreparationFundSettled(_) | Fact::EntryReversed(_)) {
        return Ok(());
    }
    let mut taken: BTreeMap<&FundId, Money> = BTreeMap::new();
    for entry in entries.iter().filter(|e| context.chart.is_for(&e.account, Use::Payable)) {
        let sum = taken.entry(&entry.fund).or_default();
        *sum = sum.plus(entry.side.balance());
    }
    taken.into_iter().try_for_each(|(fund, asked)| leaves_preparation(context, fund, asked))
}

/// 专款专用: what is held for payers that have no union yet is given back to nobody else.
pub(super) fn leaves_preparation(
    context: &Context<'_>,
    fund: &FundId,
    asked: Money,
) -> Result<(), Refusal> {
    let held = context.state.allocation.preparation_held(fund);
    let account = context.chart.at(Use::Payable);
    let owed = account.map_or(Money::ZERO, |a| context.state.accounts.balance(fund, a).negated());
    let left = owed.minus(held);
    if held.is_positive() && asked.is_positive() && asked > left {
        return Err(Refusal::HeldForPayers { fund: fund.clone(), owed, held, left, asked });
    }
    Ok(())
}

pub(super) fn settle_preparation(
    context: &Context<'_>,
    asked: &SettlePreparation,
) -> Result<Vec<Fact>, Refusal> {
    let SettlePreparation { date, payer, fund, amount } = asked.clone();
    let since = known_payer(context, &payer)?.union_since;
    if since.is_none_or(|since| since > date) {
        return Err(Refusal::UnionNotYet { payer, date });
    }
    let held = context.state.allocation.owed(&payer, Owed::Preparation, &fund);
    if amount > held {
        return Err(Refusal::PreparationTooLarge { payer, held, asked: amount });
    }
    let kind = RuleKind::PreparationShares;
    let rule = context.state.offices.rule(kind, date).map(|set| &set.rule);
    let Some(Rule::PreparationShares {
        own_basis_points,
        up_basis_points,
        down_basis_points,
        remainder,
    }) = rule
    else {
        return Err(Refusal::RuleMissing { rule: kind, on: date });
    };
    let shares = Shares {
        own_basis_points: *own_basis_points,
        up_basis_points: *up_basis_points,
        down_basis_points: *down_basis_points,
        remainder: *remainder,
    };
    let Parts { own, up, down } = divide(amount, shares);
    let settled = PreparationSettled { date, payer, fund, amount, own, up, down };
    Ok(vec![Fact::PreparationFundSettled(settled)])
}

/// Never more than is owed to that union. Balances that an earlier book brought in name nobody, and
/// are open to whoever they are said to be for.
pub(super) fn pass_down(context: &Context<'_>, paid: &Passdown) -> Result<Vec<Fact>, Refusal> {
    known_payer(context, &paid.to)?;
    let (of, account) = match paid.kind {
        PassdownKind::Passdown => (Owed::Passdown, Use::LowerPassdownOwed),
        PassdownKind::Subsidy => (Owed::Subsidy, Use::LowerSubsidyOwed),
    };
    let allocation = &context.state.allocation;
    let own = allocation.owed(&paid.to, of, &paid.fund).max(Money::ZERO);
    let opened = opened(context, account, &paid.fund);
    let of_nobody = opened.plus(allocation.overpaid(of, &paid.fund)).max(Money::ZERO);
    let owed = own.plus(of_nobody);
    if paid.amount > owed {
        return Err(Refusal::PassdownTooLarge { to: paid.to.clone(), owed, asked: paid.amount });
    }
    super::accrual::paid_by_another(context, paid)?;
    Ok(vec![Fact::PassdownPaid(paid.clone())])
}

/// Debit less credit of the account of that use.
fn standing(context: &Context<'_>, of: Use, fund: &FundId) -> Money {
    let account = context.chart.at(of);
    account.map_or(Money::ZERO, |account| context.state.accounts.balance(fund, account))
}

/// What is due from the superior on 13102, whoever accrued it and in whichever book.
pub(super) fn due_from_superior(context: &Context<'_>, fund: &FundId) -> Money {
    standing(context, Use::SuperiorPassdownDue, fund).max(Money::ZERO)
}

/// What later records have drawn on is not taken back before them.
pub(super) fn drawn_on(context: &Context<'_>, original: &Recorded) -> Result<(), Refusal> {
    let drawn = [left_of(context, original), up_left_of(context, original)];
    match drawn.into_iter().flatten().find(|(amount, left)| amount > left) {
        Some((amount, left)) => Err(Refusal::DrawnOnAlready { seq: original.seq, amount, left }),
        None => Ok(()),
    }
}

/// What of a record goes up, or is owed to whoever gave it, and what of that has not been paid.
fn up_left_of(context: &Context<'_>, original: &Recorded) -> Option<(Money, Money)> {
    if let Fact::IncomeReceived(f) = &original.fact
        && context.chart.is_for(&f.account, Use::Payable)
    {
        return Some((f.amount, standing(context, Use::Payable, &f.fund).negated()));
    }
    let (fund, up) = if let Fact::AllocationReceived(f) = &original.fact {
        (&f.fund, f.up)
    } else if let Fact::AllocationCollected(f) = &original.fact {
        (&f.fund, f.up)
    } else if let Fact::PreparationFundSettled(f) = &original.fact {
        (&f.fund, f.up)
    } else if let Fact::AccrualRecorded(f) = &original.fact {
        (&f.fund, f.parts.unwrap_or_default().up)
    } else {
        return None;
    };
    Some((up, owed_up(context, fund)))
}

/// What a record made available to later ones, and what is left of that.
fn left_of(context: &Context<'_>, original: &Recorded) -> Option<(Money, Money)> {
    let allocation = &context.state.allocation;
    if let Fact::AllocationCollected(f) = &original.fact {
        return Some((f.down, allocation.owed(f.payer.as_ref()?, Owed::Passdown, &f.fund)));
    }
    if let Fact::PreparationFundReceived(f) = &original.fact {
        return Some((f.amount, allocation.owed(&f.payer, Owed::Preparation, &f.fund)));
    }
    if let Fact::PreparationFundSettled(f) = &original.fact {
        return Some((f.down, allocation.owed(&f.payer, Owed::Passdown, &f.fund)));
    }
    if let Fact::AccrualRecorded(f) = &original.fact {
        return Some(super::accrual::left_of(context, original.seq, f));
    }
    None
}
