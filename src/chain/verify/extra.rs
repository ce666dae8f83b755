//! A proof that stands by itself, for it brings its record (docs/FORMAT.md, section 13.1).

use super::super::policy::{Judgement, Policy};
use super::super::proof::{LogProof, ProofError};
use super::finding::Findings;
use super::{envelope, json};
use crate::date::Instant;

/// Why a proof does not show the record that it brings. All of it is `proof_wrong`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ExtraError {
    #[error("the proof does not bring its record")]
    Missing,
    #[error("what the proof brings is no record")]
    NotARecord,
    #[error("the proof is of record {expected}, and brings record {found}")]
    Seq { expected: u64, found: u64 },
    #[error("the proof is of the book {expected}, and brings a record of {found}")]
    Ledger { expected: String, found: String },
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// Whether the record that the proof brings stands in the book at the proof's own place. How well
/// the checkpoint is witnessed is in the judgement.
pub fn verify_extra(
    proof: &LogProof,
    policy: &Policy,
    now: Instant,
    max_age_seconds: u64,
) -> Result<Judgement, ExtraError> {
    let bytes = proof.extra().ok_or(ExtraError::Missing)?;
    let judgement = proof.verify(bytes, policy, now, max_age_seconds)?;
    let reading = json::read(bytes);
    let mut findings = Findings::default();
    let record = reading.object.as_ref().map(|object| envelope::read(object, &mut findings));
    let record = record.ok_or(ExtraError::NotARecord)?;
    let (seq, ledger) = record.seq.zip(record.ledger).ok_or(ExtraError::NotARecord)?;
    let expected = proof.index().0;
    if seq != expected {
        return Err(ExtraError::Seq { expected, found: seq });
    }
    let origin = judgement.checkpoint.as_ref().map(|checkpoint| checkpoint.origin.as_str());
    if origin != Some(ledger) {
        let expected = origin.unwrap_or_default().to_owned();
        return Err(ExtraError::Ledger { expected, found: ledger.to_owned() });
    }
    Ok(judgement)
}
