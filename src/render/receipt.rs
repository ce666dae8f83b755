//! A receipt 收据 as a page of A5: what one member paid, and the proof that it is in the book.

use askama::Template;

use super::qr::{QrTooLong, qr_svg};
use super::table::pick;
use crate::capitals::{CapitalsError, to_capitals};
use crate::chain::proof::{LogProof, ProofError};
use crate::date::Month;
use crate::event::VoucherNumber;
use crate::event::book::Role;
use crate::event::dues::DuesReceipt;
use crate::event::paper::Receipt;
use crate::ids::OfficerId;
use crate::lang::Lang;
use crate::money::Money;

/// So many characters of the root are enough to compare by eye.
const ROOT_SHOWN: usize = 12;

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

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
pub enum ReceiptError {
    #[error(transparent)]
    Capitals(#[from] CapitalsError),
    #[error(transparent)]
    Proof(#[from] ProofError),
    #[error("the page cannot be written: {0}")]
    Page(#[from] askama::Error),
}

/// The page, and why its proof is not on it where it does not fit into a code.
pub fn receipt(paper: &ReceiptPaper<'_>) -> Result<(String, Option<QrTooLong>), ReceiptError> {
    let ReceiptPaper { receipt, payment, lang, proof, .. } = paper;
    let lang = *lang;
    let checkpoint = proof.note().checkpoint().map_err(ProofError::from)?;
    let root: String = checkpoint.root.to_string().chars().take(ROOT_SHOWN).collect();
    let of_member = payment.lines.iter().filter(|line| line.member == receipt.member);
    let months: Vec<(Month, Money)> = of_member.map(|line| (line.month, line.amount)).collect();
    let offices: Vec<&str> = paper.offices.iter().map(|role| role.title(lang)).collect();
    let offices = offices.join(pick(lang, "、", ", "));
    let (code, too_long) = match qr_svg(&proof.to_string()) {
        Ok(code) => (Some(code), None),
        Err(error) => (None, Some(error)),
    };
    // 人民币大写 is of yuan alone.
    let capitals = (paper.currency == "CNY").then(|| to_capitals(receipt.amount));
    let page = Page {
        words: Words::of(lang),
        lang: lang.as_str(),
        organisation: paper.organisation,
        number: receipt.number.to_string(),
        member: receipt.member.as_str(),
        date: receipt.date.to_string(),
        months,
        amount: receipt.amount,
        currency: paper.currency,
        capitals: capitals.transpose()?,
        voucher: paper.voucher.map(|number| number.to_string()).unwrap_or_default(),
        record: receipt.payment.to_string(),
        payee: format!("{offices} {}", paper.issued_by).trim().to_owned(),
        origin: checkpoint.origin.to_string(),
        size: checkpoint.size,
        root,
        code,
    };
    Ok((page.render()?, too_long))
}

#[derive(Template)]
#[template(path = "receipt.html")]
struct Page<'a> {
    words: Words,
    lang: &'static str,
    organisation: &'a str,
    number: String,
    member: &'a str,
    date: String,
    months: Vec<(Month, Money)>,
    amount: Money,
    currency: &'a str,
    capitals: Option<String>,
    voucher: String,
    record: String,
    payee: String,
    origin: String,
    size: u64,
    root: String,
    code: Option<String>,
}

/// The printed words of the form.
struct Words {
    title: &'static str,
    number: &'static str,
    date: &'static str,
    member: &'static str,
    months: &'static str,
    amount: &'static str,
    voucher: &'static str,
    record: &'static str,
    payee: &'static str,
    book: &'static str,
    records: &'static str,
    root: &'static str,
    how: &'static str,
    beside: &'static str,
}

impl Words {
    fn of(lang: Lang) -> Words {
        let said = |zh, en| pick(lang, zh, en);
        Words {
            title: said("会费收据", "Receipt of dues"),
            number: said("收据号", "Number"),
            date: said("日期", "Date"),
            member: said("会员编号", "Member"),
            months: said("所属月份", "For"),
            amount: said("金额", "Amount"),
            voucher: said("记账凭证", "Voucher"),
            record: said("收款记录", "Record"),
            payee: said("收款人", "Received by"),
            book: said("账套", "Book"),
            records: said("条记录", "records"),
            root: said("根", "root"),
            how: said(
                "扫描此码，把得到的文字存为 receipt.tlog-proof，用自己的信任文件 policy 验证：",
                "Scan this code, save its text as receipt.tlog-proof and verify it by your own policy:",
            ),
            beside: said(
                "证明过长，不能印成二维码：见随附的 .tlog-proof 文件。",
                "The proof is too long for a code: it is the .tlog-proof file beside this page.",
            ),
        }
    }
}
