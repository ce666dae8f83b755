//! 专项资金收支表 Each restricted fund's own account of receipts and uses (财会〔2021〕7号, Art. 22).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::{Books, When};
use super::funds::{self, Movement};
use super::{AccountName, Heading, Period, Words};
use crate::chart::Nature;
use crate::chart::{Chart, Class};
use crate::date::Day;
use crate::event::VoucherNumber;
use crate::ids::{AccountCode, DisbursementId, FundId};
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Earmarked {
    pub heading: Heading,
    /// Restricted and fiscal funds, in the order of their establishment; one, where it is asked for.
    pub funds: Vec<Fund>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Fund {
    pub fund: FundId,
    pub name: String,
    /// 财政拨款
    pub fiscal: bool,
    /// 限定用途 The accounts that it may be spent on; empty where nothing says.
    pub limited_to: Vec<AccountName>,
    /// 使用期限
    pub until: Option<Day>,
    /// 完结
    pub closed: Option<Day>,
    #[serde(flatten)]
    pub movement: Movement,
    /// 收入 by source.
    pub receipts: Vec<Line>,
    /// 支出 by account.
    pub uses: Vec<Line>,
    /// 付款 of the period, one by one.
    pub payments: Vec<Payment>,
    /// Whether receipts and uses add up to the fund's movement.
    pub agrees: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub account: AccountName,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Payment {
    pub disbursement: DisbursementId,
    pub voucher: Option<VoucherNumber>,
    pub date: Day,
    pub account: AccountName,
    pub amount: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period, of: Option<&str>) -> Earmarked {
    let books = Books { state, chart };
    let wanted = |line: &funds::Line| match of {
        Some(of) => line.fund.as_str() == of,
        None => state.funds.nature(&line.fund) != Nature::General,
    };
    let lines = funds::report(state, chart, period).lines.into_iter().filter(wanted);
    Earmarked {
        heading: books.heading(Words::new("专项资金收支表", "Earmarked money"), "", period),
        funds: lines.map(|line| fund(books, period, line)).collect(),
    }
}

fn fund(books: Books<'_>, period: Period, line: funds::Line) -> Fund {
    let funds::Line { fund, name, movement, .. } = line;
    let receipts = lines(books, period, &fund, Class::Income);
    let uses = lines(books, period, &fund, Class::Expense);
    let sum = |lines: &[Line]| Money::sum(lines.iter().map(|line| line.amount));
    let limit = books.state.funds.limit_of(&fund);
    let limited_to = limit.into_iter().flat_map(|limited| &limited.accounts);
    let payments = books.state.disbursements.payments().map(|(_, payment)| payment);
    let of_fund = payments
        .filter(|payment| payment.paid.fund == fund && period.contains(payment.paid.date.month()));
    Fund {
        fiscal: books.state.funds.nature(&fund) == Nature::Fiscal,
        limited_to: limited_to.map(|code| books.name(code)).collect(),
        until: limit.and_then(|limited| limited.until),
        closed: books.state.funds.closing_of(&fund).map(|closed| closed.date),
        agrees: sum(&receipts) == movement.income && sum(&uses) == movement.spending,
        payments: of_fund
            .map(|payment| Payment {
                disbursement: payment.paid.disbursement.clone(),
                voucher: payment.voucher,
                date: payment.paid.date,
                account: books.name(&payment.paid.account),
                amount: payment.paid.amount,
            })
            .collect(),
        fund,
        name,
        movement,
        receipts,
        uses,
    }
}

/// What the fund's accounts of a class took in the period, each on its own side.
fn lines(books: Books<'_>, period: Period, fund: &FundId, class: Class) -> Vec<Line> {
    let mut sums: BTreeMap<&AccountCode, Money> = BTreeMap::new();
    for posted in books.turnovers() {
        let counts = posted.fund == fund
            && books.is_result(&posted)
            && books.counted(period, &posted) == When::Within
            && books.class(posted.account) == Some(class);
        if counts {
            let balance = posted.turnover.balance();
            let amount = if class == Class::Income { balance.negated() } else { balance };
            let sum = sums.entry(posted.account).or_default();
            *sum = sum.plus(amount);
        }
    }
    let some = sums.into_iter().filter(|(_, amount)| !amount.is_zero());
    some.map(|(account, amount)| Line { account: books.name(account), amount }).collect()
}
