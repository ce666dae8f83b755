//! Books of numbered receipts 票据: each number is used once, in order, for money that came in and for
//! no more of it.

use super::{Context, Refusal};
use crate::date::Day;
use crate::event::Fact;
use crate::event::dues::DuesReceipt;
use crate::event::income::SubsidyKind;
use crate::event::receipt::{PaperReceipt, PaperVoid, Payer, ReceiptKind, ReceiptStock};
use crate::ids::{ReceiptStockId, Seq};
use crate::money::Money;
use crate::projection::receipt_stock::{Form, Stock};

/// The largest number that every reader of JSON takes for a whole number, 2^53 - 1.
const NUMBER_MAX: u64 = 9_007_199_254_740_991;

/// A book of forms has so many numbers at most, for every one of them is looked at. A limit of this
/// program, and no law.
const FORMS_MAX: u64 = 1_000_000;

pub(super) fn receive(context: &Context<'_>, new: &ReceiptStock) -> Result<Vec<Fact>, Refusal> {
    let (first, last, most) = (new.first, new.last, NUMBER_MAX);
    if context.state.receipt_stock.stock(&new.stock).is_some() {
        return Err(Refusal::StockExists { stock: new.stock.clone() });
    }
    if last < first || last > most {
        return Err(Refusal::StockRangeWrong { first, last, most });
    }
    let forms = last.saturating_sub(first).saturating_add(1);
    if forms > FORMS_MAX {
        return Err(Refusal::StockTooManyForms { first, last, forms, most: FORMS_MAX });
    }
    let overlaps = |other: &&Stock| {
        let other = &other.stock;
        let same = other.kind == new.kind && other.series == new.series;
        same && other.first <= last && first <= other.last
    };
    if let Some(other) = context.state.receipt_stock.stocks().find(overlaps) {
        let (stock, other) = (new.stock.clone(), &other.stock);
        let (first, last) = (other.first, other.last);
        return Err(Refusal::StockOverlaps { stock, other: other.stock.clone(), first, last });
    }
    Ok(vec![Fact::ReceiptStockReceived(new.clone())])
}

pub(super) fn issue(context: &Context<'_>, asked: &PaperReceipt) -> Result<Vec<Fact>, Refusal> {
    let PaperReceipt { stock, number, on, of, payer, amount } = asked;
    let found = known(context, stock, *number)?;
    if let Some(seq) = found.form(*number).and_then(Form::seq) {
        return Err(Refusal::FormUsed { stock: stock.clone(), number: *number, seq });
    }
    let last = found.forms().last().map_or(0, |(last, _)| last);
    if *number < last && !context.state.offices.receipts_in_any_order(*on) {
        return Err(Refusal::FormOutOfOrder { stock: stock.clone(), number: *number, last });
    }
    not_before(asked.stock.clone(), *number, *on, found.stock.on)?;
    if !amount.is_positive() {
        return Err(Refusal::AmountNotPositive { amount: *amount });
    }
    let Some(record) = (context.look_up)(*of) else {
        return Err(Refusal::NoSuchRecord { seq: *of, next: context.state.next() });
    };
    let total =
        receiptable(&record.fact, found.stock.kind).ok_or_else(|| Refusal::FormKindWrong {
            stock: stock.clone(),
            of: *of,
            kind: record.fact.kind().to_owned(),
        })?;
    if let Some(reversed) = context.state.periods.reversal_of(*of) {
        return Err(Refusal::ReceiptOfReversed { payment: *of, by: reversed.by });
    }
    if let Some(paid) = record.fact.date().filter(|paid| on < paid) {
        return Err(Refusal::ReceiptBeforePayment { date: *on, paid });
    }
    fits(*of, total, context.state.receipt_stock.receipted(*of), *amount)?;
    if let (Payer::Member(_), Fact::DuesReceived(dues)) = (payer, &record.fact) {
        of_member(context, asked, dues)?;
    }
    Ok(vec![Fact::PaperReceiptIssued(asked.clone())])
}

/// A member's receipt is for what that member paid.
fn of_member(
    context: &Context<'_>,
    asked: &PaperReceipt,
    dues: &DuesReceipt,
) -> Result<(), Refusal> {
    let Payer::Member(member) = &asked.payer else { return Ok(()) };
    let lines = dues.lines.iter().filter(|line| line.member == *member);
    let paid = Money::sum(lines.map(|line| line.amount));
    if paid.is_zero() {
        let member = member.clone();
        return Err(Refusal::ReceiptOfOtherMember { payment: asked.of, member });
    }
    let own = context.state.receipt_stock.standing(asked.of).filter(|one| one.payer == asked.payer);
    let receipted = Money::sum(own.map(|one| one.amount));
    fits(asked.of, paid, receipted, asked.amount)
}

fn fits(of: Seq, amount: Money, receipted: Money, asked: Money) -> Result<(), Refusal> {
    let over = receipted.plus(asked).minus(amount);
    if over.is_positive() {
        return Err(Refusal::PaperReceiptTooLarge { of, amount, receipted, asked, over });
    }
    Ok(())
}

/// What came in by a fact, if forms of this kind are for it.
pub(crate) fn receiptable(fact: &Fact, kind: ReceiptKind) -> Option<Money> {
    match kind {
        ReceiptKind::Dues => {
            if let Fact::DuesReceived(f) = fact {
                Some(f.total())
            } else {
                None
            }
        }
        ReceiptKind::Allocation => {
            if let Fact::AllocationReceived(f) = fact {
                return Some(f.amount);
            }
            if let Fact::AllocationCollected(f) = fact {
                return Some(f.amount);
            }
            if let Fact::PreparationFundReceived(f) = fact {
                return Some(f.amount);
            }
            let Fact::SubsidyReceived(f) = fact else { return None };
            (f.kind == SubsidyKind::Administration).then_some(f.amount)
        }
    }
}

pub(super) fn void(context: &Context<'_>, asked: &PaperVoid) -> Result<Vec<Fact>, Refusal> {
    let PaperVoid { stock, number, on, .. } = asked.clone();
    let found = known(context, &stock, number)?;
    let form = found.form(number);
    if let Some((seq, _)) = form.and_then(|form| form.voided.as_ref()) {
        return Err(Refusal::FormVoidAlready { stock, number, seq: *seq });
    }
    let issued = form.and_then(|form| form.issued.as_ref()).map(|(_, receipt)| receipt.on);
    not_before(stock, number, on, issued.unwrap_or(found.stock.on))?;
    Ok(vec![Fact::PaperReceiptVoided(asked.clone())])
}

fn not_before(stock: ReceiptStockId, number: u64, date: Day, since: Day) -> Result<(), Refusal> {
    if date < since {
        return Err(Refusal::FormTooEarly { stock, number, date, since });
    }
    Ok(())
}

/// The book of forms, if the number is one of its own.
fn known<'a>(
    context: &Context<'a>,
    stock: &ReceiptStockId,
    number: u64,
) -> Result<&'a Stock, Refusal> {
    let stock = stock.clone();
    let Some(found) = context.state.receipt_stock.stock(&stock) else {
        return Err(Refusal::StockUnknown { stock });
    };
    let (first, last) = (found.stock.first, found.stock.last);
    if number < first || last < number {
        return Err(Refusal::FormNotOfStock { stock, number, first, last });
    }
    Ok(found)
}
