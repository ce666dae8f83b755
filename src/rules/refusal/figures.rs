//! The two figures that a refusal holds against each other, and how far they are apart.

use crate::date::{Day, Month};
use crate::ids::{Digest, Seq};
use crate::money::Money;

/// What was expected and what was found 应为, 实为.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    pub bound: Bound,
    pub expected: String,
    pub found: String,
    /// Found less expected, `-0.01`; of people and yuan both, `-1 / -5.00`. Days have none.
    pub difference: Option<String>,
}

/// How the figure that was found is held to the one that was expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// 应为: the same.
    Same,
    /// 不超过
    AtMost,
    /// 不少于
    AtLeast,
}

/// A figure of a refusal.
pub(in crate::rules) enum Figure {
    Yuan(Money),
    Count(i128),
    /// People and what they come to.
    Both(u32, Money),
    Text(String),
}

impl Figures {
    pub(in crate::rules) fn of(
        bound: Bound,
        expected: impl Into<Figure>,
        found: impl Into<Figure>,
    ) -> Figures {
        let (expected, found) = (expected.into(), found.into());
        let difference = difference(&expected, &found);
        Figures { bound, expected: expected.said(), found: found.said(), difference }
    }
}

fn difference(expected: &Figure, found: &Figure) -> Option<String> {
    match (expected, found) {
        (Figure::Yuan(expected), Figure::Yuan(found)) => Some(found.minus(*expected).to_string()),
        (Figure::Count(expected), Figure::Count(found)) => {
            found.checked_sub(*expected).map(|apart| apart.to_string())
        }
        (Figure::Both(expected, due), Figure::Both(found, said)) => {
            let people = i64::from(*found).checked_sub(i64::from(*expected))?;
            Some(format!("{people} / {}", said.minus(*due)))
        }
        (Figure::Yuan(_) | Figure::Count(_) | Figure::Both(..) | Figure::Text(_), _) => None,
    }
}

impl Figure {
    fn said(&self) -> String {
        match self {
            Figure::Yuan(amount) => amount.to_string(),
            Figure::Count(count) => count.to_string(),
            Figure::Both(people, amount) => format!("{people} / {amount}"),
            Figure::Text(text) => text.clone(),
        }
    }
}

impl From<Money> for Figure {
    fn from(amount: Money) -> Figure {
        Figure::Yuan(amount)
    }
}

impl From<&Money> for Figure {
    fn from(amount: &Money) -> Figure {
        Figure::Yuan(*amount)
    }
}

/// An amount among other texts is one all the same.
impl From<&String> for Figure {
    fn from(text: &String) -> Figure {
        Money::parse(text).map_or_else(|_| Figure::Text(text.clone()), Figure::Yuan)
    }
}

impl From<(&u32, &Money)> for Figure {
    fn from((people, amount): (&u32, &Money)) -> Figure {
        Figure::Both(*people, *amount)
    }
}

macro_rules! counted {
    ($($type:ty),*) => {$(
        impl From<$type> for Figure {
            fn from(count: $type) -> Figure {
                Figure::Count(i128::from(count))
            }
        }

        impl From<&$type> for Figure {
            fn from(count: &$type) -> Figure {
                Figure::Count(i128::from(*count))
            }
        }
    )*};
}

counted!(u32, u64, i64);

macro_rules! written {
    ($($type:ty),*) => {$(
        impl From<&$type> for Figure {
            fn from(it: &$type) -> Figure {
                Figure::Text(it.to_string())
            }
        }
    )*};
}

written!(Day, Month, Digest, Seq);
