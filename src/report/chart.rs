//! 科目表 The chart of accounts, as a list.

use schemars::JsonSchema;
use serde::Serialize;

use super::Words;
use crate::chart::{Chart, Class, Level, Normal};
use crate::ids::AccountCode;
use crate::lang::Lang;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ChartList {
    pub title: Words,
    pub id: String,
    pub sha256: String,
    /// Where the chart comes from.
    pub source: String,
    pub currency: String,
    pub lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Line {
    pub code: AccountCode,
    pub name: Words,
    pub class: Class,
    /// 余额方向
    pub normal: Normal,
    /// Whose business the account is for.
    pub level: Level,
    /// Whether it is one of the main accounts of grassroots unions.
    pub main: bool,
    /// 一级科目
    pub first_level: bool,
    /// Whether vouchers may name it.
    pub postable: bool,
}

#[must_use]
pub fn report(chart: &Chart) -> ChartList {
    let line = |account: &crate::chart::Account| Line {
        code: account.code.clone(),
        name: Words::new(account.zh.as_str(), account.en.as_str()),
        class: account.class,
        normal: account.normal,
        level: account.level,
        main: account.main,
        first_level: account.is_first_level(),
        postable: chart.is_postable(&account.code),
    };
    ChartList {
        title: Words::new(chart.title(Lang::Zh), chart.title(Lang::En)),
        id: chart.id().as_str().to_owned(),
        sha256: chart.sha256().to_owned(),
        source: chart.source().as_str().to_owned(),
        currency: chart.currency().to_owned(),
        lines: chart.accounts().map(line).collect(),
    }
}
