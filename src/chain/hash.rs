//! The hash that links record to record: BLAKE3 in key-derivation mode.

use core::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use blake3::Hasher;
use blake3::hazmat::{ContextKey, HasherExt, hash_derive_key_context};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Sets our hashes apart from every other use of BLAKE3 on the same bytes.
pub const RECORD_CONTEXT: &str = "mingzhang 2026-11-22 v1 record chain";

/// Of the context alone, which is the same for all records.
static CONTEXT_KEY: LazyLock<ContextKey> =
    LazyLock::new(|| hash_derive_key_context(RECORD_CONTEXT));

/// The hash of one record's exact bytes, written as 64 lower-case hex digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordHash([u8; 32]);

/// Why a text is not a hash.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not 64 lower-case hex digits: {0:?}")]
pub struct HashError(String);

impl RecordHash {
    /// What stands in `prev` of record 0.
    pub const NONE: RecordHash = RecordHash([0; 32]);

    #[must_use]
    pub fn of(record: &[u8]) -> RecordHash {
        let mut hasher = Hasher::new_from_context_key(&CONTEXT_KEY);
        RecordHash(*hasher.update(record).finalize().as_bytes())
    }

    pub fn parse(text: &str) -> Result<RecordHash, HashError> {
        let lower = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        let hash = blake3::Hash::from_hex(text).ok().filter(|_| lower);
        let hash = hash.ok_or_else(|| HashError(text.to_owned()))?;
        Ok(RecordHash(*hash.as_bytes()))
    }

    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl From<[u8; 32]> for RecordHash {
    fn from(bytes: [u8; 32]) -> RecordHash {
        RecordHash(bytes)
    }
}

impl fmt::Display for RecordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(blake3::Hash::from_bytes(self.0).to_hex().as_str())
    }
}

impl fmt::Debug for RecordHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for RecordHash {
    type Err = HashError;
    fn from_str(text: &str) -> Result<RecordHash, HashError> {
        RecordHash::parse(text)
    }
}

impl Serialize for RecordHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<RecordHash, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        RecordHash::parse(&text).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_s_hash_is_blake3_s_derived_key_in_one_form() {
        let hash = RecordHash::of(b"record");
        assert_eq!(hash.0, blake3::derive_key(RECORD_CONTEXT, b"record"));
        let text = hash.to_string();
        assert_eq!(RecordHash::parse(&text), Ok(hash));
        for bad in [&text[1..], &text.to_uppercase(), &format!("{text}0"), ""] {
            assert_eq!(RecordHash::parse(bad), Err(HashError(bad.to_owned())));
        }
    }
}
