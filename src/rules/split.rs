//! Payments that are split 拆分付款 to stay under a band of the approvals.

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::book::Strictness;
use crate::projection::splits::split_with;

/// A request that with those before it falls into a higher band: an error where the rule refuses that,
/// and else what the rule warns of. Of all facts of a command, for the people of a list stand in others.
pub(super) fn check(context: &Context<'_>, facts: &[Fact]) -> Result<Vec<Refusal>, Refusal> {
    let mut warnings = Vec::new();
    for (refusal, strictness) in facts.iter().filter_map(|fact| found(context, fact, facts)) {
        match strictness {
            Strictness::Refuse => return Err(refusal),
            Strictness::Warn => warnings.push(refusal),
            Strictness::Allow => {}
        }
    }
    Ok(warnings)
}

fn found(context: &Context<'_>, fact: &Fact, facts: &[Fact]) -> Option<(Refusal, Strictness)> {
    let Fact::DisbursementRequested(request) = fact else { return None };
    let mut listed = Vec::new();
    for fact in facts {
        if let Fact::BenefitListed(part) = fact {
            listed.push(part);
        }
    }
    listed.retain(|part| part.disbursement == request.disbursement);
    let found = split_with(context.state, request, &listed, context.state.next())?;
    let (split, days) = (found.split, found.days);
    let disbursement = request.disbursement.clone();
    let others = split.parts.iter().filter(|part| part.disbursement != disbursement);
    let earlier: Vec<&str> = others.map(|part| part.disbursement.as_str()).collect();
    let (earlier, band) = (earlier.join(", "), split.band.iter().copied().collect());
    let sum = split.sum;
    Some((Refusal::PaymentSplit { disbursement, earlier, days, sum, band }, found.refuse))
}
