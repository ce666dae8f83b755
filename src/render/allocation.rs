use super::table::{
    amount, amount_if_any, amount_or_blank, figures, heading, pick, rate, table, words,
};
use crate::event::allocation::Channel;
use crate::ids::{DemandId, PayerId};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::allocation::{Allocation, Divided, PayerLine, Total};
use crate::report::allocation_arrears::{AllocationArrears, DemandLine, Line as ArrearsLine};
use crate::report::allocation_balances::AllocationBalances;
use crate::report::remittance::{Line as RemittanceLine, Remittance};
use crate::report::tax_reconciliation::{Finding, Line as TaxLine, TaxReconciliation};

#[must_use]
pub fn allocation(report: &Allocation, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    let mut columns = vec![
        words(pick(lang, "月份", "Month")),
        figures(pick(lang, "应拨", "Due")),
        figures(pick(lang, "实拨", "Received")),
        figures(pick(lang, "欠拨", "Arrears")),
    ];
    columns.extend(divided_columns(lang));
    let mut rows: Vec<Vec<String>> = Vec::new();
    for line in &report.months {
        let own = [line.due, line.received, line.arrears].map(amount);
        rows.push(row(line.month.to_string(), own, divided(line.divided)));
    }
    let of = &report.total;
    let sums = [of.due, of.received, of.arrears].map(amount);
    rows.push(row(total(lang), sums, divided(of.divided)));
    text += table(&columns, rows);
    let mut columns = vec![words(pick(lang, "收缴方式", "Came by"))];
    columns.extend(divided_columns(lang));
    let by = |channel: Option<Channel>| {
        let own = pick(lang, "自主拨缴", "own employer");
        channel.map_or(own, |channel| channel.title(lang)).to_owned()
    };
    let rows = report.channels.iter().map(|line| row(by(line.channel), [], divided(line.divided)));
    text += table(&columns, rows);
    text += payers(&report.payers, lang);
    text += rates(of, lang);
    text
}

fn divided_columns(lang: Lang) -> [super::page::Column; 5] {
    [
        figures(pick(lang, "到账", "Banked")),
        figures(pick(lang, "留成", "Kept")),
        figures(pick(lang, "应上解", "Goes up")),
        figures(pick(lang, "应转拨", "Goes down")),
        figures(pick(lang, "冲应收", "Accrued before")),
    ]
}

fn divided(of: Divided) -> [String; 5] {
    [of.banked, of.own, of.up, of.down, of.settles].map(amount)
}

fn row<const N: usize>(first: String, own: [String; N], rest: [String; 5]) -> Vec<String> {
    std::iter::once(first).chain(own).chain(rest).collect()
}

fn total(lang: Lang) -> String {
    pick(lang, "合计", "Total").to_owned()
}

/// A payer by its number; the one employer of a grassroots union has none.
fn payer(of: Option<&PayerId>, lang: Lang) -> String {
    of.map_or_else(|| pick(lang, "本单位行政", "own employer").to_owned(), ToString::to_string)
}

fn payers(lines: &[PayerLine], lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "缴费单位", "Payer")),
        words(pick(lang, "类别", "Kind")),
        words(pick(lang, "建会日期", "Union since")),
        figures(pick(lang, "应拨", "Due")),
        figures(pick(lang, "实拨", "Received")),
        figures(pick(lang, "欠拨", "Arrears")),
    ];
    let since = |line: &PayerLine| match (line.union_since, &line.payer) {
        (Some(since), _) => since.to_string(),
        (None, Some(_)) => pick(lang, "未建会", "none yet").to_owned(),
        (None, None) => String::new(),
    };
    let rows = lines.iter().map(|line| {
        vec![
            payer(line.payer.as_ref(), lang),
            line.kind.map_or("", |kind| kind.title(lang)).to_owned(),
            since(line),
            amount(line.due),
            amount(line.received),
            amount(line.arrears),
        ]
    });
    table(&columns, rows)
}

fn rates(of: &Total, lang: Lang) -> String {
    let Total { payers_due, payers_in_full, payers, payers_paid, .. } = of;
    let (collected, full, coverage) =
        (rate(of.collection_rate), rate(of.full_payment_rate), rate(of.coverage_rate));
    match lang {
        Lang::Zh => format!(
            "收缴率 {collected}  足额率 {full}（{payers_in_full}/{payers_due} 户）  \
             覆盖率 {coverage}（{payers_paid}/{payers} 户）\n"
        ),
        Lang::En => format!(
            "Collected {collected}  Paid in full {full} ({payers_in_full} of {payers_due})  \
             Coverage {coverage} ({payers_paid} of {payers})\n"
        ),
    }
}

#[must_use]
pub fn allocation_arrears(report: &AllocationArrears, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    if report.lines.is_empty() {
        text += pick(lang, "无欠缴\n", "No arrears\n");
    } else {
        let columns = [
            words(pick(lang, "缴费单位", "Payer")),
            words(pick(lang, "欠缴月份", "Months in arrears")),
            figures(pick(lang, "应拨", "Due")),
            figures(pick(lang, "实拨", "Received")),
            figures(pick(lang, "欠缴", "Arrears")),
            words(pick(lang, "催缴", "Demands")),
            words(pick(lang, "进展", "Stage")),
        ];
        let rows = report.lines.iter().map(|line| arrears(line, lang));
        let sums = [report.due, report.received, report.arrears].map(amount);
        let blank = || std::iter::once(String::new());
        let sum: Vec<String> = std::iter::once(total(lang)).chain(blank()).chain(sums).collect();
        let sum = sum.into_iter().chain(blank()).chain(blank()).collect();
        text += table(&columns, rows.chain([sum]));
    }
    if !report.demands.is_empty() {
        text += demands(&report.demands, lang);
    }
    text
}

fn arrears(line: &ArrearsLine, lang: Lang) -> Vec<String> {
    let months: Vec<String> = line
        .months
        .chunk_by(|one, next| one.next() == *next)
        .map(|run| match run {
            [] => String::new(),
            [one] => one.to_string(),
            [first, .., last] => format!("{first}..{last}"),
        })
        .collect();
    let demands: Vec<&str> = line.demands.iter().map(DemandId::as_str).collect();
    vec![
        payer(line.payer.as_ref(), lang),
        months.join(", "),
        amount(line.due),
        amount(line.received),
        amount(line.arrears),
        demands.join(", "),
        line.stage.as_ref().map_or("", |stage| stage.get(lang)).to_owned(),
    ]
}

fn demands(lines: &[DemandLine], lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "催缴", "Demand")),
        words(pick(lang, "缴费单位", "Payer")),
        words(pick(lang, "所属月份", "Months")),
        figures(pick(lang, "本金", "Principal")),
        figures(pick(lang, "此后收到", "Paid since")),
        words(pick(lang, "限期", "Due by")),
        words(pick(lang, "进展", "Stage")),
        words(pick(lang, "日期", "Since")),
        figures(pick(lang, "滞纳金", "Late fee")),
    ];
    let rows = lines.iter().map(|line| {
        vec![
            line.demand.to_string(),
            payer(line.payer.as_ref(), lang),
            format!("{}..{}", line.first, line.last),
            amount(line.principal),
            amount(line.paid),
            line.due_by.to_string(),
            line.stage.get(lang).to_owned(),
            line.since.to_string(),
            amount_if_any(line.fee),
        ]
    });
    table(&columns, rows)
}

#[must_use]
pub fn remittance(report: &Remittance, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "月份", "Month")),
        figures(pick(lang, "应上解", "Owed")),
        figures(pick(lang, "已上解", "Paid")),
        figures(pick(lang, "未上解", "Unpaid")),
        words(pick(lang, "期限", "Due on")),
        words(pick(lang, "解清日期", "Paid on")),
        figures(pick(lang, "逾期未解", "Overdue")),
        figures(pick(lang, "逾期天数", "Days late")),
    ];
    let day = |day: Option<crate::date::Day>| day.map(|day| day.to_string()).unwrap_or_default();
    let row = |line: &RemittanceLine| {
        let paid_on = line.paid_on.filter(|_| line.unpaid.is_zero());
        let late = if line.days_late == 0 { String::new() } else { line.days_late.to_string() };
        vec![
            line.month.to_string(),
            amount(line.owed),
            amount(line.paid),
            amount(line.unpaid),
            day(line.due_on),
            day(paid_on),
            amount_or_blank(line.overdue),
            late,
        ]
    };
    let of = report.total;
    let mut sum = vec![total(lang), amount(of.owed), amount(of.paid), amount(of.unpaid)];
    sum.extend([String::new(), String::new(), amount_or_blank(of.overdue), String::new()]);
    let rows = report.lines.iter().map(row).chain([sum]);
    let balance = amount(report.balance);
    let verdict = match (report.agrees, lang) {
        (true, Lang::Zh) => format!("应付上级经费 211 结存 {balance}，相符\n"),
        (false, Lang::Zh) => format!("应付上级经费 211 结存 {balance}，不符!\n"),
        (true, Lang::En) => {
            format!("211 Payable to superior unions holds {balance}, which agrees\n")
        }
        (false, Lang::En) => {
            format!("211 Payable to superior unions holds {balance}, which does not agree!\n")
        }
    };
    let by = match (report.by, lang) {
        (None, _) => String::new(),
        (Some(by), Lang::Zh) => format!("逾期计至 {by}\n"),
        (Some(by), Lang::En) => format!("Overdue by {by}\n"),
    };
    heading(&report.heading, lang) + table(&columns, rows) + by + verdict
}

#[must_use]
pub fn tax_reconciliation(report: &TaxReconciliation, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    for list in &report.lists {
        let (channel, month) = (list.channel.title(lang), list.month);
        let (id, payers, sum) = (&list.list, list.payers, amount(list.total));
        let said = match lang {
            Lang::Zh => format!("{channel}清单 {id} {month} 共 {payers} 户 {sum}\n"),
            Lang::En => format!("List {id}, {channel}, {month}: {payers} payers, {sum}\n"),
        };
        text += said;
    }
    let columns = [
        words(pick(lang, "月份", "Month")),
        words(pick(lang, "方式", "By")),
        words(pick(lang, "缴费单位", "Payer")),
        figures(pick(lang, "清单", "Listed")),
        figures(pick(lang, "账上", "Booked")),
        figures(pick(lang, "差额", "Difference")),
        words(pick(lang, "结果", "Finding")),
    ];
    let row = |line: &TaxLine| {
        vec![
            line.month.to_string(),
            line.channel.title(lang).to_owned(),
            listed_payer(line, lang),
            amount_or_blank(line.listed),
            amount_or_blank(line.booked),
            amount_or_blank(line.difference),
            finding(line.finding, lang).to_owned(),
        ]
    };
    let difference = report.booked.minus(report.listed);
    let mut sum = vec![total(lang), String::new(), String::new()];
    sum.extend([report.listed, report.booked].map(amount));
    sum.extend([amount_or_blank(difference), String::new()]);
    text += table(&columns, report.lines.iter().map(row).chain([sum]));
    let verdict = match (report.differences, lang) {
        (0, Lang::Zh) => "账单相符\n".to_owned(),
        (0, Lang::En) => "List and book agree\n".to_owned(),
        (found, Lang::Zh) => format!("{found} 户不符\n"),
        (found, Lang::En) => format!("{found} payers differ\n"),
    };
    text += verdict;
    text
}

fn listed_payer(line: &TaxLine, lang: Lang) -> String {
    match (&line.payer, line.known) {
        (None, _) => pick(lang, "未分户", "nobody named").to_owned(),
        (Some(payer), true) => payer.to_string(),
        (Some(payer), false) => format!("{payer} {}", pick(lang, "(未登记)", "(not registered)")),
    }
}

fn finding(of: Finding, lang: Lang) -> &'static str {
    match of {
        Finding::Agrees => pick(lang, "相符", "agrees"),
        Finding::OnlyListed => pick(lang, "清单有、账上无", "in the list, not in the book"),
        Finding::OnlyBooked => pick(lang, "账上有、清单无", "in the book, not in the list"),
        Finding::OtherAmount => pick(lang, "金额不符", "another amount"),
    }
}

#[must_use]
pub fn allocation_balances(report: &AllocationBalances, lang: Lang) -> Page {
    let mut text = heading(&report.heading, lang);
    let columns = [
        words(pick(lang, "单位", "Unit")),
        figures(pick(lang, "建会筹备金", "Preparation fund")),
        figures(pick(lang, "应转拨", "To pass down")),
        figures(pick(lang, "应付补助", "Subsidy owed")),
        figures(pick(lang, "应收下级", "Due from it")),
    ];
    let rows = report.lines.iter().map(|line| {
        let figures = [line.preparation, line.passdown, line.subsidy, line.claim];
        std::iter::once(line.payer.to_string()).chain(figures.map(amount_or_blank)).collect()
    });
    text += table(&columns, rows);
    let columns = [
        words(pick(lang, "科目", "Account")),
        figures(pick(lang, "余额", "Balance")),
        figures(pick(lang, "其中分户", "Of it by unit")),
        figures(pick(lang, "未分户", "Of no unit")),
    ];
    let rows = report.accounts.iter().map(|line| {
        let figures = [line.balance, line.named, line.of_nobody].map(amount_or_blank);
        std::iter::once(line.account.label(lang)).chain(figures).collect()
    });
    text += table(&columns, rows);
    if report.accruals.is_empty() {
        return text;
    }
    let columns = [
        figures(pick(lang, "记录", "Record")),
        words(pick(lang, "日期", "Date")),
        words(pick(lang, "年末应收", "Accrued claim")),
        words(pick(lang, "单位", "Unit")),
        figures(pick(lang, "金额", "Amount")),
        figures(pick(lang, "已收回", "Came in")),
        figures(pick(lang, "未收回", "Left")),
    ];
    let rows = report.accruals.iter().map(|line| {
        vec![
            line.seq.to_string(),
            line.date.to_string(),
            line.kind.title(lang).to_owned(),
            line.counterparty.as_ref().map(ToString::to_string).unwrap_or_default(),
            amount(line.amount),
            amount_or_blank(line.settled),
            amount_or_blank(line.left),
        ]
    });
    text += table(&columns, rows);
    text
}
