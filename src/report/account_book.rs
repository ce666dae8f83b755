//! 账簿 The books of account: 总账, 明细账, 现金日记账, 银行存款日记账 (会计基础工作规范, Art. 56–63).
//!
//! The entries come from the records one by one and in the order of their days; what stood before
//! the period, and the year's turnover before it, come from the state. So a book keeps in memory what
//! it shows, and no more. The general ledger shows no entries and needs no records.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{Ledger, Settled};
use super::books::{Books, When};
use super::corrected::Summaries;
use super::trial_balance::By;
use super::{AccountName, Heading, Words};
use crate::chart::Use;
use crate::date::{Day, Month};
use crate::event::book::Role;
use crate::event::{Entry, Fact, Recorded, VoucherNumber};
use crate::ids::{AccountCode, FundId, OfficerId, Seq};
use crate::money::Money;
use crate::projection::accounts::{Kind, Posted, Turnover};
use crate::projection::reverses;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct AccountBook {
    pub heading: Heading,
    pub book: Which,
    /// 记账人 Who keeps it on the period's last day: the cashier a journal, the accountant a ledger.
    pub kept_by: Vec<OfficerId>,
    /// By fund, where that was asked for, and by account; pages of nothing are left out.
    pub pages: Vec<Page>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Which {
    /// 总账: first-level accounts, month by month.
    GeneralLedger,
    /// 明细账: every entry of an account.
    Ledger,
    /// 现金日记账, with 本日合计.
    CashJournal,
    /// 银行存款日记账
    BankJournal,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Page {
    pub account: AccountName,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fund: Option<FundId>,
    pub rows: Vec<Row>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Row {
    pub kind: RowKind,
    /// Of an entry its own day, else the last one that the row is about.
    pub date: Day,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub voucher: Option<VoucherNumber>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<Seq>,
    /// 摘要
    pub summary: Words,
    /// 对方科目 In a journal, the accounts on the other side of the entries that it balances with.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub contra: Vec<AccountName>,
    pub debit: Money,
    pub credit: Money,
    pub side: Standing,
    /// 余额, never negative: its side says where it stands.
    pub balance: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RowKind {
    /// 期初余额 or 上年结转
    Brought,
    Entry,
    /// 本日合计
    Day,
    /// 本月合计
    Month,
    /// 本年累计
    YearToDate,
    /// 结转下年
    Carried,
}

/// 方向 On which side a balance stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 借
    Debit,
    /// 贷
    Credit,
    /// 平
    Nil,
}

type Key = (Option<FundId>, AccountCode);

/// One account of the book, before its rows are written.
#[derive(Default)]
struct Account {
    opening: Money,
    /// Of the year in which the period begins, before the period.
    year_before: Turnover,
    /// By month, of the state; the general ledger shows nothing else.
    months: BTreeMap<Month, Turnover>,
    entries: BTreeMap<Month, Vec<Posting>>,
}

/// One entry, by its place in the order of the book.
struct Posting {
    date: Day,
    seq: Seq,
    voucher: VoucherNumber,
    summary: Words,
    contra: Vec<AccountName>,
    turnover: Turnover,
}

#[must_use]
pub fn report(which: Which, of: &Settled, ledger: Ledger<'_>) -> AccountBook {
    let books = Books { state: ledger.state, chart: ledger.chart };
    let starts = books.state.offices.ledger().map(|ledger| ledger.starts);
    // A book has no page, and no opening balance, of months before it begins.
    let is_kept = |month: &Month| starts.is_none_or(|starts| *month >= starts.month());
    let months: Vec<Month> = books.months(of.period).into_iter().filter(is_kept).collect();
    let asked = Asked { which, of, books, first: months.first().copied() };
    let mut accounts = asked.of_the_state();
    if which != Which::GeneralLedger {
        asked.of_the_records(ledger, &mut accounts);
    }
    let page = |((fund, account), posted): (Key, Account)| {
        let rows = asked.rows(&months, posted)?;
        Some(Page { account: books.name(&account), fund, rows })
    };
    AccountBook {
        heading: books.heading(which.title(), "", of.period),
        book: which,
        kept_by: asked.keepers(months.last().copied()),
        pages: accounts.into_iter().filter_map(page).collect(),
    }
}

impl Which {
    fn title(self) -> Words {
        match self {
            Which::GeneralLedger => Words::new("总账", "General ledger"),
            Which::Ledger => Words::new("明细账", "Ledger of accounts"),
            Which::CashJournal => Words::new("现金日记账", "Cash journal"),
            Which::BankJournal => Words::new("银行存款日记账", "Bank journal"),
        }
    }

    fn is_journal(self) -> bool {
        matches!(self, Which::CashJournal | Which::BankJournal)
    }
}

struct Asked<'a> {
    which: Which,
    of: &'a Settled,
    books: Books<'a>,
    /// The first month that is shown.
    first: Option<Month>,
}

impl Asked<'_> {
    /// The page on which an account's entries of a fund stand; none where it was not asked for.
    fn page(&self, fund: &FundId, account: &AccountCode) -> Option<Key> {
        let chart = self.books.chart;
        let is_for = |uses: [Use; 2]| uses.into_iter().any(|of| chart.is_for(account, of));
        let of_this_book = match self.which {
            Which::GeneralLedger | Which::Ledger => true,
            Which::CashJournal => is_for([Use::Cash, Use::CustodialCash]),
            Which::BankJournal => is_for([Use::Bank, Use::CustodialBank]),
        };
        let asked = self.of.of.as_deref().is_none_or(|of| account.as_str().starts_with(of));
        if !of_this_book || !asked {
            return None;
        }
        let fund = match self.of.by {
            By::Account => None,
            By::Fund => Some(fund.clone()),
        };
        Some(match self.which {
            Which::GeneralLedger => (fund, AccountCode::literal(account.level_one())),
            Which::Ledger | Which::CashJournal | Which::BankJournal => (fund, account.clone()),
        })
    }

    fn of_the_state(&self) -> BTreeMap<Key, Account> {
        let mut accounts: BTreeMap<Key, Account> = BTreeMap::new();
        for posted in self.books.turnovers() {
            let Some(key) = self.page(posted.fund, posted.account) else { continue };
            let account = accounts.entry(key).or_default();
            match self.books.when(self.of.period, &posted) {
                When::Before => {
                    account.opening = account.opening.plus(posted.turnover.balance());
                    if self.is_of_the_same_year(&posted) {
                        account.year_before = account.year_before.plus(posted.turnover);
                    }
                }
                When::Within => {
                    let month = account.months.entry(posted.month).or_default();
                    *month = month.plus(posted.turnover);
                }
                When::After => {}
            }
        }
        accounts
    }

    /// Whether it is turnover of the year in which the period begins: what a book began with is none,
    /// but for income and expenditure of that year.
    fn is_of_the_same_year(&self, posted: &Posted<'_>) -> bool {
        let brought_in = posted.kind == Kind::Opening && self.books.is_of_the_first_year(posted);
        let counts = !brought_in || self.books.is_taken_over(posted);
        counts && self.first.is_some_and(|first| first.year() == posted.month.year())
    }

    fn of_the_records(&self, ledger: Ledger<'_>, accounts: &mut BTreeMap<Key, Account>) {
        let mut openings: BTreeSet<Seq> = BTreeSet::new();
        let mut summaries = Summaries::of(ledger.state, ledger.chart);
        ledger.records.each(&mut |record| {
            summaries.pass(record);
            let opens = matches!(record.fact, Fact::OpeningRecorded(_))
                || reverses(&record.fact).is_some_and(|seq| openings.contains(&seq));
            if opens {
                openings.insert(record.seq);
            }
            let kind = if opens { Kind::Opening } else { Kind::Ordinary };
            self.take(record, kind, &summaries, accounts);
        });
    }

    fn take(
        &self,
        record: &Recorded,
        kind: Kind,
        summaries: &Summaries<'_>,
        accounts: &mut BTreeMap<Key, Account>,
    ) {
        let Some(voucher) = &record.voucher else { return };
        let month = voucher.date.month();
        for entry in &voucher.entries {
            let Entry { account, fund, side, .. } = entry;
            let (debit, credit) = side.columns();
            let turnover =
                Turnover { debit: debit.unwrap_or_default(), credit: credit.unwrap_or_default() };
            let posted = Posted { fund, account, month, kind, turnover };
            if self.books.when(self.of.period, &posted) != When::Within {
                continue;
            }
            let Some(key) = self.page(fund, account) else { continue };
            let contra = if self.which.is_journal() {
                self.contra(entry, &voucher.entries)
            } else {
                Vec::new()
            };
            let posting = Posting {
                date: voucher.date,
                seq: record.seq,
                voucher: voucher.number,
                summary: summaries.say(record),
                contra,
                turnover,
            };
            accounts.entry(key).or_default().entries.entry(month).or_default().push(posting);
        }
    }

    /// The accounts on the other side of its pair, each once.
    fn contra(&self, of: &Entry, entries: &[Entry]) -> Vec<AccountName> {
        let pair = balancing(of, entries);
        let others = pair.into_iter().filter(|entry| is_debit(entry) != is_debit(of));
        let codes: BTreeSet<&AccountCode> = others.map(|entry| &entry.account).collect();
        codes.into_iter().map(|code| self.books.name(code)).collect()
    }

    /// `None` where nothing stood and nothing moved.
    fn rows(&self, months: &[Month], account: Account) -> Option<Vec<Row>> {
        let first = months.first()?;
        let Account { opening, year_before, months: by_month, mut entries } = account;
        let mut page = Writer { rows: Vec::new(), balance: opening };
        let starts = self.books.state.offices.ledger().map(|ledger| ledger.starts);
        let began = starts.is_some_and(|starts| starts.month() < *first);
        let from_last_year = first.number() == 1 && began;
        let brought =
            if from_last_year { last_year() } else { Words::new("期初余额", "Opening") };
        let on = starts.map_or(first.first_day(), |starts| starts.max(first.first_day()));
        page.total(RowKind::Brought, on, brought, Turnover::default());
        let mut year = year_before;
        for month in months {
            if month.number() == 1 && month != first {
                year = Turnover::default();
                if !page.balance.is_zero() {
                    let day = month.first_day();
                    page.total(RowKind::Brought, day, last_year(), Turnover::default());
                }
            }
            let posted = by_month.get(month).copied();
            let moved = if self.which == Which::GeneralLedger {
                page.balance = page.balance.plus(posted.unwrap_or_default().balance());
                posted
            } else {
                let of_month = entries.remove(month);
                of_month.map(|postings| page.entries(postings, self.which == Which::CashJournal))
            };
            if let Some(moved) = moved {
                year = year.plus(moved);
                let (day, total) = (month.last_day(), Words::new("本月合计", "Month"));
                page.total(RowKind::Month, day, total, moved);
                let so_far = Words::new("本年累计", "Year to date");
                page.total(RowKind::YearToDate, day, so_far, year);
            }
            let closed = self.books.state.periods.year_is_closed(month.year());
            if month.is_last_of_year() && closed && !page.balance.is_zero() {
                let next = Words::new("结转下年", "Carried to next year");
                page.total(RowKind::Carried, month.last_day(), next, Turnover::default());
            }
        }
        let something = page.rows.len() > 1 || !opening.is_zero();
        something.then_some(page.rows)
    }

    /// Whoever holds the office on the last day of the last month.
    fn keepers(&self, last: Option<Month>) -> Vec<OfficerId> {
        let role = if self.which.is_journal() { Role::Cashier } else { Role::Accountant };
        let Some(on) = last.map(Month::last_day) else { return Vec::new() };
        let officers = self.books.state.offices.officers();
        let holding = officers.filter(|(_, officer)| officer.roles_on(on).contains(&role));
        holding.map(|(id, _)| id.clone()).collect()
    }
}

fn is_debit(entry: &Entry) -> bool {
    entry.side.columns().0.is_some()
}

/// The entries that one balances with: one voucher can be several pairs, as a payment (507/102) for
/// what then stands against 资产基金 (162/301), and the bank has nothing to do with the second.
fn balancing<'e>(of: &Entry, entries: &'e [Entry]) -> Vec<&'e Entry> {
    let (mut pair, mut open) = (Vec::new(), Money::ZERO);
    for entry in entries.iter().filter(|entry| entry.fund == of.fund) {
        open = open.plus(entry.side.balance());
        pair.push(entry);
        let two_sided = pair.iter().any(|e| is_debit(e)) && pair.iter().any(|e| !is_debit(e));
        if open.is_zero() && two_sided {
            if pair.iter().any(|e| std::ptr::eq(*e, of)) {
                return pair;
            }
            pair.clear();
        }
    }
    pair
}

fn last_year() -> Words {
    Words::new("上年结转", "Brought from last year")
}

/// Writes the rows of a page, one below the other.
struct Writer {
    rows: Vec<Row>,
    /// Debit less credit.
    balance: Money,
}

impl Writer {
    /// The entries of a month in the order of their days, and what they add up to.
    fn entries(&mut self, mut postings: Vec<Posting>, with_days: bool) -> Turnover {
        // One day's entries stand as they were recorded.
        postings.sort_by_key(|posting| (posting.date, posting.seq));
        let (mut month, mut day) = (Turnover::default(), Turnover::default());
        let mut postings = postings.into_iter().peekable();
        while let Some(posting) = postings.next() {
            let Posting { date, seq, voucher, summary, contra, turnover } = posting;
            (month, day) = (month.plus(turnover), day.plus(turnover));
            self.balance = self.balance.plus(turnover.balance());
            self.total(RowKind::Entry, date, summary, turnover);
            if let Some(row) = self.rows.last_mut() {
                (row.voucher, row.seq, row.contra) = (Some(voucher), Some(seq), contra);
            }
            if postings.peek().is_none_or(|next| next.date != date) {
                if with_days {
                    self.total(RowKind::Day, date, Words::new("本日合计", "Day"), day);
                }
                day = Turnover::default();
            }
        }
        month
    }

    fn total(&mut self, kind: RowKind, date: Day, summary: Words, of: Turnover) {
        let side = if self.balance.is_zero() {
            Standing::Nil
        } else if self.balance.is_negative() {
            Standing::Credit
        } else {
            Standing::Debit
        };
        self.rows.push(Row {
            kind,
            date,
            voucher: None,
            seq: None,
            summary,
            contra: Vec::new(),
            debit: of.debit,
            credit: of.credit,
            side,
            balance: self.balance.abs(),
        });
    }
}
