//! Papers: kept once, under their hash, with the records that they belong to.

use std::fs;

use crate::program::{Desk, Ran, words};

const SHA256_OF_PAPER: &str = "e0d48ae69883c7541c7b30e54c585866dca2c59d3012a44ffdfbc141ec7a6f29";

fn say(desk: &Desk, line: &str) -> Ran {
    desk.run(&[&["-b", "d/book"], &words(line)[..]].concat())
}

fn records(desk: &Desk) -> usize {
    desk.text("d/book/events.ndjson").lines().count()
}

fn stored(desk: &Desk) -> Vec<String> {
    let Ok(all) = fs::read_dir(desk.path("d/book/attachments")) else { return Vec::new() };
    let mut names: Vec<String> =
        all.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_paper_is_stored_once_and_belongs_to_each_record_that_it_is_attached_to() {
    let desk = Desk::with_demo();
    desk.write("paper", "paper\n");
    desk.write("other", vec![7; 200_000]);
    let both = say(&desk, "--as clerk-d attach d-2025-028 paper other --title 发票").ends(0).out;
    assert!(both.starts_with(&format!("{SHA256_OF_PAPER} 6\n")), "{both}");
    assert_eq!((records(&desk), stored(&desk).len()), (429, 2));
    let log = desk.text("d/book/events.ndjson");
    let added: Vec<serde_json::Value> =
        log.lines().skip(427).map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(added[0]["more"], true, "one append for all files");
    assert_eq!(added[1]["more"], false);
    assert_eq!(added[0]["body"]["title"], "发票");
    assert_eq!(desk.read(&format!("d/book/attachments/{SHA256_OF_PAPER}")), b"paper\n");

    let again = say(&desk, "--as clerk-d attach d-2025-028 paper").ends(3);
    assert!(again.err.contains("error[E02]"), "{}", again.err);
    let before = fs::metadata(desk.path("d/book/attachments").join(SHA256_OF_PAPER)).unwrap();
    say(&desk, "--as acc-b attach 记-2025-12-0003 paper").ends(0);
    say(&desk, "--as acc-b attach 3 paper").ends(0);
    let after = fs::metadata(desk.path("d/book/attachments").join(SHA256_OF_PAPER)).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap(), "never written over");
    assert_eq!((records(&desk), stored(&desk).len()), (431, 2));

    let listed = say(&desk, "attachment list d-2025-028 --json").ends(0).json();
    assert_eq!(listed.as_array().unwrap().len(), 2);
    assert_eq!(say(&desk, "attachment list").ends(0).out.lines().count(), 4);
    let shown = say(&desk, &format!("attachment show {SHA256_OF_PAPER} --json")).ends(0).json();
    assert_eq!(shown["whole"], true);
    assert_eq!(shown["records"].as_array().unwrap().len(), 3);
    say(&desk, &format!("attachment show {}", "0".repeat(64))).ends(2);
    say(&desk, "verify --attachments").ends(0);
    say(&desk, "replay").ends(0);
}

#[test]
fn what_is_refused_is_not_stored() {
    let desk = Desk::with_demo();
    desk.write("paper", "paper\n");
    desk.write("empty", "");
    fs::File::create(desk.path("large")).unwrap().set_len(10_485_761).unwrap();
    for (line, exit, code) in [
        ("--as clerk-d attach 3 large", 3, "E04"),
        ("--as clerk-d attach 3 paper large", 3, "E04"),
        ("--as clerk-d attach 3 empty", 3, "E05"),
        ("--as clerk-d attach 3 paper paper", 3, "E02"),
        ("--as clerk-d attach 427 paper", 3, "E01"),
        ("--as audit-f attach 3 paper", 3, "B04"),
        ("attach 3 paper", 2, "USE1"),
        ("--as clerk-d attach 3 nowhere", 5, "IO2"),
        ("--as clerk-d attach d-nothing paper", 2, "USE1"),
        ("--as clerk-d attach 记-2025-12-9999 paper", 2, "USE1"),
    ] {
        let said = say(&desk, line).ends(exit);
        assert!(said.err.contains(&format!("error[{code}]")), "{line}: {}", said.err);
        assert_eq!((records(&desk), stored(&desk)), (427, Vec::new()), "{line}");
    }
    let said = say(&desk, "--as clerk-d --lang zh attach 3 large").ends(3);
    assert!(
        said.err.contains("默认最多 10485760 字节") && said.err.contains("并非法规"),
        "{}",
        said.err
    );
    let rule = r#"{"name":"attachments","required_above":"1000.00","bytes_max":5}"#;
    let set = "record rule.set --from 2026-01-06 --source 决议 --rule";
    say(&desk, &format!("--as chair-a {set} {rule}")).ends(0);
    let said = say(&desk, "--as clerk-d attach 3 paper").ends(3);
    assert!(
        said.err.contains("error[E03] the paper has 6 bytes, and the rule allows 5"),
        "{}",
        said.err
    );
    assert_eq!(stored(&desk), Vec::<String>::new());
}

#[test]
fn a_large_payment_waits_for_its_paper() {
    let desk = Desk::with_demo();
    desk.write("paper", "paper\n");
    let rule = r#"{"name":"attachments","required_above":"900.00","bytes_max":1000}"#;
    let set = "record rule.set --from 2026-01-06 --source 决议 --rule";
    say(&desk, &format!("--as chair-a {set} {rule}")).ends(0);
    say(
        &desk,
        "--as clerk-d record disbursement.request --disbursement d-1 --date 2026-01-06 \
         --account 50102 --amount 900.01 --payee organisation=某店 --purpose 联欢",
    )
    .ends(0);
    say(&desk, "--as fin-e approve d-1").ends(0);
    let pay =
        "--as cash-c record disbursement.pay --disbursement d-1 --date 2026-01-06 --from bank";
    let refused = say(&desk, pay).ends(3);
    assert!(refused.err.contains("error[E07]"), "{}", refused.err);
    assert!(refused.err.contains("mingzhang attach d-1 FILE"), "{}", refused.err);
    say(&desk, "--as clerk-d attach d-1 paper --title 发票").ends(0);
    say(&desk, pay).ends(0);
}

#[test]
fn verify_finds_a_paper_that_is_gone_or_changed() {
    let desk = Desk::with_demo();
    desk.write("paper", "paper\n");
    say(&desk, "--as clerk-d attach d-2025-028 paper").ends(0);
    say(&desk, "--as clerk-d attach 3 paper").ends(0);
    let path = desk.path("d/book/attachments").join(SHA256_OF_PAPER);
    let code = |desk: &Desk| {
        let said = say(desk, "verify --attachments --json").ends(4).json();
        let found = said["index"].as_array().unwrap().clone();
        assert_eq!(found.len(), 2, "one for each record: {found:?}");
        found[0]["code"].as_str().unwrap().to_owned()
    };
    for changed in ["Paper\n", "paper\n\n", ""] {
        fs::write(&path, changed).unwrap();
        assert_eq!(code(&desk), "attachment_differs");
        say(&desk, "verify").ends(0);
    }
    // What is damaged is not written over by the same paper, nor taken for it.
    let said = say(&desk, "--as clerk-d attach 4 paper").ends(4);
    assert!(said.err.contains("error[ATT2]"), "{}", said.err);
    fs::remove_file(&path).unwrap();
    assert_eq!(code(&desk), "attachment_missing");
    // Given again, it is there again.
    say(&desk, "--as clerk-d attach 4 paper").ends(0);
    say(&desk, "verify --attachments").ends(0);
}

#[test]
fn a_paper_without_its_record_is_harmless() {
    let desk = Desk::with_demo();
    desk.write("paper", "paper\n");
    let folder = desk.path("d/book/attachments");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join(SHA256_OF_PAPER), "paper\n").unwrap();
    fs::write(folder.join(format!("{SHA256_OF_PAPER}.new")), "pap").unwrap();
    say(&desk, "verify --attachments").ends(0);
    say(&desk, "--as clerk-d attach 3 paper").ends(0);
    say(&desk, "verify --attachments").ends(0);
}

/// What was lost is put back from another copy, and nothing else is taken for it.
#[test]
fn a_lost_or_changed_paper_is_put_back_from_its_own_bytes_alone() {
    let desk = Desk::with_demo();
    desk.write("paper", "invoice");
    desk.write("other", "another");
    desk.say("-b d/book --as clerk-d attach 100 paper").ends(0);
    let mut stored = fs::read_dir(desk.path("d/book/attachments")).unwrap();
    let stored = stored.next().unwrap().unwrap().path();
    for spoil in [None, Some("changed")] {
        match spoil {
            None => fs::remove_file(&stored).unwrap(),
            Some(text) => fs::write(&stored, text).unwrap(),
        }
        desk.say("verify d/book --attachments").ends(4);
        desk.say("-b d/book attachment restore other").ends(2);
        desk.say("-b d/book attachment restore paper").ends(0);
        assert_eq!(fs::read_to_string(&stored).unwrap(), "invoice");
        desk.say("verify d/book --attachments").ends(0);
    }
}
