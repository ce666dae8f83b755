//! Cash: how much of it is kept and paid, counted each day, and no difference simply vanishes.

use super::{Context, Refusal};
use crate::date::Day;
use crate::event::bank::CashDrawing;
use crate::event::cash::{
    CashCount, CashDifference, CountCash, Difference, DifferenceResolved, Ending, ResolveDifference,
};
use crate::event::{Entry, Fact, Till};
use crate::ids::Seq;
use crate::money::Money;

/// Cash is drawn up to the till's limit and no further.
pub(super) fn draw(context: &Context<'_>, drawing: &CashDrawing) -> Result<Vec<Fact>, Refusal> {
    let held = super::money::held_on(context, Till::Cash, None);
    if let Some(limits) = context.state.offices.cash_limits(drawing.date)
        && held.plus(drawing.amount) > limits.till_max
    {
        let (held, most) = (held.plus(drawing.amount), limits.till_max);
        return Err(Refusal::TillAboveLimit { held, most });
    }
    Ok(vec![Fact::CashDrawn(drawing.clone())])
}

/// What may be paid in cash: not organisations from the settlement sum on, and not out of receipts.
pub(super) fn check_payment(
    context: &Context<'_>,
    from: Till,
    amount: Money,
    to_organisation: bool,
    date: Day,
) -> Result<(), Refusal> {
    let limits = context.state.offices.cash_limits(date);
    let Some(limits) = limits.filter(|_| from == Till::Cash) else { return Ok(()) };
    if to_organisation && amount >= limits.settlement_from {
        return Err(Refusal::PaidInCash { amount, from: limits.settlement_from });
    }
    let (held, receipts) =
        (super::money::held_on(context, from, None), context.state.bank.undeposited());
    if limits.no_spending_from_receipts && receipts.is_positive() && amount > held.minus(receipts) {
        return Err(Refusal::SpentFromReceipts { amount, held, receipts });
    }
    Ok(())
}

/// What is left in the till above its limit, after these entries: said, for receipts come when they come.
pub(super) fn above_limit(context: &Context<'_>, entries: &[Entry], day: Day) -> Option<Refusal> {
    let most = context.state.offices.cash_limits(day)?.till_max;
    let of_till = entries.iter().filter(|e| super::money::lies_in(context, &e.account, Till::Cash));
    let brought = Money::sum(of_till.map(|entry| entry.side.balance()));
    let held = super::money::held_on(context, Till::Cash, None).plus(brought);
    (brought.is_positive() && held > most).then_some(Refusal::TillAboveLimit { held, most })
}

pub(super) fn count(context: &Context<'_>, asked: &CountCash) -> Result<Vec<Fact>, Refusal> {
    let CountCash { date, counted, witness } = asked.clone();
    if counted.is_negative() {
        return Err(Refusal::AmountNotPositive { amount: counted });
    }
    super::office::in_office(context, &witness, date)?;
    if context.is_same(&witness, context.by) {
        return Err(Refusal::WitnessIsCounter { officer: witness });
    }
    let book = super::money::held_on(context, Till::Cash, Some(date));
    Ok(vec![Fact::CashCounted(CashCount { date, counted, witness, book })])
}

/// No more than the count found, and on the side that it found.
pub(super) fn record(
    context: &Context<'_>,
    difference: &CashDifference,
) -> Result<Vec<Fact>, Refusal> {
    let CashDifference { count, kind, amount, date, .. } = *difference;
    let Some(found) = context.state.bank.counted(count) else {
        return Err(Refusal::CountUnknown { count });
    };
    if date < found.date {
        return Err(Refusal::BeforeItsRequest { date, requested: found.date });
    }
    let of_kind = match kind {
        Difference::Over => found.difference(),
        Difference::Short => found.difference().negated(),
    };
    let same = context.state.bank.differences().filter(|(_, d)| d.difference.count == count);
    let recorded = Money::sum(same.map(|(_, d)| d.difference.amount));
    if recorded.plus(amount) > of_kind {
        let difference = found.difference();
        return Err(Refusal::DifferenceNotCounted { count, difference, recorded, asked: amount });
    }
    not_booked(context, difference, found, of_kind.minus(recorded))?;
    Ok(vec![Fact::CashDifferenceRecorded(difference.clone())])
}

/// A shortage that is not taken into the books is found again by every later count: what another
/// count's record has booked of it, and this count's book did not have, is not booked a second time.
fn not_booked(
    context: &Context<'_>,
    asked: &CashDifference,
    found: &CashCount,
    left: Money,
) -> Result<(), Refusal> {
    let (mut booked, mut last) = (Money::ZERO, None);
    for (seq, pending) in context.state.bank.differences() {
        let other = &pending.difference;
        let in_its_book = *seq < asked.count && other.date <= found.date;
        if other.count != asked.count && other.kind == asked.kind && !in_its_book {
            booked = booked.plus(other.amount);
            last = Some(*seq);
        }
    }
    match last {
        Some(by) if asked.amount > left.minus(booked) => {
            let (count, asked) = (asked.count, asked.amount);
            Err(Refusal::CashDifferenceBooked { count, left, booked, by, asked })
        }
        Some(_) | None => Ok(()),
    }
}

pub(super) fn resolve(
    context: &Context<'_>,
    asked: &ResolveDifference,
) -> Result<Vec<Fact>, Refusal> {
    let ResolveDifference { date, of, ends, basis } = asked.clone();
    let Some(pending) = context.state.bank.difference(of) else {
        return Err(Refusal::DifferenceUnknown { of });
    };
    if let Some((by, _)) = pending.resolved {
        return Err(Refusal::DifferenceEnded { of, by });
    }
    super::office::resolves_of_another(context, of)?;
    let CashDifference { fund, kind, amount, date: found, .. } = pending.difference.clone();
    if date < found {
        return Err(Refusal::BeforeItsRequest { date, requested: found });
    }
    let fits = match (&ends, kind) {
        (Ending::Income | Ending::Owed, Difference::Over)
        | (Ending::Spending, Difference::Short) => true,
        (Ending::Liable(officer), Difference::Short) => {
            super::office::known(context, officer)?;
            true
        }
        (Ending::Income | Ending::Owed, Difference::Short)
        | (Ending::Spending | Ending::Liable(_), Difference::Over) => false,
    };
    if !fits {
        return Err(Refusal::EndingOfOtherKind { of });
    }
    let resolved = DifferenceResolved { date, of, ends, basis, fund, amount };
    Ok(vec![Fact::CashDifferenceResolved(resolved)])
}

/// The record that rests on this one and has to be reversed before it.
pub(super) fn rests_on(context: &Context<'_>, seq: Seq, fact: &Fact) -> Option<Seq> {
    if let Fact::CashDifferenceRecorded(_) = fact {
        let pending = context.state.bank.difference(seq)?;
        return pending.resolved.as_ref().map(|(by, _)| *by);
    }
    if let Fact::DisbursementPaid(paid) = fact {
        let mut settlements = context.state.spending.settlements();
        let of_it = |(_, s): &(&Seq, &crate::projection::spending::Settlement)| {
            s.settled.disbursement == paid.disbursement
        };
        return settlements.find(of_it).map(|(by, _)| *by);
    }
    if let Fact::OpeningRecorded(_) = fact {
        return super::advance::settled_of(context, seq);
    }
    None
}
