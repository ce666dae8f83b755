//! Corrections 更正: a red voucher, once only, linked both ways; nothing is erased
//! (会计基础工作规范, Art. 61).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::VoucherNumber;
use crate::date::Day;
use crate::ids::{Seq, Text};

/// 红字冲销 What the accountant says: reverse that record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reverse {
    /// The record to reverse.
    pub seq: Seq,
    pub date: Day,
    /// 冲销原因
    pub reason: Text,
}

/// The red voucher: every entry of the first one again, with its amount negated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reversal {
    pub date: Day,
    pub reason: Text,
    pub reverses: Seq,
    pub reverses_voucher: VoucherNumber,
}

/// 蓝字订正 The voucher that says right what the reversed one said wrong. It was recorded as whatever it
/// is; this says for which one it stands (会计基础工作规范, Art. 51(五)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The record of the red voucher, which reverses the wrong one.
    pub replaces: Seq,
    /// The record of the blue voucher, which is right.
    pub by: Seq,
}
