//! Stocktakes: counted by one and watched by another; a difference goes through 182 and is settled
//! by its approval.

use std::collections::BTreeSet;

use super::asset::{LINES_MAX, in_use, ready_to_go};
use super::supply::{countable, holds, in_order, known};
use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::book::Role;
use crate::event::stocktake::{
    Cleared, Counted, Difference, DifferenceRecorded, DifferenceResolved, Differing, DifferingItem,
    RecordDifference, ResolveDifference, Stocktake,
};
use crate::ids::{AssetId, FundId, Seq, StocktakeId};
use crate::money::Money;
use crate::projection::stocktakes::Taken;

pub(super) fn take(context: &Context<'_>, new: &Stocktake) -> Result<Vec<Fact>, Refusal> {
    if context.state.stocktakes.stocktake(&new.stocktake).is_some() {
        return Err(Refusal::StocktakeExists { stocktake: new.stocktake.clone() });
    }
    super::office::in_office(context, &new.witness, context.today)?;
    if context.is_same(&new.witness, context.by) {
        return Err(Refusal::WitnessCounts { officer: new.witness.clone() });
    }
    let part = |counted: Counted| Fact::StocktakeRecorded(Stocktake { counted, ..new.clone() });
    let mut seen = BTreeSet::new();
    let facts: Vec<Fact> = match &new.counted {
        Counted::Assets(lines) => {
            for line in lines {
                in_use(context, &line.asset)?;
                once(&mut seen, line.asset.to_string())?;
            }
            lines.chunks(LINES_MAX).map(|lines| part(Counted::Assets(lines.to_vec()))).collect()
        }
        Counted::Supplies(lines) => {
            for line in lines {
                known(context, &line.item)?;
                super::fund::known(context, &line.fund)?;
                once(&mut seen, format!("{}/{}", line.item, line.fund))?;
            }
            lines.chunks(LINES_MAX).map(|lines| part(Counted::Supplies(lines.to_vec()))).collect()
        }
    };
    if facts.is_empty() {
        return Err(Refusal::NothingSaid { what: "counted".to_owned() });
    }
    Ok(facts)
}

fn once(seen: &mut BTreeSet<String>, what: String) -> Result<(), Refusal> {
    if seen.contains(&what) {
        return Err(Refusal::CountedTwice { what });
    }
    seen.insert(what);
    Ok(())
}

pub(super) fn record(
    context: &Context<'_>,
    asked: &RecordDifference,
) -> Result<Vec<Fact>, Refusal> {
    let RecordDifference { date, stocktake, of } = asked;
    let Some(taken) = context.state.stocktakes.stocktake(stocktake) else {
        return Err(Refusal::StocktakeUnknown { stocktake: stocktake.clone() });
    };
    if *date < taken.date {
        return Err(Refusal::BeforeItsStocktake { date: *date, counted: taken.date });
    }
    let (fund, difference) = match of {
        Differing::Asset(asset) => missing(context, asked, taken, asset)?,
        Differing::Item(line) => counted(context, asked, taken, line)?,
        Differing::Unlisted(found) => {
            let (class, amount, name) = (found.class, found.amount, found.name.clone());
            not_yet(stocktake, name.to_string(), taken.unlisted_recorded(&name))?;
            (found.fund.clone(), Difference::AssetFound { class, amount, name })
        }
    };
    let (date, stocktake) = (*date, stocktake.clone());
    let recorded = DifferenceRecorded { date, stocktake, fund, difference };
    Ok(vec![Fact::StocktakeDifferenceRecorded(recorded)])
}

fn missing(
    context: &Context<'_>,
    asked: &RecordDifference,
    taken: &Taken,
    asset: &AssetId,
) -> Result<(FundId, Difference), Refusal> {
    not_yet(&asked.stocktake, asset.to_string(), taken.asset_recorded(asset))?;
    if taken.assets.get(asset) != Some(&false) {
        let (stocktake, what) = (asked.stocktake.clone(), asset.to_string());
        return Err(Refusal::NoDifference { stocktake, what });
    }
    let found = in_use(context, asset)?;
    ready_to_go(context, asset, found, asked.date)?;
    let (cost, worn) = (found.cost_through(None), found.worn_through(None));
    let class = found.card.category.class();
    let difference = Difference::AssetShort { asset: asset.clone(), class, cost, worn };
    Ok((found.card.fund.clone(), difference))
}

fn counted(
    context: &Context<'_>,
    asked: &RecordDifference,
    taken: &Taken,
    line: &DifferingItem,
) -> Result<(FundId, Difference), Refusal> {
    let DifferingItem { item, fund, amount } = line;
    let what = format!("{item}/{fund}");
    not_yet(&asked.stocktake, what.clone(), taken.item_recorded(item, fund))?;
    let found = taken.items.get(item).and_then(|funds| funds.get(fund));
    let difference = found.map_or(0, |found| found.difference());
    let stocktake = asked.stocktake.clone();
    if difference == 0 {
        return Err(Refusal::NoDifference { stocktake, what });
    }
    let left = context.state.stocktakes.left(&stocktake, item, fund);
    let elsewhere = left.filter(|left| left.quantity == 0).and_then(|left| left.elsewhere);
    not_yet(&stocktake, what, elsewhere)?;
    let left = left.map_or(difference, |left| left.quantity);
    let quantity = u32::try_from(left.unsigned_abs()).unwrap_or(u32::MAX);
    in_order(context, item, fund, asked.date)?;
    if difference < 0 {
        let amount = holds(context, item, fund, quantity)?.cost_of(quantity);
        let short = Difference::SuppliesShort { item: item.clone(), quantity, amount };
        return Ok((fund.clone(), short));
    }
    countable(context, item, fund, quantity)?;
    let held = known(context, item)?.in_stock(fund);
    let average = u32::try_from(held.quantity).ok().filter(|held| *held > 0);
    let average = average.map(|of| held.amount.times(quantity).parts_of(1, of));
    let Some(amount) = amount.or(average) else {
        return Err(Refusal::NothingSaid { what: "amount".to_owned() });
    };
    Ok((fund.clone(), Difference::SuppliesOver { item: item.clone(), quantity, amount }))
}

fn not_yet(stocktake: &StocktakeId, what: String, by: Option<Seq>) -> Result<(), Refusal> {
    match by {
        None => Ok(()),
        Some(by) => {
            let stocktake = stocktake.clone();
            Err(Refusal::DifferenceRecordedAlready { stocktake, what, by })
        }
    }
}

pub(super) fn resolve(
    context: &Context<'_>,
    asked: &ResolveDifference,
) -> Result<Vec<Fact>, Refusal> {
    let pending = asked.pending;
    let Some(found) = context.state.stocktakes.pending(pending) else {
        return Err(Refusal::PendingUnknown { pending });
    };
    if let Some(by) = found.resolved {
        return Err(Refusal::PendingResolved { pending, by });
    }
    super::office::resolves_of_another(context, pending)?;
    if asked.date < found.on {
        return Err(Refusal::ReversedBeforeItself { date: asked.date, original: found.on });
    }
    // What takes the chair when it is paid takes the chair when it is lost.
    let band = context.state.offices.approvers(found.amount, asked.date);
    if band.is_some_and(|band| band.contains(&Role::Chair)) {
        super::office::needs(context, &[Role::Chair])?;
    }
    let cleared = cleared(asked, found.short)?;
    if found.amount.is_zero() && cleared.is_none() {
        return Err(Refusal::NothingPending { pending });
    }
    Ok(vec![Fact::StocktakeDifferenceResolved(DifferenceResolved {
        date: asked.date,
        pending,
        fund: found.fund.clone(),
        class: found.class,
        short: found.short,
        amount: found.amount,
        cleared,
        basis: asked.basis.clone(),
    })])
}

/// 处理净收入 Costs are taken out of what came in; what they are above it is a payment like any other.
fn cleared(asked: &ResolveDifference, short: bool) -> Result<Option<Cleared>, Refusal> {
    let (proceeds, costs) = (asked.proceeds, asked.costs.unwrap_or_default());
    match (proceeds, asked.into) {
        (None, None) if asked.costs.is_none() => Ok(None),
        (Some(proceeds), Some(into)) if short && proceeds.is_positive() => {
            if costs > proceeds {
                return Err(Refusal::CostsAboveProceeds { proceeds, costs });
            }
            if costs.is_negative() {
                return Err(Refusal::AmountNotPositive { amount: costs });
            }
            Ok(Some(Cleared { proceeds, costs, into }))
        }
        (Some(_) | None, Some(_) | None) => {
            let proceeds = proceeds.unwrap_or(Money::ZERO);
            Err(Refusal::ProceedsIncomplete { proceeds, costs })
        }
    }
}

/// Whether a record can be reversed: what it put on 182 must not be settled.
pub(super) fn reversible(context: &Context<'_>, seq: Seq) -> Result<(), Refusal> {
    match context.state.stocktakes.pending(seq).and_then(|found| found.resolved) {
        None => Ok(()),
        Some(by) => Err(Refusal::PendingResolved { pending: seq, by }),
    }
}
