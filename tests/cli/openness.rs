//! What is posted for the members: made, recorded and checked by whoever reads it.

use std::fs;

use sha2::{Digest, Sha256};

use crate::program::{Desk, Ran};

fn publish(desk: &Desk, more: &str) -> Ran {
    desk.say(&format!("-b d/book --as acc-b publish {more}"))
}

#[test]
fn a_page_is_made_recorded_with_its_hash_and_head_and_can_be_checked_by_anybody() {
    let desk = Desk::with_demo();
    let said = publish(&desk, "notice 2025-12 --place 公示栏 --out notice.txt --json").ends(0);
    let page = fs::read(desk.path("notice.txt")).unwrap();
    let sha256 = blake3::Hash::from_bytes(Sha256::digest(&page).into()).to_string();
    let said = said.json();
    assert_eq!(
        (&said["report_sha256"], &said["out"]),
        (&sha256.clone().into(), &"notice.txt".into())
    );
    let page = String::from_utf8(page).unwrap();
    let line = |label: &str| page.lines().find_map(|line| line.strip_prefix(label)).unwrap();
    let listed = desk.say("-b d/book report disclosures --json").ends(0).json();
    let posted = &listed["posted"][0];
    assert_eq!(posted["report_sha256"], sha256);
    assert_eq!(posted["size"].to_string(), line("Records: "));
    assert_eq!(posted["head"], line("Head: "));
    // It is the book's for ever, and of the bundle's as well, whatever comes after it.
    desk.say("-b d/book export bundle --out later").ends(0);
    desk.say("-b d/book verify-report notice.txt").ends(0);
    desk.say("-b later verify-report notice.txt").ends(0);
    desk.say("verify later").ends(0);
    fs::write(desk.path("other.txt"), page.replace("Dues:", "Fees:")).unwrap();
    desk.say("-b d/book verify-report other.txt").ends(4);
}

#[test]
fn a_page_that_is_refused_is_not_left_to_be_posted_and_none_is_written_over() {
    let desk = Desk::with_demo();
    let records = || desk.say("-b d/book replay --json").ends(0).json()["records"].clone();
    let before = records();
    let early = "notice 2026-01 --place 公示栏 --out notice.txt --on 2026-01-06";
    let refused = publish(&desk, &format!("{early} --json")).ends(3);
    assert_eq!(refused.errors()[0]["code"], "I01");
    assert!(!desk.path("notice.txt").exists());
    publish(&desk, &format!("{early} --interim --dry-run")).ends(0);
    assert!(!desk.path("notice.txt").exists());
    // The cashier does not post it.
    let by_cashier = "-b d/book --as cash-c publish notice 2025-12 --place x --out notice.txt";
    desk.say(by_cashier).ends(3);
    fs::write(desk.path("notice.txt"), "mine").unwrap();
    publish(&desk, "notice 2025-12 --place 公示栏 --out notice.txt").ends(5);
    // No rule says where.
    publish(&desk, "notice 2025-12 --out nowhere.txt").ends(2);
    assert_eq!(fs::read_to_string(desk.path("notice.txt")).unwrap(), "mine");
    publish(&desk, "notice all --place 公示栏 --out all.txt").ends(2);
    publish(&desk, "nothing 2025-12 --place 公示栏 --out none.txt").ends(2);
    assert_eq!(records(), before);
    publish(&desk, &early.replace("notice.txt", "early.txt --interim")).ends(0);
    publish(&desk, "donors 2025 --place 网站 --out donors.txt").ends(0);
    publish(&desk, "annual-report 2025 --place 会员大会 --out year.txt").ends(0);
    for page in ["early.txt", "donors.txt", "year.txt"] {
        desk.say(&format!("-b d/book verify-report {page}")).ends(0);
    }
}

#[test]
fn doctor_names_the_months_whose_notice_is_due_and_was_not_posted() {
    let desk = Desk::with_demo();
    let monthly = r#"{"name":"monthly_notice","by_day":5,"place":"公示栏","contact":"工会办公室"}"#;
    let args = ["-b", "d/book", "--as", "chair-a", "record", "rule.set", "--rule", monthly];
    let more = ["--from", "2025-11-01", "--source", "工会委员会决议2026-1号"];
    desk.run(&[&args[..], &more[..]].concat()).ends(0);
    let said = desk.say("doctor d/book").ends(1).out;
    assert!(
        said.contains("attention notices: no notice was posted of 2025-11, 2025-12\n"),
        "{said}"
    );
    let next = "  next: mingzhang publish notice 2025-11 --out FILE\n";
    assert!(said.contains(next), "{said}");
    // The rule says where, and that it does is said.
    let posted = publish(&desk, "notice 2025-11..2025-12 --out two.txt").ends(0);
    assert!(
        posted.err.contains("posted at 公示栏, by the rule monthly_notice\n"),
        "{}",
        posted.err
    );
    let page = String::from_utf8(desk.read("two.txt")).unwrap();
    assert!(page.contains("Posted at: 公示栏"), "{page}");
    desk.say("-b d/book verify-report two.txt").ends(0);
    let said = desk.say("doctor d/book").out;
    assert!(!said.contains("notices:"), "{said}");
}

#[test]
fn a_member_who_is_not_there_has_no_statement() {
    let desk = Desk::with_demo();
    let said = desk.say("-b d/book report member-statement --of m-999 --json").ends(2);
    let error = &said.errors()[0];
    assert_eq!((&error["code"], &error["next"]), (&"RPT5".into(), &"mingzhang report dues".into()));
    desk.say("-b d/book report member-statement").ends(2);
}
