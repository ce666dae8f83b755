//! Rows into lines: each column that is known, as what it is; each other one, as its text.

use std::collections::BTreeMap;

use super::columns::{Column, Type, is_personal};
use super::flaw::Flaw;
use super::grid::{Cell, Epoch, Grid, Row, Value};
use super::header::Header;
use super::rules::{Rules, Sign};
use super::table::{Named, folded};
use super::{code, values};
use crate::date::{Day, Month};
use crate::money::Money;

/// What stands in a cell of a column that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typed {
    Text(String),
    Day(Day),
    Month(Month),
    Amount(Money),
    Count(u32),
}

impl Typed {
    fn said(&self) -> String {
        match self {
            Typed::Text(text) => text.clone(),
            Typed::Day(day) => day.to_string(),
            Typed::Month(month) => month.to_string(),
            Typed::Amount(amount) => amount.to_string(),
            Typed::Count(count) => count.to_string(),
        }
    }
}

/// A line of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Its place among the rows of the grid.
    pub row: usize,
    /// Its line of the file, from 1 on.
    pub number: u32,
    typed: BTreeMap<&'static str, Typed>,
    /// What came in, less what went out, where the file has amounts.
    pub signed: Option<Money>,
    /// The text of each column that is nobody's data, by its heading.
    texts: BTreeMap<String, String>,
    /// What the rules say of every line.
    fixed: BTreeMap<String, String>,
}

impl Line {
    #[must_use]
    pub fn text_of(&self, key: &str) -> Option<&str> {
        match self.typed.get(key) {
            Some(Typed::Text(text)) => Some(text),
            Some(Typed::Day(_) | Typed::Month(_) | Typed::Amount(_) | Typed::Count(_)) | None => {
                self.fixed.get(key).map(String::as_str)
            }
        }
    }

    #[must_use]
    pub fn day(&self, key: &str) -> Option<Day> {
        match self.typed.get(key) {
            Some(Typed::Day(day)) => Some(*day),
            Some(Typed::Text(_) | Typed::Month(_) | Typed::Amount(_) | Typed::Count(_)) | None => {
                self.stated_day(key)
            }
        }
    }

    /// A day that the rules say of the file as a whole.
    #[must_use]
    pub fn stated_day(&self, key: &str) -> Option<Day> {
        self.fixed.get(key).and_then(|said| values::day(said, Epoch::From1900).ok())
    }

    #[must_use]
    pub fn month(&self, key: &str) -> Option<Month> {
        match self.typed.get(key) {
            Some(Typed::Month(month)) => Some(*month),
            Some(Typed::Text(_) | Typed::Day(_) | Typed::Amount(_) | Typed::Count(_)) | None => {
                self.fixed.get(key).and_then(|said| values::month(said).ok())
            }
        }
    }

    #[must_use]
    pub fn money(&self, key: &str) -> Option<Money> {
        match self.typed.get(key) {
            Some(Typed::Amount(amount)) => Some(*amount),
            Some(Typed::Text(_) | Typed::Day(_) | Typed::Month(_) | Typed::Count(_)) | None => None,
        }
    }

    #[must_use]
    pub fn count(&self, key: &str) -> Option<u32> {
        match self.typed.get(key) {
            Some(Typed::Count(count)) => Some(*count),
            Some(Typed::Text(_) | Typed::Day(_) | Typed::Month(_) | Typed::Amount(_)) | None => {
                None
            }
        }
    }

    /// All that the line says under names that are nobody's data, for comparing.
    #[must_use]
    pub fn content(&self) -> String {
        let texts = self.texts.iter().map(|(name, text)| format!("{name}={text}"));
        texts.collect::<Vec<_>>().join("|")
    }
}

impl Named for Line {
    fn text(&self, name: &str) -> Option<String> {
        if name == "line" {
            return Some(self.number.to_string());
        }
        if name == "amount" || name == "金额" {
            return self.signed.map(|amount| amount.abs().to_string());
        }
        let typed = self.typed.get(name).map(Typed::said);
        typed
            .or_else(|| self.texts.get(&folded(name)).cloned())
            .or_else(|| self.fixed.get(name).cloned())
    }

    fn amount(&self, name: &str) -> Option<Money> {
        if name == "amount" || name == "金额" {
            return self.signed;
        }
        let said = || values::amount(self.texts.get(&folded(name))?).ok();
        self.money(name).or_else(said)
    }
}

/// The lines of a file, and all that cannot be read of them.
#[must_use]
pub fn read(
    grid: &Grid,
    header: &Header,
    form: &[Column],
    rules: &Rules,
    blanks: Blanks,
) -> (Vec<Line>, Vec<Flaw>) {
    let heads = heads(grid, header);
    let (mut lines, mut flaws) = (Vec::new(), Vec::new());
    for place in &header.rows {
        let Some(row) = grid.rows.get(*place) else { continue };
        let mut typed = BTreeMap::new();
        let before = flaws.len();
        let beyond = row.cells.iter().skip(heads.len()).position(|cell| !cell.text().is_empty());
        if let Some(at) = beyond {
            let at = heads.len().saturating_add(at);
            flaws.push(row.flaw(
                code::BEYOND,
                Some(at),
                "这一格没有表头：金额中若有逗号，须用引号括起".to_owned(),
                "no header stands above this cell: an amount with a comma in it stands in quotes"
                    .to_owned(),
            ));
        }
        for column in form {
            let Some(at) = header.columns.get(column.key).copied() else {
                // What does not stand in the file is what the rules say of every line.
                let said = rules.fixed(column.key).and_then(|said| stated(column.holds, said).ok());
                typed.extend(said.flatten().map(|said| (column.key, said)));
                continue;
            };
            match value(grid, row, at, column, rules) {
                Ok(Some(value)) => drop(typed.insert(column.key, value)),
                Ok(None) if column.key == "amount" && rules.empty.is_some() => {}
                Ok(None) if column.needed && blanks == Blanks::Missing => {
                    let head = heads.get(at).cloned().unwrap_or_default();
                    let flaw = row.flaw(
                        code::BLANK,
                        Some(at),
                        format!("“{head}”一列是空的"),
                        format!("nothing stands in the column {head:?}"),
                    );
                    // A roll has the members and what they paid.
                    let is_roll = form.iter().any(|column| column.key == "member");
                    let unpaid = is_roll && column.key == "amount";
                    let next = if unpaid { SKIP_EMPTY.to_owned() } else { String::new() };
                    flaws.push(Flaw { next, ..flaw });
                }
                Ok(None) => {}
                Err(flaw) => flaws.push(flaw),
            }
        }
        let said = |(at, head): (usize, &String)| {
            let text = row.cells.get(at)?.text().trim().to_owned();
            (!head.is_empty() && !is_personal(head)).then(|| (folded(head), text))
        };
        let texts = heads.iter().enumerate().filter_map(said).collect();
        let fixed = rules.fixed.clone();
        let mut line = Line { row: *place, number: row.line, typed, signed: None, texts, fixed };
        if flaws.len() == before {
            match signed(&line, rules.sign) {
                Ok(amount) => line.signed = amount,
                Err([zh, en]) => {
                    let at = header.columns.get("amount").copied();
                    flaws.push(row.flaw(code::SIDES, at, zh, en));
                }
            }
        }
        // What is wrong with it is said; what it lacks is not said on top of that.
        if flaws.len() == before {
            lines.push(line);
        }
    }
    (lines, flaws)
}

/// What leaves out the lines of those who did not pay.
pub(super) const SKIP_EMPTY: &str = "mingzhang import FILE --set empty=skip --dry-run";

/// What an empty cell of a needed column is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blanks {
    Missing,
    /// The same as on the line above, or nothing: the kind of file decides.
    Allowed,
}

/// What each column is called.
#[must_use]
pub fn heads(grid: &Grid, header: &Header) -> Vec<String> {
    let row = grid.rows.get(header.row);
    let cells = row.map(|row| row.cells.iter().map(|cell| cell.text().trim().to_owned()));
    cells.into_iter().flatten().collect()
}

fn value(
    grid: &Grid,
    row: &Row,
    at: usize,
    column: &Column,
    rules: &Rules,
) -> Result<Option<Typed>, Flaw> {
    let Some(cell) = row.cells.get(at) else { return Ok(None) };
    let placed = |misread: values::Misread| misread.flaw(row, at);
    let text = || values::text_of(cell).map_err(placed);
    Ok(match column.holds {
        Type::Text => text()?.map(Typed::Text),
        Type::Day => values::day_of(cell, grid.epoch()).map_err(placed)?.map(Typed::Day),
        Type::Month => match values::month_of(cell) {
            // Which year a `2月` is of, the rules say.
            Err(values::Misread::NoMonth(found)) => match of_no_year(&found, column, rules) {
                Some(month) => Some(Typed::Month(month)),
                None => return Err(placed(values::Misread::NoMonth(found))),
            },
            read => read.map_err(placed)?.map(Typed::Month),
        },
        Type::Amount => values::amount_of(cell).map_err(placed)?.map(Typed::Amount),
        Type::Count => values::count_of(cell).map_err(placed)?.map(Typed::Count),
        Type::Id => text()?.map(|text| {
            let before = rules.prefix.get(column.key).map_or("", String::as_str);
            Typed::Text(format!("{before}{}", folded(&text)))
        }),
    })
}

/// The month that the rules say, where a cell says the same one without its year: `2月`, `二月份`.
fn of_no_year(found: &str, column: &Column, rules: &Rules) -> Option<Month> {
    const NUMERALS: [&str; 12] =
        ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let month = values::month(rules.fixed(column.key)?).ok()?;
    let bare = folded(found);
    let bare = bare.strip_suffix('份').unwrap_or(&bare).strip_suffix('月')?.to_owned();
    let at = NUMERALS.iter().position(|numeral| *numeral == bare);
    let number = at.map(|at| at.saturating_add(1)).or_else(|| bare.parse().ok())?;
    (u32::try_from(number).ok()? == month.number()).then_some(month)
}

/// What the rules say in the place of a column. Words stay as they are, and an id needs no prefix.
pub(super) fn stated(holds: Type, said: &str) -> Result<Option<Typed>, values::Misread> {
    let value = Value::Text(said.to_owned());
    let cell = Cell { value, column: 0 };
    Ok(match holds {
        Type::Text | Type::Id => None,
        Type::Day => values::day_of(&cell, Epoch::From1900)?.map(Typed::Day),
        Type::Month => values::month_of(&cell)?.map(Typed::Month),
        Type::Amount => values::amount_of(&cell)?.map(Typed::Amount),
        Type::Count => values::count_of(&cell)?.map(Typed::Count),
    })
}

/// What came in, less what went out, by the columns that the file has.
fn signed(line: &Line, sign: Sign) -> Result<Option<Money>, [String; 2]> {
    let not_zero = |key: &str| line.money(key).filter(|amount| !amount.is_zero());
    let turned = |amount: Money| if sign == Sign::AsBooks { amount.negated() } else { amount };
    let pairs = [("in", "out", false), ("credit", "debit", true)];
    for (plus, minus, of_the_bank) in pairs {
        if line.money(plus).is_none() && line.money(minus).is_none() {
            continue;
        }
        let amount = match (not_zero(plus), not_zero(minus)) {
            (Some(_), Some(_)) => {
                return Err([
                    "两个金额列都有金额".to_owned(),
                    "there is an amount in both columns".to_owned(),
                ]);
            }
            (Some(amount), None) => amount,
            (None, Some(amount)) => amount.negated(),
            (None, None) => Money::ZERO,
        };
        return Ok(Some(if of_the_bank { turned(amount) } else { amount }));
    }
    let Some(amount) = line.money("amount") else { return Ok(None) };
    let Some(side) = line.text_of("side") else {
        return Ok(Some(if sign == Sign::Turned { amount.negated() } else { amount }));
    };
    let side = folded(side);
    let is = |words: &[&str]| words.iter().any(|word| side.starts_with(word));
    let way = if is(&["收", "进", "存", "转入", "in", "+"]) {
        Some(amount.abs())
    } else if is(&["支", "付", "出", "取", "转出", "out", "-"]) {
        Some(amount.abs().negated())
    } else {
        None
    };
    match (way, amount.is_negative(), sign) {
        (Some(way), false, _) | (Some(way), true, Sign::ByWord) => return Ok(Some(way)),
        (Some(way), true, Sign::Red) => return Ok(Some(way.negated())),
        (Some(way), true, Sign::AsBank | Sign::AsBooks | Sign::Turned) => {
            let back = way.negated();
            return Err([
                format!(
                    "“{side}”旁的金额是 {amount}，看不出是 {way} 还是红字冲回的 {back}：在规则中写明 \
                     sign = \"by-word\"（以收、支为准）或 sign = \"red\"（负数为红字）"
                ),
                format!(
                    "{amount} stands beside {side:?}: is it {way}, or {back} that takes back? say in \
                     the rules sign = \"by-word\" (the word says which way) or sign = \"red\" (a \
                     minus takes back)"
                ),
            ]);
        }
        (None, ..) => {}
    }
    // 红字 A red amount takes back what stands on its own side.
    if is(&["贷", "c"]) {
        return Ok(Some(turned(amount)));
    }
    if is(&["借", "d"]) {
        return Ok(Some(turned(amount.negated())));
    }
    Err([format!("不知“{side}”是收还是支"), format!("{side:?} is neither in nor out")])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::import::ImportKind;
    use crate::import::columns::{forms, wanted};
    use crate::import::{grid, header};

    fn amounts(text: &str, rules: &str) -> Vec<Option<Money>> {
        let (grid, rules) =
            (grid::read(text.as_bytes(), None).unwrap(), Rules::read(rules).unwrap());
        let form = forms(ImportKind::Entries)[0];
        let header = header::find(&grid, &wanted(form, &rules)).unwrap();
        let (lines, flaws) = read(&grid, &header, form, &rules, Blanks::Missing);
        assert_eq!(flaws, []);
        lines.iter().map(|line| line.signed).collect()
    }

    #[test]
    fn a_red_amount_takes_back_what_stands_on_its_side() {
        let text = "日期,摘要,借贷标志,金额\n2025-03-01,a,借,100.00\n2025-03-02,b,借,-100.00\n\
                    2025-03-03,c,贷,5.00\n2025-03-04,d,贷,-5.00\n";
        let fen = |fen| Some(Money::from_fen(fen));
        assert_eq!(amounts(text, ""), [fen(-10_000), fen(10_000), fen(500), fen(-500)]);
    }

    #[test]
    fn a_minus_beside_a_word_of_its_way_is_read_as_the_rules_say_and_else_refused() {
        let text = "日期,摘要,收支,金额\n2025-03-01,a,收,100.00\n2025-03-02,b,支,-30.00\n\
                    2025-03-03,c,收,-5.00\n2025-03-04,d,支,7.00\n";
        let fen = |fen| Some(Money::from_fen(fen));
        let by_word = [fen(10_000), fen(-3_000), fen(500), fen(-700)];
        assert_eq!(amounts(text, "sign = \"by-word\"\n"), by_word);
        let red = [fen(10_000), fen(3_000), fen(-500), fen(-700)];
        assert_eq!(amounts(text, "sign = \"red\"\n"), red);
        let (grid, rules) = (grid::read(text.as_bytes(), None).unwrap(), Rules::default());
        let form = forms(ImportKind::Entries)[0];
        let header = header::find(&grid, &wanted(form, &rules)).unwrap();
        let (_, flaws) = read(&grid, &header, form, &rules, Blanks::Missing);
        let told: Vec<(u32, &str)> = flaws.iter().map(|flaw| (flaw.line, flaw.code)).collect();
        assert_eq!(told, [(3, "I33"), (4, "I33")]);
        assert!(
            flaws[0].zh.starts_with("“支”旁的金额是 -30.00，看不出是 -30.00 还是红字冲回的 30.00")
        );
    }

    #[test]
    fn an_amount_that_the_rules_say_is_that_of_every_line() {
        let text = "日期,摘要,单据号\n2025-03-01,a,1\n2025-03-02,b,2\n";
        let fen = Some(Money::from_fen(2_715));
        assert_eq!(amounts(text, "[fixed]\namount = \"27.15\"\n"), [fen, fen]);
    }
}
