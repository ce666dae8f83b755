//! 年末应收应付上下级经费 What is due from and to the unions above and below when a year ends: the only
//! money of unions, salaries and depreciation apart, that is counted before it moves
//! (财会〔2021〕7号 Art. 8; 131, 132, 211, 212, 402, 403, 508).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::allocation::Parts;
use crate::date::Day;
use crate::ids::{DisbursementId, FundId, PayerId, Seq, Source};
use crate::lang::Lang;
use crate::money::Money;

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum AccrualKind {
    /// 应收上级补助, 一般性转移支付
    SuperiorSubsidyGeneral,
    /// 应收上级补助, 专项转移支付
    SuperiorSubsidyEarmarked,
    /// 应收上级转拨经费
    SuperiorPassdown,
    /// 应收下级经费
    LowerAllocation,
    /// 应付下级补助, 一般性转移支付
    LowerSubsidyGeneral,
    /// 应付下级补助, 专项转移支付
    LowerSubsidyEarmarked,
}

/// 年末计提 What the accountant says, from the notice or the report of the other union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordAccrual {
    pub date: Day,
    /// 种类 What is owed
    pub kind: AccrualKind,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 欠付或应得的下级工会 The lower union that owes it or is owed a part of it; none where there is only the superior.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<PayerId>,
    pub amount: Money,
    /// 依据 The notice of subsidy or pass-down, the lower union's report.
    pub notice: Source,
    /// 批准 The request for what is owed to a lower union; the others have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disbursement: Option<DisbursementId>,
}

/// The same, with its parts where it is of the two per cent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccrualRecorded {
    pub date: Day,
    pub kind: AccrualKind,
    pub fund: FundId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub counterparty: Option<PayerId>,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parts: Option<Parts>,
    pub notice: Source,
    /// 批准 The request for what is owed to a lower union; bodies before version 2 have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disbursement: Option<DisbursementId>,
}

/// 收回应收 What the accountant says: what was accrued came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleAccrual {
    pub date: Day,
    /// 应收应付的记录号 The record of the accrual, or of the opening balances that brought it in.
    pub accrual: Seq,
    pub amount: Money,
    /// 期初有几项时的种类 Of opening balances, which may have brought in several: which of them it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<AccrualKind>,
    /// 资金，期初的可不写 Of opening balances: the general fund, where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundId>,
}

/// The same, with what it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AccrualSettled {
    pub date: Day,
    pub accrual: Seq,
    pub kind: AccrualKind,
    pub fund: FundId,
    pub amount: Money,
}

impl AccrualKind {
    /// What it is called.
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            AccrualKind::SuperiorSubsidyGeneral => {
                ("应收上级补助（一般性）", "general subsidy due from the superior")
            }
            AccrualKind::SuperiorSubsidyEarmarked => {
                ("应收上级补助（专项）", "earmarked subsidy due from the superior")
            }
            AccrualKind::SuperiorPassdown => {
                ("应收上级转拨经费", "allocation due from the superior")
            }
            AccrualKind::LowerAllocation => ("应收下级经费", "allocation due from a lower union"),
            AccrualKind::LowerSubsidyGeneral => {
                ("应付下级补助（一般性）", "general subsidy owed to a lower union")
            }
            AccrualKind::LowerSubsidyEarmarked => {
                ("应付下级补助（专项）", "earmarked subsidy owed to a lower union")
            }
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
