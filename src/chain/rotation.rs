//! What the old log key and the new one sign when one follows the other (docs/FORMAT.md, section
//! 17).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::key::{NoteKey, VKey};
use super::record::Origin;
use crate::ids::Seq;

const HEADER: &str = "mingzhang-key-rotation@v1";

/// Which key follows which, in which record of which book.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rotation {
    pub origin: Origin,
    /// The record that says so.
    pub seq: Seq,
    pub old: VKey,
    pub new: VKey,
}

impl Rotation {
    fn text(&self) -> String {
        let Rotation { origin, seq, old, new } = self;
        format!("{HEADER}\n{origin}\n{seq}\n{old}\n{new}\n")
    }

    /// That this key is held: base64 of its id and its signature.
    #[must_use]
    pub fn prove(&self, key: &NoteKey) -> String {
        let signature = key.sign(self.text().as_bytes());
        STANDARD.encode([key.vkey().id().as_bytes().as_slice(), &signature].concat())
    }

    /// Whether this proves that the key is held.
    #[must_use]
    pub fn proves(&self, key: &VKey, proof: &str) -> bool {
        let Ok(bytes) = STANDARD.decode(proof) else { return false };
        let Some((id, signature)) = bytes.split_first_chunk::<4>() else { return false };
        *id == key.id().as_bytes() && key.verifies(self.text().as_bytes(), signature)
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::{KeyKind, KeyName};
    use super::*;

    #[test]
    fn a_proof_is_of_one_key_one_record_and_one_book() {
        let key = |seed: u8| {
            let name = KeyName::parse("gh.example.org/branch-017").unwrap();
            NoteKey::from_seed(name, KeyKind::Log, &[seed; 32])
        };
        let (old, new) = (key(7), key(8));
        let rotation = Rotation {
            origin: Origin::parse("gh.example.org/branch-017").unwrap(),
            seq: Seq(12),
            old: old.vkey(),
            new: new.vkey(),
        };
        let proof = rotation.prove(&new);
        assert!(rotation.proves(&new.vkey(), &proof));
        assert!(!rotation.proves(&old.vkey(), &proof));
        assert!(!Rotation { seq: Seq(13), ..rotation.clone() }.proves(&new.vkey(), &proof));
        let elsewhere = Origin::parse("gh.example.org/branch-018").unwrap();
        assert!(!Rotation { origin: elsewhere, ..rotation.clone() }.proves(&new.vkey(), &proof));
        for bad in ["", "AAAA", &proof[1..], &proof.replace('=', "")] {
            assert!(!rotation.proves(&new.vkey(), bad), "{bad}");
        }
    }
}
