//! An amount as people write it, in a flag or an answer: read as the import reads it. Files of commands
//! stay strict, for programs write them.

use mingzhang::import::values;
use mingzhang::money::{Money, MoneyError};
use serde_json::Value;

/// `1,234.50`, `１２３４．５０`, `¥1,234.5`; what is none is told how an amount is written.
pub(crate) fn amount(text: &str) -> Result<Money, MoneyError> {
    values::amount(text).or_else(|_| Money::parse(text))
}

/// The text of a field as its command takes it: of an amount its one written form, anything else as it
/// stands.
pub(crate) fn plain(text: &str, schema: &Value) -> String {
    if !is_of_amount(schema) {
        return text.to_owned();
    }
    amount(text).map_or_else(|_| text.to_owned(), |amount| amount.to_string())
}

/// Whether a field is an amount, be it one that may be left out.
pub(crate) fn is_of_amount(schema: &Value) -> bool {
    const FORM: &str = "^-?(0|[1-9][0-9]*)\\.[0-9]{2}$";
    let parts = ["oneOf", "anyOf"].into_iter().filter_map(|of| schema.get(of)?.as_array());
    schema.get("pattern").and_then(Value::as_str) == Some(FORM) || parts.flatten().any(is_of_amount)
}
