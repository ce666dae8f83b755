//! What the audit committee itself has said: findings 审计发现 with what became of them, opinions
//! 审计意见, and the months that were opened again.

use schemars::JsonSchema;
use serde::Serialize;

use crate::date::{Day, Month};
use crate::event::audit::{Engagement, Opinion, Population};
use crate::ids::{AuditId, FindingId, OfficerId, Seq};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::audit::{Engaged, Raised, Reported, Standing};
use crate::report::Period;
use crate::report::books::Books;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FindingLine {
    pub finding: FindingId,
    pub seq: Seq,
    pub date: Day,
    /// The records that it is about.
    pub records: Vec<Seq>,
    /// 问题
    pub says: String,
    /// 整改要求
    pub asks: String,
    /// 责任人
    pub owner: Option<OfficerId>,
    /// 整改期限
    pub due: Option<Day>,
    /// 审计项目 that lists it in its report, or that was under way when it was raised.
    pub audit: Option<AuditId>,
    /// 整改状态
    pub standing: Standing,
    /// 整改措施 and 整改证据 as they were reported last.
    pub measure: Option<String>,
    pub evidence: Option<String>,
    /// 销号; none while it is open.
    pub cleared: Option<ClearedLine>,
    /// Who has signed it; nobody where the word of the machine was enough.
    pub signed_by: Vec<OfficerId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ClearedLine {
    pub seq: Seq,
    pub date: Day,
    pub reason: String,
    /// 销号人
    pub by: Option<OfficerId>,
}

/// 审计项目 with its team, what it drew and what it reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AuditLine {
    pub audit: AuditId,
    pub seq: Seq,
    pub on: Day,
    pub first: Month,
    pub last: Month,
    pub lead: OfficerId,
    pub team: Vec<OfficerId>,
    /// 依据
    pub basis: String,
    pub samples: Vec<SampleLine>,
    pub reported: Option<ReportedLine>,
    /// The record of the opinion.
    pub concluded: Option<Seq>,
}

/// 抽样 One drawing, however many records it takes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SampleLine {
    /// Its first record: the population is what was recorded before it.
    pub seq: Seq,
    pub on: Day,
    pub seed: String,
    /// 种子原文 The text of which the seed is the BLAKE3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub said: Option<String>,
    pub population: Population,
    pub population_size: u32,
    pub size_asked: u32,
    /// In the order of the drawing.
    pub drawn: Vec<Seq>,
    /// 重抽 The first records of the samples whose place it takes, and why.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaces: Option<ReplacedLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReplacedLine {
    pub records: Vec<Seq>,
    pub reason: String,
}

/// 审计报告 What it said when it was given.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReportedLine {
    pub seq: Seq,
    pub date: Day,
    pub by: OfficerId,
    pub findings: Vec<FindingId>,
    pub income: Money,
    pub spending: Money,
    pub closing: Money,
    /// 建议
    pub advice: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OpinionLine {
    pub seq: Seq,
    pub date: Day,
    pub first: Month,
    pub last: Month,
    pub opinion: Opinion,
    pub says: String,
    pub by: OfficerId,
    pub signed_by: Vec<OfficerId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Reopened {
    pub seq: Seq,
    pub month: Month,
    pub date: Day,
    pub reason: String,
    pub signed_by: Vec<OfficerId>,
}

impl Opinion {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Opinion::Unqualified => ("无保留意见", "unqualified"),
            Opinion::Qualified => ("保留意见", "qualified"),
            Opinion::Adverse => ("否定意见", "adverse"),
            Opinion::Disclaimed => ("无法表示意见", "disclaimed"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// Findings that were raised by the end of the period and still open when it began, and those of
/// audits of months within the period, whenever they were raised.
pub(in crate::report) fn findings(books: Books<'_>, period: Period) -> Vec<FindingLine> {
    let before = |month: Month| period.first().is_some_and(|first| month < first);
    let cleared_before = |raised: &Raised| {
        raised.cleared.as_ref().is_some_and(|(_, clearing)| before(clearing.date.month()))
    };
    let of_period = |raised: &Raised| {
        let audit = audit_of(books, raised);
        audit.is_some_and(|audit| {
            period.contains(audit.engagement.last) && !before(audit.engagement.first)
        })
    };
    let mut found: Vec<FindingLine> = books
        .state
        .audit
        .findings()
        .filter(|raised| {
            let known = period.reaches(raised.finding.date.month()) && !cleared_before(raised);
            known || of_period(raised)
        })
        .map(|raised| finding(books, raised))
        .collect();
    found.sort_by_key(|line| line.seq);
    found
}

/// The audit that lists a finding, or that alone was under way when it was raised.
fn audit_of<'a>(books: Books<'a>, raised: &Raised) -> Option<&'a Engaged> {
    let audit = &books.state.audit;
    let listed = audit.reported_in(&raised.finding.finding);
    listed.or_else(|| audit.engagements().find(|engaged| engaged.was_open_at(raised.seq)))
}

pub(in crate::report) fn finding(books: Books<'_>, raised: &Raised) -> FindingLine {
    let Raised { seq, finding, cleared, .. } = raised;
    let cleared = cleared.as_ref().map(|(seq, clearing)| ClearedLine {
        seq: *seq,
        date: clearing.date,
        reason: clearing.reason.as_str().to_owned(),
        by: raised.cleared_by.clone(),
    });
    let last = raised.rectified.last().map(|of| &of.rectification);
    FindingLine {
        finding: finding.finding.clone(),
        seq: *seq,
        date: finding.date,
        records: finding.records.clone(),
        says: finding.says.as_str().to_owned(),
        asks: finding.asks.as_str().to_owned(),
        owner: raised.owner().cloned(),
        due: raised.due(),
        audit: audit_of(books, raised).map(|engaged| engaged.engagement.audit.clone()),
        standing: raised.standing(),
        measure: last.map(|of| of.measure.as_str().to_owned()),
        evidence: last.and_then(|of| of.evidence.as_ref()).map(ToString::to_string),
        cleared,
        signed_by: books.state.acts.signers(*seq).to_vec(),
    }
}

/// Audits of some month of the period, in the order of their records.
pub(in crate::report) fn audits(books: Books<'_>, period: Period) -> Vec<AuditLine> {
    let all = books.state.audit.engagements().filter(|engaged| {
        let (first, last) = engaged.months();
        period.reaches(first) && period.first().is_none_or(|begin| begin <= last)
    });
    let mut found: Vec<AuditLine> = all.map(audit).collect();
    found.sort_by_key(|line| line.seq);
    found
}

pub(in crate::report) fn audit(engaged: &Engaged) -> AuditLine {
    let Engagement { audit, on, first, last, team, lead, basis } = engaged.engagement.clone();
    let mut samples: Vec<SampleLine> = Vec::new();
    for (seq, part) in &engaged.samples {
        match samples.last_mut().filter(|_| part.part > 1) {
            Some(sample) => sample.drawn.extend(&part.drawn),
            None => samples.push(SampleLine {
                seq: *seq,
                on: part.on,
                seed: part.seed.to_string(),
                said: part.said.as_ref().map(ToString::to_string),
                population: part.population.clone(),
                population_size: part.population_size,
                size_asked: part.size_asked,
                drawn: part.drawn.clone(),
                replaces: part.replaces.as_ref().map(|replaced| ReplacedLine {
                    records: replaced.records.iter().copied().collect(),
                    reason: replaced.reason.to_string(),
                }),
            }),
        }
    }
    AuditLine {
        audit,
        seq: engaged.seq,
        on,
        first,
        last,
        lead,
        team: team.into_iter().collect(),
        basis: basis.to_string(),
        samples,
        reported: engaged.reported.as_ref().map(reported),
        concluded: engaged.concluded,
    }
}

fn reported(of: &Reported) -> ReportedLine {
    let Reported { seq, by, date, findings, income, spending, closing, advice } = of.clone();
    let advice = advice.iter().map(ToString::to_string).collect();
    ReportedLine { seq, date, by, findings, income, spending, closing, advice }
}

/// Opinions on some month of the period.
pub(in crate::report) fn opinions(books: Books<'_>, period: Period) -> Vec<OpinionLine> {
    let all = books.state.audit.conclusions();
    all.filter(|concluded| {
        let (first, last) = (concluded.conclusion.first, concluded.conclusion.last);
        period.reaches(first) && period.first().is_none_or(|begin| begin <= last)
    })
    .map(|concluded| OpinionLine {
        seq: concluded.seq,
        date: concluded.conclusion.date,
        first: concluded.conclusion.first,
        last: concluded.conclusion.last,
        opinion: concluded.conclusion.opinion,
        says: concluded.conclusion.says.as_str().to_owned(),
        by: concluded.by.clone(),
        signed_by: books.state.acts.signers(concluded.seq).to_vec(),
    })
    .collect()
}

/// Months of the period that were opened again, each time.
pub(in crate::report) fn reopened(books: Books<'_>, period: Period) -> Vec<Reopened> {
    let all = books.state.periods.reopened();
    all.filter(|(_, reopening)| period.contains(reopening.month))
        .map(|(seq, reopening)| Reopened {
            seq: *seq,
            month: reopening.month,
            date: reopening.date,
            reason: reopening.reason.as_str().to_owned(),
            signed_by: books.state.acts.signers(*seq).to_vec(),
        })
        .collect()
}
