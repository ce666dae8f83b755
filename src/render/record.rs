//! One record in plain words, for somebody who holds nothing but its proof.

use std::fmt::Write as _;

use serde_json::Value;

use crate::event::dues::DuesLine;
use crate::event::paper::Receipt;
use crate::event::{Entry, Fact, Recorded};
use crate::lang::Lang;

/// What was recorded, when and by whom; then what it says, a line each.
#[must_use]
pub fn record(record: &Recorded, lang: Lang) -> String {
    let Recorded { seq, at, actor, fact, voucher, key: _ } = record;
    let kind = fact.kind();
    let mut text = match lang {
        Lang::Zh => format!("记录 {seq}，{actor} 于 {at} 记：{kind}\n"),
        Lang::En => format!("record {seq}, recorded by {actor} at {at}: {kind}\n"),
    };
    if let Some(voucher) = voucher {
        writeln!(text, "  {} {}", voucher.number, voucher.date).ok();
        text.extend(voucher.entries.iter().map(|posted| entry(posted, lang)));
    }
    if let Fact::ReceiptIssued(issued) = fact {
        text.push_str(&receipt(issued, lang));
    } else if let Fact::DuesReceived(received) = fact {
        text.extend(received.lines.iter().map(|line| dues_line(line, lang)));
    } else if let Ok(body) = fact.to_body(None) {
        text.extend(body.iter().map(|(name, value)| field(name, value)));
    }
    text
}

fn entry(entry: &Entry, lang: Lang) -> String {
    let Entry { account, name, fund, side } = entry;
    let (debit, credit) = side.columns();
    let (word, amount) = match (debit, credit, lang) {
        (Some(debit), _, Lang::Zh) => ("借", debit),
        (Some(debit), _, Lang::En) => ("debit", debit),
        (None, credit, Lang::Zh) => ("贷", credit.unwrap_or_default()),
        (None, credit, Lang::En) => ("credit", credit.unwrap_or_default()),
    };
    format!("  {word} {account} {name} ({fund}) {amount}\n")
}

fn receipt(issued: &Receipt, lang: Lang) -> String {
    let Receipt { number, date, member, payment, amount } = issued;
    match lang {
        Lang::Zh => format!(
            "  收据 {number}，{date} 开具：会员 {member} 缴纳会费 {amount}，见记录 {payment}\n"
        ),
        Lang::En => format!(
            "  receipt {number} of {date}: the member {member} paid dues of {amount}, by record \
             {payment}\n"
        ),
    }
}

fn dues_line(line: &DuesLine, lang: Lang) -> String {
    let DuesLine { member, month, amount } = line;
    match lang {
        Lang::Zh => format!("  会员 {member} {month} 会费 {amount}\n"),
        Lang::En => format!("  dues of the member {member} for {month}: {amount}\n"),
    }
}

fn field(name: &str, value: &Value) -> String {
    match value {
        Value::String(text) => format!("  {name}: {text}\n"),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
            format!("  {name}: {value}\n")
        }
    }
}
