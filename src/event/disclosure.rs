//! Openness 公示: what was posted for the members to read, when and where, and which records it rests on.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::{Day, Month};
use crate::ids::{Digest, Text};
use crate::lang::Lang;

/// 公示 What the officer says. Without `size` it carries the book as it stands before this record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publish {
    /// 公示内容 What is posted.
    pub what: Disclosed,
    /// 起月 The first month of it.
    pub first: Month,
    /// 止月 The last month of it.
    pub last: Month,
    /// 公示日期 The day on which it is posted.
    pub on: Day,
    /// 公示地点 公示栏, 群, 网站 and the like.
    pub place: Text,
    /// 公示截止 The last day on which it is up.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Day>,
    /// 期间未完 The months are not over, and the notice says so.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub interim: bool,
    /// 所依据的记录数 How many records it rests on: its foot says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// 链头 The hash of the last of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub head: Option<Digest>,
    /// 文本指纹 The SHA-256 of the text that was posted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_sha256: Option<Digest>,
}

/// It was posted, and carries the book's head at so many records.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Publication {
    pub what: Disclosed,
    pub first: Month,
    pub last: Month,
    pub on: Day,
    pub place: Text,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub through: Option<Day>,
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub interim: bool,
    pub size: u64,
    pub head: Digest,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub report_sha256: Option<Digest>,
}

/// 公示内容
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Disclosed {
    /// 收支公示
    Notice,
    /// 捐款公示
    Donors,
    /// 年度报告
    AnnualReport,
    /// 其他
    Other,
}

impl Disclosed {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Disclosed::Notice => ("收支公示", "notice of income and spending"),
            Disclosed::Donors => ("捐款公示", "list of donations"),
            Disclosed::AnnualReport => ("年度报告", "report of the year"),
            Disclosed::Other => ("其他公示", "other notice"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}
