//! Report values into text: tables for a terminal, and JSON. Statements have the official forms'
//! Chinese line names, or English ones; an account is always its code with its name.

pub mod page;
mod both;
pub mod picture;
mod seen;
mod form;
pub mod csv;
mod xlsx;
mod html;
mod table;
mod source;
mod beside;
mod chart;
mod trial_balance;
mod balance_sheet;
mod income_statement;
mod supplements;
mod notes;
mod account_book;
mod vouchers;
mod statement;
mod funds;
mod budget;
mod final_accounts;
mod earmarked;
mod closing;
mod custodial;
mod spending;
mod advances;
mod reconciliation;
mod bank;
mod dues;
mod arrears;
mod collection;
mod membership;
mod transfer_letter;
mod receipt_register;
mod benefits;
mod assets;
mod hardship;
mod allocation;
mod audit;
mod openness;
mod annual_report;
mod member_statement;
mod officers;
mod programme;
mod findings;
mod voucher;
mod act;
mod record;
mod qr;
mod receipt;
mod explain;
mod foot;
mod changes;
mod consolidated;
mod drives;
#[cfg(test)]
mod tests;

use serde::Serialize;

pub use self::csv::unquoted;
pub use account_book::account_book;
pub use act::{act, acted_on};
pub use advances::advances;
pub use allocation::{
    allocation, allocation_arrears, allocation_balances, remittance, tax_reconciliation,
};
pub use annual_report::annual_report;
pub use arrears::arrears_beside;
pub use assets::{asset_agreement, assets, supplies};
pub use audit::{audit, audit_beside};
pub use balance_sheet::balance_sheet;
pub use bank::{bank_matches, bank_outstanding};
pub use benefits::{awards, benefit_standing_beside, benefits_beside, visits_beside};
pub use beside::{Beside, MASK};
pub use budget::budget;
pub use changes::changes;
pub use chart::chart;
pub use closing::closing;
pub use collection::collection;
pub use consolidated::{Part, consolidated};
pub use custodial::custodial;
pub use drives::{drives_beside, mutual_aid_beside, renewals_beside};
pub use dues::{dues, dues_beside};
pub use earmarked::earmarked;
pub use explain::explain;
pub use final_accounts::final_accounts;
pub use findings::findings;
pub use foot::{Printed, foot, foot_of_many, made};
pub use form::{Form, NoForm, Paper, bytes};
pub use funds::funds;
pub use hardship::{aid_register_beside, case_beside, case_notices, cases_beside};
pub use income_statement::income_statement;
pub use member_statement::member_statement_beside;
pub use membership::membership_beside;
pub use notes::notes;
pub use officers::{handover, officers};
pub use openness::{disclosures, donors_beside, public_notice, registers};
pub use page::Page;
pub use programme::programme;
pub use qr::{QR_BYTES_MAX, Qr, QrTooLong};
pub use receipt::{ReceiptPaper, receipt};
pub use receipt_register::receipt_register_beside;
pub use reconciliation::reconciliation;
pub use record::record;
pub use seen::seen;
pub use source::source;
pub use spending::spending;
pub use statement::statement;
pub use supplements::{cost_expense, fiscal_grants, state_assets};
pub use table::amount;
pub use transfer_letter::transfer_letter_beside;
pub use trial_balance::trial_balance;
pub use voucher::voucher;
pub use vouchers::vouchers;

/// Any report as indented JSON that ends its last line.
pub fn json<R: Serialize>(report: &R) -> Result<String, serde_json::Error> {
    serde_json::to_string_pretty(report).map(|text| text + "\n")
}
