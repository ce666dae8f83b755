//! Mutual aid: a contribution is what the terms say, nobody is covered twice, and a claim is granted by the
//! terms of its day and by nothing else.

use std::collections::BTreeSet;

use super::welfare::{LIST_LINES_MAX, check_list, listed};
use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::Day;
use crate::event::Fact;
use crate::event::custody::CustodialReceived;
use crate::event::disbursement::Payee;
use crate::event::income::OtherIncome;
use crate::event::mutual::{
    ClaimDecided, ClaimOpened, ClaimsRequested, CoverByUnion, CoverListed, CoverPaid,
    ReceiveContributions, RequestClaims, SchemeOpened, SchemeTerms,
};
use crate::event::spending::RequestAnalysed;
use crate::event::welfare::{Beneficiary, Form, ListControl, Share, WelfareFamily, WelfareItem};
use crate::ids::{ClaimId, DisbursementId, SchemeId, Seq};
use crate::money::Money;
use crate::projection::disbursements::Standing;
use crate::projection::mutual::{Claim, Cover, Scheme};

/// Claims in one request, and terms in one rule.
const CLAIMS_MAX: u32 = 40;
const TERMS_MAX: u32 = 10;

pub(super) fn open(context: &Context<'_>, new: &SchemeOpened) -> Result<Vec<Fact>, Refusal> {
    if context.state.mutual.scheme(&new.scheme).is_some() {
        return Err(Refusal::SchemeExists { scheme: new.scheme.clone() });
    }
    let custodial = super::drive::is_custodial(context, &new.fund);
    if !custodial && !super::fund::known(context, &new.fund)?.restricted {
        return Err(Refusal::SchemeOfFreeFund { fund: new.fund.clone() });
    }
    super::drive::own_fund(context, &new.fund)?;
    let item = super::welfare::known(context, &new.item)?;
    if item.kind.family() != WelfareFamily::MutualAid {
        return Err(Refusal::NotAMutualItem { item: new.item.clone() });
    }
    Ok(vec![Fact::SchemeOpened(new.clone())])
}

pub(super) fn check_terms(context: &Context<'_>, terms: &[SchemeTerms]) -> Result<(), Refusal> {
    let found = u32::try_from(terms.len()).unwrap_or(u32::MAX);
    if found > TERMS_MAX {
        return Err(Refusal::TooManyAtOnce { found, most: TERMS_MAX });
    }
    let mut seen = BTreeSet::new();
    for one in terms {
        known_scheme(context, &one.scheme)?;
        let amounts = [Some(one.contribution), Some(one.union_share), one.least, one.most_in_year];
        let daily = one.daily.map(|daily| daily.amount);
        if let Some(amount) = amounts.into_iter().flatten().chain(daily).find(|a| a.is_negative()) {
            return Err(Refusal::AmountNotPositive { amount });
        }
        if let Some(found) = one.bands.iter().map(|b| b.basis_points).find(|p| *p > 10_000) {
            return Err(Refusal::RuleOutOfRange { found, most: 10_000 });
        }
        let rising = one.bands.is_sorted_by(|low, high| match (low.up_to, high.up_to) {
            (Some(low), Some(high)) => low < high,
            (Some(_), None) => true,
            (None, _) => false,
        });
        if !rising || !seen.insert(&one.scheme) {
            return Err(Refusal::TermsNotInOrder { scheme: one.scheme.clone() });
        }
    }
    Ok(())
}

/// One receipt, and who is covered by it.
pub(super) fn receive(
    context: &Context<'_>,
    asked: &ReceiveContributions,
) -> Result<Vec<Fact>, Refusal> {
    let ReceiveContributions { scheme, date, into, first, last, people, control } = asked.clone();
    let found = known_scheme(context, &scheme)?;
    coverable(context, found, &people, first, last, Cover::covers)?;
    let each = terms(context, &scheme, first)?.contribution;
    let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let total = each.times(count);
    if count != control.people || total != control.total {
        let ListControl { people: declared_people, total: declared } = control;
        let (people_apart, apart) = (count.abs_diff(declared_people), total.minus(declared).abs());
        return Err(Refusal::ContributionsDiffer {
            scheme,
            each,
            declared_people,
            declared,
            people: count,
            total,
            people_apart,
            apart,
        });
    }
    let (fund, name) = (found.opened.fund.clone(), found.opened.name.clone());
    let money = if super::drive::is_custodial(context, &fund) {
        let (project, amount) = (fund, total);
        Fact::CustodialReceived(CustodialReceived { date, project, into, amount, from: name })
    } else {
        let (amount, purpose) = (total, name);
        Fact::OtherIncomeReceived(OtherIncome { date, fund, into, amount, purpose })
    };
    let paid_by = CoverPaid::Members(context.state.next());
    Ok(std::iter::once(money)
        .chain(covers(&scheme, &paid_by, first, last, each, &people))
        .collect())
}

/// What the union paid for: exactly those on the list. Beside the members' own part it is for those alone
/// who have paid theirs, for the same term.
pub(super) fn cover(context: &Context<'_>, asked: &CoverByUnion) -> Result<Vec<Fact>, Refusal> {
    let CoverByUnion { scheme, disbursement, first, last, people } = asked.clone();
    let found = known_scheme(context, &scheme)?;
    let terms = terms(context, &scheme, first)?;
    let beside = terms.contribution.is_positive();
    if beside {
        coverable(context, found, &people, first, last, |cover| !cover.covers())?;
        for to in &people {
            let mut own = context.state.covers_of(found, to).filter(|cover| cover.covers());
            if !own.any(|cover| cover.first == first && cover.last == last) {
                let to = to.clone();
                return Err(Refusal::NotCovered { scheme, to, date: first });
            }
        }
    } else {
        coverable(context, found, &people, first, last, Cover::covers)?;
    }
    paid_for(context, &disbursement, terms.union_share, &people)?;
    let paid_by =
        if beside { CoverPaid::Subsidy(disbursement) } else { CoverPaid::Union(disbursement) };
    Ok(covers(&scheme, &paid_by, first, last, terms.union_share, &people).collect())
}

/// The union's own spending, paid, for these people and for nothing before.
fn paid_for(
    context: &Context<'_>,
    id: &DisbursementId,
    each: Money,
    people: &[Beneficiary],
) -> Result<(), Refusal> {
    let disbursement = id.clone();
    let paid = super::disbursement::known(context, id)?;
    super::disbursement::is_spending(context, &paid.request.account)?;
    if let Some(by) = context.state.mutual.list_paid_by(id) {
        return Err(Refusal::CoverPaidAlready { disbursement, by });
    }
    let count = u32::try_from(people.len()).unwrap_or(u32::MAX);
    let (total, requested) = (each.times(count), paid.request.amount);
    if total != requested {
        let (people, apart) = (count, total.minus(requested).abs());
        return Err(Refusal::CoverNotPaid { disbursement, each, people, total, requested, apart });
    }
    match paid.standing {
        Standing::Paid { .. } => Ok(()),
        Standing::Open
        | Standing::Accrued { .. }
        | Standing::Refused { .. }
        | Standing::Cancelled { .. } => Err(Refusal::CoverBeforePayment { disbursement }),
    }
}

fn covers(
    scheme: &SchemeId,
    paid_by: &CoverPaid,
    first: Day,
    last: Day,
    each: Money,
    people: &[Beneficiary],
) -> impl Iterator<Item = Fact> {
    people.chunks(LIST_LINES_MAX).map(move |people| {
        let (scheme, paid_by, people) = (scheme.clone(), paid_by.clone(), people.to_vec());
        Fact::CoverListed(CoverListed { scheme, paid_by, first, last, each, people })
    })
}

/// Whether these people can be covered for that term: known, once each, and not covered already.
fn coverable(
    context: &Context<'_>,
    scheme: &Scheme,
    people: &[Beneficiary],
    first: Day,
    last: Day,
    counts: impl Fn(&Cover) -> bool,
) -> Result<(), Refusal> {
    if last < first {
        return Err(Refusal::DriveDaysWrong { first, last });
    }
    if people.is_empty() {
        return Err(Refusal::NothingSaid { what: "people".to_owned() });
    }
    let mut seen = BTreeSet::new();
    for to in people {
        super::welfare::known_person(context, to)?;
        if !seen.insert(context.state.person(to)) {
            return Err(Refusal::ListedTwice { to: to.clone() });
        }
        let mut covers = context.state.covers_of(scheme, to).filter(|cover| counts(cover));
        if let Some(cover) = covers.find(|cover| cover.first <= last && first <= cover.last) {
            let (scheme, by) = (scheme.opened.scheme.clone(), cover.record);
            let (first, last) = (cover.first, cover.last);
            return Err(Refusal::CoveredAlready { scheme, to: to.clone(), first, last, by });
        }
    }
    Ok(())
}

pub(super) fn claim(context: &Context<'_>, new: &ClaimOpened) -> Result<Vec<Fact>, Refusal> {
    let claim = new.claim.clone();
    if context.state.mutual.claim_of(&claim).is_some() {
        return Err(Refusal::ClaimExists { claim });
    }
    let scheme = known_scheme(context, &new.scheme)?;
    let day = new.on;
    super::hardship::not_after(context, day)?;
    let since = covered(context, scheme, &new.to, day)?;
    let terms = terms(context, &new.scheme, day)?;
    let waiting = terms.waiting_days;
    // Whoever renews without a gap does not wait again.
    if day.days_after(since) < waiting {
        return Err(Refusal::InWaitingPeriod { claim, first: since, waiting, date: day });
    }
    if new.costs.is_some_and(|costs| !costs.is_positive()) {
        return Err(Refusal::AmountNotPositive { amount: new.costs.unwrap_or(Money::ZERO) });
    }
    if new.days.is_some_and(|days| days == 0 || days > 366) {
        let to = new.to.clone();
        return Err(Refusal::TimesWrong { to, times: new.days.unwrap_or(0) });
    }
    let unsaid = |what: &str| Err(Refusal::NothingSaid { what: what.to_owned() });
    if !terms.bands.is_empty() && new.costs.is_none() {
        return unsaid("costs");
    }
    if terms.daily.is_some() && new.days.is_none() {
        return unsaid("days");
    }
    Ok(vec![Fact::ClaimOpened(new.clone())])
}

/// Since when somebody is covered who is covered on that day.
fn covered(
    context: &Context<'_>,
    scheme: &Scheme,
    to: &Beneficiary,
    date: Day,
) -> Result<Day, Refusal> {
    let since = context.state.covered_since(scheme, to, date);
    since.ok_or_else(|| {
        let (scheme, to) = (scheme.opened.scheme.clone(), to.clone());
        Refusal::NotCovered { scheme, to, date }
    })
}

/// What was taken in for a term stays once a claim of that term is asked for or paid.
pub(super) fn reversible(context: &Context<'_>, seq: Seq) -> Result<(), Refusal> {
    let state = context.state;
    let rests = |claim: &Claim| {
        let ClaimOpened { scheme, to, on, .. } = &claim.opened;
        let found = state.mutual.scheme(scheme);
        let cover = found.and_then(|found| state.cover_on(found, to, *on));
        cover.is_some_and(|cover| cover.paid_by == CoverPaid::Members(seq))
    };
    let mut asked = state.mutual.claims().filter(|(_, claim)| state.claim_is_requested(claim));
    match asked.find(|(_, claim)| rests(claim)) {
        Some((id, _)) => Err(Refusal::ContributionClaimed { record: seq, claim: id.clone() }),
        None => Ok(()),
    }
}

/// Mutual aid is given by its terms, and so by a claim alone.
pub(super) fn check_direct(item: &WelfareItem) -> Result<(), Refusal> {
    if item.kind.family() == WelfareFamily::MutualAid {
        return Err(Refusal::PaidByClaim { item: item.item.clone() });
    }
    Ok(())
}

pub(super) fn decide(context: &Context<'_>, asked: &ClaimDecided) -> Result<Vec<Fact>, Refusal> {
    let claim = asked.claim.clone();
    let found = known_claim(context, &claim)?;
    if let Some((by, _, _)) = found.decided {
        return Err(Refusal::ClaimDecidedAlready { claim, by });
    }
    let officer = context.by.clone();
    if context.is_same(&found.by, &officer) {
        return Err(Refusal::ReviewerApplied { officer });
    }
    super::hardship::impartial(context, &found.opened.to, asked.on)?;
    if asked.on < found.opened.on || asked.on > context.today {
        let (earlier, later) = (found.opened.on, asked.on);
        return Err(Refusal::CaseDaysWrong { earlier, later });
    }
    let granted = grants(context, &claim, found)?;
    if asked.amount != granted {
        let (asked, apart) = (asked.amount, asked.amount.minus(granted).abs());
        return Err(Refusal::ClaimOtherwise { claim, granted, asked, apart });
    }
    Ok(vec![Fact::ClaimDecided(asked.clone())])
}

/// What the terms of its day grant of a claim, and what the year has left.
fn grants(context: &Context<'_>, id: &ClaimId, claim: &Claim) -> Result<Money, Refusal> {
    let ClaimOpened { scheme, to, on, costs, days, .. } = &claim.opened;
    covered(context, known_scheme(context, scheme)?, to, *on)?;
    let terms = terms(context, scheme, *on)?;
    let granted = terms.grants(costs.unwrap_or(Money::ZERO), days.unwrap_or(0));
    let Some(most) = terms.most_in_year else { return Ok(granted) };
    let before = context.state.granted_in_year(scheme, to, on.year(), id);
    Ok(granted.min(most.minus(before)).max(Money::ZERO))
}

/// The request, the list behind it, and the claims that it pays.
pub(super) fn request(context: &Context<'_>, asked: &RequestClaims) -> Result<Vec<Fact>, Refusal> {
    let found = u32::try_from(asked.claims.len()).unwrap_or(u32::MAX);
    if found > CLAIMS_MAX {
        return Err(Refusal::TooManyAtOnce { found, most: CLAIMS_MAX });
    }
    let mut shares: Vec<Share> = Vec::new();
    let mut scheme: Option<&Scheme> = None;
    let mut seen = BTreeSet::new();
    for id in &asked.claims {
        let claim = known_claim(context, id)?;
        let of = known_scheme(context, &claim.opened.scheme)?;
        if !seen.insert(id) || scheme.is_some_and(|s| s.opened.scheme != of.opened.scheme) {
            return Err(Refusal::ClaimsMixed { claim: id.clone() });
        }
        scheme = Some(of);
        let decided = claim.decided.as_ref().filter(|(_, _, d)| d.amount.is_positive());
        let Some((_, _, decided)) = decided else {
            return Err(Refusal::ClaimNotGranted { claim: id.clone() });
        };
        covered(context, of, &claim.opened.to, claim.opened.on)?;
        if context.state.claim_is_requested(claim) {
            return Err(Refusal::ClaimRequestedAlready { claim: id.clone() });
        }
        let to = claim.opened.to.clone();
        match shares.iter_mut().find(|share| share.to == to) {
            Some(share) => share.amount = share.amount.plus(decided.amount),
            None => shares.push(Share { to, amount: decided.amount, times: 1 }),
        }
    }
    let Some(scheme) = scheme else {
        return Err(Refusal::NothingSaid { what: "claims".to_owned() });
    };
    let item = super::welfare::known(context, &scheme.opened.item)?;
    let people = u32::try_from(shares.len()).unwrap_or(u32::MAX);
    let total = Money::sum(shares.iter().map(|share| share.amount));
    check_list(context, item, &shares, ListControl { people, total }, asked.date)?;
    super::welfare::of_others(context, item, &shares, asked.date)?;
    super::welfare::check_form(item, Form::Money)?;
    let payee = match shares.as_slice() {
        [Share { to: Beneficiary::Member(member), .. }] => Payee::Member(member.clone()),
        _ => Payee::Roster(item.name.clone()),
    };
    let fund = scheme.opened.fund.clone();
    if let Some(asked) = asked.fund.clone().filter(|asked| *asked != fund) {
        let scheme = scheme.opened.scheme.clone();
        return Err(Refusal::ClaimOfOtherFund { scheme, fund, asked });
    }
    // Others' money is paid out of what is owed to them, whatever the item is spent on otherwise.
    let custodial = super::drive::is_custodial(context, &fund);
    let kept = context.chart.at(Use::Custodial).filter(|_| custodial);
    let account = asked.account.as_ref().or(kept).unwrap_or(&item.account).clone();
    let request = RequestAnalysed {
        disbursement: asked.disbursement.clone(),
        date: asked.date,
        fund,
        account,
        amount: total,
        payee,
        purpose: asked.purpose.clone(),
        people: Some(people),
        acquires: None,
        analysis: asked.analysis.clone(),
    };
    let (disbursement, claims) = (asked.disbursement.clone(), asked.claims.clone());
    let mut facts = super::disbursement::request(context, &request)?;
    facts.extend(listed(&disbursement, &item.item, asked.date, Form::Money, &shares));
    facts.push(Fact::ClaimsRequested(ClaimsRequested { disbursement, claims }));
    Ok(facts)
}

fn terms<'a>(
    context: &Context<'a>,
    scheme: &SchemeId,
    on: Day,
) -> Result<&'a SchemeTerms, Refusal> {
    context
        .state
        .offices
        .scheme_terms(scheme, on)
        .ok_or_else(|| Refusal::TermsMissing { scheme: scheme.clone(), on })
}

fn known_scheme<'a>(context: &Context<'a>, id: &SchemeId) -> Result<&'a Scheme, Refusal> {
    let found = context.state.mutual.scheme(id);
    found.ok_or_else(|| Refusal::SchemeUnknown { scheme: id.clone() })
}

fn known_claim<'a>(context: &Context<'a>, id: &ClaimId) -> Result<&'a Claim, Refusal> {
    let found = context.state.mutual.claim_of(id);
    found.ok_or_else(|| Refusal::ClaimUnknown { claim: id.clone() })
}
