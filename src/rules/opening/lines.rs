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
    let (mut moved, mut seen) = (Vec::new(), BTreeSet::new());
    for (n, balance) in document.balances.iter().enumerate() {
        let at = format!("balances[{n}]");
        if !seen.insert((&balance.account, &balance.fund)) {
            let (account, fund) = (balance.account.clone(), balance.fund.clone());
            faults.push(Fault { at, found: Found::BalanceTwice { account, fund } });
            continue;
        }
        match goes(&at, balance, old.as_ref(), context) {
            Ok(found) => moved.extend(found),
            Err(wrong) => faults.extend(wrong),
        }
    }
    let brought = |one: &Moved| Brought { at: one.at.clone(), line: one.line.clone() };
    (moved.iter().map(brought).collect(), moved)
}

/// Where each part of a balance goes, or what is wrong with it.
fn goes(
    at: &str,
    balance: &Balance,
    old: Option<&OldChart>,
    context: &Context<'_>,
) -> Result<Vec<Moved>, Vec<Fault>> {
    let account = balance.account.clone();
    let wrong = |found| Err(vec![Fault { at: at.to_owned(), found }]);
    let (amount, on_debit) = match (balance.debit, balance.credit) {
        (Some(amount), None) if amount.is_positive() => (amount, true),
        (None, Some(amount)) if amount.is_positive() => (amount, false),
        (None | Some(_), None | Some(_)) => return wrong(Found::OneSide { account }),
    };
    let from = match old.map(|old| old.account(&account)) {
        Some(None) => return wrong(Found::OldAccountUnknown { account }),
        Some(Some(from)) => Some(from),
        None => None,
    };
    let (mut moved, mut faults) = (Vec::new(), Vec::new());
    for Target { at, account, fund, amount, why } in targets(at, balance, amount, from)? {
        if from.is_some() && context.chart.account(&account).is_none() {
            faults.push(Fault { at, found: Found::ChartNotStatutory { account } });
            continue;
        }
        if let Err(refusal) = money::check_account(context, &account) {
            faults.push(Fault { at, found: Found::Rule(refusal) });
            continue;
        }
        let side = if on_debit { Side::Debit(amount) } else { Side::Credit(amount) };
        let from_name = from.map(|from| [from.zh.to_string(), from.en.to_string()]);
        let (from, line) = (balance.account.clone(), Line { account, fund, side });
        moved.push(Moved { at, from, from_name, line, why });
    }
    if faults.is_empty() { Ok(moved) } else { Err(faults) }
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
