//! 勾对建议 Which lines of the bank's statements are which vouchers: proposals with their reasons, for
//! the accountant to accept. What may be several things is said so, with all of them, and never guessed.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::bank_search::{self, Found, Item, Open};
use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::VoucherNumber;
use crate::event::statement::{BankLine, Match};
use crate::ids::{Seq, StatementId, Text};
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::Slip;
use crate::projection::bank::Held;
use crate::rules::BankBook;

pub use super::bank_search::{Confidence, Reason};

/// Where no rule says so: a cheque is presented within ten days (票据法 Art. 91).
pub const DAYS: u32 = 10;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct BankMatches {
    pub heading: Heading,
    /// The statement that was asked for; none for all of the period.
    pub statement: Option<StatementId>,
    /// 建议, the surest first.
    pub suggestions: Vec<Suggestion>,
    /// Lines whose reference names a voucher that they do not come to, or that is matched already.
    pub astray: Vec<Astray>,
    /// Lines that nothing was found for, those astray among them.
    pub lines_left: u32,
    /// Vouchers through the last day of these statements that nothing was found for.
    pub vouchers_left: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Suggestion {
    /// The statement in which it is recorded; the first of several.
    pub statement: StatementId,
    pub confidence: Confidence,
    pub reason: Reason,
    pub lines: Vec<Line>,
    pub vouchers: Vec<Booking>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub statement: StatementId,
    pub no: u32,
    pub day: Day,
    /// In with its sign as it stands, out negative.
    pub amount: Money,
    pub reference: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Booking {
    pub seq: Seq,
    pub voucher: VoucherNumber,
    pub day: Day,
    /// What the bank has to move for it.
    pub amount: Money,
    /// 期初差异 Whether it stands for everything that was outstanding when the first statement began.
    #[serde(skip_serializing_if = "core::ops::Not::not")]
    pub opening_difference: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Astray {
    pub line: Line,
    /// What its reference names.
    pub vouchers: Vec<VoucherNumber>,
}

impl Suggestion {
    /// As it is recorded; none where only a person knows what is meant.
    #[must_use]
    pub fn accepted(&self) -> Option<Match> {
        match self.confidence {
            Confidence::Certain | Confidence::Likely => Some(Match {
                statement: self.statement.clone(),
                lines: self.lines.iter().map(|line| line.no).collect(),
                seqs: self.vouchers.iter().map(|voucher| voucher.seq).collect(),
            }),
            Confidence::Ambiguous => None,
        }
    }
}

/// The surest first, by the statement and number of their lines; vouchers alone, which have no line to
/// stand by, come after those of lines.
type Order = (Confidence, bool, BTreeSet<(usize, u32)>);

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period, of: Option<&str>) -> BankMatches {
    let title = Words::new("银行对账勾对建议", "Suggested matches with the bank");
    let heading = Books { state, chart }.heading(title, "", period);
    let statements: Vec<&Held> = state.bank.statements().collect();
    let asked = |held: &Held| match of {
        Some(of) => held.statement.statement.as_str() == of,
        None => period.contains(held.statement.last.month()),
    };
    let scope: Vec<bool> = statements.iter().map(|held| asked(held)).collect();
    let is_asked = |place: usize| scope.get(place).copied().unwrap_or_default();
    let board = Board::of(state, chart, &statements);
    let open = board.open();
    let searched = bank_search::search(open.clone());
    let mut suggestions: Vec<(Order, Suggestion)> = Vec::new();
    for found in searched.found {
        let at = board.statements_of(&found);
        if !at.iter().any(|place| is_asked(*place)) {
            continue;
        }
        let Some(first) = at.first().and_then(|place| statements.get(*place)) else { continue };
        let lines = found.lines.iter().filter_map(|id| board.lines.get(*id));
        let at: BTreeSet<(usize, u32)> =
            lines.clone().map(|open| (open.place, open.line.no)).collect();
        let suggestion = Suggestion {
            statement: first.statement.statement.clone(),
            confidence: found.confidence,
            reason: found.reason,
            lines: lines.map(OpenLine::shown).collect(),
            vouchers: found.vouchers.iter().filter_map(|id| board.booking(*id)).collect(),
        };
        suggestions.push(((found.confidence, at.is_empty(), at), suggestion));
    }
    suggestions.sort_by(|(one, _), (other, _)| one.cmp(other));
    let asked_line = |id: &&usize| board.lines.get(**id).is_some_and(|line| is_asked(line.place));
    let astray: Vec<Astray> = searched
        .astray
        .iter()
        .filter(asked_line)
        .filter_map(|id| board.astray(*id, &open))
        .collect();
    let last = statements.iter().zip(&scope).filter(|(_, asked)| **asked).map(|(held, _)| held);
    let last = last.map(|held| held.statement.last).max();
    let booked = |id: &&usize| {
        board.vouchers.get(**id).is_some_and(|slip| last.is_some_and(|last| slip.day <= last))
    };
    let left = searched.lines.iter().filter(asked_line).count();
    let count = |count: usize| u32::try_from(count).unwrap_or(u32::MAX);
    BankMatches {
        heading,
        statement: of.and_then(|of| StatementId::parse(of).ok()),
        lines_left: count(left.saturating_add(astray.len())),
        vouchers_left: count(searched.vouchers.iter().filter(booked).count()),
        suggestions: suggestions.into_iter().map(|(_, suggestion)| suggestion).collect(),
        astray,
    }
}

/// Everything that is open, in one order: the place of a line or a voucher in it is its id.
struct Board<'a> {
    state: &'a State,
    statements: &'a [&'a Held],
    lines: Vec<OpenLine<'a>>,
    /// Those that are open, and after them those that are matched.
    vouchers: Vec<Slip>,
    open: usize,
    /// 期初差异 The voucher that stands for it.
    opening: Option<Seq>,
}

struct OpenLine<'a> {
    /// The place of its statement.
    place: usize,
    held: &'a Held,
    line: &'a BankLine,
}

impl<'a> Board<'a> {
    fn of(state: &'a State, chart: &Chart, statements: &'a [&'a Held]) -> Board<'a> {
        let mut lines = Vec::new();
        for (place, held) in statements.iter().enumerate() {
            let open = held.lines.iter().filter(|line| !held.matched.contains_key(&line.no));
            lines.extend(open.map(|line| OpenLine { place, held, line }));
        }
        let matched = |slip: &Slip| state.bank.matching_of(slip.seq).is_some();
        let book = BankBook::of(state, chart);
        let opening = book.opening().and_then(|found| found.slip).map(|slip| slip.seq);
        let (done, open): (Vec<Slip>, Vec<Slip>) = book.open().partition(matched);
        let count = open.len();
        let vouchers = open.into_iter().chain(done).collect();
        Board { state, statements, lines, vouchers, open: count, opening }
    }

    fn open(&self) -> Open {
        let first = self.statements.first().map(|held| held.statement.first);
        // What stood open before the first statement is cleared from that one's first day on.
        let begun = |day: Day| first.map_or(day, |first| day.max(first));
        let days = self.lines.iter().map(|open| open.line.date);
        let base = days.chain(self.vouchers.iter().map(|slip| begun(slip.day))).min();
        let counted = |day: Day| base.map_or(0, |base| base.days_to(begun(day)));
        let within =
            |day: Day| self.state.offices.bank_matching(day).map_or(DAYS, |(days, _)| days);
        let item = |id: usize, day: Day, amount: Money, statement: usize| {
            let (fen, within) = (amount.fen()?, within(day));
            Some(Item { id, day: counted(day), fen, statement, within })
        };
        let lines = self.lines.iter().enumerate();
        let lines =
            lines.filter_map(|(id, open)| item(id, open.line.date, open.line.amount, open.place));
        let vouchers = self.vouchers.iter().take(self.open).enumerate();
        let vouchers = vouchers.filter_map(|(id, slip)| item(id, slip.day, slip.amount, 0));
        let by_seq: BTreeMap<Seq, usize> =
            self.vouchers.iter().enumerate().map(|(id, slip)| (slip.seq, id)).collect();
        let reversed = self.state.periods.reversed();
        let reversed =
            reversed.filter_map(|(seq, entry)| Some((*by_seq.get(seq)?, *by_seq.get(&entry.by)?)));
        Open {
            lines: lines.collect(),
            vouchers: vouchers.collect(),
            named: self.named(&by_seq),
            reversed: reversed.collect(),
        }
    }

    /// The vouchers that the reference of each line names: what more than one of them has is no name.
    fn named(&self, by_seq: &BTreeMap<Seq, usize>) -> BTreeMap<usize, BTreeSet<usize>> {
        let mut names: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut name = |name: String, id: usize| names.entry(name).or_default().insert(id);
        for (id, slip) in self.vouchers.iter().enumerate() {
            let number = slip.number.to_string();
            name(number.trim_start_matches("记-").to_owned(), id);
            name(number, id);
            name(format!("#{}", slip.seq), id);
            let titles = self.state.papers.of(slip.seq).iter().filter_map(|p| p.title.as_ref());
            for said in titles.flat_map(|title| numbers(title.as_str())) {
                name(said, id);
            }
        }
        for (seq, payment) in self.state.disbursements.payments() {
            let Some(id) = by_seq.get(seq) else { continue };
            let of = &payment.paid.disbursement;
            if is_telling(of.as_str()) {
                name(of.to_string(), *id);
            }
            let request = self.state.disbursements.disbursement(of).map(|d| &d.request);
            for said in request.into_iter().flat_map(|request| numbers(request.purpose.as_str())) {
                name(said, *id);
            }
        }
        let one = |name: String| names.get(&name).filter(|of| of.len() == 1)?.first().copied();
        let mut named = BTreeMap::new();
        for (id, OpenLine { line, .. }) in self.lines.iter().enumerate() {
            let reference = line.reference.as_ref().map(Text::as_str).unwrap_or_default();
            let of: BTreeSet<usize> = words(reference).into_iter().filter_map(one).collect();
            if !of.is_empty() {
                named.insert(id, of);
            }
        }
        named
    }

    /// The statements of its lines; of vouchers alone, the one that they would have been in.
    fn statements_of(&self, found: &Found) -> BTreeSet<usize> {
        let lines = found.lines.iter().filter_map(|id| self.lines.get(*id));
        let of: BTreeSet<usize> = lines.map(|open| open.place).collect();
        if !of.is_empty() {
            return of;
        }
        let vouchers = found.vouchers.iter().filter_map(|id| self.vouchers.get(*id));
        let day = vouchers.map(|slip| slip.day).max();
        let reaches = |held: &&Held| day.is_some_and(|day| day <= held.statement.last);
        let place = self.statements.iter().position(reaches);
        place.or(self.statements.len().checked_sub(1)).into_iter().collect()
    }

    fn booking(&self, id: usize) -> Option<Booking> {
        let Slip { seq, number, day, amount, .. } = *self.vouchers.get(id)?;
        let opening_difference = self.opening == Some(seq);
        Some(Booking { seq, voucher: number, day, amount, opening_difference })
    }

    fn astray(&self, id: usize, open: &Open) -> Option<Astray> {
        let line = self.lines.get(id)?.shown();
        let named = open.named.get(&id).into_iter().flatten();
        let vouchers = named.filter_map(|id| self.vouchers.get(*id)).map(|slip| slip.number);
        Some(Astray { line, vouchers: vouchers.collect() })
    }
}

impl OpenLine<'_> {
    fn shown(&self) -> Line {
        let BankLine { no, date, amount, reference, .. } = self.line;
        Line {
            statement: self.held.statement.statement.clone(),
            no: *no,
            day: *date,
            amount: *amount,
            reference: reference.as_ref().map(|text| text.as_str().to_owned()),
        }
    }
}

/// Whether an id says more than a word would, so that a reference does not hold it by chance.
fn is_telling(id: &str) -> bool {
    let has = |is: fn(u8) -> bool| id.bytes().any(is);
    id.len() >= 4 && has(|b| b.is_ascii_lowercase()) && has(|b| b.is_ascii_digit() || b == b'-')
}

/// What a reference may name something by: whole words, and the numbers in it.
fn words(reference: &str) -> Vec<String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '#' | '记');
    let words = reference.split(|c: char| !is_part(c)).map(|word| word.trim_matches('-'));
    let words = words.filter(|word| !word.is_empty()).map(str::to_lowercase);
    words.chain(numbers(reference)).collect()
}

/// 支票号, 回单号: runs of five digits and more, but for days.
fn numbers(text: &str) -> Vec<String> {
    let runs = text.split(|c: char| !c.is_ascii_digit());
    runs.filter(|run| run.len() >= 5 && !is_day(run)).map(str::to_owned).collect()
}

fn is_day(run: &str) -> bool {
    let part = |range| run.get(range).unwrap_or_default();
    run.len() == 8 && Day::parse(&format!("{}-{}-{}", part(0..4), part(4..6), part(6..8))).is_ok()
}
