//! 困难帮扶 Working days by the holidays of each year; a notice as long as it says; and what the registers
//! show of a case, its aid, and aid that was paid back.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;

use std::collections::BTreeSet;

use given::hardship::{
    aid_requested, applied, closed, items, objected, opened, opened_of, posted, reviewed,
};
use given::{
    Asked, CASHIER, CLERK, FINANCE, Given, approve, asks, given, of, pay, reverse, union,
    union_with_money, yuan,
};
use mingzhang::date::Day;
use mingzhang::event::hardship::CaseClass;
use mingzhang::event::welfare::Beneficiary;
use mingzhang::ids::Seq;
use mingzhang::projection::officers::Offices;
use mingzhang::report::Period;
use mingzhang::report::aid::{self, Claimed};
use mingzhang::report::cases::{self, ClassLine, Disputed, PrivacyClass};
use proptest::prelude::*;
use serde_json::{Value, json};

/// The holidays that come as an example, of 2025 and 2026.
fn holidays() -> Vec<Asked> {
    let text = include_str!("../fixtures/rules/holidays.jsonl");
    let set = |line: &str| {
        let mut fields: Value = serde_json::from_str(line).unwrap();
        let names = fields.as_object_mut().unwrap();
        let name = names.remove("command").unwrap();
        let by = names.remove("as").unwrap();
        asks(by.as_str().unwrap(), "2025-01-01", name.as_str().unwrap(), fields)
    };
    text.lines().map(set).collect()
}

fn with_holidays() -> Given {
    given(union().into_iter().chain(holidays()))
}

fn offices(book: &Given) -> &Offices {
    &book.state().offices
}

/// How many days, and how far that reaches.
#[track_caller]
fn counts(book: &Given, first: &str, last: &str, days: u32) {
    assert_eq!(offices(book).working_days(of(first), of(last)), days, "{first} to {last}");
}

#[test]
fn the_day_of_posting_does_not_count_and_the_last_day_does() {
    let book = given(union());
    counts(&book, "2025-03-03", "2025-03-03", 0);
    counts(&book, "2025-03-03", "2025-03-04", 1);
    counts(&book, "2025-03-03", "2025-03-02", 0);
    // Posted on a Saturday, it counts from Monday.
    counts(&book, "2025-03-08", "2025-03-10", 1);
}

#[test]
fn without_a_rule_weekends_alone_are_off() {
    let book = given(union());
    counts(&book, "2025-01-27", "2025-02-05", 7);
    counts(&book, "2025-02-07", "2025-02-09", 0);
}

#[test]
fn days_off_do_not_count_and_weekends_that_are_worked_do() {
    let book = with_holidays();
    // Spring Festival: off from 28 January through 4 February; Sunday 26 January and Saturday 8 February
    // are worked.
    counts(&book, "2025-01-24", "2025-01-27", 2);
    counts(&book, "2025-01-27", "2025-02-04", 0);
    counts(&book, "2025-01-27", "2025-02-09", 4);
}

#[test]
fn over_new_year_each_day_counts_by_the_rule_of_its_own_year() {
    let book = with_holidays();
    // Off on Thursday 1 and Friday 2 January 2026; Sunday 4 January is worked.
    counts(&book, "2025-12-25", "2025-12-31", 4);
    counts(&book, "2025-12-25", "2026-01-03", 4);
    counts(&book, "2025-12-25", "2026-01-04", 5);
    assert_eq!(offices(&book).after_working_days(of("2025-12-25"), 5), of("2026-01-04"));
}

#[test]
fn what_ends_on_the_last_day_of_the_calendar_is_counted_to_its_end() {
    let book = given(union());
    let last: Day = of("2200-12-31");
    assert_eq!(offices(&book).working_days(last, last), 0);
    assert!(offices(&book).working_days(of("2200-12-01"), last) > 20);
}

proptest! {
    /// The earliest day is the first on which so many are over, and each day adds one or none.
    #[test]
    fn the_earliest_day_is_the_first_that_is_late_enough(start in 0usize..700, count in 1u32..60) {
        let book = with_holidays();
        let all = std::iter::successors(Some(of::<Day>("2025-01-01")), |day| Some(day.next()));
        let first = all.take(start + 1).last().unwrap();
        let end = offices(&book).after_working_days(first, count);
        prop_assert!(offices(&book).is_working_day(end));
        prop_assert_eq!(offices(&book).working_days(first, end), count);
        let days = std::iter::successors(Some(first), |day| Some(day.next()));
        let before: Vec<Day> = days.take_while(|day| *day < end).collect();
        for day in before {
            prop_assert!(offices(&book).working_days(first, day) < count);
        }
    }
}

/// Two cases, of which one was paid; the other is of somebody whom only the vault knows.
fn a_year() -> Given {
    let commit = |subject: &str, of: Option<Value>| {
        let fields: Vec<Value> = ["姓名", "病情", "电话"]
            .iter()
            .map(|name| json!({"name": name, "commitment": "a".repeat(64)}))
            .collect();
        let mut fields = json!({"subject": subject, "fields": fields});
        if let Some(of) = of {
            fields["of"] = of;
        }
        asks(CLERK, "2025-01-06", "privacy.commit", fields)
    };
    let classes = json!({"name": "privacy_classes", "public": ["姓名"], "office": ["电话"]});
    let mut book = given(union_with_money().into_iter().chain(items()));
    let day = "2025-01-08";
    let fields = json!({
        "case": "c-2", "class": "special", "on": day, "valid_through": "2025-01-31", "source": "示例",
    });
    for asked in [
        commit("s-1", Some(json!({"member": "m-1"}))),
        commit("s-2", None),
        given::rule(given::CHAIR, "2025-01-06", &classes),
        opened("2025-01-06", "c-1", "m-1"),
        opened_of("2025-01-06", "c-2", &json!({"subject": "s-2"}), "2025-12-31"),
        applied("2025-01-07", "a-1", "c-1", "600.00"),
        applied("2025-01-07", "a-2", "c-2", "400.00"),
        asks(CLERK, day, "case.review", fields),
        reviewed(day, "a-1", "500.00"),
        reviewed(day, "a-2", "0.00"),
        posted(day, "n-1", &["a-1"], "2025-01-15"),
        aid_requested("2025-01-16", "d-1", &["a-1"]),
        approve(FINANCE, "2025-01-16", "d-1", "500.00"),
        pay(CASHIER, "2025-01-17", "d-1", "bank"),
    ] {
        book.then(&asked);
    }
    book
}

fn year() -> Period {
    Period::Year(of::<Day>("2025-01-01").year())
}

fn class(class: CaseClass, open: u32, overdue: u32, aid: &str) -> ClassLine {
    ClassLine { class, open, overdue, aid: yuan(aid) }
}

#[test]
fn the_register_counts_each_class_and_what_is_overdue_and_paid() {
    let book = a_year();
    let of_year = cases::register(book.state(), book.book.chart(), year());
    assert_eq!((of_year.open, of_year.overdue, of_year.aid), (2, 1, yuan("500.00")));
    let expected =
        [class(CaseClass::Hardship, 1, 0, "500.00"), class(CaseClass::Special, 1, 1, "0.00")];
    assert_eq!(of_year.classes, expected);
    // At the end of January the case is not overdue yet.
    let january = Period::Month(of("2025-01"));
    let of_january = cases::register(book.state(), book.book.chart(), january);
    assert_eq!((of_january.open, of_january.overdue), (2, 0));
}

#[test]
fn a_case_names_the_fields_of_the_vault_by_their_class_and_never_what_they_say() {
    let book = a_year();
    let page = |case| cases::file(book.state(), book.book.chart(), year(), Some(case)).file;
    let fields = |case| {
        let fields = page(case).unwrap().fields.into_iter();
        fields.map(|line| (line.class, line.field.to_string())).collect::<Vec<_>>()
    };
    let expected = [
        (PrivacyClass::Public, "姓名".to_owned()),
        (PrivacyClass::Office, "电话".to_owned()),
        (PrivacyClass::Sealed, "病情".to_owned()),
    ];
    assert_eq!(fields("c-1"), expected);
    assert_eq!(fields("c-2"), expected);
    assert_eq!(page("c-9"), None);
    assert_eq!(page("c-2").unwrap().line.of, Beneficiary::Subject(of("s-2")));
    let [paid] = &page("c-1").unwrap().applications[..] else { panic!("one application") };
    assert_eq!((paid.paid, paid.signed), (Some(of("2025-01-17")), None));
    assert_eq!(page("c-2").unwrap().applications[0].granted, Some(yuan("0.00")));
}

#[test]
fn aid_stands_in_the_register_from_its_payment_until_it_is_taken_back() {
    let mut book = a_year();
    let register = |book: &Given| aid::register(book.state(), book.book.chart(), year());
    let found = register(&book);
    assert_eq!((found.total, found.unsigned), (yuan("500.00"), yuan("500.00")));
    assert_eq!(found.lines[0].application, Some(of("a-1")));
    assert_eq!(found.named(), BTreeSet::from([Beneficiary::Member(of("m-1"))]));
    let signed = json!({"disbursement": "d-1", "date": "2025-01-20"});
    book.then(&asks(CLERK, "2025-01-20", "benefit.distribute", signed));
    let found = register(&book);
    assert_eq!(found.lines[0].claim, Claimed::Signed);
    assert_eq!(found.lines[0].signed, Some(of("2025-01-20")));
    // The claim was false: the case is closed, and the money comes back.
    let payment = book.state().disbursements.payments().next().map(|(seq, _)| *seq);
    let Seq(payment) = payment.unwrap();
    book.then(&closed("2025-02-03", "c-1", "false_claim"));
    book.then(&reverse("2025-02-03", payment));
    let cancel = json!({"disbursement": "d-1", "date": "2025-02-03", "reason": "情况不实"});
    book.then(&asks(CLERK, "2025-02-03", "disbursement.cancel", cancel));
    assert_eq!(register(&book).lines, []);
    let cases = cases::register(book.state(), book.book.chart(), year());
    assert_eq!((cases.open, cases.aid), (1, yuan("0.00")));
}

#[test]
fn a_notice_shows_what_hung_for_how_long_and_who_spoke_against_it() {
    let mut book = given(union_with_money().into_iter().chain(items()));
    for asked in [
        opened("2025-01-06", "c-1", "m-1"),
        applied("2025-01-07", "a-1", "c-1", "600.00"),
        reviewed("2025-01-08", "a-1", "500.00"),
        posted("2025-01-08", "n-1", &["a-1"], "2025-01-15"),
        objected("2025-01-09", "a-1"),
    ] {
        book.then(&asked);
    }
    let found = aid::notices(book.state(), book.book.chart(), year());
    let [notice] = &found.lines[..] else { panic!("one notice") };
    assert_eq!((notice.working_days, notice.granted, notice.objections), (5, yuan("500.00"), 1));
    assert_eq!(notice.applications[0].disputed, Disputed::Open);
    let february = Period::Month(of("2025-02"));
    assert_eq!(aid::notices(book.state(), book.book.chart(), february).lines, []);
}

/// What hung by a record made only afterwards is said to, in the record and in the audit programme.
#[test]
fn a_notice_that_is_recorded_afterwards_says_so() {
    use mingzhang::event::Fact;
    let mut book = given(union_with_money().into_iter().chain(items()));
    for asked in [
        opened("2025-01-06", "c-1", "m-1"),
        opened("2025-01-06", "c-2", "m-2"),
        applied("2025-01-07", "a-1", "c-1", "600.00"),
        applied("2025-01-07", "a-2", "c-2", "600.00"),
        reviewed("2025-01-08", "a-1", "600.00"),
        reviewed("2025-01-08", "a-2", "600.00"),
    ] {
        book.then(&asked);
    }
    let late = |book: &mut Given, notice: &str, id: &str, today: &str| {
        let mut asked = posted("2025-01-10", notice, &[id], "2025-01-17");
        asked.on = of(today);
        let records = book.then(&asked);
        let Fact::NoticePosted(posted) = &records[0].fact else { panic!() };
        posted.recorded_late
    };
    // Posted on a Friday, and recorded on the Monday after it or a day later.
    assert!(!late(&mut book, "n-1", "a-1", "2025-01-13"));
    assert!(late(&mut book, "n-2", "a-2", "2025-01-14"));
    let late: Vec<bool> = book.state().hardship.notices().map(|(_, n)| n.recorded_late).collect();
    assert_eq!(late, [false, true]);
    let report = aid::notices(book.state(), book.book.chart(), year());
    let said: Vec<bool> = report.lines.iter().map(|line| line.recorded_late).collect();
    assert_eq!(said, [false, true]);
    let page = mingzhang::render::case_notices(&report, mingzhang::lang::Lang::Zh).to_string();
    assert_eq!(page.matches("事后补记").count(), 1, "{page}");
}

/// Until the register is asked for, aid is paid as it was before.
#[test]
fn aid_is_not_paid_past_the_register_of_cases_once_it_is_asked_for() {
    let mut book = given(union_with_money().into_iter().chain(items()));
    let asked = |id: &str, payee: Value| {
        let fields = given::requested("2025-02-10", id, "50404", "600.00", &payee);
        asks(FINANCE, "2025-02-10", "disbursement.request", fields)
    };
    book.then(&asked("d-1", json!({"member": "m-1"})));
    let rule = json!({"name": "aid_needs_case", "required": true});
    book.then(&given::rule(given::CHAIR, "2025-02-10", &rule));
    for payee in
        [json!({"member": "m-1"}), json!({"officer": CLERK}), json!({"roster": "困难职工"})]
    {
        let refusal = book.when(&asked("d-2", payee)).unwrap_err();
        assert_eq!(refusal.name(), "GivenByList");
        assert!(refusal.message(mingzhang::lang::Lang::En).contains("aid.request"));
    }
    book.then(&asked("d-2", json!({"organisation": "示例医院"})));
}
