//! The chart of accounts 科目表, as data: which accounts there are, what they are called, and on
//! which side they stand. Record 0 of every book names its chart by id and by the hash of its text.

pub mod old;
mod uses;
mod carry;
mod statement;
mod file;
#[cfg(test)]
mod tests;

use core::fmt;
use std::collections::BTreeMap;
use std::ops::Bound;

pub use carry::{ASSET_FUNDS, Nature};
pub use statement::{Adds, Part, Statement, StatementKind, StatementLine};
pub use uses::Use;

use serde::{Deserialize, Serialize};

use crate::ids::{AccountCode, ChartId, Source, Text};
use crate::lang::Lang;

/// The charts that come with the program, each by its id. A text here never changes once a book
/// names it: a correction is a new id.
const BUILT_IN: [(&str, &str); 3] = [
    // The first one, without the custodial sub-accounts; books begun on it stay on it.
    ("cn-gonghui-2021", include_str!("cn-gonghui-2021.json")),
    (STATUTORY, include_str!("cn-gonghui-2021-2.json")),
    // The lines of the yearly reports of American unions, LM-2 and LM-3.
    ("us-olms", include_str!("us-olms.json")),
];

/// The statutory chart that new books begin on.
pub const STATUTORY: &str = "cn-gonghui-2021-2";

/// A chart of accounts, read and checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    id: ChartId,
    title: file::Names,
    source: Source,
    currency: String,
    accounts: BTreeMap<AccountCode, Account>,
    /// Which account is for what; a use that is not there is not possible in books of this chart.
    uses: BTreeMap<Use, AccountCode>,
    /// The statements that it brings with it.
    statements: Vec<Statement>,
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
    #[error("the account for {of} is {needed}, and {code} is {found}")]
    UseOfClass { of: Use, code: AccountCode, found: Class, needed: Class },
    #[error("cash and bank are two accounts, and not both {code}")]
    TillsAlike { code: AccountCode },
    #[error("a statement's id is 1 to 40 of a-z, 0-9 and '-', and its own alone: {found:?}")]
    StatementId { found: String },
    #[error("the statement {statement} has no {lang} title that can be used: {found:?}")]
    StatementTitle { statement: String, lang: Lang, found: String },
    #[error("the statement {statement} is of balances or flows, and not of {found:?}")]
    StatementKind { statement: String, found: String },
    #[error("line {place} of the statement {statement} has no number of its own: {found:?}")]
    LineNumber { statement: String, place: usize, found: String },
    #[error(
        "line {no} of the statement {statement} has no {lang} name that can be used: {found:?}"
    )]
    LineName { statement: String, no: String, lang: Lang, found: String },
    #[error(
        "line {no} of the statement {statement} adds up accounts or lines, and not both or none"
    )]
    LineOfNothing { statement: String, no: String },
    #[error("line {no} of the statement {statement} adds up {found:?}, which is not in the chart")]
    LineAccount { statement: String, no: String, found: String },
    #[error("line {no} of the statement {statement} adds up {found:?}, which is no line above it")]
    LineSum { statement: String, no: String, found: String },
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
        file::read(json)
    }

    /// What is left where a book's own chart is lost: no account, and this currency.
    #[must_use]
    pub fn without_accounts(mut self, currency: &str) -> Chart {
        self.accounts.clear();
        self.uses.clear();
        self.statements.clear();
        currency.clone_into(&mut self.currency);
        self
    }

    /// JSON Schema of a chart file.
    #[must_use]
    pub fn schema() -> schemars::Schema {
        file::schema()
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
        file::is_postable(&self.accounts, code)
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

    /// Whether this account is the one for that use, or stands under it.
    #[must_use]
    pub fn is_within(&self, code: &AccountCode, of: Use) -> bool {
        self.at(of).is_some_and(|above| code.as_str().starts_with(above.as_str()))
    }

    /// The statements that the chart brings with it, in the order of its file.
    #[must_use]
    pub fn statements(&self) -> &[Statement] {
        &self.statements
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

fn in_one_line(faults: &[ChartFault]) -> String {
    faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}
