//! Budgets, the limits and ends of funds, reviews and the checks before a closing.

use crate::given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, RELIEF, approve, asks, close,
    close_year, correct_prior_year, eleven_months, establish, interest, interest_into, of,
    officers, opening, pay, request, requested, reverse, rule, subsidy, union, union_with_money,
    yuan,
};
use mingzhang::date::FiscalYear;
use mingzhang::event::VoucherNumber;
use mingzhang::ids::Seq;
use mingzhang::rules::{ClosingFault, Refusal};
use serde_json::{Value, json};

use crate::{Case, LATER, after, approved, case, union_records};

fn control(adjustments: u32) -> Asked {
    rule(
        CHAIR,
        LATER,
        &json!({
            "name": "budget_control", "adjustments_per_year": adjustments,
            "without": "refuse", "above": "refuse",
        }),
    )
}

#[allow(clippy::needless_pass_by_value, reason = "lines are written where they are asked")]
fn budget(name: &str, year: i32, lines: Value) -> Asked {
    let fields =
        json!({"budget": year, "date": LATER, "lines": lines, "resolution": "决议2025-4号"});
    asks(ACCOUNTANT, LATER, name, fields)
}

fn adopt(account: &str, amount: &str) -> Asked {
    budget("budget.adopt", 2025, json!([{"account": account, "amount": amount}]))
}

fn change(account: &str, by: &str) -> Asked {
    budget("budget.adjust", 2025, json!([{"account": account, "by": by}]))
}

fn spend(on: &str, id: &str, fund: &str, account: &str, amount: &str) -> Asked {
    let mut fields = requested(on, id, account, amount, &json!({"organisation": "商店"}));
    fields["fund"] = fund.into();
    asks(CLERK, on, "disbursement.request", fields)
}

pub(crate) fn budgets() -> Vec<Case> {
    let adopted = || after(union(), [adopt("501", "1000.00")]);
    let once = |second: &str| {
        budget(
            "budget.adopt",
            2025,
            json!([{"account": "501", "amount": "1.00"}, {"account": second, "amount": "1.00"}]),
        )
    };
    let limited = after(adopted(), [control(1), change("501", "1.00")]);
    vec![
        case(
            adopted(),
            adopt("504", "1.00"),
            Refusal::BudgetExists { year: FiscalYear(2025) },
            change("504", "1.00"),
        ),
        case(
            adopted(),
            budget("budget.adjust", 2026, json!([{"account": "501", "by": "1.00"}])),
            Refusal::BudgetMissing { year: FiscalYear(2026) },
            change("501", "1.00"),
        ),
        case(
            union(),
            adopt("102", "1.00"),
            Refusal::NotBudgetable { account: of("102") },
            adopt("401", "1.00"),
        ),
        case(
            union(),
            once("501"),
            Refusal::BudgetLineTwice { account: of("501"), fund: of("general") },
            once("50102"),
        ),
        case(
            limited,
            change("501", "1.00"),
            Refusal::AdjustedTooOften { year: FiscalYear(2025), times: 1, most: 1 },
            budget("budget.adopt", 2026, json!([{"account": "501", "amount": "1.00"}])),
        ),
        case(
            adopted(),
            change("501", "-1000.01"),
            Refusal::BudgetBelowNothing {
                account: of("501"),
                before: yuan("1000.00"),
                by: yuan("-1000.01"),
            },
            change("501", "-1000.00"),
        ),
    ]
}

pub(crate) fn spending_by_budget() -> Vec<Case> {
    let controlled = || after(union_with_money(), [control(1), adopt("501", "100.00")]);
    let general =
        |id: &str, account: &str, amount: &str| spend(LATER, id, "general", account, amount);
    let spent = || after(controlled(), approved(LATER, "d-1", "60.00"));
    let paid = || after(spent(), [pay(CASHIER, LATER, "d-1", "bank")]);
    vec![
        case(
            controlled(),
            general("d-1", "50405", "1.00"),
            Refusal::SpendingWithoutBudget {
                year: FiscalYear(2025),
                account: of("50405"),
                fund: of("general"),
            },
            general("d-1", "50105", "1.00"),
        ),
        case(
            paid(),
            change("501", "-40.01"),
            Refusal::BudgetBelowSpent {
                account: of("501"),
                fund: of("general"),
                planned: yuan("59.99"),
                spent: yuan("60.00"),
            },
            change("501", "-40.00"),
        ),
        case(
            after(paid(), [general("d-2", "50105", "30.00")]),
            general("d-3", "50102", "10.01"),
            Refusal::SpendingAboveBudget {
                account: of("501"),
                fund: of("general"),
                planned: yuan("100.00"),
                used: yuan("90.00"),
                asked: yuan("10.01"),
                over: yuan("0.01"),
            },
            general("d-3", "50102", "10.00"),
        ),
    ]
}

/// The relief fund with 100.00 in the bank, for accounts under 504 until the end of January.
fn limited() -> Vec<Asked> {
    let fields = json!({
        "fund": RELIEF, "accounts": ["504"], "until": LATER, "resolution": "总工发〔2015〕20号",
    });
    after(
        union_with_money(),
        [
            subsidy(FIRST, "superior_earmarked", RELIEF, "100.00"),
            asks(ACCOUNTANT, FIRST, "fund.limit", fields),
        ],
    )
}

fn closes(fund: &str) -> Asked {
    asks(
        CHAIR,
        LATER,
        "fund.close",
        json!({"date": LATER, "fund": fund, "resolution": "决议2025-9号"}),
    )
}

fn release(from: &str, to: &str, amount: &str) -> Asked {
    let fields = json!({
        "date": LATER, "from": from, "to": to, "amount": amount, "resolution": "决议2025-9号",
    });
    asks(CHAIR, LATER, "fund.release", fields)
}

pub(crate) fn limits_of_funds() -> Vec<Case> {
    let relief = |on: &str, account: &str| spend(on, "d-1", RELIEF, account, "1.00");
    let limit = |fund: &str| {
        let fields = json!({"fund": fund, "accounts": ["504"], "resolution": "决议2025-5号"});
        asks(CHAIR, LATER, "fund.limit", fields)
    };
    vec![
        case(
            limited(),
            relief(LATER, "50102"),
            Refusal::AccountNotOfFund {
                fund: of(RELIEF),
                account: of("50102"),
                allowed: "504".to_owned(),
            },
            relief(LATER, "50404"),
        ),
        case(
            limited(),
            relief("2025-02-11", "50404"),
            Refusal::FundPastItsDay { fund: of(RELIEF), until: of(LATER), date: of("2025-02-11") },
            relief(LATER, "50404"),
        ),
        case(
            union(),
            limit("general"),
            Refusal::FundNotRestricted { fund: of("general") },
            limit(RELIEF),
        ),
    ]
}

pub(crate) fn ends_of_funds() -> Vec<Case> {
    let other = || establish(ACCOUNTANT, LATER, "sports", true);
    let drawn =
        asks(CASHIER, LATER, "cash.draw", json!({"date": LATER, "fund": RELIEF, "amount": "1.00"}));
    let back = asks(
        CASHIER,
        LATER,
        "cash.deposit",
        json!({"date": LATER, "fund": RELIEF, "amount": "1.00"}),
    );
    let waiting = after(limited(), [spend(LATER, "d-1", RELIEF, "50404", "1.00")]);
    let cancel = json!({"disbursement": "d-1", "date": LATER, "reason": "不再需要"});
    vec![
        case(
            after(limited(), [closes(RELIEF)]),
            interest_into(RELIEF, LATER, LATER, "1.00"),
            Refusal::FundIsClosed { fund: of(RELIEF), on: of(LATER) },
            interest(LATER, "1.00"),
        ),
        case(
            limited(),
            release(RELIEF, "general", "100.01"),
            Refusal::ReleaseTooLarge {
                fund: of(RELIEF),
                left: yuan("100.00"),
                asked: yuan("100.01"),
            },
            release(RELIEF, "general", "100.00"),
        ),
        case(
            after(limited(), [other()]),
            release(RELIEF, "sports", "1.00"),
            Refusal::ReleaseIntoRestricted { fund: of("sports") },
            release(RELIEF, "general", "1.00"),
        ),
        case(
            waiting,
            closes(RELIEF),
            Refusal::FundAwaits { fund: of(RELIEF), disbursement: of("d-1") },
            asks(CLERK, LATER, "disbursement.cancel", cancel),
        ),
        case(
            after(limited(), [drawn]),
            closes(RELIEF),
            Refusal::FundNotSettled {
                fund: of(RELIEF),
                left: yuan("100.00"),
                held: yuan("99.00"),
                cash: yuan("1.00"),
            },
            back,
        ),
    ]
}

pub(crate) fn fiscal_funds() -> Vec<Case> {
    let mark = |fund: &str| {
        asks(ACCOUNTANT, LATER, "fiscal_fund.mark", json!({"fund": fund, "source": "财政批复"}))
    };
    let fiscal = || after(officers("county"), [mark("general")]);
    let moved = |from: &str| {
        asks(
            CHAIR,
            LATER,
            "fund.transfer",
            json!({
                "date": LATER, "from": from, "to": RELIEF, "amount": "1.00", "resolution": "决议",
            }),
        )
    };
    vec![
        case(
            fiscal(),
            moved("general"),
            Refusal::FundIsFiscal { fund: of("general") },
            interest(LATER, "1.00"),
        ),
        case(
            union(),
            mark(RELIEF),
            Refusal::FiscalIsOfCounties { fund: of(RELIEF) },
            establish(ACCOUNTANT, LATER, "sports", true),
        ),
        case(
            after(officers("county"), [interest(LATER, "1.00")]),
            mark("general"),
            Refusal::FundInUse { fund: of("general") },
            mark(RELIEF),
        ),
    ]
}

fn review(by: &str, on: &str, first: u32, last: u32) -> Asked {
    asks(by, on, "vouchers.review", json!({"month": "2025-01", "first": first, "last": last}))
}

pub(crate) fn reviews() -> Vec<Case> {
    // 记-2025-01-0001 and -0002 are the accountant's.
    let two = || after(union(), [interest(FIRST, "1.00"), interest(FIRST, "2.00")]);
    let next = u64::try_from(union_records()).unwrap() + 2;
    let voucher = |number| VoucherNumber { month: of("2025-01"), number };
    vec![
        case(
            two(),
            review(FINANCE, LATER, 1, 3),
            Refusal::VouchersNotThere { month: of("2025-01"), first: 1, last: 3, most: 2 },
            review(FINANCE, LATER, 1, 2),
        ),
        case(
            two(),
            review(ACCOUNTANT, LATER, 2, 2),
            Refusal::ReviewerIsPreparer { officer: of(ACCOUNTANT), voucher: voucher(2) },
            review(FINANCE, LATER, 2, 2),
        ),
        case(
            after(two(), [review(FINANCE, LATER, 1, 1)]),
            review(CHAIR, LATER, 1, 2),
            Refusal::ReviewedAlready { voucher: voucher(1), by: of(FINANCE), seq: Seq(next) },
            review(CHAIR, LATER, 2, 2),
        ),
    ]
}

/// Everything that is wrong is said at once.
pub(crate) fn closing_checks() -> Vec<Case> {
    let checks = json!({"name": "closing_checks", "checks": [
        "vouchers_reviewed", "trial_balance", "control_totals", "tills_not_negative",
        "asset_fund", "custodial", "requests_ended", "budget_kept", "suspense_nil",
        "advances_settled",
    ]});
    let line =
        |account: &str, side: &str| json!({"account": account, "fund": "general", side: "7.00"});
    let wrong = [
        rule(CHAIR, FIRST, &checks),
        opening(FIRST, json!([line("162", "debit"), line("32205", "credit")])),
        interest("2025-01-02", "9.00"),
        request("2025-01-02", "d-1", "3.00"),
        adopt("50102", "1.00"),
        approve(FINANCE, LATER, "d-1", "3.00"),
    ];
    let faults = vec![
        ClosingFault::NotReviewed {
            count: 2,
            first: VoucherNumber { month: of("2025-01"), number: 1 },
        },
        ClosingFault::AssetFundDiffers { assets: yuan("7.00"), fund: yuan("0.00") },
        ClosingFault::RequestOpen { disbursement: of("d-1"), amount: yuan("3.00") },
    ];
    vec![case(
        after(union(), wrong),
        close(LATER, "2025-01"),
        Refusal::ClosingChecksFailed { month: of("2025-01"), faults },
        review(FINANCE, LATER, 1, 2),
    )]
}

/// What is closed with its year is put right in this one, and never reversed.
pub(crate) fn prior_years() -> Vec<Case> {
    const NEXT: &str = "2026-02-10";
    let of_old = u64::try_from(crate::given(union_with_money()).lines().len()).unwrap();
    let closed = || {
        let year = [interest(FIRST, "9.00")].into_iter().chain(eleven_months());
        let year = year.chain([close_year("2025-12-31", 2025), interest(NEXT, "1.00")]);
        after(union_with_money(), year)
    };
    let of_new = u64::try_from(crate::given(closed()).lines().len()).unwrap() - 1;
    let right = |lines: &[(&str, &str, &str)]| correct_prior_year(NEXT, of_old, "general", lines);
    let back = || right(&[("102", "debit", "2.00")]);
    vec![
        case(
            closed(),
            reverse(NEXT, of_old),
            Refusal::YearOfVoucherClosed {
                seq: Seq(of_old),
                voucher: VoucherNumber { month: of("2025-01"), number: 2 },
                year: FiscalYear(2025),
            },
            back(),
        ),
        case(
            closed(),
            correct_prior_year(NEXT, of_new, "general", &[("102", "debit", "2.00")]),
            Refusal::NotOfAClosedYear { seq: Seq(of_new) },
            reverse(NEXT, of_new),
        ),
        case(
            closed(),
            right(&[("102", "debit", "2.00"), ("408", "credit", "2.00")]),
            Refusal::PriorYearLine { account: of("408") },
            back(),
        ),
        case(
            closed(),
            right(&[("102", "credit", "2.00")]),
            Refusal::PriorYearPaysOut { account: of("102") },
            right(&[("215", "credit", "2.00")]),
        ),
    ]
}

/// What leaves the restricted funds is released, and takes the chair and a resolution.
pub(crate) fn restricted_funds_that_give() -> Vec<Case> {
    let by = |name: &str| {
        let fields = json!({
            "date": LATER, "from": RELIEF, "to": "general", "amount": "2.00", "resolution": "决议",
        });
        asks(CHAIR, LATER, name, fields)
    };
    vec![case(
        after(union(), [interest_into(RELIEF, LATER, LATER, "9.00")]),
        by("fund.transfer"),
        Refusal::RestrictedIsReleased { from: of(RELIEF), to: of("general") },
        by("fund.release"),
    )]
}

#[test]
fn an_advance_is_no_spending_and_its_bills_are_held_against_the_budget() {
    let mut book = crate::given(after(union_with_money(), [control(1), adopt("50104", "1.00")]));
    let refusal = book.when(&spend(LATER, "d-1", "general", "50504", "20.00"));
    assert_eq!(refusal.map_err(|r| r.name()).err(), Some("SpendingWithoutBudget"));
    let advance = requested(LATER, "a-1", "135", "20.00", &json!({"member": "m-1"}));
    book.then(&asks(CLERK, LATER, "disbursement.request", advance));
    book.then(&approve(FINANCE, LATER, "a-1", "20.00"));
    book.then(&pay(CASHIER, LATER, "a-1", "bank"));
    let settle = |account: &str| {
        let bill = json!({"account": account, "amount": "1.00", "purpose": "差旅费"});
        let fields = json!({
            "date": LATER, "disbursement": "a-1", "spent": [bill], "returned": "0.00",
            "into": "cash",
        });
        asks(ACCOUNTANT, LATER, "advance.settle", fields)
    };
    let refusal = book.when(&settle("50504"));
    assert_eq!(refusal.map_err(|r| r.name()).err(), Some("SpendingWithoutBudget"));
    book.then(&settle("50104"));
}

#[test]
fn what_is_checked_at_a_closing_and_how_the_budget_binds_is_set_by_the_chair() {
    let mut book = crate::given(union());
    let mut by_finance = control(1);
    by_finance.by = of(FINANCE);
    assert!(matches!(book.when(&by_finance), Err(Refusal::OfficeNeeded { .. })));
    book.then(&control(1));
}
