//! 公示登记 The register of what was posted, with the records that each carries; and month by month
//! whether the notice was posted, late or never.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::{Day, Month};
use crate::event::disclosure::{Disclosed, Publication};
use crate::ids::{Digest, OfficerId, Seq};
use crate::projection::State;
use crate::projection::disclosures::Posted;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Disclosures {
    pub heading: Heading,
    /// 各月收支公示
    pub months: Vec<MonthLine>,
    /// 公示登记, in the order of the records.
    pub posted: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthLine {
    pub month: Month,
    /// 应公示日期 None where no rule asks for a notice of this month.
    pub due: Option<Day>,
    /// The first notice of the whole month, and its record.
    pub posted: Option<Day>,
    pub seq: Option<Seq>,
    pub standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 已公示
    Posted,
    /// 逾期公示
    Late,
    /// 未公示, and a rule asks for it.
    Missing,
    /// 未公示, and no rule asks for it.
    NotAsked,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub seq: Seq,
    pub what: Disclosed,
    pub first: Month,
    pub last: Month,
    /// 期间未完
    pub interim: bool,
    pub on: Day,
    pub through: Option<Day>,
    pub place: String,
    pub by: OfficerId,
    /// 版次 The first of its months is 1.
    pub version: u32,
    /// The record of the version that took its place.
    pub replaced_by: Option<Seq>,
    /// 所依据的记录数
    pub size: u64,
    /// 链头
    pub head: Digest,
    pub report_sha256: Option<Digest>,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Disclosures {
    let books = Books { state, chart };
    let all: Vec<&Posted> = state.disclosures.posted().collect();
    let within = |posted: &&&Posted| {
        let Publication { first, last, .. } = posted.publication;
        period.reaches(first) && period.first().is_none_or(|begin| begin <= last)
    };
    let heading = Words::new("公示登记", "Register of notices");
    Disclosures {
        heading: books.heading(heading, "", period),
        months: books.months(period).into_iter().map(|of| month(state, of)).collect(),
        posted: all.iter().filter(within).map(|posted| line(posted, &all)).collect(),
    }
}

pub(super) fn month(state: &State, month: Month) -> MonthLine {
    let due = state.notice_rule(month).map(|rule| rule.due);
    let first = state.disclosures.notices(month).min_by_key(|posted| posted.publication.on);
    let posted = first.map(|first| first.publication.on);
    let standing = match (posted, due) {
        (Some(posted), Some(due)) if posted > due => Standing::Late,
        (Some(_), _) => Standing::Posted,
        (None, Some(_)) => Standing::Missing,
        (None, None) => Standing::NotAsked,
    };
    MonthLine { month, due, posted, seq: first.map(|first| first.seq), standing }
}

fn line(posted: &Posted, all: &[&Posted]) -> Line {
    let versions = || all.iter().filter(|other| other.is_version_of(posted));
    let before = versions().filter(|other| other.seq <= posted.seq).count();
    let replaced_by = versions().map(|other| other.seq).find(|seq| *seq > posted.seq);
    let Posted { seq, by, publication } = posted.clone();
    Line {
        seq,
        what: publication.what,
        first: publication.first,
        last: publication.last,
        interim: publication.interim,
        on: publication.on,
        through: publication.through,
        place: publication.place.as_str().to_owned(),
        by,
        version: u32::try_from(before).unwrap_or(u32::MAX),
        replaced_by,
        size: publication.size,
        head: publication.head,
        report_sha256: publication.report_sha256,
    }
}
