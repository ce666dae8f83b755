//! What the audit committee itself has said: findings 审计发现 with what became of them, opinions
//! 审计意见, and the months that were opened again.

use schemars::JsonSchema;
use serde::Serialize;

use crate::date::{Day, Month};
use crate::event::audit::Opinion;
use crate::ids::{FindingId, OfficerId, Seq};
use crate::lang::Lang;
use crate::projection::audit::Raised;
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

/// Findings that were raised by the end of the period and still open when it began.
pub(in crate::report) fn findings(books: Books<'_>, period: Period) -> Vec<FindingLine> {
    let before = |month: Month| period.first().is_some_and(|first| month < first);
    let cleared_before = |raised: &Raised| {
        raised.cleared.as_ref().is_some_and(|(_, clearing)| before(clearing.date.month()))
    };
    let mut found: Vec<FindingLine> = books
        .state
        .audit
        .findings()
        .filter(|raised| period.reaches(raised.finding.date.month()) && !cleared_before(raised))
        .map(|raised| finding(books, raised))
        .collect();
    found.sort_by_key(|line| line.seq);
    found
}

fn finding(books: Books<'_>, raised: &Raised) -> FindingLine {
    let Raised { seq, finding, cleared } = raised;
    let cleared = cleared.as_ref().map(|(seq, clearing)| ClearedLine {
        seq: *seq,
        date: clearing.date,
        reason: clearing.reason.as_str().to_owned(),
    });
    FindingLine {
        finding: finding.finding.clone(),
        seq: *seq,
        date: finding.date,
        records: finding.records.clone(),
        says: finding.says.as_str().to_owned(),
        asks: finding.asks.as_str().to_owned(),
        owner: finding.owner.clone(),
        due: finding.due,
        cleared,
        signed_by: books.state.acts.signers(*seq).to_vec(),
    }
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
