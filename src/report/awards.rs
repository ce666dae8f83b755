//! 学习和奖励台账 Tuition, papers, competitions, model workers: who got what for which of them.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::benefits::{ItemName, Sums, item_name, paid};
use super::books::Books;
use super::{Heading, Period, Words};
use crate::chart::Chart;
use crate::date::Day;
use crate::event::welfare::{Beneficiary, WelfareFamily, WelfareKind};
use crate::ids::DisbursementId;
use crate::money::Money;
use crate::projection::State;
use crate::projection::welfare::Claim;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Awards {
    pub heading: Heading,
    /// By the day of what it is given for; what was left by whoever never came is in none.
    pub lines: Vec<Line>,
    /// 按事项
    pub items: Vec<ItemLine>,
    pub total: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    /// 事项日期
    pub on: Day,
    #[serde(flatten)]
    pub of: ItemName,
    pub to: Beneficiary,
    /// 次数 Papers, projects.
    pub times: u32,
    pub amount: Money,
    pub disbursement: DisbursementId,
    /// 附件 How many papers lie with the request.
    pub papers: u32,
    /// 签收
    pub signed: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ItemLine {
    #[serde(flatten)]
    pub of: ItemName,
    pub people: u32,
    pub times: u32,
    pub amount: Money,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Awards {
    let mut lines = Vec::new();
    let mut items: BTreeMap<ItemName, Sums> = BTreeMap::new();
    for (id, list, _) in paid(state, period) {
        let of = item_name(state, &list.item);
        if of.kind.map(WelfareKind::family) != Some(WelfareFamily::Award) {
            continue;
        }
        let request = state.disbursements.disbursement(id).map(|found| found.seq);
        let papers = request.map_or(0, |seq| state.papers.of(seq).len());
        for (to, got) in &list.shares {
            let signed = match got.claim {
                Claim::Unclaimed(_) => continue,
                Claim::Signed(day) => Some(day),
                Claim::Listed => None,
            };
            items.entry(of.clone()).or_default().add(Sums::of(got));
            lines.push(Line {
                on: list.on,
                of: of.clone(),
                to: to.clone(),
                times: got.times,
                amount: got.amount,
                disbursement: id.clone(),
                papers: u32::try_from(papers).unwrap_or(u32::MAX),
                signed,
            });
        }
    }
    lines.sort_by(|one, other| {
        (one.on, &one.of.item, &one.to).cmp(&(other.on, &other.of.item, &other.to))
    });
    let of_item = |(of, sums): (ItemName, Sums)| ItemLine {
        of,
        people: sums.people,
        times: sums.times,
        amount: sums.amount,
    };
    Awards {
        heading: Books { state, chart }.heading(
            Words::new("学习和奖励台账", "Register of study and awards"),
            "",
            period,
        ),
        total: Money::sum(lines.iter().map(|line| line.amount)),
        lines,
        items: items.into_iter().map(of_item).collect(),
    }
}
