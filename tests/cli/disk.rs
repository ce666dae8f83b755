//! What a disk, a second process or a clock can do to a book.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::program::{AFTER_THE_DEMO, Desk};

const RECORD: &str = "-b d/book --as acc-b record group.define --group g9 --name x";
const REPORT: &str = "-b d/book report funds";

fn log(desk: &Desk) -> Vec<u8> {
    desk.read("d/book/events.ndjson")
}

/// The first so many records.
fn cut(bytes: &[u8], records: usize) -> Vec<u8> {
    bytes.split_inclusive(|b| *b == b'\n').take(records).flatten().copied().collect()
}

/// This process, with the book open for writing as the program opens it.
fn hold(desk: &Desk) -> fs::File {
    let lock = fs::OpenOptions::new().write(true).open(desk.path("d/book/lock")).unwrap();
    lock.lock().unwrap();
    desk.write("d/book/lock", "pid 42, cash-c, since 2026-01-06T00:59:00Z");
    lock
}

#[test]
fn a_second_writer_is_told_who_holds_the_book_and_readers_go_on() {
    let desk = Desk::with_demo();
    let before = log(&desk);
    let lock = hold(&desk);
    let said = desk.say(RECORD).ends(5);
    assert!(said.err.starts_with("error[IO6] "), "{}", said.err);
    assert!(said.err.contains("pid 42, cash-c, since 2026-01-06T00:59:00Z"), "{}", said.err);
    let said = desk.say(&format!("--lang zh {RECORD}")).ends(5);
    assert!(said.err.starts_with("错误[IO6] 账套正被使用：pid 42"), "{}", said.err);
    for reader in [REPORT, "-b d/book log", "-b d/book replay", "verify d/book"] {
        desk.say(reader).ends(0);
    }
    assert!(log(&desk) == before, "nothing was written");
    drop(lock);
    desk.say(RECORD).ends(0);
}

#[test]
fn of_many_writers_at_once_each_records_once_or_is_told() {
    let desk = Desk::with_demo();
    let writers: Vec<_> = (0..8)
        .map(|n| {
            let group = format!("x{n}");
            let mut command = desk.command(&["-b", "d/book", "--as", "acc-b", "record"]);
            command.args(["group.define", "--name", "x", "--group", &group]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    let mut recorded = 0;
    for mut writer in writers {
        match writer.wait().unwrap().code() {
            Some(0) => recorded += 1,
            other => assert_eq!(other, Some(5)),
        }
    }
    assert!(recorded > 0, "the first one had the book to itself");
    assert_eq!(desk.say("-b d/book log").ends(0).out.lines().count(), 427 + recorded);
    desk.say("verify d/book").ends(0);
}

#[test]
fn a_torn_last_line_is_set_aside_by_the_next_write() {
    let desk = Desk::with_demo();
    let whole = log(&desk);
    let right = desk.say(REPORT).ends(0).out;
    let torn = &whole[..300];
    desk.write("d/book/events.ndjson", [&whole[..], torn].concat());
    assert_eq!(desk.say(REPORT).ends(0).out, right);
    assert_eq!(desk.say("-b d/book log").ends(0).out.lines().count(), 427);
    let said = desk.say(RECORD).ends(0);
    let name = format!("d/book/unfinished-{}.ndjson", whole.len());
    let told =
        format!("an unfinished append (300 bytes, never acknowledged) was moved to {name}\n");
    assert!(said.err.starts_with(&told), "{}", said.err);
    assert_eq!(desk.read(&name), torn);
    assert!(log(&desk).starts_with(&whole), "what was acknowledged stays");
    desk.say("verify d/book").ends(0);
}

#[test]
fn snapshots_are_a_cache_that_may_be_wrong_or_gone() {
    let desk = Desk::with_demo();
    // As many records as it takes for a snapshot.
    let group = r#"{"command":"group.define","group":"x0","name":"x","as":"acc-b"}"#;
    let lines: Vec<String> = (1..1200).map(|n| group.replace("x0", &format!("x{n}"))).collect();
    desk.write("many.jsonl", lines.join("\n"));
    desk.say("-q -b d/book apply many.jsonl").ends(0);
    let right = desk.say("-b d/book report trial-balance").ends(0).out;
    let snapshots: Vec<_> = fs::read_dir(desk.path("d/book/snapshots"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert!(!snapshots.is_empty());
    for path in &snapshots {
        let whole = fs::read(path).unwrap();
        let mut changed = whole.clone();
        changed[whole.len() / 2] ^= 1;
        for bad in [&whole[..whole.len() / 2], b"", b"garbage", &changed[..]] {
            fs::write(path, bad).unwrap();
            assert_eq!(desk.say("-b d/book report trial-balance").ends(0).out, right);
            desk.say("-b d/book replay").ends(0);
        }
    }
    fs::remove_dir_all(desk.path("d/book/snapshots")).unwrap();
    assert_eq!(desk.say("-b d/book report trial-balance").ends(0).out, right);
    desk.say(RECORD).ends(0);
}

#[test]
fn a_deleted_index_is_built_again_from_the_log() {
    let desk = Desk::with_demo();
    fs::remove_dir_all(desk.path("d/book/store")).unwrap();
    desk.say(REPORT).ends(0);
    let said = desk.say(RECORD).ends(0);
    let told = "the index was built from the log (427 records)\n";
    assert!(said.err.starts_with(told), "{}", said.err);
    // It knows the keys of old again.
    let again = desk.say(RECORD).ends(3);
    assert!(again.err.starts_with("error[K05] "), "{}", again.err);
    assert_eq!(desk.say("-b d/book log").ends(0).out.lines().count(), 428);
    desk.say("verify d/book").ends(0);
}

#[test]
fn an_older_index_catches_up_with_the_log() {
    let desk = Desk::with_demo();
    desk.copy("d/book/store", "old");
    desk.say(RECORD).ends(0);
    fs::remove_dir_all(desk.path("d/book/store")).unwrap();
    desk.copy("old", "d/book/store");
    let said = desk.say("-b d/book --as acc-b record group.define --group g8 --name x").ends(0);
    assert!(said.err.starts_with("the index took in 1 records from the log\n"), "{}", said.err);
    desk.say("verify d/book").ends(0);
}

#[test]
fn a_log_that_was_cut_below_what_was_signed_is_an_alarm() {
    let desk = Desk::with_demo();
    let whole = log(&desk);
    desk.write("d/book/events.ndjson", cut(&whole, 420));
    let said = desk.say(REPORT).ends(4);
    assert!(said.err.starts_with("error[CHN2] "), "{}", said.err);
    assert!(said.err.contains("bring the book back from a backup or a bundle"), "{}", said.err);
    assert!(desk.say(&format!("--lang zh {REPORT}")).ends(4).err.contains("请从备份或审计包恢复"));
    let said = desk.say(RECORD).ends(4);
    assert!(said.err.contains("backup"), "{}", said.err);
    desk.say("verify d/book").ends(4);
    // Not even without the index that knows better.
    fs::remove_dir_all(desk.path("d/book/store")).unwrap();
    desk.say(RECORD).ends(4);
    desk.say("-b d/book checkpoint sign").ends(4);
    assert!(log(&desk) == cut(&whole, 420), "nothing is shortened in an alarm");
    // And as the words say: the bundle's records are the book's own.
    desk.write("d/book/events.ndjson", desk.read("d/bundle/events.ndjson"));
    desk.say(RECORD).ends(0);
}

#[test]
fn a_damaged_fork_guard_stops_the_book_and_says_what_to_do() {
    let desk = Desk::with_demo();
    desk.write("d/book/last-signed", "garbage\n");
    for line in [REPORT, RECORD, "-b d/book checkpoint sign"] {
        let said = desk.say(line).ends(4);
        assert!(said.err.starts_with("error[CHN10] d/book/last-signed is not a checkpoint"));
        assert!(said.err.contains("compare the file checkpoint"), "{}", said.err);
    }
    desk.say("verify d/book").ends(4);
    fs::copy(desk.path("d/book/checkpoint"), desk.path("d/book/last-signed")).unwrap();
    desk.say(RECORD).ends(0);
}

#[test]
fn a_missing_log_is_not_an_empty_book() {
    let desk = Desk::with_demo();
    fs::remove_file(desk.path("d/book/events.ndjson")).unwrap();
    desk.say(REPORT).ends(5);
    let said = desk.say(RECORD).ends(4);
    assert!(said.err.starts_with("error[CHN5] "), "{}", said.err);
    desk.say("-b d/book --as acc-b init x.example.org/y --organisation x --starts 2026-01-01 --no-passphrase").ends(4);
    assert!(!desk.path("d/book/events.ndjson").exists());
}

#[test]
fn a_clock_behind_the_last_record_is_an_error_of_the_machine() {
    let mut desk = Desk::with_demo();
    let before = log(&desk);
    desk.clock = "2025-06-01T00:00:00Z";
    let said = desk.say(RECORD).ends(5);
    assert!(said.err.starts_with("error[IO10] the clock says 2025-06-01T00:00:00Z"));
    assert!(desk.say(&format!("--lang zh {RECORD}")).ends(5).err.contains("请校正时钟"));
    assert!(log(&desk) == before, "nothing was written");
    desk.clock = AFTER_THE_DEMO;
    desk.say(RECORD).ends(0);
}

/// Whether this user is stopped by a folder's mode; root is not.
#[cfg(unix)]
fn is_root() -> bool {
    let id = std::process::Command::new("id").arg("-u").output().unwrap();
    id.stdout.starts_with(b"0\n")
}

/// A small disk of its own at `name`; none where that is not allowed.
#[cfg(unix)]
struct Disk(std::path::PathBuf);

#[cfg(unix)]
impl Disk {
    fn mount(desk: &Desk, name: &str, options: &str) -> Option<Disk> {
        let path = desk.path(name);
        fs::create_dir_all(&path).unwrap();
        let mut mount = std::process::Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", options, "tmpfs"]).arg(&path);
        let mounted = is_root() && mount.output().is_ok_and(|done| done.status.success());
        if !mounted {
            eprintln!("no disk may be mounted here: not tested");
        }
        mounted.then_some(Disk(path))
    }

    fn remount(&self, options: &str) {
        let mut mount = std::process::Command::new("mount");
        assert!(mount.args(["-o", options]).arg(&self.0).status().unwrap().success());
    }
}

#[cfg(unix)]
impl Drop for Disk {
    fn drop(&mut self) {
        std::process::Command::new("umount").arg(&self.0).status().ok();
    }
}

#[cfg(unix)]
#[test]
fn a_full_disk_loses_nothing_that_was_acknowledged() {
    let desk = Desk::with_demo();
    let Some(_disk) = Disk::mount(&desk, "small", "size=3m") else { return };
    desk.copy("d/book", "small/book");
    let mut filler = Vec::new();
    fs::File::open("/dev/zero").unwrap().take(4 << 20).read_to_end(&mut filler).unwrap();
    fs::write(desk.path("small/filler"), &filler).unwrap_err();
    let (mut recorded, mut refused) = (427, 0);
    for n in 0..60 {
        let line = format!("-b small/book --as acc-b record group.define --group x{n} --name x");
        let said = desk.say(&line);
        match said.code {
            0 => recorded += 1,
            5 => refused += 1,
            code => panic!("{code} {}", said.err),
        }
    }
    assert!(refused > 0, "the disk was full");
    fs::remove_file(desk.path("small/filler")).unwrap();
    let log = desk.say("-b small/book log").ends(0).out;
    assert_eq!(log.lines().count(), recorded);
    desk.say("-b small/book --as acc-b record group.define --group after --name x").ends(0);
    desk.say("verify small/book").ends(0);
}

#[cfg(unix)]
#[test]
fn a_book_that_may_only_be_read_is_read_and_verified() {
    let desk = Desk::with_demo();
    let Some(disk) = Disk::mount(&desk, "fixed", "size=8m") else { return };
    desk.copy("d/book", "fixed/book");
    disk.remount("remount,ro");
    for line in [
        "report funds",
        "log --last 3",
        "replay",
        "show 3",
        "proof 3",
        "export journal",
        "diff 5 9",
        "explain funds total",
    ] {
        desk.say(&format!("-b fixed/book {line}")).ends(0);
    }
    desk.say("verify fixed/book").ends(0);
    for line in [
        "--as acc-b record group.define --group g9 --name x",
        "checkpoint sign",
        "--as acc-b undo --yes --reason x",
    ] {
        let said = desk.say(&format!("-b fixed/book {line}")).ends(5);
        assert!(said.err.starts_with("error[IO3] "), "{}", said.err);
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_this_user_may_not_enter_is_said_to_be_one() {
    use std::os::unix::fs::PermissionsExt;
    if is_root() {
        return;
    }
    let desk = Desk::with_demo();
    fs::set_permissions(desk.path("d/book"), fs::Permissions::from_mode(0o000)).unwrap();
    for line in [REPORT, RECORD, "verify d/book"] {
        let said = desk.say(line).ends(5);
        assert!(said.err.starts_with("error[IO4] "), "{}", said.err);
    }
    fs::set_permissions(desk.path("d/book"), fs::Permissions::from_mode(0o700)).unwrap();
}
