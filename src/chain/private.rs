//! Private fields: what a record says of them, and what opens it (docs/FORMAT.md, section 20).
//!
//! What is private is never shown by accident: its types print as their names alone, and no error
//! here holds a part of it.

use core::fmt;
use std::collections::BTreeMap;

use pkcs8::der::zeroize::Zeroizing;
use serde_json::{Map, Value};

use super::canon;
use crate::ids::{Digest, SubjectId, Text};

/// Sets commitments apart from every other use of BLAKE3 on the same bytes.
pub const FIELD_CONTEXT: &str = "mingzhang 2026-11-22 v1 private field";

/// What stands in the place of an opening that is not shown here.
const WITHHELD: &str = "withheld";

/// Why something is no private field. It never says what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrivateError {
    #[error("a private value is one line of 1 to 200 characters, without control characters")]
    Value,
    #[error("a salt is 64 hex digits")]
    Salt,
    #[error("the openings are not one object a subject, in canonical form, sorted by subject")]
    Form,
}

/// The text of a private field.
#[derive(Clone, PartialEq, Eq)]
pub struct PrivateText(Zeroizing<String>);

impl PrivateText {
    /// What somebody typed: composed and trimmed, as every text in a book is.
    pub fn parse(text: &str) -> Result<PrivateText, PrivateError> {
        let text = Text::parse(text).map_err(|_| PrivateError::Value)?;
        Ok(PrivateText(Zeroizing::new(text.as_str().to_owned())))
    }

    /// For whoever is entitled to see it, and for the vault.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for PrivateText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PrivateText")
    }
}

/// 32 random bytes, drawn for one field alone: without them an ID number is guessed in a minute.
#[derive(Clone, PartialEq, Eq)]
pub struct Salt(Zeroizing<[u8; 32]>);

impl Salt {
    #[must_use]
    pub fn new(random: [u8; 32]) -> Salt {
        Salt(Zeroizing::new(random))
    }

    #[must_use]
    pub fn to_hex(&self) -> Zeroizing<String> {
        Zeroizing::new(blake3::Hash::from_bytes(*self.0).to_hex().to_string())
    }

    fn from_hex(text: &str) -> Result<Salt, PrivateError> {
        let digest = Digest::parse(text).map_err(|_| PrivateError::Salt)?;
        let hash = blake3::Hash::from_hex(digest.as_str()).map_err(|_| PrivateError::Salt)?;
        Ok(Salt::new(*hash.as_bytes()))
    }
}

impl fmt::Debug for Salt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Salt")
    }
}

/// What opens one commitment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    pub salt: Salt,
    pub value: PrivateText,
}

impl Opening {
    /// What the record says of a field of this name.
    pub fn commitment(&self, name: &Text) -> Result<Digest, PrivateError> {
        let mut object = self.to_object();
        object.insert("name".to_owned(), name.as_str().into());
        let bytes = canon::write(&object).map_err(|_| PrivateError::Value)?;
        let bytes = Zeroizing::new(bytes);
        let hash = blake3::Hash::from_bytes(blake3::derive_key(FIELD_CONTEXT, &bytes));
        Digest::parse(hash.to_hex().as_str()).map_err(|_| PrivateError::Form)
    }

    /// Whether it opens this commitment of a field of this name.
    #[must_use]
    pub fn opens(&self, name: &Text, commitment: &Digest) -> bool {
        self.commitment(name).as_ref() == Ok(commitment)
    }

    /// `{"salt":…,"value":…}`
    #[must_use]
    pub fn to_object(&self) -> Map<String, Value> {
        let salt = self.salt.to_hex().as_str().into();
        let value = self.value.expose().into();
        [("salt".to_owned(), salt), ("value".to_owned(), value)].into_iter().collect()
    }

    /// Takes what somebody wrote as it stands: changing it would change what it opens.
    pub fn from_object(object: &Map<String, Value>) -> Result<Opening, PrivateError> {
        let field = |name: &str| object.get(name).and_then(Value::as_str);
        let (Some(salt), Some(value), 2) = (field("salt"), field("value"), object.len()) else {
            return Err(PrivateError::Form);
        };
        let value = PrivateText(Zeroizing::new(value.to_owned()));
        Ok(Opening { salt: Salt::from_hex(salt)?, value })
    }
}

/// What a bundle shows of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shown {
    Opening(Opening),
    Withheld,
}

/// A line of `openings.ndjson`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectOpenings {
    pub subject: SubjectId,
    pub fields: BTreeMap<Text, Shown>,
}

/// The text of `openings.ndjson`, whatever the order in which the subjects are given.
pub fn write(openings: &[SubjectOpenings]) -> Result<Zeroizing<String>, PrivateError> {
    let mut lines = BTreeMap::new();
    for SubjectOpenings { subject, fields } in openings {
        let shown = |(name, shown): (&Text, &Shown)| {
            let value = match shown {
                Shown::Opening(opening) => Value::Object(opening.to_object()),
                Shown::Withheld => WITHHELD.into(),
            };
            (name.as_str().to_owned(), value)
        };
        let fields: Map<String, Value> = fields.iter().map(shown).collect();
        let mut line = Map::new();
        line.insert("fields".to_owned(), Value::Object(fields));
        line.insert("subject".to_owned(), subject.as_str().into());
        let line = canon::write(&line).map_err(|_| PrivateError::Value)?;
        if lines.insert(subject.as_str(), line).is_some() {
            return Err(PrivateError::Form);
        }
    }
    let mut text = Zeroizing::new(String::new());
    for line in lines.into_values() {
        text.push_str(&String::from_utf8(line).map_err(|_| PrivateError::Form)?);
        text.push('\n');
    }
    Ok(text)
}

/// Reads `openings.ndjson`; the error says on which line, counted from 1.
pub fn read(text: &str) -> Result<Vec<SubjectOpenings>, (usize, PrivateError)> {
    let mut found: Vec<SubjectOpenings> = Vec::new();
    for (number, line) in (1..).zip(text.split_terminator('\n')) {
        let read = read_line(line).map_err(|e| (number, e))?;
        if found.last().is_some_and(|last| last.subject >= read.subject) {
            return Err((number, PrivateError::Form));
        }
        found.push(read);
    }
    match text.strip_suffix('\n') {
        None if !text.is_empty() => Err((found.len(), PrivateError::Form)),
        Some(_) | None => Ok(found),
    }
}

fn read_line(line: &str) -> Result<SubjectOpenings, PrivateError> {
    let object = canon::read(line.as_bytes()).map_err(|_| PrivateError::Form)?;
    let subject = object.get("subject").and_then(Value::as_str);
    let fields = object.get("fields").and_then(Value::as_object);
    let (Some(subject), Some(fields), 2) = (subject, fields, object.len()) else {
        return Err(PrivateError::Form);
    };
    let subject = SubjectId::parse(subject).map_err(|_| PrivateError::Form)?;
    let shown = |(name, value): (&String, &Value)| {
        let text = Text::parse(name).ok().filter(|text| text.as_str() == name);
        let text = text.ok_or(PrivateError::Form)?;
        if let Value::Object(opening) = value {
            return Ok((text, Shown::Opening(Opening::from_object(opening)?)));
        }
        if value.as_str() == Some(WITHHELD) {
            return Ok((text, Shown::Withheld));
        }
        Err(PrivateError::Form)
    };
    Ok(SubjectOpenings { subject, fields: fields.iter().map(shown).collect::<Result<_, _>>()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Text {
        Text::parse(text).unwrap()
    }

    fn opening(salt: u8, value: &str) -> Opening {
        Opening { salt: Salt::new([salt; 32]), value: PrivateText::parse(value).unwrap() }
    }

    /// The worked example of docs/FORMAT.md, section 20.
    #[test]
    fn the_example_of_the_format_has_the_commitment_that_it_says() {
        let found = opening(0, "甲").commitment(&text("姓名")).unwrap();
        let said = "e7bc90c9f0c1a5ce107f1faa6c28aa4c1856c909fff9cdcabffcf3a63123801c";
        assert_eq!(found.as_str(), said);
        let format = include_str!("../../docs/FORMAT.md");
        assert!(format.contains(said) && format.contains(FIELD_CONTEXT));
    }

    #[test]
    fn nothing_but_name_salt_and_value_opens_a_commitment() {
        let commitment = opening(1, "甲").commitment(&text("姓名")).unwrap();
        assert!(opening(1, "甲").opens(&text("姓名"), &commitment));
        assert!(!opening(1, "甲").opens(&text("曾用名"), &commitment));
        assert!(!opening(2, "甲").opens(&text("姓名"), &commitment));
        assert!(!opening(1, "乙").opens(&text("姓名"), &commitment));
    }

    #[test]
    fn what_is_private_is_not_printed_and_no_error_holds_it() {
        let printed =
            format!("{:?} {:?}", opening(7, "张三丰"), Shown::Opening(opening(7, "x1x2")));
        assert!(!printed.contains("张三丰") && !printed.contains("x1x2"), "{printed}");
        assert!(!printed.contains("07") && !printed.contains("7,"), "{printed}");
        let error = PrivateText::parse("张三\u{7}丰").unwrap_err();
        assert!(!format!("{error} {error:?}").contains('张'));
    }

    #[test]
    fn a_value_is_composed_as_every_text_in_a_book() {
        assert_eq!(PrivateText::parse(" 买买提•依明 ").unwrap().expose(), "买买提·依明");
        for bad in ["", "  ", "a\nb", &"长".repeat(201)] {
            assert_eq!(PrivateText::parse(bad).unwrap_err(), PrivateError::Value);
        }
    }

    #[test]
    fn openings_are_written_sorted_and_read_back() {
        let of = |subject: &str, fields: &[(&str, Shown)]| SubjectOpenings {
            subject: SubjectId::parse(subject).unwrap(),
            fields: fields.iter().map(|(name, shown)| (text(name), shown.clone())).collect(),
        };
        let second = of("s2", &[("姓名", Shown::Withheld)]);
        let first =
            of("s1", &[("电话", Shown::Withheld), ("姓名", Shown::Opening(opening(0, "甲")))]);
        let written = write(&[second.clone(), first.clone()]).unwrap();
        let zeros = "0".repeat(64);
        let expected = format!(
            "{{\"fields\":{{\"姓名\":{{\"salt\":\"{zeros}\",\"value\":\"甲\"}},\"电话\":\"withheld\"}},\
             \"subject\":\"s1\"}}\n{{\"fields\":{{\"姓名\":\"withheld\"}},\"subject\":\"s2\"}}\n"
        );
        assert_eq!(written.as_str(), expected);
        assert_eq!(read(&written).unwrap(), [first.clone(), second]);
        assert_eq!(read("").unwrap(), []);
        assert_eq!(write(&[first.clone(), first]).unwrap_err(), PrivateError::Form);
    }

    #[test]
    fn openings_of_another_form_are_refused_by_their_line() {
        let good = "{\"fields\":{\"姓名\":\"withheld\"},\"subject\":\"s1\"}\n";
        for (bad, line) in [
            (good.trim_end().to_owned(), 1),
            (format!("{good}{good}"), 2),
            (good.replace("withheld", "hidden"), 1),
            (good.replace("\"s1\"", "\"S1\""), 1),
            (good.replace(":{", ": {"), 1),
            (good.replace("\"withheld\"", "{\"value\":\"甲\"}"), 1),
            (good.replace("\"subject\"", "\"sub\":\"x\",\"subject\""), 1),
        ] {
            assert_eq!(read(&bad).unwrap_err(), (line, PrivateError::Form), "{bad}");
        }
        let salt = good.replace("\"withheld\"", "{\"salt\":\"00\",\"value\":\"甲\"}");
        assert_eq!(read(&salt).unwrap_err(), (1, PrivateError::Salt));
    }
}
