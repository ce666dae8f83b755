//! Small books made in a test, good ones and ones with a fault put in on purpose.
#![allow(clippy::unwrap_used, reason = "a test's own book that cannot be made is a failed test")]
#![allow(dead_code, reason = "each test file uses a part of this")]
#![allow(
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "tables read better whole"
)]

pub(crate) mod faults;
pub(crate) mod office;
pub(crate) mod own_chart;
pub(crate) mod random;
pub(crate) mod travel;

use mingzhang::chain::checkpoint::{Checkpoint, Note};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey};
use mingzhang::chain::record::Origin;
use mingzhang::chain::tree::{Tree, leaf_hash};
use mingzhang::chain::verify::{
    Base, Evidence, FaultKind, HashedFile, NamedBytes, SumsFile, Verdict, verify,
};
use mingzhang::chain::witness::cosign;
use mingzhang::chart::Chart;
use mingzhang::date::Instant;
use mingzhang::event::Fact;
use mingzhang::posting;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

pub(crate) const ORIGIN: &str = "gh.example.org/branch-017";
pub(crate) const CHART_ID: &str = "cn-gonghui-2021";
pub(crate) const AT: &str = "2026-04-01T01:00:00Z";
pub(crate) const DAY_SECONDS: i64 = 86_400;

/// When the witness cosigned, and an hour later the book is verified.
pub(crate) const COSIGNED: &str = "2026-04-01T02:00:00Z";
pub(crate) const NOW: &str = "2026-04-01T03:00:00Z";

/// Everything that lies in a bundle, and what the auditor holds against it.
#[derive(Clone)]
pub(crate) struct Bundle {
    pub(crate) events: Vec<u8>,
    /// By their names in the bundle.
    pub(crate) checkpoints: Vec<NamedBytes>,
    pub(crate) against: Vec<NamedBytes>,
    pub(crate) log_vkey: Option<Vec<u8>>,
    pub(crate) chart: Option<Vec<u8>>,
    pub(crate) tiles: Vec<NamedBytes>,
    pub(crate) since: Option<Vec<u8>>,
    /// The bundles that it continues.
    pub(crate) bases: Vec<Bundle>,
    pub(crate) openings: Option<Vec<u8>>,
    /// By their names in `attachments/`.
    pub(crate) papers: Vec<NamedBytes>,
    /// `SHA256SUMS`.
    pub(crate) sums: Option<Vec<u8>>,
    pub(crate) policy: Option<String>,
    pub(crate) now: Instant,
}

impl Bundle {
    pub(crate) fn verify(&self) -> Verdict {
        let chain = || [self].into_iter().chain(&self.bases);
        let tiles: Vec<_> = chain().flat_map(|one| one.tiles.clone()).map(Ok).collect();
        let papers: Vec<_> = chain().flat_map(|one| &one.papers).map(hashed).map(Ok).collect();
        let bases = self.bases.iter().map(|one| Base {
            events: one.events.as_slice(),
            checkpoints: one.checkpoints.clone(),
            since: one.since.clone(),
        });
        let files = self.files();
        let sums = self.sums.clone().map(|bytes| SumsFile {
            bytes,
            hash: Box::new(move |path| {
                let file = files.iter().find(|file| file.name == path);
                Ok(file.map(|file| sha256(&file.bytes)))
            }),
        });
        let evidence = Evidence {
            tiles: Box::new(tiles.into_iter()),
            papers: Box::new(papers.into_iter()),
            bases: bases.collect(),
            since: self.since.clone(),
            openings: self.openings.clone(),
            sums,
            checkpoints: self.checkpoints.clone(),
            against: self.against.clone(),
            log_vkey: self.log_vkey.clone(),
            chart: self.chart.clone(),
            policy: self.policy.clone(),
            ..Evidence::of_records(self.events.as_slice(), self.now)
        };
        verify(evidence, &mut |_| {}).unwrap()
    }

    /// Every file of the bundle but the list of them, by its path.
    pub(crate) fn files(&self) -> Vec<NamedBytes> {
        let named = |name: &str, bytes: &Option<Vec<u8>>| {
            bytes.clone().map(|bytes| NamedBytes { name: name.to_owned(), bytes })
        };
        let single = [
            named("events.ndjson", &Some(self.events.clone())),
            named("log.vkey", &self.log_vkey),
            named("chart.json", &self.chart),
            named("since", &self.since),
            named("openings.ndjson", &self.openings),
        ];
        let papers = self.papers.iter().map(|paper| NamedBytes {
            name: format!("attachments/{}", paper.name),
            bytes: paper.bytes.clone(),
        });
        let named = self.checkpoints.iter().chain(&self.tiles).cloned();
        let mut files: Vec<_> = single.into_iter().flatten().chain(named).chain(papers).collect();
        files.sort_by(|one, other| one.name.cmp(&other.name));
        files
    }

    /// Lays the bundle out as it travels.
    pub(crate) fn write(&self, folder: &std::path::Path) {
        let sums = self.sums.clone();
        let sums = sums.map(|bytes| NamedBytes { name: "SHA256SUMS".to_owned(), bytes });
        for NamedBytes { name, bytes } in self.files().into_iter().chain(sums) {
            let path = folder.join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, bytes).unwrap();
        }
    }

    pub(crate) fn lines(&self) -> Vec<Vec<u8>> {
        let lines = self.events.split_inclusive(|b| *b == b'\n');
        lines.map(|line| line.strip_suffix(b"\n").unwrap_or(line).to_vec()).collect()
    }
}

fn hashed(file: &NamedBytes) -> HashedFile {
    let NamedBytes { name, bytes } = file;
    HashedFile { name: name.clone(), sha256: sha256(bytes), bytes: bytes.len() as u64 }
}

/// What was found, as a set in order: each kind once a record.
pub(crate) fn found(verdict: &Verdict) -> Vec<(Option<u64>, FaultKind)> {
    let mut found: Vec<_> = verdict.faults.iter().map(|f| (f.record(), f.kind)).collect();
    found.sort_unstable();
    found.dedup();
    found
}

pub(crate) fn instant(text: &str) -> Instant {
    Instant::parse(text).unwrap()
}

pub(crate) fn log_key() -> NoteKey {
    key(ORIGIN, KeyKind::Log, 7)
}

pub(crate) fn witness(n: u8) -> NoteKey {
    key(&format!("audit.example/w{n}"), KeyKind::Witness, 20 + n)
}

pub(crate) fn key(name: &str, kind: KeyKind, seed: u8) -> NoteKey {
    NoteKey::from_seed(KeyName::parse(name).unwrap(), kind, &[seed; 32])
}

pub(crate) fn chart() -> Chart {
    Chart::built_in(CHART_ID).unwrap()
}

/// Two witnesses are named, and one of them is enough.
pub(crate) fn policy() -> String {
    let line = |n| format!("witness w{n} {}\n", witness(n).vkey());
    format!("log {}\n{}{}group any any w1 w2\nquorum any\n", log_key().vkey(), line(1), line(2))
}

pub(crate) fn policy_of_both() -> String {
    policy().replace("group any any", "group any all")
}

/// The records of a good book, without `seq` and `prev`, which sealing adds: dues in January by a
/// roll, a group and cash drawn in two records of one command, January closed; dues in February by mistake,
/// reversed, February closed; a donation in March.
pub(crate) fn records() -> Vec<Value> {
    let dues = |day: &str, amount: &str| {
        let month = &day[..7];
        let line = json!({ "member": "m-0001", "month": month, "amount": amount });
        json!({ "date": day, "fund": "general", "into": "bank", "lines": [line] })
    };
    let group = json!({ "group": "g-1", "name": "某小组" });
    let drawn = json!({ "date": "2026-01-21", "amount": "8.00" });
    let donation = json!({ "date": "2026-03-02", "fund": "hardship", "donors": 1, "purpose": "困难帮扶", "into": "bank", "amount": "500.00" });
    let mut records = vec![
        record("ledger.created", opening()),
        record(
            "dues.received",
            posted("dues.received", dues("2026-01-05", "12.50"), "记-2026-01-0001"),
        ),
        record("group.defined", group),
        record("cash.drawn", posted("cash.drawn", drawn, "记-2026-01-0002")),
        record(
            "period.closed",
            json!({ "month": "2026-01", "vouchers": 2, "debit": "20.50", "credit": "20.50" }),
        ),
        record(
            "dues.received",
            posted("dues.received", dues("2026-02-05", "0.05"), "记-2026-02-0001"),
        ),
        record("entry.reversed", json!({})),
        record(
            "period.closed",
            json!({ "month": "2026-02", "vouchers": 2, "debit": "0.00", "credit": "0.00" }),
        ),
        record("donation.received", posted("donation.received", donation, "记-2026-03-0001")),
    ];
    records[6]["body"] = reversal(&records[5], 5, "记-2026-02-0002");
    // One command of two records, and a later one in the same second.
    records[2]["idem"] = "k2~0123456789abcdef".into();
    records[2]["more"] = true.into();
    records[3]["idem"] = "k2~0123456789abcdef".into();
    for (n, record) in records.iter_mut().enumerate() {
        if record.get("idem").is_none() {
            record["idem"] = format!("k{n}~0123456789abcdef").into();
        }
    }
    records
}

pub(crate) fn record(kind: &str, body: Value) -> Value {
    json!({ "v": 1, "ledger": ORIGIN, "at": AT, "actor": "t1", "more": false, "type": kind, "tv": 1,
        "body": body })
}

/// The red voucher of a record.
pub(crate) fn reversal(original: &Value, seq: u64, number: &str) -> Value {
    let mut entries = original["body"]["entries"].clone();
    for entry in entries.as_array_mut().unwrap() {
        for side in ["debit", "credit"] {
            if let Some(Value::String(amount)) = entry.get_mut(side) {
                *amount = match amount.strip_prefix('-') {
                    Some(positive) => positive.to_owned(),
                    None => format!("-{amount}"),
                };
            }
        }
    }
    json!({ "date": original["body"]["date"], "reason": "重复入账", "reverses": seq,
        "reverses_voucher": original["body"]["voucher"], "voucher": number, "entries": entries })
}

/// A fact's body with the voucher that the statutory table gives it.
pub(crate) fn posted(kind: &str, body: Value, number: &str) -> Value {
    let Value::Object(body) = body else { return body };
    let (fact, _) = Fact::from_body(kind, 1, body.clone()).unwrap();
    let entries = posting::entries(&fact, None, &chart()).unwrap();
    let mut body: Map<String, Value> = body;
    body.insert("voucher".to_owned(), number.into());
    body.insert("entries".to_owned(), serde_json::to_value(entries).unwrap());
    Value::Object(body)
}

fn opening() -> Value {
    json!({
        "random": "5a".repeat(32), "organisation": "某某公司工会", "level": "grassroots",
        "currency": "CNY", "chart": { "id": CHART_ID, "sha256": chart().sha256() },
        "starts": "2026-01-01", "utc_offset": "+08:00", "log": log_key().vkey().to_string(),
        "policy": policy(), "policy_sha256": sha256(policy().as_bytes()),
        "format_sha256": "00".repeat(32),
    })
}

pub(crate) fn sha256(bytes: &[u8]) -> String {
    blake3::Hash::from_bytes(Sha256::digest(bytes).into()).to_hex().to_string()
}

/// Numbers and chains records. A field that a record has already is left as it is.
pub(crate) fn seal(records: Vec<Value>) -> Vec<Vec<u8>> {
    seal_with(records, |_, line| line)
}

/// The same, with a hand on each line before it is hashed.
pub(crate) fn seal_with(
    records: Vec<Value>,
    edit: impl Fn(usize, Vec<u8>) -> Vec<u8>,
) -> Vec<Vec<u8>> {
    let mut lines = Vec::new();
    let mut prev = RecordHash::NONE;
    for (n, record) in records.into_iter().enumerate() {
        let Value::Object(mut record) = record else { continue };
        office::sign(&mut record, n, &lines);
        record.entry("seq").or_insert(n.into());
        record.entry("prev").or_insert(prev.to_string().into());
        let line = edit(n, serde_json_canonicalizer::to_vec(&record).unwrap());
        prev = RecordHash::of(&line);
        lines.push(line);
    }
    lines
}

pub(crate) fn file(lines: &[Vec<u8>]) -> Vec<u8> {
    lines.iter().flat_map(|line| [line.as_slice(), b"\n"].concat()).collect()
}

pub(crate) fn checkpoint(lines: &[Vec<u8>]) -> Checkpoint {
    let leaves: Vec<_> = lines.iter().map(|line| leaf_hash(line)).collect();
    let head = Tree::of(&leaves).head();
    Checkpoint { origin: Origin::parse(ORIGIN).unwrap(), size: head.size, root: head.root }
}

/// Signed by the log key, and cosigned by these witnesses.
pub(crate) fn signed(checkpoint: &Checkpoint, witnesses: &[u8]) -> Note {
    let mut note = checkpoint.sign(&log_key()).unwrap();
    for n in witnesses {
        note.attach(cosign(&note, &witness(*n), instant(COSIGNED)).unwrap()).unwrap();
    }
    note
}

pub(crate) fn named(name: &str, text: impl ToString) -> NamedBytes {
    NamedBytes { name: name.to_owned(), bytes: text.to_string().into_bytes() }
}

/// Everything as it should be: signed, cosigned by the first witness, with chart and key.
pub(crate) fn bundle(lines: &[Vec<u8>]) -> Bundle {
    Bundle {
        events: file(lines),
        checkpoints: vec![named("checkpoint", signed(&checkpoint(lines), &[1]))],
        against: Vec::new(),
        log_vkey: Some(format!("{}\n", log_key().vkey()).into_bytes()),
        chart: Some(chart().json().as_bytes().to_vec()),
        tiles: Vec::new(),
        since: None,
        bases: Vec::new(),
        openings: None,
        papers: Vec::new(),
        sums: None,
        policy: Some(policy()),
        now: instant(NOW),
    }
}

pub(crate) fn good() -> Bundle {
    bundle(&seal(records()))
}
