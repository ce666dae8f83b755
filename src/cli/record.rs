//! `record NAME --field VALUE …`: one command. Its flags are made from the command's own schema, so
//! that a new command has its form at once.

use clap::{Arg, ArgAction, ArgMatches, Args, FromArgMatches};
use mingzhang::event::book::RuleKind;
use mingzhang::lang::Lang;
use mingzhang::rules::Command;
use serde_json::{Map, Value};

use super::Global;
use super::amounts;
use super::apply::{How, record_all};
use super::choices;
use super::failure::{Failure, Place};
use super::instructions::{self, Placed};
use super::output::Output;
use super::report::listed;
use super::world::World;

/// A command that was typed, as a line of JSON like those of a file.
pub(crate) struct Record {
    line: String,
    how: How,
}

impl Args for Record {
    fn augment_args(command: clap::Command) -> clap::Command {
        command.subcommand_required(true).arg_required_else_help(true)
    }
    fn augment_args_for_update(command: clap::Command) -> clap::Command {
        Record::augment_args(command)
    }
}

impl FromArgMatches for Record {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Record, clap::Error> {
        let missing = || clap::Error::new(clap::error::ErrorKind::MissingSubcommand);
        let (name, fields) = matches.subcommand().ok_or_else(missing)?;
        let how = How::from_arg_matches(fields)?;
        let mut object = read_fields(name, fields)?;
        if let Ok(Some(key)) = fields.try_get_one::<String>("idempotency-key") {
            object.insert("key".to_owned(), key.as_str().into());
        }
        Ok(Record { line: Value::Object(object).to_string(), how })
    }
    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), clap::Error> {
        *self = Record::from_arg_matches(matches)?;
        Ok(())
    }
}

/// A command as a line of JSON would say it, from its flags.
pub(crate) fn read_fields(
    name: &str,
    fields: &ArgMatches,
) -> Result<Map<String, Value>, clap::Error> {
    let mut object = Map::new();
    object.insert("command".to_owned(), name.into());
    for (property, schema) in properties(name) {
        if let Some(values) = fields.get_many::<String>(&arg_id(&property)) {
            let values: Vec<&String> = values.collect();
            let value = field(&values, &schema).map_err(|why| {
                clap::Error::raw(
                    clap::error::ErrorKind::InvalidValue,
                    format!("--{property}: {why}\n"),
                )
            })?;
            object.insert(property, value);
        }
    }
    Ok(object)
}

impl Record {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<(), Failure> {
        record_line(global, world, out, &self.line, self.how)
    }
}

/// Records one command, given as a line of JSON.
pub(crate) fn record_line(
    global: &Global,
    world: &World,
    out: &Output,
    line: &str,
    how: How,
) -> Result<(), Failure> {
    let mut placed = instructions::read("", line, global.officer.as_ref()).map_err(unplaced)?;
    for Placed { place, .. } in &mut placed {
        *place = Place::default();
    }
    record_all(global, world, out, placed, how)
}

/// What was typed has no line and column to point at.
fn unplaced(failure: Failure) -> Failure {
    let errors = failure.errors.into_iter().map(|mut problem| {
        problem.place = None;
        problem
    });
    Failure::all(failure.exit, errors.collect())
}

/// Adds a form for each command under `record`.
pub(crate) fn add_forms(cli: clap::Command) -> clap::Command {
    cli.mut_subcommand("record", |record| {
        Command::NAMES
            .iter()
            .filter(|name| **name != BEGINS)
            .fold(record, |record, name| record.subcommand(form(name)))
            .help_template(
                "{about-with-newline}\n{usage-heading} {usage}{after-help}\n\nOptions:\n{options}",
            )
            .after_help(by_family())
    })
}

/// What `init` records; it has no form.
pub(crate) const BEGINS: &str = "ledger.create";

fn by_family() -> String {
    let of = |names: &[&'static str]| {
        let names = names.iter().filter(|name| **name != BEGINS);
        names.map(|name| (*name, Command::about(name).unwrap_or_default())).collect()
    };
    listed(Command::FAMILIES.iter().map(|(family, names)| (*family, of(names))))
}

fn form(name: &'static str) -> clap::Command {
    let form = How::augment_args(fields_form(name));
    // A key to sign with is a field of its own command, which takes no other key.
    if form.get_arguments().any(|arg| arg.get_long() == Some("key")) {
        return form;
    }
    form.arg(
        Arg::new("idempotency-key")
            .long("key")
            .value_name("KEY")
            .help("幂等键 The same key is the same command; else made from what it says"),
    )
}

/// A command's own fields as flags.
pub(crate) fn fields_form(name: &'static str) -> clap::Command {
    let required = required(name);
    let whole = schema(name);
    let mut form = clap::Command::new(name)
        .next_line_help(true)
        .about(Command::about(name).unwrap_or_default());
    for (property, schema) in properties(name) {
        let help = schema.get("description").and_then(Value::as_str).unwrap_or_default();
        let mut help = help.replace('\n', " ");
        let words = choices::listed(schema.get("items").unwrap_or(&schema));
        if !words.is_empty() {
            help = format!("{help}\n{words}");
        }
        let items = schema.get("items").filter(|_| kind(&schema) == "array");
        if let Some(items) = items.filter(|items| kind(items) == "object") {
            let shown = example(&whole, items);
            help = format!("{help}\n例如 e.g. --{property} '[{shown}]'");
        }
        let arg = Arg::new(arg_id(&property))
            .long(property.clone())
            .help(help)
            .value_name(value_name(&schema))
            .action(ArgAction::Append)
            .required(required.contains(&property))
            .allow_hyphen_values(true);
        form = form.arg(arg);
    }
    if name == "rule.set" { form.after_help(rules()) } else { form }
}

/// 规定 Every rule by the name that it is written with.
fn rules() -> String {
    let of = |rule: &RuleKind| {
        let name = serde_json::to_value(rule).unwrap_or_default();
        let name = name.as_str().unwrap_or_default().to_owned();
        (name, format!("{} {}", rule.title(Lang::Zh), rule.title(Lang::En)))
    };
    let rules: Vec<(String, String)> = RuleKind::ALL.iter().map(of).collect();
    let rules = rules.iter().map(|(name, about)| (name.as_str(), about.as_str())).collect();
    let heading =
        "规定的名称 Names of rules, as --rule '{\"name\":\"dues_flat\",\"amount\":\"5.00\"}':";
    listed(std::iter::once((heading, rules)))
}

/// Forms of texts, and a text of each.
const PATTERNS: [(&str, &str); 4] = [
    ("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "2026-03-05"),
    ("^[0-9]{4}-[0-9]{2}$", "2026-03"),
    ("^[a-z0-9][a-z0-9-]{0,39}$", "m-1"),
    ("^-?(0|[1-9][0-9]*)\\.[0-9]{2}$", "5.00"),
];

/// What a value of this form may look like, with every field that has to be there.
fn example(root: &Value, schema: &Value) -> Value {
    let schema = &resolve(root, schema);
    let first = |of: &str| schema.get(of)?.as_array()?.first().cloned();
    if let Some(fixed) = schema.get("const").cloned().or_else(|| first("enum")) {
        return fixed;
    }
    if let Some(part) = first("oneOf").or_else(|| first("anyOf")) {
        return example(root, &part);
    }
    let pattern = schema.get("pattern").and_then(Value::as_str).unwrap_or_default();
    match kind(schema) {
        "object" => {
            let fields = schema.get("properties").and_then(Value::as_object);
            let needed = schema.get("required").and_then(Value::as_array);
            let needed = |name: &str| needed.is_some_and(|list| list.iter().any(|n| n == name));
            let fields = fields.into_iter().flatten().filter(|(name, _)| needed(name));
            let shown = fields.map(|(name, of)| (name.clone(), example(root, of)));
            Value::Object(shown.collect())
        }
        "array" => {
            Value::Array(schema.get("items").map(|of| example(root, of)).into_iter().collect())
        }
        "integer" => 1.into(),
        "boolean" => true.into(),
        _ => {
            PATTERNS.iter().find(|(form, _)| pattern == *form).map_or("…", |(_, text)| text).into()
        }
    }
}

/// The name that a field has among the flags, lest it be taken for one of the program's own: an
/// officer who is appointed is not the officer who appoints.
pub(crate) fn arg_id(property: &str) -> String {
    format!("field-{property}")
}

pub(crate) fn schema(name: &str) -> Value {
    Command::schema(name).map(Value::from).unwrap_or_default()
}

pub(crate) fn required(name: &str) -> Vec<String> {
    let schema = schema(name);
    let required = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    required.iter().filter_map(|r| r.as_str().map(str::to_owned)).collect()
}

/// The fields of a command, each with its schema, references resolved.
pub(crate) fn properties(name: &str) -> Vec<(String, Value)> {
    let schema = schema(name);
    let fields = schema.get("properties").and_then(Value::as_object).cloned().unwrap_or_default();
    fields.into_iter().map(|(field, inner)| (field, resolve(&schema, &inner))).collect()
}

/// A field's schema with what it refers to in its place, as deep as a form needs it.
pub(crate) fn resolve(root: &Value, inner: &Value) -> Value {
    let target = inner.get("$ref").and_then(Value::as_str).and_then(|r| r.strip_prefix('#'));
    let mut found = match target.and_then(|pointer| root.pointer(pointer)) {
        Some(found) => found.clone(),
        None => inner.clone(),
    };
    let Some(object) = found.as_object_mut() else { return found };
    if let Some(said) = inner.get("description") {
        object.insert("description".to_owned(), said.clone());
    }
    if let Some(items) = object.get_mut("items") {
        *items = resolve(root, items);
    }
    for of in ["oneOf", "anyOf"] {
        for part in object.get_mut(of).and_then(Value::as_array_mut).into_iter().flatten() {
            *part = resolve(root, part);
        }
    }
    found
}

pub(crate) fn kind(schema: &Value) -> &str {
    match schema.get("type") {
        Some(Value::String(kind)) => kind,
        // An optional field is "this or null".
        Some(Value::Array(kinds)) => {
            kinds.iter().filter_map(Value::as_str).find(|kind| *kind != "null").unwrap_or("")
        }
        Some(Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_)) | None => "",
    }
}

fn value_name(schema: &Value) -> String {
    let choices =
        |list: &Vec<Value>| list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("|");
    if let Some(Value::Array(list)) = schema.get("enum") {
        return choices(list);
    }
    // Those with a text of their own are one `const` each, the others share an `enum`.
    let named = |part: &Value| match (part.get("const"), part.get("enum")) {
        (Some(Value::String(name)), _) => Some(name.clone()),
        (_, Some(Value::Array(list))) => Some(choices(list)),
        (Some(_) | None, Some(_) | None) => only_field(part),
    };
    if let Some(Value::Array(list)) = schema.get("oneOf").filter(|_| kind(schema).is_empty()) {
        let named: Option<Vec<String>> = list.iter().map(named).collect();
        if let Some(named) = named.filter(|named| !named.is_empty()) {
            return named.join("|");
        }
    }
    // An optional field is "this or null".
    let parts = ["oneOf", "anyOf"].into_iter().filter_map(|of| schema.get(of)?.as_array());
    let parts: Vec<&Value> = parts.flatten().filter(|part| kind(part) != "null").collect();
    let fields: Option<Vec<String>> = parts.iter().map(|part| only_field(part)).collect();
    match (kind(schema), schema.get("items"), parts.as_slice(), fields) {
        ("integer", ..) => "NUMBER".to_owned(),
        ("boolean", ..) => "true|false".to_owned(),
        ("array", Some(items), ..) if kind(items) == "object" => fields_of(items),
        ("array", Some(items), ..) => {
            format!("{}[,…]", value_name(items))
        }
        ("string", ..) => "TEXT".to_owned(),
        (_, _, [one], _) => value_name(one),
        (_, _, [_, ..], Some(fields)) => fields.join("|"),
        _ => "FIELD=VALUE|JSON".to_owned(),
    }
}

/// `field=…` for an object that has just one field.
fn only_field(schema: &Value) -> Option<String> {
    let mut fields = schema.get("properties")?.as_object()?.keys();
    let field = fields.next()?;
    fields.next().is_none().then(|| format!("{field}=…"))
}

/// `field=…,[field=…]`, those that may be left out in brackets.
fn fields_of(schema: &Value) -> String {
    let needed = schema.get("required").and_then(Value::as_array);
    let needed = |field: &str| needed.is_some_and(|list| list.iter().any(|name| name == field));
    let fields = schema.get("properties").and_then(Value::as_object);
    let shown = fields
        .into_iter()
        .flat_map(Map::keys)
        .map(|field| if needed(field) { format!("{field}=…") } else { format!("[{field}=…]") });
    shown.collect::<Vec<_>>().join(",")
}

/// What JSON says is wrong, without its place: a flag has one line.
fn cause_of(error: &serde_json::Error) -> String {
    let said = error.to_string();
    said.split(" at line ").next().unwrap_or_default().to_owned()
}

/// One flag's values as JSON. A list may be given by repeating the flag.
pub(crate) fn field(values: &[&String], schema: &Value) -> Result<Value, String> {
    if kind(schema) == "array" {
        let mut items = Vec::new();
        for value in values {
            items.extend(list_items(value, schema)?);
        }
        return Ok(Value::Array(items));
    }
    match values {
        [value] => scalar(value, schema),
        _ => Err("given more than once".to_owned()),
    }
}

fn scalar(value: &str, schema: &Value) -> Result<Value, String> {
    if let Some(meant) = choices::meant(value, schema) {
        return Ok(meant.into());
    }
    match kind(schema) {
        "integer" | "boolean" => serde_json::from_str(value).map_err(|e| cause_of(&e)),
        "string" => Ok(amounts::plain(value, schema).into()),
        _ if amounts::is_of_amount(schema) => Ok(amounts::plain(value, schema).into()),
        _ if value.starts_with(['{', '[', '"']) => {
            serde_json::from_str(value).map_err(|e| cause_of(&e))
        }
        _ if value.contains('=') => pairs(value, schema),
        _ => Ok(value.into()),
    }
}

/// `[…]`, `{…}`, `field=value,…` for one object, or `a,b` for plain names.
fn list_items(value: &str, schema: &Value) -> Result<Vec<Value>, String> {
    if value.starts_with('[') {
        return serde_json::from_str(value).map_err(|e| cause_of(&e));
    }
    if value.starts_with('{') {
        return serde_json::from_str(value).map(|item| vec![item]).map_err(|e| cause_of(&e));
    }
    if value.contains('=') {
        return pairs(value, schema).map(|item| vec![item]);
    }
    let items = schema.get("items").unwrap_or(&Value::Null);
    value.split(',').map(|item| scalar(item.trim(), items)).collect()
}

/// `field=value,…` as an object. What the schema knows as a number is one; what has no `=` is a
/// mistake, most likely a comma inside a text, and is never dropped in silence.
fn pairs(value: &str, schema: &Value) -> Result<Value, String> {
    let mut said: Vec<(&str, String)> = Vec::new();
    for pair in value.split(',') {
        match (pair.split_once('='), said.last_mut()) {
            (Some((name, text)), _) => said.push((name.trim(), text.trim().to_owned())),
            // The commas of 1,234.50 are its own.
            (None, Some((name, text)))
                if schema_of_field(schema, name).is_some_and(amounts::is_of_amount) =>
            {
                *text = format!("{text},{pair}");
            }
            (None, Some(_) | None) => {
                return Err(format!(
                    "{pair:?} is not FIELD=VALUE; a text with a comma needs the JSON form"
                ));
            }
        }
    }
    let mut object = Map::new();
    for (name, text) in said {
        let of = schema_of_field(schema, name);
        let value = match of.map(kind) {
            Some("integer" | "boolean") => serde_json::from_str(&text).map_err(|_| {
                format!("{name} is a whole number, true or false, and not {text:?}")
            })?,
            Some(_) | None => amounts::plain(&text, of.unwrap_or(&Value::Null)).into(),
        };
        if object.insert(name.to_owned(), value).is_some() {
            return Err(format!("{name} is given twice"));
        }
    }
    Ok(Value::Object(object))
}

/// What a field of an object is, whichever of its variants has it.
fn schema_of_field<'a>(schema: &'a Value, field: &str) -> Option<&'a Value> {
    let own = schema.get("properties").and_then(|fields| fields.get(field));
    let parts = ["oneOf", "anyOf"].into_iter().filter_map(|of| schema.get(of)?.as_array());
    let inner = parts.flatten().chain(schema.get("items"));
    own.or_else(|| inner.into_iter().find_map(|part| schema_of_field(part, field)))
}
