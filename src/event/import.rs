//! Files that others wrote 导入: which file it was, which of its lines became records, which did not.

use core::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ids::{Digest, Seq, Text};
use crate::lang::Lang;
use crate::money::Money;

/// 文件种类 What a file is a list of.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// 名册
    Roster,
    /// 会费名单
    DuesRoll,
    /// 工资名单、工资总额
    Payroll,
    /// 银行对账单
    BankStatement,
    /// 税务代收明细
    TaxList,
    /// 凭证导出
    Vouchers,
    /// 其他: each line is what the rules say of it.
    Entries,
}

/// 文件格式 How its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum FileForm {
    /// 编码 A table of texts, in this encoding.
    Csv { encoding: TextEncoding },
    /// 工作表 A sheet of a workbook; none where its name is no text.
    Xlsx {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        sheet: Option<Text>,
    },
}

/// 编码 How letters were written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextEncoding {
    /// 统一码 UTF-8
    Utf8,
    /// 带标记的统一码 UTF-8 with a byte order mark
    Utf8Bom,
    /// 双字节统一码 UTF-16, the low byte first
    Utf16Le,
    /// 双字节统一码（高位在前） UTF-16, the high byte first
    Utf16Be,
    /// 国标码 GB18030, with GBK and GB2312 in it
    Gb18030,
}

/// 已取的行 A line that became a record, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakenLine {
    /// 文件的行号 From 1 on.
    pub line: u32,
    /// 标记 Sixteen hex digits of what makes the line the same when it comes again.
    pub mark: Text,
    /// 重复 An officer decided that it is another one, though it is like one of this record; the
    /// record of the import itself, where it is like one of the same file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub like: Option<Seq>,
}

/// 未取的行 A line of the file that became no record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LeftLine {
    /// 文件的行号 From 1 on.
    pub line: u32,
    pub why: WhyLeft,
}

/// 未取的原因 Why a line became no record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WhyLeft {
    /// 合计行 It adds the others up.
    Total,
    /// 规则 The rules leave such lines out.
    Rule,
    /// 重复 The officer who imports decided that it is there already.
    Duplicate,
}

/// 控制数 What whoever handed the file in has counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Declared {
    /// 行数 or 人数
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u32>,
    /// 合计
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<Money>,
}

/// 导入文件 What is said of a file before the commands that its lines make.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordImport {
    /// 文件的 SHA-256 SHA-256 of its bytes.
    pub source: Digest,
    /// 文件格式 How its bytes were read.
    pub form: FileForm,
    /// 文件种类 What it is a list of.
    pub kind: ImportKind,
    /// 规则文件的 SHA-256 SHA-256 of the rules, where there are any.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Digest>,
    /// 判断表的 SHA-256 SHA-256 of the table that the rules name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Digest>,
    /// 合计 What the lines come to that became records; in less out.
    pub total: Money,
    /// 控制数 What was declared of the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Declared>,
    /// 已取的行 The lines that became records
    pub taken: Vec<TakenLine>,
    /// 未取的行 The lines that did not
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<LeftLine>,
}

/// 导入文件 The same; a long file is several records of one command, each with the head of the whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Imported {
    pub source: Digest,
    pub form: FileForm,
    pub kind: ImportKind,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rules: Option<Digest>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<Digest>,
    pub total: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub declared: Option<Declared>,
    /// How many lines of the whole file became records.
    pub lines_taken: u32,
    /// How many did not.
    pub lines_left: u32,
    /// Of which part this is, from 1 on, and how many there are.
    pub part: u32,
    pub parts: u32,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub taken: Vec<TakenLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left: Vec<LeftLine>,
}

impl ImportKind {
    pub const ALL: [ImportKind; 7] = [
        ImportKind::Roster,
        ImportKind::DuesRoll,
        ImportKind::Payroll,
        ImportKind::BankStatement,
        ImportKind::TaxList,
        ImportKind::Vouchers,
        ImportKind::Entries,
    ];

    /// The name that it is asked for by.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ImportKind::Roster => "roster",
            ImportKind::DuesRoll => "dues-roll",
            ImportKind::Payroll => "payroll",
            ImportKind::BankStatement => "bank-statement",
            ImportKind::TaxList => "tax-list",
            ImportKind::Vouchers => "vouchers",
            ImportKind::Entries => "entries",
        }
    }

    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            ImportKind::Roster => ("名册", "roster"),
            ImportKind::DuesRoll => ("会费名单", "dues roll"),
            ImportKind::Payroll => ("工资名单", "payroll"),
            ImportKind::BankStatement => ("银行对账单", "bank statement"),
            ImportKind::TaxList => ("税务代收明细", "tax list"),
            ImportKind::Vouchers => ("凭证导出", "vouchers"),
            ImportKind::Entries => ("收支明细", "entries"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// Why a text is no kind of file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("one of {known}, not {found:?}")]
pub struct ImportKindError {
    known: String,
    found: String,
}

impl FromStr for ImportKind {
    type Err = ImportKindError;
    fn from_str(text: &str) -> Result<ImportKind, ImportKindError> {
        let said = text.trim().replace('_', "-");
        let found = ImportKind::ALL
            .into_iter()
            .find(|kind| kind.name() == said || kind.title(Lang::Zh) == said);
        let known = || ImportKind::ALL.map(ImportKind::name).join(", ");
        found.ok_or_else(|| ImportKindError { known: known(), found: text.to_owned() })
    }
}

impl fmt::Display for ImportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// How many hex digits of a file's SHA-256 stand in the keys of what is imported from it.
pub const FILE_DIGITS: usize = 12;

/// 来源 Where a record comes from, by the key of its command: the first digits of the file's hash, and the
/// lines of it.
#[must_use]
pub fn origin_of(key: &str) -> Option<(&str, &str)> {
    let (file, lines) = key.strip_prefix("import-")?.split_once("-L")?;
    let hex = file.len() == FILE_DIGITS && file.bytes().all(|b| b.is_ascii_hexdigit());
    // Behind the lines stands which command of several it is, and of which kind the file was.
    let end = lines.find(|c: char| !(c.is_ascii_digit() || c == '-')).unwrap_or(lines.len());
    let lines = lines.get(..end).unwrap_or_default().trim_end_matches('-');
    hex.then_some((file, lines))
}
