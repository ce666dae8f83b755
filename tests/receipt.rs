//! A receipt's paper: what a member scans from it stands by itself, in a book of any size.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod support;

use std::fmt::Write as _;
use std::io::{Cursor, Read as _};
use std::path::Path;
use std::process::Command;

use calamine::{Data, Reader, Xlsx};
use mingzhang::book::recorded;
use mingzhang::chain::policy::Policy;
use mingzhang::chain::proof::LogProof;
use mingzhang::chain::proof_verdict::weigh;
use mingzhang::chain::record::Envelope;
use mingzhang::chain::tree::{Tree, TreeHash, leaf_hash};
use mingzhang::chain::verify::Outcome;
use mingzhang::event::Fact;
use mingzhang::event::book::Role;
use mingzhang::event::dues::DuesReceipt;
use mingzhang::ids::Seq;
use mingzhang::lang::Lang;
use mingzhang::render::page::Block;
use mingzhang::render::{
    self, Form, Page, Paper, QR_BYTES_MAX, Qr, QrTooLong, ReceiptPaper, receipt,
};
use serde_json::json;
use support::{instant, policy_of_both, seal};

const RECORDS: usize = 65_537;
/// A place whose way to the root is the longest.
const PLACE: usize = 54_321;

/// A receipt of an ordinary member in a book of 65,537 records, signed and witnessed by both.
fn proof() -> LogProof {
    let body = json!({
        "number": "收-2026-0001", "date": "2026-03-05", "member": "m-0001", "payment": 54_000,
        "amount": "69.60",
    });
    let mut issued = support::record("receipt.issued", body);
    issued["seq"] = PLACE.into();
    issued["idem"] = "auto-0123456789abcdef0123-1~0123456789abcdef".into();
    let line = seal(vec![issued]).remove(0);
    let mut leaves: Vec<TreeHash> = (0..RECORDS).map(|n| leaf_hash(&n.to_be_bytes())).collect();
    leaves[PLACE] = leaf_hash(&line);
    let head = Tree::of(&leaves).head();
    let mut checkpoint = support::checkpoint(&[]);
    (checkpoint.size, checkpoint.root) = (head.size, head.root);
    let seq = Seq(PLACE.try_into().unwrap());
    let proof = LogProof::new(seq, &leaves, support::signed(&checkpoint, &[1, 2])).unwrap();
    proof.with_record(&line).unwrap()
}

fn dues() -> DuesReceipt {
    let line = |member: &str, month: &str, amount: &str| json!({ "member": member, "month": month, "amount": amount });
    let lines = [
        line("m-0001", "2026-01", "34.80"),
        line("m-0002", "2026-01", "12.34"),
        line("m-0001", "2026-02", "34.80"),
    ];
    let body = json!({ "date": "2026-03-04", "into": "bank", "lines": lines });
    serde_json::from_value(body).unwrap()
}

fn page(proof: &LogProof, lang: Lang) -> (String, Option<QrTooLong>) {
    let (page, too_long) = page_in(proof, lang, "CNY", &dues());
    (html(&page, lang), too_long)
}

fn html(page: &Page, lang: Lang) -> String {
    String::from_utf8(render::bytes(page, Form::Html, Paper::A5, lang).unwrap()).unwrap()
}

fn page_in(
    proof: &LogProof,
    lang: Lang,
    currency: &str,
    payment: &DuesReceipt,
) -> (Page, Option<QrTooLong>) {
    let record = recorded(Envelope::read(proof.extra().unwrap()).unwrap()).unwrap();
    let Fact::ReceiptIssued(issued) = &record.fact else { panic!("{record:?}") };
    let paper = ReceiptPaper {
        organisation: "某某公司工会 <&>",
        currency,
        receipt: issued,
        payment,
        voucher: Some("记-2026-03-0007".parse().unwrap()),
        issued_by: &record.actor,
        offices: &[Role::Cashier],
        proof,
        lang,
    };
    receipt(&paper).unwrap()
}

/// The dark modules of the code on a page, drawn as a PNM picture of so many pixels a module.
fn picture(page: &str, pixels: usize) -> String {
    let svg = &page[page.find("<svg").unwrap()..page.find("</svg>").unwrap()];
    let between = |text: &str, from: &str, to: &str| -> String {
        let rest = &text[text.find(from).unwrap() + from.len()..];
        rest[..rest.find(to).unwrap()].to_owned()
    };
    let side: usize = between(svg, "viewBox=\"0 0 ", " ").parse().unwrap();
    let mut dark = vec![vec![false; side]; side];
    for stroke in between(svg, "<path d=\"", "\"").split('M').skip(1) {
        let (x, rest) = stroke.split_once(' ').unwrap();
        let (y, rest) = rest.split_once('h').unwrap();
        let (length, _) = rest.split_once('v').unwrap();
        let [x, y, length] = [x, y, length].map(|number| number.parse::<usize>().unwrap());
        dark[y][x..x + length].fill(true);
    }
    let mut picture = format!("P1\n{0} {0}\n", side * pixels);
    for row in dark.iter().flat_map(|row| std::iter::repeat_n(row, pixels)) {
        for is_dark in row.iter().flat_map(|dark| std::iter::repeat_n(*dark, pixels)) {
            picture.push(if is_dark { '1' } else { '0' });
        }
        writeln!(picture).unwrap();
    }
    picture
}

/// What a scanner reads, or `None` where there is none and need not be.
fn scanned(picture: &str) -> Option<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("code.pbm");
    std::fs::write(&file, picture).unwrap();
    let said = other("zbarimg", &["--quiet", "--raw", file.to_str().unwrap()])?;
    // It ends what it read with a line feed of its own.
    said.strip_suffix('\n').map(str::to_owned)
}

fn other(program: &str, arguments: &[&str]) -> Option<String> {
    match Command::new(Path::new(program)).args(arguments).output() {
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{program}: {told}");
            Some(String::from_utf8(output.stdout).unwrap())
        }
        Err(error) => {
            let needed = std::env::var_os("MINGZHANG_FOREIGN").is_some();
            assert!(!needed, "{program}: {error}");
            println!("skipped: {program} is not installed");
            None
        }
    }
}

#[test]
fn what_is_scanned_from_a_receipt_is_verified_and_witnessed_without_a_book() {
    let proof = proof();
    assert_eq!(proof.path().len(), 17, "the longest way there is");
    for lang in Lang::ALL {
        let (page, too_long) = page(&proof, lang);
        assert_eq!(too_long, None, "{} bytes", proof.to_string().len());
        let Some(text) = scanned(&picture(&page, 4)) else { return };
        assert_eq!(text, proof.to_string());
        let read = LogProof::parse(&text).unwrap();
        let policy = Policy::parse(&policy_of_both()).unwrap();
        let now = instant(support::NOW);
        let verdict = weigh(&read, read.extra().unwrap(), Some(&policy), now, 86_400);
        assert!(matches!(verdict.outcome, Outcome::VerifiedAndWitnessed { size: 65_537, .. }));
    }
}

#[test]
fn the_page_says_what_was_paid_and_nothing_of_anybody_else() {
    let proof = proof();
    for (lang, title) in [(Lang::Zh, "会费收据"), (Lang::En, "Receipt of dues")] {
        let (page, _) = page(&proof, lang);
        for said in [
            title,
            "某某公司工会 &#60;&#38;&#62;",
            "收-2026-0001",
            "m-0001",
            "2026-01</td><td class=\"figure\">34.80<",
            "2026-02</td><td class=\"figure\">34.80<",
            "人民币陆拾玖元陆角整",
            ">69.60<",
            "记-2026-03-0007",
            "2026-03-05",
            "54321",
            Role::Cashier.title(lang),
        ] {
            assert!(page.contains(said), "{lang}: {said} is not on the page");
        }
        for other in ["m-0002", "12.34"] {
            assert!(!page.contains(other), "{lang}: {other} is on the page");
        }
    }
}

#[test]
fn capitals_are_of_yuan_alone() {
    let proof = proof();
    let of = |currency| html(&page_in(&proof, Lang::Zh, currency, &dues()).0, Lang::Zh);
    let (yuan, dollars) = (of("CNY"), of("USD"));
    assert!(yuan.contains("人民币") && yuan.contains("金额（元）"));
    assert!(!dollars.contains("人民币") && !dollars.contains('¥') && !dollars.contains("元"));
    assert!(dollars.contains("金额（USD）") && dollars.contains(">69.60<"), "{dollars}");
}

#[test]
fn a_proof_too_long_for_a_code_is_said_to_be_beside_the_page() {
    let mut proof = proof();
    let more = "A".repeat(1_600);
    // Somebody's unknown signature, as long as it likes to be.
    let text = format!("{proof}— a.example/long {more}\n");
    proof = LogProof::parse(&text).unwrap();
    let (page, too_long) = page(&proof, Lang::En);
    assert_eq!(too_long, Some(QrTooLong(text.len())));
    assert!(text.len() > QR_BYTES_MAX && !page.contains("<svg"));
    assert!(page.contains("the .tlog-proof file beside this page"));
}

#[test]
fn a_code_is_no_larger_than_that_of_another_program() {
    let text = proof().to_string();
    let arguments = ["-l", "L", "-8", "-m", "4", "-t", "ASCII", "-o", "-", text.as_str()];
    let Some(theirs) = other("qrencode", &arguments) else { return };
    // Each of its rows is a line, and a module two characters wide.
    let theirs = theirs.lines().count();
    let svg = Qr::of(&text).unwrap().svg();
    assert!(svg.contains(&format!("viewBox=\"0 0 {theirs} {theirs}\"")), "{theirs}");
}

#[test]
fn the_code_of_a_workbook_is_read_back_and_its_amounts_are_numbers() {
    let proof = proof();
    let (page, _) = page_in(&proof, Lang::Zh, "CNY", &dues());
    let bytes = render::bytes(&page, Form::Xlsx, Paper::A5, Lang::Zh).unwrap();
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes.clone())).unwrap();
    let cells = book.worksheet_range_at(0).unwrap().unwrap();
    let amounts: Vec<&Data> = cells.used_cells().map(|(_, _, cell)| cell).collect();
    for (amount, times) in [(69.6, 1), (34.8, 2)] {
        let found = amounts.iter().filter(|cell| ***cell == Data::Float(amount)).count();
        assert_eq!(found, times, "{amount}");
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut bitmap = Vec::new();
    archive.by_name("xl/media/image1.bmp").unwrap().read_to_end(&mut bitmap).unwrap();
    assert!(bitmap.starts_with(b"BM"));
    // A reader wants more than one pixel a module.
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("code.pbm");
    std::fs::write(&file, enlarged(&bitmap, 4)).unwrap();
    let Some(text) = other("zbarimg", &["--quiet", "--raw", file.to_str().unwrap()]) else {
        return;
    };
    assert_eq!(text.strip_suffix('\n').unwrap(), proof.to_string());
}

/// A bitmap of two colours as a PNM picture of so many pixels for each of its own.
fn enlarged(bitmap: &[u8], pixels: usize) -> String {
    let number = |at: usize| u32::from_le_bytes(bitmap[at..at + 4].try_into().unwrap()) as usize;
    let (begin, side) = (number(10), number(18));
    assert_eq!((bitmap.len(), number(22), bitmap[28]), (number(2), side, 1));
    let stride = side.div_ceil(32) * 4;
    let mut picture = format!("P1\n{0} {0}\n", side * pixels);
    for row in (0..side).rev().flat_map(|row| std::iter::repeat_n(row, pixels)) {
        for column in (0..side).flat_map(|column| std::iter::repeat_n(column, pixels)) {
            let byte = bitmap[begin + row * stride + column / 8];
            picture.push(if byte >> (7 - column % 8) & 1 == 1 { '1' } else { '0' });
        }
        writeln!(picture).unwrap();
    }
    picture
}

/// A receipt for so many months of one member.
fn of_months(count: u32) -> DuesReceipt {
    let line =
        |n: u32| json!({ "member": "m-0001", "month": format!("2025-{n:02}"), "amount": "34.80" });
    let lines: Vec<_> = (1..=count).map(line).collect();
    serde_json::from_value(json!({ "date": "2026-03-04", "into": "bank", "lines": lines })).unwrap()
}

#[test]
fn a_receipt_of_a_year_is_one_sheet_of_a5_that_shows_everything_and_scans() {
    let proof = proof();
    for lang in Lang::ALL {
        for months in [1, 12] {
            let (mut page, _) = page_in(&proof, lang, "CNY", &of_months(months));
            page += Page::from(Block::Foot(foot_lines()));
            let folder = tempfile::tempdir().unwrap();
            let path = |name: &str| folder.path().join(name).display().to_string();
            std::fs::write(path("r.html"), html(&page, lang)).unwrap();
            let profile = format!("--user-data-dir={}", path("chromium"));
            let (to, from) =
                (format!("--print-to-pdf={}", path("r.pdf")), format!("file://{}", path("r.html")));
            let flags = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"];
            let flags: Vec<&str> = flags.into_iter().chain([&*profile, &*to, &*from]).collect();
            if other("chromium", &flags).is_none() {
                return;
            }
            let Some(text) = other("pdftotext", &["-layout", &path("r.pdf"), "-"]) else { return };
            assert_eq!(text.matches('\u{c}').count(), 1, "{lang} {months}: {text}");
            assert_eq!(text.matches("34.80").count(), months as usize, "{text}");
            for said in ["人民币陆拾玖元陆角整", "69.60", "收-2026-0001", "m-0001"] {
                assert!(text.contains(said), "{lang}: {said}: {text}");
            }
            // As a printer of 300 dots an inch has it.
            let Some(_) = other("pdftoppm", &["-r", "300", "-gray", &path("r.pdf"), &path("r")])
            else {
                return;
            };
            let scanned = other("zbarimg", &["--quiet", "--raw", &path("r-1.pgm")]).unwrap();
            assert_eq!(scanned.strip_suffix('\n').unwrap(), proof.to_string());
        }
    }
}

fn foot_lines() -> Vec<(String, String)> {
    let line = |label: &str, value: &str| (label.to_owned(), value.to_owned());
    vec![
        line("账套", "example.org/branch-001"),
        line("记录数", "65537"),
        line("链头", &"ab".repeat(32)),
        line("树根", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="),
        line("检查点", "65537, 见证 audit.example/w1, union.example/w2"),
        line("制表", "mingzhang receipt print 收-2026-0001 --format html --at 65537 --lang zh"),
    ]
}
