//! Every hint that names a command can be typed: it parses once its places are filled in.

use std::path::{Path, PathBuf};

use clap::FromArgMatches;
use clap::error::ErrorKind;

use super::Cli;

/// The lines of the program's own sources that name one of its commands, outside of tests.
fn hints(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            hints(&path, found);
            continue;
        }
        let is_rust = path.extension().is_some_and(|extension| extension == "rs");
        if !is_rust || path.ends_with("hints.rs") {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap();
        let literals = source.split('"').filter(|text| text.starts_with("mingzhang "));
        found.extend(literals.map(|text| (path.clone(), text.to_owned())));
    }
}

/// Texts that begin like a command and are none.
const NO_COMMANDS: [&str; 5] = [
    "mingzhang {version}, ",
    "mingzhang store {FORMAT}",
    "mingzhang 2026-11-22 v1 ",
    "mingzhang demo log key",
    "mingzhang demo witness key",
];

/// Places that say what they are by what stands before them.
const PLACES: [(&str, &str); 6] = [
    ("report {name} {}", "report {report}"),
    ("report {}", "report {report}"),
    ("--year {}", "--year {year}"),
    ("bank unmatch {by}", "bank unmatch 3"),
    ("--duplicates {likely}:{number}", "--duplicates skip:3"),
    ("receipt print {number}", "receipt print 收-2026-0001"),
];

/// What stands in a place, so that what is around it can be read.
fn filled(word: &str) -> String {
    let by_name = match word {
        "{month}" | "{expected}" | "{first}" => "2026-01",
        "{year}" => "2026",
        "{period}" => "2026-01..2026-03",
        "{report}" => "funds",
        // That which the hints name takes a disbursement.
        "{command}" | "{by}" => "custodial.pay",
        "AMOUNT" => "5.00",
        _ => "",
    };
    if !by_name.is_empty() {
        return by_name.to_owned();
    }
    if word.contains('{') {
        let (before, rest) = word.split_once('{').unwrap();
        let (_, after) = rest.split_once('}').unwrap();
        return format!("{before}3{after}");
    }
    let placeholder = word.chars().all(|c| c.is_ascii_uppercase() || "-.".contains(c))
        && word.chars().any(|c| c.is_ascii_uppercase());
    if placeholder { "acc".to_owned() } else { word.to_owned() }
}

fn parses(words: &[String]) -> Result<(), clap::Error> {
    let matches = super::forms().try_get_matches_from(words)?;
    Cli::from_arg_matches(&matches).map(|_| ())
}

#[test]
fn every_hint_can_be_typed() {
    let mut found = Vec::new();
    hints(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    assert!(found.len() > 150, "{}", found.len());
    let mut faults = Vec::new();
    for (path, hint) in found {
        if NO_COMMANDS.iter().any(|text| hint.starts_with(text)) {
            continue;
        }
        let placed = PLACES.iter().fold(hint.clone(), |hint, (from, to)| hint.replace(from, to));
        for part in placed.split(" && ").filter(|part| part.starts_with("mingzhang ")) {
            let words: Vec<String> = part.split_whitespace().map(filled).collect();
            match parses(&words) {
                Ok(()) => {}
                Err(error) if error.kind() == ErrorKind::DisplayHelp => {}
                Err(error) => {
                    let said = error.to_string();
                    let first = said.lines().next().unwrap_or_default().to_owned();
                    faults.push(format!("{}: {hint}: {first}", path.display()));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
