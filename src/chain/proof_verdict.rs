//! What is said of a proof that somebody holds (docs/FORMAT.md, sections 13.1 and 13.4): one of the
//! three that is said of a book.

use serde::Serialize;

use super::checkpoint::{Checkpoint, NoteError};
use super::policy::{Judgement, Policy};
use super::proof::LogProof;
use super::record::Envelope;
use super::tree::{TreeHash, leaf_hash, verify_inclusion};
use super::verify::{Cosigner, FaultKind, NoteKind, Outcome};
use crate::date::Instant;
use crate::ids::Seq;
use crate::lang::Lang;

/// The whole of what was found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProofVerdict {
    pub outcome: Outcome,
    /// The place of the record that the proof is about.
    pub index: Seq,
    /// Of the checkpoint that it leads to.
    pub origin: String,
    pub size: u64,
    pub root: Option<TreeHash>,
    pub faults: Vec<ProofFault>,
    pub notes: Vec<NoteKind>,
}

/// Why a proof shows nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ProofFault {
    pub kind: FaultKind,
    pub found: String,
}

/// Whether exactly these bytes are the record at the proof's index, under a checkpoint that the
/// auditor's policy accepts. Without a policy nobody's signature is believed, for the proof could
/// have brought any key; what is left is that the record is under that checkpoint.
#[must_use]
pub fn weigh(
    proof: &LogProof,
    record: &[u8],
    policy: Option<&Policy>,
    now: Instant,
    max_age_seconds: u64,
) -> ProofVerdict {
    let mut verdict = ProofVerdict {
        outcome: Outcome::Broken,
        index: proof.index(),
        origin: String::new(),
        size: 0,
        root: None,
        faults: Vec::new(),
        notes: Vec::new(),
    };
    match proof.note().checkpoint() {
        Ok(checkpoint) => {
            verdict.under(&checkpoint, proof, record);
            let judgement = policy.map(|policy| policy.judge(proof.note(), now, max_age_seconds));
            match policy.zip(judgement.as_ref()) {
                None => verdict.notes.extend([NoteKind::LogKeyMissing, NoteKind::PolicyNotGiven]),
                Some((policy, judgement)) => verdict.signed(&checkpoint, policy, judgement),
            }
            verdict.conclude(policy, judgement);
        }
        Err(error) => verdict.fault(FaultKind::CheckpointForm, error.to_string()),
    }
    verdict
}

impl ProofVerdict {
    #[must_use]
    pub fn is_broken(&self) -> bool {
        self.outcome == Outcome::Broken
    }

    /// Whether the auditor named anybody whose word counts.
    #[must_use]
    pub fn is_trusted(&self) -> bool {
        !self.notes.contains(&NoteKind::PolicyNotGiven)
    }

    /// One line, in the words that are used of a book.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let ProofVerdict { index, size, .. } = self;
        let notes = |between: &str| {
            let said = self.notes.iter().map(|note| note.message(lang));
            said.collect::<Vec<_>>().join(between)
        };
        match (&self.outcome, lang) {
            (Outcome::VerifiedAndWitnessed { .. }, Lang::Zh) => {
                format!("已验证并有见证：记录 {index} 在见证人见过的 {size} 条记录之中")
            }
            (Outcome::VerifiedAndWitnessed { .. }, Lang::En) => format!(
                "verified and witnessed: record {index} is among the {size} that the witnesses saw"
            ),
            (Outcome::VerifiedNotWitnessed { .. }, _) if !self.is_trusted() => match lang {
                Lang::Zh => "未验证：没有您信任的人为此密钥作证；证明只是自相一致".to_owned(),
                Lang::En => "not verified: nobody whom you trust vouches for this key; the proof \
                             agrees with itself"
                    .to_owned(),
            },
            (Outcome::VerifiedNotWitnessed { .. }, Lang::Zh) => format!(
                "已验证，但无独立见证：记录 {index} 在此检查点的 {size} 条记录之中；{}",
                notes("；")
            ),
            (Outcome::VerifiedNotWitnessed { .. }, Lang::En) => format!(
                "verified, not independently witnessed: record {index} is among the {size} of this \
                 checkpoint; {}",
                notes("; ")
            ),
            (Outcome::Broken, Lang::Zh) => "不成立或被改动".to_owned(),
            (Outcome::Broken, Lang::En) => "broken".to_owned(),
        }
    }

    fn fault(&mut self, kind: FaultKind, found: impl Into<String>) {
        self.faults.push(ProofFault { kind, found: found.into() });
    }

    /// The record's own words, and its way up to the root.
    fn under(&mut self, checkpoint: &Checkpoint, proof: &LogProof, record: &[u8]) {
        let Checkpoint { origin, size, root } = checkpoint;
        (self.origin, self.size, self.root) = (origin.to_string(), *size, Some(*root));
        let (leaf, index) = (leaf_hash(record), proof.index());
        if let Err(error) = verify_inclusion(leaf, index.0, proof.path(), &checkpoint.head()) {
            self.fault(FaultKind::ProofWrong, error.to_string());
        }
        if proof.extra().is_some_and(|extra| extra != record) {
            self.fault(FaultKind::ProofWrong, "the proof brings another record");
        }
        match Envelope::read(record) {
            Ok(read) if read.seq != index => {
                self.fault(FaultKind::ProofWrong, format!("seq {}, index {index}", read.seq));
            }
            Ok(read) if read.ledger != *origin => {
                self.fault(FaultKind::ProofWrong, format!("{} ≠ {origin}", read.ledger));
            }
            Ok(_) => {}
            Err(error) => self.fault(FaultKind::ProofWrong, error.to_string()),
        }
    }

    fn signed(&mut self, checkpoint: &Checkpoint, policy: &Policy, judgement: &Judgement) {
        let origin = checkpoint.origin.as_str();
        let is_about_it = policy.logs().iter().any(|log| log.key.name().as_str() == origin);
        if !is_about_it {
            self.fault(FaultKind::LogNotInPolicy, origin);
        }
        let mut log_key_failed = false;
        for refused in &judgement.refused {
            if let NoteError::Future { .. } = refused {
                self.notes.push(NoteKind::CosignatureInFuture);
                continue;
            }
            let of_log = matches!(
                refused,
                NoteError::Signature(name) if name.as_str() == origin
            );
            log_key_failed |= of_log;
            let kind =
                if of_log { FaultKind::LogSignatureWrong } else { FaultKind::CosignatureWrong };
            self.fault(kind, refused.to_string());
        }
        if is_about_it && !judgement.log_signed && !log_key_failed {
            self.fault(FaultKind::CheckpointUnsigned, origin);
        }
        if !policy.needs_witnesses() {
            self.notes.push(NoteKind::QuorumNone);
        } else if !judgement.quorum_met {
            self.notes.push(NoteKind::QuorumNotMet);
        } else if !judgement.fresh {
            self.notes.push(NoteKind::CosignaturesStale);
        }
    }

    fn conclude(&mut self, policy: Option<&Policy>, judgement: Option<Judgement>) {
        if !self.faults.is_empty() {
            return;
        }
        let witnessed = judgement.zip(policy).and_then(|(judgement, policy)| {
            let Judgement { cosigners, newest, fresh, quorum_met, .. } = judgement;
            let counts = policy.needs_witnesses() && quorum_met && fresh;
            Some((cosigners, newest.filter(|_| counts)?, policy))
        });
        self.outcome = match witnessed {
            Some((cosigners, newest, policy)) => {
                let witnesses = cosigners.into_iter().map(|(name, time)| {
                    let named = policy.witnesses().iter().find(|witness| witness.name == name);
                    let key = named.map(|witness| witness.key.name().to_string());
                    Cosigner { name, key: key.unwrap_or_default(), time }
                });
                Outcome::VerifiedAndWitnessed {
                    size: self.size,
                    witnesses: witnesses.collect(),
                    newest,
                }
            }
            None => Outcome::VerifiedNotWitnessed { reasons: self.notes.clone() },
        };
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Map;

    use super::super::checkpoint::Note;
    use super::super::hash::RecordHash;
    use super::super::key::{KeyKind, KeyName, NoteKey};
    use super::super::record::{Idem, Origin};
    use super::super::tree::{Tree, TreeHead};
    use super::super::witness::cosign;
    use super::*;

    const ORIGIN: &str = "gh.example.org/branch-017";
    const MONTH: u64 = 35 * 86_400;

    fn key(name: &str, kind: KeyKind, seed: u8) -> NoteKey {
        NoteKey::from_seed(KeyName::parse(name).unwrap(), kind, &[seed; 32])
    }

    fn witness() -> NoteKey {
        key("audit.example/w1", KeyKind::Witness, 9)
    }

    fn now() -> Instant {
        Instant::from_unix(1_772_700_000).unwrap()
    }

    fn record(ledger: &str, seq: u64) -> Vec<u8> {
        let envelope = Envelope {
            v: 1,
            ledger: Origin::parse(ledger).unwrap(),
            seq: Seq(seq),
            prev: RecordHash::NONE,
            at: now(),
            actor: "t1".parse().unwrap(),
            idem: Idem::new("k", b"x").unwrap(),
            more: false,
            kind: "dues.received".to_owned(),
            tv: 1,
            body: Map::new(),
        };
        envelope.seal().unwrap().bytes
    }

    /// Seven records, signed and cosigned.
    fn records() -> Vec<Vec<u8>> {
        (0..7).map(|seq| record(ORIGIN, seq)).collect()
    }

    fn note(records: &[Vec<u8>]) -> Note {
        let leaves: Vec<TreeHash> = records.iter().map(|r| leaf_hash(r)).collect();
        let TreeHead { size, root } = Tree::of(&leaves).head();
        let checkpoint = Checkpoint { origin: Origin::parse(ORIGIN).unwrap(), size, root };
        checkpoint.sign(&key(ORIGIN, KeyKind::Log, 7)).unwrap()
    }

    fn cosigned(records: &[Vec<u8>]) -> Note {
        let mut note = note(records);
        note.attach(cosign(&note, &witness(), now()).unwrap()).unwrap();
        note
    }

    fn proof(records: &[Vec<u8>], seq: usize, note: Note) -> LogProof {
        let leaves: Vec<TreeHash> = records.iter().map(|r| leaf_hash(r)).collect();
        let proof = LogProof::new(Seq(seq as u64), &leaves, note).unwrap();
        proof.with_record(&records[seq]).unwrap()
    }

    fn policy(log: &str, seed: u8, quorum: &str) -> Policy {
        let log = key(log, KeyKind::Log, seed).vkey();
        let text = format!("log {log}\nwitness w1 {}\nquorum {quorum}\n", witness().vkey());
        Policy::parse(&text).unwrap()
    }

    fn kinds(verdict: &ProofVerdict) -> Vec<FaultKind> {
        verdict.faults.iter().map(|fault| fault.kind).collect()
    }

    #[test]
    fn a_witnessed_proof_stands_by_itself() {
        let records = records();
        let proof = proof(&records, 3, cosigned(&records));
        let record = proof.extra().unwrap();
        let verdict = weigh(&proof, record, Some(&policy(ORIGIN, 7, "w1")), now(), MONTH);
        assert!(matches!(&verdict.outcome, Outcome::VerifiedAndWitnessed { size: 7, .. }));
        assert_eq!((verdict.faults, verdict.notes), (Vec::new(), Vec::new()));
    }

    #[test]
    fn what_nobody_trusted_has_seen_is_said_to_be_that() {
        let records = records();
        let (bare, seen) =
            (proof(&records, 3, note(&records)), proof(&records, 3, cosigned(&records)));
        let later = now().plus_seconds(36 * 86_400);
        let policy_of = |quorum| policy(ORIGIN, 7, quorum);
        for (proof, policy, at, notes) in [
            (&seen, None, now(), vec![NoteKind::LogKeyMissing, NoteKind::PolicyNotGiven]),
            (&bare, Some(policy_of("w1")), now(), vec![NoteKind::QuorumNotMet]),
            (&seen, Some(policy_of("none")), now(), vec![NoteKind::QuorumNone]),
            (&seen, Some(policy_of("w1")), later, vec![NoteKind::CosignaturesStale]),
        ] {
            let verdict = weigh(proof, &records[3], policy.as_ref(), at, MONTH);
            assert_eq!(verdict.outcome, Outcome::VerifiedNotWitnessed { reasons: notes.clone() });
            for lang in Lang::ALL {
                // Without a policy nothing was verified against anybody, and the words say so.
                let said = verdict.message(lang);
                let trusted = policy.is_some();
                assert_eq!(said.starts_with("verified") || said.starts_with("已验证"), trusted);
                assert_eq!(said.contains(notes[0].message(lang)), trusted, "{said}");
            }
        }
    }

    #[test]
    fn a_proof_of_something_else_is_broken() {
        let records = records();
        let proof_of_3 = proof(&records, 3, cosigned(&records));
        let policy = policy(ORIGIN, 7, "w1");
        let verdict = weigh(&proof_of_3, &records[4], Some(&policy), now(), MONTH);
        // Its way, its extra data and its number are each of another record.
        assert_eq!(kinds(&verdict), [FaultKind::ProofWrong; 3]);
        // A record that says another place, or another book, is not what the proof is about.
        for other in [record(ORIGIN, 5), record("gh.example.org/other", 3), b"{}".to_vec()] {
            let mut records = records.clone();
            records[3] = other;
            let verdict = weigh(
                &proof(&records, 3, cosigned(&records)),
                &records[3],
                Some(&policy),
                now(),
                MONTH,
            );
            assert_eq!(kinds(&verdict), [FaultKind::ProofWrong]);
        }
    }

    #[test]
    fn a_checkpoint_of_another_book_or_key_is_broken() {
        let records = records();
        let proof = proof(&records, 3, cosigned(&records));
        let with = |policy: &Policy| kinds(&weigh(&proof, &records[3], Some(policy), now(), MONTH));
        assert_eq!(with(&policy("gh.example.org/other", 7, "w1")), [FaultKind::LogNotInPolicy]);
        assert_eq!(with(&policy(ORIGIN, 8, "w1")), [FaultKind::CheckpointUnsigned]);
    }

    #[test]
    fn a_signature_that_does_not_verify_is_broken() {
        let records = records();
        let text = proof(&records, 3, cosigned(&records)).to_string();
        let policy = policy(ORIGIN, 7, "w1");
        let signed =
            |name: &str| text.lines().find(|l| l.starts_with(&format!("— {name} "))).unwrap();
        for (name, kind) in [
            (ORIGIN, FaultKind::LogSignatureWrong),
            ("audit.example/w1", FaultKind::CosignatureWrong),
        ] {
            let line = signed(name);
            let (kept, last) = line.split_at(line.len() - 8);
            let other = if last.starts_with('A') { "B" } else { "A" };
            let changed = text.replace(line, &format!("{kept}{other}{}", &last[1..]));
            let verdict = weigh(
                &LogProof::parse(&changed).unwrap(),
                &records[3],
                Some(&policy),
                now(),
                MONTH,
            );
            assert_eq!(kinds(&verdict), [kind], "{name}");
        }
    }
}
