//! Payments that are split 拆分付款 to stay under a band of the approvals.

use super::{Context, Refusal};
use crate::event::book::Strictness;
use crate::event::disbursement::Request;
use crate::projection::splits::split_with;

/// A request that with those before it falls into a higher band, where the rule refuses that.
pub(super) fn refused(context: &Context<'_>, request: &Request) -> Result<(), Refusal> {
    found(context, request, Strictness::Refuse).map_or(Ok(()), Err)
}

/// The same where the rule warns.
pub(super) fn warned(context: &Context<'_>, request: &Request) -> Option<Refusal> {
    found(context, request, Strictness::Warn)
}

fn found(context: &Context<'_>, request: &Request, wanted: Strictness) -> Option<Refusal> {
    let found = split_with(context.state, request, context.state.next())?;
    let (split, days) = (found.split, found.days);
    if found.refuse != wanted {
        return None;
    }
    let disbursement = request.disbursement.clone();
    let others = split.parts.iter().filter(|part| part.disbursement != disbursement);
    let earlier: Vec<&str> = others.map(|part| part.disbursement.as_str()).collect();
    let (earlier, band) = (earlier.join(", "), split.band.iter().copied().collect());
    Some(Refusal::PaymentSplit { disbursement, earlier, days, sum: split.sum, band })
}
