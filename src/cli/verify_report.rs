//! `verify-report FILE`: makes a page that was printed, a report or another, again from the records,
//! and compares.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use mingzhang::book::{Folder, Point, Reading, point};
use mingzhang::chain::checkpoint::Note;
use mingzhang::chain::tree::TreeHash;
use mingzhang::date::Instant;
use mingzhang::lang::Lang;
use mingzhang::money::Money;
use mingzhang::render;
use mingzhang::report::foot::{Covered, Foot};
use serde::Serialize;
use serde_json::{Value, json};

use super::Global;
use super::consolidate::Consolidate;
use super::diff::Diff;
use super::explain::Explain;
use super::failure::{Failure, Problem, exit};
use super::form::Format;
use super::found::{self, Named, Said};
use super::history::Show;
use super::output::Output;
use super::receipt::Receipt;
use super::report::{Report, notes, policy};
use super::sheet::words;
use super::world::World;

#[derive(Args)]
#[command(after_help = HELP)]
pub(crate) struct VerifyReport {
    /// 报表文件 A report, receipt or other page as this program made it, in any form, with its foot
    file: PathBuf,
}

const HELP: &str = "\
按页脚所写的时点和参数，用 --book 的账套或审计包重新制表，逐字节比较：一致为 0；不一致为 4，列出每一不同的行。\
较早的报表仍是账套的报表，会说明它依据多少条记录。溯源、比较、记录和收据写成的文件也一样；上级汇总要在审计包所在的文件夹里核对。
The report is made again from the book or bundle of --book, at the point and with the arguments that its \
foot says, and compared byte by byte: 0 if it is the same, 4 if not, with every line that differs. An old \
report is still the book's: how many records it rests on is said. It may name any checkpoint that holds, \
for it may have been made before a later one. The same of what explain, diff, show and receipt print have \
written to a file; a consolidation is made again in the folder in which its bundles lie.";

/// The last line of a page, read as a command line.
#[derive(Parser)]
struct MadeBy {
    #[command(subcommand)]
    verb: Verb,
    #[arg(long, global = true)]
    lang: Option<Lang>,
    /// Of the level above, beside the bundles of a consolidation.
    #[arg(long, global = true)]
    book: Option<PathBuf>,
    /// The time of a consolidation.
    #[arg(long, global = true)]
    clock: Option<Instant>,
}

/// What can be made again.
#[derive(Subcommand)]
enum Verb {
    Report(Box<Report>),
    Explain(Explain),
    Diff(Diff),
    Show(Show),
    #[command(subcommand)]
    Receipt(Receipt),
    Consolidate(Box<Consolidate>),
}

/// A page as it is made now; of a receipt, each way in which it may have been made.
struct Again {
    foot: Foot,
    bytes: Vec<Vec<u8>>,
}

#[derive(Debug, Serialize)]
struct Difference {
    /// In the file, counted from 1; of a line that is missing there, the one before which it belongs.
    line: usize,
    found: Option<String>,
    expected: Option<String>,
    /// Found less expected, of each amount that is another.
    #[serde(rename = "difference")]
    by: Vec<Money>,
}

impl VerifyReport {
    pub(crate) fn run(self, global: &Global, world: &World, out: &Output) -> Result<u8, Failure> {
        let bytes = std::fs::read(&self.file).map_err(|e| Failure::file(&self.file, &e))?;
        let format = found::format(&bytes);
        let said = found::said(&bytes, format).ok_or_else(no_foot)?;
        let MadeBy { verb, lang, book, clock } = read_command(&said.made_by)?;
        let lang = lang.unwrap_or(out.lang);
        let asked = match &verb {
            Verb::Consolidate(many) => {
                let global =
                    Global { book: book.unwrap_or_else(|| global.book.clone()), ..global.clone() };
                return consolidated(many, &global, &world.at(clock), lang, &bytes, format, out);
            }
            Verb::Report(report) => sized(report.of.at.as_ref()),
            Verb::Explain(explain) => sized(explain.at()),
            Verb::Diff(diff) => diff.until(),
            Verb::Receipt(Receipt::Print(print)) => sized(print.at()),
            Verb::Show(show) => show.records(),
            Verb::Receipt(Receipt::Issue(_)) => None,
        };
        let Some(asked) = asked else { return Err(no_command(&said.made_by, "")) };
        let folder = Folder::new(&global.book);
        let has = point::size(&folder)?;
        if asked > has {
            return Err(beyond(asked, has));
        }
        let again = again(&verb, &said, &folder, world, lang, format)?;
        let same = again.bytes.contains(&bytes);
        let expected = again.bytes.first().map(Vec::as_slice).unwrap_or_default();
        let Again { foot, .. } = &again;
        let root_is_the_books = said.root.as_deref() == Some(foot.root.to_string().as_str());
        let records = RestsOn { records: foot.records, root: foot.root, has, root_is_the_books };
        let (made_by, records) = (&foot.made_by, Some(records));
        let differences = if same { Vec::new() } else { compared(&bytes, expected, format) };
        Ok(Verdict { made_by, records, differences, same }.said(out))
    }
}

/// What is made of many bundles is made again where they lie.
fn consolidated(
    many: &Consolidate,
    global: &Global,
    world: &World,
    lang: Lang,
    bytes: &[u8],
    format: Format,
    out: &Output,
) -> Result<u8, Failure> {
    let missing: Vec<String> = many.missing().map(|path| path.display().to_string()).collect();
    if !missing.is_empty() {
        let missing = missing.join(", ");
        let zh = format!(
            "汇总由多个审计包制成，要在当时的文件夹里核对；这里没有：{missing}。页脚写明每个审计包的记录数和树根"
        );
        let en = format!(
            "a consolidation is made of many bundles, and made again in the folder in which they lie; \
             not here: {missing}. Its foot says the records and the root of each"
        );
        return Err(Failure::one(exit::USAGE, Problem::new("RPT11", zh, en)));
    }
    let (expected, foot) = many.bytes(global, world, &out.in_lang(lang), format)?;
    let same = bytes == expected;
    let differences = if same { Vec::new() } else { compared(bytes, &expected, format) };
    let made_by = &foot.made_by;
    Ok(Verdict { made_by, records: None, differences, same }.said(out))
}

fn again(
    verb: &Verb,
    said: &Said,
    folder: &Folder,
    world: &World,
    lang: Lang,
    format: Format,
) -> Result<Again, Failure> {
    let (sheets, form) = match verb {
        Verb::Report(report) => {
            let reading = report.of.read(folder, world)?;
            let foot = report.foot(&reading, covered(said, folder, &reading)?, lang, format);
            let bytes = vec![report.bytes(&reading, folder, Some(&foot), lang, format)?];
            return Ok(Again { foot, bytes });
        }
        Verb::Explain(explain) => {
            let (report, line) = explain.of_line().ok_or_else(|| no_command(&said.made_by, ""))?;
            let (sheet, _) = explain.sheet(report, line, folder, world, lang)?;
            (vec![sheet], explain.form().clone())
        }
        Verb::Diff(diff) => (vec![diff.sheet(folder, lang)?], diff.form().clone()),
        Verb::Show(show) => {
            let seq = show.seq(folder)?;
            (vec![show.sheet(seq, folder, lang)?], show.form().clone())
        }
        Verb::Receipt(Receipt::Print(print)) => (print.sheets(folder, world, lang)?, print.form()),
        Verb::Receipt(Receipt::Issue(_)) | Verb::Consolidate(_) => {
            return Err(no_command(&said.made_by, ""));
        }
    };
    let (mut foot, mut bytes) = (None, Vec::new());
    for sheet in sheets {
        let own = sheet.foot(covered(said, folder, &sheet.reading)?, &form, format);
        bytes.push(sheet.bytes(&own, &form, format)?);
        foot.get_or_insert(own);
    }
    let foot = foot.ok_or_else(|| no_command(&said.made_by, ""))?;
    Ok(Again { foot, bytes })
}

/// So many records, where that is what is meant: a day or a file may mean others by now.
fn sized(at: Option<&Point>) -> Option<u64> {
    match at {
        Some(Point::Size(size)) => Some(*size),
        Some(Point::Day(_) | Point::Kept(_)) | None => None,
    }
}

fn compared(found: &[u8], expected: &[u8], format: Format) -> Vec<Difference> {
    differences(&found::lines(found, format), &found::lines(expected, format))
}

fn read_command(line: &str) -> Result<MadeBy, Failure> {
    MadeBy::try_parse_from(words(line)).map_err(|error| {
        let said = error.to_string();
        let first = said.lines().next().unwrap_or_default();
        no_command(line, &format!(" ({})", first.trim_start_matches("error: ")))
    })
}

fn no_command(line: &str, why: &str) -> Failure {
    let zh = format!("制表一行不是本程序的命令：{line:?}");
    let en =
        format!("what the page says it was made by is no command that makes one: {line:?}{why}");
    Failure::one(exit::BROKEN, Problem::new("RPT2", zh, en))
}

fn no_foot() -> Failure {
    let zh = "报表没有页脚，不知它依据哪些记录：页脚被截去，或报表以 --no-footer 制作";
    let en = "the report has no foot that says which records it rests on: it was cut off, or the report \
              was made with --no-footer";
    Failure::one(exit::BROKEN, Problem::new("RPT1", zh, en))
}

fn beyond(asked: u64, has: u64) -> Failure {
    let zh = format!("报表依据 {asked} 条记录，而此账套只有 {has} 条");
    let en = format!("the report rests on {asked} records, and this book has only {has}");
    Failure::one(exit::BROKEN, Problem::new("RPT3", zh, en).next("mingzhang verify"))
}

/// The checkpoint that the foot has to name. What it names is taken if it is so: a later checkpoint
/// or cosignature makes no earlier report wrong.
fn covered(said: &Said, folder: &Folder, reading: &Reading) -> Result<Option<Covered>, Failure> {
    let (notes, policy) = (notes(folder, reading)?, policy(reading));
    let named = match &said.checkpoint {
        Named::Unread => return Ok(Covered::of(&notes, policy, reading.tree.size())),
        Named::NoneYet => return Ok(None),
        Named::Covered(named) => named,
    };
    let Covered { size, cosigners } = named;
    let root = point::root_at(folder, *size)?;
    let own =
        |note: &&Note| note.checkpoint().is_ok_and(|kept| kept.size == *size && kept.root == root);
    let own: Vec<Note> = notes.iter().filter(own).cloned().collect();
    // Of checkpoints of one size alone, this is what is known of that size.
    let known = Covered::of(&own, policy, *size);
    let so = known.is_some_and(|known| cosigners.iter().all(|name| known.cosigners.contains(name)));
    Ok(if so { Some(named.clone()) } else { Covered::of(&notes, policy, reading.tree.size()) })
}

/// Line by line, what both have in common left out.
fn differences(found: &str, expected: &str) -> Vec<Difference> {
    let (found, expected): (Vec<&str>, Vec<&str>) =
        (found.split('\n').collect(), expected.split('\n').collect());
    let mut differences = Vec::new();
    let (mut at, mut due) = (0, 0);
    for (next_at, next_due) in common(&found, &expected) {
        gap(&found[at..next_at], &expected[due..next_due], at, &mut differences);
        (at, due) = (next_at + 1, next_due + 1);
    }
    gap(&found[at..], &expected[due..], at, &mut differences);
    differences
}

fn gap(found: &[&str], expected: &[&str], before: usize, into: &mut Vec<Difference>) {
    for place in 0..found.len().max(expected.len()) {
        let (found_line, due) = (found.get(place).copied(), expected.get(place).copied());
        into.push(Difference {
            line: before + place.min(found.len()) + 1,
            found: found_line.map(str::to_owned),
            expected: due.map(str::to_owned),
            by: found_line.zip(due).map(|(one, other)| amounts(one, other)).unwrap_or_default(),
        });
    }
}

/// So many pairs of lines are compared at most; a report that differs more is compared as it stands.
const PAIRS_MAX: usize = 4_000_000;

/// The places of lines that both have, in order: as many as there can be.
fn common(found: &[&str], expected: &[&str]) -> Vec<(usize, usize)> {
    let both = || found.iter().zip(expected);
    let first = both().take_while(|(one, other)| one == other).count();
    let left = found.len().min(expected.len()) - first;
    let from_the_end = found.iter().rev().zip(expected.iter().rev());
    let last = from_the_end.take(left).take_while(|(one, other)| one == other).count();
    let (found_end, expected_end) = (found.len() - last, expected.len() - last);
    let (middle, due) = (&found[first..found_end], &expected[first..expected_end]);
    let mut pairs: Vec<(usize, usize)> = (0..first).map(|place| (place, place)).collect();
    if middle.len().saturating_mul(due.len()) <= PAIRS_MAX {
        pairs.extend(longest(middle, due).into_iter().map(|(at, due)| (at + first, due + first)));
    }
    pairs.extend((0..last).map(|place| (found_end + place, expected_end + place)));
    pairs
}

/// The longest run of lines that both have.
fn longest(found: &[&str], expected: &[&str]) -> Vec<(usize, usize)> {
    let width = expected.len() + 1;
    let mut longest = vec![0_u32; (found.len() + 1) * width];
    for at in (0..found.len()).rev() {
        for due in (0..expected.len()).rev() {
            longest[at * width + due] = if found[at] == expected[due] {
                longest[(at + 1) * width + due + 1] + 1
            } else {
                longest[(at + 1) * width + due].max(longest[at * width + due + 1])
            };
        }
    }
    let mut pairs = Vec::new();
    let (mut at, mut due) = (0, 0);
    while at < found.len() && due < expected.len() {
        if found[at] == expected[due] {
            pairs.push((at, due));
            (at, due) = (at + 1, due + 1);
        } else if longest[(at + 1) * width + due] >= longest[at * width + due + 1] {
            at += 1;
        } else {
            due += 1;
        }
    }
    pairs
}

/// Found less expected of the amounts that differ, in their order in the line.
fn amounts(found: &str, expected: &str) -> Vec<Money> {
    let of = |line: &str| -> Vec<Money> {
        let words = line.split(|c: char| !(c.is_ascii_digit() || ".,-".contains(c)));
        words.flat_map(written).collect()
    };
    let (found, expected) = (of(found), of(expected));
    if found.len() != expected.len() {
        return Vec::new();
    }
    let pairs = found.iter().zip(&expected).filter(|(one, other)| one != other);
    pairs.map(|(one, other)| one.minus(*other)).collect()
}

/// The amounts of a word: one whose thousands are set apart by commas, or several in a line of CSV.
fn written(word: &str) -> Vec<Money> {
    let mut groups = word.split(',').skip(1).peekable();
    let of_three = |group: &str| {
        let whole = group.split('.').next().unwrap_or_default();
        whole.len() == 3
    };
    let is_one = groups.peek().is_none() || groups.all(of_three);
    if is_one && let Ok(amount) = Money::parse(&word.replace(',', "")) {
        return vec![amount];
    }
    word.split(',').filter_map(|amount| Money::parse(amount).ok()).collect()
}

struct Verdict<'a> {
    made_by: &'a str,
    /// None of a page that rests on many books.
    records: Option<RestsOn>,
    differences: Vec<Difference>,
    same: bool,
}

/// Which records of the book a page rests on.
#[derive(Debug, Clone, Copy)]
struct RestsOn {
    records: u64,
    root: TreeHash,
    has: u64,
    root_is_the_books: bool,
}

impl Verdict<'_> {
    fn said(&self, out: &Output) -> u8 {
        if out.json {
            out.value(&self.value());
        } else {
            out.text(&self.text(out));
        }
        if self.same { exit::DONE } else { exit::BROKEN }
    }

    fn value(&self) -> Value {
        let mut value = json!({
            "same": self.same, "made_by": self.made_by, "differences": self.differences,
        });
        if let (Some(of), Some(fields)) = (self.records, value.as_object_mut()) {
            fields.insert("records".to_owned(), of.records.into());
            fields.insert("book_records".to_owned(), of.has.into());
            fields.insert("root".to_owned(), of.root.to_string().into());
            fields.insert("root_is_the_books".to_owned(), of.root_is_the_books.into());
        }
        value
    }

    fn text(&self, out: &Output) -> String {
        let mut lines = Vec::new();
        for Difference { line, found, expected, by } in &self.differences {
            lines.push(format!("{} {line}", out.say("行", "line")));
            let sides = [("文件", "found", found), ("应为", "expected", expected)];
            for (zh, en, side) in sides {
                let side = side.as_deref().unwrap_or_else(|| out.say("（没有）", "(nothing)"));
                lines.push(format!("  {}: {side}", out.say(zh, en)));
            }
            if !by.is_empty() {
                let amounts: Vec<String> = by.iter().map(|d| render::amount(*d)).collect();
                lines.push(format!("  {}: {}", out.say("差额", "difference"), amounts.join(", ")));
            }
        }
        let made_by = self.made_by;
        lines.extend(self.records.map(|of| of.text(out.lang)));
        let count = self.differences.len();
        if !self.same && count == 0 {
            lines.push(out.say(
                "内容逐行相同，字节不同：文件被另一程序另存过",
                "every line is the same and the bytes are not: another program has saved the file again",
            ).to_owned());
        }
        lines.push(match (self.same, out.lang) {
            (true, Lang::Zh) => format!("一致：{made_by}"),
            (true, Lang::En) => format!("the same: {made_by}"),
            (false, Lang::Zh) => format!("不一致，{count} 行：{made_by}"),
            (false, Lang::En) => format!("not the same, {count} lines: {made_by}"),
        });
        lines.join("\n")
    }
}

impl RestsOn {
    fn text(self, lang: Lang) -> String {
        let RestsOn { records, has, .. } = self;
        match (self.root_is_the_books, lang) {
            (true, Lang::Zh) => format!("树根是此账套 {records} 条记录的树根（现有 {has} 条）"),
            (true, Lang::En) => format!("its root is this book's at {records} of {has} records"),
            (false, Lang::Zh) => format!("树根不是此账套 {records} 条记录的树根"),
            (false, Lang::En) => format!("its root is not this book's at {records} records"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_that_was_changed_is_one_line_with_its_difference() {
        let expected = "a\n| 401 | 1,000.00 |\nb\n";
        let found = "a\n| 401 | 1,900.00 |\nb\n";
        let [one] = &differences(found, expected)[..] else { panic!() };
        assert_eq!((one.line, &one.by[..]), (2, &[Money::parse("900.00").unwrap()][..]));
        assert_eq!(one.expected.as_deref(), Some("| 401 | 1,000.00 |"));
    }

    #[test]
    fn amounts_between_commas_are_told_from_thousands() {
        let yuan = |amounts: &[&str]| -> Vec<Money> {
            amounts.iter().map(|amount| Money::parse(amount).unwrap()).collect()
        };
        assert_eq!(written("-1,234,567.80"), yuan(&["-1234567.80"]));
        assert_eq!(written("0.00,120000.00,5600.00"), yuan(&["0.00", "120000.00", "5600.00"]));
        assert_eq!(written("12.50"), yuan(&["12.50"]));
        assert_eq!(written(",,"), []);
    }

    #[test]
    fn a_line_that_was_taken_out_or_put_in_shifts_no_other() {
        let [gone] = &differences("a\nc\n", "a\nb\nc\n")[..] else { panic!() };
        assert_eq!(
            (gone.line, gone.found.as_deref(), gone.expected.as_deref()),
            (2, None, Some("b"))
        );
        let [extra] = &differences("a\nb\nc\n", "a\nc\n")[..] else { panic!() };
        assert_eq!(
            (extra.line, extra.found.as_deref(), extra.expected.as_deref()),
            (2, Some("b"), None)
        );
    }
}
