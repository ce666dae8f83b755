//! The employer's two per cent 拨缴经费 and the part of it that goes up 上解.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::ids::{FundId, Text};
use crate::money::Money;

/// 申报工资总额 The employer declares a month's payroll, on which the allocation is due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Payroll {
    pub month: Month,
    /// 工资总额 yuan
    pub total: Money,
    /// 职工人数
    pub headcount: u32,
}

/// 更正工资总额 A month's payroll was declared wrong; what is due follows this one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayrollCorrection {
    pub month: Month,
    /// 工资总额 yuan, the right one
    pub total: Money,
    /// 职工人数
    pub headcount: u32,
    /// 更正原因
    pub reason: Text,
}

/// 收拨缴经费 What the treasurer says: so much came in for this month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveAllocation {
    pub date: Day,
    /// 所属月份
    pub month: Month,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}

/// The same, split by the rule in force: `own` stays 留成, `up` is owed to the union above 应上解.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocationReceived {
    pub date: Day,
    pub month: Month,
    pub fund: FundId,
    pub amount: Money,
    pub own: Money,
    pub up: Money,
}

/// 上解经费 What is owed to the union above is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Remittance {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}
