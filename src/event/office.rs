//! What stands beside an office: relatives and interests 回避, substitutes 代理, handover 会计工作交接.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::disbursement::Payee;
use crate::date::Day;
use crate::ids::{MemberId, OfficerId, Source, SubjectId, Text};

/// 声明关系 An officer is a relative of somebody, or has an interest in an organisation (会计基础工作规范
/// Art. 16): he keeps away from what concerns the other 回避.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationDeclared {
    pub officer: OfficerId,
    pub to: Related,
    pub kind: RelationKind,
    /// Since when it has been so; it may be long before the book.
    pub from: Day,
    /// 依据
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
}

/// 解除关系 A relation that was declared has ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RelationEnded {
    pub officer: OfficerId,
    pub to: Related,
    pub kind: RelationKind,
    /// From this day on it is no longer so.
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
