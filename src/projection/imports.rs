//! Files that were imported, and the marks of their lines.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::import::{ImportKind, Imported};
use crate::ids::{Digest, Seq, Text};

/// A file, by the first record that says it was imported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub seq: Seq,
    pub kind: ImportKind,
    pub lines_taken: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Imports {
    files: BTreeMap<Digest, File>,
    /// The first record that has taken a line of this mark, and the line.
    marks: BTreeMap<Text, (Seq, u32)>,
}

impl Imports {
    pub(super) fn take(&mut self, seq: Seq, imported: &Imported) {
        let Imported { source, kind, lines_taken, .. } = imported.clone();
        let file = File { seq, kind, lines_taken };
        self.files.entry(source).or_insert(file);
        for taken in &imported.taken {
            self.marks.entry(taken.mark.clone()).or_insert((seq, taken.line));
        }
    }

    /// The file of these bytes, if it was imported.
    #[must_use]
    pub fn of(&self, source: &Digest) -> Option<&File> {
        self.files.get(source)
    }

    /// Every file, by its digest.
    pub fn files(&self) -> impl Iterator<Item = (&Digest, &File)> {
        self.files.iter()
    }

    /// The record that has taken a line of this mark, and the line of its file.
    #[must_use]
    pub fn marked(&self, mark: &Text) -> Option<(Seq, u32)> {
        self.marks.get(mark).copied()
    }
}
