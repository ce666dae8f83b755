//! 手册 The manual: each page is one practice of real unions, its commands one file in
//! `fixtures/practices`. Both languages are typed as a reader would type them, and everything that
//! they print, vouchers and reports, is compared whole.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

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

/// The files of commands that a typed line names.
fn files_of(line: &str) -> impl Iterator<Item = &str> {
    line.split_whitespace().filter(|word| word.starts_with("practices/"))
}

/// The most lines of a file that a page shows whole; of a longer one, how many there are and the
/// first of them.
const SHOWN_WHOLE: usize = 60;
const SHOWN_FIRST: &str = "head -n 24";

#[test]
fn every_page_shows_what_was_typed_before_it_is_recorded() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for lang in ["zh", "en"] {
        let folder = format!("docs/manual/{lang}");
        for name in names(&folder, ".md") {
            let page = fs::read_to_string(root.join(&folder).join(format!("{name}.md"))).unwrap();
            let typed = page.lines().filter_map(|line| line.strip_prefix("$ "));
            let (mut shown, mut run) = (BTreeSet::new(), 0);
            for line in typed {
                if !line.starts_with("mingzhang ") && !line.starts_with("sed ") {
                    shown.insert(line);
                    continue;
                }
                for file in files_of(line) {
                    let bytes = fs::read(root.join("fixtures").join(file)).unwrap();
                    // What only a spreadsheet shows cannot be shown here.
                    let Ok(text) = String::from_utf8(bytes) else { continue };
                    let lines = text.lines().count();
                    let before = if lines <= SHOWN_WHOLE {
                        vec![format!("cat {file}")]
                    } else {
                        vec![format!("wc -l {file}"), format!("{SHOWN_FIRST} {file}")]
                    };
                    for command in before {
                        let is_shown = shown.contains(command.as_str());
                        assert!(is_shown, "{lang}/{name}.md: no `{command}` before `{line}`");
                    }
                    run += 1;
                }
            }
            assert!(run > 0, "{lang}/{name}.md records no file");
        }
    }
}

/// The list of pages, each by its title.
fn contents(lang: &str, about: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/manual").join(lang);
    let lines = names(&format!("docs/manual/{lang}"), ".md").into_iter().map(|name| {
        let page = fs::read_to_string(folder.join(format!("{name}.md"))).unwrap();
        let title = page.lines().next().and_then(|line| line.strip_prefix("# "));
        let title = title.unwrap_or_else(|| panic!("{lang}/{name}.md has no title"));
        format!("- [{title}]({name}.md)\n")
    });
    format!("{about}\n{}", lines.collect::<String>())
}

#[test]
fn the_list_of_pages_names_each_of_them_by_its_title() {
    let zh = "# 手册\n\n\
        每一页是工会的一件实事：依据什么、输入什么、哪些会被拒绝。每页都从第00页的账套接着做；页中的指令在\n\
        `fixtures/practices`，程序印出的一切都由 `cargo test --test manual` 逐字核对。\n";
    let en = "# The manual\n\n\
        Each page is one practice of real unions: by which law, what to type, what is refused and why. Every page goes\n\
        on from the book of page 00; its commands are in `fixtures/practices`, and all that the program prints there is\n\
        compared by `cargo test --test manual`.\n";
    for (lang, about) in [("zh", zh), ("en", en)] {
        let (expected, folder) = (contents(lang, about), format!("docs/manual/{lang}"));
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join("README.md");
        if std::env::var_os("MINGZHANG_BLESS").is_some() {
            fs::write(&path, &expected).unwrap();
        }
        let found = fs::read_to_string(&path).unwrap_or_default();
        assert!(found == expected, "{} is not the list of pages: bless it", path.display());
    }
}
