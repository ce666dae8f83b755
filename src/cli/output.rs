//! Results on standard output, everything else on standard error.

use std::io::{ErrorKind, Write};

use mingzhang::lang::Lang;
use serde::Serialize;

use super::failure::Failure;

pub(crate) struct Output {
    pub(crate) lang: Lang,
    pub(crate) json: bool,
    quiet: bool,
}

impl Output {
    pub(crate) fn new(lang: Lang, json: bool, quiet: bool) -> Output {
        Output { lang, json, quiet }
    }

    pub(crate) fn is_quiet(&self) -> bool {
        self.quiet
    }

    /// Of two texts the one in the language of this run.
    pub(crate) fn say<'a>(&self, zh: &'a str, en: &'a str) -> &'a str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// A result.
    pub(crate) fn text(&self, text: &str) {
        let newline = if text.ends_with('\n') { "" } else { "\n" };
        written(write!(std::io::stdout().lock(), "{text}{newline}"));
    }

    /// A result as JSON.
    pub(crate) fn value(&self, value: &impl Serialize) {
        let text = serde_json::to_string_pretty(value).unwrap_or_else(|e| format!("\"{e}\""));
        self.text(&text);
    }

    /// A word beside the result.
    pub(crate) fn note(&self, zh: &str, en: &str) {
        if !self.quiet {
            written(writeln!(std::io::stderr().lock(), "{}", self.say(zh, en)));
        }
    }

    pub(crate) fn failure(&self, failure: &Failure) {
        if self.json {
            let text = serde_json::to_string_pretty(failure).unwrap_or_default();
            written(writeln!(std::io::stderr().lock(), "{text}"));
        } else {
            written(write!(std::io::stderr().lock(), "{}", failure.text(self.lang)));
        }
    }
}

/// A reader that has gone away, as `head` does, ends the run without a word.
pub(crate) fn written(result: std::io::Result<()>) {
    if let Err(error) = result {
        let code = if error.kind() == ErrorKind::BrokenPipe { 0 } else { super::exit::IO };
        std::process::exit(code.into());
    }
}
