//! The statements of the demo year, to the fen: 工会01表 and 工会02表.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod demo_book;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use demo_book::{Book, Line};
use mingzhang::date::{Day, FiscalYear, Month};
use mingzhang::event::{Fact, Till};
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::projection::accounts::Kind;
use mingzhang::render;
use mingzhang::report::balance_sheet::{self, BalanceSheet};
use mingzhang::report::income_statement::{self, IncomeStatement};
use mingzhang::report::trial_balance::{self, By, TrialBalance};
use mingzhang::report::{Period, Term, funds};
use mingzhang::rules::Command;
use serde_json::json;

const YEAR: FiscalYear = FiscalYear(2025);

static DEMO: LazyLock<Book> = LazyLock::new(Book::demo);

fn months() -> impl Iterator<Item = Month> {
    YEAR.first_month().through(YEAR.last_month())
}

/// The year and each of its months.
fn terms() -> impl Iterator<Item = Term> {
    months().map(Term::Month).chain([Term::Year(YEAR)])
}

fn sheet(book: &Book, term: Term) -> BalanceSheet {
    balance_sheet::report(book.state(), book.chart(), term)
}

fn statement(book: &Book, term: Term) -> IncomeStatement {
    income_statement::report(book.state(), book.chart(), term)
}

fn trial(book: &Book, period: Period) -> TrialBalance {
    trial_balance::report(book.state(), book.chart(), period, By::Fund)
}

#[track_caller]
fn line<'a>(statement: &'a IncomeStatement, name: &str) -> &'a income_statement::Line {
    statement.lines.iter().find(|line| line.name.zh == name).unwrap_or_else(|| panic!("{name}"))
}

#[track_caller]
fn standing(sheet: &BalanceSheet, name: &str) -> balance_sheet::Amounts {
    let found = sheet.lines.iter().find(|line| line.name.zh == name);
    found.unwrap_or_else(|| panic!("{name}")).amounts
}

#[test]
fn the_balance_sheet_balances_at_the_end_of_every_month_and_of_the_year() {
    for term in terms() {
        let sheet = sheet(&DEMO, term);
        assert!(sheet.balanced, "{term:?}: {:?}", sheet.difference);
        let total = standing(&sheet, "资产总计");
        assert_eq!(total, standing(&sheet, "负债与净资产总计"), "{term:?}");
        assert!(total.opening.is_positive() && total.closing.is_positive(), "{term:?}");
        assert!(trial(&DEMO, term.into()).agrees, "{term:?}");
    }
}

#[test]
fn a_month_begins_with_what_the_one_before_it_left() {
    // The sheet's own first column is the year's beginning, so that it is the same in each month.
    let year = sheet(&DEMO, Term::Year(YEAR));
    for month in months() {
        for (line, of_year) in sheet(&DEMO, Term::Month(month))
            .lines
            .iter()
            .filter(|l| l.name.zh != "零余额账户用款额度")
            .zip(&year.lines)
        {
            assert_eq!(line.amounts.opening, of_year.amounts.opening, "{month} {}", line.name.zh);
        }
    }
    let december = sheet(&DEMO, Term::Month(YEAR.last_month()));
    for of_year in &year.lines {
        assert_eq!(standing(&december, &of_year.name.zh), of_year.amounts, "{}", of_year.name.zh);
    }
}

#[test]
fn the_months_add_up_to_the_year() {
    let year = statement(&DEMO, Term::Year(YEAR));
    let monthly: Vec<IncomeStatement> =
        months().map(|month| statement(&DEMO, Term::Month(month))).collect();
    let names = monthly[0].lines.iter().map(|line| line.name.zh.as_str());
    let mut compared = 0;
    for name in names {
        let sum = Money::sum(monthly.iter().map(|month| line(month, name).this));
        assert_eq!(sum, line(&year, name).this, "{name}");
        let cumulated = line(&monthly[11], name).other;
        assert_eq!(cumulated, Some(sum), "{name}, 本年累计数 of December");
        compared += 1;
    }
    // 二, 三 with nine parts, 四 with eleven, 五.
    assert_eq!(compared, 24);
    assert!(line(&year, "三、收入合计").this.is_positive());
}

#[test]
fn income_less_expenditure_and_the_adjustments_carry_the_funds_from_end_to_end() {
    let year = statement(&DEMO, Term::Year(YEAR));
    let proof = year.proof.unwrap();
    assert!(proof.holds, "{proof:?}");
    let this = |name: &str| line(&year, name).this;
    let net = this("三、收入合计").minus(this("四、支出合计"));
    assert_eq!(this("五、本期收支差额"), net);
    let expected = this("一、年初资金结转结余").plus(this("二、资金结转结余调整及变动")).plus(net);
    assert_eq!(this("六、年末资金结转结余"), expected);
    let sheet = sheet(&DEMO, Term::Year(YEAR));
    let (carried, surplus) = (standing(&sheet, "工会资金结转"), standing(&sheet, "工会资金结余"));
    assert_eq!(this("(一)年末资金结转"), carried.closing);
    assert_eq!(this("(二)年末资金结余"), surplus.closing);
    assert_eq!(this("(一)年初资金结转"), carried.opening);
    assert_eq!(this("(二)年初资金结余"), surplus.opening);
}

#[test]
fn the_last_line_of_a_year_is_the_first_of_the_next() {
    let mut book = Book::demo();
    let today = Day::parse("2026-01-21").unwrap();
    let fields = json!({"date": today, "amount": "12.34"});
    book.apply(&Line {
        place: "the next year".to_owned(),
        key: "2026-01-001".to_owned(),
        by: "acc-b".parse().unwrap(),
        today,
        command: Command::read("interest.receive", fields).unwrap().unwrap(),
    });
    let (old, new) =
        (statement(&book, Term::Year(YEAR)), statement(&book, Term::Year(YEAR.next())));
    for (last, first) in [
        ("六、年末资金结转结余", "一、年初资金结转结余"),
        ("(一)年末资金结转", "(一)年初资金结转"),
        ("(二)年末资金结余", "(二)年初资金结余"),
    ] {
        assert_eq!(line(&old, last).this, line(&new, first).this, "{first}");
    }
    assert_eq!(line(&new, "三、收入合计").this, Money::parse("12.34").unwrap());
    assert_eq!(line(&new, "三、收入合计").other, Some(line(&old, "三、收入合计").this));
    assert!(new.proof.unwrap().holds);
    let (old, new) =
        (sheet(&book, Term::Year(YEAR)), sheet(&book, Term::Month(YEAR.next().first_month())));
    for ended in &old.lines {
        let begun = standing(&new, &ended.name.zh).opening;
        assert_eq!(ended.amounts.closing, begun, "{}", ended.name.zh);
    }
    assert!(new.balanced);
}

#[test]
fn the_money_line_is_cash_and_bank() {
    for term in terms() {
        let (mut opening, mut closing) = (Money::ZERO, Money::ZERO);
        for posted in DEMO.state().accounts.turnovers() {
            if Till::ALL.iter().any(|till| DEMO.chart().is_for(posted.account, till.of())) {
                let balance = posted.turnover.balance();
                if posted.month <= term.last() {
                    closing = closing.plus(balance);
                }
                if posted.kind == Kind::Opening {
                    opening = opening.plus(balance);
                }
            }
        }
        let found = standing(&sheet(&DEMO, term), "货币资金");
        assert_eq!((found.opening, found.closing), (opening, closing), "{term:?}");
    }
}

/// All statements of a term, without the number of records, which grows with the closing itself.
fn figures(book: &Book, term: Term) -> String {
    let (mut sheet, mut statement) = (sheet(book, term), statement(book, term));
    let mut funds = funds::report(book.state(), book.chart(), term.into());
    for heading in [&mut sheet.heading, &mut statement.heading, &mut funds.heading] {
        heading.records = 0;
    }
    render::json(&(sheet, statement, funds)).unwrap()
}

#[test]
fn closing_the_year_changes_no_figure_of_any_statement() {
    let open = Book::demo_before_closing();
    assert!(
        !open.state().periods.year_is_closed(YEAR) && DEMO.state().periods.year_is_closed(YEAR)
    );
    for term in terms() {
        assert!(figures(&open, term) == figures(&DEMO, term), "{term:?}");
    }
}

#[test]
fn the_year_s_closing_says_what_the_statement_says() {
    let year = statement(&DEMO, Term::Year(YEAR));
    let records = DEMO.records();
    let Fact::YearClosed(closed) = &records.last().unwrap().0.fact else {
        panic!("the demo year does not end with its closing");
    };
    assert_eq!(closed.income, line(&year, "三、收入合计").this);
    assert_eq!(closed.expense, line(&year, "四、支出合计").this);
}

#[test]
fn the_year_s_statements_read_as_they_always_have() {
    let (sheet, statement) = (sheet(&DEMO, Term::Year(YEAR)), statement(&DEMO, Term::Year(YEAR)));
    let trial = trial(&DEMO, Period::Year(YEAR));
    for lang in Lang::ALL {
        reads_as(
            &format!("demo-balance-sheet-2025.{lang}.txt"),
            &render::balance_sheet(&sheet, lang),
        );
        let text = render::income_statement(&statement, lang);
        reads_as(&format!("demo-income-statement-2025.{lang}.txt"), &text);
        reads_as(
            &format!("demo-trial-balance-2025.{lang}.txt"),
            &render::trial_balance(&trial, lang),
        );
    }
}

#[allow(clippy::disallowed_methods, reason = "how a person asks a test to write its files")]
fn reads_as(name: &str, found: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/reports").join(name);
    if std::env::var("MINGZHANG_BLESS").is_ok_and(|asked| asked == "1") {
        fs::write(&path, found).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "{name} is not as in fixtures/reports:\n{found}");
}
