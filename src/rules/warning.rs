//! What is taken although something speaks against it: rules that are set to warn do not refuse, and
//! what may be right or wrong is a person's to look at.

use super::{Context, Refusal};
use crate::event::{Entry, Fact};

/// Everything that this fact goes against and that only warns.
pub(super) fn check(context: &Context<'_>, fact: &Fact, entries: &[Entry]) -> Vec<Refusal> {
    let mut warnings = Vec::new();
    if let Fact::PeriodClosed(closed) = fact {
        warnings.extend(super::statement::opening_is_open(context, closed.month.last_day()));
    }
    if let Fact::BankReconciled(reconciled) = fact {
        warnings.extend(super::statement::opening_is_open(context, reconciled.day));
    }
    let Some(date) = fact.date() else { return warnings };
    if let Fact::BudgetAdjusted(adjusted) = fact {
        warnings.extend(super::budget::warned(context, adjusted));
    }
    if let Fact::BankStatementRecorded(statement) = fact {
        warnings.extend(super::statement::warned(context, statement));
    }
    warnings.extend(super::handover::warned(context, entries, date));
    warnings.extend(super::cash::above_limit(context, entries, date));
    warnings
}
