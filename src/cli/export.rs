//! `export`: the book for whoever wants to check it, or to read it elsewhere.

use std::fs;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::{Args, Subcommand, ValueEnum};
use mingzhang::book::{Folder, Reading, recorded};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::record::Envelope;
use mingzhang::export::{By, Export as Vouchers, Exported, beancount, journal};
use mingzhang::store::log::LogReader;
use serde_json::json;

use super::Global;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::init::FORMAT;
use super::output::{self, Output};
use super::world::World;

#[derive(Subcommand)]
pub(crate) enum Export {
    /// 审计包 Everything that an auditor needs, in a new folder
    Bundle(Bundle),
    /// hledger 和 ledger 的日记账 A journal for hledger and ledger
    Journal(To),
    /// beancount 的账 A file for beancount
    Beancount(To),
}

#[derive(Args)]
pub(crate) struct Bundle {
    /// 存放处 A folder that is not there yet
    #[arg(long)]
    out: PathBuf,
}

#[derive(Args)]
pub(crate) struct To {
    /// 存放处 A file; standard output unless given
    #[arg(long)]
    out: Option<PathBuf>,
    /// 计量 In the currency, or each fund as a commodity of its own
    #[arg(long, value_enum, default_value = "currency")]
    by: Unit,
}

#[derive(Clone, Copy, ValueEnum)]
enum Unit {
    Currency,
    Fund,
}

impl Export {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        match self {
            Export::Bundle(to) => {
                let size = bundle(&folder, &to.out)?;
                if out.json {
                    out.value(&json!({ "out": to.out, "records": size }));
                } else {
                    let records = out.say("条记录", "records");
                    out.text(&format!("{} ({size} {records})", to.out.display()));
                }
                Ok(())
            }
            Export::Journal(to) => {
                vouchers(&folder, world, &to, |export, out| journal::write(export, out))
            }
            Export::Beancount(to) => {
                vouchers(&folder, world, &to, |export, out| beancount::write(export, out))
            }
        }
    }
}

/// Writes a bundle into a new folder; gives how many records it holds.
pub(crate) fn bundle(folder: &Folder, to: &Path) -> Result<u64, Failure> {
    let reading = Reading::open(folder, &mut |_| ())?;
    let vkey = reading.state.offices.log_key();
    let vkey = vkey.map(|vkey| format!("{vkey}\n")).unwrap_or_default();
    let chart = reading.chart()?;
    fs::create_dir(to).map_err(|e| Failure::file(to, &e))?;
    let bundle = Folder::new(to);
    let path = bundle.events();
    let file = fs::File::create_new(&path).map_err(|e| Failure::file(&path, &e))?;
    let mut events = BufWriter::new(file);
    let mut size = 0;
    for line in LogReader::open(&folder.events())? {
        let line = line?;
        let written = events.write_all(&line.bytes).and_then(|()| events.write_all(b"\n"));
        written.map_err(|e| Failure::file(&path, &e))?;
        size += 1;
    }
    let synced =
        events.into_inner().map_err(std::io::IntoInnerError::into_error).and_then(|f| f.sync_all());
    synced.map_err(|e| Failure::file(&path, &e))?;
    put(&bundle.log_vkey(), &vkey)?;
    put(&bundle.chart(), chart.json())?;
    put(&bundle.format(), FORMAT)?;
    let all = bundle.checkpoints();
    fs::create_dir(&all).map_err(|e| Failure::file(&all, &e))?;
    for (name, text) in folder.read_checkpoints()? {
        put(&to.join(name), &text)?;
    }
    Ok(size)
}

fn put(path: &Path, text: &str) -> Result<(), Failure> {
    fs::write(path, text).map_err(|e| Failure::file(path, &e))
}

fn vouchers(
    folder: &Folder,
    world: &World,
    to: &To,
    write: impl Fn(&Vouchers<'_>, &mut dyn Write) -> std::io::Result<()>,
) -> Result<(), Failure> {
    let bar = world.progress("exporting");
    let reading = Reading::open(folder, &mut |_| ())?;
    let mut records = Vec::new();
    for line in LogReader::open(&folder.events())? {
        records.push(exported(&line?.bytes)?);
        bar.inc(1);
    }
    let chart = reading.chart()?;
    let by = match to.by {
        Unit::Currency => By::Currency,
        Unit::Fund => By::Fund,
    };
    let export = Vouchers { records: &records, state: &reading.state, chart: &chart, by };
    match &to.out {
        Some(path) => {
            let file = fs::File::create_new(path).map_err(|e| Failure::file(path, &e))?;
            let mut out = BufWriter::new(file);
            let written = write(&export, &mut out).and_then(|()| out.flush());
            written.map_err(|e| Failure::file(path, &e))?;
        }
        None => output::written(write(&export, &mut std::io::stdout().lock())),
    }
    bar.finish_and_clear();
    Ok(())
}

fn exported(line: &[u8]) -> Result<Exported, Failure> {
    let broken = |why: String| {
        let zh = format!("有记录已损坏：{}", chinese(&why));
        let en = format!("a record is broken: {why}");
        Failure::one(exit::BROKEN, Problem::new("CHN1", zh, en).next("mingzhang verify"))
    };
    let envelope = Envelope::read(line).map_err(|e| broken(e.to_string()))?;
    let record = recorded(envelope).map_err(|e| broken(e.to_string()))?;
    Ok(Exported { record, hash: RecordHash::of(line).to_string() })
}
