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
