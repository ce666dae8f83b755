//! 募捐台账 Each drive: what it was given in money and goods, what was handed on, and what is left.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::welfare::Beneficiary;
use crate::event::{Till, VoucherNumber};
use crate::ids::{AccountCode, ArticleId, DisbursementId, DriveId, FundId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::drives::{Drive, Received};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Drives {
    pub heading: Heading,
    /// By their ids, each from its beginning to the end of the period.
    pub drives: Vec<Line>,
    pub total: Figures,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub drive: DriveId,
    pub name: String,
    /// 用途
    pub purpose: String,
    /// 受助人 By number.
    #[serde(rename = "for")]
    pub to: Option<Beneficiary>,
    pub fund: FundId,
    /// 代管
    pub custodial: bool,
    pub first: Day,
    pub last: Day,
    #[serde(flatten)]
    pub figures: Figures,
    pub goods: Vec<Goods>,
    /// 付款
    pub payments: Vec<Payment>,
    pub closed: Option<Closed>,
}

/// received + other - paid = left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Figures {
    /// 捐款人次
    pub donors: u32,
    /// 捐款
    pub received: Money,
    /// 其他增减 Interest, what nobody came for, what went to another fund by resolution.
    pub other: Money,
    /// 已付
    pub paid: Money,
    /// 结存 What lies in its cash and bank.
    pub left: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Goods {
    pub article: ArticleId,
    pub name: String,
    pub unit: String,
    pub received: u32,
    pub given: u32,
    pub left: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Payment {
    pub date: Day,
    pub disbursement: DisbursementId,
    pub voucher: Option<VoucherNumber>,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Closed {
    pub on: Day,
    /// 结余 on that day
    pub left: Money,
    /// 结余去向 The fund that it went to; none where it stays for the same purpose.
    pub to: Option<FundId>,
    pub resolution: String,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Drives {
    let books = Books { state, chart };
    let begun = |drive: &&Drive| period.reaches(drive.opened.first.month());
    let drives = state.drives.drives().map(|(_, drive)| drive).filter(begun);
    let drives: Vec<Line> = drives.map(|drive| line(books, period, drive)).collect();
    let total = drives.iter().fold(Figures::default(), |sum, line| sum.plus(line.figures));
    let heading = Words::new("募捐台账", "Donation drives");
    Drives { heading: books.heading(heading, "", period), drives, total }
}

fn line(books: Books<'_>, period: Period, drive: &Drive) -> Line {
    let Drive { opened, .. } = drive;
    let payments = payments(books.state, period, &opened.fund);
    let gifts = drive.gifts().filter(|received| period.reaches(received.on.month()));
    let gifts: Vec<Received<'_>> = gifts.collect();
    let donors = gifts.iter().map(|received| received.gift.donor.count());
    let received = Money::sum(gifts.iter().map(|received| received.gift.amount));
    let paid = Money::sum(payments.iter().map(|payment| payment.amount));
    let left = held(books, period, &opened.fund);
    let closed = drive.closed.as_ref().map(|(_, closed)| closed);
    let closed = closed.filter(|closed| period.reaches(closed.on.month()));
    Line {
        drive: opened.drive.clone(),
        name: opened.name.as_str().to_owned(),
        purpose: opened.purpose.as_str().to_owned(),
        to: opened.to.clone(),
        fund: opened.fund.clone(),
        custodial: books.state.custody.project(&opened.fund).is_some(),
        first: opened.first,
        last: opened.last,
        figures: Figures {
            donors: donors.fold(0, u32::saturating_add),
            received,
            other: left.plus(paid).minus(received),
            paid,
            left,
        },
        goods: goods(period, drive),
        payments,
        closed: closed.map(|closed| Closed {
            on: closed.on,
            left: closed.left,
            to: closed.to.clone(),
            resolution: closed.resolution.as_str().to_owned(),
        }),
    }
}

/// What was paid out of a fund or project by then, each payment that stands.
pub(super) fn payments(state: &State, period: Period, fund: &FundId) -> Vec<Payment> {
    let payments = state.disbursements.payments().map(|(_, payment)| payment);
    let wanted = payments
        .filter(|payment| payment.paid.fund == *fund && period.reaches(payment.paid.date.month()));
    wanted
        .map(|payment| Payment {
            date: payment.paid.date,
            disbursement: payment.paid.disbursement.clone(),
            voucher: payment.voucher,
            amount: payment.paid.amount,
        })
        .collect()
}

/// What lies in the cash and bank of a fund or project at the period's end.
pub(super) fn held(books: Books<'_>, period: Period, fund: &FundId) -> Money {
    let is_till = |account: &AccountCode| {
        Till::ALL.iter().flat_map(|till| till.uses()).any(|of| books.chart.is_for(account, of))
    };
    let of_fund = books.sum(|posted| {
        posted.fund == fund && period.reaches(posted.month) && is_till(posted.account)
    });
    of_fund.balance()
}

fn goods(period: Period, drive: &Drive) -> Vec<Goods> {
    let line = |(id, article): (&ArticleId, &crate::projection::drives::Article)| {
        let received = drive.received.iter().map(|(_, goods)| goods);
        let received = received.filter(|g| g.article == *id && period.reaches(g.on.month()));
        let given = drive.given.iter().map(|(_, goods)| goods);
        let given = given.filter(|g| g.article == *id && period.reaches(g.on.month()));
        let received = received.map(|goods| goods.count).fold(0, u32::saturating_add);
        let given = given.map(|goods| goods.count).fold(0, u32::saturating_add);
        Goods {
            article: id.clone(),
            name: article.name.as_str().to_owned(),
            unit: article.unit.as_str().to_owned(),
            received,
            given,
            left: received.saturating_sub(given),
        }
    };
    drive.goods.iter().map(line).collect()
}

impl Figures {
    fn plus(self, other: Figures) -> Figures {
        Figures {
            donors: self.donors.saturating_add(other.donors),
            received: self.received.plus(other.received),
            other: self.other.plus(other.other),
            paid: self.paid.plus(other.paid),
            left: self.left.plus(other.left),
        }
    }
}
