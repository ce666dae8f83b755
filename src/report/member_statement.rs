//! 会员对账单 One member's own: what he owed and paid month by month, what he was let off and given back,
//! his receipts and what he was paid, each with its record, so that he can ask for a proof of it.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use super::asked::Ledger;
use super::books::Books;
use super::{Heading, Period, Words};
use crate::date::{Day, Month};
use crate::event::disbursement::Payee;
use crate::event::receipt::Payer;
use crate::event::welfare::Beneficiary;
use crate::event::{Fact, Recorded, VoucherNumber};
use crate::ids::{DisbursementId, MemberId, Seq};
use crate::money::Money;
use crate::projection::State;
use crate::projection::disbursements::Standing;
use crate::projection::welfare::{Claim, List};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MemberStatement {
    pub heading: Heading,
    /// Of whom it was asked for.
    pub asked: Option<String>,
    /// None where there is no such member.
    pub statement: Option<OfMember>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct OfMember {
    pub member: MemberId,
    /// 入会日期 of the present membership, or the last one.
    pub joined: Day,
    pub left: Option<Day>,
    /// 会费, month by month of the period.
    pub months: Vec<MonthLine>,
    pub total: Sums,
    /// Months of which nothing can be said, for no base or no rule is set.
    pub months_not_assessed: Vec<Month>,
    /// 缴退明细 Every record of these months, and those of the period, in the order of the book.
    pub records: Vec<Movement>,
    /// 收据 of the period
    pub receipts: Vec<ReceiptLine>,
    /// 领取 What was paid to the member in the period.
    pub benefits: Vec<Benefit>,
    pub benefits_total: Money,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MonthLine {
    pub month: Month,
    #[serde(flatten)]
    pub sums: Sums,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, JsonSchema)]
pub struct Sums {
    /// 应缴
    pub due: Money,
    /// 减免
    pub waived: Money,
    /// 实缴, less what was given back
    pub paid: Money,
    /// 欠缴
    pub arrears: Money,
}

/// What one record says of one month.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Movement {
    pub seq: Seq,
    pub voucher: Option<VoucherNumber>,
    pub date: Day,
    pub what: What,
    pub month: Month,
    pub amount: Money,
    /// 已冲销 The record that took it back.
    pub reversed_by: Option<Seq>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// 缴费
    Paid,
    /// 退费
    Refunded,
    /// 减免
    Waived,
    /// 撤销减免
    WaiverCancelled,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReceiptLine {
    pub seq: Seq,
    pub date: Day,
    /// 收据号, or the book of forms and the number printed on it.
    pub number: String,
    /// The record of the payment.
    pub payment: Seq,
    pub amount: Money,
    /// 作废
    pub void: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Benefit {
    /// The record of the payment; of goods, that by which they left the stock.
    pub seq: Seq,
    pub date: Day,
    /// None of goods that a visit brought out of stock.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disbursement: Option<DisbursementId>,
    /// 事项 What it is given for; of a payment without a list its account.
    pub what: Words,
    pub amount: Money,
    /// 签收日期 None where no list says so.
    pub signed: Option<Day>,
    /// 未领 What the member never came for; it is not in the total.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unclaimed: Option<Day>,
    /// 已退回 When the money of those who never came was back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub returned: Option<Day>,
}

impl MemberStatement {
    /// The member whom it names.
    #[must_use]
    pub fn named(&self) -> BTreeSet<MemberId> {
        self.statement.iter().map(|of| of.member.clone()).collect()
    }
}

#[must_use]
pub fn report(ledger: Ledger<'_>, period: Period, asked: Option<&str>) -> MemberStatement {
    let Ledger { state, chart, .. } = ledger;
    let title = Words::new("会员对账单", "A member's own statement");
    let id = asked.and_then(|asked| MemberId::parse(asked).ok());
    MemberStatement {
        heading: Books { state, chart }.heading(title, "", period),
        asked: asked.map(str::to_owned),
        statement: id.and_then(|id| of_member(ledger, period, id)),
    }
}

fn of_member(ledger: Ledger<'_>, period: Period, id: MemberId) -> Option<OfMember> {
    let Ledger { state, chart, records } = ledger;
    let books = Books { state, chart };
    let member = state.members.member(&id)?;
    let (mut months, mut total, mut not_assessed) = (Vec::new(), Sums::default(), Vec::new());
    for month in books.months(period) {
        if !member.owes_in(month) && member.paid_for(month).is_zero() {
            continue;
        }
        match state.dues_owed(&id, month) {
            None => not_assessed.push(month),
            Some(owed) => {
                let arrears = owed.arrears();
                let sums = Sums { due: owed.due, waived: owed.waived, paid: owed.paid, arrears };
                total = total.plus(sums);
                months.push(MonthLine { month, sums });
            }
        }
    }
    let mut found = Found { id: &id, state, period, cancelled: Vec::new(), movements: Vec::new() };
    records.each(&mut |record| found.take(record));
    let benefits = benefits(books, period, &id);
    Some(OfMember {
        joined: member.joined,
        left: member.left.map(|(day, _)| day),
        months,
        total,
        months_not_assessed: not_assessed,
        records: found.movements,
        receipts: receipts(state, period, &id),
        benefits_total: Money::sum(
            benefits.iter().filter(|line| line.unclaimed.is_none()).map(|line| line.amount),
        ),
        benefits,
        member: id,
    })
}

impl Sums {
    fn plus(self, other: Sums) -> Sums {
        Sums {
            due: self.due.plus(other.due),
            waived: self.waived.plus(other.waived),
            paid: self.paid.plus(other.paid),
            arrears: self.arrears.plus(other.arrears),
        }
    }
}

/// What the records say of one member's dues.
struct Found<'a> {
    id: &'a MemberId,
    state: &'a State,
    period: Period,
    /// What was waived, by its record, for those who cancel it.
    cancelled: Vec<(Seq, Vec<(Month, Money)>)>,
    movements: Vec<Movement>,
}

impl Found<'_> {
    fn take(&mut self, record: &Recorded) {
        if let Fact::DuesReceived(f) = &record.fact {
            let own = f.lines.iter().filter(|line| line.member == *self.id);
            self.add(record, f.date, What::Paid, own.map(|line| (line.month, line.amount)));
        } else if let Fact::DuesRefunded(f) = &record.fact {
            let own = f.lines.iter().filter(|line| line.member == *self.id);
            self.add(record, f.date, What::Refunded, own.map(|line| (line.month, line.amount)));
        } else if let Fact::DuesWaived(f) = &record.fact
            && f.member == *self.id
        {
            let lines: Vec<(Month, Money)> =
                f.lines.iter().map(|line| (line.month, line.amount)).collect();
            self.add(record, f.on, What::Waived, lines.iter().copied());
            self.cancelled.push((record.seq, lines));
        } else if let Fact::DuesWaiverCancelled(f) = &record.fact
            && f.member == *self.id
        {
            let waived = self.cancelled.iter().find(|(seq, _)| *seq == f.waiver);
            let lines = waived.map(|(_, lines)| lines.clone()).unwrap_or_default();
            self.add(record, f.on, What::WaiverCancelled, lines.into_iter());
        }
    }

    fn add(
        &mut self,
        record: &Recorded,
        date: Day,
        what: What,
        lines: impl Iterator<Item = (Month, Money)>,
    ) {
        let reversed_by = self.state.periods.reversal_of(record.seq).map(|reversed| reversed.by);
        let voucher = record.voucher.as_ref().map(|voucher| voucher.number);
        let period = self.period;
        let within = |month: Month| period.contains(month) || period.contains(date.month());
        self.movements.extend(lines.filter(|(month, _)| within(*month)).map(|(month, amount)| {
            Movement { seq: record.seq, voucher, date, what, month, amount, reversed_by }
        }));
    }
}

fn receipts(state: &State, period: Period, id: &MemberId) -> Vec<ReceiptLine> {
    let mut all = Vec::new();
    for issued in state.receipts.issued().filter(|issued| issued.receipt.member == *id) {
        let receipt = &issued.receipt;
        all.push(ReceiptLine {
            seq: issued.seq,
            date: receipt.date,
            number: receipt.number.to_string(),
            payment: receipt.payment,
            amount: receipt.amount,
            void: issued.is_void,
        });
    }
    for stock in state.receipt_stock.stocks() {
        for (number, form) in stock.forms() {
            let Some((seq, receipt)) = &form.issued else { continue };
            if !matches!(&receipt.payer, Payer::Member(payer) if payer == id) {
                continue;
            }
            all.push(ReceiptLine {
                seq: *seq,
                date: receipt.on,
                number: format!("{} {number}", stock.stock.stock),
                payment: receipt.of,
                amount: receipt.amount,
                void: form.voided.is_some(),
            });
        }
    }
    all.retain(|line| period.contains(line.date.month()));
    all.sort_by_key(|line| line.seq);
    all
}

/// 未领 What was paid for the member, who never came for it.
fn left<'a>(books: Books<'a>, to: &'a Beneficiary) -> impl Iterator<Item = Benefit> + 'a {
    let state = books.state;
    let own = move |(id, list): (&'a DisbursementId, &'a List)| {
        let disbursement = state.disbursements.disbursement(id)?;
        let Standing::Paid { seq, on, .. } = disbursement.standing else { return None };
        let item = state.welfare.item(&list.item)?;
        let (_, got) = list.shares.iter().find(|(name, _)| state.person(name) == *to)?;
        let Claim::Unclaimed(day) = got.claim else { return None };
        Some(Benefit {
            seq,
            date: on,
            disbursement: Some(id.clone()),
            what: Words::new(item.name.as_str(), item.name.as_str()),
            amount: got.amount,
            signed: None,
            unclaimed: Some(day),
            returned: list.returned.map(|back| back.on),
        })
    };
    state.welfare.lists().filter_map(own)
}

/// What lists say that the member got, what they say that he left, goods that visits brought him, and payments without a
/// list that were made to him alone.
fn benefits(books: Books<'_>, period: Period, id: &MemberId) -> Vec<Benefit> {
    let state = books.state;
    let disbursements = &state.disbursements;
    let to = Beneficiary::Member(id.clone());
    let mut all: Vec<Benefit> = state
        .given(&to)
        .filter_map(|given| {
            let standing = &disbursements.disbursement(given.disbursement)?.standing;
            let Standing::Paid { seq, on, .. } = standing else { return None };
            let item = state.welfare.item(&given.list.item)?;
            let signed = if let Claim::Signed(day) = given.got.claim { Some(day) } else { None };
            Some(Benefit {
                seq: *seq,
                date: *on,
                disbursement: Some(given.disbursement.clone()),
                what: Words::new(item.name.as_str(), item.name.as_str()),
                amount: given.got.amount,
                signed,
                unclaimed: None,
                returned: None,
            })
        })
        .collect();
    all.extend(left(books, &to));
    all.extend(state.visits.with_goods(&state.names_of(&to)).map(|(visit, goods)| Benefit {
        seq: goods.issue,
        date: visit.date,
        disbursement: None,
        what: Words::new("走访慰问品", "Goods of a visit"),
        amount: visit.cost,
        signed: None,
        unclaimed: None,
        returned: None,
    }));
    for paid in disbursements.disbursements() {
        let request = &paid.request;
        let alone = matches!(&request.payee, Payee::Member(member) if member == id);
        let listed = state.welfare.list_of(&request.disbursement).is_some();
        if let (Standing::Paid { seq, on, .. }, true, false) = (&paid.standing, alone, listed) {
            all.push(Benefit {
                seq: *seq,
                date: *on,
                disbursement: Some(request.disbursement.clone()),
                what: books.name(&request.account).name,
                amount: request.amount,
                signed: None,
                unclaimed: None,
                returned: None,
            });
        }
    }
    all.retain(|benefit| period.contains(benefit.date.month()));
    all.sort_by_key(|benefit| benefit.seq);
    all
}
