//! What a verifier has found so far, each with its place.

use std::collections::BTreeMap;

use serde::Serialize;

use super::kind::{FaultKind, NoteKind};
use crate::lang::Lang;

/// So many faults are kept with their figures; the rest is counted.
pub const FAULTS_KEPT_MAX: usize = 1000;

/// So many notes of each kind are kept, so that no kind crowds out another; the rest is counted.
const NOTES_KEPT_MAX: u64 = 1000;

/// The longest text that is quoted from a book, characters.
const QUOTED_CHARS_MAX: usize = 200;

/// A place in `events.ndjson`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The line, counted from 0.
    pub record: u64,
    /// The byte of the file, counted from 0: where the line begins, or where in it the fault is.
    pub byte: u64,
}

/// One fault. What was expected and found are values and notations, not sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fault {
    /// `None` where the fault is of the book as a whole, or of a checkpoint.
    #[serde(flatten)]
    pub place: Option<Place>,
    pub kind: FaultKind,
    pub expected: String,
    pub found: String,
}

/// Something to know that breaks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Note {
    pub record: Option<u64>,
    pub kind: NoteKind,
    pub expected: String,
    pub found: String,
}

/// Where faults and notes are gathered. It knows the place that is being looked at.
#[derive(Debug, Default)]
pub(super) struct Findings {
    pub(super) here: Option<Place>,
    faults: Vec<Fault>,
    notes: Vec<Note>,
    note_counts: BTreeMap<NoteKind, u64>,
    counts: BTreeMap<FaultKind, u64>,
    first_broken: Option<u64>,
}

impl Fault {
    #[must_use]
    pub fn record(&self) -> Option<u64> {
        self.place.map(|place| place.record)
    }

    /// A sentence without its full stop.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        sentence(self.record(), self.kind.message(lang), &self.expected, &self.found, lang)
    }
}

impl Note {
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        sentence(self.record, self.kind.message(lang), &self.expected, &self.found, lang)
    }
}

impl Findings {
    /// A fault at the place that is being looked at.
    pub(super) fn fault(
        &mut self,
        kind: FaultKind,
        expected: impl Into<String>,
        found: impl AsRef<str>,
    ) {
        self.fault_at(self.here, kind, expected, found);
    }

    /// A fault of the book, or of what came with it.
    pub(super) fn fault_of_book(
        &mut self,
        kind: FaultKind,
        expected: impl Into<String>,
        found: impl AsRef<str>,
    ) {
        self.fault_at(None, kind, expected, found);
    }

    pub(super) fn fault_at(
        &mut self,
        place: Option<Place>,
        kind: FaultKind,
        expected: impl Into<String>,
        found: impl AsRef<str>,
    ) {
        let count = self.counts.entry(kind).or_default();
        *count = count.saturating_add(1);
        if let Some(Place { record, .. }) = place {
            self.first_broken = Some(self.first_broken.map_or(record, |first| first.min(record)));
        }
        if self.faults.len() < FAULTS_KEPT_MAX {
            let (expected, found) = (quoted(&expected.into()), quoted(found.as_ref()));
            self.faults.push(Fault { place, kind, expected, found });
        }
    }

    pub(super) fn note(
        &mut self,
        record: Option<u64>,
        kind: NoteKind,
        expected: impl Into<String>,
        found: impl AsRef<str>,
    ) {
        let count = self.note_counts.entry(kind).or_default();
        *count = count.saturating_add(1);
        if *count <= NOTES_KEPT_MAX {
            let (expected, found) = (quoted(&expected.into()), quoted(found.as_ref()));
            self.notes.push(Note { record, kind, expected, found });
        }
    }

    /// How many faults there are, kept or not.
    pub(super) fn count(&self) -> u64 {
        self.counts.values().fold(0, |sum, count| sum.saturating_add(*count))
    }

    pub(super) fn count_of(&self, kind: FaultKind) -> u64 {
        self.counts.get(&kind).copied().unwrap_or_default()
    }

    pub(super) fn counts(&self) -> &BTreeMap<FaultKind, u64> {
        &self.counts
    }

    pub(super) fn notes(&self) -> &[Note] {
        &self.notes
    }

    pub(super) fn note_counts(&self) -> &BTreeMap<NoteKind, u64> {
        &self.note_counts
    }

    pub(super) fn first_broken(&self) -> Option<u64> {
        self.first_broken
    }

    /// Faults in the order of their places, those of no record last; and the notes.
    pub(super) fn into_lists(mut self) -> (Vec<Fault>, Vec<Note>) {
        self.faults.sort_by_key(|fault| (fault.place.is_none(), fault.place.map(|p| p.record)));
        (self.faults, self.notes)
    }
}

fn sentence(record: Option<u64>, meaning: &str, expected: &str, found: &str, lang: Lang) -> String {
    match (lang, record) {
        (Lang::Zh, Some(record)) => {
            format!("第 {record} 号记录：{meaning}；应为 {expected}，实为 {found}")
        }
        (Lang::Zh, None) => format!("{meaning}；应为 {expected}，实为 {found}"),
        (Lang::En, Some(record)) => {
            format!("record {record}: {meaning}: expected {expected}, found {found}")
        }
        (Lang::En, None) => format!("{meaning}: expected {expected}, found {found}"),
    }
}

impl core::fmt::Display for Fault {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {}", self.kind, self.message(Lang::En))
    }
}

impl core::fmt::Display for Note {
    fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(f, "{}: {}", self.kind, self.message(Lang::En))
    }
}

/// What a hostile book says is cut short, and steers no terminal.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut quoted = String::new();
    for c in text.chars().take(QUOTED_CHARS_MAX) {
        if c.is_control() || is_unseen(c) {
            quoted.extend(c.escape_unicode());
        } else {
            quoted.push(c);
        }
    }
    if text.chars().nth(QUOTED_CHARS_MAX).is_some() {
        quoted.push('…');
    }
    quoted
}

/// Marks that nobody sees and that move or hide what stands beside them.
fn is_unseen(c: char) -> bool {
    matches!(
        c,
        '\u{061C}'
            | '\u{200B}'..='\u{200F}'
            | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}
