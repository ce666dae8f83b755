//! 慰问登记 Visits: to whom, why, who went, and what they brought.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::visit::{Occasion, Visit};
use crate::event::welfare::{Beneficiary, Form};
use crate::ids::{DisbursementId, OfficerId, Seq, VisitId};
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct VisitRegister {
    pub heading: Heading,
    /// By day.
    pub lines: Vec<Line>,
    /// 按事由
    pub occasions: Vec<OccasionLine>,
    pub total: Totals,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub visit: VisitId,
    pub date: Day,
    pub occasion: Occasion,
    /// By number.
    pub to: Beneficiary,
    /// 户内人数
    pub people: u32,
    pub went: Vec<OfficerId>,
    /// 慰问金
    pub money: Money,
    /// 慰问品
    pub goods: Money,
    pub disbursement: Option<DisbursementId>,
    /// The record by which the goods left the stock.
    pub issue: Option<Seq>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OccasionLine {
    pub occasion: Occasion,
    #[serde(flatten)]
    pub totals: Totals,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Totals {
    pub visits: u32,
    /// 户数 Each household once.
    pub households: u32,
    pub people: u32,
    pub money: Money,
    pub goods: Money,
    pub value: Money,
}

impl VisitRegister {
    /// Whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<Beneficiary> {
        self.lines.iter().map(|line| line.to.clone()).collect()
    }
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> VisitRegister {
    let visits = state.visits.visits().filter(|visit| period.contains(visit.date.month()));
    let mut lines: Vec<Line> = visits.map(|visit| line(state, visit)).collect();
    lines.sort_by(|one, other| (one.date, &one.visit).cmp(&(other.date, &other.visit)));
    let mut by_occasion: BTreeMap<Occasion, Vec<&Line>> = BTreeMap::new();
    for line in &lines {
        by_occasion.entry(line.occasion).or_default().push(line);
    }
    let occasions = by_occasion
        .into_iter()
        .map(|(occasion, lines)| OccasionLine { occasion, totals: totals(state, &lines) });
    VisitRegister {
        heading: Books { state, chart }.heading(
            Words::new("慰问登记", "Register of visits"),
            "",
            period,
        ),
        occasions: occasions.collect(),
        total: totals(state, &lines.iter().collect::<Vec<_>>()),
        lines,
    }
}

/// What was bought for those on a list is goods, as what left the stock is.
fn line(state: &State, visit: &Visit) -> Line {
    let list = visit.disbursement.as_ref().and_then(|id| state.welfare.list_of(id));
    let (money, bought) = match list.map(|list| list.form) {
        Some(Form::Goods) => (Money::ZERO, visit.share),
        Some(Form::Money) | None => (visit.share, Money::ZERO),
    };
    Line {
        visit: visit.visit.clone(),
        date: visit.date,
        occasion: visit.occasion,
        to: visit.to.clone(),
        people: visit.people,
        went: visit.went.clone(),
        money,
        goods: visit.cost.plus(bought),
        disbursement: visit.disbursement.clone(),
        issue: visit.goods.map(|goods| goods.issue),
    }
}

fn totals(state: &State, lines: &[&Line]) -> Totals {
    let households: BTreeSet<Beneficiary> =
        lines.iter().map(|line| state.person(&line.to)).collect();
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let money = Money::sum(lines.iter().map(|line| line.money));
    let goods = Money::sum(lines.iter().map(|line| line.goods));
    Totals {
        visits: count(lines.len()),
        households: count(households.len()),
        people: lines.iter().fold(0, |sum, line| sum.saturating_add(line.people)),
        money,
        goods,
        value: money.plus(goods),
    }
}
