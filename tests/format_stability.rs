//! What is on the disk is set in stone: a golden record of every fact's every form, for ever.
//!
//! `MINGZHANG_BLESS=1` writes the files that are missing and never one that is there.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod given;
mod golden;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Once;

use given::{ACCOUNTANT, AUDITOR, CASHIER, CHAIR, CLERK, FINANCE, bless, given_on};
use golden::first;
use mingzhang::book::recorded;
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::Envelope;
use mingzhang::event::Fact;
use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/golden")
}

fn hashes_file() -> PathBuf {
    folder().join("hashes.txt")
}

/// The chart of the families' books.
const STATUTORY_2: &str = "cn-gonghui-2021-2";

/// Fields that say which of its kinds a thing is.
const KINDS: &[&str] = &["kind", "acquires", "step", "level", "channel", "stage", "how", "class"];

/// Which fields there are, and which of its kinds a thing is: records alike in this are one form.
fn form(value: &Value, path: &str, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields {
                let path = format!("{path}.{name}");
                if let (true, Value::String(kind)) = (KINDS.contains(&name.as_str()), field) {
                    found.insert(format!("{path}={kind}"));
                }
                form(field, &path, found);
            }
        }
        Value::Array(items) => items.iter().for_each(|item| form(item, path, found)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            found.insert(path.to_owned());
        }
    }
}

/// One record of every form, by the name of its file: the fact, its version, the form's number.
fn examples() -> BTreeMap<String, Vec<u8>> {
    let mut forms: BTreeMap<(String, u32), Vec<BTreeSet<String>>> = BTreeMap::new();
    let mut examples = BTreeMap::new();
    let first = first::books().into_iter().flat_map(|book| given_on(first::CHART, book).lines());
    let families = golden::books().into_iter().flat_map(|book| given_on(STATUTORY_2, book).lines());
    for line in first.chain(families) {
        let envelope = Envelope::read(&line).unwrap();
        let mut found = BTreeSet::new();
        form(&Value::Object(envelope.body), "", &mut found);
        let seen = forms.entry((envelope.kind.clone(), envelope.tv)).or_default();
        if !seen.contains(&found) {
            seen.push(found);
            examples.insert(format!("{}.{}-{}.json", envelope.kind, envelope.tv, seen.len()), line);
        }
    }
    examples
}

/// The golden files: name and record, without the newline.
fn golden() -> BTreeMap<String, Vec<u8>> {
    static BLESSED: Once = Once::new();
    BLESSED.call_once(|| {
        if bless() {
            add_missing();
        }
    });
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let records = entries.filter(|path| path.extension().is_some_and(|e| e == "json"));
    records
        .map(|path| {
            let mut line = fs::read(&path).unwrap();
            assert_eq!(line.pop(), Some(b'\n'), "{}", path.display());
            (path.file_name().unwrap().to_str().unwrap().to_owned(), line)
        })
        .collect()
}

/// Every file's hash as it was when the file was made.
fn hashes() -> BTreeMap<String, RecordHash> {
    let text = fs::read_to_string(hashes_file()).unwrap();
    let read = |line: &str| {
        let (hash, name) = line.split_once("  ").unwrap();
        (name.to_owned(), RecordHash::parse(hash).unwrap())
    };
    text.lines().map(read).collect()
}

/// Adds what is missing; what is there stays as it is.
fn add_missing() {
    fs::create_dir_all(folder()).unwrap();
    let mut listed = fs::read_to_string(hashes_file()).unwrap_or_default();
    for (name, line) in examples() {
        let path = folder().join(&name);
        if path.exists() || listed.contains(&format!("  {name}\n")) {
            continue;
        }
        writeln!(listed, "{}  {name}", RecordHash::of(&line)).unwrap();
        fs::write(&path, [line.as_slice(), b"\n"].concat()).unwrap();
    }
    fs::write(hashes_file(), listed).unwrap();
}

#[test]
fn every_fact_has_its_golden_record_and_no_golden_record_has_changed() {
    let (golden, hashes) = (golden(), hashes());
    let (files, listed): (Vec<_>, Vec<_>) = (golden.keys().collect(), hashes.keys().collect());
    assert_eq!(files, listed, "hashes.txt lists each golden record once");
    for (name, line) in &golden {
        assert_eq!(RecordHash::of(line), hashes[name], "{name} has changed, which must never be");
    }
    let kinds = |names: Vec<&String>| -> BTreeSet<String> {
        names.iter().map(|name| name.rsplit_once('.').unwrap().0.to_owned()).collect()
    };
    let of_today = examples();
    let missing: Vec<_> =
        kinds(of_today.keys().collect()).difference(&kinds(files)).cloned().collect();
    assert_eq!(missing, Vec::<String>::new(), "bless adds what is missing");
    for kind in Fact::NAMES {
        let has = golden.keys().any(|name| name.starts_with(&format!("{kind}.")));
        assert!(has, "{kind} has no golden record");
    }
}

#[test]
fn old_bytes_are_the_same_fact_and_the_same_fact_is_the_same_bytes() {
    for (name, line) in golden() {
        let envelope = Envelope::read(&line).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert!(name.starts_with(&format!("{}.{}-", envelope.kind, envelope.tv)), "{name}");
        let record = recorded(envelope.clone()).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(record.fact.kind(), envelope.kind, "{name}");
        // An older version is brought up in memory, and its bytes stay as they are.
        if record.fact.version() == envelope.tv {
            let body = record.fact.to_body(record.voucher.as_ref()).unwrap();
            let written = Envelope { body, ..envelope }.seal().unwrap();
            assert!(written.bytes == line, "{name}: {}", String::from_utf8_lossy(&written.bytes));
            assert_eq!(written.hash, hashes()[&name], "{name}");
        }
    }
}

#[test]
fn the_same_commands_write_the_golden_records_byte_by_byte() {
    let golden = golden();
    for (name, line) in examples() {
        let Some(expected) = golden.get(&name) else { panic!("{name} has no golden record") };
        // A newer version of one fact changes the hashes of whatever follows it, and nothing else.
        let Envelope { prev, idem, .. } = Envelope::read(expected).unwrap();
        let mut written = Envelope { prev, ..Envelope::read(&line).unwrap() };
        // So it is with the digest of a signed command: it is signed about a record before it.
        if written.more && written.idem.key() == idem.key() {
            written.idem = idem;
        }
        let written = written.seal().unwrap();
        let (found, expected) =
            (String::from_utf8_lossy(&written.bytes), String::from_utf8_lossy(expected));
        assert!(found == expected, "{name}:\n{found}\n{expected}");
    }
}

#[test]
fn a_newer_version_and_an_unknown_fact_are_not_read_as_something_else() {
    for (name, line) in golden() {
        let envelope = Envelope::read(&line).unwrap();
        let newer = Envelope { tv: envelope.tv + 1_000, ..envelope.clone() };
        assert!(recorded(newer).is_err(), "{name}");
        let other = Envelope { kind: format!("{}.x", envelope.kind), ..envelope.clone() };
        assert!(recorded(other).is_err(), "{name}");
        let mut more = envelope;
        more.body.insert("surplus".to_owned(), "field".into());
        assert!(recorded(more).is_err(), "{name}: a field more");
    }
}

/// What a version added is of no version before it, and what was written before it stays what it is.
#[test]
fn a_body_of_an_older_version_is_read_without_what_was_added_since() {
    let mut older = BTreeSet::new();
    for (name, line) in golden() {
        let envelope = Envelope::read(&line).unwrap();
        let record = recorded(envelope.clone()).unwrap();
        if record.fact.version() == envelope.tv {
            let none = Envelope { tv: 0, ..envelope };
            assert!(recorded(none).is_err(), "{name}");
            continue;
        }
        older.insert(envelope.kind.clone());
        assert!(!envelope.body.contains_key("disbursement"), "{name}");
        let mut with = envelope;
        with.body.insert("disbursement".to_owned(), "d-1".into());
        assert!(recorded(with.clone()).is_err(), "{name}: a field of a later version");
        with.tv = record.fact.version();
        assert!(recorded(with).is_ok(), "{name}: the same field in its version");
    }
    assert_eq!(older, ["accrual.recorded", "dues.refunded"].map(str::to_owned).into());
}

#[test]
fn the_officers_of_the_story_are_those_of_the_book() {
    let story = given_on(first::CHART, first::story()).lines();
    let actors: BTreeSet<String> =
        story.iter().map(|line| Envelope::read(line).unwrap().actor.to_string()).collect();
    let all = [ACCOUNTANT, AUDITOR, CASHIER, CHAIR, CLERK, FINANCE];
    assert_eq!(actors, all.iter().map(|officer| (*officer).to_owned()).collect());
}
