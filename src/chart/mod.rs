//! The chart of accounts 科目表, as data: which accounts there are, what they are called, and on
//! which side they stand. Record 0 of every book names its chart by id and by the hash of its text.

pub mod old;
mod uses;
#[cfg(test)]
mod tests;

use core::fmt;
use std::collections::BTreeMap;
use std::ops::Bound;

pub use uses::Use;

use serde::de::IntoDeserializer;
use serde::de::value::{Error as WordError, StrDeserializer};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::ids::{AccountCode, ChartId, Source, Text};
use crate::lang::Lang;

/// The charts that come with the program, each by its id. A text here never changes once a book
/// names it: a correction is a new id.
const BUILT_IN: [(&str, &str); 2] = [
    // The first one, without the custodial sub-accounts; books begun on it stay on it.
    ("cn-gonghui-2021", include_str!("cn-gonghui-2021.json")),
    (STATUTORY, include_str!("cn-gonghui-2021-2.json")),
];

/// The statutory chart that new books begin on.
pub const STATUTORY: &str = "cn-gonghui-2021-2";

/// A chart of accounts, read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    id: ChartId,
    title: Names,
    source: Source,
    currency: String,
    accounts: BTreeMap<AccountCode, Account>,
    /// Which account is for what; a use that is not there is not possible in books of this chart.
    uses: BTreeMap<Use, AccountCode>,
    json: String,
    sha256: String,
}

/// One account 会计科目, of the first level or under one of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Account {
    pub code: AccountCode,
    /// The official name. It stands beside the code in every voucher and book, for the code alone
    /// may not (财会〔2021〕7号, 总说明四).
    pub zh: Text,
    pub en: Text,
    pub class: Class,
    /// The side on which a balance is expected.
    pub normal: Normal,
    /// The unions whose business the account is for, by the wording of its use.
    pub level: Level,
    /// Whether it is one of the main accounts of grassroots unions 基层工会主要会计科目. The others
    /// are open to them at need (财会〔2021〕7号, the note under that table).
    pub main: bool,
    /// Whether entries may name it although it has sub-accounts.
    pub direct: bool,
}

/// The five elements 会计要素 (财会〔2021〕7号, Art. 9).
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    Asset,
    Liability,
    NetAsset,
    Income,
    Expense,
}

/// The side of an account on which its balance normally stands 余额方向.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Normal {
    Debit,
    Credit,
}

/// Whose business an account is for: 基层工会, 县级以上工会, or every union.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    Serialize,
    Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Level {
    Grassroots,
    /// County level and above.
    County,
    All,
}

/// Why a text is not a chart.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartError {
    #[error("not a chart file: {0}")]
    Json(String),
    /// Everything that is wrong with it: in the order of the file, then between accounts.
    #[error("the chart cannot be used: {}", in_one_line(.0))]
    Faults(Vec<ChartFault>),
}

/// One fault of a chart file. An account is named as the file names it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ChartFault {
    #[error("a chart's id is 1 to 40 of a-z, 0-9 and '-': {found:?}")]
    Id { found: String },
    #[error("the title has no {lang} text that can be used: {found:?}")]
    Title { lang: Lang, found: String },
    #[error("the source is not one line of text: {found:?}")]
    Source { found: String },
    #[error("a currency is three capital letters: {found:?}")]
    Currency { found: String },
    #[error("there are no accounts")]
    NoAccounts,
    #[error("account {place}, counted from 1, has no code of 3 to 12 digits: {found:?}")]
    Code { place: usize, found: String },
    #[error("account {code} is there twice")]
    Twice { code: AccountCode },
    #[error("account {code} stands under {parent}, which is not there")]
    Orphan { code: AccountCode, parent: String },
    #[error("account {code} has no {lang} name that can be used: {found:?}")]
    Name { code: AccountCode, lang: Lang, found: String },
    #[error("account {code} is of no class that is known: {found:?}")]
    Class { code: AccountCode, found: String },
    #[error("account {code} is {own}, and {parent} above it is {above}")]
    ClassUnlike { code: AccountCode, own: Class, parent: AccountCode, above: Class },
    #[error("account {code} has a normal balance that is neither debit nor credit: {found:?}")]
    Normal { code: AccountCode, found: String },
    #[error("account {code} is for grassroots, county or all, and not for {found:?}")]
    Level { code: AccountCode, found: String },
    #[error("the program has no use {found:?} for an account")]
    Use { found: String },
    #[error("the account for {of} is {found:?}, which is not there or takes no entries")]
    UseOf { of: Use, found: String },
}

impl Chart {
    /// The chart of that id that comes with the program.
    #[must_use]
    pub fn built_in(id: &str) -> Option<Chart> {
        let (_, json) = BUILT_IN.iter().find(|(built_in, _)| *built_in == id)?;
        Chart::from_json(json).ok()
    }

    /// The ids of the charts that come with the program.
    pub fn built_in_ids() -> impl Iterator<Item = &'static str> {
        BUILT_IN.iter().map(|(id, _)| *id)
    }

    /// Reads a chart that a union brings itself, and names every fault at once.
    pub fn from_json(json: &str) -> Result<Chart, ChartError> {
        let file = serde_json::from_str::<ChartFile>(json);
        file.map_err(|error| ChartError::Json(error.to_string()))?.check(json)
    }

    #[must_use]
    pub fn id(&self) -> &ChartId {
        &self.id
    }

    #[must_use]
    pub fn title(&self, lang: Lang) -> &str {
        self.title.get(lang)
    }

    /// Where the chart comes from: a law or a document number.
    #[must_use]
    pub fn source(&self) -> &Source {
        &self.source
    }

    /// The currency of account 记账本位币, such as `CNY`.
    #[must_use]
    pub fn currency(&self) -> &str {
        &self.currency
    }

    #[must_use]
    pub fn account(&self, code: &AccountCode) -> Option<&Account> {
        self.accounts.get(code)
    }

    /// Every account in the order of the codes: each one before those under it.
    pub fn accounts(&self) -> impl Iterator<Item = &Account> {
        self.accounts.values()
    }

    /// The first-level accounts 一级科目, in the order of the codes.
    pub fn first_level(&self) -> impl Iterator<Item = &Account> {
        self.accounts().filter(|account| account.is_first_level())
    }

    /// The accounts under this one 明细科目, at whatever depth.
    pub fn under(&self, code: &AccountCode) -> impl Iterator<Item = &Account> {
        let later =
            self.accounts.range::<AccountCode, _>((Bound::Excluded(code), Bound::Unbounded));
        let above = code.as_str().to_owned();
        later.map(|(_, account)| account).take_while(move |a| a.code.as_str().starts_with(&above))
    }

    /// Whether entries may name this account: it is in the chart, and has none under it. An account
    /// with prescribed sub-accounts is posted through them alone, unless the chart says otherwise.
    #[must_use]
    pub fn is_postable(&self, code: &AccountCode) -> bool {
        is_postable(&self.accounts, code)
    }

    /// The account that is for this use.
    #[must_use]
    pub fn at(&self, of: Use) -> Option<&AccountCode> {
        self.uses.get(&of)
    }

    /// Whether this account is for that use.
    #[must_use]
    pub fn is_for(&self, code: &AccountCode, of: Use) -> bool {
        self.at(of) == Some(code)
    }

    /// The exact text that the chart was read from.
    #[must_use]
    pub fn json(&self) -> &str {
        &self.json
    }

    /// SHA-256 of the bytes of [`Chart::json`], as 64 hex digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }
}

impl Account {
    #[must_use]
    pub fn name(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => self.zh.as_str(),
            Lang::En => self.en.as_str(),
        }
    }

    #[must_use]
    pub fn is_first_level(&self) -> bool {
        self.code.as_str() == self.code.level_one()
    }

    /// Whether it stands against its class, as accumulated depreciation 累计折旧 does.
    #[must_use]
    pub fn is_contra(&self) -> bool {
        self.normal != self.class.normal()
    }
}

impl Class {
    pub const ALL: [Class; 5] =
        [Class::Asset, Class::Liability, Class::NetAsset, Class::Income, Class::Expense];

    /// The side on which accounts of this class grow.
    #[must_use]
    pub fn normal(self) -> Normal {
        match self {
            Class::Asset | Class::Expense => Normal::Debit,
            Class::Liability | Class::NetAsset | Class::Income => Normal::Credit,
        }
    }

    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        let (zh, en) = match self {
            Class::Asset => ("资产", "assets"),
            Class::Liability => ("负债", "liabilities"),
            Class::NetAsset => ("净资产", "net assets"),
            Class::Income => ("收入", "income"),
            Class::Expense => ("支出", "expenses"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl fmt::Display for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Class::Asset => "asset",
            Class::Liability => "liability",
            Class::NetAsset => "net_asset",
            Class::Income => "income",
            Class::Expense => "expense",
        })
    }
}

impl Normal {
    #[must_use]
    pub fn name(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Normal::Debit, Lang::Zh) => "借",
            (Normal::Credit, Lang::Zh) => "贷",
            (Normal::Debit, Lang::En) => "debit",
            (Normal::Credit, Lang::En) => "credit",
        }
    }
}

/// A chart file as it is written. Its values are plain texts, so that one that is wrong is one
/// fault among others and not the end of the reading.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ChartFile {
    id: String,
    title: Names,
    source: String,
    currency: String,
    accounts: Vec<AccountFile>,
    /// Use → account. A chart that does not say posts as the statutory one does.
    #[serde(default)]
    posting: Option<BTreeMap<String, String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AccountFile {
    code: String,
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
    #[serde(default)]
    class: String,
    #[serde(default)]
    normal: String,
    #[serde(default)]
    level: String,
    #[serde(default)]
    main: bool,
    #[serde(default)]
    direct: bool,
}

/// One text in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Names {
    #[serde(default)]
    zh: String,
    #[serde(default)]
    en: String,
}

impl Names {
    fn get(&self, lang: Lang) -> &str {
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
        match (id, source) {
            (Ok(id), Some(source)) if faults.is_empty() => Ok(Chart {
                id,
                title: self.title,
                source,
                currency: self.currency,
                accounts,
                uses,
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
        return all.filter(|(_, code)| is_postable(accounts, code)).collect();
    };
    let mut uses = BTreeMap::new();
    for (name, found) in written {
        let Some(of) = word::<Use>(&name) else {
            faults.push(ChartFault::Use { found: name });
            continue;
        };
        match AccountCode::parse(&found).ok().filter(|code| is_postable(accounts, code)) {
            Some(code) => drop(uses.insert(of, code)),
            None => faults.push(ChartFault::UseOf { of, found }),
        }
    }
    uses
}

fn is_postable(accounts: &BTreeMap<AccountCode, Account>, code: &AccountCode) -> bool {
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
fn line(text: &str) -> Option<Text> {
    Text::parse(text).ok().filter(|read| read.as_str() == text)
}

/// A word of one of our enums, by the spelling that it has in JSON.
fn word<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
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

fn in_one_line(faults: &[ChartFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
