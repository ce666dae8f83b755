//! 工会附01表 财政拨款收入支出表 What governments appropriated in a year and what became of it
//! (财会〔2021〕7号, 第五部分 三).
//!
//! Which funds are fiscal: `fiscal`. One that is restricted is a project 项目支出, another 基本支出. What
//! stands in a fiscal fund is 结转 under 331 and 321, and 结余 under 332 and 322: its results stand
//! where the year's closing carries them.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{Heading, Period, Term, Words, fiscal};
use crate::chart::{Chart, Class};
use crate::date::FiscalYear;
use crate::ids::FundId;
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::{Kind, Posted};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FiscalGrants {
    pub heading: Heading,
    /// Whether the union is one of those that file it: 县级以上工会.
    pub required: bool,
    /// 一、基本支出 with its two parts, 二、项目支出 with its projects, 总计.
    pub lines: Vec<Line>,
    /// Whether each line's last columns are its first ones with what moved in the year.
    pub holds: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub name: Words,
    /// Whether it is 一, 二 or 总计, and not a part of one.
    pub main: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundId>,
    /// None of 人员经费 and 日常公用经费, of which a book knows only what was spent.
    pub amounts: Option<Amounts>,
    /// 本年财政拨款支出
    pub spending: Money,
}

/// The other columns of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Amounts {
    /// 年初财政拨款结转
    pub opening_carried: Money,
    /// 年初财政拨款结余
    pub opening_surplus: Money,
    /// 调整年初财政拨款结转结余
    pub adjusted: Money,
    /// 本年归集上缴, negative
    pub pooled: Money,
    /// 单位内部调剂, of 结转
    pub moved_carried: Money,
    /// 单位内部调剂, of 结余
    pub moved_surplus: Money,
    /// 本年财政拨款收入
    pub income: Money,
    /// 年末财政拨款结转
    pub closing_carried: Money,
    /// 年末财政拨款结余
    pub closing_surplus: Money,
}

/// One fund's year.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    amounts: Amounts,
    spending: Money,
    /// 人员经费: 工资福利 and 对个人和家庭的补助 of 行政支出.
    staff: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, term: Term) -> FiscalGrants {
    let books = Books { state, chart };
    let year = term.last().year();
    let (mut basic, mut projects, mut total) = (Sums::default(), Sums::default(), Sums::default());
    let mut of_projects = Vec::new();
    for id in fiscal::funds(books) {
        let sums = fund(books, year, id);
        total = total.plus(sums);
        let project = books.fund(id).is_some_and(|fund| fund.restricted);
        if project {
            projects = projects.plus(sums);
            let name = books.fund(id).map_or(id.as_str(), |fund| fund.name.as_str());
            let own = sums.line(Words::new(name, name), false);
            of_projects.push(Line { fund: Some(id.clone()), ..own });
        } else {
            basic = basic.plus(sums);
        }
    }
    let part = |zh: &str, en: &str, spending: Money| Line {
        name: Words::new(zh, en),
        main: false,
        fund: None,
        amounts: None,
        spending,
    };
    let mut lines = vec![
        basic.line(Words::new("一、基本支出", "1. Basic expenditure"), true),
        part("人员经费", "Staff", basic.staff),
        part("日常公用经费", "Day-to-day costs", basic.spending.minus(basic.staff)),
        projects.line(Words::new("二、项目支出", "2. Projects"), true),
    ];
    lines.extend(of_projects);
    lines.push(total.line(Words::new("总计", "Total"), true));
    let title = Words::new("财政拨款收入支出表", "Fiscal appropriations");
    FiscalGrants {
        heading: books.heading(title, "工会附01表", Period::Year(year)),
        required: fiscal::is_of_a_county(books),
        holds: lines.iter().all(Line::holds),
        lines,
    }
}

fn fund(books: Books<'_>, year: FiscalYear, id: &FundId) -> Sums {
    let mut sums = Sums::default();
    for posted in books.turnovers().filter(|posted| posted.fund == id) {
        let when = books.when(Period::Year(year), &posted);
        if when == When::After {
            continue;
        }
        let credit = posted.turnover.balance().negated();
        let amounts = &mut sums.amounts;
        let (opening, closing) = match books.stands_under(posted.fund, posted.account) {
            "321" | "331" => (&mut amounts.opening_carried, &mut amounts.closing_carried),
            "322" | "332" => (&mut amounts.opening_surplus, &mut amounts.closing_surplus),
            _ => continue,
        };
        *closing = closing.plus(credit);
        match when {
            When::Before => *opening = opening.plus(credit),
            When::Within => sums.moved(books, &posted, credit),
            When::After => {}
        }
    }
    sums
}

impl Sums {
    fn moved(&mut self, books: Books<'_>, posted: &Posted<'_>, credit: Money) {
        match posted.kind {
            Kind::Carried => return,
            // What corrects an opening balance in a later year.
            Kind::Opening => {
                self.amounts.adjusted = self.amounts.adjusted.plus(credit);
                return;
            }
            Kind::Ordinary => {}
        }
        let amounts = &mut self.amounts;
        let column = match books.class(posted.account) {
            Some(Class::Income) => &mut amounts.income,
            Some(Class::Expense) => {
                self.spending = self.spending.minus(credit);
                if matches!(posted.account.as_str(), "50601" | "50603") {
                    self.staff = self.staff.minus(credit);
                }
                return;
            }
            Some(Class::Asset | Class::Liability | Class::NetAsset) | None => {
                match posted.account.as_str() {
                    "32101" | "32201" | "33101" | "33201" => &mut amounts.adjusted,
                    "33202" => &mut amounts.pooled,
                    "32102" | "33102" => &mut amounts.moved_carried,
                    "32202" | "33203" => &mut amounts.moved_surplus,
                    _ => return,
                }
            }
        };
        *column = column.plus(credit);
    }

    fn line(self, name: Words, main: bool) -> Line {
        let (amounts, spending) = (Some(self.amounts), self.spending);
        Line { name, main, fund: None, amounts, spending }
    }

    fn plus(self, other: Sums) -> Sums {
        let (a, b) = (self.amounts, other.amounts);
        Sums {
            amounts: Amounts {
                opening_carried: a.opening_carried.plus(b.opening_carried),
                opening_surplus: a.opening_surplus.plus(b.opening_surplus),
                adjusted: a.adjusted.plus(b.adjusted),
                pooled: a.pooled.plus(b.pooled),
                moved_carried: a.moved_carried.plus(b.moved_carried),
                moved_surplus: a.moved_surplus.plus(b.moved_surplus),
                income: a.income.plus(b.income),
                closing_carried: a.closing_carried.plus(b.closing_carried),
                closing_surplus: a.closing_surplus.plus(b.closing_surplus),
            },
            spending: self.spending.plus(other.spending),
            staff: self.staff.plus(other.staff),
        }
    }
}

impl Line {
    fn holds(&self) -> bool {
        let Some(a) = self.amounts else { return true };
        let opening = a.opening_carried.plus(a.opening_surplus);
        let moved = Money::sum([a.adjusted, a.pooled, a.moved_carried, a.moved_surplus]);
        let result = a.income.minus(self.spending);
        opening.plus(moved).plus(result) == a.closing_carried.plus(a.closing_surplus)
    }
}
