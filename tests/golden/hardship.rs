//! Hardship cases from their opening to their end, and aid from the application to the payment: one
//! command for each fact and each form, in January 2025.

use serde_json::{Value, json};

use crate::given::hardship::{
    aid_requested, answered, applied, closed, items, notice_days, objected, opened, opened_of,
    posted, reviewed,
};
use crate::given::{Asked, CHAIR, CLERK, FIRST, asks, enrol, opening, rule};

const DAY: &str = "2025-01-08";
const THROUGH: &str = "2025-01-15";
const LATER: &str = "2025-01-16";

pub(crate) fn scene() -> Vec<Asked> {
    let lines = json!([
        {"account": "102", "fund": "general", "debit": "9000.00"},
        {"account": "32205", "fund": "general", "credit": "9000.00"},
    ]);
    let mut all = vec![opening(FIRST, lines)];
    all.extend(items());
    all.extend(rules());
    all.extend(cases());
    all.extend(aid());
    all
}

fn rules() -> Vec<Asked> {
    let sets: [Value; 3] = [
        json!({"name": "aid_needs_case", "required": true}),
        json!({"name": "holidays", "days_off": ["2025-01-01", "2025-01-28"], "days_worked": ["2025-01-26"]}),
        json!({"name": "privacy_classes", "public": ["姓名"], "office": ["电话"]}),
    ];
    let set = sets.iter().map(|set| rule(CHAIR, FIRST, set));
    set.chain([notice_days(FIRST, 5)]).collect()
}

/// A member's case and one of somebody whom only the vault knows; each class, each end.
fn cases() -> Vec<Asked> {
    let commitment = json!([{"name": "姓名", "commitment": "a".repeat(64)}]);
    let family = json!({"subject": "s-1", "fields": commitment});
    let mut all = vec![asks(CLERK, DAY, "privacy.commit", family)];
    all.push(opened(DAY, "c-1", "m-1"));
    all.push(opened_of(DAY, "c-2", &json!({"subject": "s-1"}), "2025-12-31"));
    let classes = ["general", "special", "deep", "relative", "accidental"];
    for class in classes {
        let fields = json!({
            "case": "c-1", "class": class, "on": DAY, "valid_through": "2026-01-07",
            "source": "入户核查记录2025-1号",
        });
        all.push(asks(CLERK, DAY, "case.review", fields));
    }
    for (member, reason) in
        [("m-21", "out_of_hardship"), ("m-22", "left"), ("m-23", "died"), ("m-24", "false_claim")]
    {
        let case = format!("c-{member}");
        all.push(enrol(DAY, member, "g1"));
        all.push(opened(DAY, &case, member));
        all.push(closed(DAY, &case, reason));
    }
    all
}

fn aid() -> Vec<Asked> {
    let general = json!({
        "disbursement": "d-2", "date": LATER, "applications": ["a-2"], "fund": "general",
        "account": "50405", "purpose": "送温暖",
        "analysis": {"nature": "basic", "economic": "30305"},
    });
    vec![
        applied(DAY, "a-1", "c-1", "600.00"),
        applied(DAY, "a-2", "c-2", "400.00"),
        applied(DAY, "a-3", "c-2", "100.00"),
        reviewed(DAY, "a-1", "500.00"),
        reviewed(DAY, "a-2", "400.00"),
        reviewed(DAY, "a-3", "0.00"),
        posted(DAY, "n-1", &["a-1", "a-2"], THROUGH),
        objected(DAY, "a-1"),
        answered(DAY, "a-1", false),
        objected(DAY, "a-2"),
        answered(DAY, "a-2", false),
        aid_requested(LATER, "d-1", &["a-1"]),
        asks(CLERK, LATER, "aid.request", general),
        // One that is upheld ends with it.
        applied(LATER, "a-4", "c-1", "50.00"),
        reviewed(LATER, "a-4", "50.00"),
        posted(LATER, "n-2", &["a-4"], "2025-01-23"),
        objected(LATER, "a-4"),
        answered(LATER, "a-4", true),
    ]
}
