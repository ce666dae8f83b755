//! 财政拨款 Which money of a union is a government's appropriation.
//!
//! The law wants every account of it kept apart by a sub-account 财政拨款 or 国有资产 (财会〔2021〕7号,
//! 总说明二). A book says the same by its funds: each entry names one, assets too. So a fund is fiscal
//! that is marked as such; and, in books that were kept before funds were marked, one where 财政拨款收入
//! 40401 was ever posted, or 财政拨款结转 331 or 财政拨款结余 332. All that it spends is fiscal spending,
//! and all that it owns is state property. A union therefore keeps each appropriation in a fund of its
//! own, and nothing else in it.

use std::collections::BTreeSet;

use super::books::Books;
use crate::chart::Nature;
use crate::event::book::Level;
use crate::ids::FundId;

pub(super) fn funds(books: Books<'_>) -> BTreeSet<&FundId> {
    let marked = books.state.funds.funds().map(|fund| &fund.fund);
    let marked = marked.filter(|fund| books.state.funds.nature(fund) == Nature::Fiscal);
    let posted = books.state.accounts.posted();
    let fiscal = posted.filter(|(_, account)| {
        account.as_str() == "40401" || matches!(account.level_one(), "331" | "332")
    });
    marked.chain(fiscal.map(|(fund, _)| fund)).collect()
}

/// Whether the law wants the three supplements of this union: of 县级以上工会 alone (第四部分).
pub(super) fn is_of_a_county(books: Books<'_>) -> bool {
    books.state.offices.ledger().is_some_and(|ledger| ledger.level == Level::County)
}
