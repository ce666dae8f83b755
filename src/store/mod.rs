//! Where records are kept. The contract is one trait; hashing, signing, rules, verification and
//! export live above it, once, so that a store has nothing to do but keep bytes in order.
//!
//! What every store promises, and `tests/store_conformance.rs` asks of each:
//!
//! - all records of an append are kept or none, and they are durable when `Ok` returns;
//! - an append says which record it follows; there is no "append whatever is there";
//! - a command's key is stored with its records, so that a command sent twice is kept once;
//! - a failure whose outcome is not known says so ([`AppendError::Indeterminate`]) and is never
//!   passed off as "not stored".
//!
//! [`disk::DiskStore`] is a log that is synced first and an index of it; [`memory::MemoryStore`]
//! can be told to fail.

use core::fmt;
use core::num::NonZeroU32;
use std::path::PathBuf;

use crate::chain::hash::RecordHash;
use crate::chain::record::{Idem, Origin, Sealed};
use crate::ids::Seq;

pub mod files;
pub mod log;
mod batch;
pub mod disk;
pub mod opening;
pub mod compare;
pub mod memory;

pub trait EventStore: Send + Sync {
    /// Keeps all records of the batch or none, and only if the stream's head is `expected`.
    /// `more` is true on every record of the batch but the last. Commands that are all stored
    /// already give their first receipt again, whatever `expected` says by now.
    fn append(
        &self,
        stream: &Origin,
        expected: Expected,
        batch: &[Sealed],
    ) -> Result<AppendReceipt, AppendError>;

    /// At most `limit` records, `from` included, in the direction asked for.
    fn read_stream(
        &self,
        stream: &Origin,
        from: Seq,
        direction: Direction,
        limit: NonZeroU32,
    ) -> Result<StreamSlice, ReadError>;

    /// The last record; `None` if the stream has none. It never goes back.
    fn stream_head(&self, stream: &Origin) -> Result<Option<StreamHead>, ReadError>;

    /// What became of the command that bore this key: the client's own key, without a digest.
    fn receipt(&self, stream: &Origin, key: &str) -> Result<Option<StoredReceipt>, ReadError>;

    /// Streams in the order of their names, those after `after`.
    fn list_streams(
        &self,
        after: Option<&Origin>,
        limit: NonZeroU32,
    ) -> Result<Vec<StreamHead>, ReadError>;

    /// What this store is and how durable it is just now.
    fn status(&self) -> Result<StoreStatus, ReadError>;
}

/// The record that an append follows. Deliberately without `Any`: whoever appends has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    NoStream,
    /// The last record and its hash: the same number on another history is refused.
    Exact {
        seq: Seq,
        hash: RecordHash,
    },
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expected::NoStream => f.write_str("no record"),
            Expected::Exact { seq, hash } => write!(f, "record {seq} ({hash})"),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Forward,
    Backward,
}

/// Where an append stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AppendReceipt {
    pub first: Seq,
    pub last: Seq,
    /// Of record `last`.
    pub hash: RecordHash,
    /// All of it was stored before; nothing was written now.
    pub repeated: bool,
}

/// Where one command stands: its records are contiguous.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredReceipt {
    pub idem: Idem,
    pub first: Seq,
    pub last: Seq,
    /// Of record `last`.
    pub hash: RecordHash,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamHead {
    pub stream: Origin,
    pub seq: Seq,
    pub hash: RecordHash,
}

impl StreamHead {
    #[must_use]
    pub fn expected(&self) -> Expected {
        Expected::Exact { seq: self.seq, hash: self.hash }
    }
}

/// One page of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StreamSlice {
    pub records: Vec<StoredRecord>,
    /// Where the next page in the same direction begins; `None` at the end.
    pub next: Option<Seq>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredRecord {
    pub seq: Seq,
    /// Exactly what was appended.
    pub bytes: Vec<u8>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoreStatus {
    pub engine: &'static str,
    pub version: &'static str,
    /// Of what the engine keeps, not of the records.
    pub format: u32,
    pub durability: Durability,
    /// Empty in good health. With any of them, a service should not start.
    pub problems: Vec<Problem>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// `Ok` from `append` means that the log was synced to the disk.
    LogSynced,
    /// Gone with the process.
    None,
}

/// What is wrong with a store that still answers.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    #[error("{count} files in blobs/, which the engine never syncs")]
    UnsyncedBlobs { count: u64 },
    #[error("no more can be written until the book is opened again: {reason}")]
    WritesRefused { reason: String },
}

/// Why an append did not return a receipt.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendError {
    #[error("an append needs at least one record")]
    Empty,
    #[error("a record has at most 4096 bytes, and record {seq} has {bytes}")]
    TooLarge { seq: Seq, bytes: usize },
    #[error("record {expected} was due in the batch, and record {found} was found")]
    NotContiguous { expected: Seq, found: Seq },
    #[error("record {seq} follows {found}, and the record before it is {expected}")]
    WrongPrev { seq: Seq, expected: RecordHash, found: RecordHash },
    #[error("record {seq} says more: {found}; it is true on all records of an append but the last")]
    WrongMore { seq: Seq, found: bool },
    #[error("record {seq} is not sealed: its bytes and its fields differ")]
    NotSealed { seq: Seq },
    #[error("the key {key:?} stands for two commands of the batch, the second at record {seq}")]
    KeyTwice { key: String, seq: Seq },
    #[error("{expected} was expected to be the last, and {} is", head_text(actual.as_ref()))]
    WrongExpectedVersion { expected: Expected, actual: Option<StreamHead> },
    #[error("the key {key:?} was used at record {first} for another command")]
    IdempotencyConflict { key: String, first: Seq },
    #[error(
        "{} of {commands} commands are in the book already, the first with the key {:?}",
        stored.len(),
        stored.first().map_or("", |(key, _)| key.as_str())
    )]
    PartlyRepeated {
        /// The keys that are there, each with its first record.
        stored: Vec<(String, Seq)>,
        /// How many the batch holds.
        commands: usize,
    },
    #[error("this store holds {held}, and {asked} was asked for")]
    AnotherStream { asked: Origin, held: Origin },
    /// Read `receipt` and the head after opening again; never just send it again.
    #[error("it is not known whether the append was stored; open the book again: {reason}")]
    Indeterminate { reason: String },
    #[error("nothing was stored: {reason}")]
    Unavailable { reason: String },
    #[error("nothing was stored; the store is damaged: {reason}")]
    Corrupt { reason: String },
    #[error("nothing was stored; {path} may only be read")]
    ReadOnly { path: PathBuf },
    #[error("nothing was stored; the disk that holds {path} is full")]
    StorageFull { path: PathBuf },
}

/// Why a store did not answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    #[error("this store holds {held}, and {asked} was asked for")]
    AnotherStream { asked: Origin, held: Origin },
    #[error("the store does not answer: {reason}")]
    Unavailable { reason: String },
    #[error("the store is damaged: {reason}")]
    Corrupt { reason: String },
    #[error("record {expected} was due from the store, and {} came", seq_text(*found))]
    Gap { expected: Seq, found: Option<Seq> },
}

/// What went wrong in reading went wrong before anything was written.
impl From<ReadError> for AppendError {
    fn from(error: ReadError) -> AppendError {
        match error {
            ReadError::AnotherStream { asked, held } => AppendError::AnotherStream { asked, held },
            ReadError::Unavailable { reason } => AppendError::Unavailable { reason },
            ReadError::Corrupt { reason } => AppendError::Corrupt { reason },
            ReadError::Gap { .. } => AppendError::Corrupt { reason: error.to_string() },
        }
    }
}

fn head_text(head: Option<&StreamHead>) -> String {
    head.map_or_else(|| "no record".to_owned(), |head| head.expected().to_string())
}

fn seq_text(seq: Option<Seq>) -> String {
    seq.map_or_else(|| "none".to_owned(), |seq| format!("record {seq}"))
}
