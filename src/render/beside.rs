use std::collections::BTreeMap;

use serde::Serialize;

use crate::event::welfare::Beneficiary;
use crate::ids::{MemberId, OfficerId, SubjectId, Text};

/// What stands in the place of a field that was erased or never given.
pub const MASK: &str = "***";

/// A private field beside the numbers of people, for somebody who was shown it. A report has none
/// by itself.
#[derive(Clone, Default, Serialize)]
pub struct Beside {
    /// Which field it is; none, and numbers stand alone.
    pub field: Option<Text>,
    pub members: BTreeMap<MemberId, String>,
    pub officers: BTreeMap<OfficerId, String>,
    /// People whom the vault alone knows.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub subjects: BTreeMap<SubjectId, String>,
}

impl core::fmt::Debug for Beside {
    /// Whose, and never what.
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let mut shown = f.debug_set();
        shown.entries(self.members.keys()).entries(self.officers.keys());
        shown.entries(self.subjects.keys()).finish()
    }
}

impl Beside {
    pub(super) fn member(&self, id: &MemberId) -> String {
        self.beside(id.as_str(), self.members.get(id))
    }

    pub(super) fn officer(&self, id: &OfficerId) -> String {
        self.beside(id.as_str(), self.officers.get(id))
    }

    /// Somebody by number: a member, or whom the vault alone knows.
    pub(super) fn beneficiary(&self, of: &Beneficiary) -> String {
        match of {
            Beneficiary::Member(member) => self.member(member),
            Beneficiary::Subject(subject) => {
                self.beside(subject.as_str(), self.subjects.get(subject))
            }
        }
    }

    fn beside(&self, id: &str, shown: Option<&String>) -> String {
        match (&self.field, shown) {
            (None, _) => id.to_owned(),
            (Some(_), Some(shown)) => format!("{id} {shown}"),
            (Some(_), None) => format!("{id} {MASK}"),
        }
    }
}
