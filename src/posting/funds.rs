//! Funds.

use super::{Draft, moved};
use crate::chart::Use;
use crate::event::fund::FundReleased;

/// 结余性质的结转 借 工会资金结转—累计结转, 贷 工会资金结余—结转转入 (财会〔2021〕7号, 321 (五), 322
/// (五)): the money goes with it, so that each fund balances in itself.
pub(super) fn released(f: &FundReleased) -> Vec<Draft> {
    let mut lines = moved(&f.from, Use::RestrictedCarried, Use::Bank, f.amount);
    lines.extend(moved(&f.to, Use::Bank, Use::SurplusFromRestricted, f.amount));
    lines
}
