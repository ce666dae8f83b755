//! Investments: never out of earmarked money, and no more comes back than was put in.

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::investment::{Acquired, Recover, Recovered};
use crate::ids::InvestmentId;
use crate::money::Money;
use crate::projection::investments::Investment;

pub(super) fn acquire(context: &Context<'_>, new: &Acquired) -> Result<Vec<Fact>, Refusal> {
    if context.state.investments.investment(&new.investment).is_some() {
        return Err(Refusal::InvestmentExists { investment: new.investment.clone() });
    }
    if super::fund::known(context, &new.fund)?.restricted {
        return Err(Refusal::InvestmentOfRestricted { fund: new.fund.clone() });
    }
    Ok(vec![Fact::InvestmentAcquired(new.clone())])
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
    Ok(vec![Fact::InvestmentRecovered(Recovered {
        date: asked.date,
        investment: asked.investment.clone(),
        fund: found.acquired.fund.clone(),
        principal,
        received: asked.received,
        into: asked.into,
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
