//! Signed acts 签名文书: what binds an officer beyond the word of the machine that recorded.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
    /// A signed-note vkey of type 0x01.
    pub key: String,
}
