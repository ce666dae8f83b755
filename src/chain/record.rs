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
        match Envelope::read_canonical(line) {
            Some(envelope) => Ok(envelope),
            None => Envelope::read_in_steps(line),
        }
    }

    /// Reads a line once, and takes it only if writing the envelope again gives the same bytes.
    fn read_canonical(line: &[u8]) -> Option<Envelope> {
        let envelope: Envelope = serde_json::from_slice(line).ok()?;
        let known = envelope.v == ENVELOPE_VERSION;
        (known && envelope.write().is_ok_and(|bytes| bytes == line)).then_some(envelope)
    }

    /// The same in steps that say what is wrong: first with the bytes, then with the envelope.
    fn read_in_steps(line: &[u8]) -> Result<Envelope, RecordError> {
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
        let bytes = self.write()?;
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

    /// The canonical form, its fields in the order of their names.
    fn write(&self) -> Result<Vec<u8>, CanonError> {
        let Envelope { v, ledger, seq, prev, at, actor, idem, more, kind, tv, body } = self;
        let mut bytes = Vec::with_capacity(1024);
        let out = &mut bytes;
        out.extend_from_slice(br#"{"actor":"#);
        canon::write_text(actor.as_str(), false, out)?;
        out.extend_from_slice(br#","at":"#);
        canon::write_text(&at.to_string(), false, out)?;
        out.extend_from_slice(br#","body":"#);
        canon::write_object(body, out)?;
        out.extend_from_slice(br#","idem":"#);
        canon::write_text(idem.as_str(), false, out)?;
        out.extend_from_slice(br#","ledger":"#);
        canon::write_text(ledger.as_str(), false, out)?;
        out.extend_from_slice(if *more { br#","more":true"# } else { br#","more":false"# });
        out.extend_from_slice(br#","prev":"#);
        canon::write_text(&prev.to_string(), false, out)?;
        out.extend_from_slice(br#","seq":"#);
        canon::write_number(seq.0, out)?;
        out.extend_from_slice(br#","tv":"#);
        canon::write_number(u64::from(*tv), out)?;
        out.extend_from_slice(br#","type":"#);
        canon::write_text(kind, false, out)?;
        out.extend_from_slice(br#","v":"#);
        canon::write_number(*v, out)?;
        out.push(b'}');
        Ok(bytes)
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn envelope() -> Envelope {
        let body =
            serde_json::json!({"amount": "5.00", "lines": [{"n": 1}], "purpose": "慰问\"品"});
        Envelope {
            v: 1,
            ledger: Origin::parse("union.example/a").unwrap(),
            seq: Seq(7),
            prev: RecordHash::of(b"before"),
            at: Instant::parse("2026-03-05T09:00:00Z").unwrap(),
            actor: OfficerId::parse("acc-b").unwrap(),
            idem: Idem::new(r#"k"\1"#, b"command").unwrap(),
            more: false,
            kind: "donation.received".to_owned(),
            tv: 1,
            body: body.as_object().unwrap().clone(),
        }
    }

    #[test]
    fn the_fields_are_written_in_canonical_order() {
        for more in [true, false] {
            let envelope = Envelope { more, ..envelope() };
            let sealed = envelope.seal().unwrap();
            let object = canon::read(&sealed.bytes).unwrap();
            assert_eq!(Value::Object(object), serde_json::to_value(&envelope).unwrap());
            assert_eq!(Envelope::read(&sealed.bytes), Ok(envelope));
        }
    }

    #[test]
    fn a_line_is_refused_for_its_bytes_before_its_fields() {
        let good = String::from_utf8(envelope().seal().unwrap().bytes).unwrap();
        for (from, to, why) in [
            ("\"v\":1", "\"v\":1,\"v\":1", RecordError::Canon(CanonError::NotCanonical)),
            ("\"tv\":1", "\"tv\":1.0", RecordError::Canon(CanonError::Number("1.0".into()))),
            ("\"more\":false", "\"more\":null", RecordError::Canon(CanonError::Null)),
            ("\"n\":1", "\"n\":1,\"n\":1", RecordError::Canon(CanonError::NotCanonical)),
            ("\"v\":1", "\"v\":2", RecordError::Envelope("envelope version 2 is not known".into())),
        ] {
            let bad = good.replace(from, to);
            assert_eq!(Envelope::read(bad.as_bytes()), Err(why), "{bad}");
        }
    }

    proptest! {
        /// The short way takes a line exactly where the steps do.
        #[test]
        fn no_change_of_a_line_is_judged_otherwise(
            at in any::<prop::sample::Index>(), put in "[ -~]{0,3}", cut in 0..3_usize,
        ) {
            let good = envelope().seal().unwrap().bytes;
            let at = at.index(good.len());
            let end = (at + cut).min(good.len());
            let mut line = good.clone();
            line.splice(at..end, put.bytes());
            let steps = Envelope::read_in_steps(&line);
            prop_assert_eq!(Envelope::read_canonical(&line), steps.clone().ok());
            prop_assert_eq!(Envelope::read(&line), steps);
        }
    }
}
