//! Reports in every form as a treasurer asks for them: where they go, what is refused, and that each
//! of them can be verified.

use std::fs;

use crate::program::{Desk, words};

const FORMATS: [&str; 5] = ["table", "csv", "json", "xlsx", "html"];

/// A book with a month that is closed.
fn desk() -> Desk {
    Desk::with_practice("33-printing")
}

fn say(desk: &Desk, line: &str) -> String {
    desk.run(&[&["-b", "b", "--lang", "zh"], &words(line)[..]].concat()).ends(0).out
}

#[test]
fn a_report_in_any_form_is_made_again_from_the_book() {
    let desk = desk();
    for format in FORMATS {
        for report in ["funds", "public-notice --month 2025-01", "vouchers", "trial-balance"] {
            for paper in ["a4", "a5"] {
                let file = format!("{}-{paper}.{format}", report.replace(' ', "_"));
                say(
                    &desk,
                    &format!("report {report} --format {format} --paper {paper} --out {file}"),
                );
                let said = say(&desk, &format!("verify-report {file}"));
                assert!(said.contains("一致：mingzhang report "), "{said}");
            }
        }
    }
}

#[test]
fn a_figure_that_was_changed_is_found_in_every_form_that_is_text() {
    let desk = desk();
    for format in ["csv", "html", "json", "table"] {
        say(&desk, &format!("report funds --format {format} --out f.{format}"));
        let text = fs::read_to_string(desk.path(&format!("f.{format}"))).unwrap();
        let (old, new) = match format {
            "csv" | "json" => ("5600.00", "5800.00"),
            _ => ("5,600.00", "5,800.00"),
        };
        assert!(text.contains(old), "{text}");
        desk.write("changed", text.replacen(old, new, 1));
        let said = desk.say("-b b --lang en verify-report changed").ends(4).out;
        assert!(said.contains("difference: 200.00"), "{format}: {said}");
    }
}

#[test]
fn a_workbook_is_compared_cell_by_cell_and_byte_by_byte() {
    let desk = desk();
    say(&desk, "report funds --format xlsx --out f.xlsx");
    let mut bytes = fs::read(desk.path("f.xlsx")).unwrap();
    // The comment at the end of an archive is no part of any cell.
    let end = bytes.len() - 2;
    bytes[end] = 1;
    bytes.push(b'x');
    fs::write(desk.path("again.xlsx"), bytes).unwrap();
    let said = desk.say("-b b --lang en verify-report again.xlsx").ends(4).out;
    assert!(said.contains("another program has saved the file again"), "{said}");
    say(&desk, "report funds --by-fund --format xlsx --no-footer --out bare.xlsx");
    desk.say("-b b verify-report bare.xlsx").ends(4);
}

#[test]
fn what_is_json_by_one_name_is_so_by_the_other() {
    let desk = desk();
    let one = desk.say("-b b --json report funds").ends(0).out;
    assert_eq!(desk.say("-b b report funds --format json").ends(0).out, one);
    assert_eq!(desk.say("-b b --json report funds --format json").ends(0).out, one);
    desk.say("-b b --json report funds --format csv").ends(2);
    desk.say("-b b report funds --format pdf").ends(2);
}

#[test]
fn no_file_is_overwritten() {
    let desk = desk();
    desk.write("there.csv", "mine");
    let refused = desk.say("-b b --json report funds --out there.csv").ends(5);
    assert_eq!(refused.errors()[0]["code"], "IO7");
    assert_eq!(fs::read_to_string(desk.path("there.csv")).unwrap(), "mine");
    let said = desk.say("-b b --json report funds --out new.json").ends(0).json();
    assert_eq!(said["out"], "new.json");
}

#[test]
fn a_notice_that_is_posted_as_a_printed_page_is_verified_as_it_stands() {
    let desk = desk();
    let line =
        "publish notice 2025-01 --on 2025-02-08 --as acc --place 公示栏 --format html --out n.html";
    say(&desk, line);
    let page = fs::read_to_string(desk.path("n.html")).unwrap();
    for part in ["<p class=\"poster\">公示</p>", "公示地点: <b>公示栏</b>", "（盖章）", "<svg"]
    {
        assert!(page.contains(part), "{part}: {page}");
    }
    say(&desk, "verify-report n.html");
    desk.write("moved.html", page.replace("<b>2025-02-08", "<b>2025-02-07"));
    desk.say("-b b verify-report moved.html").ends(4);
}

#[test]
fn whatever_is_shown_as_a_page_can_be_had_in_every_form() {
    let desk = desk();
    for verb in ["show 記", "diff 10 20", "explain trial-balance 102", "show 20"] {
        let verb = verb.replace("記", "记-2025-01-0002");
        for format in FORMATS {
            let file = format!("{}.{format}", verb.replace(' ', "_"));
            say(&desk, &format!("{verb} --format {format} --out {file}"));
            assert!(fs::metadata(desk.path(&file)).unwrap().len() > 40, "{file}");
        }
    }
}

#[test]
fn what_is_kept_of_a_book_says_what_it_rests_on_and_is_made_again() {
    let desk = desk();
    let verbs = [
        "show 记-2025-01-0002",
        "diff 10 20 --by-fund",
        "explain funds general",
        "explain income-statement 会费收入",
    ];
    let mut files = Vec::new();
    for verb in verbs {
        for format in FORMATS {
            let file = format!("{}.{format}", files.len());
            say(&desk, &format!("{verb} --format {format} --out {file}"));
            files.push((verb, file));
        }
    }
    // Whatever is recorded later changes none of them.
    let later =
        "publish notice 2025-01 --on 2025-02-08 --as acc --place 公示栏 --format html --out n.html";
    say(&desk, later);
    for (verb, file) in &files {
        let said = say(&desk, &format!("verify-report {file}"));
        let name = verb.split(' ').next().unwrap();
        assert!(said.contains(&format!("一致：mingzhang {name} ")), "{file}: {said}");
    }
    for format in ["csv", "html", "json", "table"] {
        let (_, file) = files
            .iter()
            .find(|(verb, file)| verb.starts_with("explain funds") && file.ends_with(format))
            .unwrap();
        let text = fs::read_to_string(desk.path(file)).unwrap();
        assert!(text.contains("记录") || text.contains("\"root\""), "{text}");
        let changed = text.replacen("00.00", "00.01", 1);
        assert_ne!(changed, text);
        desk.write("changed", changed);
        desk.say("-b b verify-report changed").ends(4);
    }
}

#[test]
fn what_passes_over_a_screen_has_no_foot() {
    let desk = desk();
    for verb in ["show 20", "diff 10 20", "explain funds general"] {
        let said = say(&desk, verb);
        assert!(!said.contains("制表: "), "{said}");
        let json = desk.say(&format!("-b b --json {verb}")).ends(0).json();
        assert!(json.get("foot").is_none(), "{json}");
        assert!(say(&desk, &format!("{verb} --format csv")).contains("制表,mingzhang "));
    }
}

#[test]
fn a_report_in_both_languages_has_each_figure_once_and_is_made_again() {
    let desk = desk();
    let figures = |page: &str| -> Vec<String> {
        let is_figure = |cell: &&str| cell.contains('.') && cell.parse::<f64>().is_ok();
        let cells = page.lines().filter(|line| line.starts_with('|')).flat_map(|l| l.split('|'));
        let plain: Vec<String> = cells.map(|cell| cell.trim().replace(',', "")).collect();
        plain.iter().map(String::as_str).filter(is_figure).map(str::to_owned).collect()
    };
    for report in ["balance-sheet --month 2025-01", "trial-balance --month 2025-01"] {
        let both = say(&desk, &format!("report {report} --both"));
        let chinese = say(&desk, &format!("report {report}"));
        assert_eq!(figures(&both), figures(&chinese), "{both}");
        assert!(both.contains("银行存款 Bank") || both.contains("货币资金 Cash"), "{both}");
        desk.write("both.txt", &both);
        let said = say(&desk, "verify-report both.txt");
        assert!(said.contains("一致：mingzhang report "), "{said}");
    }
}
