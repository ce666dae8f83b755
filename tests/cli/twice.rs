//! The same money is not recorded twice: a voucher stands in the form of the one that was made for it, and
//! the second of two lines that are alike stands where the first is undone.

use crate::program::Desk;

const RULES: &str = "\
kind = \"entries\"
[fixed]
fund = \"general\"
[[rule]]
name = \"利息\"
if = { amount = \"> 0\" }
command = \"interest.receive\"
";

fn desk() -> Desk {
    let desk = Desk::new();
    desk.say("-b b init gh.example.org/b --organisation 示例 --starts 2025-01-01 --no-passphrase --as acc")
        .ends(0);
    let begin = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/practices/00-begin.jsonl");
    desk.run(&["-b", "b", "apply", begin]).ends(0);
    desk.write("r.toml", RULES);
    desk
}

/// The number of the last record.
fn last(desk: &Desk) -> u64 {
    let text = desk.say("-b b log --json").ends(0).out;
    let numbers = text.lines().filter_map(|line| {
        let value: serde_json::Value = serde_json::from_str(line).ok()?;
        value["seq"].as_u64()
    });
    numbers.max().unwrap()
}

fn interest(desk: &Desk, amount: &str) -> u64 {
    let line = format!(
        "-b b --as acc record interest.receive --date 2025-01-05 --amount {amount} --quiet"
    );
    desk.say(&line).ends(0);
    last(desk)
}

/// Undoes a voucher and records another amount in its place.
fn corrected(desk: &Desk, wrong: u64, amount: &str) -> u64 {
    desk.say(&format!("-b b --as acc undo {wrong} --reason 金额有误 --quiet")).ends(0);
    let red = last(desk);
    let blue = interest(desk, amount);
    let correct =
        format!("-b b --as acc record entry.correct --replaces {red} --by {blue} --quiet");
    desk.say(&correct).ends(0);
    blue
}

#[test]
fn a_voucher_that_was_corrected_twice_still_stands_for_its_line() {
    let desk = desk();
    desk.write("one.csv", "日期,摘要,金额\n2025-01-05,结息,50.00\n");
    let import = || desk.say("-b b --as acc import one.csv --rules r.toml --json");
    import().ends(0);
    let blue = corrected(&desk, last(&desk), "60.00");
    assert_eq!(import().ends(0).json()["repeated"], true);
    let blue = corrected(&desk, blue, "61.00");
    assert_eq!(import().ends(0).json()["repeated"], true);
    // Once the last form of it is undone too, nothing of the line stands.
    desk.say(&format!("-b b --as acc undo {blue} --reason 没有这笔 --quiet")).ends(0);
    assert_ne!(import().ends(0).json()["repeated"], true);
}

#[test]
fn what_was_recorded_by_hand_and_corrected_is_asked_about() {
    let desk = desk();
    let wrong = interest(&desk, "33.00");
    desk.write("hand.csv", "日期,摘要,金额\n2025-01-05,结息,33.00\n");
    let import = || desk.say("-b b --as acc import hand.csv --rules r.toml --dry-run");
    assert!(import().ends(3).err.contains("I43"));
    let blue = corrected(&desk, wrong, "33.50");
    assert!(import().ends(3).err.contains("I43"));
    desk.say(&format!("-b b --as acc undo {blue} --reason 没有这笔 --quiet")).ends(0);
    import().ends(0);
}

#[test]
fn of_two_lines_alike_the_second_still_stands_where_the_first_is_undone() {
    let desk = desk();
    desk.write("two.csv", "日期,摘要,金额\n2025-01-05,结息,9.00\n2025-01-05,结息,9.00\n");
    desk.say("-b b --as acc import two.csv --rules r.toml --duplicates record:all").ends(0);
    let first = last(&desk) - 1;
    desk.say(&format!("-b b --as acc undo {first} --reason 没有这笔 --quiet")).ends(0);
    desk.write("later.csv", "日期,摘要,金额\n2025-01-05,结息,9.00\n2025-01-06,结息,1.00\n");
    let import = || desk.say("-b b --as acc import later.csv --rules r.toml --dry-run");
    assert!(import().ends(3).err.contains("I43"));
    desk.say(&format!("-b b --as acc undo {} --reason 没有这笔 --quiet", first + 1)).ends(0);
    import().ends(0);
}

#[test]
fn a_closing_balance_that_the_lines_do_not_come_to_is_refused_without_a_balance_column_too() {
    let desk = desk();
    let header = "交易日期,摘要,收入,支出";
    desk.write("january.csv", format!("{header}\n2025-01-21,结息,18.60,\n"));
    let first = "-b b --as acc import january.csv --kind bank-statement --set opening=60000.00 --set last=2025-01-31 --set closing=60018.60";
    desk.say(first).ends(0);
    desk.write("february.csv", format!("{header}\n2025-02-01,结息,5.00,\n"));
    let with = |closing: &str| {
        desk.say(&format!(
            "-b b --as acc import february.csv --kind bank-statement --dry-run --set last=2025-02-28{closing}"
        ))
    };
    let refused = with(" --set closing=999999.00").ends(2);
    assert!(refused.err.contains("I38"), "{}", refused.err);
    assert!(refused.err.contains("60023.60"), "{}", refused.err);
    with(" --set closing=60023.60").ends(0);
    with("").ends(0);
    // Days of which there is no line are not passed over by carrying the balance on.
    desk.write("february.csv", format!("{header}\n2025-02-20,结息,5.00,\n"));
    assert!(with("").ends(2).err.contains("opening"));
    with(" --set closing=60023.60").ends(0);
}
