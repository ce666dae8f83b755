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
    /// Monthly wage income that counts, yuan.
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
