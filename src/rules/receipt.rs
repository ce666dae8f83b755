//! Receipts: one for each member and payment, of what that member paid and of nothing else.

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::paper::{IssueReceipt, Receipt};
use crate::money::Money;

pub(super) fn issue(context: &Context<'_>, asked: &IssueReceipt) -> Result<Vec<Fact>, Refusal> {
    let IssueReceipt { date, member, payment } = asked.clone();
    let found = (context.look_up)(payment).map(|record| record.fact);
    let Some(Fact::DuesReceived(received)) = found else {
        return Err(Refusal::ReceiptOfNoDues { payment });
    };
    let of_member = received.lines.iter().filter(|line| line.member == member);
    let amount = Money::sum(of_member.map(|line| line.amount));
    // Lines of nothing are refused when dues are received.
    if amount.is_zero() {
        return Err(Refusal::ReceiptOfOtherMember { payment, member });
    }
    if let Some(reversed) = context.state.periods.reversal_of(payment) {
        return Err(Refusal::ReceiptOfReversed { payment, by: reversed.by });
    }
    if let Some(number) = context.state.receipts.of_payment(payment, &member) {
        return Err(Refusal::ReceiptIssuedAlready { payment, member, number });
    }
    if date < received.date {
        return Err(Refusal::ReceiptBeforePayment { date, paid: received.date });
    }
    let number = context.state.receipts.next_number(date.year());
    Ok(vec![Fact::ReceiptIssued(Receipt { number, date, member, payment, amount })])
}
