//! 收支明细 Any table: each line becomes what the first rule that fits says.

use super::super::code;
use super::super::flaw::Flaw;
use super::super::lines::Line;
use super::super::table::Matcher;
use super::{Draft, Found, Input, Unit, unit_of};
use crate::money::Money;

/// Which way a command moves money, as the bank's lines have it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    In,
    Out,
}

/// What is received and is no money tells nothing of the sign of a line.
fn way(command: &str) -> Option<Way> {
    const GOODS: [&str; 4] =
        ["asset.receive", "supplies.receive", "receipt_stock.receive", "drive_goods.receive"];
    // A member pays his dues to the union.
    const IN: [&str; 3] = ["dues.pay", "dues.receive_roll", "cash.deposit"];
    const OUT: [&str; 3] = ["dues.refund", "cash.draw", "investment.acquire"];
    if GOODS.contains(&command) {
        return None;
    }
    let verb = command.split_once('.').map_or(command, |(_, verb)| verb);
    if IN.contains(&command) || verb == "receive" {
        return Some(Way::In);
    }
    let out = OUT.contains(&command) || matches!(verb, "pay" | "request");
    out.then_some(Way::Out)
}

/// Commands have amounts without a sign: a line whose sign is not that of its command would become
/// its opposite. Where the command alone does not tell its way, the rule says it by an amount.
fn against(input: &Input<'_>, line: &Line, matcher: &Matcher, amount: Money) -> Option<Flaw> {
    if amount.is_zero() || matcher.makes.is_empty() {
        return None;
    }
    let of_line = if amount.is_negative() { Way::Out } else { Way::In };
    let names = || matcher.makes.iter().map(|make| make.command.as_str());
    let ways: Vec<Way> = names().filter_map(way).collect();
    // 提现、存现 What leaves the bank comes into the till: a till's own lines have the other sign.
    let either = names().all(|name| matches!(name, "cash.draw" | "cash.deposit"));
    let said = matcher.says_amount();
    let holds = if ways.is_empty() {
        let takes = |name: &str| {
            let form = input.schemas.get(name).and_then(|form| form.get("properties"));
            form.is_some_and(|properties| properties.get("amount").is_some())
        };
        of_line == Way::In || said || !names().any(takes)
    } else {
        ways.contains(&of_line) || (either && said)
    };
    if holds {
        return None;
    }
    let (rule, commands) = (&matcher.name, names().collect::<Vec<_>>().join(", "));
    let (zh, en) = match of_line {
        Way::In => ("收入", "money that came in"),
        Way::Out => ("支出", "money that went out"),
    };
    let flaw = input.flaw(
        line,
        code::WAY,
        "amount",
        format!("这一行 {amount} 是{zh}，规则“{rule}”却要记成 {commands}：给规则加上金额条件"),
        format!(
            "the line {amount} is {en}, and the rule {rule:?} makes {commands} of it: give the rule a condition on the amount"
        ),
    );
    let next = "mingzhang import FILE --rules RULES.toml --dry-run".to_owned();
    Some(Flaw { found: Some(amount.to_string()), next, ..flaw })
}

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
            found.flaws.extend(against(input, line, matcher, amount));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_of_a_command_is_that_of_its_money_and_goods_have_none() {
        for command in ["interest.receive", "other_income.receive", "dues.pay", "cash.deposit"] {
            assert_eq!(way(command), Some(Way::In), "{command}");
        }
        for command in ["disbursement.request", "remittance.pay", "dues.refund", "cash.draw"] {
            assert_eq!(way(command), Some(Way::Out), "{command}");
        }
        for command in ["supplies.receive", "asset.receive", "journal.record", "payroll.declare"] {
            assert_eq!(way(command), None, "{command}");
        }
    }
}
