//! Papers 附件, by the records that they belong to.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::paper::Attachment;
use crate::ids::{Digest, Seq, Text};

/// A paper of one record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    pub sha256: Digest,
    pub bytes: u64,
    pub title: Option<Text>,
    /// The record that added it.
    pub by: Seq,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Papers {
    of: BTreeMap<Seq, Vec<Paper>>,
}

impl Papers {
    pub(super) fn add(&mut self, seq: Seq, added: &Attachment) {
        let Attachment { to, sha256, bytes, title } = added.clone();
        self.of.entry(to).or_default().push(Paper { sha256, bytes, title, by: seq });
    }

    /// The papers of a record, in the order in which they were added.
    #[must_use]
    pub fn of(&self, record: Seq) -> &[Paper] {
        self.of.get(&record).map_or(&[], Vec::as_slice)
    }

    /// Every paper, with the record that it belongs to.
    pub fn papers(&self) -> impl Iterator<Item = (Seq, &Paper)> {
        self.of.iter().flat_map(|(to, papers)| papers.iter().map(move |paper| (*to, paper)))
    }
}
