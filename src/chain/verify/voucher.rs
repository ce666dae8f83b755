//! Vouchers and their entries (docs/FORMAT.md, section 7).

use std::collections::BTreeMap;
use std::num::NonZeroU64;

use super::accounts::{ChartFile, Fen, TrialBalance};
use super::calendar::{Day, Month};
use super::finding::Findings;
use super::form::{Digest, digest_of, fen};
use super::json::{Json, Object};
use super::kind::FaultKind;

const FIELDS: [&str; 3] = ["voucher", "date", "entries"];

/// What could be read of one voucher.
pub(super) struct Voucher<'a> {
    pub(super) number: Option<Number<'a>>,
    /// `None` where one of them is not of its form.
    pub(super) entries: Option<Vec<Entry<'a>>>,
}

/// A voucher's number as it stands, and its parts where it is of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number<'a> {
    pub(super) text: &'a str,
    parts: Option<(Month, u32)>,
}

/// One entry. Its amount stands on one of the two sides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Entry<'a> {
    pub(super) account: &'a str,
    pub(super) name: &'a str,
    pub(super) fund: &'a str,
    pub(super) is_debit: bool,
    pub(super) fen: i64,
}

/// The last number of each month.
#[derive(Default)]
pub(super) struct Numbers(BTreeMap<Month, u32>);

impl Voucher<'_> {
    /// Adds the entries. A voucher with one that cannot be read is left out as a whole, for a part
    /// of it would not balance.
    pub(super) fn add_to(&self, trial: &mut TrialBalance) {
        for entry in self.entries.iter().flatten() {
            let fen = i128::from(entry.fen);
            let (debit, credit) = if entry.is_debit { (fen, 0) } else { (0, fen) };
            trial.add(entry.account, entry.fund, debit, credit);
        }
    }

    /// Debits and credits in fen.
    pub(super) fn turnover(&self) -> (i128, i128) {
        let entries = self.entries.as_deref().unwrap_or_default();
        let sum = |debit: bool| {
            let amounts = entries.iter().filter(|entry| entry.is_debit == debit);
            amounts.fold(0_i128, |sum, entry| sum.saturating_add(i128::from(entry.fen)))
        };
        (sum(true), sum(false))
    }
}

impl Numbers {
    /// Within a month each number is one more than the last.
    pub(super) fn check(&mut self, number: Number<'_>, day: Option<Day>, findings: &mut Findings) {
        let Some((month, found)) = number.parts else {
            return findings.fault(FaultKind::VoucherForm, "记-YYYY-MM-NNNN", number.text);
        };
        if let Some(day) = day.filter(|day| day.month() != month) {
            let expected = day.month().to_string();
            findings.fault(FaultKind::VoucherMonthWrong, expected, number.text);
        }
        let last = self.0.insert(month, found);
        let expected = last.map_or(1, |last| last.saturating_add(1));
        let kind = if last.is_some_and(|last| found <= last) {
            FaultKind::VoucherRepeated
        } else if found > expected {
            FaultKind::VoucherGap
        } else {
            return;
        };
        findings.fault(kind, format!("记-{month}-{expected:04}"), number.text);
    }
}

/// `None` where the body has neither number nor entries, which is no voucher.
pub(super) fn read<'a>(
    body: &'a Object<'a>,
    is_reversal: bool,
    chart: Option<&ChartFile>,
    findings: &mut Findings,
) -> Option<Voucher<'a>> {
    if !body.has("voucher") && !body.has("entries") {
        return None;
    }
    for field in FIELDS.into_iter().filter(|field| !body.has(field)) {
        findings.fault(FaultKind::VoucherIncomplete, FIELDS.join(" "), format!("{field}: -"));
    }
    let number = body.get("voucher").and_then(|voucher| {
        let text = voucher.text();
        if text.is_none() {
            findings.fault(FaultKind::VoucherForm, "记-YYYY-MM-NNNN", voucher.shown());
        }
        text.map(Number::read)
    });
    let rules = Rules { is_reversal, chart };
    let entries = body.get("entries").and_then(|written| rules.entries(written, findings));
    let voucher = Voucher { number, entries };
    check_balance(&voucher, findings);
    Some(voucher)
}

/// A digest of entries, or of the same entries in red. Nothing of it can be moved from one field to
/// the next, for each has its length before it.
pub(super) fn digest(entries: &[Entry<'_>], red: bool) -> Digest {
    let mut hasher = blake3::Hasher::new();
    for entry in entries {
        for text in [entry.account, entry.name, entry.fund] {
            hasher.update(&u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes());
            hasher.update(text.as_bytes());
        }
        let fen = if red { 0_i64.saturating_sub(entry.fen) } else { entry.fen };
        hasher.update(&[u8::from(entry.is_debit)]).update(&fen.to_be_bytes());
    }
    digest_of(hasher.finalize().as_bytes())
}

impl<'a> Number<'a> {
    fn read(text: &'a str) -> Number<'a> {
        Number { text, parts: parts(text) }
    }

    /// Tells one number from another in eight bytes: in full, or by a hash where it has no form.
    pub(super) fn short(self) -> NonZeroU64 {
        let short = if let Some((month, number)) = self.parts {
            u64::from(month.count()).wrapping_shl(32) | u64::from(number)
        } else {
            let hash = blake3::hash(self.text.as_bytes());
            let part = hash.as_bytes().first_chunk().map_or(0, |part| u64::from_be_bytes(*part));
            part | u64::MAX.wrapping_shl(63)
        };
        // Months count from the year 1, and a hash has its top bit set: neither is ever 0.
        NonZeroU64::new(short).unwrap_or(NonZeroU64::MAX)
    }

    /// [`Number::short`] of a text.
    pub(super) fn short_of(text: &str) -> NonZeroU64 {
        Number::read(text).short()
    }
}

fn parts(text: &str) -> Option<(Month, u32)> {
    let (month, digits) = text.strip_prefix("记-")?.rsplit_once('-')?;
    Some((Month::parse(month)?, digits_of(digits)?))
}

/// Four digits, or five to nine without leading zeros.
pub(super) fn digits_of(digits: &str) -> Option<u32> {
    let leading_zero = digits.len() > 4 && digits.starts_with('0');
    if !(4..=9).contains(&digits.len()) || leading_zero {
        return None;
    }
    digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok())?
}

/// What an entry is held against.
struct Rules<'c> {
    is_reversal: bool,
    chart: Option<&'c ChartFile>,
}

impl Rules<'_> {
    /// All entries, or `None` where one of them cannot be read.
    fn entries<'a>(
        &self,
        written: &'a Json<'a>,
        findings: &mut Findings,
    ) -> Option<Vec<Entry<'a>>> {
        let Some(items) = written.array().filter(|items| !items.is_empty()) else {
            findings.fault(FaultKind::EntryForm, "[{…}, …]", written.shown());
            return None;
        };
        let mut entries = Vec::with_capacity(items.len());
        for item in items {
            entries.extend(self.entry(item, findings));
        }
        (entries.len() == items.len()).then_some(entries)
    }

    fn entry<'a>(&self, item: &'a Json<'a>, findings: &mut Findings) -> Option<Entry<'a>> {
        let Some((account, name, fund, is_debit)) = head_of(item) else {
            let expected = "{account, debit|credit, fund, name}";
            findings.fault(FaultKind::EntryForm, expected, item.shown());
            return None;
        };
        self.check_account(account, name, findings);
        let written = item.object()?.get(if is_debit { "debit" } else { "credit" })?;
        let Some(fen) = written.text().and_then(fen) else {
            findings.fault(FaultKind::MoneyForm, "0.00", written.shown());
            return None;
        };
        if fen < 0 && !self.is_reversal {
            findings.fault(FaultKind::AmountNegative, "≥ 0.00", Fen(i128::from(fen)).to_string());
        }
        Some(Entry { account, name, fund, is_debit, fen })
    }

    fn check_account(&self, account: &str, name: &str, findings: &mut Findings) {
        let Some(chart) = self.chart else { return };
        match chart.name(account) {
            Some(expected) if expected == name => {}
            Some(expected) => {
                let expected = format!("{account} {expected}");
                let found = format!("{account} {name}");
                findings.fault(FaultKind::AccountNameWrong, expected, found);
            }
            None => findings.fault(FaultKind::AccountUnknown, "chart.json", account),
        }
    }
}

/// Account, name, fund and side of an entry that has exactly its four fields.
fn head_of<'a>(item: &'a Json<'a>) -> Option<(&'a str, &'a str, &'a str, bool)> {
    let entry = item.object()?;
    let is_debit = entry.has("debit");
    let side = if is_debit { "debit" } else { "credit" };
    let text = |key: &str| entry.text(key).filter(|text| !text.is_empty());
    let head = (text("account")?, text("name")?, text("fund")?, is_debit);
    entry.has_exactly(&["account", "name", "fund", side]).then_some(head)
}

/// Balanced in all, and then within each fund. Entries that cannot be read leave it open.
fn check_balance(voucher: &Voucher<'_>, findings: &mut Findings) {
    let Some(entries) = &voucher.entries else { return };
    let (debit, credit) = voucher.turnover();
    if debit != credit {
        let (debit, credit) = (Fen(debit).to_string(), Fen(credit).to_string());
        return findings.fault(FaultKind::VoucherUnbalanced, debit, credit);
    }
    let mut funds: Vec<(&str, i128)> = Vec::new();
    for entry in entries {
        let fen = i128::from(entry.fen);
        let signed = if entry.is_debit { fen } else { 0_i128.saturating_sub(fen) };
        match funds.iter_mut().find(|(fund, _)| *fund == entry.fund) {
            Some((_, balance)) => *balance = balance.saturating_add(signed),
            None => funds.push((entry.fund, signed)),
        }
    }
    for (fund, balance) in funds.into_iter().filter(|(_, balance)| *balance != 0) {
        let found = format!("{fund}: {}", Fen(balance));
        findings.fault(FaultKind::FundUnbalanced, format!("{fund}: 0.00"), found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_apart_also_where_they_have_no_form() {
        let texts =
            ["记-2026-03-0001", "记-2026-03-0002", "记-2026-03-1", "记-2026-03-00001", "", "x"];
        for (n, one) in texts.iter().enumerate() {
            for other in &texts[n + 1..] {
                assert_ne!(Number::short_of(one), Number::short_of(other), "{one} {other}");
            }
        }
        assert!(parts("记-2026-03-123456789").is_some());
        for bad in
            ["记-2026-03-001", "记-2026-03-01234", "记-2026-13-0001", "记-2026-03-1234567890"]
        {
            assert_eq!(parts(bad), None, "{bad}");
        }
    }
}
