//! Advances 借款: paid as every disbursement is, and settled by bills and by what comes back.

use super::{Context, Refusal};
use crate::chart::{Chart, Use};
use crate::date::Day;
use crate::event::Fact;
use crate::event::disbursement::Payee;
use crate::event::spending::{AdvanceOpened, AdvanceSettled, Spent};
use crate::ids::{DisbursementId, FundId, Seq};
use crate::money::Money;
use crate::projection::State;
use crate::projection::disbursements::Standing;

/// More bills become several records of one command, so that each stays under 4,096 bytes.
const BILLS_MAX: usize = 3;
/// 逾期三年以上 (财会〔2021〕7号, 135): after so many years what cannot be had back is written off.
const WRITTEN_OFF_AFTER_YEARS: i32 = 3;

/// An advance of an old book: a part of what its opening balances brought in, and never more.
pub(super) fn open(context: &Context<'_>, new: &AdvanceOpened) -> Result<Vec<Fact>, Refusal> {
    let AdvanceOpened { advance, date, from, fund, who, amount, since, purpose: _ } = new.clone();
    super::disbursement::is_new(context, &advance)?;
    super::disbursement::known_payee(context, &who.payee())?;
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount });
    }
    let of_opening = brought(context, from, &fund, Use::Receivable)?;
    let brought = of_opening.map_or(Money::ZERO, |(_, brought)| brought);
    let of_record = context.state.spending.all_opened();
    let of_record = of_record.filter(|opened| opened.from == from && opened.fund == fund);
    let opened = Money::sum(of_record.map(|opened| opened.amount));
    if opened.plus(amount) > brought {
        let asked = amount;
        return Err(Refusal::AdvancesAboveOpening { from, fund, brought, opened, asked });
    }
    match of_opening {
        Some((brought, _)) if since > brought || date < brought => {
            Err(Refusal::AdvanceNotOfOpening { since, date, brought })
        }
        Some(_) | None => Ok(vec![Fact::AdvanceOpened(new.clone())]),
    }
}

/// The day of a record of opening balances, and what it brought in for a fund; none of another record.
pub(super) fn brought(
    context: &Context<'_>,
    from: Seq,
    fund: &FundId,
    of: Use,
) -> Result<Option<(Day, Money)>, Refusal> {
    let Some(Fact::OpeningRecorded(opening)) = (context.look_up)(from).map(|found| found.fact)
    else {
        return Ok(None);
    };
    if let Some(found) = context.state.periods.reversal_of(from) {
        return Err(Refusal::ReversedAlready { seq: from, by: found.by });
    }
    let lines = opening.lines.iter();
    let lines = lines.filter(|l| l.fund == *fund && context.chart.is_for(&l.account, of));
    Ok(Some((opening.date, Money::sum(lines.map(|line| line.side.balance())))))
}

/// What was settled of this record of opening balances: an advance, or what another union owed.
pub(super) fn settled_of(context: &Context<'_>, opening: Seq) -> Option<Seq> {
    let spending = &context.state.spending;
    let of_opening = |advance| spending.opened(advance).is_some_and(|o| o.from == opening);
    let advances = spending.settlements();
    let advances = advances.filter(|(_, s)| of_opening(&s.settled.disbursement)).map(|(by, _)| by);
    let accruals = context.state.allocation.accrual_settlements();
    let accruals = accruals.filter(|(_, settled)| settled.accrual == opening).map(|(by, _)| by);
    advances.chain(accruals).min().copied()
}

pub(super) fn settle(context: &Context<'_>, asked: &AdvanceSettled) -> Result<Vec<Fact>, Refusal> {
    let found = advance(context, &asked.disbursement)?;
    let AdvanceSettled { date, disbursement, spent, returned, .. } = asked;
    if *date < found.from {
        return Err(Refusal::BeforeItsRequest { date: *date, requested: found.from });
    }
    if super::disbursement::is_payee(context, context.by, &found.payee) {
        return Err(Refusal::SettlerIsPayee { officer: context.by.clone() });
    }
    if asked.fund != found.fund {
        return Err(Refusal::FundUnknown { fund: asked.fund.clone() });
    }
    if returned.is_negative() || asked.total().is_zero() {
        return Err(Refusal::AmountNotPositive { amount: *returned });
    }
    for bill in spent {
        if !bill.amount.is_positive() {
            return Err(Refusal::AmountNotPositive { amount: bill.amount });
        }
        check_bill(context, disbursement, bill, *date, found.paid)?;
    }
    let settled = context.state.spending.settled(disbursement);
    let (outstanding, asked_for) = (found.amount.minus(settled), asked.total());
    if asked_for > outstanding {
        let (disbursement, over) = (disbursement.clone(), asked_for.minus(outstanding));
        return Err(Refusal::AdvanceTooSmall { disbursement, outstanding, asked: asked_for, over });
    }
    Ok(parts(asked).into_iter().map(Fact::AdvanceSettled).collect())
}

/// The bills in parts; what came back stands in the last.
fn parts(asked: &AdvanceSettled) -> Vec<AdvanceSettled> {
    let part = |spent: &[Spent], returned: Money| AdvanceSettled {
        spent: spent.to_vec(),
        returned,
        ..asked.clone()
    };
    let mut parts: Vec<AdvanceSettled> =
        asked.spent.chunks(BILLS_MAX).map(|bills| part(bills, Money::ZERO)).collect();
    match parts.last_mut() {
        Some(last) => last.returned = asked.returned,
        None => parts.push(part(&[], asked.returned)),
    }
    parts
}

/// An expenditure; or, after years, a claim that nobody will pay and that pends to be written off.
fn check_bill(
    context: &Context<'_>,
    disbursement: &DisbursementId,
    bill: &Spent,
    date: Day,
    paid: Day,
) -> Result<(), Refusal> {
    if context.chart.is_for(&bill.account, Use::Suspense) {
        let from = paid.plus_years(WRITTEN_OFF_AFTER_YEARS);
        if date < from {
            return Err(Refusal::WriteOffTooEarly {
                disbursement: disbursement.clone(),
                paid,
                from,
            });
        }
        return Ok(());
    }
    super::disbursement::is_paid_out(context, &bill.account)?;
    super::analysis::required(context, &bill.account, bill.analysis.as_ref(), date)
}

/// An advance that was paid, by this book or by the one before it.
struct Advanced {
    fund: FundId,
    payee: Payee,
    amount: Money,
    paid: Day,
    /// The first day on which this book can settle it.
    from: Day,
}

fn advance(context: &Context<'_>, id: &DisbursementId) -> Result<Advanced, Refusal> {
    if let Some(opened) = context.state.spending.opened(id) {
        let AdvanceOpened { date, fund, who, amount, since, .. } = opened.clone();
        return Ok(Advanced { fund, payee: who.payee(), amount, paid: since, from: date });
    }
    let disbursement = id.clone();
    let found = super::disbursement::known(context, id)?;
    match &found.standing {
        Standing::Paid { on, .. }
            if context.chart.is_for(&found.request.account, Use::Receivable) =>
        {
            let (fund, payee) = (found.request.fund.clone(), found.request.payee.clone());
            Ok(Advanced { fund, payee, amount: found.request.amount, paid: *on, from: *on })
        }
        Standing::Open
        | Standing::Refused { .. }
        | Standing::Accrued { .. }
        | Standing::Paid { .. }
        | Standing::Cancelled { .. } => Err(Refusal::NotAnAdvance { disbursement }),
    }
}

/// 借款 An advance that this book paid or an old one handed over, as it stands on a day.
pub(crate) struct StandingAdvance<'a> {
    pub(crate) id: &'a DisbursementId,
    pub(crate) fund: &'a FundId,
    pub(crate) payee: Option<Payee>,
    pub(crate) paid: Day,
    pub(crate) amount: Money,
    pub(crate) settled: Money,
}

impl StandingAdvance<'_> {
    pub(crate) fn outstanding(&self) -> Money {
        self.amount.minus(self.settled)
    }
}

/// Every advance that was made by that day, those of an old book first; without a day, all of them.
/// The report of advances and the closing check are of the same ones.
pub(crate) fn standing<'a>(
    state: &'a State,
    chart: &Chart,
    day: Option<Day>,
) -> Vec<StandingAdvance<'a>> {
    let early = |of: Day| day.is_none_or(|day| of <= day);
    let settled = |id: &DisbursementId| {
        let settlements = state.spending.settlements().map(|(_, settlement)| &settlement.settled);
        let of_it = settlements.filter(|s| s.disbursement == *id && early(s.date));
        Money::sum(of_it.map(AdvanceSettled::total))
    };
    let opened = state.spending.all_opened().filter(|opened| early(opened.date));
    let opened = opened.map(|opened| StandingAdvance {
        id: &opened.advance,
        fund: &opened.fund,
        payee: Some(opened.who.payee()),
        paid: opened.since,
        amount: opened.amount,
        settled: settled(&opened.advance),
    });
    let payments = state.disbursements.payments().map(|(_, payment)| payment);
    let payments = payments.filter(|payment| {
        chart.is_for(&payment.paid.account, Use::Receivable) && early(payment.paid.date)
    });
    let paid = payments.map(|payment| StandingAdvance {
        id: &payment.paid.disbursement,
        fund: &payment.paid.fund,
        payee: payment.behind.as_ref().map(|behind| behind.disbursement.request.payee.clone()),
        paid: payment.paid.date,
        amount: payment.paid.amount,
        settled: settled(&payment.paid.disbursement),
    });
    opened.chain(paid).collect()
}

/// What of other receivables is no advance: claims that anybody may pay.
pub(super) fn claims(context: &Context<'_>, fund: &FundId) -> Money {
    let Some(receivable) = context.chart.at(Use::Receivable) else { return Money::ZERO };
    let standing = context.state.accounts.balance(fund, receivable);
    let paid = context.state.disbursements.payments().map(|(_, payment)| &payment.paid);
    let paid = paid.filter(|paid| paid.account == *receivable && paid.fund == *fund);
    let paid = paid.map(|paid| (&paid.disbursement, paid.amount));
    let opened = context.state.spending.all_opened().filter(|opened| opened.fund == *fund);
    let opened = opened.map(|opened| (&opened.advance, opened.amount));
    let settled = |id| context.state.spending.settled(id);
    let open = paid.chain(opened).map(|(id, amount)| amount.minus(settled(id)));
    standing.minus(Money::sum(open))
}
