//! 经费往来余额表 What stands between this union and each of the others, beside the accounts that hold it:
//! preparation funds, what is to be passed down, subsidies owed, what lower unions owe; and what of
//! each year-end accrual has not come in.

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{AccountName, Heading, Period, Words};
use crate::chart::{Chart, Use};
use crate::date::Day;
use crate::event::accrual::{AccrualKind, AccrualRecorded};
use crate::ids::{PayerId, Seq};
use crate::money::Money;
use crate::projection::State;
use crate::projection::allocation::Owed;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AllocationBalances {
    pub heading: Heading,
    pub lines: Vec<Line>,
    /// Each account that has a balance, beside the sum of its lines.
    pub accounts: Vec<Account>,
    /// 年末应收 Claims that come in one by one.
    pub accruals: Vec<Accrual>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub payer: PayerId,
    /// 建会筹备金
    pub preparation: Money,
    /// 应付下级转拨经费
    pub passdown: Money,
    /// 应付下级补助
    pub subsidy: Money,
    /// 应收下级经费
    pub claim: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Account {
    pub account: AccountName,
    /// As it stands, on its own side.
    pub balance: Money,
    /// Of it, what the lines above name somebody for, or what is the superior's.
    pub named: Money,
    /// 未分户: brought in from an earlier book, or held for another purpose.
    pub of_nobody: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Accrual {
    pub seq: Seq,
    pub date: Day,
    pub kind: AccrualKind,
    pub counterparty: Option<PayerId>,
    pub amount: Money,
    /// 已收回
    pub settled: Money,
    /// 未收回
    pub left: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart) -> AllocationBalances {
    let books = Books { state, chart };
    let line = |(payer, between): (&PayerId, &crate::projection::allocation::Between)| Line {
        payer: payer.clone(),
        preparation: between.in_all(Owed::Preparation),
        passdown: between.in_all(Owed::Passdown),
        subsidy: between.in_all(Owed::Subsidy),
        claim: between.in_all(Owed::Claim),
    };
    let mut lines: Vec<Line> = state.allocation.between().map(line).collect();
    lines.retain(|line| !line.is_nil());
    let sum = |of: fn(&Line) -> Money| Money::sum(lines.iter().map(of));
    // With the one superior there is nothing to tell apart.
    let accounts = [
        (Use::SuperiorSubsidyDue, true, None),
        (Use::SuperiorPassdownDue, true, None),
        (Use::LowerDue, true, Some(sum(|line| line.claim))),
        (Use::OwedUp, false, None),
        (Use::LowerSubsidyOwed, false, Some(sum(|line| line.subsidy))),
        (Use::LowerPassdownOwed, false, Some(sum(|line| line.passdown))),
        (Use::Payable, false, Some(sum(|line| line.preparation))),
    ];
    let account = |(of, on_debit, named): (Use, bool, Option<Money>)| {
        let code = chart.at(of)?;
        let found = books.sum(|posted| posted.account == code).balance();
        let balance = if on_debit { found } else { found.negated() };
        let named = named.unwrap_or(balance);
        let of_nobody = balance.minus(named);
        let nil = balance.is_zero() && named.is_zero();
        (!nil).then(|| Account { account: books.name(code), balance, named, of_nobody })
    };
    // What the superior passes down, and what is paid down, is on the accounts and by unit.
    let one_by_one = |f: &AccrualRecorded| match f.kind {
        AccrualKind::SuperiorSubsidyGeneral
        | AccrualKind::SuperiorSubsidyEarmarked
        | AccrualKind::LowerAllocation => true,
        AccrualKind::SuperiorPassdown
        | AccrualKind::LowerSubsidyGeneral
        | AccrualKind::LowerSubsidyEarmarked => false,
    };
    let accrual = |(seq, f): (Seq, &AccrualRecorded)| Accrual {
        seq,
        date: f.date,
        kind: f.kind,
        counterparty: f.counterparty.clone(),
        amount: f.amount,
        settled: f.amount.minus(state.allocation.accrual_left(seq)),
        left: state.allocation.accrual_left(seq),
    };
    AllocationBalances {
        heading: books.heading(Words::new("经费往来余额表", "Between the unions"), "", Period::All),
        accounts: accounts.into_iter().filter_map(account).collect(),
        accruals: state.allocation.accruals().filter(|(_, f)| one_by_one(f)).map(accrual).collect(),
        lines,
    }
}

impl Line {
    fn is_nil(&self) -> bool {
        [self.preparation, self.passdown, self.subsidy, self.claim].iter().all(|m| m.is_zero())
    }
}
