//! 欠缴账龄表 Arrears of dues: who owes for which months, how old it is, by group and member. Members
//! are numbers here.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::dues::{MonthInArrears, group_of};
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Month;
use crate::ids::{GroupId, MemberId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::members::Member;

/// 连续六个月 After so many months without dues the charter asks what becomes of a membership
/// (中国工会章程).
const MONTHS_OF_THE_CHARTER: usize = 6;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Arrears {
    pub heading: Heading,
    /// 截至 The last month that is counted; none in a book without any.
    pub through: Option<Month>,
    /// One line a group, by its id; a member stands in the group of the last month in arrears.
    pub groups: Vec<GroupLine>,
    pub total: Ages,
    pub members: Vec<Line>,
    /// What the charter says of six months; it decides nothing by itself.
    pub charter: Words,
    pub source: String,
}

/// 账龄 How old it is: the month that the report ends with is the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Ages {
    /// 欠缴人数
    pub members: u32,
    pub amount: Money,
    /// 1至3个月
    pub months_1_to_3: Money,
    /// 4至6个月
    pub months_4_to_6: Money,
    /// 6个月以上
    pub over_6_months: Money,
    /// 连续六个月未缴人数
    pub members_6_months_unpaid: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct GroupLine {
    /// None for members who are in no group.
    pub group: Option<GroupId>,
    pub name: Option<String>,
    #[serde(flatten)]
    pub ages: Ages,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub member: MemberId,
    pub group: Option<GroupId>,
    /// 最早欠缴月份
    pub oldest: Month,
    pub months: Vec<MonthInArrears>,
    #[serde(flatten)]
    pub ages: Ages,
    /// 连续六个月未缴 Nothing was paid for the last six months owed: the committee has to talk to the
    /// member, and decides.
    pub six_months_unpaid: bool,
}

impl Ages {
    fn plus(self, other: Ages) -> Ages {
        let sum = |one: Money, other: Money| one.plus(other);
        let flagged = self.members_6_months_unpaid;
        Ages {
            members: self.members.saturating_add(other.members),
            amount: sum(self.amount, other.amount),
            months_1_to_3: sum(self.months_1_to_3, other.months_1_to_3),
            months_4_to_6: sum(self.months_4_to_6, other.months_4_to_6),
            over_6_months: sum(self.over_6_months, other.over_6_months),
            members_6_months_unpaid: flagged.saturating_add(other.members_6_months_unpaid),
        }
    }

    /// One month of so many months' age.
    fn of(age: usize, amount: Money) -> Ages {
        let mut ages = Ages { amount, ..Ages::default() };
        let bucket = match age {
            0..=3 => &mut ages.months_1_to_3,
            4..=6 => &mut ages.months_4_to_6,
            _ => &mut ages.over_6_months,
        };
        *bucket = amount;
        ages
    }
}

impl Arrears {
    /// The members whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<MemberId> {
        self.members.iter().map(|line| line.member.clone()).collect()
    }
}

/// What is owed at the end of the period, of all months of the book up to there.
#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Arrears {
    let books = Books { state, chart };
    let through = period.last().or_else(|| books.last_month());
    let mut groups: BTreeMap<Option<GroupId>, Ages> =
        state.members.groups().map(|(group, _)| (Some(group.clone()), Ages::default())).collect();
    let (mut total, mut members) = (Ages::default(), Vec::new());
    for (id, member) in state.members.members() {
        let Some(line) = through.and_then(|last| line(state, id, member, last)) else { continue };
        let sum = groups.entry(line.group.clone()).or_default();
        *sum = sum.plus(line.ages);
        total = total.plus(line.ages);
        members.push(line);
    }
    members.sort_by(|one, other| one.group.cmp(&other.group));
    let group = |(group, ages): (Option<GroupId>, Ages)| {
        let name = group.as_ref().and_then(|group| state.members.group(group));
        GroupLine { name: name.map(|name| name.as_str().to_owned()), group, ages }
    };
    Arrears {
        heading: books.heading(Words::new("会费欠缴账龄表", "Arrears of dues"), "", period),
        through,
        groups: groups.into_iter().map(group).collect(),
        total,
        members,
        charter: Words::new(
            "没有正当理由连续六个月不交纳会费、不参加工会组织生活，经教育拒不改正，应当视为自动退会。\
             是否如此由工会委员会议定，本账不自动办理",
            "whoever without good reason pays no dues and takes no part for six months running, and \
             does not mend after being talked to, is deemed to have left: the committee decides, and \
             this book does nothing by itself",
        ),
        source: "中国工会章程".to_owned(),
    }
}

fn line(state: &State, id: &MemberId, member: &Member, last: Month) -> Option<Line> {
    let owing: Vec<Month> = state.dues_months(member, last).collect();
    let behind = |month: &Month| MonthInArrears::of(*month, state.dues_owed(id, *month)?);
    let months: Vec<MonthInArrears> = owing.iter().filter_map(behind).collect();
    let oldest = months.first()?.month;
    let group = months.last().and_then(|line| group_of(member, line.month));
    let unpaid = |month: &&Month| {
        behind(month).is_some_and(|line| line.paid.is_zero() && line.waived.is_zero())
    };
    let run = owing.iter().rev().take_while(unpaid).count();
    let six_months_unpaid = run >= MONTHS_OF_THE_CHARTER;
    let age = |month: Month| month.through(last).count();
    let ages = months.iter().map(|line| Ages::of(age(line.month), line.arrears));
    let mut ages = ages.fold(Ages::default(), Ages::plus);
    ages.members = 1;
    ages.members_6_months_unpaid = u32::from(six_months_unpaid);
    Some(Line { member: id.clone(), group, oldest, months, ages, six_months_unpaid })
}
