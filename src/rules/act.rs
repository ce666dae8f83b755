//! Signed acts: who has to put his name under what, and the keys that names are put with.
//!
//! Whether a signature holds, the book has checked already; here is what it is good for.

use super::{Context, Refusal};
use crate::date::Day;
use crate::event::Fact;
use crate::event::act::OfficerKey;
use crate::event::book::{KeyRotation, Role, RuleKind, SignedType};
use crate::ids::OfficerId;
use crate::projection::State;

/// Whose signature came with a command, and with which of his keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    pub officer: OfficerId,
    pub with: SignedWith,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignedWith {
    /// The key that is registered.
    KeyInForce,
    /// The key that this very command registers.
    NewKey,
}

/// Nobody signs twice, and what a rule wants signed is.
pub(super) fn check(context: &Context<'_>, fact: &Fact) -> Result<(), Refusal> {
    let mut signers = context.signers;
    while let Some((one, others)) = signers.split_first() {
        // For a key that replaces another, both keys are one officer's.
        let again = |other: &&Signer| {
            context.is_same(&one.officer, &other.officer) && one.with == other.with
        };
        if let Some(other) = others.iter().find(again) {
            return Err(Refusal::SignedTwice { officer: other.officer.clone() });
        }
        signers = others;
    }
    let kind = fact.kind();
    let asked = SignedType::named(kind)
        .is_some_and(|kind| context.state.offices.must_be_signed(kind, context.today));
    if asked && context.signers.is_empty() {
        let officer = context.by.clone();
        return Err(Refusal::SignatureNeeded { officer, kind: kind.to_owned() });
    }
    if guards_signatures(fact)
        && context.state.offices.signing_has_begun(context.today)
        && context.signers.is_empty()
    {
        let officer = context.by.clone();
        return Err(Refusal::SafeguardUnsigned { officer, kind: kind.to_owned() });
    }
    Ok(())
}

/// What signatures and approvals rest on: who could change it unsigned would need none of them.
fn guards_signatures(fact: &Fact) -> bool {
    if let Fact::RuleSet(set) = fact {
        return matches!(set.rule.kind(), RuleKind::ApprovalBands | RuleKind::ActsSigned);
    }
    matches!(fact, Fact::OfficerAppointed(_) | Fact::OfficerRemoved(_) | Fact::SubstituteNamed(_))
}

/// A chair and one of the audit committee, two persons 主席和经审会双签.
pub(super) fn check_two(context: &Context<'_>, kind: &str) -> Result<(), Refusal> {
    let holds = |signer: &Signer, roles: &[Role]| {
        let held = context.roles(&signer.officer);
        roles.iter().any(|role| held.contains(role))
    };
    let signers = context.signers;
    let mut chairs = signers.iter().filter(|signer| holds(signer, &[Role::Chair]));
    let both = chairs.any(|chair| {
        signers.iter().any(|other| {
            holds(other, &Role::AUDIT) && !context.is_same(&chair.officer, &other.officer)
        })
    });
    if both { Ok(()) } else { Err(Refusal::TwoSignaturesNeeded { kind: kind.to_owned() }) }
}

pub(super) fn register(context: &Context<'_>, new: &OfficerKey) -> Result<Vec<Fact>, Refusal> {
    let officer = &new.officer;
    let keys = &context.state.acts;
    if keys.key(officer) == Some(&new.key) {
        return Err(Refusal::KeyNotNew { key: new.key.clone() });
    }
    // Two officers with one key would be one hand that signs for both.
    let mut others = keys.keys().filter(|(other, _)| *other != officer);
    if let Some((other, _)) = others.find(|(_, key)| public_part(key) == public_part(&new.key)) {
        let (officer, other) = (officer.clone(), other.clone());
        return Err(Refusal::KeyOfAnother { officer, other });
    }
    let first = context.signers.first();
    if !first.is_some_and(|s| s.officer == *officer && s.with == SignedWith::NewKey) {
        return Err(Refusal::KeyNotProved { officer: officer.clone() });
    }
    if keys.key(officer).is_some() && !context.signers.iter().any(|s| vouches(context, s, officer))
    {
        return Err(Refusal::OldKeyNotProved { officer: officer.clone() });
    }
    if keys.key(officer).is_none()
        && let Some(chair) = chair_to_vouch(context.state, officer, context.today)
        && !context.signers.iter().any(|s| vouches(context, s, officer))
    {
        return Err(Refusal::FirstKeyNotVouched { officer: officer.clone(), chair });
    }
    Ok(vec![Fact::OfficerKeyRegistered(new.clone())])
}

/// The chair who has to sign for this officer's first key: one who has a key and is another person.
/// Without it, whoever keeps the book could put a key of his own under another's name.
#[must_use]
pub fn chair_to_vouch(state: &State, officer: &OfficerId, today: Day) -> Option<OfficerId> {
    let offices = &state.offices;
    let chairs =
        offices.officers().filter(|(_, found)| found.roles_on(today).contains(&Role::Chair));
    let mut others = chairs.filter(|(chair, _)| !offices.is_same(chair, officer));
    others.find(|(chair, _)| state.acts.key(chair).is_some()).map(|(chair, _)| chair.clone())
}

/// The officer with the old key, or a chair who is another person.
fn vouches(context: &Context<'_>, signer: &Signer, officer: &OfficerId) -> bool {
    let chair = context.roles(&signer.officer).contains(&Role::Chair);
    signer.with == SignedWith::KeyInForce
        && (signer.officer == *officer || (chair && !context.is_same(&signer.officer, officer)))
}

/// Type and key of a vkey, behind its name and id.
fn public_part(vkey: &str) -> Option<&str> {
    vkey.splitn(3, '+').nth(2)
}

pub(super) fn rotate(context: &Context<'_>, rotation: &KeyRotation) -> Result<Vec<Fact>, Refusal> {
    let expected = context.state.offices.log_key().unwrap_or_default();
    if rotation.old != expected {
        let (expected, found) = (expected.to_owned(), rotation.old.clone());
        return Err(Refusal::KeyNotInForce { expected, found });
    }
    if public_part(&rotation.new) == public_part(expected) {
        return Err(Refusal::KeyNotNew { key: rotation.new.clone() });
    }
    let fact = Fact::KeyRotated(rotation.clone());
    if rotation.proof_old.is_none() {
        check_two(context, fact.kind())?;
    }
    Ok(vec![fact])
}
