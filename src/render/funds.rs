use super::openness::funds_picture;
use super::table::{amount, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::funds::{Funds, Movement};

#[must_use]
pub fn funds(report: &Funds, lang: Lang) -> Page {
    let closing = report.lines.iter().map(|line| (line.name.as_str(), line.movement.closing));
    heading(&report.heading, lang) + movements(report, lang) + funds_picture(closing, lang)
}

pub(super) fn movements(report: &Funds, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "资金", "Fund")),
        figures(pick(lang, "期初", "Opening")),
        figures(pick(lang, "收入", "Income")),
        figures(pick(lang, "支出", "Spending")),
        figures(pick(lang, "调入", "In")),
        figures(pick(lang, "调出", "Out")),
        figures(pick(lang, "调整", "Adjusted")),
        figures(pick(lang, "期末", "Closing")),
        figures(pick(lang, "现金", "Cash")),
        figures(pick(lang, "银行", "Bank")),
    ];
    let mut rows = Vec::new();
    for line in &report.lines {
        let earmarked = if line.restricted { pick(lang, " (专项)", " (restricted)") } else { "" };
        rows.push(row(format!("{} {}{earmarked}", line.fund, line.name), &line.movement));
    }
    rows.push(row(pick(lang, "合计", "Total").to_owned(), &report.total));
    let verdict = if report.agrees {
        pick(lang, "各项资金之和与总账相符", "The funds add up to the books")
    } else {
        pick(lang, "各项资金之和与总账不符!", "The funds do not add up to the books!")
    };
    table(&columns, rows) + verdict + "\n"
}

fn row(name: String, of: &Movement) -> Vec<String> {
    let figures = [
        of.opening,
        of.income,
        of.spending,
        of.transferred_in,
        of.transferred_out,
        of.adjustments,
        of.closing,
        of.cash,
        of.bank,
    ];
    std::iter::once(name).chain(figures.map(amount)).collect()
}
