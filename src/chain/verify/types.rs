//! The types of records, and the rules, that docs/FORMAT.md names.

use super::json::Object;

pub(super) const OFFICER_APPOINTED: &str = "officer.appointed";
pub(super) const OFFICER_REMOVED: &str = "officer.removed";
pub(super) const SUBSTITUTE_NAMED: &str = "substitute.named";
pub(super) const ACT_SIGNED: &str = "act.signed";
pub(super) const RULE_SET: &str = "rule.set";

pub(super) const BANDS: &str = "approval_bands";
pub(super) const SIGNED: &str = "acts_signed";

/// The types whose bodies docs/FORMAT.md describes, and the version that it describes.
pub(super) const LEDGER_CREATED: &str = "ledger.created";
pub(super) const PERIOD_CLOSED: &str = "period.closed";
pub(super) const ENTRY_REVERSED: &str = "entry.reversed";
pub(super) const WITNESS_CHANGED: &str = "witness.changed";
pub(super) const DESCRIBED_TV: u64 = 1;

/// Described as a whole: for the form of such a body the text alone decides.
pub(super) const DESCRIBED_EXACTLY: [&str; 15] = [
    OFFICER_APPOINTED,
    OFFICER_REMOVED,
    ACT_SIGNED,
    WITNESS_CHANGED,
    "officer_key.registered",
    "key.rotated",
    "period.reopened",
    "finding.raised",
    "finding.cleared",
    "audit.concluded",
    "privacy.committed",
    "privacy.opened",
    "privacy.erased",
    "attachment.added",
    "receipt.issued",
];

/// Of these there is a second version.
pub(super) const POSTED_2: [&str; 2] = ["dues.refunded", "accrual.recorded"];

/// The types that carry a voucher; of another one nothing is known.
pub(super) const POSTED: [&str; 41] = [
    "opening.recorded",
    "dues.received",
    "allocation.received",
    "remittance.paid",
    "subsidy.received",
    "donation.received",
    "interest.received",
    "other_income.received",
    "disbursement.paid",
    "fund.transferred",
    "cash.drawn",
    "cash.deposited",
    "carry_forward.recorded",
    "adjustment.recorded",
    "dues.refunded",
    "allocation.collected",
    "preparation_fund.received",
    "preparation_fund.settled",
    "passdown.paid",
    "accrual.recorded",
    "accrual.settled",
    "income.received",
    "custodial.received",
    "custodial.paid",
    "advance.settled",
    "journal.recorded",
    "cash_difference.recorded",
    "cash_difference.resolved",
    "asset.received",
    "asset.depreciated",
    "asset.disposed",
    "supplies.received",
    "supplies.issued",
    "stocktake_difference.recorded",
    "stocktake_difference.resolved",
    "investment.acquired",
    "investment.recovered",
    "fund.released",
    "prior_year.corrected",
    "benefit_remainder.returned",
    ENTRY_REVERSED,
];

/// Described as far as others need them.
pub(super) const DESCRIBED_IN_PART: [&str; 10] = [
    LEDGER_CREATED,
    PERIOD_CLOSED,
    ENTRY_REVERSED,
    RULE_SET,
    "year.closed",
    "disbursement.requested",
    "approval.given",
    "approval.refused",
    "disbursement.cancelled",
    "disbursement.paid",
];

/// Whether docs/FORMAT.md alone says what form this body has.
pub(super) fn is_described_exactly(kind: &str, body: &Object<'_>) -> bool {
    DESCRIBED_EXACTLY.contains(&kind) || (kind == RULE_SET && is_described(body))
}

/// Whether docs/FORMAT.md describes rules of that name.
fn is_described(body: &Object<'_>) -> bool {
    matches!(rule_of(body), Some(BANDS | SIGNED | "attachments"))
}

/// Whether it is one of the rules by which approvals and signatures are asked for.
pub(super) fn is_of_power(body: &Object<'_>) -> bool {
    matches!(rule_of(body), Some(BANDS | SIGNED))
}

fn rule_of<'a>(body: &'a Object<'_>) -> Option<&'a str> {
    body.get("rule").and_then(|rule| rule.object()?.text("name"))
}
