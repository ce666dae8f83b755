//! The list of all facts: each declared once, with its name and the version of its body.

use schemars::{Schema, SchemaGenerator};
use serde_json::{Map, Value};

use super::{
    Voucher, act, allocation, audit, bank, book, correction, disbursement, dues, fund, income,
    member, paper, period, privacy,
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
}

macro_rules! facts {
    ($($(#[$doc:meta])* $variant:ident($body:ty) = $name:literal, $version:literal;)*) => {
        /// Everything that can have happened.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Fact {
            $($(#[$doc])* $variant($body),)*
        }

        impl Fact {
            /// The names of all facts, as `type` in a record.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            /// The name of this fact, `noun.past_participle`.
            #[must_use]
            pub fn kind(&self) -> &'static str {
                match self { $(Fact::$variant(_) => $name,)* }
            }

            /// The version of this fact's body, `tv` in a record.
            #[must_use]
            pub fn version(&self) -> u32 {
                match self { $(Fact::$variant(_) => $version,)* }
            }

            fn to_value(&self) -> Result<Value, serde_json::Error> {
                match self { $(Fact::$variant(body) => serde_json::to_value(body),)* }
            }

            fn from_value(kind: &str, tv: u32, body: Value) -> Result<Fact, FactError> {
                match kind {
                    $($name => {
                        if tv != $version {
                            let kind = kind.to_owned();
                            return Err(FactError::Version { kind, found: tv, known: $version });
                        }
                        serde_json::from_value(body).map(Fact::$variant).map_err(|e| {
                            FactError::Body { kind: kind.to_owned(), why: e.to_string() }
                        })
                    })*
                    _ => Err(FactError::Type(kind.to_owned())),
                }
            }

            /// JSON Schema of a fact's own fields, without its voucher.
            #[must_use]
            pub fn schema(kind: &str, generator: &mut SchemaGenerator) -> Option<Schema> {
                match kind {
                    $($name => Some(generator.root_schema_for::<$body>()),)*
                    _ => None,
                }
            }
        }
    };
}

facts! {
    LedgerCreated(book::NewLedger) = "ledger.created", 1;
    OfficerAppointed(book::Appointment) = "officer.appointed", 1;
    OfficerRemoved(book::Dismissal) = "officer.removed", 1;
    RuleSet(book::RuleSetting) = "rule.set", 1;
    OpeningRecorded(book::Opening) = "opening.recorded", 1;
    GroupDefined(member::Group) = "group.defined", 1;
    MemberEnrolled(member::Enrolment) = "member.enrolled", 1;
    DuesBaseSet(member::DuesBase) = "dues_base.set", 1;
    MemberTransferred(member::Transfer) = "member.transferred", 1;
    MemberLeft(member::Leaving) = "member.left", 1;
    DuesReceived(dues::DuesReceipt) = "dues.received", 1;
    PayrollDeclared(allocation::Payroll) = "payroll.declared", 1;
    AllocationReceived(allocation::AllocationReceived) = "allocation.received", 1;
    RemittancePaid(allocation::Remittance) = "remittance.paid", 1;
    SubsidyReceived(income::Subsidy) = "subsidy.received", 1;
    DonationReceived(income::Donation) = "donation.received", 1;
    InterestReceived(income::Interest) = "interest.received", 1;
    OtherIncomeReceived(income::OtherIncome) = "other_income.received", 1;
    DisbursementRequested(disbursement::Request) = "disbursement.requested", 1;
    ApprovalGiven(disbursement::Approval) = "approval.given", 1;
    ApprovalRefused(disbursement::Rejection) = "approval.refused", 1;
    DisbursementPaid(disbursement::Paid) = "disbursement.paid", 1;
    DisbursementCancelled(disbursement::Cancellation) = "disbursement.cancelled", 1;
    FundEstablished(fund::NewFund) = "fund.established", 1;
    FundTransferred(fund::FundTransferred) = "fund.transferred", 1;
    CashDrawn(bank::CashMove) = "cash.drawn", 1;
    CashDeposited(bank::CashMove) = "cash.deposited", 1;
    CarryForwardRecorded(period::CarryForward) = "carry_forward.recorded", 1;
    PeriodClosed(period::PeriodClosed) = "period.closed", 1;
    YearClosed(period::YearClosed) = "year.closed", 1;
    EntryReversed(correction::Reversal) = "entry.reversed", 1;
    AdjustmentRecorded(audit::Adjustment) = "adjustment.recorded", 1;
    OfficerKeyRegistered(act::OfficerKey) = "officer_key.registered", 1;
    KeyRotated(book::KeyRotation) = "key.rotated", 1;
    WitnessChanged(book::WitnessChange) = "witness.changed", 1;
    ActSigned(act::ActSigned) = "act.signed", 1;
    PeriodReopened(period::Reopening) = "period.reopened", 1;
    FindingRaised(audit::Finding) = "finding.raised", 1;
    FindingCleared(audit::Clearing) = "finding.cleared", 1;
    AuditConcluded(audit::Conclusion) = "audit.concluded", 1;
    PrivacyCommitted(privacy::Commitments) = "privacy.committed", 1;
    PrivacyOpened(privacy::Unmasking) = "privacy.opened", 1;
    PrivacyErased(privacy::Erasure) = "privacy.erased", 1;
    AttachmentAdded(paper::Attachment) = "attachment.added", 1;
    ReceiptIssued(paper::Receipt) = "receipt.issued", 1;
}

/// All facts without a voucher, as one pattern: a new fact is named here, or where it is posted, before
/// anything compiles.
macro_rules! moves_no_money {
    () => {
        Fact::LedgerCreated(_)
            | Fact::OfficerAppointed(_)
            | Fact::OfficerRemoved(_)
            | Fact::RuleSet(_)
            | Fact::GroupDefined(_)
            | Fact::MemberEnrolled(_)
            | Fact::DuesBaseSet(_)
            | Fact::MemberTransferred(_)
            | Fact::MemberLeft(_)
            | Fact::PayrollDeclared(_)
            | Fact::DisbursementRequested(_)
            | Fact::ApprovalGiven(_)
            | Fact::ApprovalRefused(_)
            | Fact::DisbursementCancelled(_)
            | Fact::FundEstablished(_)
            | Fact::PeriodClosed(_)
            | Fact::YearClosed(_)
            | Fact::OfficerKeyRegistered(_)
            | Fact::KeyRotated(_)
            | Fact::WitnessChanged(_)
            | Fact::ActSigned(_)
            | Fact::PeriodReopened(_)
            | Fact::FindingRaised(_)
            | Fact::FindingCleared(_)
            | Fact::AuditConcluded(_)
            | Fact::PrivacyCommitted(_)
            | Fact::PrivacyOpened(_)
            | Fact::PrivacyErased(_)
            | Fact::AttachmentAdded(_)
            | Fact::ReceiptIssued(_)
    };
}
pub(crate) use moves_no_money;

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

    /// Reads a record's body. Older versions are brought up step by step here, in memory only.
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

    /// The business day, where the fact has one.
    #[must_use]
    pub fn date(&self) -> Option<Day> {
        match self {
            Fact::OpeningRecorded(f) => Some(f.date),
            Fact::DuesReceived(f) => Some(f.date),
            Fact::AllocationReceived(f) => Some(f.date),
            Fact::RemittancePaid(f) => Some(f.date),
            Fact::SubsidyReceived(f) => Some(f.date),
            Fact::DonationReceived(f) => Some(f.date),
            Fact::InterestReceived(f) => Some(f.date),
            Fact::OtherIncomeReceived(f) => Some(f.date),
            Fact::DisbursementRequested(f) => Some(f.date),
            Fact::ApprovalGiven(f) => Some(f.date),
            Fact::ApprovalRefused(f) => Some(f.date),
            Fact::DisbursementPaid(f) => Some(f.date),
            Fact::DisbursementCancelled(f) => Some(f.date),
            Fact::FundTransferred(f) => Some(f.date),
            Fact::CashDrawn(f) | Fact::CashDeposited(f) => Some(f.date),
            Fact::CarryForwardRecorded(f) => Some(f.date),
            Fact::EntryReversed(f) => Some(f.date),
            Fact::AdjustmentRecorded(f) => Some(f.date),
            Fact::MemberEnrolled(f) => Some(f.on),
            Fact::MemberTransferred(f) => Some(f.on),
            Fact::MemberLeft(f) => Some(f.on),
            Fact::OfficerRemoved(f) => Some(f.on),
            Fact::PeriodReopened(f) => Some(f.date),
            Fact::FindingRaised(f) => Some(f.date),
            Fact::FindingCleared(f) => Some(f.date),
            Fact::AuditConcluded(f) => Some(f.date),
            Fact::ReceiptIssued(f) => Some(f.date),
            Fact::LedgerCreated(_)
            | Fact::OfficerAppointed(_)
            | Fact::RuleSet(_)
            | Fact::GroupDefined(_)
            | Fact::DuesBaseSet(_)
            | Fact::PayrollDeclared(_)
            | Fact::FundEstablished(_)
            | Fact::PeriodClosed(_)
            | Fact::YearClosed(_)
            | Fact::OfficerKeyRegistered(_)
            | Fact::KeyRotated(_)
            | Fact::WitnessChanged(_)
            | Fact::ActSigned(_)
            | Fact::PrivacyCommitted(_)
            | Fact::PrivacyOpened(_)
            | Fact::PrivacyErased(_)
            | Fact::AttachmentAdded(_) => None,
        }
    }
}
