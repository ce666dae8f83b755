//! The book itself: who it belongs to, who keeps it, by which rules, from which balances.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Line;
use crate::date::{Day, Offset};
use crate::ids::{Digest, MemberId, OfficerId, Source, Text};
use crate::lang::Lang;
use crate::money::Money;

/// 建账 A book begins: record 0, which pins everything that a verifier needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewLedger {
    /// 32 random bytes, hex: no two books begin alike.
    pub random: String,
    /// 单位名称 The union's name.
    pub organisation: Text,
    /// 基层或县级以上 Which accounts are open to it.
    pub level: Level,
    /// 记账本位币
    pub currency: String,
    /// 科目表 The chart of accounts, by name and by the hash of its exact text.
    pub chart: ChartPin,
    /// 启用日 The first business day that may be recorded.
    pub starts: Day,
    /// The union's own time, which decides what day it is.
    pub utc_offset: Offset,
    /// The log's verification key, a signed-note vkey.
    pub log: String,
    /// 见证人名单 The witnesses' policy, as a C2SP tlog-policy text.
    pub policy: String,
    pub policy_sha256: String,
    /// Of the format description that this book follows.
    pub format_sha256: String,
}

/// 基层工会 or 县级以上工会.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Grassroots,
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
    pub roles: BTreeSet<Role>,
    pub from: Day,
    /// The officer's own number as a member, so that nobody approves a payment to himself.
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
        /// What is local or changes with the law.
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
    /// 拨缴经费: basis points of the payroll, and of them the part that goes up 上解.
    AllocationSplit { payroll_basis_points: u32, up_basis_points: u32 } = "拨缴经费", "the allocation";
    /// 须签名事项: acts that take the officer's own signature.
    ActsSigned { types: BTreeSet<SignedType> } = "须签名事项", "acts that are signed";
    /// 附件: papers are required of payments above this amount, and none is longer than this.
    Attachments { required_above: Money, bytes_max: u64 } = "附件", "papers of payments";
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
    /// The vkeys of the key in force and of its successor.
    pub old: String,
    pub new: String,
    pub reason: Text,
    /// Key id and signature of the new key, base64.
    pub proof_new: String,
    /// The same of the old key; not there where it was lost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proof_old: Option<String>,
}

/// 更换见证人 Another witnesses' policy is agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WitnessChange {
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
