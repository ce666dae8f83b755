//! Canonical JSON (RFC 8785): the only bytes that a record may have.

use serde_json::{Map, Value};

use crate::ids::is_composed;

/// The largest integer that every JSON reader keeps exactly, 2⁵³ − 1.
const INTEGER_MAX: u64 = 9_007_199_254_740_991;

/// Why bytes are not a canonical line of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CanonError {
    #[error("not JSON: {0}")]
    NotJson(String),
    #[error("not a JSON object")]
    NotAnObject,
    #[error("a number that is not a whole number from 0 to 2^53-1: {0}")]
    Number(String),
    #[error("a text that is not in Unicode's composed form (NFC): {0:?}")]
    NotComposed(String),
    #[error("a control character in a text: {0:?}")]
    Control(String),
    #[error("null has no meaning here")]
    Null,
    #[error("not the canonical form of the same JSON (RFC 8785)")]
    NotCanonical,
}

/// The canonical bytes of an object; refuses what a record may not hold.
pub fn write(object: &Map<String, Value>) -> Result<Vec<u8>, CanonError> {
    let mut bytes = Vec::with_capacity(1024);
    write_object(object, &mut bytes)?;
    Ok(bytes)
}

/// Reads a line, and accepts it only if writing it again gives the same bytes: that one test
/// catches duplicate keys, order, spacing and tricks with numbers.
pub fn read(line: &[u8]) -> Result<Map<String, Value>, CanonError> {
    let value: Value =
        serde_json::from_slice(line).map_err(|e| CanonError::NotJson(e.to_string()))?;
    let Value::Object(object) = value else {
        return Err(CanonError::NotAnObject);
    };
    if write(&object)? == line { Ok(object) } else { Err(CanonError::NotCanonical) }
}

pub(super) fn write_object(
    object: &Map<String, Value>,
    bytes: &mut Vec<u8>,
) -> Result<(), CanonError> {
    let mut fields: Vec<(&String, &Value)> = object.iter().collect();
    // The order is that of UTF-16 units (RFC 8785, 3.2.3), which a map of bytes may not have.
    let before = |a: &str, b: &str| a.encode_utf16().lt(b.encode_utf16());
    if !fields.is_sorted_by(|(a, _), (b, _)| before(a, b)) {
        fields.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
    }
    bytes.push(b'{');
    for (place, (key, value)) in fields.into_iter().enumerate() {
        if place > 0 {
            bytes.push(b',');
        }
        write_text(key, false, bytes)?;
        bytes.push(b':');
        // The witnesses' policy is a text of several lines, kept as the auditor keeps it.
        if let Value::String(text) = value {
            write_text(text, key == "policy", bytes)?;
        } else {
            write_value(value, bytes)?;
        }
    }
    bytes.push(b'}');
    Ok(())
}

fn write_value(value: &Value, bytes: &mut Vec<u8>) -> Result<(), CanonError> {
    match value {
        Value::Null => return Err(CanonError::Null),
        Value::Bool(true) => bytes.extend_from_slice(b"true"),
        Value::Bool(false) => bytes.extend_from_slice(b"false"),
        Value::Number(number) => match number.as_u64() {
            Some(number) => write_number(number, bytes)?,
            None => return Err(CanonError::Number(number.to_string())),
        },
        Value::String(text) => write_text(text, false, bytes)?,
        Value::Array(items) => {
            bytes.push(b'[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    bytes.push(b',');
                }
                write_value(item, bytes)?;
            }
            bytes.push(b']');
        }
        Value::Object(object) => write_object(object, bytes)?,
    }
    Ok(())
}

pub(super) fn write_number(number: u64, bytes: &mut Vec<u8>) -> Result<(), CanonError> {
    if number > INTEGER_MAX {
        return Err(CanonError::Number(number.to_string()));
    }
    bytes.extend_from_slice(number.to_string().as_bytes());
    Ok(())
}

/// Of all that JSON escapes, only these three are not refused as control characters.
pub(super) fn write_text(
    text: &str,
    lines_allowed: bool,
    bytes: &mut Vec<u8>,
) -> Result<(), CanonError> {
    check_text(text, lines_allowed)?;
    bytes.push(b'"');
    if text.bytes().any(|b| matches!(b, b'"' | b'\\' | b'\n')) {
        for byte in text.bytes() {
            match byte {
                b'"' => bytes.extend_from_slice(br#"\""#),
                b'\\' => bytes.extend_from_slice(br"\\"),
                b'\n' => bytes.extend_from_slice(br"\n"),
                byte => bytes.push(byte),
            }
        }
    } else {
        bytes.extend_from_slice(text.as_bytes());
    }
    bytes.push(b'"');
    Ok(())
}

fn check_text(text: &str, lines_allowed: bool) -> Result<(), CanonError> {
    // Most texts are plain, and plain texts are composed.
    if text.bytes().all(|b| matches!(b, b' '..=b'~')) {
        return Ok(());
    }
    let forbidden = |c: char| {
        (c.is_control() && !(lines_allowed && c == '\n'))
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
    };
    if text.chars().any(forbidden) {
        return Err(CanonError::Control(text.to_owned()));
    }
    if is_composed(text) { Ok(()) } else { Err(CanonError::NotComposed(text.to_owned())) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Texts with all that is escaped, that JSON leaves alone, or that orders otherwise in UTF-16.
    fn text() -> impl Strategy<Value = String> {
        "[a-z\"\\\\/ 会费é😀\u{E000}\u{FFFD}]{0,6}"
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<bool>().prop_map(Value::from),
            (0..=INTEGER_MAX).prop_map(Value::from),
            text().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                object(inner).prop_map(Value::from),
            ]
        })
    }

    fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Map<String, Value>> {
        prop::collection::vec((text(), value), 0..6).prop_map(|fields| fields.into_iter().collect())
    }

    proptest! {
        #[test]
        fn what_is_written_is_the_canonical_form_that_others_write(
            mut object in object(value()), policy in "[a-z \"\\\\\n]{0,8}",
        ) {
            object.insert("policy".to_owned(), policy.into());
            let written = write(&object).unwrap();
            prop_assert_eq!(&written, &serde_json_canonicalizer::to_vec(&object).unwrap());
            prop_assert_eq!(read(&written).unwrap(), object);
        }
    }

    #[test]
    fn only_canonical_bytes_are_read() {
        let good = r#"{"a":"会费","b":[1,true],"c":{"d":"0.05"}}"#;
        assert_eq!(write(&read(good.as_bytes()).unwrap()).unwrap(), good.as_bytes());
        for (bad, why) in [
            (r#"{"b":1,"a":2}"#, CanonError::NotCanonical),
            (r#"{"a":1,"a":1}"#, CanonError::NotCanonical),
            (r#"{"a": 1}"#, CanonError::NotCanonical),
            (r#"{"a":1.0}"#, CanonError::Number("1.0".into())),
            (r#"{"a":-1}"#, CanonError::Number("-1".into())),
            (r#"{"a":9007199254740992}"#, CanonError::Number("9007199254740992".into())),
            (r#"{"a":null}"#, CanonError::Null),
            (r#"{"a":"\u4f1a"}"#, CanonError::NotCanonical),
            (r#"{"a":"e\u0301"}"#, CanonError::NotComposed("e\u{301}".into())),
            (r#"{"a":"x\ny"}"#, CanonError::Control("x\ny".into())),
            ("[]", CanonError::NotAnObject),
        ] {
            assert_eq!(read(bad.as_bytes()), Err(why), "{bad}");
        }
        assert!(read(br#"{"policy":"log x\nquorum none\n"}"#).is_ok());
        assert!(matches!(read(b"{"), Err(CanonError::NotJson(_))));
    }
}
