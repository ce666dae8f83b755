//! Every register 台账 of the book as tables: the report that shows it, its lists flattened. A column
//! bears the name that the field has in the report's JSON Schema, so that it means one thing only.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::tables::{Cell, Table, said};
use super::{Export, Exported};
use crate::event::Recorded;
use crate::lang::Lang;
use crate::money::Money;
use crate::report::asked::{Asked, Ledger, Name, Records, make};
use crate::report::expected::expect;
use crate::report::{Period, Words, registers};

struct Held<'a>(&'a [Exported]);

impl Records for Held<'_> {
    fn each(&self, take: &mut dyn FnMut(&Recorded)) {
        self.0.iter().for_each(|held| take(&held.record));
    }
}

/// The tables of all registers in the order of the list of registers; those with no line are left out.
pub(super) fn all(export: &Export<'_>, lang: Lang) -> Vec<Table> {
    let records = Held(export.records);
    let ledger = Ledger { state: export.state, chart: export.chart, records: &records };
    let mut reports = BTreeMap::new();
    for line in registers::report(ledger, Period::All).lines {
        if let Ok(name) = line.report.parse::<Name>() {
            reports
                .entry(name.as_str())
                .or_insert_with(|| (name, Vec::new()))
                .1
                .push(line.register);
        }
    }
    let tables = reports.into_values().flat_map(|(name, registers)| {
        let asked = Asked { name, period: None, by_fund: false, of: None };
        let settled = asked.settle(export.state);
        if expect(&settled, ledger).is_err() {
            return Vec::new();
        }
        let made = serde_json::to_value(make(&settled, ledger)).unwrap_or_default();
        lists(&made, name.as_str(), &about(&registers), lang)
    });
    tables.collect()
}

fn about(registers: &[Words]) -> Words {
    let joined = |of: fn(&Words) -> &str| registers.iter().map(of).collect::<Vec<_>>().join("、");
    Words::new(&joined(|words| &words.zh), &joined(|words| &words.en).replace('、', ", "))
}

/// Each list of objects in a report is a table.
fn lists(made: &Value, report: &str, about: &Words, lang: Lang) -> Vec<Table> {
    let fields = made.as_object().into_iter().flatten();
    let lists: Vec<(&String, &Vec<Value>)> = fields
        .filter_map(|(field, value)| Some((field, value.as_array()?)))
        .filter(|(_, rows)| rows.first().is_some_and(Value::is_object))
        .collect();
    let only = lists.len() == 1;
    let table = |(field, rows): (&String, &Vec<Value>)| {
        let name = if only { String::new() } else { format!("-{}", field.replace('_', "-")) };
        let rows: Vec<BTreeMap<String, Cell>> = rows
            .iter()
            .map(|row| {
                let mut cells = BTreeMap::new();
                flatten(row, "", lang, &mut cells);
                cells
            })
            .collect();
        let columns: BTreeSet<&String> = rows.iter().flat_map(BTreeMap::keys).collect();
        let line = |row: &BTreeMap<String, Cell>| {
            columns.iter().map(|name| row.get(*name).cloned().unwrap_or(Cell::Nothing)).collect()
        };
        Table {
            name: format!("register-{report}{name}"),
            about: about.clone(),
            columns: columns.iter().map(|name| Words::new(name, name)).collect(),
            rows: rows.iter().map(line).collect(),
        }
    };
    lists.into_iter().map(table).collect()
}

/// What stands in an object under names such as `held.closing`; a list in a cell stays JSON.
fn flatten(value: &Value, path: &str, lang: Lang, cells: &mut BTreeMap<String, Cell>) {
    let cell = match value {
        Value::Object(fields) => {
            if let (Some(Value::String(zh)), Some(Value::String(en)), 2) =
                (fields.get("zh"), fields.get("en"), fields.len())
            {
                Cell::Text(said(Words::new(zh, en), lang))
            } else {
                for (name, inner) in fields {
                    let path =
                        if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                    flatten(inner, &path, lang, cells);
                }
                return;
            }
        }
        Value::Null => Cell::Nothing,
        Value::Number(number) => Cell::Number(number.to_string()),
        Value::String(text) if Money::parse(text).is_ok() => Cell::Number(text.clone()),
        Value::String(text) => Cell::Text(text.clone()),
        Value::Bool(is) => Cell::text(is),
        Value::Array(list) => Cell::Text(Value::Array(list.clone()).to_string()),
    };
    cells.insert(path.to_owned(), cell);
}
