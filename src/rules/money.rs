//! What every voucher has to hold, whatever it is for: known accounts and funds, amounts above
//! nothing, balance inside each fund, and no till below nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::{Context, Decided, Refusal};
use crate::chart;
use crate::date::{Day, Month};
use crate::event::book::Level;
use crate::event::{Entry, Fact, Till};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;
use crate::posting::{self, PostingError};
use crate::projection::accounts::Turnover;
use crate::projection::reverses;

pub(super) fn post(context: &Context<'_>, fact: &Fact) -> Result<Vec<Entry>, Refusal> {
    let original = reverses(fact).and_then(|seq| (context.look_up)(seq)?.voucher);
    let original = original.as_ref().map(|voucher| voucher.entries.as_slice());
    let entries = posting::entries(fact, original, context.chart).map_err(|error| match error {
        PostingError::Account(account) => Refusal::AccountUnknown { account },
        PostingError::Use(of) => Refusal::NoAccountFor { of: of.to_string() },
        PostingError::Original => {
            Refusal::NothingToReverse { seq: reverses(fact).unwrap_or_default() }
        }
    })?;
    for entry in &entries {
        check_account(context, &entry.account)?;
        super::custody::check_apart(context, entry)?;
        if original.is_none() {
            check_amount(entry)?;
        }
    }
    check_balance(&entries)?;
    super::fund::check_open(context, &entries)?;
    check_tills(context, &entries)?;
    super::allocation::check_preparation(context, fact, &entries)?;
    if let Some(date) = fact.date() {
        check_month_ends(context, &entries, date.month())?;
    }
    Ok(entries)
}

/// Money that is not there cannot leave, and a command of several records takes it out as a whole.
pub(super) fn check_held(context: &Context<'_>, decided: &[Decided]) -> Result<(), Refusal> {
    let dated = |d: &Decided| Some((d.fact.date()?.month(), d.entries.clone()));
    let entries: Vec<Entry> = decided.iter().flat_map(|d| d.entries.clone()).collect();
    check_tills(context, &entries)?;
    let dated: Vec<(Month, Vec<Entry>)> = decided.iter().filter_map(dated).collect();
    let months: BTreeSet<Month> = dated.iter().map(|(month, _)| *month).collect();
    for first in months {
        let until = dated.iter().filter(|(month, _)| *month <= first);
        let entries: Vec<Entry> = until.flat_map(|(_, entries)| entries.clone()).collect();
        check_month_ends(context, &entries, first)?;
    }
    Ok(())
}

/// In the chart, not kept by sub-accounts, and open to a union of this level.
pub(super) fn check_account(context: &Context<'_>, code: &AccountCode) -> Result<(), Refusal> {
    let account = code.clone();
    let Some(found) = context.chart.account(code) else {
        return Err(Refusal::AccountUnknown { account });
    };
    if !context.chart.is_postable(code) {
        let named = |a: &chart::Account| format!("{} {}", a.code, a.zh);
        let under: Vec<String> = context.chart.under(code).map(named).collect();
        return Err(Refusal::AccountNotPostable { account, under: under.join(", ") });
    }
    // A grassroots union may use the county's accounts at need (the note under the grassroots table);
    // those of grassroots unions are for them alone.
    let level = context.state.offices.ledger().map(|ledger| ledger.level);
    if found.level == chart::Level::Grassroots && level == Some(Level::County) {
        return Err(Refusal::AccountOfOtherLevel { account });
    }
    Ok(())
}

fn check_amount(entry: &Entry) -> Result<(), Refusal> {
    let (debit, credit) = entry.side.columns();
    let amount = debit.or(credit).unwrap_or_default();
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount });
    }
    let most = Money::ENTRY_LIMIT;
    if amount > most { Err(Refusal::AmountTooLarge { amount, most }) } else { Ok(()) }
}

fn check_balance(entries: &[Entry]) -> Result<(), Refusal> {
    let mut funds: BTreeMap<&FundId, Turnover> = BTreeMap::new();
    for entry in entries {
        let (debit, credit) = entry.side.columns();
        let sum = funds.entry(&entry.fund).or_default();
        *sum = sum.plus(Turnover {
            debit: debit.unwrap_or_default(),
            credit: credit.unwrap_or_default(),
        });
    }
    match funds.into_iter().find(|(_, sum)| !sum.balance().is_zero()) {
        None => Ok(()),
        Some((fund, sum)) => Err(Refusal::VoucherUnbalanced {
            fund: fund.clone(),
            debit: sum.debit,
            credit: sum.credit,
            difference: sum.balance().abs(),
        }),
    }
}

/// First the fund as a whole, then the till: money that is not there cannot leave.
fn check_tills(context: &Context<'_>, entries: &[Entry]) -> Result<(), Refusal> {
    let funds: BTreeSet<&FundId> = entries.iter().map(|entry| &entry.fund).collect();
    for fund in funds.into_iter().cloned() {
        let held = |till: Till| {
            let accounts = till.uses().into_iter().filter_map(|of| context.chart.at(of));
            Money::sum(accounts.map(|code| context.state.accounts.balance(&fund, code)))
        };
        let held_in_all = Money::sum(Till::ALL.map(held));
        let asked_in_all = Money::sum(Till::ALL.map(|till| asked(context, entries, &fund, till)));
        if asked_in_all.is_positive() && asked_in_all > held_in_all {
            let short = asked_in_all.minus(held_in_all);
            return Err(Refusal::FundTooSmall {
                fund,
                held: held_in_all,
                asked: asked_in_all,
                short,
            });
        }
        for till in Till::ALL {
            let (held, asked) = (held(till), asked(context, entries, &fund, till));
            if asked.is_positive() && asked > held {
                let short = asked.minus(held);
                return Err(Refusal::TillTooSmall { till, fund, held, asked, short });
            }
        }
    }
    Ok(())
}

/// A voucher of an earlier month cannot take what came in only later: no till of a fund is below
/// nothing at the end of its month or of any month since.
fn check_month_ends(context: &Context<'_>, entries: &[Entry], first: Month) -> Result<(), Refusal> {
    let places: BTreeSet<_> = entries.iter().map(|entry| (&entry.fund, &entry.account)).collect();
    for (fund, account) in places {
        let of_entry = |till: &Till| lies_in(context, account, *till);
        for till in Till::ALL.into_iter().filter(of_entry) {
            let fund = fund.clone();
            let (month, held) = context.state.accounts.lowest_from(&fund, account, first);
            let asked = asked(context, entries, &fund, till);
            if asked.is_positive() && asked > held {
                let short = asked.minus(held);
                return Err(Refusal::TillTooSmallThen { till, fund, month, held, asked, short });
            }
        }
    }
    Ok(())
}

/// What the voucher as a whole takes out of a till of a fund.
fn asked(context: &Context<'_>, entries: &[Entry], fund: &FundId, till: Till) -> Money {
    let is_till = |e: &&Entry| lies_in(context, &e.account, till);
    let of_till = entries.iter().filter(|e| e.fund == *fund).filter(is_till);
    Money::sum(of_till.map(|entry| entry.side.balance())).negated()
}

/// Whether this account is of what lies in the till, the union's own or others'.
pub(super) fn lies_in(context: &Context<'_>, account: &AccountCode, till: Till) -> bool {
    till.uses().into_iter().any(|of| context.chart.is_for(account, of))
}

/// What lies in the till at the end of that day, of all funds and projects; without a day, now.
pub(super) fn held_on(context: &Context<'_>, till: Till, day: Option<Day>) -> Money {
    let accounts = till.uses().into_iter().filter_map(|of| context.chart.at(of));
    let slips = context.state.accounts.slips(accounts);
    Money::sum(slips.iter().filter(|slip| day.is_none_or(|day| slip.day <= day)).map(|s| s.amount))
}
