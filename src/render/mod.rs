//! Report values into text: tables for a terminal, and JSON. Statements have the official forms'
//! Chinese line names, or English ones; an account is always its code with its name.

mod table;
mod beside;
mod chart;
mod trial_balance;
mod balance_sheet;
mod income_statement;
mod funds;
mod custodial;
mod spending;
mod advances;
mod reconciliation;
mod dues;
mod audit;
mod voucher;
mod act;
mod record;
mod qr;
mod receipt;
mod explain;
mod foot;
mod changes;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use act::{act, acted_on};
pub use advances::advances;
pub use audit::{audit, audit_beside};
pub use balance_sheet::balance_sheet;
pub use beside::{Beside, MASK};
pub use changes::changes;
pub use chart::chart;
pub use custodial::custodial;
pub use dues::{dues, dues_beside};
pub use explain::explain;
pub use foot::{Printed, foot, made};
pub use funds::funds;
pub use income_statement::income_statement;
pub use qr::{QR_BYTES_MAX, QrTooLong, qr_svg};
pub use receipt::{ReceiptError, ReceiptPaper, receipt};
pub use reconciliation::reconciliation;
pub use record::record;
pub use spending::spending;
pub use table::amount;
pub use trial_balance::trial_balance;
pub use voucher::voucher;

/// Any report as indented JSON that ends its last line.
pub fn json<R: Serialize>(report: &R) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
