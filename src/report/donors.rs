//! 捐款公示 What was given: the sums with what they are for and how many gave, the goods with their
//! count, and what was given into custody; and of each drive who gave, by number and never by name.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::Ledger;
use super::books::Books;
use super::{Heading, Period, Words};
use crate::date::Day;
use crate::event::asset::HowReceived;
use crate::event::drive::Donor;
use crate::event::{Fact, Recorded, VoucherNumber};
use crate::ids::{DriveId, FundId, Seq};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::projection::drives::{Drive, Received};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Donors {
    pub heading: Heading,
    /// 捐款 that became the union's own fund, in the order of their records.
    pub sums: Vec<Sum>,
    pub sums_total: Money,
    /// 捐款人次 How many gave; whoever gave twice is counted twice.
    pub donors_total: u32,
    /// 捐赠物品 and assets.
    pub goods: Vec<Goods>,
    pub goods_total: Money,
    /// 代管款 Money that was given into custody for a stated project.
    pub held: Vec<Held>,
    pub held_total: Money,
    /// 捐款名册 Who gave to each drive, or to the one that was asked for: by number, or as an organisation.
    pub lists: Vec<List>,
}

/// 募捐 The list of one drive, to be posted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct List {
    pub drive: DriveId,
    pub name: String,
    pub gifts: Vec<Gift>,
    /// 捐款人次
    pub people: u32,
    pub total: Money,
    pub goods: Vec<GoodsOfDrive>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Gift {
    pub donor: Donor,
    pub seq: Seq,
    pub voucher: Option<VoucherNumber>,
    pub date: Day,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GoodsOfDrive {
    pub donor: Donor,
    pub seq: Seq,
    pub date: Day,
    /// 品名
    pub name: String,
    pub count: u32,
    pub unit: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Sum {
    pub seq: Seq,
    pub voucher: Option<VoucherNumber>,
    pub date: Day,
    pub fund: FundId,
    pub fund_name: String,
    /// 捐款事由
    pub purpose: String,
    /// 捐款人数
    pub donors: u32,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Goods {
    pub seq: Seq,
    pub voucher: Option<VoucherNumber>,
    pub date: Day,
    /// 品名
    pub what: Words,
    /// 数量 None of an asset, which has a card of its own.
    pub quantity: Option<u32>,
    /// 单位
    pub unit: String,
    /// 价值
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Held {
    pub seq: Seq,
    pub voucher: Option<VoucherNumber>,
    pub date: Day,
    pub project: FundId,
    pub project_name: String,
    pub amount: Money,
}

#[must_use]
pub fn report(ledger: Ledger<'_>, period: Period, of: Option<&str>) -> Donors {
    let Ledger { state, chart, records } = ledger;
    let heading = Words::new("捐款公示", "Donations");
    let mut report = Donors {
        heading: Books { state, chart }.heading(heading, "", period),
        sums: Vec::new(),
        sums_total: Money::ZERO,
        donors_total: 0,
        goods: Vec::new(),
        goods_total: Money::ZERO,
        held: Vec::new(),
        held_total: Money::ZERO,
        lists: Vec::new(),
    };
    let drives = state.drives.drives().map(|(_, drive)| drive);
    let wanted: Vec<&Drive> =
        drives.filter(|drive| of.is_none_or(|of| drive.opened.drive.as_str() == of)).collect();
    let mut numbers = BTreeMap::new();
    records.each(&mut |record: &Recorded| {
        let within = record.fact.date().is_some_and(|date| period.contains(date.month()));
        if within && state.periods.reversal_of(record.seq).is_none() {
            numbers.extend(record.voucher.as_ref().map(|voucher| (record.seq, voucher.number)));
            if of.is_none() || wanted.iter().any(|drive| is_for(drive, record)) {
                report.take(state, record);
            }
        }
    });
    let lists = wanted.into_iter().map(|drive| List::of(drive, period, &numbers));
    let some =
        lists.filter(|list| of.is_some() || !list.gifts.is_empty() || !list.goods.is_empty());
    report.lists = some.collect();
    report.sums_total = Money::sum(report.sums.iter().map(|line| line.amount));
    report.donors_total = report.sums.iter().map(|line| line.donors).fold(0, u32::saturating_add);
    report.goods_total = Money::sum(report.goods.iter().map(|line| line.amount));
    report.held_total = Money::sum(report.held.iter().map(|line| line.amount));
    report
}

/// Whether a receipt went into the fund or project of that drive.
fn is_for(drive: &Drive, record: &Recorded) -> bool {
    let fund = &drive.opened.fund;
    let donation = matches!(&record.fact, Fact::DonationReceived(f) if f.fund == *fund);
    let custodial = matches!(&record.fact, Fact::CustodialReceived(f) if f.project == *fund);
    donation || custodial
}

impl List {
    fn of(drive: &Drive, period: Period, numbers: &BTreeMap<Seq, VoucherNumber>) -> List {
        let gifts = drive.gifts().filter(|received| period.contains(received.on.month()));
        let gifts = gifts.map(|Received { receipt, on, gift }| Gift {
            donor: gift.donor.clone(),
            seq: receipt,
            voucher: numbers.get(&receipt).copied(),
            date: on,
            amount: gift.amount,
        });
        let gifts: Vec<Gift> = gifts.collect();
        let goods = drive.received.iter().filter(|(_, goods)| period.contains(goods.on.month()));
        let goods = goods.map(|(seq, goods)| GoodsOfDrive {
            donor: goods.donor.clone(),
            seq: *seq,
            date: goods.on,
            name: goods.name.as_str().to_owned(),
            count: goods.count,
            unit: goods.unit.as_str().to_owned(),
        });
        List {
            drive: drive.opened.drive.clone(),
            name: drive.opened.name.as_str().to_owned(),
            people: gifts.iter().map(|gift| gift.donor.count()).fold(0, u32::saturating_add),
            total: Money::sum(gifts.iter().map(|gift| gift.amount)),
            goods: goods.collect(),
            gifts,
        }
    }
}

impl Donors {
    fn take(&mut self, state: &State, record: &Recorded) {
        let (seq, voucher) = (record.seq, record.voucher.as_ref().map(|voucher| voucher.number));
        if let Fact::DonationReceived(f) = &record.fact {
            let fund = state.funds.fund(&f.fund);
            self.sums.push(Sum {
                seq,
                voucher,
                date: f.date,
                fund: f.fund.clone(),
                fund_name: fund.map(|fund| fund.name.as_str().to_owned()).unwrap_or_default(),
                purpose: f.purpose.as_str().to_owned(),
                donors: f.donors,
                amount: f.amount,
            });
        } else if let Fact::SuppliesReceived(f) = &record.fact {
            let card = state.supplies.item(&f.item).map(|item| &item.card);
            let name = card.map_or_else(String::new, |card| card.name.as_str().to_owned());
            self.goods.push(Goods {
                seq,
                voucher,
                date: f.date,
                what: Words::new(&name, &name),
                quantity: Some(f.quantity),
                unit: card.map(|card| card.unit.as_str().to_owned()).unwrap_or_default(),
                amount: f.amount,
            });
        } else if let Fact::AssetReceived(f) = &record.fact
            && f.how == HowReceived::Donated
        {
            let class = f.class.class();
            self.goods.push(Goods {
                seq,
                voucher,
                date: f.date,
                what: Words::new(class.title(Lang::Zh), class.title(Lang::En)),
                quantity: None,
                unit: String::new(),
                amount: f.amount,
            });
        } else if let Fact::CustodialReceived(f) = &record.fact {
            let project = state.custody.project(&f.project);
            let name = project.map(|project| project.name.as_str().to_owned());
            self.held.push(Held {
                seq,
                voucher,
                date: f.date,
                project: f.project.clone(),
                project_name: name.unwrap_or_default(),
                amount: f.amount,
            });
        }
    }
}
