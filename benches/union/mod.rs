//! A union whose members pay their dues month after month, as long as a benchmark wants records.
#![allow(dead_code, reason = "each benchmark uses its own part of this module")]
#![allow(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::fs::File;
use std::io::{BufWriter, Write};
use std::num::NonZeroU32;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use criterion::Criterion;
use mingzhang::book::{Book, Instruction, Mode};
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey};
use mingzhang::chain::record::{Origin, Sealed};
use mingzhang::chart::Chart;
use mingzhang::date::{Instant, Month, Offset};
use mingzhang::ids::{MemberId, Seq};
use mingzhang::money::Money;
use mingzhang::rules::Command;
use mingzhang::store::disk::DiskStore;
use mingzhang::store::log::LOG_FILE;
use mingzhang::store::{
    AppendError, AppendReceipt, Direction, EventStore, Expected, ReadError, StoreStatus,
    StoredReceipt, StreamHead, StreamSlice,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tempfile::TempDir;

/// Each contender is measured once in a round, so that what else the machine does meets all alike.
pub(crate) const ROUNDS: [&str; 3] = ["round 1", "round 2", "round 3"];

/// A disk is shared with more than a processor is.
pub(crate) const DISK_ROUNDS: [&str; 7] =
    ["round 1", "round 2", "round 3", "round 4", "round 5", "round 6", "round 7"];

/// Short runs: what is compared differs by factors.
pub(crate) fn criterion() -> Criterion {
    Criterion::default()
        .without_plots()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(300))
        .measurement_time(Duration::from_secs(1))
        .configure_from_args()
}

/// How long the books are that a benchmark of growth compares.
pub(crate) fn sizes() -> Vec<u64> {
    let million = std::env::var_os("MINGZHANG_BENCH_MILLION").is_some_and(|asked| asked == "1");
    [1_000, 10_000, 100_000].into_iter().chain(million.then_some(1_000_000)).collect()
}

/// A folder on the disk that the build is on: a memory disk would make every append look fast.
pub(crate) fn folder() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

pub(crate) fn origin() -> Origin {
    Origin::parse("union.example/bench").unwrap()
}

pub(crate) fn chart() -> Chart {
    Chart::built_in("cn-gonghui-2021").unwrap()
}

/// Everything that is asked of the book, in order, each with its moment: the union is set up, then
/// each member pays for each month by itself, and months and years are closed.
pub(crate) struct Instructions {
    setup: std::vec::IntoIter<Value>,
    members: u32,
    month: Month,
    next_member: u32,
    asked: u64,
}

impl Instructions {
    /// Some 250 months fill a book of so many records.
    pub(crate) fn for_book_of(records: u64) -> Instructions {
        let members = u32::try_from(records / 250).unwrap().clamp(40, 4_000);
        let month = Month::new(2000, 1).unwrap();
        let setup = setup(members, month).into_iter();
        Instructions { setup, members, month, next_member: 0, asked: 0 }
    }

    fn next_command(&mut self) -> Value {
        if let Some(command) = self.setup.next() {
            return command;
        }
        if self.next_member < self.members {
            let member = self.next_member;
            self.next_member += 1;
            return dues(member, self.month);
        }
        let month = self.month;
        (self.month, self.next_member) = (month.next(), 0);
        if month.is_last_of_year() {
            json!({"command": "year.close", "year": month.year()})
        } else {
            json!({"command": "period.close", "month": month})
        }
    }
}

impl Iterator for Instructions {
    type Item = (Instant, Instruction);

    fn next(&mut self) -> Option<(Instant, Instruction)> {
        let now = self.month.last_day().at(9, 0, Offset::china()).unwrap();
        let command: Command = serde_json::from_value(self.next_command()).unwrap();
        self.asked += 1;
        let (by, key) = ("accountant".parse().unwrap(), format!("bench-{:08}", self.asked));
        Some((now, Instruction { command, by, key, signed: None }))
    }
}

fn setup(members: u32, month: Month) -> Vec<Value> {
    let chart = chart();
    let starts = month.first_day();
    let name = KeyName::parse(origin().as_str()).unwrap();
    let log = NoteKey::from_seed(name, KeyKind::Log, &[7; 32]).vkey().to_string();
    let policy = format!("log {log}\nquorum none\n");
    let policy_sha256 = blake3::Hash::from_bytes(Sha256::digest(&policy).into()).to_string();
    let mut all = vec![
        json!({
            "command": "ledger.create", "random": "0".repeat(64), "organisation": "示例工会",
            "level": "grassroots", "currency": "CNY", "starts": starts, "utc_offset": "+08:00",
            "chart": {"id": "cn-gonghui-2021", "sha256": chart.sha256()}, "log": log,
            "policy": policy, "policy_sha256": policy_sha256, "format_sha256": "0".repeat(64),
        }),
        json!({
            "command": "fund.establish", "fund": "general", "name": "一般资金", "restricted": false,
            "purpose": "工会日常收支",
        }),
        json!({
            "command": "officer.appoint", "officer": "accountant", "roles": ["accountant"],
            "from": starts,
        }),
        json!({
            "command": "rule.set", "from": starts, "source": "中国工会章程",
            "rule": {"name": "dues_rate", "basis_points": 50, "step": "10.00"},
        }),
        json!({"command": "group.define", "group": "g1", "name": "一车间工会小组"}),
    ];
    for member in 0..members {
        let id = member_id(member);
        let base = base(member);
        all.push(json!({"command": "member.enrol", "member": id, "group": "g1", "on": starts}));
        all.push(json!({"command": "dues_base.set", "member": id, "base": base, "from": month}));
    }
    all
}

fn dues(member: u32, month: Month) -> Value {
    let amount = base(member).basis_points(50);
    let line = json!({"member": member_id(member), "month": month, "amount": amount});
    json!({
        "command": "dues.receive", "date": month.last_day(), "fund": "general", "into": "bank",
        "lines": [line],
    })
}

fn member_id(member: u32) -> MemberId {
    format!("m-{member:05}").parse().unwrap()
}

/// Whole tens of yuan, from 4,000 to 8,990 a month.
fn base(member: u32) -> Money {
    Money::from_fen(400_000 + i64::from(member % 500) * 1_000)
}

/// Sealed records, made by the book itself.
pub(crate) struct Records {
    instructions: Instructions,
    book: Book<Tap>,
    tap: Tap,
}

impl Records {
    pub(crate) fn of(instructions: Instructions) -> Records {
        let tap = Tap::default();
        Records { instructions, book: Book::on(tap.clone(), origin(), chart()), tap }
    }

    /// The records of one append: of the next command, and of those after it of the same moment
    /// until there are so many.
    pub(crate) fn append_of(&mut self, commands: usize) -> Vec<Sealed> {
        let (now, batch) = batch(&mut self.instructions, commands);
        self.book.record(&batch, now, Mode::default()).unwrap();
        std::mem::take(&mut *self.tap.0.lock().unwrap())
    }
}

/// So many commands, dated by the last.
pub(crate) fn batch(all: &mut Instructions, commands: usize) -> (Instant, Vec<Instruction>) {
    let (moments, batch): (Vec<Instant>, _) = all.take(commands).unzip();
    (*moments.last().unwrap(), batch)
}

/// Writes a log of at least so many records, and says what would come next.
pub(crate) fn write_log(folder: &Path, records: u64) -> Instructions {
    let mut all = Records::of(Instructions::for_book_of(records));
    let mut log = BufWriter::new(File::create(folder.join(LOG_FILE)).unwrap());
    let mut written = 0;
    while written < records {
        for sealed in all.append_of(1) {
            log.write_all(&sealed.bytes).unwrap();
            log.write_all(b"\n").unwrap();
            written += 1;
        }
    }
    log.flush().unwrap();
    all.instructions
}

/// The same, open for writing.
pub(crate) fn open_book(folder: &Path) -> Book<DiskStore> {
    Book::open(folder, "bench", &mut |_| ()).unwrap().0
}

/// Keeps nothing, and hands on what the book sealed.
#[derive(Debug, Clone, Default)]
struct Tap(Arc<Mutex<Vec<Sealed>>>);

impl EventStore for Tap {
    fn append(
        &self,
        _: &Origin,
        _: Expected,
        batch: &[Sealed],
    ) -> Result<AppendReceipt, AppendError> {
        self.0.lock().unwrap().extend_from_slice(batch);
        let (first, last) = (batch.first().unwrap(), batch.last().unwrap());
        Ok(AppendReceipt { first: first.seq, last: last.seq, hash: last.hash, repeated: false })
    }

    fn receipt(&self, _: &Origin, _: &str) -> Result<Option<StoredReceipt>, ReadError> {
        Ok(None)
    }

    fn read_stream(
        &self,
        _: &Origin,
        _: Seq,
        _: Direction,
        _: NonZeroU32,
    ) -> Result<StreamSlice, ReadError> {
        Err(nothing_kept())
    }

    fn stream_head(&self, _: &Origin) -> Result<Option<StreamHead>, ReadError> {
        Err(nothing_kept())
    }

    fn list_streams(
        &self,
        _: Option<&Origin>,
        _: NonZeroU32,
    ) -> Result<Vec<StreamHead>, ReadError> {
        Err(nothing_kept())
    }

    fn status(&self) -> Result<StoreStatus, ReadError> {
        Err(nothing_kept())
    }
}

fn nothing_kept() -> ReadError {
    ReadError::Unavailable { reason: "it keeps nothing".to_owned() }
}
