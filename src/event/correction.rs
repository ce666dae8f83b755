//! Corrections 更正: a red voucher, once only, linked both ways; nothing is erased
//! (会计基础工作规范, Art. 61).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Line, VoucherNumber};
use crate::date::Day;
use crate::ids::{Seq, Source, Text};

/// 红字冲销 What the accountant says: reverse that record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reverse {
    /// 要冲销的记录号 The record to reverse.
    pub seq: Seq,
    pub date: Day,
    /// 冲销原因 Why it is reversed
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
    /// 红字凭证的记录号 The record of the red voucher, which reverses the wrong one.
    pub replaces: Seq,
    /// 蓝字凭证的记录号 The record of the blue voucher, which is right.
    pub by: Seq,
}

/// 以前年度更正 What the accountant says: how the assets and liabilities are put right that a voucher of
/// a closed year said wrong. Income and expenditure of that year are closed: what they were wrong by is
/// the difference (会计基础工作规范, Art. 51(五); 财会〔2021〕7号, Art. 23, 321, 322, 331).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectPriorYear {
    pub date: Day,
    /// 有误凭证的记录号 The record of the voucher that was wrong.
    pub of: Seq,
    /// Of assets, 资产基金 and liabilities; money may come in by them, and not go out.
    pub lines: Vec<Line>,
    pub reason: Text,
    /// 依据 The source
    pub basis: Source,
}

/// The same, with the difference of each fund on its 年初余额调整.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PriorYearCorrected {
    pub date: Day,
    pub of: Seq,
    pub of_voucher: VoucherNumber,
    pub lines: Vec<Line>,
    pub reason: Text,
    pub basis: Source,
}
