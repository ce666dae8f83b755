//! Signatures and keys, re-opening, findings and opinions.

use crate::given::acts::{
    AUDITOR_KEY, CHAIR_KEY, FINANCE_KEY, LOG_KEY, NEXT_LOG_KEY, OTHER_KEY, both, change_witnesses,
    clear, conclude, finding, finding_fields, log_key, officer_key, register, register_with_chair,
    reopen, rotate, signs, union_that_signs, union_with_log_key,
};
use crate::given::{
    ACCOUNTANT, AUDITOR, Asked, CHAIR, CLERK, FINANCE, FIRST, ORIGIN, appoint, approve, asks,
    bands, close, close_year, dues_rate, eleven_months, given, interest, of, request, rule,
};
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey};
use mingzhang::date::FiscalYear;
use mingzhang::ids::Seq;
use mingzhang::rules::{Command, Refusal};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::{Case, LATER, after, case};

/// The place of the next record behind these.
fn next(asked: &[Asked]) -> u64 {
    given(asked.to_vec()).state().next().0
}

fn requested() -> Vec<Asked> {
    after(union_that_signs(), [request(FIRST, "d-1", "100.00")])
}

fn approval() -> Asked {
    approve(FINANCE, LATER, "d-1", "100.00")
}

pub(crate) fn signatures() -> Vec<Case> {
    let bound = json!({"name": "acts_signed", "types": ["approval.given"]});
    let closed = || after(union_that_signs(), [close("2025-01-31", "2025-01")]);
    let signed = || approval().signed([signs(FINANCE, FINANCE_KEY)]);
    let by_two = |second| approval().signed([signs(FINANCE, FINANCE_KEY), second]);
    let mut elsewhere = signs(FINANCE, FINANCE_KEY);
    elsewhere.origin = "example.org/branch-002";
    let mut on_nothing = signs(FINANCE, FINANCE_KEY);
    on_nothing.on = Some(Seq(9_999));
    let mut other = signs(CHAIR, CHAIR_KEY);
    other.instead = Some(approve(FINANCE, LATER, "d-1", "99.00").command);
    vec![
        case(
            after(requested(), [rule(CHAIR, LATER, &bound)]),
            approval(),
            Refusal::SignatureNeeded { officer: of(FINANCE), kind: "approval.given".to_owned() },
            signed(),
        ),
        case(
            closed(),
            reopen(LATER, "2025-01").signed([signs(CHAIR, CHAIR_KEY), signs(FINANCE, FINANCE_KEY)]),
            Refusal::TwoSignaturesNeeded { kind: "period.reopened".to_owned() },
            reopen(LATER, "2025-01").signed(both()),
        ),
        case(
            requested(),
            by_two(signs(FINANCE, FINANCE_KEY)),
            Refusal::SignedTwice { officer: of(FINANCE) },
            by_two(signs(CHAIR, CHAIR_KEY)),
        ),
        case(
            requested(),
            approval().signed([elsewhere]),
            Refusal::ActOfOtherBook {
                expected: ORIGIN.to_owned(),
                found: "example.org/branch-002".to_owned(),
            },
            signed(),
        ),
        case(
            requested(),
            approval().signed([on_nothing]),
            Refusal::ActOnOther { on: Seq(9_999) },
            signed(),
        ),
        case(
            requested(),
            by_two(other),
            Refusal::ActDiffers { officer: of(CHAIR), kind: "approval.given".to_owned() },
            by_two(signs(CHAIR, CHAIR_KEY)),
        ),
    ]
}

pub(crate) fn acts_about_something() -> Vec<Case> {
    let bound = json!({"name": "acts_signed", "types": ["approval.given"]});
    let (expected, found) = (Seq(next(&union_that_signs())), Seq(0));
    let mut about_another = signs(FINANCE, FINANCE_KEY);
    about_another.on = Some(found);
    // A later rule that asks for nothing takes nothing back.
    let lifted = json!({"name": "acts_signed", "types": []});
    let lifting = rule(CHAIR, LATER, &lifted).signed([signs(CHAIR, CHAIR_KEY)]);
    let unsigned = || rule(CHAIR, LATER, &bands());
    vec![
        case(
            requested(),
            approval().signed([about_another]),
            Refusal::ActAboutOther { officer: of(FINANCE), expected, found },
            approval().signed([signs(FINANCE, FINANCE_KEY)]),
        ),
        case(
            after(union_that_signs(), [rule(CHAIR, LATER, &bound), lifting]),
            unsigned(),
            Refusal::SafeguardUnsigned { officer: of(CHAIR), kind: "rule.set".to_owned() },
            unsigned().signed([signs(CHAIR, CHAIR_KEY)]),
        ),
    ]
}

pub(crate) fn acts_again() -> Vec<Case> {
    let on_the_first = || {
        let mut signs = signs(CHAIR, CHAIR_KEY);
        signs.on = Some(Seq(0));
        rule(CHAIR, FIRST, &bands()).signed([signs])
    };
    let place = next(&union_that_signs());
    let anew = || rule(CHAIR, FIRST, &bands()).signed([signs(CHAIR, CHAIR_KEY)]);
    vec![
        case(
            after(union_that_signs(), [on_the_first()]),
            on_the_first(),
            Refusal::ActAlready { officer: of(CHAIR), seq: Seq(place) },
            anew(),
        ),
        case(
            union_with_log_key(),
            anew(),
            Refusal::OfficerKeyMissing { officer: of(CHAIR) },
            rule(CHAIR, FIRST, &bands()),
        ),
        case(
            requested(),
            approval().signed([signs(FINANCE, CHAIR_KEY)]),
            Refusal::SignatureWrong { officer: of(FINANCE) },
            approval().signed([signs(FINANCE, FINANCE_KEY)]),
        ),
    ]
}

pub(crate) fn officers_keys() -> Vec<Case> {
    let form = "officer.example+00000000+AA==";
    let fields = json!({"officer": CLERK, "key": form});
    let replaced = || register(CHAIR, OTHER_KEY);
    let in_use = officer_key(CHAIR_KEY).vkey().to_string();
    let mut unsigned = register(CLERK, OTHER_KEY);
    unsigned.signed.clear();
    vec![
        case(
            union_that_signs(),
            asks(CLERK, FIRST, "officer_key.register", fields),
            Refusal::VkeyWrong { vkey: form.to_owned() },
            register_with_chair(CLERK, OTHER_KEY),
        ),
        case(
            union_that_signs(),
            register(CHAIR, CHAIR_KEY),
            Refusal::KeyNotNew { key: in_use },
            register_with_chair(CLERK, OTHER_KEY),
        ),
        case(
            union_that_signs(),
            register(CLERK, AUDITOR_KEY),
            Refusal::KeyOfAnother { officer: of(CLERK), other: of(AUDITOR) },
            register_with_chair(CLERK, OTHER_KEY),
        ),
        case(
            union_that_signs(),
            unsigned,
            Refusal::KeyNotProved { officer: of(CLERK) },
            register_with_chair(CLERK, OTHER_KEY),
        ),
        case(
            union_that_signs(),
            replaced(),
            Refusal::OldKeyNotProved { officer: of(CHAIR) },
            replaced().signed([signs(CHAIR, OTHER_KEY), signs(CHAIR, CHAIR_KEY)]),
        ),
        case(
            union_that_signs(),
            register(CLERK, OTHER_KEY),
            Refusal::FirstKeyNotVouched { officer: of(CLERK), chair: of(CHAIR) },
            register_with_chair(CLERK, OTHER_KEY),
        ),
    ]
}

pub(crate) fn the_log_key_and_the_witnesses() -> Vec<Case> {
    let place = next(&union_that_signs());
    let good = || rotate(FIRST, place, LOG_KEY, NEXT_LOG_KEY);
    let vkey = |seed| log_key(seed).vkey().to_string();
    let elsewhere = KeyName::parse("example.org/branch-002").unwrap();
    let elsewhere = NoteKey::from_seed(elsewhere, KeyKind::Log, &[NEXT_LOG_KEY; 32]).vkey();
    let mut named = good();
    if let Command::RotateKey(rotation) = &mut named.command {
        rotation.new = elsewhere.to_string();
    }
    let policy = format!("log {}\nquorum none\n", vkey(LOG_KEY));
    let sha256 = |text: &str| blake3::Hash::from_bytes(Sha256::digest(text).into()).to_string();
    let change = |policy: &str| change_witnesses(FIRST, policy, &sha256(policy));
    vec![
        case(
            union_that_signs(),
            rotate(FIRST, place, NEXT_LOG_KEY, LOG_KEY),
            Refusal::KeyNotInForce { expected: vkey(LOG_KEY), found: vkey(NEXT_LOG_KEY) },
            good(),
        ),
        case(
            union_that_signs(),
            named,
            Refusal::KeyNameWrong {
                expected: ORIGIN.to_owned(),
                found: "example.org/branch-002".to_owned(),
            },
            good(),
        ),
        case(
            union_that_signs(),
            rotate(FIRST, place + 1, LOG_KEY, NEXT_LOG_KEY),
            Refusal::RotationNotProved { vkey: vkey(NEXT_LOG_KEY) },
            good(),
        ),
        case(
            union_that_signs(),
            change(&policy.replace("none", "w1")),
            Refusal::PolicyWrong { line: 2 },
            change(&policy),
        ),
        case(
            union_that_signs(),
            change_witnesses(FIRST, &policy, &sha256("")),
            Refusal::PolicyHashWrong { expected: sha256(&policy), found: sha256("") },
            change(&policy),
        ),
    ]
}

pub(crate) fn reopenings() -> Vec<Case> {
    let opened = |on: &str, month: &str| reopen(on, month).signed(both());
    let year =
        || after(union_that_signs(), after(eleven_months(), [close_year("2025-12-31", 2025)]));
    vec![
        case(
            after(union_that_signs(), [close("2025-01-31", "2025-01")]),
            opened("2025-03-01", "2025-02"),
            Refusal::NotLastClosed { month: of("2025-02"), closed_through: Some(of("2025-01")) },
            opened("2025-03-01", "2025-01"),
        ),
        case(
            year(),
            opened("2026-01-01", "2025-12"),
            Refusal::YearStaysClosed { month: of("2025-12"), year: FiscalYear(2025) },
            interest("2026-01-01", "1.00"),
        ),
    ]
}

pub(crate) fn findings() -> Vec<Case> {
    let raised = || after(union_that_signs(), [finding(LATER, "f-1", &[3])]);
    let (before, place) = (next(&union_that_signs()), next(&raised()));
    let many = |most: u64| finding(LATER, "f-2", &(0..most).collect::<Vec<_>>());
    let early = asks(
        AUDITOR,
        LATER,
        "finding.clear",
        json!({"finding": "f-1", "date": "2025-02-09", "reason": "已补"}),
    );
    vec![
        case(
            raised(),
            finding(LATER, "f-1", &[4]),
            Refusal::FindingExists { finding: of("f-1"), seq: Seq(before) },
            finding(LATER, "f-2", &[4]),
        ),
        case(
            raised(),
            clear(LATER, "f-2"),
            Refusal::FindingUnknown { finding: of("f-2") },
            clear(LATER, "f-1"),
        ),
        case(
            after(raised(), [clear(LATER, "f-1")]),
            clear(LATER, "f-1"),
            Refusal::FindingClearedAlready { finding: of("f-1"), seq: Seq(place) },
            finding(LATER, "f-2", &[3]),
        ),
        case(raised(), many(21), Refusal::FindingRecords { found: 21, most: 20 }, many(20)),
        case(
            raised(),
            finding(LATER, "f-2", &[place]),
            Refusal::NoSuchRecord { seq: Seq(place), next: Seq(place) },
            finding(LATER, "f-2", &[place - 1]),
        ),
        case(
            raised(),
            early,
            Refusal::BeforeItsFinding { date: of("2025-02-09"), raised: of(LATER) },
            clear(LATER, "f-1"),
        ),
        case(
            union_that_signs(),
            conclude("2025-03-31", "2025-03", "2025-01"),
            Refusal::MonthsBackwards { first: of("2025-03"), last: of("2025-01") },
            conclude("2025-03-31", "2025-01", "2025-03"),
        ),
    ]
}

#[test]
fn an_officer_who_answers_for_a_finding_is_one_of_the_book() {
    let mut book = given(union_that_signs());
    let owned = |owner: &str| {
        let mut fields = finding_fields(LATER, "f-1", &[3]);
        (fields["owner"], fields["due"]) = (owner.into(), "2025-03-01".into());
        asks(AUDITOR, LATER, "finding.raise", fields)
    };
    assert_eq!(book.when(&owned("nobody")), Err(Refusal::OfficerUnknown { officer: of("nobody") }));
    book.then(&owned(ACCOUNTANT));
}

#[test]
fn once_acts_are_signed_offices_are_given_and_taken_by_signature_and_other_rules_are_not() {
    let mut book = given(union_that_signs());
    let bound = json!({"name": "acts_signed", "types": ["approval.given"]});
    book.then(&appoint(CHAIR, FIRST, "new", &["clerk"], None));
    book.then(&rule(CHAIR, LATER, &bound));
    let appointed = || appoint(CHAIR, LATER, "newer", &["clerk"], None);
    let removed = || asks(CHAIR, LATER, "officer.remove", json!({"officer": "new", "on": LATER}));
    for (kind, asked) in [("officer.appointed", appointed()), ("officer.removed", removed())] {
        let refusal = Refusal::SafeguardUnsigned { officer: of(CHAIR), kind: kind.to_owned() };
        assert_eq!(book.when(&asked), Err(refusal));
        book.then(&asked.signed([signs(CHAIR, CHAIR_KEY)]));
    }
    book.then(&rule(CHAIR, LATER, &dues_rate()));
}

#[test]
fn whoever_decides_signs_about_what_is_decided_on() {
    let about = |asked: Asked, officer: &str, seed: u8, on: u64| {
        let mut signs = signs(officer, seed);
        signs.on = Some(Seq(on));
        asked.signed([signs])
    };
    let mut book = given(after(union_that_signs(), [finding(LATER, "f-1", &[3])]));
    let expected = Seq(book.state().next().0 - 1);
    let cleared = about(clear(LATER, "f-1"), AUDITOR, AUDITOR_KEY, 3);
    let refusal = Refusal::ActAboutOther { officer: of(AUDITOR), expected, found: Seq(3) };
    assert_eq!(book.when(&cleared), Err(refusal));
    book.then(&about(clear(LATER, "f-1"), AUDITOR, AUDITOR_KEY, expected.0));
    book.then(&close(LATER, "2025-01"));
    let expected = Seq(book.state().next().0 - 1);
    let two = both().map(|mut signs| {
        signs.on = Some(Seq(3));
        signs
    });
    let refusal = Refusal::ActAboutOther { officer: of(CHAIR), expected, found: Seq(3) };
    assert_eq!(book.when(&reopen(LATER, "2025-01").signed(two)), Err(refusal));
    book.then(&reopen(LATER, "2025-01").signed(both()));
}
