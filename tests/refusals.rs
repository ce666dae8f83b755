//! Every refusal: the smallest book and the command that break its rule, the whole refusal, and
//! beside it the nearest command that is in order.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, adjust, allocation, appoint,
    approve, asks, cash, close, close_year, dues, eleven_months, enrol, establish, given, interest,
    interest_into, ledger, ledger_with, of, officers, opening, pay, payroll, remit, request,
    request_for, requested, reverse, reverse_dated, rule, split, subsidy, transfer, union,
    union_with_money, yuan,
};
use mingzhang::date::FiscalYear;
use mingzhang::event::Till;
use mingzhang::event::book::{Role, RuleKind};
use mingzhang::ids::{FundId, Seq};
use mingzhang::lang::Lang;
use mingzhang::rules::{Command, Refusal};
use serde_json::json;

struct Case {
    given: Vec<Asked>,
    refused: Asked,
    refusal: Refusal,
    accepted: Asked,
}

fn case(given: Vec<Asked>, refused: Asked, refusal: Refusal, accepted: Asked) -> Case {
    Case { given, refused, refusal, accepted }
}

fn after(mut given: Vec<Asked>, more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    given.extend(more);
    given
}

/// A day on which January is over.
const LATER: &str = "2025-02-10";

fn cases() -> Vec<Case> {
    [
        the_book(),
        its_officers(),
        its_rules(),
        days_and_periods(),
        closings(),
        accounts_and_amounts(),
        funds(),
        money_that_is_not_there(),
        openings(),
        members(),
        dues_paid(),
        the_allocation(),
        requests(),
        requests_that_end(),
        approvals(),
        payments(),
        corrections(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn the_book() -> Vec<Case> {
    let establish_relief = || establish(ACCOUNTANT, FIRST, RELIEF, true);
    vec![
        case(vec![], establish_relief(), Refusal::NoLedgerYet {}, ledger("grassroots")),
        case(
            vec![ledger("grassroots")],
            ledger("grassroots"),
            Refusal::LedgerExists {},
            establish_relief(),
        ),
        case(
            vec![],
            ledger_with("grassroots", "cn-gonghui-2009"),
            Refusal::LedgerPinned {
                field: "chart.id".to_owned(),
                expected: "cn-gonghui-2021".to_owned(),
                found: "cn-gonghui-2009".to_owned(),
            },
            ledger_with("grassroots", "cn-gonghui-2021"),
        ),
    ]
}

fn its_officers() -> Vec<Case> {
    let interest_by = |by| {
        let fields = json!({"date": FIRST, "amount": "1.00"});
        asks(by, FIRST, "interest.receive", fields)
    };
    vec![
        case(
            union(),
            interest_by("nobody"),
            Refusal::OfficerUnknown { officer: of("nobody") },
            interest_by(ACCOUNTANT),
        ),
        case(
            union(),
            interest_by(CASHIER),
            Refusal::OfficeNeeded {
                officer: of(CASHIER),
                holds: vec![Role::Cashier],
                needed: vec![Role::Accountant],
            },
            interest_by(ACCOUNTANT),
        ),
        case(
            union(),
            asks(CHAIR, LATER, "officer.remove", json!({"officer": CHAIR, "on": LATER})),
            Refusal::LastChair { officer: of(CHAIR) },
            asks(CHAIR, LATER, "officer.remove", json!({"officer": CLERK, "on": LATER})),
        ),
        case(
            union(),
            appoint(CHAIR, FIRST, "new", &["accountant", "cashier"], None),
            Refusal::OfficesIncompatible {
                officer: of("new"),
                one: Role::Cashier,
                other: Role::Accountant,
            },
            appoint(CHAIR, FIRST, "new", &["clerk", "cashier"], None),
        ),
        case(
            union(),
            appoint(CHAIR, FIRST, "new", &["audit_member"], Some("m-12")),
            Refusal::MemberIsOfficer { member: of("m-12"), officer: of(CASHIER) },
            appoint(CHAIR, FIRST, "new", &["audit_member"], Some("m-17")),
        ),
        case(
            union(),
            appoint(CHAIR, FIRST, FINANCE, &["finance_head"], None),
            Refusal::OfficerIsMember { officer: of(FINANCE), member: of("m-14") },
            appoint(CHAIR, FIRST, FINANCE, &["finance_head"], Some("m-14")),
        ),
    ]
}

fn its_rules() -> Vec<Case> {
    let rate = |points: u32| json!({"name": "dues_rate", "basis_points": points, "step": "10.00"});
    let open_ended = json!({"name": "approval_bands", "bands": [{"roles": ["chair"]}]});
    let closed = json!({"name": "approval_bands", "bands": [
        {"up_to": "1000.00", "roles": ["finance_head"]},
        {"up_to": "500.00", "roles": ["chair"]},
    ]});
    let without_split = after(officers("grassroots"), [payroll(FIRST, "2025-01", "100000.00")]);
    vec![
        case(
            without_split,
            allocation(FIRST, "2025-01", "2000.00"),
            Refusal::RuleMissing { rule: RuleKind::AllocationSplit, on: of("2025-01-31") },
            rule(CHAIR, FIRST, &split()),
        ),
        case(
            union(),
            rule(CHAIR, FIRST, &rate(10_001)),
            Refusal::RuleOutOfRange { found: 10_001, most: 10_000 },
            rule(CHAIR, FIRST, &rate(10_000)),
        ),
        case(
            union(),
            rule(CHAIR, FIRST, &closed),
            Refusal::BandsIncomplete { bands: 2 },
            rule(CHAIR, FIRST, &open_ended),
        ),
    ]
}

fn days_and_periods() -> Vec<Case> {
    let general = FundId::general();
    let dated = |date: &str| interest_into(general.as_str(), LATER, date, "1.00");
    vec![
        case(
            union(),
            dated("2025-02-11"),
            Refusal::DateInFuture { date: of("2025-02-11"), today: of(LATER) },
            dated(LATER),
        ),
        case(
            union(),
            dated("2024-12-31"),
            Refusal::DateBeforeBook { date: of("2024-12-31"), starts: of(FIRST) },
            dated(FIRST),
        ),
        case(
            after(union(), [close("2025-01-31", "2025-01")]),
            dated("2025-01-31"),
            Refusal::PeriodClosed { date: of("2025-01-31"), closed_through: of("2025-01") },
            dated("2025-02-01"),
        ),
    ]
}

fn closings() -> Vec<Case> {
    vec![
        case(
            union(),
            close("2025-03-31", "2025-02"),
            Refusal::MonthOutOfOrder { expected: of("2025-01"), found: of("2025-02") },
            close("2025-03-31", "2025-01"),
        ),
        case(
            union(),
            close("2025-01-30", "2025-01"),
            Refusal::MonthNotOver { month: of("2025-01"), today: of("2025-01-30") },
            close("2025-01-31", "2025-01"),
        ),
        case(
            after(union(), eleven_months()),
            close("2025-12-31", "2025-12"),
            Refusal::LastMonthClosesWithYear { month: of("2025-12") },
            close_year("2025-12-31", 2025),
        ),
        case(
            after(union(), [close("2025-01-31", "2025-01")]),
            close_year("2025-12-31", 2025),
            Refusal::YearNotReady { year: FiscalYear(2025), closed_through: Some(of("2025-01")) },
            close("2025-12-31", "2025-02"),
        ),
        case(
            after(union(), eleven_months().into_iter().chain([close_year("2025-12-31", 2025)])),
            close_year("2026-01-01", 2025),
            Refusal::YearClosedAlready { year: FiscalYear(2025) },
            interest("2026-01-01", "1.00"),
        ),
    ]
}

fn accounts_and_amounts() -> Vec<Case> {
    let to = |account: &str| {
        let fields = requested(LATER, "d-1", account, "1.00", &json!({"organisation": "商店"}));
        asks(CLERK, LATER, "disbursement.request", fields)
    };
    let lines = |debited: &str, credited: &str| {
        let debit = json!({"account": "102", "fund": "general", "debit": debited});
        adjust(LATER, json!([debit, {"account": "408", "fund": "general", "credit": credited}]))
    };
    vec![
        case(
            union(),
            interest(LATER, "0.00"),
            Refusal::AmountNotPositive { amount: yuan("0.00") },
            interest(LATER, "0.01"),
        ),
        case(
            union(),
            interest(LATER, "10000000000.00"),
            Refusal::AmountTooLarge { amount: yuan("10000000000.00"), most: yuan("9999999999.99") },
            interest(LATER, "9999999999.99"),
        ),
        case(union(), to("599"), Refusal::AccountUnknown { account: of("599") }, to("510")),
        case(
            union(),
            to("505"),
            Refusal::AccountNotPostable {
                account: of("505"),
                under: "50501 培训支出, 50502 会议支出, 50503 专项业务支出, 50504 其他业务支出"
                    .to_owned(),
            },
            to("50502"),
        ),
        case(
            officers("county"),
            subsidy(LATER, "administration", "general", "1.00"),
            Refusal::AccountOfOtherLevel { account: of("405") },
            subsidy(LATER, "superior_general", "general", "1.00"),
        ),
        case(
            union(),
            lines("10.00", "9.99"),
            Refusal::VoucherUnbalanced {
                fund: FundId::general(),
                debit: yuan("10.00"),
                credit: yuan("9.99"),
                difference: yuan("0.01"),
            },
            lines("10.00", "10.00"),
        ),
        case(
            union(),
            adjust(LATER, json!([])),
            Refusal::NothingSaid { what: "lines".to_owned() },
            lines("10.00", "10.00"),
        ),
    ]
}

fn funds() -> Vec<Case> {
    let earmarked = |fund| subsidy(LATER, "superior_earmarked", fund, "1.00");
    vec![
        case(
            union(),
            interest_into("sports", LATER, LATER, "1.00"),
            Refusal::FundUnknown { fund: of("sports") },
            interest_into(RELIEF, LATER, LATER, "1.00"),
        ),
        case(
            union(),
            establish(ACCOUNTANT, LATER, RELIEF, true),
            Refusal::FundExists { fund: of(RELIEF) },
            establish(ACCOUNTANT, LATER, "sports", true),
        ),
        case(
            union_with_money(),
            transfer(LATER, "general", "general", "1.00"),
            Refusal::SameFund { fund: FundId::general() },
            transfer(LATER, "general", RELIEF, "1.00"),
        ),
        case(
            union(),
            earmarked("general"),
            Refusal::EarmarkedNeedsRestrictedFund { fund: FundId::general() },
            earmarked(RELIEF),
        ),
    ]
}

/// Someone asked for it, and the head of finance approved it.
fn approved(on: &str, id: &str, amount: &str) -> [Asked; 2] {
    [request(on, id, amount), approve(FINANCE, on, id, amount)]
}

fn money_that_is_not_there() -> Vec<Case> {
    let general = FundId::general;
    let (till, fund) = (Till::Cash, general());
    let poor = after(union(), [interest(LATER, "5.00")]);
    let (two, five) = (approved(LATER, "d-1", "5.01"), approved(LATER, "d-2", "5.00"));
    let both = approved(LATER, "d-1", "100.01").into_iter().chain(approved(LATER, "d-2", "100.00"));
    // In cash: 100.00 since January, and 50.00 more since March.
    let april = "2025-04-10";
    let early = after(union_with_money(), approved("2025-01-20", "d-1", "120.00"));
    let early = after(early, [cash("cash.draw", "2025-03-10", "50.00")]);
    let paid_on = |date: &str| {
        asks(
            CASHIER,
            april,
            "disbursement.pay",
            json!({
                "disbursement": "d-1", "date": date, "from": "cash",
            }),
        )
    };
    vec![
        case(
            after(poor, two.into_iter().chain(five)),
            pay(CASHIER, LATER, "d-1", "bank"),
            Refusal::FundTooSmall {
                fund: general(),
                held: yuan("5.00"),
                asked: yuan("5.01"),
                short: yuan("0.01"),
            },
            pay(CASHIER, LATER, "d-2", "bank"),
        ),
        case(
            after(union_with_money(), both),
            pay(CASHIER, LATER, "d-1", "cash"),
            Refusal::TillTooSmall {
                till,
                fund: fund.clone(),
                held: yuan("100.00"),
                asked: yuan("100.01"),
                short: yuan("0.01"),
            },
            pay(CASHIER, LATER, "d-2", "cash"),
        ),
        case(
            early,
            paid_on("2025-02-28"),
            Refusal::TillTooSmallThen {
                till,
                fund,
                month: of("2025-02"),
                held: yuan("100.00"),
                asked: yuan("120.00"),
                short: yuan("20.00"),
            },
            paid_on("2025-03-01"),
        ),
    ]
}

fn openings() -> Vec<Case> {
    let lines = |fund: &str, restricted: &str| {
        let debit = json!({"account": "102", "fund": fund, "debit": "1.00"});
        json!([debit, {"account": restricted, "fund": fund, "credit": "1.00"}])
    };
    let (general, relief) = (lines("general", "32205"), lines(RELIEF, "32104"));
    vec![
        case(
            union(),
            opening("2025-01-02", general.clone()),
            Refusal::OpeningNotFirst { date: of("2025-01-02") },
            asks(
                ACCOUNTANT,
                "2025-01-02",
                "opening.record",
                json!({
                    "date": FIRST, "lines": general, "source": "2024年度决算报表",
                }),
            ),
        ),
        case(
            union_with_money(),
            opening(FIRST, general),
            Refusal::OpeningExists { fund: FundId::general(), account: of("102") },
            opening(FIRST, relief),
        ),
    ]
}

fn members() -> Vec<Case> {
    let group = |id: &str| asks(CLERK, LATER, "group.define", json!({"group": id, "name": "组"}));
    let moves = |member: &str, on: &str| {
        asks(CLERK, LATER, "member.transfer", json!({"member": member, "group": "g1", "on": on}))
    };
    let base = |amount: &str| {
        let fields = json!({"member": "m-1", "base": amount, "from": "2025-02"});
        asks(CLERK, LATER, "dues_base.set", fields)
    };
    let leaves = json!({"member": "m-1", "on": "2025-02-01", "reason": "retired"});
    let gone = after(union(), [asks(CLERK, LATER, "member.leave", leaves)]);
    vec![
        case(union(), group("g1"), Refusal::GroupExists { group: of("g1") }, group("g2")),
        case(
            union(),
            enrol(LATER, "m-3", "g9"),
            Refusal::GroupUnknown { group: of("g9") },
            enrol(LATER, "m-3", "g1"),
        ),
        case(
            union(),
            enrol(LATER, "m-1", "g1"),
            Refusal::MemberExists { member: of("m-1") },
            enrol(LATER, "m-3", "g1"),
        ),
        case(
            union(),
            moves("m-3", LATER),
            Refusal::MemberUnknown { member: of("m-3") },
            moves("m-2", LATER),
        ),
        case(
            gone,
            moves("m-1", LATER),
            Refusal::MemberGone { member: of("m-1"), left: of("2025-02-01") },
            moves("m-2", LATER),
        ),
        case(
            union(),
            moves("m-1", "2024-12-31"),
            Refusal::MemberNotYet { member: of("m-1"), joined: of(FIRST), date: of("2024-12-31") },
            moves("m-1", "2025-01-02"),
        ),
        case(union(), base("-0.01"), Refusal::BaseNegative { base: yuan("-0.01") }, base("0.00")),
    ]
}

fn dues_paid() -> Vec<Case> {
    let twice = |second: &str| {
        let line = |month: &str| json!({"member": "m-1", "month": month, "amount": "10.00"});
        let lines = json!([line("2025-01"), line(second)]);
        let fields = json!({"date": LATER, "into": "bank", "lines": lines});
        asks(ACCOUNTANT, LATER, "dues.receive", fields)
    };
    let without_base = after(union(), [enrol(FIRST, "m-3", "g1")]);
    let half_paid = after(union(), [dues(LATER, "m-1", "2025-01", "20.00")]);
    vec![
        case(
            union(),
            dues(LATER, "m-1", "2024-12", "25.00"),
            Refusal::DuesNotOwed { member: of("m-1"), month: of("2024-12") },
            dues(LATER, "m-1", "2025-01", "25.00"),
        ),
        case(
            without_base,
            dues(LATER, "m-3", "2025-01", "25.00"),
            Refusal::DuesBaseMissing { member: of("m-3"), month: of("2025-01") },
            dues(LATER, "m-2", "2025-01", "25.00"),
        ),
        case(
            half_paid,
            dues(LATER, "m-1", "2025-01", "5.01"),
            Refusal::DuesOverpaid {
                member: of("m-1"),
                month: of("2025-01"),
                due: yuan("25.00"),
                paid: yuan("20.00"),
                asked: yuan("5.01"),
            },
            dues(LATER, "m-1", "2025-01", "5.00"),
        ),
        case(
            union(),
            twice("2025-01"),
            Refusal::DuesLineTwice { member: of("m-1"), month: of("2025-01") },
            twice("2025-02"),
        ),
    ]
}

fn the_allocation() -> Vec<Case> {
    let declared = || after(union(), [payroll(LATER, "2025-01", "100000.00")]);
    let received = || after(declared(), [allocation(LATER, "2025-01", "1500.00")]);
    vec![
        case(
            declared(),
            payroll(LATER, "2025-01", "90000.00"),
            Refusal::PayrollDeclared { month: of("2025-01"), total: yuan("100000.00") },
            payroll(LATER, "2025-02", "90000.00"),
        ),
        case(
            declared(),
            allocation(LATER, "2025-02", "1.00"),
            Refusal::PayrollMissing { month: of("2025-02") },
            allocation(LATER, "2025-01", "1.00"),
        ),
        case(
            received(),
            allocation(LATER, "2025-01", "500.01"),
            Refusal::AllocationTooLarge {
                month: of("2025-01"),
                due: yuan("2000.00"),
                received: yuan("1500.00"),
                asked: yuan("500.01"),
            },
            allocation(LATER, "2025-01", "500.00"),
        ),
        case(
            received(),
            remit(LATER, "600.01"),
            Refusal::RemittanceTooLarge {
                owed: yuan("600.00"),
                asked: yuan("600.01"),
                over: yuan("0.01"),
            },
            remit(LATER, "600.00"),
        ),
    ]
}

fn requests() -> Vec<Case> {
    let to = |account: &str| {
        let mut fields = requested(LATER, "d-1", account, "1.00", &json!({"organisation": "商店"}));
        fields["acquires"] = "fixed_asset".into();
        asks(CLERK, LATER, "disbursement.request", fields)
    };
    let to_expense = |account: &str| {
        let fields = requested(LATER, "d-1", account, "1.00", &json!({"organisation": "商店"}));
        asks(CLERK, LATER, "disbursement.request", fields)
    };
    let for_clerk = |by| request_for(by, LATER, "d-1", "1.00", &json!({"member": "m-13"}));
    let clerk_enrolled = after(union(), [enrol(LATER, "m-13", "g1")]);
    vec![
        case(
            after(union(), [request(LATER, "d-1", "1.00")]),
            request(LATER, "d-1", "1.00"),
            Refusal::DisbursementExists { disbursement: of("d-1") },
            request(LATER, "d-2", "1.00"),
        ),
        case(
            union(),
            to_expense("408"),
            Refusal::NotAnExpense { account: of("408") },
            to_expense("510"),
        ),
        case(union(), to("510"), Refusal::AcquisitionMismatch { account: of("510") }, to("50702")),
        case(
            clerk_enrolled,
            for_clerk(CLERK),
            Refusal::PayeeIsRequester { officer: of(CLERK) },
            for_clerk(FINANCE),
        ),
    ]
}

fn requests_that_end() -> Vec<Case> {
    let cancel = |id: &str, date: &str| {
        let fields = json!({"disbursement": id, "date": date, "reason": "不再需要"});
        asks(CLERK, LATER, "disbursement.cancel", fields)
    };
    let requested = || after(union(), [request(LATER, "d-1", "1.00")]);
    vec![
        case(
            requested(),
            cancel("d-2", LATER),
            Refusal::DisbursementUnknown { disbursement: of("d-2") },
            cancel("d-1", LATER),
        ),
        case(
            after(requested(), [cancel("d-1", LATER), request(LATER, "d-2", "1.00")]),
            cancel("d-1", LATER),
            Refusal::DisbursementEnded {
                disbursement: of("d-1"),
                standing: "撤销 withdrawn (clerk)".to_owned(),
            },
            cancel("d-2", LATER),
        ),
        case(
            requested(),
            cancel("d-1", "2025-02-09"),
            Refusal::BeforeItsRequest { date: of("2025-02-09"), requested: of(LATER) },
            cancel("d-1", LATER),
        ),
    ]
}

fn approvals() -> Vec<Case> {
    let large = || after(union(), [request(LATER, "d-1", "1000.01")]);
    let by_finance = |amount: &str| {
        after(
            union(),
            [request_for(FINANCE, LATER, "d-1", amount, &json!({"organisation": "商店"}))],
        )
    };
    let for_finance =
        after(union(), [request_for(CLERK, LATER, "d-1", "1000.01", &json!({"officer": FINANCE}))]);
    vec![
        case(
            by_finance("1000.01"),
            approve(FINANCE, LATER, "d-1", "1000.01"),
            Refusal::ApproverIsRequester { officer: of(FINANCE) },
            approve(CHAIR, LATER, "d-1", "1000.01"),
        ),
        case(
            for_finance,
            approve(FINANCE, LATER, "d-1", "1000.01"),
            Refusal::ApproverIsPayee { officer: of(FINANCE) },
            approve(CHAIR, LATER, "d-1", "1000.01"),
        ),
        case(
            after(large(), [approve(CHAIR, LATER, "d-1", "1000.01")]),
            approve(CHAIR, LATER, "d-1", "1000.01"),
            Refusal::ApprovedTwice { officer: of(CHAIR) },
            approve(FINANCE, LATER, "d-1", "1000.01"),
        ),
        case(
            after(union(), [request(LATER, "d-1", "1000.00")]),
            approve(CHAIR, LATER, "d-1", "1000.00"),
            Refusal::ApprovalNotNeeded { officer: of(CHAIR), needed: vec![Role::FinanceHead] },
            approve(FINANCE, LATER, "d-1", "1000.00"),
        ),
        case(
            large(),
            approve(FINANCE, LATER, "d-1", "1000.00"),
            Refusal::ApprovalOfOtherAmount {
                requested: yuan("1000.01"),
                approved: yuan("1000.00"),
            },
            approve(FINANCE, LATER, "d-1", "1000.01"),
        ),
    ]
}

fn payments() -> Vec<Case> {
    let paid_by = |by| pay(by, LATER, "d-1", "bank");
    let two_cashiers = |roles: &[&str]| {
        after(union_with_money(), [appoint(CHAIR, LATER, "second", roles, Some("m-17"))])
    };
    let large = after(union_with_money(), approved(LATER, "d-1", "1000.01"));
    let small = approved(LATER, "d-2", "1000.00");
    let payee = request_for(CLERK, LATER, "d-1", "1.00", &json!({"officer": "second"}));
    let from_second = request_for("second", LATER, "d-1", "1.00", &json!({"organisation": "商店"}));
    let approved_one = || approve(FINANCE, LATER, "d-1", "1.00");
    let by_second = [request(LATER, "d-1", "1.00"), approve("second", LATER, "d-1", "1.00")];
    vec![
        case(
            after(large, small),
            paid_by(CASHIER),
            Refusal::NotYetApproved { disbursement: of("d-1"), missing: vec![Role::Chair] },
            pay(CASHIER, LATER, "d-2", "bank"),
        ),
        case(
            after(two_cashiers(&["cashier"]), [payee, approved_one()]),
            paid_by("second"),
            Refusal::PayerIsPayee { officer: of("second") },
            paid_by(CASHIER),
        ),
        case(
            after(two_cashiers(&["cashier", "clerk"]), [from_second, approved_one()]),
            paid_by("second"),
            Refusal::PayerIsRequester { officer: of("second") },
            paid_by(CASHIER),
        ),
        case(
            after(two_cashiers(&["cashier", "finance_head"]), by_second),
            paid_by("second"),
            Refusal::ApproverIsPayer { officer: of("second") },
            paid_by(CASHIER),
        ),
    ]
}

fn corrections() -> Vec<Case> {
    let with_interest = || after(union(), [interest(LATER, "1.00"), interest(LATER, "2.00")]);
    let next = u64::try_from(union_records()).unwrap();
    let moves = |debited: &str, credited: &str| {
        let debit = json!({"account": debited, "fund": "general", "debit": "1.00"});
        adjust(LATER, json!([debit, {"account": credited, "fund": "general", "credit": "1.00"}]))
    };
    vec![
        case(
            union_with_money(),
            moves("50105", "102"),
            Refusal::AdjustmentPaysOut { account: of("102") },
            moves("102", "32201"),
        ),
        case(
            with_interest(),
            reverse(LATER, 0),
            Refusal::NothingToReverse { seq: Seq(0) },
            reverse(LATER, next),
        ),
        case(
            after(with_interest(), [reverse(LATER, next)]),
            reverse(LATER, next),
            Refusal::ReversedAlready { seq: Seq(next), by: Seq(next + 2) },
            reverse(LATER, next + 1),
        ),
        case(
            after(with_interest(), [reverse(LATER, next)]),
            reverse(LATER, next + 2),
            Refusal::NotReversible { seq: Seq(next + 2), kind: "entry.reversed".to_owned() },
            reverse(LATER, next + 1),
        ),
        case(
            with_interest(),
            reverse_dated(LATER, "2025-02-09", next),
            Refusal::ReversedBeforeItself { date: of("2025-02-09"), original: of(LATER) },
            reverse(LATER, next),
        ),
    ]
}

/// How many records the small union has: each of its commands makes one.
fn union_records() -> usize {
    given(union()).lines().len()
}

#[test]
fn each_rule_refuses_what_breaks_it_and_takes_the_nearest_thing_that_does_not() {
    for Case { given: before, refused, refusal, accepted } in cases() {
        let name = refusal.name();
        let mut book = given(before);
        let (state, head) = (book.state().clone(), book.book.reading().head);
        assert_eq!(book.when(&refused), Err(refusal), "{name}");
        assert!(
            *book.state() == state && book.book.reading().head == head,
            "{name}: it left a mark"
        );
        let records = book.when(&accepted).unwrap_or_else(|other| panic!("{name}: {other:?}"));
        assert!(!records.is_empty(), "{name}");
    }
}

#[test]
fn no_rule_is_left_out_and_no_code_is_given_twice() {
    let tested: Vec<Refusal> = cases().into_iter().map(|case| case.refusal).collect();
    for (code, name, source) in Refusal::ALL {
        let found: Vec<&Refusal> = tested.iter().filter(|r| r.name() == *name).collect();
        assert_eq!(found.len(), 1, "{name} is in the table {} times", found.len());
        assert_eq!((found[0].code(), found[0].source()), (*code, *source), "{name}");
        assert!(!source.is_empty(), "{name}");
    }
    assert_eq!(tested.len(), Refusal::ALL.len());
    let codes: BTreeSet<&str> = Refusal::ALL.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes.len(), Refusal::ALL.len(), "a code is given twice");
}

/// What a message has to say: every figure and every name that the refusal holds.
fn figures(refusal: &Refusal) -> Vec<String> {
    let held = format!("{refusal:?}");
    let (mut found, mut plain) = (Vec::new(), String::new());
    for (place, part) in held.split('"').enumerate() {
        if place % 2 == 1 {
            found.push(part.to_owned());
        } else {
            plain.push_str(part);
        }
    }
    let figure = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
    let words = plain.split(|c| !figure(c)).filter(|w| w.contains(|c: char| c.is_ascii_digit()));
    found.extend(words.map(str::to_owned));
    found
}

#[test]
fn every_message_says_the_figures_in_both_languages() {
    for Case { refusal, .. } in cases() {
        for lang in Lang::ALL {
            let message = refusal.message(lang);
            for figure in figures(&refusal) {
                assert!(message.contains(&figure), "{}: {figure} in {message}", refusal.code());
            }
            assert!(!message.contains(['{', '}', '\n']), "{}: {message}", refusal.code());
            assert!(!message.ends_with(['.', '。']), "{}: {message}", refusal.code());
        }
        assert_ne!(refusal.message(Lang::Zh), refusal.message(Lang::En), "{}", refusal.code());
        let next = refusal.next();
        assert!(next.starts_with("mingzhang ") && !next.contains('{'), "{}", refusal.code());
    }
}

/// What the letter of a code stands for.
const FAMILIES: [(&str, &str); 8] = [
    ("B", "账套与任职 The book and its officers"),
    ("P", "期间 Days and periods"),
    ("F", "科目、金额与资金 Accounts, amounts and funds"),
    ("M", "会员 Members"),
    ("D", "会费 Dues"),
    ("A", "拨缴经费 The allocation"),
    ("X", "支出 Spending"),
    ("C", "更正 Corrections"),
];

fn page() -> String {
    let cases = cases();
    let mut page = String::from(
        "# 拒绝 Refusals\n\n\
         Every rule that can refuse a command, with its code, its source, what it says in one\n\
         example, and one command that helps. A code never changes its meaning. This page is\n\
         written by `MINGZHANG_BLESS=1 cargo test --test refusals`, and compared by it otherwise.\n",
    );
    for (letter, family) in FAMILIES {
        writeln!(page, "\n## {letter} {family}").unwrap();
        for (code, name, source) in Refusal::ALL.iter().filter(|(c, ..)| c.starts_with(letter)) {
            let case = cases.iter().find(|case| case.refusal.name() == *name).unwrap();
            let (refusal, command) = (&case.refusal, case.refused.command.name());
            writeln!(page, "\n### {code} {name}\n\n- 依据 source: {source}").unwrap();
            writeln!(page, "- 命令 command: `{command}`").unwrap();
            for lang in Lang::ALL {
                writeln!(page, "- {lang}: {}", refusal.message(lang)).unwrap();
            }
            writeln!(page, "- 下一步 next: `{}`", refusal.next()).unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_refusals_is_what_the_rules_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/refusals.md");
    if given::bless() {
        fs::write(&path, page()).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page(), "docs/refusals.md is not what the rules say: bless it");
}

#[test]
fn every_code_has_its_family_on_the_page() {
    for (code, ..) in Refusal::ALL {
        assert_eq!(FAMILIES.iter().filter(|(letter, _)| code.starts_with(letter)).count(), 1);
    }
}

#[test]
fn no_payroll_is_declared_of_a_month_that_has_not_begun() {
    let mut book = given(union());
    let refusal = Refusal::DateInFuture { date: of("2025-03-01"), today: of(LATER) };
    assert_eq!(book.when(&payroll(LATER, "2025-03", "100000.00")), Err(refusal));
    book.then(&payroll(LATER, "2025-02", "100000.00"));
}

#[test]
fn a_day_that_is_none_is_not_even_a_command() {
    for date in ["2025-02-29", "2025-13-01", "2025-1-1", "1948-12-31", "2201-01-01", ""] {
        let fields = json!({"date": date, "amount": "1.00"});
        assert!(Command::read("interest.receive", fields).unwrap().is_err(), "{date}");
    }
}
