//! The sessions of the README, in both languages, and of the auditor's page, run as a reader would
//! type them.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod session;

use session::Page;

fn run(path: &str) {
    let files = ("fixtures/readme", "fixtures/readme");
    Page { path, before: &[], files, locale: "en_US.UTF-8", commands_min: 11 }.run();
}

#[test]
fn the_session_in_the_readme_is_what_a_reader_sees() {
    run("README.md");
}

#[test]
fn the_session_in_the_chinese_readme_is_what_a_reader_sees() {
    run("README.zh-CN.md");
}

#[test]
fn the_session_of_the_auditors_page_is_what_a_reader_sees() {
    run("docs/auditing.md");
}
