//! Every report of every book can be made: on a chart that is not Chinese, of a grassroots union and
//! of a county's, in both languages and as JSON. Whatever such a chart has no account for is refused.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;
mod golden;

use std::collections::{BTreeMap, BTreeSet};

use given::acts::instruction;
use given::american::{OLMS, a_year};
use given::reports::{made, of, records};
use given::{Asked, Given, given, given_on};
use mingzhang::book::{Mode, NotRecorded, Why};
use mingzhang::chart::Chart;
use mingzhang::date::Offset;
use mingzhang::lang::Lang;
use mingzhang::render::page::Block;
use mingzhang::render::{self, Beside, Page, Printed};
use mingzhang::report::asked::{Made, Name};
use mingzhang::rules::Refusal;
use serde_json::Value;

/// Chinese accounts, and those of the American chart that come nearest.
const NEAREST: [(&str, &str); 12] = [
    ("101", "12201"),
    ("102", "12202"),
    ("135", "123"),
    ("215", "230"),
    ("141", "128"),
    ("162", "12701"),
    ("163", "12702"),
    ("30104", "33503"),
    ("32205", "33501"),
    ("406", "442"),
    ("408", "448"),
    ("507", "560"),
];

/// The same on the American chart's accounts.
fn translated(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if let ("account", Value::String(code)) = (name.as_str(), &mut *field) {
                    let nearest = NEAREST.iter().find(|(chinese, _)| code.starts_with(chinese));
                    let other = if code.starts_with('5') { "553" } else { code.as_str() };
                    *field = nearest.map_or(other, |(_, american)| american).into();
                } else {
                    translated(field);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(translated),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// What the officers of Chinese unions ask for, asked of books on another chart: the books, and for each
/// command the uses for which there was no account.
fn american() -> (Vec<Given>, BTreeMap<String, BTreeSet<String>>) {
    let mut no_account: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let scenes = golden::books().into_iter().chain(golden::first::books());
    let mut answered = |scene: Vec<Asked>| {
        let mut book = given_on(OLMS, a_year());
        for (n, mut asked) in scene.into_iter().enumerate() {
            let mut command = serde_json::to_value(&asked.command).unwrap();
            translated(&mut command);
            asked.command = serde_json::from_value(command).unwrap();
            let now = asked.on.at(9, 0, Offset::china()).unwrap();
            let now = book.book.reading().last_at.map_or(now, |last| last.max(now));
            let instruction = instruction(&asked, format!("asked-{n}"), &book.book);
            let before = book.state().clone();
            match book.book.record(&[instruction], now, Mode::default()) {
                Ok(_) => {}
                Err(NotRecorded::Refused(refused)) => {
                    assert!(*book.state() == before, "{asked:?}");
                    for (_, why) in refused {
                        if let Why::Rule(Refusal::NoAccountFor { of }) = why {
                            let uses = no_account.entry(asked.command.name().to_owned());
                            uses.or_default().insert(of);
                        }
                    }
                }
                Err(error) => panic!("{asked:?}: {error:?}"),
            }
        }
        book
    };
    let books = scenes.map(&mut answered).collect();
    (books, no_account)
}

/// Columns of numbers that are not accounts'.
const COUNTED: [&str; 8] =
    ["天数", "票号", "号码", "记录", "days", "Days late", "Number", "Record"];

/// Lines with a cell that is an account's code and nothing more, with no name of it in the next one.
fn bare_in_text(text: &str, chart: &Chart, lang: Lang) -> Vec<String> {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
    let (mut head, mut before, mut found) = (Vec::<String>::new(), "", Vec::new());
    for line in text.lines() {
        let row: Vec<String> = cells(line);
        if before.starts_with("+-") && line.starts_with('|') {
            head.clone_from(&row);
        }
        before = line;
        let bare = |place: usize| {
            let account = row[place].parse().ok().and_then(|code| chart.account(&code));
            let next = row.get(place + 1).map_or("", String::as_str);
            let column = head.get(place).map_or("", String::as_str);
            let counted = COUNTED.iter().any(|counted| column.ends_with(counted));
            account.is_some_and(|account| !counted && !next.ends_with(account.name(lang)))
        };
        if (0..row.len()).any(bare) {
            found.push(line.to_owned());
        }
    }
    found
}

/// Objects that have an account's code under a name that says so, and no name of it.
fn bare_in_json(value: &Value, chart: &Chart, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                if matches!(name.as_str(), "account" | "code" | "accounts")
                    && let Value::String(code) = field
                    && code.parse().is_ok_and(|code| chart.account(&code).is_some())
                    && !["name", "zh", "title"].iter().any(|name| fields.contains_key(*name))
                {
                    found.push(value.to_string());
                }
                bare_in_json(field, chart, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| bare_in_json(item, chart, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// A table that became text would be no table in a workbook.
fn assert_is_of_blocks(what: &str, page: &Page) {
    for block in &page.blocks {
        if let Block::Text(text) = block {
            assert!(!text.contains("+--"), "{what} draws a table in its text:\n{text}");
        }
    }
    for table in page.tables() {
        assert!(table.rows.iter().all(|row| row.len() == table.columns.len()), "{what} {table:?}");
    }
}

fn assert_whole(what: &str, made: &Made, chart: &Chart) {
    for lang in [Lang::Zh, Lang::En] {
        let page = render::made(made, &Beside::default(), lang);
        assert_is_of_blocks(what, &page);
        let text = page.to_string();
        let title = text.lines().next().unwrap_or_default();
        assert!(!title.trim().is_empty(), "{what} {lang:?} has no title:\n{text}");
        let bare = bare_in_text(&text, chart, lang);
        assert_eq!(bare, Vec::<String>::new(), "{what} {lang:?}:\n{text}");
    }
    let printed: Printed<'_, _, ()> = Printed { report: made, foot: None, unmasked: None };
    let json: Value = serde_json::from_str(&render::json(&printed).unwrap()).unwrap();
    let mut bare = Vec::new();
    bare_in_json(&json, chart, &mut bare);
    assert_eq!(bare, Vec::<String>::new(), "{what}");
    for lang in ["zh", "en"] {
        let title = &json.get("heading").unwrap_or(&json)["title"][lang];
        assert!(title.as_str().is_some_and(|title| !title.is_empty()), "{what} {lang}: {json}");
    }
}

/// Every report that the chart has, whole; those that it has not.
fn every_report(name: &str, book: &Given) -> Vec<Name> {
    let records = records(book);
    let mut none = Vec::new();
    for report in Name::ALL {
        for of in of(*report, book, &records) {
            match made(*report, of.clone(), book, &records) {
                Some(made) => {
                    assert_whole(&format!("{name} {report} {of:?}"), &made, book.book.chart());
                }
                None => none.push(*report),
            }
        }
    }
    none
}

#[test]
fn on_a_chart_that_is_not_chinese_all_are_made_but_the_chinese_statements() {
    let chinese = [
        Name::BalanceSheet,
        Name::IncomeStatement,
        Name::FiscalGrants,
        Name::StateAssets,
        Name::CostExpense,
        Name::Notes,
    ];
    for (n, book) in american().0.iter().enumerate() {
        assert_eq!(every_report(&format!("American book {n}"), book), chinese);
    }
}

#[test]
fn on_the_statutory_chart_all_are_made_of_any_union() {
    for (n, book) in golden::books().into_iter().enumerate() {
        assert_eq!(every_report(&format!("book {n}"), &given(book)), []);
    }
}

#[test]
fn what_the_chart_has_no_account_for_is_refused() {
    let (_, no_account) = american();
    let line = |(command, uses): (&String, &BTreeSet<String>)| {
        let uses: Vec<&str> = uses.iter().map(String::as_str).collect();
        format!("{command}: {}", uses.join(", "))
    };
    let said: Vec<String> = no_account.iter().map(line).collect();
    let expected = [
        "accrual.record: lower_due, lower_subsidy_earmarked, lower_subsidy_general, \
         superior_passdown_due, superior_subsidy_due",
        "allocation.collect: allocation",
        "allocation.receive: allocation",
        "asset.receive: intangible_assets",
        "custodial.receive: custodial_bank",
        "disbursement.pay: construction, intangible_assets, prepaid",
        "drive.close: restricted_carried",
        "drive.receive: custodial_bank",
        "fund.close: restricted_carried",
        "fund.release: restricted_carried",
        "preparation_fund.settle: allocation",
        "remittance.pay: owed_up",
        "subsidy.receive: subsidy_administration, subsidy_earmarked, subsidy_general",
    ];
    assert_eq!(said, expected);
}
