//! Audits, samples, rectification, the audit's report.

use crate::given::acts::{clear, conclude, finding, finding_fields};
use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, appoint, asks, interest,
    interest_into, of, rule, union_with_money, yuan,
};
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, LATER, after, case};

const SEED: &str = "5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed5eed";

/// The place of the record that comes after these commands.
fn next(asked: &[Asked]) -> u64 {
    crate::given::given(asked.to_vec()).state().next().0
}

fn open_fields(audit: &str) -> Value {
    json!({
        "audit": audit, "on": LATER, "first": "2025-01", "last": "2025-01",
        "team": [AUDITOR], "lead": AUDITOR, "basis": "经审会2025年度审计计划",
    })
}

fn open(audit: &str) -> Asked {
    asks(AUDITOR, LATER, "audit.open", open_fields(audit))
}

fn open_with(field: &str, value: Value) -> Asked {
    let mut fields = open_fields("a-1");
    fields[field] = value;
    asks(AUDITOR, LATER, "audit.open", fields)
}

#[allow(clippy::needless_pass_by_value, reason = "a value that is written where it is used")]
fn sample(audit: &str, on: &str, population: Value, size: u32) -> Asked {
    let fields = json!({
        "audit": audit, "on": on, "seed": SEED, "population": population, "size_asked": size,
    });
    asks(AUDITOR, LATER, "sample.draw", fields)
}

fn january(what: &str) -> Value {
    json!({"what": what, "first": "2025-01", "last": "2025-01"})
}

fn report_fields(findings: &[&str]) -> Value {
    json!({
        "audit": "a-1", "date": LATER, "findings": findings,
        "income": "10.00", "spending": "0.00", "closing": "1110.00",
    })
}

fn report(findings: &[&str]) -> Asked {
    asks(AUDITOR, LATER, "audit.report", report_fields(findings))
}

/// The same with another value in one of its fields.
fn with(field: &str, value: Value) -> Asked {
    let mut fields = report_fields(&[]);
    fields[field] = value;
    asks(AUDITOR, LATER, "audit.report", fields)
}

fn rectified(by: &str, status: &str, evidence: Option<&str>) -> Asked {
    let mut fields =
        json!({"finding": "f-1", "date": LATER, "measure": "补齐发票", "status": status});
    if let Some(evidence) = evidence {
        fields["evidence"] = evidence.into();
    }
    asks(by, LATER, "rectification.report", fields)
}

fn assign(owner: &str) -> Asked {
    let fields = json!({"finding": "f-1", "date": LATER, "owner": owner, "due": "2025-04-30"});
    asks(AUDITOR, LATER, "finding.assign", fields)
}

/// With interest of 10.00 in January, and an audit of it.
fn audited() -> Vec<Asked> {
    after(union_with_money(), [interest("2025-01-20", "10.00"), open("a-1")])
}

pub(crate) fn audits() -> Vec<Case> {
    let begun = || after(union_with_money(), [interest("2025-01-20", "10.00")]);
    let place = next(&begun());
    let many: Vec<String> = (0..21).map(|n| format!("a{n}")).collect();
    let appointed = many.iter().map(|id| appoint(CHAIR, LATER, id, &["audit_member"], None));
    let crowd = after(begun(), appointed);
    let team = |count: usize| {
        let mut team: Vec<&str> = many.iter().take(count).map(String::as_str).collect();
        team.push(AUDITOR);
        open_with("team", json!(team))
    };
    vec![
        case(
            audited(),
            open("a-1"),
            Refusal::AuditExists { audit: of("a-1"), seq: Seq(place) },
            open("a-2"),
        ),
        case(
            begun(),
            open_with("lead", json!(ACCOUNTANT)),
            Refusal::NotOfTheCommittee { officer: of(ACCOUNTANT), on: of(LATER) },
            open("a-1"),
        ),
        case(
            after(begun(), [appoint(CHAIR, LATER, "a0", &["audit_member"], None)]),
            open_with("lead", json!("a0")),
            Refusal::LeadNotOfTheTeam { officer: of("a0") },
            open("a-1"),
        ),
        case(crowd, team(20), Refusal::TeamTooLarge { found: 21, most: 20 }, team(19)),
        case(
            after(audited(), [report(&[])]),
            report(&[]),
            Refusal::AuditReportedAlready { audit: of("a-1"), seq: Seq(place + 1) },
            conclude(LATER, "2025-01", "2025-01"),
        ),
        case(
            audited(),
            conclude(LATER, "2025-01", "2025-01"),
            Refusal::AuditNotReported { audit: of("a-1") },
            report(&[]),
        ),
    ]
}

pub(crate) fn samples() -> Vec<Case> {
    let place = next(&audited());
    let vouchers = || january("vouchers");
    let payments = || january("payments");
    let february = json!({"what": "vouchers", "first": "2025-01", "last": "2025-02"});
    vec![
        case(
            audited(),
            sample("a-2", LATER, vouchers(), 1),
            Refusal::AuditUnknown { audit: of("a-2") },
            sample("a-1", LATER, vouchers(), 1),
        ),
        case(
            audited(),
            sample("a-1", "2025-02-09", vouchers(), 1),
            Refusal::BeforeItsAudit { date: of("2025-02-09"), opened: of(LATER) },
            sample("a-1", LATER, vouchers(), 1),
        ),
        case(
            audited(),
            sample("a-1", LATER, february, 1),
            Refusal::OutsideTheAudit {
                audit: of("a-1"),
                first: of("2025-01"),
                last: of("2025-01"),
            },
            sample("a-1", LATER, vouchers(), 1),
        ),
        case(
            audited(),
            sample("a-1", LATER, payments(), 5),
            Refusal::NothingToDraw { asked: 5 },
            sample("a-1", LATER, vouchers(), 5),
        ),
        case(
            after(audited(), [sample("a-1", LATER, vouchers(), 1)]),
            sample("a-1", LATER, vouchers(), 2),
            Refusal::SampleDrawnAlready { audit: of("a-1"), seq: Seq(place) },
            sample("a-1", LATER, january("receipts"), 1),
        ),
    ]
}

pub(crate) fn audit_reports() -> Vec<Case> {
    let raised = || after(audited(), [finding(LATER, "f-1", &[3])]);
    let early = after(union_with_money(), [finding(LATER, "f-0", &[3])]);
    let late = interest_into("general", LATER, "2025-01-20", "10.00");
    let early = after(early, [late, open("a-1")]);
    let lines = |count: usize| with("advice", json!(vec!["完善票据管理"; count]));
    let second = appoint(CHAIR, LATER, "a0", &["audit_member"], None);
    let by_second = asks("a0", LATER, "audit.report", report_fields(&[]));
    let of_second = || after(union_with_money(), [interest("2025-01-20", "10.00"), second.clone()]);
    vec![
        case(
            after(of_second(), [open("a-1")]),
            by_second.clone(),
            Refusal::NotTheLead { officer: of("a0"), lead: of(AUDITOR) },
            report(&[]),
        ),
        case(
            raised(),
            report(&[]),
            Refusal::FindingLeftOut { audit: of("a-1"), finding: of("f-1") },
            report(&["f-1"]),
        ),
        case(
            early,
            report(&["f-0"]),
            Refusal::FindingOfOtherAudit { audit: of("a-1"), finding: of("f-0") },
            report(&[]),
        ),
        case(
            audited(),
            with("income", json!("10.01")),
            Refusal::AuditFiguresDiffer {
                what: "income".to_owned(),
                said: yuan("10.01"),
                books: yuan("10.00"),
            },
            report(&[]),
        ),
        case(audited(), lines(4), Refusal::TooMuchAdvice { found: 4, most: 3 }, lines(3)),
    ]
}

/// Two audits of the same months, of which the first is reported without what both could list.
fn both() -> Vec<Asked> {
    after(audited(), [open("a-2"), finding(LATER, "f-1", &[3]), report(&[])])
}

fn of_second_audit(findings: &[&str]) -> Asked {
    let mut fields = report_fields(findings);
    fields["audit"] = "a-2".into();
    asks(AUDITOR, LATER, "audit.report", fields)
}

fn opinion(first: &str, last: &str, opinion: &str) -> Asked {
    let fields = json!({
        "date": "2025-04-01", "first": first, "last": last, "opinion": opinion, "says": "属实",
    });
    asks(AUDITOR, "2025-04-01", "audit.conclude", fields)
}

/// A finding about the interest of January, and no audit that could report it.
fn found_by_nobody() -> Vec<Asked> {
    let begun = after(union_with_money(), [interest("2025-01-20", "10.00")]);
    let place = next(&begun) - 1;
    after(begun, [finding(LATER, "f-1", &[place])])
}

fn in_no_report(last: &str) -> Refusal {
    Refusal::FindingInNoReport { finding: of("f-1"), first: of("2025-01"), last: of(last) }
}

pub(crate) fn opinions() -> Vec<Case> {
    vec![case(
        found_by_nobody(),
        opinion("2025-01", "2025-01", "unqualified"),
        in_no_report("2025-01"),
        opinion("2025-01", "2025-01", "qualified"),
    )]
}

pub(crate) fn findings_that_nobody_reports() -> Vec<Case> {
    vec![
        // The last of two audits does not leave to the first what that one has left to it.
        case(
            both(),
            of_second_audit(&[]),
            Refusal::FindingLeftOut { audit: of("a-2"), finding: of("f-1") },
            of_second_audit(&["f-1"]),
        ),
        // The months of an audit that is under way take no opinion piece by piece.
        case(
            audited(),
            opinion("2025-01", "2025-02", "unqualified"),
            Refusal::AuditNotReported { audit: of("a-1") },
            opinion("2025-02", "2025-03", "unqualified"),
        ),
        case(
            found_by_nobody(),
            opinion("2025-01", "2025-03", "unqualified"),
            in_no_report("2025-03"),
            opinion("2025-02", "2025-03", "unqualified"),
        ),
        case(
            found_by_nobody(),
            opinion("2025-01", "2025-01", "unqualified"),
            in_no_report("2025-01"),
            clear(LATER, "f-1"),
        ),
    ]
}

/// Another audit of the same months, after a sample of their vouchers.
fn drawn() -> Vec<Asked> {
    after(audited(), [sample("a-1", LATER, january("vouchers"), 1), open("a-2")])
}

fn again(audit: &str, what: &str, record: u64) -> Asked {
    let fields = json!({
        "audit": audit, "on": LATER, "seed": SEED, "population": january(what),
        "size_asked": 1, "replaces": {"records": [record], "reason": "总体有误"},
    });
    asks(AUDITOR, LATER, "sample.draw", fields)
}

pub(crate) fn samples_replaced() -> Vec<Case> {
    let place = next(&audited());
    vec![case(
        after(drawn(), [again("a-2", "vouchers", place)]),
        again("a-1", "vouchers", place),
        Refusal::SampleReplacesNone { seq: Seq(place) },
        again("a-1", "vouchers", place + 2),
    )]
}

pub(crate) fn samples_again() -> Vec<Case> {
    let place = next(&audited());
    let above = |amount: &str| {
        let mut population = january("vouchers");
        population["above"] = amount.into();
        sample("a-1", LATER, population, 1)
    };
    let already =
        |seq: u64, audit: &str| Refusal::SampleDrawnAlready { audit: of(audit), seq: Seq(seq) };
    vec![
        case(drawn(), above("1.00"), already(place, "a-1"), again("a-1", "vouchers", place)),
        case(
            drawn(),
            sample("a-2", LATER, january("vouchers"), 1),
            already(place, "a-1"),
            again("a-2", "vouchers", place),
        ),
        case(
            after(drawn(), [again("a-2", "vouchers", place)]),
            sample("a-2", LATER, january("vouchers"), 1),
            already(place + 2, "a-2"),
            again("a-1", "vouchers", place + 2),
        ),
        case(
            drawn(),
            again("a-1", "receipts", place),
            Refusal::SampleReplacesNone { seq: Seq(place) },
            sample("a-1", LATER, january("receipts"), 1),
        ),
        case(
            audited(),
            above("0.00"),
            Refusal::AmountNotPositive { amount: yuan("0.00") },
            above("0.01"),
        ),
    ]
}

pub(crate) fn rectifications() -> Vec<Case> {
    let raised = || after(union_with_money(), [finding(LATER, "f-1", &[3])]);
    let raised_of = |owner: &str| {
        let mut fields = finding_fields(LATER, "f-1", &[3]);
        fields["owner"] = owner.into();
        asks(AUDITOR, LATER, "finding.raise", fields)
    };
    let owned = || after(union_with_money(), [raised_of(CASHIER)]);
    let begun = after(owned(), [rectified(CASHIER, "in_progress", None)]);
    let moved = |member: &str, officer: &str| {
        appoint(CHAIR, LATER, officer, &["audit_member"], Some(member))
    };
    let reported = after(
        raised(),
        [assign(CLERK), rectified(CLERK, "done", Some("发票")), moved("m-13", CLERK)],
    );
    let by_clerk = asks(
        CLERK,
        LATER,
        "finding.clear",
        json!({"finding": "f-1", "date": LATER, "reason": "已补"}),
    );
    vec![
        case(
            owned(),
            assign(CLERK),
            Refusal::AssignedAlready { finding: of("f-1"), what: "owner".to_owned() },
            asks(
                AUDITOR,
                LATER,
                "finding.assign",
                json!({"finding": "f-1", "date": LATER, "due": "2025-04-30"}),
            ),
        ),
        case(
            raised(),
            assign(AUDITOR),
            Refusal::OwnerOnCommittee { officer: of(AUDITOR) },
            assign(CASHIER),
        ),
        case(
            begun,
            clear(LATER, "f-1"),
            Refusal::NotRectified { finding: of("f-1") },
            rectified(CASHIER, "done", Some("发票原件")),
        ),
        case(
            after(raised(), [assign(CASHIER)]),
            rectified(CLERK, "in_progress", None),
            Refusal::NotAnswerable { officer: of(CLERK), finding: of("f-1") },
            rectified(CASHIER, "in_progress", None),
        ),
        case(
            raised(),
            rectified(ACCOUNTANT, "done", None),
            Refusal::EvidenceMissing { finding: of("f-1") },
            rectified(ACCOUNTANT, "done", Some("发票原件")),
        ),
        case(
            reported,
            by_clerk,
            Refusal::ClearedByOwner { officer: of(CLERK), finding: of("f-1") },
            clear(LATER, "f-1"),
        ),
    ]
}

pub(crate) fn thresholds() -> Vec<Case> {
    let hours = |first: u32, last: u32| {
        let thresholds = json!({
            "name": "audit_thresholds", "late_days": 15, "round_sum": "5000.00",
            "hours_first": first, "hours_last": last,
        });
        rule(CHAIR, LATER, &thresholds)
    };
    vec![case(
        union_with_money(),
        hours(8, 25),
        Refusal::HoursWrong { first: 8, last: 25 },
        hours(8, 24),
    )]
}

/// The thresholds say what is looked at of those who spend, so that the head of finance does not set
/// them.
#[test]
fn the_head_of_finance_does_not_say_what_an_audit_calls_late() {
    let mut book = crate::given::given(union_with_money());
    let thresholds = json!({
        "name": "audit_thresholds", "late_days": 300, "round_sum": "5000.00",
        "hours_first": 0, "hours_last": 24,
    });
    let refused = book.when(&rule(FINANCE, LATER, &thresholds)).unwrap_err();
    assert_eq!(refused.code(), "B04", "{refused:?}");
    book.then(&rule(CHAIR, LATER, &thresholds));
}

/// What others refuse as well, said here of a report.
pub(crate) fn reports_like_others() -> Vec<Case> {
    vec![
        case(
            audited(),
            report(&["f-9"]),
            Refusal::FindingUnknown { finding: of("f-9") },
            report(&[]),
        ),
        case(
            after(audited(), [finding(LATER, "f-1", &[3])]),
            report(&["f-1", "f-1"]),
            Refusal::FindingOfOtherAudit { audit: of("a-1"), finding: of("f-1") },
            report(&["f-1"]),
        ),
        case(
            audited(),
            with("closing", json!("1100.00")),
            Refusal::AuditFiguresDiffer {
                what: "closing".to_owned(),
                said: yuan("1100.00"),
                books: yuan("1110.00"),
            },
            report(&[]),
        ),
    ]
}
