//! A command line that makes no sense: clap says so in English; here it is said in Chinese, and as
//! JSON.

use std::error::Error as _;

use clap::error::{ContextKind, ErrorKind};
use mingzhang::lang::Lang;

use super::chinese::chinese;
use super::failure::{Failure, Problem, exit};
use super::output::Output;
use super::world;

/// Says what is wrong with the command line, or gives the help that was asked for, and ends.
pub(crate) fn end(error: &clap::Error) -> std::process::ExitCode {
    let args: Vec<String> =
        std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let json = args.iter().any(|arg| arg == "--json");
    let lang = asked_language(&args).unwrap_or_else(world::locale);
    let help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if help || (lang == Lang::En && !json) {
        error.exit();
    }
    let failure = Failure::one(exit::USAGE, problem(error));
    Output::new(lang, json, false).failure(&failure);
    failure.exit.into()
}

/// What `--lang` says, where the rest could not be read.
fn asked_language(args: &[String]) -> Option<Lang> {
    let mut said = args.iter().skip_while(|arg| !arg.starts_with("--lang"));
    let flag = said.next()?;
    let value = flag.strip_prefix("--lang=").or_else(|| said.next().map(String::as_str));
    value?.parse().ok()
}

fn problem(error: &clap::Error) -> Problem {
    let found = |kind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    let (arg, value) = (found(ContextKind::InvalidArg), found(ContextKind::InvalidValue));
    // The arms of a foreign enum cannot be named in full: it may grow.
    #[allow(clippy::wildcard_enum_match_arm, reason = "clap's list of causes is open")]
    let zh = match error.kind() {
        ErrorKind::InvalidSubcommand => {
            format!("没有命令 {}", found(ContextKind::InvalidSubcommand))
        }
        ErrorKind::UnknownArgument => format!("没有参数 {arg}"),
        ErrorKind::MissingRequiredArgument => format!("缺少参数 {arg}"),
        ErrorKind::MissingSubcommand => "缺少命令".to_owned(),
        ErrorKind::ArgumentConflict if arg == found(ContextKind::PriorArg) => {
            format!("{arg} 给了不止一次")
        }
        ErrorKind::ArgumentConflict => {
            format!("{arg} 不能与 {} 同用", found(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue if arg.is_empty() => chinese(&en_of(error)),
        ErrorKind::InvalidValue if value.is_empty() => format!("{arg} 须有值"),
        ErrorKind::InvalidValue => {
            format!("{arg} 没有 {value} 这个值；有的是 {}", found(ContextKind::ValidValue))
        }
        ErrorKind::ValueValidation => {
            let why = error.source().map(|why| chinese(&why)).unwrap_or_default();
            format!("{arg} 的值 {value:?} 不合规定：{why}")
        }
        ErrorKind::NoEquals => format!("{arg} 须用 “=” 给值"),
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            format!("{arg} 的值的个数不对")
        }
        ErrorKind::InvalidUtf8 => "参数不是 UTF-8".to_owned(),
        _ => en_of(error),
    };
    let near = [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg];
    let near = near.into_iter().chain([ContextKind::SuggestedValue]).map(found);
    let zh = match near.filter(|near| !near.is_empty()).reduce(|a, b| format!("{a}, {b}")) {
        Some(near) => format!("{zh}；相近的有 {near}"),
        None => zh,
    };
    Problem::new("USE1", zh, en_of(error)).next("mingzhang --help")
}

/// What clap says, without its frame.
fn en_of(error: &clap::Error) -> String {
    let said = error.to_string();
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    let lines = said.lines().take_while(|line| !line.starts_with("Usage:"));
    let lines: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}
