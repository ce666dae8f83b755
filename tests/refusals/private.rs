//! Private data and papers.

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, appoint, approve, asks, of, pay, request,
    rule, union, union_with_money, yuan,
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
    let request_at = u64::try_from(union_records()).unwrap() + 2;
    let both = || {
        let first = [request(LATER, "d-1", "100.01"), request(LATER, "d-2", "100.00")];
        let approvals =
            [approve(FINANCE, LATER, "d-1", "100.01"), approve(FINANCE, LATER, "d-2", "100.00")];
        after(after(ruled(), first), approvals)
    };
    let attached =
        after(after(ruled(), approved(LATER, "d-1", "100.01")), [attach(request_at, "a", 1)]);
    let needed = || Refusal::PaymentNeedsPaper {
        disbursement: of("d-1"),
        amount: yuan("100.01"),
        above: yuan("100.00"),
    };
    let pays = |id: &str| pay(CASHIER, LATER, id, "bank");
    // With the paper the same payment is made.
    let mut book = crate::given::given(attached);
    assert!(book.when(&pays("d-1")).is_ok());
    vec![case(both(), pays("d-1"), needed(), pays("d-2"))]
}
