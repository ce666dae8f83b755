//! Assets: a card for each, never for more than was paid; worn off by the official lives; gone only
//! when what is due is recorded.

use std::collections::BTreeMap;

use super::office::in_office;
use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::{Day, Month};
use crate::event::Fact;
use crate::event::asset::{
    AssetReceived, Card, CardAsset, Category, Depreciated, DepreciatedLine, DisposeAsset, Disposed,
    HowDisposed, HowReceived, Keeper, Kind, Life, Lives, Moved, RecordDepreciation, Sale,
};
use crate::event::book::{Rule, RuleKind};
use crate::event::disbursement::Acquisition;
use crate::ids::{AssetId, FundId, Seq};
use crate::money::Money;
use crate::projection::assets::{Asset, Standing};

/// A longer list becomes several records of one command, so that each stays under 4,096 bytes.
pub(super) const LINES_MAX: usize = 30;

/// A day and an amount on which an acquisition came onto the accounts.
pub(super) struct Came {
    pub(super) on: Day,
    pub(super) amount: Money,
}

/// What a record brought onto the account of a class, for one fund.
pub(super) fn came(
    context: &Context<'_>,
    from: Seq,
    fund: &FundId,
    class: Acquisition,
) -> Result<Came, Refusal> {
    let nothing = Refusal::NotAnAcquisition { from, what: class, fund: fund.clone() };
    let Some(voucher) = (context.look_up)(from).and_then(|found| found.voucher) else {
        return Err(nothing);
    };
    if let Some(found) = context.state.periods.reversal_of(from) {
        return Err(Refusal::ReversedAlready { seq: from, by: found.by });
    }
    let account = match class {
        Acquisition::Supplies => Use::Supplies,
        Acquisition::Construction => Use::Construction,
        Acquisition::FixedAsset => Use::FixedAssets,
        Acquisition::IntangibleAsset => Use::IntangibleAssets,
        Acquisition::Prepaid => Use::Prepaid,
    };
    let of = voucher
        .entries
        .iter()
        .filter(|entry| entry.fund == *fund && context.chart.is_for(&entry.account, account));
    let amount = Money::sum(of.map(|entry| entry.side.balance()));
    if amount.is_positive() { Ok(Came { on: voucher.date, amount }) } else { Err(nothing) }
}

pub(super) fn card(context: &Context<'_>, new: &CardAsset) -> Result<Vec<Fact>, Refusal> {
    if context.state.assets.asset(&new.asset).is_some() {
        return Err(Refusal::AssetExists { asset: new.asset.clone() });
    }
    if new.units == 0 {
        return Err(Refusal::NoneCounted { quantity: new.units });
    }
    if !new.cost.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: new.cost });
    }
    known_keeper(context, &new.keeper)?;
    let class = new.category.class();
    let came = came(context, new.from, &new.fund, class)?;
    let carded = context.state.assets.carded(new.from, &new.fund, class);
    if carded.plus(new.cost) > came.amount {
        let (from, acquired, asked) = (new.from, came.amount, new.cost);
        return Err(Refusal::CardsAboveCost { from, acquired, carded, asked });
    }
    if new.nominal && new.cost != Money::from_fen(100) {
        return Err(Refusal::NominalNotOne { cost: new.cost });
    }
    check_in_use(context, new, came.on)?;
    check_threshold(context, new)?;
    check_life(context, new, came.on)?;
    check_worn(context, new)?;
    Ok(vec![Fact::AssetCarded(Card {
        asset: new.asset.clone(),
        name: new.name.clone(),
        category: new.category,
        from: new.from,
        acquired: came.on,
        fund: new.fund.clone(),
        cost: new.cost,
        units: new.units,
        in_use_from: new.in_use_from,
        life_months: new.life_months,
        keeper: new.keeper.clone(),
        place: new.place.clone(),
        nominal: new.nominal,
        batch: new.batch,
        worn: new.worn,
    })])
}

/// In use since the month of its acquisition at the earliest, and since this month at the latest: what
/// is said to be in use later is worn off later, or never. What an old book handed over was in use
/// before this one had it.
fn check_in_use(context: &Context<'_>, new: &CardAsset, acquired: Day) -> Result<(), Refusal> {
    let (in_use_from, today) = (new.in_use_from, context.today);
    let record = (context.look_up)(new.from).map(|found| found.fact);
    let brought = matches!(record, Some(Fact::OpeningRecorded(_)));
    let early = in_use_from.month() < acquired.month() && !brought;
    if early || in_use_from.month() > today.month() {
        let asset = new.asset.clone();
        return Err(Refusal::InUseWhen { asset, in_use_from, acquired, today });
    }
    Ok(())
}

/// 单位价值标准: one piece below it is no fixed asset, unless it is one of a large batch of like things.
fn check_threshold(context: &Context<'_>, new: &CardAsset) -> Result<(), Refusal> {
    if new.nominal || new.batch {
        return Ok(());
    }
    let rule = context.state.offices.rule(RuleKind::AssetThresholds, new.in_use_from);
    let Some(Rule::AssetThresholds { general, special }) = rule.map(|set| &set.rule) else {
        return Ok(());
    };
    // The text has a standard for equipment alone.
    let least = match new.category.kind() {
        Kind::General => *general,
        Kind::Special => *special,
        Kind::Building | Kind::Furnishing | Kind::Unworn | Kind::Intangible | Kind::Deferred => {
            return Ok(());
        }
    };
    if new.cost >= least.times(new.units) {
        return Ok(());
    }
    let (category, cost, units) = (new.category, new.cost, new.units);
    Err(Refusal::BelowThreshold { category, cost, units, least })
}

fn check_life(context: &Context<'_>, new: &CardAsset, acquired: Day) -> Result<(), Refusal> {
    let category = new.category;
    let worn_off = match category.kind() {
        Kind::Unworn => false,
        // 使用年限不确定的 is not amortised (Art. 40).
        Kind::Intangible => new.life_months.is_some(),
        Kind::Building | Kind::General | Kind::Special | Kind::Furnishing | Kind::Deferred => true,
    };
    let months = match (new.life_months, worn_off && !new.nominal) {
        (None, false) => return Ok(()),
        (None | Some(0), true) => return Err(Refusal::LifeMissing { category }),
        (Some(_), false) => return Err(Refusal::LifeNotAsked { category }),
        (Some(months), true) => months,
    };
    let rule = context.state.offices.rule(RuleKind::AssetLives, acquired.max(new.in_use_from));
    let Some(Rule::AssetLives { lives }) = rule.map(|set| &set.rule) else { return Ok(()) };
    let Some(Life { at_least, at_most }) = lives.get(&category).copied() else { return Ok(()) };
    if months < at_least {
        return Err(Refusal::LifeTooShort { category, months, least: at_least });
    }
    match at_most {
        Some(most) if months > most => Err(Refusal::LifeTooLong { category, months, most }),
        Some(_) | None => Ok(()),
    }
}

/// Only what the opening balances brought in was worn off before, and not more than all of it.
fn check_worn(context: &Context<'_>, new: &CardAsset) -> Result<(), Refusal> {
    let Some(worn) = new.worn else { return Ok(()) };
    let from = new.from;
    let opening = (context.look_up)(from).map(|found| found.fact);
    if !matches!(opening, Some(Fact::OpeningRecorded(_))) {
        return Err(Refusal::WornNotOpening { from });
    }
    let life = new.life_months.unwrap_or_default();
    if worn.amount.is_negative() || worn.amount > new.cost || worn.months > life {
        let (amount, cost, months) = (worn.amount, new.cost, worn.months);
        return Err(Refusal::WornTooMuch { amount, cost, months, life });
    }
    Ok(())
}

pub(super) fn known_keeper(context: &Context<'_>, keeper: &Keeper) -> Result<(), Refusal> {
    match keeper {
        Keeper::Officer(officer) => in_office(context, officer, context.today).map(|_| ()),
        Keeper::Member(member) => super::member::known_member(context, member).map(|_| ()),
    }
}

pub(super) fn hand_over(context: &Context<'_>, moved: &Moved) -> Result<Vec<Fact>, Refusal> {
    in_use(context, &moved.asset)?;
    known_keeper(context, &moved.keeper)?;
    Ok(vec![Fact::AssetMoved(moved.clone())])
}

pub(super) fn in_use<'a>(context: &Context<'a>, id: &AssetId) -> Result<&'a Asset, Refusal> {
    let asset = id.clone();
    let Some(found) = context.state.assets.asset(id) else {
        return Err(Refusal::AssetUnknown { asset });
    };
    match &found.standing {
        Standing::InUse => Ok(found),
        Standing::Gone { on, .. } | Standing::Void { on } => {
            Err(Refusal::AssetGone { asset, on: *on })
        }
    }
}

pub(super) fn receive(context: &Context<'_>, new: &AssetReceived) -> Result<Vec<Fact>, Refusal> {
    match new.how {
        HowReceived::Donated | HowReceived::TransferredIn => {}
        HowReceived::Built => construction_holds(context, &new.fund, new.amount)?,
    }
    Ok(vec![Fact::AssetReceived(new.clone())])
}

/// 在建工程 has to have what is finished.
fn construction_holds(context: &Context<'_>, fund: &FundId, asked: Money) -> Result<(), Refusal> {
    let account = context.chart.at(Use::Construction);
    let held = account.map_or(Money::ZERO, |code| context.state.accounts.balance(fund, code));
    if asked > held { Err(Refusal::ConstructionTooSmall { held, asked }) } else { Ok(()) }
}

/// The first month that is not closed.
fn first_open(context: &Context<'_>) -> Result<Month, Refusal> {
    let starts = context.state.offices.ledger().map(|ledger| ledger.starts.month());
    let closed = context.state.periods.closed_through();
    closed.map(Month::next).or(starts).ok_or(Refusal::NoLedgerYet {})
}

pub(super) fn depreciate(
    context: &Context<'_>,
    asked: &RecordDepreciation,
) -> Result<Vec<Fact>, Refusal> {
    let month = asked.month;
    super::period::over(context, month)?;
    let expected = context.state.assets.next_to_depreciate(first_open(context)?);
    match expected {
        None => return Err(Refusal::NothingToDepreciate { month }),
        Some(expected) if expected != month => {
            return Err(Refusal::DepreciationOutOfOrder { expected, found: month });
        }
        Some(_) => {}
    }
    let mut groups: BTreeMap<(FundId, Acquisition), Vec<DepreciatedLine>> = BTreeMap::new();
    for (id, found, amount) in context.state.assets.depreciable(month) {
        let group = (found.card.fund.clone(), found.card.category.class());
        let line = DepreciatedLine { asset: id.clone(), amount };
        groups.entry(group).or_default().push(line);
    }
    let cut = groups.iter().flat_map(|(group, lines)| {
        lines.chunks(LINES_MAX).map(move |lines| (group, lines.to_vec()))
    });
    let cut: Vec<_> = cut.collect();
    let parts = u32::try_from(cut.len()).unwrap_or(u32::MAX);
    let fact = |(part, ((fund, class), lines)): (u32, (&(FundId, Acquisition), Vec<_>))| {
        let (date, fund, class) = (month.last_day(), fund.clone(), *class);
        Fact::AssetDepreciated(Depreciated { date, month, part, parts, fund, class, lines })
    };
    Ok((1..).zip(cut).map(fact).collect())
}

pub(super) fn dispose(context: &Context<'_>, asked: &DisposeAsset) -> Result<Vec<Fact>, Refusal> {
    let found = in_use(context, &asked.asset)?;
    let (asset, how) = (asked.asset.clone(), asked.how);
    let class = found.card.category.class();
    let is_prepaid = class == Acquisition::Prepaid;
    if is_prepaid != (how == HowDisposed::WrittenOff) {
        return Err(Refusal::NotDisposedSo { asset, how });
    }
    ready_to_go(context, &asked.asset, found, asked.date)?;
    let sold = match (how, asked.proceeds, asked.into) {
        (HowDisposed::Sold, Some(proceeds), Some(into)) => Some(Sale { proceeds, into }),
        (
            HowDisposed::Donated
            | HowDisposed::TransferredOut
            | HowDisposed::Scrapped
            | HowDisposed::Lost
            | HowDisposed::WrittenOff,
            None,
            None,
        ) => None,
        (
            HowDisposed::Sold
            | HowDisposed::Donated
            | HowDisposed::TransferredOut
            | HowDisposed::Scrapped
            | HowDisposed::Lost
            | HowDisposed::WrittenOff,
            Some(_) | None,
            Some(_) | None,
        ) => return Err(Refusal::PriceIsOfSales { how }),
    };
    Ok(vec![Fact::AssetDisposed(Disposed {
        date: asked.date,
        asset,
        fund: found.card.fund.clone(),
        class,
        cost: found.cost_through(None),
        worn: found.worn_through(None),
        how,
        sold,
        basis: asked.basis.clone(),
    })])
}

/// 当月减少的当月不再计提: all before its last month is recorded, and nothing since.
pub(super) fn ready_to_go(
    context: &Context<'_>,
    id: &AssetId,
    found: &Asset,
    date: Day,
) -> Result<(), Refusal> {
    let asset = id.clone();
    if date < found.card.acquired {
        return Err(Refusal::GoneBeforeItCame { asset, date, acquired: found.card.acquired });
    }
    if let Some(month) = found.last_worn().filter(|month| *month >= date.month()) {
        return Err(Refusal::DepreciatedSince { asset, month });
    }
    // What a closed month left out cannot be made good before this day.
    let open = first_open(context)?.through(date.month());
    let before: Option<Month> = open.take_while(|month| *month < date.month()).last();
    if let Some(month) = before
        && found.due_through(month) > found.worn_through(None)
    {
        return Err(Refusal::DepreciationBehind { asset, month });
    }
    Ok(())
}

/// Whether a record can be reversed: nothing may rest on what it brought in.
pub(super) fn reversible(context: &Context<'_>, seq: Seq, fact: &Fact) -> Result<(), Refusal> {
    if let Some((asset, _)) = context.state.assets.from(seq).find(|(_, asset)| {
        !asset.is_untouched() && !matches!(asset.standing, Standing::Void { .. })
    }) {
        return Err(Refusal::AssetUsedSince { seq, asset: asset.clone() });
    }
    if let Fact::AssetDepreciated(run) = fact {
        for line in &run.lines {
            in_use(context, &line.asset)?;
        }
    }
    if let Fact::DisbursementPaid(paid) = fact
        && paid.acquires == Some(Acquisition::Construction)
    {
        construction_holds(context, &paid.fund, paid.amount)?;
    }
    Ok(())
}

/// 折旧年限表: each life is of some months, and the longest not shorter than the shortest.
pub(super) fn check_lives(lives: &Lives) -> Result<(), Refusal> {
    let wrong = |(_, life): &(&Category, &Life)| {
        life.at_least == 0 || life.at_most.is_some_and(|most| most < life.at_least)
    };
    match lives.iter().find(wrong) {
        None => Ok(()),
        Some((category, life)) => {
            let most = life.at_most.unwrap_or(life.at_least);
            Err(Refusal::LivesWrong { category: *category, least: life.at_least, most })
        }
    }
}
