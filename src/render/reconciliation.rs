use super::table::{amount, figures, heading, pick, table, to_sign, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::reconciliation::{
    BankReconciliation, Booked, OpeningDifference, Sheet, Unbooked,
};

#[must_use]
pub fn reconciliation(report: &BankReconciliation, lang: Lang) -> Page {
    let head = heading(&report.heading, lang);
    match &report.sheet {
        None => head + pick(lang, "本期没有银行对账单\n", "The period has no bank statement\n"),
        Some(sheet) => head + both_sides(sheet, lang),
    }
}

fn both_sides(sheet: &Sheet, lang: Lang) -> Page {
    let Sheet { statement, day, .. } = sheet;
    let of = match lang {
        Lang::Zh => format!("对账单: {statement}  截至: {day}\n"),
        Lang::En => format!("Statement: {statement}  On: {day}\n"),
    };
    let columns = [
        words(pick(lang, "项目", "Item")),
        words(pick(lang, "凭证或对账单行", "Voucher or line")),
        words(pick(lang, "日期", "Day")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let line = |title: &str, of: crate::money::Money| {
        vec![title.to_owned(), String::new(), String::new(), amount(of)]
    };
    let mut rows = vec![line(pick(lang, "银行对账单余额", "Balance of the bank"), sheet.bank)];
    rows.extend(booked(
        pick(lang, "加：单位已收、银行未收", "+ booked in, not yet in the bank"),
        &sheet.booked_in,
    ));
    rows.extend(booked(
        pick(lang, "减：单位已付、银行未付", "- booked out, not yet out of the bank"),
        &sheet.booked_out,
    ));
    rows.extend(sheet.opening_difference.as_ref().map(|of| {
        let title = if of.amount.is_positive() {
            pick(lang, "加：期初差异", "+ opening difference")
        } else {
            pick(lang, "减：期初差异", "- opening difference")
        };
        let sum = amount(of.amount.abs());
        vec![title.to_owned(), opened(of, lang), of.day.to_string(), sum]
    }));
    rows.push(line(pick(lang, "调节后余额", "Adjusted balance"), sheet.adjusted_bank));
    rows.push(line(pick(lang, "单位账面余额", "Balance of the books"), sheet.book));
    rows.extend(unbooked(
        pick(lang, "加：银行已收、单位未收", "+ in the bank, not yet booked"),
        &sheet.unbooked_in,
    ));
    rows.extend(unbooked(
        pick(lang, "减：银行已付、单位未付", "- out of the bank, not yet booked"),
        &sheet.unbooked_out,
    ));
    rows.push(line(pick(lang, "调节后余额", "Adjusted balance"), sheet.adjusted_book));
    let agrees = match (sheet.agrees, &sheet.opening_difference) {
        (true, None) => pick(lang, "调节相符", "Both sides agree"),
        (true, Some(_)) => pick(
            lang,
            "调节相符，但期初差异尚未查清",
            "Both sides agree, but the opening difference is not cleared",
        ),
        (false, _) => pick(lang, "调节不符!", "The sides do not agree!"),
    };
    let recorded = match (sheet.reconciled, lang) {
        (Some(seq), Lang::Zh) => format!("已登记（记录 {seq}）"),
        (Some(seq), Lang::En) => format!("recorded (record {seq})"),
        (None, _) => pick(lang, "未登记", "not recorded").to_owned(),
    };
    let joint = pick(lang, "，", ", ");
    let signed = pick(lang, "编制:            复核:\n", "Prepared by:            Reviewed by:\n");
    let about = sheet.opening_difference.as_ref().map(|of| about_opening(of, lang));
    let about = about.unwrap_or_default();
    Page::from(of)
        + table(&columns, rows)
        + format!("{about}{agrees}{joint}{recorded}\n")
        + to_sign(signed)
}

/// 期初差异 The two balances that differ.
pub(super) fn opened(of: &OpeningDifference, lang: Lang) -> String {
    let [book, bank] = [of.book, of.bank].map(amount);
    match lang {
        Lang::Zh => format!("账面 {book}，{} 期初 {bank}", of.statement),
        Lang::En => format!("books {book}, {} opens with {bank}", of.statement),
    }
}

/// What it may be, and what it is matched with.
pub(super) fn about_opening(of: &OpeningDifference, lang: Lang) -> String {
    let slip = of.voucher.zip(of.seq);
    let slip = match (slip, lang) {
        (Some((number, seq)), Lang::Zh) => format!("（勾对时用 {number} #{seq}）"),
        (Some((number, seq)), Lang::En) => format!(" (matched as {number} #{seq})"),
        (None, _) => String::new(),
    };
    let day = of.day;
    match lang {
        Lang::Zh => format!(
            "期初差异{slip}：{day} 之前账面与银行余额不同。当时的未达账项，与银行收付的行勾对；漏记、错记的，补记或更正，与该凭证勾对\n"
        ),
        Lang::En => format!(
            "Opening difference{slip}: before {day} the books and the bank had different balances. What was outstanding then is matched with the bank's line; what was left out or wrong is corrected, and matched with that voucher\n"
        ),
    }
}

fn booked<'a>(title: &'a str, items: &'a [Booked]) -> impl Iterator<Item = Vec<String>> + 'a {
    items.iter().map(move |item| {
        let name = format!("{} #{}", item.voucher, item.seq);
        vec![title.to_owned(), name, item.day.to_string(), amount(item.amount)]
    })
}

fn unbooked<'a>(title: &'a str, items: &'a [Unbooked]) -> impl Iterator<Item = Vec<String>> + 'a {
    items.iter().map(move |item| {
        let reference = item.reference.as_deref().unwrap_or_default();
        let name = format!("{}:{} {reference}", item.statement, item.no).trim_end().to_owned();
        vec![title.to_owned(), name, item.day.to_string(), amount(item.amount)]
    })
}
