//! 代管经费 What each custodial project began with, took in, paid out and holds: the liability 221, and
//! the cash and bank money that stand against it.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::{Heading, Period, Words};
use crate::chart::{Chart, Use};
use crate::event::custody::CustodialProject;
use crate::ids::FundId;
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::{Kind, Posted};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Custodial {
    pub heading: Heading,
    /// In the order in which they were opened.
    pub lines: Vec<Line>,
    /// Of the accounts as a whole, counted for themselves.
    pub total: Movement,
    /// Whether the lines add up to the whole, and each holds in cash and bank what it is owed.
    pub agrees: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub project: FundId,
    pub name: String,
    /// 委托单位
    pub whose: String,
    #[serde(flatten)]
    pub movement: Movement,
}

/// opening + received - paid = closing = cash + bank.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Movement {
    pub opening: Money,
    pub received: Money,
    pub paid: Money,
    pub closing: Money,
    pub cash: Money,
    pub bank: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Custodial {
    let books = Books { state, chart };
    let line = |of: &CustodialProject| Line {
        project: of.project.clone(),
        name: of.name.as_str().to_owned(),
        whose: of.whose.as_str().to_owned(),
        movement: Movement::of(books, period, |posted| *posted.fund == of.project),
    };
    let lines: Vec<Line> = state.custody.projects().map(line).collect();
    let total = Movement::of(books, period, |_| true);
    let sum = lines.iter().fold(Movement::default(), |sum, line| sum.plus(line.movement));
    let covered = lines.iter().all(|line| line.movement.is_covered());
    Custodial {
        heading: books.heading(Words::new("代管经费", "Custodial money"), "", period),
        lines,
        total,
        agrees: covered && sum == total,
    }
}

impl Movement {
    fn of(books: Books<'_>, period: Period, wanted: impl Fn(&Posted<'_>) -> bool) -> Movement {
        let mut sum = Movement::default();
        for (when, posted) in books.moved(period).filter(|(_, posted)| wanted(posted)) {
            sum.add(books, when, &posted);
        }
        sum
    }

    fn add(&mut self, books: Books<'_>, when: When, posted: &Posted<'_>) {
        let balance = posted.turnover.balance();
        let is = |of: Use| books.chart.is_for(posted.account, of);
        if is(Use::CustodialCash) {
            self.cash = self.cash.plus(balance);
        } else if is(Use::CustodialBank) {
            self.bank = self.bank.plus(balance);
        } else if is(Use::Custodial) {
            self.closing = self.closing.minus(balance);
            if when == When::Before || posted.kind == Kind::Opening {
                self.opening = self.opening.minus(balance);
            } else {
                self.received = self.received.plus(posted.turnover.credit);
                self.paid = self.paid.plus(posted.turnover.debit);
            }
        }
    }

    fn plus(self, other: Movement) -> Movement {
        Movement {
            opening: self.opening.plus(other.opening),
            received: self.received.plus(other.received),
            paid: self.paid.plus(other.paid),
            closing: self.closing.plus(other.closing),
            cash: self.cash.plus(other.cash),
            bank: self.bank.plus(other.bank),
        }
    }

    fn is_covered(self) -> bool {
        self.closing == self.cash.plus(self.bank)
            && self.closing == self.opening.plus(self.received).minus(self.paid)
    }
}
