use super::table::{amount, amount_or_blank, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::report::trial_balance::{Amounts, TrialBalance};

#[must_use]
pub fn trial_balance(report: &TrialBalance, lang: Lang) -> String {
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
        let amounts = figures_of(&line.amounts).map(amount_or_blank).to_vec();
        rows.push(row(fund, line.account.label(lang), amounts));
    }
    let total = figures_of(&report.total).map(amount).to_vec();
    rows.push(row(String::new(), pick(lang, "合计", "Total").to_owned(), total));
    let verdict = if report.agrees {
        pick(lang, "借贷平衡", "Debit equals credit")
    } else {
        pick(lang, "借贷不平衡!", "Debit does not equal credit!")
    };
    format!("{}{}{verdict}\n", heading(&report.heading, lang), table(&columns, rows))
}

fn figures_of(amounts: &Amounts) -> [crate::money::Money; 6] {
    let Amounts { opening, period, closing } = amounts;
    [opening.debit, opening.credit, period.debit, period.credit, closing.debit, closing.credit]
}
