//! Exports are refused by no damage, and are the same bytes wherever they are made.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::program::Desk;

/// Every export with what it is written into, a folder or a file.
const EXPORTS: [(&str, &str); 8] = [
    ("journal", "x.journal"),
    ("journal --by fund", "f.journal"),
    ("beancount", "x.beancount"),
    ("beancount --by fund", "f.beancount"),
    ("csv", "tables"),
    ("csv --without-registers", "fewer"),
    ("kingdee", "kingdee.csv"),
    ("yonyou", "yonyou.txt"),
];

const HELD: &str = "d/book/events.ndjson";

/// What one export of a book ends with, and what it says on standard error.
fn export(desk: &Desk, book: &str, what: &str, to: &str) -> (i32, String) {
    let ran = desk.say(&format!("--lang zh -b {book} export {what} --out {to}"));
    (ran.code, ran.err)
}

/// The files that lie at a place, whether it is one or a folder.
fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let name = |path: &Path| path.file_name().unwrap().to_str().unwrap().to_owned();
    if path.is_dir() {
        let entries = fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path());
        return entries.flat_map(|path| files(&path)).collect();
    }
    BTreeMap::from([(name(path), fs::read(path).unwrap())])
}

#[test]
fn the_same_head_is_the_same_bytes_in_another_folder_at_another_time_and_place() {
    let desk = Desk::with_demo();
    fs::create_dir(desk.path("elsewhere")).unwrap();
    desk.copy("d/book", "elsewhere/other");
    // Neither the index nor what is cached has a say in what is written.
    fs::remove_dir_all(desk.path("elsewhere/other/store")).ok();
    fs::remove_dir_all(desk.path("elsewhere/other/snapshots")).ok();
    let all = EXPORTS.into_iter().chain([("bundle", "bundle")]);
    for (what, to) in all {
        let (code, said) = export(&desk, "d/book", what, to);
        assert_eq!(code, 0, "{what}: {said}");
        let line = format!("--lang zh -b other export {what} --out again-{to}");
        let mut command = desk.command(&line.split(' ').collect::<Vec<_>>());
        command.current_dir(desk.path("elsewhere"));
        command.env("LC_ALL", "en_US.UTF-8").env("TZ", "America/New_York");
        command.env("MINGZHANG_CLOCK", "2031-07-01T23:59:59Z");
        assert!(command.output().unwrap().status.success(), "{what}");
        let again = files(&desk.path(&format!("elsewhere/again-{to}")));
        let again: Vec<_> = again.into_values().collect();
        let first: Vec<_> = files(&desk.path(to)).into_values().collect();
        assert!(!first.is_empty() && first == again, "{what}");
    }
}

/// Something that befalls a book.
struct Damage {
    name: &'static str,
    befalls: fn(&Desk),
    /// How many of its records verify then; nothing where nothing is lost by it.
    left: Option<usize>,
}

fn lines(desk: &Desk) -> Vec<Vec<u8>> {
    desk.read(HELD).split_inclusive(|b| *b == b'\n').map(<[u8]>::to_vec).collect()
}

const DAMAGES: [Damage; 10] = [
    Damage {
        name: "cut log",
        befalls: |desk| desk.write(HELD, lines(desk)[..300].concat()),
        left: Some(300),
    },
    Damage {
        name: "cut in the middle of a line",
        befalls: |desk| {
            let all = desk.read(HELD);
            desk.write(HELD, &all[..all.len() - 100]);
        },
        // Records are given whole appends at a time.
        left: Some(418),
    },
    Damage {
        name: "changed byte that still reads",
        befalls: |desk| {
            let mut all = lines(desk);
            let changed = String::from_utf8(all[250].clone()).unwrap();
            let at = changed.find("\"at\":\"2025-").unwrap() + "\"at\":\"2025-0".len();
            let mut changed = changed.into_bytes();
            changed[at] = if changed[at] == b'1' { b'2' } else { b'1' };
            all[250] = changed;
            desk.write(HELD, all.concat());
        },
        left: Some(250),
    },
    Damage {
        name: "changed byte that does not read",
        befalls: |desk| {
            let mut all = lines(desk);
            all[250][0] = b'[';
            desk.write(HELD, all.concat());
        },
        left: Some(250),
    },
    Damage {
        name: "first record lost",
        befalls: |desk| desk.write(HELD, lines(desk)[1..].concat()),
        left: Some(0),
    },
    Damage {
        name: "no index",
        befalls: |desk| fs::remove_dir_all(desk.path("d/book/store")).unwrap(),
        left: None,
    },
    Damage {
        name: "no keys",
        befalls: |desk| fs::remove_dir_all(desk.path("d/book/keys")).unwrap(),
        left: None,
    },
    Damage {
        name: "no snapshots",
        befalls: |desk| {
            fs::remove_dir_all(desk.path("d/book/snapshots")).ok();
        },
        left: None,
    },
    Damage {
        name: "no guard",
        befalls: |desk| fs::remove_file(desk.path("d/book/last-signed")).unwrap(),
        left: Some(427),
    },
    Damage {
        name: "broken guard",
        befalls: |desk| desk.write("d/book/last-signed", "what?\n"),
        left: Some(427),
    },
];

/// Bytes in whatever encoding the export has.
fn read(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec())
        .unwrap_or_else(|_| encoding_rs::GB18030.decode(bytes).0.into_owned())
}

#[test]
fn a_damaged_book_is_exported_as_far_as_it_verifies_and_that_is_said_first() {
    for Damage { name, befalls, left } in DAMAGES {
        let desk = Desk::with_demo();
        befalls(&desk);
        for (what, to) in EXPORTS {
            let (code, said) = export(&desk, "d/book", what, to);
            let at = format!("{name}, {what}: {said}");
            let Some(left) = left else {
                assert_eq!((code, said.as_str()), (0, ""), "{at}");
                continue;
            };
            assert_eq!(code, 4, "{at}");
            assert!(said.starts_with("错误[XPT1] 账套已损坏"), "{at}");
            assert!(said.contains(&format!("前 {left} 条记录")), "{at}");
            let held = if what.starts_with("csv") {
                format!("{to}/README.txt")
            } else if matches!(what, "kingdee" | "yonyou") {
                format!("{to}.WARNING.txt")
            } else {
                to.to_owned()
            };
            let text = read(&desk.read(&held));
            let first = text.lines().next().unwrap().trim_start_matches(['\u{FEFF}', ';', ' ']);
            assert!(first.starts_with("警告 WARNING 账套已损坏"), "{at}{first}");
            let last = left
                .checked_sub(1)
                .map_or("no record verifies".to_owned(), |last| format!("up to record {last} "));
            assert!(first.contains(&last), "{at}{first}");
        }
    }
}

#[test]
fn what_is_exported_of_a_changed_book_is_what_it_was_before_the_change() {
    let desk = Desk::with_demo();
    desk.say("-b d/book export journal --at 250 --out before").ends(0);
    let [_, _, changed, ..] = DAMAGES;
    (changed.befalls)(&desk);
    let ran = desk.say("-b d/book export journal --out after").ends(4);
    assert!(ran.err.contains("error[XPT1] the book is damaged: only its first 250 records"));
    assert!(ran.err.contains("error[CHN1] "), "{}", ran.err);
    let after = desk.text("after");
    let (warning, rest) = after.split_once('\n').unwrap();
    assert!(warning.contains("record 251 is broken"), "{warning}");
    assert!(rest == desk.text("before"));
    // What lies before the damage is as good as ever.
    desk.say("-b d/book export journal --at 200 --out earlier").ends(0);
    // A bundle is evidence and not a reading: there is none of a damaged book.
    desk.say("-b d/book export bundle --out bundle").ends(4);
    assert!(!desk.path("bundle").exists());
}

#[test]
fn a_rewritten_history_is_exported_to_the_last_checkpoint_that_it_agrees_with() {
    let desk = Desk::with_demo();
    // Another history from some record on: the demo of another seed is another book, so the guard is
    // exchanged instead for one that was signed over other records.
    let signed = desk.text("d/book/last-signed");
    let mut parts: Vec<&str> = signed.split('\n').collect();
    let other = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    parts[2] = other;
    desk.write("d/book/last-signed", parts.join("\n"));
    let sizes: Vec<u64> = fs::read_dir(desk.path("d/book/checkpoints"))
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().to_str()?.parse().ok())
        .collect();
    let last = sizes.into_iter().max().unwrap();
    let ran = desk.say("-b d/book export yonyou --out y").ends(4);
    assert!(ran.err.contains(&format!("only its first {last} records")), "{}", ran.err);
    assert!(ran.err.contains("error[CHN3] "), "{}", ran.err);
}

#[test]
fn whoever_reads_needs_no_lock() {
    let desk = Desk::with_demo();
    let lock = fs::OpenOptions::new().write(true).open(desk.path("d/book/lock")).unwrap();
    lock.lock().unwrap();
    for (what, to) in EXPORTS {
        assert_eq!(export(&desk, "d/book", what, to), (0, String::new()), "{what}");
    }
    drop(lock);
}

#[test]
fn a_book_that_is_not_there_is_not_exported_and_nothing_is_overwritten() {
    let desk = Desk::with_demo();
    for (what, to) in EXPORTS {
        let (code, said) = export(&desk, "nowhere", what, to);
        assert_eq!(code, 5, "{what}: {said}");
        assert!(!desk.path(to).exists(), "{what}");
        desk.write(to, "mine");
        let (code, said) = export(&desk, "d/book", what, to);
        assert_eq!(code, 5, "{what}: {said}");
        assert!(said.starts_with("错误[IO7]"), "{what}: {said}");
        assert_eq!(desk.text(to), "mine");
    }
}

#[test]
fn later_business_days_and_later_records_are_left_out() {
    let desk = Desk::with_demo();
    let of = |what: &str| desk.say(&format!("-b d/book export journal {what}")).ends(0).out;
    let june = of("--upto 2025-06-30");
    let days = june.lines().filter(|line| line.starts_with("2025-"));
    let last = days.map(|line| line[..10].to_owned()).max().unwrap();
    assert!(last.as_str() <= "2025-06-30", "{last}");
    assert!(june.lines().next().unwrap().contains("业务日期至 2025-06-30"), "{june}");
    // Read on to the end all the same: the head is the whole book's.
    assert!(june.lines().next().unwrap().contains("截至记录 426 "));
    let known = of("--at 100");
    assert!(known.lines().next().unwrap().contains("截至记录 99 "), "{known}");
    desk.say("-b d/book export journal --at 9999").ends(2);
}

#[test]
fn the_tables_are_for_spreadsheets() {
    let desk = Desk::with_demo();
    desk.say("--lang zh -b d/book export csv --out zh").ends(0);
    desk.say("--lang en -b d/book export csv --out en").ends(0);
    let heads = |folder: &str, name: &str| {
        let bytes = desk.read(&format!("{folder}/{name}.csv"));
        assert!(bytes.starts_with(b"\xEF\xBB\xBF"), "{name}");
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.ends_with("\r\n") && !text.replace("\r\n", "").contains('\n'), "{name}");
        text.trim_start_matches('\u{FEFF}').split("\r\n").next().unwrap().to_owned()
    };
    assert_eq!(
        heads("zh", "balances"),
        "科目代码,科目名称,资金,资金名称,月份,期初余额,借方发生额,贷方发生额,期末余额"
    );
    assert_eq!(
        heads("en", "balances"),
        "account,account name,fund,fund name,month,opening,debit,credit,closing"
    );
    // Each file is named in the list, and nothing else is.
    let names: Vec<String> = files(&desk.path("zh")).into_keys().collect();
    let readme = desk.text("zh/README.txt");
    let mut listed: Vec<String> = readme
        .lines()
        .filter_map(|line| Some(line.split_once(".csv  ")?.0.to_owned() + ".csv"))
        .collect();
    listed.push("README.txt".to_owned());
    listed.sort();
    assert_eq!(names, listed);
    for name in ["records", "entries", "members", "funds", "chart", "balances", "register-dues"] {
        assert!(names.iter().any(|held| held.starts_with(name)), "{name}: {names:?}");
    }
    // Debits are credits, and what is left of each account is what it closes with.
    let mut reader = csv::Reader::from_path(desk.path("en/entries.csv")).unwrap();
    let mut sum = 0_i64;
    for row in reader.records() {
        let row = row.unwrap();
        let fen = |cell: &str| cell.replace('.', "").parse::<i64>().unwrap_or(0);
        sum += fen(&row[9]) - fen(&row[10]);
    }
    assert_eq!(sum, 0);
    for (name, bytes) in files(&desk.path("zh")) {
        if name == "README.txt" {
            continue;
        }
        let mut reader = csv::ReaderBuilder::new().from_reader(bytes.as_slice());
        for cell in reader
            .records()
            .flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        {
            let begins = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            assert!(!begins || cell.replace('.', "").parse::<i64>().is_ok(), "{name}: {cell:?}");
        }
    }
}

#[test]
fn kingdee_and_yonyou_get_whole_vouchers_in_their_own_encoding() {
    let desk = Desk::with_demo();
    let text = |what: &str| {
        let output = desk.command(&what.split(' ').collect::<Vec<_>>()).output().unwrap();
        assert!(output.status.success(), "{what}");
        assert!(String::from_utf8(output.stdout.clone()).is_err(), "{what} is GB18030");
        encoding_rs::GB18030.decode(&output.stdout).0.into_owned()
    };
    let fen = |cell: &str| cell.replace('.', "").parse::<i64>().unwrap();
    let yonyou = text("-b d/book export yonyou");
    let mut lines = yonyou.split("\r\n");
    assert_eq!(lines.next(), Some("填制凭证,V800"));
    let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
    let mut entries = 0;
    for line in lines.filter(|line| !line.is_empty()) {
        let cells: Vec<&str> = line.split(',').collect();
        assert_eq!(cells.len(), 12, "{line}");
        assert!(fen(cells[6]) == 0 || fen(cells[7]) == 0, "{line}");
        let voucher = (cells[0][..7].to_owned(), cells[2].to_owned());
        *sums.entry(voucher).or_default() += fen(cells[6]) - fen(cells[7]);
        entries += 1;
    }
    assert!(sums.len() > 50 && sums.values().all(|sum| *sum == 0));
    let kingdee = text("-b d/book export kingdee");
    let mut reader = csv::Reader::from_reader(kingdee.as_bytes());
    assert_eq!(reader.headers().unwrap().len(), 37);
    let mut sums: BTreeMap<(String, String), i64> = BTreeMap::new();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), entries);
    for row in &rows {
        assert_eq!(row.len(), 37);
        let voucher = (row[0][..7].to_owned(), row[4].to_owned());
        *sums.entry(voucher).or_default() += fen(&row[10]) - fen(&row[11]);
    }
    assert!(sums.values().all(|sum| *sum == 0));
    let plain = desk.say("-b d/book export yonyou --encoding utf-8").ends(0).out;
    assert!(plain == yonyou);
}

#[cfg(not(feature = "parquet"))]
#[test]
fn a_program_without_parquet_says_how_to_build_one_with_it() {
    let desk = Desk::with_demo();
    let ran = desk.say("-b d/book export parquet --out p").ends(2);
    assert!(
        ran.err.contains("error[XPT2] ") && ran.err.contains("--features parquet"),
        "{}",
        ran.err
    );
    assert!(!desk.path("p").exists());
}

/// A run of the program with fakes of other programs, and no others.
fn verify(desk: &Desk, line: &str) -> (i32, String) {
    let line = format!("verify d/book --external {line}");
    let words: Vec<&str> = line.split_whitespace().collect();
    let output = desk.command(&words).env("PATH", desk.path("bin")).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    (output.status.code().unwrap(), out + &String::from_utf8(output.stderr).unwrap())
}

/// A program that reads the closing balances out of a journal and gives them as its own.
const HONEST: &str = r#"#!/bin/sh
PATH=/usr/bin:/bin
if [ "$1" = --version ]; then echo "fake 9.9"; exit 0; fi
if [ "$3" = check ]; then CHECK; fi
sed -n 's/^    \(.*\)  0\.00 [A-Z]* = \(-*[0-9.]*\) [A-Z]*$/"\1","","\2"/p' "$2" | BALANCES
"#;

fn fake(desk: &Desk, name: &str, check: &str, balances: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::create_dir_all(desk.path("bin")).unwrap();
    let script = HONEST.replace("CHECK", check).replace("BALANCES", balances);
    desk.write(&format!("bin/{name}"), script);
    let executable = fs::Permissions::from_mode(0o755);
    fs::set_permissions(desk.path(&format!("bin/{name}")), executable).unwrap();
}

#[test]
fn a_program_that_finds_the_same_agrees_and_one_that_is_missing_is_named() {
    let desk = Desk::with_demo();
    fake(&desk, "hledger", "exit 0", "cat");
    let (code, said) = verify(&desk, "");
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("hledger (fake 9.9) in the currency: agrees, "), "{said}");
    assert!(said.contains("hledger (fake 9.9) by fund: agrees, "), "{said}");
    assert!(said.contains("ledger: not installed\nbeancount: not installed\n"), "{said}");
    let (code, said) = verify(&desk, "--tools hledger,ledger");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("ledger: not installed") && !said.contains("beancount"), "{said}");
}

#[test]
fn where_no_program_is_installed_what_was_asked_for_was_not_done() {
    let desk = Desk::with_demo();
    let (code, said) = verify(&desk, "");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("apt install hledger ledger beancount"), "{said}");
    let (code, said) = verify(&desk, "--lang zh");
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("没有装任何一个外部程序"), "{said}");
}

#[test]
fn a_program_that_finds_something_else_is_told_with_the_amounts() {
    let desk = Desk::with_demo();
    fake(&desk, "hledger", "exit 0", r#"sed '1s/,"[^"]*"$/,"1.23"/'"#);
    let (code, said) = verify(&desk, "--tools hledger");
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("in the currency: differs in 2 places"), "{said}");
    assert!(said.contains(", theirs 1.23, difference "), "{said}");
    let (code, said) = verify(&desk, "--tools hledger --json");
    assert_eq!(code, 4, "{said}");
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    let run = &said["external"]["tools"][0]["runs"][0];
    assert_eq!(run["result"], "differs");
    assert_eq!(run["differences"][0]["theirs"], "1.23");
    // The verdict on the bytes is what it always is.
    assert_eq!(said["verdict"]["records"], 427);
}

#[test]
fn a_program_that_refuses_crashes_hangs_or_babbles_is_told() {
    let desk = Desk::with_demo();
    for (check, balances, expected, code) in [
        ("echo 'Error: off by 0.01' >&2; exit 1", "cat", "does not accept it", 4),
        ("echo boom >&2; kill -SEGV $$", "cat", "gave no result (signal: 11", 1),
        ("exec sleep 60", "cat", "did not answer within 1 seconds and was ended", 1),
        ("exit 0", "sed 's/\"$/x\"/'", "gave no result (unreadable)", 1),
    ] {
        fake(&desk, "hledger", check, balances);
        let (found, said) = verify(&desk, "--tools hledger --tool-timeout 1");
        assert_eq!(found, code, "{said}");
        assert!(said.contains(expected), "{said}");
    }
    fake(&desk, "hledger", "echo 'Error: off by 0.01' >&2; exit 1", "cat");
    let (_, said) = verify(&desk, "--tools hledger");
    assert!(said.contains("\n  Error: off by 0.01\n"), "{said}");
}

#[test]
fn nothing_is_left_behind_by_programs_that_were_run() {
    let desk = Desk::with_demo();
    fs::create_dir(desk.path("tmp")).unwrap();
    fake(&desk, "hledger", "exec sleep 60", "cat");
    let line = ["verify", "d/book", "--external", "--tools", "hledger", "--tool-timeout", "1"];
    let mut command = desk.command(&line);
    command.env("PATH", desk.path("bin")).env("TMPDIR", desk.path("tmp"));
    assert_eq!(command.output().unwrap().status.code(), Some(1));
    assert_eq!(fs::read_dir(desk.path("tmp")).unwrap().count(), 0);
}

/// Whether the real programs have to be here.
fn real(name: &str) -> bool {
    let here = Command::new(name).arg("--version").output().is_ok_and(|ran| ran.status.success());
    let needed = std::env::var_os("MINGZHANG_FOREIGN").is_some();
    assert!(here || !needed, "{name} is not installed");
    if !here {
        println!("skipped: {name} is not installed");
    }
    here
}

#[test]
fn the_real_programs_agree_with_a_book_a_bundle_and_what_is_left_of_a_damaged_book() {
    if !["hledger", "ledger", "bean-check"].into_iter().all(real) {
        return;
    }
    let desk = Desk::with_demo();
    let path = std::env::var_os("PATH").unwrap();
    let verify = |what: &str| {
        let command = &mut desk.command(&["verify", what, "--external", "--lang", "en"]);
        let output = command.env("PATH", &path).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    for what in ["d/book", "d/bundle"] {
        let (code, said) = verify(what);
        assert_eq!(code, Some(0), "{said}");
        for tool in ["hledger (", "ledger (", "beancount ("] {
            let agreeing = said.lines().filter(|line| {
                line.starts_with(tool)
                    && (line.contains(": agrees, ") || line.contains(": accepts, "))
            });
            assert_eq!(agreeing.count(), 2, "{tool}{said}");
        }
    }
    let [cut, ..] = DAMAGES;
    (cut.befalls)(&desk);
    let (code, said) = verify("d/book");
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("they were given what verifies"), "{said}");
    assert_eq!(
        said.matches(": agrees, ").count() + said.matches(": accepts, ").count(),
        6,
        "{said}"
    );
}
