//! The rule of how the bank is matched, and a statement that is withdrawn.

use serde_json::json;

use crate::given::{ACCOUNTANT, Asked, CHAIR, asks, rule};

const DAY: &str = "2025-01-15";

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let matching = json!({"name": "bank_matching", "days": 10, "outstanding_days": 31});
    let statement = json!({
        "statement": "b-1", "date": DAY, "first": "2025-01-01", "last": DAY, "opening": "0.00",
        "closing": "1.00", "source": "ab".repeat(32),
        "lines": [{"no": 1, "date": DAY, "amount": "1.00"}],
    });
    let withdrawn = json!({"statement": "b-1", "reason": "不是本会的账户"});
    vec![
        rule(CHAIR, DAY, &matching),
        asks(ACCOUNTANT, DAY, "bank_statement.record", statement),
        asks(ACCOUNTANT, DAY, "bank_statement.withdraw", withdrawn),
    ]
}
