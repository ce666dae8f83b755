//! Donation drives 募捐、一日捐: for a person or a purpose, money and goods, until what is left is decided on
//! (公益事业捐赠法 Art. 16, 18, 22).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Till;
use super::welfare::{Beneficiary, ListControl};
use crate::date::Day;
use crate::ids::{ArticleId, DriveId, FundId, MemberId, Seq, Source, SubjectId, Text};
use crate::lang::Lang;
use crate::money::Money;

/// 发起募捐 A drive has a fund, or a custodial project, of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DriveOpened {
    pub drive: DriveId,
    pub name: Text,
    /// 资金或代管项目 Where its money is: a restricted fund of the union 408, or a custodial project 221.
    pub fund: FundId,
    /// 受助人 Whom it is for; none where it is for a purpose.
    #[serde(default, rename = "for", skip_serializing_if = "Option::is_none")]
    pub to: Option<Beneficiary>,
    /// 用途 What it is for
    pub purpose: Text,
    pub first: Day,
    pub last: Day,
    /// 决议 The resolution that it rests on
    pub source: Source,
}

/// 捐款人
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Donor {
    Member(MemberId),
    /// Somebody who is no member, known to the vault alone.
    Subject(SubjectId),
    /// 单位
    Organisation(Text),
    /// 匿名: so many people who do not want to be named, 1 at least.
    Anonymous(u32),
}

impl Donor {
    /// How many people or bodies it stands for.
    #[must_use]
    pub fn count(&self) -> u32 {
        match self {
            Donor::Member(_) | Donor::Subject(_) | Donor::Organisation(_) => 1,
            Donor::Anonymous(count) => *count,
        }
    }

    /// As a list says it: numbers, and organisations by their names.
    #[must_use]
    pub fn said(&self, lang: Lang) -> String {
        match (self, lang) {
            (Donor::Member(id), _) => id.to_string(),
            (Donor::Subject(id), _) => id.to_string(),
            (Donor::Organisation(name), _) => name.to_string(),
            (Donor::Anonymous(count), Lang::Zh) => format!("匿名 {count} 人"),
            (Donor::Anonymous(count), Lang::En) => format!("{count} anonymous"),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Gift {
    pub donor: Donor,
    pub amount: Money,
}

/// 收捐款 A list of donors, with people and sum as they were declared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveGifts {
    pub drive: DriveId,
    pub date: Day,
    pub into: Till,
    /// 捐款名单 Who gave how much
    pub gifts: Vec<Gift>,
    /// 控制总数 People and sum as they were declared
    pub control: ListControl,
}

/// 捐款登记 Who gave what of a receipt; a long list is several records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GiftsListed {
    pub drive: DriveId,
    /// The record that took the money in, on that day.
    pub receipt: Seq,
    pub on: Day,
    pub gifts: Vec<Gift>,
}

/// 捐物登记 Goods come in; they stand in no account, and are counted here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoodsReceived {
    pub drive: DriveId,
    pub on: Day,
    /// 捐赠人 Who gave it
    pub donor: Donor,
    pub article: ArticleId,
    /// 品名 What it is
    pub name: Text,
    /// 数量 How many
    pub count: u32,
    /// 计量单位 What is counted
    pub unit: Text,
}

/// 发放捐物
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoodsGiven {
    pub drive: DriveId,
    pub on: Day,
    /// 受赠方 Whom it goes to
    pub to: Recipient,
    pub article: ArticleId,
    /// 数量 How many
    pub count: u32,
}

/// 撤销捐物登记 A record of goods that came in or went out was wrong: it counts no longer, and can be made anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoodsWithdrawn {
    pub drive: DriveId,
    /// 登记的记录号 The record of the goods
    pub record: Seq,
    /// 原因 Why it is withdrawn
    pub reason: Text,
}

/// 受赠方
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Recipient {
    Person(Beneficiary),
    /// 单位
    Organisation(Text),
}

/// 结束募捐 What is left is decided on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CloseDrive {
    pub drive: DriveId,
    pub on: Day,
    /// 结余去向 The free fund that what is left goes to; none where it stays for the same purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<FundId>,
    /// 决议, and the donors' consent where the purpose changes
    pub resolution: Source,
}

/// The same, with what was left on that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DriveClosed {
    pub drive: DriveId,
    pub on: Day,
    pub left: Money,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<FundId>,
    pub resolution: Source,
}
