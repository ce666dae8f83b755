//! 明账 Mingzhang: an event-sourced ledger for union dues and welfare funds.
//!
//! The rooms, in reading order; each may name only those above it:
//!
//! - [`money`], [`date`], [`ids`]: a type for every number and name that means something
//! - [`chart`]: the chart of accounts 科目表, as data
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
pub mod date;
pub mod ids;
pub mod event;
pub mod chain;
pub mod store;
