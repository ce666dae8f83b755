//! 期末结转 Where a chart carries results and the parts of net funds at the end of a year. The
//! statutory chart has accounts for each step (财会〔2021〕7号, 321, 322, 331, 332); a chart that has
//! only an account for what is accumulated carries straight to it.

use super::{Chart, Class, Use};
use crate::ids::AccountCode;

/// Each pair: what is carried at the end of the year, and to what.
const YEAR_END: &[(Use, Use)] = &[
    (Use::RestrictedPrior, Use::RestrictedCarried),
    (Use::RestrictedMoved, Use::RestrictedCarried),
    (Use::RestrictedResult, Use::RestrictedCarried),
    (Use::SurplusPrior, Use::SurplusCarried),
    (Use::SurplusMoved, Use::SurplusCarried),
    (Use::SurplusResult, Use::SurplusCarried),
    (Use::SurplusFromRestricted, Use::SurplusCarried),
    (Use::FiscalPrior, Use::FiscalCarried),
    (Use::FiscalMoved, Use::FiscalCarried),
    (Use::FiscalResult, Use::FiscalCarried),
    (Use::FiscalSurplusPrior, Use::FiscalSurplusCarried),
    (Use::FiscalSurplusReturned, Use::FiscalSurplusCarried),
    (Use::FiscalSurplusMoved, Use::FiscalSurplusCarried),
    (Use::FiscalSurplusFromCarried, Use::FiscalSurplusCarried),
];

/// What only these carry into a new year: 资金结转结余.
const CARRIED: &[Use] =
    &[Use::RestrictedCarried, Use::SurplusCarried, Use::FiscalCarried, Use::FiscalSurplusCarried];

/// 资产基金 Each part of it, and the assets that are not money which it stands for, less what is taken
/// off them (财会〔2021〕7号, 301).
pub const ASSET_FUNDS: [(Use, &[Use]); 6] = [
    (Use::SuppliesFund, &[Use::Supplies]),
    (Use::InvestmentsFund, &[Use::Investments]),
    (Use::ConstructionFund, &[Use::Construction]),
    (Use::FixedAssetsFund, &[Use::FixedAssets, Use::Depreciation]),
    (Use::IntangiblesFund, &[Use::IntangibleAssets, Use::Amortisation]),
    (Use::PrepaidFund, &[Use::Prepaid]),
];

/// 资金性质 Where the result of a fund is carried at the end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// 非专项工会资金, to 322.
    General,
    /// 专项工会资金, to 321.
    Restricted,
    /// 财政拨款, to 331.
    Fiscal,
}

impl Chart {
    /// 财政拨款 → 33103, 专项 → 32103, 非专项 → 32203; dues, and what goes to and comes from the
    /// stabilisation fund, always → 32203 (财会〔2021〕7号, 321, 322, 331, 401, 411, 521). None where
    /// the chart carries no results at all.
    #[must_use]
    pub fn result_account(&self, account: &AccountCode, nature: Nature) -> Option<&AccountCode> {
        let always = [Use::Dues, Use::StabilisationDraw, Use::StabilisationProvision];
        let surplus = always.iter().any(|of| self.is_within(account, *of));
        let steps: &[Use] = match nature {
            Nature::Fiscal if !surplus => &[Use::FiscalResult, Use::FiscalCarried],
            Nature::Restricted if !surplus => &[Use::RestrictedResult, Use::RestrictedCarried],
            Nature::Fiscal | Nature::Restricted | Nature::General => &[],
        };
        // A chart that does not keep them apart accumulates them in one.
        let mut steps = steps.iter().chain(&[Use::SurplusResult, Use::SurplusCarried]);
        steps.find_map(|of| self.at(*of))
    }

    /// 32101–32103 → 32104 and 32201–32204 → 32205, and the same of 331 and 332: only these carry a
    /// balance into the new year. None where an account is not carried.
    #[must_use]
    pub fn year_end_account(&self, account: &AccountCode) -> Option<&AccountCode> {
        let (of, to) = YEAR_END.iter().find(|(of, _)| self.is_for(account, *of))?;
        let restricted =
            matches!(of, Use::RestrictedPrior | Use::RestrictedMoved | Use::RestrictedResult);
        // A chart that does not keep the two apart accumulates them in one.
        let else_to = restricted.then_some(Use::SurplusCarried);
        let carried = self.at(*to).or_else(|| self.at(else_to?));
        carried.filter(|carried| *carried != account)
    }

    /// Whether an account is one of 资金结转结余: under the first-level account of what is carried
    /// into a new year, and not of 资产基金.
    #[must_use]
    pub fn is_of_net_funds(&self, account: &AccountCode) -> bool {
        let steps = YEAR_END.iter().map(|(of, _)| of).chain(CARRIED);
        let is_under =
            |of: &Use| self.at(*of).is_some_and(|c| c.level_one() == account.level_one());
        let is_of_class = self.account(account).is_some_and(|a| a.class == Class::NetAsset);
        is_of_class && steps.into_iter().any(is_under) && !self.is_of_asset_fund(account)
    }

    /// Whether an account is of 资产基金: for one of its uses, or under a first-level account that
    /// is for nothing else.
    #[must_use]
    pub fn is_of_asset_fund(&self, account: &AccountCode) -> bool {
        let is_under =
            |of: &Use| self.at(*of).is_some_and(|c| c.level_one() == account.level_one());
        let mut steps = YEAR_END.iter().map(|(of, _)| of).chain(CARRIED);
        let mut funds = ASSET_FUNDS.iter().map(|(fund, _)| fund);
        let for_one = funds.clone().any(|of| self.is_within(account, *of));
        for_one || (funds.any(is_under) && !steps.any(is_under))
    }

    /// Whether an account is of the assets that stand against 资产基金.
    #[must_use]
    pub fn is_against_asset_fund(&self, account: &AccountCode) -> bool {
        ASSET_FUNDS.iter().flat_map(|(_, assets)| *assets).any(|of| self.is_within(account, *of))
    }

    /// Whether the chart is the statutory one, or one with more under the same first-level
    /// accounts: the statutory statements can be made of it.
    #[must_use]
    pub fn is_statutory(&self) -> bool {
        let needed = [Use::Cash, Use::Bank, Use::SurplusCarried];
        let as_prescribed = |of: &Use| {
            let prescribed = AccountCode::literal(of.statutory());
            self.at(*of).is_none_or(|own| own.level_one() == prescribed.level_one())
        };
        needed.iter().all(|of| self.at(*of).is_some()) && Use::ALL.iter().all(as_prescribed)
    }
}
