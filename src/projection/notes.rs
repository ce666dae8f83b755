//! 附注 What was written to the statements of each year.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::FiscalYear;
use crate::event::note::Note;
use crate::ids::{Seq, Text};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Notes {
    written: BTreeMap<FiscalYear, BTreeMap<u32, Vec<(Seq, Text)>>>,
}

impl Notes {
    pub(super) fn write(&mut self, seq: Seq, note: &Note) {
        let items = self.written.entry(note.year).or_default();
        items.entry(note.item).or_default().push((seq, note.text.clone()));
    }

    /// The texts of an item, in the order in which they were written, each with its record.
    #[must_use]
    pub fn of(&self, year: FiscalYear, item: u32) -> &[(Seq, Text)] {
        let items = self.written.get(&year);
        items.and_then(|items| items.get(&item)).map_or(&[], Vec::as_slice)
    }
}
