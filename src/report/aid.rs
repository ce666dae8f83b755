//! 帮扶资金发放台账 What was paid of aid, person by person; and 公示登记, what hung before it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::cases::Disputed;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::VoucherNumber;
use crate::event::welfare::{Beneficiary, WelfareFamily, WelfareKind};
use crate::ids::{ApplicationId, CaseId, DisbursementId, NoticeId, WelfareItemId};
use crate::money::Money;
use crate::projection::State;
use crate::projection::welfare::Claim;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AidRegister {
    pub heading: Heading,
    /// In the order of the payments.
    pub lines: Vec<AidLine>,
    /// By kind of aid.
    pub kinds: Vec<KindLine>,
    pub total: Money,
    /// 待签收 Paid, and nobody has signed for it.
    pub unsigned: Money,
    /// 未领
    pub unclaimed: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AidLine {
    /// 付款日期
    pub day: Day,
    pub voucher: Option<VoucherNumber>,
    pub disbursement: DisbursementId,
    /// By number.
    pub to: Beneficiary,
    /// None where it was given without a case.
    pub case: Option<CaseId>,
    pub application: Option<ApplicationId>,
    pub item: WelfareItemId,
    pub name: String,
    pub amount: Money,
    pub claim: Claimed,
    /// 签收日期
    pub signed: Option<Day>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Claimed {
    /// 待签收
    Waiting,
    /// 已签收
    Signed,
    /// 未领
    Unclaimed,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct KindLine {
    pub kind: WelfareKind,
    pub times: u32,
    pub amount: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CaseNotices {
    pub heading: Heading,
    /// In the order of their days.
    pub lines: Vec<NoticeLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NoticeLine {
    pub notice: NoticeId,
    pub on: Day,
    pub through: Day,
    /// 工作日
    pub working_days: u32,
    /// 事后补记 No record made meanwhile shows that it hung.
    pub recorded_late: bool,
    pub place: String,
    pub applications: Vec<NoticedLine>,
    /// 公示金额
    pub granted: Money,
    /// 异议
    pub objections: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct NoticedLine {
    pub application: ApplicationId,
    pub granted: Money,
    pub disputed: Disputed,
}

impl AidRegister {
    /// Whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<Beneficiary> {
        self.lines.iter().map(|line| line.to.clone()).collect()
    }
}

#[must_use]
pub fn register(state: &State, chart: &Chart, period: Period) -> AidRegister {
    let mut lines = Vec::new();
    let mut kinds: BTreeMap<WelfareKind, KindLine> = BTreeMap::new();
    for (_, payment) in state.disbursements.payments() {
        let paid = &payment.paid;
        if !period.contains(paid.date.month()) {
            continue;
        }
        let Some(list) = state.welfare.list_of(&paid.disbursement) else { continue };
        let Some(item) = state.welfare.item(&list.item) else { continue };
        if item.kind.family() != WelfareFamily::Aid {
            continue;
        }
        for (to, got) in &list.shares {
            let behind = state.hardship.applications().find(|(_, found)| {
                let case = state.hardship.case(&found.applied.case);
                found.requested.as_ref() == Some(&paid.disbursement)
                    && case.is_some_and(|case| case.opened.of == *to)
            });
            let (claim, signed) = match got.claim {
                Claim::Listed => (Claimed::Waiting, None),
                Claim::Signed(on) => (Claimed::Signed, Some(on)),
                Claim::Unclaimed(_) => (Claimed::Unclaimed, None),
            };
            let of_kind = kinds.entry(item.kind).or_insert_with(|| KindLine {
                kind: item.kind,
                times: 0,
                amount: Money::ZERO,
            });
            of_kind.times = of_kind.times.saturating_add(1);
            of_kind.amount = of_kind.amount.plus(got.amount);
            lines.push(AidLine {
                day: paid.date,
                voucher: payment.voucher,
                disbursement: paid.disbursement.clone(),
                to: state.person(to),
                case: behind.map(|(_, found)| found.applied.case.clone()),
                application: behind.map(|(id, _)| id.clone()),
                item: item.item.clone(),
                name: item.name.as_str().to_owned(),
                amount: got.amount,
                claim,
                signed,
            });
        }
    }
    lines.sort_by(|one, other| {
        (one.day, one.voucher, &one.to).cmp(&(other.day, other.voucher, &other.to))
    });
    let of = |claim: Claimed| {
        let lines = lines.iter().filter(|line| line.claim == claim);
        Money::sum(lines.map(|line| line.amount))
    };
    AidRegister {
        heading: Books { state, chart }.heading(
            Words::new("帮扶资金发放台账", "Register of aid paid"),
            "",
            period,
        ),
        kinds: kinds.into_values().collect(),
        total: Money::sum(lines.iter().map(|line| line.amount)),
        unsigned: of(Claimed::Waiting),
        unclaimed: of(Claimed::Unclaimed),
        lines,
    }
}

#[must_use]
pub fn notices(state: &State, chart: &Chart, period: Period) -> CaseNotices {
    let within = state.hardship.notices().map(|(_, posted)| posted);
    let within = within.filter(|posted| period.contains(posted.on.month()));
    let mut lines: Vec<NoticeLine> = within
        .map(|posted| {
            let found = posted.applications.iter().filter_map(|id| {
                let found = state.hardship.application(id)?;
                let granted = found.reviewed.as_ref().map(|(_, _, review)| review.granted)?;
                let disputed = found.objection.into();
                Some(NoticedLine { application: id.clone(), granted, disputed })
            });
            let applications: Vec<NoticedLine> = found.collect();
            let disputed = applications.iter().filter(|line| line.disputed != Disputed::No);
            NoticeLine {
                notice: posted.notice.clone(),
                on: posted.on,
                through: posted.through,
                working_days: posted.working_days,
                recorded_late: posted.recorded_late,
                place: posted.place.as_str().to_owned(),
                granted: Money::sum(applications.iter().map(|line| line.granted)),
                objections: u32::try_from(disputed.count()).unwrap_or(u32::MAX),
                applications,
            }
        })
        .collect();
    lines.sort_by(|one, other| (one.on, &one.notice).cmp(&(other.on, &other.notice)));
    CaseNotices {
        heading: Books { state, chart }.heading(
            Words::new("公示登记", "Register of public notices"),
            "",
            period,
        ),
        lines,
    }
}
