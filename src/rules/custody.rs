//! Custodial money: apart from the union's own in every entry, and never more than was given.

use super::disbursement::Kept;
use super::{Context, Refusal};
use crate::chart::Use;
use crate::event::custody::{CustodialPaid, CustodialPay, CustodialProject, CustodialReceived};
use crate::event::{Entry, Fact};
use crate::ids::{AccountCode, FundId};

const ACCOUNTS: [Use; 3] = [Use::CustodialCash, Use::CustodialBank, Use::Custodial];

pub(super) fn open(context: &Context<'_>, new: &CustodialProject) -> Result<Vec<Fact>, Refusal> {
    let fund = &new.project;
    if context.state.custody.project(fund).is_some() || context.state.funds.fund(fund).is_some() {
        return Err(Refusal::FundExists { fund: fund.clone() });
    }
    Ok(vec![Fact::CustodialProjectOpened(new.clone())])
}

pub(super) fn receive(
    context: &Context<'_>,
    received: &CustodialReceived,
) -> Result<Vec<Fact>, Refusal> {
    known(context, &received.project)?;
    super::drive::no_list_beside(context, &received.project)?;
    Ok(vec![Fact::CustodialReceived(received.clone())])
}

pub(super) fn pay(context: &Context<'_>, asked: &CustodialPay) -> Result<Vec<Fact>, Refusal> {
    let CustodialPay { disbursement, date, from } = asked.clone();
    let found = super::disbursement::payable(context, &disbursement, date, from, Kept::Custodial)?;
    let (project, amount) = (found.request.fund.clone(), found.request.amount);
    known(context, &project)?;
    Ok(vec![Fact::CustodialPaid(CustodialPaid { disbursement, date, project, from, amount })])
}

pub(super) fn known(context: &Context<'_>, project: &FundId) -> Result<(), Refusal> {
    match context.state.custody.project(project) {
        Some(_) => Ok(()),
        None => Err(Refusal::CustodyUnknown { project: project.clone() }),
    }
}

/// Accounts of custodial money take entries of custodial projects, and no others do. Where the chart
/// has no till for it, as the first edition had none, its liability stays open to any fund.
pub(super) fn check_apart(context: &Context<'_>, entry: &Entry) -> Result<(), Refusal> {
    let project = context.state.custody.project(&entry.fund).is_some();
    if is_mixed(context, &entry.account, project)
        && (project || context.state.funds.fund(&entry.fund).is_some())
    {
        let (account, fund) = (entry.account.clone(), entry.fund.clone());
        return Err(Refusal::CustodialApart { account, fund });
    }
    if project { Ok(()) } else { super::fund::known(context, &entry.fund).map(|_| ()) }
}

/// Whether an account stands with the other kind of money: of projects, or of funds.
pub(super) fn is_mixed(context: &Context<'_>, account: &AccountCode, project: bool) -> bool {
    let apart = context.chart.at(Use::CustodialBank).is_some();
    let custodial = ACCOUNTS.into_iter().any(|of| context.chart.is_for(account, of));
    apart && project != custodial
}
