//! The general voucher 转账凭证: no money moves by it, and assets move with the funds that stand for them.

use super::{Context, Refusal};
use crate::chart::Use;
use crate::event::spending::Journal;
use crate::event::{Fact, Line, Till};
use crate::ids::AccountCode;
use crate::money::Money;

/// So that the record stays under 4,096 bytes.
const LINES_MAX: usize = 10;

/// Money, and income that has facts of its own.
const NOT_BY_VOUCHER: [Use; 6] = [
    Use::Custodial,
    Use::Dues,
    Use::Allocation,
    Use::SubsidyGeneral,
    Use::SubsidyEarmarked,
    Use::SubsidyAdministration,
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

pub(super) fn record(context: &Context<'_>, journal: &Journal) -> Result<Vec<Fact>, Refusal> {
    let lines = &journal.lines;
    if lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    if lines.len() > LINES_MAX {
        let found = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        return Err(Refusal::TooManyAtOnce { found, most: 10 });
    }
    let elsewhere = |account: &AccountCode| {
        let is = |of: Use| context.chart.is_for(account, of);
        let till = Till::ALL.into_iter().any(|till| super::money::lies_in(context, account, till));
        till || NOT_BY_VOUCHER.into_iter().any(is)
    };
    if let Some(line) = lines.iter().find(|line| elsewhere(&line.account)) {
        return Err(Refusal::NotByJournal { account: line.account.clone() });
    }
    assets_go_with_their_funds(context, lines)?;
    Ok(vec![Fact::JournalRecorded(journal.clone())])
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

/// Debit less credit of what is for these uses.
fn sum(context: &Context<'_>, lines: &[Line], uses: &[Use]) -> Money {
    let is = |line: &&Line| uses.iter().any(|of| context.chart.is_for(&line.account, *of));
    Money::sum(lines.iter().filter(is).map(|line| line.side.balance()))
}
