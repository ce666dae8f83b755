//! What can be asked of a book: one enum for every door.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::{
    Fact, act, allocation, audit, bank, book, cash, correction, custody, disbursement, dues, fund,
    income, member, paper, period, privacy, spending, statement,
};

macro_rules! commands {
    ($($(#[doc = $doc:literal])* $variant:ident($body:ty) = $name:literal;)*) => {
        /// A command, written `{"command":"dues.receive", …}`: flags, files and forms all make this
        /// value, and one function decides on it.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "command")]
        pub enum Command {
            $($(#[doc = $doc])* #[serde(rename = $name)] $variant($body),)*
        }

        impl Command {
            /// The names of all commands.
            pub const NAMES: &'static [&'static str] = &[$($name),*];

            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $(Command::$variant(_) => $name,)* }
            }

            fn variant(name: &str) -> Option<&'static str> {
                match name {
                    $($name => Some(stringify!($variant)),)*
                    _ => None,
                }
            }

            /// Reads a command's own fields; the error says where in them.
            pub fn read(
                name: &str,
                fields: serde_json::Value,
            ) -> Option<Result<Command, serde_path_to_error::Error<serde_json::Error>>> {
                match name {
                    $($name => Some(serde_path_to_error::deserialize(fields).map(Command::$variant)),)*
                    _ => None,
                }
            }

            /// What a command is for, in Chinese and English.
            #[must_use]
            pub fn about(name: &str) -> Option<&'static str> {
                match name {
                    $($name => Some(concat!($($doc),*).trim()),)*
                    _ => None,
                }
            }

            /// JSON Schema of a command's own fields.
            #[must_use]
            pub fn schema(name: &str) -> Option<schemars::Schema> {
                match name {
                    $($name => Some(schemars::schema_for!($body)),)*
                    _ => None,
                }
            }
        }
    };
}

commands! {
    // The book
    /// 建账 Begin a book.
    CreateLedger(book::NewLedger) = "ledger.create";
    /// 任命 Appoint an officer.
    AppointOfficer(book::Appointment) = "officer.appoint";
    /// 免职 Remove an officer.
    RemoveOfficer(book::Dismissal) = "officer.remove";
    /// 制度规定 Set a rule with its source.
    SetRule(book::RuleSetting) = "rule.set";
    /// 期初余额 Bring in opening balances.
    RecordOpening(book::Opening) = "opening.record";
    // Members
    /// 设立工会小组 Define a group.
    DefineGroup(member::Group) = "group.define";
    /// 入会 Enrol a member.
    EnrolMember(member::Enrolment) = "member.enrol";
    /// 会费基数 Set a member's dues base.
    SetDuesBase(member::DuesBase) = "dues_base.set";
    /// 调组 Move a member to another group.
    TransferMember(member::Transfer) = "member.transfer";
    /// 离会 A member leaves.
    LeaveMember(member::Leaving) = "member.leave";
    // Dues
    /// 收会费 Receive dues.
    ReceiveDues(dues::DuesReceipt) = "dues.receive";
    // The allocation
    /// 申报工资总额 Declare a month's payroll.
    DeclarePayroll(allocation::Payroll) = "payroll.declare";
    /// 收拨缴经费 Receive the allocation.
    ReceiveAllocation(allocation::ReceiveAllocation) = "allocation.receive";
    /// 上解 Pay what is owed to the union above.
    PayRemittance(allocation::Remittance) = "remittance.pay";
    // Other income
    /// 收补助 Receive a subsidy.
    ReceiveSubsidy(income::Subsidy) = "subsidy.receive";
    /// 收捐款 Receive a donation.
    ReceiveDonation(income::Donation) = "donation.receive";
    /// 收利息 Receive interest.
    ReceiveInterest(income::Interest) = "interest.receive";
    /// 其他收入 Receive other income.
    ReceiveOtherIncome(income::OtherIncome) = "other_income.receive";
    /// 收款 Receive income on any account that has no command of its own.
    ReceiveIncome(income::Income) = "income.receive";
    // Spending
    /// 用款申请 Request a disbursement.
    RequestDisbursement(spending::RequestAnalysed) = "disbursement.request";
    /// 批准 Approve a disbursement.
    Approve(disbursement::Approval) = "disbursement.approve";
    /// 不批准 Refuse a disbursement.
    Refuse(disbursement::Rejection) = "disbursement.refuse";
    /// 付款 Pay a disbursement.
    PayDisbursement(disbursement::Pay) = "disbursement.pay";
    /// 撤销申请 Withdraw a request.
    CancelDisbursement(disbursement::Cancellation) = "disbursement.cancel";
    /// 支出分析 Analyse a disbursement: nature, project, economic class.
    AnalyseDisbursement(spending::Analysed) = "disbursement.analyse";
    /// 设立项目 Open a project that spending is for.
    OpenProject(spending::Project) = "project.open";
    /// 借款报销 Settle an advance.
    SettleAdvance(spending::AdvanceSettled) = "advance.settle";
    // Funds and the budget
    /// 设立资金 Establish a fund.
    EstablishFund(fund::NewFund) = "fund.establish";
    /// 划转资金 Transfer between funds.
    TransferFunds(fund::TransferFunds) = "fund.transfer";
    // Assets and supplies
    // Cash and bank
    /// 提现 Draw cash from the bank.
    DrawCash(bank::CashDrawing) = "cash.draw";
    /// 存现 Deposit cash with the bank.
    DepositCash(bank::CashDeposit) = "cash.deposit";
    /// 盘点现金 Count the cash of a day.
    CountCash(cash::CountCash) = "cash.count";
    /// 现金长短款 Take a difference of cash into the books.
    RecordDifference(cash::CashDifference) = "cash_difference.record";
    /// 处理长短款 Resolve a difference of cash.
    ResolveDifference(cash::ResolveDifference) = "cash_difference.resolve";
    /// 登记银行对账单 Record a bank statement with its lines.
    RecordStatement(statement::RecordStatement) = "bank_statement.record";
    /// 勾对 Match lines of a statement with vouchers.
    MatchBank(statement::Match) = "bank.match";
    /// 取消勾对 Undo a matching.
    UnmatchBank(statement::Unmatch) = "bank.unmatch";
    /// 编制银行存款余额调节表 Reconcile the bank.
    ReconcileBank(statement::Reconcile) = "bank.reconcile";
    /// 设立代管项目 Open a project of custodial money.
    OpenCustody(custody::CustodialProject) = "custodial_project.open";
    /// 收代管经费 Receive money into custody.
    ReceiveCustodial(custody::CustodialReceived) = "custodial.receive";
    /// 付代管经费 Pay money out of custody.
    PayCustodial(custody::CustodialPaid) = "custodial.pay";
    // Periods
    /// 月末结账 Close a month.
    ClosePeriod(period::ClosePeriod) = "period.close";
    /// 年末结账 Close a year, and its last month with it.
    CloseYear(period::CloseYear) = "year.close";
    // Corrections and the audit
    /// 红字冲销 Reverse an entry.
    ReverseEntry(correction::Reverse) = "entry.reverse";
    /// 审计调整 Record an audit adjustment.
    RecordAdjustment(audit::Adjustment) = "adjustment.record";
    /// 转账凭证 Record a general voucher.
    RecordJournal(spending::Journal) = "journal.record";
    // Keys and signatures
    /// 登记签名公钥 Register the key that an officer signs with.
    RegisterOfficerKey(act::OfficerKey) = "officer_key.register";
    /// 更换账套密钥 Replace the log key.
    RotateKey(book::KeyRotation) = "key.rotate";
    /// 更换见证人 Agree on another policy of witnesses.
    ChangeWitnesses(book::WitnessChange) = "witness.change";
    /// 重新开账 Open the last closed month again.
    ReopenPeriod(period::Reopening) = "period.reopen";
    /// 审计发现 Raise a finding.
    RaiseFinding(audit::Finding) = "finding.raise";
    /// 销号 Clear a finding.
    ClearFinding(audit::Clearing) = "finding.clear";
    /// 审计意见 Conclude an audit with an opinion.
    ConcludeAudit(audit::Conclusion) = "audit.conclude";
    // Private data
    /// 登记个人信息 Commit to private fields.
    CommitPrivacy(privacy::Commitments) = "privacy.commit";
    /// 查阅个人信息 Show private fields in clear.
    OpenPrivacy(privacy::Unmasking) = "privacy.open";
    /// 删除个人信息 Erase private fields.
    ErasePrivacy(privacy::Erasure) = "privacy.erase";
    // Papers
    /// 附件 Add a paper to a record.
    AddAttachment(paper::Attachment) = "attachment.add";
    /// 开收据 Issue a receipt for dues.
    IssueReceipt(paper::IssueReceipt) = "receipt.issue";
}

macro_rules! acts {
    ($($command:ident = $fact:ident;)*) => {
        impl Command {
            /// The fact that this command is recorded as, where officers sign it: what they sign is
            /// what they ask for, word by word.
            #[must_use]
            pub fn to_sign(&self) -> Option<Fact> {
                $(if let Command::$command(body) = self {
                    return Some(Fact::$fact(body.clone()));
                })*
                None
            }

            /// The command that a signed fact asks for.
            #[must_use]
            pub fn signed(fact: &Fact) -> Option<Command> {
                $(if let Fact::$fact(body) = fact {
                    return Some(Command::$command(body.clone()));
                })*
                None
            }

            /// The names of all commands that are signed.
            #[must_use]
            pub fn names_to_sign() -> Vec<&'static str> {
                let signed = [$(stringify!($command)),*];
                let mut names = Command::NAMES.to_vec();
                names.retain(|name| Command::variant(name).is_some_and(|v| signed.contains(&v)));
                names
            }
        }
    };
}

acts! {
    AppointOfficer = OfficerAppointed;
    RemoveOfficer = OfficerRemoved;
    SetRule = RuleSet;
    Approve = ApprovalGiven;
    Refuse = ApprovalRefused;
    RecordAdjustment = AdjustmentRecorded;
    RegisterOfficerKey = OfficerKeyRegistered;
    RotateKey = KeyRotated;
    ChangeWitnesses = WitnessChanged;
    ReopenPeriod = PeriodReopened;
    RaiseFinding = FindingRaised;
    ClearFinding = FindingCleared;
    ConcludeAudit = AuditConcluded;
}
