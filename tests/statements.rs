//! The statements of the demo year, to the fen: 工会01表 and 工会02表.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod demo_book;

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use demo_book::{Book, Line};
use mingzhang::capitals::parse_capitals;
use mingzhang::date::{Day, FiscalYear, Month};
use mingzhang::event::{Fact, Recorded, Till};
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::projection::accounts::Kind;
use mingzhang::render;
use mingzhang::report::account_book::{self, AccountBook, RowKind, Standing, Which};
use mingzhang::report::asked::{Asked, Ledger, Name};
use mingzhang::report::balance_sheet::{self, BalanceSheet};
use mingzhang::report::income_statement::{self, IncomeStatement};
use mingzhang::report::trial_balance::{self, By, TrialBalance};
use mingzhang::report::{Columns, Period, Term, funds, vouchers};
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
    let proof = year.proof.clone().unwrap();
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
    assert!(new.proof.as_ref().unwrap().holds);
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
            &render::balance_sheet(&sheet, lang).to_string(),
        );
        let text = render::income_statement(&statement, lang).to_string();
        reads_as(&format!("demo-income-statement-2025.{lang}.txt"), &text);
        reads_as(
            &format!("demo-trial-balance-2025.{lang}.txt"),
            &render::trial_balance(&trial, lang).to_string(),
        );
    }
}

fn account_book(which: Which, period: Period, by_fund: bool) -> AccountBook {
    let (period, of) = (Some(period), None);
    let settled = Asked { name: Name::AccountLedger, period, by_fund, of }.settle(DEMO.state());
    let records: Vec<Recorded> = DEMO.records().into_iter().map(|(record, _)| record).collect();
    let ledger = Ledger { state: DEMO.state(), chart: DEMO.chart(), records: &records };
    account_book::report(which, &settled, ledger)
}

/// The year, one month and some months of it.
fn periods() -> [Period; 4] {
    let month = |number| Month::new(2025, number).unwrap();
    let some = Period::Months { first: month(3), last: month(8) };
    [Period::Year(YEAR), Period::Month(month(1)), Period::Month(month(12)), some]
}

/// Debit less credit of a row's balance.
fn standing_on(row: &account_book::Row) -> Money {
    match row.side {
        Standing::Debit => row.balance,
        Standing::Credit => row.balance.negated(),
        Standing::Nil => Money::ZERO,
    }
}

/// Opening, with every entry after it, is the balance of each row; and the totals are the entries'.
#[track_caller]
fn adds_up(page: &account_book::Page) -> (Money, [Money; 2], Money) {
    let (first, rest) = page.rows.split_first().unwrap();
    assert_eq!(first.kind, RowKind::Brought);
    let opening = standing_on(first);
    let (mut held, mut all) = (opening, [Money::ZERO; 2]);
    let (mut month, mut day) = ([Money::ZERO; 2], [Money::ZERO; 2]);
    let plus = |sum: &mut [Money; 2], row: &account_book::Row| {
        *sum = [sum[0].plus(row.debit), sum[1].plus(row.credit)];
    };
    for row in rest {
        let said = [row.debit, row.credit];
        match row.kind {
            RowKind::Entry => {
                held = held.plus(row.debit).minus(row.credit);
                for sum in [&mut all, &mut month, &mut day] {
                    plus(sum, row);
                }
            }
            RowKind::Day => {
                assert_eq!(said, day, "{row:?}");
                day = [Money::ZERO; 2];
            }
            RowKind::Month => {
                assert_eq!(said, month, "{row:?}");
                (month, day) = ([Money::ZERO; 2], [Money::ZERO; 2]);
            }
            RowKind::YearToDate | RowKind::Brought | RowKind::Carried => {}
        }
        assert_eq!(standing_on(row), held, "{row:?}");
    }
    (opening, all, held)
}

#[test]
fn every_ledger_says_what_the_trial_balance_says() {
    let net = |columns: Columns| columns.debit.minus(columns.credit);
    for period in periods() {
        let trial = trial(&DEMO, period);
        let book = account_book(Which::Ledger, period, true);
        let mut pages = 0;
        for page in &book.pages {
            let (opening, moved, closing) = adds_up(page);
            let line = trial
                .lines
                .iter()
                .find(|line| line.fund == page.fund && line.account.code == page.account.code);
            let amounts = line.unwrap_or_else(|| panic!("{:?}", page.account)).amounts;
            assert_eq!(opening, net(amounts.opening), "{:?} {period}", page.account);
            assert_eq!(moved, [amounts.period.debit, amounts.period.credit], "{:?}", page.account);
            assert_eq!(closing, net(amounts.closing), "{:?} {period}", page.account);
            pages += 1;
        }
        // What only the year so far is shown of has no page.
        let moved = |line: &&trial_balance::Line| {
            let trial_balance::Amounts { opening, period, closing, .. } = line.amounts;
            [opening, period, closing].iter().any(|columns| !columns.is_zero())
        };
        assert_eq!(pages, trial.lines.iter().filter(moved).count(), "{period}");
    }
}

#[test]
fn the_general_ledger_adds_up_the_ledgers_under_it() {
    for period in periods() {
        let general = account_book(Which::GeneralLedger, period, false);
        let ledgers = account_book(Which::Ledger, period, false);
        for page in &general.pages {
            let code = page.account.code.as_str();
            let under = ledgers.pages.iter().filter(|page| page.account.code.level_one() == code);
            let (mut all, mut held) = ([Money::ZERO; 2], Money::ZERO);
            for page in under {
                let (_, [debit, credit], closing) = adds_up(page);
                all = [all[0].plus(debit), all[1].plus(credit)];
                held = held.plus(closing);
            }
            let months = || page.rows.iter().filter(|row| row.kind == RowKind::Month);
            assert_eq!(Money::sum(months().map(|row| row.debit)), all[0], "{code} {period}");
            assert_eq!(Money::sum(months().map(|row| row.credit)), all[1], "{code} {period}");
            assert_eq!(page.rows.last().map(standing_on), Some(held), "{code} {period}");
        }
        assert!(general.pages.len() > 8, "{period}");
    }
}

#[test]
fn the_journals_add_up_to_the_money_line() {
    for term in terms() {
        let mut money = Money::ZERO;
        for which in [Which::CashJournal, Which::BankJournal] {
            let journal = account_book(which, term.into(), false);
            for page in &journal.pages {
                money = money.plus(adds_up(page).2);
                let entries = page.rows.iter().filter(|row| row.kind == RowKind::Entry);
                let mut days: Vec<Day> = entries.map(|row| row.date).collect();
                assert!(days.is_sorted(), "{which:?} {term:?}");
                days.dedup();
                let totals = page.rows.iter().filter(|row| row.kind == RowKind::Day).count();
                let expected = if which == Which::CashJournal { days.len() } else { 0 };
                assert_eq!(totals, expected, "{which:?} {term:?}");
            }
            assert_eq!(journal.kept_by.len(), 1, "{which:?}");
        }
        assert_eq!(standing(&sheet(&DEMO, term), "货币资金").closing, money, "{term:?}");
    }
}

#[test]
fn a_month_s_year_to_date_is_what_its_months_add_up_to() {
    let month = |number| Month::new(2025, number).unwrap();
    let whole = account_book(Which::Ledger, Period::Year(YEAR), true);
    for number in [3, 9, 12] {
        let part = account_book(Which::Ledger, Period::Month(month(number)), true);
        let mut compared = 0;
        for page in &part.pages {
            let of_year = whole
                .pages
                .iter()
                .find(|other| other.fund == page.fund && other.account.code == page.account.code);
            let of_year = of_year.unwrap();
            for row in page.rows.iter().filter(|row| row.kind == RowKind::YearToDate) {
                assert!(of_year.rows.contains(row), "{:?} {row:?}", page.account);
                compared += 1;
            }
        }
        assert!(compared > 5, "{number}: {compared}");
    }
}

/// Every voucher of the year is there once, in its month, with its sums and with its people.
#[test]
fn every_voucher_of_the_year_is_in_its_place() {
    let (period, of) = (Some(Period::Year(YEAR)), None);
    let settled = Asked { name: Name::Vouchers, period, by_fund: false, of }.settle(DEMO.state());
    let records: Vec<Recorded> = DEMO.records().into_iter().map(|(record, _)| record).collect();
    let ledger = Ledger { state: DEMO.state(), chart: DEMO.chart(), records: &records };
    let all = vouchers::all(&settled, ledger);
    let recorded = records.iter().filter_map(|record| record.voucher.as_ref());
    assert_eq!(all.vouchers.len(), recorded.count());
    let mut next = (0, 0);
    for form in &all.vouchers {
        let (month, number) = (form.number.month.number(), form.number.number);
        next = if next.0 == month { (month, next.1 + 1) } else { (month, 1) };
        assert_eq!((month, number), next, "{}", form.number);
        assert_eq!(form.debit, form.credit, "{}", form.number);
        let spelled = form.capitals.as_deref().unwrap().trim_start_matches("(红字)");
        assert_eq!(parse_capitals(spelled).unwrap(), form.debit.abs(), "{}", form.number);
        assert!(form.signed.posted.is_some() && form.signed.head.is_some(), "{}", form.number);
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
