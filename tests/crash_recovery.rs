//! What was acknowledged is there, whatever happened to the process, the disk or the index.
//!
//! `MINGZHANG_KILLS` (100 unless set) and `MINGZHANG_FLIPS` (60) say how often.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod common;

use std::fs::{self, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use common::{BOOK, Chain, Folder, HOLDER, append, copy_folder, origin, read_all};
use mingzhang::chain::record::{Envelope, Sealed};
use mingzhang::ids::Seq;
use mingzhang::store::disk::DiskStore;
use mingzhang::store::files::FileError;
use mingzhang::store::log::{LogError, LogReader, SetAside};
use mingzhang::store::opening::{IndexOpening, OpenError};
use mingzhang::store::{AppendError, EventStore, Expected};

const CHILD_BOOK: &str = "MINGZHANG_CHILD_BOOK";
const CHILD_APPENDS: &str = "MINGZHANG_CHILD_APPENDS";

/// Not a test: what the kill tests run, in a process of its own, until it is killed. It says when
/// the book is open, when it hands over an append, and the hash of the last record when `Ok` has
/// come back. Appends have one to five records, or as many as it is told.
#[test]
fn child() {
    let Some(book) = std::env::var_os(CHILD_BOOK).map(PathBuf::from) else { return };
    let (store, _) = DiskStore::open(&book, &origin(BOOK), HOLDER).unwrap();
    let mut chain = Chain::new(BOOK);
    if let Some(head) = store.stream_head(&chain.origin).unwrap() {
        chain.head = head.expected();
        chain.commands = head.seq.0 + 1;
    }
    let mut out = std::io::stdout();
    writeln!(out, "\nopened").unwrap();
    let sizes = match rounds(CHILD_APPENDS, 0) {
        0 => 1..=5,
        records => records..=records,
    };
    for count in sizes.cycle() {
        let expected = chain.head;
        let batch = chain.command(count, 100);
        writeln!(out, "appending").unwrap();
        let receipt = store.append(&chain.origin, expected, &batch).unwrap();
        writeln!(out, "stored {} {}", receipt.last, receipt.hash).unwrap();
        out.flush().unwrap();
    }
}

struct Killed {
    /// Number and hash, as they were said.
    acknowledged: Vec<(u64, String)>,
    opened: bool,
}

/// Runs the child until it has said `word`, if any, and then until `wait` returns; kills it, and
/// gives what it had said by then.
fn kill_child_after(
    book: &Path,
    appends: usize,
    word: Option<&str>,
    wait: impl FnOnce(),
) -> Killed {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--nocapture"])
        .env(CHILD_BOOK, book)
        .env(CHILD_APPENDS, appends.to_string())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut killed = Killed { acknowledged: Vec::new(), opened: false };
    if let Some(word) = word {
        killed.opened = said.by_ref().any(|line| line.unwrap() == word);
        assert!(killed.opened, "the child could not open the book");
    }
    wait();
    child.kill().unwrap();
    child.wait().unwrap();
    for line in said {
        // The last line may be torn, and a torn line acknowledges nothing.
        let line = line.unwrap();
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["opened"] => killed.opened = true,
            ["stored", seq, hash] if hash.len() == 64 => {
                killed.acknowledged.push((seq.parse().unwrap(), hash.to_owned()));
            }
            _ => {}
        }
    }
    killed
}

#[test]
fn what_was_acknowledged_is_there_after_kill_9() {
    let rounds = u64::try_from(rounds("MINGZHANG_KILLS", 100)).unwrap();
    let (folder, _) = Folder::with_book(1);
    let (mut acknowledged, mut before_opening, mut set_aside, mut caught_up) = (0, 0, 0, 0);
    for round in 0..rounds {
        let in_opening = round % 2 == 0;
        let wait = if in_opening { round * 977 % 60 } else { round * 31 % 100 };
        let word = (!in_opening).then_some("opened");
        let killed = kill_child_after(&folder.book, 0, word, || sleep(Duration::from_millis(wait)));
        acknowledged += killed.acknowledged.len();
        before_opening += usize::from(!killed.opened);

        // Readers need no lock and no index.
        let lines = folder.lines();
        check_chain(&lines);
        for (seq, hash) in &killed.acknowledged {
            let line = &lines[usize::try_from(*seq).unwrap()];
            assert_eq!(Sealed::read(line).unwrap().hash.to_string(), *hash, "round {round}");
        }
        // Every fourth book is opened by the next child instead.
        if round % 4 != 3 {
            let (store, report) = folder.open();
            set_aside += usize::from(report.set_aside.is_some());
            caught_up += usize::from(report.index != IndexOpening::AsItWas);
            assert!(!matches!(report.index, IndexOpening::Rebuilt { .. }), "{report:?}");
            assert_eq!(read_all(&store, store.origin()), lines, "round {round}");
            assert_eq!(store.compare_with_log(&mut |_| {}).unwrap(), []);
        }
    }
    println!(
        "{rounds} kills, {before_opening} of them before the book was open; {acknowledged} appends \
         acknowledged, none lost; the index was behind {caught_up} times, an unfinished append \
         was set aside {set_aside} times"
    );
}

#[test]
fn a_large_import_that_is_killed_is_there_whole_or_not_at_all() {
    const RECORDS: u64 = 20_000;
    let rounds = u64::try_from(rounds("MINGZHANG_KILLS", 100) / 8).unwrap();
    let (mut whole, mut torn) = (0, 0);
    for round in 0..rounds {
        let (folder, _) = Folder::with_book(1);
        let bytes = || fs::metadata(folder.log()).unwrap().len();
        let before = bytes();
        let killed = kill_child_after(&folder.book, 20_000, Some("appending"), || {
            while bytes() == before {
                sleep(Duration::from_micros(100));
            }
            sleep(Duration::from_micros(round % 12 * 700));
        });
        let lines = folder.lines();
        let (store, report) = folder.open();
        let head = store.stream_head(store.origin()).unwrap().unwrap();
        assert!([2, 2 + RECORDS].contains(&head.seq.0), "{head:?}");
        assert!(killed.acknowledged.is_empty() || head.seq.0 > 2);
        assert_eq!(read_all(&store, store.origin()), lines);
        assert_eq!(store.compare_with_log(&mut |_| {}).unwrap(), []);
        whole += usize::from(head.seq.0 > 2);
        torn += usize::from(report.set_aside.is_some());
    }
    println!("{rounds} imports of {RECORDS} records killed: {whole} whole, {torn} torn");
}

fn rounds(variable: &str, unless_set: usize) -> usize {
    let set = std::env::var_os(variable).map(|n| n.into_string().unwrap());
    set.map_or(unless_set, |n| n.parse().unwrap())
}

/// Each record follows the one before it, and the last one ends its append.
fn check_chain(lines: &[Vec<u8>]) {
    let mut head = Expected::NoStream;
    for line in lines {
        let record = Sealed::read(line).unwrap();
        match head {
            Expected::NoStream => assert_eq!(record.seq, Seq(0)),
            Expected::Exact { seq, hash } => {
                assert_eq!((record.seq, record.prev), (seq.next(), hash));
            }
        }
        head = Expected::Exact { seq: record.seq, hash: record.hash };
    }
    assert!(!lines.last().is_some_and(|line| Sealed::read(line).unwrap().more));
}

fn add_to_log(folder: &Folder, bytes: &[u8]) {
    OpenOptions::new().append(true).open(folder.log()).unwrap().write_all(bytes).unwrap();
}

/// The store answers as the log says, takes one more append, and so after being opened again.
fn check_sound(folder: &Folder, store: DiskStore) {
    let before = folder.lines();
    assert_eq!(read_all(&store, store.origin()), before);
    assert_eq!(store.compare_with_log(&mut |_| {}).unwrap(), []);
    append(&store, &mut Chain::behind(BOOK, &before), 2);
    drop(store);
    let (store, report) = folder.open();
    assert_eq!(report.index, IndexOpening::AsItWas);
    assert_eq!(read_all(&store, store.origin()).len(), before.len() + 2);
}

#[test]
fn an_append_cut_anywhere_is_set_aside_and_said() {
    let (folder, mut chain) = Folder::with_book(4);
    let (whole, offset) = (folder.lines(), fs::metadata(folder.log()).unwrap().len());
    let torn: Vec<u8> = chain.command(3, 40).iter().fold(Vec::new(), |mut all, record| {
        all.extend_from_slice(&record.bytes);
        all.push(b'\n');
        all
    });
    for cut in (1..torn.len()).step_by(17).chain([torn.len() - 1]) {
        add_to_log(&folder, &torn[..cut]);
        assert_eq!(folder.lines(), whole, "a reader sees complete appends only");
        let (store, report) = folder.open();
        let SetAside { offset: found, bytes, path } = report.set_aside.unwrap();
        assert_eq!((found, bytes), (offset, u64::try_from(cut).unwrap()));
        assert_eq!(fs::read(&path).unwrap(), torn[..cut]);
        assert_eq!(read_all(&store, store.origin()), whole);
        fs::remove_file(path).unwrap();
    }
    check_sound(&folder, folder.open().0);
}

#[test]
fn an_append_that_reached_the_log_but_not_the_index_is_there_after_opening() {
    let (folder, mut chain) = Folder::with_book(4);
    for (appends, from) in [(1, 12), (1_000, 15)] {
        for record in (0..appends).flat_map(|_| chain.command(3, 40)) {
            add_to_log(&folder, &[&record.bytes[..], b"\n"].concat());
        }
        let (store, report) = folder.open();
        let records = appends * 3;
        assert_eq!(report.index, IndexOpening::CaughtUp { from: Seq(from), records });
        assert_eq!(store.compare_with_log(&mut |_| {}).unwrap(), []);
        assert!(store.receipt(&chain.origin, "key-5").unwrap().is_some());
    }
    check_sound(&folder, folder.open().0);
}

#[test]
fn a_half_written_snapshot_does_not_lock_the_book() {
    let (folder, _) = Folder::with_book(50);
    fs::write(folder.store().join("snap.00000000000FFFFF.generating"), b"half").unwrap();
    let (store, report) = folder.open();
    assert_eq!((report.half_snapshots_removed, report.index), (1, IndexOpening::AsItWas));
    check_sound(&folder, store);
}

#[test]
fn a_lost_index_is_built_again_from_the_log() {
    let (folder, _) = Folder::with_book(400);
    fs::remove_dir_all(folder.store()).unwrap();
    let (store, report) = folder.open();
    assert_eq!(report.index, IndexOpening::Built { records: 1_200 });
    check_sound(&folder, store);
}

#[test]
fn a_damaged_index_is_kept_aside_and_built_again_from_the_log() {
    let (folder, _) = Folder::with_book(400);
    let file = |name: &str| folder.store().join(name);
    let damages: [(&str, &dyn Fn()); 3] = [
        ("store.damaged", &|| fs::write(file("snap.0000000000FFFFFF"), b"no snapshot").unwrap()),
        ("store.damaged-2", &|| fs::write(file("conf"), b"no settings").unwrap()),
        ("store.damaged-3", &|| fs::remove_file(file("FORMAT")).unwrap()),
    ];
    for (name, damage) in damages {
        damage();
        let (store, report) = folder.open();
        let IndexOpening::Rebuilt { kept, records, .. } = &report.index else {
            panic!("{name}: {report:?}")
        };
        assert_eq!((kept, *records), (&folder.book.join(name), 1_200));
        assert_eq!(store.compare_with_log(&mut |_| {}).unwrap(), []);
    }
    check_sound(&folder, folder.open().0);
}

/// sled may take the loss for the end of its own log and open without a word.
#[test]
fn an_index_cut_anywhere_is_mended_from_the_log() {
    let (folder, _) = Folder::with_book(400);
    let whole = folder.temporary.path().join("whole");
    copy_folder(&folder.store(), &whole);
    for part in 0..16 {
        fs::remove_dir_all(folder.store()).unwrap();
        copy_folder(&whole, &folder.store());
        let db = OpenOptions::new().write(true).open(folder.store().join("db")).unwrap();
        db.set_len(db.metadata().unwrap().len() * part / 16).unwrap();
        let (store, report) = folder.open();
        println!("{part}/16: {:?}", report.index);
        assert_eq!(read_all(&store, store.origin()), folder.lines());
        assert_eq!(store.compare_with_log(&mut |_| {}).unwrap(), []);
    }
    check_sound(&folder, folder.open().0);
}

#[test]
fn an_older_copy_of_the_index_is_caught_up() {
    let (folder, mut chain) = Folder::with_book(100);
    let older = folder.temporary.path().join("older");
    copy_folder(&folder.store(), &older);
    let (store, _) = folder.open();
    for _ in 0..50 {
        append(&store, &mut chain, 3);
    }
    drop(store);
    fs::remove_dir_all(folder.store()).unwrap();
    fs::rename(older, folder.store()).unwrap();
    let (store, report) = folder.open();
    assert_eq!(report.index, IndexOpening::CaughtUp { from: Seq(300), records: 150 });
    check_sound(&folder, store);
}

#[test]
fn an_index_of_another_book_or_another_program_is_not_used() {
    let (folder, _) = Folder::with_book(4);
    let other = Folder::new();
    let name = "gh.example.org/branch-018";
    let (store, _) = DiskStore::create(&other.book, &origin(name), HOLDER).unwrap();
    append(&store, &mut Chain::new(name), 1);
    drop(store);
    let refused = other.try_open().unwrap_err();
    let (expected, found) = (origin(BOOK), origin(name));
    let another = OpenError::AnotherBook { folder: other.book.clone(), expected, found };
    assert_eq!(refused, another);

    fs::remove_dir_all(folder.store()).unwrap();
    fs::rename(other.store(), folder.store()).unwrap();
    let (store, report) = folder.open();
    assert!(matches!(report.index, IndexOpening::Rebuilt { records: 12, .. }), "{report:?}");
    drop(store);

    let newer = "mingzhang store 2\nsled 0.34.7\n".to_owned();
    fs::write(folder.store().join("FORMAT"), &newer).unwrap();
    let known = "mingzhang store 1\nsled 0.34.7\n".to_owned();
    assert_eq!(folder.try_open().unwrap_err(), OpenError::OtherFormat { found: newer, known });
}

#[test]
fn a_log_that_was_cut_is_an_alarm_and_nothing_is_mended() {
    let (folder, _) = Folder::with_book(4);
    let log = fs::read(folder.log()).unwrap();
    let nine: usize = folder.lines()[..9].iter().map(|line| line.len() + 1).sum();
    for (left, last) in [(nine, Some(Seq(8))), (nine + 40, Some(Seq(8))), (0, None)] {
        fs::write(folder.log(), &log[..left]).unwrap();
        let refused = folder.try_open().unwrap_err();
        assert_eq!(refused, OpenError::StoreAheadOfLog { store: Seq(11), log: last });
        assert_eq!(fs::read(folder.log()).unwrap(), log[..left], "the evidence is as it was");
    }
    fs::remove_file(folder.log()).unwrap();
    let missing = OpenError::LogMissing { log: folder.log() };
    assert_eq!(folder.try_open().unwrap_err(), missing);
    let created = DiskStore::create(&folder.book, &origin(BOOK), HOLDER).unwrap_err();
    assert_eq!(created, missing);
    fs::write(folder.log(), log).unwrap();
    check_sound(&folder, folder.open().0);
}

/// The log from record `seq` on, rewritten with another text and chained anew.
fn rewritten(lines: &[Vec<u8>], seq: usize) -> Vec<u8> {
    let mut log = Vec::new();
    let mut prev = None;
    for (at, line) in lines.iter().enumerate() {
        let mut record = Envelope::read(line).unwrap();
        if at == seq {
            record.body.insert("purpose".into(), "other".into());
        }
        record.prev = prev.unwrap_or(record.prev);
        let sealed = record.seal().unwrap();
        prev = Some(sealed.hash);
        log.extend_from_slice(&sealed.bytes);
        log.push(b'\n');
    }
    log
}

#[test]
fn a_log_that_was_rewritten_is_an_alarm_that_names_the_record() {
    let (folder, _) = Folder::with_book(4);
    let (log, lines) = (fs::read(folder.log()).unwrap(), folder.lines());
    for seq in 0..12 {
        fs::write(folder.log(), rewritten(&lines, seq)).unwrap();
        let named = u64::try_from(seq).unwrap();
        assert_eq!(folder.try_open().unwrap_err(), OpenError::DifferentRecord { seq: Seq(named) });
    }
    fs::write(folder.log(), log).unwrap();
    check_sound(&folder, folder.open().0);
}

#[test]
fn a_byte_changed_in_the_middle_of_the_log_is_found_by_comparing() {
    use mingzhang::store::compare::Difference;
    let (folder, _) = Folder::with_book(4);
    let (lines, mut log) = (folder.lines(), fs::read(folder.log()).unwrap());
    let fifth: usize = lines[..5].iter().map(|line| line.len() + 1).sum();
    log[fifth + lines[5].len() / 3] ^= 1;
    fs::write(folder.log(), log).unwrap();
    let (store, _) = folder.open();
    let found = store.compare_with_log(&mut |_| {}).unwrap();
    assert_eq!(found, [Difference::Different { seq: Seq(5) }]);
}

#[test]
fn a_damaged_log_is_refused_where_the_index_cannot_vouch_for_it() {
    let (folder, _) = Folder::with_book(4);
    let (lines, mut log) = (folder.lines(), fs::read(folder.log()).unwrap());
    let fifth: usize = lines[..5].iter().map(|line| line.len() + 1).sum();
    log[fifth + 3] ^= 1;
    fs::write(folder.log(), log).unwrap();
    fs::remove_dir_all(folder.store()).unwrap();
    let refused = folder.try_open().unwrap_err();
    let offset = u64::try_from(fifth).unwrap();
    assert!(
        matches!(&refused, OpenError::Log(LogError::Damaged { seq: Seq(5), offset: at, .. })
            if *at == offset),
        "{refused:?}"
    );
}

#[test]
fn another_hand_in_the_log_is_found_before_the_next_append() {
    let (folder, mut chain) = Folder::with_book(2);
    let (store, _) = folder.open();
    let expected = chain.head;
    let batch = chain.command(1, 0);
    let found = fs::metadata(folder.log()).unwrap().len();
    add_to_log(&folder, b"x");
    let reason = LogError::LengthChanged { expected: found, found: found + 1 }.to_string();
    let refused = store.append(&chain.origin, expected, &batch).unwrap_err();
    assert_eq!(refused, AppendError::Corrupt { reason });

    OpenOptions::new().write(true).open(folder.log()).unwrap().set_len(found).unwrap();
    let away = folder.book.join("away");
    fs::rename(folder.log(), &away).unwrap();
    let refused = store.append(&chain.origin, expected, &batch).unwrap_err();
    assert_eq!(refused, AppendError::Corrupt { reason: LogError::Replaced.to_string() });
    fs::rename(away, folder.log()).unwrap();
    store.append(&chain.origin, expected, &batch).unwrap();
}

#[test]
fn a_second_process_is_refused_with_the_name_of_the_first() {
    let (folder, _) = Folder::with_book(1);
    let (store, _) = folder.open();
    let refused = folder.try_open().unwrap_err();
    assert_eq!(refused, OpenError::InUse { holder: HOLDER.to_owned() });
    assert_eq!(refused.to_string(), format!("the book is in use by {HOLDER}"));
    drop(store);
    folder.open();

    let mut child = Command::new(std::env::current_exe().unwrap())
        .args(["child", "--exact", "--nocapture"])
        .env(CHILD_BOOK, &folder.book)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let said = BufReader::new(child.stdout.take().unwrap()).lines();
    assert!(said.map(Result::unwrap).any(|line| line == "opened"));
    let refused = folder.try_open().unwrap_err();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(refused, OpenError::InUse { holder: HOLDER.to_owned() });
    folder.open();
}

#[test]
fn there_is_no_book_where_none_was_made_and_none_is_made_over_another() {
    let folder = Folder::new();
    let none = OpenError::NoBook { folder: folder.book.clone() };
    assert_eq!(folder.try_open().unwrap_err(), none);
    assert!(!folder.book.exists());
    drop(folder.create());
    let again = DiskStore::create(&folder.book, &origin(BOOK), HOLDER).unwrap_err();
    assert_eq!(again, OpenError::AlreadyABook { folder: folder.book.clone() });
    folder.open();
}

#[test]
fn readers_follow_the_log_while_a_writer_appends() {
    let (folder, mut chain) = Folder::with_book(1);
    let (store, _) = folder.open();
    std::thread::scope(|scope| {
        let log = folder.log();
        let reading = scope.spawn(move || {
            let (mut offset, mut seen) = (0, Vec::new());
            while seen.len() < 1_503 {
                let mut reader = LogReader::open_at(&log, offset).unwrap();
                seen.extend(reader.by_ref().map(|line| line.unwrap().bytes));
                offset = reader.offset();
                check_last_ends_append(&seen);
            }
            check_chain(&seen);
        });
        for _ in 0..500 {
            append(&store, &mut chain, 3);
        }
        reading.join().unwrap();
    });
}

fn check_last_ends_append(lines: &[Vec<u8>]) {
    assert!(!lines.last().is_some_and(|line| Sealed::read(line).unwrap().more));
}

/// A file system of its own, as root only; the test says so where it cannot be had.
struct Mounted(PathBuf);

impl Mounted {
    fn new(folder: &Path, options: &str) -> Option<Mounted> {
        fs::create_dir_all(folder).unwrap();
        let done = Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(folder)
            .stderr(Stdio::null())
            .status();
        let mounted = done.is_ok_and(|status| status.success());
        mounted.then(|| Mounted(folder.to_path_buf()))
    }

    fn remount(&self, options: &str) -> bool {
        let options = format!("remount,{options}");
        Command::new("mount").args(["-o", &options]).arg(&self.0).status().unwrap().success()
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        Command::new("umount").arg("-l").arg(&self.0).status().unwrap();
    }
}

#[test]
fn a_full_disk_is_said_and_loses_nothing() {
    let folder = Folder::new();
    let Some(disk) = Mounted::new(&folder.book, "size=6m") else {
        return println!("skipped: a small disk can be mounted by root only");
    };
    let store = folder.create();
    let mut chain = Chain::new(BOOK);
    let (mut before, mut failed) = (chain.clone(), None);
    for _ in 0..10_000 {
        before = chain.clone();
        let batch = chain.command(10, 1_000);
        if let Err(error) = store.append(&chain.origin, before.head, &batch) {
            failed = Some((error, batch));
            break;
        }
    }
    let (error, batch) = failed.unwrap();
    println!("full after {:?}: {error}", before.head);
    let full =
        matches!(&error, AppendError::StorageFull { path } if path.starts_with(&folder.book));
    let unknown = matches!(&error, AppendError::Indeterminate { .. });
    assert!(full || unknown, "{error:?}");
    let next = store.append(&chain.origin, before.head, &batch).unwrap_err();
    let says_why =
        matches!(next, AppendError::Unavailable { .. } | AppendError::StorageFull { .. });
    assert!(says_why, "{next:?}");
    drop(store);

    // Still full: the book may be refused by name, and never be damaged.
    match folder.try_open() {
        Ok((store, _)) => drop(store),
        Err(OpenError::File(FileError::StorageFull { .. })) => {}
        Err(other) => panic!("{other:?}"),
    }
    assert!(disk.remount("size=60m"));
    let (store, report) = folder.open();
    println!("{report:?}");
    let there = read_all(&store, store.origin());
    let kept = Chain::behind(BOOK, &there).head;
    assert!(kept == before.head || (unknown && kept == chain.head));
    check_chain(&there);
    let again = store.append(&chain.origin, before.head, &batch).unwrap();
    assert_eq!(again.repeated, kept == chain.head);
    check_sound(&folder, store);
}

#[test]
fn a_book_that_may_only_be_read_says_so_and_can_be_read() {
    let folder = Folder::new();
    let Some(disk) = Mounted::new(&folder.book, "size=60m") else {
        return println!("skipped: a read-only disk can be mounted by root only");
    };
    let store = folder.create();
    append(&store, &mut Chain::new(BOOK), 3);
    drop(store);
    assert!(disk.remount("ro"));
    let refused = folder.try_open().unwrap_err();
    let lock = folder.book.join("lock");
    assert_eq!(refused, OpenError::File(FileError::ReadOnly { path: lock }));
    assert_eq!(folder.lines().len(), 3);
}

#[cfg(unix)]
#[test]
fn a_book_that_this_user_may_not_write_says_so() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, _) = Folder::with_book(1);
    let lock = folder.book.join("lock");
    let allow = |mode| fs::set_permissions(&lock, fs::Permissions::from_mode(mode)).unwrap();
    allow(0o444);
    if OpenOptions::new().write(true).open(&lock).is_ok() {
        return println!("skipped: nothing is forbidden to root");
    }
    let denied = FileError::Denied { doing: "open", path: lock.clone() };
    assert_eq!(folder.try_open().unwrap_err(), OpenError::File(denied));
    allow(0o644);
    folder.open();
}

/// Every answer is the log's own or an error, whatever byte of the index was changed.
#[test]
fn a_flipped_bit_of_the_index_never_gives_a_wrong_answer() {
    let (folder, _) = Folder::with_book(300);
    let (lines, whole) = (folder.lines(), folder.temporary.path().join("whole"));
    fs::rename(folder.store(), &whole).unwrap();
    let db = fs::read(whole.join("db")).unwrap();
    let used = db.iter().rposition(|byte| *byte != 0).unwrap();
    let rounds = rounds("MINGZHANG_FLIPS", 60);
    let (mut right, mut mended, mut refused) = (0, 0, 0);
    for round in 0..rounds {
        copy_folder(&whole, &folder.store());
        let mut flipped = db.clone();
        flipped[used * round / rounds] ^= 1 << (round % 8);
        fs::write(folder.store().join("db"), flipped).unwrap();
        let (store, report) = folder.open();
        mended += usize::from(report.index != IndexOpening::AsItWas);
        match try_read_all(&store) {
            Some(found) => assert_eq!(found, lines, "round {round}"),
            None => refused += 1,
        }
        right += usize::from(store.compare_with_log(&mut |_| {}).is_ok_and(|d| d.is_empty()));
        drop(store);
        fs::remove_dir_all(folder.store()).unwrap();
    }
    println!("{rounds} flips: {right} right answers, {mended} of them mended; {refused} refused");
}

fn try_read_all(store: &DiskStore) -> Option<Vec<Vec<u8>>> {
    use mingzhang::store::Direction::Forward;
    let (mut found, mut from) = (Vec::new(), Some(Seq(0)));
    while let Some(at) = from {
        let page = store.read_stream(store.origin(), at, Forward, 100.try_into().unwrap()).ok()?;
        found.extend(page.records.into_iter().map(|record| record.bytes));
        from = page.next;
    }
    Some(found)
}
