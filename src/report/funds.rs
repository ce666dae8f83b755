//! 资金收支结存表 What each fund began with, took in, spent, and holds; and the whole beside the sum.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{Heading, Period, Words};
use crate::chart::{Chart, Class, Use};
use crate::ids::FundId;
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::{Kind, Posted};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Funds {
    pub heading: Heading,
    /// In the order of their establishment.
    pub lines: Vec<Line>,
    /// Of the whole book, counted for itself and not from the lines.
    pub total: Movement,
    /// Whether the lines add up to the whole.
    pub agrees: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub fund: FundId,
    pub name: String,
    /// 专项
    pub restricted: bool,
    #[serde(flatten)]
    pub movement: Movement,
}

/// opening + income - spending + `transferred_in` - `transferred_out` + adjustments = closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Movement {
    /// 期初结转结余
    pub opening: Money,
    pub income: Money,
    pub spending: Money,
    /// 单位内部调剂, in
    pub transferred_in: Money,
    /// 单位内部调剂, out
    pub transferred_out: Money,
    /// 年初余额调整 and every other change.
    pub adjustments: Money,
    /// 期末结转结余
    pub closing: Money,
    /// 库存现金 at the end
    pub cash: Money,
    /// 银行存款 at the end
    pub bank: Money,
}

/// 单位内部调剂, and what of a restricted fund became surplus 结转转入: other vouchers than those of
/// the year's end do not reach 累计结转.
const REALLOCATED: [Use; 6] = [
    Use::RestrictedMoved,
    Use::RestrictedCarried,
    Use::SurplusMoved,
    Use::SurplusFromRestricted,
    Use::FiscalMoved,
    Use::FiscalSurplusMoved,
];
/// 库存现金 and 银行存款, each with 代管经费.
const CASH: [Use; 2] = [Use::Cash, Use::CustodialCash];
const BANK: [Use; 2] = [Use::Bank, Use::CustodialBank];

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Funds {
    let books = Books { state, chart };
    let line = |fund: &crate::event::fund::NewFund| Line {
        fund: fund.fund.clone(),
        name: fund.name.as_str().to_owned(),
        restricted: fund.restricted,
        movement: Movement::of(books, period, |posted| *posted.fund == fund.fund),
    };
    let lines: Vec<Line> = state.funds.funds().map(line).collect();
    let total = Movement::of(books, period, |posted| !books.is_custodial(posted));
    let sum = lines.iter().fold(Movement::default(), |sum, line| sum.plus(line.movement));
    Funds {
        heading: books.heading(Words::new("资金收支结存表", "Funds"), "", period),
        lines,
        total,
        agrees: sum == total,
    }
}

impl Movement {
    fn of(books: Books<'_>, period: Period, wanted: impl Fn(&Posted<'_>) -> bool) -> Movement {
        let mut sum = Movement::default();
        for (_, posted) in books.moved(period).filter(|(_, posted)| wanted(posted)) {
            sum.add(books, books.counted(period, &posted), &posted);
        }
        sum
    }

    fn add(&mut self, books: Books<'_>, when: When, posted: &Posted<'_>) {
        let balance = posted.turnover.balance();
        let add = |sum: &mut Money, amount: Money| *sum = sum.plus(amount);
        let is_within =
            |uses: &[Use]| uses.iter().any(|of| books.chart.is_within(posted.account, *of));
        if is_within(&CASH) {
            add(&mut self.cash, balance);
        } else if is_within(&BANK) {
            add(&mut self.bank, balance);
        } else if books.is_of_net_funds(posted.fund, posted.account) {
            let credit = balance.negated();
            add(&mut self.closing, credit);
            match (when, posted.kind) {
                (When::Before, _) => add(&mut self.opening, credit),
                (When::Within | When::After, Kind::Opening) if !books.is_taken_over(posted) => {
                    add(&mut self.adjustments, credit);
                }
                (When::Within | When::After, Kind::Ordinary | Kind::Opening) => {
                    self.ordinary(books, posted);
                }
                // What is carried from one line of the net funds to another changes none.
                (When::Within | When::After, Kind::Carried) => {}
            }
        }
    }

    fn ordinary(&mut self, books: Books<'_>, posted: &Posted<'_>) {
        let balance = posted.turnover.balance();
        match books.class(posted.account) {
            Some(Class::Income) => self.income = self.income.minus(balance),
            Some(Class::Expense) => self.spending = self.spending.plus(balance),
            Some(Class::Asset | Class::Liability | Class::NetAsset) | None => {
                if REALLOCATED.iter().any(|of| books.chart.is_for(posted.account, *of)) {
                    self.transferred_in = self.transferred_in.plus(posted.turnover.credit);
                    self.transferred_out = self.transferred_out.plus(posted.turnover.debit);
                } else {
                    self.adjustments = self.adjustments.minus(balance);
                }
            }
        }
    }

    fn plus(self, other: Movement) -> Movement {
        Movement {
            opening: self.opening.plus(other.opening),
            income: self.income.plus(other.income),
            spending: self.spending.plus(other.spending),
            transferred_in: self.transferred_in.plus(other.transferred_in),
            transferred_out: self.transferred_out.plus(other.transferred_out),
            adjustments: self.adjustments.plus(other.adjustments),
            closing: self.closing.plus(other.closing),
            cash: self.cash.plus(other.cash),
            bank: self.bank.plus(other.bank),
        }
    }

    /// Cash and bank together 货币资金.
    #[must_use]
    pub fn held(self) -> Money {
        self.cash.plus(self.bank)
    }
}
