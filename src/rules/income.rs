//! Other income.

use super::fund::known;
use super::{Context, Refusal};
use crate::chart::{Class, Use};
use crate::event::Fact;
use crate::event::income::{Donation, Income, Interest, OtherIncome, Subsidy, SubsidyKind};

/// Accounts whose receipts say more than an amount, each with the command that says it.
const OF_THEIR_OWN: &[(Use, &str)] = &[
    (Use::Dues, "dues.receive"),
    (Use::Allocation, "allocation.receive"),
    (Use::SubsidyGeneral, "subsidy.receive"),
    (Use::SubsidyEarmarked, "subsidy.receive"),
    (Use::SubsidyAdministration, "subsidy.receive"),
    (Use::StabilisationDraw, "journal.record"),
];

pub(super) fn subsidy(context: &Context<'_>, subsidy: &Subsidy) -> Result<Vec<Fact>, Refusal> {
    let fund = known(context, &subsidy.fund)?;
    if subsidy.kind == SubsidyKind::SuperiorEarmarked && !fund.restricted {
        return Err(Refusal::EarmarkedNeedsRestrictedFund { fund: subsidy.fund.clone() });
    }
    Ok(vec![Fact::SubsidyReceived(subsidy.clone())])
}

pub(super) fn donation(context: &Context<'_>, donation: &Donation) -> Result<Vec<Fact>, Refusal> {
    super::drive::no_list_beside(context, &donation.fund)?;
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

pub(super) fn receive(context: &Context<'_>, income: &Income) -> Result<Vec<Fact>, Refusal> {
    let account = income.account.clone();
    let is = |of: Use| context.chart.is_for(&account, of);
    if let Some((_, command)) = OF_THEIR_OWN.iter().find(|(of, _)| is(*of)) {
        let command = (*command).to_owned();
        return Err(Refusal::IncomeOfItsOwn { account, command });
    }
    super::money::check_account(context, &account)?;
    let class = context.chart.account(&account).map(|found| found.class);
    if class != Some(Class::Income) && !is(Use::Payable) && !is(Use::Receivable) {
        return Err(Refusal::NotAnIncome { account });
    }
    if is(Use::Receivable) {
        let (fund, asked) = (income.fund.clone(), income.amount);
        let open = super::advance::claims(context, &fund);
        if asked > open {
            return Err(Refusal::ClaimTooSmall { fund, open, asked });
        }
    }
    Ok(vec![Fact::IncomeReceived(income.clone())])
}
