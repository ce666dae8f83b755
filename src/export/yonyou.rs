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
            let summary = summary(narration, fund);
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

/// What a voucher says, as far as there is room for it beside the name of the fund.
fn summary(narration: &str, fund: &str) -> String {
    let fund = cut(fund, SUMMARY_BYTES_MAX);
    let room = SUMMARY_BYTES_MAX.saturating_sub(bytes(&fund)).saturating_sub(1);
    let said = cut(narration, room);
    format!("{said} {fund}").trim().to_owned()
}

/// A text as far as there is room for it, on one line and without a comma or a quote.
fn cut(text: &str, bytes_max: usize) -> String {
    let (mut room, mut kept) = (bytes_max, String::new());
    for c in journal::escape(text).chars() {
        let c = if c == '"' { '＂' } else { c };
        let Some(left) = room.checked_sub(bytes(&c.to_string())) else { break };
        room = left;
        kept.push(c);
    }
    kept.trim_end().to_owned()
}

/// One byte for what is ASCII, two for what is in GBK, else four.
fn bytes(text: &str) -> usize {
    encoding_rs::GB18030.encode(text).0.len()
}

#[cfg(test)]
mod tests {
    use super::super::tests::hostile;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_fund_is_named_in_full_and_the_rest_as_far_as_there_is_room() {
        assert_eq!(summary("收会费, 3人", "一般资金"), "收会费， 3人 一般资金");
        let long = "资金划转 general → relief 示例工会委员会决议2025-2号";
        let said = summary(long, "困难帮扶资金");
        assert_eq!(said, "资金划转 general → relief 示例工会委员会决议20 困难帮扶资金");
        assert_eq!(bytes(&said), 60);
    }

    proptest! {
        #[test]
        fn a_summary_is_one_field_that_there_is_room_for(text in hostile(), fund in hostile()) {
            let said = summary(&text, &fund);
            prop_assert!(!said.contains([',', '"', '\r', '\n']), "{said:?}");
            prop_assert!(bytes(&said) <= SUMMARY_BYTES_MAX, "{said:?}");
        }
    }
}
