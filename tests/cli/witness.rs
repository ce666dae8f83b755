//! Witnessing as people do it: a treasurer and volunteers who carry files to and fro.

use std::fs;

use crate::program::{Desk, Ran, words};

const ADD: &str = "--as acc-b record group.define --name x --group";

/// The demo's book, and two volunteers who begin to watch it.
fn desk() -> Desk {
    let desk = Desk::with_demo();
    for name in ["v1", "v2"] {
        let init = format!("witness init --key {name}.pem --name {name}.example --no-passphrase");
        desk.say(&format!("{init} --log d/book/log.vkey")).ends(0);
    }
    desk
}

/// A request of `book` for `v1`, cosigned into `answer`.
fn exchange(desk: &Desk, book: &str, more: &str) -> Ran {
    fs::remove_file(desk.path("answer")).ok();
    desk.say(&format!("-b {book} witness request --for v1.vkey --out request {more}")).ends(0);
    desk.say("witness cosign request --key v1.pem --out answer")
}

fn evidence(desk: &Desk) -> Vec<std::path::PathBuf> {
    let Ok(entries) = fs::read_dir(desk.path("v1.evidence")) else { return Vec::new() };
    let mut found: Vec<_> = entries.map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

#[test]
fn two_volunteers_witness_a_book_that_neither_has() {
    let desk = Desk::new();
    for name in ["w1", "w2"] {
        desk.say(&format!("key new {name}.example.org/w --out {name}.pem --no-passphrase")).ends(0);
    }
    desk.say(
        "-b b --as acc init gh.example.org/b1 --organisation 测试工会 --starts 2026-01-01 \
         --witness w1.vkey --witness w2.vkey --no-passphrase",
    )
    .ends(0);
    desk.say("-b b checkpoint sign").ends(0);
    fs::copy(desk.path("b/policy"), desk.path("policy")).unwrap();
    desk.say("verify b --policy policy").ends(1);
    for name in ["w1", "w2"] {
        desk.say(&format!("witness init --key {name}.pem --log b/log.vkey")).ends(0);
        desk.say(&format!("-b b witness request --for {name} --out {name}.request")).ends(0);
        // On the witness's machine there is its key, its memory and the request.
        let elsewhere = Desk::new();
        for file in [".pem", ".vkey", ".request", ".gh.example.org~b1.witness"] {
            let file = format!("{name}{file}");
            fs::copy(desk.path(&file), elsewhere.path(&file)).unwrap();
        }
        let cosign = format!("witness cosign {name}.request --key {name}.pem --out answer");
        let said = elsewhere.say(&cosign).ends(0);
        assert!(said.err.contains("the first 2 records of gh.example.org/b1 "), "{}", said.err);
        fs::copy(elsewhere.path("answer"), desk.path(&format!("{name}.answer"))).unwrap();
    }
    let taken = desk.say("-b b witness add w1.answer w2.answer").ends(0).out;
    assert_eq!(
        taken,
        "2 w1.example.org/w 2026-01-06T01:00:00Z\n2 w2.example.org/w 2026-01-06T01:00:00Z\n"
    );
    desk.say("verify b --policy policy").ends(0);
    let again = desk.say("-b b witness add w1.answer --json").ends(0).json();
    assert_eq!(again["taken"][0]["known"], true);
}

#[test]
fn a_request_starts_from_what_this_witness_has_cosigned() {
    let desk = desk();
    let first = |ran: Ran| ran.out.lines().next().unwrap().to_owned();
    let request = "-b d/book witness request --for";
    // The demo's own witness is in the agreed policy, under two names.
    for name in ["w1", "gh.example.org/branch-017/audit-committee"] {
        assert_eq!(first(desk.say(&format!("{request} {name}")).ends(0)), "old 427");
    }
    assert_eq!(first(desk.say(&format!("{request} v1.vkey")).ends(0)), "old 0");
    let vkey = desk.text("v1.vkey");
    assert_eq!(first(desk.run(&[&words(request)[..], &[vkey.trim()]].concat()).ends(0)), "old 0");
    exchange(&desk, "d/book", "").ends(0);
    desk.say("-b d/book witness add answer --key v1.vkey").ends(0);
    assert_eq!(first(desk.say(&format!("{request} v1.vkey")).ends(0)), "old 427");
    assert_eq!(first(desk.say(&format!("{request} v1.vkey --old 17")).ends(0)), "old 17");
    desk.say(&format!("{request} v1.vkey --old 428")).ends(2);
    let unknown = desk.say(&format!("{request} nobody")).ends(2);
    assert!(unknown.err.contains("there are: w1 (gh.example.org/branch-017/"), "{}", unknown.err);
    let json = desk.say(&format!("{request} w1 --json")).ends(0).json();
    assert!(json["request"].as_str().unwrap().starts_with("old 427\n\n"), "{json}");
}

#[test]
fn a_memory_is_never_made_anew() {
    let desk = desk();
    let again = desk.say("witness init --key v1.pem --log d/book/log.vkey").ends(2);
    assert!(again.err.starts_with("error[WIT5] "), "{}", again.err);
    let zh = desk.say("--lang zh witness init --key v1.pem --log d/book/log.vkey").ends(2);
    assert!(zh.err.starts_with("错误[WIT5] 见证状态"), "{}", zh.err);
    for (line, code) in [
        ("witness init --key v1.pem --name v9.example --log d/book/log.vkey", 2),
        ("witness init --key new.pem --log d/book/log.vkey", 2),
        ("witness init --key d/book/keys/log.pem --log d/book/log.vkey", 2),
        ("witness init --key new.pem --name n --log v1.vkey --no-passphrase", 2),
        ("witness init --key new.pem --name n --log nowhere --no-passphrase", 2),
        ("witness show --key new.pem", 5),
    ] {
        desk.say(line).ends(code);
        assert!(!desk.path("new.pem").exists(), "{line}");
    }
    // A key that was made before begins to watch a second book.
    desk.say("-b b --as acc init b.example --organisation x --starts 2026-01-01 --no-passphrase")
        .ends(0);
    desk.say("witness init --key v1.pem --log b/log.vkey").ends(0);
    let shown = desk.say("witness show --key v1.pem").ends(0).out;
    assert_eq!(shown, "b.example not yet cosigned\ngh.example.org/branch-017 not yet cosigned\n");
    exchange(&desk, "d/book", "").ends(0);
    let shown = desk.say("witness show --key v1.pem --json").ends(0).json();
    let book = &shown["books"][1];
    assert_eq!((&book["size"], &book["time"]), (&427.into(), &"2026-01-06T01:00:00Z".into()));
    assert_eq!(shown["books"][0]["size"], serde_json::Value::Null);
}

#[test]
fn a_witness_without_its_memory_cosigns_nothing() {
    let desk = desk();
    fs::rename(desk.path("v1.gh.example.org~branch-017.witness"), desk.path("away")).unwrap();
    let lost = exchange(&desk, "d/book", "").ends(2);
    assert!(lost.err.starts_with("error[WIT3] "), "{}", lost.err);
    desk.write("v1.gh.example.org~branch-017.witness", "mingzhang-witness-state@v1\nlog x\n\n");
    let spoiled = desk.say("witness cosign request --key v1.pem").ends(4);
    assert!(spoiled.err.starts_with("error[WIT1] "), "{}", spoiled.err);
    fs::rename(desk.path("away"), desk.path("v1.gh.example.org~branch-017.witness")).unwrap();
    exchange(&desk, "d/book", "").ends(0);
}

#[test]
fn the_same_checkpoint_is_cosigned_again_and_the_time_renewed() {
    let mut desk = desk();
    let first = exchange(&desk, "d/book", "").ends(0);
    assert!(!first.err.contains("this very checkpoint"), "{}", first.err);
    desk.say("-b d/book witness add answer --key v1.vkey").ends(0);
    desk.clock = "2026-01-06T05:00:00Z";
    let again = exchange(&desk, "d/book", "").ends(0);
    let said = "this very checkpoint was cosigned at 2026-01-06T01:00:00Z; this renews the time\n";
    assert!(again.err.starts_with(said), "{}", again.err);
    let signatures = |desk: &Desk| desk.text("d/book/checkpoint").matches("— v1.example ").count();
    let taken = desk.say("-b d/book witness add answer --key v1.vkey").ends(0).out;
    assert_eq!((taken.as_str(), signatures(&desk)), ("427 v1.example 2026-01-06T05:00:00Z\n", 1));
    desk.clock = "2026-01-07T05:00:00Z";
    let later = exchange(&desk, "d/book", "").ends(0);
    assert!(!later.err.contains("this very checkpoint"), "{}", later.err);
    desk.clock = "2026-01-07T04:59:59Z";
    let behind = exchange(&desk, "d/book", "").ends(4);
    assert!(behind.err.contains("(503): the clock says 2026-01-07T04:59:59Z"), "{}", behind.err);
}

#[test]
fn a_request_that_starts_from_elsewhere_is_sent_again_from_there() {
    let desk = desk();
    exchange(&desk, "d/book", "").ends(0);
    desk.say(&format!("-b d/book {ADD} g9")).ends(0);
    desk.say("-b d/book checkpoint sign").ends(0);
    let other = exchange(&desk, "d/book", "--old 17").ends(4);
    assert!(
        other.err.starts_with("error[WIT2] the witness refuses (409): 427 records were cosigned"),
        "{}",
        other.err
    );
    let next = "next: mingzhang witness request --for NAME --old 427 --out FILE\n";
    assert!(other.err.ends_with(next), "{}", other.err);
    assert!(evidence(&desk).is_empty(), "this proves nothing");
    assert!(!desk.path("answer").exists());
    exchange(&desk, "d/book", "--old 427").ends(0);
}

#[test]
fn a_rollback_and_a_fork_are_refused_and_kept_as_evidence() {
    let desk = desk();
    desk.copy("d/book", "before");
    desk.say(&format!("-b d/book {ADD} g9")).ends(0);
    desk.say("-b d/book checkpoint sign").ends(0);
    exchange(&desk, "d/book", "").ends(0);
    let state = desk.text("v1.gh.example.org~branch-017.witness");

    let rollback = exchange(&desk, "before", "").ends(4);
    let said = "error[WIT2] the witness refuses (409): rollback: 428 records";
    assert!(rollback.err.starts_with(said), "{}", rollback.err);
    let kept = evidence(&desk);
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read(kept[0].join("request")).unwrap(), desk.read("request"));
    let held = fs::read_to_string(kept[0].join("held")).unwrap();
    assert!(held.starts_with("gh.example.org/branch-017\n428\n"), "{held}");
    let about = fs::read_to_string(kept[0].join("about")).unwrap();
    assert!(about.starts_with("time 2026-01-06T01:00:00Z\nstatus 409\nlog gh."), "{about}");
    // The same again is the same evidence.
    exchange(&desk, "before", "").ends(4);
    assert_eq!(evidence(&desk), kept);

    // The same number of records, and another history; from wherever the request starts.
    desk.say(&format!("-b before {ADD} g8")).ends(0);
    desk.say("-b before checkpoint sign").ends(0);
    for (old, status) in [("--old 428", 422), ("", 409)] {
        let fork = exchange(&desk, "before", old).ends(4);
        assert!(fork.err.contains(&format!("refuses ({status})")), "{}", fork.err);
        assert!(fork.err.contains("the evidence is kept in v1.evidence/"), "{}", fork.err);
    }
    // And one that has grown.
    desk.say(&format!("-b before {ADD} g7")).ends(0);
    desk.say("-b before checkpoint sign").ends(0);
    let fork = exchange(&desk, "before", "--old 428").ends(4);
    assert!(fork.err.contains("refuses (422): fork: "), "{}", fork.err);
    let zh = desk.say("--lang zh witness cosign request --key v1.pem").ends(4).err;
    assert!(zh.contains("见证人拒绝（422）：分叉：") && zh.contains("不要再为此账套见证"), "{zh}");
    assert_eq!(evidence(&desk).len(), 4);
    assert_eq!(desk.text("v1.gh.example.org~branch-017.witness"), state);
    // What the witness held is what an auditor holds against the book.
    let held = kept[0].join("held").display().to_string();
    desk.run(&["verify", "before", "--against", &held]).ends(4);
    desk.run(&["verify", "d/book", "--against", &held]).ends(0);
}

#[test]
fn what_is_no_request_is_refused() {
    let desk = desk();
    desk.write("request", "old zero\n\nx\n");
    let said = desk.say("witness cosign request --key v1.pem").ends(2);
    assert!(said.err.starts_with("error[WIT6] "), "{}", said.err);
    let zh = desk.say("--lang zh witness cosign request --key v1.pem").ends(2).err;
    assert!(zh.contains("见证请求不可用：不是见证请求：开头不是 “old 数字”"), "{zh}");
    desk.write("request", [0xff, 0xfe]);
    desk.say("witness cosign request --key v1.pem").ends(5);
    desk.say("witness cosign nowhere --key v1.pem").ends(5);
    desk.say("witness cosign request --key d/book/keys/log.pem").ends(2);
}

#[test]
fn an_answer_is_verified_before_it_is_taken_in() {
    let mut desk = desk();
    exchange(&desk, "d/book", "").ends(0);
    let (answer, before) = (desk.text("answer"), desk.text("d/book/checkpoint"));
    let add = |desk: &Desk, text: &str| {
        desk.write("came", text);
        desk.say("-b d/book witness add came --key v1.vkey")
    };
    // Not in the agreed policy, and not vouched for here.
    desk.write("came", &answer);
    let unknown = desk.say("-b d/book witness add came").ends(4);
    assert!(unknown.err.starts_with("error[WIT7] came: v1.example ("), "{}", unknown.err);
    // Another time than was signed.
    let at = answer.find("AAAA").unwrap();
    let mut forged = answer.clone();
    forged.replace_range(at..at + 4, "AAAB");
    let said = add(&desk, &forged).ends(4);
    assert!(said.err.starts_with("error[WIT7] "), "{}", said.err);
    // One false answer, and none is taken.
    desk.write("good", &answer);
    desk.write("bad", &forged);
    desk.say("-b d/book witness add good bad --key v1.vkey").ends(4);
    add(&desk, "").ends(4);
    add(&desk, "427\n").ends(4);
    // Another text under the same size.
    let other = before.replacen("\n427\n", "\n426\n", 1);
    assert!(other != before);
    add(&desk, &format!("{other}{answer}")).ends(4);
    // From a clock that is a day and more ahead.
    desk.clock = "2026-01-08T01:00:00Z";
    exchange(&desk, "d/book", "--old 427").ends(0);
    let ahead = desk.text("answer");
    desk.clock = "2026-01-06T01:00:00Z";
    let said = add(&desk, &ahead).ends(4);
    assert!(said.err.contains("compare the clocks"), "{}", said.err);
    assert_eq!(desk.text("d/book/checkpoint"), before);
    // The line alone, and the whole cosigned checkpoint, are taken.
    add(&desk, &answer).ends(0);
    desk.clock = "2026-01-09T01:00:00Z";
    desk.copy("d/bundle", "bundle");
    fs::rename(desk.path("v2.pem"), desk.path("v3.pem")).unwrap();
    desk.say("witness init --key v3.pem --log d/book/log.vkey").ends(0);
    desk.say("witness cosign bundle --key v3.pem --out whole").ends(0);
    desk.say("-b d/book witness add whole --key v3.vkey").ends(0);
    desk.say("verify d/book --policy d/policy").ends(0);
}

#[test]
fn a_book_whose_checkpoint_is_of_other_records_asks_nobody() {
    let desk = desk();
    desk.copy("d/book", "other");
    desk.say(&format!("-b other {ADD} g8")).ends(0);
    desk.say("-b other checkpoint sign").ends(0);
    desk.say(&format!("-b d/book {ADD} g9")).ends(0);
    let said = desk.say("-b d/book witness request --for v1.vkey").ends(0);
    assert!(said.out.contains("\n427\n"));
    fs::copy(desk.path("other/checkpoint"), desk.path("d/book/checkpoint")).unwrap();
    let said = desk.say("-b d/book witness request --for v1.vkey").ends(4);
    assert!(said.err.starts_with("error[WIT4] "), "{}", said.err);
}

#[test]
fn a_book_s_new_key_is_followed_when_a_person_says_so() {
    let desk = desk();
    exchange(&desk, "d/book", "").ends(0);
    let init = "--organisation x --starts 2026-01-01 --no-passphrase";
    desk.say(&format!("-b other --as acc init gh.example.org/branch-017 {init}")).ends(0);
    desk.say("-b other checkpoint sign").ends(0);
    let unknown = exchange(&desk, "other", "").ends(4);
    assert!(unknown.err.contains("refuses (403): "), "{}", unknown.err);
    let follow = |log: &str| desk.say(&format!("witness follow --key v1.pem --log {log}"));
    follow("d/book/log.vkey").ends(2);
    follow("v2.vkey").ends(2);
    follow("other/log.vkey").ends(0);
    // The key is another, and the memory is the same.
    let rollback = exchange(&desk, "other", "").ends(4);
    assert!(rollback.err.contains("refuses (409): rollback: 427 records"), "{}", rollback.err);
    let old_key = exchange(&desk, "d/book", "--old 427").ends(4);
    assert!(old_key.err.contains("refuses (403): "), "{}", old_key.err);
    assert!(desk.say("witness show --key v1.pem").ends(0).out.contains("branch-017 427 "));
}

#[test]
fn no_signature_leaves_before_the_memory_is_on_the_disk() {
    let desk = desk();
    // Where the memory's draft would be written there is something else.
    let draft = desk.path("v1.gh.example.org~branch-017.new");
    fs::create_dir(&draft).unwrap();
    desk.say("-b d/book witness request --for v1.vkey --out request").ends(0);
    let failed = desk.say("witness cosign request --key v1.pem --out answer").ends(5);
    assert_eq!(failed.out, "");
    assert!(!desk.path("answer").exists());
    fs::remove_dir(draft).unwrap();
    desk.say("witness cosign request --key v1.pem --out answer").ends(0);
    let over = desk.say("witness cosign request --key v1.pem --out answer").ends(5);
    assert!(over.err.starts_with("error[IO7] "), "{}", over.err);
}
