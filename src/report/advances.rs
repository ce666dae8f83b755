//! 借款 Advances that were paid: what of each is settled, what is open, and for how many days.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::disbursement::Payee;
use crate::ids::{DisbursementId, FundId};
use crate::money::Money;
use crate::projection::State;
use crate::rules::{StandingAdvance, standing_advances};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Advances {
    pub heading: Heading,
    /// 截至 The day up to which it counts: the period's last, or that of the last voucher.
    pub day: Option<Day>,
    /// In the order of their payment, those of an old book first.
    pub lines: Vec<Line>,
    pub advanced: Money,
    pub settled: Money,
    pub outstanding: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub disbursement: DisbursementId,
    pub fund: FundId,
    /// 借款人 By number.
    pub payee: String,
    pub paid: Day,
    pub amount: Money,
    pub settled: Money,
    pub outstanding: Money,
    /// Since it was paid; none where it is settled.
    pub days: Option<u32>,
    /// Whether it is open for longer than the rule of its day allows.
    pub overdue: bool,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Advances {
    let books = Books { state, chart };
    let day = period.last().map(crate::date::Month::last_day).or(state.accounts.last_day());
    let all = standing_advances(state, chart, day);
    let lines: Vec<Line> = all.into_iter().map(|advance| line(state, advance, day)).collect();
    let sum = |of: fn(&Line) -> Money| Money::sum(lines.iter().map(of));
    Advances {
        heading: books.heading(Words::new("借款", "Advances"), "", period),
        day,
        advanced: sum(|line| line.amount),
        settled: sum(|line| line.settled),
        outstanding: sum(|line| line.outstanding),
        lines,
    }
}

fn line(state: &State, advance: StandingAdvance<'_>, day: Option<Day>) -> Line {
    let outstanding = advance.outstanding();
    let StandingAdvance { id, fund, payee, paid, amount, settled } = advance;
    let payee = payee.as_ref().map(number).unwrap_or_default();
    let open = day.filter(|_| outstanding.is_positive());
    let days = open.map(|day| paid.days_to(day));
    let within = open.and_then(|_| state.offices.advances_settle_within(paid));
    Line {
        disbursement: id.clone(),
        fund: fund.clone(),
        payee,
        paid,
        amount,
        settled,
        outstanding,
        days,
        overdue: days.zip(within).is_some_and(|(days, within)| days > within),
    }
}

/// A person by number; advances are made to persons alone.
fn number(payee: &Payee) -> String {
    match payee {
        Payee::Member(member) => member.to_string(),
        Payee::Officer(officer) => officer.to_string(),
        Payee::Organisation(_) | Payee::Roster(_) => String::new(),
    }
}
