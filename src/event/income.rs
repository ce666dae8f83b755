//! Income other than dues and the allocation.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use crate::date::Day;
use crate::ids::{AccountCode, FundId, Text};
use crate::money::Money;

/// 收补助 A subsidy is received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Subsidy {
    pub date: Day,
    /// 补助种类 Which subsidy
    pub kind: SubsidyKind,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
    /// 拨款单位 Who grants it
    pub from: Text,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SubsidyKind {
    /// 上级一般性转移支付补助
    SuperiorGeneral,
    /// 上级专项转移支付补助: for its stated purpose only, so into a restricted fund.
    SuperiorEarmarked,
    /// 行政补助
    Administration,
}

/// 收捐款 A donation, or the sum of a drive, that becomes the union's own fund.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Donation {
    pub date: Day,
    pub fund: FundId,
    pub into: Till,
    pub amount: Money,
    /// 捐款人数 How many donors
    pub donors: u32,
    /// 捐款事由 What for
    pub purpose: Text,
}

/// 利息收入 The bank's interest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Interest {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}

/// 其他收入 Income of no other kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OtherIncome {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub into: Till,
    pub amount: Money,
    /// 事由 What for
    pub purpose: Text,
}

/// 收款 Money comes in on an account that has no fact of its own: income of any other kind, a sum that
/// is kept for somebody 暂存款, or a claim that is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Income {
    pub date: Day,
    /// 收入科目, or 其他应付款, or 其他应收款
    pub account: AccountCode,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub into: Till,
    pub amount: Money,
    /// 付款单位 Who pays.
    pub from: Text,
    /// 事由 What for
    pub purpose: Text,
}
