//! The benchmarks' last results as one Markdown table of ratios:
//! `cargo bench && cargo run --release --example bench_ratios`.
#![allow(clippy::unwrap_used, reason = "whoever runs it sees where it stopped")]
#![allow(clippy::print_stdout, reason = "the table is what it is for")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

/// The contender that all others of its group are divided by ends so.
const UNIT: &str = " = 1";

/// Median nanoseconds of one iteration, by group, contender and round.
type Times = BTreeMap<String, BTreeMap<String, BTreeMap<String, f64>>>;

fn main() {
    let mut times = Times::new();
    let folder =
        std::env::args_os().nth(1).map_or_else(|| "target/criterion".into(), PathBuf::from);
    collect(&folder, &mut times);
    println!("| what | unit | contender | times the unit: median | min | max |");
    println!("| --- | --- | --- | ---: | ---: | ---: |");
    for (group, contenders) in &times {
        let Some((name, unit)) = contenders.iter().find(|(name, _)| name.ends_with(UNIT)) else {
            continue;
        };
        let name = name.trim_end_matches(UNIT);
        for (contender, rounds) in contenders.iter().filter(|(name, _)| !name.ends_with(UNIT)) {
            // Only times of the same round are divided: they met the same machine.
            let mut ratios: Vec<f64> =
                rounds.iter().filter_map(|(round, time)| Some(time / unit.get(round)?)).collect();
            ratios.sort_by(f64::total_cmp);
            let [min, .., max] = ratios.as_slice() else { continue };
            let median = ratios[ratios.len() / 2];
            println!("| {group} | {name} | {contender} | {median:.3} | {min:.3} | {max:.3} |");
        }
    }
}

/// Criterion keeps `benchmark.json` and `estimates.json` of the last run in folders called `new`.
fn collect(folder: &Path, times: &mut Times) {
    for entry in fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.ends_with("new") {
            let name = read(&path.join("benchmark.json"));
            let median = &read(&path.join("estimates.json"))["median"]["point_estimate"];
            let of = |field: &str| name[field].as_str().unwrap_or_default().to_owned();
            let contenders = times.entry(of("group_id")).or_default();
            let rounds = contenders.entry(of("function_id")).or_default();
            rounds.insert(of("value_str"), median.as_f64().unwrap());
        } else if path.is_dir() {
            collect(&path, times);
        }
    }
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}
