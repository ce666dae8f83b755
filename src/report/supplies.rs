//! 库存物品收发存表 What was in stock, came in, went out and is there, in quantity and money, by item and
//! fund, with its keeper.

use schemars::JsonSchema;
use serde::Serialize;

use super::assets::{LastStocktake, last_stocktake};
use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::event::asset::Keeper;
use crate::ids::{FundId, ItemId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::supplies::{Stock, StockMove, What};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct StockBook {
    pub heading: Heading,
    pub lines: Vec<Line>,
    /// In money alone: items are counted each in its own unit.
    pub total: Total,
    /// 最近一次盘点
    pub last_stocktake: Option<LastStocktake>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub item: ItemId,
    pub name: String,
    /// 计量单位
    pub unit: String,
    pub fund: FundId,
    pub keeper: Keeper,
    pub opening: Held,
    /// 收入
    pub received: Held,
    /// 发出
    pub issued: Held,
    pub closing: Held,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Held {
    pub quantity: i64,
    pub amount: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Total {
    pub opening: Money,
    pub received: Money,
    pub issued: Money,
    pub closing: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> StockBook {
    let books = Books { state, chart };
    let mut lines = Vec::new();
    let mut total = Total::default();
    for (id, item) in state.supplies.items() {
        for (fund, stock) in item.stocks() {
            let [opening, received, issued, closing] = counted(stock, period);
            total = Total {
                opening: total.opening.plus(opening.amount),
                received: total.received.plus(received.amount),
                issued: total.issued.plus(issued.amount),
                closing: total.closing.plus(closing.amount),
            };
            lines.push(Line {
                item: id.clone(),
                name: item.card.name.as_str().to_owned(),
                unit: item.card.unit.as_str().to_owned(),
                fund: fund.clone(),
                keeper: item.card.keeper.clone(),
                opening,
                received,
                issued,
                closing,
            });
        }
    }
    let title = Words::new("库存物品收发存表", "Supplies received, issued and in stock");
    StockBook {
        heading: books.heading(title, "", period),
        lines,
        total,
        last_stocktake: last_stocktake(state, |taken| !taken.items.is_empty()),
    }
}

fn counted(stock: &Stock, period: Period) -> [Held; 4] {
    let (mut opening, mut received, mut issued) =
        (Held::default(), Held::default(), Held::default());
    for moved in stock.moves().filter(|moved| period.reaches(moved.on.month())) {
        if period.first().is_some_and(|first| moved.on.month() < first) {
            opening = opening.plus(moved.quantity, moved.amount);
        } else if comes_in(moved) {
            received = received.plus(moved.quantity, moved.amount);
        } else {
            issued = issued.plus(moved.quantity.saturating_neg(), moved.amount.negated());
        }
    }
    let closing = opening.plus(received.quantity, received.amount);
    let closing = closing.plus(issued.quantity.saturating_neg(), issued.amount.negated());
    [opening, received, issued, closing]
}

/// What is taken back counts, with its sign, on the side where it was.
fn comes_in(moved: &StockMove) -> bool {
    match moved.what {
        What::TakenBack { .. } => moved.quantity < 0,
        What::Stored { .. } | What::Received | What::Issued | What::Counted => moved.quantity > 0,
    }
}

impl Held {
    fn plus(self, quantity: i64, amount: Money) -> Held {
        Held { quantity: self.quantity.saturating_add(quantity), amount: self.amount.plus(amount) }
    }
}
