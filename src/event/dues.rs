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

impl DuesReceipt {
    #[must_use]
    pub fn total(&self) -> Money {
        Money::sum(self.lines.iter().map(|line| line.amount))
    }
}
