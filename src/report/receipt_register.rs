//! 票据登记簿 The register of receipts: each book of forms with what is used, void, left and passed over,
//! each form that was issued, and what came in without a form.

use std::collections::{BTreeMap, BTreeSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::Ledger;
use super::books::Books;
use super::{Heading, Period, Words};
use crate::date::{Day, FiscalYear, Month};
use crate::event::receipt::{Payer, ReceiptKind, ReceiptStock};
use crate::event::{Fact, Recorded, VoucherNumber};
use crate::ids::{MemberId, ReceiptStockId, Seq};
use crate::money::Money;
use crate::projection::State;
use crate::projection::receipt_stock::Stock;
use crate::rules::receiptable;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReceiptRegister {
    pub heading: Heading,
    /// 票据结存, as it stands after all records.
    pub books: Vec<Book>,
    /// 开具明细, of the period, in the order of the numbers.
    pub forms: Vec<Form>,
    /// 与凭证核对, of the vouchers of the period.
    pub kinds: Vec<Checked>,
    /// 未开票据 What came in within the period and is not receipted whole.
    pub without: Vec<Without>,
    /// 电子收据 Receipts that prove a payment, of the period, by year.
    pub proofs: Vec<Proofs>,
}

/// One book of forms: used, void, passed over and left are all its numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Book {
    pub stock: ReceiptStockId,
    pub kind: ReceiptKind,
    /// 字轨
    pub series: String,
    pub first: u64,
    pub last: u64,
    /// 领购日期
    pub on: Day,
    /// 份数
    pub numbers: u64,
    /// 已用
    pub used: u64,
    /// 作废
    pub void: u64,
    /// 断号份数
    pub passed_over: u64,
    /// 结存
    pub left: u64,
    /// 断号
    pub gaps: Vec<Gap>,
    /// 下一号 None where the book is at its end.
    pub next: Option<u64>,
    /// 已用票据金额
    pub amount: Money,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Gap {
    pub first: u64,
    pub last: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Form {
    pub stock: ReceiptStockId,
    pub number: u64,
    /// The day it was issued, or spoiled.
    pub on: Day,
    /// The record of the money, with its voucher; none of a spoiled form.
    pub of: Option<Seq>,
    pub voucher: Option<VoucherNumber>,
    pub payer: Option<Payer>,
    /// 所属期 The first and the last month that were paid for; none of a spoiled form, and of money that is
    /// of no month.
    pub months: Option<(Month, Month)>,
    pub amount: Money,
    pub standing: Standing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// 已用
    Used,
    /// 作废
    Void,
    /// 应作废 The payment was reversed, and the form is still out.
    ToBeVoided,
}

/// The forms of one kind beside the vouchers that they are for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Checked {
    pub kind: ReceiptKind,
    /// 凭证张数 Vouchers that forms of this kind are for, those that were reversed left out.
    pub vouchers: u32,
    /// 收款合计
    pub received: Money,
    /// 已开票据 Of these vouchers, by the forms that stand.
    pub receipted: Money,
    /// 未开票据
    pub not_receipted: Money,
    /// 票据合计 All forms that stand for a voucher of the period, whether it was reversed or not.
    pub forms: Money,
    /// Whether the forms are what the vouchers are receipted for.
    pub agrees: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Without {
    pub kind: ReceiptKind,
    pub seq: Seq,
    pub voucher: Option<VoucherNumber>,
    pub amount: Money,
    pub receipted: Money,
}

/// 收-2026-0001 and those after it: numbers without a gap, by the rules.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Proofs {
    pub year: FiscalYear,
    pub first: String,
    pub last: String,
    pub issued: u32,
    /// 作废 The payment was reversed.
    pub void: u32,
    /// Of those that stand.
    pub amount: Money,
}

impl ReceiptRegister {
    /// The members whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<MemberId> {
        let member = |form: &Form| {
            if let Some(Payer::Member(member)) = &form.payer { Some(member.clone()) } else { None }
        };
        self.forms.iter().filter_map(member).collect()
    }
}

/// What came in by one record that forms are for.
struct Income {
    kind: ReceiptKind,
    seq: Seq,
    voucher: Option<VoucherNumber>,
    amount: Money,
}

/// A record of money that forms are for.
struct Paid {
    voucher: VoucherNumber,
    fact: Fact,
}

#[must_use]
pub fn report(ledger: Ledger<'_>, period: Period) -> ReceiptRegister {
    let Ledger { state, chart, records } = ledger;
    let mut income: Vec<Income> = Vec::new();
    let mut paid: BTreeMap<Seq, Paid> = BTreeMap::new();
    records.each(&mut |record: &Recorded| {
        let Some(voucher) = &record.voucher else { return };
        let of = |kind: ReceiptKind| Some((kind, receiptable(&record.fact, kind)?));
        let Some((kind, amount)) = ReceiptKind::ALL.into_iter().find_map(of) else { return };
        paid.insert(record.seq, Paid { voucher: voucher.number, fact: record.fact.clone() });
        if period.contains(voucher.date.month()) {
            let (seq, voucher) = (record.seq, Some(voucher.number));
            income.push(Income { kind, seq, voucher, amount });
        }
    });
    let is_reversed = |seq: Seq| state.periods.reversal_of(seq).is_some();
    let stands = |income: &&Income| !is_reversed(income.seq);
    let without = |income: &Income| {
        let Income { kind, seq, voucher, amount } = *income;
        let receipted = state.receipt_stock.receipted(seq);
        (receipted < amount).then_some(Without { kind, seq, voucher, amount, receipted })
    };
    let heading = Words::new("票据登记簿", "Register of receipts");
    ReceiptRegister {
        heading: Books { state, chart }.heading(heading, "", period),
        books: state.receipt_stock.stocks().map(book).collect(),
        forms: forms(state, period, &paid),
        kinds: ReceiptKind::ALL.map(|kind| checked(state, kind, &income)).into(),
        without: income.iter().filter(stands).filter_map(without).collect(),
        proofs: proofs(state, period),
    }
}

fn book(of: &Stock) -> Book {
    let ReceiptStock { stock, kind, series, first, last, on } = of.stock.clone();
    let count = |forms: usize| u64::try_from(forms).unwrap_or(u64::MAX);
    let standing = || of.forms().filter_map(|(_, form)| form.stands());
    let numbers = span(first, last);
    let forms = count(of.forms().count());
    let used = count(standing().count());
    let gaps: Vec<Gap> = of.gaps().into_iter().map(|(first, last)| Gap { first, last }).collect();
    let passed_over = gaps.iter().map(|gap| span(gap.first, gap.last)).fold(0, u64::saturating_add);
    Book {
        stock,
        kind,
        series: series.as_str().to_owned(),
        first,
        last,
        on,
        numbers,
        used,
        void: forms.saturating_sub(used),
        passed_over,
        left: numbers.saturating_sub(forms).saturating_sub(passed_over),
        gaps,
        next: of.next(),
        amount: Money::sum(standing().map(|receipt| receipt.amount)),
    }
}

fn span(first: u64, last: u64) -> u64 {
    last.saturating_sub(first).saturating_add(1)
}

fn forms(state: &State, period: Period, paid: &BTreeMap<Seq, Paid>) -> Vec<Form> {
    let mut all = Vec::new();
    for stock in state.receipt_stock.stocks() {
        for (number, form) in stock.forms() {
            let issued = form.issued.as_ref().map(|(_, receipt)| receipt);
            let spoiled = form.voided.as_ref().map(|(_, void)| void.on);
            let Some(on) = issued.map(|receipt| receipt.on).or(spoiled) else { continue };
            if !period.contains(on.month()) {
                continue;
            }
            let of = issued.map(|receipt| receipt.of);
            let receipted = of.and_then(|of| paid.get(&of));
            let payer = issued.map(|receipt| receipt.payer.clone());
            let standing = match (form.stands(), of) {
                (Some(_), Some(of)) if state.periods.reversal_of(of).is_some() => {
                    Standing::ToBeVoided
                }
                (Some(_), _) => Standing::Used,
                (None, _) => Standing::Void,
            };
            all.push(Form {
                stock: stock.stock.stock.clone(),
                number,
                on,
                of,
                voucher: receipted.map(|paid| paid.voucher),
                months: receipted.zip(payer.as_ref()).and_then(|(paid, by)| months(paid, by)),
                payer,
                amount: issued.map(|receipt| receipt.amount).unwrap_or_default(),
                standing,
            });
        }
    }
    all
}

/// 所属期 Of dues the months that this payer paid for, of a group all of them; of the allocation its month.
fn months(paid: &Paid, by: &Payer) -> Option<(Month, Month)> {
    if let Fact::DuesReceived(f) = &paid.fact {
        let own = f.lines.iter().filter(|line| match by {
            Payer::Member(member) => line.member == *member,
            Payer::Organisation(_) => true,
        });
        let months: BTreeSet<Month> = own.map(|line| line.month).collect();
        return months.first().copied().zip(months.last().copied());
    }
    let Fact::AllocationReceived(f) = &paid.fact else { return None };
    Some((f.month, f.month))
}

fn checked(state: &State, kind: ReceiptKind, income: &[Income]) -> Checked {
    let of_kind = || income.iter().filter(|one| one.kind == kind);
    let stands = |one: &&Income| state.periods.reversal_of(one.seq).is_none();
    let receipted_by = |one: &Income| state.receipt_stock.receipted(one.seq);
    let received = Money::sum(of_kind().filter(stands).map(|one| one.amount));
    let receipted = Money::sum(of_kind().filter(stands).map(receipted_by));
    let forms = Money::sum(of_kind().map(receipted_by));
    Checked {
        kind,
        vouchers: u32::try_from(of_kind().filter(stands).count()).unwrap_or(u32::MAX),
        received,
        receipted,
        not_receipted: received.minus(receipted),
        forms,
        agrees: forms == receipted,
    }
}

fn proofs(state: &State, period: Period) -> Vec<Proofs> {
    let mut years: BTreeMap<FiscalYear, Proofs> = BTreeMap::new();
    let within = |date: Day| period.contains(date.month());
    for issued in state.receipts.issued().filter(|issued| within(issued.receipt.date)) {
        let (number, amount) = (issued.receipt.number, issued.receipt.amount);
        let line = years.entry(number.year).or_insert_with(|| Proofs {
            year: number.year,
            first: number.to_string(),
            last: String::new(),
            issued: 0,
            void: 0,
            amount: Money::ZERO,
        });
        line.last = number.to_string();
        line.issued = line.issued.saturating_add(1);
        if issued.is_void {
            line.void = line.void.saturating_add(1);
        } else {
            line.amount = line.amount.plus(amount);
        }
    }
    years.into_values().collect()
}
