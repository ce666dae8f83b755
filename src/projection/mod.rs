//! What the facts add up to. A projection never refuses: what is on the chain has happened.

mod as_list;
pub mod accounts;
pub mod officers;
pub mod relations;
pub mod handovers;
pub mod members;
pub mod dues;
pub mod funds;
pub mod budgets;
pub mod allocation;
pub mod payers;
pub mod disbursements;
pub mod splits;
pub mod periods;
pub mod acts;
pub mod audit;
pub mod disclosures;
pub mod receipts;
pub mod receipt_stock;
pub mod privacy;
pub mod papers;
pub mod imports;
pub mod notes;
pub mod assets;
pub mod supplies;
pub mod stocktakes;
pub mod investments;
mod owned;
pub mod custody;
pub mod spending;
pub mod welfare;
pub mod visits;
pub mod hardship;
pub mod drives;
pub mod mutual;
pub mod bank;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use accounts::Kind;
use disbursements::{Behind, Disbursement, Payment, Standing};

use crate::date::{Day, Instant, Offset};
use crate::event::allocation::{AllocationCollected, AllocationReceived, Remittance};
use crate::event::book::Role;
use crate::event::disbursement::{Paid, Request};
use crate::event::{Fact, Recorded, Till, moves_no_money};
use crate::ids::{AccountCode, DisbursementId, FundId, OfficerId, Seq};
use crate::money::Money;

/// All projections of one book, at one place of its chain.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct State {
    /// How many records it has seen, which is the place of the next one.
    next: Seq,
    pub offices: officers::Offices,
    pub relations: relations::Relations,
    pub handovers: handovers::Handovers,
    pub accounts: accounts::Accounts,
    pub funds: funds::Funds,
    pub budgets: budgets::Budgets,
    pub members: members::Members,
    pub allocation: allocation::Allocation,
    pub payers: payers::Payers,
    pub disbursements: disbursements::Disbursements,
    pub periods: periods::Periods,
    pub acts: acts::Acts,
    pub audit: audit::Audit,
    #[serde(default)]
    pub disclosures: disclosures::Disclosures,
    pub receipts: receipts::Receipts,
    pub receipt_stock: receipt_stock::ReceiptStocks,
    pub privacy: privacy::Privacy,
    pub papers: papers::Papers,
    #[serde(default)]
    pub imports: imports::Imports,
    pub notes: notes::Notes,
    pub assets: assets::Assets,
    pub supplies: supplies::Supplies,
    pub stocktakes: stocktakes::Stocktakes,
    pub investments: investments::Investments,
    pub custody: custody::Custody,
    pub spending: spending::Spending,
    pub welfare: welfare::Welfare,
    pub visits: visits::Visits,
    pub hardship: hardship::Hardship,
    pub drives: drives::Drives,
    pub mutual: mutual::Mutual,
    pub bank: bank::Bank,
}

impl State {
    /// Takes the next record in. `reversed` is the record that it reverses, if it reverses one.
    #[allow(clippy::too_many_lines, reason = "a table: one line for each fact")]
    pub fn apply(&mut self, record: &Recorded, reversed: Option<&Recorded>) {
        let Recorded { seq, actor, fact, voucher, .. } = record;
        if let Some(voucher) = voucher {
            self.periods.count(voucher, actor);
            let kind = kind(reversed.map_or(fact, |original| &original.fact));
            self.accounts.post(*seq, voucher, kind);
            self.bank.receive(fact, false);
        }
        self.acts.remember(*seq, fact);
        self.imports.make(record);
        match fact {
            Fact::LedgerCreated(f) => self.offices.begin(f, actor),
            Fact::OfficerAppointed(f) => self.offices.appoint(f),
            Fact::OfficerRemoved(f) => self.offices.remove(f),
            Fact::RuleSet(f) => self.offices.set_rule(record, f),
            Fact::RelationDeclared(f) => self.relations.declare(*seq, f),
            Fact::RelationEnded(f) => self.relations.end(*seq, f),
            Fact::SubstituteNamed(f) => self.offices.substitute(*seq, f),
            Fact::HandoverRecorded(f) => self.handovers.hand(*seq, f),
            Fact::HandoverListed(f) => self.handovers.list(f),
            Fact::GroupDefined(f) => self.members.define_group(f),
            Fact::MemberEnrolled(f) => self.members.enrol(f),
            Fact::DuesBaseSet(f) => self.members.set_base(f),
            Fact::MemberTransferred(f) => self.members.transfer(f),
            Fact::MemberLeft(f) => self.members.leave(f),
            Fact::MemberArrived(f) => self.members.arrive(f),
            Fact::MemberDeparted(f) => self.members.depart(f),
            Fact::DuesTermsSet(f) => self.members.set_terms(f),
            Fact::DuesWaived(f) => self.members.waive(*seq, f),
            Fact::DuesWaiverCancelled(f) => self.members.cancel_waiver(f),
            Fact::DuesRefunded(f) => {
                self.members.refund(*seq, f);
                if let Some(disbursement) = &f.disbursement {
                    let paid = (disbursement, &f.fund, f.total(), f.from);
                    self.pay_out(record, paid, f.date);
                }
            }
            Fact::DuesReceived(f) => self.members.pay(*seq, f),
            Fact::DuesStandingOpened(f) => self.members.open_standing(f),
            Fact::PayrollDeclared(f) => self.allocation.declare(f),
            Fact::AllocationReceived(f) => self.allocation.receive(*seq, f),
            Fact::RemittancePaid(f) => self.allocation.remit(*seq, f),
            Fact::AllocationCollected(f) => self.allocation.collect(*seq, f),
            Fact::PreparationFundReceived(f) => self.allocation.prepare(*seq, f),
            Fact::PreparationFundSettled(f) => self.allocation.settle_preparation(*seq, f),
            Fact::PassdownPaid(f) => self.allocation.pass_down(*seq, f),
            Fact::AccrualRecorded(f) => {
                self.allocation.accrue(*seq, f);
                if let Some(disbursement) = &f.disbursement {
                    let accrued = Standing::Accrued { seq: *seq, on: f.date };
                    self.disbursements.stand(disbursement, accrued);
                }
            }
            Fact::AccrualSettled(f) => self.allocation.settle(*seq, f),
            Fact::PayerRegistered(f) => self.payers.register(f),
            Fact::PayerUnionFounded(f) => self.payers.found(f),
            Fact::PayerPayrollDeclared(f) => self.payers.declare(f),
            Fact::PayrollCorrected(f) => match &f.payer {
                None => self.allocation.correct(f),
                Some(payer) => self.payers.correct(payer, f),
            },
            Fact::TaxListRecorded(f) => self.payers.list(f),
            Fact::DemandIssued(f) => {
                let before = self.allocation_received(f.payer.as_ref(), f.first, f.last);
                self.payers.demand(f, before);
            }
            Fact::DemandAdvanced(f) => self.payers.advance(f),
            Fact::DisbursementRequested(f) => self.disbursements.request(self.requested(record, f)),
            Fact::ApprovalGiven(f) => {
                let standing = self.offices.standing_in(actor, self.local_day(record.at));
                let stood_in = standing.into_iter().filter(|(_, roles)| !roles.is_empty());
                let stood_in = stood_in.map(|(absent, roles)| (absent.clone(), roles)).collect();
                self.disbursements.approve(f, actor, stood_in);
            }
            Fact::ApprovalRefused(f) => {
                self.disbursements.stand(&f.disbursement, Standing::Refused { by: actor.clone() });
            }
            Fact::DisbursementPaid(f) => {
                let payment = self.payment(record, f);
                self.disbursements.pay(*seq, payment, f.date);
            }
            Fact::DisbursementCancelled(f) => {
                let standing = Standing::Cancelled { by: actor.clone() };
                self.disbursements.stand(&f.disbursement, standing);
            }
            Fact::DisbursementAnalysed(f) => self.spending.analyse(f),
            Fact::WelfareItemDefined(f) => self.welfare.define(f),
            Fact::MemberTraitsRecorded(f) => self.welfare.know(f),
            Fact::BenefitListed(f) => self.welfare.list(*seq, f),
            Fact::BenefitDistributed(f) => self.welfare.distribute(f),
            Fact::BenefitRemainderReturned(f) => self.welfare.take_back(*seq, f),
            Fact::PriorYearCorrected(f) => {
                let back = self.disbursements.in_tills(&f.lines);
                if let Some(payment) = self.disbursements.payment(f.of) {
                    self.welfare.correct(&payment.paid.disbursement, *seq, f.date, back);
                }
            }
            Fact::VisitMade(f) => self.visits.make(f),
            Fact::VisitWithdrawn(f) => self.visits.withdraw(f),
            Fact::CaseOpened(f) => self.hardship.open(*seq, f),
            Fact::CaseReviewed(f) => self.hardship.review_case(*seq, f),
            Fact::CaseClosed(f) => self.hardship.close(*seq, f),
            Fact::AidApplied(f) => self.hardship.apply_for(*seq, actor, f),
            Fact::AidReviewed(f) => self.hardship.review(*seq, actor, f),
            Fact::NoticePosted(f) => self.hardship.post(*seq, f),
            Fact::AidObjected(f) => self.hardship.object(f),
            Fact::ObjectionAnswered(f) => self.hardship.answer(f),
            Fact::AidRequested(f) => self.hardship.request(f),
            Fact::DriveOpened(f) => self.drives.open(*seq, f),
            Fact::GiftsListed(f) => self.drives.list(f),
            Fact::GoodsReceived(f) => self.drives.receive(*seq, f),
            Fact::GoodsGiven(f) => self.drives.give(*seq, f),
            Fact::GoodsWithdrawn(f) => self.drives.withdraw(f),
            Fact::DriveClosed(f) => self.drives.close(*seq, f),
            Fact::SchemeOpened(f) => self.mutual.open(*seq, f),
            Fact::CoverListed(f) => self.mutual.cover(*seq, f),
            Fact::ClaimOpened(f) => self.mutual.claim(*seq, actor, f),
            Fact::ClaimDecided(f) => self.mutual.decide(*seq, actor, f),
            Fact::ClaimsRequested(f) => self.mutual.request(f),
            Fact::ProjectOpened(f) => self.spending.open(f),
            Fact::AdvanceOpened(f) => self.spending.open_advance(f),
            Fact::AdvanceSettled(f) => {
                if let Some(voucher) = voucher {
                    self.spending.settle(*seq, voucher.number, f);
                }
            }
            Fact::CustodialProjectOpened(f) => self.custody.open(f),
            Fact::CashCounted(f) => self.bank.count(*seq, f),
            Fact::CashDifferenceRecorded(f) => self.bank.differ(*seq, f),
            Fact::CashDifferenceResolved(f) => {
                self.bank.resolve(f.of, Some((*seq, f.ends.clone())));
            }
            Fact::BankStatementRecorded(f) => self.bank.state(*seq, f),
            Fact::BankLineRecorded(f) => self.bank.add_lines(f),
            Fact::BankStatementWithdrawn(f) => self.bank.withdraw(&f.statement),
            Fact::BankMatched(f) => self.bank.pair(*seq, f),
            Fact::BankUnmatched(f) => self.bank.unpair(f.of),
            Fact::BankReconciled(f) => self.bank.reconcile(*seq, f),
            Fact::ReceiptIssued(f) => self.receipts.issue(*seq, actor, f),
            Fact::ReceiptStockReceived(f) => self.receipt_stock.receive(f),
            Fact::PaperReceiptIssued(f) => self.receipt_stock.issue(*seq, f),
            Fact::PaperReceiptVoided(f) => self.receipt_stock.void(*seq, f),
            Fact::FundEstablished(f) => self.funds.establish(f),
            Fact::FundTransferred(f) => {
                let chaired = self.roles_at(actor, record.at).contains(&Role::Chair);
                self.funds.transfer(*seq, f, actor, chaired);
            }
            Fact::FundLimited(f) => self.funds.limit(f),
            Fact::FiscalFundMarked(f) => self.funds.mark_fiscal(&f.fund),
            Fact::FundClosed(f) => self.funds.close(f),
            Fact::BudgetAdopted(f) => self.budgets.adopt(f),
            Fact::BudgetAdjusted(f) => self.budgets.adjust(f),
            Fact::OfficerKeyRegistered(f) => self.acts.register(f),
            Fact::KeyRotated(f) => self.offices.rotate(f),
            Fact::WitnessChanged(f) => self.offices.change_policy(f),
            Fact::ActSigned(f) => self.acts.sign(f),
            Fact::VouchersReviewed(f) => self.periods.review(*seq, actor, f),
            Fact::PeriodReopened(f) => self.periods.reopen(*seq, f),
            Fact::FindingRaised(f) => self.audit.raise(*seq, f),
            Fact::FindingCleared(f) => self.audit.clear(*seq, actor, f),
            Fact::AuditConcluded(f) => self.audit.conclude(*seq, actor, f),
            Fact::DisclosurePublished(f) => self.disclosures.publish(*seq, actor, f),
            Fact::AuditOpened(f) => self.audit.open(*seq, f),
            Fact::SampleDrawn(f) => self.audit.draw(*seq, f),
            Fact::FindingAssigned(f) => self.audit.assign(*seq, f),
            Fact::RectificationReported(f) => self.audit.rectify(*seq, actor, f),
            Fact::AuditReported(f) => self.audit.report(*seq, actor, f),
            Fact::PeriodClosed(f) => self.periods.close(*seq, f.month),
            Fact::YearClosed(f) => self.periods.close_year(f.year),
            Fact::EntryReversed(f) => {
                if let (Some(voucher), Some(original)) = (voucher, reversed) {
                    self.periods.reverse(*seq, voucher.number, f);
                    self.undo(original);
                    self.take_back(original, f.date);
                }
            }
            Fact::AdjustmentRecorded(f) => {
                if let Some(voucher) = voucher {
                    self.periods.adjust(*seq, voucher.number, f);
                }
            }
            Fact::PrivacyCommitted(f) => self.privacy.commit(*seq, f),
            Fact::PrivacyErased(f) => self.privacy.erase(*seq, f),
            Fact::AttachmentAdded(f) => self.papers.add(*seq, f),
            Fact::ImportRecorded(f) => self.imports.take(*seq, f),
            Fact::EntryCorrected(f) => self.periods.correct(*seq, f),
            Fact::NoteWritten(f) => self.notes.write(*seq, f),
            Fact::AssetCarded(f) => self.assets.card(*seq, f),
            Fact::AssetMoved(f) => self.assets.hand_over(f),
            Fact::AssetDepreciated(f) => self.assets.wear(*seq, f),
            Fact::AssetDisposed(f) => self.dispose(*seq, f),
            Fact::SupplyCarded(f) => self.supplies.card(*seq, f),
            Fact::SuppliesStored(f) => self.supplies.store(*seq, f),
            Fact::SuppliesReceived(f) => self.supplies.receive(*seq, f),
            Fact::SuppliesIssued(f) => self.supplies.issue(*seq, f),
            Fact::StocktakeRecorded(f) => {
                let supplies = &self.supplies;
                self.stocktakes.take(*seq, actor, f, |item, fund| {
                    supplies.item(item).map_or(0, |item| item.in_stock(fund).quantity)
                });
            }
            Fact::StocktakeDifferenceRecorded(f) => self.differ(*seq, f),
            Fact::StocktakeDifferenceResolved(f) => self.stocktakes.resolve(f.pending, Some(*seq)),
            Fact::InvestmentAcquired(f) => {
                self.investments.acquire(*seq, f);
                let paid = (&f.disbursement, &f.fund, f.amount, f.from);
                self.pay_out(record, paid, f.date);
            }
            Fact::CustodialPaid(f) => {
                let paid = (&f.disbursement, &f.project, f.amount, f.from);
                self.pay_out(record, paid, f.date);
            }
            Fact::InvestmentRecovered(f) => self.investments.recover(*seq, f),
            // What they do to the accounts is all that they do.
            Fact::OpeningRecorded(_)
            | Fact::SubsidyReceived(_)
            | Fact::DonationReceived(_)
            | Fact::InterestReceived(_)
            | Fact::OtherIncomeReceived(_)
            | Fact::FundReleased(_)
            | Fact::IncomeReceived(_)
            | Fact::CustodialReceived(_)
            | Fact::JournalRecorded(_)
            | Fact::CashDrawn(_)
            | Fact::CashDeposited(_)
            | Fact::AssetReceived(_)
            | Fact::CarryForwardRecorded(_)
            | Fact::PrivacyOpened(_) => {}
        }
        self.next = seq.next();
    }

    /// The same book, its officers, rules, funds and budgets, with nothing posted.
    #[must_use]
    pub fn nothing_posted(&self) -> State {
        let (offices, funds) = (self.offices.clone(), self.funds.clone());
        let (budgets, custody) = (self.budgets.clone(), self.custody.clone());
        State { next: self.next, offices, funds, budgets, custody, ..State::default() }
    }

    /// Posts this record and no other, so that a sum over vouchers is what this one adds to it. A
    /// reversal counts as what it takes back, negated.
    pub fn post_only(&mut self, record: &Recorded, reversed: Option<&Recorded>) {
        let fact = reversed.map_or(&record.fact, |original| &original.fact);
        self.accounts = accounts::Accounts::default();
        self.allocation = allocation::Allocation::default();
        if let Some(voucher) = &record.voucher {
            self.accounts.post(record.seq, voucher, kind(fact));
        }
        let back = reversed.is_some();
        let sign = |amount: Money| if back { amount.negated() } else { amount };
        if let Fact::AllocationReceived(f) = fact {
            let (amount, own, up) = (sign(f.amount), sign(f.own), sign(f.up));
            let received = AllocationReceived { amount, own, up, ..f.clone() };
            self.allocation.receive(record.seq, &received);
        }
        if let Fact::AllocationCollected(f) = fact {
            let collected = AllocationCollected {
                amount: sign(f.amount),
                gross: f.gross.map(sign),
                own: sign(f.own),
                up: sign(f.up),
                down: sign(f.down),
                settles: sign(f.settles),
                ..f.clone()
            };
            self.allocation.collect(record.seq, &collected);
        }
        if let Fact::RemittancePaid(f) = fact {
            let remitted = Remittance { amount: sign(f.amount), ..f.clone() };
            self.allocation.remit(record.seq, &remitted);
        }
    }

    /// Takes back what a reversed fact did beside its accounts.
    #[allow(clippy::unnested_or_patterns, reason = "the pattern of a macro cannot be nested into")]
    fn undo(&mut self, original: &Recorded) {
        self.bank.receive(&original.fact, true);
        match &original.fact {
            Fact::AdvanceSettled(_) => self.spending.unsettle(original.seq),
            Fact::BenefitRemainderReturned(f) => self.welfare.give_back(&f.disbursement),
            Fact::PriorYearCorrected(f) => {
                if let Some(payment) = self.disbursements.payment(f.of) {
                    self.welfare.uncorrect(&payment.paid.disbursement, original.seq);
                }
            }
            Fact::OpeningRecorded(_) => self.spending.close_advances(original.seq),
            Fact::CashDifferenceRecorded(_) => self.bank.agree(original.seq),
            Fact::CashDifferenceResolved(f) => self.bank.resolve(f.of, None),
            Fact::DuesReceived(f) => {
                self.members.unpay(original.seq, &f.lines);
                self.receipts.void(original.seq);
            }
            Fact::DuesRefunded(f) => {
                self.members.unpay(original.seq, &f.lines);
                if let Some(disbursement) = &f.disbursement {
                    self.disbursements.unpay(original.seq, disbursement);
                }
            }
            Fact::AccrualRecorded(f) => {
                self.allocation.undo(original.seq);
                if let Some(disbursement) = &f.disbursement {
                    self.disbursements.stand(disbursement, Standing::Open);
                }
            }
            Fact::AllocationReceived(_)
            | Fact::RemittancePaid(_)
            | Fact::AllocationCollected(_)
            | Fact::PreparationFundReceived(_)
            | Fact::PreparationFundSettled(_)
            | Fact::PassdownPaid(_)
            | Fact::AccrualSettled(_) => self.allocation.undo(original.seq),
            Fact::DisbursementPaid(f) => self.unpay(original.seq, &f.disbursement),
            Fact::InvestmentAcquired(f) => self.unpay(original.seq, &f.disbursement),
            Fact::CustodialPaid(f) => self.unpay(original.seq, &f.disbursement),
            Fact::FundTransferred(_) => self.funds.undo(original.seq),
            Fact::DonationReceived(_) => self.drives.undo(original.seq),
            Fact::OtherIncomeReceived(_) => self.mutual.undo(original.seq),
            Fact::CustodialReceived(_) => {
                self.drives.undo(original.seq);
                self.mutual.undo(original.seq);
            }
            // Facts that are their accounts alone, and those without a voucher; what they did to assets and
            // supplies is taken back by `take_back`
            Fact::AssetReceived(_)
            | Fact::AssetDepreciated(_)
            | Fact::AssetDisposed(_)
            | Fact::SuppliesReceived(_)
            | Fact::SuppliesIssued(_)
            | Fact::StocktakeDifferenceRecorded(_)
            | Fact::StocktakeDifferenceResolved(_)
            | Fact::InvestmentRecovered(_)
            | Fact::SubsidyReceived(_)
            | Fact::InterestReceived(_)
            | Fact::FundReleased(_)
            | Fact::IncomeReceived(_)
            | Fact::JournalRecorded(_)
            | Fact::CashDrawn(_)
            | Fact::CashDeposited(_)
            | Fact::AdjustmentRecorded(_)
            | Fact::CarryForwardRecorded(_)
            | Fact::EntryReversed(_)
            | moves_no_money!() => {}
        }
    }

    /// What was paid wrongly waits to be paid, and nobody has signed for it.
    fn unpay(&mut self, seq: Seq, id: &DisbursementId) {
        self.disbursements.unpay(seq, id);
        self.welfare.unpay(id);
    }

    /// A request, with the band that it falls into now.
    fn requested(&self, record: &Recorded, request: &Request) -> Disbursement {
        let judged_on = request.date.max(self.local_day(record.at));
        Disbursement {
            seq: record.seq,
            request: request.clone(),
            requested_by: record.actor.clone(),
            judged_on,
            band: self.offices.approvers(request.amount, judged_on).cloned(),
            approvals: BTreeMap::new(),
            stood_in: BTreeMap::new(),
            standing: Standing::Open,
        }
    }

    /// What was invested or paid out of custody is a payment like any other, on the account of its
    /// request.
    fn pay_out(
        &mut self,
        record: &Recorded,
        paid: (&DisbursementId, &FundId, Money, Till),
        date: Day,
    ) {
        let (disbursement, fund, amount, from) = paid;
        let found = self.disbursements.disbursement(disbursement);
        let of_request = found.map(|found| found.request.account.clone());
        // A voucher that does not touch the account of its request paid something else.
        let Some(voucher) = &record.voucher else { return };
        let posted = |code: &AccountCode| voucher.entries.iter().any(|e| e.account == *code);
        let first = voucher.entries.first().map(|entry| entry.account.clone());
        let Some(account) = of_request.filter(posted).or(first) else { return };
        let (disbursement, fund) = (disbursement.clone(), fund.clone());
        let paid = Paid { disbursement, date, from, fund, account, amount, acquires: None };
        let payment = self.payment(record, &paid);
        self.disbursements.pay(record.seq, payment, date);
    }

    /// A payment with what stands behind it now.
    fn payment(&self, record: &Recorded, paid: &Paid) -> Payment {
        let behind = self.disbursements.disbursement(&paid.disbursement).map(|found| {
            let roles = |officer: &OfficerId| {
                let held = self.roles_at(officer, record.at);
                (officer.clone(), found.with_stood_in(officer, held))
            };
            Behind {
                approvers: found.approvals.keys().map(roles).collect(),
                disbursement: found.clone(),
            }
        });
        let voucher = record.voucher.as_ref();
        // Of what acquires nothing one account is the request's, and the other a till.
        let entries = voucher.filter(|_| paid.acquires.is_none()).map(|voucher| &voucher.entries);
        let others = entries.into_iter().flatten().filter(|entry| entry.account != paid.account);
        Payment {
            paid: paid.clone(),
            by: record.actor.clone(),
            voucher: voucher.map(|voucher| voucher.number),
            behind,
            left_by: others.map(|entry| entry.account.clone()).collect(),
        }
    }

    /// The offices that somebody holds at that moment, by the book's own time.
    fn roles_at(&self, officer: &OfficerId, at: Instant) -> BTreeSet<Role> {
        let found = self.offices.officer(officer);
        found.map(|found| found.roles_on(self.local_day(at))).unwrap_or_default()
    }

    /// The union's own day at that moment.
    pub(crate) fn local_day(&self, at: Instant) -> Day {
        let offset = self.offices.ledger().map_or_else(Offset::china, |ledger| ledger.utc_offset);
        at.day(offset)
    }

    /// The place of the next record.
    #[must_use]
    pub fn next(&self) -> Seq {
        self.next
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
