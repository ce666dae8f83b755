//! A book that begins in mid-life, and a payroll that was declared wrong.

use crate::given::{ACCOUNTANT, Asked, CLERK, asks, payroll};
use serde_json::json;

const DAY: &str = "2025-02-10";

pub(super) fn scene() -> Vec<Asked> {
    let paid = json!({"member": "m-1", "paid_through": "2024-12"});
    let owing = json!({"member": "m-2", "paid_through": "2024-10", "owed": "40.00"});
    let right = json!({
        "month": "2025-01", "total": "120000.00", "headcount": 3, "basis": "审计报告〔2025〕1号",
    });
    vec![
        asks(CLERK, DAY, "dues_standing.open", paid),
        asks(CLERK, DAY, "dues_standing.open", owing),
        payroll(DAY, "2025-01", "100000.00"),
        asks(ACCOUNTANT, DAY, "payroll.correct", right),
    ]
}
