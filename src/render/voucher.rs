use super::table::{amount_if_any, figures, pick, table, words};
use crate::chart::Chart;
use crate::event::{Entry, Voucher};
use crate::lang::Lang;
use crate::render::page::Page;

/// A voucher 凭证: its number, its day and its entries.
#[must_use]
pub fn voucher(voucher: &Voucher, chart: &Chart, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "科目", "Account")),
        words(pick(lang, "资金", "Fund")),
        figures(pick(lang, "借方", "Debit")),
        figures(pick(lang, "贷方", "Credit")),
    ];
    let rows = voucher.entries.iter().map(|Entry { account, name, fund, side }| {
        let name = chart.account(account).map_or(name.as_str(), |found| found.name(lang));
        let (debit, credit) = side.columns();
        let account = format!("{account} {name}");
        vec![account, fund.to_string(), amount_if_any(debit), amount_if_any(credit)]
    });
    Page::from(format!("{} {}\n", voucher.number, voucher.date)) + table(&columns, rows)
}
