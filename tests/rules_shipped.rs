//! 规定示例 The rules that come as examples: each file is taken by a book as it is, with the welfare items
//! that its rule speaks of; each rule kind has one, and the page docs/rules.md is what they say.
#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests; a failure is a panic")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command as Program;

use mingzhang::event::book::{Rule, RuleKind};
use mingzhang::lang::Lang;
use mingzhang::rules::Command;
use serde_json::Value;

/// Rule kinds that nobody has written an example of.
const WITHOUT_EXAMPLE: &[&str] = &[];

/// Commands beside `rule.set`: what is opened so that a rule can speak of it.
const SPOKEN_OF: &[&str] = &["fund.establish", "welfare_item.define", "scheme.open"];

struct Shipped {
    file: String,
    rules: Vec<Value>,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn shipped() -> Vec<Shipped> {
    let files = fs::read_dir(root().join("fixtures/rules")).unwrap();
    let mut names: Vec<PathBuf> = files.map(|file| file.unwrap().path()).collect();
    names.sort();
    let read = |path: &PathBuf| {
        let file = path.file_name().unwrap().to_str().unwrap().to_owned();
        let text = fs::read_to_string(path).unwrap();
        Shipped { file, rules: text.lines().map(|l| serde_json::from_str(l).unwrap()).collect() }
    };
    names.iter().map(read).collect()
}

/// As a rule is named in a file.
fn name(kind: RuleKind) -> String {
    serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn every_file_is_taken_by_a_fresh_book() {
    let folder = tempfile::tempdir().unwrap();
    let run = |book: &str, args: &[&str]| {
        let mut program = Program::new(env!("CARGO_BIN_EXE_mingzhang"));
        program.current_dir(folder.path()).env_clear().args(["-b", book, "--as", "chair"]);
        let ran = program.args(args).output().unwrap();
        assert!(ran.status.success(), "{args:?}: {}", String::from_utf8_lossy(&ran.stderr));
    };
    for Shipped { file, .. } in shipped() {
        let book = format!("book-{file}");
        let starts = "--starts=2025-01-01";
        let organisation = "--organisation=示例工会";
        let origin = "gh.example.org/rules";
        run(&book, &["init", origin, organisation, starts, "--no-passphrase", "--as", "acc"]);
        let begin = root().join("fixtures/practices/00-begin.jsonl");
        run(&book, &["apply", begin.to_str().unwrap()]);
        let rules = root().join("fixtures/rules").join(&file);
        run(&book, &["apply", rules.to_str().unwrap()]);
    }
}

#[test]
fn every_line_sets_a_rule_and_says_where_it_comes_from() {
    for Shipped { file, rules } in shipped() {
        assert!(!rules.is_empty(), "{file} is empty");
        for mut line in rules {
            let fields = line.as_object_mut().unwrap();
            let command = fields.remove("command").unwrap();
            fields.remove("as");
            // What a rule speaks of is opened in its file, so that a treasurer applies one.
            if command != "rule.set" {
                let command = command.as_str().unwrap();
                assert!(SPOKEN_OF.contains(&command), "{file}: {command}");
                let read = Command::read(command, line).unwrap();
                read.unwrap_or_else(|e| panic!("{file}: {e}"));
                continue;
            }
            let source = fields["source"].as_str().unwrap().to_owned();
            assert!(source.chars().count() >= 4, "{file}: {source:?} is no source");
            Command::read("rule.set", line).unwrap().unwrap_or_else(|e| panic!("{file}: {e}"));
        }
    }
}

fn examples(kind: RuleKind) -> Vec<(String, Value)> {
    let of_kind = |line: &Value| line["rule"]["name"] == name(kind);
    let of_file = |Shipped { file, rules }: Shipped| {
        rules.into_iter().filter(of_kind).map(move |line| (file.clone(), line)).collect::<Vec<_>>()
    };
    shipped().into_iter().flat_map(of_file).collect()
}

#[test]
fn every_kind_of_rule_has_an_example() {
    let kinds = RuleKind::ALL.iter().copied();
    let without: BTreeSet<String> =
        kinds.filter(|kind| examples(*kind).is_empty()).map(name).collect();
    let listed: BTreeSet<String> = WITHOUT_EXAMPLE.iter().map(|name| (*name).to_owned()).collect();
    assert_eq!(without, listed, "the list of kinds without an example is stale");
}

/// What the schema says of this kind: what it is for, and its fields.
fn described(kind: RuleKind) -> (String, Vec<(String, String, bool)>) {
    let schema = schemars::schema_for!(Rule).to_value();
    let kinds = schema["oneOf"].as_array().unwrap();
    let found = kinds.iter().find(|one| one["properties"]["name"]["const"] == name(kind)).unwrap();
    let required = found["required"].as_array().unwrap();
    let field = |(field, of): (&String, &Value)| {
        let needed = required.iter().any(|name| name == field);
        (field.clone(), form(of, &schema), needed)
    };
    let fields = found["properties"].as_object().unwrap().iter();
    let fields = fields.filter(|(field, _)| *field != "name").map(field).collect();
    (found["description"].as_str().unwrap().to_owned(), fields)
}

/// A field's form in a few words.
fn form(of: &Value, schema: &Value) -> String {
    if let Some(path) = of["$ref"].as_str() {
        let found = schema.pointer(path.trim_start_matches('#')).unwrap();
        return form(found, schema);
    }
    if let Some(forms) = of["anyOf"].as_array() {
        let forms = forms.iter().filter(|one| one["type"] != "null");
        return forms.map(|one| form(one, schema)).collect::<Vec<_>>().join(" | ");
    }
    if let Some(words) = of["enum"].as_array().or_else(|| of["oneOf"].as_array()) {
        let word = |one: &Value| {
            let word = one.as_str().or_else(|| one["const"].as_str());
            word.map_or_else(|| form(one, schema), |word| format!("`{word}`"))
        };
        return words.iter().map(word).collect::<Vec<_>>().join(", ");
    }
    if let Some(fields) = of["properties"].as_object() {
        let fields = fields.iter().map(|(name, of)| format!("`{name}`: {}", form(of, schema)));
        return format!("{{{}}}", fields.collect::<Vec<_>>().join("; "));
    }
    let kind = of["type"].as_str().or_else(|| of["type"][0].as_str()).unwrap_or("any");
    match kind {
        "array" => format!("列表 list of ({})", form(&of["items"], schema)),
        "string" => of["description"].as_str().map_or("文字 text", |about| about).to_owned(),
        "integer" => "整数 integer".to_owned(),
        "boolean" => "true / false".to_owned(),
        other => other.to_owned(),
    }
}

fn page() -> String {
    let mut page = String::from(
        "# 规定 Rules\n\n\
         凡因地而异、随法规而变的，都不写在程序里，而由 `rule.set` 设立，写明依据和生效日。下面的示例都在\n\
         `fixtures/rules`，用 `mingzhang apply` 设立；标“示例”的，数目以当地规定或本会决议为准。\n\n\
         Whatever is local or changes with the law is no constant of the program: `rule.set` sets it, with its source and\n\
         its first day. The examples are in `fixtures/rules` and are set by `mingzhang apply`; where the source says 示例,\n\
         the figures are to be taken from your own province's rules or your committee's resolution. This page is\n\
         written by `MINGZHANG_BLESS=1 cargo test --test rules_shipped`, and compared by it otherwise.\n",
    );
    for kind in RuleKind::ALL.iter().copied() {
        let (about, fields) = described(kind);
        let [zh, en] = Lang::ALL.map(|lang| kind.title(lang));
        writeln!(page, "\n## `{}` {zh} / {en}\n\n{}\n", name(kind), about.replace('\n', " "))
            .unwrap();
        for (field, form, needed) in fields {
            let needed = if needed { "" } else { "（可不写 optional）" };
            writeln!(page, "- `{field}`{needed}: {form}").unwrap();
        }
        for (file, line) in examples(kind) {
            let (rule, from) = (&line["rule"], line["from"].as_str().unwrap());
            let source = line["source"].as_str().unwrap();
            writeln!(page, "\n`fixtures/rules/{file}`, {from}: {source}\n").unwrap();
            writeln!(page, "```json\n{rule}\n```").unwrap();
        }
    }
    page
}

#[test]
fn the_page_of_rules_is_what_the_examples_say() {
    let path = root().join("docs/rules.md");
    if std::env::var_os("MINGZHANG_BLESS").is_some() {
        fs::write(&path, page()).unwrap();
    }
    let found = fs::read_to_string(&path).unwrap_or_default();
    assert!(found == page(), "docs/rules.md is not what the rules say: bless it");
}
