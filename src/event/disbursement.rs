//! Spending 支出: requested, approved by the quorum of its band, paid.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use crate::date::Day;
use crate::ids::{AccountCode, DisbursementId, FundId, MemberId, OfficerId, Text};
use crate::lang::Lang;
use crate::money::Money;

/// 用款申请 Somebody asks for money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Request {
    pub disbursement: DisbursementId,
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 支出科目 The expenditure account.
    pub account: AccountCode,
    pub amount: Money,
    pub payee: Payee,
    /// 用途 What for
    pub purpose: Text,
    /// 受益人数 How many people it reaches.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub people: Option<u32>,
    /// 购置 What the union will own afterwards, if anything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acquires: Option<Acquisition>,
}

/// 收款人 Who gets the money. Persons by number, never by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Payee {
    Member(MemberId),
    Officer(OfficerId),
    /// 单位
    Organisation(Text),
    /// 名册 People on a list that is kept with the papers.
    Roster(Text),
}

impl Payee {
    /// People by number; an organisation, or a list that is kept with the papers, by its name.
    #[must_use]
    pub fn said(&self) -> String {
        match self {
            Payee::Member(member) => member.to_string(),
            Payee::Officer(officer) => officer.to_string(),
            Payee::Organisation(name) | Payee::Roster(name) => name.to_string(),
        }
    }
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Acquisition {
    /// 固定资产
    FixedAsset,
    /// 库存物品
    Supplies,
    /// 在建工程
    Construction,
    /// 无形资产
    IntangibleAsset,
    /// 长期待摊费用
    Prepaid,
}

impl Acquisition {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Acquisition::FixedAsset => ("固定资产", "fixed asset"),
            Acquisition::Supplies => ("库存物品", "supplies"),
            Acquisition::Construction => ("在建工程", "construction"),
            Acquisition::IntangibleAsset => ("无形资产", "intangible asset"),
            Acquisition::Prepaid => ("长期待摊费用", "long-term prepaid expense"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// 批准 An officer approves the whole amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Approval {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub amount: Money,
}

/// 不批准 An officer refuses, which ends the request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Rejection {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub reason: Text,
}

/// 付款 What the cashier says: paid on this day from cash or bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Pay {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub from: Till,
}

/// The payment, with what was requested and approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Paid {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub from: Till,
    pub fund: FundId,
    pub account: AccountCode,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub acquires: Option<Acquisition>,
}

/// 撤销申请 The request is withdrawn before it is paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cancellation {
    pub disbursement: DisbursementId,
    pub date: Day,
    pub reason: Text,
}
