//! Every fault of a document, and the page that lists them.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use mingzhang::lang::Lang;
use mingzhang::rules::opening::{Found, Plan};
use mingzhang::rules::{Command, Refusal};
use serde_json::{Value, json};

use crate::given;
use crate::{advance, begun, card, control, june, of_2009, planned, recorded, towels};

/// One fault, and the document that has it and no other.
struct Case {
    at: &'static str,
    code: &'static str,
    document: Value,
    starts: &'static str,
}

fn case(code: &'static str, at: &'static str, change: impl FnOnce(&mut Value)) -> Case {
    let mut document = june();
    change(&mut document);
    Case { at, code, document, starts: "2025-07-01" }
}

fn old(code: &'static str, at: &'static str, change: impl FnOnce(&mut Value)) -> Case {
    let mut document = of_2009();
    change(&mut document);
    Case { at, code, document, starts: "2022-01-01" }
}

fn cases() -> Vec<Case> {
    vec![
        case("O20", "as_of", |d| d["as_of"] = "2025-06-29".into()),
        case("O21", "balances", |d| {
            d["balances"] = json!([]);
            d["members"] = json!([]);
            d["control"] = json!({"debit": "0.00", "credit": "0.00"});
        }),
        case("O22", "balances[0]", |d| {
            d["balances"][0]["credit"] = "1000.00".into();
            control(d, "2130.00", "3130.00");
        }),
        case("O23", "balances[1]", |d| {
            d["balances"][1]["account"] = "102".into();
        }),
        case("O24", "balances", |d| {
            // Once in all, and once more in its fund.
            d["balances"][1]["debit"] = "50.01".into();
            control(d, "2130.01", "2130.00");
        }),
        case("O25", "balances", |d| {
            d["balances"][10]["fund"] = "general".into();
            d["balances"][10]["account"] = "101".into();
        }),
        case("O26", "balances", |d| {
            d["balances"][4]["account"] = "215".into();
        }),
        case("O27", "balances[11]", |d| d["balances"][11]["account"] = "32205".into()),
        case("O28", "balances[7]", |d| d["balances"][7]["account"] = "32104".into()),
        Case {
            starts: "2026-01-01",
            ..case("O29", "balances[8]", |d| {
                d["as_of"] = "2025-12-31".into();
                d["members"] = json!([]);
                d["control"]["members"] = 0.into();
                d["balances"][9]["account"] = "101".into();
            })
        },
        old("O30", "balances[5]", |d| d["balances"][5]["account"] = "777".into()),
        old("O31", "balances[5]", |d| d["balances"][5]["account"] = "401".into()),
        old("O32", "balances[5]", |d| d["balances"][5]["account"] = "321".into()),
        old("O33", "balances[4]", |d| {
            d["balances"][4]["split"][0]["amount"] = "549.99".into();
        }),
        old("O34", "balances[4].split[1]", |d| {
            d["balances"][4]["split"][1]["account"] = "135".into();
        }),
        case("O35", "control.members", |d| d["control"]["members"] = 4.into()),
        case("O36", "members[1].member", |d| d["members"][1]["member"] = "m-1".into()),
        case("O37", "members[0].joined", |d| d["members"][0]["joined"] = "2025-07-01".into()),
        case("O38", "advances", |d| {
            d["advances"] = json!([advance("50.01")]);
        }),
        case("O39", "cards", |d| {
            d["cards"] = json!([card("600.00", "99.99")]);
        }),
        case("O40", "supplies", |d| d["supplies"] = json!([towels("general", 8, "80.01")])),
        case("O41", "cards[0]", |d| {
            d["cards"] = json!([card("600.00", "100.00")]);
            d["cards"][0].as_object_mut().unwrap().remove("keeper");
        }),
        case("H01", "balances[0]", |d| d["balances"][0]["account"] = "10201".into()),
        case("F02", "balances[1]", |d| d["balances"][1]["account"] = "999".into()),
        case("F03", "balances[1]", |d| d["balances"][1]["account"] = "301".into()),
        case("F05", "balances[10]", |d| {
            d["balances"][10]["fund"] = "other".into();
            d["balances"][11]["fund"] = "other".into();
        }),
    ]
}

#[test]
fn each_fault_is_found_where_it_stands_and_nothing_is_to_be_recorded() {
    for Case { at, code, document, starts } in cases() {
        let book = begun(starts);
        let Plan { commands, faults, .. } = planned(&book, &document);
        let found: Vec<(&str, &str)> =
            faults.iter().map(|fault| (fault.found.code(), fault.at.as_str())).collect();
        assert!(found.contains(&(code, at)), "{code} {at}: {found:?}");
        // What is off in a fund is so in all as well.
        let others = found.iter().filter(|(other, _)| *other != code);
        let others: Vec<_> = others.filter(|(other, _)| (code, *other) != ("O24", "O25")).collect();
        assert!(others.is_empty(), "{code}: {others:?}");
        let brought = |one: &mingzhang::rules::opening::Placed| {
            matches!(one.command, Command::RecordOpening(_))
        };
        assert!(code == "O41" || !commands.iter().any(brought), "{code}");
        for fault in &faults {
            let [zh, en] = Lang::ALL.map(|lang| fault.found.message(lang));
            assert!(zh != en && !zh.contains(['{', '}']) && !en.contains(['{', '}']), "{zh} {en}");
        }
    }
}

#[test]
fn nothing_is_handed_over_twice() {
    let mut book = begun("2025-07-01");
    recorded(&mut book, &june());
    let plan = planned(&book, &june());
    let faults: Vec<&str> = plan.faults.iter().map(|fault| fault.found.code()).collect();
    assert_eq!((faults, plan.commands), (vec!["O44"], vec![]));
}

#[test]
fn every_fault_has_its_case_and_a_code_of_its_own() {
    let tested: BTreeSet<&str> = cases().iter().map(|case| case.code).collect();
    // A test of its own; charts of a union's own.
    let elsewhere = ["O44", "O43"];
    for (code, name, source) in Found::ALL {
        assert!(tested.contains(code) || elsewhere.contains(code), "{name}");
        assert!(!source.is_empty(), "{name}");
        assert!(Refusal::ALL.iter().all(|(other, ..)| other != code), "{code} is given twice");
    }
    let codes: BTreeSet<&str> = Found::ALL.iter().map(|(code, ..)| *code).collect();
    assert_eq!(codes.len(), Found::ALL.len());
}

#[test]
fn every_fault_of_a_document_is_said_at_once() {
    let book = begun("2025-07-01");
    let mut document = june();
    document["as_of"] = "2025-06-29".into();
    document["balances"][0]["account"] = "1".repeat(5).into();
    document["balances"][11]["account"] = "32205".into();
    document["members"][1]["member"] = "m-1".into();
    document["control"]["members"] = 9.into();
    let codes: BTreeSet<&str> =
        planned(&book, &document).faults.iter().map(|fault| fault.found.code()).collect();
    assert_eq!(codes, BTreeSet::from(["F02", "O20", "O27", "O35", "O36"]));
}

/// The page that lists them, with what the cases say.
fn page() -> String {
    let mut page = String::from(
        "# 期初文件的错误 Faults of an opening document\n\n\
         What `mingzhang opening FILE` can find in the document as a whole, each with its code, its source\n\
         and what it says in one case; the rules that hold for every command are in\n\
         [refusals.md](refusals.md). The cases are in tests/opening/faults.rs `cases`. This page is written by\n\
         `MINGZHANG_BLESS=1 cargo test --test opening`, and compared by it otherwise.\n",
    );
    let cases = cases();
    for (code, name, source) in Found::ALL {
        writeln!(page, "\n## {code} {name}\n\n- 依据 source: {source}").unwrap();
        let Some(case) = cases.iter().find(|case| case.code == *code) else { continue };
        let faults = planned(&begun(case.starts), &case.document).faults;
        let fault = faults.iter().find(|fault| fault.found.code() == *code).unwrap();
        writeln!(page, "- 位置 place: `{}`", fault.at).unwrap();
        for lang in Lang::ALL {
            writeln!(page, "- {lang}: {}", fault.found.message(lang)).unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_faults_is_what_the_cases_say() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/opening.md");
    if given::bless() {
        fs::write(&path, page()).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page(), "docs/opening.md is not what the cases say: bless it");
}
