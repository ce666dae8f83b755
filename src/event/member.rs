//! Members and their groups. A member is a number here; names stay outside the chain.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::ids::{GroupId, MemberId, Text};
use crate::money::Money;

/// 设立工会小组 A group is defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Group {
    pub group: GroupId,
    pub name: Text,
}

/// 入会 A member joins; dues are owed from the month of `on`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Enrolment {
    pub member: MemberId,
    pub group: GroupId,
    pub on: Day,
}

/// 会费基数 The monthly base of a member's dues, from a month on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DuesBase {
    pub member: MemberId,
    /// 计缴会费的月工资收入 Monthly wage income that counts, yuan.
    pub base: Money,
    pub from: Month,
}

/// 调组 A member moves to another group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Transfer {
    pub member: MemberId,
    pub group: GroupId,
    pub on: Day,
}

/// 离会 A member leaves; the month of `on` is the last for which dues are owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Leaving {
    pub member: MemberId,
    pub on: Day,
    /// 离会原因 Why
    pub reason: LeavingReason,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeavingReason {
    /// 退休: keeps the membership and owes no dues (中国工会章程).
    Retired,
    /// 转出
    TransferredOut,
    /// 退会
    Resigned,
    /// 去世
    Died,
}

/// 转入 A member comes over from another union; dues are owed from the month after the last one that
/// was paid there, else from the month of `on`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Arrival {
    pub member: MemberId,
    pub group: GroupId,
    pub on: Day,
    /// 转出工会 The union that the member comes from.
    pub from_union: Text,
    /// 会费缴至 The last month for which dues were paid there, as the transfer letter says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dues_paid_through: Option<Month>,
}

/// 转出 What is asked for when a member goes over to another union.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Depart {
    pub member: MemberId,
    pub on: Day,
    /// 转入工会 The union that the member goes to.
    pub to_union: Text,
}

/// 转出 A member goes over to another union; the month of `on` is the last for which dues are owed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Departure {
    pub member: MemberId,
    pub on: Day,
    /// 转入工会
    pub to_union: Text,
    /// 会费缴至 The last month up to which nothing is owed; none where the first one is unpaid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dues_paid_through: Option<Month>,
}
