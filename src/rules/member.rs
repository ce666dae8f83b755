//! Members and groups.

use super::{Context, Refusal};
use crate::date::Day;
use crate::event::Fact;
use crate::event::member::{
    Arrival, Depart, Departure, DuesBase, Enrolment, Group, Leaving, Transfer,
};
use crate::ids::{GroupId, MemberId};
use crate::projection::members::Member;

pub(super) fn define_group(context: &Context<'_>, new: &Group) -> Result<Vec<Fact>, Refusal> {
    if context.state.members.group(&new.group).is_some() {
        return Err(Refusal::GroupExists { group: new.group.clone() });
    }
    Ok(vec![Fact::GroupDefined(new.clone())])
}

pub(super) fn enrol(context: &Context<'_>, new: &Enrolment) -> Result<Vec<Fact>, Refusal> {
    known_group(context, &new.group)?;
    may_come(context, &new.member, new.on)?;
    Ok(vec![Fact::MemberEnrolled(new.clone())])
}

pub(super) fn arrive(context: &Context<'_>, new: &Arrival) -> Result<Vec<Fact>, Refusal> {
    known_group(context, &new.group)?;
    may_come(context, &new.member, new.on)?;
    Ok(vec![Fact::MemberArrived(new.clone())])
}

pub(super) fn depart(context: &Context<'_>, asked: &Depart) -> Result<Vec<Fact>, Refusal> {
    let Depart { member, on, to_union } = asked.clone();
    present_member(context, &member, on)?;
    super::period::open_day(context, on)?;
    let spell = known_member(context, &member)?.spell();
    let dues_paid_through = context.state.dues_paid_through(&member, &spell, on);
    Ok(vec![Fact::MemberDeparted(Departure { member, on, to_union, dues_paid_through })])
}

/// Who is no member yet, or has left before that day.
fn may_come(context: &Context<'_>, id: &MemberId, on: Day) -> Result<(), Refusal> {
    let Some(found) = context.state.members.member(id) else { return Ok(()) };
    let member = id.clone();
    match found.left {
        None => Err(Refusal::MemberExists { member }),
        Some((left, _)) if on <= left => Err(Refusal::RejoinTooEarly { member, left, on }),
        Some(_) => Ok(()),
    }
}

pub(super) fn set_base(context: &Context<'_>, set: &DuesBase) -> Result<Vec<Fact>, Refusal> {
    let member = known_member(context, &set.member)?;
    // What a closed month owed stays as it was; only a first base may reach back.
    if member.base_in(set.from).is_some() {
        super::period::open_day(context, set.from.first_day())?;
    }
    if set.base.is_negative() {
        return Err(Refusal::BaseNegative { base: set.base });
    }
    Ok(vec![Fact::DuesBaseSet(set.clone())])
}

pub(super) fn transfer(context: &Context<'_>, moved: &Transfer) -> Result<Vec<Fact>, Refusal> {
    present_member(context, &moved.member, moved.on)?;
    known_group(context, &moved.group)?;
    Ok(vec![Fact::MemberTransferred(moved.clone())])
}

pub(super) fn leave(context: &Context<'_>, leaving: &Leaving) -> Result<Vec<Fact>, Refusal> {
    present_member(context, &leaving.member, leaving.on)?;
    super::period::open_day(context, leaving.on)?;
    Ok(vec![Fact::MemberLeft(leaving.clone())])
}

pub(super) fn known_group(context: &Context<'_>, group: &GroupId) -> Result<(), Refusal> {
    match context.state.members.group(group) {
        Some(_) => Ok(()),
        None => Err(Refusal::GroupUnknown { group: group.clone() }),
    }
}

pub(super) fn known_member<'a>(
    context: &Context<'a>,
    member: &MemberId,
) -> Result<&'a Member, Refusal> {
    let found = context.state.members.member(member);
    found.ok_or_else(|| Refusal::MemberUnknown { member: member.clone() })
}

/// A member who has joined by that day and has not left.
fn present_member(context: &Context<'_>, id: &MemberId, on: Day) -> Result<(), Refusal> {
    let found = known_member(context, id)?;
    let member = id.clone();
    if let Some((left, _)) = found.left {
        return Err(Refusal::MemberGone { member, left });
    }
    if on < found.joined {
        return Err(Refusal::MemberNotYet { member, joined: found.joined, date: on });
    }
    Ok(())
}
