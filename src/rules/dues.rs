//! Dues: nobody pays more than is owed, for a month that is owed.

use std::collections::BTreeSet;

use super::member::known_member;
use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::book::RuleKind;
use crate::event::dues::{DuesLine, DuesReceipt};

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
