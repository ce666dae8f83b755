//! What each kind of file becomes: lines into units that are one thing each, and units into commands.

mod bank;
mod dues;
mod entries;
mod payroll;
mod roster;
mod tax;
mod vouchers;

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::flaw::Flaw;
use super::grid::{Grid, Row};
use super::header::Header;
use super::lines::Line;
use super::plan::Asked;
use super::rules::Rules;
use super::table::Named;
use crate::chart::Chart;
use crate::date::Day;
use crate::event::import::ImportKind;
use crate::ids::OfficerId;
use crate::money::Money;
use crate::projection::State;
use crate::rules::Command;

/// All that a file is read with.
pub(super) struct Input<'a> {
    pub(super) kind: ImportKind,
    pub(super) grid: &'a Grid,
    pub(super) header: &'a Header,
    pub(super) rules: &'a Rules,
    pub(super) lines: &'a [Line],
    pub(super) state: &'a State,
    pub(super) chart: &'a Chart,
    pub(super) today: Day,
    /// Whether every line could be read: else one line does not lead to the next.
    pub(super) whole: bool,
    /// The form of each command that the rules make.
    schemas: BTreeMap<String, Json>,
}

/// One thing of the file: a line, or the lines of one voucher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Unit {
    /// Places among the lines.
    pub(super) lines: Vec<usize>,
    /// What makes it the same when it comes again.
    pub(super) identity: String,
    /// Whether nothing else of the same file can be the same, for a balance stands beside it.
    pub(super) unique: bool,
    /// In less out, or what is counted up.
    pub(super) amount: Money,
    pub(super) rule: String,
    /// The rule of the table that fits, by its place; `None` where the kind itself says what it is.
    pub(super) matcher: Option<usize>,
    /// The rules leave it out.
    pub(super) left: bool,
}

/// Commands that some lines become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// Lines of the file, from 1 on.
    pub lines: Vec<u32>,
    /// The rule that made it.
    pub rule: String,
    pub amount: Money,
    pub commands: Vec<Made>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    pub command: Command,
    /// Who asks, where the rules say that it is somebody else than who imports.
    pub by: Option<OfficerId>,
}

/// What is found, and what is wrong.
pub(super) struct Found<T> {
    pub(super) all: Vec<T>,
    pub(super) flaws: Vec<Flaw>,
}

impl<T> Default for Found<T> {
    fn default() -> Found<T> {
        Found { all: Vec::new(), flaws: Vec::new() }
    }
}

pub(super) fn units(input: &Input<'_>) -> Found<Unit> {
    match input.kind {
        ImportKind::Roster => roster::units(input),
        ImportKind::DuesRoll => dues::units(input),
        ImportKind::Payroll => payroll::units(input),
        ImportKind::BankStatement => bank::units(input),
        ImportKind::TaxList => tax::units(input),
        ImportKind::Vouchers => vouchers::units(input),
        ImportKind::Entries => entries::units(input),
    }
}

pub(super) fn drafts(input: &Input<'_>, units: &[Unit]) -> Found<Draft> {
    match input.kind {
        ImportKind::Roster => roster::drafts(input, units),
        ImportKind::DuesRoll => dues::drafts(input, units),
        ImportKind::Payroll => payroll::drafts(input, units),
        ImportKind::BankStatement => bank::drafts(input, units),
        ImportKind::TaxList => tax::drafts(input, units),
        ImportKind::Vouchers => vouchers::drafts(input, units),
        ImportKind::Entries => entries::drafts(input, units),
    }
}

impl<'a> Input<'a> {
    pub(super) fn new(
        kind: ImportKind,
        grid: &'a Grid,
        header: &'a Header,
        asked: &Asked<'a>,
        lines: &'a [Line],
        whole: bool,
    ) -> Input<'a> {
        let Asked { rules, state, chart, today, .. } = *asked;
        let made = rules.matchers.iter().flat_map(|matcher| &matcher.makes);
        let form = |name: &String| Command::schema(name).map(Json::from).unwrap_or_default();
        let schemas = made.map(|make| (make.command.clone(), form(&make.command))).collect();
        Input { kind, grid, header, rules, lines, state, chart, today, whole, schemas }
    }
}

impl Input<'_> {
    fn row(&self, line: &Line) -> Option<&Row> {
        self.grid.rows.get(line.row)
    }

    /// The line that a unit begins with.
    pub(super) fn line<'a>(&'a self, unit: &Unit) -> Option<&'a Line> {
        unit.lines.first().and_then(|at| self.lines.get(*at))
    }

    pub(super) fn numbers(&self, unit: &Unit) -> Vec<u32> {
        let lines = unit.lines.iter().filter_map(|at| self.lines.get(*at));
        lines.map(|line| line.number).collect()
    }

    /// What is wrong with a line, at the column of this key where it has one.
    pub(super) fn flaw(
        &self,
        line: &Line,
        code: &'static str,
        key: &str,
        zh: String,
        en: String,
    ) -> Flaw {
        let at = self.header.columns.get(key).copied();
        match self.row(line) {
            Some(row) => row.flaw(code, at, zh, en),
            None => Flaw { code, line: line.number, zh, en, ..Flaw::default() },
        }
    }

    /// What neither the line nor the rules say.
    fn missing(&self, line: &Line, key: &'static str, zh: &str, en: &str) -> Flaw {
        if self.header.columns.contains_key(key) {
            let (zh, en) = (format!("这一行没有{zh}"), format!("the line has no {en}"));
            return self.flaw(line, super::code::BLANK, key, zh, en);
        }
        let flaw = self.flaw(
            line,
            "I34",
            key,
            format!("没有{zh}：文件中没有这一列，规则的 [fixed] 中也没有 {key}"),
            format!(
                "there is no {en}: no column of the file, and no {key} in [fixed] of the rules"
            ),
        );
        Flaw { next: format!("mingzhang import FILE --set {key}=…"), ..flaw }
    }

    /// The command of these fields, or what is wrong with the line that brought them.
    fn command(&self, line: &Line, name: &str, fields: Map<String, Json>) -> Result<Command, Flaw> {
        match Command::read(name, Json::Object(fields)) {
            Some(Ok(command)) => Ok(command),
            Some(Err(error)) => {
                let (path, why) = (error.path().to_string(), error.inner().to_string());
                let key = path.split(['.', '[']).next().unwrap_or_default().to_owned();
                let flaw = self.flaw(
                    line,
                    "I35",
                    &key,
                    format!("不能成为 {name}：{path} 的内容不合规定"),
                    format!("it cannot become {name}: {path}"),
                );
                Err(Flaw { cause: why, next: format!("mingzhang schema command {name}"), ..flaw })
            }
            None => Err(self.flaw(
                line,
                "I35",
                "",
                format!("没有指令 {name}"),
                format!("there is no command {name}"),
            )),
        }
    }

    /// The first rule that fits, by its place.
    fn matched(&self, line: &dyn Named) -> Option<usize> {
        self.rules.matchers.iter().position(|matcher| matcher.fits(line))
    }

    /// The commands of a rule, with what the line says in their places.
    fn made(
        &self,
        line: &Line,
        said: &dyn Named,
        matcher: usize,
        amount: Money,
    ) -> Result<Vec<Made>, Flaw> {
        let Some(matcher) = self.rules.matchers.get(matcher) else { return Ok(Vec::new()) };
        let mut made = Vec::new();
        for make in &matcher.makes {
            let fields = self.fields(line, said, make, amount);
            let command = self.command(line, &make.command, fields)?;
            made.push(Made { command, by: make.by.clone() });
        }
        Ok(made)
    }

    /// What the rule says, and what it need not say: the day, the month and the amount of the line,
    /// and what is fixed.
    fn fields(
        &self,
        line: &Line,
        said: &dyn Named,
        make: &super::table::Make,
        amount: Money,
    ) -> Map<String, Json> {
        let schema = self.schemas.get(&make.command);
        let properties = schema.and_then(|all| all.get("properties")).and_then(Json::as_object);
        let mut fields = Map::new();
        let day = line.day("date").or_else(|| line.day("on"));
        for property in properties.into_iter().flat_map(|all| all.keys()) {
            let value = match property.as_str() {
                "date" | "on" => day.map(|day| day.to_string()),
                "month" => {
                    line.month("month").or(day.map(Day::month)).map(|month| month.to_string())
                }
                "amount" => Some(amount.abs().to_string()),
                other => self.rules.fixed(other).map(str::to_owned),
            };
            if let Some(value) = value {
                fields.insert(property.clone(), value.into());
            }
        }
        for (path, template) in &make.fields {
            let value = super::table::filled(template, said);
            let first = path.split('.').next().unwrap_or_default();
            let of = properties.and_then(|all| all.get(first));
            let value = plain(value, of.filter(|_| first == path));
            if value == "" {
                // What stands empty is not said.
                fields.remove(first);
            } else {
                super::table::put(&mut fields, path, value);
            }
        }
        fields
    }
}

/// A text as the number or the word that its field takes.
fn plain(value: Json, schema: Option<&Json>) -> Json {
    let is = |name: &str| {
        let kind = schema.and_then(|schema| schema.get("type"));
        kind.is_some_and(|kind| {
            kind == name || kind.as_array().is_some_and(|kinds| kinds.iter().any(|k| k == name))
        })
    };
    let Json::String(text) = &value else { return value };
    if is("integer") {
        return text.parse::<u64>().map_or(value, Json::from);
    }
    if is("boolean") {
        return text.parse::<bool>().map_or(value, Json::from);
    }
    value
}

/// One unit a line.
fn unit_of(at: usize, identity: String, amount: Money, kind: ImportKind) -> Unit {
    Unit {
        lines: vec![at],
        identity,
        unique: false,
        amount,
        rule: kind.name().to_owned(),
        matcher: None,
        left: false,
    }
}

fn object(value: Json) -> Map<String, Json> {
    match value {
        Json::Object(fields) => fields,
        Json::Null | Json::Bool(_) | Json::Number(_) | Json::String(_) | Json::Array(_) => {
            Map::new()
        }
    }
}

/// Puts what is fixed by the rules into fields that do not say it.
fn with_fixed(mut fields: Map<String, Json>, rules: &Rules, keys: &[&str]) -> Map<String, Json> {
    for key in keys {
        if let Some(value) = rules.fixed(key) {
            fields.entry((*key).to_owned()).or_insert_with(|| json!(value));
        }
    }
    fields
}
