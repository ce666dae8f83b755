use super::table::{amount, figures, heading, pick, table, words};
use crate::lang::Lang;
use crate::money::Money;
use crate::render::page::Page;
use crate::report::AccountName;
use crate::report::earmarked::{Earmarked, Fund, Line};

#[must_use]
pub fn earmarked(report: &Earmarked, lang: Lang) -> Page {
    let none = if report.funds.is_empty() { pick(lang, "无专项资金\n", "None\n") } else { "" };
    heading(&report.heading, lang)
        + none
        + Page::set_apart(report.funds.iter().map(|of| fund(of, lang)))
}

fn fund(of: &Fund, lang: Lang) -> Page {
    let mut rows = vec![row(pick(lang, "期初结转", "Opening"), "", of.movement.opening)];
    rows.extend(
        of.receipts.iter().map(|line| line_row(line, pick(lang, "收入", "Received"), lang)),
    );
    let moved = [
        (pick(lang, "调入", "Moved in"), of.movement.transferred_in),
        (pick(lang, "调整", "Adjusted"), of.movement.adjustments),
        (pick(lang, "调出", "Moved out"), of.movement.transferred_out),
    ];
    let moved = moved.into_iter().filter(|(_, amount)| !amount.is_zero());
    rows.extend(moved.map(|(title, amount)| row(title, "", amount)));
    rows.extend(of.uses.iter().map(|line| line_row(line, pick(lang, "支出", "Used"), lang)));
    rows.push(row(pick(lang, "期末结转", "Closing"), "", of.movement.closing));
    rows.push(row(pick(lang, "其中: 货币资金", "Held in cash and bank"), "", of.movement.held()));
    let columns = [
        words(pick(lang, "项目", "Line")),
        words(pick(lang, "科目", "Account")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let verdict = if of.agrees {
        ""
    } else {
        pick(lang, "收支明细与资金不符!\n", "The lines do not add up to the fund!\n")
    };
    Page::from(about(of, lang)) + table(&columns, rows) + verdict + payments(of, lang)
}

fn about(of: &Fund, lang: Lang) -> String {
    let mut text = format!("{} {}", of.fund, of.name);
    if of.fiscal {
        text += pick(lang, " (财政拨款)", " (treasury)");
    }
    if !of.limited_to.is_empty() {
        let names = of.limited_to.iter().map(|account: &AccountName| account.label(lang));
        let names: Vec<String> = names.collect();
        text += pick(lang, "  限用于: ", "  Only for: ");
        text += &names.join(", ");
    }
    let days =
        [(pick(lang, "期限", "Until"), of.until), (pick(lang, "已完结", "Closed"), of.closed)];
    let days = days.into_iter().filter_map(|(title, day)| Some(format!("  {title}: {}", day?)));
    text + &days.collect::<String>() + "\n"
}

fn row(title: &str, account: &str, of: Money) -> Vec<String> {
    vec![title.to_owned(), account.to_owned(), amount(of)]
}

fn line_row(line: &Line, title: &str, lang: Lang) -> Vec<String> {
    row(title, &line.account.label(lang), line.amount)
}

/// Each payment; nothing where there was none.
fn payments(of: &Fund, lang: Lang) -> Page {
    if of.payments.is_empty() {
        return Page::default();
    }
    let columns = [
        words(pick(lang, "支出", "Disbursement")),
        words(pick(lang, "凭证", "Voucher")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "科目", "Account")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let rows = of.payments.iter().map(|payment| {
        vec![
            payment.disbursement.to_string(),
            payment.voucher.map(|voucher| voucher.to_string()).unwrap_or_default(),
            payment.date.to_string(),
            payment.account.label(lang),
            amount(payment.amount),
        ]
    });
    table(&columns, rows)
}
