//! Money that is requested, approved and paid, and the ways in which that fails.

use mingzhang::chain::verify::FaultKind::*;
use serde_json::{Value, json};

use super::super::office::{
    PAPER, act, appointed, approval, attached, paid, registered, requested, rule,
};
use super::super::{posted, record, records, reversal, seal};
use super::{Case, bundle, case, then};

/// Where what is done after the good book begins.
const AFTER: u64 = 35;

/// The whole amount, approved by somebody who signs.
fn approved(by: &'static str, amount: &str) -> (&'static str, Vec<Value>) {
    (by, vec![approval("d-2", amount), act(by, AFTER)])
}

fn request(amount: &str) -> (&'static str, Vec<Value>) {
    ("k1", vec![requested("d-2", amount)])
}

fn request_for(payee: Value) -> (&'static str, Vec<Value>) {
    let mut request = requested("d-2", "4.00");
    request["body"]["payee"] = payee;
    ("k1", vec![request])
}

fn payment(by: &'static str, amount: &str) -> (&'static str, Vec<Value>) {
    (by, vec![paid("d-2", amount, "记-2026-03-0003")])
}

fn ended(kind: &str) -> Value {
    record(kind, json!({ "disbursement": "d-2", "date": "2026-03-21", "reason": "不再需要" }))
}

fn removed(officer: &str) -> Value {
    record("officer.removed", json!({ "officer": officer, "on": "2026-03-30" }))
}

pub(super) fn cases() -> Vec<Case> {
    [requests(), approvals(), payments(), quorums(), forms()].into_iter().flatten().collect()
}

fn requests() -> Vec<Case> {
    vec![
        then(
            "a disbursement is requested, approved and paid",
            vec![request("4.00"), approved("c1", "4.00"), payment("p1", "4.00")],
            &[],
        ),
        then(
            "a disbursement is requested twice",
            vec![request("4.00"), request("4.00")],
            &[(1, RequestWrong)],
        ),
        then(
            "a disbursement is requested again after it was cancelled",
            vec![request("4.00"), ("k1", vec![ended("disbursement.cancelled")]), request("4.00")],
            &[(2, RequestWrong)],
        ),
        then(
            "a disbursement is cancelled twice",
            vec![
                request("4.00"),
                ("k1", vec![ended("disbursement.cancelled")]),
                ("k1", vec![ended("disbursement.cancelled")]),
            ],
            &[(2, RequestWrong)],
        ),
        then(
            "what was never requested is cancelled",
            vec![("k1", vec![ended("disbursement.cancelled")])],
            &[(0, RequestWrong)],
        ),
    ]
}

fn approvals() -> Vec<Case> {
    vec![
        then(
            "what was never requested is approved",
            vec![("c1", vec![approval("d-2", "4.00"), act("c1", 1)])],
            &[(0, ApprovalWrong)],
        ),
        then(
            "another amount is approved",
            vec![request("4.00"), approved("c1", "4.01"), payment("p1", "4.00")],
            &[(1, ApprovalWrong), (3, ApprovalMissing)],
        ),
        then(
            "the chair approves what he requested",
            vec![("c1", vec![requested("d-2", "4.00")]), approved("c1", "4.00")],
            &[(1, ApprovalWrong)],
        ),
        then(
            "the chair approves what he requested under another id",
            {
                let mut other = appointed("c2", &["clerk"]);
                other["body"]["member"] = "m-0001".into();
                vec![
                    ("c1", vec![other]),
                    ("c2", vec![requested("d-2", "4.00")]),
                    ("c1", vec![approval("d-2", "4.00"), act("c1", AFTER)]),
                ]
            },
            &[(2, ApprovalWrong)],
        ),
        then(
            "the chair approves a payment to himself as a member",
            vec![request_for(json!({ "member": "m-0001" })), approved("c1", "4.00")],
            &[(1, ApprovalWrong)],
        ),
        then(
            "the chair approves a payment to himself as an officer",
            vec![request_for(json!({ "officer": "c1" })), approved("c1", "4.00")],
            &[(1, ApprovalWrong)],
        ),
        then(
            "the chair approves twice",
            vec![
                request("4.00"),
                approved("c1", "4.00"),
                ("c1", vec![approval("d-2", "4.00"), act("c1", 1)]),
            ],
            &[(3, ApprovalWrong)],
        ),
        then(
            "what was refused is approved",
            vec![request("4.00"), ("c1", vec![ended("approval.refused")]), approved("c1", "4.00")],
            &[(2, ApprovalWrong)],
        ),
        then(
            "what was refused is refused again",
            vec![
                request("4.00"),
                ("c1", vec![ended("approval.refused")]),
                ("c1", vec![ended("approval.refused")]),
            ],
            &[(2, ApprovalWrong)],
        ),
        then(
            "the cashier approves",
            vec![request("4.00"), ("p1", vec![approval("d-2", "4.00")])],
            &[(1, OfficeWrong), (1, ActUnsigned)],
        ),
        then(
            "the cashier refuses",
            vec![request("4.00"), ("p1", vec![ended("approval.refused")])],
            &[(1, OfficeWrong)],
        ),
    ]
}

fn payments() -> Vec<Case> {
    let ready = || vec![request("4.00"), approved("c1", "4.00")];
    let with = |last: Vec<(&'static str, Vec<Value>)>| [ready(), last].concat();
    let elsewhere = json!({ "disbursement": "d-2", "date": "2026-03-22", "from": "bank",
        "fund": "general", "account": "50101", "amount": "4.00" });
    let elsewhere = posted("disbursement.paid", elsewhere, "记-2026-03-0003");
    let other_account = record("disbursement.paid", elsewhere);
    let mut red = record(
        "entry.reversed",
        reversal(&paid("d-2", "4.00", "记-2026-03-0003"), AFTER + 3, "记-2026-03-0004"),
    );
    red["body"]["date"] = "2026-03-28".into();
    let again = ("p1", vec![paid("d-2", "4.00", "记-2026-03-0005")]);
    vec![
        then("what was never requested is paid", vec![payment("p1", "4.00")], &[(0, PaymentWrong)]),
        then(
            "what was cancelled is paid",
            vec![
                request("4.00"),
                ("k1", vec![ended("disbursement.cancelled")]),
                payment("p1", "4.00"),
            ],
            &[(2, PaymentWrong)],
        ),
        then("more is paid", with(vec![payment("p1", "4.01")]), &[(3, PaymentWrong)]),
        then(
            "it is paid from another account",
            with(vec![("p1", vec![other_account])]),
            &[(3, PaymentWrong)],
        ),
        then(
            "it is paid twice",
            with(vec![payment("p1", "4.00"), ("p1", vec![paid("d-2", "4.00", "记-2026-03-0004")])]),
            &[(4, PaymentWrong)],
        ),
        then(
            "a payment is reversed, and paid again with the same approval",
            with(vec![payment("p1", "4.00"), ("a1", vec![red.clone()]), again.clone()]),
            &[],
        ),
        then(
            "a payment is reversed, and paid twice again",
            with(vec![
                payment("p1", "4.00"),
                ("a1", vec![red]),
                again,
                ("p1", vec![paid("d-2", "4.00", "记-2026-03-0006")]),
            ]),
            &[(6, PaymentWrong)],
        ),
        then("who approved pays", with(vec![payment("c1", "4.00")]), &[(3, PaymentWrong)]),
        then("who requested pays", with(vec![payment("k1", "4.00")]), &[(3, PaymentWrong)]),
        then(
            "the payee pays",
            vec![
                request_for(json!({ "officer": "p1" })),
                approved("c1", "4.00"),
                payment("p1", "4.00"),
            ],
            &[(3, PaymentWrong)],
        ),
        then(
            "a payment that needs a paper has none",
            vec![request("8.00"), approved("c1", "8.00"), payment("p1", "8.00")],
            &[(3, AttachmentRequired)],
        ),
        then(
            "a payment that needs a paper has it",
            vec![
                request("8.00"),
                ("k1", vec![attached(AFTER, PAPER)]),
                approved("c1", "8.00"),
                payment("p1", "8.00"),
            ],
            &[],
        ),
    ]
}

fn quorums() -> Vec<Case> {
    let large = || {
        vec![
            request("1000.01"),
            ("k1", vec![attached(AFTER, PAPER)]),
            ("a1", vec![registered("a1", 1), act("a1", 1)]),
            approved("c1", "1000.01"),
        ]
    };
    let with = |last: Vec<(&'static str, Vec<Value>)>| [large(), last].concat();
    let two_offices = appointed("c1", &["chair", "accountant"]);
    let mut left = appointed("a1", &["clerk"]);
    left["body"]["from"] = "2026-03-01".into();
    let no_rule = {
        let mut records = records();
        let mut request = requested("d-2", "4.00");
        request["idem"] = "k9".into();
        let mut payment = paid("d-2", "4.00", "记-2026-03-0002");
        (payment["idem"], payment["actor"]) = ("k10".into(), "p1".into());
        records.extend([request, payment]);
        records
    };
    vec![
        then(
            "nobody has approved",
            vec![request("4.00"), payment("p1", "4.00")],
            &[(1, ApprovalMissing)],
        ),
        case("no rule says who approves", bundle(&seal(no_rule)), &[(10, ApprovalMissing)]),
        then(
            "two have to approve, and one has",
            with(vec![payment("p1", "1000.01")]),
            &[(6, ApprovalMissing)],
        ),
        then(
            "two have to approve, and both have",
            with(vec![approved("a1", "1000.01"), payment("p1", "1000.01")]),
            &[],
        ),
        then(
            "one who holds two offices fills one of them",
            with(vec![("c1", vec![two_offices]), payment("p1", "1000.01")]),
            &[(7, ApprovalMissing)],
        ),
        then(
            "one of two has another office by the day of the payment",
            with(vec![approved("a1", "1000.01"), ("c1", vec![left]), payment("p1", "1000.01")]),
            &[(9, ApprovalMissing)],
        ),
        then(
            "who approved left before the payment",
            vec![
                request("4.00"),
                approved("c1", "4.00"),
                ("c1", vec![removed("c1")]),
                payment("p1", "4.00"),
            ],
            &[(4, ApprovalMissing)],
        ),
        then(
            "the band is that of the day of the request",
            {
                let bands =
                    json!({ "name": "approval_bands", "bands": [{ "roles": ["cashier"] }] });
                let mut later = rule(bands);
                later["body"]["from"] = "2026-03-21".into();
                vec![
                    ("c1", vec![later]),
                    request("4.00"),
                    ("c1", vec![approval("d-2", "4.00"), act("c1", 1)]),
                    payment("p1", "4.00"),
                ]
            },
            &[],
        ),
    ]
}

/// Bodies that lack what this section needs of them.
fn forms() -> Vec<Case> {
    let without = |mut record: Value, field: &str| {
        record["body"].as_object_mut().unwrap().remove(field);
        record
    };
    let with = |mut record: Value, field: &str, value: Value| {
        record["body"][field] = value;
        record
    };
    let bare = without(without(paid("d-1", "8.00", ""), "voucher"), "entries");
    let form = |done, by, record| then(done, vec![(by, vec![record])], &[(0, BodyForm)]);
    vec![
        form("a request has no payee", "k1", without(requested("d-2", "4.00"), "payee")),
        form(
            "a request has two payees",
            "k1",
            with(requested("d-2", "4.00"), "payee", json!({ "member": "m-0001", "officer": "k1" })),
        ),
        form(
            "a request's amount is a number",
            "k1",
            with(requested("d-2", "4.00"), "amount", 4.into()),
        ),
        form("a request's id has capitals", "k1", requested("D-2", "4.00")),
        form("an approval has no amount", "c1", without(approval("d-1", "8.00"), "amount")),
        form("a refusal has no day", "c1", without(ended("approval.refused"), "date")),
        form(
            "a cancellation has no id",
            "k1",
            without(ended("disbursement.cancelled"), "disbursement"),
        ),
        form("a payment has no voucher", "p1", bare),
        then(
            "a request's day is not in the calendar",
            vec![
                ("k1", vec![with(requested("d-2", "4.00"), "date", "2026-02-30".into())]),
                request("4.00"),
            ],
            &[(0, DateForm)],
        ),
    ]
}
