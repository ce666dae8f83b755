//! Others' money is never the union's, advances do not lie forgotten, spending is analysed, the bank is
//! reconciled; and the longest of each list fits its records.
#![allow(clippy::unwrap_used, reason = "helpers of tests; a failure is a panic")]

mod given;

use given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, approve, asks, close_year,
    eleven_months, given, interest, of, pay, requested, rule, union_with_money,
};
use mingzhang::money::Money;
use mingzhang::report::{Period, Term, advances, balance_sheet, custodial, funds, spending};
use serde_json::{Value, json};

const DAY: &str = "2025-01-10";

fn with(more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    let mut asked = union_with_money();
    asked.extend(more);
    asked
}

fn custody() -> [Asked; 2] {
    let project = json!({
        "project": "mutual", "name": "互助保险", "whose": "互助会", "purpose": "代收保费",
    });
    let received = json!({
        "date": DAY, "project": "mutual", "into": "bank", "amount": "70.00", "from": "会员",
    });
    [
        asks(ACCOUNTANT, FIRST, "custodial_project.open", project),
        asks(ACCOUNTANT, DAY, "custodial.receive", received),
    ]
}

fn advance(id: &str, amount: &str) -> [Asked; 3] {
    let fields = requested(DAY, id, "135", amount, &json!({"member": "m-1"}));
    [
        asks(CLERK, DAY, "disbursement.request", fields),
        approve(FINANCE, DAY, id, amount),
        pay(CASHIER, DAY, id, "cash"),
    ]
}

fn settle(spent: &Value, returned: &str) -> Asked {
    let fields = json!({
        "date": DAY, "disbursement": "a-1", "spent": spent, "returned": returned, "into": "cash",
    });
    asks(ACCOUNTANT, DAY, "advance.settle", fields)
}

#[test]
fn custodial_money_is_in_no_fund_and_is_never_carried_to_the_net_funds() {
    let closed = eleven_months().into_iter().chain([close_year("2025-12-31", 2025)]);
    let book = given(with(custody().into_iter().chain(closed)));
    let (state, chart) = (book.state(), book.book.chart());
    assert_eq!(state.accounts.balance(&of("mutual"), &of("221")), of::<Money>("-70.00"));
    let of_funds = funds::report(state, chart, Period::All);
    assert!(of_funds.agrees);
    assert_eq!(of_funds.total.bank, of::<Money>("1000.00"));
    assert_eq!(of_funds.total.closing, of::<Money>("1100.00"));
    let of_custody = custodial::report(state, chart, Period::All);
    assert!(of_custody.agrees);
    let movement = of_custody.lines[0].movement;
    assert_eq!((movement.received, movement.closing), (of("70.00"), of("70.00")));
    assert_eq!((movement.cash, movement.bank), (Money::ZERO, of("70.00")));
    let sheet = balance_sheet::report(state, chart, Term::Year(mingzhang::date::FiscalYear(2025)));
    assert!(sheet.balanced);
    let money = sheet.lines.iter().find(|line| line.name.zh == "货币资金").unwrap();
    assert_eq!(money.amounts.closing, of::<Money>("1170.00"));
}

#[test]
fn an_advance_is_overdue_the_day_after_its_days() {
    let days = rule(CHAIR, FIRST, &json!({"name": "advances", "settle_within_days": 21}));
    let book = given(with([days].into_iter().chain(advance("a-1", "60.00"))));
    let shown = |month: &str| {
        let period = Period::Month(of(month));
        let report = advances::report(book.state(), book.book.chart(), period);
        let line = &report.lines[0];
        (line.outstanding.to_string(), line.days, line.overdue, line.payee.clone())
    };
    // 31 January is the 21st day after the 10th, 28 February the 49th.
    assert_eq!(shown("2025-01"), ("60.00".to_owned(), Some(21), false, "m-1".to_owned()));
    assert_eq!(shown("2025-02"), ("60.00".to_owned(), Some(49), true, "m-1".to_owned()));
}

#[test]
fn spending_is_listed_by_what_it_is_analysed_by_and_the_rest_is_said() {
    let analysed = json!({"nature": "basic", "economic": "30211"});
    let bills = json!([
        {"account": "50504", "amount": "20.00", "purpose": "差旅费", "analysis": analysed},
        {"account": "50504", "amount": "15.00", "purpose": "打车"},
    ]);
    let book = given(with(advance("a-1", "60.00").into_iter().chain([settle(&bills, "25.00")])));
    let report = spending::report(book.state(), book.book.chart(), Period::All);
    let lines = report.lines.iter().map(|line| {
        let economic = line.economic.as_ref().map(ToString::to_string);
        (line.account.code.to_string(), line.nature.is_some(), economic, line.amount.to_string())
    });
    let expected = [
        ("50504".to_owned(), true, Some("30211".to_owned()), "20.00".to_owned()),
        ("50504".to_owned(), false, None, "15.00".to_owned()),
    ];
    assert_eq!(lines.collect::<Vec<_>>(), expected);
    assert_eq!((report.total, report.unanalysed), (of("35.00"), of("15.00")));
}

#[test]
fn whoever_closes_a_month_can_ask_when_cash_was_counted_and_the_bank_reconciled() {
    let counted = json!({"date": DAY, "counted": "100.00", "witness": ACCOUNTANT});
    let statement = json!({
        "statement": "b-1", "date": DAY, "first": FIRST, "last": DAY, "opening": "1000.00",
        "closing": "1000.00", "source": "ab".repeat(32), "lines": [],
    });
    let reconciled = json!({"date": DAY, "statement": "b-1", "adjusted": "1000.00"});
    let book = given(with([
        asks(CASHIER, DAY, "cash.count", counted),
        asks(ACCOUNTANT, DAY, "bank_statement.record", statement),
        asks(ACCOUNTANT, DAY, "bank.reconcile", reconciled),
    ]));
    let bank = &book.state().bank;
    assert_eq!(bank.counted_on(of("2025-01")), Some(of(DAY)));
    assert_eq!(bank.counted_on(of("2025-02")), None);
    assert_eq!(bank.reconciled_through(), Some(of(DAY)));
}

/// A cheque that was written before the first statement began is cleared on it.
#[test]
fn what_was_outstanding_before_the_first_statement_is_matched_with_the_opening_balance() {
    let statement = json!({
        "statement": "b-1", "date": DAY, "first": FIRST, "last": DAY, "opening": "1040.00",
        "closing": "1000.00", "source": "ab".repeat(32),
        "lines": [{"no": 1, "date": "2025-01-03", "amount": "-40.00"}],
    });
    let opening = given(union_with_money()).state().next().0 - 1;
    let matched = json!({"statement": "b-1", "lines": [1], "seqs": [opening]});
    let reconciled = json!({"date": DAY, "statement": "b-1", "adjusted": "1000.00"});
    let mut book = given(with([
        asks(ACCOUNTANT, DAY, "bank_statement.record", statement),
        asks(ACCOUNTANT, DAY, "bank.match", matched),
    ]));
    let records = book.then(&asks(ACCOUNTANT, DAY, "bank.reconcile", reconciled));
    let mingzhang::event::Fact::BankReconciled(found) = &records[0].fact else { unreachable!() };
    assert_eq!((found.items, found.book), (0, of("1000.00")));
}

#[test]
fn the_longest_of_each_list_fits_its_records() {
    let long = "差".repeat(200);
    let bill = json!({
        "account": "50504", "amount": "1.00", "purpose": long,
        "analysis": {"nature": "basic", "economic": "30211"},
    });
    let bills = Value::Array(vec![bill; 8]);
    let line = |side: &str| json!({"account": "50504", "fund": "general", side: "1.00"});
    let lines: Vec<Value> = ["debit", "credit"].map(line).into_iter().cycle().take(10).collect();
    let journal = json!({"date": DAY, "lines": lines, "reason": long, "basis": long});
    let of_bank = |no: i32| json!({"no": no, "date": DAY, "amount": "1.00", "reference": long, "balance": format!("{}.00", 1000 + no)});
    let of_bank: Vec<Value> = (1..=40).map(of_bank).collect();
    let statement = json!({
        "statement": "b-1", "date": DAY, "first": FIRST, "last": DAY, "opening": "1000.00",
        "closing": "1040.00", "source": "ab".repeat(32), "lines": of_bank,
    });
    let numbers: Vec<u32> = (1..=40).collect();
    let mut book = given(with(advance("a-1", "60.00")));
    let settled = book.then(&settle(&bills, "52.00"));
    assert_eq!(settled.len(), 3);
    assert_eq!(book.state().spending.settled(&of("a-1")), of::<Money>("60.00"));
    book.then(&asks(ACCOUNTANT, DAY, "journal.record", journal));
    book.then(&asks(ACCOUNTANT, DAY, "bank_statement.record", statement));
    let income = book.then(&interest(DAY, "40.00"))[0].seq;
    let matched = json!({"statement": "b-1", "lines": numbers, "seqs": [income]});
    book.then(&asks(ACCOUNTANT, DAY, "bank.match", matched));
    assert!(book.lines().iter().all(|line| line.len() <= 4_096));
}
