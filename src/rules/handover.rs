//! Handing an office over 会计工作交接: what is found is held against what the book says, and a third
//! watches (会计基础工作规范 Art. 25 to 35).

use super::{Context, Refusal};
use crate::chart::Use;
use crate::date::Day;
use crate::event::book::Role;
use crate::event::office::{HandedItem, Handover, HandoverFigures, HandoverListed, RecordHandover};
use crate::event::{Entry, Fact, Till, VoucherNumber};
use crate::ids::{OfficerId, Seq};

/// So many lines of 200 characters fit into one record.
const LINES_MAX: usize = 4;

pub(super) fn record(context: &Context<'_>, asked: &RecordHandover) -> Result<Vec<Fact>, Refusal> {
    let RecordHandover { office, from, to, witness, on, declared, explanation, list } =
        asked.clone();
    // What the book says now is what it said then only as long as nothing of a later day is in it.
    if let Some(last) = context.state.accounts.last_day().filter(|last| *last > on) {
        return Err(Refusal::HandoverAfterwards { on, last });
    }
    for officer in [&from, &to] {
        let found = super::office::known(context, officer)?;
        let holds = found.roles.contains(&office);
        // Who hands over may have left his office; who takes over holds it.
        if !holds || (officer == &to && !found.in_office(on)) {
            return Err(Refusal::HandoverOfHeldOffices { officer: officer.clone(), office });
        }
    }
    three_persons(context, asked)?;
    watched(context, office, &witness, on)?;
    if list.is_empty() {
        return Err(Refusal::NothingSaid { what: "list".to_owned() });
    }
    if office == Role::Cashier && !context.state.bank.counts().any(|(_, count)| count.date == on) {
        return Err(Refusal::CashNotCounted { on });
    }
    let book = figures(context);
    if explanation.is_none() {
        same(&declared, &book)?;
    }
    let lines = u32::try_from(list.len()).unwrap_or(u32::MAX);
    let of = context.state.next();
    let head = Handover { office, from, to, witness, on, declared, book, explanation, lines };
    let listed = list.chunks(LINES_MAX).map(|part: &[HandedItem]| {
        Fact::HandoverListed(HandoverListed { of, list: part.to_vec() })
    });
    Ok(std::iter::once(Fact::HandoverRecorded(head)).chain(listed).collect())
}

/// Whoever handed the books or the money over keeps them no longer, on whatever day, until he takes the
/// office again: by another handover, or by an appointment.
pub(super) fn still_keeps(context: &Context<'_>, needed: &[Role]) -> Result<(), Refusal> {
    let keeping = |role: &Role| matches!(role, Role::Cashier | Role::Accountant);
    let Some(found) = context.state.offices.officer(context.by) else { return Ok(()) };
    if !needed.iter().all(keeping) {
        return Ok(());
    }
    let mut gone = None;
    for role in needed.iter().filter(|role| found.roles.contains(role)) {
        let last = context.state.handovers.last_of(*role, context.by);
        match last.filter(|(_, last)| last.from == *context.by && found.from <= last.on) {
            Some(last) => gone = Some(last),
            None => return Ok(()),
        }
    }
    gone.map_or(Ok(()), |(seq, handover)| Err(handed_over(seq, handover)))
}

/// What is dated before a handover changes what was handed over.
pub(super) fn warned(context: &Context<'_>, entries: &[Entry], date: Day) -> Option<Refusal> {
    let mut all = context.state.handovers.all();
    let (seq, handed) = all.find(|(_, handed)| date < handed.handover.on)?;
    (!entries.is_empty()).then(|| handed_over(*seq, &handed.handover))
}

fn handed_over(handover: Seq, handed: &Handover) -> Refusal {
    let Handover { office, from, on, .. } = handed.clone();
    Refusal::HandedOver { officer: from, office, on, handover }
}

fn three_persons(context: &Context<'_>, asked: &RecordHandover) -> Result<(), Refusal> {
    let RecordHandover { from, to, witness, .. } = asked;
    let pairs = [(from, to), (from, witness), (to, witness)];
    match pairs.into_iter().find(|(one, other)| context.is_same(one, other)) {
        Some((_, officer)) => Err(Refusal::HandoverToOneself { officer: officer.clone() }),
        None => Ok(()),
    }
}

/// 监交 The head of finance watches the handover of the others' work, and the chair that of his.
fn watched(
    context: &Context<'_>,
    office: Role,
    witness: &OfficerId,
    on: Day,
) -> Result<(), Refusal> {
    let needed: &[Role] = if office == Role::FinanceHead {
        &[Role::Chair]
    } else {
        &[Role::Chair, Role::FinanceHead]
    };
    let holds = super::office::known(context, witness)?.roles_on(on);
    if needed.iter().any(|role| holds.contains(role)) {
        return Ok(());
    }
    Err(Refusal::HandoverUnwatched { witness: witness.clone(), needed: needed.to_vec() })
}

/// What the book says at this moment.
fn figures(context: &Context<'_>) -> HandoverFigures {
    let state = context.state;
    let last = state.periods.vouchers().last();
    let left = state.receipt_stock.stocks().map(|stock| {
        let all = stock.stock.last.saturating_sub(stock.stock.first).saturating_add(1);
        all.saturating_sub(u64::try_from(stock.forms().count()).unwrap_or(u64::MAX))
    });
    HandoverFigures {
        cash: super::money::held_on(context, Till::Cash, None),
        bank: super::money::held_on(context, Till::Bank, None),
        voucher: last.map(|(month, number)| VoucherNumber { month, number }),
        receipts: left.fold(0, u64::saturating_add),
        advances: advances(context),
    }
}

/// 未结清借款 Those of this book and those of an old one.
fn advances(context: &Context<'_>) -> u32 {
    let spending = &context.state.spending;
    let payments = context.state.disbursements.payments().map(|(_, payment)| &payment.paid);
    let own = payments.filter(|paid| context.chart.is_for(&paid.account, Use::Receivable));
    let own = own.filter(|paid| spending.settled(&paid.disbursement) < paid.amount).count();
    let old = spending.all_opened().filter(|old| spending.settled(&old.advance) < old.amount);
    u32::try_from(own.saturating_add(old.count())).unwrap_or(u32::MAX)
}

fn same(declared: &HandoverFigures, book: &HandoverFigures) -> Result<(), Refusal> {
    let text = |voucher: Option<VoucherNumber>| {
        voucher.map_or_else(|| "-".to_owned(), |voucher| voucher.to_string())
    };
    let compared = [
        ("库存现金 cash", declared.cash.to_string(), book.cash.to_string()),
        ("银行存款 bank", declared.bank.to_string(), book.bank.to_string()),
        ("最后凭证 last voucher", text(declared.voucher), text(book.voucher)),
        ("空白票据 receipts", declared.receipts.to_string(), book.receipts.to_string()),
        ("未结清借款 advances", declared.advances.to_string(), book.advances.to_string()),
    ];
    match compared.into_iter().find(|(_, declared, book)| declared != book) {
        Some((what, declared, book)) => {
            Err(Refusal::HandoverDiffers { what: what.to_owned(), book, declared })
        }
        None => Ok(()),
    }
}
