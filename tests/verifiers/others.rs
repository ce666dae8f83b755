//! What programs see that know nothing of this format: Go's checksum database of the tree and the
//! log's signature, b3sum of the chain, sha256sum of the files.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use mingzhang::chain::verify::FaultKind;
use serde_json::Value;

use crate::support::{Bundle, log_key};

use super::{Book, program};

pub(crate) const OTHERS: [&str; 3] = ["Go sumdb", "b3sum", "sha256sum"];

/// Which of them refuse each book, in their order; nothing where Go's cannot be asked.
pub(crate) fn refusing(books: &[Book]) -> Option<Vec<BTreeSet<&'static str>>> {
    let sumdb = program("MINGZHANG_SUMDB")?;
    let [go, b3sum, sha256sum] = OTHERS;
    let refusing = |book: &Book| {
        let folder = tempfile::tempdir().unwrap();
        book.bundle.write(folder.path());
        let mut refusing = BTreeSet::new();
        if go_refuses(&sumdb, &book.bundle, folder.path()) {
            refusing.insert(go);
        }
        if book.found.iter().any(|(_, kind)| *kind == FaultKind::PrevWrong)
            && b3sum_refuses(&book.bundle)
        {
            refusing.insert(b3sum);
        }
        if book.bundle.sums.is_some() && sha256sum_refuses(folder.path()) {
            refusing.insert(sha256sum);
        }
        refusing
    };
    Some(books.iter().map(refusing).collect())
}

/// It is given records from the first on, and the key that the union's fixtures begin with.
fn go_refuses(sumdb: &str, bundle: &Bundle, folder: &Path) -> bool {
    let is_signed = bundle.checkpoints.iter().any(|file| file.name == "checkpoint");
    if bundle.since.is_some() || !is_signed {
        return false;
    }
    let files = ["checkpoint", "events.ndjson"].map(|name| folder.join(name));
    let vkey = log_key().vkey().to_string();
    let output = Command::new(sumdb).arg(vkey).args(files).output().unwrap();
    !output.status.success()
}

/// Whether some line's `prev` is not what b3sum makes of the line before.
fn b3sum_refuses(bundle: &Bundle) -> bool {
    let lines = bundle.lines();
    lines.iter().zip(lines.iter().skip(1)).any(|(before, line)| {
        let record: Option<Value> = serde_json::from_slice(line).ok();
        record.is_some_and(|record| record["prev"].as_str() != Some(&chained(before)))
    })
}

fn chained(line: &[u8]) -> String {
    let context = "mingzhang 2026-11-22 v1 record chain";
    let mut b3sum = Command::new("b3sum")
        .args(["--no-names", "--derive-key", context])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    b3sum.stdin.take().unwrap().write_all(line).unwrap();
    String::from_utf8(b3sum.wait_with_output().unwrap().stdout).unwrap().trim().to_owned()
}

fn sha256sum_refuses(folder: &Path) -> bool {
    let output = Command::new("sha256sum")
        .args(["--check", "--strict", "--quiet", "SHA256SUMS"])
        .current_dir(folder)
        .env("LC_ALL", "C.UTF-8")
        .output()
        .unwrap();
    !output.status.success()
}

#[test]
fn b3sum_makes_the_chain_of_a_good_book() {
    if program("MINGZHANG_SUMDB").is_some() {
        assert!(!b3sum_refuses(&crate::support::good()));
    }
}
