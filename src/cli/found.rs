//! A report that somebody holds in any of its forms: which form it is, what its foot says, and its
//! lines as they are compared.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use csv::ReaderBuilder;
use mingzhang::render::unquoted;
use mingzhang::report::foot::Covered;
use serde_json::Value;

use super::form::Format;

/// What the foot of a file says.
pub(crate) struct Said {
    pub(crate) made_by: String,
    pub(crate) root: Option<String>,
    pub(crate) checkpoint: Named,
}

/// The checkpoint that a foot names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Named {
    /// Nothing of it can be read.
    Unread,
    NoneYet,
    Covered(Covered),
}

/// By its first bytes.
pub(crate) fn format(bytes: &[u8]) -> Format {
    let begun = bytes.trim_ascii_start();
    if begun.starts_with(b"PK\x03\x04") {
        Format::Xlsx
    } else if begun.starts_with(b"\xEF\xBB\xBF") {
        Format::Csv
    } else if begun.starts_with(b"<!doctype html>") {
        Format::Html
    } else if begun.starts_with(b"{") {
        Format::Json
    } else {
        Format::Table
    }
}

/// What is compared line by line: of a workbook its cells, row by row.
pub(crate) fn lines(bytes: &[u8], format: Format) -> String {
    match format {
        Format::Table | Format::Json | Format::Html => String::from_utf8_lossy(bytes).into_owned(),
        Format::Csv => String::from_utf8_lossy(bytes).replace("\r\n", "\n"),
        Format::Xlsx => cells(bytes).unwrap_or_default(),
    }
}

fn cells(bytes: &[u8]) -> Option<String> {
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).ok()?;
    let sheet = book.worksheet_range_at(0)?.ok()?;
    let row = |row: &[Data]| {
        let cells = row.iter().map(ToString::to_string).filter(|cell| !cell.is_empty());
        cells.collect::<Vec<_>>().join(" | ")
    };
    Some(sheet.rows().map(row).collect::<Vec<_>>().join("\n"))
}

/// What the foot says; none where there is none.
pub(crate) fn said(bytes: &[u8], format: Format) -> Option<Said> {
    let text = lines(bytes, format);
    match format {
        Format::Json => in_json(&text),
        Format::Table | Format::Xlsx => {
            let pairs = text.lines().filter_map(|line| line.split_once(": "));
            let pairs = pairs.map(|(label, value)| (label.to_owned(), value.to_owned()));
            in_pairs(&pairs.collect::<Vec<_>>())
        }
        Format::Csv => {
            let text = text.trim_start_matches('\u{FEFF}');
            let mut reader = ReaderBuilder::new();
            let mut reader = reader.has_headers(false).flexible(true).from_reader(text.as_bytes());
            let pair = |row: csv::StringRecord| {
                let value = unquoted(row.get(1)?).to_owned();
                (row.len() == 2).then(|| (row[0].to_owned(), value))
            };
            let records = reader.records().filter_map(Result::ok);
            in_pairs(&records.filter_map(pair).collect::<Vec<_>>())
        }
        Format::Html => {
            let pair = |line: &str| {
                let (label, rest) = line.strip_prefix("<div><dt>")?.split_once("</dt><dd>")?;
                Some((unescaped(label), unescaped(rest.strip_suffix("</dd></div>")?)))
            };
            in_pairs(&text.lines().filter_map(pair).collect::<Vec<_>>())
        }
    }
}

fn in_json(text: &str) -> Option<Said> {
    let report: Value = serde_json::from_str(text).ok()?;
    let foot = report.get("foot")?;
    let text = |name: &str| foot.get(name)?.as_str().map(str::to_owned);
    // What is made of many books names no checkpoint.
    let checkpoint = foot.get("checkpoint").cloned().unwrap_or_default();
    let checkpoint = match serde_json::from_value(checkpoint) {
        Ok(Some(covered)) => Named::Covered(covered),
        Ok(None) => Named::NoneYet,
        Err(_) => Named::Unread,
    };
    Some(Said { made_by: text("made_by")?, root: text("root"), checkpoint })
}

/// The last of each label counts: the foot is what stands last.
fn in_pairs(pairs: &[(String, String)]) -> Option<Said> {
    let value = |labels: [&str; 2]| {
        let found = pairs.iter().rev().find(|(label, _)| labels.contains(&label.as_str()));
        found.map(|(_, value)| value.clone())
    };
    let checkpoint = value(["Checkpoint", "检查点"]);
    let checkpoint = checkpoint.as_deref().map_or(Named::Unread, named_as_printed);
    let root = value(["Root", "树根"]);
    Some(Said { made_by: value(["Made by", "制表"])?, root, checkpoint })
}

/// The five that are escaped in a page.
fn unescaped(text: &str) -> String {
    let plain = [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")];
    plain.iter().fold(text.to_owned(), |text, (escaped, plain)| text.replace(escaped, plain))
}

/// The line of the checkpoint, as a foot says it.
fn named_as_printed(line: &str) -> Named {
    if ["none", "无"].contains(&line) {
        return Named::NoneYet;
    }
    let sized = line.split_once(", ").and_then(|(size, rest)| Some((size.parse().ok()?, rest)));
    let Some((size, rest)) = sized else { return Named::Unread };
    let names = rest.strip_prefix("cosigned by ").or_else(|| rest.strip_prefix("见证 "));
    let names = names.map(|names| names.split(", ").map(str::to_owned).collect());
    Named::Covered(Covered { size, cosigners: names.unwrap_or_default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_checkpoint_is_read_as_it_was_printed() {
        let covered = |size, names: &[&str]| {
            let cosigners = names.iter().map(|name| (*name).to_owned()).collect();
            Named::Covered(Covered { size, cosigners })
        };
        assert_eq!(named_as_printed("none"), Named::NoneYet);
        assert_eq!(named_as_printed("402, not cosigned"), covered(402, &[]));
        assert_eq!(named_as_printed("402, 无见证"), covered(402, &[]));
        assert_eq!(named_as_printed("402, 见证 a/b, c"), covered(402, &["a/b", "c"]));
        assert_eq!(named_as_printed("many"), Named::Unread);
    }
}
