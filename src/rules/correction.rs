//! Corrections: an entry is reversed once, whole, and never erased.

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::correction::{Correction, Reversal, Reverse};
use crate::projection::accounts::Kind;

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
    if let Fact::DuesReceived(receipt) = &original.fact {
        super::dues::check_reversal(context, seq, receipt)?;
    }
    if let Fact::DuesRefunded(refund) = &original.fact {
        super::dues::check_refund_reversal(context, refund)?;
    }
    // Whatever was posted since rests on what the book began with.
    let posted = || context.state.accounts.turnovers().any(|t| t.kind != Kind::Opening);
    let closed = context.state.periods.closed_through().is_some();
    if matches!(original.fact, Fact::OpeningRecorded(_)) && (closed || posted()) {
        return Err(Refusal::NotReversible { seq, kind: original.fact.kind().to_owned() });
    }
    super::allocation::drawn_on(context, &original)?;
    if let Some(by) = super::cash::rests_on(context, seq, &original.fact) {
        return Err(Refusal::ReverseLaterFirst { seq, by });
    }
    if asked.date < voucher.date {
        return Err(Refusal::ReversedBeforeItself { date: asked.date, original: voucher.date });
    }
    super::asset::reversible(context, seq, &original.fact)?;
    super::supply::reversible(context, seq)?;
    super::stocktake::reversible(context, seq)?;
    super::investment::reversible(context, &original.fact)?;
    Ok(vec![Fact::EntryReversed(Reversal {
        date: asked.date,
        reason: asked.reason.clone(),
        reverses: seq,
        reverses_voucher: voucher.number,
    })])
}

/// A reversed voucher is made again once, by a later one that stands.
pub(super) fn correct(context: &Context<'_>, asked: &Correction) -> Result<Vec<Fact>, Refusal> {
    let Correction { replaces, by } = *asked;
    let red = (context.look_up)(replaces);
    if !red.is_some_and(|red| matches!(red.fact, Fact::EntryReversed(_))) {
        return Err(Refusal::NotARedVoucher { seq: replaces });
    }
    let Some(blue) = (context.look_up)(by).filter(|blue| blue.voucher.is_some()) else {
        return Err(Refusal::NoVoucherThere { seq: by });
    };
    let written_by_rule = matches!(
        blue.fact,
        Fact::EntryReversed(_) | Fact::CarryForwardRecorded(_) | Fact::OpeningRecorded(_)
    );
    if by < replaces || written_by_rule {
        let kind = blue.fact.kind().to_owned();
        return Err(Refusal::CorrectsNothing { seq: by, kind, red: replaces });
    }
    if let Some(found) = context.state.periods.reversal_of(by) {
        return Err(Refusal::ReversedAlready { seq: by, by: found.by });
    }
    let linked = |c: &Correction| c.replaces == replaces || c.by == by;
    if let Some((seq, _)) = context.state.periods.corrections().find(|(_, c)| linked(c)) {
        return Err(Refusal::CorrectedAlready { seq: *seq, red: replaces, blue: by });
    }
    Ok(vec![Fact::EntryCorrected(asked.clone())])
}
