//! What reports ask of the books: what came before a period, what stands at its end, and under
//! which account of the statements.

use super::{AccountName, Heading, Period, Words};
use crate::chart::{Chart, Class};
use crate::date::{Day, FiscalYear, Month};
use crate::event::fund::NewFund;
use crate::ids::{AccountCode, FundId};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::{Kind, Posted, Turnover};

#[derive(Clone, Copy)]
pub(super) struct Books<'a> {
    pub(super) state: &'a State,
    pub(super) chart: &'a Chart,
}

/// Where a turnover lies, seen from a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    /// 期初 Part of the opening balance.
    Before,
    /// 本期
    Within,
    After,
}

/// 计量单位
pub(super) fn unit(currency: &str) -> Words {
    if currency == "CNY" { Words::new("元", "yuan") } else { Words::new(currency, currency) }
}

impl<'a> Books<'a> {
    pub(super) fn heading(self, title: Words, form: &str, period: Period) -> Heading {
        let ledger = self.state.offices.ledger();
        Heading {
            title,
            form: form.to_owned(),
            organisation: ledger.map(|l| l.organisation.as_str().to_owned()).unwrap_or_default(),
            period,
            unit: unit(self.chart.currency()),
            records: self.state.next().0,
        }
    }

    pub(super) fn turnovers(self) -> impl Iterator<Item = Posted<'a>> {
        self.state.accounts.turnovers()
    }

    /// What was posted before a period and within it.
    pub(super) fn moved(self, period: Period) -> impl Iterator<Item = (When, Posted<'a>)> {
        let when = move |posted: Posted<'a>| (self.when(period, &posted), posted);
        self.turnovers().map(when).filter(|(when, _)| *when != When::After)
    }

    pub(super) fn when(self, period: Period, posted: &Posted<'_>) -> When {
        if !period.reaches(posted.month) {
            return When::After;
        }
        let earlier = period.first().is_some_and(|first| posted.month < first);
        if earlier || (posted.kind == Kind::Opening && self.begins_in(period)) {
            When::Before
        } else {
            When::Within
        }
    }

    /// Whether the book begins in that period.
    fn begins_in(self, period: Period) -> bool {
        let starts = self.state.offices.ledger().map(|ledger| ledger.starts.month());
        starts.is_none_or(|starts| period.contains(starts))
    }

    /// Whether it was posted in the year in which the book begins.
    pub(super) fn is_of_the_first_year(self, posted: &Posted<'_>) -> bool {
        self.begins_in(Period::Year(posted.month.year()))
    }

    /// 年初至启用前 Whether it is income or expenditure of this year from before a book that begins in
    /// mid-year.
    pub(super) fn is_taken_over(self, posted: &Posted<'_>) -> bool {
        let result = matches!(self.class(posted.account), Some(Class::Income | Class::Expense));
        result
            && posted.kind == Kind::Opening
            && self.state.offices.is_result(posted.month, posted.kind)
    }

    /// Whether it is income or expenditure as the reports of a year count it: what was earned and
    /// spent in this book, and what the book took over of its first year.
    pub(super) fn is_result(self, posted: &Posted<'_>) -> bool {
        posted.kind == Kind::Ordinary || self.is_taken_over(posted)
    }

    /// Where it lies, seen from a report of results: what a book that begins in mid-year took over is
    /// of its year, and of none of its months.
    pub(super) fn counted(self, period: Period, posted: &Posted<'_>) -> When {
        let when = self.when(period, posted);
        let from_january = period.first().is_some_and(|first| first.number() == 1);
        let of_its_year = from_january && self.begins_in(period);
        if when == When::Before && of_its_year && self.is_taken_over(posted) {
            When::Within
        } else {
            when
        }
    }

    /// 启用日 Where the book begins within that year and not with it.
    pub(super) fn takes_over_in(self, year: FiscalYear) -> Option<Day> {
        let starts = self.state.offices.ledger().map(|ledger| ledger.starts)?;
        (starts.month().year() == year && starts.month() != year.first_month()).then_some(starts)
    }

    /// The sum of what `wanted` says yes to.
    pub(super) fn sum(self, wanted: impl Fn(&Posted<'_>) -> bool) -> Turnover {
        let found = self.turnovers().filter(|posted| wanted(posted));
        found.fold(Turnover::default(), |sum, posted| sum.plus(posted.turnover))
    }

    /// Debit less credit of these accounts at the period's end, of none of income and expenditure.
    pub(super) fn closing(self, period: Period, wanted: impl Fn(&AccountCode) -> bool) -> Money {
        let stands = |p: &Posted<'_>| self.when(period, p) != When::After && wanted(p.account);
        self.sum(stands).balance()
    }

    pub(super) fn class(self, account: &AccountCode) -> Option<Class> {
        self.chart.account(account).map(|found| found.class)
    }

    pub(super) fn fund(self, id: &FundId) -> Option<&'a NewFund> {
        self.state.funds.fund(id)
    }

    /// The first-level account under which the statements show this one: income and expenditure
    /// that no voucher has carried forward yet stand where they will be carried.
    pub(super) fn stands_under<'b>(self, fund: &FundId, account: &'b AccountCode) -> &'b str
    where
        'a: 'b,
    {
        self.stands_at(fund, account).level_one()
    }

    /// The account itself, or where income and expenditure will be carried.
    fn stands_at<'b>(self, fund: &FundId, account: &'b AccountCode) -> &'b AccountCode
    where
        'a: 'b,
    {
        match self.class(account) {
            Some(Class::Income | Class::Expense) => {
                self.chart.result_account(account, self.state.funds.nature(fund)).unwrap_or(account)
            }
            Some(Class::Asset | Class::Liability | Class::NetAsset) | None => account,
        }
    }

    /// Whether it is a part of 资金结转结余, or will be carried there.
    pub(super) fn is_of_net_funds(self, fund: &FundId, account: &AccountCode) -> bool {
        self.chart.is_of_net_funds(self.stands_at(fund, account))
    }

    /// Others' money 代管经费, which is none of the union's funds.
    pub(super) fn is_custodial(self, posted: &Posted<'_>) -> bool {
        self.state.custody.project(posted.fund).is_some()
    }

    pub(super) fn name(self, code: &AccountCode) -> AccountName {
        let named = |lang: Lang, joint: &str| {
            let own = self.chart.account(code).map_or("", |account| account.name(lang));
            let above = AccountCode::literal(code.level_one());
            match self.chart.account(&above) {
                Some(above) if above.code != *code => format!("{}{joint}{own}", above.name(lang)),
                Some(_) | None => own.to_owned(),
            }
        };
        AccountName {
            code: code.clone(),
            name: Words { zh: named(Lang::Zh, "-"), en: named(Lang::En, ": ") },
        }
    }

    /// The last month in which something was posted, or the first of the book.
    pub(super) fn last_month(self) -> Option<Month> {
        let starts = self.state.offices.ledger().map(|ledger| ledger.starts.month());
        self.state.periods.last_month().or(starts)
    }

    /// The months of a period; where it has no end, those in which something was posted.
    pub(super) fn months(self, period: Period) -> Vec<Month> {
        let posted = || self.turnovers().map(|posted| posted.month);
        let (first, last) = (period.first().or(posted().min()), period.last().or(posted().max()));
        match (first, last) {
            (Some(first), Some(last)) => first.through(last).collect(),
            (Some(_) | None, Some(_) | None) => Vec::new(),
        }
    }
}
