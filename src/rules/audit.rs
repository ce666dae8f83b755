//! The audit committee's adjustments.

use super::Refusal;
use crate::event::Fact;
use crate::event::audit::Adjustment;

pub(super) fn adjust(adjustment: &Adjustment) -> Result<Vec<Fact>, Refusal> {
    if adjustment.lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    Ok(vec![Fact::AdjustmentRecorded(adjustment.clone())])
}
