//! 报表格式 Statements that a chart brings with it: lines that add up accounts, or lines above them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::file::{Names, line, word};
use super::{Account, ChartFault};
use crate::ids::{AccountCode, ChartId, Text};
use crate::lang::Lang;

/// One statement, read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub id: ChartId,
    title: Names,
    pub kind: StatementKind,
    pub lines: Vec<StatementLine>,
}

/// What a statement's columns are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum StatementKind {
    /// What stands on the accounts, before the period and at its end.
    Balances,
    /// What was posted in the period; neither openings nor what carries a result forward.
    Flows,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatementLine {
    /// 行次 As the form numbers it.
    pub no: Text,
    pub zh: Text,
    pub en: Text,
    pub adds: Adds,
}

/// What a line adds up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Adds {
    /// Accounts with those under them, each counted on the side on which its class grows.
    Accounts(Vec<Part<AccountCode>>),
    /// Lines above it, by their place counted from 0.
    Lines(Vec<Part<usize>>),
}

/// One thing that is added, or taken off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part<T> {
    pub of: T,
    /// Written with a '-' before it.
    pub taken_off: bool,
}

impl Statement {
    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StatementFile {
    id: String,
    title: Names,
    /// balances or flows
    kind: String,
    lines: Vec<LineFile>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LineFile {
    /// The line's number on the form.
    no: String,
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
    /// Accounts that it adds up, with those under them; one with '-' before it is taken off.
    #[serde(default)]
    accounts: Vec<String>,
    /// Numbers of lines above it, in the same way.
    #[serde(default)]
    sum: Vec<String>,
}

pub(super) fn check(
    written: Vec<StatementFile>,
    accounts: &BTreeMap<AccountCode, Account>,
    faults: &mut Vec<ChartFault>,
) -> Vec<Statement> {
    let mut statements: Vec<Statement> = Vec::new();
    for file in written {
        let taken = |id: &ChartId| statements.iter().any(|other| other.id == *id);
        let Some(id) = ChartId::parse(&file.id).ok().filter(|id| !taken(id)) else {
            faults.push(ChartFault::StatementId { found: file.id });
            continue;
        };
        for lang in Lang::ALL {
            let found = file.title.get(lang);
            if line(found).is_none() {
                let (statement, found) = (id.to_string(), found.to_owned());
                faults.push(ChartFault::StatementTitle { statement, lang, found });
            }
        }
        let kind = word(&file.kind);
        if kind.is_none() {
            let (statement, found) = (id.to_string(), file.kind);
            faults.push(ChartFault::StatementKind { statement, found });
        }
        let lines = check_lines(&id, file.lines, accounts, faults);
        let title = file.title;
        statements.extend(kind.map(|kind| Statement { id, title, kind, lines }));
    }
    statements
}

fn check_lines(
    id: &ChartId,
    written: Vec<LineFile>,
    accounts: &BTreeMap<AccountCode, Account>,
    faults: &mut Vec<ChartFault>,
) -> Vec<StatementLine> {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for (place, file) in written.into_iter().enumerate() {
        let statement = || id.to_string();
        let no = line(&file.no).filter(|no| !places.contains_key(no.as_str()));
        let Some(no) = no.filter(|no| !no.as_str().starts_with('-')) else {
            let place = place.saturating_add(1);
            faults.push(ChartFault::LineNumber { statement: statement(), place, found: file.no });
            continue;
        };
        let (zh, en) = (line(&file.zh), line(&file.en));
        for (lang, name, found) in [(Lang::Zh, &zh, &file.zh), (Lang::En, &en, &file.en)] {
            if name.is_none() {
                let (statement, no, found) = (statement(), no.to_string(), found.clone());
                faults.push(ChartFault::LineName { statement, no, lang, found });
            }
        }
        let mut unknown = Vec::new();
        let adds = if file.accounts.is_empty() {
            let above = |no: &str| places.get(no).copied();
            Adds::Lines(parts(&file.sum, above, &mut unknown))
        } else {
            let known = |code: &str| {
                let code = AccountCode::parse(code).ok();
                code.filter(|code| accounts.contains_key(code))
            };
            Adds::Accounts(parts(&file.accounts, known, &mut unknown))
        };
        for found in unknown {
            let (statement, no) = (statement(), no.to_string());
            faults.push(match adds {
                Adds::Accounts(_) => ChartFault::LineAccount { statement, no, found },
                Adds::Lines(_) => ChartFault::LineSum { statement, no, found },
            });
        }
        if file.accounts.is_empty() == file.sum.is_empty() {
            faults.push(ChartFault::LineOfNothing { statement: statement(), no: no.to_string() });
        }
        places.insert(no.to_string(), lines.len());
        if let (Some(zh), Some(en)) = (zh, en) {
            lines.push(StatementLine { no, zh, en, adds });
        }
    }
    lines
}

/// The parts that are known; the others as they are written.
fn parts<T>(
    written: &[String],
    known: impl Fn(&str) -> Option<T>,
    unknown: &mut Vec<String>,
) -> Vec<Part<T>> {
    let mut parts = Vec::new();
    for text in written {
        let bare = text.strip_prefix('-');
        match known(bare.unwrap_or(text)) {
            Some(of) => parts.push(Part { of, taken_off: bare.is_some() }),
            None => unknown.push(text.clone()),
        }
    }
    parts
}
