//! Hardship: the file first, then the aid 依档帮扶; nobody reviews what he applied for or gets, and what is
//! granted hangs where everybody can see it for as many working days as the rule says.

use std::collections::BTreeSet;

use super::welfare::{check_list, is_person, listed, officer_of};
use super::{Context, Refusal};
use crate::date::Day;
use crate::event::Fact;
use crate::event::disbursement::Payee;
use crate::event::hardship::{
    AidApplied, AidObjected, AidRequested, AidReviewed, CaseClosed, CaseEnd, CaseOpened,
    CaseReviewed, NoticePosted, ObjectionAnswered, PostNotice, RequestAid,
};
use crate::event::office::Related;
use crate::event::spending::RequestAnalysed;
use crate::event::welfare::{Beneficiary, Form, ListControl, Share, WelfareFamily, WelfareItem};
use crate::ids::{ApplicationId, CaseId, DisbursementId, WelfareItemId};
use crate::money::Money;
use crate::projection::hardship::{Application, Case, Objection};

/// Applications in one notice or one request, so that the record stays under 4,096 bytes.
const APPLICATIONS_MAX: u32 = 40;

pub(super) fn open(context: &Context<'_>, new: &CaseOpened) -> Result<Vec<Fact>, Refusal> {
    if context.state.hardship.case(&new.case).is_some() {
        return Err(Refusal::CaseExists { case: new.case.clone() });
    }
    if let Some((case, _)) = context.state.open_case(&new.of) {
        return Err(Refusal::CaseOfSamePerson { to: new.of.clone(), case: case.clone() });
    }
    super::welfare::known_person(context, &new.of)?;
    not_after(context, new.on)?;
    in_order(new.on, new.valid_through)?;
    Ok(vec![Fact::CaseOpened(new.clone())])
}

pub(super) fn review_case(
    context: &Context<'_>,
    review: &CaseReviewed,
) -> Result<Vec<Fact>, Refusal> {
    let found = open_case(context, &review.case)?;
    not_after(context, review.on)?;
    in_order(found.seen_on(), review.on)?;
    in_order(review.on, review.valid_through)?;
    Ok(vec![Fact::CaseReviewed(review.clone())])
}

pub(super) fn close(context: &Context<'_>, closed: &CaseClosed) -> Result<Vec<Fact>, Refusal> {
    let found = open_case(context, &closed.case)?;
    not_after(context, closed.on)?;
    in_order(found.seen_on(), closed.on)?;
    Ok(vec![Fact::CaseClosed(closed.clone())])
}

pub(super) fn apply(context: &Context<'_>, asked: &AidApplied) -> Result<Vec<Fact>, Refusal> {
    if context.state.hardship.application(&asked.application).is_some() {
        return Err(Refusal::ApplicationExists { application: asked.application.clone() });
    }
    valid_case(context, &asked.case, asked.on)?;
    not_after(context, asked.on)?;
    aid_item(context, &asked.item)?;
    if !asked.amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: asked.amount });
    }
    Ok(vec![Fact::AidApplied(asked.clone())])
}

pub(super) fn review(context: &Context<'_>, asked: &AidReviewed) -> Result<Vec<Fact>, Refusal> {
    let application = asked.application.clone();
    let found = known(context, &application)?;
    if let Some((by, _, _)) = &found.reviewed {
        return Err(Refusal::AidReviewedAlready { application, by: *by });
    }
    let officer = context.by.clone();
    if context.is_same(&found.by, &officer) {
        return Err(Refusal::ReviewerApplied { officer });
    }
    if let Some(case) = context.state.hardship.case(&found.applied.case) {
        impartial(context, &case.opened.of, asked.on)?;
    }
    not_after(context, asked.on)?;
    in_order(found.applied.on, asked.on)?;
    let (applied, granted) = (found.applied.amount, asked.granted);
    if granted.is_negative() {
        return Err(Refusal::AmountNotPositive { amount: granted });
    }
    if granted > applied {
        let over = granted.minus(applied);
        return Err(Refusal::GrantedAboveApplied { application, applied, granted, over });
    }
    Ok(vec![Fact::AidReviewed(asked.clone())])
}

pub(super) fn post(context: &Context<'_>, asked: &PostNotice) -> Result<Vec<Fact>, Refusal> {
    let PostNotice { notice, applications, on, through, place } = asked.clone();
    if context.state.hardship.notice(&notice).is_some() {
        return Err(Refusal::NoticeExists { notice });
    }
    each_once(&applications)?;
    for id in &applications {
        let found = known(context, id)?;
        let reviewed_on = granted(id, found)?.1;
        in_order(reviewed_on, on)?;
        if context.state.aid_is_requested(found) {
            return Err(Refusal::AidRequestedAlready { application: id.clone() });
        }
        undisputed(id, found)?;
    }
    not_after(context, on)?;
    let working_days = context.state.offices.working_days(on, through);
    // By the rule of today: another day can be written on a notice.
    if let Some(least) = context.state.offices.notice_days(context.today)
        && working_days < least
    {
        let earliest = context.state.offices.after_working_days(on, least);
        return Err(Refusal::NoticeTooShort { notice, working_days, least, through, earliest });
    }
    in_order(on, through)?;
    let recorded_late = context.today > context.state.offices.after_working_days(on, 1);
    Ok(vec![Fact::NoticePosted(NoticePosted {
        notice,
        applications,
        on,
        through,
        place,
        working_days,
        recorded_late,
    })])
}

pub(super) fn object(context: &Context<'_>, asked: &AidObjected) -> Result<Vec<Fact>, Refusal> {
    let application = asked.application.clone();
    let found = known(context, &application)?;
    let posted = found.notice.as_ref().and_then(|id| context.state.hardship.notice(id));
    let Some((_, posted)) = posted else {
        return Err(Refusal::NotOnNotice { application });
    };
    not_after(context, asked.on)?;
    in_order(posted.on, asked.on)?;
    undisputed(&application, found)?;
    if context.state.aid_is_requested(found) {
        return Err(Refusal::AidRequestedAlready { application });
    }
    Ok(vec![Fact::AidObjected(asked.clone())])
}

pub(super) fn answer(
    context: &Context<'_>,
    asked: &ObjectionAnswered,
) -> Result<Vec<Fact>, Refusal> {
    let application = asked.application.clone();
    let found = known(context, &application)?;
    let Objection::Open(since) = found.objection else {
        return Err(Refusal::NoObjection { application });
    };
    let officer = context.by.clone();
    if context.is_same(&found.by, &officer) {
        return Err(Refusal::ReviewerApplied { officer });
    }
    // What is said against a review is not for the reviewer to dismiss.
    let reviewer = found.reviewed.as_ref().map(|(_, by, _)| by);
    if reviewer.is_some_and(|by| context.is_same(by, &officer)) {
        return Err(Refusal::ReviewerAnswers { officer, application });
    }
    if let Some(case) = context.state.hardship.case(&found.applied.case) {
        impartial(context, &case.opened.of, asked.on)?;
    }
    not_after(context, asked.on)?;
    in_order(since, asked.on)?;
    Ok(vec![Fact::ObjectionAnswered(asked.clone())])
}

/// The request, the list behind it, and what it pays.
pub(super) fn request(context: &Context<'_>, asked: &RequestAid) -> Result<Vec<Fact>, Refusal> {
    each_once(&asked.applications)?;
    let mut shares: Vec<Share> = Vec::new();
    let mut item: Option<&WelfareItem> = None;
    for id in &asked.applications {
        let found = known(context, id)?;
        let of_it = aid_item(context, &found.applied.item)?;
        if item.is_some_and(|item| item.item != of_it.item) {
            return Err(Refusal::ItemsMixed { application: id.clone(), item: of_it.item.clone() });
        }
        item = Some(of_it);
        let amount = ready(context, id, found, asked.date)?;
        let case = valid_case(context, &found.applied.case, asked.date)?;
        shares.push(Share { to: case.opened.of.clone(), amount, times: 1 });
    }
    let Some(item) = item else {
        return Err(Refusal::NothingSaid { what: "applications".to_owned() });
    };
    let people = u32::try_from(shares.len()).unwrap_or(u32::MAX);
    let total = Money::sum(shares.iter().map(|share| share.amount));
    check_list(context, item, &shares, ListControl { people, total }, asked.date)?;
    super::welfare::of_others(context, item, &shares, asked.date)?;
    super::welfare::check_form(item, Form::Money)?;
    super::drive::for_its_person(context, &asked.fund, &shares)?;
    let payee = match shares.as_slice() {
        [share] => payee(context, &share.to, item),
        _ => Payee::Roster(item.name.clone()),
    };
    let request = RequestAnalysed {
        disbursement: asked.disbursement.clone(),
        date: asked.date,
        fund: asked.fund.clone(),
        account: asked.account.clone().unwrap_or_else(|| item.account.clone()),
        amount: total,
        payee,
        purpose: asked.purpose.clone(),
        people: Some(people),
        acquires: None,
        analysis: asked.analysis.clone(),
    };
    let (disbursement, applications) = (asked.disbursement.clone(), asked.applications.clone());
    let mut facts = super::disbursement::request(context, &request)?;
    facts.extend(listed(&disbursement, &item.item, asked.date, Form::Money, &shares));
    facts.push(Fact::AidRequested(AidRequested { disbursement, applications }));
    Ok(facts)
}

/// One person is paid by number, so that nobody approves or pays what is his own.
fn payee(context: &Context<'_>, to: &Beneficiary, item: &WelfareItem) -> Payee {
    match (context.state.person(to), officer_of(context, to)) {
        (Beneficiary::Member(member), _) => Payee::Member(member),
        (Beneficiary::Subject(_), Some(officer)) => Payee::Officer(officer.clone()),
        (Beneficiary::Subject(_), None) => Payee::Roster(item.name.clone()),
    }
}

/// 回避 Nobody decides on what he gets himself, or what somebody gets whom he is related to, on that day
/// as today.
pub(super) fn impartial(context: &Context<'_>, of: &Beneficiary, on: Day) -> Result<(), Refusal> {
    let officer = context.by.clone();
    if is_person(context, &officer, of) {
        return Err(Refusal::ReviewerIsApplicant { officer });
    }
    let to = match of {
        Beneficiary::Member(member) => Related::Member(member.clone()),
        Beneficiary::Subject(subject) => Related::Subject(subject.clone()),
    };
    let related = |on| context.state.related(&officer, &to, on);
    match related(on).or(related(context.today)).map(|relation| relation.seq) {
        Some(relation) => Err(Refusal::ReviewerRelated { officer, relation }),
        None => Ok(()),
    }
}

/// Nothing is paid on a case that was closed because it was not true, whatever was approved before.
pub(super) fn is_true(context: &Context<'_>, id: &DisbursementId) -> Result<(), Refusal> {
    let hardship = &context.state.hardship;
    let paid = hardship.applications().filter(|(_, found)| found.requested.as_ref() == Some(id));
    for (_, found) in paid {
        let closed = hardship.case(&found.applied.case).and_then(|case| case.closed.as_ref());
        if let Some((by, closed)) = closed
            && closed.reason == CaseEnd::FalseClaim
        {
            let (disbursement, case) = (id.clone(), closed.case.clone());
            return Err(Refusal::CaseWasFalse { disbursement, case, by: *by });
        }
    }
    Ok(())
}

/// What was granted, once nothing stands in its way on that day.
fn ready(
    context: &Context<'_>,
    id: &ApplicationId,
    found: &Application,
    date: Day,
) -> Result<Money, Refusal> {
    let application = id.clone();
    let (amount, reviewed_on) = granted(id, found)?;
    in_order(reviewed_on, date)?;
    if context.state.aid_is_requested(found) {
        return Err(Refusal::AidRequestedAlready { application });
    }
    undisputed(id, found)?;
    let posted = found.notice.as_ref().and_then(|id| context.state.hardship.notice(id));
    // The rule that holds when it is recorded is not got round by another day.
    match (posted, context.state.offices.notice_days(date.max(context.today))) {
        (Some((_, posted)), _) if date <= posted.through => {
            let through = posted.through;
            Err(Refusal::NoticeNotOver { application, through, date })
        }
        (None, Some(least)) => Err(Refusal::NoticeMissing { application, least }),
        (Some(_), _) | (None, None) => Ok(amount),
    }
}

/// Whether nobody speaks against it, or what was said is answered and dismissed.
fn undisputed(id: &ApplicationId, found: &Application) -> Result<(), Refusal> {
    match found.objection {
        Objection::Open(_) | Objection::Upheld(_) => {
            Err(Refusal::ObjectionOpen { application: id.clone() })
        }
        Objection::None | Objection::Dismissed(_) => Ok(()),
    }
}

/// How much was granted, and on which day.
fn granted(id: &ApplicationId, found: &Application) -> Result<(Money, Day), Refusal> {
    match &found.reviewed {
        Some((_, _, review)) if review.granted.is_positive() => Ok((review.granted, review.on)),
        Some(_) | None => Err(Refusal::NotGranted { application: id.clone() }),
    }
}

/// Where the rule says so, aid is given by an application that rests on a case, and no other way.
pub(super) fn check_direct(
    context: &Context<'_>,
    item: &WelfareItem,
    on: Day,
) -> Result<(), Refusal> {
    let aid = item.kind.family() == WelfareFamily::Aid;
    if aid && context.state.offices.aid_needs_case(on.max(context.today)) {
        return Err(Refusal::AidNeedsCase { item: item.item.clone() });
    }
    Ok(())
}

fn aid_item<'a>(context: &Context<'a>, id: &WelfareItemId) -> Result<&'a WelfareItem, Refusal> {
    let item = super::welfare::known(context, id)?;
    if item.kind.family() == WelfareFamily::Aid {
        return Ok(item);
    }
    Err(Refusal::NotAnAidItem { item: id.clone() })
}

fn known<'a>(context: &Context<'a>, id: &ApplicationId) -> Result<&'a Application, Refusal> {
    let found = context.state.hardship.application(id);
    found.ok_or_else(|| Refusal::ApplicationUnknown { application: id.clone() })
}

fn open_case<'a>(context: &Context<'a>, id: &CaseId) -> Result<&'a Case, Refusal> {
    let found = context.state.hardship.case(id);
    let found = found.ok_or_else(|| Refusal::CaseUnknown { case: id.clone() })?;
    match &found.closed {
        Some((by, _)) => Err(Refusal::CaseClosedAlready { case: id.clone(), by: *by }),
        None => Ok(found),
    }
}

fn valid_case<'a>(context: &Context<'a>, id: &CaseId, on: Day) -> Result<&'a Case, Refusal> {
    let found = open_case(context, id)?;
    let (from, through) = (found.opened.on, found.valid_through());
    if on < from || through < on {
        return Err(Refusal::CaseNotValid { case: id.clone(), from, through, date: on });
    }
    Ok(found)
}

fn each_once(applications: &[ApplicationId]) -> Result<(), Refusal> {
    let found = u32::try_from(applications.len()).unwrap_or(u32::MAX);
    if found == 0 {
        return Err(Refusal::NothingSaid { what: "applications".to_owned() });
    }
    if found > APPLICATIONS_MAX {
        return Err(Refusal::TooManyAtOnce { found, most: APPLICATIONS_MAX });
    }
    let mut seen = BTreeSet::new();
    match applications.iter().find(|id| !seen.insert(*id)) {
        Some(twice) => Err(Refusal::ApplicationTwice { application: twice.clone() }),
        None => Ok(()),
    }
}

fn in_order(earlier: Day, later: Day) -> Result<(), Refusal> {
    if later < earlier { Err(Refusal::CaseDaysWrong { earlier, later }) } else { Ok(()) }
}

/// What happened is not said before it has.
pub(super) fn not_after(context: &Context<'_>, day: Day) -> Result<(), Refusal> {
    let today = context.today;
    if day > today { Err(Refusal::CaseDayAhead { day, today }) } else { Ok(()) }
}
