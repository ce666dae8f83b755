//! `--format`, `--paper`, `--out`: in what form a page is had, and where it goes. Every verb that
//! prints a page goes this one way.

use std::fs::File;
use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use mingzhang::render::{self, Form, NoForm, Page, Paper};
use serde_json::json;

use super::failure::{Failure, Problem, exit};
use super::output::Output;

/// 格式 In what form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// 终端文字 Text for a terminal
    Table,
    /// 电子表格可读的文字 For spreadsheets, as text
    Csv,
    /// 程序可读 For programs
    Json,
    /// 工作簿 A workbook: figures as numbers, set up to be printed
    Xlsx,
    /// 打印、张贴 To be printed, signed and posted
    Html,
}

#[derive(Args, Clone, Default)]
pub(crate) struct Printing {
    /// 格式 In what form
    #[arg(long, value_name = "FORMAT")]
    format: Option<Format>,
    /// 纸张 The paper of xlsx and html: a4 or a5; a4 unless given, of a receipt a5
    #[arg(long, value_name = "PAPER", value_parser = papers(), hide_possible_values = true)]
    paper: Option<Paper>,
    /// What it is printed on where nobody says so.
    #[arg(skip)]
    usual: Paper,
}

/// The same, and where it goes.
#[derive(Args, Clone, Default)]
pub(crate) struct Printed {
    #[command(flatten)]
    pub(crate) printing: Printing,
    /// 存放处 The file that it is written to; nothing is overwritten
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

fn papers() -> impl TypedValueParser<Value = Paper> {
    let named = |name: String| if name == "a5" { Paper::A5 } else { Paper::A4 };
    let a4 = PossibleValue::new("a4").help("标准纸 A4, 210 by 297 mm");
    let a5 = PossibleValue::new("a5").help("半张纸 A5, 148 by 210 mm");
    PossibleValuesParser::new([a4, a5]).map(named)
}

impl Format {
    /// The form of a page; none where it is not made of one.
    pub(crate) fn form(self) -> Option<Form> {
        match self {
            Format::Table => Some(Form::Text),
            Format::Csv => Some(Form::Csv),
            Format::Json => None,
            Format::Xlsx => Some(Form::Xlsx),
            Format::Html => Some(Form::Html),
        }
    }
}

impl Printing {
    /// What is usually printed on another paper than A4.
    pub(crate) fn usually_on(&self, usual: Paper) -> Printing {
        Printing { usual, ..self.clone() }
    }

    fn paper(&self) -> Paper {
        self.paper.unwrap_or(self.usual)
    }

    /// What was asked for; `--json` is `--format json`.
    pub(crate) fn format(&self, out: &Output) -> Result<Format, Failure> {
        match (self.format, out.json) {
            (None, false) => Ok(Format::Table),
            (None | Some(Format::Json), true) => Ok(Format::Json),
            (Some(format), false) => Ok(format),
            (Some(Format::Table | Format::Csv | Format::Xlsx | Format::Html), true) => Err(
                Failure::usage("--json 和 --format 只能用一个", "say --json or --format, not both"),
            ),
        }
    }

    /// The same where `--json` is of the run and not of the page.
    pub(crate) fn format_of_page(&self) -> Format {
        self.format.unwrap_or(Format::Table)
    }

    /// A page's bytes; of JSON, those that `json` says.
    pub(crate) fn bytes(
        &self,
        page: &Page,
        format: Format,
        json: impl FnOnce() -> String,
        lang: mingzhang::lang::Lang,
    ) -> Result<Vec<u8>, Failure> {
        match format.form() {
            None => Ok(json().into_bytes()),
            Some(form) => Ok(render::bytes(page, form, self.paper(), lang)?),
        }
    }

    /// In words that can be typed; nothing of what is read off the page itself.
    pub(crate) fn typed(&self, format: Format) -> String {
        let paper = match (self.paper(), self.usual) {
            (Paper::A4, Paper::A4) | (Paper::A5, Paper::A5) => "",
            (Paper::A4, Paper::A5) => "--paper a4 ",
            (Paper::A5, Paper::A4) => "--paper a5 ",
        };
        match format {
            Format::Table | Format::Json => String::new(),
            Format::Csv => "--format csv ".to_owned(),
            Format::Xlsx => format!("--format xlsx {paper}"),
            Format::Html => format!("--format html {paper}"),
        }
    }
}

impl Printed {
    pub(crate) fn usually_on(&self, usual: Paper) -> Printed {
        Printed { printing: self.printing.usually_on(usual), ..self.clone() }
    }

    /// 留存 Whether it is kept as a file, and does not pass over a screen.
    pub(crate) fn is_kept(&self, format: Format) -> bool {
        let is_of_files = match format {
            Format::Table | Format::Json => false,
            Format::Csv | Format::Xlsx | Format::Html => true,
        };
        is_of_files || self.out.is_some()
    }

    /// The file that it goes to.
    pub(crate) fn out(&self) -> Option<&Path> {
        self.out.as_deref()
    }

    /// Prints a page, or writes it to its file.
    pub(crate) fn put(
        &self,
        page: &Page,
        json: impl FnOnce() -> String,
        out: &Output,
    ) -> Result<(), Failure> {
        let format = self.printing.format(out)?;
        let bytes = self.printing.bytes(page, format, json, out.lang)?;
        if let Some(path) = &self.out {
            write(path, &bytes)?;
            if out.json {
                out.value(&json!({ "out": path }));
            } else {
                out.text(&path.display().to_string());
            }
            return Ok(());
        }
        match format {
            Format::Table | Format::Json => out.json(&String::from_utf8_lossy(&bytes)),
            Format::Xlsx if std::io::stdout().is_terminal() => {
                let zh = "工作簿不是文字，不能显示在终端：请用 --out 指明文件";
                let en = "a workbook is no text for a terminal: say with --out where it goes";
                return Err(Failure::usage(zh, en));
            }
            Format::Csv | Format::Html | Format::Xlsx => out.bytes(&bytes),
        }
        Ok(())
    }
}

/// Writes a file that was not there; what could not be written whole is taken away again.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let mut file = File::create_new(path).map_err(|e| Failure::file(path, &e))?;
    let written = file.write_all(bytes).and_then(|()| file.sync_all());
    if written.is_err() {
        std::fs::remove_file(path).ok();
    }
    written.map_err(|e| Failure::file(path, &e))
}

impl From<NoForm> for Failure {
    fn from(error: NoForm) -> Failure {
        let zh = match &error {
            NoForm::Csv(why) => format!("不能写成 CSV：{why}"),
            NoForm::Xlsx(why) => format!("不能写成工作簿：{why}"),
            NoForm::Html(why) => format!("不能写成 HTML：{why}"),
        };
        Failure::one(exit::USAGE, Problem::new("RPT10", zh, error.to_string()))
    }
}
