//! The forms 格式 in which a page can be had, all of them from the one page.

use rust_xlsxwriter::XlsxError;

use super::page::Page;
use super::seen::seen;
use crate::lang::Lang;

/// In what form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Tables of ASCII lines, for a terminal.
    Text,
    Csv,
    /// A workbook 工作簿.
    Xlsx,
    /// To be printed and posted.
    Html,
}

/// On what it is printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 标准纸 A4, 210 by 297 mm
    #[default]
    A4,
    /// 半张纸 A5, 148 by 210 mm
    A5,
}

/// Why a page cannot be had in a form.
#[derive(Debug, thiserror::Error)]
pub enum NoForm {
    #[error("the page cannot be written as CSV: {0}")]
    Csv(#[from] csv::Error),
    #[error("the page cannot be written as a workbook: {0}")]
    Xlsx(#[from] XlsxError),
    #[error("the page cannot be written as HTML: {0}")]
    Html(#[from] askama::Error),
}

impl Paper {
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::A5 => "a5",
        }
    }
}

/// A page in a form; the same bytes for the same page.
pub fn bytes(page: &Page, form: Form, paper: Paper, lang: Lang) -> Result<Vec<u8>, NoForm> {
    Ok(match form {
        Form::Text => seen(&page.to_string()).into_owned().into_bytes(),
        Form::Csv => super::csv::csv(page)?,
        Form::Xlsx => super::xlsx::xlsx(page, paper)?,
        Form::Html => super::html::html(page, paper, lang)?.into_bytes(),
    })
}
