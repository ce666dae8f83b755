//! Every fact, past tense, never altered.
mod entry;
pub use entry::{Entry, Side, Voucher, VoucherNumber, VoucherNumberError};
