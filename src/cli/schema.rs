//! `schema command|event|chart NAME`: what each door takes, as JSON Schema.

use clap::{Args, ValueEnum};
use mingzhang::chart::Chart;
use mingzhang::event::Fact;
use mingzhang::rules::Command;
use mingzhang::rules::opening::Document;

use super::failure::{Failure, Problem, exit};
use super::instructions::{unknown_command, unknown_event};
use super::output::Output;

#[derive(Args)]
pub(crate) struct Schema {
    /// 哪一种格式 Of what
    of: Of,
    /// 名称 Its name; without it, all names
    name: Option<String>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Of {
    /// 指令 What can be asked
    Command,
    /// 事件 What can have happened
    Event,
    /// 期初文件 What an old book hands over; it has no names
    Opening,
    /// 科目表 A file with a chart of accounts
    Chart,
}

impl Schema {
    pub(crate) fn run(self, out: &Output) -> Result<(), Failure> {
        match self.of {
            Of::Chart => out.value(&Chart::schema()),
            Of::Opening => out.value(&schemars::schema_for!(Document)),
            Of::Command => named(out, self.name, Command::NAMES, Command::schema, unknown_command)?,
            Of::Event => {
                let schema =
                    |name: &str| Fact::schema(name, &mut schemars::SchemaGenerator::default());
                named(out, self.name, Fact::NAMES, schema, unknown_event)?;
            }
        }
        Ok(())
    }
}

/// The schema of what has this name, or all names.
fn named(
    out: &Output,
    name: Option<String>,
    names: &[&str],
    schema: impl Fn(&str) -> Option<schemars::Schema>,
    unknown: impl Fn(&str) -> Problem,
) -> Result<(), Failure> {
    let Some(name) = name else {
        if out.json {
            out.value(&names);
        } else {
            for name in names {
                out.text(name);
            }
        }
        return Ok(());
    };
    let schema = schema(&name);
    out.value(&schema.ok_or_else(|| Failure::one(exit::USAGE, unknown(&name)))?);
    Ok(())
}
