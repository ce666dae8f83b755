//! What the library is not told by itself: the time, the language, randomness, the terminal.

use std::io::IsTerminal;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use mingzhang::book::{Folder, Reading};
use mingzhang::date::Instant;
use mingzhang::ids::OfficerId;
use mingzhang::lang::Lang;

use super::Global;
use super::failure::Failure;

#[derive(Clone)]
pub(crate) struct World {
    pub(crate) lang: Lang,
    clock: Option<Instant>,
    progress: bool,
    pub(crate) may_ask: bool,
}

impl World {
    pub(crate) fn new(global: &Global) -> World {
        let terminal = std::io::stderr().is_terminal();
        World {
            lang: global.lang.unwrap_or_else(locale),
            clock: global.clock,
            progress: terminal && !global.quiet && !global.no_progress,
            may_ask: std::io::stdin().is_terminal() && terminal && !global.no_input,
        }
    }

    /// The time now, or what `--clock` says it is.
    pub(crate) fn now(&self) -> Instant {
        #[allow(clippy::disallowed_methods, reason = "the one place that reads the clock")]
        let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seconds = since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX));
        self.clock.or_else(|| Instant::from_unix(seconds)).unwrap_or(Instant::EPOCH)
    }

    pub(crate) fn random<const N: usize>() -> Result<[u8; N], Failure> {
        let mut bytes = [0; N];
        match getrandom::fill(&mut bytes) {
            Ok(()) => Ok(bytes),
            Err(error) => Err(Failure::io(
                "IO9",
                format!("系统没有给出随机数：{error}"),
                format!("the system gave no random bytes: {error}"),
            )),
        }
    }

    /// The same world at another time.
    pub(crate) fn at(&self, clock: Option<Instant>) -> World {
        World { clock: clock.or(self.clock), ..self.clone() }
    }

    /// A count of records on standard error while something long goes on.
    pub(crate) fn progress(&self, zh: &'static str, en: &'static str) -> ProgressBar {
        if !self.progress {
            return ProgressBar::hidden();
        }
        let what = match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        };
        let bar = ProgressBar::new_spinner().with_message(what);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {human_pos} ({per_sec})") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(100));
        bar
    }

    /// The same, of so many in all.
    pub(crate) fn progress_of(&self, zh: &'static str, en: &'static str, all: u64) -> ProgressBar {
        let bar = self.progress(zh, en);
        bar.set_length(all);
        let style = "{spinner} {msg} {bar:30} {human_pos}/{human_len} ({per_sec}, {eta})";
        if let Ok(style) = ProgressStyle::with_template(style) {
            bar.set_style(style);
        }
        bar
    }

    /// The same, where nothing can be counted.
    pub(crate) fn busy(&self, zh: &'static str, en: &'static str) -> ProgressBar {
        let bar = self.progress(zh, en);
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
            bar.set_style(style);
        }
        bar
    }

    /// A book as it is now, for whoever reads it.
    pub(crate) fn reading(&self, folder: &Folder) -> Result<Reading, Failure> {
        let bar = self.progress("读取", "reading");
        let reading = Reading::open(folder, &mut |n| bar.set_position(n));
        bar.finish_and_clear();
        Ok(reading?)
    }

    /// One line for whoever finds the book in use.
    pub(crate) fn holder(&self, officer: Option<&OfficerId>) -> String {
        let who = officer.map_or("-", |officer| officer.as_str());
        format!("pid {}, {who}, since {}", std::process::id(), self.now())
    }

    /// A passphrase, asked for on the terminal or read from the file that was named.
    pub(crate) fn passphrase(
        &self,
        file: Option<&std::path::Path>,
        prompt: &str,
    ) -> Result<Option<String>, Failure> {
        if let Some(path) = file {
            let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
            return Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()));
        }
        if !self.may_ask {
            return Ok(None);
        }
        let asked = rpassword::prompt_password(prompt);
        asked.map(Some).map_err(|e| Failure::file(std::path::Path::new("terminal"), &e))
    }
}

pub(crate) fn locale() -> Lang {
    let said = set(LANGUAGE);
    if said.is_some_and(|said| said.starts_with("zh")) { Lang::Zh } else { Lang::En }
}

/// Which variable says the language.
pub(crate) fn locale_variable() -> Option<&'static str> {
    LANGUAGE.into_iter().find(|name| variable(name).is_some())
}

/// How texts are written here, such as `zh_CN.UTF-8`; `None` where nothing says so.
pub(crate) fn encoding() -> Option<String> {
    set(["LC_ALL", "LC_CTYPE", "LANG"])
}

const LANGUAGE: [&str; 3] = ["LC_ALL", "LC_MESSAGES", "LANG"];

fn set(names: [&str; 3]) -> Option<String> {
    names.iter().find_map(|name| variable(name))
}

/// A variable of the environment; one that is empty says nothing.
pub(crate) fn variable(name: &str) -> Option<String> {
    #[allow(clippy::disallowed_methods, reason = "the one place that reads the environment")]
    let said = std::env::var(name).ok();
    said.filter(|value| !value.is_empty())
}
