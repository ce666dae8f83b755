//! Dues, members who come and go, and books of numbered receipts: one record of every form.

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, asks, dues, refund, refund_approved, rule, subsidy,
};
use serde_json::{Value, json};

const DAY: &str = "2025-03-10";

fn by(officer: &str, name: &str, fields: Value) -> Asked {
    asks(officer, DAY, name, fields)
}

fn terms(member: &str, from: &str, until: Option<&str>, terms: &Value) -> Asked {
    let mut fields = json!({"member": member, "from": from, "terms": terms});
    if let Some(until) = until {
        fields["until"] = until.into();
    }
    by(CLERK, "dues_terms.set", fields)
}

fn arrives(member: &str, paid: Option<&str>) -> Asked {
    let mut fields =
        json!({"member": member, "group": "g1", "on": DAY, "from_union": "示例二厂工会"});
    if let Some(paid) = paid {
        fields["dues_paid_through"] = paid.into();
    }
    by(CLERK, "member.arrive", fields)
}

fn departs(member: &str) -> Asked {
    by(CLERK, "member.depart", json!({"member": member, "on": DAY, "to_union": "示例三厂工会"}))
}

fn stock(id: &str, kind: &str) -> Asked {
    let fields = json!({
        "stock": id, "kind": kind, "series": "示会2025", "first": 101, "last": 150, "on": DAY,
    });
    by(ACCOUNTANT, "receipt_stock.receive", fields)
}

fn issues(stock: &str, of: u64, payer: &Value, amount: &str) -> Asked {
    let fields = json!({
        "stock": stock, "number": 101, "on": DAY, "of": of, "payer": payer, "amount": amount,
    });
    by(CASHIER, "paper_receipt.issue", fields)
}

/// How many records the small union has before this scene.
const BEFORE: u64 = 17;

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let waives = json!({
        "on": DAY, "member": "m-2", "from": "2025-01", "through": "2025-02", "reason": "家庭困难",
        "resolution": "工会委员会决议2025-2号",
    });
    // Once dues were given back here without a request; what stands here instead leaves all that
    // follows in its place.
    let [request, approval] = refund_approved(DAY, "d-1", "m-1", "5.00");
    let voids = json!({"stock": "b-1", "number": 102, "on": DAY, "reason": "写错"});
    vec![
        dues(DAY, "m-1", "2025-01", "25.00"),
        subsidy(DAY, "administration", "general", "20.00"),
        by(CHAIR, "dues.waive", waives),
        by(CHAIR, "dues_waiver.cancel", json!({"on": DAY, "waiver": BEFORE + 2, "reason": "记错"})),
        request,
        arrives("m-3", Some("2025-03")),
        arrives("m-4", None),
        terms("m-3", "2025-04", None, &json!({"kind": "by_base"})),
        terms("m-4", "2025-03", None, &json!({"kind": "flat", "amount": "5.00"})),
        terms("m-2", "2025-03", Some("2025-08"), &json!({"kind": "exempt", "reason": "retired"})),
        terms(
            "m-2",
            "2025-09",
            Some("2025-09"),
            &json!({"kind": "exempt", "reason": "unemployed"}),
        ),
        terms(
            "m-2",
            "2025-10",
            Some("2025-10"),
            &json!({"kind": "exempt", "reason": "long_illness"}),
        ),
        terms("m-2", "2025-11", Some("2025-11"), &json!({"kind": "exempt", "reason": "other"})),
        // Of the first of them the first month is paid, of the other it is not.
        departs("m-3"),
        departs("m-4"),
        rule(CHAIR, DAY, &json!({"name": "dues_flat", "amount": "10.00"})),
        rule(CHAIR, DAY, &json!({"name": "receipt_order", "any_order": true})),
        stock("b-1", "dues"),
        stock("b-2", "allocation"),
        issues("b-1", BEFORE, &json!({"member": "m-1"}), "25.00"),
        issues("b-2", BEFORE + 1, &json!({"organisation": "示例厂"}), "20.00"),
        by(CASHIER, "paper_receipt.void", voids),
        approval,
        refund(DAY, "d-1", "m-1", "2025-01", "5.00"),
    ]
}
