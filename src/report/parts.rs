//! What every report is made of: words in both languages, a heading, columns, rates.

use core::fmt;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::Period;
use crate::ids::AccountCode;
use crate::lang::Lang;
use crate::money::Money;
use crate::schema::string_schema;

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Words {
    pub zh: String,
    pub en: String,
}

/// What stands above every report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Heading {
    pub title: Words,
    /// 表号, such as 工会01表; empty where there is no official form.
    pub form: String,
    /// 单位名称; empty where the book has not begun.
    pub organisation: String,
    pub period: Period,
    /// 计量单位
    pub unit: Words,
    /// How many records the report rests on: all those before this place of the chain.
    pub records: u64,
}

/// 借方 and 贷方, yuan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Columns {
    pub debit: Money,
    pub credit: Money,
}

/// An account as it is always named: code and name, in both languages (财会〔2021〕7号, 总说明四).
/// The name of one of a lower level begins with those above it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AccountName {
    pub code: AccountCode,
    pub name: Words,
}

/// Percent with two decimals, as text: `97.44`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Rate(Decimal);

impl Words {
    #[must_use]
    pub fn new(zh: &str, en: &str) -> Words {
        Words { zh: zh.to_owned(), en: en.to_owned() }
    }

    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Columns {
    #[must_use]
    pub fn plus(self, other: Columns) -> Columns {
        Columns { debit: self.debit.plus(other.debit), credit: self.credit.plus(other.credit) }
    }

    /// A balance (debit less credit) in the column of its side.
    #[must_use]
    pub fn of_balance(balance: Money) -> Columns {
        if balance.is_negative() {
            Columns { debit: Money::ZERO, credit: balance.negated() }
        } else {
            Columns { debit: balance, credit: Money::ZERO }
        }
    }

    #[must_use]
    pub fn agree(self) -> bool {
        self.debit == self.credit
    }

    #[must_use]
    pub fn is_zero(self) -> bool {
        self.debit.is_zero() && self.credit.is_zero()
    }
}

impl AccountName {
    /// The code and the name, which never stand apart.
    #[must_use]
    pub fn label(&self, lang: Lang) -> String {
        format!("{} {}", self.code, self.name.get(lang))
    }
}

impl Rate {
    /// `None` where the whole is nothing. What is less than the whole is never rounded up to 100.00.
    #[must_use]
    pub fn of(part: Money, whole: Money) -> Option<Rate> {
        let rate = Money::rate_of(part, whole)?;
        let nearly = part < whole && rate == Decimal::ONE_HUNDRED;
        Some(Rate(if nearly { Decimal::new(99_99, 2) } else { rate }))
    }

    #[must_use]
    pub fn of_count(part: u32, whole: u32) -> Option<Rate> {
        Rate::of(Money::from_fen(part.into()), Money::from_fen(whole.into()))
    }
}

impl fmt::Display for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:.2}", self.0))
    }
}

impl fmt::Debug for Rate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self} %")
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

string_schema!(Rate, r"^-?[0-9]+\.[0-9]{2}$", "percent with two decimals, as text");
