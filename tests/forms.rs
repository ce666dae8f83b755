//! A report is the same in every form: text, CSV, a workbook and HTML show the same figures in the same
//! order, nothing that somebody wrote is taken for a formula or for markup, and the same page is the
//! same bytes.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod figures;
mod given;
mod golden;

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use figures::figures;
use given::reports::{made, of, records};
use given::{Given, given};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::tree::TreeHash;
use mingzhang::lang::Lang;
use mingzhang::render::page::{Block, Cell, Column, Holds, Page, Signatures, Table, VoucherHead};
use mingzhang::render::{self, Beside, Form, Paper, seen, unquoted};
use mingzhang::report::asked::Name;
use mingzhang::report::foot::Foot;
use proptest::prelude::*;
use rust_decimal::Decimal;

const FORMS: [Form; 4] = [Form::Text, Form::Csv, Form::Xlsx, Form::Html];

fn bytes(page: &Page, form: Form) -> Vec<u8> {
    render::bytes(page, form, Paper::A4, Lang::Zh).unwrap()
}

fn text(page: &Page, form: Form) -> String {
    String::from_utf8(bytes(page, form)).unwrap()
}

/// The rows of the CSV, without what sets its words apart from formulas.
fn rows(page: &Page) -> Vec<Vec<String>> {
    let text = text(page, Form::Csv);
    let text = text.strip_prefix('\u{FEFF}').unwrap();
    assert!(!text.replace("\r\n", "").contains('\r'), "{text}");
    let mut reader = csv::ReaderBuilder::new();
    let mut reader = reader.has_headers(false).flexible(true).from_reader(text.as_bytes());
    let row = |row: csv::StringRecord| row.iter().map(str::to_owned).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn sheet(page: &Page) -> Vec<Vec<Data>> {
    let bytes = bytes(page, Form::Xlsx);
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).unwrap();
    let formulas = book.worksheet_range_at(0).is_some().then(|| {
        let name = book.sheet_names()[0].clone();
        book.worksheet_formula(&name).unwrap()
    });
    let formula = formulas.unwrap().cells().find(|(_, _, formula)| !formula.is_empty()).is_some();
    assert!(!formula, "the workbook calculates");
    book.worksheet_range_at(0).unwrap().unwrap().rows().map(<[Data]>::to_vec).collect()
}

/// The texts of the page in their order, and the names of its tags; without its pictures.
fn read_html(page: &Page) -> (String, Vec<String>) {
    let html = text(page, Form::Html);
    let mut rest = html.split_once("<body>").unwrap().1;
    let (mut words, mut tags) = (String::new(), Vec::new());
    while let Some((before, after)) = rest.split_once('<') {
        words.push_str(before);
        words.push(' ');
        let (tag, after) = after.split_once('>').unwrap();
        let name = tag.split(' ').next().unwrap();
        tags.push(name.to_owned());
        rest = if name == "figure" { after.split_once("</figure>").unwrap().1 } else { after };
    }
    for (escaped, plain) in
        [("&#60;", "<"), ("&#62;", ">"), ("&#34;", "\""), ("&#39;", "'"), ("&#38;", "&")]
    {
        words = words.replace(escaped, plain);
    }
    (words, tags)
}

#[test]
fn a_number_is_read_the_same_however_it_is_written() {
    let read = figures("| -1,234.50 | 0.00 | #12 2026-01-05 12.5% a-7 1234567 |");
    let expected = ["-1234.5", "0", "12", "2026", "01", "05", "12.5", "7", "1234567"];
    assert_eq!(read, expected);
}

fn shown(row: &[Data]) -> String {
    row.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

/// The figures of a page in each form are those of its text.
fn assert_same_figures(what: &str, page: &Page) {
    let expected = figures(&text(page, Form::Text));
    assert!(!expected.is_empty(), "{what}");
    let of_csv: Vec<String> = rows(page).iter().map(|row| row.join(" ")).collect();
    let of_sheet: Vec<String> = sheet(page).iter().map(|row| shown(row)).collect();
    assert_eq!(figures(&of_csv.join("\n")), expected, "{what} as CSV");
    let of_ratios = figures(&of_ratios(page).to_string());
    assert_eq!(figures(&of_sheet.join("\n")), of_ratios, "{what} as a workbook");
    assert_eq!(figures(&read_html(page).0), expected, "{what} as HTML");
}

/// The page with each share as the number that a workbook keeps: 97.44% as 0.9744.
fn of_ratios(page: &Page) -> Page {
    let ratio = |cell: &Cell| match cell {
        Cell::Percent(shown) => Cell::Number(hundredth(shown)),
        Cell::Words(_) | Cell::Number(_) => cell.clone(),
    };
    let of_table = |table: &Table| Table {
        columns: table.columns.clone(),
        rows: table.rows.iter().map(|row| row.iter().map(ratio).collect()).collect(),
    };
    let block = |block: &Block| {
        if let Block::Table(table) = block { Block::Table(of_table(table)) } else { block.clone() }
    };
    Page { blocks: page.blocks.iter().map(block).collect() }
}

fn hundredth(shown: &str) -> String {
    let percent: Decimal = shown.trim_end_matches('%').replace(',', "").parse().unwrap();
    (percent / Decimal::ONE_HUNDRED).normalize().to_string()
}

fn foot() -> Foot {
    Foot {
        book: "example.org/branch-001".to_owned(),
        records: 402,
        head: RecordHash::parse(&"ab".repeat(32)).unwrap(),
        root: TreeHash::parse("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=").unwrap(),
        checkpoint: None,
        lang: Lang::Zh,
        made_by: "mingzhang report trial-balance --at 402 --lang zh".to_owned(),
    }
}

fn every_report_of(name: &str, book: &Given) {
    let records = records(book);
    for report in Name::ALL {
        for of in of(*report, book, &records) {
            let Some(made) = made(*report, of.clone(), book, &records) else { continue };
            for lang in Lang::ALL {
                let page =
                    render::made(&made, &Beside::default(), lang) + render::foot(&foot(), lang);
                assert_same_figures(&format!("{name} {report} {of:?} {lang}"), &page);
            }
        }
    }
}

#[test]
fn every_report_shows_the_same_figures_in_every_form() {
    let books = golden::books().into_iter().chain(golden::first::books());
    for (n, book) in books.enumerate() {
        every_report_of(&format!("book {n}"), &given(book));
    }
}

#[test]
fn the_same_page_is_the_same_bytes() {
    let book = given(golden::books().into_iter().next().unwrap());
    let records = records(&book);
    for report in Name::ALL {
        let Some(made) = made(*report, None, &book, &records) else { continue };
        let page = render::made(&made, &Beside::default(), Lang::Zh);
        for form in FORMS {
            assert!(bytes(&page, form) == bytes(&page, form), "{report} {form:?}");
        }
    }
}

/// A page on which somebody else's words stand wherever words can.
fn page_with(words: &str) -> Page {
    let w = || words.to_owned();
    let column = |holds| Column { title: w(), holds };
    let row = vec![Cell::Words(w()), Cell::Number("-1,234.50".to_owned()), Cell::Words(w())];
    let columns = [Holds::Words, Holds::Figures, Holds::Words].map(column).to_vec();
    let places = vec![(w(), w())];
    Page {
        blocks: vec![
            Block::Poster(w()),
            Block::Title { title: w(), about: vec![(w(), w())] },
            Block::Text(w()),
            Block::Voucher(VoucherHead { title: w(), about: places.clone(), text: w() }),
            Block::Table(Table { columns, rows: vec![row] }),
            Block::Signatures(Signatures { places, seal: true, text: w() }),
            Block::Foot(vec![(w(), w())]),
        ],
    }
}

/// Text that does something in one program or another.
const PAYLOADS: [&str; 44] = [
    "=cmd|' /C calc'!A0",
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1+1)",
    "=HYPERLINK(\"http://example.org\",\"x\")",
    "＝cmd|' /C calc'!A0",
    "＋1",
    "－1+1",
    "＠SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "  =1+1",
    "\u{3000}=1+1",
    "a\r\n=1+1",
    "<script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    "</title><b>",
    "]]><x>",
    "<!--",
    "&amp;",
    "&#60;",
    "\"",
    "'",
    "a,b",
    "a\"b,c\"\"d",
    "a;b",
    "| x | y |",
    "* ! (",
    "[2026-02-30]",
    "date: 2026-03-01",
    "key:: 1/0",
    ":a:b:",
    "https://example.org",
    "a\u{3000}b",
    "  ( [ *",
    "a\0b\u{b}c\u{c}d\u{feff}",
    "\u{1b}[31mred",
    "\u{202e}gnp.exe\u{2066}",
    "a\u{2028}b\u{2029}c\u{85}d",
    "\\ \\n \\u{41}",
    "_x0041_ _x000D_",
    "\u{fffe}\u{ffff}",
    "{{ title }}{% raw %}",
];

/// Cells are as they were written, tabs and ends of lines apart, and none calculates.
fn assert_harmless(words: &str) {
    let page = page_with(words);
    let expected = seen(words).into_owned();
    for row in rows(&page) {
        for field in row {
            let begins = field.trim_start().chars().next();
            let formula = begins.is_some_and(|c| "=+-@＝＋－＠".contains(c));
            let plain = field.trim().trim_end_matches('%').parse::<f64>().is_ok();
            assert!(!formula || plain || field.trim() == "-", "{field:?}");
        }
    }
    let table = |row: &&Vec<String>| row.len() == 3 && row[1] == "-1234.50";
    let of_csv: Vec<Vec<String>> = rows(&page);
    let [row] = of_csv.iter().filter(table).collect::<Vec<_>>()[..] else { panic!("{of_csv:?}") };
    assert_eq!(unquoted(&row[0]).replace("\r\n", "\n"), expected);
    assert_eq!(row[0], row[2]);
    let cells: Vec<Data> = sheet(&page).into_iter().flatten().collect();
    let number = cells.iter().position(|cell| *cell == Data::Float(-1234.5)).unwrap();
    let text = |cell: &Data| cell.to_string().replace("\r\n", "\n");
    assert_eq!(text(&cells[number - 1]), expected);
    assert_eq!(text(&cells[number + 1]), expected);
    let numbers = cells.iter().filter(|cell| matches!(cell, Data::Float(_) | Data::Int(_)));
    assert_eq!(numbers.count(), 1, "{cells:?}");
    let (said, tags) = read_html(&page);
    assert!(said.contains(&expected), "{said:?} {expected:?}");
    let ours = [
        "section", "p", "h1", "h2", "div", "span", "table", "thead", "tbody", "tr", "th", "td",
        "b", "i", "wbr", "footer", "dl", "dt", "dd", "body", "html",
    ];
    for tag in &tags {
        assert!(ours.contains(&tag.trim_start_matches('/')), "{tag:?}");
    }
    let html = String::from_utf8(bytes(&page, Form::Html)).unwrap();
    assert_eq!(html.matches("<title>").count(), 1);
    assert!(!html.contains("<script"));
    for form in FORMS {
        assert!(bytes(&page, form) == bytes(&page_with(words), form));
    }
}

#[test]
fn nothing_that_somebody_wrote_does_anything() {
    PAYLOADS.into_iter().for_each(assert_harmless);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_somebody_writes_stays_words(words in "\\PC{1,24}|[=+@<>&'\",;|\u{0}-\u{1f}a-z0-9＝\u{202e} -]{1,24}") {
        assert_harmless(&words);
    }
}

#[test]
fn a_share_is_a_number_in_a_workbook_and_its_percent_is_how_it_is_shown() {
    let shares = ["97.44%", "0.00%", "-3.00%", "100.00%", "1,234.50%", "0.05%", "33.33%", "7%"];
    let column = Column { title: "占比".to_owned(), holds: Holds::Figures };
    let rows = shares.iter().map(|share| vec![Cell::Percent((*share).to_owned())]).collect();
    let page = Page { blocks: vec![Block::Table(Table { columns: vec![column], rows })] };
    let found: Vec<String> = sheet(&page)
        .into_iter()
        .skip(1)
        .flatten()
        .map(|cell| {
            let Data::Float(number) = cell else { panic!("{cell:?}") };
            number.to_string()
        })
        .collect();
    let expected = ["0.9744", "0", "-0.03", "1", "12.345", "0.0005", "0.3333", "0.07"];
    assert_eq!(found, expected);
    let styles = part(&bytes(&page, Form::Xlsx), "xl/styles.xml");
    for shape in ["0.00%", "0%", "#,##0.00%"] {
        assert!(styles.contains(&format!("formatCode=\"{shape}\"")), "{shape}: {styles}");
    }
    let of_csv: Vec<String> = rows_of(&page);
    assert_eq!(of_csv[1..], shares.map(str::to_owned));
}

fn rows_of(page: &Page) -> Vec<String> {
    rows(page).into_iter().flatten().collect()
}

fn part(archive: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(Cursor::new(archive)).unwrap();
    std::io::read_to_string(archive.by_name(name).unwrap()).unwrap()
}

/// Every share of every report is one: in no column of figures does a percentage stay a text.
#[test]
fn no_share_of_a_report_is_words() {
    let mut seen = 0;
    for book in golden::books() {
        let book = given(book);
        let records = records(&book);
        for report in Name::ALL {
            for of in of(*report, &book, &records) {
                let Some(made) = made(*report, of.clone(), &book, &records) else { continue };
                let page = render::made(&made, &Beside::default(), Lang::Zh);
                let cells = page.tables().flat_map(|table| table.rows.iter().flatten());
                for cell in cells {
                    let shown = cell.shown();
                    let share = shown.strip_suffix('%').is_some_and(|n| n.parse::<f64>().is_ok());
                    let is_one = matches!(cell, Cell::Percent(_));
                    assert_eq!(share, is_one, "{report} {of:?}: {cell:?}");
                    seen += usize::from(is_one);
                }
            }
        }
    }
    assert!(seen > 20, "{seen}");
}

#[test]
fn what_is_no_plain_number_is_text_in_a_workbook() {
    let column = |holds| Column { title: "列".to_owned(), holds };
    let ids =
        ["007", "12345678901234567890", "1E5", "2026-01-05", "12%", "记-2026-01-0001", "TRUE"];
    let rows =
        ids.iter().map(|id| vec![Cell::Number((*id).to_owned()), Cell::Words("1".to_owned())]);
    let columns = vec![column(Holds::Figures), column(Holds::Words)];
    let page = Page { blocks: vec![Block::Table(Table { columns, rows: rows.collect() })] };
    let found: Vec<Data> = sheet(&page).into_iter().skip(1).flatten().collect();
    let expected = ids.iter().flat_map(|id| [(*id).to_owned(), "1".to_owned()]).map(Data::String);
    // What this program does not count a number never reaches a cell of numbers.
    assert_eq!(found, expected.collect::<Vec<_>>());
}
