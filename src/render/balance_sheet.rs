use super::table::{amount, figures, pick, signatures, statement, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::balance_sheet::{BalanceSheet, Line, TakenOver};

#[must_use]
pub fn balance_sheet(report: &BalanceSheet, lang: Lang) -> Page {
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
    let taken_over = report.taken_over.map(|found| taken_over(found, lang)).unwrap_or_default();
    let rows = report.lines.iter().map(row);
    let (heading, below) = (statement(&report.heading, true, lang), signatures(lang));
    heading + table(&columns, rows) + verdict + "\n" + taken_over + below
}

/// Why the first column is no balance sheet of 1 January.
fn taken_over(TakenOver { starts, result }: TakenOver, lang: Lang) -> String {
    let result = result.to_string();
    match lang {
        Lang::Zh => format!(
            "本账套自 {starts} 年中启用，接管资料没有1月1日的余额：年初余额栏的资金结转、结余已减去带入的本年收支差额 {result}，\
             与收支表年初数相符；其余各行是启用日的余额，该栏资产总计因此比负债与净资产总计多 {result}\n"
        ),
        Lang::En => format!(
            "The book begins on {starts}, and what it took over has no figures of 1 January: in the \
             first column funds carried forward and surplus are less the year's result brought in, \
             {result}, as in the statement of income and expenditure; every other line is of the \
             book's first day, so that assets exceed the rest by {result}\n"
        ),
    }
}
