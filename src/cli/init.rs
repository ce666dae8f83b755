//! `init`: a book begins, with its log key, its first fund and its first record.

use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::{Book, Folder, Instruction, Mode};
use mingzhang::chain::key::{KeyKind, KeyName, NoteKey};
use mingzhang::chain::policy::Policy;
use mingzhang::chain::record::Origin;
use mingzhang::chart::{Chart, ChartError};
use mingzhang::date::{Day, Instant, Offset};
use mingzhang::event::book::{ChartPin, Level, NewLedger};
use mingzhang::event::fund::NewFund;
use mingzhang::ids::{FundId, OfficerId, Text};
use mingzhang::rules::Command;
use mingzhang::store::files::write_whole;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Global;
use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::key::{self, Lock, key_failure};
use super::output::Output;
use super::world::World;

/// What an auditor needs to write a verifier; it travels with every bundle.
pub(crate) const FORMAT: &str = include_str!("../../docs/FORMAT.md");

#[derive(Args)]
pub(crate) struct Init {
    /// 账套名称 The book's name in the world, such as gh.example.org/branch-017
    #[arg(value_parser = origin)]
    origin: Origin,
    /// 单位名称 The union's name
    #[arg(long)]
    organisation: Text,
    /// 启用日 The first business day
    #[arg(long)]
    starts: Day,
    /// 基层或县级以上 grassroots or county
    #[arg(long, default_value = "grassroots", value_parser = level)]
    level: Level,
    /// 科目表 The chart of accounts: one that comes with the program, or a file (docs/charts.md)
    #[arg(long, value_name = "ID or FILE", default_value = mingzhang::chart::STATUTORY)]
    chart: String,
    /// 时区 The union's own time
    #[arg(long, default_value = "+08:00", allow_hyphen_values = true)]
    utc_offset: Offset,
    /// 见证人公钥 A witness's verification key, and behind a space its URL, if it has one; all of
    /// them make the quorum
    #[arg(long, value_name = "VKEY or FILE [URL]")]
    witness: Vec<String>,
    /// 见证规则 A policy file, instead of --witness
    #[arg(long, value_name = "FILE", conflicts_with = "witness")]
    policy: Option<PathBuf>,
    #[command(flatten)]
    lock: Lock,
}

/// What a book is called; that the union has a name of its own is said where one is given instead.
fn origin(text: &str) -> Result<Origin, String> {
    Origin::parse(text).map_err(|_| {
        format!(
            "a book's name is 1 to 120 letters, digits and marks without spaces, '+' and '\"', such as \
             gh.example.org/branch-017; the union's own name goes to --organisation: {text:?}"
        )
    })
}

fn level(text: &str) -> Result<Level, String> {
    serde_json::from_value(text.into()).map_err(|_| "grassroots or county".to_owned())
}

impl Init {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        let by = global.officer.clone().ok_or_else(|| {
            Failure::usage("用 --as 说明由谁建账", "say who begins the book: --as OFFICER")
        })?;
        let name = KeyName::parse(self.origin.as_str()).map_err(|e| key_failure(&e))?;
        let key = NoteKey::from_seed(name, KeyKind::Log, &World::random()?);
        let policy = self.policy_text(&key)?;
        let new = NewBook {
            origin: self.origin,
            organisation: self.organisation,
            level: self.level,
            chart: chart_of(&self.chart)?,
            starts: self.starts,
            utc_offset: self.utc_offset,
            policy,
            by,
        };
        let now = world.now();
        // A passphrase that is not given must leave no half of a book behind.
        let pem = key::sealed(&key, &self.lock, world)?;
        let keep = |path: &Path| key::put(path, &pem);
        let book = begin(&global.book, new, &key, World::random()?, now, keep)?;
        let head = book.reading().head;
        if out.json {
            let vkey = key.vkey().to_string();
            out.value(&json!({ "origin": book.origin(), "log": vkey, "head": head }));
        } else {
            out.text(&format!("{}\nhead {head}", key.vkey()));
            out.note(
                "账套已建立。下一步：mingzhang record officer.appoint --help",
                "the book has begun; next: mingzhang record officer.appoint --help",
            );
        }
        Ok(())
    }

    fn policy_text(&self, key: &NoteKey) -> Result<String, Failure> {
        if let Some(path) = &self.policy {
            return std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e));
        }
        let mut witnesses = Vec::new();
        for witness in &self.witness {
            let (said, url) = witness.split_once(' ').unwrap_or((witness, ""));
            let vkey = std::fs::read_to_string(said).unwrap_or_else(|_| said.to_owned());
            witnesses.push(format!("{} {url}", vkey.trim()).trim_end().to_owned());
        }
        Ok(policy_of(key, &witnesses))
    }
}

/// The chart that comes with the program under that id, else the one that is in that file.
pub(crate) fn chart_of(asked: &str) -> Result<Chart, Failure> {
    if let Some(chart) = Chart::built_in(asked) {
        return Ok(chart);
    }
    let path = Path::new(asked);
    if !path.exists() {
        let known: Vec<&str> = Chart::built_in_ids().collect();
        let known = known.join(", ");
        return Err(Failure::usage(
            format!("没有科目表 {asked}，也没有这个文件；现有：{known}"),
            format!("there is no chart {asked}, and no such file; there are: {known}"),
        )
        .next("mingzhang init --help"));
    }
    let text = std::fs::read_to_string(path).map_err(|e| Failure::file(path, &e))?;
    Chart::from_json(&text).map_err(|error| not_a_chart(asked, &error))
}

/// Everything that is wrong with a chart file.
fn not_a_chart(path: &str, error: &ChartError) -> Failure {
    let problem = |code: &str, said: &str| {
        let (zh, en) = (format!("{path}：{}", chinese(&said)), format!("{path}: {said}"));
        Problem::new(code, zh, en).next("mingzhang schema chart")
    };
    let errors = match error {
        ChartError::Json(_) => vec![problem("CHT1", &error.to_string())],
        ChartError::Faults(faults) => {
            faults.iter().map(|fault| problem("CHT2", &fault.to_string())).collect()
        }
    };
    Failure::all(exit::USAGE, errors)
}

/// The text of a chart that does not come with the program.
fn own_text(chart: &Chart) -> Option<String> {
    let built_in = Chart::built_in(chart.id().as_str());
    let is_built_in = built_in.is_some_and(|known| known.sha256() == chart.sha256());
    (!is_built_in).then(|| chart.json().to_owned())
}

/// A policy in which every witness has to cosign.
pub(crate) fn policy_of(log: &NoteKey, witnesses: &[String]) -> String {
    use std::fmt::Write as _;
    let mut text = format!("log {}\n", log.vkey());
    let names: Vec<String> = (1..=witnesses.len()).map(|n| format!("w{n}")).collect();
    for (name, vkey) in names.iter().zip(witnesses) {
        writeln!(text, "witness {name} {vkey}").ok();
    }
    match names.as_slice() {
        [] => text.push_str("quorum none\n"),
        [one] => writeln!(text, "quorum {one}").unwrap_or_default(),
        all => writeln!(text, "group all-of-them all {}\nquorum all-of-them", all.join(" "))
            .unwrap_or_default(),
    }
    text
}

/// What a book begins with.
pub(crate) struct NewBook {
    pub(crate) origin: Origin,
    pub(crate) organisation: Text,
    pub(crate) level: Level,
    pub(crate) chart: Chart,
    pub(crate) starts: Day,
    pub(crate) utc_offset: Offset,
    pub(crate) policy: String,
    pub(crate) by: OfficerId,
}

/// Makes the folder, keeps the key, and records the beginning and the general fund.
pub(crate) fn begin(
    path: &Path,
    new: NewBook,
    key: &NoteKey,
    random: [u8; 32],
    now: Instant,
    keep_key: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<Book, Failure> {
    Policy::parse(&new.policy).map_err(|errors| {
        Failure::one(
            exit::USAGE,
            Problem::new(
                "POL1",
                format!("见证规则不合规定：{}", chinese(&errors)),
                errors.to_string(),
            ),
        )
    })?;
    let chart = new.chart;
    let sha256 = |text: &str| blake3::Hash::from_bytes(Sha256::digest(text).into()).to_string();
    let ledger = NewLedger {
        random: blake3::Hash::from_bytes(random).to_string(),
        organisation: new.organisation,
        level: new.level,
        currency: chart.currency().to_owned(),
        chart: ChartPin { id: chart.id().to_string(), sha256: chart.sha256().to_owned() },
        starts: new.starts,
        utc_offset: new.utc_offset,
        log: key.vkey().to_string(),
        policy_sha256: sha256(&new.policy),
        policy: new.policy,
        format_sha256: sha256(FORMAT),
    };
    let folder = Folder::new(path);
    let own_chart = own_text(&chart).filter(|_| !folder.chart().exists());
    let mut book = Book::create(path, &new.origin, chart, &format!("pid {}", std::process::id()))?;
    let policy = ledger.policy.clone();
    let general = NewFund {
        fund: FundId::general(),
        name: text("一般资金")?,
        restricted: false,
        purpose: text("工会日常收支")?,
    };
    let instruction = |command: Command, key: &str| Instruction {
        command,
        by: new.by.clone(),
        key: key.to_owned(),
        signed: None,
    };
    let first = [
        instruction(Command::CreateLedger(ledger), "init"),
        instruction(Command::EstablishFund(general), "init-general-fund"),
    ];
    let kept = keep_keys(&folder, key, &policy, keep_key).and_then(|()| match &own_chart {
        Some(text) => Ok(write_whole(&folder.chart(), text)?),
        None => Ok(()),
    });
    let begun = kept.and_then(|()| {
        let recorded = book.record(&first, now, Mode::default());
        recorded.map_err(|error| {
            // This run made it, and nothing was ever signed with it.
            std::fs::remove_file(folder.log_key()).ok();
            Failure::not_recorded(error, |_| None)
        })
    });
    if let Err(failure) = begun {
        drop(book);
        clear(&folder, own_chart.is_some());
        return Err(failure);
    }
    Ok(book)
}

fn keep_keys(
    folder: &Folder,
    key: &NoteKey,
    policy: &str,
    keep_key: impl FnOnce(&Path) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let keys = folder.keys();
    std::fs::create_dir_all(&keys).map_err(|e| Failure::file(&keys, &e))?;
    let vkey = folder.log_vkey();
    std::fs::write(&vkey, format!("{}\n", key.vkey())).map_err(|e| Failure::file(&vkey, &e))?;
    // For the auditors, who keep it themselves: `verify` never takes a policy from a book.
    let path = folder.policy();
    std::fs::write(&path, policy).map_err(|e| Failure::file(&path, &e))?;
    keep_key(&folder.log_key())
}

/// A book that could not begin leaves nothing behind that would be in the way of the next attempt.
fn clear(folder: &Folder, chart_was_kept: bool) {
    use std::fs::{remove_dir, remove_dir_all, remove_file};
    if !std::fs::metadata(folder.events()).is_ok_and(|log| log.len() == 0) {
        return;
    }
    remove_file(folder.events()).ok();
    remove_dir_all(folder.store()).ok();
    remove_file(folder.log_vkey()).ok();
    remove_file(folder.policy()).ok();
    if chart_was_kept {
        remove_file(folder.chart()).ok();
    }
    remove_file(folder.path().join("lock")).ok();
    // These go only if nothing else is in them.
    remove_dir(folder.keys()).ok();
    remove_dir(folder.path()).ok();
}

fn text(text: &str) -> Result<Text, Failure> {
    Text::parse(text).map_err(|e| Failure::usage(chinese(&e), e.to_string()))
}
