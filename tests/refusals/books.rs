//! The book, its officers and rules, days and periods, accounts, funds and openings.

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, adjust, allocation, appoint,
    asks, cash, close, close_year, eleven_months, establish, interest, interest_into, ledger,
    ledger_with, of, officers, opening, pay, payroll, request, requested, rule, split, subsidy,
    transfer, union, union_with_money, yuan,
};
use mingzhang::chart::STATUTORY;
use mingzhang::date::FiscalYear;
use mingzhang::event::Till;
use mingzhang::event::book::{Role, RuleKind};
use mingzhang::ids::FundId;
use mingzhang::rules::Refusal;
use serde_json::json;

use crate::{Case, LATER, after, approved, case};

pub(crate) fn the_book() -> Vec<Case> {
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
                expected: STATUTORY.to_owned(),
                found: "cn-gonghui-2009".to_owned(),
            },
            ledger_with("grassroots", STATUTORY),
        ),
    ]
}

pub(crate) fn its_officers() -> Vec<Case> {
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

pub(crate) fn its_rules() -> Vec<Case> {
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
        case(
            after(union(), [request(FIRST, "d-1", "5.00")]),
            Asked { on: of(LATER), ..rule(CHAIR, FIRST, &open_ended) },
            Refusal::RuleSetAfterwards {
                rule: RuleKind::ApprovalBands,
                from: of(FIRST),
                today: of(LATER),
            },
            rule(CHAIR, LATER, &open_ended),
        ),
    ]
}

pub(crate) fn days_and_periods() -> Vec<Case> {
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

pub(crate) fn closings() -> Vec<Case> {
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

pub(crate) fn accounts_and_amounts() -> Vec<Case> {
    let to = |account: &str| {
        let fields = requested(LATER, "d-1", account, "1.00", &json!({"organisation": "商店"}));
        asks(CLERK, LATER, "disbursement.request", fields)
    };
    let lines = |debited: &str, credited: &str| {
        let debit = json!({"account": "135", "fund": "general", "debit": debited});
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

pub(crate) fn funds() -> Vec<Case> {
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

pub(crate) fn money_that_is_not_there() -> Vec<Case> {
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

pub(crate) fn openings() -> Vec<Case> {
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
