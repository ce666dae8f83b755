//! Custodial money 代管经费: other people's money, for a stated purpose, that is no income of the union
//! (财会〔2021〕7号, 101, 102, 221).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use crate::date::Day;
use crate::ids::{DisbursementId, FundId, Text};
use crate::money::Money;

/// 设立代管项目 A project whose money the union only keeps. It has an id as funds have, is none of them,
/// and is never carried to 321 or 322.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustodialProject {
    pub project: FundId,
    pub name: Text,
    /// 委托单位 Whose money it is.
    pub whose: Text,
    /// 用途 What for
    pub purpose: Text,
}

/// 收代管经费 Money is given into custody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustodialReceived {
    pub date: Day,
    pub project: FundId,
    pub into: Till,
    pub amount: Money,
    /// 交款人 Who paid
    pub from: Text,
}

/// 付代管经费 What the cashier says: money is paid out of custody, as was requested and approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustodialPay {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub from: Till,
}

/// The same, with the project and the amount of its request, which says to whom and for what.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CustodialPaid {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub project: FundId,
    pub from: Till,
    pub amount: Money,
}
