//! 拨缴经费: what was due by the declared payrolls, what came in for these months by whichever way, what
//! went up and what was passed down.

use schemars::JsonSchema;
use serde::Serialize;

use crate::chart::Use;
use crate::date::Month;
use crate::ids::AccountCode;
use crate::money::Money;
use crate::report::allocation::{self, Divided};
use crate::report::books::{Books, When};
use crate::report::{Period, Rate};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Allocation {
    /// Months of the period for which a payroll was declared or something came in.
    pub months: Vec<AllocationMonth>,
    /// 应拨
    pub due: Money,
    /// 实拨, for these months and whenever it came in; where only a part comes down to here, the whole.
    pub received: Money,
    /// 留成, 应上解, 应转拨
    #[serde(flatten)]
    pub divided: Divided,
    /// 欠拨, payer by payer and month by month.
    pub arrears: Money,
    /// 收缴率
    pub collection_rate: Option<Rate>,
    /// 本期上解 Paid up in the period, by business day.
    pub remitted: Money,
    /// 欠解: 211 at the beginning and at the end of the period.
    pub owed_at_opening: Money,
    pub owed_at_closing: Money,
    /// 本期转拨下级 What of 21202 was paid down in the period, and what is owed at its end.
    pub passed_down: Money,
    pub to_pass_down: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AllocationMonth {
    pub month: Month,
    /// 工资总额 of the one employer; none where it was not declared.
    pub payroll: Option<Money>,
    /// None where no payroll is declared or no rule says how much of it.
    pub due: Option<Money>,
    pub received: Money,
    #[serde(flatten)]
    pub divided: Divided,
    pub arrears: Money,
}

pub(super) fn of(books: Books<'_>, period: Period) -> Allocation {
    let state = books.state;
    let all = allocation::report(state, books.chart, period);
    let line = |line: &allocation::MonthLine| AllocationMonth {
        month: line.month,
        payroll: state.allocation.payroll(line.month).map(|payroll| payroll.total),
        due: (!line.due.is_zero()).then_some(line.due),
        received: line.received,
        divided: line.divided,
        arrears: line.arrears,
    };
    let remitted = state.allocation.remitted().filter(|paid| period.contains(paid.date.month()));
    let is_owed_up = |account: &AccountCode| books.chart.is_within(account, Use::OwedUp);
    let is_owed_down = |account: &AccountCode| books.chart.is_for(account, Use::LowerPassdownOwed);
    let opening = books
        .sum(|posted| is_owed_up(posted.account) && books.when(period, posted) == When::Before);
    let within = books
        .sum(|posted| is_owed_down(posted.account) && books.when(period, posted) == When::Within);
    let allocation::Total { due, received, divided, arrears, collection_rate, .. } = all.total;
    Allocation {
        months: all.months.iter().map(line).collect(),
        due,
        received,
        divided,
        arrears,
        collection_rate,
        remitted: Money::sum(remitted.map(|paid| paid.amount)),
        owed_at_opening: opening.balance().negated(),
        owed_at_closing: books.closing(period, is_owed_up).negated(),
        passed_down: within.debit,
        to_pass_down: books.closing(period, is_owed_down).negated(),
    }
}
