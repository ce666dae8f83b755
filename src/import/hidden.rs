//! Rows that are hidden in a sheet 隐藏的行: a filter that was left on hides what a sum still has. So
//! nobody but a person says whether they are taken, and both are said aloud.

use std::collections::BTreeSet;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::code;
use super::flaw::Flaw;
use super::grid::{Form, Grid};
use super::header::Header;
use super::judge::ranges;
use crate::money::Money;

/// Whether hidden rows become records.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Hidden {
    Take,
    LeaveOut,
}

/// Why a text decides nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("take or leave-out, not {0:?}")]
pub struct HiddenError(String);

impl FromStr for Hidden {
    type Err = HiddenError;
    fn from_str(text: &str) -> Result<Hidden, HiddenError> {
        match text {
            "take" => Ok(Hidden::Take),
            "leave-out" => Ok(Hidden::LeaveOut),
            other => Err(HiddenError(other.to_owned())),
        }
    }
}

/// What of the lines of a file is hidden.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct HiddenLines {
    /// Lines of data that are hidden.
    pub lines: Vec<u32>,
    /// What was decided on them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Hidden>,
    /// Whether a filter is on in the sheet.
    pub filtered: bool,
    /// The headings of columns that are hidden and read all the same.
    pub columns: Vec<String>,
}

impl HiddenLines {
    /// Finds them, and takes them out of what is read where that was decided.
    pub(super) fn of(
        grid: &Grid,
        header: &mut Header,
        heads: &[String],
        asked: Option<Hidden>,
    ) -> HiddenLines {
        let Form::Xlsx { unseen, .. } = &grid.form else { return HiddenLines::default() };
        let rows: BTreeSet<u32> = unseen.rows.iter().copied().collect();
        let line_of = |at: &usize| grid.rows.get(*at).map_or(0, |row| row.line);
        let is_hidden = |at: &usize| rows.contains(&line_of(at));
        let lines: Vec<u32> = header.rows.iter().filter(|at| is_hidden(at)).map(line_of).collect();
        let decided = asked.filter(|_| !lines.is_empty());
        if decided == Some(Hidden::LeaveOut) {
            header.rows.retain(|at| !is_hidden(at));
        }
        let number = |at: &usize| u32::try_from(at.saturating_add(1)).unwrap_or(u32::MAX);
        let read = header.columns.values().filter(|at| unseen.columns.contains(&number(at)));
        let columns = read.filter_map(|at| heads.get(*at).cloned()).collect();
        HiddenLines { filtered: unseen.filtered && !lines.is_empty(), lines, decided, columns }
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.columns.is_empty()
    }

    #[must_use]
    pub fn contains(&self, line: u32) -> bool {
        self.lines.binary_search(&line).is_ok()
    }

    /// The lines that are left out.
    pub(super) fn left(&self) -> &[u32] {
        if self.decided == Some(Hidden::LeaveOut) { &self.lines } else { &[] }
    }

    /// Lines on which nobody has decided, with what they come to.
    pub(super) fn undecided(&self, total: Money) -> Option<Flaw> {
        if self.lines.is_empty() || self.decided.is_some() {
            return None;
        }
        let (count, lines) = (self.lines.len(), ranges(self.lines.iter().copied()));
        let (zh, en) =
            if self.filtered { ("（筛选未取消）", " (a filter is on)") } else { ("", "") };
        let said = Flaw {
            code: code::HIDDEN_ROWS,
            zh: format!(
                "工作表中有 {count} 行数据是隐藏的{zh}：第 {lines} 行，合计 {total}；取不取由人决定（都取 --hidden take，都不取 --hidden leave-out）"
            ),
            en: format!(
                "{count} rows of data are hidden in the sheet{en}: {lines}, {total} in all; whether they are taken is for a person to say (all of them: --hidden take, none: --hidden leave-out)"
            ),
            next: "mingzhang import FILE --hidden take --dry-run".to_owned(),
            ..Flaw::default()
        };
        Some(said)
    }

    /// What is said of them where nothing keeps the file from being recorded.
    pub(super) fn warnings(&self, total: Money) -> Vec<Flaw> {
        let (count, lines) = (self.lines.len(), ranges(self.lines.iter().copied()));
        let of = |code, zh, en| Flaw {
            code,
            zh,
            en,
            next: "mingzhang import FILE --rules RULES.toml --dry-run".to_owned(),
            ..Flaw::default()
        };
        let rows = self.decided.map(|decided| match decided {
            Hidden::Take => of(
                code::HIDDEN_ROWS,
                format!("工作表中隐藏的 {count} 行数据按 --hidden take 也在要取之列：第 {lines} 行，合计 {total}"),
                format!("{count} rows of data that are hidden in the sheet are to be taken (--hidden take): {lines}, {total} in all"),
            ),
            Hidden::LeaveOut => of(
                code::HIDDEN_ROWS,
                format!("工作表中隐藏的 {count} 行数据按 --hidden leave-out 不取：第 {lines} 行"),
                format!("{count} rows of data that are hidden in the sheet are not to be taken (--hidden leave-out): {lines}"),
            ),
        });
        let columns = (!self.columns.is_empty()).then(|| {
            let columns = self.columns.join(", ");
            of(
                code::HIDDEN_COLUMNS,
                format!("工作表中隐藏的列也读取：{columns}；不该读的，在规则的 [columns] 中另指一列"),
                format!("columns that are hidden in the sheet are read: {columns}; where one is not meant, [columns] of the rules names another"),
            )
        });
        rows.into_iter().chain(columns).collect()
    }
}
