use super::table::{amount, amount_or_blank, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::money::Money;
use crate::render::page::Page;
use crate::report::trial_balance::{Amounts, TrialBalance};

#[must_use]
pub fn trial_balance(report: &TrialBalance, lang: Lang) -> Page {
    let by_fund = report.lines.iter().any(|line| line.fund.is_some());
    let mut columns = Vec::new();
    if by_fund {
        columns.push(words(pick(lang, "资金", "Fund")));
    }
    columns.push(words(pick(lang, "科目", "Account")));
    columns.extend([
        figures(pick(lang, "期初借方", "Opening debit")),
        figures(pick(lang, "期初贷方", "Opening credit")),
        figures(pick(lang, "本期借方", "Period debit")),
        figures(pick(lang, "本期贷方", "Period credit")),
    ]);
    if report.total.year_to_date.is_some() {
        columns.push(figures(pick(lang, "本年累计借方", "Year's debit")));
        columns.push(figures(pick(lang, "本年累计贷方", "Year's credit")));
    }
    columns.extend([
        figures(pick(lang, "期末借方", "Closing debit")),
        figures(pick(lang, "期末贷方", "Closing credit")),
    ]);
    let row = |fund: String, account: String, amounts: Vec<String>| {
        let mut row = if by_fund { vec![fund] } else { Vec::new() };
        row.push(account);
        row.extend(amounts);
        row
    };
    let mut rows = Vec::new();
    for line in &report.lines {
        let fund = line.fund.as_ref().map(ToString::to_string).unwrap_or_default();
        let amounts = figures_of(&line.amounts).into_iter().map(amount_or_blank).collect();
        rows.push(row(fund, line.account.label(lang), amounts));
    }
    let total = figures_of(&report.total).into_iter().map(amount).collect();
    rows.push(row(String::new(), pick(lang, "合计", "Total").to_owned(), total));
    let verdict = if report.agrees {
        pick(lang, "借贷平衡", "Debit equals credit")
    } else {
        pick(lang, "借贷不平衡!", "Debit does not equal credit!")
    };
    heading(&report.heading, lang) + table(&columns, rows) + verdict + "\n"
}

fn figures_of(amounts: &Amounts) -> Vec<Money> {
    let Amounts { opening, period, closing, year_to_date } = *amounts;
    let columns = [Some(opening), Some(period), year_to_date, Some(closing)];
    columns.into_iter().flatten().flat_map(|of| [of.debit, of.credit]).collect()
}
