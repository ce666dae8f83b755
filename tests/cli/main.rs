//! The binary as a stranger uses it: every command, good and bad input, both languages.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

mod program;
mod sheets;
#[path = "../support/mod.rs"]
mod support;

mod demo;
mod opening;
mod person;
mod input;
mod disk;
mod trust;
mod travel;
mod twice;
mod witness;
mod doctor;
mod auditor;
mod bundle;
mod words;
mod languages;
mod one_language;
mod places;
mod rules_files;
mod help;
mod vault;
mod hardship;
mod attachments;
mod acts;
mod charts;
mod openness;
mod forms;
mod exports;
mod add;
mod config;
mod colors;
mod completions;
mod dry_run;
mod undo;
mod bank;
