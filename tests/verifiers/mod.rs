//! What each of three verifiers says of a book, in words that all of them can say.

pub(crate) mod others;
mod page;
mod python;
pub(crate) mod table;

use std::collections::BTreeSet;

use mingzhang::chain::verify::{FaultKind, Outcome, Verdict};
use serde_json::Value;

use crate::support::{Bundle, found};

pub(crate) use page::page;
pub(crate) use python::python;

/// What they are compared in.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Said {
    pub(crate) outcome: String,
    pub(crate) chain_head: String,
    pub(crate) root: String,
    pub(crate) trial_balance: BTreeSet<[String; 5]>,
    pub(crate) faults: BTreeSet<(Option<u64>, String)>,
}

/// A book, and what was done to it.
pub(crate) struct Book {
    pub(crate) done: String,
    pub(crate) bundle: Bundle,
    /// What is to be found in it, where somebody has said so.
    pub(crate) found: Vec<(Option<u64>, FaultKind)>,
}

/// Both in the words in which they differ; nothing where they agree.
pub(crate) fn difference(book: &Book, ours: &Said, theirs: &Said) -> Option<String> {
    (ours != theirs).then(|| format!("{}:\n  ours {ours:?}\ntheirs {theirs:?}", book.done))
}

pub(crate) fn ours(bundle: &Bundle) -> Said {
    let verdict = bundle.verify();
    let (faults, only_ours): (Vec<_>, Vec<_>) = found(&verdict)
        .into_iter()
        .partition(|(record, kind)| !is_ours_alone(bundle, *record, kind.name()));
    let outcome = match &verdict.outcome {
        Outcome::VerifiedAndWitnessed { .. } => "verified and witnessed",
        Outcome::VerifiedNotWitnessed { .. } => "verified, not independently witnessed",
        Outcome::Broken if faults.is_empty() => {
            assert!(!only_ours.is_empty());
            "verified and witnessed"
        }
        Outcome::Broken => "broken",
    };
    let rows = verdict.trial_balance.iter().map(|row| {
        let amounts = [row.debit, row.credit, row.balance].map(|fen| fen.to_string());
        let [debit, credit, balance] = amounts;
        [row.account.clone(), row.fund.clone(), debit, credit, balance]
    });
    Said {
        outcome: outcome.to_owned(),
        chain_head: verdict.chain_head.to_string(),
        root: verdict.root.to_string(),
        trial_balance: rows.collect(),
        faults: faults.into_iter().map(|(at, kind)| (at, kind.name().to_owned())).collect(),
    }
}

/// Bodies that the format describes as a whole.
const DESCRIBED: [&str; 18] = [
    "ledger.created",
    "period.closed",
    "entry.reversed",
    "officer.appointed",
    "officer.removed",
    "act.signed",
    "witness.changed",
    "officer_key.registered",
    "key.rotated",
    "period.reopened",
    "finding.raised",
    "finding.cleared",
    "audit.concluded",
    "privacy.committed",
    "privacy.opened",
    "privacy.erased",
    "attachment.added",
    "receipt.issued",
];

/// What only a program with the posting table and with all types can see. Where the format
/// describes a part of a body, such a program also sees the rest: what follows is compared, and not
/// the fault itself.
pub(crate) fn is_ours_alone(bundle: &Bundle, record: Option<u64>, kind: &str) -> bool {
    let described = |record: u64| {
        let line = bundle.lines().into_iter().nth(usize::try_from(record).ok()?)?;
        let value: Value = serde_json::from_slice(&line).ok()?;
        Some(DESCRIBED.contains(&value.get("type")?.as_str()?))
    };
    kind == FaultKind::PostingDiffers.name()
        || (kind == FaultKind::BodyForm.name() && record.and_then(described) == Some(false))
}

/// The answer of a verifier that writes it as `mingzhang verify --json` does.
pub(crate) fn read(bundle: &Bundle, said: &Value) -> Said {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| said[name].as_array().cloned().unwrap_or_default();
    let row = |row: &Value| {
        ["account", "fund", "debit", "credit", "balance"].map(|column| text(&row[column]))
    };
    let all = list("faults");
    let faults: BTreeSet<_> = all
        .iter()
        .map(|f| (f["record"].as_u64(), text(&f["kind"])))
        .filter(|(record, kind)| !is_ours_alone(bundle, *record, kind))
        .collect();
    // What is not compared does not break the book, as with ours.
    let is_broken_besides = faults.is_empty() && !all.is_empty();
    let outcome =
        if is_broken_besides { "verified and witnessed" } else { &text(&said["outcome"]) };
    Said {
        outcome: outcome.to_owned(),
        chain_head: text(&said["chain_head"]),
        root: text(&said["root"]),
        trial_balance: list("trial_balance").iter().map(row).collect(),
        faults,
    }
}

#[allow(clippy::disallowed_methods, reason = "tests/run.sh names the programs of others so")]
pub(crate) fn program(variable: &str) -> Option<String> {
    let program = std::env::var(variable).ok();
    if program.is_none() {
        println!("skipped: {variable} is not set; tests/run.sh sets it");
    }
    program
}
