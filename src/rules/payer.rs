//! Payers of the two per cent: known before anything is said of them; a month's payroll declared
//! once, and corrected only with a source; lists whose count and total agree with their lines.

use std::collections::BTreeSet;

use super::allocation::begun;
use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::payer::{
    NewPayer, PayerPayroll, PayrollCorrection, TaxLine, TaxList, UnionFounded,
};
use crate::ids::PayerId;
use crate::money::Money;
use crate::projection::payers::Payer;

/// A longer list becomes several records of one command, so that each stays under 4,096 bytes.
const LIST_LINES_MAX: usize = 30;

pub(super) fn register(context: &Context<'_>, new: &NewPayer) -> Result<Vec<Fact>, Refusal> {
    let payer = new.payer.clone();
    if context.state.payers.payer(&payer).is_some() {
        return Err(Refusal::PayerExists { payer });
    }
    not_later(context, new.union_since)?;
    Ok(vec![Fact::PayerRegistered(new.clone())])
}

pub(super) fn found(context: &Context<'_>, founded: &UnionFounded) -> Result<Vec<Fact>, Refusal> {
    if let Some(since) = known_payer(context, &founded.payer)?.union_since {
        return Err(Refusal::UnionFoundedAlready { payer: founded.payer.clone(), since });
    }
    not_later(context, Some(founded.on))?;
    Ok(vec![Fact::PayerUnionFounded(founded.clone())])
}

fn not_later(context: &Context<'_>, day: Option<crate::date::Day>) -> Result<(), Refusal> {
    let today = context.today;
    match day {
        Some(date) if date > today => Err(Refusal::DateInFuture { date, today }),
        Some(_) | None => Ok(()),
    }
}

pub(super) fn declare(context: &Context<'_>, said: &PayerPayroll) -> Result<Vec<Fact>, Refusal> {
    let (payer, month) = (said.payer.clone(), said.month);
    if said.total.is_negative() {
        return Err(Refusal::AmountNotPositive { amount: said.total });
    }
    begun(context, month)?;
    if let Some(total) = known_payer(context, &payer)?.payroll(month) {
        return Err(Refusal::PayerPayrollDeclared { payer, month, total });
    }
    Ok(vec![Fact::PayerPayrollDeclared(said.clone())])
}

pub(super) fn correct(
    context: &Context<'_>,
    found: &PayrollCorrection,
) -> Result<Vec<Fact>, Refusal> {
    let month = found.month;
    if found.total.is_negative() {
        return Err(Refusal::AmountNotPositive { amount: found.total });
    }
    let declared = match &found.payer {
        None => context.state.allocation.payroll(month).map(|payroll| payroll.total),
        Some(payer) => known_payer(context, payer)?.payroll(month),
    };
    let declared = declared.ok_or(Refusal::PayrollMissing { month })?;
    let heads = match &found.payer {
        None => context.state.allocation.payroll(month).map(|payroll| payroll.headcount),
        Some(_) => None,
    };
    if declared == found.total && heads.is_none_or(|heads| heads == found.headcount) {
        let PayrollCorrection { total, headcount, .. } = *found;
        return Err(Refusal::PayrollUnchanged { month, total, headcount });
    }
    Ok(vec![Fact::PayrollCorrected(found.clone())])
}

pub(super) fn list(context: &Context<'_>, whole: &TaxList) -> Result<Vec<Fact>, Refusal> {
    let TaxList { list, count, total, lines, .. } = whole.clone();
    if context.state.payers.tax_list(&list).is_some() {
        return Err(Refusal::TaxListExists { list });
    }
    if lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    begun(context, whole.month)?;
    let mut seen = BTreeSet::new();
    for TaxLine { payer, amount } in &lines {
        if !amount.is_positive() {
            return Err(Refusal::AmountNotPositive { amount: *amount });
        }
        if !seen.insert(payer) {
            return Err(Refusal::TaxLineTwice { list, payer: payer.clone() });
        }
    }
    let found_count = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let found = Money::sum(lines.iter().map(|line| line.amount));
    if (found_count, found) != (count, total) {
        return Err(Refusal::TaxListTotals { list, count, total, found_count, found });
    }
    let part = |lines: &[TaxLine]| {
        Fact::TaxListRecorded(TaxList { lines: lines.to_vec(), ..whole.clone() })
    };
    Ok(lines.chunks(LIST_LINES_MAX).map(part).collect())
}

pub(super) fn known_payer<'a>(context: &Context<'a>, id: &PayerId) -> Result<&'a Payer, Refusal> {
    let found = context.state.payers.payer(id);
    found.ok_or_else(|| Refusal::PayerUnknown { payer: id.clone() })
}
