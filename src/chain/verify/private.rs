//! Private fields: what the records commit to, and what is shown (docs/FORMAT.md, section 20).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::body;
use super::finding::Findings;
use super::jcs;
use super::json::{self, Json, Object};
use super::kind::{FaultKind, NoteKind};

const CONTEXT: &str = "mingzhang 2026-11-22 v1 private field";

/// The private fields of a book.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct PrivateFields {
    /// Committed to and not erased.
    pub in_force: u64,
    /// Of those, what `openings.ndjson` shows and what it withholds.
    pub shown: u64,
    pub withheld: u64,
    pub erased: Vec<ErasedField>,
}

/// A field whose opening was destroyed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ErasedField {
    pub subject: String,
    pub name: String,
    /// The record that says so.
    pub record: u64,
}

/// What the records say of each subject.
#[derive(Default)]
pub(super) struct Private(BTreeMap<String, Subject>);

#[derive(Default)]
struct Subject {
    of: Option<(&'static str, String)>,
    fields: BTreeMap<String, Field>,
}

enum Field {
    Committed([u8; 32]),
    /// By the record at this place.
    Erased(u64),
}

impl Private {
    /// `privacy.committed`.
    pub(super) fn commit(&mut self, body: &Object<'_>, findings: &mut Findings) {
        let read = || {
            body::exactly(body, &["subject", "fields"], &["of"])?;
            let kinds = ["member", "officer", "disbursement"];
            let of = body::optional(body, "of", || body::one_of(body, "of", &kinds)).ok()?;
            Some((body::id(body, "subject")?, commitments(body)?, of))
        };
        let Some((subject, fields, of)) = read() else {
            return body::wrong(body, "{subject, fields: [{name, commitment}][, of]}", findings);
        };
        let known = self.0.entry(subject.to_owned()).or_default();
        if let Some((kind, number)) = of {
            let (before, same) = known.of.get_or_insert_with(|| (kind, number.to_owned()));
            if (*before, same.as_str()) != (kind, number) {
                let (expected, found) = (format!("{before} {same}"), format!("{kind} {number}"));
                findings.fault(FaultKind::PrivateFieldWrong, expected, found);
            }
        }
        for (name, commitment) in fields {
            known.fields.insert(name, Field::Committed(commitment));
        }
    }

    /// `privacy.opened`, of which nothing follows.
    pub(super) fn open(body: &Object<'_>, findings: &mut Findings) {
        let read = || {
            body::exactly(body, &["subjects", "fields", "purpose"], &[])?;
            body::texts(body, "subjects", body::is_id)?;
            body::texts(body, "fields", |name| !name.is_empty())?;
            body::text(body, "purpose").map(|_| ())
        };
        if read().is_none() {
            body::wrong(body, "{subjects, fields, purpose}", findings);
        }
    }

    /// `privacy.erased`.
    pub(super) fn erase(&mut self, body: &Object<'_>, place: u64, findings: &mut Findings) {
        let read = || {
            body::exactly(body, &["subject", "fields", "basis", "approver"], &[])?;
            body::text(body, "basis").and(body::id(body, "approver"))?;
            let fields = body::texts(body, "fields", |name| !name.is_empty())?;
            Some((body::id(body, "subject")?, fields))
        };
        let Some((subject, fields)) = read() else {
            return body::wrong(body, "{subject, fields, basis, approver}", findings);
        };
        for name in fields {
            let known = self.0.get_mut(subject).and_then(|one| one.fields.get_mut(name));
            match known {
                Some(field @ Field::Committed(_)) => *field = Field::Erased(place),
                Some(Field::Erased(by)) => {
                    let found = format!("{subject} {name}: {by}");
                    findings.fault(FaultKind::PrivateFieldWrong, "privacy.committed", found);
                }
                None => {
                    let found = format!("{subject} {name}: -");
                    findings.fault(FaultKind::PrivateFieldWrong, "privacy.committed", found);
                }
            }
        }
    }

    /// Holds `openings.ndjson` against the records, and counts.
    pub(super) fn finish(&self, openings: Option<&[u8]>, findings: &mut Findings) -> PrivateFields {
        let mut counted = PrivateFields::default();
        for (subject, one) in &self.0 {
            for (name, field) in &one.fields {
                match field {
                    Field::Committed(_) => counted.in_force = counted.in_force.saturating_add(1),
                    Field::Erased(record) => {
                        let found = format!("{subject} {name}: record {record}");
                        findings.note(
                            Some(*record),
                            NoteKind::FieldErased,
                            "privacy.erased",
                            found,
                        );
                        let (subject, name) = (subject.clone(), name.clone());
                        counted.erased.push(ErasedField { subject, name, record: *record });
                    }
                }
            }
        }
        let mut last = None;
        for line in openings.into_iter().flat_map(|file| file.split_inclusive(|b| *b == b'\n')) {
            self.line(line, &mut last, &mut counted, findings);
        }
        counted
    }

    fn line(
        &self,
        line: &[u8],
        last: &mut Option<String>,
        counted: &mut PrivateFields,
        findings: &mut Findings,
    ) {
        let reading = line.strip_suffix(b"\n").map(json::read);
        let reading = reading.filter(|reading| reading.blemishes.is_empty());
        let object = reading.as_ref().and_then(|reading| reading.object.as_ref());
        let read = object.and_then(read_line);
        let ascends = |subject: &str| last.as_deref().is_none_or(|last| last < subject);
        let Some((subject, shown)) = read.filter(|(subject, _)| ascends(subject)) else {
            let found = String::from_utf8_lossy(line);
            let expected = "{fields, subject}, JCS, LF";
            return findings.fault_of_book(FaultKind::OpeningWrong, expected, found);
        };
        *last = Some(subject.to_owned());
        let none = Subject::default();
        let known = self.0.get(subject).unwrap_or(&none);
        for (name, opening) in &shown {
            let committed = known.fields.get(*name).and_then(Field::committed);
            let opens = match (committed, opening) {
                (Some(_), Opening::Withheld) => {
                    counted.withheld = counted.withheld.saturating_add(1);
                    true
                }
                (Some(commitment), Opening::Shown { salt, value }) => {
                    counted.shown = counted.shown.saturating_add(1);
                    commitment == commitment_of(name, salt, value)
                }
                (None, Opening::Withheld | Opening::Shown { .. }) => false,
            };
            if !opens {
                let expected = committed.map(|hash| blake3::Hash::from_bytes(hash).to_string());
                let expected = expected.unwrap_or_else(|| "-".to_owned());
                findings.fault_of_book(
                    FaultKind::OpeningWrong,
                    expected,
                    format!("{subject} {name}"),
                );
            }
        }
        let said: BTreeSet<&str> = shown.iter().map(|(name, _)| *name).collect();
        for (name, field) in &known.fields {
            if field.committed().is_some() && !said.contains(name.as_str()) {
                let found = format!("{subject} {name}: -");
                findings.fault_of_book(FaultKind::OpeningMissing, "{salt, value}|withheld", found);
            }
        }
    }
}

impl Field {
    fn committed(&self) -> Option<[u8; 32]> {
        match self {
            Field::Committed(commitment) => Some(*commitment),
            Field::Erased(_) => None,
        }
    }
}

/// At least one, each name once.
fn commitments(body: &Object<'_>) -> Option<BTreeMap<String, [u8; 32]>> {
    let items = body.get("fields")?.array().filter(|items| !items.is_empty())?;
    let mut fields = BTreeMap::new();
    for item in items {
        let field = item.object()?;
        body::exactly(field, &["name", "commitment"], &[])?;
        let name = body::text(field, "name")?.to_owned();
        if fields.insert(name, body::hash(field, "commitment")?).is_some() {
            return None;
        }
    }
    Some(fields)
}

enum Opening<'a> {
    Withheld,
    Shown { salt: &'a str, value: &'a str },
}

type Shown<'a> = Vec<(&'a str, Opening<'a>)>;

/// One line of `openings.ndjson`: the subject and its fields.
fn read_line<'a>(object: &'a Object<'a>) -> Option<(&'a str, Shown<'a>)> {
    body::exactly(object, &["fields", "subject"], &[])?;
    let fields = object.get("fields")?.object()?;
    let openings = fields.fields().map(|(name, value)| Some((name, read_opening(value)?)));
    Some((body::id(object, "subject")?, openings.collect::<Option<_>>()?))
}

fn read_opening<'a>(value: &'a Json<'a>) -> Option<Opening<'a>> {
    if value.text() == Some("withheld") {
        return Some(Opening::Withheld);
    }
    let opening = value.object()?;
    body::exactly(opening, &["salt", "value"], &[])?;
    body::hash(opening, "salt")?;
    Some(Opening::Shown { salt: opening.text("salt")?, value: opening.text("value")? })
}

fn commitment_of(name: &str, salt: &str, value: &str) -> [u8; 32] {
    let mut text = String::from("{\"name\":");
    jcs::write_text(name, &mut text);
    text.push_str(",\"salt\":");
    jcs::write_text(salt, &mut text);
    text.push_str(",\"value\":");
    jcs::write_text(value, &mut text);
    text.push('}');
    blake3::derive_key(CONTEXT, text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_commitment_is_that_of_the_format() {
        let commitment = commitment_of("姓名", &"0".repeat(64), "甲");
        let hex = blake3::Hash::from_bytes(commitment).to_string();
        assert_eq!(hex, "e7bc90c9f0c1a5ce107f1faa6c28aa4c1856c909fff9cdcabffcf3a63123801c");
    }
}
