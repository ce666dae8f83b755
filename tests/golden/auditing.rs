//! Audits, samples, rectification: one of each form.

use serde_json::{Value, json};

use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CHAIR, CLERK, asks, given, interest, opening, rule, union,
};

const DAY: &str = "2025-01-15";
const LATER: &str = "2025-02-10";

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let by = |officer: &str, name: &str, fields: Value| asks(officer, LATER, name, fields);
    let thresholds = json!({
        "name": "audit_thresholds", "late_days": 15, "round_sum": "5000.00",
        "hours_first": 7, "hours_last": 21,
    });
    let openings = json!([
        {"account": "102", "fund": "general", "debit": "1000.00"},
        {"account": "32205", "fund": "general", "credit": "1000.00"},
    ]);
    let engagement = |audit: &str| {
        json!({
            "audit": audit, "on": LATER, "first": "2025-01", "last": "2025-01",
            "team": [AUDITOR], "lead": AUDITOR, "basis": "经审会2025年度审计计划",
        })
    };
    let sample = |what: &str, above: Option<&str>| {
        let mut population = json!({"what": what, "first": "2025-01", "last": "2025-01"});
        if let Some(above) = above {
            population["above"] = above.into();
        }
        json!({
            "audit": "a-1", "on": LATER, "seed": "5eed".repeat(16), "population": population,
            "size_asked": 2,
        })
    };
    let finding = |id: &str| {
        json!({
            "finding": id, "date": LATER, "records": [3], "says": "缺少发票", "asks": "补齐附件",
        })
    };
    let report = |audit: &str, findings: Value, advice: Value| {
        json!({
            "audit": audit, "date": LATER, "findings": findings, "income": "10.00",
            "spending": "0.00", "closing": "1010.00", "advice": advice,
        })
    };
    let rectified = |fields: Value| by(ACCOUNTANT, "rectification.report", fields);
    let begun = given(union().into_iter().chain([
        opening("2025-01-01", openings.clone()),
        rule(CHAIR, DAY, &thresholds),
        interest(DAY, "10.00"),
    ]));
    // The sample that follows the audit's own record.
    let place = begun.state().next().0 + 1;
    let mut again = sample("vouchers", None);
    again["audit"] = "a-2".into();
    again["replaces"] = json!({"records": [place], "reason": "补充抽样"});
    vec![
        opening("2025-01-01", openings),
        rule(CHAIR, DAY, &thresholds),
        interest(DAY, "10.00"),
        by(AUDITOR, "audit.open", engagement("a-1")),
        by(AUDITOR, "sample.draw", sample("vouchers", None)),
        by(AUDITOR, "sample.draw", sample("receipts", Some("5.00"))),
        by(AUDITOR, "finding.raise", finding("f-1")),
        by(
            AUDITOR,
            "finding.assign",
            json!({"finding": "f-1", "date": LATER, "owner": CLERK, "due": "2025-04-30"}),
        ),
        by(AUDITOR, "finding.raise", finding("f-2")),
        by(AUDITOR, "finding.assign", json!({"finding": "f-2", "date": LATER, "owner": CLERK})),
        by(
            AUDITOR,
            "finding.assign",
            json!({"finding": "f-2", "date": LATER, "due": "2025-04-30"}),
        ),
        rectified(json!({
            "finding": "f-1", "date": LATER, "measure": "催要发票", "status": "in_progress",
        })),
        rectified(json!({
            "finding": "f-1", "date": LATER, "measure": "发票已补", "status": "done",
            "evidence": "发票号码00000001",
        })),
        by(AUDITOR, "audit.report", report("a-1", json!(["f-1", "f-2"]), json!(["完善票据管理"]))),
        by(AUDITOR, "audit.open", engagement("a-2")),
        by(AUDITOR, "sample.draw", again),
        by(AUDITOR, "audit.report", report("a-2", json!([]), json!([]))),
    ]
}
