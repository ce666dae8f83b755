use super::table::{amount, amount_if_any, figures, heading, pick, table, words};
use crate::event::import::FileLines;
use crate::ids::{Digest, OfficerId};
use crate::lang::Lang;
use crate::render::page::{Block, Page, Signatures, VoucherHead};
use crate::report::vouchers::{Form, FormLine, Signed, Source, Vouchers};

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
    let head = Block::Voucher(head(form, lang));
    let reversed = match (form.reversed_by, lang) {
        (None, _) => String::new(),
        (Some(red), Lang::Zh) => format!("已被 {red} 号凭证冲销\n"),
        (Some(red), Lang::En) => format!("cancelled by voucher {red}\n"),
    };
    let source = form.source.as_ref().map(|source| source_of(source, lang)).unwrap_or_default();
    Page::from(head) + table(&columns, rows) + source + reversed + signed(&form.signed, lang)
}

/// 原始凭证 By its first digits, as `log` says it, and by the record that has the whole of it.
fn source_of(source: &Source, lang: Lang) -> String {
    let short =
        |sha256: &Digest| sha256.as_str().get(..FileLines::DIGITS).unwrap_or_default().to_owned();
    match (source, lang) {
        (Source::File { sha256, lines, seq }, Lang::Zh) => {
            format!("原始凭证: 文件 {} 第 {lines} 行（记录 #{seq}）\n", short(sha256))
        }
        (Source::File { sha256, lines, seq }, Lang::En) => {
            format!("Made from: file {}, line {lines} (record #{seq})\n", short(sha256))
        }
        (Source::Voucher { sha256, lines, seq }, Lang::Zh) => {
            format!(
                "转自: 文件 {} 第 {lines} 行的凭证（记录 #{seq}），附件随原凭证\n",
                short(sha256)
            )
        }
        (Source::Voucher { sha256, lines, seq }, Lang::En) => format!(
            "Carried over from: the voucher of file {}, line {lines} (record #{seq}), which has its papers\n",
            short(sha256)
        ),
        (Source::BankLine { statement, line, seq }, Lang::Zh) => {
            format!("原始凭证: 银行对账单 {statement} 第 {line} 行（记录 #{seq}）\n")
        }
        (Source::BankLine { statement, line, seq }, Lang::En) => {
            format!("Made from: bank statement {statement}, line {line} (record #{seq})\n")
        }
    }
}

fn head(form: &Form, lang: Lang) -> VoucherHead {
    let Form { number, date, seq, papers, .. } = form;
    let said = |label: &str, value: String| (label.to_owned(), value);
    let (number, date, record) = (number.to_string(), date.to_string(), format!("#{seq}"));
    match lang {
        Lang::Zh => VoucherHead {
            title: "记账凭证".to_owned(),
            text: format!("记账凭证 {number}  {date}  附件 {papers} 张  记录 {record}\n"),
            about: vec![
                said("凭证号", number),
                said("日期", date),
                said("附件", format!("{papers} 张")),
                said("记录", record),
            ],
        },
        Lang::En => VoucherHead {
            title: "Voucher".to_owned(),
            text: format!("Voucher {number}  {date}  papers: {papers}  record {record}\n"),
            about: vec![
                said("No.", number),
                said("Date", date),
                said("Papers", papers.to_string()),
                said("Record", record),
            ],
        },
    }
}

fn signed(of: &Signed, lang: Lang) -> Page {
    let labels = match lang {
        Lang::Zh => ["会计主管", "记账", "出纳", "审核", "制单"],
        Lang::En => ["Head of finance", "Posted", "Cashier", "Reviewed", "Prepared"],
    };
    let prepared = Some(of.prepared.clone());
    let names: [&Option<OfficerId>; 5] =
        [&of.head, &of.posted, &of.cashier, &of.reviewed, &prepared];
    let place = |(label, name): (&str, &Option<OfficerId>)| {
        (label.to_owned(), name.as_ref().map(ToString::to_string).unwrap_or_default())
    };
    let places: Vec<(String, String)> = labels.into_iter().zip(names).map(place).collect();
    let said: Vec<String> = places.iter().map(|(label, name)| format!("{label}: {name}")).collect();
    let text = format!("{}\n", said.join("  ").trim_end());
    Block::Signatures(Signatures { places, seal: false, text }).into()
}
