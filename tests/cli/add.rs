//! Guided entry, driven by answers: what is asked, what is offered, what is recorded.

use crate::program::{Desk, without_hashes};

const DUES: &str = "2025-01-15\nbank\nm-1\n\n27.15\ny\nm-2\n\n30.05\n\n\n-\ny\n";

#[test]
fn what_is_asked_and_shown_is_in_the_language_of_the_run() {
    let zh_err = "\
业务日期：2025-01-15
收款方式：银行存款 bank
会员号：m-1
所属月份：2025-01
金额（元，两位小数）：27.15
再加一项？：是
会员号：m-2
所属月份：2025-01
金额（元，两位小数）：30.05
再加一项？：否
资金编号：一般资金 general
还要填什么？：不填了
试算：没有记账
同样的话一次说完：mingzhang record dues.receive --as acc --date 2025-01-15 --into bank \
--lines amount=27.15,member=m-1,month=2025-01 --lines amount=30.05,member=m-2,month=2025-01 \
--fund general
就这样记账？：是
链头 [..]
";
    let zh_out = "\
- dues.received 记-2025-01-0002
记-2025-01-0002 2025-01-15
+--------------+---------+-------+-------+
| 科目         | 资金    |  借方 |  贷方 |
+========================================+
| 102 银行存款 | general | 57.20 |       |
| 401 会费收入 | general |       | 57.20 |
+--------------+---------+-------+-------+
#26 dues.received 记-2025-01-0002
";
    let en_err = "\
date (the day the money came in): 2025-01-15
into (cash or bank): bank
member (a member's id): m-1
month (the month that is paid for): 2025-01
amount (yuan with exactly two decimals, as text): 27.15
another item?: yes
member (a member's id): m-2
month (the month that is paid for): 2025-01
amount (yuan with exactly two decimals, as text): 30.05
another item?: no
fund (a fund's id): 一般资金 general
anything else?: nothing else
dry run: nothing was recorded
the same, typed at once: mingzhang record dues.receive --as acc --date 2025-01-15 --into bank \
--lines amount=27.15,member=m-1,month=2025-01 --lines amount=30.05,member=m-2,month=2025-01 \
--fund general
record this?: yes
head [..]
";
    let en_out = "\
- dues.received 记-2025-01-0002
记-2025-01-0002 2025-01-15
+---------------------+---------+-------+--------+
| Account             | Fund    | Debit | Credit |
+================================================+
| 102 Bank deposits   | general | 57.20 |        |
| 401 Membership dues | general |       |  57.20 |
+---------------------+---------+-------+--------+
#26 dues.received 记-2025-01-0002
";
    for (lang, out, err) in [("zh", zh_out, zh_err), ("en", en_out, en_err)] {
        let desk = Desk::with_small_book();
        desk.write("answers", DUES);
        let line = format!("-b b --lang {lang} --as acc add dues.receive --answers answers");
        let said = desk.say(&line).ends(0);
        assert_eq!(without_hashes(&said.err), err);
        assert_eq!(said.out, out);
    }
}

#[test]
fn answers_come_from_standard_input_as_well_and_who_acts_is_asked_for() {
    let desk = Desk::with_small_book();
    let said = desk
        .run_with_input("-b b add interest.receive --answers -", b"acc\n2025-01-31\n8.88\n\n\n");
    let said = said.ends(0);
    assert!(said.err.starts_with("who acts: acc\n"), "{}", said.err);
    let last = desk.say("-b b log --last 1").ends(0).out;
    assert!(last.contains(" acc ") && last.contains("interest.received"), "{last}");
}

#[test]
fn what_is_offered_is_what_was_said_last() {
    let mut desk = Desk::with_small_book();
    desk.clock = "2026-01-06T01:00:00Z";
    desk.say(
        "-b b --as clerk record disbursement.request --disbursement d-07 --date 2025-03-05 \
         --account 50405 --amount 300.00 --payee organisation=示例书店 --purpose 图书",
    )
    .ends(0);
    // The next number, the day of the last record of today, and the rest of the last request.
    desk.write("answers", "\n\n\n\n\n\n图书二\n\n\n\n\n");
    let said = desk.say("-b b --as clerk add disbursement.request --answers answers").ends(0);
    let typed = "mingzhang record disbursement.request --as clerk --disbursement d-08 \
                 --date 2025-03-05 --account 50405 --amount 300.00 \
                 --payee organisation=示例书店 --purpose 图书二 --fund general\n";
    assert!(said.err.contains(typed), "{}", said.err);
    // The amount of what is approved is what was requested; what waits to be paid is offered.
    desk.write("answers", "d-07\n\n\n\n");
    let said = desk.say("-b b --as fin add disbursement.approve --answers answers").ends(0);
    assert!(
        said.err.contains("--disbursement d-07 --date 2025-03-05 --amount 300.00\n"),
        "{}",
        said.err
    );
    desk.write("answers", "d-07\n\nbank\n\n");
    desk.say("-b b --as cash add disbursement.pay --answers answers").ends(0);
    desk.write("answers", "\n\nbank\n\n");
    let said = desk.say("-b b --as cash add disbursement.pay --answers answers").ends(3);
    assert!(said.err.starts_with("disbursement (a disbursement's id): d-08\n"), "{}", said.err);
    assert!(said.err.contains("error[X14]"), "{}", said.err);
}

#[test]
fn the_line_that_is_said_records_the_same() {
    let (asked, typed) = (Desk::with_small_book(), Desk::with_small_book());
    let answers =
        "d-1\n\n50405\n500.00\nmember\nm-1\n住院, 慰问\n\nanalysis\nbasic\n\npeople\n1\n\ny\n";
    asked.write("answers", answers);
    let said = asked.say("-b b --as clerk add disbursement.request --answers answers").ends(0);
    let line = said.err.lines().find_map(|line| line.strip_prefix("the same, typed at once: "));
    let line = line.unwrap().replacen("mingzhang ", "\"$0\" -b b ", 1);
    let bin = env!("CARGO_BIN_EXE_mingzhang");
    let mut shell = std::process::Command::new("sh");
    shell.args(["-c", &line, bin]).current_dir(typed.path("")).env_clear();
    shell.env("MINGZHANG_CLOCK", typed.clock);
    assert!(shell.output().unwrap().status.success(), "{line}");
    let body = |desk: &Desk| {
        let log = desk.say("-b b log --last 2 --json").ends(0).out;
        let body = |line: &str| {
            let record: serde_json::Value = serde_json::from_str(line).unwrap();
            (record["type"].clone(), record["body"].clone())
        };
        log.lines().map(body).collect::<Vec<_>>()
    };
    assert_eq!(body(&asked), body(&typed));
    assert_eq!(body(&asked)[0].1["purpose"], "住院, 慰问");
}

#[test]
fn an_amount_is_answered_and_typed_as_people_write_it_and_files_of_commands_stay_strict() {
    let desk = Desk::with_small_book();
    for written in ["1,234.50", "１２３４．５０", "¥1,234.5", "￥1234.50", "1234.50元"] {
        let typed =
            ["-b", "b", "--as", "acc", "record", "interest.receive", "--date", "2025-03-21"];
        let typed = [&typed[..], &["--amount", written, "--dry-run"]].concat();
        let said = desk.run(&typed).ends(0);
        assert!(said.out.contains("1,234.50"), "{written}: {}", said.out);
        let lines = format!("member=m-1,month=2025-03,amount={written}");
        let roll =
            ["-b", "b", "--as", "acc", "--json", "record", "dues.receive", "--date", "2025-03-31"];
        let roll = [&roll[..], &["--into", "bank", "--lines", &lines]].concat();
        // More than is owed, but read: the rule tells the sum.
        let said = desk.run(&roll).ends(3);
        assert!(said.err.contains("1234.50"), "{written}: {}", said.err);
        desk.write("answers", format!("2025-03-21\n{written}\n\n\n\ny\n"));
        let asked =
            desk.say("-b b --as acc add interest.receive --answers answers --dry-run").ends(0);
        assert!(asked.out.contains("1,234.50"), "{written}: {}\n{}", asked.out, asked.err);
        let line = format!(
            "{{\"command\":\"interest.receive\",\"date\":\"2025-03-21\",\"amount\":\"{written}\",\"as\":\"acc\"}}"
        );
        desk.write("file.jsonl", line);
        let strict = desk.say("-b b --json apply file.jsonl").ends(2);
        assert_eq!(strict.errors()[0]["code"], "J05");
    }
    for unread in ["1,23.50", "12.345", "abc", "1.234,50"] {
        let typed =
            format!("-b b --as acc record interest.receive --date 2025-03-21 --amount {unread}");
        desk.say(&typed).ends(2);
    }
    desk.say("-b b log --amount 60,500").ends(0);
}

#[test]
fn a_wrong_answer_is_pointed_at_and_nothing_is_recorded() {
    let desk = Desk::with_small_book();
    let before = desk.read("b/events.ndjson");
    for (answers, en, zh) in [
        (
            "2025-02-30\n",
            "error[ADD3] date (the day the money came in): not a day of the calendar, written as \
             2026-03-05: \"2025-02-30\"\n  --> answers:1:1\n    |\n  1 | 2025-02-30\n    | ^\n",
            "错误[ADD3] 业务日期：不是日历上的一天（写作 2026-03-05）：\"2025-02-30\"\n  --> \
             answers:1:1\n    |\n  1 | 2025-02-30\n    | ^\n",
        ),
        (
            "\nsafe\n",
            "error[ADD3] into (cash or bank): \"safe\" is none of them; type 1 to 2, or a name\n  \
             --> answers:2:1\n    |\n  2 | safe\n    | ^\n",
            "错误[ADD3] 收款方式：没有 \"safe\" 这一项；请输入 1 至 2，或其名称\n  --> \
             answers:2:1\n    |\n  2 | safe\n    | ^\n",
        ),
        (
            "\n2\nm-1\n\n27.1a\n",
            "error[ADD3] amount (yuan with exactly two decimals, as text): write 1234.56, not \"27.1a\": \
             digits, a point, two decimals; no commas, no currency sign, no full-width digits\n  \
             --> answers:5:1\n    |\n  5 | 27.1a\n    | ^\n",
            "错误[ADD3] 金额（元，两位小数）：金额应写作 1234.56，不是 \"27.1a\"：数字、小数点、两位小数，\
             不要千分号、货币符号、全角数字\n  --> answers:5:1\n    |\n  5 | 27.1a\n    | ^\n",
        ),
        (
            "\n2\n",
            "error[ADD2] the answers end here, and this is asked yet: member (a member's id)\n  \
             --> answers:3:1\n",
            "错误[ADD2] 答案到此为止，还要问：会员号\n  --> answers:3:1\n",
        ),
        (
            "\n2\nm-1\n\n27.15\n\n\n\nn\n",
            "error[ADD5] nothing was recorded\n",
            "错误[ADD5] 没有记账\n",
        ),
    ] {
        desk.write("answers", answers);
        for (lang, expected) in [("en", en), ("zh", zh)] {
            let line = format!("-q -b b --lang {lang} --as acc add dues.receive --answers answers");
            assert_eq!(desk.say(&line).ends(2).err, expected);
        }
    }
    assert!(desk.read("b/events.ndjson") == before);
}

#[test]
fn one_goes_back_and_says_it_otherwise() {
    let desk = Desk::with_small_book();
    // 1.00 is taken back, the day too; what was said before is then what is offered.
    desk.write("answers", "2025-01-31\n1.00\n<\n<\n2025-02-28\n\n\n\n");
    let said = desk.say("-b b --as acc add interest.receive --answers answers").ends(0);
    let typed = "--date 2025-02-28 --amount 1.00 --fund general\n";
    assert!(said.err.contains(typed), "{}", said.err);
}

#[test]
fn what_was_said_before_is_recorded_again_only_where_it_is_really_another_one() {
    let desk = Desk::with_small_book();
    desk.write("first", "2025-01-31\n1.00\n\ny\n");
    desk.say("-b b --as acc add interest.receive --answers first").ends(0);
    desk.write("same", "2025-01-31\n1.00\n\nn\n");
    let said = desk.say("-b b --as acc add interest.receive --answers same").ends(3);
    assert!(said.err.contains("error[K05] "), "{}", said.err);
    desk.write("other", "2025-01-31\n1.00\n\ny\ny\n");
    let said = desk.say("-b b --as acc add interest.receive --answers other").ends(0);
    assert!(said.err.contains("is it really another one?: yes\n"), "{}", said.err);
    let log = desk.say("-b b log --type interest.received").ends(0).out;
    assert_eq!(log.lines().count(), 2);
}

#[test]
fn without_a_command_it_is_chosen_by_subject() {
    let desk = Desk::with_small_book();
    desk.write("answers", "Other income…\ninterest.receive\n2025-01-31\n1.00\n\n\n");
    let said = desk.say("-b b --as acc add --answers answers").ends(0);
    assert!(
        said.err
            .starts_with("what is it: Other income…\nwhich: Receive interest interest.receive\n"),
        "{}",
        said.err
    );
    // What was used last stands first.
    desk.write("answers", "1\n2025-02-28\n2.00\n\n\n");
    let said = desk.say("-b b --lang zh --as acc add --answers answers").ends(0);
    assert!(said.err.starts_with("办什么：收利息 interest.receive\n"), "{}", said.err);
}

#[test]
fn where_nobody_can_be_asked_it_says_what_is_needed() {
    let desk = Desk::with_small_book();
    for (args, err) in [
        (
            "add dues.receive",
            "error[ADD1] there is no terminal to ask in; dues.receive needs --date --into --lines\n  \
             next: mingzhang record dues.receive --help\n",
        ),
        (
            "--lang zh add dues.receive",
            "错误[ADD1] 没有终端可以提问；dues.receive 须有：--date --into --lines\n  \
             下一步: mingzhang record dues.receive --help\n",
        ),
        (
            "--no-input add",
            "error[ADD1] there is no terminal to ask in; give --answers, or use record\n  \
             next: mingzhang record --help\n",
        ),
        (
            "add dues.recieve",
            "error[J04] there is no command dues.recieve; the nearest are: dues.receive, \
             dues.receive_roll, dues.waive\n  next: mingzhang record --help\n",
        ),
    ] {
        assert_eq!(desk.say(&format!("-b b --as acc {args}")).ends(2).err, err);
    }
}

#[test]
fn a_dry_run_and_json_are_said_once_and_answers_that_are_left_over_are_a_fault() {
    let desk = Desk::with_small_book();
    let before = desk.read("b/events.ndjson");
    desk.write("answers", "2025-01-31\n1.00\n\n");
    let said = desk.say("-b b --as acc add interest.receive --dry-run --answers answers").ends(0);
    assert!(said.out.starts_with("- interest.received 记-2025-01-0002\n"), "{}", said.out);
    assert!(desk.read("b/events.ndjson") == before);
    desk.write("answers", "2025-01-31\n1.00\n\n\n\n\n");
    let said = desk.say("-b b --as acc --json add interest.receive --answers answers").ends(0);
    assert_eq!(said.json()["receipts"][0]["records"][0]["type"], "interest.received");
    desk.write("answers", "2025-02-28\n1.00\n\n\n3\n");
    let said = desk.say("-q -b b --as acc add interest.receive --answers answers").ends(2);
    let err = "error[ADD4] nothing more is asked, and here is an answer\n  --> answers:5:1\n    |\n  \
               5 | 3\n    | ^\n";
    assert_eq!(said.err, err);
}
