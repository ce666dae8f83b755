//! What is asked, as a value: a command's schema, what the book has seen and the answers so far give
//! the next question, what is wrong with the last answer, or the command. No terminal is needed.
//!
//! The answers are texts in the order of the questions, so that going back is to drop the last one.

use std::fmt::Write as _;

use mingzhang::rules::Command;
use serde_json::{Map, Value};

use super::history::History;
use super::words::Words;
use crate::cli::amounts;
use crate::cli::chinese::chinese;
use crate::cli::record::{kind, resolve};

/// A command that is to be asked for.
pub(crate) struct Form<'a> {
    command: &'a str,
    schema: Value,
    history: &'a History,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Question {
    /// Where the answer goes, such as `lines[0].member`; empty for a question about the form itself.
    pub(crate) at: String,
    pub(crate) title: Words,
    /// What may be answered; empty where any text of the right form may be.
    pub(crate) choices: Vec<Choice>,
    /// What exists and could be meant, for completion.
    pub(crate) known: Vec<Choice>,
    /// What an empty answer means.
    pub(crate) default: Option<String>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Choice {
    pub(crate) value: String,
    pub(crate) title: Words,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Step {
    Ask(Box<Question>),
    /// The last answer cannot be meant.
    Wrong(Words),
    Done(Map<String, Value>),
}

/// Yes and no, as they are typed.
pub(crate) const YES: &str = "y";
pub(crate) const NO: &str = "n";
/// That none of the fields that may be left out is to be filled in.
const NO_MORE: &str = "-";

/// The sides of an entry, and what its type says of one without.
const SIDES: [&str; 2] = ["debit", "credit"];
const NO_SIDE: &str = "an entry has one debit or one credit";

impl Choice {
    fn new(value: &str, title: Words) -> Choice {
        Choice { value: value.to_owned(), title }
    }
}

impl Question {
    pub(crate) fn yes_or_no(title: Words, default: &str) -> Question {
        let choices = vec![
            Choice::new(YES, Words::new("是", "yes")),
            Choice::new(NO, Words::new("否", "no")),
        ];
        let default = Some(default.to_owned());
        Question { at: String::new(), title, choices, known: Vec::new(), default }
    }

    /// What an answer means: a choice by its number, its name or its title, or the text itself.
    pub(crate) fn read(&self, answer: &str) -> Result<String, Words> {
        let answer = answer.trim();
        if answer.is_empty() {
            let nothing = || Words::new("此项须填", "an answer is needed here");
            return self.default.clone().ok_or_else(nothing);
        }
        if self.choices.is_empty() {
            return Ok(answer.to_owned());
        }
        let by_name = self.choices.iter().find(|choice| {
            choice.value == answer || choice.title.zh == answer || choice.title.en == answer
        });
        let by_number = || {
            let number: usize = answer.parse().ok()?;
            self.choices.get(number.checked_sub(1)?)
        };
        by_name.or_else(by_number).map(|choice| choice.value.clone()).ok_or_else(|| {
            let last = self.choices.len();
            Words::new(
                format!("没有 {answer:?} 这一项；请输入 1 至 {last}，或其名称"),
                format!("{answer:?} is none of them; type 1 to {last}, or a name"),
            )
        })
    }
}

impl<'a> Form<'a> {
    pub(crate) fn new(command: &'a str, history: &'a History) -> Form<'a> {
        let schema = Command::schema(command).map(Value::from).unwrap_or_default();
        Form { command, schema, history }
    }

    /// What comes after these answers. Of several that are wrong the first one is said; whoever asks
    /// tries each answer before the next question.
    pub(crate) fn step(&self, answers: &[String]) -> Step {
        let mut walk = Walk { form: self, answers: answers.iter(), value: Value::Null };
        walk.set(&[], Value::Object(Map::new()));
        let walked = walk.object(&mut Vec::new(), &self.schema, None);
        if let Err(Stop::Wrong(why)) = walked {
            return Step::Wrong(why);
        }
        let Value::Object(fields) = walk.value else { return Step::Done(Map::new()) };
        match (self.wrong(&fields), walked) {
            (Some(why), _) | (None, Err(Stop::Wrong(why))) => Step::Wrong(why),
            (None, Err(Stop::Ask(question))) => Step::Ask(question),
            (None, Ok(())) => Step::Done(fields),
        }
    }

    /// What the command's own type says against what was answered. That something is missing yet is
    /// no fault.
    fn wrong(&self, fields: &Map<String, Value>) -> Option<Words> {
        let read = Command::read(self.command, Value::Object(fields.clone()))?;
        let why = read.err()?.inner().to_string();
        let is_missing = why.starts_with("missing field") || why.starts_with(NO_SIDE);
        (!is_missing).then(|| Words::new(chinese(&why), why))
    }
}

/// A step into a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Key {
    Field(String),
    Item(usize),
}

/// `lines[0].member`
pub(crate) fn said(at: &[Key]) -> String {
    let mut text = String::new();
    for key in at {
        match key {
            Key::Field(name) if text.is_empty() => text.push_str(name),
            Key::Field(name) => write!(text, ".{name}").unwrap_or_default(),
            Key::Item(place) => write!(text, "[{place}]").unwrap_or_default(),
        }
    }
    text
}

enum Stop {
    Ask(Box<Question>),
    Wrong(Words),
}

type Walked = Result<(), Stop>;

/// One of several forms that a value can have.
enum Variant {
    /// Its name is all there is.
    Unit,
    /// `{"name": …}`
    Named(Value),
    /// `{"tag": "name", …}`
    Tagged(String, Value),
    /// A form without a name.
    Plain(Value),
}

struct Walk<'a> {
    form: &'a Form<'a>,
    answers: std::slice::Iter<'a, String>,
    value: Value,
}

impl Walk<'_> {
    fn take(&mut self, question: Question) -> Result<String, Stop> {
        match self.answers.next() {
            None => Err(Stop::Ask(Box::new(question))),
            Some(answer) => question.read(answer).map_err(Stop::Wrong),
        }
    }

    fn set(&mut self, at: &[Key], value: Value) {
        let mut place = &mut self.value;
        for key in at {
            place = match key {
                Key::Field(name) => {
                    if !place.is_object() {
                        *place = Value::Object(Map::new());
                    }
                    let Value::Object(fields) = place else { return };
                    fields.entry(name.clone()).or_insert(Value::Null)
                }
                Key::Item(number) => {
                    if !place.is_array() {
                        *place = Value::Array(Vec::new());
                    }
                    let Value::Array(items) = place else { return };
                    if items.len() <= *number {
                        items.push(Value::Null);
                    }
                    let Some(item) = items.get_mut(*number) else { return };
                    item
                }
            };
        }
        *place = value;
    }

    fn has(&self, at: &[Key]) -> bool {
        let mut value = &self.value;
        for key in at {
            let inner = match key {
                Key::Field(name) => value.get(name),
                Key::Item(number) => value.get(*number),
            };
            let Some(inner) = inner else { return false };
            value = inner;
        }
        !value.is_null()
    }

    /// The fields that are needed in the order in which they are declared, then those that may be
    /// left out, as far as somebody wants them.
    fn object(&mut self, at: &mut Vec<Key>, schema: &Value, tag: Option<&str>) -> Walked {
        let properties = schema.get("properties").and_then(Value::as_object).cloned();
        let properties = properties.unwrap_or_default();
        let required = schema.get("required").and_then(Value::as_array).cloned();
        let required = required.unwrap_or_default();
        let required: Vec<&str> = required.iter().filter_map(Value::as_str).collect();
        for field in required.iter().filter(|field| Some(**field) != tag) {
            if let Some(inner) = properties.get(*field) {
                self.field(at, field, inner)?;
            }
        }
        let mut left: Vec<(&String, Value)> = properties
            .iter()
            .filter(|(name, _)| !required.contains(&name.as_str()) && Some(name.as_str()) != tag)
            .map(|(name, inner)| (name, resolve(&self.form.schema, inner)))
            .collect();
        // What has a default is asked for where the book knows of more than one.
        let mut place = 0;
        while let Some((name, inner)) = left.get(place).cloned() {
            let has_default = inner.get("default").is_some_and(Value::is_string);
            if has_default && self.form.history.known(name, &inner).len() > 1 {
                self.field(at, name, &inner)?;
                left.remove(place);
            } else {
                place += 1;
            }
        }
        // An entry has the one or the other.
        if SIDES.iter().all(|side| left.iter().any(|(name, _)| *name == side)) {
            let sides = left.iter().filter(|(name, _)| SIDES.contains(&name.as_str()));
            let choices = sides.map(|(name, inner)| Choice::new(name, titled(name, inner)));
            let title = Words::new("借还是贷？", "debit or credit?");
            let (at_all, choices) = (String::new(), choices.collect());
            let question =
                Question { at: at_all, title, choices, known: Vec::new(), default: None };
            let chosen = self.take(question)?;
            if let Some((name, inner)) = left.iter().find(|(name, _)| **name == chosen).cloned() {
                self.field(at, name, &inner)?;
            }
            left.retain(|(name, _)| !SIDES.contains(&name.as_str()));
        }
        while !left.is_empty() {
            let title = Words::new("还要填什么？", "anything else?");
            let none = Choice::new(NO_MORE, Words::new("不填了", "nothing else"));
            let fields = left.iter().map(|(name, inner)| Choice::new(name, titled(name, inner)));
            let choices = std::iter::once(none).chain(fields).collect();
            let default = Some(NO_MORE.to_owned());
            let question =
                Question { at: String::new(), title, choices, known: Vec::new(), default };
            let chosen = self.take(question)?;
            let Some(number) = left.iter().position(|(name, _)| **name == chosen) else { break };
            let (name, inner) = left.remove(number);
            self.field(at, name, &inner)?;
        }
        Ok(())
    }

    fn field(&mut self, at: &mut Vec<Key>, name: &str, inner: &Value) -> Walked {
        let inner = resolve(&self.form.schema, inner);
        let title = titled(name, &inner);
        at.push(Key::Field(name.to_owned()));
        let walked = self.value_of(at, name, &inner, &title);
        at.pop();
        walked
    }

    fn value_of(&mut self, at: &mut Vec<Key>, name: &str, schema: &Value, title: &Words) -> Walked {
        let schema = &self.present(schema);
        if let Some(fixed) = schema.get("const") {
            self.set(at, fixed.clone());
            return Ok(());
        }
        let variants = self.variants(schema);
        if !variants.is_empty() {
            return self.one_of(at, name, title, variants);
        }
        match kind(schema) {
            "object" if schema.get("properties").is_some() => {
                // It is not there before something is: what it lacks would hide what is wrong before it.
                self.object(at, schema, None)?;
                if !self.has(at) {
                    self.set(at, Value::Object(Map::new()));
                }
                Ok(())
            }
            "array" => self.list(at, name, schema, title),
            "boolean" => {
                let question = Question::yes_or_no(title.clone(), NO);
                let said = self.take(Question { at: said(at), ..question })?;
                self.set(at, Value::Bool(said == YES));
                Ok(())
            }
            "integer" | "string" => {
                let text = self.take(self.question(at, name, schema, title))?;
                let value = scalar(&text, schema)?;
                self.set(at, value);
                Ok(())
            }
            _ => {
                let text = self.take(self.question(at, name, schema, title))?;
                let read = serde_json::from_str(&text);
                self.set(at, read.unwrap_or(Value::String(text)));
                Ok(())
            }
        }
    }

    fn question(&self, at: &[Key], name: &str, schema: &Value, title: &Words) -> Question {
        let history = self.form.history;
        Question {
            at: said(at),
            title: title.clone(),
            choices: Vec::new(),
            known: history.known(name, schema),
            default: history.offered(self.form.command, at, schema, &self.value),
        }
    }

    /// A schema without "or null": what may be left out is here because somebody wants it.
    fn present(&self, schema: &Value) -> Value {
        let parts = ["anyOf", "oneOf"].into_iter().find_map(|of| schema.get(of)?.as_array());
        let is_null = |part: &&Value| part.get("type").and_then(Value::as_str) != Some("null");
        let parts: Vec<&Value> = parts.into_iter().flatten().collect();
        let real: Vec<&Value> = parts.iter().copied().filter(is_null).collect();
        match real.as_slice() {
            [one] if parts.len() == 2 => resolve(&self.form.schema, one),
            _ => schema.clone(),
        }
    }

    fn variants(&self, schema: &Value) -> Vec<(Choice, Variant)> {
        let mut found = Vec::new();
        let of_enum = |part: &Value, found: &mut Vec<(Choice, Variant)>| {
            let names = part.get("enum").and_then(Value::as_array).into_iter().flatten();
            for name in names.filter_map(Value::as_str) {
                found.push((Choice::new(name, Words::new(name, name)), Variant::Unit));
            }
        };
        of_enum(schema, &mut found);
        let parts = ["oneOf", "anyOf"].into_iter().find_map(|of| schema.get(of)?.as_array());
        for part in parts.into_iter().flatten() {
            let part = resolve(&self.form.schema, part);
            if let Some(name) = part.get("const").and_then(Value::as_str) {
                found.push((Choice::new(name, titled(name, &part)), Variant::Unit));
                continue;
            }
            if part.get("enum").is_some() {
                of_enum(&part, &mut found);
                continue;
            }
            let fields = part.get("properties").and_then(Value::as_object).cloned();
            let fields = fields.unwrap_or_default();
            let tag = fields.iter().find_map(|(field, inner)| {
                Some((field.clone(), inner.get("const")?.as_str()?.to_owned()))
            });
            if let Some((tag, name)) = tag {
                let choice = Choice::new(&name, titled(&name, &part));
                found.push((choice, Variant::Tagged(tag, part)));
                continue;
            }
            let mut names = fields.iter();
            if let (Some((name, inner)), None) = (names.next(), names.next()) {
                let inner = resolve(&self.form.schema, inner);
                let doc = if part.get("description").is_some() { &part } else { &inner };
                found.push((Choice::new(name, titled(name, doc)), Variant::Named(inner)));
                continue;
            }
            let name = fields.keys().cloned().collect::<Vec<_>>().join(" ");
            let name = if name.is_empty() { kind(&part).to_owned() } else { name };
            found.push((Choice::new(&name, titled(&name, &part)), Variant::Plain(part)));
        }
        found
    }

    fn one_of(
        &mut self,
        at: &mut Vec<Key>,
        name: &str,
        title: &Words,
        variants: Vec<(Choice, Variant)>,
    ) -> Walked {
        let (choices, variants): (Vec<Choice>, Vec<Variant>) = variants.into_iter().unzip();
        let names: Vec<String> = choices.iter().map(|choice| choice.value.clone()).collect();
        let default = self.form.history.chosen(self.form.command, at, &names);
        let title = title.clone();
        let question = Question { at: said(at), title, choices, known: Vec::new(), default };
        let titles: Vec<Words> = question.choices.iter().map(|c| c.title.clone()).collect();
        let chosen = self.take(question)?;
        let place = names.iter().position(|name| *name == chosen).unwrap_or_default();
        let title = titles.get(place).cloned().unwrap_or_default();
        match variants.get(place) {
            None => Ok(()),
            Some(Variant::Unit) => {
                self.set(at, Value::String(chosen));
                Ok(())
            }
            Some(Variant::Named(inner)) => {
                at.push(Key::Field(chosen.clone()));
                let walked = self.value_of(at, &chosen, inner, &title);
                at.pop();
                walked
            }
            Some(Variant::Tagged(tag, part)) => {
                at.push(Key::Field(tag.clone()));
                self.set(at, Value::String(chosen));
                at.pop();
                self.object(at, part, Some(tag))
            }
            Some(Variant::Plain(part)) => self.value_of(at, name, part, &title),
        }
    }

    /// Item by item; plain names and numbers at once, with commas between them.
    fn list(&mut self, at: &mut Vec<Key>, name: &str, schema: &Value, title: &Words) -> Walked {
        let items = schema.get("items").map(|of| resolve(&self.form.schema, of));
        let items = items.unwrap_or_default();
        // Names that have to be so many are not there before all of them are.
        if !is_plain(&items) || schema.get("minItems").is_none() {
            self.set(at, Value::Array(Vec::new()));
        }
        if is_plain(&items) {
            let zh = format!("{}（可填几项，用逗号分开）", title.zh);
            let title = Words::new(zh, format!("{} (several with commas between)", title.en));
            let mut question = self.question(at, name, &items, &title);
            if question.known.is_empty() {
                question.known = self.names(&items);
            }
            let text = self.take(question)?;
            let parts = text.split([',', '，', '、']).map(str::trim).filter(|p| !p.is_empty());
            let values: Result<Vec<Value>, Stop> = parts.map(|p| scalar(p, &items)).collect();
            self.set(at, Value::Array(values?));
            return Ok(());
        }
        let mut number = 0;
        loop {
            let zh = format!("{}，第 {} 项", title.zh, number + 1);
            let item = Words::new(zh, format!("{}, item {}", title.en, number + 1));
            at.push(Key::Item(number));
            let walked = self.value_of(at, name, &items, &item);
            at.pop();
            walked?;
            let more = Words::new("再加一项？", "another item?");
            if self.take(Question::yes_or_no(more, NO))? == NO {
                return Ok(());
            }
            number += 1;
        }
    }

    /// The names that a plain item can have.
    fn names(&self, items: &Value) -> Vec<Choice> {
        self.variants(items).into_iter().map(|(choice, _)| choice).collect()
    }
}

/// A name or a number, in which no comma can stand.
fn is_plain(items: &Value) -> bool {
    let unit = |part: &Value| part.get("const").is_some() || part.get("enum").is_some();
    let all_units =
        items.get("oneOf").and_then(Value::as_array).is_some_and(|p| p.iter().all(unit));
    let text = items.get("pattern").and_then(Value::as_str) == Some("^.{1,200}$");
    let plain = matches!(kind(items), "string" | "integer") && !text;
    plain || items.get("enum").is_some() || all_units
}

fn scalar(text: &str, schema: &Value) -> Result<Value, Stop> {
    if kind(schema) != "integer" {
        return Ok(Value::String(amounts::plain(text, schema)));
    }
    let whole = || {
        let zh = format!("须是整数，不是 {text:?}");
        Stop::Wrong(Words::new(zh, format!("a whole number is needed, and not {text:?}")))
    };
    text.parse::<u64>().map(Value::from).map_err(|_| whole())
}

/// What a field is called: its doc text, in English behind its name. Where the doc text is only that of
/// the type, the name says more.
fn titled(name: &str, schema: &Value) -> Words {
    let plain = name.replace('_', " ");
    let doc = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    let Words { zh, en } = Words::of_doc(doc);
    if zh.is_empty() {
        return Words::new(chinese_name(name).unwrap_or(plain.as_str()), plain.clone());
    }
    let of_type = TYPES.iter().any(|of_type| doc.starts_with(of_type));
    let zh = match chinese_name(name) {
        Some(own) if of_type && zh == MONEY => format!("{own}（元，两位小数）"),
        Some(own) if of_type => own.to_owned(),
        Some(_) | None => zh,
    };
    let mut letters = en.chars();
    let first = letters.next().map(|letter| letter.to_lowercase().collect::<String>());
    let said = first.unwrap_or_default() + letters.as_str();
    let en = if said == plain || en == zh { plain } else { format!("{plain} ({said})") };
    Words::new(zh, en)
}

/// How the doc texts of types begin that say only how a thing is written.
const TYPES: [&str; 3] = ["元，", "一行文字 ", "日期 "];
const MONEY: &str = "元，两位小数，写作文字";

/// The names of fields whose type is all that their schema says.
fn chinese_name(name: &str) -> Option<&'static str> {
    const NAMES: [(&str, &str); 15] = [
        ("amount", "金额"),
        ("base", "基数"),
        ("date", "日期"),
        ("debit", "借方"),
        ("credit", "贷方"),
        ("on", "日期"),
        ("name", "名称"),
        ("purpose", "用途"),
        ("reason", "理由"),
        ("place", "地点"),
        ("title", "名称"),
        ("text", "内容"),
        ("total", "合计"),
        ("price", "单价"),
        ("subject", "事由"),
    ];
    NAMES.iter().find(|(english, _)| *english == name).map(|(_, chinese)| *chinese)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of each form that a field can have.
    const TEXTS: [&str; 15] = [
        "2026-03-05",
        "2026-03",
        "5.00",
        "102",
        "2026",
        "30299",
        "1",
        "m-1",
        "general",
        "记-2026-03-0001",
        "收-2026-0001",
        "0123456789012345678901234567890123456789012345678901234567890123",
        "文字",
        "{}",
        "cashier,accountant",
    ];

    /// An answer to a question, such that the next step is not wrong; of choices the one of this number.
    fn answer(form: &Form, answers: &[String], question: &Question, number: usize) -> String {
        let is_right = |text: &str| {
            let tried: Vec<String> = answers.iter().cloned().chain([text.to_owned()]).collect();
            !matches!(form.step(&tried), Step::Wrong(_))
        };
        if question.choices.is_empty() {
            let known = question.known.iter().map(|choice| choice.value.as_str());
            let mut texts = known.chain(TEXTS);
            return texts
                .find(|text| is_right(text))
                .unwrap_or_else(|| {
                    let tried: Vec<String> =
                        answers.iter().cloned().chain(["5.00".to_owned()]).collect();
                    panic!("{} {answers:?} {question:?} {:?}", form.command, form.step(&tried))
                })
                .to_owned();
        }
        let is_end = [NO, NO_MORE].contains(&question.default.as_deref().unwrap_or_default());
        // A list or a form that goes on for ever is ended at some time.
        if is_end && (question.at.is_empty() && answers.len() > number * 3) {
            return question.default.clone().unwrap();
        }
        question.choices[number % question.choices.len()].value.clone()
    }

    #[test]
    fn every_command_can_be_asked_for_with_each_of_its_choices() {
        let history = History::default();
        for name in Command::NAMES.iter().filter(|name| **name != crate::cli::record::BEGINS) {
            let form = Form::new(name, &history);
            // Of rules there are as many forms.
            let most = if *name == "rule.set" { 40 } else { 8 };
            for number in 0..most {
                let mut answers = Vec::new();
                let fields = loop {
                    match form.step(&answers) {
                        Step::Ask(question) => {
                            assert!(!question.title.zh.is_empty(), "{name} {question:?}");
                            assert!(!question.title.en.is_empty(), "{name} {question:?}");
                            answers.push(answer(&form, &answers, &question, number));
                            assert!(answers.len() < 400, "{name}: {answers:?}");
                        }
                        Step::Wrong(why) => panic!("{name} {answers:?}: {why:?}"),
                        Step::Done(fields) => break fields,
                    }
                };
                let read = Command::read(name, Value::Object(fields.clone())).unwrap();
                assert!(read.is_ok(), "{name} {fields:?}: {read:?}");
            }
        }
    }

    #[test]
    fn going_back_is_to_drop_the_last_answer() {
        let history = History::default();
        let form = Form::new("interest.receive", &history);
        let texts = ["2026-03-05", "5.00", "-"].map(str::to_owned);
        let Step::Done(fields) = form.step(&texts) else { panic!() };
        assert_eq!(fields["amount"], "5.00");
        let (Step::Ask(first), Step::Ask(again)) = (form.step(&texts[..1]), form.step(&texts[..1]))
        else {
            panic!()
        };
        assert_eq!(first, again);
        assert_eq!(first.at, "amount");
    }

    #[test]
    fn a_wrong_answer_is_said_in_both_languages_by_the_command_s_own_type() {
        let history = History::default();
        let form = Form::new("interest.receive", &history);
        let wrong = form.step(&["2026-03-05".to_owned(), "5.001".to_owned()]);
        let Step::Wrong(why) = wrong else { panic!("{wrong:?}") };
        assert!(why.en.starts_with("write 1234.56, not \"5.001\": "), "{why:?}");
        assert!(why.zh.starts_with("金额应写作 1234.56，不是 \"5.001\"："), "{why:?}");
    }
}
