//! Items, lists and visits of the small union.

use serde_json::{Value, json};

use super::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, approve, asks, pay, rule, yuan,
};
use mingzhang::money::Money;

/// Items of each form: for members, working members, women, children under 14, whoever paid dues, anyone.
pub fn items() -> Vec<Asked> {
    let item = |id: &str, kind: &str, account: &str, eligible: &[&str]| {
        asks(CHAIR, FIRST, "welfare_item.define", item(id, kind, account, eligible))
    };
    vec![
        item("feast", "festival", "50105", &["member"]),
        item("staff", "health_check", "50305", &["working"]),
        item("women", "womens_day", "50105", &["woman"]),
        item("children", "childrens_day", "50105", &["children"]),
        item("benefit", "other_benefit", "50305", &["dues_paid"]),
        item("calls", "visit", "50405", &[]),
        item("tuition", "tuition", "50101", &["member"]),
    ]
}

pub fn item(id: &str, kind: &str, account: &str, eligible: &[&str]) -> Value {
    let mut fields = json!({
        "item": id, "name": format!("{id} 事项"), "kind": kind, "account": account, "eligible": eligible,
    });
    if eligible.contains(&"children") {
        fields["children_under"] = 14.into();
    }
    fields
}

pub fn woman(member: &str) -> Asked {
    let fields = json!({"member": member, "woman": true});
    asks(CLERK, FIRST, "member_traits.record", fields)
}

pub fn parent(member: &str, born: &[&str]) -> Asked {
    let fields = json!({"member": member, "children_born": born});
    asks(CLERK, FIRST, "member_traits.record", fields)
}

/// A member by number, or somebody whom only the vault knows.
pub fn to(id: &str) -> Value {
    if id.starts_with("s-") { json!({"subject": id}) } else { json!({"member": id}) }
}

/// Somebody whom only the vault knows, or a member once more.
pub fn subject(on: &str, id: &str, of: Option<&str>) -> Asked {
    let mut fields = json!({
        "subject": id, "fields": [{"name": "姓名", "commitment": "a".repeat(64)}],
    });
    if let Some(member) = of {
        fields["of"] = json!({"member": member});
    }
    asks(CLERK, on, "privacy.commit", fields)
}

/// A request for these, with what they come to.
pub fn listed(on: &str, id: &str, item: &str, shares: &[(&str, &str)]) -> Value {
    let lines: Vec<Value> =
        shares.iter().map(|(who, amount)| json!({"to": to(who), "amount": amount})).collect();
    let total = Money::sum(shares.iter().map(|(_, amount)| yuan(amount)));
    json!({
        "disbursement": id, "date": on, "item": item, "lines": lines,
        "control": {"people": shares.len(), "total": total}, "purpose": "福利",
    })
}

pub fn benefit(on: &str, id: &str, item: &str, shares: &[(&str, &str)]) -> Asked {
    asks(CLERK, on, "benefit.request", listed(on, id, item, shares))
}

/// The same, approved by finance alone and paid in cash or out of the bank.
pub fn paid(on: &str, id: &str, item: &str, shares: &[(&str, &str)], till: &str) -> Vec<Asked> {
    let total = Money::sum(shares.iter().map(|(_, amount)| yuan(amount))).to_string();
    vec![
        benefit(on, id, item, shares),
        approve(FINANCE, on, id, &total),
        pay(CASHIER, on, id, till),
    ]
}

/// Everybody who waits signed but these.
pub fn all_but(on: &str, id: &str, unclaimed: &[&str]) -> Asked {
    let unclaimed: Vec<Value> = unclaimed.iter().map(|id| to(id)).collect();
    let fields = json!({"disbursement": id, "date": on, "unclaimed": unclaimed});
    asks(CLERK, on, "benefit.distribute", fields)
}

/// These signed, and those never came.
pub fn signed(on: &str, id: &str, signed: &[&str], unclaimed: &[&str]) -> Asked {
    let [signed, unclaimed] =
        [signed, unclaimed].map(|ids| ids.iter().map(|id| to(id)).collect::<Vec<_>>());
    let fields = json!({"disbursement": id, "date": on, "signed": signed, "unclaimed": unclaimed});
    asks(CLERK, on, "benefit.distribute", fields)
}

pub fn sent_back(on: &str, id: &str, into: &str) -> Asked {
    let fields = json!({"disbursement": id, "date": on, "into": into});
    asks(ACCOUNTANT, on, "benefit_remainder.return", fields)
}

pub fn schedule(on: &str, lines: &Value) -> Asked {
    rule(CHAIR, on, &json!({"name": "benefit_schedule", "lines": lines}))
}

/// A visit that brought nothing.
pub fn visit(on: &str, id: &str, who: &str) -> Value {
    json!({
        "visit": id, "date": on, "occasion": "sick", "to": to(who), "people": 3,
        "went": [CHAIR, CLERK], "value": "0.00",
    })
}

pub fn visits(on: &str, fields: Value) -> Asked {
    asks(CLERK, on, "visit.make", fields)
}

pub fn withdraw(on: &str, id: &str) -> Asked {
    asks(CLERK, on, "visit.withdraw", json!({"visit": id, "reason": "登记错误"}))
}
