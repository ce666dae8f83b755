//! 原制度科目 The accounts of the accounting system before 2022 (财会〔2009〕7号), and where their balances
//! go in the one after it (财会〔2021〕16号, 第二部分 and 附表).
//!
//! All first-level codes and names are those of the official comparison. It does not list
//! sub-accounts: those of 112, 131 and 222 are from published copies of the 2009 text; one that is not
//! here is treated as its first-level account.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{ChartError, Normal};
use crate::ids::{AccountCode, Source, Text};
use crate::lang::Lang;

const TEXT: &str = include_str!("gonghui-2009.json");

/// An account of the former system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OldAccount {
    pub code: AccountCode,
    pub zh: Text,
    pub en: Text,
    pub normal: Normal,
    /// Where its balance may go; nowhere, if the account has none at the end of a year.
    pub to: Vec<AccountCode>,
    /// Whether somebody has to look at what the balance consists of. If not, all of it goes to the
    /// first of these accounts unless the file says otherwise.
    pub decide: bool,
    /// The place in 财会〔2021〕16号 that says so.
    pub why: Text,
}

/// The former chart, by code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OldChart {
    pub source: Source,
    accounts: BTreeMap<AccountCode, OldAccount>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "id")]
    _id: String,
    #[serde(rename = "title")]
    _title: BTreeMap<Lang, String>,
    source: Source,
    accounts: Vec<OldAccount>,
}

impl OldChart {
    /// The chart of 财会〔2009〕7号, which comes with the program.
    pub fn built_in() -> Result<OldChart, ChartError> {
        let file: File = serde_json::from_str(TEXT).map_err(|e| ChartError::Json(e.to_string()))?;
        let accounts = file.accounts.into_iter().map(|account| (account.code.clone(), account));
        Ok(OldChart { source: file.source, accounts: accounts.collect() })
    }

    /// The account of that code, or the one of the first level that it stands under.
    #[must_use]
    pub fn account(&self, code: &AccountCode) -> Option<&OldAccount> {
        let above = || self.accounts.get(&AccountCode::literal(code.level_one()));
        self.accounts.get(code).or_else(above)
    }

    pub fn accounts(&self) -> impl Iterator<Item = &OldAccount> {
        self.accounts.values()
    }
}

impl OldAccount {
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => self.zh.as_str(),
            Lang::En => self.en.as_str(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Chart, STATUTORY};
    use super::*;

    #[test]
    fn every_old_balance_goes_to_accounts_that_take_entries() {
        let (old, new) = (OldChart::built_in().unwrap(), Chart::built_in(STATUTORY).unwrap());
        assert_eq!(old.accounts().filter(|a| a.code.as_str().len() == 3).count(), 42);
        for account in old.accounts() {
            for to in &account.to {
                assert!(new.is_postable(to), "{} goes to {to}", account.code);
            }
            let carried = matches!(account.code.as_str().as_bytes()[0], b'4' | b'5');
            let nil = carried || account.code.as_str() == "111";
            assert_eq!(account.to.is_empty(), nil, "{}", account.code);
            assert!(account.decide || account.to.len() <= 2, "{}", account.code);
        }
    }

    #[test]
    fn a_sub_account_that_is_not_listed_is_its_first_level_account() {
        let old = OldChart::built_in().unwrap();
        let found = |code: &str| old.account(&AccountCode::literal(code)).map(|a| a.zh.to_string());
        assert_eq!(found("13103").as_deref(), Some("应收建会筹备金"));
        assert_eq!(found("10203").as_deref(), Some("银行存款"));
        assert_eq!(found("777"), None);
    }
}
