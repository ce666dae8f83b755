//! Notes to the statements, and vouchers that stand for reversed ones.

use mingzhang::ids::Seq;
use mingzhang::projection::State;
use serde_json::json;

use super::Step;
use crate::given::{ACCOUNTANT, Asked, FINANCE};

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    if step.which.is_multiple_of(3) {
        let text = format!("说明{}", step.other);
        let fields = json!({"year": step.date.year(), "item": step.which % 10, "text": text});
        return Some(step.by(FINANCE, "note.write", fields));
    }
    let red: Vec<Seq> = state.periods.reversed().map(|(_, reversed)| reversed.by).collect();
    let replaces = step.pick(&red)?;
    let last = state.next().0.saturating_sub(1);
    let by = Seq(last.saturating_sub(step.other as u64 % 4));
    Some(step.by(ACCOUNTANT, "entry.correct", json!({"replaces": replaces, "by": by})))
}
