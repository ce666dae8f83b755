//! Text into rows of cells, as spreadsheets write CSV (RFC 4180, and what banks make of it).
//!
//! The crate `csv` splits the same (a test holds it), but says neither where in its line a cell
//! stands nor that a quote was never closed, leaves out blank lines, counts a line too few in files
//! with CRLF, and has no full-width comma.

use super::code;
use super::flaw::Flaw;
use super::grid::{COLUMNS_MAX, Cell, ROWS_MAX, Row, Value};

/// What may stand between two cells, the likelier first.
const DELIMITERS: [char; 5] = [',', '\t', ';', '|', '，'];
/// How many rows are looked at to find which it is.
const LOOKED_AT: usize = 200;

/// One row of the text, with its cells as they stand there.
#[derive(Debug, PartialEq, Eq)]
struct Split<'a> {
    line: u32,
    raw: &'a str,
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
    for split in Splits::of(text, delimiter) {
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
        for split in Splits::of(text, delimiter).take(LOOKED_AT) {
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

struct Splits<'a> {
    rest: &'a str,
    line: u32,
    delimiter: char,
}

impl<'a> Splits<'a> {
    fn of(text: &'a str, delimiter: char) -> Splits<'a> {
        Splits { rest: text, line: 1, delimiter }
    }
}

/// Where in a cell the reader is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    /// At its first character.
    Start,
    Plain,
    Quotes,
    /// Behind a quote inside quotes: the end of them, or the first half of a quote.
    Quote,
    /// Behind the end of quotes, where nothing but blanks may stand.
    Behind,
}

impl<'a> Iterator for Splits<'a> {
    type Item = Split<'a>;

    fn next(&mut self) -> Option<Split<'a>> {
        if self.rest.is_empty() {
            return None;
        }
        let text = self.rest;
        let (mut inside, mut opened, mut stray) = (Inside::Start, 0_u32, None);
        let (mut column, mut begun, mut breaks) = (0_u32, 1_u32, 0_u32);
        let (mut cell, mut cells) = (String::new(), Vec::new());
        let (mut end, mut after) = (text.len(), text.len());
        let mut letters = text.char_indices().peekable();
        while let Some((at, letter)) = letters.next() {
            column = column.saturating_add(1);
            let next = letters.peek().map(|(_, next)| *next);
            let is_break = letter == '\n' || (letter == '\r' && next != Some('\n'));
            match (inside, letter) {
                (Inside::Start, '"') => (inside, opened) = (Inside::Quotes, column),
                (Inside::Quotes, '"') => inside = Inside::Quote,
                (Inside::Quote, '"') => {
                    cell.push('"');
                    inside = Inside::Quotes;
                }
                (Inside::Quotes, letter) => {
                    breaks = breaks.saturating_add(u32::from(is_break));
                    cell.push(letter);
                }
                (_, '\r') if next == Some('\n') => {
                    inside = Inside::Plain;
                    end = at;
                }
                (_, '\r' | '\n') => {
                    end = end.min(at);
                    after = at.saturating_add(1);
                    break;
                }
                (_, letter) if letter == self.delimiter => {
                    cells.push((begun, std::mem::take(&mut cell)));
                    begun = column.saturating_add(1);
                    inside = Inside::Start;
                }
                (Inside::Quote | Inside::Behind, letter) => {
                    cell.push(letter);
                    inside = Inside::Behind;
                    if stray.is_none() && !is_nothing(letter) {
                        stray = Some((opened, column));
                    }
                }
                (Inside::Start | Inside::Plain, letter) => {
                    cell.push(letter);
                    inside = Inside::Plain;
                }
            }
        }
        let raw = text.get(..end).unwrap_or(text);
        if !raw.is_empty() {
            cells.push((begun, cell));
        }
        let open = (inside == Inside::Quotes).then_some(opened);
        let line = self.line;
        self.line = line.saturating_add(breaks).saturating_add(1);
        self.rest = text.get(after..).unwrap_or_default();
        Some(Split { line, raw, cells, open, stray })
    }
}

impl Split<'_> {
    fn row(&self) -> Row {
        let cells = self.cells.iter().map(|(column, text)| {
            let text = shown(text);
            let value = if text.is_empty() { Value::Blank } else { Value::Text(text.to_owned()) };
            Cell { column: *column, value }
        });
        Row { line: self.line, raw: self.raw.to_owned(), cells: cells.collect() }
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

fn never_closed(split: &Split<'_>, column: u32) -> Flaw {
    let row = Row {
        line: split.line,
        raw: split.raw.to_owned(),
        cells: vec![Cell { column, value: Value::Blank }],
    };
    let zh = "引号从这里开始，直到文件末尾也没有结束；请在原文件中补上或去掉引号";
    let en =
        "a quote is opened here and not closed up to the end of the file; close it or take it out";
    row.flaw(code::QUOTE_OPEN, Some(0), zh.to_owned(), en.to_owned())
}

/// Lenient readers take the letter into the cell, and with it all rows between two quotes that are
/// no pair.
fn behind_quotes(split: &Split<'_>, opened: u32, letter: u32) -> Flaw {
    let place = |column| Cell { column, value: Value::Blank };
    let cells = vec![place(opened), place(letter)];
    let row = Row { line: split.line, raw: split.raw.to_owned(), cells };
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
        fn a_well_formed_text_is_split_as_the_crate_splits_it(
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
                let first = lines(split.raw).next().unwrap_or_default();
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
