//! What a bundle brings besides its records, as whoever is handed one verifies it.

use std::fs;
use std::io::Write as _;

use crate::program::{Desk, Ran};
use crate::support::office::good_office;
use crate::support::travel::{increment, packed};
use crate::support::{Bundle, NOW};

/// A desk with these bundles, and the auditor's policy as `policy`.
fn desk(bundles: &[(&str, &Bundle)]) -> Desk {
    let mut desk = Desk::new();
    desk.clock = NOW;
    for (name, bundle) in bundles {
        bundle.write(&desk.path(name));
        desk.write("policy", bundle.policy.as_ref().unwrap());
    }
    desk
}

fn kinds(said: &Ran) -> Vec<String> {
    let faults = said.json()["verdict"]["faults"].as_array().unwrap().clone();
    let kind = |fault: &serde_json::Value| fault["kind"].as_str().unwrap().to_owned();
    let mut kinds: Vec<String> = faults.iter().map(kind).collect();
    kinds.dedup();
    kinds
}

#[test]
fn a_packed_bundle_is_verified_and_what_officers_signed_is_said() {
    let desk = desk(&[("b", &packed(good_office()))]);
    let said = desk.say("verify b --policy policy").ends(0).out;
    for line in [
        "officer's key c1 ",
        "signed acts: 7",
        "private fields: 3 in force, 2 shown, 1 withheld",
        "erased by record 33: s-2 电话",
        "papers: 1, of which 1 are here",
        "verified and witnessed: up to 36 of 36 records",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let verdict = desk.say("verify b --policy policy --json").ends(0).json()["verdict"].clone();
    assert_eq!(verdict["acts"], 7);
    assert_eq!(verdict["officer_keys"][1]["officer"], "u1");
    assert_eq!(verdict["officer_keys"][1]["since"], 10);
    assert_eq!(verdict["private"]["erased"][0]["record"], 33);
    assert_eq!(verdict["papers"], 1);
    let said = desk.say("--lang zh verify b --policy policy").ends(0).out;
    assert!(said.contains("签名文书： 7"), "{said}");
}

#[test]
fn each_file_of_a_bundle_is_looked_at() {
    for (file, expected) in [
        ("tile/0/000.p/36", &["tile_wrong", "file_differs"][..]),
        ("openings.ndjson", &["opening_wrong", "file_differs"]),
        ("chart.json", &["chart_invalid", "file_differs"]),
        ("SHA256SUMS", &["sums_form"]),
    ] {
        let desk = desk(&[("b", &packed(good_office()))]);
        let mut bytes = fs::read(desk.path(&format!("b/{file}"))).unwrap();
        bytes[0] = b'X';
        fs::write(desk.path(&format!("b/{file}")), bytes).unwrap();
        let mut found = kinds(&desk.say("verify b --json").ends(4));
        found.retain(|kind| expected.contains(&kind.as_str()));
        assert_eq!(found, expected, "{file}");
    }
    let bundle = packed(good_office());
    let desk = desk(&[("b", &bundle)]);
    let paper = format!("b/attachments/{}", bundle.papers[0].name);
    fs::write(desk.path(&paper), "other").unwrap();
    assert_eq!(kinds(&desk.say("verify b --json").ends(4)), ["attachment_differs", "file_differs"]);
    fs::remove_file(desk.path(&paper)).unwrap();
    assert_eq!(kinds(&desk.say("verify b --json").ends(4)), ["file_missing"]);
}

#[test]
fn a_bundle_that_continues_another_asks_for_it() {
    let whole = good_office();
    let part = |from, to| {
        let openings = whole.openings.clone().filter(|_| to == 36);
        let papers = whole.papers.clone();
        increment(&Bundle { openings, papers, ..whole.clone() }, from, to)
    };
    let (first, second, third) = (part(0, 21), part(21, 31), part(31, 36));
    let desk = desk(&[("b1", &first), ("b2", &second), ("b3", &third)]);
    desk.say("verify b1 --policy policy").ends(0);
    let said = desk.say("verify b3 --policy policy").ends(4).out;
    assert!(said.contains("base_wrong: "), "{said}");
    assert!(said.contains("next: mingzhang verify BUNDLE --base EARLIER-BUNDLE"), "{said}");
    let said = desk.say("verify b3 --base b1 --json").ends(4);
    assert_eq!(kinds(&said), ["base_wrong"]);
    assert!(said.json()["next"].as_str().unwrap().contains("--base"));
    for bases in ["--base b2 --base b1", "--base b1 --base b2"] {
        let said = desk.say(&format!("verify b3 --policy policy {bases}")).ends(0).out;
        assert!(said.ends_with("verified and witnessed: up to 36 of 36 records\n"), "{said}");
    }
    let said = desk.say("verify b1 --policy policy --base b2").ends(0);
    assert!(said.err.contains("--base is not used"), "{}", said.err);
}

#[test]
fn an_append_of_megabytes_that_somebody_is_writing_is_left_out() {
    let desk = Desk::with_demo();
    let log = desk.text("d/book/events.ndjson");
    let last = log.lines().last().unwrap().replacen("\"more\":false", "\"more\":true", 1);
    let path = desk.path("d/book/events.ndjson");
    let mut file = fs::OpenOptions::new().append(true).open(&path).unwrap();
    for _ in 0..4000 {
        writeln!(file, "{last}").unwrap();
    }
    drop(file);
    assert!(fs::metadata(&path).unwrap().len() > log.len() as u64 + (1 << 20));
    let lock = fs::File::open(desk.path("d/book/lock")).unwrap();
    lock.lock().unwrap();
    let said = desk.say("verify d/book --policy d/policy").ends(0);
    assert!(said.err.contains("somebody is writing"), "{}", said.err);
    lock.unlock().unwrap();
    // Nobody writes: then it is what is left of a crash, or of something worse.
    let said = desk.say("verify d/book --policy d/policy --json").ends(4);
    assert!(said.json()["verdict"]["fault_counts"]["append_unfinished"] == 1, "{}", said.out);
}

/// A file where checkpoints lie is one, or it is a fault: it is neither passed over nor an error of
/// reading.
#[test]
fn whatever_lies_among_the_checkpoints_is_a_checkpoint_or_a_fault() {
    for (name, bytes) in [("5x", b"none".as_slice()), ("427", b"\xff\xfe")] {
        let desk = Desk::with_demo();
        desk.write(&format!("d/bundle/checkpoints/{name}"), bytes);
        fs::remove_file(desk.path("d/bundle/SHA256SUMS")).unwrap();
        let said = desk.say("verify d/bundle --policy d/policy").ends(4);
        let fault = said.out.lines().next().unwrap();
        assert!(fault.starts_with("checkpoint_form: "), "{fault}");
        assert!(fault.contains(&format!("found checkpoints/{name}: ")), "{fault}");
    }
}

/// What has no end, or keeps a reader waiting, or is longer than such a file can be, is refused.
#[cfg(unix)]
#[test]
fn only_regular_files_of_a_fitting_length_are_read() {
    let bundle = packed(good_office());
    let paper = format!("attachments/{}", bundle.papers[0].name);
    for file in ["log.vkey", "checkpoint", "openings.ndjson", "events.ndjson", &paper] {
        let desk = desk(&[("b", &bundle)]);
        let path = desk.path(&format!("b/{file}"));
        fs::remove_file(&path).unwrap();
        std::os::unix::fs::symlink("/dev/zero", &path).unwrap();
        let said = desk.say("verify b --policy policy");
        assert!(said.code != 0 && said.err.contains("not a regular file"), "{file}: {}", said.err);
    }
    let desk = desk(&[("b", &bundle)]);
    desk.write("b/log.vkey", "x".repeat((1 << 20) + 1));
    let said = desk.say("verify b --policy policy");
    assert!(said.code != 0 && said.err.contains("more than 1048576 bytes"), "{}", said.err);
}
