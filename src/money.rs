//! Money: yuan and fen, exactly two decimals, never a float.

use core::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::schema::string_schema;

/// An amount with exactly two decimals, of either sign.
///
/// One amount is at most [`Money::LIMIT`]; sums of amounts stay far inside the 28 digits of the
/// decimal below, so no sum can wrap or round.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(Decimal);

/// Why a text is not an amount.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("{}", form_said(.0))]
    Form(String),
    #[error("larger than 999,999,999,999,999.99: {0}")]
    TooLarge(String),
}

/// How it should have been written.
fn form_said(text: &str) -> String {
    let meant = meant(text);
    let written = meant.as_deref().unwrap_or("1234.56");
    format!(
        "write {written}, not {text:?}: digits, a point, two decimals; no commas, no currency sign, \
         no full-width digits"
    )
}

/// What an amount would be that was written another way: 1,234.56, ¥12.6, １２．５０.
fn meant(text: &str) -> Option<String> {
    let half = |c: char| match c {
        '．' => '.',
        '，' => ',',
        '－' => '-',
        _ => half_width(c),
    };
    let plain: String = text.trim().chars().map(half).collect();
    let plain =
        plain.trim_start_matches(['¥', '￥']).trim_end_matches('元').replace([',', ' '], "");
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let written = match fraction.len() {
        0..=2 => format!("{whole}.{fraction:0<2}"),
        _ => return None,
    };
    Money::parse(&written).ok().map(|amount| amount.to_string())
}

/// A full-width digit as its half-width one 全角, 半角.
pub(crate) fn half_width(c: char) -> char {
    let digit = u32::from(c).checked_sub(u32::from('０')).filter(|digit| *digit < 10);
    digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
}

impl Money {
    pub const ZERO: Money = Money(Decimal::ZERO);
    /// The largest amount that can be written, in fen: fifteen digits before the point
    /// (docs/FORMAT.md, section 7).
    const LIMIT_FEN: i64 = 99_999_999_999_999_999;
    /// The largest amount that can be written. An entry is far smaller ([`Money::ENTRY_LIMIT`]), so
    /// that what a month or a year adds up to can be written as well.
    pub const LIMIT: Money = Money(Decimal::from_parts(0x5D89_FFFF, 0x0163_4578, 0, false, 2));
    /// The largest amount of one entry: 9,999,999,999.99.
    pub const ENTRY_LIMIT: Money =
        Money(Decimal::from_parts(0xD4A5_0FFF, 0x0000_00E8, 0, false, 2));

    /// Reads the one written form: `^-?(0|[1-9][0-9]*)\.[0-9]{2}$`, never `-0.00`.
    pub fn parse(text: &str) -> Result<Money, MoneyError> {
        let form = || MoneyError::Form(text.to_owned());
        let digits = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = digits.split_once('.').ok_or_else(form)?;
        let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let leading_zero = whole.len() > 1 && whole.starts_with('0');
        if !all_digits(whole) || !all_digits(fraction) || fraction.len() != 2 || leading_zero {
            return Err(form());
        }
        let too_large = || MoneyError::TooLarge(text.to_owned());
        let fen: i64 = format!("{whole}{fraction}").parse().map_err(|_| too_large())?;
        if fen > Self::LIMIT_FEN {
            return Err(too_large());
        }
        if fen == 0 && text.starts_with('-') {
            return Err(form());
        }
        let amount = Money::from_fen(fen);
        Ok(if text.starts_with('-') { amount.negated() } else { amount })
    }

    /// `fen` hundredths of a yuan.
    #[must_use]
    pub fn from_fen(fen: i64) -> Money {
        Money(Decimal::new(fen, 2))
    }

    /// Whole fen; `None` past the range of `i64`.
    #[must_use]
    pub fn fen(self) -> Option<i64> {
        i64::try_from(self.0.checked_mul(Decimal::ONE_HUNDRED)?.trunc().mantissa()).ok()
    }

    /// The sum. It cannot leave the range: that would take 10¹³ amounts of the largest size.
    #[must_use]
    pub fn plus(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }

    #[must_use]
    pub fn minus(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }

    #[must_use]
    pub fn negated(self) -> Money {
        Money(Decimal::ZERO.saturating_sub(self.0))
    }

    #[must_use]
    pub fn abs(self) -> Money {
        Money(self.0.abs())
    }

    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    #[must_use]
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    #[must_use]
    pub fn is_positive(self) -> bool {
        self.0.is_sign_positive() && !self.0.is_zero()
    }

    pub fn sum(amounts: impl IntoIterator<Item = Money>) -> Money {
        amounts.into_iter().fold(Money::ZERO, Money::plus)
    }

    /// A share in basis points, whole fen, rounded half away from zero.
    #[must_use]
    pub fn basis_points(self, points: u32) -> Money {
        use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        let product = self.0.saturating_mul(Decimal::new(i64::from(points), 4));
        Money(product.round_dp_with_strategy(2, MidpointAwayFromZero))
    }

    /// The largest multiple of `step` that is not more; the amount itself where `step` is zero.
    #[must_use]
    pub fn floor_to(self, step: Money) -> Money {
        match self.0.checked_rem(step.0) {
            Some(rest) => Money(self.0.saturating_sub(rest)),
            None => self,
        }
    }

    /// So many times as much; past the range it stays at its end.
    #[must_use]
    pub fn times(self, count: u32) -> Money {
        Money(self.0.saturating_mul(Decimal::from(count)))
    }

    /// `part` of `whole` equal parts, cut to whole fen; nothing of no parts.
    #[must_use]
    pub fn parts_of(self, part: u32, whole: u32) -> Money {
        let share = self.0.saturating_mul(Decimal::from(part)).checked_div(Decimal::from(whole));
        Money(share.unwrap_or_default().trunc_with_scale(2))
    }

    /// `part` of `self` in hundredths of a percent, for a rate shown as `97.44 %`; `None` of nothing.
    #[must_use]
    pub fn rate_of(part: Money, whole: Money) -> Option<Decimal> {
        use rust_decimal::RoundingStrategy::MidpointAwayFromZero;
        let rate = part.0.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole.0)?;
        Some(rate.round_dp_with_strategy(2, MidpointAwayFromZero))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.2}", self.0);
        f.pad(if text == "-0.00" { "0.00" } else { &text })
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl FromStr for Money {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Money, MoneyError> {
        Money::parse(text)
    }
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        Money::parse(&text).map_err(serde::de::Error::custom)
    }
}

string_schema!(
    Money,
    r"^-?(0|[1-9][0-9]*)\.[0-9]{2}$",
    "元，两位小数，写作文字 yuan with exactly two decimals, as text"
);

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn yuan(text: &str) -> Money {
        Money::parse(text).unwrap()
    }

    #[test]
    fn only_the_one_written_form_is_an_amount() {
        for good in ["0.00", "0.05", "12.50", "-1.00", "999999999999999.99"] {
            assert_eq!(yuan(good).to_string(), good);
        }
        for bad in [
            "", "1", "1.0", "1.000", "01.00", "-0.00", "+1.00", "1,000.00", "１.00", " 1.00", ".50",
        ] {
            assert_eq!(Money::parse(bad), Err(MoneyError::Form(bad.to_owned())), "{bad}");
        }
        let large = "1000000000000000.00";
        assert_eq!(Money::parse(large), Err(MoneyError::TooLarge(large.to_owned())));
        assert_eq!(Money::LIMIT, yuan("999999999999999.99"));
        assert_eq!(Money::ENTRY_LIMIT, yuan("9999999999.99"));
    }

    #[test]
    fn a_share_is_whole_fen_and_the_ten_yuan_rule_floors() {
        assert_eq!(yuan("333.33").basis_points(6000), yuan("200.00"));
        assert_eq!(yuan("5438.70").floor_to(yuan("10.00")), yuan("5430.00"));
        assert_eq!(yuan("5430.00").basis_points(50), yuan("27.15"));
        assert_eq!(yuan("5.00").floor_to(Money::ZERO), yuan("5.00"));
    }

    proptest! {
        #[test]
        fn every_amount_is_read_back_as_written(fen in -Money::LIMIT_FEN..=Money::LIMIT_FEN) {
            let amount = Money::from_fen(fen);
            prop_assert_eq!(Money::parse(&amount.to_string()), Ok(amount));
            prop_assert_eq!(amount.fen(), Some(fen));
        }
    }
}
