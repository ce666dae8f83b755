//! 明账 Mingzhang: an event-sourced ledger for union dues and welfare funds.
//!
//! The rooms, in reading order; each may name only those above it:
//!
//! - [`money`], [`capitals`], [`date`], [`ids`]: a type for every number and name that means
//!   something, and amounts in Chinese capitals 人民币大写
//! - [`lang`]: the two languages that everything is said in
//! - [`chart`]: the chart of accounts 科目表, as data
//! - [`report`]: projections into report values; [`render`]: those into text
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
pub mod book;
pub mod report;
pub mod render;
pub mod export;
