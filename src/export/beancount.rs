//! A file that beancount 2 and 3 read. `bean-check` accepts it.

use std::io::{Result, Write};

use super::{
    Closing, Export, Names, Posted, breaks_line, closing, head, heading, posted, span, warning,
};

/// Writes the whole file: the same bytes for the same records.
pub fn write(export: &Export<'_>, mut out: impl Write) -> Result<()> {
    let names = Names::of(export);
    let closing = closing(export);
    let posted = posted(export);
    let heading = heading(export);
    if let Some(warning) = warning(export) {
        writeln!(out, "; {}", one_line(&warning))?;
    }
    writeln!(out, "; {}", one_line(&heading))?;
    writeln!(out, "option \"title\" \"{}\"", escape(&heading))?;
    let commodities = names.commodities();
    for (commodity, _) in &commodities {
        writeln!(out, "option \"operating_currency\" \"{commodity}\"")?;
    }
    let Some((first, last)) = span(&posted) else { return Ok(()) };
    for (commodity, fund) in &commodities {
        writeln!(out, "\n{first} commodity {commodity}\n  name: \"{}\"", escape(fund))?;
    }
    writeln!(out)?;
    for Closing { account, fund, commodity, .. } in &closing {
        writeln!(out, "{first} open {account} {commodity}\n  fund: \"{fund}\"")?;
    }
    for one in &posted {
        transaction(&names, one, &mut out)?;
    }
    // A balance holds at the start of its day, so it stands on the day after the last voucher; a
    // tolerance of nothing is said, for beancount's own would let half a fen pass.
    let after = last.next();
    writeln!(out)?;
    for Closing { account, commodity, balance, .. } in &closing {
        writeln!(out, "{after} balance {account}  {balance} ~ 0 {commodity}")?;
    }
    if let Some((seq, hash)) = head(export) {
        writeln!(out, "\n{after} custom \"ledger-head\" {seq} \"{}\"", escape(hash))?;
    }
    Ok(())
}

/// The link of a record names it by its seq, and a reversal bears the link of what it reverses too.
/// The voucher's number is no link: a link is of ASCII letters and digits.
fn transaction(names: &Names<'_>, posted: &Posted<'_>, out: &mut impl Write) -> Result<()> {
    let Posted { seq, hash, voucher, narration, reverses, .. } = posted;
    write!(out, "\n{} * \"{}\" ^V{seq}", voucher.date, escape(narration))?;
    match reverses {
        Some(reversed) => writeln!(out, " ^V{reversed}\n  reverses: {reversed}")?,
        None => writeln!(out)?,
    }
    writeln!(out, "  voucher: \"{}\"", voucher.number)?;
    writeln!(out, "  seq: {seq}\n  hash: \"{}\"", escape(hash))?;
    for entry in &voucher.entries {
        let account = names.account(&entry.account, &entry.fund);
        let (amount, commodity) = (entry.side.balance(), names.commodity(&entry.fund));
        writeln!(out, "  {account}  {amount} {commodity}")?;
        writeln!(out, "    fund: \"{}\"", names.fund(&entry.fund))?;
    }
    Ok(())
}

/// The inside of a string: one line, with quotes and backslashes escaped.
#[must_use]
pub fn escape(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('"', "\\\"")
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if breaks_line(c) { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::hostile;
    use super::*;
    use proptest::prelude::*;

    /// What beancount makes of the inside of a string; nothing where the string would end early.
    fn read_back(inside: &str) -> Option<String> {
        let mut chars = inside.chars();
        let mut text = String::new();
        while let Some(c) = chars.next() {
            match c {
                '"' => return None,
                '\\' => text.push(chars.next()?),
                c => text.push(c),
            }
        }
        Some(text)
    }

    proptest! {
        #[test]
        fn a_string_ends_where_it_should_and_reads_back_as_one_line(text in hostile()) {
            let escaped = escape(&text);
            prop_assert!(!escaped.contains(breaks_line), "{escaped:?}");
            prop_assert_eq!(read_back(&escaped), Some(one_line(&text)));
        }
    }
}
