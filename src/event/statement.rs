//! The bank's statements 银行对账单, matched with the vouchers and reconciled (财会〔2021〕7号, 102:
//! at least monthly, by a 银行存款余额调节表).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::ids::{Digest, Seq, StatementId, Text};
use crate::money::Money;

/// 登记银行对账单 What the accountant copies from the bank's statement, line by line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordStatement {
    pub statement: StatementId,
    /// 收到日期 When it was received.
    pub date: Day,
    pub first: Day,
    pub last: Day,
    pub opening: Money,
    pub closing: Money,
    /// 对账单文件的 SHA-256 SHA-256 of the statement's file.
    pub source: Digest,
    /// 对账单的行 The lines of the statement
    pub lines: Vec<BankLine>,
}

/// One line: in with its sign as it stands, out negative. No names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BankLine {
    /// From 1 on.
    pub no: u32,
    pub date: Day,
    pub amount: Money,
    /// 余额 The bank's own balance after this line, where the statement shows one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub balance: Option<Money>,
    /// 流水号 or 支票号
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reference: Option<Text>,
}

/// 银行对账单 The statement's head; its lines follow in parts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Statement {
    pub statement: StatementId,
    pub date: Day,
    pub first: Day,
    pub last: Day,
    pub opening: Money,
    pub closing: Money,
    /// How many lines it has.
    pub lines: u32,
    pub source: Digest,
}

/// 对账单明细 Some of a statement's lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementLines {
    pub statement: StatementId,
    pub lines: Vec<BankLine>,
}

/// 勾对 These lines are those vouchers: together they move the same sum.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Match {
    pub statement: StatementId,
    /// 对账单行号 The numbers of the lines; none where vouchers cancel each other.
    #[serde(default)]
    pub lines: Vec<u32>,
    /// 凭证的记录号 The records of the vouchers; none where lines cancel each other.
    #[serde(default)]
    pub seqs: Vec<Seq>,
}

/// 取消勾对 A matching was wrong.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Unmatch {
    /// 核对的记录号 The record of the matching.
    pub of: Seq,
    pub reason: Text,
}

/// 撤销对账单 A statement was recorded wrongly: it counts no longer, and neither does what was reconciled by it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatementWithdrawn {
    pub statement: StatementId,
    pub reason: Text,
}

/// 编制余额调节表 What was found: both sides, adjusted, are this.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reconcile {
    pub date: Day,
    pub statement: StatementId,
    /// 调节后余额 The balance after adjustment
    pub adjusted: Money,
}

/// 银行存款余额调节表, as of the statement's last day:
/// bank + `booked_in` - `booked_out` = book + `unbooked_in` - `unbooked_out` = adjusted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reconciliation {
    pub date: Day,
    pub statement: StatementId,
    /// The day that it is of.
    pub day: Day,
    /// 银行对账单余额
    pub bank: Money,
    /// 单位已收、银行未收
    pub booked_in: Money,
    /// 单位已付、银行未付
    pub booked_out: Money,
    /// 单位账面余额
    pub book: Money,
    /// 银行已收、单位未收
    pub unbooked_in: Money,
    /// 银行已付、单位未付
    pub unbooked_out: Money,
    /// 调节后余额 The balance after adjustment
    pub adjusted: Money,
    /// How many items are outstanding.
    pub items: u32,
}
