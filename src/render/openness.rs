//! What the members read: the notice of a month, donations, the report of a year; and the registers.

use super::beside::Beside;
use super::picture::{Bar, Row, picture};
use super::table::{amount, amount_or_blank, figures, heading, pick, rate, table, words};
use crate::lang::Lang;
use crate::money::Money;
use crate::render::page::{Block, Page, Signatures};
use crate::report::disclosures::{Disclosures, MonthLine, Standing};
use crate::report::donors::Donors;
use crate::report::public_notice::{
    Amounts, FundLine, Moved, Plan, Planned, PublicNotice, Side, Waiting,
};
use crate::report::public_notice::{Reached, ReachedTotal as Total};
use crate::report::registers::Registers;

#[must_use]
pub fn public_notice(report: &PublicNotice, lang: Lang) -> Page {
    let closed = if report.closed {
        pick(lang, "本期已结账\n", "These months are closed\n")
    } else {
        pick(lang, "本期尚未结账，数字可能变动\n", "Not closed yet: the figures may change\n")
    };
    let parts = [
        poster(lang),
        heading(&report.heading, lang),
        Page::from(closed),
        side(&report.income, pick(lang, "一、收入", "1. Income"), lang),
        side(&report.spending, pick(lang, "二、支出", "2. Spending"), lang),
        funds(&report.funds, &report.funds_total, report.custodial.as_ref(), lang),
        funds_picture(
            report.funds.iter().map(|line| (line.name.as_str(), line.moved.closing)),
            lang,
        ),
        plan(&report.plan, lang),
        reached(&report.reached, pick(lang, "五、惠及职工", "5. Whom it reached"), lang),
        Page::from(dues(report, lang)),
        posting(report, lang),
    ];
    parts.into_iter().collect()
}

fn side(of: &Side, title: &str, lang: Lang) -> Page {
    let columns = [
        words(title),
        figures(pick(lang, "本期", "This time")),
        figures(pick(lang, "本年累计", "Year to date")),
    ];
    let line = of
        .lines
        .iter()
        .map(|line| vec![line.account.label(lang), amount(line.amount), amount(line.year_to_date)]);
    let total = vec![total(lang), amount(of.total), amount(of.year_to_date)];
    table(&columns, line.chain([total]))
}

fn total(lang: Lang) -> String {
    pick(lang, "合计", "Total").to_owned()
}

pub(super) fn moved_columns(title: &str, lang: Lang) -> [super::page::Column; 6] {
    [
        words(title),
        figures(pick(lang, "期初", "Opening")),
        figures(pick(lang, "收入", "In")),
        figures(pick(lang, "支出", "Out")),
        figures(pick(lang, "调剂及调整", "Moved, adjusted")),
        figures(pick(lang, "期末", "Closing")),
    ]
}

pub(super) fn moved(name: String, of: &Moved) -> Vec<String> {
    let first = [of.opening, of.received, of.paid].map(amount);
    let last = [amount_or_blank(of.moved), amount(of.closing)];
    std::iter::once(name).chain(first).chain(last).collect()
}

pub(super) fn fund_name(name: &str, restricted: bool, lang: Lang) -> String {
    let earmarked = if restricted { pick(lang, " (专项)", " (restricted)") } else { "" };
    format!("{name}{earmarked}")
}

fn funds(lines: &[FundLine], sum: &Moved, held: Option<&Moved>, lang: Lang) -> Page {
    let columns = moved_columns(pick(lang, "三、各项资金", "3. Funds"), lang);
    let line = |line: &FundLine| moved(fund_name(&line.name, line.restricted, lang), &line.moved);
    let held = held.map(|held| {
        let name = pick(lang, "代管经费（不属于工会）", "Held for others, not the union's");
        moved(name.to_owned(), held)
    });
    let rows = lines.iter().map(line).chain([moved(total(lang), sum)]).chain(held);
    table(&columns, rows)
}

fn planned(of: &Plan, sum: &Amounts, lang: Lang) -> Page {
    let title = pick(lang, "四、计划用款", "4. Planned use");
    let columns = [
        words(&format!("{title} {}", of.year)),
        figures(pick(lang, "年度预算", "Budget")),
        figures(pick(lang, "已支出", "Spent")),
        figures(pick(lang, "已申请未付", "Requested")),
        figures(pick(lang, "余额", "Left")),
    ];
    let row = |name: String, of: &Amounts| {
        let of = [of.planned, of.spent, of.requested, of.left].map(amount);
        std::iter::once(name).chain(of).collect::<Vec<_>>()
    };
    let line = |line: &Planned| row(line.account.label(lang), &line.amounts);
    table(&columns, of.budget.iter().map(line).chain([row(total(lang), sum)]))
}

fn plan(of: &Plan, lang: Lang) -> Page {
    let mut text = Page::default();
    if let Some(sum) = &of.budget_total {
        text += planned(of, sum, lang);
    } else {
        let none = match lang {
            Lang::Zh => format!("四、计划用款: {} 年没有下达预算\n", of.year),
            Lang::En => format!("4. Planned use: no budget of {} is adopted\n", of.year),
        };
        text += none;
    }
    let said = |waiting: &Waiting| match lang {
        Lang::Zh => format!("{} 笔 {} 元", waiting.requests, amount(waiting.amount)),
        Lang::En => format!("{} of {}", waiting.requests, amount(waiting.amount)),
    };
    let (requested, approved) = (said(&of.requested), said(&of.approved));
    let said = match lang {
        Lang::Zh => format!("待审批用款申请: {requested}；已批准未付: {approved}\n"),
        Lang::En => format!(
            "Requests that wait for approval: {requested}; approved and not paid: {approved}\n"
        ),
    };
    text += said;
    text
}

/// People as numbers alone: whoever was given the same thing twice is one, and is one in all.
pub(super) fn reached(of: &Reached, title: &str, lang: Lang) -> Page {
    if of.lines.is_empty() {
        return Page::from(format!("{title}: {}\n", pick(lang, "无", "nobody")));
    }
    let columns = [
        words(title),
        figures(pick(lang, "笔数", "Payments")),
        figures(pick(lang, "人数", "People")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let row = |name: String, of: &Total| {
        vec![name, of.payments.to_string(), of.people.to_string(), amount(of.amount)]
    };
    let rows = of.lines.iter().map(|line| row(line.what.get(lang).to_owned(), &line.total));
    let mut text = table(&columns, rows.chain([row(total(lang), &of.total)]));
    let counted =
        of.lines.iter().fold(0_u64, |sum, line| sum.saturating_add(u64::from(line.total.people)));
    if counted > u64::from(of.total.people) {
        text += pick(
            lang,
            "合计人数不重复计算：几项都有的人只算一次\n",
            "In the total nobody is counted twice, whoever had several of these\n",
        );
    }
    text
}

fn dues(report: &PublicNotice, lang: Lang) -> String {
    let of = &report.dues;
    let (members, in_full) = (of.members, of.members_in_full);
    let [due, waived, received, arrears] = [of.due, of.waived, of.received, of.arrears].map(amount);
    let rate = rate(of.collection_rate);
    match lang {
        Lang::Zh => format!(
            "六、会费收缴: 应缴 {members} 人 {due}，减免 {waived}，实缴 {received}（缴清 {in_full} 人），\
             欠缴 {arrears}，收缴率 {rate}\n"
        ),
        Lang::En => format!(
            "6. Dues: {members} members owed {due}, waived {waived}, received {received} ({in_full} \
             paid in full), in arrears {arrears}, collection rate {rate}\n"
        ),
    }
}

fn posting(report: &PublicNotice, lang: Lang) -> Page {
    const BLANK: &str = "____________";
    let known = |of: &Option<String>| of.clone().unwrap_or_default();
    let posted = report.posted.map(|day| day.to_string()).unwrap_or_default();
    let values = [known(&report.place), posted, known(&report.contact)];
    let [place, day, contact] =
        values.each_ref().map(|value| if value.is_empty() { BLANK } else { value.as_str() });
    let (labels, text) = match lang {
        Lang::Zh => (
            ["公示地点", "公示日期", "对以上内容有疑问，请联系"],
            format!("公示地点: {place}  公示日期: {day}\n对以上内容有疑问，请联系: {contact}\n"),
        ),
        Lang::En => (
            ["Posted at", "On", "Questions are answered by"],
            format!("Posted at: {place}  On: {day}\nQuestions are answered by: {contact}\n"),
        ),
    };
    let places = labels.into_iter().map(str::to_owned).zip(values).collect();
    Block::Signatures(Signatures { places, seal: true, text }).into()
}

/// 各项资金结存 in bars.
pub(super) fn funds_picture<'a>(
    closing: impl Iterator<Item = (&'a str, Money)>,
    lang: Lang,
) -> Page {
    let row = |(name, closing): (&str, Money)| Row {
        label: name.to_owned(),
        bars: vec![Bar::amount(closing)],
    };
    let title = pick(lang, "各项资金期末结存", "What each fund holds at the end");
    picture(title, &[pick(lang, "期末", "Closing")], closing.map(row).collect())
}

/// Where a page that is posted says where and when, beside the seal; a terminal shows no such place.
pub(super) fn to_post(lang: Lang) -> Page {
    let labels = [pick(lang, "公示地点", "Posted at"), pick(lang, "公示日期", "On")];
    let places = labels.map(|label| (label.to_owned(), String::new())).to_vec();
    Block::Signatures(Signatures { places, seal: true, text: String::new() }).into()
}

/// 公示 in large letters above what is posted.
pub(super) fn poster(lang: Lang) -> Page {
    Block::Poster(pick(lang, "公示", "Notice").to_owned()).into()
}

#[must_use]
pub fn donors_beside(report: &Donors, beside: &Beside, lang: Lang) -> Page {
    let mut text = poster(lang) + heading(&report.heading, lang);
    text += sums(report, lang);
    if !report.goods.is_empty() {
        text += goods(report, lang);
    }
    if !report.held.is_empty() {
        text += held(report, lang);
    }
    for list in &report.lists {
        text += super::drives::donor_list(list, beside, lang);
    }
    text + to_post(lang)
}

fn sums(report: &Donors, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "捐款日期", "Day")),
        words(pick(lang, "事由", "For what")),
        words(pick(lang, "资金", "Fund")),
        figures(pick(lang, "捐款人数", "Donors")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "凭证", "Voucher")),
    ];
    let rows = report.sums.iter().map(|line| {
        vec![
            line.date.to_string(),
            line.purpose.clone(),
            line.fund_name.clone(),
            line.donors.to_string(),
            amount(line.amount),
            line.voucher.map(|voucher| voucher.to_string()).unwrap_or_default(),
        ]
    });
    let (donors, none) = (report.donors_total.to_string(), String::new());
    let sum =
        vec![total(lang), none.clone(), none.clone(), donors, amount(report.sums_total), none];
    table(&columns, rows.chain([sum]))
}

fn goods(report: &Donors, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "捐赠、调入物品", "Goods given")),
        words(pick(lang, "日期", "Day")),
        figures(pick(lang, "数量", "Count")),
        words(pick(lang, "单位", "Unit")),
        figures(pick(lang, "价值", "Value")),
        words(pick(lang, "凭证", "Voucher")),
    ];
    let rows = report.goods.iter().map(|line| {
        vec![
            line.what.get(lang).to_owned(),
            line.date.to_string(),
            line.quantity.map(|quantity| quantity.to_string()).unwrap_or_default(),
            line.unit.clone(),
            amount(line.amount),
            line.voucher.map(|voucher| voucher.to_string()).unwrap_or_default(),
        ]
    });
    let none = String::new;
    let sum = vec![total(lang), none(), none(), none(), amount(report.goods_total), none()];
    table(&columns, rows.chain([sum]))
}

fn held(report: &Donors, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "代管收款", "Held for others")),
        words(pick(lang, "日期", "Day")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "凭证", "Voucher")),
    ];
    let rows = report.held.iter().map(|line| {
        vec![
            line.project_name.clone(),
            line.date.to_string(),
            amount(line.amount),
            line.voucher.map(|voucher| voucher.to_string()).unwrap_or_default(),
        ]
    });
    let sum = vec![total(lang), String::new(), amount(report.held_total), String::new()];
    table(&columns, rows.chain([sum]))
}

#[must_use]
pub fn disclosures(report: &Disclosures, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "月份", "Month")),
        words(pick(lang, "应公示", "Due")),
        words(pick(lang, "公示日期", "Posted")),
        words(pick(lang, "情况", "Standing")),
        words(pick(lang, "记录", "Record")),
    ];
    let months = table(&columns, report.months.iter().map(|line| month(line, lang)));
    let mut text = heading(&report.heading, lang) + months;
    if report.posted.is_empty() {
        text += pick(lang, "没有公示登记\n", "Nothing was posted\n");
        return text;
    }
    text += posted(report, lang);
    for line in &report.posted {
        let sha256 =
            line.report_sha256.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let said = match lang {
            Lang::Zh => format!("#{} 链头: {}\n", line.seq, line.head),
            Lang::En => format!("#{} Head: {}\n", line.seq, line.head),
        };
        text += said;
        let said = match lang {
            Lang::Zh => format!("#{} 公示文本 SHA-256: {sha256}\n", line.seq),
            Lang::En => format!("#{} SHA-256 of the text: {sha256}\n", line.seq),
        };
        text += said;
    }
    text
}

fn month(of: &MonthLine, lang: Lang) -> Vec<String> {
    let standing = match of.standing {
        Standing::Posted => pick(lang, "已公示", "posted"),
        Standing::Late => pick(lang, "逾期公示", "posted late"),
        Standing::Missing => pick(lang, "未公示", "not posted"),
        Standing::NotAsked => pick(lang, "未公示（没有规定）", "not posted, no rule asks"),
    };
    vec![
        of.month.to_string(),
        of.due.map(|day| day.to_string()).unwrap_or_default(),
        of.posted.map(|day| day.to_string()).unwrap_or_default(),
        standing.to_owned(),
        of.seq.map(|seq| format!("#{seq}")).unwrap_or_default(),
    ]
}

fn posted(report: &Disclosures, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "记录", "Record")),
        words(pick(lang, "公示内容", "What")),
        words(pick(lang, "期间", "Months")),
        words(pick(lang, "公示日期", "Posted")),
        words(pick(lang, "至", "Until")),
        words(pick(lang, "地点", "Place")),
        words(pick(lang, "登记人", "By")),
        words(pick(lang, "版次", "Version")),
        words(pick(lang, "依据记录数", "Records")),
    ];
    let rows = report.posted.iter().map(|line| {
        let months = if line.first == line.last {
            line.first.to_string()
        } else {
            format!("{}..{}", line.first, line.last)
        };
        let interim =
            if line.interim { pick(lang, "（期间未完）", " (not over)") } else { "" };
        let replaced = line.replaced_by.map(|seq| match lang {
            Lang::Zh => format!("（已由 #{seq} 替换）"),
            Lang::En => format!(" (replaced by #{seq})"),
        });
        vec![
            format!("#{}", line.seq),
            line.what.title(lang).to_owned(),
            format!("{months}{interim}"),
            line.on.to_string(),
            line.through.map(|day| day.to_string()).unwrap_or_default(),
            line.place.clone(),
            line.by.to_string(),
            format!("{}{}", line.version, replaced.unwrap_or_default()),
            line.size.to_string(),
        ]
    });
    table(&columns, rows)
}

#[must_use]
pub fn registers(report: &Registers, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "台账", "Register")),
        figures(pick(lang, "登记数", "Entries")),
        words(pick(lang, "末次登记", "Last entry")),
        words(pick(lang, "报表", "Report")),
    ];
    let rows = report.lines.iter().map(|line| {
        let last = line.last.map(|last| match last.date {
            Some(date) => format!("#{} {date}", last.seq),
            None => format!("#{}", last.seq),
        });
        vec![
            line.register.get(lang).to_owned(),
            line.entries.to_string(),
            last.unwrap_or_default(),
            format!("mingzhang report {}", line.report),
        ]
    });
    heading(&report.heading, lang) + table(&columns, rows)
}

/// An amount of the year and of the one before; nothing where there is none.
pub(super) fn last(of: Option<Money>) -> String {
    of.map(amount).unwrap_or_default()
}
