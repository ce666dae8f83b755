use super::page::Page;
use super::reconciliation;
use super::table::{amount, figures, heading, pick, table, words};
use crate::event::VoucherNumber;
use crate::ids::Seq;
use crate::lang::Lang;
use crate::report::bank_matches::{
    Astray, BankMatches, Booking, Confidence, Line, Reason, Suggestion,
};
use crate::report::bank_outstanding::{Age, BankOutstanding, Opened};

#[must_use]
pub fn bank_matches(report: &BankMatches, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "把握", "Sure")),
        words(pick(lang, "对账单行", "Line")),
        words(pick(lang, "日期", "Day")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "凭证", "Voucher")),
        words(pick(lang, "日期", "Day")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "依据", "Why")),
    ];
    let head = heading(&report.heading, lang);
    let rows: Vec<Vec<String>> = report.suggestions.iter().flat_map(|s| rows(s, lang)).collect();
    let shown = if rows.is_empty() { Page::default() } else { table(&columns, rows) };
    let astray: String = report.astray.iter().map(|line| astray(line, lang)).collect();
    head + shown + astray + counted(report, lang)
}

/// The lines beside the vouchers, as far as both go.
fn rows(of: &Suggestion, lang: Lang) -> Vec<Vec<String>> {
    let (mut lines, mut vouchers) = (of.lines.iter(), of.vouchers.iter());
    let mut rows = Vec::new();
    for place in 0..of.lines.len().max(of.vouchers.len()) {
        let (sure, why) = if place == 0 {
            (confidence(of.confidence, lang).to_owned(), reason(of.reason, lang))
        } else {
            (String::new(), String::new())
        };
        let [line, line_day, moved] = lines.next().map(of_line).unwrap_or_default();
        let [voucher, day, booked] =
            vouchers.next().map(|of| of_voucher(of, lang)).unwrap_or_default();
        rows.push(vec![sure, line, line_day, moved, voucher, day, booked, why]);
    }
    rows
}

fn of_line(line: &Line) -> [String; 3] {
    let name = named(&format!("{}:{}", line.statement, line.no), line.reference.as_deref());
    [name, line.day.to_string(), amount(line.amount)]
}

fn named(line: &str, reference: Option<&str>) -> String {
    format!("{line} {}", reference.unwrap_or_default()).trim_end().to_owned()
}

fn of_voucher(of: &Booking, lang: Lang) -> [String; 3] {
    let number = if of.opening_difference {
        format!("{} #{}", pick(lang, "期初差异", "opening difference"), of.seq)
    } else {
        voucher(of.voucher, of.seq)
    };
    [number, of.day.to_string(), amount(of.amount)]
}

fn voucher(number: VoucherNumber, seq: Seq) -> String {
    format!("{number} #{seq}")
}

fn confidence(of: Confidence, lang: Lang) -> &'static str {
    match of {
        Confidence::Certain => pick(lang, "确定", "certain"),
        Confidence::Likely => pick(lang, "很可能", "likely"),
        Confidence::Ambiguous => pick(lang, "不明", "ambiguous"),
    }
}

fn reason(of: Reason, lang: Lang) -> String {
    let (zh, en) = match of {
        Reason::Referred => (
            "摘要所指，金额相等".to_owned(),
            "the reference names it, and the sum is its".to_owned(),
        ),
        Reason::Reversed => {
            ("红字冲销，银行未收付".to_owned(), "reversed, and never in the bank".to_owned())
        }
        Reason::SameDay => {
            ("当日同额仅此一对".to_owned(), "the only ones of this sum on the day".to_owned())
        }
        Reason::OnlyOne { days } => (
            format!("前后 {days} 天内同额仅此一对"),
            format!("the only ones of this sum within {days} days"),
        ),
        Reason::Cancelled { days } => (
            format!("前后 {days} 天内两行相抵"),
            format!("two lines that cancel each other within {days} days"),
        ),
        Reason::SumOfSeveral { days } => (
            format!("前后 {days} 天内仅此几笔合计相等"),
            format!("the only ones within {days} days that come to it together"),
        ),
        Reason::WholeDay => ("当日各笔合计相等".to_owned(), "all of one day come to it".to_owned()),
        Reason::SeveralAlike { days } => (
            format!("前后 {days} 天内同额不止一对，须逐笔辨认"),
            format!("several of this sum within {days} days: say which is which"),
        ),
        Reason::SeveralSums { days } => (
            format!("前后 {days} 天内合计相等的不止一种，须逐笔辨认"),
            format!("several sums within {days} days come to it: say which"),
        ),
    };
    match lang {
        Lang::Zh => zh,
        Lang::En => en,
    }
}

fn astray(of: &Astray, lang: Lang) -> String {
    let [line, day, moved] = of_line(&of.line);
    let vouchers: Vec<String> = of.vouchers.iter().map(ToString::to_string).collect();
    let vouchers = vouchers.join(pick(lang, "、", ", "));
    match lang {
        Lang::Zh => {
            format!("{line}（{day}，{moved}）摘要所指 {vouchers} 金额不符或已勾对，请查明\n")
        }
        Lang::En => format!(
            "{line} ({day}, {moved}) names {vouchers}, which is another sum or matched already: look into it\n"
        ),
    }
}

fn counted(report: &BankMatches, lang: Lang) -> String {
    let of = |wanted: Confidence| {
        report.suggestions.iter().filter(|found| found.confidence == wanted).count()
    };
    let [certain, likely, ambiguous] =
        [Confidence::Certain, Confidence::Likely, Confidence::Ambiguous].map(of);
    let BankMatches { lines_left, vouchers_left, .. } = report;
    match lang {
        Lang::Zh => format!(
            "确定 {certain} 组，很可能 {likely} 组，不明 {ambiguous} 组；没有建议的：对账单 {lines_left} 行，凭证 {vouchers_left} 张\n"
        ),
        Lang::En => format!(
            "{certain} certain, {likely} likely, {ambiguous} ambiguous; without a proposal: lines {lines_left}, vouchers {vouchers_left}\n"
        ),
    }
}

#[must_use]
pub fn bank_outstanding(report: &BankOutstanding, lang: Lang) -> Page {
    let head = heading(&report.heading, lang);
    let (Some(statement), Some(day)) = (&report.statement, report.day) else {
        return head + pick(lang, "本期没有银行对账单\n", "The period has no bank statement\n");
    };
    let of = match lang {
        Lang::Zh => format!("对账单: {statement}  截至: {day}\n"),
        Lang::En => format!("Statement: {statement}  On: {day}\n"),
    };
    let columns = [
        words(pick(lang, "未达账项", "Outstanding")),
        words(pick(lang, "凭证或对账单行", "Voucher or line")),
        words(pick(lang, "日期", "Day")),
        figures(pick(lang, "金额", "Amount")),
        figures(pick(lang, "天数", "Days")),
        words(pick(lang, "长期", "Long")),
        words(pick(lang, "已清日期", "Cleared on")),
        words(pick(lang, "记账指令", "Command")),
    ];
    let mut rows = Vec::new();
    if let Some(Opened { of, days, long, cleared }) = &report.opening_difference {
        let title = pick(lang, "期初差异", "opening difference").to_owned();
        let age = Age { day: of.day, days: *days, long: *long, cleared: *cleared };
        let ask = if cleared.is_none() { pick(lang, "查明原因", "find out why") } else { "" };
        let what = [title, reconciliation::opened(of, lang)];
        rows.push(row(what, amount(of.amount), age, ask.to_owned(), lang));
    }
    for item in &report.vouchers {
        let (zh, en) = if item.amount.is_positive() {
            ("单位已收、银行未收", "booked in, not yet in the bank")
        } else {
            ("单位已付、银行未付", "booked out, not yet out of the bank")
        };
        let what = [pick(lang, zh, en).to_owned(), voucher(item.voucher, item.seq)];
        rows.push(row(what, amount(item.amount.abs()), item.age, String::new(), lang));
    }
    for item in &report.lines {
        let (zh, en) = if item.amount.is_positive() {
            ("银行已收、单位未收", "in the bank, not yet booked")
        } else {
            ("银行已付、单位未付", "out of the bank, not yet booked")
        };
        let line = named(&format!("{}:{}", item.statement, item.no), item.reference.as_deref());
        let ask = pick(lang, "向银行查明", "ask the bank").to_owned();
        let command = match (item.command, item.age.cleared) {
            (Some(command), _) => command.to_owned(),
            (None, None) => ask,
            (None, Some(_)) => String::new(),
        };
        let what = [pick(lang, zh, en).to_owned(), line];
        rows.push(row(what, amount(item.amount.abs()), item.age, command, lang));
    }
    let long = report.long;
    let end = match (rows.is_empty(), lang) {
        (true, Lang::Zh) => "没有未达账项\n".to_owned(),
        (true, Lang::En) => "Nothing is outstanding\n".to_owned(),
        (false, Lang::Zh) => format!("长期未达 {long} 项\n"),
        (false, Lang::En) => format!("Outstanding for long: {long}\n"),
    };
    let shown = if rows.is_empty() { Page::default() } else { table(&columns, rows) };
    let unclear = report.opening_difference.as_ref().filter(|found| found.cleared.is_none());
    let about = unclear.map(|found| reconciliation::about_opening(&found.of, lang));
    head + of + shown + about.unwrap_or_default() + end
}

fn row(what: [String; 2], sum: String, age: Age, command: String, lang: Lang) -> Vec<String> {
    let [side, name] = what;
    let long = if age.long { pick(lang, "是", "yes") } else { "" };
    let cleared = age.cleared.map(|day| day.to_string()).unwrap_or_default();
    let days = age.days.to_string();
    vec![side, name, age.day.to_string(), sum, days, long.to_owned(), cleared, command]
}
