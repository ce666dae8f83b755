//! A book that begins in mid-life: one document is recorded whole, or every fault of it is named and
//! nothing is recorded.
#![allow(clippy::wildcard_enum_match_arm, reason = "a few facts are looked for among all")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

#[path = "../given/mod.rs"]
mod given;
mod faults;
mod registers;

use std::fs;

use given::{ACCOUNTANT, Given, given, of, officers, yuan};
use mingzhang::chart::old::OldChart;
use mingzhang::date::{FiscalYear, Month};
use mingzhang::event::Recorded;
use mingzhang::money::Money;
use mingzhang::report::asked::{Asked, Ledger, Made, Name, make};
use mingzhang::report::trial_balance::By;
use mingzhang::report::{
    Period, Term, balance_sheet, budget, dues, final_accounts, funds, income_statement,
    trial_balance,
};
use mingzhang::rules::opening::{Document, Plan, plan};
use mingzhang::rules::{Command, Refusal};
use serde_json::{Value, json};

/// A book with its officers that begins on this day, a year and more after its records are made.
fn begun(starts: &str) -> Given {
    let mut asked = officers("grassroots");
    for one in &mut asked {
        if let Command::CreateLedger(new) = &mut one.command {
            new.starts = of(starts);
        }
        one.on = of("2026-01-05");
    }
    asked.push(given::rule(given::CHAIR, "2026-01-05", &given::dues_rate()));
    for one in &mut asked {
        if let Command::SetRule(rule) = &mut one.command {
            rule.from = of("2020-01-01");
        }
    }
    given(asked)
}

/// What a union hands over on the last day of June.
fn june() -> Value {
    json!({
        "as_of": "2025-06-30",
        "source": "原账2025年6月30日科目余额表",
        "groups": [{"group": "g1", "name": "一车间"}],
        "balances": [
            {"account": "102", "debit": "1000.00"},
            {"account": "135", "debit": "50.00"},
            {"account": "141", "debit": "80.00"},
            {"account": "162", "debit": "600.00"},
            {"account": "163", "credit": "100.00"},
            {"account": "30101", "credit": "80.00"},
            {"account": "30104", "credit": "500.00"},
            {"account": "32205", "credit": "900.00"},
            {"account": "401", "credit": "250.00"},
            {"account": "50105", "debit": "100.00"},
            {"account": "102", "fund": "relief", "debit": "300.00"},
            {"account": "32104", "fund": "relief", "credit": "300.00"},
        ],
        "members": [
            {"member": "m-1", "group": "g1", "joined": "2020-05-01", "base": "5000.00",
             "dues_paid_through": "2025-06"},
            {"member": "m-2", "group": "g1", "joined": "2020-05-01", "base": "5000.00",
             "dues_paid_through": "2025-04"},
            {"member": "m-3", "group": "g1", "joined": "2020-05-01", "base": "5000.00",
             "dues_paid_through": "2025-03", "arrears": "60.00"},
        ],
        "control": {"debit": "2130.00", "credit": "2130.00", "members": 3},
    })
}

/// The balances of the last day of 2021, of the former system.
fn of_2009() -> Value {
    json!({
        "as_of": "2021-12-31",
        "chart": "2009",
        "source": "2021年12月31日原账科目余额表",
        "balances": [
            {"account": "102", "debit": "1000.00"},
            {"account": "121", "debit": "30.00"},
            {"account": "135", "debit": "20.00"},
            {"account": "141", "debit": "80.00"},
            {"account": "162", "debit": "600.00", "split": [
                {"account": "162", "amount": "550.00", "why": "符合新标准"},
                {"account": "141", "amount": "50.00", "why": "不足1,000元"},
            ]},
            {"account": "225", "credit": "15.00"},
            {"account": "301", "credit": "600.00", "split": [
                {"account": "30104", "amount": "550.00", "why": "与固定资产对应"},
                {"account": "30101", "amount": "50.00", "why": "与库存物品对应"},
            ]},
            {"account": "322", "credit": "200.00"},
            {"account": "331", "credit": "915.00", "split": [
                {"account": "30101", "amount": "80.00", "why": "原库存物品"},
                {"account": "32205", "amount": "835.00", "why": "结余"},
            ]},
        ],
        "control": {"debit": "1730.00", "credit": "1730.00"},
    })
}

fn planned(book: &Given, document: &Value) -> Plan {
    let document: Document = serde_json::from_value(document.clone()).unwrap();
    plan(&document, book.state(), book.book.chart(), &of(ACCOUNTANT))
}

/// Records a document that is in order, one command after the other.
fn recorded(book: &mut Given, document: &Value) -> Vec<Recorded> {
    let plan = planned(book, document);
    assert_eq!(plan.faults, []);
    let ask = |command: Command| given::Asked {
        by: of(ACCOUNTANT),
        on: of("2026-01-05"),
        command,
        signed: Vec::new(),
    };
    plan.commands.into_iter().flat_map(|one| book.then(&ask(one.command))).collect()
}

fn control(document: &mut Value, debit: &str, credit: &str) {
    document["control"]["debit"] = debit.into();
    document["control"]["credit"] = credit.into();
}

fn card(cost: &str, worn: &str) -> Value {
    json!({
        "asset": "a-1", "name": "复印机", "category": "office", "cost": cost,
        "in_use_from": "2024-07-01", "life_months": 72, "worn": {"months": 12, "amount": worn},
        "keeper": {"officer": "clerk"}, "place": "办公室",
    })
}

fn towels(fund: &str, quantity: u32, amount: &str) -> Value {
    json!({
        "item": "towel", "name": "毛巾", "unit": "条", "keeper": {"officer": "clerk"},
        "fund": fund, "quantity": quantity, "amount": amount,
    })
}

fn advance(amount: &str) -> Value {
    json!({"advance": "old-1", "who": {"officer": "clerk"}, "amount": amount, "since": "2025-05-06", "purpose": "备用金"})
}

#[test]
fn what_was_handed_over_is_what_the_book_begins_with() {
    let mut book = begun("2025-07-01");
    recorded(&mut book, &june());
    let (state, chart) = (book.state(), book.book.chart());
    let trial = trial_balance::report(state, chart, Period::All, By::Fund);
    let lines = trial.lines.iter().map(|line| {
        let fund = line.fund.as_ref().map(ToString::to_string).unwrap_or_default();
        let columns = line.amounts.opening;
        format!("{} {fund} {} {}", line.account.code, columns.debit, columns.credit)
    });
    let mut lines: Vec<String> = lines.collect();
    lines.sort();
    let mut expected = vec![
        "102 general 1000.00 0.00",
        "135 general 50.00 0.00",
        "141 general 80.00 0.00",
        "162 general 600.00 0.00",
        "163 general 0.00 100.00",
        "30101 general 0.00 80.00",
        "30104 general 0.00 500.00",
        "32205 general 0.00 900.00",
        "401 general 0.00 250.00",
        "50105 general 100.00 0.00",
        "102 relief 300.00 0.00",
        "32104 relief 0.00 300.00",
    ];
    expected.sort_unstable();
    assert_eq!(lines, expected);
    let sheet = balance_sheet::report(state, chart, Term::Month(of("2025-07")));
    assert!(sheet.balanced);
}

/// Nothing up to the month that is paid, then by the rule; or what the old book says, once.
#[test]
fn arrears_begin_as_the_old_book_left_them() {
    let mut book = begun("2025-07-01");
    recorded(&mut book, &june());
    let owed = |member: &str, month: &str| book.state().dues_due(&of(member), of(month)).unwrap();
    let of_member = |member: &str| {
        ["2025-03", "2025-04", "2025-05", "2025-06", "2025-07"].map(|m| owed(member, m).to_string())
    };
    assert_eq!(of_member("m-1"), ["0.00", "0.00", "0.00", "0.00", "25.00"]);
    assert_eq!(of_member("m-2"), ["0.00", "0.00", "25.00", "25.00", "25.00"]);
    assert_eq!(of_member("m-3"), ["0.00", "0.00", "0.00", "60.00", "25.00"]);
    let year = Period::Year(FiscalYear(2025));
    let report = dues::report(book.state(), book.book.chart(), year);
    let behind = |member: &str| {
        let found = report.arrears.iter().find(|line| line.member.as_str() == member).unwrap();
        found.months.iter().map(|m| m.month).filter(|m| *m < of::<Month>("2025-07")).count()
    };
    assert_eq!([behind("m-1"), behind("m-2"), behind("m-3")], [0, 2, 1]);
    // The old arrears are paid like any other dues.
    let paid = given::dues("2026-01-05", "m-3", "2025-06", "60.00");
    book.then(&paid);
    let again = given::dues("2026-01-05", "m-3", "2025-06", "0.01");
    let refusal = book.when(&again).unwrap_err();
    assert_eq!(refusal.code(), "D03", "{refusal:?}");
}

/// Half a year's spending before the book is spending of the year's budget: the report, the final
/// accounts and the rule count it, so that nothing is spent twice.
#[test]
fn the_budget_counts_what_was_earned_and_spent_before_the_book() {
    let mut book = begun("2025-07-01");
    recorded(&mut book, &june());
    let on = "2026-01-05";
    let rule = json!({
        "name": "budget_control", "adjustments_per_year": 1, "without": "refuse", "above": "refuse",
    });
    let mut rule = given::rule(given::CHAIR, on, &rule);
    if let Command::SetRule(rule) = &mut rule.command {
        rule.from = of("2020-01-01");
    }
    book.then(&rule);
    let lines = json!([
        {"account": "401", "amount": "500.00"}, {"account": "501", "amount": "150.00"},
    ]);
    let fields = json!({"budget": 2025, "date": on, "lines": lines, "resolution": "决议2025-2号"});
    book.then(&given::asks(ACCOUNTANT, on, "budget.adopt", fields));
    let year = Term::Year(FiscalYear(2025));
    for term in [year, Term::Month(of("2025-07"))] {
        let report = budget::report(book.state(), book.book.chart(), term);
        let [income, spending] = [&report.income.lines[0], &report.spending.lines[0]];
        assert_eq!([income.amounts.actual, income.amounts.left], [yuan("250.00"); 2]);
        assert_eq!(
            [spending.amounts.actual, spending.amounts.left],
            [yuan("100.00"), yuan("50.00")]
        );
        assert!(report.agrees);
        assert_eq!([report.income.lines.len(), report.spending.lines.len()], [1, 1]);
    }
    let accounts = final_accounts::report(book.state(), book.book.chart(), year);
    assert_eq!(accounts.income.total.actual, yuan("250.00"));
    assert_eq!(accounts.spending.lines[0].figure.budget, yuan("150.00"));
    assert_eq!(accounts.spending.lines[0].figure.actual, yuan("100.00"));
    let spend = |amount: &str| {
        let payee = json!({"organisation": "商店"});
        let mut fields = given::requested("2025-12-31", "d-1", "50105", amount, &payee);
        fields["date"] = "2025-12-31".into();
        given::asks(given::CLERK, on, "disbursement.request", fields)
    };
    let above = book.when(&spend("50.01")).unwrap_err();
    let told = Refusal::SpendingAboveBudget {
        account: of("501"),
        fund: of("general"),
        planned: yuan("150.00"),
        used: yuan("100.00"),
        asked: yuan("50.01"),
        over: yuan("0.01"),
    };
    assert_eq!(above, told);
    book.then(&spend("50.00"));
}

/// The year's statement is of the whole year, and each month's of that month.
#[test]
fn the_year_s_statement_has_the_results_of_before_the_book() {
    let mut book = begun("2025-07-01");
    recorded(&mut book, &june());
    book.then(&given::interest("2026-01-05", "1.00"));
    let (state, chart) = (book.state(), book.book.chart());
    let figure = |term: Term, name: &str| {
        let report = income_statement::report(state, chart, term);
        if let Some(proof) = report.proof {
            assert!(proof.holds, "{proof:?}");
        }
        let line = report.lines.iter().find(|line| line.name.zh == name).unwrap();
        (line.this, line.other)
    };
    let year = Term::Year(FiscalYear(2025));
    assert_eq!(figure(year, "一、年初资金结转结余").0, yuan("1200.00"));
    assert_eq!(figure(year, "(一)会费收入").0, yuan("250.00"));
    assert_eq!(figure(year, "(一)职工活动支出").0, yuan("100.00"));
    assert_eq!(figure(year, "六、年末资金结转结余").0, yuan("1350.00"));
    let july = figure(Term::Month(of("2025-07")), "(一)会费收入");
    assert_eq!(july, (Money::ZERO, Some(yuan("250.00"))));
}

#[test]
fn every_report_of_a_year_counts_what_was_taken_over_alike() {
    let mut book = begun("2025-07-01");
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/practices/22-opening.json");
    let mut document: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    // The book has it already.
    document.as_object_mut().unwrap().remove("funds");
    recorded(&mut book, &document);
    let (state, chart) = (book.state(), book.book.chart());
    let (year, period) = (FiscalYear(2025), Period::Year(FiscalYear(2025)));
    let statement = income_statement::report(state, chart, Term::Year(year));
    let of_02 = |name: &str| statement.lines.iter().find(|l| l.name.zh == name).unwrap().this;
    for term in [Term::Year(year), Term::Month(of("2025-09"))] {
        let sheet = balance_sheet::report(state, chart, term);
        let of_01 = |code: &str| {
            let found = sheet.lines.iter().find(|l| l.accounts == [code.to_owned()]).unwrap();
            found.amounts.opening
        };
        assert_eq!([of_01("321"), of_01("322")], [yuan("3500.00"), yuan("48750.00")]);
        assert_eq!(of_01("321"), of_02("(一)年初资金结转"));
        assert_eq!(of_01("322"), of_02("(二)年初资金结余"));
        assert_eq!(sheet.taken_over.unwrap().result, yuan("3350.00"));
        assert!(sheet.balanced, "{:?}", sheet.difference);
    }
    let [income, spending] = [yuan("6850.00"), yuan("3500.00")];
    assert_eq!([of_02("三、收入合计"), of_02("四、支出合计")], [income, spending]);
    let accounts = final_accounts::report(state, chart, Term::Year(year));
    assert_eq!([accounts.income.total.actual, accounts.spending.total.actual], [income, spending]);
    let funds = funds::report(state, chart, period);
    assert_eq!([funds.total.income, funds.total.spending], [income, spending]);
    assert_eq!(funds.total.opening, of_02("一、年初资金结转结余"));
    assert_eq!(funds.total.closing, of_02("六、年末资金结转结余"));
    assert!(funds.agrees);
    let asked = Asked { name: Name::GeneralLedger, period: Some(period), by_fund: false, of: None };
    let made = make(&asked.settle(state), Ledger::of(state, chart));
    let Made::GeneralLedger(ledger) = made else { panic!("{made:?}") };
    let page = ledger.pages.iter().find(|page| page.account.code.as_str() == "402").unwrap();
    assert_eq!(page.rows[0].date, of("2025-07-01"));
    assert_eq!(page.rows[0].balance, yuan("3600.00"));
    // A later year begins with what it is given, and counts none of it again.
    let next = income_statement::report(state, chart, Term::Year(FiscalYear(2026)));
    let income = next.lines.iter().find(|l| l.name.zh == "三、收入合计").unwrap();
    assert_eq!((income.this, income.other), (Money::ZERO, Some(yuan("6850.00"))));
}

#[test]
fn the_balances_of_the_former_chart_go_where_the_law_sends_them() {
    let mut book = begun("2022-01-01");
    let plan = planned(&book, &of_2009());
    let moved = plan.moved.iter().map(|moved| {
        let (debit, credit) = moved.line.side.columns();
        let amount = debit.or(credit).unwrap();
        format!("{} -> {} {amount}", moved.from, moved.line.account)
    });
    let expected = [
        "102 -> 102 1000.00",
        "121 -> 135 30.00",
        "135 -> 135 20.00",
        "141 -> 141 80.00",
        "162 -> 162 550.00",
        "162 -> 141 50.00",
        "225 -> 215 15.00",
        "301 -> 30104 550.00",
        "301 -> 30101 50.00",
        "322 -> 32205 200.00",
        "331 -> 30101 80.00",
        "331 -> 32205 835.00",
    ];
    assert_eq!(moved.collect::<Vec<_>>(), expected);
    recorded(&mut book, &of_2009());
    let trial = trial_balance::report(book.state(), book.book.chart(), Period::All, By::Account);
    let total = trial.total.closing;
    assert_eq!((total.debit, total.credit), (yuan("1730.00"), yuan("1730.00")));
}

/// Whatever account of the former chart has a balance goes somewhere, or is refused with its reason.
#[test]
fn no_account_of_the_former_chart_is_passed_over() {
    let book = begun("2022-01-01");
    for account in OldChart::built_in().unwrap().accounts() {
        let mut document = of_2009();
        document["balances"] = json!([{"account": account.code, "debit": "1.00"}]);
        let plan = planned(&book, &document);
        let codes: Vec<&str> = plan.faults.iter().map(|fault| fault.found.code()).collect();
        let refused = ["O31", "O32"].iter().any(|code| codes.contains(code));
        let whole = !account.decide && !account.to.is_empty();
        assert_eq!(plan.moved.len(), usize::from(whole), "{}", account.code);
        assert_eq!(refused, !whole, "{}: {codes:?}", account.code);
    }
}

fn mutual() -> Value {
    json!({"project": "mutual", "name": "互助会", "whose": "示例互助会", "purpose": "互助"})
}

/// 40 accounts are more than one record holds.
#[test]
fn a_long_opening_becomes_vouchers_that_each_balance() {
    let mut book = begun("2025-07-01");
    let chart = book.book.chart().clone();
    let postable = |code: &&str| chart.is_postable(&of(code));
    let debits = ["101", "102", "13101", "13102", "132", "135", "50101", "50102", "50103", "50104"];
    let more = ["50105", "50106", "50301", "50302", "50303", "50304", "50305", "50401", "50402"];
    let debits: Vec<&str> = debits.into_iter().chain(more).filter(postable).collect();
    let credits = ["211", "215", "221", "401", "402", "40301", "405", "408", "407", "32205"];
    let mut balances: Vec<Value> = Vec::new();
    let mut sum = 0;
    for (n, account) in (1i64..).zip(&debits) {
        sum += n * 1_000_000_001;
        let debit = Money::from_fen(n * 1_000_000_001);
        balances.push(json!({"account": account, "debit": debit}));
    }
    let mut rest = sum;
    for (n, account) in (1i64..).zip(&credits) {
        let fen = if *account == "32205" { rest } else { n * 999_999_937 };
        rest -= fen;
        balances.push(json!({"account": account, "credit": Money::from_fen(fen)}));
    }
    let mut document = june();
    for balance in &mut balances {
        if balance["account"] == "221" {
            balance["fund"] = "mutual".into();
        }
    }
    let kept = Money::from_fen(3 * 999_999_937);
    balances.push(json!({"account": "10201", "fund": "mutual", "debit": kept}));
    if let Some(rest) = balances.iter_mut().find(|balance| balance["account"] == "32205") {
        let fen = rest["credit"].as_str().unwrap().parse::<Money>().unwrap();
        rest["credit"] = json!(fen.plus(kept));
    }
    let sum = sum + 3 * 999_999_937;
    document["custody"] = json!([mutual()]);
    document["balances"] = balances.into();
    document["members"] = json!([]);
    let sum = Money::from_fen(sum);
    document["control"] = json!({"debit": sum, "credit": sum});
    let records = recorded(&mut book, &document);
    let vouchers: Vec<_> = records.iter().filter_map(|r| r.voucher.as_ref()).collect();
    assert!(vouchers.len() >= 2, "{}", vouchers.len());
    for voucher in &vouchers {
        let balance = Money::sum(voucher.entries.iter().map(|e| e.side.balance()));
        assert!(balance.is_zero() && voucher.entries.len() <= 16, "{}", voucher.number);
    }
    let trial = trial_balance::report(book.state(), &chart, Period::All, By::Account);
    assert_eq!(trial.lines.len(), debits.len() + credits.len() + 1);
    assert_eq!((trial.total.closing.debit, trial.total.closing.credit), (sum, sum));
    assert!(book.lines().iter().all(|line| line.len() <= 4_096));
}
