//! Who is related to whom 亲属和利害关系, as far as it was declared.

use serde::{Deserialize, Serialize};

use super::State;
use crate::date::Day;
use crate::event::office::{Related, RelationDeclared, RelationEnded, RelationKind};
use crate::event::privacy::Person;
use crate::ids::{MemberId, OfficerId, Seq, SubjectId, Text};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Relations {
    /// In the order of their records.
    declared: Vec<Relation>,
}

/// A relation as it was declared, and until when it lasted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relation {
    pub seq: Seq,
    pub declared: RelationDeclared,
    /// The record that ended it, and the first day without it.
    pub ended: Option<(Seq, Day)>,
}

impl Relation {
    #[must_use]
    pub fn in_force(&self, on: Day) -> bool {
        self.declared.from <= on && self.ended.is_none_or(|(_, ended)| on < ended)
    }
}

/// A party by the one thing that tells it from others: an officer who is a member is that member.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Party {
    Member(MemberId),
    Officer(OfficerId),
    /// As it is compared, and not as it is written.
    Organisation(Text),
    Subject(SubjectId),
}

impl Relations {
    pub(super) fn declare(&mut self, seq: Seq, declared: &RelationDeclared) {
        self.declared.push(Relation { seq, declared: declared.clone(), ended: None });
    }

    pub(super) fn end(&mut self, seq: Seq, ended: &RelationEnded) {
        let RelationEnded { officer, to, kind, on, reason: _ } = ended;
        let open = self.declared.iter_mut().filter(|relation| relation.ended.is_none());
        for relation in open {
            let declared = &relation.declared;
            if (&declared.officer, &declared.to, &declared.kind) == (officer, to, kind) {
                relation.ended = Some((seq, *on));
            }
        }
    }

    /// All that were ever declared, in the order of their records.
    pub fn all(&self) -> impl Iterator<Item = &Relation> {
        self.declared.iter()
    }

    /// The one that was declared in these words and has not ended.
    #[must_use]
    pub fn open(&self, officer: &OfficerId, to: &Related, kind: RelationKind) -> Option<&Relation> {
        self.declared.iter().find(|relation| {
            let declared = &relation.declared;
            let same = declared.officer == *officer && declared.to == *to && declared.kind == kind;
            same && relation.ended.is_none()
        })
    }
}

impl State {
    /// Who somebody is, whatever number he is called by.
    #[must_use]
    pub fn party(&self, of: &Related) -> Party {
        match of {
            Related::Officer(officer) => self.officer_party(officer),
            Related::Member(member) => Party::Member(member.clone()),
            Related::Organisation(name) => Party::Organisation(name.folded()),
            Related::Subject(subject) => {
                match self.privacy.subject(subject).and_then(|found| found.of.as_ref()) {
                    Some(Person::Member(member)) => Party::Member(member.clone()),
                    Some(Person::Officer(officer)) => self.officer_party(officer),
                    Some(Person::Disbursement(_)) | None => Party::Subject(subject.clone()),
                }
            }
        }
    }

    #[must_use]
    pub fn officer_party(&self, officer: &OfficerId) -> Party {
        let member = self.offices.officer(officer).and_then(|found| found.member.clone());
        member.map_or_else(|| Party::Officer(officer.clone()), Party::Member)
    }

    /// The relation between an officer and somebody else on that day, whichever of the two declared it.
    #[must_use]
    pub fn related(&self, officer: &OfficerId, to: &Related, on: Day) -> Option<&Relation> {
        self.parties_related(&self.officer_party(officer), &self.party(to), on)
    }

    /// The same of two who are known already, such as one who is only about to take office.
    #[must_use]
    pub fn parties_related(&self, one: &Party, other: &Party, on: Day) -> Option<&Relation> {
        self.relations.all().filter(|relation| relation.in_force(on)).find(|relation| {
            let declarer = self.officer_party(&relation.declared.officer);
            let to = self.party(&relation.declared.to);
            (declarer == *one && to == *other) || (declarer == *other && to == *one)
        })
    }
}
