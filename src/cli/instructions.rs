//! From text to instructions: a line of JSON is a command, who asks (`as`) and its key (`key`).

use std::collections::BTreeMap;

use mingzhang::book::{Instruction, canonical};
use mingzhang::ids::OfficerId;
use mingzhang::rules::Command;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

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
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let (mut placed, mut errors) = (Vec::new(), Vec::new());
    let mut keys = Keys::default();
    for (number, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let excerpt = line.to_owned();
        let place = Place { file: file.to_owned(), line: number + 1, column: 1, excerpt };
        match read_line(line, officer, &mut keys) {
            Ok(instruction) => placed.push(Placed { instruction, place }),
            Err(bad) => {
                let (column, problem) = *bad;
                errors.push(problem.at(Place { column, ..place }));
            }
        }
    }
    if errors.is_empty() { Ok(placed) } else { Err(Failure { exit: exit::REFUSED, errors }) }
}

/// Keys for commands that bring none: made from what they say, so that a file that is given twice
/// is recorded once, and counted, so that two like lines of one file are two commands.
#[derive(Default)]
pub(crate) struct Keys(BTreeMap<String, u32>);

impl Keys {
    pub(crate) fn key(&mut self, command: &Command) -> String {
        let digest = blake3::hash(&canonical(command).unwrap_or_default()).to_hex();
        let short = digest.as_str().get(..20).unwrap_or_default().to_owned();
        let count = self.0.entry(short.clone()).or_default();
        *count += 1;
        format!("auto-{short}-{count}")
    }
}

/// The column of the fault, and what it is.
type BadLine = Box<(usize, Problem)>;

fn read_line(
    line: &str,
    officer: Option<&OfficerId>,
    keys: &mut Keys,
) -> Result<Instruction, BadLine> {
    let mut fields: Map<String, Value> = serde_json::from_str(line).map_err(|error| {
        let column = characters(line, error.column().saturating_sub(1));
        let zh = format!("不是一行 JSON：{error}");
        Box::new((column, Problem::new("J01", zh, format!("not a line of JSON: {error}"))))
    })?;
    let by = match fields.remove("as") {
        None => officer.cloned(),
        Some(said) => {
            Some(said.as_str().and_then(|s| OfficerId::parse(s).ok()).ok_or_else(|| {
                bad_field(line, "as", "经办人编号不合规定", "not an officer's id")
            })?)
        }
    };
    let key = match fields.remove("key") {
        None => None,
        Some(Value::String(key)) => Some(key),
        Some(_) => return Err(bad_field(line, "key", "键须是文字", "a key is a text")),
    };
    let by = by.ok_or_else(|| {
        let problem = Problem::new(
            "J02",
            "没有说明由谁办理：加上 \"as\"，或用 --as",
            "it does not say who asks: add \"as\", or use --as",
        );
        Box::new((1, problem))
    })?;
    let command = command(line, fields)?;
    let key = key.unwrap_or_else(|| keys.key(&command));
    Ok(Instruction { command, by, key })
}

fn command(line: &str, mut fields: Map<String, Value>) -> Result<Command, BadLine> {
    let Some(Value::String(name)) = fields.remove("command") else {
        let problem = Problem::new("J03", "没有 \"command\"", "there is no \"command\"");
        return Err(Box::new((1, problem)));
    };
    match Command::read(&name, Value::Object(fields)) {
        Some(Ok(command)) => Ok(command),
        Some(Err(error)) => {
            let path = error.path().to_string();
            let column = column_of(line, &path);
            let why = error.inner().to_string();
            let shown = if path == "." { String::new() } else { format!("{path}: ") };
            let problem = Problem::new(
                "J05",
                format!("{name} 的内容不合规定：{shown}{why}"),
                format!("{name} does not say what it must: {shown}{why}"),
            );
            Err(Box::new((column, problem.next(format!("mingzhang schema command {name}")))))
        }
        None => Err(Box::new((column_of(line, "command"), unknown_command(&name)))),
    }
}

/// The nearest names, not all of them.
pub(crate) fn unknown_command(name: &str) -> Problem {
    let mut near: Vec<&str> = Command::NAMES.to_vec();
    near.sort_by_key(|known| strsim::levenshtein(known, name));
    let near = near.into_iter().take(3).collect::<Vec<_>>().join(", ");
    Problem::new(
        "J04",
        format!("没有指令 {name}；相近的有：{near}"),
        format!("there is no command {name}; the nearest are: {near}"),
    )
    .next("mingzhang record --help")
}

fn bad_field(line: &str, field: &str, zh: &str, en: &str) -> BadLine {
    let problem = Problem::new("J05", format!("{field}：{zh}"), format!("{field}: {en}"));
    Box::new((column_of(line, field), problem))
}

/// The column of what stands at a path like `lines[2].amount`, counted in characters from 1.
fn column_of(line: &str, path: &str) -> usize {
    let mut here = line;
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
        let Some(inner) = inner else { break };
        start += inner.as_ptr().addr() - here.as_ptr().addr();
        here = inner;
    }
    characters(line, start)
}

fn characters(line: &str, bytes: usize) -> usize {
    line.char_indices().take_while(|(at, _)| *at < bytes).count() + 1
}
