//! 代理 Who approves for somebody who is away.

use std::collections::BTreeSet;

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::book::{Appointment, Role};
use crate::event::office::{Related, SubstituteNamed};

pub(super) fn name(context: &Context<'_>, named: &SubstituteNamed) -> Result<Vec<Fact>, Refusal> {
    let SubstituteNamed { officer, by, roles, first, last, resolution: _ } = named;
    if last < first {
        return Err(Refusal::SubstituteDays { first: *first, last: *last });
    }
    let absent = super::office::in_office(context, officer, context.today)?;
    let standing = super::office::in_office(context, by, context.today)?;
    if context.is_same(officer, by) {
        return Err(Refusal::SubstituteIsHimself { officer: officer.clone() });
    }
    let approving = |role: &Role| super::office::APPROVERS.contains(role);
    let wrong = |role: &&Role| !approving(role) || !absent.roles.contains(role);
    if roles.is_empty() || roles.iter().any(|role| wrong(&role)) {
        let holds = absent.roles.iter().copied().filter(approving).collect();
        let (officer, roles) = (officer.clone(), roles.iter().copied().collect());
        return Err(Refusal::SubstituteForOther { officer, roles, holds });
    }
    let to = Related::Officer(officer.clone());
    let related = |day| context.state.related(by, &to, day);
    if let Some(relation) = related(context.today).or(related(*first)) {
        let (by, officer, relation) = (by.clone(), officer.clone(), relation.seq);
        return Err(Refusal::SubstituteRelated { by, officer, relation });
    }
    // As if he took these offices beside his own.
    let both: BTreeSet<Role> = standing.roles.union(roles).copied().collect();
    let as_appointed = Appointment {
        officer: by.clone(),
        roles: both,
        from: *first,
        member: standing.member.clone(),
    };
    super::book::compatible(context, &as_appointed)?;
    Ok(vec![Fact::SubstituteNamed(named.clone())])
}

/// Whoever stands in for somebody, and not today, is told so: what counts is the day on which an approval is
/// recorded, whatever day it bears.
pub(super) fn not_today(
    context: &Context<'_>,
    wanted: impl Fn(&Role) -> bool,
) -> Result<(), Refusal> {
    let today = context.today;
    let mut named = context.state.offices.substitutes().rev().filter(|substitution| {
        let SubstituteNamed { by, roles, first, last, .. } = &substitution.named;
        let outside = today < *first || *last < today;
        by == context.by && substitution.replaced.is_none() && outside && roles.iter().any(&wanted)
    });
    match named.next() {
        Some(substitution) => {
            let SubstituteNamed { officer, by, first, last, .. } = substitution.named.clone();
            Err(Refusal::SubstituteNotToday { by, officer, first, last, today })
        }
        None => Ok(()),
    }
}
