//! Where in a command stands what a rule refuses: which line of its list, and which field of that line.
//! A command is a line of JSON, or some rows of a table that was imported.

use std::collections::BTreeMap;

use mingzhang::rules::Refusal;
use serde_json::Value;

use super::instructions::offset_found;
use super::problem::Place;

/// What a command was made of, where that is not its own line of JSON.
#[derive(Debug, Clone, Default)]
pub(crate) struct Within {
    pub(crate) command: Value,
    /// The rows that it was made of, in the order of its list.
    pub(crate) rows: Vec<Row>,
}

#[derive(Debug, Clone)]
pub(crate) struct Row {
    pub(crate) line: usize,
    pub(crate) excerpt: String,
    /// Where each field of a line begins.
    pub(crate) columns: BTreeMap<String, usize>,
}

impl Place {
    /// Where in the command at this place a refusal finds what it refuses; the place itself where that
    /// cannot be told.
    pub(crate) fn of_refusal(self, refusal: &Refusal) -> Place {
        if self.line == 0 {
            return self;
        }
        let typed = || serde_json::from_str(&self.excerpt).unwrap_or_default();
        let command =
            if self.within.rows.is_empty() { typed() } else { self.within.command.clone() };
        match path_of(refusal, &command) {
            Some(path) => self.of_path(&path),
            None => self,
        }
    }

    /// Where in the command at this place stands what has a path such as `lines[3].amount`.
    pub(crate) fn of_path(self, path: &str) -> Place {
        let Within { command, rows } = &self.within;
        let (list, rest) = path.split_once('[').unwrap_or_default();
        let number = rest.split(']').next().and_then(|number| number.parse::<usize>().ok());
        let held = command.get(list).and_then(Value::as_array).map(Vec::len);
        let own = number.filter(|_| held == Some(rows.len()));
        if let Some(row) = rows.get(own.unwrap_or(0)) {
            let field = path.rsplit(['.', '[']).next().unwrap_or_default();
            let column = row.columns.get(field).copied().unwrap_or(self.column);
            let (line, excerpt) = (row.line, row.excerpt.clone());
            return Place { line, column, excerpt, ..self };
        }
        let found = (self.line > 0).then(|| offset_found(&self.excerpt, path)).flatten();
        let column = found.map(|offset| {
            self.excerpt.char_indices().take_while(|(at, _)| *at < offset).count().saturating_add(1)
        });
        Place { column: column.unwrap_or(self.column), ..self }
    }
}

/// What stands in a command under a name that the refusal gives with the same value.
#[derive(Default)]
struct Hits {
    paths: Vec<String>,
    /// Months and days, which many lines have alike: they tell lines apart, and do not make one.
    times: usize,
}

/// The path of what a refusal names: a line of a list that fits it better than the others, or a field
/// of the command itself.
fn path_of(refusal: &Refusal, command: &Value) -> Option<String> {
    let named = refusal.named();
    let is_last = refusal.name().ends_with("Twice");
    let fields = command.as_object()?;
    let mut lines: Vec<(usize, String)> = Vec::new();
    let mut own = Hits::default();
    for (name, value) in fields {
        let Some(items) = value.as_array() else {
            own.search(name, name.clone(), value, &named);
            continue;
        };
        for (number, item) in items.iter().enumerate() {
            let mut hits = Hits::default();
            hits.search("", format!("{name}[{number}]"), item, &named);
            if let Some(first) = hits.paths.first() {
                lines.push((hits.paths.len().saturating_add(hits.times), first.clone()));
            }
        }
    }
    let most = lines.iter().map(|(count, _)| *count).max().unwrap_or(0);
    let mut best = lines.iter().filter(|(count, _)| *count == most).map(|(_, path)| path.clone());
    let line = match (best.next(), best.next_back()) {
        (first, None) => first,
        // Of two lines of one thing the later is the one too many; else nothing tells them apart.
        (first, last) => {
            if is_last {
                last
            } else {
                first
            }
        }
    };
    line.or_else(|| own.paths.into_iter().next())
}

impl Hits {
    fn search(&mut self, name: &str, path: String, value: &Value, named: &[(&str, String)]) {
        let text = match value {
            Value::Object(fields) => {
                for (name, inner) in fields {
                    self.search(name, format!("{path}.{name}"), inner, named);
                }
                return;
            }
            Value::String(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Null | Value::Bool(_) | Value::Array(_) => return,
        };
        // Of a list of ids nothing but the id itself is there.
        let is_it =
            |(of, said): &&(&str, String)| (*of == name || name.is_empty()) && *said == text;
        match named.iter().find(is_it) {
            Some(("month" | "date" | "on" | "from" | "first" | "last" | "year", _)) => {
                self.times = self.times.saturating_add(1);
            }
            Some(_) => self.paths.push(path),
            None => {}
        }
    }
}
