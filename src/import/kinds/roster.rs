//! 名册 Who belongs to the union, in which group, since when: groups that are new, members, and the
//! base of their dues where the file has it. Names stay where they are.

use std::collections::BTreeSet;

use serde_json::json;

use super::super::flaw::Flaw;
use super::super::lines::Line;
use super::super::table::folded;
use super::{Draft, Found, Input, Made, Unit, object, unit_of};
use crate::ids::GroupId;
use crate::money::Money;

pub(super) fn units(input: &Input<'_>) -> Found<Unit> {
    let mut found = Found::default();
    for (at, line) in input.lines.iter().enumerate() {
        if line.day("on").is_none() {
            found.flaws.push(input.missing(line, "on", "入会日期", "day of joining"));
        }
        if line.text_of("group").is_none() {
            continue;
        }
        if let Err(flaw) = group(input, line) {
            found.flaws.push(flaw);
        }
        // Who is there already is refused by the rules, whatever else the line says of him.
        let identity = line.text_of("member").unwrap_or_default().to_owned();
        let amount = line.money("base").unwrap_or(Money::ZERO);
        found.all.push(unit_of(at, identity, amount, input.kind));
    }
    found
}

/// The id of the group that the line names: as the rules say, as the book calls it, or an id itself.
fn group(input: &Input<'_>, line: &Line) -> Result<GroupId, Flaw> {
    let said = line.text_of("group").unwrap_or_default();
    let by_rules =
        input.rules.groups.iter().find(|(name, _)| folded(name) == folded(said)).map(|(_, id)| id);
    let mut in_book = input.state.members.groups();
    let in_book = in_book.find(|(_, name)| folded(name.as_str()) == folded(said));
    if let (None, Some((id, _))) = (by_rules, in_book) {
        return Ok(id.clone());
    }
    let id = by_rules.cloned().unwrap_or_else(|| folded(said));
    GroupId::parse(&id).map_err(|_| {
        let flaw = input.flaw(
            line,
            "I36",
            "group",
            format!("账上没有叫“{said}”的小组：在规则的 [groups] 中写明它的编号"),
            format!("the book has no group called {said:?}: give its id in [groups] of the rules"),
        );
        Flaw { next: "mingzhang report membership".to_owned(), ..flaw }
    })
}

pub(super) fn drafts(input: &Input<'_>, units: &[Unit]) -> Found<Draft> {
    let mut found = Found::default();
    let mut defined: BTreeSet<GroupId> =
        input.state.members.groups().map(|(id, _)| id.clone()).collect();
    for unit in units {
        let Some(line) = input.line(unit) else { continue };
        let (Ok(group), Some(on)) = (group(input, line), line.day("on")) else { continue };
        let member = line.text_of("member");
        let mut asked = Vec::new();
        if defined.insert(group.clone()) {
            let name = line.text_of("group");
            asked.push(("group.define", json!({ "group": group, "name": name })));
        }
        asked.push(("member.enrol", json!({ "member": member, "group": group, "on": on })));
        if let Some(base) = line.money("base") {
            let from = line.month("from").unwrap_or_else(|| on.month());
            asked.push(("dues_base.set", json!({ "member": member, "base": base, "from": from })));
        }
        let mut commands = Vec::new();
        for (name, fields) in asked {
            match input.command(line, name, object(fields)) {
                Ok(command) => commands.push(Made { command, by: None }),
                Err(flaw) => {
                    found.flaws.push(flaw);
                    break;
                }
            }
        }
        found.all.push(Draft {
            lines: vec![line.number],
            rule: unit.rule.clone(),
            amount: unit.amount,
            commands,
        });
    }
    found
}
