//! 会费收缴情况表 Dues: who owed, who paid, what is in arrears, by group and in all. Members are
//! numbers here; names are not in the book.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Rate, Words};
use crate::chart::Chart;
use crate::date::Month;
use crate::ids::{GroupId, MemberId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::dues::Owed;
use crate::projection::members::Member;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Dues {
    pub heading: Heading,
    /// One line a group 工会小组, by its id; a member counts in the group of each month's end.
    pub lines: Vec<Line>,
    pub total: Collected,
    /// 欠缴明细, by member.
    pub arrears: Vec<Arrears>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// None for members who are in no group.
    pub group: Option<GroupId>,
    pub name: Option<String>,
    #[serde(flatten)]
    pub collected: Collected,
}

/// What is due for the months of the period, and what was paid for them by now.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Collected {
    /// 应缴人数 Members who owe anything for one of the months.
    pub members: u32,
    /// 缴清人数 Of them, those who owe nothing more.
    pub members_in_full: u32,
    /// 应缴
    pub due: Money,
    /// 减免
    pub waived: Money,
    /// 实缴, for these months and whenever it came in.
    pub received: Money,
    /// 欠缴, month by month; what is paid too much for one month does not cover another.
    pub arrears: Money,
    /// 收缴率 The part of what is due and not waived that is not in arrears, by amount.
    pub collection_rate: Option<Rate>,
    /// 缴清率 The part of the members who have paid in full.
    pub full_payment_rate: Option<Rate>,
    /// Months of members for which no base or no rate is set, so that nothing can be said.
    pub months_not_assessed: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Arrears {
    pub member: MemberId,
    /// The group at the end of the last month in arrears.
    pub group: Option<GroupId>,
    pub months: Vec<MonthInArrears>,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthInArrears {
    pub month: Month,
    pub due: Money,
    pub waived: Money,
    pub paid: Money,
    pub arrears: Money,
}

impl MonthInArrears {
    /// None where nothing is owed any more.
    pub(super) fn of(month: Month, owed: Owed) -> Option<MonthInArrears> {
        let (Owed { due, waived, paid }, arrears) = (owed, owed.arrears());
        let line = MonthInArrears { month, due, waived, paid, arrears };
        arrears.is_positive().then_some(line)
    }
}

impl Dues {
    /// The members whom it names.
    #[must_use]
    pub fn members(&self) -> BTreeSet<MemberId> {
        self.arrears.iter().map(|line| line.member.clone()).collect()
    }
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Dues {
    let books = Books { state, chart };
    let months = books.months(period);
    let mut groups: BTreeMap<Option<GroupId>, Tally> =
        state.members.groups().map(|(group, _)| (Some(group.clone()), Tally::default())).collect();
    let mut total = Tally::default();
    let mut arrears = Vec::new();
    for (id, member) in state.members.members() {
        let mut behind = Vec::new();
        let mut last_group = None;
        for month in months.iter().copied().filter(|month| owes_or_paid(member, *month)) {
            let owed = state.dues_owed(id, month);
            let paid = member.paid_for(month);
            let group = group_of(member, month);
            total.add(id, owed, paid);
            groups.entry(group.clone()).or_default().add(id, owed, paid);
            let Some(line) = owed.and_then(|owed| MonthInArrears::of(month, owed)) else {
                continue;
            };
            behind.push(line);
            last_group = group;
        }
        if !behind.is_empty() {
            let amount = Money::sum(behind.iter().map(|month| month.arrears));
            arrears.push(Arrears { member: id.clone(), group: last_group, months: behind, amount });
        }
    }
    let line = |(group, tally): (Option<GroupId>, Tally)| {
        let name = group.as_ref().and_then(|group| state.members.group(group));
        let name = name.map(|name| name.as_str().to_owned());
        Line { group, name, collected: tally.collected() }
    };
    Dues {
        heading: books.heading(Words::new("会费收缴情况表", "Dues"), "", period),
        lines: groups.into_iter().map(line).collect(),
        total: total.collected(),
        arrears,
    }
}

/// In whose line a member's month counts.
pub(super) fn group_of(member: &Member, month: Month) -> Option<GroupId> {
    member.group_in(month).cloned()
}

fn owes_or_paid(member: &Member, month: Month) -> bool {
    member.owes_in(month) || !member.paid_for(month).is_zero()
}

#[derive(Default)]
struct Tally {
    owing: BTreeSet<MemberId>,
    behind: BTreeSet<MemberId>,
    due: Money,
    waived: Money,
    received: Money,
    arrears: Money,
    months_not_assessed: u32,
}

impl Tally {
    fn add(&mut self, member: &MemberId, owed: Option<Owed>, paid: Money) {
        self.received = self.received.plus(paid);
        let Some(owed) = owed else {
            self.months_not_assessed = self.months_not_assessed.saturating_add(1);
            return;
        };
        self.due = self.due.plus(owed.due);
        self.waived = self.waived.plus(owed.waived);
        if owed.due.is_positive() {
            self.owing.insert(member.clone());
        }
        if owed.arrears().is_positive() {
            self.behind.insert(member.clone());
            self.arrears = self.arrears.plus(owed.arrears());
        }
    }

    fn collected(self) -> Collected {
        let count = |members: usize| u32::try_from(members).unwrap_or(u32::MAX);
        let members = count(self.owing.len());
        let members_in_full = count(self.owing.difference(&self.behind).count());
        let asked_for = self.due.minus(self.waived);
        Collected {
            members,
            members_in_full,
            due: self.due,
            waived: self.waived,
            received: self.received,
            arrears: self.arrears,
            collection_rate: Rate::of(asked_for.minus(self.arrears), asked_for),
            full_payment_rate: Rate::of_count(members_in_full, members),
            months_not_assessed: self.months_not_assessed,
        }
    }
}
