//! The statutory postings (财会〔2021〕7号, 第三部分), one row each: what happened, and the entries
//! that the accounting system prescribes for it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

#[path = "../given/mod.rs"]
mod given;
mod assets;
mod allocation;
mod basic;
mod dues;
mod law;
mod closing;
mod money;
mod welfare;

use std::collections::BTreeSet;

use given::{Asked, given};

/// One row of the table.
struct Row {
    /// What the regulation calls it.
    event: &'static str,
    given: Vec<Asked>,
    asked: Asked,
    /// `借 102 银行存款 100.00` for a debit and `贷 …` for a credit, one a line, in the voucher's order;
    /// entries of a fund other than the general one end in its id.
    entries: &'static str,
}

fn row(event: &'static str, given: Vec<Asked>, asked: Asked, entries: &'static str) -> Row {
    Row { event, given, asked, entries }
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    rows.extend(basic::rows());
    rows.extend(dues::rows());
    rows.extend(law::rows());
    rows.extend(closing::rows());
    rows.extend(assets::rows());
    rows.extend(allocation::rows());
    rows.extend(money::rows());
    rows.extend(welfare::rows());
    rows
}

fn shown(records: &[mingzhang::event::Recorded]) -> String {
    let vouchers = records.iter().filter_map(|record| record.voucher.as_ref());
    let lines = vouchers.flat_map(|voucher| &voucher.entries).map(|entry| {
        let (side, amount) = match entry.side.columns() {
            (Some(debit), _) => ("借", debit),
            (None, credit) => ("贷", credit.unwrap()),
        };
        let fund = entry.fund.as_str();
        let fund = if fund == "general" { String::new() } else { format!(" {fund}") };
        format!("{side} {} {} {amount}{fund}", entry.account, entry.name)
    });
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn every_event_is_posted_as_the_accounting_system_prescribes() {
    for Row { event, given: before, asked, entries } in rows() {
        let mut book = given(before);
        let records = book.when(&asked).unwrap_or_else(|refusal| panic!("{event}: {refusal:?}"));
        let lines: Vec<&str> = entries.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
        assert_eq!(shown(&records), lines.join("\n"), "{event}");
    }
}

#[test]
fn no_event_is_in_the_table_twice() {
    let rows = rows();
    let mut events = BTreeSet::new();
    let twice: Vec<&str> =
        rows.iter().map(|row| row.event).filter(|e| !events.insert(*e)).collect();
    assert!(twice.is_empty(), "{twice:?}");
}
