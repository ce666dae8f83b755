//! 会员增减表 Who came and went: the members of each group at the beginning, what moved, and at the end.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::dues::Terms;
use crate::event::member::LeavingReason;
use crate::ids::{GroupId, MemberId};
use crate::projection::State;
use crate::projection::members::{Member, Spell};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Membership {
    pub heading: Heading,
    /// One line a group 工会小组, by its id.
    pub groups: Vec<Line>,
    pub total: Counts,
    /// 增减明细, by day.
    pub movements: Vec<Movement>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub group: GroupId,
    pub name: Option<String>,
    #[serde(flatten)]
    pub counts: Counts,
}

/// Opening, plus what came, less what went, is closing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Counts {
    /// 期初人数
    pub opening: u32,
    /// 入会
    pub joined: u32,
    /// 转入
    pub arrived: u32,
    /// 调入 From another group; in the total it is what the other groups gave.
    pub moved_in: u32,
    /// 调出 Into another group
    pub moved_out: u32,
    /// 退会
    pub resigned: u32,
    /// 转出
    pub departed: u32,
    /// 退休
    pub retired: u32,
    /// 去世
    pub died: u32,
    /// 期末人数
    pub closing: u32,
    /// 其中免缴会费 Members at the end who are exempt from dues.
    pub exempt: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Movement {
    pub on: Day,
    pub member: MemberId,
    /// The group that the member came into, or left.
    pub group: GroupId,
    pub what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    Joined,
    Arrived,
    MovedOut,
    MovedIn,
    Resigned,
    Departed,
    Retired,
    Died,
}

impl What {
    fn comes(self) -> bool {
        match self {
            What::Joined | What::Arrived | What::MovedIn => true,
            What::MovedOut | What::Resigned | What::Departed | What::Retired | What::Died => false,
        }
    }
}

impl Counts {
    fn count(&mut self, what: What) {
        let column = match what {
            What::Joined => &mut self.joined,
            What::Arrived => &mut self.arrived,
            What::MovedIn => &mut self.moved_in,
            What::MovedOut => &mut self.moved_out,
            What::Resigned => &mut self.resigned,
            What::Departed => &mut self.departed,
            What::Retired => &mut self.retired,
            What::Died => &mut self.died,
        };
        *column = column.saturating_add(1);
    }

    /// Somebody came or went: before the period it is part of how the period begins.
    fn take(&mut self, what: What, is_before: bool) {
        let step = |count: &mut u32| {
            *count = if what.comes() { count.saturating_add(1) } else { count.saturating_sub(1) };
        };
        step(&mut self.closing);
        if is_before {
            step(&mut self.opening);
        } else {
            self.count(what);
        }
    }
}

impl Membership {
    /// The members whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<MemberId> {
        self.movements.iter().map(|movement| movement.member.clone()).collect()
    }
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Membership {
    let books = Books { state, chart };
    let (first, last) = (period.first(), period.last());
    let is_before = |day: Day| first.is_some_and(|first| day < first.first_day());
    let is_after = |day: Day| last.is_some_and(|last| last.last_day() < day);
    let at_end = last.or_else(|| books.last_month());
    let mut groups: BTreeMap<GroupId, Counts> =
        state.members.groups().map(|(group, _)| (group.clone(), Counts::default())).collect();
    let (mut total, mut movements) = (Counts::default(), Vec::new());
    for (id, member) in state.members.members() {
        let mut group_at_end = None;
        for moved in moves(id, member).into_iter().filter(|moved| !is_after(moved.on)) {
            let is_before = is_before(moved.on);
            for counts in [groups.entry(moved.group.clone()).or_default(), &mut total] {
                counts.take(moved.what, is_before);
            }
            group_at_end = moved.what.comes().then(|| moved.group.clone());
            if !is_before {
                movements.push(moved);
            }
        }
        let terms = at_end.and_then(|month| member.terms_in(month));
        if let (Some(group), Some(Terms::Exempt { .. })) = (group_at_end, terms) {
            for counts in [groups.entry(group).or_default(), &mut total] {
                counts.exempt = counts.exempt.saturating_add(1);
            }
        }
    }
    movements.sort_by(|one, other| {
        (one.on, &one.member, one.what).cmp(&(other.on, &other.member, other.what))
    });
    let line = |(group, counts): (GroupId, Counts)| {
        let name = state.members.group(&group).map(|name| name.as_str().to_owned());
        Line { group, name, counts }
    };
    let heading = books.heading(Words::new("会员增减表", "Membership"), "", period);
    Membership {
        heading: Heading { unit: Words::new("人", "members"), ..heading },
        groups: groups.into_iter().map(line).collect(),
        total,
        movements,
    }
}

/// Every coming and going of a member, in order.
fn moves(id: &MemberId, member: &Member) -> Vec<Movement> {
    let mut all = Vec::new();
    for spell in member.spells() {
        let Spell { joined, left, from_union, .. } = &spell;
        let Some(mut group) = member.group_on(*joined) else { continue };
        let moved = |on: Day, group: &GroupId, what: What| Movement {
            on,
            member: id.clone(),
            group: group.clone(),
            what,
        };
        let came = if from_union.is_some() { What::Arrived } else { What::Joined };
        all.push(moved(*joined, group, came));
        let end = left.map(|(day, _)| day);
        let within = |day: Day| *joined < day && end.is_none_or(|end| day <= end);
        for (day, next) in member.groups().filter(|(day, _)| within(*day)) {
            if next != group {
                all.push(moved(day, group, What::MovedOut));
                all.push(moved(day, next, What::MovedIn));
                group = next;
            }
        }
        if let Some((day, reason)) = left {
            let what = match reason {
                LeavingReason::Retired => What::Retired,
                LeavingReason::TransferredOut => What::Departed,
                LeavingReason::Resigned => What::Resigned,
                LeavingReason::Died => What::Died,
            };
            all.push(moved(*day, group, what));
        }
    }
    all
}
