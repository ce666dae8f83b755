//! 盘点 What was counted, beside what the books say.

use schemars::JsonSchema;
use serde::Serialize;

use crate::date::Month;
use crate::ids::AccountCode;
use crate::money::Money;
use crate::projection::State;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Count {
    pub counted: Money,
    /// Debit less credit at the month's end.
    pub books: Money,
    /// 长款 above nothing, 短款 below it: what was counted less what the books say.
    pub difference: Money,
}

/// An account with those under it, in every fund, at the end of a month.
#[must_use]
pub fn count(state: &State, account: &AccountCode, counted: Money, through: Month) -> Count {
    let books = state.accounts.sum(|_, posted, month, _| {
        posted.as_str().starts_with(account.as_str()) && month <= through
    });
    let books = books.balance();
    Count { counted, books, difference: counted.minus(books) }
}
