//! Whole reports of a small union's year, as they are read.

use crate::date::FiscalYear;
use crate::lang::Lang;
use crate::report::given::{a_year, month};
use crate::report::trial_balance::By;
use crate::report::{
    Period, Term, audit, balance_sheet, chart, dues, funds, income_statement, trial_balance,
};

const YEAR: FiscalYear = FiscalYear(2026);

#[track_caller]
fn same(name: &str, found: &str, expected: &str) {
    assert!(found == expected, "{name} is not as in fixtures/reports:\n{found}");
}

macro_rules! reads_as {
    ($name:literal, $found:expr) => {
        same($name, &$found, include_str!(concat!("../../fixtures/reports/", $name)))
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
fn the_trial_balance_lists_accounts_and_funds() {
    let mut given = a_year();
    let report = |given: &crate::report::given::Given, period, by| {
        trial_balance::report(&given.state, &given.chart, period, by)
    };
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
        let text = super::audit(&report, lang);
        let lines: Vec<&str> = text.lines().collect();
        for pair in lines.windows(2) {
            let drawn = |line: &str| line.starts_with(['|', '+']);
            if drawn(pair[0]) && drawn(pair[1]) {
                assert_eq!(pair[0].width(), pair[1].width(), "{pair:?}");
            }
        }
    }
}
