//! Paper receipts 票据 with pre-printed numbers: the books of forms that come in, and each form that
//! is used or spoiled. Receipts that prove a payment by the chain are in `paper`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::date::Day;
use crate::ids::{MemberId, ReceiptStockId, Seq, Text};
use crate::money::Money;

/// 票据种类 What the forms are for.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum ReceiptKind {
    /// 会费收据
    Dues,
    /// 《工会经费收入专用收据》: the allocation and the administration's subsidy.
    Allocation,
}

impl ReceiptKind {
    pub const ALL: [ReceiptKind; 2] = [ReceiptKind::Dues, ReceiptKind::Allocation];
}

/// 领购票据 A book of numbered forms comes in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiptStock {
    pub stock: ReceiptStockId,
    pub kind: ReceiptKind,
    /// 字轨 What is printed before the number.
    pub series: Text,
    /// 起号 The first number
    pub first: u64,
    /// 止号 The last number
    pub last: u64,
    pub on: Day,
}

/// 开具票据 A form is filled in and handed out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperReceipt {
    pub stock: ReceiptStockId,
    /// 票号 The number
    pub number: u64,
    pub on: Day,
    /// 所收款的记录号 The record of the money that it receipts.
    pub of: Seq,
    /// 缴款人 Who paid
    pub payer: Payer,
    pub amount: Money,
}

/// 缴款人 Who paid. Persons by number, never by name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Payer {
    Member(MemberId),
    /// 单位, or a group that pays as one
    Organisation(Text),
}

/// 作废 A form is void: spoiled before it was handed out, or taken back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PaperVoid {
    pub stock: ReceiptStockId,
    /// 票号 The number
    pub number: u64,
    pub on: Day,
    pub reason: Text,
}
