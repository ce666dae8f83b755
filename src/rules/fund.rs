//! Funds: established once, and money moves between them only by resolution.

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::book::Role;
use crate::event::fund::{FundTransferred, NewFund, TransferFunds};
use crate::ids::FundId;

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
    if from_restricted && !to_restricted {
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
