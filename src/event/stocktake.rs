//! Stocktakes 盘点: what was counted, where it differs from the books, and what was decided about it
//! (财会〔2021〕7号, Art. 31, 37, 182).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use super::asset::ReceivedClass;
use super::disbursement::Acquisition;
use crate::date::Day;
use crate::ids::{AssetId, FundId, ItemId, OfficerId, Seq, Source, StocktakeId, Text};
use crate::money::Money;

/// 盘点表 What was found. A long list is several records of one command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Stocktake {
    pub stocktake: StocktakeId,
    pub date: Day,
    /// 盘点结果 What was counted
    pub counted: Counted,
    /// 监盘人 Somebody else than who counts and records.
    pub witness: OfficerId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    Assets(Vec<AssetCount>),
    Supplies(Vec<ItemCount>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AssetCount {
    pub asset: AssetId,
    /// 实有
    pub present: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ItemCount {
    pub item: ItemId,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 实存数量
    pub found: u32,
}

/// 盘盈盘亏入账 What the accountant says: this line of that stocktake differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordDifference {
    pub date: Day,
    pub stocktake: StocktakeId,
    pub of: Differing,
}

/// 盘点的哪一行 Which line it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Differing {
    /// 盘亏 of an asset that was not there.
    Asset(AssetId),
    /// 盘盈 or 盘亏 of supplies.
    Item(DifferingItem),
    /// 盘盈 of an asset that has no card.
    Unlisted(Unlisted),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DifferingItem {
    pub item: ItemId,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 确定的成本 What the surplus is worth, where nothing is in stock that says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unlisted {
    pub class: ReceivedClass,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 确定的成本
    pub amount: Money,
    pub name: Text,
}

/// 转入待处理财产损溢 The difference, on 182 until it is approved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DifferenceRecorded {
    pub date: Day,
    pub stocktake: StocktakeId,
    pub fund: FundId,
    pub difference: Difference,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Difference {
    /// 盘亏
    AssetShort { asset: AssetId, class: Acquisition, cost: Money, worn: Money },
    /// 盘盈
    AssetFound { class: ReceivedClass, amount: Money, name: Text },
    /// 盘亏
    SuppliesShort { item: ItemId, quantity: u32, amount: Money },
    /// 盘盈
    SuppliesOver { item: ItemId, quantity: u32, amount: Money },
}

/// 批准处理 What the accountant says: this was approved, and so much came in for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveDifference {
    pub date: Day,
    /// 转入 182 的记录号 The record that put it on 182.
    pub pending: Seq,
    /// 残值变价收入、赔偿 What came in for it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proceeds: Option<Money>,
    /// 清理费用 What was paid out of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub costs: Option<Money>,
    /// 收入现金或银行 Into which till
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub into: Option<Till>,
    /// 批准文件 By which document
    pub basis: Source,
}

/// The same, with what stood on 182.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DifferenceResolved {
    pub date: Day,
    pub pending: Seq,
    pub fund: FundId,
    pub class: Acquisition,
    /// Less came to light than the books had 盘亏, 报废, 毁损; else more 盘盈.
    pub short: bool,
    pub amount: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cleared: Option<Cleared>,
    pub basis: Source,
}

/// 处理净收入
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Cleared {
    pub proceeds: Money,
    pub costs: Money,
    pub into: Till,
}
