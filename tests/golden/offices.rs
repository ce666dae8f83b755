//! Relatives, substitutes, handovers, and the rules about offices: one of each form.

use serde_json::{Value, json};

use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, appoint, approve, asks,
    opening, pay, request, rule,
};

const DAY: &str = "2025-01-15";

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let rules = [
        json!({"name": "split_watch", "days": 7, "refuse": "warn"}),
        json!({"name": "approval_expiry", "days": 60}),
        json!({"name": "incompatible_offices", "pairs": [["chair", "accountant"]]}),
        json!({"name": "office_terms", "years": 5}),
    ];
    let substitute = |last: &str| {
        let fields = json!({
            "officer": CHAIR, "by": CLERK, "roles": ["chair"], "first": DAY, "last": last,
            "resolution": "工会委员会决议2025-2号",
        });
        asks(CHAIR, DAY, "substitute.name", fields)
    };
    let money = json!([
        {"account": "101", "fund": "general", "debit": "100.00"},
        {"account": "102", "fund": "general", "debit": "2000.00"},
        {"account": "32205", "fund": "general", "credit": "2100.00"},
    ]);
    let count = json!({"date": DAY, "counted": "100.00", "witness": ACCOUNTANT});
    let mut scene: Vec<Asked> = rules.iter().map(|set| rule(CHAIR, FIRST, set)).collect();
    scene.push(opening(FIRST, money));
    scene.extend(relations());
    scene.extend([
        substitute("2025-03-31"),
        // Somebody else asks for it, and the clerk approves for the chair.
        asks(FINANCE, DAY, "disbursement.request", requested()),
        approve(CLERK, DAY, "d-1", "1000.01"),
        // He is back earlier than was said.
        substitute("2025-01-20"),
        request(DAY, "d-2", "1.00"),
        approve(FINANCE, DAY, "d-2", "1.00"),
        pay(CASHIER, DAY, "d-2", "bank"),
        appoint(CHAIR, DAY, "cashier-2", &["cashier"], None),
        appoint(CHAIR, DAY, "clerk-2", &["clerk"], None),
        asks(CASHIER, DAY, "cash.count", count),
        handover("cashier", CASHIER, "cashier-2", &json!("记-2025-01-0002"), None),
        handover("clerk", CLERK, "clerk-2", &Value::Null, Some("移交人已离岗，凭证号由接收人补查")),
    ]);
    scene
}

fn relations() -> Vec<Asked> {
    let subject = "s-relative";
    let committed = json!({
        "subject": subject, "fields": [{"name": "姓名", "commitment": "5f".repeat(32)}],
    });
    let declared = |officer: &str, to: Value, kind: &str, source: Option<&str>| {
        let mut fields = json!({"officer": officer, "to": to, "kind": kind, "from": "2010-05-01"});
        if let Some(source) = source {
            fields["source"] = source.into();
        }
        asks(officer, DAY, "relation.declare", fields)
    };
    let ended = json!({
        "officer": CLERK, "to": {"organisation": "示例印务店"}, "kind": "interest", "on": DAY,
        "reason": "股份已转让",
    });
    vec![
        asks(CLERK, DAY, "privacy.commit", committed),
        declared(
            CLERK,
            json!({"organisation": "示例印务店"}),
            "interest",
            Some("本人申报2025-1号"),
        ),
        declared(FINANCE, json!({"member": "m-1"}), "relative", None),
        declared(CASHIER, json!({"officer": AUDITOR}), "relative", None),
        declared(ACCOUNTANT, json!({"subject": subject}), "relative", None),
        asks(CHAIR, DAY, "relation.end", ended),
    ]
}

fn requested() -> Value {
    json!({
        "disbursement": "d-1", "date": DAY, "account": "50102", "amount": "1000.01",
        "payee": {"organisation": "示例商店"}, "purpose": "文体活动",
    })
}

/// A list of five lines, which are two records.
fn handover(
    office: &str,
    from: &str,
    to: &str,
    voucher: &Value,
    explanation: Option<&str>,
) -> Asked {
    let items = ["财务专用章", "现金支票", "保险柜钥匙", "凭证盒"];
    let mut list: Vec<Value> = items.iter().map(|what| json!({"what": what, "count": 1})).collect();
    list.push(json!({"what": "未达账项", "count": 1, "figure": "12.60"}));
    let mut declared = json!({"cash": "100.00", "bank": "1999.00", "receipts": 0, "advances": 0});
    if !voucher.is_null() {
        declared["voucher"] = voucher.clone();
    }
    let mut fields = json!({
        "office": office, "from": from, "to": to, "witness": FINANCE, "on": DAY,
        "declared": declared, "list": list,
    });
    if let Some(explanation) = explanation {
        fields["explanation"] = explanation.into();
    }
    asks(ACCOUNTANT, DAY, "handover.record", fields)
}
