//! A sheet of an XLSX workbook into rows: what its cells show, and what it unpacks to is measured
//! before any of it is kept.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};

use calamine::{
    DataRef, Dimensions, ExcelDateTime, Reader, SheetType, SheetVisible, Xlsx, XlsxError,
    XlsxFormulaMetadata,
};
use zip::ZipArchive;

use super::code;
use super::decode::{Kind, not_a_table};
use super::delimited::is_nothing;
use super::flaw::{Flaw, shortened};
use super::grid::{COLUMNS_MAX, Cell, Form, ROWS_MAX, Row, Unseen, Value};
use super::unseen;
use super::values;
use crate::date::Day;

/// The most that a workbook may unpack to, bytes: 100,000 rows of ten columns are a third of it.
const UNPACKED_MAX: u64 = 128 * 1024 * 1024;

type Workbook<'a> = Xlsx<Cursor<&'a [u8]>>;

/// What a cell shows: its value, and the words of it in the row.
struct Shown {
    value: Value,
    raw: String,
}

/// Cells by row and column, both from 0 on.
type Cells = BTreeMap<u32, BTreeMap<u32, Shown>>;

/// Whether it is an archive, as every XLSX is.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The rows of one sheet: the one that is named, or the only one that has anything in it.
pub(super) fn read(bytes: &[u8], sheet: Option<&str>) -> Result<(Form, Vec<Row>), Vec<Flaw>> {
    read_sheet(bytes, sheet).map_err(|flaw| vec![*flaw])
}

fn read_sheet(bytes: &[u8], sheet: Option<&str>) -> Result<(Form, Vec<Row>), Box<Flaw>> {
    examine(bytes)?;
    let mut workbook: Workbook<'_> = Xlsx::new(Cursor::new(bytes)).map_err(|e| unreadable(&e))?;
    let from_1904 = workbook.has_1904_epoch();
    let name = match sheet {
        Some(name) => named(&workbook, name)?,
        None => only(&mut workbook)?,
    };
    let mut cells = cells_of(&mut workbook, &name)?;
    let merged = workbook.merge_cells_by_sheet_name(&name).map_err(|e| unreadable(&e))?;
    fill_down(&mut cells, &merged);
    let hidden = hidden(&workbook, &name);
    let place = workbook.sheets_metadata().iter().position(|sheet| sheet.name == name);
    let unseen = unseen_of(bytes, place.unwrap_or_default(), &cells)?;
    Ok((Form::Xlsx { sheet: name, hidden, from_1904, unseen }, rows_of(cells)))
}

/// Refuses what is no workbook, what unpacks to more than is read, and references that no
/// spreadsheet program writes, before any of it is trusted.
fn examine(bytes: &[u8]) -> Result<(), Box<Flaw>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e.to_string()))?;
    let names: Vec<String> =
        archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    let has = |part: &str| names.iter().any(|name| name.ends_with(part));
    if !has("xl/workbook.xml") {
        return Err(Box::new(other_archive(has)));
    }
    let mut left = UNPACKED_MAX;
    for at in 0..archive.len() {
        let part = archive.by_index(at).map_err(|e| damaged(&e.to_string()))?;
        let mut unpacked = Vec::new();
        let mut limited = part.take(left.saturating_add(1));
        let length = limited.read_to_end(&mut unpacked).map_err(|e| damaged(&e.to_string()))?;
        left = u64::try_from(length).ok().and_then(|n| left.checked_sub(n)).ok_or_else(too_long)?;
        if !references_hold(&unpacked) {
            return Err(Box::new(damaged("a reference to a cell")));
        }
    }
    Ok(())
}

/// What an archive is that is no workbook.
fn other_archive(has: impl Fn(&str) -> bool) -> Flaw {
    if has("xl/workbook.bin") {
        return not_a_table(Kind::Table, " XLSB 工作簿", "an XLSB workbook");
    }
    if has("OFD.xml") {
        return not_a_table(Kind::Paper, " OFD 版式文件", "an OFD document");
    }
    if has("word/document.xml") {
        return not_a_table(Kind::Document, " Word 文档", "a Word document");
    }
    if has("ppt/presentation.xml") {
        return not_a_table(Kind::Document, " PowerPoint 文稿", "a PowerPoint file");
    }
    if has("content.xml") {
        return not_a_table(Kind::Table, " ODS 表格", "an ODS spreadsheet");
    }
    not_a_table(Kind::Archive, "压缩包 (ZIP)", "an archive (ZIP)")
}

/// Whether the references of a sheet are such as spreadsheet programs write, and its counts are not
/// larger than it is: the reader of workbooks takes both at their word.
fn references_hold(part: &[u8]) -> bool {
    let is_sheet = part.windows(10).any(|window| window == b"<sheetData");
    attributes(part).all(|(name, value)| match name {
        b"ref" | b"r" if is_sheet => is_reference(value),
        b"uniqueCount" => {
            let count = std::str::from_utf8(value).ok().and_then(|count| count.parse().ok());
            count.is_some_and(|count: usize| count <= part.len())
        }
        _ => true,
    })
}

/// Everything that looks like an attribute, with what stands in its quotes.
fn attributes(part: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut rest = part;
    std::iter::from_fn(move || {
        loop {
            let at = rest.iter().position(|byte| *byte == b'=')?;
            let (before, after) = rest.split_at_checked(at)?;
            rest = after.get(1..)?;
            let is_end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'"' | b'\'');
            let name = before.trim_ascii_end().rsplit(is_end).next().unwrap_or_default();
            let Some((quote @ (b'"' | b'\''), value)) = rest.trim_ascii_start().split_first()
            else {
                continue;
            };
            let end = value.iter().position(|byte| byte == quote);
            let Some(value) = end.and_then(|end| value.get(..end)) else { continue };
            return Some((name, value));
        }
    })
}

/// `7`, `B7`, `A1:C9` or several of them: at most three letters and seven digits, from first to last.
fn is_reference(text: &[u8]) -> bool {
    let Ok(text) = std::str::from_utf8(text) else { return false };
    let place = |text: &str| {
        let digits = text.trim_start_matches(|letter: char| letter.is_ascii_alphabetic());
        let letters = text.strip_suffix(digits)?;
        let is_number = digits.bytes().all(|byte| byte.is_ascii_digit());
        let fits = letters.len() <= 3 && (1..=7).contains(&digits.len()) && is_number;
        let row = digits.parse::<u32>().ok().filter(|row| fits && *row > 0)?;
        Some((row, letters.len(), letters.to_ascii_uppercase()))
    };
    match text.split_once(':') {
        None => place(text).is_some(),
        Some((first, last)) => place(first).zip(place(last)).is_some_and(|(first, last)| {
            first.0 <= last.0 && (first.1, &first.2) <= (last.1, &last.2)
        }),
    }
}

/// The sheets that a reader sees, in their order.
fn sheets(workbook: &Workbook<'_>) -> Vec<String> {
    let sheets = workbook.sheets_metadata().iter();
    let seen =
        sheets.filter(|s| s.typ == SheetType::WorkSheet && s.visible == SheetVisible::Visible);
    seen.map(|sheet| sheet.name.clone()).collect()
}

/// The sheets that a reader does not see, but for the one that is read.
fn hidden(workbook: &Workbook<'_>, read: &str) -> Vec<String> {
    let sheets = workbook.sheets_metadata().iter();
    let unseen = sheets.filter(|s| {
        s.typ == SheetType::WorkSheet && s.visible != SheetVisible::Visible && s.name != read
    });
    unseen.map(|sheet| sheet.name.clone()).collect()
}

/// The rows and columns with anything in them that a reader does not see.
fn unseen_of(bytes: &[u8], place: usize, cells: &Cells) -> Result<Unseen, Box<Flaw>> {
    let found = unseen::of_sheet(bytes, place).map_err(|why| Box::new(damaged(&why)))?;
    let number = |at: &u32| at.saturating_add(1);
    let columns: BTreeSet<u32> = cells.values().flat_map(|row| row.keys().map(number)).collect();
    let is_hidden =
        |at: &u32| found.columns.iter().any(|(first, last)| (*first..=*last).contains(at));
    Ok(Unseen {
        rows: cells.keys().map(number).filter(|row| found.rows.contains(row)).collect(),
        columns: columns.into_iter().filter(is_hidden).collect(),
        filtered: found.filtered,
    })
}

fn named(workbook: &Workbook<'_>, name: &str) -> Result<String, Box<Flaw>> {
    let all = workbook.sheets_metadata();
    let found = all.iter().find(|sheet| sheet.name.trim() == name.trim());
    found.map(|sheet| sheet.name.clone()).ok_or_else(|| {
        let there = sheets(workbook).join(", ");
        Box::new(Flaw {
            code: code::WHICH_SHEET,
            zh: format!("工作簿里没有名为“{name}”的表；有：{there}"),
            en: format!("the workbook has no sheet {name:?}; it has: {there}"),
            expected: Some(name.to_owned()),
            found: Some(there),
            next: "mingzhang import FILE --sheet SHEET --dry-run".to_owned(),
            ..Flaw::default()
        })
    })
}

fn only(workbook: &mut Workbook<'_>) -> Result<String, Box<Flaw>> {
    let mut full = Vec::new();
    for name in sheets(workbook) {
        if has_content(workbook, &name)? {
            full.push(name);
        }
    }
    if full.len() > 1 {
        let there = full.join(", ");
        return Err(Box::new(Flaw {
            code: code::WHICH_SHEET,
            zh: format!("工作簿里有几张表：{there}；请用 --sheet 或规则中的 sheet 指明读哪一张"),
            en: format!(
                "the workbook has several sheets: {there}; name the one to read by --sheet or as `sheet` of the rules"
            ),
            found: Some(there),
            next: "mingzhang import FILE --sheet SHEET --dry-run".to_owned(),
            ..Flaw::default()
        }));
    }
    full.pop().ok_or_else(|| {
        Box::new(Flaw {
            code: code::EMPTY,
            zh: "工作簿里没有内容".to_owned(),
            en: "there is nothing in the workbook".to_owned(),
            ..Flaw::default()
        })
    })
}

fn has_content(workbook: &mut Workbook<'_>, name: &str) -> Result<bool, Box<Flaw>> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|e| unreadable(&e))?;
    while let Some(cell) = reader.next_cell().map_err(|e| unreadable(&e))? {
        if *cell.get_value() != DataRef::Empty {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What every cell shows. Blank cells are left out, however they are formatted.
fn cells_of(workbook: &mut Workbook<'_>, name: &str) -> Result<Cells, Box<Flaw>> {
    let padded = padded(workbook, name)?;
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|e| unreadable(&e))?;
    let mut cells = Cells::new();
    let mut last = None;
    while let Some(cell) = reader.next_cell_with_formula_metadata().map_err(|e| unreadable(&e))? {
        let (row, column) = cell.pos;
        let mut shown = shown(&cell.value);
        let again = match last {
            Some((at, before)) if at == row => column <= before,
            Some(_) | None => cells.contains_key(&row),
        };
        if again {
            return Err(Box::new(row_twice(row.saturating_add(1), &shown.raw)));
        }
        last = Some(cell.pos);
        if shown.value == Value::Blank
            && let Some(formula) = &cell.formula
        {
            shown = of_text(&without_result(formula));
        }
        if let Some(width) = padded.get(&(row, column)) {
            shown = zeros_before(shown, *width);
        }
        if shown.value == Value::Blank {
            continue;
        }
        let fits = |at: u32, max: usize| usize::try_from(at).is_ok_and(|at| at < max);
        if !fits(row, ROWS_MAX) || !fits(column, COLUMNS_MAX) {
            return Err(Box::new(too_many(row.saturating_add(1), &shown.raw)));
        }
        cells.entry(row).or_default().insert(column, shown);
    }
    Ok(cells)
}

/// A formula whose result was never stored, for the reader of its value to refuse.
fn without_result(formula: &XlsxFormulaMetadata) -> String {
    if let XlsxFormulaMetadata::Normal { formula } | XlsxFormulaMetadata::Shared { formula, .. } =
        formula
        && !formula.is_empty()
    {
        return format!("={formula}");
    }
    "=(…)".to_owned()
}

/// The cells whose numbers are shown with zeros before them (`000000`), as numbers of members are,
/// and to how many digits.
fn padded(
    workbook: &mut Workbook<'_>,
    name: &str,
) -> Result<BTreeMap<(u32, u32), usize>, Box<Flaw>> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|e| unreadable(&e))?;
    let widths: BTreeMap<usize, usize> = (0..)
        .zip(reader.styles())
        .filter_map(|(id, style)| {
            let format = style.number_format.as_ref()?.format_code.as_str();
            let zeros = format.len() > 1 && format.bytes().all(|byte| byte == b'0');
            zeros.then_some((id, format.len()))
        })
        .collect();
    let mut padded = BTreeMap::new();
    if widths.is_empty() {
        return Ok(padded);
    }
    while let Some((row, column, style)) = reader.next_style_id().map_err(|e| unreadable(&e))? {
        if let Some(width) = widths.get(&style) {
            padded.insert((row, column), *width);
        }
    }
    Ok(padded)
}

fn zeros_before(shown: Shown, width: usize) -> Shown {
    match &shown.value {
        Value::Number(number) if number.bytes().all(|byte| byte.is_ascii_digit()) => {
            of_text(&format!("{number:0>width$}"))
        }
        Value::Number(_) | Value::Text(_) | Value::Day(_) | Value::Blank => shown,
    }
}

fn shown(value: &DataRef<'_>) -> Shown {
    match value {
        DataRef::Int(number) => of_number(number.to_string()),
        DataRef::Float(number) => match plain(*number) {
            Some(number) => of_number(number),
            None => of_text("#NUM!"),
        },
        DataRef::String(text) | DataRef::DurationIso(text) => of_text(text),
        DataRef::SharedString(text) => of_text(text),
        DataRef::Bool(flag) => of_text(if *flag { "TRUE" } else { "FALSE" }),
        DataRef::DateTime(moment) if moment.is_duration() => {
            plain(moment.as_f64()).map_or_else(|| of_text("#NUM!"), of_number)
        }
        DataRef::DateTime(moment) => of_moment(moment),
        DataRef::DateTimeIso(text) => match text.get(..10).and_then(|day| Day::parse(day).ok()) {
            Some(day) => Shown { value: Value::Day(day), raw: text.clone() },
            None => of_text(text),
        },
        DataRef::Error(error) => of_text(&error.to_string()),
        DataRef::Empty => of_text(""),
    }
}

fn of_number(number: String) -> Shown {
    Shown { raw: number.clone(), value: Value::Number(number) }
}

fn of_text(text: &str) -> Shown {
    let text = text.trim_matches(is_nothing);
    let raw: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let value = if text.is_empty() { Value::Blank } else { Value::Text(text.to_owned()) };
    Shown { value, raw }
}

/// A day, where it is one that a book can have; else the words that the sheet shows.
fn of_moment(moment: &ExcelDateTime) -> Shown {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    let time = format!("{hour:02}:{minute:02}:{second:02}");
    let at_midnight = (hour, minute, second) == (0, 0, 0);
    match Day::parse(&date) {
        Ok(day) if at_midnight => Shown { value: Value::Day(day), raw: date },
        Ok(day) => Shown { value: Value::Day(day), raw: format!("{date} {time}") },
        // Less than a day: a time alone.
        Err(_) if (0.0..1.0).contains(&moment.as_f64()) => of_text(&time),
        Err(_) => of_text(&date),
    }
}

/// A number as a spreadsheet shows it: 15 significant digits, in plain decimals, `0.3` for 0.1+0.2.
fn plain(number: f64) -> Option<String> {
    let written = format!("{:.14e}", number.is_finite().then_some(number)?);
    let (mantissa, exponent) = written.split_once('e')?;
    let (sign, mantissa) = match mantissa.strip_prefix('-') {
        Some(mantissa) => ("-", mantissa),
        None => ("", mantissa),
    };
    let digits = mantissa.replace('.', "");
    let before = exponent.parse::<i32>().ok()?.saturating_add(1);
    let (whole, fraction) = match usize::try_from(before) {
        Ok(before) if before >= digits.len() => (format!("{digits:0<before$}"), String::new()),
        Ok(before) => {
            let (whole, fraction) = digits.split_at_checked(before)?;
            (whole.to_owned(), fraction.to_owned())
        }
        Err(_) => {
            let zeros = usize::try_from(before.unsigned_abs()).ok()?;
            (String::new(), format!("{}{digits}", "0".repeat(zeros)))
        }
    };
    let whole = if whole.is_empty() { "0" } else { &whole };
    let fraction = fraction.trim_end_matches('0');
    Some(match (whole, fraction) {
        ("0", "") => "0".to_owned(),
        (whole, "") if whole.bytes().all(|byte| byte == b'0') => "0".to_owned(),
        (whole, "") => format!("{sign}{whole}"),
        (whole, fraction) => format!("{sign}{whole}.{fraction}"),
    })
}

/// Words and days of a cell that is merged over several rows 合并单元格 hold for each of them. An
/// amount does not: it would be paid as many times.
fn fill_down(cells: &mut Cells, merged: &[Dimensions]) {
    for region in merged {
        let ((first, column), (last, _)) = (region.start, region.end);
        let Some(shown) = cells.get(&first).and_then(|row| row.get(&column)) else { continue };
        let is_amount = match &shown.value {
            Value::Number(_) => true,
            Value::Text(text) => values::amount(text).is_ok(),
            Value::Day(_) | Value::Blank => false,
        };
        if is_amount {
            continue;
        }
        let (value, raw) = (shown.value.clone(), shown.raw.clone());
        let below: BTreeSet<u32> = cells
            .range(first.saturating_add(1)..=last.max(first.saturating_add(1)))
            .map(|(row, _)| *row)
            .collect();
        for row in below.into_iter().filter(|row| *row <= last) {
            let again = || Shown { value: value.clone(), raw: raw.clone() };
            cells.entry(row).or_default().entry(column).or_insert_with(again);
        }
    }
}

/// Every row from the first on, blank ones too, each as its cells with tabs between them.
fn rows_of(mut cells: Cells) -> Vec<Row> {
    let last = cells.last_key_value().map_or(0, |(row, _)| row.saturating_add(1));
    (0..last).map(|at| row_of(at, cells.remove(&at).unwrap_or_default())).collect()
}

fn row_of(at: u32, mut shown: BTreeMap<u32, Shown>) -> Row {
    let mut row = Row { line: at.saturating_add(1), raw: String::new(), cells: Vec::new() };
    let end = shown.last_key_value().map_or(0, |(column, _)| column.saturating_add(1));
    let mut column = 1_u32;
    for at in 0..end {
        if at > 0 {
            row.raw.push('\t');
            column = column.saturating_add(1);
        }
        let Shown { value, raw } = shown.remove(&at).unwrap_or_else(|| of_text(""));
        row.cells.push(Cell { column, value });
        row.raw.push_str(&raw);
        let length = u32::try_from(raw.chars().count()).unwrap_or(u32::MAX);
        column = column.saturating_add(length);
    }
    row
}

fn unreadable(error: &XlsxError) -> Flaw {
    damaged(&error.to_string())
}

fn damaged(why: &str) -> Flaw {
    Flaw {
        code: code::DAMAGED,
        zh: "工作簿已损坏或没有下载完整；请重新导出，或用表格软件打开后另存为 XLSX".to_owned(),
        en: "the workbook is damaged or was not downloaded to its end; export it again, or open it and save it as XLSX".to_owned(),
        found: Some(why.to_owned()),
        ..Flaw::default()
    }
}

/// A row that stands twice in the sheet: of two cells at one place the later would hide the earlier.
fn row_twice(line: u32, excerpt: &str) -> Flaw {
    Flaw {
        code: code::DAMAGED,
        line,
        excerpt: shortened(excerpt),
        zh: format!("工作表中第 {line} 行出现了两次；请用表格软件打开核对，另存为 XLSX"),
        en: format!(
            "row {line} stands twice in the sheet; open it in a spreadsheet program, look at it, and save it as XLSX"
        ),
        ..Flaw::default()
    }
}

fn too_long() -> Flaw {
    Flaw {
        code: code::TOO_MUCH,
        zh: format!("工作簿解压后超过 {UNPACKED_MAX} 字节，不读；请只留要导入的表，另存为 CSV"),
        en: format!(
            "the workbook unpacks to more than {UNPACKED_MAX} bytes and is not read; save the sheet alone as CSV"
        ),
        expected: Some(UNPACKED_MAX.to_string()),
        ..Flaw::default()
    }
}

fn too_many(line: u32, excerpt: &str) -> Flaw {
    Flaw {
        code: code::TOO_MUCH,
        line,
        excerpt: shortened(excerpt),
        zh: format!(
            "最多读 {ROWS_MAX} 行，每行 {COLUMNS_MAX} 列；请删去表外的内容，或分成几个文件"
        ),
        en: format!(
            "at most {ROWS_MAX} rows of {COLUMNS_MAX} columns are read; delete what stands outside the table, or split it"
        ),
        ..Flaw::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_at_15_digits_and_in_plain_decimals() {
        let shown = [
            (0.0, "0"),
            (-0.0, "0"),
            (0.1 + 0.2, "0.3"),
            (1234.5, "1234.5"),
            (-0.05, "-0.05"),
            (100_000.0, "100000"),
            (1.0 / 3.0, "0.333333333333333"),
            (-2.0 / 3.0, "-0.666666666666667"),
            (9_999_999_999.99, "9999999999.99"),
            (999_999_999_999_999.0, "999999999999999"),
            (6.222_020_000_001_237e18, "6222020000001240000"),
            (1e-7, "0.0000001"),
            (0.000_000_123_456, "0.000000123456"),
        ];
        for (number, text) in shown {
            assert_eq!(plain(number).as_deref(), Some(text));
        }
        assert_eq!((plain(f64::NAN), plain(f64::INFINITY)), (None, None));
    }

    #[test]
    fn a_reference_is_such_as_spreadsheets_write() {
        for good in ["7", "A1", "xfd1048576", "A1:C9", "B2:B2", "Z1:AA1"] {
            assert!(is_reference(good.as_bytes()), "{good}");
        }
        for bad in ["", "A", "A0", "ABCD1", "A12345678", "C9:A1", "AA1:Z1", "A1:", "A 1", "甲1"] {
            assert!(!is_reference(bad.as_bytes()), "{bad}");
        }
    }
}
