//! `doctor`: a book, its keys and its witnesses looked over: what is well, what is good to know,
//! what is still to be done, what needs attention, and the command that helps. It mends nothing that opening does not mend.

mod policy;
mod witnessed;
mod keys;
mod daily;

use std::path::PathBuf;

use clap::Args;
use mingzhang::book::{Folder, Reading};
use mingzhang::date::Instant;
use mingzhang::lang::Lang;
use mingzhang::store::disk::DiskStore;
use mingzhang::store::log::LogEnd;
use mingzhang::store::opening::OpenError;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::config::layers::Settings;
use super::failure::{Failure, Problem, exit};
use super::init::FORMAT;
use super::output::Output;
use super::verify::index_problems;
use super::world::{World, encoding};
use super::{Global, history};

/// How old a cosignature may be before a book counts as not witnessed (docs/FORMAT.md, section 12).
const MAX_AGE_DAYS: i64 = 35;
const DAY_SECONDS: i64 = 86_400;

#[derive(Args)]
pub(crate) struct Doctor {
    /// 账套 The book; the book of --book unless given
    path: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
enum Status {
    Ok,
    /// Good to know; nothing has to be done.
    Note,
    /// Not yet done, and not yet overdue: a new book is well without it.
    Advice,
    /// A fault, or what should have been done by now.
    Attention,
}

/// What is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Looked {
    Program,
    Settings,
    Locale,
    Snapshots,
    Book,
    Index,
    Log,
    Lock,
    SetAside,
    Format,
    Clock,
    Checkpoint,
    Closings,
    Notices,
    Requests,
    Statements,
    Terms,
    Witnesses,
    Witness,
    Quorum,
    Unwitnessed,
    Vault,
    Attachments,
    Keys,
}

impl Looked {
    /// What each is called in JSON, what is looked at there, and what to do when it needs attention.
    pub(super) const MEANINGS: &'static [(&'static str, [&'static str; 2])] = &[
        ("program", ["程序的版本和语言", "the version and the language of the program"]),
        (
            "settings",
            ["设置文件有没有错误", "whether anything is wrong with the files of settings"],
        ),
        ("locale", ["系统的字符编码是否为 UTF-8", "whether the system's encoding is UTF-8"]),
        (
            "snapshots",
            [
                "快照与重演的结果是否一致；快照只是缓存",
                "whether the snapshot is what a replay gives; it is only a cache",
            ],
        ),
        ("book", ["日志能否从头读到尾", "whether the log is read from its beginning to its end"]),
        (
            "index",
            [
                "索引与日志是否一致；索引可由日志重建",
                "whether index and log agree; the index is built from the log",
            ],
        ),
        ("log", ["日志末尾有没有未完成的写入", "whether the log ends in an unfinished append"]),
        ("lock", ["账套是否正被使用", "whether somebody is using the book"]),
        (
            "set_aside",
            [
                "打开时移到一旁的文件，须有人看过",
                "files that opening set aside, which a person has to look at",
            ],
        ),
        (
            "format",
            [
                "格式说明是否为建账时的那一份",
                "whether the format description is the one of the beginning",
            ],
        ),
        ("clock", ["时钟是否早于上一条记录", "whether the clock is before the last record"]),
        (
            "checkpoint",
            [
                "有没有检查点，是否过久未签",
                "whether there is a checkpoint, and whether it is too old",
            ],
        ),
        ("closings", ["结账之后是否签过检查点", "whether a checkpoint was signed after a closing"]),
        ("notices", ["已结账的月份是否按期公示", "whether closed months were posted in time"]),
        (
            "requests",
            [
                "有没有待批或待付的用款申请",
                "whether requests wait for an approval or for their payment",
            ],
        ),
        (
            "statements",
            [
                "最近的银行对账单有没有未勾对的行",
                "whether lines of the newest bank statement are not matched",
            ],
        ),
        ("terms", ["任期是否届满", "whether a term of office is over"]),
        ("witnesses", ["是否约定了见证人", "whether witnesses were agreed on"]),
        ("witness", ["见证人最近何时见证", "when a witness cosigned last"]),
        ("quorum", ["见证人是否足数", "whether enough witnesses have cosigned"]),
        ("unwitnessed", ["有多少记录还没有见证", "how many records nobody has witnessed yet"]),
        (
            "vault",
            [
                "保险箱与账套登记的个人信息是否一致",
                "whether the vault holds what the book is committed to",
            ],
        ),
        ("attachments", ["附件是否都在且未改动", "whether all papers are there, as they were"]),
        (
            "keys",
            [
                "密钥文件是否在，权限是否过宽",
                "whether the key files are there, and nobody else may read them",
            ],
        ),
    ];

    fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Looked::Program => ("程序", "program"),
            Looked::Settings => ("设置", "settings"),
            Looked::Locale => ("字符编码", "locale"),
            Looked::Snapshots => ("快照", "snapshots"),
            Looked::Book => ("账套", "book"),
            Looked::Index => ("索引", "index"),
            Looked::Log => ("日志", "log"),
            Looked::Lock => ("占用", "lock"),
            Looked::SetAside => ("移到一旁的文件", "set_aside"),
            Looked::Format => ("格式说明", "format"),
            Looked::Clock => ("时钟", "clock"),
            Looked::Checkpoint => ("检查点", "checkpoint"),
            Looked::Closings => ("结账后的检查点", "closings"),
            Looked::Notices => ("公示", "notices"),
            Looked::Requests => ("用款申请", "requests"),
            Looked::Statements => ("银行对账单", "statements"),
            Looked::Terms => ("任期", "terms"),
            Looked::Witnesses => ("见证规则", "witnesses"),
            Looked::Witness => ("见证人", "witness"),
            Looked::Quorum => ("法定人数", "quorum"),
            Looked::Unwitnessed => ("未见证的记录", "unwitnessed"),
            Looked::Vault => ("保险箱", "vault"),
            Looked::Attachments => ("附件", "attachments"),
            Looked::Keys => ("密钥", "keys"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

#[derive(Serialize)]
struct Check {
    name: Looked,
    status: Status,
    #[serde(flatten)]
    said: Problem,
}

/// The checks of one book, in the order in which they are said.
struct Findings {
    folder: Folder,
    now: Instant,
    checks: Vec<Check>,
}

impl Doctor {
    pub(crate) fn run(
        self,
        global: &Global,
        settings: &Settings,
        world: &World,
        out: &Output,
    ) -> Result<u8, Failure> {
        let folder = Folder::new(self.path.as_deref().unwrap_or(&global.book));
        let log = folder.events();
        if !folder.is_book() {
            // A bundle has nothing to look after, and no book has no log.
            std::fs::metadata(&log).map_err(|e| Failure::file(&log, &e))?;
            let shown = folder.path().display();
            return Err(Failure::usage(
                format!("{shown} 是审计包，不是账套：请用 verify"),
                format!("{shown} is a bundle and no book: verify it"),
            )
            .next(format!("mingzhang verify {shown}")));
        }
        let mut found = Findings { folder, now: world.now(), checks: Vec::new() };
        found.program(out);
        found.settings(settings);
        if let Some(reading) = found.book(world) {
            found.format(&reading);
            found.clock(&reading);
            found.terms(&reading);
            found.checkpoints(&reading)?;
            found.witnesses(&reading)?;
            found.apart(world, out)?;
            found.notices(&reading);
            found.requests(&reading);
            found.statements(&reading);
        }
        found.set_aside();
        found.keys();
        let ill = found.checks.iter().any(|check| check.status == Status::Attention);
        print(&found.checks, out);
        Ok(if ill { exit::PROBLEMS } else { exit::DONE })
    }
}

fn print(checks: &[Check], out: &Output) {
    let count = |status| checks.iter().filter(|check| check.status == status).count();
    let (ill, advised) = (count(Status::Attention), count(Status::Advice));
    if out.json {
        out.value(&json!({ "well": ill == 0, "checks": checks }));
        return;
    }
    for Check { name, status, said } in checks {
        let status = match status {
            Status::Ok => out.say("正常", "ok       "),
            Status::Note => out.say("提示", "note     "),
            Status::Advice => out.say("建议", "advice   "),
            Status::Attention => out.say("注意", "attention"),
        };
        let (name, colon) = (name.title(out.lang), out.say("：", ": "));
        out.text(&format!("{status} {name}{colon}{}", out.say(&said.zh, &said.en)));
        if !said.next.is_empty() {
            out.text(&format!("  {}: {}", out.say("下一步", "next"), said.next));
        }
    }
    match (ill, advised) {
        (0, 0) => out.text(out.say("账套正常", "the book is well")),
        (0, _) => {
            let said = out.say("账套正常；建议办理的事项：", "the book is well; advice:");
            out.text(&format!("{said} {advised}"));
        }
        _ => out.text(&format!("{} {ill}", out.say("须注意的事项：", "needs attention:"))),
    }
}

impl Findings {
    fn say(&mut self, name: Looked, status: Status, zh: String, en: String) {
        self.checks.push(Check { name, status, said: Problem::new("", zh, en) });
    }

    fn ok(&mut self, name: Looked, zh: impl Into<String>, en: impl Into<String>) {
        self.say(name, Status::Ok, zh.into(), en.into());
    }

    fn note(&mut self, name: Looked, zh: impl Into<String>, en: impl Into<String>) {
        self.say(name, Status::Note, zh.into(), en.into());
    }

    fn attention(
        &mut self,
        name: Looked,
        zh: impl Into<String>,
        en: impl Into<String>,
        next: impl Into<String>,
    ) {
        let said = Problem::new("", zh, en).next(next);
        self.checks.push(Check { name, status: Status::Attention, said });
    }

    fn advice(
        &mut self,
        name: Looked,
        zh: impl Into<String>,
        en: impl Into<String>,
        next: impl Into<String>,
    ) {
        let said = Problem::new("", zh, en).next(next);
        self.checks.push(Check { name, status: Status::Advice, said });
    }

    /// What waits to be done since then: advice, until a cosignature of that age would be too old.
    fn waits(
        &mut self,
        name: Looked,
        since: Instant,
        (zh, en): (impl Into<String>, impl Into<String>),
        next: impl Into<String>,
    ) {
        if self.is_young(since) {
            self.advice(name, zh, en, next);
        } else {
            self.attention(name, zh, en, next);
        }
    }

    fn is_young(&self, since: Instant) -> bool {
        self.now.unix() - since.unix() <= MAX_AGE_DAYS * DAY_SECONDS
    }

    fn problems(&mut self, name: Looked, problems: impl IntoIterator<Item = Problem>) {
        let status = Status::Attention;
        self.checks.extend(problems.into_iter().map(|said| Check { name, status, said }));
    }

    fn program(&mut self, out: &Output) {
        let version = env!("CARGO_PKG_VERSION");
        let lang = out.lang;
        self.ok(
            Looked::Program,
            format!("明账 {version}，语言 {lang}"),
            format!("mingzhang {version}, language {lang}"),
        );
        let encoding = encoding();
        let utf8 = |said: &String| {
            let said = said.to_ascii_lowercase();
            said.ends_with("utf-8") || said.ends_with("utf8")
        };
        if !encoding.as_ref().is_some_and(utf8) {
            let said = encoding.unwrap_or_else(|| "-".to_owned());
            self.note(
                Looked::Locale,
                format!("系统的字符编码（{said}）不是 UTF-8：中文可能显示不全"),
                format!("the locale ({said}) is not UTF-8: Chinese text may not be shown well"),
            );
        }
    }

    /// The log, its tail, its index and its cache; the reading where there is one.
    fn book(&mut self, world: &World) -> Option<Reading> {
        let reading = match history::replay(&self.folder, world) {
            Ok((reading, same)) => {
                if same {
                    self.ok(
                        Looked::Snapshots,
                        "重演的结果与账套所示一致",
                        "a replay gives what the book shows",
                    );
                } else {
                    self.problems(Looked::Snapshots, [history::cache_differs()]);
                }
                reading
            }
            Err(failure) => {
                self.problems(Looked::Book, failure.errors);
                return None;
            }
        };
        let records = reading.tree.size();
        let origin = reading.origin.clone();
        let origin = origin.map_or_else(String::new, |origin| origin.to_string());
        self.ok(
            Looked::Book,
            format!("{origin}：{records} 条记录，链头 {}", reading.head),
            format!("{origin}: {records} records, head {}", reading.head),
        );
        self.index(&reading, world);
        Some(reading)
    }

    fn index(&mut self, reading: &Reading, world: &World) {
        let unfinished = LogEnd::read(&self.folder.events()).map_or(0, |end| end.unfinished);
        if unfinished > 0 {
            // Opening would set it aside; whoever writes at this moment would lose it.
            self.attention(
                Looked::Log,
                format!("日志末尾有 {unfinished} 字节未完成的写入：或者有人正在记账，或者上次中断，下次打开时会移到一旁"),
                format!("the log ends in {unfinished} bytes of an unfinished append: somebody is \
                         recording, or was cut off; the next opening sets them aside"),
                "mingzhang verify",
            );
            return;
        }
        let Some(origin) = &reading.origin else { return };
        match DiskStore::open(self.folder.path(), origin, &world.holder(None)) {
            Ok((store, report)) => {
                let problems = index_problems(&store, &report);
                if problems.is_empty() {
                    self.ok(
                        Looked::Index,
                        "日志与索引一致；账套没有被占用",
                        "log and index agree; nobody holds the lock",
                    );
                }
                self.problems(Looked::Index, problems);
            }
            Err(OpenError::InUse { holder }) => self.attention(
                Looked::Lock,
                format!("账套正被使用：{holder}"),
                format!("the book is in use by {holder}"),
                "mingzhang doctor",
            ),
            Err(error) => self.problems(Looked::Index, Failure::from(error).errors),
        }
    }

    /// What opening has moved out of the way before, each of which a person should have looked at.
    fn set_aside(&mut self) {
        let entries = std::fs::read_dir(self.folder.path());
        let names = entries.into_iter().flatten().flatten().map(|entry| entry.file_name());
        let mut aside: Vec<String> = names
            .map(|name| name.to_string_lossy().into_owned())
            .filter(|name| name.starts_with("unfinished-") || name.starts_with("store.damaged"))
            .collect();
        aside.sort();
        if !aside.is_empty() {
            let list = aside.join(", ");
            self.attention(
                Looked::SetAside,
                format!("打开账套时曾移到一旁：{list}；未完成的写入从未确认，请核对是否须重记，再移走这些文件"),
                format!("opening has set aside: {list}; an unfinished append was never \
                         acknowledged: see whether it has to be recorded again, then move them away"),
                "mingzhang log --last 5",
            );
        }
    }

    fn format(&mut self, reading: &Reading) {
        let Some(ledger) = reading.state.offices.ledger() else { return };
        let ours = blake3::Hash::from_bytes(Sha256::digest(FORMAT).into()).to_string();
        if ledger.format_sha256 == ours {
            self.ok(Looked::Format, "格式说明与建账时相同", "FORMAT.md is the one of record 0");
        } else {
            self.note(
                Looked::Format,
                "此程序的格式说明与建账时不同：程序更新后即如此，请保留建账时的 FORMAT.md",
                "this program's FORMAT.md is not the one of record 0, as after a new version: keep \
                 the one that the book began with",
            );
        }
    }

    fn clock(&mut self, reading: &Reading) {
        match reading.last_at.filter(|last| *last > self.now) {
            Some(last) => {
                let now = self.now;
                self.attention(
                    Looked::Clock,
                    format!("时钟是 {now}，而上一条记录在 {last}：在此之前不能记账"),
                    format!(
                        "the clock says {now}, and the last record was made at {last}: nothing \
                             can be recorded before that"
                    ),
                    "date -u",
                );
            }
            None => self.ok(Looked::Clock, "时钟不早于上一条记录", "not behind the last record"),
        }
    }

    /// What lies apart from the records: private fields and papers.
    fn apart(&mut self, world: &World, out: &Output) -> Result<(), Failure> {
        let ill = crate::cli::vault::faults(&self.folder, world, out)?;
        self.found(Looked::Vault, ill, "保险箱与记录一致", "the vault holds what the records say");
        let ill = crate::cli::attach::faults(&self.folder)?;
        self.found(Looked::Attachments, ill, "附件齐全", "every paper is there, as it was");
        Ok(())
    }

    fn found(&mut self, name: Looked, ill: Vec<Problem>, zh: &str, en: &str) {
        if ill.is_empty() {
            self.ok(name, zh, en);
        } else {
            self.problems(name, ill);
        }
    }
}
