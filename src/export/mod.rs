//! The [`bundle`] for auditors, and exports for programs that are not ours: hledger and ledger read [`journal`], beancount reads
//! [`beancount`]. They add the vouchers up by themselves and compare with the closing balances,
//! which come from our own projection: that is what makes them witnesses. Spreadsheets read [`csv`], and
//! the accounting programs of Kingdee and Yonyou read [`kingdee`] and [`yonyou`].
//!
//! An export, unlike a bundle, is lossy by design. Its texts are rewritten
//! where a program would read them as something else, and no free text that may name a person
//! stands in it. It never refuses: whatever a fund or an account is called, its code and its number
//! keep it apart from the others; and of a damaged book it holds what verifies, and says so first.

pub mod bundle;
pub mod journal;
pub mod beancount;
pub mod csv;
pub mod kingdee;
pub mod yonyou;
#[cfg(feature = "parquet")]
pub mod parquet;
pub mod verifiers;
mod registers;
mod tables;

use std::collections::{BTreeMap, BTreeSet};

use crate::chart::{Chart, Class};
use crate::date::Day;
use crate::event::{Recorded, Voucher};
use crate::ids::{AccountCode, FundId, OfficerId, Seq};
use crate::money::Money;
use crate::projection::{State, reverses};
use crate::report::summary;

/// One record and its hash, as text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub record: Recorded,
    pub hash: String,
}

/// What is exported: the records of a book up to some place, in the order of the chain, and what
/// they add up to.
#[derive(Debug, Clone, Copy)]
pub struct Export<'a> {
    pub records: &'a [Exported],
    pub state: &'a State,
    pub chart: &'a Chart,
    pub by: By,
    pub extent: Extent<'a>,
}

/// How far an export goes, where that is not simply all of a book.
#[derive(Debug, Clone, Copy, Default)]
pub struct Extent<'a> {
    /// The last record that was read, where it is not the last one that counts.
    pub head: Option<(Seq, &'a str)>,
    /// Only business days up to this one.
    pub upto: Option<Day>,
    /// What is wrong with the book: what follows the records here does not verify.
    pub fault: Option<&'a str>,
}

/// What amounts are counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// The ledger's currency, `CNY`: the books as anybody reads them.
    Currency,
    /// A commodity for each fund, `CNYA`, `CNYB`, …: money that crosses from one fund to another
    /// does not balance, whatever the closing balances say.
    Fund,
}

/// What stands on one account in one fund when everything is recorded, in the names of the export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// `Assets:102-银行存款:F1-一般资金`
    pub account: String,
    /// `F1`
    pub fund: String,
    pub commodity: String,
    /// Debit less credit, from our own projection.
    pub balance: Money,
}

/// The closing balances of every account in every fund that was ever posted to, by code and fund.
#[must_use]
pub fn closing(export: &Export<'_>) -> Vec<Closing> {
    let names = Names::of(export);
    let mut accounts: BTreeSet<(&AccountCode, u64, &FundId)> = BTreeSet::new();
    let posted = export.state.accounts.posted();
    let recorded = export.records.iter().filter_map(|e| e.record.voucher.as_ref());
    let entries = recorded.flat_map(|voucher| &voucher.entries).map(|e| (&e.fund, &e.account));
    for (fund, account) in posted.chain(entries) {
        accounts.insert((account, names.number(fund), fund));
    }
    let one = |(account, _, fund): (&AccountCode, u64, &FundId)| Closing {
        account: names.account(account, fund),
        fund: names.fund(fund),
        commodity: names.commodity(fund),
        balance: export.state.accounts.balance(fund, account),
    };
    accounts.into_iter().map(one).collect()
}

/// A voucher with what an export says of it.
struct Posted<'a> {
    seq: Seq,
    hash: &'a str,
    actor: &'a OfficerId,
    voucher: &'a Voucher,
    narration: String,
    reverses: Option<Seq>,
}

/// The vouchers by business day, and by their place in the chain within a day: ledger checks its
/// assertions in the order of the file.
fn posted<'a>(export: &Export<'a>) -> Vec<Posted<'a>> {
    let one = |Exported { record, hash }: &'a Exported| {
        let narration = summary::of(&record.fact, export.chart).zh;
        let (seq, reverses) = (record.seq, reverses(&record.fact));
        let (voucher, actor) = (record.voucher.as_ref()?, &record.actor);
        Some(Posted { seq, hash, actor, voucher, narration, reverses })
    };
    let mut all: Vec<Posted<'a>> = export.records.iter().filter_map(one).collect();
    all.sort_by_key(|posted| (posted.voucher.date, posted.seq));
    all
}

/// The first and the last business day, where there is a voucher.
fn span(posted: &[Posted<'_>]) -> Option<(Day, Day)> {
    Some((posted.first()?.voucher.date, posted.last()?.voucher.date))
}

/// What stands above an export of vouchers alone.
fn heading(export: &Export<'_>) -> String {
    let (organisation, head) = (organisation(export), up_to(export));
    let unit = match export.by {
        By::Currency => "按本位币",
        By::Fund => "按资金",
    };
    format!("明账导出 {organisation} {unit} {head} 只含凭证 文字有改写 以账簿记录为准")
}

/// What stands above an export of everything.
fn title(export: &Export<'_>) -> String {
    format!("明账导出 {} {}", organisation(export), up_to(export))
}

/// Whose book it is.
fn organisation<'a>(export: &Export<'a>) -> &'a str {
    let ledger = export.state.offices.ledger();
    ledger.map_or("（未建账）", |ledger| ledger.organisation.as_str())
}

/// From which head it is.
fn up_to(export: &Export<'_>) -> String {
    let head = match head(export) {
        Some((seq, hash)) => format!("截至记录 {seq} {hash}"),
        None => "尚无记录".to_owned(),
    };
    match export.extent.upto {
        Some(day) => format!("{head} 业务日期至 {day}"),
        None => head,
    }
}

/// The record up to which the book was read.
fn head<'a>(export: &Export<'a>) -> Option<(Seq, &'a str)> {
    let last = export.records.last().map(|Exported { record, hash }| (record.seq, hash.as_str()));
    export.extent.head.or(last)
}

/// What stands before everything else in the export of a damaged book.
#[must_use]
pub fn warning(export: &Export<'_>) -> Option<String> {
    let fault = export.extent.fault?;
    let held = match head(export) {
        Some((seq, _)) => {
            format!("只含可验证的部分 至记录 {seq} only what verifies, up to record {seq}")
        }
        None => "没有可验证的记录 no record verifies".to_owned(),
    };
    Some(format!("警告 WARNING 账套已损坏 the book is damaged {held} {fault}"))
}

/// How funds, accounts and commodities are called, the same in every format.
struct Names<'a> {
    chart: &'a Chart,
    by: By,
    /// The number of each fund by the order of establishment, counted from 1, and its name.
    funds: BTreeMap<&'a FundId, (u64, &'a str)>,
    /// What entries call accounts that the chart does not have.
    unknown: BTreeMap<&'a AccountCode, &'a str>,
}

impl<'a> Names<'a> {
    fn of(export: &Export<'a>) -> Names<'a> {
        let funds = export.state.funds.funds().map(|new| (&new.fund, new.name.as_str()));
        // Custodial projects come after the funds, in the order in which they were opened.
        let projects = export.state.custody.projects();
        let all = funds.chain(projects.map(|new| (&new.project, new.name.as_str())));
        let funds = (1..).zip(all).map(|(number, (id, name))| (id, (number, name))).collect();
        let vouchers = export.records.iter().filter_map(|one| one.record.voucher.as_ref());
        let entries = vouchers.flat_map(|voucher| &voucher.entries);
        let unknown = entries.filter(|entry| export.chart.account(&entry.account).is_none());
        let unknown = unknown.map(|entry| (&entry.account, entry.name.as_str())).collect();
        Names { chart: export.chart, by: export.by, funds, unknown }
    }

    /// 0 for a fund that was never established: its id, which is unique, stands for its name then.
    fn number(&self, fund: &FundId) -> u64 {
        self.funds.get(fund).map_or(0, |(number, _)| *number)
    }

    fn fund(&self, fund: &FundId) -> String {
        format!("F{}", self.number(fund))
    }

    /// `Assets:102-银行存款:F1-一般资金`; English roots, for hledger infers types from them and
    /// beancount 3 takes no others.
    fn account(&self, code: &AccountCode, fund: &FundId) -> String {
        let known = self.chart.account(code);
        let root = match known.map(|account| account.class) {
            Some(Class::Asset) => "Assets",
            Some(Class::Liability) => "Liabilities",
            Some(Class::NetAsset) | None => "Equity",
            Some(Class::Income) => "Income",
            Some(Class::Expense) => "Expenses",
        };
        let called = self.unknown.get(code).copied().unwrap_or_default();
        let name = part(known.map_or(called, |account| account.zh.as_str()));
        let (number, fund_name) = self.funds.get(fund).copied().unwrap_or((0, fund.as_str()));
        format!("{root}:{code}-{name}:F{number}-{}", part(fund_name))
    }

    /// The commodities that are used, each with the name of its fund.
    fn commodities(&self) -> Vec<(String, &'a str)> {
        match self.by {
            By::Currency => vec![(self.chart.currency().to_owned(), "本位币")],
            By::Fund => {
                let mut funds: Vec<(u64, &'a str)> = self.funds.values().copied().collect();
                funds.sort_unstable();
                funds.into_iter().map(|(number, name)| (self.unit(number), name)).collect()
            }
        }
    }

    fn commodity(&self, fund: &FundId) -> String {
        match self.by {
            By::Currency => self.chart.currency().to_owned(),
            By::Fund => self.unit(self.number(fund)),
        }
    }

    /// `CNY` and the fund's number in letters: a digit would need quotes in hledger and ledger.
    fn unit(&self, number: u64) -> String {
        let mut rest = number;
        let mut letters = String::new();
        while let Some(place) = rest.checked_sub(1) {
            let letter = ('A'..='Z').zip(0..).find(|(_, digit)| *digit == place % 26);
            letters.insert(0, letter.map_or('A', |(letter, _)| letter));
            rest = place / 26;
        }
        format!("{}{letters}", self.chart.currency())
    }
}

/// A name as a part of an account: whatever beancount would not read there becomes `-`. Names that
/// become alike are kept apart by the code or number before them.
fn part(name: &str) -> String {
    name.chars().map(|c| if is_letter_or_digit(c) { c } else { '-' }).collect()
}

/// Letters and decimal digits, `\p{L}` and `\p{Nd}`, of the scripts that names here are written in.
/// `char::is_alphabetic` says more than that: to it 〇 is a letter, which beancount refuses.
fn is_letter_or_digit(c: char) -> bool {
    c.is_ascii_alphanumeric()
        || matches!(c,
            // Latin, Cyrillic, Arabic, Tibetan, Mongolian, Kana, Yi, Hangul, full-width forms
            'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ƿ'
            | '\u{0400}'..='\u{0481}' | '\u{048A}'..='\u{052F}'
            | '\u{0620}'..='\u{064A}' | '\u{0671}'..='\u{06D3}'
            | '\u{0F40}'..='\u{0F47}' | '\u{0F49}'..='\u{0F6C}' | '\u{1820}'..='\u{1878}'
            | '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}'
            | '\u{A000}'..='\u{A48C}' | '\u{AC00}'..='\u{D7A3}'
            | '０'..='９' | 'Ａ'..='Ｚ' | 'ａ'..='ｚ'
            // 々, and the ideographs as far as Unicode 10 knew them
            | '\u{3005}' | '\u{3400}'..='\u{4DB5}' | '\u{4E00}'..='\u{9FEA}'
            | '\u{20000}'..='\u{2A6D6}' | '\u{2A700}'..='\u{2B734}' | '\u{2B740}'..='\u{2B81D}'
            | '\u{2B820}'..='\u{2CEA1}' | '\u{2CEB0}'..='\u{2EBE0}')
}

/// What no format may hold inside a line: C0, DEL, C1 with NEL, the line and paragraph separators,
/// the byte order mark.
fn breaks_line(c: char) -> bool {
    c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Texts that some program read as something else than text.
    pub(super) const PAYLOADS: &[&str] = &[
        "一\n2026-01-01 * (V9) 多出来的\n    Assets:X:F1  1.00 CNY",
        "一\r2026-01-01 x",
        "一\u{85}二\u{2028}三\u{2029}四\u{7f}五\u{0}六\u{b}七\u{c}八\u{feff}九",
        "一; 二",
        "一 ; 二",
        "甲|乙",
        "* (V1) 甲",
        "! 甲",
        "(V1) 甲",
        "[2026-02-30]",
        "[2026-03-01] [=2026-03-01]",
        "date: 2026-03-01",
        "key:: 1/0",
        ":a:b:",
        "a: b, c: d",
        "https://example.org/x",
        "甲\u{3000}乙  丙\t丁",
        "\"甲\" \\n \\",
        "\\\"",
        "{甲}",
        "甲 @ 1.00 CNY = 5.00 CNY",
        "  两头  ",
    ];

    pub(super) fn hostile() -> impl Strategy<Value = String> {
        let piece = prop_oneof![
            proptest::sample::select(PAYLOADS).prop_map(str::to_owned),
            any::<char>().prop_map(String::from),
            Just(" ".to_owned()),
        ];
        proptest::collection::vec(piece, 0..6).prop_map(|pieces| pieces.concat())
    }

    #[test]
    fn a_name_keeps_its_letters_and_loses_what_beancount_does_not_read() {
        for (name, expected) in [
            ("银行存款", "银行存款"),
            ("银行（工行）", "银行-工行-"),
            ("银行、存款 102_a", "银行-存款-102-a"),
            ("二〇二六", "二-二六"),
            ("𠮷田\u{3000}基金", "𠮷田-基金"),
            ("", ""),
        ] {
            assert_eq!(part(name), expected);
        }
    }

    #[test]
    fn the_letters_of_funds_go_on_after_z() {
        let chart = Chart::built_in("cn-gonghui-2021").unwrap();
        let names =
            Names { chart: &chart, by: By::Fund, funds: BTreeMap::new(), unknown: BTreeMap::new() };
        for (number, expected) in [
            (1, "CNYA"),
            (26, "CNYZ"),
            (27, "CNYAA"),
            (52, "CNYAZ"),
            (53, "CNYBA"),
            (703, "CNYAAA"),
        ] {
            assert_eq!(names.unit(number), expected);
        }
    }

    proptest! {
        #[test]
        fn a_part_of_an_account_is_of_letters_digits_and_dashes(name in hostile()) {
            prop_assert!(part(&name).chars().all(|c| c == '-' || c.is_alphanumeric()));
            prop_assert_eq!(part(&name).chars().count(), name.chars().count());
        }
    }
}
