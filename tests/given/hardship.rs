//! Cases of the small union, and the aid that rests on them.

use serde_json::{Value, json};

use super::{Asked, CHAIR, CLERK, FINANCE, FIRST, asks, rule};

/// 困难职工生活救助
pub const LIVING: &str = "living";
/// 困难职工医疗救助
pub const MEDICAL: &str = "medical";

/// What may be given to whoever is in hardship.
pub fn items() -> Vec<Asked> {
    let item = |id: &str, name: &str| {
        let fields = json!({"item": id, "name": name, "kind": id, "account": "50404"});
        asks(CHAIR, FIRST, "welfare_item.define", fields)
    };
    vec![item(LIVING, "生活救助"), item(MEDICAL, "医疗救助")]
}

/// What is granted hangs so many working days.
pub fn notice_days(on: &str, working_days: u32) -> Asked {
    rule(CHAIR, on, &json!({"name": "notice_days", "working_days": working_days}))
}

pub fn opened(on: &str, case: &str, member: &str) -> Asked {
    opened_of(on, case, &json!({"member": member}), "2025-12-31")
}

pub fn opened_of(on: &str, case: &str, of: &Value, through: &str) -> Asked {
    let fields = json!({
        "case": case, "of": of, "class": "hardship", "on": on, "valid_through": through,
        "source": "示例工会帮扶办法第三条",
    });
    asks(CLERK, on, "case.open", fields)
}

pub fn closed(on: &str, case: &str, reason: &str) -> Asked {
    asks(CLERK, on, "case.close", json!({"case": case, "on": on, "reason": reason}))
}

pub fn applied(on: &str, id: &str, case: &str, amount: &str) -> Asked {
    applied_by(CLERK, on, id, (case, LIVING), amount)
}

pub fn applied_by(by: &str, on: &str, id: &str, (case, item): (&str, &str), amount: &str) -> Asked {
    let fields = json!({"application": id, "case": case, "item": item, "amount": amount, "on": on});
    asks(by, on, "aid.apply", fields)
}

pub fn reviewed(on: &str, id: &str, granted: &str) -> Asked {
    reviewed_by(FINANCE, on, id, granted)
}

pub fn reviewed_by(by: &str, on: &str, id: &str, granted: &str) -> Asked {
    asks(by, on, "aid.review", json!({"application": id, "on": on, "granted": granted}))
}

pub fn posted(on: &str, notice: &str, applications: &[&str], through: &str) -> Asked {
    let fields = json!({
        "notice": notice, "applications": applications, "on": on, "through": through,
        "place": "办公楼一层公示栏",
    });
    asks(CLERK, on, "notice.post", fields)
}

pub fn objected(on: &str, id: &str) -> Asked {
    asks(CLERK, on, "aid.object", json!({"application": id, "on": on}))
}

pub fn answered(on: &str, id: &str, upheld: bool) -> Asked {
    let fields = json!({"application": id, "on": on, "upheld": upheld});
    asks(CHAIR, on, "objection.answer", fields)
}

pub fn aid_requested(on: &str, disbursement: &str, applications: &[&str]) -> Asked {
    let fields = json!({
        "disbursement": disbursement, "date": on, "applications": applications, "purpose": "困难职工帮扶",
    });
    asks(CLERK, on, "aid.request", fields)
}
