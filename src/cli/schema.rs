//! `schema command|event|chart NAME`: what each door takes, as JSON Schema.

use clap::{Args, ValueEnum};
use mingzhang::chart::Chart;
use mingzhang::event::Fact;
use mingzhang::rules::Command;

use super::failure::{Failure, exit};
use super::instructions::{unknown_command, unknown_event};
use super::output::Output;

#[derive(Args)]
pub(crate) struct Schema {
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
    /// 科目表 A file with a chart of accounts
    Chart,
}

impl Schema {
    pub(crate) fn run(self, out: &Output) -> Result<(), Failure> {
        let names = match self.of {
            Of::Chart => {
                out.value(&Chart::schema());
                return Ok(());
            }
            Of::Command => Command::NAMES,
            Of::Event => Fact::NAMES,
        };
        let Some(name) = self.name else {
            if out.json {
                out.value(&names);
            } else {
                for name in names {
                    out.text(name);
                }
            }
            return Ok(());
        };
        let schema = match self.of {
            Of::Chart => Some(Chart::schema()),
            Of::Command => Command::schema(&name),
            Of::Event => Fact::schema(&name, &mut schemars::SchemaGenerator::default()),
        };
        let Some(schema) = schema else {
            let unknown = match self.of {
                Of::Command => unknown_command(&name),
                Of::Event | Of::Chart => unknown_event(&name),
            };
            return Err(Failure::one(exit::USAGE, unknown));
        };
        out.value(&schema);
        Ok(())
    }
}
