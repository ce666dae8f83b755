//! Relatives, substitutes, handovers.

use mingzhang::projection::State;
use serde_json::json;

use super::Step;
use crate::given::{ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, appoint};

/// To whom the accountant hands his books over.
pub(crate) fn second_accountant() -> Asked {
    appoint(CHAIR, FIRST, "accountant-2", &["accountant"], None)
}

pub(crate) fn step(step: &Step, state: &State) -> Option<Asked> {
    match step.which % 4 {
        0 => Some(relation(step)),
        1 => end(step, state),
        2 => Some(substitute(step)),
        _ => Some(handover(step)),
    }
}

fn relation(step: &Step) -> Asked {
    let to = [
        json!({"member": "m-2"}),
        json!({"organisation": "示例商店二"}),
        json!({"officer": CASHIER}),
    ];
    let to = to[step.other / 2 % 3].clone();
    let officer = [CLERK, CHAIR][step.other % 2];
    let kind = ["relative", "interest"][step.other / 6 % 2];
    let fields = json!({
        "officer": officer,
        "to": to,
        "kind": kind,
        "from": "2024-01-01",
    });
    step.by(CHAIR, "relation.declare", fields)
}

fn end(step: &Step, state: &State) -> Option<Asked> {
    let open: Vec<_> = state.relations.all().filter(|r| r.ended.is_none()).collect();
    let declared = &step.pick(&open)?.declared;
    let fields = json!({
        "officer": declared.officer, "to": declared.to, "kind": declared.kind,
        "on": step.date, "reason": "不再是",
    });
    Some(step.by(CHAIR, "relation.end", fields))
}

/// The clerk, or somebody who must not, approves for one who is away.
fn substitute(step: &Step) -> Asked {
    let (officer, role) = [(CHAIR, "chair"), (FINANCE, "finance_head")][step.other % 2];
    let by = [CLERK, CASHIER, ACCOUNTANT][step.other / 2 % 3];
    let fields = json!({
        "officer": officer, "by": by,
        "roles": [role], "first": step.date, "last": step.today, "resolution": "决议",
    });
    step.by(CHAIR, "substitute.name", fields)
}

/// Books go from one accountant to the other; what is declared is made up, and said to be so.
fn handover(step: &Step) -> Asked {
    let declared = json!({"cash": step.amount, "bank": step.amount, "receipts": 0, "advances": 0});
    let items = vec![json!({"what": "账簿", "count": 3}); 1 + step.other % 9];
    let fields = json!({
        "office": "accountant", "from": ACCOUNTANT, "to": "accountant-2", "witness": FINANCE,
        "on": step.today, "declared": declared, "explanation": "未逐项核对", "list": items,
    });
    step.by(ACCOUNTANT, "handover.record", fields)
}
