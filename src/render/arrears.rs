use super::beside::Beside;
use super::dues::{group_name, months};
use super::source::source;
use super::table::{amount, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::arrears::{Ages, Arrears, GroupLine, Line};

/// With a private field beside each member's number.
#[must_use]
pub fn arrears_beside(report: &Arrears, beside: &Beside, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    let through = report.through.map(|month| month.to_string()).unwrap_or_default();
    let counted = match lang {
        Lang::Zh => format!("截至 {through}，当月为第1个月\n"),
        Lang::En => format!("Through {through}, which counts as the first month\n"),
    };
    text += counted;
    text += ages(&report.groups, &report.total, lang);
    if report.members.is_empty() {
        text += pick(lang, "无欠缴\n", "No arrears\n");
        return text;
    }
    let columns = [
        words(pick(lang, "小组", "Group")),
        words(pick(lang, "会员", "Member")),
        figures(pick(lang, "月数", "Months")),
        words(pick(lang, "最早", "Oldest")),
        words(pick(lang, "欠缴月份", "Months in arrears")),
        figures(pick(lang, "欠缴", "Arrears")),
        figures(pick(lang, "1-3月", "1-3 months")),
        figures(pick(lang, "4-6月", "4-6 months")),
        figures(pick(lang, "6月以上", "Over 6")),
        words(pick(lang, "连续六个月", "Six months")),
    ];
    let row = |line: &Line| {
        vec![
            line.group.as_ref().map(ToString::to_string).unwrap_or_default(),
            beside.member(&line.member),
            line.months.len().to_string(),
            line.oldest.to_string(),
            months(&line.months),
            amount(line.ages.amount),
            amount(line.ages.months_1_to_3),
            amount(line.ages.months_4_to_6),
            amount(line.ages.over_6_months),
            flag(line.six_months_unpaid, lang).to_owned(),
        ]
    };
    text += table(&columns, report.members.iter().map(row));
    if report.total.members_6_months_unpaid > 0 {
        let (charter, source) = (report.charter.get(lang), source(&report.source, lang));
        let said = match lang {
            Lang::Zh => format!("{source}：{charter}。\n"),
            Lang::En => format!("{source}: {charter}.\n"),
        };
        text += said;
    }
    text
}

fn flag(six_months_unpaid: bool, lang: Lang) -> &'static str {
    if six_months_unpaid { pick(lang, "未缴", "unpaid") } else { "" }
}

fn ages(groups: &[GroupLine], total: &Ages, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "小组", "Group")),
        figures(pick(lang, "欠缴人数", "Members")),
        figures(pick(lang, "欠缴", "Arrears")),
        figures(pick(lang, "1-3月", "1-3 months")),
        figures(pick(lang, "4-6月", "4-6 months")),
        figures(pick(lang, "6月以上", "Over 6")),
        figures(pick(lang, "连续六个月未缴", "Six months unpaid")),
    ];
    let row = |name: String, ages: &Ages| {
        vec![
            name,
            ages.members.to_string(),
            amount(ages.amount),
            amount(ages.months_1_to_3),
            amount(ages.months_4_to_6),
            amount(ages.over_6_months),
            ages.members_6_months_unpaid.to_string(),
        ]
    };
    let line = |line: &GroupLine| {
        row(group_name(line.group.as_ref(), line.name.as_deref(), lang), &line.ages)
    };
    let sum = row(pick(lang, "合计", "Total").to_owned(), total);
    table(&columns, groups.iter().map(line).chain([sum]))
}
