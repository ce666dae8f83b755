//! All tables as files that spreadsheets open: UTF-8 with a byte order mark, lines that end as in
//! RFC 4180, amounts as plain numbers. Nothing in a text is taken for a formula.

use super::tables::{Cell, Table, said};
use super::{Export, registers, tables, title, warning};
use crate::lang::Lang;
use crate::render;
use crate::render::csv::quoted;

/// Excel takes a file for UTF-8 by these bytes alone.
const MARK: &str = "\u{FEFF}";

/// One file: its name and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub name: String,
    pub bytes: Vec<u8>,
}

/// Every table as a file, and one that says what each of them is; the same bytes for the same records.
#[must_use]
pub fn files(export: &Export<'_>, lang: Lang, with_registers: bool) -> Vec<File> {
    let mut all = tables::all(export, lang);
    if with_registers {
        all.extend(registers::all(export, lang));
    }
    let readme = File { name: "README.txt".to_owned(), bytes: readme(export, &all, lang) };
    let file = |table: &Table| File {
        name: format!("{}.csv", table.name),
        bytes: bytes(&rows(table, lang)),
    };
    std::iter::once(readme).chain(all.iter().map(file)).collect()
}

fn readme(export: &Export<'_>, all: &[Table], lang: Lang) -> Vec<u8> {
    let mut lines: Vec<String> = warning(export).into_iter().collect();
    lines.push(title(export));
    lines.push(said_of_all(lang).to_owned());
    for Table { name, about, rows, .. } in all {
        let (about, count) = (said(about.clone(), lang), rows.len());
        lines.push(match lang {
            Lang::Zh => format!("{name}.csv  {about}（{count} 行）"),
            Lang::En => format!("{name}.csv  {about} ({count} rows)"),
        });
    }
    format!("{MARK}{}\r\n", lines.join("\r\n")).into_bytes()
}

fn said_of_all(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => {
            "UTF-8 编码的 CSV。金额是数；以 = + - @ 等开头的文字前面加了撇号，免得被当作公式。register- 开头的是台账，\
             列名见 mingzhang schema，其中的文字照登记时所写"
        }
        Lang::En => {
            "CSV in UTF-8. Amounts are numbers; a text that begins with = + - @ and the like has an apostrophe \
             before it, so that it is not taken for a formula. Those that begin with register- are registers, their \
             columns are named in mingzhang schema, and texts in them stand as they were written"
        }
    }
}

fn rows(table: &Table, lang: Lang) -> Vec<Vec<String>> {
    let head = table.columns.iter().map(|words| said(words.clone(), lang)).collect();
    let row = |row: &Vec<Cell>| row.iter().map(shown).collect();
    std::iter::once(head).chain(table.rows.iter().map(row)).collect()
}

fn shown(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => quoted(text),
        Cell::Number(number) => number.clone(),
        Cell::Nothing => String::new(),
    }
}

fn bytes(rows: &[Vec<String>]) -> Vec<u8> {
    let mut bytes = MARK.as_bytes().to_vec();
    bytes.extend(plain(rows));
    bytes
}

/// Rows as RFC 4180 has them, without a mark.
pub(super) fn plain(rows: &[Vec<String>]) -> Vec<u8> {
    // Writing into memory does not fail.
    render::csv::lines(rows).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::super::tests::hostile;
    use super::*;
    use crate::report::Words;
    use proptest::prelude::*;

    #[test]
    fn a_formula_is_a_text_and_an_amount_a_number() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("-甲", "'-甲"),
            ("\t=1", "'\t=1"),
            ("＝1", "'＝1"),
            ("甲=1", "甲=1"),
            ("", ""),
        ] {
            assert_eq!(quoted(text), expected);
        }
        assert_eq!(shown(&Cell::Number("-1.00".to_owned())), "-1.00");
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_back_in_its_cell(texts in proptest::collection::vec(hostile(), 1..8)) {
            let row: Vec<Cell> = texts.iter().map(Cell::text).collect();
            let columns = texts.iter().map(|_| Words::new("列", "column")).collect();
            let about = Words::new("", "");
            let table = Table { name: "t".to_owned(), about, columns, rows: vec![row] };
            let bytes = bytes(&rows(&table, Lang::Zh));
            let text = bytes.strip_prefix(MARK.as_bytes()).unwrap();
            let mut reader = csv::Reader::from_reader(text);
            let read = reader.records().next().unwrap().unwrap();
            let read: Vec<&str> = read.iter().collect();
            let expected: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            prop_assert_eq!(read, expected);
        }
    }
}
