//! From text to instructions: a line of JSON is a command, who asks (`as`) and its key (`key`).

use std::collections::{BTreeMap, BTreeSet};

use mingzhang::book::{CONTENT_KEY, Instruction, canonical};
use mingzhang::event::Fact;
use mingzhang::ids::OfficerId;
use mingzhang::rules::Command;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::chinese::chinese;
use super::failure::{Failure, Place, Problem, exit};

/// An instruction, and where it stands.
pub(crate) struct Placed {
    pub(crate) instruction: Instruction,
    pub(crate) place: Place,
}

/// Reads a file of commands, one a line. Every bad line is named.
pub(crate) fn read(
    file: &str,
    text: &str,
    officer: Option<&OfficerId>,
) -> Result<Vec<Placed>, Failure> {
    let (placed, errors) = read_lines(file, text, officer);
    if errors.is_empty() { Ok(placed) } else { Err(Failure::all(exit::USAGE, errors)) }
}

/// The lines that can be read, and what is wrong with the others.
pub(crate) fn read_lines(
    file: &str,
    text: &str,
    officer: Option<&OfficerId>,
) -> (Vec<Placed>, Vec<Problem>) {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (mut placed, mut errors) = (Vec::new(), Vec::new());
    let mut keys = Keys::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let excerpt = line.to_owned();
        let file = file.to_owned();
        let place = Place { file, line: number + 1, column: 1, excerpt, ..Place::default() };
        match read_line(line, officer, &mut keys) {
            Ok(instruction) => placed.push(Placed { instruction, place }),
            Err(bad) => {
                let (column, problem) = *bad;
                errors.push(problem.at(Place { column, ..place }));
            }
        }
    }
    (placed, errors)
}

/// Keys for commands that bring none: made from what they say, so that what is given twice is found
/// out, and counted, so that two like lines of one file are two commands.
#[derive(Default)]
pub(crate) struct Keys(BTreeMap<String, u32>);

impl Keys {
    pub(crate) fn key(&mut self, command: &Command, by: &OfficerId) -> String {
        let mut said = canonical(command, None).unwrap_or_default();
        // The same word of two officers is two acts.
        if is_personal(command) {
            said.extend(by.as_str().as_bytes());
        }
        let digest = blake3::hash(&said).to_hex();
        let short = digest.as_str().get(..20).unwrap_or_default().to_owned();
        let count = self.0.entry(short.clone()).or_default();
        *count += 1;
        format!("{CONTENT_KEY}{short}-{count}")
    }
}

/// Whether it counts by who does it, and says nothing of that itself.
fn is_personal(command: &Command) -> bool {
    matches!(command, Command::Approve(_) | Command::Refuse(_) | Command::ReviewVouchers(_))
}

/// The column of the fault, and what it is.
pub(crate) type BadLine = Box<(usize, Problem)>;

fn read_line(
    line: &str,
    officer: Option<&OfficerId>,
    keys: &mut Keys,
) -> Result<Instruction, BadLine> {
    let mut fields: Map<String, Value> =
        serde_json::from_str(line).map_err(|e| not_json(line, &e))?;
    if let Some((offset, name)) = repeated_field(line) {
        let column = characters(line, offset);
        let zh = format!("{name} 在这一行出现两次");
        let en = format!("{name} stands twice on this line");
        return Err(Box::new((column, Problem::new("J06", zh, en))));
    }
    let by = match fields.remove("as") {
        None => officer.cloned(),
        Some(said) => {
            Some(said.as_str().and_then(|s| OfficerId::parse(s).ok()).ok_or_else(|| {
                bad_field(line, "as", "经办人编号不合规定", "not an officer's id")
            })?)
        }
    };
    // A key to sign with is a field of its own command.
    let own = fields.get("command").is_some_and(|name| name == "officer_key.register");
    let key = match if own { None } else { fields.remove("key") } {
        None => None,
        Some(Value::String(key)) => Some(key),
        Some(_) => return Err(bad_field(line, "key", "键须是文字", "a key is a text")),
    };
    let by = by.ok_or_else(|| {
        let problem = Problem::new(
            "J02",
            "没有说明由谁办理：加上 \"as\"，或用 --as",
            "it does not say who asks: add \"as\", or use --as",
        )
        .next("mingzhang report officers");
        Box::new((1, problem))
    })?;
    let command = command(line, fields)?;
    let key = key.unwrap_or_else(|| keys.key(&command, &by));
    Ok(Instruction { command, by, key, signed: None })
}

fn not_json(line: &str, error: &serde_json::Error) -> BadLine {
    let column = characters(line, error.column().saturating_sub(1));
    let said = error.to_string();
    // The place is said apart from the cause.
    let cause = said.split(" at line ").next().unwrap_or_default();
    let zh = format!("不是一行 JSON：{}", chinese(&cause));
    Box::new((column, Problem::new("J01", zh, format!("not a line of JSON: {cause}"))))
}

/// A name that an object of the text has twice, and where: JSON would take the last of them in
/// silence.
pub(crate) fn repeated_field(line: &str) -> Option<(usize, String)> {
    let mut open: Vec<BTreeSet<String>> = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find(['"', '{', '}']) {
        let after = rest.get(at..)?;
        let start = line.len() - after.len();
        match after.as_bytes().first() {
            Some(b'{') => open.push(BTreeSet::new()),
            Some(b'}') => drop(open.pop()),
            _ => {
                let mut text = serde_json::Deserializer::from_str(after).into_iter::<String>();
                // As it reads, for the same name can be written in two ways.
                let name = text.next()?.ok()?;
                let (_, behind) = after.split_at(text.byte_offset());
                let is_name = behind.trim_start().starts_with(':');
                if is_name && !open.last_mut().is_none_or(|names| names.insert(name.clone())) {
                    return Some((start, name));
                }
                rest = behind;
                continue;
            }
        }
        rest = after.get(1..)?;
    }
    None
}

/// The command that these fields say.
pub(crate) fn command(line: &str, mut fields: Map<String, Value>) -> Result<Command, BadLine> {
    let Some(Value::String(name)) = fields.remove("command") else {
        let problem = Problem::new("J03", "没有 \"command\"", "there is no \"command\"");
        return Err(Box::new((1, problem)));
    };
    if name == "ledger.create" {
        let zh = "账套已经建立；新账套用 mingzhang init";
        let en = "the book has begun; another one begins with mingzhang init";
        let problem = Problem::new("J07", zh, en).next("mingzhang init --help");
        return Err(Box::new((column_of(line, "command"), problem)));
    }
    match Command::read(&name, Value::Object(fields)) {
        Some(Ok(command)) => Ok(command),
        Some(Err(error)) => {
            let path = error.path().to_string();
            let column = column_of(line, &path);
            let why = error.inner().to_string();
            let (amount_zh, amount_en) = match why.split_once(", expected a string") {
                Some((found, "")) if found.contains('`') => (
                    "；金额和日期写作文字，如 \"5.10\"",
                    "; amounts and days are texts, such as \"5.10\"",
                ),
                Some(_) | None => ("", ""),
            };
            let shown = if path == "." { String::new() } else { format!("{path}: ") };
            let problem = Problem::new(
                "J05",
                format!("{name} 的内容不合规定：{shown}{}{amount_zh}", chinese(&why)),
                format!("{name} does not say what it must: {shown}{why}{amount_en}"),
            );
            Err(Box::new((column, problem.next(format!("mingzhang schema command {name}")))))
        }
        None => Err(Box::new((column_of(line, "command"), unknown_command(&name)))),
    }
}

pub(crate) fn unknown_command(name: &str) -> Problem {
    let near = nearest(name, Command::NAMES);
    Problem::new(
        "J04",
        format!("没有指令 {name}；相近的有：{near}"),
        format!("there is no command {name}; the nearest are: {near}"),
    )
    .next("mingzhang record --help")
}

pub(crate) fn unknown_event(name: &str) -> Problem {
    let near = nearest(name, Fact::NAMES);
    Problem::new(
        "J08",
        format!("没有事件 {name}；相近的有：{near}"),
        format!("there is no event {name}; the nearest are: {near}"),
    )
    .next("mingzhang schema event")
}

/// The nearest names, not all of them.
pub(crate) fn nearest(name: &str, known: &[&str]) -> String {
    let mut near = known.to_vec();
    near.sort_by(|a, b| strsim::jaro_winkler(b, name).total_cmp(&strsim::jaro_winkler(a, name)));
    near.truncate(3);
    near.join(", ")
}

fn bad_field(line: &str, field: &str, zh: &str, en: &str) -> BadLine {
    let problem = Problem::new("J05", format!("{field}：{zh}"), format!("{field}: {en}"));
    Box::new((column_of(line, field), problem))
}

/// The column of what stands at a path like `lines[2].amount`, counted in characters from 1.
fn column_of(line: &str, path: &str) -> usize {
    characters(line, offset_of(line, path))
}

/// The byte at which it stands, or whatever of the path is there.
pub(crate) fn offset_of(text: &str, path: &str) -> usize {
    reached(text, path).0
}

/// The byte at which it stands, if it is there.
pub(crate) fn offset_found(text: &str, path: &str) -> Option<usize> {
    let (offset, whole) = reached(text, path);
    whole.then_some(offset)
}

/// How far a path leads into a text, and whether to its end.
fn reached(text: &str, path: &str) -> (usize, bool) {
    let mut here = text;
    let mut start = 0;
    for step in path.split(['.', '[']).map(|s| s.trim_end_matches(']')).filter(|s| !s.is_empty()) {
        let inner = match step.parse::<usize>() {
            Ok(place) => serde_json::from_str::<Vec<&RawValue>>(here)
                .ok()
                .and_then(|items| items.get(place).map(|item| item.get())),
            Err(_) => serde_json::from_str::<BTreeMap<String, &RawValue>>(here)
                .ok()
                .and_then(|items| items.get(step).map(|item| item.get())),
        };
        let Some(inner) = inner else { return (start, false) };
        start += inner.as_ptr().addr() - here.as_ptr().addr();
        here = inner;
    }
    (start, true)
}

fn characters(line: &str, bytes: usize) -> usize {
    line.char_indices().take_while(|(at, _)| *at < bytes).count() + 1
}
