//! One book on disk: the log, and sled as its index. The only file that names sled.
//!
//! sled 0.34.7 does not sync on Linux when asked to flush, cannot be opened after some crashes and
//! may roll back silently, so nothing here depends on it: a record is acknowledged when the log is
//! synced, and whatever the index lacks or has lost is taken from the log when the book is opened.
//! Three properties of the engine shape the rest: values above 4,096 bytes may end in files that
//! it never syncs, a tree for each stream makes it slow, and a damaged page may panic.

use core::num::NonZeroU32;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use sled::transaction::{ConflictableTransactionError, TransactionError};
use sled::{Transactional, Tree};

use super::batch::{self, receipts_of};
use super::files::{BookLock, FileError, entries};
use super::log::{Log, LogError, idem_of, line_bytes};
use super::{
    AppendError, AppendReceipt, Direction, Durability, EventStore, Expected, Problem, ReadError,
    StoreStatus, StoredReceipt, StoredRecord, StreamHead, StreamSlice,
};
use crate::chain::hash::RecordHash;
use crate::chain::record::{Idem, Origin, Sealed};
use crate::ids::Seq;

pub(super) const ENGINE: &str = "sled";
pub(super) const ENGINE_VERSION: &str = "0.34.7";
/// Of the keys and values below.
pub(super) const FORMAT: u32 = 1;

/// 64 MiB instead of sled's 1 GiB: a first scan of a million records takes 0.92 times as long as
/// it might and a third of the memory.
const CACHE_BYTES: u64 = 64 << 20;

/// Records in one transaction: sled holds all of it in memory.
const CHUNK_RECORDS: usize = 1_000;

/// Two seconds in all for sled's lock to be let go.
const LOCK_TRIES: u32 = 100;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// A book's store, open for its one writer.
#[derive(Debug)]
pub struct DiskStore {
    pub(super) origin: Origin,
    pub(super) folder: PathBuf,
    pub(super) log_path: PathBuf,
    state: RwLock<State>,
    pub(super) index: Index,
    // Last, so that the index is closed before another process may open it.
    _lock: BookLock,
}

/// Guards log and index together: nobody reads between the two halves of an append.
#[derive(Debug)]
pub(super) struct State {
    log: Log,
    /// After an append whose outcome is not known, the index may lack what the log has, and its
    /// answers are held back until the book is opened again.
    doubt: Option<String>,
}

impl DiskStore {
    pub(super) fn new(
        origin: Origin,
        folder: PathBuf,
        log: (PathBuf, Log),
        index: Index,
        lock: BookLock,
    ) -> DiskStore {
        let (log_path, log) = log;
        let state = RwLock::new(State { log, doubt: None });
        DiskStore { origin, folder, log_path, state, index, _lock: lock }
    }

    /// The stream of this book.
    #[must_use]
    pub fn origin(&self) -> &Origin {
        &self.origin
    }

    fn check_stream(&self, stream: &Origin) -> Result<(), ReadError> {
        if *stream == self.origin {
            return Ok(());
        }
        Err(ReadError::AnotherStream { asked: stream.clone(), held: self.origin.clone() })
    }

    pub(super) fn reading(&self) -> Result<RwLockReadGuard<'_, State>, ReadError> {
        let state = self.state.read().map_err(|_| stopped("an append did not come to its end"))?;
        state.doubt.as_deref().map_or(Ok(()), |reason| Err(stopped(reason)))?;
        Ok(state)
    }

    fn writing(&self) -> Result<RwLockWriteGuard<'_, State>, ReadError> {
        let state = self.state.write().map_err(|_| stopped("an append did not come to its end"))?;
        state.doubt.as_deref().map_or(Ok(()), |reason| Err(stopped(reason)))?;
        Ok(state)
    }

    fn head(&self) -> Result<Option<StreamHead>, IndexError> {
        let head = self.index.head()?;
        Ok(head.map(|head| StreamHead {
            stream: self.origin.clone(),
            seq: head.seq,
            hash: head.hash,
        }))
    }

    /// A receipt that no record bears would have a command called recorded that never was.
    fn stored_receipt(&self, key: &str) -> Result<Option<StoredReceipt>, IndexError> {
        let Some(receipt) = self.index.receipt(key)? else { return Ok(None) };
        if self.bears(&receipt)? {
            return Ok(Some(receipt));
        }
        let first = receipt.first;
        let reason = format!("its receipt for the key {key:?} names record {first}, wrongly");
        Err(IndexError::Damaged(reason))
    }

    /// Whether the first record of a receipt is that command's.
    pub(super) fn bears(&self, receipt: &StoredReceipt) -> Result<bool, IndexError> {
        let record = self.index.range((receipt.first, receipt.first), Direction::Forward)?;
        let idem = record.first().and_then(|record| idem_of(&record.bytes));
        Ok(idem.as_ref() == Some(&receipt.idem))
    }
}

fn stopped(reason: &str) -> ReadError {
    ReadError::Unavailable { reason: format!("open the book again: {reason}") }
}

impl EventStore for DiskStore {
    fn append(
        &self,
        stream: &Origin,
        expected: Expected,
        batch: &[Sealed],
    ) -> Result<AppendReceipt, AppendError> {
        self.check_stream(stream)?;
        let receipts = batch::check(expected, batch)?;
        let mut state = self.writing()?;
        let stored = |key: &str| Ok(self.stored_receipt(key)?);
        if let Some(receipt) = batch::repeated(&receipts, stored)? {
            return Ok(receipt);
        }
        let receipt = batch::follow(expected, self.head()?, batch)?;
        let start = state.log.end();
        if let Err(error) = state.log.append(batch).map_err(AppendError::from) {
            if let AppendError::Indeterminate { reason } = &error {
                state.doubt = Some(reason.clone());
            }
            return Err(error);
        }
        if let Err(error) = self.index.put(batch, start) {
            let reason = format!("the log has the records, and the index failed: {error}");
            state.doubt = Some(reason.clone());
            return Err(AppendError::Indeterminate { reason });
        }
        Ok(receipt)
    }

    fn read_stream(
        &self,
        stream: &Origin,
        from: Seq,
        direction: Direction,
        limit: NonZeroU32,
    ) -> Result<StreamSlice, ReadError> {
        self.check_stream(stream)?;
        let _state = self.reading()?;
        let Some(head) = self.index.head()? else {
            return Ok(StreamSlice { records: Vec::new(), next: None });
        };
        let page = batch::page(head.seq, from, direction, limit);
        let mut records = Vec::new();
        if let Some(bounds) = page.bounds {
            records = self.index.range(bounds, direction)?;
        }
        let mut found = records.iter().map(|record| record.seq);
        // A scan that leaves out records was seen once after a bit was flipped.
        for expected in page.seqs() {
            let found = found.next();
            if found != Some(expected) {
                return Err(ReadError::Gap { expected, found });
            }
        }
        Ok(StreamSlice { records, next: page.next })
    }

    fn stream_head(&self, stream: &Origin) -> Result<Option<StreamHead>, ReadError> {
        self.check_stream(stream)?;
        let _state = self.reading()?;
        Ok(self.head()?)
    }

    fn receipt(&self, stream: &Origin, key: &str) -> Result<Option<StoredReceipt>, ReadError> {
        self.check_stream(stream)?;
        let _state = self.reading()?;
        Ok(self.stored_receipt(key)?)
    }

    fn list_streams(
        &self,
        after: Option<&Origin>,
        _: NonZeroU32,
    ) -> Result<Vec<StreamHead>, ReadError> {
        let _state = self.reading()?;
        if after.is_some_and(|after| self.origin <= *after) {
            return Ok(Vec::new());
        }
        Ok(self.head()?.into_iter().collect())
    }

    fn status(&self) -> Result<StoreStatus, ReadError> {
        let state = self.reading()?;
        let mut problems = Vec::new();
        let count = blobs(&self.folder);
        if count > 0 {
            problems.push(Problem::UnsyncedBlobs { count });
        }
        if let Some(reason) = state.log.refused() {
            problems.push(Problem::WritesRefused { reason: reason.to_owned() });
        }
        Ok(StoreStatus {
            engine: ENGINE,
            version: ENGINE_VERSION,
            format: FORMAT,
            durability: Durability::LogSynced,
            problems,
        })
    }
}

/// Values that sled put into files of their own.
fn blobs(store: &Path) -> u64 {
    let files = fs::read_dir(store.join("blobs")).map_or(0, Iterator::count);
    u64::try_from(files).unwrap_or(u64::MAX)
}

/// Which failures leave the caller in doubt: all but those that certainly came before the last
/// byte was written, for then the append is not complete and the log does not hold it.
impl From<LogError> for AppendError {
    fn from(error: LogError) -> AppendError {
        let reason = error.to_string();
        match error {
            LogError::WriteFailed(FileError::StorageFull { path }) => {
                AppendError::StorageFull { path }
            }
            LogError::WriteFailed(
                FileError::ReadOnly { path } | FileError::Denied { path, .. },
            ) => AppendError::ReadOnly { path },
            LogError::WriteFailed(
                FileError::Missing { .. } | FileError::InUse { .. } | FileError::Io { .. },
            )
            | LogError::SyncFailed(_) => AppendError::Indeterminate { reason },
            LogError::File(_) | LogError::Refused { .. } => AppendError::Unavailable { reason },
            LogError::LengthChanged { .. }
            | LogError::Replaced
            | LogError::NotALineStart { .. }
            | LogError::Shorter { .. }
            | LogError::Unfinished { .. }
            | LogError::Damaged { .. }
            | LogError::LastLine { .. } => AppendError::Corrupt { reason },
        }
    }
}

/// sled takes a half-written snapshot for a whole one and then cannot be opened any more
/// (sled issues 1527 and 1533); the log of its own that it starts from instead is complete.
pub(super) fn remove_half_snapshots(store: &Path) -> Result<u64, FileError> {
    let mut removed = 0_u64;
    for path in entries(store)? {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned());
        if name.is_some_and(|name| name.starts_with("snap.") && name.ends_with(".generating")) {
            fs::remove_file(&path).map_err(|e| FileError::new("remove", &path, &e))?;
            removed = removed.saturating_add(1);
        }
    }
    Ok(removed)
}

/// Why the index did not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(super) enum IndexError {
    #[error("{0}")]
    Damaged(String),
    #[error(transparent)]
    File(#[from] FileError),
}

impl From<IndexError> for ReadError {
    fn from(error: IndexError) -> ReadError {
        match error {
            IndexError::Damaged(reason) => ReadError::Corrupt { reason },
            IndexError::File(error) => ReadError::Unavailable { reason: error.to_string() },
        }
    }
}

/// The engine writes in the background as well, so that a full disk may first be told by a read.
impl From<IndexError> for AppendError {
    fn from(error: IndexError) -> AppendError {
        match error {
            IndexError::File(FileError::StorageFull { path }) => AppendError::StorageFull { path },
            IndexError::File(FileError::ReadOnly { path }) => AppendError::ReadOnly { path },
            IndexError::File(_) | IndexError::Damaged(_) => ReadError::from(error).into(),
        }
    }
}

/// A fixed handful of trees. Keys: `events` book ‖ 0x00 ‖ seq, `idem` book ‖ 0x00 ‖ key, `heads`
/// book; numbers are 8 bytes, big-endian, so that their order is the order of bytes. An origin
/// holds no 0x00, so no book's keys begin as another's do.
#[derive(Debug)]
pub(super) struct Index {
    folder: PathBuf,
    origin: Origin,
    events: Tree,
    heads: Tree,
    idem: Tree,
    db: sled::Db,
}

/// The last record that the index knows, and where it ends in the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct IndexHead {
    pub(super) seq: Seq,
    pub(super) hash: RecordHash,
    pub(super) end: u64,
}

/// What can be known of an index without reading all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Survey {
    pub(super) head: Option<IndexHead>,
    pub(super) first: Option<Seq>,
    pub(super) last: Option<Seq>,
}

impl Index {
    /// We hold the book's lock, so whoever holds sled's own is on the way out: most often a process
    /// that was just started from this one and has a copy of the open file for a moment.
    pub(super) fn open(folder: &Path, origin: &Origin) -> Result<Index, IndexError> {
        for _ in 0..LOCK_TRIES {
            match Index::try_open(folder, origin) {
                Err(IndexError::File(FileError::InUse { .. })) => std::thread::sleep(LOCK_PAUSE),
                opened => return opened,
            }
        }
        Index::try_open(folder, origin)
    }

    /// Opens sled in a thread of its own: on some damage it panics, and a panic must not take
    /// more with it than the thread.
    fn try_open(folder: &Path, origin: &Origin) -> Result<Index, IndexError> {
        let (path, book) = (folder.to_path_buf(), origin.clone());
        let opening = std::thread::Builder::new()
            .name("sled-open".to_owned())
            .spawn(move || guarded(&path, || Index::open_trees(&path, book)));
        let opening = opening.map_err(|e| FileError::new("start a thread for", folder, &e))?;
        let index =
            opening.join().map_err(|_| IndexError::Damaged("sled panicked".to_owned()))??;
        index.check_meta()?;
        Ok(index)
    }

    fn open_trees(folder: &Path, origin: Origin) -> sled::Result<Index> {
        let db = sled::Config::new()
            .path(folder)
            .cache_capacity(CACHE_BYTES)
            .flush_every_ms(Some(500))
            .open()?;
        Ok(Index {
            folder: folder.to_path_buf(),
            origin,
            events: db.open_tree("events")?,
            heads: db.open_tree("heads")?,
            idem: db.open_tree("idem")?,
            db,
        })
    }

    fn check_meta(&self) -> Result<(), IndexError> {
        guarded(&self.folder, || {
            let meta = self.db.open_tree("meta")?;
            let format = FORMAT.to_string();
            for (key, value) in
                [("engine", ENGINE), ("version", ENGINE_VERSION), ("format", format.as_str())]
            {
                let known = meta.get(key)?;
                if known.is_none() {
                    meta.insert(key, value)?;
                } else if known.is_some_and(|known| known != value) {
                    return Err(sled::Error::Unsupported(format!("{key} is not {value}")));
                }
            }
            Ok(())
        })
    }

    /// One transaction for each thousand of records, heads and keys. `start` is where the first
    /// record begins in the log.
    pub(super) fn put(&self, records: &[Sealed], start: u64) -> Result<u64, IndexError> {
        let mut end = start;
        for chunk in records.chunks(CHUNK_RECORDS) {
            end = chunk.iter().fold(end, |end, one| end.saturating_add(line_bytes(&one.bytes)));
            self.put_chunk(chunk, end)?;
        }
        Ok(end)
    }

    fn put_chunk(&self, records: &[Sealed], end: u64) -> Result<(), IndexError> {
        let Some(last) = records.last() else { return Ok(()) };
        let head = head_value(IndexHead { seq: last.seq, hash: last.hash, end });
        let receipts = receipts_of(records);
        let trees = (&self.events, &self.heads, &self.idem);
        guarded(&self.folder, || {
            let done = trees.transaction(|(events, heads, idem)| {
                for record in records {
                    events.insert(self.event_key(record.seq), record.bytes.as_slice())?;
                }
                for receipt in &receipts {
                    let key = self.idem_key(receipt.idem.key());
                    let earlier = idem.get(&key)?.map(|value| read_receipt(&value));
                    if let Some(value) = joined(earlier.flatten(), receipt) {
                        idem.insert(key, value)?;
                    }
                }
                heads.insert(self.origin.as_str(), head.as_slice())?;
                Ok::<(), ConflictableTransactionError<()>>(())
            });
            match done {
                Ok(()) | Err(TransactionError::Abort(())) => Ok(()),
                Err(TransactionError::Storage(error)) => Err(error),
            }
        })
    }

    /// Lets sled write what it holds in memory; nothing that is promised depends on it.
    pub(super) fn flush(&self) -> Result<(), IndexError> {
        guarded(&self.folder, || self.db.flush().map(drop))
    }

    pub(super) fn head(&self) -> Result<Option<IndexHead>, IndexError> {
        let value = guarded(&self.folder, || self.heads.get(self.origin.as_str()))?;
        let read = |value: sled::IVec| read_head(&value).ok_or_else(|| damaged("head"));
        value.map(read).transpose()
    }

    pub(super) fn receipt(&self, key: &str) -> Result<Option<StoredReceipt>, IndexError> {
        let value = guarded(&self.folder, || self.idem.get(self.idem_key(key)))?;
        let read = |value: sled::IVec| read_receipt(&value).ok_or_else(|| damaged("receipt"));
        value.map(read).transpose()
    }

    pub(super) fn survey(&self) -> Result<Survey, IndexError> {
        let key = |entry: Option<(sled::IVec, sled::IVec)>| {
            let read = |(key, _): (sled::IVec, sled::IVec)| self.read_event_key(&key);
            entry.map(read).transpose()
        };
        Ok(Survey {
            head: self.head()?,
            first: key(guarded(&self.folder, || self.events.first())?)?,
            last: key(guarded(&self.folder, || self.events.last())?)?,
        })
    }

    /// Both bounds included.
    fn range(
        &self,
        (low, high): (Seq, Seq),
        direction: Direction,
    ) -> Result<Vec<StoredRecord>, IndexError> {
        let found = guarded(&self.folder, || {
            let range = self.events.range(self.event_key(low)..=self.event_key(high));
            match direction {
                Direction::Forward => range.collect::<sled::Result<Vec<_>>>(),
                Direction::Backward => range.rev().collect(),
            }
        })?;
        let record = |(key, value): (sled::IVec, sled::IVec)| {
            Ok(StoredRecord { seq: self.read_event_key(&key)?, bytes: value.to_vec() })
        };
        found.into_iter().map(record).collect()
    }

    /// All records in order; it ends after an error.
    pub(super) fn records(
        &self,
    ) -> impl Iterator<Item = Result<(Seq, impl AsRef<[u8]>), IndexError>> {
        self.scan(&self.events)
            .map(|entry| entry.and_then(|(key, value)| Ok((self.read_event_key(&key)?, value))))
    }

    /// In the order of their keys; it ends after an error.
    pub(super) fn receipts(&self) -> impl Iterator<Item = Result<StoredReceipt, IndexError>> {
        let read = |value: sled::IVec| read_receipt(&value).ok_or_else(|| damaged("receipt"));
        self.scan(&self.idem).map(move |entry| entry.and_then(|(_, value)| read(value)))
    }

    fn scan(
        &self,
        tree: &Tree,
    ) -> impl Iterator<Item = Result<(sled::IVec, sled::IVec), IndexError>> {
        let mut entries = Some(tree.iter());
        std::iter::from_fn(move || {
            let mut iter = entries.take()?;
            let next = guarded(&self.folder, || iter.next().transpose());
            if matches!(next, Ok(Some(_))) {
                entries = Some(iter);
            }
            next.transpose()
        })
    }

    fn event_key(&self, seq: Seq) -> Vec<u8> {
        [self.origin.as_str().as_bytes(), &[0], &seq.0.to_be_bytes()].concat()
    }

    fn idem_key(&self, key: &str) -> Vec<u8> {
        [self.origin.as_str().as_bytes(), &[0], key.as_bytes()].concat()
    }

    fn read_event_key(&self, key: &[u8]) -> Result<Seq, IndexError> {
        let number = key.strip_prefix(self.origin.as_str().as_bytes());
        let number = number.and_then(|rest| rest.strip_prefix(&[0]));
        let number = number.and_then(|rest| rest.first_chunk().filter(|_| rest.len() == 8));
        number.map(|bytes| Seq(u64::from_be_bytes(*bytes))).ok_or_else(|| {
            IndexError::Damaged(format!("a record in it is not of the book {}", self.origin))
        })
    }
}

fn damaged(what: &str) -> IndexError {
    IndexError::Damaged(format!("a {what} in it cannot be read"))
}

/// Runs what may panic on damage, and tells damage from trouble with files.
fn guarded<T>(folder: &Path, work: impl FnOnce() -> sled::Result<T>) -> Result<T, IndexError> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(Ok(done)) => Ok(done),
        Ok(Err(sled::Error::Io(error))) => Err(io_error(folder, &error)),
        Ok(Err(error)) => Err(IndexError::Damaged(error.to_string())),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
            Err(IndexError::Damaged(format!("sled panicked: {}", text.unwrap_or("no reason"))))
        }
    }
}

/// What is missing, too short or unreadable is damage, which the log mends; a full disk is not.
fn io_error(folder: &Path, error: &std::io::Error) -> IndexError {
    let text = error.to_string();
    // sled has no kind of error for this.
    if text.starts_with("could not acquire lock") {
        let holder = "another process".to_owned();
        return FileError::InUse { path: folder.to_path_buf(), holder }.into();
    }
    match FileError::new("use the index in", folder, error) {
        FileError::Io { reason, .. } => IndexError::Damaged(reason),
        missing @ FileError::Missing { .. } => IndexError::Damaged(missing.to_string()),
        error @ (FileError::ReadOnly { .. }
        | FileError::Denied { .. }
        | FileError::StorageFull { .. }
        | FileError::InUse { .. }) => IndexError::File(error),
    }
}

/// A command's receipt, when a chunk ended within the command; `None` if there is nothing to
/// write. A key that another command used before keeps its first receipt.
fn joined(earlier: Option<StoredReceipt>, receipt: &StoredReceipt) -> Option<Vec<u8>> {
    match earlier {
        None => Some(receipt_value(receipt)),
        Some(earlier) if earlier.idem == receipt.idem && earlier.last.next() == receipt.first => {
            Some(receipt_value(&StoredReceipt { first: earlier.first, ..receipt.clone() }))
        }
        Some(_) => None,
    }
}

/// seq ‖ hash ‖ where the record ends in the log.
fn head_value(head: IndexHead) -> Vec<u8> {
    [&head.seq.0.to_be_bytes()[..], head.hash.as_bytes(), &head.end.to_be_bytes()].concat()
}

fn read_head(value: &[u8]) -> Option<IndexHead> {
    let (seq, rest) = value.split_first_chunk()?;
    let (hash, rest) = rest.split_first_chunk::<32>()?;
    let end = rest.first_chunk().filter(|_| rest.len() == 8)?;
    Some(IndexHead {
        seq: Seq(u64::from_be_bytes(*seq)),
        hash: RecordHash::from(*hash),
        end: u64::from_be_bytes(*end),
    })
}

/// first ‖ last ‖ hash ‖ key~digest.
fn receipt_value(receipt: &StoredReceipt) -> Vec<u8> {
    let (first, last) = (receipt.first.0.to_be_bytes(), receipt.last.0.to_be_bytes());
    [&first[..], &last, receipt.hash.as_bytes(), receipt.idem.as_str().as_bytes()].concat()
}

fn read_receipt(value: &[u8]) -> Option<StoredReceipt> {
    let (first, rest) = value.split_first_chunk()?;
    let (last, rest) = rest.split_first_chunk()?;
    let (hash, rest) = rest.split_first_chunk::<32>()?;
    let idem = Idem::try_from(String::from_utf8(rest.to_vec()).ok()?).ok()?;
    Some(StoredReceipt {
        idem,
        first: Seq(u64::from_be_bytes(*first)),
        last: Seq(u64::from_be_bytes(*last)),
        hash: RecordHash::from(*hash),
    })
}

#[cfg(test)]
mod tests {
    use std::io::ErrorKind;

    use super::*;

    /// What failed before the last byte of the batch could be written was not stored. Of all else
    /// nobody may say so.
    #[test]
    fn a_failed_append_is_called_not_stored_only_where_that_is_certain() {
        let path = PathBuf::from("events.ndjson");
        let io = FileError::Io { doing: "write to", path: path.clone(), reason: "EIO".into() };
        let full = FileError::StorageFull { path: path.clone() };
        let read_only = FileError::ReadOnly { path: path.clone() };
        let said = |error: &LogError| error.to_string();
        for (error, is) in [
            (LogError::WriteFailed(full.clone()), AppendError::StorageFull { path: path.clone() }),
            (LogError::WriteFailed(read_only), AppendError::ReadOnly { path: path.clone() }),
        ] {
            assert_eq!(AppendError::from(error), is);
        }
        for error in [
            LogError::WriteFailed(io.clone()),
            LogError::SyncFailed(io.clone()),
            LogError::SyncFailed(full.clone()),
        ] {
            let reason = said(&error);
            assert_eq!(AppendError::from(error), AppendError::Indeterminate { reason });
        }
        for error in [LogError::File(io), LogError::Refused { reason: "EIO".into() }] {
            let reason = said(&error);
            assert_eq!(AppendError::from(error), AppendError::Unavailable { reason });
        }
        for error in [LogError::Replaced, LogError::LengthChanged { expected: 5, found: 6 }] {
            let reason = said(&error);
            assert_eq!(AppendError::from(error), AppendError::Corrupt { reason });
        }
    }

    #[test]
    fn a_full_disk_and_a_held_lock_are_not_taken_for_damage() {
        let folder = Path::new("store");
        let of = |kind, text: &str| io_error(folder, &std::io::Error::new(kind, text));
        for kind in [ErrorKind::StorageFull, ErrorKind::QuotaExceeded, ErrorKind::FileTooLarge] {
            let full = FileError::StorageFull { path: folder.to_path_buf() };
            assert_eq!(of(kind, "full"), IndexError::File(full));
        }
        let held = of(ErrorKind::Other, "could not acquire lock on \"db\"");
        assert!(matches!(held, IndexError::File(FileError::InUse { .. })));
        let short = of(ErrorKind::UnexpectedEof, "failed to fill whole buffer");
        assert_eq!(short, IndexError::Damaged("failed to fill whole buffer".to_owned()));
    }

    /// sled writes in the background as well, so that an append may first hear of it from a read.
    #[test]
    fn a_full_disk_that_the_index_tells_of_is_called_so_by_an_append() {
        let path = PathBuf::from("store");
        let full = IndexError::File(FileError::StorageFull { path: path.clone() });
        assert_eq!(AppendError::from(full), AppendError::StorageFull { path: path.clone() });
        let read_only = IndexError::File(FileError::ReadOnly { path: path.clone() });
        assert_eq!(AppendError::from(read_only), AppendError::ReadOnly { path });
    }

    #[test]
    fn heads_and_receipts_are_read_as_they_were_written() {
        let hash = RecordHash::of(b"record");
        let head = IndexHead { seq: Seq(65_536), hash, end: 1 << 40 };
        assert_eq!(read_head(&head_value(head)), Some(head));
        let idem = Idem::new("march", b"dues of March").unwrap();
        let receipt = StoredReceipt { idem, first: Seq(255), last: Seq(256), hash };
        assert_eq!(read_receipt(&receipt_value(&receipt)), Some(receipt.clone()));
        for cut in 0..48 {
            assert_eq!(read_head(&head_value(head)[..cut]), None);
            assert_eq!(read_receipt(&receipt_value(&receipt)[..cut]), None);
        }
    }
}
