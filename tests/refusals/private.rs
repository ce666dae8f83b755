//! Private data and papers.

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, appoint, approve, asks, given, of, pay,
    request, rule, union, union_with_money, yuan,
};
use mingzhang::event::privacy::Person;
use mingzhang::ids::Seq;
use mingzhang::rules::{BYTES_MAX_DEFAULT, Refusal};
use serde_json::{Value, json};

use crate::{Case, LATER, after, approved, case, union_records};

#[allow(clippy::needless_pass_by_value, reason = "a command is written where it is asked")]
fn commit(subject: &str, names: &[&str], person: Value) -> Asked {
    let field = |name: &&str| json!({"name": name, "commitment": "a".repeat(64)});
    let fields: Vec<Value> = names.iter().map(field).collect();
    let fields = json!({"subject": subject, "fields": fields, "of": person});
    asks(CLERK, LATER, "privacy.commit", fields)
}

fn known() -> Vec<Asked> {
    after(union(), [commit("s-1", &["姓名", "电话"], json!({"member": "m-1"}))])
}

/// Numbers by which a person is found; the nearest that is none differs in one digit.
pub(crate) fn numbers() -> Vec<Case> {
    let paid_to = |purpose: &str| {
        let fields = json!({
            "disbursement": "d-1", "date": LATER, "account": "50102", "amount": "1.00",
            "payee": {"organisation": "示例商店"}, "purpose": purpose,
        });
        asks(CLERK, LATER, "disbursement.request", fields)
    };
    vec![
        case(
            union(),
            paid_to("慰问11010519491231002x住院"),
            Refusal::IdentityNumberSaid { field: "purpose".to_owned() },
            paid_to("慰问110105194912310021住院"),
        ),
        case(
            union(),
            paid_to("慰问，电话13800138000"),
            Refusal::MobileNumberSaid { field: "purpose".to_owned() },
            paid_to("慰问，电话12800138000"),
        ),
    ]
}

pub(crate) fn subjects() -> Vec<Case> {
    let open = |subject: &str| {
        let fields = json!({"subjects": [subject], "fields": ["姓名"], "purpose": "核对"});
        asks(CHAIR, LATER, "privacy.open", fields)
    };
    let member = |id: &str| json!({"member": id});
    let many: Vec<String> = (1..=21).map(|n| format!("字段{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    vec![
        case(known(), open("s-2"), Refusal::SubjectUnknown { subject: of("s-2") }, open("s-1")),
        case(
            known(),
            commit("s-1", &["姓名"], member("m-2")),
            Refusal::SubjectIsOther {
                subject: of("s-1"),
                of: Some(Person::Member(of("m-1"))),
                asked: Some(Person::Member(of("m-2"))),
            },
            commit("s-1", &["姓名"], member("m-1")),
        ),
        case(
            union(),
            commit("s-1", &["姓名", "电话", "姓名"], member("m-1")),
            Refusal::PrivateFieldTwice { field: of("姓名") },
            commit("s-1", &["姓名", "电话"], member("m-1")),
        ),
        case(
            union(),
            commit("s-1", &many, member("m-1")),
            Refusal::TooManyAtOnce { found: 21, most: 20 },
            commit("s-1", &many[..20], member("m-1")),
        ),
    ]
}

pub(crate) fn erasures() -> Vec<Case> {
    let erase = |by: &str, field: &str, approver: &str| {
        let fields = json!({
            "subject": "s-1", "fields": [field], "basis": "本人申请", "approver": approver,
        });
        asks(by, LATER, "privacy.erase", fields)
    };
    let phone_erased = after(known(), [erase(CLERK, "电话", CHAIR)]);
    // A chair who may erase as a clerk does.
    let two_hats =
        after(known(), [appoint(CHAIR, LATER, CHAIR, &["chair", "clerk"], Some("m-16"))]);
    vec![
        case(
            phone_erased,
            erase(CLERK, "电话", CHAIR),
            Refusal::PrivateFieldNotInForce { subject: of("s-1"), field: of("电话") },
            erase(CLERK, "姓名", CHAIR),
        ),
        case(
            known(),
            erase(CLERK, "姓名", FINANCE),
            Refusal::ErasureNeedsChair { approver: of(FINANCE) },
            erase(CLERK, "姓名", CHAIR),
        ),
        case(
            two_hats,
            erase(CHAIR, "姓名", CHAIR),
            Refusal::ApproverErases { approver: of(CHAIR) },
            erase(CLERK, "姓名", CHAIR),
        ),
    ]
}

fn attach(to: u64, digit: &str, bytes: u64) -> Asked {
    let fields = json!({"to": to, "sha256": digit.repeat(64), "bytes": bytes});
    asks(ACCOUNTANT, LATER, "attachment.add", fields)
}

fn papers_from(on: &str, above: &str, bytes_max: u64) -> Asked {
    let papers = json!({"name": "attachments", "required_above": above, "bytes_max": bytes_max});
    rule(CHAIR, on, &papers)
}

pub(crate) fn papers() -> Vec<Case> {
    let records = u64::try_from(union_records()).unwrap();
    vec![
        case(
            union(),
            attach(records, "a", 1),
            Refusal::RecordUnknown { seq: Seq(records) },
            attach(records - 1, "a", 1),
        ),
        case(
            after(union(), [attach(3, "a", 1)]),
            attach(3, "a", 1),
            Refusal::PaperThereAlready { to: Seq(3), paper: of(&"a".repeat(64)), by: Seq(records) },
            attach(4, "a", 1),
        ),
        case(
            after(union(), [papers_from(LATER, "100.00", 999)]),
            attach(3, "a", 1_000),
            Refusal::PaperTooLong { bytes: 1_000, most: 999 },
            attach(3, "a", 999),
        ),
        case(
            union(),
            attach(3, "a", BYTES_MAX_DEFAULT + 1),
            Refusal::PaperOverDefault { bytes: 10_485_761, most: 10_485_760 },
            attach(3, "a", BYTES_MAX_DEFAULT),
        ),
        case(union(), attach(3, "a", 0), Refusal::PaperEmpty { to: Seq(3) }, attach(3, "a", 1)),
        case(
            union(),
            papers_from(LATER, "100.00", (1 << 30) + 1),
            Refusal::PaperLimitOutOfRange { found: 1_073_741_825, most: 1_073_741_824 },
            papers_from(LATER, "100.00", 1 << 30),
        ),
    ]
}

pub(crate) fn payments_with_papers() -> Vec<Case> {
    let ruled = || after(union_with_money(), [papers_from(LATER, "100.00", 1_000)]);
    let both = || {
        let first = [request(LATER, "d-1", "100.01"), request(LATER, "d-2", "100.00")];
        let approvals =
            [approve(FINANCE, LATER, "d-1", "100.01"), approve(FINANCE, LATER, "d-2", "100.00")];
        after(after(ruled(), first), approvals)
    };
    let needed = || Refusal::PaymentNeedsPaper {
        disbursement: of("d-1"),
        amount: yuan("100.01"),
        above: yuan("100.00"),
    };
    let pays = |id: &str| pay(CASHIER, LATER, id, "bank");
    vec![case(both(), pays("d-1"), needed(), pays("d-2"))]
}

#[test]
fn a_subject_is_somebody_whom_the_book_knows_or_nobody() {
    let nobody = [
        (json!({"member": "m-9"}), Refusal::MemberUnknown { member: of("m-9") }),
        (json!({"officer": "gone"}), Refusal::OfficerUnknown { officer: of("gone") }),
        (json!({"disbursement": "d-9"}), Refusal::DisbursementUnknown { disbursement: of("d-9") }),
    ];
    let mut book = given(after(union(), [request(LATER, "d-1", "1.00")]));
    for (person, refusal) in nobody {
        assert_eq!(book.when(&commit("s-1", &["姓名"], person)), Err(refusal));
    }
    for (subject, person) in [
        ("s-1", json!({"member": "m-1"})),
        ("s-2", json!({"officer": CASHIER})),
        ("s-3", json!({"disbursement": "d-1"})),
    ] {
        book.then(&commit(subject, &["姓名"], person));
    }
    let fields = json!([{"name": "姓名", "commitment": "b".repeat(64)}]);
    let unsaid = |subject: &str| {
        asks(CLERK, LATER, "privacy.commit", json!({"subject": subject, "fields": fields}))
    };
    book.then(&unsaid("s-4"));
    book.then(&unsaid("s-4"));
    // Whom a subject is can neither be left out nor be said later.
    let left_out = Refusal::SubjectIsOther {
        subject: of("s-1"),
        of: Some(Person::Member(of("m-1"))),
        asked: None,
    };
    assert_eq!(book.when(&unsaid("s-1")), Err(left_out));
    assert!(book.when(&commit("s-4", &["姓名"], json!({"member": "m-1"}))).is_err());
}

#[test]
fn nothing_is_said_of_no_field_and_of_no_subject() {
    let nothing = |what: &str| Err(Refusal::NothingSaid { what: what.to_owned() });
    let mut book = given(known());
    assert_eq!(book.when(&commit("s-2", &[], json!({"member": "m-1"}))), nothing("fields"));
    let open = |subjects: Value, fields: Value| {
        let fields = json!({"subjects": subjects, "fields": fields, "purpose": "核对"});
        asks(CHAIR, LATER, "privacy.open", fields)
    };
    assert_eq!(book.when(&open(json!([]), json!(["姓名"]))), nothing("subjects"));
    assert_eq!(book.when(&open(json!(["s-1"]), json!([]))), nothing("fields"));
    let erase = json!({"subject": "s-1", "fields": [], "basis": "申请", "approver": CHAIR});
    assert_eq!(book.when(&asks(CLERK, LATER, "privacy.erase", erase)), nothing("fields"));
}

#[test]
fn an_erasure_needs_a_chair_of_today_who_is_another_person() {
    let erase = |on: &str, approver: &str| {
        let fields = json!({
            "subject": "s-1", "fields": ["姓名"], "basis": "本人申请", "approver": approver,
        });
        asks(CLERK, on, "privacy.erase", fields)
    };
    let needs = |approver: &str| Err(Refusal::ErasureNeedsChair { approver: of(approver) });
    let remove = json!({"officer": CHAIR, "on": LATER});
    let mut book = given(after(
        known(),
        [
            appoint(CHAIR, LATER, "next", &["chair"], Some("m-17")),
            asks(CHAIR, LATER, "officer.remove", remove),
        ],
    ));
    assert_eq!(book.when(&erase(LATER, CHAIR)), needs(CHAIR));
    assert_eq!(book.when(&erase(LATER, "nobody")), needs("nobody"));
    book.then(&erase(LATER, "next"));
}

#[test]
fn an_erased_field_may_be_committed_to_anew_and_then_erased_again() {
    let erase = || {
        let fields = json!({
            "subject": "s-1", "fields": ["姓名"], "basis": "本人申请", "approver": CHAIR,
        });
        asks(CLERK, LATER, "privacy.erase", fields)
    };
    let mut book = given(after(known(), [erase()]));
    assert!(book.when(&erase()).is_err());
    book.then(&commit("s-1", &["姓名"], json!({"member": "m-1"})));
    book.then(&erase());
    assert_eq!(crate::given::replayed(&book.lines()), *book.state());
}

#[test]
fn a_rule_of_papers_has_figures_that_can_be_kept() {
    let mut book = given(union());
    let negative = Refusal::AmountNotPositive { amount: yuan("-0.01") };
    assert_eq!(book.when(&papers_from(LATER, "-0.01", 1)), Err(negative));
    let none = Refusal::PaperLimitOutOfRange { found: 0, most: 1 << 30 };
    assert_eq!(book.when(&papers_from(LATER, "0.00", 0)), Err(none));
    book.then(&papers_from(LATER, "0.00", 1));
}

#[test]
fn a_payment_needs_its_own_paper_by_the_rule_of_its_own_day() {
    let request_at = u64::try_from(union_records()).unwrap() + 2;
    let papers = papers_from("2025-02-11", "100.00", 1_000);
    let mut book =
        given(after(after(union_with_money(), [papers]), approved("2025-02-11", "d-1", "100.01")));
    let pays = |on: &str, date: &str| {
        asks(
            CASHIER,
            on,
            "disbursement.pay",
            json!({"disbursement": "d-1", "date": date, "from": "bank"}),
        )
    };
    // Papers of another record are not of the request.
    let mut other = attach(3, "a", 1);
    other.on = of("2025-02-11");
    book.then(&other);
    assert!(book.when(&pays("2025-02-11", "2025-02-11")).is_err());
    let mut own = attach(request_at, "a", 1);
    own.on = of("2025-02-11");
    book.then(&own);
    book.then(&pays("2025-02-11", "2025-02-11"));
    // The rule of the day on which it is paid, and not of the day on which it is recorded.
    let before = after(union_with_money(), approved("2025-02-11", "d-1", "100.01"));
    let mut book = given(after(before, [papers_from("2025-02-12", "100.00", 1_000)]));
    assert!(book.when(&pays("2025-02-12", "2025-02-12")).is_err());
    book.then(&pays("2025-02-12", "2025-02-11"));
}
