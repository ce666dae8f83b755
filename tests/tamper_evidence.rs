//! Whatever is done to a book is found, named and placed.

mod support;

use std::collections::BTreeSet;

use mingzhang::chain::verify::FaultKind;
use support::faults::cases;
use support::{found, good};

#[test]
fn each_fault_is_found_named_and_placed_and_no_other_is() {
    let mut wrong = Vec::new();
    for case in cases() {
        let mut expected = case.found.clone();
        expected.sort_unstable();
        let verdict = case.bundle.verify();
        if found(&verdict) != expected {
            wrong.push(format!(
                "{}:\n expected {expected:?}\n    found {:?}",
                case.done,
                found(&verdict)
            ));
        }
        assert_eq!(verdict.is_broken(), !verdict.faults.is_empty());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_fault_has_a_book_that_shows_it() {
    let shown: BTreeSet<FaultKind> =
        cases().iter().flat_map(|case| case.found.iter().map(|(_, kind)| *kind)).collect();
    let missing: Vec<_> = FaultKind::ALL.iter().filter(|kind| !shown.contains(kind)).collect();
    // A member's own proof is checked by itself, and not with a book.
    assert_eq!(missing, [&FaultKind::ProofWrong]);
}

#[test]
fn a_good_book_is_verified_and_witnessed() {
    let verdict = good().verify();
    assert_eq!(format!("{:?}", verdict.faults), "[]");
    println!("{}", serde_json::to_string_pretty(&verdict).unwrap());
}
