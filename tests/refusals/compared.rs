//! A refusal that compares two figures gives both, and by how much they are apart.

use std::fs;
use std::path::Path;

use mingzhang::rules::{Bound, Figures};

use crate::{cases, further};

/// Two amounts, and yet none that is held against the other: why.
const COMPARED_WITH_NONE: &[(&str, &str)] = &[
    ("FundNotSettled", "cash has to be banked and what is owed settled, whatever the amounts"),
    ("ProceedsIncomplete", "one of them was left out"),
    ("BudgetBelowNothing", "an adjustment of nothing is refused by the same rule"),
    ("DifferenceNotCounted", "the sign is wrong as often as the amount"),
    ("CashDifferenceBooked", "part of it is another count's"),
    ("PaidInCash", "from that amount on it is paid by bank"),
    ("PaymentNeedsPaper", "above that amount a paper is needed"),
    ("WornTooMuch", "the amount or the months are too large"),
];

/// The rows with two amounts or more, by the names that the sources declare.
fn of_two_amounts() -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/rules/refusal");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let text = fs::read_to_string(entry.unwrap().path()).unwrap();
        for part in text.split(" } =").filter(|part| part.contains('{')) {
            let (before, fields) = part.rsplit_once('{').unwrap();
            let name = before.split_whitespace().last().unwrap_or_default();
            if fields.matches(": Money").count() >= 2 {
                found.push(name.to_owned());
            }
        }
    }
    found
}

#[test]
fn a_refusal_with_two_amounts_says_which_was_expected_and_which_was_found() {
    let two = of_two_amounts();
    assert!(two.len() > 60, "{}", two.len());
    for case in cases() {
        let name = case.refusal.name();
        let exempt = COMPARED_WITH_NONE.iter().any(|(known, _)| *known == name);
        if two.iter().any(|known| known == name) {
            assert_eq!(case.refusal.figures().is_none(), exempt, "{name}");
        }
    }
    for (name, _) in COMPARED_WITH_NONE {
        assert!(two.iter().any(|known| known == name), "{name} has no two amounts");
    }
}

#[test]
fn the_figures_of_a_refusal_break_the_bound_that_it_names() {
    let (mut compared, mut faults) = (0, Vec::new());
    for case in cases().into_iter().chain(further()) {
        let Some(figures) = case.refusal.figures() else { continue };
        let Figures { bound, expected, found, difference } = &figures;
        let less = difference.as_ref().map_or(found < expected, |by| by.starts_with('-'));
        let broken = match bound {
            Bound::Same => true,
            Bound::AtMost => !less,
            Bound::AtLeast => less,
        };
        if expected == found || !broken {
            faults.push(format!("{}: {figures:?}", case.refusal.code()));
        }
        compared += 1;
    }
    assert_eq!(faults, Vec::<String>::new());
    assert!(compared > 100, "{compared}");
}
