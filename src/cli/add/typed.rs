//! A command as it would be typed: `mingzhang record dues.receive --as acc …`.

use mingzhang::ids::OfficerId;
use serde_json::{Map, Value};

use crate::cli::record::{field, properties, required};

/// The line that records this command, with the fields in the order in which they were asked.
pub(crate) fn line(command: &str, fields: &Map<String, Value>, by: Option<&OfficerId>) -> String {
    let mut words = vec!["mingzhang".to_owned(), "record".to_owned(), command.to_owned()];
    if let Some(by) = by {
        words.extend(["--as".to_owned(), by.to_string()]);
    }
    let properties = properties(command);
    let mut names = required(command);
    names.extend(fields.keys().filter(|name| !names.contains(name)).cloned().collect::<Vec<_>>());
    for name in names {
        let Some(value) = fields.get(&name) else { continue };
        let schema = properties.iter().find(|(property, _)| *property == name);
        let schema = schema.map(|(_, schema)| schema.clone()).unwrap_or_default();
        for said in values(value, &schema) {
            words.extend([format!("--{name}"), quoted(&said)]);
        }
    }
    words.join(" ")
}

/// The flag's values, in the shortest form that is read back as the same.
fn values(value: &Value, schema: &Value) -> Vec<String> {
    let forms = [several(value), plain(value).map(|one| vec![one])];
    let same = |form: &Vec<String>| {
        field(&form.iter().collect::<Vec<_>>(), schema).is_ok_and(|read| read == *value)
    };
    forms.into_iter().flatten().find(same).unwrap_or_else(|| vec![value.to_string()])
}

/// One value for each item of a list, or names with commas.
fn several(value: &Value) -> Option<Vec<String>> {
    let items = value.as_array()?;
    let texts: Option<Vec<String>> = items.iter().map(plain).collect();
    let texts = texts?;
    let is_names = items.iter().all(|item| !item.is_object());
    Some(if is_names { vec![texts.join(",")] } else { texts })
}

/// A text or number as it is, an object of such as `field=value,…`.
fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(said) => Some(said.to_string()),
        Value::Object(fields) => {
            let pairs = fields.iter().map(|(name, inner)| {
                let text = if inner.is_object() { None } else { plain(inner) };
                Some(format!("{name}={}", text?))
            });
            pairs.collect::<Option<Vec<_>>>().map(|pairs| pairs.join(","))
        }
        Value::Null | Value::Array(_) => None,
    }
}

/// For a shell.
fn quoted(text: &str) -> String {
    let is_safe = |c: char| c.is_alphanumeric() || "-_./:,=+@%".contains(c);
    if !text.is_empty() && text.chars().all(is_safe) {
        return text.to_owned();
    }
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::{CommandFactory, FromArgMatches};
    use serde_json::json;

    fn typed(command: &str, fields: &Value) -> String {
        line(command, fields.as_object().unwrap(), None)
    }

    #[test]
    fn a_command_is_typed_in_its_shortest_form() {
        let lines = json!([{ "member": "m-1", "month": "2025-01", "amount": "27.15" }]);
        let dues = json!({ "date": "2025-01-15", "into": "bank", "lines": lines });
        assert_eq!(
            typed("dues.receive", &dues),
            "mingzhang record dues.receive --date 2025-01-15 --into bank \
             --lines amount=27.15,member=m-1,month=2025-01"
        );
        let officer =
            json!({ "officer": "acc", "roles": ["accountant", "clerk"], "from": "2025-01-01" });
        assert_eq!(
            typed("officer.appoint", &officer),
            "mingzhang record officer.appoint --officer acc --roles accountant,clerk --from 2025-01-01"
        );
    }

    #[test]
    fn what_is_typed_is_read_back_as_the_same_whatever_a_text_holds() {
        for text in
            ["慰问", "a, b", "it's", "a=b", "[x]", "{\"y\"}", "1", "true", "\"", "$HOME `ls`"]
        {
            for payee in [json!({ "organisation": text }), json!({ "member": "m-1" })] {
                let fields = json!({
                    "disbursement": "d1", "date": "2025-01-15", "account": "50405",
                    "amount": "5.00", "payee": payee, "purpose": text, "people": 3,
                    "analysis": { "nature": "basic" },
                });
                let mut fields = fields.as_object().unwrap().clone();
                let typed = line("disbursement.request", &fields, None);
                let output = std::process::Command::new("sh")
                    .args(["-c", &format!("printf '%s\\0' {typed}")])
                    .output()
                    .unwrap();
                let words = String::from_utf8(output.stdout).unwrap();
                let words = words.split_terminator('\0');
                let forms = crate::cli::record::add_forms(crate::cli::Cli::command());
                let matches = forms.try_get_matches_from(words).unwrap();
                crate::cli::Cli::from_arg_matches(&matches).unwrap();
                let (_, record) = matches.subcommand().unwrap();
                let (name, form) = record.subcommand().unwrap();
                let read = crate::cli::record::read_fields(name, form).unwrap();
                fields.insert("command".to_owned(), name.into());
                assert_eq!(read, fields, "{typed}");
            }
        }
    }
}
