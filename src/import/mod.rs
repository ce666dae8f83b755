//! Files that others write into commands: what a bank, a tax bureau, a personnel office or another
//! program hands over, read as it is, line by line, and never altered.
//!
//! bytes → [`grid`] (which encoding, which rows) → the header, found by its names → values → what
//! the rules file says of each line → commands. What is wrong with a file is a [`flaw`] at its place.

pub mod grid;
pub mod feet;
pub mod flaw;
pub mod code;
pub mod decode;
mod delimited;
mod sheet;
mod unseen;
pub mod values;
pub mod hidden;
pub mod header;
pub mod table;
pub mod rules;
pub mod columns;
pub mod lines;
pub mod given;
pub mod kinds;
pub mod duplicates;
mod judge;
pub mod private;
mod totals;
pub mod plan;
