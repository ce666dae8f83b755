//! Welfare: nothing is given that no item allows, to nobody who may not have it, and no more than the
//! schedule of the day says; and what nobody claimed comes back.

use std::collections::BTreeSet;

use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::{Day, Month};
use crate::event::Fact;
use crate::event::book::{Per, ScheduleLine};
use crate::event::custody::CustodialPaid;
use crate::event::disbursement::{Paid, Payee};
use crate::event::office::Related;
use crate::event::privacy::Person;
use crate::event::spending::RequestAnalysed;
use crate::event::welfare::{
    Beneficiary, BenefitDistributed, BenefitListed, DistributeBenefit, Eligible, Form, ListControl,
    MemberTraits, RemainderReturned, RequestBenefit, ReturnRemainder, Share, WelfareFamily,
    WelfareItem, WelfareKind,
};
use crate::ids::{AccountCode, DisbursementId, MemberId, OfficerId, WelfareItemId};
use crate::money::Money;
use crate::projection::disbursements::{Disbursement, Standing};
use crate::projection::welfare::{Claim, List};

/// A longer list becomes several records of one command, so that each stays under 4,096 bytes.
pub(super) const LIST_LINES_MAX: usize = 30;

/// Lines of a schedule, or items of a rule, in one record.
const SCHEDULE_LINES_MAX: u32 = 30;

/// 未列入 A member whom a list of everybody leaves out, and the first condition that is not met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    pub member: MemberId,
    pub why: Eligible,
}

/// How many times one person may get one item on one list: no year has more days.
const TIMES_MAX: u32 = 366;

pub(super) fn define(context: &Context<'_>, item: &WelfareItem) -> Result<Vec<Fact>, Refusal> {
    if !context.chart.is_for(&item.account, Use::Custodial) {
        super::disbursement::is_spending(context, &item.account)?;
    }
    super::money::check_account(context, &item.account)?;
    let children = item.eligible.contains(&Eligible::Children);
    if children != item.children_under.is_some() {
        return Err(Refusal::ChildrenWithoutAge { item: item.item.clone() });
    }
    // What it is, and for whom, stays as it was when it was given: else another meaning would get round
    // the case, the conditions and the cap that hold for it.
    if let Some(found) = context.state.welfare.item(&item.item) {
        let same = found.kind == item.kind
            && found.account == item.account
            && found.eligible == item.eligible
            && found.children_under == item.children_under;
        if !same && context.state.welfare.is_used(&item.item) {
            return Err(Refusal::ItemInUse { item: item.item.clone() });
        }
    }
    Ok(vec![Fact::WelfareItemDefined(item.clone())])
}

pub(super) fn check_schedule(context: &Context<'_>, lines: &[ScheduleLine]) -> Result<(), Refusal> {
    let found = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    if found > SCHEDULE_LINES_MAX {
        return Err(Refusal::TooManyAtOnce { found, most: SCHEDULE_LINES_MAX });
    }
    let mut seen = BTreeSet::new();
    for line in lines {
        known(context, &line.item)?;
        if !line.amount.is_positive() {
            return Err(Refusal::AmountNotPositive { amount: line.amount });
        }
        if !seen.insert((&line.item, line.per)) {
            return Err(Refusal::ScheduleTwice { item: line.item.clone() });
        }
        if line.exact && line.per != Per::Time {
            return Err(Refusal::ExactByTimeAlone { item: line.item.clone() });
        }
    }
    Ok(())
}

pub(super) fn check_proof(
    context: &Context<'_>,
    items: &BTreeSet<WelfareItemId>,
) -> Result<(), Refusal> {
    let found = u32::try_from(items.len()).unwrap_or(u32::MAX);
    if found > SCHEDULE_LINES_MAX {
        return Err(Refusal::TooManyAtOnce { found, most: SCHEDULE_LINES_MAX });
    }
    items.iter().try_for_each(|item| known(context, item).map(|_| ()))
}

pub(super) fn record_traits(
    context: &Context<'_>,
    traits: &MemberTraits,
) -> Result<Vec<Fact>, Refusal> {
    super::member::known_member(context, &traits.member)?;
    let today = context.today.month();
    if let Some(born) = traits.children_born.iter().copied().find(|born| *born > today) {
        return Err(Refusal::BornLater { member: traits.member.clone(), born, today });
    }
    let found = u32::try_from(traits.children_born.len()).unwrap_or(u32::MAX);
    if found > 20 {
        return Err(Refusal::TooManyAtOnce { found, most: 20 });
    }
    Ok(vec![Fact::MemberTraitsRecorded(traits.clone())])
}

/// A request and the list behind it.
pub(super) fn request(context: &Context<'_>, asked: &RequestBenefit) -> Result<Vec<Fact>, Refusal> {
    let on = asked.on.unwrap_or(asked.date);
    let item = known(context, &asked.item)?;
    in_its_years(context, item, on, asked.date)?;
    super::hardship::check_direct(context, item, asked.date)?;
    super::mutual::check_direct(item)?;
    let (lines, left_out) = everybody(context, item, asked, on)?;
    if asked.everybody.is_some() {
        as_declared(item, &lines, asked.control, left_out)?;
    }
    check_list(context, item, &lines, asked.control, on)?;
    of_others(context, item, &lines, asked.date)?;
    check_form(item, asked.form)?;
    super::drive::for_its_person(context, &asked.fund, &lines)?;
    let request = RequestAnalysed {
        disbursement: asked.disbursement.clone(),
        date: asked.date,
        fund: asked.fund.clone(),
        account: asked.account.clone().unwrap_or_else(|| item.account.clone()),
        amount: asked.control.total,
        payee: payee(item, asked, &lines),
        purpose: asked.purpose.clone(),
        people: Some(asked.control.people),
        acquires: None,
        analysis: asked.analysis.clone(),
    };
    let mut facts = super::disbursement::request(context, &request)?;
    facts.extend(listed(&asked.disbursement, &asked.item, on, asked.form, &lines));
    Ok(facts)
}

/// 按人计算 What has its measure by the person does not reach persons without a list: nobody could say
/// what each of them got. Where no rule measures it, and where an organisation is paid, nothing is asked.
pub(super) fn not_by_list(
    context: &Context<'_>,
    account: &AccountCode,
    payee: &Payee,
    date: Day,
) -> Result<(), Refusal> {
    let is_given = match payee {
        Payee::Organisation(_) => return Ok(()),
        Payee::Member(_) | Payee::Roster(_) => true,
        // An officer is paid back what he laid out on the same account; aid he would be given.
        Payee::Officer(_) => false,
    };
    let schedule = context.state.offices.benefit_schedule(date);
    let by_case = context.state.offices.aid_needs_case(date.max(context.today));
    for item in context.state.welfare.items().filter(|item| item.account == *account) {
        let command = if by_case && item.kind.family() == WelfareFamily::Aid {
            "aid.request"
        } else if is_given && schedule.iter().any(|line| line.item == item.item) {
            "benefit.request"
        } else {
            continue;
        };
        let (account, item, command) = (account.clone(), item.item.clone(), command.to_owned());
        return Err(Refusal::GivenByList { account, item, command });
    }
    Ok(())
}

/// The year that caps count is not chosen freely: it is that of the request or the one before, in which
/// this book was kept already.
fn in_its_years(
    context: &Context<'_>,
    item: &WelfareItem,
    on: Day,
    date: Day,
) -> Result<(), Refusal> {
    let year = date.year();
    let before = year.previous().first_month().first_day();
    let begins = context.state.offices.ledger().map_or(before, |ledger| ledger.starts);
    let (first, last) = (before.max(begins), year.last_month().last_day());
    if on < first || on > last {
        return Err(Refusal::FarFromItsYear { item: item.item.clone(), on, first, last });
    }
    Ok(())
}

/// Those whom the lines name, and everybody else of the register who may have it, if that is asked for.
fn everybody(
    context: &Context<'_>,
    item: &WelfareItem,
    asked: &RequestBenefit,
    on: Day,
) -> Result<(Vec<Share>, Vec<LeftOut>), Refusal> {
    let mut lines = asked.lines.clone();
    let mut left_out = Vec::new();
    let Some(everybody) = &asked.everybody else { return Ok((lines, left_out)) };
    // An item without conditions is for people whom no register holds.
    if item.eligible.is_empty() {
        return Err(Refusal::EverybodyOfAnyone { item: item.item.clone() });
    }
    let named: BTreeSet<Beneficiary> =
        lines.iter().map(|share| context.state.person(&share.to)).collect();
    for (id, found) in
        context.state.members.members().filter(|(id, _)| !everybody.but.contains(*id))
    {
        let times = if item.eligible.contains(&Eligible::Children) {
            let traits = context.state.welfare.traits(id);
            let born = traits.map(|traits| traits.children_born.as_slice()).unwrap_or_default();
            children_under(born, item.children_under.unwrap_or(0), on.month())
        } else {
            1
        };
        let to = Beneficiary::Member(id.clone());
        let share = Share { to, amount: everybody.amount.times(times), times };
        if named.contains(&share.to) {
            continue;
        }
        match unmet(context, item, &share, on) {
            None if times > 0 => lines.push(share),
            // Whoever left long ago is missed by nobody.
            Some(Eligible::Member) if !found.belongs_on(context.today) => {}
            unmet => {
                let why = unmet.unwrap_or(Eligible::Children);
                left_out.push(LeftOut { member: id.clone(), why });
            }
        }
    }
    // Whoever misses only what can be put right, such as dues, is named before those it is not meant for.
    left_out.sort_by_key(|left_out| std::cmp::Reverse(left_out.why));
    Ok((lines, left_out))
}

/// The first thing that somebody is not and the item asks for; children of whom there are none count here.
fn unmet(context: &Context<'_>, item: &WelfareItem, share: &Share, on: Day) -> Option<Eligible> {
    let alone = |wanted: &&Eligible| {
        let only = WelfareItem { eligible: BTreeSet::from([**wanted]), ..item.clone() };
        eligible(context, &only, share, on).is_err()
    };
    item.eligible.iter().find(alone).copied()
}

/// Whether everybody comes to what was declared; else those who are left out are named, and why.
fn as_declared(
    item: &WelfareItem,
    lines: &[Share],
    control: ListControl,
    left_out: Vec<LeftOut>,
) -> Result<(), Refusal> {
    let item = item.item.clone();
    let people = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    if people == 0 {
        return Err(Refusal::NobodyEligible { item, left_out });
    }
    let total = Money::sum(lines.iter().map(|share| share.amount));
    let ListControl { people: declared_people, total: declared } = control;
    if (people, total) != (declared_people, declared) {
        let found =
            Refusal::EverybodyDiffers { item, declared_people, declared, people, total, left_out };
        return Err(found);
    }
    Ok(())
}

/// Who is paid: the supplier of goods, the one member, or those on the list.
fn payee(item: &WelfareItem, asked: &RequestBenefit, lines: &[Share]) -> Payee {
    if let Some(supplier) = &asked.supplier {
        return Payee::Organisation(supplier.clone());
    }
    match lines {
        [Share { to: Beneficiary::Member(member), .. }] => Payee::Member(member.clone()),
        _ => Payee::Roster(item.name.clone()),
    }
}

/// The list in records that are short enough.
pub(super) fn listed(
    disbursement: &DisbursementId,
    item: &WelfareItemId,
    on: Day,
    form: Form,
    lines: &[Share],
) -> Vec<Fact> {
    let part = |lines: &[Share]| {
        Fact::BenefitListed(BenefitListed {
            disbursement: disbursement.clone(),
            item: item.clone(),
            on,
            form,
            lines: lines.to_vec(),
        })
    };
    lines.chunks(LIST_LINES_MAX).map(part).collect()
}

/// Whether everybody on the list may have what it says, and people and sum are as declared.
pub(super) fn check_list(
    context: &Context<'_>,
    item: &WelfareItem,
    lines: &[Share],
    control: ListControl,
    on: Day,
) -> Result<(), Refusal> {
    if lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    let people = u32::try_from(lines.len()).unwrap_or(u32::MAX);
    let total = Money::sum(lines.iter().map(|share| share.amount));
    if people != control.people || total != control.total {
        let ListControl { people: declared_people, total: declared } = control;
        let people_apart = people.abs_diff(declared_people);
        let apart = total.minus(declared).abs();
        return Err(Refusal::ListDiffers {
            declared_people,
            declared,
            people,
            total,
            people_apart,
            apart,
        });
    }
    let mut seen = BTreeSet::new();
    for share in lines {
        if !seen.insert(context.state.person(&share.to)) {
            return Err(Refusal::ListedTwice { to: share.to.clone() });
        }
        if !share.amount.is_positive() {
            return Err(Refusal::AmountNotPositive { amount: share.amount });
        }
        if share.times == 0 || share.times > TIMES_MAX {
            return Err(Refusal::TimesWrong { to: share.to.clone(), times: share.times });
        }
        if share.times > 1 && !is_counted(context, item, on) {
            let (item, to, times) = (item.item.clone(), share.to.clone(), share.times);
            return Err(Refusal::OnceOnly { item, to, times });
        }
        eligible(context, item, share, on)?;
        within_schedule(context, &item.item, share, on)?;
    }
    Ok(())
}

/// Whether something bounds how often one list may give an item to one person: children that are recorded,
/// a cap of the year or the day, or papers and days that are proved one by one.
fn is_counted(context: &Context<'_>, item: &WelfareItem, on: Day) -> bool {
    let proved = matches!(
        item.kind,
        WelfareKind::Paper | WelfareKind::Competition | WelfareKind::Recuperation
    );
    let schedule = context.state.offices.benefit_schedule(on);
    let mut lines = schedule.iter().filter(|line| line.item == item.item);
    proved
        || item.eligible.contains(&Eligible::Children)
        || lines.any(|line| matches!(line.per, Per::PersonYear | Per::PersonDay))
}

/// Whether somebody is all that the item asks for.
fn eligible(
    context: &Context<'_>,
    item: &WelfareItem,
    share: &Share,
    on: Day,
) -> Result<(), Refusal> {
    let member = match context.state.person(&share.to) {
        Beneficiary::Subject(subject) => {
            super::privacy::known(context, &subject)?;
            if item.eligible.is_empty() {
                return Ok(());
            }
            let (item, to) = (item.item.clone(), share.to.clone());
            return Err(Refusal::NotAMember { item, to });
        }
        Beneficiary::Member(member) => member,
    };
    let found = super::member::known_member(context, &member)?;
    let traits = context.state.welfare.traits(&member);
    for wanted in &item.eligible {
        let (item_id, member) = (item.item.clone(), member.clone());
        match wanted {
            Eligible::Member if !found.belongs_on(on) => {
                return Err(Refusal::NotEligibleMember { item: item_id, member, on });
            }
            Eligible::Working if !found.works_on(on) => {
                return Err(Refusal::NotEligibleWorking { item: item_id, member, on });
            }
            Eligible::Woman if !traits.is_some_and(|traits| traits.woman) => {
                return Err(Refusal::NotEligibleWoman { item: item_id, member });
            }
            Eligible::Children => {
                let under = item.children_under.unwrap_or(0);
                let born = traits.map(|traits| traits.children_born.as_slice()).unwrap_or_default();
                let children = children_under(born, under, on.month());
                if share.times > children {
                    let times = share.times;
                    let item = item_id;
                    return Err(Refusal::TooFewChildren { item, member, under, children, times });
                }
            }
            Eligible::DuesPaid => {
                let unpaid = months_unpaid(context, &member, on);
                let most = context.state.offices.benefit_months_unpaid_max(on);
                if unpaid > most {
                    return Err(Refusal::DuesUnpaid { item: item_id, member, unpaid, most });
                }
            }
            Eligible::Member | Eligible::Working | Eligible::Woman => {}
        }
    }
    Ok(())
}

/// How many of these children are younger than so many years in that month.
fn children_under(born: &[Month], years: u32, month: Month) -> u32 {
    let young = born
        .iter()
        .filter(|born| **born <= month && month.months_from(**born) < years.saturating_mul(12));
    u32::try_from(young.count()).unwrap_or(u32::MAX)
}

/// How many months before that day's are not paid whole.
fn months_unpaid(context: &Context<'_>, id: &MemberId, on: Day) -> u32 {
    let Some(member) = context.state.members.member(id) else { return 0 };
    let due = context.state.dues_months(member, on.month()).filter(|month| *month < on.month());
    let unpaid = due.filter(|month| {
        context.state.dues_owed(id, *month).is_none_or(|owed| owed.arrears().is_positive())
    });
    u32::try_from(unpaid.count()).unwrap_or(u32::MAX)
}

/// Whether a share is what the schedule of the day allows, with what the same person got before, goods
/// that a visit brought beside a share among it.
fn within_schedule(
    context: &Context<'_>,
    item: &WelfareItemId,
    share: &Share,
    on: Day,
) -> Result<(), Refusal> {
    let schedule = context.state.offices.benefit_schedule(on);
    for line in schedule.iter().filter(|line| line.item == *item) {
        let before = Money::sum(
            context
                .state
                .given(&share.to)
                .filter(|given| given.list.item == *item && counts(line.per, given.list, on))
                .map(|given| given.got.amount),
        );
        let goods = context
            .state
            .goods_beside(&share.to, |of, list| of == item && counts(line.per, list, on));
        let before = before.plus(goods);
        let most = match line.per {
            Per::Time => line.amount.times(share.times),
            Per::PersonYear | Per::PersonDay => line.amount,
        };
        let (item, to, asked) = (item.clone(), share.to.clone(), share.amount);
        let sum = before.plus(asked);
        if line.exact && line.per == Per::Time && asked != most {
            return Err(Refusal::NotTheRate { item, to, rate: most, asked });
        }
        if sum > most {
            let over = sum.minus(most);
            return Err(Refusal::AboveCap { item, to, per: line.per, most, before, asked, over });
        }
    }
    Ok(())
}

/// Whether what was given by that list counts together with what is given on that day.
pub(crate) fn counts(per: Per, list: &List, on: Day) -> bool {
    match per {
        Per::Time => false,
        Per::PersonYear => list.on.year() == on.year(),
        Per::PersonDay => list.on == on,
    }
}

/// Everybody on the list signs once, or is said not to have come; whoever comes late signs while the
/// money is still there, and what he may have by then is counted anew.
pub(super) fn distribute(
    context: &Context<'_>,
    asked: &DistributeBenefit,
) -> Result<Vec<Fact>, Refusal> {
    let DistributeBenefit { disbursement, date, signed, unclaimed } = asked.clone();
    let list = list_of(context, &disbursement)?;
    let found = super::disbursement::known(context, &disbursement)?;
    let Standing::Paid { on, .. } = found.standing else {
        return Err(Refusal::NotPaidYet { disbursement });
    };
    if date < on {
        return Err(Refusal::BeforeItsRequest { date, requested: on });
    }
    let waiting =
        |to: &&Beneficiary| list.shares.get(*to).map(|got| got.claim) == Some(Claim::Listed);
    let all = list.shares.keys().filter(waiting).filter(|to| !unclaimed.contains(to));
    let signed = signed.unwrap_or_else(|| all.cloned().collect());
    let late = |to: &&Beneficiary| {
        let got = list.shares.get(*to).filter(|_| list.returned.is_none());
        got.filter(|got| matches!(got.claim, Claim::Unclaimed(_)))
    };
    let mut seen = BTreeSet::new();
    for to in &signed {
        if let Some(got) = late(&to) {
            let share = Share { to: to.clone(), amount: got.amount, times: got.times };
            within_schedule(context, &list.item, &share, list.on)?;
        } else if !waiting(&to) {
            return Err(Refusal::NotWaiting { disbursement, to: to.clone() });
        }
    }
    for to in signed.iter().chain(&unclaimed) {
        if !seen.insert(to) || (!waiting(&to) && !signed.contains(to)) {
            return Err(Refusal::NotWaiting { disbursement, to: to.clone() });
        }
    }
    if seen.is_empty() {
        return Err(Refusal::NothingSaid { what: "signed, unclaimed".to_owned() });
    }
    let part = |signed: &[Beneficiary], unclaimed: &[Beneficiary]| {
        Fact::BenefitDistributed(BenefitDistributed {
            disbursement: disbursement.clone(),
            date,
            signed: signed.to_vec(),
            unclaimed: unclaimed.to_vec(),
        })
    };
    let came = signed.chunks(LIST_LINES_MAX).map(|signed| part(signed, &[]));
    let gone = unclaimed.chunks(LIST_LINES_MAX).map(|unclaimed| part(&[], unclaimed));
    Ok(came.chain(gone).collect())
}

pub(super) fn take_back(
    context: &Context<'_>,
    asked: &ReturnRemainder,
) -> Result<Vec<Fact>, Refusal> {
    let ReturnRemainder { disbursement, date, into } = asked.clone();
    let list = list_of(context, &disbursement)?;
    let found = super::disbursement::known(context, &disbursement)?;
    let Standing::Paid { seq, on, .. } = found.standing else {
        return Err(Refusal::NotPaidYet { disbursement });
    };
    if let Some(returned) = list.returned {
        let by = returned.by;
        return Err(Refusal::RemainderReturnedAlready { disbursement, by });
    }
    let people = list.waiting();
    if people > 0 {
        return Err(Refusal::StillWaiting { disbursement, people });
    }
    let amount = list.unclaimed();
    if !amount.is_positive() {
        return Err(Refusal::NothingUnclaimed { disbursement });
    }
    if date < on {
        return Err(Refusal::BeforeItsRequest { date, requested: on });
    }
    let (fund, account) = (found.request.fund.clone(), found.request.account.clone());
    let custodial = context.chart.is_for(&account, Use::Custodial);
    // What is only held for others is spent of no year.
    let year = on.year();
    if !custodial && date.year() != year {
        return Err(Refusal::RemainderOfEarlierYear { disbursement, seq, year, date });
    }
    Ok(vec![Fact::BenefitRemainderReturned(RemainderReturned {
        disbursement,
        date,
        into,
        fund,
        account,
        custodial,
        amount,
    })])
}

/// A payment of which something came back is not taken back before that is.
pub(super) fn reversible(context: &Context<'_>, fact: &Fact) -> Result<(), Refusal> {
    let list = paid(fact).and_then(|id| Some((id, context.state.welfare.list_of(id)?)));
    match list.and_then(|(id, list)| Some((id, list.returned?))) {
        Some((id, returned)) => {
            let (disbursement, by) = (id.clone(), returned.by);
            Err(Refusal::RemainderReturnedAlready { disbursement, by })
        }
        None => Ok(()),
    }
}

/// What a fact pays, if it pays something that a list may stand behind.
pub(super) fn paid(fact: &Fact) -> Option<&DisbursementId> {
    if let Fact::DisbursementPaid(Paid { disbursement, .. })
    | Fact::CustodialPaid(CustodialPaid { disbursement, .. }) = fact
    {
        return Some(disbursement);
    }
    None
}

/// An item that is given for something proved, a certificate or a bill, is paid when the proof lies
/// with its request.
pub(super) fn proved(context: &Context<'_>, found: &Disbursement, on: Day) -> Result<(), Refusal> {
    let disbursement = found.request.disbursement.clone();
    let Some(list) = context.state.welfare.list_of(&disbursement) else { return Ok(()) };
    let needed = context.state.offices.benefit_needs_proof(&list.item, on);
    if needed && context.state.papers.of(found.seq).is_empty() {
        let item = list.item.clone();
        return Err(Refusal::ProofMissing { disbursement, item, seq: found.seq });
    }
    Ok(())
}

/// Those on the list behind a disbursement, where each was chosen: of what everybody gets alike there is
/// none who is favoured.
pub(super) fn chosen<'a>(
    context: &Context<'a>,
    id: &DisbursementId,
) -> impl Iterator<Item = &'a Beneficiary> {
    let welfare = &context.state.welfare;
    let list = welfare.list_of(id).filter(|list| {
        let item = welfare.item(&list.item);
        item.is_none_or(|item| !item.kind.is_for_all())
    });
    list.into_iter().flat_map(|list| list.shares.keys())
}

/// 限实物 An item that is for goods alone is given in no other form.
pub(super) fn check_form(item: &WelfareItem, asked: Form) -> Result<(), Refusal> {
    match item.form.alone().filter(|alone| *alone != asked) {
        Some(alone) => Err(Refusal::FormOfItem { item: item.item.clone(), alone, asked }),
        None => Ok(()),
    }
}

/// Nobody asks for what he, or somebody he is related to, was chosen for.
pub(super) fn of_others(
    context: &Context<'_>,
    item: &WelfareItem,
    lines: &[Share],
    date: Day,
) -> Result<(), Refusal> {
    if item.kind.is_for_all() {
        return Ok(());
    }
    for share in lines {
        if is_person(context, context.by, &share.to) {
            return Err(Refusal::PayeeIsRequester { officer: context.by.clone() });
        }
        super::relation::not_of(context, &Related::on_list(&share.to), date)?;
    }
    Ok(())
}

/// Whether an officer is this person, as a member or by the officer's id.
pub(super) fn is_person(context: &Context<'_>, officer: &OfficerId, of: &Beneficiary) -> bool {
    let person = context.state.person(of);
    let as_member = person.member().is_some() && person.member() == context.own_member(officer);
    as_member || officer_of(context, of).is_some_and(|found| context.is_same(found, officer))
}

/// The officer that somebody is whom only the vault knows.
pub(super) fn officer_of<'a>(context: &Context<'a>, of: &Beneficiary) -> Option<&'a OfficerId> {
    let Beneficiary::Subject(subject) = of else { return None };
    match context.state.privacy.subject(subject)?.of.as_ref()? {
        Person::Officer(officer) => Some(officer),
        Person::Member(_) | Person::Disbursement(_) => None,
    }
}

/// A member, or somebody whom the vault knows.
pub(super) fn known_person(context: &Context<'_>, to: &Beneficiary) -> Result<(), Refusal> {
    match to {
        Beneficiary::Member(id) => super::member::known_member(context, id).map(|_| ()),
        Beneficiary::Subject(id) => super::privacy::known(context, id).map(|_| ()),
    }
}

pub(super) fn known<'a>(
    context: &Context<'a>,
    id: &WelfareItemId,
) -> Result<&'a WelfareItem, Refusal> {
    let found = context.state.welfare.item(id);
    found.ok_or_else(|| Refusal::WelfareItemUnknown { item: id.clone() })
}

pub(super) fn list_of<'a>(context: &Context<'a>, id: &DisbursementId) -> Result<&'a List, Refusal> {
    let found = context.state.welfare.list_of(id);
    found.ok_or_else(|| Refusal::NoListBehind { disbursement: id.clone() })
}
