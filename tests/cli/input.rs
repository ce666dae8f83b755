//! Files of commands, good and bad: all of one or nothing of it.

use crate::program::{Desk, words};

const GROUP: &str = r#"{"command":"group.define","group":"g9","name":"九组","as":"acc-b"}"#;

fn log(desk: &Desk) -> Vec<u8> {
    desk.read("d/book/events.ndjson")
}

const BAD: &str = r#"{"command":"group.define","group":"g9","name":"九组","as":"acc-b"}
not json
{"command":"group.defin","group":"g9","name":"九组","as":"acc-b"}
{"command":"interest.receive","date":"2026-01-05","amount":"5.1","as":"acc-b"}

{"command":"interest.receive","date":"2026-01-05","amount":5.10,"as":"acc-b"}
{"command":"group.define","group":"g8","name":"八组","colour":"red","as":"acc-b"}
{"command":"group.define","group":"g8","as":"acc-b"}
{"command":"group.define","group":"g8","name":"八组","as":"nobody"}
{"command":"group.define","group":"g1","name":"又一组","as":"acc-b"}
{"command":"group.define","group":"g8","name":"八组"}
{"command":"group.define","group":"g8","group":"g7","name":"八组","as":"acc-b"}
{"command":"ledger.create","as":"acc-b"}
{"group":"g8","as":"acc-b"}
{"command":"group.define","group":"g8","name":"八组","as":"acc-b","key":5}
"#;

#[test]
fn a_file_with_bad_lines_changes_nothing_and_every_one_is_named() {
    let desk = Desk::with_demo();
    desk.write("bad.jsonl", BAD);
    let before = log(&desk);
    let said = desk.say("-b d/book --json apply bad.jsonl").ends(2);
    assert_eq!(said.out, "");
    let errors = said.errors();
    let places: Vec<(u64, u64, &str)> = errors
        .iter()
        .map(|error| {
            assert_eq!(error["place"]["file"], "bad.jsonl");
            let number = |field: &str| error["place"][field].as_u64().unwrap();
            (number("line"), number("column"), error["code"].as_str().unwrap())
        })
        .collect();
    let expected = [
        (2, 2, "J01"),
        (3, 12, "J04"),
        (4, 60, "J05"),
        (6, 60, "J05"),
        (7, 61, "J05"),
        (8, 1, "J05"),
        (9, 1, "B03"),
        (10, 35, "M01"),
        (11, 1, "J02"),
        (12, 40, "J06"),
        (13, 12, "J07"),
        (14, 1, "J03"),
        (15, 71, "J05"),
    ];
    assert_eq!(places, expected);
    let text = desk.say("-b d/book apply bad.jsonl").ends(2);
    for (line, column, code) in expected {
        assert!(text.err.contains(&format!("error[{code}] ")), "{}", text.err);
        assert!(text.err.contains(&format!("  --> bad.jsonl:{line}:{column}\n")), "{}", text.err);
    }
    assert_eq!(text.err.matches("nothing of the file was recorded").count(), 1);
    assert!(log(&desk) == before, "nothing was written");
}

#[test]
fn a_bad_line_is_shown_with_a_caret_in_both_languages() {
    let desk = Desk::with_demo();
    let line = r#"{"command":"group.define","name":"九组","group":"G 9","as":"acc-b"}"#;
    desk.write("one.jsonl", line);
    let english = "\
error[J05] group.define does not say what it must: group: an id is 1 to 40 of a-z, 0-9 and '-', \
and starts with a letter or digit: \"G 9\" (nothing of the file was recorded)
  --> one.jsonl:1:47
    |
  1 | p.define\",\"name\":\"九组\",\"group\":\"G 9\",\"as\":\"acc-b\"}
    |                                 ^
  next: mingzhang schema command group.define
";
    assert_eq!(desk.say("-b d/book apply one.jsonl").ends(2).err, english);
    let chinese = "\
错误[J05] group.define 的内容不合规定：group: 编号须是 1 至 40 个 a-z、0-9 或 “-”，\
以字母或数字开头：\"G 9\"（整个文件都没有记账）
  --> one.jsonl:1:47
    |
  1 | p.define\",\"name\":\"九组\",\"group\":\"G 9\",\"as\":\"acc-b\"}
    |                                 ^
  下一步: mingzhang schema command group.define
";
    assert_eq!(desk.say("--lang zh -b d/book apply one.jsonl").ends(2).err, chinese);
}

#[test]
fn no_cause_is_said_in_english_alone() {
    let desk = Desk::with_demo();
    desk.write("bad.jsonl", BAD);
    let said = desk.say("--lang zh -b d/book apply bad.jsonl").ends(2).err;
    for line in said.lines().filter(|line| line.starts_with("错误")) {
        for english in ["expected", "missing", "unknown", "invalid", "not ", "there is"] {
            assert!(!line.contains(english), "{line}");
        }
    }
}

#[test]
fn an_amount_that_is_a_number_is_told_how_to_be_written() {
    let desk = Desk::with_demo();
    let line = r#"{"command":"interest.receive","date":"2026-01-05","amount":5.10,"as":"acc-b"}"#;
    let said = desk.run_with_input("-b d/book apply -", line.as_bytes()).ends(2).err;
    let expected = "expected a string; amounts and days are texts, such as \"5.10\"";
    assert!(said.contains(expected), "{said}");
}

#[test]
fn amounts_and_days_of_another_form_are_told_what_they_would_be() {
    let desk = Desk::with_demo();
    let said = |lang: &str, date: &str, amount: &str| {
        let line = format!(
            r#"{{"command":"interest.receive","date":"{date}","amount":"{amount}","as":"acc-b"}}"#
        );
        let asked = format!("--lang {lang} -b d/book apply -");
        desk.run_with_input(&asked, line.as_bytes()).ends(2).err
    };
    for (amount, meant) in [("1,234.56", "1234.56"), ("12.6", "12.60"), ("￥１２", "12.00")] {
        let english = said("en", "2026-01-05", amount);
        assert!(english.contains(&format!("write {meant}, not \"{amount}\": digits")), "{english}");
        let chinese = said("zh", "2026-01-05", amount);
        assert!(chinese.contains(&format!("金额应写作 {meant}，不是 \"{amount}\"")), "{chinese}");
    }
    for (day, meant) in [("2025/3/5", "2025-03-05"), ("２０２６-1-5", "2026-01-05")] {
        let english = said("en", day, "1.00");
        assert!(english.contains(&format!("a day is written {meant}, not \"{day}\"")), "{english}");
        let chinese = said("zh", day, "1.00");
        assert!(chinese.contains(&format!("日期应写作 {meant}，不是 \"{day}\"")), "{chinese}");
    }
    let flag = "-b d/book --as acc-b record interest.receive --date 2026/1/5 --amount 1,000.00";
    let said = desk.say(flag).ends(2).err;
    assert!(said.contains("2026-01-05") || said.contains("1000.00"), "{said}");
}

#[test]
fn a_statement_of_no_month_and_no_year_or_before_the_book_is_refused() {
    let desk = Desk::with_demo();
    let statements = [
        "balance-sheet",
        "income-statement",
        "fiscal-grants",
        "state-assets",
        "cost-expense",
        "notes",
    ];
    for name in statements {
        let quarter = desk.say(&format!("-b d/book report {name} --period 2025-01..2025-03"));
        assert!(quarter.ends(2).err.starts_with("error[RPT8] "), "{name}");
        let early = desk.say(&format!("-b d/book report {name} --year 2020"));
        assert!(early.ends(2).err.starts_with("error[RPT9] "), "{name}");
        desk.say(&format!("-b d/book report {name} --month 2025-03")).ends(0);
    }
}

#[test]
fn a_line_of_a_report_that_is_refused_is_not_explained_either() {
    let desk = Desk::with_demo();
    for of in [
        "balance-sheet 2 --period 2025-01..2025-03",
        "income-statement 3 --year 2020",
        "funds total --of general",
        "voucher 401",
        "voucher 401 --of 1",
        "ledger 401 --of 999",
        "statement 1 --of lm2",
        "transfer-letter x",
    ] {
        let (name, rest) = of.split_once(' ').unwrap();
        let (line, flags) = rest.split_once(' ').unwrap_or((rest, ""));
        let report = desk.say(&format!("-b d/book report {name} {flags}"));
        let explain = desk.say(&format!("-b d/book explain {name} {line} {flags}"));
        assert!(report.err.starts_with("error[RPT"), "{of}: {}", report.err);
        assert_eq!((report.code, report.err), (explain.code, explain.err), "{of}");
    }
    // What the report shows, the other one does not call missing.
    let shown = desk.say("-b d/book explain voucher 401 --of 记-2025-01-0001").ends(2);
    assert!(shown.err.starts_with("error[EXP1] "), "{}", shown.err);
}

#[test]
fn windows_files_are_read_as_well() {
    let desk = Desk::with_demo();
    let file = format!("\u{feff}\r\n{GROUP}\r\n\r\n{}\r\n", GROUP.replace("g9", "g8"));
    desk.write("f.jsonl", &file);
    let said = desk.say("-b d/book apply f.jsonl").ends(0);
    assert_eq!(said.out, "#427 group.defined\n#428 group.defined\n");
    // And a fault is found on the line that an editor shows.
    desk.write("f.jsonl", file.replace("g8", "g 8"));
    let said = desk.say("-b d/book apply f.jsonl").ends(2);
    assert!(said.err.contains("--> f.jsonl:4:35\n"), "{}", said.err);
}

#[test]
fn what_is_no_text_or_no_command_is_refused() {
    let desk = Desk::with_demo();
    let before = log(&desk);
    desk.write("gb.jsonl", b"{\"name\":\"\xbe\xc5\xd7\xe9\"}\n");
    let said = desk.say("-b d/book apply gb.jsonl").ends(2);
    assert!(said.err.contains("gb.jsonl is not UTF-8 (from byte 9)"), "{}", said.err);
    for empty in ["", "\n\n", "\u{feff}"] {
        desk.write("empty.jsonl", empty);
        let said = desk.say("-b d/book apply empty.jsonl").ends(2);
        assert_eq!(said.err, "error[USE1] empty.jsonl holds no command\n");
    }
    desk.say("-b d/book apply nowhere.jsonl").ends(5);
    desk.say("-b d/book apply d").ends(5);
    assert!(log(&desk) == before, "nothing was written");
}

#[test]
fn a_file_applied_twice_is_recorded_once() {
    let desk = Desk::with_demo();
    desk.write("f.jsonl", format!("{GROUP}\n"));
    desk.say("-b d/book apply f.jsonl").ends(0);
    let once = log(&desk);
    // Only a person knows whether it is the same again or another: it is never passed over.
    let again = desk.say("-b d/book apply f.jsonl").ends(3);
    assert!(again.err.starts_with("error[K05] the same was recorded as 427 at "), "{}", again.err);
    assert!(log(&desk) == once, "nothing more was written");
    // With a key of its own it is the same command, and gives its first receipt.
    let keyed = GROUP.replace("{\"command\"", "{\"key\":\"mine\",\"command\"").replace("g9", "g8");
    desk.write("k.jsonl", format!("{keyed}\n"));
    desk.say("-b d/book apply k.jsonl").ends(0);
    let once = log(&desk);
    let json = desk.say("-b d/book --json apply k.jsonl").ends(0).json();
    assert_eq!(json["receipts"][0]["repeated"], true);
    assert!(log(&desk) == once, "nothing more was written");
    // Two like lines of one file are two commands, and the second breaks a rule.
    desk.write("f.jsonl", format!("{GROUP}\n{GROUP}\n"));
    desk.say("-b d/book apply f.jsonl").ends(3);
    assert!(log(&desk) == once, "nothing more was written");
}

#[test]
fn a_key_stands_for_one_command() {
    let desk = Desk::with_demo();
    let record = "-b d/book --as acc-b record group.define --key k1 --group g9 --name";
    desk.say(&format!("{record} 九组")).ends(0);
    let once = log(&desk);
    desk.say(&format!("{record} 九组")).ends(0);
    let other = desk.say(&format!("{record} 十组")).ends(3);
    assert_eq!(
        other.err,
        "error[K01] the key k1 was used for another command or by another officer, at record 427\n  \
         next: mingzhang show 427\n"
    );
    assert!(log(&desk) == once, "nothing more was written");
}

#[test]
fn a_dry_run_shows_the_voucher_and_writes_nothing() {
    let desk = Desk::with_demo();
    let before = log(&desk);
    let record = "-b d/book --as acc-b record interest.receive --date 2026-01-05 --amount 1.23";
    let said = desk.say(&format!("{record} --dry-run")).ends(0);
    assert!(said.out.starts_with("- interest.received 记-2026-01-0001\n"), "{}", said.out);
    assert_eq!(said.err, "dry run: nothing was recorded\n");
    let json = desk.say(&format!("{record} --dry-run --json")).ends(0).json();
    assert_eq!(json["dry_run"], true);
    assert!(log(&desk) == before, "nothing was written");
    desk.write("f.jsonl", format!("{GROUP}\n"));
    desk.say("-b d/book apply f.jsonl --dry-run").ends(0);
    assert!(log(&desk) == before, "nothing was written");
}

#[test]
fn a_command_for_another_head_is_refused() {
    let desk = Desk::with_demo();
    let head = desk.say("-b d/book --json replay").ends(0).json()["head"].to_string();
    let head = head.trim_matches('"');
    let record = "-b d/book --as acc-b record group.define --name x --group";
    desk.say(&format!("{record} g9 --expect-head {head}")).ends(0);
    let before = log(&desk);
    let moved = desk.say(&format!("{record} g8 --expect-head {head}")).ends(3);
    assert!(moved.err.starts_with("error[K03] "), "{}", moved.err);
    desk.say(&format!("{record} g8 --expect-head abc")).ends(2);
    assert!(log(&desk) == before, "nothing was written");
}

#[test]
fn commands_come_through_a_pipe() {
    let desk = Desk::with_demo();
    let said = desk.run_with_input("-b d/book apply -", format!("{GROUP}\n").as_bytes()).ends(0);
    assert_eq!(said.out, "#427 group.defined\n");
    let bad = desk.run_with_input("-b d/book apply -", b"nonsense\n").ends(2);
    assert!(bad.err.contains("--> -:1:2\n"), "{}", bad.err);
}

#[test]
fn a_field_that_is_typed_wrong_is_refused_before_anything_is_written() {
    let desk = Desk::with_demo();
    let before = log(&desk);
    for line in [
        "interest.receive --date 2026-01-05 --amount 1.2x",
        "interest.receive --date 2026-02-30 --amount 1.20",
        "interest.receive --date 2026-01-05 --amount 1.20 --amount 1.30",
        "dues.receive --date 2026-01-05 --into bank --lines member=m-0001,month",
        "dues.receive --date 2026-01-05 --into bank --lines member=m-0001,member=m-0002",
        "dues.receive --date 2026-01-05 --into purse --lines member=m-0001,month=2026-01",
        "officer.appoint --officer x --roles king --from 2026-01-01",
        "rule.set --rule name=dues_rate,basis_points=many --from 2026-01-01 --source x",
        "rule.set --rule {nonsense --from 2026-01-01 --source x",
        "period.close --month 2026",
    ] {
        let args = [&["-b", "d/book", "--as", "acc-b", "record"], &words(line)[..]].concat();
        desk.run(&args).ends(2);
    }
    assert!(log(&desk) == before, "nothing was written");
}

#[test]
fn bad_input_ends_with_2_and_a_refusal_with_3_at_every_door() {
    let desk = Desk::with_demo();
    let doors = |typed: &str, line: &str| {
        let recorded = desk.say(&format!("-b d/book --as acc-b record {typed}")).code;
        let applied = desk.run_with_input("-b d/book --as acc-b apply -", line.as_bytes()).code;
        (recorded, applied)
    };
    let bad = r#"{"command":"group.define","group":"G 9","name":"x"}"#;
    assert_eq!(doors("group.define --group G+9 --name x", bad), (2, 2));
    let refused = r#"{"command":"group.define","group":"g1","name":"x"}"#;
    assert_eq!(doors("group.define --group g1 --name x", refused), (3, 3));
    // With both in one file it is the line that could not be read.
    let both = format!("{refused}\n{bad}\n");
    assert_eq!(desk.run_with_input("-b d/book --as acc-b apply -", both.as_bytes()).code, 2);
}

/// Who approves is no part of what he says; with another officer it is another act, and with the same
/// one it is the same again.
#[test]
fn a_second_officer_approves_the_same_amount_on_the_same_day_without_a_key() {
    let desk = Desk::with_demo();
    let request = r#"{"command":"disbursement.request","date":"2026-01-05","disbursement":"d-both","account":"50102","amount":"5000.01","payee":{"organisation":"示例商店"},"purpose":"文体活动","as":"clerk-d"}"#;
    desk.write("request.jsonl", request);
    desk.say("-b d/book apply request.jsonl").ends(0);
    let approve = "record disbursement.approve --disbursement d-both --date 2026-01-05 \
                   --amount 5000.01 --as";
    desk.say(&format!("-b d/book {approve} fin-e")).ends(0);
    let again = desk.say(&format!("-b d/book {approve} fin-e")).ends(3);
    assert!(!again.err.contains("error[K01]"), "{}", again.err);
    desk.say(&format!("-b d/book {approve} chair-a")).ends(0);
}
