//! Items, lists, those who sign them, what comes back, and visits: every fact and every form of it.

use serde_json::json;

use crate::given::owned::{BOUGHT, and, buys, issue, item as card, last, store};
use crate::given::welfare::{
    all_but, item, items, listed, paid, parent, schedule, sent_back, signed, subject, visit,
    visits, withdraw, woman,
};
use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, approve, asks, opening, pay, rule,
    union,
};

const DAY: &str = "2025-02-10";

/// Goes on from the small union.
pub(crate) fn scene() -> Vec<Asked> {
    let lines = json!([
        {"account": "102", "fund": "general", "debit": "100000.00"},
        {"account": "101", "fund": "general", "debit": "1000.00"},
        {"account": "32205", "fund": "general", "credit": "101000.00"},
    ]);
    let mut scene = and(union(), [opening(FIRST, lines)]);
    scene.extend(items());
    scene.push(asks(
        CHAIR,
        FIRST,
        "welfare_item.define",
        item("handed-on", "donation", "221", &[]),
    ));
    scene.push(schedule(
        FIRST,
        &json!([
            {"item": "feast", "per": "person_year", "amount": "500.00"},
            {"item": "feast", "per": "person_day", "amount": "400.00"},
            {"item": "tuition", "per": "time", "amount": "200.00", "exact": true},
        ]),
    ));
    scene.push(rule(CHAIR, FIRST, &json!({"name": "benefit_dues", "months_unpaid_max": 3})));
    scene.push(rule(CHAIR, FIRST, &json!({"name": "benefit_proof", "items": ["tuition"]})));
    scene.extend([woman("m-1"), parent("m-2", &["2015-06", "2020-01"])]);
    scene.push(subject(FIRST, "s-1", None));
    scene.extend(buys("buy", "50405", "250.00", "supplies"));
    let bought = last(&scene);
    scene.extend([card("chess"), store("chess", bought, 10, "250.00"), issue(BOUGHT, "chess", 3)]);
    let issued = last(&scene);
    scene.extend(paid(DAY, "feast", "feast", &[("m-1", "300.00"), ("m-2", "300.00")], "cash"));
    scene.push(all_but(DAY, "feast", &["m-2"]));
    scene.push(sent_back(DAY, "feast", "cash"));
    // Two children, goods of a supplier.
    let mut children = listed(DAY, "children", "children", &[("m-2", "120.00")]);
    children["lines"][0]["times"] = 2.into();
    (children["form"], children["supplier"]) = ("goods".into(), "示例商店".into());
    scene.push(asks(CLERK, DAY, "benefit.request", children));
    scene.push(approve(FINANCE, DAY, "children", "120.00"));
    scene.push(pay(CASHIER, DAY, "children", "bank"));
    scene.push(signed(DAY, "children", &["m-2"], &[]));
    // Everybody, and a household that only the vault knows.
    let everybody = json!({
        "disbursement": "staff", "date": DAY, "on": "2025-03-01", "item": "staff",
        "everybody": {"amount": "100.00", "but": ["m-2"]},
        "control": {"people": 1, "total": "100.00"}, "purpose": "体检",
    });
    scene.push(asks(CLERK, DAY, "benefit.request", everybody));
    scene.extend(paid(DAY, "calls", "calls", &[("s-1", "500.00")], "bank"));
    let mut first = visit(DAY, "v-1", "s-1");
    (first["disbursement"], first["value"]) = ("calls".into(), "550.00".into());
    first["goods"] = json!({"issue": issued, "quantity": 2});
    scene.push(visits(DAY, first));
    scene.push(visits(DAY, visit(DAY, "v-2", "m-1")));
    let mut goods = visit(DAY, "v-3", "m-2");
    goods["value"] = "25.00".into();
    goods["goods"] = json!({"issue": issued, "quantity": 1});
    scene.push(visits(DAY, goods));
    scene.extend(paid(DAY, "calls-2", "calls", &[("m-2", "200.00")], "bank"));
    let mut money = visit(DAY, "v-4", "m-2");
    (money["disbursement"], money["value"]) = ("calls-2".into(), "200.00".into());
    scene.push(visits(DAY, money));
    scene.push(withdraw(DAY, "v-2"));
    scene.extend(in_custody());
    scene
}

/// Others' money that was handed on, and one of two never came.
fn in_custody() -> Vec<Asked> {
    let project = json!({
        "project": "drive", "name": "捐款", "whose": "示例会员", "purpose": "代收捐款",
    });
    let received = json!({
        "date": DAY, "project": "drive", "into": "bank", "amount": "100.00", "from": "会员",
    });
    let shares = [("s-1", "60.00"), ("m-1", "40.00")];
    let mut request = listed(DAY, "drive", "handed-on", &shares);
    (request["fund"], request["account"]) = ("drive".into(), "221".into());
    let paid = json!({"disbursement": "drive", "date": DAY, "from": "bank"});
    vec![
        asks(ACCOUNTANT, DAY, "custodial_project.open", project),
        asks(ACCOUNTANT, DAY, "custodial.receive", received),
        asks(CLERK, DAY, "benefit.request", request),
        approve(FINANCE, DAY, "drive", "100.00"),
        asks(CASHIER, DAY, "custodial.pay", paid),
        all_but(DAY, "drive", &["m-1"]),
        sent_back(DAY, "drive", "bank"),
    ]
}
