//! Money that is requested, approved and paid, and the ways in which that fails.

use mingzhang::chain::verify::FaultKind::*;
use serde_json::{Value, json};

use super::super::office::{
    PAPER, act, appointed, approval, attached, paid, registered, requested, rule,
};
use super::super::{chart, posted, record, records, reversal, seal};
use super::{Case, bundle, case, then};

/// Where what is done after the good book begins.
const AFTER: u64 = 36;

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

fn by_the_cashier(from: &str) -> Value {
    let bands = json!({ "name": "approval_bands", "bands": [{ "roles": ["cashier"] }] });
    let mut rule = rule(bands);
    rule["body"]["from"] = from.into();
    rule
}

fn removed(officer: &str) -> Value {
    record("officer.removed", json!({ "officer": officer, "on": "2026-03-30" }))
}

pub(super) fn cases() -> Vec<Case> {
    [requests(), approvals(), payments(), quorums(), substitutes(), forms()]
        .into_iter()
        .flatten()
        .collect()
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
            "the cashier requests",
            vec![("p1", vec![requested("d-2", "4.00")])],
            &[(0, OfficeWrong)],
        ),
        then(
            "the accountant requests, and the head of audit cancels",
            vec![
                ("a1", vec![requested("d-2", "4.00")]),
                ("u1", vec![ended("disbursement.cancelled")]),
            ],
            &[(1, OfficeWrong)],
        ),
        then(
            "what was never requested is cancelled",
            vec![("k1", vec![ended("disbursement.cancelled")])],
            &[(0, RequestWrong)],
        ),
    ]
}

fn approvals() -> Vec<Case> {
    let mut later = approval("d-2", "4.00");
    later["body"]["date"] = "2026-03-22".into();
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
                    ("c1", vec![other, act("c1", 1)]),
                    ("c2", vec![requested("d-2", "4.00")]),
                    ("c1", vec![approval("d-2", "4.00"), act("c1", AFTER + 2)]),
                ]
            },
            &[(3, ApprovalWrong)],
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
            vec![request("4.00"), approved("c1", "4.00"), ("c1", vec![later, act("c1", AFTER)])],
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
        then(
            "who approved pays",
            with(vec![payment("c1", "4.00")]),
            &[(3, PaymentWrong), (3, OfficeWrong)],
        ),
        then(
            "who requested pays",
            with(vec![payment("k1", "4.00")]),
            &[(3, PaymentWrong), (3, OfficeWrong)],
        ),
        then("the accountant pays", with(vec![payment("a1", "4.00")]), &[(3, OfficeWrong)]),
        booked("more is booked than was approved", |e| {
            e[0]["debit"] = "5.00".into();
            e[1]["credit"] = "5.00".into();
        }),
        booked("it is booked in another fund", |e| {
            e[0]["fund"] = "hardship".into();
            e[1]["fund"] = "hardship".into();
        }),
        booked("it is booked to another account", |e| {
            e[0]["account"] = "50101".into();
            e[0]["name"] = name_of("50101").into();
        }),
        booked("a part of it is booked elsewhere", |e| {
            let mut more = e[0].clone();
            e[0]["debit"] = "3.00".into();
            more["account"] = "50101".into();
            more["name"] = name_of("50101").into();
            more["debit"] = "1.00".into();
            e.as_array_mut().unwrap().push(more);
        }),
        booked("it leaves neither cash nor bank", |e| {
            e[1]["account"] = "50101".into();
            e[1]["name"] = name_of("50101").into();
        }),
        booked("money comes back with it", |e| {
            let mut more = e[1].clone();
            e[1]["credit"] = "5.00".into();
            let fields = more.as_object_mut().unwrap();
            fields.remove("credit");
            fields.insert("debit".to_owned(), "1.00".into());
            e.as_array_mut().unwrap().push(more);
        }),
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

/// An approved disbursement whose payment is booked otherwise than it says.
fn booked(done: &'static str, edit: impl FnOnce(&mut Value)) -> Case {
    let (by, mut records) = payment("p1", "4.00");
    edit(&mut records[0]["body"]["entries"]);
    let parts = vec![request("4.00"), approved("c1", "4.00"), (by, records)];
    then(done, parts, &[(3, PaymentWrong), (3, PostingDiffers)])
}

fn name_of(account: &str) -> String {
    let chart: Value = serde_json::from_str(chart().json()).unwrap();
    let accounts = chart["accounts"].as_array().unwrap();
    let account = accounts.iter().find(|one| one["code"] == account).unwrap();
    account["zh"].as_str().unwrap().to_owned()
}

/// The chair is away until that day, and the accountant approves for him.
fn substitute(role: &str, last: &str) -> Value {
    record(
        "substitute.named",
        json!({ "officer": "c1", "by": "a1", "roles": [role], "first": "2026-01-01",
            "last": last, "resolution": "工会委员会决议2026-2号" }),
    )
}

fn substitutes() -> Vec<Case> {
    let key = || ("a1", vec![registered("a1", 1), act("a1", 1), act("c1", 1)]);
    let named = |role: &str, last: &str| ("c1", vec![substitute(role, last), act("c1", 1)]);
    let paid_after = |named: Vec<(&'static str, Vec<Value>)>| {
        let asked = vec![request("4.00"), key()];
        [asked, named, vec![approved("a1", "4.00"), payment("p1", "4.00")]].concat()
    };
    let mut ends_early = paid_after(vec![named("chair", "2026-12-31")]);
    ends_early.insert(4, named("chair", "2026-03-01"));
    let mut more = substitute("chair", "2026-12-31");
    more["body"]["reason"] = "出差".into();
    vec![
        then("a substitute approves", paid_after(vec![named("chair", "2026-12-31")]), &[]),
        then("a substitute approved, and is none any more when it is paid", ends_early, &[]),
        then(
            "a substitute approves whose days are over",
            paid_after(vec![named("chair", "2026-03-01")]),
            &[(6, OfficeWrong), (8, ApprovalMissing)],
        ),
        then(
            "a substitute is named again, and his days are over by that",
            paid_after(vec![named("chair", "2026-12-31"), named("chair", "2026-03-01")]),
            &[(8, OfficeWrong), (10, ApprovalMissing)],
        ),
        then(
            "a substitute stands in for an office that the absent does not hold",
            paid_after(vec![named("finance_head", "2026-12-31")]),
            &[(6, OfficeWrong), (8, ApprovalMissing)],
        ),
        then(
            "a substitute for the chair appoints somebody",
            vec![
                key(),
                named("chair", "2026-12-31"),
                ("a1", vec![appointed("k2", &["clerk"]), act("a1", 1)]),
            ],
            &[(5, OfficeWrong)],
        ),
        then(
            "a substitute is named and nobody signs for it",
            vec![("c1", vec![substitute("chair", "2026-12-31")])],
            &[(0, ActUnsigned)],
        ),
        then(
            "the accountant names himself",
            vec![key(), ("a1", vec![substitute("chair", "2026-12-31"), act("a1", 1)])],
            &[(3, OfficeWrong)],
        ),
        then(
            "a substitute is named with a field too many",
            vec![("c1", vec![more, act("c1", 1)])],
            &[(0, BodyForm)],
        ),
    ]
}

fn quorums() -> Vec<Case> {
    let large = || {
        vec![
            request("1000.01"),
            ("k1", vec![attached(AFTER, PAPER)]),
            ("a1", vec![registered("a1", 1), act("a1", 1), act("c1", 1)]),
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
        case(
            "no rule says who approves",
            bundle(&seal(no_rule)),
            &[(9, OfficeWrong), (10, OfficeWrong), (10, ApprovalMissing)],
        ),
        then(
            "two have to approve, and one has",
            with(vec![payment("p1", "1000.01")]),
            &[(7, ApprovalMissing)],
        ),
        then(
            "two have to approve, and both have",
            with(vec![approved("a1", "1000.01"), payment("p1", "1000.01")]),
            &[],
        ),
        then(
            "one who holds two offices fills one of them",
            with(vec![("c1", vec![two_offices, act("c1", 1)]), payment("p1", "1000.01")]),
            &[(9, ApprovalMissing)],
        ),
        then(
            "one of two has another office by the day of the payment",
            with(vec![
                approved("a1", "1000.01"),
                ("c1", vec![left, act("c1", 1)]),
                payment("p1", "1000.01"),
            ]),
            &[(11, ApprovalMissing)],
        ),
        then(
            "who approved left before the payment",
            vec![
                request("4.00"),
                approved("c1", "4.00"),
                ("c1", vec![removed("c1"), act("c1", 1)]),
                payment("p1", "4.00"),
            ],
            &[(5, ApprovalMissing)],
        ),
        then(
            "a request that is dated back does not choose its rule",
            vec![
                ("c1", vec![by_the_cashier("2026-03-21"), act("c1", 7)]),
                request("4.00"),
                ("c1", vec![approval("d-2", "4.00"), act("c1", AFTER + 2)]),
                payment("p1", "4.00"),
            ],
            &[(3, OfficeWrong), (5, ApprovalMissing)],
        ),
        then(
            "a rule of tomorrow is not that of the request",
            vec![
                ("c1", vec![by_the_cashier("2026-04-02"), act("c1", 7)]),
                request("4.00"),
                ("c1", vec![approval("d-2", "4.00"), act("c1", AFTER + 2)]),
                payment("p1", "4.00"),
            ],
            &[],
        ),
        then(
            "a rule that comes after the request does not change its band",
            vec![
                request("4.00"),
                ("c1", vec![by_the_cashier("2026-01-01"), act("c1", 7)]),
                approved("c1", "4.00"),
                payment("p1", "4.00"),
            ],
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
