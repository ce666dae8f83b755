//! A union with officers who sign: a good book of everything that sections 17 to 21 of the format
//! add. Signatures are made here from the format's text, and not with the program's own hands.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ed25519_dalek::{Signer as _, SigningKey};
use mingzhang::chain::key::{KeyKind, NoteKey, VKey};
use mingzhang::chain::tree::leaf_hash;
use serde_json::{Map, Value, json};

use super::{
    Bundle, NamedBytes, ORIGIN, bundle, key, policy, posted, record, records, seal, sha256,
};

/// The chart's paper, as it lies in `attachments/`.
pub(crate) const PAPER: &[u8] = "某文具店发票\n".as_bytes();

pub(crate) const SALT: &str = "a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4a1b2c3d4";

/// A key that signs anything, and not only notes.
pub(crate) struct Hand {
    pub(crate) key: NoteKey,
    seed: u8,
}

impl Hand {
    fn new(name: &str, seed: u8) -> Hand {
        Hand { key: key(name, KeyKind::Log, seed), seed }
    }

    pub(crate) fn vkey(&self) -> VKey {
        self.key.vkey()
    }

    /// Base64 of key id and signature.
    fn sign(&self, text: &str) -> String {
        let signature = SigningKey::from_bytes(&[self.seed; 32]).sign(text.as_bytes());
        let id = self.vkey().id().as_bytes();
        STANDARD.encode([id.as_slice(), &signature.to_bytes()].concat())
    }
}

/// The key that an officer signs with; another number is another key.
pub(crate) fn officer_key(officer: &str, number: u8) -> Hand {
    let seed = officer.bytes().fold(number, |sum, byte| sum.wrapping_mul(31).wrapping_add(byte));
    Hand::new(&format!("{ORIGIN}/{officer}"), seed)
}

/// A log key of this book.
pub(crate) fn book_key(seed: u8) -> Hand {
    Hand::new(ORIGIN, seed)
}

/// A signature of the record before, by the officer's first key; `on` is what was acted on.
pub(crate) fn act(officer: &str, on: u64) -> Value {
    act_with(officer, on, 1, json!({}))
}

/// The same with another key, and with fields of the body put in afterwards.
pub(crate) fn act_with(officer: &str, on: u64, number: u8, with: Value) -> Value {
    let mut act = record("act.signed", json!({}));
    act["sign"] = json!({ "officer": officer, "on": on, "key": number, "with": with });
    act
}

/// `key.rotated` from one seed to another. Unless it is proved, the old key does not sign.
pub(crate) fn rotated(old: u8, new: u8, is_proved: bool, with: Value) -> Value {
    let mut rotation = record("key.rotated", json!({}));
    rotation["rotate"] = json!({ "old": old, "new": new, "proved": is_proved, "with": with });
    rotation["actor"] = "c1".into();
    rotation
}

/// Fills in what only somebody who sees the lines before can: signatures and proofs.
pub(crate) fn sign(record: &mut Map<String, Value>, n: usize, lines: &[Vec<u8>]) {
    let seq = record.get("seq").and_then(Value::as_u64).unwrap_or(n as u64);
    if let Some(asked) = record.remove("sign") {
        record.insert("body".to_owned(), signed_body(&asked, lines));
    }
    if let Some(asked) = record.remove("rotate") {
        record.insert("body".to_owned(), rotated_body(&asked, seq));
    }
}

fn signed_body(asked: &Value, lines: &[Vec<u8>]) -> Value {
    let parsed = |line: &Vec<u8>| serde_json::from_slice::<Value>(line).unwrap_or_default();
    let target = lines.iter().map(parsed).rfind(|line| line["type"] != "act.signed").unwrap();
    let (officer, on) = (asked["officer"].as_str().unwrap(), asked["on"].as_u64().unwrap());
    // Another leaf than that of the record acted on, where the test asks for it.
    let leaf_of = asked["with"]["leaf_of"].as_u64().unwrap_or(on);
    let leaf = lines.get(usize::try_from(leaf_of).unwrap());
    let leaf = leaf.map_or([0; 32].into(), |line| leaf_hash(line)).to_string();
    let text = act_text(&target, officer, on, &leaf);
    let number = u8::try_from(asked["key"].as_u64().unwrap()).unwrap();
    let signature = officer_key(officer, number).sign(&text);
    let body = json!({ "of": target["seq"], "officer": officer, "on": on,
        "leaf": leaf, "signature": signature });
    merged(body, &asked["with"])
}

/// The five lines of section 18.2.
fn act_text(target: &Value, officer: &str, on: u64, leaf: &str) -> String {
    let mut body = target["body"].clone();
    for field in ["voucher", "entries"] {
        body.as_object_mut().unwrap().remove(field);
    }
    let act = json!({ "body": body, "tv": target["tv"], "type": target["type"] });
    let act = serde_json_canonicalizer::to_string(&act).unwrap();
    let origin = target["ledger"].as_str().unwrap();
    format!("mingzhang-act@v1\n{origin}\n{officer}\non {on} {leaf}\n{act}\n")
}

fn rotated_body(asked: &Value, seq: u64) -> Value {
    let key_of = |name: &str| book_key(u8::try_from(asked[name].as_u64().unwrap()).unwrap());
    let (old, new) = (key_of("old"), key_of("new"));
    let (old_text, new_text) = (old.vkey(), new.vkey());
    let text = format!("mingzhang-key-rotation@v1\n{ORIGIN}\n{seq}\n{old_text}\n{new_text}\n");
    let mut body = json!({ "old": old_text.to_string(), "new": new_text.to_string(),
        "reason": "原密钥到期", "proof_new": new.sign(&text) });
    if asked["proved"] == true {
        body["proof_old"] = old.sign(&text).into();
    }
    merged(body, &asked["with"])
}

fn merged(mut body: Value, with: &Value) -> Value {
    for (name, value) in with.as_object().unwrap().iter().filter(|(name, _)| *name != "leaf_of") {
        body[name] = value.clone();
    }
    body
}

/// Records that one officer makes as one command, each with the next one's promise.
pub(crate) fn command(actor: &str, idem: &str, mut records: Vec<Value>) -> Vec<Value> {
    let last = records.len() - 1;
    for (n, record) in records.iter_mut().enumerate() {
        record["actor"] = actor.into();
        record["idem"] = idem.into();
        record["more"] = (n < last).into();
    }
    records
}

pub(crate) fn appointed(officer: &str, roles: &[&str]) -> Value {
    record("officer.appointed", json!({ "officer": officer, "roles": roles, "from": "2026-01-01" }))
}

pub(crate) fn registered(officer: &str, number: u8) -> Value {
    let key = officer_key(officer, number).vkey().to_string();
    record("officer_key.registered", json!({ "officer": officer, "key": key }))
}

pub(crate) fn rule(rule: Value) -> Value {
    record("rule.set", json!({ "rule": rule, "from": "2026-01-01", "source": "委员会决议" }))
}

pub(crate) fn requested(id: &str, amount: &str) -> Value {
    record(
        "disbursement.requested",
        json!({ "disbursement": id, "date": "2026-03-20", "fund": "general", "account": "50105",
            "amount": amount, "payee": { "organisation": "某文具店" }, "purpose": "文体活动" }),
    )
}

pub(crate) fn approval(id: &str, amount: &str) -> Value {
    record("approval.given", json!({ "disbursement": id, "date": "2026-03-21", "amount": amount }))
}

pub(crate) fn paid(id: &str, amount: &str, voucher: &str) -> Value {
    let body = json!({ "disbursement": id, "date": "2026-03-22", "from": "bank",
        "fund": "general", "account": "50105", "amount": amount });
    record("disbursement.paid", posted("disbursement.paid", body, voucher))
}

pub(crate) fn committed(subject: &str, fields: &[(&str, &str)]) -> Value {
    let field = |(name, value): &(&str, &str)| json!({ "name": name, "commitment": commitment(name, value) });
    let fields: Vec<Value> = fields.iter().map(field).collect();
    record("privacy.committed", json!({ "subject": subject, "fields": fields }))
}

pub(crate) fn erased(subject: &str, fields: &[&str]) -> Value {
    record(
        "privacy.erased",
        json!({ "subject": subject, "fields": fields, "basis": "本人申请", "approver": "c1" }),
    )
}

pub(crate) fn commitment(name: &str, value: &str) -> String {
    let opening = json!({ "name": name, "salt": SALT, "value": value });
    let text = serde_json_canonicalizer::to_vec(&opening).unwrap();
    let hash = blake3::derive_key("mingzhang 2026-11-22 v1 private field", &text);
    blake3::Hash::from_bytes(hash).to_string()
}

/// A line of `openings.ndjson`.
pub(crate) fn opening(subject: &str, fields: Value) -> String {
    let line = json!({ "subject": subject, "fields": fields });
    format!("{}\n", serde_json_canonicalizer::to_string(&line).unwrap())
}

pub(crate) fn shown(value: &str) -> Value {
    json!({ "salt": SALT, "value": value })
}

pub(crate) fn attached(to: u64, paper: &[u8]) -> Value {
    record(
        "attachment.added",
        json!({ "to": to, "sha256": sha256(paper), "bytes": paper.len(), "title": "发票" }),
    )
}

pub(crate) fn receipt(number: &str, member: &str, payment: u64, amount: &str) -> Value {
    record(
        "receipt.issued",
        json!({ "number": number, "date": "2026-03-23", "member": member, "payment": payment,
            "amount": amount }),
    )
}

pub(crate) fn finding(id: &str, about: u64) -> Value {
    record(
        "finding.raised",
        json!({ "finding": id, "date": "2026-03-24", "records": [about], "says": "缺少验收单",
            "asks": "补齐", "owner": "a1", "due": "2026-05-01" }),
    )
}

pub(crate) fn cleared(id: &str) -> Value {
    record("finding.cleared", json!({ "finding": id, "date": "2026-03-25", "reason": "已补齐" }))
}

/// The place of the request in [`office`].
pub(crate) const REQUEST: u64 = 15;
pub(crate) const DUES: u64 = 14;
/// The place of the `period.closed` that is reopened.
pub(crate) const CLOSED: u64 = 22;
/// Where the same month is closed again.
pub(crate) const CLOSED_AGAIN: u64 = 26;

/// The officers: chair c1, accountant a1, cashier p1, clerk k1, of the audit committee u1 and u2.
/// The chair's band goes up to 1000.00, above it the accountant approves as well.
pub(crate) fn office() -> Vec<Value> {
    let dues = |day: &str| {
        json!({ "date": day, "fund": "general", "into": "bank", "lines": [
            { "member": "m-0001", "month": "2026-03", "amount": "12.50" },
            { "member": "m-0002", "month": "2026-03", "amount": "3.00" },
            { "member": "m-0001", "month": "2026-02", "amount": "0.50" } ] })
    };
    let month = |month: &str, vouchers: u32, sum: &str| {
        record(
            "period.closed",
            json!({ "month": month, "vouchers": vouchers, "debit": sum, "credit": sum }),
        )
    };
    let mut chair = appointed("c1", &["chair", "committee"]);
    chair["body"]["member"] = "m-0001".into();
    let bands = json!({ "name": "approval_bands", "bands": [
        { "up_to": "1000.00", "roles": ["chair"] }, { "roles": ["accountant", "chair"] } ] });
    let signed = json!({ "name": "acts_signed", "types": ["approval.given", "audit.concluded"] });
    let papers = json!({ "name": "attachments", "required_above": "5.00", "bytes_max": 1000 });
    let mut committed_of = committed("s-1", &[("姓名", "某甲"), ("身份证号", "1234")]);
    committed_of["body"]["of"] = json!({ "member": "m-0001" });
    let reopened = json!({ "month": "2026-01", "date": "2026-03-26", "reason": "漏记一笔" });
    let concluded = json!({ "date": "2026-03-27", "first": "2026-01", "last": "2026-02",
        "opinion": "unqualified", "says": "账实相符" });
    let parts = vec![
        ("t1", vec![records().swap_remove(0)]),
        ("t1", vec![chair]),
        ("c1", vec![appointed("a1", &["accountant"])]),
        ("c1", vec![appointed("p1", &["cashier"]), appointed("k1", &["clerk"])]),
        ("c1", vec![appointed("u1", &["audit_chair"]), appointed("u2", &["audit_member"])]),
        ("c1", vec![rule(bands)]),
        ("c1", vec![registered("c1", 1), act("c1", 1)]),
        ("u1", vec![registered("u1", 1), act("u1", 1), act("c1", 1)]),
        ("c1", vec![rule(signed)]),
        // 14
        (
            "a1",
            vec![record(
                "dues.received",
                posted("dues.received", dues("2026-03-05"), "记-2026-03-0001"),
            )],
        ),
        ("k1", vec![requested("d-1", "8.00")]),
        ("p1", vec![receipt("收-2026-0001", "m-0001", DUES, "13.00")]),
        ("k1", vec![attached(REQUEST, PAPER)]),
        ("c1", vec![rule(papers)]),
        ("c1", vec![approval("d-1", "8.00"), act("c1", REQUEST)]),
        ("p1", vec![paid("d-1", "8.00", "记-2026-03-0002")]),
        // 22
        ("a1", vec![month("2026-01", 0, "0.00")]),
        ("c1", vec![record("period.reopened", reopened), act("c1", CLOSED), act("u1", CLOSED)]),
        ("a1", vec![month("2026-01", 0, "0.00")]),
        ("u1", vec![finding("f-1", DUES), cleared("f-1")]),
        ("u1", vec![record("audit.concluded", concluded), act("u1", CLOSED)]),
        // 31
        ("k1", vec![committed_of, committed("s-2", &[("姓名", "某乙"), ("电话", "5678")])]),
        ("k1", vec![erased("s-2", &["电话"])]),
        (
            "k1",
            vec![record(
                "privacy.opened",
                json!({ "subjects": ["s-1"], "fields": ["姓名"], "purpose": "核对会籍" }),
            )],
        ),
        (
            "c1",
            vec![record(
                "witness.changed",
                json!({ "policy": policy(), "policy_sha256": sha256(policy().as_bytes()), "reason": "换届" }),
            )],
        ),
    ];
    let numbered = parts.into_iter().enumerate();
    numbered
        .flat_map(|(n, (actor, records))| {
            command(actor, &format!("o{n}~0123456789abcdef"), records)
        })
        .collect()
}

/// What is shown beside [`office`]: one subject in part, the other as far as it was not erased.
pub(crate) fn openings() -> String {
    let first = opening("s-1", json!({ "姓名": shown("某甲"), "身份证号": "withheld" }));
    first + &opening("s-2", json!({ "姓名": shown("某乙") }))
}

pub(crate) fn paper(bytes: &[u8]) -> NamedBytes {
    NamedBytes { name: sha256(bytes), bytes: bytes.to_vec() }
}

/// The good book with all that belongs to it.
pub(crate) fn good_office() -> Bundle {
    Bundle {
        openings: Some(openings().into_bytes()),
        papers: vec![paper(PAPER)],
        ..bundle(&seal(office()))
    }
}

/// Base64 of so many zeros.
pub(crate) fn zeros(count: usize) -> String {
    STANDARD.encode(vec![0; count])
}
