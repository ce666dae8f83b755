//! Benefits against their caps.

use std::collections::BTreeSet;

use super::{Exception, Ground, Looked};
use crate::date::Day;
use crate::event::book::{Per, Rule, ScheduleLine};
use crate::event::welfare::{Beneficiary, WelfareFamily};
use crate::ids::{DisbursementId, Seq, WelfareItemId};
use crate::money::Money;
use crate::projection::disbursements::Standing;
use crate::projection::welfare::{Given, Got, List};
use crate::report::Words;
use crate::rules::counts_together;

/// What a schedule 福利标准 says of one item, with the record that set it.
struct Schedule<'a> {
    seq: Seq,
    lines: Vec<&'a ScheduleLine>,
}

/// What a benefit of that day is held against: the last schedule that speaks of its item, as it was known
/// when it was asked for, and as it is known now, which may have been recorded afterwards. A schedule of
/// other items says nothing of it.
fn schedules<'a>(
    ground: &Ground<'a>,
    item: &WelfareItemId,
    on: Day,
    asked: Seq,
) -> Vec<Schedule<'a>> {
    let mut then: Option<(Day, Schedule<'a>)> = None;
    let mut now: Option<(Day, Schedule<'a>)> = None;
    for (seq, set) in ground.books.state.offices.rules_set() {
        let Rule::BenefitSchedule { lines } = &set.setting.rule else { continue };
        let lines: Vec<&ScheduleLine> = lines.iter().filter(|line| line.item == *item).collect();
        let from = set.setting.from;
        if from > on || lines.is_empty() {
            continue;
        }
        // A later record of the same first day takes the place of an earlier one.
        if *seq < asked && then.as_ref().is_none_or(|(day, _)| *day <= from) {
            then = Some((from, Schedule { seq: *seq, lines: lines.clone() }));
        }
        if now.as_ref().is_none_or(|(day, _)| *day <= from) {
            now = Some((from, Schedule { seq: *seq, lines }));
        }
    }
    let mut found: Vec<Schedule<'a>> = then.into_iter().map(|(_, schedule)| schedule).collect();
    let same = |now: &Schedule<'_>| found.iter().any(|then| then.seq == now.seq);
    if let Some((_, now)) = now.filter(|(_, now)| !same(now)) {
        found.push(now);
    }
    found
}

pub(super) fn settled(ground: &Ground<'_>) -> Result<Looked, Words> {
    let (mut looked_at, mut amount, mut found) = (0_usize, Money::ZERO, Vec::new());
    for (id, list, paid, on) in ground.books.state.paid_lists() {
        if !ground.months.contains(&on.month()) {
            continue;
        }
        (looked_at, amount) = (looked_at.saturating_add(1), amount.plus(list.total()));
        if list.is_settled() {
            continue;
        }
        let (waiting, unclaimed) = (list.waiting(), list.unclaimed());
        let back = list.returned.map(|returned| returned.amount).unwrap_or_default();
        let zh = format!("{id} 的名册 {waiting} 人未签收，未领 {unclaimed}，已退回 {back}");
        let en =
            format!("of {id} {waiting} have not signed; {unclaimed} is unclaimed and {back} back");
        found.push(Exception::new([paid], &zh, &en).of(unclaimed.minus(back)));
    }
    Ok(Looked::sum(looked_at, amount, found))
}

/// Whether a list is of the months that are looked at: by the day of its occasion, which is said, or by
/// that of its payment, which the voucher shows.
fn is_looked_at(ground: &Ground<'_>, id: &DisbursementId, list: &List) -> bool {
    let found = ground.books.state.disbursements.disbursement(id);
    let paid = found.and_then(|found| match found.standing {
        Standing::Paid { on, .. } => Some(on.month()),
        Standing::Open
        | Standing::Refused { .. }
        | Standing::Cancelled { .. }
        | Standing::Accrued { .. } => None,
    });
    let mut months = paid.into_iter().chain([list.on.month()]);
    paid.is_some() && months.any(|month| ground.months.contains(&month))
}

/// 未定标准的事项 Items that were given in these months and of which no schedule speaks: nothing says how
/// much of them is too much. What mutual aid and drives give has terms and sums of its own.
pub(super) fn without_cap(ground: &Ground<'_>) -> Vec<WelfareItemId> {
    let state = ground.books.state;
    let mut found = BTreeSet::new();
    let lists = state.welfare.lists().filter(|(id, list)| is_looked_at(ground, id, list));
    for (_, list) in lists {
        let family = state.welfare.item(&list.item).map(|item| item.kind.family());
        let capped = match family {
            Some(WelfareFamily::MutualAid | WelfareFamily::Donation) => true,
            Some(
                WelfareFamily::Benefit
                | WelfareFamily::Visit
                | WelfareFamily::Aid
                | WelfareFamily::Award,
            )
            | None => false,
        };
        let asked = list.records.first().copied().unwrap_or(Seq(0));
        if !capped && schedules(ground, &list.item, list.on, asked).is_empty() {
            found.insert(list.item.clone());
        }
    }
    found.into_iter().collect()
}

/// One share of one paid list.
struct Item<'a> {
    id: &'a DisbursementId,
    list: &'a List,
    to: &'a Beneficiary,
    got: &'a Got,
    paid: Seq,
}

pub(super) fn caps(ground: &Ground<'_>) -> Result<Looked, Words> {
    let state = ground.books.state;
    let (mut looked_at, mut amount, mut found) = (0_usize, Money::ZERO, Vec::new());
    let mut ruled = false;
    for (id, list) in state.welfare.lists() {
        if !is_looked_at(ground, id, list) {
            continue;
        }
        for (to, got) in &list.shares {
            let mut all = state.given(to).filter(|of| of.disbursement == id && of.name == to);
            let Some(paid) = all.find_map(|given| given.paid) else { continue };
            (looked_at, amount) = (looked_at.saturating_add(1), amount.plus(got.amount));
            let asked = list.records.first().copied().unwrap_or(paid);
            let schedules = schedules(ground, &list.item, list.on, asked);
            ruled |= !schedules.is_empty();
            let item = Item { id, list, to, got, paid };
            // What breaks both the old schedule and the new one is one thing.
            let broken = schedules.iter().flat_map(|schedule| of_schedule(ground, schedule, &item));
            let mut seen = BTreeSet::new();
            found.extend(broken.filter(|(per, _)| seen.insert(*per)).map(|(_, found)| found));
        }
    }
    if looked_at == 0 {
        return Err(Words::new("未记录福利发放", "no benefit is recorded"));
    }
    if !ruled {
        return Err(Words::new(
            "没有福利标准的规定 (benefit_schedule)",
            "no rule says how much (benefit_schedule)",
        ));
    }
    Ok(Looked::sum(looked_at, amount, found))
}

fn of_schedule(
    ground: &Ground<'_>,
    schedule: &Schedule<'_>,
    item: &Item<'_>,
) -> Vec<(Per, Exception)> {
    let above = |line: &&ScheduleLine| Some((line.per, above(ground, schedule, line, item)?));
    schedule.lines.iter().filter_map(above).collect()
}

/// What a share, with what the same person was paid of it before, is above a line of the schedule.
fn above(
    ground: &Ground<'_>,
    schedule: &Schedule<'_>,
    line: &ScheduleLine,
    item: &Item<'_>,
) -> Option<Exception> {
    let Item { id, list, to, got, paid } = *item;
    // Of one list that holds a person under two names, the second share comes on top of the first.
    let before = |given: &Given<'_>| {
        let earlier = given.paid.is_some_and(|seq| (seq, given.name) < (paid, to));
        let same_list = given.disbursement == id;
        let counts = same_list || counts_together(line.per, given.list, list.on);
        earlier && given.list.item == list.item && counts
    };
    let given: Vec<Given<'_>> = ground.books.state.given(to).filter(before).collect();
    let earlier: BTreeSet<Seq> =
        given.iter().filter_map(|given| given.paid).filter(|seq| *seq != paid).collect();
    let most = match line.per {
        Per::Time => line.amount.times(got.times),
        Per::PersonYear | Per::PersonDay => line.amount,
    };
    let sum = Money::sum(given.iter().map(|given| given.got.amount)).plus(got.amount);
    let over = sum.minus(most);
    if !over.is_positive() {
        return None;
    }
    let (zh_to, en_to) = match to {
        Beneficiary::Member(member) => (format!("会员 {member}"), format!("the member {member}")),
        Beneficiary::Subject(subject) => (format!("受益人 {subject}"), subject.to_string()),
    };
    let (zh_per, en_per) = match line.per {
        Per::Time => ("每次", "a time"),
        Per::PersonYear => ("每年", "a year"),
        Per::PersonDay => ("每天", "a day"),
    };
    let name = &list.item;
    let (zh_late, en_late) = if schedule.seq > paid {
        ("，标准在付款之后补记", ", by a schedule recorded after the payment")
    } else {
        ("", "")
    };
    let zh = format!("{zh_to} {name} {zh_per}合计 {sum}，标准 {most} ({id}){zh_late}");
    let en = format!("{en_to} has {sum} of {name}, and {most} {en_per} is allowed ({id}){en_late}");
    let records = earlier.into_iter().chain([paid, schedule.seq]);
    Some(Exception::new(records, &zh, &en).of(over))
}
