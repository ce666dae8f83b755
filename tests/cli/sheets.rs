//! Sheets, registers and pages as a clerk meets them: what they show, whom they name, and what is said
//! where something was typed wrongly.

use std::fs;

use crate::program::{Desk, words};

/// A book with a year's visits and benefits.
fn desk() -> Desk {
    Desk::with_practice("07-visits-and-benefits")
}

fn say(desk: &Desk, line: &str) -> String {
    desk.run(&[&["-b", "b", "--lang", "zh"], &words(line)[..]].concat()).ends(0).out
}

#[test]
fn the_registers_of_welfare_and_offices_are_among_the_registers() {
    let desk = desk();
    let said = desk.say("-b b report registers --json").ends(0).json();
    let line = |report: &str| {
        let lines = said["lines"].as_array().unwrap();
        lines.iter().find(|line| line["report"] == report).unwrap_or_else(|| panic!("{report}"))
    };
    for report in ["benefits", "visits", "officers"] {
        assert!(line(report)["entries"].as_u64() > Some(0), "{}", line(report));
        assert!(line(report)["last"]["seq"].is_u64(), "{}", line(report));
    }
    // No list of this book is of study or awards, and it has no case.
    for report in ["awards", "cases", "aid-register", "case-notices", "findings"] {
        assert_eq!(line(report)["entries"], 0, "{report}");
    }
}

#[test]
fn a_notice_says_where_and_when_it_is_posted_and_is_made_again_so() {
    let desk = desk();
    let line = "-b b --lang zh --as acc publish notice 2025-06 --place";
    let line = format!("{line} 公示栏 --on 2025-07-02 --out n.txt");
    let ran = desk.say(&line).ends(0);
    assert!(ran.err.contains("mingzhang checkpoint sign"), "{}", ran.err);
    let page = fs::read_to_string(desk.path("n.txt")).unwrap();
    assert!(page.contains("公示地点: 公示栏  公示日期: 2025-07-02\n"), "{page}");
    say(&desk, "verify-report n.txt");
    fs::write(desk.path("moved.txt"), page.replace("公示日期: 2025-07-02", "公示日期: 2025-07-01"))
        .unwrap();
    desk.say("-b b verify-report moved.txt").ends(4);
    // A page that a checkpoint covers asks for none, and a place may be several words.
    say(&desk, "checkpoint sign");
    let mut args =
        words("-b b --as acc publish notice 2025-06 --on 2025-07-02 --out m.txt --place");
    args.push("公示栏 一楼");
    let ran = desk.run(&args).ends(0);
    assert!(!ran.err.contains("checkpoint sign"), "{}", ran.err);
    say(&desk, "verify-report m.txt");
    // No other report has room for a place.
    desk.say("-b b report funds --place 公示栏").ends(2);
}

#[test]
fn in_the_total_of_a_notice_nobody_is_counted_twice_and_it_says_so() {
    let desk = desk();
    let year = say(&desk, "report public-notice --year 2025 --no-footer");
    assert!(year.contains("合计人数不重复计算"), "{year}");
    let june = say(&desk, "report public-notice --month 2025-06 --no-footer");
    assert!(!june.contains("合计人数不重复计算"), "{june}");
}

#[test]
fn a_list_to_be_signed_shows_names_to_whoever_may_see_them_in_the_order_of_numbers() {
    let desk = desk();
    let values = "{\"姓名\":\"上官示例\"}".as_bytes();
    desk.run_with_input("-b b --as clerk --json vault put --of member=m-2", values).ends(0);
    let sheet = say(&desk, "report benefits --of check --no-footer");
    let places: Vec<usize> = ["| m-1 ", "| m-2 ", "| m-9 ", "| m-10 ", "| m-20 "]
        .map(|id| sheet.find(id).unwrap())
        .into();
    assert!(places.is_sorted(), "{sheet}");
    for report in ["benefits --of check", "benefit-standing"] {
        let line = format!("--as clerk report {report} --unmask 姓名 --purpose 核对签收");
        let shown = say(&desk, &line);
        assert!(shown.contains("m-2 上官示例") && shown.contains("m-10 ***"), "{shown}");
    }
    let visits = say(&desk, "--as clerk report visits --unmask 姓名 --purpose 核对签收");
    assert!(visits.contains("***"), "{visits}");
    // Whom the vault alone knows: shown where the vault has it, and masked where it has not.
    let values = "{\"户主\":\"司徒示例\"}".as_bytes();
    desk.run_with_input("-b b --as clerk --json vault put --subject h-9", values).ends(0);
    let list = r#"{"command":"benefit.request","disbursement":"warm-9","date":"2025-12-30","item":"warmth","lines":[{"to":{"subject":"h-9"},"amount":"300.00"},{"to":{"subject":"h-1"},"amount":"300.00"}],"control":{"people":2,"total":"600.00"},"purpose":"走访慰问","as":"clerk"}"#;
    desk.write("list.jsonl", format!("{list}\n"));
    say(&desk, "apply list.jsonl");
    let asked = "--as clerk report benefits --of warm-9 --unmask 户主 --purpose 核对签收";
    let shown = say(&desk, asked);
    assert!(shown.contains("h-9 司徒示例") && shown.contains("h-1 ***"), "{shown}");
    let opened = say(&desk, "log --type privacy.opened --json");
    assert!(opened.contains("h-9"), "{opened}");
    let json = desk.say(&format!("-b b --json {asked}")).ends(0).json();
    assert_eq!(json["unmasked"]["subjects"]["h-9"], "司徒示例");
    let refused = "-b b --as clerk --json report funds --unmask 姓名 --purpose x";
    let refused = desk.say(refused).ends(2);
    assert_eq!(refused.errors()[0]["next"], "mingzhang report --help");
}

#[test]
fn what_a_member_never_came_for_and_was_returned_is_said_to_him() {
    let desk = desk();
    let said = say(&desk, "report member-statement --of m-13 --no-footer");
    assert!(said.contains("未领，已退回 2025-06-30"), "{said}");
    let said = desk.say("-b b report member-statement --of m-13 --json").ends(0).json();
    let benefits = said["statement"]["benefits"].as_array().unwrap();
    let left = benefits.iter().filter(|line| line["unclaimed"].is_string());
    assert_eq!(left.map(|line| line["amount"].clone()).collect::<Vec<_>>(), ["100.00"]);
    // It was not received.
    // Goods of a visit, worth 160.00, were.
    assert_eq!(said["statement"]["benefits_total"], "1785.00");
}

#[test]
fn dues_of_a_year_are_counted_through_one_month_in_every_report() {
    let desk = desk();
    let collection = desk.say("-b b report collection --year 2025 --json").ends(0).json();
    let year = desk.say("-b b report annual-report --year 2025 --json").ends(0).json();
    assert_eq!(collection["total"]["total"]["rate"], year["dues"]["this"]["collection_rate"]);
    assert_eq!(collection["months"].as_array().unwrap().last(), Some(&year["dues_through"]));
    let through = year["dues_through"].as_str().unwrap();
    for report in ["collection", "annual-report"] {
        let said = say(&desk, &format!("report {report} --year 2025 --no-footer"));
        assert!(said.contains(&format!("会费截至 {through}\n")), "{said}");
    }
    fs::create_dir(desk.path("in")).unwrap();
    say(&desk, "export bundle --out in/b");
    let above = "--lang zh --json consolidate in --year 2025 --fresh 999";
    let above = desk.say(above).ends(0).json();
    assert_eq!(above["total"]["dues"]["rate"], collection["total"]["total"]["rate"]);
    assert_eq!(above["total"]["dues_through"], through);
}

#[test]
fn a_register_of_awards_with_nothing_in_it_says_so() {
    assert!(say(&desk(), "report awards --no-footer").ends_with("\n无\n"));
}

#[test]
fn a_form_shows_every_kind_the_rules_and_an_example_of_a_list() {
    let desk = Desk::new();
    let kinds = desk.say("record visit.make --help").ends(0).out;
    for occasion in ["festival", "sick", "disaster", "dispute", "other"] {
        assert!(kinds.contains(occasion), "{occasion}: {kinds}");
    }
    let help = desk.say("--lang zh record benefit.request --help").ends(0).out;
    let example = r#"--lines '[{"amount":"5.00","to":{"member":"m-1"}}]'"#;
    assert!(help.contains(example), "{help}");
    let rules = desk.say("record rule.set --help").ends(0).out;
    assert!(rules.contains("dues_rate") && rules.contains("会费标准 the dues rate"), "{rules}");
}

#[test]
fn what_serde_says_is_chinese_and_what_was_typed_wrongly_leads_to_its_own_help() {
    let desk = desk();
    let rule =
        "-b b --lang zh --as acc record rule.set --from 2025-01-01 --source x --rule 会费标准";
    let said = desk.say(rule).ends(2).err;
    assert!(said.contains("应为写明名称的对象") && !said.contains("tagged"), "{said}");
    let kind = "-b b --lang zh --as acc record relation.declare --officer acc --to member=m-1 --kind x \
                --from 2025-01-01";
    let said = desk.say(kind).ends(2).err;
    assert!(said.contains("`relative` 或 `interest`"), "{said}");
    for (line, next) in [
        ("record dues.receive --for 1", "mingzhang record dues.receive --help"),
        ("publish notice 2025-06", "mingzhang publish --help"),
        ("report", "mingzhang report --help"),
    ] {
        for lang in ["zh", "en"] {
            let said = desk.say(&format!("--lang {lang} --json {line}")).ends(2);
            assert_eq!(said.errors()[0]["next"], next, "{line}");
        }
    }
    desk.write("line.jsonl", r#"{"command":"group.define","group":"g9","name":"九组"}"#);
    let said = desk.say("-b b --json apply line.jsonl").ends(2);
    assert_eq!(said.errors()[0]["next"], "mingzhang report officers");
    let said = desk.say("-b b --json export bundle --out b").ends(5);
    assert!(!said.errors()[0]["next"].as_str().unwrap().is_empty());
}
