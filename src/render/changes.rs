use super::table::{amount, figures, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::changes::{Account, Changes, Other};

/// More ids than these are counted and not listed; JSON has all.
const IDS_SHOWN: usize = 12;

/// The accounts before and after, and what else became another.
#[must_use]
pub fn changes(of: &Changes, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "资金", "Fund")),
        words(pick(lang, "科目", "Account")),
        figures(pick(lang, "之前", "Before")),
        figures(pick(lang, "之后", "After")),
        figures(pick(lang, "差额", "Difference")),
    ];
    let row = |line: &Account| {
        vec![
            line.fund.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.account.label(lang),
            amount(line.before),
            amount(line.after),
            amount(line.difference),
        ]
    };
    let accounts = if of.accounts.is_empty() {
        pick(lang, "科目无变动\n", "No account has moved\n").into()
    } else {
        table(&columns, of.accounts.iter().map(row))
    };
    let other = |other: &Other| {
        let (what, count) = (other.what.get(lang), other.ids.len());
        let shown: Vec<&str> = other.ids.iter().take(IDS_SHOWN).map(String::as_str).collect();
        let rest = if count > IDS_SHOWN { ", …" } else { "" };
        format!("{what} {count}: {}{rest}\n", shown.join(", "))
    };
    accounts + of.others.iter().map(other).collect::<Page>()
}
