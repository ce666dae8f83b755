//! `man`: a page for every command, in both languages, as `man` reads them.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::StyledStr;
use clap_mangen::Man as Page;
use mingzhang::lang::Lang;
use serde_json::json;

use super::add::words::Words;
use super::failure::Failure;
use super::output::Output;
use super::usage::in_chinese;

#[derive(Args)]
pub(crate) struct Man {
    /// 存放处 The folder: `man1` for English, `zh_CN/man1` for Chinese; both unless --lang says one
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
}

impl Man {
    pub(crate) fn run(self, only: Option<Lang>, out: &Output) -> Result<(), Failure> {
        let mut written = Vec::new();
        for lang in Lang::ALL.into_iter().filter(|lang| only.is_none_or(|of| of == *lang)) {
            let folder = match lang {
                Lang::En => self.out.join("man1"),
                Lang::Zh => self.out.join("zh_CN").join("man1"),
            };
            std::fs::create_dir_all(&folder).map_err(|e| Failure::file(&folder, &e))?;
            let mut forms = in_one_language(super::forms(), lang).disable_help_subcommand(true);
            forms.build();
            let pages = pages(&forms, &folder, lang)?;
            let shown = folder.display();
            if !out.json {
                out.text(&format!("{shown} {pages}"));
            }
            written.push(json!({ "folder": folder, "lang": lang, "pages": pages }));
        }
        if out.json {
            out.value(&written);
        }
        Ok(())
    }
}

/// Writes the page of a command and those of all below it, and says how many they are.
fn pages(command: &clap::Command, folder: &Path, lang: Lang) -> Result<usize, Failure> {
    let mut written = 1;
    for below in command.get_subcommands().filter(|below| !below.is_hide_set()) {
        written += pages(below, folder, lang)?;
    }
    let page = Page::new(command.clone().disable_help_subcommand(true));
    let path = folder.join(page.get_filename());
    let mut roff = Vec::new();
    page.manual(match lang {
        Lang::Zh => "明账",
        Lang::En => "Mingzhang",
    })
    .render(&mut roff)
    .map_err(|e| Failure::file(&path, &e))?;
    let text = String::from_utf8_lossy(&roff).into_owned();
    // Not stretched to a straight right edge, which words as long as ours cannot fill.
    let text = text.replacen("\n.SH NAME", "\n.ad l\n.SH NAME", 1);
    let text = match lang {
        Lang::En => text,
        Lang::Zh => with_chinese_frame(&text),
    };
    std::fs::write(&path, text).map_err(|e| Failure::file(&path, &e))?;
    Ok(written)
}

const HEADINGS: [(&str, &str); 9] = [
    (".SH NAME", ".SH 名称"),
    (".SH SYNOPSIS", ".SH 用法"),
    (".SH DESCRIPTION", ".SH 说明"),
    (".SH OPTIONS", ".SH 选项"),
    (".SH SUBCOMMANDS", ".SH 命令"),
    (".SH COMMANDS", ".SH 命令"),
    (".SH EXTRA", ".SH 补充"),
    (".SH VERSION", ".SH 版本"),
    (".SH ARGUMENTS", ".SH 参数"),
];

fn with_chinese_frame(text: &str) -> String {
    let text = in_chinese(text);
    HEADINGS.iter().fold(text, |text, (english, chinese)| text.replace(english, chinese))
}

/// Every text of a command in English alone; the Chinese pages keep both, as the help does.
fn in_one_language(command: clap::Command, lang: Lang) -> clap::Command {
    if lang == Lang::Zh {
        return command;
    }
    let mut command = command.mut_args(|mut arg| {
        if let Some(help) = arg.get_help().map(english) {
            arg = arg.help(help);
        }
        if let Some(help) = arg.get_long_help().map(english) {
            arg = arg.long_help(help);
        }
        match arg.get_help_heading().map(|heading| Words::of_doc(heading).en) {
            Some(heading) => arg.help_heading(heading),
            None => arg,
        }
    });
    if let Some(about) = command.get_about().map(english) {
        command = command.about(about);
    }
    if let Some(about) = command.get_long_about().map(english) {
        command = command.long_about(about);
    }
    if let Some(after) = command.get_after_help().map(english) {
        command = command.after_help(after);
    }
    command.mut_subcommands(|below| in_one_language(below, lang))
}

/// Line by line: a list has a name before each of its texts.
fn english(text: &StyledStr) -> String {
    let text = text.to_string();
    let lines = text.lines().map(|line| {
        let named = line.strip_prefix("  ").and_then(|rest| rest.split_once("  "));
        match named {
            Some((name, about)) => format!("  {name}  {}", Words::of_doc(about).en),
            None => Words::of_doc(line).en,
        }
    });
    lines.collect::<Vec<_>>().join("\n")
}
