//! 困难职工档案登记 The register of hardship cases, and one page a case. People stand in it by number;
//! what a case says of somebody is in the vault.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::{Day, FiscalYear, Month};
use crate::event::book::{Rule, RuleKind};
use crate::event::hardship::{CaseClass, CaseEnd};
use crate::event::privacy::Person;
use crate::event::welfare::{Beneficiary, WelfareFamily};
use crate::ids::{
    ApplicationId, CaseId, DisbursementId, NoticeId, Seq, SubjectId, Text, WelfareItemId,
};
use crate::money::Money;
use crate::projection::State;
use crate::projection::disbursements::Standing;
use crate::projection::hardship::{Application, Case, Objection};
use crate::projection::privacy::Field;
use crate::projection::welfare::{Claim, Given};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Cases {
    pub heading: Heading,
    /// 截至 The period's last day, or the last day that the book knows of.
    pub day: Option<Day>,
    /// By the id of the case.
    pub lines: Vec<CaseLine>,
    /// Each class that has a case open on that day.
    pub classes: Vec<ClassLine>,
    pub open: u32,
    pub overdue: u32,
    /// 本年帮扶 Paid on all of them in that day's year.
    pub aid: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CaseLine {
    pub case: CaseId,
    /// By number.
    pub of: Beneficiary,
    pub class: CaseClass,
    /// 建档日期
    pub since: Day,
    /// 最近复核
    pub reviewed: Option<Day>,
    /// 有效期至
    pub valid_through: Day,
    /// 撤档
    pub closed: Option<Closed>,
    /// 逾期未复核
    pub overdue: bool,
    /// 本年帮扶
    pub aid: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Closed {
    pub on: Day,
    pub reason: CaseEnd,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClassLine {
    pub class: CaseClass,
    pub open: u32,
    pub overdue: u32,
    pub aid: Money,
}

/// 困难职工档案 One case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CaseFile {
    pub heading: Heading,
    /// Of which case it was asked for.
    pub asked: Option<String>,
    /// None where there is no such case.
    pub file: Option<File>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct File {
    #[serde(flatten)]
    pub line: CaseLine,
    /// The opening and each review, in their order.
    pub seen: Vec<Seen>,
    /// What the vault holds of the person, by class of privacy; never what it says.
    pub fields: Vec<FieldLine>,
    pub applications: Vec<ApplicationLine>,
    /// 历年帮扶 What was paid in each year.
    pub years: Vec<YearLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Seen {
    pub record: Seq,
    pub on: Day,
    pub class: CaseClass,
    pub valid_through: Day,
    /// 依据
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
pub struct FieldLine {
    pub class: PrivacyClass,
    pub field: Text,
    pub subject: SubjectId,
    /// 已删除
    pub erased: bool,
}

/// 个人信息分级
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum PrivacyClass {
    /// 可公示
    Public,
    /// 内部
    Office,
    /// 保密
    Sealed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ApplicationLine {
    pub application: ApplicationId,
    pub item: WelfareItemId,
    pub on: Day,
    pub applied: Money,
    pub reviewed: Option<Day>,
    pub granted: Option<Money>,
    pub notice: Option<NoticeId>,
    pub disputed: Disputed,
    pub disbursement: Option<DisbursementId>,
    pub paid: Option<Day>,
    pub signed: Option<Day>,
}

/// 异议
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Disputed {
    No,
    Open,
    Dismissed,
    Upheld,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct YearLine {
    pub year: FiscalYear,
    pub aid: Money,
}

impl From<Objection> for Disputed {
    fn from(of: Objection) -> Disputed {
        match of {
            Objection::None => Disputed::No,
            Objection::Open(_) => Disputed::Open,
            Objection::Dismissed(_) => Disputed::Dismissed,
            Objection::Upheld(_) => Disputed::Upheld,
        }
    }
}

impl Cases {
    /// Whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<Beneficiary> {
        self.lines.iter().map(|line| line.of.clone()).collect()
    }
}

impl CaseFile {
    /// Whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<Beneficiary> {
        self.file.iter().map(|file| file.line.of.clone()).collect()
    }
}

#[must_use]
pub fn register(state: &State, chart: &Chart, period: Period) -> Cases {
    let day = as_of(state, period);
    let lines: Vec<CaseLine> = state
        .hardship
        .cases()
        .filter(|(_, case)| day.is_none_or(|day| case.opened.on <= day))
        .map(|(id, case)| line(state, id, case, day))
        .collect();
    let of = |class: CaseClass| {
        let open = lines.iter().filter(|line| line.class == class && line.closed.is_none());
        let aid = lines.iter().filter(|line| line.class == class).map(|line| line.aid);
        ClassLine {
            class,
            open: count(open.clone()),
            overdue: count(open.filter(|line| line.overdue)),
            aid: Money::sum(aid),
        }
    };
    let classes: Vec<ClassLine> = CaseClass::ALL.into_iter().map(of).collect();
    Cases {
        heading: Books { state, chart }.heading(
            Words::new("困难职工档案登记", "Register of hardship cases"),
            "",
            period,
        ),
        day,
        open: count(lines.iter().filter(|line| line.closed.is_none())),
        overdue: count(lines.iter().filter(|line| line.overdue)),
        aid: Money::sum(lines.iter().map(|line| line.aid)),
        classes: classes.into_iter().filter(|line| line.open > 0 || !line.aid.is_zero()).collect(),
        lines,
    }
}

fn count<T>(of: impl Iterator<Item = T>) -> u32 {
    u32::try_from(of.count()).unwrap_or(u32::MAX)
}

/// The period's last day; without one, the last day of a voucher or of anything about a case.
pub(super) fn as_of(state: &State, period: Period) -> Option<Day> {
    let cases = state
        .hardship
        .cases()
        .map(|(_, case)| case.closed.as_ref().map_or(case.seen_on(), |(_, closed)| closed.on));
    let posted = state.hardship.notices().map(|(_, posted)| posted.on);
    let known = cases.chain(posted).chain(state.accounts.last_day()).max();
    period.last().map(Month::last_day).or(known)
}

/// A case as it was on that day.
fn line(state: &State, id: &CaseId, case: &Case, day: Option<Day>) -> CaseLine {
    let by_then = |on: Day| day.is_none_or(|day| on <= day);
    let review = case.reviews.iter().map(|(_, review)| review).rfind(|review| by_then(review.on));
    let valid_through = review.map_or(case.opened.valid_through, |review| review.valid_through);
    let closed = case.closed.as_ref().map(|(_, closed)| closed).filter(|closed| by_then(closed.on));
    let closed = closed.map(|closed| Closed { on: closed.on, reason: closed.reason });
    let year = day.map(Day::year);
    let aid = paid(state, &case.opened.of)
        .filter(|(on, _)| by_then(*on) && Some(on.year()) == year)
        .map(|(_, given)| given.got.amount);
    CaseLine {
        case: id.clone(),
        of: state.person(&case.opened.of),
        class: review.map_or(case.opened.class, |review| review.class),
        since: case.opened.on,
        reviewed: review.map(|review| review.on),
        valid_through,
        overdue: closed.is_none() && day.is_some_and(|day| valid_through < day),
        closed,
        aid: Money::sum(aid),
    }
}

/// What somebody was paid of aid, with the day of its payment.
fn paid<'a>(state: &'a State, to: &Beneficiary) -> impl Iterator<Item = (Day, Given<'a>)> {
    state.given(to).filter_map(|given| {
        let item = state.welfare.item(&given.list.item)?;
        let on = paid_on(state, given.disbursement)?;
        (item.kind.family() == WelfareFamily::Aid).then_some((on, given))
    })
}

fn paid_on(state: &State, id: &DisbursementId) -> Option<Day> {
    match state.disbursements.disbursement(id)?.standing {
        Standing::Paid { on, .. } => Some(on),
        Standing::Open
        | Standing::Refused { .. }
        | Standing::Cancelled { .. }
        | Standing::Accrued { .. } => None,
    }
}

#[must_use]
pub fn file(state: &State, chart: &Chart, period: Period, asked: Option<&str>) -> CaseFile {
    let id = asked.and_then(|asked| CaseId::parse(asked).ok());
    let found = id.and_then(|id| Some((id.clone(), state.hardship.case(&id)?)));
    CaseFile {
        heading: Books { state, chart }.heading(
            Words::new("困难职工档案", "Hardship case"),
            "",
            period,
        ),
        asked: asked.map(str::to_owned),
        file: found.map(|(id, case)| whole(state, &id, case, as_of(state, period))),
    }
}

fn whole(state: &State, id: &CaseId, case: &Case, day: Option<Day>) -> File {
    let opened = &case.opened;
    let first = Seen {
        record: case.seq,
        on: opened.on,
        class: opened.class,
        valid_through: opened.valid_through,
        source: opened.source.as_str().to_owned(),
    };
    let reviews = case.reviews.iter().map(|(record, review)| Seen {
        record: *record,
        on: review.on,
        class: review.class,
        valid_through: review.valid_through,
        source: review.source.as_str().to_owned(),
    });
    let applications = state.hardship.applications().filter(|(_, found)| found.applied.case == *id);
    let mut years: Vec<YearLine> = Vec::new();
    let mut given: Vec<(FiscalYear, Money)> =
        paid(state, &opened.of).map(|(on, given)| (on.year(), given.got.amount)).collect();
    given.sort_by_key(|(year, _)| *year);
    for (year, amount) in given {
        match years.last_mut() {
            Some(line) if line.year == year => line.aid = line.aid.plus(amount),
            Some(_) | None => years.push(YearLine { year, aid: amount }),
        }
    }
    File {
        line: line(state, id, case, day),
        seen: std::iter::once(first).chain(reviews).collect(),
        fields: fields(state, &opened.of, day),
        applications: applications
            .map(|(id, found)| application(state, id, found, &opened.of))
            .collect(),
        years,
    }
}

/// What the vault is committed to of somebody, the public first.
fn fields(state: &State, of: &Beneficiary, day: Option<Day>) -> Vec<FieldLine> {
    let rule = day.and_then(|day| state.offices.rule(RuleKind::PrivacyClasses, day));
    let class = |name: &Text| match rule.map(|setting| &setting.rule) {
        Some(Rule::PrivacyClasses { public, .. }) if public.contains(name) => PrivacyClass::Public,
        Some(Rule::PrivacyClasses { office, .. }) if office.contains(name) => PrivacyClass::Office,
        Some(_) | None => PrivacyClass::Sealed,
    };
    let subjects = state.privacy.subjects().filter(|(id, subject)| {
        let member = |person: &Person| match (person, state.person(of).member()) {
            (Person::Member(found), Some(member)) => found == member,
            (Person::Member(_) | Person::Officer(_) | Person::Disbursement(_), _) => false,
        };
        *of == Beneficiary::Subject((*id).clone()) || subject.of.as_ref().is_some_and(member)
    });
    let mut lines: Vec<FieldLine> = subjects
        .flat_map(|(subject, found)| {
            found.fields.iter().map(move |(field, stands)| (subject, field, stands))
        })
        .map(|(subject, field, stands)| FieldLine {
            class: class(field),
            field: field.clone(),
            subject: subject.clone(),
            erased: matches!(stands, Field::Erased { .. }),
        })
        .collect();
    lines.sort();
    lines
}

fn application(
    state: &State,
    id: &ApplicationId,
    found: &Application,
    of: &Beneficiary,
) -> ApplicationLine {
    let review = found.reviewed.as_ref().map(|(_, _, review)| review);
    let disbursement = found.requested.clone().filter(|_| state.aid_is_requested(found));
    let list = disbursement.as_ref().and_then(|id| state.welfare.list_of(id));
    let signed = list.and_then(|list| match list.shares.get(of)?.claim {
        Claim::Signed(on) => Some(on),
        Claim::Listed | Claim::Unclaimed(_) => None,
    });
    ApplicationLine {
        application: id.clone(),
        item: found.applied.item.clone(),
        on: found.applied.on,
        applied: found.applied.amount,
        reviewed: review.map(|review| review.on),
        granted: review.map(|review| review.granted),
        notice: found.notice.clone(),
        disputed: found.objection.into(),
        paid: disbursement.as_ref().and_then(|id| paid_on(state, id)),
        disbursement,
        signed,
    }
}
