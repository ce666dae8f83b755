//! What each command promises by itself.

use mingzhang::date::Month;
use mingzhang::event::{Fact, Till};
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::projection::disbursements;
use mingzhang::report::{Period, arrears, membership, transfer_letter};
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::given::{
    self, ACCOUNTANT, CASHIER, CHAIR, CLERK, FINANCE, FIRST, Given, approve, asks, dues, enrol,
    given, of, refund_approved, requested, reverse, rule, union, yuan,
};
use crate::{DAY, by, due, lines, pays, terms};

#[test]
fn a_sum_is_laid_on_the_oldest_month_first_and_then_ahead() {
    let mut book = given(union());
    book.then(&dues(DAY, "m-1", "2025-02", "20.00"));
    let said = lines(&book.then(&pays("65.00")));
    let said: Vec<(&str, &str)> = said.iter().map(|(m, a)| (m.as_str(), a.as_str())).collect();
    assert_eq!(
        said,
        [("2025-01", "25.00"), ("2025-02", "5.00"), ("2025-03", "25.00"), ("2025-04", "10.00")]
    );
    let rest = lines(&book.then(&pays("15.00")));
    assert_eq!(rest, [("2025-04".to_owned(), "15.00".to_owned())]);
}

#[test]
fn the_flat_sum_and_the_rate_follow_each_other_by_the_day_on_which_each_began() {
    let flat = json!({"name": "dues_flat", "amount": "8.00"});
    let rate = json!({"name": "dues_rate", "basis_points": 40, "step": "10.00"});
    let mut book = given(union());
    book.then(&rule(CHAIR, "2025-02-01", &flat));
    book.then(&rule(CHAIR, "2025-04-01", &rate));
    let said = ["2025-01", "2025-02", "2025-03", "2025-04"].map(|month| due(&book, month).unwrap());
    assert_eq!(said, ["25.00", "8.00", "8.00", "20.00"].map(yuan));
}

#[test]
fn terms_of_one_member_come_before_the_rule_and_end() {
    let mut book = given(union());
    book.then(&terms("2025-02", None, &json!({"kind": "flat", "amount": "5.00"})));
    book.then(&terms("2025-03", Some("2025-04"), &json!({"kind": "exempt", "reason": "retired"})));
    book.then(&terms("2025-06", None, &json!({"kind": "by_base"})));
    let months = ["2025-01", "2025-02", "2025-03", "2025-04", "2025-05", "2025-06"];
    let said = months.map(|month| due(&book, month).unwrap());
    assert_eq!(said, ["25.00", "5.00", "0.00", "0.00", "5.00", "25.00"].map(yuan));
    // A sum passes over the months of which nothing is owed.
    let said = lines(&book.then(&pays("60.00")));
    let months: Vec<&str> = said.iter().map(|(month, _)| month.as_str()).collect();
    assert_eq!(months, ["2025-01", "2025-02", "2025-05", "2025-06"]);
}

#[test]
fn what_a_closed_month_owed_is_not_changed_by_terms() {
    let exempt = json!({"kind": "exempt", "reason": "unemployed"});
    let mut book = given(union());
    book.then(&given::close("2025-02-01", "2025-01"));
    let refusal = Refusal::PeriodClosed { date: of("2025-01-01"), closed_through: of("2025-01") };
    assert_eq!(book.when(&terms("2025-01", None, &exempt)), Err(refusal));
    book.then(&terms("2025-02", None, &exempt));
}

#[test]
fn what_a_closed_month_owed_is_not_changed_by_a_flat_sum_in_the_place_of_the_rate() {
    let flat = |from: &str| {
        let flat = json!({"name": "dues_flat", "amount": "8.00"});
        by(CHAIR, "rule.set", json!({"rule": flat, "from": from, "source": "决议"}))
    };
    let mut book = given(union());
    book.then(&given::close("2025-02-01", "2025-01"));
    let refusal = Refusal::PeriodClosed { date: of("2025-01-15"), closed_through: of("2025-01") };
    assert_eq!(book.when(&flat("2025-01-15")), Err(refusal));
    book.then(&flat("2025-02-01"));
}

#[test]
fn a_roll_of_a_group_is_several_short_records_that_come_to_its_control_totals() {
    let mut book = given(union());
    for number in 100..190 {
        let member = format!("m-{number}");
        book.then(&enrol(FIRST, &member, "g1"));
        let fields = json!({"member": member, "base": "4321.00", "from": "2025-01"});
        book.then(&asks(CLERK, FIRST, "dues_base.set", fields));
    }
    // 90 members of 21.60 a month and two of 25.00, for two months.
    let roll = json!({
        "date": DAY, "into": "bank", "group": "g1", "month": "2025-01", "through": "2025-02",
        "control": {"members": 92, "total": "3988.00"},
    });
    let records = book.then(&by(ACCOUNTANT, "dues.receive_roll", roll));
    assert_eq!(records.len(), 5);
    assert!(book.lines().iter().all(|line| line.len() <= 4_096));
    assert_eq!(lines(&records).len(), 184);
    let report = arrears::report(book.state(), book.book.chart(), Period::Month(of("2025-02")));
    assert_eq!(report.members, []);
}

#[test]
fn a_roll_that_does_not_come_to_its_totals_names_the_members_to_look_at() {
    let mut book = given(union());
    let roll = |more: Value| {
        let mut fields = json!({
            "date": DAY, "into": "bank", "group": "g1", "month": "2025-01",
            "control": {"members": 2, "total": "49.00"},
        });
        fields.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        by(ACCOUNTANT, "dues.receive_roll", fields)
    };
    let said = |book: &mut Given, more: Value, lang: Lang| {
        let refused = book.when(&roll(more)).unwrap_err();
        assert_eq!(refused.code(), "D05");
        let message = refused.message(lang);
        let apart = if lang == Lang::Zh { "请核对 " } else { "look at " };
        message.split_once(apart).unwrap().1.to_owned()
    };
    // Nobody is left out and all pay what they owe: it can be any of them.
    assert_eq!(said(&mut book, json!({}), Lang::En), "m-1, m-2");
    // Whoever pays another sum than is owed.
    let line = |member: &str, amount: &str| json!({"member": member, "month": "2025-01", "amount": amount});
    let lines = json!({"lines": [line("m-1", "25.00"), line("m-2", "20.00")]});
    assert_eq!(said(&mut book, lines, Lang::Zh), "m-2");
    // Whoever is left out.
    assert_eq!(said(&mut book, json!({"except": ["m-1"]}), Lang::Zh), "m-1");
    book.then(&dues(DAY, "m-2", "2025-01", "25.00"));
    assert_eq!(said(&mut book, json!({}), Lang::En), "m-2");
    // Of many, ten and how many there are.
    let mut book = given(union());
    for number in 10..20 {
        let member = format!("m-{number}");
        book.then(&enrol(FIRST, &member, "g1"));
        let fields = json!({"member": member, "base": "4321.00", "from": "2025-01"});
        book.then(&asks(CLERK, FIRST, "dues_base.set", fields));
    }
    let numbers = std::iter::once(1).chain(10..20);
    let all: Vec<String> = numbers.map(|number| format!("m-{number}")).collect();
    let ten = all[..10].join(", ");
    let except = json!({"except": all});
    assert_eq!(said(&mut book, except.clone(), Lang::En), format!("{ten} and others, 11 in all"));
    assert_eq!(said(&mut book, except, Lang::Zh), format!("{} 等 11 人", ten.replace(", ", "、")));
}

#[test]
fn control_totals_hold_for_any_roll_and_change_nothing_of_the_record() {
    let fields = |control: Option<&str>| {
        let line = json!({"member": "m-1", "month": "2025-01", "amount": "25.00"});
        let mut fields = json!({"date": DAY, "into": "bank", "lines": [line]});
        if let Some(total) = control {
            fields["control"] = json!({"members": 1, "total": total});
        }
        by(ACCOUNTANT, "dues.receive", fields)
    };
    let refused = given(union()).when(&fields(Some("24.00"))).unwrap_err();
    assert_eq!(refused.code(), "D05");
    let [plain] = &given(union()).then(&fields(None))[..] else { panic!("one record") };
    let [controlled] = &given(union()).then(&fields(Some("25.00")))[..] else { panic!("one") };
    assert_eq!(plain, controlled);
}

#[test]
fn who_arrives_owes_from_the_month_after_and_who_departs_is_told_what_is_paid() {
    let mut book = given(union());
    let arrives = json!({
        "member": "m-3", "group": "g1", "on": "2025-02-10", "from_union": "示例二厂工会",
        "dues_paid_through": "2025-03",
    });
    book.then(&by(CLERK, "member.arrive", arrives));
    let flat =
        json!({"member": "m-3", "from": "2025-01", "terms": {"kind": "flat", "amount": "6.00"}});
    book.then(&by(CLERK, "dues_terms.set", flat));
    let owed = |book: &Given, month: &str| book.state().dues_due(&of("m-3"), of(month));
    assert_eq!(owed(&book, "2025-03"), Some(Money::ZERO));
    assert_eq!(owed(&book, "2025-04"), Some(yuan("6.00")));
    let departs = |member: &str, on: &str| {
        by(CLERK, "member.depart", json!({"member": member, "on": on, "to_union": "示例三厂工会"}))
    };
    book.then(&dues(DAY, "m-1", "2025-01", "25.00"));
    book.then(&dues(DAY, "m-1", "2025-02", "24.00"));
    let [record] = &book.then(&departs("m-1", DAY))[..] else { panic!("one record") };
    let Fact::MemberDeparted(gone) = &record.fact else { panic!("{record:?}") };
    assert_eq!(gone.dues_paid_through, Some(of("2025-01")));
    // What was paid at the union before counts, and what was paid ahead.
    let [record] = &book.then(&departs("m-3", DAY))[..] else { panic!("one record") };
    let Fact::MemberDeparted(gone) = &record.fact else { panic!("{record:?}") };
    assert_eq!(gone.dues_paid_through, Some(of("2025-03")));
    let ahead = json!({"date": DAY, "into": "bank", "member": "m-2", "amount": "150.00"});
    book.then(&by(ACCOUNTANT, "dues.pay", ahead));
    let [record] = &book.then(&departs("m-2", DAY))[..] else { panic!("one record") };
    let Fact::MemberDeparted(gone) = &record.fact else { panic!("{record:?}") };
    assert_eq!(gone.dues_paid_through, Some(of("2025-06")));
    let (state, chart) = (book.state(), book.book.chart());
    let letter = transfer_letter::report(state, chart, Period::All, Some("m-2")).letter.unwrap();
    assert_eq!(letter.dues_paid_through, Some(of("2025-06")));
    assert_eq!(transfer_letter::report(state, chart, Period::All, Some("m-9")).letter, None);
    // The last month owed is that of the departure.
    assert_eq!(due(&book, "2025-03"), Some(yuan("25.00")));
    assert_eq!(due(&book, "2025-04"), Some(Money::ZERO));
}

#[test]
fn who_comes_back_under_the_old_number_owes_nothing_for_the_months_between() {
    let mut book = given(union());
    let leaves = json!({"member": "m-1", "on": "2025-01-20", "reason": "resigned"});
    book.then(&by(CLERK, "member.leave", leaves));
    book.then(&by(CLERK, "member.enrol", json!({"member": "m-1", "group": "g1", "on": DAY})));
    let said = ["2025-01", "2025-02", "2025-03"].map(|month| due(&book, month).unwrap());
    assert_eq!(said, ["25.00", "0.00", "25.00"].map(yuan));
    let again =
        book.when(&by(CLERK, "member.enrol", json!({"member": "m-1", "group": "g1", "on": DAY})));
    assert_eq!(again, Err(Refusal::MemberExists { member: of("m-1") }));
    let counts = membership::report(book.state(), book.book.chart(), Period::Month(of("2025-03")));
    assert_eq!((counts.total.opening, counts.total.joined, counts.total.closing), (1, 1, 2));
}

#[test]
fn a_waiver_that_is_cancelled_is_owed_again() {
    let mut book = given(union());
    let waives = json!({
        "on": DAY, "member": "m-1", "from": "2025-01", "through": "2025-02", "reason": "困难",
        "resolution": "工会委员会决议2025-2号",
    });
    let before = book.state().members.clone();
    let records = book.then(&by(CHAIR, "dues.waive", waives));
    let owed = book.state().dues_owed(&of("m-1"), of("2025-02")).unwrap();
    assert_eq!((owed.waived, owed.arrears()), (yuan("25.00"), Money::ZERO));
    let cancels = json!({"on": DAY, "waiver": records[0].seq, "reason": "记错"});
    book.then(&by(CHAIR, "dues_waiver.cancel", cancels.clone()));
    assert_eq!(book.state().members, before);
    let again = book.when(&by(CHAIR, "dues_waiver.cancel", cancels));
    assert_eq!(again, Err(Refusal::WaiverUnknown { waiver: records[0].seq }));
}

#[test]
fn a_refund_that_is_reversed_leaves_what_was_paid_and_nobody_refunds_himself() {
    let mut book = given(union());
    // The cashier's own number as a member.
    book.then(&enrol(FIRST, "m-12", "g1"));
    book.then(&terms("2025-01", None, &json!({"kind": "flat", "amount": "5.00"})));
    let fields = json!({"member": "m-12", "base": "2000.00", "from": "2025-01"});
    book.then(&by(CLERK, "dues_base.set", fields));
    book.then(&dues(DAY, "m-12", "2025-01", "10.00"));
    book.then(&dues(DAY, "m-1", "2025-01", "5.00"));
    let refunds = |member: &str| {
        let lines = json!([{"member": member, "month": "2025-01", "amount": "5.00"}]);
        by(
            CASHIER,
            "dues.refund",
            json!({
                "date": DAY, "from": "cash", "lines": lines, "reason": "多收", "disbursement": "d-1",
            }),
        )
    };
    assert_eq!(book.when(&refunds("m-12")), Err(Refusal::PayerIsPayee { officer: of(CASHIER) }));
    for asked in refund_approved(DAY, "d-1", "m-1", "5.00") {
        book.then(&asked);
    }
    let before = book.state().members.clone();
    let records = book.then(&refunds("m-1"));
    let standing = |book: &Given| {
        book.state().disbursements.disbursement(&of("d-1")).unwrap().standing.clone()
    };
    assert!(matches!(standing(&book), disbursements::Standing::Paid { .. }));
    assert_eq!(
        book.state().members.member(&of("m-1")).unwrap().paid_for(of("2025-01")),
        Money::ZERO
    );
    book.then(&reverse(DAY, records[0].seq.0));
    assert_eq!(book.state().members, before);
    assert_eq!(standing(&book), disbursements::Standing::Open);
}

#[test]
fn a_refund_to_many_is_one_record_of_one_request_and_takes_no_more_out_than_there_is() {
    let mut book = given(union());
    // Two members of forty months each, of 1,000.00 each.
    let months: Vec<Month> = of::<Month>("2025-01").through(of("2028-04")).collect();
    let lines: Vec<Value> = ["m-1", "m-2"]
        .iter()
        .flat_map(|member| {
            let line =
                move |month: &Month| json!({"member": member, "month": month, "amount": "25.00"});
            months.iter().map(line)
        })
        .collect();
    let fields = json!({"date": DAY, "into": "bank", "lines": lines});
    book.then(&by(ACCOUNTANT, "dues.receive", fields));
    book.then(&by(CASHIER, "cash.draw", json!({"date": DAY, "amount": "1500.00"})));
    let payee = json!({"roster": "退费名册2025-1"});
    let fields = requested(DAY, "d-1", "401", "1000.00", &payee);
    book.then(&by(CLERK, "disbursement.request", fields));
    book.then(&approve(FINANCE, DAY, "d-1", "1000.00"));
    let refunds = |lines: &[Value], from: &str| {
        let fields = json!({
            "date": DAY, "from": from, "lines": lines, "reason": "多收", "disbursement": "d-1",
        });
        by(CASHIER, "dues.refund", fields)
    };
    let refusal = Refusal::TillTooSmall {
        till: Till::Bank,
        fund: of("general"),
        held: yuan("500.00"),
        asked: yuan("1000.00"),
        short: yuan("500.00"),
    };
    let many = Refusal::TooManyAtOnce { found: 41, most: 40 };
    assert_eq!(book.when(&refunds(&lines[..41], "cash")), Err(many));
    assert_eq!(book.when(&refunds(&lines[20..60], "bank")), Err(refusal));
    assert_eq!(book.then(&refunds(&lines[20..60], "cash")).len(), 1);
}
