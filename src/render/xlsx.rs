//! A page as a workbook 工作簿 of one sheet that can be calculated with and printed: figures are
//! numbers, everything else is text and never a formula. It names nobody and no day of its own, so
//! that it is the same bytes for the same page.

use rust_xlsxwriter::{
    ColNum, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, IgnoreError, Image,
    RowNum, Workbook, Worksheet, XlsxError,
};
use unicode_width::UnicodeWidthStr;

use super::form::Paper;
use super::page::{Block, Cell, Column, Holds, Page, Table, is_number};
use super::picture::{Code, Picture};
use super::seen::seen;

/// In characters of half the width of a Chinese one.
const WORDS_WIDTH_MAX: usize = 44;
const FIGURES_WIDTH_MAX: usize = 24;
const WIDTH_MIN: usize = 6;
/// Of a page without tables.
const TEXT_WIDTH: usize = 90;
const A4_WIDTH: usize = 92;
const A5_WIDTH: usize = 62;
/// A head that stands lower is not frozen: what is above it would fill the screen.
const FROZEN_MAX: RowNum = 8;
/// So many digits a spreadsheet keeps; a longer number would be another one.
const DIGITS_MAX: usize = 15;
const SHEET_NAME_MAX: usize = 31;
/// In points.
const LINE_HEIGHT: u32 = 15;
const TITLE_HEIGHT: u32 = 24;
const FOOT_HEIGHT: u32 = 12;
/// A code's side in pixels, of which 96 are an inch, and the rows of 15 points that it takes.
const CODE_SIDE: f64 = 360.0;
const CODE_ROWS: u32 = 18;
/// No spreadsheet has a higher row.
const HEIGHT_MAX: u32 = 409;

pub(super) fn xlsx(page: &Page, paper: Paper) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    book.set_properties(&properties(page)?);
    let sheet = book.add_worksheet();
    sheet.set_name(sheet_name(page))?;
    let widths = widths(page);
    for (place, width) in widths.iter().enumerate() {
        sheet.set_column_width(col(place), f64::from(u32::try_from(*width).unwrap_or(u32::MAX)))?;
    }
    set_up(sheet, page, paper, widths.iter().sum())?;
    let mut writer = Writer { sheet, row: 0, widths, heads: Vec::new(), after_table: false };
    for block in &page.blocks {
        writer.block(block)?;
    }
    writer.finish()?;
    book.save_to_buffer()
}

/// A title and a day that is always the same one; no author.
fn properties(page: &Page) -> Result<DocProperties, XlsxError> {
    let day = ExcelDateTime::from_ymd(2000, 1, 1)?;
    let title = page.title().unwrap_or_default();
    Ok(DocProperties::new().set_title(seen(title)).set_creation_datetime(&day))
}

/// The title, as far as a sheet's name may hold it.
fn sheet_name(page: &Page) -> String {
    let may =
        |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'' | '\n' | '\t');
    let title = seen(page.title().unwrap_or_default()).into_owned();
    let mut name = String::new();
    for c in title.chars().filter(may) {
        if name.encode_utf16().count().saturating_add(c.len_utf16()) > SHEET_NAME_MAX {
            break;
        }
        name.push(c);
    }
    let name = name.trim();
    if name.is_empty() || name.eq_ignore_ascii_case("history") {
        "1".to_owned()
    } else {
        name.to_owned()
    }
}

/// How wide each column is: as wide as the widest that stands in it in any table, within bounds.
fn widths(page: &Page) -> Vec<usize> {
    let mut widths: Vec<usize> = Vec::new();
    for table in page.tables() {
        for (place, column) in table.columns.iter().enumerate() {
            let cells = table.rows.iter().filter_map(|row| row.get(place)).map(Cell::shown);
            let widest = cells.map(|shown| seen(shown).width()).max().unwrap_or_default();
            let max = match column.holds {
                Holds::Words => WORDS_WIDTH_MAX,
                Holds::Figures => FIGURES_WIDTH_MAX,
            };
            let widest = widest.max(column.title.width()).saturating_add(2);
            let width = widest.clamp(WIDTH_MIN, max);
            match widths.get_mut(place) {
                Some(so_far) => *so_far = width.max(*so_far),
                None => widths.push(width),
            }
        }
    }
    if widths.is_empty() { vec![TEXT_WIDTH] } else { widths }
}

/// 页面设置 One page wide, on its side where it is too wide; page numbers and the root below.
fn set_up(sheet: &mut Worksheet, page: &Page, paper: Paper, width: usize) -> Result<(), XlsxError> {
    let (number, upright) = match paper {
        Paper::A4 => (9, A4_WIDTH),
        Paper::A5 => (11, A5_WIDTH),
    };
    sheet.set_paper_size(number);
    if width > upright {
        sheet.set_landscape();
    }
    sheet.set_print_fit_to_pages(1, 0).set_print_center_horizontally(true);
    // In inches: left, right, top, bottom, head, foot.
    sheet.set_margins(0.5, 0.5, 0.5, 0.7, 0.3, 0.3);
    let root = page.root().unwrap_or_default().replace('&', "&&");
    sheet.set_footer(format!("&L&8 {root}&R&8 &P / &N"));
    sheet.ignore_error_range(0, 0, RowNum::from(u16::MAX), 255, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

struct Writer<'a> {
    sheet: &'a mut Worksheet,
    /// The next one.
    row: RowNum,
    widths: Vec<usize>,
    /// The rows in which the heads of tables stand.
    heads: Vec<RowNum>,
    after_table: bool,
}

impl Writer<'_> {
    fn block(&mut self, block: &Block) -> Result<(), XlsxError> {
        let after_table =
            std::mem::replace(&mut self.after_table, matches!(block, Block::Table(_)));
        match block {
            Block::Title { title, about } => {
                let centred = Format::new().set_align(FormatAlign::Center);
                let large = centred.clone().set_bold().set_font_size(16);
                self.across(title, &large, TITLE_HEIGHT)?;
                self.across(&said(about).join("  "), &centred, LINE_HEIGHT)?;
            }
            Block::Text(_) | Block::Voucher(_) | Block::Signatures(_) => {
                // What goes together stands together.
                if matches!(block, Block::Voucher(_)) {
                    self.row = self.row.saturating_add(1);
                }
                for line in block.lines() {
                    self.across(line, &Format::new(), LINE_HEIGHT)?;
                }
            }
            Block::Table(table) => {
                if after_table {
                    self.row = self.row.saturating_add(1);
                }
                self.table(table)?;
            }
            // Bars are in the tables too; what is scanned is nowhere else.
            Block::Picture(Picture::Code(code)) => self.code(code)?,
            Block::Poster(_) | Block::Picture(Picture::Bars(_)) => {}
            Block::Foot(lines) => {
                self.row = self.row.saturating_add(1);
                for line in said(lines) {
                    self.across(&line, &Format::new().set_font_size(8), FOOT_HEIGHT)?;
                }
            }
        }
        Ok(())
    }

    /// A line over all columns, as high as it needs: cells that are one do not grow by themselves.
    fn across(&mut self, text: &str, format: &Format, line_height: u32) -> Result<(), XlsxError> {
        let (text, format) = (seen(text), format.clone().set_text_wrap());
        let last = self.widths.len().saturating_sub(1);
        if last == 0 {
            self.sheet.write_string_with_format(self.row, 0, &*text, &format)?;
        } else {
            self.sheet.merge_range(self.row, 0, self.row, col(last), &text, &format)?;
        }
        let width = self.widths.iter().sum::<usize>().max(1);
        let wanted = text.width().saturating_mul(wide(line_height)).div_ceil(wide(LINE_HEIGHT));
        let lines = u32::try_from(wanted.div_ceil(width).max(1)).unwrap_or(u32::MAX);
        let height = lines.saturating_mul(line_height).min(HEIGHT_MAX);
        self.sheet.set_row_height(self.row, f64::from(height))?;
        self.row = self.row.saturating_add(1);
        Ok(())
    }

    fn table(&mut self, table: &Table) -> Result<(), XlsxError> {
        self.heads.push(self.row);
        let head = Format::new().set_bold().set_border(FormatBorder::Thin).set_text_wrap();
        let head = head.set_align(FormatAlign::Center).set_align(FormatAlign::VerticalCenter);
        for (place, column) in table.columns.iter().enumerate() {
            let title = seen(&column.title);
            self.sheet.write_string_with_format(self.row, col(place), &*title, &head)?;
        }
        self.row = self.row.saturating_add(1);
        for row in &table.rows {
            for (place, (cell, column)) in row.iter().zip(&table.columns).enumerate() {
                self.cell(col(place), cell, column)?;
            }
            let lines =
                row.iter().zip(&self.widths).map(|(cell, width)| lines(cell.shown(), *width));
            let lines = lines.max().unwrap_or(1);
            if lines > 1 {
                let height = lines.saturating_mul(LINE_HEIGHT).min(HEIGHT_MAX);
                self.sheet.set_row_height(self.row, f64::from(height))?;
            }
            self.row = self.row.saturating_add(1);
        }
        Ok(())
    }

    fn cell(&mut self, place: ColNum, cell: &Cell, column: &Column) -> Result<(), XlsxError> {
        let format = Format::new().set_border(FormatBorder::Thin);
        let format = format.set_align(FormatAlign::VerticalCenter);
        let number = match cell {
            Cell::Number(shown) => number(shown),
            Cell::Percent(shown) => percent(shown),
            Cell::Words(_) => None,
        };
        if let Some((number, shape)) = number {
            let format = format.set_num_format(shape);
            self.sheet.write_number_with_format(self.row, place, number, &format)?;
            return Ok(());
        }
        let format = match column.holds {
            Holds::Words => format.set_text_wrap(),
            Holds::Figures => format.set_align(FormatAlign::Right),
        };
        let shown = seen(cell.shown());
        // As text 文本, so that nobody's spreadsheet makes a number of it when it is edited.
        let format = format.set_num_format("@");
        self.sheet.write_string_with_format(self.row, place, &*shown, &format)?;
        Ok(())
    }

    /// One code, over rows that keep others off it.
    fn code(&mut self, code: &Code) -> Result<(), XlsxError> {
        self.across(&code.title, &Format::new(), LINE_HEIGHT)?;
        let image = Image::new_from_buffer(&code.qr.bmp())?;
        let image = image.set_scale_to_size(CODE_SIDE, CODE_SIDE, true);
        self.sheet.insert_image(self.row, 0, &image)?;
        for _ in 0..CODE_ROWS {
            self.sheet.set_row_height(self.row, f64::from(LINE_HEIGHT))?;
            self.row = self.row.saturating_add(1);
        }
        Ok(())
    }

    /// Of one table its head stays in sight and stands on every page; of several, the title does.
    fn finish(&mut self) -> Result<(), XlsxError> {
        if let [head] = self.heads[..] {
            if head <= FROZEN_MAX {
                self.sheet.set_freeze_panes(head.saturating_add(1), 0)?;
            }
            self.sheet.set_repeat_rows(head, head)?;
        } else {
            self.sheet.set_repeat_rows(0, 0)?;
        }
        Ok(())
    }
}

fn said(of: &[(String, String)]) -> Vec<String> {
    of.iter().map(|(label, value)| format!("{label}: {value}")).collect()
}

/// How many lines a text takes in a cell so wide, with a little left on each side.
fn lines(text: &str, width: usize) -> u32 {
    let room = width.saturating_sub(1).max(1);
    let of = |line: &str| seen(line).width().div_ceil(room).max(1);
    u32::try_from(text.lines().map(of).sum::<usize>()).unwrap_or(u32::MAX)
}

fn wide(height: u32) -> usize {
    usize::try_from(height).unwrap_or(usize::MAX)
}

fn col(place: usize) -> ColNum {
    ColNum::try_from(place).unwrap_or(ColNum::MAX)
}

/// The number that is shown, and the shape in which a spreadsheet shows it as it is shown here. None
/// where it would become another: a nought in front of other digits, more digits than it keeps.
fn number(shown: &str) -> Option<(f64, String)> {
    if !is_number(shown) {
        return None;
    }
    let plain = shown.replace(',', "");
    let unsigned = plain.trim_start_matches('-');
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let leading = whole.len() > 1 && whole.starts_with('0');
    let digits = whole.len().saturating_add(fraction.len());
    if leading || digits > DIGITS_MAX {
        return None;
    }
    // A count of four digits and a year look the same: grouped only where it was.
    let grouped = shown.contains(',') || !fraction.is_empty();
    let mut shape = if grouped { "#,##0" } else { "0" }.to_owned();
    if !fraction.is_empty() {
        shape.push('.');
        shape.extend(fraction.chars().map(|_| '0'));
    }
    Some((plain.parse().ok()?, shape))
}

/// The same of `97.44%`, which a spreadsheet keeps as 0.9744: the point is moved in the digits, so that
/// nothing is rounded.
fn percent(shown: &str) -> Option<(f64, String)> {
    let plain = shown.strip_suffix('%').filter(|shown| is_number(shown))?.replace(',', "");
    let (sign, unsigned) = plain.strip_prefix('-').map_or(("", &*plain), |rest| ("-", rest));
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    if whole.len().saturating_add(fraction.len()) > DIGITS_MAX {
        return None;
    }
    let whole = format!("{whole:0>3}");
    let (ones, hundredths) = whole.split_at(whole.len().saturating_sub(2));
    let mut shape = if shown.contains(',') { "#,##0" } else { "0" }.to_owned();
    if !fraction.is_empty() {
        shape.push('.');
        shape.extend(fraction.chars().map(|_| '0'));
    }
    Some((format!("{sign}{ones}.{hundredths}{fraction}").parse().ok()?, shape + "%"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_as_it_was_or_stays_a_text() {
        let shape = |shown: &str| number(shown).map(|(_, shape)| shape);
        assert_eq!(number("-1,234.50"), Some((-1234.5, "#,##0.00".to_owned())));
        assert_eq!(shape("1,234").as_deref(), Some("#,##0"));
        assert_eq!(shape("2026").as_deref(), Some("0"));
        assert_eq!(shape("0.00").as_deref(), Some("#,##0.00"));
        assert_eq!(shape("0"), Some("0".to_owned()));
        assert_eq!(percent("97.44%"), Some((0.9744, "0.00%".to_owned())));
        assert_eq!(percent("-3%"), Some((-0.03, "0%".to_owned())));
        assert_eq!(percent("1,234.50%"), Some((12.345, "#,##0.00%".to_owned())));
        assert_eq!(percent("0.05%"), Some((0.0005, "0.00%".to_owned())));
        assert_eq!(percent("1234567890123456%"), None);
        for text in ["0123", "1234567890123456", "9,999,999,999,999,999.99"] {
            assert_eq!(number(text), None);
        }
    }
}
