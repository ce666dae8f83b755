//! What officers signed, held against the book: is it this book's, of this record, with his key?
//! And the keys and policies that commands bring: their forms, which the rules cannot know.

use serde_json::{Map, Value};
use sha2::{Digest as _, Sha256};

use super::Instruction;
use crate::chain::act::Act;
use crate::chain::canon;
use crate::chain::key::{KeyKind, VKey};
use crate::chain::policy::Policy;
use crate::chain::record::{Origin, RecordError};
use crate::chain::rotation::Rotation;
use crate::chain::tree::leaf_hash;
use crate::date::Day;
use crate::event::act::OfficerKey;
use crate::event::book::{KeyRotation, WitnessChange};
use crate::event::{Fact, Recorded};
use crate::ids::{DisbursementId, OfficerId, Seq};
use crate::projection::State;
use crate::rules::{Command, Decided, Refusal, SignedWith, Signer};

/// The signatures that come with a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Each officer's own statement and signature; the first is of the one who acts.
    pub acts: Vec<Act>,
    /// Who brings them into the book.
    pub carrier: OfficerId,
}

impl Instruction {
    /// The instruction that officers have signed; `None` without an act, or for a fact that is
    /// recorded on nobody's request.
    #[must_use]
    pub fn of_acts(mut acts: Vec<Act>, carrier: OfficerId, key: String) -> Option<Instruction> {
        let command = Command::signed(&acts.first()?.statement.fact)?;
        if let Some(new) = registers(&command) {
            // The new key speaks first, in whatever order it was asked to.
            let vkey = VKey::parse(&new.key).ok();
            acts.sort_by_key(|act| !vkey.as_ref().is_some_and(|vkey| act.is_by(vkey)));
        }
        let by = acts.first()?.statement.officer.clone();
        Some(Instruction { command, by, key, signed: Some(Signed { acts, carrier }) })
    }
}

/// The record that a command acts on, where nobody says which: what was asked for, found or closed;
/// else the newest one, so that it is signed what the book was like.
#[must_use]
pub fn acted_on(state: &State, command: &Command) -> Option<Seq> {
    let first =
        || if let Command::RaiseFinding(c) = command { c.records.first().copied() } else { None };
    let newest = || state.next().0.checked_sub(1).map(Seq);
    must_act_on(state, command).or_else(first).or_else(newest)
}

/// The one record that a command can act on, where there is only one: who decides on a request has
/// seen that request.
#[must_use]
pub(super) fn must_act_on(state: &State, command: &Command) -> Option<Seq> {
    let request = |id: &DisbursementId| state.disbursements.disbursement(id).map(|d| d.seq);
    if let Command::Approve(c) = command {
        request(&c.disbursement)
    } else if let Command::Refuse(c) = command {
        request(&c.disbursement)
    } else if let Command::ClearFinding(c) = command {
        state.audit.finding(&c.finding).map(|found| found.seq)
    } else if let Command::ReopenPeriod(c) = command {
        state.periods.closing(c.month)
    } else {
        None
    }
}

/// Whether a record can be the one that this fact acts on, as far as the two say it themselves.
#[must_use]
pub fn is_about(fact: &Fact, on: &Fact) -> bool {
    let requests = |id: &DisbursementId| matches!(on, Fact::DisbursementRequested(request) if request.disbursement == *id);
    if let Fact::ApprovalGiven(f) = fact {
        requests(&f.disbursement)
    } else if let Fact::ApprovalRefused(f) = fact {
        requests(&f.disbursement)
    } else if let Fact::FindingCleared(f) = fact {
        matches!(on, Fact::FindingRaised(raised) if raised.finding == f.finding)
    } else if let Fact::PeriodReopened(f) = fact {
        matches!(on, Fact::PeriodClosed(closed) if closed.month == f.month)
    } else {
        true
    }
}

/// That an officer signs about the record that the command is about.
pub fn check_about(
    state: &State,
    command: &Command,
    officer: &OfficerId,
    on: Seq,
) -> Result<(), Refusal> {
    match must_act_on(state, command) {
        Some(expected) if expected != on => {
            Err(Refusal::ActAboutOther { officer: officer.clone(), expected, found: on })
        }
        Some(_) | None => Ok(()),
    }
}

/// The canonical bytes of what is asked: the command and, where it is signed, its signatures.
pub fn canonical(command: &Command, signed: Option<&Signed>) -> Result<Vec<u8>, RecordError> {
    let value = serde_json::to_value(command);
    let mut object = match value {
        Ok(Value::Object(object)) => object,
        Ok(other) => {
            return Err(RecordError::Envelope(format!("a command is an object, not {other}")));
        }
        Err(error) => return Err(RecordError::Envelope(error.to_string())),
    };
    if let Some(signed) = signed {
        let said = |act: &Act| {
            let mut said = Map::new();
            said.insert("officer".to_owned(), act.statement.officer.as_str().into());
            said.insert("on".to_owned(), act.statement.on.0.into());
            said.insert("signature".to_owned(), act.signature_text().into());
            Value::Object(said)
        };
        object.insert("acts".to_owned(), signed.acts.iter().map(said).collect());
    }
    Ok(canon::write(&object)?)
}

/// Where an act is held against a book: before its next record.
pub(super) struct Place<'a> {
    pub(super) origin: &'a Origin,
    pub(super) state: &'a State,
    pub(super) today: Day,
    /// The place of the next record.
    pub(super) next: Seq,
    /// The bytes of a record.
    pub(super) line: &'a dyn Fn(Seq) -> Option<Vec<u8>>,
}

impl Place<'_> {
    /// Whose signatures these are, if every one of them holds.
    pub(super) fn signers(&self, asked: &Instruction) -> Result<Vec<Signer>, Refusal> {
        let Some(signed) = &asked.signed else { return Ok(Vec::new()) };
        signed.acts.iter().map(|act| self.signer(act, &asked.command)).collect()
    }

    fn signer(&self, act: &Act, command: &Command) -> Result<Signer, Refusal> {
        let statement = &act.statement;
        let officer = statement.officer.clone();
        if statement.origin != *self.origin {
            let (expected, found) = (self.origin.to_string(), statement.origin.to_string());
            return Err(Refusal::ActOfOtherBook { expected, found });
        }
        let on = statement.on;
        let line = if on < self.next { (self.line)(on) } else { None };
        if line.map(|line| leaf_hash(&line)) != Some(statement.leaf) {
            return Err(Refusal::ActOnOther { on });
        }
        check_about(self.state, command, &officer, on)?;
        let with = self.key_of(act, command)?;
        match self.state.acts.signed_before(&officer, on, &statement.fact) {
            Some(seq) => Err(Refusal::ActAlready { officer, seq }),
            None => Ok(Signer { officer, with }),
        }
    }

    /// With which of the officer's keys the act is signed.
    fn key_of(&self, act: &Act, command: &Command) -> Result<SignedWith, Refusal> {
        let officer = act.statement.officer.clone();
        let is_by = |vkey: &str| VKey::parse(vkey).is_ok_and(|vkey| act.is_by(&vkey));
        let registered = registers(command).filter(|new| new.officer == officer);
        let registered = registered.map(|new| &new.key);
        if registered.is_some_and(|key| is_by(key)) {
            return Ok(SignedWith::NewKey);
        }
        match self.state.acts.key(&officer) {
            Some(key) if is_by(key) => Ok(SignedWith::KeyInForce),
            None if registered.is_none() => Err(Refusal::OfficerKeyMissing { officer }),
            Some(_) | None => Err(Refusal::SignatureWrong { officer }),
        }
    }

    /// What was signed is what is recorded, word by word, and by whoever is said to have done it.
    pub(super) fn check_said(
        &self,
        asked: &Instruction,
        decided: &[Decided],
    ) -> Result<(), Refusal> {
        let Some(signed) = &asked.signed else { return Ok(()) };
        let [Decided { fact, .. }] = decided else {
            let kind = asked.command.name().to_owned();
            return Err(Refusal::ActDiffers { officer: asked.by.clone(), kind });
        };
        let first = signed.acts.first().is_some_and(|act| act.statement.officer == asked.by);
        let other = signed.acts.iter().find(|act| act.statement.fact != *fact || !first);
        if let Some(other) = other {
            let (officer, kind) = (other.statement.officer.clone(), fact.kind().to_owned());
            return Err(Refusal::ActDiffers { officer, kind });
        }
        match self.state.offices.officer(&signed.carrier) {
            Some(carrier) if carrier.in_office(self.today) => Ok(()),
            Some(_) | None => Err(Refusal::OfficerUnknown { officer: signed.carrier.clone() }),
        }
    }

    /// That who brings the new log key holds it, and the old one where it is not lost.
    pub(super) fn check_proofs(&self, decided: &[Decided]) -> Result<(), Refusal> {
        for Decided { fact, .. } in decided {
            if let Fact::KeyRotated(KeyRotation { old, new, proof_new, proof_old, .. }) = fact {
                let (old, new) = (log_vkey(old)?, log_vkey(new)?);
                let (origin, seq) = (self.origin.clone(), self.next);
                let rotation = Rotation { origin, seq, old, new };
                let proofs =
                    [(&rotation.new, Some(proof_new)), (&rotation.old, proof_old.as_ref())];
                for (key, proof) in proofs {
                    if proof.is_some_and(|proof| !rotation.proves(key, proof)) {
                        return Err(Refusal::RotationNotProved { vkey: key.to_string() });
                    }
                }
            }
        }
        Ok(())
    }
}

/// The forms of the keys and policies that a command brings.
pub(super) fn check_forms(origin: &Origin, command: &Command) -> Result<(), Refusal> {
    if let Some(new) = registers(command) {
        log_vkey(&new.key)?;
    }
    if let Command::RotateKey(rotation) = command {
        for vkey in [&rotation.old, &rotation.new] {
            let found = log_vkey(vkey)?.name().to_string();
            if found != origin.as_str() {
                return Err(Refusal::KeyNameWrong { expected: origin.to_string(), found });
            }
        }
    }
    if let Command::ChangeWitnesses(change) = command {
        check_policy(change)?;
    }
    Ok(())
}

fn registers(command: &Command) -> Option<&OfficerKey> {
    if let Command::RegisterOfficerKey(new) = command { Some(new) } else { None }
}

/// A vkey of type 0x01.
fn log_vkey(text: &str) -> Result<VKey, Refusal> {
    let vkey = VKey::parse(text).ok().filter(|vkey| vkey.kind() == KeyKind::Log);
    vkey.ok_or_else(|| Refusal::VkeyWrong { vkey: text.to_owned() })
}

fn check_policy(change: &WitnessChange) -> Result<(), Refusal> {
    if let Err(errors) = Policy::parse(&change.policy) {
        let line = errors.0.first().map_or(0, |error| error.line);
        return Err(Refusal::PolicyWrong { line: u32::try_from(line).unwrap_or(u32::MAX) });
    }
    let expected = blake3::Hash::from_bytes(Sha256::digest(&change.policy).into()).to_string();
    let found = change.policy_sha256.to_string();
    if expected == found { Ok(()) } else { Err(Refusal::PolicyHashWrong { expected, found }) }
}

/// The records of a signed command: the fact, and behind it each signature.
pub(super) fn signatures(signed: Option<&Signed>, of: Option<&Recorded>) -> Vec<Decided> {
    let (Some(signed), Some(of)) = (signed, of) else { return Vec::new() };
    let record = |act: &Act| Fact::ActSigned(act.recorded(of.seq));
    signed
        .acts
        .iter()
        .map(|act| Decided { fact: record(act), entries: Vec::new(), warnings: Vec::new() })
        .collect()
}
