//! The table of rules 判断表: conditions on a line and what becomes of it, the first that fits. A
//! treasurer keeps it in a sheet: conditions stand on the left of the column `command` 指令, the
//! fields of the command on its right.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};
use unicode_normalization::UnicodeNormalization;

use super::flaw::Flaw;
use super::grid::{Cell, Grid, Row};
use super::values;
use crate::ids::OfficerId;
use crate::money::Money;
use crate::rules::Command;

/// What is said in the place of a command where a line becomes none.
pub const SKIP: &str = "skip";

/// The names of the columns of a table that are no condition and no field.
const COMMAND: [&str; 2] = ["指令", "command"];
const NAME: [&str; 3] = ["规则", "rule", "name"];
const BY: [&str; 2] = ["经办人", "as"];

/// One rule: where all its conditions hold, these commands are made; none where lines are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matcher {
    pub name: String,
    /// The line of the rules file or of the table.
    pub line: u32,
    conditions: Vec<(String, Test)>,
    pub makes: Vec<Make>,
}

/// A command with its fields, whose texts name columns as `{摘要}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Make {
    pub command: String,
    pub by: Option<OfficerId>,
    pub fields: BTreeMap<String, Json>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Test {
    /// Any of these stands in it.
    Contains(Vec<String>),
    Equals(String),
    /// None of these stands in it.
    Without(Vec<String>),
    /// An amount between the two, both included.
    Between(Option<Money>, Option<Money>),
    Present,
}

/// What a line says under the name of a column.
pub trait Named {
    /// `None` where there is no such column; an empty text where nothing stands in it.
    fn text(&self, name: &str) -> Option<String>;
    /// The amount of a column, with its sign.
    fn amount(&self, name: &str) -> Option<Money>;
    /// The accounts of one side of a voucher: a condition names one by its beginning.
    fn accounts(&self, _: &str) -> Option<&[String]> {
        None
    }
}

/// The same name however it is typed: wide and narrow letters are one, case and spaces are none.
#[must_use]
pub fn folded(text: &str) -> String {
    text.nfkc().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

impl Matcher {
    pub fn new(
        name: String,
        line: u32,
        when: BTreeMap<String, String>,
        makes: Vec<Make>,
    ) -> Result<Matcher, [String; 2]> {
        for Make { command, .. } in &makes {
            if !Command::NAMES.contains(&command.as_str()) || command == "ledger.create" {
                return Err([
                    format!("没有指令 {command}"),
                    format!("there is no command {command}"),
                ]);
            }
        }
        let mut conditions = Vec::new();
        for (field, said) in when {
            if let Some(test) = Test::read(&said)? {
                conditions.push((field, test));
            }
        }
        Ok(Matcher { name, line, conditions, makes })
    }

    /// The columns that the conditions and the fields name.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let conditions = self.conditions.iter().map(|(field, _)| field.clone());
        let mut names: Vec<String> = conditions.collect();
        for make in &self.makes {
            make.fields.values().for_each(|value| places(value, &mut names));
        }
        names
    }

    /// The columns that stand in what is recorded.
    #[must_use]
    pub fn recorded(&self) -> Vec<String> {
        let mut names = Vec::new();
        for make in &self.makes {
            make.fields.values().for_each(|value| places(value, &mut names));
        }
        names
    }

    /// Whether it says itself for which amounts it is.
    #[must_use]
    pub fn says_amount(&self) -> bool {
        self.conditions.iter().any(|(_, test)| matches!(test, Test::Between(..)))
    }

    #[must_use]
    pub fn fits(&self, line: &dyn Named) -> bool {
        self.conditions.iter().all(|(field, test)| test.holds(field, line))
    }
}

impl Test {
    fn read(said: &str) -> Result<Option<Test>, [String; 2]> {
        let said = said.trim();
        let any = |list: &str| {
            list.split('|').map(folded).filter(|part| !part.is_empty()).collect::<Vec<String>>()
        };
        if said.is_empty() {
            return Ok(None);
        }
        if said == "*" {
            return Ok(Some(Test::Present));
        }
        if let Some(list) = said.strip_prefix('!') {
            return Ok(Some(Test::Without(any(list))));
        }
        if let Some(text) = said.strip_prefix('=') {
            return Ok(Some(Test::Equals(folded(text))));
        }
        let amount = |text: &str| {
            values::amount(text).map_err(|misread| {
                [
                    format!("条件 {said}：{}", misread.zh()),
                    format!("the condition {said}: {}", misread.en()),
                ]
            })
        };
        if let Some(most) = said.strip_prefix("<=") {
            return Ok(Some(Test::Between(None, Some(amount(most)?))));
        }
        if let Some(least) = said.strip_prefix(">=") {
            return Ok(Some(Test::Between(Some(amount(least)?), None)));
        }
        let fen = Money::from_fen(1);
        if let Some(below) = said.strip_prefix('<') {
            return Ok(Some(Test::Between(None, Some(amount(below)?.minus(fen)))));
        }
        if let Some(above) = said.strip_prefix('>') {
            return Ok(Some(Test::Between(Some(amount(above)?.plus(fen)), None)));
        }
        if let Some((least, most)) = said.split_once("..") {
            let bound = |text: &str| {
                if text.trim().is_empty() { Ok(None) } else { amount(text).map(Some) }
            };
            return Ok(Some(Test::Between(bound(least)?, bound(most)?)));
        }
        Ok(Some(Test::Contains(any(said))))
    }

    fn holds(&self, field: &str, line: &dyn Named) -> bool {
        if let Some(accounts) = line.accounts(field) {
            return self.holds_of(accounts);
        }
        let text = || folded(&line.text(field).unwrap_or_default());
        match self {
            Test::Contains(any) => {
                let text = text();
                any.iter().any(|part| text.contains(part.as_str()))
            }
            Test::Equals(whole) => text() == *whole,
            Test::Without(none) => {
                let text = text();
                !none.iter().any(|part| text.contains(part.as_str()))
            }
            Test::Between(least, most) => line.amount(field).is_some_and(|amount| {
                least.is_none_or(|least| amount >= least) && most.is_none_or(|most| amount <= most)
            }),
            Test::Present => !text().is_empty(),
        }
    }
}

impl Test {
    /// Of the accounts of a voucher's side.
    fn holds_of(&self, accounts: &[String]) -> bool {
        let begins = |any: &[String]| {
            accounts.iter().any(|account| any.iter().any(|part| account.starts_with(part.as_str())))
        };
        match self {
            Test::Contains(any) => begins(any),
            Test::Without(none) => !begins(none),
            Test::Equals(whole) => accounts.iter().all(|account| account == whole),
            Test::Present => !accounts.is_empty(),
            Test::Between(..) => false,
        }
    }
}

/// The columns that a template names.
fn places(template: &Json, names: &mut Vec<String>) {
    match template {
        Json::String(text) => {
            let mut rest = text.as_str();
            while let Some((_, after)) = rest.split_once('{') {
                let Some((name, behind)) = after.split_once('}') else { break };
                names.push(name.to_owned());
                rest = behind;
            }
        }
        Json::Array(values) => values.iter().for_each(|value| places(value, names)),
        Json::Object(fields) => fields.values().for_each(|value| places(value, names)),
        Json::Null | Json::Bool(_) | Json::Number(_) => {}
    }
}

/// A template with what the line says in its places.
#[must_use]
pub fn filled(template: &Json, line: &dyn Named) -> Json {
    match template {
        Json::String(text) => Json::String(filled_text(text, line)),
        Json::Array(values) => values.iter().map(|value| filled(value, line)).collect(),
        Json::Object(fields) => {
            let fields = fields.iter().map(|(name, value)| (name.clone(), filled(value, line)));
            Json::Object(fields.collect())
        }
        Json::Null | Json::Bool(_) | Json::Number(_) => template.clone(),
    }
}

fn filled_text(template: &str, line: &dyn Named) -> String {
    let (mut out, mut rest) = (String::new(), template);
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else { break };
        out.push_str(before);
        out.push_str(&line.text(name).unwrap_or_default());
        rest = behind;
    }
    out.push_str(rest);
    out.trim().to_owned()
}

/// Puts a value at a path such as `payee.organisation` or `lines.0.member`.
pub fn put(object: &mut Map<String, Json>, path: &str, value: Json) {
    match path.split_once('.') {
        None => {
            object.insert(path.to_owned(), value);
        }
        Some((first, rest)) => {
            let inner = object.entry(first.to_owned()).or_insert(Json::Null);
            put_in(inner, rest, value);
        }
    }
}

fn put_in(inner: &mut Json, path: &str, value: Json) {
    let first = path.split('.').next().unwrap_or_default();
    let Ok(index) = first.parse::<usize>() else {
        if !inner.is_object() {
            *inner = Json::Object(Map::new());
        }
        if let Some(object) = inner.as_object_mut() {
            put(object, path, value);
        }
        return;
    };
    if !inner.is_array() {
        *inner = Json::Array(Vec::new());
    }
    let Some(items) = inner.as_array_mut() else { return };
    // A sheet has few columns, so that a large number is a slip of the pen.
    let index = index.min(items.len());
    if index == items.len() {
        items.push(Json::Null);
    }
    let rest = path.split_once('.').map(|(_, rest)| rest);
    if let Some(item) = items.get_mut(index) {
        match rest {
            Some(rest) => put_in(item, rest, value),
            None => *item = value,
        }
    }
}

/// Reads a table of rules from a sheet: its first row with a column 指令 is its heading.
pub fn read(grid: &Grid) -> Result<Vec<Matcher>, Vec<Flaw>> {
    let text = |cell: &Cell| cell.text().trim().to_owned();
    let is = |names: &[&str], said: &str| names.iter().any(|name| folded(name) == folded(said));
    let is_heading = |row: &Row| row.cells.iter().any(|cell| is(&COMMAND, &cell.text()));
    let Some(place) = grid.rows.iter().position(is_heading) else {
        let flaw = Flaw {
            code: "I32",
            zh: "判断表没有“指令”一列".to_owned(),
            en: "the table of rules has no column \"command\"".to_owned(),
            ..Flaw::default()
        };
        return Err(vec![flaw]);
    };
    let heads: Vec<String> =
        grid.rows.get(place).map(|row| row.cells.iter().map(text).collect()).unwrap_or_default();
    let command_at = heads.iter().position(|head| is(&COMMAND, head)).unwrap_or(0);
    let (mut matchers, mut flaws) = (Vec::new(), Vec::new());
    for (number, row) in (1_u32..).zip(grid.rows.iter().skip(place.saturating_add(1))) {
        if row.is_blank() {
            continue;
        }
        let (mut name, mut by, mut command) = (format!("{number}"), None, String::new());
        let (mut when, mut fields) = (BTreeMap::new(), Map::new());
        for (at, (head, cell)) in heads.iter().zip(&row.cells).enumerate() {
            let said = text(cell);
            if said.is_empty() || head.is_empty() {
                continue;
            }
            if at == command_at {
                command = said;
            } else if is(&NAME, head) {
                name = said;
            } else if is(&BY, head) {
                match OfficerId::parse(&said) {
                    Ok(officer) => by = Some(officer),
                    Err(error) => flaws.push(Flaw {
                        cause: error.to_string(),
                        ..row.flaw(
                            "I32",
                            Some(at),
                            "不是经办人编号".to_owned(),
                            "no officer's id".to_owned(),
                        )
                    }),
                }
            } else if at < command_at {
                when.insert(head.clone(), said);
            } else {
                put(&mut fields, head, Json::String(said));
            }
        }
        if command.is_empty() {
            flaws.push(row.flaw(
                "I32",
                Some(command_at),
                "没有指令".to_owned(),
                "there is no command".to_owned(),
            ));
            continue;
        }
        let makes = if command == SKIP || command == "不取" {
            Vec::new()
        } else {
            vec![Make { command, by, fields: fields.into_iter().collect() }]
        };
        match Matcher::new(name, row.line, when, makes) {
            Ok(matcher) => matchers.push(matcher),
            Err([zh, en]) => flaws.push(row.flaw("I32", Some(command_at), zh, en)),
        }
    }
    if flaws.is_empty() { Ok(matchers) } else { Err(flaws) }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Line;

    impl Named for Line {
        fn text(&self, name: &str) -> Option<String> {
            match name {
                "摘要" => Some("三月 结息".to_owned()),
                "备注" => Some(String::new()),
                _ => None,
            }
        }
        fn amount(&self, name: &str) -> Option<Money> {
            (name == "金额").then(|| Money::from_fen(1234))
        }
    }

    fn fits(when: &[(&str, &str)]) -> bool {
        let when = when.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
        Matcher::new("n".to_owned(), 1, when, Vec::new()).unwrap().fits(&Line)
    }

    #[test]
    fn a_condition_is_a_part_a_whole_an_absence_or_a_range() {
        assert!(fits(&[("摘要", "结息")]) && fits(&[("摘要", "利息|结息")]));
        assert!(fits(&[("摘要", "=三月结息")]) && !fits(&[("摘要", "=结息")]));
        assert!(fits(&[("摘要", "!手续费")]) && !fits(&[("摘要", "!结息")]));
        assert!(fits(&[("金额", "12.34..12.34")]) && fits(&[("金额", "..20")]));
        assert!(
            !fits(&[("金额", ">12.34")])
                && fits(&[("金额", ">=12.34")])
                && fits(&[("金额", "<13")])
        );
        assert!(fits(&[("摘要", "*")]) && !fits(&[("备注", "*")]));
        assert!(fits(&[]) && !fits(&[("摘要", "结息"), ("金额", ">100")]));
    }

    #[test]
    fn a_template_names_columns_and_a_path_reaches_inwards() {
        let mut fields = Map::new();
        put(&mut fields, "payee.organisation", Json::String("{摘要} 户".to_owned()));
        put(&mut fields, "lines.0.amount", Json::String("1.00".to_owned()));
        let said = filled(&Json::Object(fields), &Line);
        let expected = r#"{"lines":[{"amount":"1.00"}],"payee":{"organisation":"三月 结息 户"}}"#;
        assert_eq!(said.to_string(), expected);
    }
}
