//! What the audit committee itself has said.

use crate::ids::OfficerId;
use crate::lang::Lang;
use crate::render::table::{pick, table, words};
use crate::report::audit::{Audit, FindingLine, Reopened};

pub(super) fn findings(report: &Audit, lang: Lang) -> String {
    if report.findings.is_empty() {
        return none(lang);
    }
    let columns = [
        words(pick(lang, "编号", "Finding")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "所涉记录", "Records")),
        words(pick(lang, "问题", "Says")),
        words(pick(lang, "整改要求", "Asks")),
        words(pick(lang, "责任人", "Owner")),
        words(pick(lang, "期限", "Due")),
        words(pick(lang, "状态", "State")),
        words(pick(lang, "签名", "Signed by")),
    ];
    let row = |line: &FindingLine| {
        let records: Vec<String> = line.records.iter().map(ToString::to_string).collect();
        let state = match &line.cleared {
            Some(cleared) => {
                format!("{} {}: {}", pick(lang, "已销号", "cleared"), cleared.date, cleared.reason)
            }
            None => pick(lang, "未销号", "open").to_owned(),
        };
        vec![
            line.finding.to_string(),
            line.date.to_string(),
            records.join(", "),
            line.says.clone(),
            line.asks.clone(),
            line.owner.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.due.map(|day| day.to_string()).unwrap_or_default(),
            state,
            names(&line.signed_by),
        ]
    };
    table(&columns, report.findings.iter().map(row))
}

pub(super) fn opinions(report: &Audit, lang: Lang) -> String {
    if report.opinions.is_empty() {
        return none(lang);
    }
    let columns = [
        words(pick(lang, "期间", "Months")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "意见", "Opinion")),
        words(pick(lang, "说明", "Says")),
        words(pick(lang, "提出", "By")),
        words(pick(lang, "签名", "Signed by")),
    ];
    let rows = report.opinions.iter().map(|line| {
        vec![
            format!("{}..{}", line.first, line.last),
            line.date.to_string(),
            line.opinion.title(lang).to_owned(),
            line.says.clone(),
            line.by.to_string(),
            names(&line.signed_by),
        ]
    });
    table(&columns, rows)
}

/// A line for each time that a month was opened again; none where none was.
pub(in crate::render) fn reopened(months: &[Reopened], lang: Lang) -> String {
    let line = |again: &Reopened| {
        let (month, date, reason, by) =
            (again.month, again.date, &again.reason, names(&again.signed_by));
        match lang {
            Lang::Zh => format!("重新开账: {month}, {date}, {reason} (签名 {by})\n"),
            Lang::En => format!("Opened again: {month}, {date}, {reason} (signed by {by})\n"),
        }
    };
    months.iter().map(line).collect()
}

fn names(officers: &[OfficerId]) -> String {
    let names: Vec<&str> = officers.iter().map(OfficerId::as_str).collect();
    names.join(", ")
}

fn none(lang: Lang) -> String {
    pick(lang, "无\n", "None\n").to_owned()
}
