//! Investments: never out of earmarked money, and no more comes back than was put in,
//! and what is lost is lost by a resolution.

use super::disbursement::Kept;
use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::investment::{Acquire, Acquired, Recover, Recovered};
use crate::ids::{FundId, InvestmentId};
use crate::money::Money;
use crate::projection::investments::Investment;

pub(super) fn acquire(context: &Context<'_>, new: &Acquire) -> Result<Vec<Fact>, Refusal> {
    let Acquire { disbursement, date, investment, name, from, resolution } = new.clone();
    if context.state.investments.investment(&investment).is_some() {
        return Err(Refusal::InvestmentExists { investment });
    }
    let found = super::disbursement::payable(context, &disbursement, date, from, Kept::Investment)?;
    let (fund, amount) = (found.request.fund.clone(), found.request.amount);
    free(context, &fund)?;
    Ok(vec![Fact::InvestmentAcquired(Acquired {
        disbursement,
        date,
        investment,
        name,
        fund,
        amount,
        from,
        resolution,
    })])
}

/// Earmarked money is not invested.
pub(super) fn free(context: &Context<'_>, fund: &FundId) -> Result<(), Refusal> {
    if super::fund::known(context, fund)?.restricted {
        return Err(Refusal::InvestmentOfRestricted { fund: fund.clone() });
    }
    Ok(())
}

pub(super) fn recover(context: &Context<'_>, asked: &Recover) -> Result<Vec<Fact>, Refusal> {
    let found = known(context, &asked.investment)?;
    if asked.date < found.acquired.date {
        let (date, acquired) = (asked.date, found.acquired.date);
        return Err(Refusal::RecoveredBeforeInvested { date, acquired });
    }
    if !asked.received.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: asked.received });
    }
    let principal = asked.principal.unwrap_or(Money::ZERO);
    if principal.is_negative() {
        return Err(Refusal::AmountNotPositive { amount: principal });
    }
    let held = found.held(None);
    if principal > held {
        return Err(Refusal::PrincipalTooLarge { held, asked: principal });
    }
    let (loss, resolution) = (asked.loss(), asked.resolution.clone());
    if loss.is_positive() && resolution.is_none() {
        return Err(Refusal::LossWithoutResolution { loss });
    }
    Ok(vec![Fact::InvestmentRecovered(Recovered {
        date: asked.date,
        investment: asked.investment.clone(),
        fund: found.acquired.fund.clone(),
        principal,
        received: asked.received,
        into: asked.into,
        resolution,
    })])
}

fn known<'a>(context: &Context<'a>, id: &InvestmentId) -> Result<&'a Investment, Refusal> {
    let found = context.state.investments.investment(id);
    found.ok_or_else(|| Refusal::InvestmentUnknown { investment: id.clone() })
}

/// Whether a record can be reversed: nothing may have come back of what it put in.
pub(super) fn reversible(context: &Context<'_>, fact: &Fact) -> Result<(), Refusal> {
    if let Fact::InvestmentAcquired(new) = fact
        && !known(context, &new.investment)?.is_untouched()
    {
        return Err(Refusal::InvestmentRecoveredSince { investment: new.investment.clone() });
    }
    Ok(())
}
