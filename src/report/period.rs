//! What time a report covers.

use core::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};

use crate::date::{FiscalYear, Month};
use crate::lang::Lang;
use crate::schema::string_schema;

/// A period, written `all`, `2026`, `2026-03` or `2026-01..2026-06`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// 全部 Everything that is recorded so far.
    All,
    /// 年度
    Year(FiscalYear),
    /// 月度
    Month(Month),
    /// Whole months, both ends included.
    Months { first: Month, last: Month },
}

/// The period of a statement 会计报表: a month or a year (财会〔2021〕7号, 第四部分).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Term {
    Month(Month),
    Year(FiscalYear),
}

/// Why a text is not a period. It carries the text that was found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    #[error("a period is all, 2026, 2026-03 or 2026-01..2026-06: {0:?}")]
    Period(String),
    #[error("a statement is for a month or a year, 2026-03 or 2026: {0:?}")]
    Term(String),
    #[error("the period ends before it begins: {0:?}")]
    Backwards(String),
}

impl Period {
    /// The first month; `None` where the period has no beginning.
    #[must_use]
    pub fn first(self) -> Option<Month> {
        match self {
            Period::All => None,
            Period::Year(year) => Some(year.first_month()),
            Period::Month(month) => Some(month),
            Period::Months { first, .. } => Some(first),
        }
    }

    /// The last month; `None` where the period has no end.
    #[must_use]
    pub fn last(self) -> Option<Month> {
        match self {
            Period::All => None,
            Period::Year(year) => Some(year.last_month()),
            Period::Month(month) => Some(month),
            Period::Months { last, .. } => Some(last),
        }
    }

    #[must_use]
    pub fn contains(self, month: Month) -> bool {
        self.first().is_none_or(|first| first <= month) && self.reaches(month)
    }

    /// Whether the month is not after the period.
    #[must_use]
    pub fn reaches(self, month: Month) -> bool {
        self.last().is_none_or(|last| month <= last)
    }

    /// The period in words.
    #[must_use]
    pub fn label(self, lang: Lang) -> String {
        let zh = |month: Month| format!("{}年{}月", month.year(), month.number());
        if let Period::Months { first, last } = self
            && first == last
        {
            return Period::Month(first).label(lang);
        }
        match (self, lang) {
            (Period::All, Lang::Zh) => "建账至今".to_owned(),
            (Period::All, Lang::En) => "all so far".to_owned(),
            (Period::Year(year), Lang::Zh) => format!("{year}年度"),
            (Period::Month(month), Lang::Zh) => zh(month),
            (Period::Months { first, last }, Lang::Zh) => format!("{}至{}", zh(first), zh(last)),
            (Period::Months { first, last }, Lang::En) => format!("{first} to {last}"),
            (Period::Year(_) | Period::Month(_), Lang::En) => self.to_string(),
        }
    }
}

impl Term {
    #[must_use]
    pub fn last(self) -> Month {
        match self {
            Term::Month(month) => month,
            Term::Year(year) => year.last_month(),
        }
    }

    /// From the year's first month to the end of the term 本年累计.
    #[must_use]
    pub fn year_to_date(self) -> Period {
        Period::Months { first: self.last().year().first_month(), last: self.last() }
    }
}

impl From<Term> for Period {
    fn from(term: Term) -> Period {
        match term {
            Term::Month(month) => Period::Month(month),
            Term::Year(year) => Period::Year(year),
        }
    }
}

impl FromStr for Term {
    type Err = PeriodError;
    fn from_str(text: &str) -> Result<Term, PeriodError> {
        match text.parse() {
            Ok(Period::Month(month)) => Ok(Term::Month(month)),
            Ok(Period::Year(year)) => Ok(Term::Year(year)),
            Ok(Period::All | Period::Months { .. }) | Err(_) => {
                Err(PeriodError::Term(text.to_owned()))
            }
        }
    }
}

impl FromStr for Period {
    type Err = PeriodError;
    fn from_str(text: &str) -> Result<Period, PeriodError> {
        let wrong = || PeriodError::Period(text.to_owned());
        let month = |part: &str| Month::parse(part).map_err(|_| wrong());
        if text == "all" {
            return Ok(Period::All);
        }
        if let Some((first, last)) = text.split_once("..") {
            let (first, last) = (month(first)?, month(last)?);
            if last < first {
                return Err(PeriodError::Backwards(text.to_owned()));
            }
            return Ok(Period::Months { first, last });
        }
        if let Ok(january) = Month::parse(&format!("{text}-01")) {
            return Ok(Period::Year(january.year()));
        }
        month(text).map(Period::Month)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&match self {
            Period::All => "all".to_owned(),
            Period::Year(year) => year.to_string(),
            Period::Month(month) => month.to_string(),
            Period::Months { first, last } => format!("{first}..{last}"),
        })
    }
}

impl Serialize for Period {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

string_schema!(
    Period,
    r"^(all|[0-9]{4}|[0-9]{4}-[0-9]{2}(\.\.[0-9]{4}-[0-9]{2})?)$",
    "all, a year, a month, or months from .. to"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_period_has_one_written_form() {
        for text in ["all", "2026", "2026-03", "2026-01..2026-06"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for bad in ["", "26", "2026-13", "2026-1", "2026-01..", "2026..2027"] {
            assert_eq!(bad.parse::<Period>(), Err(PeriodError::Period(bad.to_owned())));
        }
        let backwards = "2026-06..2026-01";
        assert_eq!(backwards.parse::<Period>(), Err(PeriodError::Backwards(backwards.into())));
        assert_eq!("all".parse::<Term>(), Err(PeriodError::Term("all".into())));
    }
}
