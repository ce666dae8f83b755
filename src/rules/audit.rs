//! The audit committee's adjustments.

use super::Refusal;
use crate::event::audit::Adjustment;
use crate::event::{Fact, Line, Till};

pub(super) fn adjust(adjustment: &Adjustment) -> Result<Vec<Fact>, Refusal> {
    if adjustment.lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    let pays_out = |line: &&Line| {
        let credited = line.side.columns().1.is_some_and(|amount| !amount.is_zero());
        credited && Till::ALL.iter().any(|till| till.account() == line.account)
    };
    if let Some(line) = adjustment.lines.iter().find(pays_out) {
        return Err(Refusal::AdjustmentPaysOut { account: line.account.clone() });
    }
    Ok(vec![Fact::AdjustmentRecorded(adjustment.clone())])
}
