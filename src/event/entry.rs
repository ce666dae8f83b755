//! Vouchers 凭证 and their entries 分录: the accounting face of a fact that moves money.

use core::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::date::{Day, Month};
use crate::ids::{AccountCode, FundId, Text};
use crate::money::Money;
use crate::schema::string_schema;

/// Which side of the account, and how much: 借 or 贷. A red entry 红字 has a negative amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Debit(Money),
    Credit(Money),
}

impl Side {
    /// Debit less credit.
    #[must_use]
    pub fn balance(self) -> Money {
        match self {
            Side::Debit(amount) => amount,
            Side::Credit(amount) => amount.negated(),
        }
    }

    #[must_use]
    pub fn negated(self) -> Side {
        match self {
            Side::Debit(amount) => Side::Debit(amount.negated()),
            Side::Credit(amount) => Side::Credit(amount.negated()),
        }
    }
}

/// One line of a voucher. The code never stands without the account's name
/// (财会〔2021〕7号, 总说明四).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "EntryForm", into = "EntryForm")]
#[schemars(with = "EntryForm")]
pub struct Entry {
    pub account: AccountCode,
    pub name: Text,
    pub fund: FundId,
    pub side: Side,
}

/// An entry as somebody asks for it: the name comes from the chart.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(try_from = "LineForm", into = "LineForm")]
#[schemars(with = "LineForm")]
pub struct Line {
    pub account: AccountCode,
    pub fund: FundId,
    pub side: Side,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct EntryForm {
    account: AccountCode,
    name: Text,
    fund: FundId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    debit: Option<Money>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credit: Option<Money>,
}

#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct LineForm {
    account: AccountCode,
    fund: FundId,
    /// 借
    #[serde(default, skip_serializing_if = "Option::is_none")]
    debit: Option<Money>,
    /// 贷
    #[serde(default, skip_serializing_if = "Option::is_none")]
    credit: Option<Money>,
}

impl Side {
    fn from_columns(debit: Option<Money>, credit: Option<Money>) -> Result<Side, &'static str> {
        match (debit, credit) {
            (Some(amount), None) => Ok(Side::Debit(amount)),
            (None, Some(amount)) => Ok(Side::Credit(amount)),
            (None, None) | (Some(_), Some(_)) => Err("an entry has one debit or one credit"),
        }
    }

    /// The amounts of the two columns of a voucher, debit first.
    #[must_use]
    pub fn columns(self) -> (Option<Money>, Option<Money>) {
        match self {
            Side::Debit(amount) => (Some(amount), None),
            Side::Credit(amount) => (None, Some(amount)),
        }
    }
}

impl TryFrom<EntryForm> for Entry {
    type Error = &'static str;
    fn try_from(form: EntryForm) -> Result<Entry, Self::Error> {
        let side = Side::from_columns(form.debit, form.credit)?;
        Ok(Entry { account: form.account, name: form.name, fund: form.fund, side })
    }
}

impl From<Entry> for EntryForm {
    fn from(entry: Entry) -> EntryForm {
        let (debit, credit) = entry.side.columns();
        let Entry { account, name, fund, side: _ } = entry;
        EntryForm { account, name, fund, debit, credit }
    }
}

impl TryFrom<LineForm> for Line {
    type Error = &'static str;
    fn try_from(form: LineForm) -> Result<Line, Self::Error> {
        let side = Side::from_columns(form.debit, form.credit)?;
        Ok(Line { account: form.account, fund: form.fund, side })
    }
}

impl From<Line> for LineForm {
    fn from(line: Line) -> LineForm {
        let (debit, credit) = line.side.columns();
        let Line { account, fund, side: _ } = line;
        LineForm { account, fund, debit, credit }
    }
}

/// A voucher number 凭证号, `记-2026-03-0001`: continuous within its month
/// (会计基础工作规范, Art. 51; 财会〔2024〕12号, Art. 21(三)).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct VoucherNumber {
    pub month: Month,
    pub number: u32,
}

/// Why a text is not a voucher number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a voucher number, written as 记-2026-03-0001: {0:?}")]
pub struct VoucherNumberError(String);

impl VoucherNumber {
    pub fn parse(text: &str) -> Result<VoucherNumber, VoucherNumberError> {
        let parts = || {
            let (month, number) = text.strip_prefix("记-")?.rsplit_once('-')?;
            let number = number.bytes().all(|b| b.is_ascii_digit()).then_some(number)?;
            Some(VoucherNumber { month: Month::parse(month).ok()?, number: number.parse().ok()? })
        };
        match parts() {
            Some(voucher) if voucher.to_string() == text => Ok(voucher),
            Some(_) | None => Err(VoucherNumberError(text.to_owned())),
        }
    }
}

impl FromStr for VoucherNumber {
    type Err = VoucherNumberError;
    fn from_str(text: &str) -> Result<VoucherNumber, VoucherNumberError> {
        VoucherNumber::parse(text)
    }
}

impl fmt::Display for VoucherNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("记-{}-{:04}", self.month, self.number))
    }
}

impl fmt::Debug for VoucherNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Serialize for VoucherNumber {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for VoucherNumber {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<VoucherNumber, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        VoucherNumber::parse(&text).map_err(serde::de::Error::custom)
    }
}

string_schema!(VoucherNumber, "^记-[0-9]{4}-[0-9]{2}-[0-9]{4,}$", "凭证号 a voucher number");

/// A voucher: what a fact does to the accounts, sealed into its record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voucher {
    pub number: VoucherNumber,
    pub date: Day,
    pub entries: Vec<Entry>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_voucher_number_has_one_written_form() {
        let number = VoucherNumber::parse("记-2026-03-0001").unwrap();
        assert_eq!((number.month.to_string().as_str(), number.number), ("2026-03", 1));
        assert_eq!(VoucherNumber::parse("记-2026-03-12345").unwrap().number, 12_345);
        for bad in [
            "记-2026-3-0001",
            "记-2026-03-1",
            "记-2026-03-00001",
            "2026-03-0001",
            "记-2026-03-+001",
        ] {
            assert!(VoucherNumber::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_entry_is_a_debit_or_a_credit() {
        let text = r#"{"account":"102","credit":"3.00","fund":"general","name":"银行存款"}"#;
        let entry: Entry = serde_json::from_str(text).unwrap();
        assert_eq!(entry.side.balance(), Money::from_fen(-300));
        let both = text.replace("\"fund\"", "\"debit\":\"1.00\",\"fund\"");
        assert!(serde_json::from_str::<Entry>(&both).is_err());
    }
}
