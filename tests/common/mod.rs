//! Chains of sealed records for tests of stores, and a book in a folder of its own.
#![allow(dead_code, unreachable_pub, reason = "each test file uses its own part of this module")]
#![allow(clippy::unwrap_used, reason = "a helper that fails is a test that fails")]

use std::path::{Path, PathBuf};

use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::{Envelope, Idem, Origin, Sealed};
use mingzhang::date::Instant;
use mingzhang::ids::{OfficerId, Seq};
use mingzhang::store::disk::DiskStore;
use mingzhang::store::log::{LOG_FILE, LogReader};
use mingzhang::store::opening::{OpenError, OpeningReport, STORE_FOLDER};
use mingzhang::store::{AppendReceipt, EventStore, Expected};
use serde_json::{Map, Value};
use tempfile::TempDir;

pub fn origin(text: &str) -> Origin {
    Origin::parse(text).unwrap()
}

/// A history that is growing: it seals what comes next, whether a store takes it or not.
#[derive(Debug, Clone)]
pub struct Chain {
    pub origin: Origin,
    pub head: Expected,
    pub commands: u64,
}

impl Chain {
    pub fn new(book: &str) -> Chain {
        Chain { origin: origin(book), head: Expected::NoStream, commands: 0 }
    }

    /// Goes on behind the last of these lines.
    pub fn behind(book: &str, lines: &[Vec<u8>]) -> Chain {
        let mut chain = Chain::new(book);
        if let Some(last) = lines.last() {
            let last = Sealed::read(last).unwrap();
            chain.head = Expected::Exact { seq: last.seq, hash: last.hash };
            chain.commands = last.seq.0 + 1_000_000;
        }
        chain
    }

    /// `count` records of one command, each with a text of `payload` bytes.
    pub fn command(&mut self, count: usize, payload: usize) -> Vec<Sealed> {
        self.commands += 1;
        let key = format!("key-{}", self.commands);
        self.batch(&[(key.as_str(), "pay", count)], payload)
    }

    /// One append of several commands: key, what it says, how many records it makes.
    pub fn batch(&mut self, commands: &[(&str, &str, usize)], payload: usize) -> Vec<Sealed> {
        let idems = commands.iter().flat_map(|(key, says, count)| {
            std::iter::repeat_n(Idem::new(key, says.as_bytes()).unwrap(), *count)
        });
        let idems: Vec<Idem> = idems.collect();
        let mut records = Vec::new();
        for (at, idem) in idems.iter().enumerate() {
            let more = at + 1 < idems.len();
            let record = sealed(&self.origin, self.head, idem, more, payload);
            self.head = Expected::Exact { seq: record.seq, hash: record.hash };
            records.push(record);
        }
        records
    }

    /// A record of exactly so many bytes.
    pub fn record_of(&mut self, bytes: usize) -> Sealed {
        let empty = self.clone().command(1, 0).remove(0);
        self.command(1, bytes - empty.bytes.len()).remove(0)
    }
}

pub fn sealed(
    ledger: &Origin,
    behind: Expected,
    idem: &Idem,
    more: bool,
    payload: usize,
) -> Sealed {
    let (seq, prev) = match behind {
        Expected::NoStream => (Seq(0), RecordHash::NONE),
        Expected::Exact { seq, hash } => (seq.next(), hash),
    };
    let mut body = Map::new();
    body.insert("purpose".to_owned(), Value::String("x".repeat(payload)));
    let envelope = Envelope {
        v: 1,
        ledger: ledger.clone(),
        seq,
        prev,
        at: Instant::parse("2026-03-05T09:00:00Z").unwrap(),
        actor: OfficerId::parse("cashier").unwrap(),
        idem: idem.clone(),
        more,
        kind: "dues.received".to_owned(),
        tv: 1,
        body,
    };
    envelope.seal().unwrap()
}

pub const BOOK: &str = "gh.example.org/branch-017";
pub const HOLDER: &str = "pid 123, zhang, since 2026-03-05T09:00:00Z";

/// A book's folder, gone with the value.
pub struct Folder {
    pub temporary: TempDir,
    pub book: PathBuf,
}

impl Folder {
    pub fn new() -> Folder {
        let temporary = tempfile::tempdir().unwrap();
        let book = temporary.path().join("book");
        Folder { temporary, book }
    }

    pub fn create(&self) -> DiskStore {
        DiskStore::create(&self.book, &origin(BOOK), HOLDER).unwrap().0
    }

    pub fn open(&self) -> (DiskStore, OpeningReport) {
        self.try_open().unwrap()
    }

    pub fn try_open(&self) -> Result<(DiskStore, OpeningReport), OpenError> {
        DiskStore::open(&self.book, &origin(BOOK), HOLDER)
    }

    pub fn log(&self) -> PathBuf {
        self.book.join(LOG_FILE)
    }

    pub fn store(&self) -> PathBuf {
        self.book.join(STORE_FOLDER)
    }

    pub fn lines(&self) -> Vec<Vec<u8>> {
        LogReader::open(&self.log()).unwrap().map(|line| line.unwrap().bytes).collect()
    }

    /// A closed book of `appends` appends of three records each.
    pub fn with_book(appends: usize) -> (Folder, Chain) {
        let (folder, mut chain) = (Folder::new(), Chain::new(BOOK));
        let store = folder.create();
        for _ in 0..appends {
            append(&store, &mut chain, 3);
        }
        drop(store);
        (folder, chain)
    }
}

/// Appends one command of `count` records behind the chain's head.
pub fn append(store: &dyn EventStore, chain: &mut Chain, count: usize) -> AppendReceipt {
    let expected = chain.head;
    let batch = chain.command(count, 100);
    store.append(&chain.origin, expected, &batch).unwrap()
}

/// What the store gives as the whole stream, page by page.
pub fn read_all(store: &dyn EventStore, stream: &Origin) -> Vec<Vec<u8>> {
    use mingzhang::store::Direction::Forward;
    let (mut found, mut from) = (Vec::new(), Some(Seq(0)));
    while let Some(at) = from {
        let page = store.read_stream(stream, at, Forward, 1_000.try_into().unwrap()).unwrap();
        found.extend(page.records.into_iter().map(|record| record.bytes));
        from = page.next;
    }
    found
}

pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
