//! What is taken although a rule speaks against it: rules that are set to warn do not refuse.

use super::{Context, Refusal};
use crate::event::Fact;

/// Every rule in force that only warns, and that this fact goes against.
pub(super) fn check(_context: &Context<'_>, _fact: &Fact) -> Vec<Refusal> {
    Vec::new()
}
