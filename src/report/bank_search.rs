//! 勾对的查找 Which lines of the bank and which vouchers are one another, by their sums, days and
//! references alone. Every step takes out what it has found, and what may be several things is found as
//! one piece of doubt with everything in it: so nothing is in two findings.
//!
//! Each step is near linear. Sums of several are looked for among [`NEAREST`] candidates, of the days
//! around that hold no more, and [`SUMMED`] of them together at the most: what is searched cannot
//! explode, and its limits are the days that the finding says.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

/// Among so many candidates sums are looked for: a set of them is the bits of a number.
const NEAREST: usize = 16;

/// So many together.
const SUMMED: usize = 6;

/// A matching names at most so many of each side (`rules`).
const NAMED_MAX: usize = 200;

/// A line or a voucher that is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Item {
    pub(super) id: usize,
    /// Counted from any day.
    pub(super) day: u32,
    pub(super) fen: i64,
    /// The statement of a line; a matching is of one statement.
    pub(super) statement: usize,
    /// How many days it is looked around.
    pub(super) within: u32,
}

/// 把握 How sure a proposal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// 确定
    Certain,
    /// 很可能
    Likely,
    /// 不明: several things may be meant, and nobody but a person knows which.
    Ambiguous,
}

/// Why lines and vouchers are proposed for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// The bank's reference names these vouchers alone, and the sums are equal.
    Referred,
    /// A voucher and the red one that reverses it; the bank has no line for either.
    Reversed,
    /// One line and one voucher of this sum on this day.
    SameDay,
    /// One line and one voucher of this sum within so many days of each other.
    OnlyOne { days: u32 },
    /// Two lines of the bank that cancel each other, the only ones of their sum within so many days.
    Cancelled { days: u32 },
    /// The only sum of several that comes to it, within so many days.
    SumOfSeveral { days: u32 },
    /// All that stands on one day comes to it.
    WholeDay,
    /// Several lines or vouchers of the same sum within so many days.
    SeveralAlike { days: u32 },
    /// Several sums come to the same, within so many days.
    SeveralSums { days: u32 },
}

/// Lines and vouchers, by the ids that they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) confidence: Confidence,
    pub(super) reason: Reason,
    pub(super) lines: BTreeSet<usize>,
    pub(super) vouchers: BTreeSet<usize>,
}

/// What is open, and what the books know about it.
#[derive(Debug, Clone, Default)]
pub(super) struct Open {
    pub(super) lines: Vec<Item>,
    pub(super) vouchers: Vec<Item>,
    /// Vouchers, open or not, that the reference of a line names; the others have none.
    pub(super) named: BTreeMap<usize, BTreeSet<usize>>,
    /// A voucher and the one that reverses it.
    pub(super) reversed: Vec<(usize, usize)>,
}

/// What was found, and what nothing was found for. A line whose reference names something that it does
/// not come to is proposed for nothing else.
#[derive(Debug, Clone, Default)]
pub(super) struct Searched {
    pub(super) found: Vec<Found>,
    pub(super) astray: Vec<usize>,
    pub(super) lines: Vec<usize>,
    pub(super) vouchers: Vec<usize>,
}

pub(super) fn search(open: Open) -> Searched {
    let Open { mut lines, mut vouchers, named, reversed } = open;
    let in_order = |item: &Item| (item.day, item.id);
    lines.sort_by_key(in_order);
    vouchers.sort_by_key(in_order);
    let mut all = Vec::new();
    let mut take = |found: Vec<Found>, lines: &mut Vec<Item>, vouchers: &mut Vec<Item>| {
        take_out(&found, lines, vouchers);
        all.extend(found);
    };
    take(referred(&lines, &vouchers, &named), &mut lines, &mut vouchers);
    let (astray, plain): (Vec<Item>, Vec<Item>) =
        lines.into_iter().partition(|line| named.contains_key(&line.id));
    let mut lines = plain;
    take(cancelled_by_red(&lines, &vouchers, &reversed), &mut lines, &mut vouchers);
    take(same_sum(&lines, &vouchers), &mut lines, &mut vouchers);
    take(cancelled(&lines), &mut lines, &mut vouchers);
    take(sums(&lines, &vouchers), &mut lines, &mut vouchers);
    let ids = |items: &[Item]| items.iter().map(|item| item.id).collect();
    Searched { astray: ids(&astray), lines: ids(&lines), vouchers: ids(&vouchers), found: all }
}

fn take_out(found: &[Found], lines: &mut Vec<Item>, vouchers: &mut Vec<Item>) {
    let taken: BTreeSet<usize> = found.iter().flat_map(|f| f.lines.iter().copied()).collect();
    lines.retain(|line| !taken.contains(&line.id));
    let taken: BTreeSet<usize> = found.iter().flat_map(|f| f.vouchers.iter().copied()).collect();
    vouchers.retain(|voucher| !taken.contains(&voucher.id));
}

fn sum(items: &[Item]) -> i64 {
    items.iter().fold(0, |sum, item| sum.saturating_add(item.fen))
}

fn ids(items: &[Item]) -> BTreeSet<usize> {
    items.iter().map(|item| item.id).collect()
}

/// One line that names its vouchers, and vouchers that several lines of one statement name.
fn referred(
    lines: &[Item],
    vouchers: &[Item],
    named: &BTreeMap<usize, BTreeSet<usize>>,
) -> Vec<Found> {
    let open: BTreeMap<usize, Item> = vouchers.iter().map(|v| (v.id, *v)).collect();
    let mut naming: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
    for line in lines {
        for voucher in named.get(&line.id).into_iter().flatten() {
            naming.entry(*voucher).or_default().push(*line);
        }
    }
    let mut found = Vec::new();
    let certain = |lines: &[Item], vouchers: &[Item]| Found {
        confidence: Confidence::Certain,
        reason: Reason::Referred,
        lines: ids(lines),
        vouchers: ids(vouchers),
    };
    for line in lines {
        let Some(names) = named.get(&line.id) else { continue };
        let of: Vec<Item> = names.iter().filter_map(|voucher| open.get(voucher).copied()).collect();
        let alone = |voucher: &usize| naming.get(voucher).is_some_and(|lines| lines.len() == 1);
        let whole = of.len() == names.len() && of.len() <= NAMED_MAX;
        if whole && names.iter().all(alone) && sum(&of) == line.fen {
            found.push(certain(&[*line], &of));
        }
    }
    for (voucher, lines) in &naming {
        let Some(voucher) = open.get(voucher) else { continue };
        let of_it = |line: &Item| named.get(&line.id).is_some_and(|names| names.len() == 1);
        let together = lines.len() >= 2 && lines.len() <= NAMED_MAX && one_statement(lines);
        if together && lines.iter().all(of_it) && sum(lines) == voucher.fen {
            found.push(certain(lines, &[*voucher]));
        }
    }
    found
}

fn one_statement(lines: &[Item]) -> bool {
    let first = lines.first().map(|line| line.statement);
    lines.iter().all(|line| Some(line.statement) == first)
}

/// A voucher with its red one, where the bank has nothing that either of them could be: what was moved
/// and moved back has lines of its own.
fn cancelled_by_red(lines: &[Item], vouchers: &[Item], reversed: &[(usize, usize)]) -> Vec<Found> {
    let open: BTreeMap<usize, Item> = vouchers.iter().map(|v| (v.id, *v)).collect();
    let mut by_sum: BTreeMap<i64, Vec<Item>> = BTreeMap::new();
    for line in lines {
        by_sum.entry(line.fen).or_default().push(*line);
    }
    let mut found = Vec::new();
    let mut used = BTreeSet::new();
    for (voucher, red) in reversed {
        let (Some(voucher), Some(red)) = (open.get(voucher), open.get(red)) else { continue };
        let lines_like = |of: &Item| {
            let like = by_sum.get(&of.fen).into_iter().flatten();
            like.filter(|line| line.day.abs_diff(of.day) <= line.within).count()
        };
        // A line of that sum may be of another voucher, such as the right one in the wrong one's place.
        let others = vouchers.iter().filter(|other| {
            other.fen == voucher.fen && !reversed.iter().any(|(one, _)| *one == other.id)
        });
        let moved = lines_like(red) > 0 || lines_like(voucher) > others.count();
        let cancels = voucher.fen.checked_add(red.fen) == Some(0);
        if cancels && !moved && !used.contains(&voucher.id) && !used.contains(&red.id) {
            used.extend([voucher.id, red.id]);
            found.push(Found {
                confidence: Confidence::Certain,
                reason: Reason::Reversed,
                lines: BTreeSet::new(),
                vouchers: ids(&[*voucher, *red]),
            });
        }
    }
    found
}

/// One to one, by the sum: on the same day first, then within the days around.
fn same_sum(lines: &[Item], vouchers: &[Item]) -> Vec<Found> {
    let mut by_sum: BTreeMap<i64, (Vec<Item>, Vec<Item>)> = BTreeMap::new();
    for line in lines {
        by_sum.entry(line.fen).or_default().0.push(*line);
    }
    for voucher in vouchers {
        if let Some((_, vouchers)) = by_sum.get_mut(&voucher.fen) {
            vouchers.push(*voucher);
        }
    }
    let mut found = Vec::new();
    for (mut lines, mut vouchers) in by_sum.into_values() {
        let alike = on_one_day(&lines, &vouchers);
        take_out(&alike, &mut lines, &mut vouchers);
        found.extend(alike);
        for Around { lines, others, days } in around(&lines, &vouchers) {
            found.push(Found {
                confidence: confidence(&lines, &others),
                reason: match confidence(&lines, &others) {
                    Confidence::Certain | Confidence::Likely => Reason::OnlyOne { days },
                    Confidence::Ambiguous => Reason::SeveralAlike { days },
                },
                lines: ids(&lines),
                vouchers: ids(&others),
            });
        }
    }
    found
}

fn confidence(lines: &[Item], others: &[Item]) -> Confidence {
    if lines.len() == 1 && others.len() == 1 { Confidence::Likely } else { Confidence::Ambiguous }
}

/// Of one sum: a line and a voucher that are the only ones of their day.
fn on_one_day(lines: &[Item], vouchers: &[Item]) -> Vec<Found> {
    let mut days: BTreeMap<u32, (Vec<Item>, Vec<Item>)> = BTreeMap::new();
    for line in lines {
        days.entry(line.day).or_default().0.push(*line);
    }
    for voucher in vouchers {
        days.entry(voucher.day).or_default().1.push(*voucher);
    }
    let alone = days
        .into_values()
        .filter(|(lines, vouchers)| confidence(lines, vouchers) == Confidence::Likely);
    let found = alone.map(|(lines, vouchers)| Found {
        confidence: Confidence::Likely,
        reason: Reason::SameDay,
        lines: ids(&lines),
        vouchers: ids(&vouchers),
    });
    found.collect()
}

/// Lines with whatever else is within their days, and everything that hangs together by that.
struct Around {
    lines: Vec<Item>,
    others: Vec<Item>,
    days: u32,
}

/// Both in the order of their days; those alone that have something around them.
fn around(lines: &[Item], others: &[Item]) -> Vec<Around> {
    struct Piece {
        lines: Vec<Item>,
        first: usize,
        end: usize,
    }
    let mut pieces: Vec<Piece> = Vec::new();
    for line in lines {
        let first = others.partition_point(|o| o.day.saturating_add(line.within) < line.day);
        let end = others.partition_point(|o| o.day <= line.day.saturating_add(line.within));
        if first >= end {
            continue;
        }
        let mut piece = Piece { lines: vec![*line], first, end };
        // What it shares with the pieces before it makes them one; the days around may have changed.
        while let Some(before) =
            pieces.pop_if(|before| piece.first < before.end && before.first < piece.end)
        {
            piece.first = piece.first.min(before.first);
            piece.end = piece.end.max(before.end);
            let later = core::mem::replace(&mut piece.lines, before.lines);
            piece.lines.extend(later);
        }
        pieces.push(piece);
    }
    let whole = |piece: Piece| Around {
        others: others.get(piece.first..piece.end).unwrap_or_default().to_vec(),
        days: piece.lines.iter().map(|line| line.within).max().unwrap_or_default(),
        lines: piece.lines,
    };
    pieces.into_iter().map(whole).collect()
}

/// Lines of one statement that cancel each other: what the bank did by mistake and took back.
fn cancelled(lines: &[Item]) -> Vec<Found> {
    let mut by_sum: BTreeMap<(usize, u64), (Vec<Item>, Vec<Item>)> = BTreeMap::new();
    for line in lines {
        let (into, out) = by_sum.entry((line.statement, line.fen.unsigned_abs())).or_default();
        if line.fen > 0 { into.push(*line) } else { out.push(*line) }
    }
    let mut found = Vec::new();
    for (into, out) in by_sum.into_values() {
        for Around { lines, others, days } in around(&into, &out) {
            let confidence = confidence(&lines, &others);
            let reason = match confidence {
                Confidence::Certain | Confidence::Likely => Reason::Cancelled { days },
                Confidence::Ambiguous => Reason::SeveralAlike { days },
            };
            let lines = ids(&lines).union(&ids(&others)).copied().collect();
            found.push(Found { confidence, reason, lines, vouchers: BTreeSet::new() });
        }
    }
    found
}

/// A sum of several that comes to one: what it is made of, and whether nothing else would do.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Sum {
    lines: BTreeSet<usize>,
    vouchers: BTreeSet<usize>,
    reason: Reason,
    alone: bool,
}

/// One line of several vouchers, several lines of one voucher. Sums that share anything are one doubt.
fn sums(lines: &[Item], vouchers: &[Item]) -> Vec<Found> {
    let mut sums = Vec::new();
    let days = Days::of(vouchers);
    for line in lines {
        let of = |parts: BTreeSet<usize>| (BTreeSet::from([line.id]), parts);
        sums.extend(days.sums(line).into_iter().map(|part| part.into_sum(of)));
    }
    let mut statements: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
    for line in lines {
        statements.entry(line.statement).or_default().push(*line);
    }
    for lines in statements.into_values() {
        let days = Days::of(&lines);
        for voucher in vouchers {
            let of = |parts: BTreeSet<usize>| (parts, BTreeSet::from([voucher.id]));
            sums.extend(days.sums(voucher).into_iter().map(|part| part.into_sum(of)));
        }
    }
    sums.sort();
    sums.dedup_by(|one, before| (&one.lines, &one.vouchers) == (&before.lines, &before.vouchers));
    hanging_together(sums).iter().map(|sums| doubted(sums)).collect()
}

/// The parts of one sum.
struct Parts {
    ids: BTreeSet<usize>,
    reason: Reason,
    alone: bool,
}

impl Parts {
    fn into_sum(
        self,
        sides: impl Fn(BTreeSet<usize>) -> (BTreeSet<usize>, BTreeSet<usize>),
    ) -> Sum {
        let (lines, vouchers) = sides(self.ids);
        Sum { lines, vouchers, reason: self.reason, alone: self.alone }
    }
}

/// Items by day and side, each day's smallest first, and what they come to together.
struct Days {
    of: BTreeMap<(u32, bool), (Vec<Item>, i64)>,
}

impl Days {
    fn of(items: &[Item]) -> Days {
        let mut of: BTreeMap<(u32, bool), (Vec<Item>, i64)> = BTreeMap::new();
        for item in items {
            let (there, sum) = of.entry((item.day, item.fen > 0)).or_default();
            there.push(*item);
            *sum = sum.saturating_add(item.fen);
        }
        for (there, _) in of.values_mut() {
            there.sort_by_key(|item| (item.fen.unsigned_abs(), item.id));
        }
        Days { of }
    }

    /// The sums of several that come to the target: all of a day, and some of the nearest days.
    fn sums(&self, target: &Item) -> Vec<Parts> {
        let side = target.fen > 0;
        let (mut sums, mut near) = (Vec::new(), Vec::new());
        let mut full = None;
        for days in 0..=target.within {
            let earlier = target.day.checked_sub(days);
            let later = target.day.checked_add(days).filter(|_| days > 0);
            for day in [earlier, later].into_iter().flatten() {
                let Some((there, sum)) = self.of.get(&(day, side)) else { continue };
                let is_whole = there.len() > 1 && there.len() <= NAMED_MAX;
                if is_whole && *sum == target.fen {
                    let ids = ids(there);
                    sums.push(Parts { ids, reason: Reason::WholeDay, alone: true });
                }
                let smaller = there
                    .partition_point(|item| item.fen.unsigned_abs() < target.fen.unsigned_abs());
                if near.len().saturating_add(smaller) > NEAREST {
                    full.get_or_insert(days);
                }
                if full.is_none() {
                    near.extend(there.iter().take(smaller).map(|item| (days, *item)));
                }
            }
        }
        // Of the day at which there were too many, and of any later one, nothing is looked at.
        let days = full.map_or(Some(target.within), |days| days.checked_sub(1));
        if let Some(days) = days {
            near.retain(|(of, _)| *of <= days);
            let near = near.into_iter().map(|(_, item)| item).collect();
            sums.extend(Knapsack::of(near, target.fen.unsigned_abs()).packed(days));
        }
        sums
    }
}

/// Every set of two to [`SUMMED`] items that comes to the target.
struct Knapsack {
    /// The largest first, each with what it and all after it come to.
    items: Vec<(u64, u64, usize)>,
    count: usize,
    first: u32,
    all: u32,
}

impl Knapsack {
    fn of(mut items: Vec<Item>, target: u64) -> Knapsack {
        items.sort_by_key(|item| (item.fen.unsigned_abs(), item.id));
        let mut rest = 0u64;
        let mut with_rest: Vec<(u64, u64, usize)> = items
            .iter()
            .map(|item| {
                let fen = item.fen.unsigned_abs();
                rest = rest.saturating_add(fen);
                (fen, rest, item.id)
            })
            .collect();
        with_rest.reverse();
        let mut sack = Knapsack { items: with_rest, count: 0, first: 0, all: 0 };
        sack.fill(0, target, 0, 0);
        sack
    }

    fn fill(&mut self, from: usize, left: u64, taken: u32, many: usize) {
        if left == 0 {
            if many > 1 {
                self.count = self.count.saturating_add(1);
                self.first = if self.count == 1 { taken } else { self.first };
                self.all |= taken;
            }
            return;
        }
        if many == SUMMED {
            return;
        }
        let mut place = from;
        while let Some((fen, rest, _)) = self.items.get(place).copied() {
            if rest < left {
                return;
            }
            let next = place.saturating_add(1);
            if let Some(left) = left.checked_sub(fen) {
                self.fill(next, left, taken | bit(place), many.saturating_add(1));
            }
            place = next;
        }
    }

    fn packed(&self, days: u32) -> Option<Parts> {
        let (taken, alone, reason) = match self.count {
            0 => return None,
            1 => (self.first, true, Reason::SumOfSeveral { days }),
            _ => (self.all, false, Reason::SeveralSums { days }),
        };
        let taken = self.items.iter().enumerate().filter(|(place, _)| taken & bit(*place) != 0);
        Some(Parts { ids: taken.map(|(_, (.., id))| *id).collect(), reason, alone })
    }
}

fn bit(place: usize) -> u32 {
    u32::try_from(place).ok().and_then(|place| 1u32.checked_shl(place)).unwrap_or_default()
}

/// Sums that share a line or a voucher, each with all that it hangs together with. What is smaller
/// goes over to what is larger, so that a long chain is not copied again with each of its links.
fn hanging_together(sums: Vec<Sum>) -> Vec<Vec<Sum>> {
    // Which piece each line (false) or voucher (true) belongs to.
    let mut piece_of: BTreeMap<(bool, usize), usize> = BTreeMap::new();
    let mut pieces: BTreeMap<usize, Vec<Sum>> = BTreeMap::new();
    for (own, sum) in sums.into_iter().enumerate() {
        let touched: BTreeSet<usize> =
            nodes(&sum).filter_map(|node| piece_of.get(&node).copied()).collect();
        let size = |piece: &usize| pieces.get(piece).map_or(0, Vec::len);
        let largest = touched.iter().copied().max_by_key(size).unwrap_or(own);
        let mut joined = vec![sum];
        for other in touched.into_iter().filter(|other| *other != largest) {
            joined.extend(pieces.remove(&other).into_iter().flatten());
        }
        piece_of.extend(joined.iter().flat_map(nodes).map(|node| (node, largest)));
        pieces.entry(largest).or_default().extend(joined);
    }
    pieces.into_values().collect()
}

fn nodes(sum: &Sum) -> impl Iterator<Item = (bool, usize)> {
    let lines = sum.lines.iter().map(|id| (false, *id));
    lines.chain(sum.vouchers.iter().map(|id| (true, *id)))
}

fn doubted(sums: &[Sum]) -> Found {
    if let [Sum { lines, vouchers, reason, alone: true }] = sums {
        let (lines, vouchers) = (lines.clone(), vouchers.clone());
        return Found { confidence: Confidence::Likely, reason: *reason, lines, vouchers };
    }
    let days = sums.iter().map(|sum| match sum.reason {
        Reason::SumOfSeveral { days } | Reason::SeveralSums { days } => days,
        Reason::Referred
        | Reason::Reversed
        | Reason::SameDay
        | Reason::OnlyOne { .. }
        | Reason::Cancelled { .. }
        | Reason::WholeDay
        | Reason::SeveralAlike { .. } => 0,
    });
    Found {
        confidence: Confidence::Ambiguous,
        reason: Reason::SeveralSums { days: days.max().unwrap_or_default() },
        lines: sums.iter().flat_map(|sum| sum.lines.iter().copied()).collect(),
        vouchers: sums.iter().flat_map(|sum| sum.vouchers.iter().copied()).collect(),
    }
}
