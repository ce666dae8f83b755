//! Who may ask for what: segregation of duties 不相容职务分离.

use super::{Command, Context, Refusal};
use crate::event::book::{Role, RuleKind};

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
const CASHIER: &[Role] = &[Role::Cashier];
const LEADERS: &[Role] = &[Role::Chair];
const POLICY: &[Role] = &[Role::Chair, Role::FinanceHead];
const CLOSING: &[Role] = &[Role::Accountant, Role::FinanceHead];
const MEMBERSHIP: &[Role] = &[Role::Accountant, Role::Committee, Role::Clerk];
const AUDIT: &[Role] = &Role::AUDIT;
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
fn needed(command: &Command) -> &'static [Role] {
    match command {
        Command::CreateLedger(_) => &[],
        Command::AppointOfficer(_) | Command::RemoveOfficer(_) | Command::ChangeWitnesses(_) => {
            LEADERS
        }
        // Who approves, and who has to sign for it, is not for those to say who spend.
        Command::SetRule(setting)
            if matches!(setting.rule.kind(), RuleKind::ApprovalBands | RuleKind::ActsSigned) =>
        {
            LEADERS
        }
        // What pends is written off or charged to somebody by those who answer for it.
        Command::SetRule(_) | Command::ResolveDifference(_) => POLICY,
        Command::DefineGroup(_)
        | Command::EnrolMember(_)
        | Command::SetDuesBase(_)
        | Command::TransferMember(_)
        | Command::LeaveMember(_)
        | Command::CommitPrivacy(_)
        | Command::ErasePrivacy(_) => MEMBERSHIP,
        Command::RecordOpening(_)
        | Command::ReceiveDues(_)
        | Command::DeclarePayroll(_)
        | Command::ReceiveAllocation(_)
        | Command::ReceiveSubsidy(_)
        | Command::ReceiveDonation(_)
        | Command::ReceiveInterest(_)
        | Command::ReceiveOtherIncome(_)
        | Command::ReceiveIncome(_)
        | Command::ReceiveCustodial(_)
        | Command::SettleAdvance(_)
        | Command::RecordDifference(_)
        | Command::RecordJournal(_)
        | Command::ReverseEntry(_) => BOOKS,
        // Out of a restricted fund it takes the chair, which `fund` decides.
        Command::TransferFunds(_) => &[Role::Accountant, Role::Chair],
        Command::PayRemittance(_)
        | Command::PayDisbursement(_)
        | Command::DrawCash(_)
        | Command::CountCash(_)
        | Command::PayCustodial(_)
        | Command::DepositCash(_) => CASHIER,
        Command::RequestDisbursement(_)
        | Command::CancelDisbursement(_)
        | Command::AnalyseDisbursement(_) => SPENDING,
        Command::Approve(_) | Command::Refuse(_) => APPROVERS,
        // Whoever pays does not reconcile what was paid.
        Command::EstablishFund(_)
        | Command::ClosePeriod(_)
        | Command::CloseYear(_)
        | Command::OpenProject(_)
        | Command::OpenCustody(_)
        | Command::RecordStatement(_)
        | Command::MatchBank(_)
        | Command::UnmatchBank(_)
        | Command::ReconcileBank(_) => CLOSING,
        Command::RecordAdjustment(_) | Command::RaiseFinding(_) | Command::ClearFinding(_) => AUDIT,
        Command::ConcludeAudit(_) => &[Role::AuditChair],
        Command::ReopenPeriod(_) => BOTH,
        Command::RegisterOfficerKey(_) => &Role::ALL,
        // Where the old key cannot speak, the two who sign for it do.
        Command::RotateKey(rotation) if rotation.proof_old.is_none() => BOTH,
        Command::RotateKey(_) => &[Role::Chair, Role::Accountant],
        Command::OpenPrivacy(_) => UNMASKING,
        Command::AddAttachment(_) => PAPERS,
        Command::IssueReceipt(_) => &[Role::Cashier, Role::Accountant],
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
    needs(context, needed(command))
}

/// Whether whoever asks holds one of these offices.
pub(super) fn needs(context: &Context<'_>, needed: &[Role]) -> Result<(), Refusal> {
    let by = context.by;
    let found = context.state.offices.officer(by);
    let Some(found) = found.filter(|found| found.in_office(context.today)) else {
        return Err(Refusal::OfficerUnknown { officer: by.clone() });
    };
    if needed.iter().any(|role| found.roles.contains(role)) {
        return Ok(());
    }
    let holds = found.roles.iter().copied().collect();
    Err(Refusal::OfficeNeeded { officer: by.clone(), holds, needed: needed.to_vec() })
}
