//! Whole reports of a small union's year, as they are read.

use crate::date::FiscalYear;
use crate::event::Fact;
use crate::event::correction::Correction;
use crate::event::note::Note;
use crate::ids::Seq;
use crate::lang::Lang;
use crate::report::account_book::{self, AccountBook, Which};
use crate::report::asked::{Asked, Ledger, Name, Settled};
use crate::report::given::{Given, a_county, a_year, credit, debit, general, month};
use crate::report::trial_balance::By;
use crate::report::{
    Period, Term, audit, balance_sheet, chart, cost_expense, dues, fiscal_grants, funds,
    income_statement, notes, state_assets, trial_balance, vouchers,
};

const YEAR: FiscalYear = FiscalYear(2026);

#[track_caller]
#[allow(clippy::disallowed_methods, reason = "how a person asks a test to write its files")]
fn same(name: &str, found: &str, expected: &str) {
    if std::env::var("MINGZHANG_BLESS").is_ok_and(|asked| asked == "1") {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/reports/");
        std::fs::write(format!("{folder}{name}"), found).unwrap();
        return;
    }
    assert!(found == expected, "{name} is not as in fixtures/reports:\n{found}");
}

macro_rules! reads_as {
    ($name:literal, $found:expr) => {
        same($name, &$found.to_string(), include_str!(concat!("../../fixtures/reports/", $name)))
    };
}

#[test]
fn the_balance_sheet_reads_as_the_official_form() {
    let given = a_year();
    let report = |term| balance_sheet::report(&given.state, &given.chart, term);
    let year = report(Term::Year(YEAR));
    reads_as!("balance-sheet-2026.zh.txt", super::balance_sheet(&year, Lang::Zh));
    let june = report(Term::Month(month("2026-06")));
    reads_as!("balance-sheet-2026-06.en.txt", super::balance_sheet(&june, Lang::En));
}

#[test]
fn the_income_statement_reads_as_the_official_form() {
    let given = a_year();
    let report = |term| income_statement::report(&given.state, &given.chart, term);
    let year = report(Term::Year(YEAR));
    reads_as!("income-statement-2026.zh.txt", super::income_statement(&year, Lang::Zh));
    let july = report(Term::Month(month("2026-07")));
    reads_as!("income-statement-2026-07.en.txt", super::income_statement(&july, Lang::En));
}

#[test]
fn the_proof_of_the_year_says_what_broke_it() {
    let mut given = a_year();
    let fund = &general();
    let lines = vec![debit("32205", fund, "20.00"), credit("215", fund, "20.00")];
    given.adjust("2026-12-21", lines, "补记应付款");
    let read = |given: &Given, lang| {
        let report = income_statement::report(&given.state, &given.chart, Term::Year(YEAR));
        super::income_statement(&report, lang).to_string()
    };
    let zh = read(&given, Lang::Zh);
    assert!(zh.contains("六 - (一 + 二 + 五) = -20.00, 直接记入结转结余: 记-2026-12-"), "{zh}");
    assert!(!zh.contains("投资 -") && !zh.contains("不明"), "{zh}");
    let lines = vec![
        debit("32205", fund, "100.00"),
        credit("102", fund, "100.00"),
        debit("151", fund, "100.00"),
        credit("30102", fund, "100.00"),
    ];
    given.adjust("2026-12-21", lines, "购买国债");
    let en = read(&given, Lang::En);
    let said = "6 - (1 + 2 + 5) = -120.00, posted straight to the funds: investments -100.00; 记-";
    assert!(en.contains(said) && !en.contains("not explained"), "{en}");
}

#[test]
fn the_trial_balance_lists_accounts_and_funds() {
    let mut given = a_year();
    let report =
        |given: &Given, period, by| trial_balance::report(&given.state, &given.chart, period, by);
    let november = report(&given, Period::Month(month("2026-11")), By::Account);
    reads_as!("trial-balance-2026-11.zh.txt", super::trial_balance(&november, Lang::Zh));
    given.close_year("2026-01");
    let closed = report(&given, Period::All, By::Fund);
    reads_as!("trial-balance-all.en.txt", super::trial_balance(&closed, Lang::En));
}

#[test]
fn dues_and_funds_are_listed() {
    let given = a_year();
    let period = Period::Year(YEAR);
    let dues = dues::report(&given.state, &given.chart, period);
    reads_as!("dues-2026.zh.txt", super::dues(&dues, Lang::Zh));
    let funds = funds::report(&given.state, &given.chart, period);
    reads_as!("funds-2026.zh.txt", super::funds(&funds, Lang::Zh));
    reads_as!("funds-2026.en.txt", super::funds(&funds, Lang::En));
}

#[test]
fn the_audit_report_has_the_form_that_such_reports_have() {
    let given = a_year();
    let report = audit::report(&given.state, &given.chart, Period::Year(YEAR));
    reads_as!("audit-2026.zh.txt", super::audit(&report, Lang::Zh));
    reads_as!("audit-2026.en.txt", super::audit(&report, Lang::En));
    reads_as!("audit-2026.json", super::json(&report).unwrap());
}

fn settled(given: &Given, name: Name, period: &str, of: Option<&str>, by_fund: bool) -> Settled {
    let (period, of) = (Some(period.parse().unwrap()), of.map(str::to_owned));
    Asked { name, period, by_fund, of }.settle(&given.state)
}

fn ledger(given: &Given) -> Ledger<'_> {
    Ledger { state: &given.state, chart: &given.chart, records: &given.records }
}

fn book(given: &Given, which: Which, period: &str, of: Option<&str>, by_fund: bool) -> AccountBook {
    let settled = settled(given, Name::AccountLedger, period, of, by_fund);
    account_book::report(which, &settled, ledger(given))
}

#[test]
fn the_books_of_account_are_written_line_by_line() {
    let mut given = a_year();
    given.close_year("2026-01");
    given.interest("2027-01-21", "10.00");
    let general = book(&given, Which::GeneralLedger, "2026", None, false);
    reads_as!("general-ledger-2026.zh.txt", super::account_book(&general, Lang::Zh));
    reads_as!("general-ledger-2026.en.txt", super::account_book(&general, Lang::En));
    let activities = book(&given, Which::Ledger, "2026-05..2027-01", Some("32"), true);
    reads_as!("ledger-32-2026.zh.txt", super::account_book(&activities, Lang::Zh));
    reads_as!("ledger-32-2026.en.txt", super::account_book(&activities, Lang::En));
    let cash = book(&given, Which::CashJournal, "2026", None, false);
    reads_as!("cash-journal-2026.zh.txt", super::account_book(&cash, Lang::Zh));
    reads_as!("cash-journal-2026.en.txt", super::account_book(&cash, Lang::En));
    let bank = book(&given, Which::BankJournal, "2026-11..2027-01", None, false);
    reads_as!("bank-journal-2026-11.zh.txt", super::account_book(&bank, Lang::Zh));
    reads_as!("bank-journal-2026-11.en.txt", super::account_book(&bank, Lang::En));
}

/// What was recorded as of July: the interest of June wrong, red, and right.
fn corrected() -> Given {
    let mut given = a_year();
    let of = |given: &Given, kind: &str, last: bool| {
        let mut found = given.records.iter().filter(|record| record.fact.kind() == kind);
        let found = if last { found.next_back() } else { found.next() };
        found.unwrap().seq
    };
    let replaces = of(&given, "entry.reversed", false);
    let by = of(&given, "interest.received", true);
    given.record("accountant", Fact::EntryCorrected(Correction { replaces, by }));
    given
}

#[test]
fn a_voucher_has_every_field_that_the_law_wants() {
    let given = corrected();
    let months = settled(&given, Name::Vouchers, "2026-05..2026-07", None, false);
    let all = vouchers::all(&months, ledger(&given));
    reads_as!("vouchers-2026-05.zh.txt", super::vouchers(&all, Lang::Zh));
    reads_as!("vouchers-2026-05.en.txt", super::vouchers(&all, Lang::En));
    // Each of them is the same when it is asked for alone, by its number or by its record.
    for form in &all.vouchers {
        for of in [form.number.to_string(), form.seq.to_string()] {
            let asked = settled(&given, Name::Voucher, "all", Some(&of), false);
            let alone = vouchers::one(&asked, ledger(&given));
            assert_eq!(alone.vouchers, std::slice::from_ref(form), "{of}");
        }
    }
    let asked = settled(&given, Name::Voucher, "all", Some("记-2026-05-0099"), false);
    let nothing = vouchers::one(&asked, ledger(&given));
    assert!(
        super::vouchers(&nothing, Lang::Zh).to_string().ends_with("没有凭证 记-2026-05-0099\n")
    );
}

#[test]
fn the_notes_say_what_the_book_knows_and_leave_room_for_the_rest() {
    let mut given = a_year();
    let year = YEAR;
    for text in ["本年会员增加1人。", "预算执行情况见决算报告。"] {
        let note = Note { year, item: 2, text: text.parse().unwrap() };
        given.record("accountant", Fact::NoteWritten(note));
    }
    let report = notes::report(Term::Year(YEAR), ledger(&given));
    reads_as!("notes-2026.zh.txt", super::notes(&report, Lang::Zh));
    reads_as!("notes-2026.en.txt", super::notes(&report, Lang::En));
    let first = given.state.notes.of(YEAR, 2).first().map(|(seq, _)| *seq);
    assert_eq!(first, Some(Seq(given.state.next().0 - 2)));
}

#[test]
fn the_supplements_of_a_county_read_as_the_official_forms() {
    let given = a_county();
    let (state, chart) = (&given.state, &given.chart);
    let grants = fiscal_grants::report(state, chart, Term::Year(YEAR));
    assert!(grants.required && grants.holds);
    reads_as!("fiscal-grants-2026.zh.txt", super::fiscal_grants(&grants, Lang::Zh));
    reads_as!("fiscal-grants-2026.en.txt", super::fiscal_grants(&grants, Lang::En));
    let assets = state_assets::report(state, chart, Term::Year(YEAR));
    reads_as!("state-assets-2026.zh.txt", super::state_assets(&assets, Lang::Zh));
    reads_as!("state-assets-2026.en.txt", super::state_assets(&assets, Lang::En));
    let costs = cost_expense::report(state, chart, Term::Month(month("2026-08")));
    reads_as!("cost-expense-2026-08.zh.txt", super::cost_expense(&costs, Lang::Zh));
    reads_as!("cost-expense-2026-08.en.txt", super::cost_expense(&costs, Lang::En));
}

#[test]
fn nobody_asks_a_grassroots_union_for_the_supplements() {
    let given = a_year();
    let grants = fiscal_grants::report(&given.state, &given.chart, Term::Year(YEAR));
    assert!(!grants.required);
    let said = "基层工会不编制本表";
    assert!(
        super::fiscal_grants(&grants, Lang::Zh)
            .to_string()
            .lines()
            .any(|line| line.starts_with(said))
    );
}

#[test]
fn the_chart_is_listed() {
    let chart = chart::report(&a_year().chart);
    reads_as!("chart.zh.txt", super::chart(&chart, Lang::Zh));
}

#[test]
fn every_line_of_a_table_is_as_wide_as_the_others() {
    use unicode_width::UnicodeWidthStr;
    let given = a_year();
    let report = audit::report(&given.state, &given.chart, Period::Year(YEAR));
    for lang in Lang::ALL {
        let text = super::audit(&report, lang).to_string();
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            let drawn = |line: &str| line.starts_with(['|', '+']);
            if drawn(pair[0]) && drawn(pair[1]) {
                assert_eq!(pair[0].width(), pair[1].width(), "{pair:?}");
            }
        }
    }
}
