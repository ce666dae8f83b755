use super::beside::Beside;
use super::table::{amount, amount_or_blank, figures, heading, pick, table, words};
use crate::date::Month;
use crate::event::receipt::{Payer, ReceiptKind};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::receipt_register::{
    Book, Checked, Form, Gap, Proofs, ReceiptRegister, Standing, Without,
};

/// With a private field beside each member's number.
#[must_use]
pub fn receipt_register_beside(report: &ReceiptRegister, beside: &Beside, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    text += books(&report.books, lang);
    if !report.forms.is_empty() {
        text += pick(lang, "票据明细\n", "Forms\n");
        text += forms(&report.forms, beside, lang);
    }
    text += pick(lang, "与凭证核对\n", "Beside the vouchers\n");
    text += checked(&report.kinds, lang);
    if !report.without.is_empty() {
        text += pick(lang, "未开或未开足票据的收款\n", "Money in without a whole receipt\n");
        text += without(&report.without, lang);
    }
    if !report.proofs.is_empty() {
        text += pick(lang, "电子收据\n", "Receipts with a proof\n");
        text += proofs(&report.proofs, lang);
    }
    text
}

fn kind(of: ReceiptKind, lang: Lang) -> &'static str {
    match of {
        ReceiptKind::Dues => pick(lang, "会费收据", "Dues"),
        ReceiptKind::Allocation => pick(lang, "工会经费收入专用收据", "Union funds"),
    }
}

fn books(books: &[Book], lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "票据", "Book")),
        words(pick(lang, "种类", "Kind")),
        words(pick(lang, "字轨", "Series")),
        words(pick(lang, "号码", "Numbers")),
        words(pick(lang, "领购", "Came in")),
        figures(pick(lang, "份数", "Forms")),
        figures(pick(lang, "已用", "Used")),
        figures(pick(lang, "作废", "Void")),
        figures(pick(lang, "断号", "Passed over")),
        figures(pick(lang, "结存", "Left")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let row = |book: &Book| {
        vec![
            book.stock.to_string(),
            kind(book.kind, lang).to_owned(),
            book.series.clone(),
            run(book.first, book.last),
            book.on.to_string(),
            book.numbers.to_string(),
            book.used.to_string(),
            book.void.to_string(),
            book.passed_over.to_string(),
            book.left.to_string(),
            amount(book.amount),
        ]
    };
    let mut text = table(&columns, books.iter().map(row));
    for book in books.iter().filter(|book| !book.gaps.is_empty()) {
        let gaps: Vec<String> =
            book.gaps.iter().map(|Gap { first, last }| run(*first, *last)).collect();
        let gaps = gaps.join(", ");
        let said = match lang {
            Lang::Zh => format!("断号 {}: {gaps}\n", book.stock),
            Lang::En => format!("Gaps of {}: {gaps}\n", book.stock),
        };
        text += said;
    }
    text
}

fn run(first: u64, last: u64) -> String {
    if first == last { first.to_string() } else { format!("{first}..{last}") }
}

fn forms(forms: &[Form], beside: &Beside, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "票据", "Book")),
        figures(pick(lang, "票号", "Number")),
        words(pick(lang, "日期", "Day")),
        words(pick(lang, "缴款人", "Payer")),
        words(pick(lang, "所属期", "For months")),
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "凭证", "Voucher")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "状态", "Standing")),
    ];
    let row = |form: &Form| {
        let payer = match &form.payer {
            Some(Payer::Member(member)) => beside.member(member),
            Some(Payer::Organisation(name)) => name.to_string(),
            None => String::new(),
        };
        let standing = match form.standing {
            Standing::Used => pick(lang, "已用", "used"),
            Standing::Void => pick(lang, "作废", "void"),
            Standing::ToBeVoided => pick(lang, "收款已冲销，应作废", "reversed, to be voided"),
        };
        vec![
            form.stock.to_string(),
            form.number.to_string(),
            form.on.to_string(),
            payer,
            form.months.map(months).unwrap_or_default(),
            form.of.map(|seq| format!("#{seq}")).unwrap_or_default(),
            form.voucher.map(|voucher| voucher.to_string()).unwrap_or_default(),
            amount_or_blank(form.amount),
            standing.to_owned(),
        ]
    };
    table(&columns, forms.iter().map(row))
}

fn months((first, last): (Month, Month)) -> String {
    if first == last { first.to_string() } else { format!("{first}..{last}") }
}

fn checked(kinds: &[Checked], lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "种类", "Kind")),
        figures(pick(lang, "凭证", "Vouchers")),
        figures(pick(lang, "收款", "Received")),
        figures(pick(lang, "已开", "Receipted")),
        figures(pick(lang, "未开", "Not receipted")),
        figures(pick(lang, "票据合计", "Forms")),
        words(pick(lang, "核对", "Check")),
    ];
    let row = |of: &Checked| {
        let agrees = if of.agrees {
            pick(lang, "相符", "agrees")
        } else {
            pick(lang, "不符", "differs")
        };
        vec![
            kind(of.kind, lang).to_owned(),
            of.vouchers.to_string(),
            amount(of.received),
            amount(of.receipted),
            amount(of.not_receipted),
            amount(of.forms),
            agrees.to_owned(),
        ]
    };
    table(&columns, kinds.iter().map(row))
}

fn without(without: &[Without], lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "种类", "Kind")),
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "凭证", "Voucher")),
        figures(pick(lang, "收款", "Received")),
        figures(pick(lang, "已开", "Receipted")),
    ];
    let row = |of: &Without| {
        vec![
            kind(of.kind, lang).to_owned(),
            format!("#{}", of.seq),
            of.voucher.map(|voucher| voucher.to_string()).unwrap_or_default(),
            amount(of.amount),
            amount(of.receipted),
        ]
    };
    table(&columns, without.iter().map(row))
}

fn proofs(proofs: &[Proofs], lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "年度", "Year")),
        words(pick(lang, "号码", "Numbers")),
        figures(pick(lang, "份数", "Issued")),
        figures(pick(lang, "作废", "Void")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let row = |of: &Proofs| {
        vec![
            of.year.to_string(),
            format!("{}..{}", of.first, of.last),
            of.issued.to_string(),
            of.void.to_string(),
            amount(of.amount),
        ]
    };
    table(&columns, proofs.iter().map(row))
}
