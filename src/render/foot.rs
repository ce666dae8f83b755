use serde::Serialize;

use super::beside::Beside;
use super::page::{Block, Page};
use super::table::pick;
use crate::lang::Lang;
use crate::report::account_book::AccountBook;
use crate::report::advances::Advances;
use crate::report::aid::{AidRegister, CaseNotices};
use crate::report::allocation::Allocation;
use crate::report::allocation_arrears::AllocationArrears;
use crate::report::allocation_balances::AllocationBalances;
use crate::report::annual_report::AnnualReport;
use crate::report::arrears::Arrears;
use crate::report::asked::{Made, each_report};
use crate::report::asset_agreement::AssetAgreement;
use crate::report::assets::AssetRegister;
use crate::report::audit::Audit;
use crate::report::awards::Awards;
use crate::report::balance_sheet::BalanceSheet;
use crate::report::bank_matches::BankMatches;
use crate::report::bank_outstanding::BankOutstanding;
use crate::report::benefit_standing::BenefitStanding;
use crate::report::benefits::Benefits;
use crate::report::budget::Budget;
use crate::report::cases::{CaseFile, Cases};
use crate::report::chart::ChartList;
use crate::report::closing::Closing;
use crate::report::collection::Collection;
use crate::report::cost_expense::CostExpense;
use crate::report::custodial::Custodial;
use crate::report::disclosures::Disclosures;
use crate::report::donors::Donors;
use crate::report::drives::Drives;
use crate::report::dues::Dues;
use crate::report::earmarked::Earmarked;
use crate::report::final_accounts::FinalAccounts;
use crate::report::findings::Findings;
use crate::report::fiscal_grants::FiscalGrants;
use crate::report::foot::{BundleRead, Covered, Foot, FootOfMany};
use crate::report::funds::Funds;
use crate::report::handover::HandoverPaper;
use crate::report::income_statement::IncomeStatement;
use crate::report::member_statement::MemberStatement;
use crate::report::membership::Membership;
use crate::report::mutual_aid::MutualAid;
use crate::report::notes::Notes;
use crate::report::officers::Officers;
use crate::report::programme::Programme;
use crate::report::public_notice::PublicNotice;
use crate::report::receipt_register::ReceiptRegister;
use crate::report::reconciliation::BankReconciliation;
use crate::report::registers::Registers;
use crate::report::remittance::Remittance;
use crate::report::renewals::Renewals;
use crate::report::spending::Spending;
use crate::report::state_assets::StateAssets;
use crate::report::statement::Statement;
use crate::report::supplies::StockBook;
use crate::report::tax_reconciliation::TaxReconciliation;
use crate::report::transfer_letter::TransferLetter;
use crate::report::trial_balance::TrialBalance;
use crate::report::visits::VisitRegister;
use crate::report::vouchers::Vouchers;

/// A report, or what else is printed, with what it rests on.
#[derive(Debug, Serialize)]
pub struct Printed<'a, T, F> {
    #[serde(flatten)]
    pub report: &'a T,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub foot: Option<&'a F>,
    /// What somebody was shown beside the numbers of people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unmasked: Option<&'a Beside>,
}

/// Any report as text, without its foot; with a private field beside each number, if one was asked
/// for.
#[must_use]
pub fn made(report: &Made, beside: &Beside, lang: Lang) -> Page {
    each_report!(report, report => report.printed(beside, lang))
}

/// A report as text. Only those about persons look at what is shown beside their numbers.
pub(super) trait Print {
    fn printed(&self, beside: &Beside, lang: Lang) -> Page;
}

macro_rules! printed {
    ($($report:ty = $print:path;)*) => {$(
        impl Print for $report {
            fn printed(&self, _: &Beside, lang: Lang) -> Page {
                $print(self, lang)
            }
        }
    )*};
}

printed! {
    ChartList = super::chart;
    TrialBalance = super::trial_balance;
    BalanceSheet = super::balance_sheet;
    IncomeStatement = super::income_statement;
    Statement = super::statement;
    Funds = super::funds;
    PublicNotice = super::public_notice;
    AnnualReport = super::annual_report;
    Disclosures = super::disclosures;
    Registers = super::registers;
    Collection = super::collection;
    FiscalGrants = super::fiscal_grants;
    StateAssets = super::state_assets;
    CostExpense = super::cost_expense;
    Notes = super::notes;
    AccountBook = super::account_book;
    Vouchers = super::vouchers;
    Budget = super::budget;
    FinalAccounts = super::final_accounts;
    Earmarked = super::earmarked;
    Closing = super::closing;
    Programme = super::programme;
    Findings = super::findings;
    AssetRegister = super::assets;
    StockBook = super::supplies;
    AssetAgreement = super::asset_agreement;
    Allocation = super::allocation;
    AllocationArrears = super::allocation_arrears;
    Remittance = super::remittance;
    TaxReconciliation = super::tax_reconciliation;
    AllocationBalances = super::allocation_balances;
    Custodial = super::custodial;
    Spending = super::spending;
    Advances = super::advances;
    CaseNotices = super::case_notices;
    BankReconciliation = super::reconciliation;
    BankMatches = super::bank_matches;
    BankOutstanding = super::bank_outstanding;
    Officers = super::officers;
    HandoverPaper = super::handover;
    Awards = super::awards;
}

impl Print for Dues {
    fn printed(&self, beside: &Beside, lang: Lang) -> Page {
        super::dues_beside(self, beside, lang)
    }
}

macro_rules! printed_beside {
    ($($report:ty = $print:path;)*) => {$(
        impl Print for $report {
            fn printed(&self, beside: &Beside, lang: Lang) -> Page {
                $print(self, beside, lang)
            }
        }
    )*};
}

printed_beside! {
    Arrears = super::arrears_beside;
    Benefits = super::benefits_beside;
    BenefitStanding = super::benefit_standing_beside;
    VisitRegister = super::visits_beside;
    Cases = super::cases_beside;
    CaseFile = super::case_beside;
    AidRegister = super::aid_register_beside;
    Donors = super::donors_beside;
    Drives = super::drives_beside;
    MutualAid = super::mutual_aid_beside;
    Renewals = super::renewals_beside;
    Membership = super::membership_beside;
    MemberStatement = super::member_statement_beside;
    TransferLetter = super::transfer_letter_beside;
    ReceiptRegister = super::receipt_register_beside;
}

impl Print for Audit {
    fn printed(&self, beside: &Beside, lang: Lang) -> Page {
        super::audit_beside(self, beside, lang)
    }
}

/// The lines below a report; the last one is the command that makes it again.
#[must_use]
pub fn foot(of: &Foot, lang: Lang) -> Page {
    let labels = match lang {
        Lang::Zh => ["账套", "记录数", "链头", "树根", "检查点", "制表"],
        Lang::En => ["Book", "Records", "Head", "Root", "Checkpoint", "Made by"],
    };
    let values = [
        of.book.clone(),
        of.records.to_string(),
        of.head.to_string(),
        of.root.to_string(),
        checkpoint(of.checkpoint.as_ref(), lang),
        of.made_by.clone(),
    ];
    Block::Foot(labels.iter().map(|label| (*label).to_owned()).zip(values).collect()).into()
}

/// The same below what is made of many books: each by itself, and the command.
#[must_use]
pub fn foot_of_many(of: &FootOfMany, lang: Lang) -> Page {
    let bundle = |bundle: &BundleRead| {
        let BundleRead { place, book, records, root } = bundle;
        let said = match lang {
            Lang::Zh => format!("{place}, {book}, {records} 条记录, 树根 {root}"),
            Lang::En => format!("{place}, {book}, {records} records, root {root}"),
        };
        (pick(lang, "审计包", "Bundle").to_owned(), said)
    };
    let made_by = (pick(lang, "制表", "Made by").to_owned(), of.made_by.clone());
    Block::Foot(of.bundles.iter().map(bundle).chain([made_by]).collect()).into()
}

fn checkpoint(of: Option<&Covered>, lang: Lang) -> String {
    let Some(Covered { size, cosigners }) = of else {
        return pick(lang, "无", "none").to_owned();
    };
    if cosigners.is_empty() {
        let alone = pick(lang, "无见证", "not cosigned");
        return format!("{size}, {alone}");
    }
    format!("{size}, {} {}", pick(lang, "见证", "cosigned by"), cosigners.join(", "))
}
