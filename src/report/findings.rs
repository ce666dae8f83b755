//! 审计整改台账 The register of findings: what each is about, who puts it right and by when, what was
//! done, and who was content with it.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::Ledger;
use super::audit::{FindingLine, opinions};
use super::books::Books;
use super::{AccountName, Heading, Period, Words};
use crate::date::{Day, Offset};
use crate::event::audit::Progress;
use crate::event::{Recorded, Voucher, VoucherNumber};
use crate::ids::{OfficerId, Seq};
use crate::money::Money;
use crate::projection::audit::{Raised, Standing};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Findings {
    pub heading: Heading,
    /// The day of the last record: what is due before it is overdue.
    pub as_of: Option<Day>,
    /// In the order of their records.
    pub lines: Vec<Line>,
    pub counts: Counts,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    #[serde(flatten)]
    pub finding: FindingLine,
    /// 所涉凭证 Of the records that it names.
    pub vouchers: Vec<VoucherNumber>,
    /// 所涉科目
    pub accounts: Vec<AccountName>,
    /// 所涉金额 The sum of these vouchers' debits.
    pub amount: Money,
    /// 整改经过, in the order of their records.
    pub steps: Vec<Step>,
    /// 逾期
    pub overdue: bool,
}

/// 整改情况 as it was reported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Step {
    pub seq: Seq,
    pub date: Day,
    pub by: OfficerId,
    pub measure: String,
    pub status: Progress,
    pub evidence: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Counts {
    pub findings: u32,
    /// 未整改
    pub open: u32,
    /// 整改中
    pub in_progress: u32,
    /// 已整改
    pub rectified: u32,
    /// 销号
    pub cleared: u32,
    /// 逾期
    pub overdue: u32,
}

#[must_use]
pub fn report(ledger: Ledger<'_>, period: Period) -> Findings {
    let Ledger { state, chart, records } = ledger;
    let books = Books { state, chart };
    let lines = opinions::findings(books, period);
    let named: BTreeSet<Seq> = lines.iter().flat_map(|line| line.records.iter().copied()).collect();
    let mut vouchers: BTreeMap<Seq, Voucher> = BTreeMap::new();
    let mut last = None;
    records.each(&mut |record: &Recorded| {
        last = Some(record.at);
        if let Some(voucher) = record.voucher.as_ref().filter(|_| named.contains(&record.seq)) {
            vouchers.insert(record.seq, voucher.clone());
        }
    });
    let offset = state.offices.ledger().map_or_else(Offset::china, |ledger| ledger.utc_offset);
    let as_of = last.map(|at| at.day(offset));
    let lines: Vec<Line> =
        lines.into_iter().map(|line| whole(books, line, &vouchers, as_of)).collect();
    let title = Words::new("审计整改台账", "Register of findings");
    let counts = lines.iter().fold(Counts::default(), Counts::with);
    Findings { heading: books.heading(title, "", period), as_of, lines, counts }
}

fn whole(
    books: Books<'_>,
    finding: FindingLine,
    vouchers: &BTreeMap<Seq, Voucher>,
    as_of: Option<Day>,
) -> Line {
    let raised = books.state.audit.finding(&finding.finding);
    let about: Vec<&Voucher> = finding.records.iter().filter_map(|seq| vouchers.get(seq)).collect();
    let entries = || about.iter().flat_map(|voucher| &voucher.entries);
    let accounts: BTreeSet<_> = entries().map(|entry| &entry.account).collect();
    let steps = raised.into_iter().flat_map(|raised| &raised.rectified);
    let late = |raised: &Raised| as_of.is_some_and(|day| raised.is_overdue(day));
    Line {
        vouchers: about.iter().map(|voucher| voucher.number).collect(),
        accounts: accounts.into_iter().map(|code| books.name(code)).collect(),
        amount: Money::sum(entries().filter_map(|entry| entry.side.columns().0)),
        steps: steps
            .map(|step| Step {
                seq: step.seq,
                date: step.rectification.date,
                by: step.by.clone(),
                measure: step.rectification.measure.to_string(),
                status: step.rectification.status,
                evidence: step.rectification.evidence.as_ref().map(ToString::to_string),
            })
            .collect(),
        overdue: raised.is_some_and(late),
        finding,
    }
}

impl Counts {
    fn with(self, line: &Line) -> Counts {
        let is = |standing: Standing| u32::from(line.finding.standing == standing);
        Counts {
            findings: self.findings.saturating_add(1),
            open: self.open.saturating_add(is(Standing::Open)),
            in_progress: self.in_progress.saturating_add(is(Standing::InProgress)),
            rectified: self.rectified.saturating_add(is(Standing::Rectified)),
            cleared: self.cleared.saturating_add(is(Standing::Cleared)),
            overdue: self.overdue.saturating_add(u32::from(line.overdue)),
        }
    }
}
