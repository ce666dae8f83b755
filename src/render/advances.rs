use super::table::{amount, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::advances::Advances;

#[must_use]
pub fn advances(report: &Advances, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "借款", "Advance")),
        words(pick(lang, "借款人", "To")),
        words(pick(lang, "付款日期", "Paid on")),
        figures(pick(lang, "借出", "Advanced")),
        figures(pick(lang, "已报销或交回", "Settled")),
        figures(pick(lang, "未结", "Open")),
        figures(pick(lang, "天数", "Days")),
        words(pick(lang, "逾期", "Overdue")),
    ];
    let mut rows = Vec::new();
    for line in &report.lines {
        rows.push(vec![
            line.disbursement.to_string(),
            line.payee.clone(),
            line.paid.to_string(),
            amount(line.amount),
            amount(line.settled),
            amount(line.outstanding),
            line.days.map(|days| days.to_string()).unwrap_or_default(),
            if line.overdue { pick(lang, "是", "yes").to_owned() } else { String::new() },
        ]);
    }
    let total = pick(lang, "合计", "Total").to_owned();
    let sums = [report.advanced, report.settled, report.outstanding].map(amount);
    let blank = String::new;
    rows.push(
        [total, blank(), blank()].into_iter().chain(sums).chain([blank(), blank()]).collect(),
    );
    let day = report.day.map(|day| format!("{} {day}\n", pick(lang, "截至", "As of")));
    let day = day.unwrap_or_default();
    heading(&report.heading, lang) + day + table(&columns, rows)
}
