//! The bank's statements: taken in whole, one after the other, matched sum by sum, and reconciled so
//! that both sides come to the same balance.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Refusal};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::statement::{
    BankLine, Match, Reconcile, Reconciliation, RecordStatement, Statement, StatementLines,
    StatementWithdrawn, Unmatch,
};
use crate::event::{Fact, Till};
use crate::ids::{AccountCode, Seq, StatementId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::accounts::{Kind, Slip};
use crate::projection::bank::Held;

/// A part is at most this long, so that its record stays under 4,096 bytes.
const PART_BYTES: usize = 2_800;

/// A matching names at most so many lines and so many vouchers, for the same reason.
const MATCHED_MAX: usize = 200;

pub(super) fn record(context: &Context<'_>, new: &RecordStatement) -> Result<Vec<Fact>, Refusal> {
    let RecordStatement { statement, date, first, last, opening, closing, source, lines } =
        new.clone();
    if context.state.bank.statement(&statement).is_some() {
        return Err(Refusal::StatementExists { statement });
    }
    if let Some(starts) = context.state.offices.ledger().map(|ledger| ledger.starts)
        && first < starts
    {
        return Err(Refusal::DateBeforeBook { date: first, starts });
    }
    let before = context.state.bank.statements().next_back().map(|held| &held.statement);
    if let Some(before) = before.filter(|before| first <= before.last && before.last <= last) {
        let (before, through) = (before.statement.clone(), before.last);
        return Err(Refusal::StatementOverlaps { statement, first, last, before, through });
    }
    if last < first || before.is_some_and(|before| first <= before.last) {
        return Err(Refusal::StatementOutOfOrder { statement, first, last });
    }
    if last > date {
        return Err(Refusal::DateInFuture { date: last, today: date });
    }
    if let Some(before) = before.filter(|before| before.closing != opening) {
        let (expected, found) = (before.closing, opening);
        // Days that no statement is of explain it better than two figures do.
        return Err(if follows(before, first) {
            Refusal::StatementNotContinuous { statement, expected, found }
        } else {
            let (ended, difference) = (before.last, found.minus(expected));
            Refusal::StatementsMissing { statement, ended, first, expected, found, difference }
        });
    }
    check_lines(new)?;
    let head = Statement {
        statement: statement.clone(),
        date,
        first,
        last,
        opening,
        closing,
        lines: u32::try_from(lines.len()).unwrap_or(u32::MAX),
        source,
    };
    let part =
        |lines| Fact::BankLineRecorded(StatementLines { statement: statement.clone(), lines });
    let parts = parts(lines).into_iter().map(part);
    Ok(std::iter::once(Fact::BankStatementRecorded(head)).chain(parts).collect())
}

/// Whether no day is between a statement and one that begins on that day.
fn follows(before: &Statement, first: Day) -> bool {
    before.last.next() >= first
}

/// What is taken all the same, and asks for a look: a first statement that opens with another balance than
/// the books have, and days between two statements in which nothing moved but that no statement is of.
pub(super) fn warned(context: &Context<'_>, new: &Statement) -> Option<Refusal> {
    let Statement { statement, first, opening, .. } = new.clone();
    let Some(before) = context.state.bank.statements().next_back() else {
        let slips = context.state.accounts.slips(bank_accounts(context.chart));
        let begun = slips.iter().filter(|slip| is_before(slip, first));
        let book = Money::sum(begun.map(|slip| slip.amount));
        let (bank, difference) = (opening, book.minus(opening));
        let differ = Refusal::OpeningDiffers { statement, first, book, bank, difference };
        return (!difference.is_zero()).then_some(differ);
    };
    let (ended, balance) = (before.statement.last, opening);
    let gap = Refusal::StatementGap { statement, ended, first, balance };
    (!follows(&before.statement, first)).then_some(gap)
}

/// 期初差异 Nobody has found out why the books had another balance than the bank: both sides then agree whatever
/// statement it is.
pub(super) fn opening_is_open(context: &Context<'_>, day: Day) -> Option<Refusal> {
    let book = BankBook::of(context.state, context.chart);
    let mut held = context.state.bank.statements();
    let sheet = book.sheet(held.rfind(|held| held.statement.last <= day)?);
    let found = sheet.opening?;
    let (statement, difference) = (found.statement.statement.clone(), found.amount());
    let (book, bank) = (found.book, found.statement.opening);
    Some(Refusal::OpeningUnexplained { statement, book, bank, difference })
}

/// Numbered from 1 on, of days in their order, each bringing the balance to what the bank says.
fn check_lines(new: &RecordStatement) -> Result<(), Refusal> {
    let (mut balance, mut day) = (new.opening, new.first);
    for (no, line) in (1..).zip(&new.lines) {
        if line.no != no || line.date < day || line.date > new.last {
            return Err(Refusal::BankLineOutOfPlace { no: line.no, date: line.date });
        }
        day = line.date;
        if line.amount.is_zero() {
            return Err(Refusal::AmountNotPositive { amount: line.amount });
        }
        balance = balance.plus(line.amount);
        if let Some(found) = line.balance.filter(|found| *found != balance) {
            return Err(Refusal::BankBalanceDiffers { no, expected: balance, found });
        }
    }
    if balance != new.closing {
        let no = u32::try_from(new.lines.len()).unwrap_or(u32::MAX);
        return Err(Refusal::BankBalanceDiffers { no, expected: balance, found: new.closing });
    }
    Ok(())
}

fn parts(lines: Vec<BankLine>) -> Vec<Vec<BankLine>> {
    let mut parts: Vec<Vec<BankLine>> = Vec::new();
    let mut room = 0usize;
    for line in lines {
        let bytes = serde_json::to_vec(&line).map_or(PART_BYTES, |json| json.len());
        match parts.last_mut() {
            Some(part) if bytes <= room => part.push(line),
            Some(_) | None => {
                room = PART_BYTES;
                parts.push(vec![line]);
            }
        }
        room = room.saturating_sub(bytes);
    }
    parts
}

pub(super) fn matched(context: &Context<'_>, asked: &Match) -> Result<Vec<Fact>, Refusal> {
    let Match { statement, lines, seqs } = asked;
    let held = known(context, statement)?;
    if lines.is_empty() && seqs.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    let named = lines.len().max(seqs.len());
    if named > MATCHED_MAX {
        let found = u32::try_from(named).unwrap_or(u32::MAX);
        return Err(Refusal::TooManyAtOnce { found, most: 200 });
    }
    let (mut of_lines, mut of_vouchers) = (Money::ZERO, Money::ZERO);
    let (mut seen_lines, mut seen_seqs) = (BTreeSet::new(), BTreeSet::new());
    for no in lines {
        let Some(line) = line(held, *no) else {
            return Err(Refusal::BankLineUnknown { statement: statement.clone(), no: *no });
        };
        if !seen_lines.insert(*no) || held.matched.contains_key(no) {
            return Err(Refusal::MatchedAlready { what: format!("{statement}:{no}") });
        }
        of_lines = of_lines.plus(line.amount);
    }
    for seq in seqs {
        let Some(amount) = to_move(context, *seq) else {
            return Err(Refusal::NotABankVoucher { seq: *seq });
        };
        if !seen_seqs.insert(*seq) || context.state.bank.matching_of(*seq).is_some() {
            return Err(Refusal::MatchedAlready { what: format!("#{seq}") });
        }
        of_vouchers = of_vouchers.plus(amount);
    }
    if of_lines != of_vouchers {
        let (lines, vouchers) = (of_lines, of_vouchers);
        return Err(Refusal::MatchUnequal { lines, vouchers, difference: lines.minus(vouchers) });
    }
    Ok(vec![Fact::BankMatched(asked.clone())])
}

/// Lines are numbered from 1 on, in the order in which they are held.
fn line(held: &Held, no: u32) -> Option<&BankLine> {
    held.lines.get(usize::try_from(no.checked_sub(1)?).ok()?)
}

/// What the bank has to move for this voucher. Only what was booked before the first statement is one
/// sum with other vouchers: for the rest the account is not gone through, however long it is, so that
/// thousands are matched in one append.
fn to_move(context: &Context<'_>, seq: Seq) -> Option<Money> {
    let (state, chart) = (context.state, context.chart);
    let slip = state.accounts.slip_of(bank_accounts(chart), seq)?;
    let first = state.bank.statements().next().map(|held| held.statement.first);
    if first.is_some_and(|first| is_before(&slip, first)) {
        return BankBook::of(state, chart).amount(seq);
    }
    Some(slip.amount).filter(|amount| !amount.is_zero())
}

/// 银行存款, what is held for others among it.
fn bank_accounts(chart: &Chart) -> impl Iterator<Item = &AccountCode> {
    Till::Bank.uses().into_iter().filter_map(|of| chart.at(of))
}

/// The last one alone, for those behind it go on from it; of a month that is not closed, for the closing
/// rests on it; and without its matchings, which would be of nothing.
pub(super) fn withdraw(
    context: &Context<'_>,
    asked: &StatementWithdrawn,
) -> Result<Vec<Fact>, Refusal> {
    let Statement { statement, last: date, .. } =
        known(context, &asked.statement)?.statement.clone();
    let last = context.state.bank.statements().next_back().map(|held| &held.statement.statement);
    if let Some(last) = last.filter(|last| **last != statement).cloned() {
        return Err(Refusal::StatementNotLast { statement, last });
    }
    let closed_through = context.state.periods.closed_through();
    if let Some(closed_through) = closed_through.filter(|last| date.month() <= *last) {
        return Err(Refusal::PeriodClosed { date, closed_through });
    }
    let mut matchings = context.state.bank.matchings();
    if let Some((by, _)) = matchings.find(|(_, pairs)| pairs.statement == statement) {
        return Err(Refusal::StatementMatched { statement, by: *by });
    }
    Ok(vec![Fact::BankStatementWithdrawn(asked.clone())])
}

pub(super) fn unmatch(context: &Context<'_>, asked: &Unmatch) -> Result<Vec<Fact>, Refusal> {
    match context.state.bank.matching(asked.of) {
        Some(_) => Ok(vec![Fact::BankUnmatched(asked.clone())]),
        None => Err(Refusal::MatchUnknown { of: asked.of }),
    }
}

pub(super) fn reconcile(context: &Context<'_>, asked: &Reconcile) -> Result<Vec<Fact>, Refusal> {
    let held = known(context, &asked.statement)?;
    let day = held.statement.last;
    let sheet = BankBook::of(context.state, context.chart).sheet(held);
    let (of_bank, of_book) = sheet.adjusted();
    if of_bank != of_book || of_bank != asked.adjusted {
        let adjusted = asked.adjusted;
        return Err(Refusal::NotReconciled { adjusted, of_bank, of_book });
    }
    Ok(vec![Fact::BankReconciled(Reconciliation {
        date: asked.date,
        statement: asked.statement.clone(),
        day,
        bank: sheet.bank,
        booked_in: sheet.booked_in(),
        booked_out: sheet.booked_out(),
        book: sheet.book,
        unbooked_in: sheet.unbooked_in(),
        unbooked_out: sheet.unbooked_out(),
        adjusted: of_bank,
        items: sheet.items(),
    })])
}

fn known<'a>(context: &Context<'a>, id: &StatementId) -> Result<&'a Held, Refusal> {
    let found = context.state.bank.statement(id);
    found.ok_or_else(|| Refusal::StatementUnknown { statement: id.clone() })
}

/// The bank account as the books have it, seen from the bank's first statement: what was booked before
/// that day is one sum, which the statement opens with or which differs by what was then outstanding.
pub(crate) struct BankBook<'a> {
    state: &'a State,
    slips: Vec<Slip>,
    /// What the vouchers before the first statement come to, the first of them, and that statement.
    before: Option<(Money, Option<Slip>, &'a Statement)>,
}

/// 期初差异 By how much the books had another balance than the bank when its first statement began. What
/// was outstanding on that day makes one, and so does a wrong opening balance: only a person can say.
#[derive(Clone, Copy)]
pub(crate) struct OpeningDifference<'a> {
    /// The first of the vouchers before that day, which stands for all of them where lines are matched
    /// with the difference; none where the books had nothing yet.
    pub(crate) slip: Option<Slip>,
    pub(crate) statement: &'a Statement,
    pub(crate) book: Money,
}

impl OpeningDifference<'_> {
    /// What the books have more than the bank.
    pub(crate) fn amount(&self) -> Money {
        self.book.minus(self.statement.opening)
    }
}

/// Both balances on a day, with what only one of the two sides has.
pub(crate) struct Sheet<'a> {
    pub(crate) day: Day,
    pub(crate) bank: Money,
    pub(crate) book: Money,
    /// 期初差异, until it is matched.
    pub(crate) opening: Option<OpeningDifference<'a>>,
    /// 单位已收付、银行未收付 Vouchers that the bank has no line of.
    pub(crate) vouchers: Vec<Slip>,
    /// 银行已收付、单位未收付 Lines that no voucher is of.
    pub(crate) lines: Vec<(StatementId, BankLine)>,
}

impl<'a> BankBook<'a> {
    pub(crate) fn of(state: &'a State, chart: &Chart) -> BankBook<'a> {
        let slips = state.accounts.slips(bank_accounts(chart));
        let first = state.bank.statements().next();
        let before = first.map(|first| {
            let before: Vec<&Slip> =
                slips.iter().filter(|slip| is_before(slip, first.statement.first)).collect();
            let sum = Money::sum(before.iter().map(|slip| slip.amount));
            (sum, before.first().map(|slip| **slip), &first.statement)
        });
        BankBook { state, slips, before }
    }

    /// 期初差异, whether it is matched or not.
    pub(crate) fn opening(&self) -> Option<OpeningDifference<'a>> {
        let (book, slip, statement) = self.before?;
        let found = OpeningDifference { slip, statement, book };
        (!found.amount().is_zero()).then_some(found)
    }

    /// What the bank has to move for this voucher.
    fn amount(&self, seq: Seq) -> Option<Money> {
        self.open().find(|slip| slip.seq == seq).map(|slip| slip.amount)
    }

    /// The vouchers that the bank's lines are matched with, the opening difference as one of them.
    pub(crate) fn open(&self) -> impl Iterator<Item = Slip> {
        let before = self.opening().and_then(|found| {
            let amount = found.amount();
            found.slip.map(|slip| Slip { amount, ..slip })
        });
        before.into_iter().chain(self.later())
    }

    /// Those that are not of the time before the first statement.
    fn later(&self) -> impl Iterator<Item = Slip> {
        let first = self.before.map(|(.., statement)| statement.first);
        let later = self.slips.iter().copied();
        let later = later.filter(move |slip| first.is_none_or(|first| !is_before(slip, first)));
        later.filter(|slip| !slip.amount.is_zero())
    }

    /// Everything on the last day of a statement.
    pub(crate) fn sheet(&self, held: &Held) -> Sheet<'a> {
        let day = held.statement.last;
        let to_day = |slip: &&Slip| slip.day <= day;
        let book = Money::sum(self.slips.iter().filter(to_day).map(|slip| slip.amount));
        let days = self.days();
        // What is matched with something of a later day is still outstanding on this one.
        let done =
            |by: Option<Seq>| by.and_then(|by| days.get(&by)).is_some_and(|latest| *latest <= day);
        let matched = |slip: &Slip| done(self.state.bank.matching_of(slip.seq));
        let opening = self.opening().filter(|found| !found.slip.is_some_and(|slip| matched(&slip)));
        let vouchers = self.later().filter(|slip| slip.day <= day && !matched(slip)).collect();
        let mut lines = Vec::new();
        for held in self.state.bank.statements() {
            for line in held.lines.iter().filter(|line| line.date <= day) {
                if !done(held.matched.get(&line.no).copied()) {
                    lines.push((held.statement.statement.clone(), line.clone()));
                }
            }
        }
        Sheet { day, bank: held.statement.closing, book, opening, vouchers, lines }
    }

    /// The latest day of whatever stands in each matching: from it on nothing of it is outstanding.
    pub(crate) fn days(&self) -> BTreeMap<Seq, Day> {
        let mut days: BTreeMap<Seq, Day> = BTreeMap::new();
        let mut take = |by: Option<Seq>, day: Day| {
            if let Some(by) = by {
                let latest = days.entry(by).or_insert(day);
                *latest = (*latest).max(day);
            }
        };
        for slip in self.open() {
            take(self.state.bank.matching_of(slip.seq), slip.day);
        }
        for held in self.state.bank.statements() {
            for line in &held.lines {
                take(held.matched.get(&line.no).copied(), line.date);
            }
        }
        days
    }
}

/// The opening balances stand before the first day's business; what reverses them later does not.
fn is_before(slip: &Slip, first: Day) -> bool {
    slip.day < first || (slip.kind == Kind::Opening && slip.day == first)
}

impl Sheet<'_> {
    /// Everything that makes the two balances differ.
    pub(crate) fn items(&self) -> u32 {
        let found = self.vouchers.len().saturating_add(self.lines.len());
        let found = found.saturating_add(usize::from(self.opening.is_some()));
        u32::try_from(found).unwrap_or(u32::MAX)
    }

    /// What the books have and the bank has not; the opening difference is on this side as well.
    fn booked(&self) -> impl Iterator<Item = Money> {
        let opening = self.opening.iter().map(OpeningDifference::amount);
        opening.chain(self.vouchers.iter().map(|slip| slip.amount))
    }

    pub(crate) fn booked_in(&self) -> Money {
        sum(self.booked())
    }

    pub(crate) fn booked_out(&self) -> Money {
        sum(self.booked().map(Money::negated))
    }

    pub(crate) fn unbooked_in(&self) -> Money {
        sum(self.lines.iter().map(|(_, line)| line.amount))
    }

    pub(crate) fn unbooked_out(&self) -> Money {
        sum(self.lines.iter().map(|(_, line)| line.amount.negated()))
    }

    /// 调节后余额 of the bank's side and of the books'.
    pub(crate) fn adjusted(&self) -> (Money, Money) {
        let of_bank = self.bank.plus(self.booked_in()).minus(self.booked_out());
        (of_bank, self.book.plus(self.unbooked_in()).minus(self.unbooked_out()))
    }
}

fn sum(amounts: impl Iterator<Item = Money>) -> Money {
    Money::sum(amounts.filter(|amount| amount.is_positive()))
}
