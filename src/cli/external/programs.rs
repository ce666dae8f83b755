//! The programs of others: how each is asked, in a folder of their own, for no longer than is allowed.

use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use clap::ValueEnum;

use super::super::failure::Failure;
use super::super::world::World;

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Tool {
    /// 记账程序 hledger
    Hledger,
    /// 记账程序 ledger
    Ledger,
    /// 记账程序 beancount, with bean-check and bean-query
    #[value(alias = "bean-check")]
    Beancount,
}

impl Tool {
    pub(super) const ALL: [Tool; 3] = [Tool::Hledger, Tool::Ledger, Tool::Beancount];

    pub(super) fn name(self) -> &'static str {
        match self {
            Tool::Hledger => "hledger",
            Tool::Ledger => "ledger",
            Tool::Beancount => "beancount",
        }
    }

    /// What checks a file.
    pub(super) fn program(self) -> &'static str {
        match self {
            Tool::Hledger => "hledger",
            Tool::Ledger => "ledger",
            Tool::Beancount => "bean-check",
        }
    }

    /// What says how much stands on each account.
    pub(super) fn adds_up(self) -> &'static str {
        match self {
            Tool::Hledger => "hledger",
            Tool::Ledger => "ledger",
            Tool::Beancount => "bean-query",
        }
    }

    pub(super) fn check(self, file: &str) -> Vec<&str> {
        match self {
            Tool::Hledger => vec!["-f", file, "check", "--strict", "ordereddates"],
            Tool::Ledger => vec!["-f", file, "--strict", "--pedantic", "bal"],
            Tool::Beancount => vec!["--no-cache", file],
        }
    }

    pub(super) fn balances(self, file: &str) -> Vec<&str> {
        const LEDGER: &str = "%(account),%(quantity(scrub(display_total)))\n";
        match self {
            Tool::Hledger => {
                vec!["-f", file, "bal", "-N", "--flat", "-E", "--layout=bare", "-O", "csv"]
            }
            Tool::Ledger => {
                vec![
                    "-f",
                    file,
                    "bal",
                    "--flat",
                    "--no-total",
                    "--empty",
                    "--balance-format",
                    LEDGER,
                ]
            }
            Tool::Beancount => {
                vec!["-f", "csv", file, "SELECT account, sum(number) GROUP BY account"]
            }
        }
    }
}

/// How a run ended.
#[derive(Debug)]
pub(super) enum Ended {
    Well,
    /// With a status that is not 0.
    Badly,
    /// Not by itself, or it could not be begun.
    Killed(String),
    /// There is no such program.
    Missing,
    TimedOut,
}

#[derive(Debug)]
pub(super) struct Ran {
    pub(super) ended: Ended,
    pub(super) out: String,
    err: String,
    pub(super) milliseconds: u64,
}

impl Ran {
    /// The first lines of what it complained of.
    pub(super) fn first_lines(&self) -> Vec<String> {
        const LINES_MAX: usize = 5;
        let said = if self.err.trim().is_empty() { &self.out } else { &self.err };
        let lines = said.lines().filter(|line| !line.trim().is_empty());
        lines.take(LINES_MAX).map(|line| line.trim_end().to_owned()).collect()
    }
}

/// A folder that goes away with it: nobody else reads there.
pub(super) struct Desk {
    folder: PathBuf,
    patience: Duration,
}

impl Desk {
    pub(super) fn new(patience: Duration) -> Result<Desk, Failure> {
        let random = u64::from_be_bytes(World::random()?);
        let folder = std::env::temp_dir().join(format!("mingzhang-{random:016x}"));
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        builder.create(&folder).map_err(|e| Failure::file(&folder, &e))?;
        Ok(Desk { folder, patience })
    }

    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(super) fn put(&self, name: &str, bytes: &[u8]) -> Result<String, Failure> {
        let path = self.folder.join(name);
        let written = File::create_new(&path).and_then(|mut file| file.write_all(bytes));
        written.map_err(|e| Failure::file(&path, &e))?;
        Ok(name.to_owned())
    }

    /// Runs a program in the folder. What it says goes into files, so that no pipe can fill up.
    pub(super) fn run(&self, program: &str, arguments: &[&str]) -> Result<Ran, Failure> {
        let paths = ["said", "complained"].map(|name| self.folder.join(name));
        let [out, err] = &paths;
        let file = |path: &Path| File::create(path).map_err(|e| Failure::file(path, &e));
        let mut command = Command::new(program);
        command.args(arguments).current_dir(&self.folder);
        command.stdin(Stdio::null()).stdout(file(out)?).stderr(file(err)?);
        // hledger dies on Chinese text in any other locale; no file of the user's own is mixed in.
        command.env("LC_ALL", "C.UTF-8").env_remove("LEDGER_FILE").env_remove("LEDGER");
        if matches!(program, "hledger" | "ledger") {
            command.env("HOME", &self.folder).env_remove("XDG_CONFIG_HOME");
        }
        let begun = Instant::now();
        let ended = match command.spawn() {
            Ok(mut child) => self.wait(&mut child, begun),
            Err(error) if error.kind() == ErrorKind::NotFound => Ended::Missing,
            Err(error) => Ended::Killed(error.to_string()),
        };
        let milliseconds = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        Ok(Ran { ended, out: text(out), err: text(err), milliseconds })
    }

    fn wait(&self, child: &mut Child, begun: Instant) -> Ended {
        const LOOK_EVERY: Duration = Duration::from_millis(10);
        loop {
            match child.try_wait() {
                Ok(Some(status)) => return of(status),
                Ok(None) if begun.elapsed() >= self.patience => {
                    child.kill().ok();
                    child.wait().ok();
                    return Ended::TimedOut;
                }
                Ok(None) => std::thread::sleep(LOOK_EVERY),
                Err(error) => return Ended::Killed(error.to_string()),
            }
        }
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.folder).ok();
    }
}

fn of(status: ExitStatus) -> Ended {
    match status.code() {
        Some(0) => Ended::Well,
        Some(_) => Ended::Badly,
        None => Ended::Killed(status.to_string()),
    }
}

/// As much of it as anybody will look at; a program that runs wild fills a disk, and not our memory.
fn text(path: &Path) -> String {
    const BYTES_MAX: u64 = 64 << 20;
    let mut bytes = Vec::new();
    if let Ok(file) = File::open(path) {
        file.take(BYTES_MAX).read_to_end(&mut bytes).ok();
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
