//! The workbooks of `fixtures/imports`, made here so that anyone can see what stands in them.

use std::fs;
use std::io::{Cursor, Read, Write};

use mingzhang::import::grid;
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, FilterCondition, Format, Formula, Workbook, Worksheet,
};
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use crate::folder;

/// Writes them all.
pub(crate) fn write() {
    for (name, bytes) in all() {
        fs::write(folder().join(name), bytes).unwrap();
    }
}

fn all() -> Vec<(&'static str, Vec<u8>)> {
    let sheets = dues_of_two_months();
    let one = dues_on_one_of_three();
    let cut_off = one[..one.len() * 6 / 10].to_vec();
    vec![
        ("bank-1904.xlsx", bank_from_1904()),
        ("bank-serial-days.xlsx", bank_with_days()),
        ("dues-sheets.xlsx", sheets.clone()),
        ("dues-one-sheet-of-three.xlsx", one.clone()),
        ("dues-filtered.xlsx", dues_with_a_filter_left_on()),
        ("dues-folded.xlsx", dues_with_a_folded_group()),
        ("roster-merged.xlsx", roster_merged()),
        ("payroll-formulas.xlsx", payroll_of_formulas()),
        ("tax-list-texts.xlsx", tax_list_of_texts()),
        ("vouchers-two-headers.xlsx", vouchers_below_two_headers()),
        ("donors-times.xlsx", donors_with_times()),
        ("supplies-merged-amount.xlsx", supplies_of_one_amount()),
        (
            "bad-document.ods",
            archive(&[("mimetype", "application/vnd.oasis"), ("content.xml", "<a/>")]),
        ),
        (
            "bad-document.csv",
            archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<a/>")]),
        ),
        ("bad-archive.zip", archive(&[("2026-03.csv", "日期,金额\n2026-03-02,10.00\n")])),
        ("bad-several-sheets.xlsx", sheets.clone()),
        ("bad-no-such-sheet.xlsx", sheets),
        ("bad-blank.xlsx", of(&["Sheet1"], |_, _| {})),
        ("bad-error-cells.xlsx", error_cells()),
        ("bad-lost-digits.xlsx", lost_digits()),
        ("bad-cut-off.xlsx", cut_off),
        ("bad-far-cell.xlsx", far_cell()),
        (
            "bad-reference.xlsx",
            edited(&one, "xl/worksheets/sheet2.xml", "ref=\"A1:C3\"", "ref=\"C3:A1\""),
        ),
        ("bad-row-twice.xlsx", edited(&one, "xl/worksheets/sheet2.xml", "r=\"A3\"", "r=\"A2\"")),
    ]
}

/// What lies there is what is made here, however the archive is packed.
#[test]
fn the_workbooks_that_lie_there_are_those_made_here() {
    for (name, made) in all() {
        let there = fs::read(folder().join(name)).unwrap();
        let rows = |bytes: &[u8]| match grid::read(bytes, Some("三月"))
            .or_else(|_| grid::read(bytes, None))
        {
            Ok(grid) => Ok((grid.form, grid.rows)),
            Err(flaws) => Err(flaws),
        };
        assert_eq!(rows(&there), rows(&made), "{name}");
    }
}

/// A workbook with sheets of these names, each filled by its place.
fn of(names: &[&str], fill: impl Fn(usize, &mut Worksheet)) -> Vec<u8> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 4, 1).unwrap();
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for (at, name) in names.iter().enumerate() {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        fill(at, sheet);
    }
    workbook.save_to_buffer().unwrap()
}

/// Texts from a cell on, blank ones left out.
fn texts(sheet: &mut Worksheet, first: u32, rows: &[&[&str]]) {
    for (row, cells) in (first..).zip(rows) {
        for (column, text) in (0..).zip(*cells).filter(|(_, text)| !text.is_empty()) {
            sheet.write_string(row, column, *text).unwrap();
        }
    }
}

fn number(sheet: &mut Worksheet, row: u32, column: u16, number: f64, format: &str) {
    sheet
        .write_number_with_format(row, column, number, &Format::new().set_num_format(format))
        .unwrap();
}

/// 2026-03-05 and the day after are 44624 and 44625 there; the second is not even formatted as a day.
fn bank_from_1904() -> Vec<u8> {
    let book = of(&["明细"], |_, sheet| {
        texts(
            sheet,
            0,
            &[&["日期", "金额", "余额", "摘要"], &["", "", "", "会费"], &["", "", "", "手续费"]],
        );
        number(sheet, 1, 0, 44_624.0, "yyyy-mm-dd");
        number(sheet, 1, 1, 100.0, "#,##0.00");
        number(sheet, 1, 2, 100.0, "#,##0.00");
        sheet.write_number(2, 0, 44_625.0).unwrap();
        sheet.write_number(2, 1, -0.5).unwrap();
        sheet.write_number(2, 2, 99.5).unwrap();
    });
    edited(&book, "xl/workbook.xml", "<workbookPr", "<workbookPr date1904=\"1\"")
}

fn bank_with_days() -> Vec<u8> {
    of(&["交易明细"], |_, sheet| {
        let title = Format::new();
        sheet.merge_range(0, 0, 0, 5, "示例银行交易明细", &title).unwrap();
        texts(
            sheet,
            2,
            &[&["交易日期", "借方发生额（元）", "贷方发生额（元）", "余额", "对方户名", "摘要"]],
        );
        let days = [
            (3, "yyyy/m/d", 46_083.0),
            (4, "yyyy\"年\"m\"月\"d\"日\"", 46_086.0),
            (5, "yyyy-mm-dd hh:mm:ss", 46_087.599_687_5),
        ];
        for (row, format, day) in days {
            number(sheet, row, 0, day, format);
        }
        number(sheet, 3, 2, 1_234_567.1, "#,##0.00");
        number(sheet, 3, 3, 1_234_567.1, "#,##0.00");
        number(sheet, 4, 1, 0.1 + 0.2, "#,##0.00");
        number(sheet, 4, 3, 1_234_566.8, "#,##0.00");
        sheet.write_number(5, 1, 66.8).unwrap();
        sheet.write_number(5, 3, 1_234_500.0).unwrap();
        texts(
            sheet,
            3,
            &[
                &["", "", "", "", "示例公司", "拨缴\n经费"],
                &["", "", "", "", "示例银行", "手续费"],
                &["", "", "", "", "示例书店", "图书"],
            ],
        );
        texts(sheet, 7, &[&["合计"]]);
        sheet.write_number(7, 1, 67.1).unwrap();
        sheet.write_number(7, 2, 1_234_567.1).unwrap();
    })
}

fn dues(sheet: &mut Worksheet, month: &str, amounts: &[f64]) {
    texts(sheet, 0, &[&["会员号", "月份", "会费"]]);
    for (row, amount) in (1..).zip(amounts) {
        sheet.write_string(row, 0, format!("hy-{row:04}")).unwrap();
        sheet.write_string(row, 1, month).unwrap();
        sheet.write_number(row, 2, *amount).unwrap();
    }
}

fn dues_of_two_months() -> Vec<u8> {
    of(&["三月", "四月", "旧数据"], |at, sheet| match at {
        0 => dues(sheet, "2026-03", &[20.0, 25.5]),
        1 => dues(sheet, "2026-04", &[20.0, 25.5, 18.0]),
        _ => {
            dues(sheet, "2025-12", &[1.0]);
            sheet.set_hidden(true);
        }
    })
}

fn dues_on_one_of_three() -> Vec<u8> {
    of(&["封面", "名册", "Sheet3"], |at, sheet| {
        if at == 1 {
            dues(sheet, "2026-03", &[20.0, 25.5]);
        }
    })
}

/// A title over all columns, a group over its members, and numbers of members with zeros before them.
fn roster_merged() -> Vec<u8> {
    of(&["花名册"], |_, sheet| {
        let plain = Format::new();
        sheet.merge_range(0, 0, 0, 3, "会员花名册", &plain).unwrap();
        texts(sheet, 1, &[&["部 门", "工号", "入会日期", "会费基数\n(元)"]]);
        sheet.merge_range(2, 0, 4, 0, "一车间", &plain).unwrap();
        sheet.write_string(5, 0, "二车间").unwrap();
        for (row, member, day, wage) in [
            (2, 101.0, 46_086.0, 5_000.0),
            (3, 102.0, 45_000.0, 5_200.5),
            (4, 103.0, 44_197.0, 4_800.0),
            (5, 1_200.0, 43_831.0, 0.0),
        ] {
            number(sheet, row, 1, member, "000000");
            number(sheet, row, 2, day, "yyyy-mm-dd");
            number(sheet, row, 3, wage, "0.00");
        }
    })
}

fn payroll_of_formulas() -> Vec<u8> {
    of(&["工资表"], |_, sheet| {
        texts(sheet, 0, &[&["工号", "应发工资", "工会会费"], &["A01"], &["A02"], &["合计"]]);
        let formulas = [
            (1, 1, "=5000+1000", "6000"),
            (1, 2, "=B2*0.005", "30"),
            (2, 1, "=0.1+0.2", "0.30000000000000004"),
            (2, 2, "=B3", "0.30000000000000004"),
            (3, 2, "=SUM(C2:C3)", "30.300000000000001"),
        ];
        for (row, column, formula, result) in formulas {
            sheet.write_formula(row, column, Formula::new(formula).set_result(result)).unwrap();
        }
    })
}

fn tax_list_of_texts() -> Vec<u8> {
    of(&["代收清单"], |_, sheet| {
        texts(
            sheet,
            0,
            &[
                &["社会信用代码", "税款所属期", "职工人数", "实缴金额"],
                &["QY-000001", "202601", "120", "12,000.00"],
                &["QY-000002", "2026年1月", " 35 ", "3500"],
                &["QY-000003", "", "", "￥1,800.00元"],
            ],
        );
        number(sheet, 3, 1, 46_023.0, "yyyy\"年\"m\"月\"");
        sheet.write_number(3, 2, 18.0).unwrap();
    })
}

/// 发生额 stands over two columns, and what stands beside it over two rows.
fn vouchers_below_two_headers() -> Vec<u8> {
    of(&["凭证"], |_, sheet| {
        let plain = Format::new();
        for (column, name) in [(0, "日期"), (1, "凭证号"), (2, "摘要")] {
            sheet.merge_range(0, column, 1, column, name, &plain).unwrap();
        }
        sheet.merge_range(0, 3, 0, 4, "发生额", &plain).unwrap();
        texts(
            sheet,
            1,
            &[
                &["", "", "", "借方", "贷方"],
                &["2026-01-05", "记-1", "收会费"],
                &["2026-01-05", "记-1", "收会费"],
            ],
        );
        sheet.write_number(2, 3, 1000.0).unwrap();
        sheet.write_number(3, 4, 1000.0).unwrap();
    })
}

/// Of four lines the filter shows two; the total adds up all of them, and the months are hidden.
fn dues_with_a_filter_left_on() -> Vec<u8> {
    of(&["会费"], |_, sheet| {
        let lines: &[(&str, &str, f64)] = &[
            ("m-1", "一车间", 27.15),
            ("m-2", "二车间", 30.05),
            ("m-3", "一车间", 24.0),
            ("m-4", "二车间", 36.25),
        ];
        texts(sheet, 0, &[&["会员编号", "部门", "月份", "金额"]]);
        for (row, (member, part, amount)) in (1..).zip(lines) {
            texts(sheet, row, &[&[member, part, "2025-03"]]);
            sheet.write_number(row, 3, *amount).unwrap();
        }
        texts(sheet, 5, &[&["合计"]]);
        sheet.write_number(5, 3, 117.45).unwrap();
        sheet.autofilter(0, 0, 4, 3).unwrap();
        let shown = FilterCondition::new().add_list_filter("一车间");
        sheet.filter_column(1, &shown).unwrap();
        sheet.set_row_hidden(2).unwrap();
        sheet.set_row_hidden(4).unwrap();
        sheet.set_column_hidden(2).unwrap();
    })
}

/// A group of two lines is folded, and another line is nothing high.
fn dues_with_a_folded_group() -> Vec<u8> {
    let book = of(&["会费"], |_, sheet| {
        dues(sheet, "2026-03", &[20.0, 21.0, 22.0, 23.0]);
        sheet.group_rows_collapsed(2, 3).unwrap();
        sheet.set_row_height(4, 7.5).unwrap();
    });
    edited(&book, "xl/worksheets/sheet1.xml", "ht=\"7.5\"", "ht=\"0\"")
}

fn donors_with_times() -> Vec<u8> {
    of(&["捐款"], |_, sheet| {
        texts(sheet, 0, &[&["捐款人编号", "捐款日期", "捐款金额"], &["D-001"], &["D-002"]]);
        number(sheet, 1, 0, 1.0, "00");
        number(sheet, 1, 1, 46_154.999_988_425_92, "yyyy-mm-dd hh:mm:ss");
        number(sheet, 2, 1, 46_155.0, "d/m/yyyy");
        sheet.write_number(1, 2, 100.0).unwrap();
        sheet.write_number(2, 2, 20.05).unwrap();
    })
}

/// An amount over two rows is that of the first alone.
fn supplies_of_one_amount() -> Vec<u8> {
    of(&["物品"], |_, sheet| {
        texts(sheet, 0, &[&["物品编号", "单价"], &["W-1"], &["W-2"]]);
        sheet.merge_range(1, 1, 2, 1, "", &Format::new()).unwrap();
        sheet.write_number(1, 1, 12.5).unwrap();
    })
}

fn error_cells() -> Vec<u8> {
    let book = of(&["明细"], |_, sheet| {
        texts(
            sheet,
            0,
            &[
                &["日期", "金额", "摘要"],
                &["2026-03-02", "", "错"],
                &["2026-03-03", "", "空"],
                &["2026-03-04", "", "对"],
            ],
        );
        sheet.write_formula(1, 1, Formula::new("=#REF!+1").set_result("#REF!")).unwrap();
        sheet.write_formula(2, 1, Formula::new("=1+1").set_result("424242")).unwrap();
        sheet.write_number(3, 1, 10.0).unwrap();
    });
    edited(&book, "xl/worksheets/sheet1.xml", "<v>424242</v>", "")
}

fn lost_digits() -> Vec<u8> {
    of(&["捐款"], |_, sheet| {
        texts(sheet, 0, &[&["捐款人编号", "捐款日期", "捐款金额"], &["", "2026-05-12"]]);
        number(sheet, 1, 0, 1_234_567_890_123_456_768.0, "0");
        sheet.write_number(1, 2, 33.333_333).unwrap();
    })
}

fn far_cell() -> Vec<u8> {
    of(&["名册"], |_, sheet| {
        dues(sheet, "2026-03", &[20.0]);
        sheet.write_string(1_048_575, 2, "。").unwrap();
    })
}

/// An archive of texts.
pub(crate) fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// The workbook with a text of one of its parts replaced.
fn edited(book: &[u8], part: &str, from: &str, to: &str) -> Vec<u8> {
    let edit = |name: &str, text: String| {
        if name != part {
            return text;
        }
        assert!(text.contains(from), "{text}");
        text.replace(from, to)
    };
    let parts: Vec<(String, String)> =
        parts(book).into_iter().map(|(name, text)| (name.clone(), edit(&name, text))).collect();
    let parts: Vec<(&str, &str)> =
        parts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    archive(&parts)
}

/// The parts of a workbook, all of them texts.
pub(crate) fn parts(book: &[u8]) -> Vec<(String, String)> {
    let mut archive = ZipArchive::new(Cursor::new(book)).unwrap();
    let part = |at| {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        (file.name().unwrap().into_owned(), text)
    };
    (0..ZipArchive::new(Cursor::new(book)).unwrap().len()).map(part).collect()
}
