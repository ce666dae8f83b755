//! Receipts, vouchers, closing, and how the records themselves were made.

use super::{Exception, Ground, Looked};
use crate::projection::audit::Standing;
use crate::report::Words;
use crate::report::audit::Concern;
use crate::report::receipt_register::{self, Standing as FormStanding};
use crate::rules::audited_figures;

pub(super) fn receipt_numbers(ground: &Ground<'_>) -> Result<Looked, Words> {
    let report = receipt_register::report(ground.ledger, ground.span);
    if report.books.is_empty() {
        return Err(Words::new("未登记领购票据", "no book of receipts is recorded"));
    }
    let mut found = Vec::new();
    for book in &report.books {
        for gap in &book.gaps {
            let (stock, first, last) = (&book.stock, gap.first, gap.last);
            let zh = format!("票据 {stock} 断号 {first} 至 {last}");
            let en = format!("the numbers {first} to {last} of {stock} were passed over");
            found.push(Exception::new([], &zh, &en));
        }
    }
    for form in report.forms.iter().filter(|form| form.standing == FormStanding::ToBeVoided) {
        let (stock, number) = (&form.stock, form.number);
        let zh = format!("票据 {stock} 第 {number} 号的收款已冲销，票据未作废");
        let en = format!("number {number} of {stock} is out, and its payment was reversed");
        found.push(Exception::new(form.of, &zh, &en).of(form.amount));
    }
    Ok(Looked::at(report.forms.len(), found))
}

pub(super) fn voucher_numbers(ground: &Ground<'_>) -> Result<Looked, Words> {
    let mut found = Vec::new();
    let mut looked_at = 0_usize;
    for (month, numbers) in &ground.seen.numbers {
        looked_at = looked_at.saturating_add(numbers.len());
        let mut expected = 1_u32;
        for (number, seq) in numbers {
            if *number != expected {
                let zh = format!("{month} 应为 {expected} 号，实为 {number} 号");
                let en = format!("{month}: number {expected} was expected and {number} is there");
                found.push(Exception::new([*seq], &zh, &en));
            }
            expected = number.saturating_add(1);
        }
    }
    Ok(Looked::at(looked_at, found))
}

pub(super) fn agree(ground: &Ground<'_>) -> Result<Looked, Words> {
    let of = [Concern::AssetFundDiffers, Concern::FundsDiffer, Concern::ResultNotCarried];
    Ok(Looked::at(ground.months.len(), ground.concerns(&of)))
}

pub(super) fn closed(ground: &Ground<'_>) -> Result<Looked, Words> {
    let open = ground.audit.closing.open.iter();
    let found = open.map(|month| {
        Exception::new([], &format!("{month} 未结账"), &format!("{month} is not closed"))
    });
    Ok(Looked::at(ground.months.len(), found.collect()))
}

pub(super) fn reversals(ground: &Ground<'_>) -> Result<Looked, Words> {
    let found = ground.audit.corrections.iter().map(|reversed| {
        let (voucher, red) = (reversed.voucher, reversed.red);
        let zh = format!("{red} 冲销 {voucher}");
        let en = format!("{red} reverses {voucher}");
        Exception::new([reversed.red_seq, reversed.seq], &zh, &en)
    });
    let vouchers = ground.audit.basis.vouchers;
    Ok(Looked::at(usize::try_from(vouchers).unwrap_or(usize::MAX), found.collect()))
}

pub(super) fn reopened(ground: &Ground<'_>) -> Result<Looked, Words> {
    let again = ground.audit.reopened.iter().map(|again| {
        let (month, date) = (again.month, again.date);
        let zh = format!("{month} 于 {date} 重新开账");
        let en = format!("{month} was opened again on {date}");
        Exception::new([again.seq], &zh, &en)
    });
    let found = again.chain(ground.seen.after_closing.iter().cloned()).collect();
    Ok(Looked::at(ground.seen.vouchers, found))
}

pub(super) fn late(ground: &Ground<'_>) -> Result<Looked, Words> {
    let state = ground.books.state;
    // 公示 What is known to have hung only by a record made afterwards.
    let notices = state
        .hardship
        .notices()
        .filter(|(_, posted)| posted.recorded_late && ground.months.contains(&posted.on.month()));
    let notices = notices.map(|(seq, posted)| {
        let (id, on) = (&posted.notice, posted.on);
        let zh = format!("{on} 的公示 {id} 事后补记");
        let en = format!("the notice {id} of {on} was recorded afterwards");
        Exception::new([*seq], &zh, &en)
    });
    let found = ground.seen.late.iter().cloned().chain(notices).collect();
    Ok(Looked::at(ground.seen.vouchers, found))
}

pub(super) fn hours(ground: &Ground<'_>) -> Result<Looked, Words> {
    Ok(Looked::at(ground.seen.records, ground.seen.hours.clone()))
}

pub(super) fn private(ground: &Ground<'_>) -> Result<Looked, Words> {
    Ok(Looked::at(ground.seen.records, ground.seen.private.clone()))
}

pub(super) fn handovers(ground: &Ground<'_>) -> Result<Looked, Words> {
    Ok(Looked::at(ground.seen.handovers, ground.seen.after_handover.clone()))
}

pub(super) fn reports_stand(ground: &Ground<'_>) -> Result<Looked, Words> {
    let (state, chart) = (ground.books.state, ground.books.chart);
    let mut found = Vec::new();
    let mut looked_at = 0_usize;
    for engaged in state.audit.engagements() {
        let Some(reported) = &engaged.reported else { continue };
        looked_at = looked_at.saturating_add(1);
        let (first, last) = engaged.months();
        let books = audited_figures(state, chart, first, last);
        let said = [
            ("收入", "income", reported.income, books.income),
            ("支出", "spending", reported.spending, books.spending),
            ("期末结转结余", "closing", reported.closing, books.closing),
        ];
        for (zh, en, said, books) in said.into_iter().filter(|(_, _, said, books)| said != books) {
            let audit = &engaged.engagement.audit;
            let zh = format!("审计项目 {audit} 报告{zh} {said}，现为 {books}");
            let en = format!("{audit} reported {en} as {said}, and it is {books} now");
            found.push(Exception::new([reported.seq], &zh, &en).of(books.minus(said)));
        }
    }
    Ok(Looked::at(looked_at, found))
}

pub(super) fn followed_up(ground: &Ground<'_>) -> Result<Looked, Words> {
    let all = || ground.books.state.audit.findings();
    let open = all().filter(|raised| raised.standing() != Standing::Cleared);
    let late = open.filter(|raised| ground.as_of.is_some_and(|day| raised.is_overdue(day)));
    let found = late.map(|raised| {
        let finding = &raised.finding.finding;
        let due = raised.due().map(|day| day.to_string()).unwrap_or_default();
        let zh = format!("{finding} 期限 {due} 已过，未报整改完成");
        let en = format!("{finding} was due on {due} and is not put right");
        Exception::new([raised.seq], &zh, &en)
    });
    Ok(Looked::at(all().count(), found.collect()))
}
