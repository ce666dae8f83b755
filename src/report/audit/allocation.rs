//! 拨缴经费: what was due by the declared payrolls, what came in for these months, what went up.

use schemars::JsonSchema;
use serde::Serialize;

use crate::chart::Use;
use crate::date::Month;
use crate::ids::AccountCode;
use crate::money::Money;
use crate::report::books::{Books, When};
use crate::report::{Period, Rate};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Allocation {
    /// Months of the period for which a payroll was declared or something came in.
    pub months: Vec<AllocationMonth>,
    /// 应拨
    pub due: Money,
    /// 实拨, for these months and whenever it came in.
    pub received: Money,
    /// 留成
    pub own: Money,
    /// 应上解
    pub up: Money,
    /// 欠拨, month by month.
    pub arrears: Money,
    /// 收缴率
    pub collection_rate: Option<Rate>,
    /// 本期上解 Paid up in the period, by business day.
    pub remitted: Money,
    /// 欠解: 211 at the beginning and at the end of the period.
    pub owed_at_opening: Money,
    pub owed_at_closing: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AllocationMonth {
    pub month: Month,
    /// 工资总额; none where it was not declared.
    pub payroll: Option<Money>,
    /// None where no payroll is declared or no rule says how much of it.
    pub due: Option<Money>,
    pub received: Money,
    pub own: Money,
    pub up: Money,
}

pub(super) fn of(books: Books<'_>, period: Period) -> Allocation {
    let state = books.state;
    let mut lines = Vec::new();
    for month in allocated(books, period) {
        let payroll = state.allocation.payroll(month).map(|payroll| payroll.total);
        let rate = state.offices.allocation_split(month.last_day()).map(|(rate, _)| rate);
        let received = || state.allocation.received().filter(|received| received.month == month);
        lines.push(AllocationMonth {
            month,
            payroll,
            due: payroll.zip(rate).map(|(payroll, rate)| payroll.basis_points(rate)),
            received: Money::sum(received().map(|received| received.amount)),
            own: Money::sum(received().map(|received| received.own)),
            up: Money::sum(received().map(|received| received.up)),
        });
    }
    let sum = |of: fn(&AllocationMonth) -> Money| Money::sum(lines.iter().map(of));
    let due = sum(|line| line.due.unwrap_or_default());
    let arrears = sum(AllocationMonth::arrears);
    let remitted = state.allocation.remitted().filter(|paid| period.contains(paid.date.month()));
    let is_owed_up = |account: &AccountCode| books.chart.is_within(account, Use::OwedUp);
    let opening = books
        .sum(|posted| is_owed_up(posted.account) && books.when(period, posted) == When::Before);
    Allocation {
        due,
        received: sum(|line| line.received),
        own: sum(|line| line.own),
        up: sum(|line| line.up),
        arrears,
        collection_rate: Rate::of(due.minus(arrears), due),
        remitted: Money::sum(remitted.map(|paid| paid.amount)),
        owed_at_opening: opening.balance().negated(),
        owed_at_closing: books.closing(period, is_owed_up).negated(),
        months: lines,
    }
}

impl AllocationMonth {
    /// 欠拨
    #[must_use]
    pub fn arrears(&self) -> Money {
        self.due.unwrap_or_default().minus(self.received).max(Money::ZERO)
    }
}

/// The months of the period about which anything is known, in order.
fn allocated(books: Books<'_>, period: Period) -> Vec<Month> {
    let allocation = &books.state.allocation;
    let known = allocation.payrolls().map(|payroll| payroll.month);
    let known = known.chain(allocation.received().map(|received| received.month));
    let mut known: Vec<Month> = known.filter(|month| period.contains(*month)).collect();
    known.sort_unstable();
    known.dedup();
    known
}
