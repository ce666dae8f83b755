//! A page as HTML that is printed, signed and posted: one file that needs nothing beside it and runs
//! nothing. How wide its tables are decides whether the paper lies on its side, and how large the
//! letters are.

use askama::Template;
use unicode_width::UnicodeWidthStr;

use super::form::Paper;
use super::page::{Block, Cell, Column, Holds, Page, Table};
use super::picture::Picture;
use super::seen::seen;
use super::table::pick;
use crate::lang::Lang;

/// Columns of words that are no wider stay in one line; in halves of a Chinese character.
const SHORT_MAX: usize = 16;
/// What a column of longer words is given before it is broken.
const LONG_WANTED: usize = 20;
/// The space and the lines beside a cell.
const BESIDE: usize = 3;
/// Tenths of a point.
const FONT: usize = 95;
const FONT_MIN: usize = 60;
/// Smaller letters than these are not read with ease: the paper is laid on its side instead.
const FONT_UPRIGHT_MIN: usize = 75;

/// How many halves of a character fit the paper at full size: upright, and on its side.
fn room(paper: Paper) -> (usize, usize) {
    match paper {
        Paper::A4 => (108, 160),
        Paper::A5 => (77, 114),
    }
}

pub(super) fn html(page: &Page, paper: Paper, lang: Lang) -> Result<String, askama::Error> {
    let has_vouchers = page.blocks.iter().any(|block| matches!(block, Block::Voucher(_)));
    let wanted = page.tables().map(wanted).max().unwrap_or_default();
    let (upright, on_its_side) = room(paper);
    // Of A4 two vouchers go on one sheet; A5 is a voucher's own paper.
    let landscape = match (paper, has_vouchers) {
        (Paper::A4, true) => false,
        (Paper::A5, true) => true,
        (Paper::A4 | Paper::A5, false) => size(upright, wanted) < FONT_UPRIGHT_MIN,
    };
    let holds = if landscape { on_its_side } else { upright };
    let font = size(holds, wanted);
    let (name, width, margins) = match (paper, landscape) {
        (Paper::A4, false) => ("A4 portrait", 210, "14mm 14mm 16mm"),
        (Paper::A4, true) => ("A4 landscape", 297, "14mm 14mm 16mm"),
        (Paper::A5, false) => ("A5 portrait", 148, "9mm 9mm 12mm"),
        (Paper::A5, true) => ("A5 landscape", 210, "9mm 9mm 12mm"),
    };
    let made = Html {
        lang: pick(lang, "zh-CN", "en"),
        title: seen(page.title().unwrap_or_default()).into_owned(),
        size: name,
        margins,
        width,
        font: format!("{}.{}", font.div_euclid(10), font.rem_euclid(10)),
        sheet_each: paper == Paper::A5,
        blank: if has_vouchers { "10mm" } else { "28mm" },
        root: page.root().filter(|root| is_base64(root)).unwrap_or_default(),
        sections: sections(page, lang),
    };
    made.render()
}

/// The size of letters with which what is wanted fits into a room.
fn size(room: usize, wanted: usize) -> usize {
    let fits = FONT.saturating_mul(room).checked_div(wanted).unwrap_or(FONT);
    fits.clamp(FONT_MIN, FONT)
}

/// What may stand in a style without being read as one.
fn is_base64(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
}

#[derive(Template)]
#[template(path = "page.html")]
struct Html<'a> {
    lang: &'static str,
    title: String,
    size: &'static str,
    margins: &'static str,
    /// Of the paper, in mm.
    width: u32,
    font: String,
    /// Whether each voucher has a sheet to itself.
    sheet_each: bool,
    /// The least room for a signature.
    blank: &'static str,
    root: &'a str,
    sections: Vec<Section>,
}

/// A voucher, whose signatures are its own.
const VOUCHER: &str = "voucher";
/// What is not torn apart: signatures with the foot below them.
const END: &str = "end";

/// What stands on its own, or what stands between such.
struct Section {
    class: Option<&'static str>,
    parts: Vec<Part>,
}

type Said = Vec<(String, String)>;

enum Part {
    Poster(String),
    Title(String, Said),
    Voucher(String, Said),
    Lines(Vec<String>),
    Table(Cells),
    /// With the word in the box for the seal.
    Signatures(Said, Option<&'static str>),
    /// Whether it is a code, its title, its drawings.
    Picture(bool, String, Vec<String>),
    Foot(Said),
}

struct Cells {
    /// In the parts between which they may be broken.
    heads: Vec<Vec<String>>,
    /// Each cell with its class.
    rows: Vec<Vec<(&'static str, String)>>,
}

fn sections(page: &Page, lang: Lang) -> Vec<Section> {
    let mut sections = vec![Section { class: None, parts: Vec::new() }];
    for (number, block) in page.blocks.iter().enumerate() {
        let of_voucher = sections.last().is_some_and(|last| last.class == Some(VOUCHER));
        let at_end = sections.last().is_some_and(|last| last.class == Some(END));
        match block {
            Block::Voucher(_) => sections.push(Section { class: Some(VOUCHER), parts: Vec::new() }),
            Block::Title { .. } => sections.push(Section { class: None, parts: Vec::new() }),
            Block::Signatures(_) if !of_voucher && !at_end => {
                sections.push(Section { class: Some(END), parts: Vec::new() });
            }
            Block::Foot(_) if !at_end => {
                sections.push(Section { class: Some(END), parts: Vec::new() });
            }
            // What comes after signatures may be longer than a sheet.
            Block::Poster(_) | Block::Text(_) | Block::Table(_) | Block::Picture(_) if at_end => {
                sections.push(Section { class: None, parts: Vec::new() });
            }
            Block::Poster(_)
            | Block::Text(_)
            | Block::Table(_)
            | Block::Signatures(_)
            | Block::Picture(_)
            | Block::Foot(_) => {}
        }
        if let Some(section) = sections.last_mut() {
            section.parts.push(part(block, number, lang));
        }
    }
    sections
}

fn part(block: &Block, number: usize, lang: Lang) -> Part {
    match block {
        Block::Poster(word) => Part::Poster(text(word)),
        Block::Title { title, about } => Part::Title(text(title), said(about)),
        Block::Voucher(begun) => Part::Voucher(text(&begun.title), said(&begun.about)),
        Block::Text(_) => Part::Lines(block.lines().map(text).collect()),
        Block::Table(table) => Part::Table(cells(table)),
        Block::Signatures(of) => {
            let seal = of.seal.then(|| pick(lang, "（盖章）", "(seal)"));
            Part::Signatures(said(&of.places), seal)
        }
        Block::Picture(picture) => {
            let is_code = matches!(picture, Picture::Code(_));
            Part::Picture(is_code, text(picture.title()), picture.drawn(number))
        }
        Block::Foot(lines) => Part::Foot(said(lines)),
    }
}

fn text(of: &str) -> String {
    seen(of).into_owned()
}

fn said(of: &[(String, String)]) -> Said {
    of.iter().map(|(label, value)| (text(label), text(value))).collect()
}

fn cells(table: &Table) -> Cells {
    let classes: Vec<&'static str> = table
        .columns
        .iter()
        .enumerate()
        .map(|(place, column)| class(table, place, column))
        .collect();
    let cell = |(cell, class): (&Cell, &&'static str)| (*class, text(cell.shown()));
    Cells {
        heads: table.columns.iter().map(head).collect(),
        rows: table.rows.iter().map(|row| row.iter().zip(&classes).map(cell).collect()).collect(),
    }
}

/// `Approvals/needed` would take the room of its figures and of the words beside them.
fn head(column: &Column) -> Vec<String> {
    text(&column.title).split_inclusive('/').map(str::to_owned).collect()
}

fn class(table: &Table, place: usize, column: &Column) -> &'static str {
    match column.holds {
        Holds::Figures => "figure",
        Holds::Words if widest(table, place) <= SHORT_MAX => "short",
        Holds::Words => "wide",
    }
}

fn widest(table: &Table, place: usize) -> usize {
    let cells = table.rows.iter().filter_map(|row| row.get(place));
    cells.map(|cell| seen(cell.shown()).width()).max().unwrap_or_default()
}

/// How much room a table asks for.
fn wanted(table: &Table) -> usize {
    let column = |(place, column): (usize, &Column)| {
        let widest = widest(table, place);
        let shown = match column.holds {
            Holds::Figures => widest,
            Holds::Words => widest.min(LONG_WANTED),
        };
        shown.max(column.title.width().min(8)).saturating_add(BESIDE)
    };
    table.columns.iter().enumerate().map(column).sum()
}
