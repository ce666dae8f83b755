//! A record 记录: one fact in its envelope, one canonical line, one leaf of the tree.

use core::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::canon::{self, CanonError};
use super::hash::RecordHash;
use crate::date::Instant;
use crate::ids::{OfficerId, Seq};

/// Above this, sled keeps a value in a file that it never syncs. Bytes, without the newline.
pub const RECORD_BYTES_MAX: usize = 4096;

/// The envelope's version.
const ENVELOPE_VERSION: u64 = 1;

/// Why bytes are not a record.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RecordError {
    #[error(transparent)]
    Canon(#[from] CanonError),
    #[error("the envelope is not as the format says: {0}")]
    Envelope(String),
    #[error("a record has at most 4096 bytes, and this one has {0}")]
    TooLong(usize),
}

/// The origin of a book: its name in the world, a URL without a scheme.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Origin(String);

impl Origin {
    /// 1 to 120 visible ASCII characters, no space, no `+` (both divide a key's name from the key).
    pub fn parse(text: &str) -> Result<Origin, RecordError> {
        let plain = text.bytes().all(|b| b.is_ascii_graphic() && b != b'+' && b != b'"');
        if plain && (1..=120).contains(&text.len()) {
            Ok(Origin(text.to_owned()))
        } else {
            Err(RecordError::Envelope(format!("not a ledger's origin: {text:?}")))
        }
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

impl FromStr for Origin {
    type Err = RecordError;
    fn from_str(text: &str) -> Result<Origin, RecordError> {
        Origin::parse(text)
    }
}

impl TryFrom<String> for Origin {
    type Error = RecordError;
    fn try_from(text: String) -> Result<Origin, RecordError> {
        Origin::parse(&text)
    }
}

impl From<Origin> for String {
    fn from(origin: Origin) -> String {
        origin.0
    }
}

/// An idempotency key as it stands in a record: the client's key and, behind `~`, 16 hex digits of
/// the command's BLAKE3, so that the log alone tells the same command from another one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Idem(String);

impl Idem {
    pub const KEY_BYTES_MAX: usize = 80;

    /// A key of 1 to 80 visible ASCII characters without `~`, and the command's canonical bytes.
    pub fn new(key: &str, command: &[u8]) -> Result<Idem, RecordError> {
        let plain = key.bytes().all(|b| b.is_ascii_graphic() && b != b'~');
        if !plain || key.is_empty() || key.len() > Self::KEY_BYTES_MAX {
            return Err(RecordError::Envelope(format!("not an idempotency key: {key:?}")));
        }
        let digest = blake3::hash(command).to_hex();
        let short = digest.as_str().get(..16).unwrap_or_default();
        Ok(Idem(format!("{key}~{short}")))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The client's key alone.
    #[must_use]
    pub fn key(&self) -> &str {
        self.0.rsplit_once('~').map_or(&self.0, |(key, _)| key)
    }
}

impl TryFrom<String> for Idem {
    type Error = RecordError;
    fn try_from(text: String) -> Result<Idem, RecordError> {
        let plain = text.bytes().all(|b| b.is_ascii_graphic());
        if plain && (1..=Idem::KEY_BYTES_MAX.saturating_add(17)).contains(&text.len()) {
            Ok(Idem(text))
        } else {
            Err(RecordError::Envelope(format!("not an idempotency key: {text:?}")))
        }
    }
}

impl From<Idem> for String {
    fn from(idem: Idem) -> String {
        idem.0
    }
}

/// A record's fields, in memory.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    pub v: u64,
    pub ledger: Origin,
    pub seq: Seq,
    pub prev: RecordHash,
    pub at: Instant,
    pub actor: OfficerId,
    pub idem: Idem,
    pub more: bool,
    #[serde(rename = "type")]
    pub kind: String,
    pub tv: u32,
    pub body: Map<String, Value>,
}

impl Envelope {
    /// Reads a line as the format says, and nothing else.
    pub fn read(line: &[u8]) -> Result<Envelope, RecordError> {
        if line.len() > RECORD_BYTES_MAX {
            return Err(RecordError::TooLong(line.len()));
        }
        let object = canon::read(line)?;
        let envelope: Envelope = serde_json::from_value(Value::Object(object))
            .map_err(|e| RecordError::Envelope(e.to_string()))?;
        if envelope.v == ENVELOPE_VERSION {
            Ok(envelope)
        } else {
            Err(RecordError::Envelope(format!("envelope version {} is not known", envelope.v)))
        }
    }

    /// The bytes that are stored, hashed, signed and exported.
    pub fn seal(&self) -> Result<Sealed, RecordError> {
        let value = serde_json::to_value(self).map_err(|e| RecordError::Envelope(e.to_string()))?;
        let Value::Object(object) = value else {
            return Err(CanonError::NotAnObject.into());
        };
        let bytes = canon::write(&object)?;
        if bytes.len() > RECORD_BYTES_MAX {
            return Err(RecordError::TooLong(bytes.len()));
        }
        let hash = RecordHash::of(&bytes);
        Ok(Sealed {
            bytes,
            seq: self.seq,
            prev: self.prev,
            idem: self.idem.clone(),
            more: self.more,
            hash,
        })
    }
}

/// A record as stored: its bytes, and of its fields only what a store needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// One canonical line, without the newline.
    pub bytes: Vec<u8>,
    pub seq: Seq,
    pub prev: RecordHash,
    pub idem: Idem,
    pub more: bool,
    /// Of `bytes`; never stored in them.
    pub hash: RecordHash,
}

impl Sealed {
    pub fn read(line: &[u8]) -> Result<Sealed, RecordError> {
        let Envelope { seq, prev, idem, more, .. } = Envelope::read(line)?;
        Ok(Sealed { bytes: line.to_vec(), seq, prev, idem, more, hash: RecordHash::of(line) })
    }
}
