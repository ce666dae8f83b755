//! What was corrected, adjusted, approved, left open: the sections of the report behind its figures.

use crate::date::Month;
use crate::ids::OfficerId;
use crate::ids::Seq;
use crate::lang::Lang;
use crate::render::beside::Beside;
use crate::render::page::Page;
use crate::render::table::{amount, amount_if_any, amount_or_blank, figures, pick, table, words};
use crate::report::audit::{Adjusted, Approved, Audit, Concern, Exception};
use crate::report::programme::CheckInShort;

/// More of them are not read in a row of a table.
const RANGES_SHOWN: usize = 12;

pub(super) fn corrections(report: &Audit, lang: Lang) -> Page {
    if report.corrections.is_empty() {
        return Page::from(none(lang));
    }
    let columns = [
        words(pick(lang, "原凭证", "Voucher")),
        words(pick(lang, "红字凭证", "Red voucher")),
        words(pick(lang, "原因", "Reason")),
    ];
    let rows = report.corrections.iter().map(|reversed| {
        vec![reversed.voucher.to_string(), reversed.red.to_string(), reversed.reason.clone()]
    });
    table(&columns, rows)
}

pub(super) fn adjustments(report: &Audit, lang: Lang) -> Page {
    if report.adjustments.is_empty() {
        return Page::from(none(lang));
    }
    let columns = [
        words(pick(lang, "凭证", "Voucher")),
        words(pick(lang, "科目", "Account")),
        words(pick(lang, "资金", "Fund")),
        figures(pick(lang, "借方", "Debit")),
        figures(pick(lang, "贷方", "Credit")),
        words(pick(lang, "原因", "Reason")),
        words(pick(lang, "依据", "Basis")),
    ];
    table(&columns, report.adjustments.iter().flat_map(|adjusted| adjustment(adjusted, lang)))
}

/// One row a line; what is said of the whole voucher stands in its first row.
fn adjustment(adjusted: &Adjusted, lang: Lang) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for line in &adjusted.lines {
        let once = |text: &dyn ToString| {
            if rows.is_empty() { text.to_string() } else { String::new() }
        };
        let row = vec![
            once(&adjusted.voucher),
            line.account.label(lang),
            line.fund.to_string(),
            amount_or_blank(line.amount.debit),
            amount_or_blank(line.amount.credit),
            once(&adjusted.reason),
            once(&adjusted.basis),
        ];
        rows.push(row);
    }
    rows
}

pub(super) fn approvals(report: &Audit, beside: &Beside, lang: Lang) -> Page {
    if report.approvals.is_empty() {
        return Page::from(none(lang));
    }
    let columns = [
        words(pick(lang, "支出", "Disbursement")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "科目", "Account")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "申请", "Requested by")),
        words(pick(lang, "批准", "Approved by")),
        words(pick(lang, "付款", "Paid by")),
        figures(pick(lang, "批准/应批准", "Approvals/needed")),
        words(pick(lang, "互不相同", "All different")),
    ];
    let rows = report.approvals.iter().map(|paid| {
        let approved_by: Vec<String> =
            paid.approved_by.iter().map(|officer| approver(paid, officer, beside, lang)).collect();
        let needed = paid.approvals_needed.map_or_else(|| "-".to_owned(), |n| n.to_string());
        let distinct =
            if paid.distinct { pick(lang, "是", "yes") } else { pick(lang, "否", "no") };
        vec![
            paid.disbursement.to_string(),
            paid.date.to_string(),
            paid.account.label(lang),
            amount(paid.amount),
            paid.requested_by.as_ref().map_or_else(|| "-".to_owned(), |by| beside.officer(by)),
            approved_by.join(", "),
            beside.officer(&paid.paid_by),
            format!("{}/{needed}", paid.approvals),
            distinct.to_owned(),
        ]
    });
    table(&columns, rows)
}

/// With the one for whom a substitute approved.
fn approver(paid: &Approved, officer: &OfficerId, beside: &Beside, lang: Lang) -> String {
    let named = beside.officer(officer);
    let absent = paid.by_substitute.iter().filter(|stood_in| stood_in.by == *officer);
    let absent: Vec<String> = absent.map(|found| beside.officer(&found.absent)).collect();
    if absent.is_empty() {
        return named;
    }
    let absent = absent.join(pick(lang, "、", ", "));
    match lang {
        Lang::Zh => format!("{named}（代 {absent}）"),
        Lang::En => format!("{named} (for {absent})"),
    }
}

pub(super) fn waiting(report: &Audit, beside: &Beside, lang: Lang) -> Page {
    if report.open_disbursements.is_empty() {
        return Page::from(none(lang));
    }
    let columns = [
        words(pick(lang, "支出", "Disbursement")),
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "申请日期", "Requested on")),
        words(pick(lang, "科目", "Account")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "申请", "Requested by")),
        figures(pick(lang, "批准", "Approvals")),
    ];
    let rows = report.open_disbursements.iter().map(|open| {
        vec![
            open.disbursement.to_string(),
            format!("#{}", open.seq),
            open.date.to_string(),
            open.account.label(lang),
            amount(open.amount),
            beside.officer(&open.requested_by),
            open.approvals.to_string(),
        ]
    });
    table(&columns, rows)
}

pub(super) fn closing(report: &Audit, lang: Lang) -> String {
    let list = |months: &[Month]| {
        let months: Vec<String> = months.iter().map(ToString::to_string).collect();
        if months.is_empty() { pick(lang, "无", "none").to_owned() } else { months.join(", ") }
    };
    let years: Vec<String> = report.closing.years_closed.iter().map(ToString::to_string).collect();
    let years = if years.is_empty() { list(&[]) } else { years.join(", ") };
    let (closed, open) = (list(&report.closing.closed), list(&report.closing.open));
    match lang {
        Lang::Zh => format!("已结账: {closed}\n未结账: {open}\n已年结: {years}\n"),
        Lang::En => format!("Closed: {closed}\nNot closed: {open}\nYears closed: {years}\n"),
    }
}

pub(super) fn exceptions(report: &Audit, lang: Lang) -> Page {
    if report.exceptions.is_empty() {
        return Page::from(none(lang));
    }
    let columns = [
        words(pick(lang, "代码", "Code")),
        words(pick(lang, "事项", "What")),
        words(pick(lang, "何处", "Where")),
        figures(pick(lang, "金额", "Amount")),
        figures(pick(lang, "数量", "Count")),
    ];
    let row = |found: &Exception| {
        let place: Vec<String> = [
            found.month.map(|month| month.to_string()),
            found.fund.as_ref().map(ToString::to_string),
            found.account.as_ref().map(|account| account.label(lang)),
            found.disbursement.as_ref().map(ToString::to_string),
            found.record.map(|record| format!("#{record}")),
        ]
        .into_iter()
        .flatten()
        .collect();
        vec![
            code(found.code),
            found.what.get(lang).to_owned(),
            place.join(", "),
            amount_if_any(found.amount),
            found.count.map(|count| count.to_string()).unwrap_or_default(),
        ]
    };
    table(&columns, report.exceptions.iter().map(row))
}

/// 审计程序例外 What the programme of the same months has found, check by check.
pub(super) fn programme(report: &Audit, lang: Lang) -> Page {
    let Some(of) = &report.programme else { return Page::default() };
    let columns = [
        words(pick(lang, "代码", "Code")),
        words(pick(lang, "审计程序", "Audit programme")),
        figures(pick(lang, "例外", "Exceptions")),
        words(pick(lang, "记录", "Records")),
    ];
    let row = |check: &CheckInShort| {
        let code = crate::render::programme::code(check.code);
        let title = check.title.get(lang).to_owned();
        vec![code, title, check.exceptions.to_string(), ranges(&check.records, lang)]
    };
    let counts = crate::render::programme::counts(&of.counts, lang);
    if of.found.is_empty() {
        return Page::from(format!("{}: {counts}", pick(lang, "审计程序", "Audit programme")));
    }
    table(&columns, of.found.iter().map(row)) + &counts
}
/// Record numbers, those that follow one another as one; the programme itself names them all.
fn ranges(records: &[Seq], lang: Lang) -> String {
    let mut ranges: Vec<(Seq, Seq)> = Vec::new();
    for seq in records {
        match ranges.last_mut() {
            Some((_, last)) if last.0.checked_add(1) == Some(seq.0) => *last = *seq,
            Some(_) | None => ranges.push((*seq, *seq)),
        }
    }
    let shown = ranges.iter().take(RANGES_SHOWN).map(|(first, last)| {
        if first == last { format!("#{first}") } else { format!("#{first}-#{last}") }
    });
    let shown = shown.collect::<Vec<_>>().join(" ");
    match (ranges.len() > RANGES_SHOWN, lang) {
        (false, _) => shown,
        (true, Lang::Zh) => format!("{shown} 等 {} 条", records.len()),
        (true, Lang::En) => format!("{shown} and more, {} in all", records.len()),
    }
}
/// The code as it stands in JSON.
fn code(concern: Concern) -> String {
    match serde_json::to_value(concern) {
        Ok(serde_json::Value::String(code)) => code,
        Ok(_) | Err(_) => String::new(),
    }
}

fn none(lang: Lang) -> String {
    pick(lang, "无\n", "None\n").to_owned()
}
