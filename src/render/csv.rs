//! A page as CSV: UTF-8 with its mark and lines that end as Windows ends them, for that is what
//! spreadsheets read without asking. Figures are bare numbers; nothing can be taken for a formula.

use csv::{QuoteStyle, Terminator, WriterBuilder};

use super::page::{Block, Cell, Page, is_number};
use super::seen::seen;

const MARK: &[u8] = "\u{FEFF}".as_bytes();
const LINE: &[u8] = b"\r\n";

/// One part below the other with an empty line between: the title and what is said of it, each table
/// with its head, the lines of text, the foot.
pub(super) fn csv(page: &Page) -> Result<Vec<u8>, csv::Error> {
    let mut bytes = MARK.to_vec();
    let mut parts = page.blocks.iter().map(rows).filter(|rows| !rows.is_empty());
    if let Some(first) = parts.next() {
        bytes.extend(lines(&first)?);
    }
    for part in parts {
        bytes.extend_from_slice(LINE);
        bytes.extend(lines(&part)?);
    }
    Ok(bytes)
}

/// Rows as RFC 4180 has them, without a mark.
pub fn lines(rows: &[Vec<String>]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = WriterBuilder::new()
        .flexible(true)
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::CRLF)
        .from_writer(Vec::new());
    for row in rows {
        writer.write_record(row)?;
    }
    writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))
}

fn rows(block: &Block) -> Vec<Vec<String>> {
    let said = |of: &[(String, String)]| -> Vec<Vec<String>> {
        of.iter().map(|(label, value)| vec![words(label), words(value)]).collect()
    };
    match block {
        Block::Title { title, about } => {
            std::iter::once(vec![words(title)]).chain(said(about)).collect()
        }
        Block::Text(_) | Block::Voucher(_) | Block::Signatures(_) => {
            block.lines().map(|line| vec![words(line)]).collect()
        }
        Block::Table(table) => {
            let head = table.columns.iter().map(|column| words(&column.title)).collect();
            let rows = table.rows.iter().map(|row| row.iter().map(cell).collect());
            std::iter::once(head).chain(rows).collect()
        }
        Block::Poster(_) | Block::Picture(_) => Vec::new(),
        Block::Foot(lines) => said(lines),
    }
}

fn cell(of: &Cell) -> String {
    match of {
        Cell::Number(shown) if is_number(shown) => shown.replace(',', ""),
        Cell::Words(shown) | Cell::Number(shown) | Cell::Percent(shown) => words(shown),
    }
}

/// Words that a spreadsheet would take for a formula begin with an apostrophe, which it does not
/// show as a part of them.
fn words(text: &str) -> String {
    quoted(&seen(text))
}

/// The same of a text that may hold anything.
#[must_use]
pub fn quoted(text: &str) -> String {
    if is_formula(text) { format!("'{text}") } else { text.to_owned() }
}

/// What a spreadsheet would calculate, in the widths that Chinese keyboards write and behind any
/// blanks; so that it can be read back, behind apostrophes as well. A number, a percentage and a lone
/// dash are only what they are.
fn is_formula(text: &str) -> bool {
    let text = text.trim_start_matches('\'');
    let begun = text.trim_start();
    let begins = |text: &str| {
        text.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠', '﹦', '﹢', '﹣', '﹫'])
    };
    let harmless = is_number(begun.strip_suffix('%').unwrap_or(begun)) || begun == "-";
    text.starts_with(['\t', '\r']) || (begins(begun) && !harmless)
}

/// The words as they were before they were written.
#[must_use]
pub fn unquoted(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if is_formula(rest) => rest,
        Some(_) | None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_calculate_is_words() {
        for formula in [
            "=1+1",
            "+86 10",
            "-cmd|' /C calc'!A0",
            "@SUM(A1)",
            "\t=1",
            "＝1",
            "＋1",
            "－1",
            "＠x",
            "  =1",
            "\u{3000}=1",
            "-1+2",
            "--",
            "'=1",
            "''+1",
        ] {
            assert_eq!(words(formula), format!("'{formula}"));
            assert_eq!(unquoted(&words(formula)), formula);
        }
        for plain in ["-", "-12.50", "-1,234.50", "-3.00%", "a=b", "", "'tis", "2026-01"] {
            assert_eq!(words(plain), plain);
            assert_eq!(unquoted(plain), plain);
        }
        assert_eq!(words("\r=1"), "\\u{D}=1");
    }
}
