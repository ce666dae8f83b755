//! 会费收缴率 How much of the dues came in: by group, by month, and of the whole union.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::annual_report::so_far;
use super::books::Books;
use super::dues::group_of;
use super::{Heading, Period, Rate, Words};
use crate::chart::Chart;
use crate::date::Month;
use crate::ids::GroupId;
use crate::money::Money;
use crate::projection::State;
use crate::projection::dues::Owed;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Collection {
    pub heading: Heading,
    /// Up to the last month in which anything was posted: dues of those to come are owed by nobody yet.
    pub months: Vec<Month>,
    /// One line a group 工会小组, by its id; a member counts in the group of each month's end.
    pub groups: Vec<Line>,
    /// 全会
    pub total: Line,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// None for members who are in no group, and for the whole union.
    pub group: Option<GroupId>,
    pub name: Option<String>,
    /// In the order of the report's months.
    pub months: Vec<Collected>,
    pub total: Collected,
}

/// What was due for a month or for all of them, and what came in for it by now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Collected {
    /// 应缴
    pub due: Money,
    /// 减免
    pub waived: Money,
    /// 实缴
    pub received: Money,
    /// 欠缴
    pub arrears: Money,
    /// 收缴率 The part of what is due and not waived that is not in arrears; none of nothing.
    pub rate: Option<Rate>,
}

impl Collected {
    pub(in crate::report) fn plus(self, other: Collected) -> Collected {
        Collected {
            due: self.due.plus(other.due),
            waived: self.waived.plus(other.waived),
            received: self.received.plus(other.received),
            arrears: self.arrears.plus(other.arrears),
            rate: None,
        }
    }

    pub(in crate::report) fn rated(self) -> Collected {
        let asked_for = self.due.minus(self.waived);
        Collected { rate: Rate::of(asked_for.minus(self.arrears), asked_for), ..self }
    }
}

type Sums = BTreeMap<Month, Collected>;

impl Collection {
    /// 会费截至 The last month that is counted.
    #[must_use]
    pub fn through(&self) -> Option<Month> {
        self.months.last().copied()
    }
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Collection {
    let books = Books { state, chart };
    let months = books.months(so_far(books, period));
    let mut groups: BTreeMap<Option<GroupId>, Sums> =
        state.members.groups().map(|(group, _)| (Some(group.clone()), Sums::new())).collect();
    let mut total = Sums::new();
    for (id, member) in state.members.members() {
        for month in &months {
            let received = member.paid_for(*month);
            if !member.owes_in(*month) && received.is_zero() {
                continue;
            }
            let owed = state.dues_owed(id, *month).unwrap_or_default();
            let (Owed { due, waived, .. }, arrears) = (owed, owed.arrears());
            let one = Collected { due, waived, received, arrears, rate: None };
            let group = groups.entry(group_of(member, *month)).or_default();
            for sums in [group, &mut total] {
                let sum = sums.entry(*month).or_default();
                *sum = sum.plus(one);
            }
        }
    }
    let line = |group: Option<GroupId>, sums: &Sums| {
        let name = group.as_ref().and_then(|group| state.members.group(group));
        let of_month = |month: &Month| sums.get(month).copied().unwrap_or_default().rated();
        Line {
            name: name.map(|name| name.as_str().to_owned()),
            group,
            months: months.iter().map(of_month).collect(),
            total: sums.values().copied().fold(Collected::default(), Collected::plus).rated(),
        }
    };
    Collection {
        heading: books.heading(Words::new("会费收缴率", "Dues collected"), "", period),
        groups: groups.iter().map(|(group, sums)| line(group.clone(), sums)).collect(),
        total: line(None, &total),
        months: months.clone(),
    }
}
