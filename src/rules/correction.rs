//! Corrections: an entry is reversed once, whole, and never erased.

use std::collections::BTreeMap;

use super::{Context, Refusal};
use crate::chart::{Class, Nature, Use};
use crate::event::correction::{
    CorrectPriorYear, Correction, PriorYearCorrected, Reversal, Reverse,
};
use crate::event::{Fact, Line, Side, Till};
use crate::ids::{AccountCode, FundId};
use crate::money::Money;

/// So that the record stays under 4,096 bytes, with the lines that are added.
const LINES_MAX: usize = 6;
use crate::projection::accounts::Kind;

pub(super) fn reverse(context: &Context<'_>, asked: &Reverse) -> Result<Vec<Fact>, Refusal> {
    let seq = asked.seq;
    let original = (context.look_up)(seq);
    let Some((original, voucher)) = original.and_then(|found| {
        let voucher = found.voucher.clone()?;
        Some((found, voucher))
    }) else {
        return Err(Refusal::NothingToReverse { seq });
    };
    // What the audit committee adjusted, the accountant cannot take back.
    if matches!(
        original.fact,
        Fact::EntryReversed(_) | Fact::CarryForwardRecorded(_) | Fact::AdjustmentRecorded(_)
    ) {
        return Err(Refusal::NotReversible { seq, kind: original.fact.kind().to_owned() });
    }
    if let Some(found) = context.state.periods.reversal_of(seq) {
        return Err(Refusal::ReversedAlready { seq, by: found.by });
    }
    let year = voucher.date.year();
    if context.state.periods.year_is_closed(year) {
        return Err(Refusal::YearOfVoucherClosed { seq, voucher: voucher.number, year });
    }
    if let Fact::DuesReceived(receipt) = &original.fact {
        super::dues::check_reversal(context, seq, receipt)?;
    }
    if let Fact::DuesRefunded(refund) = &original.fact {
        super::dues::check_refund_reversal(context, refund)?;
    }
    // Whatever was posted since rests on what the book began with.
    let posted = || context.state.accounts.turnovers().any(|t| t.kind != Kind::Opening);
    let closed = context.state.periods.closed_through().is_some();
    if matches!(original.fact, Fact::OpeningRecorded(_)) && (closed || posted()) {
        return Err(Refusal::NotReversible { seq, kind: original.fact.kind().to_owned() });
    }
    super::allocation::drawn_on(context, &original)?;
    if let Some(by) = super::cash::rests_on(context, seq, &original.fact) {
        return Err(Refusal::ReverseLaterFirst { seq, by });
    }
    if let Some(by) = context.state.bank.matching_of(seq) {
        return Err(Refusal::MatchedInStatement { seq, by });
    }
    if asked.date < voucher.date {
        return Err(Refusal::ReversedBeforeItself { date: asked.date, original: voucher.date });
    }
    super::asset::reversible(context, seq, &original.fact)?;
    super::supply::reversible(context, seq)?;
    super::stocktake::reversible(context, seq)?;
    super::investment::reversible(context, &original.fact)?;
    super::welfare::reversible(context, &original.fact)?;
    super::visit::reversible(context, seq, &original.fact)?;
    super::drive::reversible(context, seq)?;
    super::mutual::reversible(context, seq)?;
    Ok(vec![Fact::EntryReversed(Reversal {
        date: asked.date,
        reason: asked.reason.clone(),
        reverses: seq,
        reverses_voucher: voucher.number,
    })])
}

/// A reversed voucher is made again once, by a later one that stands.
pub(super) fn correct(context: &Context<'_>, asked: &Correction) -> Result<Vec<Fact>, Refusal> {
    let Correction { replaces, by } = *asked;
    let red = (context.look_up)(replaces);
    if !red.is_some_and(|red| matches!(red.fact, Fact::EntryReversed(_))) {
        return Err(Refusal::NotARedVoucher { seq: replaces });
    }
    let Some(blue) = (context.look_up)(by).filter(|blue| blue.voucher.is_some()) else {
        return Err(Refusal::NoVoucherThere { seq: by });
    };
    let written_by_rule = matches!(
        blue.fact,
        Fact::EntryReversed(_) | Fact::CarryForwardRecorded(_) | Fact::OpeningRecorded(_)
    );
    if by < replaces || written_by_rule {
        let kind = blue.fact.kind().to_owned();
        return Err(Refusal::CorrectsNothing { seq: by, kind, red: replaces });
    }
    if let Some(found) = context.state.periods.reversal_of(by) {
        return Err(Refusal::ReversedAlready { seq: by, by: found.by });
    }
    let linked = |c: &Correction| c.replaces == replaces || c.by == by;
    if let Some((seq, _)) = context.state.periods.corrections().find(|(_, c)| linked(c)) {
        return Err(Refusal::CorrectedAlready { seq: *seq, red: replaces, blue: by });
    }
    Ok(vec![Fact::EntryCorrected(asked.clone())])
}

/// A blue voucher of this year: what is owned and owed is said, and the difference of each fund goes to
/// its 年初余额调整.
pub(super) fn correct_prior_year(
    context: &Context<'_>,
    asked: &CorrectPriorYear,
) -> Result<Vec<Fact>, Refusal> {
    let CorrectPriorYear { date, of, mut lines, reason, basis } = asked.clone();
    let wrong = (context.look_up)(of).and_then(|found| found.voucher);
    let closed = wrong.filter(|v| context.state.periods.year_is_closed(v.date.year()));
    let Some(of_voucher) = closed.map(|voucher| voucher.number) else {
        return Err(Refusal::NotOfAClosedYear { seq: of });
    };
    if let Some(found) = context.state.periods.reversal_of(of) {
        return Err(Refusal::ReversedAlready { seq: of, by: found.by });
    }
    if lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    if lines.len() > LINES_MAX {
        let found = u32::try_from(lines.len()).unwrap_or(u32::MAX);
        return Err(Refusal::TooManyAtOnce { found, most: 6 });
    }
    for line in &lines {
        check_prior_line(context, line)?;
    }
    super::journal::assets_go_with_their_funds(context, &lines)?;
    let mut apart: BTreeMap<FundId, Money> = BTreeMap::new();
    for line in &lines {
        let sum = apart.entry(line.fund.clone()).or_default();
        *sum = sum.plus(line.side.balance());
    }
    for (fund, difference) in apart.into_iter().filter(|(_, difference)| !difference.is_zero()) {
        let account = prior_account(context, &fund)?;
        let amount = difference.abs();
        let side =
            if difference.is_positive() { Side::Credit(amount) } else { Side::Debit(amount) };
        lines.push(Line { account, fund, side });
    }
    Ok(vec![Fact::PriorYearCorrected(PriorYearCorrected {
        date,
        of,
        of_voucher,
        lines,
        reason,
        basis,
    })])
}

fn check_prior_line(context: &Context<'_>, line: &Line) -> Result<(), Refusal> {
    let account = line.account.clone();
    super::fund::known(context, &line.fund)?;
    let custodial = context.chart.is_for(&account, Use::Custodial);
    let allowed = match context.chart.account(&account).map(|found| found.class) {
        None => return Err(Refusal::AccountUnknown { account }),
        Some(Class::Asset | Class::Liability) => !custodial,
        Some(Class::NetAsset) => super::journal::is_asset_fund(context, &account),
        Some(Class::Income | Class::Expense) => false,
    };
    if !allowed {
        return Err(Refusal::PriorYearLine { account });
    }
    let credited = line.side.columns().1.is_some();
    let of_till = Till::ALL.into_iter().any(|till| super::money::lies_in(context, &account, till));
    if credited && of_till { Err(Refusal::PriorYearPaysOut { account }) } else { Ok(()) }
}

/// 年初余额调整 by what the fund is; a chart without it has what is accumulated.
fn prior_account(context: &Context<'_>, fund: &FundId) -> Result<AccountCode, Refusal> {
    let (prior, carried) = match context.state.funds.nature(fund) {
        Nature::General => (Use::SurplusPrior, Use::SurplusCarried),
        Nature::Restricted => (Use::RestrictedPrior, Use::RestrictedCarried),
        Nature::Fiscal => (Use::FiscalPrior, Use::FiscalCarried),
    };
    let found = context.chart.at(prior).or_else(|| context.chart.at(carried));
    found.cloned().ok_or_else(|| Refusal::NoAccountFor { of: prior.to_string() })
}
