//! 工会02表 收入支出表 Income and expenditure of a month or a year (财会〔2021〕7号, 第四、第五部分).

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{Heading, Period, Term, Words};
use crate::chart::{Chart, Class};
use crate::event::VoucherNumber;
use crate::ids::{AccountCode, Seq};
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::Kind;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct IncomeStatement {
    pub heading: Heading,
    /// 本月数 and 本年累计数; of a year 本年数 and 上年数.
    pub columns: [Words; 2],
    /// In the order of the form; lines of nothing are kept.
    pub lines: Vec<Line>,
    /// Only of a year.
    pub proof: Option<Proof>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// 行次
    pub number: u32,
    pub name: Words,
    /// Whether it is one of the lines 一 to 六, and not a part of one.
    pub main: bool,
    /// The first-level accounts that it adds up; none in a line that adds up others.
    pub accounts: Vec<String>,
    /// 本月数 or 本年数
    pub this: Money,
    /// 本年累计数 or 上年数; none for a year before the book.
    pub other: Option<Money>,
}

/// 年末资金结转结余 = 年初资金结转结余 + 调整及变动 + 本期收支差额, line 六 = 一 + 二 + 五. Where it does not
/// hold, the difference is what vouchers put on 321, 322, 331 and 332 themselves, past lines 二 to 五.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proof {
    /// 一 + 二 + 五
    pub expected: Money,
    /// 六
    pub found: Money,
    pub difference: Money,
    pub holds: bool,
    /// 投资 What vouchers that move 151 put there: an investment is paid out of 累计结余 and is no
    /// expense, and its recovery no income (财会〔2021〕7号, 151).
    pub by_investments: Money,
    /// 其他 What any other voucher put there, one by one.
    pub by_others: Vec<Direct>,
}

/// 直接记入 What one voucher changed 资金结转结余 by, of which no line of the statement tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Direct {
    pub voucher: VoucherNumber,
    pub amount: Money,
}

const INCOME: [(&str, &str, &str); 9] = [
    ("(一)会费收入", "(1) Membership dues", "401"),
    ("(二)拨缴经费收入", "(2) Allocation income", "402"),
    ("(三)上级补助收入", "(3) Subsidies from superior unions", "403"),
    ("(四)政府补助收入", "(4) Government subsidies", "404"),
    ("(五)行政补助收入", "(5) Employer subsidies", "405"),
    ("(六)附属单位上缴收入", "(6) Contributions from affiliated units", "406"),
    ("(七)投资收益", "(7) Investment income", "407"),
    ("(八)其他收入", "(8) Other income", "408"),
    ("(九)动用预算稳定调节基金", "(9) Draw on the budget stabilisation fund", "411"),
];

const EXPENSE: [(&str, &str, &str); 11] = [
    ("(一)职工活动支出", "(1) Employee activities", "501"),
    ("(二)职工活动组织支出", "(2) Organisation of employee activities", "502"),
    ("(三)职工服务支出", "(3) Employee services", "503"),
    ("(四)维权支出", "(4) Protection of rights", "504"),
    ("(五)业务支出", "(5) Union operations", "505"),
    ("(六)行政支出", "(6) Administration", "506"),
    ("(七)资本性支出", "(7) Capital expenditure", "507"),
    ("(八)补助下级支出", "(8) Subsidies to subordinate unions", "508"),
    ("(九)对附属单位的支出", "(9) Payments to affiliated units", "509"),
    ("(十)其他支出", "(10) Other expenses", "510"),
    ("(十一)安排预算稳定调节基金", "(11) Provision to the budget stabilisation fund", "521"),
];

/// 年初余额调整 and 归集上缴, the accounts of line 二.
const ADJUSTMENTS: [&str; 5] = ["32101", "32201", "33101", "33201", "33202"];

#[must_use]
pub fn report(state: &State, chart: &Chart, term: Term) -> IncomeStatement {
    let books = Books { state, chart };
    let this = Column::of(books, term.into());
    let (columns, other) = match term {
        Term::Month(_) => (
            [Words::new("本月数", "This month"), Words::new("本年累计数", "Year to date")],
            Some(Column::of(books, term.year_to_date())),
        ),
        Term::Year(year) => {
            let starts = state.offices.ledger().map(|ledger| ledger.starts.year());
            let kept = starts.is_none_or(|starts| starts <= year.previous());
            let before = kept.then(|| Column::of(books, Period::Year(year.previous())));
            ([Words::new("本年数", "This year"), Words::new("上年数", "Last year")], before)
        }
    };
    let yearly = matches!(term, Term::Year(_));
    let proof = yearly.then(|| this.proof(books, term.into()));
    IncomeStatement {
        heading: books.heading(
            Words::new("收入支出表", "Statement of income and expenditure"),
            "工会02表",
            term.into(),
        ),
        columns,
        lines: Form { this, other, lines: Vec::new() }.fill(yearly),
        proof,
    }
}

/// One column's figures.
#[derive(Debug, Default)]
struct Column {
    /// 资金结转: 321 + 331.
    carried: Ends,
    /// 资金结余: 322 + 332.
    surplus: Ends,
    adjustments: Money,
    /// By first-level account, income and expenditure each on its own side.
    results: BTreeMap<String, Money>,
}

/// A balance before the period and at its end.
#[derive(Debug, Default)]
struct Ends {
    before: Money,
    end: Money,
}

impl Column {
    fn of(books: Books<'_>, period: Period) -> Column {
        let mut column = Column::default();
        for posted in books.turnovers() {
            let when = books.counted(period, &posted);
            if when == When::After {
                continue;
            }
            let credit = posted.turnover.balance().negated();
            let under = books.stands_under(posted.fund, posted.account);
            let Ends { before, end } = match under {
                "321" | "331" => &mut column.carried,
                "322" | "332" => &mut column.surplus,
                _ => continue,
            };
            *end = end.plus(credit);
            if when == When::Before {
                *before = before.plus(credit);
                continue;
            }
            match posted.kind {
                // What corrects an opening balance changes the beginning of the book's first year,
                // whatever its month; in a later year it is an adjustment of that year.
                Kind::Opening if books.is_taken_over(&posted) => {
                    column.ordinary(books, posted.account, credit);
                }
                Kind::Opening if books.is_of_the_first_year(&posted) => {}
                Kind::Opening => column.adjustments = column.adjustments.plus(credit),
                Kind::Ordinary => column.ordinary(books, posted.account, credit),
                Kind::Carried => {}
            }
        }
        column
    }

    fn ordinary(&mut self, books: Books<'_>, account: &AccountCode, credit: Money) {
        let amount = match books.class(account) {
            Some(Class::Income) => credit,
            Some(Class::Expense) => credit.negated(),
            Some(Class::Asset | Class::Liability | Class::NetAsset) | None => {
                if ADJUSTMENTS.contains(&account.as_str()) {
                    self.adjustments = self.adjustments.plus(credit);
                }
                return;
            }
        };
        let sum = self.results.entry(account.level_one().to_owned()).or_default();
        *sum = sum.plus(amount);
    }

    fn result(&self, code: &str) -> Money {
        self.results.get(code).copied().unwrap_or_default()
    }

    fn total(&self, lines: &[(&str, &str, &str)]) -> Money {
        Money::sum(lines.iter().map(|(_, _, code)| self.result(code)))
    }

    fn net(&self) -> Money {
        self.total(&INCOME).minus(self.total(&EXPENSE))
    }

    fn opening(&self) -> Money {
        self.carried.before.plus(self.surplus.before)
    }

    fn closing(&self) -> Money {
        self.carried.end.plus(self.surplus.end)
    }

    fn proof(&self, books: Books<'_>, period: Period) -> Proof {
        let (expected, found) =
            (self.opening().plus(self.adjustments).plus(self.net()), self.closing());
        let difference = found.minus(expected);
        let (by_investments, by_others) = direct(books, period);
        let holds = difference.is_zero();
        Proof { expected, found, difference, holds, by_investments, by_others }
    }
}

/// What vouchers of the period put on 资金结转结余 that is no result and no adjustment: of investments in
/// all, and of every other voucher. What moves from one fund or step to another comes to nothing.
fn direct(books: Books<'_>, period: Period) -> (Money, Vec<Direct>) {
    let of_level = |codes: &'static [&'static str]| {
        let accounts = books.chart.accounts().map(|account| &account.code);
        accounts.filter(move |code| codes.contains(&code.level_one()))
    };
    let net = of_level(&["321", "322", "331", "332"]);
    let net = net.filter(|code| !ADJUSTMENTS.contains(&code.as_str()));
    let invested = books.state.accounts.slips(of_level(&["151"]));
    let invested: BTreeSet<Seq> = invested.iter().map(|slip| slip.seq).collect();
    let (mut by_investments, mut by_others) = (Money::ZERO, Vec::new());
    for slip in books.state.accounts.slips(net) {
        let within = slip.kind == Kind::Ordinary && period.contains(slip.day.month());
        let amount = slip.amount.negated();
        if !within || amount.is_zero() {
            continue;
        }
        if invested.contains(&slip.seq) {
            by_investments = by_investments.plus(amount);
        } else {
            by_others.push(Direct { voucher: slip.number, amount });
        }
    }
    (by_investments, by_others)
}

struct Form {
    this: Column,
    other: Option<Column>,
    lines: Vec<Line>,
}

impl Form {
    fn fill(mut self, yearly: bool) -> Vec<Line> {
        let carried: &[&str] = &["321", "331"];
        let surplus: &[&str] = &["322", "332"];
        if yearly {
            self.main(
                "一、年初资金结转结余",
                "1. Funds at the beginning of the year",
                Column::opening,
            );
            self.part("(一)年初资金结转", "(1) Carried forward", carried, |c| {
                c.carried.before
            });
            self.part("(二)年初资金结余", "(2) Surplus", surplus, |c| c.surplus.before);
        }
        self.main("二、资金结转结余调整及变动", "2. Adjustments and changes", |c| {
            c.adjustments
        });
        self.main("三、收入合计", "3. Total income", |c| c.total(&INCOME));
        for (zh, en, code) in INCOME {
            self.part(zh, en, &[code], |c| c.result(code));
        }
        self.main("四、支出合计", "4. Total expenditure", |c| c.total(&EXPENSE));
        for (zh, en, code) in EXPENSE {
            self.part(zh, en, &[code], |c| c.result(code));
        }
        self.main("五、本期收支差额", "5. Income less expenditure", Column::net);
        if yearly {
            self.main("六、年末资金结转结余", "6. Funds at the end of the year", Column::closing);
            self.part("(一)年末资金结转", "(1) Carried forward", carried, |c| c.carried.end);
            self.part("(二)年末资金结余", "(2) Surplus", surplus, |c| c.surplus.end);
        }
        self.lines
    }

    fn main(&mut self, zh: &str, en: &str, figure: impl Fn(&Column) -> Money) {
        self.line(true, Words::new(zh, en), &[], figure);
    }

    fn part(&mut self, zh: &str, en: &str, codes: &[&str], figure: impl Fn(&Column) -> Money) {
        self.line(false, Words::new(zh, en), codes, figure);
    }

    fn line(&mut self, main: bool, name: Words, codes: &[&str], figure: impl Fn(&Column) -> Money) {
        let above = u32::try_from(self.lines.len()).unwrap_or(u32::MAX);
        self.lines.push(Line {
            number: above.saturating_add(1),
            name,
            main,
            accounts: codes.iter().map(|code| (*code).to_owned()).collect(),
            this: figure(&self.this),
            other: self.other.as_ref().map(figure),
        });
    }
}
