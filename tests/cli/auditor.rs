//! What an auditor asks a book: points, what changed between them, what is behind a figure, whether
//! a printed report is the book's.

use std::fs;

use crate::program::{AFTER_THE_DEMO, Desk, Ran};
use crate::trust::with_forged_snapshot;

const REPORTS: [&str; 7] =
    ["trial-balance", "balance-sheet", "income-statement", "dues", "audit", "funds", "chart"];

/// How many records a book had at a point, by what a replay up to it says.
#[track_caller]
fn at(desk: &Desk, point: &str) -> u64 {
    let said = desk.say(&format!("-b d/book replay --until {point} --json")).ends(0);
    said.json()["records"].as_u64().unwrap()
}

/// A second history of the demo's book from record 427 on, and the demo's own gone on otherwise.
fn forked() -> Desk {
    let desk = Desk::with_demo();
    desk.copy("d/book", "other");
    for (book, group) in [("d/book", "g8"), ("other", "g9")] {
        desk.say(&format!("-b {book} --as acc-b record group.define --group {group} --name x"))
            .ends(0);
    }
    desk.say("-b d/book export bundle --out ours").ends(0);
    desk.say("-b other export bundle --out theirs").ends(0);
    desk.say("-b other checkpoint sign").ends(0);
    desk
}

#[test]
fn a_point_is_a_number_a_day_a_checkpoint_or_a_bundle() {
    let desk = Desk::with_demo();
    assert_eq!(at(&desk, "300"), 300);
    assert_eq!(at(&desk, "2025-03-31"), 247);
    assert_eq!(at(&desk, "2025-03-30"), 246);
    assert_eq!(at(&desk, "2099-01-01"), 427);
    assert_eq!(at(&desk, "d/bundle/checkpoints/347"), 347);
    desk.say("-b d/book --as acc-b record group.define --group g9 --name x").ends(0);
    assert_eq!(at(&desk, "d/bundle"), 427);
    let then = desk.say("-b d/book report funds --at d/bundle").ends(0).out;
    for point in ["427", "2025-12-31", "d/bundle/checkpoint"] {
        assert_eq!(desk.say(&format!("-b d/book report funds --at {point}")).ends(0).out, then);
    }
    assert_ne!(desk.say("-b d/book report funds").ends(0).out, then);
}

#[test]
fn a_day_ends_by_the_clock_of_the_book_and_not_of_greenwich() {
    let mut desk = Desk::with_demo();
    // Half past seven in the morning of the 7th in China, and still the 6th in Greenwich.
    desk.clock = "2026-01-06T23:30:00Z";
    desk.say("-b d/book --as acc-b record group.define --group g9 --name x").ends(0);
    assert_eq!((at(&desk, "2026-01-06"), at(&desk, "2026-01-07")), (427, 428));
    let log = desk.say("-b d/book log --from 2026-01-07").ends(0).out;
    assert!(log.starts_with("   427 2026-01-07 07:30:00 acc-b "), "{log}");
}

#[test]
fn a_point_of_another_history_is_none_of_this_book() {
    let desk = forked();
    for (point, code) in [("theirs", "PNT6"), ("other/checkpoint", "PNT6"), ("d/policy", "PNT3")] {
        for command in ["report funds --at", "replay --until", "log --until", "log --from"] {
            let said = desk.say(&format!("-b d/book {command} {point}")).ends(4);
            assert!(said.err.starts_with(&format!("error[{code}] ")), "{}", said.err);
            assert_eq!(said.out, "");
            let zh = desk.say(&format!("-b d/book --lang zh {command} {point}")).ends(4);
            assert!(zh.err.starts_with(&format!("错误[{code}] ")), "{}", zh.err);
        }
    }
    let said = desk.say("-b d/bundle report funds --at theirs").ends(4);
    assert!(said.err.starts_with("error[PNT5] "), "{}", said.err);
    desk.say("init gh.example.org/x --organisation x --starts 2026-01-01 -b x --as a --no-witness --no-passphrase");
    let foreign = "fixtures/format/checkpoint";
    let foreign = format!("{}/{foreign}", env!("CARGO_MANIFEST_DIR"));
    let book = desk
        .text("d/book/events.ndjson")
        .replace("gh.example.org/branch-017", "gh.example.org/other");
    fs::create_dir(desk.path("named-otherwise")).unwrap();
    desk.write("named-otherwise/events.ndjson", book);
    let said = desk.run(&["-b", "named-otherwise", "report", "funds", "--at", &foreign]);
    assert_eq!(said.code, 4, "{}", said.err);
}

#[test]
fn a_point_before_the_book_or_beyond_it_makes_no_sense() {
    let desk = Desk::with_demo();
    for (point, code) in [("428", "USE2"), ("0", "PNT1"), ("2020-01-01", "PNT1"), ("nope", "PNT2")]
    {
        let said = desk.say(&format!("-b d/book report funds --at {point}")).ends(2);
        assert!(said.err.starts_with(&format!("error[{code}] ")), "{}", said.err);
    }
}

#[test]
fn what_lies_between_two_points_is_listed_and_added_up() {
    let desk = Desk::with_demo();
    let said = desk.say("-b d/book diff 2025-01-31 2025-02-28").ends(0).out;
    let from = at(&desk, "2025-01-31");
    let to = at(&desk, "2025-02-28");
    assert!(said.starts_with(&format!("{from} → {to}: {} records\n", to - from)), "{said}");
    assert!(said.contains("\nmonths closed 1: 2025-02\n"), "{said}");
    let json = desk.say("-b d/book diff 2025-01-31 2025-02-28 --by-fund --json").ends(0).json();
    assert_eq!(json["records"].as_array().unwrap().len() as u64, to - from);
    assert_eq!(json["records"][0]["seq"], from);
    // What the trial balances say at both ends, each made for itself.
    let balances = |point: u64| {
        let line = format!("-b d/book report trial-balance --by-fund --json --at {point}");
        let lines = desk.say(&line).ends(0).json()["lines"].take();
        let yuan = |text: &serde_json::Value| {
            mingzhang::money::Money::parse(text.as_str().unwrap()).unwrap()
        };
        let balance = |line: &serde_json::Value| {
            let closing = &line["closing"];
            let key = (line["fund"].to_string(), line["account"]["code"].to_string());
            (key, yuan(&closing["debit"]).minus(yuan(&closing["credit"])))
        };
        lines.as_array().unwrap().iter().map(balance).collect::<std::collections::BTreeMap<_, _>>()
    };
    let (before, after) = (balances(from), balances(to));
    let changed = json["changes"]["accounts"].as_array().unwrap();
    assert!(changed.len() > 3);
    for line in changed {
        let key = (line["fund"].to_string(), line["account"]["code"].to_string());
        let side = |of: &std::collections::BTreeMap<_, _>| {
            of.get(&key).copied().unwrap_or(mingzhang::money::Money::ZERO)
        };
        assert_eq!(line["before"], side(&before).to_string());
        assert_eq!(line["after"], side(&after).to_string());
        assert_eq!(line["difference"], side(&after).minus(side(&before)).to_string());
    }
    let moved = after.iter().filter(|(key, amount)| before.get(key) != Some(amount)).count();
    assert!(changed.len() >= moved && moved > 3, "{moved}");
    assert!(desk.say("-b d/book diff 5 5").ends(0).out.starts_with("5 → 5: 0 records\n"));
    desk.say("-b d/book diff 6 5").ends(2);
}

#[test]
fn two_bundles_of_one_book_are_compared_where_one_has_grown_into_the_other() {
    let desk = forked();
    let said = desk.say("diff d/bundle ours").ends(0).out;
    assert!(said.starts_with("427 → 428: 1 records\n"), "{said}");
    assert!(said.contains("\ngroups defined 1: g8\n"), "{said}");
    let backwards = desk.say("diff ours d/bundle").ends(2);
    assert!(backwards.err.contains("the earlier one comes first"), "{}", backwards.err);
}

#[test]
fn two_bundles_that_part_are_named_at_the_record_where_they_part() {
    let desk = forked();
    for line in ["diff ours theirs", "diff theirs ours", "-b d/book diff theirs 428"] {
        let said = desk.say(line).ends(4);
        assert_eq!(said.out, "");
        assert!(said.err.starts_with("error[DIF1] they part at record 427:\n"), "{}", said.err);
        assert!(said.err.contains("group g8 defined") && said.err.contains("group g9 defined"));
    }
    // A record in the middle that still reads, with a chain that was made good after it.
    let log = desk.text("ours/events.ndjson");
    desk.write("ours/events.ndjson", log.replace("\"amount\":\"24.55\"", "\"amount\":\"24.56\""));
    let said = desk.say("--lang zh diff ours theirs").ends(4);
    assert!(said.err.starts_with("错误[DIF1] 两者自记录 179 起分叉："), "{}", said.err);
}

#[test]
fn the_records_behind_a_line_are_listed_with_their_sum() {
    let desk = Desk::with_demo();
    let said = desk.say("-b d/book explain income-statement 会费收入 --month 2025-03").ends(0).out;
    assert!(
        said.starts_with(
            "income-statement: (1) Membership dues, 2025-03\n\nThis month: 2,766.75\n"
        ),
        "{said}"
    );
    assert!(said.contains("\n6 records add up to 2,766.75 = the report's figure\n"), "{said}");
    assert!(said.contains("\nYear to date: "), "both columns: {said}");
    let zh = desk.say("-b d/bundle --lang zh explain funds relief --year 2025").ends(0).out;
    assert!(zh.contains("= 报表数"), "{zh}");
    let json = desk.say("-b d/book explain dues m-0001 --year 2025 --json").ends(0).json();
    assert_eq!(json["agrees"], true);
    assert_eq!(json["columns"][0]["rows"].as_array().unwrap().len(), 12);
    let then = desk.say("-b d/book explain trial-balance 401 --at 300 --json").ends(0).json();
    let rows = then["columns"][3]["rows"].as_array().unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["seq"].as_u64().unwrap() < 300));
    let as_of = desk.say("-b d/book explain trial-balance 401 --as-of 2025-02-28 --json").ends(0);
    let rows = as_of.json()["columns"][3]["rows"].take();
    assert!(rows.as_array().unwrap().iter().all(|row| row["date"].as_str().unwrap() < "2025-03"));
}

#[test]
fn a_line_that_is_not_there_is_answered_with_those_that_are() {
    let desk = Desk::with_demo();
    let said = desk.say("-b d/book explain funds nothing").ends(2);
    assert!(
        said.err.starts_with(
            "error[EXP1] the report funds has no line \"nothing\"; there are general, "
        )
    );
    let zh = desk.say("-b d/book --lang zh explain dues m-9999").ends(2);
    assert!(zh.err.starts_with("错误[EXP1] 报表 dues 没有行 \"m-9999\"；有的是 "), "{}", zh.err);
}

#[test]
fn a_report_that_has_no_lines_to_explain_says_so_and_names_those_that_have() {
    let desk = Desk::with_demo();
    let said = desk.say("-b d/book explain audit-programme reversals").ends(2);
    assert!(
        said.err.starts_with(
            "error[EXP1] the report audit-programme has no lines that are sums of vouchers: the records \
             of each exception stand in it; reports that have such lines are "
        ),
        "{}",
        said.err
    );
    let zh = desk.say("-b d/book --lang zh explain chart 101").ends(2);
    let begins = "错误[EXP1] 报表 chart 没有由凭证合计而成的行，无可追溯；有这种行的报表是 ";
    assert!(zh.err.starts_with(begins), "{}", zh.err);
    for name in ["trial-balance", "income-statement", "dues", "audit"] {
        assert!(said.err.contains(name) && zh.err.contains(name), "{name}");
    }
}

#[test]
fn a_figure_that_its_records_do_not_make_is_never_explained_away() {
    let (desk, name, forged) = with_forged_snapshot();
    let keys = desk.say("-b d/book explain trial-balance x").ends(2).err;
    let (_, keys) = keys.split_once("there are ").unwrap();
    let keys: Vec<&str> = keys.lines().next().unwrap().split(", ").collect();
    desk.write(&format!("d/book/snapshots/{name}"), forged);
    let broken: Vec<Ran> = keys
        .iter()
        .map(|key| desk.say(&format!("-b d/book explain trial-balance {key}")))
        .filter(|said| said.code != 0)
        .collect();
    assert!(!broken.is_empty());
    for said in broken {
        assert_eq!(said.code, 4);
        assert!(said.out.contains("They differ!"), "{}", said.out);
        assert!(said.err.starts_with("error[EXP2] "), "{}", said.err);
    }
}

/// Prints a report into a file.
fn printed(desk: &Desk, line: &str, file: &str) -> String {
    let said = desk.say(line).ends(0).out;
    desk.write(file, &said);
    said
}

#[test]
fn every_printed_report_is_made_again_from_the_book_and_from_the_bundle() {
    let desk = Desk::with_demo();
    for name in REPORTS {
        for rest in [
            "",
            "--lang zh",
            "--json",
            "--month 2025-06 --at 2025-11-30 --by-fund",
            "--as-of 2025-05-31 --lang zh",
        ] {
            printed(&desk, &format!("-b d/book report {name} {rest}"), "report");
            for book in ["d/book", "d/bundle"] {
                let said = desk.say(&format!("-b {book} verify-report report")).ends(0);
                assert!(said.out.contains("\nthe same: mingzhang report "), "{}", said.out);
                let json =
                    desk.say(&format!("-b {book} verify-report report --json")).ends(0).json();
                assert_eq!(
                    (&json["same"], &json["root_is_the_books"]),
                    (&true.into(), &true.into())
                );
            }
        }
    }
}

#[test]
fn a_report_is_the_same_bytes_each_time_and_says_what_it_rests_on() {
    let desk = Desk::with_demo();
    let first = desk.say("-b d/book report funds --year 2025").ends(0).out;
    assert_eq!(desk.say("-b d/bundle report funds --year 2025").ends(0).out, first);
    let foot: Vec<&str> = first.lines().skip_while(|line| !line.starts_with("Book: ")).collect();
    let replay = desk.say("-b d/book replay --json").ends(0).json();
    let text = |name: &str| replay[name].as_str().unwrap().to_owned();
    assert_eq!(
        foot,
        [
            "Book: gh.example.org/branch-017".to_owned(),
            "Records: 427".to_owned(),
            format!("Head: {}", text("head")),
            format!("Root: {}", text("root")),
            "Checkpoint: 427, cosigned by gh.example.org/branch-017/audit-committee".to_owned(),
            "Made by: mingzhang report funds --year 2025 --at 427 --lang en".to_owned(),
        ]
    );
    let command = foot.last().unwrap().strip_prefix("Made by: mingzhang ").unwrap();
    assert_eq!(desk.say(&format!("-b d/book {command}")).ends(0).out, first);
    let without = desk.say("-b d/book report funds --year 2025 --no-footer").ends(0).out;
    assert_eq!(first, format!("{without}\n{}\n", foot.join("\n")));
    let json = desk.say("-b d/book report funds --year 2025 --json").ends(0).json();
    assert_eq!(json["foot"]["checkpoint"]["size"], 427);
    assert_eq!(json["heading"]["records"], 427, "the report's own fields stay where they were");
}

#[test]
fn a_forged_figure_is_found_with_its_difference() {
    let desk = Desk::with_demo();
    let text = printed(&desk, "-b d/book report balance-sheet --year 2025", "report");
    let figure = "121,818.80";
    assert!(text.contains(figure), "{text}");
    desk.write("report", text.replacen(figure, "120,818.80", 1));
    let said = desk.say("-b d/bundle verify-report report").ends(4).out;
    assert!(said.contains("\n  difference: -1,000.00\n"), "{said}");
    assert!(
        said.contains("\nits root is this book's at 427 of 427 records\nnot the same, 1 lines: "),
        "{said}"
    );
    let json = printed(&desk, "-b d/book report funds --json", "report");
    let forged = json.replacen("\"closing\": \"", "\"closing\": \"9", 1);
    desk.write("report", forged);
    let said = desk.say("-b d/book --lang zh verify-report report").ends(4).out;
    assert!(said.contains("差额") && said.ends_with("--lang en\n"), "{said}");
}

#[test]
fn what_a_forger_does_to_the_foot_is_found_too() {
    let desk = Desk::with_demo();
    let text = printed(&desk, "-b d/book report funds --year 2025", "report");
    let at = |from: &str, to: &str| {
        assert!(text.contains(from), "{from}");
        desk.write("report", text.replacen(from, to, 1));
        desk.say("-b d/book verify-report report").ends(4)
    };
    assert!(at("--at 427", "--at 426").out.contains("its root is not this book's at 426 records"));
    assert!(at("Root: ", "Root: A").out.contains("its root is not this book's"));
    at("Records: 427", "Records: 428");
    at("--year 2025", "--month 2025-11");
    at("cosigned by ", "cosigned by gh.example.org/nobody, ");
    at("Checkpoint: 427", "Checkpoint: 401");
    at("--lang en", "--lang zh");
    assert!(at("--at 427", "--at 999").err.starts_with("error[RPT3] "));
    assert!(at("--at 427", "--at d/bundle").err.starts_with("error[RPT2] "));
    assert!(at("report funds", "-b other report funds").err.starts_with("error[RPT2] "));
    assert!(at("Made by", "Made").err.starts_with("error[RPT1] "));
    // What was put in or taken out, and a report with a line too many at its end.
    at("\nBook: ", "\nApproved by the auditor\nBook: ");
    desk.write("report", format!("{text}\n"));
    desk.say("-b d/book verify-report report").ends(4);
    desk.write("report", b"\xff\xfe");
    assert!(desk.say("-b d/book verify-report report").ends(4).err.starts_with("error[RPT1] "));
    desk.say("-b d/book verify-report nowhere").ends(5);
}

#[test]
fn an_old_report_is_still_the_book_s_and_says_how_old_it_is() {
    let desk = Desk::with_demo();
    let old = printed(&desk, "-b d/book report funds", "report");
    desk.say("-b d/book --as acc-b record interest.receive --date 2026-01-05 --amount 1.00")
        .ends(0);
    desk.say("-b d/book checkpoint sign").ends(0);
    let said = desk.say("-b d/book verify-report report").ends(0).out;
    assert!(said.starts_with("its root is this book's at 427 of 428 records\n"), "{said}");
    // Posted as the newest one, with the newest root.
    let new = desk.say("-b d/book report funds").ends(0).out;
    let foot = new.split_once("\nBook: ").unwrap().1;
    let (figures, _) = old.split_once("\nBook: ").unwrap();
    desk.write("report", format!("{figures}\nBook: {foot}"));
    desk.say("-b d/book verify-report report").ends(4);
}

#[test]
fn a_report_that_was_made_before_its_checkpoint_is_no_worse_for_it() {
    let desk = Desk::with_demo();
    desk.say("-b d/book --as acc-b record interest.receive --date 2026-01-05 --amount 1.00")
        .ends(0);
    let before = printed(&desk, "-b d/book report funds", "report");
    assert!(
        before.contains("\nRecords: 428\n") && before.contains("\nCheckpoint: 427, cosigned by ")
    );
    desk.say("-b d/book checkpoint sign").ends(0);
    assert!(desk.say("-b d/book report funds").out.contains("\nCheckpoint: 428, not cosigned\n"));
    desk.say("-b d/book verify-report report").ends(0);
    // But nobody has cosigned what only the book has signed.
    let text = desk.say("-b d/book report funds").ends(0).out;
    let more = "428, cosigned by gh.example.org/branch-017/audit-committee";
    desk.write("report", text.replace("428, not cosigned", more));
    desk.say("-b d/book verify-report report").ends(4);
}

#[test]
fn a_report_of_a_rewritten_book_has_another_root() {
    let desk = forked();
    printed(&desk, "-b other report funds", "report");
    let said = desk.say("-b d/book verify-report report").ends(4).out;
    assert!(said.contains("its root is not this book's at 428 records"), "{said}");
}

/// The numbers of the records that a log lists.
#[track_caller]
fn log(desk: &Desk, filter: &str) -> Vec<u64> {
    let said = desk.say(&format!("-b d/book log --json {filter}")).ends(0);
    let read = |line: &str| serde_json::from_str::<serde_json::Value>(line).unwrap();
    said.out.lines().map(|line| read(line)["seq"].as_u64().unwrap()).collect()
}

/// The same by looking at every record's bytes.
fn found(desk: &Desk, wanted: impl Fn(&serde_json::Value) -> bool) -> Vec<u64> {
    let text = desk.text("d/book/events.ndjson");
    let records = text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    records.filter(|r| wanted(r)).map(|record| record["seq"].as_u64().unwrap()).collect()
}

#[test]
fn the_log_is_asked_by_operator_time_and_content() {
    let desk = Desk::with_demo();
    let body = |r: &serde_json::Value| r["body"].to_string();
    for (filter, wanted) in [
        (
            "--by cash-c",
            Box::new(|r: &serde_json::Value| r["actor"] == "cash-c") as Box<dyn Fn(&_) -> bool>,
        ),
        (
            "--actor cash-c --type cash",
            Box::new(|r: &serde_json::Value| {
                r["actor"] == "cash-c" && r["type"].as_str().unwrap().starts_with("cash.")
            }),
        ),
        ("--type dues", Box::new(|r: &serde_json::Value| r["type"] == "dues.received")),
        ("--type dues_base", Box::new(|r: &serde_json::Value| r["type"] == "dues_base.set")),
        (
            "--member m-0001",
            Box::new(move |r: &serde_json::Value| body(r).contains("\"member\":\"m-0001\"")),
        ),
        (
            "--fund relief",
            Box::new(move |r: &serde_json::Value| body(r).contains("\"fund\":\"relief\"")),
        ),
        (
            "--account 504",
            Box::new(move |r: &serde_json::Value| body(r).contains("\"account\":\"504")),
        ),
        (
            "--account 50404",
            Box::new(move |r: &serde_json::Value| body(r).contains("\"account\":\"50404\"")),
        ),
        (
            "--disbursement d-2025-009",
            Box::new(move |r: &serde_json::Value| {
                body(r).contains("\"disbursement\":\"d-2025-009\"")
            }),
        ),
        (
            "--amount 500.00",
            Box::new(move |r: &serde_json::Value| {
                body(r).contains("\"500.00\"") || body(r).contains("\"-500.00\"")
            }),
        ),
        ("--text 端午", Box::new(move |r: &serde_json::Value| body(r).contains("端午"))),
        (
            "--business-from 2025-03-01 --business-to 2025-03-31",
            Box::new(|r: &serde_json::Value| {
                let day = r["body"].get("date").or_else(|| r["body"].get("on"));
                day.and_then(|day| day.as_str()).is_some_and(|day| day.starts_with("2025-03"))
            }),
        ),
        (
            "--from 2025-03-01 --until 2025-03-31",
            Box::new(|r: &serde_json::Value| {
                // Nothing of the demo is recorded between midnight in China and in Greenwich.
                r["at"].as_str().unwrap().starts_with("2025-03")
            }),
        ),
        (
            "--from 100 --until 103",
            Box::new(|r: &serde_json::Value| (100..103).contains(&r["seq"].as_u64().unwrap())),
        ),
        (
            "--from d/bundle/checkpoints/402",
            Box::new(|r: &serde_json::Value| r["seq"].as_u64().unwrap() >= 402),
        ),
        ("--by nobody", Box::new(|_: &serde_json::Value| false)),
    ] {
        let expected = found(&desk, &*wanted);
        assert_eq!(log(&desk, filter), expected, "{filter}");
        assert!(
            expected.len() < 427 && (!expected.is_empty() || filter == "--by nobody"),
            "{filter}"
        );
        let mut newest = log(&desk, &format!("{filter} --reverse --limit 2"));
        newest.reverse();
        assert_eq!(newest, expected[expected.len().saturating_sub(2)..], "{filter}");
        assert_eq!(log(&desk, &format!("{filter} --last 2")), newest, "{filter}");
        let oldest = log(&desk, &format!("{filter} --limit 2"));
        assert_eq!(oldest, expected[..expected.len().min(2)], "{filter}");
    }
    let all = log(&desk, "--reverse");
    assert!(all.iter().rev().copied().eq(0..427));
    assert_eq!(log(&desk, "--limit 0"), [] as [u64; 0]);
}

#[test]
fn what_reverses_a_voucher_is_found_with_it() {
    let desk = Desk::with_demo();
    // The demo's year is closed, and what is closed is corrected and not reversed.
    let recorded = |by: &str, what: &str| {
        desk.say(&format!("-b d/book --as {by} record {what} --quiet")).ends(0);
    };
    recorded("acc-b", "interest.receive --date 2026-01-05 --amount 203.63");
    let voucher = "记-2026-01-0001";
    let seq = log(&desk, &format!("--voucher {voucher}"));
    assert_eq!(seq, [427]);
    desk.say("-b d/book --as acc-b undo 427 --reason x --date 2026-01-06").ends(0);
    assert_eq!(log(&desk, &format!("--voucher {voucher}")), [427, 428]);
    // A payment names its disbursement; what reverses it names the payment alone.
    recorded(
        "clerk-d",
        "disbursement.request --disbursement d-x --date 2026-01-06 --account 50105 --amount 10.00 \
         --payee organisation=店 --purpose 茶",
    );
    recorded("fin-e", "disbursement.approve --disbursement d-x --date 2026-01-06 --amount 10.00");
    recorded("cash-c", "disbursement.pay --disbursement d-x --date 2026-01-06 --from bank");
    let paid = log(&desk, "--disbursement d-x --type disbursement.paid");
    assert_eq!(paid, [431]);
    desk.say("-b d/book --as acc-b undo 431 --reason x --date 2026-01-06").ends(0);
    assert_eq!(log(&desk, "--disbursement d-x").last(), Some(&432));
    assert_eq!(log(&desk, "--disbursement d-x --from 432"), [432]);
    let above = log(&desk, "--above 203.62 --from 428 --until 429");
    assert_eq!((above, log(&desk, "--above 203.63 --from 428 --until 429")), (vec![428], vec![]));
}

#[test]
fn a_line_of_the_log_says_when_who_what_and_how_much_in_either_language() {
    let desk = Desk::with_demo();
    let en = desk.say("-b d/book log --type disbursement.paid --limit 1").ends(0).out;
    let zh = desk.say("-b d/book log --type disbursement.paid --limit 1 --lang zh").ends(0).out;
    let words: Vec<&str> = en.split_whitespace().collect();
    assert_eq!(words[3..5], ["cash-c", "disbursement.paid"]);
    assert!(words[6].starts_with("记-2025-") && words[7].contains('.'), "{en}");
    assert!(en.contains(" paid: ") && zh.contains(" 付款 "), "{en}{zh}");
    let json = desk.say("-b d/book log --type disbursement.paid --limit 1 --json").ends(0).json();
    assert_eq!(json["body"]["entries"].as_array().unwrap().len(), 2, "the whole body");
    assert!(json["summary"]["zh"].is_string() && json["local"].is_string());
}

#[test]
fn the_log_and_the_auditor_s_commands_read_beside_a_writer_and_never_write() {
    let desk = Desk::with_demo();
    let before = crate::program::files(&desk.path("d/bundle"));
    let counted = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for number in 0..8 {
                let group = format!("record group.define --group y{number} --name y");
                desk.say(&format!("-q -b d/book --as acc-b {group}")).ends(0);
            }
        });
        let mut counted = 0;
        while !writer.is_finished() || counted < 2 {
            for line in
                ["log --reverse", "diff 427 2099-01-01", "explain dues total", "report audit"]
            {
                desk.say(&format!("-b d/book {line}")).ends(0);
            }
            counted += 1;
        }
        counted
    });
    assert!(counted >= 2);
    printed(&desk, "-b d/bundle report funds", "report");
    for line in ["log", "diff 0 427", "explain funds total", "verify-report report"] {
        desk.say(&format!("-b d/bundle {line}")).ends(0);
    }
    assert!(crate::program::files(&desk.path("d/bundle")) == before, "nothing was written");
}

#[test]
fn the_help_of_points_says_what_a_point_is_in_both_languages() {
    let desk = Desk::new();
    assert_eq!(desk.clock, AFTER_THE_DEMO);
    for command in ["report", "log", "replay", "diff"] {
        let help = desk.say(&format!("{command} --help")).ends(0).out;
        assert!(
            help.contains("POINT") && help.contains("记录数") && help.contains("checkpoint"),
            "{help}"
        );
    }
    let help = desk.say("explain --help").ends(0).out;
    assert!(help.contains("balance-sheet") && help.contains("行次"), "{help}");
}

/// Adds a record to the bundle as its keeper could: well formed, well chained, and by no rule.
fn add_to_the_bundle(desk: &Desk, actor: &str, kind: &str, body: &serde_json::Value) -> u64 {
    use mingzhang::chain::hash::RecordHash;
    use mingzhang::chain::record::{Envelope, Idem};
    let mut log = desk.read("d/bundle/events.ndjson");
    let last = log.strip_suffix(b"\n").unwrap().rsplit(|b| *b == b'\n').next().unwrap();
    let before = Envelope::read(last).unwrap();
    let (seq, prev) = (before.seq.next(), RecordHash::of(last));
    let next = Envelope {
        seq,
        prev,
        actor: actor.parse().unwrap(),
        idem: Idem::new(&format!("forged-{seq}"), b"{}").unwrap(),
        more: false,
        kind: kind.to_owned(),
        tv: 1,
        body: body.as_object().unwrap().clone(),
        ..before
    };
    log.extend(next.seal().unwrap().bytes);
    log.push(b'\n');
    desk.write("d/bundle/events.ndjson", log);
    seq.0
}

#[test]
fn a_payment_that_is_well_chained_and_against_the_rules_is_named_by_its_record() {
    let desk = Desk::with_demo();
    let voucher = |number: u32, fund: &str, id: &str, amount: &str| {
        serde_json::json!({
            "disbursement": id, "date": "2025-12-31", "from": "bank", "fund": fund,
            "account": "50105", "amount": amount, "voucher": format!("记-2025-12-{number:04}"),
            "entries": [
                {"account": "50105", "name": "会员活动支出", "fund": fund, "debit": amount},
                {"account": "102", "name": "银行存款", "fund": fund, "credit": amount},
            ],
        })
    };
    let before = desk.say("-b d/bundle report audit --year 2025 --json").ends(0).json();
    let paid = "disbursement.paid";
    let invented = add_to_the_bundle(&desk, "cash-c", paid, &voucher(21, "general", "d-x", "5.00"));
    let again =
        add_to_the_bundle(&desk, "cash-c", paid, &voucher(22, "relief", "d-2025-009", "900.00"));
    let report = desk.say("-b d/bundle report audit --year 2025 --json").ends(0).json();
    let old = before["exceptions"].as_array().unwrap();
    let new = report["exceptions"].as_array().unwrap();
    let new: Vec<(&str, u64)> = new
        .iter()
        .filter(|found| !old.contains(found) && found["record"].is_u64())
        .map(|found| (found["code"].as_str().unwrap(), found["record"].as_u64().unwrap()))
        .collect();
    assert_eq!(
        new,
        [
            ("payment_not_requested", invented),
            ("payment_not_open", again),
            ("payment_differs", again),
            ("restricted_without_chair", again),
        ]
    );
    let count = |report: &serde_json::Value| report["approvals"].as_array().unwrap().len();
    assert_eq!(count(&report), count(&before) + 2, "a line a payment");
    let text = desk.say("-b d/bundle --lang zh report audit --year 2025").ends(0).out;
    assert!(text.contains("付款没有申请") && text.contains(&format!("#{invented}")), "{text}");
    // And whoever knew the book before sees what was put behind it.
    let diff = desk.say("-b d/bundle diff 427 429").ends(0).out;
    assert!(diff.contains("\npayments 2: #427 d-x, #428 d-2025-009\n"), "{diff}");
}
