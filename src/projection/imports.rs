//! Files that were imported, the marks of their lines, and what of them still stands.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::State;
use crate::event::import::{FileLines, ImportKind, Imported};
use crate::event::{Fact, Recorded};
use crate::ids::{Digest, DisbursementId, Seq, StatementId, Text};

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Imports {
    /// Every time that a file was imported, by the first record that says so.
    times: BTreeMap<Seq, Time>,
    /// A bank's file may be its statement and, line by line, what the union received and paid; and
    /// each of them again, once what it became is undone.
    files: BTreeMap<Digest, BTreeMap<ImportKind, Vec<Seq>>>,
    /// The records that have taken a line of this mark, and the line.
    marks: BTreeMap<Text, Vec<(Seq, u32)>>,
}

/// A file that was imported as what it is, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Time {
    source: Digest,
    lines_taken: u32,
    taken: BTreeSet<u32>,
    /// What can be undone of what it became.
    made: Vec<Made>,
}

/// How what was made of lines is undone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
enum End {
    /// By a red voucher.
    Voucher,
    /// A request is withdrawn or refused by its own number.
    Request(DisbursementId),
    /// A bank statement is withdrawn as a whole.
    Statement(StatementId),
}

/// What can be undone, and the lines of the file that it is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Made {
    seq: Seq,
    first: u32,
    last: u32,
    end: End,
}

impl Imports {
    pub(super) fn take(&mut self, seq: Seq, imported: &Imported) {
        let Imported { source, kind, lines_taken, part, .. } = imported.clone();
        if part <= 1 {
            let (taken, made) = (BTreeSet::new(), Vec::new());
            let times = self.files.entry(source.clone()).or_default();
            times.entry(kind).or_default().push(seq);
            self.times.insert(seq, Time { source, lines_taken, taken, made });
        }
        for taken in &imported.taken {
            self.marks.entry(taken.mark.clone()).or_default().push((seq, taken.line));
        }
        if let Some(mut time) = self.times.last_entry() {
            time.get_mut().taken.extend(imported.taken.iter().map(|taken| taken.line));
        }
    }

    /// A record that says of which lines it is made follows the record of their file.
    pub(super) fn make(&mut self, record: &Recorded) {
        let Some(lines) = record.lines() else { return };
        let end = if let Fact::DisbursementRequested(request) = &record.fact {
            End::Request(request.disbursement.clone())
        } else if let Fact::BankStatementRecorded(statement) = &record.fact {
            End::Statement(statement.statement.clone())
        } else if record.voucher.is_some() {
            End::Voucher
        } else {
            return;
        };
        let Some(mut time) = self.times.last_entry() else { return };
        if time.get().source.as_str().starts_with(&lines.file) {
            let (first, last) = (lines.first, lines.last);
            time.get_mut().made.push(Made { seq: record.seq, first, last, end });
        }
    }

    /// As what the file of these bytes was imported.
    pub fn kinds_of(&self, source: &Digest) -> impl Iterator<Item = ImportKind> {
        self.files.get(source).into_iter().flat_map(|kinds| kinds.keys().copied())
    }

    /// The file that a record was made from, what it was imported as, and the first record that says so.
    #[must_use]
    pub fn behind(&self, lines: &FileLines, record: Seq) -> Option<(&Digest, ImportKind, Seq)> {
        let of_file = |(_, time): &(&Seq, &Time)| time.source.as_str().starts_with(&lines.file);
        let (seq, time) = self.times.range(..record).rev().find(of_file)?;
        let kinds = self.files.get(&time.source)?;
        let (kind, _) = kinds.iter().find(|(_, times)| times.contains(seq))?;
        Some((&time.source, *kind, *seq))
    }

    /// The import that a part of it belongs to: its first record is the last one before.
    fn time_of(&self, part: Seq) -> Option<Seq> {
        self.times.range(..=part).next_back().map(|(seq, _)| *seq)
    }
}

/// A record of a file, and whether it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    pub seq: Seq,
    /// The first and the last of its lines.
    pub lines: (u32, u32),
    /// The record that undid it; none where it stands, or was ended otherwise than by a voucher.
    pub by: Option<Seq>,
}

/// What became of a file that was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The first record of its last import.
    pub seq: Seq,
    pub lines_taken: u32,
    /// How many times it was imported.
    pub times: u32,
    pub standing: Vec<Part>,
    /// What is undone, and was not imported again.
    pub undone: Vec<Part>,
    /// The lines that nothing stands of, each with what is undone.
    pub lines: BTreeMap<u32, Part>,
}

impl File {
    /// Whether everything that it became is undone, so that it can be imported like a new one.
    #[must_use]
    pub fn is_undone(&self) -> bool {
        self.standing.is_empty() && !self.undone.is_empty()
    }

    /// Whether a part of it is undone and a part stands: what is to be done, a person decides.
    #[must_use]
    pub fn is_partly_undone(&self) -> bool {
        !self.standing.is_empty() && !self.undone.is_empty()
    }
}

/// What stands of all that was imported.
#[derive(Debug)]
pub struct Stands<'a> {
    imports: &'a Imports,
    times: BTreeMap<Seq, TimeStands>,
}

#[derive(Debug, Default)]
struct TimeStands {
    standing: Vec<Part>,
    undone: Vec<Part>,
    lines: BTreeMap<u32, Part>,
}

impl State {
    /// What stands of all that was imported, and what is undone.
    #[must_use]
    pub fn imports_standing(&self) -> Stands<'_> {
        let imports = &self.imports;
        let judged = |made: &Made| {
            let part = |by| Part { seq: made.seq, lines: (made.first, made.last), by };
            match &made.end {
                End::Request(request) => {
                    let found = self.disbursements.disbursement(request);
                    (part(None), found.is_some_and(|found| !found.standing.takes_up()))
                }
                End::Statement(statement) => {
                    let held = self.bank.statement(statement);
                    (part(None), held.is_none_or(|held| held.seq != made.seq))
                }
                // A voucher that was made again by hand is not undone: it stands in another form.
                End::Voucher => {
                    let red = self.periods.undone_by(made.seq);
                    (part(red), red.is_some())
                }
            }
        };
        let of = |time: &Time| {
            let mut stands = TimeStands::default();
            for (part, undone) in time.made.iter().map(judged) {
                let parts = if undone { &mut stands.undone } else { &mut stands.standing };
                parts.push(part);
            }
            let lines = |part: &Part| time.taken.range(part.lines.0..=part.lines.1).copied();
            for part in &stands.undone {
                stands.lines.extend(lines(part).map(|line| (line, *part)));
            }
            for line in stands.standing.iter().flat_map(lines) {
                stands.lines.remove(&line);
            }
            stands
        };
        let times = imports.times.iter().map(|(seq, time)| (*seq, of(time)));
        Stands { imports, times: times.collect() }
    }
}

impl Stands<'_> {
    /// The file of these bytes, if it was imported as this.
    #[must_use]
    pub fn of(&self, source: &Digest, kind: ImportKind) -> Option<File> {
        let times = self.imports.files.get(source)?.get(&kind)?;
        let seq = *times.last()?;
        let count = u32::try_from(times.len()).unwrap_or(u32::MAX);
        let mut file = File {
            seq,
            lines_taken: self.imports.times.get(&seq)?.lines_taken,
            times: count,
            standing: Vec::new(),
            undone: Vec::new(),
            lines: BTreeMap::new(),
        };
        // What a later import has taken up again is not undone any more, whatever became of it then.
        let mut later: BTreeSet<u32> = BTreeSet::new();
        for seq in times.iter().rev() {
            let (Some(time), Some(stands)) = (self.imports.times.get(seq), self.times.get(seq))
            else {
                continue;
            };
            file.standing.extend(&stands.standing);
            let within = |part: &Part, line: u32| (part.lines.0..=part.lines.1).contains(&line);
            let stood = |line: u32| stands.standing.iter().any(|part| within(part, line));
            let is_left = |part: &&Part| {
                let mut lines = time.taken.range(part.lines.0..=part.lines.1);
                let none_again = lines.clone().all(|line| !later.contains(line));
                none_again || lines.any(|line| !later.contains(line) && !stood(*line))
            };
            file.undone.extend(stands.undone.iter().filter(is_left));
            let left = stands.lines.iter().filter(|(line, _)| !later.contains(line));
            file.lines.extend(left.map(|(line, part)| (*line, *part)));
            later.extend(&time.taken);
        }
        file.standing.sort_by_key(|part| part.seq);
        file.undone.sort_by_key(|part| part.seq);
        Some(file)
    }

    /// Whether a line of this mark was ever taken.
    #[must_use]
    pub fn knows(&self, mark: &Text) -> bool {
        self.imports.marks.contains_key(mark)
    }

    /// The first record that has taken a line of this mark and stands, and the line of its file.
    #[must_use]
    pub fn marked(&self, mark: &Text) -> Option<(Seq, u32)> {
        let taken = self.imports.marks.get(mark)?;
        let stands = |(part, line): &&(Seq, u32)| {
            let time = self.imports.time_of(*part).and_then(|seq| self.times.get(&seq));
            time.is_none_or(|time| !time.lines.contains_key(line))
        };
        taken.iter().find(stands).copied()
    }
}
