//! Private fields 个人信息: which subjects there are, whom they are, which of their fields are
//! committed to. What the fields say is not in the book.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::as_list;
use crate::event::privacy::{Commitments, Erasure, Person};
use crate::ids::{Digest, Seq, SubjectId, Text};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Whom the subject is; it never changes.
    pub of: Option<Person>,
    pub fields: BTreeMap<Text, Field>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// Committed to by this record, and neither replaced nor erased since.
    InForce { commitment: Digest, since: Seq },
    /// 已删除 Erased by that record, and not committed to anew.
    Erased { commitment: Digest, by: Seq },
}

impl Subject {
    #[must_use]
    pub fn in_force(&self, name: &Text) -> Option<&Digest> {
        match self.fields.get(name)? {
            Field::InForce { commitment, .. } => Some(commitment),
            Field::Erased { .. } => None,
        }
    }

    /// The names of the fields in force.
    pub fn names(&self) -> impl Iterator<Item = &Text> {
        self.fields.keys().filter(|name| self.in_force(name).is_some())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Privacy {
    subjects: BTreeMap<SubjectId, Arc<Subject>>,
    /// The subjects that are one person, so that nobody searches all of them.
    #[serde(with = "as_list")]
    of_person: BTreeMap<Person, BTreeSet<SubjectId>>,
}

impl Privacy {
    pub(super) fn commit(&mut self, seq: Seq, new: &Commitments) {
        let unknown = || Arc::new(Subject { of: new.of.clone(), fields: BTreeMap::new() });
        let subject = self.subjects.entry(new.subject.clone()).or_insert_with(unknown);
        if let Some(person) = &subject.of {
            self.of_person.entry(person.clone()).or_default().insert(new.subject.clone());
        }
        let subject = Arc::make_mut(subject);
        for field in &new.fields {
            let in_force = Field::InForce { commitment: field.commitment.clone(), since: seq };
            subject.fields.insert(field.name.clone(), in_force);
        }
    }

    pub(super) fn erase(&mut self, seq: Seq, erased: &Erasure) {
        let Some(subject) = self.subjects.get_mut(&erased.subject) else { return };
        let subject = Arc::make_mut(subject);
        for name in &erased.fields {
            if let Some(Field::InForce { commitment, .. }) = subject.fields.get(name) {
                let gone = Field::Erased { commitment: commitment.clone(), by: seq };
                subject.fields.insert(name.clone(), gone);
            }
        }
    }

    #[must_use]
    pub fn subject(&self, id: &SubjectId) -> Option<&Subject> {
        self.subjects.get(id).map(Arc::as_ref)
    }

    pub fn subjects(&self) -> impl Iterator<Item = (&SubjectId, &Subject)> {
        self.subjects.iter().map(|(id, subject)| (id, subject.as_ref()))
    }

    /// The subjects that are this person.
    pub fn of<'a>(
        &'a self,
        person: &'a Person,
    ) -> impl Iterator<Item = (&'a SubjectId, &'a Subject)> {
        let ids = self.of_person.get(person).into_iter().flatten();
        ids.filter_map(|id| Some((id, self.subject(id)?)))
    }
}
