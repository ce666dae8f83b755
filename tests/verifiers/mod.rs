//! What each of three verifiers says of a book, in words that all of them can say.
#![allow(dead_code, reason = "each test file uses a part of this")]

pub(crate) mod others;
mod page;
mod python;
pub(crate) mod table;

use std::collections::BTreeSet;

use mingzhang::chain::verify::{FaultKind, NoteKind, Outcome};
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
    /// Vouchers of which nothing but their balance is known.
    pub(crate) vouchers_unknown: u64,
}

/// A book, and what was done to it.
pub(crate) struct Book {
    pub(crate) done: String,
    pub(crate) bundle: Bundle,
    /// What is to be found in it, where somebody has said so.
    pub(crate) found: Vec<(Option<u64>, FaultKind)>,
}

/// Both in the words in which they differ; nothing where they agree.
pub(crate) fn difference(book: &Book, theirs: &Said) -> Option<String> {
    let ours = ours(&book.bundle, theirs);
    (ours != *theirs).then(|| format!("{}:\n  ours {ours:?}\ntheirs {theirs:?}", book.done))
}

/// What ours says, without what ours alone can see where theirs does not say it too.
fn ours(bundle: &Bundle, theirs: &Said) -> Said {
    let verdict = bundle.verify();
    let said = |(record, kind): (Option<u64>, FaultKind)| (record, kind.name().to_owned());
    let is_compared =
        |fault: &_| theirs.faults.contains(fault) || !is_ours_alone(bundle, fault.0, &fault.1);
    let (faults, only_ours): (BTreeSet<_>, BTreeSet<_>) =
        found(&verdict).into_iter().map(said).partition(is_compared);
    let outcome = match &verdict.outcome {
        Outcome::VerifiedAndWitnessed { .. } => "verified and witnessed",
        Outcome::VerifiedNotWitnessed { .. } => "verified, not independently witnessed",
        // Without the fault it would be whatever theirs is.
        Outcome::Broken if faults.is_empty() => {
            assert!(!only_ours.is_empty());
            assert_ne!(theirs.outcome, "broken");
            &theirs.outcome
        }
        Outcome::Broken => "broken",
    };
    let rows = verdict.trial_balance.iter().map(|row| {
        let amounts = [row.debit, row.credit, row.balance].map(|fen| fen.to_string());
        let [debit, credit, balance] = amounts;
        [row.account.clone(), row.fund.clone(), debit, credit, balance]
    });
    // The format does not say what is said of a voucher whose record has a fault.
    let vouchers_unknown = match verdict.fault_count() {
        0 => verdict.note_count(NoteKind::VoucherTypeUnknown),
        _ => theirs.vouchers_unknown,
    };
    Said {
        outcome: outcome.to_owned(),
        chain_head: verdict.chain_head.to_string(),
        root: verdict.root.to_string(),
        trial_balance: rows.collect(),
        faults,
        vouchers_unknown,
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

/// Rules that it describes as a whole.
const RULES_DESCRIBED: [&str; 3] = ["approval_bands", "acts_signed", "attachments"];

/// What only a program with the posting table and with all types can see: whether the entries are
/// the table's, and whether the parts of a body are of their form of which the format says nothing.
pub(crate) fn is_ours_alone(bundle: &Bundle, record: Option<u64>, kind: &str) -> bool {
    let is_open = |record: u64| {
        let line = bundle.lines().into_iter().nth(usize::try_from(record).ok()?)?;
        let value: Value = serde_json::from_slice(&line).ok()?;
        let kind = value.get("type")?.as_str()?;
        let rule = value["body"]["rule"]["name"].as_str().unwrap_or_default();
        let is_rule = kind == "rule.set" && RULES_DESCRIBED.contains(&rule);
        Some(!is_rule && !DESCRIBED.contains(&kind))
    };
    kind == FaultKind::PostingDiffers.name()
        || (kind == FaultKind::BodyForm.name() && record.and_then(is_open) == Some(true))
}

/// The answer of a verifier that writes it as `mingzhang verify --json` does.
pub(crate) fn read(said: &Value) -> Said {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| said[name].as_array().cloned().unwrap_or_default();
    let row = |row: &Value| {
        ["account", "fund", "debit", "credit", "balance"].map(|column| text(&row[column]))
    };
    let faults = list("faults");
    let notes = list("notes");
    let unknown = notes.iter().filter(|n| n["kind"] == NoteKind::VoucherTypeUnknown.name());
    Said {
        outcome: text(&said["outcome"]),
        chain_head: text(&said["chain_head"]),
        root: text(&said["root"]),
        trial_balance: list("trial_balance").iter().map(row).collect(),
        faults: faults.iter().map(|f| (f["record"].as_u64(), text(&f["kind"]))).collect(),
        vouchers_unknown: unknown.count() as u64,
    }
}

#[allow(clippy::disallowed_methods, reason = "tests/run.sh names the programs of others so")]
pub(crate) fn program(variable: &str) -> Option<String> {
    let program = std::env::var(variable).ok();
    if program.is_none() {
        assert!(std::env::var("MINGZHANG_FOREIGN").is_err(), "{variable} is not set");
        println!("skipped: {variable} is not set; tests/run.sh sets it");
    }
    program
}
