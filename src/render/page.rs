//! A page 页: what a report says, in the order in which it is read. Every form of a report (text, CSV,
//! a workbook, HTML) is made of this one value, so that none can say another figure.

use core::fmt;

use super::picture::Picture;
use super::table::drawn;

/// What stands on it, from the top down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    pub blocks: Vec<Block>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// The title, and in one line below it whose figures they are, of when and in what.
    Title {
        title: String,
        about: Vec<(String, String)>,
    },
    /// 公示 A word in large letters above what is posted.
    Poster(String),
    /// Lines of text; the last one may go on in the next block.
    Text(String),
    /// A voucher 凭证 begins, which stands on a sheet by itself.
    Voucher(VoucherHead),
    Table(Table),
    Signatures(Signatures),
    /// What is easier to look at than to read; its figures stand in the report as well.
    Picture(Picture),
    /// What the report rests on.
    Foot(Vec<(String, String)>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VoucherHead {
    pub title: String,
    pub about: Vec<(String, String)>,
    /// The same in a line of text.
    pub text: String,
}

/// 签章 Where somebody signs, seals, or writes a place or a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signatures {
    /// Each with what is already known of it, or nothing.
    pub places: Vec<(String, String)>,
    /// 盖章处 Whether the seal of the organisation belongs beside them.
    pub seal: bool,
    /// The same in lines of text.
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub columns: Vec<Column>,
    /// As many cells in each as there are columns, or fewer.
    pub rows: Vec<Vec<Cell>>,
}

/// A column's title and what stands in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub title: String,
    pub holds: Holds,
}

/// Figures stand on the right, words on the left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    Words,
    Figures,
}

/// What a cell shows. In a column of figures it is a number or a share wherever it can be read as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Words(String),
    /// As it is shown, `1,234.50`; without its commas it is a plain decimal.
    Number(String),
    /// 百分比 As it is shown, `97.44%`: a number of hundredths.
    Percent(String),
}

impl Cell {
    pub(super) fn new(shown: String, holds: Holds) -> Cell {
        match holds {
            Holds::Figures if is_number(&shown) => Cell::Number(shown),
            Holds::Figures if is_percent(&shown) => Cell::Percent(shown),
            Holds::Words | Holds::Figures => Cell::Words(shown),
        }
    }

    /// As a reader sees it.
    #[must_use]
    pub fn shown(&self) -> &str {
        match self {
            Cell::Words(shown) | Cell::Number(shown) | Cell::Percent(shown) => shown,
        }
    }
}

/// Digits with an optional sign and fraction; commas only where they set thousands apart.
pub(super) fn is_number(shown: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    let unsigned = shown.strip_prefix('-').unwrap_or(shown);
    let (whole, fraction) = match unsigned.split_once('.') {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (unsigned, None),
    };
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    let rest: Vec<&str> = groups.collect();
    let grouped = rest.is_empty() || first.len() <= 3;
    digits(first)
        && grouped
        && rest.iter().all(|group| group.len() == 3 && digits(group))
        && fraction.is_none_or(digits)
}

fn is_percent(shown: &str) -> bool {
    shown.strip_suffix('%').is_some_and(is_number)
}

impl Page {
    pub(super) fn text(&mut self, text: &str) {
        match self.blocks.last_mut() {
            Some(Block::Text(last)) => last.push_str(text),
            _ if text.is_empty() => {}
            Some(
                Block::Title { .. }
                | Block::Poster(_)
                | Block::Voucher(_)
                | Block::Table(_)
                | Block::Signatures(_)
                | Block::Picture(_)
                | Block::Foot(_),
            )
            | None => {
                self.blocks.push(Block::Text(text.to_owned()));
            }
        }
    }

    fn add(&mut self, other: Page) {
        for block in other.blocks {
            match block {
                Block::Text(text) => self.text(&text),
                Block::Title { .. }
                | Block::Poster(_)
                | Block::Voucher(_)
                | Block::Table(_)
                | Block::Signatures(_)
                | Block::Picture(_)
                | Block::Foot(_) => self.blocks.push(block),
            }
        }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// These parts with an empty line between.
    pub(super) fn set_apart(parts: impl IntoIterator<Item = Page>) -> Page {
        let mut page = Page::default();
        for part in parts {
            if !page.is_empty() {
                page.text("\n");
            }
            page.add(part);
        }
        page
    }

    /// What it is called; none where nothing on it is a title.
    #[must_use]
    pub fn title(&self) -> Option<&str> {
        self.blocks.iter().find_map(|block| match block {
            Block::Title { title, .. } => Some(title.as_str()),
            Block::Voucher(begun) => Some(begun.title.as_str()),
            Block::Poster(_)
            | Block::Text(_)
            | Block::Table(_)
            | Block::Signatures(_)
            | Block::Picture(_)
            | Block::Foot(_) => None,
        })
    }

    /// 树根 What its foot says that it rests on.
    pub(super) fn root(&self) -> Option<&str> {
        let foot = self.blocks.iter().rev().find_map(|block| match block {
            Block::Foot(lines) => Some(lines),
            Block::Title { .. }
            | Block::Poster(_)
            | Block::Text(_)
            | Block::Voucher(_)
            | Block::Table(_)
            | Block::Signatures(_)
            | Block::Picture(_) => None,
        });
        let root = |(label, _): &&(String, String)| ["树根", "Root"].contains(&label.as_str());
        foot?.iter().find(root).map(|(_, root)| root.as_str())
    }

    pub fn tables(&self) -> impl Iterator<Item = &Table> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Title { .. }
            | Block::Poster(_)
            | Block::Text(_)
            | Block::Voucher(_)
            | Block::Signatures(_)
            | Block::Picture(_)
            | Block::Foot(_) => None,
        })
    }
}

/// As a terminal shows it.
impl fmt::Display for Page {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = |of: &[(String, String)]| {
            of.iter().map(|(label, value)| format!("{label}: {value}")).collect::<Vec<_>>()
        };
        for block in &self.blocks {
            match block {
                Block::Title { title, about } => {
                    writeln!(f, "{title}\n{}", said(about).join("  "))?;
                }
                Block::Text(text) => f.write_str(text)?,
                Block::Voucher(begun) => f.write_str(&begun.text)?,
                Block::Signatures(of) => f.write_str(&of.text)?,
                // A terminal shows no letters of that size, and draws nothing.
                Block::Poster(_) | Block::Picture(_) => {}
                Block::Table(table) => f.write_str(&drawn(table))?,
                Block::Foot(lines) => writeln!(f, "\n{}", said(lines).join("\n"))?,
            }
        }
        Ok(())
    }
}

impl fmt::Write for Page {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.text(text);
        Ok(())
    }
}

impl Block {
    /// Its lines of text, without those that only set others apart.
    pub(super) fn lines(&self) -> impl Iterator<Item = &str> {
        let text = match self {
            Block::Text(text) => text,
            Block::Voucher(begun) => &begun.text,
            Block::Signatures(of) => &of.text,
            Block::Title { .. }
            | Block::Poster(_)
            | Block::Table(_)
            | Block::Picture(_)
            | Block::Foot(_) => "",
        };
        text.split('\n').filter(|line| !line.trim().is_empty())
    }
}

impl From<Block> for Page {
    fn from(block: Block) -> Page {
        Page { blocks: vec![block] }
    }
}

impl From<&str> for Page {
    fn from(text: &str) -> Page {
        let mut page = Page::default();
        page.text(text);
        page
    }
}

impl From<&String> for Page {
    fn from(text: &String) -> Page {
        Page::from(text.as_str())
    }
}

impl From<String> for Page {
    fn from(text: String) -> Page {
        Page::from(text.as_str())
    }
}

impl<T: Into<Page>> core::ops::AddAssign<T> for Page {
    fn add_assign(&mut self, other: T) {
        self.add(other.into());
    }
}

impl<T: Into<Page>> core::ops::Add<T> for Page {
    type Output = Page;

    fn add(mut self, other: T) -> Page {
        Page::add(&mut self, other.into());
        self
    }
}

impl<'a> Extend<&'a str> for Page {
    fn extend<I: IntoIterator<Item = &'a str>>(&mut self, parts: I) {
        parts.into_iter().for_each(|part| self.text(part));
    }
}

impl<T: Into<Page>> FromIterator<T> for Page {
    fn from_iter<I: IntoIterator<Item = T>>(parts: I) -> Page {
        let mut page = Page::default();
        parts.into_iter().for_each(|part| page.add(part.into()));
        page
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_reads_as_a_number_is_one() {
        for number in ["0", "12", "-3", "0.00", "-1,234.50", "1,234,567.89", "1234567"] {
            assert_eq!(
                Cell::new(number.to_owned(), Holds::Figures),
                Cell::Number(number.to_owned())
            );
        }
        for percent in ["0%", "97.44%", "-3.00%", "1,234.50%"] {
            assert_eq!(
                Cell::new(percent.to_owned(), Holds::Figures),
                Cell::Percent(percent.to_owned())
            );
        }
        for words in [
            "", "-", "%", "12 %", "12%%", "1.%", "1,23", "1234,567", ",123", "1.", ".5", "+1",
            "1 2", "１", "V-1", "=1",
        ] {
            assert_eq!(Cell::new(words.to_owned(), Holds::Figures), Cell::Words(words.to_owned()));
        }
        assert_eq!(Cell::new("12".to_owned(), Holds::Words), Cell::Words("12".to_owned()));
    }

    #[test]
    fn texts_beside_each_other_are_one() {
        let page = Page::from("a") + "b\n" + Page::default() + String::from("c");
        assert_eq!(page, Page { blocks: vec![Block::Text("ab\nc".to_owned())] });
    }
}
