//! 工会附03表 成本费用表 What a month or a year cost (财会〔2021〕7号, 第五部分 五): the spending of the
//! period but for 资本性支出, with what its assets lost in value instead.
//!
//! 调整事项 is what the form says and the book knows: 库存物品 at first less at the end, because what
//! was bought and not yet handed out is no cost. 待核销基建支出 has no account of its own, and other
//! differences have to be told apart by hand.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{Heading, Period, Term, Words, fiscal};
use crate::chart::Chart;
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::Kind;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CostExpense {
    pub heading: Heading,
    /// Whether the union is one of those that file it: 县级以上工会.
    pub required: bool,
    /// 本月数 and 本年累计数; of a year 本年数 and 上年数.
    pub columns: [Words; 2],
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// 行次
    pub number: u32,
    pub name: Words,
    /// The first-level accounts that it comes from; none in the total.
    pub accounts: Vec<String>,
    pub this: Money,
    /// None for a year before the book.
    pub other: Option<Money>,
}

/// What a line takes of its accounts.
#[derive(Clone, Copy)]
enum Takes {
    /// 本期发生额 of an expenditure.
    Spent,
    /// 本期贷方发生额
    Credited,
    /// 期初余额减去期末余额
    Drawn,
}

const LINES: [(&str, &str, &[&str], Takes); 10] = [
    ("职工活动组织费用", "Organisation of employee activities", &["502"], Takes::Spent),
    ("职工服务费用", "Employee services", &["503"], Takes::Spent),
    ("维权费用", "Protection of rights", &["504"], Takes::Spent),
    ("业务费用", "Union operations", &["505"], Takes::Spent),
    ("行政费用", "Administration", &["506"], Takes::Spent),
    ("补助下级费用", "Subsidies to subordinate unions", &["508"], Takes::Spent),
    ("对附属单位的费用", "Payments to affiliated units", &["509"], Takes::Spent),
    ("折旧及摊销费用", "Depreciation and amortisation", &["163", "172", "181"], Takes::Credited),
    ("其他费用", "Other expenses", &["510"], Takes::Spent),
    ("调整事项", "Adjustments", &["141"], Takes::Drawn),
];

#[must_use]
pub fn report(state: &State, chart: &Chart, term: Term) -> CostExpense {
    let books = Books { state, chart };
    let (columns, other) = match term {
        Term::Month(_) => (
            [Words::new("本月数", "This month"), Words::new("本年累计数", "Year to date")],
            Some(term.year_to_date()),
        ),
        Term::Year(year) => {
            let starts = state.offices.ledger().map(|ledger| ledger.starts.year());
            let kept = starts.is_none_or(|starts| starts <= year.previous());
            let before = kept.then(|| Period::Year(year.previous()));
            ([Words::new("本年数", "This year"), Words::new("上年数", "Last year")], before)
        }
    };
    let mut lines: Vec<Line> = Vec::new();
    for (number, (zh, en, codes, takes)) in (1..).zip(LINES) {
        lines.push(Line {
            number,
            name: Words::new(zh, en),
            accounts: codes.iter().map(|code| (*code).to_owned()).collect(),
            this: cost(books, term.into(), codes, takes),
            other: other.map(|period| cost(books, period, codes, takes)),
        });
    }
    let total = Line {
        number: 11,
        name: Words::new("费用总计", "Total costs"),
        accounts: Vec::new(),
        this: Money::sum(lines.iter().map(|line| line.this)),
        other: other.map(|_| Money::sum(lines.iter().filter_map(|line| line.other))),
    };
    lines.push(total);
    CostExpense {
        heading: books.heading(
            Words::new("成本费用表", "Statement of costs"),
            "工会附03表",
            term.into(),
        ),
        required: fiscal::is_of_a_county(books),
        columns,
        lines,
    }
}

fn cost(books: Books<'_>, period: Period, codes: &[&str], takes: Takes) -> Money {
    let moved = books.sum(|posted| {
        posted.kind != Kind::Carried
            && codes.contains(&posted.account.level_one())
            && books.when(period, posted) == When::Within
    });
    match takes {
        Takes::Spent => moved.balance(),
        Takes::Credited => moved.credit,
        Takes::Drawn => moved.balance().negated(),
    }
}
