use super::beside::Beside;
use super::table::{
    amount, amount_if_any, amount_or_blank, figures, heading, pick, table, to_sign, words,
};
use crate::event::welfare::Form;
use crate::ids::OfficerId;
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::awards::Awards;
use crate::report::benefit_standing::BenefitStanding;
use crate::report::benefits::{Benefits, ItemName, Sheet, Sums};
use crate::report::visits::{Totals, VisitRegister};

/// With a private field beside the number of each member on a list.
#[must_use]
pub fn benefits_beside(report: &Benefits, beside: &Beside, lang: Lang) -> Page {
    let above = heading(&report.heading, lang);
    match &report.list {
        Some(list) => above + sheet(list, beside, lang),
        None => above + register(report, lang) + "\n" + by_item(report, lang),
    }
}

fn register(report: &Benefits, lang: Lang) -> Page {
    let mut columns = vec![
        words(pick(lang, "用款", "Disbursement")),
        words(pick(lang, "付款日期", "Paid on")),
        words(pick(lang, "事项日期", "For")),
        words(pick(lang, "事项", "Item")),
        words(pick(lang, "形式", "Form")),
    ];
    columns.extend(sum_columns(lang));
    let mut rows = Vec::new();
    for line in &report.lines {
        let named = vec![
            line.disbursement.to_string(),
            line.paid.to_string(),
            line.on.to_string(),
            item(&line.of),
            form(line.form, lang).to_owned(),
        ];
        rows.push(named.into_iter().chain(sums(line.sums)).collect());
    }
    let total = [pick(lang, "合计", "Total"), "", "", "", ""].map(str::to_owned);
    rows.push(total.into_iter().chain(sums(report.total)).collect());
    table(&columns, rows)
}

fn by_item(report: &Benefits, lang: Lang) -> Page {
    let mut columns = vec![
        words(pick(lang, "事项", "Item")),
        words(pick(lang, "种类", "Kind")),
        figures(pick(lang, "名册数", "Lists")),
    ];
    columns.extend(sum_columns(lang));
    let mut rows = Vec::new();
    for line in &report.items {
        let kind = line.of.kind.map_or("", |kind| kind.title(lang));
        let named = vec![item(&line.of), kind.to_owned(), line.lists.to_string()];
        rows.push(named.into_iter().chain(sums(line.sums)).collect());
    }
    table(&columns, rows)
}

fn sum_columns(lang: Lang) -> [super::page::Column; 6] {
    [
        figures(pick(lang, "人次", "People")),
        figures(pick(lang, "金额", "Amount")),
        figures(pick(lang, "已签收", "Signed for")),
        figures(pick(lang, "待签收", "Waiting")),
        figures(pick(lang, "未领", "Unclaimed")),
        figures(pick(lang, "已退回", "Returned")),
    ]
}

fn sums(of: Sums) -> [String; 6] {
    [
        of.people.to_string(),
        amount(of.amount),
        amount_or_blank(of.signed),
        amount_or_blank(of.waiting),
        amount_or_blank(of.unclaimed),
        amount_or_blank(of.returned),
    ]
}

/// To be signed: people by number, and room for their hands.
fn sheet(list: &Sheet, beside: &Beside, lang: Lang) -> Page {
    let paid = list.paid.map_or_else(
        || pick(lang, "待付", "not paid yet").to_owned(),
        |day| format!("{} {day}", pick(lang, "付款", "paid on")),
    );
    let above = format!(
        "{}: {}  {}: {}  {}  {}  {paid}\n",
        pick(lang, "用款", "Disbursement"),
        list.disbursement,
        pick(lang, "事项", "Item"),
        item(&list.of),
        list.on,
        form(list.form, lang),
    );
    let columns = [
        words(pick(lang, "编号", "Number")),
        figures(pick(lang, "次数", "Times")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "签收", "Signature")),
    ];
    let mut rows = Vec::new();
    for person in &list.people {
        let signed = match (person.signed, person.unclaimed) {
            (Some(day), _) => format!("{} {day}", pick(lang, "已签", "signed")),
            (None, Some(day)) => format!("{} {day}", pick(lang, "未领", "unclaimed")),
            (None, None) => " ".repeat(16),
        };
        rows.push(vec![
            beside.beneficiary(&person.to),
            person.times.to_string(),
            amount(person.amount),
            signed,
        ]);
    }
    let people = format!("{} {}", pick(lang, "合计", "Total"), list.sums.people);
    rows.push(vec![people, list.sums.times.to_string(), amount(list.sums.amount), String::new()]);
    let hands = match lang {
        Lang::Zh => "经办人:              监发人:              审批人:\n",
        Lang::En => "Handed out by:              Witnessed by:              Approved by:\n",
    };
    Page::from(above) + table(&columns, rows) + to_sign(hands)
}

#[must_use]
pub fn awards(report: &Awards, lang: Lang) -> Page {
    if report.lines.is_empty() {
        return heading(&report.heading, lang) + pick(lang, "无\n", "None\n");
    }
    let columns = [
        words(pick(lang, "日期", "For")),
        words(pick(lang, "事项", "Item")),
        words(pick(lang, "编号", "To")),
        figures(pick(lang, "次数", "Times")),
        figures(pick(lang, "金额", "Amount")),
        words(pick(lang, "用款", "Disbursement")),
        figures(pick(lang, "附件", "Papers")),
        words(pick(lang, "签收", "Signed")),
    ];
    let mut rows = Vec::new();
    for line in &report.lines {
        rows.push(vec![
            line.on.to_string(),
            item(&line.of),
            line.to.to_string(),
            line.times.to_string(),
            amount(line.amount),
            line.disbursement.to_string(),
            line.papers.to_string(),
            line.signed.map(|day| day.to_string()).unwrap_or_default(),
        ]);
    }
    let items = [
        words(pick(lang, "事项", "Item")),
        words(pick(lang, "种类", "Kind")),
        figures(pick(lang, "人次", "People")),
        figures(pick(lang, "次数", "Times")),
        figures(pick(lang, "金额", "Amount")),
    ];
    let mut sums = Vec::new();
    for line in &report.items {
        let kind = line.of.kind.map_or("", |kind| kind.title(lang));
        let counts = [line.people.to_string(), line.times.to_string(), amount(line.amount)];
        sums.push([item(&line.of), kind.to_owned()].into_iter().chain(counts).collect());
    }
    let total = [pick(lang, "合计", "Total"), "", "", ""].map(str::to_owned);
    sums.push(total.into_iter().chain([amount(report.total)]).collect());
    heading(&report.heading, lang) + table(&columns, rows) + "\n" + table(&items, sums)
}

#[must_use]
pub fn benefit_standing_beside(report: &BenefitStanding, beside: &Beside, lang: Lang) -> Page {
    let year = report.year.map(|year| match lang {
        Lang::Zh => format!("按 {year} 年标准\n"),
        Lang::En => format!("By the schedule of {year}\n"),
    });
    let columns = [
        words(pick(lang, "编号", "Person")),
        words(pick(lang, "事项", "Item")),
        figures(pick(lang, "次数", "Times")),
        figures(pick(lang, "已发", "Got")),
        figures(pick(lang, "已申请未付", "Asked for")),
        figures(pick(lang, "年度标准", "A year's cap")),
        figures(pick(lang, "余额", "Left")),
    ];
    let mut rows = Vec::new();
    for line in &report.lines {
        rows.push(vec![
            beside.beneficiary(&line.to),
            item(&line.of),
            line.times.to_string(),
            amount(line.got),
            amount_or_blank(line.asked),
            amount_if_any(line.cap),
            amount_if_any(line.left),
        ]);
    }
    let total = [pick(lang, "合计", "Total"), "", ""].map(str::to_owned);
    let blank = ["", "", ""].map(str::to_owned);
    rows.push(total.into_iter().chain([amount(report.total)]).chain(blank).collect());
    let above = heading(&report.heading, lang);
    let given = above + year.unwrap_or_default() + table(&columns, rows);
    if report.goods.is_empty() {
        return given;
    }
    let columns = [
        words(pick(lang, "编号", "Person")),
        figures(pick(lang, "走访", "Visits")),
        figures(pick(lang, "慰问品（库存领用）", "Goods out of stock")),
    ];
    let goods = report.goods.iter().map(|line| {
        vec![beside.beneficiary(&line.to), line.visits.to_string(), amount(line.worth)]
    });
    let total = pick(lang, "合计", "Total").to_owned();
    let total = vec![total, String::new(), amount(report.goods_total)];
    given + "\n" + table(&columns, goods.chain([total]))
}

#[must_use]
pub fn visits_beside(report: &VisitRegister, beside: &Beside, lang: Lang) -> Page {
    let columns = [
        words(pick(lang, "走访", "Visit")),
        words(pick(lang, "日期", "Day")),
        words(pick(lang, "事由", "Occasion")),
        words(pick(lang, "对象", "To")),
        figures(pick(lang, "人数", "People")),
        words(pick(lang, "走访人", "Went")),
        figures(pick(lang, "慰问金", "Money")),
        figures(pick(lang, "慰问品", "Goods")),
        words(pick(lang, "用款", "Disbursement")),
        words(pick(lang, "领用", "Issue")),
    ];
    let mut rows = Vec::new();
    for line in &report.lines {
        let went: Vec<&str> = line.went.iter().map(OfficerId::as_str).collect();
        rows.push(vec![
            line.visit.to_string(),
            line.date.to_string(),
            line.occasion.title(lang).to_owned(),
            beside.beneficiary(&line.to),
            line.people.to_string(),
            went.join(", "),
            amount_or_blank(line.money),
            amount_or_blank(line.goods),
            line.disbursement.as_ref().map(ToString::to_string).unwrap_or_default(),
            line.issue.map(|seq| format!("#{seq}")).unwrap_or_default(),
        ]);
    }
    let sums = [
        words(pick(lang, "事由", "Occasion")),
        figures(pick(lang, "次数", "Visits")),
        figures(pick(lang, "户数", "Households")),
        figures(pick(lang, "人数", "People")),
        figures(pick(lang, "慰问金", "Money")),
        figures(pick(lang, "慰问品", "Goods")),
        figures(pick(lang, "合计", "Total")),
    ];
    let mut lines = Vec::new();
    for line in &report.occasions {
        lines.push(totals(line.occasion.title(lang), &line.totals));
    }
    lines.push(totals(pick(lang, "合计", "Total"), &report.total));
    heading(&report.heading, lang) + table(&columns, rows) + "\n" + table(&sums, lines)
}

fn totals(title: &str, of: &Totals) -> Vec<String> {
    vec![
        title.to_owned(),
        of.visits.to_string(),
        of.households.to_string(),
        of.people.to_string(),
        amount_or_blank(of.money),
        amount_or_blank(of.goods),
        amount(of.value),
    ]
}

/// An item by its id and name.
fn item(of: &ItemName) -> String {
    let name = of.item_name.as_deref().unwrap_or_default();
    format!("{} {name}", of.item).trim_end().to_owned()
}

fn form(of: Form, lang: Lang) -> &'static str {
    match of {
        Form::Money => pick(lang, "现金或转账", "money"),
        Form::Goods => pick(lang, "实物", "goods"),
    }
}
