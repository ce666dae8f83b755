//! What stands on each account 账户余额, by fund and by month.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::event::{Entry, Side, Voucher, VoucherNumber};
use crate::ids::{AccountCode, FundId, Seq};
use crate::money::Money;

/// What was debited and credited 借方发生额, 贷方发生额; red entries count with their sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Turnover {
    pub debit: Money,
    pub credit: Money,
}

impl Turnover {
    /// Debit less credit.
    #[must_use]
    pub fn balance(self) -> Money {
        self.debit.minus(self.credit)
    }

    #[must_use]
    pub fn plus(self, other: Turnover) -> Turnover {
        Turnover { debit: self.debit.plus(other.debit), credit: self.credit.plus(other.credit) }
    }

    pub(super) fn add(&mut self, side: Side) {
        match side {
            Side::Debit(amount) => self.debit = self.debit.plus(amount),
            Side::Credit(amount) => self.credit = self.credit.plus(amount),
        }
    }
}

/// Why a voucher was written: statements show the three kinds in different places.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// 期初余额: brought in from another book.
    Opening,
    /// 本期发生额
    Ordinary,
    /// 结转: carried forward when a year closes.
    Carried,
}

/// What one account of one fund took in one month, by one kind of voucher.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Posted<'a> {
    pub fund: &'a FundId,
    pub account: &'a AccountCode,
    pub month: Month,
    pub kind: Kind,
    pub turnover: Turnover,
}

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Accounts {
    turnover: BTreeMap<FundId, BTreeMap<AccountCode, Account>>,
    /// What each voucher moves on an account, of all funds, in the order of their records.
    slips: BTreeMap<AccountCode, Vec<Slip>>,
}

/// One voucher, as one account sees it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slip {
    pub seq: Seq,
    pub number: VoucherNumber,
    pub day: Day,
    /// Of the opening balances, of the period, or carried forward.
    pub kind: Kind,
    /// Debit less credit.
    pub amount: Money,
}

/// One account of one fund.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
struct Account {
    /// Of all months: rules ask for it with every voucher, however many months there are.
    total: Turnover,
    months: BTreeMap<Month, BTreeMap<Kind, Turnover>>,
}

impl Accounts {
    pub(super) fn post(&mut self, seq: Seq, voucher: &Voucher, kind: Kind) {
        for entry in &voucher.entries {
            self.slip(seq, voucher, kind, entry);
            let accounts = self.turnover.entry(entry.fund.clone()).or_default();
            let account = accounts.entry(entry.account.clone()).or_default();
            account.total.add(entry.side);
            let kinds = account.months.entry(voucher.date.month()).or_default();
            kinds.entry(kind).or_default().add(entry.side);
        }
    }

    fn slip(&mut self, seq: Seq, voucher: &Voucher, kind: Kind, entry: &Entry) {
        let slips = self.slips.entry(entry.account.clone()).or_default();
        let amount = entry.side.balance();
        match slips.last_mut().filter(|last| last.seq == seq) {
            Some(last) => last.amount = last.amount.plus(amount),
            None => {
                slips.push(Slip { seq, number: voucher.number, day: voucher.date, kind, amount });
            }
        }
    }

    /// What each voucher moves on these accounts together, in the order of their records.
    #[must_use]
    pub fn slips<'a>(&self, accounts: impl IntoIterator<Item = &'a AccountCode>) -> Vec<Slip> {
        let mut by_seq: BTreeMap<Seq, Slip> = BTreeMap::new();
        for slip in accounts.into_iter().filter_map(|code| self.slips.get(code)).flatten() {
            let sum = by_seq.entry(slip.seq).or_insert(Slip { amount: Money::ZERO, ..*slip });
            sum.amount = sum.amount.plus(slip.amount);
        }
        by_seq.into_values().collect()
    }

    /// What one voucher moves on these accounts together, if it moves any of them.
    #[must_use]
    pub fn slip_of<'a>(
        &self,
        accounts: impl IntoIterator<Item = &'a AccountCode>,
        voucher: Seq,
    ) -> Option<Slip> {
        let of = |code| -> Option<&Slip> {
            let slips = self.slips.get(code)?;
            // They stand in the order of their records.
            slips.get(slips.binary_search_by_key(&voucher, |slip| slip.seq).ok()?)
        };
        let found = accounts.into_iter().filter_map(of);
        found.copied().reduce(|sum, slip| Slip { amount: sum.amount.plus(slip.amount), ..sum })
    }

    /// The last day that a voucher is of.
    #[must_use]
    pub fn last_day(&self) -> Option<Day> {
        self.slips.values().flatten().map(|slip| slip.day).max()
    }

    /// Every account of every fund that was ever posted to, in the order of fund and code.
    pub fn posted(&self) -> impl Iterator<Item = (&FundId, &AccountCode)> {
        self.turnover
            .iter()
            .flat_map(|(fund, accounts)| accounts.keys().map(move |account| (fund, account)))
    }

    /// All turnover, in the order of fund, code, month and kind.
    pub fn turnovers(&self) -> impl Iterator<Item = Posted<'_>> {
        self.turnover.iter().flat_map(|(fund, accounts)| {
            accounts.iter().flat_map(move |(account, posted)| {
                posted.months.iter().flat_map(move |(month, kinds)| {
                    let month = *month;
                    kinds.iter().map(move |(kind, turnover)| {
                        let (kind, turnover) = (*kind, *turnover);
                        Posted { fund, account, month, kind, turnover }
                    })
                })
            })
        })
    }

    /// The sum of all turnover that `wanted` says yes to.
    pub fn sum(&self, wanted: impl Fn(&FundId, &AccountCode, Month, Kind) -> bool) -> Turnover {
        self.turnovers()
            .filter(|posted| wanted(posted.fund, posted.account, posted.month, posted.kind))
            .fold(Turnover::default(), |sum, posted| sum.plus(posted.turnover))
    }

    /// Debit less credit of one account in one fund, of all that is recorded.
    #[must_use]
    pub fn balance(&self, fund: &FundId, account: &AccountCode) -> Money {
        let posted = self.turnover.get(fund).and_then(|accounts| accounts.get(account));
        posted.map_or(Money::ZERO, |posted| posted.total.balance())
    }

    /// The lowest that an account of one fund stands at the end of that month or of any later one,
    /// and the first month in which it does.
    #[must_use]
    pub fn lowest_from(
        &self,
        fund: &FundId,
        account: &AccountCode,
        first: Month,
    ) -> (Month, Money) {
        let posted = self.turnover.get(fund).and_then(|accounts| accounts.get(account));
        let (mut held, mut lowest) = (Money::ZERO, None);
        for (month, kinds) in posted.into_iter().flat_map(|posted| &posted.months) {
            // What stood at the end of `first`, where that month itself has nothing.
            if *month > first && lowest.is_none() {
                lowest = Some((first, held));
            }
            held = kinds.values().fold(held, |sum, turnover| sum.plus(turnover.balance()));
            if *month >= first && lowest.is_none_or(|(_, least)| held < least) {
                lowest = Some((*month, held));
            }
        }
        lowest.unwrap_or((first, held))
    }

    /// The accounts of one fund with what stands on them at the end of that month.
    pub fn balances_through<'a>(
        &'a self,
        fund: &FundId,
        last: Month,
    ) -> impl Iterator<Item = (&'a AccountCode, Money)> {
        let accounts = self.turnover.get(fund).into_iter().flatten();
        accounts.map(move |(account, posted)| {
            let kinds = posted.months.range(..=last).flat_map(|(_, kinds)| kinds.values());
            (account, kinds.fold(Turnover::default(), |sum, t| sum.plus(*t)).balance())
        })
    }
}
