//! `doctor`: what is well is said, and what needs attention has a next command.

use std::fs;

use mingzhang::chain::record::Origin;
use mingzhang::store::disk::DiskStore;

use crate::program::{Desk, Ran};
use crate::trust::{rewritten, with_forged_snapshot};

/// The checks of that status, by name.
fn named(ran: &Ran, status: &str) -> Vec<String> {
    let said = ran.json();
    let checks = said["checks"].as_array().unwrap().iter();
    let of = checks.filter(|check| check["status"] == status);
    of.map(|check| check["name"].as_str().unwrap().to_owned()).collect()
}

/// What needs attention, and that each of it is said in both languages.
#[track_caller]
fn attention(desk: &Desk) -> Vec<String> {
    let ran = desk.say("doctor d/book --json").ends(1);
    for check in ran.json()["checks"].as_array().unwrap() {
        assert!(check["zh"].is_string() && check["en"].is_string(), "{check}");
    }
    let names = named(&ran, "attention");
    let text = desk.say("doctor d/book").ends(1).out;
    assert!(text.ends_with(&format!("needs attention: {}\n", names.len())), "{text}");
    names
}

#[test]
fn the_demo_is_well() {
    let desk = Desk::with_demo();
    let said = desk.say("doctor d/book").ends(0).out;
    assert!(
        said.contains("ok        book: gh.example.org/branch-017: 427 records, head "),
        "{said}"
    );
    assert!(said.contains("ok        quorum: met and fresh for the first 427 records\n"), "{said}");
    assert!(said.contains("w1 (gh.example.org/branch-017/audit-committee) cosigned 427"), "{said}");
    assert!(said.ends_with("the book is well\n"), "{said}");
    let zh = desk.say("-b d/book --lang zh doctor").ends(0).out;
    assert!(zh.ends_with("账套正常\n"), "{zh}");
    let json = desk.say("-b d/book --json doctor").ends(0);
    assert_eq!(json.json()["well"], true);
    assert_eq!(named(&json, "attention"), Vec::<String>::new());
}

#[test]
fn a_word_that_is_too_old_needs_attention() {
    let mut desk = Desk::with_demo();
    desk.clock = "2026-02-09T00:59:59Z";
    desk.say("doctor d/book").ends(0);
    desk.clock = "2026-02-09T01:00:01Z";
    assert_eq!(attention(&desk), ["witness", "quorum", "unwitnessed"]);
}

#[test]
fn records_that_nobody_has_seen_are_counted_and_dated() {
    let mut desk = Desk::with_demo();
    for group in ["g8", "g9"] {
        let add = format!("-b d/book --as acc-b record group.define --group {group} --name x");
        desk.say(&add).ends(0);
    }
    let said = desk.say("doctor d/book").ends(0).out;
    let line =
        "note      unwitnessed: 2 records are not witnessed, from record 427 (2026-01-06) on\n";
    assert!(said.contains(line), "{said}");
    // A checkpoint that no witness has seen yet.
    desk.say("-b d/book checkpoint sign").ends(0);
    let ran = desk.say("doctor d/book --json").ends(0);
    assert_eq!(named(&ran, "advice"), ["witness"]);
    desk.say("witness cosign d/book --key d/audit-committee/w1.pem").ends(0);
    desk.say("doctor d/book").ends(0);
    // A month that is closed, and no checkpoint after it.
    desk.clock = "2026-02-02T01:00:00Z";
    desk.say("-b d/book --as acc-b record period.close --month 2026-01").ends(0);
    let ran = desk.say("doctor d/book --json").ends(0);
    assert_eq!(named(&ran, "advice"), ["closings"]);
    desk.clock = "2026-03-09T01:00:01Z";
    assert!(attention(&desk).contains(&"closings".to_owned()));
    desk.clock = "2026-02-02T01:00:00Z";
    desk.say("-b d/book checkpoint sign").ends(0);
    desk.say("witness cosign d/book --key d/audit-committee/w1.pem").ends(0);
    desk.say("doctor d/book").ends(0);
}

#[test]
fn a_new_book_is_well_and_is_told_what_is_still_to_be_done() {
    let mut desk = Desk::new();
    let init = "--as acc init b.example --organisation x --starts 2026-01-01 --no-passphrase";
    desk.say(&format!("-b d/book {init}")).ends(0);
    let ran = desk.say("doctor d/book --json").ends(0);
    assert_eq!(ran.json()["well"], true);
    assert_eq!(named(&ran, "attention"), Vec::<String>::new());
    assert_eq!(named(&ran, "advice"), ["checkpoint", "witnesses", "unwitnessed"]);
    assert!(named(&ran, "note").contains(&"keys".to_owned()), "not encrypted");
    let text = desk.say("doctor d/book").ends(0).out;
    assert!(text.ends_with("the book is well; advice: 3\n"), "{text}");
    // What was not signed for so long is overdue; that no witness was agreed on stays advice.
    desk.clock = "2026-03-09T01:00:00Z";
    assert_eq!(attention(&desk), ["checkpoint"]);
}

#[test]
fn each_check_has_its_name_in_the_reader_s_language() {
    let desk = Desk::with_demo();
    let zh = desk.say("--lang zh doctor d/book").ends(0).out;
    for line in zh.lines().filter(|line| !line.starts_with("  ")) {
        let name = line.split('：').next().unwrap();
        assert!(!name.bytes().any(|byte| byte.is_ascii_alphabetic()), "{line}");
    }
}

#[test]
fn a_clock_that_is_behind_needs_attention() {
    let mut desk = Desk::with_demo();
    desk.clock = "2025-12-30T01:00:00Z";
    assert!(attention(&desk).contains(&"clock".to_owned()));
}

#[cfg(unix)]
#[test]
fn a_key_that_others_may_read_needs_attention() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::with_demo();
    let key = desk.path("d/book/keys/log.pem");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
    assert_eq!(attention(&desk), ["keys"]);
    let said = desk.say("doctor d/book").ends(1).out;
    assert!(said.contains("  next: chmod 600 d/book/keys/log.pem\n"), "{said}");
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    desk.say("doctor d/book").ends(0);
}

#[test]
fn a_lost_guard_a_cut_log_and_a_changed_index_need_attention() {
    let desk = Desk::with_demo();
    let path = desk.path("d/book/last-signed");
    let guard = fs::read(&path).unwrap();
    fs::remove_file(&path).unwrap();
    assert_eq!(attention(&desk), ["book"]);
    fs::write(&path, guard).unwrap();

    let log = desk.read("d/book/events.ndjson");
    let lines: Vec<&[u8]> = log.split_inclusive(|b| *b == b'\n').collect();
    desk.write("d/book/events.ndjson", lines[..400].concat());
    assert_eq!(attention(&desk), ["book"]);
    desk.write("d/book/events.ndjson", &log);

    desk.copy("d/book", "other");
    desk.say("-b other --as acc-b record group.define --group g9 --name x").ends(0);
    fs::remove_dir_all(desk.path("d/book/store")).unwrap();
    desk.copy("other/store", "d/book/store");
    assert_eq!(attention(&desk), ["index"]);
    fs::remove_dir_all(desk.path("d/book/store")).unwrap();
    desk.say("doctor d/book").ends(0);
}

#[test]
fn an_unfinished_append_is_named_and_left_for_the_next_opening() {
    let desk = Desk::with_demo();
    let mut log = desk.read("d/book/events.ndjson");
    log.extend(b"{\"torn");
    desk.write("d/book/events.ndjson", &log);
    assert_eq!(attention(&desk), ["log"]);
    assert_eq!(desk.read("d/book/events.ndjson"), log);
    desk.say("-b d/book --as acc-b record group.define --group g9 --name x").ends(0);
    assert_eq!(attention(&desk), ["set_aside"]);
}

#[test]
fn only_a_book_is_looked_over() {
    let desk = Desk::with_demo();
    let said = desk.say("doctor d/bundle").ends(2);
    assert!(said.err.contains("next: mingzhang verify d/bundle\n"), "{}", said.err);
    let said = desk.say("doctor nowhere").ends(5);
    assert!(said.err.starts_with("error[IO2] there is no book in nowhere\n"), "{}", said.err);
}

#[test]
fn whoever_holds_the_lock_is_named() {
    let desk = Desk::with_demo();
    let origin = Origin::parse("gh.example.org/branch-017").unwrap();
    let holder = "pid 1, acc-b, since 2026-01-06T00:00:00Z";
    let held = DiskStore::open(&desk.path("d/book"), &origin, holder).unwrap();
    assert_eq!(attention(&desk), ["lock"]);
    let said = desk.say("doctor d/book").ends(1).out;
    assert!(said.contains(&format!("attention lock: the book is in use by {holder}\n")), "{said}");
    drop(held);
    desk.say("doctor d/book").ends(0);
}

#[test]
fn a_cache_that_was_changed_needs_attention() {
    let (desk, name, forged) = with_forged_snapshot();
    let good = desk.read(&format!("d/book/snapshots/{name}"));
    desk.write(&format!("d/book/snapshots/{name}"), forged);
    assert_eq!(attention(&desk), ["snapshots"]);
    desk.write(&format!("d/book/snapshots/{name}"), good);
    desk.say("doctor d/book").ends(0);
}

#[test]
fn a_book_that_began_with_another_format_text_is_told_so() {
    let desk = Desk::with_demo();
    rewritten(&desk, |envelope| {
        if envelope.kind == "ledger.created" {
            envelope.body.insert("format_sha256".to_owned(), "ab".repeat(32).into());
        }
    });
    let ran = desk.say("doctor r --json").ends(1);
    assert!(named(&ran, "note").contains(&"format".to_owned()), "{}", ran.out);
    // Nobody has witnessed what was rewritten.
    assert_eq!(named(&ran, "attention"), ["witness", "quorum", "unwitnessed"]);
}

/// What lies apart from the records is looked at, too: the vault with its key, and papers.
#[test]
fn a_vault_or_a_paper_that_was_changed_needs_attention() {
    let desk = Desk::with_demo();
    let put = "-b d/book --as clerk-d vault put --of member=m-0045";
    desk.run_with_input(put, "{\"姓名\":\"某某甲\"}".as_bytes()).ends(0);
    desk.write("paper", "invoice");
    desk.say("-b d/book --as clerk-d attach 100 paper").ends(0);
    desk.say("doctor d/book").ends(0);
    let stored = |folder: &str| {
        let mut found = fs::read_dir(desk.path(folder)).unwrap().map(|e| e.unwrap().path());
        found.find(|path| path.is_file()).unwrap()
    };
    fs::write(stored("d/book/attachments"), "another").unwrap();
    assert_eq!(attention(&desk), ["attachments"]);
    fs::remove_file(stored("d/book/vault")).unwrap();
    assert_eq!(attention(&desk), ["vault", "attachments"]);
}
