//! What can be asked of a book: one enum for every door.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::event::{
    Fact, accrual, act, allocation, asset, audit, bank, book, budget, cash, correction, custody,
    disbursement, disclosure, drive, dues, fund, hardship, import, income, investment, member,
    mutual, note, office, paper, payer, period, privacy, receipt, spending, statement, stocktake,
    supply, visit, welfare,
};

macro_rules! commands {
    ($($family:literal {
        $($(#[doc = $doc:literal])* $variant:ident($body:ty) = $name:literal;)*
    })*) => {
        /// A command, written `{"command":"dues.receive", …}`: flags, files and forms all make this
        /// value, and one function decides on it.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "command")]
        pub enum Command {
            $($($(#[doc = $doc])* #[serde(rename = $name)] $variant($body),)*)*
        }

        impl Command {
            /// The names of all commands.
            pub const NAMES: &'static [&'static str] = &[$($($name),*),*];

            /// The families of commands, each with their names.
            pub const FAMILIES: &'static [(&'static str, &'static [&'static str])] =
                &[$(($family, &[$($name),*])),*];

            #[must_use]
            pub fn name(&self) -> &'static str {
                match self { $($(Command::$variant(_) => $name,)*)* }
            }

            fn variant(name: &str) -> Option<&'static str> {
                match name {
                    $($($name => Some(stringify!($variant)),)*)*
                    _ => None,
                }
            }

            /// Reads a command's own fields; the error says where in them.
            pub fn read(
                name: &str,
                fields: serde_json::Value,
            ) -> Option<Result<Command, serde_path_to_error::Error<serde_json::Error>>> {
                match name {
                    $($($name => {
                        Some(serde_path_to_error::deserialize(fields).map(Command::$variant))
                    })*)*
                    _ => None,
                }
            }

            /// What a command is for, in Chinese and English.
            #[must_use]
            pub fn about(name: &str) -> Option<&'static str> {
                match name {
                    $($($name => Some(concat!($($doc),*).trim()),)*)*
                    _ => None,
                }
            }

            /// JSON Schema of a command's own fields.
            #[must_use]
            pub fn schema(name: &str) -> Option<schemars::Schema> {
                match name {
                    $($($name => Some(schemars::schema_for!($body)),)*)*
                    _ => None,
                }
            }
        }
    };
}

commands! {
    "账套和职务 The book and its officers" {
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
    }
    "任职 Holding office" {
        /// 声明关系 Declare that an officer is related to somebody.
        DeclareRelation(office::RelationDeclared) = "relation.declare";
        /// 解除关系 Say that a relation has ended.
        EndRelation(office::RelationEnded) = "relation.end";
        /// 代理 Name who approves for somebody who is away.
        NameSubstitute(office::SubstituteNamed) = "substitute.name";
        /// 会计工作交接 Record that an office was handed over.
        RecordHandover(office::RecordHandover) = "handover.record";
    }
    "会员 Members" {
        /// 设立工会小组 Define a group.
        DefineGroup(member::Group) = "group.define";
        /// 入会 Enrol a member.
        EnrolMember(member::Enrolment) = "member.enrol";
        /// 调组 Move a member to another group.
        TransferMember(member::Transfer) = "member.transfer";
        /// 离会 A member leaves.
        LeaveMember(member::Leaving) = "member.leave";
        /// 转入 A member comes over from another union.
        ArriveMember(member::Arrival) = "member.arrive";
        /// 转出 A member goes over to another union.
        DepartMember(member::Depart) = "member.depart";
    }
    "会费 Dues" {
        /// 会费基数 Set a member's dues base.
        SetDuesBase(member::DuesBase) = "dues_base.set";
        /// 缴费办法 Set how one member's dues are counted.
        SetDuesTerms(dues::DuesTerms) = "dues_terms.set";
        /// 收会费 Receive dues.
        ReceiveDues(dues::ReceiveDues) = "dues.receive";
        /// 按小组收会费 Receive the dues of a whole group, with control totals.
        ReceiveRoll(dues::ReceiveRoll) = "dues.receive_roll";
        /// 缴会费 One member pays a sum, the oldest months first.
        PayDues(dues::PayDues) = "dues.pay";
        /// 减免会费 Waive dues.
        WaiveDues(dues::WaiveDues) = "dues.waive";
        /// 撤销减免 Cancel a waiver.
        CancelWaiver(dues::CancelWaiver) = "dues_waiver.cancel";
        /// 退会费 Give dues back.
        RefundDues(dues::Refund) = "dues.refund";
        /// 期初缴费情况 Say through which month a member had paid in the old book.
        OpenDuesStanding(dues::DuesStanding) = "dues_standing.open";
    }
    "拨缴经费 The allocation" {
        /// 申报工资总额 Declare a month's payroll.
        DeclarePayroll(allocation::Payroll) = "payroll.declare";
        /// 更正工资总额 Correct a payroll that was declared.
        CorrectPayroll(payer::PayrollCorrection) = "payroll.correct";
        /// 收拨缴经费 Receive the allocation.
        ReceiveAllocation(allocation::ReceiveAllocation) = "allocation.receive";
        /// 代收、划拨、转拨 Receive it by way of tax bureau, treasury or another union.
        CollectAllocation(allocation::CollectAllocation) = "allocation.collect";
        /// 上解 Pay what is owed to the union above.
        PayRemittance(allocation::Remittance) = "remittance.pay";
        /// 登记缴费单位 Register a payer or a lower union.
        RegisterPayer(payer::NewPayer) = "payer.register";
        /// 建会 A payer has a union now.
        FoundPayerUnion(payer::UnionFounded) = "payer_union.found";
        /// 缴费单位申报工资总额 Declare a payer's payroll of a month.
        DeclarePayerPayroll(payer::PayerPayroll) = "payer_payroll.declare";
        /// 收建会筹备金 Receive the preparation fund of a unit without a union.
        ReceivePreparationFund(allocation::PreparationReceived) = "preparation_fund.receive";
        /// 结转筹备金 Split the preparation fund once the union is there.
        SettlePreparationFund(allocation::SettlePreparation) = "preparation_fund.settle";
        /// 税务代收清单 Record the tax bureau's list.
        RecordTaxList(payer::TaxList) = "tax_list.record";
        /// 催缴 Demand arrears.
        IssueDemand(payer::Demand) = "demand.issue";
        /// 催缴进展 Late fee, payment order, enforcement, or the end of a demand.
        AdvanceDemand(payer::DemandAdvance) = "demand.advance";
        /// 拨付下级 Pay a lower union what it is owed.
        PayPassdown(allocation::Passdown) = "passdown.pay";
        /// 年末计提 Accrue at the year's end what is due from or to other unions.
        RecordAccrual(accrual::RecordAccrual) = "accrual.record";
        /// 收回应收 Receive what was accrued.
        SettleAccrual(accrual::SettleAccrual) = "accrual.settle";
    }
    "其他收入 Other income" {
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
    }
    "支出和借款 Spending and advances" {
        /// 设立项目 Open a project that spending is for.
        OpenProject(spending::Project) = "project.open";
        /// 期初借款 Take over an advance that an old book handed over.
        OpenAdvance(spending::AdvanceOpened) = "advance.open";
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
        /// 借款报销 Settle an advance.
        SettleAdvance(spending::AdvanceSettled) = "advance.settle";
    }
    "福利、慰问和帮扶 Welfare" {
        /// 设立福利事项 Define what may be given, and to whom.
        DefineWelfareItem(welfare::WelfareItem) = "welfare_item.define";
        /// 登记会员情况 Say what benefits need to know of a member.
        RecordMemberTraits(welfare::MemberTraits) = "member_traits.record";
        /// 申请福利费 Request a benefit for everybody on a list.
        RequestBenefit(welfare::RequestBenefit) = "benefit.request";
        /// 发放签收 Say who signed for it, and who never came.
        DistributeBenefit(welfare::DistributeBenefit) = "benefit.distribute";
        /// 退回未领款 Take back what nobody claimed.
        ReturnRemainder(welfare::ReturnRemainder) = "benefit_remainder.return";
        /// 登记走访 Record a visit, with what was brought.
        MakeVisit(visit::MakeVisit) = "visit.make";
        /// 撤销走访登记 Withdraw a visit that was recorded wrongly.
        WithdrawVisit(visit::VisitWithdrawn) = "visit.withdraw";
    }
    "困难职工档案和帮扶 Hardship cases and aid" {
        /// 建档 Open a hardship case.
        OpenCase(hardship::CaseOpened) = "case.open";
        /// 复核 Review a case.
        ReviewCase(hardship::CaseReviewed) = "case.review";
        /// 撤档 Close a case.
        CloseCase(hardship::CaseClosed) = "case.close";
        /// 申请帮扶 Apply for aid on a case.
        ApplyForAid(hardship::AidApplied) = "aid.apply";
        /// 审核帮扶 Say how much of an application is granted.
        ReviewAid(hardship::AidReviewed) = "aid.review";
        /// 公示 Put what is granted on public notice.
        PostNotice(hardship::PostNotice) = "notice.post";
        /// 提出异议 Speak against an application that is on notice.
        ObjectToAid(hardship::AidObjected) = "aid.object";
        /// 处理异议 Answer an objection.
        AnswerObjection(hardship::ObjectionAnswered) = "objection.answer";
        /// 申请帮扶用款 Request the money of what is granted.
        RequestAid(hardship::RequestAid) = "aid.request";
    }
    "募捐 Donation drives" {
        /// 发起募捐 Open a drive with a fund or custodial project of its own.
        OpenDrive(drive::DriveOpened) = "drive.open";
        /// 收捐款 Take in the money of a list of donors.
        ReceiveGifts(drive::ReceiveGifts) = "drive.receive";
        /// 收捐物 Take in goods.
        ReceiveGoods(drive::GoodsReceived) = "drive_goods.receive";
        /// 发放捐物 Hand goods on.
        GiveGoods(drive::GoodsGiven) = "drive_goods.give";
        /// 撤销捐物登记 Withdraw a record of goods that is wrong.
        WithdrawGoods(drive::GoodsWithdrawn) = "drive_goods.withdraw";
        /// 结束募捐 Close a drive, and decide on what is left.
        CloseDrive(drive::CloseDrive) = "drive.close";
    }
    "互助保障 Mutual aid" {
        /// 设立互助保障 Open a mutual-aid scheme.
        OpenScheme(mutual::SchemeOpened) = "scheme.open";
        /// 收互助金 Receive the contributions of a term.
        ReceiveContributions(mutual::ReceiveContributions) = "contributions.receive";
        /// 工会参保 Say whom the union's own payment covers.
        ListCover(mutual::CoverByUnion) = "cover.list";
        /// 申请给付 Open a claim.
        OpenClaim(mutual::ClaimOpened) = "claim.open";
        /// 核定给付 Decide a claim by the terms.
        DecideClaim(mutual::ClaimDecided) = "claim.decide";
        /// 申请给付用款 Request the money of claims that are decided.
        RequestClaims(mutual::RequestClaims) = "claims.request";
    }
    "预算 The budget" {
        /// 下达预算 Adopt the budget of a year.
        AdoptBudget(budget::AdoptBudget) = "budget.adopt";
        /// 调整预算 Adjust the budget of a year.
        AdjustBudget(budget::AdjustBudget) = "budget.adjust";
    }
    "资金 Funds" {
        /// 设立资金 Establish a fund.
        EstablishFund(fund::NewFund) = "fund.establish";
        /// 划转资金 Transfer between funds.
        TransferFunds(fund::TransferFunds) = "fund.transfer";
        /// 限定用途 Limit what a restricted fund is spent on.
        LimitFund(fund::FundLimited) = "fund.limit";
        /// 标明财政拨款 Mark a fund as money from the treasury.
        MarkFiscalFund(fund::FiscalFund) = "fiscal_fund.mark";
        /// 结余性质的结转 Release a part of a restricted fund as surplus.
        ReleaseFund(fund::FundReleased) = "fund.release";
        /// 专项完结 Close a restricted fund; what is left of it is surplus.
        CloseFund(fund::CloseFund) = "fund.close";
    }
    "资产和投资 Assets and investments" {
        /// 固定资产建卡 Write the card of an asset.
        CardAsset(asset::CardAsset) = "asset.card";
        /// 资产移交 Hand an asset over to another keeper or place.
        MoveAsset(asset::Moved) = "asset.move";
        /// 无偿取得资产 Receive an asset that was given or built.
        ReceiveAsset(asset::AssetReceived) = "asset.receive";
        /// 计提折旧 Record a month's depreciation of all assets.
        RecordDepreciation(asset::RecordDepreciation) = "depreciation.record";
        /// 资产处置 Dispose of an asset.
        DisposeAsset(asset::DisposeAsset) = "asset.dispose";
        /// 购入投资 Invest money.
        AcquireInvestment(investment::Acquire) = "investment.acquire";
        /// 收回投资 Get an investment back, or what it earns.
        RecoverInvestment(investment::Recover) = "investment.recover";
    }
    "物资 Supplies" {
        /// 库存物品建卡 Write the card of an item.
        CardSupply(supply::ItemCard) = "supply.card";
        /// 入库 Put into stock what was bought.
        StoreSupplies(supply::Stored) = "supplies.store";
        /// 接受捐赠物品 Receive supplies that were given.
        ReceiveSupplies(supply::SuppliesReceived) = "supplies.receive";
        /// 领用 Issue supplies.
        IssueSupplies(supply::IssueSupplies) = "supplies.issue";
    }
    "盘点 Stocktakes" {
        /// 盘点 Record a stocktake.
        RecordStocktake(stocktake::Stocktake) = "stocktake.record";
        /// 盘盈盘亏 Move a difference to 182.
        RecordDifference(stocktake::RecordDifference) = "stocktake_difference.record";
        /// 批准处理 Settle what stands on 182.
        ResolveDifference(stocktake::ResolveDifference) = "stocktake_difference.resolve";
    }
    "现金和银行 Cash and bank" {
        /// 提现 Draw cash from the bank.
        DrawCash(bank::CashDrawing) = "cash.draw";
        /// 存现 Deposit cash with the bank.
        DepositCash(bank::CashDeposit) = "cash.deposit";
        /// 盘点现金 Count the cash of a day.
        CountCash(cash::CountCash) = "cash.count";
        /// 现金长短款 Take a difference of cash into the books.
        RecordCashDifference(cash::CashDifference) = "cash_difference.record";
        /// 处理长短款 Resolve a difference of cash.
        ResolveCashDifference(cash::ResolveDifference) = "cash_difference.resolve";
        /// 登记银行对账单 Record a bank statement with its lines.
        RecordStatement(statement::RecordStatement) = "bank_statement.record";
        /// 撤销对账单 Withdraw the last bank statement, which was recorded wrongly.
        WithdrawStatement(statement::StatementWithdrawn) = "bank_statement.withdraw";
        /// 勾对 Match lines of a statement with vouchers.
        MatchBank(statement::Match) = "bank.match";
        /// 取消勾对 Undo a matching.
        UnmatchBank(statement::Unmatch) = "bank.unmatch";
        /// 编制银行存款余额调节表 Reconcile the bank.
        ReconcileBank(statement::Reconcile) = "bank.reconcile";
    }
    "代管经费 Money held for others" {
        /// 设立代管项目 Open a project of custodial money.
        OpenCustody(custody::CustodialProject) = "custodial_project.open";
        /// 收代管经费 Receive money into custody.
        ReceiveCustodial(custody::CustodialReceived) = "custodial.receive";
        /// 付代管经费 Pay money out of custody.
        PayCustodial(custody::CustodialPay) = "custodial.pay";
    }
    "票据和附件 Receipts and papers" {
        /// 开收据 Issue a receipt for dues.
        IssueReceipt(paper::IssueReceipt) = "receipt.issue";
        /// 领购票据 Take in a book of numbered receipts.
        ReceiveReceiptStock(receipt::ReceiptStock) = "receipt_stock.receive";
        /// 开具票据 Issue a paper receipt.
        IssuePaperReceipt(receipt::PaperReceipt) = "paper_receipt.issue";
        /// 票据作废 Void a paper receipt.
        VoidPaperReceipt(receipt::PaperVoid) = "paper_receipt.void";
        /// 附件 Add a paper to a record.
        AddAttachment(paper::Attachment) = "attachment.add";
        /// 导入文件 Say which file was imported, line by line; `mingzhang import` makes it.
        RecordImport(import::RecordImport) = "import.record";
    }
    "凭证和更正 Vouchers and corrections" {
        /// 转账凭证 Record a general voucher.
        RecordJournal(spending::Journal) = "journal.record";
        /// 稽核 Review vouchers that somebody else has prepared.
        ReviewVouchers(period::VouchersReviewed) = "vouchers.review";
        /// 红字冲销 Reverse an entry.
        ReverseEntry(correction::Reverse) = "entry.reverse";
        /// 蓝字订正 Say which voucher stands for a reversed one.
        CorrectEntry(correction::Correction) = "entry.correct";
        /// 以前年度更正 Correct what a voucher of a closed year said wrong.
        CorrectPriorYear(correction::CorrectPriorYear) = "prior_year.correct";
    }
    "结账和报表 Closing and statements" {
        /// 月末结账 Close a month.
        ClosePeriod(period::ClosePeriod) = "period.close";
        /// 重新开账 Open the last closed month again.
        ReopenPeriod(period::Reopening) = "period.reopen";
        /// 年末结账 Close a year, and its last month with it.
        CloseYear(period::CloseYear) = "year.close";
        /// 附注 Write a note to a year's statements.
        WriteNote(note::Note) = "note.write";
    }
    "审计 The audit" {
        /// 审计发现 Raise a finding.
        RaiseFinding(audit::Finding) = "finding.raise";
        /// 销号 Clear a finding.
        ClearFinding(audit::Clearing) = "finding.clear";
        /// 审计调整 Record an audit adjustment.
        RecordAdjustment(audit::Adjustment) = "adjustment.record";
        /// 审计意见 Conclude an audit with an opinion.
        ConcludeAudit(audit::Conclusion) = "audit.conclude";
        /// 审计立项 Open an audit of some months.
        OpenAudit(audit::Engagement) = "audit.open";
        /// 抽样 Draw a sample that anyone can draw again.
        DrawSample(audit::DrawSample) = "sample.draw";
        /// 落实整改责任 Say who puts a finding right, and by when.
        AssignFinding(audit::Assignment) = "finding.assign";
        /// 整改情况 Report what was done about a finding.
        ReportRectification(audit::Rectification) = "rectification.report";
        /// 审计报告 Report an audit with all its findings.
        ReportAudit(audit::ReportAudit) = "audit.report";
    }
    "公示 Openness" {
        /// 公示 Record what was posted for the members to read.
        PublishDisclosure(disclosure::Publish) = "disclosure.publish";
    }
    "密钥和见证 Keys and witnesses" {
        /// 登记签名公钥 Register the key that an officer signs with.
        RegisterOfficerKey(act::OfficerKey) = "officer_key.register";
        /// 更换账套密钥 Replace the log key.
        RotateKey(book::KeyRotation) = "key.rotate";
        /// 更换见证人 Agree on another policy of witnesses.
        ChangeWitnesses(book::WitnessChange) = "witness.change";
    }
    "个人信息 Private data" {
        /// 登记个人信息 Commit to private fields.
        CommitPrivacy(privacy::Commitments) = "privacy.commit";
        /// 查阅个人信息 Show private fields in clear.
        OpenPrivacy(privacy::Unmasking) = "privacy.open";
        /// 删除个人信息 Erase private fields.
        ErasePrivacy(privacy::Erasure) = "privacy.erase";
    }
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
    NameSubstitute = SubstituteNamed;
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
