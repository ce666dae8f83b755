//! Fact → balanced entries: the statutory table (财会〔2021〕7号, 第三部分), in one function.

mod funds;

mod assets;

mod allocation;

mod money;

use crate::chart::{Chart, Use};
use crate::event::income::SubsidyKind;
use crate::event::{Entry, Fact, Line, Side, Till, moves_no_money};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;

/// Why a fact cannot be posted by a chart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PostingError {
    #[error("the chart has no account {0}")]
    Account(AccountCode),
    #[error("the chart names no account for {0}")]
    Use(Use),
    #[error("the voucher that is reversed was not given")]
    Original,
}

/// Where a line is posted: to the chart's account for a use, or to an account that the fact names.
enum Place {
    For(Use),
    At(AccountCode),
}

impl From<Use> for Place {
    fn from(of: Use) -> Place {
        Place::For(of)
    }
}

impl From<Till> for Place {
    fn from(till: Till) -> Place {
        Place::For(till.of())
    }
}

impl From<&AccountCode> for Place {
    fn from(code: &AccountCode) -> Place {
        Place::At(code.clone())
    }
}

/// A line before the chart has said which account it is.
struct Draft {
    place: Place,
    fund: FundId,
    side: Side,
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
    let named = |Draft { place, fund, side }: Draft| {
        let account = match place {
            Place::At(code) => code,
            Place::For(of) => chart.at(of).ok_or(PostingError::Use(of))?.clone(),
        };
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
fn lines(fact: &Fact) -> Vec<Draft> {
    match fact {
        // 收会费
        Fact::DuesReceived(f) => moved(&f.fund, f.into, Use::Dues, f.total()),
        // 退会费
        Fact::DuesRefunded(f) => moved(&f.fund, Use::Dues, f.from, f.total()),
        // 收拨缴经费, 自主拨缴: the gross into the bank, the own share as income, the rest is owed up
        Fact::AllocationReceived(f) => {
            let shares = [(Use::Allocation, f.own), (Use::OwedUp, f.up)];
            // A share of nothing has no entry.
            let shares = shares.into_iter().filter(|(_, share)| !share.is_zero());
            std::iter::once(debit(Use::Bank, &f.fund, f.amount))
                .chain(shares.map(|(account, share)| credit(account, &f.fund, share)))
                .collect()
        }
        // 上解
        Fact::RemittancePaid(f) => moved(&f.fund, Use::OwedUp, Use::Bank, f.amount),
        // 税务代收, 财政划拨, 上级转拨, 下级上缴; 建会筹备金; 拨付下级; 年末应收应付上下级经费
        Fact::AllocationCollected(f) => allocation::collected(f),
        Fact::PreparationFundReceived(f) => moved(&f.fund, Use::Bank, Use::Payable, f.amount),
        Fact::PreparationFundSettled(f) => allocation::preparation_settled(f),
        Fact::PassdownPaid(f) => allocation::passed_down(f),
        Fact::AccrualRecorded(f) => allocation::accrued(f),
        Fact::AccrualSettled(f) => allocation::accrual_settled(f),
        // 上级补助, 行政补助
        Fact::SubsidyReceived(f) => {
            let income = match f.kind {
                SubsidyKind::SuperiorGeneral => Use::SubsidyGeneral,
                SubsidyKind::SuperiorEarmarked => Use::SubsidyEarmarked,
                SubsidyKind::Administration => Use::SubsidyAdministration,
            };
            moved(&f.fund, Use::Bank, income, f.amount)
        }
        // 捐款收入, 利息, 其他收入
        Fact::DonationReceived(f) => moved(&f.fund, f.into, Use::OtherIncome, f.amount),
        Fact::InterestReceived(f) => moved(&f.fund, Use::Bank, Use::Interest, f.amount),
        Fact::OtherIncomeReceived(f) => moved(&f.fund, f.into, Use::OtherIncome, f.amount),
        // 其他各项收入, 暂存款, 收回的应收款
        Fact::IncomeReceived(f) => moved(&f.fund, f.into, &f.account, f.amount),
        // 支出; what is acquired with it stands against 资产基金
        Fact::DisbursementPaid(f) => {
            let mut lines = moved(&f.fund, &f.account, f.from, f.amount);
            if let Some((asset, fund_of_assets)) = f.acquires.map(assets::held) {
                lines.extend(moved(&f.fund, asset, fund_of_assets, f.amount));
            }
            lines
        }
        // 退回未领款: what was spent on it is spent no longer
        Fact::BenefitRemainderReturned(f) => {
            let till = if f.custodial { f.into.custodial() } else { f.into.of() };
            moved(&f.fund, till, &f.account, f.amount)
        }
        // 划转: inside each fund by itself, through 单位内部调剂
        Fact::FundTransferred(f) => {
            let mut lines = moved(&f.from, moved_account(f.from_restricted), Use::Bank, f.amount);
            lines.extend(moved(&f.to, Use::Bank, moved_account(f.to_restricted), f.amount));
            lines
        }
        // 结余性质的结转
        Fact::FundReleased(f) => funds::released(f),
        // 借款报销
        Fact::AdvanceSettled(f) => money::settled(f),
        // 资产与物品 Assets and supplies
        Fact::AssetReceived(f) => assets::received(f),
        Fact::AssetDepreciated(f) => assets::depreciated(f),
        Fact::AssetDisposed(f) => assets::disposed(f),
        Fact::SuppliesReceived(f) => assets::supplies_received(f),
        Fact::SuppliesIssued(f) => assets::supplies_issued(f),
        Fact::StocktakeDifferenceRecorded(f) => assets::difference(f),
        Fact::StocktakeDifferenceResolved(f) => assets::resolved(f),
        Fact::InvestmentAcquired(f) => assets::invested(f),
        Fact::InvestmentRecovered(f) => assets::recovered(f),
        // 提现, 存现
        Fact::CashDrawn(f) => moved(&f.fund, Use::Cash, Use::Bank, f.amount),
        Fact::CashDeposited(f) => moved(&f.fund, Use::Bank, Use::Cash, f.amount),
        // 现金长短款
        Fact::CashDifferenceRecorded(f) => money::difference(f),
        Fact::CashDifferenceResolved(f) => money::resolved(f),
        // 代管 in, out
        Fact::CustodialReceived(f) => {
            moved(&f.project, f.into.custodial(), Use::Custodial, f.amount)
        }
        Fact::CustodialPaid(f) => moved(&f.project, Use::Custodial, f.from.custodial(), f.amount),
        // Facts that say their own lines
        Fact::OpeningRecorded(f) => said(&f.lines),
        Fact::CarryForwardRecorded(f) => said(&f.lines),
        Fact::AdjustmentRecorded(f) => said(&f.lines),
        Fact::JournalRecorded(f) => said(&f.lines),
        // 以前年度更正
        Fact::PriorYearCorrected(f) => said(&f.lines),
        // Facts that move no money; a reversal is the red voucher of another fact
        moves_no_money!() | Fact::EntryReversed(_) => Vec::new(),
    }
}

fn moved_account(restricted: bool) -> Use {
    if restricted { Use::RestrictedMoved } else { Use::SurplusMoved }
}

/// One amount from the credited to the debited account, inside one fund.
fn moved(
    fund: &FundId,
    debited: impl Into<Place>,
    credited: impl Into<Place>,
    amount: Money,
) -> Vec<Draft> {
    vec![debit(debited, fund, amount), credit(credited, fund, amount)]
}

fn debit(place: impl Into<Place>, fund: &FundId, amount: Money) -> Draft {
    Draft { place: place.into(), fund: fund.clone(), side: Side::Debit(amount) }
}

fn credit(place: impl Into<Place>, fund: &FundId, amount: Money) -> Draft {
    Draft { place: place.into(), fund: fund.clone(), side: Side::Credit(amount) }
}

/// The lines that a fact says itself.
fn said(lines: &[Line]) -> Vec<Draft> {
    let draft = |Line { account, fund, side }: &Line| Draft {
        place: account.into(),
        fund: fund.clone(),
        side: *side,
    };
    lines.iter().map(draft).collect()
}
