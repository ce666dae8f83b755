//! Advances 借款: paid as every disbursement is, and settled by bills and by what comes back.

use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::Day;
use crate::event::Fact;
use crate::event::spending::{AdvanceSettled, Spent};
use crate::ids::{DisbursementId, FundId};
use crate::money::Money;
use crate::projection::disbursements::{Disbursement, Standing};

/// More bills become several records of one command, so that each stays under 4,096 bytes.
const BILLS_MAX: usize = 3;
/// 逾期三年以上 (财会〔2021〕7号, 135): after so many years what cannot be had back is written off.
const WRITTEN_OFF_AFTER_YEARS: i32 = 3;

pub(super) fn settle(context: &Context<'_>, asked: &AdvanceSettled) -> Result<Vec<Fact>, Refusal> {
    let (found, paid) = advance(context, &asked.disbursement)?;
    let AdvanceSettled { date, disbursement, spent, returned, .. } = asked;
    if *date < paid {
        return Err(Refusal::BeforeItsRequest { date: *date, requested: paid });
    }
    if super::disbursement::is_payee(context, context.by, &found.request.payee) {
        return Err(Refusal::SettlerIsPayee { officer: context.by.clone() });
    }
    if asked.fund != found.request.fund {
        return Err(Refusal::FundUnknown { fund: asked.fund.clone() });
    }
    if returned.is_negative() || asked.total().is_zero() {
        return Err(Refusal::AmountNotPositive { amount: *returned });
    }
    for bill in spent {
        if !bill.amount.is_positive() {
            return Err(Refusal::AmountNotPositive { amount: bill.amount });
        }
        check_bill(context, disbursement, bill, *date, paid)?;
    }
    let settled = context.state.spending.settled(disbursement);
    let (outstanding, asked_for) = (found.request.amount.minus(settled), asked.total());
    if asked_for > outstanding {
        let (disbursement, over) = (disbursement.clone(), asked_for.minus(outstanding));
        return Err(Refusal::AdvanceTooSmall { disbursement, outstanding, asked: asked_for, over });
    }
    Ok(parts(asked).into_iter().map(Fact::AdvanceSettled).collect())
}

/// The bills in parts; what came back stands in the last.
fn parts(asked: &AdvanceSettled) -> Vec<AdvanceSettled> {
    let part = |spent: &[Spent], returned: Money| AdvanceSettled {
        spent: spent.to_vec(),
        returned,
        ..asked.clone()
    };
    let mut parts: Vec<AdvanceSettled> =
        asked.spent.chunks(BILLS_MAX).map(|bills| part(bills, Money::ZERO)).collect();
    match parts.last_mut() {
        Some(last) => last.returned = asked.returned,
        None => parts.push(part(&[], asked.returned)),
    }
    parts
}

/// An expenditure; or, after years, a claim that nobody will pay and that pends to be written off.
fn check_bill(
    context: &Context<'_>,
    disbursement: &DisbursementId,
    bill: &Spent,
    date: Day,
    paid: Day,
) -> Result<(), Refusal> {
    if context.chart.is_for(&bill.account, Use::Suspense) {
        let from = paid.plus_years(WRITTEN_OFF_AFTER_YEARS);
        if date < from {
            return Err(Refusal::WriteOffTooEarly {
                disbursement: disbursement.clone(),
                paid,
                from,
            });
        }
        return Ok(());
    }
    super::disbursement::is_spending(context, &bill.account)?;
    super::analysis::required(context, &bill.account, bill.analysis.as_ref(), date)
}

/// A disbursement that was paid as an advance, and the day of its payment.
fn advance<'a>(
    context: &Context<'a>,
    id: &DisbursementId,
) -> Result<(&'a Disbursement, Day), Refusal> {
    let disbursement = id.clone();
    let found = super::disbursement::known(context, id)?;
    match &found.standing {
        Standing::Paid { on, .. }
            if context.chart.is_for(&found.request.account, Use::Receivable) =>
        {
            Ok((found, *on))
        }
        Standing::Open
        | Standing::Refused { .. }
        | Standing::Paid { .. }
        | Standing::Cancelled { .. } => Err(Refusal::NotAnAdvance { disbursement }),
    }
}

/// What of other receivables is no advance: claims that anybody may pay.
pub(super) fn claims(context: &Context<'_>, fund: &FundId) -> Money {
    let Some(receivable) = context.chart.at(Use::Receivable) else { return Money::ZERO };
    let standing = context.state.accounts.balance(fund, receivable);
    let advances = context.state.disbursements.payments().map(|(_, payment)| &payment.paid);
    let advances = advances.filter(|paid| paid.account == *receivable && paid.fund == *fund);
    let open =
        advances.map(|paid| paid.amount.minus(context.state.spending.settled(&paid.disbursement)));
    standing.minus(Money::sum(open))
}
