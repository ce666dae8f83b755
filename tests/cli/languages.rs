//! Every report of every practice is in one language, but for what was recorded and official names.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use mingzhang::book::{Folder, Reading, Until, records};
use mingzhang::event::Recorded;
use mingzhang::lang::Lang;
use mingzhang::render::{self, Beside};
use mingzhang::report::asked::{Asked, Ledger, Name, make};
use mingzhang::report::expected::{NotMade, expect};

use crate::program::Desk;

/// Numbers of vouchers, receipts, forms and laws.
const NUMBERS: [&str; 9] = ["记", "收", "工会", "工会附", "表", "财会", "号", "红字", "人民币"];

/// The parts of a text that are of Chinese letters.
fn chinese_parts(text: &str) -> Vec<String> {
    let letters = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
    let parts = text.split(|c| !letters(c)).filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

/// Without what stands in brackets behind its English name: 工会法, 会计基础工作规范.
fn without_official_names(row: &str) -> String {
    let mut rest = row;
    let mut kept = String::new();
    while let Some((before, after)) = rest.split_once(" (") {
        kept.push_str(before);
        let official =
            |inside: &str| inside.starts_with(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        rest = match after.split_once(')') {
            Some((inside, behind)) if official(inside) && !inside.contains(' ') => behind,
            Some(_) | None => {
                kept.push_str(" (");
                after
            }
        };
    }
    kept + rest
}

fn strange_in_english(text: &str, recorded: &str) -> Vec<String> {
    let is_known = |part: &String| {
        recorded.contains(part.as_str())
            || NUMBERS.contains(&part.as_str())
            || part.starts_with("人民币")
    };
    let rows = text.lines().filter(|row| {
        chinese_parts(&without_official_names(row)).iter().any(|part| !is_known(part))
    });
    rows.map(str::to_owned).collect()
}

fn strange_in_chinese(text: &str, recorded: &str) -> Vec<String> {
    let is_word =
        |word: &&str| word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase());
    let rows = text.lines().filter(|row| {
        // What is to be typed is in no language.
        let said = row.split("mingzhang ").next().unwrap_or_default();
        let words: Vec<&str> = said.split(' ').collect();
        words.windows(2).any(|two| two.iter().all(is_word) && !recorded.contains(&two.join(" ")))
    });
    rows.map(str::to_owned).collect()
}

/// What a report of one thing alone can be asked of.
fn ofs(name: Name, reading: &Reading, log: &[Recorded]) -> Vec<Option<String>> {
    let state = &reading.state;
    let mut all = vec![None];
    match name.as_str() {
        "voucher" => {
            let vouchers = log.iter().filter_map(|record| record.voucher.as_ref());
            all.extend(vouchers.map(|voucher| Some(voucher.number.to_string())));
        }
        "ledger" => all.extend(["101", "102", "401"].map(|code| Some(code.to_owned()))),
        "member-statement" | "transfer-letter" => {
            all.extend(state.members.members().map(|(id, _)| Some(id.to_string())));
        }
        "donors" => all.extend(state.drives.drives().map(|(id, _)| Some(id.to_string()))),
        "earmarked" => all.extend(state.funds.funds().map(|f| Some(f.fund.to_string()))),
        "handover" => all.extend(state.handovers.all().map(|(seq, _)| Some(seq.to_string()))),
        _ => {}
    }
    all
}

#[test]
fn every_report_of_every_practice_is_in_one_language() {
    let practices = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/practices");
    let mut files: Vec<_> = fs::read_dir(&practices).unwrap().map(|f| f.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|ending| ending == "jsonl"));
    files.sort();
    let begin = files.first().unwrap().display().to_string();
    let (mut faults, mut made, mut applied) = (BTreeSet::new(), 0, 0);
    for file in &files {
        let mut desk = Desk::new();
        desk.clock = "2026-11-20T01:00:00Z";
        let begins = "init gh.example.org/shop --organisation 示例工会 --starts 2025-01-01 \
                      --no-passphrase --as acc -q -b book";
        desk.say(begins).ends(0);
        desk.say(&format!("apply {begin} -q -b book")).ends(0);
        // Some go on from another beginning; of those the first book is looked at.
        let name = file.display().to_string();
        if name == begin || desk.say(&format!("apply {name} -q -b book")).code == 0 {
            applied += 1;
        }
        let folder = Folder::new(&desk.path("book"));
        let recorded = desk.text("book/events.ndjson");
        let reading = Reading::open(&folder, &mut |_| ()).unwrap();
        let chart = reading.chart(&folder).unwrap();
        let log: Vec<Recorded> =
            records(&folder, Until::default()).unwrap().map(|record| record.unwrap().0).collect();
        for name in Name::ALL.iter().copied() {
            // The chart's source is a text of its file.
            if name == Name::Chart {
                continue;
            }
            for of in ofs(name, &reading, &log) {
                let asked = Asked { name, period: None, by_fund: false, of };
                let settled = asked.settle(&reading.state);
                let ledger = Ledger { state: &reading.state, chart: &chart, records: &log };
                if matches!(expect(&settled, ledger), Err(NotMade::OtherChart { .. })) {
                    continue;
                }
                let report = make(&settled, ledger);
                let text = |lang| render::made(&report, &Beside::default(), lang).to_string();
                let strange = strange_in_english(&text(Lang::En), &recorded);
                faults.extend(strange.into_iter().map(|row| format!("en {name}: {row}")));
                let strange = strange_in_chinese(&text(Lang::Zh), &recorded);
                faults.extend(strange.into_iter().map(|row| format!("zh {name}: {row}")));
                made += 1;
            }
        }
    }
    let faults: Vec<&String> = faults.iter().collect();
    assert!(faults.is_empty(), "{faults:#?}");
    assert!(applied > 20 && made > 1500, "{applied} {made}");
}

#[test]
fn a_value_that_is_one_of_a_few_may_be_typed_in_chinese() {
    let desk = Desk::with_demo();
    let typed = |into: &str| {
        let line = format!(
            "-b d/book --as acc-b record dues.receive --date 2026-01-05 --into {into} --lines \
             member=m-0001,month=2026-01,amount=1.00 --dry-run"
        );
        desk.say(&line)
    };
    let english = typed("bank");
    assert!([0, 3].contains(&english.code), "{}", english.err);
    for chinese in ["银行", "银行存款"] {
        let said = typed(chinese);
        assert_eq!((said.code, &said.out, &said.err), (english.code, &english.out, &english.err));
    }
    let unknown = typed("支票").ends(2);
    assert!(unknown.err.contains("支票"), "{}", unknown.err);
}
