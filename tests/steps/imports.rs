//! Files that are imported, some of them again.

use mingzhang::projection::State;
use serde_json::json;

use super::Step;
use crate::given::{ACCOUNTANT, Asked};

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    // It moves no money, so that it is rare beside what does.
    if !step.which.is_multiple_of(3) {
        return None;
    }
    let source = format!("{:064x}", step.other % 40);
    let mark = |line: usize| format!("{:016x}", (step.which + line) % 60);
    let mut first = json!({"line": 2, "mark": mark(0)});
    if step.other.is_multiple_of(2) {
        first["like"] = (step.other as u64 % (state.next().0 + 2)).into();
    }
    let fields = json!({
        "source": source, "form": {"csv": {"encoding": "utf8"}}, "kind": "entries",
        "total": step.amount, "taken": [first, {"line": 3, "mark": mark(100), "like": 0}],
        "left": [{"line": 4, "why": "rule"}],
    });
    Some(step.by(ACCOUNTANT, "import.record", fields))
}
