//! Nobody decides on money that comes to himself, under whatever id.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;

use given::allocation::{TOWN, YEAR_END, accrue, county, pass_down, subsidy_approved};
use given::owned::{BOUGHT, count_asset, differs, resolve, with_television};
use given::{
    ACCOUNTANT, AUDITOR, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, adjust, appoint,
    approve, asks, close, dues, enrol, establish, given, interest, of, pay, refund,
    refund_approved, request, request_for, reverse, rule, transfer, union, union_with_money,
};
use mingzhang::event::book::{Role, RuleKind};
use mingzhang::ids::{DisbursementId, Seq};
use mingzhang::rules::Refusal;
use serde_json::json;

const DAY: &str = "2025-02-10";

fn remove(officer: &str) -> Asked {
    asks(CHAIR, DAY, "officer.remove", json!({"officer": officer, "on": DAY}))
}

#[test]
fn somebody_who_came_back_under_another_id_is_still_the_one_who_requested() {
    let mut book = given(union());
    book.then(&request(DAY, "d-1", "10.00"));
    book.then(&remove(CLERK));
    book.then(&appoint(CHAIR, DAY, "returned", &["finance_head"], Some("m-13")));
    let refusal = Refusal::ApproverIsRequester { officer: of("returned") };
    assert_eq!(book.when(&approve("returned", DAY, "d-1", "10.00")), Err(refusal));
    book.then(&approve(FINANCE, DAY, "d-1", "10.00"));
}

#[test]
fn somebody_who_came_back_under_another_id_is_still_the_payee_and_the_approver() {
    let mut book = given(union_with_money());
    book.then(&request_for(CLERK, DAY, "d-1", "10.00", &json!({"officer": FINANCE})));
    book.then(&request(DAY, "d-2", "1000.01"));
    book.then(&approve(FINANCE, DAY, "d-2", "1000.01"));
    book.then(&remove(FINANCE));
    let roles = ["finance_head", "cashier"];
    book.then(&appoint(CHAIR, DAY, "returned", &roles, Some("m-14")));
    let officer = of("returned");
    let asked = approve("returned", DAY, "d-1", "10.00");
    assert_eq!(book.when(&asked), Err(Refusal::ApproverIsPayee { officer }));
    let officer = of("returned");
    let asked = approve("returned", DAY, "d-2", "1000.01");
    assert_eq!(book.when(&asked), Err(Refusal::ApprovedTwice { officer }));
}

#[test]
fn a_member_s_second_id_is_refused_even_if_both_offices_begin_later() {
    let mut book = given(union());
    let later = |officer: &str, roles: &[&str]| {
        let fields =
            json!({"officer": officer, "roles": roles, "from": "2025-03-01", "member": "m-17"});
        asks(CHAIR, DAY, "officer.appoint", fields)
    };
    book.then(&later("one", &["cashier"]));
    let refusal = Refusal::MemberIsOfficer { member: of("m-17"), officer: of("one") };
    assert_eq!(book.when(&later("two", &["audit_member"])), Err(refusal));
}

#[test]
fn an_officer_who_is_paid_is_one_of_the_book() {
    let mut book = given(union());
    let payee = |officer: &str| json!({"officer": officer});
    let refused = request_for(FINANCE, DAY, "d-1", "1.00", &payee("nobody"));
    assert_eq!(book.when(&refused), Err(Refusal::OfficerUnknown { officer: of("nobody") }));
    book.then(&request_for(FINANCE, DAY, "d-1", "1.00", &payee(CLERK)));
}

#[test]
fn whoever_began_the_book_and_was_dismissed_does_not_set_it_up_again() {
    let mut book = given(union());
    book.then(&remove(ACCOUNTANT));
    assert_eq!(book.when(&remove(CHAIR)), Err(Refusal::LastChair { officer: of(CHAIR) }));
    let asked = appoint(ACCOUNTANT, DAY, ACCOUNTANT, &["chair"], Some("m-11"));
    assert_eq!(book.when(&asked), Err(Refusal::OfficerUnknown { officer: of(ACCOUNTANT) }));
}

#[test]
fn two_offices_in_one_hand_are_one_approval() {
    let mut book = given(union_with_money());
    book.then(&interest(DAY, "1000.00"));
    book.then(&appoint(CHAIR, DAY, CHAIR, &["chair", "finance_head"], Some("m-16")));
    book.then(&request(DAY, "d-1", "1000.01"));
    book.then(&approve(CHAIR, DAY, "d-1", "1000.01"));
    let paid = pay(CASHIER, DAY, "d-1", "bank");
    assert!(
        matches!(book.when(&paid), Err(Refusal::NotYetApproved { missing, .. }) if missing.len() == 1)
    );
    book.then(&approve(FINANCE, DAY, "d-1", "1000.01"));
    book.then(&paid);
}

#[test]
fn a_member_s_own_number_makes_him_the_payee() {
    let mut book = given(union());
    book.then(&enrol(FIRST, "m-14", "g1"));
    book.then(&request_for(CLERK, DAY, "d-1", "1.00", &json!({"member": "m-14"})));
    let refusal = Refusal::ApproverIsPayee { officer: of(FINANCE) };
    assert_eq!(book.when(&approve(FINANCE, DAY, "d-1", "1.00")), Err(refusal));
}

#[test]
fn the_accountant_cannot_take_back_what_the_audit_committee_adjusted() {
    let mut book = given(union_with_money());
    let lines = json!([
        {"account": "50501", "fund": "general", "debit": "1.00"},
        {"account": "50502", "fund": "general", "credit": "1.00"},
    ]);
    let seq = book.then(&adjust(DAY, lines)).first().unwrap().seq;
    let refusal = Refusal::NotReversible { seq, kind: "adjustment.recorded".to_owned() };
    assert_eq!(book.when(&reverse(DAY, seq.0)), Err(refusal));
}

#[test]
fn a_payment_that_was_reversed_is_open_again_and_its_payer_stays_bound() {
    let mut book = given(union_with_money());
    book.then(&request(DAY, "d-1", "10.00"));
    book.then(&approve(FINANCE, DAY, "d-1", "10.00"));
    let Seq(paid) = book.then(&pay(CASHIER, DAY, "d-1", "cash")).first().unwrap().seq;
    book.then(&reverse(DAY, paid));
    let refusal = Refusal::OfficeNeeded {
        officer: of(ACCOUNTANT),
        holds: vec![Role::Accountant],
        needed: vec![Role::Cashier],
    };
    assert_eq!(book.when(&pay(ACCOUNTANT, DAY, "d-1", "bank")), Err(refusal));
    book.then(&pay(CASHIER, DAY, "d-1", "bank"));
}

#[test]
fn nothing_dated_into_a_closed_month_is_taken_from_anybody() {
    let mut book = given(union_with_money());
    book.then(&request("2025-01-20", "d-1", "10.00"));
    book.then(&approve(FINANCE, "2025-01-20", "d-1", "10.00"));
    book.then(&close("2025-01-31", "2025-01"));
    let dated = |name: &str, by: &str, mut fields: serde_json::Value| {
        fields["date"] = "2025-01-31".into();
        asks(by, DAY, name, fields)
    };
    let lines = json!([
        {"account": "50501", "fund": "general", "debit": "1.00"},
        {"account": "50502", "fund": "general", "credit": "1.00"},
    ]);
    let payee = json!({"organisation": "商店"});
    let request = given::requested("2025-01-31", "d-2", "50501", "1.00", &payee);
    let reason = "原因";
    for asked in [
        dated("interest.receive", ACCOUNTANT, json!({"amount": "1.00"})),
        dated("cash.draw", CASHIER, json!({"amount": "1.00"})),
        dated("disbursement.pay", CASHIER, json!({"disbursement": "d-1", "from": "cash"})),
        dated("disbursement.request", CLERK, request),
        dated("disbursement.cancel", CLERK, json!({"disbursement": "d-1", "reason": reason})),
        dated("disbursement.refuse", FINANCE, json!({"disbursement": "d-1", "reason": reason})),
        dated("adjustment.record", AUDITOR, json!({"lines": lines, "reason": "r", "basis": "b"})),
    ] {
        let refusal =
            Refusal::PeriodClosed { date: of("2025-01-31"), closed_through: of("2025-01") };
        assert_eq!(book.when(&asked), Err(refusal), "{}", asked.command.name());
    }
}

/// The band of a request is that of the day on which it was made, by the rules known then.
#[test]
fn no_rule_set_after_the_request_lowers_what_it_needs() {
    let mut book = given(union_with_money());
    let alone = json!({"name": "approval_bands", "bands": [{"roles": ["finance_head"]}]});
    let day = "2025-02-11";
    book.then(&interest(DAY, "5000.00"));
    book.then(&request(DAY, "d-1", "1000.01"));
    book.then(&rule(CHAIR, DAY, &alone));
    book.then(&request(day, "d-2", "1000.01"));
    for id in ["d-1", "d-2"] {
        book.then(&approve(FINANCE, day, id, "1000.01"));
    }
    let missing = vec![Role::Chair];
    let refusal = Refusal::NotYetApproved { disbursement: of("d-1"), missing };
    assert_eq!(book.when(&pay(CASHIER, day, "d-1", "bank")), Err(refusal));
    book.then(&approve(CHAIR, day, "d-1", "1000.01"));
    book.then(&pay(CASHIER, day, "d-1", "bank"));
    book.then(&pay(CASHIER, day, "d-2", "bank"));
}

/// Dated back to a laxer rule, it needs what is needed on the day on which it is recorded.
#[test]
fn a_request_that_is_dated_back_is_judged_on_the_day_of_its_record() {
    let mut book = given(union_with_money());
    let alone = json!({"name": "approval_bands", "bands": [{"roles": ["chair"]}]});
    book.then(&rule(CHAIR, DAY, &alone));
    let mut dated_back = request(FIRST, "d-1", "10.00");
    dated_back.on = of(DAY);
    book.then(&dated_back);
    let needed = vec![Role::Chair];
    let refusal = Refusal::ApprovalNotNeeded { officer: of(FINANCE), needed };
    assert_eq!(book.when(&approve(FINANCE, DAY, "d-1", "10.00")), Err(refusal));
    book.then(&approve(CHAIR, DAY, "d-1", "10.00"));
}

/// What is promised to a lower union at the year's end is requested, approved and paid by four people,
/// once.
#[test]
fn a_subsidy_that_was_accrued_has_used_its_request_up_until_the_accrual_is_reversed() {
    const GENERAL: &str = "lower_subsidy_general";
    const NEXT_YEAR: &str = "2026-01-20";
    let id: DisbursementId = of("lower-subsidy-general");
    let mut book = given(county());
    let accruing = accrue(YEAR_END, GENERAL, Some(TOWN), "1000.00");
    let [request, approval] = subsidy_approved(YEAR_END, GENERAL, "1000.00");
    book.then(&request);
    let missing = vec![Role::FinanceHead];
    let refusal = Refusal::NotYetApproved { disbursement: id.clone(), missing };
    assert_eq!(book.when(&accruing), Err(refusal));
    book.then(&approval);
    let before = book.state().clone();
    let Seq(accrued) = book.then(&accruing).first().unwrap().seq;
    let pays = pay(CASHIER, YEAR_END, id.as_str(), "bank");
    let ended = |result| matches!(result, Err(Refusal::DisbursementEnded { .. }));
    assert!(ended(book.when(&accruing)));
    assert!(ended(book.when(&pays)));
    book.then(&reverse(YEAR_END, accrued));
    assert_eq!(book.state().disbursements, before.disbursements);
    assert_eq!(book.state().allocation, before.allocation);
    book.then(&accruing);
    assert!(ended(book.when(&pays)));
    book.then(&pass_down(NEXT_YEAR, "subsidy", "1000.00"));
}

#[test]
fn a_subsidy_goes_to_the_union_that_it_was_requested_for() {
    const GENERAL: &str = "lower_subsidy_general";
    let mut book = given(county());
    let fields = json!({"payer": "p-other", "name": "示例二单位", "kind": "lower_union"});
    book.then(&asks(ACCOUNTANT, FIRST, "payer.register", fields));
    for asked in subsidy_approved(YEAR_END, GENERAL, "1000.00") {
        book.then(&asked);
    }
    let refusal = Refusal::NotAsRequested {
        disbursement: of("lower-subsidy-general"),
        requested: "示例单位".to_owned(),
        asked: "示例二单位".to_owned(),
    };
    let accruing = |other: &str| accrue(YEAR_END, GENERAL, Some(other), "1000.00");
    assert_eq!(book.when(&accruing("p-other")), Err(refusal));
    book.then(&accruing(TOWN));
}

#[test]
fn whoever_approved_a_subsidy_does_not_pay_it_out_after_changing_offices() {
    const NEXT_YEAR: &str = "2026-01-20";
    let mut book = given(county());
    book.then(&appoint(CHAIR, FIRST, "second", &["finance_head"], None));
    let kind = "lower_subsidy_general";
    let [request, approval] = subsidy_approved(YEAR_END, kind, "1000.00");
    book.then(&request);
    book.then(&Asked { by: of("second"), ..approval });
    book.then(&accrue(YEAR_END, kind, Some(TOWN), "1000.00"));
    book.then(&appoint(CHAIR, YEAR_END, "second", &["cashier"], None));
    let paid = pass_down(NEXT_YEAR, "subsidy", "1000.00");
    let by_second = Asked { by: of("second"), ..paid.clone() };
    let refusal = Refusal::ApproverIsPayer { officer: of("second") };
    assert_eq!(book.when(&by_second), Err(refusal));
    book.then(&paid);
}

#[test]
fn dues_are_given_back_to_whom_and_as_they_were_approved_for() {
    let mut book = given(union());
    for member in ["m-1", "m-2"] {
        book.then(&dues(DAY, member, "2025-01", "20.00"));
    }
    let [request, approval] = refund_approved(DAY, "d-1", "m-1", "5.00");
    let refunds = |member: &str, amount: &str| refund(DAY, "d-1", member, "2025-01", amount);
    let differs = |requested: &str, asked: &str| Refusal::NotAsRequested {
        disbursement: of("d-1"),
        requested: requested.to_owned(),
        asked: asked.to_owned(),
    };
    book.then(&request);
    let missing = vec![Role::FinanceHead];
    let refusal = Refusal::NotYetApproved { disbursement: of("d-1"), missing };
    assert_eq!(book.when(&refunds("m-1", "5.00")), Err(refusal));
    book.then(&approval);
    assert_eq!(book.when(&refunds("m-1", "4.99")), Err(differs("5.00", "4.99")));
    assert_eq!(book.when(&refunds("m-2", "5.00")), Err(differs("m-1", "m-2")));
    let otherwise = Refusal::PaidByItsCommand {
        disbursement: of("d-1"),
        account: of("401"),
        command: "dues.refund".to_owned(),
    };
    assert_eq!(book.when(&pay(CASHIER, DAY, "d-1", "cash")), Err(otherwise));
    book.then(&refunds("m-1", "5.00"));
    let again = book.when(&refunds("m-1", "5.00"));
    assert!(matches!(again, Err(Refusal::DisbursementEnded { .. })), "{again:?}");
}

/// On a roster nobody is named, and still nobody approves what he is paid.
#[test]
fn whoever_approved_a_refund_is_not_among_those_who_get_it() {
    let mut book = given(union());
    book.then(&enrol(FIRST, "m-14", "g1"));
    let base = json!({"member": "m-14", "base": "5000.00", "from": "2025-01"});
    book.then(&asks(CLERK, FIRST, "dues_base.set", base));
    book.then(&dues(DAY, "m-14", "2025-01", "20.00"));
    let fields = given::requested(DAY, "d-1", "401", "5.00", &json!({"roster": "退费名册2025-1"}));
    book.then(&asks(CLERK, DAY, "disbursement.request", fields));
    book.then(&approve(FINANCE, DAY, "d-1", "5.00"));
    let refusal = Refusal::ApproverIsPayee { officer: of(FINANCE) };
    assert_eq!(book.when(&refund(DAY, "d-1", "m-14", "2025-01", "5.00")), Err(refusal));
}

/// A first rule may begin before it is set, for nothing was judged by another; the rate of dues is not
/// about who decides, and may be put right.
#[test]
fn a_rule_about_deciding_is_not_changed_for_what_is_done_already() {
    let mut book = given(union());
    let closing = |checks: &[&str]| json!({"name": "closing_checks", "checks": checks});
    let dated_back = |value| Asked { on: of(DAY), ..rule(CHAIR, FIRST, &value) };
    book.then(&dated_back(closing(&["trial_balance"])));
    book.then(&request(DAY, "d-judged", "5.00"));
    let refusal = Refusal::RuleSetAfterwards {
        rule: RuleKind::ClosingChecks,
        from: of(FIRST),
        today: of(DAY),
    };
    assert_eq!(book.when(&dated_back(closing(&[]))), Err(refusal));
    book.then(&rule(CHAIR, DAY, &closing(&[])));
    book.then(&dated_back(given::dues_rate()));
}

/// The same person under two offices.
#[test]
fn whoever_recorded_what_a_stocktake_found_does_not_resolve_it() {
    let mut book = given(with_television());
    book.then(&count_asset(BOUGHT, "s-1", "tv-1", false));
    let gone = differs(BOUGHT, "s-1", json!({"asset": "tv-1"}));
    let pending = book.then(&gone).first().unwrap().seq;
    book.then(&appoint(CHAIR, BOUGHT, ACCOUNTANT, &["accountant", "chair"], Some("m-11")));
    let resolves = resolve(BOUGHT, pending.0);
    let himself = Asked { by: of(ACCOUNTANT), ..resolves.clone() };
    let refusal = Refusal::ResolvedByRecorder { officer: of(ACCOUNTANT), pending };
    assert_eq!(book.when(&himself), Err(refusal));
    book.then(&resolves);
}

/// What was given for one purpose goes to another by the chair's word; free money may be set aside.
#[test]
fn what_moves_between_restricted_funds_takes_the_chair() {
    let mut book = given(union_with_money());
    book.then(&establish(ACCOUNTANT, FIRST, "study", true));
    book.then(&transfer(DAY, "general", RELIEF, "10.00"));
    let moves = transfer(DAY, RELIEF, "study", "4.00");
    let refusal = Refusal::OfficeNeeded {
        officer: of(ACCOUNTANT),
        holds: vec![Role::Accountant],
        needed: vec![Role::Chair],
    };
    assert_eq!(book.when(&moves), Err(refusal));
    book.then(&Asked { by: of(CHAIR), ..moves });
}

/// Registers, cards and tills are not moved by a line alone.
#[test]
fn an_adjustment_names_the_command_that_moves_what_is_kept_by_it() {
    let mut book = given(union_with_money());
    let moves = |debited: &str, credited: &str| {
        let debit = json!({"account": debited, "fund": "general", "debit": "1.00"});
        adjust(DAY, json!([debit, {"account": credited, "fund": "general", "credit": "1.00"}]))
    };
    for (account, command) in [
        ("101", "income.receive"),
        ("10201", "custodial.receive"),
        ("141", "supplies.receive"),
        ("151", "investment.recover"),
        ("161", "asset.receive"),
        ("162", "asset.receive"),
        ("171", "asset.receive"),
        ("181", "asset.receive"),
        ("182", "stocktake_difference.record"),
        ("221", "custodial.receive"),
    ] {
        let refusal =
            Refusal::AdjustmentKeepsOff { account: of(account), command: command.to_owned() };
        assert_eq!(book.when(&moves(account, "32201")), Err(refusal));
    }
    for (account, command) in [
        ("163", "depreciation.record"),
        ("172", "depreciation.record"),
        ("221", "custodial.receive"),
        ("30101", "supplies.receive"),
        ("30102", "investment.recover"),
        ("30104", "asset.receive"),
    ] {
        let refusal =
            Refusal::AdjustmentKeepsOff { account: of(account), command: command.to_owned() };
        assert_eq!(book.when(&moves("50501", account)), Err(refusal));
    }
    book.then(&moves("50501", "50301"));
}

/// The budget is used once: by the request, and then by what was accrued for it.
#[test]
fn what_is_accrued_was_committed_by_its_request() {
    const GENERAL: &str = "lower_subsidy_general";
    let mut book = given(county());
    let control = json!({"name": "budget_control", "adjustments_per_year": 1,
        "without": "refuse", "above": "refuse"});
    book.then(&rule(CHAIR, FIRST, &control));
    let lines = json!([{"account": "50801", "amount": "1000.00"}]);
    let fields =
        json!({"budget": 2025, "date": FIRST, "lines": lines, "resolution": "决议2025-4号"});
    book.then(&asks(ACCOUNTANT, FIRST, "budget.adopt", fields));
    for asked in subsidy_approved(YEAR_END, GENERAL, "1000.00") {
        book.then(&asked);
    }
    book.then(&accrue(YEAR_END, GENERAL, Some(TOWN), "1000.00"));
}
