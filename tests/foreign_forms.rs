//! Programs that are not ours open our workbooks and print our pages, and show the same figures in the
//! same order as the text of the report.
//!
//! `tests/run.sh` installs `LibreOffice`, Chromium and poppler and says so by `MINGZHANG_FOREIGN=1`; then
//! one that is missing is a failure, and else it is said and skipped.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]
#![allow(clippy::disallowed_methods, reason = "the environment says what is installed")]

mod demo_book;
mod figures;

use std::fs;
use std::path::Path;
use std::process::Command;

use demo_book::Book;
use figures::figures;
use mingzhang::event::Recorded;
use mingzhang::lang::Lang;
use mingzhang::render::page::{Block, Cell, Column, Holds, Signatures, Table};
use mingzhang::render::{self, Beside, Form, Page, Paper};
use mingzhang::report::Period;
use mingzhang::report::asked::{Asked, Ledger, Name, make};

/// What a union prints most, and how many sheets of A4 it is at most.
const PRINTED: [(&str, Option<&str>, usize); 8] = [
    ("trial-balance", None, 4),
    ("balance-sheet", Some("2025"), 3),
    ("income-statement", Some("2025"), 3),
    ("funds", Some("2025"), 2),
    ("public-notice", Some("2025-03"), 4),
    ("annual-report", Some("2025"), 6),
    ("audit", Some("2025"), 24),
    ("vouchers", Some("2025-03"), 40),
];

/// Whether the programs can be run here.
fn are_here(programs: &[&str]) -> bool {
    let missing: Vec<&&str> = programs.iter().filter(|name| !on_the_path(name)).collect();
    if missing.is_empty() {
        return true;
    }
    assert!(std::env::var_os("MINGZHANG_FOREIGN").is_none(), "not installed: {missing:?}");
    eprintln!("skipped: not installed: {missing:?}");
    false
}

fn on_the_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn pages() -> Vec<(String, Page, usize)> {
    let book = Book::demo();
    let records: Vec<Recorded> = book.records().into_iter().map(|(record, _)| record).collect();
    let ledger = Ledger { state: book.state(), chart: book.chart(), records: &records };
    let page = |(name, period, sheets): (&str, Option<&str>, usize)| {
        let period: Option<Period> = period.map(|period| period.parse().unwrap());
        let name: Name = name.parse().unwrap();
        let settled = Asked { name, period, by_fund: false, of: None }.settle(book.state());
        let page = render::made(&make(&settled, ledger), &Beside::default(), Lang::Zh);
        (name.to_string(), page, sheets)
    };
    PRINTED.into_iter().map(page).collect()
}

/// It is given two minutes, and a home of its own.
fn run(program: &str, home: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("timeout");
    command.arg("120").arg(program).args(arguments).env("HOME", home).env("LC_ALL", "C.UTF-8");
    let ran = command.output().unwrap();
    let said = String::from_utf8_lossy(&ran.stderr);
    assert!(ran.status.success(), "{program} {arguments:?}: {said}");
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

#[test]
fn libreoffice_reads_the_same_figures_in_our_workbooks() {
    if !are_here(&["soffice"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let pages = pages();
    let mut files = Vec::new();
    for (name, page, _) in &pages {
        let path = folder.path().join(format!("{name}.xlsx"));
        fs::write(&path, render::bytes(page, Form::Xlsx, Paper::A4, Lang::Zh).unwrap()).unwrap();
        files.push(path.to_str().unwrap().to_owned());
    }
    let profile = format!("-env:UserInstallation=file://{}/profile", folder.path().display());
    let out = folder.path().to_str().unwrap();
    // As UTF-8, with commas and quotes, each cell as it is shown.
    let filter = "csv:Text - txt - csv (StarCalc):44,34,76,1";
    let mut arguments = vec![&*profile, "--headless", "--convert-to", filter, "--outdir", out];
    arguments.extend(files.iter().map(String::as_str));
    run("soffice", folder.path(), &arguments);
    for (name, page, _) in &pages {
        let text = fs::read_to_string(folder.path().join(format!("{name}.csv"))).unwrap();
        let mut reader = csv::ReaderBuilder::new();
        let mut reader = reader.has_headers(false).flexible(true).from_reader(text.as_bytes());
        let rows = reader.records().map(|row| row.unwrap().iter().collect::<Vec<_>>().join(" "));
        let theirs = rows.collect::<Vec<_>>().join("\n");
        assert_eq!(figures(&theirs), figures(&page.to_string()), "{name}");
    }
}

/// The amounts among the figures: two digits stand behind their point.
fn amounts(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_digit() || ".,-".contains(c)));
    let amount = |word: &&str| {
        word.split_once('.').is_some_and(|(whole, fen)| !whole.is_empty() && fen.len() == 2)
    };
    words.filter(amount).map(str::to_owned).collect()
}

#[test]
fn chromium_prints_every_amount_of_our_pages_in_order() {
    if !are_here(&["chromium", "pdftotext"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    for (name, page, sheets) in pages() {
        for (paper, factor) in [(Paper::A4, 1), (Paper::A5, 3)] {
            let html = folder.path().join("page.html");
            let pdf = folder.path().join("page.pdf");
            fs::write(&html, render::bytes(&page, Form::Html, paper, Lang::Zh).unwrap()).unwrap();
            let profile = format!("--user-data-dir={}/chromium", folder.path().display());
            let to = format!("--print-to-pdf={}", pdf.display());
            let from = format!("file://{}", html.display());
            let arguments =
                ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"];
            let arguments: Vec<&str> =
                arguments.into_iter().chain([&*profile, &*to, &*from]).collect();
            run("chromium", folder.path(), &arguments);
            let printed = run("pdftotext", folder.path(), &["-layout", pdf.to_str().unwrap(), "-"]);
            let count = printed.matches('\u{c}').count();
            assert!((1..=sheets * factor).contains(&count), "{name} {paper:?}: {count} sheets");
            let theirs = amounts(&printed);
            // Words that are broken over lines stand beside figures that are not.
            let figures = page.tables().flat_map(|table| table.rows.iter().flatten());
            let figures = figures.filter(|cell| matches!(cell, Cell::Number(_)));
            let mut figures = figures.flat_map(|cell| amounts(cell.shown()));
            let mut rest = theirs.iter();
            let missing = figures.find(|amount| !rest.any(|found| found == amount));
            assert_eq!(missing, None, "{name} {paper:?}");
            // Bars say some of them once more.
            let ours = amounts(&page.to_string());
            let count = |of: &[String], amount: &String| of.iter().filter(|a| *a == amount).count();
            let lost = ours.iter().find(|amount| count(&ours, amount) > count(&theirs, amount));
            assert_eq!(lost, None, "{name} {paper:?}");
            let pictures = page.blocks.iter().any(|b| matches!(b, Block::Picture(_)));
            assert!(pictures || theirs.len() == ours.len(), "{name} {paper:?}");
        }
    }
}

/// Rows and rows, and below them who signs; the command of the foot is its last line.
fn signed(rows: usize) -> Page {
    let column = |title: &str, holds| Column { title: title.to_owned(), holds };
    let columns = vec![column("项目", Holds::Words), column("金额", Holds::Figures)];
    let row = |n: usize| vec![Cell::Words(format!("第{n}行")), Cell::Number(format!("{n}.00"))];
    let places = ["制表人", "审核人"].map(|name| (name.to_owned(), String::new())).to_vec();
    let foot =
        ["账套", "树根", "制表"].map(|label| (label.to_owned(), format!("{label}之值"))).to_vec();
    let title = Block::Title { title: "表".to_owned(), about: Vec::new() };
    let table = Block::Table(Table { columns, rows: (1..=rows).map(row).collect() });
    let text = Block::Text("两边相符\n".to_owned());
    let signatures = Block::Signatures(Signatures { places, seal: false, text: String::new() });
    Page { blocks: vec![title, table, text, signatures, Block::Foot(foot)] }
}

#[test]
fn whoever_signs_signs_below_a_figure_and_nothing_of_it_is_torn_off() {
    if !are_here(&["chromium", "pdftotext"]) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    // Of every length about which a sheet of A5 is full.
    for rows in (18..=36).step_by(2) {
        let (html, pdf) = (folder.path().join("page.html"), folder.path().join("page.pdf"));
        let bytes = render::bytes(&signed(rows), Form::Html, Paper::A5, Lang::Zh).unwrap();
        fs::write(&html, bytes).unwrap();
        let profile = format!("--user-data-dir={}/chromium", folder.path().display());
        let to = format!("--print-to-pdf={}", pdf.display());
        let from = format!("file://{}", html.display());
        let flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"];
        let flags: Vec<&str> = flags.into_iter().chain([&*profile, &*to, &*from]).collect();
        run("chromium", folder.path(), &flags);
        let printed = run("pdftotext", folder.path(), &["-layout", pdf.to_str().unwrap(), "-"]);
        let sheets: Vec<&str> = printed.split_terminator('\u{c}').collect();
        let with = |said: &str| -> Vec<usize> {
            (0..sheets.len()).filter(|n| sheets[*n].contains(said)).collect()
        };
        let last = vec![sheets.len() - 1];
        let all = ["两边相符", "制表人", "审核人", "账套之值", "制表之值"];
        for said in all.into_iter().map(str::to_owned).chain([format!("第{rows}行")]) {
            assert_eq!(with(&said), last, "{rows} rows, {said}: {printed}");
        }
        // Nor does one row stand alone below a head that was repeated.
        assert_eq!(with(&format!("第{}行", rows - 1)), last, "{rows} rows: {printed}");
    }
}
