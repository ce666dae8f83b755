//! The employer's two per cent: declared, received, split, sent up.

use super::{Context, Refusal};
use crate::chart::Use;
use crate::event::Fact;
use crate::event::allocation::{
    AllocationReceived, Payroll, PayrollCorrection, ReceiveAllocation, Remittance,
};
use crate::event::book::RuleKind;

pub(super) fn declare(context: &Context<'_>, payroll: &Payroll) -> Result<Vec<Fact>, Refusal> {
    if payroll.total.is_negative() {
        return Err(Refusal::AmountNotPositive { amount: payroll.total });
    }
    let (date, today) = (payroll.month.first_day(), context.today);
    if date > today {
        return Err(Refusal::DateInFuture { date, today });
    }
    if let Some(found) = context.state.allocation.payroll(payroll.month) {
        return Err(Refusal::PayrollDeclared { month: payroll.month, total: found.total });
    }
    Ok(vec![Fact::PayrollDeclared(payroll.clone())])
}

/// What was declared stays in the book; what is due follows the right figure from now on, also where
/// more was received by then.
pub(super) fn correct(
    context: &Context<'_>,
    right: &PayrollCorrection,
) -> Result<Vec<Fact>, Refusal> {
    let PayrollCorrection { month, total, headcount, .. } = *right;
    if total.is_negative() {
        return Err(Refusal::AmountNotPositive { amount: total });
    }
    let declared = context.state.allocation.payroll(month);
    let declared = declared.ok_or(Refusal::PayrollMissing { month })?;
    if (declared.total, declared.headcount) == (total, headcount) {
        return Err(Refusal::PayrollUnchanged { month, total, headcount });
    }
    Ok(vec![Fact::PayrollCorrected(right.clone())])
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
    let received = context.state.allocation.received_for(month);
    if received.plus(amount) > due {
        return Err(Refusal::AllocationTooLarge { month, due, received, asked: amount });
    }
    // The share that goes up is rounded to whole fen; what stays takes the remainder.
    let up = amount.basis_points(up_share);
    let own = amount.minus(up);
    Ok(vec![Fact::AllocationReceived(AllocationReceived { date, month, fund, amount, own, up })])
}

pub(super) fn remit(context: &Context<'_>, paid: &Remittance) -> Result<Vec<Fact>, Refusal> {
    let no_account = || Refusal::NoAccountFor { of: Use::OwedUp.to_string() };
    let account = context.chart.at(Use::OwedUp).ok_or_else(no_account)?;
    let owed = context.state.accounts.balance(&paid.fund, account).negated();
    if paid.amount > owed {
        let over = paid.amount.minus(owed);
        return Err(Refusal::RemittanceTooLarge { owed, asked: paid.amount, over });
    }
    Ok(vec![Fact::RemittancePaid(paid.clone())])
}
