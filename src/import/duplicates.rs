//! Duplicates 重复: what a bank calls by its own number, else content and the how many-eth of it in the
//! file. Whether a line is another payment or the same once more is for a person to say.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::Serialize;

use crate::event::import::ImportKind;
use crate::ids::{Digest, IdError, Seq, Text};

/// What a line is like.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Like {
    /// A line of a file that was imported: its record and its line.
    Imported { seq: Seq, line: u32 },
    /// A command that was recorded otherwise.
    Recorded { seq: Seq },
    /// What this very file became before, and was undone, by a red voucher where it was one.
    Undone {
        seq: Seq,
        #[serde(skip_serializing_if = "Option::is_none")]
        by: Option<Seq>,
    },
    /// Another line of the same file.
    SameFile { line: u32 },
}

/// What is to become of duplicates: `skip:5,7-9`, `record:12`, `skip:all`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Decisions {
    skip: BTreeSet<u32>,
    record: BTreeSet<u32>,
    others: Option<Decision>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decision {
    Skip,
    Record,
}

/// Why a text decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("skip:LINES or record:LINES, such as skip:5,7-9 or record:all, not {0:?}")]
pub struct DecisionsError(String);

/// No file has more lines than this.
const LINES_MAX: u32 = 100_000;

impl FromStr for Decisions {
    type Err = DecisionsError;
    fn from_str(text: &str) -> Result<Decisions, DecisionsError> {
        let wrong = || DecisionsError(text.to_owned());
        let (what, lines) = text.split_once(':').ok_or_else(wrong)?;
        let decision = match what {
            "skip" => Decision::Skip,
            "record" => Decision::Record,
            _ => return Err(wrong()),
        };
        let mut decisions = Decisions::default();
        if lines == "all" {
            decisions.others = Some(decision);
            return Ok(decisions);
        }
        let set = match decision {
            Decision::Skip => &mut decisions.skip,
            Decision::Record => &mut decisions.record,
        };
        for part in lines.split(',') {
            let (first, last) = part.split_once('-').unwrap_or((part, part));
            let number = |text: &str| text.trim().parse::<u32>().map_err(|_| wrong());
            let (first, last) = (number(first)?, number(last)?);
            if first == 0 || last < first || last > LINES_MAX {
                return Err(wrong());
            }
            set.extend(first..=last);
        }
        Ok(decisions)
    }
}

impl Decisions {
    /// Both together; a line that is to be skipped and recorded is neither.
    #[must_use]
    pub fn with(mut self, other: Decisions) -> Decisions {
        self.skip.extend(other.skip);
        self.record.extend(other.record);
        self.others = other.others.or(self.others);
        self
    }

    /// What was decided of a line, by name or with all others.
    #[must_use]
    pub fn of(&self, line: u32) -> Option<Decision> {
        match (self.skip.contains(&line), self.record.contains(&line)) {
            (true, true) => None,
            (true, false) => Some(Decision::Skip),
            (false, true) => Some(Decision::Record),
            (false, false) => self.others,
        }
    }

    /// The lines that were named.
    pub fn named(&self) -> impl Iterator<Item = u32> {
        self.skip.union(&self.record).copied()
    }
}

/// Marks lines by what makes each of them the same when it comes again.
#[derive(Debug, Default)]
pub struct Marks {
    seen: BTreeMap<String, (u32, u32)>,
}

/// The mark of a line, and the line of the same file that it is like.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    pub mark: Text,
    pub like: Option<u32>,
    identity: String,
    count: u32,
}

impl Marked {
    /// The marks that further lines of the same content have.
    pub fn further(&self) -> impl Iterator<Item = Text> {
        let count = self.count.saturating_add(1)..=u32::MAX;
        count.map_while(|count| mark_of(&self.identity, count).ok())
    }
}

fn mark_of(identity: &str, count: u32) -> Result<Text, IdError> {
    let digest = Digest::of(&format!("{identity}|{count}"));
    Text::parse(digest.as_str().get(..16).unwrap_or_default())
}

impl Marks {
    /// `line` is where it stands; two of the same content have two marks.
    pub fn mark(&mut self, kind: ImportKind, identity: &str, line: u32) -> Result<Marked, IdError> {
        let (count, first) = self.seen.entry(identity.to_owned()).or_insert((0, line));
        *count = count.saturating_add(1);
        let like = (*count > 1).then_some(*first);
        let (identity, count) = (format!("{kind}|{identity}"), *count);
        Ok(Marked { mark: mark_of(&identity, count)?, like, identity, count })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_names_lines_one_by_one_in_ranges_or_all() {
        let decided: Decisions = "skip:5,7-9".parse().unwrap();
        let decided = decided.with("record:12".parse().unwrap());
        let found = |line| decided.of(line);
        assert_eq!((found(5), found(8)), (Some(Decision::Skip), Some(Decision::Skip)));
        assert_eq!((found(12), found(6)), (Some(Decision::Record), None));
        let all: Decisions = "record:all".parse().unwrap();
        assert_eq!(all.of(1), Some(Decision::Record));
        for bad in ["skip", "drop:1", "skip:", "skip:0", "skip:9-7", "record:x"] {
            assert!(bad.parse::<Decisions>().is_err(), "{bad}");
        }
        assert_eq!(decided.with("record:5".parse().unwrap()).of(5), None);
    }

    #[test]
    fn two_lines_of_the_same_content_have_two_marks() {
        let mut marks = Marks::default();
        let mut mark = |line| marks.mark(ImportKind::DuesRoll, "m-1|25.00", line).unwrap();
        let (one, two) = (mark(4), mark(9));
        assert_eq!((one.like, two.like), (None, Some(4)));
        assert_ne!(one.mark, two.mark);
        let again = Marks::default().mark(ImportKind::DuesRoll, "m-1|25.00", 77).unwrap();
        assert_eq!(again.mark, one.mark);
    }
}
