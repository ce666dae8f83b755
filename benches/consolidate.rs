//! Many unions' bundles into one picture: bundles a second, by one thread and by as many as there
//! are processors. The program itself is run, from the folder of bundles to the printed figures.
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

#[path = "../tests/unions/mod.rs"]
mod unions;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

use criterion::{
    BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use unions::{NOW, many, policy};

/// A district, and a province.
const SIZES: [u32; 2] = [300, 3_000];

fn consolidate(desk: &Path, threads: &[&str]) {
    let output = Command::new(env!("CARGO_BIN_EXE_mingzhang"))
        .args(["consolidate", "in", "--policy", "policy", "--month", "2025-01", "--json"])
        .args(threads)
        .current_dir(desk)
        .env("MINGZHANG_CLOCK", NOW)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn bundles_a_second(c: &mut Criterion) {
    let mut group = c.benchmark_group("consolidate");
    group.sampling_mode(SamplingMode::Flat).sample_size(10);
    for size in SIZES {
        let desk = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let unions = many(size);
        for union in &unions {
            let name = union.origin.as_str().rsplit('/').next().unwrap();
            union.lay_all(&desk.path().join("in").join(name));
        }
        fs::write(desk.path().join("policy"), policy(&unions)).unwrap();
        group.throughput(Throughput::Elements(size.into()));
        group.bench_function(BenchmarkId::new("one thread", size), |b| {
            b.iter(|| consolidate(desk.path(), &["--threads", "1"]));
        });
        group.bench_function(BenchmarkId::new("every processor", size), |b| {
            b.iter(|| consolidate(desk.path(), &[]));
        });
    }
}

fn criterion() -> Criterion {
    Criterion::default()
        .without_plots()
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args()
}

criterion_group! { name = benches; config = criterion(); targets = bundles_a_second }
criterion_main!(benches);
