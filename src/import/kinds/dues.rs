//! 会费名单 Who paid how much for which month: dues received, with the declared count and sum.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::super::code;
use super::super::flaw::Flaw;
use super::super::lines::{Line, SKIP_EMPTY};
use super::super::rules::Empty;
use super::{Draft, Found, Input, Made, Unit, object, unit_of, with_fixed};
use crate::date::{Day, Month};
use crate::money::Money;

pub(super) fn units(input: &Input<'_>) -> Found<Unit> {
    let mut found = Found::default();
    for (at, line) in input.lines.iter().enumerate() {
        if line.money("amount").is_none_or(Money::is_zero) {
            match input.rules.empty {
                Some(Empty::Skip) => {
                    let identity = format!("{}||0", line.text_of("member").unwrap_or_default());
                    let unit = unit_of(at, identity, Money::ZERO, input.kind);
                    found.all.push(Unit { rule: "empty".to_owned(), left: true, ..unit });
                }
                None => found.flaws.push(unpaid(input, line)),
            }
            continue;
        }
        if line.month("month").is_none() {
            found.flaws.push(input.missing(line, "month", "所属月份", "month that is paid for"));
        }
        if line.day("date").is_none() {
            found.flaws.push(input.missing(line, "date", "收款日期", "day of receipt"));
        }
        let (Some(month), Some(amount)) = (line.month("month"), line.money("amount")) else {
            continue;
        };
        let member = line.text_of("member").unwrap_or_default();
        let identity = format!("{member}|{month}|{amount}");
        found.all.push(unit_of(at, identity, amount, input.kind));
    }
    found
}

/// A line of somebody who did not pay is no receipt.
fn unpaid(input: &Input<'_>, line: &Line) -> Flaw {
    let flaw = input.flaw(
        line,
        code::SIDES,
        "amount",
        "这一行没有缴：金额为 0 的行不是收款，要略过的写 empty=skip".to_owned(),
        "nothing was paid on this line, and 0 is no receipt: to leave such lines out say empty=skip"
            .to_owned(),
    );
    Flaw { next: SKIP_EMPTY.to_owned(), ..flaw }
}

/// The lines of one day, which become one command.
#[derive(Default)]
struct Roll {
    numbers: Vec<u32>,
    lines: Vec<serde_json::Value>,
    members: BTreeSet<String>,
    months: BTreeSet<Month>,
    total: Money,
    first: Option<usize>,
}

pub(super) fn drafts(input: &Input<'_>, units: &[Unit]) -> Found<Draft> {
    let mut rolls: BTreeMap<Day, Roll> = BTreeMap::new();
    for unit in units {
        let Some(line) = input.line(unit) else { continue };
        let (Some(day), Some(month)) = (line.day("date"), line.month("month")) else { continue };
        let member = line.text_of("member").unwrap_or_default().to_owned();
        let roll = rolls.entry(day).or_default();
        roll.numbers.push(line.number);
        roll.lines.push(json!({ "member": member, "month": month, "amount": unit.amount }));
        roll.members.insert(member);
        roll.months.insert(month);
        roll.total = roll.total.plus(unit.amount);
        roll.first = roll.first.or(unit.lines.first().copied());
    }
    let mut found = Found::default();
    for (day, roll) in rolls {
        let Some(line) = roll.first.and_then(|at| input.lines.get(at)) else { continue };
        let control = json!({ "members": roll.members.len(), "total": roll.total });
        let mut fields = object(json!({
            "date": day, "into": "bank", "lines": roll.lines, "control": control,
        }));
        if let Some(into) = input.rules.fixed("into") {
            fields.insert("into".to_owned(), into.into());
        }
        let mut name = "dues.receive";
        if let (Some(group), Some(first), Some(last)) =
            (input.rules.fixed("group"), roll.months.first(), roll.months.last())
        {
            name = "dues.receive_roll";
            fields.insert("group".to_owned(), group.into());
            fields.insert("month".to_owned(), json!(first));
            if last != first {
                fields.insert("through".to_owned(), json!(last));
            }
        }
        let fields = with_fixed(fields, input.rules, &["fund"]);
        match input.command(line, name, fields) {
            Ok(command) => found.all.push(Draft {
                lines: roll.numbers,
                rule: input.kind.name().to_owned(),
                amount: roll.total,
                commands: vec![Made { command, by: None }],
            }),
            Err(flaw) => found.flaws.push(flaw),
        }
    }
    found
}
