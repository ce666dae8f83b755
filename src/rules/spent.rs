//! What a command spends: of which fund, on which account, so that a fund's limits and the budget are
//! held against every voucher that spends, whatever it is called.

use std::collections::BTreeMap;

use super::{Context, Decided, Refusal};
use crate::chart::Class;
use crate::date::Day;
use crate::event::Fact;
use crate::ids::{AccountCode, FundId};
use crate::money::Money;

#[derive(Debug, Clone)]
pub(super) struct Spent {
    pub(super) date: Day,
    pub(super) fund: FundId,
    pub(super) account: AccountCode,
    pub(super) amount: Money,
    /// Whether it was requested before, and committed by that.
    pub(super) requested: bool,
}

/// Holds what is decided against the limits of its funds and the budget; gives what is only warned of.
pub(super) fn check(context: &Context<'_>, decided: &[Decided]) -> Result<Vec<Refusal>, Refusal> {
    let spent: Vec<Spent> = decided.iter().flat_map(|d| spent(context, d)).collect();
    for Spent { date, fund, account, .. } in &spent {
        super::fund::allows(context, *date, fund, account)?;
    }
    super::budget::check(context, &spent)
}

fn spent(context: &Context<'_>, decided: &Decided) -> Vec<Spent> {
    if let Fact::DisbursementRequested(asked) = &decided.fact {
        // An advance, a deposit given back, an investment and others' money are no spending.
        let class = context.chart.account(&asked.account).map(|found| found.class);
        if class != Some(Class::Expense) {
            return Vec::new();
        }
        let (fund, account) = (asked.fund.clone(), asked.account.clone());
        let (date, amount) = (asked.date, asked.amount);
        return vec![Spent { date, fund, account, amount, requested: false }];
    }
    // What was there before, what is carried on, what takes something back, and what the audit
    // committee has set right is no new spending.
    let is_old = matches!(
        decided.fact,
        Fact::OpeningRecorded(_)
            | Fact::CarryForwardRecorded(_)
            | Fact::EntryReversed(_)
            | Fact::AdjustmentRecorded(_)
    );
    let Some(date) = decided.fact.date().filter(|_| !is_old) else { return Vec::new() };
    let promised = matches!(&decided.fact, Fact::AccrualRecorded(f) if f.disbursement.is_some());
    let requested = promised || matches!(decided.fact, Fact::DisbursementPaid(_));
    let mut sums: BTreeMap<(&FundId, &AccountCode), Money> = BTreeMap::new();
    for entry in &decided.entries {
        let class = context.chart.account(&entry.account).map(|found| found.class);
        if class == Some(Class::Expense) {
            let sum = sums.entry((&entry.fund, &entry.account)).or_default();
            *sum = sum.plus(entry.side.balance());
        }
    }
    let spent = sums.into_iter().filter(|(_, amount)| amount.is_positive());
    spent
        .map(|((fund, account), amount)| {
            let (fund, account) = (fund.clone(), account.clone());
            Spent { date, fund, account, amount, requested }
        })
        .collect()
}
