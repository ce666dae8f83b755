//! What the audit committee 经审会 found, what was put right since, and what it concluded.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::audit::{Clearing, Conclusion, Finding};
use crate::ids::{FindingId, OfficerId, Seq};

/// A finding 审计发现, open until the committee is content.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Raised {
    pub seq: Seq,
    pub finding: Finding,
    /// The record that clears it 销号, and what it says.
    pub cleared: Option<(Seq, Clearing)>,
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
}

impl Audit {
    pub(super) fn raise(&mut self, seq: Seq, finding: &Finding) {
        let raised = Raised { seq, finding: finding.clone(), cleared: None };
        self.findings.insert(finding.finding.clone(), raised);
    }

    pub(super) fn clear(&mut self, seq: Seq, clearing: &Clearing) {
        if let Some(found) = self.findings.get_mut(&clearing.finding) {
            found.cleared = Some((seq, clearing.clone()));
        }
    }

    pub(super) fn conclude(&mut self, seq: Seq, by: &OfficerId, conclusion: &Conclusion) {
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
}
