//! 会计报表附注 The notes to a year's statements (财会〔2021〕7号, 第六部分): eight items, filled in as far
//! as the book knows, with what the union wrote below, and a mark where nobody has said anything.

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::Ledger;
use super::books::{Books, When};
use super::{AccountName, Heading, Period, Term, Words, balance_sheet, income_statement, summary};
use crate::date::{Day, FiscalYear};
use crate::event::VoucherNumber;
use crate::ids::{Seq, Source, Text};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::accounts::Kind;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Notes {
    pub heading: Heading,
    pub items: Vec<Item>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Item {
    /// 1 to 8
    pub number: u32,
    pub title: Words,
    /// What the book knows, sentence by sentence.
    pub known: Vec<Words>,
    pub figures: Vec<Figure>,
    pub policies: Vec<Policy>,
    pub adjustments: Vec<Adjusted>,
    /// What the union wrote.
    pub written: Vec<Written>,
    /// 待填 Nobody has said what only the union can say.
    pub open: bool,
}

/// A line of the statements, or an account, and how it changed in the year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    pub name: Words,
    /// 年初数 or 上年数; none for a year before the book.
    pub before: Option<Money>,
    /// 年末数 or 本年数
    pub now: Money,
}

/// A rule by which the book was kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Policy {
    pub title: Words,
    pub from: Day,
    pub source: Source,
    /// Whether it began within the year, and not with the book.
    pub changed: bool,
}

/// 年初余额调整 One entry on it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Adjusted {
    pub date: Day,
    pub voucher: VoucherNumber,
    pub seq: Seq,
    pub account: AccountName,
    /// What it adds to 结转结余.
    pub amount: Money,
    pub summary: Words,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Written {
    pub seq: Seq,
    pub text: Text,
}

const TITLES: [(&str, &str); 8] = [
    ("遵循《工会会计制度》的声明", "Statement of compliance"),
    ("整体财务状况、预算执行情况的说明", "Financial position and execution of the budget"),
    (
        "重要会计政策、会计估计及其变更情况的说明",
        "Accounting policies and estimates, and their changes",
    ),
    ("会计报表重要项目的进一步说明", "Important items of the statements"),
    ("重要资产处置、资产重大损失情况的说明", "Disposals and great losses of assets"),
    ("以名义金额计量的资产的说明", "Assets at a nominal amount"),
    ("以前年度结转结余调整情况的说明", "Adjustments of earlier years' funds"),
    ("需要说明的其他事项", "Other matters"),
];

/// 年初余额调整 and 归集上缴.
const ADJUSTMENTS: [&str; 5] = ["32101", "32201", "33101", "33201", "33202"];

#[must_use]
pub fn report(term: Term, ledger: Ledger<'_>) -> Notes {
    let books = Books { state: ledger.state, chart: ledger.chart };
    let year = term.last().year();
    let mut items = Vec::new();
    for (number, (zh, en)) in (1..).zip(TITLES) {
        let texts = ledger.state.notes.of(year, number).iter();
        let written = texts.map(|(seq, text)| Written { seq: *seq, text: text.clone() });
        let mut item = Item {
            number,
            title: Words::new(zh, en),
            known: Vec::new(),
            figures: Vec::new(),
            policies: Vec::new(),
            adjustments: Vec::new(),
            written: written.collect(),
            open: false,
        };
        fill(&mut item, books, year, ledger);
        items.push(item);
    }
    let title = Words::new("会计报表附注", "Notes to the statements");
    Notes { heading: books.heading(title, "", Period::Year(year)), items }
}

fn fill(item: &mut Item, books: Books<'_>, year: FiscalYear, ledger: Ledger<'_>) {
    let nothing_written = item.written.is_empty();
    match item.number {
        1 => item.known = vec![compliance(books)],
        2 => {
            item.figures = position(books, year);
            item.open = nothing_written;
        }
        3 => item.policies = policies(books, year),
        4 => item.figures = important(books, year),
        5 => {
            item.figures = disposals(books, year);
            item.open = nothing_written && !item.figures.is_empty();
            if item.figures.is_empty() {
                item.known = vec![Words::new(
                    "账上本年没有资产处置，也没有待处理财产损溢。",
                    "The books show no disposal of assets and nothing pending disposal.",
                )];
            }
        }
        7 => {
            item.adjustments = adjustments(books, year, ledger);
            item.open = nothing_written && !item.adjustments.is_empty();
            if item.adjustments.is_empty() {
                item.known = vec![Words::new(
                    "账上本年没有调整以前年度的结转结余。",
                    "The books show no adjustment of earlier years' funds.",
                )];
            }
        }
        // Nominal amounts, and whatever else there is, are for the union to say.
        _ => item.open = nothing_written,
    }
}

fn compliance(books: Books<'_>) -> Words {
    let chart = books.chart;
    let (zh, en) = (chart.title(Lang::Zh), chart.title(Lang::En));
    let source = chart.source();
    if chart.id().to_string().starts_with("cn-gonghui-2021") {
        return Words {
            zh: format!(
                "本工会的会计核算和会计报表遵循《工会会计制度》（财会〔2021〕7号）；科目表: {zh}。"
            ),
            en: format!(
                "The books and statements follow the Accounting System for Trade Unions \
                 (财会〔2021〕7号); chart of accounts: {en}."
            ),
        };
    }
    Words {
        zh: format!("本账套的科目表: {zh}；来源: {source}。"),
        en: format!("Chart of accounts: {en}; source: {source}."),
    }
}

/// The totals of both statements.
fn position(books: Books<'_>, year: FiscalYear) -> Vec<Figure> {
    let term = Term::Year(year);
    let sheet = balance_sheet::report(books.state, books.chart, term);
    let totals = ["资产总计", "负债合计", "净资产合计"];
    let totals = sheet.lines.into_iter().filter(|line| totals.contains(&line.name.zh.as_str()));
    let mut figures: Vec<Figure> = totals
        .map(|line| {
            let balance_sheet::Amounts { opening, closing } = line.amounts;
            Figure { name: line.name, before: Some(opening), now: closing }
        })
        .collect();
    let statement = income_statement::report(books.state, books.chart, term);
    let results = statement.lines.into_iter().filter(|line| line.main);
    figures.extend(results.map(|l| Figure { name: l.name, before: l.other, now: l.this }));
    figures
}

/// The rules in force at the end of the year, and those that began within it.
fn policies(books: Books<'_>, year: FiscalYear) -> Vec<Policy> {
    let offices = &books.state.offices;
    let starts = offices.ledger().map(|ledger| ledger.starts);
    let last = year.last_month().last_day();
    let mut kinds: Vec<_> = offices.rules_set().map(|(_, set)| set.setting.rule.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let in_force = kinds.into_iter().filter_map(|kind| offices.rule(kind, last));
    let policy = |setting: &crate::event::book::RuleSetting| {
        let kind = setting.rule.kind();
        let changed = setting.from.year() == year && starts.is_some_and(|on| on < setting.from);
        Policy {
            title: Words::new(kind.title(Lang::Zh), kind.title(Lang::En)),
            from: setting.from,
            source: setting.source.clone(),
            changed,
        }
    };
    in_force.map(policy).collect()
}

/// Every line of the statements that comes from accounts and is something in either column.
fn important(books: Books<'_>, year: FiscalYear) -> Vec<Figure> {
    let term = Term::Year(year);
    let sheet = balance_sheet::report(books.state, books.chart, term);
    let statement = income_statement::report(books.state, books.chart, term);
    let standing = sheet.lines.into_iter().filter(|line| !line.accounts.is_empty()).map(|line| {
        let balance_sheet::Amounts { opening, closing } = line.amounts;
        Figure { name: line.name, before: Some(opening), now: closing }
    });
    let of_accounts = |line: &income_statement::Line| {
        !line.main && line.accounts.iter().any(|code| code.starts_with(['4', '5']))
    };
    let results = statement.lines.into_iter().filter(of_accounts);
    let results = results.map(|l| Figure { name: l.name, before: l.other, now: l.this });
    let something =
        |f: &Figure| !f.now.is_zero() || f.before.is_some_and(|before| !before.is_zero());
    standing.chain(results).filter(something).collect()
}

/// What went off the accounts of assets in the year, and what is pending.
fn disposals(books: Books<'_>, year: FiscalYear) -> Vec<Figure> {
    let accounts = [
        ("在建工程减少", "Construction, taken off", "161"),
        ("固定资产减少", "Fixed assets, taken off", "162"),
        ("无形资产减少", "Intangible assets, taken off", "171"),
    ];
    let within = |period: Period, code: &str| {
        books.sum(|p| {
            p.kind != Kind::Opening
                && p.account.level_one() == code
                && books.when(period, p) == When::Within
        })
    };
    let mut figures = Vec::new();
    for (zh, en, code) in accounts {
        let off = within(Period::Year(year), code).credit;
        if !off.is_zero() {
            figures.push(Figure { name: Words::new(zh, en), before: None, now: off });
        }
    }
    let pending = within(Period::Year(year), "182");
    for (zh, en, amount) in [
        ("转入待处理财产损溢", "Put down as pending disposal", pending.debit),
        ("处理待处理财产损溢", "Pending disposal, settled", pending.credit),
    ] {
        if !amount.is_zero() {
            figures.push(Figure { name: Words::new(zh, en), before: None, now: amount });
        }
    }
    figures
}

/// Every entry of the year on 年初余额调整 and 归集上缴, but for what the closing carries.
fn adjustments(books: Books<'_>, year: FiscalYear, ledger: Ledger<'_>) -> Vec<Adjusted> {
    let mut found = Vec::new();
    ledger.records.each(&mut |record| {
        let carried = matches!(record.fact, crate::event::Fact::CarryForwardRecorded(_));
        let Some(voucher) = record.voucher.as_ref().filter(|v| v.date.year() == year && !carried)
        else {
            return;
        };
        for entry in &voucher.entries {
            if ADJUSTMENTS.contains(&entry.account.as_str()) {
                found.push(Adjusted {
                    date: voucher.date,
                    voucher: voucher.number,
                    seq: record.seq,
                    account: books.name(&entry.account),
                    amount: entry.side.balance().negated(),
                    summary: summary::of(&record.fact, books.chart),
                });
            }
        }
    });
    found
}
