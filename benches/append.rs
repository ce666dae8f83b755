//! Durable appends, one by one and by the hundred: the book with its rules, the store alone, and
//! `SQLite` that keeps the same bytes with the same promises, on the same disk.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

mod union;

use std::path::Path;

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use mingzhang::book::{Book, Mode};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::Sealed;
use mingzhang::store::disk::DiskStore;
use mingzhang::store::{EventStore, Expected};
use rusqlite::{Connection, OptionalExtension, params};
use union::{
    DISK_ROUNDS, Instructions, ROUNDS, Records, batch, chart, folder, open_book, origin, sizes,
    write_log,
};

/// Records in a book before it is measured.
const BEFORE: u64 = 3_000;

/// As large as a union must be for its months to last through all rounds.
const UNION: u64 = 250_000;

fn appends(c: &mut Criterion) {
    let folders = [folder(), folder(), folder()];
    let [book_folder, store_folder, sqlite_folder] =
        folders.each_ref().map(tempfile::TempDir::path);
    let mut instructions = Instructions::for_book_of(UNION);
    let mut book = Book::create(book_folder, &origin(), chart(), "bench").unwrap();
    for _ in 0..BEFORE / 100 {
        let (now, commands) = batch(&mut instructions, 100);
        book.record(&commands, now, Mode::default()).unwrap();
    }
    let mut store = Store::create(store_folder);
    let mut sqlite = Sqlite::create(sqlite_folder);
    let mut of_store = Records::of(Instructions::for_book_of(UNION));
    let mut of_sqlite = Records::of(Instructions::for_book_of(UNION));
    for _ in 0..BEFORE / 100 {
        store.append(&of_store.append_of(100));
        sqlite.append(&of_sqlite.append_of(100));
    }
    for commands in [1, 100] {
        let mut group = c.benchmark_group(format!("append {commands}"));
        group.throughput(Throughput::Elements(u64::try_from(commands).unwrap()));
        for round in DISK_ROUNDS {
            group.bench_function(BenchmarkId::new("SQLite = 1", round), |b| {
                b.iter_batched(
                    || of_sqlite.append_of(commands),
                    |records| sqlite.append(&records),
                    BatchSize::PerIteration,
                );
            });
            group.bench_function(BenchmarkId::new("store", round), |b| {
                b.iter_batched(
                    || of_store.append_of(commands),
                    |records| store.append(&records),
                    BatchSize::PerIteration,
                );
            });
            group.bench_function(BenchmarkId::new("book", round), |b| {
                b.iter_batched(
                    || batch(&mut instructions, commands),
                    |(now, commands)| book.record(&commands, now, Mode::default()).unwrap(),
                    BatchSize::PerIteration,
                );
            });
        }
    }
}

/// What the book itself does for one command, without the disk: it must not grow with the book.
fn decisions(c: &mut Criterion) {
    let mut books: Vec<_> = sizes()
        .into_iter()
        .map(|records| {
            let folder = folder();
            let mut instructions = write_log(folder.path(), records);
            let (now, next) = instructions.next().unwrap();
            (records, open_book(folder.path()), now, [next], folder)
        })
        .collect();
    let mut group = c.benchmark_group("decide and seal");
    for round in ROUNDS {
        for (records, book, now, next, _folder) in &mut books {
            let unit = if *records == 1_000 { " = 1" } else { "" };
            let name = format!("in a book of {records}{unit}");
            let dry = Mode { dry_run: true, ..Mode::default() };
            group.bench_function(BenchmarkId::new(name, round), |b| {
                b.iter(|| book.record(next, *now, dry).unwrap());
            });
        }
    }
}

struct Store {
    store: DiskStore,
    head: Expected,
}

impl Store {
    fn create(folder: &Path) -> Store {
        let (store, _) = DiskStore::create(folder, &origin(), "bench").unwrap();
        Store { store, head: Expected::NoStream }
    }

    fn append(&mut self, records: &[Sealed]) {
        let receipt = self.store.append(&origin(), self.head, records).unwrap();
        self.head = Expected::Exact { seq: receipt.last, hash: receipt.hash };
    }
}

/// The same contract on `SQLite`: the head is read and held against `prev`, the bytes are hashed
/// again, and a key is kept once; one transaction for each append, synced before it returns.
struct Sqlite(Connection);

impl Sqlite {
    fn create(folder: &Path) -> Sqlite {
        let db = Connection::open(folder.join("book.db")).unwrap();
        db.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             CREATE TABLE record (
                 seq INTEGER PRIMARY KEY, prev BLOB NOT NULL, hash BLOB NOT NULL,
                 bytes BLOB NOT NULL, idem TEXT UNIQUE
             ) STRICT;",
        )
        .unwrap();
        Sqlite(db)
    }

    fn append(&mut self, records: &[Sealed]) {
        let tx = self.0.transaction().unwrap();
        let head = "SELECT seq, hash FROM record ORDER BY seq DESC LIMIT 1";
        let row = |row: &rusqlite::Row<'_>| Ok((row.get::<_, i64>(0)?, row.get::<_, [u8; 32]>(1)?));
        let head = tx.prepare_cached(head).unwrap().query_row([], row).optional().unwrap();
        let (mut seq, mut prev) = head.map_or((0, [0; 32]), |(seq, hash)| (seq + 1, hash));
        let mut last_key = None;
        for record in records {
            // Several records may be of one command: the first of them bears its key.
            let key = Some(record.idem.as_str()).filter(|key| last_key != Some(*key));
            last_key = Some(record.idem.as_str());
            assert_eq!(record.prev.as_bytes(), &prev, "the chain goes on");
            let hash = RecordHash::of(&record.bytes);
            assert_eq!(hash, record.hash, "the bytes are those that were sealed");
            let insert = "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5)";
            let bytes = record.bytes.as_slice();
            let row = params![seq, prev, hash.as_bytes(), bytes, key];
            tx.prepare_cached(insert).unwrap().execute(row).unwrap();
            (seq, prev) = (seq + 1, *hash.as_bytes());
        }
        tx.commit().unwrap();
    }
}

criterion_group! { name = benches; config = union::criterion(); targets = appends, decisions }
criterion_main!(benches);
