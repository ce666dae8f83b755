//! Private data: who may be committed to, who was shown it, and its erasure.

use std::collections::BTreeSet;

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::book::Role;
use crate::event::privacy::{Commitments, Erasure, Person, Unmasking};
use crate::ids::{SubjectId, Text};
use crate::projection::privacy::Subject;

/// Fields in one record. With names of ordinary length they fit; a record that is longer than
/// 4,096 bytes all the same is refused when it is sealed.
pub const FIELDS_MAX: u32 = 20;

/// Subjects in one record of who was shown what: ids that this program draws fit.
pub const SUBJECTS_MAX: u32 = 80;

pub(super) fn commit(context: &Context<'_>, new: &Commitments) -> Result<Vec<Fact>, Refusal> {
    let names: Vec<&Text> = new.fields.iter().map(|field| &field.name).collect();
    check_names(&names)?;
    if let Some(known) = context.state.privacy.subject(&new.subject)
        && known.of != new.of
    {
        let (subject, of, asked) = (new.subject.clone(), known.of.clone(), new.of.clone());
        return Err(Refusal::SubjectIsOther { subject, of, asked });
    }
    new.of.as_ref().map_or(Ok(()), |person| known_person(context, person))?;
    Ok(vec![Fact::PrivacyCommitted(new.clone())])
}

pub(super) fn open(context: &Context<'_>, shown: &Unmasking) -> Result<Vec<Fact>, Refusal> {
    at_most(shown.subjects.len(), SUBJECTS_MAX, "subjects")?;
    check_names(&shown.fields.iter().collect::<Vec<_>>())?;
    for subject in &shown.subjects {
        known(context, subject)?;
    }
    Ok(vec![Fact::PrivacyOpened(shown.clone())])
}

pub(super) fn erase(context: &Context<'_>, erased: &Erasure) -> Result<Vec<Fact>, Refusal> {
    check_names(&erased.fields.iter().collect::<Vec<_>>())?;
    let subject = known(context, &erased.subject)?;
    if let Some(field) = erased.fields.iter().find(|field| subject.in_force(field).is_none()) {
        let (subject, field) = (erased.subject.clone(), field.clone());
        return Err(Refusal::PrivateFieldNotInForce { subject, field });
    }
    let approver = erased.approver.clone();
    let found = context.state.offices.officer(&approver);
    if !found.is_some_and(|found| found.roles_on(context.today).contains(&Role::Chair)) {
        return Err(Refusal::ErasureNeedsChair { approver });
    }
    if context.is_same(&approver, context.by) {
        return Err(Refusal::ApproverErases { approver });
    }
    Ok(vec![Fact::PrivacyErased(erased.clone())])
}

/// Fields that the rule of their classes names, so that its record stays under 4,096 bytes.
const CLASSED_MAX: u32 = 40;

/// A field is public or for the office, and not both.
pub(super) fn check_classes(
    public: &BTreeSet<Text>,
    office: &BTreeSet<Text>,
) -> Result<(), Refusal> {
    if let Some(twice) = public.intersection(office).next() {
        return Err(Refusal::PrivateFieldTwice { field: twice.clone() });
    }
    let found = public.len().saturating_add(office.len());
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found > CLASSED_MAX {
        return Err(Refusal::TooManyAtOnce { found, most: CLASSED_MAX });
    }
    Ok(())
}

fn check_names(names: &[&Text]) -> Result<(), Refusal> {
    at_most(names.len(), FIELDS_MAX, "fields")?;
    let mut seen = BTreeSet::new();
    match names.iter().find(|name| !seen.insert(**name)) {
        Some(field) => Err(Refusal::PrivateFieldTwice { field: (*field).clone() }),
        None => Ok(()),
    }
}

fn at_most(found: usize, most: u32, what: &str) -> Result<(), Refusal> {
    let found = u32::try_from(found).unwrap_or(u32::MAX);
    if found == 0 {
        return Err(Refusal::NothingSaid { what: what.to_owned() });
    }
    if found > most { Err(Refusal::TooManyAtOnce { found, most }) } else { Ok(()) }
}

pub(super) fn known<'a>(
    context: &Context<'a>,
    subject: &SubjectId,
) -> Result<&'a Subject, Refusal> {
    let found = context.state.privacy.subject(subject);
    found.ok_or_else(|| Refusal::SubjectUnknown { subject: subject.clone() })
}

fn known_person(context: &Context<'_>, person: &Person) -> Result<(), Refusal> {
    match person {
        Person::Member(member) => super::member::known_member(context, member).map(|_| ()),
        Person::Officer(officer) => super::office::known(context, officer).map(|_| ()),
        Person::Disbursement(id) => super::disbursement::known(context, id).map(|_| ()),
    }
}
