//! Who is asked: a person at a terminal, or a file with answers. What is asked is `questions`.

use std::path::Path;

use dialoguer::theme::Theme;
use dialoguer::{Completion, Input, Select};
use mingzhang::lang::Lang;

use super::questions::{Choice, Question};
use super::words::Words;
use crate::cli::failure::{Failure, Place, Problem, exit};
use crate::cli::output::Output;

/// What takes one back to the question before.
pub(crate) const BACK: &str = "<";

#[derive(Debug, PartialEq)]
pub(crate) enum Said {
    Answer(String),
    Back,
}

pub(crate) enum Asker {
    Terminal,
    Lines(Lines),
}

/// Answers, one a line; an empty one takes what is offered.
pub(crate) struct Lines {
    file: String,
    all: Vec<String>,
    next: usize,
}

impl Lines {
    pub(crate) fn new(file: &Path, text: &str) -> Lines {
        let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
        let all = text.lines().map(str::to_owned).collect();
        Lines { file: file.display().to_string(), all, next: 0 }
    }

    /// Where the last line stands that was read.
    fn place(&self) -> Place {
        let excerpt = self.all.get(self.next.saturating_sub(1)).cloned().unwrap_or_default();
        Place { file: self.file.clone(), line: self.next, column: 1, excerpt, ..Place::default() }
    }

    fn take(&mut self, question: &Question) -> Result<String, Failure> {
        let line = self.all.get(self.next).cloned();
        self.next += 1;
        line.ok_or_else(|| {
            let Words { zh, en } = &question.title;
            let problem = Problem::new(
                "ADD2",
                format!("答案到此为止，还要问：{zh}"),
                format!("the answers end here, and this is asked yet: {en}"),
            );
            let place = Place { excerpt: String::new(), ..self.place() };
            Failure::one(exit::USAGE, problem.at(place))
        })
    }

    /// Answers that are left over were meant for other questions than were asked.
    fn left_over(&mut self) -> Option<Failure> {
        let rest = self.all.get(self.next..).unwrap_or_default();
        let first = rest.iter().position(|line| !line.trim().is_empty())?;
        self.next = self.next.saturating_add(first).saturating_add(1);
        let zh = "问题已经问完，这一行多余";
        let problem = Problem::new("ADD4", zh, "nothing more is asked, and here is an answer");
        Some(Failure::one(exit::USAGE, problem.at(self.place())))
    }
}

impl Asker {
    pub(crate) fn ask(
        &mut self,
        question: &Question,
        wrong: &dyn Fn(&str) -> Option<Words>,
        out: &Output,
    ) -> Result<Said, Failure> {
        match self {
            Asker::Terminal if question.choices.is_empty() => typed(question, wrong, out.lang),
            Asker::Terminal => chosen(question, out.lang),
            Asker::Lines(lines) => {
                let answer = lines.take(question)?;
                if answer.trim() == BACK {
                    return Ok(Said::Back);
                }
                if let Some(why) = wrong(&answer) {
                    let Words { zh, en } = &question.title;
                    let zh = format!("{zh}：{}", why.zh);
                    let problem = Problem::new("ADD3", zh, format!("{en}: {}", why.en));
                    return Err(Failure::one(exit::USAGE, problem.at(lines.place())));
                }
                let (zh, en) =
                    (shown(question, &answer, Lang::Zh), shown(question, &answer, Lang::En));
                out.note(
                    &format!("{}：{zh}", question.title.zh),
                    &format!("{}: {en}", question.title.en),
                );
                Ok(Said::Answer(answer))
            }
        }
    }

    /// Where somebody can be asked again after a refusal.
    pub(crate) fn is_a_person(&self) -> bool {
        matches!(self, Asker::Terminal)
    }

    pub(crate) fn end(&mut self) -> Result<(), Failure> {
        match self {
            Asker::Terminal => Ok(()),
            Asker::Lines(lines) => lines.left_over().map_or(Ok(()), Err),
        }
    }
}

/// An answer as it was understood.
fn shown(question: &Question, answer: &str, lang: Lang) -> String {
    let read = question.read(answer).unwrap_or_default();
    let all = question.choices.iter().chain(&question.known);
    match all.into_iter().find(|choice| choice.value == read) {
        Some(choice) => line(choice, lang),
        None => read,
    }
}

/// A choice by its title and its name: `银行存款 bank`.
pub(crate) fn line(choice: &Choice, lang: Lang) -> String {
    let (value, title) = (&choice.value, choice.title.get(lang));
    let plain = value.replace('_', " ");
    let is_said = title.is_empty() || title == plain;
    // In English a name is said before what it means.
    if title.starts_with(&format!("{plain} (")) {
        return title.to_owned();
    }
    // What is but yes, no and nothing has no name that is worth saying.
    let is_sign = value.len() == 1 && !value.starts_with(|c: char| c.is_ascii_digit());
    match (is_said, is_sign) {
        (true, _) => value.clone(),
        (false, true) => title.to_owned(),
        (false, false) => format!("{title} {value}"),
    }
}

/// As plain as can be, and in the language of the run.
struct Plain;

impl Theme for Plain {
    fn format_error(&self, f: &mut dyn core::fmt::Write, why: &str) -> core::fmt::Result {
        f.write_str(why)
    }
}

struct Known<'a>(&'a [Choice]);

impl Completion for Known<'_> {
    /// As far as all that could be meant is the same.
    fn get(&self, input: &str) -> Option<String> {
        let mut fitting = self.0.iter().map(|known| known.value.as_str());
        let first = fitting.find(|value| value.starts_with(input))?.to_owned();
        let fitting = fitting.filter(|value| value.starts_with(input));
        let common = fitting.fold(first, |common, value| {
            let same = common.chars().zip(value.chars()).take_while(|(one, other)| one == other);
            same.map(|(letter, _)| letter).collect()
        });
        (common.len() > input.len()).then_some(common)
    }
}

fn typed(
    question: &Question,
    wrong: &dyn Fn(&str) -> Option<Words>,
    lang: Lang,
) -> Result<Said, Failure> {
    let known = Known(&question.known);
    let mut input = Input::<String>::with_theme(&Plain)
        .with_prompt(question.title.get(lang))
        .allow_empty(false)
        .completion_with(&known)
        .validate_with(|text: &String| match wrong(text) {
            Some(why) if text != BACK => Err(why.get(lang).to_owned()),
            Some(_) | None => Ok(()),
        });
    if let Some(default) = &question.default {
        input = input.default(default.clone());
    }
    let answer = input.interact_text().map_err(broken)?;
    Ok(if answer.trim() == BACK { Said::Back } else { Said::Answer(answer) })
}

fn chosen(question: &Question, lang: Lang) -> Result<Said, Failure> {
    let items = question.choices.iter().map(|choice| line(choice, lang));
    let back = match lang {
        Lang::Zh => "< 返回",
        Lang::En => "< back",
    };
    let is_default = |choice: &Choice| Some(&choice.value) == question.default.as_ref();
    let default = question.choices.iter().position(is_default).unwrap_or_default();
    let select = Select::with_theme(&Plain)
        .with_prompt(question.title.get(lang))
        .items(items)
        .item(back)
        .default(default);
    let place = select.interact_opt().map_err(broken)?;
    let choice = place.and_then(|place| question.choices.get(place));
    Ok(choice.map_or(Said::Back, |choice| Said::Answer(choice.value.clone())))
}

fn broken(error: dialoguer::Error) -> Failure {
    let dialoguer::Error::IO(error) = error;
    Failure::file(Path::new("terminal"), &error)
}
