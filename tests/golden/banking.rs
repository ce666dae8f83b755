//! The rule of how the bank is matched.

use serde_json::json;

use crate::given::{Asked, CHAIR, rule};

const DAY: &str = "2025-01-15";

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let matching = json!({"name": "bank_matching", "days": 10, "outstanding_days": 31});
    vec![rule(CHAIR, DAY, &matching)]
}
