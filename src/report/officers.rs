//! 任职登记簿 Who holds which office, until when, who stands in for whom, who is related to whom, and what
//! was handed over. Persons by number.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::summary::relation_kind;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::{Day, Month};
use crate::event::book::{Role, Rule, RuleKind};
use crate::event::office::{Related, SubstituteNamed};
use crate::ids::{MemberId, OfficerId, Seq};
use crate::lang::Lang;
use crate::projection::State;
use crate::projection::officers::Officer;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Officers {
    pub heading: Heading,
    /// 截至 The day of which terms are judged: the period's last, or that of the last voucher.
    pub day: Option<Day>,
    pub officers: Vec<OfficerLine>,
    /// 代理
    pub substitutes: Vec<SubstituteLine>,
    /// 亲属和利害关系
    pub relations: Vec<RelationLine>,
    /// 工作交接
    pub handovers: Vec<HandoverLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OfficerLine {
    pub officer: OfficerId,
    pub offices: Vec<Words>,
    pub member: Option<MemberId>,
    pub from: Day,
    /// The first day without office.
    pub until: Option<Day>,
    /// 任期届满 Of those who are elected, where a rule says for how long.
    pub term_ends: Option<Day>,
    /// Whether the office is held beyond its term.
    pub over: bool,
    /// Two offices that the union's own rule has kept apart since.
    pub incompatible: Vec<[Words; 2]>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SubstituteLine {
    pub seq: Seq,
    /// Who is away.
    pub officer: OfficerId,
    pub by: OfficerId,
    pub offices: Vec<Words>,
    pub first: Day,
    pub last: Day,
    pub resolution: String,
    /// The record that replaced it.
    pub replaced: Option<Seq>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RelationLine {
    pub seq: Seq,
    pub officer: OfficerId,
    pub what: Words,
    /// A person by number, or an organisation.
    pub to: String,
    pub from: Day,
    /// The first day on which it was so no more.
    pub until: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct HandoverLine {
    pub seq: Seq,
    pub on: Day,
    pub office: Words,
    pub from: OfficerId,
    pub to: OfficerId,
    pub witness: OfficerId,
    /// Whether what was handed over was what the book said.
    pub agrees: bool,
}

/// Those who are elected by the members, and so for a term.
const ELECTED: [Role; 5] =
    [Role::Chair, Role::ViceChair, Role::Committee, Role::AuditChair, Role::AuditMember];

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Officers {
    let books = Books { state, chart };
    let day = period.last().map(Month::last_day).or(state.accounts.last_day());
    let relations = state.relations.all().map(|relation| {
        let declared = &relation.declared;
        RelationLine {
            seq: relation.seq,
            officer: declared.officer.clone(),
            what: relation_kind(declared.kind),
            to: to(&declared.to),
            from: declared.from,
            until: relation.ended.map(|(_, day)| day),
        }
    });
    let substitutes = state.offices.substitutes().map(|found| {
        let SubstituteNamed { officer, by, roles, first, last, resolution } = found.named.clone();
        SubstituteLine {
            seq: found.seq,
            officer,
            by,
            offices: titles(&roles),
            first,
            last,
            resolution: resolution.as_str().to_owned(),
            replaced: found.replaced,
        }
    });
    let handovers = state.handovers.all().map(|(seq, handed)| {
        let handover = &handed.handover;
        HandoverLine {
            seq: *seq,
            on: handover.on,
            office: title(handover.office),
            from: handover.from.clone(),
            to: handover.to.clone(),
            witness: handover.witness.clone(),
            agrees: handover.declared == handover.book,
        }
    });
    Officers {
        heading: books.heading(Words::new("任职登记簿", "Register of offices"), "", period),
        day,
        officers: state.offices.officers().map(|(id, found)| line(state, id, found, day)).collect(),
        substitutes: substitutes.collect(),
        relations: relations.collect(),
        handovers: handovers.collect(),
    }
}

fn line(state: &State, id: &OfficerId, found: &Officer, day: Option<Day>) -> OfficerLine {
    let on = day.unwrap_or(found.from);
    let term_ends = term_ends(state, found, on);
    let rule = state.offices.rule(RuleKind::IncompatibleOffices, on).map(|setting| &setting.rule);
    let kept_apart = match rule {
        Some(Rule::IncompatibleOffices { pairs }) => pairs.as_slice(),
        Some(_) | None => &[],
    };
    let roles = found.roles_on(on);
    let both = kept_apart.iter().filter(|pair| pair.iter().all(|role| roles.contains(role)));
    OfficerLine {
        officer: id.clone(),
        offices: titles(&found.roles),
        member: found.member.clone(),
        from: found.from,
        until: found.removed,
        term_ends,
        over: found.in_office(on) && term_ends.is_some_and(|ends| ends <= on),
        incompatible: both.map(|pair| pair.map(title)).collect(),
    }
}

/// 任期届满 Of those who are elected, where a rule of that day says for how long.
fn term_ends(state: &State, found: &Officer, on: Day) -> Option<Day> {
    let rule = state.offices.rule(RuleKind::OfficeTerms, on).map(|setting| &setting.rule);
    let Some(Rule::OfficeTerms { years }) = rule else { return None };
    let elected = ELECTED.iter().any(|role| found.roles.contains(role));
    let years = i32::try_from(*years).ok().filter(|_| elected)?;
    Some(found.from.plus_years(years))
}

/// Who holds an office beyond its term on that day, and since when.
#[must_use]
pub fn beyond_term(state: &State, on: Day) -> Vec<(&OfficerId, Day)> {
    let holding = state.offices.officers().filter(|(_, found)| found.in_office(on));
    let ends = holding.filter_map(|(id, found)| Some((id, term_ends(state, found, on)?)));
    ends.filter(|(_, ends)| *ends <= on).collect()
}

fn titles(roles: &BTreeSet<Role>) -> Vec<Words> {
    roles.iter().map(|role| title(*role)).collect()
}

pub(super) fn title(role: Role) -> Words {
    Words::new(role.title(Lang::Zh), role.title(Lang::En))
}

fn to(related: &Related) -> String {
    match related {
        Related::Officer(officer) => officer.to_string(),
        Related::Member(member) => member.to_string(),
        Related::Organisation(name) => name.to_string(),
        Related::Subject(subject) => subject.to_string(),
    }
}
