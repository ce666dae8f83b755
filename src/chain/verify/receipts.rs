//! Receipts for what members paid (docs/FORMAT.md, section 21).

use std::collections::{BTreeMap, BTreeSet};

use super::accounts::Fen;
use super::body;
use super::calendar::Day;
use super::finding::Findings;
use super::form::{Digest, digest_of};
use super::json::Object;
use super::kind::FaultKind;
use super::voucher::{Voucher, digits_of};

/// The dues that receipts can be for, and the receipts' numbers.
#[derive(Default)]
pub(super) struct Receipts {
    /// By the `seq` of `dues.received`.
    paid: BTreeMap<u64, Dues>,
    /// The last number of each year.
    numbers: BTreeMap<u32, u32>,
    issued: BTreeSet<(u64, Digest)>,
}

/// What one `dues.received` says.
#[derive(Default)]
struct Dues {
    /// Who paid how much, in fen. 32 bytes a line.
    lines: Box<[(Digest, i128)]>,
    /// Whether the lines add up to what was debited.
    adds_up: bool,
    is_reversed: bool,
}

impl Receipts {
    /// `dues.received`. Lines that cannot be read are none.
    pub(super) fn dues(&mut self, seq: u64, body: &Object<'_>, voucher: Option<&Voucher<'_>>) {
        let lines = || {
            let items = body.get("lines")?.array()?;
            let mut lines: BTreeMap<Digest, i128> = BTreeMap::new();
            for item in items {
                let line = item.object()?;
                let member = member_digest(body::text(line, "member")?);
                let sum = lines.entry(member).or_default();
                *sum = sum.saturating_add(i128::from(body::money(line, "amount")?));
            }
            Some(lines)
        };
        let lines = lines().unwrap_or_default();
        let sum = lines.values().fold(0_i128, |sum, fen| sum.saturating_add(*fen));
        let debited = voucher.map_or(0, |voucher| voucher.turnover().0);
        let lines = lines.into_iter().collect();
        let dues = Dues { lines, adds_up: sum == debited, is_reversed: false };
        self.paid.entry(seq).or_insert(dues);
    }

    /// The record of this `seq` was reversed.
    pub(super) fn reversed(&mut self, seq: u64) {
        if let Some(dues) = self.paid.get_mut(&seq) {
            dues.is_reversed = true;
        }
    }

    /// `receipt.issued`.
    pub(super) fn issue(&mut self, body: &Object<'_>, day: Option<Day>, findings: &mut Findings) {
        let read = || {
            body::exactly(body, &["number", "date", "member", "payment", "amount"], &[])?;
            let (year, number) = body.text("number").and_then(number_of)?;
            // Where the day cannot be read, that is its own fault.
            day.is_none_or(|day| day.year() == year).then_some(())?;
            let member = body::text(body, "member")?;
            let terms = (body::number(body, "payment")?, body::money(body, "amount")?);
            Some((year, number, member, terms))
        };
        let Some((year, number, member, (payment, fen))) = read() else {
            return body::wrong(body, "{number, date, member, payment, amount}", findings);
        };
        if day.is_none() {
            return;
        }
        self.count(year, number, findings);
        let digest = member_digest(member);
        let dues = self.paid.get(&payment);
        let lines = dues.map(|dues| dues.lines.as_ref()).unwrap_or_default();
        let paid = lines.iter().find(|(other, _)| *other == digest).map(|(_, sum)| *sum);
        if paid != Some(i128::from(fen)) {
            let expected = paid.map_or("-".to_owned(), |sum| Fen(sum).to_string());
            let found = format!("seq {payment} {member}: {}", Fen(i128::from(fen)));
            findings.fault(FaultKind::ReceiptWrong, expected, found);
        }
        if let Some(dues) = dues {
            if !dues.adds_up {
                findings.fault(
                    FaultKind::ReceiptWrong,
                    "Σ lines = Σ debit",
                    format!("seq {payment}"),
                );
            }
            if dues.is_reversed {
                let found = format!("seq {payment}: entry.reversed");
                findings.fault(FaultKind::ReceiptWrong, "≠ entry.reversed", found);
            }
        }
        if !self.issued.insert((payment, digest)) {
            findings.fault(FaultKind::ReceiptWrong, "1", format!("seq {payment} {member}: 2"));
        }
    }

    /// Within a year each number is one more than the last.
    fn count(&mut self, year: u32, found: u32, findings: &mut Findings) {
        let last = self.numbers.insert(year, found).unwrap_or_default();
        let expected = last.saturating_add(1);
        let kind = if found <= last {
            FaultKind::ReceiptRepeated
        } else if found > expected {
            FaultKind::ReceiptGap
        } else {
            return;
        };
        let texts = [expected, found].map(|number| format!("收-{year:04}-{number:04}"));
        let [expected, found] = texts;
        findings.fault(kind, expected, found);
    }
}

/// Year and number of `收-YYYY-NNNN`.
fn number_of(text: &str) -> Option<(u32, u32)> {
    let (year, number) = text.strip_prefix("收-")?.split_once('-')?;
    let is_year = year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit());
    let year = year.parse().ok().filter(|_| is_year)?;
    Some((year, digits_of(number)?))
}

fn member_digest(member: &str) -> Digest {
    digest_of(blake3::hash(member.as_bytes()).as_bytes())
}
