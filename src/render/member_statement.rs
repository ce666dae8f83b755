//! One member's own statement.

use super::beside::Beside;
use super::table::{amount, amount_or_blank, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::member_statement::{Benefit, MemberStatement, OfMember, Sums, What};

/// With a private field beside the member's number.
#[must_use]
pub fn member_statement_beside(report: &MemberStatement, beside: &Beside, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    let Some(of) = &report.statement else {
        text += pick(lang, "没有这个会员\n", "There is no such member\n");
        return text;
    };
    let (member, joined) = (beside.member(&of.member), of.joined);
    let said = match (of.left, lang) {
        (None, Lang::Zh) => format!("会员: {member}  入会: {joined}\n"),
        (None, Lang::En) => format!("Member: {member}  Since: {joined}\n"),
        (Some(left), Lang::Zh) => format!("会员: {member}  入会: {joined}  离会: {left}\n"),
        (Some(left), Lang::En) => format!("Member: {member}  Since: {joined}  Left: {left}\n"),
    };
    text += said;
    text += months(of, lang);
    text += records(of, lang);
    if !of.receipts.is_empty() {
        text += receipts(of, lang);
    }
    text += benefits(of, lang);
    text += pick(
        lang,
        "每条记录都可索取证明: mingzhang proof 记录号\n",
        "A proof of each record can be asked for: mingzhang proof RECORD\n",
    );
    text
}

fn months(of: &OfMember, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "会费月份", "Dues of")),
        figures(pick(lang, "应缴", "Due")),
        figures(pick(lang, "减免", "Waived")),
        figures(pick(lang, "实缴", "Paid")),
        figures(pick(lang, "欠缴", "Arrears")),
    ];
    let row = |name: String, of: &Sums| {
        let waived = amount_or_blank(of.waived);
        vec![name, amount(of.due), waived, amount(of.paid), amount_or_blank(of.arrears)]
    };
    let lines = of.months.iter().map(|line| row(line.month.to_string(), &line.sums));
    let total = row(pick(lang, "合计", "Total").to_owned(), &of.total);
    let mut text = table(&columns, lines.chain([total]));
    if !of.months_not_assessed.is_empty() {
        let months: Vec<String> = of.months_not_assessed.iter().map(ToString::to_string).collect();
        let months = months.join(", ");
        let said = match lang {
            Lang::Zh => format!("未设基数或标准，无法核定: {months}\n"),
            Lang::En => format!("Not assessed, no base or rate: {months}\n"),
        };
        text += said;
    }
    text
}

fn what(of: What, lang: Lang) -> &'static str {
    match of {
        What::Paid => pick(lang, "缴费", "paid"),
        What::Refunded => pick(lang, "退费", "given back"),
        What::Waived => pick(lang, "减免", "waived"),
        What::WaiverCancelled => pick(lang, "撤销减免", "waiver cancelled"),
    }
}

fn records(of: &OfMember, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "凭证", "Voucher")),
        words(pick(lang, "日期", "Day")),
        words(pick(lang, "事项", "What")),
        words(pick(lang, "所属月份", "For")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "冲销", "Reversed")),
    ];
    let rows = of.records.iter().map(|line| {
        vec![
            format!("#{}", line.seq),
            line.voucher.map(|voucher| voucher.to_string()).unwrap_or_default(),
            line.date.to_string(),
            what(line.what, lang).to_owned(),
            line.month.to_string(),
            amount(line.amount),
            line.reversed_by.map(|seq| format!("#{seq}")).unwrap_or_default(),
        ]
    });
    table(&columns, rows)
}

fn receipts(of: &OfMember, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "收据", "Receipt")),
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "日期", "Day")),
        words(pick(lang, "缴费记录", "For record")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "状态", "Standing")),
    ];
    let rows = of.receipts.iter().map(|line| {
        let void =
            if line.void { pick(lang, "作废", "void") } else { pick(lang, "有效", "stands") };
        vec![
            line.number.clone(),
            format!("#{}", line.seq),
            line.date.to_string(),
            format!("#{}", line.payment),
            amount(line.amount),
            void.to_owned(),
        ]
    });
    table(&columns, rows)
}

/// 签收, or that nobody came for it and what became of the money.
fn claimed(of: &Benefit, lang: Lang) -> String {
    match (of.signed, of.unclaimed, of.returned, lang) {
        (Some(day), ..) => day.to_string(),
        (None, None, ..) => String::new(),
        (None, Some(day), None, Lang::Zh) => format!("未领 {day}"),
        (None, Some(day), None, Lang::En) => format!("unclaimed {day}"),
        (None, Some(_), Some(back), Lang::Zh) => format!("未领，已退回 {back}"),
        (None, Some(_), Some(back), Lang::En) => format!("unclaimed, returned {back}"),
    }
}

fn benefits(of: &OfMember, lang: Lang) -> Page {
    if of.benefits.is_empty() {
        return Page::from(
            pick(lang, "本期没有领取\n", "Nothing was paid to the member\n").to_owned(),
        );
    }
    let columns = [
        words(pick(lang, "领取", "Received")),
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "付款日期", "Paid")),
        words(pick(lang, "签收", "Signed")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let rows = of.benefits.iter().map(|line| {
        vec![
            line.what.get(lang).to_owned(),
            format!("#{}", line.seq),
            line.date.to_string(),
            claimed(line, lang),
            amount(line.amount),
        ]
    });
    let none = String::new;
    let total = pick(lang, "合计", "Total").to_owned();
    let total = vec![total, none(), none(), none(), amount(of.benefits_total)];
    table(&columns, rows.chain([total]))
}
