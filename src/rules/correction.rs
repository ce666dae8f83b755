//! Corrections: an entry is reversed once, whole, and never erased.

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::correction::{Reversal, Reverse};

pub(super) fn reverse(context: &Context<'_>, asked: &Reverse) -> Result<Vec<Fact>, Refusal> {
    let seq = asked.seq;
    let original = (context.look_up)(seq);
    let Some((original, voucher)) = original.and_then(|found| {
        let voucher = found.voucher.clone()?;
        Some((found, voucher))
    }) else {
        return Err(Refusal::NothingToReverse { seq });
    };
    // What the audit committee adjusted, the accountant cannot take back.
    if matches!(
        original.fact,
        Fact::EntryReversed(_) | Fact::CarryForwardRecorded(_) | Fact::AdjustmentRecorded(_)
    ) {
        return Err(Refusal::NotReversible { seq, kind: original.fact.kind().to_owned() });
    }
    if let Some(found) = context.state.periods.reversal_of(seq) {
        return Err(Refusal::ReversedAlready { seq, by: found.by });
    }
    if let Some(by) = super::cash::rests_on(context, seq, &original.fact) {
        return Err(Refusal::ReverseLaterFirst { seq, by });
    }
    if asked.date < voucher.date {
        return Err(Refusal::ReversedBeforeItself { date: asked.date, original: voucher.date });
    }
    Ok(vec![Fact::EntryReversed(Reversal {
        date: asked.date,
        reason: asked.reason.clone(),
        reverses: seq,
        reverses_voucher: voucher.number,
    })])
}
