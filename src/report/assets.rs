//! 固定资产台账 Every asset by its card: who keeps it and where, what it cost, what is worn off; and by
//! category what came and went.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{Ledger, Records};
use super::books::Books;
use super::{Heading, Period, Words};
use crate::date::{Day, Month};
use crate::event::Fact;
use crate::event::asset::{Category, Keeper};
use crate::ids::{AssetId, FundId, Seq, StocktakeId};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::projection::assets::{Asset, HowGone, Standing};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AssetRegister {
    pub heading: Heading,
    /// By the id of the card; what went before the period is left out.
    pub lines: Vec<Line>,
    /// 资产年报 by category, and all of them.
    pub categories: Vec<CategoryLine>,
    pub total: Movement,
    /// 已计提折旧至
    pub depreciated_through: Option<Month>,
    /// 最近一次盘点
    pub last_stocktake: Option<LastStocktake>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct LastStocktake {
    pub stocktake: StocktakeId,
    pub date: Day,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub asset: AssetId,
    pub name: String,
    pub category: Words,
    pub fund: FundId,
    pub units: u32,
    pub keeper: Keeper,
    pub place: String,
    pub in_use_from: Day,
    pub life_months: Option<u32>,
    /// 剩余月数
    pub months_left: Option<u32>,
    /// 名义金额
    pub nominal: bool,
    /// 原值
    pub cost: Money,
    /// 累计折旧
    pub accumulated: Money,
    /// 净值
    pub net: Money,
    /// 减少: how and when it went, if it did.
    pub gone: Option<Gone>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Gone {
    pub on: Day,
    pub how: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CategoryLine {
    pub category: Words,
    #[serde(flatten)]
    pub movement: Movement,
}

/// opening + increase - decrease = closing, at cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Movement {
    pub opening: Money,
    pub increase: Money,
    pub decrease: Money,
    pub closing: Money,
    pub accumulated: Money,
    pub net: Money,
}

#[must_use]
pub fn report(ledger: Ledger<'_>, period: Period) -> AssetRegister {
    let Ledger { state, chart, records } = ledger;
    let books = Books { state, chart };
    let openings = openings(records);
    let last = period.last();
    let mut categories: BTreeMap<Category, Movement> = BTreeMap::new();
    let mut total = Movement::default();
    let mut lines = Vec::new();
    for (id, asset) in state.assets.assets() {
        let brought_in = openings.contains(&asset.card.from);
        let movement = Movement::of(state, asset, period, brought_in);
        total = total.plus(movement);
        let sum = categories.entry(asset.card.category).or_default();
        *sum = sum.plus(movement);
        if movement != Movement::default() {
            lines.push(line(id, asset, last.or(state.periods.last_month())));
        }
    }
    let category = |(category, movement): (Category, Movement)| CategoryLine {
        category: said(category),
        movement,
    };
    AssetRegister {
        heading: books.heading(Words::new("固定资产台账", "Register of assets"), "", period),
        lines,
        categories: categories.into_iter().map(category).collect(),
        total,
        depreciated_through: state.assets.depreciated_through(),
        last_stocktake: last_stocktake(state, |taken| !taken.assets.is_empty()),
    }
}

/// The last stocktake of this kind, by its day.
pub(super) fn last_stocktake(
    state: &State,
    of_kind: impl Fn(&crate::projection::stocktakes::Taken) -> bool,
) -> Option<LastStocktake> {
    let all = state.stocktakes.stocktakes().filter(|(_, taken)| of_kind(taken));
    let last = all.max_by_key(|(_, taken)| (taken.date, taken.seq));
    last.map(|(id, taken)| LastStocktake { stocktake: id.clone(), date: taken.date })
}

/// Records of opening balances: what they bring in was there before the book began.
fn openings(records: &dyn Records) -> BTreeSet<Seq> {
    let mut found = BTreeSet::new();
    records.each(&mut |record| {
        if matches!(record.fact, Fact::OpeningRecorded(_)) {
            found.insert(record.seq);
        }
    });
    found
}

fn said(category: Category) -> Words {
    Words::new(category.title(Lang::Zh), category.title(Lang::En))
}

fn line(id: &AssetId, asset: &Asset, last: Option<Month>) -> Line {
    let card = &asset.card;
    let (cost, accumulated) = (asset.cost_through(last), asset.worn_through(last));
    let gone = match &asset.standing {
        Standing::Gone { on, how, .. } => Some((*on, gone(*how))),
        Standing::Void { on } => Some((*on, Words::new("冲销", "reversed"))),
        Standing::InUse => None,
    };
    let gone = gone.filter(|(on, _)| last.is_none_or(|last| on.month() <= last));
    Line {
        asset: id.clone(),
        name: card.name.as_str().to_owned(),
        category: said(card.category),
        fund: card.fund.clone(),
        units: card.units,
        keeper: asset.keeper.clone(),
        place: asset.place.as_str().to_owned(),
        in_use_from: card.in_use_from,
        life_months: card.life_months,
        months_left: last.filter(|_| gone.is_none()).and_then(|last| asset.months_left(last)),
        nominal: card.nominal,
        cost,
        accumulated,
        net: cost.minus(accumulated),
        gone: gone.map(|(on, how)| Gone { on, how }),
    }
}

fn gone(how: HowGone) -> Words {
    match how {
        HowGone::Disposed(how) => Words::new(how.title(Lang::Zh), how.title(Lang::En)),
        HowGone::Short => Words::new("盘亏", "missing at the stocktake"),
    }
}

impl Movement {
    fn of(state: &State, asset: &Asset, period: Period, brought_in: bool) -> Movement {
        let mut of = Movement::default();
        let starts = state.offices.ledger().map(|ledger| ledger.starts.month());
        let begins = starts.is_none_or(|starts| period.contains(starts));
        for (month, amount) in asset.cost_moves().filter(|(month, _)| period.reaches(*month)) {
            let before = period.first().is_some_and(|first| month < first);
            let opening = brought_in && begins && month == asset.card.acquired.month();
            if before || opening {
                of.opening = of.opening.plus(amount);
            } else if amount.is_negative() {
                of.decrease = of.decrease.minus(amount);
            } else {
                of.increase = of.increase.plus(amount);
            }
        }
        of.closing = of.opening.plus(of.increase).minus(of.decrease);
        of.accumulated = asset.worn_through(period.last());
        of.net = of.closing.minus(of.accumulated);
        of
    }

    fn plus(self, other: Movement) -> Movement {
        Movement {
            opening: self.opening.plus(other.opening),
            increase: self.increase.plus(other.increase),
            decrease: self.decrease.plus(other.decrease),
            closing: self.closing.plus(other.closing),
            accumulated: self.accumulated.plus(other.accumulated),
            net: self.net.plus(other.net),
        }
    }
}
