//! Assets, supplies, stocktakes and investments: each stands against its part of 资产基金.

use super::{Draft, Place, credit, debit, moved};
use crate::chart::Use;
use crate::event::Side;
use crate::event::asset::{AssetReceived, Depreciated, Disposed, HowReceived};
use crate::event::disbursement::Acquisition;
use crate::event::investment::{Acquired, Recovered};
use crate::event::stocktake::{Cleared, Difference, DifferenceRecorded, DifferenceResolved};
use crate::event::supply::{SuppliesIssued, SuppliesReceived};
use crate::ids::FundId;
use crate::money::Money;

/// The account of what is owned, and its part of 资产基金.
pub(super) fn held(class: Acquisition) -> (Use, Use) {
    match class {
        Acquisition::Supplies => (Use::Supplies, Use::SuppliesFund),
        Acquisition::Construction => (Use::Construction, Use::ConstructionFund),
        Acquisition::FixedAsset => (Use::FixedAssets, Use::FixedAssetsFund),
        Acquisition::IntangibleAsset => (Use::IntangibleAssets, Use::IntangiblesFund),
        Acquisition::Prepaid => (Use::Prepaid, Use::PrepaidFund),
    }
}

/// Where wear is credited. 长期待摊费用 has no account for it: it is taken off the amount itself.
fn worn_at(class: Acquisition) -> Use {
    match class {
        Acquisition::FixedAsset => Use::Depreciation,
        Acquisition::IntangibleAsset => Use::Amortisation,
        Acquisition::Supplies | Acquisition::Construction | Acquisition::Prepaid => held(class).0,
    }
}

/// 接受捐赠、无偿调入; 在建工程完工 moves its part of 资产基金 as well.
pub(super) fn received(f: &AssetReceived) -> Vec<Draft> {
    let (asset, of_assets) = held(f.class.class());
    let mut lines = moved(&f.fund, asset, of_assets, f.amount);
    match f.how {
        HowReceived::Donated | HowReceived::TransferredIn => {}
        HowReceived::Built => {
            lines.extend(moved(&f.fund, Use::ConstructionFund, Use::Construction, f.amount));
        }
    }
    lines
}

/// 按月计提折旧、摊销; it touches no spending.
pub(super) fn depreciated(f: &Depreciated) -> Vec<Draft> {
    moved(&f.fund, held(f.class).1, worn_at(f.class), f.total())
}

/// 出售、捐赠、调出 against 资产基金 at once; 报废、毁损 through 182 until they are approved.
pub(super) fn disposed(f: &Disposed) -> Vec<Draft> {
    let against = if f.how.waits() { Use::Suspense } else { held(f.class).1 };
    let mut lines = taken_off(&f.fund, f.class, against, f.cost, f.worn);
    if let Some(sale) = f.sold {
        lines.extend(moved(&f.fund, sale.into, Use::OtherIncome, sale.proceeds));
    }
    lines
}

/// An asset leaves its accounts: its cost, less its wear, is debited where it goes.
fn taken_off(
    fund: &FundId,
    class: Acquisition,
    against: Use,
    cost: Money,
    worn: Money,
) -> Vec<Draft> {
    let net = cost.minus(worn);
    let lines = match class {
        // What was taken off the amount itself is gone from it already.
        Acquisition::Prepaid => moved(fund, against, Use::Prepaid, net),
        Acquisition::FixedAsset
        | Acquisition::IntangibleAsset
        | Acquisition::Construction
        | Acquisition::Supplies => vec![
            debit(against, fund, net),
            debit(worn_at(class), fund, worn),
            credit(held(class).0, fund, cost),
        ],
    };
    without_nothing(lines)
}

/// An entry of nothing is no entry: an asset that is worn off has no net value.
fn without_nothing(mut lines: Vec<Draft>) -> Vec<Draft> {
    lines.retain(|line| !line.side.balance().is_zero());
    lines
}

/// 接受捐赠、调入库存物品
pub(super) fn supplies_received(f: &SuppliesReceived) -> Vec<Draft> {
    moved(&f.fund, Use::Supplies, Use::SuppliesFund, f.amount)
}

/// 领用、发出
pub(super) fn supplies_issued(f: &SuppliesIssued) -> Vec<Draft> {
    moved(&f.fund, Use::SuppliesFund, Use::Supplies, f.amount)
}

/// 盘盈、盘亏转入待处理财产损溢
pub(super) fn difference(f: &DifferenceRecorded) -> Vec<Draft> {
    match &f.difference {
        Difference::AssetShort { class, cost, worn, .. } => {
            taken_off(&f.fund, *class, Use::Suspense, *cost, *worn)
        }
        Difference::AssetFound { class, amount, .. } => {
            moved(&f.fund, held(class.class()).0, Use::Suspense, *amount)
        }
        Difference::SuppliesShort { amount, .. } => {
            moved(&f.fund, Use::Suspense, Use::Supplies, *amount)
        }
        Difference::SuppliesOver { amount, .. } => {
            moved(&f.fund, Use::Supplies, Use::Suspense, *amount)
        }
    }
}

/// 报经批准处理: first its value (待处理财产价值), then what came in for it, less its costs (处理净收入).
pub(super) fn resolved(f: &DifferenceResolved) -> Vec<Draft> {
    let of_assets = held(f.class).1;
    let mut lines = if f.short {
        moved(&f.fund, of_assets, Use::Suspense, f.amount)
    } else {
        moved(&f.fund, Use::Suspense, of_assets, f.amount)
    };
    if let Some(Cleared { proceeds, costs, into }) = f.cleared {
        lines.extend(moved(&f.fund, into, Use::Suspense, proceeds));
        lines.extend(moved(&f.fund, Use::Suspense, into, costs));
        lines.extend(moved(&f.fund, Use::Suspense, Use::OtherIncome, proceeds.minus(costs)));
    }
    without_nothing(lines)
}

/// 以货币资金对外投资: out of 累计结余, and against 资产基金—投资.
pub(super) fn invested(f: &Acquired) -> Vec<Draft> {
    let mut lines = moved(&f.fund, Use::SurplusCarried, f.from, f.amount);
    lines.extend(moved(&f.fund, Use::Investments, Use::InvestmentsFund, f.amount));
    lines
}

/// 收回投资; without principal, 收到利息、股利.
pub(super) fn recovered(f: &Recovered) -> Vec<Draft> {
    let gain = f.received.minus(f.principal);
    let side = if gain.is_negative() { Side::Debit(gain.negated()) } else { Side::Credit(gain) };
    let place = Place::For(Use::InvestmentIncome);
    let difference = Draft { place, fund: f.fund.clone(), side };
    let mut lines = vec![
        debit(f.into, &f.fund, f.received),
        credit(Use::SurplusCarried, &f.fund, f.principal),
        difference,
    ];
    lines.extend(moved(&f.fund, Use::InvestmentsFund, Use::Investments, f.principal));
    without_nothing(lines)
}
