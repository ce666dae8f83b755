//! `bank`: what is looked at is not recorded, what is accepted is one append, and each answer is JSON as well.

use serde_json::json;

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
