//! Private data 个人信息: commitments in the records; what opens them is in the vault.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::ids::{Digest, DisbursementId, MemberId, OfficerId, Source, SubjectId, Text};

/// 登记个人信息 Commitments to private fields of one person (docs/FORMAT.md, section 20).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitments {
    pub subject: SubjectId,
    /// 字段 The fields
    pub fields: Vec<Commitment>,
    /// 主体是谁 Whom the subject is, where the book knows the person by a number already.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Person>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Commitment {
    /// What the field is called: 姓名, 身份证号.
    pub name: Text,
    pub commitment: Digest,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Person {
    Member(MemberId),
    Officer(OfficerId),
    /// Whoever a disbursement reaches.
    Disbursement(DisbursementId),
}

/// 查阅个人信息 Somebody was shown private fields in clear.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unmasking {
    /// 主体 Whose
    pub subjects: Vec<SubjectId>,
    /// 字段 The fields
    pub fields: Vec<Text>,
    /// 用途 What for
    pub purpose: Text,
}

/// 删除个人信息 The openings of these fields were destroyed; the records stay as they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    pub subject: SubjectId,
    /// 字段 The fields
    pub fields: Vec<Text>,
    /// 依据 The law or request that it rests on.
    pub basis: Source,
    /// 批准人 Who approves
    pub approver: OfficerId,
}
