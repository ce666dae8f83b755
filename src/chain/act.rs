//! Signed acts 签名文书: what an officer puts his name under, and the files on which it travels
//! (docs/FORMAT.md, section 18.2).
//!
//! A request is the statement, an empty line, and the record that is acted on. Signed, it is the
//! statement, an empty line, and signature lines: a C2SP signed note, which every tool for those
//! verifies.

use core::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value};

use super::canon::{self, CanonError};
use super::checkpoint::{Note, NoteError, NoteSignature, decimal};
use super::key::{KeyHolder, KeyName, NoteKey, VKey};
use super::record::Origin;
use super::tree::{TreeHash, leaf_hash};
use crate::event::act::ActSigned;
use crate::event::{Fact, FactError};
use crate::ids::{OfficerId, Seq};

const HEADER: &str = "mingzhang-act@v1";

/// Why a text is not an act, or cannot be signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ActError {
    #[error("not an act, which is five lines: {0}")]
    Form(&'static str),
    #[error("not what an officer signs: {0}")]
    Kind(String),
    #[error(transparent)]
    Canon(#[from] CanonError),
    #[error(transparent)]
    Fact(#[from] FactError),
    #[error(transparent)]
    Note(#[from] NoteError),
    #[error("the key {name} is a {holder}'s, and acts are signed with an officer's")]
    Holder { name: KeyName, holder: KeyHolder },
    #[error("{0} has signed this already")]
    SignedAlready(KeyName),
}

/// What one officer says of one record of one book: the five lines that are signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub origin: Origin,
    pub officer: OfficerId,
    /// The record that is acted on, and its leaf hash.
    pub on: Seq,
    pub leaf: TreeHash,
    pub fact: Fact,
}

/// A statement on its way to whoever signs it, with the record that it acts on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub statement: Statement,
    /// The record's exact line; gone once it is signed.
    pub record: Option<Vec<u8>>,
    pub signatures: Vec<NoteSignature>,
}

/// A statement with one signature under it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub statement: Statement,
    pub signature: NoteSignature,
}

impl Statement {
    /// The five lines, each with its newline: these bytes are signed.
    pub fn text(&self) -> Result<String, ActError> {
        let Statement { origin, officer, on, leaf, fact } = self;
        let mut said = Map::new();
        said.insert("type".to_owned(), fact.kind().into());
        said.insert("tv".to_owned(), fact.version().into());
        said.insert("body".to_owned(), Value::Object(fact.to_body(None)?));
        let said = canon::write(&said)?;
        let said = String::from_utf8_lossy(&said);
        Ok(format!("{HEADER}\n{origin}\n{officer}\non {on} {leaf}\n{said}\n"))
    }

    /// Reads the five lines, and takes them only if writing them again gives the same bytes.
    pub fn parse(text: &str) -> Result<Statement, ActError> {
        let form = ActError::Form;
        let mut lines = text.split('\n');
        if lines.next() != Some(HEADER) {
            return Err(form("the first is mingzhang-act@v1"));
        }
        let (Some(origin), Some(officer), Some(on), Some(said), Some(""), None) =
            (lines.next(), lines.next(), lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(form("there are more of them, or fewer"));
        };
        let on = on.strip_prefix("on ").and_then(|on| on.split_once(' '));
        let (on, leaf) = on.ok_or(form("the fourth is \"on SEQ LEAF\""))?;
        let statement = Statement {
            origin: Origin::parse(origin).map_err(|_| form("the second is a book's name"))?,
            officer: OfficerId::parse(officer).map_err(|_| form("the third is an officer"))?,
            on: Seq(decimal(on).ok_or(form("the fourth is \"on SEQ LEAF\""))?),
            leaf: TreeHash::parse(leaf).map_err(|_| form("the fourth is \"on SEQ LEAF\""))?,
            fact: fact_of(said)?,
        };
        if statement.text()? == text {
            Ok(statement)
        } else {
            Err(form("they are not written as this program writes them"))
        }
    }

    /// Puts an officer's name under it.
    pub fn sign(&self, key: &NoteKey) -> Result<Note, ActError> {
        if key.holder() != KeyHolder::Officer {
            return Err(ActError::Holder { name: key.name().clone(), holder: key.holder() });
        }
        Ok(Note::signed(self.text()?, key))
    }
}

fn fact_of(line: &str) -> Result<Fact, ActError> {
    let form = || ActError::Form("the fifth is an object of body, tv and type");
    let mut said = canon::read(line.as_bytes())?;
    let (Some(Value::Object(body)), Some(tv), Some(Value::String(kind)), true) =
        (said.remove("body"), said.remove("tv"), said.remove("type"), said.is_empty())
    else {
        return Err(form());
    };
    let tv = tv.as_u64().and_then(|tv| u32::try_from(tv).ok()).ok_or_else(form)?;
    let (fact, voucher) = Fact::from_body(&kind, tv, body)?;
    if fact.can_be_signed() && voucher.is_none() { Ok(fact) } else { Err(ActError::Kind(kind)) }
}

impl Request {
    /// Reads a request, or one that was signed.
    pub fn parse(text: &str) -> Result<Request, ActError> {
        let divided = text.split_once("\n\n");
        let (_, rest) = divided.ok_or(ActError::Form("an empty line follows them"))?;
        if rest.starts_with('—') {
            let note = Note::parse(text)?;
            let statement = Statement::parse(note.text())?;
            return Ok(Request { statement, record: None, signatures: note.signatures().to_vec() });
        }
        let lines = text.strip_suffix(rest).and_then(|head| head.strip_suffix('\n'));
        let statement = Statement::parse(lines.unwrap_or_default())?;
        let record =
            rest.strip_suffix('\n').filter(|line| !line.is_empty() && !line.contains('\n'));
        let record = record.ok_or(ActError::Form("behind the empty line stands one record"))?;
        Ok(Request { statement, record: Some(record.as_bytes().to_vec()), signatures: Vec::new() })
    }

    /// Whether the record that came along is the one that is acted on; `None` where none came.
    #[must_use]
    pub fn is_of_its_record(&self) -> Option<bool> {
        self.record.as_ref().map(|record| leaf_hash(record) == self.statement.leaf)
    }

    /// The same with this officer's signature, and without the record: it is in the book.
    pub fn sign(&self, key: &NoteKey) -> Result<Request, ActError> {
        let note = self.statement.sign(key)?;
        let mut signatures = self.signatures.clone();
        for line in note.signatures() {
            if signatures.contains(line) {
                return Err(ActError::SignedAlready(key.name().clone()));
            }
            signatures.push(line.clone());
        }
        Ok(Request { statement: self.statement.clone(), record: None, signatures })
    }

    /// Each signature with what it is under.
    pub fn acts(&self) -> impl Iterator<Item = Act> {
        let act = |signature: &NoteSignature| Act {
            statement: self.statement.clone(),
            signature: signature.clone(),
        };
        self.signatures.iter().map(act)
    }

    /// The file's text.
    pub fn text(&self) -> Result<String, ActError> {
        let mut text = self.statement.text()?;
        text.push('\n');
        if let Some(record) = &self.record {
            text.push_str(&String::from_utf8_lossy(record));
            text.push('\n');
        }
        for signature in &self.signatures {
            text.push_str(&signature.to_string());
            text.push('\n');
        }
        Ok(text)
    }
}

impl Act {
    /// Whether this key has signed it: its name, its id, its signature.
    #[must_use]
    pub fn is_by(&self, key: &VKey) -> bool {
        let NoteSignature { name, key_id, bytes } = &self.signature;
        let named = name == key.name() && *key_id == key.id();
        named && self.statement.text().is_ok_and(|text| key.verifies(text.as_bytes(), bytes))
    }

    /// As it stands in a record.
    #[must_use]
    pub fn recorded(&self, of: Seq) -> ActSigned {
        let Statement { officer, on, leaf, .. } = &self.statement;
        ActSigned {
            of,
            officer: officer.clone(),
            on: *on,
            leaf: leaf.to_string(),
            signature: self.signature_text(),
        }
    }

    /// Base64 of key id and signature.
    #[must_use]
    pub fn signature_text(&self) -> String {
        let NoteSignature { key_id, bytes, .. } = &self.signature;
        STANDARD.encode([key_id.as_bytes().as_slice(), bytes].concat())
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Statement { officer, on, fact, .. } = &self.statement;
        write!(f, "{officer}: {} on {on}", fact.kind())
    }
}

#[cfg(test)]
mod tests {
    use super::super::key::KeyKind;
    use super::*;
    use serde_json::json;

    const RECORD: &[u8] = br#"{"a":1}"#;

    fn statement() -> Statement {
        let body = json!({"disbursement": "d1", "date": "2026-01-20", "amount": "500.00"});
        let Value::Object(body) = body else { unreachable!() };
        Statement {
            origin: Origin::parse("gh.example.org/branch-017").unwrap(),
            officer: OfficerId::parse("chair").unwrap(),
            on: Seq(12),
            leaf: leaf_hash(RECORD),
            fact: Fact::from_body("approval.given", 1, body).unwrap().0,
        }
    }

    fn key(seed: u8) -> NoteKey {
        NoteKey::of_officer(KeyName::parse("chair.example").unwrap(), &[seed; 32])
    }

    fn request() -> Request {
        let record = Some(RECORD.to_vec());
        Request { statement: statement(), record, signatures: Vec::new() }
    }

    #[test]
    fn a_statement_is_five_lines_in_one_form() {
        let text = statement().text().unwrap();
        let expected = format!(
            "mingzhang-act@v1\ngh.example.org/branch-017\nchair\non 12 {}\n{}\n",
            leaf_hash(RECORD),
            r#"{"body":{"amount":"500.00","date":"2026-01-20","disbursement":"d1"},"tv":1,"type":"approval.given"}"#,
        );
        assert_eq!(text, expected);
        assert_eq!(Statement::parse(&text), Ok(statement()));
        for bad in [
            text.trim_end().to_owned(),
            format!("{text}\n"),
            text.replace("@v1", "@v2"),
            text.replace("on 12", "on 012"),
            text.replace("chair", "Chair"),
            text.replace("\"tv\":1", "\"tv\":2"),
            text.replace("\"tv\":1,", ""),
            text.replace("500.00", "500"),
            text.replace("approval.given", "disbursement.paid"),
            text.replace("{\"amount\"", "{ \"amount\""),
            text.replace('\n', "\r\n"),
        ] {
            assert!(Statement::parse(&bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn what_is_not_signed_by_anybody_is_no_act() {
        let text = statement().text().unwrap();
        let other = r#"{"body":{"amount":"1.00","date":"2026-01-20"},"tv":1,"type":"cash.drawn"}"#;
        let (head, _) = text.split_once('{').unwrap();
        let refused = Statement::parse(&format!("{head}{other}\n"));
        assert_eq!(refused, Err(ActError::Kind("cash.drawn".to_owned())));
    }

    #[test]
    fn a_request_brings_its_record_and_a_signed_one_leaves_it() {
        let text = request().text().unwrap();
        assert_eq!(Request::parse(&text), Ok(request()));
        assert_eq!(request().is_of_its_record(), Some(true));
        let other = Request::parse(&text.replace(r#"{"a":1}"#, r#"{"a":2}"#)).unwrap();
        assert_eq!(other.is_of_its_record(), Some(false));
        let signed = request().sign(&key(1)).unwrap();
        assert_eq!(signed.is_of_its_record(), None);
        let read = Request::parse(&signed.text().unwrap()).unwrap();
        assert_eq!(read, signed);
        assert!(read.acts().all(|act| act.is_by(&key(1).vkey())));
        assert!(!read.acts().any(|act| act.is_by(&key(2).vkey())));
    }

    #[test]
    fn a_second_signature_stands_under_the_first_and_the_same_one_only_once() {
        let once = request().sign(&key(1)).unwrap();
        let twice = once.sign(&key(2)).unwrap();
        let acts: Vec<Act> = twice.acts().collect();
        assert!(acts[0].is_by(&key(1).vkey()) && acts[1].is_by(&key(2).vkey()));
        assert!(matches!(twice.sign(&key(2)), Err(ActError::SignedAlready(_))));
    }

    #[test]
    fn no_byte_of_a_signed_act_can_be_changed() {
        let vkey = key(1).vkey();
        let good = request().sign(&key(1)).unwrap().text().unwrap();
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bytes = good.clone().into_bytes();
                bytes[at] ^= 1 << bit;
                let Ok(text) = String::from_utf8(bytes) else { continue };
                let read = Request::parse(&text);
                let holds = read.is_ok_and(|read| read.acts().any(|act| act.is_by(&vkey)));
                assert!(!holds, "byte {at}, bit {bit}: {text}");
            }
        }
    }

    #[test]
    fn a_log_s_key_signs_no_act() {
        let log = NoteKey::from_seed(key(1).name().clone(), KeyKind::Log, &[1; 32]);
        assert!(matches!(request().sign(&log), Err(ActError::Holder { .. })));
    }
}
