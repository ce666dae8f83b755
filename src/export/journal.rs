//! A journal that hledger and ledger both read: the subset that means the same to both.
//!
//! `hledger check --strict ordereddates` and `ledger --strict --pedantic` accept it.

use std::io::{Result, Write};

use super::{Closing, Export, Names, Posted, breaks_line, closing, heading, posted, span, warning};

/// The metadata keys that are used; ledger's pedantic mode wants them declared.
const TAGS: [&str; 4] = ["fund", "seq", "hash", "reverses"];

/// Writes the whole journal: the same bytes for the same records.
pub fn write(export: &Export<'_>, mut out: impl Write) -> Result<()> {
    let names = Names::of(export);
    let closing = closing(export);
    let posted = posted(export);
    if let Some(warning) = warning(export) {
        writeln!(out, "; {}", escape(&warning))?;
    }
    writeln!(out, "; {}", escape(&heading(export)))?;
    for (commodity, fund) in names.commodities() {
        writeln!(out, "\n; {}\ncommodity {commodity}", escape(fund))?;
        writeln!(out, "    format 1000.00 {commodity}")?;
    }
    writeln!(out)?;
    for tag in TAGS {
        writeln!(out, "tag {tag}")?;
    }
    writeln!(out)?;
    for Closing { account, .. } in &closing {
        writeln!(out, "account {account}")?;
    }
    for one in &posted {
        transaction(&names, one, &mut out)?;
    }
    if let Some((_, last)) = span(&posted) {
        writeln!(out, "\n{last} * (ASSERT) 期末余额核对")?;
        for Closing { account, fund, commodity, balance } in &closing {
            writeln!(out, "    {account}  0.00 {commodity} = {balance} {commodity}")?;
            writeln!(out, "    ; fund: {fund}")?;
        }
    }
    Ok(())
}

/// A state and a code always stand before the text, so that nothing in it is read as one of them.
fn transaction(names: &Names<'_>, posted: &Posted<'_>, out: &mut impl Write) -> Result<()> {
    let Posted { seq, hash, voucher, narration, reverses, .. } = posted;
    writeln!(out, "\n{} * ({}) {}", voucher.date, voucher.number, escape(narration))?;
    writeln!(out, "    ; seq: {seq}")?;
    writeln!(out, "    ; hash: {}", escape(hash))?;
    if let Some(reversed) = reverses {
        writeln!(out, "    ; reverses: {reversed}")?;
    }
    for entry in &voucher.entries {
        let account = names.account(&entry.account, &entry.fund);
        let (amount, commodity) = (entry.side.balance(), names.commodity(&entry.fund));
        writeln!(out, "    {account}  {amount} {commodity}")?;
        writeln!(out, "    ; fund: {}", names.fund(&entry.fund))?;
    }
    Ok(())
}

/// A text that both programs read as text and nothing else: one line, single spaces, and every sign
/// that divides, comments, dates or tags replaced by its full-width twin.
#[must_use]
pub fn escape(text: &str) -> String {
    let plain = |c: char| match c {
        c if breaks_line(c) || c.is_whitespace() => ' ',
        ';' => '；',
        '|' => '｜',
        '[' => '［',
        ']' => '］',
        ',' => '，',
        ':' => '：',
        c => c,
    };
    let text: String = text.chars().map(plain).collect();
    text.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::super::tests::{PAYLOADS, hostile};
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_would_be_read_as_something_else_is_rewritten() {
        assert_eq!(escape(PAYLOADS[0]), "一 2026-01-01 * (V9) 多出来的 Assets：X：F1 1.00 CNY");
        assert_eq!(
            escape("[2026-02-30], a:: 1/0; 甲|乙\u{3000}丙"),
            "［2026-02-30］， a：： 1/0； 甲｜乙 丙"
        );
        assert_eq!(escape("示例工会委员会决议2025-3号"), "示例工会委员会决议2025-3号");
    }

    proptest! {
        #[test]
        fn an_escaped_text_is_one_line_of_words_without_signs_of_the_format(text in hostile()) {
            let escaped = escape(&text);
            let sign = |c: char| breaks_line(c) || matches!(c, ';' | '|' | '[' | ']' | ',' | ':');
            prop_assert!(!escaped.contains(sign), "{escaped:?}");
            prop_assert!(!escaped.contains("  ") && escaped.trim() == escaped, "{escaped:?}");
            prop_assert_eq!(escape(&escaped), escaped);
        }
    }
}
