//! Reports 报表: what the projections add up to, as values with public fields. Nothing here prints.
//!
//! A report is a function of the state, the chart and a period: the same input gives the same
//! bytes. Amounts are in the chart's currency, and red entries 红字 count with their sign.
//!
//! # When a year's result becomes net assets
//! Income and expenditure are zero after 期末结转, and the balance sheet has no line for a result
//! that is still running; but 财会〔2021〕7号 says only 期末, and not whether every month ends so.
//! Here accounts 4xx and 5xx are closed by vouchers at the end of the year alone. Within an open
//! year every statement closes them *virtually*: the result is shown inside 工会资金结转 (321: of
//! restricted funds, dues excepted) and 工会资金结余 (322: the rest), by the same function that
//! carries it when the year closes. So
//! - a month's statement that was wrong needs no closing voucher to be reversed,
//! - the trial balance keeps the year's cumulative figures by account until the year is over,
//! - the statements of a year are the same before and after it is closed.
//!
//! # What is an opening balance
//! Vouchers of 期初余额 count as balances brought into the period in which the book begins, whatever
//! their day in it; one that is corrected in a later year is an adjustment of that year. Income and
//! expenditure that a book taken over within a year brings in are part of that opening balance, as
//! they are for the year's closing, and not of the year's income and expenditure here.

mod period;
mod parts;
mod books;
#[cfg(test)]
pub(crate) mod given;
#[cfg(test)]
mod tests;
pub mod summary;
pub mod chart;
pub mod trial_balance;
pub mod balance_sheet;
pub mod income_statement;
mod corrected;
mod fiscal;
pub mod fiscal_grants;
pub mod state_assets;
pub mod cost_expense;
pub mod notes;
pub mod account_book;
pub mod vouchers;
pub mod statement;
pub mod funds;
pub mod budget;
pub mod final_accounts;
pub mod earmarked;
pub mod closing;
pub mod custodial;
pub mod spending;
pub mod advances;
pub mod reconciliation;
mod bank_search;
pub mod bank_matches;
pub mod bank_outstanding;
pub mod dues;
pub mod arrears;
pub mod allocation_arrears;
pub mod collection;
pub mod membership;
pub mod officers;
pub mod handover;
pub mod transfer_letter;
pub mod receipt_register;
pub mod benefits;
pub mod benefit_standing;
pub mod awards;
pub mod visits;
pub mod assets;
pub mod cases;
pub mod aid;
pub mod supplies;
pub mod asset_agreement;
pub mod allocation;
pub mod remittance;
pub mod tax_reconciliation;
pub mod allocation_balances;
pub mod audit;
mod reached;
pub mod public_notice;
pub mod donors;
pub mod drives;
pub mod mutual_aid;
pub mod renewals;
pub mod disclosures;
pub mod annual_report;
pub mod member_statement;
pub mod registers;
pub mod findings;
pub mod programme;
pub mod asked;
pub mod expected;
pub mod figures;
pub mod explain;
pub mod changes;
pub mod count;
pub mod foot;
pub mod consolidated;

pub use parts::{AccountName, Columns, Heading, Rate, Words};
pub use period::{Period, PeriodError, Term};
