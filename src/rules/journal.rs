//! The general voucher 转账凭证: no money moves by it, and assets move with the funds that stand for them.

use super::{Context, Refusal};
use crate::chart::{Class, Nature, Use};
use crate::event::spending::Journal;
use crate::event::{Fact, Line};
use crate::ids::AccountCode;
use crate::money::Money;

/// So that the record stays under 4,096 bytes.
const LINES_MAX: usize = 10;

/// What no register of its own explains, beside spending; and the assets with what stands for them.
/// Money, income, and what is due to and from others have facts of their own: whoever could write them
/// here could pay any sum by them afterwards, which nobody requested and nobody approved.
const BY_VOUCHER: [Use; 8] = [
    Use::Suspense,
    Use::SalariesOwed,
    Use::StabilisationProvision,
    Use::StabilisationDraw,
    Use::RestrictedPrior,
    Use::SurplusPrior,
    Use::FiscalPrior,
    Use::FiscalSurplusPrior,
];

/// 资产基金 (301): each with the assets that it stands for.
const ASSETS: [(Use, &[Use]); 6] = [
    (Use::SuppliesFund, &[Use::Supplies]),
    (Use::InvestmentsFund, &[Use::Investments]),
    (Use::ConstructionFund, &[Use::Construction]),
    (Use::FixedAssetsFund, &[Use::FixedAssets, Use::Depreciation]),
    (Use::IntangiblesFund, &[Use::IntangibleAssets, Use::Amortisation]),
    (Use::PrepaidFund, &[Use::Prepaid]),
];

/// 结转结余 by what the fund is. A voucher writes 年初余额调整 alone, an adjustment of the audit any of them.
const OF_KIND: [(Nature, &[Use]); 3] = [
    (
        Nature::General,
        &[
            Use::SurplusPrior,
            Use::SurplusMoved,
            Use::SurplusResult,
            Use::SurplusFromRestricted,
            Use::SurplusCarried,
        ],
    ),
    (
        Nature::Restricted,
        &[
            Use::RestrictedPrior,
            Use::RestrictedMoved,
            Use::RestrictedResult,
            Use::RestrictedCarried,
        ],
    ),
    (
        Nature::Fiscal,
        &[
            Use::FiscalPrior,
            Use::FiscalMoved,
            Use::FiscalResult,
            Use::FiscalCarried,
            Use::FiscalSurplusPrior,
            Use::FiscalSurplusReturned,
            Use::FiscalSurplusMoved,
            Use::FiscalSurplusFromCarried,
            Use::FiscalSurplusCarried,
        ],
    ),
];

pub(super) fn record(context: &Context<'_>, journal: &Journal) -> Result<Vec<Fact>, Refusal> {
    let lines = &journal.lines;
    if lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    if lines.len() > LINES_MAX {
        let found = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        return Err(Refusal::TooManyAtOnce { found, most: 10 });
    }
    if let Some(line) = lines.iter().find(|line| !by_voucher(context, &line.account)) {
        return Err(Refusal::NotByJournal { account: line.account.clone() });
    }
    for line in lines {
        super::fund::open(context, &line.fund)?;
        of_its_fund(context, line)?;
    }
    assets_go_with_their_funds(context, lines)?;
    Ok(vec![Fact::JournalRecorded(journal.clone())])
}

/// 321 has what restricted funds carry, 322 what the others do, and 331 and 332 the treasury's money: a
/// line does not put one into the other (财会〔2021〕7号, 321, 322, 331, 332).
pub(super) fn of_its_fund(context: &Context<'_>, line: &Line) -> Result<(), Refusal> {
    let is = |of: &Use| context.chart.is_for(&line.account, *of);
    let nature = context.state.funds.nature(&line.fund);
    let allowed = |(of, _): &&(Nature, &[Use])| *of == nature;
    let own = OF_KIND.iter().filter(allowed).flat_map(|(_, uses)| *uses).any(is);
    let some = OF_KIND.iter().flat_map(|(_, uses)| *uses).any(is);
    if some && !own {
        let (account, fund) = (line.account.clone(), line.fund.clone());
        return Err(Refusal::NetFundOfOtherKind { account, fund });
    }
    Ok(())
}

/// Whether it is an account of 资产基金.
pub(super) fn is_asset_fund(context: &Context<'_>, account: &AccountCode) -> bool {
    ASSETS.iter().any(|(fund, _)| context.chart.is_for(account, *fund))
}

/// What is owned and what stands for it change alike.
pub(super) fn assets_go_with_their_funds(
    context: &Context<'_>,
    lines: &[Line],
) -> Result<(), Refusal> {
    spending_stays(context, lines)?;
    for (fund, assets) in ASSETS {
        let stands = sum(context, lines, &[fund]).negated();
        let owned = sum(context, lines, assets);
        if stands != owned
            && let Some(account) = context.chart.at(fund)
        {
            return Err(Refusal::AssetsApart { account: account.clone(), owned, stands });
        }
    }
    Ok(())
}

/// An account that the chart does not have is refused as such when the voucher is posted.
fn by_voucher(context: &Context<'_>, account: &AccountCode) -> bool {
    let is = |of: Use| context.chart.is_for(account, of);
    let asset = ASSETS.iter().any(|(fund, assets)| is(*fund) || assets.iter().any(|of| is(*of)));
    match context.chart.account(account).map(|found| found.class) {
        None | Some(Class::Expense) => true,
        // A fund that the program never posts to, such as 预算稳定调节基金
        Some(Class::NetAsset) if !Use::ALL.iter().any(|of| is(*of)) => true,
        Some(Class::Asset | Class::Liability | Class::NetAsset | Class::Income) => {
            asset || BY_VOUCHER.into_iter().any(is)
        }
    }
}

/// What was spent is taken off one account only to stand on another: else the budget and the limits of
/// a fund would be held against less than was spent.
fn spending_stays(context: &Context<'_>, lines: &[Line]) -> Result<(), Refusal> {
    let spends = |line: &&Line| {
        context.chart.account(&line.account).map(|found| found.class) == Some(Class::Expense)
    };
    let credited = lines.iter().filter(spends).find(|line| line.side.columns().1.is_some());
    let other = lines.iter().find(|line| !spends(line));
    match (credited, other) {
        (Some(line), Some(other)) => {
            let (account, against) = (line.account.clone(), other.account.clone());
            Err(Refusal::SpendingTakenOff { account, against })
        }
        (Some(_) | None, None) | (None, Some(_)) => Ok(()),
    }
}

/// Debit less credit of what is for these uses.
fn sum(context: &Context<'_>, lines: &[Line], uses: &[Use]) -> Money {
    let is = |line: &&Line| uses.iter().any(|of| context.chart.is_for(&line.account, *of));
    Money::sum(lines.iter().filter(is).map(|line| line.side.balance()))
}
