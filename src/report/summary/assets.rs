//! Assets, supplies, stocktakes and investments.

use super::{Said, words};
use crate::chart::Chart;
use crate::event::{asset, investment, stocktake, supply};
use crate::lang::Lang;
use crate::projection::State;
use crate::report::Words;

impl Said for asset::Card {
    fn said(&self, _: &Chart) -> Words {
        let Self { asset, category, cost, .. } = self;
        words(
            format!("固定资产卡片 {asset} {} {cost}", category.title(Lang::Zh)),
            format!("card of {asset}: {}, {cost}", category.title(Lang::En)),
        )
    }
}

impl Said for asset::Moved {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.asset;
        words(format!("资产移交 {id}"), format!("{id} handed over"))
    }
}

impl Said for asset::AssetReceived {
    fn said(&self, _: &Chart) -> Words {
        let (zh, en) = match self.how {
            asset::HowReceived::Donated => ("接受捐赠资产", "an asset was given"),
            asset::HowReceived::TransferredIn => ("无偿调入资产", "an asset was transferred in"),
            asset::HowReceived::Built => ("在建工程完工交付使用", "construction was finished"),
        };
        words(zh, en)
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.from.to_string()]
    }
}

impl Said for asset::Depreciated {
    fn said(&self, _: &Chart) -> Words {
        let (month, part, parts) = (self.month, self.part, self.parts);
        words(
            format!("计提折旧 {month} ({part}/{parts})"),
            format!("depreciation of {month} ({part}/{parts})"),
        )
    }
}

impl Said for asset::Disposed {
    fn said(&self, _: &Chart) -> Words {
        let (id, how) = (&self.asset, self.how);
        words(
            format!("资产处置 {id} {}", how.title(Lang::Zh)),
            format!("{id} {}", how.title(Lang::En)),
        )
    }
}

impl Said for supply::ItemCard {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.item;
        words(format!("库存物品 {id}"), format!("item {id}"))
    }
}

impl Said for supply::Stored {
    fn said(&self, _: &Chart) -> Words {
        let Self { item, quantity, from, .. } = self;
        words(
            format!("入库 {item} {quantity} (记录 {from})"),
            format!("{quantity} of {item} stored, of record {from}"),
        )
    }
}

impl Said for supply::SuppliesReceived {
    fn said(&self, _: &Chart) -> Words {
        let Self { item, quantity, .. } = self;
        words(
            format!("接受捐赠、调入 {item} {quantity}"),
            format!("{quantity} of {item} were given"),
        )
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.from.to_string()]
    }
}

impl Said for supply::SuppliesIssued {
    fn said(&self, _: &Chart) -> Words {
        let Self { item, quantity, .. } = self;
        words(format!("领用 {item} {quantity}"), format!("{quantity} of {item} issued"))
    }
}

impl Said for stocktake::Stocktake {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.stocktake;
        let (lines, zh, en) = match &self.counted {
            stocktake::Counted::Assets(lines) => (lines.len(), "资产", "assets"),
            stocktake::Counted::Supplies(lines) => (lines.len(), "库存物品", "items"),
        };
        words(format!("盘点 {id} {zh} {lines} 项"), format!("stocktake {id}, {lines} {en}"))
    }
}

impl Said for stocktake::DifferenceRecorded {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.stocktake;
        let (what, zh, en) = match &self.difference {
            stocktake::Difference::AssetShort { asset, .. } => {
                (asset.to_string(), "盘亏", "missing")
            }
            stocktake::Difference::AssetFound { .. } => ("-".to_owned(), "盘盈", "found"),
            stocktake::Difference::SuppliesShort { item, quantity, .. } => {
                (format!("{item} {quantity}"), "盘亏", "missing")
            }
            stocktake::Difference::SuppliesOver { item, quantity, .. } => {
                (format!("{item} {quantity}"), "盘盈", "found")
            }
        };
        words(format!("{zh} {what} (盘点 {id})"), format!("{en}: {what} (stocktake {id})"))
    }
}

impl Said for stocktake::DifferenceResolved {
    fn said(&self, _: &Chart) -> Words {
        let of = self.pending;
        words(
            format!("待处理财产批准处理 (记录 {of})"),
            format!("what was pending by record {of} is settled"),
        )
    }
}

impl Said for investment::Acquired {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.investment;
        words(format!("购入投资 {id}"), format!("investment {id} acquired"))
    }

    fn in_its_words(&self, _: &State) -> Vec<String> {
        vec![self.name.to_string()]
    }
}

impl Said for investment::Recovered {
    fn said(&self, _: &Chart) -> Words {
        let id = &self.investment;
        if self.principal.is_zero() {
            return words(format!("投资收益 {id}"), format!("income of investment {id}"));
        }
        words(format!("收回投资 {id}"), format!("investment {id} recovered"))
    }
}
