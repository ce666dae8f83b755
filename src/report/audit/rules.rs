//! 本期制度 The rules that the period was kept by and that somebody set in it, each with its source: a
//! rule that begins earlier than it was recorded is seen here.

use schemars::JsonSchema;
use serde::Serialize;

use crate::date::{Day, Offset};
use crate::ids::{OfficerId, Seq};
use crate::lang::Lang;
use crate::report::books::Books;
use crate::report::{Period, Words};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RuleInForce {
    pub seq: Seq,
    pub name: Words,
    /// From this business day on.
    pub from: Day,
    /// 依据
    pub source: String,
    pub set_by: OfficerId,
    /// The day on which it was recorded.
    pub set_on: Day,
}

/// Rules that begin in the period, or were recorded in it for another time.
pub(super) fn set(books: Books<'_>, period: Period) -> Vec<RuleInForce> {
    let offices = &books.state.offices;
    let offset = offices.ledger().map_or_else(Offset::china, |ledger| ledger.utc_offset);
    let rule = |(seq, set): (&Seq, &crate::projection::officers::RuleSet)| {
        let kind = set.setting.rule.kind();
        RuleInForce {
            seq: *seq,
            name: Words::new(kind.title(Lang::Zh), kind.title(Lang::En)),
            from: set.setting.from,
            source: set.setting.source.as_str().to_owned(),
            set_by: set.by.clone(),
            set_on: set.at.day(offset),
        }
    };
    let within = |rule: &RuleInForce| {
        period.contains(rule.from.month()) || period.contains(rule.set_on.month())
    };
    offices.rules_set().map(rule).filter(within).collect()
}
