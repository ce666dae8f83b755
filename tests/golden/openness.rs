//! What is posted for the members: one of each form.

use serde_json::{Value, json};

use crate::given::{ACCOUNTANT, Asked, CHAIR, asks, rule};

const DAY: &str = "2025-02-10";

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let monthly = json!({
        "name": "monthly_notice", "by_day": 10, "place": "一楼公示栏", "contact": "工会办公室",
    });
    let checks = json!({"name": "closing_checks", "checks": ["notices_posted"]});
    let posted = |by: &str, fields: Value| asks(by, DAY, "disclosure.publish", fields);
    vec![
        rule(CHAIR, DAY, &monthly),
        rule(CHAIR, DAY, &checks),
        posted(
            ACCOUNTANT,
            json!({
                "what": "notice", "first": "2025-01", "last": "2025-01", "on": DAY,
                "place": "一楼公示栏",
            }),
        ),
        // The same months again, with all that can be said.
        posted(
            CHAIR,
            json!({
                "what": "notice", "first": "2025-01", "last": "2025-01", "on": DAY,
                "place": "一楼公示栏和会员群", "through": "2025-02-17", "size": 5,
                "report_sha256": "ab".repeat(32),
            }),
        ),
        posted(
            ACCOUNTANT,
            json!({
                "what": "donors", "first": "2025-02", "last": "2025-02", "on": DAY,
                "place": "网站", "interim": true,
            }),
        ),
        posted(
            ACCOUNTANT,
            json!({
                "what": "annual_report", "first": "2025-01", "last": "2025-12", "on": DAY,
                "place": "会员大会", "interim": true,
            }),
        ),
        posted(
            CHAIR,
            json!({
                "what": "other", "first": "2025-01", "last": "2025-01", "on": DAY,
                "place": "公示栏",
            }),
        ),
    ]
}
