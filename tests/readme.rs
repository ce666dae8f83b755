//! The sessions of the README, each in its own language, and of the auditor's page, run as a reader would
//! type them.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

mod session;

use session::Page;

fn run(path: &str, locale: &str) {
    let files = ("fixtures/readme", "fixtures/readme");
    Page { path, before: &[], files, locale, commands_min: 11 }.run();
}

#[test]
fn the_session_in_the_readme_is_what_a_reader_sees() {
    run("README.md", "en_US.UTF-8");
}

#[test]
fn the_session_in_the_chinese_readme_is_what_a_reader_sees() {
    run("README.zh-CN.md", "zh_CN.UTF-8");
}

#[test]
fn the_session_of_the_auditors_page_is_what_a_reader_sees() {
    run("docs/auditing.md", "en_US.UTF-8");
}
