//! The list of all facts: each declared once, with its name and the version of its body.

use schemars::{Schema, SchemaGenerator};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::import::FileLines;
use super::{
    Voucher, accrual, act, allocation, asset, audit, bank, book, budget, cash, correction, custody,
    disbursement, disclosure, drive, dues, fund, hardship, import, income, investment, member,
    mutual, note, office, paper, payer, period, privacy, receipt, spending, statement, stocktake,
    supply, visit, welfare,
};
use crate::date::{Day, Instant};
use crate::ids::{OfficerId, Seq};

/// Why a body is not a fact that this program knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    #[error("no fact is called {0:?}")]
    Type(String),
    #[error("version {found} of {kind} is not known; the newest known one is {known}")]
    Version { kind: String, found: u32, known: u32 },
    #[error("the body of {kind} is not as declared: {why}")]
    Body { kind: String, why: String },
}

/// A record as the books see it: who recorded what, when, and what it does to the accounts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    pub seq: Seq,
    pub at: Instant,
    pub actor: OfficerId,
    pub fact: Fact,
    pub voucher: Option<Voucher>,
    /// The key of its command, where the record was read from a book: it says what the command was
    /// made from.
    pub key: Option<String>,
}

impl Recorded {
    /// The lines of an imported file that it is made of.
    #[must_use]
    pub fn lines(&self) -> Option<FileLines> {
        FileLines::of_key(self.key.as_deref()?)
    }
}

macro_rules! facts {
    (
        ($d:tt)
        vouchers { $($money:ident($money_body:ty) = $money_name:literal, $money_version:literal;)* }
        others { $($plain:ident($plain_body:ty) = $plain_name:literal, $plain_version:literal $(, on $day:ident)?;)* }
    ) => {
        /// Everything that can have happened.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Fact {
            $($money($money_body),)*
            $($plain($plain_body),)*
        }

        impl Fact {
            /// The names of all facts, as `type` in a record.
            pub const NAMES: &'static [&'static str] = &[$($money_name,)* $($plain_name,)*];

            /// The name of this fact, `noun.past_participle`.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Fact::$money(_) => $money_name,)*
                    $(Fact::$plain(_) => $plain_name,)*
                }
            }

            /// The version of this fact's body, `tv` in a record.
            #[must_use]
            pub fn version(&self) -> u32 {
                match self {
                    $(Fact::$money(_) => $money_version,)*
                    $(Fact::$plain(_) => $plain_version,)*
                }
            }

            /// The business day, where the fact has one; whatever has a voucher has one.
            #[must_use]
            pub fn date(&self) -> Option<Day> {
                match self {
                    $(Fact::$money(body) => Some(body.date),)*
                    $(Fact::$plain(_body) => facts!(@day _body $($day)?),)*
                }
            }

            fn to_value(&self) -> Result<Value, serde_json::Error> {
                each_fact!(self, body => serde_json::to_value(body))
            }

            fn from_value(kind: &str, tv: u32, body: Value) -> Result<Fact, FactError> {
                match kind {
                    $($money_name => read(kind, tv, $money_version, body).map(Fact::$money),)*
                    $($plain_name => read(kind, tv, $plain_version, body).map(Fact::$plain),)*
                    _ => Err(FactError::Type(kind.to_owned())),
                }
            }

            /// JSON Schema of a fact's own fields, without its voucher.
            #[must_use]
            pub fn schema(kind: &str, generator: &mut SchemaGenerator) -> Option<Schema> {
                match kind {
                    $($money_name => Some(generator.root_schema_for::<$money_body>()),)*
                    $($plain_name => Some(generator.root_schema_for::<$plain_body>()),)*
                    _ => None,
                }
            }
        }

        /// One expression for the body of whatever fact it is.
        macro_rules! each_fact {
            ($d fact:expr, $d body:ident => $d done:expr) => {
                match $d fact {
                    $($crate::event::Fact::$money($d body) => $d done,)*
                    $($crate::event::Fact::$plain($d body) => $d done,)*
                }
            };
        }
        pub(crate) use each_fact;

        /// All facts without a voucher, as one pattern.
        macro_rules! moves_no_money {
            () => { $($crate::event::Fact::$plain(_))|* };
        }
        pub(crate) use moves_no_money;
    };
    (@day $body:ident) => { None };
    (@day $body:ident $day:ident) => { Some($body.$day) };
}

/// What a body has had only since a later version of it, and may go without since then: an older body
/// is read as one without it, and is of no form if it has it.
const SINCE: &[(&str, u32, &str)] =
    &[("dues.refunded", 2, "disbursement"), ("accrual.recorded", 2, "disbursement")];

/// Reads a body of the version that is written today, or of an older one.
fn read<T: DeserializeOwned>(kind: &str, tv: u32, known: u32, body: Value) -> Result<T, FactError> {
    if !(1..=known).contains(&tv) {
        return Err(FactError::Version { kind: kind.to_owned(), found: tv, known });
    }
    let newer = |(of, since, field): &&(&str, u32, &str)| {
        *of == kind && tv < *since && body.get(field).is_some()
    };
    let kind = kind.to_owned();
    if let Some((_, since, field)) = SINCE.iter().find(newer) {
        let why = format!("`{field}` is of version {since}, not {tv}");
        return Err(FactError::Body { kind, why });
    }
    serde_json::from_value(body).map_err(|e| FactError::Body { kind, why: e.to_string() })
}

// The two lists of all facts. A fact with a voucher is dated by its field `date`; another one by the
// field that is named, if it has a day at all.
facts! {
    ($)
    vouchers {
        // The book
        OpeningRecorded(book::Opening) = "opening.recorded", 1;
        // Dues
        DuesReceived(dues::DuesReceipt) = "dues.received", 1;
        DuesRefunded(dues::Refund) = "dues.refunded", 2;
        // The allocation
        AllocationReceived(allocation::AllocationReceived) = "allocation.received", 1;
        RemittancePaid(allocation::Remittance) = "remittance.paid", 1;
        AllocationCollected(allocation::AllocationCollected) = "allocation.collected", 1;
        PreparationFundReceived(allocation::PreparationReceived) = "preparation_fund.received", 1;
        PreparationFundSettled(allocation::PreparationSettled) = "preparation_fund.settled", 1;
        PassdownPaid(allocation::Passdown) = "passdown.paid", 1;
        AccrualRecorded(accrual::AccrualRecorded) = "accrual.recorded", 2;
        AccrualSettled(accrual::AccrualSettled) = "accrual.settled", 1;
        // Other income
        SubsidyReceived(income::Subsidy) = "subsidy.received", 1;
        DonationReceived(income::Donation) = "donation.received", 1;
        InterestReceived(income::Interest) = "interest.received", 1;
        OtherIncomeReceived(income::OtherIncome) = "other_income.received", 1;
        IncomeReceived(income::Income) = "income.received", 1;
        // Spending
        DisbursementPaid(disbursement::Paid) = "disbursement.paid", 1;
        AdvanceSettled(spending::AdvanceSettled) = "advance.settled", 1;
        // Welfare
        BenefitRemainderReturned(welfare::RemainderReturned) = "benefit_remainder.returned", 1;
        // Funds and the budget
        FundTransferred(fund::FundTransferred) = "fund.transferred", 1;
        FundReleased(fund::FundReleased) = "fund.released", 1;
        // Assets and supplies
        AssetReceived(asset::AssetReceived) = "asset.received", 1;
        AssetDepreciated(asset::Depreciated) = "asset.depreciated", 1;
        AssetDisposed(asset::Disposed) = "asset.disposed", 1;
        SuppliesReceived(supply::SuppliesReceived) = "supplies.received", 1;
        SuppliesIssued(supply::SuppliesIssued) = "supplies.issued", 1;
        StocktakeDifferenceRecorded(stocktake::DifferenceRecorded) =
            "stocktake_difference.recorded", 1;
        StocktakeDifferenceResolved(stocktake::DifferenceResolved) =
            "stocktake_difference.resolved", 1;
        InvestmentAcquired(investment::Acquired) = "investment.acquired", 1;
        InvestmentRecovered(investment::Recovered) = "investment.recovered", 1;
        // Cash and bank
        CashDrawn(bank::CashDrawing) = "cash.drawn", 1;
        CashDeposited(bank::CashDeposit) = "cash.deposited", 1;
        CashDifferenceRecorded(cash::CashDifference) = "cash_difference.recorded", 1;
        CashDifferenceResolved(cash::DifferenceResolved) = "cash_difference.resolved", 1;
        CustodialReceived(custody::CustodialReceived) = "custodial.received", 1;
        CustodialPaid(custody::CustodialPaid) = "custodial.paid", 1;
        // Periods
        CarryForwardRecorded(period::CarryForward) = "carry_forward.recorded", 1;
        // Corrections and the audit
        EntryReversed(correction::Reversal) = "entry.reversed", 1;
        PriorYearCorrected(correction::PriorYearCorrected) = "prior_year.corrected", 1;
        AdjustmentRecorded(audit::Adjustment) = "adjustment.recorded", 1;
        JournalRecorded(spending::Journal) = "journal.recorded", 1;
    }
    others {
        // The book
        LedgerCreated(book::NewLedger) = "ledger.created", 1;
        OfficerAppointed(book::Appointment) = "officer.appointed", 1;
        OfficerRemoved(book::Dismissal) = "officer.removed", 1, on on;
        RuleSet(book::RuleSetting) = "rule.set", 1;
        // Offices
        RelationDeclared(office::RelationDeclared) = "relation.declared", 1;
        RelationEnded(office::RelationEnded) = "relation.ended", 1, on on;
        SubstituteNamed(office::SubstituteNamed) = "substitute.named", 1;
        HandoverRecorded(office::Handover) = "handover.recorded", 1, on on;
        HandoverListed(office::HandoverListed) = "handover.listed", 1;
        // Members
        GroupDefined(member::Group) = "group.defined", 1;
        MemberEnrolled(member::Enrolment) = "member.enrolled", 1, on on;
        DuesBaseSet(member::DuesBase) = "dues_base.set", 1;
        MemberTransferred(member::Transfer) = "member.transferred", 1, on on;
        MemberLeft(member::Leaving) = "member.left", 1, on on;
        MemberArrived(member::Arrival) = "member.arrived", 1, on on;
        MemberDeparted(member::Departure) = "member.departed", 1, on on;
        // Dues
        DuesTermsSet(dues::DuesTerms) = "dues_terms.set", 1;
        DuesWaived(dues::Waiver) = "dues.waived", 1, on on;
        DuesWaiverCancelled(dues::WaiverCancellation) = "dues_waiver.cancelled", 1, on on;
        DuesStandingOpened(dues::DuesStanding) = "dues_standing.opened", 1;
        // The allocation
        PayrollDeclared(allocation::Payroll) = "payroll.declared", 1;
        PayerRegistered(payer::NewPayer) = "payer.registered", 1;
        PayerUnionFounded(payer::UnionFounded) = "payer_union.founded", 1;
        PayerPayrollDeclared(payer::PayerPayroll) = "payer_payroll.declared", 1;
        PayrollCorrected(payer::PayrollCorrection) = "payroll.corrected", 1;
        TaxListRecorded(payer::TaxList) = "tax_list.recorded", 1;
        DemandIssued(payer::Demand) = "demand.issued", 1, on date;
        DemandAdvanced(payer::DemandAdvance) = "demand.advanced", 1, on date;
        // Spending
        DisbursementRequested(disbursement::Request) = "disbursement.requested", 1, on date;
        ApprovalGiven(disbursement::Approval) = "approval.given", 1, on date;
        ApprovalRefused(disbursement::Rejection) = "approval.refused", 1, on date;
        DisbursementCancelled(disbursement::Cancellation) = "disbursement.cancelled", 1, on date;
        DisbursementAnalysed(spending::Analysed) = "disbursement.analysed", 1;
        ProjectOpened(spending::Project) = "project.opened", 1;
        AdvanceOpened(spending::AdvanceOpened) = "advance.opened", 1, on date;
        // Welfare
        WelfareItemDefined(welfare::WelfareItem) = "welfare_item.defined", 1;
        MemberTraitsRecorded(welfare::MemberTraits) = "member_traits.recorded", 1;
        BenefitListed(welfare::BenefitListed) = "benefit.listed", 1;
        BenefitDistributed(welfare::BenefitDistributed) = "benefit.distributed", 1, on date;
        VisitMade(visit::Visit) = "visit.made", 1, on date;
        VisitWithdrawn(visit::VisitWithdrawn) = "visit.withdrawn", 1;
        // Hardship cases and aid
        CaseOpened(hardship::CaseOpened) = "case.opened", 1, on on;
        CaseReviewed(hardship::CaseReviewed) = "case.reviewed", 1, on on;
        CaseClosed(hardship::CaseClosed) = "case.closed", 1, on on;
        AidApplied(hardship::AidApplied) = "aid.applied", 1, on on;
        AidReviewed(hardship::AidReviewed) = "aid.reviewed", 1, on on;
        NoticePosted(hardship::NoticePosted) = "notice.posted", 1, on on;
        AidObjected(hardship::AidObjected) = "aid.objected", 1, on on;
        ObjectionAnswered(hardship::ObjectionAnswered) = "objection.answered", 1, on on;
        AidRequested(hardship::AidRequested) = "aid.requested", 1;
        // Donation drives
        DriveOpened(drive::DriveOpened) = "drive.opened", 1;
        GiftsListed(drive::GiftsListed) = "drive_gifts.listed", 1, on on;
        GoodsReceived(drive::GoodsReceived) = "drive_goods.received", 1, on on;
        GoodsGiven(drive::GoodsGiven) = "drive_goods.given", 1, on on;
        GoodsWithdrawn(drive::GoodsWithdrawn) = "drive_goods.withdrawn", 1;
        DriveClosed(drive::DriveClosed) = "drive.closed", 1, on on;
        // Mutual aid
        SchemeOpened(mutual::SchemeOpened) = "scheme.opened", 1;
        CoverListed(mutual::CoverListed) = "cover.listed", 1;
        // What befell somebody may lie in a month that is closed, so that its day is none of recording.
        ClaimOpened(mutual::ClaimOpened) = "claim.opened", 1;
        ClaimDecided(mutual::ClaimDecided) = "claim.decided", 1, on on;
        ClaimsRequested(mutual::ClaimsRequested) = "claims.requested", 1;
        // Funds and the budget
        FundEstablished(fund::NewFund) = "fund.established", 1;
        FundLimited(fund::FundLimited) = "fund.limited", 1;
        FiscalFundMarked(fund::FiscalFund) = "fiscal_fund.marked", 1;
        FundClosed(fund::FundClosed) = "fund.closed", 1, on date;
        BudgetAdopted(budget::BudgetAdopted) = "budget.adopted", 1, on date;
        BudgetAdjusted(budget::BudgetAdjusted) = "budget.adjusted", 1, on date;
        // Assets and supplies
        AssetCarded(asset::Card) = "asset.carded", 1;
        AssetMoved(asset::Moved) = "asset.moved", 1, on on;
        SupplyCarded(supply::ItemCard) = "supply.carded", 1;
        SuppliesStored(supply::Stored) = "supplies.stored", 1, on date;
        StocktakeRecorded(stocktake::Stocktake) = "stocktake.recorded", 1, on date;
        // Cash and bank
        CustodialProjectOpened(custody::CustodialProject) = "custodial_project.opened", 1;
        CashCounted(cash::CashCount) = "cash.counted", 1, on date;
        BankStatementRecorded(statement::Statement) = "bank_statement.recorded", 1, on date;
        BankLineRecorded(statement::StatementLines) = "bank_line.recorded", 1;
        BankStatementWithdrawn(statement::StatementWithdrawn) = "bank_statement.withdrawn", 1;
        BankMatched(statement::Match) = "bank.matched", 1;
        BankUnmatched(statement::Unmatch) = "bank.unmatched", 1;
        BankReconciled(statement::Reconciliation) = "bank.reconciled", 1, on date;
        // Periods
        PeriodClosed(period::PeriodClosed) = "period.closed", 1;
        YearClosed(period::YearClosed) = "year.closed", 1;
        VouchersReviewed(period::VouchersReviewed) = "vouchers.reviewed", 1;
        PeriodReopened(period::Reopening) = "period.reopened", 1, on date;
        // Corrections
        EntryCorrected(correction::Correction) = "entry.corrected", 1;
        // Statements and books
        NoteWritten(note::Note) = "note.written", 1;
        // Keys and signatures
        OfficerKeyRegistered(act::OfficerKey) = "officer_key.registered", 1;
        KeyRotated(book::KeyRotation) = "key.rotated", 1;
        WitnessChanged(book::WitnessChange) = "witness.changed", 1;
        ActSigned(act::ActSigned) = "act.signed", 1;
        // The audit
        FindingRaised(audit::Finding) = "finding.raised", 1, on date;
        FindingCleared(audit::Clearing) = "finding.cleared", 1, on date;
        AuditConcluded(audit::Conclusion) = "audit.concluded", 1, on date;
        // Openness
        DisclosurePublished(disclosure::Publication) = "disclosure.published", 1, on on;
        AuditOpened(audit::Engagement) = "audit.opened", 1, on on;
        SampleDrawn(audit::Sample) = "sample.drawn", 1, on on;
        FindingAssigned(audit::Assignment) = "finding.assigned", 1, on date;
        RectificationReported(audit::Rectification) = "rectification.reported", 1, on date;
        AuditReported(audit::AuditReported) = "audit.reported", 1, on date;
        // Private data
        PrivacyCommitted(privacy::Commitments) = "privacy.committed", 1;
        PrivacyOpened(privacy::Unmasking) = "privacy.opened", 1;
        PrivacyErased(privacy::Erasure) = "privacy.erased", 1;
        // Papers
        AttachmentAdded(paper::Attachment) = "attachment.added", 1;
        ReceiptIssued(paper::Receipt) = "receipt.issued", 1, on date;
        ReceiptStockReceived(receipt::ReceiptStock) = "receipt_stock.received", 1, on on;
        PaperReceiptIssued(receipt::PaperReceipt) = "paper_receipt.issued", 1, on on;
        PaperReceiptVoided(receipt::PaperVoid) = "paper_receipt.voided", 1, on on;
        // Files that others wrote
        ImportRecorded(import::Imported) = "import.recorded", 1;
    }
}

impl Fact {
    /// The record's body: the fact's own fields and, where it moves money, its voucher.
    pub fn to_body(&self, voucher: Option<&Voucher>) -> Result<Map<String, Value>, FactError> {
        let wrong = |why: String| FactError::Body { kind: self.kind().to_owned(), why };
        let Value::Object(mut body) = self.to_value().map_err(|e| wrong(e.to_string()))? else {
            return Err(wrong("not an object".to_owned()));
        };
        if let Some(Voucher { number, date, entries }) = voucher {
            let entries = serde_json::to_value(entries).map_err(|e| wrong(e.to_string()))?;
            body.insert("voucher".to_owned(), number.to_string().into());
            body.insert("date".to_owned(), date.to_string().into());
            body.insert("entries".to_owned(), entries);
        }
        Ok(body)
    }

    /// Reads a record's body, which stays on the disk as it was written, of whatever version.
    pub fn from_body(
        kind: &str,
        tv: u32,
        mut body: Map<String, Value>,
    ) -> Result<(Fact, Option<Voucher>), FactError> {
        let wrong = |why: String| FactError::Body { kind: kind.to_owned(), why };
        let number = body.remove("voucher");
        let entries = body.remove("entries");
        let date = body.get("date").cloned();
        let fact = Fact::from_value(kind, tv, Value::Object(body))?;
        let voucher = match (number, entries, date) {
            (None, None, _) => None,
            (Some(number), Some(entries), Some(date)) => Some(Voucher {
                number: serde_json::from_value(number).map_err(|e| wrong(e.to_string()))?,
                date: serde_json::from_value(date).map_err(|e| wrong(e.to_string()))?,
                entries: serde_json::from_value(entries).map_err(|e| wrong(e.to_string()))?,
            }),
            (Some(_), Some(_) | None, _) | (None, Some(_), _) => {
                return Err(wrong("voucher, date and entries go together".to_owned()));
            }
        };
        Ok((fact, voucher))
    }
}
