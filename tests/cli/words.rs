//! Help, schemas, exit codes and the two languages.

use mingzhang::report::asked::Name;

use crate::program::{Desk, words};

/// The names of a list of names, one a line.
fn names(desk: &Desk, of: &str) -> Vec<String> {
    let said = desk.say(&format!("schema {of}")).ends(0).out;
    said.lines().map(str::to_owned).collect()
}

#[test]
fn every_command_and_event_has_a_schema() {
    let desk = Desk::new();
    for of in ["command", "event"] {
        for name in names(&desk, of) {
            let schema = desk.say(&format!("schema {of} {name}")).ends(0).json();
            assert!(schema["title"].is_string() || schema["type"].is_string(), "{name}");
        }
        let unknown = desk.say(&format!("schema {of} dues.recieve")).ends(2);
        assert!(unknown.err.contains("dues.receive"), "{}", unknown.err);
    }
}

#[test]
fn every_command_has_a_form_with_all_its_fields() {
    let desk = Desk::new();
    for name in names(&desk, "command").iter().filter(|name| *name != "ledger.create") {
        let help = desk.say(&format!("record {name} --help")).ends(0).out;
        let schema = desk.say(&format!("schema command {name}")).ends(0).json();
        for field in schema["properties"].as_object().unwrap().keys() {
            assert!(help.contains(&format!("--{field} ")), "{name} {field}");
        }
    }
}

#[test]
fn a_command_line_that_makes_no_sense_ends_with_2_in_either_language() {
    let desk = Desk::with_demo();
    for line in [
        "",
        "frobnicate",
        "report",
        "report fundz",
        "report funds --month 2025",
        "report funds --month 2025-01 --year 2025",
        "report dues --period 2025-05..2025-02",
        "report funds --at many",
        "report funds --at 0",
        "report funds --at 428",
        "explain funds nothing",
        "explain fundz general",
        "diff 5 4",
        "diff 5",
        "log --amount 5x",
        "log --until nope",
        "log --reverse --last 3",
        "replay --until 428",
        "--lang fr report funds",
        "record member.enrol",
        "record membr.enrol",
        "record member.enrol --colour red",
        "record --as acc-b rule.set --rule a=1,b --from 2026-01-01 --source x",
        "show 9999",
        "show x",
        "show 记-2025-01-9999",
        "log --type dues.recieved",
        "schema command nope",
        "proof 9999",
        "init gh.example.org/x --organisation x --starts 2026-01-01",
        "undo",
        "checkpoint cosign d/book",
        "witness cosign",
        "witness add",
        "witness request",
        "witness submit --to http://127.0.0.1:1",
        "witness submit",
        "witness request --for nobody",
        "witness serve --key x --listen nowhere",
        "witness init --key x --log nonsense",
        "doctor d/bundle",
    ] {
        let english = desk.run(&[&["-b", "d/book"], &words(line)[..]].concat()).ends(2);
        assert_eq!(english.out, "", "{line}");
        if line.is_empty() || line.starts_with("--lang") {
            continue;
        }
        let chinese =
            desk.run(&[&["-b", "d/book", "--lang", "zh"], &words(line)[..]].concat()).ends(2);
        assert!(chinese.err.starts_with("错误["), "{line}: {}", chinese.err);
        let first = chinese.err.lines().next().unwrap();
        assert!(!first.contains("expected") && !first.contains("invalid"), "{first}");
        let json = desk.run(&[&["-b", "d/book", "--json"], &words(line)[..]].concat()).ends(2);
        for error in json.errors() {
            assert!(error["zh"].is_string() && error["en"].is_string(), "{line}");
        }
    }
}

#[test]
fn where_there_is_no_book_every_command_says_so() {
    let desk = Desk::new();
    for line in [
        "report funds",
        "log",
        "show 0",
        "replay",
        "diff 0 1",
        "diff 2026-01-01 2026-02-01",
        "explain funds total",
        "report funds --at 2026-01-01",
        "log --until 5",
        "verify",
        "approve",
        "undo --reason x",
        "checkpoint sign",
        "witness request --for w1",
        "witness submit",
        "doctor",
        "export journal",
        "export bundle --out b",
        "record --as a group.define --group g --name x",
    ] {
        let said = desk.run(&[&["-b", "nowhere"], &words(line)[..]].concat()).ends(5);
        assert!(said.err.starts_with("error[IO2] there is no book in nowhere\n"), "{}", said.err);
        let args = [&["-b", "nowhere", "--lang", "zh"], &words(line)[..]].concat();
        let said = desk.run(&args).ends(5);
        assert!(said.err.starts_with("错误[IO2] nowhere 中没有账套\n"), "{}", said.err);
    }
    assert!(!desk.path("nowhere").exists());
}

#[test]
fn quiet_says_results_only() {
    let desk = Desk::with_demo();
    for line in ["replay", "approve", "record --as acc-b group.define --group g9 --name x"] {
        let said = desk.run(&[&["-q", "-b", "d/book"], &words(line)[..]].concat()).ends(0);
        assert_eq!(said.err, "", "{line}");
    }
}

#[test]
fn every_report_is_a_table_and_json_for_any_time() {
    let desk = Desk::with_demo();
    let names =
        ["trial-balance", "balance-sheet", "income-statement", "dues", "audit", "funds", "chart"];
    for name in names {
        let whens = [
            "",
            "--month 2025-03",
            "--year 2025",
            "--period 2025-01..2025-06",
            "--as-of 2025-06-30",
            "--at 300",
            "--by-fund",
        ];
        // A statement is of a month or a year.
        let is_statement = ["balance-sheet", "income-statement"].contains(&name);
        for when in whens.into_iter().filter(|w| !(is_statement && w.starts_with("--period"))) {
            let line = format!("-b d/book report {name} {when}");
            let table = desk.say(&line).ends(0);
            assert!(table.out.lines().count() > 2, "{line}");
            assert_eq!(table.err, "", "{line}");
            assert_ne!(desk.say(&format!("{line} --lang zh")).ends(0).out, table.out, "{line}");
            assert!(desk.say(&format!("{line} --json")).ends(0).json().is_object(), "{line}");
        }
    }
}

#[test]
fn a_report_as_it_was_known_then_is_the_report_that_was_printed_then() {
    let desk = Desk::with_demo();
    desk.say("-b d/book --as acc-b record group.define --group g9 --name x").ends(0);
    let then = desk.say("-b d/bundle report trial-balance").ends(0).out;
    assert_eq!(desk.say("-b d/book report trial-balance --at 427").ends(0).out, then);
    assert_ne!(desk.say("-b d/book report trial-balance").ends(0).out, then);
}

#[test]
fn the_log_can_be_asked_for_a_type_an_officer_and_days() {
    let desk = Desk::with_demo();
    let count = |filter: &str| {
        let said = desk.say(&format!("-b d/book log {filter}")).ends(0);
        assert_eq!(said.err, "");
        said.out.lines().count()
    };
    assert_eq!(count(""), 427);
    assert_eq!(count("--last 3"), 3);
    assert_eq!(count("--by nobody"), 0);
    assert!(count("--type dues.received") > 11);
    assert!(count("--by cash-c") < 427);
    assert_eq!(count("--from 2025-03-01 --until 2025-03-31 --type period.closed"), 1);
    let last = desk.say("-b d/book log --last 1").ends(0).out;
    let words: Vec<&str> = last.split_whitespace().collect();
    assert_eq!(words[..5], ["426", "2025-12-31", "09:00:00", "acc-b", "year.closed"]);
    assert!(last.ends_with(" 2025 closed: income 154948.49, spending 127670.00\n"), "{last}");
}

#[test]
fn a_record_is_shown_by_its_number_and_by_its_voucher() {
    let desk = Desk::with_demo();
    let by_voucher = desk.say("-b d/book show 记-2025-03-0012").ends(0).out;
    let seq = by_voucher.split_whitespace().next().unwrap().to_owned();
    assert_eq!(desk.say(&format!("-b d/book show {seq}")).ends(0).out, by_voucher);
    let json = desk.say(&format!("-b d/book show {seq} --json")).ends(0).json();
    assert_eq!(json["record"]["body"]["voucher"], "记-2025-03-0012");
}

#[test]
fn every_export_goes_to_a_file_or_to_standard_output() {
    let desk = Desk::with_demo();
    for (kind, by) in [
        ("journal", "currency"),
        ("journal", "fund"),
        ("beancount", "currency"),
        ("beancount", "fund"),
    ] {
        let line = format!("-b d/book export {kind} --by {by}");
        let text = desk.say(&line).ends(0).out;
        let file = format!("{kind}-{by}");
        assert_eq!(desk.say(&format!("{line} --out {file}")).ends(0).out, "");
        assert_eq!(desk.text(&file), text);
        desk.say(&format!("{line} --out {file}")).ends(5);
    }
    desk.say("-b d/book export bundle --out b").ends(0);
    desk.say("-b d/book export bundle --out b").ends(5);
    desk.say("verify b --policy d/policy").ends(0);
}

#[test]
fn the_help_names_every_report_and_every_command_once_under_a_heading() {
    let desk = Desk::new();
    let names = |command: &str| -> Vec<String> {
        let help = desk.say(command).ends(0).out;
        let lines = help.lines().filter_map(|line| line.strip_prefix("  ")?.split_once("  "));
        let names = lines.map(|(name, _)| name.to_owned());
        names.filter(|name| name.starts_with(|c: char| c.is_ascii_lowercase())).collect()
    };
    let mut reports = names("report --help");
    reports.sort();
    let mut all: Vec<String> = Name::ALL.iter().map(ToString::to_string).collect();
    all.sort();
    assert_eq!(reports, all);
    let mut commands = names("record --help");
    commands.sort();
    let mut all = self::names(&desk, "command");
    all.retain(|name| name != "ledger.create");
    all.sort();
    assert_eq!(commands, all);
    let help = desk.say("record --help").ends(0).out;
    assert!(help.contains("\n会费 Dues\n  dues_base.set "), "{help}");
}

#[test]
fn a_report_of_what_is_not_there_says_what_is_in_both_languages() {
    let desk = Desk::with_demo();
    for (line, code, zh, en) in [
        (
            "voucher",
            "RPT6",
            "报表 voucher 只印一个，请用 --of 指明；有的是：记-2025-01-0001..",
            "voucher is of one alone: say which with --of; there are: 记-2025-01-0001..",
        ),
        ("voucher --of 记-2025-01-9999", "RPT5", "报表 voucher 没有 ", "voucher finds no "),
        ("voucher --of 0", "RPT5", "报表 voucher 没有 \"0\"", "voucher finds no \"0\""),
        ("ledger --of 999", "RPT5", "有的是：101、102、", "there are: 101, 102, "),
        ("cash-journal --of x", "RPT5", "报表 cash-journal 没有 \"x\"", "finds no \"x\""),
        ("transfer-letter", "RPT6", "现在一个也没有", "there are: none"),
        ("transfer-letter --of m-1", "RPT5", "没有 \"m-1\"", "finds no \"m-1\""),
        ("earmarked --of nothing", "RPT5", "有的是：general、", "there are: general, "),
        ("statement --of lm2", "RPT5", "现在一个也没有", "there are: none"),
        ("funds --of general", "RPT7", "报表 funds 是全账套的", "funds is of the whole book"),
    ] {
        let errors = desk.say(&format!("-b d/book report {line} --json")).ends(2).errors();
        let said = |lang: &str| errors[0][lang].as_str().unwrap();
        assert_eq!(errors[0]["code"], code, "{line}");
        assert!(said("zh").contains(zh) && said("en").contains(en), "{line}: {errors:?}");
    }
    for line in
        ["ledger", "ledger --of 401", "earmarked --of general", "voucher --of 记-2025-01-0001"]
    {
        desk.say(&format!("-b d/book report {line}")).ends(0);
    }
}

/// The parts of a text that are of Chinese letters.
fn chinese_parts(text: &str) -> Vec<String> {
    let letters = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let parts = text.split(|c| !letters(c)).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

#[test]
fn a_report_is_in_one_language_but_for_what_was_recorded() {
    let desk = Desk::with_demo();
    let recorded = desk.text("d/book/events.ndjson");
    for name in Name::ALL {
        // Nobody went over to another union, nobody has a case, the chart's source is a text of its file, and laws and the papers
        // of other houses have no English names.
        if matches!(name, Name::TransferLetter | Name::Chart | Name::AuditProgramme | Name::Case) {
            continue;
        }
        let of = if *name == Name::Voucher {
            "--of 记-2025-01-0001"
        } else if *name == Name::MemberStatement {
            "--of m-0001"
        } else {
            ""
        };
        let line = |lang: &str| format!("--lang {lang} -b d/book report {name} {of} --no-footer");
        let english = desk.say(&line("en")).ends(0).out;
        for row in english.lines() {
            // Numbers of vouchers, forms and the law are written like this, and sums in capitals.
            let numbers = ["记", "收", "工会", "工会附", "表", "财会", "号", "红字"];
            let is_recorded =
                |part: &String| recorded.contains(part) || numbers.contains(&part.as_str());
            let strange = chinese_parts(row).into_iter().find(|part| !is_recorded(part));
            let strange = strange.filter(|part| !part.starts_with("人民币"));
            assert_eq!(strange, None, "{name}: {row}");
        }
        let chinese = desk.say(&line("zh")).ends(0).out;
        for row in chinese.lines() {
            let is_word =
                |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
            let words: Vec<&str> = row.split(' ').collect();
            let sentence = words.windows(3).find(|three| {
                // What is to be typed is in no language.
                three.first() != Some(&"mingzhang") && three.iter().all(is_word)
            });
            assert_eq!(sentence, None, "{name}: {row}");
        }
    }
}
