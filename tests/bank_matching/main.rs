//! 银行对账 Which lines of the bank are which vouchers: what is certain, what is likely, what nobody but a
//! person can say; what is outstanding and for how long; and the statement of both balances.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

#[path = "../given/mod.rs"]
mod given;
mod matching;
mod sheets;
mod many;

use given::{
    ACCOUNTANT, Asked, CASHIER, FIRST, Given, asks, given, interest_into, union_with_money, yuan,
};
use mingzhang::chart::{Chart, STATUTORY};
use mingzhang::event::VoucherNumber;
use mingzhang::ids::Seq;
use mingzhang::money::Money;
use mingzhang::projection::State;
use mingzhang::report::Period;
use mingzhang::report::bank_matches::{self, BankMatches, Confidence, Suggestion};
use serde_json::{Value, json};

pub(crate) const LATER: &str = "2025-03-05";

/// The bank has 1,000.00 when the book begins.
pub(crate) fn statement(
    id: &str,
    days: [&str; 2],
    sums: [&str; 2],
    lines: &[(&str, &str, &str)],
) -> Asked {
    let line = |(place, (date, amount, reference)): (usize, &(&str, &str, &str))| {
        let mut line = json!({"no": place + 1, "date": date, "amount": amount});
        if !reference.is_empty() {
            line["reference"] = (*reference).into();
        }
        line
    };
    let lines: Vec<Value> = lines.iter().enumerate().map(line).collect();
    let fields = json!({
        "statement": id, "date": LATER, "first": days[0], "last": days[1],
        "opening": sums[0], "closing": sums[1], "source": "ab".repeat(32), "lines": lines,
    });
    asks(ACCOUNTANT, LATER, "bank_statement.record", fields)
}

/// The statement of January with these lines.
pub(crate) fn january(lines: &[(&str, &str, &str)]) -> Asked {
    let moved = Money::sum(lines.iter().map(|(_, amount, _)| yuan(amount)));
    let closing = yuan("1000.00").plus(moved).to_string();
    statement("b-1", [FIRST, "2025-01-31"], ["1000.00", &closing], lines)
}

pub(crate) fn interest(date: &str, amount: &str) -> Asked {
    interest_into("general", LATER, date, amount)
}

pub(crate) fn draw(date: &str, amount: &str) -> Asked {
    asks(CASHIER, LATER, "cash.draw", json!({"date": date, "amount": amount}))
}

pub(crate) fn matches(lines: &[u32], seqs: &[Seq]) -> Asked {
    let fields = json!({"statement": "b-1", "lines": lines, "seqs": seqs});
    asks(ACCOUNTANT, LATER, "bank.match", fields)
}

pub(crate) fn after(mut given: Vec<Asked>, more: impl IntoIterator<Item = Asked>) -> Vec<Asked> {
    given.extend(more);
    given
}

pub(crate) fn book(asked: impl IntoIterator<Item = Asked>) -> Given {
    given(after(union_with_money(), asked))
}

pub(crate) fn found_in(state: &State, of: Option<&str>) -> BankMatches {
    bank_matches::report(state, &Chart::built_in(STATUTORY).unwrap(), Period::All, of)
}

/// Everything that is proposed, in short.
pub(crate) fn found(book: &Given) -> Vec<String> {
    found_in(book.state(), None).suggestions.iter().map(short).collect()
}

pub(crate) fn short(of: &Suggestion) -> String {
    let lines: Vec<String> = of.lines.iter().map(|l| format!("{}:{}", l.statement, l.no)).collect();
    let number = |v: &VoucherNumber| v.to_string().trim_start_matches("记-2025-").to_owned();
    let vouchers: Vec<String> = of.vouchers.iter().map(|v| number(&v.voucher)).collect();
    let why = serde_json::to_value(of.reason).unwrap();
    let why = why.as_str().map_or_else(
        || {
            let (name, days) = why.as_object().unwrap().iter().next().unwrap();
            format!("{name} {}", days["days"])
        },
        str::to_owned,
    );
    let sure = serde_json::to_value(of.confidence).unwrap();
    format!("{}: {} = {} ({why})", sure.as_str().unwrap(), lines.join(" "), vouchers.join(" "))
}

/// Everything that may be accepted is taken by the rules, and nothing of it is proposed again.
pub(crate) fn accept(book: &mut Given) {
    let proposed = found_in(book.state(), None).suggestions;
    let sure: Vec<_> = proposed.iter().filter_map(Suggestion::accepted).collect();
    for one in &sure {
        let fields = json!({"statement": one.statement, "lines": one.lines, "seqs": one.seqs});
        book.then(&asks(ACCOUNTANT, LATER, "bank.match", fields));
    }
    assert_eq!(book.state().bank.matchings().count(), sure.len());
    let left = found_in(book.state(), None).suggestions;
    let doubts: Vec<Suggestion> =
        proposed.into_iter().filter(|found| found.confidence == Confidence::Ambiguous).collect();
    for found in &left {
        let was_doubt = doubts.iter().any(|doubt| doubt.lines == found.lines);
        assert!(was_doubt, "{}", short(found));
    }
}
