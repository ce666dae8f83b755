//! 摘要 What a record says, in plain words and one line, in both languages.
//!
//! Free texts are left out, as in the exports: people write names into purposes and reasons.
//! Whoever needs them finds the record by its number. One file a family, as in `event`.

mod book;
mod office;
mod members;
mod dues;
mod allocation;
mod income;
mod spending;
mod welfare;
mod visit;
mod hardship;
mod drive;
mod mutual;
mod money;
mod periods;
mod audit;
mod disclosure;
mod papers;
mod imports;
mod receipts;
mod notes;
mod assets;

pub(super) use office::relation_kind;

use super::Words;
use crate::chart::Chart;
use crate::event::{Fact, each_fact};
use crate::ids::AccountCode;
use crate::lang::Lang;
use crate::projection::State;

/// What the body of a fact says.
trait Said {
    fn said(&self, chart: &Chart) -> Words;

    /// 用途、对方 What it was for and with whom, as it was written: purpose or reason, then the
    /// organisation, or the number of a member. Nothing where the fact has no such words.
    fn in_its_words(&self, _: &State) -> Vec<String> {
        Vec::new()
    }
}

/// What the union's own vouchers, ledgers and journals say: the summary, then what it was for and with
/// whom. Exports, notices and lists that leave the house take [`of`], which has none of these words.
#[must_use]
pub fn in_full(fact: &Fact, state: &State, chart: &Chart) -> Words {
    with(of(fact, chart), &in_its_words(fact, state))
}

/// What a fact says of itself beyond its summary.
#[must_use]
pub(super) fn in_its_words(fact: &Fact, state: &State) -> Vec<String> {
    each_fact!(fact, body => body.in_its_words(state))
}

pub(super) fn with(said: Words, more: &[String]) -> Words {
    if more.is_empty() {
        return said;
    }
    let more = more.join(", ");
    Words { zh: format!("{}: {more}", said.zh), en: format!("{}: {more}", said.en) }
}

#[must_use]
pub fn of(fact: &Fact, chart: &Chart) -> Words {
    each_fact!(fact, body => body.said(chart))
}

fn words(zh: impl Into<String>, en: impl Into<String>) -> Words {
    Words { zh: zh.into(), en: en.into() }
}

fn named<'a>(account: &AccountCode, chart: &'a Chart) -> [&'a str; 2] {
    let found = chart.account(account);
    Lang::ALL.map(|lang| found.map_or("", |found| found.name(lang)))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::chain::record::Envelope;

    /// Every golden record says something, and the same thing about itself each time.
    #[test]
    fn every_fact_is_said_in_both_languages() {
        let chart = Chart::built_in("cn-gonghui-2021").unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/golden");
        let mut kinds = BTreeSet::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|extension| extension != "json") {
                continue;
            }
            let line = std::fs::read(&path).unwrap();
            let envelope = Envelope::read(line.trim_ascii_end()).unwrap();
            kinds.insert(envelope.kind.clone());
            let (fact, _) = Fact::from_body(&envelope.kind, envelope.tv, envelope.body).unwrap();
            let said = of(&fact, &chart);
            assert!(!said.zh.is_empty() && !said.en.is_empty(), "{}", path.display());
        }
        assert!(kinds.len() > 30, "{kinds:?}");
    }
}
