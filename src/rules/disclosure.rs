//! Openness 公示: what is posted rests on records that are there, and is of months that are over.

use super::{Context, Refusal};
use crate::event::Fact;
use crate::event::disclosure::{Publication, Publish};
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
    match &asked.head {
        Some(found) if *found != head => {
            Err(Refusal::HeadDiffers { size, expected: head, found: found.clone() })
        }
        Some(_) | None => Ok((size, head)),
    }
}
