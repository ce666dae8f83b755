//! 续保名单 Whose cover has ended, or ends within the period, and who has not renewed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::dues::group_of;
use super::mutual_aid::last_day;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::welfare::Beneficiary;
use crate::ids::{GroupId, SchemeId};
use crate::projection::State;
use crate::projection::mutual::Scheme;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Renewals {
    pub heading: Heading,
    /// 截至 Cover that ends after this day is not on the list: the end of the period, or of the year of
    /// the last voucher.
    pub through: Option<Day>,
    /// By scheme, then by the day on which it ends.
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct Line {
    pub scheme: SchemeId,
    /// 到期日
    pub last: Day,
    /// By number.
    pub person: Beneficiary,
    pub group: Option<GroupId>,
    pub name: String,
    /// 仍是会员 Whether a member of that day still belongs; none of somebody who is none.
    pub belongs: Option<bool>,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Renewals {
    let through = match period {
        Period::All => last_day(state, period).map(|day| day.year().last_month().last_day()),
        Period::Year(_) | Period::Month(_) | Period::Months { .. } => last_day(state, period),
    };
    let schemes = state.mutual.schemes().map(|(_, scheme)| scheme);
    let mut lines: Vec<Line> = schemes
        .flat_map(|scheme| through.map(|day| ended(state, scheme, day)).unwrap_or_default())
        .collect();
    lines.sort();
    let heading = Words::new("续保名单", "Renewals");
    Renewals { heading: Books { state, chart }.heading(heading, "", period), through, lines }
}

fn ended(state: &State, scheme: &Scheme, through: Day) -> Vec<Line> {
    let mut last: BTreeMap<Beneficiary, Day> = BTreeMap::new();
    for (person, covers) in state.covered(scheme) {
        for cover in covers.into_iter().filter(|cover| cover.covers()) {
            let last = last.entry(state.person(person)).or_insert(cover.last);
            *last = cover.last.max(*last);
        }
    }
    let ended = last.into_iter().filter(|(_, last)| *last <= through);
    ended
        .map(|(person, last)| {
            let member = person.member().and_then(|id| state.members.member(id));
            Line {
                scheme: scheme.opened.scheme.clone(),
                last,
                group: member.and_then(|member| group_of(member, last.month())),
                name: scheme.opened.name.as_str().to_owned(),
                belongs: member.map(|member| member.belongs_on(last)),
                person,
            }
        })
        .collect()
}
