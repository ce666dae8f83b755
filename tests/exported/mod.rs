//! A book as programs that are not ours read it.
//!
//! A program that is not installed is skipped and said to be, unless `MINGZHANG_FOREIGN` is `1`.
#![allow(
    clippy::unwrap_used,
    clippy::print_stderr,
    reason = "helpers of tests; a failure is a panic, and what is skipped is said"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use mingzhang::chart::Chart;
use mingzhang::export::{By, Export, Exported, Extent, beancount, closing, journal};
use mingzhang::money::Money;
use mingzhang::projection::State;

pub(crate) const BOTH: [By; 2] = [By::Currency, By::Fund];

/// A book as it is given to an export.
pub(crate) struct Exports {
    pub(crate) records: Vec<Exported>,
    pub(crate) state: State,
    pub(crate) chart: Chart,
}

impl Exports {
    pub(crate) fn export(&self, by: By) -> Export<'_> {
        let extent = Extent::default();
        Export { records: &self.records, state: &self.state, chart: &self.chart, by, extent }
    }

    pub(crate) fn journal(&self, by: By) -> String {
        let mut out = Vec::new();
        journal::write(&self.export(by), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    pub(crate) fn beancount(&self, by: By) -> String {
        let mut out = Vec::new();
        beancount::write(&self.export(by), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    pub(crate) fn trial_balance(&self, by: By) -> BTreeMap<String, Money> {
        closing(&self.export(by)).into_iter().map(|c| (c.account, c.balance)).collect()
    }
}

/// Programs that are not ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Program {
    Hledger,
    Ledger,
    BeanCheck,
    BeanQuery,
}

impl Program {
    fn name(self) -> &'static str {
        match self {
            Program::Hledger => "hledger",
            Program::Ledger => "ledger",
            Program::BeanCheck => "bean-check",
            Program::BeanQuery => "bean-query",
        }
    }

    /// Whether it can be run here.
    pub(crate) fn is_here(self) -> bool {
        let version = Command::new(self.name()).arg("--version").output();
        if version.is_ok_and(|output| output.status.success()) {
            return true;
        }
        let required = std::env::var_os("MINGZHANG_FOREIGN").is_some_and(|value| value == "1");
        assert!(!required, "{} is not installed", self.name());
        eprintln!("skipped: {} is not installed", self.name());
        false
    }

    fn run(self, arguments: &[&str]) -> (bool, String) {
        // hledger dies on Chinese text in any other locale.
        let mut command = Command::new(self.name());
        let output = command.args(arguments).env("LC_ALL", "C.UTF-8").output().unwrap();
        let text = [output.stdout.as_slice(), output.stderr.as_slice()]
            .map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        let good = output.status.success();
        (good, if good { text[0].clone() } else { text.concat() })
    }

    /// Whether it accepts the file, and what it says.
    pub(crate) fn accepts(self, file: &str) -> (bool, String) {
        match self {
            Program::Hledger => self.run(&["-f", file, "check", "--strict", "ordereddates"]),
            Program::Ledger => self.run(&["-f", file, "--strict", "--pedantic", "bal"]),
            Program::BeanCheck => self.run(&["--no-cache", file]),
            Program::BeanQuery => self.run(&["-q", file, "SELECT account"]),
        }
    }

    /// Its own trial balance, read from CSV.
    pub(crate) fn trial_balance(self, file: &str) -> BTreeMap<String, Money> {
        let format = "%(account),%(quantity(scrub(display_total)))\n";
        let arguments: &[&str] = match self {
            Program::Hledger => {
                &["-f", file, "bal", "-N", "--flat", "-E", "--layout=bare", "-O", "csv"]
            }
            Program::Ledger => {
                &["-f", file, "bal", "--flat", "--no-total", "--empty", "--balance-format", format]
            }
            Program::BeanCheck | Program::BeanQuery => {
                &["-f", "csv", file, "SELECT account, sum(number) GROUP BY account"]
            }
        };
        let (good, said) = self.run(arguments);
        assert!(good, "{self:?}: {said}");
        said.lines().filter_map(balance_in).collect()
    }
}

/// Account and balance: the first and the last cell. A head line has no balance.
fn balance_in(line: &str) -> Option<(String, Money)> {
    let cells: Vec<&str> = line.split(',').map(|cell| cell.trim().trim_matches('"')).collect();
    let (account, balance) = (cells.first()?, cells.last()?);
    if !account.contains(':') {
        return None;
    }
    // ledger leaves zeros at the end out, and hledger all of nothing.
    let (whole, fraction) = balance.split_once('.').unwrap_or((balance, ""));
    let whole = if whole.is_empty() { "0" } else { whole };
    let balance = format!("{whole}.{fraction:0<2}");
    Some(((*account).to_owned(), Money::parse(&balance).unwrap()))
}

/// Files of their own, gone when the test is over.
pub(crate) struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    pub(crate) fn new() -> Files {
        Files { folder: tempfile::tempdir().unwrap() }
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path: PathBuf = self.folder.path().join(name);
        fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    }
}

/// Every program that is here agrees with us, in both forms.
pub(crate) fn agree(given: &Exports) {
    for program in [Program::Hledger, Program::Ledger, Program::BeanCheck] {
        agrees(given, program);
    }
}

/// It accepts its export in both forms, and finds our balance on each account.
pub(crate) fn agrees(given: &Exports, program: Program) {
    if !program.is_here() {
        return;
    }
    let files = Files::new();
    for by in BOTH {
        let ours = given.trial_balance(by);
        assert!(!ours.is_empty());
        let (file, adds_up) = match program {
            Program::Hledger | Program::Ledger => {
                (files.write("book.journal", &given.journal(by)), program)
            }
            // It comes with beancount 2 alone.
            Program::BeanCheck | Program::BeanQuery => {
                (files.write("book.beancount", &given.beancount(by)), Program::BeanQuery)
            }
        };
        let (accepted, said) = program.accepts(&file);
        assert!(accepted, "{program:?} {by:?}: {said}");
        if adds_up.is_here() {
            assert_eq!(adds_up.trial_balance(&file), ours, "{program:?} {by:?}");
        }
    }
}
