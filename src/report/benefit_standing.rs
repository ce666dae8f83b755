//! 个人福利台账 Who got what of each item in a year, against what the schedule allows.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::benefits::{ItemName, in_order, item_name};
use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::FiscalYear;
use crate::event::book::Per;
use crate::event::welfare::Beneficiary;
use crate::ids::{MemberId, WelfareItemId};
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BenefitStanding {
    pub heading: Heading,
    /// The period's last year, else the year of the last thing that is given.
    pub year: Option<i32>,
    /// By person, then item.
    pub lines: Vec<Line>,
    pub total: Money,
    /// 走访慰问品 By person: goods out of stock stand under no item of their own, and count by the item of the
    /// list that the same visit brought a share of.
    pub goods: Vec<GoodsLine>,
    pub goods_total: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GoodsLine {
    pub to: Beneficiary,
    pub visits: u32,
    pub worth: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub to: Beneficiary,
    #[serde(flatten)]
    pub of: ItemName,
    /// 次数
    pub times: u32,
    /// 已发 Paid, and not left.
    pub got: Money,
    /// 已申请未付
    pub asked: Money,
    /// 年度标准 By the last schedule of the year; none where there is none by the year.
    pub cap: Option<Money>,
    /// 余额 Below nothing where more was given than the schedule allows now.
    pub left: Option<Money>,
}

impl BenefitStanding {
    /// Whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<Beneficiary> {
        let goods = self.goods.iter().map(|line| &line.to);
        self.lines.iter().map(|line| &line.to).chain(goods).cloned().collect()
    }
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period, of: Option<&str>) -> BenefitStanding {
    let title = Words::new("个人福利台账", "Benefits of each person");
    let heading = Books { state, chart }.heading(title, "", period);
    let visited = state.visits.visits().map(|visit| visit.date.year());
    let last = state.welfare.lists().map(|(_, list)| list.on.year()).chain(visited).max();
    let Some(year) = period.last().map(crate::date::Month::year).or(last) else {
        return BenefitStanding {
            heading,
            year: None,
            lines: Vec::new(),
            total: Money::ZERO,
            goods: Vec::new(),
            goods_total: Money::ZERO,
        };
    };
    let member = of.and_then(|of| MemberId::parse(of).ok()).map(Beneficiary::Member);
    // A number that is both a member's and an item's is the member's.
    let member =
        member.filter(|to| to.member().is_some_and(|id| state.members.member(id).is_some()));
    let item = of.filter(|_| member.is_none()).and_then(|of| WelfareItemId::parse(of).ok());
    let people: BTreeSet<Beneficiary> = if let Some(member) = member {
        BTreeSet::from([member])
    } else {
        let visited = state.visits.visits().map(|visit| &visit.to);
        state.welfare.people().chain(visited).map(|to| state.person(to)).collect()
    };
    let mut people: Vec<Beneficiary> = people.into_iter().collect();
    people.sort_by_cached_key(in_order);
    let lines: Vec<Line> = people.iter().flat_map(|to| lines(state, to, year)).collect();
    let lines: Vec<Line> = lines
        .into_iter()
        .filter(|line| item.as_ref().is_none_or(|item| line.of.item == *item))
        .collect();
    let total = Money::sum(lines.iter().map(|line| line.got));
    // Who asks for one item is not told of what has none.
    let of_all = people.iter().filter(|_| item.is_none());
    let goods: Vec<GoodsLine> = of_all.filter_map(|to| goods(state, to, year)).collect();
    let goods_total = Money::sum(goods.iter().map(|line| line.worth));
    BenefitStanding { heading, year: Some(year.0), lines, total, goods, goods_total }
}

fn goods(state: &State, to: &Beneficiary, year: FiscalYear) -> Option<GoodsLine> {
    let names = state.names_of(to);
    let of_year = state.visits.with_goods(&names).filter(|(visit, _)| visit.date.year() == year);
    let mut line = GoodsLine { to: to.clone(), visits: 0, worth: Money::ZERO };
    for (visit, _) in of_year {
        line.visits = line.visits.saturating_add(1);
        line.worth = line.worth.plus(visit.cost);
    }
    (line.visits > 0).then_some(line)
}

fn lines(state: &State, to: &Beneficiary, year: FiscalYear) -> Vec<Line> {
    let mut items: BTreeMap<&WelfareItemId, (u32, Money, Money)> = BTreeMap::new();
    for given in state.given(to).filter(|given| given.list.on.year() == year) {
        let (times, got, asked) = items.entry(&given.list.item).or_default();
        *times = times.saturating_add(given.got.times);
        let sum = if given.paid.is_some() { got } else { asked };
        *sum = sum.plus(given.got.amount);
    }
    let schedule = state.offices.benefit_schedule(year.last_month().last_day());
    let line = |(item, (times, got, asked)): (&WelfareItemId, (u32, Money, Money))| {
        let mut of_year = schedule.iter().filter(|line| line.per == Per::PersonYear);
        let cap = of_year.find(|line| line.item == *item).map(|line| line.amount);
        let left = cap.map(|cap| cap.minus(got).minus(asked));
        Line { to: to.clone(), of: item_name(state, item), times, got, asked, cap, left }
    };
    items.into_iter().map(line).collect()
}
