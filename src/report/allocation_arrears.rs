//! 拨缴经费欠缴情况表 Who is in arrears with the two per cent, for which months, and what was done about it.

use schemars::JsonSchema;
use serde::Serialize;

use super::allocation::known_months;
use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::{Day, Month};
use crate::event::payer::Stage;
use crate::ids::{DemandId, PayerId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::payers::Case;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AllocationArrears {
    pub heading: Heading,
    pub lines: Vec<Line>,
    /// Every demand for months of the period, those that have ended too.
    pub demands: Vec<DemandLine>,
    pub due: Money,
    pub received: Money,
    pub arrears: Money,
}

/// A payer in arrears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// None for the one employer of a grassroots union.
    pub payer: Option<PayerId>,
    /// 欠缴月份
    pub months: Vec<Month>,
    /// Of these months.
    pub due: Money,
    pub received: Money,
    pub arrears: Money,
    /// The demands that are open for them, and how far each has come.
    pub demands: Vec<DemandId>,
    pub stage: Option<Words>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DemandLine {
    pub demand: DemandId,
    pub payer: Option<PayerId>,
    pub first: Month,
    pub last: Month,
    pub principal: Money,
    /// What came in for its months since it was issued.
    pub paid: Money,
    pub due_by: Day,
    pub stage: Words,
    /// The day of the stage.
    pub since: Day,
    /// 滞纳金
    pub fee: Option<Money>,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> AllocationArrears {
    let payers = state.payers.payers().map(|(id, _)| Some(id));
    let lines: Vec<Line> =
        std::iter::once(None).chain(payers).filter_map(|p| line(state, p, period)).collect();
    let demands = state.payers.cases().filter(|(_, case)| concerns(case, period));
    let sum = |of: fn(&Line) -> Money| Money::sum(lines.iter().map(of));
    AllocationArrears {
        heading: Books { state, chart }.heading(
            Words::new("拨缴经费欠缴情况表", "Arrears of the allocation"),
            "",
            period,
        ),
        due: sum(|line| line.due),
        received: sum(|line| line.received),
        arrears: sum(|line| line.arrears),
        demands: demands.map(|(id, case)| demand(state, id, case)).collect(),
        lines,
    }
}

fn line(state: &State, payer: Option<&PayerId>, period: Period) -> Option<Line> {
    let behind = |month: &Month| {
        // What is owed stays owed: of whatever month, up to the end of the period.
        period.last().is_none_or(|last| *month <= last)
            && state.allocation_arrears(payer, *month, *month).is_positive()
    };
    let months: Vec<Month> = known_months(state, payer).into_iter().filter(behind).collect();
    if months.is_empty() {
        return None;
    }
    let sum = |of: &dyn Fn(Month) -> Money| Money::sum(months.iter().map(|month| of(*month)));
    let open = state.payers.cases().filter(|(_, case)| !case.has_ended());
    let open: Vec<_> =
        open.filter(|(_, case)| months.iter().any(|month| case.is_for(payer, *month))).collect();
    let furthest = open.iter().map(|(_, case)| case.stage()).max();
    Some(Line {
        payer: payer.cloned(),
        due: sum(&|month| state.allocation_due(payer, month).unwrap_or_default()),
        received: sum(&|month| state.allocation.received_for(payer, month)),
        arrears: sum(&|month| state.allocation_arrears(payer, month, month)),
        months,
        demands: open.iter().map(|(id, _)| (*id).clone()).collect(),
        stage: furthest.map(stage),
    })
}

fn concerns(case: &Case, period: Period) -> bool {
    let (first, last) = (case.demand.first, case.demand.last);
    first.through(last).any(|month| period.contains(month))
}

fn demand(state: &State, id: &DemandId, case: &Case) -> DemandLine {
    let crate::event::payer::Demand { payer, first, last, principal, due_by, .. } =
        case.demand.clone();
    let now = state.allocation_received(payer.as_ref(), first, last);
    DemandLine {
        demand: id.clone(),
        payer,
        first,
        last,
        principal,
        paid: now.minus(case.received_before),
        due_by,
        stage: stage(case.stage()),
        since: case.last_day(),
        fee: case.fee(),
    }
}

fn stage(of: Option<Stage>) -> Words {
    let [zh, en] = crate::lang::Lang::ALL.map(|lang| Stage::title(of, lang));
    Words::new(zh, en)
}
