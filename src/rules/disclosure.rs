//! Openness 公示: what is posted rests on records that are there, and is of months that are over.

use super::{Context, Refusal};
use crate::event::disclosure::{Publication, Publish};
use crate::event::{Fact, Recorded};
use crate::ids::{Digest, Seq};

pub(super) fn publish(context: &Context<'_>, asked: &Publish) -> Result<Vec<Fact>, Refusal> {
    let Publish { what, first, last, on, through, interim, .. } = *asked;
    if last < first {
        return Err(Refusal::MonthsBackwards { first, last });
    }
    if let Some(ledger) = context.state.offices.ledger()
        && first < ledger.starts.month()
    {
        let (date, starts) = (first.first_day(), ledger.starts);
        return Err(Refusal::DateBeforeBook { date, starts });
    }
    if on <= last.last_day() && !interim {
        return Err(Refusal::PostedBeforeMonthEnds { last, on });
    }
    if let Some(through) = through.filter(|through| *through < on) {
        return Err(Refusal::PostedThroughBefore { on, through });
    }
    let (size, head) = carried(context, asked)?;
    let (place, report_sha256) = (asked.place.clone(), asked.report_sha256.clone());
    let publication =
        Publication { what, first, last, on, place, through, interim, size, head, report_sha256 };
    Ok(vec![Fact::DisclosurePublished(publication)])
}

/// The records that it rests on, and the hash of the last of them as this book has it.
fn carried(context: &Context<'_>, asked: &Publish) -> Result<(u64, Digest), Refusal> {
    let has = context.state.next().0;
    let size = match (asked.size, &asked.head) {
        (Some(size), _) => size,
        (None, None) => has,
        (None, Some(_)) => return Err(Refusal::NothingSaid { what: "size".to_owned() }),
    };
    let last = size.checked_sub(1).filter(|_| size <= has).map(Seq);
    let Some(head) = last.and_then(context.hash_of) else {
        return Err(Refusal::RecordsNotThere { size, has });
    };
    if let Some(found) = asked.head.as_ref().filter(|found| **found != head) {
        return Err(Refusal::HeadDiffers { size, expected: head, found: found.clone() });
    }
    if !asked.interim {
        leaves_nothing_out(context, asked, size)?;
    }
    Ok((size, head))
}

/// Every voucher of its months that stood in the book by the day of posting is among the records that
/// the page rests on: else last year's head shows this month's figures as nothing.
fn leaves_nothing_out(context: &Context<'_>, asked: &Publish, size: u64) -> Result<(), Refusal> {
    let left_out = |record: &Recorded| {
        let month = record.voucher.as_ref().map(|voucher| voucher.date.month());
        let of_months = month.is_some_and(|month| asked.first <= month && month <= asked.last);
        of_months && context.state.local_day(record.at) <= asked.on
    };
    let mut after = (size..context.state.next().0).filter_map(|seq| (context.look_up)(Seq(seq)));
    let Some(record) = after.find(left_out) else { return Ok(()) };
    Err(Refusal::PostedWithout { size, seq: record.seq, on: asked.on })
}
