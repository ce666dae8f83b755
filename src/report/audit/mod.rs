//! 经费审查报告 The audit committee's report to the congress of members, in the form that such
//! reports have: basis, 一、收入, 二、支出, 三、结余, fixed assets, then what was found. It holds
//! figures, and what the committee itself has recorded: the opinion is its own.

pub(in crate::report) mod results;
mod allocation;
mod corrections;
mod approvals;
pub(in crate::report) mod payments;
mod rules;
pub(in crate::report) mod exceptions;
pub(in crate::report) mod opinions;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::programme::InShort;
use super::{Heading, Period, Words, dues, funds};
use crate::chart::{Chart, Class, Use};
use crate::date::{Day, FiscalYear, Month};
use crate::ids::{AccountCode, OfficerId};
use crate::money::Money;
use crate::projection::State;

pub use allocation::{Allocation, AllocationMonth};
pub use approvals::{Approved, OpenDisbursement, StoodIn};
pub use corrections::{Adjusted, AdjustedLine, Reversed};
pub use exceptions::{Concern, Exception};
pub use opinions::{
    AuditLine, ClearedLine, FindingLine, OpinionLine, Reopened, ReportedLine, SampleLine,
};
pub use results::{ResultLine, Results};
pub use rules::RuleInForce;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Audit {
    pub heading: Heading,
    /// 审查依据
    pub basis: Basis,
    /// 一、收入
    pub income: Results,
    /// 二、支出
    pub spending: Results,
    /// 三、结余, in all and by fund.
    pub balance: funds::Funds,
    /// 固定资产
    pub fixed_assets: FixedAssets,
    /// 拨缴经费
    pub allocation: Allocation,
    /// 会费收缴, in all and by group, without the members.
    pub dues: DuesInShort,
    /// 更正: red vouchers of the period.
    pub corrections: Vec<Reversed>,
    /// 审计调整 of the period.
    pub adjustments: Vec<Adjusted>,
    /// 未付支出: requested by the end of the period and still neither paid, refused nor withdrawn.
    pub open_disbursements: Vec<OpenDisbursement>,
    /// 审批检查: every payment of the period, record by record.
    pub approvals: Vec<Approved>,
    /// 本期制度: rules that were set in the period or that begin in it.
    pub rules: Vec<RuleInForce>,
    /// 结账
    pub closing: Closing,
    /// 需关注事项, in the order of their codes.
    pub exceptions: Vec<Exception>,
    /// 审计程序例外: what the report `audit-programme` of the same period finds. It is made of the records
    /// themselves, and left out where the report is made of the state alone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub programme: Option<InShort>,
    /// 重新开账: months of the period that were opened again.
    pub reopened: Vec<Reopened>,
    /// 审计项目 of months of the period.
    pub audits: Vec<AuditLine>,
    /// 审计发现和整改: findings that the period knew, and those of its audits.
    pub findings: Vec<FindingLine>,
    /// 审计意见 on months of the period.
    pub opinions: Vec<OpinionLine>,
    /// What the report cannot say, and why.
    pub notes: Vec<Words>,
    pub signatures: Signatures,
}

impl Audit {
    /// The officers whom it names.
    #[must_use]
    pub fn officers(&self) -> BTreeSet<OfficerId> {
        let mut found: BTreeSet<OfficerId> = BTreeSet::new();
        for paid in &self.approvals {
            found.extend(paid.requested_by.clone());
            found.insert(paid.paid_by.clone());
            found.extend(paid.approved_by.iter().cloned());
        }
        found.extend(self.open_disbursements.iter().map(|open| open.requested_by.clone()));
        found
    }
}

/// What was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Basis {
    /// How many records were read, from the first one on.
    pub records: u64,
    /// 凭证 of the period
    pub vouchers: u32,
    /// 启用日
    pub book_starts: Option<Day>,
    /// The chart of accounts, by id and by the SHA-256 of its text.
    pub chart: String,
    pub chart_sha256: String,
    /// The documents that the chart rests on.
    pub chart_source: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct FixedAssets {
    /// 162 at the beginning, increase, decrease, at the end.
    pub opening: Money,
    pub increase: Money,
    pub decrease: Money,
    pub closing: Money,
    /// 163 at the end
    pub depreciation: Money,
    /// 净值
    pub net: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct DuesInShort {
    pub lines: Vec<dues::Line>,
    pub total: dues::Collected,
    /// 欠缴人数
    pub members_in_arrears: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Closing {
    /// Months of the period that are closed, and those that are not.
    pub closed: Vec<Month>,
    pub open: Vec<Month>,
    /// Years of which the last month lies in the period, and that are closed.
    pub years_closed: Vec<FiscalYear>,
}

/// The places for signatures 签字; empty, for nobody has signed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Signatures {
    /// 经审会主任
    pub audit_chair: String,
    /// 经审委员
    pub audit_members: String,
    /// 日期
    pub date: String,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Audit {
    let books = Books { state, chart };
    let months = books.months(period);
    let (closed, open): (Vec<Month>, Vec<Month>) =
        months.iter().partition(|month| state.periods.is_closed(**month));
    let years = months.iter().filter(|month| month.is_last_of_year()).map(|month| month.year());
    let closing = Closing {
        closed,
        open,
        years_closed: years.filter(|year| state.periods.year_is_closed(*year)).collect(),
    };
    let dues = dues::report(state, chart, period);
    let mut report = Audit {
        heading: books.heading(Words::new("经费审查报告", "Audit report"), "", period),
        basis: basis(books, &months),
        income: results::of(books, period, Class::Income),
        spending: results::of(books, period, Class::Expense),
        balance: funds::report(state, chart, period),
        fixed_assets: fixed_assets(books, period),
        allocation: allocation::of(books, period),
        dues: DuesInShort {
            members_in_arrears: u32::try_from(dues.arrears.len()).unwrap_or(u32::MAX),
            lines: dues.lines,
            total: dues.total,
        },
        corrections: corrections::reversed(books, period),
        adjustments: corrections::adjusted(books, period),
        open_disbursements: approvals::open(books, period),
        approvals: approvals::paid(books, period),
        rules: rules::set(books, period),
        closing,
        exceptions: Vec::new(),
        programme: None,
        reopened: opinions::reopened(books, period),
        audits: opinions::audits(books, period),
        findings: opinions::findings(books, period),
        opinions: opinions::opinions(books, period),
        notes: about_budget(books, period, &months),
        signatures: Signatures::default(),
    };
    report.exceptions = exceptions::found(books, &report, &months);
    report
}

/// Why there are no columns of the budget; nothing where there are, or where there is no budget to be
/// had of the period.
fn about_budget(books: Books<'_>, period: Period, months: &[Month]) -> Vec<Words> {
    let mut years = months.iter().map(|month| month.year());
    if !years.any(|year| books.state.budgets.of(year).is_some()) {
        return vec![Words::new(
            "本账套尚未记录预算，故不列预算数和完成率。",
            "This book records no budget yet, so there are no columns for budget and execution.",
        )];
    }
    if results::has_plan(books, period) {
        return Vec::new();
    }
    vec![Words::new(
        "预算按年度编制，本报告期间不自一月起或跨年，预算执行情况另见预算执行情况表和决算表。",
        "A budget is of a year, and this period does not begin with one or ends in another: budget and \
         execution are in the reports budget and final-accounts.",
    )]
}

fn basis(books: Books<'_>, months: &[Month]) -> Basis {
    let vouchers = months.iter().map(|month| books.state.periods.totals(*month).vouchers);
    Basis {
        records: books.state.next().0,
        vouchers: vouchers.fold(0, u32::saturating_add),
        book_starts: books.state.offices.ledger().map(|ledger| ledger.starts),
        chart: books.chart.id().as_str().to_owned(),
        chart_sha256: books.chart.sha256().to_owned(),
        chart_source: books.chart.source().as_str().to_owned(),
    }
}

fn fixed_assets(books: Books<'_>, period: Period) -> FixedAssets {
    use super::books::When;
    let is_worn = |account: &AccountCode| books.chart.is_within(account, Use::Depreciation);
    let is_cost = |account: &AccountCode| {
        books.chart.is_within(account, Use::FixedAssets) && !is_worn(account)
    };
    let of = |when: When| books.sum(|p| is_cost(p.account) && books.when(period, p) == when);
    let (before, within) = (of(When::Before), of(When::Within));
    let closing = before.plus(within).balance();
    let depreciation = books.closing(period, is_worn).negated();
    FixedAssets {
        opening: before.balance(),
        increase: within.debit,
        decrease: within.credit,
        closing,
        depreciation,
        net: closing.minus(depreciation),
    }
}
