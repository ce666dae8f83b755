//! What travels: bundles and what continues them, one record's proof, a receipt and its code.

use std::fs;

use serde_json::json;

use crate::program::{Desk, files};

#[test]
fn a_bundle_is_continued_from_a_checkpoint_or_from_the_bundle_before_it() {
    let desk = Desk::with_demo();
    desk.say("-b d/book --as acc-b record group.define --group g8 --name 八组").ends(0);
    let too_early = desk.say("-b d/book export bundle --out b --since d/bundle").ends(0);
    assert_eq!(too_early.out, "b (428 records, from record 427)\n");
    // What nobody has signed yet is not shown to continue anything, and still travels.
    assert_eq!(desk.text("b/since").lines().count(), 2);
    desk.say("-b d/book checkpoint sign").ends(0);
    for (name, since) in [("c1", "d/bundle"), ("c2", "d/book/checkpoints/427")] {
        let said =
            desk.say(&format!("-b d/book --json export bundle --out {name} --since {since}"));
        let said = said.ends(0).json();
        assert_eq!((&said["records"], &said["from"]), (&json!(428), &json!(427)));
    }
    let named = |name: &str| -> Vec<_> {
        let folder = desk.path(name);
        let found = files(&folder).into_iter();
        found.map(|(path, bytes)| (path.strip_prefix(&folder).unwrap().to_owned(), bytes)).collect()
    };
    assert!(named("c1") == named("c2"), "two ways to say the same");
    let since = desk.text("c1/since");
    assert!(since.starts_with("old 427\n") && since.lines().count() > 2, "{since}");
    assert_eq!(desk.text("c1/events.ndjson").lines().count(), 1);
}

#[test]
fn a_bundle_does_not_continue_what_is_no_beginning_of_its_book() {
    let desk = Desk::with_demo();
    desk.copy("d/book", "other");
    desk.say("-b other --as acc-b record group.define --group g8 --name 八组").ends(0);
    desk.say("-b other checkpoint sign").ends(0);
    desk.say("-b d/book --as acc-b record group.define --group g9 --name 九组").ends(0);
    desk.say("-b d/book checkpoint sign").ends(0);
    let refused = desk.say("-b d/book export bundle --out b --since other/checkpoint").ends(4);
    assert!(refused.err.starts_with("error[BND1] the book does not begin with the 428 records"));
    let refused = desk.say("-b d/book --lang zh export bundle --out b --since other").ends(4);
    assert!(refused.err.starts_with("错误[BND1] "), "{}", refused.err);
    // It is right and newer than all that this book has signed.
    desk.copy("d/book", "ahead");
    desk.say("-b ahead --as acc-b record group.define --group g7 --name 七组 --key k").ends(0);
    desk.copy("ahead", "d/book2");
    desk.say("-b ahead checkpoint sign").ends(0);
    let refused = desk.say("-b d/book2 export bundle --out b --since ahead/checkpoint").ends(2);
    assert!(refused.err.starts_with("error[BND3] "), "{}", refused.err);
    let note = desk.text("d/book/checkpoint").replace("gh.example.org/branch-017", "a.example/b");
    desk.write("stranger", note);
    let refused = desk.say("-b d/book export bundle --out b --since stranger").ends(4);
    assert!(refused.err.contains("is a checkpoint of a.example/b"), "{}", refused.err);
    desk.write("nonsense", "nonsense");
    desk.say("-b d/book export bundle --out b --since nonsense").ends(4);
    desk.say("-b d/book export bundle --out b --since nowhere").ends(5);
    assert!(!desk.path("b").exists() && !desk.path("b.part").exists());
}

#[test]
fn a_bundle_takes_nobody_s_place() {
    let desk = Desk::with_demo();
    let before = files(&desk.path("d/bundle"));
    let said = desk.say("-b d/book export bundle --out d/bundle").ends(5);
    assert!(said.err.starts_with("error[IO7] "), "{}", said.err);
    assert!(files(&desk.path("d/bundle")) == before);
    let names = fs::read_dir(desk.path("d/bundle")).unwrap();
    let names: Vec<String> =
        names.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    for private in ["keys", "store", "policy", "vault", "last-signed"] {
        assert!(!names.contains(&private.to_owned()), "{private} travels");
    }
}

#[test]
fn a_proof_is_verified_by_whoever_holds_it_and_a_policy() {
    let desk = Desk::with_demo();
    desk.say("-b d/book proof 13 --out p").ends(0);
    let said = desk.say("verify --proof p --policy d/policy").ends(0);
    let words: Vec<&str> = said.out.lines().collect();
    assert!(words[0].starts_with("record 13, recorded by acc-b at "), "{}", said.out);
    assert!(said.out.contains("\nwitnessed by gh.example.org/branch-017/audit-committee "));
    let last = "verified and witnessed: record 13 is among the 427 that the witnesses saw";
    assert_eq!(words.last(), Some(&last));
    let chinese = desk.say("--lang zh verify --proof p --policy d/policy").ends(0).out;
    assert!(chinese.starts_with("记录 13，acc-b 于 "), "{chinese}");
    assert!(chinese.ends_with("已验证并有见证：记录 13 在见证人见过的 427 条记录之中\n"));
    let said = desk.say("--json verify --proof p --policy d/policy").ends(0).json();
    assert_eq!(said["verdict"]["outcome"]["is"], "verified_and_witnessed");
    assert_eq!(said["record"]["seq"], 13);
    // What was scanned may have lost its last line feed.
    let text = desk.text("p");
    let scanned = desk.run_with_input("verify --proof - --policy d/policy", text.trim().as_bytes());
    scanned.ends(0);
}

#[test]
fn a_proof_that_nobody_trusted_vouches_for_is_said_to_be_that() {
    let desk = Desk::with_demo();
    desk.say("-b d/book proof 13 --out p").ends(0);
    let said = desk.say("verify --proof p").ends(1).out;
    assert!(said.contains("\nlog_key_missing: "), "{said}");
    let last =
        "not verified: nobody whom you trust vouches for this key; the proof agrees with itself";
    assert_eq!(said.lines().last(), Some(last));
    let chinese = desk.say("--lang zh verify --proof p").ends(1).out;
    assert!(chinese.lines().last().unwrap().starts_with("未验证："), "{chinese}");
    let json = desk.say("--json verify --proof p").ends(1).json();
    assert_eq!(json["signatures_claimed"][0], "gh.example.org/branch-017", "{json}");
    assert!(json.get("signatures").is_none(), "{json}");
    let later = "verify --proof p --policy d/policy --now 2026-03-05T09:00:00Z";
    let said = desk.say(later).ends(1).out;
    assert!(said.contains("\ncosignatures_stale: "), "{said}");
    desk.say(&format!("{later} --max-age-days 90")).ends(0);
}

#[test]
fn a_proof_that_was_changed_is_broken_and_its_record_is_not_shown() {
    let desk = Desk::with_demo();
    desk.say("-b d/book proof 13 --out p").ends(0);
    let text = desk.text("p");
    for (from, to) in [
        ("index 13", "index 14"),
        ("extra eyJ", "extra eyK"),
        ("\n427\n", "\n428\n"),
        ("c2sp.org", "c3sp.org"),
    ] {
        assert!(text.contains(from));
        desk.write("bad", text.replacen(from, to, 1));
        let said = desk.say("verify --proof bad --policy d/policy").ends(4).out;
        assert!(said.contains("proof_wrong: ") || said.contains("log_signature_wrong: "), "{said}");
        assert!(said.ends_with("\nbroken\n") && !said.contains("recorded by"), "{said}");
        desk.say("--json verify --proof bad --policy d/policy").ends(4).json();
    }
}

#[test]
fn a_bare_proof_needs_the_record_that_it_is_about() {
    let desk = Desk::with_demo();
    desk.say("-b d/book proof 13 --bare --out p").ends(0);
    assert!(desk.text("p").starts_with("c2sp.org/tlog-proof@v1\nindex 13\n"));
    let refused = desk.say("verify --proof p --policy d/policy").ends(2);
    assert!(refused.err.starts_with("error[PRF3] "), "{}", refused.err);
    let log = desk.text("d/book/events.ndjson");
    let lines: Vec<&str> = log.split_inclusive('\n').collect();
    desk.write("right", lines[13]);
    desk.say("verify --proof p --record right --policy d/policy").ends(0);
    desk.write("wrong", lines[14]);
    desk.say("verify --proof p --record wrong --policy d/policy").ends(4);
    desk.say("verify d/book --proof p").ends(2);
    desk.say("verify d/book --record right").ends(2);
    desk.say("verify --record right").ends(2);
}

/// The first record of dues, and how many members are in it.
fn roll(desk: &Desk) -> (u64, usize) {
    let log = desk.text("d/book/events.ndjson");
    let records = log.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    let mut dues = records.filter(|record| record["type"] == "dues.received");
    let first = dues.find(|record| record["body"]["lines"].as_array().unwrap().len() > 2).unwrap();
    (first["seq"].as_u64().unwrap(), first["body"]["lines"].as_array().unwrap().len())
}

#[test]
fn each_member_of_a_roll_gets_a_receipt_in_one_append() {
    let desk = Desk::with_demo();
    let (seq, members) = roll(&desk);
    let asked = desk.say(&format!("-b d/book --as acc-b receipt issue {seq}")).ends(2);
    assert!(asked.err.contains("say --member or --all"), "{}", asked.err);
    let all = format!("-b d/book --as acc-b --json receipt issue {seq} --all");
    let said = desk.say(&all).ends(0).json();
    assert_eq!(said["receipts"].as_array().unwrap().len(), members);
    let log = desk.text("d/book/events.ndjson");
    let records: Vec<serde_json::Value> =
        log.lines().skip(427).map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(records.len(), members);
    assert!(records.iter().rev().skip(1).all(|record| record["more"] == true), "one append");
    let numbers: Vec<&str> =
        records.iter().map(|record| record["body"]["number"].as_str().unwrap()).collect();
    let expected: Vec<String> = (1..=members).map(|n| format!("收-2026-{n:04}")).collect();
    assert_eq!(numbers, expected);
    desk.say(&all).ends(2);
    let no_dues = desk.say("-b d/book --as acc-b receipt issue 0").ends(3);
    assert!(no_dues.err.starts_with("error[R01] "), "{}", no_dues.err);
    desk.say("verify d/book").ends(0);
    desk.say("-b d/book replay").ends(0);
}

#[test]
fn a_receipt_is_printed_once_a_checkpoint_covers_it_and_its_code_is_its_proof() {
    let desk = Desk::with_demo();
    let (seq, _) = roll(&desk);
    desk.say(&format!("-b d/book --as acc-b receipt issue {seq} --all")).ends(0);
    let early = desk.say("-b d/book receipt print 收-2026-0001 --format html --out r.html").ends(2);
    assert!(early.err.contains("mingzhang checkpoint sign"), "{}", early.err);
    desk.say("-b d/book checkpoint sign").ends(0);
    let cosign = "witness cosign d/book --key d/audit-committee/w1.pem --out answer";
    desk.say(cosign).ends(0);
    desk.say("-b d/book witness add answer").ends(0);
    let said = desk.say("-b d/book receipt print 收-2026-0001 --format html --out r.html").ends(0);
    assert_eq!(said.out, "r.html\n");
    desk.say("-b d/book proof 427 --out p").ends(0);
    let page = desk.text("r.html");
    let code = mingzhang::render::Qr::of(&desk.text("p")).unwrap().svg();
    assert!(page.contains(&code), "the code is the proof that `proof` writes");
    let chinese = desk
        .say("-b d/book --lang zh receipt print 收-2026-0002 --format html --out z.html")
        .ends(0);
    assert_eq!(chinese.out, "z.html\n");
    assert!(desk.text("z.html").contains("会费收据"));
    desk.say("-b d/book receipt print 收-2026-0999 --out x.html").ends(2);
    desk.say("verify --proof p --policy d/policy").ends(0);
    // What was printed is not overwritten.
    let again = desk.say("-b d/book receipt print 收-2026-0001 --format html --out r.html").ends(5);
    assert!(again.err.starts_with("error[IO7] "), "{}", again.err);
    assert_eq!(desk.text("r.html"), page);
}

#[test]
fn a_receipt_in_any_form_is_made_again_whatever_was_recorded_since() {
    let desk = Desk::with_demo();
    let (seq, _) = roll(&desk);
    desk.say(&format!("-b d/book --as acc-b receipt issue {seq} --all")).ends(0);
    desk.say("-b d/book checkpoint sign").ends(0);
    let print = "-b d/book receipt print 收-2026-0001";
    // By the book's own word, and by a witness beside it.
    desk.say(&format!("{print} --format html --out alone.html")).ends(0);
    let cosign = "witness cosign d/book --key d/audit-committee/w1.pem --out answer";
    desk.say(cosign).ends(0);
    desk.say("-b d/book witness add answer").ends(0);
    let mut papers = vec!["alone.html".to_owned()];
    for (format, paper) in [
        ("html", ""),
        ("html", "--paper a4"),
        ("xlsx", ""),
        ("csv", ""),
        ("json", ""),
        ("table", ""),
    ] {
        let file = format!("r{}.{format}", papers.len());
        desk.say(&format!("{print} --format {format} {paper} --out {file}")).ends(0);
        papers.push(file);
    }
    assert!(desk.text("r1.html").contains("size: A5 portrait"));
    assert!(desk.text("r2.html").contains("size: A4 portrait"));
    let csv = desk.text("r4.csv");
    assert!(csv.contains("mingzhang receipt print 收-2026-0001 --format csv --at "), "{csv}");
    // Later records and a later checkpoint change nothing about it.
    let more = "record dues.receive --date 2026-01-05 --into bank --lines member=m-0045,month=2025-11,amount=1.00";
    desk.say(&format!("-b d/book --as acc-b {more}")).ends(0);
    desk.say("-b d/book checkpoint sign").ends(0);
    for paper in &papers {
        let said = desk.say(&format!("-b d/book --lang en verify-report {paper}")).ends(0).out;
        assert!(said.contains("the same: mingzhang receipt print "), "{said}");
    }
    desk.write("more.html", desk.text("r1.html").replacen("\"figure\">", "\"figure\">9", 1));
    desk.say("-b d/book verify-report more.html").ends(4);
}

#[test]
fn no_paper_is_given_for_a_payment_that_was_reversed() {
    let desk = Desk::with_demo();
    let lines = "member=m-0045,month=2025-11,amount=1.00";
    let said = desk.say(&format!(
        "-b d/book --as acc-b --json record dues.receive --date 2026-01-05 --into bank --lines {lines}"
    ));
    let said = said.ends(0).json();
    assert_eq!(said["receipts"][0]["records"][0]["seq"], 427);
    desk.say("-b d/book --as acc-b receipt issue 427").ends(0);
    desk.say("-b d/book --as acc-b undo 427 --reason 重复").ends(0);
    desk.say("-b d/book checkpoint sign").ends(0);
    let refused =
        desk.say("-b d/book receipt print 收-2026-0001 --format html --out r.html").ends(3);
    assert!(refused.err.starts_with("error[RCP1] "), "{}", refused.err);
    let refused = desk.say("-b d/book --as acc-b receipt issue 427 --date 2026-01-05").ends(3);
    assert!(refused.err.starts_with("error[R04] "), "{}", refused.err);
}
