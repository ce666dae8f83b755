//! The two per cent between unions: payers, ways, shares, preparation funds, demands, accruals.

use mingzhang::date::FiscalYear;
use mingzhang::event::allocation::Channel;
use mingzhang::event::payer::Stage;
use mingzhang::ids::Seq;
use mingzhang::rules::Refusal;
use serde_json::{Value, json};

use crate::given::allocation::{
    FIRM, TOWN, YEAR_END, accrue, advance, collect, county, demand, found, late_fee, pass_down,
    payer_payroll, preparation, preparation_shares, register, settle, shares as all_shares,
    subsidy_accrued, subsidy_approved, tax_list,
};
use crate::given::{
    ACCOUNTANT, Asked, CHAIR, CLERK, FIRST, asks, given, of, payroll, remit, requested, reverse,
    rule, union, yuan,
};
use crate::{Case, LATER, after, case};

/// The place of the next record of the county's book.
fn next() -> u64 {
    u64::try_from(given(county()).lines().len()).unwrap()
}

fn seq() -> Seq {
    Seq(next())
}

fn set(value: &Value) -> Asked {
    rule(CHAIR, FIRST, value)
}

pub(crate) fn payers() -> Vec<Case> {
    let declared = || after(county(), [payer_payroll(LATER, TOWN, "2025-01", "1000.00")]);
    vec![
        case(
            county(),
            register(TOWN, "enterprise", None),
            Refusal::PayerExists { payer: of(TOWN) },
            register("p-other", "enterprise", None),
        ),
        case(
            county(),
            payer_payroll(LATER, "p-nobody", "2025-01", "1000.00"),
            Refusal::PayerUnknown { payer: of("p-nobody") },
            payer_payroll(LATER, TOWN, "2025-01", "1000.00"),
        ),
        case(
            declared(),
            payer_payroll(LATER, TOWN, "2025-01", "2000.00"),
            Refusal::PayerPayrollDeclared {
                payer: of(TOWN),
                month: of("2025-01"),
                total: yuan("1000.00"),
            },
            asks(
                ACCOUNTANT,
                LATER,
                "payroll.correct",
                json!({"payer": TOWN, "month": "2025-01", "total": "2000.00", "headcount": 9,
                    "basis": "示例审计报告"}),
            ),
        ),
        case(
            county(),
            found(LATER, TOWN),
            Refusal::UnionFoundedAlready { payer: of(TOWN), since: of("2010-05-01") },
            found(LATER, FIRM),
        ),
    ]
}

pub(crate) fn shares() -> Vec<Case> {
    let mut short = preparation_shares();
    short["own_basis_points"] = 3400.into();
    let mut twice = all_shares();
    let first = twice["shares"][0].clone();
    twice["shares"].as_array_mut().unwrap().push(first);
    let day = |day: u32| set(&json!({"name": "remittance_due", "day_of_month": day}));
    vec![
        case(
            county(),
            set(&short),
            Refusal::SharesIncomplete { sum: 9900, rest: 6000 },
            set(&preparation_shares()),
        ),
        case(
            county(),
            set(&twice),
            Refusal::ChannelTwice { channel: Channel::TaxBureau },
            set(&all_shares()),
        ),
        case(county(), day(29), Refusal::DayOfMonthWrong { found: 29 }, day(28)),
    ]
}

fn refund(month: &str) -> Asked {
    let fields = json!({"date": LATER, "month": month, "channel": "small_payer_refund",
        "amount": "800.00"});
    asks(ACCOUNTANT, LATER, "allocation.collect", fields)
}

/// Small payers owe at most so much in a year, and get it back through January.
fn small(most: &str, through: &str) -> Vec<Asked> {
    let small = json!({"name": "small_payer_refund", "year_due_max": most, "through": through});
    after(union(), [set(&small), payroll(LATER, "2025-01", "100000.00")])
}

pub(crate) fn collections() -> Vec<Case> {
    let passed_down = |gross: &str| {
        let fields = json!({"date": LATER, "month": "2025-01", "channel": "passed_down",
            "amount": "1200.00", "gross": gross});
        asks(ACCOUNTANT, LATER, "allocation.collect", fields)
    };
    vec![
        case(
            county(),
            collect(LATER, "tax_bureau", None, "1000.00"),
            Refusal::PayerNeeded { amount: yuan("600.00") },
            collect(LATER, "tax_bureau", Some(TOWN), "1000.00"),
        ),
        case(
            union(),
            passed_down("1199.99"),
            Refusal::GrossTooSmall { gross: yuan("1199.99"), amount: yuan("1200.00") },
            passed_down("2000.00"),
        ),
        case(
            small("9999.99", "2025-01"),
            refund("2025-02"),
            Refusal::RefundOver { month: of("2025-02"), through: of("2025-01") },
            refund("2025-01"),
        ),
        case(
            after(small("1999.99", "2025-12"), [payroll(LATER, "2025-02", "0.00")]),
            refund("2025-01"),
            Refusal::NotSmallPayer {
                year: FiscalYear(2025),
                most: yuan("1999.99"),
                found: yuan("2000.00"),
            },
            collect(LATER, "passed_down", None, "800.00"),
        ),
        case(
            after(
                county(),
                [
                    collect(LATER, "tax_bureau", Some(TOWN), "1000.00"),
                    pass_down(LATER, "passdown", "600.00"),
                ],
            ),
            reverse(LATER, next()),
            Refusal::DrawnOnAlready { seq: seq(), amount: yuan("600.00"), left: yuan("0.00") },
            reverse(LATER, next() + 1),
        ),
    ]
}

pub(crate) fn preparation_funds() -> Vec<Case> {
    let receive = || preparation("preparation_fund.receive", LATER, "1000.00");
    let settle = |amount: &str| preparation("preparation_fund.settle", LATER, amount);
    vec![
        case(
            after(county(), [found(LATER, FIRM)]),
            receive(),
            Refusal::PreparationTooLate { payer: of(FIRM), since: of(LATER), date: of(LATER) },
            collect(LATER, "tax_bureau", Some(FIRM), "1000.00"),
        ),
        case(
            after(county(), [receive()]),
            settle("1000.00"),
            Refusal::UnionNotYet { payer: of(FIRM), date: of(LATER) },
            found(LATER, FIRM),
        ),
        case(
            after(county(), [receive(), found(LATER, FIRM)]),
            settle("1000.01"),
            Refusal::PreparationTooLarge {
                payer: of(FIRM),
                held: yuan("1000.00"),
                asked: yuan("1000.01"),
            },
            settle("1000.00"),
        ),
    ]
}

fn with_a_deposit() -> Vec<Asked> {
    let fields = json!({
        "date": LATER, "account": "215", "into": "bank", "amount": "40.00",
        "from": "示例场馆", "purpose": "押金",
    });
    let deposit = asks(ACCOUNTANT, LATER, "income.receive", fields);
    after(county(), [preparation("preparation_fund.receive", LATER, "1000.00"), deposit])
}

#[test]
fn no_general_voucher_takes_what_is_held_for_payers() {
    let lines = json!([
        {"account": "215", "fund": "general", "debit": "40.00"},
        {"account": "182", "fund": "general", "credit": "40.00"},
    ]);
    let fields = json!({"date": LATER, "lines": lines, "reason": "核销", "basis": "决议"});
    let mut book = given(with_a_deposit());
    let refused = book.when(&asks(ACCOUNTANT, LATER, "journal.record", fields)).unwrap_err();
    assert_eq!(refused.code(), "X30", "{refused:?}");
}

/// Other payables hold the preparation fund of a firm beside a deposit of 40.00.
pub(crate) fn what_is_held_for_payers() -> Vec<Case> {
    let held = with_a_deposit;
    let request = |amount: &str| {
        let payee = json!({"organisation": "示例场馆"});
        asks(CLERK, LATER, "disbursement.request", requested(LATER, "d-1", "215", amount, &payee))
    };
    let too_much = || Refusal::HeldForPayers {
        fund: of("general"),
        owed: yuan("1040.00"),
        held: yuan("1000.00"),
        left: yuan("40.00"),
        asked: yuan("40.01"),
    };
    vec![case(held(), request("40.01"), too_much(), request("40.00"))]
}

pub(crate) fn tax_lists() -> Vec<Case> {
    let lines = [(TOWN, "700.00"), ("p-nobody", "300.00")];
    let twice = [(TOWN, "700.00"), (TOWN, "300.00")];
    let list = |id: &str, total: &str| tax_list(LATER, id, &lines, 2, total);
    vec![
        case(
            after(county(), [list("t-1", "1000.00")]),
            list("t-1", "1000.00"),
            Refusal::TaxListExists { list: of("t-1") },
            list("t-2", "1000.00"),
        ),
        case(
            county(),
            list("t-1", "1000.01"),
            Refusal::TaxListTotals {
                list: of("t-1"),
                count: 2,
                total: yuan("1000.01"),
                found_count: 2,
                found: yuan("1000.00"),
            },
            list("t-1", "1000.00"),
        ),
        case(
            county(),
            tax_list(LATER, "t-1", &twice, 2, "1000.00"),
            Refusal::TaxLineTwice { list: of("t-1"), payer: of(TOWN) },
            list("t-1", "1000.00"),
        ),
    ]
}

/// The lower union owes 2,000.00 for January.
fn in_arrears() -> Vec<Asked> {
    let declared = payer_payroll(LATER, TOWN, "2025-01", "100000.00");
    after(county(), [set(&late_fee()), declared])
}

fn demanded() -> Vec<Asked> {
    after(in_arrears(), [demand(LATER, "c-1", "1500.00")])
}

pub(crate) fn demands() -> Vec<Case> {
    let months = |first: &str, last: &str| {
        let fields = json!({"demand": "c-2", "date": LATER, "payer": TOWN, "first": first,
            "last": last, "principal": "100.00", "due_by": LATER});
        asks(ACCOUNTANT, LATER, "demand.issue", fields)
    };
    vec![
        case(
            demanded(),
            demand(LATER, "c-1", "500.00"),
            Refusal::DemandExists { demand: of("c-1") },
            demand(LATER, "c-2", "500.00"),
        ),
        case(
            in_arrears(),
            months("2025-02", "2025-01"),
            Refusal::DemandMonthsBackwards { first: of("2025-02"), last: of("2025-01") },
            months("2025-01", "2025-02"),
        ),
        case(
            demanded(),
            demand(LATER, "c-2", "500.01"),
            Refusal::DemandTooLarge {
                first: of("2025-01"),
                last: of("2025-01"),
                arrears: yuan("2000.00"),
                demanded: yuan("1500.00"),
                asked: yuan("500.01"),
            },
            demand(LATER, "c-2", "500.00"),
        ),
    ]
}

pub(crate) fn demands_that_go_on() -> Vec<Case> {
    const DUE: &str = "2025-03-10";
    vec![
        case(
            demanded(),
            advance(LATER, "c-2", "withdrawn", None),
            Refusal::DemandUnknown { demand: of("c-2") },
            advance(LATER, "c-1", "withdrawn", None),
        ),
        case(
            demanded(),
            asks(
                ACCOUNTANT,
                LATER,
                "demand.advance",
                json!({"demand": "c-1", "date": FIRST, "stage": "withdrawn", "reference": "示例函"}),
            ),
            Refusal::DemandBackwards { demand: of("c-1"), date: of(FIRST), last: of(LATER) },
            advance(LATER, "c-1", "withdrawn", None),
        ),
        case(
            demanded(),
            advance(LATER, "c-1", "enforcement", None),
            Refusal::DemandOutOfOrder {
                demand: of("c-1"),
                now: None,
                asked: Some(Stage::Enforcement),
            },
            advance(LATER, "c-1", "payment_order", None),
        ),
        case(
            demanded(),
            advance(DUE, "c-1", "late_fee", Some("75.01")),
            // Ten days after 28 February, 5‰ a day of 1,500.00.
            Refusal::LateFeeDiffers { computed: yuan("75.00"), asked: yuan("75.01") },
            advance(DUE, "c-1", "late_fee", Some("75.00")),
        ),
        case(
            after(demanded(), [collect(LATER, "tax_bureau", Some(TOWN), "1499.99")]),
            advance(LATER, "c-1", "settled", None),
            Refusal::DemandNotPaid {
                demand: of("c-1"),
                principal: yuan("1500.00"),
                paid: yuan("1499.99"),
            },
            collect(LATER, "tax_bureau", Some(TOWN), "0.01"),
        ),
    ]
}

pub(crate) fn what_is_passed_down() -> Vec<Case> {
    vec![case(
        after(county(), [collect(LATER, "tax_bureau", Some(TOWN), "1000.00")]),
        pass_down(LATER, "passdown", "600.01"),
        Refusal::PassdownTooLarge { to: of(TOWN), owed: yuan("600.00"), asked: yuan("600.01") },
        pass_down(LATER, "passdown", "600.00"),
    )]
}

pub(crate) fn accruals() -> Vec<Case> {
    const NEXT_YEAR: &str = "2026-01-20";
    let with = |kind: &str| after(county(), [accrue(YEAR_END, kind, Some(TOWN), "1000.00")]);
    let accruing = |date: &str| accrue(date, "superior_subsidy_general", None, "1000.00");
    vec![
        case(
            county(),
            accruing("2025-12-30"),
            Refusal::AccrualNotAtYearEnd { date: of("2025-12-30") },
            accruing(YEAR_END),
        ),
        case(
            with("lower_allocation"),
            settle(NEXT_YEAR, next() - 1, "1.00"),
            Refusal::AccrualUnknown { accrual: Seq(next() - 1) },
            settle(NEXT_YEAR, next(), "1.00"),
        ),
        case(
            with("lower_allocation"),
            settle(NEXT_YEAR, next(), "1000.01"),
            Refusal::AccrualTooSmall {
                accrual: seq(),
                left: yuan("1000.00"),
                asked: yuan("1000.01"),
            },
            settle(NEXT_YEAR, next(), "1000.00"),
        ),
        case(
            after(county(), subsidy_accrued("lower_subsidy_general", "1000.00")),
            settle(NEXT_YEAR, next() + 2, "1000.00"),
            Refusal::AccrualSettledBy { accrual: Seq(next() + 2), by: "passdown.pay".to_owned() },
            pass_down(NEXT_YEAR, "subsidy", "1000.00"),
        ),
    ]
}

/// What is promised to a lower union is what was approved for it.
pub(crate) fn subsidies_promised() -> Vec<Case> {
    const GENERAL: &str = "lower_subsidy_general";
    let approved = || after(county(), subsidy_approved(YEAR_END, GENERAL, "1000.00"));
    let accruing = |amount: &str| accrue(YEAR_END, GENERAL, Some(TOWN), amount);
    let due = json!({"date": YEAR_END, "kind": "superior_subsidy_general", "amount": "1.00",
        "notice": "示例通知2025-9号", "disbursement": "d-1"});
    vec![
        case(
            approved(),
            accruing("999.99"),
            Refusal::NotAsRequested {
                disbursement: of("lower-subsidy-general"),
                requested: "1000.00".to_owned(),
                asked: "999.99".to_owned(),
            },
            accruing("1000.00"),
        ),
        case(
            approved(),
            asks(ACCOUNTANT, YEAR_END, "accrual.record", due),
            Refusal::AccrualOfNoRequest { disbursement: of("d-1") },
            accrue(YEAR_END, "superior_subsidy_general", None, "1.00"),
        ),
    ]
}

/// The rules that are shipped as examples are rules that a book takes.
#[test]
fn the_example_rules_of_the_allocation_are_taken() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/rules");
    let mut taken = 0;
    for file in std::fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        if !path.file_name().unwrap().to_str().unwrap().starts_with("allocation-") {
            continue;
        }
        let mut book = given(county());
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let mut fields: Value = serde_json::from_str(line).unwrap();
            let fields = fields.as_object_mut().unwrap();
            let name = fields.remove("command").unwrap();
            fields.remove("as");
            let source = fields["source"].as_str().unwrap();
            assert!(source.contains("示例"), "{}: {source}", path.display());
            book.then(&asks(CHAIR, LATER, name.as_str().unwrap(), fields.clone().into()));
            taken += 1;
        }
    }
    assert_eq!(taken, 7);
}

/// What rests on a record is reversed before it.
pub(crate) fn reversals() -> Vec<Case> {
    vec![
        // What the book began with is not taken from under what was posted since.
        case(
            after(county(), [collect(LATER, "treasury", Some(TOWN), "1000.00")]),
            reverse(LATER, next() - 3),
            Refusal::NotReversible { seq: Seq(next() - 3), kind: "opening.recorded".to_owned() },
            reverse(LATER, next()),
        ),
        // What was sent up is first taken back itself.
        case(
            after(
                county(),
                [collect(LATER, "treasury", Some(TOWN), "1000.00"), remit(LATER, "50.00")],
            ),
            reverse(LATER, next()),
            Refusal::DrawnOnAlready { seq: seq(), amount: yuan("50.00"), left: yuan("0.00") },
            reverse(LATER, next() + 1),
        ),
    ]
}
