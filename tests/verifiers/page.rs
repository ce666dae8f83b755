//! verify.html, all books in one browser.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::{Book, Said, read};

/// What the page says of each of these books, in their order.
pub(crate) fn page(python: &str, books: &[&[Book]]) -> Vec<Said> {
    let books: Vec<&Book> = books.iter().copied().flatten().collect();
    let folder = tempfile::tempdir().unwrap();
    for (n, book) in books.iter().enumerate() {
        lay_out(book, &folder.path().join(format!("{n:06}")));
    }
    let program = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/foreign/html/run_cases.py");
    let output = Command::new(python)
        .arg(program)
        .arg(folder.path())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .output()
        .unwrap();
    let complaint = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{complaint}");
    let said = String::from_utf8(output.stdout).unwrap();
    let said: Vec<Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(said.len(), books.len(), "{complaint}");
    said.iter().map(read).collect()
}

/// A case as the head of `run_cases.py` asks for it.
fn lay_out(Book { bundle, .. }: &Book, case: &Path) {
    bundle.write(&case.join("bundle"));
    fs::write(case.join("now"), bundle.now.unix().to_string()).unwrap();
    if let Some(policy) = &bundle.policy {
        fs::write(case.join("policy"), policy).unwrap();
    }
    for (n, base) in bundle.bases.iter().enumerate() {
        base.write(&case.join("base").join(n.to_string()));
    }
    for file in &bundle.against {
        fs::create_dir_all(case.join("against")).unwrap();
        fs::write(case.join("against").join(&file.name), &file.bytes).unwrap();
    }
}
