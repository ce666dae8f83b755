//! A command line that makes no sense: clap says so in English; here it is said in Chinese, and as
//! JSON.

use std::error::Error as _;
use std::io::Write as _;

use clap::error::{ContextKind, ErrorKind};
use mingzhang::lang::Lang;

use super::chinese::chinese;
use super::config::layers::users_language;
use super::failure::{Failure, Problem, exit};
use super::output::{Output, written};
use super::world;

/// Says what is wrong with the command line, or gives the help that was asked for, and ends.
pub(crate) fn end(error: &clap::Error) -> std::process::ExitCode {
    let args: Vec<String> =
        std::env::args_os().map(|arg| arg.to_string_lossy().into_owned()).collect();
    let json = args.iter().any(|arg| arg == "--json");
    let lang = asked_language(&args).or_else(users_language).unwrap_or_else(world::locale);
    let help = matches!(
        error.kind(),
        ErrorKind::DisplayHelp
            | ErrorKind::DisplayVersion
            | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    );
    if help && lang == Lang::Zh {
        return say_help(error);
    }
    if help || (lang == Lang::En && !json) {
        error.exit();
    }
    let failure = Failure::one(exit::USAGE, problem(error));
    Output::new(lang, json, false, 0).failure(&failure);
    failure.exit.into()
}

/// The words of clap's frame around what our own texts say, and the same in Chinese.
const FRAME: [(&str, &str); 21] = [
    ("Usage: ", "用法："),
    ("Arguments:", "参数："),
    ("Options:", "选项："),
    ("Commands:", "命令："),
    ("Possible values:", "可选值："),
    // Where a line was broken there is no blank.
    ("[possible values: ", "[可选值："),
    ("[possible values:", "[可选值："),
    ("[default: ", "[默认："),
    ("[default:", "[默认："),
    ("[env: ", "[环境变量："),
    ("[env:", "[环境变量："),
    ("[aliases: ", "[别名："),
    ("[OPTIONS]", "[选项]"),
    ("[COMMAND]", "[命令]"),
    ("<COMMAND>", "<命令>"),
    ("Print this message or the help of the given subcommand(s)", "显示此说明或某个命令的说明"),
    (" (see more with '--help')", "（--help 更详细）"),
    (" (see a summary with '-h')", "（-h 为摘要）"),
    ("Print help", "显示说明"),
    ("Print version", "显示版本"),
    (" Options of every command:", "："),
];

/// The help with its frame in Chinese, where clap would have printed it.
fn say_help(error: &clap::Error) -> std::process::ExitCode {
    let text = in_chinese(&error.render().to_string());
    if error.use_stderr() {
        written(write!(std::io::stderr().lock(), "{text}"));
    } else {
        written(write!(std::io::stdout().lock(), "{text}"));
    }
    u8::try_from(error.exit_code()).unwrap_or(exit::USAGE).into()
}

pub(crate) fn in_chinese(help: &str) -> String {
    FRAME.iter().fold(help.to_owned(), |text, (english, chinese)| text.replace(english, chinese))
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
    Problem::new("USE1", zh, en_of(error)).next(help_of(error))
}

/// The help of the command that was typed wrongly, as far as clap says which one it was.
fn help_of(error: &clap::Error) -> String {
    let said = error.to_string();
    let usage = said.lines().find_map(|line| line.strip_prefix("Usage: ")).unwrap_or_default();
    let is_name = |word: &&str| !word.starts_with(['-', '<', '[', '(']);
    let names: Vec<&str> = usage.split_whitespace().take_while(is_name).collect();
    match names.as_slice() {
        [] => "mingzhang --help".to_owned(),
        names => format!("{} --help", names.join(" ")),
    }
}

/// What clap says, without its frame.
fn en_of(error: &clap::Error) -> String {
    let said = error.to_string();
    let said = said.strip_prefix("error: ").unwrap_or(&said);
    let lines = said.lines().take_while(|line| !line.starts_with("Usage:"));
    let lines: Vec<&str> = lines.map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join(" ")
}
