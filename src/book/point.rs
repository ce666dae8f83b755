//! A point in a book: after how many records it is looked at.
//!
//! Whoever asks names it by a number of records, by a day, or by a checkpoint or a bundle that was
//! kept; what comes out is a number of records, and never of another history.

use core::convert::Infallible;
use core::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use super::folder::Folder;
use super::lookup::line_at;
use super::{BookError, reading};
use crate::chain::checkpoint::{Checkpoint, Note, NoteError};
use crate::chain::record::Envelope;
use crate::chain::tree::{Tree, TreeHash, leaf_hash};
use crate::date::{Day, Offset};
use crate::event::Fact;
use crate::ids::Seq;
use crate::store::files::FileError;
use crate::store::log::{LogEnd, LogReader};

/// How somebody names a point: `427`, `2026-03-31`, a checkpoint's file or a bundle's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Point {
    /// So many records, the first ones.
    Size(u64),
    /// All records made up to the end of that day, in the book's own time.
    Day(Day),
    /// As many as the checkpoint or the bundle at this path covers.
    Kept(PathBuf),
}

/// Why a point is none of this book.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PointError {
    #[error(transparent)]
    Book(#[from] BookError),
    #[error("the book has {has} records, and not {asked}")]
    TooFew { asked: u64, has: u64 },
    #[error(
        "a point is a number of records, a day such as 2026-03-31, or the path of a checkpoint or a bundle: {0:?}"
    )]
    Unknown(String),
    #[error("{path} is not a checkpoint: {why}")]
    NotACheckpoint { path: PathBuf, why: NoteError },
    #[error("{path} is of the book {found}, and this one is {expected}")]
    OtherBook { path: PathBuf, expected: String, found: String },
    #[error("{path} has {asked} records, and the book has only {has}: records were cut off")]
    Shorter { path: PathBuf, asked: u64, has: u64 },
    #[error(
        "at {size} records {path} has the root {kept}, and the book has {found}: the history is another one"
    )]
    OtherRoot { path: PathBuf, size: u64, kept: TreeHash, found: TreeHash },
}

impl Point {
    /// How many records that is, after looking whether a kept checkpoint or bundle is of this very
    /// history. A root says all: whose signature stands under it does not matter here.
    pub fn resolve(&self, folder: &Folder) -> Result<u64, PointError> {
        let has = size(folder)?;
        match self {
            Point::Size(asked) if *asked > has => Err(PointError::TooFew { asked: *asked, has }),
            Point::Size(asked) => Ok(*asked),
            Point::Day(day) => Ok(made_by(folder, *day, has)?),
            Point::Kept(path) => {
                let kept = checkpoint(path)?;
                let expected = origin(folder)?;
                if kept.origin.as_str() != expected {
                    let found = kept.origin.to_string();
                    return Err(PointError::OtherBook { path: path.clone(), expected, found });
                }
                if kept.size > has {
                    let (path, asked) = (path.clone(), kept.size);
                    return Err(PointError::Shorter { path, asked, has });
                }
                let found = root_at(folder, kept.size)?;
                if found == kept.root {
                    return Ok(kept.size);
                }
                let (path, size, kept) = (path.clone(), kept.size, kept.root);
                Err(PointError::OtherRoot { path, size, kept, found })
            }
        }
    }

    /// The same as where something begins: the first record that is not before it. A day begins
    /// with its first record, a number or a checkpoint where it ends.
    pub fn resolve_start(&self, folder: &Folder) -> Result<u64, PointError> {
        match self {
            Point::Day(day) => {
                let has = size(folder)?;
                Ok(first_where(folder, has, |on| on >= *day)?)
            }
            Point::Size(_) | Point::Kept(_) => self.resolve(folder),
        }
    }
}

impl FromStr for Point {
    type Err = Infallible;
    fn from_str(text: &str) -> Result<Point, Infallible> {
        if let Ok(size) = text.parse() {
            return Ok(Point::Size(size));
        }
        Ok(Day::parse(text).map_or_else(|_| Point::Kept(PathBuf::from(text)), Point::Day))
    }
}

impl fmt::Display for Point {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Point::Size(size) => write!(f, "{size}"),
            Point::Day(day) => write!(f, "{day}"),
            Point::Kept(path) => write!(f, "{}", path.display()),
        }
    }
}

/// How many records the log of a book or a bundle has, by its last one.
pub fn size(folder: &Folder) -> Result<u64, BookError> {
    let last = LogEnd::read(&folder.events())?.last;
    Ok(last.map_or(0, |(_, last)| last.seq.0.saturating_add(1)))
}

/// The root of the first `size` records, from their bytes.
pub fn root_at(folder: &Folder, size: u64) -> Result<TreeHash, BookError> {
    let mut tree = Tree::default();
    for line in LogReader::open(&folder.events())? {
        if tree.size() >= size {
            break;
        }
        tree.push(leaf_hash(&line?.bytes));
    }
    Ok(tree.root())
}

/// The first record that is not the same in both, as far as both go.
pub fn part(one: &Folder, other: &Folder) -> Result<Option<u64>, BookError> {
    let pairs = LogReader::open(&one.events())?.zip(LogReader::open(&other.events())?);
    for (place, (one, other)) in (0..).zip(pairs) {
        if one?.bytes != other?.bytes {
            return Ok(Some(place));
        }
    }
    Ok(None)
}

/// What a file or a folder says of a book: a checkpoint as it stands there, a bundle by all the
/// records that it holds.
fn checkpoint(path: &Path) -> Result<Checkpoint, PointError> {
    let folder = Folder::new(path);
    if path.is_dir() {
        let size = size(&folder)?;
        let origin = envelope(&folder, Seq(0))?.ledger;
        return Ok(Checkpoint { origin, size, root: root_at(&folder, size)? });
    }
    match Folder::read_optional(path).map_err(BookError::File)? {
        Some(text) => Note::parse(&text)
            .and_then(|note| note.checkpoint())
            .map_err(|why| PointError::NotACheckpoint { path: path.to_path_buf(), why }),
        None => Err(PointError::Unknown(path.display().to_string())),
    }
}

fn origin(folder: &Folder) -> Result<String, BookError> {
    Ok(envelope(folder, Seq(0))?.ledger.to_string())
}

fn envelope(folder: &Folder, seq: Seq) -> Result<Envelope, BookError> {
    let read = Envelope::read(&line_at(folder, seq)?);
    read.map_err(|e| BookError::Broken { seq, why: e.to_string() })
}

/// How many records were made up to the end of that day.
fn made_by(folder: &Folder, day: Day, has: u64) -> Result<u64, BookError> {
    first_where(folder, has, |on| on > day)
}

/// The first record whose day is as asked, by halving: `at` never decreases.
fn first_where(folder: &Folder, has: u64, reached: impl Fn(Day) -> bool) -> Result<u64, BookError> {
    let offset = utc_offset(folder)?;
    let (mut from, mut to) = (0, has);
    while from < to {
        let middle = from.midpoint(to);
        if reached(envelope(folder, Seq(middle))?.at.day(offset)) {
            to = middle;
        } else {
            from = middle.saturating_add(1);
        }
    }
    Ok(from)
}

/// The book's own time, by record 0.
pub fn utc_offset(folder: &Folder) -> Result<Offset, BookError> {
    let first = envelope(folder, Seq(0))?;
    let first = reading::recorded(first);
    let first = first.map_err(|e| BookError::Broken { seq: Seq(0), why: e.to_string() })?;
    let pinned = if let Fact::LedgerCreated(ledger) = first.fact { Some(ledger) } else { None };
    Ok(pinned.map_or_else(Offset::china, |ledger| ledger.utc_offset))
}

impl From<FileError> for PointError {
    fn from(error: FileError) -> PointError {
        PointError::Book(error.into())
    }
}
