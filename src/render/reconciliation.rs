use super::table::{amount, figures, heading, pick, table, to_sign, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::reconciliation::{BankReconciliation, Booked, Sheet, Unbooked};

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
    let agrees = if sheet.agrees {
        pick(lang, "调节相符", "Both sides agree")
    } else {
        pick(lang, "调节不符!", "The sides do not agree!")
    };
    let recorded = match (sheet.reconciled, lang) {
        (Some(seq), Lang::Zh) => format!("已登记（记录 {seq}）"),
        (Some(seq), Lang::En) => format!("recorded (record {seq})"),
        (None, _) => pick(lang, "未登记", "not recorded").to_owned(),
    };
    let joint = pick(lang, "，", ", ");
    let signed = pick(lang, "编制:            复核:\n", "Prepared by:            Reviewed by:\n");
    Page::from(of)
        + table(&columns, rows)
        + format!("{agrees}{joint}{recorded}\n")
        + to_sign(signed)
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
