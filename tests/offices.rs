//! Offices as policy with days: who keeps away, what is split, for whom somebody approves.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;
#[path = "golden/offices.rs"]
mod story;

use given::{
    CASHIER, CHAIR, CLERK, FINANCE, FIRST, appoint, approve, asks, given, of, pay, replayed,
    request, request_for, requested, rule, union, union_with_money, yuan,
};
use mingzhang::event::book::Role;
use mingzhang::event::office::Related;
use mingzhang::projection::splits::splits;
use mingzhang::report::Period;
use mingzhang::report::audit::StoodIn;
use mingzhang::report::officers::beyond_term;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

const DAY: &str = "2025-02-10";

fn stands_in(by: &str, officer: &str, role: &str, last: &str) -> given::Asked {
    let fields = json!({
        "officer": officer, "by": by, "roles": [role], "first": DAY, "last": last,
        "resolution": "工会委员会决议2025-2号",
    });
    asks(CHAIR, DAY, "substitute.name", fields)
}

/// Requested, approved and paid on that day out of the bank.
fn spent(book: &mut given::Given, on: &str, id: &str, amount: &str, payee: &Value) {
    book.then(&request_for(CLERK, on, id, amount, payee));
    book.then(&approve(FINANCE, on, id, amount));
    book.then(&pay(CASHIER, on, id, "bank"));
}

#[test]
fn every_form_of_what_is_recorded_about_offices_is_taken_and_read_again() {
    let book = given(union().into_iter().chain(story::scene()));
    assert!(*book.state() == replayed(&book.lines()));
    let handovers: Vec<_> = book.state().handovers.all().map(|(_, handed)| handed).collect();
    let [cashier, clerk] = handovers[..] else { panic!("{handovers:?}") };
    assert_eq!(cashier.handover.declared, cashier.handover.book);
    assert_eq!((cashier.list.len(), cashier.handover.lines), (5, 5));
    assert_eq!(clerk.handover.declared.voucher, None);
    assert_eq!(clerk.handover.book.voucher, Some(of_voucher("记-2025-01-0002")));
}

fn of_voucher(text: &str) -> mingzhang::event::VoucherNumber {
    mingzhang::event::VoucherNumber::parse(text).unwrap()
}

/// Nobody refuses without a rule; who looks afterwards finds them within seven days.
#[test]
fn payments_split_below_a_band_are_found_and_no_others() {
    let mut book = given(union_with_money());
    let shop = json!({"organisation": "示例商店"});
    for (on, id, amount, payee) in [
        // Eight days before the next one.
        ("2025-02-02", "early", "200.00", &shop),
        ("2025-02-10", "a", "200.00", &shop),
        ("2025-02-12", "other", "200.00", &json!({"organisation": "示例书店"})),
        ("2025-02-13", "list", "200.00", &json!({"roster": "名册"})),
    ] {
        spent(&mut book, on, id, amount, payee);
    }
    let bands = json!({"name": "approval_bands", "bands": [
        {"up_to": "300.00", "roles": ["finance_head"]}, {"roles": ["chair", "finance_head"]},
    ]});
    book.then(&rule(CHAIR, "2025-02-14", &bands));
    assert_eq!(splits(book.state(), of(FIRST), of("2025-12-31")), []);
    spent(&mut book, "2025-02-17", "b", "100.01", &shop);
    let found = splits(book.state(), of(FIRST), of("2025-12-31"));
    let [split] = &found[..] else { panic!("{found:?}") };
    let parts: Vec<String> = split.parts.iter().map(|part| part.disbursement.to_string()).collect();
    assert_eq!(parts, ["a", "b"]);
    assert_eq!(split.sum, yuan("300.01"));
    assert_eq!(split.band, [Role::Chair, Role::FinanceHead].into());
    // Of the days that are asked for, also where the first part was paid before them.
    assert_eq!(splits(book.state(), of("2025-02-17"), of("2025-02-17")), found);
    assert_eq!(splits(book.state(), of("2025-02-18"), of("2025-12-31")), []);
}

/// Two lists of one item are one, though the payee of a list is nobody, and so is one shop however its
/// name is typed.
#[test]
fn a_list_in_two_and_a_shop_by_another_spelling_look_split_too() {
    use given::welfare::{benefit, items};
    let mut asked: Vec<given::Asked> = union_with_money().into_iter().chain(items()).collect();
    asked.push(rule(CHAIR, FIRST, &json!({"name": "split_watch", "days": 3, "refuse": "refuse"})));
    let mut book = given(asked);
    let (one, two) =
        ([("m-1", "300.00"), ("m-2", "300.00")], [("m-2", "300.00"), ("m-1", "200.00")]);
    book.then(&benefit(DAY, "b-1", "feast", &one));
    let refused = book.when(&benefit(DAY, "b-2", "feast", &two)).unwrap_err();
    let split = |refused: &Refusal, by: &str, with: &str| {
        let Refusal::PaymentSplit { disbursement, earlier, .. } = refused else {
            panic!("{refused:?}")
        };
        assert_eq!((disbursement.as_str(), earlier.as_str()), (by, with));
    };
    split(&refused, "b-2", "b-1");
    // One of the two alone is on the list too.
    let alone = benefit(DAY, "b-3", "feast", &[("m-1", "500.00")]);
    split(&book.when(&alone).unwrap_err(), "b-3", "b-1");
    let shop = |name: &str| json!({"organisation": name});
    book.then(&request_for(CLERK, DAY, "s-1", "600.00", &shop("示例商店(东区)")));
    let wide = request_for(CLERK, DAY, "s-2", "600.00", &shop("示例商店 （东区）"));
    split(&book.when(&wide).unwrap_err(), "s-2", "s-1");
}

#[test]
fn a_request_that_looks_split_is_taken_with_a_warning_where_the_rule_warns() {
    let mut book = given(union());
    book.then(&rule(CHAIR, FIRST, &json!({"name": "split_watch", "days": 3, "refuse": "warn"})));
    book.then(&request(DAY, "d-1", "600.00"));
    let looks_split = Refusal::PaymentSplit {
        disbursement: of("d-2"),
        earlier: "d-1".to_owned(),
        days: 3,
        sum: yuan("1200.00"),
        band: vec![Role::Chair, Role::FinanceHead],
    };
    assert_eq!(book.warnings(&request("2025-02-13", "d-2", "600.00")), [looks_split]);
    assert_eq!(book.warnings(&request("2025-02-17", "d-3", "600.00")), []);
}

#[test]
fn a_relation_that_is_declared_afterwards_is_seen_and_changes_nothing() {
    let mut book = given(union_with_money());
    spent(&mut book, DAY, "d-1", "1.00", &json!({"member": "m-1"}));
    let before = book.state().disbursements.clone();
    let declared = json!({
        "officer": FINANCE, "to": {"member": "m-1"}, "kind": "relative", "from": "2010-05-01",
    });
    book.then(&asks(FINANCE, "2025-02-11", "relation.declare", declared));
    assert!(before == book.state().disbursements);
    let payee = Related::Member(of("m-1"));
    assert!(book.state().related(&of(FINANCE), &payee, of(DAY)).is_some());
    assert!(book.state().related(&of(CLERK), &payee, of(DAY)).is_none());
}

/// The head of finance is the member m-14 of the small union.
#[test]
fn a_relation_is_of_the_person_by_whatever_number_and_from_either_side() {
    let mut book = given(union());
    let declared = json!({
        "officer": CLERK, "to": {"member": "m-14"}, "kind": "relative", "from": "2010-05-01",
    });
    book.then(&asks(CLERK, DAY, "group.define", json!({"group": "g2", "name": "二车间"})));
    book.then(&given::enrol(DAY, "m-14", "g2"));
    book.then(&asks(CLERK, DAY, "relation.declare", declared));
    book.then(&request(DAY, "d-1", "1.00"));
    let refused = book.when(&approve(FINANCE, DAY, "d-1", "1.00"));
    assert!(matches!(refused, Err(Refusal::RelatedToRequester { .. })), "{refused:?}");
}

#[test]
fn a_substitute_approves_for_the_absent_and_what_he_approved_stands_when_he_is_none_any_more() {
    let mut book = given(union_with_money());
    book.then(&stands_in(CLERK, CHAIR, "chair", "2025-02-28"));
    let payee = json!({"organisation": "示例商店"});
    let fields = requested(DAY, "d-1", "50102", "1000.01", &payee);
    book.then(&asks("accountant", DAY, "disbursement.request", fields));
    book.then(&approve(CLERK, DAY, "d-1", "1000.01"));
    book.then(&approve(FINANCE, DAY, "d-1", "1000.01"));
    book.then(&stands_in(CLERK, CHAIR, "chair", DAY));
    book.then(&given::interest("2025-02-20", "1.00"));
    book.then(&pay(CASHIER, "2025-02-20", "d-1", "bank"));
    let audit = mingzhang::report::audit::report(book.state(), book.book.chart(), Period::All);
    let [paid] = &audit.approvals[..] else { panic!("{:?}", audit.approvals) };
    assert_eq!(paid.by_substitute, [StoodIn { by: of(CLERK), absent: of(CHAIR) }]);
    assert_eq!((paid.approvals, paid.approvals_needed, paid.distinct), (2, Some(2), true));
}

/// The finance head approves by his own office; the chair whom he stands in for requested it himself,
/// or has the payee for a relative, and so his seat stays empty whoever else approves.
#[test]
fn who_could_not_decide_himself_is_stood_in_for_by_nobody() {
    let shop = json!({"organisation": "示例商店"});
    let related = json!({"officer": CHAIR, "to": shop, "kind": "interest", "from": "2025-01-01"});
    for (by, id) in [(CHAIR, "d-1"), (CLERK, "d-2")] {
        let mut book = given(union_with_money());
        book.then(&appoint(CHAIR, FIRST, "second", &["finance_head"], None));
        book.then(&stands_in(FINANCE, CHAIR, "chair", "2025-02-28"));
        if by == CLERK {
            book.then(&asks(CHAIR, DAY, "relation.declare", related.clone()));
        }
        book.then(&request_for(by, DAY, id, "1000.01", &shop));
        book.then(&approve(FINANCE, DAY, id, "1000.01"));
        book.then(&approve("second", DAY, id, "1000.01"));
        let missing = vec![Role::Chair];
        let refusal = Refusal::NotYetApproved { disbursement: of(id), missing };
        assert_eq!(book.when(&pay(CASHIER, DAY, id, "bank")), Err(refusal));
    }
}

/// The chair is elected, the clerk is not.
#[test]
fn who_holds_an_elected_office_beyond_its_term_is_named_and_refused_nothing() {
    let mut book = given(union_with_money());
    book.then(&rule(CHAIR, FIRST, &json!({"name": "office_terms", "years": 3})));
    let beyond = |book: &given::Given, on: &str| {
        let found = beyond_term(book.state(), of(on));
        found.into_iter().map(|(who, since)| format!("{who} {since}")).collect::<Vec<_>>()
    };
    assert_eq!(beyond(&book, "2027-12-31"), Vec::<String>::new());
    let all = ["auditor 2028-01-01", "chair 2028-01-01", "finance 2028-01-01"];
    assert_eq!(beyond(&book, "2028-01-01"), all);
    book.then(&appoint(CHAIR, "2028-01-10", CHAIR, &["chair"], Some("m-16")));
    assert_eq!(beyond(&book, "2028-01-10"), ["auditor 2028-01-01", "finance 2028-01-01"]);
}

#[test]
fn an_absent_chair_who_leaves_office_leaves_nothing_to_stand_in_for() {
    let mut book = given(union_with_money());
    book.then(&stands_in(CLERK, CHAIR, "chair", "2025-02-28"));
    book.then(&appoint(CHAIR, DAY, "new-chair", &["chair"], None));
    let removed = json!({"officer": CHAIR, "on": DAY});
    book.then(&asks("new-chair", DAY, "officer.remove", removed));
    book.then(&request_for(FINANCE, DAY, "d-1", "1000.01", &json!({"member": "m-1"})));
    let refused = book.when(&approve(CLERK, DAY, "d-1", "1000.01"));
    assert!(matches!(refused, Err(Refusal::OfficeNeeded { .. })), "{refused:?}");
}
