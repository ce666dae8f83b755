//! A refusal inside a roll, a list or a file points at its own line, and at the field in it.

use crate::program::Desk;

fn places(said: &crate::program::Ran) -> Vec<(String, u64, u64)> {
    let place = |error: &serde_json::Value| {
        let number = |field: &str| error["place"][field].as_u64().unwrap();
        (error["code"].as_str().unwrap().to_owned(), number("line"), number("column"))
    };
    said.errors().iter().map(place).collect()
}

fn of(expected: &[(&str, u64, u64)]) -> Vec<(String, u64, u64)> {
    expected.iter().map(|(code, line, column)| ((*code).to_owned(), *line, *column)).collect()
}

const ROLL: &str = "会费名单,,\n会员编号,缴费月份,实缴金额\nm-1,2025-03,27.15\nm-9,2025-03,30.05\n\
                    m-2,2025-03,99.00\nm-1,2025-03,27.15\nm-8,2025-03,1.00\n";

#[test]
fn every_line_of_an_imported_roll_that_is_refused_is_told_at_its_own_place() {
    let desk = Desk::with_small_book();
    desk.write("roll.csv", ROLL);
    let import = "-b b --as acc import roll.csv --kind dues-roll --set date=2025-03-31 \
                  --duplicates record:6";
    let expected = of(&[("M04", 4, 1), ("D03", 5, 13), ("D04", 6, 1), ("M04", 7, 1)]);
    assert_eq!(places(&desk.say(&format!("--json {import}")).ends(3)), expected);
    let grouped = format!("--json {import} --set group=g1");
    assert_eq!(places(&desk.say(&grouped).ends(3)), of(&[("M04", 4, 1), ("M04", 7, 1)]));
    let text = desk.say(&format!("--lang zh {import}")).ends(3).err;
    let second = "  --> roll.csv:5:13\n    |\n  5 | m-2,2025-03,99.00\n    |             ^\n";
    assert!(text.contains(second), "{text}");
}

#[test]
fn a_line_of_a_roll_in_a_file_of_commands_is_told_at_its_column() {
    let desk = Desk::with_small_book();
    let lines = r#"[{"member":"m-1","month":"2025-03","amount":"27.15"},{"member":"m-9","month":"2025-03","amount":"1.00"},{"member":"m-2","month":"2025-03","amount":"99.00"}]"#;
    let roll = format!(
        "{{\"command\":\"dues.receive\",\"date\":\"2025-03-31\",\"into\":\"bank\",\"as\":\"acc\",\
         \"lines\":{lines}}}\n"
    );
    let enrol = "{\"command\":\"member.enrol\",\"as\":\"acc\",\"on\":\"2025-03-01\",\"member\":\"m-1\",\
                 \"group\":\"g1\"}\n";
    let unknown = "{\"command\":\"member.enrol\",\"as\":\"acc\",\"on\":\"2025-03-01\",\"member\":\"m-7\",\
                   \"group\":\"g7\"}\n";
    desk.write("file.jsonl", format!("{roll}{enrol}{unknown}"));
    let said = desk.say("-b b --json apply file.jsonl").ends(3);
    let column = |line: &str, what: &str| u64::try_from(line.find(what).unwrap()).unwrap() + 1;
    let expected = of(&[
        ("M04", 1, column(&roll, "\"m-9\"")),
        ("D03", 1, column(&roll, "\"99.00\"")),
        ("M03", 2, column(enrol, "\"m-1\"")),
        ("M02", 3, column(unknown, "\"g7\"")),
    ]);
    assert_eq!(places(&said), expected);
}

#[test]
fn a_roll_that_was_recorded_by_hand_is_a_duplicate_on_each_of_its_lines() {
    let desk = Desk::with_small_book();
    let typed = "-b b --as acc record dues.receive --date 2025-03-31 --into bank --control \
                 members=2,total=57.20 --lines member=m-1,month=2025-03,amount=27.15 --lines \
                 member=m-2,month=2025-03,amount=30.05";
    desk.say(typed).ends(0);
    let roll = "会员编号,缴费月份,实缴金额\nm-1,2025-03,27.15\nm-2,2025-03,30.05\n";
    desk.write("roll.csv", roll);
    let import = "-b b --as acc import roll.csv --kind dues-roll --set date=2025-03-31";
    let said = desk.say(&format!("--json {import}")).ends(3);
    assert_eq!(places(&said), of(&[("I43", 2, 0), ("I43", 3, 0)]));
    // Whoever says so leaves out the whole roll, and not its first line alone.
    let skipped = desk.say(&format!("{import} --duplicates skip:2,3")).ends(0);
    assert!(skipped.err.contains("no line of roll.csv is to be recorded"), "{}", skipped.err);
}
