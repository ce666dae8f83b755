//! Every fact 事件 that a book can hold: in the past tense, never altered.
//!
//! One file a family. A fact's struct is also its command's struct wherever the treasurer says no
//! less than what is recorded; where the rules add something, the command has its own.

mod entry;
pub mod book;
pub mod member;
pub mod dues;
pub mod allocation;
pub mod accrual;
pub mod payer;
pub mod income;
pub mod disbursement;
pub mod fund;
pub mod budget;
pub mod asset;
pub mod supply;
pub mod stocktake;
pub mod investment;
pub mod bank;
pub mod custody;
pub mod cash;
pub mod statement;
pub mod spending;
pub mod welfare;
pub mod visit;
pub mod hardship;
pub mod drive;
pub mod mutual;
pub mod period;
pub mod correction;
pub mod note;
pub mod audit;
pub mod disclosure;
pub mod act;
pub mod office;
pub mod privacy;
pub mod paper;
pub mod receipt;
pub mod import;
mod fact;

pub use bank::Till;
pub use entry::{Entry, Line, Side, Voucher, VoucherNumber, VoucherNumberError};
pub use fact::{Fact, FactError, Recorded};
pub(crate) use fact::{each_fact, moves_no_money};
