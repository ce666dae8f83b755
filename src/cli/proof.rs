//! `proof SEQ`: a member's own proof that one record is in the book; and `verify --proof`, which
//! needs no book.

use std::io::Read;
use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::{Folder, line_at, recorded};
use mingzhang::chain::checkpoint::Note;
use mingzhang::chain::policy::Policy;
use mingzhang::chain::proof::LogProof;
use mingzhang::chain::proof_verdict::{ProofVerdict, weigh};
use mingzhang::chain::record::Envelope;
use mingzhang::chain::verify::{FaultKind, Outcome};
use mingzhang::date::Instant;
use mingzhang::ids::Seq;
use mingzhang::render;
use serde_json::{Value, json};

use super::Global;
use super::checkpoint::leaves;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::output::Output;
use super::verify::{Asked, Verify};
use super::world::World;

#[derive(Args)]
pub(crate) struct Proof {
    /// 记录号 The record
    seq: u64,
    /// 存放处 A file; standard output unless given
    #[arg(long)]
    out: Option<PathBuf>,
    /// 不附记录 Without the record itself
    #[arg(long)]
    bare: bool,
}

impl Proof {
    pub(crate) fn run(self, global: &Global, _: &World, out: &Output) -> Result<(), Failure> {
        let folder = Folder::new(&global.book);
        let mut proof = of_record(&folder, Seq(self.seq))?;
        if !self.bare {
            let line = line_at(&folder, Seq(self.seq))?;
            proof = proof.with_record(&line).map_err(|e| unusable(self.seq, &e.to_string()))?;
        }
        let proof = proof.to_string();
        match &self.out {
            Some(path) => std::fs::write(path, &proof).map_err(|e| Failure::file(path, &e))?,
            None if out.json => out.value(&json!({ "seq": self.seq, "proof": proof })),
            None => out.text(&proof),
        }
        Ok(())
    }
}

fn unusable(seq: u64, why: &str) -> Failure {
    let zh = format!("无法证明记录 {seq}：{}", chinese(&why));
    let en = format!("record {seq} cannot be proved: {why}");
    Failure::one(exit::BROKEN, Problem::new("PRF1", zh, en).next("mingzhang verify"))
}

/// The proof of one record under the newest checkpoint, without the record.
pub(crate) fn of_record(folder: &Folder, seq: Seq) -> Result<LogProof, Failure> {
    let path = folder.checkpoint();
    let text = std::fs::read_to_string(&path)
        .map_err(|e| Failure::file(&path, &e).next("mingzhang checkpoint sign"))?;
    let note = Note::parse(&text).map_err(|e| unusable(seq.0, &e.to_string()))?;
    under(folder, seq, &note)
}

/// The same under a checkpoint that the book has kept.
pub(crate) fn under(folder: &Folder, seq: Seq, note: &Note) -> Result<LogProof, Failure> {
    let size = note.checkpoint().map_err(|e| unusable(seq.0, &e.to_string()))?.size;
    if seq.0 >= size {
        let zh = format!("记录 {seq} 不在最新检查点（{size} 条）之内");
        let en = format!("record {seq} is not under the newest checkpoint of {size}");
        return Err(Failure::one(exit::USAGE, Problem::new("PRF2", zh, en))
            .next("mingzhang checkpoint sign"));
    }
    let leaves = leaves(folder, size)?;
    LogProof::new(seq, &leaves, note.newest_of_each_key())
        .map_err(|e| unusable(seq.0, &e.to_string()))
}

/// A book, a bundle, or one record by its proof.
#[derive(Args)]
pub(crate) struct VerifyOrProof {
    #[command(flatten)]
    book: Verify,
    #[command(flatten)]
    held: Held,
}

/// What a member holds.
#[derive(Args)]
struct Held {
    /// 会员证明 Instead of a book: a .tlog-proof, as from `proof` or a receipt's code; - is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "path", conflicts_with = "against")]
    proof: Option<PathBuf>,
    /// 记录 The record's bytes, for a proof that does not bring it
    #[arg(long, value_name = "FILE", requires = "proof", conflicts_with = "path")]
    record: Option<PathBuf>,
    /// 验证时间 The time of verification, such as 2026-03-05T09:00:00Z; now unless given
    #[arg(long, value_name = "TIME", requires = "proof", conflicts_with = "path")]
    now: Option<Instant>,
}

impl VerifyOrProof {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        match &self.held.proof {
            None => self.book.run(global, world, out),
            Some(path) => self.held.check(path, &self.book.asked, world, out),
        }
    }
}

impl Held {
    fn check(
        &self,
        path: &Path,
        asked: &Asked,
        world: &World,
        out: &Output,
    ) -> Result<u8, Failure> {
        let policy = asked.policy.as_deref().map(policy).transpose()?;
        let text = read(path)?;
        let proof = match LogProof::parse(&text) {
            Ok(proof) => proof,
            Err(error) => {
                say_no_proof(&error.to_string(), out);
                return Ok(exit::BROKEN);
            }
        };
        let record = self.record(&proof)?;
        let now = self.now.unwrap_or_else(|| world.now());
        let seconds = u64::from(asked.max_age_days.unwrap_or(35)) * 86_400;
        let verdict = weigh(&proof, &record, policy.as_ref(), now, seconds);
        print(&verdict, &record, &proof, out);
        Ok(match &verdict.outcome {
            Outcome::Broken => exit::BROKEN,
            Outcome::VerifiedNotWitnessed { .. } => exit::PROBLEMS,
            Outcome::VerifiedAndWitnessed { .. } => exit::DONE,
        })
    }

    fn record(&self, proof: &LogProof) -> Result<Vec<u8>, Failure> {
        if let Some(path) = &self.record {
            let mut bytes = std::fs::read(path).map_err(|e| Failure::file(path, &e))?;
            if bytes.last() == Some(&b'\n') {
                bytes.pop();
            }
            return Ok(bytes);
        }
        proof.extra().map(<[u8]>::to_vec).ok_or_else(|| {
            let zh = "这份证明没有附上记录：用 --record 给出记录";
            let en = "this proof does not bring its record: give it with --record";
            Failure::one(exit::USAGE, Problem::new("PRF3", zh, en))
                .next(format!("mingzhang show {}", proof.index()))
        })
    }
}

fn policy(path: &Path) -> Result<Policy, Failure> {
    let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
    Policy::parse(&text).map_err(|errors| {
        let zh = format!("信任文件不合规定：{}", chinese(&errors));
        Failure::one(exit::USAGE, Problem::new("POL1", zh, errors.to_string()))
    })
}

/// What was scanned or copied may have lost its last newline, or gained one.
fn read(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let found = if path.as_os_str() == "-" {
        std::io::stdin().lock().read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_end(&mut bytes))
    };
    found.map_err(|e| Failure::file(path, &e))?;
    let text = String::from_utf8_lossy(&bytes);
    Ok(format!("{}\n", text.trim_end_matches(['\n', '\r', ' '])))
}

fn say_no_proof(why: &str, out: &Output) {
    let kind = FaultKind::ProofWrong;
    if out.json {
        let fault = json!({ "kind": kind, "found": why });
        out.value(&json!({ "verdict": { "outcome": { "is": "broken" }, "faults": [fault] } }));
        return;
    }
    let why = out.say(&chinese(&why), why).to_owned();
    out.text(&format!("{}: {}: {why}", kind.name(), kind.message(out.lang)));
    out.text(out.say("不成立或被改动", "broken"));
}

fn print(verdict: &ProofVerdict, record: &[u8], proof: &LogProof, out: &Output) {
    let read = Envelope::read(record).ok().and_then(|envelope| recorded(envelope).ok());
    let words = read.map(|read| render::record(&read, out.lang)).unwrap_or_default();
    if out.json {
        let record: Value = serde_json::from_slice(record).unwrap_or(Value::Null);
        let signed_by: Vec<String> =
            proof.note().signatures().iter().map(|line| line.name.to_string()).collect();
        let message = verdict.message(out.lang);
        // Without a policy no signature was checked: the names are what the proof says of itself.
        let name = if verdict.is_trusted() { "signatures" } else { "signatures_claimed" };
        out.value(&json!({
            "verdict": verdict, "message": message, "record": record, "words": words,
            name: signed_by,
        }));
        return;
    }
    // What is not shown to be in the book is not shown as if it were.
    if !verdict.is_broken() {
        out.text(&words);
    }
    for fault in &verdict.faults {
        let found = out.say(&chinese(&fault.found), &fault.found).to_owned();
        out.text(&format!("{}: {}: {found}", fault.kind.name(), fault.kind.message(out.lang)));
    }
    for note in &verdict.notes {
        out.text(&format!("{}: {}", note.name(), note.message(out.lang)));
    }
    if let Outcome::VerifiedAndWitnessed { witnesses, .. } = &verdict.outcome {
        let seen = out.say("见证", "witnessed by");
        for witness in witnesses {
            out.text(&format!("{seen} {} {}", witness.key, witness.time));
        }
    }
    let book = out.say("账套", "book");
    out.text(&format!("{book} {}", verdict.origin));
    if let Some(root) = verdict.root {
        out.text(&format!("root {root}"));
    }
    out.text(&verdict.message(out.lang));
}
