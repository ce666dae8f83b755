//! Budget, remittance, arrears, cash and bank.

use super::{Exception, Ground, Looked};
use crate::chart::Use;
use crate::date::{FiscalYear, Month};
use crate::event::Till;
use crate::event::book::ClosingCheck;
use crate::lang::Lang;
use crate::money::Money;
use crate::report::audit::Concern;
use crate::report::{Term, Words, budget, dues, remittance};
use crate::rules::{CLOSING_CHECKS, Ground as OfMonth};

/// The years of the period, each with its last month that is over.
fn years(ground: &Ground<'_>) -> Vec<(FiscalYear, Month)> {
    let mut years: Vec<(FiscalYear, Month)> = Vec::new();
    for month in &ground.months {
        match years.last_mut() {
            Some((year, last)) if *year == month.year() => *last = *month,
            Some(_) | None => years.push((month.year(), *month)),
        }
    }
    years
}

pub(super) fn budget_adopted(ground: &Ground<'_>) -> Result<Looked, Words> {
    let years = years(ground);
    let budgets = &ground.books.state.budgets;
    let without = years.iter().filter(|(year, _)| budgets.of(*year).is_none());
    let found = without.map(|(year, _)| {
        Exception::new([], &format!("{year} 年度没有预算"), &format!("no budget of {year}"))
    });
    Ok(Looked::at(years.len(), found.collect()))
}

pub(super) fn budget_kept(ground: &Ground<'_>) -> Result<Looked, Words> {
    let (mut looked_at, mut amount, mut found, mut any) = (0_usize, Money::ZERO, Vec::new(), false);
    for (year, last) in years(ground) {
        if ground.books.state.budgets.of(year).is_none() {
            continue;
        }
        any = true;
        let books = ground.books;
        let report = budget::report(books.state, books.chart, Term::Month(last));
        for line in &report.spending.lines {
            looked_at = looked_at.saturating_add(1);
            amount = amount.plus(line.amounts.actual);
            let over = line.amounts.actual.minus(line.amounts.current);
            if over.is_positive() {
                let (fund, [zh, en]) = (&line.fund, Lang::ALL.map(|lang| line.account.label(lang)));
                let (zh, en) = if line.budgeted {
                    (
                        format!("{year} {fund} {zh} 超预算"),
                        format!("{year} {fund} {en}: above its budget"),
                    )
                } else {
                    (
                        format!("{year} {fund} {zh} 无预算支出"),
                        format!("{year} {fund} {en}: no budget"),
                    )
                };
                found.push(Exception::new([], &zh, &en).of(over));
            }
        }
    }
    let why = Words::new("本期没有预算", "the period has no budget");
    if any { Ok(Looked::sum(looked_at, amount, found)) } else { Err(why) }
}

fn remitted(ground: &Ground<'_>) -> remittance::Remittance {
    remittance::report(ground.books.state, ground.books.chart, ground.span)
}

pub(super) fn remittance_in_full(ground: &Ground<'_>) -> Result<Looked, Words> {
    let report = remitted(ground);
    let ends_a_year = ground.months.last().is_some_and(|month| month.is_last_of_year());
    let mut found = Vec::new();
    for line in report.lines.iter().filter(|line| line.unpaid.is_positive()) {
        let (unpaid, month) = (line.unpaid, line.month);
        let late = line.overdue.is_positive() || (line.due_on.is_none() && ends_a_year);
        if late {
            let zh = format!("{month} 应上解 {}，已上解 {}", line.owed, line.paid);
            let en = format!("of {month} {} goes up and {} did", line.owed, line.paid);
            found.push(Exception::new([], &zh, &en).of(unpaid));
        }
    }
    // What goes up is a part of what is due: where nobody has said what that is, nothing owed is not all.
    match undeclared(ground) {
        Some(why) if found.is_empty() => Err(why),
        Some(_) | None => Ok(Looked::sum(report.lines.len(), report.total.owed, found)),
    }
}

pub(super) fn remittance_on_time(ground: &Ground<'_>) -> Result<Looked, Words> {
    let report = remitted(ground);
    let timed = || report.lines.iter().filter(|line| line.due_on.is_some());
    if timed().next().is_none() && !report.lines.is_empty() {
        return Err(Words::new(
            "没有上解期限的规定 (remittance_due)",
            "no rule says by which day (remittance_due)",
        ));
    }
    let late = timed().filter(|line| line.unpaid.is_zero() && line.days_late > 0);
    let found = late.map(|line| {
        let (month, days) = (line.month, line.days_late);
        let zh = format!("{month} 逾期 {days} 天上解");
        let en = format!("of {month}, {days} days late");
        Exception::new([], &zh, &en).of(line.owed)
    });
    Ok(Looked::at(timed().count(), found.collect()))
}

pub(super) fn dues_paid(ground: &Ground<'_>) -> Result<Looked, Words> {
    let report = dues::report(ground.books.state, ground.books.chart, ground.span);
    let mut found: Vec<Exception> = report
        .arrears
        .iter()
        .map(|line| {
            let months: Vec<String> =
                line.months.iter().map(|month| month.month.to_string()).collect();
            let (member, months) = (&line.member, months.join(", "));
            let zh = format!("会员 {member} 欠缴 {months}");
            let en = format!("the member {member} owes for {months}");
            Exception::new([], &zh, &en).of(line.amount)
        })
        .collect();
    let unknown = report.total.months_not_assessed;
    if unknown > 0 {
        let zh = format!("{unknown} 人月未设基数或标准，无法核定");
        let en = format!("{unknown} months of members cannot be assessed: no base or rate");
        found.push(Exception::new([], &zh, &en));
    }
    let members = usize::try_from(report.total.members).unwrap_or(usize::MAX);
    Ok(Looked::sum(members, report.total.due, found))
}

pub(super) fn allocation_paid(ground: &Ground<'_>) -> Result<Looked, Words> {
    let allocation = &ground.audit.allocation;
    if let Some(why) = undeclared(ground) {
        return Err(why);
    }
    let late = allocation.months.iter().filter(|month| month.arrears.is_positive());
    let found = late.map(|line| {
        let (month, received) = (line.month, line.received);
        let due = line.due.unwrap_or_default();
        let zh = format!("{month} 应拨 {due}，实拨 {received}");
        let en = format!("of {month} {due} is due and {received} came in");
        Exception::new([], &zh, &en).of(line.arrears)
    });
    Ok(Looked::sum(allocation.months.len(), allocation.due, found.collect()))
}

/// Why nobody knows what was due of the period.
fn undeclared(ground: &Ground<'_>) -> Option<Words> {
    let months = &ground.audit.allocation.months;
    if months.is_empty() {
        return Some(Words::new(
            "未申报工资总额，也没有收到拨缴经费",
            "no payroll is declared and nothing came in",
        ));
    }
    let unknown = months.iter().all(|month| month.due.is_none());
    unknown.then(|| Words::new("未申报工资总额", "no payroll is declared"))
}

pub(super) fn tills(ground: &Ground<'_>) -> Result<Looked, Words> {
    Ok(Looked::at(ground.months.len(), ground.concerns(&[Concern::TillNegative])))
}

pub(super) fn cash_counted(ground: &Ground<'_>) -> Result<Looked, Words> {
    let mut found = by_closing(ground, ClosingCheck::CashCounted);
    let differences = ground.books.state.bank.differences();
    for (seq, pending) in differences.filter(|(_, pending)| pending.resolved.is_none()) {
        if ground.months.contains(&pending.difference.date.month()) {
            let zh = format!("{} 现金长短款未处理", pending.difference.date);
            let en = format!("the difference of {} pends", pending.difference.date);
            found.push(Exception::new([*seq], &zh, &en));
        }
    }
    Ok(Looked::at(moved(ground, Till::Cash), found))
}

pub(super) fn bank_reconciled(ground: &Ground<'_>) -> Result<Looked, Words> {
    let found = by_closing(ground, ClosingCheck::BankReconciled);
    Ok(Looked::at(moved(ground, Till::Bank), found))
}

/// What one of the checks before a closing finds, month by month.
fn by_closing(ground: &Ground<'_>, asked: ClosingCheck) -> Vec<Exception> {
    let mut found = Vec::new();
    for month in &ground.months {
        let of = OfMonth { state: ground.books.state, chart: ground.books.chart, month: *month };
        for (_, _, look) in CLOSING_CHECKS.iter().filter(|(check, ..)| *check == asked) {
            found.extend(look(of).iter().map(|fault| {
                let [zh, en] = Lang::ALL.map(|lang| fault.said(lang));
                Exception::new([], &format!("{month} {zh}"), &format!("{month}: {en}"))
            }));
        }
    }
    found
}

/// The months in which a till moved.
fn moved(ground: &Ground<'_>, till: Till) -> usize {
    let chart = ground.books.chart;
    let accounts = till.uses().into_iter().filter_map(|of: Use| chart.at(of));
    let slips = ground.books.state.accounts.slips(accounts);
    let moved = |month: &&Month| slips.iter().any(|slip| slip.day.month() == **month);
    ground.months.iter().filter(moved).count()
}
