//! 借款 Advances that were paid: what of each is settled, what is open, and for how many days.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::{Chart, Use};
use crate::date::Day;
use crate::event::disbursement::{Paid, Payee};
use crate::event::spending::{AdvanceOpened, AdvanceSettled};
use crate::ids::{DisbursementId, FundId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::disbursements::Payment;

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
    let receivable = chart.at(Use::Receivable);
    let payments = state.disbursements.payments().map(|(_, payment)| payment);
    let advances = payments.filter(|payment| Some(&payment.paid.account) == receivable);
    let opened = state.spending.all_opened().filter(|o| day.is_none_or(|day| o.date <= day));
    let paid = advances.filter(|payment| day.is_none_or(|day| payment.paid.date <= day));
    let all = opened.map(Advance::opened).chain(paid.map(Advance::paid));
    let lines: Vec<Line> = all.map(|advance| line(state, advance, day)).collect();
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

/// What this book paid out, or an old one had.
struct Advance<'a> {
    id: &'a DisbursementId,
    fund: &'a FundId,
    payee: String,
    paid: Day,
    amount: Money,
}

impl Advance<'_> {
    fn opened(opened: &AdvanceOpened) -> Advance<'_> {
        let AdvanceOpened { advance: id, fund, who, since, amount, .. } = opened;
        Advance { id, fund, payee: number(&who.payee()), paid: *since, amount: *amount }
    }

    fn paid(payment: &Payment) -> Advance<'_> {
        let Paid { disbursement: id, fund, date, amount, .. } = &payment.paid;
        let payee = payment.behind.as_ref().map(|behind| &behind.disbursement.request.payee);
        let payee = payee.map(number).unwrap_or_default();
        Advance { id, fund, payee, paid: *date, amount: *amount }
    }
}

fn line(state: &State, advance: Advance<'_>, day: Option<Day>) -> Line {
    let Advance { id, fund, payee, paid, amount } = advance;
    let settlements = state.spending.settlements().map(|(_, settlement)| &settlement.settled);
    let of_it = settlements.filter(|s| s.disbursement == *id);
    let within = of_it.filter(|settled| day.is_none_or(|day| settled.date <= day));
    let settled = Money::sum(within.map(AdvanceSettled::total));
    let outstanding = amount.minus(settled);
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
