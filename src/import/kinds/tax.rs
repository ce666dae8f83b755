//! 税务代收明细 What the tax bureau says it collected from whom: one list a month.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Draft, Found, Input, Made, Unit, object, unit_of};
use crate::date::Month;
use crate::money::Money;

pub(super) fn units(input: &Input<'_>) -> Found<Unit> {
    let mut found = Found::default();
    for (at, line) in input.lines.iter().enumerate() {
        let Some(month) = line.month("month") else {
            found.flaws.push(input.missing(line, "month", "所属月份", "month"));
            continue;
        };
        let Some(amount) = line.money("amount") else { continue };
        let payer = line.text_of("payer").unwrap_or_default();
        found.all.push(unit_of(at, format!("{payer}|{month}|{amount}"), amount, input.kind));
    }
    found
}

/// The lines of one month.
#[derive(Default)]
struct List {
    numbers: Vec<u32>,
    lines: Vec<Value>,
    total: Money,
    first: Option<usize>,
}

pub(super) fn drafts(input: &Input<'_>, units: &[Unit]) -> Found<Draft> {
    let mut lists: BTreeMap<Month, List> = BTreeMap::new();
    for unit in units {
        let Some(line) = input.line(unit) else { continue };
        let Some(month) = line.month("month") else { continue };
        let list = lists.entry(month).or_default();
        list.numbers.push(line.number);
        list.lines.push(json!({ "payer": line.text_of("payer"), "amount": unit.amount }));
        list.total = list.total.plus(unit.amount);
        list.first = list.first.or(unit.lines.first().copied());
    }
    let several = lists.len() > 1;
    let mut found = Found::default();
    for (month, list) in lists {
        let Some(line) = list.first.and_then(|at| input.lines.get(at)) else { continue };
        // A list has one month, so that one name does for one list alone.
        let name = input.rules.fixed("list").filter(|_| !several);
        let name = name.map_or_else(|| format!("tax-{month}"), str::to_owned);
        let channel = input.rules.fixed("channel").unwrap_or("tax_bureau");
        let fields = json!({
            "list": name, "channel": channel, "month": month, "lines": list.lines,
            "count": list.numbers.len(), "total": list.total,
        });
        match input.command(line, "tax_list.record", object(fields)) {
            Ok(command) => found.all.push(Draft {
                lines: list.numbers,
                rule: input.kind.name().to_owned(),
                amount: list.total,
                commands: vec![Made { command, by: None }],
            }),
            Err(flaw) => found.flaws.push(flaw),
        }
    }
    found
}
