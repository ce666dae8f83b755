//! The audit committee 经审会.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Line;
use crate::date::Day;
use crate::ids::{Source, Text};

/// 审计调整 The audit committee has an entry made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Adjustment {
    pub date: Day,
    pub lines: Vec<Line>,
    /// 调整原因
    pub reason: Text,
    /// 依据 The paper that it rests on: working paper, report, resolution.
    pub basis: Source,
}
