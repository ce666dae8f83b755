//! Periods: months close in order, the last one with its year, and nothing is dated into a closed
//! one.

use std::collections::BTreeMap;

use super::{Context, Refusal};
use crate::chart::{Class, Use};
use crate::date::{Day, FiscalYear, Month};
use crate::event::fund::NewFund;
use crate::event::period::{
    CarryForward, CarryStep, ClosePeriod, CloseYear, PeriodClosed, Reopening, VouchersReviewed,
    YearClosed,
};
use crate::event::{Fact, Line, Side, VoucherNumber};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;
use crate::projection::accounts::Turnover;

/// A carry-forward voucher has at most this many accounts, so that its record stays small.
const CARRIED_ACCOUNTS_MAX: usize = 12;

pub(super) fn check_day(context: &Context<'_>, fact: &Fact) -> Result<(), Refusal> {
    let Some(date) = fact.date() else { return Ok(()) };
    let today = context.today;
    if date > today {
        return Err(Refusal::DateInFuture { date, today });
    }
    if may_be_older(fact) {
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

/// Facts about people, and budgets, may be older than the book. Those that change what is owed have
/// rules of their own.
fn may_be_older(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::MemberEnrolled(_)
            | Fact::MemberTransferred(_)
            | Fact::MemberLeft(_)
            | Fact::MemberArrived(_)
            | Fact::MemberDeparted(_)
            | Fact::OfficerRemoved(_)
            // A budget is agreed on before its year, and perhaps before the book.
            | Fact::BudgetAdopted(_)
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
            | Fact::DisclosurePublished(_)
            | Fact::BudgetAdjusted(_)
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
    super::closing::check(context, month)?;
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
    super::closing::check(context, last)?;
    let mut facts = Vec::new();
    for fund in context.state.funds.funds() {
        facts.extend(carry_fund(context, fund, last.last_day())?);
    }
    let carried = facts.iter().fold(Turnover::default(), |sum, fact| sum.plus(turnover_of(fact)));
    let vouchers = u32::try_from(facts.len()).unwrap_or(u32::MAX);
    let totals = context.state.periods.totals(last).turnover.plus(carried);
    facts.push(closed(last, totals, vouchers, context));
    facts.push(Fact::YearClosed(result(context, year)));
    Ok(facts)
}

/// Somebody else than the preparer, each voucher once.
pub(super) fn review(
    context: &Context<'_>,
    asked: &VouchersReviewed,
) -> Result<Vec<Fact>, Refusal> {
    let VouchersReviewed { month, first, last } = *asked;
    let most = context.state.periods.totals(month).vouchers;
    if first == 0 || last < first || last > most {
        return Err(Refusal::VouchersNotThere { month, first, last, most });
    }
    let numbered = |number| VoucherNumber { month, number };
    super::relation::not_reviewing(context, numbered(first), numbered(last))?;
    for number in first..=last {
        let voucher = numbered(number);
        let officer = context.by.clone();
        let preparer = context.state.periods.preparer(voucher);
        if preparer.is_some_and(|preparer| context.is_same(preparer, &officer)) {
            return Err(Refusal::ReviewerIsPreparer { officer, voucher });
        }
        if let Some(review) = context.state.periods.review_of(voucher) {
            let (by, seq) = (review.by.clone(), review.seq);
            return Err(Refusal::ReviewedAlready { voucher, by, seq });
        }
    }
    Ok(vec![Fact::VouchersReviewed(asked.clone())])
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
fn carry_fund(context: &Context<'_>, fund: &NewFund, date: Day) -> Result<Vec<Fact>, Refusal> {
    let chart = context.chart;
    let balances: BTreeMap<AccountCode, Money> = context
        .state
        .accounts
        .balances_through(&fund.fund, date.month())
        .filter(|(_, balance)| !balance.is_zero())
        .map(|(account, balance)| (account.clone(), balance))
        .collect();
    let class = |account: &AccountCode| chart.account(account).map(|found| found.class);
    let mut results = Vec::new();
    for (account, balance) in &balances {
        if let Some(Class::Income | Class::Expense) = class(account) {
            let to = chart
                .result_account(account, context.state.funds.nature(&fund.fund))
                .ok_or_else(|| Refusal::NoAccountFor { of: Use::SurplusCarried.to_string() })?;
            results.push(Carried { account: account.clone(), balance: *balance, to });
        }
    }
    let part = |part: &[Carried<'_>]| carry(date, CarryStep::Result, part, &fund.fund);
    let mut facts: Vec<Fact> = results.chunks(CARRIED_ACCOUNTS_MAX).map(part).collect();

    let mut net = balances;
    for carried in results {
        let sum = net.entry(carried.to.clone()).or_default();
        *sum = sum.plus(carried.balance);
    }
    let at_year_end = |(account, balance): (AccountCode, Money)| {
        let to = chart.year_end_account(&account)?;
        (!balance.is_zero()).then_some(Carried { account, balance, to })
    };
    let year_end: Vec<Carried<'_>> = net.into_iter().filter_map(at_year_end).collect();
    if !year_end.is_empty() {
        facts.push(carry(date, CarryStep::YearEnd, &year_end, &fund.fund));
    }
    Ok(facts)
}

/// One account that is brought to nil, and where its balance goes.
struct Carried<'a> {
    account: AccountCode,
    balance: Money,
    to: &'a AccountCode,
}

/// One voucher that brings each account to nil against where it is carried to.
fn carry(date: Day, step: CarryStep, accounts: &[Carried<'_>], fund: &FundId) -> Fact {
    let line = |account: &AccountCode, balance: Money| Line {
        account: account.clone(),
        fund: fund.clone(),
        side: against(balance),
    };
    let mut lines = Vec::new();
    let mut targets: BTreeMap<&AccountCode, Money> = BTreeMap::new();
    for Carried { account, balance, to } in accounts {
        lines.push(line(account, *balance));
        let sum = targets.entry(to).or_default();
        *sum = sum.plus(*balance);
    }
    for (account, balance) in targets.into_iter().filter(|(_, balance)| !balance.is_zero()) {
        lines.push(line(account, balance.negated()));
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
    let offices = &context.state.offices;
    let sum = |class: Class| {
        context.state.accounts.sum(|_, account, month, kind| {
            let of_class = context.chart.account(account).is_some_and(|a| a.class == class);
            of_class && month.year() == year && offices.is_result(month, kind)
        })
    };
    let income = sum(Class::Income).balance().negated();
    YearClosed { year, income, expense: sum(Class::Expense).balance() }
}
