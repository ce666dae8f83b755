//! 表尾 Rows that are no lines and state something of them: how many there are, what they come to, the
//! balance before and behind them. They are known by their words, and by having no day and no amount of
//! a line; what they state is held against the lines, so that no entry is ever taken for one unseen.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::code;
use super::flaw::Flaw;
use super::grid::{Cell, Grid, Row, Value};
use super::header::{Header, folded};
use super::lines::Line;
use super::plan::Control;
use super::rules::{Rules, Sign};
use super::totals::Summed;
use super::values;
use crate::money::Money;

/// What a row says of the lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stated {
    pub row: usize,
    /// As it stands: `总笔数`.
    pub label: String,
    pub what: What,
    /// Whether it is of a page alone.
    pub partial: bool,
    pub value: Said,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    Count(Side),
    People,
    Sum(Side),
    Opening,
    Closing,
}

/// Of which lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Both,
    Debit,
    Credit,
    Out,
    In,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Said {
    Count(u32),
    Amount(Money),
}

/// What such rows say of what, as it is folded.
const WORDS: [(What, &[&str]); 14] = [
    (
        What::Count(Side::Both),
        &["总笔数", "合计笔数", "交易笔数", "明细笔数", "总记录数", "总条数", "笔数", "记录数"],
    ),
    (What::Count(Side::Debit), &["借方总笔数", "借方合计笔数", "借方笔数"]),
    (What::Count(Side::Credit), &["贷方总笔数", "贷方合计笔数", "贷方笔数"]),
    (What::Count(Side::Out), &["支出总笔数", "支出笔数"]),
    (What::Count(Side::In), &["收入总笔数", "收入笔数"]),
    (What::People, &["总人数", "合计人数"]),
    (What::Sum(Side::Both), &["总金额", "金额合计"]),
    (
        What::Sum(Side::Debit),
        &[
            "借方发生额合计",
            "借方合计金额",
            "借方金额合计",
            "借方总金额",
            "借方总额",
            "借方发生总额",
        ],
    ),
    (
        What::Sum(Side::Credit),
        &[
            "贷方发生额合计",
            "贷方合计金额",
            "贷方金额合计",
            "贷方总金额",
            "贷方总额",
            "贷方发生总额",
        ],
    ),
    (What::Sum(Side::Out), &["支出金额合计", "支出合计", "支出总金额", "支出总额", "总支出"]),
    (What::Sum(Side::In), &["收入金额合计", "收入合计", "收入总金额", "收入总额", "总收入"]),
    (
        What::Opening,
        &["期初余额", "上期余额", "上期结转", "上期结余", "上页余额", "承前余额", "承前"],
    ),
    (What::Closing, &["期末余额", "期末结余", "本期余额"]),
    (What::Closing, &["closingbalance"]),
];

/// The columns that hold the amount of a line, and those that hold its day.
const AMOUNTS: [&str; 6] = ["amount", "debit", "credit", "out", "in", "base"];
const DAYS: [&str; 3] = ["date", "day", "on"];

/// What a row that is no line states; nothing of any other row.
pub(super) fn stated(
    at: usize,
    row: &Row,
    grid: &Grid,
    columns: &BTreeMap<String, usize>,
) -> Option<Vec<Stated>> {
    if let Some(stated) = balance_row(at, row, columns) {
        return Some(vec![stated]);
    }
    let cell = |key: &&str| row.cells.get(*columns.get(*key)?);
    let is_day = |cell: &Cell| matches!(values::day_of(cell, grid.epoch()), Ok(Some(_)));
    if DAYS.iter().filter_map(cell).any(is_day) {
        return None;
    }
    let mut all: Vec<Stated> = Vec::new();
    let mut open: Option<(String, What, bool)> = None;
    for part in row.cells.iter().flat_map(parts) {
        if let Some((label, what, partial, rest)) = labelled(&part) {
            // A word without its value states nothing that could be held.
            if open.is_some() {
                return None;
            }
            match rest {
                Some(rest) => {
                    let value = said(what, &rest)?;
                    all.push(Stated { row: at, label, what, partial, value });
                }
                None => open = Some((label, what, partial)),
            }
            continue;
        }
        let (label, what, partial) = open.take()?;
        let value = said(what, &part)?;
        all.push(Stated { row: at, label, what, partial, value });
    }
    (open.is_none() && !all.is_empty()).then_some(all)
}

/// 期初余额、期末余额 A row in the manner of the lines that has a balance and moves nothing.
fn balance_row(at: usize, row: &Row, columns: &BTreeMap<String, usize>) -> Option<Stated> {
    let cell = |key: &&str| row.cells.get(*columns.get(*key)?);
    let moves = |cell: &Cell| match values::amount_of(cell) {
        Ok(amount) => amount.is_some_and(|amount| !amount.is_zero()),
        Err(_) => true,
    };
    if AMOUNTS.iter().filter_map(cell).any(moves) {
        return None;
    }
    let balance = values::amount_of(cell(&"balance")?).ok().flatten()?;
    let mut words = row.cells.iter().filter_map(|cell| {
        let Value::Text(text) = &cell.value else { return None };
        let (what, _) = word(&folded(text))?;
        matches!(what, What::Opening | What::Closing).then(|| (text.trim().to_owned(), what))
    });
    let (label, what) = words.next()?;
    Some(Stated { row: at, label, what, partial: false, value: Said::Amount(balance) })
}

/// How many the label of a row of totals says: `合计12笔`, `共2人`.
pub(super) fn counted(at: usize, label: &str) -> Option<Stated> {
    let (label, what, partial, rest) = labelled(&folded(label))?;
    let value = said(what, &rest?)?;
    matches!(value, Said::Count(_)).then_some(Stated { row: at, label, what, partial, value })
}

/// A word that is one of those, whole.
fn word(text: &str) -> Option<(What, usize)> {
    let fits =
        |(what, words): &(What, &[&str])| words.contains(&text).then_some((*what, text.len()));
    WORDS.iter().find_map(fits)
}

/// What a cell says, part by part: a label with its value, a label, a value.
fn parts(cell: &Cell) -> Vec<String> {
    if cell.value == Value::Blank {
        return Vec::new();
    }
    let text: String = cell.text().nfkc().collect();
    if values::amount(&text).is_ok() {
        return vec![text];
    }
    // A comma before a digit is one of thousands.
    let letters: Vec<char> = text.chars().collect();
    let mut parts = vec![String::new()];
    for (at, letter) in letters.iter().enumerate() {
        let next = letters.get(at.saturating_add(1));
        let splits = letter.is_whitespace()
            || matches!(letter, ';' | '、' | '。')
            || (*letter == ',' && !next.is_some_and(char::is_ascii_digit));
        if splits {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(*letter);
        }
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// The word that a part begins with, what it is of, whether of a page alone, and what stands behind it.
fn labelled(part: &str) -> Option<(String, What, bool, Option<String>)> {
    let partial = part.starts_with("本页");
    let bare = part.strip_prefix("本页").unwrap_or(part);
    let (before, behind) = match bare.find(|c: char| c == ':' || c.is_ascii_digit() || c == '¥') {
        Some(end) => bare.split_at_checked(end)?,
        None => (bare, ""),
    };
    let behind = behind.trim_start_matches(':').trim();
    let rest = (!behind.is_empty()).then(|| behind.to_owned());
    if let Some((what, _)) = word(&folded(before)) {
        return Some((part.split(behind_of(part)).next()?.to_owned(), what, partial, rest));
    }
    // 共7笔 The number itself says what it counts.
    let counts = ["共", "共有", "共计", "合计", "合计共", "总计", "总计共", "总共"];
    let rest = rest.filter(|_| counts.contains(&before) && !bare.contains(':'))?;
    let unit = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    let what = match unit {
        "人" => What::People,
        "笔" | "条" | "笔交易" | "笔明细" | "笔记录" | "条记录" | "条明细" => {
            What::Count(Side::Both)
        }
        _ => return None,
    };
    let number = rest.strip_suffix(unit)?.to_owned();
    Some((part.to_owned(), what, partial, Some(number)))
}

/// Where the value of a part begins.
fn behind_of(part: &str) -> impl FnMut(char) -> bool + use<> {
    let has_colon = part.contains(':');
    move |c: char| if has_colon { c == ':' } else { c.is_ascii_digit() || c == '¥' }
}

fn said(what: What, text: &str) -> Option<Said> {
    match what {
        What::Count(_) | What::People => values::count(text).ok().map(Said::Count),
        What::Sum(_) | What::Opening | What::Closing => values::amount(text).ok().map(Said::Amount),
    }
}

/// The lines, and which of them are debit and credit.
struct Of<'a> {
    header: &'a Header,
    /// Where no column says it: whether 借 is what came in, as in the union's own books.
    debit_is_in: bool,
}

impl Of<'_> {
    /// What a line has on a side, without its sign where it has no column of its own.
    fn amount(&self, line: &Line, side: Side) -> Option<Money> {
        let column = match side {
            Side::Both => "amount",
            Side::Debit => "debit",
            Side::Credit => "credit",
            Side::Out => "out",
            Side::In => "in",
        };
        if self.header.columns.contains_key(column) {
            return line.money(column).filter(|amount| !amount.is_zero());
        }
        let goes_out = match side {
            Side::Both => return None,
            Side::Debit => !self.debit_is_in,
            Side::Credit => self.debit_is_in,
            Side::Out => true,
            Side::In => false,
        };
        let signed = line.signed.filter(|amount| !amount.is_zero())?;
        (signed.is_negative() == goes_out).then(|| signed.abs())
    }

    /// What these lines come to in the way of what is stated; nothing where they do not say.
    fn found(&self, what: What, lines: &[&Line]) -> Option<Said> {
        let count = |number: usize| Said::Count(u32::try_from(number).unwrap_or(u32::MAX));
        Some(match what {
            What::Count(Side::Both) => count(lines.len()),
            What::Count(side) => {
                count(lines.iter().filter(|line| self.amount(line, side).is_some()).count())
            }
            What::People => {
                let mut members: Vec<&str> =
                    lines.iter().filter_map(|line| line.text_of("member")).collect();
                if members.is_empty() {
                    return None;
                }
                members.sort_unstable();
                members.dedup();
                count(members.len())
            }
            What::Sum(Side::Both) if !self.header.columns.contains_key("amount") => return None,
            What::Sum(side) => {
                Said::Amount(Money::sum(lines.iter().filter_map(|line| self.amount(line, side))))
            }
            What::Opening | What::Closing => return None,
        })
    }

    /// What it may be, the likeliest first: of the lines above, and of those since the same word.
    fn meant(&self, stated: &Stated, lines: &[Line]) -> Vec<Said> {
        if matches!(stated.what, What::Opening | What::Closing) {
            return balances(stated.what, lines);
        }
        let others = self.header.stated.iter();
        let same = others.filter(|one| one.row < stated.row && one.what == stated.what);
        let same = same.filter(|one| one.partial == stated.partial).map(|one| one.row).next_back();
        let above: Vec<&Line> = lines.iter().filter(|line| line.row < stated.row).collect();
        let all: Vec<&Line> = if above.is_empty() { lines.iter().collect() } else { above.clone() };
        let since = above.into_iter().filter(|line| same.is_some_and(|same| line.row > same));
        let since: Vec<&Line> = since.collect();
        let mut meant: Vec<Said> = self.found(stated.what, &all).into_iter().collect();
        if same.is_some() {
            meant.extend(self.found(stated.what, &since));
        }
        if stated.partial {
            meant.reverse();
        }
        meant
    }
}

/// The balance before the oldest line, or behind the newest one. Where all are of one day, either end
/// may be it.
fn balances(what: What, lines: &[Line]) -> Vec<Said> {
    let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return Vec::new() };
    let (of_first, of_last) = (first.day("date"), last.day("date"));
    let ends = match what {
        What::Opening => [first, last],
        What::Closing | What::Count(_) | What::People | What::Sum(_) => [last, first],
    };
    let ends: Vec<&Line> = match of_first.cmp(&of_last) {
        Ordering::Equal => ends.to_vec(),
        Ordering::Less => ends.into_iter().take(1).collect(),
        Ordering::Greater => ends.into_iter().skip(1).collect(),
    };
    let balance = |line: &Line| {
        let balance = line.money("balance")?;
        Some(if what == What::Opening { balance.minus(line.signed?) } else { balance })
    };
    ends.into_iter().filter_map(balance).map(Said::Amount).collect()
}

/// Everything that such rows state, against the lines.
pub(super) fn check(
    grid: &Grid,
    header: &Header,
    rules: &Rules,
    summed: &Summed<'_>,
    control: &mut Vec<Control>,
) -> Vec<Flaw> {
    let of = Of { header, debit_is_in: rules.sign == Sign::AsBooks };
    let mut flaws = Vec::new();
    for stated in &header.stated {
        let Some(row) = grid.rows.get(stated.row) else { continue };
        let mut meant = of.meant(stated, summed.read);
        meant.extend(summed.all.into_iter().flat_map(|all| of.meant(stated, all)));
        let found = meant.iter().find(|one| **one == stated.value).or_else(|| meant.first());
        let Some(found) = found.copied() else { continue };
        let (declared, found, difference) = apart(stated.value, found);
        let (label, line) = (stated.label.trim(), row.line);
        let (code, en) = match stated.what {
            What::Count(_) => (code::CONTROL, "number of lines"),
            What::People => (code::CONTROL, "number of people"),
            What::Sum(_) => (code::TOTAL_ROW, "sum"),
            What::Opening => (code::BALANCE, "opening balance"),
            What::Closing => (code::BALANCE, "closing balance"),
        };
        if declared != found {
            flaws.push(Flaw {
                expected: Some(declared.clone()),
                found: Some(found.clone()),
                difference: Some(difference.clone()),
                next: "mingzhang import FILE --dry-run".to_owned(),
                ..row.flaw(
                    code,
                    None,
                    format!("“{label}”为 {declared}，各行是 {found}，差 {difference}"),
                    format!("the {en} that the file states is {declared}, and its lines have {found}, {difference} apart"),
                )
            });
        }
        control.push(Control {
            line,
            zh: format!("合计行（第 {line} 行）{label}"),
            en: format!("total on line {line}, {en}"),
            declared,
            found,
            difference,
        });
    }
    control.sort_by_key(|control| control.line);
    flaws
}

/// What was stated, what was found, and the second less the first.
fn apart(stated: Said, found: Said) -> (String, String, String) {
    match (stated, found) {
        (Said::Count(stated), Said::Count(found)) => {
            let difference = i64::from(found).saturating_sub(i64::from(stated));
            (stated.to_string(), found.to_string(), difference.to_string())
        }
        (Said::Amount(stated), Said::Amount(found)) => {
            (stated.to_string(), found.to_string(), found.minus(stated).to_string())
        }
        (Said::Count(stated), Said::Amount(found)) => {
            (stated.to_string(), found.to_string(), String::new())
        }
        (Said::Amount(stated), Said::Count(found)) => {
            (stated.to_string(), found.to_string(), String::new())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::import::ImportKind;
    use crate::import::columns::{forms, wanted};
    use crate::import::lines::{self, Blanks};
    use crate::import::{grid, header};

    const HEAD: &str = "交易日期,摘要,借方发生额,贷方发生额,余额\n";
    const LINES: &str = "2025-03-03,会费,,89.00,1089.00\n2025-03-04,经费,,500.00,1589.00\n\
                         2025-03-05,手续费,10.00,,1579.00\n";

    /// How many lines are read, the flaws of what is stated, and what was held.
    fn read(text: &str) -> (usize, Vec<(&'static str, u32)>, usize) {
        let (grid, rules) = (grid::read(text.as_bytes(), None).unwrap(), Rules::default());
        let form = forms(ImportKind::BankStatement)[0];
        let header = header::find(&grid, &wanted(form, &rules)).unwrap();
        let (read, flaws) = lines::read(&grid, &header, form, &rules, Blanks::Missing);
        let summed = Summed { read: &read, all: None };
        let mut control = Vec::new();
        let flaws: Vec<Flaw> =
            flaws.into_iter().chain(check(&grid, &header, &rules, &summed, &mut control)).collect();
        let flaws = flaws.iter().map(|flaw| (flaw.code, flaw.line)).collect();
        (read.len(), flaws, control.len())
    }

    #[test]
    fn a_foot_is_no_line_and_what_it_states_is_held_against_the_lines() {
        for (foot, held) in [
            ("总笔数：3\n", 1),
            ("本页共3笔\n", 1),
            ("合计3笔,,10.00,589.00,\n", 1),
            ("借方总笔数：1,贷方总笔数：2\n", 2),
            ("借方总笔数：1 贷方总笔数：2 贷方发生额合计：589.00\n", 3),
            ("贷方发生额合计：589.00\n", 1),
            ("借方发生额合计,,10.00,,\n", 1),
            ("期末余额,,,,\"1,579.00\"\n", 1),
            ("期初余额：1000.00 期末余额：1579.00\n", 2),
            ("—— 结束 ——\n", 0),
            ("大写：伍佰捌拾玖元整\n", 0),
            ("收款人：示例甲 审核：示例乙\n", 0),
            ("收款人：,示例甲,审核：,示例乙\n", 0),
            ("打印时间：2025-04-01\n", 0),
        ] {
            assert_eq!(read(&format!("{HEAD}{LINES}{foot}")), (3, vec![], held), "{foot}");
        }
    }

    #[test]
    fn a_row_of_the_balance_brought_forward_is_no_line() {
        for opening in [
            "期初余额,,,,1000.00\n",
            "2025-03-01,期初余额,,,1000.00\n",
            "2025-03-01,上期结转,0.00,0.00,\"1,000.00\"\n",
            "承前,,0.00,0.00,1000.00\n",
        ] {
            assert_eq!(read(&format!("{HEAD}{opening}{LINES}")), (3, vec![], 1), "{opening}");
        }
        // The newest first: it stands at the end.
        let lines: Vec<&str> = LINES.lines().rev().collect();
        let text = format!("{HEAD}{}\n2025-03-01,期初余额,,,1000.00\n", lines.join("\n"));
        assert_eq!(read(&text), (3, vec![], 1));
    }

    #[test]
    fn what_a_foot_states_and_the_lines_have_not_is_refused() {
        for (foot, code) in [
            ("总笔数：4\n", "I46"),
            ("本页共2笔\n", "I46"),
            ("借方总笔数：4,贷方总笔数：2\n", "I46"),
            ("贷方发生额合计：589.01\n", "I45"),
            ("期末余额,,,,1589.00\n", "I38"),
            ("期初余额：1000.01\n", "I38"),
        ] {
            let (_, flaws, _) = read(&format!("{HEAD}{LINES}{foot}"));
            assert_eq!(flaws, [(code, 5)], "{foot}");
        }
    }

    #[test]
    fn an_entry_is_never_taken_for_a_foot() {
        for entry in [
            "2025-03-06,期末余额,,5.00,1584.00\n",
            "2025-03-06,总笔数：3,,5.00,1584.00\n",
            "2025-03-06,结束,,5.00,1584.00\n",
        ] {
            assert_eq!(read(&format!("{HEAD}{LINES}{entry}")), (4, vec![], 0), "{entry}");
        }
        // Without its day it is told, not passed over.
        let (_, flaws, _) = read(&format!("{HEAD}{LINES},收款人,,5.00,1584.00\n"));
        assert_eq!(flaws, [("I20", 5)]);
    }
}
