//! Signed acts 签名文书: what binds an officer beyond the word of the machine that recorded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Fact;
use super::book::SignedType;
use crate::ids::{OfficerId, Seq};

/// 签名 An officer has signed the record that stands before this one in its command
/// (docs/FORMAT.md, section 18.2).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ActSigned {
    /// The record that is signed.
    pub of: Seq,
    pub officer: OfficerId,
    /// The record that is acted on.
    pub on: Seq,
    /// That record's leaf hash, base64.
    pub leaf: String,
    /// Key id and Ed25519 signature, base64.
    pub signature: String,
}

/// 登记签名公钥 The key that an officer signs acts with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfficerKey {
    pub officer: OfficerId,
    /// 个人公钥 A signed-note vkey of type 0x01.
    pub key: String,
}

impl SignedType {
    /// The type of this name, where a rule can ask for its signature.
    #[must_use]
    pub fn named(kind: &str) -> Option<SignedType> {
        serde_json::from_value(kind.into()).ok()
    }
}

impl Fact {
    /// Whether officers put their names under it: it says no more than its command does, so that
    /// who signs can know all of it.
    #[must_use]
    pub fn can_be_signed(&self) -> bool {
        matches!(
            self,
            Fact::OfficerAppointed(_)
                | Fact::OfficerRemoved(_)
                | Fact::SubstituteNamed(_)
                | Fact::RuleSet(_)
                | Fact::ApprovalGiven(_)
                | Fact::ApprovalRefused(_)
                | Fact::AdjustmentRecorded(_)
                | Fact::OfficerKeyRegistered(_)
                | Fact::KeyRotated(_)
                | Fact::WitnessChanged(_)
                | Fact::PeriodReopened(_)
                | Fact::FindingRaised(_)
                | Fact::FindingCleared(_)
                | Fact::AuditConcluded(_)
        )
    }
}
