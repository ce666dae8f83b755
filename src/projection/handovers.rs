//! Handovers of offices 会计工作交接, each with its list.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::book::Role;
use crate::event::office::{HandedItem, Handover, HandoverListed};
use crate::ids::{OfficerId, Seq};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Handovers {
    by_seq: BTreeMap<Seq, Handed>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Handed {
    pub handover: Handover,
    pub list: Vec<HandedItem>,
}

impl Handovers {
    pub(super) fn hand(&mut self, seq: Seq, handover: &Handover) {
        let handed = Handed { handover: handover.clone(), list: Vec::new() };
        self.by_seq.insert(seq, handed);
    }

    pub(super) fn list(&mut self, listed: &HandoverListed) {
        if let Some(handed) = self.by_seq.get_mut(&listed.of) {
            handed.list.extend(listed.list.iter().cloned());
        }
    }

    #[must_use]
    pub fn handover(&self, seq: Seq) -> Option<&Handed> {
        self.by_seq.get(&seq)
    }

    /// The last handover of an office in which somebody handed it over or took it.
    #[must_use]
    pub fn last_of(&self, office: Role, officer: &OfficerId) -> Option<(Seq, &Handover)> {
        let mut all = self.by_seq.iter().rev().map(|(seq, handed)| (*seq, &handed.handover));
        all.find(|(_, handover)| {
            handover.office == office && (handover.from == *officer || handover.to == *officer)
        })
    }

    /// In the order of their records.
    pub fn all(&self) -> impl Iterator<Item = (&Seq, &Handed)> {
        self.by_seq.iter()
    }
}
