//! A member's own proof that a record is in the book: one text file, verified offline.
//!
//! The text is C2SP tlog-proof; a file of it ends in `.tlog-proof`.

use core::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::checkpoint::{Note, NoteError, decimal};
use super::policy::{Judgement, Policy};
use super::tree::{Tree, TreeError, TreeHash, inclusion_proof, leaf_hash, verify_inclusion};
use crate::date::Instant;
use crate::ids::Seq;

/// The first line.
const HEADER: &str = "c2sp.org/tlog-proof@v1";

/// The longest way from a leaf to a root, hashes.
const PATH_MAX: usize = 64;

/// Why a text is not a proof, or proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    #[error("not a proof: {0}")]
    Form(&'static str),
    #[error("a proof has at most 64 hashes, and this one has {0}")]
    TooLong(usize),
    #[error("there is no record {index} among the {size} below the checkpoint")]
    Outside { index: Seq, size: u64 },
    #[error("the checkpoint's root is {expected}, and these records give {found}")]
    OtherRecords { expected: TreeHash, found: TreeHash },
    #[error("the record is not shown to be in the book: {0}")]
    Tree(#[from] TreeError),
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error("no key of the policy has signed the checkpoint as its book's log")]
    NotSigned,
}

/// That the record at `index` is a leaf under a signed checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogProof {
    index: Seq,
    extra: Option<Vec<u8>>,
    path: Vec<TreeHash>,
    note: Note,
}

impl LogProof {
    /// The proof for one of the records whose leaves these are, the first of which the checkpoint
    /// covers; those recorded after it do no harm.
    pub fn new(index: Seq, leaves: &[TreeHash], note: Note) -> Result<LogProof, ProofError> {
        let head = note.checkpoint()?.head();
        let outside = ProofError::Outside { index, size: head.size };
        let covered = usize::try_from(head.size).ok().and_then(|size| leaves.get(..size));
        let covered = covered.ok_or_else(|| outside.clone())?;
        let path = inclusion_proof(covered, index.0).ok_or(outside)?;
        // A proof that does not hold must not leave the house.
        let found = Tree::of(covered).root();
        if found == head.root {
            Ok(LogProof { index, extra: None, path, note })
        } else {
            Err(ProofError::OtherRecords { expected: head.root, found })
        }
    }

    /// The same proof with its record, so that it stands by itself (docs/FORMAT.md, 13.1).
    pub fn with_record(mut self, record: &[u8]) -> Result<LogProof, ProofError> {
        let head = self.note.checkpoint()?.head();
        verify_inclusion(leaf_hash(record), self.index.0, &self.path, &head)?;
        self.extra = Some(record.to_vec());
        Ok(self)
    }

    /// A header, an `extra` line where there is one, `index N`, up to 64 hashes, an empty line and
    /// the signed checkpoint.
    pub fn parse(text: &str) -> Result<LogProof, ProofError> {
        let (head, note) = text
            .split_once("\n\n")
            .ok_or(ProofError::Form("no empty line stands before the checkpoint"))?;
        let mut lines = head.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(ProofError::Form("it does not begin with c2sp.org/tlog-proof@v1"));
        }
        let mut next = lines.next();
        let extra = match next.and_then(|line| line.strip_prefix("extra ")) {
            Some(extra) => {
                next = lines.next();
                let bytes = STANDARD.decode(extra);
                Some(bytes.map_err(|_| ProofError::Form("its extra data is not base64"))?)
            }
            None => None,
        };
        let index = next.and_then(|line| decimal(line.strip_prefix("index ")?));
        let index = Seq(index.ok_or(ProofError::Form("a line \"index N\" was expected"))?);
        let count = lines.clone().count();
        if count > PATH_MAX {
            return Err(ProofError::TooLong(count));
        }
        let path = lines.map(TreeHash::parse).collect::<Result<_, _>>()?;
        let note = Note::parse(note)?;
        note.checkpoint()?;
        Ok(LogProof { index, extra, path, note })
    }

    #[must_use]
    pub fn index(&self) -> Seq {
        self.index
    }

    /// The record's own bytes, where the proof stands by itself. Not authenticated by itself: it is
    /// believed as far as its leaf leads to the root.
    #[must_use]
    pub fn extra(&self) -> Option<&[u8]> {
        self.extra.as_deref()
    }

    /// From the leaf's sibling up to the root's child.
    #[must_use]
    pub fn path(&self) -> &[TreeHash] {
        &self.path
    }

    #[must_use]
    pub fn note(&self) -> &Note {
        &self.note
    }

    /// Whether exactly these bytes are the record at the proof's index, in a book whose log key the
    /// policy knows. How well the checkpoint is witnessed is in the judgement, for the caller to
    /// say; `max_age_seconds` is as in [`Policy::judge`].
    pub fn verify(
        &self,
        record: &[u8],
        policy: &Policy,
        now: Instant,
        max_age_seconds: u64,
    ) -> Result<Judgement, ProofError> {
        let judgement = policy.judge(&self.note, now, max_age_seconds);
        let checkpoint = judgement.checkpoint.as_ref().ok_or(ProofError::NotSigned)?;
        verify_inclusion(leaf_hash(record), self.index.0, &self.path, &checkpoint.head())?;
        Ok(judgement)
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(f, "{hash}"))?;
        write!(f, "\n{}", self.note)
    }
}

impl FromStr for LogProof {
    type Err = ProofError;
    fn from_str(text: &str) -> Result<LogProof, ProofError> {
        LogProof::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::super::checkpoint::Checkpoint;
    use super::super::key::{KeyKind, KeyName, NoteKey};
    use super::super::record::Origin;
    use super::super::tree::TreeHead;
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

    fn record(n: usize) -> Vec<u8> {
        format!("record {n}").into_bytes()
    }

    fn leaves(count: usize) -> Vec<TreeHash> {
        (0..count).map(|n| leaf_hash(&record(n))).collect()
    }

    fn note(leaves: &[TreeHash]) -> Note {
        let TreeHead { size, root } = Tree::of(leaves).head();
        let checkpoint = Checkpoint { origin: Origin::parse(ORIGIN).unwrap(), size, root };
        checkpoint.sign(&key(ORIGIN, KeyKind::Log, 7)).unwrap()
    }

    fn policy(log_seed: u8) -> Policy {
        let log = key(ORIGIN, KeyKind::Log, log_seed).vkey();
        let text = format!("log {log}\nwitness w1 {}\nquorum w1\n", witness().vkey());
        Policy::parse(&text).unwrap()
    }

    #[test]
    fn each_record_is_shown_to_be_in_the_book_and_no_other_is() {
        let mut note = note(&leaves(11));
        note.attach(cosign(&note, &witness(), now()).unwrap()).unwrap();
        for n in 0..11 {
            // Two records came after the checkpoint.
            let proof = LogProof::new(Seq(n as u64), &leaves(13), note.clone()).unwrap();
            let proof = LogProof::parse(&proof.to_string()).unwrap();
            let judgement = proof.verify(&record(n), &policy(7), now(), MONTH).unwrap();
            assert!(judgement.is_witnessed());
            for other in (0..13).filter(|other| *other != n) {
                let error = proof.verify(&record(other), &policy(7), now(), MONTH).unwrap_err();
                assert!(matches!(error, ProofError::Tree(TreeError::Root { .. })), "{error}");
            }
        }
    }

    #[test]
    fn a_proof_without_witnesses_holds_and_says_so() {
        let proof = LogProof::new(Seq(0), &leaves(1), note(&leaves(1))).unwrap();
        assert!(proof.path().is_empty());
        let judgement = proof.verify(&record(0), &policy(7), now(), MONTH).unwrap();
        assert!(judgement.log_signed && !judgement.quorum_met && !judgement.is_witnessed());
    }

    #[test]
    fn a_book_that_the_policy_does_not_know_proves_nothing() {
        let proof = LogProof::new(Seq(3), &leaves(5), note(&leaves(5))).unwrap();
        let error = proof.verify(&record(3), &policy(8), now(), MONTH);
        assert_eq!(error, Err(ProofError::NotSigned));
    }

    #[test]
    fn a_proof_is_not_made_where_it_would_not_hold() {
        for (index, count) in [(5, 9), (5, 5), (0, 4)] {
            let outside = ProofError::Outside { index: Seq(index), size: 5 };
            assert_eq!(LogProof::new(Seq(index), &leaves(count), note(&leaves(5))), Err(outside));
        }
        let mut others = leaves(5);
        others[1] = leaf_hash(b"another");
        let error = LogProof::new(Seq(0), &others, note(&leaves(5))).unwrap_err();
        let (expected, found) = (Tree::of(&leaves(5)).root(), Tree::of(&others).root());
        assert_eq!(error, ProofError::OtherRecords { expected, found });
    }

    #[test]
    fn extra_data_is_kept_and_means_nothing() {
        let proof = LogProof::new(Seq(3), &leaves(5), note(&leaves(5))).unwrap();
        let text = proof.to_string().replace("index", "extra YWdl\nindex");
        let with_extra = LogProof::parse(&text).unwrap();
        assert_eq!(with_extra.extra(), Some(b"age".as_slice()));
        assert_eq!(with_extra.to_string(), text);
        assert!(with_extra.verify(&record(3), &policy(7), now(), MONTH).is_ok());
    }

    #[test]
    fn no_byte_of_a_proof_can_be_changed() {
        let good = LogProof::new(Seq(3), &leaves(5), note(&leaves(5))).unwrap().to_string();
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bytes = good.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let Ok(text) = String::from_utf8(bytes) else { continue };
                let verified = LogProof::parse(&text)
                    .and_then(|proof| proof.verify(&record(3), &policy(7), now(), MONTH));
                assert!(verified.is_err(), "byte {at}, bit {bit}: {text}");
            }
        }
    }

    #[test]
    fn a_proof_in_any_other_form_is_refused() {
        let good = LogProof::new(Seq(3), &leaves(5), note(&leaves(5))).unwrap().to_string();
        for bad in [
            good.replace("@v1", "@v2"),
            good.replace("index 3", "index 03"),
            good.replace("index 3", "index  3"),
            good.replace("index 3\n", ""),
            good.replace("index 3", "extra !\nindex 3"),
            good.replace("index 3", "extra\nindex 3"),
            good.replace("index 3", "extra YWdl\nextra YWdl\nindex 3"),
            good.replacen("\n\n", "\n", 1),
            good.replacen("\n\n", "\n\n\n", 1),
            good.replace('\n', "\r\n"),
            good.trim_end().to_owned(),
        ] {
            assert!(LogProof::parse(&bad).is_err(), "{bad}");
        }
        let hash = format!("index 3\n{}", format!("{}\n", leaf_hash(b"more")).repeat(62));
        let long = good.replace("index 3\n", &hash);
        assert_eq!(LogProof::parse(&long), Err(ProofError::TooLong(65)));
    }
}
