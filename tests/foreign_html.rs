//! `verify.html` as it is exported is the page that the tests in `tests/foreign/html` open in a
//! browser: they put it together from the same pieces by themselves.
//!
//! `tests/run.sh` installs Python and names it in the environment; where it is not named, that is
//! said, and nothing is tested.

#![allow(clippy::disallowed_methods, reason = "the environment names the programs of others")]

use std::path::Path;
use std::process::Command;

use mingzhang::export::verifiers;

#[test]
fn the_page_that_is_exported_is_the_one_that_the_browser_tests_open() {
    let Ok(python) = std::env::var("MINGZHANG_PYTHON") else {
        assert!(std::env::var("MINGZHANG_FOREIGN").is_err(), "MINGZHANG_PYTHON is not set");
        eprintln!("skipped: MINGZHANG_PYTHON is not set; tests/run.sh sets it");
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("verify.html");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/foreign/html/page.py");
    let done = Command::new(python).arg(script).arg(&file).status().unwrap();
    assert!(done.success());
    let theirs = std::fs::read_to_string(file).unwrap();
    assert!(theirs == verifiers::html(), "the two put different pages together");
}
