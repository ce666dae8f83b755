//! What is looked at rather than read. Bars: each with its own figure beside it, told apart by pattern
//! and not by colour, so that a copy in black and white says the same. A code: for whoever scans it.

use core::fmt::Write as _;

use unicode_width::UnicodeWidthChar;

use super::page::{Block, Page};
use super::qr::{Qr, QrTooLong};
use super::seen::seen;
use crate::money::Money;
use crate::report::Rate;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Picture {
    Bars(Bars),
    Code(Code),
}

/// 二维码 A text as a QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Code {
    pub title: String,
    pub qr: Qr,
}

/// 图 Bars from the left, one row below the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    pub title: String,
    /// What the first bar of each row is, and the second.
    pub series: Vec<String>,
    /// As long as the plot at least: of rates, the whole.
    pub full: i64,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub label: String,
    pub bars: Vec<Bar>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// In the least unit: fen, or hundredths of a percent.
    pub size: i64,
    /// The figure, as the tables show it.
    pub shown: String,
}

impl Bar {
    pub(super) fn amount(of: Money) -> Bar {
        Bar { size: of.fen().unwrap_or(i64::MAX), shown: super::amount(of) }
    }

    /// In hundredths of a percent, as it is shown.
    pub(super) fn rate(of: Option<Rate>) -> Bar {
        let shown = super::table::rate(of);
        let digits: String = shown.chars().filter(|c| c.is_ascii_digit() || *c == '-').collect();
        Bar { size: digits.parse().unwrap_or_default(), shown }
    }
}

/// The picture as a page; nothing where there is nothing to see.
pub(super) fn picture(title: &str, series: &[&str], rows: Vec<Row>) -> Page {
    scaled(title, series, 0, rows)
}

/// The same of rates: a bar as long as the plot is the whole.
pub(super) fn rates(title: &str, series: &str, rows: Vec<Row>) -> Page {
    scaled(title, &[series], 10_000, rows)
}

fn scaled(title: &str, series: &[&str], full: i64, rows: Vec<Row>) -> Page {
    let empty = rows.iter().all(|row| row.bars.iter().all(|bar| bar.size == 0));
    if empty {
        return Page::default();
    }
    let series = series.iter().map(|name| (*name).to_owned()).collect();
    let bars = Bars { title: title.to_owned(), series, full, rows };
    Block::Picture(Picture::Bars(bars)).into()
}

/// A text as a code, with what is said above it.
pub(super) fn code(title: &str, text: &str) -> Result<Page, QrTooLong> {
    let code = Code { title: title.to_owned(), qr: Qr::of(text)? };
    Ok(Block::Picture(Picture::Code(code)).into())
}

/// In the units of the drawing.
const WIDTH: i64 = 680;
const LABEL: i64 = 200;
const FIGURE: i64 = 120;
const PLOT: i64 = WIDTH - LABEL - FIGURE;
const THICK: i64 = 11;
const BETWEEN_BARS: i64 = 2;
const BETWEEN_ROWS: i64 = 7;
const LEGEND: i64 = 22;
/// A character of half the width of a Chinese one.
const HALF: i64 = 6;
/// So many rows fit one drawing, so that none is cut by the end of a page.
const ROWS_MAX: usize = 30;

impl Picture {
    pub(super) fn title(&self) -> &str {
        match self {
            Picture::Bars(bars) => &bars.title,
            Picture::Code(code) => &code.title,
        }
    }

    /// As drawings of SVG. `number` makes their names unlike those of other pictures of the page.
    pub(super) fn drawn(&self, number: usize) -> Vec<String> {
        match self {
            Picture::Bars(bars) => bars.drawn(number),
            Picture::Code(code) => vec![code.qr.svg()],
        }
    }
}

impl Bars {
    /// As drawings of SVG, each whole by itself and all to one scale.
    fn drawn(&self, number: usize) -> Vec<String> {
        let sizes = || self.rows.iter().flat_map(|row| row.bars.iter().map(|bar| bar.size));
        let scale = Scale {
            lowest: sizes().min().unwrap_or_default().min(0),
            highest: sizes().max().unwrap_or_default().max(self.full),
        };
        let parts = self.rows.chunks(ROWS_MAX).enumerate();
        parts.map(|(part, rows)| self.part(&format!("{number}-{part}"), rows, &scale)).collect()
    }

    fn part(&self, name: &str, rows: &[Row], scale: &Scale) -> String {
        let bars = i64::try_from(self.series.len().max(1)).unwrap_or(1);
        let legend = if self.series.len() > 1 { LEGEND } else { 0 };
        let step = THICK.saturating_add(BETWEEN_BARS).saturating_mul(bars);
        let step = step.saturating_add(BETWEEN_ROWS);
        let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
        let height = step.saturating_mul(count).saturating_add(legend);
        let zero = LABEL.saturating_add(scale.place(0));
        let mut svg = String::new();
        let (title, told) = (escaped(&self.title), escaped(&self.told(rows)));
        write!(
            svg,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
             aria-labelledby=\"t{name} d{name}\">\n<title id=\"t{name}\">{title}</title>\n\
             <desc id=\"d{name}\">{told}</desc>\n<defs><pattern id=\"h{name}\" width=\"5\" height=\"5\" \
             patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><path d=\"M0 0V5\" \
             stroke=\"#111\" stroke-width=\"2\"/></pattern></defs>\n<g font-size=\"11\" fill=\"#111\">\n"
        )
        .ok();
        if legend > 0 {
            svg.push_str(&self.legend(name));
        }
        let mut top = legend;
        for row in rows {
            row_drawn(&mut svg, row, name, top, step, scale);
            top = top.saturating_add(step);
        }
        writeln!(svg, "<path d=\"M{zero} {legend}V{top}\" stroke=\"#111\" stroke-width=\"1\"/>")
            .ok();
        svg.push_str("</g>\n</svg>");
        svg
    }

    /// Which pattern is what.
    fn legend(&self, name: &str) -> String {
        let (mut svg, mut left) = (String::new(), LABEL);
        for (place, series) in self.series.iter().enumerate() {
            let words = left.saturating_add(22);
            let paint = paint(place, name);
            let series = escaped(series);
            writeln!(svg, "<rect x=\"{left}\" y=\"3\" width=\"16\" height=\"{THICK}\" {paint}/>")
                .ok();
            writeln!(svg, "<text x=\"{words}\" y=\"13\">{series}</text>").ok();
            left = words.saturating_add(width(&series)).saturating_add(24);
        }
        svg
    }

    /// In words, for whoever hears the page.
    fn told(&self, rows: &[Row]) -> String {
        let row = |row: &Row| {
            let bars = row.bars.iter().enumerate().map(|(place, bar)| {
                let series = self.series.get(place).map(String::as_str).unwrap_or_default();
                format!("{series} {}", bar.shown).trim().to_owned()
            });
            format!("{}: {}", row.label, bars.collect::<Vec<_>>().join(", "))
        };
        rows.iter().map(row).collect::<Vec<_>>().join("; ")
    }
}

fn row_drawn(svg: &mut String, row: &Row, name: &str, top: i64, step: i64, scale: &Scale) {
    let middle = top.saturating_add(step.saturating_sub(BETWEEN_ROWS).saturating_div(2));
    let (base, edge) = (middle.saturating_add(4), LABEL.saturating_sub(8));
    let label = escaped(&shortened(&row.label, edge));
    writeln!(svg, "<text x=\"{edge}\" y=\"{base}\" text-anchor=\"end\">{label}</text>").ok();
    let mut y = top;
    for (place, bar) in row.bars.iter().enumerate() {
        let (from, to) = (scale.place(bar.size.min(0)), scale.place(bar.size.max(0)));
        let (x, long) = (LABEL.saturating_add(from), to.saturating_sub(from));
        let paint = paint(place, name);
        let (base, beside) = (y.saturating_add(10), LABEL.saturating_add(to).saturating_add(6));
        let shown = escaped(&bar.shown);
        writeln!(svg, "<rect x=\"{x}\" y=\"{y}\" width=\"{long}\" height=\"{THICK}\" {paint}/>")
            .ok();
        writeln!(svg, "<text x=\"{beside}\" y=\"{base}\">{shown}</text>").ok();
        y = y.saturating_add(THICK).saturating_add(BETWEEN_BARS);
    }
}

/// Solid, hatched, empty.
fn paint(place: usize, name: &str) -> String {
    let fill = match place {
        0 => "#333".to_owned(),
        1 => format!("url(#h{name})"),
        2.. => "none".to_owned(),
    };
    format!("fill=\"{fill}\" stroke=\"#111\" stroke-width=\"1\"")
}

struct Scale {
    lowest: i64,
    highest: i64,
}

impl Scale {
    /// How far from the left of the plot a size stands.
    fn place(&self, size: i64) -> i64 {
        let (lowest, highest) = (i128::from(self.lowest), i128::from(self.highest));
        let span = highest.saturating_sub(lowest).max(1);
        let above = i128::from(size).saturating_sub(lowest);
        let place = above.saturating_mul(i128::from(PLOT)).checked_div(span);
        place.and_then(|place| i64::try_from(place).ok()).unwrap_or_default()
    }
}

fn width(text: &str) -> i64 {
    let halves: usize = text.chars().filter_map(UnicodeWidthChar::width).sum();
    i64::try_from(halves).unwrap_or(i64::MAX).saturating_mul(HALF)
}

/// As much of it as there is room for.
fn shortened(text: &str, room: i64) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut short = String::new();
    for c in text.chars() {
        if width(&short).saturating_add(HALF.saturating_mul(4)) > room {
            break;
        }
        short.push(c);
    }
    short + "…"
}

fn escaped(text: &str) -> String {
    let text = seen(text);
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&#38;"),
            '<' => safe.push_str("&#60;"),
            '>' => safe.push_str("&#62;"),
            '"' => safe.push_str("&#34;"),
            '\'' => safe.push_str("&#39;"),
            '\n' | '\t' => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sizes: &[i64]) -> Bars {
        let bar = |size: &i64| Bar { size: *size, shown: size.to_string() };
        let row = |size| Row { label: format!("<{size}>"), bars: vec![bar(size)] };
        let series = vec!["what".to_owned()];
        let rows = sizes.iter().map(row).collect();
        Bars { title: "a & b".to_owned(), series, full: 0, rows }
    }

    #[test]
    fn a_bar_is_as_long_as_its_figure_and_nothing_is_left_unescaped() {
        let [svg] = &of(&[100, 50, 0, -100]).drawn(0)[..] else { panic!() };
        for (size, width) in [(100, 180), (50, 90), (0, 0), (-100, 180)] {
            let label = format!("&#60;{size}&#62;</text>\n");
            let bar = svg.split_once(&label).unwrap().1.lines().next().unwrap();
            assert!(bar.contains(&format!("width=\"{width}\"")), "{size}: {bar}");
        }
        assert!(svg.contains("a &#38; b</title>"));
        assert!(!svg.contains("<100>"));
    }

    #[test]
    fn many_rows_are_several_drawings_of_one_scale() {
        let sizes: Vec<i64> = (1..=61).collect();
        let drawings = of(&sizes).drawn(3);
        assert_eq!(drawings.len(), 3);
        assert_eq!(drawings.iter().map(|svg| svg.matches("<rect").count()).sum::<usize>(), 61);
        assert_eq!(drawings, of(&sizes).drawn(3));
    }

    #[test]
    fn the_largest_sizes_do_not_wrap() {
        let drawings = of(&[i64::MAX, i64::MIN]).drawn(0);
        assert!(drawings[0].contains("width=\"180\"") || drawings[0].contains("width=\"179\""));
    }
}
