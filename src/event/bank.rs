//! Cash and bank 现金与银行存款.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::chart::Use;
use crate::date::Day;
use crate::ids::FundId;
use crate::money::Money;

/// Where money lies: 库存现金 or 银行存款.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Till {
    /// 库存现金 Cash
    Cash,
    /// 银行存款 Bank
    Bank,
}

impl Till {
    pub const ALL: [Till; 2] = [Till::Cash, Till::Bank];

    /// What the chart's account of this till is for.
    #[must_use]
    pub fn of(self) -> Use {
        match self {
            Till::Cash => Use::Cash,
            Till::Bank => Use::Bank,
        }
    }

    /// What the account of others' money in this till is for.
    #[must_use]
    pub fn custodial(self) -> Use {
        match self {
            Till::Cash => Use::CustodialCash,
            Till::Bank => Use::CustodialBank,
        }
    }

    /// Everything that lies in this till, the union's own and others'.
    #[must_use]
    pub fn uses(self) -> [Use; 2] {
        [self.of(), self.custodial()]
    }
}

/// 提现 Cash is drawn from the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CashDrawing {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}

/// 存现 Cash is deposited with the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CashDeposit {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}
