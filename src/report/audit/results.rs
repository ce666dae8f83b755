//! Income or expenditure by account, each first-level account before its parts.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::chart::Class;
use crate::ids::AccountCode;
use crate::money::Money;
use crate::report::books::{Books, When};
use crate::report::{AccountName, Period, Rate};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Results {
    pub lines: Vec<ResultLine>,
    pub total: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ResultLine {
    pub account: AccountName,
    /// Whether it is a first-level account, which includes those under it.
    pub first_level: bool,
    /// 实际数
    pub actual: Money,
    /// 占比, percent of the total.
    pub share: Option<Rate>,
}

pub(in crate::report) fn of(books: Books<'_>, period: Period, class: Class) -> Results {
    let mut found: BTreeMap<AccountCode, Money> = BTreeMap::new();
    let mut total = Money::ZERO;
    for posted in books.turnovers() {
        let of_class = books.class(posted.account) == Some(class);
        let within = books.counted(period, &posted) == When::Within;
        if !of_class || !within || !books.is_result(&posted) {
            continue;
        }
        let balance = posted.turnover.balance();
        let amount = if class == Class::Income { balance.negated() } else { balance };
        total = total.plus(amount);
        let mut add = |code: AccountCode| {
            let sum = found.entry(code).or_default();
            *sum = sum.plus(amount);
        };
        let above = AccountCode::literal(posted.account.level_one());
        if above != *posted.account {
            add(above);
        }
        add(posted.account.clone());
    }
    let line = |(code, actual): (AccountCode, Money)| ResultLine {
        account: books.name(&code),
        first_level: code.as_str() == code.level_one(),
        actual,
        share: Rate::of(actual, total),
    };
    Results { lines: found.into_iter().map(line).collect(), total }
}
