//! What stands beside an office: relatives and interests 回避, substitutes 代理, handover 会计工作交接.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::VoucherNumber;
use super::book::Role;
use super::disbursement::Payee;
use super::welfare::Beneficiary;
use crate::date::Day;
use crate::ids::{MemberId, OfficerId, Seq, Source, SubjectId, Text};
use crate::money::Money;

/// 声明关系 An officer is a relative of somebody, or has an interest in an organisation (会计基础工作规范
/// Art. 16): he keeps away from what concerns the other 回避.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationDeclared {
    pub officer: OfficerId,
    pub to: Related,
    /// 关系 Relatives, or an interest.
    pub kind: RelationKind,
    /// 起始日 Since when it has been so; it may be long before the book.
    pub from: Day,
    /// 依据 What says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// 解除关系 A relation that was declared has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationEnded {
    pub officer: OfficerId,
    pub to: Related,
    /// 关系 Relatives, or an interest.
    pub kind: RelationKind,
    /// 终止日 From this day on it is no longer so.
    pub on: Day,
    pub reason: Text,
}

/// 相关方 The other side of a relation: persons by number, never by name.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Related {
    Officer(OfficerId),
    Member(MemberId),
    /// 单位, written as it is in payments.
    Organisation(Text),
    /// Somebody whom the vault alone knows.
    Subject(SubjectId),
}

#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RelationKind {
    /// 亲属
    Relative,
    /// 利害关系
    Interest,
}

impl Related {
    /// One of those on a list.
    #[must_use]
    pub fn on_list(to: &Beneficiary) -> Related {
        match to {
            Beneficiary::Member(member) => Related::Member(member.clone()),
            Beneficiary::Subject(subject) => Related::Subject(subject.clone()),
        }
    }

    /// Who is paid, as one who may be related to somebody. A list of people is nobody: its people are
    /// looked at one by one.
    #[must_use]
    pub fn of(payee: &Payee) -> Option<Related> {
        match payee {
            Payee::Member(member) => Some(Related::Member(member.clone())),
            Payee::Officer(officer) => Some(Related::Officer(officer.clone())),
            Payee::Organisation(name) => Some(Related::Organisation(name.clone())),
            Payee::Roster(_) => None,
        }
    }
}

/// 代理 Somebody approves for an officer who is away: those of these offices that the officer himself
/// holds, in these days, and nothing but approving (docs/FORMAT.md, 18.1). A second one of the same two
/// replaces the first, and so ends it early or prolongs it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SubstituteNamed {
    /// 被代理人 Who is away.
    pub officer: OfficerId,
    /// 代理人 Who stands in.
    pub by: OfficerId,
    /// 代理职务 The offices that he stands in for.
    pub roles: BTreeSet<Role>,
    pub first: Day,
    pub last: Day,
    /// 依据 The resolution that says so.
    pub resolution: Source,
}

/// 会计工作交接 What is said when an office changes hands, watched by a third 监交人 (会计基础工作规范
/// Art. 25 to 35).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordHandover {
    pub office: Role,
    /// 移交人 Who hands over.
    pub from: OfficerId,
    /// 接收人 Who takes over.
    pub to: OfficerId,
    /// 监交人 Who watches over it.
    pub witness: OfficerId,
    pub on: Day,
    /// 实交数 What was found when it was handed over.
    pub declared: HandoverFigures,
    /// 说明 Why it is not what the book says, where it is not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Text>,
    /// 移交清册 What is handed over.
    pub list: Vec<HandedItem>,
}

/// The same, with what the book says at that moment. Its list follows in records of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    pub office: Role,
    pub from: OfficerId,
    pub to: OfficerId,
    pub witness: OfficerId,
    pub on: Day,
    pub declared: HandoverFigures,
    pub book: HandoverFigures,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Text>,
    /// How many lines its list has.
    pub lines: u32,
}

/// 移交清册 Lines of what was handed over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverListed {
    /// The record of the handover.
    pub of: Seq,
    pub list: Vec<HandedItem>,
}

/// One line: seals, books, forms, keys, papers. No secrets, no names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandedItem {
    pub what: Text,
    pub count: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub figure: Option<Money>,
}

/// What is compared at a handover.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoverFigures {
    /// 库存现金
    pub cash: Money,
    /// 银行存款
    pub bank: Money,
    /// 最后一张凭证; none where none was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub voucher: Option<VoucherNumber>,
    /// 空白票据 Numbered forms that are left.
    pub receipts: u64,
    /// 未结清借款 Advances that are not settled.
    pub advances: u32,
}
