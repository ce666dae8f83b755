//! Opening a book: whatever a crash, a full disk or a hand in the files left behind is either
//! mended from the log and said, or refused by name. In order: the lock, the log's end, the index
//! held against it, the index caught up, the log's unfinished tail set aside.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use super::disk::{
    DiskStore, ENGINE, ENGINE_VERSION, FORMAT, Index, IndexError, remove_half_snapshots,
};
use super::files::{BookLock, FileError, entries, free_name, sync_folder, write_whole};
use super::log::{
    self, LOG_FILE, Log, LogEnd, LogError, LogReader, RecordReader, SetAside, last_line_before,
    set_aside_unfinished_tail,
};
use crate::chain::hash::RecordHash;
use crate::chain::record::{Envelope, Origin, Sealed};
use crate::ids::Seq;

pub const STORE_FOLDER: &str = "store";
pub const LOCK_FILE: &str = "lock";
const FORMAT_FILE: &str = "FORMAT";

/// Records read from the log before they are handed to the index.
const CHUNK_RECORDS: usize = 1_000;

/// Why a book was not opened.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    #[error("the book is in use by {holder}")]
    InUse { holder: String },
    #[error("there is no book in {folder}")]
    NoBook { folder: PathBuf },
    #[error("there is a book in {folder} already")]
    AlreadyABook { folder: PathBuf },
    #[error("the book in {folder} is {found}, and {expected} was asked for")]
    AnotherBook { folder: PathBuf, expected: Origin, found: Origin },
    #[error("the log {log} is missing, though its index is there: bring it back from a backup")]
    LogMissing { log: PathBuf },
    #[error(
        "the index goes to record {store}, and the log {}: the log was cut, and must be brought \
         back from a backup",
        log.map_or_else(|| "is empty".to_owned(), |log| format!("only to record {log}"))
    )]
    StoreAheadOfLog { store: Seq, log: Option<Seq> },
    #[error("record {seq} is not the same in the log and in the index: one of them was changed")]
    DifferentRecord { seq: Seq },
    #[error("the index was written as {found:?}, and this program knows {known:?}")]
    OtherFormat { found: String, known: String },
    #[error("the index was damaged, and a new one cannot be built either: {reason}")]
    IndexBroken { reason: String },
    #[error(transparent)]
    Log(LogError),
    #[error(transparent)]
    File(FileError),
}

/// What opening found and did, for the caller to say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpeningReport {
    pub index: IndexOpening,
    /// An append that was never acknowledged.
    pub set_aside: Option<SetAside>,
    /// Snapshots that the engine was writing when it was killed; it cannot be opened while they
    /// are there.
    pub half_snapshots_removed: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IndexOpening {
    /// It had all that the log has.
    AsItWas,
    /// It lacked the log's last records.
    CaughtUp { from: Seq, records: u64 },
    /// There was none.
    Built { records: u64 },
    /// It could not be used, was moved to `kept` and built again from the log.
    Rebuilt { reason: String, kept: PathBuf, records: u64 },
}

impl DiskStore {
    /// A new, empty book. `holder` is one line for whoever finds the book in use.
    pub fn create(
        folder: &Path,
        origin: &Origin,
        holder: &str,
    ) -> Result<(DiskStore, OpeningReport), OpenError> {
        let created = fs::create_dir_all(folder);
        created.map_err(|e| FileError::new("create", folder, &e))?;
        folder.parent().filter(|up| up.is_dir()).map_or(Ok(()), sync_folder)?;
        let lock = BookLock::take(&folder.join(LOCK_FILE), holder)?;
        let log = folder.join(LOG_FILE);
        if log.exists() {
            return Err(OpenError::AlreadyABook { folder: folder.to_path_buf() });
        }
        if folder.join(STORE_FOLDER).exists() {
            return Err(OpenError::LogMissing { log });
        }
        Log::create(&log)?;
        Book::new(folder, origin).open(lock)
    }

    /// A book that is there: at least its log. Never an empty one where none was.
    pub fn open(
        folder: &Path,
        origin: &Origin,
        holder: &str,
    ) -> Result<(DiskStore, OpeningReport), OpenError> {
        let book = Book::new(folder, origin);
        if !book.log.exists() {
            return Err(if book.store.exists() {
                OpenError::LogMissing { log: book.log }
            } else {
                OpenError::NoBook { folder: book.folder }
            });
        }
        let lock = BookLock::take(&folder.join(LOCK_FILE), holder)?;
        book.open(lock)
    }
}

impl From<FileError> for OpenError {
    fn from(error: FileError) -> OpenError {
        match error {
            FileError::InUse { holder, .. } => OpenError::InUse { holder },
            FileError::Missing { .. }
            | FileError::ReadOnly { .. }
            | FileError::Denied { .. }
            | FileError::StorageFull { .. }
            | FileError::Io { .. } => OpenError::File(error),
        }
    }
}

impl From<LogError> for OpenError {
    fn from(error: LogError) -> OpenError {
        if let LogError::File(error) = error { error.into() } else { OpenError::Log(error) }
    }
}

/// Where a book's parts are.
struct Book {
    origin: Origin,
    folder: PathBuf,
    log: PathBuf,
    store: PathBuf,
}

/// Why an index is not ready: only damage is mended by building it again.
enum Trouble {
    Damaged(String),
    Refused(OpenError),
}

impl<E: Into<OpenError>> From<E> for Trouble {
    fn from(error: E) -> Trouble {
        Trouble::Refused(error.into())
    }
}

impl From<IndexError> for Trouble {
    fn from(error: IndexError) -> Trouble {
        match error {
            IndexError::Damaged(reason) => Trouble::Damaged(reason),
            IndexError::File(error) => Trouble::Refused(error.into()),
        }
    }
}

impl Book {
    fn new(folder: &Path, origin: &Origin) -> Book {
        Book {
            origin: origin.clone(),
            folder: folder.to_path_buf(),
            log: folder.join(LOG_FILE),
            store: folder.join(STORE_FOLDER),
        }
    }

    fn open(self, lock: BookLock) -> Result<(DiskStore, OpeningReport), OpenError> {
        log::sync(&self.log)?;
        let end = LogEnd::read(&self.log)?;
        self.check_origin()?;
        let half_snapshots_removed = remove_half_snapshots(&self.store)?;
        let (index, opening) = self.index(&end)?;
        // Only now, so that an alarm finds the log as it was.
        let set_aside = set_aside_unfinished_tail(&self.log)?;
        let log = Log::open(&self.log)?;
        let report = OpeningReport { index: opening, set_aside, half_snapshots_removed };
        Ok((DiskStore::new(self.origin, self.store, (self.log, log), index, lock), report))
    }

    fn check_origin(&self) -> Result<(), OpenError> {
        let Some(line) = LogReader::open(&self.log)?.next().transpose()? else {
            return Ok(());
        };
        let damaged = |why: String| LogError::Damaged { seq: Seq(0), offset: 0, why };
        let found = Envelope::read(&line.bytes).map_err(|e| damaged(e.to_string()))?.ledger;
        if found == self.origin {
            return Ok(());
        }
        let (folder, expected) = (self.folder.clone(), self.origin.clone());
        Err(OpenError::AnotherBook { folder, expected, found })
    }

    fn index(&self, end: &LogEnd) -> Result<(Index, IndexOpening), OpenError> {
        let reason = match self.try_index(end) {
            Ok(ready) => return Ok(ready),
            Err(Trouble::Refused(error)) => return Err(error),
            Err(Trouble::Damaged(reason)) => reason,
        };
        let kept = self.move_index_aside()?;
        match self.try_index(end) {
            Ok((index, opening)) => {
                let records = match opening {
                    IndexOpening::AsItWas => 0,
                    IndexOpening::CaughtUp { records, .. }
                    | IndexOpening::Built { records }
                    | IndexOpening::Rebuilt { records, .. } => records,
                };
                Ok((index, IndexOpening::Rebuilt { reason, kept, records }))
            }
            Err(Trouble::Refused(error)) => Err(error),
            Err(Trouble::Damaged(reason)) => Err(OpenError::IndexBroken { reason }),
        }
    }

    /// Closing a damaged index may panic as well.
    fn try_index(&self, end: &LogEnd) -> Result<(Index, IndexOpening), Trouble> {
        let tried = catch_unwind(AssertUnwindSafe(|| self.open_index(end)));
        tried.unwrap_or_else(|_| Err(Trouble::Damaged("closing it failed".to_owned())))
    }

    fn open_index(&self, end: &LogEnd) -> Result<(Index, IndexOpening), Trouble> {
        let new = self.prepare_folder()?;
        let index = Index::open(&self.store, &self.origin)?;
        let (offset, after) = self.hold_against_log(&index, end)?;
        let records = self.catch_up(&index, offset, after)?;
        let from = after.map_or(Seq(0), |(seq, _)| seq.next());
        let opening = match (new, records) {
            (true, records) => IndexOpening::Built { records },
            (false, 0) => IndexOpening::AsItWas,
            (false, records) => IndexOpening::CaughtUp { from, records },
        };
        Ok((index, opening))
    }

    /// Says whether the folder is new. The plain file tells any program what wrote the rest.
    fn prepare_folder(&self) -> Result<bool, Trouble> {
        let known = format!("mingzhang store {FORMAT}\n{ENGINE} {ENGINE_VERSION}\n");
        let path = self.store.join(FORMAT_FILE);
        match fs::read_to_string(&path) {
            Ok(found) if found == known => return Ok(false),
            Ok(found) => return Err(OpenError::OtherFormat { found, known }.into()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => {}
            Err(e) => return Err(FileError::new("read", &path, &e).into()),
        }
        let created = fs::create_dir_all(&self.store);
        created.map_err(|e| FileError::new("create", &self.store, &e))?;
        if entries(&self.store)?.is_empty() {
            write_whole(&path, &known)?;
            sync_folder(&self.folder)?;
            Ok(true)
        } else {
            Err(Trouble::Damaged(format!("{FORMAT_FILE} is missing")))
        }
    }

    /// Where catching up begins. Looks at both ends only, so that a long book opens as fast as a
    /// short one; [`DiskStore::compare_with_log`] looks at all of it.
    fn hold_against_log(
        &self,
        index: &Index,
        end: &LogEnd,
    ) -> Result<(u64, Option<(Seq, RecordHash)>), Trouble> {
        let survey = index.survey()?;
        let Some(store) = survey.head.map(|head| head.seq).max(survey.last) else {
            return Ok((0, None));
        };
        let log = end.last.as_ref().map(|(_, record)| record.seq);
        if log.is_none_or(|log| log < store) {
            return Err(OpenError::StoreAheadOfLog { store, log }.into());
        }
        let head = survey.head.filter(|head| survey.last == Some(head.seq));
        let Some(head) = head.filter(|_| survey.first == Some(Seq(0))) else {
            return Err(Trouble::Damaged("its head and its records do not agree".to_owned()));
        };
        if head.end <= end.end {
            let line = last_line_before(&self.log, head.end)?;
            if line.is_some_and(|line| RecordHash::of(&line) == head.hash) {
                return Ok((head.end, Some((head.seq, head.hash))));
            }
        }
        match self.first_difference(index)? {
            Some(seq) => Err(OpenError::DifferentRecord { seq }.into()),
            None => Err(Trouble::Damaged("its head is not where the log has it".to_owned())),
        }
    }

    fn first_difference(&self, index: &Index) -> Result<Option<Seq>, Trouble> {
        let mut seq = Seq(0);
        for (line, stored) in LogReader::open(&self.log)?.zip(index.records()) {
            let (line, (found, bytes)) = (line?, stored?);
            if found != seq || line.bytes != bytes.as_ref() {
                return Ok(Some(seq));
            }
            seq = seq.next();
        }
        Ok(None)
    }

    fn catch_up(
        &self,
        index: &Index,
        offset: u64,
        after: Option<(Seq, RecordHash)>,
    ) -> Result<u64, Trouble> {
        let mut records = RecordReader::open_behind(&self.log, offset, after)?;
        let (mut start, mut count) = (offset, 0_u64);
        loop {
            let chunk = records.by_ref().take(CHUNK_RECORDS);
            let chunk = chunk.collect::<Result<Vec<Sealed>, LogError>>()?;
            if chunk.is_empty() {
                return Ok(count);
            }
            start = index.put(&chunk, start)?;
            // The engine is faster at taking records than at writing them, and keeps the rest in memory.
            index.flush()?;
            count = count.saturating_add(u64::try_from(chunk.len()).unwrap_or(u64::MAX));
        }
    }

    /// Kept, not deleted: it may show what happened.
    fn move_index_aside(&self) -> Result<PathBuf, OpenError> {
        let kept = free_name(&self.folder, "store.damaged", "");
        let moved = fs::rename(&self.store, &kept);
        moved.map_err(|e| FileError::new("move aside", &self.store, &e))?;
        sync_folder(&self.folder)?;
        Ok(kept)
    }
}
