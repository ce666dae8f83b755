//! Hardship cases 困难职工档案, and the aid that was applied for.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::State;
use crate::date::Day;
use crate::event::hardship::{
    AidApplied, AidObjected, AidRequested, AidReviewed, CaseClass, CaseClosed, CaseOpened,
    CaseReviewed, NoticePosted, ObjectionAnswered,
};
use crate::event::welfare::Beneficiary;
use crate::ids::{ApplicationId, CaseId, DisbursementId, NoticeId, OfficerId, Seq};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Hardship {
    cases: BTreeMap<CaseId, Case>,
    applications: BTreeMap<ApplicationId, Application>,
    notices: BTreeMap<NoticeId, (Seq, NoticePosted)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    pub seq: Seq,
    pub opened: CaseOpened,
    pub reviews: Vec<(Seq, CaseReviewed)>,
    pub closed: Option<(Seq, CaseClosed)>,
}

impl Case {
    /// 类别 As it was opened or reviewed last.
    #[must_use]
    pub fn class(&self) -> CaseClass {
        self.reviews.last().map_or(self.opened.class, |(_, review)| review.class)
    }

    /// 有效期至
    #[must_use]
    pub fn valid_through(&self) -> Day {
        self.reviews.last().map_or(self.opened.valid_through, |(_, review)| review.valid_through)
    }

    /// The day of the last review, or of the opening.
    #[must_use]
    pub fn seen_on(&self) -> Day {
        self.reviews.last().map_or(self.opened.on, |(_, review)| review.on)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Application {
    pub seq: Seq,
    pub applied: AidApplied,
    pub by: OfficerId,
    pub reviewed: Option<(Seq, OfficerId, AidReviewed)>,
    pub notice: Option<NoticeId>,
    pub objection: Objection,
    /// 用款 The last disbursement that was to pay it.
    pub requested: Option<DisbursementId>,
}

/// 异议
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objection {
    None,
    /// 待处理
    Open(Day),
    /// 不成立
    Dismissed(Day),
    /// 成立
    Upheld(Day),
}

impl Hardship {
    pub(super) fn open(&mut self, seq: Seq, opened: &CaseOpened) {
        let case = Case { seq, opened: opened.clone(), reviews: Vec::new(), closed: None };
        self.cases.insert(opened.case.clone(), case);
    }

    pub(super) fn review_case(&mut self, seq: Seq, review: &CaseReviewed) {
        if let Some(case) = self.cases.get_mut(&review.case) {
            case.reviews.push((seq, review.clone()));
        }
    }

    pub(super) fn close(&mut self, seq: Seq, closed: &CaseClosed) {
        if let Some(case) = self.cases.get_mut(&closed.case) {
            case.closed = Some((seq, closed.clone()));
        }
    }

    pub(super) fn apply_for(&mut self, seq: Seq, by: &OfficerId, applied: &AidApplied) {
        let application = Application {
            seq,
            applied: applied.clone(),
            by: by.clone(),
            reviewed: None,
            notice: None,
            objection: Objection::None,
            requested: None,
        };
        self.applications.insert(applied.application.clone(), application);
    }

    pub(super) fn review(&mut self, seq: Seq, by: &OfficerId, reviewed: &AidReviewed) {
        if let Some(found) = self.applications.get_mut(&reviewed.application) {
            found.reviewed = Some((seq, by.clone(), reviewed.clone()));
        }
    }

    pub(super) fn post(&mut self, seq: Seq, posted: &NoticePosted) {
        for id in &posted.applications {
            if let Some(found) = self.applications.get_mut(id) {
                found.notice = Some(posted.notice.clone());
            }
        }
        self.notices.insert(posted.notice.clone(), (seq, posted.clone()));
    }

    pub(super) fn object(&mut self, objected: &AidObjected) {
        if let Some(found) = self.applications.get_mut(&objected.application) {
            found.objection = Objection::Open(objected.on);
        }
    }

    pub(super) fn answer(&mut self, answered: &ObjectionAnswered) {
        if let Some(found) = self.applications.get_mut(&answered.application) {
            found.objection = if answered.upheld {
                Objection::Upheld(answered.on)
            } else {
                Objection::Dismissed(answered.on)
            };
        }
    }

    pub(super) fn request(&mut self, requested: &AidRequested) {
        for id in &requested.applications {
            if let Some(found) = self.applications.get_mut(id) {
                found.requested = Some(requested.disbursement.clone());
            }
        }
    }

    #[must_use]
    pub fn case(&self, id: &CaseId) -> Option<&Case> {
        self.cases.get(id)
    }

    pub fn cases(&self) -> impl Iterator<Item = (&CaseId, &Case)> {
        self.cases.iter()
    }

    #[must_use]
    pub fn application(&self, id: &ApplicationId) -> Option<&Application> {
        self.applications.get(id)
    }

    pub fn applications(&self) -> impl Iterator<Item = (&ApplicationId, &Application)> {
        self.applications.iter()
    }

    #[must_use]
    pub fn notice(&self, id: &NoticeId) -> Option<&(Seq, NoticePosted)> {
        self.notices.get(id)
    }

    pub fn notices(&self) -> impl Iterator<Item = &(Seq, NoticePosted)> {
        self.notices.values()
    }
}

impl State {
    /// 在档 The open case of a person, if there is one.
    #[must_use]
    pub fn open_case(&self, of: &Beneficiary) -> Option<(&CaseId, &Case)> {
        let person = self.person(of);
        let mut open = self.hardship.cases.iter().filter(|(_, case)| case.closed.is_none());
        open.find(|(_, case)| self.person(&case.opened.of) == person)
    }

    /// Whether an application waits for its money or has it: what was refused or withdrawn may be asked
    /// for again.
    #[must_use]
    pub fn aid_is_requested(&self, application: &Application) -> bool {
        let id = application.requested.as_ref();
        let found = id.and_then(|id| self.disbursements.disbursement(id));
        found.is_some_and(|found| found.standing.takes_up())
    }
}
