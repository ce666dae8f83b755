use super::dues::group_name;
use super::picture::{Bar, Row, rates};
use super::table::{amount, figures, heading, pick, rate, table, words};
use crate::date::Month;
use crate::lang::Lang;
use crate::render::page::{Column, Page};
use crate::report::collection::{Collected, Collection, Line};

/// First what came in by group and by month, then the rates of each group month by month.
#[must_use]
pub fn collection(report: &Collection, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    text += through(report.through(), lang);
    let whole = pick(lang, "全会", "The whole union");
    let named = |line: &Line| group_name(line.group.as_ref(), line.name.as_deref(), lang);
    let groups = report.groups.iter().map(|line| sums(named(line), &line.total));
    let total = sums(whole.to_owned(), &report.total.total);
    text += table(&columns(pick(lang, "小组", "Group"), lang), groups.chain([total]));
    let months = report.months.iter().zip(&report.total.months);
    let months = months.map(|(month, collected)| sums(month.to_string(), collected));
    text += table(&columns(pick(lang, "月份", "Month"), lang), months);
    let heads = report.months.iter().map(|month| figures(&month.to_string()));
    let heads: Vec<_> = std::iter::once(words(pick(lang, "收缴率", "Rate")))
        .chain(heads)
        .chain([figures(pick(lang, "合计", "Total"))])
        .collect();
    let rates = |name: String, line: &Line| {
        let months = line.months.iter().chain([&line.total]).map(|one| rate(one.rate));
        std::iter::once(name).chain(months).collect::<Vec<_>>()
    };
    let groups = report.groups.iter().map(|line| rates(named(line), line));
    let total = rates(whole.to_owned(), &report.total);
    text += table(&heads, groups.chain([total]));
    text += rates_picture(report, lang);
    text
}

/// 各组收缴率 in bars.
fn rates_picture(report: &Collection, lang: Lang) -> Page {
    let row = |line: &Line| Row {
        label: group_name(line.group.as_ref(), line.name.as_deref(), lang),
        bars: vec![Bar::rate(line.total.rate)],
    };
    let title = pick(lang, "各小组会费收缴率", "Collection rate of each group");
    rates(title, pick(lang, "收缴率", "Rate"), report.groups.iter().map(row).collect())
}

/// 截至 Up to which month dues are counted.
pub(super) fn through(month: Option<Month>, lang: Lang) -> String {
    match (month, lang) {
        (None, _) => String::new(),
        (Some(month), Lang::Zh) => format!("会费截至 {month}\n"),
        (Some(month), Lang::En) => format!("Dues through {month}\n"),
    }
}

fn columns(first: &str, lang: Lang) -> [Column; 6] {
    [
        words(first),
        figures(pick(lang, "应缴", "Due")),
        figures(pick(lang, "减免", "Waived")),
        figures(pick(lang, "实缴", "Received")),
        figures(pick(lang, "欠缴", "Arrears")),
        figures(pick(lang, "收缴率", "Rate")),
    ]
}

fn sums(name: String, of: &Collected) -> Vec<String> {
    vec![
        name,
        amount(of.due),
        amount(of.waived),
        amount(of.received),
        amount(of.arrears),
        rate(of.rate),
    ]
}
