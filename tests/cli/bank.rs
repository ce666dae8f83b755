//! `bank`: what is looked at is not recorded, what is accepted is one append, and each answer is JSON as well.

use serde_json::{Value, json};

use crate::program::Desk;

/// A union with its bank's statement of January: a withdrawal, interest that is recorded, a fee that is not.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.say(
        "-b b init gh.example.org/b --organisation 示例 --starts 2025-01-01 --no-passphrase --as acc",
    )
    .ends(0);
    let begin = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/practices/00-begin.jsonl");
    desk.run(&["-b", "b", "apply", begin]).ends(0);
    let lines = json!([
        {"no": 1, "date": "2025-01-06", "amount": "-1500.00", "reference": "记-2025-01-0002"},
        {"no": 2, "date": "2025-01-21", "amount": "12.60", "reference": "结息"},
        {"no": 3, "date": "2025-01-31", "amount": "-20.00", "reference": "账户管理费"},
    ]);
    let statement = json!({
        "command": "bank_statement.record", "statement": "s-1", "date": "2025-02-05",
        "first": "2025-01-01", "last": "2025-01-31", "opening": "60000.00", "closing": "58492.60",
        "source": "5f".repeat(32), "lines": lines, "as": "acc",
    });
    let vouchers = [
        json!({"command": "cash.draw", "date": "2025-01-06", "amount": "1500.00", "as": "cash"}),
        json!({"command": "interest.receive", "date": "2025-01-22", "amount": "12.60", "as": "acc"}),
        statement,
    ];
    let text: Vec<String> = vouchers.iter().map(ToString::to_string).collect();
    desk.write("january.jsonl", text.join("\n"));
    desk.say("-b b apply january.jsonl").ends(0);
    desk
}

#[test]
fn what_is_certain_is_accepted_and_what_is_likely_only_when_asked() {
    let desk = desk();
    let before = desk.read("b/events.ndjson");
    let seen = desk.say("-b b --json bank suggest --statement s-1").ends(0).json();
    let sure: Vec<&str> = seen["suggestions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|found| found["confidence"].as_str().unwrap())
        .collect();
    assert_eq!(sure, ["certain", "likely"]);
    let tried = desk.say("-b b --json --as acc bank accept --likely --dry-run").ends(0).json();
    assert_eq!((&tried["dry_run"], tried["receipts"].as_array().unwrap().len()), (&json!(true), 2));
    assert!(desk.read("b/events.ndjson") == before, "nothing is recorded by looking");
    let first = desk.say("-b b --json --as acc bank accept").ends(0).json();
    assert_eq!((&first["left"], first["accepted"].as_array().unwrap().len()), (&json!(1), 1));
    let second = desk.say("-b b --json --as acc bank accept --likely").ends(0).json();
    assert_eq!(second["receipts"][0]["records"][0]["type"], "bank.matched");
    let third = desk.say("-b b --json --as acc bank accept --likely").ends(0).json();
    assert_eq!(third["receipts"], json!([]));
}

#[test]
fn a_matching_is_taken_back_by_its_line_and_made_again_by_the_voucher_s_number() {
    let desk = desk();
    let by_hand = "-b b --json --as acc bank match s-1 --lines 2 --vouchers 记-2025-01-0003";
    desk.say(by_hand).ends(0);
    assert_eq!(desk.say(by_hand).ends(3).errors()[0]["code"], "H18");
    assert_eq!(desk.say("-b b --as acc bank unmatch s-1:1 --reason 有误").ends(2).code, 2);
    desk.say("-b b --as acc bank unmatch 记-2025-01-0003 --reason 有误").ends(0);
    desk.say(by_hand).ends(0);
    desk.say("-b b --as acc bank unmatch s-1:2 --reason 有误").ends(0);
}

#[test]
fn the_adjusted_balance_is_worked_out_and_recorded() {
    let desk = desk();
    desk.say("-b b --as acc bank accept --likely").ends(0);
    let reconciled = desk.say("-b b --json --as acc bank reconcile s-1 --date 2025-02-05").ends(0);
    let reconciled = reconciled.json();
    // The books have 58,512.60; the fee of 20.00 is the bank's alone.
    assert_eq!(reconciled["sheet"]["adjusted_book"], "58492.60");
    assert_eq!(reconciled["receipts"][0]["records"][0]["type"], "bank.reconciled");
    let left = desk.say("-b b --json bank outstanding --statement s-1").ends(0).json();
    assert_eq!(left["lines"][0]["command"], "disbursement.request");
    // What is drafted is a line that `apply` takes, once.
    let drafts = desk.say("-b b bank outstanding --statement s-1 --drafts").ends(0).out;
    desk.write("drafts.jsonl", &drafts);
    desk.say("-b b --as clerk apply drafts.jsonl").ends(0);
    let size = desk.read("b/events.ndjson").len();
    desk.say("-b b --as clerk apply drafts.jsonl").ends(0);
    assert_eq!(desk.read("b/events.ndjson").len(), size);
    let unknown = desk.say("-b b --json bank suggest --statement s-9").ends(2).errors();
    assert_eq!(unknown[0]["code"], "RPT5");
}

const HEADER: &str = "交易日期,摘要,借方发生额,贷方发生额,余额,交易流水号\n";

/// A union whose books had 60,000.00 in the bank when 2025 began.
fn beginning() -> Desk {
    let desk = Desk::new();
    let begin = "-b b init gh.example.org/b --organisation 示例 --starts 2025-01-01 --no-passphrase --as acc";
    desk.say(begin).ends(0);
    let begin = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/practices/00-begin.jsonl");
    desk.run(&["-b", "b", "apply", begin]).ends(0);
    desk
}

#[test]
fn a_first_file_that_opens_with_another_balance_than_the_books_is_warned_of_with_what_to_do_next() {
    let desk = beginning();
    desk.write("january.csv", format!("{HEADER}2025-01-21,结息,,18.60,\"59,118.60\",T1\n"));
    let said = desk.say("-b b --as acc --quiet import january.csv").ends(0);
    let warning = "\
warning[H28] opening difference: the first statement bank-2025-01-21 begins on 2025-01-21 with 59100.00, and the \
books had 60000.00 before; books less bank: 900.00; find out whether that was outstanding then or a balance is wrong
  next: mingzhang bank outstanding --statement bank-2025-01-21
";
    assert!(said.err.contains(warning), "{}", said.err);
    let listed = desk.say("-b b bank outstanding --json").ends(0).json();
    assert_eq!(listed["vouchers"], json!([]));
    let difference = &listed["opening_difference"];
    assert_eq!(
        [&difference["book"], &difference["bank"], &difference["amount"]],
        ["60000.00", "59100.00", "900.00"]
    );
}

#[test]
fn files_that_leave_out_a_month_or_overlap_are_told_which_days() {
    let desk = beginning();
    let line = |day: &str, amount: &str, balance: &str, serial: &str| {
        format!("{day},经费,,{amount},{balance},{serial}\n")
    };
    let first = line("2025-01-20", "10.00", "60010.00", "T1");
    let second = line("2025-02-05", "5.00", "60015.00", "T2");
    let third = line("2025-04-08", "1.00", "60016.00", "T3");
    desk.write("january.csv", format!("{HEADER}{first}"));
    desk.say("-b b --as acc import january.csv").ends(0);
    // The same days once more, and later ones: what is there already is left out, and the rest goes on.
    desk.write("both.csv", format!("{HEADER}{first}{second}"));
    let both = desk.say("-b b --as acc --quiet import both.csv --duplicates skip:2").ends(0);
    assert!(!both.err.contains("[H"), "{}", both.err);
    let events = String::from_utf8(desk.read("b/events.ndjson")).unwrap();
    let records = events.lines().map(|line| serde_json::from_str(line).unwrap());
    let heads = records.filter(|read: &Value| read["type"] == "bank_statement.recorded");
    let first_days: Vec<String> =
        heads.map(|read| read["body"]["first"].as_str().unwrap().to_owned()).collect();
    // No days are said in the file: it begins on the day after the one before.
    assert_eq!(first_days, ["2025-01-20", "2025-01-21"]);
    // Of March there is no file, and the balance goes on.
    desk.write("april.csv", format!("{HEADER}{third}"));
    let gap = desk.say("-b b --as acc --quiet import april.csv --dry-run").ends(0);
    assert!(
        gap.err.contains("warning[H27] the statement before ends on 2025-02-05 and "),
        "{}",
        gap.err
    );
    // It does not go on.
    desk.write("other.csv", format!("{HEADER}{}", line("2025-04-08", "1.00", "70016.00", "T3")));
    let missing = desk.say("-b b --as acc --json import other.csv").ends(3);
    assert_eq!(missing.errors()[0]["code"], "H26");
    let overlap = "-b b --as acc --json import april.csv --set first=2025-02-01";
    assert_eq!(desk.say(overlap).ends(3).errors()[0]["code"], "H25");
}

#[test]
fn a_voucher_says_the_line_that_it_was_made_from_and_counts_it_among_its_papers() {
    let desk = beginning();
    let lines =
        "2025-01-15,会费存入,,27.15,\"60,027.15\",T1\n2025-01-21,结息,,18.60,\"60,045.75\",T2\n";
    desk.write("january.csv", format!("{HEADER}{lines}"));
    desk.write("dues.csv", "会员编号,缴费月份,实缴金额\nm-1,2025-01,27.15\n");
    let dues =
        "-b b --as acc import dues.csv --kind dues-roll --set date=2025-01-15 --set into=bank";
    desk.say(dues).ends(0);
    desk.say("-b b --as acc import january.csv").ends(0);
    let drafts = desk.say("-b b bank outstanding --drafts --quiet").ends(0).out;
    assert!(drafts.contains(r#""key":"bank-2025-01-21-2""#), "{drafts}");
    desk.write("drafts.jsonl", drafts.lines().last().unwrap());
    desk.say("-b b --as acc apply drafts.jsonl").ends(0);
    let shown =
        |of: &str| desk.say(&format!("-b b report voucher --of {of} --json")).ends(0).json();
    let of_dues = shown("记-2025-01-0002")["vouchers"][0].clone();
    assert_eq!(of_dues["papers"], 1);
    assert_eq!(of_dues["source"]["file"]["lines"], "2");
    let of_interest = shown("记-2025-01-0003")["vouchers"][0].clone();
    assert_eq!(of_interest["papers"], 1);
    let line = json!({"statement": "bank-2025-01-21", "line": 2});
    for field in ["statement", "line"] {
        assert_eq!(of_interest["source"]["bank_line"][field], line[field]);
    }
    // Nobody made the opening from a file.
    let opening = shown("记-2025-01-0001")["vouchers"][0].clone();
    assert_eq!((&opening["papers"], opening.get("source")), (&json!(0), None));
    let printed =
        desk.say("-b b --lang zh report voucher --of 记-2025-01-0002 --no-footer").ends(0).out;
    assert!(printed.contains("附件 1 张"), "{printed}");
    assert!(
        printed.contains("原始凭证: 文件 ") && printed.contains(" 第 2 行（记录 #"),
        "{printed}"
    );
    // The file itself, added to the voucher, is the same document and not another one.
    let seq = &of_dues["seq"];
    desk.say(&format!("-b b --as acc attach {seq} dues.csv")).ends(0);
    assert_eq!(shown("记-2025-01-0002")["vouchers"][0]["papers"], 1);
}

#[test]
fn a_file_that_does_not_say_its_last_day_is_warned_of_before_the_month_cannot_be_reconciled() {
    let desk = beginning();
    desk.write("january.csv", format!("{HEADER}2025-01-21,结息,,18.60,\"60,018.60\",T1\n"));
    let tried = desk.say("-b b --as acc --quiet import january.csv --dry-run").ends(0);
    let warning = "\
warning[I60] the last line is of 2025-01-21, and no later day is said: bank-2025-01-21 ends there, and the month is \
reconciled on 2025-01-31; if nothing moved until then, say that day
  next: mingzhang import FILE --set last=2025-01-31
";
    assert!(tried.err.contains(warning), "{}", tried.err);
    let tried = desk.say("-b b --as acc --json import january.csv --dry-run").ends(0);
    assert_eq!(
        (&*tried.err, &tried.json()["ends_early"]["next"]),
        ("", &json!("mingzhang import FILE --set last=2025-01-31"))
    );
    let said = desk.say("-b b --as acc --quiet import january.csv --set last=2025-01-31").ends(0);
    assert_eq!(said.err, "");
    let listed = desk.say("-b b bank outstanding --json").ends(0).json();
    assert_eq!(listed["statement"], "bank-2025-01-31");
}

#[test]
fn a_statement_of_another_account_is_withdrawn_and_its_place_is_free() {
    let desk = beginning();
    let other = format!("{HEADER}2025-01-21,结息,,1.00,\"9,001.00\",T1\n");
    desk.write("other.csv", other);
    let import =
        |file: &str| desk.say(&format!("-b b --as acc --json import {file} --set last=2025-01-31"));
    import("other.csv").ends(0);
    let closing = desk.say("-b b report closing --month 2025-01").ends(0).out;
    assert!(!closing.contains("an opening difference"), "{closing}");
    desk.say("-b b --as acc bank reconcile bank-2025-01-31").ends(0);
    let closing = desk.say("-b b report closing --month 2025-01").ends(0).out;
    assert!(
        closing.contains("passed; an opening difference of 51000.00 is not explained"),
        "{closing}"
    );

    desk.write("right.csv", format!("{HEADER}2025-01-21,结息,,18.60,\"60,018.60\",T1\n"));
    let refused = import("right.csv").ends(3);
    let said = format!("{}{}", refused.out, refused.err);
    assert!(said.contains("H10"), "{said}");
    let withdrawn = "-b b --as acc bank withdraw bank-2025-01-31 --reason 不是本会的账户";
    desk.say(withdrawn).ends(0);
    assert!(desk.say(withdrawn).ends(3).err.contains("H11"));
    import("right.csv").ends(0);
    desk.say(&withdrawn.replace("不是本会的账户", "再看")).ends(0);
    // What was withdrawn is imported again like a new file.
    let again = import("right.csv").ends(0).json();
    assert_ne!(again["repeated"], json!(true), "{again}");
    let listed = desk.say("-b b bank outstanding --json").ends(0).json();
    assert_eq!(listed["opening_difference"], Value::Null);
}
