//! Dues: nobody pays more than is owed, for a month that is owed.

use std::collections::BTreeSet;

use super::member::known_member;
use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::book::RuleKind;
use crate::event::dues::{DuesLine, DuesReceipt, DuesStanding};

/// A longer roll becomes several records of one command, so that each stays under 4,096 bytes.
pub const ROLL_LINES_MAX: usize = 40;

pub(super) fn receive(context: &Context<'_>, roll: &DuesReceipt) -> Result<Vec<Fact>, Refusal> {
    if roll.lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    let mut seen = BTreeSet::new();
    for line in &roll.lines {
        check_line(context, line)?;
        if !seen.insert((&line.member, line.month)) {
            let (member, month) = (line.member.clone(), line.month);
            return Err(Refusal::DuesLineTwice { member, month });
        }
    }
    let part = |lines: &[DuesLine]| {
        Fact::DuesReceived(DuesReceipt { lines: lines.to_vec(), ..roll.clone() })
    };
    Ok(roll.lines.chunks(ROLL_LINES_MAX).map(part).collect())
}

/// Said once of a member, before this book has dues of the months that the old book had.
pub(super) fn open_standing(
    context: &Context<'_>,
    standing: &DuesStanding,
) -> Result<Vec<Fact>, Refusal> {
    let DuesStanding { member: id, paid_through, owed } = standing;
    let found = known_member(context, id)?;
    let member = id.clone();
    if let Some(before) = found.standing() {
        let paid_through = before.paid_through;
        return Err(Refusal::StandingSaid { member, paid_through });
    }
    if let Some(month) = found.first_paid().filter(|paid| paid <= paid_through) {
        return Err(Refusal::StandingOfPaidMonth { member, month, paid_through: *paid_through });
    }
    if let Some(owed) = *owed {
        if owed.is_negative() {
            return Err(Refusal::AmountNotPositive { amount: owed });
        }
        let starts = context.state.offices.ledger().map(|ledger| ledger.starts);
        if let Some(starts) = starts.filter(|starts| paid_through.next() >= starts.month()) {
            let paid_through = *paid_through;
            return Err(Refusal::StandingOwesNothing { member, paid_through, owed, starts });
        }
    }
    Ok(vec![Fact::DuesStandingOpened(standing.clone())])
}

fn check_line(context: &Context<'_>, line: &DuesLine) -> Result<(), Refusal> {
    let DuesLine { member, month, amount } = line;
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: *amount });
    }
    let found = known_member(context, member)?;
    let (member, month) = (member.clone(), *month);
    if !found.owes_in(month) {
        return Err(Refusal::DuesNotOwed { member, month });
    }
    let day = month.last_day();
    if context.state.offices.dues_rate(day).is_none() {
        return Err(Refusal::RuleMissing { rule: RuleKind::DuesRate, on: day });
    }
    let Some(due) = context.state.dues_due(&member, month) else {
        return Err(Refusal::DuesBaseMissing { member, month });
    };
    let paid = found.paid_for(month);
    if paid.plus(*amount) > due {
        return Err(Refusal::DuesOverpaid { member, month, due, paid, asked: *amount });
    }
    Ok(())
}
