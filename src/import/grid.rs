//! A file as rows of cells: CSV in whatever encoding, or a sheet of a workbook.

use serde::Serialize;

use crate::date::Day;
use crate::ids::Digest;

/// A file that was read: its bytes by their hash, how they were read, and every row, blank ones too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Grid {
    /// SHA-256 of the file.
    pub source: Digest,
    pub form: Form,
    pub rows: Vec<Row>,
}

/// How the bytes were read, for the reader to be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "form")]
pub enum Form {
    Csv { encoding: Encoding, delimiter: char, crlf: bool },
    Xlsx { sheet: String },
}

/// Found in this order: a byte order mark, else all of it is UTF-8, else GB18030.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum Encoding {
    #[serde(rename = "UTF-8")]
    Utf8,
    #[serde(rename = "UTF-8 BOM")]
    Utf8Bom,
    #[serde(rename = "UTF-16LE")]
    Utf16Le,
    #[serde(rename = "UTF-16BE")]
    Utf16Be,
    #[serde(rename = "GB18030")]
    Gb18030,
}

/// A row, by the line of the file on which it begins or its number in the sheet, from 1 on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row {
    pub line: u32,
    /// The line as it stands in the file, decoded; of a sheet the cells with tabs between.
    pub raw: String,
    pub cells: Vec<Cell>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Cell {
    /// Where it begins in `raw`, in characters from 1 on.
    pub column: u32,
    pub value: Value,
}

/// CSV has texts alone; a sheet knows numbers and days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Value {
    Text(String),
    /// A number as the sheet shows it at 15 significant digits, in plain decimals.
    Number(String),
    Day(Day),
    Blank,
}
