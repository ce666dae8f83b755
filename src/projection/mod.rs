//! What the facts add up to. A projection never refuses: what is on the chain has happened.

pub mod accounts;
pub mod officers;
pub mod members;
pub mod funds;
pub mod allocation;
pub mod disbursements;
pub mod periods;
pub mod acts;
pub mod audit;
pub mod receipts;

use serde::{Deserialize, Serialize};

use accounts::Kind;
use disbursements::Standing;

use crate::date::Month;
use crate::event::{Fact, Recorded};
use crate::ids::{MemberId, Seq};
use crate::money::Money;

/// All projections of one book, at one place of its chain.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    /// How many records it has seen, which is the place of the next one.
    next: Seq,
    pub offices: officers::Offices,
    pub accounts: accounts::Accounts,
    pub funds: funds::Funds,
    pub members: members::Members,
    pub allocation: allocation::Allocation,
    pub disbursements: disbursements::Disbursements,
    pub periods: periods::Periods,
    pub acts: acts::Acts,
    pub audit: audit::Audit,
    pub receipts: receipts::Receipts,
}

impl State {
    /// Takes the next record in. `reversed` is the record that it reverses, if it reverses one.
    pub fn apply(&mut self, record: &Recorded, reversed: Option<&Recorded>) {
        let Recorded { seq, actor, fact, voucher, .. } = record;
        if let Some(voucher) = voucher {
            self.accounts.post(voucher, kind(reversed.map_or(fact, |original| &original.fact)));
            self.periods.count(voucher);
        }
        self.acts.remember(*seq, fact);
        match fact {
            Fact::LedgerCreated(f) => self.offices.begin(f, actor),
            Fact::OfficerAppointed(f) => self.offices.appoint(f),
            Fact::OfficerRemoved(f) => self.offices.remove(f),
            Fact::RuleSet(f) => self.offices.set_rule(f),
            Fact::GroupDefined(f) => self.members.define_group(f),
            Fact::MemberEnrolled(f) => self.members.enrol(f),
            Fact::DuesBaseSet(f) => self.members.set_base(f),
            Fact::MemberTransferred(f) => self.members.transfer(f),
            Fact::MemberLeft(f) => self.members.leave(f),
            Fact::DuesReceived(f) => self.members.pay(*seq, f),
            Fact::PayrollDeclared(f) => self.allocation.declare(f),
            Fact::AllocationReceived(f) => self.allocation.receive(*seq, f),
            Fact::RemittancePaid(f) => self.allocation.remit(*seq, f),
            Fact::DisbursementRequested(f) => self.disbursements.request(*seq, f, actor),
            Fact::ApprovalGiven(f) => self.disbursements.approve(f, actor),
            Fact::ApprovalRefused(f) => {
                self.disbursements.stand(&f.disbursement, Standing::Refused { by: actor.clone() });
            }
            Fact::DisbursementPaid(f) => {
                let standing = Standing::Paid { seq: *seq, by: actor.clone(), on: f.date };
                self.disbursements.stand(&f.disbursement, standing);
            }
            Fact::DisbursementCancelled(f) => {
                let standing = Standing::Cancelled { by: actor.clone() };
                self.disbursements.stand(&f.disbursement, standing);
            }
            Fact::ReceiptIssued(f) => self.receipts.issue(*seq, actor, f),
            Fact::FundEstablished(f) => self.funds.establish(f),
            Fact::OfficerKeyRegistered(f) => self.acts.register(f),
            Fact::KeyRotated(f) => self.offices.rotate(f),
            Fact::WitnessChanged(f) => self.offices.change_policy(f),
            Fact::ActSigned(f) => self.acts.sign(f),
            Fact::PeriodReopened(f) => self.periods.reopen(*seq, f),
            Fact::FindingRaised(f) => self.audit.raise(*seq, f),
            Fact::FindingCleared(f) => self.audit.clear(*seq, f),
            Fact::AuditConcluded(f) => self.audit.conclude(*seq, actor, f),
            Fact::PeriodClosed(f) => self.periods.close(*seq, f.month),
            Fact::YearClosed(f) => self.periods.close_year(f.year),
            Fact::EntryReversed(f) => {
                if let (Some(voucher), Some(original)) = (voucher, reversed) {
                    self.periods.reverse(*seq, voucher.number, f);
                    self.undo(original);
                }
            }
            Fact::AdjustmentRecorded(f) => {
                if let Some(voucher) = voucher {
                    self.periods.adjust(*seq, voucher.number, f);
                }
            }
            // What they do to the accounts is all that they do.
            Fact::OpeningRecorded(_)
            | Fact::SubsidyReceived(_)
            | Fact::DonationReceived(_)
            | Fact::InterestReceived(_)
            | Fact::OtherIncomeReceived(_)
            | Fact::FundTransferred(_)
            | Fact::CashDrawn(_)
            | Fact::CashDeposited(_)
            | Fact::CarryForwardRecorded(_)
            | Fact::PrivacyCommitted(_)
            | Fact::PrivacyOpened(_)
            | Fact::PrivacyErased(_)
            | Fact::AttachmentAdded(_) => {}
        }
        self.next = seq.next();
    }

    /// Takes back what a reversed fact did beside its accounts.
    fn undo(&mut self, original: &Recorded) {
        match &original.fact {
            Fact::DuesReceived(f) => {
                self.members.unpay(original.seq, f);
                self.receipts.void(original.seq);
            }
            Fact::AllocationReceived(_) | Fact::RemittancePaid(_) => {
                self.allocation.undo(original.seq);
            }
            // What was paid wrongly is open again, with its approvals.
            Fact::DisbursementPaid(f) => self.disbursements.stand(&f.disbursement, Standing::Open),
            // Facts that are their accounts alone, and those without a voucher
            Fact::OpeningRecorded(_)
            | Fact::SubsidyReceived(_)
            | Fact::DonationReceived(_)
            | Fact::InterestReceived(_)
            | Fact::OtherIncomeReceived(_)
            | Fact::FundTransferred(_)
            | Fact::CashDrawn(_)
            | Fact::CashDeposited(_)
            | Fact::AdjustmentRecorded(_)
            | Fact::CarryForwardRecorded(_)
            | Fact::EntryReversed(_)
            | Fact::LedgerCreated(_)
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
            | Fact::ReceiptIssued(_) => {}
        }
    }

    /// The place of the next record.
    #[must_use]
    pub fn next(&self) -> Seq {
        self.next
    }

    /// The dues of a member for a month by the rule then in force; `None` where the base or the
    /// rate is not set, nothing owed where the membership does not cover the month.
    #[must_use]
    pub fn dues_due(&self, member: &MemberId, month: Month) -> Option<Money> {
        let found = self.members.member(member)?;
        if !found.owes_in(month) {
            return Some(Money::ZERO);
        }
        let (basis_points, step) = self.offices.dues_rate(month.last_day())?;
        Some(found.base_in(month)?.floor_to(step).basis_points(basis_points))
    }
}

/// Opening balances and what is carried forward are no turnover of a period.
fn kind(fact: &Fact) -> Kind {
    if matches!(fact, Fact::OpeningRecorded(_)) {
        Kind::Opening
    } else if matches!(fact, Fact::CarryForwardRecorded(_)) {
        Kind::Carried
    } else {
        Kind::Ordinary
    }
}

/// The record that this one reverses, by its place.
#[must_use]
pub fn reverses(fact: &Fact) -> Option<Seq> {
    if let Fact::EntryReversed(reversal) = fact { Some(reversal.reverses) } else { None }
}
