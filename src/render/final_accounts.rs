use super::funds;
use super::table::{amount, figures, heading, pick, rate, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::final_accounts::{Figure, FinalAccounts, Section};

#[must_use]
pub fn final_accounts(report: &FinalAccounts, lang: Lang) -> Page {
    let parts = [
        heading(&report.heading, lang) + standing(report, lang),
        Page::from(pick(lang, "一、收入\n", "1. Income\n")) + section(&report.income, lang),
        Page::from(pick(lang, "二、支出\n", "2. Spending\n")) + section(&report.spending, lang),
        Page::from(pick(lang, "三、结余\n", "3. Balance\n")) + balance(report, lang),
    ];
    Page::set_apart(parts)
}

fn standing(report: &FinalAccounts, lang: Lang) -> &'static str {
    match (report.closed, report.budgeted) {
        (true, true) => pick(lang, "年末已结账\n", "The year is closed\n"),
        (true, false) => {
            pick(lang, "年末已结账，本年无预算\n", "The year is closed, without a budget\n")
        }
        (false, true) => pick(lang, "年末尚未结账\n", "The year is not closed yet\n"),
        (false, false) => pick(
            lang,
            "年末尚未结账，本年无预算\n",
            "The year is not closed yet, without a budget\n",
        ),
    }
}

fn section(of: &Section, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "科目", "Account")),
        figures(pick(lang, "预算数", "Budget")),
        figures(pick(lang, "决算数", "Actual")),
        figures(pick(lang, "完成率", "Done")),
        figures(pick(lang, "占比", "Share")),
    ];
    let row = |title: String, of: &Figure| {
        vec![title, amount(of.budget), amount(of.actual), rate(of.rate), rate(of.share)]
    };
    let mut rows: Vec<Vec<String>> =
        of.lines.iter().map(|line| row(line.account.label(lang), &line.figure)).collect();
    rows.push(row(pick(lang, "合计", "Total").to_owned(), &of.total));
    table(&columns, rows)
}

fn balance(report: &FinalAccounts, lang: Lang) -> Page {
    let total = &report.balance.total;
    let moved = total.closing.minus(total.opening).minus(report.net);
    let [opening, net, moved, closing] =
        [total.opening, report.net, moved, total.closing].map(amount);
    let sentence = match lang {
        Lang::Zh => format!(
            "上年结转结余 {opening} + 本年收支差额 {net} + 调整及变动 {moved} = 年末结转结余 {closing}\n"
        ),
        Lang::En => format!(
            "Brought forward {opening} + the year's result {net} + adjustments {moved} \
             = carried forward {closing}\n"
        ),
    };
    Page::from(sentence) + funds::movements(&report.balance, lang)
}
