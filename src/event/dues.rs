//! Dues 会费: what is owed, paid, waived and refunded, member by member and month by month.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use crate::date::{Day, Month};
use crate::ids::{DisbursementId, FundId, GroupId, MemberId, Seq, Source, Text};
use crate::money::Money;

/// 收会费 Dues are received, from one member or from a whole group's roll.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuesReceipt {
    /// 业务日期 The day the money came in.
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 收款方式 Cash or bank.
    pub into: Till,
    /// 明细 Who paid for which month.
    pub lines: Vec<DuesLine>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuesLine {
    pub member: MemberId,
    /// 所属月份 The month that is paid for.
    pub month: Month,
    pub amount: Money,
}

/// 期初缴费情况 How a member stood with his dues when the book began: said once, from the old book.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuesStanding {
    pub member: MemberId,
    /// 已缴至 Nothing is owed for this month or any before it.
    pub paid_through: Month,
    /// 期初欠缴 What was still owed for the months after it and before the book, all of them
    /// together; it is owed for the last of them. Without it, each of these months is owed by the
    /// base and the rule, as in the book.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owed: Option<Money>,
}

impl DuesReceipt {
    #[must_use]
    pub fn total(&self) -> Money {
        Money::sum(self.lines.iter().map(|line| line.amount))
    }
}

/// 控制数 What whoever handed in the roll has counted: both figures must agree with it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// 人数 How many members paid.
    pub members: u32,
    /// 合计
    pub total: Money,
}

/// 收会费 What the accountant asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveDues {
    /// 业务日期 The day the money came in.
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 收款方式 Cash or bank.
    pub into: Till,
    /// 明细 Who paid for which month.
    pub lines: Vec<DuesLine>,
    /// 控制数 Members and sum as they were counted; without it only the lines are looked at.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub control: Option<Control>,
}

/// 按小组收会费 The dues of a whole group 工会小组, with its control totals. Without lines, every
/// member of the group pays what is still due for these months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveRoll {
    /// 业务日期 The day the money came in.
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 收款方式 Cash or bank.
    pub into: Till,
    /// 工会小组 The group
    pub group: GroupId,
    /// 所属月份 The month that is paid for.
    pub month: Month,
    /// 至 The last month, where it is for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Month>,
    /// 控制数 Members and sum as they were counted.
    pub control: Control,
    /// 未缴 Members of the group who have not paid.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub except: Vec<MemberId>,
    /// 明细 Who paid how much, where it is not what was due.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<DuesLine>,
}

/// 缴会费 One member pays a sum: first for the oldest months owed, then for months ahead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PayDues {
    /// 业务日期 The day the money came in.
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 收款方式 Cash or bank.
    pub into: Till,
    pub member: MemberId,
    pub amount: Money,
}

/// 缴费办法 How one member's dues are counted, from a month on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuesTerms {
    pub member: MemberId,
    /// 自 The first month.
    pub from: Month,
    /// 至 The last month; without it, until other terms begin.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Month>,
    /// 缴费办法 How much is owed
    pub terms: Terms,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Terms {
    /// 按基数: by the rate and the member's own base.
    ByBase {},
    /// 定额: the same sum every month.
    Flat { amount: Money },
    /// 免缴: keeps the membership and owes nothing (中国工会章程).
    Exempt { reason: ExemptReason },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ExemptReason {
    /// 退休
    Retired,
    /// 失业
    Unemployed,
    /// 长期病休
    LongIllness,
    /// 其他
    Other,
}

/// One month of one member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct MonthLine {
    pub month: Month,
    pub amount: Money,
}

/// 减免会费 What the committee asks for: for these months, all that is still owed or so much of each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiveDues {
    pub on: Day,
    pub member: MemberId,
    /// 自 The first month.
    pub from: Month,
    /// 至 The last month, where it is for several.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Month>,
    /// 每月金额 So much of each month; without it, all that is still owed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    pub reason: Text,
    /// 依据 The committee's resolution.
    pub resolution: Source,
}

/// 减免会费 Dues are waived: they are not owed any more, and no money moves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    pub on: Day,
    pub member: MemberId,
    pub lines: Vec<MonthLine>,
    pub reason: Text,
    /// 依据 The committee's resolution.
    pub resolution: Source,
}

/// 撤销减免 What the committee asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CancelWaiver {
    pub on: Day,
    /// 减免的记录号 The record of the waiver.
    pub waiver: Seq,
    pub reason: Text,
}

/// 撤销减免 A waiver does not hold any more: what it waived is owed again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WaiverCancellation {
    pub on: Day,
    /// 减免的记录号 The record of the waiver.
    pub waiver: Seq,
    pub member: MemberId,
    pub reason: Text,
}

/// 退会费 Dues are given back: to whom and for which months.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refund {
    /// 业务日期 The day the money went out.
    pub date: Day,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 付款方式 Cash or bank.
    pub from: Till,
    /// 明细 To whom, of what was paid for which month.
    pub lines: Vec<DuesLine>,
    pub reason: Text,
    /// 批准 The request for it; bodies before version 2 have none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disbursement: Option<DisbursementId>,
}

impl Refund {
    #[must_use]
    pub fn total(&self) -> Money {
        Money::sum(self.lines.iter().map(|line| line.amount))
    }
}
