//! Whatever a person can be shown is in the language that was asked for: answers, errors and what the
//! system and the libraries below say.

use crate::program::{Desk, words};

/// Good and bad, of each command; `{lang}` stands for the choice of the language.
const TYPED: &str = "
frobnicate
repord
--nosuch
--lang fr doctor
init
init 我们工会 --organisation 我们工会 --starts 2025-01-01 --as acc -b new
init gh.example.org/a --organisation 我们工会 --starts 2025-02-30 --as acc -b new
init gh.example.org/a --organisation 我们工会 --starts 2025-01-01 --level city --as acc -b new
init gh.example.org/a --organisation 我们工会 --starts 2025-01-01 --chart nosuch --as acc -b new
init gh.example.org/a --organisation 我们工会 --starts 2025-01-01 --witness x --as acc -b new
init gh.example.org/a --organisation 我们工会 --starts 2025-01-01 --policy bad.json --as acc -b new
init gh.example.org/a --organisation 我们工会 --starts 2025-01-01 --as acc -b d/book
init gh.example.org/a --organisation 我们工会 --starts 2025-01-01 --as acc -b new
demo d
demo e --seed x
verify
verify nosuch
verify d/book
verify bad.json
verify d/bundle
verify d/book --against bad.json
verify d/book --policy bad.json
verify d/book --proof bad.json
doctor -b nosuch
doctor -b d
doctor -b d/book
doctor -b damaged
report registers -b damaged
verify damaged
log -b damaged
report trial-balance -b bad.json
report nosuch -b d/book
report ledger -b d/book --of 999
report ledger -b d/book --period 2026-99
report trial-balance -b d/book --form pdf
report trial-balance -b d/book --out d
report trial-balance -b d/book --out nosuch/a.csv
log -b d/book --last x
log -b d/book --last 3
log -b d/book --from 2026-13
log -b d/book --type nosuch
log -b d/book --amount abc
show -b d/book 999999
show -b d/book x
show -b d/book 30
diff -b d/book 1 x
diff -b d/book 1 9999
diff -b d/book 400 427
explain nosuch
explain I30
explain D02
config -b d/book
config -b d/book set lang fr
config -b d/book set nosuch x
config -b d/book set
config -b settings
completions
completions nosh
man
add -b d/book
add -b d/book dues
add -b d/book dues.receive
add -b d/book dues.receive --as acc-b --answers bad.json
add -b d/book dues.receive --as acc-b --answers nosuch
record -b d/book
record -b d/book nosuch
record -b d/book dues.receive --as acc-b
record -b d/book dues.receive --as acc-b --date x --into bank --lines member=a
record -b d/book dues.receive --as acc-b --date 2026-01-05 --into bank --lines {
record -b d/book dues.receive --as acc-b --date 2026-01-05 --into bank --lines member=m-9999,month=2026-01,amount=1.00
record -b d/book interest.receive --as acc-b --date 2026-01-05 --amount abc
record -b d/book interest.receive --as nobody --date 2026-01-05 --amount 1.00
record -b d/book interest.receive --as acc-b --date 2026-01-05 --amount 1.00 --dry-run
apply -b d/book nosuch
apply -b d/book d
apply -b d/book empty
apply -b d/book bad.json
apply -b d/book utf8
apply -b d/book lines.jsonl --as acc-b
apply -b nosuch lines.jsonl --as acc-b
opening -b d/book bad.json --as acc-b
opening -b d/book nosuch --as acc-b
import
import --template nosuch
import --template roster
import -b d/book nosuch.csv
import -b d/book nosuch.csv --as acc-b
import -b d/book d --as acc-b
import -b d/book empty --as acc-b
import -b d/book utf8 --as acc-b
import -b d/book bad.json --as acc-b
import -b d/book roll.csv --as acc-b
import -b d/book roll.csv --as acc-b --total abc
import -b d/book roll.csv --as acc-b --set x
import -b d/book roll.csv --as acc-b --duplicates x
import -b d/book roll.csv --as acc-b --kind dues-roll --set date=2026-01-05
import -b d/book roll.csv --as acc-b --rules bad.json
import -b d/book roll.csv --as acc-b --rules nosuch.toml
import -b d/book zip.xlsx --as acc-b
bank -b d/book
bank -b d/book suggest --statement nosuch
bank -b d/book match --as acc-b
undo -b d/book
undo -b d/book x --as acc-b --reason 错
undo -b d/book 5 --as acc-b --reason 错
undo -b d/book 99999 --as acc-b --reason 错
approve -b d/book nosuch --as acc-b
checkpoint -b d/book show
checkpoint -b d/book sign
checkpoint -b nosuch sign
key -b d/book
key show bad.json
witness -b d/book
witness cosign bad.json
witness submit -b d/book --for w1 --to http://127.0.0.1:1
record -b d/book rule.set --as acc-b --from 2026-01-01 --source x --rule name=dues_rate,basis_points=many
record -b d/book rule.set --as acc-b --from 2026-01-01 --source x --rule {nonsense
proof -b d/book 99999
proof -b d/book x
receipt -b d/book issue 5 --as acc-b
attach -b d/book 5 nosuch.pdf --as acc-b
attachment -b d/book show nosuch
vault -b d/book show nosuch
vault -b d/book check
vault -b d/book put x --as acc-b
publish -b d/book nosuch 2025
publish -b d/book
act -b d/book show bad.json
act -b d/book
schema
schema command nosuch
schema event nosuch
export -b d/book
export -b d/book bundle d
export -b d/book hledger nosuch/x
consolidate
consolidate d/book nosuch
consolidate bad.json
verify-report bad.json
verify-report nosuch
replay -b d/book
replay -b nosuch
doctor -b readonly
";

fn desk() -> Desk {
    let desk = Desk::with_demo();
    desk.write("bad.json", "{\"a\": 1, }\n");
    desk.write("empty", "");
    desk.write("utf8", b"\xff\xfe\xfd\xfc\n\xff");
    desk.write(
        "lines.jsonl",
        "{\n{\"command\":5}\n[]\n{\"command\":\"dues.receive\",\"date\":5}\n",
    );
    desk.write("roll.csv", "会员编号,缴费月份,实缴金额\nm-9999,2026-01,1,0.0\nm-1,x,\n");
    desk.write("zip.xlsx", b"PK\x03\x04 this is no workbook");
    desk.copy("d/book", "damaged");
    let log = desk.text("damaged/events.ndjson");
    desk.write("damaged/events.ndjson", log.replacen("2025-01-0001", "2025-01-0002", 1));
    desk.copy("d/book", "settings");
    desk.write("settings/book.toml", "lang = zh\n");
    desk
}

/// What was typed stands for itself, and so does a line of a file.
fn is_quoted(row: &str) -> bool {
    let number = row.trim_start().split(" |").next().unwrap_or_default();
    row.contains(" |") && number.bytes().all(|b| b.is_ascii_digit() || b == b' ')
}

/// Runs of three or more plain English words, outside of quotes, code marks and commands.
fn english(row: &str) -> Vec<String> {
    let said = row.split("mingzhang ").next().unwrap_or_default();
    // What a verification expected and found is said in the words of docs/FORMAT.md, the same of every
    // verifier in every language.
    let is_finding = said.split(": ").next().is_some_and(|code| {
        code.contains('_') && code.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
    });
    let said = if is_finding { said.split("；应为").next().unwrap_or_default() } else { said };
    let mut plain = String::new();
    let mut open = None;
    for c in said.chars() {
        match (open, c) {
            (None, '"' | '`' | '<') => open = Some(c),
            (Some('<'), '>') => open = None,
            (Some(mark), c) if c == mark => open = None,
            (Some(_), _) => {}
            (None, c) if c.is_ascii() => plain.push(c),
            (None, _) => plain.push_str(" | "),
        }
    }
    let (mut runs, mut run) = (Vec::new(), Vec::new());
    for word in plain.split_whitespace().chain(["|"]) {
        let bare = word.trim_end_matches([',', '.', ':', ';', ')', '!']).trim_start_matches('(');
        if !bare.is_empty() && bare.bytes().all(|b| b.is_ascii_alphabetic()) {
            run.push(bare.to_owned());
            if bare.len() == word.len() {
                continue;
            }
        }
        if run.len() > 2 {
            runs.push(run.join(" "));
        }
        run.clear();
    }
    runs
}

/// The parts of a text that are of Chinese letters.
fn chinese(row: &str) -> Vec<String> {
    let letters = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    row.split(|c| !letters(c)).filter(|part| !part.is_empty()).map(str::to_owned).collect()
}

/// Official names and numbers, which are the same in either language.
const OFFICIAL: [&str; 6] = ["记", "号", "财会", "工会法", "中国工会章程", "会计基础工作规范"];

fn swept(lang: &str, fault: impl Fn(&str, &str) -> Vec<String>) -> Vec<String> {
    let desk = desk();
    let mut faults = Vec::new();
    let mut seen = 0;
    for line in TYPED.lines() {
        let typed: Vec<&str> = line.split_whitespace().collect();
        let args: Vec<String> =
            [vec!["--lang", lang], typed].concat().into_iter().map(str::to_owned).collect();
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let said = if line.contains("--lang") { desk.run(&words(line)) } else { desk.run(&args) };
        for row in said.out.lines().chain(said.err.lines()).filter(|row| !is_quoted(row)) {
            seen += 1;
            faults.extend(
                fault(line, row).into_iter().map(|what| format!("{line}: {what:?} in {row}")),
            );
        }
    }
    assert!(seen > 250, "{seen}");
    faults
}

#[test]
fn nothing_that_is_shown_in_chinese_has_an_english_sentence_in_it() {
    let faults =
        swept("zh", |line, row| if line.contains("--lang") { Vec::new() } else { english(row) });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn nothing_that_is_shown_in_english_has_chinese_in_it_but_what_was_recorded_or_typed() {
    let recorded = Desk::with_demo().text("d/book/events.ndjson");
    let faults = swept("en", |line, row| {
        // A source is given with its official name.
        if row.starts_with("  source: ") {
            return Vec::new();
        }
        let is_known = |part: &String| {
            recorded.contains(part.as_str())
                || line.contains(part.as_str())
                || OFFICIAL.contains(&part.as_str())
                || "会员编号,缴费月份,实缴金额".contains(part.as_str())
        };
        chinese(row).into_iter().filter(|part| !is_known(part)).collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn a_union_that_is_named_in_the_place_of_its_book_is_told_what_goes_where() {
    let desk = Desk::new();
    let typed = "init 我们工会 --organisation 我们工会 --starts 2025-01-01 --as acc";
    let zh = desk.say(&format!("--lang zh {typed}")).ends(2).err;
    assert!(
        zh.contains("如 gh.example.org/branch-017；单位的中文名称写在 --organisation 之后"),
        "{zh}"
    );
    let en = desk.say(&format!("--lang en {typed}")).ends(2).err;
    assert!(en.contains("the union's own name goes to --organisation: \"我们工会\""), "{en}");
}
