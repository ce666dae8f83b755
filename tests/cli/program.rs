//! The program, run in a folder of its own; and the demo's book, made once and copied.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use tempfile::TempDir;

/// What a run gave.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    /// The run is expected to end with this.
    #[track_caller]
    pub(crate) fn ends(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "{}\n{}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap()
    }

    /// The codes of the errors, from `--json`.
    #[track_caller]
    pub(crate) fn errors(&self) -> Vec<serde_json::Value> {
        let said: serde_json::Value = serde_json::from_str(&self.err).unwrap();
        said["errors"].as_array().unwrap().clone()
    }
}

/// A place to work in, with a clock.
pub(crate) struct Desk {
    dir: TempDir,
    pub(crate) clock: &'static str,
}

pub(crate) const AFTER_THE_DEMO: &str = "2026-01-06T01:00:00Z";

impl Desk {
    pub(crate) fn new() -> Desk {
        Desk { dir: tempfile::tempdir().unwrap(), clock: AFTER_THE_DEMO }
    }

    /// With a copy of the demo's folder as `d`.
    pub(crate) fn with_demo() -> Desk {
        static DEMO: LazyLock<Desk> = LazyLock::new(|| {
            let desk = Desk::new();
            desk.run(&words("demo d --seed 1 --clock 2026-01-05T01:00:00Z")).ends(0);
            desk
        });
        let desk = Desk::new();
        copy(&DEMO.path("d"), &desk.path("d"));
        desk
    }

    /// With a book of five members in `b`, as the manual's page 00 begins it.
    pub(crate) fn with_small_book() -> Desk {
        static BOOK: LazyLock<Desk> = LazyLock::new(|| {
            let desk = Desk::new();
            let begin = "-b b --as acc init gh.example.org/shop --organisation 示例工会 \
                         --starts 2025-01-01 --no-passphrase";
            desk.say(begin).ends(0);
            let file = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/practices/00-begin.jsonl");
            desk.run(&["-b", "b", "apply", file]).ends(0);
            desk
        });
        let desk = Desk::new();
        copy(&BOOK.path("b"), &desk.path("b"));
        desk
    }

    /// The same, with a practice of the manual recorded after it.
    pub(crate) fn with_practice(name: &str) -> Desk {
        let desk = Desk::with_small_book();
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/practices");
        let file = folder.join(format!("{name}.jsonl"));
        desk.run(&["-b", "b", "apply", &file.display().to_string()]).ends(0);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_mingzhang"));
        command.args(args).current_dir(self.dir.path());
        command.env_clear().env("LC_ALL", "C").env("MINGZHANG_CLOCK", self.clock);
        command.stdin(Stdio::null());
        command
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        ran(self.command(args))
    }

    /// A run that is typed as one line.
    pub(crate) fn say(&self, line: &str) -> Ran {
        self.run(&words(line))
    }

    pub(crate) fn run_with_input(&self, line: &str, input: &[u8]) -> Ran {
        let mut command = self.command(&words(line));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        of(&output)
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    pub(crate) fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).unwrap();
    }

    pub(crate) fn copy(&self, from: &str, to: &str) {
        copy(&self.path(from), &self.path(to));
    }
}

/// A text with every hash in it as `[..]`.
pub(crate) fn without_hashes(text: &str) -> String {
    let is_hash = |word: &str| word.len() == 64 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let line = |line: &str| {
        let words = line.split(' ').map(|word| if is_hash(word) { "[..]" } else { word });
        words.collect::<Vec<_>>().join(" ")
    };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

pub(crate) fn words(line: &str) -> Vec<&str> {
    line.split_whitespace().collect()
}

fn ran(mut command: Command) -> Ran {
    of(&command.output().unwrap())
}

fn of(output: &std::process::Output) -> Ran {
    Ran {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout.clone()).unwrap(),
        err: String::from_utf8(output.stderr.clone()).unwrap(),
    }
}

pub(crate) fn copy(from: &Path, to: &Path) {
    if !from.is_dir() {
        fs::copy(from, to).unwrap();
        return;
    }
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        copy(&entry.path(), &to.join(entry.file_name()));
    }
}

/// Every file below a folder, with its bytes.
pub(crate) fn files(folder: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
    found
}
