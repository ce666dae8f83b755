//! Command → facts, or a named refusal. Pure: the state, the officer, the day and the records that
//! may be looked up are all given.
//!
//! The order is fixed: the book, the officer's office, no personal data in a text, the family's own rules, the signatures, the
//! days, the money.
//! The first broken rule wins.

mod refusal;
mod said;
mod command;
mod office;
mod book;
mod relation;
mod split;
mod substitute;
mod handover;
mod member;
mod dues;
mod allocation;
mod accrual;
mod payer;
mod demand;
mod income;
mod disbursement;
mod fund;
mod budget;
mod spent;
mod closing;
mod period;
mod correction;
mod note;
mod audit;
mod disclosure;
mod sampling;
mod audited;
mod personal;
mod privacy;
mod act;
mod paper;
mod import;
mod receipt;
mod receipt_stock;
mod money;
mod asset;
mod supply;
mod stocktake;
mod investment;
mod welfare;
mod visit;
mod hardship;
mod drive;
mod mutual;
mod analysis;
mod advance;
mod journal;
mod custody;
mod cash;
mod statement;
mod warning;
pub mod opening;

pub use act::{SignedWith, Signer, chair_to_vouch};
pub(crate) use advance::{StandingAdvance, standing as standing_advances};
pub(crate) use audited::audited_figures;
pub use budget::BUDGET_LINES_MAX;
pub(crate) use budget::Execution;
pub use closing::{CLOSING_CHECKS, ClosingFault, Ground, When};
pub use command::Command;
pub(crate) use disbursement::unfilled;
pub use dues::{AHEAD_MONTHS_MAX, ROLL_LINES_MAX};
pub use paper::{BYTES_MAX_DEFAULT, bytes_max};
pub use privacy::{FIELDS_MAX, SUBJECTS_MAX};
pub(crate) use receipt_stock::receiptable;
pub use refusal::{Bound, Figures, Refusal};
pub(crate) use sampling::belongs as drawn_from;
pub use sampling::drawing;
pub(crate) use statement::{BankBook, OpeningDifference};
pub use welfare::LeftOut;
pub(crate) use welfare::counts as counts_together;

use std::collections::BTreeSet;

use crate::chart::Chart;
use crate::date::Day;
use crate::event::book::Role;
use crate::event::{Entry, Fact, Recorded};
use crate::ids::{Digest, MemberId, OfficerId, Seq};
use crate::projection::State;

/// What a decision rests on besides the command.
pub struct Context<'a> {
    pub state: &'a State,
    pub chart: &'a Chart,
    /// Who asks.
    pub by: &'a OfficerId,
    /// The union's own day at this moment.
    pub today: Day,
    /// Whose signatures come with the command, already verified; the first is of `by`.
    pub signers: &'a [Signer],
    /// A record of this book by its place; a reversal needs the one that it reverses.
    pub look_up: &'a dyn Fn(Seq) -> Option<Recorded>,
    /// The hash of a record of this book by its place, which is the head of a book that ends in it.
    pub hash_of: &'a dyn Fn(Seq) -> Option<Digest>,
}

/// A fact that is to be recorded, with its entries: none where it moves no money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decided {
    pub fact: Fact,
    pub entries: Vec<Entry>,
    /// Rules that are set to warn, and that this goes against all the same.
    pub warnings: Vec<Refusal>,
}

impl Context<'_> {
    /// The offices that somebody holds today.
    fn roles(&self, officer: &OfficerId) -> BTreeSet<Role> {
        let found = self.state.offices.officer(officer);
        found.map(|found| found.roles_on(self.today)).unwrap_or_default()
    }

    /// The offices that somebody may approve for today: his own, and those that he stands in for.
    fn approving(&self, officer: &OfficerId) -> BTreeSet<Role> {
        let mut roles = self.roles(officer);
        for standing in self.state.offices.standing_in(officer, self.today) {
            roles.extend(standing.1);
        }
        roles
    }

    /// The same, as if somebody else asked.
    fn as_if<'a>(&'a self, by: &'a OfficerId) -> Context<'a> {
        Context { by, ..*self }
    }

    /// Whether two ids are one person: somebody who came back into office may bear another id.
    fn is_same(&self, one: &OfficerId, other: &OfficerId) -> bool {
        self.state.offices.is_same(one, other)
    }

    /// The number that an officer has as a member.
    fn own_member(&self, officer: &OfficerId) -> Option<&MemberId> {
        self.state.offices.officer(officer).and_then(|found| found.member.as_ref())
    }
}

/// Decides on a command: what is to be recorded, or the first rule that it breaks.
pub fn decide(context: &Context<'_>, command: &Command) -> Result<Vec<Decided>, Refusal> {
    office::check(context, command)?;
    personal::check(command)?;
    let facts = family(context, command)?;
    let mut splits = split::check(context, &facts)?;
    let decided: Result<Vec<Decided>, Refusal> = facts
        .into_iter()
        .map(|fact| {
            act::check(context, &fact)?;
            period::check_day(context, &fact)?;
            let entries = money::post(context, &fact)?;
            let mut warnings = Vec::new();
            if let Fact::DisbursementRequested(_) = &fact {
                warnings.append(&mut splits);
            }
            warnings.extend(warning::check(context, &fact, &entries));
            Ok(Decided { fact, entries, warnings })
        })
        .collect();
    let mut decided = decided?;
    // A command of several records pays and spends as a whole.
    money::check_held(context, &decided)?;
    let warnings = spent::check(context, &decided)?;
    if let Some(last) = decided.last_mut() {
        last.warnings.extend(warnings);
    }
    Ok(decided)
}

/// Of a command with a list of dues every line that is refused by itself, with the path of what is wrong
/// in it: [`decide`] stops at the first, and whoever has to mend the list wants them all.
#[must_use]
pub fn refused_lines(context: &Context<'_>, command: &Command) -> Vec<(String, Refusal)> {
    if let Command::ReceiveDues(asked) = command {
        return dues::refused_lines(context, &asked.lines);
    }
    if let Command::ReceiveRoll(asked) = command {
        return dues::refused_in_roll(context, asked);
    }
    if let Command::RefundDues(asked) = command {
        return dues::refused_refunds(context, &asked.lines);
    }
    Vec::new()
}

#[allow(clippy::too_many_lines, reason = "a table: one line for each command")]
fn family(context: &Context<'_>, command: &Command) -> Result<Vec<Fact>, Refusal> {
    match command {
        Command::CreateLedger(c) => book::create(context, c),
        Command::AppointOfficer(c) => book::appoint(context, c),
        Command::RemoveOfficer(c) => book::remove(context, c),
        Command::SetRule(c) => book::set_rule(context, c),
        Command::RecordOpening(c) => book::open(context, c),
        Command::DeclareRelation(c) => relation::declare(context, c),
        Command::EndRelation(c) => relation::end(context, c),
        Command::NameSubstitute(c) => substitute::name(context, c),
        Command::RecordHandover(c) => handover::record(context, c),
        Command::DefineGroup(c) => member::define_group(context, c),
        Command::EnrolMember(c) => member::enrol(context, c),
        Command::SetDuesBase(c) => member::set_base(context, c),
        Command::TransferMember(c) => member::transfer(context, c),
        Command::LeaveMember(c) => member::leave(context, c),
        Command::ArriveMember(c) => member::arrive(context, c),
        Command::DepartMember(c) => member::depart(context, c),
        Command::ReceiveDues(c) => dues::receive(context, c),
        Command::ReceiveRoll(c) => dues::receive_roll(context, c),
        Command::PayDues(c) => dues::pay(context, c),
        Command::SetDuesTerms(c) => dues::set_terms(context, c),
        Command::WaiveDues(c) => dues::waive(context, c),
        Command::CancelWaiver(c) => dues::cancel_waiver(context, c),
        Command::RefundDues(c) => dues::refund(context, c),
        Command::OpenDuesStanding(c) => dues::open_standing(context, c),
        Command::DeclarePayroll(c) => allocation::declare(context, c),
        Command::ReceiveAllocation(c) => allocation::receive(context, c),
        Command::PayRemittance(c) => allocation::remit(context, c),
        Command::RegisterPayer(c) => payer::register(context, c),
        Command::FoundPayerUnion(c) => payer::found(context, c),
        Command::DeclarePayerPayroll(c) => payer::declare(context, c),
        Command::CorrectPayroll(c) => payer::correct(context, c),
        Command::RecordTaxList(c) => payer::list(context, c),
        Command::CollectAllocation(c) => allocation::collect(context, c),
        Command::ReceivePreparationFund(c) => allocation::prepare(context, c),
        Command::SettlePreparationFund(c) => allocation::settle_preparation(context, c),
        Command::PayPassdown(c) => allocation::pass_down(context, c),
        Command::IssueDemand(c) => demand::issue(context, c),
        Command::AdvanceDemand(c) => demand::advance(context, c),
        Command::RecordAccrual(c) => accrual::record(context, c),
        Command::SettleAccrual(c) => accrual::settle(context, c),
        Command::ReceiveSubsidy(c) => income::subsidy(context, c),
        Command::ReceiveDonation(c) => income::donation(context, c),
        Command::ReceiveInterest(c) => income::interest(c),
        Command::ReceiveOtherIncome(c) => income::other(c),
        Command::ReceiveIncome(c) => income::receive(context, c),
        Command::RequestDisbursement(c) => disbursement::request_plain(context, c),
        Command::Approve(c) => disbursement::approve(context, c),
        Command::Refuse(c) => disbursement::refuse(context, c),
        Command::PayDisbursement(c) => disbursement::pay(context, c),
        Command::CancelDisbursement(c) => disbursement::cancel(context, c),
        Command::AnalyseDisbursement(c) => analysis::analyse(context, c),
        Command::DefineWelfareItem(c) => welfare::define(context, c),
        Command::RecordMemberTraits(c) => welfare::record_traits(context, c),
        Command::RequestBenefit(c) => welfare::request(context, c),
        Command::DistributeBenefit(c) => welfare::distribute(context, c),
        Command::ReturnRemainder(c) => welfare::take_back(context, c),
        Command::MakeVisit(c) => visit::make(context, c),
        Command::WithdrawVisit(c) => visit::withdraw(context, c),
        Command::OpenCase(c) => hardship::open(context, c),
        Command::ReviewCase(c) => hardship::review_case(context, c),
        Command::CloseCase(c) => hardship::close(context, c),
        Command::ApplyForAid(c) => hardship::apply(context, c),
        Command::ReviewAid(c) => hardship::review(context, c),
        Command::PostNotice(c) => hardship::post(context, c),
        Command::ObjectToAid(c) => hardship::object(context, c),
        Command::AnswerObjection(c) => hardship::answer(context, c),
        Command::RequestAid(c) => hardship::request(context, c),
        Command::OpenDrive(c) => drive::open(context, c),
        Command::ReceiveGifts(c) => drive::receive(context, c),
        Command::ReceiveGoods(c) => drive::receive_goods(context, c),
        Command::GiveGoods(c) => drive::give_goods(context, c),
        Command::WithdrawGoods(c) => drive::withdraw_goods(context, c),
        Command::CloseDrive(c) => drive::close(context, c),
        Command::OpenScheme(c) => mutual::open(context, c),
        Command::ReceiveContributions(c) => mutual::receive(context, c),
        Command::ListCover(c) => mutual::cover(context, c),
        Command::OpenClaim(c) => mutual::claim(context, c),
        Command::DecideClaim(c) => mutual::decide(context, c),
        Command::RequestClaims(c) => mutual::request(context, c),
        Command::OpenProject(c) => analysis::open(context, c),
        Command::OpenAdvance(c) => advance::open(context, c),
        Command::SettleAdvance(c) => advance::settle(context, c),
        Command::EstablishFund(c) => fund::establish(context, c),
        Command::TransferFunds(c) => fund::transfer(context, c),
        Command::LimitFund(c) => fund::limit(context, c),
        Command::MarkFiscalFund(c) => fund::mark_fiscal(context, c),
        Command::ReleaseFund(c) => fund::release(context, c),
        Command::CloseFund(c) => fund::close(context, c),
        Command::AdoptBudget(c) => budget::adopt(context, c),
        Command::AdjustBudget(c) => budget::adjust(context, c),
        Command::CardAsset(c) => asset::card(context, c),
        Command::MoveAsset(c) => asset::hand_over(context, c),
        Command::ReceiveAsset(c) => asset::receive(context, c),
        Command::RecordDepreciation(c) => asset::depreciate(context, c),
        Command::DisposeAsset(c) => asset::dispose(context, c),
        Command::CardSupply(c) => supply::card(context, c),
        Command::StoreSupplies(c) => supply::store(context, c),
        Command::ReceiveSupplies(c) => supply::receive(context, c),
        Command::IssueSupplies(c) => supply::issue(context, c),
        Command::RecordStocktake(c) => stocktake::take(context, c),
        Command::RecordDifference(c) => stocktake::record(context, c),
        Command::ResolveDifference(c) => stocktake::resolve(context, c),
        Command::AcquireInvestment(c) => investment::acquire(context, c),
        Command::RecoverInvestment(c) => investment::recover(context, c),
        Command::DrawCash(c) => cash::draw(context, c),
        Command::DepositCash(c) => Ok(vec![Fact::CashDeposited(c.clone())]),
        Command::CountCash(c) => cash::count(context, c),
        Command::RecordCashDifference(c) => cash::record(context, c),
        Command::ResolveCashDifference(c) => cash::resolve(context, c),
        Command::RecordStatement(c) => statement::record(context, c),
        Command::WithdrawStatement(c) => statement::withdraw(context, c),
        Command::MatchBank(c) => statement::matched(context, c),
        Command::UnmatchBank(c) => statement::unmatch(context, c),
        Command::ReconcileBank(c) => statement::reconcile(context, c),
        Command::OpenCustody(c) => custody::open(context, c),
        Command::ReceiveCustodial(c) => custody::receive(context, c),
        Command::PayCustodial(c) => custody::pay(context, c),
        Command::ClosePeriod(c) => period::close(context, c),
        Command::ReviewVouchers(c) => period::review(context, c),
        Command::CloseYear(c) => period::close_year(context, c),
        Command::ReverseEntry(c) => correction::reverse(context, c),
        Command::CorrectEntry(c) => correction::correct(context, c),
        Command::WriteNote(c) => note::write(context, c),
        Command::RecordAdjustment(c) => audit::adjust(context, c),
        Command::CorrectPriorYear(c) => correction::correct_prior_year(context, c),
        Command::RecordJournal(c) => journal::record(context, c),
        Command::RegisterOfficerKey(c) => act::register(context, c),
        Command::RotateKey(c) => act::rotate(context, c),
        Command::ChangeWitnesses(c) => Ok(vec![Fact::WitnessChanged(c.clone())]),
        Command::CommitPrivacy(c) => privacy::commit(context, c),
        Command::OpenPrivacy(c) => privacy::open(context, c),
        Command::ErasePrivacy(c) => privacy::erase(context, c),
        Command::AddAttachment(c) => paper::add(context, c),
        Command::RecordImport(c) => import::record(context, c),
        Command::IssueReceipt(c) => receipt::issue(context, c),
        Command::ReceiveReceiptStock(c) => receipt_stock::receive(context, c),
        Command::IssuePaperReceipt(c) => receipt_stock::issue(context, c),
        Command::VoidPaperReceipt(c) => receipt_stock::void(context, c),
        Command::ReopenPeriod(c) => period::reopen(context, c),
        Command::RaiseFinding(c) => audit::raise(context, c),
        Command::ClearFinding(c) => audit::clear(context, c),
        Command::ConcludeAudit(c) => audit::conclude(context, c),
        Command::PublishDisclosure(c) => disclosure::publish(context, c),
        Command::OpenAudit(c) => audit::open(context, c),
        Command::DrawSample(c) => sampling::draw(context, c),
        Command::AssignFinding(c) => audit::assign(context, c),
        Command::ReportRectification(c) => audit::rectify(context, c),
        Command::ReportAudit(c) => audited::report(context, c),
    }
}
