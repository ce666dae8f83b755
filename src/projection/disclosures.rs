//! Openness 公示: what was posted for the members, and the months that are due and were not.

use serde::{Deserialize, Serialize};

use super::State;
use crate::date::{Day, Month};
use crate::event::book::{Rule, RuleKind};
use crate::event::disclosure::{Disclosed, Publication};
use crate::ids::{OfficerId, Seq, Text};

/// What was posted, by which record and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posted {
    pub seq: Seq,
    pub by: OfficerId,
    pub publication: Publication,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Disclosures {
    posted: Vec<Posted>,
}

/// 按月公示 The rule of a month: by when its notice is due, where it is posted and whom to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NoticeRule<'a> {
    pub due: Day,
    pub place: &'a Text,
    pub contact: &'a Text,
}

impl Disclosures {
    pub(super) fn publish(&mut self, seq: Seq, by: &OfficerId, publication: &Publication) {
        let (by, publication) = (by.clone(), publication.clone());
        self.posted.push(Posted { seq, by, publication });
    }

    /// In the order of their records.
    pub fn posted(&self) -> impl Iterator<Item = &Posted> {
        self.posted.iter()
    }

    /// Every notice of the whole of that month, the first one first: one that was posted before the
    /// month was over is not of the whole of it.
    pub fn notices(&self, month: Month) -> impl Iterator<Item = &Posted> {
        self.posted.iter().filter(move |posted| {
            let Publication { what, first, last, interim, .. } = posted.publication;
            what == Disclosed::Notice && !interim && (first..=last).contains(&month)
        })
    }
}

impl Posted {
    /// Whether a later one says the same of the same months, and so takes its place.
    #[must_use]
    pub fn is_version_of(&self, other: &Posted) -> bool {
        let same = |p: &Publication| (p.what, p.first, p.last);
        same(&self.publication) == same(&other.publication)
    }
}

impl State {
    /// The rule about the notice of that month, if one was in force at its end.
    #[must_use]
    pub fn notice_rule(&self, month: Month) -> Option<NoticeRule<'_>> {
        let setting = self.offices.rule(RuleKind::MonthlyNotice, month.last_day())?;
        let Rule::MonthlyNotice { by_day, place, contact } = &setting.rule else { return None };
        let first = month.next().first_day();
        let due = (1..*by_day).fold(first, |day, _| day.next());
        Some(NoticeRule { due, place, contact })
    }

    /// 未公示月份 The months of the book of which the notice was due by that day and was never posted.
    #[must_use]
    pub fn notices_missing(&self, by: Day) -> Vec<Month> {
        let Some(starts) = self.offices.ledger().map(|ledger| ledger.starts.month()) else {
            return Vec::new();
        };
        let due = |month: &Month| self.notice_rule(*month).is_some_and(|rule| rule.due <= by);
        let posted = |month: &Month| self.disclosures.notices(*month).next().is_some();
        starts.through(by.month()).filter(|month| due(month) && !posted(month)).collect()
    }
}
