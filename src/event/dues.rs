//! Dues 会费.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use crate::date::{Day, Month};
use crate::ids::{FundId, MemberId};
use crate::money::Money;

/// 收会费 Dues are received, from one member or from a whole group's roll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuesReceipt {
    /// 业务日期 The day the money came in.
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 收款方式 Cash or bank.
    pub into: Till,
    /// 明细 Who paid for which month.
    pub lines: Vec<DuesLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuesLine {
    pub member: MemberId,
    /// 所属月份 The month that is paid for.
    pub month: Month,
    pub amount: Money,
}

/// 期初缴费情况 How a member stood with his dues when the book began: said once, from the old book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuesStanding {
    pub member: MemberId,
    /// 已缴至 Nothing is owed for this month or any before it.
    pub paid_through: Month,
    /// 期初欠缴 What was still owed for the months after it and before the book, all of them
    /// together; it is owed for the last of them. Without it, each of these months is owed by the
    /// base and the rule, as in the book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<Money>,
}

impl DuesReceipt {
    #[must_use]
    pub fn total(&self) -> Money {
        Money::sum(self.lines.iter().map(|line| line.amount))
    }
}
