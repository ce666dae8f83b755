//! 拨缴经费收缴情况表 The two per cent: what was due, what came in for it and by which way, how it was
//! divided, and the rates that the level above asks for.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::books::Books;
use super::{Heading, Period, Rate, Words};
use crate::chart::Chart;
use crate::date::{Day, Month};
use crate::event::allocation::Channel;
use crate::event::payer::PayerKind;
use crate::ids::PayerId;
use crate::money::Money;
use crate::projection::State;
use crate::projection::payers::Payer;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Allocation {
    pub heading: Heading,
    /// Months of the period about which anything is known.
    pub months: Vec<MonthLine>,
    /// Ways by which anything came in for these months.
    pub channels: Vec<ChannelLine>,
    pub payers: Vec<PayerLine>,
    pub total: Total,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthLine {
    pub month: Month,
    /// 应拨, of the payers whose payroll and rate are known.
    pub due: Money,
    /// 实拨, for this month and whenever it came in; where only a part comes down to here, the whole.
    pub received: Money,
    #[serde(flatten)]
    pub divided: Divided,
    /// 欠拨, payer by payer.
    pub arrears: Money,
}

/// What came to this union, and whose it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Divided {
    /// 到账
    pub banked: Money,
    /// 留成
    pub own: Money,
    /// 应上解
    pub up: Money,
    /// 应转拨
    pub down: Money,
    /// 冲应收: accrued at a year's end and divided then.
    pub settles: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChannelLine {
    /// None for what one's own employer pays 自主拨缴.
    pub channel: Option<Channel>,
    #[serde(flatten)]
    pub divided: Divided,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct PayerLine {
    /// None for the one employer of a grassroots union.
    pub payer: Option<PayerId>,
    pub kind: Option<PayerKind>,
    /// 建会日期
    pub union_since: Option<Day>,
    pub due: Money,
    pub received: Money,
    pub arrears: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Total {
    pub due: Money,
    pub received: Money,
    #[serde(flatten)]
    pub divided: Divided,
    pub arrears: Money,
    /// 收缴率 The part of what is due that is not in arrears.
    pub collection_rate: Option<Rate>,
    /// 应缴户数 and of them 足额户数
    pub payers_due: u32,
    pub payers_in_full: u32,
    /// 足额率
    pub full_payment_rate: Option<Rate>,
    /// 登记户数 and of them 缴费户数
    pub payers: u32,
    pub payers_paid: u32,
    /// 覆盖率
    pub coverage_rate: Option<Rate>,
}

/// One record of money, whichever way it came.
struct Came {
    month: Month,
    channel: Option<Channel>,
    covers: Money,
    divided: Divided,
}

#[must_use]
pub fn report(state: &State, chart: &Chart, period: Period) -> Allocation {
    let came: Vec<Came> = came(state).filter(|came| period.contains(came.month)).collect();
    let mut months: BTreeMap<Month, MonthLine> = BTreeMap::new();
    let mut channels: BTreeMap<Option<Channel>, Divided> = BTreeMap::new();
    for one in &came {
        let line = months.entry(one.month).or_insert_with(|| nothing(one.month));
        line.received = line.received.plus(one.covers);
        line.divided = line.divided.plus(one.divided);
        let divided = channels.entry(one.channel).or_default();
        *divided = divided.plus(one.divided);
    }
    let mut payers = Vec::new();
    for payer in std::iter::once(None).chain(state.payers.payers().map(|(id, _)| Some(id))) {
        payers.extend(of_payer(state, payer, period, &mut months));
    }
    let months: Vec<MonthLine> = months.into_values().collect();
    Allocation {
        heading: Books { state, chart }.heading(
            Words::new("拨缴经费收缴情况表", "Allocation"),
            "",
            period,
        ),
        total: total(&months, &payers),
        channels: channels
            .into_iter()
            .map(|(channel, divided)| ChannelLine { channel, divided })
            .collect(),
        months,
        payers,
    }
}

fn came(state: &State) -> impl Iterator<Item = Came> {
    let direct = state.allocation.received().map(|f| Came {
        month: f.month,
        channel: None,
        covers: f.amount,
        divided: Divided { banked: f.amount, own: f.own, up: f.up, ..Divided::default() },
    });
    let others = state.allocation.collected().map(|(_, f)| Came {
        month: f.month,
        channel: Some(f.channel),
        covers: f.covers(),
        divided: Divided {
            banked: f.amount,
            own: f.own,
            up: f.up,
            down: f.down,
            settles: f.settles,
        },
    });
    direct.chain(others)
}

fn nothing(month: Month) -> MonthLine {
    let (due, received, arrears) = (Money::ZERO, Money::ZERO, Money::ZERO);
    MonthLine { month, due, received, divided: Divided::default(), arrears }
}

/// A payer's line, its due and its arrears added to the months; none of an employer of whom nothing
/// is known.
fn of_payer(
    state: &State,
    payer: Option<&PayerId>,
    period: Period,
    months: &mut BTreeMap<Month, MonthLine>,
) -> Option<PayerLine> {
    let found = payer.and_then(|payer| state.payers.payer(payer));
    let mut line = PayerLine {
        payer: payer.cloned(),
        kind: found.map(|found| found.kind),
        union_since: found.and_then(|found| found.union_since),
        due: Money::ZERO,
        received: Money::ZERO,
        arrears: Money::ZERO,
    };
    let known = known_months(state, payer);
    let known: Vec<Month> = known.into_iter().filter(|month| period.contains(*month)).collect();
    if payer.is_none() && known.is_empty() {
        return None;
    }
    for month in known {
        let due = state.allocation_due(payer, month).unwrap_or_default();
        let arrears = state.allocation_arrears(payer, month, month);
        line.due = line.due.plus(due);
        line.received = line.received.plus(state.allocation.received_for(payer, month));
        line.arrears = line.arrears.plus(arrears);
        let of_month = months.entry(month).or_insert_with(|| nothing(month));
        of_month.due = of_month.due.plus(due);
        of_month.arrears = of_month.arrears.plus(arrears);
    }
    Some(line)
}

/// The months about which anything is known of a payer, in order.
pub(super) fn known_months(state: &State, payer: Option<&PayerId>) -> Vec<Month> {
    let mut known: Vec<Month> = match payer {
        None => state.allocation.payrolls().map(|payroll| payroll.month).collect(),
        Some(payer) => {
            state.payers.payer(payer).into_iter().flat_map(Payer::months_declared).collect()
        }
    };
    known.extend(state.allocation.months_received(payer));
    known.sort_unstable();
    known.dedup();
    known
}

fn total(months: &[MonthLine], payers: &[PayerLine]) -> Total {
    let sum = |of: fn(&MonthLine) -> Money| Money::sum(months.iter().map(of));
    let count = |wanted: fn(&&PayerLine) -> bool| {
        u32::try_from(payers.iter().filter(wanted).count()).unwrap_or(u32::MAX)
    };
    let (due, arrears) = (sum(|line| line.due), sum(|line| line.arrears));
    let payers_due = count(|line| line.due.is_positive());
    let payers_in_full = count(|line| line.due.is_positive() && line.arrears.is_zero());
    let payers_paid = count(|line| line.received.is_positive());
    let payers = count(|_| true);
    Total {
        due,
        received: sum(|line| line.received),
        divided: months.iter().fold(Divided::default(), |sum, line| sum.plus(line.divided)),
        arrears,
        collection_rate: Rate::of(due.minus(arrears), due),
        payers_due,
        payers_in_full,
        full_payment_rate: Rate::of_count(payers_in_full, payers_due),
        payers,
        payers_paid,
        coverage_rate: Rate::of_count(payers_paid, payers),
    }
}

impl Divided {
    fn plus(self, other: Divided) -> Divided {
        Divided {
            banked: self.banked.plus(other.banked),
            own: self.own.plus(other.own),
            up: self.up.plus(other.up),
            down: self.down.plus(other.down),
            settles: self.settles.plus(other.settles),
        }
    }
}
