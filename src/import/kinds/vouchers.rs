//! 凭证导出 Vouchers of another program: the lines of one date and number are one voucher, which must
//! balance. What moves no money becomes a general voucher; drawings and deposits of cash are known by
//! their two accounts; whatever else it is, the rules say.

use serde_json::{Value, json};

use super::super::flaw::Flaw;
use super::super::lines::Line;
use super::super::table::{Named, folded};
use super::{Draft, Found, Input, Made, Unit, object, unit_of};
use crate::chart::Use;
use crate::date::Day;
use crate::ids::AccountCode;
use crate::money::Money;

/// One entry, with our own account.
struct Side {
    account: String,
    debit: Option<Money>,
    credit: Option<Money>,
}

/// A voucher as the rules see it: its accounts under 借 and 贷, its sum under 金额.
struct Whole<'a> {
    head: &'a Line,
    number: String,
    debits: Vec<String>,
    credits: Vec<String>,
    amount: Money,
}

impl Named for Whole<'_> {
    fn text(&self, name: &str) -> Option<String> {
        match name {
            "借" | "debit" => Some(self.debits.join(",")),
            "贷" | "credit" => Some(self.credits.join(",")),
            "金额" | "amount" => Some(self.amount.to_string()),
            "凭证号" | "number" => Some(self.number.clone()),
            _ => self.head.text(name),
        }
    }

    fn amount(&self, name: &str) -> Option<Money> {
        if name == "金额" || name == "amount" {
            Some(self.amount)
        } else {
            self.head.amount(name)
        }
    }

    fn accounts(&self, name: &str) -> Option<&[String]> {
        match name {
            "借" | "debit" => Some(&self.debits),
            "贷" | "credit" => Some(&self.credits),
            _ => None,
        }
    }
}

/// What a group of lines says, and which of them it begins with.
struct Group {
    lines: Vec<usize>,
    day: Option<Day>,
    number: String,
}

/// Another line of the same voucher bears its date and number, or neither.
fn groups(input: &Input<'_>) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, line) in input.lines.iter().enumerate() {
        let (day, number) = (line.day("date"), line.text_of("number").map(folded));
        let same = groups.last().is_some_and(|group| {
            (day.is_none() || day == group.day)
                && number.as_ref().is_none_or(|number| *number == group.number)
        });
        match groups.last_mut() {
            Some(group) if same => group.lines.push(at),
            Some(_) | None => {
                let number = number.unwrap_or_default();
                groups.push(Group { lines: vec![at], day, number });
            }
        }
    }
    groups
}

pub(super) fn units(input: &Input<'_>) -> Found<Unit> {
    let mut found = Found::default();
    if !input.whole {
        return found;
    }
    for group in groups(input) {
        let Some((first, head)) =
            group.lines.first().and_then(|at| Some((*at, input.lines.get(*at)?)))
        else {
            continue;
        };
        if group.day.is_none() || group.number.is_empty() {
            found.flaws.push(input.flaw(
                head,
                "I20",
                "date",
                "凭证的第一行须有日期和凭证号".to_owned(),
                "the first line of a voucher has its date and number".to_owned(),
            ));
            continue;
        }
        let sides = match sides(input, &group) {
            Ok(sides) => sides,
            Err(flaws) => {
                found.flaws.extend(flaws);
                continue;
            }
        };
        let debit = Money::sum(sides.iter().filter_map(|side| side.debit));
        let credit = Money::sum(sides.iter().filter_map(|side| side.credit));
        if debit != credit {
            found.flaws.push(unbalanced(input, head, &group, debit, credit));
            continue;
        }
        let said = whole(head, &group, &sides, debit);
        let mut unit = unit_of(first, identity(&group, &sides), debit, input.kind);
        unit.lines.clone_from(&group.lines);
        unit.matcher = input.matched(&said);
        if let Some(matcher) = unit.matcher.and_then(|at| input.rules.matchers.get(at)) {
            unit.rule.clone_from(&matcher.name);
            unit.left = matcher.makes.is_empty();
        } else if built_in(input, head, &group, &sides).is_none() {
            found.flaws.push(unknown(input, head, &said));
        }
        found.all.push(unit);
    }
    found
}

fn identity(group: &Group, sides: &[Side]) -> String {
    let side = |side: &Side| {
        let amount = side.debit.or(side.credit.map(Money::negated)).unwrap_or(Money::ZERO);
        format!("{}:{amount}", side.account)
    };
    let sides: Vec<String> = sides.iter().map(side).collect();
    let day = group.day.map(|day| day.to_string()).unwrap_or_default();
    format!("{day}|{}|{}", group.number, sides.join("|"))
}

fn whole<'a>(head: &'a Line, group: &Group, sides: &[Side], amount: Money) -> Whole<'a> {
    let of = |is: fn(&Side) -> bool| {
        sides.iter().filter(|side| is(side)).map(|side| side.account.clone()).collect()
    };
    Whole {
        head,
        number: head.text_of("number").unwrap_or(&group.number).to_owned(),
        debits: of(|side| side.debit.is_some()),
        credits: of(|side| side.credit.is_some()),
        amount,
    }
}

fn unbalanced(input: &Input<'_>, head: &Line, group: &Group, debit: Money, credit: Money) -> Flaw {
    let (number, difference) = (&group.number, debit.minus(credit));
    Flaw {
        expected: Some(debit.to_string()),
        found: Some(credit.to_string()),
        difference: Some(credit.minus(debit).to_string()),
        ..input.flaw(
            head,
            "I40",
            "number",
            format!("凭证 {number} 借方 {debit}，贷方 {credit}，差 {difference}"),
            format!("voucher {number}: debit {debit}, credit {credit}, {difference} apart"),
        )
    }
}

fn unknown(input: &Input<'_>, head: &Line, said: &Whole<'_>) -> Flaw {
    let (debits, credits) = (said.debits.join(","), said.credits.join(","));
    let flaw = input.flaw(
        head,
        "I39",
        "account",
        format!("没有一条规则说明这张凭证（借 {debits}，贷 {credits}）是什么业务"),
        format!("no rule says what this voucher is (debit {debits}, credit {credits})"),
    );
    Flaw { next: "mingzhang import FILE --rules RULES.toml --dry-run".to_owned(), ..flaw }
}

/// The entries of a voucher; a line of one account may have an amount on one side alone.
fn sides(input: &Input<'_>, group: &Group) -> Result<Vec<Side>, Vec<Flaw>> {
    let (mut sides, mut flaws) = (Vec::new(), Vec::new());
    for line in group.lines.iter().filter_map(|at| input.lines.get(*at)) {
        let amount = |key: &str| line.money(key).filter(|amount| !amount.is_zero());
        // A red entry 红字 is one of the other side.
        let (debit, credit) = match (amount("debit"), amount("credit")) {
            (Some(red), None) if red.is_negative() => (None, Some(red.negated())),
            (None, Some(red)) if red.is_negative() => (Some(red.negated()), None),
            sides => sides,
        };
        if debit.is_some() == credit.is_some() {
            flaws.push(input.flaw(
                line,
                "I33",
                "debit",
                "一行须有借方或贷方的一个金额".to_owned(),
                "a line has one amount, debit or credit".to_owned(),
            ));
            continue;
        }
        let Some(code) = line.text_of("account").filter(|code| !code.is_empty()) else {
            flaws.push(input.flaw(
                line,
                "I20",
                "account",
                "没有科目编码".to_owned(),
                "there is no account".to_owned(),
            ));
            continue;
        };
        if let Some(account) = account(input, code) {
            sides.push(Side { account, debit, credit });
            continue;
        }
        let flaw = input.flaw(
            line,
            "I41",
            "account",
            format!("科目表中没有 {code}：在规则的 [accounts] 中写明它是本账的哪个科目"),
            format!("the chart has no account {code}: say in [accounts] of the rules which it is"),
        );
        flaws.push(Flaw { next: "mingzhang report chart".to_owned(), ..flaw });
    }
    if flaws.is_empty() { Ok(sides) } else { Err(flaws) }
}

/// Our own account: by the longest beginning that the rules name, else the same number.
fn account(input: &Input<'_>, code: &str) -> Option<String> {
    let plain: String = folded(code).chars().filter(char::is_ascii_digit).collect();
    let named = input.rules.account_of(code);
    let own = named.map_or(plain.clone(), |(_, to)| to.clone());
    let parsed = AccountCode::parse(&own).ok()?;
    input.chart.account(&parsed).map(|_| own)
}

/// What a voucher is by its accounts alone.
fn built_in(
    input: &Input<'_>,
    head: &Line,
    group: &Group,
    sides: &[Side],
) -> Option<(&'static str, Value)> {
    let is = |side: &Side, of: Use| {
        AccountCode::parse(&side.account).is_ok_and(|account| input.chart.is_for(&account, of))
    };
    let till = |side: &Side| is(side, Use::Cash) || is(side, Use::Bank);
    let day = group.day?;
    let fund = head.text_of("fund").filter(|fund| !fund.is_empty()).unwrap_or("general");
    if let [one, other] = sides {
        let (debit, credit) = if one.debit.is_some() { (one, other) } else { (other, one) };
        let fields = json!({ "date": day, "fund": fund, "amount": debit.debit? });
        if is(debit, Use::Cash) && is(credit, Use::Bank) {
            return Some(("cash.draw", fields));
        }
        if is(debit, Use::Bank) && is(credit, Use::Cash) {
            return Some(("cash.deposit", fields));
        }
    }
    if sides.iter().any(till) {
        return None;
    }
    let line = |side: &Side| match (side.debit, side.credit) {
        (Some(debit), _) => json!({ "account": side.account, "fund": fund, "debit": debit }),
        (None, credit) => json!({ "account": side.account, "fund": fund, "credit": credit }),
    };
    let lines: Vec<Value> = sides.iter().map(line).collect();
    let reason = head.text_of("summary").filter(|text| !text.is_empty()).unwrap_or("—");
    let basis = head.text_of("number").unwrap_or(&group.number);
    Some((
        "journal.record",
        json!({ "date": day, "lines": lines, "reason": reason, "basis": basis }),
    ))
}

pub(super) fn drafts(input: &Input<'_>, units: &[Unit]) -> Found<Draft> {
    let mut found = Found::default();
    let groups = groups(input);
    for unit in units {
        let same = |group: &&Group| group.lines == unit.lines;
        let (Some(head), Some(group)) = (input.line(unit), groups.iter().find(same)) else {
            continue;
        };
        let Ok(sides) = sides(input, group) else { continue };
        let commands = match unit.matcher {
            Some(matcher) => {
                let said = whole(head, group, &sides, unit.amount);
                input.made(head, &said, matcher, unit.amount)
            }
            None => match built_in(input, head, group, &sides) {
                Some((name, fields)) => input
                    .command(head, name, object(fields))
                    .map(|command| vec![Made { command, by: None }]),
                None => Ok(Vec::new()),
            },
        };
        match commands {
            Ok(commands) => found.all.push(Draft {
                lines: input.numbers(unit),
                rule: match unit.matcher {
                    Some(_) => unit.rule.clone(),
                    None => input.kind.name().to_owned(),
                },
                amount: unit.amount,
                commands,
            }),
            Err(flaw) => found.flaws.push(flaw),
        }
    }
    found
}
