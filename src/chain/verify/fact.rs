//! What a program that knows the facts can check besides: that a body is the fact it says it is,
//! and that its entries are those of the statutory table. It looks at one record alone.

use serde_json::Map;

use super::envelope::Record;
use super::finding::Findings;
use super::kind::FaultKind;
use super::types::is_described_exactly;
use super::voucher::Entry;
use crate::chart::Chart;
use crate::event::{self, Fact, FactError};
use crate::posting::{self, PostingError};

/// These stand beside the fact's own fields.
const OF_THE_VOUCHER: [&str; 2] = ["voucher", "entries"];

/// `entries` are those that the record has: none where it is no voucher.
pub(super) fn check(
    record: &Record<'_>,
    entries: &[Entry<'_>],
    chart: Option<&Chart>,
    findings: &mut Findings,
) {
    let (Some(kind), Some(tv), Some(body)) = (record.kind, record.tv, record.body) else { return };
    let (Ok(tv), true) = (u32::try_from(tv), Fact::NAMES.contains(&kind)) else { return };
    let own: Map<_, _> = body
        .fields()
        .filter(|(name, _)| !OF_THE_VOUCHER.contains(name))
        .map(|(name, value)| (name.to_owned(), value.to_value()))
        .collect();
    match Fact::from_body(kind, tv, own) {
        Err(FactError::Body { .. }) if is_described_exactly(kind, body) => {}
        Err(FactError::Body { why, .. }) => findings.fault(FaultKind::BodyForm, kind, why),
        // A reversal is compared with its original, where that is remembered.
        Ok((Fact::EntryReversed(_), _)) | Err(FactError::Type(_) | FactError::Version { .. }) => {}
        Ok((fact, _)) => {
            if let Some(chart) = chart {
                compare(&fact, entries, chart, findings);
            }
        }
    }
}

fn compare(fact: &Fact, entries: &[Entry<'_>], chart: &Chart, findings: &mut Findings) {
    match posting::entries(fact, None, chart) {
        Ok(expected) => {
            let same = expected.len() == entries.len()
                && expected.iter().zip(entries).all(|(expected, entry)| is_same(expected, entry));
            if !same {
                let expected = expected.iter().map(shown).collect::<Vec<_>>().join("; ");
                let found = entries.iter().map(shown_entry).collect::<Vec<_>>().join("; ");
                findings.fault(FaultKind::PostingDiffers, expected, found);
            }
        }
        Err(PostingError::Account(code)) => {
            findings.fault(FaultKind::PostingDiffers, code.as_str(), "chart.json: -");
        }
        Err(PostingError::Use(of)) => {
            findings.fault(FaultKind::PostingDiffers, of.as_str(), "chart.json: -");
        }
        // Only a reversal needs its original.
        Err(PostingError::Original) => {}
    }
}

fn is_same(expected: &event::Entry, found: &Entry<'_>) -> bool {
    let event::Entry { account, name, fund, side } = expected;
    let (amount, is_debit) = amount_of(*side);
    account.as_str() == found.account
        && name.as_str() == found.name
        && fund.as_str() == found.fund
        && is_debit == found.is_debit
        && amount.fen() == Some(found.fen)
}

fn amount_of(side: event::Side) -> (crate::money::Money, bool) {
    match side {
        event::Side::Debit(amount) => (amount, true),
        event::Side::Credit(amount) => (amount, false),
    }
}

fn shown(entry: &event::Entry) -> String {
    let (amount, is_debit) = amount_of(entry.side);
    let side = if is_debit { "借" } else { "贷" };
    format!("{side} {} {} {} {amount}", entry.account, entry.name, entry.fund)
}

fn shown_entry(entry: &Entry<'_>) -> String {
    let Entry { account, name, fund, is_debit, fen } = entry;
    let side = if *is_debit { "借" } else { "贷" };
    let amount = super::accounts::Fen(i128::from(*fen));
    format!("{side} {account} {name} {fund} {amount}")
}
