//! What is taken although a rule speaks against it: rules that are set to warn do not refuse.

use super::{Context, Refusal};
use crate::event::{Entry, Fact};

/// Every rule in force that only warns, and that this fact goes against.
pub(super) fn check(context: &Context<'_>, fact: &Fact, entries: &[Entry]) -> Vec<Refusal> {
    let Some(date) = fact.date() else { return Vec::new() };
    let mut warnings = Vec::new();
    if let Fact::BudgetAdjusted(adjusted) = fact {
        warnings.extend(super::budget::warned(context, adjusted));
    }
    warnings.extend(super::handover::warned(context, entries, date));
    warnings.extend(super::cash::above_limit(context, entries, date));
    warnings
}
