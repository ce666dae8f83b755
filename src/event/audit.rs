//! The audit committee 经审会.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Line;
use crate::date::{Day, Month};
use crate::ids::{AuditId, Digest, FindingId, OfficerId, Seq, Source, Text};
use crate::lang::Lang;
use crate::money::Money;

/// 审计调整 The audit committee has an entry made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    pub date: Day,
    /// 分录 The entries
    pub lines: Vec<Line>,
    /// 调整原因 Why
    pub reason: Text,
    /// 依据 The paper that it rests on: working paper, report, resolution.
    pub basis: Source,
}

/// 审计发现 The audit committee finds something, and says where.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    pub finding: FindingId,
    pub date: Day,
    /// 涉及的记录号 The records that it is about, at most 20.
    pub records: Vec<Seq>,
    /// 问题 What was found
    pub says: Text,
    /// 整改要求 What is asked for
    pub asks: Text,
    /// 责任人 Who answers for it
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OfficerId>,
    /// 整改期限 By when
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
}

/// 销号 The audit committee is content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Clearing {
    pub finding: FindingId,
    pub date: Day,
    pub reason: Text,
}

/// 审计意见 The committee's opinion on some months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Conclusion {
    pub date: Day,
    pub first: Month,
    pub last: Month,
    /// 审计意见 The opinion
    pub opinion: Opinion,
    pub says: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Opinion {
    /// 无保留意见
    Unqualified,
    /// 保留意见
    Qualified,
    /// 否定意见
    Adverse,
    /// 无法表示意见
    Disclaimed,
}

/// 审计立项 An audit of some months is opened: by whom it is done, and on what it rests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Engagement {
    pub audit: AuditId,
    pub on: Day,
    pub first: Month,
    pub last: Month,
    /// 审计组 Members of the audit committee, the lead among them.
    pub team: BTreeSet<OfficerId>,
    /// 组长 Who leads it.
    pub lead: OfficerId,
    /// 依据 The plan, resolution or order that it rests on.
    pub basis: Source,
}

/// 抽样 What the lead says: so many of these are drawn, by this seed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DrawSample {
    pub audit: AuditId,
    pub on: Day,
    /// 种子 What nobody in the union has chosen, such as a lottery's numbers: 64 hex digits are the seed as
    /// they stand, and the seed of any other text is its BLAKE3.
    pub seed: Text,
    pub population: Population,
    /// 抽取数 How many are drawn.
    pub size_asked: u32,
    /// 重抽 Which samples this one takes the place of, where their months overlap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
}

/// 重抽 Earlier samples of the same kind that a new one takes the place of, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Replaced {
    /// The first record of each of them.
    pub records: BTreeSet<Seq>,
    pub reason: Text,
}

/// A part of a sample: one record holds only so many places. Anybody draws it again from the seed and
/// the population: of the records before this command, those with the lowest BLAKE3 of the text
/// `mingzhang-sample@v1`, SEED and SEQ, each followed by LF.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Sample {
    pub audit: AuditId,
    pub on: Day,
    pub seed: Digest,
    /// 种子原文 The text of which the seed is the BLAKE3, in UTF-8 without an end of line; none where the
    /// seed was given as it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said: Option<Text>,
    pub population: Population,
    pub size_asked: u32,
    /// 总体 How many the population had when it was drawn.
    pub population_size: u32,
    /// From 1 on.
    pub part: u32,
    /// The records of this part, in the order of the drawing.
    pub drawn: Vec<Seq>,
    /// 重抽 Said in the first part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaces: Option<Replaced>,
}

/// 总体 What a sample is drawn from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Population {
    pub what: Drawable,
    /// By the vouchers' own months.
    pub first: Month,
    pub last: Month,
    /// Of those alone that are of more than this amount.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub above: Option<Money>,
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Drawable {
    /// 凭证 Every voucher, by the sum of its debits.
    Vouchers,
    /// 付款 Vouchers that leave less in cash and bank together, by how much.
    Payments,
    /// 收款 Vouchers that leave more in cash and bank together, by how much; opening balances are none.
    Receipts,
}

/// 落实责任 Who puts a finding right and by when, where the finding left it open.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Assignment {
    pub finding: FindingId,
    pub date: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owner: Option<OfficerId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due: Option<Day>,
}

/// 整改情况 What those who answer for a finding have done about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rectification {
    pub finding: FindingId,
    pub date: Day,
    /// 整改措施 What is done about it.
    pub measure: Text,
    /// 整改状态 How far it is.
    pub status: Progress,
    /// 整改证据; what is done has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<Source>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// 整改中
    InProgress,
    /// 已整改
    Done,
}

/// 审计报告 What the lead says: this is what the audit found, and these are the figures that it looked
/// at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReportAudit {
    pub audit: AuditId,
    pub date: Day,
    /// 审计发现 All findings of the audit.
    #[serde(default)]
    pub findings: Vec<FindingId>,
    /// 收入 of its months, as the report `audit` has it.
    pub income: Money,
    /// 支出 of its months
    pub spending: Money,
    /// 期末结转结余 What is left at the end, as the books say.
    pub closing: Money,
    /// 建议 What the committee advises, three lines at most.
    #[serde(default)]
    pub advice: Vec<Text>,
}

/// A part of the report: one record holds only so many findings, and the first one the advice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuditReported {
    pub audit: AuditId,
    pub date: Day,
    /// From 1 on.
    pub part: u32,
    pub findings: Vec<FindingId>,
    pub income: Money,
    pub spending: Money,
    pub closing: Money,
    pub advice: Vec<Text>,
}

impl Progress {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Progress::InProgress, Lang::Zh) => "整改中",
            (Progress::InProgress, Lang::En) => "in progress",
            (Progress::Done, Lang::Zh) => "已整改",
            (Progress::Done, Lang::En) => "done",
        }
    }
}

impl Drawable {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Drawable::Vouchers, Lang::Zh) => "凭证",
            (Drawable::Vouchers, Lang::En) => "vouchers",
            (Drawable::Payments, Lang::Zh) => "付款凭证",
            (Drawable::Payments, Lang::En) => "payments",
            (Drawable::Receipts, Lang::Zh) => "收款凭证",
            (Drawable::Receipts, Lang::En) => "receipts",
        }
    }
}
