//! Officers who sign, log keys that follow one another, and a union whose officers have keys.

use mingzhang::book::{Book, Instruction, acted_on};
use mingzhang::chain::act::{Act, Request, Statement};
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey};
use mingzhang::chain::record::Origin;
use mingzhang::chain::rotation::Rotation;
use mingzhang::chain::tree::leaf_hash;
use mingzhang::ids::{OfficerId, Seq};
use mingzhang::rules::Command;
use mingzhang::store::EventStore;
use serde_json::{Value, json};

use super::{ACCOUNTANT, AUDITOR, Asked, CHAIR, FINANCE, FIRST, ORIGIN, asks, of, union};

// The seeds of the keys that they sign with.
pub const CHAIR_KEY: u8 = 61;
pub const AUDITOR_KEY: u8 = 62;
pub const FINANCE_KEY: u8 = 63;
pub const OTHER_KEY: u8 = 69;

/// The seed of the log key that the book begins with.
pub const LOG_KEY: u8 = 71;
pub const NEXT_LOG_KEY: u8 = 72;

/// An officer with the key of this seed, about what the command acts on unless a record is said.
#[derive(Debug, Clone)]
pub struct Signs {
    pub officer: OfficerId,
    pub seed: u8,
    pub on: Option<Seq>,
    /// What is signed, where it is not what is asked for.
    pub instead: Option<Command>,
    pub origin: &'static str,
}

pub fn signs(officer: &str, seed: u8) -> Signs {
    Signs { officer: of(officer), seed, on: None, instead: None, origin: ORIGIN }
}

impl Signs {
    pub fn act<S: EventStore>(&self, command: &Command, book: &Book<S>) -> Act {
        let newest = Seq(book.state().next().0 - 1);
        let finds = matches!(command, Command::RaiseFinding(_));
        let about = if finds { None } else { acted_on(book.state(), command) };
        let on = self.on.or(about).unwrap_or(newest);
        let line = book.line(on).unwrap().unwrap_or_default();
        let statement = Statement {
            origin: Origin::parse(self.origin).unwrap(),
            officer: self.officer.clone(),
            on,
            leaf: leaf_hash(&line),
            fact: self.instead.as_ref().unwrap_or(command).to_sign().unwrap(),
        };
        let request = Request { statement, record: None, signatures: Vec::new() };
        request.sign(&officer_key(self.seed)).unwrap().acts().next().unwrap()
    }
}

impl Asked {
    /// With these signatures; the first is of the one who asks.
    pub fn signed(mut self, signed: impl IntoIterator<Item = Signs>) -> Asked {
        self.signed = signed.into_iter().collect();
        self
    }
}

/// The instruction of what is asked, signed by whoever signs it, and brought in by the accountant.
pub fn instruction<S: EventStore>(asked: &Asked, key: String, book: &Book<S>) -> Instruction {
    let Asked { by, command, signed, .. } = asked.clone();
    if signed.is_empty() {
        return Instruction { command, by, key, signed: None };
    }
    let acts = signed.iter().map(|signs| signs.act(&command, book)).collect();
    Instruction::of_acts(acts, of(ACCOUNTANT), key).unwrap()
}

pub fn officer_key(seed: u8) -> NoteKey {
    NoteKey::of_officer(KeyName::parse("officer.example").unwrap(), &[seed; 32])
}

pub fn log_key(seed: u8) -> NoteKey {
    NoteKey::from_seed(KeyName::parse(ORIGIN).unwrap(), KeyKind::Log, &[seed; 32])
}

/// The small union, its book kept under a log key.
pub fn union_with_log_key() -> Vec<Asked> {
    let mut asked = union();
    if let Some(Command::CreateLedger(new)) = asked.first_mut().map(|first| &mut first.command) {
        new.log = log_key(LOG_KEY).vkey().to_string();
    }
    asked
}

/// The same with the keys of the chair, the auditor and the head of finance.
pub fn union_that_signs() -> Vec<Asked> {
    let mut asked = union_with_log_key();
    asked.push(register(CHAIR, CHAIR_KEY));
    asked.push(register_with_chair(AUDITOR, AUDITOR_KEY));
    asked.push(register_with_chair(FINANCE, FINANCE_KEY));
    asked
}

/// The officer registers the key of this seed, and signs with it.
pub fn register(officer: &str, seed: u8) -> Asked {
    let fields = json!({"officer": officer, "key": officer_key(seed).vkey().to_string()});
    asks(officer, FIRST, "officer_key.register", fields).signed([signs(officer, seed)])
}

/// The same where the chair has a key, and signs for it too.
pub fn register_with_chair(officer: &str, seed: u8) -> Asked {
    register(officer, seed).signed([signs(officer, seed), signs(CHAIR, CHAIR_KEY)])
}

/// The month is opened again, by whoever signs.
pub fn reopen(on: &str, month: &str) -> Asked {
    let fields = json!({"month": month, "date": on, "reason": "漏记一笔"});
    asks(CHAIR, on, "period.reopen", fields)
}

pub fn both() -> [Signs; 2] {
    [signs(CHAIR, CHAIR_KEY), signs(AUDITOR, AUDITOR_KEY)]
}

/// One log key follows another, in the record of this place.
pub fn rotate(on: &str, seq: u64, old: u8, new: u8) -> Asked {
    let (old, new) = (log_key(old), log_key(new));
    let rotation = Rotation {
        origin: Origin::parse(ORIGIN).unwrap(),
        seq: Seq(seq),
        old: old.vkey(),
        new: new.vkey(),
    };
    let fields = json!({
        "old": old.vkey().to_string(), "new": new.vkey().to_string(), "reason": "定期更换",
        "proof_new": rotation.prove(&new), "proof_old": rotation.prove(&old),
    });
    asks(ACCOUNTANT, on, "key.rotate", fields)
}

/// The same without the old key, which was lost.
pub fn rotate_lost(on: &str, seq: u64, old: u8, new: u8) -> Asked {
    let mut asked = rotate(on, seq, old, new);
    if let Command::RotateKey(rotation) = &mut asked.command {
        rotation.proof_old = None;
    }
    asked
}

pub fn change_witnesses(on: &str, policy: &str, sha256: &str) -> Asked {
    let fields = json!({"policy": policy, "policy_sha256": sha256, "reason": "见证人换届"});
    asks(CHAIR, on, "witness.change", fields)
}

pub fn finding(on: &str, id: &str, records: &[u64]) -> Asked {
    let fields = finding_fields(on, id, records);
    asks(AUDITOR, on, "finding.raise", fields)
}

pub fn finding_fields(on: &str, id: &str, records: &[u64]) -> Value {
    json!({
        "finding": id, "date": on, "records": records, "says": "缺少发票", "asks": "补齐附件",
    })
}

pub fn clear(on: &str, id: &str) -> Asked {
    asks(AUDITOR, on, "finding.clear", json!({"finding": id, "date": on, "reason": "附件已补齐"}))
}

pub fn conclude(on: &str, first: &str, last: &str) -> Asked {
    let fields = json!({
        "date": on, "first": first, "last": last, "opinion": "qualified", "says": "一处附件不全",
    });
    asks(AUDITOR, on, "audit.conclude", fields)
}
