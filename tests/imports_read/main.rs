//! Files as others hand them over: what is read from each is told whole, and what is wrong with each
//! is told at its place. `MINGZHANG_BLESS=1` writes the workbooks and what is expected anew.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod corpus;
mod random;
mod real;
mod values;
mod workbooks;

use std::path::PathBuf;

/// Where the files lie.
fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("fixtures/imports")
}

fn is_blessing() -> bool {
    std::env::var_os("MINGZHANG_BLESS").is_some()
}
