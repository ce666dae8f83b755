//! What the audit committee 经审会 found, what was put right since, and what it concluded.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::event::audit::{
    Assignment, AuditReported, Clearing, Conclusion, Engagement, Finding, Progress, Rectification,
    Sample,
};
use crate::ids::{AuditId, FindingId, OfficerId, Seq, Text};
use crate::lang::Lang;
use crate::money::Money;

/// A finding 审计发现, open until the committee is content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    pub seq: Seq,
    pub finding: Finding,
    /// Who puts it right and by when, where the finding itself did not say.
    pub assigned: Vec<(Seq, Assignment)>,
    /// 整改情况 in the order of their records.
    pub rectified: Vec<Rectified>,
    /// The record that clears it 销号, what it says, and by whom.
    pub cleared: Option<(Seq, Clearing)>,
    pub cleared_by: Option<OfficerId>,
}

/// 整改情况 as it was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rectified {
    pub seq: Seq,
    pub by: OfficerId,
    pub rectification: Rectification,
}

/// 整改状态 Where a finding stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 未整改
    Open,
    /// 整改中
    InProgress,
    /// 已整改: it waits for the committee.
    Rectified,
    /// 销号
    Cleared,
}

/// An audit 审计项目.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Engaged {
    pub seq: Seq,
    pub engagement: Engagement,
    /// 抽样, part by part in the order of their records.
    pub samples: Vec<(Seq, Sample)>,
    /// 审计报告
    pub reported: Option<Reported>,
    /// 审计意见 on its months, given after the report.
    pub concluded: Option<Seq>,
}

/// What the committee's report says: its findings and the figures that it looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reported {
    pub seq: Seq,
    pub by: OfficerId,
    pub date: Day,
    pub findings: Vec<FindingId>,
    pub income: Money,
    pub spending: Money,
    pub closing: Money,
    pub advice: Vec<Text>,
}

/// An opinion 审计意见.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Concluded {
    pub seq: Seq,
    pub by: OfficerId,
    pub conclusion: Conclusion,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Audit {
    findings: BTreeMap<FindingId, Raised>,
    conclusions: Vec<Concluded>,
    engagements: BTreeMap<AuditId, Engaged>,
}

impl Audit {
    pub(super) fn raise(&mut self, seq: Seq, finding: &Finding) {
        let raised = Raised {
            seq,
            finding: finding.clone(),
            assigned: Vec::new(),
            rectified: Vec::new(),
            cleared: None,
            cleared_by: None,
        };
        self.findings.insert(finding.finding.clone(), raised);
    }

    pub(super) fn clear(&mut self, seq: Seq, by: &OfficerId, clearing: &Clearing) {
        if let Some(found) = self.findings.get_mut(&clearing.finding) {
            found.cleared = Some((seq, clearing.clone()));
            found.cleared_by = Some(by.clone());
        }
    }

    pub(super) fn assign(&mut self, seq: Seq, assignment: &Assignment) {
        if let Some(found) = self.findings.get_mut(&assignment.finding) {
            found.assigned.push((seq, assignment.clone()));
        }
    }

    pub(super) fn rectify(&mut self, seq: Seq, by: &OfficerId, rectification: &Rectification) {
        if let Some(found) = self.findings.get_mut(&rectification.finding) {
            let (by, rectification) = (by.clone(), rectification.clone());
            found.rectified.push(Rectified { seq, by, rectification });
        }
    }

    pub(super) fn open(&mut self, seq: Seq, engagement: &Engagement) {
        let engaged = Engaged {
            seq,
            engagement: engagement.clone(),
            samples: Vec::new(),
            reported: None,
            concluded: None,
        };
        self.engagements.insert(engagement.audit.clone(), engaged);
    }

    pub(super) fn draw(&mut self, seq: Seq, sample: &Sample) {
        if let Some(engaged) = self.engagements.get_mut(&sample.audit) {
            engaged.samples.push((seq, sample.clone()));
        }
    }

    pub(super) fn report(&mut self, seq: Seq, by: &OfficerId, part: &AuditReported) {
        let Some(engaged) = self.engagements.get_mut(&part.audit) else { return };
        let AuditReported { date, findings, income, spending, closing, advice, .. } = part.clone();
        if let Some(reported) = &mut engaged.reported {
            reported.findings.extend(findings);
            return;
        }
        let by = by.clone();
        let reported = Reported { seq, by, date, findings, income, spending, closing, advice };
        engaged.reported = Some(reported);
    }

    pub(super) fn conclude(&mut self, seq: Seq, by: &OfficerId, conclusion: &Conclusion) {
        let months = (conclusion.first, conclusion.last);
        for engaged in self.engagements.values_mut().filter(|engaged| engaged.months() == months) {
            if engaged.reported.is_some() && engaged.concluded.is_none() {
                engaged.concluded = Some(seq);
            }
        }
        let (by, conclusion) = (by.clone(), conclusion.clone());
        self.conclusions.push(Concluded { seq, by, conclusion });
    }

    #[must_use]
    pub fn finding(&self, id: &FindingId) -> Option<&Raised> {
        self.findings.get(id)
    }

    pub fn findings(&self) -> impl Iterator<Item = &Raised> {
        self.findings.values()
    }

    pub fn conclusions(&self) -> impl Iterator<Item = &Concluded> {
        self.conclusions.iter()
    }

    #[must_use]
    pub fn engagement(&self, id: &AuditId) -> Option<&Engaged> {
        self.engagements.get(id)
    }

    pub fn engagements(&self) -> impl Iterator<Item = &Engaged> {
        self.engagements.values()
    }

    /// The audit whose report lists this finding.
    #[must_use]
    pub fn reported_in(&self, finding: &FindingId) -> Option<&Engaged> {
        let lists = |engaged: &&Engaged| {
            engaged.reported.as_ref().is_some_and(|reported| reported.findings.contains(finding))
        };
        self.engagements().find(lists)
    }
}

impl Engaged {
    #[must_use]
    pub fn months(&self) -> (Month, Month) {
        (self.engagement.first, self.engagement.last)
    }

    /// Whether it was under way when that record was made.
    #[must_use]
    pub fn was_open_at(&self, seq: Seq) -> bool {
        self.seq < seq && self.reported.as_ref().is_none_or(|reported| seq < reported.seq)
    }
}

impl Raised {
    /// 责任人
    #[must_use]
    pub fn owner(&self) -> Option<&OfficerId> {
        let assigned = self.assigned.iter().find_map(|(_, of)| of.owner.as_ref());
        self.finding.owner.as_ref().or(assigned)
    }

    /// 整改期限
    #[must_use]
    pub fn due(&self) -> Option<Day> {
        self.finding.due.or_else(|| self.assigned.iter().find_map(|(_, of)| of.due))
    }

    /// Where it stands after all that was said of it.
    #[must_use]
    pub fn standing(&self) -> Standing {
        if self.cleared.is_some() {
            return Standing::Cleared;
        }
        match self.rectified.last().map(|of| of.rectification.status) {
            None => Standing::Open,
            Some(Progress::InProgress) => Standing::InProgress,
            Some(Progress::Done) => Standing::Rectified,
        }
    }

    /// 逾期 Whether its day is over and nothing says that it is put right.
    #[must_use]
    pub fn is_overdue(&self, on: Day) -> bool {
        let waits = matches!(self.standing(), Standing::Open | Standing::InProgress);
        waits && self.due().is_some_and(|due| due < on)
    }
}

impl Standing {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Standing::Open => ("未整改", "not begun"),
            Standing::InProgress => ("整改中", "in progress"),
            Standing::Rectified => ("已整改", "put right"),
            Standing::Cleared => ("销号", "cleared"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
