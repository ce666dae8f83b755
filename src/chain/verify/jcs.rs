//! The canonical form (RFC 8785) of what was read, for what officers sign and what commits to a
//! private field.

use super::json::{Json, Object};

/// Numbers that a record may not hold have no such form, and are written as `null`.
pub(super) fn write(value: &Json<'_>, text: &mut String) {
    match value {
        Json::Null | Json::Number(None) => text.push_str("null"),
        Json::Bool(true) => text.push_str("true"),
        Json::Bool(false) => text.push_str("false"),
        Json::Number(Some(number)) => text.push_str(&number.to_string()),
        Json::Text(string) => write_text(string, text),
        Json::Array(items) => {
            text.push('[');
            for (place, item) in items.iter().enumerate() {
                if place > 0 {
                    text.push(',');
                }
                write(item, text);
            }
            text.push(']');
        }
        Json::Object(object) => write_object(object, &[], text),
    }
}

/// The same of an object without some of its fields.
pub(super) fn write_object(object: &Object<'_>, without: &[&str], text: &mut String) {
    let kept = object.fields().filter(|(name, _)| !without.contains(name));
    let mut fields: Vec<_> = kept.collect();
    fields.sort_by(|(one, _), (other, _)| one.encode_utf16().cmp(other.encode_utf16()));
    text.push('{');
    for (place, (name, value)) in fields.into_iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        write_text(name, text);
        text.push(':');
        write(value, text);
    }
    text.push('}');
}

/// JSON leaves two ways to write some characters, and `serde_json` takes the canonical one.
pub(super) fn write_text(string: &str, text: &mut String) {
    text.push_str(&serde_json::Value::from(string).to_string());
}

#[cfg(test)]
mod tests {
    use super::super::json;
    use super::*;

    #[test]
    fn the_form_is_that_of_another_writer() {
        let written = "{\"b\":[1,true,null,{}],\"a\":\"\\u0001\\n\\\"\\\\\\u007f\u{e000}名\",\"😀\":0,\"\u{e000}\":{\"d\":\"\",\"c\":9007199254740991}}";
        let object = json::read(written.as_bytes()).object.unwrap();
        let mut ours = String::new();
        write_object(&object, &[], &mut ours);
        let value: serde_json::Value = serde_json::from_str(written).unwrap();
        assert_eq!(ours, serde_json_canonicalizer::to_string(&value).unwrap());
        ours.clear();
        write_object(&object, &["b", "😀", "\u{e000}"], &mut ours);
        assert_eq!(ours, "{\"a\":\"\\u0001\\n\\\"\\\\\u{7f}\u{e000}名\"}");
    }
}
