//! A book that begins in mid-life, and a payroll that was declared wrong.

use crate::given::{ACCOUNTANT, Asked, CLERK, FIRST, asks, of, opening, payroll, union};
use serde_json::{Value, json};

const DAY: &str = "2025-02-10";

pub(crate) fn scene() -> Vec<Asked> {
    let paid = json!({"member": "m-1", "paid_through": "2024-12"});
    let owing = json!({"member": "m-2", "paid_through": "2024-10", "owed": "40.00"});
    let right = json!({
        "month": "2025-01", "total": "120000.00", "headcount": 3, "basis": "审计报告〔2025〕1号",
    });
    let lines = json!([
        {"account": "135", "fund": "general", "debit": "50.00"},
        {"account": "32205", "fund": "general", "credit": "50.00"},
    ]);
    // Behind the union's own records and the four of this scene; each command makes one.
    let brought_in = union().len() + 4;
    let advance = |id: &str, who: Value| {
        json!({
            "advance": id, "date": "2025-01-01", "from": brought_in, "who": who, "amount": "20.00",
            "since": "2024-11-05", "purpose": "备用金",
        })
    };
    vec![
        asks(CLERK, DAY, "dues_standing.open", paid),
        asks(CLERK, DAY, "dues_standing.open", owing),
        payroll(DAY, "2025-01", "100000.00"),
        asks(ACCOUNTANT, DAY, "payroll.correct", right),
        Asked { on: of(DAY), ..opening(FIRST, lines) },
        asks(ACCOUNTANT, DAY, "advance.open", advance("old-1", json!({"officer": "clerk"}))),
        asks(ACCOUNTANT, DAY, "advance.open", advance("old-2", json!({"member": "m-1"}))),
    ]
}
