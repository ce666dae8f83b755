//! Results on standard output, everything else on standard error. Whatever is text goes through
//! one filter, for it may hold what somebody else has written.

use std::io::{ErrorKind, Write};

use anstream::{AutoStream, ColorChoice};
use clap::builder::styling::{AnsiColor, Style};
use mingzhang::lang::Lang;
use mingzhang::render::Page;
pub(crate) use mingzhang::render::seen;
use serde::Serialize;

use super::failure::Failure;

pub(crate) struct Output {
    pub(crate) lang: Lang,
    pub(crate) json: bool,
    quiet: bool,
    max_errors: usize,
    color: When,
}

/// Whether what is wrong is coloured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, clap::ValueEnum)]
pub(crate) enum When {
    /// 自动 On a terminal that can
    #[default]
    Auto,
    /// 总是 Always
    Always,
    /// 从不 Never
    Never,
}

impl When {
    /// Of a name that was checked where it was read.
    pub(crate) fn of(name: &str) -> When {
        let all = [When::Auto, When::Always, When::Never];
        all.into_iter().find(|when| when.as_str() == name).unwrap_or_default()
    }

    pub(crate) fn as_str(self) -> &'static str {
        match self {
            When::Auto => "auto",
            When::Always => "always",
            When::Never => "never",
        }
    }

    fn choice(self) -> ColorChoice {
        match self {
            When::Auto => ColorChoice::Auto,
            When::Always => ColorChoice::Always,
            When::Never => ColorChoice::Never,
        }
    }
}

impl Output {
    pub(crate) fn new(lang: Lang, json: bool, quiet: bool, max_errors: usize) -> Output {
        Output { lang, json, quiet, max_errors, color: When::Auto }
    }

    /// The same in another language.
    pub(crate) fn in_lang(&self, lang: Lang) -> Output {
        Output { lang, ..*self }
    }

    pub(crate) fn colored(self, color: When) -> Output {
        Output { color, ..self }
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

    /// A script, which is not for reading.
    pub(crate) fn script(&self, text: &str) {
        print(text);
    }

    /// A result as JSON.
    pub(crate) fn value(&self, value: &impl Serialize) {
        let text = serde_json::to_string_pretty(value).unwrap_or_else(|e| format!("\"{e}\""));
        print(&text);
    }

    /// What a rule has against something that was done all the same.
    pub(crate) fn warning(&self, code: &str, zh: &str, en: &str, next: &str) {
        let said = match self.lang {
            Lang::Zh => format!("注意[{code}] {zh}\n  下一步: {next}"),
            Lang::En => format!("warning[{code}] {en}\n  next: {next}"),
        };
        self.complain(&format!("{}\n", seen(&said)));
    }

    /// What is wrong, its code in colour where there are colours; the letters are the same without.
    fn complain(&self, text: &str) {
        let mut stream = AutoStream::new(std::io::stderr().lock(), self.color.choice());
        written(write!(stream, "{}", painted(text)));
    }

    /// A word beside the result.
    pub(crate) fn note(&self, zh: &str, en: &str) {
        if !self.quiet {
            written(writeln!(std::io::stderr().lock(), "{}", seen(self.say(zh, en))));
        }
    }

    pub(crate) fn failure(&self, failure: &Failure) {
        let failure = &failure.told(self.max_errors);
        if self.json {
            let text = serde_json::to_string_pretty(failure).unwrap_or_default();
            written(writeln!(std::io::stderr().lock(), "{text}"));
        } else {
            self.complain(&seen(&failure.text(self.lang)));
        }
    }
}

const RED: Style = AnsiColor::Red.on_default().bold();
const YELLOW: Style = AnsiColor::Yellow.on_default().bold();

/// What each line is called that says what is wrong, and its colour.
const TAGS: [(&str, Style); 4] =
    [("error[", RED), ("错误[", RED), ("warning[", YELLOW), ("注意[", YELLOW)];

fn painted(text: &str) -> String {
    let line = |line: &str| {
        let tag = TAGS.iter().find(|(tag, _)| line.starts_with(tag));
        match (tag, line.split_once(']')) {
            (Some((_, style)), Some((code, rest))) => format!("{style}{code}]{style:#}{rest}"),
            (Some(_) | None, _) => line.to_owned(),
        }
    };
    text.split_inclusive('\n').map(line).collect()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_code_of_what_is_wrong_is_coloured_and_nothing_else() {
        let plain = "错误[D01] 没有 [x]\n  下一步: a\nwarning[R02] b\n";
        let coloured = "\u{1b}[1m\u{1b}[31m错误[D01]\u{1b}[0m 没有 [x]\n  下一步: a\n\
                        \u{1b}[1m\u{1b}[33mwarning[R02]\u{1b}[0m b\n";
        assert_eq!(painted(plain), coloured);
        assert_eq!(anstream::adapter::strip_str(coloured).to_string(), plain);
    }
}
