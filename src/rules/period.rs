//! Periods: months close in order, the last one with its year, and nothing is dated into a closed
//! one.

use std::collections::BTreeMap;

use super::{Context, Refusal};
use crate::chart::Class;
use crate::date::{Day, FiscalYear, Month};
use crate::event::fund::NewFund;
use crate::event::period::{
    CarryForward, CarryStep, ClosePeriod, CloseYear, PeriodClosed, Reopening, YearClosed,
};
use crate::event::{Fact, Line, Side};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;
use crate::projection::accounts::{Kind, Turnover};

/// A carry-forward voucher has at most this many accounts, so that its record stays small.
const CARRIED_ACCOUNTS_MAX: usize = 12;

pub(super) fn check_day(context: &Context<'_>, fact: &Fact) -> Result<(), Refusal> {
    let Some(date) = fact.date() else { return Ok(()) };
    let today = context.today;
    if date > today {
        return Err(Refusal::DateInFuture { date, today });
    }
    if concerns_people(fact) {
        return Ok(());
    }
    if let Some(ledger) = context.state.offices.ledger()
        && date < ledger.starts
    {
        return Err(Refusal::DateBeforeBook { date, starts: ledger.starts });
    }
    if concerns_closed_months(fact) { Ok(()) } else { open_day(context, date) }
}

/// Not in a month that is closed.
pub(super) fn open_day(context: &Context<'_>, date: Day) -> Result<(), Refusal> {
    match context.state.periods.closed_through() {
        Some(closed_through) if date.month() <= closed_through => {
            Err(Refusal::PeriodClosed { date, closed_through })
        }
        Some(_) | None => Ok(()),
    }
}

/// Facts about people may be older than the book. Those that change what is owed have rules of
/// their own.
fn concerns_people(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::MemberEnrolled(_)
            | Fact::MemberTransferred(_)
            | Fact::MemberLeft(_)
            | Fact::OfficerRemoved(_)
    )
}

/// What is said of months that are closed, and moves no money in them.
fn concerns_closed_months(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::PeriodReopened(_)
            | Fact::FindingRaised(_)
            | Fact::FindingCleared(_)
            | Fact::AuditConcluded(_)
    )
}

/// The month that was closed last, unless its year was closed with it.
pub(super) fn reopen(context: &Context<'_>, asked: &Reopening) -> Result<Vec<Fact>, Refusal> {
    let (month, closed_through) = (asked.month, context.state.periods.closed_through());
    if closed_through != Some(month) {
        return Err(Refusal::NotLastClosed { month, closed_through });
    }
    if context.state.periods.year_is_closed(month.year()) {
        return Err(Refusal::YearStaysClosed { month, year: month.year() });
    }
    let fact = Fact::PeriodReopened(asked.clone());
    super::act::check_two(context, fact.kind())?;
    Ok(vec![fact])
}

pub(super) fn close(context: &Context<'_>, asked: &ClosePeriod) -> Result<Vec<Fact>, Refusal> {
    let month = asked.month;
    let expected = next_to_close(context)?;
    if month != expected {
        return Err(Refusal::MonthOutOfOrder { expected, found: month });
    }
    if month.is_last_of_year() {
        return Err(Refusal::LastMonthClosesWithYear { month });
    }
    over(context, month)?;
    Ok(vec![closed(month, context.state.periods.totals(month).turnover, 0, context)])
}

pub(super) fn close_year(context: &Context<'_>, asked: &CloseYear) -> Result<Vec<Fact>, Refusal> {
    let year = asked.year;
    if context.state.periods.year_is_closed(year) {
        return Err(Refusal::YearClosedAlready { year });
    }
    let last = year.last_month();
    if next_to_close(context)? != last {
        let closed_through = context.state.periods.closed_through();
        return Err(Refusal::YearNotReady { year, closed_through });
    }
    over(context, last)?;
    let mut facts = Vec::new();
    for fund in context.state.funds.funds() {
        facts.extend(carry_fund(context, fund, last.last_day()));
    }
    let carried = facts.iter().fold(Turnover::default(), |sum, fact| sum.plus(turnover_of(fact)));
    let vouchers = u32::try_from(facts.len()).unwrap_or(u32::MAX);
    let totals = context.state.periods.totals(last).turnover.plus(carried);
    facts.push(closed(last, totals, vouchers, context));
    facts.push(Fact::YearClosed(result(context, year)));
    Ok(facts)
}

fn next_to_close(context: &Context<'_>) -> Result<Month, Refusal> {
    let first = context.state.offices.ledger().map(|ledger| ledger.starts.month());
    match context.state.periods.closed_through() {
        Some(last) => Ok(last.next()),
        None => first.ok_or(Refusal::NoLedgerYet {}),
    }
}

pub(super) fn over(context: &Context<'_>, month: Month) -> Result<(), Refusal> {
    let today = context.today;
    if today < month.last_day() { Err(Refusal::MonthNotOver { month, today }) } else { Ok(()) }
}

fn closed(month: Month, turnover: Turnover, carried: u32, context: &Context<'_>) -> Fact {
    let vouchers = context.state.periods.totals(month).vouchers.saturating_add(carried);
    let Turnover { debit, credit } = turnover;
    Fact::PeriodClosed(PeriodClosed { month, vouchers, debit, credit })
}

/// 收支结转 and then 年末结转 of one fund, in vouchers that each balance.
fn carry_fund(context: &Context<'_>, fund: &NewFund, date: Day) -> Vec<Fact> {
    let balances: BTreeMap<AccountCode, Money> = context
        .state
        .accounts
        .balances_through(&fund.fund, date.month())
        .filter(|(_, balance)| !balance.is_zero())
        .map(|(account, balance)| (account.clone(), balance))
        .collect();
    let class = |account: &AccountCode| context.chart.account(account).map(|found| found.class);
    let results: Vec<(AccountCode, Money)> = balances
        .iter()
        .filter(|(account, _)| matches!(class(account), Some(Class::Income | Class::Expense)))
        .map(|(account, balance)| (account.clone(), *balance))
        .collect();
    let mut facts: Vec<Fact> = results
        .chunks(CARRIED_ACCOUNTS_MAX)
        .map(|part| {
            carry(date, CarryStep::Result, part, &fund.fund, |account| {
                result_account(account, fund.restricted)
            })
        })
        .collect();

    let mut net = balances;
    for (account, balance) in results {
        let to = AccountCode::literal(result_account(&account, fund.restricted));
        let sum = net.entry(to).or_default();
        *sum = sum.plus(balance);
    }
    let year_end: Vec<(AccountCode, Money)> = net
        .into_iter()
        .filter(|(account, balance)| year_end_account(account).is_some() && !balance.is_zero())
        .collect();
    if !year_end.is_empty() {
        facts.push(carry(date, CarryStep::YearEnd, &year_end, &fund.fund, |account| {
            year_end_account(account).unwrap_or("32205")
        }));
    }
    facts
}

/// 专项 → 32103, 非专项 → 32203; dues and what is set aside for the stabilisation fund always →
/// 32203 (财会〔2021〕7号, 321, 322, 401, 521).
/// Statements of an open year show a result where this carries it.
pub(crate) fn result_account(account: &AccountCode, restricted: bool) -> &'static str {
    let always_surplus = matches!(account.level_one(), "401" | "521");
    if restricted && !always_surplus { "32103" } else { "32203" }
}

/// 32101–32103 → 32104 and 32201–32204 → 32205, and the same of 331 and 332: only these carry a
/// balance into the new year.
fn year_end_account(account: &AccountCode) -> Option<&'static str> {
    match account.as_str() {
        "32101" | "32102" | "32103" => Some("32104"),
        "32201" | "32202" | "32203" | "32204" => Some("32205"),
        "33101" | "33102" | "33103" => Some("33104"),
        "33201" | "33202" | "33203" | "33204" => Some("33205"),
        _ => None,
    }
}

/// One voucher that brings each account to nil against where it is carried to.
fn carry(
    date: Day,
    step: CarryStep,
    accounts: &[(AccountCode, Money)],
    fund: &FundId,
    carried_to: impl Fn(&AccountCode) -> &'static str,
) -> Fact {
    let mut lines = Vec::new();
    let mut targets: BTreeMap<&'static str, Money> = BTreeMap::new();
    for (account, balance) in accounts {
        lines.push(Line { account: account.clone(), fund: fund.clone(), side: against(*balance) });
        let sum = targets.entry(carried_to(account)).or_default();
        *sum = sum.plus(*balance);
    }
    for (account, balance) in targets.into_iter().filter(|(_, balance)| !balance.is_zero()) {
        let side = against(balance.negated());
        lines.push(Line { account: AccountCode::literal(account), fund: fund.clone(), side });
    }
    Fact::CarryForwardRecorded(CarryForward { date, step, lines })
}

/// The side that brings a balance (debit less credit) to nil.
fn against(balance: Money) -> Side {
    if balance.is_negative() { Side::Debit(balance.negated()) } else { Side::Credit(balance) }
}

fn turnover_of(fact: &Fact) -> Turnover {
    let Fact::CarryForwardRecorded(carried) = fact else { return Turnover::default() };
    carried.lines.iter().fold(Turnover::default(), |sum, line| {
        let (debit, credit) = line.side.columns();
        sum.plus(Turnover { debit: debit.unwrap_or_default(), credit: credit.unwrap_or_default() })
    })
}

/// The year's income and expenditure, before they are carried forward; of a book that began in
/// mid-year with what it took over.
fn result(context: &Context<'_>, year: FiscalYear) -> YearClosed {
    let starts = context.state.offices.ledger().map(|ledger| ledger.starts.month());
    let mid_year = starts.is_some_and(|starts| starts != starts.year().first_month());
    let counts = |kind| kind == Kind::Ordinary || (mid_year && kind == Kind::Opening);
    let sum = |class: Class| {
        context.state.accounts.sum(|_, account, month, kind| {
            let of_class = context.chart.account(account).is_some_and(|a| a.class == class);
            of_class && month.year() == year && counts(kind)
        })
    };
    let income = sum(Class::Income).balance().negated();
    YearClosed { year, income, expense: sum(Class::Expense).balance() }
}
