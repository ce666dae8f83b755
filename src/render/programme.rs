use crate::ids::{Seq, WelfareItemId};
use crate::lang::Lang;
use crate::render::audit::audit_lines;
use crate::render::page::Page;
use crate::render::source::source;
use crate::render::table::{amount, amount_if_any, figures, heading, pick, table, words};
use crate::report::programme::{Check, Code, Counts, Exception, Outcome, Programme};

/// The programme: all checks, and then what each of them has found.
#[must_use]
pub fn programme(report: &Programme, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "代码", "Code")),
        words(pick(lang, "检查事项", "What is checked")),
        words(pick(lang, "依据", "Source")),
        figures(pick(lang, "检查数", "Looked at")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "结果", "Result")),
    ];
    let row = |check: &Check| {
        vec![
            code(check.code),
            check.title.get(lang).to_owned(),
            source(&check.source, lang),
            if check.why.is_some() { String::new() } else { check.looked_at.to_string() },
            amount_if_any(check.amount),
            result(check, lang),
        ]
    };
    let mut text = heading(&report.heading, lang);
    text += &audit_lines(&report.audits, lang);
    text += &months(report, lang);
    text += &thresholds(report, lang);
    text += table(&columns, report.checks.iter().map(row));
    text += &counts(&report.counts, lang);
    text += &without_cap(report, lang);
    for check in report.checks.iter().filter(|check| !check.exceptions.is_empty()) {
        let title = format!("\n{} {}\n", code(check.code), check.title.get(lang));
        text += &title;
        text += exceptions(&check.exceptions, lang);
    }
    text
}

fn months(report: &Programme, lang: Lang) -> String {
    let (Some(first), Some(last)) = (report.months.first(), report.months.last()) else {
        return pick(lang, "没有已过的月份\n", "No month is over\n").to_owned();
    };
    match lang {
        Lang::Zh => format!("检查月份: {first} 至 {last}\n"),
        Lang::En => format!("Months looked at: {first} to {last}\n"),
    }
}

fn thresholds(report: &Programme, lang: Lang) -> String {
    let of = &report.thresholds;
    let (days, round, first, last) =
        (of.late_days, amount(of.round_sum), of.hours_first, of.hours_last);
    let source = of.source.clone().unwrap_or_else(|| {
        pick(lang, "默认，未设 audit_thresholds", "by default: no rule audit_thresholds").to_owned()
    });
    match lang {
        Lang::Zh => format!(
            "提示标准: 迟记 {days} 天以上, 整数 {round} 的倍数, {first} 时至 {last} 时之外 ({source})\n"
        ),
        Lang::En => format!(
            "Thresholds: more than {days} days late, multiples of {round}, outside {first}:00 to \
             {last}:00 ({source})\n"
        ),
    }
}

pub(super) fn counts(of: &Counts, lang: Lang) -> String {
    let (fine, found) = (of.in_order, of.with_exceptions);
    let (none, unknown) = (of.nothing_to_look_at, of.not_judged);
    match lang {
        Lang::Zh => format!(
            "未见例外 {fine} 项, 有例外 {found} 项, 无判断对象 {none} 项, 无法判断 {unknown} 项\n"
        ),
        Lang::En => format!(
            "In order: {fine}, with exceptions: {found}, nothing to look at: {none}, could not be \
             judged: {unknown}\n"
        ),
    }
}

fn without_cap(report: &Programme, lang: Lang) -> String {
    let items: Vec<&str> = report.items_without_cap.iter().map(WelfareItemId::as_str).collect();
    match (items.is_empty(), lang) {
        (true, _) => String::new(),
        (false, Lang::Zh) => format!("已发放而未定福利标准的事项: {}\n", items.join(", ")),
        (false, Lang::En) => format!("Given, with no cap set: {}\n", items.join(", ")),
    }
}

fn result(check: &Check, lang: Lang) -> String {
    let count = check.exceptions.len();
    match (check.result, &check.why) {
        (Outcome::InOrder, _) => pick(lang, "未见例外", "in order").to_owned(),
        (Outcome::Exceptions, _) => match lang {
            Lang::Zh => format!("例外 {count} 项"),
            Lang::En => format!("exceptions: {count}"),
        },
        (Outcome::NothingToLookAt, _) => pick(lang, "无判断对象", "nothing to look at").to_owned(),
        (Outcome::NotJudged, why) => {
            let why = why.as_ref().map(|why| why.get(lang)).unwrap_or_default();
            format!("{}: {why}", pick(lang, "无法判断", "not judged"))
        }
    }
}

fn exceptions(found: &[Exception], lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "事项", "What")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let row = |of: &Exception| {
        let records: Vec<String> = of.records.iter().map(|seq: &Seq| format!("#{seq}")).collect();
        vec![records.join(" "), of.says.get(lang).to_owned(), amount_if_any(of.amount)]
    };
    table(&columns, found.iter().map(row))
}

/// The code as it stands in JSON.
pub(super) fn code(code: Code) -> String {
    match serde_json::to_value(code) {
        Ok(serde_json::Value::String(code)) => code,
        Ok(_) | Err(_) => String::new(),
    }
}
