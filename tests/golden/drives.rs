//! Donation drives and mutual aid: one command for each fact and each form, in January 2025.

use serde_json::{Value, json};

use crate::given::relief::{
    by_bands, by_days, claimed, close_drive, contribute, contributed, decide, drive, drive_fields,
    item, next, people, project, receive, request_claims, scheme, somebody, terms,
};
use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, approve, asks, establish, opening, pay,
    requested, rule,
};

const DAY: &str = "2025-01-20";

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let lines = json!([
        {"account": "102", "fund": "general", "debit": "9000.00"},
        {"account": "32205", "fund": "general", "credit": "9000.00"},
    ]);
    let mut all = vec![opening(crate::given::FIRST, lines)];
    all.extend(rules());
    all.extend(drives());
    all.extend(covered());
    all.extend(claims());
    all.extend(counted_wrongly());
    let union = crate::given::union().into_iter();
    let goods = next(&union.chain(all.clone()).collect::<Vec<_>>()) - 1;
    let fields = json!({"drive": "dr-more", "record": goods, "reason": "数量登记错误"});
    all.push(asks(CLERK, DAY, "drive_goods.withdraw", fields));
    all
}

/// Goods come in to a drive, and too many of them are written down.
fn counted_wrongly() -> Vec<Asked> {
    let fields = json!({
        "drive": "dr-more", "on": DAY, "donor": {"member": "m-2"}, "article": "coat",
        "name": "大衣", "count": 30, "unit": "件",
    });
    vec![
        project(DAY, "more"),
        drive(DAY, "dr-more", "more"),
        asks(CLERK, DAY, "drive_goods.receive", fields),
    ]
}

/// One drive's fund, a project each for another drive and for premiums, a fund for mutual aid.
fn rules() -> Vec<Asked> {
    let holding = |custodial: bool| {
        rule(CHAIR, DAY, &json!({"name": "drive_holding", "custodial": custodial}))
    };
    let mut bands = by_bands("bands");
    bands["waiting_days"] = 0.into();
    bands["union_share"] = "30.00".into();
    vec![
        establish(ACCOUNTANT, DAY, "day-gifts", true),
        establish(ACCOUNTANT, DAY, "aid", true),
        project(DAY, "wife"),
        project(DAY, "premiums"),
        project(DAY, "insured"),
        somebody(DAY, "s-wife", None),
        somebody(DAY, "s-child", Some("m-2")),
        item(DAY, "claims", "medical_mutual_aid"),
        scheme(DAY, "bands", "aid", "claims"),
        asks(CHAIR, DAY, "scheme.open", kind("days", "premiums", "mutual")),
        asks(CHAIR, DAY, "scheme.open", kind("policy", "insured", "insurance")),
        terms(DAY, &[bands, by_days("days")]),
        holding(false),
        drive(DAY, "dr-own", "day-gifts"),
        holding(true),
    ]
}

fn kind(id: &str, fund: &str, kind: &str) -> Value {
    json!({
        "scheme": id, "name": "互助", "kind": kind, "fund": fund, "item": "claims",
        "source": "工会委员会决议2025-4号",
    })
}

fn drives() -> Vec<Asked> {
    let mut for_one = drive_fields("dr-wife", "wife");
    for_one["for"] = json!({"subject": "s-wife"});
    let given = json!([
        {"donor": {"member": "m-1"}, "amount": "100.00"},
        {"donor": {"subject": "s-child"}, "amount": "5.00"},
        {"donor": {"organisation": "示例公司"}, "amount": "1000.00"},
        {"donor": {"anonymous": 3}, "amount": "45.00"},
    ]);
    let received = |id: &str| {
        let fields = json!({
            "drive": id, "date": DAY, "into": "bank", "gifts": given,
            "control": {"people": 6, "total": "1150.00"},
        });
        receive(DAY, fields)
    };
    let goods = json!({
        "drive": "dr-own", "on": DAY, "donor": {"member": "m-2"}, "article": "quilt",
        "name": "棉被", "count": 3, "unit": "床",
    });
    let give = |to: Value, count: u32| {
        let fields = json!({
            "drive": "dr-own", "on": DAY, "to": to, "article": "quilt", "count": count,
        });
        asks(CLERK, DAY, "drive_goods.give", fields)
    };
    let to_wife = json!({
        "disbursement": "g-wife", "date": DAY, "fund": "wife", "account": "221",
        "amount": "1150.00", "payee": {"member": "m-1"}, "purpose": "捐款转交",
    });
    vec![
        asks(CHAIR, DAY, "drive.open", for_one),
        received("dr-own"),
        received("dr-wife"),
        asks(CLERK, DAY, "drive_goods.receive", goods),
        give(json!({"person": {"subject": "s-wife"}}), 1),
        give(json!({"organisation": "示例小学"}), 2),
        asks(CLERK, DAY, "disbursement.request", to_wife),
        approve(FINANCE, DAY, "g-wife", "1150.00"),
        approve(CHAIR, DAY, "g-wife", "1150.00"),
        asks(
            CASHIER,
            DAY,
            "custodial.pay",
            json!({"disbursement": "g-wife", "date": DAY, "from": "bank"}),
        ),
        close_drive(DAY, "dr-wife", None),
        close_drive(DAY, "dr-own", Some("general")),
    ]
}

/// The members' own part, the union's beside it, and a scheme that the union pays for.
fn covered() -> Vec<Asked> {
    let both = ["m-1", "s-child"];
    let paid = |id: &str| {
        let to = json!({"organisation": "示例互助会"});
        let fields = requested(DAY, id, "50305", "60.00", &to);
        [
            asks(CLERK, DAY, "disbursement.request", fields),
            approve(FINANCE, DAY, id, "60.00"),
            pay(CASHIER, DAY, id, "bank"),
        ]
    };
    let cover = |scheme: &str, id: &str| {
        let fields = json!({
            "scheme": scheme, "disbursement": id, "first": DAY, "last": "2025-12-31",
            "people": people(&both),
        });
        asks(CLERK, DAY, "cover.list", fields)
    };
    let mut all = vec![contribute(DAY, contributed(DAY, "bands", &both, DAY, "2025-12-31"))];
    all.extend(paid("g-share"));
    all.push(cover("bands", "g-share"));
    all.extend(paid("g-whole"));
    all.push(cover("days", "g-whole"));
    all
}

fn claims() -> Vec<Asked> {
    let claim = |id: &str, scheme: &str, to: &str, by: &str, of: Value| {
        let mut fields = claimed(id, scheme, to, DAY);
        fields[by] = of;
        asks(CLERK, DAY, "claim.open", fields)
    };
    vec![
        claim("cl-1", "bands", "m-1", "costs", "250.00".into()),
        claim("cl-2", "days", "s-child", "days", 5.into()),
        decide(DAY, "cl-1", "75.00"),
        decide(DAY, "cl-2", "80.00"),
        request_claims(DAY, "g-claims", &["cl-1"]),
    ]
}
