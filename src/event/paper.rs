//! Papers 附件 that belong to records, and receipts 收据 for those who paid.

use core::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::date::{Day, FiscalYear};
use crate::ids::{Digest, MemberId, Seq, Text};
use crate::money::Money;
use crate::schema::string_schema;

/// 附件 A paper belongs to a record; its bytes are kept by their hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// 所属的记录号 The record that it belongs to.
    pub to: Seq,
    /// 文件的 SHA-256 SHA-256 of its bytes.
    pub sha256: Digest,
    /// 字节数 How many bytes it has.
    pub bytes: u64,
    /// 名称 What it is: 发票, 名册.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<Text>,
}

/// 开收据 What the cashier asks for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct IssueReceipt {
    pub date: Day,
    pub member: MemberId,
    /// 会费的记录号 The record of the dues.
    pub payment: Seq,
}

/// 收据 What one member paid, so that it can be proved without showing anybody else's payment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Receipt {
    pub number: ReceiptNumber,
    pub date: Day,
    pub member: MemberId,
    pub payment: Seq,
    pub amount: Money,
}

/// A receipt's number 收据号, `收-2026-0001`: continuous within its year.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReceiptNumber {
    pub year: FiscalYear,
    pub number: u32,
}

/// Why a text is not a receipt's number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a receipt's number, written as 收-2026-0001: {0:?}")]
pub struct ReceiptNumberError(String);

impl FromStr for ReceiptNumber {
    type Err = ReceiptNumberError;
    fn from_str(text: &str) -> Result<ReceiptNumber, ReceiptNumberError> {
        let parts = || {
            let (year, number) = text.strip_prefix("收-")?.split_once('-')?;
            let number = number.bytes().all(|b| b.is_ascii_digit()).then_some(number)?;
            let year = FiscalYear(year.parse().ok()?);
            Some(ReceiptNumber { year, number: number.parse().ok()? })
        };
        match parts() {
            Some(number) if number.to_string() == text => Ok(number),
            Some(_) | None => Err(ReceiptNumberError(text.to_owned())),
        }
    }
}

impl fmt::Display for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("收-{:04}-{:04}", self.year.0, self.number))
    }
}

impl fmt::Debug for ReceiptNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for ReceiptNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ReceiptNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<ReceiptNumber, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

string_schema!(ReceiptNumber, "^收-[0-9]{4}-[0-9]{4,}$", "收据号 a receipt's number");
