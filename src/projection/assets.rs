//! Assets by their cards 固定资产卡片: who keeps them, what they cost, what is worn off.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::event::asset::{Card, Depreciated, Disposed, HowDisposed, Keeper, Moved};
use crate::event::disbursement::Acquisition;
use crate::ids::{AssetId, FundId, Seq, Text};
use crate::money::Money;

/// What came on and went off, by the month of its voucher.
pub type ByMonth = BTreeMap<Month, Money>;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asset {
    /// The record of the card.
    pub seq: Seq,
    pub card: Card,
    pub keeper: Keeper,
    pub place: Text,
    pub standing: Standing,
    /// 原值
    cost: ByMonth,
    /// 累计折旧
    worn: ByMonth,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 在用
    InUse,
    /// 已处置, or waiting on 182 for the approval of it.
    Gone { seq: Seq, on: Day, how: HowGone },
    /// The record that brought it in was reversed.
    Void { on: Day },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HowGone {
    Disposed(HowDisposed),
    /// 盘亏
    Short,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Assets {
    by_id: BTreeMap<AssetId, Asset>,
    /// The months whose wear is recorded, with the records that say so.
    runs: BTreeMap<Month, BTreeSet<Seq>>,
}

impl Asset {
    /// 年限平均法 What is to be worn off through that month in all: equal parts in whole fen, the rest
    /// with the last. The month in which it comes counts, that in which it goes does not (Art. 35).
    #[must_use]
    pub fn due_through(&self, month: Month) -> Money {
        let Some((start, months)) = self.wear() else { return Money::ZERO };
        let before = self.card.worn.map_or(Money::ZERO, |worn| worn.amount);
        let base = self.card.cost.minus(before);
        let past = month.months_from(start).saturating_add(1).min(months);
        if month < start {
            before
        } else if past >= months {
            self.card.cost
        } else {
            before.plus(base.parts_of(1, months).times(past))
        }
    }

    /// The month in which wear begins in this book, and over how many months it goes from there.
    fn wear(&self) -> Option<(Month, u32)> {
        let life = self.card.life_months?;
        let in_use = self.card.in_use_from.month();
        match self.card.worn {
            // It comes into the book with what was worn off before.
            Some(before) => {
                Some((in_use.plus_months(before.months), life.saturating_sub(before.months)))
            }
            None => Some((in_use.max(self.card.acquired.month()), life)),
        }
    }

    /// Months of its life that are left at the end of that one; none where it is not worn off.
    #[must_use]
    pub fn months_left(&self, month: Month) -> Option<u32> {
        let (start, months) = self.wear()?;
        let past = if month < start { 0 } else { month.months_from(start).saturating_add(1) };
        Some(months.saturating_sub(past))
    }

    #[must_use]
    pub fn is_in_use(&self) -> bool {
        self.standing == Standing::InUse
    }

    /// 账面余额 at the end of that month; of all months without one.
    #[must_use]
    pub fn cost_through(&self, last: Option<Month>) -> Money {
        through(&self.cost, last)
    }

    /// 已提折旧 at the end of that month; of all months without one.
    #[must_use]
    pub fn worn_through(&self, last: Option<Month>) -> Money {
        through(&self.worn, last)
    }

    /// What was added to its cost and taken off it, month by month.
    pub fn cost_moves(&self) -> impl Iterator<Item = (Month, Money)> {
        self.cost.iter().map(|(month, amount)| (*month, *amount))
    }

    /// The last month in which wear was posted.
    #[must_use]
    pub fn last_worn(&self) -> Option<Month> {
        self.worn.iter().rev().find(|(_, amount)| amount.is_positive()).map(|(month, _)| *month)
    }

    /// Whether anything but its own card was said of it.
    #[must_use]
    pub fn is_untouched(&self) -> bool {
        let before = self.card.worn.map_or(Money::ZERO, |worn| worn.amount);
        self.is_in_use() && self.worn_through(None) == before
    }

    /// Less the whole of what stands on it, in that month.
    fn take_off(&mut self, cost: Money, worn: Money, month: Month) {
        add(&mut self.cost, month, cost.negated());
        add(&mut self.worn, month, worn.negated());
    }
}

/// The sum up to and with a month.
#[must_use]
pub fn through(moves: &ByMonth, last: Option<Month>) -> Money {
    let counted = moves.iter().filter(|(month, _)| last.is_none_or(|last| **month <= last));
    Money::sum(counted.map(|(_, amount)| *amount))
}

/// What comes to nothing within its month leaves no trace, so that a reversal is exact.
pub(super) fn add(moves: &mut ByMonth, month: Month, amount: Money) {
    let sum = moves.get(&month).copied().unwrap_or_default().plus(amount);
    if sum.is_zero() {
        moves.remove(&month);
    } else {
        moves.insert(month, sum);
    }
}

impl Assets {
    pub(super) fn card(&mut self, seq: Seq, card: &Card) {
        let (mut cost, mut worn) = (ByMonth::new(), ByMonth::new());
        let month = card.acquired.month();
        add(&mut cost, month, card.cost);
        add(&mut worn, month, card.worn.map_or(Money::ZERO, |before| before.amount));
        let (keeper, place) = (card.keeper.clone(), card.place.clone());
        let standing = Standing::InUse;
        let asset = Asset { seq, card: card.clone(), keeper, place, standing, cost, worn };
        self.by_id.insert(card.asset.clone(), asset);
    }

    pub(super) fn hand_over(&mut self, moved: &Moved) {
        if let Some(found) = self.by_id.get_mut(&moved.asset) {
            found.keeper = moved.keeper.clone();
            found.place = moved.place.clone();
        }
    }

    pub(super) fn wear(&mut self, seq: Seq, run: &Depreciated) {
        self.runs.entry(run.month).or_default().insert(seq);
        for line in &run.lines {
            if let Some(found) = self.by_id.get_mut(&line.asset) {
                add(&mut found.worn, run.date.month(), line.amount);
            }
        }
    }

    pub(super) fn unwear(&mut self, seq: Seq, run: &Depreciated, on: Day) {
        if let Some(records) = self.runs.get_mut(&run.month) {
            records.remove(&seq);
        }
        self.runs.retain(|_, records| !records.is_empty());
        for line in &run.lines {
            if let Some(found) = self.by_id.get_mut(&line.asset) {
                add(&mut found.worn, on.month(), line.amount.negated());
            }
        }
    }

    pub(super) fn dispose(&mut self, seq: Seq, disposed: &Disposed) {
        let how = HowGone::Disposed(disposed.how);
        let Disposed { asset, date, cost, worn, .. } = disposed;
        self.lose(asset, Standing::Gone { seq, on: *date, how }, *cost, *worn, *date);
    }

    /// It leaves its accounts that day.
    pub(super) fn lose(
        &mut self,
        id: &AssetId,
        standing: Standing,
        cost: Money,
        worn: Money,
        on: Day,
    ) {
        if let Some(found) = self.by_id.get_mut(id) {
            found.standing = standing;
            found.take_off(cost, worn, on.month());
        }
    }

    /// What was recorded as gone is there again.
    pub(super) fn bring_back(&mut self, id: &AssetId, cost: Money, worn: Money, on: Day) {
        self.lose(id, Standing::InUse, cost.negated(), worn.negated(), on);
    }

    /// The record that brought these in was reversed: their cards say what was not so.
    pub(super) fn void_from(&mut self, from: Seq, on: Day) {
        for found in self.by_id.values_mut() {
            if found.card.from == from && found.is_in_use() {
                let (cost, worn) = (found.cost_through(None), found.worn_through(None));
                found.standing = Standing::Void { on };
                found.take_off(cost, worn, on.month());
            }
        }
    }

    #[must_use]
    pub fn asset(&self, id: &AssetId) -> Option<&Asset> {
        self.by_id.get(id)
    }

    /// Every card that was ever written, by its id.
    pub fn assets(&self) -> impl Iterator<Item = (&AssetId, &Asset)> {
        self.by_id.iter()
    }

    /// Those that one record brought in.
    pub fn from(&self, from: Seq) -> impl Iterator<Item = (&AssetId, &Asset)> {
        self.by_id.iter().filter(move |(_, asset)| asset.card.from == from)
    }

    /// What is carded of an acquisition, of one fund and one class.
    #[must_use]
    pub fn carded(&self, from: Seq, fund: &FundId, class: Acquisition) -> Money {
        let of = self.from(from).filter(|(_, asset)| {
            let card = &asset.card;
            card.fund == *fund && card.category.class() == class
        });
        Money::sum(of.map(|(_, asset)| asset.card.cost))
    }

    /// 已计提至 The last month whose wear is recorded.
    #[must_use]
    pub fn depreciated_through(&self) -> Option<Month> {
        self.runs.last_key_value().map(|(month, _)| *month)
    }

    /// What is still to be worn off through that month, asset by asset.
    pub fn depreciable(&self, month: Month) -> impl Iterator<Item = (&AssetId, &Asset, Money)> {
        self.by_id.iter().filter_map(move |(id, asset)| {
            let due = asset.due_through(month).minus(asset.worn_through(None));
            (asset.is_in_use() && due.is_positive()).then_some((id, asset, due))
        })
    }

    /// Whether anything is still to be worn off through that month.
    #[must_use]
    pub fn is_depreciable(&self, month: Month) -> bool {
        self.depreciable(month).next().is_some()
    }

    /// The month whose wear comes next, not before `first`; none where nothing is left to wear off.
    #[must_use]
    pub fn next_to_depreciate(&self, first: Month) -> Option<Month> {
        let first = self.depreciated_through().map_or(first, |done| done.max(first));
        let next = |asset: &Asset| {
            let (start, months) = asset.wear()?;
            let worn = asset.worn_through(None);
            let from = first.max(start);
            let last = start.plus_months(months).max(from);
            from.through(last).find(|month| asset.due_through(*month) > worn)
        };
        self.by_id.values().filter(|asset| asset.is_in_use()).filter_map(next).min()
    }
}
