//! Other income.

use super::fund::known;
use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::income::{Donation, Interest, OtherIncome, Subsidy, SubsidyKind};

pub(super) fn subsidy(context: &Context<'_>, subsidy: &Subsidy) -> Result<Vec<Fact>, Refusal> {
    let fund = known(context, &subsidy.fund)?;
    if subsidy.kind == SubsidyKind::SuperiorEarmarked && !fund.restricted {
        return Err(Refusal::EarmarkedNeedsRestrictedFund { fund: subsidy.fund.clone() });
    }
    Ok(vec![Fact::SubsidyReceived(subsidy.clone())])
}

#[allow(clippy::unnecessary_wraps, reason = "every family answers alike")]
pub(super) fn donation(donation: &Donation) -> Result<Vec<Fact>, Refusal> {
    Ok(vec![Fact::DonationReceived(donation.clone())])
}

#[allow(clippy::unnecessary_wraps, reason = "every family answers alike")]
pub(super) fn interest(interest: &Interest) -> Result<Vec<Fact>, Refusal> {
    Ok(vec![Fact::InterestReceived(interest.clone())])
}

#[allow(clippy::unnecessary_wraps, reason = "every family answers alike")]
pub(super) fn other(income: &OtherIncome) -> Result<Vec<Fact>, Refusal> {
    Ok(vec![Fact::OtherIncomeReceived(income.clone())])
}
