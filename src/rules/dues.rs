//! Dues: nobody pays more than is owed, for a month that is owed; nobody gets back more than was
//! paid; and nothing is waived that is not owed.

use std::collections::BTreeSet;

use super::disbursement::Kept;
use super::member::known_member;
use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::Month;
use crate::event::Fact;
use crate::event::book::RuleKind;
use crate::event::disbursement::Payee;
use crate::event::dues::{
    CancelWaiver, Control, DuesLine, DuesReceipt, DuesStanding, DuesTerms, MonthLine, PayDues,
    ReceiveDues, ReceiveRoll, Refund, Terms, WaiveDues, Waiver, WaiverCancellation,
};
use crate::ids::{MemberId, OfficerId, Seq};
use crate::money::Money;
use crate::projection::dues::Owed;
use crate::projection::members::Member;

/// A longer roll becomes several records of one command, so that each stays under 4,096 bytes.
pub const ROLL_LINES_MAX: usize = 40;

/// Dues are laid on, or waived of, so many months after the month of the payment or waiver at most. A
/// limit of this program, and no law: whoever pays further ahead says the months.
pub const AHEAD_MONTHS_MAX: usize = 12;

pub(super) fn receive(context: &Context<'_>, asked: &ReceiveDues) -> Result<Vec<Fact>, Refusal> {
    let ReceiveDues { date, fund, into, lines, control } = asked.clone();
    check_lines(context, &lines)?;
    if let Some(control) = &control {
        agrees(context, control, &lines, BTreeSet::new())?;
    }
    Ok(split(&DuesReceipt { date, fund, into, lines }))
}

/// The dues of a group: as they are due, or as the lines say.
pub(super) fn receive_roll(
    context: &Context<'_>,
    roll: &ReceiveRoll,
) -> Result<Vec<Fact>, Refusal> {
    let ReceiveRoll { date, fund, into, group, month: first, control, except, .. } = roll.clone();
    let last = last_month(first, roll.through)?;
    super::member::known_group(context, &group)?;
    let mut lines = roll.lines.clone();
    lines.iter().try_for_each(|line| of_roll(context, roll, last, line))?;
    for member in &except {
        in_group(context, roll, member, first)?;
    }
    if lines.is_empty() {
        lines = due_of_group(context, roll, last)?;
    }
    lines.retain(|line| !except.contains(&line.member));
    let left_out = left_out(context, roll, last, &lines);
    agrees(context, &control, &lines, left_out)?;
    check_lines(context, &lines)?;
    Ok(split(&DuesReceipt { date, fund, into, lines }))
}

/// A line of a roll is of its months and of its group.
fn of_roll(
    context: &Context<'_>,
    roll: &ReceiveRoll,
    last: Month,
    line: &DuesLine,
) -> Result<(), Refusal> {
    let (month, first) = (line.month, roll.month);
    if month < first || last < month {
        return Err(Refusal::RollOtherMonth { month, first, last });
    }
    in_group(context, roll, &line.member, month)
}

/// What every member of the group still owes for these months.
fn due_of_group(
    context: &Context<'_>,
    roll: &ReceiveRoll,
    last: Month,
) -> Result<Vec<DuesLine>, Refusal> {
    let mut lines = Vec::new();
    for (id, member) in context.state.members.members() {
        for month in roll.month.through(last) {
            let of_group = member.group_in(month) == Some(&roll.group) && member.owes_in(month);
            if !of_group || roll.except.contains(id) {
                continue;
            }
            let amount = owed(context, id, month)?.arrears();
            if amount.is_positive() {
                lines.push(DuesLine { member: id.clone(), month, amount });
            }
        }
    }
    Ok(lines)
}

fn in_group(
    context: &Context<'_>,
    roll: &ReceiveRoll,
    id: &MemberId,
    month: Month,
) -> Result<(), Refusal> {
    let found = known_member(context, id)?;
    if found.group_in(month) == Some(&roll.group) {
        return Ok(());
    }
    Err(Refusal::NotInGroup { member: id.clone(), group: roll.group.clone(), month })
}

/// The members of the group who have no line: excepted, or owing nothing.
fn left_out<'a>(
    context: &Context<'a>,
    roll: &ReceiveRoll,
    last: Month,
    lines: &[DuesLine],
) -> BTreeSet<&'a MemberId> {
    let payers: BTreeSet<&MemberId> = lines.iter().map(|line| &line.member).collect();
    let of_group = |member: &Member| {
        let mut months = roll.month.through(last);
        months.any(|month| member.group_in(month) == Some(&roll.group) && member.owes_in(month))
    };
    let members = context.state.members.members();
    let members = members.filter(|(id, member)| of_group(member) && !payers.contains(id));
    members.map(|(id, _)| id).collect()
}

/// Members and sum as they were declared are those of the lines. Where they are not, whoever is left
/// out or pays another sum than is owed is named, or else all who pay.
fn agrees(
    context: &Context<'_>,
    control: &Control,
    lines: &[DuesLine],
    left_out: BTreeSet<&MemberId>,
) -> Result<(), Refusal> {
    let payers: BTreeSet<&MemberId> = lines.iter().map(|line| &line.member).collect();
    let members = u32::try_from(payers.len()).unwrap_or(u32::MAX);
    let total = Money::sum(lines.iter().map(|line| line.amount));
    let Control { members: declared_members, total: declared } = *control;
    if members == declared_members && total == declared {
        return Ok(());
    }
    let members_apart = members.abs_diff(declared_members);
    let apart = declared.minus(total).abs();
    let differs = |line: &&DuesLine| {
        let owed = context.state.dues_owed(&line.member, line.month);
        owed.is_none_or(|owed| owed.arrears() != line.amount)
    };
    let mut concerned = left_out;
    concerned.extend(lines.iter().filter(differs).map(|line| &line.member));
    let concerned = if concerned.is_empty() { payers } else { concerned };
    let concerned = concerned.into_iter().cloned().collect();
    Err(Refusal::RollDiffers {
        declared_members,
        declared,
        members,
        total,
        members_apart,
        apart,
        concerned,
    })
}

/// The oldest months owed first, then the months ahead.
pub(super) fn pay(context: &Context<'_>, asked: &PayDues) -> Result<Vec<Fact>, Refusal> {
    let PayDues { date, fund, into, member, amount } = asked.clone();
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount });
    }
    let found = known_member(context, &member)?;
    let through = furthest(date.month());
    let mut lines = Vec::new();
    let (mut left, mut unassessed) = (amount, None);
    for month in context.state.dues_months(found, through) {
        let Some(owed) = context.state.dues_owed(&member, month) else {
            unassessed = unassessed.or(Some(month));
            continue;
        };
        let amount = owed.arrears().min(left);
        if amount.is_positive() {
            left = left.minus(amount);
            lines.push(DuesLine { member: member.clone(), month, amount });
        }
    }
    if left.is_positive() {
        // Nothing can be said of what nobody has assessed.
        if let Some(month) = unassessed.filter(|_| lines.is_empty()) {
            owed(context, &member, month)?;
        }
        let (owed, over) = (amount.minus(left), left);
        return Err(Refusal::DuesPaidTooFar { member, asked: amount, owed, through, over });
    }
    Ok(split(&DuesReceipt { date, fund, into, lines }))
}

/// The last month that a payment or a waiver of this month reaches.
fn furthest(month: Month) -> Month {
    let months = std::iter::successors(Some(month), |month| Some(month.next()));
    months.take(AHEAD_MONTHS_MAX.saturating_add(1)).last().unwrap_or(month)
}

pub(super) fn set_terms(context: &Context<'_>, set: &DuesTerms) -> Result<Vec<Fact>, Refusal> {
    let found = known_member(context, &set.member)?;
    if let Some(until) = set.until {
        last_month(set.from, Some(until))?;
    }
    if let Terms::Flat { amount } = set.terms
        && !amount.is_positive()
    {
        return Err(Refusal::AmountNotPositive { amount });
    }
    // What a closed month owed stays as it was.
    if let Some(closed) = context.state.periods.closed_through() {
        let last = set.until.map_or(closed, |until| until.min(closed));
        for month in set.from.through(last).filter(|month| found.owes_in(*month)) {
            if context.state.dues_due(&set.member, month).is_some() {
                super::period::open_day(context, month.first_day())?;
            }
        }
    }
    Ok(vec![Fact::DuesTermsSet(set.clone())])
}

pub(super) fn waive(context: &Context<'_>, asked: &WaiveDues) -> Result<Vec<Fact>, Refusal> {
    let WaiveDues { on, member, from: first, reason, resolution, .. } = asked.clone();
    let last = last_month(first, asked.through)?;
    if context.own_member(context.by) == Some(&member) {
        return Err(Refusal::OwnDuesWaived { officer: context.by.clone(), member });
    }
    let found = known_member(context, &member)?;
    let through = furthest(on.month());
    if last > through {
        return Err(Refusal::WaivedTooFar { member, last, through });
    }
    let mut lines = Vec::new();
    for month in first.through(last).filter(|month| found.owes_in(*month)) {
        let owed = owed(context, &member, month)?;
        let amount = asked.amount.unwrap_or_else(|| owed.arrears());
        if amount.is_negative() || (amount.is_zero() && asked.amount.is_some()) {
            return Err(Refusal::AmountNotPositive { amount });
        }
        if amount > owed.arrears() {
            let Owed { due, waived, paid } = owed;
            return Err(Refusal::WaivedTooMuch { member, month, due, waived, paid, asked: amount });
        }
        if amount.is_positive() {
            lines.push(MonthLine { month, amount });
        }
    }
    if lines.is_empty() {
        return Err(Refusal::NothingOwed { member, first, last });
    }
    let part = |lines: &[MonthLine]| {
        let (member, lines) = (member.clone(), lines.to_vec());
        let (reason, resolution) = (reason.clone(), resolution.clone());
        Fact::DuesWaived(Waiver { on, member, lines, reason, resolution })
    };
    Ok(lines.chunks(ROLL_LINES_MAX).map(part).collect())
}

pub(super) fn cancel_waiver(
    context: &Context<'_>,
    asked: &CancelWaiver,
) -> Result<Vec<Fact>, Refusal> {
    let CancelWaiver { on, waiver, reason } = asked.clone();
    let found = (context.look_up)(waiver).map(|record| record.fact);
    let Some(Fact::DuesWaived(Waiver { member, on: since, .. })) = found else {
        return Err(Refusal::WaiverUnknown { waiver });
    };
    if known_member(context, &member)?.waived_by(waiver).next().is_none() {
        return Err(Refusal::WaiverUnknown { waiver });
    }
    if on < since {
        return Err(Refusal::ReversedBeforeItself { date: on, original: since });
    }
    Ok(vec![Fact::DuesWaiverCancelled(WaiverCancellation { on, waiver, member, reason })])
}

pub(super) fn refund(context: &Context<'_>, asked: &Refund) -> Result<Vec<Fact>, Refusal> {
    if asked.lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    first_of(refused_refunds(context, &asked.lines))?;
    let of_fund = |line: &DuesLine| into_fund(context, asked, line);
    asked.lines.iter().try_for_each(of_fund)?;
    approved(context, asked)?;
    Ok(vec![Fact::DuesRefunded(asked.clone())])
}

/// A line of what is given back, beside the lines before it.
fn check_refund<'a>(
    context: &Context<'_>,
    line: &'a DuesLine,
    seen: &mut BTreeSet<(&'a MemberId, Month)>,
) -> Result<(), Refusal> {
    let DuesLine { member, month, amount } = line;
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: *amount });
    }
    let (paid, asked) = (known_member(context, member)?.paid_for(*month), *amount);
    if !seen.insert((member, *month)) {
        return Err(Refusal::DuesLineTwice { member: member.clone(), month: *month });
    }
    if asked > paid {
        let (member, month, over) = (member.clone(), *month, asked.minus(paid));
        return Err(Refusal::RefundedTooMuch { member, month, paid, asked, over });
    }
    if context.own_member(context.by) == Some(member) {
        return Err(Refusal::PayerIsPayee { officer: context.by.clone() });
    }
    Ok(())
}

/// What is given back comes out of the fund that it went into.
fn into_fund(context: &Context<'_>, asked: &Refund, line: &DuesLine) -> Result<(), Refusal> {
    let DuesLine { member, month, amount } = line.clone();
    let fund = asked.fund.clone();
    let is_of_fund = |seq: Seq| match (context.look_up)(seq).map(|record| record.fact) {
        Some(Fact::DuesReceived(receipt)) => receipt.fund == fund,
        Some(Fact::DuesRefunded(refund)) => refund.fund == fund,
        Some(_) | None => false,
    };
    let paid = known_member(context, &member)?.paid_by(month);
    let paid = Money::sum(paid.filter(|(seq, _)| is_of_fund(*seq)).map(|(_, amount)| amount));
    if amount > paid {
        return Err(Refusal::RefundOfOtherFund { member, month, fund, paid, asked: amount });
    }
    Ok(())
}

/// Income that goes out again is requested and approved like whatever is paid, in one record of one
/// request.
fn approved(context: &Context<'_>, asked: &Refund) -> Result<(), Refusal> {
    let account = context.chart.at(Use::Dues).cloned();
    let account = account.ok_or_else(|| Refusal::NoAccountFor { of: Use::Dues.to_string() })?;
    let Some(id) = &asked.disbursement else {
        return Err(Refusal::RequestNeeded { command: "dues.refund".to_owned(), account });
    };
    if asked.lines.len() > ROLL_LINES_MAX {
        let found = u32::try_from(asked.lines.len()).unwrap_or(u32::MAX);
        let most = u32::try_from(ROLL_LINES_MAX).unwrap_or(u32::MAX);
        return Err(Refusal::TooManyAtOnce { found, most });
    }
    let found = super::disbursement::payable(context, id, asked.date, asked.from, Kept::Dues)?;
    super::disbursement::is_as_requested(&found.request, &asked.fund, &account, asked.total())?;
    for DuesLine { member, .. } in &asked.lines {
        if let Payee::Member(payee) = &found.request.payee
            && payee != member
        {
            let (disbursement, requested) = (id.clone(), payee.to_string());
            let asked = member.to_string();
            return Err(Refusal::NotAsRequested { disbursement, requested, asked });
        }
        let is_own = |officer: &OfficerId| context.own_member(officer) == Some(member);
        if let Some(officer) = found.approvals.keys().find(|officer| is_own(officer)) {
            return Err(Refusal::ApproverIsPayee { officer: officer.clone() });
        }
        if is_own(&found.requested_by) {
            return Err(Refusal::PayeeIsRequester { officer: found.requested_by.clone() });
        }
    }
    Ok(())
}

/// Dues that were given back since cannot be taken back a second time.
pub(super) fn check_reversal(
    context: &Context<'_>,
    seq: Seq,
    receipt: &DuesReceipt,
) -> Result<(), Refusal> {
    for DuesLine { member, month, amount } in &receipt.lines {
        let (paid, taken) = (known_member(context, member)?.paid_for(*month), *amount);
        if taken > paid {
            let (member, month) = (member.clone(), *month);
            return Err(Refusal::DuesRefundedSince { seq, member, month, paid, taken });
        }
    }
    Ok(())
}

/// A month that was paid again since would be paid twice.
pub(super) fn check_refund_reversal(context: &Context<'_>, refund: &Refund) -> Result<(), Refusal> {
    refund.lines.iter().try_for_each(|line| check_line(context, line))
}

/// The last of the months from `first` on.
fn last_month(first: Month, through: Option<Month>) -> Result<Month, Refusal> {
    let last = through.unwrap_or(first);
    if last < first { Err(Refusal::DuesMonthsBackwards { first, last }) } else { Ok(last) }
}

fn check_lines(context: &Context<'_>, lines: &[DuesLine]) -> Result<(), Refusal> {
    if lines.is_empty() {
        return Err(Refusal::NothingSaid { what: "lines".to_owned() });
    }
    first_of(refused_lines(context, lines))
}

/// Every line of a list that is refused, with the path of what is wrong in it.
pub(super) fn refused_lines(context: &Context<'_>, lines: &[DuesLine]) -> Vec<(String, Refusal)> {
    let mut seen = BTreeSet::new();
    each(lines, |line| {
        check_line(context, line)?;
        if seen.insert((&line.member, line.month)) {
            return Ok(());
        }
        Err(Refusal::DuesLineTwice { member: line.member.clone(), month: line.month })
    })
}

/// The same of a group's roll, whose lines are of its months and its members.
pub(super) fn refused_in_roll(context: &Context<'_>, roll: &ReceiveRoll) -> Vec<(String, Refusal)> {
    let Ok(last) = last_month(roll.month, roll.through) else { return Vec::new() };
    let of_roll = each(&roll.lines, |line| of_roll(context, roll, last, line));
    if of_roll.is_empty() { refused_lines(context, &roll.lines) } else { of_roll }
}

/// The same of what is given back.
pub(super) fn refused_refunds(context: &Context<'_>, lines: &[DuesLine]) -> Vec<(String, Refusal)> {
    let mut seen = BTreeSet::new();
    each(lines, |line| check_refund(context, line, &mut seen))
}

fn each<'a>(
    lines: &'a [DuesLine],
    mut check: impl FnMut(&'a DuesLine) -> Result<(), Refusal>,
) -> Vec<(String, Refusal)> {
    let lines = lines.iter().enumerate();
    let refused = lines.filter_map(|(number, line)| {
        let refusal = check(line).err()?;
        Some((format!("lines[{number}].{}", wrong_field(&refusal)), refusal))
    });
    refused.collect()
}

/// Which field of a line has to be mended.
fn wrong_field(refusal: &Refusal) -> &'static str {
    let of_amount = matches!(
        refusal,
        Refusal::AmountNotPositive { .. }
            | Refusal::DuesOverpaid { .. }
            | Refusal::RefundedTooMuch { .. }
    );
    let of_month = matches!(
        refusal,
        Refusal::DuesNotOwed { .. } | Refusal::RollOtherMonth { .. } | Refusal::RuleMissing { .. }
    );
    match (of_amount, of_month) {
        (true, _) => "amount",
        (false, true) => "month",
        (false, false) => "member",
    }
}

/// The first of them is what a command is refused for.
fn first_of(refused: Vec<(String, Refusal)>) -> Result<(), Refusal> {
    refused.into_iter().next().map_or(Ok(()), |(_, refusal)| Err(refusal))
}

/// Said once of a member, before this book has dues of the months that the old book had.
pub(super) fn open_standing(
    context: &Context<'_>,
    standing: &DuesStanding,
) -> Result<Vec<Fact>, Refusal> {
    let DuesStanding { member: id, paid_through, owed } = standing;
    let found = known_member(context, id)?;
    let member = id.clone();
    if let Some(before) = found.standing() {
        let paid_through = before.paid_through;
        return Err(Refusal::StandingSaid { member, paid_through });
    }
    if let Some(month) = found.first_paid().filter(|paid| paid <= paid_through) {
        return Err(Refusal::StandingOfPaidMonth { member, month, paid_through: *paid_through });
    }
    if let Some(owed) = *owed {
        if owed.is_negative() {
            return Err(Refusal::AmountNotPositive { amount: owed });
        }
        let starts = context.state.offices.ledger().map(|ledger| ledger.starts);
        if let Some(starts) = starts.filter(|starts| paid_through.next() >= starts.month()) {
            let paid_through = *paid_through;
            return Err(Refusal::StandingOwesNothing { member, paid_through, owed, starts });
        }
    }
    Ok(vec![Fact::DuesStandingOpened(standing.clone())])
}

fn check_line(context: &Context<'_>, line: &DuesLine) -> Result<(), Refusal> {
    let DuesLine { member, month, amount } = line;
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: *amount });
    }
    let Owed { due, waived, paid } = owed(context, member, *month)?;
    let due = due.minus(waived);
    if paid.plus(*amount) > due {
        let (member, month) = (member.clone(), *month);
        return Err(Refusal::DuesOverpaid { member, month, due, paid, asked: *amount });
    }
    Ok(())
}

/// What a member owes for a month of the membership, or why nothing can be said.
fn owed(context: &Context<'_>, id: &MemberId, month: Month) -> Result<Owed, Refusal> {
    let found = known_member(context, id)?;
    let member = id.clone();
    if !found.owes_in(month) {
        return Err(Refusal::DuesNotOwed { member, month });
    }
    let (day, offices) = (month.last_day(), &context.state.offices);
    let without_rule = match found.terms_in(month) {
        Some(Terms::Exempt { .. } | Terms::Flat { .. }) => false,
        Some(Terms::ByBase {}) => offices.dues_rate(day).is_none(),
        None => offices.dues_standard(day).is_none(),
    };
    if without_rule {
        return Err(Refusal::RuleMissing { rule: RuleKind::DuesRate, on: day });
    }
    context.state.dues_owed(id, month).ok_or(Refusal::DuesBaseMissing { member, month })
}

fn split(roll: &DuesReceipt) -> Vec<Fact> {
    let part = |lines: &[DuesLine]| {
        Fact::DuesReceived(DuesReceipt { lines: lines.to_vec(), ..roll.clone() })
    };
    roll.lines.chunks(ROLL_LINES_MAX).map(part).collect()
}
