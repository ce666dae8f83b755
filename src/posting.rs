//! Fact → balanced entries: the statutory table (财会〔2021〕7号, 第三部分), in one function.

use crate::chart::Chart;
use crate::event::disbursement::Acquisition;
use crate::event::income::SubsidyKind;
use crate::event::{Entry, Fact, Line, Side, Till, moves_no_money};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;

/// Why a fact cannot be posted by a chart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostingError {
    #[error("the chart has no account {0}")]
    Account(AccountCode),
    #[error("the voucher that is reversed was not given")]
    Original,
}

/// The accounts that the program itself posts to. A chart without them cannot carry its facts.
mod code {
    pub(super) const FIXED_ASSETS: &str = "162";
    pub(super) const SUPPLIES: &str = "141";
    pub(super) const DUE_TO_SUPERIOR: &str = "211";
    pub(super) const ASSET_FUND_SUPPLIES: &str = "30101";
    pub(super) const ASSET_FUND_FIXED: &str = "30104";
    pub(super) const RESTRICTED_MOVED: &str = "32102";
    pub(super) const SURPLUS_MOVED: &str = "32202";
    pub(super) const DUES: &str = "401";
    pub(super) const ALLOCATION: &str = "402";
    pub(super) const SUBSIDY_GENERAL: &str = "40301";
    pub(super) const SUBSIDY_EARMARKED: &str = "40302";
    pub(super) const SUBSIDY_ADMINISTRATION: &str = "405";
    pub(super) const OTHER_INCOME: &str = "408";
}

/// The entries of a fact, named by the chart; none where it moves no money. A reversal takes the
/// entries that it reverses.
pub fn entries(
    fact: &Fact,
    reversed: Option<&[Entry]>,
    chart: &Chart,
) -> Result<Vec<Entry>, PostingError> {
    if let Fact::EntryReversed(_) = fact {
        return Ok(red(reversed.ok_or(PostingError::Original)?));
    }
    let named = |line: Line| {
        let Line { account, fund, side } = line;
        match chart.account(&account) {
            Some(found) => Ok(Entry { account, name: found.zh.clone(), fund, side }),
            None => Err(PostingError::Account(account)),
        }
    };
    lines(fact).into_iter().map(named).collect()
}

/// The same entries with every amount negated on its own side: the red voucher 红字凭证.
#[must_use]
pub fn red(entries: &[Entry]) -> Vec<Entry> {
    entries.iter().map(|e| Entry { side: e.side.negated(), ..e.clone() }).collect()
}

/// The table. Each arm is one row of it.
#[allow(clippy::unnested_or_patterns, reason = "the pattern of a macro cannot be nested into")]
fn lines(fact: &Fact) -> Vec<Line> {
    match fact {
        // 收会费
        Fact::DuesReceived(f) => moved(&f.fund, f.into.code(), code::DUES, f.total()),
        // 收拨缴经费, 自主拨缴: the gross into the bank, the own share as income, the rest is owed up
        Fact::AllocationReceived(f) => {
            let shares = [(code::ALLOCATION, f.own), (code::DUE_TO_SUPERIOR, f.up)];
            // A share of nothing has no entry.
            let shares = shares.into_iter().filter(|(_, share)| !share.is_zero());
            std::iter::once(debit(Till::Bank.code(), &f.fund, f.amount))
                .chain(shares.map(|(account, share)| credit(account, &f.fund, share)))
                .collect()
        }
        // 上解
        Fact::RemittancePaid(f) => {
            moved(&f.fund, code::DUE_TO_SUPERIOR, Till::Bank.code(), f.amount)
        }
        // 上级补助, 行政补助
        Fact::SubsidyReceived(f) => {
            let income = match f.kind {
                SubsidyKind::SuperiorGeneral => code::SUBSIDY_GENERAL,
                SubsidyKind::SuperiorEarmarked => code::SUBSIDY_EARMARKED,
                SubsidyKind::Administration => code::SUBSIDY_ADMINISTRATION,
            };
            moved(&f.fund, Till::Bank.code(), income, f.amount)
        }
        // 捐款收入, 利息, 其他收入
        Fact::DonationReceived(f) => moved(&f.fund, f.into.code(), code::OTHER_INCOME, f.amount),
        Fact::InterestReceived(f) => {
            moved(&f.fund, Till::Bank.code(), code::OTHER_INCOME, f.amount)
        }
        Fact::OtherIncomeReceived(f) => moved(&f.fund, f.into.code(), code::OTHER_INCOME, f.amount),
        // 支出; what is acquired with it stands against 资产基金
        Fact::DisbursementPaid(f) => {
            let mut lines = moved(&f.fund, f.account.as_str(), f.from.code(), f.amount);
            let owned = match f.acquires {
                None => None,
                Some(Acquisition::FixedAsset) => Some((code::FIXED_ASSETS, code::ASSET_FUND_FIXED)),
                Some(Acquisition::Supplies) => Some((code::SUPPLIES, code::ASSET_FUND_SUPPLIES)),
            };
            if let Some((asset, fund_of_assets)) = owned {
                lines.extend(moved(&f.fund, asset, fund_of_assets, f.amount));
            }
            lines
        }
        // 划转: inside each fund by itself, through 单位内部调剂
        Fact::FundTransferred(f) => {
            let mut lines =
                moved(&f.from, moved_account(f.from_restricted), Till::Bank.code(), f.amount);
            lines.extend(moved(&f.to, Till::Bank.code(), moved_account(f.to_restricted), f.amount));
            lines
        }
        // 提现, 存现
        Fact::CashDrawn(f) => moved(&f.fund, Till::Cash.code(), Till::Bank.code(), f.amount),
        Fact::CashDeposited(f) => moved(&f.fund, Till::Bank.code(), Till::Cash.code(), f.amount),
        // Facts that say their own lines
        Fact::OpeningRecorded(f) => f.lines.clone(),
        Fact::CarryForwardRecorded(f) => f.lines.clone(),
        Fact::AdjustmentRecorded(f) => f.lines.clone(),
        // Facts that move no money; a reversal is the red voucher of another fact
        moves_no_money!() | Fact::EntryReversed(_) => Vec::new(),
    }
}

fn moved_account(restricted: bool) -> &'static str {
    if restricted { code::RESTRICTED_MOVED } else { code::SURPLUS_MOVED }
}

/// One amount from the credited to the debited account, inside one fund.
fn moved(fund: &FundId, debited: &str, credited: &str, amount: Money) -> Vec<Line> {
    vec![debit(debited, fund, amount), credit(credited, fund, amount)]
}

fn debit(account: &str, fund: &FundId, amount: Money) -> Line {
    line(account, fund, Side::Debit(amount))
}

fn credit(account: &str, fund: &FundId, amount: Money) -> Line {
    line(account, fund, Side::Credit(amount))
}

fn line(account: &str, fund: &FundId, side: Side) -> Line {
    Line { account: AccountCode::literal(account), fund: fund.clone(), side }
}
