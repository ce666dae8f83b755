//! The audit committee 经审会.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Line;
use crate::date::{Day, Month};
use crate::ids::{FindingId, OfficerId, Seq, Source, Text};

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
