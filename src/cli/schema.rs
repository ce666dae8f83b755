//! `schema command|event NAME`: what each door takes, as JSON Schema.

use clap::{Args, ValueEnum};
use mingzhang::event::Fact;
use mingzhang::rules::Command;
use mingzhang::rules::opening::Document;

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
    /// 期初文件 What an old book hands over; it has no names
    Opening,
}

impl Schema {
    pub(crate) fn run(self, out: &Output) -> Result<(), Failure> {
        let names = match self.of {
            Of::Command => Command::NAMES,
            Of::Event => Fact::NAMES,
            Of::Opening => {
                out.value(&schemars::schema_for!(Document));
                return Ok(());
            }
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
            Of::Command => Command::schema(&name),
            Of::Event | Of::Opening => {
                Fact::schema(&name, &mut schemars::SchemaGenerator::default())
            }
        };
        let Some(schema) = schema else {
            let unknown = match self.of {
                Of::Command => unknown_command(&name),
                Of::Event | Of::Opening => unknown_event(&name),
            };
            return Err(Failure::one(exit::USAGE, unknown));
        };
        out.value(&schema);
        Ok(())
    }
}
