//! The book's log keys, one after the other, and the policies that were agreed
//! (docs/FORMAT.md, section 17).

use super::super::key::{KeyKind, VKey};
use super::super::policy::Policy;
use super::body;
use super::envelope::Record;
use super::finding::Findings;
use super::json::Object;
use super::kind::FaultKind;
use super::opening;

/// What both keys sign begins so.
const HEADER: &str = "mingzhang-key-rotation@v1";

/// The keys that the records name.
#[derive(Default)]
pub(super) struct Keys {
    /// Of record 0; where that names none, what the first rotation says was in force.
    first: Option<VKey>,
    rotations: Vec<Rotation>,
}

/// One good `key.rotated`.
pub(super) struct Rotation {
    /// Its place among the records.
    place: u64,
    old: VKey,
    new: VKey,
    /// Whether the old key has signed it.
    is_proved: bool,
}

impl Rotation {
    pub(super) fn is_proved(&self) -> bool {
        self.is_proved
    }

    pub(super) fn place(&self) -> u64 {
        self.place
    }
}

impl Keys {
    /// What record 0 names.
    pub(super) fn begin(&mut self, first: Option<VKey>) {
        self.first = first;
    }

    /// Each key, oldest first.
    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = &VKey> {
        self.first.iter().chain(self.rotations.iter().map(|rotation| &rotation.new))
    }

    pub(super) fn newest(&self) -> Option<&VKey> {
        self.all().next_back()
    }

    /// The key that signs a tree of so many records.
    pub(super) fn in_force(&self, size: u64) -> Option<&VKey> {
        let rotated = self.rotations.iter().rev().find(|rotation| rotation.place < size);
        rotated.map(|rotation| &rotation.new).or(self.first.as_ref())
    }

    /// The first change that the old key has not signed, after the last one to `trusted`.
    pub(super) fn unproved_after(&self, trusted: &VKey) -> Option<&Rotation> {
        let known = self.rotations.iter().rposition(|rotation| rotation.new == *trusted);
        let after = known.map_or(0, |known| known.saturating_add(1));
        self.rotations.iter().skip(after).find(|rotation| !rotation.is_proved)
    }

    /// `key.rotated`; `None` where it is not good. Whether officers have signed one that the old
    /// key has not, is seen after it.
    pub(super) fn rotate(
        &self,
        record: &Record<'_>,
        seq: u64,
        place: u64,
        body: &Object<'_>,
        findings: &mut Findings,
    ) -> Option<Rotation> {
        let read = || {
            body::exactly(body, &["old", "new", "reason", "proof_new"], &["proof_old"])?;
            body::text(body, "reason")?;
            let proof_old =
                body::optional(body, "proof_old", || body::base64::<68>(body, "proof_old")).ok()?;
            let proof_new = body::base64::<68>(body, "proof_new")?;
            Some((body.text("old")?, body.text("new")?, proof_new, proof_old))
        };
        let Some((old_text, new_text, proof_new, proof_old)) = read() else {
            body::wrong(body, "{old, new, reason, proof_new[, proof_old]}", findings);
            return None;
        };
        let before = findings.count();
        let kind = FaultKind::KeyRotationWrong;
        let origin = record.ledger.unwrap_or_default();
        let mut key_of = |text: &str| {
            let key = VKey::parse(text).ok().filter(|key| key.kind() == KeyKind::Log);
            let key = key.filter(|key| key.name().as_str() == origin);
            if key.is_none() {
                findings.fault(kind, format!("{origin}+id+key"), text);
            }
            key
        };
        let (old, new) = key_of(old_text).zip(key_of(new_text))?;
        if let Some(in_force) = self.newest().filter(|in_force| **in_force != old) {
            findings.fault(kind, in_force.to_string(), old.to_string());
        }
        if new == old {
            findings.fault(kind, format!("≠ {old}"), new.to_string());
        }
        let text = format!("{HEADER}\n{origin}\n{seq}\n{old}\n{new}\n");
        let proofs = [(&new, Some(proof_new), "proof_new"), (&old, proof_old, "proof_old")];
        for (key, proof, name) in proofs {
            if proof.is_some_and(|proof| !signs(key, &text, &proof)) {
                findings.fault(kind, key.to_string(), name);
            }
        }
        let is_proved = proof_old.is_some();
        (findings.count() == before).then_some(Rotation { place, old, new, is_proved })
    }

    /// From here on the new key is in force.
    pub(super) fn accept(&mut self, rotation: Rotation) {
        self.first.get_or_insert_with(|| rotation.old.clone());
        self.rotations.push(rotation);
    }
}

/// Whether four bytes of key id and 64 of signature are this key's over the text.
pub(super) fn signs(key: &VKey, text: &str, bytes: &[u8; 68]) -> bool {
    bytes.split_first_chunk::<4>().is_some_and(|(id, signature)| {
        key.id().as_bytes() == *id && key.verifies(text.as_bytes(), signature)
    })
}

/// `witness.changed`: the text that is agreed from here on.
pub(super) fn change_witnesses(body: &Object<'_>, findings: &mut Findings) -> Option<String> {
    let read = || {
        body::exactly(body, &["policy", "policy_sha256", "reason"], &[])?;
        body::text(body, "reason").and(body::hash(body, "policy_sha256"))?;
        body.text("policy").zip(body.text("policy_sha256"))
    };
    let Some((policy, hash)) = read() else {
        body::wrong(body, "{policy, policy_sha256, reason}", findings);
        return None;
    };
    opening::check_policy(policy, hash, findings);
    Some(policy.to_owned())
}

/// Of the auditor's log keys with this name, the one that is newest among the book's.
pub(super) fn trusted<'a>(
    policy: &'a Policy,
    ledger: Option<&str>,
    keys: &Keys,
) -> Option<&'a VKey> {
    let named = policy.logs().iter().map(|log| &log.key);
    let named: Vec<&VKey> = named.filter(|key| Some(key.name().as_str()) == ledger).collect();
    let newest = keys.all().rev().find_map(|known| named.iter().find(|key| **key == known));
    newest.or(named.first()).copied()
}
