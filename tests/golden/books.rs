//! A correction that says which voucher it stands for, and a note to the year's statements.

use serde_json::json;

use crate::given::{ACCOUNTANT, Asked, FINANCE, asks, given, interest, reverse, union};

const DAY: &str = "2025-01-15";

pub(crate) fn scene() -> Vec<Asked> {
    // Where these records will stand in the book that goes on from the small union.
    let wrong = given(union()).lines().len();
    vec![
        interest(DAY, "66.60"),
        reverse(DAY, u64::try_from(wrong).unwrap()),
        interest(DAY, "6.66"),
        asks(ACCOUNTANT, DAY, "entry.correct", json!({"replaces": wrong + 1, "by": wrong + 2})),
        asks(
            FINANCE,
            DAY,
            "note.write",
            json!({"year": 2025, "item": 8, "text": "会员人数较上年增加"}),
        ),
    ]
}
