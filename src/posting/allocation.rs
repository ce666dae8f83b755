//! 拨缴经费 between unions: how what comes in is divided, passed down, accrued and settled.

use super::{Draft, credit, debit, moved};
use crate::chart::Use;
use crate::event::accrual::{AccrualKind, AccrualRecorded, AccrualSettled};
use crate::event::allocation::{
    AllocationCollected, Parts, Passdown, PassdownKind, PreparationSettled,
};
use crate::ids::FundId;
use crate::money::Money;

/// 402 (二) 税务代收, 财政划拨: the gross into the bank; what was accrued as due from the superior is
/// settled first (131 三(二)), and the rest is income, owed up, and owed down (211, 212).
pub(super) fn collected(f: &AllocationCollected) -> Vec<Draft> {
    let parts = Parts { own: f.own, up: f.up, down: f.down };
    let settled = Some(f.settles).filter(|settled| !settled.is_zero());
    let settled = settled.map(|settled| credit(Use::SuperiorPassdownDue, &f.fund, settled));
    std::iter::once(debit(Use::Bank, &f.fund, f.amount))
        .chain(settled)
        .chain(divided(&f.fund, parts))
        .collect()
}

/// 215 三(一) 建会筹备金, once the union is there.
pub(super) fn preparation_settled(f: &PreparationSettled) -> Vec<Draft> {
    let parts = Parts { own: f.own, up: f.up, down: f.down };
    accrue(Use::Payable, &f.fund, f.amount, parts)
}

/// 212 三: what was owed to the lower union is paid.
pub(super) fn passed_down(f: &Passdown) -> Vec<Draft> {
    let owed = match f.kind {
        PassdownKind::Passdown => Use::LowerPassdownOwed,
        PassdownKind::Subsidy => Use::LowerSubsidyOwed,
    };
    moved(&f.fund, owed, Use::Bank, f.amount)
}

/// 131 三, 132 二, 508 三(二): at the year's end.
pub(super) fn accrued(f: &AccrualRecorded) -> Vec<Draft> {
    let parts = f.parts.unwrap_or_default();
    let moved = |debited: Use, credited: Use| moved(&f.fund, debited, credited, f.amount);
    match f.kind {
        AccrualKind::SuperiorSubsidyGeneral => moved(Use::SuperiorSubsidyDue, Use::SubsidyGeneral),
        AccrualKind::SuperiorSubsidyEarmarked => {
            moved(Use::SuperiorSubsidyDue, Use::SubsidyEarmarked)
        }
        AccrualKind::SuperiorPassdown => accrue(Use::SuperiorPassdownDue, &f.fund, f.amount, parts),
        AccrualKind::LowerAllocation => accrue(Use::LowerDue, &f.fund, f.amount, parts),
        AccrualKind::LowerSubsidyGeneral => moved(Use::LowerSubsidyGeneral, Use::LowerSubsidyOwed),
        AccrualKind::LowerSubsidyEarmarked => {
            moved(Use::LowerSubsidyEarmarked, Use::LowerSubsidyOwed)
        }
    }
}

/// 131 三, 132 二, 212 三(一): what was accrued moves.
pub(super) fn accrual_settled(f: &AccrualSettled) -> Vec<Draft> {
    let (debited, credited) = match f.kind {
        AccrualKind::SuperiorSubsidyGeneral | AccrualKind::SuperiorSubsidyEarmarked => {
            (Use::Bank, Use::SuperiorSubsidyDue)
        }
        AccrualKind::SuperiorPassdown => (Use::Bank, Use::SuperiorPassdownDue),
        AccrualKind::LowerAllocation => (Use::Bank, Use::LowerDue),
        AccrualKind::LowerSubsidyGeneral | AccrualKind::LowerSubsidyEarmarked => {
            (Use::LowerSubsidyOwed, Use::Bank)
        }
    };
    moved(&f.fund, debited, credited, f.amount)
}

/// One debit of the whole against its parts.
fn accrue(debited: Use, fund: &FundId, amount: Money, parts: Parts) -> Vec<Draft> {
    std::iter::once(debit(debited, fund, amount)).chain(divided(fund, parts)).collect()
}

/// 402, 211, 21202, in this order. A share of nothing has no entry.
fn divided(fund: &FundId, parts: Parts) -> impl Iterator<Item = Draft> {
    let Parts { own, up, down } = parts;
    let shares = [(Use::Allocation, own), (Use::OwedUp, up), (Use::LowerPassdownOwed, down)];
    let shares = shares.into_iter().filter(|(_, share)| !share.is_zero());
    shares.map(|(account, share)| credit(account, fund, share))
}
