//! The rows of advances and of differences of cash.

use super::{Draft, Place, credit, debit, moved};
use crate::chart::Use;
use crate::event::cash::{CashDifference, Difference, DifferenceResolved, Ending};
use crate::event::spending::AdvanceSettled;

/// 借款报销 (135): what was spent and what came back stand against the advance.
pub(super) fn settled(f: &AdvanceSettled) -> Vec<Draft> {
    let mut lines: Vec<Draft> =
        f.spent.iter().map(|spent| debit(&spent.account, &f.fund, spent.amount)).collect();
    if !f.returned.is_zero() {
        lines.push(debit(f.into, &f.fund, f.returned));
    }
    lines.push(credit(Use::Receivable, &f.fund, f.total()));
    lines
}

/// 现金长款, 现金短款 (101, 182)
pub(super) fn difference(f: &CashDifference) -> Vec<Draft> {
    match f.kind {
        Difference::Over => moved(&f.fund, Use::Cash, Use::Suspense, f.amount),
        Difference::Short => moved(&f.fund, Use::Suspense, Use::Cash, f.amount),
    }
}

/// 长短款处理 (182)
pub(super) fn resolved(f: &DifferenceResolved) -> Vec<Draft> {
    let pending = || Place::For(Use::Suspense);
    let (debited, credited) = match f.ends {
        Ending::Income => (pending(), Use::OtherIncome.into()),
        Ending::Owed => (pending(), Use::Payable.into()),
        Ending::Spending => (Use::OtherSpending.into(), pending()),
        Ending::Liable(_) => (Use::Receivable.into(), pending()),
    };
    moved(&f.fund, debited, credited, f.amount)
}
