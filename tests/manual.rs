//! 手册 The manual: each page is one practice of real unions, its commands one file in
//! `fixtures/practices`. Both languages are typed as a reader would type them, and everything that
//! they print, vouchers and reports, is compared whole.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod session;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use session::Page;

/// What page 00 does; every other page goes on from there.
const BEGIN: [&str; 3] = [
    "export MINGZHANG_BOOK=book",
    "mingzhang init gh.example.org/shop --organisation 示例工会 --starts 2025-01-01 \
     --no-passphrase --as acc --quiet",
    "mingzhang apply practices/00-begin.jsonl --quiet",
];

fn names(folder: &str, ending: &str) -> BTreeSet<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let files = fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name());
    let names = files.filter_map(|name| name.to_str()?.strip_suffix(ending).map(str::to_owned));
    names.filter(|name| name != "README").collect()
}

fn run_all(lang: &str, locale: &str) {
    let folder = format!("docs/manual/{lang}");
    for name in names(&folder, ".md") {
        let path = format!("{folder}/{name}.md");
        let before = if name == "00-begin" { &BEGIN[..0] } else { &BEGIN[..] };
        let files = ("fixtures/practices", "practices");
        Page { path: &path, before, files, locale, commands_min: 2 }.run();
    }
}

#[test]
fn every_practice_has_its_page_in_both_languages() {
    let practices = names("fixtures/practices", ".jsonl");
    assert!(practices.contains("00-begin"));
    for lang in ["zh", "en"] {
        assert_eq!(names(&format!("docs/manual/{lang}"), ".md"), practices, "{lang}");
    }
}

#[test]
fn the_chinese_manual_is_what_a_reader_sees() {
    run_all("zh", "zh_CN.UTF-8");
}

#[test]
fn the_english_manual_is_what_a_reader_sees() {
    run_all("en", "en_US.UTF-8");
}
