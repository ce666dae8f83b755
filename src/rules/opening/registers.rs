//! Advances, cards and supplies become the commands that write them into their registers, each with the
//! record that brings its money in.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

use super::{Advance, Card, Document, Fault, Found, Openings, Placed, Supply, placed};
use crate::chart::Use;
use crate::event::asset::Category;
use crate::event::disbursement::Acquisition;
use crate::event::spending::AdvanceOpened;
use crate::event::supply::{ItemCard, Stored};
use crate::ids::ItemId;
use crate::rules::Command;

/// In the order in which they are to be recorded, and what of them says not what it must.
pub(super) fn of(document: &Document, brought: &Openings<'_>) -> (Vec<Placed>, Vec<Fault>) {
    let (mut commands, mut faults) = (Vec::new(), Vec::new());
    for (n, advance) in document.advances.iter().enumerate() {
        let command = Command::OpenAdvance(opened(document, advance, brought));
        commands.push(placed(format!("advances[{n}]"), command));
    }
    for (n, card) in document.cards.iter().enumerate() {
        let at = format!("cards[{n}]");
        match read(&at, carded(card, brought)) {
            Ok(card) => commands.push(placed(at, Command::CardAsset(card))),
            Err(fault) => faults.push(*fault),
        }
    }
    // One item may lie in several funds, and has one card.
    let mut items: BTreeMap<ItemId, ItemCard> = BTreeMap::new();
    for (n, supply) in document.supplies.iter().enumerate() {
        let at = format!("supplies[{n}]");
        match read::<ItemCard>(&at, Value::from(supply.supply.clone())) {
            Ok(card) => {
                let stored = stored(document, &card.item, supply, brought);
                if items.get(&card.item) != Some(&card) {
                    commands.push(placed(&at, Command::CardSupply(card.clone())));
                    items.insert(card.item.clone(), card);
                }
                commands.push(placed(at, Command::StoreSupplies(stored)));
            }
            Err(fault) => faults.push(*fault),
        }
    }
    (commands, faults)
}

fn opened(document: &Document, new: &Advance, brought: &Openings<'_>) -> AdvanceOpened {
    let Advance { advance, fund, who, amount, since, purpose } = new.clone();
    let (date, from) = (document.as_of.next(), brought.of(&fund, Use::Receivable));
    AdvanceOpened { advance, date, from, fund, who, amount, since, purpose }
}

fn carded(new: &Card, brought: &Openings<'_>) -> Value {
    let Card { fund, cost, worn, card } = new;
    // Without its class the card says not what it must.
    let from = new.class().map(|class| {
        let account = match class {
            Acquisition::FixedAsset => Use::FixedAssets,
            Acquisition::IntangibleAsset => Use::IntangibleAssets,
            Acquisition::Prepaid => Use::Prepaid,
            Acquisition::Construction => Use::Construction,
            Acquisition::Supplies => Use::Supplies,
        };
        brought.of(fund, account)
    });
    let mut fields = Map::from_iter([
        ("fund".to_owned(), json!(fund)),
        ("cost".to_owned(), json!(cost)),
        ("from".to_owned(), json!(from.unwrap_or(brought.first))),
    ]);
    fields.extend(worn.map(|worn| ("worn".to_owned(), json!(worn))));
    fields.extend(card.clone());
    fields.into()
}

fn stored(document: &Document, item: &ItemId, of: &Supply, brought: &Openings<'_>) -> Stored {
    let Supply { fund, quantity, amount, supply: _ } = of.clone();
    let from = brought.of(&fund, Use::Supplies);
    Stored { date: document.as_of.next(), item: item.clone(), from, fund, quantity, amount }
}

impl Card {
    /// On which of the asset accounts it stands, if it says so.
    pub(super) fn class(&self) -> Option<Acquisition> {
        let category = self.card.get("category")?.clone();
        serde_json::from_value(category).ok().map(Category::class)
    }
}

fn read<T: DeserializeOwned>(at: &str, fields: Value) -> Result<T, Box<Fault>> {
    serde_path_to_error::deserialize(fields).map_err(|error| {
        let (path, why) = (error.path().to_string(), error.inner().to_string());
        let at = if path == "." { at.to_owned() } else { format!("{at}.{path}") };
        Box::new(Fault { at, found: Found::NotOfItsForm { why } })
    })
}
