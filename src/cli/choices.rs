//! 可选的词 A value that is one of a few may be typed in Chinese: its word stands first in what its schema
//! says of it.

use serde_json::Value;

/// A value, and the Chinese word for it.
pub(crate) fn choices(schema: &Value) -> Vec<(String, String)> {
    let mut found = Vec::new();
    if let Some(value) = schema.get("const").and_then(Value::as_str) {
        let said = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        found.push((value.to_owned(), word(said).to_owned()));
    }
    for value in schema.get("enum").and_then(Value::as_array).into_iter().flatten() {
        found.extend(value.as_str().map(|value| (value.to_owned(), String::new())));
    }
    for of in ["oneOf", "anyOf"] {
        let parts = schema.get(of).and_then(Value::as_array).into_iter().flatten();
        found.extend(parts.flat_map(choices));
    }
    found
}

/// The Chinese that a text begins with, up to its first blank, comma or Latin letter.
fn word(said: &str) -> &str {
    let ends = |c: char| c.is_ascii() || matches!(c, '，' | '。' | '；' | '：');
    said.split(ends).next().unwrap_or_default()
}

/// The value that a Chinese word means: the one whose word it is, or else the only one whose word has
/// it in it, as 银行 is in 银行存款.
pub(crate) fn meant(typed: &str, schema: &Value) -> Option<String> {
    if typed.is_empty() || typed.is_ascii() {
        return None;
    }
    let choices = choices(schema);
    let exact = choices.iter().find(|(_, word)| word == typed);
    let mut part = choices.iter().filter(|(_, word)| word.contains(typed));
    let only = part.next().filter(|_| part.next().is_none());
    exact.or(only).map(|(value, _)| value.clone())
}

/// The values with their words, for the help of a flag; nothing where the value is no choice.
pub(crate) fn listed(schema: &Value) -> String {
    let choices = choices(schema);
    let shown = choices.iter().map(|(value, word)| format!("{value} {word}").trim_end().to_owned());
    shown.collect::<Vec<_>>().join(" | ")
}

#[cfg(test)]
mod tests {
    use mingzhang::rules::Command;
    use serde_json::json;

    use super::*;

    #[test]
    fn a_choice_is_typed_in_chinese_by_its_word_or_the_part_that_no_other_has() {
        let schema = json!({"anyOf": [{"oneOf": [
            {"const": "cash", "description": "库存现金"},
            {"const": "bank", "description": "银行存款: an account."},
            {"const": "coins", "description": "硬币现金"},
        ]}, {"type": "null"}]});
        for (typed, value) in [
            ("库存现金", Some("cash")),
            ("银行", Some("bank")),
            ("银行存款", Some("bank")),
            ("现金", None),
            ("支票", None),
            ("bank", None),
            ("", None),
        ] {
            assert_eq!(meant(typed, &schema).as_deref(), value, "{typed}");
        }
        assert_eq!(listed(&schema), "cash 库存现金 | bank 银行存款 | coins 硬币现金");
    }

    /// Every choice below a schema that has no Chinese word.
    fn wordless(schema: &Value, at: &str, found: &mut Vec<String>) {
        match schema {
            Value::Object(fields) => {
                // A tag names its form, whose fields are described.
                let own = choices(&json!({
                    "enum": fields.get("enum"),
                    "const": fields.get("const"),
                    "description": fields.get("description"),
                }));
                // The names of facts are in no language.
                let bare =
                    own.into_iter().filter(|(value, word)| word.is_empty() && !value.contains('.'));
                found.extend(bare.map(|(value, _)| format!("{at}: {value}")));
                let is_tag = |name: &str, inner: &Value| {
                    at.ends_with("/properties") && inner.get("const").is_some() && name.len() < 12
                };
                for (name, inner) in fields.iter().filter(|(name, inner)| !is_tag(name, inner)) {
                    wordless(inner, &format!("{at}/{name}"), found);
                }
            }
            Value::Array(items) => {
                for item in items {
                    wordless(item, at, found);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    #[test]
    fn every_choice_of_every_command_has_a_chinese_word() {
        let mut found = Vec::new();
        for name in Command::NAMES {
            let schema = Value::from(Command::schema(name).unwrap());
            wordless(&schema, name, &mut found);
        }
        assert_eq!(found, Vec::<String>::new());
    }
}
