//! The budget against the books: what is planned, requested and spent are always told apart, and the
//! actual figures are the trial balance's.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]
#![allow(clippy::needless_pass_by_value, reason = "lines are written where they are asked")]

mod given;
#[path = "golden/budget.rs"]
mod golden;

use std::collections::BTreeSet;

use given::owned::{BOUGHT, depreciate, with_television};
use given::{
    ACCOUNTANT, Asked, CASHIER, CHAIR, CLERK, FINANCE, FIRST, Given, RELIEF, approve, asks, cash,
    close, close_year, correct_prior_year, dues, eleven_months, establish, given, interest,
    interest_into, of, officers, pay, request, requested, rule, subsidy, union, union_with_money,
    yuan,
};
use mingzhang::book::Mode;
use mingzhang::chain::record::Envelope;
use mingzhang::date::{FiscalYear, Offset};
use mingzhang::event::book::ClosingCheck;
use mingzhang::event::{Fact, Recorded};
use mingzhang::money::Money;
use mingzhang::report::Period;
use mingzhang::report::budget::{self, Budget};
use mingzhang::report::{Term, closing, earmarked, final_accounts, fiscal_grants, state_assets};
use mingzhang::rules::{ClosingFault, Refusal};
use serde_json::{Value, json};

const DAY: &str = "2025-03-10";

fn control(without: &str, above: &str) -> Asked {
    let rule_ = json!({
        "name": "budget_control", "adjustments_per_year": 1, "without": without, "above": above,
    });
    rule(CHAIR, FIRST, &rule_)
}

fn adopt(lines: Value) -> Asked {
    let fields =
        json!({"budget": 2025, "date": FIRST, "lines": lines, "resolution": "决议2025-2号"});
    asks(ACCOUNTANT, FIRST, "budget.adopt", fields)
}

fn spend(id: &str, account: &str, amount: &str) -> Asked {
    let fields = requested(DAY, id, account, amount, &json!({"organisation": "商店"}));
    asks(CLERK, DAY, "disbursement.request", fields)
}

fn report(book: &Given, term: Term) -> Budget {
    budget::report(book.state(), book.book.chart(), term)
}

fn executed(book: &Given, account: &str) -> [Money; 4] {
    let report = report(book, Term::Year(of_year()));
    assert!(report.agrees);
    let lines = report.income.lines.iter().chain(&report.spending.lines);
    let mut lines = lines.filter(|line| line.account.code.as_str() == account);
    let amounts = lines.next().unwrap().amounts;
    [amounts.current, amounts.actual, amounts.committed, amounts.left]
}

fn of_year() -> FiscalYear {
    FiscalYear(2025)
}

#[test]
fn the_more_specific_line_wins_and_a_request_counts_until_it_ends() {
    let lines = json!([
        {"account": "501", "amount": "100.00"},
        {"account": "50105", "amount": "40.00"},
    ]);
    let mut book = given(union_with_money());
    for asked in [control("refuse", "refuse"), adopt(lines)] {
        book.then(&asked);
    }
    book.then(&spend("d-1", "50105", "40.00"));
    assert_eq!(executed(&book, "50105"), ["40.00", "0.00", "40.00", "0.00"].map(yuan));
    // What is on 50105 leaves 501 as it was, and 501 does not help 50105.
    assert!(matches!(
        book.when(&spend("d-2", "50105", "0.01")),
        Err(Refusal::SpendingAboveBudget { .. })
    ));
    book.then(&spend("d-2", "50102", "100.00"));
    let cancel = json!({"disbursement": "d-1", "date": DAY, "reason": "不再需要"});
    book.then(&asks(CLERK, DAY, "disbursement.cancel", cancel));
    book.then(&spend("d-3", "50105", "39.00"));
    book.then(&approve(FINANCE, DAY, "d-3", "39.00"));
    let paid = book.then(&pay(CASHIER, DAY, "d-3", "bank"));
    assert_eq!(executed(&book, "50105"), ["40.00", "39.00", "0.00", "1.00"].map(yuan));
    let red = json!({"seq": paid[0].seq, "date": DAY, "reason": "重复"});
    book.then(&asks(ACCOUNTANT, DAY, "entry.reverse", red));
    assert_eq!(executed(&book, "50105"), ["40.00", "0.00", "39.00", "1.00"].map(yuan));
}

#[test]
fn a_payment_is_held_against_the_budget_again() {
    let mut book = given(union_with_money());
    book.then(&control("refuse", "refuse"));
    book.then(&adopt(json!([{"account": "501", "amount": "100.00"}])));
    book.then(&spend("d-1", "50102", "100.00"));
    book.then(&approve(FINANCE, DAY, "d-1", "100.00"));
    let lines = json!([{"account": "501", "by": "-0.01"}]);
    let fields = json!({"budget": 2025, "date": DAY, "lines": lines, "resolution": "决议2025-7号"});
    book.then(&asks(ACCOUNTANT, DAY, "budget.adjust", fields));
    let refused = book.when(&pay(CASHIER, DAY, "d-1", "bank")).unwrap_err();
    assert_eq!(
        refused,
        Refusal::SpendingAboveBudget {
            account: of("501"),
            fund: of("general"),
            planned: yuan("99.99"),
            used: yuan("0.00"),
            asked: yuan("100.00"),
            over: yuan("0.01"),
        }
    );
}

/// The codes of what is only warned of.
fn warned(book: &mut Given, asked: &Asked, key: &str) -> Vec<&'static str> {
    let instruction = given::acts::instruction(asked, key.to_owned(), &book.book);
    let now = asked.on.at(9, 0, Offset::china()).unwrap();
    let receipts = book.book.record(&[instruction], now, Mode::default()).unwrap();
    receipts.iter().flat_map(|receipt| &receipt.warnings).map(Refusal::code).collect()
}

#[test]
fn a_rule_that_warns_takes_it_and_says_so_and_without_a_rule_nothing_is_looked_at() {
    let (above, without) = (spend("d-1", "50102", "2.00"), spend("d-2", "50405", "2.00"));
    let budget = || adopt(json!([{"account": "501", "amount": "1.00"}]));
    let mut free = given(union_with_money().into_iter().chain([budget()]));
    assert_eq!(warned(&mut free, &above, "one"), [""; 0]);
    assert_eq!(warned(&mut free, &without, "two"), [""; 0]);
    let rule = control("warn", "warn");
    let mut told = given(union_with_money().into_iter().chain([rule, budget()]));
    assert_eq!(warned(&mut told, &above, "one"), ["G08"]);
    assert_eq!(warned(&mut told, &without, "two"), ["G07"]);
    assert_eq!(executed(&told, "501"), ["1.00", "0.00", "2.00", "-1.00"].map(yuan));
}

/// A budget that comes down below what is spent is warned of, refused or taken, as spending above it is.
#[test]
fn a_budget_below_what_is_spent_is_judged_as_spending_above_it_is() {
    let cut = json!({"budget": 2025, "date": DAY, "lines": [{"account": "501", "by": "-0.01"}],
        "resolution": "决议2025-7号"});
    let cut = asks(ACCOUNTANT, DAY, "budget.adjust", cut);
    for (above, said) in [("warn", vec!["G09"]), ("allow", vec![])] {
        let mut book = given(union_with_money());
        book.then(&control("refuse", above));
        book.then(&adopt(json!([{"account": "501", "amount": "2.00"}])));
        book.then(&spend("d-1", "50102", "2.00"));
        book.then(&approve(FINANCE, DAY, "d-1", "2.00"));
        book.then(&pay(CASHIER, DAY, "d-1", "bank"));
        assert_eq!(warned(&mut book, &cut, "one"), said, "{above}");
        assert_eq!(executed(&book, "501"), ["1.99", "2.00", "0.00", "-0.01"].map(yuan));
    }
}

/// What one check finds in March.
fn found(book: &Given, check: ClosingCheck, month: &str) -> Vec<String> {
    let report = closing::report(book.state(), book.book.chart(), Some(of(month)));
    let checks = report.checks.into_iter().filter(|found| found.check == check);
    checks.flat_map(|found| found.faults).map(|fault| fault.says.zh).collect()
}

#[test]
fn a_month_does_not_close_on_spending_without_a_budget_where_the_rule_refuses_it() {
    for (without, says) in [
        ("refuse", vec!["资金 general 科目 50405 未列预算，已支出 2.00"]),
        ("warn", vec![]),
        ("allow", vec![]),
    ] {
        let mut book = given(union_with_money());
        book.then(&spend("d-1", "50405", "2.00"));
        book.then(&approve(FINANCE, DAY, "d-1", "2.00"));
        book.then(&pay(CASHIER, DAY, "d-1", "bank"));
        // The year has no budget at all, and then one that leaves it out.
        let rule_ = json!({
            "name": "budget_control", "adjustments_per_year": 9, "without": without,
            "above": "refuse",
        });
        book.then(&rule(CHAIR, DAY, &rule_));
        assert_eq!(found(&book, ClosingCheck::BudgetKept, "2025-03"), says);
        let lines = json!([{"account": "501", "amount": "100.00"}]);
        let fields =
            json!({"budget": 2025, "date": DAY, "lines": lines, "resolution": "决议2025-2号"});
        book.then(&asks(ACCOUNTANT, DAY, "budget.adopt", fields));
        assert_eq!(found(&book, ClosingCheck::BudgetKept, "2025-03"), says);
        let more = json!([{"account": "504", "by": "2.00"}]);
        let fields =
            json!({"budget": 2025, "date": DAY, "lines": more, "resolution": "决议2025-3号"});
        book.then(&asks(ACCOUNTANT, DAY, "budget.adjust", fields));
        assert_eq!(found(&book, ClosingCheck::BudgetKept, "2025-03"), [""; 0]);
    }
}

/// What the report of advances shows as open stands against the year's closing, and nothing else that
/// is on 其他应收款.
#[test]
fn a_year_waits_for_its_advances_and_for_no_other_receivable() {
    let mut book = given(union_with_money());
    let fields = requested(DAY, "d-1", "135", "60.00", &json!({"officer": CHAIR}));
    book.then(&asks(CLERK, DAY, "disbursement.request", fields));
    book.then(&approve(FINANCE, DAY, "d-1", "60.00"));
    book.then(&pay(CASHIER, DAY, "d-1", "cash"));
    // The cashier answers for 5.00 that the till was short, and pays it back some day.
    let count = json!({"date": DAY, "counted": "35.00", "witness": ACCOUNTANT});
    let count = book.then(&asks(CASHIER, DAY, "cash.count", count))[0].seq;
    let short = json!({"date": DAY, "kind": "short", "amount": "5.00", "count": count});
    let short = book.then(&asks(ACCOUNTANT, DAY, "cash_difference.record", short))[0].seq;
    let ends =
        json!({"date": DAY, "of": short, "ends": {"liable": CASHIER}, "basis": "决议2025-6号"});
    book.then(&asks(CHAIR, DAY, "cash_difference.resolve", ends));
    let open = |book: &Given| found(book, ClosingCheck::AdvancesSettled, "2025-12");
    assert_eq!(open(&book), ["借款 d-1 尚欠 60.00"]);
    let settle = |amount: &str| {
        let fields = json!({
            "date": DAY, "disbursement": "d-1", "returned": "0.00", "into": "cash",
            "spent": [{"account": "50504", "amount": amount, "purpose": "差旅费"}],
        });
        asks(ACCOUNTANT, DAY, "advance.settle", fields)
    };
    book.then(&settle("55.00"));
    assert_eq!(open(&book), ["借款 d-1 尚欠 5.00"]);
    book.then(&settle("5.00"));
    assert_eq!(open(&book), [""; 0]);
    let standing = book.state().accounts.balance(&of("general"), &of("135"));
    assert_eq!(standing, yuan("5.00"));
}

/// Nothing of a list comes back in another year, so that the year waits for it.
#[test]
fn a_year_waits_for_the_lists_that_were_paid_in_it() {
    use given::welfare::{all_but, items, paid, sent_back};
    let two = [("m-1", "60.00"), ("m-2", "60.00")];
    let asked = union_with_money().into_iter().chain(items());
    let mut book = given(asked.chain(paid(DAY, "b-1", "feast", &two, "bank")));
    let open = |book: &Given| found(book, ClosingCheck::BenefitsSettled, "2025-12");
    assert_eq!(open(&book), ["名册 b-1 有 2 人未签收，未领未退 0.00"]);
    book.then(&all_but(DAY, "b-1", &["m-2"]));
    assert_eq!(open(&book), ["名册 b-1 有 0 人未签收，未领未退 60.00"]);
    book.then(&sent_back(DAY, "b-1", "bank"));
    assert_eq!(open(&book), [""; 0]);
}

#[test]
fn a_long_budget_is_several_records_and_none_is_too_long() {
    // The longest names that there can be, thirty times.
    let long = |place: usize| format!("{place:02}{}", "x".repeat(38));
    let line = |place: usize| json!({"account": "50101", "project": long(place), "amount": "9999999999.99"});
    let lines: Vec<Value> = (0..30).map(line).collect();
    let resolution = "决".repeat(200);
    let fields = json!({"budget": 2025, "date": FIRST, "lines": lines, "resolution": resolution});
    let mut book = given(union());
    let records = book.then(&asks(ACCOUNTANT, FIRST, "budget.adopt", fields));
    let lines = |record: &Recorded| {
        let Fact::BudgetAdopted(part) = &record.fact else { panic!("{record:?}") };
        part.lines.len()
    };
    let parts: Vec<usize> = records.iter().map(lines).collect();
    assert_eq!(parts, [12, 12, 6]);
    let longest = book.lines().iter().map(Vec::len).max().unwrap();
    assert!(longest <= 4_096, "{longest}");
    assert_eq!(executed(&book, "50101")[0], yuan("299999999999.70"));
}

/// A year of a small union: dues, earmarked money, spending, closed.
fn a_year() -> Given {
    let mut asked = union_with_money();
    let lines = json!([
        {"account": "401", "amount": "60.00"},
        {"account": "403", "fund": RELIEF, "amount": "80.00"},
        {"account": "501", "amount": "200.00", "project": "spring"},
        {"account": "501", "amount": "100.00"},
        {"account": "504", "fund": RELIEF, "amount": "80.00"},
    ]);
    asked.push(adopt(lines));
    asked.push(dues(FIRST, "m-1", "2025-01", "25.00"));
    asked.push(subsidy(FIRST, "superior_earmarked", RELIEF, "80.00"));
    asked.push(interest(FIRST, "3.00"));
    let mut relief = requested(FIRST, "d-1", "50404", "30.00", &json!({"organisation": "医院"}));
    relief["fund"] = RELIEF.into();
    asked.push(asks(CLERK, FIRST, "disbursement.request", relief));
    asked.push(approve(FINANCE, FIRST, "d-1", "30.00"));
    asked.push(pay(CASHIER, FIRST, "d-1", "bank"));
    asked.push(request(FIRST, "d-2", "150.00"));
    asked.push(approve(FINANCE, FIRST, "d-2", "150.00"));
    asked.push(pay(CASHIER, FIRST, "d-2", "bank"));
    given(asked)
}

#[test]
fn actual_figures_are_the_trial_balance_before_and_after_the_year_is_closed() {
    let mut book = a_year();
    let looked = |book: &Given| {
        let report = report(book, Term::Year(of_year()));
        let accounts =
            final_accounts::report(book.state(), book.book.chart(), Term::Year(of_year()));
        assert!(report.agrees && accounts.balance.agrees);
        let total = accounts.balance.total;
        assert_eq!(total.opening.plus(accounts.net), total.closing);
        (report.income.total, report.spending.total, accounts.income, accounts.spending)
    };
    let before = looked(&book);
    assert_eq!(before.0.actual, yuan("108.00"));
    assert_eq!(before.1.actual, yuan("180.00"));
    for asked in eleven_months() {
        book.then(&asked);
    }
    book.then(&close_year("2025-12-31", 2025));
    assert_eq!(looked(&book), before);
    // Interest was not planned, and is there all the same.
    let unplanned: Vec<_> = report(&book, Term::Year(of_year()))
        .income
        .lines
        .into_iter()
        .filter(|l| !l.budgeted)
        .collect();
    assert_eq!(unplanned.len(), 1);
    assert_eq!(unplanned[0].account.code.as_str(), "408");
    // As of a month, later vouchers are left out.
    assert_eq!(report(&book, Term::Month(of("2025-01"))).income.total, before.0);
}

#[test]
fn earmarked_money_has_its_own_account_of_receipts_and_uses() {
    let book = a_year();
    let report = earmarked::report(book.state(), book.book.chart(), Period::Year(of_year()), None);
    let [fund] = report.funds.as_slice() else { panic!("{report:?}") };
    assert!(fund.agrees);
    let line = |line: &earmarked::Line| (line.account.code.to_string(), line.amount);
    let of_lines = |lines: &[earmarked::Line]| lines.iter().map(line).collect::<Vec<_>>();
    assert_eq!(of_lines(&fund.receipts), [("40302".to_owned(), yuan("80.00"))]);
    assert_eq!(of_lines(&fund.uses), [("50404".to_owned(), yuan("30.00"))]);
    assert_eq!(fund.payments.len(), 1);
    assert_eq!(fund.movement.closing, yuan("50.00"));
}

#[test]
fn a_closing_says_what_stands_against_it_and_then_is_done() {
    let checks = json!({
        "name": "closing_checks", "checks": ["vouchers_reviewed", "requests_ended", "budget_kept"],
    });
    let mut given_ = union_with_money();
    given_.insert(union().len(), rule(CHAIR, FIRST, &checks));
    let mut book = given(given_);
    let seen = |book: &Given| {
        let report = closing::report(book.state(), book.book.chart(), None);
        let faults =
            report.checks.iter().filter(|c| c.asked).map(|c| c.faults.len()).sum::<usize>();
        assert_eq!(report.ready, faults == 0);
        (faults, report.next)
    };
    let next = "mingzhang record vouchers.review --month 2025-01 --first 1 --help";
    assert_eq!(seen(&book), (1, next.to_owned()));
    let fields = json!({"month": "2025-01", "first": 1, "last": 1});
    book.then(&asks(FINANCE, "2025-02-01", "vouchers.review", fields));
    assert_eq!(seen(&book), (0, "mingzhang record period.close --month 2025-01".to_owned()));
    book.then(&close("2025-02-01", "2025-01"));
    let state = book.state();
    assert_eq!(state.periods.reviewer(of("记-2025-01-0001")), Some(&of(FINANCE)));
    assert_eq!(state.periods.preparer(of("记-2025-01-0001")), Some(&of(ACCOUNTANT)));
}

/// What stands against the closing of a month.
fn faults(book: &mut Given, on: &str, month: &str) -> Vec<ClosingFault> {
    match book.when(&close(on, month)) {
        Err(Refusal::ClosingChecksFailed { month: found, faults }) => {
            assert_eq!(found, of(month));
            faults
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_month_closes_on_cash_that_was_counted_and_a_bank_that_was_reconciled_and_still_is() {
    let on = "2025-02-06";
    let checks = json!({"name": "closing_checks", "checks": ["cash_counted", "bank_reconciled"]});
    let mut book = given(union_with_money());
    book.then(&rule(CHAIR, FIRST, &checks));
    let drawn = book.then(&cash("cash.draw", "2025-01-20", "10.00"))[0].seq;
    let not_counted = |counted: Option<&str>| ClosingFault::CashNotCounted {
        month: of("2025-01"),
        moved: Some(of("2025-01-20")),
        counted: counted.map(of),
        book: yuan("110.00"),
    };
    let day = of("2025-01-31");
    let bank = ClosingFault::BankNotReconciled { day, book: yuan("990.00"), statement: None };
    assert_eq!(faults(&mut book, on, "2025-01"), [not_counted(None), bank.clone()]);
    let count = |book: &mut Given, date: &str, counted: &str| {
        let fields = json!({"date": date, "counted": counted, "witness": ACCOUNTANT});
        book.then(&asks(CASHIER, on, "cash.count", fields))[0].seq
    };
    // A count before the till's last movement says nothing of what came after it.
    count(&mut book, "2025-01-15", "100.00");
    assert_eq!(faults(&mut book, on, "2025-01"), [not_counted(Some("2025-01-15")), bank.clone()]);
    let counted = count(&mut book, "2025-01-31", "109.00");
    let differs = ClosingFault::CashDiffers {
        day: of("2025-01-31"),
        counted: yuan("109.00"),
        book: yuan("110.00"),
    };
    assert_eq!(faults(&mut book, on, "2025-01"), [differs, bank.clone()]);
    let fields = json!({"date": "2025-01-31", "kind": "short", "amount": "1.00", "count": counted});
    book.then(&asks(ACCOUNTANT, on, "cash_difference.record", fields));
    assert_eq!(faults(&mut book, on, "2025-01"), [bank]);

    let line = json!([{"no": 1, "date": "2025-01-20", "amount": "-10.00"}]);
    let statement = json!({
        "statement": "b-1", "date": on, "first": FIRST, "last": "2025-01-31",
        "opening": "1000.00", "closing": "990.00", "source": "ab".repeat(32), "lines": line,
    });
    book.then(&asks(ACCOUNTANT, on, "bank_statement.record", statement));
    let pair = json!({"statement": "b-1", "lines": [1], "seqs": [drawn]});
    book.then(&asks(ACCOUNTANT, on, "bank.match", pair));
    let statement = Some(of("b-1"));
    let bank = ClosingFault::BankNotReconciled { day, book: yuan("990.00"), statement };
    assert_eq!(faults(&mut book, on, "2025-01"), [bank]);
    let reconcile = |adjusted: &str| {
        let fields = json!({"date": on, "statement": "b-1", "adjusted": adjusted});
        asks(ACCOUNTANT, on, "bank.reconcile", fields)
    };
    book.then(&reconcile("990.00"));
    // What is dated back since makes it another book, and it is reconciled again.
    book.then(&interest_into("general", on, "2025-01-21", "3.00"));
    let (reconciled, now) = (yuan("990.00"), yuan("993.00"));
    let since = ClosingFault::BankMovedSince { day, reconciled, book: now, statement: of("b-1") };
    assert_eq!(faults(&mut book, on, "2025-01"), [since]);
    book.then(&reconcile("993.00"));
    book.then(&close(on, "2025-01"));
    // Nothing moved in February, and what is there is looked at all the same.
    let day = of("2025-02-28");
    let left = ClosingFault::CashNotCounted {
        month: of("2025-02"),
        moved: None,
        counted: None,
        book: yuan("109.00"),
    };
    let bank = ClosingFault::BankNotReconciled { day, book: yuan("993.00"), statement: None };
    assert_eq!(faults(&mut book, "2025-03-01", "2025-02"), [left.clone(), bank]);
    // A statement that ends before the month does: one without lines goes through its last day.
    let on = "2025-03-01";
    let ends = |id: &str, first: &str, last: &str, lines: Value| {
        let fields = json!({
            "statement": id, "date": on, "first": first, "last": last,
            "opening": if id == "b-2" { "990.00" } else { "993.00" }, "closing": "993.00",
            "source": "ab".repeat(32), "lines": lines,
        });
        asks(ACCOUNTANT, on, "bank_statement.record", fields)
    };
    let line = json!([{"no": 1, "date": "2025-02-20", "amount": "3.00"}]);
    book.then(&ends("b-2", "2025-02-01", "2025-02-20", line));
    let early = ClosingFault::BankStatementEndsEarly {
        day,
        book: yuan("993.00"),
        statement: of("b-2"),
        ends: of("2025-02-20"),
        closing: yuan("993.00"),
    };
    let next = "mingzhang record bank_statement.record --first 2025-02-21 --last 2025-02-28 \
                --opening 993.00 --closing 993.00 --help";
    assert_eq!(early.next(), next);
    assert_eq!(faults(&mut book, on, "2025-02"), [left.clone(), early]);
    book.then(&ends("b-3", "2025-02-21", "2025-02-28", json!([])));
    // The interest of both sides is not matched, and counts on each.
    let fields = json!({"date": on, "statement": "b-3", "adjusted": "996.00"});
    book.then(&asks(ACCOUNTANT, on, "bank.reconcile", fields));
    assert_eq!(faults(&mut book, on, "2025-02"), [left]);
}

#[test]
fn a_month_closes_when_its_depreciation_is_recorded() {
    let checks = json!({"name": "closing_checks", "checks": ["depreciation_recorded"]});
    let mut book = given(with_television());
    book.then(&rule(CHAIR, BOUGHT, &checks));
    book.then(&close(BOUGHT, "2025-01"));
    let left =
        ClosingFault::DepreciationLeft { first: of("2025-02"), assets: 1, amount: yuan("50.00") };
    assert_eq!(faults(&mut book, "2025-03-01", "2025-02"), [left]);
    book.then(&depreciate("2025-03-01", "2025-02"));
    book.then(&close("2025-03-01", "2025-02"));
}

/// 结转 of a fund that is marked, from its first day on and before anything is posted on 331: its income
/// and spending are carried to 33103, and what is put right later is 调整.
#[test]
fn the_supplement_of_fiscal_money_has_what_is_marked_and_what_is_carried_to_331() {
    let mark = json!({"fund": "fiscal", "source": "财政批复"});
    let mut asked = officers("county");
    asked.extend([
        establish(ACCOUNTANT, FIRST, "fiscal", true),
        asks(ACCOUNTANT, FIRST, "fiscal_fund.mark", mark),
        interest_into("fiscal", FIRST, FIRST, "60.00"),
    ]);
    let mut book = given(asked);
    let of_interest = book.state().next().0 - 1;
    let seen = |book: &Given, year: i32| {
        let report =
            fiscal_grants::report(book.state(), book.book.chart(), Term::Year(FiscalYear(year)));
        assert!(report.holds);
        let mut of_funds = report.lines.iter().filter(|line| line.fund.is_some());
        let amounts = of_funds.next().unwrap().amounts.unwrap();
        [
            amounts.opening_carried,
            amounts.adjusted,
            amounts.income,
            amounts.closing_carried,
            amounts.closing_surplus,
        ]
    };
    let open = ["0.00", "0.00", "60.00", "60.00", "0.00"].map(yuan);
    assert_eq!(seen(&book, 2025), open);
    for asked in eleven_months().into_iter().chain([close_year("2025-12-31", 2025)]) {
        book.then(&asked);
    }
    assert_eq!(seen(&book, 2025), open);
    let back = [("102", "debit", "5.00")];
    book.then(&correct_prior_year("2026-02-10", of_interest, "fiscal", &back));
    assert_eq!(seen(&book, 2026), ["60.00", "5.00", "0.00", "65.00", "0.00"].map(yuan));
    let assets =
        state_assets::report(book.state(), book.book.chart(), Term::Year(FiscalYear(2026)));
    assert_eq!(assets.lines[0].amounts.closing, yuan("65.00"));
}

#[test]
fn the_scenes_of_the_golden_records_are_in_order() {
    let whole = union().into_iter().chain(golden::scene());
    let seen = |book: &Given| {
        let read = |line: &Vec<u8>| Envelope::read(line).unwrap().kind;
        book.lines().iter().map(read).collect::<BTreeSet<String>>()
    };
    let mut kinds = seen(&given(whole));
    kinds.extend(seen(&given(golden::county())));
    kinds.extend(seen(&given(golden::prior_year())));
    for kind in [
        "budget.adopted",
        "budget.adjusted",
        "fund.limited",
        "fund.released",
        "fund.closed",
        "fiscal_fund.marked",
        "vouchers.reviewed",
        "prior_year.corrected",
    ] {
        assert!(kinds.contains(kind), "{kind}");
    }
}
