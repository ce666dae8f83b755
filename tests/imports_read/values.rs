//! Cells into values, row by row.

use mingzhang::date::{Day, Month};
use mingzhang::import::grid::{Cell, Epoch, Value};
use mingzhang::import::values::{self, Misread};
use mingzhang::money::Money;

/// What is written, and the amount.
const AMOUNTS: &[(&str, &str)] = &[
    ("0", "0.00"),
    ("0.00", "0.00"),
    ("-0.00", "0.00"),
    ("5", "5.00"),
    ("5.", "5.00"),
    (".5", "0.50"),
    ("12.5", "12.50"),
    ("12.34", "12.34"),
    ("12.340000", "12.34"),
    ("0.3", "0.30"),
    ("1234.56", "1234.56"),
    ("1,234.56", "1234.56"),
    ("1,234", "1234.00"),
    ("12,345,678.90", "12345678.90"),
    ("1 234.56", "1234.56"),
    ("1\u{a0}234\u{a0}567", "1234567.00"),
    ("1\u{202f}234.5", "1234.50"),
    ("１，２３４．５０", "1234.50"),
    ("１２３４", "1234.00"),
    ("￥1,234.50", "1234.50"),
    ("¥1234.5", "1234.50"),
    ("¥ 12", "12.00"),
    ("￥　１２．００", "12.00"),
    ("12元", "12.00"),
    ("12.50 元", "12.50"),
    ("１２．５０元", "12.50"),
    ("500元整", "500.00"),
    ("CNY 100.00", "100.00"),
    ("CNY100", "100.00"),
    ("RMB 1,000.00", "1000.00"),
    ("rmb5", "5.00"),
    ("人民币：100元", "100.00"),
    ("100.00 CNY", "100.00"),
    ("-5", "-5.00"),
    ("- 5.00", "-5.00"),
    ("－５．００", "-5.00"),
    ("\u{2212}5.00", "-5.00"),
    ("+5.00", "5.00"),
    ("＋５", "5.00"),
    ("-¥5.00", "-5.00"),
    ("¥-5.00", "-5.00"),
    ("￥－1,000.00", "-1000.00"),
    ("(5.00)", "-5.00"),
    ("（５．００）", "-5.00"),
    ("(¥1,234.00)", "-1234.00"),
    ("¥5.00\t", "5.00"),
    ("\u{feff}5.00", "5.00"),
    ("\u{3000}5.00\u{3000}", "5.00"),
    ("999,999,999,999,999.99", "999999999999999.99"),
];

/// What is written and refused, and the code of why.
const NO_AMOUNTS: &[(&str, &str)] = &[
    ("", "I20"),
    ("  \u{3000}", "I20"),
    ("-", "I20"),
    ("--", "I20"),
    ("—", "I20"),
    ("12,34", "I22"),
    ("1,23,456", "I22"),
    ("1234,567", "I22"),
    ("1,2345", "I22"),
    (",123", "I22"),
    ("1,", "I22"),
    ("1.234.567", "I22"),
    ("1.234,56", "I22"),
    ("1 23", "I22"),
    ("1,234 567", "I22"),
    ("1, 234", "I22"),
    ("0.001", "I23"),
    ("10.005", "I23"),
    ("33.3333333333333", "I23"),
    ("1000000000000000", "I24"),
    ("99999999999999999999999999999999", "I24"),
    ("5.00-", "I21"),
    ("5.00 CR", "I21"),
    ("5.00DR", "I21"),
    ("借5.00", "I21"),
    ("--5", "I21"),
    ("+-5", "I21"),
    ("-(5)", "I21"),
    ("(-5)", "I21"),
    ("(5", "I21"),
    ("5)", "I21"),
    ("¥", "I21"),
    ("元", "I21"),
    (".", "I21"),
    ("1.5E+03", "I21"),
    ("1e3", "I21"),
    ("0012", "I21"),
    ("十二元", "I21"),
    ("1.2万", "I21"),
    ("$5.00", "I21"),
    ("36O.00", "I21"),
    ("5%", "I21"),
    ("5.00.", "I22"),
    ("2026-03-05", "I21"),
    ("#REF!", "I25"),
    ("#N/A", "I25"),
    ("#####", "I25"),
    ("=A1*2", "I19"),
];

#[test]
fn an_amount_is_read_as_it_is_written_here_or_refused() {
    for (text, amount) in AMOUNTS {
        assert_eq!(values::amount(text), Ok(Money::parse(amount).unwrap()), "{text:?}");
    }
    for (text, code) in NO_AMOUNTS {
        let refused = values::amount(text).map_err(|misread| misread.code());
        assert_eq!(refused, Err(*code), "{text:?}");
    }
}

#[test]
fn a_day_is_read_whatever_stands_between_its_numbers() {
    let good = [
        ("2026-03-05", "2026-03-05"),
        ("2026-3-5", "2026-03-05"),
        ("2026/3/5", "2026-03-05"),
        ("2026.3.5", "2026-03-05"),
        ("20260305", "2026-03-05"),
        ("2026年3月5日", "2026-03-05"),
        ("2026年03月05号", "2026-03-05"),
        ("2026 年 3 月 5 日", "2026-03-05"),
        ("2026 年 3 月 5 日 9:05", "2026-03-05"),
        ("２０２６年３月５日", "2026-03-05"),
        ("２０２６－０３－０５", "2026-03-05"),
        ("２０２６／３／５", "2026-03-05"),
        ("2026-03-05 14:22:33", "2026-03-05"),
        ("2026-03-05 14:22", "2026-03-05"),
        ("2026-03-05T14:22:33Z", "2026-03-05"),
        ("2026/3/5  9:05:00", "2026-03-05"),
        ("2026年3月5日 14:22:33", "2026-03-05"),
        ("20260305 14:22:33", "2026-03-05"),
        ("20260305142233", "2026-03-05"),
        ("2026-03-05 14:22:33.123", "2026-03-05"),
        ("2024-02-29", "2024-02-29"),
        ("46086", "2026-03-05"),
        ("46086.599", "2026-03-05"),
        ("17899", "1949-01-01"),
    ];
    for (text, day) in good {
        assert_eq!(values::day(text, Epoch::From1900), Ok(Day::parse(day).unwrap()), "{text:?}");
    }
    let bad = [
        ("", "I20"),
        ("03/05/2026", "I27"),
        ("5.3.2026", "I27"),
        ("26-03-05", "I27"),
        ("05/03/26", "I27"),
        ("2026-02-29", "I26"),
        ("2026-13-01", "I26"),
        ("2026-00-01", "I26"),
        ("20261301", "I26"),
        ("2026-03", "I26"),
        ("202603", "I26"),
        ("1945-03-05", "I26"),
        ("3-5", "I26"),
        ("2026-03-05-01", "I26"),
        ("2026-03-05 25时", "I26"),
        ("Mar 5, 2026", "I26"),
        ("昨天", "I26"),
        ("2026-03-0５x", "I26"),
        ("20260305142", "I26"),
        // The 29 February 1900 that spreadsheets know, and all else before 1949.
        ("60", "I26"),
        ("17898", "I26"),
        ("#VALUE!", "I25"),
    ];
    for (text, code) in bad {
        let refused = values::day(text, Epoch::From1900).map_err(|misread| misread.code());
        assert_eq!(refused, Err(code), "{text:?}");
    }
}

#[test]
fn a_spreadsheet_counts_its_days_from_1900_or_from_1904() {
    let day = Day::parse("2026-03-05").unwrap();
    assert_eq!(values::day("46086", Epoch::From1900), Ok(day));
    assert_eq!(values::day("44624", Epoch::From1904), Ok(day));
    let first = Day::parse("1949-01-01").unwrap();
    assert_eq!(values::day("16437", Epoch::From1904), Ok(first));
}

#[test]
fn a_month_and_a_count_are_read_or_refused() {
    for text in [
        "2026-03",
        "2026-3",
        "2026/03",
        "2026.03",
        "202603",
        "2026年3月",
        "2026年03月份",
        "２０２６年３月",
        " 2026-03 ",
    ] {
        assert_eq!(values::month(text), Ok(Month::parse("2026-03").unwrap()), "{text:?}");
    }
    // A spreadsheet makes 2026.1 of 2026.10.
    for text in [
        "3月",
        "2026",
        "2026-13",
        "2026-00",
        "03-2026",
        "2026-03-05",
        "三月",
        "20263",
        "2026-003",
        "2026.1",
        "2026.3",
        "２０２６．１",
    ] {
        assert_eq!(values::month(text), Err(Misread::NoMonth(text.to_owned())), "{text:?}");
    }
    for value in [Value::Number("2026.1".to_owned()), Value::Text("2026.1".to_owned())] {
        let month = values::month_of(&Cell { column: 1, value });
        assert_eq!(month, Err(Misread::NoMonth("2026.1".to_owned())));
    }
    for (text, count) in [
        ("0", 0),
        ("12", 12),
        ("1,200", 1200),
        ("12.00", 12),
        ("１２", 12),
        ("12人", 12),
        ("3 个", 3),
    ] {
        assert_eq!(values::count(text), Ok(count), "{text:?}");
    }
    for text in ["-1", "1.5", "十", "人", "1,2", "99999999999"] {
        assert_eq!(values::count(text), Err(Misread::NoCount(text.to_owned())), "{text:?}");
    }
}

/// Each refusal says in both languages what was found, and what would be accepted.
#[test]
fn a_refusal_names_what_was_found_and_what_is_accepted() {
    let told = values::amount("12,34").unwrap_err();
    assert_eq!(told.zh(), "“12,34”的分隔符不是每三位一个，分不清是千分位还是小数点");
    assert_eq!(
        told.en(),
        "the separators in \"12,34\" do not stand in threes: thousands or decimals?"
    );
    assert_eq!(told.found(), Some("12,34"));
    assert_eq!(told.expected(), Some("1234.56, 1,234.56, -1234.56, (1,234.56), ¥1,234.56"));
    let told = values::day("03/05/2026", Epoch::From1900).unwrap_err();
    assert_eq!(told.zh(), "“03/05/2026”分不清月和日；请写四位的年，再写月、日");
    assert_eq!(
        told.en(),
        "which is the month in \"03/05/2026\"? write the year in four digits first, then month and day"
    );
}
