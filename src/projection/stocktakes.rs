//! Stocktakes 盘点, and what waits on 待处理财产损溢 for its approval.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::event::disbursement::Acquisition;
use crate::event::stocktake::{Counted, Stocktake};
use crate::ids::{AssetId, FundId, ItemId, OfficerId, Seq, StocktakeId, Text};
use crate::money::Money;

/// 盘点表
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Taken {
    /// The first of its records.
    pub seq: Seq,
    pub date: Day,
    pub by: OfficerId,
    pub witness: OfficerId,
    /// Whether each of these was there.
    pub assets: BTreeMap<AssetId, bool>,
    pub items: BTreeMap<ItemId, BTreeMap<FundId, ItemTaken>>,
    /// Differences that were put on 182, each with its record.
    assets_recorded: BTreeMap<AssetId, Seq>,
    items_recorded: BTreeMap<ItemId, BTreeMap<FundId, ItemRecorded>>,
    /// What was found that no card names, each by what it is called.
    unlisted_recorded: BTreeMap<Text, Seq>,
}

/// What a record put on 182 of an item's difference, and how many pieces of it: 盘盈 is positive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
struct ItemRecorded {
    seq: Seq,
    quantity: i64,
}

/// What of an item's difference is not on 182 yet, and the last record of another stocktake that put
/// some of it there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub quantity: i64,
    pub elsewhere: Option<Seq>,
}

/// 账存 when it was counted, and 实存.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemTaken {
    pub book: i64,
    pub found: u32,
}

impl ItemTaken {
    /// 盘盈 is positive, 盘亏 negative.
    #[must_use]
    pub fn difference(self) -> i64 {
        i64::from(self.found).saturating_sub(self.book)
    }
}

/// What was moved to 182, and whether it was approved since.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pending {
    pub on: Day,
    pub fund: FundId,
    pub class: Acquisition,
    /// 盘亏, 报废, 毁损; else 盘盈.
    pub short: bool,
    pub amount: Money,
    pub resolved: Option<Seq>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stocktakes {
    by_id: BTreeMap<StocktakeId, Taken>,
    pending: BTreeMap<Seq, Pending>,
}

impl Stocktakes {
    /// `book` says how many of an item the books have.
    pub(super) fn take(
        &mut self,
        seq: Seq,
        by: &OfficerId,
        f: &Stocktake,
        book: impl Fn(&ItemId, &FundId) -> i64,
    ) {
        let taken = self.by_id.entry(f.stocktake.clone()).or_insert_with(|| Taken {
            seq,
            date: f.date,
            by: by.clone(),
            witness: f.witness.clone(),
            assets: BTreeMap::new(),
            items: BTreeMap::new(),
            assets_recorded: BTreeMap::new(),
            items_recorded: BTreeMap::new(),
            unlisted_recorded: BTreeMap::new(),
        });
        match &f.counted {
            Counted::Assets(lines) => {
                let lines = lines.iter().map(|line| (line.asset.clone(), line.present));
                taken.assets.extend(lines);
            }
            Counted::Supplies(lines) => {
                for line in lines {
                    let counted =
                        ItemTaken { book: book(&line.item, &line.fund), found: line.found };
                    let funds = taken.items.entry(line.item.clone()).or_default();
                    funds.insert(line.fund.clone(), counted);
                }
            }
        }
    }

    pub(super) fn record_asset(&mut self, id: &StocktakeId, asset: &AssetId, seq: Seq) {
        if let Some(taken) = self.by_id.get_mut(id) {
            taken.assets_recorded.insert(asset.clone(), seq);
        }
    }

    pub(super) fn record_item(
        &mut self,
        id: &StocktakeId,
        (item, fund): (&ItemId, &FundId),
        seq: Seq,
        quantity: i64,
    ) {
        if let Some(taken) = self.by_id.get_mut(id) {
            let recorded = ItemRecorded { seq, quantity };
            taken.items_recorded.entry(item.clone()).or_default().insert(fund.clone(), recorded);
        }
    }

    pub(super) fn record_unlisted(&mut self, id: &StocktakeId, name: &Text, seq: Seq) {
        if let Some(taken) = self.by_id.get_mut(id) {
            taken.unlisted_recorded.insert(name.clone(), seq);
        }
    }

    pub(super) fn hold(&mut self, seq: Seq, pending: Pending) {
        self.pending.insert(seq, pending);
    }

    pub(super) fn resolve(&mut self, pending: Seq, by: Option<Seq>) {
        if let Some(found) = self.pending.get_mut(&pending) {
            found.resolved = by;
        }
    }

    /// A record that put something on 182 was reversed.
    pub(super) fn take_back(&mut self, seq: Seq) {
        self.pending.remove(&seq);
        for taken in self.by_id.values_mut() {
            taken.assets_recorded.retain(|_, by| *by != seq);
            for funds in taken.items_recorded.values_mut() {
                funds.retain(|_, by| by.seq != seq);
            }
            taken.items_recorded.retain(|_, funds| !funds.is_empty());
            taken.unlisted_recorded.retain(|_, by| *by != seq);
        }
    }

    #[must_use]
    pub fn stocktake(&self, id: &StocktakeId) -> Option<&Taken> {
        self.by_id.get(id)
    }

    /// Pieces that are missing are missing in every later stocktake too, until the books know it: what
    /// the record of another one has put on 182 since this one was taken, is on 182 already.
    #[must_use]
    pub fn left(&self, id: &StocktakeId, item: &ItemId, fund: &FundId) -> Option<Left> {
        let taken = self.by_id.get(id)?;
        let difference = taken.items.get(item)?.get(fund)?.difference();
        let mut left = Left { quantity: difference, elsewhere: None };
        let others = self.by_id.iter().filter(|(other, _)| *other != id);
        for (_, other) in others {
            let recorded = other.items_recorded.get(item).and_then(|funds| funds.get(fund));
            let since = recorded.filter(|recorded| recorded.seq > taken.seq);
            let alike = |by: &&ItemRecorded| by.quantity.signum() == difference.signum();
            if let Some(by) = since.filter(alike) {
                left.quantity = left.quantity.saturating_sub(by.quantity);
                left.elsewhere = left.elsewhere.max(Some(by.seq));
            }
        }
        if left.quantity.signum() != difference.signum() {
            left.quantity = 0;
        }
        Some(left)
    }

    pub fn stocktakes(&self) -> impl Iterator<Item = (&StocktakeId, &Taken)> {
        self.by_id.iter()
    }

    #[must_use]
    pub fn pending(&self, seq: Seq) -> Option<&Pending> {
        self.pending.get(&seq)
    }

    /// What was moved to 182 and is not approved, if it is worth anything.
    pub fn open(&self) -> impl Iterator<Item = (Seq, &Pending)> {
        let open =
            |(_, found): &(&Seq, &Pending)| found.resolved.is_none() && !found.amount.is_zero();
        self.pending.iter().filter(open).map(|(seq, found)| (*seq, found))
    }
}

impl Taken {
    /// The record that put this line's difference on 182.
    #[must_use]
    pub fn asset_recorded(&self, asset: &AssetId) -> Option<Seq> {
        self.assets_recorded.get(asset).copied()
    }

    #[must_use]
    pub fn unlisted_recorded(&self, name: &Text) -> Option<Seq> {
        self.unlisted_recorded.get(name).copied()
    }

    #[must_use]
    pub fn item_recorded(&self, item: &ItemId, fund: &FundId) -> Option<Seq> {
        self.items_recorded.get(item)?.get(fund).map(|recorded| recorded.seq)
    }

    /// How many lines of it differ from the books.
    #[must_use]
    pub fn differences(&self) -> usize {
        let absent: BTreeSet<_> = self.assets.iter().filter(|(_, present)| !**present).collect();
        let items = self.items.values().flat_map(BTreeMap::values);
        absent.len().saturating_add(items.filter(|item| item.difference() != 0).count())
    }
}
