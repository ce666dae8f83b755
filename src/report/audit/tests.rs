//! What an auditor is told of payments that the rules would have refused.

use std::collections::BTreeSet;

use super::{Concern, report};
use crate::event::Till;
use crate::event::book::{Appointment, ApprovalBand, Role, Rule, RuleSetting};
use crate::event::disbursement::{Approval, Paid, Payee, Request};
use crate::event::fund::FundTransferred;
use crate::event::{Fact, income::SubsidyKind};
use crate::ids::{FundId, Seq};
use crate::report::Period;
use crate::report::given::{Given, Spent, day, general, hardship, text, yuan};

/// Small amounts take the head of finance, others the chair and the head of finance.
fn union() -> Given {
    let mut given = Given::book("示范基层工会", "2026-01-01");
    bands(&mut given, "2026-01-01");
    given.subsidy("2026-01-05", SubsidyKind::Administration, general(), "9000.00");
    given.subsidy("2026-01-05", SubsidyKind::SuperiorEarmarked, hardship(), "9000.00");
    given
}

fn bands(given: &mut Given, from: &str) -> Seq {
    let small =
        ApprovalBand { up_to: Some(yuan("500.00")), roles: BTreeSet::from([Role::FinanceHead]) };
    let both = BTreeSet::from([Role::Chair, Role::FinanceHead]);
    let bands = vec![small, ApprovalBand { up_to: None, roles: both }];
    let (rule, source) = (Rule::ApprovalBands { bands }, "经费审批办法".parse().unwrap());
    given.record("chair", Fact::RuleSet(RuleSetting { rule, from: day(from), source }))
}

fn pay(given: &mut Given, id: &str, fund: FundId, amount: &str) -> Seq {
    given.record(
        "cashier",
        Fact::DisbursementPaid(Paid {
            disbursement: id.parse().unwrap(),
            date: day("2026-03-05"),
            from: Till::Bank,
            fund,
            account: "50105".parse().unwrap(),
            amount: yuan(amount),
            acquires: None,
        }),
    )
}

fn asked(given: &mut Given, id: &str, spent: &Spent<'_>) {
    given.request("2026-03-01", id, spent);
    for approver in spent.approved_by {
        let amount = yuan(spent.amount);
        let approval =
            Approval { disbursement: id.parse().unwrap(), date: day("2026-03-02"), amount };
        given.record(approver, Fact::ApprovalGiven(approval));
    }
}

/// What is said of payments: the concern and the record.
fn found(given: &Given) -> Vec<(Concern, Option<Seq>)> {
    let report = report(&given.state, &given.chart, Period::All);
    let of_payments = [
        Concern::PaymentNotRequested,
        Concern::PaymentNotOpen,
        Concern::PaymentDiffers,
        Concern::DutiesNotSeparate,
        Concern::ApprovalsTooFew,
        Concern::RestrictedWithoutChair,
    ];
    let exceptions = report.exceptions.iter().filter(|found| of_payments.contains(&found.code));
    exceptions.map(|found| (found.code, found.record)).collect()
}

fn spent(approved_by: &'static [&'static str], amount: &'static str) -> Spent<'static> {
    Spent { approved_by, amount, ..Spent::default() }
}

#[test]
fn a_payment_that_was_requested_and_approved_by_the_offices_is_not_named() {
    let mut given = union();
    asked(&mut given, "d-1", &spent(&["finance"], "500.00"));
    pay(&mut given, "d-1", general(), "500.00");
    asked(&mut given, "d-2", &spent(&["finance", "chair"], "500.01"));
    pay(&mut given, "d-2", general(), "500.01");
    assert_eq!(found(&given), []);
}

#[test]
fn a_payment_that_nobody_requested_is_named() {
    let mut given = union();
    let seq = pay(&mut given, "d-9", general(), "80.00");
    assert_eq!(found(&given), [(Concern::PaymentNotRequested, Some(seq))]);
    let report = report(&given.state, &given.chart, Period::All);
    let [line] = &report.approvals[..] else { panic!("{:?}", report.approvals) };
    assert_eq!((line.seq, line.requested_by.as_ref(), line.distinct), (seq, None, false));
}

#[test]
fn a_disbursement_that_is_paid_twice_is_named_at_its_second_payment() {
    let mut given = union();
    asked(&mut given, "d-1", &spent(&["finance"], "80.00"));
    let first = pay(&mut given, "d-1", general(), "80.00");
    let again = pay(&mut given, "d-1", general(), "80.00");
    assert_eq!(found(&given), [(Concern::PaymentNotOpen, Some(again))]);
    let seqs: Vec<Seq> = report(&given.state, &given.chart, Period::All)
        .approvals
        .iter()
        .map(|paid| paid.seq)
        .collect();
    assert_eq!(seqs, [first, again], "each payment has a line of its own");
}

#[test]
fn a_payment_that_was_reversed_and_made_again_is_in_order() {
    let mut given = union();
    asked(&mut given, "d-1", &spent(&["finance"], "80.00"));
    let wrong = pay(&mut given, "d-1", general(), "80.00");
    given.reverse("2026-03-06", wrong, "付错户名");
    let right = pay(&mut given, "d-1", general(), "80.00");
    assert_eq!(found(&given), []);
    let paid = report(&given.state, &given.chart, Period::All).approvals;
    assert_eq!(paid.iter().map(|paid| paid.seq).collect::<Vec<_>>(), [right]);
}

#[test]
fn a_payment_of_another_amount_or_out_of_another_fund_is_named() {
    let mut given = union();
    asked(&mut given, "d-1", &spent(&["finance", "chair"], "80.00"));
    let more = pay(&mut given, "d-1", general(), "8000.00");
    asked(&mut given, "d-2", &spent(&["finance", "chair"], "80.00"));
    let elsewhere = pay(&mut given, "d-2", hardship(), "80.00");
    let differs = Concern::PaymentDiffers;
    assert_eq!(found(&given), [(differs, Some(more)), (differs, Some(elsewhere))]);
}

#[test]
fn as_many_approvals_as_needed_but_of_other_offices_are_too_few() {
    let mut given = union();
    asked(&mut given, "d-1", &spent(&["accountant", "chair"], "600.00"));
    // The accountant has requested it as well, which is a matter for itself.
    let seq = pay(&mut given, "d-1", general(), "600.00");
    let both = [Concern::DutiesNotSeparate, Concern::ApprovalsTooFew];
    assert_eq!(found(&given), both.map(|code| (code, Some(seq))));
    let paid = report(&given.state, &given.chart, Period::All).approvals;
    assert_eq!((paid[0].approvals, paid[0].approvals_needed), (1, Some(2)));
}

#[test]
fn an_approval_of_another_amount_or_after_the_payment_counts_for_nothing() {
    let mut given = union();
    let spent = spent(&[], "400.00");
    asked(&mut given, "d-1", &spent);
    let approval = |amount: &str| {
        Fact::ApprovalGiven(Approval {
            disbursement: "d-1".parse().unwrap(),
            date: day("2026-03-02"),
            amount: yuan(amount),
        })
    };
    given.record("finance", approval("4.00"));
    let seq = pay(&mut given, "d-1", general(), "400.00");
    given.record("finance", approval("400.00"));
    assert_eq!(found(&given), [(Concern::ApprovalsTooFew, Some(seq))]);
}

#[test]
fn two_ids_of_one_person_and_a_payee_who_pays_are_not_separate() {
    let mut given = union();
    for (officer, member) in [("cashier", "m-1"), ("clerk", "m-1")] {
        let role = if officer == "clerk" { Role::Clerk } else { Role::Cashier };
        given.record(
            "chair",
            Fact::OfficerAppointed(Appointment {
                officer: officer.parse().unwrap(),
                roles: BTreeSet::from([role]),
                from: day("2026-01-01"),
                member: Some(member.parse().unwrap()),
            }),
        );
    }
    asked(&mut given, "d-1", &Spent { requested_by: "clerk", ..spent(&["finance"], "80.00") });
    let same_person = pay(&mut given, "d-1", general(), "80.00");
    let request = Request {
        disbursement: "d-2".parse().unwrap(),
        date: day("2026-03-01"),
        fund: general(),
        account: "50105".parse().unwrap(),
        amount: yuan("80.00"),
        payee: Payee::Member("m-1".parse().unwrap()),
        purpose: text("活动"),
        people: None,
        acquires: None,
    };
    given.record("accountant", Fact::DisbursementRequested(request));
    let disbursement = "d-2".parse().unwrap();
    let approval = Approval { disbursement, date: day("2026-03-02"), amount: yuan("80.00") };
    given.record("finance", Fact::ApprovalGiven(approval));
    let to_himself = pay(&mut given, "d-2", general(), "80.00");
    let separate = Concern::DutiesNotSeparate;
    assert_eq!(found(&given), [(separate, Some(same_person)), (separate, Some(to_himself))]);
}

#[test]
fn money_that_leaves_a_restricted_fund_without_the_chair_is_named() {
    let mut given = union();
    let relief = |approved_by, amount| Spent { fund: hardship(), ..spent(approved_by, amount) };
    asked(&mut given, "d-1", &relief(&["finance"], "80.00"));
    let seq = pay(&mut given, "d-1", hardship(), "80.00");
    asked(&mut given, "d-2", &relief(&["finance", "chair"], "80.00"));
    pay(&mut given, "d-2", hardship(), "80.00");
    let release = |by: &str, given: &mut Given| {
        let moved = FundTransferred {
            date: day("2026-04-01"),
            from: hardship(),
            from_restricted: true,
            to: general(),
            to_restricted: false,
            amount: yuan("50.00"),
            resolution: "委员会决议2026-9".parse().unwrap(),
        };
        given.record(by, Fact::FundTransferred(moved))
    };
    let moved = release("accountant", &mut given);
    release("chair", &mut given);
    let restricted = Concern::RestrictedWithoutChair;
    assert_eq!(found(&given), [(restricted, Some(seq)), (restricted, Some(moved))]);
    given.reverse("2026-04-02", moved, "未经主席");
    assert_eq!(found(&given), [(restricted, Some(seq))]);
}

#[test]
fn a_rule_of_a_later_day_or_a_later_office_makes_no_payment_right() {
    let mut given = Given::book("示范基层工会", "2026-01-01");
    given.subsidy("2026-01-05", SubsidyKind::Administration, general(), "9000.00");
    asked(&mut given, "d-1", &spent(&["finance"], "80.00"));
    let seq = pay(&mut given, "d-1", general(), "80.00");
    let rule = bands(&mut given, "2026-01-01");
    assert_eq!(found(&given), [(Concern::ApprovalsTooFew, Some(seq))]);
    let rules = report(&given.state, &given.chart, "2026".parse().unwrap()).rules;
    let [said] = &rules[..] else { panic!("{rules:?}") };
    assert_eq!((said.seq, said.from, said.set_on), (rule, day("2026-01-01"), day("2027-01-05")));
    assert_eq!(said.source, "经费审批办法");
    let other: Period = "2025".parse().unwrap();
    assert_eq!(report(&given.state, &given.chart, other).rules, []);
}
