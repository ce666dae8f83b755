//! What a run ends with when it could not do what was asked: every problem at once, each cause of the
//! library and the system with its own code.

use std::io::ErrorKind;
use std::path::Path;

use mingzhang::book::{BookError, NotRecorded, Why};
use mingzhang::ids::Seq;
use mingzhang::import::code;
use mingzhang::import::flaw::Flaw;
use mingzhang::lang::Lang;
use mingzhang::rules::Refusal;
use mingzhang::store::AppendError;
use mingzhang::store::files::FileError;
use mingzhang::store::log::LogError;
use mingzhang::store::opening::OpenError;
use serde::Serialize;

use super::chinese::chinese;
pub(crate) use super::problem::{Agreed, Place, Problem};

/// What a run ends with.
pub(crate) mod exit {
    pub(crate) const DONE: u8 = 0;
    pub(crate) const PROBLEMS: u8 = 1;
    pub(crate) const USAGE: u8 = 2;
    pub(crate) const REFUSED: u8 = 3;
    pub(crate) const BROKEN: u8 = 4;
    pub(crate) const IO: u8 = 5;
}

#[derive(Debug, Serialize)]
pub(crate) struct Failure {
    #[serde(skip)]
    pub(crate) exit: u8,
    pub(crate) errors: Vec<Problem>,
    /// Of a file of which one part was refused, that no part was taken.
    #[serde(skip)]
    pub(crate) nothing_recorded: bool,
    /// How many more there are than are told.
    #[serde(skip_serializing_if = "is_none_more")]
    pub(crate) more: usize,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks with a reference")]
fn is_none_more(more: &usize) -> bool {
    *more == 0
}

impl Failure {
    pub(crate) fn all(exit: u8, errors: Vec<Problem>) -> Failure {
        Failure { exit, errors, nothing_recorded: false, more: 0 }
    }

    pub(crate) fn one(exit: u8, problem: Problem) -> Failure {
        Failure::all(exit, vec![problem])
    }

    pub(crate) fn usage(zh: impl Into<String>, en: impl Into<String>) -> Failure {
        Failure::one(exit::USAGE, Problem::new("USE1", zh, en))
    }

    /// The book was asked for as it was with more records than it has.
    pub(crate) fn too_few_records(asked: u64, has: u64) -> Failure {
        let zh = format!("账套只有 {has} 条记录，没有 {asked} 条");
        let en = format!("the book has {has} records, and not {asked}");
        Failure::one(exit::USAGE, Problem::new("USE2", zh, en).next("mingzhang log --last 1"))
    }

    pub(crate) fn io(code: &str, zh: impl Into<String>, en: impl Into<String>) -> Failure {
        Failure::one(exit::IO, Problem::new(code, zh, en))
    }

    /// What the system refused, each cause with the code that it has for a book's own files.
    pub(crate) fn file(path: &Path, error: &std::io::Error) -> Failure {
        if error.kind() == ErrorKind::AlreadyExists {
            let shown = path.display();
            return Failure::io(
                "IO7",
                format!("{shown} 已存在，不会覆盖"),
                format!("{shown} is there already, and nothing is overwritten"),
            )
            .next("mingzhang help");
        }
        FileError::new("use", path, error).into()
    }

    pub(crate) fn next(mut self, next: impl Into<String>) -> Failure {
        if let Some(last) = self.errors.last_mut() {
            last.next = next.into();
        }
        self
    }

    /// As it is told: the first `most` of its errors, all of them where that is none.
    pub(crate) fn told(&self, most: usize) -> Failure {
        let most = if most == 0 { self.errors.len() } else { most };
        let mut errors: Vec<Problem> = self.errors.iter().take(most).cloned().collect();
        let more = self.errors.len().saturating_sub(errors.len());
        if let Some(last) = errors.last_mut().filter(|_| self.nothing_recorded) {
            last.zh.push_str("（整个文件都没有记账）");
            last.en.push_str(" (nothing of the file was recorded)");
        }
        Failure { exit: self.exit, errors, nothing_recorded: false, more }
    }

    pub(crate) fn text(&self, lang: Lang) -> String {
        let mut text: String = self.errors.iter().map(|problem| problem.text(lang)).collect();
        if self.more > 0 {
            let more = self.more;
            let said = match lang {
                Lang::Zh => format!("……还有 {more} 处错误（--max-errors 0 全部列出）\n"),
                Lang::En => format!("… and {more} more (--max-errors 0 tells them all)\n"),
            };
            text += &said;
        }
        text
    }

    /// What was not recorded and why; `place` says where the instruction of that number stands.
    pub(crate) fn not_recorded(
        error: NotRecorded,
        place: impl Fn(usize) -> Option<Place>,
    ) -> Failure {
        match error {
            NotRecorded::Book(error) => error.into(),
            NotRecorded::Refused(refused) => {
                let mut errors = Vec::new();
                for (number, why) in refused {
                    let at = |problem: Problem, inside: &dyn Fn(Place) -> Place| {
                        let place = place(number).map(inside);
                        Problem { place, ..problem }
                    };
                    errors.extend(not_said_now(&why).map(|problem| at(problem, &|place| place)));
                    match &why {
                        Why::Lines(lines) => errors.extend(lines.iter().map(|(path, refusal)| {
                            at(of_rule(refusal), &|place| place.of_path(path))
                        })),
                        Why::Rule(refusal) => {
                            errors.push(at(of_rule(refusal), &|place| place.of_refusal(refusal)));
                        }
                        Why::SaidBefore { .. } | Why::KeyUsed { .. } | Why::Record(_) => {}
                    }
                }
                Failure::all(exit::REFUSED, errors)
            }
        }
    }
}

/// What an instruction says that is in the book already, or can be in none.
fn not_said_now(why: &Why) -> Option<Problem> {
    match why {
        Why::Rule(_) | Why::Lines(_) => None,
        Why::SaidBefore { first, at, .. } => Some(
            Problem::new(
                "K05",
                format!(
                    "同样的内容已在 {at} 记为记录 {first}，没有再记；若是另一笔，请给它一个自己的键"
                ),
                format!(
                    "the same was recorded as {first} at {at}, and not again; if this is another \
                     one, give it a key of its own"
                ),
            )
            .next(format!("mingzhang show {first}")),
        ),
        Why::KeyUsed { key, first } => Some(
            Problem::new(
                "K01",
                format!("键 {key} 已用于记录 {first}，内容或经办人不同"),
                format!(
                    "the key {key} was used for another command or by another officer, at record \
                     {first}"
                ),
            )
            .next(format!("mingzhang show {first}")),
        ),
        Why::Record(error) => Some(Problem::new(
            "K02",
            format!("不能成为记录：{}", chinese(error)),
            format!("it cannot be a record: {error}"),
        )),
    }
}

fn of_rule(refusal: &Refusal) -> Problem {
    let problem = Problem {
        code: refusal.code().to_owned(),
        zh: refusal.message(Lang::Zh),
        en: refusal.message(Lang::En),
        source: refusal.source().to_owned(),
        next: refusal.next(),
        ..Problem::default()
    };
    let problem = problem.compared(refusal.figures());
    if let Refusal::BankBalanceDiffers { no, .. } = refusal {
        return Problem {
            agreed: no.checked_sub(1).filter(|no| *no > 0).map(Agreed::line),
            ..problem
        };
    }
    problem
}

/// What is wrong with a file that somebody else wrote, at its place in the file of that name.
impl From<(&str, Flaw)> for Problem {
    fn from((file, flaw): (&str, Flaw)) -> Problem {
        let Flaw {
            code,
            line,
            column,
            excerpt,
            zh,
            en,
            cause,
            expected,
            found,
            difference,
            agreed_through,
            next,
        } = flaw;
        let (zh, en) = match cause.as_str() {
            "" => (zh, en),
            said => (format!("{zh}：{}", chinese(&said)), format!("{en}: {said}")),
        };
        // Why a reader could not go on is for whoever looks into the program; the message says what to do.
        let (en, found) = match (code, found) {
            (code::DAMAGED, Some(why)) => (format!("{en} ({why})"), None),
            (_, found) => (en, found),
        };
        let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        let (line, column) = (count(line), count(column));
        Problem {
            code: code.to_owned(),
            place: Some(Place { file: file.to_owned(), line, column, excerpt, ..Place::default() }),
            zh,
            en,
            source: String::new(),
            bound: None,
            expected,
            found,
            difference,
            agreed: agreed_through.map(Agreed::line),
            next,
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Failure {
        Failure::one(exit::REFUSED, of_rule(&refusal))
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Failure {
        if let FileError::Missing { path } = &error
            && let (Some(folder), true) = (path.parent(), path.ends_with("events.ndjson"))
        {
            return OpenError::NoBook { folder: folder.to_path_buf() }.into();
        }
        let (code, zh, next) = match &error {
            FileError::Missing { path } => ("IO2", format!("没有 {}", path.display()), ""),
            FileError::ReadOnly { path } => ("IO3", format!("{} 只能读取", path.display()), ""),
            FileError::Denied { path, .. } => ("IO4", format!("无权访问 {}", path.display()), ""),
            FileError::StorageFull { path } => {
                ("IO5", format!("{} 所在的磁盘已满，没有写入", path.display()), "df -h")
            }
            FileError::InUse { holder, .. } => ("IO6", format!("账套正被使用：{holder}"), ""),
            FileError::Io { path, reason, .. } => {
                ("IO1", format!("{}：{}", path.display(), chinese(reason)), "")
            }
        };
        Failure::one(exit::IO, Problem::new(code, zh, error.to_string()).next(next))
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Failure {
        let en = error.to_string();
        let broken = |code: &str, zh: String, next: &str| {
            Failure::one(exit::BROKEN, Problem::new(code, zh, en.clone()).next(next))
        };
        match error {
            OpenError::File(error) => error.into(),
            OpenError::Log(error) => BookError::Log(error).into(),
            OpenError::InUse { holder } => {
                Failure::io("IO6", format!("账套正被使用：{holder}"), en)
            }
            OpenError::NoBook { folder } => {
                Failure::io("IO2", format!("{} 中没有账套", folder.display()), en)
                    .next("mingzhang init --help")
            }
            OpenError::AlreadyABook { folder } => {
                Failure::io("IO7", format!("{} 中已有账套", folder.display()), en)
                    .next("mingzhang report registers")
            }
            OpenError::AnotherBook { expected, found, .. } => {
                broken("CHN4", format!("这是账套 {found}，而不是 {expected}"), "")
            }
            OpenError::LogMissing { log } => broken(
                "CHN5",
                format!("日志 {} 不见了，索引还在：请从备份恢复", log.display()),
                "mingzhang verify BUNDLE",
            ),
            OpenError::StoreAheadOfLog { store, .. } => broken(
                "CHN6",
                format!("索引有记录 {store}，日志没有：日志被截短，请从备份恢复"),
                "mingzhang verify BUNDLE",
            ),
            OpenError::DifferentRecord { seq } => {
                let zh = format!("记录 {seq} 在日志和索引中不同：其中之一被改动");
                before(broken("CHN7", zh, "mingzhang verify"), seq)
            }
            OpenError::OtherFormat { found, .. } => {
                broken("CHN8", format!("索引的格式 {found} 无法识别"), "")
            }
            OpenError::IndexBroken { reason } => {
                let reason = chinese(&reason);
                broken("CHN9", format!("索引损坏，也无法重建：{reason}"), "mingzhang verify")
            }
        }
    }
}

/// Up to the record before this one all agreed.
fn before(mut failure: Failure, seq: Seq) -> Failure {
    if let Some(last) = failure.errors.last_mut() {
        last.agreed = seq.0.checked_sub(1).map(|seq| Agreed::Record { seq, date: None });
    }
    failure
}

impl From<LogError> for Failure {
    fn from(error: LogError) -> Failure {
        BookError::from(error).into()
    }
}

/// How to recover, where that is more than a command.
fn way_back(error: &BookError) -> &'static str {
    match error {
        BookError::ShorterThanSigned { .. } => {
            ": records were cut off; bring the book back from a backup or a bundle"
        }
        BookError::OtherThanSigned { .. } => {
            ": history was rewritten; bring the book back from a backup or a bundle"
        }
        BookError::GuardDamaged { .. } | BookError::GuardMissing { .. } => {
            "; compare the file checkpoint with what the witnesses hold, then put it in its place"
        }
        BookError::Empty
        | BookError::Continues { .. }
        | BookError::NoRecord { .. }
        | BookError::Broken { .. }
        | BookError::ChartUnknown { .. }
        | BookError::HeadMoved { .. }
        | BookError::ClockBehind { .. }
        | BookError::OtherKey { .. }
        | BookError::Open(_)
        | BookError::Append(_)
        | BookError::Read(_)
        | BookError::Log(_)
        | BookError::File(_)
        | BookError::Note(_)
        | BookError::Record(_) => "",
    }
}

impl From<BookError> for Failure {
    fn from(error: BookError) -> Failure {
        let en = error.to_string() + way_back(&error);
        let broken = |code: &str, zh: String, next: &str| {
            Failure::one(exit::BROKEN, Problem::new(code, zh, en.clone()).next(next))
        };
        match error {
            BookError::Open(error) => error.into(),
            BookError::File(error) => error.into(),
            BookError::Append(AppendError::StorageFull { path }) => {
                FileError::StorageFull { path }.into()
            }
            BookError::Append(AppendError::ReadOnly { path }) => {
                FileError::ReadOnly { path }.into()
            }
            BookError::Append(_) => Failure::io("IO8", format!("写入未完成：{}", chinese(&en)), en)
                .next("mingzhang log --last 5"),
            BookError::Read(_) => Failure::io("IO8", format!("读取未完成：{}", chinese(&en)), en),
            BookError::Empty => {
                Failure::io("IO2", "账套还没有记录", en).next("mingzhang init --help")
            }
            BookError::Continues { path } => {
                Failure::usage(format!("{} 接续另一个审计包，单独读不出账来", path.display()), en)
                    .next("mingzhang verify BUNDLE --base EARLIER-BUNDLE")
            }
            BookError::NoRecord { seq } => Failure::one(
                exit::USAGE,
                Problem::new("USE2", format!("没有记录 {seq}"), en).next("mingzhang log"),
            ),
            BookError::Broken { seq, why } => {
                let zh = format!("记录 {seq} 已损坏：{}", chinese(&why));
                before(broken("CHN1", zh, "mingzhang verify"), seq)
            }
            BookError::ShorterThanSigned { signed, found } => broken(
                "CHN2",
                format!(
                    "账套有 {found} 条记录，却签过 {signed} 条的检查点：记录被截短，请从备份或审计包恢复"
                ),
                "mingzhang verify BUNDLE",
            ),
            BookError::OtherThanSigned { size, .. } => broken(
                "CHN3",
                format!("前 {size} 条记录不是签过名的那些：历史被改写，请从备份或审计包恢复"),
                "mingzhang verify BUNDLE",
            ),
            BookError::GuardDamaged { path, .. } => broken(
                "CHN10",
                format!(
                    "{} 不是检查点；核对 checkpoint 文件和见证人手中的检查点后，用它替换",
                    path.display()
                ),
                "mingzhang verify --against CHECKPOINT",
            ),
            BookError::GuardMissing { path } => {
                let book = path.parent().unwrap_or(&path).display().to_string();
                broken(
                    "CHN14",
                    format!(
                        "账套签过检查点，却没有 {}；先验证，并与见证人手中的检查点核对，再恢复",
                        path.display()
                    ),
                    &format!("mingzhang verify {book} && cp {book}/checkpoint {book}/last-signed"),
                )
            }
            BookError::ChartUnknown { id, .. } => broken(
                "CHN11",
                format!("没有科目表 {id}，或 chart.json 不是建账时的那一个"),
                "mingzhang show 0",
            ),
            BookError::HeadMoved { expected, found } => Failure::one(
                exit::REFUSED,
                Problem::new("K03", format!("账套已到 {found}，而不是 {expected}"), en)
                    .next("mingzhang log --last 5"),
            ),
            BookError::ClockBehind { now, last } => {
                Failure::io("IO10", format!("时钟是 {now}，而上一条记录在 {last}：请校正时钟"), en)
                    .next("date -u")
            }
            BookError::OtherKey { expected, .. } => Failure::one(
                exit::REFUSED,
                Problem::new("K04", format!("这不是账套的签名密钥 {expected}"), en),
            ),
            BookError::Log(error) => {
                let damaged = matches!(
                    error,
                    LogError::Damaged { .. } | LogError::LastLine { .. } | LogError::Shorter { .. }
                );
                if damaged {
                    broken("CHN1", format!("日志已损坏：{}", chinese(&en)), "mingzhang verify")
                } else {
                    Failure::io("IO8", format!("日志：{}", chinese(&en)), en)
                }
            }
            BookError::Note(_) | BookError::Record(_) => {
                Failure::one(exit::REFUSED, Problem::new("K02", chinese(&en), en))
            }
        }
    }
}
