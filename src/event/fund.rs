//! Funds 资金: money for a stated purpose is used for it and shown apart
//! (财会〔2021〕7号, Art. 22 专款专用).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::ids::{FundId, Source, Text};
use crate::money::Money;

/// 设立资金 A fund is established.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFund {
    pub fund: FundId,
    pub name: Text,
    /// 专项 Whether its money may be used for its purpose only; its result is carried to 321, else to 322.
    pub restricted: bool,
    /// 用途
    pub purpose: Text,
}

/// 划转资金 What the treasurer says: move this much, by this resolution.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferFunds {
    pub date: Day,
    pub from: FundId,
    pub to: FundId,
    pub amount: Money,
    /// 决议
    pub resolution: Source,
}

/// The same, with the standing of both funds on that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundTransferred {
    pub date: Day,
    pub from: FundId,
    pub from_restricted: bool,
    pub to: FundId,
    pub to_restricted: bool,
    pub amount: Money,
    pub resolution: Source,
}
