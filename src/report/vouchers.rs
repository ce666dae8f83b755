//! 记账凭证 The voucher with everything that the law wants on it: 填制日期, 编号, 摘要, 会计科目, 金额,
//! 附件张数, and who prepared, checked, entered and answers for it (会计基础工作规范, Art. 51).

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::{Ledger, Settled};
use super::bank_outstanding::drafted;
use super::books::Books;
use super::corrected::Summaries;
use super::{AccountName, Heading, Period, Words};
use crate::capitals::to_capitals;
use crate::chart::Use;
use crate::date::Day;
use crate::event::book::Role;
use crate::event::import::ImportKind;
use crate::event::{Entry, Fact, Recorded, Voucher, VoucherNumber};
use crate::ids::{AccountCode, Digest, FundId, OfficerId, Seq, StatementId};
use crate::lang::Lang;
use crate::money::Money;
use crate::projection::State;
use crate::projection::bank::Held;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Vouchers {
    pub heading: Heading,
    /// The voucher that was asked for, by its number or its record.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub of: Option<String>,
    /// By month and number.
    pub vouchers: Vec<Form>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Form {
    pub number: VoucherNumber,
    pub date: Day,
    pub seq: Seq,
    /// 摘要
    pub summary: Words,
    pub lines: Vec<FormLine>,
    pub debit: Money,
    pub credit: Money,
    /// 大写 Only of yuan. A red voucher's amount is spelled without its sign, and said to be red.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub capitals: Option<String>,
    /// 附件张数 Those of the record, of the request that it pays, and the line that it was made from.
    pub papers: usize,
    /// 原始凭证 What the voucher was made from, where that is a line of a file or of the bank's statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Source>,
    /// 冲销 The red voucher that took it back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reversed_by: Option<VoucherNumber>,
    pub signed: Signed,
}

/// 原始凭证 A line that a voucher was made from, and the record that says whose line it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// 导入的文件 `lines` as `7` or `7-9`.
    File { sha256: Digest, lines: String, seq: Seq },
    /// 银行对账单的行
    BankLine { statement: StatementId, line: u32, seq: Seq },
    /// 另一程序的凭证 A voucher of another program is what it says, and no document behind it: those stay
    /// where they were.
    Voucher { sha256: Digest, lines: String, seq: Seq },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct FormLine {
    /// 总账科目
    pub account: AccountName,
    /// 明细科目; none where the account has no level below.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<AccountName>,
    pub fund: FundId,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub debit: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credit: Option<Money>,
}

/// Whose names stand below a voucher, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Signed {
    /// 制单
    pub prepared: OfficerId,
    /// 审核
    pub reviewed: Option<OfficerId>,
    /// 记账
    pub posted: Option<OfficerId>,
    /// 出纳 Of cash and bank alone.
    pub cashier: Option<OfficerId>,
    /// 会计主管
    pub head: Option<OfficerId>,
}

/// One voucher, by its number or by its record.
#[must_use]
pub fn one(of: &Settled, ledger: Ledger<'_>) -> Vouchers {
    let asked = of.of.as_deref().unwrap_or_default();
    let number = VoucherNumber::parse(asked).ok();
    let seq = asked.parse().ok().map(Seq);
    let wanted = |seq_of: Seq, voucher: &Voucher| {
        number == Some(voucher.number) || (number.is_none() && seq == Some(seq_of))
    };
    let title = Words::new("凭证", "Voucher");
    let mut found = Vouchers { of: Some(asked.to_owned()), ..made(of, ledger, title, &wanted) };
    if let Some(form) = found.vouchers.first() {
        found.heading.period = Period::Month(form.date.month());
    }
    found
}

/// Every voucher of a period.
#[must_use]
pub fn all(of: &Settled, ledger: Ledger<'_>) -> Vouchers {
    let wanted = |_: Seq, voucher: &Voucher| of.period.contains(voucher.date.month());
    made(of, ledger, Words::new("本期凭证", "Vouchers of the period"), &wanted)
}

fn made(
    of: &Settled,
    ledger: Ledger<'_>,
    title: Words,
    wanted: &dyn Fn(Seq, &Voucher) -> bool,
) -> Vouchers {
    let books = Books { state: ledger.state, chart: ledger.chart };
    let mut writer = Writer { books, summaries: Summaries::of(ledger.state, ledger.chart) };
    let mut vouchers: Vec<Form> = Vec::new();
    ledger.records.each(&mut |record| {
        writer.summaries.pass(record);
        if let Some(voucher) = record.voucher.as_ref().filter(|found| wanted(record.seq, found)) {
            vouchers.push(writer.form(record, voucher));
        }
    });
    vouchers.sort_by_key(|form| form.number);
    Vouchers { heading: books.heading(title, "", of.period), of: None, vouchers }
}

struct Writer<'a> {
    books: Books<'a>,
    summaries: Summaries<'a>,
}

impl Writer<'_> {
    fn form(&self, record: &Recorded, voucher: &Voucher) -> Form {
        let Voucher { number, date, ref entries } = *voucher;
        let state = self.books.state;
        let column = |debits: bool| {
            Money::sum(entries.iter().filter_map(|entry| {
                let (debit, credit) = entry.side.columns();
                if debits { debit } else { credit }
            }))
        };
        let (debit, credit) = (column(true), column(false));
        let source = source(state, record);
        Form {
            number,
            date,
            seq: record.seq,
            summary: self.summaries.say(record),
            lines: entries.iter().map(|entry| self.line(entry)).collect(),
            debit,
            credit,
            capitals: self.capitals(debit),
            papers: papers(state, record, source.as_ref()),
            source,
            reversed_by: state.periods.reversal_of(record.seq).map(|found| found.red),
            signed: self.signed(record, voucher),
        }
    }

    fn line(&self, entry: &Entry) -> FormLine {
        let (debit, credit) = entry.side.columns();
        let named = |code: &AccountCode| {
            let of = |lang: Lang| {
                let found = self.books.chart.account(code).map(|account| account.name(lang));
                found.unwrap_or(entry.name.as_str()).to_owned()
            };
            AccountName { code: code.clone(), name: Words { zh: of(Lang::Zh), en: of(Lang::En) } }
        };
        let above = AccountCode::literal(entry.account.level_one());
        let has_level_below = above != entry.account;
        FormLine {
            account: named(&above),
            detail: has_level_below.then(|| named(&entry.account)),
            fund: entry.fund.clone(),
            debit,
            credit,
        }
    }

    fn capitals(&self, amount: Money) -> Option<String> {
        let currency = self.books.state.offices.ledger().map(|ledger| ledger.currency.as_str());
        if currency != Some("CNY") {
            return None;
        }
        let red = if amount.is_negative() { "(红字)" } else { "" };
        to_capitals(amount.abs()).ok().map(|spelled| format!("{red}人民币{spelled}"))
    }

    fn signed(&self, record: &Recorded, voucher: &Voucher) -> Signed {
        let (state, chart) = (self.books.state, self.books.chart);
        let tills = [Use::Cash, Use::Bank, Use::CustodialCash, Use::CustodialBank];
        let moves_money = |entry: &Entry| tills.iter().any(|of| chart.is_for(&entry.account, *of));
        let money = voucher.entries.iter().any(moves_money);
        let holder = |role: Role| holder(state, role, voucher.date, &record.actor);
        Signed {
            prepared: record.actor.clone(),
            reviewed: state.periods.reviewer(voucher.number).cloned(),
            posted: holder(Role::Accountant),
            cashier: if money { holder(Role::Cashier) } else { None },
            head: holder(Role::FinanceHead),
        }
    }
}

/// Who held an office on that day: whoever recorded, if he did, else the first by number.
fn holder(state: &State, role: Role, on: Day, actor: &OfficerId) -> Option<OfficerId> {
    let officers = state.offices.officers();
    let holding: Vec<&OfficerId> = officers
        .filter(|(_, officer)| officer.roles_on(on).contains(&role))
        .map(|(id, _)| id)
        .collect();
    let own = holding.iter().find(|id| **id == actor);
    own.or(holding.first()).map(|id| (*id).clone())
}

/// A voucher rests on its original documents, and says how many (会计基础工作规范 Art. 51(四)): the papers
/// that were added to it or to the request that it pays. What was made from a line has that line for its
/// document, for the file is in the book by its SHA-256 and can be no other one. One document may be behind
/// several vouchers, and then lies behind one, or as a copy behind each: bytes that are found by their hash
/// are at hand behind each of them, so that each counts one. A paper that was added is not counted twice.
fn papers(state: &State, record: &Recorded, source: Option<&Source>) -> usize {
    let added = state.papers.of(record.seq);
    let behind = match source {
        Some(Source::File { sha256, .. }) => added.iter().all(|paper| paper.sha256 != *sha256),
        Some(Source::BankLine { statement, .. }) => {
            let file = state.bank.statement(statement).map(|held| &held.statement.source);
            added.iter().all(|paper| Some(&paper.sha256) != file)
        }
        Some(Source::Voucher { .. }) | None => false,
    };
    let own = added.len().saturating_add(usize::from(behind));
    let Fact::DisbursementPaid(paid) = &record.fact else { return own };
    let request = state.disbursements.disbursement(&paid.disbursement);
    own.saturating_add(request.map_or(0, |found| state.papers.of(found.seq).len()))
}

/// What a voucher was made from, as the key of its command says; of a payment, the id of its request.
fn source(state: &State, record: &Recorded) -> Option<Source> {
    if let Some(lines) = record.lines() {
        let (sha256, kind, seq) = state.imports.behind(&lines, record.seq)?;
        let (sha256, lines) = (sha256.clone(), lines.to_string());
        return Some(match kind {
            ImportKind::Vouchers => Source::Voucher { sha256, lines, seq },
            ImportKind::Roster
            | ImportKind::DuesRoll
            | ImportKind::Payroll
            | ImportKind::BankStatement
            | ImportKind::TaxList
            | ImportKind::Entries => Source::File { sha256, lines, seq },
        });
    }
    let drafted_as = if let Fact::DisbursementPaid(paid) = &record.fact {
        paid.disbursement.as_str()
    } else {
        record.key.as_deref()?
    };
    let line: u32 = drafted_as.rsplit_once('-')?.1.parse().ok()?;
    let of_line = |held: &&Held| {
        let id = &held.statement.statement;
        line > 0 && line <= held.statement.lines && drafted(id, line) == drafted_as
    };
    let held = state.bank.statements().find(of_line)?;
    Some(Source::BankLine { statement: held.statement.statement.clone(), line, seq: held.seq })
}
