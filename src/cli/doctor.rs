//! `doctor`: a book, its keys and its witnesses looked over: what is well, what is good to know,
//! what needs attention, and the command that helps. It mends nothing that opening does not mend.

use std::path::{Path, PathBuf};

use clap::Args;
use mingzhang::book::{Folder, LastWord, Reading, Witnessing, record_at};
use mingzhang::chain::policy::Policy;
use mingzhang::chain::record::Envelope;
use mingzhang::date::{Instant, Offset};
use mingzhang::event::Fact;
use mingzhang::ids::Seq;
use mingzhang::report::officers::beyond_term;
use mingzhang::store::disk::DiskStore;
use mingzhang::store::log::{LogEnd, LogReader};
use mingzhang::store::opening::OpenError;
use serde::Serialize;
use serde_json::json;
use sha2::{Digest, Sha256};

use super::Global;
use super::failure::{Failure, Problem, exit};
use super::history;
use super::init::FORMAT;
use super::output::Output;
use super::verify::index_problems;
use super::witness::agreed;
use super::world::{World, encoding};

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
    Attention,
}

#[derive(Serialize)]
struct Check {
    name: &'static str,
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
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
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
        if let Some(reading) = found.book(world) {
            found.format(&reading);
            found.clock(&reading);
            found.terms(&reading);
            found.checkpoints(&reading)?;
            found.witnesses(&reading)?;
            found.apart(world, out)?;
        }
        found.set_aside();
        found.keys();
        let ill = found.checks.iter().any(|check| check.status == Status::Attention);
        print(&found.checks, out);
        Ok(if ill { exit::PROBLEMS } else { exit::DONE })
    }
}

fn print(checks: &[Check], out: &Output) {
    let ill = checks.iter().filter(|check| check.status == Status::Attention).count();
    if out.json {
        out.value(&json!({ "well": ill == 0, "checks": checks }));
        return;
    }
    for Check { name, status, said } in checks {
        let status = match status {
            Status::Ok => out.say("正常", "ok       "),
            Status::Note => out.say("提示", "note     "),
            Status::Attention => out.say("注意", "attention"),
        };
        out.text(&format!("{status} {name}: {}", out.say(&said.zh, &said.en)));
        if !said.next.is_empty() {
            out.text(&format!("  {}: {}", out.say("下一步", "next"), said.next));
        }
    }
    match ill {
        0 => out.text(out.say("账套正常", "the book is well")),
        _ => out.text(&format!("{} {ill}", out.say("须注意的事项：", "needs attention:"))),
    }
}

impl Findings {
    fn say(&mut self, name: &'static str, status: Status, zh: String, en: String) {
        self.checks.push(Check { name, status, said: Problem::new("", zh, en) });
    }

    fn ok(&mut self, name: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.say(name, Status::Ok, zh.into(), en.into());
    }

    fn note(&mut self, name: &'static str, zh: impl Into<String>, en: impl Into<String>) {
        self.say(name, Status::Note, zh.into(), en.into());
    }

    fn attention(
        &mut self,
        name: &'static str,
        zh: impl Into<String>,
        en: impl Into<String>,
        next: impl Into<String>,
    ) {
        let said = Problem::new("", zh, en).next(next);
        self.checks.push(Check { name, status: Status::Attention, said });
    }

    fn problems(&mut self, name: &'static str, problems: impl IntoIterator<Item = Problem>) {
        let status = Status::Attention;
        self.checks.extend(problems.into_iter().map(|said| Check { name, status, said }));
    }

    fn program(&mut self, out: &Output) {
        let version = env!("CARGO_PKG_VERSION");
        let lang = out.lang;
        self.ok(
            "program",
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
                "locale",
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
                        "snapshots",
                        "重演的结果与账套所示一致",
                        "a replay gives what the book shows",
                    );
                } else {
                    self.problems("snapshots", [history::cache_differs()]);
                }
                reading
            }
            Err(failure) => {
                self.problems("book", failure.errors);
                return None;
            }
        };
        let records = reading.tree.size();
        let origin = reading.origin.clone();
        let origin = origin.map_or_else(String::new, |origin| origin.to_string());
        self.ok(
            "book",
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
                "log",
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
                        "index",
                        "日志与索引一致；账套没有被占用",
                        "log and index agree; nobody holds the lock",
                    );
                }
                self.problems("index", problems);
            }
            Err(OpenError::InUse { holder }) => self.attention(
                "lock",
                format!("账套正被使用：{holder}"),
                format!("the book is in use by {holder}"),
                "mingzhang doctor (when that has ended)",
            ),
            Err(error) => self.problems("index", Failure::from(error).errors),
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
                "set_aside",
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
            self.ok("format", "格式说明与建账时相同", "FORMAT.md is the one of record 0");
        } else {
            self.note(
                "format",
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
                    "clock",
                    format!("时钟是 {now}，而上一条记录在 {last}：在此之前不能记账"),
                    format!(
                        "the clock says {now}, and the last record was made at {last}: nothing \
                             can be recorded before that"
                    ),
                    "date -u",
                );
            }
            None => self.ok("clock", "时钟不早于上一条记录", "not behind the last record"),
        }
    }

    /// Signed lately, and after each month that was closed.
    /// 任期 Nothing is refused to who holds an office for longer than he was elected.
    fn terms(&mut self, reading: &Reading) {
        let offset = reading.state.offices.ledger().map_or_else(Offset::china, |l| l.utc_offset);
        for (officer, ended) in beyond_term(&reading.state, self.now.day(offset)) {
            self.attention(
                "terms",
                format!("{officer} 的任期已于 {ended} 届满，应当换届"),
                format!("{officer}'s term has ended on {ended}: an election is due"),
                "mingzhang report officers",
            );
        }
    }

    fn checkpoints(&mut self, reading: &Reading) -> Result<(), Failure> {
        let records = reading.tree.size();
        let witnessing = Witnessing::read(&self.folder, None, self.now, 0)?;
        let Some(signed) = witnessing.signed else {
            self.attention(
                "checkpoint",
                format!("还没有签过检查点；{records} 条记录只有账套自己作证"),
                format!(
                    "no checkpoint was ever signed: {records} records are the book's word alone"
                ),
                "mingzhang checkpoint sign",
            );
            return Ok(());
        };
        let last = signed.checked_sub(1).map(|seq| record_at(&self.folder, Seq(seq)));
        let covered = match last.transpose() {
            Ok(record) => record.map(|record| record.at.to_string()).unwrap_or_default(),
            Err(error) => {
                self.problems("checkpoint", Failure::from(error).errors);
                return Ok(());
            }
        };
        self.ok(
            "checkpoint",
            format!("最新检查点含 {signed} 条（共 {records} 条），其中最后一条记于 {covered}；last-signed 在"),
            format!("the newest has {signed} of {records} records, the last of them of {covered}; \
                     last-signed is there"),
        );
        let months = self.closed_after(signed)?;
        if !months.is_empty() {
            let months = months.join(", ");
            self.attention(
                "closings",
                format!("结账后没有签过检查点：{months}"),
                format!("closed, and no checkpoint was signed since: {months}"),
                "mingzhang checkpoint sign",
            );
        }
        Ok(())
    }

    /// The months whose closing stands at this place or behind it.
    fn closed_after(&self, size: u64) -> Result<Vec<String>, Failure> {
        let mut months = Vec::new();
        for line in LogReader::open(&self.folder.events())? {
            let line = line?;
            // The replay has read every record already.
            let Ok(envelope) = Envelope::read(&line.bytes) else { continue };
            if envelope.seq.0 < size || envelope.kind != "period.closed" {
                continue;
            }
            if let Ok((Fact::PeriodClosed(closing), _)) =
                Fact::from_body(&envelope.kind, envelope.tv, envelope.body)
            {
                months.push(closing.month.to_string());
            }
        }
        Ok(months)
    }

    fn witnesses(&mut self, reading: &Reading) -> Result<(), Failure> {
        let policy = agreed(&reading.state);
        let seconds = u64::try_from(MAX_AGE_DAYS * DAY_SECONDS).unwrap_or(0);
        let found = Witnessing::read(&self.folder, policy.as_ref(), self.now, seconds)?;
        let asks = policy.as_ref().is_some_and(Policy::needs_witnesses);
        if !asks {
            self.attention(
                "witnesses",
                "约定的见证规则不要求见证：没有人能证明账套未被改写",
                "the agreed policy asks for no witness: nobody can show that the book was not \
                 rewritten",
                "mingzhang record witness.change --help",
            );
        }
        for word in &found.witnesses {
            self.witness(word, found.signed);
        }
        if asks {
            self.quorum(&found);
        }
        self.unwitnessed(reading, &found)
    }

    fn witness(&mut self, word: &LastWord, signed: Option<u64>) {
        let LastWord { name, key, url, counts, seen } = word;
        let next = match url {
            Some(_) => "mingzhang witness submit".to_owned(),
            None => format!("mingzhang witness request --for {name} --out FILE"),
        };
        let Some((size, time)) = seen else {
            let (zh, en) = (
                format!("{name}（{key}）还没有见证过"),
                format!("{name} ({key}) has cosigned nothing"),
            );
            // Whoever the quorum can do without is not waited for.
            if *counts {
                self.attention("witness", zh, en, next);
            } else {
                self.note("witness", zh, en);
            }
            return;
        };
        let seconds = (self.now.unix() - time.unix()).max(0);
        let (age, old) = (seconds / DAY_SECONDS, seconds > MAX_AGE_DAYS * DAY_SECONDS);
        let behind = signed.is_some_and(|signed| *size < signed);
        let (old_zh, old_en) = if old { ("，已过期", ", which is too old") } else { ("", "") };
        let (behind_zh, behind_en) = if behind {
            ("，还没有见证最新的检查点", ", and not yet the newest checkpoint")
        } else {
            ("", "")
        };
        let (zh, en) = (
            format!("{name}（{key}）最近见证 {size} 条，{time}，{age} 天前{old_zh}{behind_zh}"),
            format!(
                "{name} ({key}) cosigned {size} last, at {time}, {age} days ago{old_en}{behind_en}"
            ),
        );
        if *counts && (old || behind) {
            self.attention("witness", zh, en, next);
        } else {
            self.ok("witness", zh, en);
        }
    }

    fn quorum(&mut self, found: &Witnessing) {
        match (found.met, found.fresh) {
            (_, Some(size)) => self.ok(
                "quorum",
                format!("前 {size} 条记录的见证达到法定人数且有效"),
                format!("met and fresh for the first {size} records"),
            ),
            (Some(size), None) => self.attention(
                "quorum",
                format!("前 {size} 条记录的见证曾达到法定人数，已过 {MAX_AGE_DAYS} 天：请见证人再见证一次"),
                format!("met for the first {size} records, more than {MAX_AGE_DAYS} days ago: ask the \
                         witnesses to cosign again"),
                "mingzhang witness request --for NAME --out FILE",
            ),
            (None, None) => self.attention(
                "quorum",
                "没有检查点的见证达到法定人数",
                "no checkpoint was cosigned by enough witnesses",
                "mingzhang witness request --for NAME --out FILE",
            ),
        }
    }

    fn unwitnessed(&mut self, reading: &Reading, found: &Witnessing) -> Result<(), Failure> {
        let (records, witnessed) = (reading.tree.size(), found.fresh.unwrap_or(0));
        if witnessed >= records {
            self.ok("unwitnessed", "每条记录都有见证", "every record is witnessed");
            return Ok(());
        }
        let first = record_at(&self.folder, Seq(witnessed))?;
        let offset = reading.state.offices.ledger().map_or_else(Offset::china, |l| l.utc_offset);
        let (count, since) = (records - witnessed, first.at.day(offset));
        // Records of a month that is under way are not yet anybody's to witness.
        let zh = format!("{count} 条记录还没有见证，自记录 {witnessed}（{since}）起");
        let en = format!("{count} records are not witnessed, from record {witnessed} ({since}) on");
        let young = self.now.unix() - first.at.unix() <= MAX_AGE_DAYS * DAY_SECONDS;
        if young && found.fresh.is_some() {
            self.note("unwitnessed", zh, en);
        } else {
            // What was signed already waits for witnesses; signing again would bring them nothing.
            let next = if found.signed == Some(records) {
                "mingzhang witness request --for NAME --out FILE"
            } else {
                "mingzhang checkpoint sign"
            };
            self.attention("unwitnessed", zh, en, next);
        }
        Ok(())
    }

    /// What lies apart from the records: private fields and papers.
    fn apart(&mut self, world: &World, out: &Output) -> Result<(), Failure> {
        let ill = super::vault::faults(&self.folder, world, out)?;
        self.found("vault", ill, "保险箱与记录一致", "the vault holds what the records say");
        let ill = super::attach::faults(&self.folder)?;
        self.found("attachments", ill, "附件齐全", "every paper is there, as it was");
        Ok(())
    }

    fn found(&mut self, name: &'static str, ill: Vec<Problem>, zh: &str, en: &str) {
        if ill.is_empty() {
            self.ok(name, zh, en);
        } else {
            self.problems(name, ill);
        }
    }

    /// Every key in the book's folder is its owner's alone.
    fn keys(&mut self) {
        let entries = std::fs::read_dir(self.folder.keys());
        let paths = entries.into_iter().flatten().flatten().map(|entry| entry.path());
        let mut keys: Vec<PathBuf> = paths.filter(|path| is_key(path)).collect();
        keys.sort();
        if keys.is_empty() {
            self.note(
                "keys",
                "账套文件夹中没有密钥：签检查点时用 --key 给出",
                "there is no key in the book's folder: give it by --key when a checkpoint is signed",
            );
        }
        for key in keys {
            self.key(&key);
        }
    }

    fn key(&mut self, path: &Path) {
        let shown = path.display();
        if let Some(mode) = mode_for_others(path) {
            self.attention(
                "keys",
                format!("{shown} 的权限是 {mode:o}，别人也能读取"),
                format!("{shown} has the mode {mode:o}: others may read it"),
                format!("chmod 600 {shown}"),
            );
            return;
        }
        match std::fs::read(path) {
            Ok(bytes) if is_encrypted(&bytes) => self.ok(
                "keys",
                format!("{shown} 只有所有者可读，已加密"),
                format!("{shown} is its owner's alone, and encrypted"),
            ),
            Ok(_) => self.note(
                "keys",
                format!("{shown} 只有所有者可读，没有加密"),
                format!("{shown} is its owner's alone, and not encrypted"),
            ),
            Err(error) => self.problems("keys", Failure::file(path, &error).errors),
        }
    }
}

/// The permission bits of a file that anybody but its owner may use.
#[cfg(unix)]
fn mode_for_others(path: &Path) -> Option<u32> {
    use std::os::unix::fs::PermissionsExt;
    let mode = std::fs::metadata(path).ok()?.permissions().mode() & 0o777;
    (mode & 0o077 != 0).then_some(mode)
}

/// Elsewhere a file is its owner's by where it lies.
#[cfg(not(unix))]
fn mode_for_others(_: &Path) -> Option<u32> {
    None
}

/// The keys of a book: of its log, and of its vault.
fn is_key(path: &Path) -> bool {
    path.extension().is_some_and(|e| e == "pem" || e == "age-key")
}

/// Under a passphrase: a PEM of openssl's kind, or a file of the tool age.
fn is_encrypted(bytes: &[u8]) -> bool {
    let text = String::from_utf8_lossy(bytes);
    text.contains("BEGIN ENCRYPTED PRIVATE KEY") || text.starts_with("age-encryption.org/v1")
}
