//! Opening a book gives what replaying it gives, from whatever snapshot it begins.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::fs;

use mingzhang::book::{Book, BookError, Folder, Instruction, Mode, Reading, Until};
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey};
use mingzhang::chain::record::Origin;
use mingzhang::chart::Chart;
use mingzhang::date::Instant;
use serde_json::{Value, json};

const ORIGIN: &str = "union.example/long";

fn key() -> NoteKey {
    NoteKey::from_seed(KeyName::parse(ORIGIN).unwrap(), KeyKind::Log, &[7; 32])
}

fn record(book: &mut Book, commands: impl IntoIterator<Item = Value>) {
    let first = book.state().next().0;
    let instruction = |(place, command): (u64, Value)| Instruction {
        command: serde_json::from_value(command).unwrap(),
        by: "acc".parse().unwrap(),
        key: format!("key-{}", first + place),
        signed: None,
    };
    let all: Vec<Instruction> = (0..).zip(commands).map(instruction).collect();
    let now = Instant::parse("2026-01-31T09:00:00Z").unwrap();
    book.record(&all, now, Mode::default()).unwrap();
}

fn begin(folder: &Folder) -> Book {
    let chart = Chart::built_in("cn-gonghui-2021").unwrap();
    let pin = json!({"id": "cn-gonghui-2021", "sha256": chart.sha256()});
    let mut book =
        Book::create(folder.path(), &Origin::parse(ORIGIN).unwrap(), chart, "test").unwrap();
    let setup = [
        json!({
            "command": "ledger.create", "random": "0".repeat(64), "organisation": "示例工会",
            "level": "grassroots", "currency": "CNY", "starts": "2026-01-01", "chart": pin,
            "utc_offset": "+08:00", "log": key().vkey().to_string(), "policy": "",
            "policy_sha256": "", "format_sha256": "",
        }),
        json!({
            "command": "fund.establish", "fund": "general", "name": "一般资金", "restricted": false,
            "purpose": "工会日常收支",
        }),
        json!({
            "command": "officer.appoint", "officer": "acc", "roles": ["accountant"],
            "from": "2026-01-01",
        }),
        json!({
            "command": "rule.set", "from": "2026-01-01", "source": "中国工会章程",
            "rule": {"name": "dues_rate", "basis_points": 50, "step": "10.00"},
        }),
        json!({"command": "group.define", "group": "g1", "name": "一车间工会小组"}),
    ];
    record(&mut book, setup);
    record(&mut book, (0..500).flat_map(|member| {
        let member = format!("m-{member}");
        let enrol = json!({"command": "member.enrol", "member": member, "group": "g1", "on": "2026-01-01"});
        [enrol, json!({"command": "dues_base.set", "member": member, "base": "5000.00", "from": "2026-01"})]
    }));
    book
}

/// One command, and several records of it.
fn roll(members: core::ops::Range<u32>) -> Value {
    let line =
        |member| json!({"member": format!("m-{member}"), "month": "2026-01", "amount": "10.00"});
    let lines: Vec<Value> = members.map(line).collect();
    json!({"command": "dues.receive", "date": "2026-01-31", "into": "bank", "lines": lines})
}

fn read(folder: &Folder) -> Reading {
    let read = Reading::open(folder, &mut |_| ()).unwrap();
    assert_eq!(read, Reading::replay(folder, Until::default(), &mut |_, _| ()).unwrap());
    read
}

#[test]
fn a_checkpoint_newer_than_the_snapshot_is_caught_up_and_checked() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    let mut book = begin(&folder);
    assert_eq!(fs::read_dir(folder.snapshots()).unwrap().count(), 1, "of a thousand records");
    record(&mut book, [roll(0..120)]);
    assert_eq!(read(&folder), *book.reading());
    book.sign(&key()).unwrap();
    // Signing is no reason for a snapshot: the next one comes when it is due.
    assert_eq!(fs::read_dir(folder.snapshots()).unwrap().count(), 1);
    record(&mut book, [roll(120..200), roll(0..120)]);
    assert_eq!(read(&folder), *book.reading());
    drop(book);

    let (book, _) = Book::open(folder.path(), "test", &mut |_| ()).unwrap();
    assert_eq!(read(&folder), *book.reading());
}

#[test]
fn a_log_cut_behind_the_snapshot_is_shorter_than_was_signed() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    let mut book = begin(&folder);
    let before = fs::metadata(folder.events()).unwrap().len();
    record(&mut book, [roll(0..120)]);
    book.sign(&key()).unwrap();
    drop(book);

    let log = fs::OpenOptions::new().write(true).open(folder.events()).unwrap();
    log.set_len(before).unwrap();
    let error = Reading::open(&folder, &mut |_| ()).unwrap_err();
    assert_eq!(error, BookError::ShorterThanSigned { signed: 1_008, found: 1_005 });
}

/// The form of the snapshots that are made today.
fn form_of_today(folder: &Folder) -> u32 {
    let path = fs::read_dir(folder.snapshots()).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read_to_string(&path).unwrap();
    let (_, after) = whole.split_once("{\"form\":").unwrap();
    after.split_once(',').unwrap().0.parse().unwrap()
}

/// The one snapshot of a book, changed, with its check made anew.
fn change_snapshot(folder: &Folder, from: &str, to: &str) {
    let path = fs::read_dir(folder.snapshots()).unwrap().next().unwrap().unwrap().path();
    let whole = fs::read_to_string(&path).unwrap();
    let (_, text) = whole.split_once('\n').unwrap();
    assert_eq!(text.matches(from).count(), 1, "{from}");
    let text = text.replace(from, to);
    let check = blake3::hash(text.as_bytes()).to_hex();
    fs::write(&path, format!("{check}\n{text}")).unwrap();
}

#[test]
fn a_snapshot_of_an_older_program_is_passed_over_and_made_anew() {
    let place = tempfile::tempdir().unwrap();
    let folder = Folder::new(place.path());
    drop(begin(&folder));
    let opened = || Reading::open(&folder, &mut |_| ()).unwrap();
    let organisation = |reading: &Reading| {
        reading.state.offices.ledger().map(|ledger| ledger.organisation.to_string())
    };
    let right = opened();

    // Of today's form it is what the book is read from.
    change_snapshot(&folder, "示例工会", "快照工会");
    assert_eq!(organisation(&opened()).as_deref(), Some("快照工会"));
    // Of another form, the older ones among them, it counts for nothing, and nothing is said.
    let today = form_of_today(&folder);
    let form = |n: u32| format!("{{\"form\":{n},");
    for older in 1..today {
        change_snapshot(&folder, &form(today), &form(older));
        assert_eq!(read(&folder), right);
        change_snapshot(&folder, &form(older), &form(today));
    }
    change_snapshot(&folder, &form(today), &form(today - 1));
    let (mut book, _) = Book::open(folder.path(), "test", &mut |_| ()).unwrap();
    assert_eq!(*book.reading(), right);
    record(&mut book, [roll(0..120)]);
    drop(book);
    // What is due is written in its place, and read.
    assert_eq!(fs::read_dir(folder.snapshots()).unwrap().count(), 2);
    assert_eq!(organisation(&read(&folder)).as_deref(), Some("示例工会"));
}
