//! What holds between reports, whatever the books.

use proptest::prelude::*;

use super::given::{Given, Spent, a_year, credit, debit, general, hardship, month, yuan};
use super::trial_balance::By;
use super::{Period, Term, audit, balance_sheet, dues, funds, income_statement, trial_balance};
use crate::date::FiscalYear;
use crate::event::income::SubsidyKind;
use crate::ids::FundId;
use crate::money::Money;

const YEAR: FiscalYear = FiscalYear(2026);

fn sheet(given: &Given, term: Term) -> balance_sheet::BalanceSheet {
    balance_sheet::report(&given.state, &given.chart, term)
}

fn statement(given: &Given, term: Term) -> income_statement::IncomeStatement {
    income_statement::report(&given.state, &given.chart, term)
}

fn this(statement: &income_statement::IncomeStatement, name: &str) -> Money {
    let found = statement.lines.iter().find(|line| line.name.zh == name);
    found.unwrap_or_else(|| panic!("no line {name}")).this
}

fn closing(sheet: &balance_sheet::BalanceSheet, name: &str) -> Money {
    let found = sheet.lines.iter().find(|line| line.name.zh == name);
    found.unwrap_or_else(|| panic!("no line {name}")).amounts.closing
}

/// The year itself and each of its months.
fn terms() -> Vec<Term> {
    let months = YEAR.first_month().through(YEAR.last_month()).map(Term::Month);
    months.chain([Term::Year(YEAR)]).collect()
}

/// Everything but the number of records, which grows with the closing itself.
fn figures(given: &Given, term: Term) -> String {
    let (mut sheet, mut statement) = (sheet(given, term), statement(given, term));
    let mut funds = funds::report(&given.state, &given.chart, term.into());
    for heading in [&mut sheet.heading, &mut statement.heading, &mut funds.heading] {
        heading.records = 0;
    }
    serde_json::to_string(&(sheet, statement, funds)).unwrap()
}

#[test]
fn statements_are_the_same_before_and_after_the_year_is_closed() {
    let mut given = a_year();
    let before: Vec<String> = terms().into_iter().map(|term| figures(&given, term)).collect();
    given.close_year("2026-01");
    assert!(given.state.periods.year_is_closed(YEAR));
    let after: Vec<String> = terms().into_iter().map(|term| figures(&given, term)).collect();
    assert_eq!(before, after);
}

#[test]
fn the_virtual_closing_shows_what_the_vouchers_carry() {
    let mut given = a_year();
    let open = sheet(&given, Term::Year(YEAR));
    given.close_year("2026-01");
    let carried = |code: &str, fund: FundId| {
        given.state.accounts.balance(&fund, &code.parse().unwrap()).negated()
    };
    let restricted = carried("32104", general()).plus(carried("32104", hardship()));
    let surplus = carried("32205", general()).plus(carried("32205", hardship()));
    assert_eq!(closing(&open, "工会资金结转"), restricted);
    assert_eq!(closing(&open, "工会资金结余"), surplus);
    assert_eq!((restricted, surplus), (yuan("4800.00"), yuan("36112.41")));
}

#[test]
fn the_last_line_of_a_year_is_the_first_of_the_next() {
    let mut given = a_year();
    given.close_year("2026-01");
    given.interest("2027-01-21", "10.00");
    let (old, new) =
        (statement(&given, Term::Year(YEAR)), statement(&given, Term::Year(YEAR.next())));
    for (end, beginning) in [
        ("六、年末资金结转结余", "一、年初资金结转结余"),
        ("(一)年末资金结转", "(一)年初资金结转"),
        ("(二)年末资金结余", "(二)年初资金结余"),
    ] {
        assert_eq!(this(&old, end), this(&new, beginning));
    }
    assert_eq!(this(&new, "一、年初资金结转结余"), yuan("40912.41"));
    assert_eq!(this(&new, "六、年末资金结转结余"), yuan("40922.41"));
    for (old, new) in old.lines.iter().zip(&new.lines) {
        assert_eq!(new.other, Some(old.this), "{}", old.name.zh);
        assert_eq!(old.other, None, "no book was kept in 2025");
    }
    assert!(old.proof.is_some_and(|proof| proof.holds));
    assert!(new.proof.is_some_and(|proof| proof.holds));
}

#[test]
fn the_closing_balances_of_a_year_open_the_next() {
    let mut given = a_year();
    given.close_year("2026-01");
    let (old, new) = (sheet(&given, Term::Year(YEAR)), sheet(&given, Term::Year(YEAR.next())));
    for (old, new) in old.lines.iter().zip(&new.lines) {
        assert_eq!(old.amounts.closing, new.amounts.opening, "{}", old.name.zh);
    }
}

/// Vouchers of the new year may be recorded before the old one is closed.
#[test]
fn statements_hold_when_the_new_year_began_before_the_old_one_was_closed() {
    let mut given = a_year();
    let before: Vec<String> = terms().into_iter().map(|term| figures(&given, term)).collect();
    given.interest("2027-01-21", "10.00");
    given.close_year("2026-01");
    let after: Vec<String> = terms().into_iter().map(|term| figures(&given, term)).collect();
    assert_eq!(before, after);
    let next = statement(&given, Term::Year(YEAR.next()));
    assert_eq!(this(&next, "(八)其他收入"), yuan("10.00"));
    assert_eq!(this(&next, "六、年末资金结转结余"), yuan("40922.41"));
}

#[test]
fn an_investment_breaks_the_proof_and_is_named() {
    let mut given = a_year();
    let fund = &general();
    given.adjust(
        "2026-12-21",
        vec![
            debit("32205", fund, "100.00"),
            credit("102", fund, "100.00"),
            debit("151", fund, "100.00"),
            credit("30102", fund, "100.00"),
        ],
        "购买国债",
    );
    let proof = statement(&given, Term::Year(YEAR)).proof.unwrap();
    assert!(!proof.holds);
    assert_eq!([proof.difference, proof.by_investments], [yuan("-100.00"); 2]);
    assert_eq!(proof.by_others, []);
    assert!(sheet(&given, Term::Year(YEAR)).balanced);
}

/// A transfer and a released fund move inside what is carried; an adjustment that goes past every line
/// of the statement is named, and no investment with it.
#[test]
fn the_proof_names_the_vouchers_that_break_it_and_no_investment_where_none_moved() {
    let mut given = a_year();
    let fund = &general();
    let proof = |given: &Given| statement(given, Term::Year(YEAR)).proof.unwrap();
    assert!(proof(&given).holds);
    let lines = vec![debit("32205", fund, "20.00"), credit("215", fund, "20.00")];
    given.adjust("2026-12-21", lines, "补记应付款");
    let found = proof(&given);
    assert_eq!((found.difference, found.by_investments), (yuan("-20.00"), Money::ZERO));
    let [one] = found.by_others.as_slice() else { panic!("{found:?}") };
    assert_eq!(one.amount, yuan("-20.00"));
    // What investments moved and what another voucher did are told apart, before and after the year
    // is closed.
    given.adjust(
        "2026-12-22",
        vec![
            debit("32205", fund, "100.00"),
            credit("102", fund, "100.00"),
            debit("151", fund, "100.00"),
            credit("30102", fund, "100.00"),
        ],
        "购买国债",
    );
    let both = proof(&given);
    assert_eq!((both.difference, both.by_investments), (yuan("-120.00"), yuan("-100.00")));
    assert_eq!(both.by_others, found.by_others);
    given.close_year("2026-01");
    assert_eq!(proof(&given), both);
}

#[test]
fn an_opening_balance_corrected_a_year_later_is_an_adjustment_of_that_year() {
    let mut given = Given::book("示范基层工会", "2026-01-01");
    let lines = vec![debit("102", &general(), "80.00"), credit("32205", &general(), "80.00")];
    let opening = given.opening("2026-01-01", lines);
    given.close_year("2026-01");
    given.reverse("2027-02-01", opening, "期初数录错");
    let next = statement(&given, Term::Year(YEAR.next()));
    assert_eq!(this(&next, "一、年初资金结转结余"), yuan("80.00"));
    assert_eq!(this(&next, "二、资金结转结余调整及变动"), yuan("-80.00"));
    assert!(next.proof.is_some_and(|proof| proof.holds));
}

#[test]
fn every_fund_is_shown_and_they_add_up_to_the_whole() {
    let given = a_year();
    let period = Period::Year(YEAR);
    let report = funds::report(&given.state, &given.chart, period);
    assert!(report.agrees);
    let hardship = &report.lines[1].movement;
    assert_eq!(hardship.opening, yuan("3000.00"));
    assert_eq!((hardship.transferred_in, hardship.transferred_out), (yuan("1000.00"), Money::ZERO));
    assert_eq!((hardship.closing, hardship.held()), (yuan("4800.00"), yuan("4800.00")));
    let sheet = sheet(&given, Term::Year(YEAR));
    assert_eq!(report.total.held(), closing(&sheet, "货币资金"));
}

#[test]
fn dues_are_counted_in_the_group_of_their_month() {
    let given = a_year();
    let year = dues::report(&given.state, &given.chart, Period::Year(YEAR));
    assert_eq!((year.total.members, year.total.members_in_full), (4, 2));
    assert_eq!(year.total.due.minus(year.total.received), year.total.arrears);
    let behind: Vec<(&str, Money, usize)> = year
        .arrears
        .iter()
        .map(|arrears| (arrears.member.as_str(), arrears.amount, arrears.months.len()))
        .collect();
    assert_eq!(behind, [("m3", yuan("48.00"), 2), ("m4", yuan("169.55"), 9)]);
    let quarter = Period::Months { first: month("2026-01"), last: month("2026-03") };
    let quarter = dues::report(&given.state, &given.chart, quarter);
    assert_eq!(quarter.total.collection_rate.unwrap().to_string(), "100.00");
    assert_eq!(quarter.total.due, yuan("263.40"));
    assert_eq!(quarter.arrears, []);
}

#[test]
fn a_book_in_order_has_no_exceptions() {
    let mut given = Given::book("示范基层工会", "2026-01-01");
    given.subsidy("2026-01-05", SubsidyKind::Administration, general(), "500.00");
    given.close_year("2026-01");
    let report = audit::report(&given.state, &given.chart, Period::Year(YEAR));
    assert_eq!(report.exceptions, []);
}

#[test]
fn a_till_below_nothing_is_shown_for_each_month_end() {
    let mut given = Given::book("示范基层工会", "2026-01-01");
    given.spend("2026-02-05", "d-1", &Spent { amount: "70.00", ..Spent::default() });
    given.subsidy("2026-04-05", SubsidyKind::Administration, general(), "100.00");
    let period = Period::Months { first: month("2026-01"), last: month("2026-05") };
    let report = audit::report(&given.state, &given.chart, period);
    let negative: Vec<_> = report
        .exceptions
        .iter()
        .filter(|found| found.code == audit::Concern::TillNegative)
        .map(|found| (found.month.unwrap().to_string(), found.amount.unwrap()))
        .collect();
    let short = yuan("-70.00");
    assert_eq!(negative, [("2026-02".to_owned(), short), ("2026-03".to_owned(), short)]);
}

#[test]
fn every_report_has_a_schema() {
    for name in super::asked::Name::ALL {
        assert_eq!(name.as_str().parse(), Ok(*name));
        assert!(name.schema().as_object().is_some_and(|schema| !schema.is_empty()), "{name}");
    }
}

/// A voucher of two lines between any two accounts that may be posted to.
#[derive(Debug, Clone)]
struct AnyVoucher {
    month: u32,
    restricted: bool,
    debit: usize,
    credit: usize,
    fen: i64,
    reversed: bool,
}

fn any_voucher() -> impl Strategy<Value = AnyVoucher> {
    (1..=12_u32, any::<bool>(), 0..1000_usize, 0..1000_usize, 1..1_000_000_000_i64, any::<bool>())
        .prop_map(|(month, restricted, debit, credit, fen, reversed)| AnyVoucher {
            month,
            restricted,
            debit,
            credit,
            fen,
            reversed,
        })
}

fn book_of(vouchers: &[AnyVoucher]) -> Given {
    let mut given = Given::book("任意工会", "2026-01-01");
    let postable: Vec<String> = given
        .chart
        .accounts()
        .filter(|account| given.chart.is_postable(&account.code))
        .map(|account| account.code.to_string())
        .collect();
    for (place, voucher) in vouchers.iter().enumerate() {
        let fund = if voucher.restricted { hardship() } else { general() };
        let amount = Money::from_fen(voucher.fen).to_string();
        let account = |place: usize| postable[place % postable.len()].as_str();
        let lines = vec![
            debit(account(voucher.debit), &fund, &amount),
            credit(account(voucher.credit), &fund, &amount),
        ];
        let date = format!("2026-{:02}-01", voucher.month);
        if place % 5 == 0 {
            given.opening("2026-01-01", lines);
        } else {
            let seq = given.adjust(&date, lines, "任意凭证");
            if voucher.reversed {
                given.reverse(&date, seq, "冲销");
            }
        }
    }
    given
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reports_balance_whatever_is_posted(vouchers in prop::collection::vec(any_voucher(), 1..25)) {
        let mut given = book_of(&vouchers);
        let mut before = Vec::new();
        for term in terms() {
            // A year's form has no line for 111, which is to be nil by then.
            prop_assert!(sheet(&given, Term::Month(term.last())).balanced);
            let period = Period::from(term);
            for by in [By::Account, By::Fund] {
                prop_assert!(trial_balance::report(&given.state, &given.chart, period, by).agrees);
            }
            let funds = funds::report(&given.state, &given.chart, period);
            prop_assert!(funds.agrees);
            let of = funds.total;
            let proved = of.opening.plus(of.income).minus(of.spending).plus(of.transferred_in)
                .minus(of.transferred_out).plus(of.adjustments);
            prop_assert_eq!(proved, of.closing);
            before.push(figures(&given, term));
        }
        given.close_year("2026-01");
        let after: Vec<String> = terms().into_iter().map(|term| figures(&given, term)).collect();
        prop_assert_eq!(before, after);
        for by in [By::Account, By::Fund] {
            let all = trial_balance::report(&given.state, &given.chart, Period::All, by);
            prop_assert!(all.agrees);
        }
    }
}
