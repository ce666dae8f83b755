//! A receipt's paper: what a member scans from it stands by itself, in a book of any size.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod support;

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

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
use mingzhang::render::{QR_BYTES_MAX, QrTooLong, ReceiptPaper, qr_svg, receipt};
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
    page_in(proof, lang, "CNY")
}

fn page_in(proof: &LogProof, lang: Lang, currency: &str) -> (String, Option<QrTooLong>) {
    let record = recorded(Envelope::read(proof.extra().unwrap()).unwrap()).unwrap();
    let Fact::ReceiptIssued(issued) = &record.fact else { panic!("{record:?}") };
    let paper = ReceiptPaper {
        organisation: "某某公司工会 <&>",
        currency,
        receipt: issued,
        payment: &dues(),
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
            "2026-01&ensp;34.80",
            "2026-02&ensp;34.80",
            "人民币陆拾玖元陆角整",
            "¥69.60",
            "记-2026-03-0007",
            "2026-03-05",
            "65537",
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
    let (yuan, dollars) = (page(&proof, Lang::Zh).0, page_in(&proof, Lang::Zh, "USD").0);
    assert!(yuan.contains("人民币") && yuan.contains('¥'));
    assert!(!dollars.contains("人民币") && !dollars.contains('¥') && !dollars.contains("元"));
    assert!(dollars.contains(">USD "), "{dollars}");
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
    let svg = qr_svg(&text).unwrap();
    assert!(svg.contains(&format!("viewBox=\"0 0 {theirs} {theirs}\"")), "{theirs}");
}
