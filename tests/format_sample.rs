//! The sample that a Python program made from the format's text alone is made again here, byte for
//! byte: records, chain, tree, checkpoint, signatures and the policy's verdict.

use mingzhang::chain::checkpoint::{Checkpoint, Note};
use mingzhang::chain::hash::RecordHash;
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey, VKey};
use mingzhang::chain::policy::Policy;
use mingzhang::chain::proof::LogProof;
use mingzhang::chain::record::{Envelope, Idem, Origin, RecordError, Sealed};
use mingzhang::chain::tree::{Tree, TreeHash, leaf_hash};
use mingzhang::chain::witness::{CosignRequest, WitnessState, cosign, verify_cosignature};
use mingzhang::date::Instant;
use mingzhang::ids::{OfficerId, Seq};
use serde_json::{Map, Value, json};

const EVENTS: &str = include_str!("../fixtures/format/events.ndjson");
const CHECKPOINT: &str = include_str!("../fixtures/format/checkpoint");
const LOG_VKEY: &str = include_str!("../fixtures/format/log.vkey");
const POLICY: &str = include_str!("../fixtures/format/policy");

const ORIGIN: &str = "gh.example.org/branch-017";
const TIME: &str = "2026-03-05T08:40:00Z";
const CHAIN_HEAD: &str = "a6da6184fd240e176fb10fdc0d9206bd90e41e02340ef56589b4eb03438e6981";
const DAY_SECONDS: u64 = 86_400;

#[test]
fn the_five_records_are_sealed_to_the_same_bytes() {
    let records = records().unwrap();
    let lines = records.iter().flat_map(|record| [record.bytes.as_slice(), b"\n"]);
    let lines = lines.collect::<Vec<_>>().concat();
    assert_eq!(String::from_utf8(lines).unwrap(), EVENTS);
    let head = records.last().map(|record| record.hash.to_string());
    assert_eq!(head.as_deref(), Some(CHAIN_HEAD));
}

#[test]
fn the_lines_of_the_file_are_read_and_sealed_again() {
    let records = records().unwrap();
    assert_eq!(EVENTS.lines().count(), 5);
    for (line, record) in EVENTS.lines().zip(records) {
        assert_eq!(Sealed::read(line.as_bytes()), Ok(record.clone()));
        assert_eq!(Envelope::read(line.as_bytes()).unwrap().seal(), Ok(record));
    }
}

#[test]
fn the_keys_are_those_of_the_seeds() {
    assert_eq!(format!("{}\n", log_key().vkey()), LOG_VKEY);
    let witness = format!("witness w1 {}", witness_key().vkey());
    assert!(POLICY.lines().any(|line| line == witness));
}

#[test]
fn the_checkpoint_is_signed_and_cosigned_to_the_same_bytes() {
    let time = Instant::parse(TIME).unwrap();
    assert_eq!(time.unix(), 1_772_700_000);
    let mut note = checkpoint().sign(&log_key()).unwrap();
    note.attach(cosign(&note, &witness_key(), time).unwrap()).unwrap();
    assert_eq!(note.to_string(), CHECKPOINT);
    let read = Note::parse(CHECKPOINT).unwrap();
    assert_eq!(read, note);
    let key = VKey::parse(LOG_VKEY.trim_end()).unwrap();
    assert_eq!(read.verify_log(&key), Ok(checkpoint()));
    assert_eq!(verify_cosignature(&read, &witness_key().vkey()), Ok(time));
}

#[test]
fn a_witness_gives_the_same_cosignature_to_a_request_in_a_file() {
    let note = checkpoint().sign(&log_key()).unwrap();
    let request = CosignRequest::new(0, Vec::new(), note).unwrap().to_string();
    let request = CosignRequest::parse(&request).unwrap();
    let fresh = WitnessState::new(log_key().vkey()).unwrap();
    let time = Instant::parse(TIME).unwrap();
    let (state, line) = fresh.cosign(&request, &witness_key(), time).unwrap();
    assert!(CHECKPOINT.ends_with(&format!("\n{line}\n")));
    assert!(state.to_string().ends_with(CHECKPOINT));
}

#[test]
fn the_policy_is_met() {
    let policy = Policy::parse(POLICY).unwrap();
    let note = Note::parse(CHECKPOINT).unwrap();
    let time = Instant::parse(TIME).unwrap();
    let judgement = policy.judge(&note, time.plus_seconds(60), 35 * DAY_SECONDS);
    assert_eq!(judgement.checkpoint, Some(checkpoint()));
    assert_eq!(judgement.cosigners, [("w1".to_owned(), time)]);
    assert!(judgement.is_witnessed());
}

#[test]
fn every_record_is_proven_to_be_in_the_book() {
    let policy = Policy::parse(POLICY).unwrap();
    let note = Note::parse(CHECKPOINT).unwrap();
    let now = Instant::parse(TIME).unwrap();
    for (line, seq) in EVENTS.lines().zip(0..) {
        let proof = LogProof::new(Seq(seq), &leaves(), note.clone()).unwrap().to_string();
        let proof = LogProof::parse(&proof).unwrap();
        let judgement = proof.verify(line.as_bytes(), &policy, now, DAY_SECONDS);
        assert!(judgement.unwrap().is_witnessed());
    }
}

#[test]
fn a_program_that_is_not_ours_accepts_the_log_s_signature() {
    let ours = checkpoint().sign(&log_key()).unwrap().to_string();
    for text in [ours.as_str(), CHECKPOINT] {
        let verifier = signed_note::StandardVerifier::new(LOG_VKEY.trim_end()).unwrap();
        let known = signed_note::VerifierList::new(vec![Box::new(verifier)]);
        let note = signed_note::Note::from_bytes(text.as_bytes()).unwrap();
        let (accepted, _) = note.verify(&known).unwrap();
        assert_eq!(accepted.len(), 1);
        let changed = text.replace("\n5\n", "\n6\n");
        let changed = signed_note::Note::from_bytes(changed.as_bytes()).unwrap();
        assert!(changed.verify(&known).is_err());
    }
}

fn log_key() -> NoteKey {
    NoteKey::from_seed(name(ORIGIN), KeyKind::Log, &[7; 32])
}

fn witness_key() -> NoteKey {
    NoteKey::from_seed(name("audit.example/w1"), KeyKind::Witness, &[9; 32])
}

#[allow(clippy::expect_used, reason = "the names above are names")]
fn name(text: &str) -> KeyName {
    KeyName::parse(text).expect("a key's name")
}

fn leaves() -> Vec<TreeHash> {
    EVENTS.lines().map(|line| leaf_hash(line.as_bytes())).collect()
}

#[allow(clippy::expect_used, reason = "the origin above is an origin")]
fn checkpoint() -> Checkpoint {
    let head = Tree::of(&leaves()).head();
    let origin = Origin::parse(ORIGIN).expect("an origin");
    Checkpoint { origin, size: head.size, root: head.root }
}

fn records() -> Result<Vec<Sealed>, RecordError> {
    let mut prev = RecordHash::NONE;
    let mut records = Vec::new();
    for seq in 0..5 {
        let sealed = envelope(seq, prev)?.seal()?;
        prev = sealed.hash;
        records.push(sealed);
    }
    Ok(records)
}

fn envelope(seq: u64, prev: RecordHash) -> Result<Envelope, RecordError> {
    let wrong = |error: &dyn std::error::Error| RecordError::Envelope(error.to_string());
    Ok(Envelope {
        v: 1,
        ledger: Origin::parse(ORIGIN)?,
        seq: Seq(seq),
        prev,
        at: Instant::parse("2026-03-05T09:00:00Z").map_err(|e| wrong(&e))?,
        actor: OfficerId::parse("t1").map_err(|e| wrong(&e))?,
        idem: Idem::try_from(format!("k{seq}"))?,
        more: false,
        kind: "dues.received".to_owned(),
        tv: 1,
        body: body(seq),
    })
}

fn body(seq: u64) -> Map<String, Value> {
    let debit =
        json!({ "account": "102", "name": "银行存款", "fund": "general", "debit": "12.50" });
    let credit =
        json!({ "account": "401", "name": "会费收入", "fund": "general", "credit": "12.50" });
    let voucher = format!("记-2026-03-{seq:04}");
    let mut body = Map::new();
    body.insert("date".to_owned(), "2026-03-05".into());
    body.insert("entries".to_owned(), json!([debit, credit]));
    body.insert("voucher".to_owned(), voucher.into());
    body
}
