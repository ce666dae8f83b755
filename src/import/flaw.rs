//! What is wrong with a file, for whoever has to mend it.

use serde::Serialize;

/// One fault at its place; a file is read to its end, and all of them are told at once.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Flaw {
    /// Stable, `I01` and on.
    pub code: &'static str,
    /// In the file, from 1 on; 0 where the file as a whole is meant.
    pub line: u32,
    /// In characters of the line, from 1 on; 0 where the line as a whole is meant.
    pub column: u32,
    /// The line as it stands in the file.
    pub excerpt: String,
    pub zh: String,
    pub en: String,
    /// 原因 What something below this library says of it, in English alone: it ends both sentences.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub cause: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expected: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub found: Option<String>,
    /// Found less expected, in words of the amount: `-0.01`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub difference: Option<String>,
    /// The last line up to which everything agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agreed_through: Option<u32>,
    /// One command, or what to do.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub next: String,
}

/// The most characters of a text that are told whole.
const TOLD: usize = 300;

/// A text as it is told: of a long one its beginning and its end, so that a cell of megabytes does not
/// fill the screen, and a sentence about it still ends as it should.
pub(super) fn shortened(text: &str) -> String {
    const BEGINNING: usize = 200;
    const END: usize = 80;
    let beyond = text.char_indices().nth(TOLD);
    if beyond.is_none() {
        return text.to_owned();
    }
    let beginning: String = text.chars().take(BEGINNING).collect();
    let mut end: Vec<char> = text.chars().rev().take(END).collect();
    end.reverse();
    format!("{beginning} … {}", end.into_iter().collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::grid::{Cell, Row, Value};
    use crate::import::values;

    #[test]
    fn a_cell_of_megabytes_is_told_by_its_beginning_and_its_end() {
        let long = "壹".repeat(1_000_000);
        let value = Value::Text(long.clone());
        let row = Row { line: 2, raw: long.clone(), cells: vec![Cell { column: 1, value }] };
        let flaw = values::amount(&long).unwrap_err().flaw(&row, 0);
        let found = flaw.found.unwrap_or_default();
        for told in [&flaw.excerpt, &flaw.zh, &flaw.en, &found] {
            assert_eq!(told.chars().count(), 283, "{told}");
        }
        assert!(flaw.zh.ends_with("壹”不是金额"), "{}", flaw.zh);
        assert_eq!(shortened("m-1,27.15"), "m-1,27.15");
    }
}
