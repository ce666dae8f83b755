use core::fmt::Write as _;

use super::page::Page;
use super::table::{amount, amount_if_any, figures, pick, signatures, statement, table, words};
use crate::lang::Lang;
use crate::report::notes::{Adjusted, Figure, Item, Notes, Policy};

#[must_use]
pub fn notes(report: &Notes, lang: Lang) -> Page {
    let mut text = statement(&report.heading, false, lang);
    for item in &report.items {
        text += one(item, lang);
    }
    text + "\n" + signatures(lang)
}

fn one(item: &Item, lang: Lang) -> Page {
    let mut text = Page::from(match lang {
        Lang::Zh => format!("\n({}) {}\n", in_chinese(item.number), item.title.zh),
        Lang::En => format!("\n{}. {}\n", item.number, item.title.en),
    });
    for known in &item.known {
        writeln!(text, "{}", known.get(lang)).ok();
    }
    if !item.figures.is_empty() {
        text += figured(item, lang);
    }
    if !item.policies.is_empty() {
        text += policies(&item.policies, lang);
    }
    if !item.adjustments.is_empty() {
        text += adjustments(&item.adjustments, lang);
    }
    for written in &item.written {
        writeln!(text, "{} (#{})", written.text, written.seq).ok();
    }
    if item.open {
        let asks = pick(lang, "待填", "to be said");
        writeln!(text, "[{asks}: mingzhang record note.write --item {}]", item.number).ok();
    }
    text
}

fn in_chinese(item: u32) -> &'static str {
    match item {
        1 => "一",
        2 => "二",
        3 => "三",
        4 => "四",
        5 => "五",
        6 => "六",
        7 => "七",
        _ => "八",
    }
}

fn figured(item: &Item, lang: Lang) -> Page {
    let row = |figure: &Figure| {
        let change = figure.before.map(|before| figure.now.minus(before));
        vec![
            figure.name.get(lang).to_owned(),
            amount_if_any(figure.before),
            amount(figure.now),
            amount_if_any(change),
        ]
    };
    let columns = [
        words(pick(lang, "项目", "Item")),
        figures(pick(lang, "年初(上年)", "Before")),
        figures(pick(lang, "年末(本年)", "Now")),
        figures(pick(lang, "增减", "Change")),
    ];
    table(&columns, item.figures.iter().map(row))
}

fn policies(policies: &[Policy], lang: Lang) -> Page {
    let row = |policy: &Policy| {
        let changed =
            if policy.changed { pick(lang, "本年变更", "changed this year") } else { "" };
        vec![
            policy.title.get(lang).to_owned(),
            policy.from.to_string(),
            policy.source.to_string(),
            changed.to_owned(),
        ]
    };
    let columns = [
        words(pick(lang, "规定", "Rule")),
        words(pick(lang, "施行日期", "From")),
        words(pick(lang, "依据", "Source")),
        words(pick(lang, "变更", "Changed")),
    ];
    table(&columns, policies.iter().map(row))
}

fn adjustments(adjusted: &[Adjusted], lang: Lang) -> Page {
    let row = |of: &Adjusted| {
        vec![
            of.date.to_string(),
            of.voucher.to_string(),
            of.account.label(lang),
            of.summary.get(lang).to_owned(),
            amount(of.amount),
        ]
    };
    let columns = [
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "凭证号", "Voucher")),
        words(pick(lang, "科目", "Account")),
        words(pick(lang, "摘要", "Summary")),
        figures(pick(lang, "金额", "Amount")),
    ];
    table(&columns, adjusted.iter().map(row))
}
