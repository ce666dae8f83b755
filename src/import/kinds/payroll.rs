//! 工资名单 The base of each member's dues; or 工资总额, a payroll of a month, of the employer or of
//! many payers.

use serde_json::json;

use super::{Draft, Found, Input, Made, Unit, object, unit_of};
use crate::date::Month;
use crate::money::Money;

use super::super::lines::Line;

pub(super) fn units(input: &Input<'_>) -> Found<Unit> {
    let mut found = Found::default();
    for (at, line) in input.lines.iter().enumerate() {
        let Some(month) = month(line) else {
            found.flaws.push(input.missing(line, "month", "月份", "month"));
            continue;
        };
        let who = line.text_of("member").or(line.text_of("payer")).unwrap_or_default();
        let Some(amount) = line.money("base").or(line.money("total")) else { continue };
        found.all.push(unit_of(at, format!("{who}|{month}|{amount}"), amount, input.kind));
    }
    found
}

fn month(line: &Line) -> Option<Month> {
    line.month("month").or(line.month("from"))
}

pub(super) fn drafts(input: &Input<'_>, units: &[Unit]) -> Found<Draft> {
    let mut found = Found::default();
    for unit in units {
        let Some(line) = input.line(unit) else { continue };
        let Some(month) = month(line) else { continue };
        let amount: Money = unit.amount;
        let (name, fields) = if let Some(base) = line.money("base") {
            let member = line.text_of("member");
            ("dues_base.set", json!({ "member": member, "base": base, "from": month }))
        } else if let Some(payer) = line.text_of("payer") {
            let heads = line.count("headcount");
            let fields = json!({
                "payer": payer, "month": month, "total": amount, "headcount": heads,
            });
            ("payer_payroll.declare", fields)
        } else {
            let heads = line.count("headcount");
            ("payroll.declare", json!({ "month": month, "total": amount, "headcount": heads }))
        };
        match input.command(line, name, object(fields)) {
            Ok(command) => found.all.push(Draft {
                lines: vec![line.number],
                rule: unit.rule.clone(),
                amount,
                commands: vec![Made { command, by: None }],
            }),
            Err(flaw) => found.flaws.push(flaw),
        }
    }
    found
}
