//! Hardship cases 困难职工档案 and the aid that rests on them: applied for, reviewed, put on public notice,
//! then paid as everything is (总工发〔2015〕20号: 依档帮扶). Whatever is personal stands in the vault: a record
//! knows a number, a class and days.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::spending::Analysis;
use super::welfare::Beneficiary;
use crate::date::Day;
use crate::ids::{
    AccountCode, ApplicationId, CaseId, DisbursementId, FundId, NoticeId, Source, Text,
    WelfareItemId,
};
use crate::lang::Lang;
use crate::money::Money;

/// 困难类别 Unions of different places and years use different ones.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum CaseClass {
    /// 一般困难
    General,
    /// 困难
    Hardship,
    /// 特困
    Special,
    /// 深度困难
    Deep,
    /// 相对困难
    Relative,
    /// 意外致困
    Accidental,
}

impl CaseClass {
    pub const ALL: [CaseClass; 6] = [
        CaseClass::General,
        CaseClass::Hardship,
        CaseClass::Special,
        CaseClass::Deep,
        CaseClass::Relative,
        CaseClass::Accidental,
    ];

    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            CaseClass::General => ("一般困难", "general"),
            CaseClass::Hardship => ("困难", "hardship"),
            CaseClass::Special => ("特困", "special hardship"),
            CaseClass::Deep => ("深度困难", "deep"),
            CaseClass::Relative => ("相对困难", "relative"),
            CaseClass::Accidental => ("意外致困", "by accident"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// 建档
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseOpened {
    pub case: CaseId,
    /// 困难职工 The person whose vault holds the file: a member, or somebody whom only the vault knows.
    pub of: Beneficiary,
    pub class: CaseClass,
    pub on: Day,
    /// 有效期至 It is reviewed by this day.
    pub valid_through: Day,
    /// 依据 What says so
    pub source: Source,
}

/// 复核 The class anew, and until when it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseReviewed {
    pub case: CaseId,
    pub class: CaseClass,
    pub on: Day,
    pub valid_through: Day,
    pub source: Source,
}

/// 撤档
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CaseClosed {
    pub case: CaseId,
    pub on: Day,
    /// 撤档原因 Why it is closed
    pub reason: CaseEnd,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum CaseEnd {
    /// 脱困
    OutOfHardship,
    /// 调离
    Left,
    /// 去世
    Died,
    /// 情况不实: what was got is paid back.
    FalseClaim,
}

impl CaseEnd {
    #[must_use]
    pub fn title(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            CaseEnd::OutOfHardship => ("脱困", "out of hardship"),
            CaseEnd::Left => ("调离", "left"),
            CaseEnd::Died => ("去世", "died"),
            CaseEnd::FalseClaim => ("情况不实", "false claim"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

/// 申请帮扶
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AidApplied {
    pub application: ApplicationId,
    pub case: CaseId,
    /// 帮扶项目 A welfare item of a kind of aid.
    pub item: WelfareItemId,
    pub amount: Money,
    pub on: Day,
}

/// 审核 Whether it is granted, and how much of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AidReviewed {
    pub application: ApplicationId,
    pub on: Day,
    /// 核定金额; 0.00 where it is not granted.
    pub granted: Money,
}

/// 公示 What is said of it: these are put on notice, without names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PostNotice {
    pub notice: NoticeId,
    /// 公示的申请 The applications that are put on it
    pub applications: Vec<ApplicationId>,
    /// 公示日 The day on which it is posted, which does not count.
    pub on: Day,
    /// 公示至 The last day on which it is up
    pub through: Day,
    /// 公示地点 Where it is posted
    pub place: Text,
}

/// The same, with the working days that it hangs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticePosted {
    pub notice: NoticeId,
    pub applications: Vec<ApplicationId>,
    pub on: Day,
    pub through: Day,
    pub place: Text,
    /// 工作日
    pub working_days: u32,
    /// 事后补记 It was recorded later than on the working day after it was posted, so that no record made
    /// meanwhile shows that it hung.
    #[serde(default, skip_serializing_if = "core::ops::Not::not")]
    pub recorded_late: bool,
}

/// 异议 Somebody speaks against an application that is on notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AidObjected {
    pub application: ApplicationId,
    pub on: Day,
}

/// 异议处理
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ObjectionAnswered {
    pub application: ApplicationId,
    pub on: Day,
    /// 成立: the application ends with it.
    pub upheld: bool,
}

/// 申请帮扶用款 What is granted is requested, for one or several of the same item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestAid {
    pub disbursement: DisbursementId,
    pub date: Day,
    /// 帮扶申请 The applications that it pays
    pub applications: Vec<ApplicationId>,
    #[serde(default = "FundId::general")]
    pub fund: FundId,
    /// 支出科目 Where it is not the item's own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account: Option<AccountCode>,
    /// 用途 What for
    pub purpose: Text,
    /// 支出分析 Its nature, project and economic class
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub analysis: Option<Analysis>,
}

/// Which applications a disbursement pays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AidRequested {
    pub disbursement: DisbursementId,
    pub applications: Vec<ApplicationId>,
}
