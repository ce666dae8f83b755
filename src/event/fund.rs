//! Funds 资金: money for a stated purpose is used for it and shown apart
//! (财会〔2021〕7号, Art. 22 专款专用).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::ids::{AccountCode, FundId, Source, Text};
use crate::money::Money;

/// 设立资金 A fund is established.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NewFund {
    pub fund: FundId,
    pub name: Text,
    /// 专项 Whether its money may be used for its purpose only; its result is carried to 321, else to 322.
    pub restricted: bool,
    /// 用途 What for
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
    /// 决议 The resolution
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

/// 限定用途 Spending out of a restricted fund 专项资金 is limited to these accounts; a later one
/// replaces it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundLimited {
    pub fund: FundId,
    /// 支出科目 Of any level: 504 allows whatever stands under it.
    pub accounts: Vec<AccountCode>,
    /// 使用期限 The last day on which it may be spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Day>,
    /// 依据 The document or resolution that says so.
    pub resolution: Source,
}

/// 标明财政拨款 The fund holds money from the treasury of the same level 同级财政: its result is
/// carried to 331 and not to 321 or 322 (财会〔2021〕7号, 331).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FiscalFund {
    pub fund: FundId,
    /// 依据 The source
    pub source: Source,
}

/// 结余性质的结转 What the treasurer says: so much of a restricted fund is surplus now
/// (财会〔2021〕7号, 321 (五), 322 (五)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundReleased {
    pub date: Day,
    pub from: FundId,
    #[serde(default = "FundId::general")]
    pub to: FundId,
    pub amount: Money,
    /// 决议 The resolution
    pub resolution: Source,
}

/// 专项完结 What the treasurer says: the fund is finished, and what is left of it is surplus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseFund {
    pub date: Day,
    pub fund: FundId,
    /// 余额的去向 Where what is left goes.
    #[serde(default = "FundId::general")]
    pub to: FundId,
    pub resolution: Source,
}

/// The fund is finished and takes no money any more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundClosed {
    pub fund: FundId,
    pub date: Day,
    pub resolution: Source,
}
