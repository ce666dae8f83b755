//! Donation drives and mutual aid of the small union.

use serde_json::{Value, json};

use super::{
    ACCOUNTANT, Asked, CHAIR, CLERK, FIRST, asks, establish, given, rule, union_with_money,
};

/// The place of the record that comes after these commands.
pub fn next(asked: &[Asked]) -> u64 {
    given(asked.to_vec()).state().next().0
}

pub fn project(on: &str, id: &str) -> Asked {
    let fields =
        json!({"project": id, "name": "代管款", "whose": "示例互助会", "purpose": "代收代付"});
    asks(ACCOUNTANT, on, "custodial_project.open", fields)
}

/// Somebody whom only the vault knows, or a member by another name.
pub fn somebody(on: &str, id: &str, of: Option<&str>) -> Asked {
    let fields = json!([{"name": "姓名", "commitment": "a".repeat(64)}]);
    let mut fields = json!({"subject": id, "fields": fields});
    if let Some(member) = of {
        fields["of"] = json!({"member": member});
    }
    asks(CLERK, on, "privacy.commit", fields)
}

/// The small union with a fund `drive` of its own and a project `kept`, both of them empty.
pub fn with_funds() -> Vec<Asked> {
    let mut asked = union_with_money();
    let more = [
        establish(ACCOUNTANT, FIRST, "drive", true),
        project(FIRST, "kept"),
        somebody(FIRST, "s-1", None),
    ];
    asked.extend(more);
    asked
}

pub fn drive_fields(id: &str, fund: &str) -> Value {
    json!({
        "drive": id, "name": "爱心捐款", "fund": fund, "purpose": "大病救助",
        "first": "2025-01-15", "last": "2025-02-28", "source": "工会委员会决议2025-3号",
    })
}

pub fn drive(on: &str, id: &str, fund: &str) -> Asked {
    asks(CHAIR, on, "drive.open", drive_fields(id, fund))
}

/// Gifts of members, with people and sum as they are.
pub fn gifts(on: &str, id: &str, gifts: &[(&str, &str)]) -> Value {
    let one =
        |(member, amount): &(&str, &str)| json!({"donor": {"member": member}, "amount": amount});
    let lines: Vec<Value> = gifts.iter().map(one).collect();
    let total = mingzhang::money::Money::sum(gifts.iter().map(|(_, amount)| super::yuan(amount)));
    json!({
        "drive": id, "date": on, "into": "bank", "gifts": lines,
        "control": {"people": gifts.len(), "total": total},
    })
}

pub fn receive(on: &str, fields: Value) -> Asked {
    asks(ACCOUNTANT, on, "drive.receive", fields)
}

pub fn goods(on: &str, id: &str, name: &str, count: u32) -> Asked {
    let fields = json!({
        "drive": id, "on": on, "donor": {"organisation": "示例公司"}, "article": "quilt",
        "name": name, "count": count, "unit": "床",
    });
    asks(CLERK, on, "drive_goods.receive", fields)
}

pub fn give(on: &str, id: &str, count: u32) -> Asked {
    let fields = json!({
        "drive": id, "on": on, "to": {"person": {"member": "m-1"}}, "article": "quilt",
        "count": count,
    });
    asks(CLERK, on, "drive_goods.give", fields)
}

pub fn close_drive(on: &str, id: &str, to: Option<&str>) -> Asked {
    let mut fields = json!({"drive": id, "on": on, "resolution": "工会委员会决议2025-9号"});
    if let Some(to) = to {
        fields["to"] = to.into();
    }
    asks(CHAIR, on, "drive.close", fields)
}

pub fn scheme(on: &str, id: &str, fund: &str, item: &str) -> Asked {
    let fields = json!({
        "scheme": id, "name": "职工医疗互助", "kind": "medical", "fund": fund, "item": item,
        "source": "示例省职工医疗互助办法",
    });
    asks(CHAIR, on, "scheme.open", fields)
}

/// By bands, after 30 days, for 50 yuan each.
pub fn by_bands(scheme: &str) -> Value {
    json!({
        "scheme": scheme, "contribution": "50.00", "waiting_days": 30,
        "bands": [
            {"up_to": "5000.00", "basis_points": 3000}, {"up_to": "10000.00", "basis_points": 3500},
            {"up_to": "20000.00", "basis_points": 4000}, {"up_to": "30000.00", "basis_points": 4500},
            {"basis_points": 5000},
        ],
        "least": "50.00", "most_in_year": "50000.00",
    })
}

/// By days, and the union pays for it.
pub fn by_days(scheme: &str) -> Value {
    json!({
        "scheme": scheme, "union_share": "30.00",
        "daily": {"amount": "40.00", "from_day": 4}, "most_in_year": "7200.00",
    })
}

pub fn terms(on: &str, terms: &[Value]) -> Asked {
    rule(CHAIR, on, &json!({"name": "mutual_aid_terms", "terms": terms}))
}

pub fn item(on: &str, id: &str, kind: &str) -> Asked {
    let fields =
        json!({"item": id, "name": "给付", "kind": kind, "account": "50305", "eligible": []});
    asks(CHAIR, on, "welfare_item.define", fields)
}

/// Two schemes with their terms: `bands` with a fund of its own, `days` with a project.
pub fn with_schemes() -> Vec<Asked> {
    let mut asked = with_funds();
    let more = [
        item(FIRST, "aid", "medical_mutual_aid"),
        item(FIRST, "feast", "festival"),
        scheme(FIRST, "bands", "drive", "aid"),
        scheme(FIRST, "days", "kept", "aid"),
        terms(FIRST, &[by_bands("bands"), by_days("days")]),
    ];
    asked.extend(more);
    asked
}

pub fn people(ids: &[&str]) -> Vec<Value> {
    let one = |id: &&str| {
        if id.starts_with("s-") { json!({"subject": id}) } else { json!({"member": id}) }
    };
    ids.iter().map(one).collect()
}

/// 50 yuan each, for a term.
pub fn contributed(on: &str, scheme: &str, ids: &[&str], first: &str, last: &str) -> Value {
    let total = super::yuan("50.00").times(u32::try_from(ids.len()).unwrap());
    json!({
        "scheme": scheme, "date": on, "into": "bank", "first": first, "last": last,
        "people": people(ids), "control": {"people": ids.len(), "total": total},
    })
}

pub fn contribute(on: &str, fields: Value) -> Asked {
    asks(ACCOUNTANT, on, "contributions.receive", fields)
}

/// For the year 2025.
pub fn contribution(on: &str, ids: &[&str]) -> Asked {
    contribute(on, contributed(on, "bands", ids, "2025-01-01", "2025-12-31"))
}

pub fn cover(on: &str, disbursement: &str, ids: &[&str], year: u32) -> Asked {
    let fields = json!({
        "scheme": "days", "disbursement": disbursement, "first": format!("{year}-01-01"),
        "last": format!("{year}-12-31"), "people": people(ids),
    });
    asks(CLERK, on, "cover.list", fields)
}

pub fn claimed(claim: &str, scheme: &str, to: &str, on: &str) -> Value {
    let to = people(&[to]).remove(0);
    json!({"claim": claim, "scheme": scheme, "to": to, "on": on})
}

/// Costs of a member, by bands.
pub fn claim(on: &str, claim: &str, member: &str, befell: &str, costs: &str) -> Asked {
    let mut fields = claimed(claim, "bands", member, befell);
    fields["costs"] = costs.into();
    asks(CLERK, on, "claim.open", fields)
}

pub fn decide(on: &str, claim: &str, amount: &str) -> Asked {
    asks(CHAIR, on, "claim.decide", json!({"claim": claim, "on": on, "amount": amount}))
}

pub fn request_claims(on: &str, id: &str, claims: &[&str]) -> Asked {
    let fields = json!({"disbursement": id, "date": on, "claims": claims, "purpose": "互助给付"});
    asks(CLERK, on, "claims.request", fields)
}
