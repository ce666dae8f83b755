//! Supplies: no more is stored than was paid for, and no more goes out than is there.

use super::asset::{came, known_keeper};
use super::{Context, Refusal};
use crate::date::Day;
use crate::event::Fact;
use crate::event::disbursement::Acquisition;
use crate::event::supply::{
    IssueSupplies, ItemCard, Recipient, Stored, SuppliesIssued, SuppliesReceived,
};
use crate::ids::{FundId, ItemId, Seq};
use crate::projection::supplies::{InStock, Item, Stock};

/// So many pieces of an item are in stock in one fund at most. A limit of this program, and no law.
const QUANTITY_MAX: u32 = 1_000_000_000;

pub(super) fn card(context: &Context<'_>, new: &ItemCard) -> Result<Vec<Fact>, Refusal> {
    if context.state.supplies.item(&new.item).is_some() {
        return Err(Refusal::ItemExists { item: new.item.clone() });
    }
    known_keeper(context, &new.keeper)?;
    Ok(vec![Fact::SupplyCarded(new.clone())])
}

pub(super) fn store(context: &Context<'_>, new: &Stored) -> Result<Vec<Fact>, Refusal> {
    some(new.quantity)?;
    if !new.amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: new.amount });
    }
    in_order(context, &new.item, &new.fund, new.date)?;
    countable(context, &new.item, &new.fund, new.quantity)?;
    let bought = came(context, new.from, &new.fund, Acquisition::Supplies)?.amount;
    let stored = context.state.supplies.stored_from(new.from, &new.fund);
    if stored.plus(new.amount) > bought {
        let (from, asked) = (new.from, new.amount);
        return Err(Refusal::StoredAbovePayment { from, bought, stored, asked });
    }
    Ok(vec![Fact::SuppliesStored(new.clone())])
}

pub(super) fn receive(context: &Context<'_>, new: &SuppliesReceived) -> Result<Vec<Fact>, Refusal> {
    some(new.quantity)?;
    in_order(context, &new.item, &new.fund, new.date)?;
    countable(context, &new.item, &new.fund, new.quantity)?;
    Ok(vec![Fact::SuppliesReceived(new.clone())])
}

pub(super) fn issue(context: &Context<'_>, asked: &IssueSupplies) -> Result<Vec<Fact>, Refusal> {
    some(asked.quantity)?;
    in_order(context, &asked.item, &asked.fund, asked.date)?;
    match &asked.to {
        Recipient::Group(group) => {
            if context.state.members.group(group).is_none() {
                return Err(Refusal::GroupUnknown { group: group.clone() });
            }
        }
        Recipient::Member(member) => {
            super::member::known_member(context, member)?;
        }
        Recipient::Purpose(_) => {}
    }
    let held = holds(context, &asked.item, &asked.fund, asked.quantity)?;
    Ok(vec![Fact::SuppliesIssued(SuppliesIssued {
        date: asked.date,
        item: asked.item.clone(),
        fund: asked.fund.clone(),
        quantity: asked.quantity,
        amount: held.cost_of(asked.quantity),
        to: asked.to.clone(),
    })])
}

/// What is in stock has an average price only while its pieces can be counted.
pub(super) fn countable(
    context: &Context<'_>,
    item: &ItemId,
    fund: &FundId,
    asked: u32,
) -> Result<(), Refusal> {
    let (held, most) = (known(context, item)?.in_stock(fund).quantity, QUANTITY_MAX);
    if held.saturating_add(i64::from(asked)) <= i64::from(most) {
        return Ok(());
    }
    Err(Refusal::StockAboveCount { item: item.clone(), held, asked, most })
}

fn some(quantity: u32) -> Result<(), Refusal> {
    if quantity == 0 { Err(Refusal::NoneCounted { quantity }) } else { Ok(()) }
}

pub(super) fn known<'a>(context: &Context<'a>, item: &ItemId) -> Result<&'a Item, Refusal> {
    let found = context.state.supplies.item(item);
    found.ok_or_else(|| Refusal::ItemUnknown { item: item.clone() })
}

/// The average is of what came in before, so that what is recorded follows its days.
pub(super) fn in_order(
    context: &Context<'_>,
    item: &ItemId,
    fund: &FundId,
    date: Day,
) -> Result<(), Refusal> {
    let found = known(context, item)?;
    match found.stock(fund).and_then(Stock::last_moved).filter(|last| date < *last) {
        None => Ok(()),
        Some(last) => Err(Refusal::StockDatedBack { item: item.clone(), date, last }),
    }
}

pub(super) fn holds(
    context: &Context<'_>,
    item: &ItemId,
    fund: &FundId,
    asked: u32,
) -> Result<InStock, Refusal> {
    let held = known(context, item)?.in_stock(fund);
    if i64::from(asked) <= held.quantity {
        return Ok(held);
    }
    let (item, fund, held) = (item.clone(), fund.clone(), held.quantity);
    Err(Refusal::StockTooSmall { item, fund, held, asked })
}

/// Whether a record can be reversed: what it brought in has to be there still.
pub(super) fn reversible(context: &Context<'_>, seq: Seq) -> Result<(), Refusal> {
    match context.state.supplies.short_without(seq) {
        None => Ok(()),
        Some((item, held, taken)) => {
            let (item, held) = (item.clone(), held.quantity);
            Err(Refusal::StockUsedSince { seq, item, held, taken })
        }
    }
}
