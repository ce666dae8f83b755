//! A calendar without a clock: days, months, fiscal years, instants.

use core::fmt;
use std::str::FromStr;

use chrono::{
    DateTime, Datelike, Days, FixedOffset, NaiveDate, NaiveDateTime, TimeDelta, Utc, Weekday,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::money::half_width;
use crate::schema::string_schema;

/// Why a text is not a date or a time. It carries the text that was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    #[error("{}", day_said(.0))]
    Day(String),
    #[error("not a month, written as 2026-03: {0:?}")]
    Month(String),
    #[error("not a time in UTC, written as 2026-03-05T09:00:00Z: {0:?}")]
    Instant(String),
    #[error("not an offset from UTC, written as +08:00: {0:?}")]
    Offset(String),
}

/// Why a text is no day, with the day that was meant where it can be told: 2025/3/5, 2026-1-5,
/// 2025年3月5日, or full-width digits.
fn day_said(text: &str) -> String {
    let plain: String = text.trim().chars().map(half_width).collect();
    let plain = plain.trim_end_matches('日').replace(['/', '.', '年', '月', '－', '／', '．'], "-");
    let parts: Vec<&str> = plain.split('-').collect();
    let meant = match parts.as_slice() {
        [year, month, day] => Day::parse(&format!("{year}-{month:0>2}-{day:0>2}")).ok(),
        _ => None,
    };
    match meant {
        Some(day) => format!("a day is written {day}, not {text:?}"),
        None => format!("not a day of the calendar, written as 2026-03-05: {text:?}"),
    }
}

/// A business day 业务日期, written `2026-03-05`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

/// A calendar month 会计期间, written `2026-03`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    year: i32,
    number: u32,
}

/// A fiscal year: a calendar year (财会〔2021〕7号, Art. 10).
#[derive(
    Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(transparent)]
#[schemars(transparent)]
pub struct FiscalYear(#[schemars(range(min = 1949, max = 2200))] pub i32);

/// A moment in UTC, whole seconds, written `2026-03-05T09:00:00Z`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(DateTime<Utc>);

/// Where the union's day begins and ends: its offset from UTC, written `+08:00`.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Offset(FixedOffset);

impl Day {
    pub fn parse(text: &str) -> Result<Day, DateError> {
        let parts = || {
            let &[y1, y2, y3, y4, b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else {
                return None;
            };
            let month = month_of([y1, y2, y3, y4], [m1, m2])?;
            NaiveDate::from_ymd_opt(month.year, month.number, number([d1, d2])?).map(Day)
        };
        parts().ok_or_else(|| DateError::Day(text.to_owned()))
    }

    #[must_use]
    pub fn month(self) -> Month {
        Month { year: self.0.year(), number: self.0.month() }
    }

    #[must_use]
    pub fn year(self) -> FiscalYear {
        FiscalYear(self.0.year())
    }

    #[must_use]
    pub fn next(self) -> Day {
        Day(self.0.succ_opt().unwrap_or(NaiveDate::MAX))
    }

    /// 周六、周日
    #[must_use]
    pub fn is_weekend(self) -> bool {
        matches!(self.0.weekday(), Weekday::Sat | Weekday::Sun)
    }

    /// So many days later.
    #[must_use]
    pub fn plus_days(self, days: u32) -> Day {
        Day(self.0.checked_add_days(Days::new(u64::from(days))).unwrap_or(NaiveDate::MAX))
    }

    /// How many days it is after an earlier one; none where that is not earlier.
    #[must_use]
    pub fn days_after(self, earlier: Day) -> u32 {
        u32::try_from(self.0.signed_duration_since(earlier.0).num_days()).unwrap_or(0)
    }

    /// The same day so many years later; where there is none, the next one.
    #[must_use]
    pub fn plus_years(self, years: i32) -> Day {
        let year = self.0.year().saturating_add(years);
        let later = self.0.with_year(year);
        Day(later.or_else(|| NaiveDate::from_ymd_opt(year, 3, 1)).unwrap_or(NaiveDate::MAX))
    }

    /// How many days lie between this day and a later one; none where that is not later.
    #[must_use]
    pub fn days_to(self, later: Day) -> u32 {
        u32::try_from(later.0.signed_duration_since(self.0).num_days()).unwrap_or(0)
    }

    /// The start of this day in the union's own time.
    #[must_use]
    pub fn at(self, hour: u32, minute: u32, offset: Offset) -> Option<Instant> {
        let local = self.0.and_hms_opt(hour, minute, 0)?.and_local_timezone(offset.0).single()?;
        Some(Instant(local.with_timezone(&Utc)))
    }
}

impl Month {
    #[must_use]
    pub fn new(year: i32, number: u32) -> Option<Month> {
        ((1949..=2200).contains(&year) && (1..=12).contains(&number))
            .then_some(Month { year, number })
    }

    pub fn parse(text: &str) -> Result<Month, DateError> {
        let parts = || {
            let &[y1, y2, y3, y4, b'-', m1, m2] = text.as_bytes() else { return None };
            month_of([y1, y2, y3, y4], [m1, m2])
        };
        parts().ok_or_else(|| DateError::Month(text.to_owned()))
    }

    #[must_use]
    pub fn year(self) -> FiscalYear {
        FiscalYear(self.year)
    }

    /// 1 to 12.
    #[must_use]
    pub fn number(self) -> u32 {
        self.number
    }

    #[must_use]
    pub fn first_day(self) -> Day {
        Day(NaiveDate::from_ymd_opt(self.year, self.number, 1).unwrap_or(NaiveDate::MAX))
    }

    #[must_use]
    pub fn last_day(self) -> Day {
        Day(self.next().first_day().0.pred_opt().unwrap_or(NaiveDate::MIN))
    }

    #[must_use]
    pub fn next(self) -> Month {
        if self.number == 12 {
            Month { year: self.year.saturating_add(1), number: 1 }
        } else {
            Month { year: self.year, number: self.number.saturating_add(1) }
        }
    }

    /// How many months after an earlier one it is; nothing if it is not after it.
    #[must_use]
    pub fn months_from(self, earlier: Month) -> u32 {
        self.count().saturating_sub(earlier.count())
    }

    /// So many months later.
    #[must_use]
    pub fn plus_months(self, months: u32) -> Month {
        let count = self.count().saturating_add(months);
        let number = count.checked_rem(12).unwrap_or_default().saturating_add(1);
        let year = count.checked_div(12).and_then(|year| i32::try_from(year).ok());
        Month { year: year.unwrap_or(i32::MAX), number }
    }

    /// Months since the beginning of the year 0.
    fn count(self) -> u32 {
        let years = u32::try_from(self.year).unwrap_or_default();
        years.saturating_mul(12).saturating_add(self.number.saturating_sub(1))
    }

    #[must_use]
    pub fn is_last_of_year(self) -> bool {
        self.number == 12
    }

    /// This month and those after it, up to and with `last`.
    pub fn through(self, last: Month) -> impl Iterator<Item = Month> {
        std::iter::successors(Some(self), |month| Some(month.next()))
            .take_while(move |month| *month <= last)
    }
}

impl FiscalYear {
    #[must_use]
    pub fn first_month(self) -> Month {
        Month { year: self.0, number: 1 }
    }

    #[must_use]
    pub fn last_month(self) -> Month {
        Month { year: self.0, number: 12 }
    }

    #[must_use]
    pub fn previous(self) -> FiscalYear {
        FiscalYear(self.0.saturating_sub(1))
    }

    #[must_use]
    pub fn next(self) -> FiscalYear {
        FiscalYear(self.0.saturating_add(1))
    }
}

impl Instant {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Instant = Instant(DateTime::UNIX_EPOCH);

    pub fn parse(text: &str) -> Result<Instant, DateError> {
        if let Some(moment) = Instant::parse_plain(text) {
            return Ok(moment);
        }
        let moment = NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%SZ");
        match moment.map(|moment| Instant(moment.and_utc())) {
            Ok(moment) if moment.to_string() == text => Ok(moment),
            Ok(_) | Err(_) => Err(DateError::Instant(text.to_owned())),
        }
    }

    /// A moment of our days and no leap second: nearly all of them, in a tenth of the time.
    fn parse_plain(text: &str) -> Option<Instant> {
        let (day, time) = text.split_once('T')?;
        let &[h1, h2, b':', m1, m2, b':', s1, s2, b'Z'] = time.as_bytes() else { return None };
        let (hour, minute) = (number([h1, h2])?, number([m1, m2])?);
        let time = Day::parse(day).ok()?.0.and_hms_opt(hour, minute, number([s1, s2])?)?;
        Some(Instant(time.and_utc()))
    }

    /// Seconds since 1970-01-01T00:00:00Z; `None` outside the calendar.
    #[must_use]
    pub fn from_unix(seconds: i64) -> Option<Instant> {
        DateTime::from_timestamp(seconds, 0).map(Instant)
    }

    #[must_use]
    pub fn unix(self) -> i64 {
        self.0.timestamp()
    }

    /// The business day that it is there at this moment.
    #[must_use]
    pub fn day(self, offset: Offset) -> Day {
        Day(self.0.with_timezone(&offset.0).date_naive())
    }

    /// The same moment as a clock there shows it, `2026-03-05 17:00:00`.
    #[must_use]
    pub fn local(self, offset: Offset) -> String {
        self.0.with_timezone(&offset.0).format("%Y-%m-%d %H:%M:%S").to_string()
    }

    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Instant {
        let moved = TimeDelta::try_seconds(seconds).and_then(|by| self.0.checked_add_signed(by));
        Instant(moved.unwrap_or(self.0))
    }
}

impl Offset {
    /// Beijing time.
    #[must_use]
    pub fn china() -> Offset {
        Offset(FixedOffset::east_opt(8 * 3600).unwrap_or_else(|| chrono::Offset::fix(&Utc)))
    }

    pub fn parse(text: &str) -> Result<Offset, DateError> {
        match text.parse::<FixedOffset>().map(Offset) {
            Ok(offset) if offset.to_string() == text => Ok(offset),
            Ok(_) | Err(_) => Err(DateError::Offset(text.to_owned())),
        }
    }
}

fn month_of(year: [u8; 4], month: [u8; 2]) -> Option<Month> {
    Month::new(i32::try_from(number(year)?).ok()?, number(month)?)
}

/// Nothing but digits.
fn number<const DIGITS: usize>(digits: [u8; DIGITS]) -> Option<u32> {
    digits.into_iter().try_fold(0_u32, |number, digit| {
        let digit = char::from(digit).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0.to_string())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{:04}-{:02}", self.year, self.number))
    }
}

impl fmt::Display for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Display for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The calendar's own form of a moment in UTC; `format` would read its pattern every time.
        f.pad(&format!("{:?}", self.0))
    }
}

impl fmt::Display for Offset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// Text in, text out: the same form for `Display`, `FromStr` and JSON.
macro_rules! text_form {
    ($type:ty, $pattern:expr, $about:expr) => {
        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{self}")
            }
        }
        impl FromStr for $type {
            type Err = DateError;
            fn from_str(text: &str) -> Result<Self, DateError> {
                Self::parse(text)
            }
        }
        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                Self::parse(&text).map_err(serde::de::Error::custom)
            }
        }
        string_schema!($type, $pattern, $about);
    };
}

text_form!(Day, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "日期 a day, 2026-03-05");
text_form!(Month, r"^[0-9]{4}-[0-9]{2}$", "月份 a month, 2026-03");
text_form!(Instant, r"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", "a time in UTC");
text_form!(Offset, r"^[+-][0-9]{2}:[0-9]{2}$", "an offset from UTC, +08:00");

impl fmt::Debug for FiscalYear {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_day_is_a_day_of_the_calendar_in_one_form() {
        assert_eq!(Day::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
        for bad in ["2025-02-29", "2025-2-01", "2025-02-1", "20250201", "2025-13-01", "0001-01-01"]
        {
            assert_eq!(Day::parse(bad), Err(DateError::Day(bad.to_owned())));
        }
    }

    proptest! {
        #[test]
        fn days_and_moments_are_written_and_read_as_the_calendar_does(
            seconds in -700_000_000_i64..7_000_000_000,
            text in "[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9]Z",
        ) {
            let moment = Instant::from_unix(seconds).unwrap();
            let day = moment.day(Offset::china());
            prop_assert_eq!(moment.to_string(), moment.0.format("%Y-%m-%dT%H:%M:%SZ").to_string());
            prop_assert_eq!(day.to_string(), day.0.format("%Y-%m-%d").to_string());
            prop_assert_eq!(Instant::parse(&moment.to_string()), Ok(moment));
            prop_assert_eq!(Day::parse(&day.to_string()).ok(), Some(day).filter(|day| day.0.year() >= 1949));
            let calendar = NaiveDateTime::parse_from_str(&text, "%Y-%m-%dT%H:%M:%SZ");
            prop_assert_eq!(Instant::parse(&text).ok().map(|m| m.0), calendar.ok().map(|m| m.and_utc()));
            let calendar = NaiveDate::parse_from_str(&text[..10], "%Y-%m-%d").ok();
            let calendar = calendar.filter(|day| (1949..=2200).contains(&day.year()));
            prop_assert_eq!(Day::parse(&text[..10]).ok().map(|day| day.0), calendar);
        }
    }

    #[test]
    fn a_leap_second_is_a_moment() {
        let leap = "2016-12-31T23:59:60Z";
        assert_eq!(Instant::parse(leap).unwrap().to_string(), leap);
    }

    #[test]
    fn months_follow_each_other_across_the_year() {
        let november = Month::parse("2025-11").unwrap();
        let all: Vec<String> =
            november.through(Month::parse("2026-02").unwrap()).map(|m| m.to_string()).collect();
        assert_eq!(all, ["2025-11", "2025-12", "2026-01", "2026-02"]);
        assert_eq!(Month::parse("2024-02").unwrap().last_day().to_string(), "2024-02-29");
    }

    #[test]
    fn the_union_s_own_midnight_decides_the_day() {
        let evening = Instant::parse("2025-12-31T16:00:00Z").unwrap();
        assert_eq!(evening.day(Offset::china()).to_string(), "2026-01-01");
        assert_eq!(evening.day(Offset::parse("+00:00").unwrap()).to_string(), "2025-12-31");
        assert!(Instant::parse("2025-12-31T16:00:00+00:00").is_err());
        assert!(Instant::parse("2025-12-31T16:00:00.5Z").is_err());
    }
}
