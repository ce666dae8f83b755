use super::audit::opened_again;
use super::table::{amount, heading, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::closing::{Check, Closing, Reviewed};

#[must_use]
pub fn closing(report: &Closing, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "检查", "Check")),
        words(pick(lang, "规定", "Rule")),
        words(pick(lang, "结果", "Result")),
    ];
    let rows = report.checks.iter().flat_map(|check| rows(check, lang));
    let parts = [
        heading(&report.heading, lang),
        Page::from(standing(report, lang)),
        table(&columns, rows),
        report.reviews.iter().map(|review| reviewed(review, lang)).collect(),
        Page::from(opened_again(&report.reopened, lang)),
        Page::from(format!("{}: {}\n", pick(lang, "下一步", "Next"), report.next)),
    ];
    parts.into_iter().collect()
}

fn standing(report: &Closing, lang: Lang) -> String {
    let [debit, credit] = [report.debit, report.credit].map(amount);
    let vouchers = report.vouchers;
    let totals = match lang {
        Lang::Zh => format!("凭证 {vouchers} 号，借方 {debit}，贷方 {credit}\n"),
        Lang::En => format!("{vouchers} vouchers, debit {debit}, credit {credit}\n"),
    };
    let standing = match (report.closed, report.expected, lang) {
        (Some(seq), _, Lang::Zh) => format!("已结账（记录 {seq}）\n"),
        (Some(seq), _, Lang::En) => format!("Closed by record {seq}\n"),
        (None, Some(month), Lang::Zh) => format!("未结账，应先结 {month}\n"),
        (None, Some(month), Lang::En) => format!("Not closed; {month} is closed next\n"),
        (None, None, _) => String::new(),
    };
    totals + &standing
}

/// A check with everything that is out of order, and below each the command that helps.
fn rows(check: &Check, lang: Lang) -> Vec<Vec<String>> {
    let title = check.title.get(lang).to_owned();
    let asked =
        if check.asked { pick(lang, "须查", "asked") } else { pick(lang, "未规定", "-") };
    let passed = if check.due {
        pick(lang, "通过", "passed")
    } else {
        pick(lang, "年末查", "at the end of the year")
    };
    if check.faults.is_empty() {
        let joint = pick(lang, "；", "; ");
        let remark = check.remark.as_ref().map(|remark| format!("{joint}{}", remark.get(lang)));
        let passed = format!("{passed}{}", remark.unwrap_or_default());
        return vec![vec![title, asked.to_owned(), passed]];
    }
    let mut rows = Vec::new();
    for (place, fault) in check.faults.iter().enumerate() {
        let first = place == 0;
        let (title, asked) = if first { (title.as_str(), asked) } else { ("", "") };
        rows.push(vec![title.to_owned(), asked.to_owned(), fault.says.get(lang).to_owned()]);
        rows.push(vec![String::new(), String::new(), format!("  → {}", fault.next)]);
    }
    rows
}

fn reviewed(of: &Reviewed, lang: Lang) -> String {
    let Reviewed { first, last, by, seq } = of;
    match lang {
        Lang::Zh => format!("稽核: {first}–{last} 号, {by} (记录 {seq})\n"),
        Lang::En => format!("Reviewed: {first} to {last} by {by} (record {seq})\n"),
    }
}
