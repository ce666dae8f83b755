use super::table::{amount, figures, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::explain::{Column, Explained, Row};

/// One table a figure: the records behind it, each with the sum so far, and whether they add up.
#[must_use]
pub fn explain(of: &Explained, lang: Lang) -> Page {
    let (period, line) = (of.period.label(lang), of.line.get(lang));
    let title = match lang {
        Lang::Zh => format!("{} {line} {period}\n", of.report),
        Lang::En => format!("{}: {line}, {period}\n", of.report),
    };
    of.columns.iter().fold(Page::from(title), |text, column| text + "\n" + one(column, lang))
}

fn one(column: &Column, lang: Lang) -> Page {
    let columns = [
        figures(pick(lang, "记录", "Record")),
        words(pick(lang, "凭证", "Voucher")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "摘要", "Summary")),
        figures(pick(lang, "金额", "Amount")),
        figures(pick(lang, "累计", "Sum so far")),
    ];
    let row = |row: &Row| {
        vec![
            row.seq.to_string(),
            row.voucher.map(|number| number.to_string()).unwrap_or_default(),
            row.date.map(|day| day.to_string()).unwrap_or_default(),
            row.summary.get(lang).to_owned(),
            amount(row.amount),
            amount(row.sum),
        ]
    };
    let body = if column.rows.is_empty() {
        Page::default()
    } else {
        table(&columns, column.rows.iter().map(row))
    };
    let (name, figure, sum) = (column.name.get(lang), amount(column.figure), amount(column.sum));
    let records = column.rows.len();
    let verdict = match (column.agrees, lang) {
        (true, Lang::Zh) => format!("{records} 条记录合计 {sum} = 报表数 {figure}"),
        (true, Lang::En) => format!("{records} records add up to {sum} = the report's figure"),
        (false, Lang::Zh) => format!("不符! {records} 条记录合计 {sum}, 报表数 {figure}"),
        (false, Lang::En) => {
            format!("They differ! {records} records add up to {sum}, the report says {figure}")
        }
    };
    Page::from(format!("{name}: {figure}\n")) + body + verdict + "\n"
}
