//! The year's report to the members, with last year's figures beside.

use super::collection::through;
use super::openness::{fund_name, funds_picture, last, moved, moved_columns, poster, to_post};
use super::picture::{Bar, Row, picture};
use super::table::{amount, figures, heading, pick, rate, table, words};
use crate::lang::Lang;
use crate::render::page::Page;
use crate::report::annual_report::{AnnualReport, Side};

#[must_use]
pub fn annual_report(report: &AnnualReport, lang: Lang) -> Page {
    let closed = if report.closed {
        pick(lang, "本年度已结账\n", "The year is closed\n")
    } else {
        pick(
            lang,
            "本年度尚未结账，数字可能变动\n",
            "The year is not closed: the figures may change\n",
        )
    };
    let parts = [
        poster(lang),
        heading(&report.heading, lang),
        Page::from(closed),
        members(report, lang),
        side(report, &report.income, pick(lang, "二、收入", "2. Income"), lang),
        side(report, &report.spending, pick(lang, "三、支出", "3. Spending"), lang),
        by_month(report, lang),
        Page::from(executed(report, lang)),
        funds(report, lang),
        funds_picture(
            report.funds.iter().map(|line| (line.name.as_str(), line.moved.closing)),
            lang,
        ),
        reached(report, lang),
        Page::from(audited(report, lang)),
        Page::from(posted(report, lang)),
        to_post(lang),
    ];
    parts.into_iter().collect()
}

fn year_columns(report: &AnnualReport, title: &str, lang: Lang) -> [super::page::Column; 3] {
    let last = report.last_year.map(|year| year.to_string());
    let last = last.unwrap_or_else(|| pick(lang, "上年", "Last year").to_owned());
    [words(title), figures(&report.year.to_string()), figures(&last)]
}

fn members(report: &AnnualReport, lang: Lang) -> Page {
    let columns = year_columns(report, pick(lang, "一、会员和会费", "1. Members and dues"), lang);
    let row = |zh: &'static str, en: &'static str, this: String, last: Option<String>| {
        vec![pick(lang, zh, en).to_owned(), this, last.unwrap_or_default()]
    };
    let count = |zh, en, of: fn(&crate::report::membership::Counts) -> u32| {
        let last = report.members.last.as_ref().map(|last| of(last).to_string());
        row(zh, en, of(&report.members.this).to_string(), last)
    };
    let sum = |zh, en, of: fn(&crate::report::dues::Collected) -> crate::money::Money| {
        let last = report.dues.last.as_ref().map(|last| amount(of(last)));
        row(zh, en, amount(of(&report.dues.this)), last)
    };
    let collected = rate(report.dues.this.collection_rate);
    let collected_last = report.dues.last.as_ref().map(|last| rate(last.collection_rate));
    let rows = [
        count("年初会员", "Members at first", |of| of.opening),
        count("入会和转入", "Joined or came over", |of| of.joined.saturating_add(of.arrived)),
        count("离会", "Left", |of| {
            let left = of.resigned.saturating_add(of.departed);
            left.saturating_add(of.retired).saturating_add(of.died)
        }),
        count("年末会员", "Members at the end", |of| of.closing),
        sum("应缴会费", "Dues owed", |of| of.due),
        sum("减免会费", "Dues waived", |of| of.waived),
        sum("实缴会费", "Dues received", |of| of.received),
        sum("欠缴会费", "Dues in arrears", |of| of.arrears),
        row("会费收缴率", "Collection rate", collected, collected_last),
    ];
    table(&columns, rows) + &through(report.dues_through, lang)
}

fn side(report: &AnnualReport, of: &Side, title: &str, lang: Lang) -> Page {
    let [title, this, before] = year_columns(report, title, lang);
    let columns = [title, this, figures(pick(lang, "占比", "Share")), before];
    let rows = of.lines.iter().map(|line| {
        vec![line.account.label(lang), amount(line.this), rate(line.share), last(line.last)]
    });
    let total = pick(lang, "合计", "Total").to_owned();
    let total = vec![total, amount(of.total.this), String::new(), last(of.total.last)];
    table(&columns, rows.chain([total]))
}

/// 各月收支 in bars.
fn by_month(report: &AnnualReport, lang: Lang) -> Page {
    let rows = report.months.iter().map(|line| Row {
        label: line.month.to_string(),
        bars: vec![Bar::amount(line.income), Bar::amount(line.spending)],
    });
    let title = pick(lang, "各月收支", "Income and spending by month");
    picture(title, &[pick(lang, "收入", "Income"), pick(lang, "支出", "Spending")], rows.collect())
}

fn executed(report: &AnnualReport, lang: Lang) -> String {
    let Some(of) = &report.budget else {
        return pick(lang, "支出预算: 未下达\n", "Budget for spending: none was adopted\n")
            .to_owned();
    };
    let (planned, actual, rate) = (amount(of.planned), amount(of.actual), rate(of.rate));
    match lang {
        Lang::Zh => format!("支出预算 {planned}，执行 {actual}，完成 {rate}\n"),
        Lang::En => format!("Budget for spending {planned}, of which {actual} was spent: {rate}\n"),
    }
}

fn funds(report: &AnnualReport, lang: Lang) -> Page {
    let columns = moved_columns(pick(lang, "四、各项资金", "4. Funds"), lang);
    let lines = report.funds.iter();
    let rows = lines.map(|line| moved(fund_name(&line.name, line.restricted, lang), &line.moved));
    let named = |of: &str| format!("{of} {}", pick(lang, "合计", "total"));
    let this = moved(named(&report.year.to_string()), &report.funds_total.this);
    let last = report.funds_total.last.as_ref().zip(report.last_year);
    let last = last.map(|(of, year)| moved(named(&year.to_string()), of));
    table(&columns, rows.chain([this]).chain(last))
}

fn reached(report: &AnnualReport, lang: Lang) -> Page {
    let title = pick(lang, "五、惠及职工", "5. Whom it reached");
    let mut text = super::openness::reached(&report.reached, title, lang);
    if let Some((last, year)) = report.reached_last.as_ref().zip(report.last_year) {
        let (people, sum) = (last.people, amount(last.amount));
        let said = match lang {
            Lang::Zh => format!("{year} 年惠及 {people} 人，{sum} 元\n"),
            Lang::En => format!("In {year} it reached {people} people with {sum}\n"),
        };
        text += said;
    }
    text
}

fn audited(report: &AnnualReport, lang: Lang) -> String {
    let mut text = String::new();
    if report.opinions.is_empty() {
        text.push_str(pick(
            lang,
            "六、经费审查: 经审会尚未对本年度提出意见\n",
            "6. Audit: the audit committee has given no opinion on this year yet\n",
        ));
    }
    for line in &report.opinions {
        let (first, last, opinion, date) =
            (line.first, line.last, line.opinion.title(lang), line.date);
        let said = match lang {
            Lang::Zh => format!("六、经费审查: {first} 至 {last}，{opinion}，{date}\n"),
            Lang::En => format!("6. Audit: {first} to {last}, {opinion}, {date}\n"),
        };
        text.push_str(&said);
    }
    let (found, cleared, open) =
        (report.findings.found, report.findings.cleared, report.findings.open);
    let said = match lang {
        Lang::Zh => format!("审计发现 {found} 项，已销号 {cleared} 项，未销号 {open} 项\n"),
        Lang::En => format!("Findings: {found}, of which cleared {cleared}, open {open}\n"),
    };
    text.push_str(&said);
    text
}

fn posted(report: &AnnualReport, lang: Lang) -> String {
    let (months, posted, late) =
        (report.notices.months, report.notices.posted, report.notices.late);
    match lang {
        Lang::Zh => {
            format!("七、公示: {months} 个月中已公示 {posted} 个月，其中逾期 {late} 个月\n")
        }
        Lang::En => {
            format!("7. Notices: posted for {posted} of {months} months, {late} of them late\n")
        }
    }
}
