//! Every file of `fixtures/imports` and what reading it gives.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use mingzhang::import::flaw::Flaw;
use mingzhang::import::grid::{self, Grid};
use mingzhang::import::header::{self, Header, Wanted};
use mingzhang::import::values::{self, Misread};
use serde_json::{Value, json};

use crate::{folder, is_blessing, workbooks};

/// Columns of files of one kind: key, names, whether it is needed.
type Columns = &'static [(&'static str, &'static [&'static str], bool)];

const DAY: (&str, &[&str], bool) = (
    "day",
    &[
        "交易日期",
        "交易时间",
        "交易日",
        "日期",
        "记账日期",
        "Date",
        "Posting Date",
        "捐款日期",
        "制单日期",
    ],
    true,
);
const AMOUNT: (&str, &[&str], bool) =
    ("amount", &["金额", "发生额", "交易金额", "捐款金额", "Amount"], true);
const DEBIT: (&str, &[&str], bool) = (
    "debit",
    &["借方发生额", "借方", "支出", "支出金额", "借方金额", "Debit", "Withdrawals"],
    true,
);
const CREDIT: (&str, &[&str], bool) =
    ("credit", &["贷方发生额", "贷方", "收入", "存入金额", "贷方金额", "Credit", "Deposits"], true);
const BALANCE: (&str, &[&str], bool) =
    ("balance", &["余额", "账户余额", "Balance", "Running Balance"], false);
const SUMMARY: (&str, &[&str], bool) =
    ("summary", &["摘要", "备注", "Summary", "Description"], false);
const PARTY: (&str, &[&str], bool) = ("party", &["对方户名"], false);
const SERIAL: (&str, &[&str], bool) = ("serial", &["流水号", "对方账号"], false);
const MEMBER: (&str, &[&str], bool) = ("member", &["会员号", "会员编号", "工号", "职工编号"], true);
const MONTH: (&str, &[&str], bool) =
    ("month", &["所属月份", "月份", "会费月份", "税款所属期"], true);

/// A statement with one column of signed amounts, and one with two columns.
const SIGNED: Columns = &[DAY, AMOUNT, BALANCE, SUMMARY];
const BANK: Columns = &[DAY, DEBIT, CREDIT, BALANCE, SUMMARY, PARTY, SERIAL];
const DUES: Columns = &[MEMBER, MONTH, ("amount", &["会费", "实缴金额", "金额"], true)];
const ROSTER: Columns = &[
    MEMBER,
    ("group", &["工会小组", "部门", "小组"], false),
    ("day", &["入会日期", "入会时间"], true),
    ("amount", &["会费基数"], false),
];
const PAYROLL: Columns = &[MEMBER, ("amount", &["工会会费", "代扣会费"], true)];
const TAX: Columns = &[
    ("payer", &["社会信用代码", "单位编号", "缴费单位编号"], true),
    MONTH,
    ("count", &["职工人数"], false),
    ("amount", &["实缴金额", "入库金额"], true),
];
const VOUCHERS: Columns = &[
    DAY,
    ("number", &["凭证字号", "凭证号"], true),
    ("account", &["科目编码"], false),
    DEBIT,
    CREDIT,
    SUMMARY,
];
const DONORS: Columns = &[("donor", &["捐款人编号", "捐款单位"], true), DAY, AMOUNT];
const SUPPLIES: Columns = &[("item", &["物品编号"], true), ("amount", &["单价"], true)];

/// A file, which sheet of it, and what is looked for.
pub(crate) const FILES: &[(&str, Option<&str>, Columns)] = &[
    ("bank-gb18030-crlf.csv", None, BANK),
    ("bank-tabs-utf16le.csv", None, BANK),
    ("bank-utf16be.csv", None, SIGNED),
    (
        "bank-account-numbers.csv",
        None,
        &[DAY, DEBIT, CREDIT, BALANCE, PARTY, ("serial", &["流水号"], true)],
    ),
    ("bank-compact-days.csv", None, SIGNED),
    ("bank-two-pages.csv", None, BANK),
    ("bank-semicolon-quotes.csv", None, BANK),
    ("bank-pipes.csv", None, BANK),
    ("bank-full-width-commas.csv", None, BANK),
    ("bank-sep-line.csv", None, SIGNED),
    ("bank-brackets.csv", None, SIGNED),
    ("bank-spaced-thousands.csv", None, SIGNED),
    ("bank-english.csv", None, BANK),
    ("bank-newest-first.csv", None, SIGNED),
    ("bank-end-of-dos.csv", None, SIGNED),
    ("bank-old-mac.csv", None, SIGNED),
    ("bank-1904.xlsx", None, SIGNED),
    ("bank-serial-days.xlsx", None, BANK),
    ("dues-utf8-bom.csv", None, DUES),
    ("dues-no-last-break.csv", None, DUES),
    ("dues-months.csv", None, DUES),
    ("dues-groups.csv", None, DUES),
    ("dues-ragged.csv", None, DUES),
    ("dues-sheets.xlsx", Some("三月"), DUES),
    ("dues-one-sheet-of-three.xlsx", None, DUES),
    ("dues-filtered.xlsx", None, DUES),
    ("dues-folded.xlsx", None, DUES),
    ("roster.csv", None, ROSTER),
    ("roster-gbk.csv", None, ROSTER),
    ("roster-merged.xlsx", None, ROSTER),
    ("payroll.csv", None, PAYROLL),
    ("payroll-feet.csv", None, PAYROLL),
    ("payroll-formulas.xlsx", None, PAYROLL),
    ("tax-list.csv", None, TAX),
    ("tax-list-full-width.csv", None, TAX),
    ("tax-list-texts.xlsx", None, TAX),
    ("vouchers.csv", None, VOUCHERS),
    ("vouchers-account-book.csv", None, VOUCHERS),
    ("vouchers-two-headers.xlsx", None, VOUCHERS),
    ("donors.csv", None, DONORS),
    ("donors-quotes.csv", None, DONORS),
    ("donors-times.xlsx", None, DONORS),
    ("supplies-merged-amount.xlsx", None, SUPPLIES),
    ("header-widths.csv", None, SIGNED),
    ("bad-byte-gb18030.csv", None, SIGNED),
    ("bad-byte-utf8.csv", None, SIGNED),
    ("bad-cut-off-utf8.csv", None, SIGNED),
    ("bad-odd-utf16.csv", None, SIGNED),
    ("bad-nul.csv", None, SIGNED),
    ("bad-utf16-without-mark.csv", None, SIGNED),
    ("bad-empty.csv", None, SIGNED),
    ("bad-blank.csv", None, SIGNED),
    ("bad-old.xls", None, SIGNED),
    ("bad-locked.xlsx", None, SIGNED),
    ("bad-page.xls", None, SIGNED),
    ("bad-scan.pdf", None, SIGNED),
    ("bad-photo.csv", None, SIGNED),
    ("bad-phone.csv", None, SIGNED),
    ("bad-letter.csv", None, SIGNED),
    ("bad-old-bare.csv", None, SIGNED),
    ("bad-document.doc", None, SIGNED),
    ("bad-document.csv", None, SIGNED),
    ("bad-spreadsheet.xml", None, SIGNED),
    ("bad-document.ods", None, SIGNED),
    ("bad-archive.zip", None, SIGNED),
    ("bad-open-quote.csv", None, SIGNED),
    ("bad-no-header.csv", None, SIGNED),
    ("bad-missing-column.csv", None, SIGNED),
    ("bad-missing-columns.csv", None, DUES),
    ("bad-two-columns.csv", None, SIGNED),
    ("bad-amounts.csv", None, SIGNED),
    ("bad-days.csv", None, SIGNED),
    ("bad-months-and-counts.csv", None, TAX),
    ("bad-behind-a-break.csv", None, SIGNED),
    ("bad-wide.csv", None, SIGNED),
    ("bad-mixed.csv", None, BANK),
    ("bad-several-sheets.xlsx", None, DUES),
    ("bad-no-such-sheet.xlsx", Some("五月"), DUES),
    ("bad-blank.xlsx", None, DUES),
    ("bad-error-cells.xlsx", None, SIGNED),
    ("bad-lost-digits.xlsx", None, DONORS),
    ("bad-cut-off.xlsx", None, DUES),
    ("bad-far-cell.xlsx", None, DUES),
    ("bad-reference.xlsx", None, DUES),
    ("bad-row-twice.xlsx", None, DUES),
    ("bad-two-headers.csv", None, DUES),
    ("bad-behind-quotes.csv", None, DUES),
];

fn wanted(columns: Columns) -> Vec<Wanted> {
    let of = |(key, names, needed): &(&str, &[&str], bool)| Wanted {
        key: (*key).to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        needed: *needed,
    };
    columns.iter().map(of).collect()
}

/// What reading gives, whole.
fn outcome(bytes: &[u8], sheet: Option<&str>, columns: Columns) -> Value {
    match read(bytes, sheet, columns) {
        Ok(read) => read,
        Err(flaws) => json!({ "flaws": flaws }),
    }
}

fn read(bytes: &[u8], sheet: Option<&str>, columns: Columns) -> Result<Value, Vec<Flaw>> {
    let grid = grid::read(bytes, sheet)?;
    let header = header::find(&grid, &wanted(columns))?;
    let (mut rows, mut flaws) = (Vec::new(), Vec::new());
    for at in &header.rows {
        rows.push(row(&grid, &header, *at, &mut flaws));
    }
    if !flaws.is_empty() {
        return Err(flaws);
    }
    let line = |at: usize| grid.rows[at].line;
    let total = |total: &header::Total| {
        let values = row(&grid, &header, total.row, &mut Vec::new());
        let kind = if total.partial { "part" } else { "whole" };
        json!({ "line": line(total.row), "label": total.label, "of": kind, "values": values })
    };
    let name = |at: usize| grid.rows[header.row].cells[at].text();
    Ok(json!({
        "form": grid.form,
        "header": line(header.row),
        "columns": header.columns.iter().map(|(key, at)| (key, name(*at))).collect::<BTreeMap<_, _>>(),
        "others": header.others.iter().map(|(_, name)| name).collect::<Vec<_>>(),
        "rows": rows.len(),
        "first": rows.first(),
        "last": rows.last(),
        "totals": header.totals.iter().map(total).collect::<Vec<_>>(),
        "passed": header.passed.iter().map(|at| line(*at)).collect::<Vec<_>>(),
    }))
}

/// The values of a row by key, blank ones left out, and its line.
fn row(grid: &Grid, header: &Header, at: usize, flaws: &mut Vec<Flaw>) -> Value {
    let row = &grid.rows[at];
    let mut values = serde_json::Map::from_iter([("line".to_owned(), json!(row.line))]);
    for (key, column) in &header.columns {
        let Some(cell) = row.cells.get(*column) else { continue };
        let read: Result<Option<Value>, Misread> = match key.as_str() {
            "day" => values::day_of(cell, grid.epoch()).map(|day| day.map(|day| json!(day))),
            "month" => values::month_of(cell).map(|month| month.map(|month| json!(month))),
            "count" => values::count_of(cell).map(|count| count.map(|count| json!(count))),
            "amount" | "debit" | "credit" | "balance" => {
                values::amount_of(cell).map(|amount| amount.map(|amount| json!(amount)))
            }
            _ => values::text_of(cell).map(|text| text.map(|text| json!(text))),
        };
        match read {
            Ok(Some(value)) => drop(values.insert(key.clone(), value)),
            Ok(None) => {}
            Err(misread) => flaws.push(misread.flaw(row, *column)),
        }
    }
    Value::Object(values)
}

#[test]
fn every_file_gives_what_is_expected_of_it() {
    if is_blessing() {
        workbooks::write();
    }
    let mut wrong = Vec::new();
    for (name, sheet, columns) in FILES {
        let bytes = fs::read(folder().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
        let found = outcome(&bytes, *sheet, columns);
        let expected = folder().join(format!("{name}.expected.json"));
        if is_blessing() {
            let text = serde_json::to_string_pretty(&found).unwrap();
            fs::write(&expected, format!("{text}\n")).unwrap();
        }
        let told: Value = serde_json::from_slice(&fs::read(&expected).unwrap()).unwrap();
        if told != found {
            wrong.push(format!("{name}:\n{found:#}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_file_that_lies_there_is_read_and_says_whether_it_is_good() {
    let named: BTreeSet<String> = FILES
        .iter()
        .flat_map(|(name, _, _)| [(*name).to_owned(), format!("{name}.expected.json")])
        .collect();
    let there = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap());
    let there = there.filter(|entry| entry.file_type().unwrap().is_file());
    let there: BTreeSet<String> =
        there.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert_eq!(there, named);
    for (name, sheet, columns) in FILES {
        let bytes = fs::read(folder().join(name)).unwrap();
        let is_bad = outcome(&bytes, *sheet, columns).get("flaws").is_some();
        assert_eq!(is_bad, name.starts_with("bad-"), "{name}");
    }
}

#[test]
fn every_code_of_reading_is_reached_by_a_file() {
    let mut reached = BTreeSet::new();
    for (name, sheet, columns) in FILES {
        let bytes = fs::read(folder().join(name)).unwrap();
        if let Err(flaws) = read(&bytes, *sheet, columns) {
            reached.extend(flaws.iter().map(|flaw| flaw.code.to_owned()));
        }
    }
    // I20 is for who reads a row and needs the cell. I01 to I06 are refusals of commands.
    let all = (7..30).chain([52, 55]).filter(|code| *code != 20).map(|code| format!("I{code:02}"));
    assert_eq!(reached, all.collect());
}

/// A flaw shows its place: the character at its column is where the cell begins.
#[test]
fn a_flaw_stands_where_its_cell_stands() {
    let bytes = fs::read(folder().join("bad-behind-a-break.csv")).unwrap();
    let flaws = read(&bytes, None, &[DAY, AMOUNT, SUMMARY]).unwrap_err();
    let places: Vec<_> = flaws.iter().map(|f| (f.line, f.column, f.excerpt.as_str())).collect();
    assert_eq!(places, [(3, 5, "两本\",abc,2026-03-02"), (4, 4, "会费,xyz,2026-03-03")]);
}
