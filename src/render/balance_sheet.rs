use super::table::{amount, figures, pick, signatures, statement, table, words};
use crate::lang::Lang;
use crate::report::balance_sheet::{BalanceSheet, Line};

#[must_use]
pub fn balance_sheet(report: &BalanceSheet, lang: Lang) -> String {
    let [opening, closing] = &report.columns;
    let columns = [
        figures(pick(lang, "行次", "No.")),
        words(pick(lang, "项目", "Item")),
        figures(opening.get(lang)),
        figures(closing.get(lang)),
    ];
    let row = |line: &Line| {
        vec![
            line.number.to_string(),
            line.name.get(lang).to_owned(),
            amount(line.amounts.opening),
            amount(line.amounts.closing),
        ]
    };
    let verdict = if report.balanced {
        pick(lang, "资产总计 = 负债与净资产总计", "Total assets = total liabilities and net assets")
            .to_owned()
    } else {
        let difference = &report.difference;
        let (opening, closing) = (amount(difference.opening), amount(difference.closing));
        match lang {
            Lang::Zh => format!("不平衡! 资产总计多出: 年初 {opening}, 期末 {closing}"),
            Lang::En => {
                format!(
                    "Not balanced! Assets exceed the rest: {opening} at first, {closing} at end"
                )
            }
        }
    };
    let rows = report.lines.iter().map(row);
    let (heading, below) = (statement(&report.heading, true, lang), signatures(lang));
    format!("{heading}{}{verdict}\n{below}", table(&columns, rows))
}
