//! Cash that is counted 现金盘点, and what is done about a difference (财会〔2021〕7号, 101, 182).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::ids::{FundId, OfficerId, Seq, Source};
use crate::money::Money;

/// 盘点现金 What the cashier says: so much was in the till at the end of that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CountCash {
    pub date: Day,
    pub counted: Money,
    /// 监盘人 Who watched the count
    pub witness: OfficerId,
}

/// The same, with what the cash book says of that day, of all funds and projects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CashCount {
    pub date: Day,
    pub counted: Money,
    pub witness: OfficerId,
    /// 账面余额
    pub book: Money,
}

/// 现金长款 or 现金短款.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// 长款 More than the book says.
    Over,
    /// 短款 Less.
    Short,
}

/// 现金长短款 A difference that a count found is taken into the books, and pends until it is resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CashDifference {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub kind: Difference,
    pub amount: Money,
    /// 盘点的记录号 The record of the count.
    pub count: Seq,
}

/// 长短款的处理 How a difference ends.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// 无法查明的长款: other income.
    Income,
    /// 应付有关人员或单位的长款: other payables.
    Owed,
    /// 无法查明的短款: other expenditure.
    Spending,
    /// 责任人赔偿的短款: other receivables, from this officer.
    Liable(OfficerId),
}

/// 处理长短款 What was resolved about it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveDifference {
    pub date: Day,
    /// 长短款的记录号 The record of the difference.
    pub of: Seq,
    pub ends: Ending,
    /// 批准依据 By which approval
    pub basis: Source,
}

/// The same, with what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DifferenceResolved {
    pub date: Day,
    pub of: Seq,
    pub ends: Ending,
    pub basis: Source,
    pub fund: FundId,
    pub amount: Money,
}

impl CashCount {
    /// Counted less booked.
    #[must_use]
    pub fn difference(&self) -> Money {
        self.counted.minus(self.book)
    }
}
