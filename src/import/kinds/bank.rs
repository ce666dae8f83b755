//! 银行对账单 The lines of the bank, each of which must bring the balance to what the bank says.

use serde_json::json;

use super::super::flaw::Flaw;
use super::super::lines::Line;
use super::super::values;
use super::{Draft, Found, Input, Made, Unit, object, unit_of};
use crate::date::Day;
use crate::event::statement::Statement;
use crate::money::Money;
use crate::report::bank_outstanding::word_of_the_bank;

pub(super) fn units(input: &Input<'_>) -> Found<Unit> {
    let mut found = Found::default();
    for at in in_order(input.lines) {
        let Some(line) = input.lines.get(at) else { continue };
        let Some(amount) = line.signed.filter(|amount| !amount.is_zero()) else {
            found.flaws.push(input.flaw(
                line,
                "I33",
                "amount",
                "这一行没有金额".to_owned(),
                "there is no amount on this line".to_owned(),
            ));
            continue;
        };
        let (Some(day), balance) = (line.day("date"), line.money("balance")) else { continue };
        let identity = match line.text_of("reference").filter(|text| !text.is_empty()) {
            Some(serial) => format!("#{serial}|{amount}"),
            None => format!("{day}|{amount}|{}", said(balance)),
        };
        let mut unit = unit_of(at, identity, amount, input.kind);
        // With a balance beside it, two of them are two.
        unit.unique = balance.is_some();
        found.all.push(unit);
    }
    if found.flaws.is_empty() && input.whole {
        balances(input, &found.all, &mut found.flaws);
    }
    found
}

fn said(balance: Option<Money>) -> String {
    balance.map(|balance| balance.to_string()).unwrap_or_default()
}

/// The oldest first: many banks print the newest first.
fn in_order(lines: &[Line]) -> Vec<usize> {
    let days: Vec<Option<Day>> = lines.iter().map(|line| line.day("date")).collect();
    let falls = days.is_sorted_by(|one, next| one >= next) && days.first() != days.last();
    let all = 0..lines.len();
    if falls || newest_first(lines) { all.rev().collect() } else { all.collect() }
}

/// On one day alone the balances say it: each line's amount leads to the balance of the line above.
fn newest_first(lines: &[Line]) -> bool {
    let same_day = lines.first().map(|l| l.day("date")) == lines.last().map(|l| l.day("date"));
    let leads = |from: &Line, to: &Line| {
        let (Some(before), Some(amount), Some(after)) =
            (from.money("balance"), to.signed, to.money("balance"))
        else {
            return false;
        };
        before.plus(amount) == after
    };
    let pairs = || lines.iter().zip(lines.iter().skip(1));
    same_day
        && lines.len() > 1
        && pairs().all(|(one, next)| leads(next, one))
        && !pairs().all(|(one, next)| leads(one, next))
}

/// Each line against the one before it, so that every place where they part is named.
fn balances(input: &Input<'_>, units: &[Unit], flaws: &mut Vec<Flaw>) {
    let mut before = input.rules.fixed("opening").and_then(|said| values::amount(said).ok());
    let mut agreed: Option<u32> = None;
    let mut last: Option<Day> = None;
    for unit in units {
        let Some(line) = input.line(unit) else { continue };
        let day = line.day("date");
        if let (Some(last), Some(day)) = (last, day)
            && day < last
        {
            flaws.push(input.flaw(
                line,
                "I37",
                "date",
                format!("{day} 在 {last} 之后：各行须按日期排列"),
                format!("{day} comes after {last}: lines stand in the order of their days"),
            ));
        }
        last = day.or(last);
        let found = line.money("balance");
        let expected = before.map(|before| before.plus(unit.amount));
        if let (Some(expected), Some(found)) = (expected, found)
            && expected != found
        {
            let difference = found.minus(expected);
            let (zh, en) =
                ("余额不连续".to_owned(), "the running balance does not go on".to_owned());
            flaws.push(Flaw {
                expected: Some(expected.to_string()),
                found: Some(found.to_string()),
                difference: Some(difference.to_string()),
                agreed_through: agreed,
                next: "mingzhang import FILE --dry-run".to_owned(),
                ..input.flaw(line, "I38", "balance", zh, en)
            });
        } else {
            agreed = Some(line.number);
        }
        before = found.or(expected);
    }
    let closing = input.rules.fixed("closing").and_then(|said| values::amount(said).ok());
    if let (Some(expected), Some(found)) = (closing, before)
        && expected != found
    {
        flaws.push(not_closing(expected, found, agreed));
    }
}

fn not_closing(expected: Money, found: Money, agreed: Option<u32>) -> Flaw {
    Flaw {
        code: "I38",
        zh: "各行得不出期末余额".to_owned(),
        en: "the lines do not come to the closing balance".to_owned(),
        expected: Some(expected.to_string()),
        found: Some(found.to_string()),
        difference: Some(found.minus(expected).to_string()),
        agreed_through: agreed,
        next: "mingzhang import FILE --set closing=AMOUNT --dry-run".to_owned(),
        ..Flaw::default()
    }
}

/// The serial number, after what the bank itself calls the line. Of the summary nothing else is
/// recorded: it may name somebody.
fn reference(line: &Line) -> Option<String> {
    let word = line.text_of("summary").and_then(word_of_the_bank);
    let serial = line.text_of("reference").filter(|text| !text.is_empty());
    let said: Vec<&str> = word.into_iter().chain(serial).collect();
    (!said.is_empty()).then(|| said.join(" "))
}

/// 起止日期 The first and last day that the bank says above the header: the only two in their row.
fn period_above(input: &Input<'_>) -> Option<(Day, Day)> {
    let above = input.grid.rows.iter().take(input.header.row);
    let mut found = above.filter_map(|row| {
        let apart = |c: char| matches!(c, '至' | '到' | '~' | '～' | '—' | ',' | '，' | ':' | '：');
        let parts = row.raw.split(apart).flat_map(|part| part.split_whitespace());
        // An account's number is no spreadsheet's count of days.
        let written = parts.filter(|part| part.len() == 8 || part.contains(['-', '/', '.', '年']));
        let days: Vec<Day> =
            written.filter_map(|part| values::day(part, input.grid.epoch()).ok()).collect();
        match days[..] {
            [first, last] if first <= last => Some((first, last)),
            _ => None,
        }
    });
    found.next()
}

/// Where a file begins that goes on from the balance of the statement before. Days of that one are in it
/// once more, and their lines were left out as there already. A file that does not say its days begins
/// with its first line: the few days before it had none, but a month of which there is no file is not
/// passed over in silence.
fn begins_after(before: &Statement, begins: Day, said: bool) -> Day {
    let follows = before.last.next();
    if begins < follows || (!said && begins.month() <= before.last.month().next()) {
        follows
    } else {
        begins
    }
}

pub(super) fn drafts(input: &Input<'_>, units: &[Unit]) -> Found<Draft> {
    let mut found = Found::default();
    let line_of = |unit: Option<&Unit>| unit.and_then(|unit| input.line(unit));
    let (Some(first), Some(last)) = (line_of(units.first()), line_of(units.last())) else {
        return found;
    };
    let (Some(from), Some(to)) = (first.day("date"), last.day("date")) else { return found };
    let moved = Money::sum(units.iter().map(|unit| unit.amount));
    let amount_of = |key: &str| input.rules.fixed(key).and_then(|said| values::amount(said).ok());
    let first_amount = units.first().map_or(Money::ZERO, |unit| unit.amount);
    let before = first.money("balance").map(|balance| balance.minus(first_amount));
    let last_held = input.state.bank.statements().next_back().map(|held| &held.statement);
    // What follows on lines that are there already begins with the balance before its own first.
    let opening =
        before.or_else(|| amount_of("opening")).or_else(|| last_held.map(|held| held.closing));
    let Some(opening) = opening else {
        found.flaws.push(input.missing(first, "opening", "期初余额", "opening balance"));
        return found;
    };
    // Days that no line is of are followed by a balance that somebody has seen, and not by the last one.
    let is_assumed =
        before.is_none() && ["opening", "closing"].iter().all(|key| amount_of(key).is_none());
    let said = period_above(input).filter(|(first, last)| *first <= from && to <= *last);
    let day = |key: &str| first.stated_day(key);
    let apart = last_held.is_some_and(|held| held.last.next() < from);
    if is_assumed && apart && said.is_none() && day("first").is_none() {
        found.flaws.push(input.missing(first, "opening", "期初余额", "opening balance"));
        return found;
    }
    let closing = opening.plus(moved);
    if let Some(expected) = amount_of("closing").filter(|expected| *expected != closing) {
        found.flaws.push(not_closing(expected, closing, Some(last.number)));
        return found;
    }
    let mut lines = Vec::new();
    for (no, unit) in (1_u32..).zip(units) {
        let Some(line) = input.line(unit) else { continue };
        let mut fields =
            object(json!({ "no": no, "date": line.day("date"), "amount": unit.amount }));
        if let Some(balance) = line.money("balance") {
            fields.insert("balance".to_owned(), json!(balance));
        }
        if let Some(reference) = reference(line) {
            fields.insert("reference".to_owned(), reference.into());
        }
        lines.push(fields);
    }
    let begins = said.map_or(from, |(first, _)| first).min(from);
    let before = last_held.filter(|before| before.closing == opening && before.last < from);
    let begins = before.map_or(begins, |before| begins_after(before, begins, said.is_some()));
    let ends = day("last").or(said.map(|(_, last)| last)).unwrap_or(to).max(to);
    // It is called by the day that it is reconciled on.
    let id = input.rules.fixed("statement").map_or_else(|| format!("bank-{ends}"), str::to_owned);
    let fields = json!({
        "statement": id,
        "date": day("received").unwrap_or(input.today),
        "first": day("first").unwrap_or(begins).min(from),
        "last": ends,
        "opening": opening,
        "closing": closing,
        "source": input.grid.source,
        "lines": lines,
    });
    match input.command(first, "bank_statement.record", object(fields)) {
        Ok(command) => found.all.push(Draft {
            lines: units.iter().flat_map(|unit| input.numbers(unit)).collect(),
            rule: input.kind.name().to_owned(),
            amount: moved,
            commands: vec![Made { command, by: None }],
        }),
        Err(flaw) => found.flaws.push(flaw),
    }
    found
}
