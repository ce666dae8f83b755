//! `demo`, and what an auditor says of its book and its bundle.

use crate::program::{Desk, files};

const POLICY: &str = "--policy d/policy --clock 2026-01-06T01:00:00Z";

#[test]
fn the_demo_leaves_a_book_a_bundle_and_a_policy() {
    let desk = Desk::with_demo();
    for name in ["book/events.ndjson", "bundle/events.ndjson", "bundle/FORMAT.md", "policy"] {
        assert!(desk.path("d").join(name).is_file(), "{name}");
    }
    assert_eq!(desk.read("d/book/events.ndjson"), desk.read("d/bundle/events.ndjson"));
}

#[test]
fn the_demo_overwrites_nothing() {
    let desk = Desk::with_demo();
    let before = files(&desk.path("d"));
    let refused = desk.say("demo d").ends(5);
    assert_eq!(
        (refused.out.as_str(), refused.err.as_str()),
        (
            "",
            "error[IO7] d is there already, and the demo overwrites nothing\n  \
             next: mingzhang demo ANOTHER-FOLDER\n"
        )
    );
    assert_eq!(files(&desk.path("d")), before);
}

#[test]
fn the_same_seed_and_clock_give_the_same_bytes() {
    let first = Desk::with_demo();
    let second = Desk::new();
    second.say("demo d --seed 1 --clock 2026-01-05T01:00:00Z -q").ends(0);
    for name in ["book/events.ndjson", "book/checkpoint", "book/last-signed", "policy"] {
        let name = format!("d/{name}");
        assert_eq!(first.read(&name), second.read(&name), "{name}");
    }
    let bundle = |desk: &Desk| files(&desk.path("d/bundle")).into_values().collect::<Vec<_>>();
    assert_eq!(bundle(&first), bundle(&second));
}

#[test]
fn book_and_bundle_are_verified_and_witnessed() {
    let desk = Desk::with_demo();
    for folder in ["d/book", "d/bundle"] {
        let said = desk.say(&format!("verify {folder} {POLICY}")).ends(0);
        // Record 0 holds the hash of docs/FORMAT.md, so the head changes with it.
        let lines: Vec<&str> = said.out.lines().collect();
        let [witness, head, root, outcome] = lines[..] else { panic!("{}", said.out) };
        assert_eq!(
            witness,
            "witnessed by gh.example.org/branch-017/audit-committee 2026-01-05T01:00:00Z"
        );
        assert!(head.starts_with("head ") && root.starts_with("root "), "{}", said.out);
        assert_eq!(outcome, "verified and witnessed: up to 427 of 427 records");
        assert_eq!(said.err, "");
    }
    let zh = desk.say(&format!("verify d/book --lang zh {POLICY}")).ends(0);
    assert_eq!(zh.out.lines().last(), Some("已验证并有见证：共 427 条记录，见证至第 427 条"));
}

#[test]
fn without_its_cosignatures_a_book_is_not_independently_witnessed() {
    let desk = Desk::with_demo();
    for folder in ["d/book", "d/bundle"] {
        for path in files(&desk.path(folder)).into_keys() {
            let name = path.strip_prefix(desk.path(folder)).unwrap();
            // Whoever takes signatures away leaves no list that tells of it.
            if name == std::path::Path::new("SHA256SUMS") {
                std::fs::remove_file(&path).unwrap();
            }
            if !name.starts_with("checkpoint") && !name.starts_with("checkpoints") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let kept: Vec<&str> =
                text.lines().filter(|line| !line.contains("audit-committee")).collect();
            std::fs::write(&path, kept.join("\n") + "\n").unwrap();
        }
        let said = desk.say(&format!("verify {folder} {POLICY}")).ends(1);
        let last = said.out.lines().last().unwrap();
        assert!(last.starts_with("verified, not independently witnessed: "), "{last}");
        desk.say(&format!("verify {folder}")).ends(0);
    }
}

#[test]
fn a_bundle_is_read_and_never_written() {
    let desk = Desk::with_demo();
    let before = files(&desk.path("d/bundle"));
    for reader in ["report funds", "log", "replay", "show 3", "proof 3", "export beancount"] {
        desk.say(&format!("-b d/bundle {reader}")).ends(0);
    }
    for writer in [
        "record group.define --group g9 --name x",
        "undo --yes --reason x",
        "checkpoint sign --key d/book/keys/log.pem",
    ] {
        let said = desk.say(&format!("-b d/bundle --as acc-b {writer}")).ends(2);
        assert_eq!(said.err, "error[USE1] d/bundle is a bundle and no book: it is only read\n");
    }
    assert!(files(&desk.path("d/bundle")) == before, "nothing was written");
}

/// A byte may make the record say something else, or make it no record at all: then it is named
/// itself. Where only the hash tells, the record behind it says that one of the two was altered.
#[test]
fn one_changed_byte_is_found_where_it_is() {
    let desk = Desk::with_demo();
    for folder in ["d/book", "d/bundle"] {
        let name = format!("{folder}/events.ndjson");
        let whole = desk.read(&name);
        let lines: Vec<&[u8]> = whole.split_inclusive(|b| *b == b'\n').collect();
        for record in [0, 1, 100, 200, 426] {
            let start: usize = lines[..record].iter().map(|line| line.len()).sum();
            let mut bytes = whole.clone();
            bytes[start + lines[record].len() / 2] ^= 1;
            desk.write(&name, &bytes);
            let said = desk.say(&format!("verify {folder} {POLICY}")).ends(4).out;
            let named = said.contains(&format!("first broken record: {record}\n"))
                || said.contains(&format!("prev_wrong: record {}: ", record + 1))
                || record == 426 && said.contains("last good checkpoint (records): 402\n");
            assert!(named, "{folder} {record}\n{said}");
            assert_eq!(said.lines().last(), Some("broken"));
        }
        desk.write(&name, &whole);
    }
}

#[test]
fn a_changed_index_never_gives_a_wrong_answer() {
    let desk = Desk::with_demo();
    let right = desk.say("-b d/book report trial-balance").ends(0).out;
    let whole = desk.read("d/book/store/db");
    for part in 1..20 {
        desk.copy("d", "e");
        let mut bytes = whole.clone();
        bytes[whole.len() * part / 20] ^= 1;
        desk.write("e/book/store/db", &bytes);
        assert_eq!(desk.say("-b e/book report trial-balance").ends(0).out, right);
        let said = desk.say(&format!("verify e/book {POLICY}"));
        assert!([0, 4].contains(&said.code), "{}{}", said.out, said.err);
        assert!(said.out.ends_with("verified and witnessed: up to 427 of 427 records\n"));
        desk.say("-b e/book --as acc-b record group.define --group g9 --name x").ends(0);
        std::fs::remove_dir_all(desk.path("e")).unwrap();
    }
}

#[test]
fn the_next_commands_of_the_demo_can_be_typed() {
    let desk = Desk::new();
    let said = desk.say("demo d --seed 1 --clock 2026-01-05T01:00:00Z").ends(0);
    let next: Vec<&str> =
        said.err.lines().skip_while(|line| *line != "Next, try:").skip(1).collect();
    assert_eq!(next.len(), 6, "{}", said.err);
    for line in next {
        let (_, args) = line.trim().split_once(' ').unwrap();
        let ran = desk.say(args).ends(0);
        assert_ne!(ran.out, "", "{args}");
        assert_eq!(ran.err, "", "{args}");
    }
}

#[cfg(unix)]
#[test]
fn the_keys_of_the_demo_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new();
    desk.say("demo d -q").ends(0);
    for key in ["d/book/keys/log.pem", "d/audit-committee/w1.pem"] {
        let mode = std::fs::metadata(desk.path(key)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{key}");
    }
}

#[test]
fn a_reader_that_goes_away_ends_the_run_without_a_word() {
    use std::io::Read;
    let desk = Desk::with_demo();
    for line in ["log", "export journal", "report audit", "log --json", "show 5"] {
        let mut command = desk.command(&["-b", "d/book"]);
        command.args(line.split(' '));
        command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdout.take().unwrap().read_exact(&mut [0]).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{line}");
        assert_eq!(String::from_utf8(output.stderr).unwrap(), "", "{line}");
    }
}
