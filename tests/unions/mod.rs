//! Many small unions as their superior sees them: each with a book of its own, made in memory by the
//! same rules as every other, and a bundle of it laid out in a folder.
#![allow(dead_code, unreachable_pub, reason = "each test and benchmark uses its own part")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails is a failed test")]

use core::num::NonZeroU32;
use std::fs;
use std::path::Path;
use std::thread;

use mingzhang::book::{Book, Instruction, Mode};
use mingzhang::chain::checkpoint::{Checkpoint, Note};
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey};
use mingzhang::chain::record::Origin;
use mingzhang::chain::tree::{Tree, leaf_hash};
use mingzhang::chain::witness::cosign;
use mingzhang::chart::{Chart, STATUTORY};
use mingzhang::date::{Day, Instant, Offset};
use mingzhang::ids::Seq;
use mingzhang::money::Money;
use mingzhang::rules::Command;
use mingzhang::store::memory::MemoryStore;
use mingzhang::store::{Direction, EventStore};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// When the superior looks: after February's tenth.
pub const NOW: &str = "2025-03-10T02:00:00Z";
/// When the witness of all these unions cosigned.
pub const COSIGNED: &str = "2025-03-09T02:00:00Z";

/// One union's book.
pub struct Union {
    pub origin: Origin,
    pub book: Book<MemoryStore>,
    key: NoteKey,
    asked: u32,
}

pub fn origin_of(n: u32) -> String {
    format!("gh.example.org/u-{n:04}")
}

pub fn name_of(n: u32) -> String {
    format!("示例第{n:04}工会")
}

pub fn witness() -> NoteKey {
    NoteKey::from_seed(KeyName::parse("audit.example/w1").unwrap(), KeyKind::Witness, &[91; 32])
}

/// The policy of the level above over these books: one witness for all of them.
pub fn policy<'a>(unions: impl IntoIterator<Item = &'a Union>) -> String {
    let logs = unions.into_iter().map(|union| format!("log {}\n", union.key.vkey()));
    let logs: String = logs.collect();
    format!("{logs}witness w1 {}\nquorum w1\n", witness().vkey())
}

impl Union {
    pub fn begin(origin: &str, organisation: &str, level: &str, chart: &str) -> Union {
        let chart = Chart::built_in(chart).unwrap();
        let name = KeyName::parse(origin).unwrap();
        let seed: [u8; 32] = Sha256::digest(origin).into();
        let key = NoteKey::from_seed(name, KeyKind::Log, &seed);
        let origin = Origin::parse(origin).unwrap();
        let policy = format!("log {}\nquorum none\n", key.vkey());
        let policy_sha256 = hex(&policy);
        let first = json!({
            "command": "ledger.create", "random": hex(origin.as_str()), "organisation": organisation,
            "level": level, "currency": chart.currency(), "starts": "2025-01-01",
            "utc_offset": "+08:00", "chart": {"id": chart.id(), "sha256": chart.sha256()},
            "log": key.vkey().to_string(), "policy": policy, "policy_sha256": policy_sha256,
            "format_sha256": "0".repeat(64),
        });
        let book = Book::on(MemoryStore::new(), origin.clone(), chart);
        let mut union = Union { origin, book, key, asked: 0 };
        union.on("2025-01-01", "acc", first);
        union.on(
            "2025-01-01",
            "acc",
            json!({"command": "fund.establish", "fund": "general",
            "name": "一般资金", "restricted": false, "purpose": "工会日常收支"}),
        );
        union
    }

    /// Records one command on that day, at nine in the union's own morning.
    #[track_caller]
    pub fn on(&mut self, day: &str, by: &str, command: Value) {
        let now = Day::parse(day).unwrap().at(9, 0, Offset::china()).unwrap();
        self.asked += 1;
        let command: Command = serde_json::from_value(command).unwrap();
        let (by, key) = (by.parse().unwrap(), format!("made-{:05}", self.asked));
        let instruction = Instruction { command, by, key, signed: None };
        self.book.record(&[instruction], now, Mode::default()).unwrap();
    }

    pub fn lines(&self) -> Vec<Vec<u8>> {
        let (mut from, mut lines) = (Some(Seq(0)), Vec::new());
        while let Some(seq) = from {
            let page = NonZeroU32::new(500).unwrap();
            let slice =
                self.book.store().read_stream(&self.origin, seq, Direction::Forward, page).unwrap();
            lines.extend(slice.records.into_iter().map(|record| record.bytes));
            from = slice.next;
        }
        lines
    }

    /// The checkpoint of the first so many records, cosigned or not.
    pub fn checkpoint(&self, size: usize, cosigned: bool) -> Note {
        let leaves: Vec<_> = self.lines().iter().take(size).map(|line| leaf_hash(line)).collect();
        let head = Tree::of(&leaves).head();
        let checkpoint =
            Checkpoint { origin: self.origin.clone(), size: head.size, root: head.root };
        let mut note = checkpoint.sign(&self.key).unwrap();
        if cosigned {
            let at = Instant::parse(COSIGNED).unwrap();
            note.attach(cosign(&note, &witness(), at).unwrap()).unwrap();
        }
        note
    }

    /// The bundle of its first so many records: what a bundle must have, and its checkpoint.
    pub fn lay(&self, folder: &Path, size: usize, cosigned: bool) {
        fs::create_dir_all(folder).unwrap();
        let lines = self.lines();
        let events: Vec<u8> =
            lines.iter().take(size).flat_map(|line| [line.as_slice(), b"\n"].concat()).collect();
        fs::write(folder.join("events.ndjson"), events).unwrap();
        let note = self.checkpoint(size, cosigned).to_string();
        fs::write(folder.join("checkpoint"), note).unwrap();
        fs::write(folder.join("log.vkey"), format!("{}\n", self.key.vkey())).unwrap();
        fs::write(folder.join("chart.json"), self.book.chart().json()).unwrap();
    }

    pub fn lay_all(&self, folder: &Path) {
        self.lay(folder, self.lines().len(), true);
    }
}

/// Officers, rules, members and what the old book handed over.
pub fn set_up(n: u32) -> Union {
    let mut union = Union::begin(&origin_of(n), &name_of(n), "grassroots", STATUTORY);
    set_officers(&mut union);
    for member in 0..members(n) {
        let base = base(n, member);
        union.on(
            "2025-01-02",
            "acc",
            json!({"command": "member.enrol",
            "member": format!("m-{member}"), "group": "g1", "on": "2020-05-01"}),
        );
        union.on(
            "2025-01-02",
            "acc",
            json!({"command": "dues_base.set",
            "member": format!("m-{member}"), "base": base, "from": "2025-01"}),
        );
    }
    let held = Money::from_fen(1_000_000 + i64::from(n) * 12_345);
    union.on(
        "2025-01-02",
        "acc",
        json!({"command": "opening.record", "date": "2025-01-01",
        "lines": [{"account": "102", "fund": "general", "debit": held},
            {"account": "32205", "fund": "general", "credit": held}],
        "source": "2024年度决算报表"}),
    );
    union
}

fn set_officers(union: &mut Union) {
    let day = "2025-01-02";
    let appoint = |officer: &str, role: &str| {
        json!({"command": "officer.appoint", "officer": officer, "roles": [role],
            "from": "2025-01-01"})
    };
    let set = |rule: Value| {
        json!({"command": "rule.set", "rule": rule, "from": "2025-01-01",
            "source": "工会委员会决议2025-1号"})
    };
    for (officer, role) in [("acc", "accountant"), ("cash", "cashier"), ("audit", "audit_chair")] {
        union.on(day, "acc", appoint(officer, role));
    }
    union.on(day, "acc", json!({"command": "group.define", "group": "g1", "name": "一车间"}));
    for rule in [
        json!({"name": "dues_rate", "basis_points": 50, "step": "10.00"}),
        json!({"name": "allocation_split", "payroll_basis_points": 200, "up_basis_points": 4000}),
        json!({"name": "remittance_due", "day_of_month": 15}),
    ] {
        union.on(day, "acc", set(rule));
    }
    // The chair is the last, because with him the setting up ends.
    union.on(day, "acc", appoint("chair", "chair"));
}

fn members(n: u32) -> u32 {
    1 + n % 4
}

fn base(n: u32, member: u32) -> Money {
    Money::from_fen(400_000 + i64::from(n % 37) * 1_000 + i64::from(member) * 10_000)
}

fn payroll(n: u32) -> Money {
    Money::from_fen(2_000_000 + i64::from(n) * 10_000)
}

/// What that union sent up of January's money: in every seventh the half of what is due.
pub fn remitted(n: u32) -> Money {
    let (received, part) = (received(n), if n.is_multiple_of(7) { 2_000 } else { 4_000 });
    received.basis_points(part)
}

/// What came of January's two per cent: in every fifth the half of it.
fn received(n: u32) -> Money {
    payroll(n).basis_points(if n.is_multiple_of(5) { 100 } else { 200 })
}

/// A union's January: no two alike in members, dues, arrears, money sent up, funds, months closed.
pub fn january(n: u32) -> Union {
    let mut union = set_up(n);
    for member in 0..members(n) {
        // In every third union somebody has not paid.
        if member == 0 && n.is_multiple_of(3) {
            continue;
        }
        let amount = base(n, member).basis_points(50);
        union.on(
            "2025-01-15",
            "acc",
            json!({"command": "dues.receive", "date": "2025-01-15",
            "into": "bank",
            "lines": [{"member": format!("m-{member}"), "month": "2025-01", "amount": amount}]}),
        );
    }
    union.on(
        "2025-01-16",
        "acc",
        json!({"command": "payroll.declare", "month": "2025-01",
        "total": payroll(n), "headcount": members(n)}),
    );
    union.on(
        "2025-01-20",
        "acc",
        json!({"command": "allocation.receive", "date": "2025-01-20",
        "month": "2025-01", "amount": received(n)}),
    );
    union.on(
        "2025-01-22",
        "cash",
        json!({"command": "remittance.pay", "date": "2025-01-22",
        "amount": remitted(n)}),
    );
    if n.is_multiple_of(4) {
        union.on(
            "2025-01-22",
            "acc",
            json!({"command": "fund.establish", "fund": "relief",
            "name": "困难帮扶资金", "restricted": true, "purpose": "困难职工帮扶"}),
        );
        union.on(
            "2025-01-23",
            "acc",
            json!({"command": "subsidy.receive", "date": "2025-01-23",
            "kind": "superior_earmarked", "fund": "relief", "amount": "2000.00",
            "from": "示例县总工会"}),
        );
    }
    if n.is_multiple_of(10) {
        union.on(
            "2025-02-02",
            "audit",
            json!({"command": "finding.raise",
            "finding": format!("f-{n}"), "date": "2025-02-02", "records": [3],
            "says": "缺少依据", "asks": "补齐依据", "due": if n.is_multiple_of(20) { "2025-03-01" }
            else { "2025-04-01" }}),
        );
    }
    match n % 6 {
        // Not closed, and closed late.
        0 => {}
        1 => union.on("2025-03-01", "acc", json!({"command": "period.close", "month": "2025-01"})),
        _ => union.on("2025-02-05", "acc", json!({"command": "period.close", "month": "2025-01"})),
    }
    union
}

/// So many unions, made by two at once.
pub fn many(count: u32) -> Vec<Union> {
    let half = |of: u32| (1..=count).filter(move |n| n % 2 == of).map(january);
    let (odd, even): (Vec<Union>, Vec<Union>) = thread::scope(|scope| {
        let odd = scope.spawn(|| half(1).collect());
        let even = half(0).collect();
        (odd.join().unwrap(), even)
    });
    let mut even = even.into_iter();
    odd.into_iter().flat_map(|odd| [Some(odd), even.next()]).flatten().collect()
}

/// The superior's own book: it has registered these unions, and says what came from each.
pub fn county(received: &[(u32, Money)]) -> Union {
    let mut county = Union::begin("gh.example.org/county", "示例县总工会", "county", STATUTORY);
    set_officers_of_county(&mut county);
    for (n, _) in received {
        county.on(
            "2025-01-02",
            "acc",
            json!({"command": "payer.register",
            "payer": format!("p-{n:04}"), "name": name_of(*n), "kind": "lower_union",
            "union_since": "2010-05-01"}),
        );
    }
    for (n, amount) in received.iter().filter(|(_, amount)| amount.is_positive()) {
        county.on(
            "2025-01-24",
            "acc",
            json!({"command": "allocation.collect",
            "date": "2025-01-24", "month": "2025-01", "channel": "lower_remittance",
            "amount": amount, "payer": format!("p-{n:04}")}),
        );
    }
    county
}

fn set_officers_of_county(county: &mut Union) {
    let shares = json!({"name": "allocation_shares", "shares": [{"channel": "lower_remittance",
        "own_basis_points": 7000, "up_basis_points": 3000, "down_basis_points": 0,
        "remainder": "own"}]});
    county.on(
        "2025-01-02",
        "acc",
        json!({"command": "officer.appoint", "officer": "acc",
        "roles": ["accountant"], "from": "2025-01-01"}),
    );
    county.on(
        "2025-01-02",
        "acc",
        json!({"command": "rule.set", "from": "2025-01-01",
        "source": "示例：省总工会经费分成办法", "rule": {"name": "allocation_split",
        "payroll_basis_points": 200, "up_basis_points": 4000}}),
    );
    county.on(
        "2025-01-02",
        "acc",
        json!({"command": "rule.set", "rule": shares,
        "from": "2025-01-01", "source": "示例：省总工会经费分成办法"}),
    );
    county.on(
        "2025-01-02",
        "acc",
        json!({"command": "officer.appoint", "officer": "chair",
        "roles": ["chair"], "from": "2025-01-01"}),
    );
}

fn hex(text: &str) -> String {
    blake3::Hash::from_bytes(Sha256::digest(text).into()).to_hex().to_string()
}
