//! A book that begins in mid-life: one document is recorded whole, or every fault of it is named and
//! nothing is recorded.
#![allow(clippy::wildcard_enum_match_arm, reason = "a few facts are looked for among all")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use given::{ACCOUNTANT, Given, given, of, officers, yuan};
use mingzhang::chain::record::Envelope;
use mingzhang::chart::old::OldChart;
use mingzhang::date::{FiscalYear, Month};
use mingzhang::event::{Fact, Recorded};
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::report::asked::{Asked, Ledger, Made, Name, make};
use mingzhang::report::trial_balance::By;
use mingzhang::report::{
    Period, Term, advances, asset_agreement, balance_sheet, budget, dues, final_accounts, funds,
    income_statement, trial_balance,
};
use mingzhang::rules::opening::{Document, Found, Plan, plan};
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

/// What the registers hold is what the accounts do, from the records that brought it in.
#[test]
fn cards_supplies_advances_and_custody_are_registers_from_the_first_day() {
    let mut document = june();
    let [balance, credit] = ["debit", "credit"].map(|side| {
        move |account: &str, fund: &str, amount: &str| json!({"account": account, "fund": fund, side: amount})
    });
    let more = [
        balance("171", "general", "360.00"),
        credit("172", "general", "60.00"),
        credit("30105", "general", "300.00"),
        balance("181", "relief", "240.00"),
        credit("30106", "relief", "240.00"),
        balance("141", "relief", "20.00"),
        credit("30101", "relief", "20.00"),
        balance("10201", "mutual", "70.00"),
        credit("221", "mutual", "70.00"),
    ];
    document["balances"].as_array_mut().unwrap().extend(more);
    document["custody"] = json!([mutual()]);
    let software = json!({
        "asset": "a-2", "name": "软件", "category": "software", "cost": "360.00",
        "in_use_from": "2024-07-01", "life_months": 72, "worn": {"months": 12, "amount": "60.00"},
        "keeper": {"officer": "clerk"}, "place": "办公室",
    });
    let repairs = json!({
        "asset": "a-3", "name": "装修", "category": "prepaid", "cost": "240.00", "fund": "relief",
        "in_use_from": "2025-07-01", "life_months": 24, "keeper": {"officer": "clerk"}, "place": "活动室",
    });
    document["cards"] = json!([card("600.00", "100.00"), software, repairs]);
    document["supplies"] = json!([towels("general", 8, "80.00"), towels("relief", 2, "20.00")]);
    document["advances"] = json!([advance("30.00")]);
    document["control"] = json!({
        "debit": "2820.00", "credit": "2820.00", "members": 3, "cards": "1200.00",
        "supplies": "100.00", "advances": "30.00",
    });
    let mut book = begun("2025-07-01");
    let records = recorded(&mut book, &document);
    let opening: Vec<_> = records
        .iter()
        .filter(|record| matches!(record.fact, Fact::OpeningRecorded(_)))
        .map(|record| record.seq)
        .collect();
    let from = |record: &Recorded| match &record.fact {
        Fact::AssetCarded(card) => Some(card.from),
        Fact::SuppliesStored(stored) => Some(stored.from),
        Fact::AdvanceOpened(opened) => Some(opened.from),
        _ => None,
    };
    let named: Vec<_> = records.iter().filter_map(from).collect();
    assert_eq!(named.len(), 6);
    assert!(named.iter().all(|from| opening.contains(from)), "{named:?} {opening:?}");
    let read = |line: &Vec<u8>| mingzhang::book::recorded(Envelope::read(line).unwrap()).unwrap();
    let all: Vec<Recorded> = book.lines().iter().map(read).collect();
    let (state, chart) = (book.state(), book.book.chart());
    let agreement = asset_agreement::report(Ledger { state, chart, records: &all });
    assert!(agreement.cards.iter().all(|line| line.difference.is_zero()), "{agreement:?}");
    assert_eq!((agreement.uncarded.len(), agreement.cards.len()), (0, 7), "{agreement:?}");
    // The first month is worn off from where the old book stopped.
    let ask = |name: &str, on: &str, fields: Value| given::asks(ACCOUNTANT, on, name, fields);
    let worn = book.then(&ask("depreciation.record", "2026-01-05", json!({"month": "2025-07"})));
    let lines = worn.iter().flat_map(|record| match &record.fact {
        Fact::AssetDepreciated(run) => run.lines.clone(),
        _ => Vec::new(),
    });
    let mut lines: Vec<_> = lines.map(|l| format!("{} {}", l.asset, l.amount)).collect();
    lines.sort();
    assert_eq!(lines, ["a-1 8.33", "a-2 5.00", "a-3 10.00"]);
    let settled = json!({
        "date": "2025-07-31", "disbursement": "old-1", "returned": "10.00", "into": "cash",
        "spent": [{"account": "50504", "amount": "20.00", "purpose": "差旅费"}],
    });
    let settlement = book.then(&ask("advance.settle", "2026-01-05", settled))[0].seq;
    let shown = |book: &Given, month: &str| {
        let month: Month = of(month);
        let report = advances::report(book.state(), book.book.chart(), Period::Month(month));
        let line = &report.lines[0];
        (line.paid, line.outstanding, line.days)
    };
    assert_eq!(shown(&book, "2025-07"), (of("2025-05-06"), Money::ZERO, None));
    // What is taken back is open again, for as long as it was.
    let reverse = |seq| given::reverse("2026-01-05", seq);
    book.then(&reverse(settlement.0));
    assert_eq!(shown(&book, "2025-07"), (of("2025-05-06"), yuan("30.00"), Some(86)));
}

/// What other unions owed when the old book ended comes in by the record that brought it in.
#[test]
fn what_was_due_from_other_unions_is_settled_by_its_opening() {
    let mut document = june();
    let balances = document["balances"].as_array_mut().unwrap();
    balances.push(json!({"account": "13101", "debit": "500.00"}));
    balances[7]["credit"] = "1400.00".into();
    control(&mut document, "2630.00", "2630.00");
    let mut book = begun("2025-07-01");
    let records = recorded(&mut book, &document);
    let opening = records.iter().find(|r| matches!(r.fact, Fact::OpeningRecorded(_))).unwrap().seq;
    let settle = |amount: &str, kind: Option<&str>| {
        let mut fields = json!({"date": "2025-07-08", "accrual": opening, "amount": amount});
        if let Some(kind) = kind {
            fields["kind"] = kind.into();
        }
        given::asks(ACCOUNTANT, "2026-01-05", "accrual.settle", fields)
    };
    let code = |book: &mut Given, asked| book.when(&asked).unwrap_err().name();
    assert_eq!(code(&mut book, settle("1.00", None)), "AccrualUnknown");
    assert_eq!(code(&mut book, settle("1.00", Some("lower_allocation"))), "AccrualUnknown");
    let subsidy = Some("superior_subsidy_general");
    assert_eq!(code(&mut book, settle("500.01", subsidy)), "AccrualTooSmall");
    let settled = book.then(&settle("300.00", subsidy));
    let entries = &settled[0].voucher.as_ref().unwrap().entries;
    let entries: Vec<_> = entries.iter().map(|e| (e.account.as_str(), e.side.balance())).collect();
    assert_eq!(entries, [("102", yuan("300.00")), ("13101", yuan("-300.00"))]);
    // The other kind is due on the same account.
    assert_eq!(
        code(&mut book, settle("200.01", Some("superior_subsidy_earmarked"))),
        "AccrualTooSmall"
    );
    assert_eq!(code(&mut book, given::reverse("2026-01-05", opening.0)), "NotReversible");
    book.then(&given::reverse("2026-01-05", settled[0].seq.0));
    book.then(&settle("500.00", subsidy));
}

/// One fault, and the document that has it and no other.
struct Case {
    at: &'static str,
    code: &'static str,
    document: Value,
    starts: &'static str,
}

fn case(code: &'static str, at: &'static str, change: impl FnOnce(&mut Value)) -> Case {
    let mut document = june();
    change(&mut document);
    Case { at, code, document, starts: "2025-07-01" }
}

fn old(code: &'static str, at: &'static str, change: impl FnOnce(&mut Value)) -> Case {
    let mut document = of_2009();
    change(&mut document);
    Case { at, code, document, starts: "2022-01-01" }
}

fn control(document: &mut Value, debit: &str, credit: &str) {
    document["control"]["debit"] = debit.into();
    document["control"]["credit"] = credit.into();
}

fn cases() -> Vec<Case> {
    vec![
        case("O20", "as_of", |d| d["as_of"] = "2025-06-29".into()),
        case("O21", "balances", |d| {
            d["balances"] = json!([]);
            d["members"] = json!([]);
            d["control"] = json!({"debit": "0.00", "credit": "0.00"});
        }),
        case("O22", "balances[0]", |d| {
            d["balances"][0]["credit"] = "1000.00".into();
            control(d, "2130.00", "3130.00");
        }),
        case("O23", "balances[1]", |d| {
            d["balances"][1]["account"] = "102".into();
        }),
        case("O24", "balances", |d| {
            // Once in all, and once more in its fund.
            d["balances"][1]["debit"] = "50.01".into();
            control(d, "2130.01", "2130.00");
        }),
        case("O25", "balances", |d| {
            d["balances"][10]["fund"] = "general".into();
            d["balances"][10]["account"] = "101".into();
        }),
        case("O26", "balances", |d| {
            d["balances"][4]["account"] = "215".into();
        }),
        case("O27", "balances[11]", |d| d["balances"][11]["account"] = "32205".into()),
        case("O28", "balances[7]", |d| d["balances"][7]["account"] = "32104".into()),
        Case {
            starts: "2026-01-01",
            ..case("O29", "balances[8]", |d| {
                d["as_of"] = "2025-12-31".into();
                d["members"] = json!([]);
                d["control"]["members"] = 0.into();
                d["balances"][9]["account"] = "101".into();
            })
        },
        old("O30", "balances[5]", |d| d["balances"][5]["account"] = "777".into()),
        old("O31", "balances[5]", |d| d["balances"][5]["account"] = "401".into()),
        old("O32", "balances[5]", |d| d["balances"][5]["account"] = "321".into()),
        old("O33", "balances[4]", |d| {
            d["balances"][4]["split"][0]["amount"] = "549.99".into();
        }),
        old("O34", "balances[4].split[1]", |d| {
            d["balances"][4]["split"][1]["account"] = "135".into();
        }),
        case("O35", "control.members", |d| d["control"]["members"] = 4.into()),
        case("O36", "members[1].member", |d| d["members"][1]["member"] = "m-1".into()),
        case("O37", "members[0].joined", |d| d["members"][0]["joined"] = "2025-07-01".into()),
        case("O38", "advances", |d| {
            d["advances"] = json!([advance("50.01")]);
        }),
        case("O39", "cards", |d| {
            d["cards"] = json!([card("600.00", "99.99")]);
        }),
        case("O40", "supplies", |d| d["supplies"] = json!([towels("general", 8, "80.01")])),
        case("O41", "cards[0]", |d| {
            d["cards"] = json!([card("600.00", "100.00")]);
            d["cards"][0].as_object_mut().unwrap().remove("keeper");
        }),
        case("H01", "balances[0]", |d| d["balances"][0]["account"] = "10201".into()),
        case("F02", "balances[1]", |d| d["balances"][1]["account"] = "999".into()),
        case("F03", "balances[1]", |d| d["balances"][1]["account"] = "301".into()),
        case("F05", "balances[10]", |d| {
            d["balances"][10]["fund"] = "other".into();
            d["balances"][11]["fund"] = "other".into();
        }),
    ]
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
fn each_fault_is_found_where_it_stands_and_nothing_is_to_be_recorded() {
    for Case { at, code, document, starts } in cases() {
        let book = begun(starts);
        let Plan { commands, faults, .. } = planned(&book, &document);
        let found: Vec<(&str, &str)> =
            faults.iter().map(|fault| (fault.found.code(), fault.at.as_str())).collect();
        assert!(found.contains(&(code, at)), "{code} {at}: {found:?}");
        // What is off in a fund is so in all as well.
        let others = found.iter().filter(|(other, _)| *other != code);
        let others: Vec<_> = others.filter(|(other, _)| (code, *other) != ("O24", "O25")).collect();
        assert!(others.is_empty(), "{code}: {others:?}");
        let brought = |one: &mingzhang::rules::opening::Placed| {
            matches!(one.command, Command::RecordOpening(_))
        };
        assert!(code == "O41" || !commands.iter().any(brought), "{code}");
        for fault in &faults {
            let [zh, en] = Lang::ALL.map(|lang| fault.found.message(lang));
            assert!(zh != en && !zh.contains(['{', '}']) && !en.contains(['{', '}']), "{zh} {en}");
        }
    }
}

#[test]
fn nothing_is_handed_over_twice() {
    let mut book = begun("2025-07-01");
    recorded(&mut book, &june());
    let plan = planned(&book, &june());
    let faults: Vec<&str> = plan.faults.iter().map(|fault| fault.found.code()).collect();
    assert_eq!((faults, plan.commands), (vec!["O44"], vec![]));
}

#[test]
fn every_fault_has_its_case_and_a_code_of_its_own() {
    let tested: BTreeSet<&str> = cases().iter().map(|case| case.code).collect();
    // A test of its own; charts of a union's own.
    let elsewhere = ["O44", "O43"];
    for (code, name, source) in Found::ALL {
        assert!(tested.contains(code) || elsewhere.contains(code), "{name}");
        assert!(!source.is_empty(), "{name}");
        assert!(Refusal::ALL.iter().all(|(other, ..)| other != code), "{code} is given twice");
    }
    let codes: BTreeSet<&str> = Found::ALL.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes.len(), Found::ALL.len());
}

#[test]
fn every_fault_of_a_document_is_said_at_once() {
    let book = begun("2025-07-01");
    let mut document = june();
    document["as_of"] = "2025-06-29".into();
    document["balances"][0]["account"] = "1".repeat(5).into();
    document["balances"][11]["account"] = "32205".into();
    document["members"][1]["member"] = "m-1".into();
    document["control"]["members"] = 9.into();
    let codes: BTreeSet<&str> =
        planned(&book, &document).faults.iter().map(|fault| fault.found.code()).collect();
    assert_eq!(codes, BTreeSet::from(["F02", "O20", "O27", "O35", "O36"]));
}

/// The page that lists them, with what the cases say.
fn page() -> String {
    let mut page = String::from(
        "# 期初文件的错误 Faults of an opening document\n\n\
         What `mingzhang opening FILE` can find in the document as a whole, each with its code, its source\n\
         and what it says in one case; the rules that hold for every command are in\n\
         [refusals.md](refusals.md). The cases are in tests/opening.rs `cases`. This page is written by\n\
         `MINGZHANG_BLESS=1 cargo test --test opening`, and compared by it otherwise.\n",
    );
    let cases = cases();
    for (code, name, source) in Found::ALL {
        writeln!(page, "\n## {code} {name}\n\n- 依据 source: {source}").unwrap();
        let Some(case) = cases.iter().find(|case| case.code == *code) else { continue };
        let faults = planned(&begun(case.starts), &case.document).faults;
        let fault = faults.iter().find(|fault| fault.found.code() == *code).unwrap();
        writeln!(page, "- 位置 place: `{}`", fault.at).unwrap();
        for lang in Lang::ALL {
            writeln!(page, "- {lang}: {}", fault.found.message(lang)).unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_faults_is_what_the_cases_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/opening.md");
    if given::bless() {
        fs::write(&path, page()).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page(), "docs/opening.md is not what the cases say: bless it");
}
