//! The sessions of the README, in both languages, and of the auditor's page, run as a reader would
//! type them.
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::fs;
use std::path::Path;
use std::process::Command;

const MARK: &str = "@@next@@";

/// The commands of the page's `console` blocks, each with what it prints.
fn session(page: &str) -> Vec<(String, Vec<String>)> {
    let mut steps: Vec<(String, Vec<String>)> = Vec::new();
    let mut inside = false;
    for line in page.lines() {
        if line.starts_with("```") {
            inside = line == "```console";
        } else if let (true, Some(command)) = (inside, line.strip_prefix("$ ")) {
            steps.push((command.to_owned(), Vec::new()));
        } else if let (true, Some(step)) = (inside, steps.last_mut()) {
            step.1.push(line.to_owned());
        }
    }
    steps
}

/// `...` stands for any lines, `[..]` for any part of one.
fn agrees(expected: &[String], printed: &[&str]) -> bool {
    let Some((first, rest)) = expected.split_first() else { return printed.is_empty() };
    if first == "..." {
        return (0..=printed.len()).any(|skipped| agrees(rest, &printed[skipped..]));
    }
    match printed.split_first() {
        Some((line, others)) => line_agrees(first, line.trim_end()) && agrees(rest, others),
        None => false,
    }
}

fn line_agrees(expected: &str, printed: &str) -> bool {
    match expected.split_once("[..]") {
        None => expected == printed,
        Some((before, after)) => printed.strip_prefix(before).is_some_and(|rest| {
            rest.char_indices().any(|(at, _)| line_agrees(after, &rest[at..]))
                || line_agrees(after, "")
        }),
    }
}

fn run(page: &str) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let steps = session(&fs::read_to_string(root.join(page)).unwrap());
    assert!(steps.len() > 10, "{page} has a session of {} commands", steps.len());
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir_all(folder.path().join("fixtures/readme")).unwrap();
    let setup = "fixtures/readme/setup.jsonl";
    fs::copy(root.join(setup), folder.path().join(setup)).unwrap();
    let typed: Vec<String> =
        steps.iter().map(|(command, _)| format!("{command}\necho {MARK}")).collect();
    let script = typed.join("\n");
    let bin = Path::new(env!("CARGO_BIN_EXE_mingzhang")).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", bin.display());
    let shell = Command::new("bash")
        .args(["-c", &format!("exec 2>&1\n{script}")])
        .current_dir(&folder)
        .env_clear()
        .envs([("PATH", path.as_str()), ("LANG", "en_US.UTF-8")])
        .output()
        .unwrap();
    let printed = String::from_utf8(shell.stdout).unwrap();
    for ((command, expected), printed) in steps.iter().zip(printed.split(&format!("{MARK}\n"))) {
        let lines: Vec<&str> = printed.lines().collect();
        assert!(agrees(expected, &lines), "{page}: $ {command}\nprinted:\n{printed}");
    }
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
