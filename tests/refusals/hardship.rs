//! Hardship cases, and the aid that rests on them.

use crate::given::hardship::{
    LIVING, MEDICAL, aid_requested, answered, applied, applied_by, closed, items, notice_days,
    objected, opened, opened_of, posted, reviewed, reviewed_by,
};
use crate::given::{
    Asked, CASHIER, CHAIR, CLERK, FINANCE, appoint, approve, asks, enrol, given, of, pay, rule,
    union, union_with_money, yuan,
};
use mingzhang::event::book::Per;
use mingzhang::event::welfare::Beneficiary;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::{Case, LATER, after, case};

/// A Wednesday. Five working days after it are over on the Wednesday of the week after.
const NOTICED: &str = "2025-01-08";
const THROUGH: &str = "2025-01-15";

/// Two members, each with a case since the Monday before.
fn begun() -> Vec<Asked> {
    let cases = [opened("2025-01-06", "c-1", "m-1"), opened("2025-01-06", "c-2", "m-2")];
    after(union_with_money(), items().into_iter().chain(cases))
}

/// Each applied for something.
fn both_applied() -> Vec<Asked> {
    let applied = [
        applied("2025-01-07", "a-1", "c-1", "600.00"),
        applied("2025-01-07", "a-2", "c-2", "400.00"),
    ];
    after(begun(), applied)
}

/// Each was granted what was applied for.
fn both_granted() -> Vec<Asked> {
    after(both_applied(), [reviewed(NOTICED, "a-1", "600.00"), reviewed(NOTICED, "a-2", "400.00")])
}

fn both_on_notice() -> Vec<Asked> {
    after(both_granted(), [posted(NOTICED, "n-1", &["a-1", "a-2"], THROUGH)])
}

fn vice(id: &str) -> Asked {
    appoint(CHAIR, NOTICED, id, &["vice_chair"], None)
}

/// The place of the record that comes after these commands.
fn next(asked: &[Asked]) -> Seq {
    given(asked.to_vec()).state().next()
}

pub(crate) fn cases() -> Vec<Case> {
    let only_one = || after(union(), [opened("2025-01-06", "c-1", "m-1")]);
    let review = |case: &str| {
        let fields = json!({
            "case": case, "class": "special", "on": LATER, "valid_through": "2026-02-10",
            "source": "入户核查记录2025-2号",
        });
        asks(CLERK, LATER, "case.review", fields)
    };
    let closed_once = after(only_one(), [closed(LATER, "c-1", "out_of_hardship")]);
    let closing = next(&only_one());
    vec![
        case(
            only_one(),
            opened(LATER, "c-1", "m-2"),
            Refusal::CaseExists { case: of("c-1") },
            opened(LATER, "c-2", "m-2"),
        ),
        case(only_one(), review("c-2"), Refusal::CaseUnknown { case: of("c-2") }, review("c-1")),
        case(
            closed_once,
            review("c-1"),
            Refusal::CaseClosedAlready { case: of("c-1"), by: closing },
            opened(LATER, "c-2", "m-1"),
        ),
        case(
            only_one(),
            opened(LATER, "c-2", "m-1"),
            Refusal::CaseOfSamePerson { to: Beneficiary::Member(of("m-1")), case: of("c-1") },
            opened(LATER, "c-2", "m-2"),
        ),
    ]
}

pub(crate) fn days_of_cases() -> Vec<Case> {
    let first = "2025-01-06";
    let of_m1 = json!({"member": "m-1"});
    let for_january =
        after(union(), items().into_iter().chain([opened_of(first, "c-1", &of_m1, "2025-01-31")]));
    let apply_on = |on: &str| {
        let fields = json!({
            "application": "a-1", "case": "c-1", "item": LIVING, "amount": "600.00", "on": on,
        });
        asks(CLERK, LATER, "aid.apply", fields)
    };
    let close_on = |on: &str| {
        let fields = json!({"case": "c-1", "on": on, "reason": "out_of_hardship"});
        asks(CLERK, LATER, "case.close", fields)
    };
    let open_on = |on: &str| {
        let mut asked = opened(on, "c-1", "m-1");
        asked.on = of(LATER);
        asked
    };
    vec![
        case(
            for_january,
            apply_on("2025-02-01"),
            Refusal::CaseNotValid {
                case: of("c-1"),
                from: of(first),
                through: of("2025-01-31"),
                date: of("2025-02-01"),
            },
            apply_on("2025-01-31"),
        ),
        case(
            after(union(), [opened(first, "c-1", "m-1")]),
            close_on("2025-01-05"),
            Refusal::CaseDaysWrong { earlier: of(first), later: of("2025-01-05") },
            close_on(first),
        ),
        case(
            union(),
            open_on("2025-02-11"),
            Refusal::CaseDayAhead { day: of("2025-02-11"), today: of(LATER) },
            open_on(LATER),
        ),
    ]
}

pub(crate) fn applications() -> Vec<Case> {
    let festival = {
        let fields =
            json!({"item": "spring", "name": "春节慰问", "kind": "festival", "account": "50105"});
        after(begun(), [asks(CHAIR, "2025-01-06", "welfare_item.define", fields)])
    };
    let for_item = |item: &str| applied_by(CLERK, LATER, "a-1", ("c-1", item), "600.00");
    let above = |granted: &str| reviewed(LATER, "a-1", granted);
    let by_chair =
        after(begun(), [applied_by(CHAIR, "2025-01-07", "a-1", ("c-1", LIVING), "600.00")]);
    let of_finance = after(
        begun(),
        [
            enrol("2025-01-06", "m-14", "g1"),
            opened("2025-01-06", "c-3", "m-14"),
            applied("2025-01-07", "a-3", "c-3", "100.00"),
        ],
    );
    let reviewed_once = after(both_applied(), [reviewed(NOTICED, "a-1", "600.00")]);
    let by = next(&both_applied());
    let of_relative = after(both_applied(), [relative(FINANCE, "m-1")]);
    let relation = by;
    vec![
        case(
            both_applied(),
            applied(LATER, "a-1", "c-2", "1.00"),
            Refusal::ApplicationExists { application: of("a-1") },
            applied(LATER, "a-3", "c-2", "1.00"),
        ),
        case(
            both_applied(),
            reviewed(LATER, "a-9", "1.00"),
            Refusal::ApplicationUnknown { application: of("a-9") },
            reviewed(LATER, "a-1", "1.00"),
        ),
        case(
            festival,
            for_item("spring"),
            Refusal::NotAnAidItem { item: of("spring") },
            for_item(MEDICAL),
        ),
        case(
            reviewed_once,
            reviewed(LATER, "a-1", "500.00"),
            Refusal::AidReviewedAlready { application: of("a-1"), by },
            reviewed(LATER, "a-2", "400.00"),
        ),
        case(
            by_chair,
            reviewed_by(CHAIR, LATER, "a-1", "600.00"),
            Refusal::ReviewerApplied { officer: of(CHAIR) },
            reviewed_by(FINANCE, LATER, "a-1", "600.00"),
        ),
        case(
            of_finance,
            reviewed_by(FINANCE, LATER, "a-3", "100.00"),
            Refusal::ReviewerIsApplicant { officer: of(FINANCE) },
            reviewed_by(CHAIR, LATER, "a-3", "100.00"),
        ),
        case(
            of_relative,
            reviewed_by(FINANCE, LATER, "a-1", "600.00"),
            Refusal::ReviewerRelated { officer: of(FINANCE), relation },
            reviewed_by(CHAIR, LATER, "a-1", "600.00"),
        ),
        case(
            both_applied(),
            above("600.01"),
            Refusal::GrantedAboveApplied {
                application: of("a-1"),
                applied: yuan("600.00"),
                granted: yuan("600.01"),
                over: yuan("0.01"),
            },
            above("600.00"),
        ),
    ]
}

pub(crate) fn notices() -> Vec<Case> {
    let five_days = || after(both_granted(), [notice_days(NOTICED, 5)]);
    let post = |applications: &[&str], through: &str| posted(NOTICED, "n-1", applications, through);
    let one_granted = after(both_applied(), [reviewed(NOTICED, "a-1", "600.00")]);
    let refused_aid = after(one_granted, [reviewed(NOTICED, "a-2", "0.00")]);
    let one_on_notice = after(both_granted(), [post(&["a-1"], THROUGH)]);
    let disputed = after(both_on_notice(), [objected(NOTICED, "a-1"), objected(NOTICED, "a-2")]);
    let by_finance = {
        let fields = json!({"application": "a-1", "on": LATER, "upheld": false});
        asks(FINANCE, LATER, "objection.answer", fields)
    };
    vec![
        case(
            both_granted(),
            post(&["a-1", "a-2", "a-1"], THROUGH),
            Refusal::ApplicationTwice { application: of("a-1") },
            post(&["a-1", "a-2"], THROUGH),
        ),
        case(
            refused_aid,
            post(&["a-1", "a-2"], THROUGH),
            Refusal::NotGranted { application: of("a-2") },
            post(&["a-1"], THROUGH),
        ),
        case(
            one_on_notice.clone(),
            post(&["a-2"], THROUGH),
            Refusal::NoticeExists { notice: of("n-1") },
            posted(NOTICED, "n-2", &["a-2"], THROUGH),
        ),
        case(
            five_days(),
            post(&["a-1", "a-2"], "2025-01-14"),
            Refusal::NoticeTooShort {
                notice: of("n-1"),
                working_days: 4,
                least: 5,
                through: of("2025-01-14"),
                earliest: of(THROUGH),
            },
            post(&["a-1", "a-2"], THROUGH),
        ),
        case(
            one_on_notice,
            objected(LATER, "a-2"),
            Refusal::NotOnNotice { application: of("a-2") },
            objected(LATER, "a-1"),
        ),
        // The head of finance reviewed it.
        case(
            disputed,
            by_finance,
            Refusal::ReviewerAnswers { officer: of(FINANCE), application: of("a-1") },
            answered(LATER, "a-1", false),
        ),
        case(
            both_on_notice(),
            answered(LATER, "a-1", false),
            Refusal::NoObjection { application: of("a-1") },
            objected(LATER, "a-1"),
        ),
    ]
}

pub(crate) fn money_of_aid() -> Vec<Case> {
    let five_days = || after(both_granted(), [notice_days(NOTICED, 5)]);
    let ask = |on: &str, applications: &[&str]| aid_requested(on, "d-1", applications);
    let disputed = after(both_on_notice(), [objected(NOTICED, "a-1")]);
    let requested_once = after(both_on_notice(), [ask(LATER, &["a-1"])]);
    let medical = [
        applied_by(CLERK, NOTICED, "a-3", ("c-1", MEDICAL), "50.00"),
        reviewed(NOTICED, "a-3", "50.00"),
    ];
    let of_two_items = after(both_granted(), medical);
    let needs_case = json!({"name": "aid_needs_case", "required": true});
    let with_rule = after(both_on_notice(), [rule(CHAIR, NOTICED, &needs_case)]);
    let both_requested = after(
        both_on_notice(),
        [
            ask(LATER, &["a-1"]),
            aid_requested(LATER, "d-2", &["a-2"]),
            approve(FINANCE, LATER, "d-1", "600.00"),
            approve(FINANCE, LATER, "d-2", "400.00"),
            closed(LATER, "c-1", "false_claim"),
        ],
    );
    let closing = Seq(next(&both_requested).0 - 1);
    let direct = {
        let line = json!({"to": {"member": "m-1"}, "amount": "600.00"});
        let fields = json!({
            "disbursement": "d-1", "date": LATER, "item": LIVING, "lines": [line],
            "control": {"people": 1, "total": "600.00"}, "purpose": "困难职工帮扶",
        });
        asks(CLERK, LATER, "benefit.request", fields)
    };
    vec![
        case(
            both_on_notice(),
            ask(THROUGH, &["a-1"]),
            Refusal::NoticeNotOver {
                application: of("a-1"),
                through: of(THROUGH),
                date: of(THROUGH),
            },
            ask("2025-01-16", &["a-1"]),
        ),
        case(
            five_days(),
            ask(LATER, &["a-1"]),
            Refusal::NoticeMissing { application: of("a-1"), least: 5 },
            posted(LATER, "n-1", &["a-1"], "2025-02-17"),
        ),
        case(
            disputed,
            ask(LATER, &["a-1", "a-2"]),
            Refusal::ObjectionOpen { application: of("a-1") },
            ask(LATER, &["a-2"]),
        ),
        case(
            requested_once,
            aid_requested(LATER, "d-2", &["a-1"]),
            Refusal::AidRequestedAlready { application: of("a-1") },
            aid_requested(LATER, "d-2", &["a-2"]),
        ),
        case(
            of_two_items,
            ask(LATER, &["a-2", "a-3"]),
            Refusal::ItemsMixed { application: of("a-3"), item: of(MEDICAL) },
            ask(LATER, &["a-1", "a-2"]),
        ),
        case(
            both_requested,
            pay(CASHIER, LATER, "d-1", "bank"),
            Refusal::CaseWasFalse { disbursement: of("d-1"), case: of("c-1"), by: closing },
            pay(CASHIER, LATER, "d-2", "bank"),
        ),
        case(with_rule, direct, Refusal::AidNeedsCase { item: of(LIVING) }, ask(LATER, &["a-1"])),
    ]
}

/// An officer says whose relative he is.
fn relative(officer: &str, member: &str) -> Asked {
    let fields = json!({
        "officer": officer, "to": {"member": member}, "kind": "relative", "from": "2025-01-06",
    });
    asks(officer, NOTICED, "relation.declare", fields)
}

/// A subject of the vault that is this person.
fn subject(id: &str, of: &Value) -> Asked {
    let fields = json!([{"name": "姓名", "commitment": "a".repeat(64)}]);
    let fields = json!({"subject": id, "fields": fields, "of": of});
    asks(CLERK, "2025-01-06", "privacy.commit", fields)
}

/// What a rule says of a member it says of whoever the vault knows to be that member; and of what is
/// given on a case the year's cap speaks as of all else.
pub(crate) fn persons_and_years() -> Vec<Case> {
    let of_subject = |id: &str| json!({"subject": id});
    let known = after(
        union_with_money(),
        items().into_iter().chain([
            subject("s-1", &json!({"member": "m-1"})),
            subject("s-2", &json!({"officer": FINANCE})),
            enrol("2025-01-06", "m-14", "g1"),
            opened("2025-01-06", "c-1", "m-1"),
            opened_of("2025-01-06", "c-2", &of_subject("s-2"), "2025-12-31"),
            applied("2025-01-07", "a-2", "c-2", "100.00"),
        ]),
    );
    let most = json!({"name": "benefit_schedule", "lines": [
        {"item": LIVING, "per": "person_year", "amount": "1000.00"},
    ]});
    let year = after(
        both_granted(),
        [
            rule(CHAIR, NOTICED, &most),
            aid_requested(NOTICED, "d-1", &["a-1"]),
            applied(NOTICED, "a-3", "c-1", "400.01"),
            applied(NOTICED, "a-4", "c-1", "400.00"),
            reviewed(NOTICED, "a-3", "400.01"),
            reviewed(NOTICED, "a-4", "400.00"),
        ],
    );
    let upheld =
        after(both_on_notice(), [objected(NOTICED, "a-1"), answered(NOTICED, "a-1", true)]);
    // Aid of a relative is dismissed by nobody related either.
    let of_relative =
        after(both_on_notice(), [objected(NOTICED, "a-1"), relative(CHAIR, "m-1"), vice("vice")]);
    let relation = Seq(next(&of_relative).0 - 2);
    let by_vice = {
        let fields = json!({"application": "a-1", "on": LATER, "upheld": false});
        asks("vice", LATER, "objection.answer", fields)
    };
    // By the rule of the day on which it is recorded, whatever day it says that it was posted.
    let since_today = after(both_granted(), [notice_days(LATER, 5)]);
    let recorded_today = |through: &str| {
        let mut asked = posted(NOTICED, "n-1", &["a-1"], through);
        asked.on = of(LATER);
        asked
    };
    vec![
        case(
            of_relative,
            answered(LATER, "a-1", false),
            Refusal::ReviewerRelated { officer: of(CHAIR), relation },
            by_vice,
        ),
        case(
            since_today,
            recorded_today("2025-01-09"),
            Refusal::NoticeTooShort {
                notice: of("n-1"),
                working_days: 1,
                least: 5,
                through: of("2025-01-09"),
                earliest: of(THROUGH),
            },
            recorded_today(THROUGH),
        ),
        case(
            known.clone(),
            opened_of(LATER, "c-3", &of_subject("s-1"), "2025-12-31"),
            Refusal::CaseOfSamePerson { to: Beneficiary::Subject(of("s-1")), case: of("c-1") },
            opened(LATER, "c-3", "m-2"),
        ),
        case(
            known,
            reviewed_by(FINANCE, LATER, "a-2", "100.00"),
            Refusal::ReviewerIsApplicant { officer: of(FINANCE) },
            reviewed_by(CHAIR, LATER, "a-2", "100.00"),
        ),
        case(
            year,
            aid_requested(LATER, "d-2", &["a-3"]),
            Refusal::AboveCap {
                item: of(LIVING),
                to: Beneficiary::Member(of("m-1")),
                per: Per::PersonYear,
                most: yuan("1000.00"),
                before: yuan("600.00"),
                asked: yuan("400.01"),
                over: yuan("0.01"),
            },
            aid_requested(LATER, "d-2", &["a-4"]),
        ),
        case(
            upheld,
            posted(LATER, "n-2", &["a-1"], "2025-02-20"),
            Refusal::ObjectionOpen { application: of("a-1") },
            posted(LATER, "n-2", &["a-2"], "2025-02-20"),
        ),
    ]
}
