//! Donation drives 募捐: who gave what, in money and goods, and what became of it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::event::drive::{
    DriveClosed, DriveOpened, Gift, GiftsListed, GoodsGiven, GoodsReceived, GoodsWithdrawn,
};
use crate::ids::{ArticleId, DriveId, FundId, Seq, Text};
use crate::money::Money;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Drives {
    by_id: BTreeMap<DriveId, Drive>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drive {
    pub seq: Seq,
    pub opened: DriveOpened,
    /// The lists of donors, by the record that took their money in.
    gifts: BTreeMap<Seq, Receipt>,
    pub goods: BTreeMap<ArticleId, Article>,
    pub received: Vec<(Seq, GoodsReceived)>,
    pub given: Vec<(Seq, GoodsGiven)>,
    pub closed: Option<(Seq, DriveClosed)>,
}

impl Drive {
    /// Every gift of money that was not given back, in the order of their receipts.
    pub fn gifts(&self) -> impl Iterator<Item = Received<'_>> {
        self.gifts.iter().flat_map(|(seq, receipt)| {
            let on = receipt.on;
            receipt.gifts.iter().map(move |gift| Received { receipt: *seq, on, gift })
        })
    }

    /// 捐款总额
    #[must_use]
    pub fn total(&self) -> Money {
        Money::sum(self.gifts().map(|received| received.gift.amount))
    }

    /// How many of an article can still be given on that day: of those that were there by then, and so
    /// that none is missing for what was given later.
    #[must_use]
    pub fn left_from(&self, article: &ArticleId, on: Day) -> u32 {
        let received = self.received.iter().map(|(_, goods)| goods);
        let given = self.given.iter().map(|(_, goods)| goods);
        let received = received.filter(|goods| goods.article == *article);
        let given = given.filter(|goods| goods.article == *article);
        let left_on = |day: Day| {
            let came = received.clone().filter(|goods| goods.on <= day);
            let went = given.clone().filter(|goods| goods.on <= day);
            let came = came.fold(0_u32, |sum, goods| sum.saturating_add(goods.count));
            came.saturating_sub(went.fold(0_u32, |sum, goods| sum.saturating_add(goods.count)))
        };
        let later = given.clone().map(|goods| goods.on).filter(|day| *day > on);
        later.chain([on]).map(left_on).min().unwrap_or(0)
    }

    /// The last day on which something came in or went out in goods, or came in in money.
    #[must_use]
    pub fn last_day(&self) -> Day {
        let days = self.gifts().map(|received| received.on);
        let goods = self.received.iter().map(|(_, goods)| goods.on);
        let given = self.given.iter().map(|(_, goods)| goods.on);
        days.chain(goods).chain(given).max().unwrap_or(self.opened.first)
    }
}

/// What came in by one voucher.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Receipt {
    on: Day,
    gifts: Vec<Gift>,
}

/// A gift of money, and the day and record by which it came in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Received<'a> {
    pub receipt: Seq,
    pub on: Day,
    pub gift: &'a Gift,
}

/// One kind of goods: what came in and what went out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    pub name: Text,
    pub unit: Text,
    pub received: u32,
    pub given: u32,
}

impl Article {
    #[must_use]
    pub fn left(&self) -> u32 {
        self.received.saturating_sub(self.given)
    }
}

impl Drives {
    pub(super) fn open(&mut self, seq: Seq, opened: &DriveOpened) {
        let drive = Drive {
            seq,
            opened: opened.clone(),
            gifts: BTreeMap::new(),
            goods: BTreeMap::new(),
            received: Vec::new(),
            given: Vec::new(),
            closed: None,
        };
        self.by_id.insert(opened.drive.clone(), drive);
    }

    pub(super) fn list(&mut self, listed: &GiftsListed) {
        if let Some(drive) = self.by_id.get_mut(&listed.drive) {
            let new = || Receipt { on: listed.on, gifts: Vec::new() };
            let receipt = drive.gifts.entry(listed.receipt).or_insert_with(new);
            receipt.gifts.extend(listed.gifts.iter().cloned());
        }
    }

    /// The money of a list went back.
    pub(super) fn undo(&mut self, receipt: Seq) {
        self.by_id.values_mut().for_each(|drive| drop(drive.gifts.remove(&receipt)));
    }

    pub(super) fn receive(&mut self, seq: Seq, goods: &GoodsReceived) {
        let Some(drive) = self.by_id.get_mut(&goods.drive) else { return };
        let article = drive.goods.entry(goods.article.clone()).or_insert_with(|| Article {
            name: goods.name.clone(),
            unit: goods.unit.clone(),
            received: 0,
            given: 0,
        });
        article.received = article.received.saturating_add(goods.count);
        drive.received.push((seq, goods.clone()));
    }

    pub(super) fn give(&mut self, seq: Seq, goods: &GoodsGiven) {
        let Some(drive) = self.by_id.get_mut(&goods.drive) else { return };
        if let Some(article) = drive.goods.get_mut(&goods.article) {
            article.given = article.given.saturating_add(goods.count);
        }
        drive.given.push((seq, goods.clone()));
    }

    pub(super) fn withdraw(&mut self, withdrawn: &GoodsWithdrawn) {
        let Some(drive) = self.by_id.get_mut(&withdrawn.drive) else { return };
        let is_it = |seq: Seq| seq == withdrawn.record;
        if let Some(place) = drive.received.iter().position(|(seq, _)| is_it(*seq)) {
            let (_, goods) = drive.received.remove(place);
            if let Some(article) = drive.goods.get_mut(&goods.article) {
                article.received = article.received.saturating_sub(goods.count);
            }
            // What an article is called may be what was wrong.
            if !drive.received.iter().any(|(_, other)| other.article == goods.article) {
                drive.goods.remove(&goods.article);
            }
        } else if let Some(place) = drive.given.iter().position(|(seq, _)| is_it(*seq)) {
            let (_, goods) = drive.given.remove(place);
            if let Some(article) = drive.goods.get_mut(&goods.article) {
                article.given = article.given.saturating_sub(goods.count);
            }
        }
    }

    pub(super) fn close(&mut self, seq: Seq, closed: &DriveClosed) {
        if let Some(drive) = self.by_id.get_mut(&closed.drive) {
            drive.closed = Some((seq, closed.clone()));
        }
    }

    #[must_use]
    pub fn drive(&self, id: &DriveId) -> Option<&Drive> {
        self.by_id.get(id)
    }

    pub fn drives(&self) -> impl Iterator<Item = (&DriveId, &Drive)> {
        self.by_id.iter()
    }

    /// The drive whose money is in that fund or project, open or closed.
    #[must_use]
    pub fn of_fund(&self, fund: &FundId) -> Option<(&DriveId, &Drive)> {
        self.by_id.iter().find(|(_, drive)| drive.opened.fund == *fund)
    }
}
