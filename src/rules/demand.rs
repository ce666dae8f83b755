//! Arrears 欠缴: demanded in writing, then a late fee where a local rule has one, then a payment order
//! of the court, then enforcement (工会法 Art. 44); no step before the one it rests on.

use super::payer::known_payer;
use super::{Context, Refusal};
use crate::date::Day;
use crate::event::Fact;
use crate::event::book::{Rule, RuleKind};
use crate::event::payer::{Demand, DemandAdvance, Stage};
use crate::money::Money;
use crate::projection::payers::Case;

pub(super) fn issue(context: &Context<'_>, asked: &Demand) -> Result<Vec<Fact>, Refusal> {
    let Demand { demand, payer, first, last, principal, .. } = asked.clone();
    let payers = &context.state.payers;
    if payers.case(&demand).is_some() {
        return Err(Refusal::DemandExists { demand });
    }
    if let Some(payer) = &payer {
        known_payer(context, payer)?;
    }
    if !principal.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: principal });
    }
    if last < first {
        return Err(Refusal::DemandMonthsBackwards { first, last });
    }
    if asked.due_by < asked.date {
        return Err(Refusal::DemandBackwards { demand, date: asked.due_by, last: asked.date });
    }
    // What is demanded already is not demanded twice.
    let open = payers.cases().map(|(_, case)| case).filter(|case| !case.has_ended());
    let same = open.filter(|case| {
        let other = &case.demand;
        other.payer == payer && other.first <= last && first <= other.last
    });
    let demanded = Money::sum(same.map(|case| case.demand.principal));
    let arrears = context.state.allocation_arrears(payer.as_ref(), first, last);
    if principal.plus(demanded) > arrears {
        return Err(Refusal::DemandTooLarge { first, last, arrears, demanded, asked: principal });
    }
    Ok(vec![Fact::DemandIssued(asked.clone())])
}

pub(super) fn advance(context: &Context<'_>, asked: &DemandAdvance) -> Result<Vec<Fact>, Refusal> {
    let demand = asked.demand.clone();
    let Some(case) = context.state.payers.case(&demand) else {
        return Err(Refusal::DemandUnknown { demand });
    };
    if asked.date < case.last_day() {
        return Err(Refusal::DemandBackwards { demand, date: asked.date, last: case.last_day() });
    }
    if !follows(case.stage(), asked.stage) {
        let (now, asked) = (case.stage(), Some(asked.stage));
        return Err(Refusal::DemandOutOfOrder { demand, now, asked });
    }
    if asked.stage == Stage::Settled {
        paid(context, case)?;
    }
    let fee = match (asked.stage, asked.fee) {
        (Stage::LateFee, said) | (_, said @ Some(_)) => {
            let computed = late_fee(context, case, asked.date)?;
            if let Some(said) = said.filter(|said| *said != computed) {
                return Err(Refusal::LateFeeDiffers { computed, asked: said });
            }
            Some(computed)
        }
        (Stage::PaymentOrder | Stage::Enforcement | Stage::Settled | Stage::Withdrawn, None) => {
            None
        }
    };
    Ok(vec![Fact::DemandAdvanced(DemandAdvance { fee, ..asked.clone() })])
}

/// A late fee is no condition of a payment order, for the union law knows none; enforcement needs
/// the order. Whatever is open can be paid or withdrawn.
fn follows(now: Option<Stage>, next: Stage) -> bool {
    match (now, next) {
        (Some(Stage::Settled | Stage::Withdrawn), _) => false,
        (_, Stage::Settled | Stage::Withdrawn)
        | (None, Stage::LateFee | Stage::PaymentOrder)
        | (Some(Stage::LateFee), Stage::PaymentOrder)
        | (Some(Stage::PaymentOrder), Stage::Enforcement) => true,
        (
            None | Some(Stage::LateFee | Stage::PaymentOrder | Stage::Enforcement),
            Stage::LateFee | Stage::PaymentOrder | Stage::Enforcement,
        ) => false,
    }
}

/// What came in for its months since it was issued is its principal at least.
fn paid(context: &Context<'_>, case: &Case) -> Result<(), Refusal> {
    let Demand { demand, payer, first, last, principal, .. } = case.demand.clone();
    let now = context.state.allocation_received(payer.as_ref(), first, last);
    let paid = now.minus(case.received_before);
    if paid < principal {
        return Err(Refusal::DemandNotPaid { demand, principal, paid });
    }
    Ok(())
}

/// So many basis points of the principal for each day after the one by which it was due.
fn late_fee(context: &Context<'_>, case: &Case, on: Day) -> Result<Money, Refusal> {
    let kind = RuleKind::LateFee;
    let rule = context.state.offices.rule(kind, on).map(|set| &set.rule);
    let Some(Rule::LateFee { basis_points_per_day, cap_basis_points }) = rule else {
        return Err(Refusal::RuleMissing { rule: kind, on });
    };
    let Demand { principal, due_by, .. } = case.demand;
    let points = basis_points_per_day.saturating_mul(on.days_after(due_by));
    let points = if *cap_basis_points == 0 { points } else { points.min(*cap_basis_points) };
    Ok(principal.basis_points(points))
}
