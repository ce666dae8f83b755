//! Papers that belong to records 附件.

use super::{Context, Refusal};
use crate::date::Day;
use crate::event::Fact;
use crate::event::paper::Attachment;
use crate::money::Money;
use crate::projection::State;
use crate::projection::disbursements::Disbursement;

/// The longest paper where no rule `attachments` is in force, 10 MiB: enough for a scanned invoice.
/// A default of this program, and no law.
pub const BYTES_MAX_DEFAULT: u64 = 10 << 20;

/// What a rule may allow at most, 1 GiB.
const BYTES_MAX_MOST: u64 = 1 << 30;

/// How long a paper may be on that day.
#[must_use]
pub fn bytes_max(state: &State, on: Day) -> u64 {
    state.offices.attachments(on).map_or(BYTES_MAX_DEFAULT, |(_, bytes_max)| bytes_max)
}

pub(super) fn add(context: &Context<'_>, added: &Attachment) -> Result<Vec<Fact>, Refusal> {
    let to = added.to;
    if to >= context.state.next() {
        return Err(Refusal::RecordUnknown { seq: to });
    }
    if let Some(same) = context.state.papers.of(to).iter().find(|p| p.sha256 == added.sha256) {
        let (paper, by) = (same.sha256.clone(), same.by);
        return Err(Refusal::PaperThereAlready { to, paper, by });
    }
    if added.bytes == 0 {
        return Err(Refusal::PaperEmpty { to });
    }
    let (bytes, most) = (added.bytes, bytes_max(context.state, context.today));
    if bytes > most {
        return Err(match context.state.offices.attachments(context.today) {
            Some(_) => Refusal::PaperTooLong { bytes, most },
            None => Refusal::PaperOverDefault { bytes, most },
        });
    }
    Ok(vec![Fact::AttachmentAdded(added.clone())])
}

pub(super) fn check_rule(required_above: Money, bytes_max: u64) -> Result<(), Refusal> {
    if required_above.is_negative() {
        return Err(Refusal::AmountNotPositive { amount: required_above });
    }
    if bytes_max == 0 || bytes_max > BYTES_MAX_MOST {
        return Err(Refusal::PaperLimitOutOfRange { found: bytes_max, most: BYTES_MAX_MOST });
    }
    Ok(())
}

/// A large payment rests on a paper, which belongs to the record of its request.
pub(super) fn of_payment(
    context: &Context<'_>,
    found: &Disbursement,
    on: Day,
) -> Result<(), Refusal> {
    let Some((above, _)) = context.state.offices.attachments(on) else { return Ok(()) };
    let amount = found.request.amount;
    if amount > above && context.state.papers.of(found.seq).is_empty() {
        let disbursement = found.request.disbursement.clone();
        return Err(Refusal::PaymentNeedsPaper { disbursement, amount, above });
    }
    Ok(())
}
