//! Files that were imported, and the marks of their lines.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::event::import::{ImportKind, Imported};
use crate::ids::{Digest, Seq, Text};

/// A file, by the first record that says it was imported as what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct File {
    pub seq: Seq,
    pub lines_taken: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Imports {
    /// A bank's file may be its statement and, line by line, what the union received and paid.
    files: BTreeMap<Digest, BTreeMap<ImportKind, File>>,
    /// The first record that has taken a line of this mark, and the line.
    marks: BTreeMap<Text, (Seq, u32)>,
}

impl Imports {
    pub(super) fn take(&mut self, seq: Seq, imported: &Imported) {
        let Imported { source, kind, lines_taken, .. } = imported.clone();
        self.files.entry(source).or_default().entry(kind).or_insert(File { seq, lines_taken });
        for taken in &imported.taken {
            self.marks.entry(taken.mark.clone()).or_insert((seq, taken.line));
        }
    }

    /// The file of these bytes, if it was imported as this.
    #[must_use]
    pub fn of(&self, source: &Digest, kind: ImportKind) -> Option<&File> {
        self.files.get(source)?.get(&kind)
    }

    /// As what the file of these bytes was imported.
    pub fn kinds_of(&self, source: &Digest) -> impl Iterator<Item = ImportKind> {
        self.files.get(source).into_iter().flat_map(|kinds| kinds.keys().copied())
    }

    /// The file of a record, by the first digits of its hash: what its lines became was recorded behind the
    /// record that says which file it is.
    #[must_use]
    pub fn behind(&self, digits: &str, record: Seq) -> Option<(&Digest, ImportKind, &File)> {
        let of_digits = |(digest, _): &(&Digest, _)| digest.as_str().starts_with(digits);
        let (digest, kinds) = self.files.iter().find(of_digits)?;
        let before = kinds.iter().filter(|(_, file)| file.seq < record);
        let (kind, file) = before.max_by_key(|(_, file)| file.seq)?;
        Some((digest, *kind, file))
    }

    /// The record that has taken a line of this mark, and the line of its file.
    #[must_use]
    pub fn marked(&self, mark: &Text) -> Option<(Seq, u32)> {
        self.marks.get(mark).copied()
    }
}
