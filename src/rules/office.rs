//! Who may ask for what: segregation of duties 不相容职务分离.

use super::{Command, Context, Refusal};
use crate::date::Day;
use crate::event::book::{Role, RuleKind};
use crate::ids::{OfficerId, Seq};
use crate::projection::officers::Officer;

/// Requests are open to every officer outside the audit committee.
const SPENDING: &[Role] = &[
    Role::Chair,
    Role::ViceChair,
    Role::Committee,
    Role::FinanceHead,
    Role::Accountant,
    Role::Clerk,
];
/// The keeper of the income, expenditure and claims books 会计, who is never the cashier.
const BOOKS: &[Role] = &[Role::Accountant];
/// Who writes the cards of what the union owns, and counts it 专人兼管.
const REGISTERS: &[Role] = &[Role::Accountant, Role::Clerk];
const CASHIER: &[Role] = &[Role::Cashier];
const LEADERS: &[Role] = &[Role::Chair];
const POLICY: &[Role] = &[Role::Chair, Role::FinanceHead];
const CLOSING: &[Role] = &[Role::Accountant, Role::FinanceHead];
/// Who writes to those in arrears, and to the court.
const DEMANDS: &[Role] = &[Role::Chair, Role::FinanceHead, Role::Accountant];
const MEMBERSHIP: &[Role] = &[Role::Accountant, Role::Committee, Role::Clerk];
/// Who keeps the files 困难职工档案 and brings applications; not those who handle the money.
const CASES: &[Role] = &[Role::Chair, Role::ViceChair, Role::Committee, Role::Clerk];
/// What is owed is not let go by those who take the money.
const WAIVING: &[Role] = &[Role::Chair, Role::ViceChair, Role::Committee];
/// 稽核 is not for the cashier (会计法 Art. 35), and the audit committee looks afterwards.
const REVIEW: &[Role] =
    &[Role::Chair, Role::ViceChair, Role::Committee, Role::FinanceHead, Role::Accountant];
const AUDIT: &[Role] = &Role::AUDIT;
/// Whoever a finding may be about answers for it; the committee looks at the answer.
const ANSWERING: &[Role] = &[
    Role::Chair,
    Role::ViceChair,
    Role::Committee,
    Role::FinanceHead,
    Role::Accountant,
    Role::Cashier,
    Role::Clerk,
];
/// Whose work needs to know who somebody is.
const UNMASKING: &[Role] =
    &[Role::Chair, Role::Accountant, Role::Clerk, Role::AuditChair, Role::AuditMember];
const PAPERS: &[Role] =
    &[Role::Chair, Role::FinanceHead, Role::Accountant, Role::Cashier, Role::Clerk];
/// What takes two signatures takes one of these for the first.
const BOTH: &[Role] = &[Role::Chair, Role::AuditChair, Role::AuditMember];
/// Which of them it takes depends on the amount, and `disbursement` decides.
pub(super) const APPROVERS: &[Role] =
    &[Role::Chair, Role::ViceChair, Role::Committee, Role::FinanceHead, Role::Accountant];

/// The offices of which one is needed.
#[allow(clippy::too_many_lines, reason = "a table: one line for each command")]
fn needed(command: &Command) -> &'static [Role] {
    match command {
        Command::CreateLedger(_) => &[],
        // What was given for a purpose becomes free by the last three.
        Command::AppointOfficer(_)
        | Command::RemoveOfficer(_)
        | Command::NameSubstitute(_)
        | Command::ChangeWitnesses(_)
        | Command::ReleaseFund(_)
        | Command::CloseFund(_)
        | Command::CloseDrive(_) => LEADERS,
        // Who approves, who has to sign for it, and how much may be given to whom, is not for those to say
        // who spend and approve.
        Command::SetRule(setting)
            if matches!(
                setting.rule.kind(),
                RuleKind::ApprovalBands
                    | RuleKind::ActsSigned
                    | RuleKind::ClosingChecks
                    | RuleKind::BudgetControl
                    | RuleKind::AuditThresholds
                    | RuleKind::SplitWatch
                    | RuleKind::ApprovalExpiry
                    | RuleKind::IncompatibleOffices
                    | RuleKind::OfficeTerms
                    | RuleKind::BenefitSchedule
                    | RuleKind::BenefitProof
                    | RuleKind::BenefitDues
                    | RuleKind::AidNeedsCase
                    | RuleKind::NoticeDays
                    | RuleKind::Holidays
                    | RuleKind::DriveHolding
                    | RuleKind::MutualAidTerms
            ) =>
        {
            LEADERS
        }
        // What may be given is decided by those who answer for it.
        Command::DefineWelfareItem(_) | Command::OpenDrive(_) | Command::OpenScheme(_) => POLICY,
        // What pends is written off or charged to somebody by those who answer for it.
        Command::SetRule(_) | Command::ResolveCashDifference(_) | Command::ResolveDifference(_) => {
            POLICY
        }
        Command::EndRelation(_) => &[Role::Chair, Role::AuditChair, Role::AuditMember],
        Command::DefineGroup(_)
        | Command::EnrolMember(_)
        | Command::SetDuesBase(_)
        | Command::TransferMember(_)
        | Command::LeaveMember(_)
        | Command::ArriveMember(_)
        | Command::DepartMember(_)
        | Command::SetDuesTerms(_)
        | Command::OpenDuesStanding(_)
        | Command::RecordMemberTraits(_)
        | Command::CommitPrivacy(_)
        | Command::ErasePrivacy(_) => MEMBERSHIP,
        // What is lost is borne by a decision of those who answer for it.
        Command::RecoverInvestment(recovered) if recovered.loss().is_positive() => POLICY,
        Command::RecordOpening(_)
        | Command::RecoverInvestment(_)
        | Command::ReceiveAsset(_)
        | Command::RecordDepreciation(_)
        | Command::DisposeAsset(_)
        | Command::ReceiveSupplies(_)
        | Command::IssueSupplies(_)
        | Command::RecordDifference(_)
        | Command::ReceiveDues(_)
        | Command::ReceiveRoll(_)
        | Command::PayDues(_)
        | Command::DeclarePayroll(_)
        | Command::ReceiveAllocation(_)
        | Command::RegisterPayer(_)
        | Command::FoundPayerUnion(_)
        | Command::DeclarePayerPayroll(_)
        | Command::CorrectPayroll(_)
        | Command::CollectAllocation(_)
        | Command::ReceivePreparationFund(_)
        | Command::SettlePreparationFund(_)
        | Command::RecordTaxList(_)
        | Command::RecordAccrual(_)
        | Command::SettleAccrual(_)
        | Command::ReceiveSubsidy(_)
        | Command::ReceiveDonation(_)
        | Command::ReceiveInterest(_)
        | Command::ReceiveOtherIncome(_)
        | Command::AdoptBudget(_)
        | Command::AdjustBudget(_)
        | Command::ReceiveIncome(_)
        | Command::ReceiveCustodial(_)
        | Command::OpenAdvance(_)
        | Command::SettleAdvance(_)
        | Command::RecordCashDifference(_)
        | Command::RecordJournal(_)
        | Command::ReturnRemainder(_)
        | Command::ReceiveGifts(_)
        | Command::ReceiveContributions(_)
        | Command::ReverseEntry(_)
        | Command::CorrectEntry(_)
        | Command::CorrectPriorYear(_) => BOOKS,
        Command::OpenCase(_)
        | Command::ReviewCase(_)
        | Command::CloseCase(_)
        | Command::ApplyForAid(_)
        | Command::ListCover(_)
        | Command::OpenClaim(_)
        | Command::PostNotice(_) => CASES,
        Command::ReviewAid(_)
        | Command::AnswerObjection(_)
        | Command::DecideClaim(_)
        | Command::WaiveDues(_)
        | Command::CancelWaiver(_) => WAIVING,
        Command::TransferFunds(_) | Command::LimitFund(_) => &[Role::Accountant, Role::Chair],
        Command::ReviewVouchers(_) => REVIEW,
        Command::CardAsset(_)
        | Command::MoveAsset(_)
        | Command::CardSupply(_)
        | Command::StoreSupplies(_)
        | Command::ReceiveGoods(_)
        | Command::GiveGoods(_)
        | Command::WithdrawGoods(_)
        | Command::RecordStocktake(_) => REGISTERS,
        Command::PayRemittance(_)
        | Command::RefundDues(_)
        | Command::PayPassdown(_)
        | Command::PayDisbursement(_)
        | Command::DrawCash(_)
        | Command::CountCash(_)
        | Command::PayCustodial(_)
        | Command::AcquireInvestment(_)
        | Command::DepositCash(_) => CASHIER,
        Command::IssueDemand(_) | Command::AdvanceDemand(_) => DEMANDS,
        Command::RequestDisbursement(_)
        | Command::RequestBenefit(_)
        | Command::DistributeBenefit(_)
        | Command::MakeVisit(_)
        | Command::WithdrawVisit(_)
        | Command::RequestAid(_)
        | Command::RequestClaims(_)
        | Command::CancelDisbursement(_)
        | Command::AnalyseDisbursement(_) => SPENDING,
        Command::Approve(_) | Command::Refuse(_) => APPROVERS,
        // Whoever pays does not reconcile what was paid.
        Command::EstablishFund(_)
        | Command::MarkFiscalFund(_)
        | Command::ClosePeriod(_)
        | Command::CloseYear(_)
        | Command::WriteNote(_)
        | Command::OpenProject(_)
        | Command::OpenCustody(_)
        | Command::RecordStatement(_)
        | Command::WithdrawStatement(_)
        | Command::MatchBank(_)
        | Command::UnmatchBank(_)
        | Command::ReconcileBank(_) => CLOSING,
        Command::RecordAdjustment(_)
        | Command::RaiseFinding(_)
        | Command::ClearFinding(_)
        | Command::OpenAudit(_)
        | Command::DrawSample(_)
        | Command::AssignFinding(_)
        | Command::ReportAudit(_) => AUDIT,
        Command::ReportRectification(_) => ANSWERING,
        Command::ConcludeAudit(_) => &[Role::AuditChair],
        Command::ReopenPeriod(_) => BOTH,
        // Everybody says what concerns himself; whose word it takes for another, `relation` decides. Whoever
        // hears of an objection writes it down, the audit committee included.
        Command::RegisterOfficerKey(_) | Command::DeclareRelation(_) | Command::ObjectToAid(_) => {
            &Role::ALL
        }
        // Where the old key cannot speak, the two who sign for it do.
        Command::RotateKey(rotation) if rotation.proof_old.is_none() => BOTH,
        // 公示 is by those who answer for the figures.
        Command::RotateKey(_) | Command::PublishDisclosure(_) => &[Role::Chair, Role::Accountant],
        Command::OpenPrivacy(_) => UNMASKING,
        // Each line of a file is asked for by the office that its own command takes.
        Command::AddAttachment(_) | Command::RecordHandover(_) | Command::RecordImport(_) => PAPERS,
        Command::IssueReceipt(_) | Command::IssuePaperReceipt(_) | Command::VoidPaperReceipt(_) => {
            &[Role::Cashier, Role::Accountant]
        }
        // Whoever counts the forms in is not the one who hands them out.
        Command::ReceiveReceiptStock(_) => &[Role::FinanceHead, Role::Accountant],
    }
}

/// Until a book has its first chair, whoever began it sets it up: officers, rules and the first fund;
/// not somebody who was dismissed since.
fn sets_up(context: &Context<'_>, command: &Command) -> bool {
    let offices = &context.state.offices;
    let setting_up = matches!(
        command,
        Command::AppointOfficer(_) | Command::SetRule(_) | Command::EstablishFund(_)
    );
    let removed = offices.officer(context.by).and_then(|officer| officer.removed);
    let dismissed = removed.is_some_and(|removed| removed <= context.today);
    setting_up && !offices.chaired() && !dismissed && offices.creator() == Some(context.by)
}

pub(super) fn check(context: &Context<'_>, command: &Command) -> Result<(), Refusal> {
    let offices = &context.state.offices;
    if let Command::CreateLedger(_) = command {
        return if offices.ledger().is_some() { Err(Refusal::LedgerExists {}) } else { Ok(()) };
    }
    if offices.ledger().is_none() {
        return Err(Refusal::NoLedgerYet {});
    }
    if sets_up(context, command) {
        return Ok(());
    }
    // An approval may be a substitute's, who need hold no such office himself.
    if let Command::Approve(_) | Command::Refuse(_) = command
        && APPROVERS.iter().any(|role| context.approving(context.by).contains(role))
    {
        return Ok(());
    }
    if let Command::Approve(_) | Command::Refuse(_) = command
        && needs(context, APPROVERS).is_err()
    {
        super::substitute::not_today(context, |role| APPROVERS.contains(role))?;
    }
    needs(context, needed(command))?;
    super::handover::still_keeps(context, needed(command))
}

/// Whoever holds an office, or has held one.
pub(super) fn known<'a>(context: &Context<'a>, id: &OfficerId) -> Result<&'a Officer, Refusal> {
    let found = context.state.offices.officer(id);
    found.ok_or_else(|| Refusal::OfficerUnknown { officer: id.clone() })
}

/// Whoever holds an office on that day.
pub(super) fn in_office<'a>(
    context: &Context<'a>,
    id: &OfficerId,
    day: Day,
) -> Result<&'a Officer, Refusal> {
    let found = known(context, id)?;
    let gone = || Refusal::OfficerUnknown { officer: id.clone() };
    found.in_office(day).then_some(found).ok_or_else(gone)
}

/// What pends is ended by somebody else than whoever recorded it.
pub(super) fn resolves_of_another(context: &Context<'_>, pending: Seq) -> Result<(), Refusal> {
    let recorded = (context.look_up)(pending).map(|record| record.actor);
    if recorded.is_some_and(|by| context.is_same(&by, context.by)) {
        let officer = context.by.clone();
        return Err(Refusal::ResolvedByRecorder { officer, pending });
    }
    Ok(())
}

/// Whether whoever asks holds one of these offices.
pub(super) fn needs(context: &Context<'_>, needed: &[Role]) -> Result<(), Refusal> {
    let by = context.by;
    let found = in_office(context, by, context.today)?;
    if needed.iter().any(|role| found.roles.contains(role)) {
        return Ok(());
    }
    let holds = found.roles.iter().copied().collect();
    Err(Refusal::OfficeNeeded { officer: by.clone(), holds, needed: needed.to_vec() })
}
