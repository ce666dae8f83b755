//! A store that keeps nothing beyond its own life and can be told to fail, for tests of whatever
//! stands above the trait.

use core::num::NonZeroU32;
use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::{
    AppendError, AppendReceipt, Direction, Durability, EventStore, Expected, ReadError,
    StoreStatus, StoredReceipt, StoredRecord, StreamHead, StreamSlice, batch,
};
use crate::chain::record::{Origin, Sealed};
use crate::ids::Seq;

/// How an append fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The outcome is not known to the caller, and the records are there.
    IndeterminateStored,
    /// The outcome is not known to the caller, and nothing is there.
    IndeterminateNotStored,
    StorageFull,
    Unavailable,
}

#[derive(Debug, Default)]
pub struct MemoryStore {
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    streams: BTreeMap<Origin, Stream>,
    /// Appends that were tried.
    tried: u64,
    faults: BTreeMap<u64, Fault>,
}

#[derive(Debug, Default)]
struct Stream {
    records: Vec<Sealed>,
    receipts: BTreeMap<String, StoredReceipt>,
}

impl MemoryStore {
    #[must_use]
    pub fn new() -> MemoryStore {
        MemoryStore::default()
    }

    /// The append that comes after `others` more fails so; 0 is the next one. Only an append that
    /// would have been stored fails: one that is refused or repeated is not counted.
    pub fn fail_append_after(&self, others: u64, fault: Fault) {
        let mut inner = self.inner();
        let at = inner.tried.saturating_add(others);
        inner.faults.insert(at, fault);
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn fault(&mut self) -> Option<Fault> {
        let fault = self.faults.remove(&self.tried);
        self.tried = self.tried.saturating_add(1);
        fault
    }

    fn stream(&self, stream: &Origin) -> Option<&Stream> {
        self.streams.get(stream)
    }

    fn head(&self, stream: &Origin) -> Option<StreamHead> {
        let last = self.stream(stream)?.records.last()?;
        Some(StreamHead { stream: stream.clone(), seq: last.seq, hash: last.hash })
    }

    fn store(&mut self, stream: &Origin, records: &[Sealed], receipts: Vec<StoredReceipt>) {
        let stream = self.streams.entry(stream.clone()).or_default();
        stream.records.extend_from_slice(records);
        let keyed = receipts.into_iter().map(|one| (one.idem.key().to_owned(), one));
        stream.receipts.extend(keyed);
    }
}

impl EventStore for MemoryStore {
    fn append(
        &self,
        stream: &Origin,
        expected: Expected,
        batch: &[Sealed],
    ) -> Result<AppendReceipt, AppendError> {
        let receipts = batch::check(expected, batch)?;
        let mut inner = self.inner();
        let stored = |key: &str| {
            Ok(inner.stream(stream).and_then(|stream| stream.receipts.get(key)).cloned())
        };
        if let Some(receipt) = batch::repeated(&receipts, stored)? {
            return Ok(receipt);
        }
        let actual = inner.head(stream);
        let receipt = batch::follow(expected, actual, batch)?;
        let unknown = || AppendError::Indeterminate { reason: "told to fail".to_owned() };
        match inner.fault() {
            None => {}
            Some(Fault::IndeterminateStored) => {
                inner.store(stream, batch, receipts);
                return Err(unknown());
            }
            Some(Fault::IndeterminateNotStored) => return Err(unknown()),
            Some(Fault::StorageFull) => {
                return Err(AppendError::StorageFull { path: PathBuf::from("memory") });
            }
            Some(Fault::Unavailable) => {
                return Err(AppendError::Unavailable { reason: "told to fail".to_owned() });
            }
        }
        inner.store(stream, batch, receipts);
        Ok(receipt)
    }

    fn read_stream(
        &self,
        stream: &Origin,
        from: Seq,
        direction: Direction,
        limit: NonZeroU32,
    ) -> Result<StreamSlice, ReadError> {
        let inner = self.inner();
        let Some(head) = inner.head(stream) else {
            return Ok(StreamSlice { records: Vec::new(), next: None });
        };
        let page = batch::page(head.seq, from, direction, limit);
        let record = |seq: Seq| {
            let at = usize::try_from(seq.0).ok();
            let records = inner.stream(stream).map_or(&[][..], |stream| &stream.records);
            let found = at.and_then(|at| records.get(at));
            let found = found.ok_or(ReadError::Gap { expected: seq, found: None })?;
            Ok(StoredRecord { seq, bytes: found.bytes.clone() })
        };
        let records = page.seqs().map(record).collect::<Result<_, ReadError>>()?;
        Ok(StreamSlice { records, next: page.next })
    }

    fn stream_head(&self, stream: &Origin) -> Result<Option<StreamHead>, ReadError> {
        Ok(self.inner().head(stream))
    }

    fn receipt(&self, stream: &Origin, key: &str) -> Result<Option<StoredReceipt>, ReadError> {
        let inner = self.inner();
        Ok(inner.stream(stream).and_then(|stream| stream.receipts.get(key)).cloned())
    }

    fn list_streams(
        &self,
        after: Option<&Origin>,
        limit: NonZeroU32,
    ) -> Result<Vec<StreamHead>, ReadError> {
        let inner = self.inner();
        let behind = inner.streams.keys().filter(|name| after.is_none_or(|after| *name > after));
        let limit = usize::try_from(limit.get()).unwrap_or(usize::MAX);
        Ok(behind.filter_map(|name| inner.head(name)).take(limit).collect())
    }

    fn status(&self) -> Result<StoreStatus, ReadError> {
        Ok(StoreStatus {
            engine: "memory",
            version: env!("CARGO_PKG_VERSION"),
            format: 1,
            durability: Durability::None,
            problems: Vec::new(),
        })
    }
}
