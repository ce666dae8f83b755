//! Text into rows of cells, as spreadsheets write CSV (RFC 4180, and what banks make of it).

use std::borrow::Cow;

use csv_core::ReadFieldResult;

use super::code;
use super::flaw::Flaw;
use super::grid::{COLUMNS_MAX, Cell, ROWS_MAX, Row, Value};

/// What may stand between two cells, the likelier first.
const DELIMITERS: [char; 5] = [',', '\t', ';', '|', '，'];
/// Stands for the full-width comma while a text is split: one letter too, and of one byte.
const JOINT: u8 = 0x1F;
/// How many rows are looked at to find which it is.
const LOOKED_AT: usize = 200;

/// One row of the text, with its cells as they stand there.
#[derive(Debug, PartialEq, Eq)]
struct Split {
    line: u32,
    raw: String,
    /// Where each cell begins in `raw`, in characters from 1 on, and what it holds.
    cells: Vec<(u32, String)>,
    /// Where a quote was opened that is not closed, in characters of `raw` from 1 on.
    open: Option<u32>,
    /// Where a quote was opened, and where a letter stands behind its end, likewise.
    stray: Option<(u32, u32)>,
}

/// The lines of a text, each with its end: `\n`, `\r\n` or `\r`.
pub(super) fn lines(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let end = rest.find(['\r', '\n']).unwrap_or(rest.len());
        let length = if rest.get(end..)?.starts_with("\r\n") { 2 } else { 1 };
        let (line, after) = rest.split_at_checked(end.saturating_add(length)).unwrap_or((rest, ""));
        rest = after;
        (!line.is_empty()).then_some(line)
    })
}

/// All rows and what stands between their cells.
pub(super) fn read(text: &str) -> Result<(char, Vec<Row>), Vec<Flaw>> {
    let delimiter = delimiter_of(text);
    let mut rows = Vec::new();
    for split in Splits::of(&splittable(text, delimiter), delimiter) {
        if let Some(column) = split.open {
            return Err(vec![never_closed(&split, column)]);
        }
        if let Some((opened, letter)) = split.stray {
            return Err(vec![behind_quotes(&split, opened, letter)]);
        }
        let row = split.row();
        if row.cells.len() > COLUMNS_MAX || rows.len() >= ROWS_MAX {
            return Err(vec![too_many(&row)]);
        }
        rows.push(row);
    }
    Ok((delimiter, rows))
}

/// The one that splits the most rows into the same number of cells, then into the most. A first line
/// `sep=;` says it, as for spreadsheet programs.
fn delimiter_of(text: &str) -> char {
    let first = lines(text).next().unwrap_or_default().trim().trim_matches('"').to_lowercase();
    let named = first.strip_prefix("sep=").and_then(|named| named.chars().next());
    if let Some(named) = named.filter(|named| DELIMITERS.contains(named)) {
        return named;
    }
    let mut best = (0, 0, ',');
    for delimiter in DELIMITERS {
        let mut counts = std::collections::BTreeMap::<usize, usize>::new();
        for split in Splits::of(&splittable(text, delimiter), delimiter).take(LOOKED_AT) {
            let rows = counts.entry(split.cells.len()).or_default();
            *rows = rows.saturating_add(usize::from(split.open.is_none() && split.stray.is_none()));
        }
        let most = counts.into_iter().filter(|(cells, _)| *cells > 1).max_by_key(|(c, n)| (*n, *c));
        let (cells, rows) = most.unwrap_or_default();
        if (rows, cells) > (best.0, best.1) {
            best = (rows, cells, delimiter);
        }
    }
    best.2
}

/// The rows of a text, split by the state machine of `csv`; what it passes over is told here: blank
/// lines, where a cell stands, and quotes that are no pair.
struct Splits<'a> {
    rest: &'a str,
    line: u32,
    reader: csv_core::Reader,
    delimiter: char,
    /// What a cell is written into; it grows to the longest.
    cell: Vec<u8>,
}

/// The text with delimiters of one byte each.
fn splittable(text: &str, delimiter: char) -> Cow<'_, str> {
    if delimiter.is_ascii() {
        return text.into();
    }
    let joint = char::from(JOINT);
    text.replace(joint, " ").replace(delimiter, &joint.to_string()).into()
}

impl<'a> Splits<'a> {
    /// Of a text that was made splittable.
    fn of(text: &'a str, delimiter: char) -> Splits<'a> {
        let mut reader = csv_core::ReaderBuilder::new();
        reader.delimiter(u8::try_from(delimiter).unwrap_or(JOINT));
        Splits { rest: text, line: 1, reader: reader.build(), delimiter, cell: vec![0; 256] }
    }

    /// As it stood before it was made splittable.
    fn restored(&self, text: String) -> String {
        if self.delimiter.is_ascii() {
            return text;
        }
        text.replace(char::from(JOINT), &self.delimiter.to_string())
    }

    /// The next cell of `text`: what it holds, how many bytes it takes up with what ends it, and
    /// whether it is the last of its row.
    fn cell(&mut self, text: &str) -> Option<(String, usize, bool)> {
        let (mut read, mut written) = (0_usize, 0_usize);
        loop {
            let input = text.as_bytes().get(read..)?;
            let (result, taken, given) =
                self.reader.read_field(input, self.cell.get_mut(written..)?);
            read = read.saturating_add(taken);
            written = written.saturating_add(given);
            match result {
                ReadFieldResult::InputEmpty => {}
                ReadFieldResult::OutputFull => {
                    self.cell.resize(self.cell.len().saturating_mul(2), 0);
                }
                ReadFieldResult::Field { record_end } => {
                    let cell = String::from_utf8_lossy(self.cell.get(..written)?).into_owned();
                    return Some((cell, read, record_end));
                }
                ReadFieldResult::End => return None,
            }
        }
    }
}

impl Iterator for Splits<'_> {
    type Item = Split;

    fn next(&mut self) -> Option<Split> {
        let text = self.rest;
        if text.is_empty() {
            return None;
        }
        let mut split = Split {
            line: self.line,
            raw: String::new(),
            cells: Vec::new(),
            open: None,
            stray: None,
        };
        let (mut at, mut column, mut ended) = (0_usize, 1_u32, text.starts_with(['\r', '\n']));
        self.reader.reset();
        while !ended {
            let rest = text.get(at..)?;
            let (cell, length, last) = self.cell(rest)?;
            let piece = rest.get(..length)?;
            let alone =
                if last { without_end(piece) } else { piece.get(..length.checked_sub(1)?)? };
            match odd_quotes(alone) {
                Some(Odd::Open) => split.open = Some(column),
                Some(Odd::Stray(before)) if split.stray.is_none() => {
                    split.stray = Some((column, column.saturating_add(before)));
                }
                Some(Odd::Stray(_)) | None => {}
            }
            split.cells.push((column, self.restored(cell)));
            column = column.saturating_add(letters(piece));
            at = at.saturating_add(length);
            ended = last;
        }
        // The end of the row: read by the crate up to the first of its two letters at most.
        let raw = without_end(text.get(..at)?);
        let behind = text.get(raw.len()..)?;
        let end = if behind.starts_with("\r\n") { 2 } else { behind.len().min(1) };
        self.rest = behind.get(end..)?;
        let breaks = u32::try_from(lines(raw).count()).unwrap_or(u32::MAX);
        self.line = self.line.saturating_add(breaks.max(1));
        split.raw = self.restored(raw.to_owned());
        Some(split)
    }
}

/// Quotes about a cell that are no pair.
enum Odd {
    /// Opened, and not closed up to the end of the text.
    Open,
    /// A letter stands behind their end, and so many before it.
    Stray(u32),
}

/// Of a cell as it stands in the text.
fn odd_quotes(piece: &str) -> Option<Odd> {
    let mut inside = piece.strip_prefix('"')?;
    let behind = loop {
        let Some((_, after)) = inside.split_once('"') else { return Some(Odd::Open) };
        match after.strip_prefix('"') {
            Some(rest) => inside = rest,
            None => break after,
        }
    };
    let stray = behind.find(|letter| !is_nothing(letter))?;
    let at = piece.len().checked_sub(behind.len())?.checked_add(stray)?;
    Some(Odd::Stray(letters(piece.get(..at)?)))
}

fn without_end(text: &str) -> &str {
    text.strip_suffix(['\r', '\n']).unwrap_or(text)
}

fn letters(text: &str) -> u32 {
    u32::try_from(text.chars().count()).unwrap_or(u32::MAX)
}

impl Split {
    fn row(&self) -> Row {
        let cells = self.cells.iter().map(|(column, text)| {
            let text = shown(text);
            let value = if text.is_empty() { Value::Blank } else { Value::Text(text.to_owned()) };
            Cell { column: *column, value }
        });
        Row { line: self.line, raw: self.raw.clone(), cells: cells.collect() }
    }
}

/// A cell without the blanks about it, and without the `="…"` by which programs keep a spreadsheet
/// from making a number of an account number.
fn shown(text: &str) -> &str {
    let text = text.trim_matches(is_nothing);
    let kept = text.strip_prefix("=\"").and_then(|kept| kept.strip_suffix('"'));
    kept.filter(|kept| !kept.contains('"')).map_or(text, |kept| kept.trim_matches(is_nothing))
}

/// Blanks of every width, a byte order mark inside, and the end of a file of DOS.
pub(super) fn is_nothing(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{FEFF}' | '\u{200B}' | '\u{1A}')
}

fn never_closed(split: &Split, column: u32) -> Flaw {
    let row = Row {
        line: split.line,
        raw: split.raw.clone(),
        cells: vec![Cell { column, value: Value::Blank }],
    };
    let zh = "引号从这里开始，直到文件末尾也没有结束；请在原文件中补上或去掉引号";
    let en =
        "a quote is opened here and not closed up to the end of the file; close it or take it out";
    row.flaw(code::QUOTE_OPEN, Some(0), zh.to_owned(), en.to_owned())
}

/// Lenient readers take the letter into the cell, and with it all rows between two quotes that are
/// no pair.
fn behind_quotes(split: &Split, opened: u32, letter: u32) -> Flaw {
    let place = |column| Cell { column, value: Value::Blank };
    let cells = vec![place(opened), place(letter)];
    let row = Row { line: split.line, raw: split.raw.clone(), cells };
    let from = row.flaw(code::QUOTE_STRAY, Some(0), String::new(), String::new());
    let (line, column) = (from.line, from.column);
    let zh = format!(
        "第 {line} 行第 {column} 个字符处的引号到这里结束，后面却还有文字；请在原文件中去掉多余的引号，内容中的引号写成两个"
    );
    let en = format!(
        "the quote of line {line}, character {column}, ends here, and a letter stands behind it; take the odd quote out, and write a quote inside a cell twice"
    );
    row.flaw(code::QUOTE_STRAY, Some(1), zh, en)
}

fn too_many(row: &Row) -> Flaw {
    let zh = format!("最多读 {ROWS_MAX} 行，每行 {COLUMNS_MAX} 列；请分成几个文件");
    let en = format!(
        "at most {ROWS_MAX} rows of {COLUMNS_MAX} columns are read; split it into several files"
    );
    let excerpt = row.raw.chars().take(200).collect();
    Flaw { excerpt, ..row.flaw(code::TOO_MUCH, None, zh, en) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Rows of cells by the crate `csv`, which leaves out blank lines.
    fn by_the_crate(text: &str, delimiter: char) -> Vec<Vec<String>> {
        let mut reader = csv::ReaderBuilder::new();
        reader.has_headers(false).flexible(true).delimiter(delimiter as u8);
        let records = reader.from_reader(text.as_bytes()).into_records();
        records.map(|record| record.unwrap().iter().map(str::to_owned).collect()).collect()
    }

    fn by_us(text: &str, delimiter: char) -> Vec<Vec<String>> {
        let rows = Splits::of(text, delimiter).filter(|split| !split.raw.is_empty());
        rows.map(|split| split.cells.into_iter().map(|(_, cell)| cell).collect()).collect()
    }

    proptest! {
        #[test]
        fn no_row_and_no_cell_is_passed_over(
            cells in prop::collection::vec(
                (
                    prop::sample::select(vec![
                        "", "a", "会 费", " ", "a\"b", "\"\"", "\"a\"", "\"a\"\"会\"\"\"",
                        "\"a,b;c\"", "\"a\nb\"", "\"\r\n,\"", "\"\" ",
                    ]),
                    prop::sample::select(vec![None, None, Some("\n"), Some("\r\n")]),
                ),
                0..30,
            ),
            delimiter in prop::sample::select(vec![',', ';']),
        ) {
            let mut text = String::new();
            for (cell, end) in cells {
                text.push_str(cell);
                text.push_str(end.unwrap_or(if delimiter == ',' { "," } else { ";" }));
            }
            prop_assert!(Splits::of(&text, delimiter).all(|s| (s.open, s.stray) == (None, None)));
            prop_assert_eq!(by_us(&text, delimiter), by_the_crate(&text, delimiter));
        }

        #[test]
        fn a_cell_stands_where_its_column_says_and_a_row_on_its_line(
            letters in prop::collection::vec(
                prop::sample::select(vec!["a", "会费", "\"b,\n\"", "\"\"", ",", "\n", "\r\n", "\r"]),
                0..40,
            ),
        ) {
            let text = letters.concat();
            for split in Splits::of(&text, ',') {
                let line = lines(&text).nth(split.line as usize - 1).unwrap();
                let first = lines(&split.raw).next().unwrap_or_default();
                prop_assert!(line.starts_with(first), "{line:?} {first:?}");
                for (column, _) in &split.cells {
                    let before: Vec<char> = split.raw.chars().take(*column as usize - 1).collect();
                    prop_assert!(matches!(before.last(), None | Some(',')), "{split:?}");
                }
            }
        }
    }

    #[test]
    fn a_letter_behind_a_closing_quote_is_told_at_its_place_and_swallows_no_row() {
        let text = "编号,金额,备注\nm-1,27.15,\"退\nm-2,30.05,\nm-3,24.00,\"好\nm-4,1.00,\n";
        let flaws = read(text).unwrap_err();
        let told: Vec<_> = flaws.iter().map(|f| (f.code, f.line, f.column)).collect();
        assert_eq!(told, [(code::QUOTE_STRAY, 4, 12)]);
        assert_eq!(flaws[0].excerpt, "m-3,24.00,\"好");
        assert!(flaws[0].en.contains("line 2, character 11"), "{}", flaws[0].en);
        for good in ["a,\"b\" \n1,\"2\"\n", "a,=\"b\"\n", "a,b\"c\"d\n", "a,\"b\"\u{1A}"] {
            assert!(read(good).is_ok(), "{good:?}");
        }
    }

    #[test]
    fn what_stands_between_cells_is_what_splits_all_rows_alike() {
        let cases = [
            ("a,b\n1,2\n", ','),
            ("a\tb\n1,5\t2,5\n", '\t'),
            ("a;b;c\n1,5;2;3\n", ';'),
            ("标题\na|b\n1|2\n", '|'),
            ("甲，乙\n一，二\n", '，'),
            ("sep=;\na;b,c\n1;2,3\n", ';'),
            ("alone\n1\n", ','),
            ("a,b\n\"1;2;3\",4\n", ','),
        ];
        for (text, delimiter) in cases {
            assert_eq!(delimiter_of(text), delimiter, "{text:?}");
        }
    }
}
