//! 明账 Mingzhang: an event-sourced ledger for union dues and welfare funds.
//!
//! The rooms, in reading order; each may name only those above it:
//!
//! - [`money`], [`capitals`], [`date`], [`ids`]: a type for every number and name that means
//!   something, and amounts in Chinese capitals 人民币大写
//! - [`lang`]: the two languages that everything is said in
//! - [`chart`]: the chart of accounts 科目表, as data
//! - [`event`]: every fact 事件, in the past tense, never altered: one file a family
//! - [`posting`]: fact → balanced entries 分录, the statutory table in one function
//! - [`projection`]: what the facts add up to; it never refuses
//! - [`rules`]: command → facts, or a named refusal with its source; pure
//! - [`chain`]: bytes: canonical records, hash, tree, checkpoints, witnesses, proofs, verification
//! - [`store`]: where records are kept: one trait; a synced log with sled as its index; a memory
//! - [`vault`]: what opens the commitments of private fields; [`attachments`]: papers by their hash
//! - [`book`]: the only place where rules, chain and store meet
//! - [`report`]: projections into report values; [`render`]: those into text
//! - [`export`]: the books for hledger, ledger and beancount
//! - [`import`]: files that others write, into commands
//!
//! What holds, each by a test:
//!
//! - Everything before `store` is a function of its arguments: no clock, disk, environment or
//!   randomness. Only the binary knows those, and clap.
//! - A write is on the disk (log, fdatasync) before it is acknowledged: all records of a command or
//!   file, or none. Readers read the log and never open the index.
//! - `verify` reads records only: never a projection, a snapshot or an index.
//! - No amount is a float and no sum wraps. A report is the same bytes for the same input.
//!
//! Where a change goes; the compiler names what is missing, for our own enums are matched in full:
//!
//! - A fact: its body in `event/<family>`, a line in `facts!` (`event/fact`), its entries in
//!   `posting/<family>`, what it adds up to and what a reversal takes back in `projection`, its line
//!   in an account (`Said`, `report/summary/<family>`), a golden record in `fixtures/golden`. A field
//!   on a fact is a new version of its body, which older ones are read without (`SINCE`, `event/fact`).
//! - A command: a line in `commands!` (`rules/command`), who may ask it (`rules/office`), its rule
//!   and refusals (`rules/<family>`, `rules/refusal`).
//! - A rule of a union, or of a law that changes: a line in `rules!` (`event/book`), read by its day
//!   from the state, with its source in `fixtures/rules`.
//! - What the program uses an account for: a line in `uses!` (`chart/uses`); nothing is posted by number.
//! - A report: a value in `report/<name>`, a line in `reports!` (`report/asked`), which of its
//!   figures are sums over vouchers (`Figured`, `report/figures`), its text in `render/<name>`
//!   (`Print`, `render/foot`).
//! - A store: one file in `store` and one line in `tests/store_conformance.rs`.
#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::as_conversions,
        clippy::float_arithmetic,
        clippy::indexing_slicing,
        clippy::print_stdout,
        clippy::print_stderr
    )
)]

mod schema;
pub mod money;
pub mod capitals;
pub mod date;
pub mod ids;
pub mod lang;
pub mod chart;
pub mod event;
pub mod posting;
pub mod projection;
pub mod rules;
pub mod chain;
pub mod store;
pub mod vault;
pub mod attachments;
pub mod book;
pub mod report;
pub mod render;
pub mod export;
pub mod import;
