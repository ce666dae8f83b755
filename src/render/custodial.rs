use super::table::{amount, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::custodial::{Custodial, Movement};

#[must_use]
pub fn custodial(report: &Custodial, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "代管项目", "Project")),
        words(pick(lang, "委托单位", "Whose")),
        figures(pick(lang, "期初", "Opening")),
        figures(pick(lang, "收入", "Received")),
        figures(pick(lang, "付出", "Paid")),
        figures(pick(lang, "期末", "Closing")),
        figures(pick(lang, "现金", "Cash")),
        figures(pick(lang, "银行", "Bank")),
    ];
    let mut rows = Vec::new();
    for line in &report.lines {
        let name = format!("{} {}", line.project, line.name);
        rows.push(row(name, line.whose.clone(), &line.movement));
    }
    rows.push(row(pick(lang, "合计", "Total").to_owned(), String::new(), &report.total));
    let verdict = if report.agrees {
        pick(
            lang,
            "各项目与总账相符，与现金、银行相符",
            "Each project agrees with the books, its cash and its bank money",
        )
    } else {
        pick(lang, "各项目与总账或现金、银行不符!", "The projects do not agree with the books!")
    };
    heading(&report.heading, lang) + table(&columns, rows) + verdict + "\n"
}

fn row(name: String, whose: String, of: &Movement) -> Vec<String> {
    let figures = [of.opening, of.received, of.paid, of.closing, of.cash, of.bank];
    [name, whose].into_iter().chain(figures.map(amount)).collect()
}
