//! Plain tables of ASCII lines, whose columns stay straight in mixed Chinese and Latin text.

use comfy_table::CellAlignment;
use comfy_table::presets::ASCII_FULL_CONDENSED;

use super::page::{Block, Cell, Column, Holds, Page, Signatures, Table};
use crate::date::Month;
use crate::lang::Lang;
use crate::money::Money;
use crate::render::source::form;
use crate::report::{Heading, Rate};

pub(super) fn words(title: &str) -> Column {
    Column { title: title.to_owned(), holds: Holds::Words }
}

pub(super) fn figures(title: &str) -> Column {
    Column { title: title.to_owned(), holds: Holds::Figures }
}

pub(super) fn table(columns: &[Column], rows: impl IntoIterator<Item = Vec<String>>) -> Page {
    let cells = |row: Vec<String>| {
        row.into_iter().zip(columns).map(|(text, column)| Cell::new(text, column.holds)).collect()
    };
    let rows = rows.into_iter().map(cells).collect();
    Block::Table(Table { columns: columns.to_vec(), rows }).into()
}

/// A table in lines of ASCII.
pub(super) fn drawn(of: &Table) -> String {
    let side = |column: &Column| match column.holds {
        Holds::Words => CellAlignment::Left,
        Holds::Figures => CellAlignment::Right,
    };
    let mut table = comfy_table::Table::new();
    table.load_style(ASCII_FULL_CONDENSED);
    table.set_header(
        of.columns.iter().map(|c| comfy_table::Cell::new(&c.title).set_alignment(side(c))),
    );
    for row in &of.rows {
        let cells = row.iter().zip(&of.columns);
        table.add_row(
            cells.map(|(cell, c)| comfy_table::Cell::new(cell.shown()).set_alignment(side(c))),
        );
    }
    format!("{table}\n")
}

/// The title, and below it whose figures they are, of when, and in what.
pub(super) fn heading(heading: &Heading, lang: Lang) -> Page {
    let labels = match lang {
        Lang::Zh => ["单位名称", "期间", "单位", "记录数"],
        Lang::En => ["Organisation", "Period", "Unit", "Records"],
    };
    headed(heading, labels, &heading.period.label(lang), lang)
}

/// The same above a statement: who made it 编制单位, and of a balance its day.
pub(super) fn statement(heading: &Heading, as_of_its_last_day: bool, lang: Lang) -> Page {
    let labels = match lang {
        Lang::Zh => {
            ["编制单位", if as_of_its_last_day { "日期" } else { "期间" }, "单位", "记录数"]
        }
        Lang::En => {
            ["Organisation", if as_of_its_last_day { "As of" } else { "Period" }, "Unit", "Records"]
        }
    };
    let last = heading.period.last().filter(|_| as_of_its_last_day).map(Month::last_day);
    let when = last.map_or_else(|| heading.period.label(lang), |day| day.to_string());
    headed(heading, labels, &when, lang)
}

/// Who signs and seals a statement (财会〔2021〕7号, Art. 64).
pub(super) fn signatures(lang: Lang) -> Page {
    let labels = match lang {
        Lang::Zh => [
            "法定代表人(签名并盖章)",
            "主管会计工作负责人(签名并盖章)",
            "会计机构负责人(签名并盖章)",
        ],
        Lang::En => [
            "Legal representative (signed, sealed)",
            "Head of accounting work (signed, sealed)",
            "Head of the accounting office (signed, sealed)",
        ],
    };
    let line = labels.map(|label| format!("{label}:")).join("            ");
    let places = labels.map(|label| (label.to_owned(), String::new())).to_vec();
    Block::Signatures(Signatures { places, seal: false, text: line + "\n" }).into()
}

/// Places to sign in one line, each of which ends with a colon.
pub(super) fn to_sign(line: &str) -> Page {
    let names = line.split(':').map(str::trim).filter(|name| !name.is_empty());
    let places = names.map(|name| (name.to_owned(), String::new())).collect();
    Block::Signatures(Signatures { places, seal: false, text: line.to_owned() }).into()
}

fn headed(heading: &Heading, labels: [&str; 4], when: &str, lang: Lang) -> Page {
    let form = match heading.form.as_str() {
        "" => String::new(),
        number => format!(" ({})", form(number, lang)),
    };
    let title = heading.title.get(lang);
    let values = [
        heading.organisation.clone(),
        when.to_owned(),
        heading.unit.get(lang).to_owned(),
        heading.records.to_string(),
    ];
    let about = labels.iter().map(|label| (*label).to_owned()).zip(values).collect();
    Block::Title { title: format!("{title}{form}"), about }.into()
}

/// An amount with thousands separators, `1,234.50`.
#[must_use]
pub fn amount(amount: Money) -> String {
    let text = amount.abs().to_string();
    let (whole, fen) = text.split_once('.').unwrap_or((&text, "00"));
    let mut grouped = String::new();
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len().saturating_sub(place);
        if place > 0 && left.is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if amount.is_negative() { "-" } else { "" };
    format!("{sign}{grouped}.{fen}")
}

/// The same, and nothing where it is nothing.
pub(super) fn amount_or_blank(of: Money) -> String {
    if of.is_zero() { String::new() } else { amount(of) }
}

pub(super) fn amount_if_any(of: Option<Money>) -> String {
    of.map(amount).unwrap_or_default()
}

pub(super) fn rate(of: Option<Rate>) -> String {
    of.map_or_else(|| "-".to_owned(), |rate| format!("{rate}%"))
}

pub(super) fn pick(lang: Lang, zh: &'static str, en: &'static str) -> &'static str {
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use unicode_width::UnicodeWidthStr;

    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (plain, grouped) in [
            ("0.00", "0.00"),
            ("999.05", "999.05"),
            ("-1000.00", "-1,000.00"),
            ("1234567.89", "1,234,567.89"),
        ] {
            assert_eq!(amount(Money::parse(plain).unwrap()), grouped);
        }
    }

    /// What stands in cells: Latin, Chinese, full-width, a letter with its mark, a picture, and letters
    /// whose width depends on where they are shown.
    const PIECES: [&str; 14] = [
        "a",
        " ",
        "1,234.50",
        "会费",
        "１２",
        "，",
        "e\u{301}",
        "か\u{3099}",
        "👷",
        "…",
        "·",
        "①",
        "—",
        "〔2021〕",
    ];

    proptest! {
        #[test]
        fn every_line_of_a_table_is_as_wide_as_the_others(
            titles in prop::collection::vec(prop::sample::select(&PIECES[..]), 3),
            rows in prop::collection::vec(
                prop::collection::vec(prop::collection::vec(prop::sample::select(&PIECES[..]), 0..5), 3),
                0..5,
            ),
        ) {
            let columns: Vec<Column> = titles
                .iter()
                .enumerate()
                .map(|(n, title)| if n == 1 { figures(title) } else { words(title) })
                .collect();
            let rows = rows.iter().map(|row| row.iter().map(|cell| cell.concat()).collect());
            let text = table(&columns, rows).to_string();
            let widths: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
            prop_assert!(widths.windows(2).all(|two| two[0] == two[1]), "{widths:?}\n{text}");
        }
    }

    #[test]
    fn columns_stay_straight_in_mixed_text() {
        let columns = [words("科目"), figures("金额")];
        let row = |name: &str, sum: &str| vec![name.to_owned(), sum.to_owned()];
        let text = table(&columns, [row("102 银行存款", "1,234.50"), row("102 Bank", "-0.05")]);
        assert_eq!(
            text.to_string(),
            "\
+--------------+----------+
| 科目         |     金额 |
+=========================+
| 102 银行存款 | 1,234.50 |
| 102 Bank     |    -0.05 |
+--------------+----------+
"
        );
    }
}
