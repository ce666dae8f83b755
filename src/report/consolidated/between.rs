//! 往来核对 What unions of two levels say of the same money: what the lower one sent up against what
//! the upper one says came, and what was passed or granted down the other way round.
//!
//! Money that moves is compared by the day on which it moved, a subsidy as it was booked, accruals
//! included. What was on its way at the end of the months is a difference that the next months undo.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::{Figures, Own, Union, Unit};
use crate::chart::{Chart, Use};
use crate::date::Month;
use crate::event::accrual::AccrualKind;
use crate::event::allocation::{Channel, PassdownKind};
use crate::event::disbursement::Payee;
use crate::event::payer::PayerKind;
use crate::ids::PayerId;
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::Kind;
use crate::report::Period;

/// What a book says of the union above it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Above {
    /// 已上解
    pub remitted: Money,
    /// 收到上级转拨
    pub passed_down: Money,
    /// 上级补助收入
    pub subsidy: Money,
}

/// What a book says of one lower union.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Below {
    pub unit: PayerId,
    pub name: String,
    /// 收到下级上缴
    pub remitted: Money,
    /// 已转拨
    pub passed_down: Money,
    /// 补助下级支出
    pub subsidy: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flow {
    /// 上解
    Remittance,
    /// 转拨
    Passdown,
    /// 补助
    Subsidy,
}

impl Flow {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Flow::Remittance => ("上解", "sent up"),
            Flow::Passdown => ("转拨", "passed down"),
            Flow::Subsidy => ("补助", "subsidy"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Between {
    /// The book of the upper union.
    pub upper: String,
    /// The lower union as the upper one's book names it.
    pub unit: PayerId,
    pub name: String,
    /// Its book; none where no bundle of it counts.
    pub lower: Option<String>,
    pub flow: Flow,
    /// As the upper one's book says.
    pub of_upper: Money,
    /// As the lower one's book says.
    pub of_lower: Option<Money>,
    /// 差额: of the lower one less the upper one.
    pub difference: Option<Money>,
}

/// The unions that count and the units that should.
#[derive(Clone, Copy)]
pub(super) struct Known<'a> {
    pub(super) unions: &'a [Union],
    pub(super) units: &'a [Unit],
}

impl<'a> Known<'a> {
    /// The union whose book that unit keeps.
    pub(super) fn of_unit(self, unit: &Unit) -> Option<&'a Union> {
        match &unit.origin {
            Some(origin) => self.unions.iter().find(|union| union.origin == *origin),
            None => self.named(&unit.name),
        }
    }

    /// The one union of that name; none where two have it.
    fn named(self, name: &str) -> Option<&'a Union> {
        let mut found = self.unions.iter().filter(|union| union.organisation == name);
        let first = found.next();
        first.filter(|_| found.next().is_none())
    }

    /// The list of units is about the payers of the superior's own book alone.
    fn of(self, below: &Below, is_own: bool) -> Option<&'a Union> {
        let unit = self.units.iter().find(|unit| is_own && unit.unit == below.unit);
        unit.map_or_else(|| self.named(&below.name), |unit| self.of_unit(unit))
    }
}

pub(super) fn above(state: &State, chart: &Chart, period: Period) -> Above {
    let within = |month: Month| period.contains(month);
    let remitted = state.allocation.remitted().filter(|f| within(f.date.month()));
    let passed_down = state.allocation.collected().map(|(_, f)| f);
    let passed_down = passed_down
        .filter(|f| f.channel == Channel::PassedDown && within(f.date.month()))
        .map(|f| f.amount);
    let subsidy = state.accounts.turnovers().filter(|posted| {
        let granted = [Use::SubsidyGeneral, Use::SubsidyEarmarked];
        granted.iter().any(|of| chart.is_for(posted.account, *of))
            && posted.kind == Kind::Ordinary
            && within(posted.month)
    });
    Above {
        remitted: Money::sum(remitted.map(|f| f.amount)),
        passed_down: Money::sum(passed_down),
        subsidy: Money::sum(subsidy.map(|posted| posted.turnover.balance().negated())),
    }
}

pub(super) fn below(state: &State, chart: &Chart, period: Period) -> Vec<Below> {
    let lower = state.payers.payers().filter(|(_, payer)| payer.kind == PayerKind::LowerUnion);
    let books = Book { state, chart, period };
    let of = |(unit, payer): (&PayerId, &crate::projection::payers::Payer)| Below {
        unit: unit.clone(),
        name: payer.name.as_str().to_owned(),
        remitted: books.received_from(unit),
        passed_down: books.passed_down_to(unit),
        subsidy: books.granted_to(unit, payer.name.as_str()),
    };
    lower.map(of).collect()
}

#[derive(Clone, Copy)]
struct Book<'a> {
    state: &'a State,
    chart: &'a Chart,
    period: Period,
}

impl Book<'_> {
    /// What came from a lower union, what settled its accrued debt included.
    fn received_from(self, unit: &PayerId) -> Money {
        let allocation = &self.state.allocation;
        let collected = allocation.collected().map(|(_, f)| f).filter(|f| {
            f.channel == Channel::LowerRemittance
                && f.payer.as_ref() == Some(unit)
                && self.period.contains(f.date.month())
        });
        let settled = allocation.accrual_settlements().map(|(_, f)| f).filter(|f| {
            let of = allocation.accrual(f.accrual).and_then(|of| of.counterparty.as_ref());
            f.kind == AccrualKind::LowerAllocation
                && of == Some(unit)
                && self.period.contains(f.date.month())
        });
        Money::sum(collected.map(|f| f.amount).chain(settled.map(|f| f.amount)))
    }

    fn passed_down_to(self, unit: &PayerId) -> Money {
        let paid = self.state.allocation.passed_down().filter(|f| {
            f.to == *unit
                && f.kind == PassdownKind::Passdown
                && self.period.contains(f.date.month())
        });
        Money::sum(paid.map(|f| f.amount))
    }

    /// What was spent on 508 for a lower union: accrued, or paid to it by its name.
    fn granted_to(self, unit: &PayerId, name: &str) -> Money {
        let accrued = self.state.allocation.accruals().map(|(_, f)| f).filter(|f| {
            let granted = match f.kind {
                AccrualKind::LowerSubsidyGeneral | AccrualKind::LowerSubsidyEarmarked => true,
                AccrualKind::SuperiorSubsidyGeneral
                | AccrualKind::SuperiorSubsidyEarmarked
                | AccrualKind::SuperiorPassdown
                | AccrualKind::LowerAllocation => false,
            };
            granted && f.counterparty.as_ref() == Some(unit) && self.period.contains(f.date.month())
        });
        let paid = self.state.disbursements.payments().map(|(_, payment)| payment).filter(|p| {
            let is_subsidy = [Use::LowerSubsidyGeneral, Use::LowerSubsidyEarmarked]
                .iter()
                .any(|of| self.chart.is_for(&p.paid.account, *of));
            let to_it = p.behind.as_ref().is_some_and(|behind| {
                matches!(&behind.disbursement.request.payee,
                    Payee::Organisation(payee) if payee.as_str() == name)
            });
            is_subsidy && to_it && self.period.contains(p.paid.date.month())
        });
        Money::sum(accrued.map(|f| f.amount).chain(paid.map(|p| p.paid.amount)))
    }
}

/// Both sides of everything that any book here says of a lower union, and that is not nil on both.
pub(super) fn lines(
    known: Known<'_>,
    all: &BTreeMap<String, Box<Figures>>,
    own: Option<&Own>,
) -> Vec<Between> {
    let own_origin = own.map(|own| own.origin.as_str());
    // Where its own bundle is among the others, that one speaks for it.
    let own = own.filter(|own| !all.contains_key(&own.origin));
    let uppers = all.iter().map(|(origin, figures)| (origin, figures.as_ref()));
    let uppers = own.map(|own| (&own.origin, own.figures.as_ref())).into_iter().chain(uppers);
    let mut lines = Vec::new();
    for (upper, figures) in uppers {
        let is_own = own_origin == Some(upper.as_str());
        for below in &figures.below {
            let lower = known.of(below, is_own).filter(|lower| lower.origin != *upper);
            let above = lower.and_then(|lower| all.get(&lower.origin)).map(|found| found.above);
            let sides = [
                (Flow::Remittance, below.remitted, above.map(|above| above.remitted)),
                (Flow::Passdown, below.passed_down, above.map(|above| above.passed_down)),
                (Flow::Subsidy, below.subsidy, above.map(|above| above.subsidy)),
            ];
            for (flow, of_upper, of_lower) in sides {
                if of_upper.is_zero() && of_lower.is_none_or(Money::is_zero) {
                    continue;
                }
                lines.push(Between {
                    upper: upper.clone(),
                    unit: below.unit.clone(),
                    name: below.name.clone(),
                    lower: lower.map(|lower| lower.origin.clone()),
                    flow,
                    of_upper,
                    of_lower,
                    difference: of_lower.map(|of_lower| of_lower.minus(of_upper)),
                });
            }
        }
    }
    lines
}
