//! The header 表头, found by the names of its columns and never by its line: banks put titles above
//! it, repeat it on each page, and put totals below.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::code;
use super::columns::is_personal;
use super::feet::{self, Stated};
use super::flaw::{Flaw, shortened};
use super::grid::{Cell, Epoch, Grid, Row, Value};
use super::values;

/// A column that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// What the asker calls it.
    pub key: String,
    /// What files call it; any of these is it, whatever its width, case, spaces and what it says in
    /// brackets.
    pub names: Vec<String>,
    pub needed: bool,
}

/// Which row names the columns, and what every other row is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// In the grid's rows, as are all below.
    pub row: usize,
    /// Key → cell of a row.
    pub columns: BTreeMap<String, usize>,
    /// The columns that nobody asked for, with their names as they stand.
    pub others: Vec<(usize, String)>,
    /// The rows to be read.
    pub rows: Vec<usize>,
    pub totals: Vec<Total>,
    /// What stands above the header, between pages and below the totals, blank rows left out.
    pub passed: Vec<usize>,
    /// Of those the ones below it that are neither a header nor a title, and no line of data.
    pub feet: Vec<usize>,
    /// What rows that are no lines state of them.
    pub stated: Vec<Stated>,
}

/// A row that adds up those above it 合计.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Total {
    pub row: usize,
    /// As it stands: `合计`, `本页小计`.
    pub label: String,
    /// Whether it adds up a part of them alone: a page, a group, a month.
    pub partial: bool,
}

/// Words of rows that add up the whole, as they are folded; a row may go on behind them: `合计12笔`.
const TOTALS: [&str; 9] =
    ["合计", "总计", "累计", "共计", "总合计", "借方合计", "贷方合计", "total", "grandtotal"];
/// Words of rows that add up a part.
const PARTS: [&str; 14] = [
    "小计",
    "本页合计",
    "本页小计",
    "本月合计",
    "本日合计",
    "当月合计",
    "本月小计",
    "承前页",
    "过次页",
    "上页结转",
    "结转下页",
    "月计",
    "日计",
    "subtotal",
];
/// What begins rows that stand below a table and are no part of it.
const FEET: [&str; 25] = [
    "大写",
    "人民币大写",
    "金额大写",
    "以下空白",
    "以下无正文",
    "制表",
    "制单",
    "审核",
    "复核",
    "经办",
    "打印",
    "备注",
    "说明",
    "注:",
    "单位负责人",
    "负责人",
    "会计主管",
    "填报",
    "页码",
    "盖章",
    "本对账单",
    "以上",
    "温馨提示",
    "printed",
    "page",
];

/// What signs below a table, each with a colon behind it.
const SIGNERS: [&str; 10] =
    ["收款人", "付款人", "交款人", "缴款人", "领款人", "收费员", "出纳", "会计", "主管", "主席"];
/// What stands between dashes or stars at the end: `—— 结束 ——`.
const ENDS: [&str; 6] = ["结束", "完", "明细结束", "对账单结束", "全部结束", "end"];

/// How many rows are looked at for a header whose names are not quite right.
const TOP: usize = 50;

/// A name as it is compared: NFKC, lower case, without blanks, without what stands in brackets, and
/// without the marks that forms put about their names.
#[must_use]
pub fn folded(name: &str) -> String {
    let mut depth = 0_u32;
    let mut plain = String::new();
    for letter in name.nfkc().flat_map(char::to_lowercase) {
        match letter {
            '(' | '[' | '【' | '〔' | '{' => depth = depth.saturating_add(1),
            ')' | ']' | '】' | '〕' | '}' => depth = depth.saturating_sub(1),
            _ if depth > 0 || letter.is_whitespace() => {}
            '*' | '_' | '"' | '\'' | '#' | '\u{FEFF}' | '\u{200B}' => {}
            _ => plain.push(letter),
        }
    }
    plain.trim_end_matches(':').to_owned()
}

/// The header row is the first of those that name the most of the columns asked for.
pub fn find(grid: &Grid, wanted: &[Wanted]) -> Result<Header, Vec<Flaw>> {
    let names: Vec<Vec<String>> =
        wanted.iter().map(|w| w.names.iter().map(|name| folded(name)).collect()).collect();
    let named = |row: &Row| {
        let cells: Vec<String> = row.cells.iter().map(|cell| folded(&name_in(cell))).collect();
        names.iter().filter(|names| cells.iter().any(|cell| names.contains(cell))).count()
    };
    let mut best = (0, 0);
    for (at, row) in grid.rows.iter().enumerate() {
        let count = named(row);
        if count > best.1 {
            best = (at, count);
        }
    }
    let Some(row) = grid.rows.get(best.0).filter(|_| best.1 > 0) else {
        return Err(match nearest_row(grid, wanted) {
            Some(row) => columns_of(row, wanted, &names).err().unwrap_or_default(),
            None => vec![no_header(grid, wanted)],
        });
    };
    let columns = columns_of(row, wanted, &names)?;
    let upper = grid.rows.iter().take(best.0);
    let upper = upper.enumerate().filter_map(|(at, row)| {
        let named = columns_of(row, wanted, &names).ok().filter(|named| named.len() > 1);
        named.map(|columns| (at, columns))
    });
    let header = Sorter { grid, header: best.0, columns: &columns }.sort();
    let flaws = swallowed(grid, &header, &upper.collect::<Vec<_>>());
    if flaws.is_empty() { Ok(header) } else { Err(flaws) }
}

/// Rows of data above the header, which nobody would miss: those below another header that has all
/// that is needed, and those that are lines by what they hold.
fn swallowed(
    grid: &Grid,
    header: &Header,
    upper: &[(usize, BTreeMap<String, usize>)],
) -> Vec<Flaw> {
    let line_of = |at: usize| grid.rows.get(at).map_or(0, |row| row.line);
    let (below, mut flaws) = (line_of(header.row), Vec::new());
    for (at, row) in grid.rows.iter().enumerate().take(header.row) {
        if total_in(row, &header.columns, &[]).is_some() || is_foot(row) {
            continue;
        }
        let filled = |column: &usize| {
            row.cells.get(*column).is_some_and(|cell| is_amount(cell) || is_day(cell, grid.epoch()))
        };
        let other =
            upper.iter().rev().find(|(other, columns)| *other < at && columns.values().any(filled));
        let (zh, en) = match other {
            Some((other, _)) => {
                let other = line_of(*other);
                (
                    format!(
                        "第 {other} 行和第 {below} 行是两个不同的表头，这一行在前一个之下，不会被读取；请分成两个文件"
                    ),
                    format!(
                        "lines {other} and {below} are two different headers, and this row below the first would not be read; split the file"
                    ),
                )
            }
            None if is_line(row, grid.epoch()) => (
                format!(
                    "这一行在表头（第 {below} 行）之上，有日期也有金额，不会被读取；请分成两个文件，若只是说明就删去"
                ),
                format!(
                    "this row stands above the header (line {below}), has a day and an amount, and would not be read; split the file, or delete the row if it is a note"
                ),
            ),
            None => continue,
        };
        flaws.push(row.flaw(code::ROWS_ABOVE, None, zh, en));
    }
    flaws
}

/// Whether these are of rows that stand above the header.
pub(super) fn is_swallowing(flaws: &[Flaw]) -> bool {
    flaws.iter().any(|flaw| flaw.code == code::ROWS_ABOVE)
}

/// Whether a row holds a day or a month and, in another cell, an amount. Of a title such as
/// `期初日期 | 2026-03-01 | 期初余额 | 100.00` each value stands behind its name.
fn is_line(row: &Row, epoch: Epoch) -> bool {
    let is_name = |cell: &Cell| {
        let name = name_in(cell);
        !name.is_empty() && !name.contains(|c: char| c.is_numeric())
    };
    let is_named =
        |at: usize| at.checked_sub(1).and_then(|before| row.cells.get(before)).is_some_and(is_name);
    let (mut days, mut amounts) = (Vec::new(), Vec::new());
    for (at, cell) in row.cells.iter().enumerate() {
        if is_day(cell, epoch) {
            days.push(at);
        }
        if is_amount(cell) {
            amounts.push(at);
        }
    }
    days.iter().any(|day| {
        amounts.iter().any(|amount| amount != day && !(is_named(*day) && is_named(*amount)))
    })
}

fn is_amount(cell: &Cell) -> bool {
    matches!(values::amount_of(cell), Ok(Some(_)))
}

/// A day, or a month that is not a bare number.
fn is_day(cell: &Cell, epoch: Epoch) -> bool {
    matches!(values::day_of(cell, epoch), Ok(Some(_)))
        || (!is_amount(cell) && matches!(values::month_of(cell), Ok(Some(_))))
}

fn name_in(cell: &Cell) -> String {
    match &cell.value {
        Value::Text(text) => text.clone(),
        Value::Number(_) | Value::Day(_) | Value::Blank => String::new(),
    }
}

/// Which cell each column is, or everything that keeps one from being found.
fn columns_of(
    row: &Row,
    wanted: &[Wanted],
    names: &[Vec<String>],
) -> Result<BTreeMap<String, usize>, Vec<Flaw>> {
    let cells: Vec<String> = row.cells.iter().map(|cell| folded(&name_in(cell))).collect();
    let known = names.concat();
    let (mut columns, mut flaws) = (BTreeMap::new(), Vec::new());
    for (wanted, names) in wanted.iter().zip(names) {
        let mut found =
            (0..).zip(&cells).filter(|(_, cell)| names.contains(cell)).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (Some(one), None) => {
                columns.insert(wanted.key.clone(), one);
            }
            (Some(one), Some(other)) => flaws.push(twice(row, wanted, one, other)),
            (None, _) if wanted.needed => flaws.push(missing(row, wanted, &known)),
            (None, _) => {}
        }
    }
    if flaws.is_empty() { Ok(columns) } else { Err(flaws) }
}

/// Says of each row what it is.
struct Sorter<'a> {
    grid: &'a Grid,
    header: usize,
    columns: &'a BTreeMap<String, usize>,
}

impl Sorter<'_> {
    fn sort(self) -> Header {
        let Sorter { grid, header, columns } = self;
        let mut sorted = Header {
            row: header,
            columns: columns.clone(),
            others: self.others(),
            rows: Vec::new(),
            totals: Vec::new(),
            passed: Vec::new(),
            feet: Vec::new(),
            stated: Vec::new(),
        };
        let named = grid.rows.get(header).map(|row| row.cells.iter().map(name_in).collect());
        let heads: Vec<String> = named.unwrap_or_default();
        let titles: Vec<&str> = grid
            .rows
            .iter()
            .take(header)
            .filter(|r| !r.is_blank())
            .map(|r| r.raw.as_str())
            .collect();
        for (at, row) in
            grid.rows.iter().enumerate().filter(|(at, row)| *at != header && !row.is_blank())
        {
            if at < header || titles.contains(&row.raw.as_str()) || self.is_header(row) {
                sorted.passed.push(at);
            } else if let Some(stated) = feet::stated(at, row, grid, columns) {
                sorted.stated.extend(stated);
                sorted.passed.push(at);
                sorted.feet.push(at);
            } else if let Some((label, partial)) = total_in(row, columns, &heads) {
                sorted.stated.extend(feet::counted(at, &label));
                sorted.totals.push(Total { row: at, label, partial });
            } else if is_foot(row) {
                sorted.passed.push(at);
                sorted.feet.push(at);
            } else {
                sorted.rows.push(at);
            }
        }
        sorted
    }

    fn others(&self) -> Vec<(usize, String)> {
        let cells = self.grid.rows.get(self.header).map(|row| row.cells.as_slice());
        let cells = cells.unwrap_or_default().iter().enumerate();
        let unasked = cells.filter(|(at, _)| !self.columns.values().any(|column| column == at));
        unasked.map(|(at, cell)| (at, name_in(cell))).filter(|(_, name)| !name.is_empty()).collect()
    }

    /// Whether the row is the header once more, at the head of a page.
    fn is_header(&self, row: &Row) -> bool {
        let Some(header) = self.grid.rows.get(self.header) else { return false };
        let name = |row: &Row, at: usize| row.cells.get(at).map(name_in).map(|name| folded(&name));
        self.columns.values().all(|at| name(row, *at) == name(header, *at))
    }
}

/// What a row that adds up others is called there, and whether it adds up a part. Its word stands first,
/// or in the summary behind the day; not among what else is said of somebody or something.
fn total_in(
    row: &Row,
    columns: &BTreeMap<String, usize>,
    heads: &[String],
) -> Option<(String, bool)> {
    let mut texts = row.cells.iter().zip(0_usize..);
    let mut texts = texts.by_ref().filter(|(cell, _)| cell.value != Value::Blank);
    let first = texts.next().map(|(cell, _)| name_in(cell))?;
    if let Some(partial) = adds_up(&folded(&first)) {
        return Some((first, partial));
    }
    let summary = columns.get("summary").copied();
    let is_read = |at: usize| columns.values().any(|read| *read == at);
    let is_personal = |at: usize| heads.get(at).is_some_and(|head| is_personal(head));
    let may_say =
        |at: usize| summary.map_or(!is_read(at) && !is_personal(at), |summary| summary == at);
    let member = columns.get("member").and_then(|at| row.cells.get(*at));
    if member.is_some_and(|cell| {
        cell.value != Value::Blank && adds_up(&folded(&name_in(cell))).is_none()
    }) {
        return None;
    }
    let is_member = |at: usize| columns.get("member") == Some(&at);
    let rest =
        texts.filter(|(_, at)| may_say(*at) || is_member(*at)).map(|(cell, _)| name_in(cell));
    rest.filter(|text| !text.is_ascii()).find_map(|text| {
        let bare = folded(&text);
        adds_up(&bare).map(|partial| (text, partial || bare == "本年累计"))
    })
}

/// Whether a text says that its row adds up others, and then whether it adds up a part.
fn adds_up(text: &str) -> Option<bool> {
    let is = |words: &[&str]| words.iter().any(|word| is_word(text, word));
    if is(&PARTS) {
        return Some(true);
    }
    if is(&TOTALS) || text == "本年累计" || counts_people(text) {
        return Some(false);
    }
    // `三月合计`, `一车间小计`, `当年累计`.
    let of_a_part = ["合计", "小计", "累计"].iter().any(|word| {
        text.strip_suffix(word).is_some_and(|of| (1..=4).contains(&of.chars().count()))
    });
    of_a_part.then_some(true)
}

/// Whether a text is a word, or the word with its figure behind it: `合计:`, `合计12笔`, `合计金额`.
fn is_word(text: &str, word: &str) -> bool {
    let of_figures = |c: char| {
        c.is_ascii_digit()
            || matches!(c, ':' | '¥' | '-' | '.' | ',' | '金' | '额' | '笔' | '数' | '人' | '元')
    };
    text.strip_prefix(word)
        .is_some_and(|rest| rest.starts_with('大') || rest.chars().all(of_figures))
}

/// `共2人`, which is the label of a sum.
fn counts_people(text: &str) -> bool {
    let number = text.strip_prefix('共').and_then(|rest| rest.strip_suffix('人'));
    number.is_some_and(|n| !n.is_empty() && n.chars().all(|digit| digit.is_ascii_digit()))
}

/// Whether a row stands below or between tables: it begins as such do, has neither an amount nor a
/// day, and little else; a member's row that lacks its amount is none, and is to be told.
fn is_foot(row: &Row) -> bool {
    let full: Vec<&Cell> = row.cells.iter().filter(|cell| cell.value != Value::Blank).collect();
    let begins = |cell: &&Cell| {
        let name: String = name_in(cell).nfkc().collect();
        let bare = folded(&name);
        let signs = |word: &&str| {
            let rest = name.trim_start().strip_prefix(*word).map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with(':'))
        };
        if SIGNERS.iter().any(signs) {
            return true;
        }
        FEET.iter().any(|word| bare.starts_with(word))
            || (bare.starts_with('第') && bare.contains('页'))
    };
    let is_words = |cell: &&Cell| match &cell.value {
        Value::Text(text) => {
            values::amount(text).is_err() && values::day(text, Epoch::From1900).is_err()
        }
        Value::Number(_) | Value::Day(_) | Value::Blank => false,
    };
    if let [only] = full.as_slice() {
        let name = name_in(only).to_lowercase();
        let inner: &str = name.trim_matches(|c: char| !c.is_alphanumeric());
        if inner.len() < name.trim().len() && ENDS.contains(&inner) {
            return true;
        }
    }
    // Whoever signs may stand in a cell of its own behind the word.
    let is_open = |cell: &&Cell| name_in(cell).trim_end().ends_with([':', '：']);
    let follows = |at: usize| at.checked_sub(1).and_then(|at| full.get(at)).is_some_and(is_open);
    full.first().is_some_and(begins)
        && full.iter().all(is_words)
        && (full.len() <= 2 || (0..).zip(&full).all(|(at, cell)| begins(cell) || follows(at)))
}

/// The row that may be meant for the header: of those at the top, the one with the most names that
/// are like those asked for.
fn nearest_row<'a>(grid: &'a Grid, wanted: &[Wanted]) -> Option<&'a Row> {
    let needed = || wanted.iter().filter(|wanted| wanted.needed);
    let likeness =
        |row: &Row| needed().filter(|wanted| !nearest(row, wanted, &[]).is_empty()).count();
    let top = grid.rows.iter().take(TOP).map(|row| (likeness(row), row));
    // Of equal ones the first.
    top.rev().max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0).map(|(_, row)| row)
}

fn no_header(grid: &Grid, wanted: &[Wanted]) -> Flaw {
    let needed = listed(wanted.iter().filter(|wanted| wanted.needed));
    let first = grid.rows.iter().find(|row| !row.is_blank());
    let flaw = Flaw {
        code: code::HEADER_MISSING,
        next: "mingzhang import FILE --rules RULES.toml --dry-run".to_owned(),
        zh: format!(
            "没有找到表头：没有一行写有所要的列名；须有：{needed}；列名不同的，在规则文件的 [columns] 中写明"
        ),
        en: format!(
            "no header was found: no row names any of the columns; needed: {needed}; where they are called otherwise, [columns] of a rules file says so"
        ),
        expected: Some(needed),
        ..Flaw::default()
    };
    match first {
        Some(row) => Flaw { line: row.line, excerpt: excerpt(row), ..flaw },
        None => flaw,
    }
}

fn excerpt(row: &Row) -> String {
    row.flaw("", None, String::new(), String::new()).excerpt
}

/// The first name of each, which is what a reader would call it.
fn listed<'a>(wanted: impl Iterator<Item = &'a Wanted>) -> String {
    let names: Vec<&str> = wanted.filter_map(|w| w.names.first()).map(String::as_str).collect();
    names.join(", ")
}

fn missing(row: &Row, wanted: &Wanted, known: &[String]) -> Flaw {
    let names = wanted.names.join(", ");
    let near = nearest(row, wanted, known);
    let (near_zh, near_en) = if near.is_empty() {
        (String::new(), String::new())
    } else {
        let near = near.join(", ");
        (format!("；相近的有：{near}"), format!("; near to it: {near}"))
    };
    let there: Vec<String> =
        row.cells.iter().map(name_in).filter(|name| !name.is_empty()).collect();
    let first = wanted.names.first().unwrap_or(&wanted.key);
    // An example that fits the file: what is like it, else what is nobody's.
    let is_free = |name: &&String| !known.contains(&folded(name)) && !is_personal(name);
    let free = there.iter().find(is_free);
    let other = nearest(row, wanted, known).into_iter().next().or_else(|| free.cloned());
    let own = format!("[columns] {} = \"{}\"", wanted.key, other.as_ref().unwrap_or(first));
    Flaw {
        expected: Some(names),
        found: Some(shortened(&there.join(", "))),
        next: "mingzhang import FILE --rules RULES.toml --dry-run".to_owned(),
        ..row.flaw(
            code::COLUMN_MISSING,
            None,
            format!("表头缺少“{first}”这一列{near_zh}；列名不同的，在规则文件中写 {own}"),
            format!("the header has no column {first:?}{near_en}; where it is called otherwise, a rules file says {own}"),
        )
    }
}

/// At most three names of the header that are like one of those asked for, and not `known` to be
/// another column.
fn nearest(row: &Row, wanted: &Wanted, known: &[String]) -> Vec<String> {
    let asked: Vec<String> = wanted.names.iter().map(|name| folded(name)).collect();
    let mut near: Vec<(usize, String)> = Vec::new();
    for name in row.cells.iter().map(name_in).filter(|name| !name.is_empty()) {
        let bare = folded(&name);
        if known.contains(&bare) {
            continue;
        }
        let distance = asked.iter().map(|asked| {
            if asked.contains(&bare) || bare.contains(asked.as_str()) {
                return 1;
            }
            strsim::damerau_levenshtein(asked, &bare)
        });
        let length = bare.chars().count();
        // Half of the letters may differ, and of two letters one.
        if let Some(distance) = distance.min().filter(|d| d.saturating_mul(2) <= length.max(2)) {
            near.push((distance, name));
        }
    }
    near.sort();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

fn twice(row: &Row, wanted: &Wanted, one: usize, other: usize) -> Flaw {
    let name = |at: usize| row.cells.get(at).map(name_in).unwrap_or_default();
    let (one, second) = (name(one), name(other));
    let first = wanted.names.first().unwrap_or(&wanted.key);
    Flaw {
        expected: Some(wanted.names.join(", ")),
        found: Some(format!("{one}, {second}")),
        ..row.flaw(
            code::COLUMN_TWICE,
            Some(other),
            format!("“{one}”和“{second}”都可以是“{first}”；请在规则中只写其中一个的名称"),
            format!(
                "{one:?} and {second:?} could both be {first:?}; name one of them in the rules"
            ),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::grid;

    /// The lines that are read, or those that are told.
    fn found(text: &str) -> Result<Vec<u32>, Vec<(&'static str, u32)>> {
        let grid = grid::read(text.as_bytes(), None).unwrap();
        let wanted = [("member", true), ("amount", true), ("month", true), ("day", false)];
        let names = [["会员编号"], ["实缴金额"], ["缴费月份"], ["缴费日期"]];
        let wanted: Vec<Wanted> = wanted
            .iter()
            .zip(names)
            .map(|((key, needed), names)| Wanted {
                key: (*key).to_owned(),
                names: names.map(str::to_owned).to_vec(),
                needed: *needed,
            })
            .collect();
        match find(&grid, &wanted) {
            Ok(header) => Ok(header.rows.iter().map(|at| grid.rows[*at].line).collect()),
            Err(flaws) => Err(flaws.iter().map(|flaw| (flaw.code, flaw.line)).collect()),
        }
    }

    #[test]
    fn a_second_header_with_more_columns_swallows_no_row_above_it() {
        let text = "一车间\n会员编号,实缴金额,缴费月份\nm-1,27.15,2025年3月\nm-2,30.05,2025年3月\n\n机关\n会员编号,实缴金额,缴费月份,缴费日期\nm-4,36.25,2025年3月,2025-03-03\n";
        let above = [(code::ROWS_ABOVE, 3), (code::ROWS_ABOVE, 4)];
        assert_eq!(found(text), Err(above.to_vec()));
        // The same without a header that would be known.
        let unknown = text.replacen("会员编号,实缴金额", "号,数", 1);
        assert_eq!(found(&unknown), Err(above.to_vec()));
    }

    #[test]
    fn a_title_above_the_header_may_name_a_day_and_an_amount() {
        let header = "会员编号,实缴金额,缴费月份\nm-1,27.15,2025年3月\n";
        for title in [
            "会费表,,2025年3月\n",
            "制表日期,2025-03-31,应收,100.00\n",
            "缴费月份,2025年3月\n单位,示例工会\n",
            "合计,100.00,2025年3月\n",
        ] {
            let rows = found(&format!("{title}{header}")).unwrap();
            assert_eq!(rows.len(), 1, "{title}");
        }
    }
}
