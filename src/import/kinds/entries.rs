//! 收支明细 Any table: each line becomes what the first rule that fits says.

use super::super::flaw::Flaw;
use super::{Draft, Found, Input, Unit, unit_of};
use crate::money::Money;

pub(super) fn units(input: &Input<'_>) -> Found<Unit> {
    let mut found = Found::default();
    for (at, line) in input.lines.iter().enumerate() {
        let Some(place) = input.matched(line) else {
            let flaw = input.flaw(
                line,
                "I39",
                "summary",
                "没有一条规则适用于这一行".to_owned(),
                "no rule fits this line".to_owned(),
            );
            let next = "mingzhang import FILE --rules RULES.toml --dry-run".to_owned();
            found.flaws.push(Flaw { next, ..flaw });
            continue;
        };
        let amount = line.signed.unwrap_or(Money::ZERO);
        let identity = match line.text_of("reference").filter(|text| !text.is_empty()) {
            Some(serial) => format!("#{serial}|{amount}"),
            None => line.content(),
        };
        let mut unit = unit_of(at, identity, amount, input.kind);
        if let Some(matcher) = input.rules.matchers.get(place) {
            unit.rule.clone_from(&matcher.name);
            unit.left = matcher.makes.is_empty();
        }
        unit.matcher = Some(place);
        found.all.push(unit);
    }
    found
}

pub(super) fn drafts(input: &Input<'_>, units: &[Unit]) -> Found<Draft> {
    let mut found = Found::default();
    for unit in units {
        let (Some(line), Some(matcher)) = (input.line(unit), unit.matcher) else { continue };
        match input.made(line, line, matcher, unit.amount) {
            Ok(commands) => found.all.push(Draft {
                lines: vec![line.number],
                rule: unit.rule.clone(),
                amount: unit.amount,
                commands,
            }),
            Err(flaw) => found.flaws.push(flaw),
        }
    }
    found
}
