//! What is decided of each line: which are there already, which were undone, and on which of them a
//! person has to say what they are.

use std::collections::{BTreeMap, BTreeSet};

use super::code;
use super::duplicates::{Decision, Like, Marked, Marks};
use super::flaw::Flaw;
use super::kinds::{self, Input, Unit};
use super::lines::Line;
use super::plan::Asked;
use crate::event::import::WhyLeft;
use crate::ids::Seq;
use crate::projection::imports::{File, Part};

/// Units with what was decided on each.
pub(super) struct Judged {
    pub(super) taken: Vec<Unit>,
    pub(super) fates: Vec<(Unit, Marked, Option<Like>, Option<WhyLeft>)>,
    pub(super) undecided: Vec<Flaw>,
}

pub(super) fn judge(
    input: &Input<'_>,
    asked: &Asked<'_>,
    units: Vec<Unit>,
) -> Result<Judged, Vec<Flaw>> {
    let before = said_before(input, asked, &units)?;
    let standing = asked.state.imports_standing();
    let file = standing.of(&input.grid.source, input.kind).filter(File::is_partly_undone);
    let undone = |unit: &Unit| {
        let lines = &file.as_ref()?.lines;
        let part = input.numbers(unit).iter().find_map(|number| lines.get(number).copied())?;
        Some(Like::Undone { seq: part.seq, by: part.by })
    };
    let mut marks = Marks::default();
    let mut judged = Judged { taken: Vec::new(), fates: Vec::new(), undecided: Vec::new() };
    let mut doubtful: BTreeSet<u32> = BTreeSet::new();
    for unit in units {
        let Some(line) = input.line(&unit) else { continue };
        let number = line.number;
        let Ok(marked) = marks.mark(input.kind, &unit.identity, number) else { continue };
        if unit.left {
            judged.fates.push((unit, marked, None, Some(WhyLeft::Rule)));
            continue;
        }
        let imported = standing.marked(&marked.mark);
        let imported = imported.map(|(seq, line)| Like::Imported { seq, line });
        let recorded = || before.get(&number).map(|seq| Like::Recorded { seq: *seq });
        let same = || marked.like.filter(|_| !unit.unique).map(|line| Like::SameFile { line });
        // The first of two alike may be undone while the second stands.
        let later = || {
            let mut known = marked.further().take_while(|mark| standing.knows(mark));
            let found = known.find_map(|mark| standing.marked(&mark));
            found.map(|(seq, line)| Like::Imported { seq, line })
        };
        let like =
            imported.or_else(recorded).or_else(|| undone(&unit)).or_else(later).or_else(same);
        let mut why = None;
        if let Some(like) = like {
            let numbers = input.numbers(&unit);
            doubtful.extend(&numbers);
            match numbers.iter().find_map(|number| asked.decisions.of(*number)) {
                Some(Decision::Skip) => why = Some(WhyLeft::Duplicate),
                Some(Decision::Record) => {}
                None => judged.undecided.push(doubt(input, line, like)),
            }
        }
        if why.is_none() {
            judged.taken.push(unit.clone());
        }
        judged.fates.push((unit, marked, like, why));
    }
    if let Some(file) = file.filter(|_| !judged.undecided.is_empty()) {
        judged.undecided.insert(0, partly_undone(&file));
    }
    once(&mut judged.undecided);
    let groundless = asked.decisions.named().filter(|line| !doubtful.contains(line));
    let flaws: Vec<Flaw> = groundless
        .map(|line| Flaw {
            code: code::NO_DUPLICATE,
            line,
            zh: format!("第 {line} 行没有重复，不需要决定"),
            en: format!("line {line} is like no other: there is nothing to decide"),
            next: "mingzhang import FILE --dry-run".to_owned(),
            ..Flaw::default()
        })
        .collect();
    if flaws.is_empty() { Ok(judged) } else { Err(flaws) }
}

/// Of many lines in doubt one command is offered, and not one for each.
fn once(undecided: &mut [Flaw]) {
    let lines = |flaws: &[Flaw], which: &str| {
        let fits = |flaw: &&Flaw| flaw.code == code::UNDECIDED && flaw.next.contains(which);
        let mut lines: Vec<u32> = flaws.iter().filter(fits).map(|flaw| flaw.line).collect();
        lines.sort_unstable();
        lines
    };
    let (skip, record) = (lines(undecided, " skip:"), lines(undecided, " record:"));
    let skipped = if record.is_empty() { "all".to_owned() } else { ranges(skip.iter().copied()) };
    let recorded = ranges(record.iter().copied());
    let offers = [
        (" skip:", skip.len(), format!("mingzhang import FILE --duplicates skip:{skipped}")),
        (" record:", record.len(), format!("mingzhang import FILE --duplicates record:{recorded}")),
    ];
    for (which, count, offer) in offers {
        let of = undecided.iter_mut().filter(|flaw| flaw.code == code::UNDECIDED);
        let of =
            of.filter(|flaw| flaw.next.contains(which)).take(if count > 1 { count } else { 0 });
        for (at, flaw) in (1..).zip(of) {
            flaw.next = if at == count { offer.clone() } else { String::new() };
        }
    }
}

/// Which records of a file that was imported before still stand and which do not.
fn partly_undone(file: &File) -> Flaw {
    /// More than these are counted, not named.
    const NAMED: usize = 20;
    let lines_of = |part: &Part| match part.lines {
        (first, last) if first == last => first.to_string(),
        (first, last) => format!("{first}-{last}"),
    };
    let listed = |parts: &[Part], one: &dyn Fn(&Part) -> String, more: &dyn Fn(usize) -> String| {
        let named = parts.iter().take(NAMED).map(one);
        let others = parts.len().saturating_sub(NAMED);
        named.chain((others > 0).then(|| more(others))).collect::<Vec<_>>()
    };
    let said = |parts: &[Part]| {
        let zh = |part: &Part| {
            let by = part.by.map(|by| format!("，由 {by} 冲销")).unwrap_or_default();
            format!("记录 {}（第 {} 行{by}）", part.seq, lines_of(part))
        };
        let en = |part: &Part| {
            let by = part.by.map(|by| format!(", undone by {by}")).unwrap_or_default();
            format!("record {} (line {}{by})", part.seq, lines_of(part))
        };
        let zh = listed(parts, &zh, &|others| format!("另有 {others} 条"));
        let en = listed(parts, &en, &|others| format!("{others} more"));
        (zh.join("；"), en.join("; "))
    };
    let (seq, (standing, standing_en)) = (file.seq, said(&file.standing));
    let (undone, undone_en) = said(&file.undone);
    let lines = ranges(file.lines.keys().copied());
    // Lines that lie between those of a record that stands may be of that one.
    let next = match file.undone.first() {
        Some(part) if lines.is_empty() => format!("mingzhang show {}", part.seq),
        Some(_) | None => {
            format!("mingzhang import FILE --duplicates record:{lines} --duplicates skip:all")
        }
    };
    Flaw {
        code: code::PARTLY_UNDONE,
        zh: format!(
            "文件已经导入，见记录 {seq}，其中一部分已经冲销或撤销。仍然有效：{standing}。已冲销或撤销：{undone}。哪些行再记，由人决定"
        ),
        en: format!(
            "the file was imported already, as record {seq}, and a part of it is undone. what stands: {standing_en}. what is undone: {undone_en}. which lines are recorded again is for a person to decide"
        ),
        next,
        ..Flaw::default()
    }
}

/// `3,5-7`: lines in their order, as a decision names them.
pub(super) fn ranges(lines: impl Iterator<Item = u32>) -> String {
    let mut ranges: Vec<(u32, u32)> = Vec::new();
    for line in lines {
        match ranges.last_mut() {
            Some((_, last)) if last.saturating_add(1) == line => *last = line,
            Some(_) | None => ranges.push((line, line)),
        }
    }
    let said = ranges.iter().map(|(first, last)| {
        if first == last { first.to_string() } else { format!("{first}-{last}") }
    });
    said.collect::<Vec<_>>().join(",")
}

/// Lines whose commands were recorded without a file.
fn said_before(
    input: &Input<'_>,
    asked: &Asked<'_>,
    units: &[Unit],
) -> Result<BTreeMap<u32, Seq>, Vec<Flaw>> {
    let all: Vec<Unit> = units.iter().filter(|unit| !unit.left).cloned().collect();
    let found = kinds::drafts(input, &all);
    if !found.flaws.is_empty() {
        return Err(found.flaws);
    }
    let mut before = BTreeMap::new();
    for draft in found.all {
        let first = draft.commands.first().and_then(|made| (asked.said_before)(&made.command));
        // The command was recorded whole, so that every line of it is there.
        if let Some(seq) = first {
            before.extend(draft.lines.iter().map(|line| (*line, seq)));
        }
    }
    Ok(before)
}

fn doubt(input: &Input<'_>, line: &Line, like: Like) -> Flaw {
    let number = line.number;
    let (zh, en) = match like {
        Like::Imported { seq, line } => (
            format!("与记录 {seq} 导入的第 {line} 行相同：是同一笔，还是另一笔？"),
            format!(
                "it is like line {line} of the file of record {seq}: is it the same or another one?"
            ),
        ),
        Like::Recorded { seq } => (
            format!("与记录 {seq} 相同：是同一笔，还是另一笔？"),
            format!("it is like record {seq}: is it the same or another one?"),
        ),
        Like::SameFile { line } => (
            format!("与本文件第 {line} 行相同，先看原件是不是录重了：是同一笔，还是另一笔？"),
            format!(
                "it is like line {line} of this file; look first whether it was typed twice: is it the same or another one?"
            ),
        ),
        Like::Undone { seq, by } => {
            let (zh, en) = match by {
                Some(by) => (format!("已由记录 {by} 冲销"), format!("record {by} has undone")),
                None => ("已撤销或不批准".to_owned(), "was withdrawn or refused".to_owned()),
            };
            (
                format!("曾记为记录 {seq}，{zh}：不再记，还是再记一次？"),
                format!("it was record {seq}, which {en}: is it left or recorded again?"),
            )
        }
    };
    let (zh, en) = if matches!(like, Like::Undone { .. }) {
        (
            format!("{zh}（不再记 skip:{number}，再记 record:{number}）"),
            format!("{en} (left: skip:{number}, recorded again: record:{number})"),
        )
    } else {
        (
            format!("{zh}（同一笔 skip:{number}，另一笔 record:{number}）"),
            format!("{en} (the same: skip:{number}, another one: record:{number})"),
        )
    };
    // A bank repeats no line within one file; what was there before is mostly the same.
    let likely = match like {
        Like::SameFile { .. } | Like::Undone { .. } => "record",
        Like::Imported { .. } | Like::Recorded { .. } => "skip",
    };
    Flaw {
        next: format!("mingzhang import FILE --duplicates {likely}:{number}"),
        ..input.flaw(line, code::UNDECIDED, "", zh, en)
    }
}
