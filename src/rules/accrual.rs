//! 年末应收应付上下级经费: accrued on the last day of a year alone, and settled up to what is left.

use super::allocation::{divide, shares_of};
use super::payer::known_payer;
use super::{Context, Refusal};
use crate::chart::Use;
use crate::event::Fact;
use crate::event::accrual::{
    AccrualKind, AccrualRecorded, AccrualSettled, RecordAccrual, SettleAccrual,
};
use crate::event::allocation::{Channel, Parts, Passdown, PassdownKind};
use crate::event::disbursement::Payee;
use crate::ids::{FundId, Seq};
use crate::money::Money;
use crate::projection::allocation::Owed;

pub(super) fn record(context: &Context<'_>, asked: &RecordAccrual) -> Result<Vec<Fact>, Refusal> {
    let RecordAccrual { date, kind, fund, counterparty, amount, notice, disbursement } =
        asked.clone();
    if date != date.year().last_month().last_day() {
        return Err(Refusal::AccrualNotAtYearEnd { date });
    }
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount });
    }
    if let Some(other) = &counterparty {
        known_payer(context, other)?;
    }
    if kind == AccrualKind::SuperiorSubsidyEarmarked
        && !super::fund::known(context, &fund)?.restricted
    {
        return Err(Refusal::EarmarkedNeedsRestrictedFund { fund });
    }
    let of = |channel| shares_of(context, channel, date).map(|shares| divide(amount, shares));
    let parts = match kind {
        AccrualKind::SuperiorPassdown => Some(of(Channel::PassedDown)?),
        AccrualKind::LowerAllocation => Some(of(Channel::LowerRemittance)?),
        AccrualKind::SuperiorSubsidyGeneral
        | AccrualKind::SuperiorSubsidyEarmarked
        | AccrualKind::LowerSubsidyGeneral
        | AccrualKind::LowerSubsidyEarmarked => None,
    };
    let needed = with_lower(kind, amount, parts);
    if counterparty.is_none() && !needed.is_zero() {
        return Err(Refusal::PayerNeeded { amount: needed });
    }
    approved(context, asked)?;
    let accrued =
        AccrualRecorded { date, kind, fund, counterparty, amount, parts, notice, disbursement };
    Ok(vec![Fact::AccrualRecorded(accrued)])
}

/// What is promised to a lower union was requested for it and approved: the cashier pays it out later
/// without another request.
fn approved(context: &Context<'_>, asked: &RecordAccrual) -> Result<(), Refusal> {
    let of = match asked.kind {
        AccrualKind::LowerSubsidyGeneral => Use::LowerSubsidyGeneral,
        AccrualKind::LowerSubsidyEarmarked => Use::LowerSubsidyEarmarked,
        AccrualKind::SuperiorSubsidyGeneral
        | AccrualKind::SuperiorSubsidyEarmarked
        | AccrualKind::SuperiorPassdown
        | AccrualKind::LowerAllocation => {
            return match asked.disbursement.clone() {
                None => Ok(()),
                Some(disbursement) => Err(Refusal::AccrualOfNoRequest { disbursement }),
            };
        }
    };
    let account = context.chart.at(of).cloned();
    let account = account.ok_or_else(|| Refusal::NoAccountFor { of: of.to_string() })?;
    let Some(id) = &asked.disbursement else {
        return Err(Refusal::RequestNeeded { command: "accrual.record".to_owned(), account });
    };
    let request = super::disbursement::promised(context, id, asked.date)?;
    let RecordAccrual { fund, amount, .. } = asked;
    super::disbursement::is_as_requested(request, fund, &account, *amount)?;
    let other = asked.counterparty.as_ref().map(|id| known_payer(context, id)).transpose()?;
    match (&request.payee, other) {
        (Payee::Organisation(name), Some(other)) if *name == other.name => Ok(()),
        (payee, other) => Err(Refusal::NotAsRequested {
            disbursement: id.clone(),
            requested: payee.said(),
            asked: other.map(|other| other.name.to_string()).unwrap_or_default(),
        }),
    }
}

/// Whoever requested or approved what is owed to that union does not pay it out: of its last accruals.
pub(super) fn paid_by_another(context: &Context<'_>, paid: &Passdown) -> Result<(), Refusal> {
    if paid.kind != PassdownKind::Subsidy {
        return Ok(());
    }
    let (to, before) = (Some(&paid.to), |f: &AccrualRecorded| f.date <= paid.date);
    let accruals = || context.state.allocation.accruals().map(|(_, accrual)| accrual);
    let of_union =
        || accruals().filter(|f| f.counterparty.as_ref() == to && f.fund == paid.fund && before(f));
    let last = of_union().filter(|f| f.disbursement.is_some()).map(|f| f.date).max();
    let of_last = of_union().filter(|f| Some(f.date) == last);
    for id in of_last.filter_map(|f| f.disbursement.as_ref()) {
        super::disbursement::is_another(context, super::disbursement::known(context, id)?)?;
    }
    Ok(())
}

/// How much of it stands between this union and a lower one, which then has to be named.
fn with_lower(kind: AccrualKind, amount: Money, parts: Option<Parts>) -> Money {
    match kind {
        AccrualKind::SuperiorSubsidyGeneral | AccrualKind::SuperiorSubsidyEarmarked => Money::ZERO,
        AccrualKind::SuperiorPassdown => parts.unwrap_or_default().down,
        AccrualKind::LowerAllocation
        | AccrualKind::LowerSubsidyGeneral
        | AccrualKind::LowerSubsidyEarmarked => amount,
    }
}

/// What came in of it. What the superior passes down settles its accrual when it is collected, and a
/// subsidy to a lower union is paid by the cashier: each is settled in one way.
pub(super) fn settle(context: &Context<'_>, asked: &SettleAccrual) -> Result<Vec<Fact>, Refusal> {
    let SettleAccrual { date, accrual, amount, ref kind, ref fund } = *asked;
    let recorded = context.state.allocation.accrual(accrual);
    let recorded = recorded.filter(|found| {
        kind.is_none_or(|kind| kind == found.kind)
            && fund.as_ref().is_none_or(|fund| *fund == found.fund)
    });
    let (kind, fund) = match (recorded, *kind) {
        (Some(found), _) => (found.kind, found.fund.clone()),
        (None, Some(kind)) => (kind, fund.clone().unwrap_or_else(FundId::general)),
        (None, None) => return Err(Refusal::AccrualUnknown { accrual }),
    };
    let (account, other) = match kind {
        AccrualKind::SuperiorSubsidyGeneral | AccrualKind::SuperiorSubsidyEarmarked => {
            (Use::SuperiorSubsidyDue, None)
        }
        AccrualKind::LowerAllocation => (Use::LowerDue, None),
        AccrualKind::SuperiorPassdown => (Use::SuperiorPassdownDue, Some("allocation.collect")),
        AccrualKind::LowerSubsidyGeneral | AccrualKind::LowerSubsidyEarmarked => {
            (Use::LowerSubsidyOwed, Some("passdown.pay"))
        }
    };
    if let Some(by) = other {
        return Err(Refusal::AccrualSettledBy { accrual, by: by.to_owned() });
    }
    let left = match recorded {
        Some(_) => context.state.allocation.accrual_left(accrual),
        None => opening_left(context, accrual, kind, &fund, account)?,
    };
    if amount > left {
        return Err(Refusal::AccrualTooSmall { accrual, left, asked: amount });
    }
    Ok(vec![Fact::AccrualSettled(AccrualSettled { date, accrual, kind, fund, amount })])
}

/// What opening balances brought in as due on this account, less what of it came in since.
fn opening_left(
    context: &Context<'_>,
    accrual: Seq,
    kind: AccrualKind,
    fund: &FundId,
    account: Use,
) -> Result<Money, Refusal> {
    let brought = super::advance::brought(context, accrual, fund, account)?;
    let Some((_, brought)) = brought.filter(|(_, brought)| brought.is_positive()) else {
        return Err(Refusal::AccrualUnknown { accrual });
    };
    // Both kinds of subsidies are due on one account.
    let of_lower = |kind| kind == AccrualKind::LowerAllocation;
    let settled = context.state.allocation.accrual_settlements().map(|(_, settled)| settled);
    let settled = settled.filter(|settled| {
        settled.accrual == accrual
            && settled.fund == *fund
            && of_lower(settled.kind) == of_lower(kind)
    });
    Ok(brought.minus(Money::sum(settled.map(|settled| settled.amount))))
}

/// What a reversal of an accrual takes back, and what is left of that.
pub(super) fn left_of(
    context: &Context<'_>,
    seq: Seq,
    accrual: &AccrualRecorded,
) -> (Money, Money) {
    let allocation = &context.state.allocation;
    let owed = |of| {
        let other = accrual.counterparty.as_ref();
        other.map_or(Money::ZERO, |other| allocation.owed(other, of, &accrual.fund))
    };
    match accrual.kind {
        AccrualKind::SuperiorSubsidyGeneral
        | AccrualKind::SuperiorSubsidyEarmarked
        | AccrualKind::LowerAllocation => (accrual.amount, allocation.accrual_left(seq)),
        AccrualKind::LowerSubsidyGeneral | AccrualKind::LowerSubsidyEarmarked => {
            (accrual.amount, owed(Owed::Subsidy))
        }
        AccrualKind::SuperiorPassdown => {
            let due = super::allocation::due_from_superior(context, &accrual.fund);
            let down = accrual.parts.unwrap_or_default().down;
            if down > owed(Owed::Passdown) {
                (down, owed(Owed::Passdown))
            } else {
                (accrual.amount, due)
            }
        }
    }
}
