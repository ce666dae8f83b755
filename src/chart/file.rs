//! A chart file 科目表文件: its form, and everything that can be wrong with it.

use core::fmt;
use std::collections::BTreeMap;
use std::ops::Bound;

use schemars::JsonSchema;
use serde::Deserialize;
use serde::de::IntoDeserializer;
use serde::de::value::{Error as WordError, StrDeserializer};
use sha2::{Digest, Sha256};

use super::statement::{self, StatementFile};
use super::{Account, Chart, ChartError, ChartFault, Class, Use};
use crate::ids::{AccountCode, ChartId, Source, Text};
use crate::lang::Lang;

pub(super) fn read(json: &str) -> Result<Chart, ChartError> {
    let file = serde_json::from_str::<ChartFile>(json);
    file.map_err(|error| ChartError::Json(error.to_string()))?.check(json)
}

pub(super) fn schema() -> schemars::Schema {
    schemars::schema_for!(ChartFile)
}

/// 科目表文件 A chart file as it is written. Its values are plain texts, so that one that is wrong is one
/// fault among others and not the end of the reading.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ChartFile {
    /// 1 to 40 of a-z, 0-9 and '-'.
    id: String,
    title: Names,
    /// The law or resolution that the chart rests on.
    source: String,
    /// Three capital letters, such as `CNY`.
    currency: String,
    accounts: Vec<AccountFile>,
    /// Use → account. A chart that does not say posts as the statutory one does.
    #[serde(default)]
    posting: Option<BTreeMap<String, String>>,
    /// Statements of its own.
    #[serde(default)]
    statements: Vec<StatementFile>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AccountFile {
    /// 3 digits; one under it begins with them, 12 digits at most.
    code: String,
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
    /// asset, liability, `net_asset`, income or expense
    #[serde(default)]
    class: String,
    /// debit or credit
    #[serde(default)]
    normal: String,
    /// grassroots, county or all
    #[serde(default)]
    level: String,
    #[serde(default)]
    main: bool,
    /// Whether entries may name it although others stand under it.
    #[serde(default)]
    direct: bool,
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Names {
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
}

impl Names {
    pub(super) fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl ChartFile {
    fn check(self, json: &str) -> Result<Chart, ChartError> {
        let mut faults = Vec::new();
        let id = ChartId::parse(&self.id);
        if id.is_err() {
            faults.push(ChartFault::Id { found: self.id });
        }
        for lang in Lang::ALL {
            let found = self.title.get(lang);
            if line(found).is_none() {
                faults.push(ChartFault::Title { lang, found: found.to_owned() });
            }
        }
        let source = Source::parse(&self.source).ok().filter(|read| read.as_str() == self.source);
        if source.is_none() {
            faults.push(ChartFault::Source { found: self.source });
        }
        if self.currency.len() != 3 || !self.currency.bytes().all(|b| b.is_ascii_uppercase()) {
            faults.push(ChartFault::Currency { found: self.currency.clone() });
        }
        let accounts = check_accounts(self.accounts, &mut faults);
        let uses = check_uses(self.posting, &accounts, &mut faults);
        let statements = statement::check(self.statements, &accounts, &mut faults);
        match (id, source) {
            (Ok(id), Some(source)) if faults.is_empty() => Ok(Chart {
                id,
                title: self.title,
                source,
                currency: self.currency,
                accounts,
                uses,
                statements,
                json: json.to_owned(),
                sha256: hex_sha256(json),
            }),
            (Ok(_) | Err(_), Some(_) | None) => Err(ChartError::Faults(faults)),
        }
    }
}

fn check_accounts(
    written: Vec<AccountFile>,
    faults: &mut Vec<ChartFault>,
) -> BTreeMap<AccountCode, Account> {
    if written.is_empty() {
        faults.push(ChartFault::NoAccounts);
    }
    let mut classes: BTreeMap<AccountCode, Option<Class>> = BTreeMap::new();
    let mut accounts = BTreeMap::new();
    for (place, account) in (1..).zip(written) {
        let Ok(code) = AccountCode::parse(&account.code) else {
            faults.push(ChartFault::Code { place, found: account.code });
            continue;
        };
        if classes.insert(code.clone(), word(&account.class)).is_some() {
            faults.push(ChartFault::Twice { code: code.clone() });
        }
        if let Some(account) = account.check(&code, faults) {
            accounts.insert(code, account);
        }
    }
    for (code, own) in &classes {
        let above = AccountCode::parse(code.level_one()).ok();
        match above.and_then(|parent| Some((classes.get(&parent).copied()?, parent))) {
            None => {
                let parent = code.level_one().to_owned();
                faults.push(ChartFault::Orphan { code: code.clone(), parent });
            }
            Some((above, parent)) => {
                if let (Some(own), Some(above)) = (*own, above)
                    && own != above
                {
                    faults.push(ChartFault::ClassUnlike { code: code.clone(), own, parent, above });
                }
            }
        }
    }
    accounts
}

/// The statutory uses as far as the chart has their accounts, or those that it names itself.
fn check_uses(
    written: Option<BTreeMap<String, String>>,
    accounts: &BTreeMap<AccountCode, Account>,
    faults: &mut Vec<ChartFault>,
) -> BTreeMap<Use, AccountCode> {
    let Some(written) = written else {
        let statutory = |of: &Use| (*of, AccountCode::literal(of.statutory()));
        let all = Use::ALL.iter().map(statutory);
        let uses = all.filter(|(of, code)| can_be_for(accounts, code, *of)).collect();
        check_classes(&uses, accounts, faults);
        return uses;
    };
    let mut uses = BTreeMap::new();
    for (name, found) in written {
        let Some(of) = word::<Use>(&name) else {
            faults.push(ChartFault::Use { found: name });
            continue;
        };
        match AccountCode::parse(&found).ok().filter(|code| can_be_for(accounts, code, of)) {
            Some(code) => drop(uses.insert(of, code)),
            None => faults.push(ChartFault::UseOf { of, found }),
        }
    }
    check_classes(&uses, accounts, faults);
    // What lies in one would count as lying in the other as well.
    if let (Some(cash), Some(bank)) = (uses.get(&Use::Cash), uses.get(&Use::Bank))
        && cash == bank
    {
        faults.push(ChartFault::TillsAlike { code: cash.clone() });
    }
    uses
}

/// Each use is for accounts of one class.
fn check_classes(
    uses: &BTreeMap<Use, AccountCode>,
    accounts: &BTreeMap<AccountCode, Account>,
    faults: &mut Vec<ChartFault>,
) {
    for (of, code) in uses {
        let found = accounts.get(code).map(|account| account.class);
        if let Some(found) = found.filter(|found| *found != of.class()) {
            let (of, code, needed) = (*of, code.clone(), of.class());
            faults.push(ChartFault::UseOfClass { of, code, found, needed });
        }
    }
}

fn can_be_for(accounts: &BTreeMap<AccountCode, Account>, code: &AccountCode, of: Use) -> bool {
    is_postable(accounts, code) || (of.is_of_all_under_it() && accounts.contains_key(code))
}

pub(super) fn is_postable(accounts: &BTreeMap<AccountCode, Account>, code: &AccountCode) -> bool {
    let Some(account) = accounts.get(code) else { return false };
    let later = accounts.range::<AccountCode, _>((Bound::Excluded(code), Bound::Unbounded)).next();
    account.direct || later.is_none_or(|(next, _)| !next.as_str().starts_with(code.as_str()))
}

impl AccountFile {
    fn check(self, code: &AccountCode, faults: &mut Vec<ChartFault>) -> Option<Account> {
        let code = code.clone();
        let (zh, en) = (line(&self.zh), line(&self.en));
        for (lang, name, found) in [(Lang::Zh, &zh, &self.zh), (Lang::En, &en, &self.en)] {
            if name.is_none() {
                faults.push(ChartFault::Name { code: code.clone(), lang, found: found.clone() });
            }
        }
        let (class, normal, level) = (word(&self.class), word(&self.normal), word(&self.level));
        if class.is_none() {
            faults.push(ChartFault::Class { code: code.clone(), found: self.class });
        }
        if normal.is_none() {
            faults.push(ChartFault::Normal { code: code.clone(), found: self.normal });
        }
        if level.is_none() {
            faults.push(ChartFault::Level { code: code.clone(), found: self.level });
        }
        let (main, direct) = (self.main, self.direct);
        Some(Account {
            code,
            zh: zh?,
            en: en?,
            class: class?,
            normal: normal?,
            level: level?,
            main,
            direct,
        })
    }
}

/// One line of text that is already in its one form: composed, trimmed, without control characters.
pub(super) fn line(text: &str) -> Option<Text> {
    Text::parse(text).ok().filter(|read| read.as_str() == text)
}

/// A word of one of our enums, by the spelling that it has in JSON.
pub(super) fn word<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    let text: StrDeserializer<'_, WordError> = text.into_deserializer();
    T::deserialize(text).ok()
}

fn hex_sha256(text: &str) -> String {
    use fmt::Write;
    Sha256::digest(text.as_bytes()).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a string cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}
