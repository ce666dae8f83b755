//! Vouchers as the text that Yonyou's 总账工具 takes in (T3, T6, U8: 凭证引入): a first line
//! `填制凭证,V800`, then one line an entry with the fields that must be there. Fields are parted by commas
//! and never quoted. What was and was not tried with the real programs stands in the manual.

use std::fmt::Write as _;

use super::kingdee::in_order_of_numbers;
use super::{Export, Names, Posted, journal};
use crate::money::Money;

/// 摘要 has 60 bytes there, counted as GB18030: two for a Chinese letter.
const SUMMARY_BYTES_MAX: usize = 60;

/// The whole file as text, its lines ended by CR LF; the same for the same records.
#[must_use]
pub fn text(export: &Export<'_>) -> String {
    let names = Names::of(export);
    let mut text = "填制凭证,V800\r\n".to_owned();
    for posted in in_order_of_numbers(export) {
        let Posted { seq, actor, voucher, ref narration, .. } = posted;
        let papers = export.state.papers.of(seq).len().min(999);
        for entry in &voucher.entries {
            let (debit, credit) = entry.side.columns();
            let [debit, credit] = [debit, credit].map(|side| side.unwrap_or(Money::ZERO));
            let fund = names.funds.get(&entry.fund).map_or("", |(_, name)| *name);
            let summary = cut(&format!("{} {fund}", journal::escape(narration)));
            let (date, number) = (voucher.date, voucher.number.number);
            // 数量、外币、汇率 stay empty; what comes behind the one who made it may be left out.
            let account = &entry.account;
            write!(
                text,
                "{date},记,{number},{papers},{summary},{account},{debit},{credit},,,,{actor}\r\n"
            )
            .ok();
        }
    }
    text
}

/// A summary as far as there is room for it, on one line and without a comma or a quote.
fn cut(text: &str) -> String {
    let (mut room, mut kept) = (SUMMARY_BYTES_MAX, String::new());
    for c in journal::escape(text).chars() {
        let c = if c == '"' { '＂' } else { c };
        // One byte as ASCII, two in GBK, else four.
        let letter = c.to_string();
        let (bytes, _, _) = encoding_rs::GB18030.encode(&letter);
        let Some(left) = room.checked_sub(bytes.len()) else { break };
        room = left;
        kept.push(c);
    }
    kept.trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::tests::hostile;
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_summary_is_one_field_that_there_is_room_for(text in hostile()) {
            let kept = cut(&text);
            prop_assert!(!kept.contains([',', '"', '\r', '\n']));
            prop_assert!(encoding_rs::GB18030.encode(&kept).0.len() <= SUMMARY_BYTES_MAX);
        }
    }
}
