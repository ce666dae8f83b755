use super::table::{amount, amount_if_any, figures, heading, pick, table, words};
use crate::ids::OfficerId;
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::vouchers::{Form, FormLine, Signed, Vouchers};

#[must_use]
pub fn vouchers(report: &Vouchers, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    for form in &report.vouchers {
        text += one(form, lang);
    }
    if report.vouchers.is_empty() {
        text += &nothing(report.of.as_deref(), lang);
    }
    text
}

fn nothing(of: Option<&str>, lang: Lang) -> String {
    match (of, lang) {
        (None, Lang::Zh) => "本期没有凭证\n".to_owned(),
        (None, Lang::En) => "no vouchers in this period\n".to_owned(),
        (Some(""), Lang::Zh) => "请用 --of 指明凭证号或记录号\n".to_owned(),
        (Some(""), Lang::En) => "say which with --of, by number or by record\n".to_owned(),
        (Some(of), Lang::Zh) => format!("没有凭证 {of}\n"),
        (Some(of), Lang::En) => format!("there is no voucher {of}\n"),
    }
}

fn one(form: &Form, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "摘要", "Summary")),
        words(pick(lang, "总账科目", "Account")),
        words(pick(lang, "明细科目", "Sub-account")),
        words(pick(lang, "资金", "Fund")),
        figures(pick(lang, "借方", "Debit")),
        figures(pick(lang, "贷方", "Credit")),
    ];
    let row = |(place, line): (usize, &FormLine)| {
        let summary = if place == 0 { form.summary.get(lang) } else { "" };
        vec![
            summary.to_owned(),
            line.account.label(lang),
            line.detail.as_ref().map(|detail| detail.label(lang)).unwrap_or_default(),
            line.fund.to_string(),
            amount_if_any(line.debit),
            amount_if_any(line.credit),
        ]
    };
    let total = [form.debit, form.credit].map(amount);
    let mut last = vec![String::new(); 4];
    if let Some(first) = last.first_mut() {
        let capitals = form.capitals.as_deref().unwrap_or_default();
        *first = format!("{}: {capitals}", pick(lang, "合计", "Total"));
    }
    last.extend(total);
    let rows = form.lines.iter().enumerate().map(row).chain([last]);
    let Form { number, date, seq, papers, .. } = form;
    let title = match lang {
        Lang::Zh => format!("记账凭证 {number}  {date}  附件 {papers} 张  记录 #{seq}"),
        Lang::En => format!("Voucher {number}  {date}  papers: {papers}  record #{seq}"),
    };
    let reversed = match (form.reversed_by, lang) {
        (None, _) => String::new(),
        (Some(red), Lang::Zh) => format!("已被 {red} 号凭证冲销\n"),
        (Some(red), Lang::En) => format!("cancelled by voucher {red}\n"),
    };
    let below = format!("{reversed}{}\n", signed(&form.signed, lang));
    Page::from(title + "\n") + table(&columns, rows) + below
}

fn signed(of: &Signed, lang: Lang) -> String {
    let labels = match lang {
        Lang::Zh => ["会计主管", "记账", "出纳", "审核", "制单"],
        Lang::En => ["Head of finance", "Posted", "Cashier", "Reviewed", "Prepared"],
    };
    let prepared = Some(of.prepared.clone());
    let names: [&Option<OfficerId>; 5] =
        [&of.head, &of.posted, &of.cashier, &of.reviewed, &prepared];
    let said = labels.iter().zip(names).map(|(label, name)| {
        let name = name.as_ref().map_or("", |name| name.as_str());
        format!("{label}: {name}")
    });
    said.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}
