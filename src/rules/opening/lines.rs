//! From the balances of the old book to lines of this one.

use std::collections::{BTreeMap, BTreeSet};

use super::{Balance, Brought, Document, Fault, Found, Part, System};
use crate::chart::old::{OldAccount, OldChart};
use crate::event::{Line, Side};
use crate::ids::{AccountCode, FundId, Text};
use crate::money::Money;
use crate::rules::{Context, Refusal, money};

/// A balance, or a part of one, on its way from the old book into this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    pub at: String,
    pub from: AccountCode,
    /// What the old account was called, where it is of the former system.
    pub from_name: Option<[String; 2]>,
    pub line: Line,
    /// Why it goes there: the place in 财会〔2021〕16号, and behind it what the document says.
    pub why: String,
}

/// One place that a balance goes to.
struct Target {
    at: String,
    account: AccountCode,
    fund: FundId,
    amount: Money,
    why: String,
}

/// Every line, and where it comes from.
pub(super) fn of(
    document: &Document,
    context: &Context<'_>,
    faults: &mut Vec<Fault>,
) -> (Vec<Brought>, Vec<Moved>) {
    let old = match document.chart {
        System::Of2021 => None,
        System::Of2009 => OldChart::built_in().ok(),
    };
    let (mut lines, mut moved, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (n, balance) in document.balances.iter().enumerate() {
        let at = format!("balances[{n}]");
        let mut fault = |at: &str, found| faults.push(Fault { at: at.to_owned(), found });
        let (account, fund) = (balance.account.clone(), balance.fund.clone());
        if !seen.insert((account.clone(), fund.clone())) {
            fault(&at, Found::BalanceTwice { account, fund });
            continue;
        }
        let Some((amount, side)) = amount_of(balance) else {
            fault(&at, Found::OneSide { account });
            continue;
        };
        let found = old.as_ref().map(|old| old.account(&account));
        let from = match found {
            Some(None) => {
                fault(&at, Found::OldAccountUnknown { account });
                continue;
            }
            Some(Some(from)) => Some(from),
            None => None,
        };
        let targets = match targets(&at, balance, amount, from) {
            Ok(targets) => targets,
            Err(wrong) => {
                wrong.into_iter().for_each(|Fault { at, found }| fault(&at, found));
                continue;
            }
        };
        for target in targets {
            let Target { at, account, fund, amount, why } = target;
            if let Err(refusal) = money::check_account(context, &account) {
                let found = match refusal {
                    Refusal::AccountUnknown { account } if from.is_some() => {
                        Found::ChartNotStatutory { account }
                    }
                    other => Found::Rule(other),
                };
                fault(&at, found);
                continue;
            }
            let line = Line { account, fund, side: side(amount) };
            let from_name = from.map(|from| [from.zh.to_string(), from.en.to_string()]);
            let from = balance.account.clone();
            moved.push(Moved { at: at.clone(), from, from_name, line: line.clone(), why });
            lines.push(Brought { at, line });
        }
    }
    (lines, moved)
}

/// The amount of a balance, and its side.
fn amount_of(balance: &Balance) -> Option<(Money, fn(Money) -> Side)> {
    let found: (Money, fn(Money) -> Side) = match (balance.debit, balance.credit) {
        (Some(amount), None) => (amount, Side::Debit),
        (None, Some(amount)) => (amount, Side::Credit),
        (None, None) | (Some(_), Some(_)) => return None,
    };
    found.0.is_positive().then_some(found)
}

/// Where a balance goes: as the document says, or to the one place that there is.
fn targets(
    at: &str,
    balance: &Balance,
    amount: Money,
    from: Option<&OldAccount>,
) -> Result<Vec<Target>, Vec<Fault>> {
    let account = balance.account.clone();
    let one = |found| vec![Fault { at: at.to_owned(), found }];
    if let Some(from) = from.filter(|from| from.to.is_empty()) {
        let (name, why) = (from.zh.to_string(), from.why.to_string());
        return Err(one(Found::NilAtYearEnd { account, name, why }));
    }
    if balance.split.is_empty() {
        let to = match from {
            None => account,
            Some(from) if from.decide => {
                let (name, why) = (from.zh.to_string(), from.why.to_string());
                let targets = listed(from);
                return Err(one(Found::SplitNeeded { account, name, targets, why }));
            }
            Some(from) => from.to.first().cloned().unwrap_or(account),
        };
        let why = from.map(|from| from.why.to_string()).unwrap_or_default();
        let fund = balance.fund.clone();
        return Ok(vec![Target { at: at.to_owned(), account: to, fund, amount, why }]);
    }
    let parts = Money::sum(balance.split.iter().map(|part| part.amount));
    let mut wrong = Vec::new();
    if parts != amount {
        let difference = amount.minus(parts).abs();
        wrong.extend(one(Found::SplitUnlike {
            account: account.clone(),
            amount,
            parts,
            difference,
        }));
    }
    for (n, part) in balance.split.iter().enumerate() {
        let at = format!("{at}.split[{n}]");
        let to = part.account.clone();
        if !part.amount.is_positive() {
            let refusal = Refusal::AmountNotPositive { amount: part.amount };
            wrong.push(Fault { at: at.clone(), found: Found::Rule(refusal) });
        }
        if let Some(from) = from.filter(|from| !from.to.contains(&to)) {
            let (account, targets) = (account.clone(), listed(from));
            wrong.push(Fault { at, found: Found::SplitElsewhere { account, to, targets } });
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let target = |(n, part): (usize, &Part)| Target {
        at: format!("{at}.split[{n}]"),
        account: part.account.clone(),
        fund: part.fund.clone().unwrap_or_else(|| balance.fund.clone()),
        amount: part.amount,
        why: reason(from, &part.why),
    };
    Ok(balance.split.iter().enumerate().map(target).collect())
}

fn reason(from: Option<&OldAccount>, why: &Text) -> String {
    from.map_or_else(|| why.to_string(), |from| format!("{}；{why}", from.why))
}

fn listed(from: &OldAccount) -> String {
    let codes: Vec<&str> = from.to.iter().map(AccountCode::as_str).collect();
    codes.join(", ")
}

/// The lines of the opening: what several old accounts bring into one is one line of each side.
pub(super) fn merged(lines: &[Brought]) -> impl Iterator<Item = Line> {
    let mut sums: BTreeMap<(FundId, AccountCode, bool), Money> = BTreeMap::new();
    for Brought { line: Line { account, fund, side }, .. } in lines {
        let (on_debit, amount) = match side {
            Side::Debit(amount) => (true, *amount),
            Side::Credit(amount) => (false, *amount),
        };
        let sum = sums.entry((fund.clone(), account.clone(), on_debit)).or_default();
        *sum = sum.plus(amount);
    }
    sums.into_iter().map(|((fund, account, on_debit), sum)| {
        let side = if on_debit { Side::Debit(sum) } else { Side::Credit(sum) };
        Line { account, fund, side }
    })
}
