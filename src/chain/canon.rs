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
    object.iter().try_for_each(|(key, value)| check_field(key, value))?;
    serde_json_canonicalizer::to_vec(object).map_err(|e| CanonError::NotJson(e.to_string()))
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

fn check_field(key: &str, value: &Value) -> Result<(), CanonError> {
    check_text(key, false)?;
    // The witnesses' policy is a text of several lines, kept as the auditor keeps it.
    if let Value::String(text) = value {
        check_text(text, key == "policy")
    } else {
        check_value(value)
    }
}

fn check_value(value: &Value) -> Result<(), CanonError> {
    match value {
        Value::Null => Err(CanonError::Null),
        Value::Bool(_) => Ok(()),
        Value::Number(number) => match number.as_u64() {
            Some(n) if n <= INTEGER_MAX => Ok(()),
            Some(_) | None => Err(CanonError::Number(number.to_string())),
        },
        Value::String(text) => check_text(text, false),
        Value::Array(items) => items.iter().try_for_each(check_value),
        Value::Object(object) => object.iter().try_for_each(|(k, v)| check_field(k, v)),
    }
}

fn check_text(text: &str, lines_allowed: bool) -> Result<(), CanonError> {
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
    use super::*;

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
