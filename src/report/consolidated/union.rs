//! What is kept of one union's book: figures, and none of its records.

use schemars::JsonSchema;
use serde::Serialize;

use super::between::{Above, Below};
use super::{
    Allocated, Asked, Closings, Findings, MonthsClosed, RemittanceSums, Row, between, size,
};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::book::Level;
use crate::ids::FindingId;
use crate::projection::State;
use crate::report::balance_sheet::{self, BalanceSheet};
use crate::report::income_statement::{self, IncomeStatement};
use crate::report::{Words, allocation, collection, remittance};

/// One union's figures of the term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub level: Level,
    pub row: Row,
    pub balance_sheet: BalanceSheet,
    pub income_statement: IncomeStatement,
    pub open_findings: Vec<Found>,
    /// Between it and its superior.
    pub above: Above,
    /// Between it and each lower union that its book names.
    pub below: Vec<Below>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Found {
    pub finding: FindingId,
    pub date: Day,
    pub due: Option<Day>,
}

/// Why a book that is in order cannot be summed with the others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unlike {
    Chart { id: String },
    Currency { own: String, expected: String },
    NotBegun,
}

impl Unlike {
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Unlike::Chart { id } => Words::new(
                &format!("科目表 {id} 没有工会01、02表的各行"),
                &format!("the chart {id} has not the lines of forms 01 and 02"),
            ),
            Unlike::Currency { own, expected } => Words::new(
                &format!("记账本位币是 {own}，不是 {expected}"),
                &format!("the currency is {own}, and not {expected}"),
            ),
            Unlike::NotBegun => Words::new("账套还没有记录", "the book has no record"),
        }
    }
}

/// The figures of one book. Only books of the statutory lines and of one currency can be
/// summed.
pub fn figures(
    state: &State,
    chart: &Chart,
    closings: &Closings,
    asked: &Asked,
) -> Result<Figures, Unlike> {
    let ledger = state.offices.ledger().ok_or(Unlike::NotBegun)?;
    if chart.currency() != asked.currency {
        let (own, expected) = (chart.currency().to_owned(), asked.currency.clone());
        return Err(Unlike::Currency { own, expected });
    }
    if !chart.is_statutory() {
        return Err(Unlike::Chart { id: chart.id().to_string() });
    }
    let period = asked.term.year_to_date();
    let collected = collection::report(state, chart, period);
    let total = allocation::report(state, chart, period).total;
    let row = Row {
        members: members(state, asked.term.last().last_day()),
        dues_through: collected.through(),
        dues: collected.total.total,
        allocation: Allocated {
            due: total.due,
            received: total.received,
            arrears: total.arrears,
            payers_due: total.payers_due,
            payers_in_full: total.payers_in_full,
            payers: total.payers,
            payers_paid: total.payers_paid,
            ..Allocated::default()
        }
        .rated(),
        remittance: RemittanceSums::of(&remittance::report(state, chart, period)),
        closing: closing(state, closings, asked),
        findings: findings(state, asked.today),
    };
    Ok(Figures {
        level: ledger.level,
        row,
        balance_sheet: balance_sheet::report(state, chart, asked.term),
        income_statement: income_statement::report(state, chart, asked.term),
        open_findings: open_findings(state),
        above: between::above(state, chart, period),
        below: between::below(state, chart, period),
    })
}

/// 会员数 Whoever had joined by that day and not left.
fn members(state: &State, day: Day) -> u32 {
    let was = |spell: crate::projection::members::Spell| {
        spell.joined <= day && spell.left.is_none_or(|(left, _)| left > day)
    };
    size(state.members.members().filter(|(_, member)| member.spells().any(was)).count())
}

/// Of the months of the year up to the term's end, from the book's first, those whose time is over.
fn closing(state: &State, closings: &Closings, asked: &Asked) -> MonthsClosed {
    let year = asked.term.year_to_date();
    let starts = state.offices.ledger().map(|ledger| ledger.starts.month());
    let (Some(first), Some(last)) = (year.first().max(starts), year.last()) else {
        return MonthsClosed::default();
    };
    let mut found = MonthsClosed::default();
    for month in first.through(last) {
        let end = month.last_day();
        if asked.today.days_after(end) <= asked.close_within_days {
            continue;
        }
        found.due = found.due.saturating_add(1);
        let closed = closings.get(&month).filter(|_| state.periods.is_closed(month));
        let count = match closed {
            None => &mut found.open,
            Some(on) if on.days_after(end) <= asked.close_within_days => &mut found.in_time,
            Some(_) => &mut found.late,
        };
        *count = count.saturating_add(1);
    }
    found.rated()
}

fn findings(state: &State, today: Day) -> Findings {
    let mut found = Findings::default();
    for raised in state.audit.findings() {
        if raised.cleared.is_some() {
            found.cleared = found.cleared.saturating_add(1);
            continue;
        }
        found.open = found.open.saturating_add(1);
        let overdue = raised.finding.due.is_some_and(|due| due < today);
        found.overdue = found.overdue.saturating_add(u32::from(overdue));
    }
    found
}

fn open_findings(state: &State) -> Vec<Found> {
    let open = state.audit.findings().filter(|raised| raised.cleared.is_none());
    open.map(|raised| Found {
        finding: raised.finding.finding.clone(),
        date: raised.finding.date,
        due: raised.finding.due,
    })
    .collect()
}
