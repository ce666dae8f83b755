//! 税务代收对账表 What the tax bureau or the treasury says it collected, beside what came into the book:
//! payer by payer, each difference by its name.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Month;
use crate::event::allocation::Channel;
use crate::ids::{PayerId, TaxListId};
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct TaxReconciliation {
    pub heading: Heading,
    /// The lists of the period, each with the total that it says.
    pub lists: Vec<Listed>,
    pub lines: Vec<Line>,
    pub listed: Money,
    pub booked: Money,
    /// How many payers differ.
    pub differences: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Listed {
    pub list: TaxListId,
    pub channel: Channel,
    pub month: Month,
    pub payers: u32,
    pub total: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub month: Month,
    pub channel: Channel,
    /// None for what was booked without saying whose it is.
    pub payer: Option<PayerId>,
    /// Whether the payer is registered.
    pub known: bool,
    pub listed: Money,
    pub booked: Money,
    /// Booked less listed.
    pub difference: Money,
    pub finding: Finding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Finding {
    /// 相符
    Agrees,
    /// 清单有、账上无
    OnlyListed,
    /// 账上有、清单无
    OnlyBooked,
    /// 金额不符
    OtherAmount,
}

#[derive(Default)]
struct Pair {
    listed: Money,
    booked: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> TaxReconciliation {
    let lists = state.payers.tax_lists().filter(|(_, list)| period.contains(list.month));
    let lists: Vec<_> = lists.collect();
    let mut pairs: BTreeMap<(Month, Channel, Option<&PayerId>), Pair> = BTreeMap::new();
    for (_, list) in &lists {
        for (payer, amount) in &list.lines {
            let pair = pairs.entry((list.month, list.channel, Some(payer))).or_default();
            pair.listed = pair.listed.plus(*amount);
        }
    }
    let compared: BTreeSet<(Month, Channel)> =
        lists.iter().map(|(_, list)| (list.month, list.channel)).collect();
    for (_, f) in state.allocation.collected().filter(|(_, f)| period.contains(f.month)) {
        // Whoever pays another way stands on no list, and is no difference.
        if compared.contains(&(f.month, f.channel)) {
            let pair = pairs.entry((f.month, f.channel, f.payer.as_ref())).or_default();
            pair.booked = pair.booked.plus(f.covers());
        }
    }
    let line = |((month, channel, payer), pair): ((Month, Channel, Option<&PayerId>), Pair)| Line {
        month,
        channel,
        payer: payer.cloned(),
        known: payer.is_some_and(|payer| state.payers.payer(payer).is_some()),
        listed: pair.listed,
        booked: pair.booked,
        difference: pair.booked.minus(pair.listed),
        finding: pair.finding(),
    };
    let lines: Vec<Line> = pairs.into_iter().map(line).collect();
    let count = |found: usize| u32::try_from(found).unwrap_or(u32::MAX);
    TaxReconciliation {
        heading: Books { state, chart }.heading(
            Words::new("税务代收对账表", "Reconciliation with the tax bureau"),
            "",
            period,
        ),
        lists: lists
            .iter()
            .map(|(id, list)| Listed {
                list: (*id).clone(),
                channel: list.channel,
                month: list.month,
                payers: count(list.lines.len()),
                total: list.total,
            })
            .collect(),
        listed: Money::sum(lines.iter().map(|line| line.listed)),
        booked: Money::sum(lines.iter().map(|line| line.booked)),
        differences: count(lines.iter().filter(|l| l.finding != Finding::Agrees).count()),
        lines,
    }
}

impl Pair {
    fn finding(&self) -> Finding {
        if self.listed == self.booked {
            Finding::Agrees
        } else if self.booked.is_zero() {
            Finding::OnlyListed
        } else if self.listed.is_zero() {
            Finding::OnlyBooked
        } else {
            Finding::OtherAmount
        }
    }
}
