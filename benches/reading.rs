//! How reading grows with the book: replay from nothing, and one balance from a snapshot.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

mod union;

use std::fs;

use criterion::{
    BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use mingzhang::book::{Folder, Mode, Reading, Until};
use mingzhang::ids::{AccountCode, FundId};
use mingzhang::money::Money;
use tempfile::TempDir;
use union::{ROUNDS, batch, folder, open_book, sizes, write_log};

/// A book that was just given a snapshot, as readers see it, and the same book when its next
/// snapshot is due soon: the quickest and the slowest opening.
struct Books {
    records: u64,
    quickest: TempDir,
    slowest: TempDir,
}

impl Books {
    fn of(records: u64) -> Books {
        let (quickest, slowest) = (folder(), folder());
        let mut instructions = write_log(slowest.path(), records);
        let mut book = open_book(slowest.path());
        let (now, first) = batch(&mut instructions, 1);
        book.record(&first, now, Mode::default()).unwrap();
        copy_for_readers(&Folder::new(slowest.path()), &Folder::new(quickest.path()));
        // A command that closes a year is several records.
        let mut behind = usize::try_from((records / 50).max(1_000) - 50).unwrap();
        while behind > 0 {
            let (now, next) = batch(&mut instructions, behind.min(500));
            book.record(&next, now, Mode::default()).unwrap();
            behind -= next.len();
        }
        Books { records, quickest, slowest }
    }
}

fn copy_for_readers(from: &Folder, to: &Folder) {
    fs::copy(from.events(), to.events()).unwrap();
    fs::create_dir(to.snapshots()).unwrap();
    for snapshot in fs::read_dir(from.snapshots()).unwrap() {
        let snapshot = snapshot.unwrap();
        fs::copy(snapshot.path(), to.snapshots().join(snapshot.file_name())).unwrap();
    }
}

fn replay(place: &TempDir) -> Money {
    let folder = Folder::new(place.path());
    bank(&Reading::replay(&folder, Until::default(), &mut |_, _| ()).unwrap())
}

fn open(place: &TempDir) -> Money {
    bank(&Reading::open(&Folder::new(place.path()), &mut |_| ()).unwrap())
}

fn bank(reading: &Reading) -> Money {
    let bank = AccountCode::parse("102").unwrap();
    let balance = reading.state.accounts.balance(&FundId::general(), &bank);
    assert!(balance.is_positive(), "dues were paid into the bank");
    balance
}

fn growth(c: &mut Criterion) {
    let all: Vec<Books> = sizes().into_iter().map(Books::of).collect();
    for books in &all {
        let mut group = c.benchmark_group(format!("a balance of {} records", books.records));
        group.sampling_mode(SamplingMode::Flat).throughput(Throughput::Elements(books.records));
        for round in ROUNDS {
            group.bench_function(BenchmarkId::new("replay from nothing = 1", round), |b| {
                b.iter(|| replay(&books.quickest));
            });
            group.bench_function(BenchmarkId::new("from a new snapshot", round), |b| {
                b.iter(|| open(&books.quickest));
            });
            group.bench_function(BenchmarkId::new("from the oldest snapshot", round), |b| {
                b.iter(|| open(&books.slowest));
            });
            group.bench_function(BenchmarkId::new("open for writing", round), |b| {
                b.iter(|| open_book(books.slowest.path()));
            });
        }
    }
}

criterion_group! { name = benches; config = union::criterion(); targets = growth }
criterion_main!(benches);
