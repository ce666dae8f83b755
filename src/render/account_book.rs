use core::fmt::Write as _;

use super::page::Page;
use super::table::{amount, amount_or_blank, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::report::account_book::{self, AccountBook, Row, RowKind, Standing, Which};

#[must_use]
pub fn account_book(report: &AccountBook, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    for page in &report.pages {
        text += one_page(page, report.book, lang);
    }
    if report.pages.is_empty() {
        text += pick(lang, "没有发生额，也没有余额\n", "nothing moved and nothing stands\n");
    }
    let keepers: Vec<String> = report.kept_by.iter().map(ToString::to_string).collect();
    let (office, keepers) = (keeper(report.book, lang), keepers.join(", "));
    text + format!("{office}: {keepers}\n")
}

fn keeper(book: Which, lang: Lang) -> &'static str {
    match book {
        Which::GeneralLedger | Which::Ledger => pick(lang, "记账", "Kept by the accountant"),
        Which::CashJournal | Which::BankJournal => pick(lang, "出纳", "Kept by the cashier"),
    }
}

fn one_page(page: &account_book::Page, book: Which, lang: Lang) -> Page {
    let journal = matches!(book, Which::CashJournal | Which::BankJournal);
    let mut title = format!("{}: {}", pick(lang, "科目", "Account"), page.account.label(lang));
    if let Some(fund) = &page.fund {
        write!(title, "  {}: {fund}", pick(lang, "资金", "Fund")).ok();
    }
    let mut columns = vec![words(pick(lang, "日期", "Date"))];
    // The general ledger has no entries of its own.
    let entries = book != Which::GeneralLedger;
    if entries {
        columns.push(words(pick(lang, "凭证号", "Voucher")));
    }
    columns.push(words(pick(lang, "摘要", "Summary")));
    if journal {
        columns.push(words(pick(lang, "对方科目", "Other account")));
    }
    columns.extend([
        figures(pick(lang, "借方", "Debit")),
        figures(pick(lang, "贷方", "Credit")),
        words(pick(lang, "方向", "Side")),
        figures(pick(lang, "余额", "Balance")),
    ]);
    let rows = page.rows.iter().map(|row| cells(row, entries, journal, lang));
    Page::from(title + "\n") + table(&columns, rows)
}

fn cells(row: &Row, entries: bool, journal: bool, lang: Lang) -> Vec<String> {
    let mut cells = vec![row.date.to_string()];
    if entries {
        cells.push(row.voucher.map(|number| number.to_string()).unwrap_or_default());
    }
    cells.push(row.summary.get(lang).to_owned());
    if journal {
        let contra: Vec<String> = row.contra.iter().map(|account| account.label(lang)).collect();
        cells.push(contra.join("; "));
    }
    // A total of nothing is said; the other column of an entry stays empty.
    let moved = match row.kind {
        RowKind::Day | RowKind::Month | RowKind::YearToDate => [row.debit, row.credit].map(amount),
        RowKind::Brought | RowKind::Entry | RowKind::Carried => {
            [row.debit, row.credit].map(amount_or_blank)
        }
    };
    cells.extend(moved);
    let side = match row.side {
        Standing::Debit => pick(lang, "借", "Dr"),
        Standing::Credit => pick(lang, "贷", "Cr"),
        Standing::Nil => pick(lang, "平", "-"),
    };
    cells.extend([side.to_owned(), amount(row.balance)]);
    cells
}
