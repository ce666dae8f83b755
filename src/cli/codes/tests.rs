//! The catalogue holds every code that the sources can print, and none that they cannot.

use std::collections::BTreeSet;
use std::path::Path;

use mingzhang::lang::Lang;
use mingzhang::rules::Refusal;

use super::*;

/// Literals of the form of a code that are none.
const NO_CODES: [&str; 0] = [];

/// Every text of the sources, outside of tests and of the catalogue itself.
fn literals(folder: &Path, found: &mut BTreeSet<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.ends_with("cli/codes")
            || path.file_name().is_some_and(|n| n == "tests.rs" || n == "tests")
        {
            continue;
        }
        if path.is_dir() {
            literals(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let source = std::fs::read_to_string(&path).unwrap();
            let source = source.split("#[cfg(test)]\nmod tests").next().unwrap();
            let pieces: Vec<&str> = source.split('"').collect();
            let after = pieces.iter().zip(pieces.iter().skip(1));
            let texts = after.filter(|(before, _)| !makes_bytes(before)).map(|(_, text)| *text);
            found.extend(texts.map(str::to_owned));
        }
    }
}

/// Whether the next quote opens `b"…"`, by which the bytes of a file are told. A code is a text.
fn makes_bytes(before: &str) -> bool {
    let rest = before.strip_suffix('b');
    rest.is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '_'))
}

fn is_code(text: &str) -> bool {
    let letters = text.chars().take_while(char::is_ascii_uppercase).count();
    let digits = &text[letters..];
    (1..=4).contains(&letters)
        && (1..=2).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && !NO_CODES.contains(&text)
}

#[test]
fn every_code_of_the_sources_is_explained_and_no_other() {
    let mut texts = BTreeSet::new();
    literals(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut texts);
    let printed: BTreeSet<&str> = texts.iter().map(String::as_str).filter(|t| is_code(t)).collect();
    let all = all();
    let explained: BTreeSet<&str> = all.iter().map(|one| one.code.as_str()).collect();
    let missing: Vec<&&str> = printed.difference(&explained).collect();
    assert!(missing.is_empty(), "printed and not explained: {missing:?}");
    let dead: Vec<&&str> = explained.difference(&printed).filter(|code| is_code(code)).collect();
    assert!(dead.is_empty(), "explained and never printed: {dead:?}");
    assert!(printed.len() > 400, "{}", printed.len());
}

#[test]
fn a_code_means_one_thing_and_all_of_it_is_said_in_both_languages() {
    let mut seen = BTreeSet::new();
    for one in all() {
        // The same word may name a fault of a book and what doctor looks at.
        assert!(seen.insert(one.code.clone()), "{} is explained twice", one.code);
        let chinese = |text: &str| text.contains(|c| ('\u{4E00}'..='\u{9FFF}').contains(&c));
        for [zh, en] in [&one.means, &one.mend] {
            assert!(chinese(zh) && !en.is_empty() && !chinese(en), "{}: {zh} / {en}", one.code);
        }
        if let Some([zh, en]) = &one.example {
            assert!(chinese(zh) && !en.is_empty(), "{}", one.code);
        }
        for lang in Lang::ALL {
            assert!(one.text(lang).lines().count() >= 3, "{}", one.code);
        }
    }
    let listed: Vec<String> = refusals().into_iter().map(|one| one.code).collect();
    for (code, name, _) in Refusal::ALL {
        assert!(listed.iter().any(|known| known == code), "{code} {name}");
    }
    assert_eq!(listed.len(), Refusal::ALL.len());
}

#[test]
fn what_is_wrong_with_a_file_has_no_code_of_a_rule() {
    let mut texts = BTreeSet::new();
    literals(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src/import"), &mut texts);
    for code in texts.iter().filter(|text| is_code(text)) {
        assert!(Refusal::ALL.iter().all(|(known, ..)| known != code), "{code} is a refusal's");
    }
}

#[test]
fn doctor_looks_at_nothing_that_is_not_explained() {
    let source = include_str!("../doctor/mod.rs");
    let body = source.split("pub(super) enum Looked {").nth(1).unwrap().split('}').next().unwrap();
    let variants: Vec<&str> = body
        .lines()
        .map(|line| line.trim().trim_end_matches(','))
        .filter(|l| !l.is_empty())
        .collect();
    let named: Vec<String> =
        Looked::MEANINGS.iter().map(|(name, _)| name.replace('_', "")).collect();
    let variants: Vec<String> = variants.iter().map(|v| v.to_ascii_lowercase()).collect();
    assert_eq!(named, variants);
}

#[test]
fn a_code_is_found_as_it_is_printed_and_a_mistyped_one_has_its_nearest() {
    for asked in ["F07", "f07", "error[F07]", "错误[F07]"] {
        assert_eq!(find(asked).unwrap().code, "F07");
    }
    assert_eq!(find("posting_differs").unwrap().code, "posting_differs");
    assert_eq!(find("F99"), None);
    assert!(like("F99").contains('F'), "{}", like("F99"));
    assert!(like("posting_difers").starts_with("posting_differs"));
    assert!(like("chn15").contains("CHN1"), "{}", like("chn15"));
}

#[test]
fn a_refusal_is_explained_with_its_source_and_an_example() {
    assert_eq!(
        find("F09").unwrap().text(Lang::En),
        "F09 SameFund\n  means: a rule of Accounts, amounts and funds: a command that breaks it is not \
         recorded\n  source: accounting system of trade unions (财会〔2021〕7号) Art. 22\n  for instance: money cannot move from the fund general \
         to itself\n  to mend: mend the command by the figures that are said, or first do what the next \
         step says\n  next: mingzhang report funds"
    );
    assert_eq!(
        find("O24").unwrap().text(Lang::Zh),
        "O24 DebitsUnlikeCredits\n  含义: 期初文件的一条规则：文件不合时，什么都不记\n  依据: \
         财会〔2021〕7号第10条 借贷记账法\n  例如: 余额借方合计 …，贷方合计 …，差额 …\n  改正: \
         改正文件中所指的一项，再整个交来\n  下一步: mingzhang schema opening"
    );
}
