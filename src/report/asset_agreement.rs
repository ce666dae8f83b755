//! 账账、账卡、账实相符 Whether the accounts of what is owned agree with each other, with the cards, and
//! with what was counted; where they do not, the line is named. It is of all that is recorded.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::Ledger;
use super::assets::{LastStocktake, last_stocktake};
use super::books::Books;
use super::{AccountName, Heading, Period, Words};
use crate::chart::Use;
use crate::date::Day;
use crate::event::disbursement::Acquisition;
use crate::event::stocktake::Difference;
use crate::event::{Fact, Recorded, VoucherNumber};
use crate::ids::{AccountCode, AssetId, FundId, Seq, StocktakeId};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AssetAgreement {
    pub heading: Heading,
    /// 账账: what is owned, and its part of 资产基金, fund by fund.
    pub accounts: Vec<AccountLine>,
    /// 账卡: the accounts, and the cards.
    pub cards: Vec<CardLine>,
    /// Records that brought in more, or less, than has cards.
    pub uncarded: Vec<UncardedLine>,
    /// 账实: lines of the last stocktake of each kind that differ.
    pub counts: Vec<CountLine>,
    /// 未盘点 In use and not in the last stocktake.
    pub uncounted: Vec<AssetId>,
    /// 未盘点 In stock and not in the last stocktake, the item and its fund.
    pub uncounted_supplies: Vec<String>,
    /// 待处理: on 182, and not approved.
    pub pending: Vec<PendingLine>,
    pub last_of_assets: Option<LastStocktake>,
    pub last_of_supplies: Option<LastStocktake>,
    /// 账账相符
    pub accounts_agree: bool,
    /// 账卡相符
    pub cards_agree: bool,
    /// 账实 of assets
    pub assets: Counts,
    /// 账实 of supplies
    pub supplies: Counts,
    /// Whether the accounts agree with each other and with the cards, and everything was counted and
    /// is there.
    pub agrees: bool,
}

/// 账实 Whether what the books have is there. What nobody has counted agrees with nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Counts {
    /// 无实物 Nothing is owned that could be counted, and nothing ever was.
    Nothing,
    /// 未盘点 Something is owned that the last stocktake does not have, or there was none.
    NotCounted,
    /// 不符
    Differ,
    /// 相符
    Agree,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AccountLine {
    pub fund: FundId,
    pub what: Words,
    /// 资产净额
    pub assets: Money,
    /// 待处理 Off its account, and its part of 资产基金 not reduced yet; a surplus is negative.
    pub pending: Money,
    /// 资产基金
    pub asset_fund: Money,
    /// assets + pending - `asset_fund`
    pub difference: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CardLine {
    pub fund: FundId,
    pub account: AccountName,
    pub ledger: Money,
    pub cards: Money,
    pub difference: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UncardedLine {
    pub seq: Seq,
    pub voucher: VoucherNumber,
    pub date: Day,
    pub fund: FundId,
    pub what: Words,
    pub acquired: Money,
    pub carded: Money,
    pub difference: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CountLine {
    pub stocktake: StocktakeId,
    pub date: Day,
    /// The asset, or the item and its fund.
    pub what: String,
    pub book: i64,
    pub found: i64,
    pub difference: i64,
    /// The record that put it on 182.
    pub recorded: Option<Seq>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PendingLine {
    pub seq: Seq,
    pub on: Day,
    pub fund: FundId,
    pub what: Words,
    pub short: bool,
    pub amount: Money,
}

/// What stands against one part of 资产基金: its account, what is worn off it, and that part.
struct Part {
    class: Option<Acquisition>,
    what: Words,
    asset: Use,
    worn: Option<Use>,
    of_assets: Use,
}

fn parts() -> [Part; 6] {
    let part = |class: Acquisition, asset, worn, of_assets| Part {
        class: Some(class),
        what: said(class),
        asset,
        worn,
        of_assets,
    };
    let investments = Part {
        class: None,
        what: Words::new("投资", "investments"),
        asset: Use::Investments,
        worn: None,
        of_assets: Use::InvestmentsFund,
    };
    let (worn, amortised) = (Some(Use::Depreciation), Some(Use::Amortisation));
    [
        part(Acquisition::Supplies, Use::Supplies, None, Use::SuppliesFund),
        investments,
        part(Acquisition::Construction, Use::Construction, None, Use::ConstructionFund),
        part(Acquisition::FixedAsset, Use::FixedAssets, worn, Use::FixedAssetsFund),
        part(Acquisition::IntangibleAsset, Use::IntangibleAssets, amortised, Use::IntangiblesFund),
        part(Acquisition::Prepaid, Use::Prepaid, None, Use::PrepaidFund),
    ]
}

fn said(class: Acquisition) -> Words {
    Words::new(class.title(Lang::Zh), class.title(Lang::En))
}

#[must_use]
pub fn report(ledger: Ledger<'_>) -> AssetAgreement {
    let Ledger { state, chart, .. } = ledger;
    let books = Books { state, chart };
    let mut accounts = Vec::new();
    let mut cards = Vec::new();
    for fund in state.funds.funds().map(|fund| &fund.fund) {
        for part in parts() {
            accounts.extend(account_line(books, fund, &part));
            cards.extend(card_lines(books, fund, &part));
        }
    }
    let uncarded = uncarded(ledger);
    let last_of_assets = last_stocktake(state, |taken| !taken.assets.is_empty());
    let last_of_supplies = last_stocktake(state, |taken| !taken.items.is_empty());
    let counts: Vec<CountLine> = [&last_of_assets, &last_of_supplies]
        .into_iter()
        .flatten()
        .flat_map(|last| count_lines(state, &last.stocktake))
        .collect();
    let accounts_agree = accounts.iter().all(|line| line.difference.is_zero());
    let cards_agree = cards.iter().all(|line| line.difference.is_zero()) && uncarded.is_empty();
    let uncounted = uncounted(state, last_of_assets.as_ref());
    let uncounted_supplies = uncounted_supplies(state, last_of_supplies.as_ref());
    let assets = Counts::of(last_of_assets.as_ref(), &counts, uncounted.is_empty());
    let supplies = Counts::of(last_of_supplies.as_ref(), &counts, uncounted_supplies.is_empty());
    let in_order = |counts: Counts| matches!(counts, Counts::Nothing | Counts::Agree);
    let agrees = accounts_agree && cards_agree && in_order(assets) && in_order(supplies);
    let title = Words::new("账账、账卡、账实核对表", "Agreement of accounts, cards and counts");
    AssetAgreement {
        heading: books.heading(title, "", Period::All),
        accounts,
        cards,
        uncarded,
        counts,
        uncounted,
        uncounted_supplies,
        pending: pending(state),
        last_of_assets,
        last_of_supplies,
        accounts_agree,
        cards_agree,
        assets,
        supplies,
        agrees,
    }
}

impl Counts {
    fn of(last: Option<&LastStocktake>, counts: &[CountLine], all_counted: bool) -> Counts {
        let of_last = |line: &&CountLine| last.is_some_and(|l| l.stocktake == line.stocktake);
        if counts.iter().filter(of_last).any(|line| line.recorded.is_none()) {
            return Counts::Differ;
        }
        match (last, all_counted) {
            (_, false) => Counts::NotCounted,
            (None, true) => Counts::Nothing,
            (Some(_), true) => Counts::Agree,
        }
    }
}

/// Debit less credit of the account for a use.
fn balance(books: Books<'_>, fund: &FundId, of: Use) -> Money {
    let code = books.chart.at(of);
    code.map_or(Money::ZERO, |code| books.state.accounts.balance(fund, code))
}

fn account_line(books: Books<'_>, fund: &FundId, part: &Part) -> Option<AccountLine> {
    let worn = part.worn.map_or(Money::ZERO, |worn| balance(books, fund, worn));
    let assets = balance(books, fund, part.asset).plus(worn);
    let asset_fund = balance(books, fund, part.of_assets).negated();
    let waiting = books.state.stocktakes.open().map(|(_, pending)| pending);
    let of_part = waiting.filter(|p| p.fund == *fund && Some(p.class) == part.class);
    let signed = of_part.map(|p| if p.short { p.amount } else { p.amount.negated() });
    let pending = Money::sum(signed);
    let difference = assets.plus(pending).minus(asset_fund);
    let nothing = assets.is_zero() && pending.is_zero() && asset_fund.is_zero();
    (!nothing).then(|| AccountLine {
        fund: fund.clone(),
        what: part.what.clone(),
        assets,
        pending,
        asset_fund,
        difference,
    })
}

fn card_lines(books: Books<'_>, fund: &FundId, part: &Part) -> Vec<CardLine> {
    let state = books.state;
    let owned = || {
        let of = state.assets.assets().filter(|(_, asset)| asset.card.fund == *fund);
        of.filter(|(_, asset)| Some(asset.card.category.class()) == part.class)
    };
    let cost = Money::sum(owned().map(|(_, asset)| asset.cost_through(None)));
    let worn = Money::sum(owned().map(|(_, asset)| asset.worn_through(None)));
    let stocked = || {
        let stocks = state.supplies.items().map(|(_, item)| item.in_stock(fund).amount);
        Money::sum(stocks)
    };
    let on_cards = match part.class {
        None => state.investments.held(fund, None),
        Some(Acquisition::Supplies) => stocked(),
        // It has no cards: it is what was paid for it, until it is finished.
        Some(Acquisition::Construction) => return Vec::new(),
        Some(Acquisition::FixedAsset | Acquisition::IntangibleAsset) => cost,
        Some(Acquisition::Prepaid) => cost.minus(worn),
    };
    let mut lines: Vec<CardLine> =
        card_line(books, fund, part.asset, on_cards).into_iter().collect();
    if let Some(of) = part.worn {
        lines.extend(card_line(books, fund, of, worn.negated()));
    }
    lines
}

fn card_line(books: Books<'_>, fund: &FundId, of: Use, cards: Money) -> Option<CardLine> {
    let code: &AccountCode = books.chart.at(of)?;
    let ledger = books.state.accounts.balance(fund, code);
    let nothing = ledger.is_zero() && cards.is_zero();
    (!nothing).then(|| CardLine {
        fund: fund.clone(),
        account: books.name(code),
        ledger,
        cards,
        difference: ledger.minus(cards),
    })
}

/// Record by record, what it brought in and what of it has cards.
fn uncarded(ledger: Ledger<'_>) -> Vec<UncardedLine> {
    let mut lines = Vec::new();
    ledger.records.each(&mut |record| {
        if ledger.state.periods.reversal_of(record.seq).is_none() {
            lines.extend(uncarded_of(ledger, record));
        }
    });
    lines
}

fn uncarded_of(ledger: Ledger<'_>, record: &Recorded) -> Vec<UncardedLine> {
    let Ledger { state, chart, .. } = ledger;
    let Some(voucher) = &record.voucher else { return Vec::new() };
    if has_its_own_stock(&record.fact) {
        return Vec::new();
    }
    let mut came: BTreeMap<(&FundId, Acquisition), Money> = BTreeMap::new();
    for entry in &voucher.entries {
        for part in parts() {
            let Some(class) = part.class.filter(|class| *class != Acquisition::Construction) else {
                continue;
            };
            if chart.is_for(&entry.account, part.asset) {
                let sum = came.entry((&entry.fund, class)).or_default();
                *sum = sum.plus(entry.side.balance());
            }
        }
    }
    let line = |((fund, class), acquired): ((&FundId, Acquisition), Money)| {
        let carded = match class {
            Acquisition::Supplies => state.supplies.stored_from(record.seq, fund),
            Acquisition::FixedAsset
            | Acquisition::IntangibleAsset
            | Acquisition::Prepaid
            | Acquisition::Construction => state.assets.carded(record.seq, fund, class),
        };
        UncardedLine {
            seq: record.seq,
            voucher: voucher.number,
            date: voucher.date,
            fund: fund.clone(),
            what: said(class),
            acquired,
            carded,
            difference: acquired.minus(carded),
        }
    };
    let differs = |line: &UncardedLine| line.acquired.is_positive() && !line.difference.is_zero();
    came.into_iter().map(line).filter(differs).collect()
}

/// Records that say an item and its quantity themselves, and red ones.
fn has_its_own_stock(fact: &Fact) -> bool {
    if let Fact::StocktakeDifferenceRecorded(f) = fact {
        return !matches!(f.difference, Difference::AssetFound { .. });
    }
    matches!(fact, Fact::SuppliesReceived(_) | Fact::SuppliesIssued(_) | Fact::EntryReversed(_))
}

fn count_lines(state: &State, id: &StocktakeId) -> Vec<CountLine> {
    let Some(taken) = state.stocktakes.stocktake(id) else { return Vec::new() };
    let absent = taken.assets.iter().filter(|(_, present)| !**present);
    let assets = absent.map(|(asset, _)| CountLine {
        stocktake: id.clone(),
        date: taken.date,
        what: asset.to_string(),
        book: 1,
        found: 0,
        difference: -1,
        recorded: taken.asset_recorded(asset),
    });
    let items = taken.items.iter().flat_map(|(item, funds)| {
        funds.iter().filter(|(_, of)| of.difference() != 0).map(move |(fund, of)| CountLine {
            stocktake: id.clone(),
            date: taken.date,
            what: format!("{item}/{fund}"),
            book: of.book,
            found: i64::from(of.found),
            difference: of.difference(),
            recorded: taken.item_recorded(item, fund).or_else(|| {
                // What another stocktake found as well is taken into the books by its record.
                let left = state.stocktakes.left(id, item, fund);
                left.filter(|left| left.quantity == 0).and_then(|left| left.elsewhere)
            }),
        })
    });
    assets.chain(items).collect()
}

fn uncounted(state: &State, last: Option<&LastStocktake>) -> Vec<AssetId> {
    let taken = last.and_then(|last| state.stocktakes.stocktake(&last.stocktake));
    let of = state.assets.assets().filter(|(id, asset)| {
        asset.is_in_use() && !taken.is_some_and(|taken| taken.assets.contains_key(*id))
    });
    of.map(|(id, _)| id.clone()).collect()
}

fn uncounted_supplies(state: &State, last: Option<&LastStocktake>) -> Vec<String> {
    let taken = last.and_then(|last| state.stocktakes.stocktake(&last.stocktake));
    let mut found = Vec::new();
    for (id, item) in state.supplies.items() {
        for fund in item.stocks().map(|(fund, _)| fund) {
            let funds = taken.and_then(|taken| taken.items.get(id));
            let counted = funds.is_some_and(|funds| funds.contains_key(fund));
            if !counted && item.in_stock(fund).quantity != 0 {
                found.push(format!("{id}/{fund}"));
            }
        }
    }
    found
}

fn pending(state: &State) -> Vec<PendingLine> {
    let line = |(seq, found): (Seq, &crate::projection::stocktakes::Pending)| PendingLine {
        seq,
        on: found.on,
        fund: found.fund.clone(),
        what: said(found.class),
        short: found.short,
        amount: found.amount,
    };
    state.stocktakes.open().map(line).collect()
}
