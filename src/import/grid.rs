//! A file as rows of cells: CSV in whatever encoding, or a sheet of a workbook.

use serde::Serialize;

use sha2::{Digest as _, Sha256};

use super::code;
use super::columns::is_personal;
use super::decode;
use super::delimited;
use super::flaw::{Flaw, shortened};
use super::sheet;
use crate::date::Day;
use crate::ids::Digest;

/// The longest file that is read, bytes: a year of a large union's bank lines is a tenth of it.
pub const BYTES_MAX: usize = 32 * 1024 * 1024;
/// The last row that is read.
pub const ROWS_MAX: usize = 100_000;
/// The most cells of a row.
pub const COLUMNS_MAX: usize = 256;
/// The most characters of a line that are told with a flaw.
const EXCERPT_MAX: usize = 4_000;

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
    Csv {
        encoding: Encoding,
        delimiter: char,
        crlf: bool,
    },
    Xlsx {
        sheet: String,
        /// The sheets that are hidden in it, and are not read unless they are named.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        hidden: Vec<String>,
        /// Whether its days are counted from 1904 on, as on old Macintoshes.
        #[serde(skip_serializing_if = "is_false")]
        from_1904: bool,
        #[serde(skip_serializing_if = "Unseen::is_empty")]
        unseen: Unseen,
    },
}

/// What of a sheet is hidden in it and has anything in it, by numbers from 1 on.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Unseen {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<u32>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<u32>,
    /// Whether a filter is on.
    #[serde(skip_serializing_if = "is_false")]
    pub filtered: bool,
}

impl Unseen {
    fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.columns.is_empty() && !self.filtered
    }
}

/// Where a spreadsheet begins to count its days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Epoch {
    From1900,
    From1904,
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

#[expect(clippy::trivially_copy_pass_by_ref, reason = "as serde asks")]
fn is_false(flag: &bool) -> bool {
    !flag
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

/// Reads a file to rows, whatever it is; `sheet` names the one to read where a workbook has several,
/// and says nothing of a CSV file.
pub fn read(bytes: &[u8], sheet: Option<&str>) -> Result<Grid, Vec<Flaw>> {
    if bytes.len() > BYTES_MAX {
        return Err(vec![too_long(u64::try_from(bytes.len()).unwrap_or(u64::MAX))]);
    }
    let (form, rows) = if sheet::is_archive(bytes) {
        sheet::read(bytes, sheet)?
    } else {
        let (encoding, text) = decode::decode(bytes)?;
        let (delimiter, rows) = delimited::read(&text)?;
        (Form::Csv { encoding, delimiter, crlf: text.contains("\r\n") }, rows)
    };
    if rows.iter().all(Row::is_blank) {
        return Err(vec![Flaw {
            code: code::EMPTY,
            zh: "文件里没有内容".to_owned(),
            en: "there is nothing in the file".to_owned(),
            ..Flaw::default()
        }]);
    }
    let grid = Grid { source: digest(bytes)?, form, rows };
    let cells = grid.rows.iter().flat_map(|row| &row.cells);
    match cells.filter(|cell| cell.value != Value::Blank).nth(1) {
        None => Err(vec![no_table("只有一个单元格", "one cell and nothing else")]),
        Some(_) => Ok(grid),
    }
}

/// A text that is no table, as far as can be seen: what it has is said.
fn no_table(zh: &str, en: &str) -> Flaw {
    Flaw {
        code: code::OTHER_FORMAT,
        zh: format!("这不是表格：{zh}；请从原系统导出带表头的 XLSX 或 CSV 文件"),
        en: format!(
            "this is no table: it has {en}; export an XLSX or CSV file with headings from where it comes"
        ),
        expected: Some("CSV, XLSX".to_owned()),
        next: "mingzhang import --help".to_owned(),
        ..Flaw::default()
    }
}

/// A file that is longer than what is read.
#[must_use]
pub fn too_long(bytes: u64) -> Flaw {
    Flaw {
        code: code::TOO_MUCH,
        zh: format!("文件有 {bytes} 字节，最多读 {BYTES_MAX} 字节；请按月或按部门分成几个文件"),
        en: format!(
            "the file has {bytes} bytes, and at most {BYTES_MAX} are read; split it by month or department"
        ),
        expected: Some(BYTES_MAX.to_string()),
        found: Some(bytes.to_string()),
        ..Flaw::default()
    }
}

fn digest(bytes: &[u8]) -> Result<Digest, Vec<Flaw>> {
    let hex =
        Sha256::digest(bytes).iter().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    // 64 digits are a digest always; this only keeps the library free of panics.
    Digest::parse(hex.as_str()).map_err(|_| Vec::new())
}

impl Grid {
    /// Where the days of bare numbers are counted from.
    #[must_use]
    pub fn epoch(&self) -> Epoch {
        match self.form {
            Form::Xlsx { from_1904: true, .. } => Epoch::From1904,
            Form::Xlsx { from_1904: false, .. } | Form::Csv { .. } => Epoch::From1900,
        }
    }

    /// What it is where no row of it has a second cell: a letter, a list of nothing but names.
    #[must_use]
    pub fn not_a_table(&self) -> Option<Flaw> {
        let filled = |row: &Row| row.cells.iter().filter(|c| c.value != Value::Blank).count();
        let is_column = self.rows.iter().all(|row| filled(row) <= 1);
        is_column.then(|| no_table("没有一行分成几栏", "no row of more than one column"))
    }

    /// What is shown of it: the letters of cells of somebody's data are stars, one for each, so that
    /// every other cell stays in its place.
    #[must_use]
    pub fn veiled(&self, header: usize) -> Grid {
        let heads = self.rows.get(header).map(|row| row.cells.as_slice()).unwrap_or_default();
        let personal: Vec<usize> = heads
            .iter()
            .enumerate()
            .filter(|(_, head)| is_personal(&head.text()))
            .map(|(at, _)| at)
            .collect();
        let mut veiled = self.clone();
        if !personal.is_empty() {
            let below = veiled.rows.iter_mut().skip(header.saturating_add(1));
            below.for_each(|row| row.veil(&personal, heads.len()));
        }
        veiled
    }
}

impl Row {
    fn veil(&mut self, personal: &[usize], width: usize) {
        // A row with more cells than the header may have shifted to the right.
        let shifted = self.cells.len() > width;
        let start = |at: usize| self.cells.get(at).map(|cell| cell.column);
        let end = |at: usize| start(at.saturating_add(1)).filter(|_| !shifted).unwrap_or(u32::MAX);
        let spans: Vec<(u32, u32)> =
            personal.iter().filter_map(|at| Some((start(*at)?, end(*at)))).collect();
        let veil = |(at, letter): (u32, char)| {
            let inside = spans.iter().any(|(from, to)| (*from..*to).contains(&at));
            if inside && letter.is_alphanumeric() { '*' } else { letter }
        };
        self.raw = (1_u32..).zip(self.raw.chars()).map(veil).collect();
    }

    /// Whether nothing stands in it.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(|cell| cell.value == Value::Blank)
    }

    /// A flaw at one of its cells, or of the whole row. A cell behind a line break inside quotes is
    /// on a later line of the file, and is shown there.
    #[must_use]
    pub fn flaw(&self, code: &'static str, cell: Option<usize>, zh: String, en: String) -> Flaw {
        let column = cell.and_then(|at| self.cells.get(at)).map_or(0, |cell| cell.column);
        let (line, column, excerpt) = self.place(column);
        let excerpt = match column {
            0..=200 => shortened(&excerpt),
            // The caret stands further on, and is counted from the beginning.
            _ => excerpt.chars().take(EXCERPT_MAX).collect(),
        };
        let [zh, en] = [zh, en].map(|text| shortened(&text));
        Flaw { code, line, column, excerpt, zh, en, ..Flaw::default() }
    }

    /// The line of the file, and the character of it, at which a character of `raw` stands.
    fn place(&self, column: u32) -> (u32, u32, String) {
        let (mut line, mut left) = (self.line, column);
        for text in delimited::lines(&self.raw) {
            let length = u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
            let shown = text.trim_end_matches(['\r', '\n']);
            if left <= length {
                return (line, left, shown.to_owned());
            }
            left = left.saturating_sub(length);
            line = line.saturating_add(1);
        }
        (self.line, column, self.raw.clone())
    }
}

impl Cell {
    /// What stands in it, as words.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.value {
            Value::Text(text) | Value::Number(text) => text.clone(),
            Value::Day(day) => day.to_string(),
            Value::Blank => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_of_somebodys_data_are_shown_as_stars_and_every_other_in_its_place() {
        let text = "工号,姓名,金额\n1001,\"张,某\",1.234\n1002,李某,5.00\n1003,12,王某,1.00\n";
        let grid = read(text.as_bytes(), None).unwrap();
        let raw: Vec<String> =
            grid.veiled(0).rows.iter().map(|row| row.raw.trim_end().to_owned()).collect();
        assert_eq!(
            raw,
            ["工号,姓名,金额", "1001,\"*,*\",1.234", "1002,**,5.00", "1003,**,**,*.**"]
        );
    }
}
