//! `verify --external`: programs that are not ours add the books up by themselves. They read an export
//! in the currency, and one in which each fund is a commodity of its own; what they find on every account
//! is held against what our own projection says.

mod programs;
mod sums;

use std::time::Duration;

use clap::Args;
use mingzhang::book::Folder;
use mingzhang::export::{By, Closing, beancount, closing, journal};
use mingzhang::lang::Lang;
use serde::Serialize;

use super::export::{Books, Part};
use super::failure::{Failure, exit};
use super::output::Output;
use super::world::World;
use programs::{Desk, Ended, Tool};
use sums::{Difference, compare, read};

#[derive(Args, Default)]
pub(super) struct Asking {
    /// 外部程序 Have hledger, ledger and beancount add the books up too, those of them that are installed
    #[arg(long, conflicts_with = "proof")]
    external: bool,
    /// 用哪些程序 Which of them, each of which must then be installed
    #[arg(long, value_enum, value_delimiter = ',', requires = "external", value_name = "NAMES")]
    tools: Vec<Tool>,
    /// 最长等待秒数 How long each of them may take
    #[arg(long, requires = "external", value_name = "SECONDS")]
    tool_timeout: Option<u64>,
}

const TIMEOUT_SECONDS: u64 = 300;

/// What every program found.
#[derive(Debug, Serialize)]
pub(super) struct Found {
    /// The book is damaged, and only what verifies was given to them.
    partial: bool,
    tools: Vec<Answer>,
}

#[derive(Debug, Serialize)]
struct Answer {
    tool: &'static str,
    /// In its own words; nothing where it is not installed.
    version: Option<String>,
    /// Whether it was asked for by name.
    named: bool,
    runs: Vec<Run>,
}

/// One program over one export.
#[derive(Debug, Serialize)]
struct Run {
    by: &'static str,
    milliseconds: u64,
    #[serde(flatten)]
    result: Outcome,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "snake_case", tag = "result")]
enum Outcome {
    /// It accepts the books and finds our balance on each of so many accounts.
    Agrees {
        accounts: usize,
    },
    /// It accepts the books with our closing balances in them; it gives no balances of its own.
    Accepts {
        accounts: usize,
    },
    Differs {
        differences: Vec<Difference>,
    },
    /// It does not accept the books.
    Refuses {
        said: Vec<String>,
    },
    /// It was ended by a signal, could not be run, or said what nobody can read.
    Failed {
        why: String,
        said: Vec<String>,
    },
    TimedOut {
        seconds: u64,
    },
}

impl Asking {
    pub(super) fn run(&self, folder: &Folder, world: &World) -> Option<Result<Found, Failure>> {
        self.external.then(|| self.ask(folder, world))
    }

    fn ask(&self, folder: &Folder, world: &World) -> Result<Found, Failure> {
        let books = Books::read(folder, &Part::default(), world)?;
        let seconds = self.tool_timeout.unwrap_or(TIMEOUT_SECONDS);
        let desk = Desk::new(Duration::from_secs(seconds))?;
        let sheets = Sheets::write(&books, &desk)?;
        let all = if self.tools.is_empty() { &Tool::ALL[..] } else { &self.tools };
        let mut tools = Vec::new();
        for tool in all {
            let bar = world.progress(tool.name(), tool.name());
            tools.push(answer(*tool, !self.tools.is_empty(), &sheets, &desk, seconds)?);
            bar.finish_and_clear();
        }
        Ok(Found { partial: books.is_damaged(), tools })
    }
}

/// The exports that are handed out, each with what we find ourselves.
struct Sheets([Sheet; 2]);

struct Sheet {
    by: By,
    journal: String,
    beancount: String,
    ours: Vec<Closing>,
}

impl Sheets {
    fn write(books: &Books, desk: &Desk) -> Result<Sheets, Failure> {
        let sheet = |by: By| {
            let export = books.export(by);
            let (mut entries, mut directives) = (Vec::new(), Vec::new());
            let in_memory = |e: std::io::Error| Failure::file(desk.folder(), &e);
            journal::write(&export, &mut entries).map_err(in_memory)?;
            beancount::write(&export, &mut directives).map_err(in_memory)?;
            Ok::<_, Failure>(Sheet {
                by,
                journal: desk.put(&format!("{}.journal", word(by)), &entries)?,
                beancount: desk.put(&format!("{}.beancount", word(by)), &directives)?,
                ours: closing(&export),
            })
        };
        Ok(Sheets([sheet(By::Currency)?, sheet(By::Fund)?]))
    }
}

fn word(by: By) -> &'static str {
    match by {
        By::Currency => "currency",
        By::Fund => "fund",
    }
}

fn answer(
    tool: Tool,
    named: bool,
    sheets: &Sheets,
    desk: &Desk,
    seconds: u64,
) -> Result<Answer, Failure> {
    let version = desk.run(tool.program(), &["--version"])?;
    let mut answer = Answer { tool: tool.name(), version: None, named, runs: Vec::new() };
    if matches!(version.ended, Ended::Missing) {
        return Ok(answer);
    }
    answer.version = Some(version.out.lines().next().unwrap_or_default().trim().to_owned());
    for sheet in &sheets.0 {
        let (result, milliseconds) = run(tool, sheet, desk, seconds)?;
        answer.runs.push(Run { by: word(sheet.by), milliseconds, result });
    }
    Ok(answer)
}

/// It accepts the export, and then says what stands on each account.
fn run(tool: Tool, sheet: &Sheet, desk: &Desk, seconds: u64) -> Result<(Outcome, u64), Failure> {
    let file = match tool {
        Tool::Hledger | Tool::Ledger => &sheet.journal,
        Tool::Beancount => &sheet.beancount,
    };
    let checked = desk.run(tool.program(), &tool.check(file))?;
    let mut milliseconds = checked.milliseconds;
    if let Some(outcome) = not_well(&checked, seconds, true) {
        return Ok((outcome, milliseconds));
    }
    let accounts = sheet.ours.len();
    let summed = desk.run(tool.adds_up(), &tool.balances(file))?;
    milliseconds = milliseconds.saturating_add(summed.milliseconds);
    // bean-query is a package of its own since beancount 3.
    if matches!(summed.ended, Ended::Missing) {
        return Ok((Outcome::Accepts { accounts }, milliseconds));
    }
    if let Some(outcome) = not_well(&summed, seconds, false) {
        return Ok((outcome, milliseconds));
    }
    let outcome = match read(&summed.out) {
        Err(line) => Outcome::Failed { why: "unreadable".to_owned(), said: vec![line] },
        Ok(theirs) => match compare(&sheet.ours, &theirs) {
            differences if differences.is_empty() => Outcome::Agrees { accounts },
            differences => Outcome::Differs { differences },
        },
    };
    Ok((outcome, milliseconds))
}

/// What a run that did not end well comes to. To fail while checking is to refuse the books.
fn not_well(run: &programs::Ran, seconds: u64, checking: bool) -> Option<Outcome> {
    let said = || run.first_lines();
    match &run.ended {
        Ended::Well => None,
        Ended::Badly if checking => Some(Outcome::Refuses { said: said() }),
        Ended::Badly => Some(Outcome::Failed { why: "exit status".to_owned(), said: said() }),
        Ended::Killed(why) => Some(Outcome::Failed { why: why.clone(), said: said() }),
        Ended::Missing => Some(Outcome::Failed { why: "not found".to_owned(), said: said() }),
        Ended::TimedOut => Some(Outcome::TimedOut { seconds }),
    }
}

impl Found {
    /// A program that disagrees says that the books are broken; one that was asked for and did not
    /// answer, or none that answered at all, leaves undone what was asked.
    pub(super) fn exit(&self) -> u8 {
        let runs = || self.tools.iter().flat_map(|answer| &answer.runs);
        let disagrees =
            |run: &Run| matches!(run.result, Outcome::Differs { .. } | Outcome::Refuses { .. });
        let silent =
            |run: &Run| matches!(run.result, Outcome::Failed { .. } | Outcome::TimedOut { .. });
        let missing = |answer: &Answer| answer.named && answer.version.is_none();
        if self.partial || runs().any(disagrees) {
            exit::BROKEN
        } else if runs().any(silent) || self.tools.iter().any(missing) || runs().next().is_none() {
            exit::PROBLEMS
        } else {
            exit::DONE
        }
    }

    pub(super) fn print(&self, out: &Output) {
        if self.partial {
            out.text(out.say(
                "外部程序：账套已损坏，只给了它们可验证的部分",
                "other programs: the book is damaged, and they were given what verifies",
            ));
        }
        for answer in &self.tools {
            answer.print(out);
        }
        if self.tools.iter().all(|answer| answer.version.is_none()) {
            out.text(out.say(
                "没有装任何一个外部程序，没有核对；安装：apt install hledger ledger beancount",
                "none of the other programs is installed, and nothing was compared: \
                 apt install hledger ledger beancount",
            ));
        }
    }
}

impl Answer {
    fn print(&self, out: &Output) {
        let tool = self.tool;
        let Some(version) = &self.version else {
            out.text(&match out.lang {
                Lang::Zh => format!("{tool}：没有安装"),
                Lang::En => format!("{tool}: not installed"),
            });
            return;
        };
        for run in &self.runs {
            let by = match (run.by, out.lang) {
                ("fund", Lang::Zh) => "按资金",
                ("fund", Lang::En) => "by fund",
                (_, Lang::Zh) => "按本位币",
                (_, Lang::En) => "in the currency",
            };
            let (tenths, seconds) = (run.milliseconds / 100 % 10, run.milliseconds / 1000);
            let said = run.result.said(out.lang);
            let time = format!("{seconds}.{tenths} s");
            out.text(&match out.lang {
                Lang::Zh => format!("{tool}（{version}）{by}：{said}，{time}"),
                Lang::En => format!("{tool} ({version}) {by}: {said}, {time}"),
            });
            for line in run.result.lines(out.lang) {
                out.text(&format!("  {line}"));
            }
        }
    }
}

impl Outcome {
    fn said(&self, lang: Lang) -> String {
        match (self, lang) {
            (Outcome::Agrees { accounts }, Lang::Zh) => format!("相符，余额 {accounts} 个"),
            (Outcome::Agrees { accounts }, Lang::En) => format!("agrees, {accounts} balances"),
            (Outcome::Accepts { accounts }, Lang::Zh) => {
                format!("接受，期末余额 {accounts} 个与所断言的相符；没有另出余额表")
            }
            (Outcome::Accepts { accounts }, Lang::En) => {
                format!(
                    "accepts, {accounts} closing balances as asserted; no trial balance of its own"
                )
            }
            (Outcome::Differs { differences }, Lang::Zh) => {
                format!("不符，{} 处", differences.len())
            }
            (Outcome::Differs { differences }, Lang::En) => {
                format!("differs in {} places", differences.len())
            }
            (Outcome::Refuses { .. }, Lang::Zh) => "不接受".to_owned(),
            (Outcome::Refuses { .. }, Lang::En) => "does not accept it".to_owned(),
            (Outcome::Failed { why, .. }, Lang::Zh) => format!("没有给出结果（{why}）"),
            (Outcome::Failed { why, .. }, Lang::En) => format!("gave no result ({why})"),
            (Outcome::TimedOut { seconds }, Lang::Zh) => format!("{seconds} 秒内没有答复，已终止"),
            (Outcome::TimedOut { seconds }, Lang::En) => {
                format!("did not answer within {seconds} seconds and was ended")
            }
        }
    }

    fn lines(&self, lang: Lang) -> Vec<String> {
        match self {
            Outcome::Differs { differences } => {
                differences.iter().map(|difference| difference.said(lang)).collect()
            }
            Outcome::Refuses { said } | Outcome::Failed { said, .. } => said.clone(),
            Outcome::Agrees { .. } | Outcome::Accepts { .. } | Outcome::TimedOut { .. } => {
                Vec::new()
            }
        }
    }
}
