//! Periods 会计期间: months and years are closed, and stay closed.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Line;
use crate::date::{Day, FiscalYear, Month};
use crate::ids::Text;
use crate::money::Money;

/// 月末结账 What the accountant says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClosePeriod {
    pub month: Month,
}

/// The month is closed, with its control totals.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PeriodClosed {
    pub month: Month,
    /// How many vouchers the month has.
    pub vouchers: u32,
    /// The sum of their debits, red entries with their sign.
    pub debit: Money,
    pub credit: Money,
}

/// 稽核 Somebody who has not prepared them has checked these vouchers of the month against their
/// papers (会计基础工作规范, Art. 50, 51).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VouchersReviewed {
    pub month: Month,
    /// 起止凭证号 The numbers of the first and the last voucher.
    pub first: u32,
    /// 末张凭证号 The number of the last voucher
    pub last: u32,
}

/// 重新开账 The month that was closed last is opened again, by two officers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reopening {
    pub month: Month,
    pub date: Day,
    pub reason: Text,
}

/// 年末结账 The year is closed, and its last month with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseYear {
    pub year: FiscalYear,
}

/// 期末结转 A voucher that carries results forward (财会〔2021〕7号, 321 and 322).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CarryForward {
    pub date: Day,
    pub step: CarryStep,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CarryStep {
    /// 收支结转: income and expenditure to 32103 and 32203.
    Result,
    /// 年末结转: the year's sub-accounts to 32104 and 32205.
    YearEnd,
}

/// The year is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct YearClosed {
    pub year: FiscalYear,
    /// 收入合计
    pub income: Money,
    /// 支出合计
    pub expense: Money,
}
