//! Cash and bank 现金与银行存款.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::ids::{AccountCode, FundId};
use crate::money::Money;

/// Where money lies: 101 库存现金 or 102 银行存款.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Till {
    Cash,
    Bank,
}

impl Till {
    pub const ALL: [Till; 2] = [Till::Cash, Till::Bank];

    #[must_use]
    pub fn account(self) -> AccountCode {
        AccountCode::literal(self.code())
    }

    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Till::Cash => "101",
            Till::Bank => "102",
        }
    }
}

/// 提现 (bank to cash) or 存现 (cash to bank).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CashMove {
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    pub amount: Money,
}
