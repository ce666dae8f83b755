//! Dues: what is due, less what was waived and paid, is what the reports call arrears, of every member
//! and month and after anything that can be asked; and what each command promises by itself.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]
#![allow(clippy::wildcard_enum_match_arm, reason = "most facts say nothing of dues")]

#[path = "../given/mod.rs"]
mod given;
#[path = "../steps/mod.rs"]
mod steps;
mod commands;
mod reports;
mod told;

use given::{ACCOUNTANT, Asked, CHAIR, CLERK, Given, asks, given, of, union};
use mingzhang::book::recorded;
use mingzhang::chain::record::Envelope;
use mingzhang::event::book::Rule;
use mingzhang::event::{Fact, Recorded};
use mingzhang::money::Money;
use serde_json::{Value, json};

fn records(given: &Given) -> Vec<Recorded> {
    let read = |line: Vec<u8>| recorded(Envelope::read(&line).unwrap()).unwrap();
    given.lines().into_iter().map(read).collect()
}

const DAY: &str = "2025-03-10";

fn by(officer: &str, name: &str, fields: Value) -> Asked {
    asks(officer, DAY, name, fields)
}

fn pays(amount: &str) -> Asked {
    let fields = json!({"date": DAY, "into": "bank", "member": "m-1", "amount": amount});
    by(ACCOUNTANT, "dues.pay", fields)
}

fn terms(from: &str, until: Option<&str>, terms: &Value) -> Asked {
    let mut fields = json!({"member": "m-1", "from": from, "terms": terms});
    if let Some(until) = until {
        fields["until"] = until.into();
    }
    by(CLERK, "dues_terms.set", fields)
}

/// Month and amount of each line of what was received.
fn lines(records: &[Recorded]) -> Vec<(String, String)> {
    let mut lines = Vec::new();
    for record in records {
        if let Fact::DuesReceived(f) = &record.fact {
            let said = f.lines.iter().map(|l| (l.month.to_string(), l.amount.to_string()));
            lines.extend(said);
        }
    }
    lines
}

fn due(given: &Given, month: &str) -> Option<Money> {
    given.state().dues_due(&of("m-1"), of(month))
}

#[test]
fn the_rules_that_ship_as_examples_can_be_set() {
    let mut book = given(union());
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/rules");
    let mut rules = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if !name.starts_with("dues-") {
            continue;
        }
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let mut fields: Value = serde_json::from_str(line).unwrap();
            fields.as_object_mut().unwrap().remove("command");
            fields.as_object_mut().unwrap().remove("as");
            for record in book.then(&asks(CHAIR, "2026-01-10", "rule.set", fields)) {
                let Fact::RuleSet(set) = record.fact else { panic!("{name}") };
                rules.push(set.rule);
            }
        }
    }
    assert!(rules.iter().any(|rule| matches!(rule, Rule::DuesFlat { .. })));
    assert!(rules.iter().any(|rule| matches!(rule, Rule::DuesRate { .. })));
    assert!(rules.iter().any(|rule| matches!(rule, Rule::ReceiptOrder { .. })));
}
