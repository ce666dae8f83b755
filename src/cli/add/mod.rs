//! `add`: guided entry 记一笔. It asks for what a command needs, shows the voucher, says how the same
//! is typed at once, and records through the door of `record`.

pub(crate) mod words;
mod questions;
mod history;
mod asker;
mod typed;

use std::path::PathBuf;

use clap::Args;
use mingzhang::book::{Folder, Reading, Until, records};
use mingzhang::date::Offset;
use mingzhang::ids::OfficerId;
use mingzhang::rules::Command;
use serde_json::{Map, Value};

use super::Global;
use super::apply::{self, How};
use super::failure::{Failure, Place, Problem, exit};
use super::instructions::{self, unknown_command};
use super::output::Output;
use super::record::{BEGINS, required};
use super::world::World;
use asker::{Asker, Lines, Said};
use history::History;
use questions::{Choice, Form, NO, Question, Step, YES};
use words::Words;

#[derive(Args)]
pub(crate) struct Add {
    /// 指令 What to record, such as dues.receive; without it, it is chosen by subject
    command: Option<String>,
    /// 答案文件 Answers, one a line: an empty line takes what is offered, < goes back (- is standard input)
    #[arg(long, value_name = "FILE")]
    answers: Option<PathBuf>,
    #[command(flatten)]
    how: How,
}

/// How many of the commands used last stand first in the menu.
const USED: usize = 6;

/// Where the asking stands: what is asked next, and how one goes back.
struct Desk<'a> {
    global: &'a Global,
    world: &'a World,
    out: &'a Output,
    asker: Asker,
    history: History,
    /// Answers that were taken back, each by its question, to be offered again.
    taken_back: Vec<(String, String)>,
}

impl Add {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        if let Some(name) = self.command.as_deref().filter(|name| !can_be_added(name)) {
            return Err(Failure::one(exit::USAGE, unknown_command(name)));
        }
        let asker = match &self.answers {
            Some(file) => Asker::Lines(Lines::new(file, &apply::read(file)?)),
            None if world.may_ask => Asker::Terminal,
            None => return Err(nobody_to_ask(self.command.as_deref())),
        };
        let folder = Folder::new(&global.book);
        let (history, officers) = seen(&folder, world)?;
        let mut desk = Desk { global, world, out, asker, history, taken_back: Vec::new() };
        if desk.asker.is_a_person() {
            out.note(
                "回车用括号中的值，Tab 补全，输入 < 返回上一问，Ctrl-C 放弃（什么也不记）",
                "Enter takes what is in brackets, Tab completes, < goes back, Ctrl-C gives up (nothing is recorded)",
            );
        }
        let by = match &global.officer {
            Some(by) => by.clone(),
            None => desk.officer(&officers)?,
        };
        loop {
            let command = match &self.command {
                Some(name) => name.clone(),
                None => desk.menu()?,
            };
            match desk.fill(&command, &by, self.how, self.command.is_none())? {
                Filled::Recorded => return Ok(()),
                Filled::BackToMenu => {}
            }
        }
    }
}

enum Filled {
    Recorded,
    BackToMenu,
}

fn can_be_added(name: &str) -> bool {
    name != BEGINS && Command::NAMES.contains(&name)
}

/// Without a terminal and without answers: what could be typed at once.
fn nobody_to_ask(command: Option<&str>) -> Failure {
    let Some(command) = command else {
        let problem = Problem::new(
            "ADD1",
            "没有终端可以提问；请用 --answers，或直接用 record",
            "there is no terminal to ask in; give --answers, or use record",
        );
        return Failure::one(exit::USAGE, problem.next("mingzhang record --help"));
    };
    let flags: Vec<String> = required(command).iter().map(|name| format!("--{name}")).collect();
    let flags = flags.join(" ");
    let problem = Problem::new(
        "ADD1",
        format!("没有终端可以提问；{command} 须有：{flags}"),
        format!("there is no terminal to ask in; {command} needs {flags}"),
    );
    Failure::one(exit::USAGE, problem.next(format!("mingzhang record {command} --help")))
}

/// What the book has seen, and its officers.
fn seen(folder: &Folder, world: &World) -> Result<(History, Vec<Choice>), Failure> {
    let bar = world.progress("读取", "reading");
    let reading = Reading::open(folder, &mut |n| bar.set_position(n))?;
    let offset = reading.state.offices.ledger().map_or_else(Offset::china, |l| l.utc_offset);
    let today = world.now().day(offset);
    let mut history = History::default();
    for record in records(folder, Until::default())? {
        let (record, _) = record?;
        bar.set_position(record.seq.0);
        history.see(&record, today, offset);
    }
    history.settle(today, &reading.state, &reading.chart(folder)?);
    bar.finish_and_clear();
    let in_office =
        reading.state.offices.officers().filter(|(_, officer)| officer.in_office(today));
    let choice = |id: &OfficerId| Choice { value: id.to_string(), title: Words::default() };
    Ok((history, in_office.map(|(id, _)| choice(id)).collect()))
}

impl Desk<'_> {
    /// Asks until something is said that can be meant; going back is said as such.
    fn ask(&mut self, question: &Question) -> Result<Said, Failure> {
        let wrong = |answer: &str| question.read(answer).err();
        self.asker.ask(question, &wrong, self.out)
    }

    fn choice(&mut self, title: Words, choices: Vec<Choice>) -> Result<Option<String>, Failure> {
        let at = String::new();
        let question = Question { at, title, choices, known: Vec::new(), default: None };
        match self.ask(&question)? {
            Said::Back => Ok(None),
            Said::Answer(answer) => Ok(question.read(&answer).ok()),
        }
    }

    fn officer(&mut self, officers: &[Choice]) -> Result<OfficerId, Failure> {
        let title = Words::new("由谁办理", "who acts");
        loop {
            if let Some(said) = self.choice(title.clone(), officers.to_vec())?
                && let Ok(officer) = OfficerId::parse(&said)
            {
                return Ok(officer);
            }
        }
    }

    /// By what people do: what was used last, then by families.
    fn menu(&mut self) -> Result<String, Failure> {
        loop {
            let used = self.history.used(USED).into_iter().filter(|name| can_be_added(name));
            let mut choices: Vec<Choice> = used.map(command_choice).collect();
            let families = Command::FAMILIES.iter().map(|(family, _)| Choice {
                value: format!("{}…", Words::of_doc(family).en),
                title: ellipsis(&Words::of_doc(family)),
            });
            choices.extend(families);
            let Some(chosen) = self.choice(Words::new("办什么", "what is it"), choices)? else {
                continue;
            };
            if can_be_added(&chosen) {
                return Ok(chosen);
            }
            let of_family = |(family, _): &&(&str, &[&str])| {
                chosen.strip_suffix('…') == Some(&Words::of_doc(family).en)
            };
            let names = Command::FAMILIES.iter().find(of_family).map(|(_, names)| *names);
            let names = names.unwrap_or_default().iter().copied().filter(|name| can_be_added(name));
            let title = Words::new("哪一种", "which");
            if let Some(chosen) = self.choice(title, names.map(command_choice).collect())? {
                return Ok(chosen);
            }
        }
    }

    /// One command, from its first question to its record.
    fn fill(
        &mut self,
        command: &str,
        by: &OfficerId,
        how: How,
        from_menu: bool,
    ) -> Result<Filled, Failure> {
        let mut answers: Vec<String> = Vec::new();
        let mut asked: Vec<String> = Vec::new();
        loop {
            let step = self.next(command, &answers)?;
            let Some(mut question) = step.0 else {
                if self.settle(command, &step.1, by, how)? {
                    return Ok(Filled::Recorded);
                }
                self.take_back(&mut answers, &mut asked);
                continue;
            };
            let again = self.taken_back.iter().rev().find(|(at, _)| *at == question.at);
            if let Some((_, before)) = again.filter(|(at, _)| !at.is_empty()) {
                question.default = Some(before.clone());
            }
            let said = {
                let form = Form::new(command, &self.history);
                let wrong = |answer: &str| wrong(&form, &question, &answers, answer);
                self.asker.ask(&question, &wrong, self.out)?
            };
            match said {
                Said::Answer(answer) => {
                    let read = question.read(&answer).unwrap_or(answer);
                    answers.push(read);
                    asked.push(question.at);
                }
                Said::Back if answers.is_empty() && from_menu => return Ok(Filled::BackToMenu),
                Said::Back => self.take_back(&mut answers, &mut asked),
            }
        }
    }

    fn take_back(&mut self, answers: &mut Vec<String>, asked: &mut Vec<String>) {
        if let (Some(answer), Some(at)) = (answers.pop(), asked.pop()) {
            self.taken_back.push((at, answer));
        }
    }

    /// The next question, or the command.
    fn next(
        &self,
        command: &str,
        answers: &[String],
    ) -> Result<(Option<Question>, Map<String, Value>), Failure> {
        match Form::new(command, &self.history).step(answers) {
            Step::Ask(question) => Ok((Some(*question), Map::new())),
            Step::Done(fields) => Ok((None, fields)),
            Step::Wrong(Words { zh, en }) => {
                Err(Failure::one(exit::USAGE, Problem::new("ADD3", zh, en)))
            }
        }
    }

    /// Shows what would be recorded and how it is typed, and records it if that is wanted; `false` to
    /// go back to the last question.
    fn settle(
        &mut self,
        command: &str,
        fields: &Map<String, Value>,
        by: &OfficerId,
        how: How,
    ) -> Result<bool, Failure> {
        let mut key = None;
        while let Err(failure) = self.try_only(&line(command, fields, key.as_deref()), by, how) {
            let said_before = failure.errors.iter().any(|problem| problem.code == "K05");
            if !said_before && !self.asker.is_a_person() {
                return Err(failure);
            }
            self.out.failure(&failure);
            let (question, default) = if said_before {
                (Words::new("确是另一笔？", "is it really another one?"), NO)
            } else {
                (Words::new("改一改？", "change an answer?"), YES)
            };
            match (self.yes(question, default)?, said_before) {
                (true, true) => key = Some(own_key()?),
                (true, false) => return Ok(false),
                (false, _) => return Err(failure),
            }
        }
        let typed = typed::line(command, fields, Some(by));
        let typed = key.as_ref().map_or(typed.clone(), |key| format!("{typed} --key {key}"));
        self.out.note(
            &format!("同样的话一次说完：{typed}"),
            &format!("the same, typed at once: {typed}"),
        );
        if how.is_dry_run() {
            return Ok(true);
        }
        if !self.yes(Words::new("就这样记账？", "record this?"), YES)? {
            if self.asker.is_a_person() {
                return Ok(false);
            }
            let problem = Problem::new("ADD5", "没有记账", "nothing was recorded");
            return Err(Failure::one(exit::USAGE, problem));
        }
        self.asker.end()?;
        self.door(&line(command, fields, key.as_deref()), by, how.shown_already())?;
        Ok(true)
    }

    fn yes(&mut self, title: Words, default: &str) -> Result<bool, Failure> {
        let question = Question::yes_or_no(title, default);
        match self.ask(&question)? {
            Said::Answer(answer) => Ok(question.read(&answer).is_ok_and(|said| said == YES)),
            Said::Back => Ok(false),
        }
    }

    /// Shows the vouchers. An answer in JSON is one, and so it is the last.
    fn try_only(&self, line: &str, by: &OfficerId, how: How) -> Result<(), Failure> {
        if self.out.json && !how.is_dry_run() {
            return Ok(());
        }
        self.door(line, by, how.only_tried())
    }

    /// The book is open as long as this takes, and not while somebody thinks.
    fn door(&self, line: &str, by: &OfficerId, how: How) -> Result<(), Failure> {
        let mut placed = instructions::read("", line, Some(by))?;
        for placed in &mut placed {
            placed.place = Place::default();
        }
        apply::record_all(self.global, self.world, self.out, placed, how)
    }
}

/// What is wrong with an answer, on its own or beside those before it.
fn wrong(form: &Form, question: &Question, answers: &[String], answer: &str) -> Option<Words> {
    let read = match question.read(answer) {
        Ok(read) => read,
        Err(why) => return Some(why),
    };
    let tried: Vec<String> = answers.iter().cloned().chain([read]).collect();
    match form.step(&tried) {
        Step::Wrong(why) => Some(why),
        Step::Ask(_) | Step::Done(_) => None,
    }
}

fn line(command: &str, fields: &Map<String, Value>, key: Option<&str>) -> String {
    let mut fields = fields.clone();
    fields.insert("command".to_owned(), command.into());
    if let Some(key) = key {
        fields.insert("key".to_owned(), key.into());
    }
    Value::Object(fields).to_string()
}

/// What says the same as before is another one by a key of its own.
fn own_key() -> Result<String, Failure> {
    let random: [u8; 32] = World::random()?;
    let hex = blake3::Hash::from_bytes(random).to_hex();
    Ok(format!("add-{}", hex.as_str().get(..20).unwrap_or_default()))
}

fn command_choice(name: &'static str) -> Choice {
    let title = Words::of_doc(Command::about(name).unwrap_or_default());
    Choice { value: name.to_owned(), title }
}

fn ellipsis(Words { zh, en }: &Words) -> Words {
    Words::new(format!("{zh}…"), format!("{en}…"))
}
