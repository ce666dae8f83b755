//! What a roster says of somebody and the vault is to keep: it goes from the file into the vault, and
//! into no record.

use super::code;
use super::columns::Column;
use super::flaw::Flaw;
use super::grid::{Grid, Value};
use super::header::{Header, folded};
use super::kinds::Draft;
use super::plan::Asked;
use crate::chain::private::PrivateText;
use crate::event::import::ImportKind;
use crate::ids::{MemberId, Text};
use crate::rules::Command;

/// The private fields of one member, and the line that they stand on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret {
    pub line: u32,
    pub member: MemberId,
    pub fields: Vec<(Text, PrivateText)>,
}

/// The columns that are asked for: the name of each field, and its cell.
pub(super) type Columns = Vec<(Text, usize)>;

/// Which cells they are, or what keeps them from being put away.
pub(super) fn columns(
    kind: ImportKind,
    asked: &Asked<'_>,
    header: &Header,
    heads: &[String],
    form: &[Column],
) -> Result<Columns, Vec<Flaw>> {
    let named = &asked.rules.private;
    let wrong = |zh: String, en: String| Flaw {
        code: code::PRIVATE_COLUMN,
        zh,
        en,
        next: "mingzhang vault put --help".to_owned(),
        ..Flaw::default()
    };
    if kind != ImportKind::Roster && !named.is_empty() {
        return Err(vec![wrong(
            format!(
                "只有名册的个人信息随导入存入保险箱，这是{}",
                kind.title(crate::lang::Lang::Zh)
            ),
            format!(
                "only what a roster says of its members goes into the vault, and this is {kind}"
            ),
        )]);
    }
    let (mut found, mut flaws) = (Columns::new(), Vec::new());
    for name in named {
        let at = heads.iter().position(|head| folded(head) == folded(name));
        let is_read = |at: &usize| {
            let read = header.columns.iter().find(|(_, column)| *column == at);
            read.is_some_and(|(key, _)| form.iter().any(|column| column.key == *key))
        };
        match (at, Text::parse(name)) {
            (Some(at), Ok(_)) if is_read(&at) => flaws.push(wrong(
                format!("“{name}”一列记入账本，不能又存入保险箱"),
                format!("the column {name:?} is recorded, and cannot be private as well"),
            )),
            (Some(at), Ok(text)) if found.iter().all(|(_, other)| *other != at) => {
                found.push((text, at));
            }
            (Some(_), Ok(_)) => {}
            (_, _) => {
                let there: Vec<&str> =
                    header.others.iter().map(|(_, head)| head.as_str()).collect();
                let there = there.join(", ");
                flaws.push(wrong(
                    format!("文件中没有名为“{name}”的列；有：{there}"),
                    format!("the file has no column {name:?}; it has: {there}"),
                ));
            }
        }
    }
    if flaws.is_empty() { Ok(found) } else { Err(flaws) }
}

/// What stands in these columns of the members that are enrolled. A flaw never says what it was.
pub(super) fn of(
    grid: &Grid,
    columns: &Columns,
    drafts: &[Draft],
) -> Result<Vec<Secret>, Vec<Flaw>> {
    let (mut secrets, mut flaws) = (Vec::new(), Vec::new());
    if columns.is_empty() {
        return Ok(secrets);
    }
    for draft in drafts {
        let enrolled = draft.commands.iter().find_map(|made| {
            let Command::EnrolMember(enrolment) = &made.command else { return None };
            Some(enrolment.member.clone())
        });
        let row = draft.lines.first().and_then(|line| grid.rows.iter().find(|r| r.line == *line));
        let (Some(member), Some(row)) = (enrolled, row) else { continue };
        let mut fields = Vec::new();
        for (name, at) in columns {
            let Some(cell) = row.cells.get(*at).filter(|cell| cell.value != Value::Blank) else {
                continue;
            };
            match PrivateText::parse(&cell.text()) {
                Ok(value) => fields.push((name.clone(), value)),
                Err(why) => flaws.push(Flaw {
                    code: code::PRIVATE_COLUMN,
                    line: row.line,
                    zh: format!(
                        "第 {} 行的“{name}”不能存入保险箱：应为一行 1 到 200 个字",
                        row.line
                    ),
                    en: format!("{name:?} on line {} cannot go into the vault: {why}", row.line),
                    next: "mingzhang vault put --help".to_owned(),
                    ..Flaw::default()
                }),
            }
        }
        if !fields.is_empty() {
            secrets.push(Secret { line: row.line, member, fields });
        }
    }
    if flaws.is_empty() { Ok(secrets) } else { Err(flaws) }
}
