use super::beside::Beside;
use super::table::{amount, figures, heading, pick, rate, table, words};
use crate::ids::GroupId;
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::dues::{Arrears, Collected, Dues, Line, MonthInArrears};

#[must_use]
pub fn dues(report: &Dues, lang: Lang) -> Page {
    dues_beside(report, &Beside::default(), lang)
}

/// The same, with a private field beside each member's number.
#[must_use]
pub fn dues_beside(report: &Dues, beside: &Beside, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    text += collected(&report.lines, &report.total, lang);
    if report.arrears.is_empty() {
        text += pick(lang, "无欠缴\n", "No arrears\n");
        return text;
    }
    let columns = [
        words(pick(lang, "会员", "Member")),
        words(pick(lang, "小组", "Group")),
        words(pick(lang, "欠缴月份", "Months in arrears")),
        figures(pick(lang, "欠缴", "Arrears")),
    ];
    let row = |line: &Arrears| {
        let group = line.group.as_ref().map(ToString::to_string).unwrap_or_default();
        vec![beside.member(&line.member), group, months(&line.months), amount(line.amount)]
    };
    text += pick(lang, "欠缴明细\n", "Arrears\n");
    text += table(&columns, report.arrears.iter().map(row));
    text
}

/// The months one after another for which as much is owed are said at once:
/// `2026-04 9.95, 2026-05..2026-12 19.95`.
pub(super) fn months(months: &[MonthInArrears]) -> String {
    let follow = |one: &MonthInArrears, next: &MonthInArrears| {
        one.month.next() == next.month && one.arrears == next.arrears
    };
    let said = |run: &[MonthInArrears]| match run {
        [] => String::new(),
        [one] => format!("{} {}", one.month, amount(one.arrears)),
        [first, .., last] => format!("{}..{} {}", first.month, last.month, amount(last.arrears)),
    };
    let runs: Vec<String> = months.chunk_by(follow).map(said).collect();
    runs.join(", ")
}

pub(super) fn collected(lines: &[Line], total: &Collected, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "小组", "Group")),
        figures(pick(lang, "应缴人数", "Owing")),
        figures(pick(lang, "缴清人数", "Paid in full")),
        figures(pick(lang, "应缴", "Due")),
        figures(pick(lang, "实缴", "Received")),
        figures(pick(lang, "欠缴", "Arrears")),
        figures(pick(lang, "收缴率", "Collection rate")),
        figures(pick(lang, "缴清率", "Full payment")),
    ];
    let mut rows = Vec::new();
    for line in lines {
        let name = group_name(line.group.as_ref(), line.name.as_deref(), lang);
        rows.push(row(name, &line.collected));
    }
    rows.push(row(pick(lang, "合计", "Total").to_owned(), total));
    let unknown = match (total.months_not_assessed, lang) {
        (0, _) => String::new(),
        (months, Lang::Zh) => format!("未设基数或标准, 无法核定: {months} 人月\n"),
        (months, Lang::En) => format!("Not assessed, no base or rate: {months} member months\n"),
    };
    let waived = match (total.waived.is_zero(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("减免: {}（不计入收缴率）\n", amount(total.waived)),
        (false, Lang::En) => {
            format!("Waived: {}, and not counted in the rates\n", amount(total.waived))
        }
    };
    table(&columns, rows) + waived + unknown
}

pub(super) fn group_name(group: Option<&GroupId>, name: Option<&str>, lang: Lang) -> String {
    match (group, name) {
        (Some(group), Some(name)) => format!("{group} {name}"),
        (Some(group), None) => group.to_string(),
        (None, _) => pick(lang, "未编组", "no group").to_owned(),
    }
}

fn row(name: String, of: &Collected) -> Vec<String> {
    vec![
        name,
        of.members.to_string(),
        of.members_in_full.to_string(),
        amount(of.due),
        amount(of.received),
        amount(of.arrears),
        rate(of.collection_rate),
        rate(of.full_payment_rate),
    ]
}
