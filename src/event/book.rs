//! The book itself: who it belongs to, who keeps it, by which rules, from which balances.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Line;
use super::allocation::{ChannelShares, Part};
use super::asset::Lives;
use super::mutual::SchemeTerms;
use crate::date::{Day, Month, Offset};
use crate::ids::{Digest, MemberId, OfficerId, Source, Text, WelfareItemId};
use crate::lang::Lang;
use crate::money::Money;

/// 建账 A book begins: record 0, which pins everything that a verifier needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLedger {
    /// 随机数 32 random bytes, hex: no two books begin alike.
    pub random: String,
    /// 单位名称 The union's name.
    pub organisation: Text,
    /// 基层或县级以上 Which accounts are open to it.
    pub level: Level,
    /// 记账本位币 The currency
    pub currency: String,
    /// 科目表 The chart of accounts, by name and by the hash of its exact text.
    pub chart: ChartPin,
    /// 启用日 The first business day that may be recorded.
    pub starts: Day,
    /// 时区 The union's own time, which decides what day it is.
    pub utc_offset: Offset,
    /// 账套公钥 The log's verification key, a signed-note vkey.
    pub log: String,
    /// 见证人名单 The witnesses' policy, as a C2SP tlog-policy text.
    pub policy: String,
    /// 见证规则的 SHA-256 Of the policy
    pub policy_sha256: String,
    /// 格式说明的 SHA-256 Of the format description that this book follows.
    pub format_sha256: String,
}

/// 基层工会 or 县级以上工会.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    /// 基层工会
    Grassroots,
    /// 县级以上工会
    County,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChartPin {
    pub id: String,
    pub sha256: String,
}

/// An office 职务 in the union or its audit committee.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 主席
    Chair,
    /// 副主席
    ViceChair,
    /// 委员
    Committee,
    /// 财务负责人
    FinanceHead,
    /// 会计
    Accountant,
    /// 出纳
    Cashier,
    /// 经办人
    Clerk,
    /// 经审会主任
    AuditChair,
    /// 经审委员
    AuditMember,
}

/// 任命 An officer takes office; a second appointment replaces the first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Appointment {
    pub officer: OfficerId,
    /// 职务 The offices
    pub roles: BTreeSet<Role>,
    pub from: Day,
    /// 本人的会员号 The officer's own number as a member, so that nobody approves a payment to himself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub member: Option<MemberId>,
}

/// 免职 An officer leaves every office.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Dismissal {
    pub officer: OfficerId,
    pub on: Day,
}

/// 制度规定 A rule is set from a day on, with its source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleSetting {
    pub rule: Rule,
    pub from: Day,
    /// 依据 The law, document or resolution that says so.
    pub source: Source,
}

macro_rules! rules {
    ($($(#[$doc:meta])* $rule:ident { $($field:ident: $type:ty),* $(,)? } = $zh:literal, $en:literal;)*) => {
        /// 规定 What is local or changes with the law.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
        #[serde(tag = "name", rename_all = "snake_case", deny_unknown_fields)]
        pub enum Rule {
            $($(#[$doc])* $rule { $($field: $type),* },)*
        }

        /// The name of a rule, without its figures.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum RuleKind {
            $($rule,)*
        }

        impl Rule {
            #[must_use]
            pub fn kind(&self) -> RuleKind {
                match self { $(Rule::$rule { .. } => RuleKind::$rule,)* }
            }
        }

        impl RuleKind {
            /// All of them, in the order in which they are declared.
            pub const ALL: &'static [RuleKind] = &[$(RuleKind::$rule),*];

            /// What the rule is called.
            #[must_use]
            pub fn title(self, lang: Lang) -> &'static str {
                let (zh, en) = match self { $(RuleKind::$rule => ($zh, $en),)* };
                match lang {
                    Lang::Zh => zh,
                    Lang::En => en,
                }
            }
        }
    };
}

rules! {
    /// 会费标准: so many basis points of the monthly base, counted on whole `step`s.
    DuesRate { basis_points: u32, step: Money } = "会费标准", "the dues rate";
    /// 会费定额: the same sum a month of every member. Whichever of this and the rate began later is
    /// in force.
    DuesFlat { amount: Money } = "会费定额", "flat dues";
    /// 拨缴经费: basis points of the payroll, and of them the part that goes up 上解.
    AllocationSplit { payroll_basis_points: u32, up_basis_points: u32 } = "拨缴经费", "the allocation";
    /// 经费分成: what stays, goes up and is passed down of what comes in by each way.
    AllocationShares { shares: Vec<ChannelShares> } = "经费分成比例", "the shares of the allocation";
    /// 筹备金分成: the same of a preparation fund once the union is there.
    PreparationShares {
        own_basis_points: u32, up_basis_points: u32, down_basis_points: u32, remainder: Part,
    } = "筹备金分成比例", "the shares of preparation funds";
    /// 小额缴费返还: for those who owe no more than this in a year, up to this month.
    SmallPayerRefund { year_due_max: Money, through: Month } = "小额缴费返还", "the refund to small payers";
    /// 滞纳金: basis points of the principal a day, and at most so many of it in all; 0 for no limit.
    LateFee { basis_points_per_day: u32, cap_basis_points: u32 } = "滞纳金", "the late fee";
    /// 上解期限: by this day of the month after.
    RemittanceDue { day_of_month: u32 } = "上解期限", "the day of remittance";
    /// 须签名事项: acts that take the officer's own signature.
    ActsSigned { types: BTreeSet<SignedType> } = "须签名事项", "acts that are signed";
    /// 附件: papers are required of payments above this amount, and none is longer than this.
    Attachments { required_above: Money, bytes_max: u64 } = "附件", "papers of payments";
    /// 票据用号: whether printed numbers may be used in any order. Without it they go up.
    ReceiptOrder { any_order: bool } = "票据用号次序", "the order of receipt numbers";
    /// 固定资产标准: what one piece of general and of special equipment is worth at least.
    AssetThresholds { general: Money, special: Money } = "固定资产标准", "the standard of fixed assets";
    /// 折旧年限: the months over which each category is worn off.
    AssetLives { lives: Lives } = "折旧年限", "the lives of fixed assets";
    /// 支出分析: whether every expenditure is analysed when it is requested.
    SpendingAnalysis { required: bool } = "支出分析", "the analysis of spending";
    /// 借款: an advance is settled within so many days.
    Advances { settle_within_days: u32 } = "借款", "advances";
    /// 现金管理: organisations are paid through the bank from this sum on; no more than so much is
    /// kept in cash; and receipts are not spent before they are deposited 坐支.
    CashLimits { settlement_from: Money, till_max: Money, no_spending_from_receipts: bool } =
        "现金管理", "cash limits";
    /// 审批权限: who has to approve, by amount. The last band has no upper end.
    ApprovalBands { bands: Vec<ApprovalBand> } = "审批权限", "approval bands";
    /// 福利标准: what may be given of each item, by the time, the year or the day. A later one speaks for
    /// its own items alone.
    BenefitSchedule { lines: Vec<ScheduleLine> } = "福利标准", "the schedule of benefits";
    /// 福利与会费: benefits that want dues paid go to nobody who owes more than so many months.
    BenefitDues { months_unpaid_max: u32 } = "福利与会费", "benefits and dues";
    /// 福利凭据: these items are paid only when a paper lies with the request, such as a certificate.
    BenefitProof { items: BTreeSet<WelfareItemId> } = "福利凭据", "papers behind benefits";
    /// 依档帮扶: whether aid is given on a hardship case alone.
    AidNeedsCase { required: bool } = "依档帮扶", "aid on a case";
    /// 公示期: what is granted hangs so many working days before it is paid.
    NoticeDays { working_days: u32 } = "公示期", "days of public notice";
    /// 节假日安排: days of the week that are off, and days of the weekend that are worked.
    Holidays { days_off: BTreeSet<Day>, days_worked: BTreeSet<Day> } = "节假日安排", "holidays";
    /// 个人信息分级: which private fields a notice may say, and which the office works with; whatever is not
    /// named is sealed.
    PrivacyClasses { public: BTreeSet<Text>, office: BTreeSet<Text> } =
        "个人信息分级", "classes of private fields";
    /// 捐款管理: whether gifts of drives are only kept 代管, or are the union's own income.
    DriveHolding { custodial: bool } = "捐款管理", "gifts of drives";
    /// 互助保障办法: contributions, bands, waiting days and limits of each scheme.
    MutualAidTerms { terms: Vec<SchemeTerms> } = "互助保障办法", "the terms of mutual aid";
    /// 拆分付款: requests for one payee within so many days are held together, and what becomes of one
    /// that with those before it falls into a higher band.
    SplitWatch { days: u32, refuse: Strictness } = "拆分付款", "split payments";
    /// 审批有效期: what is paid later than so many days after its last approval is requested again.
    ApprovalExpiry { days: u32 } = "审批有效期", "the expiry of approvals";
    /// 不相容职务: pairs of offices that nobody holds together, beside those that the law names.
    IncompatibleOffices { pairs: Vec<[Role; 2]> } = "不相容职务", "incompatible offices";
    /// 任期: for how many years the committee and the audit committee are elected.
    OfficeTerms { years: u32 } = "任期", "terms of office";
    /// 预算控制: how often a budget is adjusted in its year, and what becomes of spending without one
    /// or above it.
    BudgetControl { adjustments_per_year: u32, without: Strictness, above: Strictness } =
        "预算控制", "budget control";
    /// 按月公示: the notice of each month is posted by this day of the month after, at this place; and
    /// whom to ask about it, an office and no name.
    MonthlyNotice { by_day: u32, place: Text, contact: Text } = "按月公示", "the monthly notice";
    /// 结账检查: what has to be in order before a month or a year is closed.
    ClosingChecks { checks: BTreeSet<ClosingCheck> } = "结账检查", "closing checks";
    /// 审计提示标准: what the audit programme calls late (more days between the business day and its
    /// recording than this), round (whole multiples of this sum) and unusual (recorded before the first
    /// of these hours or from the last one on, by the book's own time).
    AuditThresholds { late_days: u32, round_sum: Money, hours_first: u32, hours_last: u32 } =
        "审计提示标准", "audit thresholds";
    /// 银行对账: a line and a voucher of one sum are proposed for each other within so many days; and what
    /// is outstanding for more than so many is 长期未达.
    BankMatching { days: u32, outstanding_days: u32 } = "银行对账", "matching with the bank";
}

/// 标准一行 What may be given to one person of one item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ScheduleLine {
    pub item: WelfareItemId,
    pub per: Per,
    pub amount: Money,
    /// 定额 Whether it is exactly so much, and not at most.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub exact: bool,
}

/// 计量 What an amount is counted by.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Per {
    /// 每人每次, and per child, paper or day where a line says so many times
    Time,
    /// 每人每年
    PersonYear,
    /// 每人每天: all that one person gets of it on one day
    PersonDay,
}

/// What becomes of something that a rule speaks against.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Strictness {
    /// 禁止
    Refuse,
    /// 提示
    Warn,
    /// 允许
    Allow,
}

/// 结账检查项目 One thing that is looked at before a month is closed, in the order in which it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ClosingCheck {
    /// 凭证已稽核: every voucher of the month is reviewed.
    VouchersReviewed,
    /// 试算平衡: debit equals credit, in all and in each fund.
    TrialBalance,
    /// 控制总数: the month's totals are those of its accounts.
    ControlTotals,
    /// 货币资金不为负
    TillsNotNegative,
    /// 现金已盘点: counted after its last movement of the month, and what the book says.
    CashCounted,
    /// 银行已对账: reconciled on the month's last day, with the figures that the books still have.
    BankReconciled,
    /// 资产基金相符: 301 is what the assets are.
    AssetFund,
    /// 折旧已计提: nothing is left to wear off through the month.
    DepreciationRecorded,
    /// 代管经费相符: 221 is what its cash and bank hold.
    Custodial,
    /// 用款申请已办结: no request of the month or before it is open.
    RequestsEnded,
    /// 预算未超支, and nothing without a budget where the rule refuses that.
    BudgetKept,
    /// 应公示月份已公示: the notice of every month that was due by the month's last day was posted.
    NoticesPosted,
    /// 待处理财产损溢已处理, at the end of the year.
    SuspenseNil,
    /// 借款已结清, at the end of the year: every advance is settled.
    AdvancesSettled,
    /// 名册已结清, at the end of the year: every list that was paid in it is signed, and what nobody came
    /// for is back, which no later year takes.
    BenefitsSettled,
}

/// The facts that can be signed by who does them.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
pub enum SignedType {
    #[serde(rename = "officer.appointed")]
    OfficerAppointed,
    #[serde(rename = "officer.removed")]
    OfficerRemoved,
    #[serde(rename = "approval.given")]
    ApprovalGiven,
    #[serde(rename = "approval.refused")]
    ApprovalRefused,
    #[serde(rename = "adjustment.recorded")]
    AdjustmentRecorded,
    #[serde(rename = "finding.raised")]
    FindingRaised,
    #[serde(rename = "finding.cleared")]
    FindingCleared,
    #[serde(rename = "audit.concluded")]
    AuditConcluded,
    #[serde(rename = "period.reopened")]
    PeriodReopened,
}

/// 更换账套密钥 The log key is replaced (docs/FORMAT.md, section 17).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct KeyRotation {
    /// 现用与继任的公钥 The vkeys of the key in force and of its successor.
    pub old: String,
    /// 新公钥 The vkey that follows
    pub new: String,
    pub reason: Text,
    /// 新密钥的编号与签名 Key id and signature of the new key, base64.
    pub proof_new: String,
    /// 旧密钥的编号与签名 The same of the old key; not there where it was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof_old: Option<String>,
}

/// 更换见证人 Another witnesses' policy is agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WitnessChange {
    /// 见证规则 The policy
    pub policy: String,
    pub policy_sha256: Digest,
    pub reason: Text,
}

/// One band of amounts: each of these offices has to approve, each by another person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalBand {
    /// Up to and with this amount; without it, whatever is more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<Money>,
    pub roles: BTreeSet<Role>,
}

/// 期初余额 The balances that one fund brings into the book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    pub date: Day,
    /// 期初余额 The balances
    pub lines: Vec<Line>,
    /// 依据 Where the balances come from: the old book, the audited statement.
    pub source: Source,
}

impl Role {
    pub const AUDIT: [Role; 2] = [Role::AuditChair, Role::AuditMember];
    pub const ALL: [Role; 9] = [
        Role::Chair,
        Role::ViceChair,
        Role::Committee,
        Role::FinanceHead,
        Role::Accountant,
        Role::Cashier,
        Role::Clerk,
        Role::AuditChair,
        Role::AuditMember,
    ];

    /// The office's name.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Role::Chair => ("主席", "chair"),
            Role::ViceChair => ("副主席", "vice-chair"),
            Role::Committee => ("委员", "committee member"),
            Role::FinanceHead => ("财务负责人", "head of finance"),
            Role::Accountant => ("会计", "accountant"),
            Role::Cashier => ("出纳", "cashier"),
            Role::Clerk => ("经办人", "clerk"),
            Role::AuditChair => ("经审会主任", "audit committee chair"),
            Role::AuditMember => ("经审委员", "audit committee member"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
