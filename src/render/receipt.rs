//! A receipt 收据, on A5 as a rule: what one member paid, and the proof that it is in the book.

use super::page::{Block, Page, Signatures};
use super::picture::code;
use super::qr::QrTooLong;
use super::table::{amount, figures, pick, table, words};
use crate::capitals::{CapitalsError, to_capitals};
use crate::chain::proof::LogProof;
use crate::date::Month;
use crate::event::VoucherNumber;
use crate::event::book::Role;
use crate::event::dues::DuesReceipt;
use crate::event::paper::Receipt;
use crate::ids::OfficerId;
use crate::lang::Lang;
use crate::money::Money;

/// So many months stand beside each other, so that a year leaves room for the code below it.
const MONTHS_BESIDE: usize = 3;

/// All that a receipt shows. No name of a person is among it: a member is a number.
#[derive(Debug, Clone)]
pub struct ReceiptPaper<'a> {
    pub organisation: &'a str,
    /// 记账本位币, such as `CNY`.
    pub currency: &'a str,
    pub receipt: &'a Receipt,
    /// What was paid, of which the receipt takes the member's lines.
    pub payment: &'a DuesReceipt,
    pub voucher: Option<VoucherNumber>,
    /// 收款人 Who gave the receipt, and the offices then held.
    pub issued_by: &'a OfficerId,
    pub offices: &'a [Role],
    /// With the receipt's own record in it.
    pub proof: &'a LogProof,
    pub lang: Lang,
}

impl ReceiptPaper<'_> {
    /// 所属月份 What the member paid for each month.
    #[must_use]
    pub fn months(&self) -> Vec<(Month, Money)> {
        let member = &self.receipt.member;
        let lines = self.payment.lines.iter().filter(|line| line.member == *member);
        lines.map(|line| (line.month, line.amount)).collect()
    }

    /// 人民币大写 Of yuan alone.
    pub fn capitals(&self) -> Result<Option<String>, CapitalsError> {
        (self.currency == "CNY").then(|| to_capitals(self.receipt.amount)).transpose()
    }
}

/// The page, and why its proof is not on it where it does not fit into a code.
pub fn receipt(paper: &ReceiptPaper<'_>) -> Result<(Page, Option<QrTooLong>), CapitalsError> {
    let (receipt, lang) = (paper.receipt, paper.lang);
    let said = |zh, en| pick(lang, zh, en).to_owned();
    let title = Block::Title {
        title: said("会费收据", "Receipt of dues"),
        about: vec![
            (said("单位名称", "Organisation"), paper.organisation.to_owned()),
            (said("日期", "Date"), receipt.date.to_string()),
            (said("收据号", "Number"), receipt.number.to_string()),
        ],
    };
    let (drawn, too_long) = match code(how(lang), &paper.proof.to_string()) {
        Ok(code) => (code, None),
        Err(error) => (Page::from(beside(lang)), Some(error)),
    };
    let page = Page::from(title) + total(paper)? + months(paper) + below(paper) + drawn;
    Ok((page, too_long))
}

/// Who paid how much, in capitals and in figures.
fn total(paper: &ReceiptPaper<'_>) -> Result<Page, CapitalsError> {
    let (receipt, lang) = (paper.receipt, paper.lang);
    let member = words(pick(lang, "会员编号", "Member"));
    let (member_of, sum) = (receipt.member.to_string(), amount(receipt.amount));
    if let Some(capitals) = paper.capitals()? {
        let in_words = words(pick(lang, "金额（大写）", "Amount in capitals"));
        let in_figures = figures(pick(lang, "金额（元）", "Amount (yuan)"));
        let row = vec![member_of, format!("人民币{capitals}"), sum];
        return Ok(table(&[member, in_words, in_figures], [row]));
    }
    let currency = paper.currency;
    let title = match lang {
        Lang::Zh => format!("金额（{currency}）"),
        Lang::En => format!("Amount ({currency})"),
    };
    Ok(table(&[member, figures(&title)], [vec![member_of, sum]]))
}

/// Which months were paid for, several of them beside each other.
fn months(paper: &ReceiptPaper<'_>) -> Page {
    let lang = paper.lang;
    let paid = paper.months();
    let beside = paid.len().clamp(1, MONTHS_BESIDE);
    let pair = [words(pick(lang, "所属月份", "For")), figures(pick(lang, "金额", "Amount"))];
    let columns: Vec<_> = std::iter::repeat_n(pair, beside).flatten().collect();
    let cells = |(month, amount): &(Month, Money)| [month.to_string(), super::amount(*amount)];
    let rows = paid.chunks(beside).map(|paid| {
        let row = paid.iter().flat_map(cells).chain(std::iter::repeat(String::new()));
        row.take(columns.len()).collect::<Vec<String>>()
    });
    table(&columns, rows.collect::<Vec<_>>())
}

/// Where it is in the book, and who gave it.
fn below(paper: &ReceiptPaper<'_>) -> Page {
    let lang = paper.lang;
    let voucher = paper.voucher.map(|number| number.to_string()).unwrap_or_default();
    let (payment, own) = (paper.receipt.payment, paper.proof.index());
    let records = match lang {
        Lang::Zh => format!("记账凭证: {voucher}  收款记录: {payment}  收据记录: {own}\n"),
        Lang::En => {
            format!("Voucher: {voucher}  Payment: record {payment}  Receipt: record {own}\n")
        }
    };
    let offices: Vec<&str> = paper.offices.iter().map(|role| role.title(lang)).collect();
    let offices = offices.join(pick(lang, "、", ", "));
    let payee = format!("{offices} {}", paper.issued_by).trim().to_owned();
    let received = pick(lang, "收款人", "Received by");
    let seal = pick(lang, "单位（盖章）", "Organisation (seal)");
    let text = format!("{received}: {payee}        {seal}:\n");
    let places = vec![(received.to_owned(), payee), (seal.to_owned(), String::new())];
    Page::from(records) + Page::from(Block::Signatures(Signatures { places, seal: false, text }))
}

fn how(lang: Lang) -> &'static str {
    pick(
        lang,
        "扫描此码，把得到的文字存为 receipt.tlog-proof，用自己的信任文件 policy 验证：\
         mingzhang verify --proof receipt.tlog-proof --policy policy",
        "Scan this code, save its text as receipt.tlog-proof and verify it by your own policy: \
         mingzhang verify --proof receipt.tlog-proof --policy policy",
    )
}

fn beside(lang: Lang) -> &'static str {
    pick(
        lang,
        "证明过长，不能印成二维码：见随附的 .tlog-proof 文件。\n",
        "The proof is too long for a code: it is the .tlog-proof file beside this page.\n",
    )
}
