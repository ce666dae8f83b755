//! Results on standard output, everything else on standard error. Whatever is text goes through
//! one filter, for it may hold what somebody else has written.

use std::io::{ErrorKind, Write};

use mingzhang::lang::Lang;
use mingzhang::render::Page;
pub(crate) use mingzhang::render::seen;
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
        print(&seen(text));
    }

    /// A result that is a page.
    pub(crate) fn page(&self, page: &Page) {
        self.text(&page.to_string());
    }

    /// A result that is JSON already, and so has no line of its own to paint.
    pub(crate) fn json(&self, text: &str) {
        print(text);
    }

    /// A result that is a file of another program's.
    pub(crate) fn bytes(&self, bytes: &[u8]) {
        let mut stdout = std::io::stdout().lock();
        written(stdout.write_all(bytes).and_then(|()| stdout.flush()));
    }

    /// A result as JSON.
    pub(crate) fn value(&self, value: &impl Serialize) {
        let text = serde_json::to_string_pretty(value).unwrap_or_else(|e| format!("\"{e}\""));
        print(&text);
    }

    /// What a rule has against something that was done all the same.
    pub(crate) fn warning(&self, code: &str, zh: &str, en: &str) {
        let said = match self.lang {
            Lang::Zh => format!("注意[{code}] {zh}"),
            Lang::En => format!("warning[{code}] {en}"),
        };
        written(writeln!(std::io::stderr().lock(), "{}", seen(&said)));
    }

    /// A word beside the result.
    pub(crate) fn note(&self, zh: &str, en: &str) {
        if !self.quiet {
            written(writeln!(std::io::stderr().lock(), "{}", seen(self.say(zh, en))));
        }
    }

    pub(crate) fn failure(&self, failure: &Failure) {
        if self.json {
            let text = serde_json::to_string_pretty(failure).unwrap_or_default();
            written(writeln!(std::io::stderr().lock(), "{text}"));
        } else {
            written(write!(std::io::stderr().lock(), "{}", seen(&failure.text(self.lang))));
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

fn print(text: &str) {
    let newline = if text.ends_with('\n') { "" } else { "\n" };
    written(write!(std::io::stdout().lock(), "{text}{newline}"));
}
