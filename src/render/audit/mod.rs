mod findings;
mod rules;
mod opinions;

pub(super) use opinions::reopened as opened_again;
pub(super) use opinions::{audits as audit_lines, findings as finding_lines};

use super::beside::Beside;
use super::openness::{poster, to_post};
use super::page::{Block, Page, Signatures};
use super::table::{amount, amount_if_any, figures, heading, pick, rate, table, words};
use super::{dues, funds};
use crate::lang::Lang;
use crate::report::audit::{Audit, ResultLine, Results};

#[must_use]
pub fn audit(report: &Audit, lang: Lang) -> Page {
    audit_beside(report, &Beside::default(), lang)
}

/// The same, with a private field beside each officer's number.
#[must_use]
pub fn audit_beside(report: &Audit, beside: &Beside, lang: Lang) -> Page {
    let sections = [
        opening(report, lang),
        titled(pick(lang, "一、收入", "1. Income"), results(&report.income, lang)),
        titled(pick(lang, "二、支出", "2. Spending"), results(&report.spending, lang)),
        titled(pick(lang, "三、结余", "3. Balance"), balance(report, lang)),
        titled(pick(lang, "四、固定资产", "4. Fixed assets"), fixed_assets(report, lang)),
        titled(pick(lang, "五、拨缴经费", "5. Allocation"), allocation(report, lang)),
        titled(
            pick(lang, "六、会费收缴", "6. Dues"),
            dues::collected(&report.dues.lines, &report.dues.total, lang),
        ),
        titled(pick(lang, "七、更正", "7. Corrections"), findings::corrections(report, lang)),
        titled(
            pick(lang, "八、审计调整", "8. Audit adjustments"),
            findings::adjustments(report, lang),
        ),
        titled(
            pick(lang, "九、审批检查", "9. Approvals"),
            findings::approvals(report, beside, lang) + rules::rules(report, lang),
        ),
        titled(
            pick(lang, "十、未结支出", "10. Open disbursements"),
            findings::waiting(report, beside, lang),
        ),
        titled(
            pick(lang, "十一、结账", "11. Closing"),
            findings::closing(report, lang) + &opinions::reopened(&report.reopened, lang),
        ),
        titled(
            pick(lang, "十二、需关注事项", "12. Exceptions"),
            findings::exceptions(report, lang) + findings::programme(report, lang),
        ),
        titled(
            pick(lang, "十三、审计发现和整改", "13. Findings and rectification"),
            opinions::findings(&report.findings, lang),
        ),
        titled(
            pick(lang, "十四、审查意见", "14. Opinions"),
            opinions::opinions(report, lang) + opinions::reported(report, lang),
        ),
        titled(pick(lang, "十五、建议", "15. Advice"), opinions::advice(report, lang)),
        titled(
            pick(lang, "十六、提请审议", "16. Put before the congress"),
            pick(
                lang,
                "以上报告，提请会员（代表）大会审议。\n",
                "This report is put before the congress of members.\n",
            ),
        ),
        notes(report, lang).into(),
        signatures(report, lang),
    ];
    Page::set_apart(sections.into_iter().filter(|section| !section.is_empty()))
}

fn titled(title: &str, body: impl Into<Page>) -> Page {
    Page::from(title) + "\n" + body
}

fn opening(report: &Audit, lang: Lang) -> Page {
    let basis = &report.basis;
    let (records, vouchers) = (basis.records, basis.vouchers);
    let period = report.heading.period.label(lang);
    let starts = basis.book_starts.map(|day| day.to_string()).unwrap_or_default();
    let chart = &basis.chart;
    let text = match lang {
        Lang::Zh => format!(
            "各位代表:\n审查依据: {period}, 本期凭证 {vouchers} 号, 账套自 {starts} 起共 {records} 条记录, \
             科目表 {chart}。\n"
        ),
        Lang::En => format!(
            "To the congress of members:\nBasis: {period}, {vouchers} vouchers of the period, \
             {records} records of the book since {starts}, chart {chart}.\n"
        ),
    };
    poster(lang) + heading(&report.heading, lang) + text + opinions::audits(&report.audits, lang)
}

/// With budget and completion, where the year has a budget.
fn results(results: &Results, lang: Lang) -> Page {
    let planned = results.budget.is_some();
    let keep = |cells: [String; 5]| {
        let shown = |(place, _): &(usize, String)| planned || !matches!(place, 1 | 3);
        cells.into_iter().enumerate().filter(shown).map(|(_, cell)| cell).collect::<Vec<_>>()
    };
    let columns = [
        words(pick(lang, "科目", "Account")),
        figures(pick(lang, "预算数", "Budget")),
        figures(pick(lang, "实际数", "Actual")),
        figures(pick(lang, "完成率", "Completion")),
        figures(pick(lang, "占比", "Share")),
    ];
    let columns: Vec<_> =
        columns.into_iter().enumerate().filter(|(p, _)| planned || !matches!(p, 1 | 3)).collect();
    let columns: Vec<_> = columns.into_iter().map(|(_, column)| column).collect();
    let row = |line: &ResultLine| {
        let indent = if line.first_level { "" } else { "  " };
        let name = format!("{indent}{}", line.account.label(lang));
        let completion = line.budget.map(|_| rate(line.completion)).unwrap_or_default();
        keep([name, amount_if_any(line.budget), amount(line.actual), completion, rate(line.share)])
    };
    let mut rows: Vec<Vec<String>> = results.lines.iter().map(row).collect();
    let all = if results.total.is_zero() { "-" } else { "100.00%" };
    rows.push(keep([
        pick(lang, "合计", "Total").to_owned(),
        amount_if_any(results.budget),
        amount(results.total),
        rate(results.completion),
        all.to_owned(),
    ]));
    table(&columns, rows)
}

fn balance(report: &Audit, lang: Lang) -> Page {
    let total = &report.balance.total;
    let moved = total.transferred_in.minus(total.transferred_out).plus(total.adjustments);
    let [opening, income, spending, moved, closing] =
        [total.opening, total.income, total.spending, moved, total.closing].map(amount);
    let sentence = match lang {
        Lang::Zh => format!(
            "期初结转结余 {opening} + 收入 {income} - 支出 {spending} + 调整 {moved} = 期末结转结余 {closing}\n"
        ),
        Lang::En => format!(
            "Opening {opening} + income {income} - spending {spending} + adjustments {moved} \
             = closing {closing}\n"
        ),
    };
    Page::from(sentence) + funds::movements(&report.balance, lang)
}

fn fixed_assets(report: &Audit, lang: Lang) -> Page {
    let assets = &report.fixed_assets;
    let columns = [
        figures(pick(lang, "期初原值", "Opening cost")),
        figures(pick(lang, "增加", "Increase")),
        figures(pick(lang, "减少", "Decrease")),
        figures(pick(lang, "期末原值", "Closing cost")),
        figures(pick(lang, "累计折旧", "Depreciation")),
        figures(pick(lang, "净值", "Net")),
    ];
    let row = [
        assets.opening,
        assets.increase,
        assets.decrease,
        assets.closing,
        assets.depreciation,
        assets.net,
    ];
    table(&columns, [row.map(amount).to_vec()])
}

fn allocation(report: &Audit, lang: Lang) -> Page {
    let of = &report.allocation;
    let columns = [
        words(pick(lang, "月份", "Month")),
        figures(pick(lang, "工资总额", "Payroll")),
        figures(pick(lang, "应拨", "Due")),
        figures(pick(lang, "实拨", "Received")),
        figures(pick(lang, "留成", "Kept")),
        figures(pick(lang, "应上解", "Goes up")),
        figures(pick(lang, "应转拨", "Goes down")),
        figures(pick(lang, "欠拨", "Arrears")),
    ];
    let mut rows = Vec::new();
    for line in &of.months {
        rows.push(vec![
            line.month.to_string(),
            amount_if_any(line.payroll),
            amount_if_any(line.due),
            amount(line.received),
            amount(line.divided.own),
            amount(line.divided.up),
            amount(line.divided.down),
            amount(line.arrears),
        ]);
    }
    let divided = of.divided;
    let total = [of.due, of.received, divided.own, divided.up, divided.down, of.arrears];
    let total = total.map(amount);
    let first = [pick(lang, "合计", "Total").to_owned(), String::new()];
    rows.push(first.into_iter().chain(total).collect());
    let (arrears, collected) = (amount(of.arrears), rate(of.collection_rate));
    let [opening, remitted, closing] =
        [of.owed_at_opening, of.remitted, of.owed_at_closing].map(amount);
    let sentence = match lang {
        Lang::Zh => format!(
            "收缴率 {collected}, 欠拨 {arrears}; 上解 {remitted}, 欠解: 期初 {opening}, 期末 {closing}\n"
        ),
        Lang::En => format!(
            "Collection rate {collected}, arrears {arrears}; sent up {remitted}, \
             owed to the union above: {opening} at first, {closing} at end\n"
        ),
    };
    let [passed, left] = [of.passed_down, of.to_pass_down].map(amount);
    let down = match lang {
        _ if of.passed_down.is_zero() && of.to_pass_down.is_zero() => String::new(),
        Lang::Zh => format!("转拨下级 {passed}, 期末应转拨 {left}\n"),
        Lang::En => format!("Passed down {passed}, to be passed down at end {left}\n"),
    };
    table(&columns, rows) + sentence + down
}

fn notes(report: &Audit, lang: Lang) -> String {
    let label = pick(lang, "注", "Note");
    let lines: Vec<String> =
        report.notes.iter().map(|note| format!("{label}: {}\n", note.get(lang))).collect();
    lines.concat()
}

fn signatures(report: &Audit, lang: Lang) -> Page {
    let of = &report.signatures;
    let labels = match lang {
        Lang::Zh => ["经审会主任", "经审会委员", "日期"],
        Lang::En => ["Audit committee chair", "Audit committee members", "Date"],
    };
    let line = |(label, value): (&str, &String)| match value.as_str() {
        "" => format!("{label}: ______________\n"),
        value => format!("{label}: {value}\n"),
    };
    let values = [&of.audit_chair, &of.audit_members, &of.date];
    let text = labels.into_iter().zip(values).map(line).collect();
    let signed = labels.into_iter().map(str::to_owned).zip(values.map(Clone::clone)).collect();
    Page::from(Block::Signatures(Signatures { places: signed, seal: false, text })) + to_post(lang)
}
