//! Days, months and moments as the format writes them: years 0001 to 9999, wider than the books'.

use core::fmt;

use chrono::{DateTime, Datelike, NaiveDate, NaiveTime};

const OFFSET_SECONDS_MAX: i64 = 14 * 3600;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(NaiveDate);

/// A month: months since the year 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(u32);

/// Seconds since 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Moment(i64);

/// What is added to UTC, seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct UtcOffset(i64);

impl Day {
    pub(super) fn parse(text: &str) -> Option<Day> {
        let [y @ .., b'-', m1, m2, b'-', d1, d2] = text.as_bytes() else { return None };
        let [y1, y2, y3, y4] = y else { return None };
        let year = i32::try_from(digits(&[*y1, *y2, *y3, *y4])?).ok()?;
        let day = NaiveDate::from_ymd_opt(year, digits(&[*m1, *m2])?, digits(&[*d1, *d2])?);
        day.filter(|_| year > 0).map(Day)
    }

    pub(super) fn month(self) -> Month {
        let year = u32::try_from(self.0.year()).unwrap_or_default();
        Month(year.saturating_mul(12).saturating_add(self.0.month0()))
    }

    pub(super) fn year(self) -> u32 {
        u32::try_from(self.0.year()).unwrap_or_default()
    }
}

impl Month {
    pub(super) fn parse(text: &str) -> Option<Month> {
        let [y1, y2, y3, y4, b'-', m1, m2] = text.as_bytes() else { return None };
        let (year, number) = (digits(&[*y1, *y2, *y3, *y4])?, digits(&[*m1, *m2])?);
        if year == 0 || !(1..=12).contains(&number) {
            return None;
        }
        Some(Month(year.saturating_mul(12).saturating_add(number.saturating_sub(1))))
    }

    pub(super) fn next(self) -> Month {
        Month(self.0.saturating_add(1))
    }

    pub(super) fn before(self) -> Month {
        Month(self.0.saturating_sub(1))
    }

    pub(super) fn year(self) -> u32 {
        self.0.checked_div(12).unwrap_or_default()
    }

    pub(super) fn count(self) -> u32 {
        self.0
    }
}

impl Moment {
    pub(super) fn parse(text: &str) -> Option<Moment> {
        let (day, time) = text.strip_suffix('Z')?.split_once('T')?;
        let [h1, h2, b':', m1, m2, b':', s1, s2] = time.as_bytes() else { return None };
        let [hour, minute, second] = [[*h1, *h2], [*m1, *m2], [*s1, *s2]].map(|two| digits(&two));
        let time = NaiveTime::from_hms_opt(hour?, minute?, second?)?;
        Some(Moment(Day::parse(day)?.0.and_time(time).and_utc().timestamp()))
    }

    /// Whether the local day of this moment is before `day`.
    pub(super) fn is_before_day(self, day: Day, offset: UtcOffset) -> bool {
        let midnight = day.0.and_time(NaiveTime::MIN).and_utc().timestamp();
        self.0.saturating_add(offset.0) < midnight
    }

    /// The local day; `None` beside the edge of the calendar that computers have.
    pub(super) fn day(self, offset: UtcOffset) -> Option<Day> {
        let local = DateTime::from_timestamp(self.0.saturating_add(offset.0), 0)?;
        Some(Day(local.date_naive()))
    }

    /// Seconds after 1970.
    pub(super) fn unix(self) -> i64 {
        self.0
    }
}

/// Beijing time, where a book does not say.
impl Default for UtcOffset {
    fn default() -> UtcOffset {
        UtcOffset(8 * 3600)
    }
}

impl UtcOffset {
    /// `+HH:MM` or `-HH:MM`, at most 14:00.
    pub(super) fn parse(text: &str) -> Option<UtcOffset> {
        let [sign, h1, h2, b':', m1, m2] = text.as_bytes() else { return None };
        let (hours, minutes) = (digits(&[*h1, *h2])?, digits(&[*m1, *m2])?);
        let minutes_in_all = hours.saturating_mul(60).saturating_add(minutes);
        let seconds = i64::from(minutes_in_all).saturating_mul(60);
        if minutes > 59 || seconds > OFFSET_SECONDS_MAX {
            return None;
        }
        match sign {
            b'+' => Some(UtcOffset(seconds)),
            b'-' => Some(UtcOffset(0_i64.saturating_sub(seconds))),
            _ => None,
        }
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{:02}", self.month(), self.0.day())
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let month = self.0.checked_rem(12).unwrap_or_default().saturating_add(1);
        write!(f, "{:04}-{month:02}", self.0.checked_div(12).unwrap_or_default())
    }
}

fn digits(bytes: &[u8]) -> Option<u32> {
    bytes.iter().try_fold(0_u32, |number, byte| {
        let digit = char::from(*byte).to_digit(10)?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_of_the_calendar_and_in_one_form() {
        for good in ["0001-01-01", "2024-02-29", "9999-12-31"] {
            assert!(Day::parse(good).is_some(), "{good}");
        }
        for bad in ["0000-01-01", "2025-02-29", "2025-13-01", "2025-1-01", "+025-01-01", "20250101"]
        {
            assert_eq!(Day::parse(bad), None, "{bad}");
        }
        assert_eq!(Month::parse("2025-12").unwrap().next().to_string(), "2026-01");
        assert_eq!(Month::parse("2025-12-01"), None);
    }

    #[test]
    fn the_local_day_decides() {
        let evening = Moment::parse("2025-12-31T16:00:00Z").unwrap();
        let new_year = Day::parse("2026-01-01").unwrap();
        assert!(!evening.is_before_day(new_year, UtcOffset::parse("+08:00").unwrap()));
        assert!(evening.is_before_day(new_year, UtcOffset::parse("+07:59").unwrap()));
        assert_eq!(evening.day(UtcOffset::parse("+08:00").unwrap()), Some(new_year));
        assert_eq!(evening.day(UtcOffset::parse("+07:59").unwrap()), Day::parse("2025-12-31"));
        for bad in ["+14:01", "+08:60", "08:00", "+8:00", "+08:00:00", "Z"] {
            assert_eq!(UtcOffset::parse(bad), None, "{bad}");
        }
        for bad in
            ["2025-12-31T24:00:00Z", "2025-12-31T23:59:60Z", "2025-12-31T23:59:59", "2025-12-31"]
        {
            assert_eq!(Moment::parse(bad), None, "{bad}");
        }
    }
}
