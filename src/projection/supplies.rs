//! Supplies 库存物品 in quantity and money, by item and fund.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::event::supply::{ItemCard, Stored, SuppliesIssued, SuppliesReceived};
use crate::ids::{FundId, ItemId, Seq};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Item {
    pub seq: Seq,
    pub card: ItemCard,
    stock: BTreeMap<FundId, Stock>,
}

/// What is there of one item in one fund, with all that brought it there.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Stock {
    moves: Vec<StockMove>,
}

/// 出入库 In is positive, out is negative.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StockMove {
    pub seq: Seq,
    pub on: Day,
    pub what: What,
    pub quantity: i64,
    pub amount: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// 购入, from that payment.
    Stored { from: Seq },
    /// 接受捐赠、调入
    Received,
    /// 领用
    Issued,
    /// 盘盈, 盘亏
    Counted,
    /// 冲销
    TakenBack { of: Seq },
}

/// What is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct InStock {
    pub quantity: i64,
    pub amount: Money,
}

impl InStock {
    #[must_use]
    pub fn plus(self, quantity: i64, amount: Money) -> InStock {
        InStock {
            quantity: self.quantity.saturating_add(quantity),
            amount: self.amount.plus(amount),
        }
    }

    /// 加权平均法 What so many of it cost; the last ones take what is left.
    #[must_use]
    pub fn cost_of(self, quantity: u32) -> Money {
        match u32::try_from(self.quantity) {
            Ok(held) if quantity < held => self.amount.parts_of(quantity, held),
            Ok(_) | Err(_) => self.amount,
        }
    }
}

impl Stock {
    pub fn moves(&self) -> impl Iterator<Item = &StockMove> {
        self.moves.iter()
    }

    /// At the end of that month; of all months without one.
    #[must_use]
    pub fn through(&self, last: Option<Month>) -> InStock {
        let counted = self.moves.iter().filter(|m| last.is_none_or(|last| m.on.month() <= last));
        counted.fold(InStock::default(), |sum, m| sum.plus(m.quantity, m.amount))
    }

    /// The last day on which anything moved.
    #[must_use]
    pub fn last_moved(&self) -> Option<Day> {
        self.moves.iter().map(|m| m.on).max()
    }
}

impl Item {
    pub fn stocks(&self) -> impl Iterator<Item = (&FundId, &Stock)> {
        self.stock.iter()
    }

    #[must_use]
    pub fn stock(&self, fund: &FundId) -> Option<&Stock> {
        self.stock.get(fund)
    }

    #[must_use]
    pub fn in_stock(&self, fund: &FundId) -> InStock {
        self.stock.get(fund).map(|stock| stock.through(None)).unwrap_or_default()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Supplies {
    items: BTreeMap<ItemId, Item>,
}

impl Supplies {
    pub(super) fn card(&mut self, seq: Seq, card: &ItemCard) {
        let item = Item { seq, card: card.clone(), stock: BTreeMap::new() };
        self.items.insert(card.item.clone(), item);
    }

    pub(super) fn shift(&mut self, item: &ItemId, fund: &FundId, moved: StockMove) {
        if let Some(found) = self.items.get_mut(item) {
            found.stock.entry(fund.clone()).or_default().moves.push(moved);
        }
    }

    pub(super) fn store(&mut self, seq: Seq, f: &Stored) {
        let what = What::Stored { from: f.from };
        let (on, quantity, amount) = (f.date, i64::from(f.quantity), f.amount);
        self.shift(&f.item, &f.fund, StockMove { seq, on, what, quantity, amount });
    }

    pub(super) fn receive(&mut self, seq: Seq, f: &SuppliesReceived) {
        let (on, quantity, amount) = (f.date, i64::from(f.quantity), f.amount);
        let moved = StockMove { seq, on, what: What::Received, quantity, amount };
        self.shift(&f.item, &f.fund, moved);
    }

    pub(super) fn issue(&mut self, seq: Seq, f: &SuppliesIssued) {
        let quantity = i64::from(f.quantity).saturating_neg();
        let (on, amount) = (f.date, f.amount.negated());
        self.shift(&f.item, &f.fund, StockMove { seq, on, what: What::Issued, quantity, amount });
    }

    /// What a record moved, or what was stored of a payment, is taken back on the day of its
    /// reversal: until then the accounts had it too.
    pub(super) fn take_back(&mut self, of: Seq, on: Day) {
        for stock in self.items.values_mut().flat_map(|item| item.stock.values_mut()) {
            let back: Vec<StockMove> = stock
                .moves
                .iter()
                .filter(|moved| is_of(moved, of))
                .map(|moved| StockMove {
                    seq: moved.seq,
                    on,
                    what: What::TakenBack { of },
                    quantity: moved.quantity.saturating_neg(),
                    amount: moved.amount.negated(),
                })
                .collect();
            stock.moves.extend(back);
        }
    }

    #[must_use]
    pub fn item(&self, id: &ItemId) -> Option<&Item> {
        self.items.get(id)
    }

    pub fn items(&self) -> impl Iterator<Item = (&ItemId, &Item)> {
        self.items.iter()
    }

    /// What was put into stock of that payment.
    #[must_use]
    pub fn stored_from(&self, payment: Seq, fund: &FundId) -> Money {
        let stocks = self.items.values().filter_map(|item| item.stock.get(fund));
        let of = stocks.flat_map(Stock::moves).filter(|m| m.what == What::Stored { from: payment });
        Money::sum(of.map(|moved| moved.amount))
    }

    /// The items that would be left with less than nothing, or with a worth that nothing stands
    /// for, if what that record moved were taken back.
    #[must_use]
    pub fn short_without(&self, of: Seq) -> Option<(&ItemId, InStock, i64)> {
        self.items.iter().find_map(|(id, item)| {
            item.stock.values().find_map(|stock| {
                let own = stock.moves().filter(|moved| is_of(moved, of));
                let own = own.fold(InStock::default(), |sum, m| sum.plus(m.quantity, m.amount));
                let held = stock.through(None);
                let left = held.plus(own.quantity.saturating_neg(), own.amount.negated());
                let nothing_left = left.quantity == 0 && !left.amount.is_zero();
                let short = left.quantity < 0 || left.amount.is_negative() || nothing_left;
                (short && own != InStock::default()).then_some((id, held, own.quantity))
            })
        })
    }
}

/// Whether a record, or the payment that it was bought by, moved this.
fn is_of(moved: &StockMove, of: Seq) -> bool {
    match moved.what {
        What::Stored { from } => from == of,
        What::Received | What::Issued | What::Counted => moved.seq == of,
        What::TakenBack { .. } => false,
    }
}
