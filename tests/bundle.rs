//! What travels: bundles of every awkward size, whole, the same bytes each time, and confirmed by
//! programs that nobody here wrote for this program.
//!
//! `tests/run.sh` installs those and says so by `MINGZHANG_FOREIGN=1`; then one that is missing is a
//! failure. Elsewhere it is said what was skipped.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod support;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use mingzhang::chain::proof::LogProof;
use mingzhang::chain::tree::{TreeHash, TreeHead, leaf_hash};
use mingzhang::chart::Chart;
use mingzhang::date::Instant;
use mingzhang::export::bundle::{BundleError, Contents, Written, write};
use mingzhang::ids::Seq;
use serde_json::{Value, json};
use support::{chart, checkpoint, log_key, policy_of_both, record, records, seal, signed};
use tempfile::TempDir;

const FORMAT: &str = include_str!("../docs/FORMAT.md");

/// Around every edge of a tile, and one beyond a full tile of tiles.
const SIZES: [usize; 9] = [0, 1, 2, 3, 255, 256, 257, 600, 65_537];
const LARGEST: usize = 65_537;

/// So many sealed records: the book begins, and then its groups are defined.
fn lines(count: usize) -> Vec<Vec<u8>> {
    let begun = records().into_iter().take(1);
    let group = |n: usize| {
        let mut group = record("group.defined", json!({ "group": format!("g{n}"), "name": "组" }));
        group["idem"] = format!("g{n}~0123456789abcdef").into();
        group
    };
    seal(begun.chain((1..).map(group)).take(count).collect())
}

/// The bundle of these records, signed and witnessed by both.
struct Bundled {
    desk: TempDir,
    chart: Chart,
}

impl Bundled {
    fn new() -> Bundled {
        Bundled { desk: tempfile::tempdir().unwrap(), chart: chart() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.desk.path().join(name)
    }

    fn contents(&self, lines: &[Vec<u8>]) -> Contents<'_> {
        let note = signed(&checkpoint(lines), &[1, 2]).to_string();
        let sized = format!("checkpoints/{}", lines.len());
        Contents {
            checkpoints: vec![("checkpoint".to_owned(), note.clone()), (sized, note)],
            log_vkey: LOG_VKEY.get_or_init(|| log_key().vkey().to_string()),
            chart: self.chart.json(),
            format: FORMAT,
            ..Contents::default()
        }
    }

    fn write(
        &self,
        name: &str,
        lines: &[Vec<u8>],
        contents: &Contents<'_>,
    ) -> Result<Written, BundleError> {
        write(&self.path(name), lines.iter().cloned().map(Ok), contents)
    }

    /// The policy of the auditor, who asks for both witnesses.
    fn policy(&self) -> PathBuf {
        let path = self.path("policy");
        fs::write(&path, policy_of_both()).unwrap();
        path
    }
}

static LOG_VKEY: std::sync::OnceLock<String> = std::sync::OnceLock::new();

fn head(lines: &[Vec<u8>]) -> TreeHead {
    checkpoint(lines).head()
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// Every file below a folder by its name in it, with its bytes.
fn files(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let (mut folders, mut found) = (vec![folder.to_path_buf()], Vec::new());
    while let Some(inner) = folders.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = text(path.strip_prefix(folder).unwrap()).to_owned();
                found.push((name, fs::read(path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).into_iter().map(|(name, _)| name).collect()
}

/// Runs a program that is not ours; `None` where it is not installed and need not be.
fn other(program: &Path, arguments: &[&str], folder: &Path) -> Option<String> {
    let output = Command::new(program)
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output();
    match output {
        Ok(output) => {
            let said = String::from_utf8_lossy(&output.stdout).into_owned();
            let told = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{}: {said}{told}", program.display());
            Some(said)
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

/// What the program says of a bundle, held against the auditor's policy.
fn verdict(bundle: &Path, policy: &Path, clock: &str) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
        .args(["verify", text(bundle), "--policy", text(policy), "--json"])
        .env("MINGZHANG_CLOCK", clock)
        .output()
        .unwrap();
    let said: Value = serde_json::from_slice(&output.stdout).unwrap();
    said["verdict"].clone()
}

/// The proofs of some of the records, beside the bundle.
fn prove(bundle: &Path, lines: &[Vec<u8>]) {
    let leaves: Vec<TreeHash> = lines.iter().map(|line| leaf_hash(line)).collect();
    let note = signed(&checkpoint(lines), &[1, 2]);
    let places = [0, lines.len() / 3, lines.len() - 1];
    for place in BTreeSet::from(places) {
        let seq = Seq(place.try_into().unwrap());
        let proof = LogProof::new(seq, &leaves, note.clone()).unwrap();
        let proof = proof.with_record(&lines[place]).unwrap();
        fs::write(bundle.join(format!("{place}.tlog-proof")), proof.to_string()).unwrap();
    }
}

fn check_with_others(bundled: &Bundled, size: usize, verdict: &Value) {
    let (bundle, policy) = (bundled.path("bundle"), bundled.policy());
    let said = format!("ok {size} {}\n", verdict["root"].as_str().unwrap());
    let vkey = log_key().vkey().to_string();
    other(Path::new("sha256sum"), &["--check", "--strict", "--quiet", "SHA256SUMS"], &bundle);
    if size > 0 {
        // The log of Go's checksum database is never empty, and its code gives no root to one.
        let go = other(&named("MINGZHANG_SUMDB"), &["tiles", &vkey, text(&bundle)], &bundle);
        assert!(go.is_none_or(|go| go == said), "{size}");
    }
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign/tlog_tools.py");
    let python = other(&named("MINGZHANG_PYTHON"), &[tools, text(&policy), text(&bundle)], &bundle);
    assert!(python.is_none_or(|python| python == said), "{size}");
    verify_py_says_the_same(&bundle, &policy, verdict);
    b3sum_finds_the_chain_head(&bundle, verdict);
    openssl_accepts_the_log_s_signature(&bundle);
}

/// What it is asked when the witnesses have just cosigned.
fn now() -> String {
    Instant::parse(support::NOW).unwrap().unix().to_string()
}

/// The verifier that travels in the bundle itself.
fn verify_py_says_the_same(bundle: &Path, policy: &Path, verdict: &Value) {
    let program = bundle.join("verify.py");
    let output = Command::new(named("MINGZHANG_PYTHON"))
        .arg(program)
        .args([text(bundle), "--json", "--policy", text(policy), "--at", &now()])
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output();
    let Ok(output) = output else {
        assert!(std::env::var_os("MINGZHANG_FOREIGN").is_none(), "MINGZHANG_PYTHON");
        return println!("skipped: MINGZHANG_PYTHON is not installed");
    };
    assert_same(&serde_json::from_slice(&output.stdout).unwrap(), verdict);
}

fn assert_same(theirs: &Value, ours: &Value) {
    let size = &ours["records"];
    for name in ["records", "chain_head", "root"] {
        assert_eq!(theirs[name], ours[name], "{name} of {size}");
    }
    let outcome = match ours["outcome"]["is"].as_str() {
        Some("verified_and_witnessed") => "verified and witnessed",
        Some(_) | None => "broken",
    };
    assert_eq!(theirs["outcome"], outcome, "{size}");
    let theirs: BTreeSet<_> =
        theirs["faults"].as_array().unwrap().iter().map(|fault| fault["kind"].as_str()).collect();
    let ours: BTreeSet<_> =
        ours["fault_counts"].as_object().unwrap().keys().map(|kind| Some(kind.as_str())).collect();
    assert_eq!(theirs, ours, "{size}");
}

/// All sizes in one browser, each as the folder that `run_cases.py` asks for.
fn the_page_says_the_same(cases: &Path, verdicts: &[Value]) {
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign/html/run_cases.py");
    let said = other(&named("MINGZHANG_PYTHON"), &[program, text(cases)], cases);
    let Some(said) = said else { return };
    let said: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(said.len(), verdicts.len());
    for (theirs, ours) in said.iter().zip(verdicts) {
        assert_same(theirs, ours);
        if ours["outcome"]["is"] == "verified_and_witnessed" {
            assert_eq!(theirs["witnessed_size"], ours["records"]);
        }
    }
}

fn b3sum_finds_the_chain_head(bundle: &Path, verdict: &Value) {
    let events = fs::read(bundle.join("events.ndjson")).unwrap();
    let Some(last) = events.split(|byte| *byte == b'\n').rev().nth(1) else { return };
    let file = bundle.with_file_name("record");
    fs::write(&file, last).unwrap();
    let context = "mingzhang 2026-11-22 v1 record chain";
    let arguments = ["--no-names", "--derive-key", context, text(&file)];
    let found = other(Path::new("b3sum"), &arguments, bundle);
    assert!(found.is_none_or(|found| found.trim() == verdict["chain_head"]));
}

fn openssl_accepts_the_log_s_signature(bundle: &Path) {
    /// DER of an Ed25519 public key, before its 32 bytes (RFC 8410).
    const ED25519_SPKI: &[u8] = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";
    let file = |name: &str, bytes: &[u8]| {
        let path = bundle.with_file_name(name);
        fs::write(&path, bytes).unwrap();
        text(&path).to_owned()
    };
    let vkey = fs::read_to_string(bundle.join("log.vkey")).unwrap();
    let key = STANDARD.decode(vkey.trim().splitn(3, '+').nth(2).unwrap()).unwrap();
    let note = fs::read_to_string(bundle.join("checkpoint")).unwrap();
    let (signed, signatures) = note.split_once("\n\n").unwrap();
    let signature = signatures.lines().next().unwrap().rsplit(' ').next().unwrap();
    let public = file("log.der", &[ED25519_SPKI, &key[1..]].concat());
    let signature = file("log.sig", &STANDARD.decode(signature).unwrap()[4..]);
    let signed = file("log.txt", format!("{signed}\n").as_bytes());
    let mut arguments = vec!["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-rawin"];
    arguments.extend(["-inkey", &public, "-in", &signed, "-sigfile", &signature]);
    other(Path::new("openssl"), &arguments, bundle);
}

#[test]
fn bundles_of_every_size_are_verified_and_witnessed_and_others_agree() {
    let all = lines(LARGEST);
    let cases = tempfile::tempdir().unwrap();
    let mut verdicts = Vec::new();
    for size in SIZES {
        let (bundled, lines) = (Bundled::new(), &all[..size]);
        let written = bundled.write("bundle", lines, &bundled.contents(lines)).unwrap();
        let bundle = bundled.path("bundle");
        let records = u64::try_from(size).unwrap();
        assert_eq!((written.records, written.from), (records, 0));
        assert_eq!(written.files, names(&bundle).len(), "{size}");
        let verdict = verdict(&bundle, &bundled.policy(), support::NOW);
        let outcome = &verdict["outcome"];
        if size == 0 {
            // No book has no record; what there is of it travels all the same.
            let faults = json!({ "ledger_created_missing": 1, "log_not_in_policy": 1 });
            assert_eq!(verdict["fault_counts"], faults);
            assert!(names(&bundle).iter().all(|name| !name.starts_with("tile/")));
        } else {
            assert_eq!(outcome["is"], "verified_and_witnessed", "{size}: {verdict}");
            assert_eq!((&outcome["size"], &verdict["records"]), (&json!(size), &json!(size)));
            assert_eq!(outcome["witnesses"].as_array().unwrap().len(), 2);
            prove(&bundle, lines);
        }
        assert_eq!(verdict["root"], head(lines).root.to_string());
        check_with_others(&bundled, size, &verdict);
        let case = cases.path().join(format!("{size:06}"));
        fs::create_dir(&case).unwrap();
        fs::rename(&bundle, case.join("bundle")).unwrap();
        fs::write(case.join("policy"), policy_of_both()).unwrap();
        fs::write(case.join("now"), now()).unwrap();
        verdicts.push(verdict);
    }
    the_page_says_the_same(cases.path(), &verdicts);
}

/// A bundle of the first of these sizes, and one after the other those that continue it.
fn continued(bundled: &Bundled, all: &[Vec<u8>], sizes: &[usize]) -> Vec<PathBuf> {
    let mut since = None;
    let mut bundles = Vec::new();
    for (number, size) in sizes.iter().enumerate() {
        let (name, lines) = (format!("{number}-until-{size}"), &all[..*size]);
        let contents = Contents { since, ..bundled.contents(lines) };
        let written = bundled.write(&name, lines, &contents).unwrap();
        assert_eq!(written.from, since.map_or(0, |since: TreeHead| since.size));
        since = Some(head(lines));
        bundles.push(bundled.path(&name));
    }
    bundles
}

#[test]
fn a_bundle_that_continues_another_holds_what_is_new_and_proves_that_the_old_is_its_beginning() {
    let (bundled, all) = (Bundled::new(), lines(1_100));
    let bundles = continued(&bundled, &all, &[1, 2, 255, 256, 257, 600, 600, 1_024, 1_100]);
    let read: Vec<u8> =
        bundles.iter().flat_map(|b| fs::read(b.join("events.ndjson")).unwrap()).collect();
    assert!(read == support::file(&all), "together they hold each record once");
    let tiles = |bundle: &Path| -> Vec<String> {
        names(bundle).into_iter().filter(|name| name.starts_with("tile/")).collect()
    };
    assert_eq!(tiles(&bundles[3]), ["tile/0/000", "tile/1/000.p/1"]);
    assert_eq!(tiles(&bundles[4]), ["tile/0/001.p/1"]);
    assert_eq!(tiles(&bundles[5]), ["tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2"]);
    // Nothing was recorded in between.
    assert_eq!(tiles(&bundles[6]), Vec::<String>::new());
    let root = head(&all).root;
    let paths: Vec<&str> = bundles.iter().map(|bundle| text(bundle)).collect();
    let vkey = log_key().vkey().to_string();
    let go: Vec<&str> = ["tiles", vkey.as_str()].into_iter().chain(paths.clone()).collect();
    let go = other(&named("MINGZHANG_SUMDB"), &go, bundled.desk.path());
    assert!(go.is_none_or(|go| go == format!("ok 1100 {root}\n")));
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign/tlog_tools.py");
    let policy = bundled.policy();
    let python: Vec<&str> = [tools, text(&policy)].into_iter().chain(paths).collect();
    let python = other(&named("MINGZHANG_PYTHON"), &python, bundled.desk.path());
    assert!(python.is_none_or(|python| python == format!("ok 1100 {root}\n")));
}

#[test]
fn others_refuse_a_tile_a_proof_and_a_beginning_that_were_changed() {
    let (bundled, all) = (Bundled::new(), lines(600));
    let bundles = continued(&bundled, &all, &[257, 600]);
    prove(&bundles[1], &all);
    let vkey = log_key().vkey().to_string();
    let policy = bundled.policy();
    let tools = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign/tlog_tools.py");
    let accept = |program: &Path, arguments: &[&str]| {
        let output = Command::new(program)
            .args(arguments)
            .args(&bundles)
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output();
        output.map(|output| output.status.success()).ok()
    };
    let both = || {
        let go = accept(&named("MINGZHANG_SUMDB"), &["tiles", &vkey]);
        (go, accept(&named("MINGZHANG_PYTHON"), &[tools, text(&policy)]))
    };
    // Without them there is nothing to test, which the other tests say.
    let (None | Some(true), None | Some(true)) = both() else { panic!("they accept it") };
    for (name, behind, further) in
        [("tile/0/001", "", 40), ("599.tlog-proof", "index 599\n", 5), ("since", "old 257\n", 60)]
    {
        let path = bundles[1].join(name);
        let good = fs::read(&path).unwrap();
        let found = good.windows(behind.len().max(1)).position(|part| part == behind.as_bytes());
        let at = found.map_or(0, |at| at + behind.len()) + further;
        let mut bad = good.clone();
        bad[at] = if bad[at] == b'A' { b'B' } else { b'A' };
        fs::write(&path, bad).unwrap();
        let (None | Some(false), None | Some(false)) = both() else { panic!("{name} is accepted") };
        fs::write(&path, good).unwrap();
    }
}

#[test]
fn two_bundles_of_one_book_are_the_same_bytes_and_the_sums_name_every_other_file() {
    let (bundled, lines) = (Bundled::new(), lines(300));
    for name in ["one", "two"] {
        bundled.write(name, &lines, &bundled.contents(&lines)).unwrap();
    }
    let (one, two) = (files(&bundled.path("one")), files(&bundled.path("two")));
    assert!(one == two);
    let sums = fs::read_to_string(bundled.path("one").join("SHA256SUMS")).unwrap();
    let summed: Vec<(String, String)> = sums
        .lines()
        .map(|line| line.split_once("  ").unwrap())
        .map(|(sum, name)| (name.to_owned(), sum.to_owned()))
        .collect();
    assert!(summed.is_sorted());
    let expected: Vec<(String, String)> = one
        .iter()
        .filter(|(name, _)| name != "SHA256SUMS")
        .map(|(name, bytes)| (name.clone(), support::sha256(bytes)))
        .collect();
    assert_eq!(summed, expected);
    for name in ["verify.py", "verify.html", "FORMAT.md", "chart.json", "log.vkey"] {
        assert!(expected.iter().any(|(found, _)| found == name), "{name}");
    }
}

#[test]
fn a_bundle_is_written_whole_or_not_at_all() {
    let (bundled, lines) = (Bundled::new(), lines(5));
    let others = seal(records());
    let since = |lines: &[Vec<u8>]| Some(head(lines));
    let contents = |since| Contents { since, ..bundled.contents(&lines) };
    let refused = |contents: &Contents<'_>| bundled.write("b", &lines, contents).unwrap_err();
    assert!(matches!(
        refused(&contents(since(&others[..3]))),
        BundleError::NotAPrefix { size: 3, .. }
    ));
    assert!(matches!(refused(&contents(since(&others))), BundleError::NotAPrefix { size: 9, .. }));
    let of_others = Contents { since: None, ..bundled.contents(&others[..3]) };
    assert!(matches!(refused(&of_others), BundleError::OtherCheckpoint { size: 3, .. }));
    // The records are there, and nobody has signed them yet.
    let unsigned = Contents { checkpoints: Vec::new(), ..contents(since(&lines[..3])) };
    assert!(matches!(refused(&unsigned), BundleError::NotCovered { newest: 0, since: 3 }));
    let behind = Contents { since: since(&lines), ..bundled.contents(&lines[..3]) };
    assert!(matches!(refused(&behind), BundleError::NotCovered { newest: 3, since: 5 }));
    assert_eq!(names(bundled.desk.path()), Vec::<String>::new(), "nothing is left behind");
    bundled.write("b", &lines, &contents(None)).unwrap();
    let before = files(&bundled.path("b"));
    assert!(matches!(refused(&contents(None)), BundleError::Exists(_)));
    assert!(files(&bundled.path("b")) == before);
}

#[test]
fn without_a_checkpoint_the_tiles_are_those_of_all_records() {
    let (bundled, lines) = (Bundled::new(), lines(300));
    let contents = Contents { checkpoints: Vec::new(), ..bundled.contents(&lines) };
    bundled.write("unsigned", &lines, &contents).unwrap();
    let names = names(&bundled.path("unsigned"));
    assert!(names.contains(&"tile/0/001.p/44".to_owned()), "{names:?}");
    assert!(!names.contains(&"checkpoint".to_owned()));
    // With one, those of its size; the records after it travel too.
    bundled.write("signed", &lines, &bundled.contents(&lines[..257])).unwrap();
    let names = self::names(&bundled.path("signed"));
    assert!(names.contains(&"tile/0/001.p/1".to_owned()), "{names:?}");
    let events = fs::read(bundled.path("signed").join("events.ndjson")).unwrap();
    assert!(events == support::file(&lines));
}

#[test]
fn papers_travel_when_they_are_asked_for_and_are_what_the_records_say() {
    let bundled = Bundled::new();
    let papers = bundled.path("papers");
    fs::create_dir(&papers).unwrap();
    let (invoice, unnamed) = (b"an invoice".as_slice(), b"of no record".as_slice());
    for paper in [invoice, unnamed] {
        fs::write(papers.join(support::sha256(paper)), paper).unwrap();
    }
    let sha256 = support::sha256(invoice);
    let mut all: Vec<Value> = records().into_iter().take(1).collect();
    for n in [0, 1] {
        let body = json!({ "to": n, "sha256": sha256, "bytes": invoice.len() });
        let mut added = record("attachment.added", body);
        added["idem"] = format!("a{n}~0123456789abcdef").into();
        all.push(added);
    }
    let lines = seal(all);
    let with = |since| Contents { since, papers: Some(&papers), ..bundled.contents(&lines) };
    let held = |name: &str| -> Vec<String> {
        let names = names(&bundled.path(name));
        names.into_iter().filter(|name| name.starts_with("attachments/")).collect()
    };
    bundled.write("with", &lines, &with(None)).unwrap();
    assert_eq!(held("with"), [format!("attachments/{sha256}")]);
    bundled.write("without", &lines, &bundled.contents(&lines)).unwrap();
    assert_eq!(held("without"), Vec::<String>::new());
    // What the earlier bundle's records name is not brought again.
    bundled.write("continued", &lines, &with(Some(head(&lines)))).unwrap();
    assert_eq!(held("continued"), Vec::<String>::new());
    fs::write(papers.join(&sha256), "another").unwrap();
    let error = bundled.write("changed", &lines, &with(None)).unwrap_err();
    assert!(matches!(error, BundleError::OtherPaper { .. }), "{error}");
    fs::remove_file(papers.join(&sha256)).unwrap();
    let error = bundled.write("lost", &lines, &with(None)).unwrap_err();
    assert!(matches!(error, BundleError::File(_)), "{error}");
}

#[test]
fn the_log_key_of_a_bundle_is_the_newest_that_the_records_name() {
    let (bundled, mut all) = (Bundled::new(), records());
    let newer = support::key(support::ORIGIN, mingzhang::chain::key::KeyKind::Log, 8).vkey();
    let body = json!({ "old": log_key().vkey().to_string(), "new": newer.to_string() });
    let mut rotated = record("key.rotated", body);
    rotated["idem"] = "r~0123456789abcdef".into();
    all.push(rotated);
    let lines = seal(all);
    bundled.write("b", &lines, &bundled.contents(&lines)).unwrap();
    let vkey = fs::read_to_string(bundled.path("b").join("log.vkey")).unwrap();
    assert_eq!(vkey, format!("{newer}\n"));
}
