//! The budget 预算: adopted once for a year, adjusted by resolution.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{Day, FiscalYear};
use crate::ids::{AccountCode, FundId, ProjectId, Source};
use crate::money::Money;

/// 下达预算 What the accountant says: this is the budget that was agreed on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptBudget {
    /// 预算年度 The budget's year
    pub budget: FiscalYear,
    pub date: Day,
    /// 预算行 The lines of the budget
    pub lines: Vec<BudgetLine>,
    /// 决议 The resolution
    pub resolution: Source,
}

/// A part of the budget of a year: one record holds only so many lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetAdopted {
    pub budget: FiscalYear,
    /// From 1 on.
    pub part: u32,
    pub date: Day,
    pub lines: Vec<BudgetLine>,
    pub resolution: Source,
}

/// 预算项目 Income or spending on an account of any level, and on all that stands under it for which
/// there is no line of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetLine {
    pub account: AccountCode,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 项目 What the line is for; the lines of one account and fund are one budget together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    pub amount: Money,
}

/// 调整预算 What the accountant says: the budget was changed by this resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdjustBudget {
    pub budget: FiscalYear,
    pub date: Day,
    /// 预算行 The lines that change
    pub lines: Vec<BudgetChange>,
    pub resolution: Source,
}

/// A part of one adjustment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetAdjusted {
    pub budget: FiscalYear,
    /// From 1 on, in each adjustment again.
    pub part: u32,
    pub date: Day,
    pub lines: Vec<BudgetChange>,
    pub resolution: Source,
}

/// One line's change; of a line that was not there, all of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BudgetChange {
    pub account: AccountCode,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<ProjectId>,
    /// 调增 or, negative, 调减
    pub by: Money,
}
