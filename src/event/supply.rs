//! Supplies 库存物品: what is bought or given to be used up, by item, in quantity and money
//! (财会〔2021〕7号, 141).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::asset::Keeper;
use crate::date::Day;
use crate::ids::{FundId, GroupId, ItemId, MemberId, Seq, Text};
use crate::money::Money;

/// 品名 An item that is kept in stock.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemCard {
    pub item: ItemId,
    pub name: Text,
    /// 计量单位 The unit
    pub unit: Text,
    /// 保管人 Who keeps it
    pub keeper: Keeper,
}

/// 入库 What was paid for as supplies is put into stock. The payment is its voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stored {
    pub date: Day,
    pub item: ItemId,
    /// 付款的记录号 The payment.
    pub from: Seq,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 数量 How many
    pub quantity: u32,
    pub amount: Money,
}

/// 接受捐赠、调入 Supplies come without being bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuppliesReceived {
    pub date: Day,
    pub item: ItemId,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 数量 How many
    pub quantity: u32,
    pub amount: Money,
    /// 来源 From whom
    pub from: Text,
}

/// 领用 What the accountant says: so many went to somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueSupplies {
    pub date: Day,
    pub item: ItemId,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 数量 How many
    pub quantity: u32,
    pub to: Recipient,
}

/// 领用人、用途 Persons by number, never by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    Group(GroupId),
    Member(MemberId),
    /// 活动或单位
    Purpose(Text),
}

/// 发出 The same, with what it cost by the weighted average 加权平均法 (Art. 31).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuppliesIssued {
    pub date: Day,
    pub item: ItemId,
    pub fund: FundId,
    pub quantity: u32,
    pub amount: Money,
    pub to: Recipient,
}
