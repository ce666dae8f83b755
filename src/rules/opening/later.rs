//! Cards, supplies and advances become commands by name: a section whose command this program does not
//! have is held against the balances all the same, and then refused.

use serde_json::{Map, Value, json};

use super::{Card, Document, Fault, Found, Openings, Placed, Supply};
use crate::chart::Use;
use crate::rules::Command;

/// A command that an item of a section asks for.
pub(super) struct Wanted {
    section: &'static str,
    place: usize,
    name: &'static str,
    fields: Value,
}

/// In the order in which they are to be recorded.
pub(super) fn wanted(document: &Document, brought: &Openings<'_>) -> Vec<Wanted> {
    let mut wanted = Vec::new();
    for (place, advance) in document.advances.iter().enumerate() {
        let fields = serde_json::to_value(advance).unwrap_or_default();
        wanted.push(Wanted { section: "advances", place, name: "advance.open", fields });
    }
    for (place, Card { fund, cost, worn, card }) in document.cards.iter().enumerate() {
        let mut fields = Map::from_iter([
            ("fund".to_owned(), json!(fund)),
            ("cost".to_owned(), json!(cost)),
            ("from".to_owned(), json!(brought.of(fund, Use::FixedAssets))),
        ]);
        fields.extend(worn.map(|worn| ("worn".to_owned(), json!(worn))));
        fields.extend(card.clone());
        wanted.push(Wanted { section: "cards", place, name: "asset.card", fields: fields.into() });
    }
    for (place, Supply { fund, quantity, amount, supply }) in document.supplies.iter().enumerate() {
        let (section, card) = ("supplies", Value::from(supply.clone()));
        let stored = json!({
            "date": document.as_of.next(),
            "item": card.get("item"),
            "from": brought.of(fund, Use::Supplies),
            "fund": fund,
            "quantity": quantity,
            "amount": amount,
        });
        wanted.push(Wanted { section, place, name: "supply.card", fields: card });
        wanted.push(Wanted { section, place, name: "supplies.store", fields: stored });
    }
    wanted
}

impl Wanted {
    pub(super) fn command(self) -> Result<Placed, Box<Fault>> {
        let Wanted { section, place, name, fields } = self;
        let at = format!("{section}[{place}]");
        match Command::read(name, fields) {
            Some(Ok(command)) => Ok(Placed { at, command }),
            Some(Err(error)) => {
                let (path, why) = (error.path().to_string(), error.inner().to_string());
                let at = if path == "." { at } else { format!("{at}.{path}") };
                Err(Box::new(Fault { at, found: Found::NotOfItsForm { why } }))
            }
            // Once for the section, not for each item.
            None => {
                let found = Found::SectionLater { section, command: name };
                Err(Box::new(Fault { at: section.to_owned(), found }))
            }
        }
    }
}
