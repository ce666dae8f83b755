//! Programs that nobody here wrote for this program come to the same verdicts on the same books:
//! a verifier made from docs/FORMAT.md alone, in Python, and the code of Go's checksum database.
//!
//! `tests/run.sh` installs both and names them in the environment; where they are not named, that
//! is said, and nothing is tested.

mod support;

use std::collections::BTreeSet;
use std::process::Command;

use mingzhang::chain::verify::{FaultKind, Outcome, Verdict};
use serde_json::Value;
use support::faults::cases;
use support::{Bundle, found, good, log_key, policy_of_both, records, seal};

/// Each takes a tenth of a second, which is Python's start.
const RANDOM_BOOKS: u64 = 100;

/// What both say of a book, in words that both can say.
#[derive(Debug, PartialEq)]
struct Said {
    outcome: String,
    chain_head: String,
    root: String,
    trial_balance: BTreeSet<[String; 5]>,
    faults: BTreeSet<(Option<u64>, String)>,
}

#[test]
fn a_verifier_written_from_the_format_alone_says_the_same() {
    let Some(python) = program("MINGZHANG_PYTHON") else { return };
    let mut wrong = Vec::new();
    let books = good_books().into_iter().map(|(done, bundle)| (done.to_owned(), bundle));
    let faulty = cases().into_iter().map(|case| (case.done.to_owned(), case.bundle));
    for (done, bundle) in books.chain(faulty) {
        let verdict = bundle.verify();
        let theirs = theirs(&python, &bundle);
        let ours = ours(&bundle, &verdict, &theirs);
        if ours != theirs {
            wrong.push(format!("{done}:\n  ours {ours:?}\ntheirs {theirs:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Books that are changed without a plan, so that the two are compared where nobody thought of it.
#[test]
fn both_say_the_same_of_books_that_were_changed_at_random() {
    let Some(python) = program("MINGZHANG_PYTHON") else { return };
    let wrong: Vec<String> = (0..RANDOM_BOOKS)
        .filter_map(|seed| {
            let (done, bundle) = support::random::book(seed);
            let theirs = theirs(&python, &bundle);
            let ours = ours(&bundle, &bundle.verify(), &theirs);
            (ours != theirs).then(|| format!("{seed} {done}:\n  ours {ours:?}\ntheirs {theirs:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn go_s_checksum_database_accepts_the_good_books() {
    let Some(sumdb) = program("MINGZHANG_SUMDB") else { return };
    for (done, bundle) in good_books() {
        let folder = tempfile::tempdir().unwrap();
        bundle.write(folder.path());
        for checkpoint in &bundle.checkpoints {
            let output = Command::new(&sumdb)
                .arg(log_key().vkey().to_string())
                .args([&checkpoint.name, "events.ndjson"].map(|name| folder.path().join(name)))
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stdout);
            let complaint = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{done}: {complaint}");
            let root = bundle.verify().root.to_string();
            if checkpoint.name == "checkpoint" {
                assert_eq!(said, format!("ok {} {root}\n", bundle.lines().len()), "{done}");
            }
        }
    }
}

/// Books without a fault: with and without witnesses, and with an older checkpoint.
fn good_books() -> Vec<(&'static str, Bundle)> {
    let lines = seal(records());
    let mut older = good();
    let note = support::signed(&support::checkpoint(&lines[..5]), &[1, 2]);
    older.checkpoints.push(support::named("checkpoints/5", note));
    vec![
        ("a good book", good()),
        ("a good book with an older checkpoint", older),
        ("a good book without a policy", Bundle { policy: None, ..good() }),
        ("a good book with too few witnesses", Bundle { policy: Some(policy_of_both()), ..good() }),
        ("a good book of one record", support::bundle(&lines[..1])),
    ]
}

#[allow(clippy::disallowed_methods, reason = "tests/run.sh names the programs of others so")]
fn program(variable: &str) -> Option<String> {
    let program = std::env::var(variable).ok();
    if program.is_none() {
        println!("skipped: {variable} is not set; tests/run.sh sets it");
    }
    program
}

/// Leaves out what ours alone can see, where theirs does not say it too.
fn ours(bundle: &Bundle, verdict: &Verdict, theirs: &Said) -> Said {
    let said = |(record, kind): (Option<u64>, FaultKind)| (record, kind.name().to_owned());
    let is_compared =
        |fault: &_| theirs.faults.contains(fault) || !is_ours_alone(bundle, fault.0, &fault.1);
    let (faults, only_ours): (BTreeSet<_>, BTreeSet<_>) =
        found(verdict).into_iter().map(said).partition(is_compared);
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
    Said {
        outcome: outcome.to_owned(),
        chain_head: verdict.chain_head.to_string(),
        root: verdict.root.to_string(),
        trial_balance: rows.collect(),
        faults,
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
fn is_ours_alone(bundle: &Bundle, record: Option<u64>, kind: &str) -> bool {
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

#[allow(clippy::unwrap_used, reason = "an answer in another form is a failed test")]
fn theirs(python: &str, bundle: &Bundle) -> Said {
    let folder = tempfile::tempdir().unwrap();
    bundle.write(folder.path());
    let held = tempfile::tempdir().unwrap();
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/src/export/verifiers/verify.py");
    let mut command = Command::new(python);
    command.arg(program).arg(folder.path()).arg("--json");
    command.args(["--at", &bundle.now.unix().to_string()]);
    if let Some(policy) = &bundle.policy {
        let file = held.path().join("policy");
        std::fs::write(&file, policy).unwrap();
        command.arg("--policy").arg(file);
    }
    for (n, base) in bundle.bases.iter().enumerate() {
        let path = held.path().join(format!("base-{n}"));
        base.write(&path);
        command.arg("--base").arg(path);
    }
    for file in &bundle.against {
        let path = held.path().join(&file.name);
        std::fs::write(&path, &file.bytes).unwrap();
        command.arg("--against").arg(path);
    }
    let output = command.output().unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 4)), "{complaint}");
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let list = |name: &str| said[name].as_array().cloned().unwrap_or_default();
    let row = |row: &Value| {
        ["account", "fund", "debit", "credit", "balance"].map(|column| text(&row[column]))
    };
    let all = list("faults");
    let faults = all.iter().map(|f| (f["record"].as_u64(), text(&f["kind"]))).collect();
    Said {
        outcome: text(&said["outcome"]),
        chain_head: text(&said["chain_head"]),
        root: text(&said["root"]),
        trial_balance: list("trial_balance").iter().map(row).collect(),
        faults,
    }
}
