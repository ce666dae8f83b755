//! Verification of a whole chain against the least that it could cost: BLAKE3 and SHA-256 of the
//! same bytes.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

mod union;

use std::fs::File;
use std::io::BufReader;

use criterion::{
    BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use mingzhang::book::Folder;
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::tree::leaf_hash;
use mingzhang::chain::verify::{self as chain, Evidence};
use mingzhang::chart::Chart;
use mingzhang::date::Instant;
use union::{ROUNDS, folder, write_log};

const RECORDS: u64 = 20_000;

/// The verifier: from the log's first byte, with the chart, so that accounts and posting are
/// checked as well.
fn verify(folder: &Folder) -> u64 {
    let file = BufReader::new(File::open(folder.events()).unwrap());
    let mut evidence = Evidence::of_records(file, Instant::parse("2200-01-01T00:00:00Z").unwrap());
    let chart = Chart::built_in("cn-gonghui-2021").unwrap();
    evidence.chart = Some(chart.json().as_bytes().to_vec());
    let verdict = chain::verify(evidence, &mut |_| ()).unwrap();
    assert!(!verdict.is_broken(), "{:?}", verdict.faults);
    verdict.records
}

fn hash_alone(folder: &Folder) -> usize {
    let log = std::fs::read(folder.events()).unwrap();
    let lines = log.split(|byte| *byte == b'\n');
    let hashes = lines.map(|line| (RecordHash::of(line), leaf_hash(line)));
    hashes.map(std::hint::black_box).fold(0, |count, _| count + 1)
}

fn against_hashes(c: &mut Criterion) {
    let place = folder();
    write_log(place.path(), RECORDS);
    let book = Folder::new(place.path());
    let mut group = c.benchmark_group("verify");
    group.sampling_mode(SamplingMode::Flat).throughput(Throughput::Elements(RECORDS));
    for round in ROUNDS {
        group.bench_function(BenchmarkId::new("BLAKE3 and SHA-256 alone = 1", round), |b| {
            b.iter(|| hash_alone(&book));
        });
        group.bench_function(BenchmarkId::new("the whole book", round), |b| {
            b.iter(|| verify(&book));
        });
    }
}

criterion_group! { name = benches; config = union::criterion(); targets = against_hashes }
criterion_main!(benches);
