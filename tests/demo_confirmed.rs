//! The demo's year, from the binary's own output, confirmed by programs that nobody here wrote.
//!
//! `tests/run.sh` installs them and says so by `MINGZHANG_FOREIGN=1`; then one that is missing is a
//! failure. Elsewhere it is said what was skipped.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mingzhang::money::Money;
use serde_json::Value;
use tempfile::TempDir;

const CLOCK: &str = "2026-01-05T01:00:00Z";
/// DER of an Ed25519 public key, before its 32 bytes (RFC 8410).
const ED25519_SPKI: &[u8] = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

static DEMO: LazyLock<TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    mingzhang(&["demo", folder.path().join("demo").to_str().unwrap(), "--seed", "1", "--quiet"]);
    folder
});

fn demo(part: &str) -> PathBuf {
    DEMO.path().join("demo").join(part)
}

fn mingzhang(arguments: &[&str]) -> String {
    let mut program = Command::new(env!("CARGO_BIN_EXE_mingzhang"));
    let output = program.args(arguments).env("MINGZHANG_CLOCK", CLOCK).output().unwrap();
    let (said, told) = (String::from_utf8(output.stdout), String::from_utf8(output.stderr));
    assert!(output.status.success(), "{arguments:?}: {}", told.unwrap());
    said.unwrap()
}

fn verdict() -> Value {
    let (bundle, policy) = (demo("bundle"), demo("policy"));
    let arguments =
        ["verify", bundle.to_str().unwrap(), "--policy", policy.to_str().unwrap(), "--json"];
    serde_json::from_str::<Value>(&mingzhang(&arguments)).unwrap()["verdict"].take()
}

/// Runs a program that is not ours; `None` where it is not installed and need not be.
fn other(program: &Path, arguments: &[&str]) -> Option<(bool, String)> {
    let output = Command::new(program).args(arguments).env("LC_ALL", "C.UTF-8").output();
    match output {
        Ok(output) => {
            let told = String::from_utf8_lossy(&output.stderr);
            let said = String::from_utf8_lossy(&output.stdout);
            Some((output.status.success(), format!("{said}{told}")))
        }
        Err(error) => {
            let needed = std::env::var_os("MINGZHANG_FOREIGN").is_some();
            assert!(!needed, "{}: {error}", program.display());
            println!("skipped: {} is not installed", program.display());
            None
        }
    }
}

fn named(variable: &str) -> PathBuf {
    std::env::var_os(variable).map_or_else(|| PathBuf::from(variable), PathBuf::from)
}

#[test]
fn the_verifier_in_python_agrees_on_head_root_and_trial_balance() {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/export/verifiers/verify.py");
    let (bundle, policy) = (demo("bundle"), demo("policy"));
    let time = mingzhang::date::Instant::parse(CLOCK).unwrap().unix().to_string();
    let arguments = [
        script.to_str().unwrap(),
        "--json",
        "--at",
        &time,
        "--policy",
        policy.to_str().unwrap(),
        bundle.to_str().unwrap(),
    ];
    let Some((done, said)) = other(&named("MINGZHANG_PYTHON"), &arguments) else { return };
    assert!(done, "{said}");
    let (theirs, ours): (Value, Value) = (serde_json::from_str(&said).unwrap(), verdict());
    assert_eq!(theirs["outcome"], "verified and witnessed");
    assert_eq!(ours["outcome"]["is"], "verified_and_witnessed");
    for (their_name, our_name) in [
        ("records", "records"),
        ("chain_head", "chain_head"),
        ("root", "root"),
        ("faults", "faults"),
        ("trial_balance", "trial_balance"),
    ] {
        assert_eq!(theirs[their_name], ours[our_name], "{our_name}");
    }
}

#[test]
fn go_s_checksum_database_accepts_every_checkpoint_of_the_year() {
    let vkey = fs::read_to_string(demo("bundle/log.vkey")).unwrap();
    let events = demo("bundle/events.ndjson");
    let mut seen = 0;
    for checkpoint in fs::read_dir(demo("bundle/checkpoints")).unwrap() {
        let checkpoint = checkpoint.unwrap().path();
        let arguments = [vkey.trim(), checkpoint.to_str().unwrap(), events.to_str().unwrap()];
        let Some((done, said)) = other(&named("MINGZHANG_SUMDB"), &arguments) else { return };
        assert!(done && said.starts_with("ok "), "{}: {said}", checkpoint.display());
        seen += 1;
    }
    assert_eq!(seen, 12, "one checkpoint a month");
}

#[test]
fn b3sum_finds_the_hash_that_the_next_record_names() {
    let events = fs::read_to_string(demo("bundle/events.ndjson")).unwrap();
    let lines: Vec<&str> = events.lines().collect();
    let record = DEMO.path().join("record");
    for pair in lines.windows(2).step_by(60) {
        fs::write(&record, pair[0]).unwrap();
        let context = "mingzhang 2026-11-22 v1 record chain";
        let arguments = ["--no-names", "--derive-key", context, record.to_str().unwrap()];
        let Some((done, said)) = other(Path::new("b3sum"), &arguments) else { return };
        assert!(done, "{said}");
        let next: Value = serde_json::from_str(pair[1]).unwrap();
        assert_eq!(said.trim(), next["prev"]);
    }
}

#[test]
fn openssl_accepts_the_log_s_signature_on_the_checkpoint() {
    let vkey = fs::read_to_string(demo("bundle/log.vkey")).unwrap();
    let key = STANDARD.decode(vkey.trim().splitn(3, '+').nth(2).unwrap()).unwrap();
    let note = fs::read_to_string(demo("bundle/checkpoint")).unwrap();
    let (text, signatures) = note.split_once("\n\n").unwrap();
    let signature = signatures.lines().next().unwrap().rsplit(' ').next().unwrap();
    let file = |name: &str, bytes: &[u8]| {
        let path = DEMO.path().join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let public = file("log.der", &[ED25519_SPKI, &key[1..]].concat());
    let signature = file("log.sig", &STANDARD.decode(signature).unwrap()[4..]);
    for (text, accepted) in [(format!("{text}\n"), true), (format!("{text} \n"), false)] {
        let text = file("log.txt", text.as_bytes());
        let mut arguments = vec!["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin"];
        arguments.extend(["-inkey", &public, "-in", &text, "-sigfile", &signature]);
        let Some((done, said)) = other(Path::new("openssl"), &arguments) else { return };
        assert_eq!(done, accepted, "{said}");
    }
}

/// Balances by account code and fund number, nil ones left out.
type Balances = BTreeMap<(String, String), String>;

fn our_balances() -> Balances {
    let numbers = BTreeMap::from([("general", "F1"), ("relief", "F2"), ("donation", "F3")]);
    let rows = verdict()["trial_balance"].take();
    let rows = rows.as_array().unwrap().iter().map(|row| {
        let text = |name: &str| row[name].as_str().unwrap().to_owned();
        ((text("account"), numbers[text("fund").as_str()].to_owned()), text("balance"))
    });
    rows.filter(|(_, balance)| balance != "0.00").collect()
}

/// Lines of `Assets:102-银行存款:F1-一般资金,"120.00 CNY"`, however a program writes them.
fn their_balances(csv: &str) -> Balances {
    let mut balances = Balances::new();
    for line in csv.lines() {
        let plain = line.replace(['"', ' '], "");
        let mut cells = plain.split(',');
        let (Some(account), Some(last)) = (cells.next(), cells.next_back()) else { continue };
        let parts: Vec<&str> = account.split(':').collect();
        let [_, account, fund] = parts.as_slice() else { continue };
        let part = |text: &str| text.split('-').next().unwrap().to_owned();
        let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-');
        let amount: String = last.chars().filter(|c| digits(*c)).collect();
        // ledger leaves out noughts at the end.
        let (whole, fen) = amount.split_once('.').unwrap_or((&amount, ""));
        let amount = Money::parse(&format!("{whole}.{fen:0<2}")).unwrap();
        if !amount.is_zero() {
            balances.insert((part(account), part(fund)), amount.to_string());
        }
    }
    balances
}

#[test]
fn hledger_ledger_and_beancount_accept_the_exports_and_find_the_same_trial_balance() {
    let book = demo("book");
    let ours = our_balances();
    assert!(ours.len() > 8, "{ours:?}");
    for by in ["currency", "fund"] {
        let file = |kind: &str| {
            let path = DEMO.path().join(format!("{by}.{kind}"));
            let out = path.to_str().unwrap().to_owned();
            mingzhang(&["-b", book.to_str().unwrap(), "export", kind, "--by", by, "--out", &out]);
            out
        };
        let (journal, beancount) = (file("journal"), file("beancount"));
        let sums = "SELECT account, sum(number) GROUP BY account";
        let ledger_line = "%(account),%(quantity(scrub(display_total)))\n";
        let runs: [(&str, Vec<&str>, bool); 6] = [
            ("hledger", vec!["-f", &journal, "check", "--strict", "ordereddates"], false),
            ("ledger", vec!["-f", &journal, "--strict", "--pedantic", "bal"], false),
            ("bean-check", vec!["--no-cache", &beancount], false),
            (
                "hledger",
                vec!["-f", &journal, "bal", "-N", "--flat", "--layout=bare", "-Ocsv"],
                true,
            ),
            (
                "ledger",
                vec![
                    "-f",
                    &journal,
                    "bal",
                    "--flat",
                    "--no-total",
                    "--balance-format",
                    ledger_line,
                ],
                true,
            ),
            ("bean-query", vec!["-f", "csv", &beancount, sums], true),
        ];
        for (program, arguments, balances) in runs {
            let Some((done, said)) = other(Path::new(program), &arguments) else { return };
            assert!(done, "{program} {by}: {said}");
            if balances {
                assert_eq!(their_balances(&said), ours, "{program} {by}");
            }
        }
    }
}
