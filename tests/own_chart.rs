//! A book on another chart than the Chinese one: what facts post to, how a year closes, and what
//! reports make of it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;

use given::american::{OLMS, a_year};
use given::{Given, close_year, eleven_months, given_on, yuan};
use mingzhang::book::recorded;
use mingzhang::chain::record::Envelope;
use mingzhang::chart::{Chart, Nature, STATUTORY, Use};
use mingzhang::date::FiscalYear;
use mingzhang::event::{Entry, Fact};
use mingzhang::export::{By, Export, Exported, Extent, journal};
use mingzhang::ids::AccountCode;
use mingzhang::report::asked::{Asked as Wanted, Ledger, Name};
use mingzhang::report::audit::{self, Concern};
use mingzhang::report::expected::{NotMade, expect};
use mingzhang::report::{Period, funds, statement};

fn closed_year() -> Given {
    let closings = eleven_months().into_iter().chain([close_year("2025-12-31", 2025)]);
    given_on(OLMS, a_year().into_iter().chain(closings))
}

/// `account fund debit|credit`, one entry a line.
fn written(entries: &[Entry]) -> String {
    let line = |e: &Entry| match e.side.columns() {
        (Some(debit), _) => format!("{} {} Dr {debit}", e.account, e.fund),
        (None, credit) => format!("{} {} Cr {}", e.account, e.fund, credit.unwrap_or_default()),
    };
    entries.iter().map(line).collect::<Vec<_>>().join("; ")
}

#[test]
fn facts_post_to_the_accounts_that_the_chart_names_for_them() {
    let book = given_on(OLMS, a_year());
    let records = given::lines(&book.book);
    let records = records.iter().map(|line| recorded(Envelope::read(line).unwrap()).unwrap());
    let vouchers = records.filter_map(|record| record.voucher);
    let posted: Vec<String> = vouchers.map(|voucher| written(&voucher.entries)).collect();
    assert_eq!(
        posted,
        [
            "12202 general Dr 20000.00; 33501 general Cr 20000.00",
            "12201 general Dr 25.00; 436 general Cr 25.00",
            "12202 general Dr 3.00; 440 general Cr 3.00",
            "33502 general Dr 500.00; 12202 general Cr 500.00; 12202 relief Dr 500.00; 33502 relief Cr 500.00",
            "560 general Dr 900.00; 12202 general Cr 900.00; 12701 general Dr 900.00; 33503 general Cr 900.00",
        ]
    );
}

#[test]
fn a_chart_with_one_account_for_what_is_accumulated_closes_straight_to_it() {
    let mut book = given_on(OLMS, a_year().into_iter().chain(eleven_months()));
    let records = book.then(&close_year("2025-12-31", 2025));
    let carried = records.iter().filter_map(|record| record.voucher.as_ref());
    let carried: Vec<String> = carried.map(|voucher| written(&voucher.entries)).collect();
    assert_eq!(
        carried,
        [
            "436 general Dr 25.00; 440 general Dr 3.00; 560 general Cr 900.00; 33501 general Dr 872.00",
            "33502 general Cr 500.00; 33501 general Dr 500.00",
            "33502 relief Dr 500.00; 33501 relief Cr 500.00",
        ]
    );
    let Some(Fact::YearClosed(result)) = records.last().map(|record| &record.fact) else {
        panic!("{records:?}")
    };
    assert_eq!((result.income, result.expense), (yuan("28.00"), yuan("900.00")));
}

#[test]
fn reports_say_the_same_before_and_after_the_year_is_closed() {
    let open = given_on(OLMS, a_year());
    let closed = closed_year();
    let year = Period::Year(FiscalYear(2025));
    for form in ["lm2-a", "lm2-b", "lm3-a", "lm3-b"] {
        let of = |book: &Given| {
            statement::report(book.state(), book.book.chart(), year, Some(form)).lines
        };
        assert_eq!(of(&open), of(&closed), "{form}");
    }
    let held = |book: &Given| funds::report(book.state(), book.book.chart(), year);
    assert_eq!(held(&open).lines, held(&closed).lines);
    let total = held(&closed).total;
    assert_eq!((total.closing, total.held()), (yuan("19128.00"), yuan("19128.00")));
    assert_eq!((total.income, total.spending), (yuan("28.00"), yuan("900.00")));
    assert_eq!(held(&closed).heading.unit.zh, "USD");
    let audit = audit::report(closed.state(), closed.book.chart(), year);
    let found: Vec<Concern> = audit.exceptions.iter().map(|found| found.code).collect();
    assert_eq!(found, [Concern::DuesInArrears]);
    assert_eq!(audit.fixed_assets.net, yuan("900.00"));
}

#[test]
fn the_statements_of_the_chinese_system_are_not_made_of_another_chart() {
    let book = given_on(OLMS, a_year());
    let of = |name, of: Option<&str>| {
        let of = of.map(str::to_owned);
        let asked = Wanted { name, period: None, by_fund: false, of }.settle(book.state());
        expect(&asked, Ledger::of(book.state(), book.book.chart()))
    };
    for report in [Name::BalanceSheet, Name::IncomeStatement] {
        let other = NotMade::OtherChart { report, chart: OLMS.to_owned() };
        assert_eq!(of(report, None), Err(other));
    }
    for report in [Name::TrialBalance, Name::Funds, Name::Audit, Name::Statement] {
        assert_eq!(of(report, None), Ok(()));
    }
    assert_eq!(of(Name::Statement, Some("lm2-a")), Ok(()));
    let unknown = of(Name::Statement, Some("lm4")).unwrap_err().to_string();
    let known = "statement finds no \"lm4\"; there are: lm2-a, lm2-b, lm3-a, lm3-b";
    assert_eq!(unknown, known);
}

#[test]
fn a_chart_with_more_under_the_prescribed_accounts_has_the_prescribed_statements() {
    for id in ["cn-gonghui-2021", STATUTORY] {
        let chart = Chart::built_in(id).unwrap();
        assert!(chart.is_statutory(), "{id}");
        let more = chart.json().replacen(
            "\"accounts\": [",
            "\"accounts\": [{\"code\": \"50107\", \"zh\": \"某省活动\", \"en\": \"Local\", \
             \"class\": \"expense\", \"normal\": \"debit\", \"level\": \"all\"},",
            1,
        );
        assert!(Chart::from_json(&more).unwrap().is_statutory(), "{id}");
    }
    assert!(!Chart::built_in(OLMS).unwrap().is_statutory());
}

#[test]
fn results_are_carried_by_the_statutory_table() {
    let chart = Chart::built_in(STATUTORY).unwrap();
    let code = |text: &str| AccountCode::parse(text).unwrap();
    for (account, nature, to) in [
        ("50102", Nature::General, "32203"),
        ("50404", Nature::Restricted, "32103"),
        ("40401", Nature::Fiscal, "33103"),
        ("408", Nature::Restricted, "32103"),
        ("401", Nature::Restricted, "32203"),
        ("411", Nature::Fiscal, "32203"),
        ("521", Nature::Restricted, "32203"),
    ] {
        let found = chart.result_account(&code(account), nature);
        assert_eq!(found, Some(&code(to)), "{account}");
    }
    for (first, last, to) in [
        (32101, 32103, "32104"),
        (32201, 32204, "32205"),
        (33101, 33103, "33104"),
        (33201, 33204, "33205"),
    ] {
        for number in first..=last {
            let found = chart.year_end_account(&code(&number.to_string()));
            assert_eq!(found, Some(&code(to)), "{number}");
        }
        assert_eq!(chart.year_end_account(&code(to)), None);
    }
    let of_net_funds: Vec<&str> = chart
        .first_level()
        .filter(|account| chart.is_of_net_funds(&account.code))
        .map(|account| account.code.as_str())
        .collect();
    assert_eq!(of_net_funds, ["321", "322", "331", "332"]);
    assert!(chart.is_of_asset_fund(&code("30106")) && !chart.is_of_asset_fund(&code("311")));
}

#[test]
fn a_use_that_the_chart_names_twice_is_carried_once() {
    let chart = Chart::built_in(OLMS).unwrap();
    let account = chart.at(Use::SurplusCarried).unwrap();
    assert_eq!(
        chart.result_account(&AccountCode::parse("436").unwrap(), Nature::Fiscal),
        Some(account)
    );
    assert_eq!(chart.year_end_account(account), None);
}

#[test]
fn exports_are_in_the_currency_of_the_chart() {
    let book = given_on(OLMS, a_year());
    let records: Vec<Exported> = given::lines(&book.book)
        .iter()
        .map(|line| {
            let envelope = Envelope::read(line).unwrap();
            let record = recorded(envelope).unwrap();
            Exported { record, hash: String::new() }
        })
        .collect();
    let by = By::Currency;
    let export = Export {
        records: &records,
        state: book.state(),
        chart: book.book.chart(),
        by,
        extent: Extent::default(),
    };
    let mut text = Vec::new();
    journal::write(&export, &mut text).unwrap();
    let text = String::from_utf8(text).unwrap();
    assert!(text.contains("commodity USD") && text.contains("  25.00 USD"), "{text}");
    assert!(!text.contains("CNY"));
}
