//! Investments 投资 of money: paid out of 累计结余, and no expense (财会〔2021〕7号, 151, 322).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use crate::date::Day;
use crate::ids::{DisbursementId, FundId, InvestmentId, Source, Text};
use crate::money::Money;

/// 购入投资 What the cashier says: paid for what was requested and approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acquire {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub investment: InvestmentId,
    /// 投资单位或债券名称 The company or the bond
    pub name: Text,
    pub from: Till,
    /// 决议 The resolution
    pub resolution: Source,
}

/// The same, with the fund and the amount of its request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Acquired {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub investment: InvestmentId,
    /// 投资单位或债券名称 The company or the bond
    pub name: Text,
    pub fund: FundId,
    /// 投资成本
    pub amount: Money,
    pub from: Till,
    /// 决议 The resolution
    pub resolution: Source,
}

/// 收回投资、收到投资收益 What the accountant says came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recover {
    pub date: Day,
    pub investment: InvestmentId,
    /// 收回的账面余额; nothing where only interest or profit came in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal: Option<Money>,
    /// 实际收到 What was received
    pub received: Money,
    pub into: Till,
    /// 决议 By which a loss is borne; needed where less came in than the principal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Source>,
}

impl Recover {
    /// 投资损失 What did not come back.
    #[must_use]
    pub fn loss(&self) -> Money {
        let lost = self.principal.unwrap_or(Money::ZERO).minus(self.received);
        if lost.is_positive() { lost } else { Money::ZERO }
    }
}

/// The same, with the fund that had invested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Recovered {
    pub date: Day,
    pub investment: InvestmentId,
    pub fund: FundId,
    pub principal: Money,
    pub received: Money,
    pub into: Till,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resolution: Option<Source>,
}
