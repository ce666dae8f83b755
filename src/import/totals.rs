//! 合计、小计、累计 Rows that add up those above them: each is held against its lines, and is never a line
//! of its own nor passed over.

use super::code;
use super::columns::{Column, Type};
use super::flaw::Flaw;
use super::grid::Grid;
use super::header::{Header, Total, folded};
use super::lines::Line;
use super::plan::Control;
use super::values;
use crate::money::Money;

/// Words of rows that go on from what they brought forward.
const RUNNING: [&str; 5] = ["累计", "本年累计", "本月累计", "承前页", "过次页"];
/// Those that may bring forward what stands in no line of the file.
const BROUGHT: [&str; 2] = ["本年累计", "承前页"];

/// A row of totals in one column.
struct Sum {
    row: usize,
    word: String,
    amount: Money,
}

/// What a row of totals may add up.
pub(super) struct Summed<'a> {
    pub(super) read: &'a [Line],
    /// With those that are hidden, where they are left out.
    pub(super) all: Option<&'a [Line]>,
}

/// What the lines of a column come to, and the rows of totals that were met in it.
struct Sums<'a> {
    lines: &'a [Line],
    key: &'static str,
    before: &'a [Sum],
}

impl Sums<'_> {
    /// What stands between two rows.
    fn between(&self, after: Option<usize>, before: usize) -> Money {
        let lines = self.lines.iter();
        let inside = |line: &&Line| after.is_none_or(|after| line.row > after) && line.row < before;
        Money::sum(lines.filter(inside).filter_map(|line| line.money(self.key)))
    }

    fn has_lines(&self, after: Option<usize>, before: usize) -> bool {
        let mut lines = self.lines.iter();
        lines.any(|line| after.is_none_or(|after| line.row > after) && line.row < before)
    }

    /// What a row of totals may be by the lines above it, the likeliest first.
    fn meant(&self, total: &Total, word: &str) -> Vec<Money> {
        let at = total.row;
        let above = self.between(None, at);
        let same = self.before.iter().rev().find(|sum| sum.word == word);
        let last = self.before.last();
        if RUNNING.contains(&word) || word.ends_with("累计") {
            let first = self.before.first().filter(|sum| sum.word == "承前页");
            let forward = first.filter(|sum| !self.has_lines(None, sum.row));
            let mut meant = vec![forward.map_or(above, |sum| above.plus(sum.amount))];
            meant.extend(same.map(|sum| sum.amount.plus(self.between(Some(sum.row), at))));
            // What a page hands on is what the next one takes over.
            let taken_over = last.filter(|sum| !self.has_lines(Some(sum.row), at));
            meant.extend(taken_over.map(|sum| sum.amount));
            if word == "过次页" {
                meant.push(self.between(same.map(|sum| sum.row), at));
            }
            return meant;
        }
        if total.partial {
            let since = |sum: Option<&Sum>| self.between(sum.map(|sum| sum.row), at);
            return vec![since(same), since(last)];
        }
        if !self.has_lines(None, at) {
            return vec![self.between(None, usize::MAX)];
        }
        let mut meant = vec![above];
        meant.extend(same.map(|sum| self.between(Some(sum.row), at)));
        meant
    }
}

/// Every row of totals, column by column, against the lines above it.
pub(super) fn check(
    grid: &Grid,
    header: &Header,
    form: &[Column],
    heads: &[String],
    summed: &Summed<'_>,
    control: &mut Vec<Control>,
) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    for column in form.iter().filter(|c| c.holds == Type::Amount && c.key != "balance") {
        let Some(at) = header.columns.get(column.key).copied() else { continue };
        let head = heads.get(at).map_or("", String::as_str);
        let mut before: Vec<Sum> = Vec::new();
        for total in &header.totals {
            let Some(row) = grid.rows.get(total.row) else { continue };
            let Some(cell) = row.cells.get(at) else { continue };
            let expected = match values::amount_of(cell) {
                Ok(Some(expected)) => expected,
                Ok(None) => continue,
                Err(misread) => {
                    flaws.push(misread.flaw(row, at));
                    continue;
                }
            };
            let word = word_of(&total.label);
            let meant =
                |lines| Sums { lines, key: column.key, before: &before }.meant(total, &word);
            let seen = meant(summed.read);
            let fits = seen.contains(&expected);
            let with_hidden = !fits && summed.all.is_some_and(|all| meant(all).contains(&expected));
            let found = if fits || with_hidden { Some(expected) } else { seen.first().copied() };
            let found = found.unwrap_or(Money::ZERO);
            let difference = found.minus(expected);
            let is_first = !before.iter().any(|sum| sum.word == word);
            let is_brought = is_first && BROUGHT.contains(&word.as_str());
            let figures = [expected, found, difference];
            control.push(said(total, (row.line, with_hidden), head, figures));
            before.push(Sum { row: total.row, word, amount: expected });
            // What was there before the file begins cannot be counted up; what follows goes on from it.
            if difference.is_zero() || is_brought {
                continue;
            }
            let (zh, en) = if total.partial {
                (format!("{}为", total.label.trim()), "the subtotal is")
            } else {
                ("合计为".to_owned(), "the total is")
            };
            flaws.push(Flaw {
                expected: Some(expected.to_string()),
                found: Some(found.to_string()),
                difference: Some(difference.to_string()),
                next: "mingzhang import FILE --dry-run".to_owned(),
                ..row.flaw(
                    code::TOTAL_ROW,
                    Some(at),
                    format!("{zh} {expected}，各行相加为 {found}，差 {difference}"),
                    format!("{en} {expected}, and the lines come to {found}, {difference} apart"),
                )
            });
        }
    }
    control.sort_by_key(|control| control.line);
    flaws
}

/// The word of a row of totals, without the number that may stand behind it: `合计12笔`.
fn word_of(label: &str) -> String {
    let bare = folded(label);
    let end = bare.find(|c: char| c.is_ascii_digit() || matches!(c, ':' | '¥' | '-'));
    bare.get(..end.unwrap_or(bare.len())).unwrap_or_default().to_owned()
}

fn said(
    total: &Total,
    (line, with_hidden): (u32, bool),
    head: &str,
    figures: [Money; 3],
) -> Control {
    let (with_zh, with_en) =
        if with_hidden { ("，连同隐藏的行", ", hidden rows too") } else { ("", "") };
    let [declared, found, difference] = figures.map(|amount| amount.to_string());
    let (zh, en) =
        if total.partial { (total.label.trim(), "subtotal") } else { ("合计行", "total") };
    Control {
        line,
        zh: format!("{zh}（第 {line} 行{with_zh}）{head}"),
        en: format!("{en} on line {line}{with_en}, {head}"),
        declared,
        found,
        difference,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::import::ImportKind;
    use crate::import::columns::{forms, wanted};
    use crate::import::lines::{self, Blanks};
    use crate::import::rules::Rules;
    use crate::import::{grid, header};

    /// The lines whose totals differ, by how much.
    fn apart(rows: &str) -> Vec<(u32, String)> {
        let text = format!("日期,摘要,金额\n{rows}");
        let (grid, rules) = (grid::read(text.as_bytes(), None).unwrap(), Rules::default());
        let form = forms(ImportKind::Entries)[0];
        let header = header::find(&grid, &wanted(form, &rules)).unwrap();
        let (read, flaws) = lines::read(&grid, &header, form, &rules, Blanks::Missing);
        assert_eq!(flaws, []);
        let heads = lines::heads(&grid, &header);
        let summed = Summed { read: &read, all: None };
        let flaws = check(&grid, &header, form, &heads, &summed, &mut Vec::new());
        flaws.into_iter().map(|flaw| (flaw.line, flaw.difference.unwrap_or_default())).collect()
    }

    const A: &str = "2025-03-01,a,1.00\n";
    const B: &str = "2025-03-02,b,2.00\n";
    const C: &str = "2025-03-03,c,4.00\n";

    #[test]
    fn a_subtotal_is_of_the_lines_since_the_one_before_it() {
        for rows in [
            format!("{A}{B}小计,,3.00\n{C}小计,,4.00\n合计,,7.00\n"),
            format!(
                "{A}小计,,1.00\n{B}小计,,2.00\n本页合计,,3.00\n{C}本页合计,,4.00\n总计,,7.00\n"
            ),
            format!("{A}2025-03-01,本日合计,1.00\n{B}{C}2025-03-03,本日合计,6.00\n"),
        ] {
            assert_eq!(apart(&rows), [], "{rows}");
        }
        let rows = format!("{A}{B}小计,,3.01\n{C}小计,,7.00\n合计,,7.00\n");
        assert_eq!(apart(&rows), [(4, "-0.01".to_owned()), (6, "-3.00".to_owned())]);
    }

    #[test]
    fn a_total_at_the_end_is_of_every_line_and_one_at_the_top_too() {
        assert_eq!(apart(&format!("合计,,7.00\n{A}{B}{C}")), []);
        let rows = format!("{A}{B}小计,,3.00\n{C}合计,,4.00\n");
        assert_eq!(apart(&rows), [(6, "3.00".to_owned())]);
        // Where sections have their own, each is of its section.
        assert_eq!(apart(&format!("{A}{B}合计,,3.00\n{C}合计,,4.00\n总计,,7.00\n")), []);
    }

    #[test]
    fn what_goes_on_from_page_to_page_is_held_against_what_was_brought_forward() {
        let book = format!("承前页,,10.00\n{A}过次页,,11.00\n承前页,,11.00\n{B}累计,,13.00\n");
        assert_eq!(apart(&book), []);
        let book = format!("承前页,,10.00\n{A}过次页,,11.00\n承前页,,11.10\n{B}累计,,13.50\n");
        assert_eq!(apart(&book), [(5, "-0.10".to_owned()), (7, "-0.50".to_owned())]);
        // The first may have what was there before the file begins; the next goes on from it.
        let year =
            |last: &str| format!("{A}2025-03-31,本年累计,21.00\n{B}2025-04-30,本年累计,{last}\n");
        assert_eq!(apart(&year("23.00")), []);
        assert_eq!(apart(&year("24.00")).len(), 1);
        assert_eq!(apart(&format!("{A}累计,,1.00\n{B}累计,,3.00\n")), []);
        assert_eq!(apart(&format!("{A}累计,,1.00\n{B}累计,,2.00\n")), [(5, "1.00".to_owned())]);
    }

    #[test]
    fn a_word_of_a_total_is_one_where_totals_are_named_and_not_among_what_is_said_of_somebody() {
        // Subtotals by whatever name.
        for word in ["三月合计", "本季合计", "月计", "一车间小计", "部门小计", "合计金额"]
        {
            let rows = format!("{A}{B}2025-03-31,{word},3.00\n");
            assert_eq!(apart(&rows), [], "{word}");
            let rows = format!("{A}{B}2025-03-31,{word},4.00\n");
            assert_eq!(apart(&rows), [(4, "-1.00".to_owned())], "{word}");
        }
        assert_eq!(
            apart(&format!("{A}2025-03-31,当年累计,1.00\n{B}2025-04-30,当年累计,3.00\n")),
            []
        );
        // A summary that only begins so is a line.
        let rows = |row: &str| {
            let text = format!("日期,摘要,金额,收款方\n2025-03-01,a,3.00,\n{row}\n");
            let (grid, rules) = (grid::read(text.as_bytes(), None).unwrap(), Rules::default());
            let form = forms(ImportKind::Entries)[0];
            let header = header::find(&grid, &wanted(form, &rules)).unwrap();
            (header.rows.len(), header.totals.len())
        };
        assert_eq!(rows("2025-03-02,合计3人午餐退款,3.00,"), (2, 0));
        assert_eq!(rows("2025-03-02,午餐,3.00,小计"), (2, 0));
        assert_eq!(rows("2025-03-02,合计12笔,3.00,"), (1, 1));
    }

    #[test]
    fn a_member_who_is_called_like_a_total_is_a_member() {
        let text = "会员编号,姓名,小组,入会日期\nm-1,王甲,g1,2025-03-01\nm-2,合计,g1,2025-03-02\n合计,2人,,\n";
        let (grid, rules) = (grid::read(text.as_bytes(), None).unwrap(), Rules::default());
        let form = forms(ImportKind::Roster)[0];
        let header = header::find(&grid, &wanted(form, &rules)).unwrap();
        assert_eq!((header.rows.len(), header.totals.len()), (2, 1));
    }
}
