//! `report --unmask`: one private field beside each number, for whoever may see it. Who saw what and
//! why is recorded before anything is printed.

use std::collections::{BTreeMap, BTreeSet};

use clap::Args;
use mingzhang::event::privacy::Person;
use mingzhang::ids::{MemberId, OfficerId, SubjectId, Text};
use mingzhang::projection::State;
use mingzhang::render::{Beside, MASK};
use mingzhang::vault::{Vault, VaultError};

use super::Global;
use super::apply;
use super::failure::Failure;
use super::output::Output;
use super::vault::{Unlock, officer, opened, record, unlock};
use super::world::World;

#[derive(Args, Clone, Default)]
pub(crate) struct Unmask {
    /// 显示字段 Show this private field beside each number; it is recorded who asked and why
    #[arg(id = "unmask", long = "unmask", value_name = "FIELD", requires = "purpose")]
    field: Option<Text>,
    /// 用途 What for
    #[arg(long, requires = "unmask")]
    purpose: Option<Text>,
    #[command(flatten)]
    unlock: Unlock,
}

/// Whom a report names.
#[derive(Default)]
pub(crate) struct People {
    pub(crate) members: BTreeSet<MemberId>,
    pub(crate) officers: BTreeSet<OfficerId>,
    /// Whom the vault alone knows.
    pub(crate) subjects: BTreeSet<SubjectId>,
}

impl Unmask {
    /// What stands beside the numbers of these people; nothing where it was not asked for.
    pub(crate) fn beside(
        &self,
        people: impl FnOnce() -> Option<People>,
        global: &Global,
        world: &World,
        out: &Output,
    ) -> Result<Beside, Failure> {
        let (Some(field), Some(purpose)) = (&self.field, &self.purpose) else {
            return Ok(Beside::default());
        };
        let by = officer(global)?;
        let people = people()
            .ok_or_else(|| Failure::usage("这张报表不列出个人", "this report names no person"))
            .map_err(|failure| failure.next("mingzhang report --help"))?;
        let mut book = apply::open(global, world, out)?;
        let of_member = |id: &MemberId| subject(book.state(), &Person::Member(id.clone()), field);
        let of_officer = |id: &OfficerId| {
            let own = subject(book.state(), &Person::Officer(id.clone()), field);
            let member = book.state().offices.officer(id).and_then(|o| o.member.as_ref());
            own.or_else(|| of_member(member?))
        };
        let members: BTreeMap<MemberId, SubjectId> =
            people.members.iter().filter_map(|id| Some((id.clone(), of_member(id)?))).collect();
        let officers: BTreeMap<OfficerId, SubjectId> =
            people.officers.iter().filter_map(|id| Some((id.clone(), of_officer(id)?))).collect();
        let has = |id: &&SubjectId| {
            let found = book.state().privacy.subject(id);
            found.is_some_and(|subject| subject.in_force(field).is_some())
        };
        let others = people.subjects.iter().filter(has);
        let subjects: BTreeSet<&SubjectId> =
            members.values().chain(officers.values()).chain(others).collect();
        let subjects: Vec<SubjectId> = subjects.into_iter().cloned().collect();
        if subjects.is_empty() {
            return Ok(masked(field, &people, |_| None, |_| None, |_| None));
        }
        let instructions = opened(&subjects, std::slice::from_ref(field), purpose, &by)?;
        record(&mut book, &instructions, world, true)?;
        let vault =
            unlock(&self.unlock, world, |passphrase| Vault::open(&global.book, passphrase))?;
        let mut shown = BTreeMap::new();
        for id in &subjects {
            let found = book.state().privacy.subject(id);
            let opening = found.map(|subject| vault.opening(id, subject, field)).transpose();
            match opening {
                Ok(opening) => {
                    let text = opening.flatten().map(|o| o.value.expose().to_owned());
                    shown.extend(text.map(|text| (id.clone(), text)));
                }
                // One file that is lost stays masked; the others are shown.
                Err(VaultError::Lost { .. }) => {}
                Err(error) => return Err(error.into()),
            }
        }
        record(&mut book, &instructions, world, false)?;
        let text = |id: Option<&SubjectId>| shown.get(id?).cloned();
        Ok(masked(
            field,
            &people,
            |id| text(members.get(id)),
            |id| text(officers.get(id)),
            |id| text(Some(id)),
        ))
    }
}

/// Everybody of a report: with the field, or with a mask where there is none to be shown.
fn masked(
    field: &Text,
    people: &People,
    member: impl Fn(&MemberId) -> Option<String>,
    officer: impl Fn(&OfficerId) -> Option<String>,
    subject: impl Fn(&SubjectId) -> Option<String>,
) -> Beside {
    let mask = || MASK.to_owned();
    let members = people.members.iter();
    let officers = people.officers.iter();
    let subjects = people.subjects.iter();
    Beside {
        field: Some(field.clone()),
        members: members.map(|id| (id.clone(), member(id).unwrap_or_else(mask))).collect(),
        officers: officers.map(|id| (id.clone(), officer(id).unwrap_or_else(mask))).collect(),
        subjects: subjects.map(|id| (id.clone(), subject(id).unwrap_or_else(mask))).collect(),
    }
}

/// The subject that is this person and has the field in force.
fn subject(state: &State, person: &Person, field: &Text) -> Option<SubjectId> {
    let mut subjects = state.privacy.of(person);
    subjects.find(|(_, subject)| subject.in_force(field).is_some()).map(|(id, _)| id.clone())
}
